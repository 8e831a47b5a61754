//! Numbers: counts, percentages, points and multiples, without digits beyond the known precision.
//!
//! In: a [`Quantity`], which has its last known digit. Out: text. Every function rounds by the rule of
//! `rounding` and writes with the signs of `symbols`; a value that is not finite becomes the sign for a
//! missing one.

use std::borrow::Cow;

use fixed_decimal::Decimal;
use icu::plurals::{PluralCategory, PluralOperands};

use crate::diag::{Diagnostic, Result, did_you_mean};
use crate::stats::rounding::{self, last_digit, nearest, round, to_f64};
use crate::stats::{Qualifier, Quantity};

use super::language::{ByCategory, Scaling, name_of};
use super::pattern::Pattern;
use super::{Locale, Sign, UNKNOWN_FORM};

/// From this rounding step on a number is abbreviated, since its last digits would be zeros without
/// meaning.
const ABBREVIATED_FROM: f64 = 100.0;
/// The most decimals with a scale word: "20.28 million" is easy to read, "1.745 million" is not.
const MOST_SCALE_DECIMALS: u8 = 2;
/// The largest scale that `compact` uses.
const MOST_COMPACT: f64 = 1e12;
/// A growth of 100 % or more is given as a multiple with one decimal (BRIEF section 4).
const FOLD_DECIMALS: u8 = 1;

/// The number that a printed text stands for, rounded as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The number: 16,100 for "16.1 thousand".
    pub value: f64,
    /// The number of digits printed after the decimal mark.
    pub decimals: u8,
    /// The scale word that replaces its last digits, if there is one.
    pub scale: Option<Scale>,
}

/// A word that replaces zeros, such as "thousand".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The exponent of ten.
    pub power: u8,
    /// The text before the digits.
    pub before: String,
    /// The text after the digits, including its space.
    pub after: String,
}

/// A number rounded to the digits that are printed.
struct Cut<'a> {
    digits: Decimal,
    scale: Option<&'a Scaling>,
}

impl Locale {
    /// A count with grouped digits. With a rounding step of 100 or more it is abbreviated to the known
    /// digits with a scale of the language: "16.1 thousand".
    pub fn integer(&self, quantity: Quantity, sign: Sign) -> String {
        let Some(cut) = self.cut(quantity) else { return self.missing().to_owned() };
        self.in_words(quantity, sign, self.write_cut(&cut, sign))
    }

    /// The same, but from a million on with at most two decimals of its scale, as a text repeats a
    /// number.
    pub fn compact(&self, quantity: Quantity, sign: Sign) -> String {
        let mut unit = 1.0;
        while quantity.value.abs() >= unit * 1000.0 && unit < MOST_COMPACT {
            unit *= 1000.0;
        }
        let step = if unit < 1e6 { quantity.step } else { quantity.step.max(unit / 100.0) };
        self.integer(Quantity { step, ..quantity }, sign)
    }

    /// The ordinal of a count in one of the language's forms; `None` if its list of ordinals is too
    /// short.
    pub fn ordinal(&self, quantity: Quantity, form: &str) -> Result<Option<&str>> {
        let words = self.language.ordinals.get(form).ok_or_else(|| {
            Diagnostic::error(
                UNKNOWN_FORM,
                message!("no ordinals `{form}` in the language `{lang}`", form, lang = self.lang()),
            )
            .maybe_hint(did_you_mean(form, self.language.ordinals.keys().map(String::as_str)))
        })?;
        let is_place = |at: &usize| {
            quantity.step <= 1.0
                && u32::try_from(*at).is_ok_and(|at| f64::from(at) == quantity.value)
        };
        let place = (1..=words.len()).find(is_place);
        Ok(place.map(|place| words[place - 1].as_str()))
    }

    /// The same without words other than that of a scale, as for a drawing.
    pub fn short_integer(&self, quantity: Quantity, sign: Sign) -> String {
        let Some(cut) = self.cut(quantity) else { return self.missing().to_owned() };
        format!("{}{}", qualifier_sign(quantity, sign), self.write_cut(&cut, sign))
    }

    /// The same for a table cell, where scale words may be shorter.
    pub fn table_integer(&self, quantity: Quantity, sign: Sign) -> String {
        let Some(cut) = self.cut(quantity) else { return self.missing().to_owned() };
        let number = match cut.scale {
            Some(scale) => self.inflected(scale.for_tables(), &cut.digits, sign),
            None => self.language.symbols.write(&cut.digits, sign),
        };
        format!("{}{number}", qualifier_sign(quantity, sign))
    }

    /// The number that [`Self::table_integer`] prints, without its qualifier.
    pub fn shown_integer(&self, quantity: Quantity) -> Option<Shown> {
        let cut = self.cut(quantity)?;
        let Some(scale) = cut.scale else { return shown(&cut.digits, 0, None) };
        let patterns = scale.for_tables();
        let filled = patterns.of(self.category(&cut.digits)).map(|pattern| pattern.fill_one(SLOT));
        let (before, after) = filled.as_deref().unwrap_or(SLOT).split_once(SLOT)?;
        let power = scale.power;
        let scale = Scale { power, before: before.to_owned(), after: after.to_owned() };
        shown(&cut.digits, power, Some(scale))
    }

    /// The number that [`Self::percent_number`] prints.
    pub fn shown_percent(&self, quantity: Quantity, most_decimals: u8) -> Option<Shown> {
        shown(&percent_digits(quantity, most_decimals)?, 0, None)
    }

    /// The number that [`Self::decimal`] prints.
    pub fn shown_decimal(&self, value: f64, decimals: u8) -> Option<Shown> {
        shown(&round(value, decimals)?, 0, None)
    }

    /// The qualifier as a sign before the number; empty without one.
    pub fn qualifier(&self, quantity: Quantity, sign: Sign) -> &'static str {
        qualifier_sign(quantity, sign)
    }

    /// A printed number with the language's word for its qualifier.
    pub fn in_words(&self, quantity: Quantity, sign: Sign, printed: String) -> String {
        let Some(said) = shown_qualifier(quantity, sign) else { return printed };
        match self.language.qualifiers.get(said.name()) {
            Some(pattern) => pattern.fill_one(&printed),
            None => format!("{}{printed}", said.sign()),
        }
    }

    /// A plain number with at most one decimal and no digit beyond the known precision, with the word for
    /// its qualifier.
    pub fn decimal_in_words(&self, quantity: Quantity, sign: Sign) -> String {
        match known_digits(quantity, 1) {
            Some(number) => {
                self.in_words(quantity, sign, self.language.symbols.write(&number, sign))
            }
            None => self.missing().to_owned(),
        }
    }

    /// A plain number with exactly `decimals` digits after the decimal mark.
    pub fn decimal(&self, value: f64, decimals: u8, sign: Sign) -> String {
        match round(value, decimals) {
            Some(number) => self.language.symbols.write(&number, sign),
            None => self.missing().to_owned(),
        }
    }

    /// A percentage with its sign, with at most `most_decimals` digits and none beyond the known
    /// precision.
    pub fn percent(&self, quantity: Quantity, most_decimals: u8, sign: Sign) -> String {
        if quantity.printed().is_none() {
            return self.missing().to_owned();
        }
        self.language.percent.fill_one(&self.percent_number(quantity, most_decimals, sign))
    }

    /// A percentage without its sign, for a column whose heading has it.
    pub fn percent_number(&self, quantity: Quantity, most_decimals: u8, sign: Sign) -> String {
        match percent_digits(quantity, most_decimals) {
            Some(number) => {
                let number = self.language.symbols.write(&number, sign);
                format!("{}{number}", qualifier_sign(quantity, sign))
            }
            None => self.missing().to_owned(),
        }
    }

    /// A difference of percentages in percentage points; decimals as for a percentage.
    pub fn points(&self, quantity: Quantity, most_decimals: u8, sign: Sign) -> String {
        self.in_points(&self.language.points, quantity, most_decimals, sign)
    }

    /// A difference of index numbers in points; decimals as for a percentage. Without a word if the
    /// language has none.
    pub fn index_points(&self, quantity: Quantity, most_decimals: u8, sign: Sign) -> String {
        self.in_points(&self.language.index_points, quantity, most_decimals, sign)
    }

    fn in_points(
        &self,
        patterns: &ByCategory<Pattern>,
        quantity: Quantity,
        most_decimals: u8,
        sign: Sign,
    ) -> String {
        match known_digits(quantity, most_decimals) {
            Some(number) => {
                let points = self.inflected(patterns, &number, sign);
                format!("{}{points}", qualifier_sign(quantity, sign))
            }
            None => self.missing().to_owned(),
        }
    }

    /// The multiple after a change in percent: 2.3 for a growth of 130 %. A whole multiple has no
    /// decimals.
    pub fn fold(&self, change: Quantity) -> String {
        // Computed from the printed digits of the change, so that "by 130 %" and "2.3-fold" agree.
        let times = change.printed().map(|percent| {
            let times = Quantity { value: 1.0 + to_f64(&percent) / 100.0, ..change };
            known_digits(Quantity { step: change.step / 100.0, ..times }, FOLD_DECIMALS)
        });
        let Some(mut number) = times.flatten() else {
            return self.missing().to_owned();
        };
        number.absolute.trim_end_if_integer();
        let digits = self.language.symbols.write(&number, Sign::Auto);
        let digits = format!("{}{digits}", change.qualifier.map_or("", Qualifier::sign));
        match self.language.fold.of(self.category(&number)) {
            Some(pattern) => pattern.fill_one(&digits),
            None => digits,
        }
    }

    /// A count with its noun, in the form that the number requires.
    pub fn counted(&self, quantity: Quantity, noun: &str) -> Result<String> {
        let word = self.noun(quantity, noun)?;
        let Some(cut) = self.cut(quantity) else { return Ok(self.missing().to_owned()) };
        // The qualifier's word could require another case of the noun; its sign does not.
        let number = self.write_cut(&cut, Sign::Auto);
        let number = match cut.scale {
            Some(_) => self.in_words(quantity, Sign::Auto, number),
            None => format!("{}{number}", qualifier_sign(quantity, Sign::Auto)),
        };
        Ok(self.language.counted.fill(|name| match name {
            "n" => Cow::Borrowed(&*number),
            _ => Cow::Borrowed(word),
        }))
    }

    /// The noun alone, in the form that `quantity` as printed by [`Self::integer`] requires.
    pub fn noun(&self, quantity: Quantity, noun: &str) -> Result<&str> {
        let forms = self.language.nouns.get(noun).ok_or_else(|| {
            Diagnostic::error(
                UNKNOWN_FORM,
                message!(
                    "no counted noun `{noun}` in the language `{lang}`",
                    noun,
                    lang = self.lang()
                ),
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

    /// A range of two numbers or years given as text.
    pub fn range(&self, from: &str, to: &str) -> String {
        format!("{from}{}{to}", self.language.number_dash)
    }

    /// A number that is a name, such as a year: without grouping.
    pub fn ungrouped(&self, number: i64) -> String {
        self.language.symbols.digits(number)
    }

    /// Splits a printed number at its decimal mark, so that a column can be aligned on it.
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

    /// The known digits of a count, and the scale that replaces the others.
    fn cut(&self, quantity: Quantity) -> Option<Cut<'_>> {
        let mut digits = nearest(quantity.value, quantity.step)?;
        let last = last_digit(quantity.step)?;
        if quantity.step < ABBREVIATED_FROM {
            return Some(Cut { digits, scale: None });
        }
        // A zero known to the thousand is not a true zero, so it keeps its scale.
        let size = to_f64(&digits).abs().max(quantity.step);
        let decimals_in = |power: u8| (i16::from(power) - last).max(0);
        let fits = |power: u8| {
            size >= 10_f64.powi(power.into()) && decimals_in(power) <= MOST_SCALE_DECIMALS.into()
        };
        let Some(scale) = self.language.scales.iter().find(|scale| fits(scale.power)) else {
            return Some(Cut { digits, scale: None });
        };
        digits.multiply_pow10(-i16::from(scale.power));
        let digits = rounding::with_decimals(digits, u8::try_from(decimals_in(scale.power)).ok()?);
        Some(Cut { digits, scale: Some(scale) })
    }

    fn write_cut(&self, cut: &Cut, sign: Sign) -> String {
        match cut.scale {
            Some(scale) => self.inflected(&scale.pattern, &cut.digits, sign),
            None => self.language.symbols.write(&cut.digits, sign),
        }
    }
}

/// The qualifier to print. It is about the absolute value, so a printed minus reverses it.
fn shown_qualifier(quantity: Quantity, sign: Sign) -> Option<Qualifier> {
    match sign {
        Sign::Never => quantity.qualifier,
        Sign::Auto | Sign::Always => quantity.shown_qualifier(),
    }
}

fn qualifier_sign(quantity: Quantity, sign: Sign) -> &'static str {
    shown_qualifier(quantity, sign).map_or("", Qualifier::sign)
}

/// Marks the digits while a pattern is split; it occurs in no language file.
const SLOT: &str = "\u{FDD2}";

fn shown(digits: &Decimal, power: u8, scale: Option<Scale>) -> Option<Shown> {
    // Parsed as one decimal number, since a multiplication would add floating-point noise.
    let value = format!("{digits}e{power}").parse().ok()?;
    let decimals = u8::try_from(-*digits.absolute.magnitude_range().start()).unwrap_or(0);
    Some(Shown { value, decimals, scale })
}

impl Scaling {
    fn for_tables(&self) -> &ByCategory<Pattern> {
        self.in_tables.as_ref().unwrap_or(&self.pattern)
    }
}

fn known_digits(quantity: Quantity, most_decimals: u8) -> Option<Decimal> {
    rounding::known(quantity.value, quantity.step, most_decimals)
}

fn percent_digits(quantity: Quantity, most_decimals: u8) -> Option<Decimal> {
    rounding::percent(quantity.value, quantity.step, most_decimals)
}

#[cfg(test)]
mod tests {
    use super::super::tests::shipped;
    use super::*;
    use proptest::prelude::*;

    /// Shows no-break spaces as `~`.
    fn seen(text: &str) -> String {
        text.replace('\u{a0}', "~")
    }

    /// Prints the number of a printed text again.
    fn said(locale: &Locale, shown: &Shown) -> String {
        let Some(scale) = &shown.scale else {
            return locale.decimal(shown.value, shown.decimals, Sign::Auto);
        };
        let scaled = shown.value / 10_f64.powi(scale.power.into());
        let digits = locale.decimal(scaled, shown.decimals, Sign::Auto);
        format!("{}{digits}{}", scale.before, scale.after)
    }

    fn counted(locale: &Locale, value: f64, noun: &str) -> String {
        seen(&locale.counted(Quantity::exact(value), noun).unwrap())
    }

    // BRIEF 12.13, without the fraction, which is no count.
    const COUNTS: [f64; 12] =
        [0.0, 1.0, 2.0, 5.0, 11.0, 21.0, 22.0, 25.0, 101.0, 111.0, 112.0, 1001.0];

    #[test]
    fn every_counted_noun_agrees_with_every_number_of_the_table() {
        let ru = shipped("ru");
        let en = shipped("en");
        let numbers = ["0", "1", "2", "5", "11", "21", "22", "25", "101", "111", "112", "1~001"];
        // The form (one, few, many) that each number requires.
        let asks = [2, 0, 1, 2, 2, 0, 1, 2, 0, 2, 2, 0];
        for (noun, forms, english) in [
            ("person", ["человек", "человека", "человек"], ["person", "people"]),
            ("persons-short", ["чел.", "чел.", "чел."], ["persons", "persons"]),
            ("move", ["переезд", "переезда", "переездов"], ["move", "moves"]),
            ("student", ["студент", "студента", "студентов"], ["student", "students"]),
            ("foreigner", ["иностранец", "иностранца", "иностранцев"], ["foreigner", "foreigners"]),
            ("region", ["регион", "региона", "регионов"], ["region", "regions"]),
            ("thousand", ["тысяча", "тысячи", "тысяч"], ["thousand", "thousand"]),
            ("time", ["раз", "раза", "раз"], ["time", "times"]),
            (
                "percentage-point",
                ["процентный~пункт", "процентных~пункта", "процентных~пунктов"],
                ["percentage~point", "percentage~points"],
            ),
        ] {
            for ((value, number), ask) in COUNTS.into_iter().zip(numbers).zip(asks) {
                assert_eq!(counted(&ru, value, noun), format!("{number}~{}", forms[ask]));
                let number = number.replace('~', ",");
                let form = english[usize::from(value != 1.0)];
                assert_eq!(counted(&en, value, noun), format!("{number}~{form}"));
            }
        }
    }

    #[test]
    fn a_fraction_has_a_category_of_its_own() {
        let ru = shipped("ru");
        let en = shipped("en");
        assert_eq!(ru.plural(1.5, 1), "other");
        assert_eq!(ru.plural(1.0, 1), "other");
        assert_eq!(ru.plural(21.0, 0), "one");
        assert_eq!(ru.plural(-2.0, 0), "few");
        assert_eq!(en.plural(1.0, 0), "one");
        assert_eq!(en.plural(1.0, 1), "other");
        for (noun, form) in [
            ("person", "человека"),
            ("move", "переезда"),
            ("student", "студента"),
            ("foreigner", "иностранца"),
            ("region", "региона"),
            ("time", "раза"),
        ] {
            let forms = &ru.language.nouns[noun];
            assert_eq!(forms.of(ru.category(&round(1.5, 1).unwrap())).unwrap(), form);
        }
    }

    #[test]
    fn a_count_known_coarsely_shows_the_digits_that_are_known() {
        let ru = shipped("ru");
        let en = shipped("en");
        for (value, step, russian, english) in [
            (11_267.0, 1.0, "11~267", "11,267"),
            (16_149.0, 10.0, "16~150", "16,150"),
            (16_100.0, 100.0, "16,1~тыс.", "16.1~thousand"),
            (16_000.0, 100.0, "16,0~тыс.", "16.0~thousand"),
            (13_000.0, 1000.0, "13~тыс.", "13~thousand"),
            (1_700_000.0, 100_000.0, "1,7~млн", "1.7~million"),
            (1_745_000.0, 1000.0, "1~745~тыс.", "1,745~thousand"),
            (20_280_000.0, 10_000.0, "20,28~млн", "20.28~million"),
            (2_500_000_000.0, 1e8, "2,5~млрд", "2.5~billion"),
            (-5_650.0, 100.0, "−5,7~тыс.", "−5.7~thousand"),
            (16_600.0, 500.0, "16,5~тыс.", "16.5~thousand"),
            (999_960.0, 100.0, "1~000,0~тыс.", "1,000.0~thousand"),
            (400.0, 100.0, "400", "400"),
            (960.0, 100.0, "1,0~тыс.", "1.0~thousand"),
            (300.0, 1000.0, "0~тыс.", "0~thousand"),
            (0.0, 1.0, "0", "0"),
            (999.0, 1.0, "999", "999"),
            (1000.0, 1.0, "1~000", "1,000"),
        ] {
            let quantity = Quantity::rounded(value, step);
            assert_eq!(seen(&ru.integer(quantity, Sign::Auto)), russian);
            assert_eq!(seen(&en.integer(quantity, Sign::Auto)), english);
            for locale in [&ru, &en] {
                let number = said(locale, &locale.shown_integer(quantity).unwrap());
                assert_eq!(number, locale.table_integer(quantity, Sign::Auto));
            }
            // Only one of the two languages has shorter words for tables.
            assert_eq!(seen(&ru.table_integer(quantity, Sign::Auto)), russian);
            let short = [("~thousand", "k"), ("~million", "m"), ("~billion", "bn")];
            let short = short.iter().fold(english.to_owned(), |t, (long, s)| t.replace(long, s));
            assert_eq!(en.table_integer(quantity, Sign::Auto), short);
        }
        let thousands = Quantity::rounded(16_100.0, 100.0);
        assert_eq!(seen(&ru.counted(thousands, "person").unwrap()), "16,1~тыс.~человек");
        let thousand = Quantity::rounded(1000.0, 1000.0);
        assert_eq!(seen(&ru.counted(thousand, "person").unwrap()), "1~тыс.~человек");
        assert_eq!(seen(&en.counted(thousand, "person").unwrap()), "1~thousand~people");
    }

    #[test]
    fn signs_are_shown_as_asked_and_zero_has_none() {
        let ru = shipped("ru");
        let sign = |value, sign| seen(&ru.integer(Quantity::exact(value), sign));
        assert_eq!(sign(7749.0, Sign::Always), "+7~749");
        assert_eq!(sign(-7749.0, Sign::Always), "\u{2212}7~749");
        assert_eq!(sign(-7749.0, Sign::Auto), "\u{2212}7~749");
        assert_eq!(sign(-7749.0, Sign::Never), "7~749");
        assert_eq!(sign(0.0, Sign::Always), "0");
        assert_eq!(sign(-0.0, Sign::Always), "0");
        assert_eq!(ru.decimal(-0.04, 1, Sign::Always), "0,0");
        assert_eq!(ru.decimal(-20.65, 1, Sign::Auto), "\u{2212}20,7");
        assert_eq!(ru.decimal(f64::NAN, 1, Sign::Auto), "…");
        assert_eq!(sign(f64::INFINITY, Sign::Auto), "…");
    }

    #[test]
    fn a_percentage_shows_no_more_digits_than_are_known() {
        let ru = shipped("ru");
        let en = shipped("en");
        for (value, step, russian, english) in [
            (20.65, 0.01, "20,7~%", "20.7%"),
            (20.6, 0.1, "20,6~%", "20.6%"),
            (83.0, 1.0, "83~%", "83%"),
            (-49.504_8, 0.001, "−49,5~%", "−49.5%"),
            (100.0, 0.1, "100,0~%", "100.0%"),
            (1250.0, 0.1, "1~250,0~%", "1,250.0%"),
        ] {
            let quantity = Quantity::rounded(value, step);
            assert_eq!(seen(&ru.percent(quantity, 1, Sign::Auto)), russian);
            assert_eq!(seen(&en.percent(quantity, 1, Sign::Auto)), english);
            let number = said(&ru, &ru.shown_percent(quantity, 1).unwrap());
            assert_eq!(number, ru.percent_number(quantity, 1, Sign::Auto));
        }
        let change = Quantity::rounded(20.6, 0.1);
        assert_eq!(ru.percent_number(change, 1, Sign::Always), "+20,6");
        assert_eq!(ru.percent(Quantity::rounded(f64::NAN, 0.1), 1, Sign::Auto), "…");
    }

    #[test]
    fn a_qualifier_travels_with_its_number_and_a_minus_turns_it_around() {
        let (ru, en) = (shipped("ru"), shipped("en"));
        let loss = |said| Quantity::rounded(-130_000.0, 10_000.0).qualified(Some(said));
        for (said, sign, russian, english, short) in [
            (
                Qualifier::Almost,
                Sign::Always,
                "почти~−130~тыс.",
                "almost~−130~thousand",
                "≈−130~тыс.",
            ),
            (Qualifier::About, Sign::Never, "около~130~тыс.", "about~130~thousand", "≈130~тыс."),
            (
                Qualifier::MoreThan,
                Sign::Never,
                "более~130~тыс.",
                "more than~130~thousand",
                ">130~тыс.",
            ),
            (
                Qualifier::MoreThan,
                Sign::Always,
                "менее~−130~тыс.",
                "less than~−130~thousand",
                "<−130~тыс.",
            ),
            (
                Qualifier::AtLeast,
                Sign::Auto,
                "не~более~−130~тыс.",
                "at most~−130~thousand",
                "≤−130~тыс.",
            ),
        ] {
            assert_eq!(seen(&ru.integer(loss(said), sign)), russian);
            assert_eq!(seen(&en.integer(loss(said), sign)), english);
            assert_eq!(seen(&ru.short_integer(loss(said), sign)), short);
            assert_eq!(seen(&ru.table_integer(loss(said), sign)), short);
        }
        let few = Quantity::exact(22.0).qualified(Some(Qualifier::MoreThan));
        assert_eq!(seen(&ru.counted(few, "person").unwrap()), ">22~человека");
        let change = Quantity::rounded(16.4, 0.1).qualified(Some(Qualifier::About));
        assert_eq!(seen(&ru.percent(change, 1, Sign::Auto)), "≈16,4~%");
        assert_eq!(seen(&ru.points(change, 1, Sign::Auto)), "≈16,4~процентного~пункта");
        let change = Quantity::rounded(130.0, 0.1).qualified(Some(Qualifier::About));
        assert_eq!(seen(&ru.fold(change)), "в~≈2,3~раза");
        // A language without words for qualifiers prints the sign.
        let thousands = Quantity::rounded(16_100.0, 100.0).qualified(Some(Qualifier::About));
        let text = include_str!("../../templates/languages/en.toml");
        let (before, rest) = text.split_once("[qualifiers]").unwrap();
        let after = &rest[rest.find("[months]").unwrap()..];
        let source = crate::diag::SourceText::new("en.toml", format!("{before}{after}"));
        let plain = Locale::load("en", &source, &[]).unwrap().value;
        assert_eq!(seen(&plain.integer(thousands, Sign::Auto)), "≈16.1~thousand");
    }

    #[test]
    fn points_of_an_index_agree_with_their_number() {
        let [ru, en, kk] = ["ru", "en", "kk"].map(shipped);
        for (value, step, russian, english, kazakh) in [
            (11.0, 0.1, "11,0~пункта", "11.0~points", "11,0~тармақ"),
            (1.0, 1.0, "1~пункт", "1~point", "1~тармақ"),
            (2.0, 1.0, "2~пункта", "2~points", "2~тармақ"),
            (-5.0, 1.0, "−5~пунктов", "−5~points", "−5~тармақ"),
        ] {
            let quantity = Quantity::rounded(value, step);
            assert_eq!(seen(&ru.index_points(quantity, 1, Sign::Auto)), russian);
            assert_eq!(seen(&en.index_points(quantity, 1, Sign::Auto)), english);
            assert_eq!(seen(&kk.index_points(quantity, 1, Sign::Auto)), kazakh);
        }
    }

    #[test]
    fn a_language_without_a_word_for_points_of_an_index_prints_their_number() {
        let text = include_str!("../../templates/languages/en.toml");
        let (before, rest) = text.split_once("[numbers.index-points]").unwrap();
        let after = &rest[rest.find("[numbers.fold]").unwrap()..];
        let source = crate::diag::SourceText::new("en.toml", format!("{before}{after}"));
        let en = Locale::load("en", &source, &[]).unwrap().value;
        assert_eq!(en.index_points(Quantity::rounded(11.0, 0.1), 1, Sign::Always), "+11.0");
    }

    #[test]
    fn percentage_points_and_times_agree_with_their_number() {
        let ru = shipped("ru");
        let en = shipped("en");
        for (value, step, russian, english) in [
            (1.3, 0.1, "1,3~процентного~пункта", "1.3~percentage~points"),
            (1.0, 1.0, "1~процентный~пункт", "1~percentage~point"),
            (2.0, 1.0, "2~процентных~пункта", "2~percentage~points"),
            (5.0, 1.0, "5~процентных~пунктов", "5~percentage~points"),
            (-21.0, 1.0, "−21~процентный~пункт", "−21~percentage~points"),
        ] {
            let quantity = Quantity::rounded(value, step);
            assert_eq!(seen(&ru.points(quantity, 1, Sign::Auto)), russian);
            assert_eq!(seen(&en.points(quantity, 1, Sign::Auto)), english);
        }
        for (times, russian, english) in [
            (2.3, "в~2,3~раза", "2.3-fold"),
            (2.345, "в~2,3~раза", "2.3-fold"),
            (2.996, "в~3~раза", "3-fold"),
            (2.0, "в~2~раза", "2-fold"),
            (2.04, "в~2~раза", "2-fold"),
            (5.0, "в~5~раз", "5-fold"),
            (21.0, "в~21~раз", "21-fold"),
            (11.5, "в~11,5~раза", "11.5-fold"),
        ] {
            let change =
                Quantity { value: (times - 1.0) * 100.0, step: 0.1, error: 0.0, qualifier: None };
            assert_eq!(seen(&ru.fold(change)), russian);
            assert_eq!(seen(&en.fold(change)), english);
        }
    }

    #[test]
    fn a_printed_number_is_cut_at_its_decimal_sign() {
        let (ru, en) = (shipped("ru"), shipped("en"));
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(ru.split_decimal("−20,7"), pair("−20", ",7"));
        assert_eq!(ru.split_decimal("16,1\u{a0}тыс."), pair("16", ",1\u{a0}тыс."));
        assert_eq!(ru.split_decimal("11\u{a0}267"), pair("11\u{a0}267", ""));
        assert_eq!(ru.split_decimal("Astana, Almaty"), pair("Astana, Almaty", ""));
        assert_eq!(en.split_decimal("11,267.5"), pair("11,267", ".5"));
        assert_eq!(en.split_decimal("11,267"), pair("11,267", ""));
        assert_eq!(ru.split_decimal("…"), pair("…", ""));
    }

    #[test]
    fn from_a_million_on_a_text_has_two_decimals_of_its_scale() {
        let (ru, en) = (shipped("ru"), shipped("en"));
        for (value, step, russian, english) in [
            (1_326_000.0, 1000.0, "1,33~млн", "1.33~million"),
            (1_164_800.0, 100.0, "1,16~млн", "1.16~million"),
            (1_164_812.0, 1.0, "1,16~млн", "1.16~million"),
            (1_700_000.0, 100_000.0, "1,7~млн", "1.7~million"),
            (2_509_000_000.0, 1.0, "2,51~млрд", "2.51~billion"),
            (999_000.0, 1000.0, "999~тыс.", "999~thousand"),
            (999_999.0, 1.0, "999~999", "999,999"),
            (11_267.0, 1.0, "11~267", "11,267"),
        ] {
            let quantity = Quantity::rounded(value, step);
            assert_eq!(seen(&ru.compact(quantity, Sign::Auto)), russian);
            assert_eq!(seen(&en.compact(quantity, Sign::Auto)), english);
        }
        assert_eq!(seen(&en.compact(Quantity::exact(-1_234_567.0), Sign::Auto)), "−1.23~million");
    }

    #[test]
    fn an_ordinal_is_a_word_of_the_list_or_none() {
        let (ru, en) = (shipped("ru"), shipped("en"));
        for (value, russian, english) in
            [(1.0, "первый", "first"), (3.0, "третий", "third"), (12.0, "двенадцатый", "twelfth")]
        {
            assert_eq!(ru.ordinal(Quantity::exact(value), "year").unwrap(), Some(russian));
            assert_eq!(en.ordinal(Quantity::exact(value), "year").unwrap(), Some(english));
        }
        for none in [Quantity::exact(0.0), Quantity::exact(13.0), Quantity::rounded(10.0, 10.0)] {
            assert_eq!(en.ordinal(none, "year").unwrap(), None);
        }
        let found = en.ordinal(Quantity::exact(1.0), "yaer").unwrap_err();
        assert_eq!(found[0].code, UNKNOWN_FORM);
        assert_eq!(found[0].hints, ["did you mean `year`?"]);
    }

    #[test]
    fn an_unknown_noun_names_the_nearest() {
        let found = shipped("en").counted(Quantity::exact(1.0), "persn").unwrap_err();
        assert_eq!(found[0].code, UNKNOWN_FORM);
        assert_eq!(found[0].hints, ["did you mean `person`?"]);
    }

    #[test]
    fn years_have_no_groups_and_their_range_the_dash() {
        let ru = shipped("ru");
        assert_eq!(ru.range(&ru.ungrouped(2023), &ru.ungrouped(2027)), "2023–2027");
    }

    proptest! {
        #[test]
        fn an_integer_without_its_group_signs_is_itself(value in -9_007_199_254_740_991_i64..9_007_199_254_740_991) {
            thread_local! {
                static LOCALES: [Locale; 2] = [shipped("ru"), shipped("en")];
            }
            let texts = LOCALES.with(|locales| {
                locales.each_ref().map(|locale| {
                    locale.integer(Quantity::exact(value as f64), Sign::Auto)
                })
            });
            for text in texts {
                let plain = text.replace(['\u{a0}', ','], "").replace('\u{2212}', "-");
                prop_assert_eq!(plain.parse::<i64>().unwrap(), value);
            }
        }

        #[test]
        fn never_more_digits_than_the_step_knows(value in -1e7..1e7_f64, power in -3..6_i32) {
            thread_local! {
                static EN: Locale = shipped("en");
            }
            let quantity = Quantity { step: 10_f64.powi(power), ..Quantity::exact(value) };
            let text = EN.with(|en| en.percent_number(quantity, 3, Sign::Auto));
            let number: f64 = text.replace(',', "").replace('\u{2212}', "-").parse().unwrap();
            prop_assert!((number - value).abs() <= quantity.step / 2.0 + 1e-4 * quantity.step);
            let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            prop_assert_eq!(decimals, usize::try_from(-power).unwrap_or(0));
        }

        /// Text, tables, workbooks and release files print the same digits of a value, in every language
        /// and however it was computed.
        #[test]
        fn one_value_has_one_printing(
            units in -2_000_000_000_i64..2_000_000_000,
            finer in 0..4_i32,
            step in prop::sample::select(vec![
                0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 10.0, 50.0, 100.0, 500.0, 1000.0, 1e4, 1e5, 1e6,
            ]),
            dust in -3_i64..3,
        ) {
            thread_local! {
                static LOCALES: [Locale; 3] = [shipped("ru"), shipped("en"), shipped("kk")];
            }
            let value = units as f64 * step / 10_f64.powi(finer);
            let value = f64::from_bits(value.to_bits().saturating_add_signed(dust));
            prop_assume!(value.is_finite() && value.abs() < 1e15);
            let quantity = Quantity { value, step, error: 0.0, qualifier: None };
            // The form in `kosh facts`, facts.csv, the data of figures and `kosh diff`.
            let file = quantity.to_string();
            prop_assert!(!file.starts_with("-0") || file.contains(|c: char| ('1'..='9').contains(&c)));
            let number: f64 = file.parse().unwrap();
            LOCALES.with(|locales| {
                for locale in locales {
                    for sign in [Sign::Auto, Sign::Always] {
                        for text in [
                            locale.integer(quantity, sign),
                            locale.table_integer(quantity, sign),
                            locale.percent_number(quantity, 6, sign),
                            locale.percent(quantity, 6, sign),
                            locale.points(quantity, 6, sign),
                            locale.index_points(quantity, 6, sign),
                        ] {
                            prop_assert_eq!(read(locale, &text), Some(number), "{} {}", text, file);
                            prop_assert!(number != 0.0 || !text.contains(['+', '\u{2212}']), "{}", text);
                        }
                    }
                    let cell = locale.shown_integer(quantity).unwrap();
                    prop_assert_eq!(cell.value, number);
                    prop_assert_eq!(locale.shown_percent(quantity, 6).unwrap().value, number);
                }
                Ok(())
            })?;
        }
    }

    /// The number that a text in a language stands for.
    fn read(locale: &Locale, text: &str) -> Option<f64> {
        let symbols = &locale.language.symbols;
        let scale = locale.language.scales.iter().find(|scale| {
            let all = scale.pattern.all().chain(scale.for_tables().all());
            all.map(|pattern| pattern.fill_one(""))
                .any(|word| !word.is_empty() && text.ends_with(&word))
        });
        let digits: String = text
            .replace(&symbols.group, "")
            .replace(&symbols.decimal, ".")
            .chars()
            .filter_map(|c| match c {
                '\u{2212}' => Some('-'),
                '0'..='9' | '.' => Some(c),
                _ => None,
            })
            .collect();
        let digits = digits.trim_end_matches('.');
        format!("{digits}e{}", scale.map_or(0, |scale| scale.power)).parse().ok()
    }
}
