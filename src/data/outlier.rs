//! Outliers: cumulative totals that do not continue the pace of earlier months in their year.
//!
//! The pace of a region's last months is compared with that of its earlier months in the same year. If
//! two regions are swapped, one total turns back and the other one leaps. Only resolved values are read,
//! and none is changed.

use super::{Cell, Time, View};
use crate::diag::{Code, Diagnostic, Result};
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
        Ok(pairs.filter_map(|(cell, before)| outlier(table, cell, before)).collect())
    }
}

fn is_total(period: Period) -> bool {
    matches!(period.span(), Span::Year | Span::YearToDate)
}

fn outlier(table: &str, cell: &Cell, before: &Cell) -> Option<Diagnostic> {
    let (Time::Over(period), Time::Over(until)) = (cell.time, before.time) else { return None };
    if cell.unit != before.unit || &*cell.unit != crate::stats::Unit::PERSONS {
        return None;
    }
    let (now, then) = (cell.quantity.value, before.quantity.value);
    if now.abs().max(then.abs()) < LARGE {
        return None;
    }
    let earlier = then / f64::from(until.end.month);
    let later = (now - then) / f64::from(period.end.month - until.end.month);
    // The part of the later pace that rounding alone can explain.
    let slack =
        (cell.quantity.step + before.quantity.step) / f64::from(period.end.month - until.end.month);
    let turned = earlier * later < 0.0 && later.abs() - slack > earlier.abs() * TURN;
    let leapt = later.abs() - slack > earlier.abs() * LEAP;
    if !turned && !leapt {
        return None;
    }
    let message = format!(
        "{} ({table}, {}) {} its own year",
        cell.key.join(", "),
        cell.time,
        if turned { "turns back on" } else { "leaps beyond" },
    );
    Some(
        Diagnostic::warning(Code::K0121, message)
            .subject(format!("{table} {} {}", cell.key.join(" "), cell.time))
            .about_rows()
            .at(cell.place())
            .label(format!("{now} by then"))
            .related(before.place(), format!("{then} in {}", before.time))
            .note(format!(
                "that is {later:.0} a month after {earlier:.0} a month earlier in the year"
            ))
            .hint("check the sign, and whether two regions were swapped"),
    )
}
