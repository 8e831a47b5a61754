//! Dates and periods: the phrases a language has for them, by form.
//!
//! In: a [`Period`], a date, or the [`Time`] of a fact, and the name of a form. Out: the phrase.
//! Which forms there are is the language file's choice; a form it does not have is a problem, and
//! no other form takes its place, because a case cannot be guessed.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::data::Time;
use crate::diag::{Diagnostic, Result, did_you_mean};
use crate::period::{Period, Span};

use super::language::PeriodPatterns;
use super::pattern::Pattern;
use super::{Locale, UNKNOWN_FORM};

impl Locale {
    /// A day, in one of the forms of `[dates]`.
    pub fn date(&self, date: Date, form: &str) -> Result<String> {
        let dates = &self.language.dates;
        let pattern = dates.get(form).ok_or_else(|| {
            self.unknown_form("dates", form, dates.keys().map(String::as_str))
        })?;
        let symbols = &self.language.symbols;
        Ok(pattern.fill(|name| {
            Cow::Owned(match name {
                "day" => symbols.digits(date.day()),
                "dd" => symbols.digits(format_args!("{:02}", date.day())),
                "mm" => symbols.digits(format_args!("{:02}", date.month())),
                "year" => symbols.digits(date.year()),
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
        let symbols = &self.language.symbols;
        Ok(patterns.of(period).fill(|name| match name {
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
            _ if name.starts_with("end.") => {
                Cow::Borrowed(self.month_name(name, period.end.month))
            }
            _ => Cow::Borrowed(named(&self.language.quarters, name, period.last_quarter())),
        }))
    }

    /// When a fact holds: a period in a form of `[periods]`, a day in a form of `[dates]`.
    pub fn time(&self, time: Time, form: &str) -> Result<String> {
        match time {
            Time::Over(period) => self.period(period, form),
            Time::At(date) => self.date(date, form),
        }
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
            format!("no form `{form}` in `[{table}]` of the language `{}`", self.lang()),
        )
        .maybe_hint(did_you_mean(form, known))
    }
}

impl PeriodPatterns {
    /// The pattern for what a reader calls the period.
    fn of(&self, period: Period) -> &Pattern {
        let (start, end) = (period.start, period.end);
        match period.span() {
            Span::Year => &self.year,
            // January alone runs "to date" too, but nobody says "January–January".
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

/// The name that `placeholder`, as `month.gen`, asks for; `number` counts from 1.
fn named<'a>(
    names: &'a std::collections::BTreeMap<String, Vec<String>>,
    placeholder: &str,
    number: i8,
) -> &'a str {
    let (_, form) = placeholder.split_once('.').unwrap_or_default();
    let index = usize::try_from(number - 1).unwrap_or_default();
    names.get(form).and_then(|names| names.get(index)).map_or("", String::as_str)
}
