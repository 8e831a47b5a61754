//! Symbols: how a language writes the digits of a number.
//!
//! In: a language tag. Its digits, signs and grouping are derived once from sample numbers formatted by
//! ICU4X with the Unicode data; a language file may replace the signs. Out: grouped digits with a sign.
//! Rounding is done before, words are added after.

use fixed_decimal::{Decimal, Sign as DecimalSign};
use icu::decimal::DecimalFormatter;
use icu::decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu::locale::Locale as Tag;

use super::Sign;

const MINUS: &str = "\u{2212}";

/// The signs of numbers.
#[derive(Debug, Clone)]
pub(super) struct Symbols {
    pub(super) digits: [String; 10],
    pub(super) decimal: String,
    pub(super) group: String,
    pub(super) minus: String,
    pub(super) plus: String,
    /// The smallest number with a thousands separator.
    pub(super) group_from: u64,
    /// The digits in the last group, and in every group before it: 3 and 2 in India.
    groups: (usize, usize),
}

impl Symbols {
    /// The symbols of a language in the Unicode data.
    pub(super) fn of(tag: &Tag) -> Result<Self, String> {
        let options = |strategy| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(strategy);
            options
        };
        let formatter = |strategy| {
            DecimalFormatter::try_new(tag.into(), options(strategy))
                .map_err(|error| error.to_string())
        };
        let plain = formatter(GroupingStrategy::Never)?;
        let grouped = formatter(GroupingStrategy::Always)?;
        let digits: [String; 10] =
            std::array::from_fn(|digit| plain.format_to_string(&Decimal::from(digit)));
        let between = |text: &str| -> Vec<String> {
            digits
                .iter()
                .fold(text.to_owned(), |text, digit| text.replace(digit, "\n"))
                .split('\n')
                .map(str::to_owned)
                .collect()
        };

        let mut fraction = Decimal::from(15);
        fraction.multiply_pow10(-1);
        let decimal = between(&plain.format_to_string(&fraction)).remove(1);
        let negative = Decimal::from(1).with_sign(DecimalSign::Negative);
        let positive = Decimal::from(1).with_sign(DecimalSign::Positive);
        // The Unicode data is meant for plain text, where a hyphen serves as minus; a printed page has a
        // minus sign.
        let minus = between(&plain.format_to_string(&negative)).remove(0).replace('-', MINUS);
        let plus = between(&plain.format_to_string(&positive)).remove(0);

        let gaps = between(&grouped.format_to_string(&Decimal::from(1_111_111_111_111_u64)));
        let signs: Vec<usize> =
            gaps.iter().enumerate().filter(|(_, gap)| !gap.is_empty()).map(|(at, _)| at).collect();
        let digits_shown = gaps.len() - 1;
        let group = signs.first().map(|at| gaps[*at].clone()).unwrap_or_default();
        let groups = match signs[..] {
            [.., before, last] => (digits_shown - last, last - before),
            _ => (3, 3),
        };
        Ok(Self { digits, decimal, group, minus, plus, group_from: 1000, groups })
    }

    /// The digits of `number`, grouped, with its sign. Zero has none.
    pub(super) fn write(&self, number: &Decimal, sign: Sign) -> String {
        let absolute = number.absolute.to_string();
        let (whole, fraction) = absolute.split_once('.').unwrap_or((&absolute, ""));
        let mut text = String::with_capacity(absolute.len() * 2);
        if !number.absolute.is_zero() {
            match (sign, number.sign()) {
                (Sign::Auto | Sign::Always, DecimalSign::Negative) => text.push_str(&self.minus),
                (Sign::Always, _) => text.push_str(&self.plus),
                _ => {}
            }
        }
        let is_grouped = match whole.parse::<u64>() {
            Ok(whole) => whole >= self.group_from,
            Err(_) => true,
        };
        for (at, digit) in whole.bytes().enumerate() {
            if is_grouped && at > 0 && self.starts_group(whole.len() - at) {
                text.push_str(&self.group);
            }
            self.push_digit(&mut text, digit);
        }
        if !fraction.is_empty() {
            text.push_str(&self.decimal);
            fraction.bytes().for_each(|digit| self.push_digit(&mut text, digit));
        }
        text
    }

    /// Digits of a number that is a name, such as a year: without grouping.
    pub(super) fn digits(&self, number: impl std::fmt::Display) -> String {
        let mut text = String::new();
        number.to_string().bytes().for_each(|digit| self.push_digit(&mut text, digit));
        text
    }

    /// Whether a group starts when `left` digits remain.
    fn starts_group(&self, left: usize) -> bool {
        let (last, others) = self.groups;
        left == last || (left > last && (left - last).is_multiple_of(others))
    }

    fn push_digit(&self, text: &mut String, digit: u8) {
        match digit {
            b'0'..=b'9' => text.push_str(&self.digits[usize::from(digit - b'0')]),
            other => text.push(other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tag: &str, number: i64) -> String {
        let symbols = Symbols::of(&Tag::try_from_str(tag).unwrap()).unwrap();
        let mut number = Decimal::from(number);
        number.multiply_pow10(-1);
        symbols.write(&number, Sign::Auto)
    }

    #[test]
    fn digits_signs_and_groups_come_from_the_unicode_data() {
        assert_eq!(written("de-DE", -12_345_678), "\u{2212}1.234.567,8");
        assert_eq!(written("de-CH", 12_345_678), "1'234'567.8");
        assert_eq!(written("hi-IN", 1_234_567_891), "12,34,56,789.1");
        assert_eq!(written("fr-FR", 12_345_678), "1\u{202f}234\u{202f}567,8");
        assert_eq!(written("fa-IR", 12_345), "۱٬۲۳۴٫۵");
        assert_eq!(written("es-ES", 12_345), "1.234,5");
        assert_eq!(written("qaa", 12_345), "1,234.5");
    }
}
