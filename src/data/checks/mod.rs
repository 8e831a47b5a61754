//! Cross-checks between the figures of a table, and between tables.
//!
//! In: the tables, and for each the [`Rules`] of the package. Out: problems placed at the cell. What is
//! arithmetically impossible is an error; what is implausible is a warning. Nothing here changes a value.
//!
//! Each file is one check:
//!
//! - `names` looks up the names that rules use, `mentions` the codes that rows of a register refer to.
//! - `releases` compares days, `pages` releases with the pages that report them, `omitted` a release with
//!   what earlier releases named.
//! - `identities` checks sums, differences and balances, `bounds` signs and shares.
//! - `history` compares a value with its own series. It calls `swaps`, for values under another member,
//!   and `pace`, for cumulative totals of one year.
//! - `duplicates` finds values that occur twice, `revisions` compares final values with the first ones.
//! - `changes` and `shares` recompute printed percentages from their levels, `stocks` a change from the
//!   stocks at its ends.
//!
//! Shared by them: `usual` estimates a value from its own series, `suspect` chooses which of several
//! values is the wrong one, `slip` recognises typing errors.
//!
//! `remarks` is what only `kosh check data` asks for: what is to be known of rows that no brief may
//! ever print.
//!
//! To add a check, write a function that takes a [`Figures`] and call it in [`check`].

mod bounds;
mod changes;
mod confirmed;
mod duplicates;
mod history;
mod identities;
mod mentions;
mod names;
mod omitted;
mod pace;
mod pages;
mod releases;
mod remarks;
mod revisions;
mod shares;
mod slip;
mod stocks;
mod suspect;
mod swaps;
mod usual;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::field::Problems;
use super::package::{AsPrinted, OneOrMore, Resource, Role, Rules};
use super::precedence::{Row, choose};
use super::{Dataset, Observation, Shared, Source, SourceKind, Table, Time, Vintage};
use crate::diag::{Code, Diagnostic, Message, Place, SourceText};
use crate::stats::{Period, Unit};

pub(super) use remarks::remarks;

/// The figures that no check applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exempt {
    /// Those that the package lists as printed so in the source.
    AsPrinted,
    /// None.
    Nothing,
}

/// Whether the values of a key may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A count or a share: never.
    Never,
    /// A balance.
    May,
    /// The package does not state it.
    Unknown,
}

/// The rows of a table, grouped by key and time.
struct Figures<'a> {
    dataset: &'a Dataset,
    table: &'a Table,
    rules: &'a Rules,
    /// For each key, in the order of the file, its times; for each time the rows that give a value.
    keys: IndexMap<&'a [Arc<str>], Times<'a>>,
    /// For each key the printed rows, in order of time; nothing where all of its rows are printed.
    printed: Vec<Option<Box<[Row<'a>]>>>,
    signs: Vec<Sign>,
}

/// The rows of a key that give a value, in one piece: in order of time, those of one time in the order of the file.
struct Times<'a>(Box<[Row<'a>]>);

impl<'a> Times<'a> {
    /// The times in order, each with its rows.
    fn iter(&self) -> impl Iterator<Item = (Time, &[Row<'a>])> {
        let runs = self.0.chunk_by(|one, other| one.time() == other.time());
        runs.filter_map(|rows| Some((rows.first()?.time(), rows)))
    }

    /// The rows of a time.
    fn get(&self, time: Time) -> Option<&[Row<'a>]> {
        let first = self.0.partition_point(|row| row.time() < time);
        let length = self.0[first..].iter().take_while(|row| row.time() == time).count();
        (length > 0).then(|| &self.0[first..first + length])
    }

    /// All rows.
    fn rows(&self) -> &[Row<'a>] {
        &self.0
    }
}

/// Returns the problems of all tables, and the rows that another row confirms, by file and line.
pub(super) fn check(
    dataset: &Dataset,
    resources: &[Resource],
    package: &SourceText,
    exempt: Exempt,
) -> (Vec<Diagnostic>, BTreeSet<(Arc<str>, usize)>) {
    let pairs: Vec<(&Table, &Resource)> = resources
        .iter()
        .filter_map(|resource| Some((&**dataset.tables.get(&resource.name)?, resource)))
        .collect();
    let wrong: Vec<Diagnostic> = pairs
        .iter()
        .flat_map(|(table, of)| names::check(dataset, table, &of.rules, package))
        .chain(mentions::check(dataset))
        .collect();
    if !wrong.is_empty() {
        return (wrong, BTreeSet::new());
    }
    let all: HashMap<&str, Figures> = pairs
        .par_iter()
        .map(|(table, resource)| (&*table.name, Figures::of(dataset, table, resource, exempt)))
        .collect();
    let found: Vec<_> = pairs
        .par_iter()
        .filter_map(|(table, _)| {
            let figures = all.get(&*table.name)?;
            let mut problems = Problems::default();
            releases::check(figures, &mut problems);
            bounds::check(figures, &mut problems);
            let mut confirmed = identities::check(figures, &all, &mut problems);
            changes::check(figures, &all, &mut confirmed, &mut problems);
            shares::check(figures, &all, &mut confirmed, &mut problems);
            stocks::check(figures, &all, &mut confirmed, &mut problems);
            history::check(figures, &all, &confirmed, &mut problems);
            duplicates::check(figures, &all, &mut confirmed, &mut problems);
            revisions::check(figures, &mut problems);
            omitted::check(figures, &mut problems);
            Some((problems.finish(&table.text), confirmed.lines))
        })
        .collect();
    let in_order: Vec<&Figures> =
        pairs.iter().filter_map(|(table, _)| all.get(&*table.name)).collect();
    let of_pages = pages::check(dataset, &in_order);
    let (found, confirmed): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let found = found.into_iter().flatten().chain(of_pages).collect();
    (found, confirmed.into_iter().flatten().collect())
}

impl<'a> Figures<'a> {
    fn of(dataset: &'a Dataset, table: &'a Table, resource: &'a Resource, exempt: Exempt) -> Self {
        let rules = &resource.rules;
        // A value column with a minimum of 0 or more holds only counts and shares.
        let minimum = resource.role(Role::Value).and_then(|at| resource.fields[at].minimum);
        let is_counted = minimum.is_some_and(|minimum| minimum >= 0.0);
        let known: Vec<(Option<Time>, &AsPrinted)> =
            rules.as_printed.iter().map(|known| (known.time.parse().ok(), known)).collect();
        let is_known = |observation: &Observation| {
            exempt == Exempt::AsPrinted
                && known.iter().any(|(time, known)| {
                    *time == Some(observation.time) && holds(table, &known.only, &observation.key)
                })
        };
        let keys = keys(dataset, table, is_known);
        let printed = keys
            .values()
            .map(|times| {
                let chosen = |(_, rows): (Time, &[Row<'a>])| {
                    let status = rows.iter().map(|row| row.vintage.status).max()?;
                    Some(choose(rows, status)?.0.printed)
                };
                let is_one = times.iter().all(|(_, rows)| rows.len() == 1);
                (!is_one).then(|| times.iter().filter_map(chosen).collect())
            })
            .collect();
        let sign = |key: &&[Arc<str>]| match is_counted {
            true => Sign::Never,
            false => sign(table, rules, key),
        };
        let signs = keys.keys().map(sign).collect();
        Self { dataset, table, rules, keys, printed, signs }
    }

    /// The printed rows of a key, in order of time.
    fn printed(&self, key: usize) -> &[Row<'a>] {
        match self.printed.get(key) {
            Some(Some(rows)) => rows,
            _ => self.keys.get_index(key).map_or(&[], |(_, times)| times.rows()),
        }
    }

    /// The place of a row's value, in this table or another.
    fn place(&self, row: &Row) -> Place {
        let file = &row.observation.file;
        let is_of =
            |table: &&Arc<Table>| table.rows.first().is_some_and(|first| first.file == *file);
        if is_of_table(self.table, row) {
            return self.table.place(row.observation);
        }
        let table = self.dataset.tables.values().find(is_of);
        table
            .map_or_else(|| self.table.place(row.observation), |table| table.place(row.observation))
    }

    /// An error at the value of a row; it stops the build.
    fn error(&self, code: Code, message: Message, row: &Row) -> Diagnostic {
        Diagnostic::error(code, message).at(self.place(row))
    }

    /// A warning at the value of a row, with the subject by which it can be allowed.
    fn warning(&self, code: Code, message: Message, row: &Row) -> Diagnostic {
        let Observation { key, time, .. } = row.observation;
        Diagnostic::warning(code, message)
            .at(self.place(row))
            .subject(format!("{} {} {time}", self.table.name, key.join(" ")))
            .about_rows()
    }

    /// The index of the key that has `member` at position `at`.
    fn sibling(&self, key: &[Arc<str>], at: usize, member: &str) -> Option<usize> {
        let mut other: Vec<Arc<str>> = key.to_vec();
        other[at] = member.into();
        self.keys.get_index_of(&other[..])
    }

    /// The row of a key and time that compares with `row`: of its release, or else of its status.
    fn beside(&self, key: usize, time: Time, row: &Row<'a>) -> Option<Row<'a>> {
        let (_, times) = self.keys.get_index(key)?;
        beside(times.get(time)?, row)
    }

    /// The name of a figure in messages, such as `KZ-75, net (interregional, 2025-01..2025-12)`.
    fn name(&self, row: &Row) -> String {
        let Observation { key, time, .. } = row.observation;
        let file = &row.observation.file;
        let of = self
            .dataset
            .tables
            .values()
            .find(|table| table.rows.first().is_some_and(|first| first.file == *file));
        let table = match is_of_table(self.table, row) {
            true => &self.table.name,
            false => of.map_or(&self.table.name, |table| &table.name),
        };
        format!("{} ({table}, {time})", key.join(", "))
    }

    /// Whether a key has one of the members that a rule lists.
    fn is_listed(&self, listed: &BTreeMap<String, Vec<String>>, key: &[Arc<str>]) -> bool {
        listed.iter().any(|(dimension, members)| {
            self.table
                .dimension(dimension)
                .is_some_and(|at| members.iter().any(|member| **member == *key[at]))
        })
    }

    /// Whether the figures of a key over longer times are sums of those over shorter ones.
    fn adds_up(&self, key: usize, row: &Row) -> bool {
        let key = self.keys.get_index(key);
        let is_average = key.is_some_and(|(key, _)| self.is_listed(&self.rules.averages, key));
        is_additive(row) && !is_average
    }
}

/// The keys of a table in the order of its file, each with its rows. Rows for which `is_left_out` holds, without a value,
/// or of an unknown release or source are none.
fn keys<'a>(
    dataset: &'a Dataset,
    table: &'a Table,
    is_left_out: impl Fn(&Observation) -> bool,
) -> IndexMap<&'a [Arc<str>], Times<'a>> {
    let mut pages: HashMap<*const Shared, Option<(&Vintage, &Source)>> = HashMap::new();
    let page = |of: &Shared| dataset.vintages.get(&of.vintage).zip(dataset.sources.get(&of.source));
    // Neighbouring rows mostly have the same release and page.
    let mut last: Option<(*const Shared, Option<(&Vintage, &Source)>)> = None;
    let mut row = |observation: &'a Observation| -> Option<Row<'a>> {
        let value = observation.value?;
        let shared: *const Shared = &**observation;
        let found = match last.filter(|(its, _)| std::ptr::eq(*its, shared)) {
            Some((_, found)) => found,
            None => *pages.entry(shared).or_insert_with(|| page(observation)),
        };
        last = Some((shared, found));
        let (vintage, source) = found?;
        let kind = source.kind.unwrap_or(SourceKind::Media);
        (!is_left_out(observation)).then_some(Row {
            observation,
            value,
            vintage,
            precedence: source.precedence,
            kind,
        })
    };
    // Rows with the same members share their key, and comparing pointers is quicker than comparing texts.
    let mut places: HashMap<*const Arc<str>, u32> = HashMap::new();
    let mut counts: IndexMap<&[Arc<str>], usize> = IndexMap::new();
    const NOWHERE: u32 = u32::MAX;
    let of_rows: Vec<u32> = { table.rows.iter() }
        .map(|observation| {
            if row(observation).is_none() {
                return NOWHERE;
            }
            let place = *places.entry(observation.key.as_ptr()).or_insert_with(|| {
                let entry = counts.entry(&observation.key);
                let place = entry.index();
                entry.or_default();
                // There are no more keys than rows, which are counted in 32 bits.
                place as u32
            });
            counts[place as usize] += 1;
            place
        })
        .collect();
    // Each list has the length that it needs: a table may have a million rows.
    let mut all: Vec<Vec<Row>> = counts.values().map(|count| Vec::with_capacity(*count)).collect();
    for (observation, place) in table.rows.iter().zip(of_rows) {
        if let (Some(list), Some(row)) = (all.get_mut(place as usize), row(observation)) {
            list.push(row);
        }
    }
    let in_order = |mut rows: Vec<Row<'a>>| {
        rows.sort_by_key(Row::time);
        Times(rows.into_boxed_slice())
    };
    counts.into_keys().zip(all.into_iter().map(in_order)).collect()
}

fn is_of_table(table: &Table, row: &Row) -> bool {
    table.rows.first().is_some_and(|first| first.file == row.observation.file)
}

/// Of rows with one key and time, the one that compares with `row`: of its release, or else of its
/// status.
fn beside<'a>(rows: &[Row<'a>], row: &Row<'a>) -> Option<Row<'a>> {
    let of_release =
        rows.iter().filter(|other| other.observation.vintage == row.observation.vintage);
    let of_source =
        of_release.clone().find(|other| other.observation.source == row.observation.source);
    of_source
        .or_else(|| of_release.min_by(|a, b| a.precedence_over(b).0))
        .copied()
        .or_else(|| Some(choose(rows, row.vintage.status)?.0.printed))
}

/// Whether the unit of a row counts something, so that values can be added.
fn is_additive(row: &Row) -> bool {
    Unit(row.observation.unit.clone()).is_count()
}

/// The largest rounding error of a row's value: 0 for an exact count.
fn error(row: &Row) -> f64 {
    let step = row.observation.rounded_to;
    if step == 1.0 && is_additive(row) { 0.0 } else { step }
}

/// Whether a key has the members to which a rule is limited (`only`).
fn holds(table: &Table, only: &BTreeMap<String, OneOrMore>, key: &[Arc<str>]) -> bool {
    only.iter().all(|(dimension, members)| {
        table
            .dimension(dimension)
            .is_some_and(|at| members.names().iter().any(|member| **member == *key[at]))
    })
}

fn sign(table: &Table, rules: &Rules, key: &[Arc<str>]) -> Sign {
    let has = |listed: &BTreeMap<String, Vec<String>>| {
        listed.iter().any(|(dimension, members)| {
            table
                .dimension(dimension)
                .is_some_and(|at| members.iter().any(|member| **member == *key[at]))
        })
    };
    if has(&rules.signed) {
        Sign::May
    } else if has(&rules.non_negative) || !rules.signed.is_empty() {
        Sign::Never
    } else {
        Sign::Unknown
    }
}

/// The year and last month of a cumulative total, a flow that starts in January; `None` for others.
fn to_date(time: Time) -> Option<(i16, i8)> {
    let Time::Over(Period { start, end }) = time else { return None };
    (start.month == 1 && start.year == end.year).then_some((end.year, end.month))
}

/// The number of months of a flow.
fn months(time: Time) -> Option<f64> {
    let Time::Over(Period { start, end }) = time else { return None };
    let between = (i32::from(end.year) - i32::from(start.year)) * 12 + i32::from(end.month)
        - i32::from(start.month)
        + 1;
    Some(f64::from(between))
}

/// A value rounded to six decimals, so that no binary noise is shown.
fn shown(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
