//! Periods of one figure that overlap, and times that a series skips.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::precedence::Row;
use super::super::super::{Dataset, Gap, Observation, Table, Time};
use super::super::{Figures, shown};
use crate::diag::{Code, Diagnostic, Message, Place};
use crate::stats::Period;

/// Two periods that share months, and of which neither lies within the other.
pub(super) fn overlaps(figures: &Figures, found: &mut Vec<Diagnostic>) {
    for key in 0..figures.keys.len() {
        let mut flows: Vec<(Period, &Row)> = { figures.printed(key).iter() }
            .filter_map(|row| match row.time() {
                Time::Over(period) => Some((period, row)),
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
                let message = message!("{its} overlaps {one}", its = figures.name(its), one);
                found.push(
                    figures
                        .warning(Code::K0167, message, its)
                        .label(Message::verbatim(shown(its.value).to_string()))
                        .related(
                            figures.place(row),
                            message!("{value} in {one}", value = shown(row.value), one),
                        )
                        .note(message!(
                            "the figures of the months that both contain cannot be separated, so \
                            nothing is computed from them"
                        ))
                        .hint(message!("check both periods; totals start in January")),
                );
            }
        }
    }
}

/// The row of a series before the first time that it skips; its file, if there is none.
fn before(table: &Table, gap: &Gap) -> Place {
    let key: Vec<&str> =
        gap.series.values().filter_map(|members| members.first()).map(|code| &**code).collect();
    let missing = gap.missing.first().and_then(|time| time.parse::<Time>().ok());
    let is_of = |row: &&Observation| {
        row.value.is_some()
            && missing.is_some_and(|missing| row.time < missing)
            && row.key.iter().map(|code| &**code).eq(key.iter().copied())
    };
    let row = table.rows.iter().filter(is_of).max_by_key(|row| row.time);
    row.map_or_else(|| Place::Path(table.text.path.clone()), |row| table.place(row))
}

/// The times without a figure between two times with one, over all tables.
pub(super) fn gaps(dataset: &Dataset) -> Vec<Diagnostic> {
    let mut all: BTreeMap<String, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for row in dataset.tables.values().filter_map(|table| table.rows.first()) {
        all.entry(row.file.to_string()).or_default().insert((1, usize::MAX));
    }
    let tell = |gap: Gap| {
        let before = dataset.tables.get(&gap.table).map(|table| before(table, &gap));
        Diagnostic::warning(Code::K0170, Message::verbatim(gap.to_string()))
            .at(before)
            .label(message!("the figure before it"))
            .subject(gap.to_string())
            .about_rows()
            .hint(message!(
                "enter the figures; declare what was never published as `none` in the coverage \
                table"
            ))
    };
    dataset.as_of(None).gaps(&all).into_iter().map(tell).collect()
}
