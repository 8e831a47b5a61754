//! Changes over a period compared with the stocks at its ends.

use std::collections::HashMap;

use super::super::Time;
use super::super::field::Problems;
use super::super::precedence::Row;
use super::confirmed::Confirmed;
use super::{Figures, changes, error, shown};
use crate::diag::Code;
use crate::stats::Period;

/// The tolerance for a revised stock, as a part of it. That of 1 January 2025 was revised by 0.013 %.
const REVISION: f64 = 0.0005;

pub(super) fn check<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let ends = |period: Period| (Time::At(period.start.first_day()), Time::At(period.day_after()));
    changes::each(figures, all, &figures.rules.stock_changes, ends, |row, before, after| {
        one(figures, row, before, after, confirmed, problems);
    });
}

/// Checks one change. It is accepted if any pair of releases of the stocks gives it, within the tolerance
/// for revisions, unless that would turn a gain into a loss.
fn one(
    figures: &Figures,
    row: &Row,
    before: &[Row],
    after: &[Row],
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let pairs = before.iter().flat_map(|first| after.iter().map(move |last| (first, last)));
    let pairs = pairs.filter(|(first, last)| {
        [first, last].iter().all(|stock| stock.observation.unit == row.observation.unit)
    });
    let off = |(first, last): &(&Row, &Row)| (last.value - first.value - row.value).abs();
    let Some((first, last)) = pairs.min_by(|a, b| off(a).total_cmp(&off(b))) else { return };
    let (rest, slack) = (off(&(first, last)), error(row) + error(first) + error(last));
    if rest <= slack {
        confirmed.fit([row, first, last]);
        return;
    }
    let is_revision = rest <= slack + (REVISION * last.value).min(row.value.abs());
    if is_revision && first.vintage.status != last.vintage.status {
        return;
    }
    problems.push(|| {
        let message = message!(
            "{row} is not the difference of the stocks at its ends",
            row = figures.name(row)
        );
        let problem = match is_revision {
            true => figures.warning(Code::K0152, message, row),
            false => figures.error(Code::K0152, message, row),
        };
        let computed = shown(last.value - first.value);
        problem
            .label(message!(
                "{value} here, {computed} computed",
                value = shown(row.value),
                computed
            ))
            .related(
                figures.place(first),
                message!("{value} at its start", value = shown(first.value)),
            )
            .related(figures.place(last), message!("{value} at its end", value = shown(last.value)))
            .hint(message!(
                "check the sign and the digits of all three; list one under `as-printed` if it is \
                printed like this"
            ))
    });
}
