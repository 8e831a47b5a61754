//! The language of the person at the terminal.

/// The language that the system's settings name: `KOSH_LANG`, then the variables of the locale. Empty if none is set.
pub(super) fn language() -> String {
    let variables = ["KOSH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    let values = variables.iter().filter_map(|name| std::env::var(name).ok());
    let set = values.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    set.split(['_', '-', '.', '@']).next().unwrap_or_default().to_owned()
}
