//! Building: a request becomes the files of a brief, in memory or in place.
//!
//! In: a [`Request`] (a project with the files it is read from, a period, a day, the version that
//! is published) and what was built before. Out: a [`Build`], the files with their
//! manifest. Nothing here prints, and nothing else in the program repeats this sequence:
//!
//! ```text
//! build     open → compose → typeset
//! update    look → open → compose → lock → typeset → put
//! ```
//!
//! | function | for whom |
//! |---|---|
//! | [`build`] | whoever wants the files in memory: `verify`, tests |
//! | [`compose`], then [`Composition::typeset`] | whoever looks in between: `check` and `publish` |
//! | [`update`] | whoever wants the output folder as a build would leave it: `kosh build`, `batch` |
//! | [`update_shown`] | whoever shows the editions before their pages are set: `watch` |
//! | [`plan`] | whoever only asks what there would be to do: `--dry-run` |
//!
//! | file | |
//! |---|---|
//! | `edition` | a project, read and checked, and its editions in a form and a period: the line of stages itself |
//! | `manifest` | what a build was made of, and what it is |
//! | `matrix` | which builds there are to make: bodies, regions, periods |
//! | `batch` | many builds in one run |
//! | `watch` | a build after each change of what was read |
//! | `memory` | what the process remembers of what it made |
//! | `request` | what is asked for |
//! | `status` | the build in place, and why it has to be made again |
//! | `update` | the output folder brought up to date |
//! | `warnings` | what is told, what is allowed, what concerns nothing printed |

pub mod batch;
pub mod edition;
pub mod manifest;
pub mod matrix;
pub mod memory;
mod request;
mod status;
mod update;
mod warnings;
pub mod watch;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Diagnostic, Result, Warned, as_json, distinct};
use crate::export::{Find, Written};
use crate::output::File;
use crate::project::Allowed;
use crate::prose::Skipped;
use crate::stats::{Facts, Period};
use edition::{Edition, Pipeline, Version};
use manifest::{Manifest, NAME, Parameters, Reason};
use memory::Forget;

pub use request::Request;
pub use status::{Previous, Status};
pub use update::{Built, Options, Planned, Unchanged, Updated, plan, update, update_shown};
pub use warnings::{Rows, Sorted, sort};

/// Builds what is requested, in memory. PDFs of the `previous` build are taken where they are made
/// of the same; with none, everything is made anew.
pub fn build(
    request: &Request,
    previous: Option<&Previous>,
    forget: Forget,
) -> Result<Warned<Build>> {
    let mut found = vec![];
    compose(request, &mut found)?.typeset(previous, &found, forget)
}

/// The editions of a request, worded, drawn and checked, before they have pages.
pub struct Composition {
    /// The project, read and checked.
    pub pipeline: Pipeline,
    /// The period.
    pub period: Period,
    /// The day that was asked for.
    pub as_of: Option<Date>,
    /// The version that is published.
    pub version: Option<Version>,
    /// An edition for each form of the brief, in the project's order.
    pub editions: Vec<Edition>,
}

/// A build in memory.
#[derive(Debug)]
pub struct Build {
    /// Its files, the manifest among them.
    pub files: Vec<File>,
    /// What it was made of.
    pub manifest: Manifest,
    /// What it quotes.
    pub facts: Arc<Facts>,
    /// PDFs of the previous build that are made of the same, and were taken.
    pub kept: Vec<String>,
    /// What could not be said.
    pub skipped: Vec<Skipped>,
    /// The warnings that somebody has allowed.
    pub allowed: Vec<Allowed>,
    /// Warnings about rows and facts on which nothing printed rests.
    pub elsewhere: Vec<Diagnostic>,
    /// The rows behind what it prints.
    pub rows: Rows,
}

/// Opens the project and words and draws its editions. What was found is in `found`, also beside an
/// error.
pub fn compose(request: &Request, found: &mut Vec<Diagnostic>) -> Result<Composition> {
    let pipeline = Pipeline::open(request.project.clone())?.unwarned(found);
    let period = pipeline.period(request.period, request.as_of)?;
    compose_period(pipeline, period, request, found)
}

/// The same of a project that is open, and a period that is known.
fn compose_period(
    pipeline: Pipeline,
    period: Period,
    request: &Request,
    found: &mut Vec<Diagnostic>,
) -> Result<Composition> {
    let (as_of, version) = (request.as_of, request.version.clone());
    let (mut said, mut editions) = (vec![], vec![]);
    for format in pipeline.project.formats.clone() {
        let edition = pipeline.edition_of(format, period, as_of, version.as_ref())?;
        editions.push(edition.unwarned(&mut said));
    }
    found.extend(said);
    Ok(Composition { pipeline, period, as_of, version, editions })
}

impl Composition {
    /// Where a build of it goes.
    pub fn folder(&self) -> PathBuf {
        self.pipeline.project.release_folder(self.period)
    }

    /// What could not be said, each once.
    pub fn skipped(&self) -> Vec<Skipped> {
        let mut all: Vec<Skipped> =
            self.editions.iter().flat_map(|edition| &edition.dropped).cloned().collect();
        distinct(&mut all);
        all
    }

    /// Sorts what was found of it before there are pages; see [`sort`].
    pub fn sort(&self, found: Vec<Diagnostic>) -> Sorted {
        sort(&self.pipeline, &self.editions, (self.period, self.as_of), found, false)
    }

    /// A name for all that it says, apart from when and as which version it is published.
    pub fn content(&self) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        for edition in &self.editions {
            hasher.update(self.pipeline.content(edition)?.as_bytes());
        }
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// What a build would come to beside the one in place: PDFs that would be set anew, by name,
    /// and why.
    pub fn would_set(&self, status: &Status) -> Result<(Vec<String>, Vec<Reason>)> {
        let mut anew = vec![];
        for edition in &self.editions {
            for (name, key) in self.pipeline.keys(edition)? {
                let known = status.usable().and_then(|previous| previous.pdf(&name, &key));
                anew.extend(known.is_none().then_some(name));
            }
        }
        let facts = self.editions.first().map(|edition| edition.facts.clone());
        Ok((anew, status.explained(&facts.unwrap_or_default())))
    }

    /// Sets its pages and writes the manifest. PDFs of the `previous` build are taken where they are
    /// made of the same; `said` was found so far.
    pub fn typeset(
        &self,
        previous: Option<&Previous>,
        said: &[Diagnostic],
        forget: Forget,
    ) -> Result<Warned<Build>> {
        let Self { pipeline, period, editions, .. } = self;
        let mut found = said.to_vec();
        let find = |name: &str, key: &blake3::Hash| previous?.pdf(name, key);
        let Written { mut files, keys, found: kept, .. } =
            set(pipeline, editions, &find, forget)?.unwarned(&mut found);
        let Sorted { told: found, allowed, elsewhere, rows } =
            sort(pipeline, editions, (*period, self.as_of), found, true);
        let skipped = self.skipped();
        let facts = editions.first().map(|edition| edition.facts.clone());
        let vintage = facts.as_ref().map(|facts| pipeline.vintage(facts));
        let version = self.version.as_ref();
        let as_of = self.as_of.or(version.map(|version| version.as_of));
        let manifest = Manifest::new(
            &pipeline.project,
            (Parameters::of(&pipeline.project, *period, as_of), version.map(Into::into)),
            vintage.unwrap_or_default(),
            &files,
            &keys,
            (found.iter().map(as_json).collect(), allowed.clone(), skipped.clone()),
        );
        files.push(File { name: NAME.to_owned(), bytes: manifest.to_bytes() });
        let facts = facts.unwrap_or_default();
        let value = Build { files, manifest, facts, kept, skipped, allowed, elsewhere, rows };
        Ok(Warned { value, warnings: found })
    }
}

impl Build {
    /// The PDFs that were set and not taken.
    pub fn set(&self) -> Vec<String> {
        let pdfs = self.files.iter().map(|file| &file.name).filter(|name| name.ends_with(".pdf"));
        pdfs.filter(|name| !self.kept.contains(name)).cloned().collect()
    }
}

/// Sets editions, but for the PDFs that `find` has; of files that several have, the first one's
/// stand: facts and figures are the same in every form.
fn set(
    pipeline: &Pipeline,
    editions: &[Edition],
    find: Find<'_>,
    forget: Forget,
) -> Result<Warned<Written>> {
    let (mut found, mut all) = (vec![], Written::default());
    for edition in editions {
        forget.before_edition(pipeline);
        let mut written = pipeline.typeset_reusing(edition, find)?.unwarned(&mut found);
        written.files.retain(|file| !all.files.iter().any(|known| known.name == file.name));
        all.append(written);
    }
    Ok(Warned { value: all, warnings: found })
}
