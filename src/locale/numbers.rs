//! Numbers: counts, percentages, points and times, with no digit the source did not know.
//!
//! In: a [`Quantity`], which knows its last digit. Out: text. Every function rounds by the rule of
//! `rounding` and writes by the signs of `symbols`; a value that is no number becomes the sign for
//! a missing one.

use std::borrow::Cow;

use fixed_decimal::Decimal;
use icu::plurals::{PluralCategory, PluralOperands};

use crate::diag::{Diagnostic, Result, did_you_mean};
use crate::facts::Quantity;

use super::language::{ByCategory, name_of};
use super::pattern::Pattern;
use super::rounding::{decimals_of, magnitude, round, to_step};
use super::{Locale, Sign, UNKNOWN_FORM};

/// From this step on a number is abbreviated: its last digits would be zeros nobody counted.
const ABBREVIATED_FROM: f64 = 100.0;
/// «20,28 млн» is still read at a glance, «1,745 млн» is not.
const MOST_SCALE_DECIMALS: u8 = 2;
/// BRIEF section 4: a growth of a hundred per cent or more is told in times, with one decimal.
const FOLD_DECIMALS: u8 = 1;

/// A number cut to the digits that are printed.
struct Cut<'a> {
    digits: Decimal,
    scale: Option<&'a ByCategory<Pattern>>,
}

impl Locale {
    /// A count, grouped. Known to the hundred or coarser, it is abbreviated to the digits that are
    /// known, by the scales of the language.
    pub fn integer(&self, quantity: Quantity, sign: Sign) -> String {
        let Some(cut) = self.cut(quantity) else { return self.missing().to_owned() };
        self.write_cut(&cut, sign)
    }

    /// A plain number with exactly `decimals` digits after the decimal sign.
    pub fn decimal(&self, value: f64, decimals: u8, sign: Sign) -> String {
        match round(value, decimals) {
            Some(number) => self.language.symbols.write(&number, sign),
            None => self.missing().to_owned(),
        }
    }

    /// A percentage with its sign, at most `most_decimals` digits and never more than are known.
    pub fn percent(&self, quantity: Quantity, most_decimals: u8, sign: Sign) -> String {
        if !quantity.value.is_finite() {
            return self.missing().to_owned();
        }
        self.language.percent.fill_one(&self.percent_number(quantity, most_decimals, sign))
    }

    /// A percentage without its sign, for a column whose head has it.
    pub fn percent_number(&self, quantity: Quantity, most_decimals: u8, sign: Sign) -> String {
        match known_digits(quantity, most_decimals) {
            Some(number) => self.language.symbols.write(&number, sign),
            None => self.missing().to_owned(),
        }
    }

    /// A difference of percentages, in percentage points; decimals as for a percentage.
    pub fn points(&self, quantity: Quantity, most_decimals: u8, sign: Sign) -> String {
        match known_digits(quantity, most_decimals) {
            Some(number) => self.inflected(&self.language.points, &number, sign),
            None => self.missing().to_owned(),
        }
    }

    /// How many times as much: 2.3 for a growth of 130 per cent. A whole number of times has no
    /// decimals.
    pub fn fold(&self, times: f64) -> String {
        let Some(mut number) = round(times, FOLD_DECIMALS) else {
            return self.missing().to_owned();
        };
        number.absolute.trim_end_if_integer();
        self.inflected(&self.language.fold, &number, Sign::Auto)
    }

    /// A count with the noun that it counts, in the form the number asks for.
    pub fn counted(&self, quantity: Quantity, noun: &str) -> Result<String> {
        let word = self.noun(quantity, noun)?;
        let Some(cut) = self.cut(quantity) else { return Ok(self.missing().to_owned()) };
        let number = self.write_cut(&cut, Sign::Auto);
        Ok(self.language.counted.fill(|name| match name {
            "n" => Cow::Borrowed(&*number),
            _ => Cow::Borrowed(word),
        }))
    }

    /// The noun alone, in the form that `quantity` as printed by [`Self::integer`] asks for.
    pub fn noun(&self, quantity: Quantity, noun: &str) -> Result<&str> {
        let forms = self.language.nouns.get(noun).ok_or_else(|| {
            Diagnostic::error(
                UNKNOWN_FORM,
                format!("no counted noun `{noun}` in the language `{}`", self.lang()),
            )
            .maybe_hint(did_you_mean(noun, self.language.nouns.keys().map(String::as_str)))
        })?;
        let category = match self.cut(quantity) {
            Some(Cut { scale: Some(_), .. }) => self.language.after_scale,
            Some(Cut { digits, .. }) => self.category(&digits),
            None => PluralCategory::Other,
        };
        Ok(forms.of(category).map_or("", String::as_str))
    }

    /// The plural category of a number printed with `decimals` digits: `one`, `few`, `other` …
    pub fn plural(&self, value: f64, decimals: u8) -> &'static str {
        name_of(round(value, decimals).map_or(PluralCategory::Other, |n| self.category(&n)))
    }

    /// A range of two numbers or years that are already text.
    pub fn range(&self, from: &str, to: &str) -> String {
        format!("{from}{}{to}", self.language.number_dash)
    }

    /// A number that is a name, as a year: without groups.
    pub fn ungrouped(&self, number: i64) -> String {
        self.language.symbols.digits(number)
    }

    /// A printed number cut before its decimal sign, so that a column can be aligned on it.
    pub fn split_decimal(&self, printed: &str) -> (String, String) {
        let symbols = &self.language.symbols;
        let is_digit = |text: &str| symbols.digits.iter().any(|digit| text.starts_with(&**digit));
        let ends_digit = |text: &str| symbols.digits.iter().any(|digit| text.ends_with(&**digit));
        let at = printed.match_indices(&*symbols.decimal).find_map(|(at, decimal)| {
            (ends_digit(&printed[..at]) && is_digit(&printed[at + decimal.len()..])).then_some(at)
        });
        match at {
            Some(at) => (printed[..at].to_owned(), printed[at..].to_owned()),
            None => (printed.to_owned(), String::new()),
        }
    }

    fn category(&self, number: &Decimal) -> PluralCategory {
        self.language.rules.category_for(PluralOperands::from(number))
    }

    fn inflected(&self, patterns: &ByCategory<Pattern>, number: &Decimal, sign: Sign) -> String {
        let text = self.language.symbols.write(number, sign);
        match patterns.of(self.category(number)) {
            Some(pattern) => pattern.fill_one(&text),
            None => text,
        }
    }

    /// The digits of a count that are known, and the scale that takes the others' place.
    fn cut(&self, quantity: Quantity) -> Option<Cut<'_>> {
        let step = quantity.step.max(1.0);
        let value = to_step(quantity.value, step);
        let plain = || Some(Cut { digits: round(value, 0)?, scale: None });
        let last = magnitude(step).filter(|_| step >= ABBREVIATED_FROM);
        let Some(last) = last else { return plain() };
        // A nought known to the thousand is not a true zero: it keeps its scale.
        let size = value.abs().max(step);
        let decimals_in = |power: u8| (i16::from(power) - last).max(0);
        let fits = |power: u8| {
            size >= 10_f64.powi(power.into())
                && decimals_in(power) <= MOST_SCALE_DECIMALS.into()
        };
        let scales = &self.language.scales;
        let Some((power, pattern)) = scales.iter().find(|(power, _)| fits(*power)) else {
            return plain();
        };
        let scaled = value / 10_f64.powi((*power).into());
        let decimals = u8::try_from(decimals_in(*power)).ok()?;
        Some(Cut { digits: round(scaled, decimals)?, scale: Some(pattern) })
    }

    fn write_cut(&self, cut: &Cut, sign: Sign) -> String {
        match cut.scale {
            Some(patterns) => self.inflected(patterns, &cut.digits, sign),
            None => self.language.symbols.write(&cut.digits, sign),
        }
    }
}

fn known_digits(quantity: Quantity, most_decimals: u8) -> Option<Decimal> {
    let decimals = decimals_of(quantity.step, most_decimals);
    // A step finer than the digits printed must not round twice.
    let value = match magnitude(quantity.step) {
        Some(last) if last >= -i16::from(decimals) => to_step(quantity.value, quantity.step),
        _ => quantity.value,
    };
    round(value, decimals)
}
