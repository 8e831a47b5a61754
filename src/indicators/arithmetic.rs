//! Arithmetic on numbers, and member by member on series.
//!
//! To add an operation, add a variant to [`Arithmetic`]: the compiler asks for its law, its printed
//! formula and its value.

use std::rc::Rc;

use super::compute::{Computation, PARTS};
use super::expr::{Expr, Gives, Law};
use super::found::{Found, combine, combine_any, member_wise};
use super::{Indicator, quantity};
use crate::stats::{Flag, Operation, Quantity, Status, Time, Unit, Value};

/// An arithmetic operation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arithmetic {
    /// The sum: a + b + …
    Sum,
    /// The difference: a − b.
    Difference,
    /// A part in percent of the whole that contains it: a ÷ b × 100.
    Share,
    /// Migration effectiveness: (a − b) ÷ (a + b) × 100. It is one operation, since numerator and
    /// denominator move together with a and b: its error is smaller than that of a quotient of difference
    /// and sum.
    Effectiveness,
    /// A rate: a ÷ b × `per`.
    Rate {
        /// The multiplier: 100 or 1,000.
        per: f64,
    },
    /// An index: a ÷ b × 100, where b is the value of a in the base period.
    Index,
}

impl Arithmetic {
    /// The law of the operation, which holds for all operands.
    pub(super) fn law(self) -> Law {
        match self {
            Self::Sum => Law::SUM,
            Self::Difference => Law {
                name: "balance",
                operation: Operation::Difference,
                unit: Gives::UnitOfDifference,
                ..Law::SUM
            },
            Self::Share => Law::SHARE,
            Self::Effectiveness => {
                Law { name: "effectiveness", bounds: Some((-100.0, 100.0)), ..Law::SHARE }
            }
            Self::Rate { per } => {
                Law { name: "rate", unit: Gives::Rate(per), bounds: None, ..Law::SHARE }
            }
            Self::Index => {
                Law { name: "index", unit: Gives::Unit(Unit::INDEX), bounds: None, ..Law::SHARE }
            }
        }
    }

    /// The printed formula, in one line.
    pub(super) fn formula(self, args: &[String]) -> String {
        match (self, args) {
            (Self::Difference, [a, b]) => format!("{a} − {b}"),
            (Self::Share | Self::Index, [a, b]) => format!("{a} ÷ {b} × 100"),
            (Self::Effectiveness, [a, b]) => format!("({a} − {b}) ÷ ({a} + {b}) × 100"),
            (Self::Rate { per }, [a, b]) => format!("{a} ÷ {b} × {per}"),
            _ => args.join(" + "),
        }
    }

    /// The result, or `None` if there is none.
    pub(super) fn of(self, n: &[Quantity]) -> Option<Quantity> {
        match self {
            Self::Sum => Some(quantity::sum(n)),
            Self::Difference => quantity::differs_beyond_rounding(n[0], n[1])
                .then(|| quantity::difference(n[0], n[1])),
            Self::Share => quantity::share(n[0], quantity::difference(n[1], n[0])),
            Self::Effectiveness => quantity::effectiveness(n[0], n[1]),
            Self::Rate { per } => quantity::ratio(n[0], n[1], per),
            Self::Index => quantity::index(n[0], n[1]),
        }
    }

    /// The reason if there is no result.
    fn nothing(self) -> &'static str {
        match self {
            Self::Difference => "its parts are rounded too coarsely for their difference",
            _ => "division by zero",
        }
    }

    /// The reason why operands of different times cannot be combined, if there is one.
    fn of_different_times(
        self,
        parts: &[Rc<Found>],
        names: &[String],
        time: Time,
    ) -> Option<Found> {
        match self {
            // The difference of a stock between two days is its change.
            Self::Difference => different_times(parts, names, time, true),
            Self::Sum | Self::Share | Self::Effectiveness => {
                different_times(parts, names, time, false)
            }
            Self::Rate { .. } => unrelated_in_time(parts, names, time),
            Self::Index => None,
        }
    }
}

impl<'a> Computation<'a> {
    pub(super) fn map(
        &mut self,
        indicator: &'a Indicator,
        (arithmetic, args): (Arithmetic, &'a [Expr]),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let parts = self.each(indicator, args, time, status);
        let names: Vec<String> = args.iter().map(Expr::formula).collect();
        if let Some(missing) = arithmetic.of_different_times(&parts, &names, time) {
            return missing;
        }
        if let Arithmetic::Rate { per } = arithmetic {
            return self.rate(indicator, parts, per);
        }
        let parts = match self.alike(indicator, PARTS, parts) {
            Ok(parts) => parts,
            Err(refused) => return *refused,
        };
        let found = match arithmetic {
            // A part and its whole are numbers, not series.
            Arithmetic::Share => combine(&parts, |n| arithmetic.of(n)),
            Arithmetic::Index => return self.index(indicator, &parts, &names[0], time),
            _ => combine_any(&parts, |n| arithmetic.of(n)),
        };
        found.or_missing(arithmetic.nothing()).by(arithmetic.law())
    }

    /// Divides one value by another: two numbers, a series by a number, or two series member by member.
    fn rate(&mut self, indicator: &'a Indicator, mut parts: Vec<Rc<Found>>, per: f64) -> Found {
        let is_known = parts.iter().all(|part| part.value_is_known());
        let unit = if is_known && parts[0].unit.dimension() != parts[1].unit.dimension() {
            // Numerator and denominator count different things, as permits per employer. The unit must be
            // written.
            match &indicator.unit {
                Some(unit) if indicator.is_unit_written => unit.clone(),
                _ => return self.not_alike(indicator, PARTS, &parts[0].clone(), &parts[1].clone()),
            }
        } else {
            match self.alike(indicator, PARTS, parts) {
                Ok(alike) => parts = alike,
                Err(refused) => return *refused,
            }
            Unit::of_rate(per)
        };
        // A rate has the time of its numerator: the use of a year's quota in nine months is a figure of
        // nine months. If the denominator is a stock, its day is kept.
        let is_of_part = parts[0].at.is_none() && matches!(parts[1].at, Some(Time::Over(_)));
        let found = related(&parts, per, &unit);
        if is_of_part { Found { at: None, ..found } } else { found }
    }
}

impl Found {
    /// Sets the unit that follows from the law; the value is missing if rounding leaves too few digits.
    pub(super) fn by(self, law: Law) -> Self {
        let found = match law.unit {
            Gives::UnitOfParts => self,
            Gives::UnitOfDifference => Self { unit: self.unit.of_difference(), ..self },
            Gives::Unit(unit) => self.of_unit(unit),
            Gives::Rate(per) => Self { unit: Unit::of_rate(per), ..self },
        };
        if law.is_sharp { found.unless_blunt() } else { found }
    }
}

/// Computes a rate from its numerator and denominator.
fn related(parts: &[Rc<Found>], per: f64, unit: &Unit) -> Found {
    match (&parts[0].value, parts[1].number()) {
        (Value::Series(series), Some(over)) => {
            let mut series = series.clone();
            for member in &mut series.members {
                member.quantity = member.quantity.and_then(|q| quantity::ratio(q, over, per));
            }
            Found::new(Value::Series(series), &unit.0).rest_on(&parts[0]).rest_on(&parts[1])
        }
        _ => match (&parts[0].value, &parts[1].value) {
            (Value::Series(of), Value::Series(over)) => {
                let mut series = member_wise(of, over, |a, b| quantity::ratio(a, b, per));
                // A member whose denominator is exactly zero has no rate, known or unknown.
                let has_none = |code: &str| {
                    let over = over.members.iter().find(|m| &*m.code == code);
                    over.and_then(|m| m.quantity).is_some_and(|q| q.value == 0.0 && q.error == 0.0)
                };
                series.members.retain(|member| !has_none(&member.code));
                let is_complete = series.is_complete();
                let mut found = Found::new(Value::Series(series), &unit.0)
                    .rest_on(&parts[0])
                    .rest_on(&parts[1]);
                if is_complete {
                    found.flags.remove(&Flag::Incomplete);
                }
                found
            }
            _ => combine(parts, |n| quantity::ratio(n[0], n[1], per)).of_unit(&unit.0),
        },
    }
}

/// The reason why values of two periods give no rate, as a year's moves over a quarter's. A part of a
/// period may be divided by the whole: permits by the quota of the year.
fn unrelated_in_time(parts: &[Rc<Found>], names: &[String], time: Time) -> Option<Found> {
    let at = |part: &Rc<Found>| part.at.unwrap_or(time);
    if !parts.iter().all(|part| part.value_is_known()) {
        return None;
    }
    let (Time::Over(part), Time::Over(whole)) = (at(&parts[0]), at(&parts[1])) else { return None };
    let is_within = whole.start <= part.start && part.end <= whole.end;
    let (of, over) = (&names[0], &names[1]);
    (!is_within).then(|| {
        Found::missing(format!(
            "`{of}` is for {part}, but `{over}` is for {whole}: figures for different times are not \
            related to one another"
        ))
    })
}

/// The reason why values of different times give no sum, share or difference. With `may_be_days`, values
/// of two days may give a difference.
fn different_times(
    parts: &[Rc<Found>],
    names: &[String],
    time: Time,
    may_be_days: bool,
) -> Option<Found> {
    let known = parts.iter().zip(names).filter(|(part, _)| part.value_is_known());
    let times: Vec<(Time, &str)> =
        known.map(|(part, name)| (part.at.unwrap_or(time), name.as_str())).collect();
    let (first, name) = *times.first()?;
    let is_different = |other: Time| match (first, other) {
        (Time::At(_), Time::At(_)) if may_be_days => false,
        (first, other) => first != other,
    };
    let (other, other_name) = times.iter().find(|(other, _)| is_different(*other))?;
    Some(Found::missing(format!(
        "`{name}` is for {first}, but `{other_name}` is for {other}: figures for different times \
        are not combined"
    )))
}
