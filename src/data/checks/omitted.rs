//! Members that a release leaves out, compared with earlier releases. A region with a large gain by June
//! still has one by September, and a region that releases have named for years is seldom left out of the
//! next.

use std::sync::Arc;

use super::super::Time;
use super::super::coverage::{Coverage, Published};
use super::super::field::Problems;
use super::{Figures, months, shown, to_date};
use crate::diag::{Code, Diagnostic};

/// A balance smaller than this may change its sign.
const LARGE: f64 = 500.0;

/// A member is missed if this many releases in a row named it. (Releases named Mangystau three times in a
/// row, and then it had no gain.)
const IN_A_ROW: usize = 5;

pub(super) fn check(figures: &Figures, problems: &mut Problems) {
    let table = figures.table;
    let claims = || {
        figures
            .dataset
            .coverage
            .iter()
            .filter(|claim| claim.table == table.name && claim.published == Published::Positive)
    };
    for claim in claims() {
        let Some(by) = claim.by.as_ref().and_then(|by| table.dimension(by)) else { continue };
        let fixed: Vec<(usize, &str)> = claim
            .fixed
            .iter()
            .filter_map(|(name, member)| Some((table.dimension(name)?, member.as_str())))
            .collect();
        let Some(time) = claim.period else { continue };
        let mut reported: Vec<&Arc<str>> = vec![];
        for (index, key) in figures.keys.keys().enumerate() {
            let is_of = fixed.iter().all(|(place, member)| *key[*place] == **member);
            let register = table.registers.get(&table.dimensions[by]);
            let is_whole = register
                .and_then(|name| figures.dataset.registers.get(name))
                .is_some_and(|register| register.is_aggregate(&key[by]));
            if !is_of || is_whole || claim.names(&key[by]) {
                continue;
            }
            if lost_gain(figures, claim, (index, key, by), time, problems) {
                reported.push(&key[by]);
            }
        }
        // The members that earlier releases named.
        let mut before: Vec<&Coverage> = claims()
            .filter(|other| {
                (&other.fixed, &other.by) == (&claim.fixed, &claim.by)
                    && other.period.is_some_and(|its| last_month(its) < last_month(time))
            })
            .collect();
        before.sort_by_key(|other| std::cmp::Reverse(other.period.and_then(last_month)));
        let Some((newest, others)) = before.get(..IN_A_ROW).and_then(<[_]>::split_first) else {
            continue;
        };
        for code in &newest.members {
            let was_named = others.iter().all(|other| other.names(code));
            if was_named && !claim.names(code) && !reported.contains(&code) {
                problems.push(|| {
                    missed(claim, code, &table.name, time)
                        .related(newest.place.clone(), message!("named here"))
                        .note(message!(
                            "the {in_a_row} releases before it name {code}",
                            in_a_row = IN_A_ROW,
                            code
                        ))
                });
            }
        }
    }
}

/// The year and month in which a flow ends; `None` for a stock.
fn last_month(time: Time) -> Option<(i16, i8)> {
    match time {
        Time::Over(period) => Some((period.end.year, period.end.month)),
        Time::At(_) => None,
    }
}

/// Reports a member that is not named, though it had a large gain by an earlier month of the year.
fn lost_gain(
    figures: &Figures,
    claim: &Coverage,
    (index, key, by): (usize, &[Arc<str>], usize),
    time: Time,
    problems: &mut Problems,
) -> bool {
    let Some((year, month)) = to_date(time) else { return false };
    let earlier =
        figures.printed(index).iter().rev().find(|row| {
            to_date(row.time()).is_some_and(|(its, until)| its == year && until < month)
        });
    let Some(row) = earlier else { return false };
    let before = row.time();
    // Over more than twice as many further months a gain may be lost again.
    let until = months(before).unwrap_or(1.0);
    let left = f64::from(month) - until;
    if row.value < LARGE || left > 2.0 * until {
        return false;
    }
    problems.push(|| {
        missed(claim, &key[by], &figures.table.name, time)
            .related(
                figures.place(row),
                message!("{value} in {before}", value = shown(row.value), before),
            )
            .note(message!("a gain of this size is rarely lost before the end of the year"))
    });
    true
}

/// The problem for a member that a release should perhaps name.
fn missed(claim: &Coverage, code: &str, table: &str, time: Time) -> Diagnostic {
    let message = message!(
        "the release is declared to name every positive member, but {code} is not among them",
        code
    );
    let fixed: Vec<&str> = claim.fixed.iter().map(|(_, member)| member.as_str()).collect();
    Diagnostic::warning(Code::K0148, message)
        .at(claim.place.clone())
        .label(message!("declared here"))
        .subject(format!("{table} {code} {} {time}", fixed.join(" ")))
        .about_rows()
        .hint(message!(
            "look the release up: add {code} to `members` and enter its figure, or write `listed` \
            if the release does not name all",
            code
        ))
}
