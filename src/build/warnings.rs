//! Sorts the warnings about a release.
//!
//! A warning about rows or facts belongs to the brief only if something printed is based on them. Each of
//! these can be allowed in `brief.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::build::edition::{Edition, Pipeline};
use crate::data::Table;
use crate::diag::{Code, Diagnostic, Place, Scope, Severity, distinct};
use crate::project::Allowed;
use crate::stats::{Fact, Facts, Period};

/// Rows by file: the first and last line of each run.
pub type Rows = BTreeMap<String, BTreeSet<(usize, usize)>>;

/// The sorted problems of a release.
#[derive(Debug, Clone, Default)]
pub struct Sorted {
    /// Problems to report, including errors.
    pub reported: Vec<Diagnostic>,
    /// Warnings that are allowed, each with its reason.
    pub allowed: Vec<Allowed>,
    /// Warnings about rows and facts that nothing printed is based on.
    pub elsewhere: Vec<Diagnostic>,
    /// The rows behind what is printed: by file, the first and last line of each run.
    pub rows: Rows,
}

/// Sorts the problems found. `is_whole` if they are complete, so that allowed warnings that no longer
/// occur can be reported.
pub fn sort(
    pipeline: &Pipeline,
    editions: &[Edition],
    (period, as_of): (Period, Option<Date>),
    mut found: Vec<Diagnostic>,
    is_whole: bool,
) -> Sorted {
    distinct(&mut found);
    let ground = Ground::of(pipeline, editions);
    let mut sorted = Sorted::default();
    let allows = &pipeline.project.allows;
    let mut matched = vec![false; allows.len()];
    let day = day(pipeline, editions, as_of);
    for mut problem in found {
        if problem.severity == Severity::Error {
            sorted.reported.push(problem);
            continue;
        }
        let mut allow = None;
        for (at, one) in allows.iter().enumerate() {
            if !one.means(&problem) {
                continue;
            }
            matched[at] = true;
            match one.lapsed(&problem, period, day) {
                None => allow = allow.or(Some(one)),
                Some(why) => problem = problem.related(one.place.clone(), why),
            }
        }
        if !ground.bears(&problem) {
            sorted.elsewhere.push(problem);
        } else if let Some(allow) = allow {
            sorted.allowed.push(allow.record(&problem));
        } else {
            sorted.reported.push(problem);
        }
    }
    // Problems of typesetting are known only when there are pages.
    let is_looked_for = |code: Code| is_whole || code.area() != 7;
    let unmatched = allows
        .iter()
        .zip(matched)
        .filter(|(allow, is_matched)| !is_matched && is_looked_for(allow.code));
    sorted.reported.extend(unmatched.map(|(allow, _)| {
        let message = message!(
            "no warning {code} about `{subject}` was given",
            code = allow.code,
            subject = allow.subject
        );
        Diagnostic::warning(Code::K0024, message)
            .at(allow.place.clone())
            .label(message!("allowed here"))
            .subject(format!("{} {}", allow.code, allow.subject))
            .note(message!(
                "the warning was settled, or concerns another period or profile; the entry has no \
                effect"
            ))
            .hint(message!("remove this `[[allow]]`, or it may hide a later mistake"))
    }));
    sorted.rows = ground.rows;
    sorted
}

/// The day of a brief: that of its publication, else the requested one, else that of its newest release.
fn day(pipeline: &Pipeline, editions: &[Edition], as_of: Option<Date>) -> Date {
    let published = editions.first().and_then(|edition| Some(edition.version.as_ref()?.day));
    let stated = pipeline.project.calendar.as_of.as_ref().map(|(day, _)| *day);
    let vintage = || editions.first().map(|edition| pipeline.vintage(&edition.facts));
    published.or(as_of).or(stated).or_else(vintage).unwrap_or_default()
}

/// The rows and facts that a release's printed facts are based on.
struct Ground<'a> {
    facts: BTreeMap<&'a str, &'a Fact>,
    all: Option<&'a Facts>,
    rows: Rows,
    /// The tables that are workbooks, whose rows are found by their cells.
    workbooks: Vec<Arc<Table>>,
}

impl<'a> Ground<'a> {
    fn of(pipeline: &Pipeline, editions: &'a [Edition]) -> Self {
        let mut facts: BTreeMap<&str, &Fact> = BTreeMap::new();
        for edition in editions {
            facts.extend(pipeline.printed(edition).into_iter().map(|fact| (&*fact.id, fact)));
            // A sentence with a condition depends on the fact in it as on a printed one.
            let whole = |id: &String| id.split('[').next().unwrap_or_default().to_owned();
            let asked = edition.asked.iter().filter_map(|id| edition.facts.get(&whole(id)));
            facts.extend(asked.map(|fact| (&*fact.id, fact)));
        }
        let mut rows = Rows::new();
        for fact in facts.values() {
            for row in fact.rows() {
                rows.entry(row.file.to_string()).or_default().insert((row.line, row.last));
            }
        }
        let tables = pipeline.dataset.tables.values();
        let workbooks = tables.filter(|table| table.text.is_of_cells()).cloned().collect();
        Self { workbooks, facts, all: editions.first().map(|edition| &*edition.facts), rows }
    }

    /// Whether something printed is based on what a problem is about.
    fn bears(&self, problem: &Diagnostic) -> bool {
        match &problem.scope {
            Scope::Brief => true,
            Scope::Rows => {
                let places = problem.related.iter().map(|(place, _)| place);
                problem.place.iter().chain(places).any(|place| self.has_row(place))
            }
            Scope::Facts(ids) => ids.iter().any(|id| self.has_fact(id)),
        }
    }

    fn has_row(&self, place: &Place) -> bool {
        let file = crate::diag::slashed(place.path());
        if let Some(table) = self.workbooks.iter().find(|table| table.text.path == place.path()) {
            // A header may be that of a printed figure.
            let Some(row) = table.row_at(place) else { return true };
            let line = row.line as usize;
            let runs = self.rows.get(&file);
            return runs
                .is_some_and(|runs| runs.iter().any(|(from, to)| (*from..=*to).contains(&line)));
        }
        // A place without a line is about the whole file.
        let Some((line, _)) = place.line_column() else { return true };
        let runs = self.rows.get(&file);
        runs.is_some_and(|runs| runs.iter().any(|(first, last)| (*first..=*last).contains(&line)))
    }

    /// Whether a fact is printed, or a printed one is based on all its rows.
    fn has_fact(&self, id: &str) -> bool {
        if self.facts.contains_key(id) {
            return true;
        }
        let Some(fact) = self.all.and_then(|all| all.get(id)) else { return false };
        let mut rows = fact.rows().peekable();
        rows.peek().is_some()
            && rows.all(|row| {
                let runs = self.rows.get(&*row.file);
                let has = |(first, last): &(usize, usize)| *first <= row.line && row.last <= *last;
                runs.is_some_and(|runs| runs.iter().any(has))
            })
    }
}
