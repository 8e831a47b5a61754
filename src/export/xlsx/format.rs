//! Number formats: show a number as the page prints it, while the cell keeps the number.

use crate::document::Number;

/// The minus sign of the page, instead of the hyphen that spreadsheet programs print.
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
        // A format can only divide by thousands; with another scale all digits are shown.
        None => (&*number.words.0, ""),
    };
    let (before, after) = (quoted(before), quoted(&format!("{after}{marks}")));
    let with = |sign: &str| format!("{before}{}{digits}{after}", quoted(sign));
    let plus = if number.is_signed { "+" } else { "" };
    format!("{};{};{}", with(plus), with(MINUS), with(""))
}

/// The exponent of 1,000 for a power of ten; `None` if it is not a power of a thousand.
fn scaled_by(power: u8) -> Option<usize> {
    power.is_multiple_of(3).then_some(usize::from(power / 3))
}

fn push_decimals(digits: &mut String, decimals: u8) {
    if decimals > 0 {
        digits.push('.');
        digits.push_str(&"0".repeat(decimals.into()));
    }
}

/// Quotes text in a format code, so that no letter is read as a code.
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
            // Ten thousands, as in Chinese, cannot be divided off.
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
