//! Index numbers: a value relative to that of a base period, which is 100.
//!
//! A simple index is 100 × x ÷ x₀ (R. G. D. Allen, *Index Numbers in Theory and Practice*, 1975, ch. 1).
//! Counts have one. It is missing where a percentage change would be missing too: for a balance or a
//! share, across a break, with a small base.

use std::fmt;
use std::rc::Rc;

use super::arithmetic::Arithmetic;
use super::compare::{SMALLEST_BASE, summed_of, sums_of_others};
use super::compute::Computation;
use super::expr::Expr;
use super::found::{Found, combine_any};
use super::{Indicator, Select, quantity};
use crate::diag::{Code, Diagnostic};
use crate::stats::{Flag, Period, Quantity, Time, Value};

/// The period in which an index is 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The same months of this year.
    Year(i16),
    /// These months, for every period of the same length.
    Period(Period),
}

impl Base {
    /// Parses a base: `2019` for the same months of that year, `2019-H1` for these months.
    pub(super) fn named(text: &str) -> Result<Self, String> {
        let period: Period = text.parse()?;
        let is_year = !text.contains(['-', '.']);
        Ok(if is_year { Self::Year(period.end.year) } else { Self::Period(period) })
    }

    /// The base period of an index for `period`.
    fn of(self, period: Period) -> Period {
        match self {
            Self::Year(year) => period.years_before(period.end.year - year),
            Self::Period(base) => base,
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::Period(period) => write!(f, "{period}"),
        }
    }
}

impl<'a> Computation<'a> {
    /// The value in the base period. It is taken from the newest release, whatever the status of the
    /// value compared with it, since a base that lies years back is final.
    pub(super) fn at_base(
        &mut self,
        indicator: &'a Indicator,
        (of, base): (&'a Expr, Base),
        time: Time,
    ) -> Found {
        let Time::Over(period) = time else {
            return Found::missing(format!("`{}` is not a flow, so it has no base", of.formula()));
        };
        let then = Time::Over(base.of(period));
        let mut found = (*self.value(indicator, of, then, None)).clone();
        found.at = found.at.or((then != time).then_some(then));
        found
    }

    /// Computes the index of `parts`, a value and its base in one unit.
    pub(super) fn index(
        &mut self,
        indicator: &'a Indicator,
        parts: &[Rc<Found>],
        of: &str,
        time: Time,
    ) -> Found {
        let (now, base) = (&parts[0], &parts[1]);
        let (held, then) = (now.at.unwrap_or(time), base.at.unwrap_or(time));
        if !now.value_is_known() || !base.value_is_known() {
            return combine_any(parts, |_| None);
        }
        if !now.unit.is_count() {
            return self.no_index(indicator, now, of);
        }
        if let Some(reason) = unlike(held, then).or_else(|| sums_of_others(now, base)) {
            return Found::missing(reason);
        }
        if let Some(number) = base.number()
            && number.value < SMALLEST_BASE
        {
            return Found::missing(format!("the base is {}, below {SMALLEST_BASE}", number.value));
        }
        let is_base = held == then;
        let mut found = combine_any(parts, |n| match is_base {
            // In its base period an index is exactly 100, however coarse the value is.
            true => Some(Quantity { step: 0.1, ..Quantity::exact(100.0) }),
            false if n[1].value < SMALLEST_BASE => None,
            false => Arithmetic::Index.of(n),
        });
        // What readers take from an index is its distance from 100, so that must be known.
        let is_blunt = |q: Quantity| !quantity::is_sharp(Quantity { value: q.value - 100.0, ..q });
        if let Some(number) = found.number().filter(|number| is_blunt(*number)) {
            let step = number.step;
            return Found::missing(format!("rounded figures give it to {step} points only"));
        }
        let read = self.read_for(indicator);
        let is_broken = |code: Option<&str>| {
            let across = |(select, region): &(&'a Select, Option<&str>)| {
                let (first, last) = (held.min(then), held.max(then));
                self.break_between(select, code.or(*region), first, last).is_some()
            };
            !is_base && read.iter().any(across)
        };
        match &mut found.value {
            Value::Series(series) => {
                let is_summed = now.summed.is_some() || base.summed.is_some();
                for member in &mut series.members {
                    let code = &*member.code;
                    let of_others = is_summed && summed_of(now, code) != summed_of(base, code);
                    if is_broken(Some(code)) {
                        member.flags.insert(Flag::Break);
                        member.quantity = None;
                    } else if of_others || member.quantity.is_some_and(is_blunt) {
                        member.quantity = None;
                    }
                }
                if !series.is_complete() {
                    found.flags.insert(Flag::Incomplete);
                }
            }
            _ if is_broken(None) => {
                found = Found::missing("the series is broken between the base and the period");
                found.flags.insert(Flag::Break);
                return found;
            }
            _ => {}
        }
        // An index has the status and time of its value.
        if !now.flags.contains(&Flag::Revised) {
            found.flags.remove(&Flag::Revised);
        }
        (found.at, found.earlier, found.status) = (now.at, now.earlier, now.status);
        found.by(Arithmetic::Index.law())
    }

    /// Reports rows in a unit that has no index (K0231).
    fn no_index(&mut self, indicator: &Indicator, part: &Found, of: &str) -> Found {
        let unit = &part.unit.0;
        let message =
            message!("`{id}` is not an index: `{of}` is in `{unit}`", id = indicator.id, of, unit);
        let mut refusal = Diagnostic::error(Code::K0231, message)
            .at(indicator.place.clone())
            .note(message!("a percentage or rate is compared with its base in points"))
            .hint(message!("use its difference, or the index of its components"));
        if let Some(place) = self.place_of(part) {
            refusal = refusal.related(place, message!("in `{unit}`", unit));
        }
        self.tell_once(refusal);
        Found::missing(format!("`{of}` is in `{unit}`, which cannot have an index"))
    }
}

/// The reason why two times cannot be compared, as nine months with a year.
fn unlike(held: Time, then: Time) -> Option<String> {
    let is_alike = match (held, then) {
        (Time::Over(period), Time::Over(base)) => period.months().len() == base.months().len(),
        (Time::At(_), Time::At(_)) => true,
        _ => false,
    };
    (!is_alike).then(|| format!("the base is {then}, and {held} is not as long"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(base: &str, period: &str) -> String {
        Base::named(base).unwrap().of(period.parse().unwrap()).to_string()
    }

    #[test]
    fn a_year_is_the_same_months_of_it_and_months_are_these() {
        assert_eq!(months("2019", "2025-H1"), "2019-01..2019-06");
        assert_eq!(months("2019", "2025-Q2"), "2019-04..2019-06");
        assert_eq!(months("2019", "2025"), "2019-01..2019-12");
        assert_eq!(months("2030", "2025-9M"), "2030-01..2030-09");
        assert_eq!(months("2019", "2024-10..2025-03"), "2018-10..2019-03");
        assert_eq!(months("2019-H1", "2025"), "2019-01..2019-06");
        assert_eq!(months("2019-12M", "2025-H1"), "2019-01..2019-12");
    }

    #[test]
    fn what_is_no_period_is_no_base() {
        for written in ["", "19", "2019-H2", "base", "2019-13M", "99999"] {
            assert!(Base::named(written).is_err(), "{written}");
        }
    }
}
