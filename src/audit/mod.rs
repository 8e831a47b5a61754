//! Audit: a data folder and the rules of its project become findings, sorted by what they are about.
//!
//! In: a data folder, and `checks.toml` in it, if it is there. Out: an [`Audit`]: every error,
//! warning and note about any row of any release and period, what kind each is of, and which figures
//! there are at all (coverage). Nothing here stops a build, and nothing that does can be turned off
//! here: an error stays an error.
//!
//! | file | |
//! |---|---|
//! | `kinds` | the kinds of findings, and which problems are of which |
//! | `written` | `checks.toml` as written, and its schema |
//! | `rules` | the rules a project adds, compared with the figures that count |
//! | `figures` | those figures, found by what they are of |
//! | `coverage` | for each measure and time how settled its figures are |
//! | `html` | all of it as one page |
//!
//! To add a kind of check, write it in `data::checks` and name its codes in `kinds`; to add a kind of
//! rule, add its table to `written` and its function to `rules`.

mod coverage;
mod figures;
mod html;
mod kinds;
mod rules;
mod written;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::data::{Dataset, Survey, survey};
use crate::diag::{Code, Diagnostic, Result, Severity, SourceText, read_toml};
use crate::files::{Files, Track, text};
use crate::stats::Period;

pub use coverage::{Coverage, Entry, Measure};
pub use html::{MARK, page};
pub use kinds::{KINDS, Kind};
pub use written::schema;

use written::{Setting, Written};

/// The file of the rules, in the data folder.
pub const FILE: &str = "checks.toml";

/// A count below this bears no percentage, if the project does not say otherwise.
const SMALLEST_BASE: f64 = 50.0;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Something is wrong for certain, or the project says that it must not be.
    Error,
    /// Somebody should look.
    Warning,
    /// It is so, and may be right.
    Note,
}

impl Level {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing that was found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The kind of built-in check, or the name of the project's rule.
    pub kind: String,
    /// The severity.
    pub level: Level,
    /// What it is, and where.
    pub diagnostic: Diagnostic,
    /// Why the figure stands as it is, where the package lists it as printed so in the source.
    pub known: Option<String>,
}

/// All that is to be said of a data folder.
pub struct Audit {
    /// What was found, in the order of [`KINDS`], the project's rules last; in each kind the worst first.
    pub findings: Vec<Finding>,
    /// The names of the project's rules, each with its reason.
    pub rules: Vec<(String, String)>,
    /// Which figures there are.
    pub coverage: Vec<Coverage>,
    /// The tables.
    pub dataset: Arc<Dataset>,
    /// Whether every row could be read; if not, only that was looked at.
    pub is_readable: bool,
}

impl Audit {
    /// How many findings are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// The findings of one kind or rule.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.kind == kind)
    }

    /// The kinds and rules of which something was found, each with what it is about.
    pub fn kinds(&self) -> Vec<(&str, &str)> {
        let built_in = KINDS.iter().map(|kind| (kind.name, kind.about));
        let own = self.rules.iter().map(|(name, reason)| (name.as_str(), reason.as_str()));
        built_in.chain(own).filter(|(name, _)| self.of_kind(name).next().is_some()).collect()
    }

    /// How many rows of data were looked at.
    pub fn rows(&self) -> usize {
        self.dataset.tables.values().map(|table| table.rows.len()).sum()
    }

    /// The findings about rows of a period, or of the stock at its end.
    pub fn of_period(&self, period: Period) -> impl Iterator<Item = &Finding> {
        let is_of = move |time: &crate::stats::Time| match time {
            crate::stats::Time::Over(over) => *over == period,
            crate::stats::Time::At(day) => *day == period.day_after(),
        };
        self.findings.iter().filter(move |finding| self.times(finding).iter().any(is_of))
    }

    /// The times of the row at which a finding stands.
    fn times(&self, finding: &Finding) -> Vec<crate::stats::Time> {
        let Some(place) = &finding.diagnostic.place else { return vec![] };
        let rows = self.dataset.tables.values().filter_map(|table| table.row_at(place));
        rows.map(|row| row.time).collect()
    }
}

/// Looks at everything in a data folder. `shown` is what the user calls it, such as `data`. An error is a
/// package or a file of rules that cannot be read; all other errors are findings.
pub fn audit(files: &Files, dir: &Path, shown: &Path) -> Result<Audit> {
    let path: PathBuf = dir.join(FILE);
    let rules = match files.track().exists(&path) {
        true => Some(text(files.track(), &path, &shown.join(FILE))?),
        false => None,
    };
    let written = match &rules {
        Some(text) => read_toml::<Written>(Code::K0172, text)?,
        None => Written::default(),
    };
    let smallest = written.built_in.small_base.minimum.unwrap_or(SMALLEST_BASE);
    let Survey { dataset, found, remarks, known, is_readable } =
        survey(files, dir, shown, smallest)?;
    let mut findings = vec![];
    for diagnostic in found.into_iter().chain(remarks) {
        findings.extend(sorted(diagnostic, &written));
    }
    for (diagnostic, reason) in known {
        let level = Level::Note;
        findings.push(Finding {
            kind: kinds::AS_PRINTED.to_owned(),
            level,
            diagnostic,
            known: Some(reason),
        });
    }
    let empty = SourceText::new("", "");
    if is_readable {
        findings.extend(rules::check(&written, rules.as_ref().unwrap_or(&empty), &dataset)?);
    }
    let own = rules::named(&written);
    let place = |finding: &Finding| {
        let built_in = KINDS.iter().position(|kind| kind.name == finding.kind);
        let rule = || own.iter().position(|(name, _)| *name == finding.kind).unwrap_or(0);
        built_in.unwrap_or_else(|| KINDS.len() + rule())
    };
    findings.sort_by_cached_key(|finding| (place(finding), finding.level));
    let coverage = coverage::of(&dataset);
    Ok(Audit { findings, rules: own, coverage, dataset, is_readable })
}

/// A problem as a finding, if it is not turned off.
fn sorted(diagnostic: Diagnostic, written: &Written) -> Option<Finding> {
    let kind = kinds::of(diagnostic.code);
    let level = match diagnostic.severity {
        // It stops a build, so it cannot be less here.
        Severity::Error => Some(Level::Error),
        Severity::Warning => match written.built_in.severity(kind.name) {
            None => Some(kind.level),
            Some(Setting::Error) => Some(Level::Error),
            Some(Setting::Warning) => Some(Level::Warning),
            Some(Setting::Note) => Some(Level::Note),
            Some(Setting::Off) => None,
        },
    };
    Some(Finding { kind: kind.name.to_owned(), level: level?, diagnostic, known: None })
}
