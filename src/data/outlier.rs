//! An outlier: a total that runs away from its own beginning of the year.
//!
//! Totals are cumulative, so the last months of a region can be held against its earlier months
//! of the same year. A swap of two regions shows as one that turns back and one that leaps. This
//! looks at the resolved values only, and never changes one.

use super::{Cell, Time, View};
use crate::diag::{Code, Diagnostic, Result};
use crate::stats::{Period, Span};

/// Below this size of a total its pace is chance.
const LARGE: f64 = 1000.0;
/// A monthly pace this many times the earlier one is a leap. In the regional balances published
/// for 2018–2025 it never rose by more than a factor of 3, but for the swap of 2025.
const LEAP: f64 = 4.0;
/// A pace turned back by this part of the earlier one is a turn; small balances waver.
const TURN: f64 = 0.5;

impl View<'_> {
    /// Warnings (K0121) for totals of `time` that leap or turn back against the last earlier
    /// total of the same year. Of `fixed` it looks at every key that is left.
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
    // What rounding alone can do to the later pace is no outlier.
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
