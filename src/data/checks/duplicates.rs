//! Values that occur twice: one series under two names, or a value pasted into the wrong row.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::super::field::Problems;
use super::super::package::Total;
use super::super::precedence::{Row, agrees, choose};
use super::super::{Time, package::NamedFigure};
use super::confirmed::Confirmed;
use super::identities::named_rows;
use super::usual::{a_year_before, far, printed as figure_of, usual};
use super::{Figures, Sign, shown, to_date};
use crate::diag::{Code, Message};
use crate::stats::rounding;

/// Two values this large, in rounding units, are not equal by chance.
const UNMISTAKABLE: f64 = 1000.0;
/// In a table with few figures, a value this large, in rounding units, does not repeat by chance.
const LASTING: f64 = 300.0;

pub(super) fn check<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    declared(figures, all, confirmed, problems);
    of_one_time(figures, problems);
    pasted(figures, problems);
    of_one_key(figures, problems);
}

/// Checks figures that the package declares to be the same (`same-as`).
fn declared<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    for named in &figures.rules.same_as {
        let [first, others @ ..] = &named[..] else { continue };
        let other_table = first.table.as_deref().and_then(|name| all.get(name));
        let own = other_table.unwrap_or(figures);
        for (at, key) in own.keys.keys().enumerate() {
            let is_named = first.members.iter().all(|(dimension, member)| {
                own.table.dimension(dimension).is_some_and(|place| *key[place] == **member)
            });
            if !is_named {
                continue;
            }
            for row in own.printed(at) {
                let otherwise = |dimension: &str| {
                    own.table.dimension(dimension).map(|place| key[place].clone())
                };
                for other in others {
                    let Some(its) = printed(figures, all, other, otherwise, row.time()) else {
                        continue;
                    };
                    compare(figures, row, &its, confirmed, problems);
                }
            }
        }
    }
}

fn printed<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    figure: &NamedFigure,
    otherwise: impl Fn(&str) -> Option<Arc<str>>,
    time: Time,
) -> Option<Row<'a>> {
    let rows = named_rows(figures, all, figure, otherwise, time)?;
    let status = rows.iter().map(|row| row.vintage.status).max()?;
    Some(choose(&rows, status)?.0.printed)
}

fn compare(
    figures: &Figures,
    row: &Row,
    its: &Row,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let value = |row: &Row| (row.value, row.observation.rounded_to);
    if agrees(value(row), value(its)) {
        confirmed.fit([row, its]);
        return;
    }
    if row.vintage.status != its.vintage.status {
        return;
    }
    problems.push(|| {
        let message = message!(
            "{row} and {its} are the same figure but differ",
            row = figures.name(row),
            its = figures.name(its)
        );
        figures
            .warning(Code::K0137, message, row)
            .label(Message::verbatim(shown(row.value).to_string()))
            .related(figures.place(its), Message::verbatim(shown(its.value).to_string()))
            .note(message!("the package says under `same-as` that both names mean the same"))
            .hint(message!(
                "look the figure up, and enter the right value with its source under both names"
            ))
    });
}

/// Looks for equal values at one time under two keys.
fn of_one_time(figures: &Figures, problems: &mut Problems) {
    let all = || {
        (0..figures.keys.len()).flat_map(|key| figures.printed(key).iter().map(move |r| (key, r)))
    };
    let unmistakable = || all().filter(|(_, row)| distinct(row) >= UNMISTAKABLE);
    let mut figures_of: BTreeMap<Time, f64> = BTreeMap::new();
    let mut largest = 0.0_f64;
    for (_, row) in unmistakable() {
        *figures_of.entry(row.time()).or_default() += 1.0;
        largest = largest.max(distinct(row));
    }
    let mut reported: BTreeSet<(usize, usize)> = BTreeSet::new();
    // In a large table some pairs are equal by chance.
    let pairs: f64 = figures_of.values().map(|many| many * (many - 1.0)).sum();
    if largest < pairs {
        return;
    }
    let mut met: Vec<(usize, &Row)> = unmistakable().collect();
    let of = |row: &Row| (row.time(), row.value.to_bits());
    met.sort_by_key(|(_, row)| of(row));
    for rows in met.chunk_by(|(_, a), (_, b)| of(a) == of(b)) {
        if !(2..=4).contains(&rows.len()) {
            continue;
        }
        if rows.iter().any(|(_, row)| distinct(row) < pairs) {
            continue;
        }
        for (at, (key, row)) in rows.iter().enumerate() {
            for (other_key, other) in &rows[at + 1..] {
                if may_be_equal(figures, *key, *other_key)
                    || row.observation.unit != other.observation.unit
                    || !reported.insert((*key, *other_key))
                {
                    continue;
                }
                // Equal wherever both have a value: two names for one series.
                let others: HashMap<Time, f64> =
                    figures.printed(*other_key).iter().map(|row| (row.time(), row.value)).collect();
                let both = figures
                    .printed(*key)
                    .iter()
                    .filter_map(|row| Some(*others.get(&row.time())? == row.value));
                let (equal, unequal): (Vec<bool>, Vec<bool>) = both.partition(|equal| *equal);
                problems.push(|| {
                    let (code, what, hint) = if equal.len() >= 2 && unequal.is_empty() {
                        (
                            Code::K0137,
                            message!("seem to be two names for one figure"),
                            message!("delete one of them, or declare under `same-as` of the table that they \
                            are the same"),
                        )
                    } else {
                        (
                            Code::K0138,
                            message!("have the same value"),
                            message!("check both: a value may have been copied into the wrong row; if both \
                             are right, list one under `as-printed`"),
                        )
                    };
                    // The value farther from its usual size is the pasted one.
                    let off = |key: usize, row: &Row| {
                        Some(far(row.value, usual(figures, key, row.observation.time)?))
                    };
                    let is_first = match (off(*key, row), off(*other_key, other)) {
                        (Some(own), Some(its)) => own > its,
                        _ => false,
                    };
                    let (row, other) = if is_first { (*other, *row) } else { (*row, *other) };
                    let names =
                        message!("{key} and {other}", key = row.observation.key.join(", "), other = figures.name(other));
                    figures
                        .warning(code, message!("{names} {what}", names, what), other)
                        .label(Message::verbatim(shown(other.value).to_string()))
                        .related(figures.place(row), message!("the same value"))
                        .hint(hint)
                });
            }
        }
    }
}

/// Small values are compared with each other only in groups with fewer members than this.
const FEW: usize = 25;
/// A value of three digits may occur twice; one this many times off its usual size was pasted.
const OFF: f64 = 1.7;
/// A value within this factor of the year before is in the right row.
const HOME: f64 = 1.5;

/// Looks for equal small values at one time, of which one is usual for its row and the other is not.
fn pasted(figures: &Figures, problems: &mut Problems) {
    let mut of_time: BTreeMap<Time, Vec<(usize, &Row)>> = BTreeMap::new();
    let counts = (0..figures.keys.len()).filter(|key| figures.signs[*key] != Sign::May);
    for key in counts {
        for row in figures.printed(key) {
            let units = (row.value / row.observation.rounded_to).abs();
            if (UNMISTAKABLE / 10.0..).contains(&units) && distinct(row) < UNMISTAKABLE {
                let rows = of_time.entry(row.time()).or_default();
                // One more than a few is too many, and none of them is looked at.
                if rows.len() <= FEW {
                    rows.push((key, row));
                }
            }
        }
    }
    for (time, rows) in of_time.iter().filter(|(_, rows)| rows.len() <= FEW) {
        for (at, (key, row)) in rows.iter().enumerate() {
            let equal = rows[at + 1..].iter().filter(|(_, other)| other.value == row.value);
            for (other_key, other) in equal {
                if may_be_equal(figures, *key, *other_key)
                    || row.observation.unit != other.observation.unit
                {
                    continue;
                }
                let before = a_year_before(*time);
                let off = |key: usize, row: &Row| {
                    Some(far(row.value, figure_of(figures, key, before?)?.value))
                };
                let (Some(own), Some(its)) = (off(*key, row), off(*other_key, other)) else {
                    continue;
                };
                let odd = match (own > OFF.ln(), its > OFF.ln()) {
                    (true, false) if its < HOME.ln() => (row, other),
                    (false, true) if own < HOME.ln() => (other, row),
                    _ => continue,
                };
                problems.push(|| {
                    let names = (odd.1.observation.key.join(", "), figures.name(odd.0));
                    figures
                        .warning(
                            Code::K0138,
                            message!(
                                "{names} and {names_2} have the same value",
                                names = names.0,
                                names_2 = names.1
                            ),
                            odd.0,
                        )
                        .label(Message::verbatim(shown(odd.0.value).to_string()))
                        .related(
                            figures.place(odd.1),
                            message!(
                                "the same value, which is usual for this \
                            member"
                            ),
                        )
                        .hint(message!(
                            "check it: a value may have been copied from another row or column"
                        ))
                });
            }
        }
    }
}

/// The value in rounding units, without trailing zeros, since round numbers occur more often than others.
/// A single trailing zero is kept as an ordinary digit: 1,230 counts as 1230, 1,200 as 12.
fn distinct(row: &Row) -> f64 {
    let mut units = (row.value / row.observation.rounded_to).abs().round();
    // Below this bound each float is a whole number of its own, and whole numbers are divided more quickly.
    if units < rounding::TOO_LARGE {
        return distinct_digits(units as u64) as f64;
    }
    if units % 100.0 != 0.0 {
        return units;
    }
    while units >= 10.0 && units % 10.0 == 0.0 {
        units /= 10.0;
    }
    units
}

fn distinct_digits(mut units: u64) -> u64 {
    if !units.is_multiple_of(100) {
        return units;
    }
    while units >= 10 && units.is_multiple_of(10) {
        units /= 10;
    }
    units
}

/// Whether two keys may have the same value by definition: a total with a single part, a net balance
/// whose other side is zero, or figures declared under `same-as`.
fn may_be_equal(figures: &Figures, key: usize, other: usize) -> bool {
    let (Some((a, _)), Some((b, _))) = (figures.keys.get_index(key), figures.keys.get_index(other))
    else {
        return true;
    };
    let differ: Vec<usize> = (0..a.len()).filter(|at| a[*at] != b[*at]).collect();
    let names = &figures.table.dimensions;
    let is_declared = figures.rules.same_as.iter().any(|named| {
        let is = |figure: &NamedFigure, key: &[Arc<str>]| {
            figure.members.iter().all(|(dimension, member)| {
                figures.table.dimension(dimension).is_some_and(|at| *key[at] == **member)
            })
        };
        named.iter().any(|f| is(f, a)) && named.iter().any(|f| is(f, b))
    });
    is_declared
        || differ.iter().any(|at| {
            figures.rules.balances.iter().any(|rule| {
                let is_result = *rule.result == *a[*at] || *rule.result == *b[*at];
                rule.dimension == names[*at] && is_result
            }) || figures.rules.totals.iter().any(|rule| {
                let is_total = |key: &[Arc<str>]| match &rule.total {
                    Total::Member(total) => **total == *key[*at],
                    _ => false,
                };
                rule.dimension == names[*at] && (is_total(a) || is_total(b))
            })
        })
}

/// Above this expected number of chance repetitions, a repeated value is not reported.
const CHANCE: f64 = 0.5;

/// The expected number of values in a table that equal the next one by chance. A series that usually
/// moves by 1,000 units repeats its value about once in 2,000 steps.
fn by_chance(figures: &Figures) -> f64 {
    let of_key = |key: usize| {
        let printed = figures.printed(key).iter();
        let values: Vec<&Row> = printed.filter(|row| distinct(row) >= LASTING).collect();
        let mut moves: Vec<f64> = values
            .windows(2)
            .map(|pair| (pair[1].value - pair[0].value).abs() / pair[1].observation.rounded_to)
            .collect();
        moves.sort_by(f64::total_cmp);
        let usual = moves.get(moves.len() / 2).copied().unwrap_or(f64::INFINITY).max(1.0);
        2.0 * values.len() as f64 / (2.0 * usual)
    };
    (0..figures.keys.len()).map(of_key).sum()
}

/// Looks for a value that repeats in the next time, or in the same months of the next year.
fn of_one_key(figures: &Figures, problems: &mut Problems) {
    if by_chance(figures) > CHANCE {
        return;
    }
    for key in 0..figures.keys.len() {
        let printed = figures.printed(key);
        for (at, row) in printed.iter().enumerate() {
            if distinct(row) < LASTING {
                continue;
            }
            let of = |wanted: Time| printed.iter().find(|row| row.time() == wanted);
            // Equal totals within one year are reported by `pace`.
            let is_of_year = |other: Time| {
                let own = to_date(row.time());
                to_date(other).zip(own).is_some_and(|((its, _), (own, _))| its == own)
            };
            let before = at.checked_sub(1).and_then(|before| printed.get(before));
            let before = before.filter(|other| !is_of_year(other.time()));
            let same = [a_year_before(row.time()).and_then(of), before]
                .into_iter()
                .flatten()
                .find(|other| other.value == row.value);
            if let Some(other) = same {
                let earlier = other.time();
                problems.push(|| {
                    let message = message!("{row} has exactly the value of {earlier}", row = figures.name(row), earlier);
                    figures.warning(Code::K0138, message, row)
                        .label(Message::verbatim(shown(row.value).to_string()))
                        .related(figures.place(other), message!("the same value"))
                        .note(message!("figures of this size are rarely the same at two times"))
                        .hint(
                            message!("look it up: an old value may have been copied; if it is right, list it \
                            under `as-printed`"),
                        )
                });
            }
        }
    }
}
