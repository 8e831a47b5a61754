//! Values under the wrong member: two that were swapped, or one that belongs to a member that is missing.
//!
//! `blocks` finds members that are swapped at several adjacent times; what is there is no base for the others.

mod blocks;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::super::Time;
use super::super::field::Problems;
use super::super::precedence::Row;
use super::confirmed::Confirmed;
use super::history::{Point, Series, median, nearest};
use super::usual::{a_year_before, usual as of_history};
use super::{Figures, Sign, shown};
use crate::diag::{Code, Message};

/// Two values are suspected of being swapped if each is off by more than this factor.
const OFF: f64 = 1.5;
/// Values that differ by less than this many units cannot be told apart by size.
const DISTINCT: f64 = 100.0;
/// Balances smaller than this change their sign often.
const BALANCE: f64 = 500.0;
/// A value matches the one expected of a missing member within this factor.
const MET: f64 = 1.25;
/// The same, where the expected value follows only from the pace of other times.
const MET_BY_PACE: f64 = 1.6;
/// A value off by this factor may belong to another member.
const ASTRAY: f64 = 2.0;
/// With more members than this one of them matches by chance.
const MANY: usize = 400;

/// A value that is not of its usual size.
struct Suspect<'a> {
    key: usize,
    point: Point<'a>,
    usual: f64,
}

/// The usual value for a point: that of the year before, or else the median pace of the nearest three
/// times its months. Rows that are known to be wrong say nothing of what is usual.
fn usual(points: &[Point], at: usize, wrong: &BTreeSet<u32>) -> Option<f64> {
    let own = points[at];
    let is_wrong = |point: &Point| wrong.contains(&point.row.observation.span.start);
    if !wrong.is_empty() && points.iter().any(is_wrong) {
        let right: Vec<Point> = points
            .iter()
            .filter(|point| point.time == own.time || !is_wrong(point))
            .copied()
            .collect();
        let at = right.iter().position(|point| point.time == own.time)?;
        return usual(&right, at, &BTreeSet::new());
    }
    let before = a_year_before(own.time).and_then(|time| {
        // Points are in order of time, one for each.
        let at = points.binary_search_by_key(&time, |point| point.time).ok()?;
        Some(&points[at]).filter(|its| its.row.observation.unit == own.row.observation.unit)
    });
    if let Some(before) = before {
        return Some(before.row.value);
    }
    let near: Vec<f64> = nearest(points, at).iter().take(3).map(|other| other.pace).collect();
    (!near.is_empty()).then(|| median(near) * own.over())
}

fn is_off(value: f64, usual: f64) -> bool {
    if usual == 0.0 {
        return true;
    }
    match value * usual > 0.0 {
        true => (value / usual).ln().abs() > OFF.ln(),
        false => value.abs().max(usual.abs()) >= BALANCE,
    }
}

/// Whether each of two values fits the other's history and not its own.
fn changed_places(one: &Suspect, other: &Suspect) -> bool {
    let (a, b) = (one.point.row.value, other.point.row.value);
    let (its, others) = (one.usual, other.usual);
    let largest = a.abs().max(b.abs());
    if its == 0.0 || others == 0.0 {
        return false;
    }
    if largest < 2.0 * DISTINCT || (a - b).abs() < DISTINCT {
        return false;
    }
    if [a, b, its, others].iter().all(|value| *value > 0.0)
        || [a, b, its, others].iter().all(|value| *value < 0.0)
    {
        let off = |value: f64, usual: f64| (value / usual).ln().abs();
        let now = off(a, its) + off(b, others);
        let changed = off(a, others) + off(b, its);
        return changed < now * 0.3 && changed < 2.0 * 1.3_f64.ln();
    }
    // With different signs there is no ratio, so the remaining distances are compared.
    let near =
        |value: f64, usual: f64| value * usual > 0.0 && (value / usual).ln().abs() < 1.6_f64.ln();
    let now = (a - its).abs() + (b - others).abs();
    let changed = (a - others).abs() + (b - its).abs();
    largest >= BALANCE && near(a, others) && near(b, its) && changed < now * 0.3
}

/// Reports values that seem to be under the wrong member; returns their rows.
pub(super) fn check(
    figures: &Figures,
    series: &Series,
    confirmed: &Confirmed,
    problems: &mut Problems,
) -> BTreeSet<u32> {
    let mut reported = blocks::check(figures, series, confirmed, problems);
    let wrong = &reported;
    let mut suspects: BTreeMap<Time, Vec<Suspect>> = BTreeMap::new();
    let of_keys: Vec<Vec<Suspect>> =
        (0..series.len()).into_par_iter().map(|key| of_key(&series.of(key), key, wrong)).collect();
    for suspect in of_keys.into_iter().flatten() {
        suspects.entry(suspect.point.time).or_default().push(suspect);
    }
    let mut pairs = BTreeSet::new();
    // Latest time first: with two times only, a swap shows at both.
    for group in suspects.values().rev() {
        for (at, one) in group.iter().enumerate() {
            for other in &group[at + 1..] {
                if are_siblings(figures, one.key, other.key)
                    && !are_settled(figures, confirmed, one, other)
                    && one.point.row.observation.unit == other.point.row.observation.unit
                    && changed_places(one, other)
                    && (pairs.insert((one.key, other.key)) || series.of(one.key).len() >= 3)
                {
                    reported.insert(one.point.row.observation.span.start);
                    reported.insert(other.point.row.observation.span.start);
                    problems.push(|| tell(figures, one, other));
                }
            }
        }
    }
    for (time, group) in suspects.iter().rev() {
        for suspect in group {
            let start = suspect.point.row.observation.span.start;
            if !reported.contains(&start)
                && let Some((key, its)) = astray(figures, series, *time, suspect)
            {
                reported.insert(start);
                problems.push(|| tell_astray(figures, suspect, key, its));
            }
        }
    }
    reported
}

/// The values of a key that are not of their usual size.
fn of_key<'a>(points: &[Point<'a>], key: usize, wrong: &BTreeSet<u32>) -> Vec<Suspect<'a>> {
    let mut suspects = vec![];
    for (at, point) in points.iter().enumerate() {
        if wrong.contains(&point.row.observation.span.start) {
            continue;
        }
        // A member that is there for the first time has no usual value.
        let usual = usual(points, at, wrong).unwrap_or(0.0);
        if point.row.value.abs().max(usual.abs()) >= DISTINCT && is_off(point.row.value, usual) {
            suspects.push(Suspect { key, point: *point, usual });
        }
    }
    suspects
}

/// Whether two keys differ in exactly one member.
fn are_siblings(figures: &Figures, one: usize, other: usize) -> bool {
    let key = |at: usize| figures.keys.get_index(at).map(|(key, _)| *key);
    let (Some(one), Some(other)) = (key(one), key(other)) else { return false };
    one.iter().zip(other).filter(|(a, b)| a != b).count() == 1
}

/// Whether balances already show which value is which: both belong to balances that hold, or they are the
/// two sides of one balance.
fn are_settled(figures: &Figures, confirmed: &Confirmed, one: &Suspect, other: &Suspect) -> bool {
    let is_balanced =
        |of: &Suspect| confirmed.balanced.contains(&of.point.row.observation.span.start);
    let key = |of: &Suspect| figures.keys.get_index(of.key).map(|(key, _)| *key);
    let (Some(a), Some(b)) = (key(one), key(other)) else { return true };
    let are_sides = figures
        .rules
        .balances
        .iter()
        .any(|rule| figures.table.dimension(&rule.dimension).is_some_and(|at| a[at] != b[at]));
    let are_balances = figures.signs[one.key] == Sign::May && figures.signs[other.key] == Sign::May;
    is_balanced(one) && is_balanced(other) && (are_sides || are_balances)
}

fn tell(figures: &Figures, one: &Suspect, other: &Suspect) -> crate::diag::Diagnostic {
    let [row, its] = [&one.point.row, &other.point.row];
    let message = message!(
        "{row} and {key} may be exchanged",
        row = figures.name(row),
        key = its.observation.key.join(", ")
    );
    figures
        .warning(Code::K0140, message, row)
        .label(label(one))
        .related(figures.place(its), label(other))
        .note(message!(
            "each figure agrees with the history of the other member, but not with its own"
        ))
        .hint(message!("look both up in the source, and check their codes"))
}

/// A value, and what would be usual in its place.
fn label(of: &Suspect) -> Message {
    let usual = shown(of.usual.round());
    message!(
        "{value}, but about {usual} would be expected",
        value = shown(of.point.row.value),
        usual
    )
}

/// The member that a value seems to belong to: that member has no value at this time, and the value is of
/// its usual size. With it the usual value.
fn astray(
    figures: &Figures,
    series: &Series,
    time: Time,
    suspect: &Suspect,
) -> Option<(usize, f64)> {
    let value = suspect.point.row.value;
    let off = |usual: f64| (value / usual).ln().abs();
    let is_home = value * suspect.usual > 0.0 && off(suspect.usual) < ASTRAY.ln();
    let before = a_year_before(time)?;
    if is_home || value.abs() < 2.0 * DISTINCT || series.len() > MANY {
        return None;
    }
    let mut found = None;
    for key in 0..series.len() {
        if !are_siblings(figures, suspect.key, key) || figures.keys[key].get(time).is_some() {
            continue;
        }
        let points = series.of(key);
        let of_year = points.iter().find(|point| point.time == before);
        let (usual, within) = match (of_year, going_on(&points, &suspect.point)) {
            (Some(point), _) => (point.row.value, MET),
            (None, Some(usual)) => (usual, MET),
            // Its balance has the other sides, and the balance of the suspect lacks them.
            (None, None) if is_left_out(figures, suspect, key) => {
                (of_history(figures, key, time)?, MET_BY_PACE)
            }
            (None, None) => continue,
        };
        if usual * value > 0.0 && off(usual) < within.ln() {
            if found.is_some() {
                return None;
            }
            found = Some((key, usual));
        }
    }
    found
}

/// What a member would have if it went on at its pace of the last three months.
fn going_on(points: &[Point], like: &Point) -> Option<f64> {
    const RECENT: f64 = 3.0;
    /// A member with fewer figures appears irregularly.
    const REGULAR: usize = 4;
    if points.len() < REGULAR {
        return None;
    }
    let is_flow = |time: Time| matches!(time, Time::Over(_));
    let recent = points.iter().rfind(|point| {
        point.time < like.time
            && like.at - point.at <= RECENT
            && is_flow(point.time) == is_flow(like.time)
            && point.row.observation.unit == like.row.observation.unit
    })?;
    Some(recent.pace * like.over())
}

/// Whether the release of a suspect gives the other sides of the balance of `key`, and not those of the
/// suspect's own balance.
fn is_left_out(figures: &Figures, suspect: &Suspect, key: usize) -> bool {
    let row = &suspect.point.row;
    let has_sides = |key: usize| {
        let Some((own, _)) = figures.keys.get_index(key) else { return false };
        figures.rules.balances.iter().any(|rule| {
            let Some(at) = figures.table.dimension(&rule.dimension) else { return false };
            let members = rule.plus.iter().chain(&rule.minus).chain([&rule.result]);
            let mut others = members.filter(|member| **member != *own[at]);
            let is_side = |side: usize| {
                let rows = figures.keys[side].get(row.observation.time);
                let is_of = |its: &Row| its.observation.vintage == row.observation.vintage;
                side != suspect.key && rows.is_some_and(|rows| rows.iter().any(is_of))
            };
            others.all(|member| figures.sibling(own, at, member).is_some_and(is_side))
        })
    };
    has_sides(key) && !has_sides(suspect.key)
}

fn tell_astray(
    figures: &Figures,
    suspect: &Suspect,
    key: usize,
    its: f64,
) -> crate::diag::Diagnostic {
    let row = &suspect.point.row;
    let other = figures.keys.get_index(key).map(|(key, _)| key.join(", ")).unwrap_or_default();
    let message = message!("{row} may be the figure of {other}", row = figures.name(row), other);
    figures
        .warning(Code::K0140, message, row)
        .label(match suspect.usual {
            0.0 => Message::verbatim(shown(row.value).to_string()),
            usual => {
                let usual = shown(usual.round());
                message!(
                    "{value}, but about {usual} would be expected",
                    value = shown(row.value),
                    usual
                )
            }
        })
        .note(message!(
            "{other} has no figure for this time; about {its} would be expected",
            other,
            its = shown(its.round())
        ))
        .hint(message!("check the codes of the row"))
}
