//! Bounds of values: counts that must not be negative, shares that must lie between their limits.

use super::super::field::Problems;
use super::super::{Time, precedence::Row};
use super::{Figures, Sign, holds, is_additive, shown};
use crate::diag::Code;
use crate::stats::Unit;

pub(super) fn check(figures: &Figures, problems: &mut Problems) {
    for (at, (key, times)) in figures.keys.iter().enumerate() {
        let ranges: Vec<_> = figures
            .rules
            .ranges
            .iter()
            .filter(|bounds| holds(figures.table, &bounds.only, key))
            .collect();
        let mut unit: Option<&Row> = None;
        for (time, rows) in times.iter() {
            for row in rows {
                sign(figures, figures.signs[at], time, row, problems);
                for bounds in &ranges {
                    let below = bounds.minimum.filter(|minimum| row.value < *minimum);
                    let above = bounds.maximum.filter(|maximum| row.value > *maximum);
                    if let Some(bound) = below.or(above) {
                        problems.push(|| {
                            let message = message!(
                                "{row} is {value}, beyond its bound of {bound}",
                                row = figures.name(row),
                                value = shown(row.value),
                                bound = shown(bound)
                            );
                            figures
                                .error(Code::K0139, message, row)
                                .note(message!("the bounds are under `ranges` in the package"))
                                .hint(message!("check the decimal point, the sign and the column"))
                        });
                    }
                }
                let first = *unit.get_or_insert(row);
                let dimension =
                    |row: &Row| Unit(row.observation.unit.clone()).dimension().to_owned();
                if first.observation.unit != row.observation.unit
                    && dimension(first) != dimension(row)
                {
                    problems.push(|| {
                        let message = message!(
                            "{row} is in `{unit}`, but its other figures are in `{unit_2}`",
                            row = figures.name(row),
                            unit = row.observation.unit,
                            unit_2 = first.observation.unit
                        );
                        figures
                            .warning(Code::K0142, message, row)
                            .related(figures.place(first), message!("the other unit"))
                            .hint(message!("write all figures of one measure in the same unit"))
                    });
                }
            }
        }
    }
}

fn sign(figures: &Figures, sign: Sign, time: Time, row: &Row, problems: &mut Problems) {
    if row.value >= 0.0 {
        return;
    }
    let is_stock = matches!(time, Time::At(_)) && is_additive(row);
    let may_not = match sign {
        Sign::Never => true,
        Sign::Unknown => is_stock,
        Sign::May => false,
    };
    // Negative counts of listed members were refused already when the row was read.
    let is_listed = figures.rules.non_negative.iter().any(|(dimension, members)| {
        figures
            .table
            .dimension(dimension)
            .is_some_and(|at| members.iter().any(|member| **member == *row.observation.key[at]))
    });
    if may_not && !is_listed {
        problems.push(|| {
            let message = message!(
                "{row} is {value}, below zero",
                row = figures.name(row),
                value = shown(row.value)
            );
            figures
                .error(Code::K0110, message, row)
                .note(message!("only members listed under `signed` in the package may be negative"))
                .hint(message!("check the sign and the column"))
        });
    }
}
