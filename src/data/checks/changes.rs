//! Printed percentage changes compared with the levels they are computed from.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::Time;
use super::super::field::Problems;
use super::super::package::Change;
use super::super::precedence::Row;
use super::confirmed::Confirmed;
use super::identities::named_rows;
use super::{Figures, error, holds, shown};
use crate::diag::{Code, Diagnostic, Message};
use crate::stats::Period;

pub(super) fn check<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let ends = |period: Period| (Time::Over(period), Time::Over(period.years_before(1)));
    each(figures, all, &figures.rules.changes, ends, |row, now, base| {
        one(figures, row, now, base, confirmed, problems);
    });
}

/// Calls `one` for each printed change that a rule covers, with the rows of the level at both `ends` of
/// its period. A change whose level is missing at either end is passed over.
pub(super) fn each<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    rules: &[Change],
    ends: impl Fn(Period) -> (Time, Time),
    mut one: impl FnMut(&Row<'a>, &[Row<'a>], &[Row<'a>]),
) {
    for rule in rules {
        for (at, key) in figures.keys.keys().enumerate() {
            if !holds(figures.table, &rule.only, key) {
                continue;
            }
            for row in figures.printed(at) {
                let Time::Over(period) = row.time() else { continue };
                let otherwise = |dimension: &str| -> Option<Arc<str>> {
                    figures.table.dimension(dimension).map(|place| key[place].clone())
                };
                let of = |time| named_rows(figures, all, &rule.of, otherwise, time);
                let (first, second) = ends(period);
                let (Some(first), Some(second)) = (of(first), of(second)) else { continue };
                one(row, &first, &second);
            }
        }
    }
}

/// Checks one printed percentage. It is accepted if any pair of releases of the levels gives it.
fn one(
    figures: &Figures,
    row: &Row,
    now: &[Row],
    base: &[Row],
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let mut nearest: Option<(f64, f64, Row, Row)> = None;
    for level in now {
        for before in base {
            if before.value - error(before) <= 0.0 {
                return;
            }
            let change = |now: f64, base: f64| (now / base - 1.0) * 100.0;
            let (now, base) = (level.value, before.value);
            let (error_now, error_base) = (error(level), error(before));
            let lowest = change(now - error_now, base + error_base) - row.observation.rounded_to;
            let highest = change(now + error_now, base - error_base) + row.observation.rounded_to;
            if (lowest..=highest).contains(&row.value) {
                confirmed.fit([row, level, before]);
                confirmed.computed.insert(row.observation.span.start);
                return;
            }
            let off = (lowest - row.value).max(row.value - highest);
            if nearest.is_none_or(|(its, ..)| off < its) {
                nearest = Some((off, change(now, base), *level, *before));
            }
        }
    }
    let Some((_, computed, level, before)) = nearest else { return };
    problems.push(|| {
        let message = message!("{row} does not agree with its levels", row = figures.name(row));
        let problem = figures
            .warning(Code::K0141, message, row)
            .label(message!(
                "{value} printed, {computed} computed",
                value = shown(row.value),
                computed = format!("{computed:.1}")
            ))
            .related(figures.place(&level), Message::verbatim(shown(level.value).to_string()))
            .related(
                figures.place(&before),
                message!("{value} a year before", value = shown(before.value)),
            );
        let slip = slip_of_rate(row.value, computed);
        slip.into_iter().fold(problem, Diagnostic::note).hint(message!(
            "check all three, and the sign; list the change under `as-printed` if it is \
                printed like this"
        ))
    });
}

/// Whether a printed percentage is the computed one but for a factor of ten, a hundred (a part written
/// for a percentage) or a thousand.
pub(super) fn lost_factor(printed: f64, computed: f64) -> bool {
    /// As near as this part of itself a number is met.
    const NEAR: f64 = 0.08;
    let is_near = |a: f64, b: f64| a * b > 0.0 && (a / b).ln().abs() < NEAR;
    [10.0, 100.0, 1000.0]
        .into_iter()
        .any(|factor| is_near(printed, computed * factor) || is_near(printed * factor, computed))
}

/// What may have made a printed change of the one that is computed, both in percent.
pub(super) fn slip_of_rate(printed: f64, computed: f64) -> Option<Message> {
    /// As near as this many points a percentage is met.
    const MET: f64 = 0.15;
    let is = |other: f64| (printed.abs() - other.abs()).abs() <= MET && other.abs() > 2.0 * MET;
    let ratio = 100.0 + computed;
    if is(computed) && printed * computed < 0.0 {
        return Some(message!("a sign was lost"));
    }
    if is(ratio) && (ratio - computed).abs() > 2.0 * MET {
        return Some(message!("the ratio of the two levels is printed as their change"));
    }
    if lost_factor(printed, computed) {
        return Some(message!("it is wrong by a factor of ten, a hundred or a thousand"));
    }
    // The same difference against the other level.
    let turned = (1.0 - 100.0 / ratio) * 100.0;
    (ratio > 0.0 && is(turned) && printed * computed > 0.0)
        .then_some(message!("the change was computed as a percentage of the later level"))
}

#[cfg(test)]
mod tests {
    use super::slip_of_rate;

    #[test]
    fn what_made_a_wrong_percentage_is_recognised() {
        for (printed, computed, of) in [
            (-56.7, -43.32, Some("ratio")),
            (20.4, -20.4, Some("sign")),
            (157.0, 15.7, Some("factor")),
            (0.157, 15.7, Some("factor")),
            (33.3, 50.0, Some("later level")),
            (17.9, 84.7, None),
        ] {
            let said = slip_of_rate(printed, computed);
            assert_eq!(said.is_some(), of.is_some(), "{printed} {computed}: {said:?}");
            assert!(
                said.as_ref().is_none_or(|said| said.contains(of.unwrap())),
                "{printed}: {said:?}"
            );
        }
    }
}
