//! A round: one build after something has changed, in a process that has built before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::build::edition::Timings;
use crate::build::{Built, Composition, Request, memory, update_shown};
use crate::diag::{Diagnostic, Result, distinct};
use crate::files::{Files, Fingerprint, relative};
use crate::preview::{self, Issue, Preview};
use crate::project::{Overrides, Project};
use crate::prose::Skipped;
use crate::stats::Period;

/// What is built again and again.
pub struct Session {
    /// The project's folder.
    pub root: PathBuf,
    /// What is laid over it.
    pub overrides: Overrides,
    /// The period asked for; `None` is the project's.
    pub period: Option<Period>,
    /// Only what was published by the end of this day.
    pub as_of: Option<Date>,
    /// Where the pages are shown.
    pub preview: Option<Preview>,
}

/// What a round came to.
pub struct Round {
    /// The release, or why there is none: what was in place stands then.
    pub outcome: Result<Release>,
    /// Warnings; beside an error, those found before it.
    pub warnings: Vec<Diagnostic>,
    /// All that was asked for, whatever the outcome.
    pub fingerprints: BTreeMap<PathBuf, Fingerprint>,
    /// How long it took, from the first file read to the last in place, or to the error.
    pub took: Duration,
}

/// A release that stands in its place.
pub struct Release {
    /// Its period.
    pub period: Period,
    /// Its profile.
    pub profile: String,
    /// Where it is.
    pub folder: PathBuf,
    /// Whether it was put in place; else the one in place is the same.
    pub is_new: bool,
    /// Its files.
    pub files: Vec<String>,
    /// Those that are made of the same as before, and were taken from there.
    pub kept: Vec<String>,
    /// What could not be said.
    pub dropped: Vec<Skipped>,
    /// How long each stage took.
    pub timings: Timings,
    /// How long it took to here, from the first file read to the last in place.
    pub took: Duration,
}

impl Session {
    /// Builds once more; `because` names the files whose change led to it, as the user knows them.
    pub fn round(&mut self, because: &[String]) -> Round {
        let start = Instant::now();
        let files = Files::new();
        let mut warnings = vec![];
        let outcome = self.build(&files, because, &mut warnings, start);
        distinct(&mut warnings);
        if let (Err(problems), Some(preview)) = (&outcome, &self.preview) {
            let all: Vec<Diagnostic> = problems.iter().chain(&warnings).cloned().collect();
            preview.fail(&all, because.to_vec());
        }
        let took = outcome.as_ref().map_or_else(|_| start.elapsed(), |release| release.took);
        // The files are in place, and nobody waits.
        memory::end_round(memory::WATCHED);
        Round { outcome, warnings, fingerprints: files.fingerprints(), took }
    }

    /// A path as the user knows it.
    pub fn shown(&self, path: &Path) -> String {
        relative(&self.root, path)
    }

    fn build(
        &self,
        files: &Files,
        because: &[String],
        warnings: &mut Vec<Diagnostic>,
        start: Instant,
    ) -> Result<Release> {
        let project = Project::open_on(files.clone(), &self.root, &self.overrides)?;
        let (period, as_of) = (self.period, self.as_of);
        let request = Request { period, as_of, ..Request::new(project) };
        // The pages first: somebody is looking at them.
        let show = |composition: &Composition, found: &[Diagnostic]| -> Result<()> {
            let Some(preview) = &self.preview else { return Ok(()) };
            let mut said = found.to_vec();
            let issue = self.issue(composition, &mut said)?;
            distinct(&mut said);
            let (because, took) = (because.to_vec(), start.elapsed());
            preview.show(Issue { warnings: said, because, took, ..issue });
            Ok(())
        };
        // Others may build the same meanwhile: nobody is told, the round only takes longer.
        let built = update_shown(&request, show, warnings)?;
        let took = start.elapsed();
        let Built { composition, build, is_new, .. } = built;
        Ok(Release {
            period: composition.period,
            profile: composition.pipeline.project.profile.clone(),
            folder: composition.folder(),
            is_new,
            files: build.files.into_iter().map(|file| file.name).collect(),
            kept: build.kept,
            dropped: build.skipped,
            timings: composition.pipeline.timings(),
            took,
        })
    }

    /// What the preview shows of editions.
    fn issue(&self, composition: &Composition, said: &mut Vec<Diagnostic>) -> Result<Issue> {
        let Composition { pipeline, editions, .. } = composition;
        let mut documents = vec![];
        for edition in editions {
            for proof in pipeline.proof(edition)?.unwarned(said) {
                documents.push(preview::Document {
                    form: edition.format.stem().to_owned(),
                    lang: proof.lang,
                    dir: proof.dir,
                    title: proof.title,
                    pages: proof.pages,
                });
            }
        }
        let first = editions.first().expect("a project has a form, or is refused");
        Ok(Issue {
            period: first.period.short(),
            profile: pipeline.project.profile.clone(),
            documents,
            facts: first.facts.clone(),
            figures: pipeline.figures(),
            data: pipeline.dataset.clone(),
            dropped: composition.skipped(),
            warnings: vec![],
            because: vec![],
            took: Duration::ZERO,
        })
    }
}
