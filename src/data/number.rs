//! Plain numbers, and what people write instead of them.

/// Why a text is not a number, and how to write it.
#[derive(Debug, PartialEq)]
pub(super) enum Wrong {
    /// `NaN`, `inf`.
    NotFinite,
    /// Anything else, with a hint if one can be given.
    Text(Option<String>),
}

/// The number a text says: digits, a decimal point, a hyphen before a negative one; nothing else.
pub(super) fn parse(text: &str) -> Result<f64, Wrong> {
    if is_plain(text) {
        // Only a number longer than any statistic overflows.
        return text.parse().ok().filter(|n: &f64| n.is_finite()).ok_or(Wrong::NotFinite);
    }
    let lower = text.trim().trim_start_matches(['+', '-']).to_ascii_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity") {
        return Err(Wrong::NotFinite);
    }
    Err(Wrong::Text(suggestion(text)))
}

fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

/// How a number with spaces, a decimal comma or a typographic minus is written here.
fn suggestion(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut commas = 0;
    for c in text.trim().chars() {
        match c {
            // Thousands are set off with any of these.
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' => {}
            // Minus, en dash, non-breaking hyphen.
            '\u{2212}' | '\u{2013}' | '\u{2011}' => plain.push('-'),
            '+' if plain.is_empty() => {}
            ',' => {
                commas += 1;
                plain.push(',');
            }
            c => plain.push(c),
        }
    }
    let joined = plain.replace(',', "");
    if commas == 0 {
        return is_plain(&plain).then(|| format!("write it as `{plain}`"));
    }
    let by_thousands = {
        let whole = plain.split('.').next().unwrap_or_default();
        let mut groups = whole.trim_start_matches('-').split(',');
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.all(|group| group.len() == 3)
    };
    let decimal = plain.replace(',', ".");
    match (by_thousands && is_plain(&joined), commas == 1 && is_plain(&decimal)) {
        (true, true) => Some(format!(
            "write it as `{joined}`, or as `{decimal}` if the comma is a decimal sign"
        )),
        (true, false) => Some(format!("write it as `{joined}`")),
        (false, true) => Some(format!("write it as `{decimal}`")),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_number_is_read_and_nothing_else() {
        assert_eq!(parse("-102746"), Ok(-102_746.0));
        assert_eq!(parse("0.05"), Ok(0.05));
        for text in ["NaN", "-inf", "Infinity"] {
            assert_eq!(parse(text), Err(Wrong::NotFinite), "{text}");
        }
        for text in ["1e5", ".5", "5.", "0x10", "--1", "1.2.3", "", " "] {
            assert_eq!(parse(text), Err(Wrong::Text(None)), "{text}");
        }
    }

    #[test]
    fn what_people_write_is_refused_with_the_way_to_write_it() {
        for (written, hint) in [
            ("\u{2212}102\u{a0}746", "write it as `-102746`"),
            ("11,5", "write it as `11.5`"),
            ("1,234,567", "write it as `1234567`"),
            ("11,267", "write it as `11267`, or as `11.267` if the comma is a decimal sign"),
            ("+7 749", "write it as `7749`"),
            ("1,234.5", "write it as `1234.5`"),
        ] {
            assert_eq!(parse(written), Err(Wrong::Text(Some(hint.into()))), "{written}");
        }
    }
}
