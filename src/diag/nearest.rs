//! The nearest existing name to a misspelt one.

use super::Message;

/// Longer names, in bytes, are not compared.
const LONGEST: usize = 256;

/// The name in `known` that `written` probably means, if one is near enough.
pub fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = impl Into<&'a str>>,
) -> Option<&'a str> {
    // A longer text is not a misspelt name, and comparing it would take long.
    let is_name = |name: &str| name.len() <= LONGEST;
    if !is_name(written) {
        return None;
    }
    let lower = written.to_lowercase();
    known
        .into_iter()
        .map(Into::into)
        .filter(|name| is_name(name))
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().max(3) / 4)
        // Of equally near names, the one with the length of what was written: letters are swapped more
        // often than left out.
        .min_by_key(|(distance, name)| {
            (*distance, name.chars().count().abs_diff(written.chars().count()))
        })
        .map(|(_, name)| name)
}

/// A hint with the nearest name, or else with all names.
pub fn did_you_mean<'a>(
    written: &str,
    known: impl IntoIterator<Item = impl Into<&'a str>>,
) -> Option<Message> {
    let known: Vec<&str> = known.into_iter().map(Into::into).collect();
    if let Some(name) = nearest(written, known.iter().copied()) {
        return Some(message!("did you mean `{name}`?", name));
    }
    if known.is_empty() {
        return None;
    }
    const LISTED: usize = 12;
    let listed: Vec<String> = known.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    let names = listed.join(", ");
    let more = known.len().saturating_sub(LISTED);
    Some(match more {
        0 => message!("use one of {names}", names),
        more => message!("use one of {names}, and {more} more", names, more),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_name() {
        assert_eq!(nearest("X3.chnage", ["X3.change", "X1.change"]), Some("X3.change"));
        assert_eq!(nearest("arrivels", ["arrivals", "departures"]), Some("arrivals"));
        assert_eq!(nearest("itn", ["in", "int"]), Some("int"));
        assert_eq!(nearest("zzz", ["arrivals", "departures"]), None);
    }
}
