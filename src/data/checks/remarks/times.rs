//! Periods of one figure that overlap, and times that a series skips.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::precedence::Row;
use super::super::super::{Dataset, Time};
use super::super::{Figures, shown};
use crate::diag::{Code, Diagnostic, Place};
use crate::stats::Period;

/// Two periods that share months, and of which neither lies within the other.
pub(super) fn overlaps(figures: &Figures, found: &mut Vec<Diagnostic>) {
    for printed in &figures.printed {
        let mut flows: Vec<(Period, &Row)> = { printed.iter() }
            .filter_map(|(time, row)| match time {
                Time::Over(period) => Some((*period, row)),
                Time::At(_) => None,
            })
            .collect();
        flows.sort_by_key(|(period, _)| (period.start, period.end));
        for (at, (one, row)) in flows.iter().enumerate() {
            let meets = |(other, _): &&(Period, &Row)| other.start <= one.end;
            for (other, its) in flows[at + 1..].iter().take_while(meets) {
                if other.start == one.start || other.end <= one.end {
                    continue;
                }
                let message = format!("{} overlaps {one}", figures.name(its));
                found.push(
                    figures
                        .warning(Code::K0167, message, its)
                        .label(shown(its.value).to_string())
                        .related(figures.place(row), format!("{} in {one}", shown(row.value)))
                        .note("months that both have cannot be told apart, so nothing is made of them")
                        .hint("check both periods; totals run from January"),
                );
            }
        }
    }
}

/// The times without a figure between two times with one, over all tables.
pub(super) fn gaps(dataset: &Dataset) -> Vec<Diagnostic> {
    let mut all: BTreeMap<String, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for row in dataset.tables.values().filter_map(|table| table.rows.first()) {
        all.entry(row.row.file.to_string()).or_default().insert((1, usize::MAX));
    }
    let tell = |gap: super::super::super::Gap| {
        let table = dataset.tables.get(&gap.table);
        let place = table.map(|table| Place::Path(table.text.path.clone()));
        Diagnostic::warning(Code::K0170, gap.to_string())
            .at(place)
            .subject(gap.to_string())
            .about_rows()
            .hint(
                "enter the figures; what was never published is declared as `none` in the coverage \
                 table",
            )
    };
    dataset.as_of(None).gaps(&all).into_iter().map(tell).collect()
}
