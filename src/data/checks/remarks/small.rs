//! Counts too small for a percentage, and figures of a unit from before it was made.

use super::super::super::Time;
use super::super::{Figures, Sign, is_additive, shown};
use crate::diag::{Code, Diagnostic};

/// The column of a register that says in which year a unit was made.
const MADE: &str = "year_created";

pub(super) fn check(figures: &Figures, smallest_base: f64, found: &mut Vec<Diagnostic>) {
    for (key, printed) in figures.printed.iter().enumerate() {
        if figures.signs[key] != Sign::May && printed.len() > 1 {
            found.extend(small(figures, printed, smallest_base));
        }
    }
    for times in figures.keys.values() {
        for rows in times.values() {
            found.extend(rows.iter().find_map(|row| before_it_was(figures, row)));
        }
    }
}

/// The smallest count of a series, if it is too small to be compared by a percentage.
fn small(
    figures: &Figures,
    printed: &[(Time, super::super::Row)],
    smallest_base: f64,
) -> Option<Diagnostic> {
    let is_small = |row: &super::super::Row| {
        is_additive(row)
            && row.value > 0.0
            && row.value < smallest_base
            && row.observation.rounded_to <= 1.0
            && &*row.observation.unit == crate::stats::Unit::PERSONS
    };
    let small: Vec<_> = printed.iter().filter(|(_, row)| is_small(row)).collect();
    let (_, newest) = small.last()?;
    let message = format!("{} is too small for a percentage", figures.name(newest));
    let mut problem = figures
        .warning(Code::K0165, message, newest)
        .label(format!("{}, below {smallest_base}", shown(newest.value)));
    for (time, row) in small.iter().rev().skip(1).take(3) {
        problem = problem.related(figures.place(row), format!("{} in {time}", shown(row.value)));
    }
    Some(
        problem
            .note("a change of a few persons is tens of per cent of it: print the numbers alone"),
    )
}

/// A figure of a time that began before its unit was made.
fn before_it_was(figures: &Figures, row: &super::super::Row) -> Option<Diagnostic> {
    let observation = row.observation;
    let began = observation.time.first_day().year();
    let names = figures.table.dimensions.iter().zip(observation.key.iter());
    for (dimension, code) in names {
        let register = figures.table.registers.get(dimension);
        let register = register.and_then(|name| figures.dataset.registers.get(name));
        let made = register.and_then(|register| register.rows.get(code)?.get(MADE));
        let Some(made) = made.and_then(|year| year.parse::<i16>().ok()) else { continue };
        let is_before = match observation.time {
            Time::Over(_) => began <= made,
            Time::At(_) => began < made,
        };
        if is_before {
            let message = format!("{} begins before {code} was made", figures.name(row));
            let place = register.map(|register| register.place(code, MADE));
            let problem = figures
                .warning(Code::K0166, message, row)
                .label(shown(row.value).to_string())
                .note("people who stayed where they were count as moved where a border moves");
            return Some(match place {
                Some(place) => problem.related(place, format!("made in {made}")),
                None => problem,
            });
        }
    }
    None
}
