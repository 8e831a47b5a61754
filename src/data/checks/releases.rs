//! Release days: no figure is released before its period is over, no final figure before the first one.

use std::collections::BTreeSet;

use super::super::field::Problems;
use super::super::{Status, Time};
use super::{Figures, pages};
use crate::diag::Code;

pub(super) fn check(figures: &Figures, problems: &mut Problems) {
    let mut reported: BTreeSet<(&str, Time)> = BTreeSet::new();
    let mut orders: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (key, times) in &figures.keys {
        let is_announced = figures.is_listed(&figures.rules.announced, key);
        for (time, rows) in times.iter() {
            for row in rows {
                let vintage = row.vintage;
                let is_early = match time {
                    Time::Over(period) => vintage.released < period.day_after(),
                    Time::At(day) => vintage.released < day,
                };
                if is_early && !is_announced && reported.insert((&vintage.id, time)) {
                    problems.push(|| {
                        let message = message!(
                            "{row} was released on {released}, before its period was over",
                            row = figures.name(row),
                            released = vintage.released
                        );
                        let mut problem = figures
                            .error(Code::K0128, message, row)
                            .label(message!("vintage `{id}`", id = vintage.id));
                        if let Some(place) = pages::release(figures.dataset, vintage) {
                            problem = problem.related(place, message!("released"));
                        }
                        problem
                            .note(message!(
                                "a figure cannot be published before its period is over"
                            ))
                            .hint(message!(
                                "check the period, the vintage and its day; list a plan under \
                            `announced` of the table"
                            ))
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
                    let message = message!(
                        "{last}: the final figure is dated before the first one",
                        last = figures.name(last)
                    );
                    figures
                        .warning(Code::K0129, message, last)
                        .label(message!("final, {released}", released = last.vintage.released))
                        .related(
                            figures.place(express),
                            message!("express, {released}", released = express.vintage.released),
                        )
                        .hint(message!("check the status and the day of both releases"))
                });
            }
        }
    }
}
