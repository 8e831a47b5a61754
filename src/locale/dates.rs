//! Dates and periods: worded in the forms that a language has.
//!
//! In: a [`Period`], a date, or the [`Time`] of a fact, and the name of a form. Out: the phrase. The
//! language file defines the forms. A form that it does not have is an error; no other form replaces it,
//! since a grammatical case cannot be guessed.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::diag::{Diagnostic, Result, did_you_mean};
use crate::stats::{Period, Span, Time};

use super::language::PeriodPatterns;
use super::pattern::Pattern;
use super::{Locale, UNKNOWN_FORM};

impl Locale {
    /// A day, in one of the forms of `[dates]`.
    pub fn date(&self, date: Date, form: &str) -> Result<String> {
        let dates = &self.language.dates;
        let pattern = dates
            .get(form)
            .ok_or_else(|| self.unknown_form("dates", form, dates.keys().map(String::as_str)))?;
        let symbols = &self.language.symbols;
        Ok(pattern.fill(|name| {
            Cow::Owned(match name {
                "day" => symbols.digits(date.day()),
                "dd" => symbols.digits(format_args!("{:02}", date.day())),
                "mm" => symbols.digits(format_args!("{:02}", date.month())),
                "year" => symbols.digits(date.year()),
                "next-yy" => {
                    symbols.digits(format_args!("{:02}", (date.year() + 1).rem_euclid(100)))
                }
                _ => return Cow::Borrowed(self.month_name(name, date.month())),
            })
        }))
    }

    /// A period, in one of the forms of `[periods]`.
    pub fn period(&self, period: Period, form: &str) -> Result<String> {
        let periods = &self.language.periods;
        let patterns = periods.get(form).ok_or_else(|| {
            self.unknown_form("periods", form, periods.keys().map(String::as_str))
        })?;
        Ok(self.filled(patterns.of(period), period))
    }

    /// The names of the quarters without the year, by which a typed quarter is recognised. Of each form,
    /// the words that differ between quarters, with the word after them.
    pub fn quarter_names(&self) -> Vec<(i8, String)> {
        let mut names = vec![];
        for patterns in self.language.periods.values() {
            let words: Vec<Vec<String>> = (1..=4)
                .map(|quarter| self.without_year(&patterns.quarter, Period::quarter(2025, quarter)))
                .collect();
            let differs = |at: usize| words.iter().any(|w| w.get(at) != words[0].get(at));
            let longest = words.iter().map(Vec::len).max().unwrap_or(0);
            let Some(first) = (0..longest).find(|at| differs(*at)) else { continue };
            let last = (0..longest).rfind(|at| differs(*at)).unwrap_or(first) + 1;
            for (quarter, words) in (1..).zip(&words) {
                let name = words[first.min(words.len())..(last + 1).min(words.len())].join(" ");
                if !name.is_empty() && !names.contains(&(quarter, name.clone())) {
                    names.push((quarter, name));
                }
            }
        }
        names
    }

    /// The words of a period before its year, or after it if the year comes first.
    fn without_year(&self, pattern: &Pattern, period: Period) -> Vec<String> {
        let year = self.language.symbols.digits(period.end.year);
        let text = self.filled(pattern, period).to_lowercase();
        let words = |part: &str| part.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        match text.split_once(&year) {
            Some((before, after)) if before.trim().is_empty() => words(after),
            Some((before, _)) => words(before),
            None => words(&text),
        }
    }

    fn filled(&self, pattern: &Pattern, period: Period) -> String {
        let symbols = &self.language.symbols;
        pattern.fill(|name| match name {
            "year" => Cow::Owned(symbols.digits(period.end.year)),
            "start-year" => Cow::Owned(symbols.digits(period.start.year)),
            "quarter" => Cow::Owned(symbols.digits(period.last_quarter())),
            "to" if period.start.month == 1 && period.end.month == 12 => {
                Cow::Borrowed(&*self.language.number_dash)
            }
            "to" => Cow::Borrowed(&*self.language.month_dash),
            _ if name.starts_with("start.") => {
                Cow::Borrowed(self.month_name(name, period.start.month))
            }
            _ if name.starts_with("end.") => Cow::Borrowed(self.month_name(name, period.end.month)),
            _ => Cow::Borrowed(named(&self.language.quarters, name, period.last_quarter())),
        })
    }

    /// The time of a fact: a period in a form of `[periods]`, a day in a form of `[dates]`.
    pub fn time(&self, time: Time, form: &str) -> Result<String> {
        match time {
            Time::Over(period) => self.period(period, form),
            Time::At(date) => self.date(date, form),
        }
    }

    /// The month, 1 to 12, that a word names in any of its forms; written as in the language file, or
    /// capitalised.
    pub fn month_called(&self, word: &str) -> Option<i8> {
        let is_it = |name: &str| {
            let letters = name.chars().filter(|c| c.is_lowercase()).count();
            letters > 1
                && (name == word
                    || word.chars().next().is_some_and(char::is_uppercase)
                        && name.to_lowercase() == word.to_lowercase())
        };
        let forms = self.language.months.values();
        let at = forms.filter_map(|names| names.iter().position(|name| is_it(name))).next()?;
        i8::try_from(at + 1).ok()
    }

    fn month_name(&self, placeholder: &str, month: i8) -> &str {
        named(&self.language.months, placeholder, month)
    }

    fn unknown_form<'a>(
        &self,
        table: &str,
        form: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Diagnostic {
        Diagnostic::error(
            UNKNOWN_FORM,
            message!(
                "no form `{form}` in `[{table}]` of the language `{lang}`",
                form,
                table,
                lang = self.lang()
            ),
        )
        .maybe_hint(did_you_mean(form, known))
    }
}

impl PeriodPatterns {
    /// The pattern for what readers call the period.
    fn of(&self, period: Period) -> &Pattern {
        let (start, end) = (period.start, period.end);
        match period.span() {
            Span::Year => &self.year,
            // January alone is a cumulative total too, but nobody says "January–January".
            Span::YearToDate if end.month == 1 => &self.month,
            Span::YearToDate if end.month == 3 => {
                self.first_quarter.as_ref().unwrap_or(&self.year_to_date)
            }
            Span::YearToDate if end.month == 6 => {
                self.half_year.as_ref().unwrap_or(&self.year_to_date)
            }
            Span::YearToDate => &self.year_to_date,
            Span::Quarter => &self.quarter,
            Span::Month => &self.month,
            Span::Months if start.year == end.year => &self.months,
            Span::Months if start.month == 1 && end.month == 12 => &self.years,
            Span::Months => &self.months_across_years,
        }
    }
}

/// The name for `placeholder`, such as `month.gen`; `number` counts from 1.
fn named<'a>(
    names: &'a std::collections::BTreeMap<String, Vec<String>>,
    placeholder: &str,
    number: i8,
) -> &'a str {
    let (_, form) = placeholder.split_once('.').unwrap_or_default();
    let index = usize::try_from(number - 1).unwrap_or_default();
    names.get(form).and_then(|names| names.get(index)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::tests::shipped;
    use super::*;

    fn seen(text: &str) -> String {
        text.replace('\u{a0}', "~")
    }

    #[test]
    fn a_quarter_is_known_by_its_number_and_the_word_behind_it() {
        let names = |lang: &str| -> Vec<String> {
            let names = shipped(lang).quarter_names();
            names.into_iter().filter(|(quarter, _)| *quarter == 2).map(|(_, name)| name).collect()
        };
        assert_eq!(names("en"), ["second quarter", "q2"]);
        assert!(names("ru").contains(&"ii квартал".to_owned()), "{:?}", names("ru"));
        assert!(names("ru").contains(&"ii кв.".to_owned()), "{:?}", names("ru"));
        assert!(names("kk").iter().any(|name| name.starts_with("ii тоқсан")), "{:?}", names("kk"));
    }

    #[test]
    fn a_day_has_the_forms_of_its_language() {
        let day = Date::constant(2026, 2, 9);
        for (lang, form, expected) in [
            ("ru", "date", "9~февраля 2026~г."),
            ("ru", "numeric", "09.02.2026"),
            ("ru", "v", "на~9~февраля 2026~г."),
            ("en", "date", "9~February 2026"),
            ("kk", "date", "2026~жылғы 9~ақпан"),
            ("en", "in", "on 9~February 2026"),
        ] {
            assert_eq!(seen(&shipped(lang).date(day, form).unwrap()), expected);
        }
    }

    #[test]
    fn every_kind_of_period_has_its_phrase() {
        for (lang, written, form, expected) in [
            ("ru", "2025-H1", "nom", "январь–июнь 2025~г."),
            ("ru", "2025-H1", "za", "за~январь–июнь 2025~г."),
            ("ru", "2025-H1", "v", "в~январе–июне 2025~г."),
            ("ru", "2025-H1", "k", "к~январю–июню 2025~г."),
            ("ru", "2025-H1", "s", "с~январём–июнем 2025~г."),
            ("ru", "2025-H1", "half", "первое полугодие 2025~г."),
            ("ru", "2025-H1", "short", "I–VI~2025"),
            ("ru", "2025-9M", "v", "в~январе–сентябре 2025~г."),
            ("ru", "2025-Q1", "nom", "январь–март 2025~г."),
            ("ru", "2025-Q1", "half", "I~квартал 2025~г."),
            ("ru", "2025-Q2", "nom", "II~квартал 2025~г."),
            ("ru", "2025-Q2", "za", "за~II~квартал 2025~г."),
            ("ru", "2025-Q2", "v", "во~II~квартале 2025~г."),
            ("ru", "2025-Q3", "v", "в~III~квартале 2025~г."),
            ("ru", "2025-Q2", "k", "ко~II~кварталу 2025~г."),
            ("ru", "2025-Q2", "short", "II~кв.~2025"),
            ("ru", "2025", "nom", "2025~г."),
            ("ru", "2025", "za", "за~2025~г."),
            ("ru", "2025", "v", "в~2025~г."),
            ("ru", "2025-1M", "v", "в~январе 2025~г."),
            ("ru", "2025-05..2025-05", "za", "за~май 2025~г."),
            ("ru", "2025-03..2025-05", "v", "в~марте–мае 2025~г."),
            ("ru", "2024-07..2025-06", "nom", "июль 2024~г.~— июнь 2025~г."),
            ("ru", "2020-01..2024-12", "nom", "2020–2024~гг."),
            ("kk", "2025-H1", "nom", "2025~жылғы қаңтар–маусым"),
            ("kk", "2025-H1", "loc", "2025~жылғы қаңтар–маусымда"),
            ("kk", "2025-Q1", "nom", "2025~жылғы қаңтар–наурыз"),
            ("kk", "2025-Q2", "nom", "2025~жылғы II~тоқсан"),
            ("kk", "2025", "loc", "2025~жылы"),
            ("en", "2025-H1", "nom", "January–June 2025"),
            ("en", "2025-H1", "in", "in January–June 2025"),
            ("en", "2025-H1", "short", "Jan–Jun~2025"),
            ("en", "2025-H1", "half", "the first half of 2025"),
            ("en", "2025-Q2", "nom", "the second quarter of 2025"),
            ("en", "2025-Q2", "in", "in the second quarter of 2025"),
            ("en", "2025-Q2", "short", "Q2~2025"),
            ("en", "2025", "nom", "2025"),
            ("en", "2025-1M", "nom", "January 2025"),
            ("en", "2024-07..2025-06", "in", "from July 2024 to June 2025"),
            ("en", "2020-01..2024-12", "nom", "2020–2024"),
        ] {
            let phrase = shipped(lang).period(written.parse().unwrap(), form).unwrap();
            assert_eq!(seen(&phrase), expected, "{lang} {written} {form}");
        }
    }

    #[test]
    fn every_form_has_a_phrase_for_every_run_of_months() {
        for lang in ["ru", "en", "kk"] {
            let locale = shipped(lang);
            for form in locale.language.periods.keys() {
                for start in 1..=12 {
                    for end in start..=12 {
                        let period: Period =
                            format!("2025-{start:02}..2025-{end:02}").parse().unwrap();
                        let phrase = locale.period(period, form).unwrap();
                        assert!(phrase.contains("2025") && !phrase.contains('{'), "{phrase}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_form_takes_the_place_of_an_unknown_one() {
        let ru = shipped("ru");
        let found = ru.period(Period::year_to_date(2025, 6), "az").unwrap_err();
        assert_eq!(found[0].code, UNKNOWN_FORM);
        assert!(
            ru.date(Date::constant(2026, 2, 9), "datte").unwrap_err()[0].hints[0]
                .contains("`date`")
        );
        assert!(ru.time(Time::At(Date::constant(2025, 7, 1)), "half").is_err());
    }
}
