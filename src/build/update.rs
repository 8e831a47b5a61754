//! Updates the output folder; nothing is done if nothing has changed.

use std::path::PathBuf;

use super::{Build, Composition, Request, Status, compose, compose_period};
use crate::build::edition::Pipeline;
use crate::build::manifest::{Manifest, Reason};
use crate::build::memory::Forget;
use crate::diag::{Diagnostic, Result};
use crate::files::Disk;
use crate::output::{self, Lock};
use crate::stats::Period;

/// The options of an update.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Whether to build everything anew.
    pub is_forced: bool,
    /// When the memory is evicted.
    pub forget: Forget,
    /// Called before waiting for another run with the same output folder.
    pub waiting: &'a dyn Fn(),
}

impl Default for Options<'_> {
    /// The options of the only build in a process: changes only, no message while waiting.
    fn default() -> Self {
        Self { is_forced: false, forget: Forget::Editions(0), waiting: &|| {} }
    }
}

impl Options<'_> {
    /// The status, ignored if the build is forced.
    fn counted(&self, status: Status) -> Status {
        if self.is_forced { status.forced() } else { status }
    }
}

/// The result of an update.
pub enum Updated {
    /// The build in place was up to date.
    Unchanged(Box<Unchanged>),
    /// A build was made.
    Built(Box<Built>),
}

/// A build in place that is up to date.
#[derive(Debug)]
pub struct Unchanged {
    /// Its period.
    pub period: Period,
    /// Its folder.
    pub folder: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
}

/// A build that is in place.
pub struct Built {
    /// Its editions.
    pub composition: Composition,
    /// The build.
    pub build: Build,
    /// Whether it was put in place; otherwise it equals the build that was there.
    pub is_new: bool,
    /// The reasons why it was made.
    pub reasons: Vec<Reason>,
    /// Files of other forms or languages from an earlier build, which were left in place.
    pub stays: Vec<String>,
}

/// What an update would do.
#[derive(Debug)]
pub struct Planned {
    /// The PDFs that would be typeset, by name; reused ones are left out.
    pub set: Vec<String>,
    /// The reasons why it would be made.
    pub reasons: Vec<Reason>,
}

/// Updates the output folder: builds the request and puts the build in place, unless the one in place is
/// up to date. The previous build stays until the new one is complete.
///
/// Problems are added to `found`, also if there is an error.
pub fn update(request: &Request, options: Options, found: &mut Vec<Diagnostic>) -> Result<Updated> {
    let (pipeline, period, status) = match begin(request, options, found)? {
        Begun::Unchanged(unchanged) => return Ok(Updated::Unchanged(unchanged)),
        Begun::Changed(pipeline, period, status) => (*pipeline, period, status),
    };
    let composition = compose_period(pipeline, period, request, found)?;
    let (lock, status) = hold(request, period, status, options)?;
    match unchanged(request, period, options.counted(status)) {
        Ok(unchanged) => {
            found.clear();
            Ok(Updated::Unchanged(unchanged))
        }
        Err(status) => {
            let built = put(composition, &lock, &status, options.forget, found)?;
            Ok(Updated::Built(Box::new(built)))
        }
    }
}

/// The same, but `show` gets the editions and the problems so far before their pages are typeset.
/// Editions are made even if the build in place is up to date; that build then stays. Nothing is evicted
/// from memory; the caller ends the round.
pub fn update_shown(
    request: &Request,
    show: impl FnOnce(&Composition, &[Diagnostic]) -> Result<()>,
    found: &mut Vec<Diagnostic>,
) -> Result<Built> {
    let composition = compose(request, found)?;
    show(&composition, found)?;
    let status = Status::of(request, composition.period, request.project.files.disk());
    let (lock, status) = hold(request, composition.period, status, Options::default())?;
    put(composition, &lock, &status, Forget::Later, found)
}

/// What [`update`] would do; `None` if nothing has changed. Nothing is typeset or written.
pub fn plan(request: &Request, options: Options) -> Result<Option<Planned>> {
    let mut found = vec![];
    match begin(request, options, &mut found)? {
        Begun::Unchanged(_) => Ok(None),
        Begun::Changed(pipeline, period, status) => {
            let composition = compose_period(*pipeline, period, request, &mut found)?;
            let (set, reasons) = composition.would_set(&status)?;
            Ok(Some(Planned { set, reasons }))
        }
    }
}

/// The beginning of a build.
enum Begun {
    /// The build in place is up to date.
    Unchanged(Box<Unchanged>),
    /// The project is open, and a period must be built.
    Changed(Box<Pipeline>, Period, Status),
}

/// Checks the build in place, and opens the project if it must be built again.
fn begin(request: &Request, options: Options, found: &mut Vec<Diagnostic>) -> Result<Begun> {
    let disk = request.project.files.disk();
    let look = |period| options.counted(Status::of(request, period, disk));
    // Often the period is known before anything is read, and the build is up to date.
    let mut early = None;
    if let Some(period) = request.period.or(request.project.period) {
        match unchanged(request, period, look(period)) {
            Ok(unchanged) => return Ok(Begun::Unchanged(unchanged)),
            Err(status) => early = Some(status),
        }
    }
    let pipeline = Pipeline::open(request.project.clone())?.unwarned(found);
    let period = pipeline.period(request.period, request.as_of)?;
    match unchanged(request, period, early.unwrap_or_else(|| look(period))) {
        Ok(unchanged) => {
            // The manifest has the warnings about the data.
            found.clear();
            Ok(Begun::Unchanged(unchanged))
        }
        Err(status) => Ok(Begun::Changed(Box::new(pipeline), period, status)),
    }
}

/// The build in place if it is up to date; else its status again.
fn unchanged(
    request: &Request,
    period: Period,
    status: Status,
) -> std::result::Result<Box<Unchanged>, Status> {
    match status {
        Status { previous: Some(previous), reasons } if reasons.is_empty() => {
            let folder = request.project.release_folder(period);
            Ok(Box::new(Unchanged { period, folder, manifest: *previous.manifest }))
        }
        status => Err(status),
    }
}

/// Locks the output folder until the lock is dropped. If another run holds the lock, waits, and
/// determines the status again.
fn hold(
    request: &Request,
    period: Period,
    status: Status,
    options: Options,
) -> Result<(Lock, Status)> {
    let folder = request.project.release_folder(period);
    request.project.may_be_filled(&folder)?;
    let mut has_waited = false;
    let lock = output::lock(&folder, || {
        has_waited = true;
        (options.waiting)();
    })?;
    // Another run may have finished in between without our waiting. Reused files are checked by their
    // hash, so at worst some work is done twice.
    let status = if has_waited { Status::of(request, period, &Disk::new()) } else { status };
    Ok((lock, status))
}

/// Typesets a composition and replaces what is not up to date. Old files that cannot be removed are a
/// warning; files that kosh did not make stay.
fn put(
    composition: Composition,
    lock: &Lock,
    status: &Status,
    forget: Forget,
    found: &mut Vec<Diagnostic>,
) -> Result<Built> {
    let build = composition.typeset(status.usable(), found, forget)?;
    // Problems found before are among those of the whole, unless they are about nothing printed.
    found.clear();
    let build = build.unwarned(found);
    if status.is_current() {
        let (reasons, stays) = Default::default();
        return Ok(Built { composition, build, is_new: false, reasons, stays });
    }
    let reasons = status.explained(&build.facts);
    let own = Manifest::own_in(lock.folder(), &build.manifest.parameters);
    let put = output::replace_locked(lock, &build.files, &own)?;
    found.extend(put.reported);
    Ok(Built { composition, build, is_new: true, reasons, stays: put.stays })
}
