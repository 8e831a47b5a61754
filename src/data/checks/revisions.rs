//! Final values compared with first ones. An office revises by a few percent; a typing error changes a
//! digit.

use super::super::Status;
use super::super::field::Problems;
use super::super::precedence::choose;
use super::usual::{far, usual};
use super::{Figures, error, is_additive, shown};
use crate::diag::Code;

/// A revision is smaller than this part of the value; those published for 2017–2025 stay below 0.04.
const REVISED: f64 = 0.2;
/// Values below this many units may be revised by any part.
const UNITS: f64 = 100.0;
/// A percentage may be revised by up to this many percentage points.
const POINTS: f64 = 5.0;

pub(super) fn check(figures: &Figures, problems: &mut Problems) {
    for (key, (_, times)) in figures.keys.iter().enumerate() {
        for (time, rows) in times.iter() {
            if rows.len() < 2 {
                continue;
            }
            let of = |status: Status| choose(rows, status).map(|(chosen, _)| chosen.printed);
            let (Some(first), Some(last)) = (of(Status::Express), of(Status::Final)) else {
                continue;
            };
            if first.observation.unit != last.observation.unit {
                continue;
            }
            let least = if is_additive(&last) { UNITS } else { POINTS };
            let size = first.value.abs().max(last.value.abs());
            let moved = (last.value - first.value).abs() - error(&first) - error(&last);
            if moved <= REVISED * size || moved < least {
                continue;
            }
            // The value farther from the one of the year before is reported.
            let is_first = usual(figures, key, time)
                .is_some_and(|usual| far(first.value, usual) > far(last.value, usual) + 0.1);
            let (at, other) = if is_first { (&first, &last) } else { (&last, &first) };
            problems.push(|| {
                let message = match is_first {
                    true => message!("the first figure is far from the final one"),
                    false => message!("the final figure is far from the first one"),
                };
                let status = |row: &super::Row| match row.vintage.status {
                    Status::Final => "final",
                    _ => "express",
                };
                figures
                    .warning(
                        Code::K0145,
                        message!("{at}: {message}", at = figures.name(at), message),
                        at,
                    )
                    .label(message!("{value}, {at}", value = shown(at.value), at = status(at)))
                    .related(
                        figures.place(other),
                        message!(
                            "{value}, {other}",
                            value = shown(other.value),
                            other = status(other)
                        ),
                    )
                    .note(message!(
                        "they differ by {size} %; revisions are rarely larger than a few per cent",
                        size = format!("{:.0}", moved / size * 100.0)
                    ))
                    .hint(message!(
                        "look both up, and check the status of their vintages; if both are right, \
                        list one under `as-printed`"
                    ))
            });
        }
    }
}
