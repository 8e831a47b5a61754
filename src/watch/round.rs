//! A round: one build after something has changed, in a process that has built before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::diag::{Diagnostic, Result, distinct};
use crate::output::{self, File};
use crate::period::Period;
use crate::pipeline::{Edition, Pipeline, Timings};
use crate::preview::{self, Issue, Preview};
use crate::project::{Overrides, Project};
use crate::prose::Dropped;
use crate::shelf::{Seen, Shelf};

/// What is built again and again.
pub struct Session {
    /// The project's folder.
    pub root: PathBuf,
    /// What is laid over it.
    pub overrides: Overrides,
    /// The period asked for; `None` is the project's.
    pub period: Option<Period>,
    /// Whether the latest is asked for, whatever the project says.
    pub wants_latest: bool,
    /// Only what was published by the end of this day.
    pub as_of: Option<Date>,
    /// Where the pages are shown.
    pub preview: Option<Preview>,
}

/// What a round came to.
pub struct Round {
    /// The release that was put in place, or why there is none: what was there stands then.
    pub outcome: Result<Release>,
    /// Warnings; beside an error, those found before it.
    pub warnings: Vec<Diagnostic>,
    /// All that was asked for, whatever the outcome.
    pub seen: BTreeMap<PathBuf, Seen>,
    /// How long it took, from the first file read to the last in place.
    pub took: Duration,
}

/// A release that was put in place.
pub struct Release {
    /// Its period.
    pub period: Period,
    /// Its profile.
    pub profile: String,
    /// Where it is.
    pub folder: PathBuf,
    /// Its files.
    pub files: Vec<String>,
    /// What could not be said.
    pub dropped: Vec<Dropped>,
    /// How long each stage took.
    pub timings: Timings,
}

impl Session {
    /// Builds once more; `because` names the files whose change led to it, as the user knows them.
    pub fn round(&mut self, because: &[String]) -> Round {
        let start = Instant::now();
        let shelf = Shelf::new();
        let mut warnings = vec![];
        let outcome = self.build(&shelf, because, &mut warnings, start);
        distinct(&mut warnings);
        if let (Err(problems), Some(preview)) = (&outcome, &self.preview) {
            let all: Vec<Diagnostic> = problems.iter().chain(&warnings).cloned().collect();
            preview.fail(&all, because.to_vec());
        }
        Round { outcome, warnings, seen: shelf.seen(), took: start.elapsed() }
    }

    /// A path as the user knows it.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    fn build(
        &self,
        shelf: &Shelf,
        because: &[String],
        warnings: &mut Vec<Diagnostic>,
        start: Instant,
    ) -> Result<Release> {
        let mut project = Project::open_on(shelf.clone(), &self.root, &self.overrides)?;
        if self.wants_latest {
            project.period = None;
        }
        let mut pipeline = Pipeline::open(project)?.unwarned(warnings);
        let period = pipeline.period(self.period, self.as_of)?;
        let mut editions = vec![];
        for format in pipeline.project.formats.clone() {
            editions.push(pipeline.edition(format, period, self.as_of)?.unwarned(warnings));
        }
        let dropped = dropped(&editions);
        // The pages first: somebody is looking at them.
        if let Some(preview) = &self.preview {
            let documents = documents(&pipeline, &editions, warnings)?;
            distinct(warnings);
            let Some(first) = editions.first() else { return Err(vec![]) };
            preview.show(Issue {
                period: period.short(),
                profile: pipeline.project.profile.clone(),
                documents,
                facts: first.facts.clone(),
                data: Arc::clone(&pipeline.dataset),
                dropped: dropped.clone(),
                warnings: warnings.clone(),
                because: because.to_vec(),
                took: start.elapsed(),
            });
        }
        let mut files: Vec<File> = vec![];
        for edition in &editions {
            for file in pipeline.typeset(edition)?.unwarned(warnings) {
                // Facts and figures are the same in every form; the first one's stand.
                if !files.iter().any(|known| known.name == file.name) {
                    files.push(file);
                }
            }
        }
        let folder = pipeline.project.release_folder(period);
        output::replace(&folder, &files)?;
        Ok(Release {
            period,
            profile: pipeline.project.profile.clone(),
            folder,
            files: files.into_iter().map(|file| file.name).collect(),
            dropped,
            timings: pipeline.timings,
        })
    }
}

/// What no form could say, each once.
fn dropped(editions: &[Edition]) -> Vec<Dropped> {
    let mut all: Vec<Dropped> = vec![];
    for one in editions.iter().flat_map(|edition| &edition.dropped) {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    all
}

/// The pages of all forms and languages.
fn documents(
    pipeline: &Pipeline,
    editions: &[Edition],
    warnings: &mut Vec<Diagnostic>,
) -> Result<Vec<preview::Document>> {
    let mut documents = vec![];
    for edition in editions {
        for proof in pipeline.proof(edition)?.unwarned(warnings) {
            documents.push(preview::Document {
                form: edition.format.stem().to_owned(),
                lang: proof.lang,
                dir: proof.dir,
                title: proof.title,
                pages: proof.pages,
            });
        }
    }
    Ok(documents)
}
