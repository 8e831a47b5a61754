//! A figure against its own history.
//!
//! Flows are compared by their monthly pace, stocks by their value. A value is compared with the median
//! of the nearest other times, and with the same months a year before. The tolerance follows from how far
//! the series strayed before. These are likelihoods, so the problems are warnings. If several values of a
//! key do not fit, the most implausible is reported first, and the others are compared again without it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::super::Time;
use super::super::field::Problems;
use super::super::precedence::Row;
use super::confirmed::Confirmed;
use super::usual::a_year_before;
use super::{Figures, Sign, error, is_additive, months, pace, shown, swaps};
use crate::diag::{Code, Diagnostic, Message};
use crate::stats::Unit;

/// Values below this many units vary by chance.
const SMALL: f64 = 100.0;
/// The factor for a recent value: figures of one kind rarely change this much from one time to the next.
const FAR: f64 = 5.0;
/// The factor for a value with at least two later ones. It is larger, since both sides show what was
/// usual.
const FAR_BEFORE: f64 = 8.0;
/// The factor for a balance with a single other value to compare: it finds thousands entered for units.
const FAR_FROM_ONE_BALANCE: f64 = 100.0;
/// The factor for a balance whose size has been steady.
const FAR_STEADY: f64 = 3.5;
/// The factor for a count with a single other value to compare.
const FAR_FROM_ONE: f64 = 8.0;
/// The factor against the same months of the year before. Counts published for 2018–2025 moved by at most
/// a factor of 4.1 (arrivals from Russia in the first half of 2023).
const FAR_FROM_A_YEAR: f64 = 4.5;
/// Balances smaller than this change their sign by chance.
const LARGE: f64 = 1000.0;
/// How many of the nearest times are compared.
const NEAREST: usize = 7;
/// A share that moves by this many percentage points has lost or changed a digit.
const POINTS: f64 = 15.0;
/// A stock may move by this part of itself without a warning: 0.06 is 6 %.
const STOCK: f64 = 0.06;

/// A value with the numbers it is compared by.
#[derive(Clone, Copy)]
pub(super) struct Point<'a> {
    pub time: Time,
    pub row: Row<'a>,
    pub pace: f64,
    /// The middle of its time, in months.
    pub at: f64,
}

impl Point<'_> {
    /// The number of months that the value was divided by to give its pace; 1 for a stock.
    pub(super) fn over(&self) -> f64 {
        if self.pace == 0.0 { 1.0 } else { self.row.value / self.pace }
    }
}

/// How a value fails to fit its history.
enum Odd<'a> {
    /// Too large or too small; the natural logarithm of the factor.
    Far(f64),
    /// The same against the year before, with that point.
    FarFromAYear(f64, Point<'a>),
    /// A sign that no other value has.
    Turned,
    /// A percentage of another size; its distance from the median of the others, in percentage points.
    Points(f64),
    /// A change that looks like an index.
    Index,
    /// A stock that differs from those before and after it; the logarithm of the ratio.
    Apart(f64),
}

impl Odd<'_> {
    /// The weight by which problems are ordered; the largest is reported first.
    fn weight(&self) -> f64 {
        match self {
            Self::Far(off) | Self::FarFromAYear(off, _) => off.abs(),
            Self::Turned | Self::Index => 1.0,
            Self::Points(points) => points.abs() / POINTS,
            Self::Apart(part) => part.abs(),
        }
    }
}

pub(super) fn check<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &Confirmed,
    problems: &mut Problems,
) {
    let series = Series::new(figures);
    let reported = swaps::check(figures, &series, confirmed, problems);
    // No key is compared with another one here.
    let each = |keys: std::ops::Range<usize>| {
        let mut problems = Problems::default();
        for key in keys {
            let points = &*series.of(key);
            // Small values vary by chance, and there may be very many of them.
            let largest = points.iter().map(|point| point.row.value.abs()).fold(0.0, f64::max);
            if largest < SMALL && points.iter().all(|point| is_additive(&point.row)) {
                continue;
            }
            let start = |point: &Point| point.row.observation.span.start;
            let mut reported: BTreeSet<u32> =
                points.iter().map(start).filter(|row| reported.contains(row)).collect();
            pace::check(figures, all, key, points, confirmed, &mut reported, &mut problems);
            one_by_one(figures, key, points, confirmed, &mut reported, &mut problems);
        }
        problems
    };
    let pieces =
        (0..series.len()).step_by(PIECE).map(|first| first..(first + PIECE).min(series.len()));
    let found: Vec<Problems> = pieces.collect::<Vec<_>>().into_par_iter().map(each).collect();
    found.into_iter().for_each(|found| problems.append(found));
}

/// So many keys are looked at by one thread at a time.
const PIECE: usize = 256;

/// The values of each key that can be compared, with their pace.
pub(super) struct Series<'f, 'a> {
    figures: &'f Figures<'a>,
    /// All of them, where they are few: then they are asked for often.
    kept: Option<Vec<Vec<Point<'a>>>>,
}

impl<'f, 'a> Series<'f, 'a> {
    /// With more rows the values of a key are made when they are asked for.
    const FEW: usize = 100_000;

    fn new(figures: &'f Figures<'a>) -> Self {
        let is_few = figures.table.rows.len() <= Self::FEW;
        let all = || (0..figures.keys.len()).map(|key| points(figures, key)).collect();
        Self { figures, kept: is_few.then(all) }
    }

    /// The number of keys.
    pub(super) fn len(&self) -> usize {
        self.figures.keys.len()
    }

    /// The values of a key.
    pub(super) fn of(&self, key: usize) -> Cow<'_, [Point<'a>]> {
        match &self.kept {
            Some(all) => Cow::Borrowed(&all[key]),
            None => Cow::Owned(points(self.figures, key)),
        }
    }
}

/// Reports the values of a key that do not fit, most implausible first; each is left out of the next
/// comparison.
fn one_by_one(
    figures: &Figures,
    key: usize,
    points: &[Point],
    confirmed: &Confirmed,
    reported: &mut BTreeSet<u32>,
    problems: &mut Problems,
) {
    let is_reported = |point: &&Point| reported.contains(&point.row.observation.span.start);
    let mut left: Vec<Point> = points.iter().filter(|point| !is_reported(point)).copied().collect();
    loop {
        let oddest = (0..left.len())
            .filter_map(|at| Some((at, odd(figures, key, &left, at, confirmed)?)))
            .max_by(|(_, a), (_, b)| a.weight().total_cmp(&b.weight()));
        let Some((at, odd)) = oddest else { return };
        let others = nearest(&left, at);
        tell(figures, &left[at], &odd, &others, problems);
        reported.insert(left[at].row.observation.span.start);
        left.remove(at);
    }
}

fn odd<'a>(
    figures: &Figures,
    key: usize,
    points: &[Point<'a>],
    at: usize,
    confirmed: &Confirmed,
) -> Option<Odd<'a>> {
    let point = &points[at];
    let others = nearest(points, at);
    if !is_additive(&point.row) {
        if confirmed.computed.contains(&point.row.observation.span.start) {
            return None;
        }
        let is_ratio = Unit(point.row.observation.unit.clone()).dimension() == "percent";
        let found = is_ratio.then(|| in_points(figures.signs[key], point, &others)).flatten();
        return found.or_else(|| match figures.signs[key] {
            Sign::Never => count(point, &others),
            _ => None,
        });
    }
    match figures.signs[key] {
        Sign::May => balance(point, &others, confirmed),
        _ => count(point, &others)
            .or_else(|| from_a_year(points, at))
            .or_else(|| outlying(points, at)),
    }
}

/// The printed values of a key that can be compared, with their pace.
fn points<'a>(figures: &Figures<'a>, key: usize) -> Vec<Point<'a>> {
    let printed = figures.printed(key).iter();
    printed
        .filter(|row| {
            let is_ratio = Unit(row.observation.unit.clone()).dimension() == "percent";
            is_additive(row) || is_ratio || figures.signs[key] == Sign::Never
        })
        .filter_map(|row| {
            let time = row.time();
            let over = match time {
                Time::Over(_) if figures.adds_up(key, row) => months(time)?,
                _ => 1.0,
            };
            Some(Point { time, row: *row, pace: row.value / over, at: middle(time) })
        })
        .collect()
}

/// The middle of a time, in months since year 0.
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

/// The points nearest in time to point `at` that are of its kind (flow or stock, same unit).
pub(super) fn nearest<'a>(points: &[Point<'a>], at: usize) -> Vec<Point<'a>> {
    let own = points[at];
    let is_flow = |time: Time| matches!(time, Time::Over(_));
    let far = |point: &Point| (point.at - own.at).abs();
    let is_of_kind = |point: &&Point| {
        is_flow(point.time) == is_flow(own.time)
            && point.row.observation.unit == own.row.observation.unit
    };
    // Points are in order of time, so the nearest lie on both sides.
    let before = points[..at].iter().rev().filter(is_of_kind).take(NEAREST + 3);
    let after = points[at + 1..].iter().filter(is_of_kind).take(NEAREST + 3);
    let mut others: Vec<Point> = before.chain(after).copied().collect();
    others.sort_by(|a, b| far(a).total_cmp(&far(b)));
    others.truncate(NEAREST);
    others
}

pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        length if length % 2 == 1 => values[length / 2],
        length => (values[length / 2 - 1] + values[length / 2]) / 2.0,
    }
}

/// A count that is many times larger or smaller than its history.
fn count<'a>(point: &Point, others: &[Point]) -> Option<Odd<'a>> {
    let paces: Vec<f64> =
        others.iter().map(|other| other.pace).filter(|pace| *pace > 0.0).collect();
    if paces.is_empty() || point.pace < 0.0 {
        return None;
    }
    let usual = median(paces.clone());
    let small = if is_additive(&point.row) { SMALL } else { 1.0 };
    let largest = others.iter().map(|other| other.row.value).fold(point.row.value, f64::max);
    if largest < small || point.row.value == 0.0 && median_value(others) < 10.0 * small {
        return None;
    }
    // How far the others stray from their own median.
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
        return None;
    }
    // Small values between smaller ones vary by chance.
    if is_additive(&point.row) && (point.row.value - usual * point.over()).abs() < 4.0 * SMALL {
        return None;
    }
    Some(Odd::Far(off))
}

fn median_value(others: &[Point]) -> f64 {
    median(others.iter().map(|other| other.row.value).collect())
}

/// The point one year before, if it has the same unit.
fn year_before<'a>(points: &[Point<'a>], at: usize) -> Option<Point<'a>> {
    let own = &points[at];
    let time = a_year_before(own.time)?;
    // Points are in order of time, one for each.
    let before = points[points.binary_search_by_key(&time, |point| point.time).ok()?];
    (before.row.observation.unit == own.row.observation.unit).then_some(before)
}

/// A count that is many times its value in the same months of the year before. It is accepted if the
/// other times of this year, or of another year, moved the same way.
fn from_a_year<'a>(points: &[Point<'a>], at: usize) -> Option<Odd<'a>> {
    let own = &points[at];
    let before = year_before(points, at)?;
    let (now, then) = (own.row.value, before.row.value);
    if now.max(then) < SMALL || (now - then).abs() < SMALL || now < 0.0 || then <= 0.0 {
        return None;
    }
    let slack = error(&own.row) + error(&before.row);
    let off = (now.max(1.0) / then).ln();
    let least = ((now.max(then) - slack).max(1.0) / (now.min(then) + slack).max(1.0)).ln();
    if off.abs() <= FAR_FROM_A_YEAR.ln() || least <= 3.0_f64.ln() {
        return None;
    }
    // Another time of this key moved as far in the same direction, or is at the new level.
    let goes_along = (0..points.len()).filter(|other| *other != at).any(|other| {
        let moved = year_before(points, other).filter(|its| its.time != own.time).and_then(|its| {
            (its.row.value > 0.0 && points[other].row.value > 0.0)
                .then(|| (points[other].row.value / its.row.value).ln())
        });
        let is_new_level = (points[other].at - own.at).abs() <= 9.0
            && points[other].pace > 0.0
            && own.pace > 0.0
            && (points[other].pace / own.pace).ln().abs() < 1.8_f64.ln();
        moved.is_some_and(|moved| moved / off > 0.7) || is_new_level
    });
    (!goes_along).then_some(Odd::FarFromAYear(off, before))
}

/// A stock that differs from its neighbours, though they agree with one another.
fn outlying<'a>(points: &[Point], at: usize) -> Option<Odd<'a>> {
    let own = &points[at];
    let is_stock = |point: &&Point| {
        matches!(point.time, Time::At(_))
            && point.row.observation.unit == own.row.observation.unit
            && point.row.value > 0.0
    };
    if !matches!(own.time, Time::At(_)) || own.row.value < 10.0 * LARGE {
        return None;
    }
    let before: Vec<&Point> = points[..at].iter().rev().filter(is_stock).take(4).collect();
    let after: Vec<&Point> = points[at + 1..].iter().filter(is_stock).take(4).collect();
    if before.len() + after.len() < 3 {
        return None;
    }
    // The largest yearly move among the others.
    let others: Vec<&Point> = before.iter().rev().chain(&after).copied().collect();
    let moves = others.windows(2).map(|pair| {
        let years = ((pair[1].at - pair[0].at) / 12.0).max(0.25);
        (pair[1].row.value / pair[0].row.value).ln().abs() / years
    });
    let usual = moves.fold(0.0, f64::max);
    let off = |other: &&Point| {
        let years = ((other.at - own.at).abs() / 12.0).max(1.0);
        let off = (own.row.value / other.row.value).ln();
        (off.abs() > STOCK + 3.0 * usual * years).then_some(off)
    };
    // After a change of borders the later stocks stay at the new level.
    let sides: Vec<Option<f64>> =
        [before.first(), after.first()].into_iter().flatten().map(off).collect();
    let all: Vec<f64> = sides.iter().copied().flatten().collect();
    (!sides.is_empty() && all.len() == sides.len()).then(|| Odd::Apart(all[0]))
}

/// A balance that is many times larger than ever, much smaller than ever, or of its usual size with
/// another sign.
fn balance<'a>(point: &Point, others: &[Point], confirmed: &Confirmed) -> Option<Odd<'a>> {
    if others.is_empty() {
        return None;
    }
    let paces: Vec<f64> = others.iter().map(|other| other.pace.abs()).collect();
    let usual = median(paces.clone());
    let largest = paces.iter().copied().fold(0.0, f64::max);
    let smallest = paces.iter().copied().fold(f64::INFINITY, f64::min);
    let is_confirmed = confirmed.rows.contains(&point.row.observation.span.start);
    let is_steady = others.len() >= 3
        && largest < 3.5 * smallest
        && others.iter().all(|other| other.pace * others[0].pace > 0.0);
    if is_steady && !is_confirmed && usual * point.over() >= LARGE && point.row.value != 0.0 {
        let size = point.pace.abs();
        if size > FAR_STEADY * largest || size * FAR_STEADY < smallest {
            return Some(Odd::Far((size / usual).ln()));
        }
        // A new sign at the usual size.
        if point.pace * others[0].pace < 0.0 && size > 0.3 * usual {
            return Some(Odd::Turned);
        }
    }
    if point.row.value.abs() < LARGE {
        return None;
    }
    let far = if others.len() == 1 { FAR_FROM_ONE_BALANCE } else { FAR };
    if usual > 0.0 && point.pace.abs() > far * largest && point.row.value.abs() > 10.0 * SMALL {
        return Some(Odd::Far((point.pace.abs() / usual).ln()));
    }
    let near: Vec<&Point> = others.iter().take(4).collect();
    let turned = near.len() >= 2
        && near.iter().all(|other| other.pace * point.pace < 0.0)
        && (0.4..2.5).contains(&(point.pace.abs() / usual.max(1e-9)));
    (turned && !is_confirmed).then_some(Odd::Turned)
}

/// A percentage out of range: a share that leaves its range, an index given as a change, a lost decimal
/// point.
fn in_points<'a>(sign: Sign, point: &Point, others: &[Point]) -> Option<Odd<'a>> {
    if others.len() < 3 {
        return None;
    }
    let values: Vec<f64> = others.iter().map(|other| other.row.value).collect();
    let middle = median(values.clone());
    let off = point.row.value - middle;
    let spread = values.iter().map(|value| (value - middle).abs()).fold(0.0, f64::max);
    match sign {
        Sign::May => {
            let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
            let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let (value, size) = (point.row.value, point.row.value.abs());
            if size > 100.0 && size > 3.0 * largest {
                return Some(Odd::Points(off));
            }
            let is_near = (value - 100.0).abs() <= largest + POINTS;
            (value > highest + 30.0 && value > 60.0 && is_near).then_some(Odd::Index)
        }
        _ => (off.abs() > POINTS.max(2.0 * spread)).then_some(Odd::Points(off)),
    }
}

fn tell(figures: &Figures, point: &Point, odd: &Odd, others: &[Point], problems: &mut Problems) {
    let name = figures.name(&point.row);
    let times = |off: f64| {
        let word = if off > 0.0 { "larger" } else { "smaller" };
        match off.abs().exp() {
            times if times < 9.5 => {
                message!("{times} times {word}", times = (times * 10.0).round() / 10.0, word)
            }
            times if times < 1e6 => {
                message!("{times} times {word}", times = format!("{times:.0}"), word)
            }
            _ => message!("many times {word}", word),
        }
    };
    let digits =
        message!("check the digits, the unit (persons or thousands) and the codes of the row");
    problems.push(|| {
        let (message, note, hint) = match odd {
            Odd::Far(off) => (
                message!("{name} is {off} than its other figures", name, off = times(*off)),
                message!("flows are compared per month, with the median of the nearest times"),
                digits,
            ),
            Odd::FarFromAYear(off, _) => (
                message!("{name} is {off} than a year before", name, off = times(*off)),
                message!("the same months of both years are compared"),
                digits,
            ),
            Odd::Turned => (
                message!("{name} has another sign than all figures near it in time", name),
                Message::default(),
                message!("check the sign: a page may print a loss without its minus sign"),
            ),
            Odd::Points(off) => (
                message!(
                    "{name} differs by {off} points from its other figures",
                    name,
                    off = format!("{:.0}", off.abs())
                ),
                message!("it is compared with the median of the nearest times"),
                message!("check the digits, the decimal point and the code of the measure"),
            ),
            Odd::Index => (
                message!("{name} looks like an index, but its other figures are changes", name),
                message!("an index of 104.1 means a change of 4.1 per cent"),
                message!("write the change: subtract 100"),
            ),
            Odd::Apart(off) => (
                message!(
                    "{name} is {off} % {off_2} than the days next to it",
                    name,
                    off = format!("{:.0}", (off.exp() - 1.0).abs() * 100.0),
                    off_2 = if *off > 0.0 { "larger" } else { "smaller" }
                ),
                message!("a stock changes little from one day to the next"),
                message!("check the digits and the codes of the row"),
            ),
        };
        let problem = figures
            .warning(Code::K0136, message, &point.row)
            .label(Message::verbatim(shown(point.row.value).to_string()));
        let problem = match odd {
            Odd::FarFromAYear(_, before) => related(problem, figures, &[*before]),
            _ => related(problem, figures, others),
        };
        let problem = if note.is_empty() { problem } else { problem.note(note) };
        problem.hint(hint)
    });
}

/// Adds the two nearest values to a problem as related places.
fn related(mut problem: Diagnostic, figures: &Figures, others: &[Point]) -> Diagnostic {
    for other in others.iter().take(2) {
        let label =
            message!("{value} in {time}", value = shown(other.row.value), time = other.time);
        problem = problem.related(figures.place(&other.row), label);
    }
    problem
}
