//! The output folder brought up to date: nothing is done where nothing has changed.

use std::path::PathBuf;

use super::{Build, Composition, Request, Status, compose, compose_period};
use crate::build::edition::Pipeline;
use crate::build::manifest::{Manifest, Reason};
use crate::build::memory::Forget;
use crate::diag::{Diagnostic, Result};
use crate::files::Disk;
use crate::output::{self, Lock};
use crate::stats::Period;

/// How the output folder is brought up to date.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Whether nothing that is in place is taken for up to date.
    pub is_forced: bool,
    /// When the process forgets what it made before.
    pub forget: Forget,
    /// Called before waiting for another run that builds the same.
    pub waiting: &'a dyn Fn(),
}

impl Default for Options<'_> {
    /// What has changed is built, as the only build of the process, and nobody is told of waiting.
    fn default() -> Self {
        Self { is_forced: false, forget: Forget::Editions(0), waiting: &|| {} }
    }
}

impl Options<'_> {
    /// The status that counts.
    fn counted(&self, status: Status) -> Status {
        if self.is_forced { status.forced() } else { status }
    }
}

/// What bringing the output folder up to date came to.
pub enum Updated {
    /// The build in place is what a build would leave.
    Unchanged(Box<Unchanged>),
    /// It was made.
    Built(Box<Built>),
}

/// A build in place that is what a build would leave.
#[derive(Debug)]
pub struct Unchanged {
    /// Its period.
    pub period: Period,
    /// Where it is.
    pub folder: PathBuf,
    /// What it was made of.
    pub manifest: Manifest,
}

/// A build that is in place.
pub struct Built {
    /// Its editions.
    pub composition: Composition,
    /// The build.
    pub build: Build,
    /// Whether it was put in place; else the one in place is the same.
    pub is_new: bool,
    /// Why it was made.
    pub reasons: Vec<Reason>,
    /// Files that a build of other forms or languages left, and that were not made again.
    pub stays: Vec<String>,
}

/// What a build would come to.
#[derive(Debug)]
pub struct Planned {
    /// PDFs that would be set, by name; those made of the same are not among them.
    pub set: Vec<String>,
    /// Why it would be made.
    pub reasons: Vec<Reason>,
}

/// Brings the output folder up to date: builds what is requested and puts it there, unless the
/// build in place is what would be left. The previous build stands until the new one is whole.
///
/// What was found is in `found`, also beside an error.
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

/// The same for somebody who is shown the editions before their pages are set: they are made also
/// where the build in place is up to date, which then stays as it is. `show` is told what was found
/// so far. Nothing is forgotten on the way: whoever builds again and again ends the round afterwards.
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

/// What [`update`] would do; nothing, if nothing has changed. Nothing is set or written.
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

/// How a build begins.
enum Begun {
    /// There is nothing to do.
    Unchanged(Box<Unchanged>),
    /// The project is open, and there is something to do for a period.
    Changed(Box<Pipeline>, Period, Status),
}

/// Looks at the build in place, and opens the project where it has to be made again.
fn begin(request: &Request, options: Options, found: &mut Vec<Diagnostic>) -> Result<Begun> {
    let disk = request.project.files.disk();
    let look = |period| options.counted(Status::of(request, period, disk));
    // Often the period is known before anything is read, and there is nothing to do.
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
            // What was said of the data is told as still so.
            found.clear();
            Ok(Begun::Unchanged(unchanged))
        }
        Err(status) => Ok(Begun::Changed(Box::new(pipeline), period, status)),
    }
}

/// The build in place, if it is what a build would leave; else its status again.
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

/// Keeps others from the output folder until the lock is dropped. If somebody has it, waits, and
/// looks again at what they left.
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
    // Somebody may have been here in between without our waiting: what is taken of the build in
    // place is held against its hash, so that at worst some work is done twice.
    let status = if has_waited { Status::of(request, period, &Disk::new()) } else { status };
    Ok((lock, status))
}

/// Sets the pages of a composition and puts them in place of what is not current. What stood there
/// before and cannot be cleared away is a warning; what kosh did not make stays.
fn put(
    composition: Composition,
    lock: &Lock,
    status: &Status,
    forget: Forget,
    found: &mut Vec<Diagnostic>,
) -> Result<Built> {
    let build = composition.typeset(status.usable(), found, forget)?;
    // What was said before is among what is said of the whole, unless nothing printed rests on it.
    found.clear();
    let build = build.unwarned(found);
    if status.is_current() {
        let (reasons, stays) = Default::default();
        return Ok(Built { composition, build, is_new: false, reasons, stays });
    }
    let reasons = status.explained(&build.facts);
    let own = Manifest::own_in(lock.folder(), &build.manifest.parameters);
    let put = output::replace_locked(lock, &build.files, &own)?;
    found.extend(put.told);
    Ok(Built { composition, build, is_new: true, reasons, stays: put.stays })
}
