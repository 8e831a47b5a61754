//! Outliers: cumulative totals that do not continue the pace of earlier months in their year.
//!
//! The pace of a region's last months is compared with that of its earlier months in the same year. If
//! two regions are swapped, one total turns back and the other one leaps. Only resolved values are read,
//! and none is changed.

use std::sync::Arc;

use super::{Cell, Time, View};
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::stats::{Period, Span};

/// The pace of a total smaller than this varies by chance.
const LARGE: f64 = 1000.0;
/// A monthly pace that is this many times the earlier one is a leap. In the regional balances published
/// for 2018–2025 it rose by at most a factor of 3, except in the swap of 2025.
const LEAP: f64 = 4.0;
/// A pace of opposite sign and at least this part of the earlier one is a turn; small balances vary.
const TURN: f64 = 0.5;

impl View<'_> {
    /// Warnings (K0121) for totals of `time` that leap or turn back from the latest earlier total of the
    /// same year. Every key that has the members in `fixed` is looked at.
    pub fn outliers(
        &self,
        table: &str,
        time: Time,
        fixed: &[(&str, &str)],
    ) -> Result<Vec<Diagnostic>> {
        let Time::Over(period) = time else { return Ok(vec![]) };
        if !is_total(period) {
            return Ok(vec![]);
        }
        let earlier: Vec<Time> = self
            .times(table, fixed)?
            .into_iter()
            .filter(|before| match before {
                Time::Over(before) => {
                    is_total(*before)
                        && before.end.year == period.end.year
                        && before.end < period.end
                }
                Time::At(_) => false,
            })
            .collect();
        let mut before: Vec<Cell> = vec![];
        for time in earlier.into_iter().rev() {
            let cells = self.cells(table, time, fixed, None)?;
            let new = |cell: &Cell| before.iter().all(|known| known.key != cell.key);
            let new: Vec<Cell> = cells.into_iter().filter(new).collect();
            before.extend(new);
        }
        let cells = self.cells(table, time, fixed, None)?;
        let pairs = cells
            .iter()
            .filter_map(|cell| Some((cell, before.iter().find(|before| before.key == cell.key)?)));
        let reported = |(cell, before): (&Cell, &Cell)| {
            let (now, then) = (|| cell.place(), || before.place());
            outlier(table, &Total::of(cell, &now), &Total::of(before, &then))
        };
        Ok(pairs.filter_map(reported).collect())
    }
}

/// The total of one key at one time, as it is printed.
pub(super) struct Total<'a> {
    /// The members that it is of.
    pub key: &'a [Arc<str>],
    /// When it holds.
    pub time: Time,
    /// How much it is.
    pub value: f64,
    /// The last digit that is known.
    pub step: f64,
    /// What it counts.
    pub unit: &'a str,
    /// Where it is written.
    pub place: &'a dyn Fn() -> Place,
}

impl<'a> Total<'a> {
    fn of(cell: &'a Cell, place: &'a dyn Fn() -> Place) -> Self {
        let Cell { key, time, quantity, unit, .. } = cell;
        Self { key, time: *time, value: quantity.value, step: quantity.step, unit, place }
    }
}

/// Whether a period is a total from January.
pub(super) fn is_total(period: Period) -> bool {
    matches!(period.span(), Span::Year | Span::YearToDate)
}

/// A warning (K0121) if a total leaps or turns back from an earlier one of the same year.
pub(super) fn outlier(table: &str, cell: &Total, before: &Total) -> Option<Diagnostic> {
    let (Time::Over(period), Time::Over(until)) = (cell.time, before.time) else { return None };
    if cell.unit != before.unit || cell.unit != crate::stats::Unit::PERSONS {
        return None;
    }
    let (now, then) = (cell.value, before.value);
    if now.abs().max(then.abs()) < LARGE {
        return None;
    }
    let earlier = then / f64::from(until.end.month);
    let later = (now - then) / f64::from(period.end.month - until.end.month);
    // The part of the later pace that rounding alone can explain.
    let slack = (cell.step + before.step) / f64::from(period.end.month - until.end.month);
    let turned = earlier * later < 0.0 && later.abs() - slack > earlier.abs() * TURN;
    let leapt = later.abs() - slack > earlier.abs() * LEAP;
    if !turned && !leapt {
        return None;
    }
    let message = message!(
        "{key} ({table}, {time}) {turned} its year",
        key = cell.key.join(", "),
        table,
        time = cell.time,
        turned = if turned {
            message!("moves against the earlier months of")
        } else {
            message!("moves much faster than the earlier months of")
        }
    );
    Some(
        Diagnostic::warning(Code::K0121, message)
            .subject(format!("{table} {} {}", cell.key.join(" "), cell.time))
            .about_rows()
            .at((cell.place)())
            .label(message!("{now} by then", now))
            .related((before.place)(), message!("{then} in {time}", then, time = before.time))
            .note(message!(
                "that is {later} a month after {earlier} a month earlier in the year",
                later = format!("{later:.0}"),
                earlier = format!("{earlier:.0}")
            ))
            .hint(message!("check the sign, and whether two regions were swapped")),
    )
}
