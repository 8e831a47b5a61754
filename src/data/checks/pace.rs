//! Cumulative totals (from January) compared with earlier totals of their year: growth too fast, too slow
//! or none, and a quarter entered as a cumulative total.

use std::collections::{BTreeSet, HashMap};

use super::super::Time;
use super::super::field::Problems;
use super::super::precedence::Row;
use super::confirmed::Confirmed;
use super::history::Point;
use super::usual::{a_year_before, far, is_second_odd};
use super::{Figures, Sign, error, is_additive, shown, to_date};
use crate::diag::{Code, Diagnostic, Message};

/// Growth above this multiple of what other years show at that time is more than seasonal.
const SEASON: f64 = 1.6;
/// A pace is computed from at least this many months.
const MONTHS: i8 = 3;
/// A count may grow at up to this multiple of its pace earlier in the year. The totals of regions and
/// countries published for 2018–2025 stay below it.
const PACE: f64 = 2.5;
/// The pace of a total smaller than this varies by chance.
const LARGE: f64 = 1000.0;
/// Totals smaller than this are not checked for quarters.
const SMALL: f64 = 100.0;
/// A value is as in the year before within this logarithm: a factor of 1.35.
const AS_BEFORE: f64 = 0.3;
/// A total below this part of the value expected from the year before may be a quarter.
const SLOW: f64 = 0.75;
/// The same, where only the pace of the year so far gives an expected value.
const SLOW_BY_PACE: f64 = 0.62;
/// A total below this part of the pace of its year so far is slow.
const SLOWER: f64 = 0.9;
/// A total matches an expected one within this factor.
const MET: f64 = 1.22;
/// A growing total does not stay equal by chance if it was to grow by this many rounding units.
const STILL: f64 = 10.0;

/// Reports cumulative totals of a key that do not follow from one another, and adds their rows to `told`.
pub(super) fn check<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    key: usize,
    points: &[Point<'a>],
    confirmed: &Confirmed,
    reported: &mut BTreeSet<u32>,
    problems: &mut Problems,
) {
    let Some(first) = points.first() else { return };
    if !is_additive(&first.row) || !figures.adds_up(key, &first.row) {
        return;
    }
    // Balances vary: only large ones that nothing else confirms are checked.
    let is_count = figures.signs[key] == Sign::Never;
    let least = if is_count { SMALL } else { LARGE };
    let is_large = |point: &&Point| point.row.value.abs() >= least;
    let open: Vec<Point> = points.iter().filter(is_large).copied().collect();
    let is_settled =
        |row: &Row| !is_count && confirmed.balanced.contains(&row.observation.span.start);
    still(figures, &open, &is_settled, reported, problems);
    quarters(figures, points, &open, &is_settled, reported, problems);
    if is_count {
        fast(figures, all, points, reported, problems);
    }
}

/// A cumulative total and the later one of its year, each followed by its last month.
type Pair<'p, 'a> = (&'p Point<'a>, i8, &'p Point<'a>, i8);

/// Neighbouring pairs of cumulative totals in one year.
fn pairs<'p, 'a>(points: &'p [Point<'a>]) -> impl Iterator<Item = Pair<'p, 'a>> {
    let totals: Vec<(&Point, (i16, i8))> =
        points.iter().filter_map(|point| Some((point, to_date(point.time)?))).collect();
    let pair = |pair: &[(&'p Point<'a>, (i16, i8))]| {
        let [(before, (year, until)), (now, (its_year, month))] = pair else { return None };
        let is_one = before.row.observation.unit == now.row.observation.unit;
        (year == its_year && is_one).then_some((*before, *until, *now, *month))
    };
    totals.windows(2).filter_map(pair).collect::<Vec<_>>().into_iter()
}

/// The ratio of the later total to the earlier one in other years: the smallest and the largest.
fn season(points: &[Point], before: Time, now: Time) -> Option<(f64, f64)> {
    let (Some((year, until)), Some((_, month))) = (to_date(before), to_date(now)) else {
        return None;
    };
    let totals = points.iter().filter_map(|point| Some((to_date(point.time)?, point.row.value)));
    let totals: Vec<((i16, i8), f64)> = totals.collect();
    let of = |wanted: (i16, i8)| totals.iter().find(|(at, _)| *at == wanted).map(|(_, v)| *v);
    let times = totals.iter().filter_map(|((its, at), then)| {
        let now = (*at == until && *its != year).then(|| of((*its, month))).flatten()?;
        (then * now > 0.0).then(|| now / then)
    });
    times.fold(None, |range: Option<(f64, f64)>, times| {
        let (least, most) = range.unwrap_or((times, times));
        Some((least.min(times), most.max(times)))
    })
}

/// Reports a total that equals the one before it.
fn still(
    figures: &Figures,
    points: &[Point],
    is_settled: &dyn Fn(&Row) -> bool,
    reported: &mut BTreeSet<u32>,
    problems: &mut Problems,
) {
    for (before, until, now, month) in pairs(points) {
        let grown = before.pace.abs() * f64::from(month - until);
        if now.row.value != before.row.value
            || is_settled(&now.row)
            || grown < STILL * before.row.observation.rounded_to
            || now.row.value.abs() < 2.0 * SMALL
            || !reported.insert(now.row.observation.span.start)
        {
            continue;
        }
        problems.push(|| {
            figures
                .warning(
                    Code::K0138,
                    message!(
                        "{row} has exactly the value of the total before it in its year",
                        row = figures.name(&now.row)
                    ),
                    &now.row,
                )
                .label(Message::verbatim(shown(now.row.value).to_string()))
                .related(
                    figures.place(&before.row),
                    message!("the same in {time}", time = before.time),
                )
                .note(message!(
                    "at the average of the year so far, about {grown} would have been \
                    added",
                    grown = format!("{grown:.0}")
                ))
                .hint(message!("look it up: a column may have been copied"))
        });
    }
}

/// By which factor a value lies outside a range; 1 if it is inside.
fn beyond(value: f64, (least, most): (f64, f64)) -> f64 {
    let (size, least, most) = (value.abs(), least.abs(), most.abs());
    (least.min(most) / size).max(size / least.max(most)).max(1.0)
}

/// A total from January that was typed as some months of the year.
fn tell_total(
    figures: &Figures,
    before: &Point,
    run: &Point,
    (added, whole): (f64, crate::stats::Period),
) -> Diagnostic {
    let value = run.row.value;
    let message = message!(
        "{row} looks like a total from January, typed as some months of the year",
        row = figures.name(&run.row)
    );
    figures
        .warning(Code::K0146, message, &run.row)
        .label(message!(
            "{value}, but about {added} would be expected",
            value = shown(value),
            added = format!("{added:.0}")
        ))
        .related(
            figures.place(&before.row),
            message!("{value} in {time}", value = shown(before.row.value), time = before.time),
        )
        .hint(message!("write the period as {whole}, if the page counts from January", whole))
}

/// Reports a quarter that was entered as a cumulative total, or a cumulative total entered as a quarter.
fn quarters(
    figures: &Figures,
    points: &[Point],
    open: &[Point],
    is_settled: &dyn Fn(&Row) -> bool,
    reported: &mut BTreeSet<u32>,
    problems: &mut Problems,
) {
    for (before, until, now, month) in pairs(open) {
        let (then, value) = (before.row.value, now.row.value);
        // If the year goes on from the slow total, the months were slow indeed, as in spring 2020.
        let goes_on = points.iter().any(|later| {
            let (its, own) = (to_date(later.time), to_date(now.time));
            matches!((its, own), (Some((a, at)), Some((b, _))) if a == b && at > month)
        });
        if until < MONTHS
            || month - until > until.max(MONTHS)
            || goes_on
            || is_settled(&now.row)
            || then * value <= 0.0
            || reported.contains(&now.row.observation.span.start)
            || reported.contains(&before.row.observation.span.start)
        {
            continue;
        }
        let by_pace = f64::from(month) / f64::from(until);
        let by_year = season(points, before.time, now.time);
        let (least, most) = by_year.unwrap_or((by_pace, by_pace));
        let expected = (then * least, then * most);
        let is_slow = match by_year {
            Some(_) => value / expected.0 < SLOW && value / then < by_pace,
            None => value / expected.0 < SLOW_BY_PACE,
        };
        let fits = |expected: (f64, f64)| {
            let together = beyond(then + value, expected);
            together < MET && together.ln() < 0.5 * beyond(value, expected).ln()
        };
        // The same months of the year before.
        let total = a_year_before(now.time).and_then(|time| {
            let before = points.iter().find(|point| point.time == time)?;
            (before.row.value * value > 0.0).then_some(before.row.value)
        });
        // If this total is as in the year before and smaller than the one before it, that one is
        // implausible, and another check reports it.
        let pace = f64::midpoint(expected.0, expected.1);
        let is_as_before = |total: f64| {
            far(value, total) < AS_BEFORE && far(pace, total) > far(value, total) + AS_BEFORE
        };
        if value.abs() < then.abs() && total.is_some_and(is_as_before) {
            continue;
        }
        let is_below = |total: &f64| {
            value / total < SLOW && value / then < SLOWER * by_pace && fits((*total, *total))
        };
        let (usual, is_by_year) = match total.filter(is_below) {
            Some(total) => (total, true),
            None if is_slow && fits(expected) => {
                (f64::midpoint(expected.0, expected.1), by_year.is_some())
            }
            None => continue,
        };
        reported.insert(now.row.observation.span.start);
        problems.push(|| tell_quarter(figures, before, now, usual, is_by_year));
    }
    // Some months whose total is as large as that of all months since January.
    for run in open {
        let Time::Over(period) = run.time else { continue };
        let (year, start) = (period.start.year, period.start.month);
        if start == 1 || year != period.end.year || is_settled(&run.row) {
            continue;
        }
        let ends = |year: i16, month: i8| {
            points.iter().find(|point| to_date(point.time) == Some((year, month)))
        };
        let Some(before) = ends(year, start - 1) else { continue };
        if ends(year, period.end.month).is_some() || before.row.value * run.row.value <= 0.0 {
            continue;
        }
        let whole =
            crate::stats::Period { start: crate::stats::Month { year, month: 1 }, end: period.end };
        let by_year = season(points, before.time, Time::Over(whole));
        let months = f64::from(period.end.month) / f64::from(start - 1);
        let usual = by_year.map_or(months, |(least, most)| f64::midpoint(least, most));
        let expected = before.row.value * usual;
        let added = expected - before.row.value;
        let value = run.row.value;
        if added * value <= 0.0 {
            continue;
        }
        let off = |expected: f64| (value / expected).ln().abs();
        if value / added > 1.5 && off(expected) < MET.ln() && off(expected) < 0.5 * off(added) {
            reported.insert(run.row.observation.span.start);
            problems.push(|| tell_total(figures, before, run, (added, whole)));
        }
    }
}

fn tell_quarter(
    figures: &Figures,
    before: &Point,
    now: &Point,
    expected: f64,
    is_by_year: bool,
) -> Diagnostic {
    let together = shown(before.row.value + now.row.value);
    let message = message!(
        "{row} looks like the last months alone, typed as a total from January",
        row = figures.name(&now.row)
    );
    let by = if is_by_year {
        message!("as in the year before")
    } else {
        message!("at the average of the year so far")
    };
    figures
        .warning(Code::K0146, message, &now.row)
        .label(message!(
            "{value}, but about {expected} would be expected",
            value = shown(now.row.value),
            expected = format!("{expected:.0}")
        ))
        .related(
            figures.place(&before.row),
            message!("{value} in {time}", value = shown(before.row.value), time = before.time),
        )
        .note(message!(
            "together with the total before it, it gives {together}; {by}, the total would be \
            {expected}",
            together,
            by,
            expected = format!("{expected:.0}")
        ))
        .hint(message!("check whether the page counts from January, and enter the total"))
}

/// Reports a total of a count that grows much faster than earlier in its year.
fn fast<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    points: &[Point],
    reported: &mut BTreeSet<u32>,
    problems: &mut Problems,
) {
    let steps: Vec<Step> = pairs(points)
        .filter_map(|(before, until, now, month)| {
            let earlier = before.row.value / f64::from(until);
            if until < MONTHS || earlier <= 0.0 {
                return None;
            }
            let added = now.row.value - before.row.value - error(&now.row) - error(&before.row);
            let later = added / f64::from(month - until);
            Some(Step { before, now, months: (until, month), earlier, later })
        })
        .collect();
    for (at, step) in steps.iter().enumerate() {
        let Step { before, now, earlier, later, .. } = step;
        let start = now.row.observation.span.start;
        if now.row.value.max(before.row.value) < LARGE || reported.contains(&start) {
            continue;
        }
        // Growth that every year shows at this time is seasonal: students arrive in September.
        let season = steps
            .iter()
            .enumerate()
            .filter(|(other, its)| *other != at && its.months == step.months)
            .map(|(_, its)| its.later / its.earlier)
            .fold(0.0, f64::max);
        if later / earlier <= PACE.max(SEASON * season) {
            continue;
        }
        // The earlier of the two may be the one that is too small.
        let is_before = is_second_odd(figures, all, &now.row, &before.row);
        let (odd, other) = if is_before { (before, now) } else { (now, before) };
        reported.insert(odd.row.observation.span.start);
        problems.push(|| {
            let message = match is_before {
                true => message!(
                    "{row} is too small for the later total of its year",
                    row = figures.name(&odd.row)
                ),
                false => {
                    message!(
                        "{row} is too large for the earlier total of its year",
                        row = figures.name(&odd.row)
                    )
                }
            };
            figures
                .warning(Code::K0136, message, &odd.row)
                .label(message!("{value} by then", value = shown(odd.row.value)))
                .related(
                    figures.place(&other.row),
                    message!(
                        "{value} in {time}",
                        value = shown(other.row.value),
                        time = other.time
                    ),
                )
                .note(message!(
                    "that is {later} a month after {earlier} a month earlier in the year",
                    later = format!("{later:.0}"),
                    earlier = format!("{earlier:.0}")
                ))
                .hint(message!(
                    "check whether both rows count the same: the flow, the region, the source"
                ))
        });
    }
}

/// The step from one total of a year to the next; paces are per month.
struct Step<'a, 'b> {
    before: &'b Point<'a>,
    now: &'b Point<'a>,
    /// The last months of both totals.
    months: (i8, i8),
    earlier: f64,
    later: f64,
}
