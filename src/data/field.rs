//! Checks one field of a row against its column in the schema.
//!
//! In: the text of a field. Out: its meaning, or the one problem that it has. Checks over several fields
//! or rows are in the readers of tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::package::{Field, Role, Type};
use super::{Register, Time, code, csv, number};
use crate::diag::{Code, Diagnostic, Message, SourceText, did_you_mean, slashed};
use crate::stats::Period;

/// The meaning of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    /// A missing value.
    Missing,
    /// A text.
    Text,
    /// A number.
    Number(f64),
    /// A period of months or a day.
    Time(Time),
}

/// The problems of one file; above a limit they are only counted.
#[derive(Default)]
pub(super) struct Problems {
    found: Vec<Diagnostic>,
    more: usize,
    /// Whether one of those that are only counted is an error.
    has_more_errors: bool,
}

impl Problems {
    const SHOWN: usize = 50;

    /// Adds a problem, or counts it if the limit is reached.
    pub(super) fn push(&mut self, make: impl FnOnce() -> Diagnostic) {
        if self.found.len() < Self::SHOWN {
            self.found.push(make());
        } else {
            self.more += 1;
            // Until one of them is an error, each has to be looked at.
            self.has_more_errors =
                self.has_more_errors || make().severity == crate::diag::Severity::Error;
        }
    }

    /// Adds the problems of a later part of the same file.
    pub(super) fn append(&mut self, other: Self) {
        self.more += other.more;
        self.has_more_errors |= other.has_more_errors;
        for problem in other.found {
            self.push(|| problem);
        }
    }

    /// Returns the problems; K0119 with the number of those that are not shown comes last.
    pub(super) fn finish(mut self, text: &SourceText) -> Vec<Diagnostic> {
        if self.more > 0 {
            let place = crate::diag::Place::Path(text.path.clone());
            let message =
                message!("{more} more problems in this file are not shown", more = self.more);
            // Warnings do not become an error by being many.
            let problem = match self.has_more_errors {
                true => Diagnostic::error(Code::K0119, message),
                false => Diagnostic::warning(Code::K0119, message),
            };
            self.found.push(problem.at(place));
        }
        self.found
    }
}

/// The registers by name. One that could not be read is absent, and codes are not checked against it.
pub(super) type Registers = BTreeMap<String, Arc<Register>>;

/// A column: its field in the schema, and what its values are checked against.
pub(super) struct Column<'a> {
    pub field: &'a Field,
    pub registers: &'a Registers,
    pub text: &'a SourceText,
}

impl Column<'_> {
    /// Checks a cell and returns its meaning.
    pub(super) fn check(&self, cell: &csv::Field) -> Result<Meaning, Box<Diagnostic>> {
        let Self { field, text, .. } = self;
        let (said, name) = (&*cell.text, &field.name);
        let refuse = |code, message: Message| {
            Diagnostic::error(code, message).at(text.place(cell.range.clone()))
        };
        if self.field.missing.iter().any(|missing| missing == said) {
            if !field.required {
                return Ok(Meaning::Missing);
            }
            let message = message!("column `{name}` has no value here, but one is required", name);
            return Err(Box::new(refuse(Code::K0106, message).maybe_hint(self.remedy())));
        }
        if field.role == Role::Time {
            let time = time(said).map_err(|(reason, hint)| {
                refuse(
                    Code::K0111,
                    message!("`{said}` in column `{name}` is {reason}", said, name, reason),
                )
                .maybe_hint(hint)
            })?;
            self.matches(cell)?;
            return Ok(Meaning::Time(time));
        }
        match field.holds {
            Type::String => {
                self.is_member(cell)?;
                self.matches(cell)?;
                Ok(Meaning::Text)
            }
            Type::Date => match day(said) {
                Some(_) => {
                    self.is_member(cell)?;
                    self.matches(cell)?;
                    Ok(Meaning::Text)
                }
                None => Err(Box::new(
                    refuse(
                        Code::K0105,
                        message!("`{said}` in column `{name}` is not a day", said, name),
                    )
                    .hint(message!("write year, month and day, for example 2025-08-11")),
                )),
            },
            Type::Number | Type::Integer => {
                let number = self.number(cell)?;
                self.is_member(cell)?;
                self.matches(cell)?;
                Ok(Meaning::Number(number))
            }
        }
    }

    /// The hint for an empty field that must have a value.
    fn remedy(&self) -> Option<Message> {
        Some(match self.field.role {
            Role::RoundedTo => message!(
                "write the unit of the printed figure: 1 for an exact count, 100 \
                                for 67.2 thousand, 0.1 for 20.6 per cent"
            ),
            Role::Value => {
                message!(
                    "write the figure; if the source says that there is none, delete the row \
                or list its sign under `missingValues`"
                )
            }
            _ => match (&self.field.register, &self.field.members) {
                (Some(register), _) => message!("write a key of `{register}`", register),
                (None, Some(members)) => {
                    message!("write one of `{members}`", members = members.join("`, `"))
                }
                (None, None) => return None,
            },
        })
    }

    fn number(&self, cell: &csv::Field) -> Result<f64, Box<Diagnostic>> {
        let Self { field, text, .. } = self;
        let (said, name) = (&*cell.text, &field.name);
        let refuse = |code, message: Message| {
            Diagnostic::error(code, message).at(text.place(cell.range.clone()))
        };
        let value = number::parse(said, field.notation).map_err(|wrong| match wrong {
            number::Wrong::TooLong => refuse(
                Code::K0127,
                message!(
                    "`{said}` in column `{name}` has more digits than can be kept exactly",
                    said,
                    name
                ),
            )
            .note(message!("whole numbers are exact up to {value}", value = number::EXACT - 1.0))
            .hint(message!(
                "write it in thousands or millions, with its unit, and note how it was printed"
            )),
            number::Wrong::NotFinite => refuse(
                Code::K0110,
                message!("`{said}` in column `{name}` is not a finite number", said, name),
            )
            .hint(message!("delete the row if there is no figure")),
            number::Wrong::Text(Some(hint)) => refuse(
                Code::K0105,
                message!("`{said}` in column `{name}` is not a plain number", said, name),
            )
            .note(message!(
                "a number consists of digits and a decimal sign, with a hyphen before a negative \
                number"
            ))
            .hint(hint),
            number::Wrong::Text(None) => refuse(
                Code::K0105,
                message!("`{said}` in column `{name}` is not a number", said, name),
            )
            .hint(match field.required {
                false => message!(
                    "write a number and put words into the note, or list `{said}` under \
                             `missingValues` if it means that there is no figure",
                    said
                ),
                true => message!(
                    "write a number and put words into the note; if there is no figure, \
                            delete the row"
                ),
            }),
        })?;
        if field.holds == Type::Integer && value.fract() != 0.0 {
            return Err(Box::new(refuse(
                Code::K0105,
                message!("`{said}` in column `{name}` is not a whole number", said, name),
            )));
        }
        if field.role == Role::RoundedTo && value <= 0.0 {
            let message =
                message!("`{said}` in column `{name}` is not a unit of rounding", said, name);
            return Err(Box::new(refuse(Code::K0110, message).maybe_hint(self.remedy())));
        }
        if field.role == Role::RoundedTo && !is_unit_of_rounding(value) {
            let message = message!("`{said}` is not a usual unit of rounding", said);
            return Err(Box::new(
                refuse(Code::K0125, message)
                    .note(message!(
                        "a unit of rounding is a power of ten, or 2, 2.5 or 5 times a power of \
                        ten"
                    ))
                    .maybe_hint(self.remedy()),
            ));
        }
        if let Some(minimum) = field.minimum.filter(|minimum| value < *minimum) {
            let message = message!(
                "`{said}` in column `{name}` is below the minimum, {minimum}",
                said,
                name,
                minimum
            );
            return Err(Box::new(refuse(Code::K0110, message).hint(message!(
                "a balance may be negative, a count may not: check the sign or the column"
            ))));
        }
        if let Some(maximum) = field.maximum.filter(|maximum| value > *maximum) {
            let message = message!(
                "`{said}` in column `{name}` is above the maximum, {maximum}",
                said,
                name,
                maximum
            );
            return Err(Box::new(refuse(Code::K0110, message)));
        }
        Ok(value)
    }

    fn is_member(&self, cell: &csv::Field) -> Result<(), Box<Diagnostic>> {
        let (said, name) = (&*cell.text, &self.field.name);
        if let Some(members) = &self.field.members
            && !members.iter().any(|member| member == said)
        {
            return Err(Box::new(
                Diagnostic::error(
                    Code::K0107,
                    message!("`{said}` is not one of the values of column `{name}`", said, name),
                )
                .at(self.text.place(cell.range.clone()))
                .maybe_hint(suggestion(said, members.iter().map(String::as_str))),
            ));
        }
        self.has_target(cell)
    }

    /// Checks that the code in a cell is in its register.
    pub(super) fn has_target(&self, cell: &csv::Field) -> Result<(), Box<Diagnostic>> {
        let (said, name) = (&*cell.text, &self.field.name);
        let Some(register) = self.field.register.as_ref().and_then(|r| self.registers.get(r))
        else {
            return Ok(());
        };
        if register.rows.contains_key(said) {
            return Ok(());
        }
        let file = slashed(&register.text.path);
        Err(Box::new(
            Diagnostic::error(
                Code::K0108,
                message!("`{said}` in column `{name}` is not in `{file}`", said, name, file),
            )
            .at(self.text.place(cell.range.clone()))
            .maybe_hint(suggestion(said, register.rows.keys().map(|key| &**key)))
            .hint(message!("or add a row for `{said}` to `{file}`", said, file)),
        ))
    }

    fn matches(&self, cell: &csv::Field) -> Result<(), Box<Diagnostic>> {
        match &self.field.pattern {
            Some(pattern) if !pattern.is_match(&cell.text) => {
                let (said, name) = (&*cell.text, &self.field.name);
                let written = pattern.as_str();
                let written = &written["^(?:".len()..written.len() - ")$".len()];
                Err(Box::new(
                    Diagnostic::error(
                        Code::K0110,
                        message!(
                            "`{said}` in column `{name}` does not match the pattern of the \
                            column",
                            said,
                            name
                        ),
                    )
                    .at(self.text.place(cell.range.clone()))
                    .note(message!("the pattern is `{written}`", written)),
                ))
            }
            _ => Ok(()),
        }
    }
}

/// A hint at the code that was probably meant.
fn suggestion<'a>(said: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<Message> {
    code::same_to_the_eye(said, known.clone()).or_else(|| did_you_mean(said, known))
}

/// Whether a number is a rounding unit: 1, 2, 2.5 or 5 times a power of ten.
fn is_unit_of_rounding(value: f64) -> bool {
    let power = 10_f64.powi(value.log10().floor() as i32);
    [1.0, 2.0, 2.5, 5.0, 10.0].iter().any(|times| (value / power / times - 1.0).abs() < 1e-9)
}

/// Whether a value is a whole number of rounding units.
pub(super) fn is_multiple(value: f64, step: f64) -> bool {
    let units = value / step;
    // Tolerance for decimal numbers that have no exact binary form.
    (units - units.round()).abs() <= 1e-6_f64.max(units.abs() * 4.0 * f64::EPSILON)
}

/// Parses a day written as YYYY-MM-DD.
pub(super) fn day(text: &str) -> Option<Date> {
    let shape = text.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    (text.len() == 10 && shape).then(|| text.parse().ok()).flatten()
}

/// Parses a period or a day, or says why it cannot be parsed and how to write it.
fn time(text: &str) -> Result<Time, (Message, Option<Message>)> {
    let how = message!(
        "write the first and the last month of a flow, for example 2025-01..2025-06, \
        or the day of a stock, for example 2025-07-01"
    );
    if let Some((start, end)) = text.split_once("..") {
        return match text.parse() {
            Ok(period) => Ok(Time::Over(period)),
            Err(_) => match format!("{end}..{start}").parse::<Period>() {
                Ok(turned) => {
                    let hint = message!("write it as `{turned}`, if the ends were swapped", turned);
                    Err((message!("a period that ends before it starts"), Some(hint)))
                }
                Err(_) => Err((message!("not a period"), Some(how))),
            },
        };
    }
    if let Some(day) = day(text) {
        return Ok(Time::At(day));
    }
    let meant = text.parse::<Period>().or_else(|_| {
        text.parse::<crate::stats::Month>().map(|month| Period { start: month, end: month })
    });
    let hint = match meant {
        Ok(period) => message!("write it as `{period}`", period),
        Err(_) => how,
    };
    Err((message!("neither a period nor a day"), Some(hint)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_fifty_the_problems_of_a_file_are_counted() {
        let mut problems = Problems::default();
        for _ in 0..60 {
            problems.push(|| Diagnostic::error(Code::K0105, Message::verbatim("no number")));
        }
        let found = problems.finish(&SourceText::new("data/moves.csv", ""));
        assert_eq!((found.len(), found[50].code), (51, Code::K0119));
        assert_eq!(found[50].message, "10 more problems in this file are not shown");
        assert_eq!(found[50].severity, crate::diag::Severity::Error);
    }

    #[test]
    fn warnings_do_not_become_an_error_by_being_many() {
        let counted = |errors: usize| {
            let mut problems = Problems::default();
            for number in 0..60 {
                problems.push(|| match number >= 60 - errors {
                    true => Diagnostic::error(Code::K0130, Message::verbatim("two levels")),
                    false => Diagnostic::warning(Code::K0136, Message::verbatim("far")),
                });
            }
            problems.finish(&SourceText::new("data/moves.csv", "")).pop().unwrap().severity
        };
        assert_eq!(counted(0), crate::diag::Severity::Warning);
        assert_eq!(counted(1), crate::diag::Severity::Error);
    }

    #[test]
    fn a_time_is_a_period_in_full_or_a_day() {
        assert!(matches!(time("2025-01..2025-06"), Ok(Time::Over(_))));
        assert!(matches!(time("2025-07-01"), Ok(Time::At(_))));
        for (written, hint) in [
            ("2025", "write it as `2025-01..2025-12`"),
            ("2025-H1", "write it as `2025-01..2025-06`"),
            ("2021-09", "write it as `2021-09..2021-09`"),
            ("2025-06..2025-01", "write it as `2025-01..2025-06`, if the ends were swapped"),
        ] {
            assert_eq!(time(written).unwrap_err().1.as_deref(), Some(hint), "{written}");
        }
        for written in ["2025-02-30", "2025-13..2025-14", "20250701", "", "2025-07-01T00"] {
            assert!(time(written).is_err(), "{written}");
        }
    }
}
