//! A figure against its own history, and against that of its neighbours.
//!
//! Flows are compared by their monthly pace, stocks as they are. The measure is the ratio to the
//! median of the nearest other times; how far a figure may stray is learnt from how far it strayed
//! before. All of this is a matter of likelihood, so it is told as a warning.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Time;
use super::super::field::Problems;
use super::super::weigh::Row;
use super::identities::Confirmed;
use super::{Figures, Sign, error, is_additive, months, shown, to_date};
use crate::diag::Diagnostic;

/// Below this many units a figure moves by chance.
const SMALL: f64 = 100.0;
/// A factor that figures of one kind rarely reach from one time to another.
const FAR: f64 = 5.0;
/// The factor for a figure that was followed by others: what was usual then is told by both sides.
const FAR_BEFORE: f64 = 8.0;
/// The factor for a balance with one other figure to go by: thousands for units.
const FAR_FROM_ONE_BALANCE: f64 = 100.0;
/// As many times what other years do at that time is more than a season.
const SEASON: f64 = 1.6;
/// As many months make a pace.
const MONTHS: i8 = 3;
/// The factor if there is only one other figure to go by.
const FAR_FROM_ONE: f64 = 8.0;
/// A count that grows this many times as fast as earlier in its year: the totals of regions and
/// countries published for 2018-2025 stay below it.
const PACE: f64 = 2.5;
/// Below this size of a total its pace is chance.
const LARGE: f64 = 1000.0;
/// As many of the nearest times are looked at.
const NEAREST: usize = 7;
/// Two figures are suspected of having changed places when each is off by more than this factor.
const OFF: f64 = 1.5;

/// A figure and what it is compared by.
#[derive(Clone, Copy)]
struct Point<'a> {
    time: Time,
    row: Row<'a>,
    pace: f64,
    /// Its middle in time, in months.
    at: f64,
}

pub(super) fn check(figures: &Figures, confirmed: &Confirmed, problems: &mut Problems) {
    let series: Vec<Vec<Point>> =
        (0..figures.printed.len()).map(|key| points(figures, key)).collect();
    let swapped = swaps(figures, &series, problems);
    for (key, points) in series.iter().enumerate() {
        // Small figures move by chance, and there may be very many of them.
        let largest = points.iter().map(|point| point.row.value.abs()).fold(0.0, f64::max);
        if largest < SMALL && points.iter().all(|point| is_additive(&point.row)) {
            continue;
        }
        for (at, point) in points.iter().enumerate() {
            if swapped.contains(&point.row.observation.span.start) {
                continue;
            }
            let others = nearest(points, at);
            match figures.signs[key] {
                Sign::May => balance(figures, point, &others, confirmed, problems),
                _ => count(figures, point, &others, problems),
            }
        }
        if figures.signs[key] == Sign::Never {
            pace(figures, points, &swapped, problems);
        }
    }
}

/// The printed figures of a key that can be compared.
fn points<'a>(figures: &Figures<'a>, key: usize) -> Vec<Point<'a>> {
    let printed = figures.printed[key].iter();
    printed
        .filter(|(_, row)| is_additive(row) || figures.signs[key] == Sign::Never)
        .filter_map(|(time, row)| {
            let over = match time {
                Time::Over(_) if figures.adds_up(key, row) => months(*time)?,
                _ => 1.0,
            };
            Some(Point { time: *time, row: *row, pace: row.value / over, at: middle(*time) })
        })
        .collect()
}

/// A day that stands for a time, in months.
fn middle(time: Time) -> f64 {
    let of = |year: i16, month: i8| f64::from(year) * 12.0 + f64::from(month);
    match time {
        Time::At(day) => of(day.year(), day.month()),
        Time::Over(period) => {
            (of(period.start.year, period.start.month) + of(period.end.year, period.end.month))
                / 2.0
        }
    }
}

/// The points nearest in time that are of one kind with a point.
fn nearest<'a>(points: &[Point<'a>], at: usize) -> Vec<Point<'a>> {
    let own = points[at];
    let is_flow = |time: Time| matches!(time, Time::Over(_));
    let far = |point: &Point| (point.at - own.at).abs();
    let is_of_kind = |point: &&Point| {
        is_flow(point.time) == is_flow(own.time)
            && point.row.observation.unit == own.row.observation.unit
    };
    // Points are in the order of time: the nearest lie on both sides.
    let before = points[..at].iter().rev().filter(is_of_kind).take(NEAREST + 3);
    let after = points[at + 1..].iter().filter(is_of_kind).take(NEAREST + 3);
    let mut others: Vec<Point> = before.chain(after).copied().collect();
    others.sort_by(|a, b| far(a).total_cmp(&far(b)));
    others.truncate(NEAREST);
    others
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        length if length % 2 == 1 => values[length / 2],
        length => (values[length / 2 - 1] + values[length / 2]) / 2.0,
    }
}

/// A count that is many times larger or smaller than its history.
fn count(figures: &Figures, point: &Point, others: &[Point], problems: &mut Problems) {
    let paces: Vec<f64> =
        others.iter().map(|other| other.pace).filter(|pace| *pace > 0.0).collect();
    if paces.is_empty() || point.pace < 0.0 {
        return;
    }
    let usual = median(paces.clone());
    let small = if is_additive(&point.row) { SMALL } else { 1.0 };
    let largest = others.iter().map(|other| other.row.value).fold(point.row.value, f64::max);
    if largest < small || point.row.value == 0.0 && median_value(others) < 10.0 * small {
        return;
    }
    // How far the others are from their own middle.
    let spread = paces.iter().map(|pace| (pace / usual).ln().abs()).fold(0.0, f64::max);
    let later = others.iter().filter(|other| other.time > point.time).count();
    let far = match (paces.len(), later) {
        (1, _) => FAR_FROM_ONE,
        (_, 0 | 1) => FAR,
        _ => FAR_BEFORE,
    };
    let off = (point.pace.max(f64::MIN_POSITIVE) / usual).ln();
    let rounding = (error(&point.row) / point.row.value.abs().max(1e-9)).min(0.5);
    if off.abs() <= (far.ln()).max(1.5 * spread) + rounding {
        return;
    }
    // Small figures between smaller ones waver.
    if is_additive(&point.row) && (point.row.value - usual * over(point)).abs() < 4.0 * SMALL {
        return;
    }
    tell(figures, point, others, off, problems);
}

fn over(point: &Point) -> f64 {
    if point.pace == 0.0 { 1.0 } else { point.row.value / point.pace }
}

fn median_value(others: &[Point]) -> f64 {
    median(others.iter().map(|other| other.row.value).collect())
}

/// A balance that is many times larger than ever, or has another sign at its usual size.
fn balance(
    figures: &Figures,
    point: &Point,
    others: &[Point],
    confirmed: &Confirmed,
    problems: &mut Problems,
) {
    if others.is_empty() || point.row.value.abs() < LARGE {
        return;
    }
    let paces: Vec<f64> = others.iter().map(|other| other.pace.abs()).collect();
    let usual = median(paces.clone());
    let largest = paces.iter().copied().fold(0.0, f64::max);
    let far = if others.len() == 1 { FAR_FROM_ONE_BALANCE } else { FAR };
    if usual > 0.0 && point.pace.abs() > far * largest && point.row.value.abs() > 10.0 * SMALL {
        tell(figures, point, others, (point.pace.abs() / usual).ln(), problems);
        return;
    }
    let is_confirmed = confirmed.contains(&point.row.observation.span.start);
    let near: Vec<&Point> = others.iter().take(4).collect();
    let turned = near.len() >= 2
        && near.iter().all(|other| other.pace * point.pace < 0.0)
        && (0.4..2.5).contains(&(point.pace.abs() / usual.max(1e-9)));
    if turned && !is_confirmed {
        problems.push(|| {
            let message = format!(
                "{} has another sign than all figures near it in time",
                figures.name(&point.row)
            );
            related(
                figures
                    .warning("K0136", message, &point.row)
                    .label(shown(point.row.value).to_string()),
                figures,
                others,
            )
            .hint("check the sign: a page may print a loss without its minus")
        });
    }
}

fn tell(figures: &Figures, point: &Point, others: &[Point], off: f64, problems: &mut Problems) {
    problems.push(|| {
        let (times, word) = (off.abs().exp(), if off > 0.0 { "larger" } else { "smaller" });
        let shown_times = match times {
            times if times < 1e6 => format!("{times:.0} times"),
            _ => "many times".to_owned(),
        };
        let message =
            format!("{} is {shown_times} {word} than its other figures", figures.name(&point.row));
        related(
            figures.warning("K0136", message, &point.row).label(shown(point.row.value).to_string()),
            figures,
            others,
        )
        .note("flows are compared by the month, with the median of the nearest times")
        .hint("check the digits, thousands against units, and the codes of the row")
    });
}

/// The two nearest figures, drawn.
fn related(mut problem: Diagnostic, figures: &Figures, others: &[Point]) -> Diagnostic {
    for other in others.iter().take(2) {
        let label = format!("{} in {}", shown(other.row.value), other.time);
        problem = problem.related(figures.place(&other.row), label);
    }
    problem
}

/// A total of a count that grows much faster than earlier in its year.
fn pace(figures: &Figures, points: &[Point], swapped: &BTreeSet<u32>, problems: &mut Problems) {
    let totals: Vec<(&Point, (i16, i8))> =
        points.iter().filter_map(|point| Some((point, to_date(point.time)?))).collect();
    let steps: Vec<Step> = totals
        .windows(2)
        .filter_map(|pair| {
            let [(before, (year, until)), (now, (its_year, month))] = pair else { return None };
            let earlier = before.row.value / f64::from(*until);
            let is_one = before.row.observation.unit == now.row.observation.unit;
            if year != its_year
                || *until < MONTHS
                || earlier <= 0.0
                || !is_additive(&now.row)
                || !is_one
            {
                return None;
            }
            let added = now.row.value - before.row.value - error(&now.row) - error(&before.row);
            let later = added / f64::from(month - until);
            Some(Step { before, now, months: (*until, *month), earlier, later })
        })
        .collect();
    for (at, step) in steps.iter().enumerate() {
        let Step { before, now, earlier, later, .. } = step;
        let start = now.row.observation.span.start;
        if now.row.value.max(before.row.value) < LARGE || swapped.contains(&start) {
            continue;
        }
        // What every year does at this time is its season: students come in September.
        let season = steps
            .iter()
            .enumerate()
            .filter(|(other, its)| *other != at && its.months == step.months)
            .map(|(_, its)| its.later / its.earlier)
            .fold(0.0, f64::max);
        if later / earlier > PACE.max(SEASON * season) {
            problems.push(|| {
                let message = format!(
                    "{} runs away from the earlier total of its year",
                    figures.name(&now.row)
                );
                figures
                    .warning("K0136", message, &now.row)
                    .label(format!("{} by then", shown(now.row.value)))
                    .related(
                        figures.place(&before.row),
                        format!("{} in {}", shown(before.row.value), before.time),
                    )
                    .note(format!(
                        "that is {later:.0} a month after {earlier:.0} a month earlier in the year"
                    ))
                    .hint(
                        "check whether both rows count the same: the flow, the region, the source",
                    )
            });
        }
    }
}

/// From one total of a year to the next, by the month.
struct Step<'a, 'b> {
    before: &'b Point<'a>,
    now: &'b Point<'a>,
    /// The last months of both.
    months: (i8, i8),
    earlier: f64,
    later: f64,
}

/// Pairs of members that fit each other's history and not their own. Gives the rows told of.
fn swaps(figures: &Figures, series: &[Vec<Point>], problems: &mut Problems) -> BTreeSet<u32> {
    let mut told = BTreeSet::new();
    // Suspects by time: the key, its value and what is usual for it.
    let mut suspects: BTreeMap<Time, Vec<(usize, Point, f64)>> = BTreeMap::new();
    for (key, points) in series.iter().enumerate() {
        for (at, point) in points.iter().enumerate() {
            if point.row.value.abs() < LARGE / 2.0 {
                continue;
            }
            let others = nearest(points, at);
            let near: Vec<f64> = others.iter().take(3).map(|other| other.pace).collect();
            if near.is_empty() || near.iter().any(|pace| pace * point.pace <= 0.0) {
                continue;
            }
            let usual = median(near);
            let off = (point.pace / usual).ln().abs();
            if off > OFF.ln() {
                suspects.entry(point.time).or_default().push((key, *point, usual));
            }
        }
    }
    let mut pairs = BTreeSet::new();
    // The latest first: where two have two figures each, a change of places shows at both times.
    for group in suspects.values().rev() {
        for (at, (key, one, its_usual)) in group.iter().enumerate() {
            for (other_key, other, other_usual) in &group[at + 1..] {
                let keys: Vec<_> = [key, other_key]
                    .into_iter()
                    .filter_map(|key| Some(figures.keys.get_index(*key)?.0))
                    .collect();
                let [a, b] = keys[..] else { continue };
                // Two members of one dimension.
                let differ = a.iter().zip(b.iter()).filter(|(a, b)| a != b).count();
                if differ != 1 || one.row.observation.unit != other.row.observation.unit {
                    continue;
                }
                let off = |pace: f64, usual: f64| match pace * usual > 0.0 {
                    true => (pace / usual).ln().abs(),
                    false => f64::INFINITY,
                };
                let now = off(one.pace, *its_usual) + off(other.pace, *other_usual);
                let changed = off(one.pace, *other_usual) + off(other.pace, *its_usual);
                if changed < now * 0.3 && changed < 2.0 * 1.3_f64.ln() {
                    if !pairs.insert((*key, *other_key)) && series[*key].len() < 3 {
                        continue;
                    }
                    told.insert(one.row.observation.span.start);
                    told.insert(other.row.observation.span.start);
                    problems.push(|| {
                        let message = format!(
                            "{} and {} seem to have changed places",
                            figures.name(&one.row),
                            b.join(", ")
                        );
                        let usual =
                            |usual: f64, point: &Point| shown((usual * over(point)).round());
                        figures
                            .warning("K0140", message, &one.row)
                            .label(format!(
                                "{}, where about {} would be usual",
                                shown(one.row.value),
                                usual(*its_usual, one)
                            ))
                            .related(
                                figures.place(&other.row),
                                format!(
                                    "{}, where about {} would be usual",
                                    shown(other.row.value),
                                    usual(*other_usual, other)
                                ),
                            )
                            .note("each of them fits the history of the other, and not its own")
                            .hint("look both up in the source, and check their codes")
                    });
                }
            }
        }
    }
    told
}
