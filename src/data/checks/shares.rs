//! Printed shares compared with the levels they are computed from.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::field::Problems;
use super::super::precedence::Row;
use super::changes::lost_factor;
use super::confirmed::Confirmed;
use super::identities::named_rows;
use super::usual::is_second_odd;
use super::{Figures, error, holds, shown};
use crate::diag::{Code, Message};

pub(super) fn check<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    for rule in &figures.rules.shares {
        for (at, key) in figures.keys.keys().enumerate() {
            if !holds(figures.table, &rule.only, key) {
                continue;
            }
            for row in figures.printed(at) {
                let otherwise = |dimension: &str| -> Option<Arc<str>> {
                    figures.table.dimension(dimension).map(|place| key[place].clone())
                };
                let rows = |figure| named_rows(figures, all, figure, otherwise, row.time());
                let (Some(parts), Some(wholes)) = (rows(&rule.of), rows(&rule.within)) else {
                    continue;
                };
                one(figures, all, row, (&parts, &wholes), confirmed, problems);
            }
        }
    }
}

/// Checks one printed share. It is accepted if any pair of releases of the levels gives it.
fn one<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    row: &Row<'a>,
    (parts, wholes): (&[Row<'a>], &[Row<'a>]),
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let mut nearest: Option<(f64, f64, Row, Row)> = None;
    for part in parts {
        for whole in wholes {
            if whole.value - error(whole) <= 0.0 || part.observation.unit != whole.observation.unit
            {
                return;
            }
            let share = |part: f64, whole: f64| part / whole * 100.0;
            let slack = row.observation.rounded_to;
            let (low, high) = (part.value - error(part), part.value + error(part));
            let lowest = share(low, whole.value + error(whole)) - slack;
            let highest = share(high, whole.value - error(whole)) + slack;
            let is_about = row.observation.qualifier.is_some();
            let slack = if is_about { 5.0 } else { 0.0 };
            if (lowest - slack..=highest + slack).contains(&row.value) {
                confirmed.fit([row, part, whole]);
                confirmed.computed.insert(row.observation.span.start);
                return;
            }
            let off = (lowest - row.value).max(row.value - highest);
            if nearest.is_none_or(|(its, ..)| off < its) {
                nearest = Some((off, share(part.value, whole.value), *part, *whole));
            }
        }
    }
    let Some((_, computed, part, whole)) = nearest else { return };
    problems.push(|| {
        // The level may be the value with a wrong digit.
        let is_level = is_second_odd(figures, all, row, &part);
        let message = match is_level {
            true => {
                message!("{part} does not agree with its printed share", part = figures.name(&part))
            }
            false => message!("{row} does not agree with its levels", row = figures.name(row)),
        };
        let reported = message!(
            "{value} printed, {computed} computed",
            value = shown(row.value),
            computed = format!("{computed:.1}")
        );
        let related = |of: &Row, label: Message| (figures.place(of), label);
        let mut problem = figures.warning(Code::K0147, message, if is_level { &part } else { row });
        let (at, other) = match is_level {
            true => (Message::verbatim(shown(part.value).to_string()), related(row, reported)),
            false => (reported, related(&part, Message::verbatim(shown(part.value).to_string()))),
        };
        problem = problem.label(at).related(other.0, other.1);
        if lost_factor(row.value, computed) {
            problem =
                problem.note(message!("it is wrong by a factor of ten, a hundred or a thousand"));
        }
        problem
            .related(figures.place(&whole), message!("of {value}", value = shown(whole.value)))
            .hint(message!(
                "check all three; list the share under `as-printed` if it is printed like this"
            ))
    });
}
