//! Printed percentages computed again, of every row and not only of those that are printed.
//!
//! A percentage is of its day: it fits the levels that were out then. Where it fits an earlier release
//! alone, that is told, since whoever quotes it beside today's levels prints two numbers that deny each
//! other.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::super::Time;
use super::super::super::package::NamedFigure;
use super::super::super::precedence::{Row, choose};
use super::super::changes::slip_of_rate;
use super::super::identities::named_rows;
use super::super::{Figures, Sign, error, holds, shown, to_date};
use crate::diag::{Code, Diagnostic, Message};
use crate::stats::Unit;

/// A percentage and the levels it is made of.
struct Rate<'r, 'a> {
    row: &'r Row<'a>,
    /// What is above the line, in every release.
    above: &'r [Row<'a>],
    /// What is below it.
    below: &'r [Row<'a>],
    /// The percentage of two levels.
    of: fn(f64, f64) -> f64,
    /// The code of one that no release gives.
    denied: Code,
    /// Whether it is the row that is printed, which every build looks at.
    is_printed: bool,
}

pub(super) fn check<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    found: &mut Vec<Diagnostic>,
) {
    for rule in &figures.rules.changes {
        let change = |now: f64, base: f64| (now / base - 1.0) * 100.0;
        let before = |time: Time| match time {
            Time::Over(period) => Some(Time::Over(period.years_before(1))),
            Time::At(_) => None,
        };
        let levels = ((&rule.of, Some as fn(Time) -> Option<Time>), (&rule.of, before as _));
        let only = |key: &[Arc<str>]| holds(figures.table, &rule.only, key);
        each(figures, all, only, levels, (change, Code::K0141), found);
    }
    for rule in &figures.rules.shares {
        let share = |part: f64, whole: f64| part / whole * 100.0;
        let levels = ((&rule.of, Some as fn(Time) -> Option<Time>), (&rule.within, Some as _));
        let only = |key: &[Arc<str>]| holds(figures.table, &rule.only, key);
        each(figures, all, only, levels, (share, Code::K0147), found);
    }
    twice(figures, found);
}

/// A figure, and the time of it that a percentage of a time is made of.
type Level<'r> = (&'r NamedFigure, fn(Time) -> Option<Time>);

fn each<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    only: impl Fn(&[Arc<str>]) -> bool,
    (above, below): (Level, Level),
    (of, denied): (fn(f64, f64) -> f64, Code),
    found: &mut Vec<Diagnostic>,
) {
    for (at, (key, times)) in figures.keys.iter().enumerate().filter(|(_, (key, _))| only(key)) {
        let otherwise = |dimension: &str| -> Option<Arc<str>> {
            figures.table.dimension(dimension).map(|place| key[place].clone())
        };
        for (time, rows) in times.iter() {
            let levels =
                |(figure, when): Level| named_rows(figures, all, figure, otherwise, when(time)?);
            let (Some(above), Some(below)) = (levels(above), levels(below)) else { continue };
            let printed = figures.printed(at).iter().find(|its| its.time() == time);
            for row in rows {
                let is_printed = printed
                    .is_some_and(|printed| std::ptr::eq(printed.observation, row.observation));
                let (above, below) = (&above[..], &below[..]);
                let rate = Rate { row, above, below, of, denied, is_printed };
                found.extend(one(figures, &rate));
            }
        }
    }
}

impl<'a> Rate<'_, 'a> {
    /// Whether two levels give it, within what rounding allows.
    fn fits(&self, above: &Row, below: &Row) -> bool {
        let step = self.row.observation.rounded_to;
        let lowest = (self.of)(above.value - error(above), below.value + error(below)) - step;
        let highest = (self.of)(above.value + error(above), below.value - error(below)) + step;
        (lowest..=highest).contains(&self.row.value)
    }

    /// Whether two exact levels give its last digit, rounded or cut off.
    fn is_to_the_digit(&self, above: &Row, below: &Row) -> bool {
        let step = self.row.observation.rounded_to;
        let computed = (self.of)(above.value, below.value);
        let near = |a: f64, b: f64| (a - b).abs() <= step * 1e-6;
        (computed - self.row.value).abs() <= step * (0.5 + 1e-6)
            || near((computed / step).trunc() * step, self.row.value)
    }

    fn pairs(&self) -> impl Iterator<Item = (&Row<'a>, &Row<'a>)> {
        self.above.iter().flat_map(|above| self.below.iter().map(move |below| (above, below)))
    }
}

/// The row that is printed of some.
fn printed<'a>(rows: &[Row<'a>]) -> Option<Row<'a>> {
    let status = rows.iter().map(|row| row.vintage.status).max()?;
    Some(choose(rows, status)?.0.printed)
}

fn one(figures: &Figures, rate: &Rate) -> Option<Diagnostic> {
    let (above, below) = (printed(rate.above)?, printed(rate.below)?);
    let is_odd = |row: &Row| row.value - error(row) <= 0.0 || row.observation.qualifier.is_some();
    let has_units = rate.above[0].observation.unit == rate.below[0].observation.unit;
    if rate.below.iter().any(is_odd) || !has_units {
        return None;
    }
    // What is “about” so many percent is no percentage to the digit.
    if rate.row.observation.qualifier.is_some() {
        return None;
    }
    let name = figures.name(rate.row);
    let today = (rate.of)(above.value, below.value);
    let reported = message!(
        "{value} printed, {today} with the figures of today",
        value = shown(rate.row.value),
        today = format!("{today:.1}")
    );
    let related = |problem: Diagnostic, row: &Row, what: Message| {
        let said =
            message!("{value}, {id}{what}", value = shown(row.value), id = row.vintage.id, what);
        problem.related(figures.place(row), said)
    };
    let fit = rate.pairs().find(|(above, below)| rate.fits(above, below));
    if !rate.fits(&above, &below) {
        let Some((its, base)) = fit else {
            // The row that is printed is told by every build.
            if rate.is_printed {
                return None;
            }
            let message = message!("{name} does not agree with its levels", name);
            let mut problem = figures.warning(rate.denied, message, rate.row).label(reported);
            problem =
                related(related(problem, &above, Message::default()), &below, message!(" (base)"));
            let slip = slip_of_rate(rate.row.value, today);
            return Some(slip.into_iter().fold(problem, Diagnostic::note));
        };
        let message = message!("{name} agrees with an earlier release of its levels", name);
        let problem = figures.warning(Code::K0163, message, rate.row).label(reported);
        let problem =
            related(related(problem, its, Message::default()), base, message!(" (base then)"));
        let problem = match std::ptr::eq(base.observation, below.observation) {
            true => related(problem, &above, message!(" (today)")),
            false => related(problem, &below, message!(" (base today)")),
        };
        return Some(problem.note(message!(
            "both percentages are right for their day; a brief computes its own and names the base"
        )));
    }
    let mut exact = rate.pairs().filter(|(a, b)| error(a) == 0.0 && error(b) == 0.0).peekable();
    exact.peek()?;
    let is_coarse = |(a, b): (&Row, &Row)| (error(a) > 0.0 || error(b) > 0.0) && rate.fits(a, b);
    if exact.any(|(a, b)| rate.is_to_the_digit(a, b)) || rate.pairs().any(is_coarse) {
        return None;
    }
    let message = message!("{name} is wrong in its last digit", name);
    let reported = message!(
        "{value} printed, {today} computed",
        value = shown(rate.row.value),
        today = format!("{today:.2}")
    );
    let problem = figures.warning(Code::K0164, message, rate.row).label(reported);
    Some(
        related(related(problem, &above, Message::default()), &below, message!(" (base)"))
            .hint(message!("check all three; the source may have rounded differently")),
    )
}

/// Percentages that are the very same in two totals of one year.
fn twice(figures: &Figures, found: &mut Vec<Diagnostic>) {
    /// A percentage with fewer units of rounding is met twice by chance.
    const UNITS: f64 = 20.0;
    for key in 0..figures.keys.len() {
        let is_rate = |row: &Row| {
            Unit(row.observation.unit.clone()).dimension() == "percent"
                && (row.value / row.observation.rounded_to).abs() >= UNITS
        };
        if figures.signs[key] != Sign::May {
            continue;
        }
        for pair in figures.printed(key).windows(2) {
            let [row, other] = pair else { continue };
            let (time, later) = (row.time(), other.time());
            let are_of_year = to_date(time)
                .zip(to_date(later))
                .is_some_and(|((year, _), (its_year, _))| year == its_year);
            if !are_of_year || row.value != other.value || !is_rate(row) || !is_rate(other) {
                continue;
            }
            let message = message!(
                "{other} is the same percentage as that of {time}",
                other = figures.name(other),
                time
            );
            found.push(
                figures
                    .warning(Code::K0168, message, other)
                    .label(Message::verbatim(shown(other.value).to_string()))
                    .related(figures.place(row), message!("the same percentage"))
                    .note(message!(
                        "one of the two periods may be wrong, or the percentage was copied"
                    ))
                    .hint(message!("look both up")),
            );
        }
    }
}
