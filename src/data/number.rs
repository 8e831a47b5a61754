//! Parses plain numbers, and recognises other ways of writing them.
//!
//! In: the text of a field. Out: its number, or why it is none and how to write it. A text that can be
//! read in two ways gets a hint with both, since only its author knows which one is right.

use crate::diag::Message;

/// How the numbers of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Notation {
    /// The decimal mark.
    pub decimal: char,
    /// The separator allowed between thousands.
    pub group: Option<char>,
}

impl Default for Notation {
    fn default() -> Self {
        Self { decimal: '.', group: None }
    }
}

/// Why a text is not a number, and how to write it.
#[derive(Debug, PartialEq)]
pub(super) enum Wrong {
    /// `NaN`, `inf`.
    NotFinite,
    /// More digits than a float keeps exactly.
    TooLong,
    /// Anything else, with a hint if there is one.
    Text(Option<Message>),
}

/// Every whole number up to this one is kept exactly in a float: 2⁵³.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// Parses a number: digits, a decimal mark, a hyphen for a negative number; a thousands separator only if
/// the column declares one.
pub(super) fn parse(text: &str, notation: Notation) -> Result<f64, Wrong> {
    if notation == Notation::default() {
        if is_plain(text) {
            return exact(text);
        }
    } else if let Some(plain) = plain_of(text, notation) {
        return exact(&plain);
    }
    let lower = text.trim().trim_start_matches(['+', '-']).to_ascii_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity") {
        return Err(Wrong::NotFinite);
    }
    Err(Wrong::Text(suggestion(text, notation)))
}

fn exact(plain: &str) -> Result<f64, Wrong> {
    match plain.parse::<f64>() {
        Ok(number) if !number.is_finite() => Err(Wrong::NotFinite),
        Ok(number) if number.abs() >= EXACT => Err(Wrong::TooLong),
        // Turns -0 into 0.
        Ok(number) => Ok(number + 0.0),
        Err(_) => Err(Wrong::Text(None)),
    }
}

fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

/// Rewrites a number in another notation with a full stop and without thousands separators.
fn plain_of(text: &str, notation: Notation) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, part) = match digits.split_once(notation.decimal) {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let whole = match notation.group {
        Some(group) if whole.contains(group) => {
            in_groups(whole, group).then(|| whole.replace(group, ""))?
        }
        _ => whole.to_owned(),
    };
    if !all(&whole) || part.is_some_and(|part| !all(part)) {
        return None;
    }
    Some(match part {
        Some(part) => format!("{sign}{whole}.{part}"),
        None => format!("{sign}{whole}"),
    })
}

/// Whether a separator is between groups of thousands, or between groups as written in India: 12,34,567.
fn in_groups(whole: &str, group: char) -> bool {
    let groups: Vec<&str> = whole.split(group).collect();
    let [first, middle @ .., last] = &groups[..] else { return false };
    let length = |of: &str| of.chars().count();
    let digits = groups.iter().all(|group| group.chars().all(|c| c.is_ascii_digit()));
    let western = (1..=3).contains(&length(first)) && middle.iter().all(|m| length(m) == 3);
    let indian = !middle.is_empty()
        && (1..=2).contains(&length(first))
        && middle.iter().all(|m| length(m) == 2);
    digits && length(last) == 3 && (western || indian)
}

/// Separators of thousands in use.
const GROUPS: [char; 4] = [' ', '\'', ',', '.'];

/// Every number that a text may mean, in plain notation.
fn readings(text: &str) -> Vec<String> {
    let mut plain = String::new();
    for c in text.trim().chars() {
        plain.push(match c {
            // Spaces of every width.
            '\u{a0}' | '\u{2007}' | '\u{2008}' | '\u{2009}' | '\u{202f}' | '_' => ' ',
            '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`' | '\u{2018}' => '\'',
            '\u{66c}' => '\'',
            '\u{66b}' => ',',
            // Minus sign, dashes, non-breaking hyphen, full-width and small signs.
            '\u{2212}' | '\u{2013}' | '\u{2014}' | '\u{2010}' | '\u{2011}' | '\u{2012}'
            | '\u{ff0d}' | '\u{fe63}' => '-',
            '\u{ff0e}' => '.',
            '\u{ff0c}' => ',',
            c => digit(c).unwrap_or(c),
        });
    }
    let (is_negative, rest) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (is_negative, rest) = match rest.strip_suffix('-') {
        Some(rest) if !is_negative => (true, rest),
        _ => (is_negative, rest),
    };
    let rest = rest.trim();
    let mut found: Vec<String> = vec![];
    let mut add = |notation: Notation| {
        let Some(read) = plain_of(rest, notation).filter(|read| !read.starts_with('-')) else {
            return;
        };
        let read = format!("{}{read}", if is_negative { "-" } else { "" });
        if is_plain(&read) && !found.contains(&read) {
            found.push(read);
        }
    };
    for decimal in ['.', ','] {
        add(Notation { decimal, group: None });
        for group in GROUPS.into_iter().filter(|group| *group != decimal) {
            add(Notation { decimal, group: Some(group) });
        }
    }
    if found.is_empty() {
        found.extend(exponent(rest).map(|read| match is_negative {
            true => format!("-{read}"),
            false => read,
        }));
    }
    // The reading with the longest whole part first, since a thousands separator is likelier than three
    // decimals.
    found.sort_by_key(|read| std::cmp::Reverse(read.split('.').next().map_or(0, str::len)));
    found
}

/// The digit that a sign of another script stands for.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 9] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x7c0, 0x1040, 0x17e0];
    let zero = ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&u32::from(c)))?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// Writes out a number with an exponent, such as 1.2E+5.
fn exponent(text: &str) -> Option<String> {
    let (number, power) = text.split_once(['e', 'E'])?;
    let power: i32 = power.parse().ok().filter(|power: &i32| power.abs() <= 15)?;
    let number = number.replace(',', ".");
    if !is_plain(&number) || number.starts_with('-') {
        return None;
    }
    let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
    let digits = format!("{whole}{part}");
    let point = whole.len() as i32 + power;
    let (whole, part) = if point <= 0 {
        ("0".to_owned(), format!("{}{digits}", "0".repeat(-point as usize)))
    } else if point as usize >= digits.len() {
        (format!("{digits}{}", "0".repeat(point as usize - digits.len())), String::new())
    } else {
        (digits[..point as usize].to_owned(), digits[point as usize..].to_owned())
    };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let part = part.trim_end_matches('0');
    Some(if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") })
}

/// How a number with spaces, a decimal comma or a typographic minus is written in this column.
fn suggestion(text: &str, notation: Notation) -> Option<Message> {
    if notation != Notation::default() {
        let decimal = notation.decimal;
        return Some(match notation.group {
            Some(group) => message!(
                "the package says that this column has `{decimal}` before the decimals and \
                `{group}` between thousands",
                decimal,
                group
            ),
            None => message!(
                "the package says that this column has `{decimal}` before the decimals and nothing \
                between thousands",
                decimal
            ),
        });
    }
    let trimmed = text.trim();
    // Accountants put a negative number into brackets; a percent sign belongs to the unit column.
    if let Some(inside) = trimmed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let [read] = &readings(inside)[..] else { return None };
        return (!read.starts_with('-')).then(|| {
            message!("write it as `-{read}`, if the brackets mean a negative number", read)
        });
    }
    if let Some(number) = trimmed.strip_suffix(['%', '\u{66a}']) {
        let [read] = &readings(number)[..] else { return None };
        return Some(message!("write it as `{read}`; the column of the unit says `percent`", read));
    }
    match &readings(text)[..] {
        [] => None,
        [one] => Some(message!("write it as `{one}`", one)),
        [one, other, ..] => Some(message!(
            "it can be read in two ways, and only the source shows which is right: write it as \
            `{one}` or as `{other}`",
            one,
            other
        )),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: Notation = Notation { decimal: '.', group: None };

    #[test]
    fn a_plain_number_is_read_and_nothing_else() {
        assert_eq!(parse("-102746", PLAIN), Ok(-102_746.0));
        assert_eq!(parse("0.05", PLAIN), Ok(0.05));
        assert!(parse("-0", PLAIN).unwrap().is_sign_positive());
        for text in ["NaN", "-inf", "Infinity"] {
            assert_eq!(parse(text, PLAIN), Err(Wrong::NotFinite), "{text}");
        }
        for text in [".5", "5.", "0x10", "--1", "1.2.3", "", " ", "1 2", "1,23,4", "½", "e5"] {
            assert_eq!(parse(text, PLAIN), Err(Wrong::Text(None)), "{text}");
        }
    }

    #[test]
    fn beyond_two_to_the_53rd_a_number_is_refused() {
        assert_eq!(parse("9007199254740991", PLAIN), Ok(9_007_199_254_740_991.0));
        for text in ["9007199254740992", "9007199254740993", "-12345678901234567890"] {
            assert_eq!(parse(text, PLAIN), Err(Wrong::TooLong), "{text}");
        }
    }

    #[test]
    fn what_people_write_is_refused_with_the_way_to_write_it() {
        for (written, hint) in [
            ("\u{2212}102\u{a0}746", "write it as `-102746`"),
            ("11,5", "write it as `11.5`"),
            ("1,234,567", "write it as `1234567`"),
            ("1.234.567", "write it as `1234567`"),
            ("12,34,567", "write it as `1234567`"),
            ("+7 749", "write it as `7749`"),
            ("1,234.5", "write it as `1234.5`"),
            ("1.234,5", "write it as `1234.5`"),
            ("1'234", "write it as `1234`"),
            ("1’234,5", "write it as `1234.5`"),
            ("1e5", "write it as `100000`"),
            ("-1.25E+3", "write it as `-1250`"),
            ("5e-2", "write it as `0.05`"),
            ("١١٢٦٧", "write it as `11267`"),
            ("۱۱٬۲۶۷", "write it as `11267`"),
            ("5-", "write it as `-5`"),
            (" 11267", "write it as `11267`"),
            ("(1 234)", "write it as `-1234`, if the brackets mean a negative number"),
            ("20,6 %", "write it as `20.6`; the column of the unit says `percent`"),
            (
                "11,267",
                "it can be read in two ways, and only the source shows which is right: write it as \
                `11267` or as `11.267`",
            ),
        ] {
            assert_eq!(
                parse(written, PLAIN),
                Err(Wrong::Text(Some(Message::verbatim(hint)))),
                "{written}"
            );
        }
    }

    #[test]
    fn a_column_may_have_another_notation() {
        let german = Notation { decimal: ',', group: Some('.') };
        assert_eq!(parse("12.345", german), Ok(12_345.0));
        assert_eq!(parse("-1.234.567,5", german), Ok(-1_234_567.5));
        assert_eq!(parse("12,5", german), Ok(12.5));
        for text in ["12.34", "1.2345", "1,2,3", "12.5", "1.234.56,7"] {
            assert!(parse(text, german).is_err(), "{text}");
        }
        let comma = Notation { decimal: ',', group: None };
        assert_eq!(parse("12,345", comma), Ok(12.345));
        assert!(parse("12.345", comma).is_err());
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_is_written(whole in -9_007_199_254_740_991_i64..9_007_199_254_740_991) {
            prop_assert_eq!(parse(&whole.to_string(), PLAIN), Ok(whole as f64));
        }

        #[test]
        fn a_number_is_one_of_its_readings(
            whole in 0_u32..1_000_000_000, part in 0_u32..1000, decimal in "[.,]", group in "[ .,']?",
            negative: bool,
        ) {
            prop_assume!(group != decimal);
            let digits = whole.to_string();
            let mut grouped = String::new();
            for (at, digit) in digits.char_indices() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    grouped.push_str(&group);
                }
                grouped.push(digit);
            }
            let sign = if negative { "-" } else { "" };
            let read = readings(&format!("{sign}{grouped}{decimal}{part}"));
            let wanted = format!("{sign}{whole}.{part}");
            prop_assert!(read.contains(&wanted), "{:?} without {}", read, wanted);
            let read = readings(&format!("{sign}{grouped}"));
            let wanted = format!("{sign}{whole}");
            prop_assert!(read.contains(&wanted), "{:?} without {}", read, wanted);
        }

        #[test]
        fn every_reading_is_plain_and_no_text_panics(text in "[-+0-9., 'eE()%]{0,12}") {
            for read in readings(&text) {
                prop_assert!(is_plain(&read), "{}", read);
            }
            let _ = parse(&text, PLAIN);
        }
    }
}
