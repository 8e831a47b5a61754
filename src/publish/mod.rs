//! Publishing: turns a build into a numbered version that is never overwritten.
//!
//! In: a [`Project`], a [`Request`], and the current time, which the caller provides: only the command
//! line reads the clock. Out: a folder `releases/PERIOD/PROFILE/NUMBER` with the editions, the manifest,
//! the [`Record`] and checksums; or all reasons against it at once. A period that is published gets
//! another version only with a correction note in every language.
//!
//! | file | |
//! |---|---|
//! | `record` | `release.json`: what was published, when, and its content |
//! | `sums` | `SHA256SUMS`, and whether files are unchanged |
//! | `checks` | reasons against a release |
//! | `archive` | an issue as one file |
//! | `verify` | whether builds and versions are unchanged and reproducible |

mod archive;
mod checks;
mod record;
mod sums;
pub mod verify;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::build::edition::{Pipeline, Version};
use crate::build::memory::Forget;
use crate::build::{self, Build, compose};
use crate::diag::{Diagnostic, Place, Result, Severity, SourceText, Warned, distinct};
use crate::output::Numbered;
use crate::project::Project;
use crate::prose::Skipped;
use crate::stats::Period;

pub use archive::archive;
pub use checks::altered;
pub use record::{NAME, Record};
pub use sums::SUMS;

/// A request to publish.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The period; `None` for the project's or the latest.
    pub period: Option<Period>,
    /// Whether figures published after the project's day are left out on purpose.
    pub leaves_out_later: bool,
    /// Correction notes by language, for languages without a file.
    pub corrections: Vec<(String, String)>,
}

/// The result of publishing.
#[derive(Debug)]
pub struct Published {
    /// The record of the version in place.
    pub record: Record,
    /// Its folder.
    pub folder: PathBuf,
    /// Whether it was published now; if not, nothing has changed since it was published.
    pub is_new: bool,
    /// The sentences left out.
    pub skipped: Vec<Skipped>,
    /// Warnings about rows and facts that nothing printed is based on.
    pub elsewhere: Vec<Diagnostic>,
}

/// Publishes the brief of a period, or finds that it is published and unchanged.
pub fn publish(project: Project, request: &Request, now: Timestamp) -> Result<Warned<Published>> {
    // Times are recorded to the second.
    let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let now = now.to_zoned(project.calendar.zone.clone().unwrap_or(TimeZone::UTC));
    loop {
        let mut against = checks::calendar(&project.calendar, &now);
        match attempt(project.clone(), request, &now, &mut against) {
            Ok(Some(published)) => return Ok(published),
            // Another process published in the meantime; it may be the same version, or the one to
            // correct.
            Ok(None) => {}
            // Other errors are reported together with it.
            Err(problems) => {
                against.extend(problems);
                distinct(&mut against);
                return Err(against);
            }
        }
    }
}

/// Publishes, unless another process did so since the last version was read.
fn attempt(
    project: Project,
    request: &Request,
    now: &Zoned,
    against: &mut Vec<Diagnostic>,
) -> Result<Option<Warned<Published>>> {
    let mut found = vec![];
    let pipeline = Pipeline::open(project.clone())?.value;
    let period = pipeline.period(request.period, None)?;
    let versions = project.versions_folder(period);
    project.may_be_filled(&versions)?;
    let previous = checks::previous(&project, &versions)?;
    let version = version(&pipeline, (request, period), previous.as_ref(), now)?;
    let number = version.number;
    let composition = compose(
        &build::Request {
            period: Some(period),
            version: Some(version.clone()),
            ..build::Request::new(project)
        },
        &mut found,
    )?;
    distinct(&mut found);
    let content = composition.content()?;
    match &previous {
        Some(previous) if previous.content == content => {
            let folder = versions.join(previous.number.to_string());
            let record = previous.clone();
            let sorted = composition.sort(found);
            let elsewhere = sorted.elsewhere;
            let value = Published { record, folder, is_new: false, skipped: vec![], elsewhere };
            return Ok(Some(Warned { value, warnings: sorted.reported }));
        }
        Some(previous) => against.extend(checks::uncorrected(&composition, previous)),
        None if !request.corrections.is_empty() => {
            against.push(checks::nothing_to_correct(period));
        }
        None => {}
    }
    checks::later(&mut found, request.leaves_out_later);
    if !against.is_empty() || found.iter().any(|d| d.severity == Severity::Error) {
        let sorted = composition.sort(found);
        let mut found = sorted.reported;
        against.extend(checks::warned(&mut found));
        return Err(found);
    }
    let made = composition.typeset(None, &found, Forget::Editions(0))?;
    found.clear();
    let Build { mut files, skipped, allowed, elsewhere, .. } = made.unwarned(&mut found);
    if let Some(problem) = checks::warned(&mut found) {
        against.push(problem);
        return Err(found);
    }
    let said = (&found[..], &allowed[..]);
    let composition = (&composition, &version);
    let record = Record::of(composition, now, &files, content, said, request.leaves_out_later);
    files.push(record.file());
    files.push(sums::file(&files));
    let versions = Numbered::hold(&versions)?;
    if versions.numbers().last().is_some_and(|last| *last >= number) {
        return Ok(None);
    }
    let folder = versions.put(number, &files)?;
    let value = Published { record, folder, is_new: true, skipped, elsewhere };
    Ok(Some(Warned { value, warnings: found }))
}

/// The version under which a period's brief would be published.
fn version(
    pipeline: &Pipeline,
    (request, period): (&Request, Period),
    previous: Option<&Record>,
    now: &Zoned,
) -> Result<Version> {
    let project = &pipeline.project;
    let calendar = &project.calendar;
    let number = previous.map_or(1, |previous| previous.number + 1);
    let corrections = match previous {
        Some(_) => corrections(project, request, period, number)?,
        None => BTreeMap::new(),
    };
    // A day is always recorded, so that figures added later do not change the version.
    let as_of = calendar.as_of.as_ref().map(|(day, _)| *day);
    Ok(Version {
        number,
        day: now.date(),
        as_of: as_of.unwrap_or_else(|| last_day(pipeline, period, now.date())),
        replaces: previous.map(|previous| (previous.number, previous.day())),
        corrections,
        embargo: calendar.embargo.as_ref().map(|(until, _)| until.clone()),
        next_release: calendar.next_release.as_ref().map(|(day, _)| *day),
    })
}

/// The day by whose end everything was published that a period's brief uses: today, or the day of the
/// last release in the data. An inferred day may be in the future.
fn last_day(pipeline: &Pipeline, period: Period, today: Date) -> Date {
    let released = pipeline.dataset.vintages.values().map(|vintage| vintage.released);
    let last = released.max().map_or(today, |last| last.max(today));
    let facts = |day| pipeline.facts(period, Some(day)).ok().map(|facts| facts.value);
    // With a previous issue for comparison, other days and periods may matter.
    let is_alone = pipeline.project.compare_with.is_none();
    if is_alone && last > today && facts(today) == facts(last) { today } else { last }
}

/// The correction notes of a version by language; a file takes precedence over the command line.
fn corrections(
    project: &Project,
    request: &Request,
    period: Period,
    number: u32,
) -> Result<BTreeMap<String, SourceText>> {
    let mut found = checks::known_languages(project, request);
    let mut corrections = BTreeMap::new();
    for lang in &project.languages {
        let path = project.correction_file(period, number, lang);
        let said = request.corrections.iter().find(|(said, _)| said == lang);
        let text = if project.layered().exists(&path) {
            match project.layered().text(&path) {
                Ok(text) => text,
                Err(problems) => {
                    found.extend(problems);
                    continue;
                }
            }
        } else if let Some((_, said)) = said {
            SourceText::new(format!("--correction {lang}"), said.as_str())
        } else {
            continue;
        };
        match text.text.trim().is_empty() {
            true => found.push(checks::says_nothing(Place::Path(text.path.clone()))),
            false => drop(corrections.insert(lang.clone(), text)),
        }
    }
    if found.is_empty() { Ok(corrections) } else { Err(found) }
}
