//! Building: turns a request into the files of a brief, in memory or in the output folder.
//!
//! In: a [`Request`] (a project with the files it is read from, a period, a day, the version to publish)
//! and the previous build. Out: a [`Build`], the files with their manifest. Nothing here prints, and no
//! other room repeats this sequence:
//!
//! ```text
//! build     open → compose → typeset
//! update    look → open → compose → lock → typeset → put
//! ```
//!
//! | function | callers |
//! |---|---|
//! | [`build`] | those that need the files in memory: `verify`, tests |
//! | [`compose`], then [`Composition::typeset`] | those that look in between: `check` and `publish` |
//! | [`update`] | those that update the output folder: `kosh build`, `batch` |
//! | [`update_shown`] | those that show the editions before their pages are typeset: `watch` |
//! | [`plan`] | those that only ask what would be done: `--dry-run` |
//!
//! | file | |
//! |---|---|
//! | `edition` | a project, loaded and checked, and its editions: the pipeline of stages |
//! | `manifest` | what a build was made of, and its files |
//! | `matrix` | the builds to make: bodies, regions, periods |
//! | `batch` | many builds in one run |
//! | `watch` | a build after each change of its inputs |
//! | `memory` | the memory of the process |
//! | `request` | requests |
//! | `status` | the build in place, and the reasons to build again |
//! | `update` | updates the output folder |
//! | `warnings` | warnings that are reported, allowed, or about nothing printed |

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

/// Builds a request in memory. PDFs of the `previous` build with the same key are reused; without one,
/// everything is built anew.
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
    /// The project, loaded and checked.
    pub pipeline: Pipeline,
    /// The period.
    pub period: Period,
    /// The requested day.
    pub as_of: Option<Date>,
    /// The version to publish.
    pub version: Option<Version>,
    /// An edition for each form of the brief, in the order of the project.
    pub editions: Vec<Edition>,
}

/// A build in memory.
#[derive(Debug)]
pub struct Build {
    /// Its files, including the manifest.
    pub files: Vec<File>,
    /// The manifest.
    pub manifest: Manifest,
    /// The facts that it quotes.
    pub facts: Arc<Facts>,
    /// The PDFs reused from the previous build.
    pub kept: Vec<String>,
    /// The sentences left out.
    pub skipped: Vec<Skipped>,
    /// The warnings that are allowed.
    pub allowed: Vec<Allowed>,
    /// Warnings about rows and facts that nothing printed is based on.
    pub elsewhere: Vec<Diagnostic>,
    /// The rows behind the printed facts.
    pub rows: Rows,
}

/// Opens the project, and words and draws its editions. Problems are added to `found`, also if there is
/// an error.
pub fn compose(request: &Request, found: &mut Vec<Diagnostic>) -> Result<Composition> {
    let pipeline = Pipeline::open(request.project.clone())?.unwarned(found);
    let period = pipeline.period(request.period, request.as_of)?;
    compose_period(pipeline, period, request, found)
}

/// The same for an open project and a known period.
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
    /// Its output folder.
    pub fn folder(&self) -> PathBuf {
        self.pipeline.project.release_folder(self.period)
    }

    /// The sentences left out, without duplicates.
    pub fn skipped(&self) -> Vec<Skipped> {
        let mut all: Vec<Skipped> =
            self.editions.iter().flat_map(|edition| &edition.skipped).cloned().collect();
        distinct(&mut all);
        all
    }

    /// Sorts the problems found before there are pages; see [`sort`].
    pub fn sort(&self, found: Vec<Diagnostic>) -> Sorted {
        sort(&self.pipeline, &self.editions, (self.period, self.as_of), found, false)
    }

    /// A hash of its content, without the number and day of publication.
    pub fn content(&self) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        for edition in &self.editions {
            hasher.update(self.pipeline.content(edition)?.as_bytes());
        }
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// What a build would do compared with the one in place: the names of PDFs that would be typeset, and
    /// the reasons.
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

    /// Typesets the pages and writes the manifest. PDFs of the `previous` build with the same key are
    /// reused; `said` has the problems found so far.
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
        let Sorted { reported: found, allowed, elsewhere, rows } =
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
    /// The PDFs that were typeset rather than reused.
    pub fn set(&self) -> Vec<String> {
        let pdfs = self.files.iter().map(|file| &file.name).filter(|name| name.ends_with(".pdf"));
        pdfs.filter(|name| !self.kept.contains(name)).cloned().collect()
    }
}

/// Typesets editions, except for PDFs that `find` returns. If several editions have a file, that of the
/// first one is used: facts and figures are the same in every form.
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
