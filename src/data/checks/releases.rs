//! Days: a figure is not out before its period is over, a final one not before the first one, a page
//! not written before the release it reports.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::field::Problems;
use super::super::{Status, Time};
use super::Figures;

/// The precedence of a body's own table, which is exported again and again.
const OWN_TABLE: u8 = 1;

pub(super) fn check(figures: &Figures, problems: &mut Problems) {
    let table = figures.table;
    let mut told: BTreeSet<(&str, Time)> = BTreeSet::new();
    let mut pages: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut last = None;
    let mut orders: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (key, times) in &figures.keys {
        let is_announced = figures.rules.announced.iter().any(|(dimension, members)| {
            table
                .dimension(dimension)
                .is_some_and(|at| members.iter().any(|member| **member == *key[at]))
        });
        for (time, rows) in times {
            for row in rows {
                let (vintage, observation) = (row.vintage, row.observation);
                let is_early = match time {
                    Time::Over(period) => vintage.released < period.day_after(),
                    Time::At(day) => vintage.released < *day,
                };
                if is_early && !is_announced && told.insert((&vintage.id, *time)) {
                    problems.push(|| {
                        let message = format!(
                            "{} was released on {}, before its time was over",
                            figures.name(row),
                            vintage.released
                        );
                        figures
                            .error("K0128", message, row)
                            .label(format!("vintage `{}`", vintage.id))
                            .note("nothing can be counted before it has happened")
                            .hint(
                                "check the period, the vintage and its day; a plan is listed under \
                                 `announced` of the table",
                            )
                    });
                }
                let of = (Arc::as_ptr(&observation.vintage), Arc::as_ptr(&observation.source));
                if last == Some(of) {
                    continue;
                }
                last = Some(of);
                let source = figures.dataset.sources.get(&observation.source);
                let written = source.and_then(|source| source.written);
                if let (Some((_, latest)), Some(source)) = (written, source)
                    && latest < vintage.released
                    && vintage.is_dated
                    && row.precedence > OWN_TABLE
                    && pages.insert((&vintage.id, &source.id))
                {
                    problems.push(|| {
                        let message = format!(
                            "the page `{}` is older than the release `{}` that it is said to report",
                            source.id, vintage.id
                        );
                        figures.warning("K0130", message, row)
                            .label(format!("page of {latest}, release of {}", vintage.released))
                            .hint("check the vintage of the row, and the day of the page")
                    });
                }
            }
            let day = |status| {
                let of_status = rows.iter().filter(move |row| row.vintage.status == status);
                of_status.min_by_key(|row| row.vintage.released)
            };
            if let (Some(express), Some(last)) = (day(Status::Express), day(Status::Final))
                && last.vintage.released < express.vintage.released
                && orders.insert((&last.vintage.id, &express.vintage.id))
            {
                problems.push(|| {
                    let message = format!(
                        "{}: the final figure is older than the first one",
                        figures.name(last)
                    );
                    figures
                        .warning("K0129", message, last)
                        .label(format!("final, {}", last.vintage.released))
                        .related(
                            figures.place(express),
                            format!("express, {}", express.vintage.released),
                        )
                        .hint("check the status and the day of both releases")
                });
            }
        }
    }
}
