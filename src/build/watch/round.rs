//! Rounds: one build after a change, in a process that has built before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::build::edition::{Origin, Timings};
use crate::build::{Built, Composition, Request, memory, update_shown};
use crate::diag::{Diagnostic, Result, distinct};
use crate::files::{EditorLink, Files, Fingerprint, relative};
use crate::preview::{self, Issue, Preview};
use crate::project::{Overrides, Project};
use crate::prose::Skipped;
use crate::stats::Period;

/// The input of repeated builds.
pub struct Session {
    /// The project's folder.
    pub root: PathBuf,
    /// The settings for the project.
    pub overrides: Overrides,
    /// The requested period; `None` for the project's.
    pub period: Option<Period>,
    /// The day by whose end data must have been published to be used.
    pub as_of: Option<Date>,
    /// The preview that shows the pages.
    pub preview: Option<Preview>,
    /// How the preview opens files; `None` for the project's setting.
    pub editor_link: Option<EditorLink>,
}

/// The result of a round.
pub struct Round {
    /// The release, or the errors; then the previous release stays.
    pub outcome: Result<Release>,
    /// Warnings; with an error, those found before it.
    pub warnings: Vec<Diagnostic>,
    /// The fingerprints of everything requested, even after an error.
    pub fingerprints: BTreeMap<PathBuf, Fingerprint>,
    /// The time from reading the first file to the last file in place, or to the error.
    pub took: Duration,
}

/// A release in its folder.
pub struct Release {
    /// Its period.
    pub period: Period,
    /// Its profile.
    pub profile: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Whether it was put in place; otherwise it equals the release that was there.
    pub is_new: bool,
    /// The names of its files.
    pub files: Vec<String>,
    /// The PDFs reused from the previous release.
    pub kept: Vec<String>,
    /// The sentences left out.
    pub skipped: Vec<Skipped>,
    /// The time of each stage.
    pub timings: Timings,
    /// The time from reading the first file to the last file in place.
    pub took: Duration,
}

impl Session {
    /// Builds once more. `because` has the changed files that triggered it, as shown to the user.
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
        // Evicts now, when the files are in place and nobody waits.
        memory::end_round(memory::WATCHED);
        Round { outcome, warnings, fingerprints: files.fingerprints(), took }
    }

    /// A path as shown to the user.
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
        // The pages first, since the user is looking at them.
        let show = |composition: &Composition, found: &[Diagnostic]| -> Result<()> {
            let Some(preview) = &self.preview else { return Ok(()) };
            let mut said = found.to_vec();
            let issue = self.issue(composition, &mut said)?;
            distinct(&mut said);
            let (because, took) = (because.to_vec(), start.elapsed());
            preview.show(Issue { warnings: said, because, took, ..issue });
            Ok(())
        };
        // While another process builds the same, the round only takes longer.
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
            skipped: build.skipped,
            timings: composition.pipeline.timings(),
            took,
        })
    }

    /// The content of the preview for editions.
    fn issue(&self, composition: &Composition, said: &mut Vec<Diagnostic>) -> Result<Issue> {
        let Composition { pipeline, editions, .. } = composition;
        let (mut documents, mut passages) = (vec![], BTreeMap::new());
        for edition in editions {
            for proof in pipeline.proof(edition)?.unwarned(said) {
                passages.extend(proof.passages.into_iter().map(|(key, (told, origin))| {
                    let Origin { place, typed } = origin;
                    (key, preview::Passage { told, place, typed })
                }));
                documents.push(preview::Document {
                    form: edition.format.stem().to_owned(),
                    lang: proof.lang,
                    dir: proof.dir,
                    title: proof.title,
                    pages: proof.pages,
                });
            }
        }
        let unsaid = |skipped: Skipped| {
            let written = pipeline.written_at(&skipped.section, &skipped.sentence);
            preview::Unsaid { skipped, written }
        };
        let project = &pipeline.project;
        let link = self.editor_link.as_ref().unwrap_or(&project.editor_link).clone();
        let editor = preview::Editor { root: self.root.clone(), link };
        let first = editions.first().expect("a project has a form, or is refused");
        Ok(Issue {
            period: first.period.short(),
            profile: pipeline.project.profile.clone(),
            documents,
            facts: first.facts.clone(),
            figures: pipeline.figures(),
            data: pipeline.dataset.clone(),
            skipped: composition.skipped().into_iter().map(unsaid).collect(),
            passages,
            editor,
            warnings: vec![],
            because: vec![],
            took: Duration::ZERO,
        })
    }
}
