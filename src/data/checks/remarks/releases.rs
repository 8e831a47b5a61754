//! The rows of one figure against one another: two sources that disagree, a figure that was revised,
//! an account that differs from the release.

use super::super::super::conflict::Conflict;
use super::super::super::outlier::{Total, is_total, outlier};
use super::super::super::precedence::{Row, choose};
use super::super::super::{Status, Time};
use super::super::{Figures, shown};
use crate::diag::{Code, Diagnostic, Place};

pub(super) fn check<'a>(figures: &Figures<'a>, found: &mut Vec<Diagnostic>) {
    for times in figures.keys.values() {
        for (_, rows) in times.iter().filter(|(_, rows)| rows.len() > 1) {
            let Some(status) = rows.iter().map(|row| row.vintage.status).max() else { continue };
            let Some((chosen, others)) = choose(rows, status) else { continue };
            let losing: Vec<_> = { others.iter() }
                .filter(|row| !row.agrees(&chosen.printed))
                .map(|row| (row.observation, chosen.winner.precedence_over(row).1))
                .collect();
            if !losing.is_empty() {
                let (dataset, table) = (figures.dataset, figures.table);
                let printed = chosen.printed.observation;
                found.push(Conflict { dataset, table, printed, losing }.diagnostic());
            }
            earlier(figures, rows, &chosen.printed, found);
        }
    }
    for key in 0..figures.keys.len() {
        leaps(figures, figures.printed(key), found);
    }
}

/// Totals of one key that leap or turn back from the total before them in their year.
fn leaps<'a>(figures: &Figures<'a>, printed: &[Row<'a>], found: &mut Vec<Diagnostic>) {
    let is_from_january = |time: Time| matches!(time, Time::Over(period) if is_total(period));
    let totals: Vec<&Row> = printed.iter().filter(|row| is_from_january(row.time())).collect();
    for pair in totals.windows(2) {
        let [earlier, row] = pair else { continue };
        let (before, time) = (earlier.time(), row.time());
        if before.first_day().year() != time.first_day().year() {
            continue;
        }
        let (here, there) = (|| figures.place(row), || figures.place(earlier));
        let (now, then) = (total(time, row, &here), total(before, earlier, &there));
        found.extend(outlier(&figures.table.name, &now, &then));
    }
}

fn total<'t>(time: Time, row: &'t Row, place: &'t dyn Fn() -> Place) -> Total<'t> {
    let observation = row.observation;
    Total {
        key: &observation.key,
        time,
        value: row.value,
        step: observation.rounded_to,
        unit: &observation.unit,
        place,
    }
}

/// Tells rows of a lower status that differ from the figure that is printed.
fn earlier<'a>(
    figures: &Figures<'a>,
    rows: &[Row<'a>],
    printed: &Row<'a>,
    found: &mut Vec<Diagnostic>,
) {
    let status = printed.vintage.status;
    let express = (status == Status::Final)
        .then(|| choose(rows, Status::Express).map(|(chosen, _)| chosen.printed))
        .flatten();
    if let Some(express) = express.filter(|express| !express.agrees(printed)) {
        let message = message!("{printed} was revised", printed = figures.name(printed));
        let moved = shown(printed.value - express.value);
        found.push(
            figures
                .warning(Code::K0161, message, printed)
                .label(message!(
                    "{value}, {id}",
                    value = shown(printed.value),
                    id = printed.vintage.id
                ))
                .related(
                    figures.place(&express),
                    message!(
                        "{value}, {id}",
                        value = shown(express.value),
                        id = express.vintage.id
                    ),
                )
                .note(message!(
                    "by {moved}; a percentage in the first release was computed from the first \
                    figure",
                    moved
                )),
        );
    }
    if status == Status::Secondary {
        return;
    }
    let is_other = |row: &&Row<'a>| {
        row.vintage.status == Status::Secondary
            && !row.agrees(printed)
            && !express.is_some_and(|express| row.agrees(&express))
    };
    for row in rows.iter().filter(is_other) {
        let message = message!("{row} differs from the release", row = figures.name(row));
        found.push(
            figures
                .warning(Code::K0162, message, row)
                .label(message!(
                    "{value} to {rounded_to}",
                    value = shown(row.value),
                    rounded_to = row.observation.rounded_to
                ))
                .related(
                    figures.place(printed),
                    message!(
                        "{value}, {id}",
                        value = shown(printed.value),
                        id = printed.vintage.id
                    ),
                )
                .note(message!(
                    "the release is used; the figure that someone else printed stays in the data"
                ))
                .hint(message!(
                    "look both up: one of them is mistyped, or the account is of an earlier figure"
                )),
        );
    }
}
