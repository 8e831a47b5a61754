//! Two members that are swapped over a block of adjacent times: one slip that a table carries on from period to
//! period, or two years of one workbook.
//!
//! Inside of such a block the figures agree with one another, so each time is compared with the times outside of it. A
//! block begins and ends where both members leap; it has no more times than there are outside of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::history::{Point, Series, median, nearest};
use super::super::usual::a_year_before;
use super::super::{Figures, Time};
use super::{DISTINCT, Suspect, are_settled, are_siblings, changed_places, is_off, label, tell};
use crate::data::checks::confirmed::Confirmed;
use crate::data::field::Problems;
use crate::diag::Code;

/// The fewest times outside of a block that tell what is usual.
const FEWEST: usize = 2;
/// A large stock leaps if it is off by more than this factor: it moves by some percent in a year.
const STOCK: f64 = 1.1;
/// Stocks from this size on are large; smaller ones are as restless as flows.
const LARGE: f64 = 10_000.0;
/// More leaps of two members at the same times are no sign of a swap.
const MOST_LEAPS: usize = 12;
/// If more members leap at one time, everything moved.
const MOST_MEMBERS: usize = 60;
/// So many of the other figures of a block are shown.
const SHOWN: usize = 5;

/// Two figures of one time.
type Pair<'a> = (Point<'a>, Point<'a>);

/// Times of two members that are swapped: each with both figures and what would be usual for them.
struct Block<'a> {
    first: (Suspect<'a>, Suspect<'a>),
    rest: Vec<(Suspect<'a>, Suspect<'a>)>,
    /// How often both leap still if the figures of the block change places.
    leaps: usize,
    /// How much nearer the figures come to what is usual then.
    gain: f64,
}

impl<'a> Block<'a> {
    fn times(&self) -> impl Iterator<Item = &(Suspect<'a>, Suspect<'a>)> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

/// Reports blocks; returns the rows in them.
pub(super) fn check(
    figures: &Figures,
    series: &Series,
    confirmed: &Confirmed,
    problems: &mut Problems,
) -> BTreeSet<u32> {
    let mut reported = BTreeSet::new();
    for (one, other) in pairs(figures, series) {
        let mut common = common(&series.of(one), &series.of(other));
        // What is swapped at some times says nothing of the others.
        while let Some(block) = best([one, other], &common) {
            let times: BTreeSet<Time> = block.times().map(|(a, _)| a.point.time).collect();
            common.retain(|(a, _)| !times.contains(&a.time));
            let rows: Vec<u32> = { block.times() }
                .flat_map(|(a, b)| [a, b])
                .map(|suspect| suspect.point.row.observation.span.start)
                .collect();
            let is_settled = block.times().any(|(a, b)| are_settled(figures, confirmed, a, b));
            if is_settled || rows.iter().any(|row| reported.contains(row)) {
                continue;
            }
            reported.extend(rows);
            problems.push(|| tell_block(figures, &block));
        }
    }
    reported
}

/// The pairs of siblings that leap at the same times.
fn pairs(figures: &Figures, series: &Series) -> BTreeSet<(usize, usize)> {
    let mut leaps: BTreeMap<Time, Vec<usize>> = BTreeMap::new();
    for key in 0..series.len() {
        let points = series.of(key);
        if points.len() <= FEWEST {
            continue;
        }
        for at in 1..points.len() {
            if leapt(&points[at - 1], &points[at]) {
                leaps.entry(points[at].time).or_default().push(key);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for keys in leaps.values().filter(|keys| keys.len() <= MOST_MEMBERS) {
        for (at, one) in keys.iter().enumerate() {
            let others = keys[at + 1..].iter();
            pairs.extend(
                others.filter(|other| are_siblings(figures, *one, **other)).map(|b| (*one, *b)),
            );
        }
    }
    pairs
}

/// Whether a figure is off if the one before it is usual.
fn leapt(before: &Point, own: &Point) -> bool {
    let usual = before.pace * own.over();
    let value = own.row.value;
    let is_far = match own.time {
        Time::At(_) if value.min(usual) >= LARGE => (value / usual).ln().abs() > STOCK.ln(),
        _ => is_off(value, usual),
    };
    are_alike(before, own) && value.abs().max(usual.abs()) >= DISTINCT && is_far
}

/// Whether two points can be compared: both flows or both stocks, of one unit.
fn are_alike(one: &Point, other: &Point) -> bool {
    let is_flow = |time: Time| matches!(time, Time::Over(_));
    is_flow(one.time) == is_flow(other.time)
        && one.row.observation.unit == other.row.observation.unit
}

/// The figures of the times that two members have both.
fn common<'a>(one: &[Point<'a>], other: &[Point<'a>]) -> Vec<Pair<'a>> {
    let pair = |a: &Point<'a>| {
        let at = other.binary_search_by_key(&a.time, |b| b.time).ok()?;
        are_alike(a, &other[at]).then_some((*a, other[at]))
    };
    one.iter().filter_map(pair).collect()
}

/// Where both members leap.
fn leaps(common: &[Pair]) -> Vec<usize> {
    let both = |at: &usize| {
        let ((a, b), (c, d)) = (&common[at - 1], &common[*at]);
        leapt(a, c) && leapt(b, d)
    };
    (1..common.len()).filter(both).collect()
}

/// The block in which two members fit each other's times outside: of several the one that leaves the fewest leaps, then
/// the shorter one.
fn best<'a>(keys: [usize; 2], common: &[Pair<'a>]) -> Option<Block<'a>> {
    let edges = leaps(common);
    if edges.is_empty() || edges.len() > MOST_LEAPS {
        return None;
    }
    let firsts = [0].into_iter().chain(edges.iter().copied());
    let ends: Vec<usize> = edges.iter().copied().chain([common.len()]).collect();
    firsts
        .flat_map(|first| ends.iter().map(move |end| first..*end))
        .filter(|range| !range.is_empty())
        .filter_map(|range| block(keys, common, range))
        .filter(|block| block.leaps < edges.len())
        .min_by(|a, b| {
            let order = |block: &Block| (block.leaps, block.rest.len());
            order(a).cmp(&order(b)).then(b.gain.total_cmp(&a.gain))
        })
}

/// These times as a block, if all of them look swapped.
fn block<'a>(keys: [usize; 2], common: &[Pair<'a>], range: Range<usize>) -> Option<Block<'a>> {
    let (inside, outside) = (range.len(), common.len() - range.len());
    // Of two halves the later one is told.
    let is_smaller = inside < outside || inside == outside && range.start > 0;
    if outside < FEWEST || !is_smaller {
        return None;
    }
    let (a, b): (Vec<Point>, Vec<Point>) = common.iter().copied().unzip();
    let suspect = |key: usize, points: &[Point<'a>], at: usize| {
        let usual = outside_usual(points, at, &range)?;
        Some(Suspect { key, point: points[at], usual })
    };
    let times: Vec<(Suspect, Suspect)> = range
        .clone()
        .map(|at| Some((suspect(keys[0], &a, at)?, suspect(keys[1], &b, at)?)))
        .collect::<Option<_>>()?;
    if !times.iter().all(|(a, b)| changed_places(a, b)) {
        return None;
    }
    let mut back: Vec<Pair> = common.to_vec();
    back[range].iter_mut().for_each(|(a, b)| std::mem::swap(a, b));
    let gain = times.iter().map(|(a, b)| gain(a, b)).sum();
    let mut times = times.into_iter();
    Some(Block { first: times.next()?, rest: times.collect(), leaps: leaps(&back).len(), gain })
}

/// How much nearer two figures come to what is usual if they change places, in parts of the larger one.
fn gain(one: &Suspect, other: &Suspect) -> f64 {
    let (a, b) = (one.point.row.value, other.point.row.value);
    let off = |a: f64, b: f64| (a - one.usual).abs() + (b - other.usual).abs();
    (off(a, b) - off(b, a)) / a.abs().max(b.abs()).max(1.0)
}

/// What is usual at a time of a block by the times outside of it: the same months of the year before or after, or else
/// the median pace of the nearest three.
fn outside_usual(points: &[Point], at: usize, block: &Range<usize>) -> Option<f64> {
    let own = points[at];
    let outside: Vec<Point> = { points.iter().enumerate() }
        .filter(|(number, _)| !block.contains(number) || *number == at)
        .map(|(_, point)| *point)
        .collect();
    let mut others =
        outside.iter().filter(|point| point.time != own.time && are_alike(point, &own));
    let of_year = others.clone().find(|point| Some(point.time) == a_year_before(own.time));
    let year_after = || others.find(|point| a_year_before(point.time) == Some(own.time));
    if let Some(point) = of_year.or_else(year_after) {
        return Some(point.row.value);
    }
    let at = outside.iter().position(|point| point.time == own.time)?;
    let near: Vec<f64> = nearest(&outside, at).iter().take(3).map(|other| other.pace).collect();
    (!near.is_empty()).then(|| median(near) * own.over())
}

fn tell_block(figures: &Figures, block: &Block) -> crate::diag::Diagnostic {
    let (one, other) = &block.first;
    let Some((last, _)) = block.rest.last() else { return tell(figures, one, other) };
    let (row, its) = (&one.point.row, &other.point.row);
    let message = message!(
        "{row} and {key} may be exchanged at {rest} times, up to {time}",
        row = figures.name(row),
        key = its.observation.key.join(", "),
        rest = block.rest.len() + 1,
        time = last.point.time
    );
    let mut problem = figures
        .warning(Code::K0140, message, row)
        .label(label(one))
        .related(figures.place(its), label(other));
    for suspect in block.rest.iter().flat_map(|(a, b)| [a, b]).take(SHOWN) {
        problem = problem.related(figures.place(&suspect.point.row), label(suspect));
    }
    problem
        .note(message!(
            "at these times each of them fits the other times of the other, and not its own"
        ))
        .note(message!("a table that is made of the one before carries a swap on"))
        .hint(message!("look both up in the source at each of these times, and check their codes"))
}
