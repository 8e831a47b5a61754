//! Cross-checks: what the figures of a table have to satisfy among themselves.
//!
//! In: the tables, and for each the [`Rules`] of the package. Out: problems at the very cell. What
//! is arithmetically impossible is an error; what is only implausible is a warning. Nothing here
//! changes a value.
//!
//! `names` looks up the names in the rules, `mentions` codes that rows of a register mention.
//! `releases` compares days. `identities` holds sums, differences and balances against one another,
//! `bounds` signs and shares, `history` a figure against its own earlier values and those of its
//! neighbours, `duplicates` figures that stand under two names, `changes` and `shares` printed percentages against their levels, `stocks` a change against
//! the stocks at its ends, `revisions` final figures against first ones, `omitted` what a release is
//! declared to name against what one before it had, `pages` releases against the pages that report
//! them. `history` calls `swaps`, for figures under the member of another, and `pace`, for totals of
//! one year. `usual` says what a figure would be if it went on as before, `suspect` which of several
//! figures is the wrong one, `slip` what a typist may have done.
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
use super::{Dataset, Observation, Source, SourceKind, Table, Time, Vintage};
use crate::diag::{Code, Diagnostic, Place, SourceText};
use crate::stats::{Period, Unit};

/// Whether the values of a key may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A count or a share: never.
    Never,
    /// A balance.
    May,
    /// The package does not say.
    Unknown,
}

/// The rows of a table by what they say.
struct Figures<'a> {
    dataset: &'a Dataset,
    table: &'a Table,
    rules: &'a Rules,
    /// For each key, in the order of the file, its times, and for each the rows that say it.
    keys: IndexMap<&'a [Arc<str>], BTreeMap<Time, Vec<Row<'a>>>>,
    /// For each key the figures that are printed, in the order of time.
    printed: Vec<Vec<(Time, Row<'a>)>>,
    signs: Vec<Sign>,
}

/// All problems that tables have among themselves, and the rows that others confirm, by file and
/// line.
pub(super) fn check(
    dataset: &Dataset,
    resources: &[Resource],
    package: &SourceText,
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
        .map(|(table, resource)| (&*table.name, Figures::of(dataset, table, resource)))
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
    fn of(dataset: &'a Dataset, table: &'a Table, resource: &'a Resource) -> Self {
        let rules = &resource.rules;
        // A column of values with a minimum of 0 or more has counts and shares alone.
        let minimum = resource.role(Role::Value).and_then(|at| resource.fields[at].minimum);
        let is_counted = minimum.is_some_and(|minimum| minimum >= 0.0);
        let known: Vec<(Option<Time>, &AsPrinted)> =
            rules.as_printed.iter().map(|known| (known.time.parse().ok(), known)).collect();
        let mut keys: IndexMap<&[Arc<str>], BTreeMap<Time, Vec<Row>>> = IndexMap::new();
        // Rows with the same members share their key: a pointer is quicker to compare than texts.
        let mut last: Option<((*const str, *const str), &Vintage, &Source)> = None;
        let mut places: HashMap<*const Arc<str>, usize> = HashMap::new();
        for observation in &table.rows {
            let Some(value) = observation.value else { continue };
            // Neighbours are mostly of one release and one page.
            let of = (Arc::as_ptr(&observation.vintage), Arc::as_ptr(&observation.source));
            if last.is_none_or(|(its, _, _)| its != of) {
                let (Some(vintage), Some(source)) = (
                    dataset.vintages.get(&observation.vintage),
                    dataset.sources.get(&observation.source),
                ) else {
                    continue;
                };
                last = Some((of, vintage, source));
            }
            let Some((_, vintage, source)) = last else { continue };
            let is_known = known.iter().any(|(time, known)| {
                *time == Some(observation.time) && holds(table, &known.only, &observation.key)
            });
            if is_known {
                continue;
            }
            let kind = source.kind.unwrap_or(SourceKind::Media);
            let row = Row { observation, value, vintage, precedence: source.precedence, kind };
            let place = *places.entry(observation.key.as_ptr()).or_insert_with(|| {
                let entry = keys.entry(&observation.key);
                let place = entry.index();
                entry.or_default();
                place
            });
            let times = &mut keys[place];
            times.entry(observation.time).or_default().push(row);
        }
        let printed = keys
            .values()
            .map(|times| {
                let chosen = |(time, rows): (&Time, &Vec<Row<'a>>)| {
                    if let [row] = rows[..] {
                        return Some((*time, row));
                    }
                    let status = rows.iter().map(|row| row.vintage.status).max()?;
                    Some((*time, choose(rows, status)?.0.printed))
                };
                times.iter().filter_map(chosen).collect()
            })
            .collect();
        let sign = |key: &&[Arc<str>]| match is_counted {
            true => Sign::Never,
            false => sign(table, rules, key),
        };
        let signs = keys.keys().map(sign).collect();
        Self { dataset, table, rules, keys, printed, signs }
    }

    /// Where the value of a row is written, of this table or another.
    fn place(&self, row: &Row) -> Place {
        let file = &row.observation.row.file;
        let is_of =
            |table: &&Arc<Table>| table.rows.first().is_some_and(|first| first.row.file == *file);
        if is_of_table(self.table, row) {
            return self.table.place(row.observation);
        }
        let table = self.dataset.tables.values().find(is_of);
        table
            .map_or_else(|| self.table.place(row.observation), |table| table.place(row.observation))
    }

    /// A problem at the value of a row that stops the build.
    fn error(&self, code: Code, message: String, row: &Row) -> Diagnostic {
        Diagnostic::error(code, message).at(self.place(row))
    }

    /// A warning at the value of a row, by which it can be allowed.
    fn warning(&self, code: Code, message: String, row: &Row) -> Diagnostic {
        let Observation { key, time, .. } = row.observation;
        Diagnostic::warning(code, message)
            .at(self.place(row))
            .subject(format!("{} {} {time}", self.table.name, key.join(" ")))
            .about_rows()
    }

    /// A key with one of its members changed.
    fn sibling(&self, key: &[Arc<str>], at: usize, member: &str) -> Option<usize> {
        let mut other: Vec<Arc<str>> = key.to_vec();
        other[at] = member.into();
        self.keys.get_index_of(&other[..])
    }

    /// The row of a key and time that belongs to another: of its release, or else of its status.
    fn beside(&self, key: usize, time: Time, row: &Row<'a>) -> Option<Row<'a>> {
        let (_, times) = self.keys.get_index(key)?;
        beside(times.get(&time)?, row)
    }

    /// What is said of a figure, as `KZ-75, net (interregional, 2025-01..2025-12)`.
    fn name(&self, row: &Row) -> String {
        let Observation { key, time, .. } = row.observation;
        let file = &row.observation.row.file;
        let of = self
            .dataset
            .tables
            .values()
            .find(|table| table.rows.first().is_some_and(|first| first.row.file == *file));
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

fn is_of_table(table: &Table, row: &Row) -> bool {
    table.rows.first().is_some_and(|first| first.row.file == row.observation.row.file)
}

/// Of rows that say one figure the one that belongs to `row`.
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

/// Whether a row counts something that can be added up.
fn is_additive(row: &Row) -> bool {
    Unit(row.observation.unit.clone()).is_count()
}

/// What the value of a row may be away from the truth; an exact count is exact.
fn error(row: &Row) -> f64 {
    let step = row.observation.rounded_to;
    if step == 1.0 && is_additive(row) { 0.0 } else { step }
}

/// Whether a key has the members that a rule is about.
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

/// A total from January, with its year and last month.
fn to_date(time: Time) -> Option<(i16, i8)> {
    let Time::Over(Period { start, end }) = time else { return None };
    (start.month == 1 && start.year == end.year).then_some((end.year, end.month))
}

/// The months of a flow.
fn months(time: Time) -> Option<f64> {
    let Time::Over(Period { start, end }) = time else { return None };
    let between = (i32::from(end.year) - i32::from(start.year)) * 12 + i32::from(end.month)
        - i32::from(start.month)
        + 1;
    Some(f64::from(between))
}

/// A number without what its binary form adds.
fn shown(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
