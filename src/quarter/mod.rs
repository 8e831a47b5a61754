//! A quarter: what the data still need before a brief of a new period can be made.
//!
//! In: a project that is open, and a period. Out: a [`Checklist`]: which tables lack the period, which
//! figures the sentences, figures and tables of the brief wait for, what is imported and filled in,
//! what the checks of the data say of it, and what to run next. What a brief of the period would need
//! is read off the brief of the same months of an earlier year: its facts, and the rows they rest on.
//!
//! | file | |
//! |---|---|
//! | `awaited` | the figures a brief waits for, and who waits |
//! | `missing` | what an edition leaves out, by cause, with the rows to enter |
//! | `asked` | the missing figures as a table for who has them, and that table filled in |
//! | `stubs` | rows to fill in, in a folder where nothing reads them as data |
//! | `take` | filled rows into the tables, all of a table's or none |
//!
//! Nothing here prints, and no figure is ever guessed: a stub has no value.

mod asked;
mod awaited;
mod missing;
mod stubs;
mod take;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::audit::{Audit, Finding, Level, audit};
use crate::build::edition::Pipeline;
use crate::diag::Result;
use crate::files::{Files, Track};
use crate::project::moment;
use crate::prose::Skipped;
use crate::stats::{Period, Time};

pub use asked::{ask, fill, fits};
pub use awaited::{Awaited, Needs, awaited};
pub use missing::{Asking, Cause, LeftOut, MissingRow, causes};
pub use stubs::{FOLDER, Stubs, write};
pub use take::{Taken, take};

/// What is there and what is missing of a period.
pub struct Checklist {
    /// The period.
    pub period: Period,
    /// The same months of the earlier year whose brief says what is needed.
    pub like: Period,
    /// Each table that had a figure then.
    pub tables: Vec<TableState>,
    /// The figures that the brief waits for.
    pub awaited: Vec<Awaited>,
    /// What the earlier brief could not say, each with the figure that was missing then.
    pub left_out: Vec<Skipped>,
    /// The project's recipes, by which workbooks are imported.
    pub recipes: Vec<Recipe>,
    /// Workbooks that were imported, by name.
    pub imports: Vec<String>,
    /// What is filled in of the stubs, if there are any.
    pub stubs: Option<Stubs>,
    /// What the checks of the data say of the period.
    pub findings: Vec<Finding>,
    /// Errors in the data, of any period: they stop every build.
    pub errors: usize,
    /// What the project's calendar says.
    pub calendar: Vec<String>,
    /// Whether a brief can be made: all that is required is there.
    pub can_be_built: bool,
}

/// How much of a table is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableState {
    /// The table.
    pub table: String,
    /// How many figures it had of the same time a year before.
    pub had: usize,
    /// How many of these it has now.
    pub has: usize,
    /// How many the brief waits for.
    pub awaited: usize,
    /// How many briefs of other months of that year quote besides.
    pub perhaps: usize,
}

/// A recipe by which a workbook becomes rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recipe {
    /// Its name.
    pub name: String,
    /// The table that it feeds, if it says so.
    pub table: Option<String>,
    /// What it is called.
    pub title: Option<String>,
}

/// Looks what a period still needs.
pub fn look(pipeline: &Pipeline, period: Period) -> Result<Checklist> {
    let Needs { like, awaited, left_out } = awaited(pipeline, period)?;
    let project = &pipeline.project;
    let (data, shown) = (&project.data, project.shown(&project.data));
    let Audit { findings, .. } = {
        let audit = audit(&project.files, data, &shown)?;
        let findings = audit.of_period(period).cloned().collect();
        let errors = audit.findings.iter().filter(|one| one.level == Level::Error).cloned();
        let mut all: Vec<Finding> = findings;
        for error in errors {
            if !all.iter().any(|one| one.diagnostic == error.diagnostic) {
                all.push(error);
            }
        }
        Audit { findings: all, ..audit }
    };
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    let list = |folder: &str| names(&project.files, &data.join(folder));
    let recipes = list("recipes").into_iter().filter_map(|name| recipe(pipeline, &name));
    let can_be_built = pipeline.periods(None).contains(&period);
    Ok(Checklist {
        period,
        like,
        tables: tables(pipeline, period, like, &awaited),
        recipes: recipes.collect(),
        imports: list("imports"),
        stubs: stubs::filled(pipeline, period)?,
        findings,
        errors,
        calendar: calendar(pipeline, period),
        can_be_built,
        awaited,
        left_out,
    })
}

impl Checklist {
    /// The command to run next, and why.
    pub fn next(&self) -> (String, String) {
        let short = self.period.short();
        let command = |what: &str| format!("kosh {what}");
        if self.errors > 0 {
            let why = "an error in the data stops every build".to_owned();
            return (command("check data"), why);
        }
        match &self.stubs {
            Some(stubs) if stubs.filled > 0 => {
                let why = format!("{} rows are filled in and not yet in the tables", stubs.filled);
                return (command(&format!("quarter {short} --take")), why);
            }
            Some(stubs) if !self.can_be_built => {
                let why = format!("after you have filled in {}", stubs.folder.display());
                return (command(&format!("quarter {short} --take")), why);
            }
            _ => {}
        }
        let feeds = |recipe: &&Recipe| {
            let table = recipe.table.as_deref();
            self.tables.iter().any(|one| Some(one.table.as_str()) == table && one.awaited > 0)
        };
        if let Some(recipe) = self.recipes.iter().find(feeds).filter(|_| !self.can_be_built) {
            let why = format!(
                "it fills a table without rows for the period; `kosh quarter {short} --write` makes \
                rows to fill in for figures that are in no workbook"
            );
            return (command(&format!("import FILE --recipe {}", recipe.name)), why);
        }
        if !self.can_be_built {
            let why = "it writes the rows to fill in, into a folder that no build reads";
            return (command(&format!("quarter {short} --write")), why.to_owned());
        }
        let why = match self.awaited.iter().filter(|one| one.seen_in.is_none()).count() {
            0 => "every figure is available".to_owned(),
            many => {
                format!(
                    "sentences that need one of the {many} missing figures are left out and \
                    listed"
                )
            }
        };
        (command(&format!("build --period {short}")), why)
    }
}

/// The names in a folder, hidden ones aside; none where there is no folder.
fn names(files: &Files, folder: &Path) -> Vec<String> {
    let names = files.track().list(folder).ok().flatten().unwrap_or_default();
    names.iter().filter(|name| !name.starts_with('.')).cloned().collect()
}

/// What a recipe says of itself; what else is in it is not looked at.
fn recipe(pipeline: &Pipeline, file: &str) -> Option<Recipe> {
    let name = file.strip_suffix(".toml")?;
    let path: PathBuf = pipeline.project.data.join("recipes").join(file);
    let read = pipeline.project.files.track().read(&path).ok()?;
    let table: toml::Table = toml::from_str(&read.text().ok()?).unwrap_or_default();
    let said = |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    Some(Recipe { name: name.to_owned(), table: said("table"), title: said("title") })
}

/// Of each table that had figures of the same time before, how many there are now.
fn tables(
    pipeline: &Pipeline,
    period: Period,
    like: Period,
    awaited: &[Awaited],
) -> Vec<TableState> {
    let years = period.end.year - like.end.year;
    let mut all = vec![];
    for table in pipeline.dataset.tables.values() {
        let of_like = |time: Time| match time {
            Time::Over(over) => over == like,
            Time::At(day) => day == like.day_after(),
        };
        let mut keys: BTreeMap<(&[std::sync::Arc<str>], Time), bool> = BTreeMap::new();
        for row in table.rows.iter().filter(|row| row.value.is_some() && of_like(row.time)) {
            if let Some(time) = awaited::later(row.time, years) {
                keys.insert((&row.key, time), false);
            }
        }
        for row in table.rows.iter().filter(|row| row.value.is_some()) {
            if let Some(is_there) = keys.get_mut(&(&row.key[..], row.time)) {
                *is_there = true;
            }
        }
        let of_table = || awaited.iter().filter(|one| one.table == table.name);
        let awaited = of_table().filter(|one| one.seen_in.is_none()).count();
        let perhaps = of_table().count() - awaited;
        if !keys.is_empty() || awaited + perhaps > 0 {
            let has = keys.values().filter(|is_there| **is_there).count();
            let table = table.name.clone();
            all.push(TableState { table, had: keys.len(), has, awaited, perhaps });
        }
    }
    all
}

/// What the calendar of the project says, and where it is still that of an earlier issue.
fn calendar(pipeline: &Pipeline, period: Period) -> Vec<String> {
    let calendar = &pipeline.project.calendar;
    let over = period.day_after();
    let mut said = vec![];
    if let Some((until, _)) = &calendar.embargo {
        let is_old = until.datetime().date() < over;
        let old = if is_old {
            ": before the end of the period, so it belongs to an earlier issue"
        } else {
            ""
        };
        said.push(format!("embargo {}{old}", moment(until)));
    }
    if let Some((day, _)) = &calendar.as_of {
        let is_old = *day < over;
        let old =
            if is_old { ": before the end of the period, so no figure of it is used" } else { "" };
        said.push(format!("as of {day}{old}"));
    }
    if let Some((day, _)) = &calendar.next_release {
        let is_old = *day < over;
        let old = if is_old {
            ": before the end of the period, so it belongs to an earlier issue"
        } else {
            ""
        };
        said.push(format!("next release {day}{old}"));
    }
    if said.is_empty() {
        said.push("brief.toml sets none of `embargo`, `as-of` and `next-release`".to_owned());
    }
    said
}
