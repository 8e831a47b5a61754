//! Number formats: a number that stays a number and is shown as the page prints it.

use crate::document::Number;

/// A minus as the page has it, not the hyphen that spreadsheets write.
const MINUS: &str = "\u{2212}";

/// The format code that shows a number with its sign, digits, scale and marks.
pub(super) fn code(number: &Number, marks: &str) -> String {
    let mut digits = "#,##0".to_owned();
    let (before, after) = match scaled_by(number.power) {
        Some(commas) => {
            push_decimals(&mut digits, number.decimals);
            digits.push_str(&",".repeat(commas));
            (&*number.words.0, &*number.words.1)
        }
        // Only thousands can be cut off: another scale is shown in full.
        None => (&*number.words.0, ""),
    };
    let (before, after) = (quoted(before), quoted(&format!("{after}{marks}")));
    let with = |sign: &str| format!("{before}{}{digits}{after}", quoted(sign));
    let plus = if number.is_signed { "+" } else { "" };
    format!("{};{};{}", with(plus), with(MINUS), with(""))
}

/// How many thousands a power of ten is; `None` if it is no power of a thousand.
fn scaled_by(power: u8) -> Option<usize> {
    power.is_multiple_of(3).then_some(usize::from(power / 3))
}

fn push_decimals(digits: &mut String, decimals: u8) {
    if decimals > 0 {
        digits.push('.');
        digits.push_str(&"0".repeat(decimals.into()));
    }
}

/// Text of a format code, so that no letter of it is taken for a code.
fn quoted(text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("\"{}\"", text.replace('"', "\"\\\"\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(decimals: u8, is_signed: bool, power: u8, after: &str) -> Number {
        Number { value: 0.0, decimals, is_signed, power, words: (String::new(), after.to_owned()) }
    }

    #[test]
    fn a_number_is_shown_as_the_page_prints_it() {
        for (number, marks, expected) in [
            (number(0, false, 0, ""), "", "#,##0;\"−\"#,##0;#,##0"),
            (number(1, true, 0, ""), "", "\"+\"#,##0.0;\"−\"#,##0.0;#,##0.0"),
            (
                number(1, false, 3, "\u{a0}thousand"),
                "°",
                "#,##0.0,\"\u{a0}thousand°\";\"−\"#,##0.0,\"\u{a0}thousand°\";#,##0.0,\"\u{a0}thousand°\"",
            ),
            (
                number(0, false, 6, " mln"),
                "",
                "#,##0,,\" mln\";\"−\"#,##0,,\" mln\";#,##0,,\" mln\"",
            ),
            // Ten thousands, as in Chinese, cannot be cut off.
            (number(1, false, 4, "万"), "ᵖ", "#,##0\"ᵖ\";\"−\"#,##0\"ᵖ\";#,##0\"ᵖ\""),
            (
                number(0, false, 0, ""),
                "a\"b",
                "#,##0\"a\"\\\"\"b\";\"−\"#,##0\"a\"\\\"\"b\";#,##0\"a\"\\\"\"b\"",
            ),
        ] {
            assert_eq!(code(&number, marks), expected);
        }
    }
}
