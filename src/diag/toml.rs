//! What the TOML reader says, as diagnostics.

use super::{Diagnostic, SourceText, did_you_mean};

/// The diagnostic of a TOML error in `source`; unknown keys get the nearest known one.
pub fn toml_error(code: &'static str, source: &SourceText, error: &toml::de::Error) -> Diagnostic {
    let message = error.message();
    let first = message.lines().next().unwrap_or("not valid TOML");
    // What could have stood there is said by the hint, nearest name first.
    let short = first.split(", expected").next().unwrap_or(first);
    let said = match () {
        () if first.starts_with("unknown field") => {
            short.replacen("unknown field", "unknown key", 1)
        }
        () if first.starts_with("unknown variant") => {
            short.replacen("unknown variant", "unknown value", 1)
        }
        () => first.to_owned(),
    };
    let mut diagnostic = Diagnostic::error(code, said);
    if let Some(range) = error.span() {
        diagnostic = diagnostic.at(source.place(range));
    } else {
        diagnostic = diagnostic.at(super::Place::Path(source.path.clone()));
    }
    // serde words it: unknown field `colour`, expected one of `accent`, `gain`
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let written = quoted.next().unwrap_or_default();
        diagnostic = diagnostic.maybe_hint(did_you_mean(written, quoted));
    }
    diagnostic
}

/// Reads a whole TOML file.
pub fn read_toml<T: serde::de::DeserializeOwned>(
    code: &'static str,
    source: &SourceText,
) -> super::Result<T> {
    toml::from_str(&source.text).map_err(|error| vec![toml_error(code, source, &error)])
}
