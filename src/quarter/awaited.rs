//! The figures that a brief of a period waits for, and who waits for each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::build::edition::{Edition, Pipeline};
use crate::data::{Observation, Table};
use crate::diag::{Code, Diagnostic, Result, distinct};
use crate::document::{Block, Document, Inline, Visit, walk_block, walk_inline};
use crate::prose::Skipped;
use crate::stats::{Period, Span, Time};

/// How many years back a brief of the same months is looked for.
const YEARS: i16 = 3;

/// A figure that is not in the data, and that a brief of the period would quote.
#[derive(Debug, Clone, Serialize)]
pub struct Awaited {
    /// The table.
    pub table: String,
    /// When it holds, such as `2026-01..2026-06`.
    pub time: String,
    /// The member of each dimension, in the order of the table.
    pub key: Vec<String>,
    /// What waits for it: sentences, figures and tables by their ids.
    pub waits: Vec<String>,
    /// The facts that rest on it.
    pub facts: Vec<String>,
    /// The row of the earlier year, such as `data/rural.csv:99`.
    pub like: String,
    /// Its unit then.
    pub unit: String,
    /// To what it was rounded then; 0 if that is unknown.
    pub rounded_to: f64,
    /// Its release then.
    pub vintage: String,
    /// Its source then.
    pub source: String,
    /// How many years before that row is: a release with a year in its name is called so much later.
    /// `None` if its release says nothing of the new one.
    #[serde(skip)]
    pub years: Option<i16>,
    /// The period of that row, if it is of other months than this one: then the figure may not be
    /// published of these.
    pub seen_in: Option<String>,
}

/// What the brief of an earlier year says of a new one.
pub struct Needs {
    /// The same months of the earlier year.
    pub like: Period,
    /// The figures that it quotes of its own time, and that the data lack of the new one.
    pub awaited: Vec<Awaited>,
    /// What it could not say itself, since a figure was missing then: the new one may.
    pub left_out: Vec<Skipped>,
}

/// Reads off the brief of the same months of an earlier year what one of a period needs.
pub fn awaited(pipeline: &Pipeline, period: Period) -> Result<Needs> {
    let is_total = matches!(period.span(), Span::Year | Span::YearToDate);
    let known = pipeline.periods(None);
    let like = (1..=YEARS)
        .map(|years| period.years_before(years))
        .find(|like| is_total && known.contains(like));
    let Some(like) = like else {
        let short: Vec<String> = known.iter().rev().take(8).map(|one| one.short()).collect();
        let message = message!(
            "it is unknown which figures a brief of {period} needs",
            period = period.short()
        );
        return Err(Diagnostic::error(Code::K1301, message)
            .note(match is_total {
                true => message!(
                    "there is no brief for the same months of any of the three years before"
                ),
                false => message!("a brief is about a period that begins in January"),
            })
            .hint(message!("periods that can be built: {short}", short = short.join(", ")))
            .into());
    };
    let brief = Brief::of(pipeline, like)?;
    let years = period.end.year - like.end.year;
    let shift = |time: Time| is_recent(time, like).then(|| later(time, years)).flatten();
    let mut all = brief.awaited(pipeline, shift, None);
    // What briefs of other months of that year quote of their own time may be published of this one.
    for other in known.iter().filter(|other| other.end.year == like.end.year && **other != like) {
        let Ok(brief) = Brief::of(pipeline, *other) else { continue };
        let shift = |time: Time| match time {
            Time::Over(over) => (over == *other).then_some(Time::Over(period)),
            Time::At(day) => (day == other.day_after()).then_some(Time::At(period.day_after())),
        };
        for one in brief.awaited(pipeline, shift, Some(*other)) {
            let is_same = |known: &&mut Awaited| {
                (&known.table, &known.time, &known.key) == (&one.table, &one.time, &one.key)
            };
            match all.iter_mut().find(is_same) {
                Some(known) if known.seen_in.is_some() => {
                    let who: BTreeSet<String> = known.waits.drain(..).chain(one.waits).collect();
                    known.waits.extend(who);
                }
                Some(_) => {}
                None => all.push(one),
            }
        }
    }
    let tables = &pipeline.dataset.tables;
    all.sort_by_cached_key(|one| {
        (one.seen_in.is_some(), tables.get_index_of(&one.table), one.time.clone(), one.key.clone())
    });
    Ok(Needs { like, awaited: all, left_out: brief.left_out })
}

/// What a brief that can be made quotes, and what it is based on.
struct Brief {
    /// For each fact the sentences, figures and tables that quote it.
    waits: BTreeMap<String, BTreeSet<String>>,
    /// For each row, by file and line, the facts that rest on it.
    rows: BTreeMap<(String, usize), BTreeSet<String>>,
    /// What it leaves out.
    left_out: Vec<Skipped>,
}

impl Brief {
    fn of(pipeline: &Pipeline, period: Period) -> Result<Self> {
        let (mut waits, mut rows, mut left_out) = (BTreeMap::new(), BTreeMap::new(), vec![]);
        for format in pipeline.project.formats.clone() {
            let edition = pipeline.edition(format, period, None)?.value;
            left_out.extend(edition.skipped.iter().cloned());
            who_waits(pipeline, &edition, &mut waits);
            for fact in pipeline.printed(&edition) {
                for row in fact.rows() {
                    for line in row.line..=row.last {
                        let facts: &mut BTreeSet<String> =
                            rows.entry((row.file.to_string(), line)).or_default();
                        facts.insert(fact.id.clone());
                    }
                }
            }
        }
        distinct(&mut left_out);
        Ok(Self { waits, rows, left_out })
    }

    /// The figures it is based on, at the time that `shift` gives to that of their rows, as far as the
    /// data lack them.
    fn awaited(
        &self,
        pipeline: &Pipeline,
        shift: impl Fn(Time) -> Option<Time>,
        seen_in: Option<Period>,
    ) -> Vec<Awaited> {
        let mut all = vec![];
        for table in pipeline.dataset.tables.values() {
            let Some(first) = table.rows.first() else { continue };
            let file = first.file.to_string();
            let of_file = (file.clone(), 0)..=(file, usize::MAX);
            let used = self.rows.range(of_file).filter_map(|((_, line), facts)| {
                Some((table.row(*line).filter(|row| row.line as usize == *line)?, facts))
            });
            all.extend(of_table(table, used, &shift, seen_in, &self.waits));
        }
        all
    }
}

/// A time some years later.
pub(super) fn later(time: Time, years: i16) -> Option<Time> {
    match time {
        Time::Over(period) => Some(Time::Over(period.years_before(-years))),
        Time::At(day) => day.checked_add(jiff::Span::new().years(years)).ok().map(Time::At),
    }
}

/// Whether a row is of the year that ends with a period: what is older stood in earlier briefs too.
fn is_recent(time: Time, like: Period) -> bool {
    let before = like.years_before(1);
    match time {
        Time::Over(period) => period.end > before.end,
        Time::At(day) => day > before.day_after(),
    }
}

/// A figure some years later: its time, and its key.
type Later<'a> = (Time, &'a [Arc<str>]);

/// The row of the earlier year, and the facts that rest on it.
type Quoted<'a> = (&'a Observation, BTreeSet<String>);

fn of_table<'a>(
    table: &'a Table,
    used: impl Iterator<Item = (&'a Observation, &'a BTreeSet<String>)>,
    shift: impl Fn(Time) -> Option<Time>,
    seen_in: Option<Period>,
    waits: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Awaited> {
    type Cell<'a> = (&'a [Arc<str>], Time);
    let there: BTreeSet<Cell> = { table.rows.iter() }
        .filter(|row| row.value.is_some())
        .map(|row| (&row.key[..], row.time))
        .collect();
    let mut found: BTreeMap<Later, Quoted> = BTreeMap::new();
    for (row, facts) in used {
        let Some(time) = shift(row.time) else { continue };
        if !there.contains(&(&row.key[..], time)) {
            let (_, all) = found.entry((time, &row.key)).or_insert_with(|| (row, BTreeSet::new()));
            all.extend(facts.iter().cloned());
        }
    }
    let awaited = |((time, key), (row, facts)): (Later, Quoted)| {
        let who = facts.iter().filter_map(|fact| waits.get(fact)).flatten();
        let who: BTreeSet<&String> = who.collect();
        Awaited {
            table: table.name.clone(),
            time: time.to_string(),
            key: key.iter().map(ToString::to_string).collect(),
            waits: who.into_iter().cloned().collect(),
            facts: facts.into_iter().collect(),
            like: row.row().to_string(),
            unit: row.unit.to_string(),
            rounded_to: row.rounded_to,
            vintage: row.vintage.to_string(),
            source: row.source.to_string(),
            years: seen_in.is_none().then(|| time.first_day().year() - row.time.first_day().year()),
            seen_in: seen_in.map(Period::short),
        }
    };
    found.into_iter().map(awaited).collect()
}

/// For each fact the sentences, figures and tables of an edition that quote it.
fn who_waits(
    pipeline: &Pipeline,
    edition: &Edition,
    waits: &mut BTreeMap<String, BTreeSet<String>>,
) {
    for document in &edition.documents {
        let mut quoting = Quoting { within: None, waits };
        quoting.visit_document(document);
        quoting.drawn(pipeline, document);
    }
}

/// Walks a document, and keeps account of what a fact stands in.
struct Quoting<'w> {
    within: Option<String>,
    waits: &'w mut BTreeMap<String, BTreeSet<String>>,
}

impl Quoting<'_> {
    fn note(&mut self, fact: &str, within: &str) {
        self.waits.entry(fact.to_owned()).or_default().insert(within.to_owned());
    }

    /// The facts that the figures of a document show.
    fn drawn(&mut self, pipeline: &Pipeline, document: &Document) {
        let mut ids = vec![];
        document.each_block(|block| {
            if let Block::Figure(figure) = block {
                ids.push(figure.id.clone());
            }
        });
        for id in ids {
            let Some(spec) = pipeline.exhibits.figures.get(&id) else { continue };
            for fact in spec.form.facts() {
                self.note(fact, &id);
            }
        }
    }
}

impl<'d> Visit<'d> for Quoting<'_> {
    fn visit_block(&mut self, block: &'d Block) {
        let outer = self.within.clone();
        match block {
            Block::Table(table) => self.within = Some(table.id.clone()),
            Block::Figure(figure) => self.within = Some(figure.id.clone()),
            Block::Cards { .. } => self.within = Some("cards".to_owned()),
            _ => {}
        }
        walk_block(self, block);
        self.within = outer;
    }

    fn visit_inline(&mut self, inline: &'d Inline) {
        let outer = self.within.clone();
        match inline {
            Inline::Sentence { id, .. } => self.within = Some(id.clone()),
            Inline::Fact { id, .. } => {
                let within = self.within.clone().unwrap_or_else(|| "page".to_owned());
                for part in id.split(' ').filter_map(|part| part.split('[').next()) {
                    self.note(part, &within);
                }
            }
            _ => {}
        }
        walk_inline(self, inline);
        self.within = outer;
    }
}
