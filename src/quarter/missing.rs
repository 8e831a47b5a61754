//! What an edition leaves out, by cause: the rows that the data lack, and the sentences that wait for them.
//!
//! In: an edition, with the rows that each missing fact wants ([`Wanted`]). Out: [`Cause`]s. Sentences that
//! wait for a common row have one cause. [`Asking`] says what a cause is about: the rows to enter, in the
//! columns of their table, and the words of the sentences with their blanks.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::awaited::{Awaited, later};
use super::stubs::{Names, New, tables};
use crate::build::edition::{Edition, Pipeline, Spoken};
use crate::data::{Layout, NewRows, Observation, Part, Table, append, by_field, header_line};
use crate::diag::{Result, slashed};
use crate::project::Format;
use crate::prose::{BLANK, Skipped, Unsaid};
use crate::stats::{Absence, Facts, Period, Time, Wanted};

/// How many years back a row like a missing one is looked for.
const YEARS: i16 = 5;

/// Why sentences are left out.
#[derive(Debug, Clone)]
pub struct Cause {
    /// The rows that are missing; none if the cause is another.
    pub wanted: Vec<Wanted>,
    /// The reason of its first sentence.
    pub reason: String,
    /// The sentences, in the order of the brief.
    pub sentences: Vec<LeftOut>,
}

/// A sentence that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The form of the brief.
    pub format: Format,
    /// What is known of it.
    pub skipped: Skipped,
}

/// A row that is missing, or one for each member of a dimension.
#[derive(Debug, Clone, Serialize)]
pub struct MissingRow {
    /// The table.
    pub table: String,
    /// Its file, as the user knows it.
    pub file: String,
    /// The time of the figure.
    pub time: String,
    /// The dimensions with their members, such as `flow = arrivals, region = ___`.
    pub key: String,
    /// How many rows it stands for.
    pub count: usize,
    /// The row in the columns of the file; what is missing is a blank. `None` if the file is a workbook.
    pub line: Option<String>,
}

/// The causes of what some editions leave out.
pub fn causes(pipeline: &Pipeline, editions: &[Edition]) -> Vec<Cause> {
    let mut all: Vec<Cause> = vec![];
    for edition in editions {
        for skipped in &edition.skipped {
            let left = LeftOut { format: edition.format, skipped: skipped.clone() };
            let wanted = wanted(pipeline, &edition.facts, &skipped.fact);
            add(&mut all, left, wanted);
        }
    }
    all
}

/// Adds a sentence to the causes that it shares a row with, which become one.
fn add(all: &mut Vec<Cause>, left: LeftOut, wanted: Vec<Wanted>) {
    let reason = left.skipped.reason.clone();
    let is_common = |cause: &Cause| match wanted.is_empty() {
        true => cause.wanted.is_empty() && cause.reason == reason,
        false => cause.wanted.iter().any(|one| wanted.iter().any(|other| is_same(one, other))),
    };
    let mut common: Vec<usize> = (0..all.len()).filter(|at| is_common(&all[*at])).collect();
    let Some(first) = (!common.is_empty()).then(|| common.remove(0)) else {
        all.push(Cause { wanted, reason, sentences: vec![left] });
        return;
    };
    for at in common.into_iter().rev() {
        let other = all.remove(at);
        all[first].sentences.extend(other.sentences);
        unite(&mut all[first].wanted, other.wanted);
    }
    unite(&mut all[first].wanted, wanted);
    if !all[first].sentences.contains(&left) {
        all[first].sentences.push(left);
    }
}

/// Whether two are rows of one figure, though of other members.
fn is_same(a: &Wanted, b: &Wanted) -> bool {
    let dimensions = |one: &Wanted| one.each.iter().map(|each| each.0.clone()).collect::<Vec<_>>();
    (&a.table, &a.fixed, a.time) == (&b.table, &b.fixed, b.time) && dimensions(a) == dimensions(b)
}

/// Adds rows, and members to rows that are there.
fn unite(all: &mut Vec<Wanted>, more: Vec<Wanted>) {
    for one in more {
        let Some(known) = all.iter_mut().find(|known| is_same(known, &one)) else {
            all.push(one);
            continue;
        };
        for ((_, members), (_, more)) in known.each.iter_mut().zip(one.each) {
            let new: Vec<Arc<str>> =
                more.into_iter().filter(|code| !members.contains(code)).collect();
            members.extend(new);
        }
    }
}

/// The rows that a fact, a member of one, or a figure of the brief lacks.
fn wanted(pipeline: &Pipeline, facts: &Facts, id: &str) -> Vec<Wanted> {
    let of = |id: &str| facts.wanted.get(id).cloned().unwrap_or_default();
    if let Some((series, rest)) = id.split_once('[') {
        let code = rest.split(']').next().unwrap_or_default();
        return of(series).iter().filter_map(|wanted| wanted.of_member(code)).collect();
    }
    match facts.get(id) {
        Some(fact) if fact.absence().is_some_and(|absence| absence != Absence::NotPublished) => {
            of(id)
        }
        Some(_) => vec![],
        // A sentence that refers to a figure which is left out.
        None => {
            let Some(figure) = pipeline.exhibits.figures.get(id) else { return vec![] };
            let shown = figure.form.facts().into_iter();
            let lacking = shown.filter(|id| facts.get(id).is_some_and(|f| f.missing().is_some()));
            let mut all = vec![];
            lacking.for_each(|id| unite(&mut all, of(id)));
            all
        }
    }
}

/// Says what causes are about.
pub struct Asking<'a> {
    pub(super) pipeline: &'a Pipeline,
    pub(super) period: Period,
    pub(super) layouts: Vec<Layout>,
    spoken: BTreeMap<Format, Spoken>,
}

impl<'a> Asking<'a> {
    /// Prepares the words of some editions in a language; by default the first one of the project.
    pub fn open(
        pipeline: &'a Pipeline,
        editions: &[Edition],
        period: Period,
        lang: Option<&str>,
    ) -> Result<Self> {
        let mut spoken = BTreeMap::new();
        for edition in editions {
            let all = pipeline.spoken(edition.format, period, &edition.facts)?;
            let chosen = |one: &Spoken| lang.is_none_or(|lang| one.tag == lang);
            spoken.extend(all.into_iter().find(chosen).map(|one| (edition.format, one)));
        }
        Ok(Self { pipeline, period, layouts: tables(pipeline)?, spoken })
    }

    /// The language, in any form of the brief.
    pub(super) fn any(&self) -> Option<&Spoken> {
        self.spoken.values().next()
    }

    /// The words of a sentence that is left out, with blanks; `None` if its id is not typed in a file.
    pub fn unsaid(&self, left: &LeftOut) -> Option<Unsaid> {
        self.spoken.get(&left.format)?.unsaid(&left.skipped)
    }

    /// The rows to enter.
    pub fn rows(&self, cause: &Cause) -> Vec<MissingRow> {
        cause.wanted.iter().filter_map(|wanted| self.row(wanted)).collect()
    }

    fn row(&self, wanted: &Wanted) -> Option<MissingRow> {
        let table = self.pipeline.dataset.tables.get(&wanted.table)?;
        let layout = self.layouts.iter().find(|layout| layout.name == wanted.table);
        let key = keys(table, wanted).into_iter().next()?;
        let only = |each: &(String, Vec<Arc<str>>)| each.1.len() == 1;
        let shown: Vec<&str> = { table.dimensions.iter().zip(&key) }
            .map(|(dimension, member)| {
                let is_one = wanted.fixed.iter().any(|(fixed, _)| fixed == dimension)
                    || wanted.each.iter().any(|each| each.0 == *dimension && only(each));
                if is_one { member.as_str() } else { BLANK }
            })
            .collect();
        Some(MissingRow {
            table: table.name.clone(),
            file: slashed(&table.text.path),
            time: wanted.time.to_string(),
            key: described(&table.dimensions, &shown),
            count: wanted.each.iter().map(|(_, members)| members.len()).product(),
            line: layout.map(|layout| self.line(layout, table, wanted, &shown)),
        })
    }

    /// The row in the columns of its file, with what is missing as a blank.
    fn line(&self, layout: &Layout, table: &Table, wanted: &Wanted, key: &[&str]) -> String {
        let names = Names { pipeline: self.pipeline, period: self.period };
        let key = key.iter().map(|member| (*member).to_owned()).collect();
        let one = self.awaited(table, wanted, key, vec![]);
        let (mut vintages, mut pages) = (New::new(), New::new());
        let row = names.row(layout, &one, &mut vintages, &mut pages);
        let is_known = names.following(&one).is_some();
        let field = |_: usize, name: &str| {
            let Some(at) = layout.columns.iter().position(|own| own.name == name) else {
                return String::new();
            };
            let said = row[at].clone();
            match layout.columns[at].part {
                Part::Value => BLANK.to_owned(),
                // A name that is new has to be entered first.
                Part::Vintage if !is_known || vintages.contains_key(&said) => BLANK.to_owned(),
                Part::Source if !is_known || pages.contains_key(&said) => BLANK.to_owned(),
                Part::Unit | Part::RoundedTo if said.is_empty() => BLANK.to_owned(),
                _ => said,
            }
        };
        // The columns as they stand in the file.
        let header = table.text.text.lines().next().unwrap_or_default();
        let column = by_field(&field);
        let rows = NewRows { count: 1, column: &column };
        let put = append(&format!("{header}\n"), layout.delimiter, rows).or_else(|| {
            let names: Vec<String> = layout.columns.iter().map(|one| one.name.clone()).collect();
            append(&header_line(&names, layout.delimiter), layout.delimiter, rows)
        });
        let text = put.map(|put| put.text).unwrap_or_default();
        text.lines().nth(1).unwrap_or_default().to_owned()
    }

    /// Every figure that a cause asks for, one for each member.
    pub fn figures(&self, causes: &[Cause]) -> Vec<Awaited> {
        let mut all: Vec<Awaited> = vec![];
        for cause in causes {
            let waits: Vec<String> =
                cause.sentences.iter().map(|left| left.skipped.sentence.clone()).collect();
            for wanted in &cause.wanted {
                let Some(table) = self.pipeline.dataset.tables.get(&wanted.table) else { continue };
                for key in keys(table, wanted) {
                    all.push(self.awaited(table, wanted, key, waits.clone()));
                }
            }
        }
        all
    }

    fn awaited(
        &self,
        table: &Table,
        wanted: &Wanted,
        key: Vec<String>,
        waits: Vec<String>,
    ) -> Awaited {
        let like = like(table, wanted, &key);
        let row = like.map(|(row, _)| row);
        let text =
            |of: fn(&Observation) -> &str| row.map_or(String::new(), |row| of(row).to_owned());
        let unit = match (row, &table.units[..]) {
            (None, [only]) => only.to_string(),
            _ => text(|row| &row.unit),
        };
        Awaited {
            table: table.name.clone(),
            time: wanted.time.to_string(),
            key,
            waits,
            facts: vec![],
            like: row.map_or(String::new(), |row| row.row().to_string()),
            unit,
            rounded_to: row.map_or(0.0, |row| row.rounded_to),
            vintage: text(|row| &row.vintage),
            source: text(|row| &row.source),
            years: like.and_then(|(_, years)| years),
            seen_in: None,
        }
    }
}

/// The keys of the rows that are wanted, in the dimensions of the table. A dimension that is added up over
/// has a blank.
fn keys(table: &Table, wanted: &Wanted) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![vec![]];
    for dimension in &table.dimensions {
        let fixed = wanted.fixed.iter().find(|(name, _)| name == dimension);
        let each = wanted.each.iter().find(|(name, _)| name == dimension);
        let members: Vec<String> = match (fixed, each) {
            (Some((_, member)), _) => vec![member.clone()],
            (None, Some((_, members))) => members.iter().map(ToString::to_string).collect(),
            (None, None) => vec![BLANK.to_owned()],
        };
        all = { all.iter() }
            .flat_map(|key| {
                members.iter().map(|one| [&key[..], std::slice::from_ref(one)].concat())
            })
            .collect();
    }
    all
}

/// Dimensions with their members: `flow = arrivals, partner = WORLD`.
pub(super) fn described(dimensions: &[String], members: &[impl AsRef<str>]) -> String {
    let each = dimensions.iter().zip(members);
    let each: Vec<String> = each.map(|(name, one)| format!("{name} = {}", one.as_ref())).collect();
    each.join(", ")
}

/// The row that says most of a missing one: another member in the same release, the same figure of an
/// earlier year, or any of the same measure. With it, how many years earlier it is, if its release says
/// what the new one is called.
fn like<'t>(
    table: &'t Table,
    wanted: &Wanted,
    key: &[String],
) -> Option<(&'t Observation, Option<i16>)> {
    let fixed: Vec<(usize, &str)> = { wanted.fixed.iter() }
        .filter_map(|(name, member)| Some((table.dimension(name)?, member.as_str())))
        .collect();
    let earlier: Vec<(Time, i16)> =
        (1..=YEARS).filter_map(|years| Some((later(wanted.time, -years)?, years))).collect();
    let rank = |row: &Observation| {
        let is_same_key = || row.key.iter().zip(key).all(|(own, one)| **own == **one);
        let years = earlier.iter().find(|(time, _)| *time == row.time).map(|(_, years)| *years);
        match (row.time == wanted.time, years, is_same_key()) {
            (true, ..) => (3, Some(0)),
            (false, Some(years), true) => (2, Some(years)),
            (false, _, true) => (1, None),
            (false, _, false) => (0, None),
        }
    };
    let rows = table.rows.iter().filter(|row| row.value.is_some());
    let rows = rows.filter(|row| fixed.iter().all(|(at, member)| *row.key[*at] == **member));
    rows.map(|row| (row, rank(row)))
        .max_by_key(|(row, (rank, years))| (*rank, years.map(|years| -years), row.time))
        .map(|(row, (_, years))| (row, years))
}
