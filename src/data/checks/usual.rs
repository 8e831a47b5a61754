//! The usual value of a figure, from its own series: the same months a year before, or else the pace of
//! neighbouring times.
//!
//! In: a key and a time. Out: the expected value, and how far a value is from it. Nothing here reports a
//! problem. The checks that find contradicting figures use it to choose the implausible one.

use std::collections::HashMap;

use super::super::Time;
use super::super::precedence::Row;
use super::{Figures, is_of_table, months};

/// The distance of two values with different signs, as a logarithm: a factor of about twenty.
const OTHER_SIGN: f64 = 3.0;

/// The same time a year before.
pub(super) fn a_year_before(time: Time) -> Option<Time> {
    match time {
        Time::Over(period) => Some(Time::Over(period.years_before(1))),
        Time::At(day) => day.checked_sub(jiff::Span::new().years(1)).ok().map(Time::At),
    }
}

/// The printed row of a key and time.
pub(super) fn printed<'a>(figures: &Figures<'a>, key: usize, time: Time) -> Option<Row<'a>> {
    let printed = figures.printed(key);
    let at = printed.binary_search_by_key(&time, Row::time).ok()?;
    Some(printed[at])
}

/// The expected value of a key at a time, from its other values alone.
pub(super) fn usual(figures: &Figures, key: usize, time: Time) -> Option<f64> {
    if let Some(base) = a_year_before(time).and_then(|before| printed(figures, key, before)) {
        return Some(base.value);
    }
    let is_flow = |time: Time| matches!(time, Time::Over(_));
    let of = |time: Time| match time {
        Time::At(day) => f64::from(day.year()) * 12.0 + f64::from(day.month()),
        Time::Over(p) => {
            let month = |year: i16, month: i8| f64::from(year) * 12.0 + f64::from(month);
            (month(p.start.year, p.start.month) + month(p.end.year, p.end.month)) / 2.0
        }
    };
    let mut near: Vec<(f64, f64)> = figures
        .printed(key)
        .iter()
        .filter(|row| row.time() != time && is_flow(row.time()) == is_flow(time))
        .map(|row| {
            let other = row.time();
            let over = if figures.adds_up(key, row) { months(other).unwrap_or(1.0) } else { 1.0 };
            ((of(other) - of(time)).abs(), row.value / over)
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut paces: Vec<f64> = near.iter().take(3).map(|(_, pace)| *pace).collect();
    paces.sort_by(f64::total_cmp);
    let pace = match paces[..] {
        [] => return None,
        [one] => one,
        [one, other] => (one + other) / 2.0,
        [_, middle, ..] => middle,
    };
    let adds_up = figures.printed(key).first().is_some_and(|row| figures.adds_up(key, row));
    Some(pace * if adds_up { months(time).unwrap_or(1.0) } else { 1.0 })
}

/// The distance of a value from the usual one: the absolute logarithm of their ratio, at most
/// `OTHER_SIGN`.
pub(super) fn far(value: f64, usual: f64) -> f64 {
    if value * usual > 0.0 { (value / usual).ln().abs().min(OTHER_SIGN) } else { OTHER_SIGN }
}

/// Whether a row has exactly the value of the year before.
pub(super) fn is_unchanged<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    row: &Row,
) -> bool {
    found(figures, all, row).is_some_and(|(own, key)| {
        let before = a_year_before(row.observation.time);
        before.and_then(|time| printed(own, key, time)).is_some_and(|its| its.value == row.value)
    })
}

/// The table of a row, this one or another, and the index of its key there.
fn found<'f, 'a>(
    figures: &'f Figures<'a>,
    all: &'f HashMap<&str, Figures<'a>>,
    row: &Row,
) -> Option<(&'f Figures<'a>, usize)> {
    let is_of = |figures: &&'f Figures<'a>| is_of_table(figures.table, row);
    let own = Some(figures).filter(is_of).or_else(|| all.values().find(is_of))?;
    Some((own, own.keys.get_index_of(&row.observation.key[..])?))
}

/// The distance of a row's value from the usual one, and that of `otherwise` in its place. The row may be
/// of another table.
pub(super) fn odd<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    row: &Row,
    otherwise: f64,
) -> Option<(f64, f64)> {
    let (own, key) = found(figures, all, row)?;
    let usual = usual(own, key, row.observation.time)?;
    Some((far(row.value, usual), far(otherwise, usual)))
}

/// Of two contradicting figures, whether the second is clearly the more implausible one.
pub(super) fn is_second_odd<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    first: &Row,
    second: &Row,
) -> bool {
    /// The difference of their distances: a factor of 1.35.
    const CLEARLY: f64 = 0.3;
    let off = |row: &Row| odd(figures, all, row, row.value).map(|(off, _)| off);
    matches!((off(first), off(second)), (Some(one), Some(other)) if other > one + CLEARLY)
}
