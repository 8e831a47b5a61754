//! Batches: many releases in one run; each may fail without affecting the others.
//!
//! In: the items of a plan. Out: an outcome for each item, in the order of the plan; each is reported as
//! soon as it is done. All releases are made from one state of the disk, and a file used by several is
//! read once. Each release opens its own project; shared tables, languages and fonts are memoized
//! ([`memory`](super::memory)). An unchanged release is not opened. Nothing here prints.

mod pool;

use std::path::PathBuf;

use crate::build::manifest::Reason;
use crate::build::matrix::{Asked, Item};
use crate::build::memory::Forget;
use crate::build::{Options, Request, Updated, plan, update};
use crate::diag::{Code, Diagnostic, Result};
use crate::files::Disk;
use crate::project::Project;
use crate::prose::Skipped;

/// The options of a batch.
#[derive(Debug, Clone, Copy, Default)]
pub struct BatchOptions {
    /// The number of releases built at the same time.
    pub jobs: usize,
    /// Whether to build everything anew.
    pub is_forced: bool,
    /// Whether to determine only what would be built.
    pub is_dry: bool,
}

/// The result for a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was built; in a dry run, it would be.
    Built,
    /// It was up to date.
    Unchanged,
    /// It could not be built; the previous release is still in place.
    Failed,
}

/// The outcome of an item.
#[derive(Debug)]
pub struct Outcome {
    /// The item.
    pub item: Item,
    /// The result.
    pub state: State,
    /// Its folder, if known.
    pub folder: Option<PathBuf>,
    /// The reasons why it was built.
    pub reasons: Vec<Reason>,
    /// The PDFs that were typeset, or would be; reused ones are left out.
    pub set: Vec<String>,
    /// Files of other forms or languages from an earlier build, which were left in place.
    pub stays: Vec<String>,
    /// The problems found.
    pub found: Vec<Diagnostic>,
    /// The sentences left out.
    pub skipped: Vec<Skipped>,
}

impl Outcome {
    /// An outcome that failed before anything was known of it.
    pub fn failed(item: &Item, found: Vec<Diagnostic>) -> Self {
        Self { found, ..Self::new(item, State::Failed) }
    }

    fn new(item: &Item, state: State) -> Self {
        Self {
            item: item.clone(),
            state,
            folder: None,
            reasons: vec![],
            set: vec![],
            stays: vec![],
            found: vec![],
            skipped: vec![],
        }
    }
}

/// A run, with what its releases share.
struct Run<'a> {
    asked: &'a Asked,
    options: BatchOptions,
    disk: &'a Disk,
}

/// Builds the items of a plan from the state of the disk in this round, and calls `done` for each as soon
/// as it is done.
pub fn build(
    asked: &Asked,
    items: &[Item],
    options: BatchOptions,
    disk: &Disk,
    done: impl Fn(&Outcome) + Sync,
) -> Vec<Outcome> {
    let run = Run { asked, options, disk };
    pool::each(items, options.jobs, |item| run.one(item), broken, |_, outcome| done(outcome))
}

/// The outcome of a release in which the program panicked.
fn broken(item: &Item, panic: &str) -> Outcome {
    let problem =
        Diagnostic::error(Code::K0903, message!("kosh crashed at {item}: {panic}", item, panic))
            .note(message!(
                "the other releases are not affected, and the files of this one were not changed"
            ))
            .hint(message!("please report this message: it is a bug in kosh"));
    Outcome::failed(item, vec![problem])
}

impl Run<'_> {
    fn one(&self, item: &Item) -> Outcome {
        let mut outcome = Outcome::new(item, State::Failed);
        match self.attempt(item, &mut outcome) {
            Ok(state) => outcome.state = state,
            Err(problems) => outcome.found.extend(problems),
        }
        outcome
    }

    fn attempt(&self, item: &Item, outcome: &mut Outcome) -> Result<State> {
        let project = Project::open_in(self.disk, &self.asked.root, &item.overrides(self.asked))?;
        let Some(period) = item.period.or(project.period) else {
            // A plan gives each item a period.
            return Err(Diagnostic::error(
                Code::K0209,
                message!("the item of a plan has no period"),
            )
            .into());
        };
        outcome.folder = Some(project.release_folder(period));
        let request =
            Request { period: Some(period), as_of: self.asked.as_of, ..Request::new(project) };
        let (is_forced, forget) = (self.options.is_forced, Forget::Editions(self.options.jobs));
        let options = Options { is_forced, forget, ..Options::default() };
        if self.options.is_dry {
            let Some(planned) = plan(&request, options)? else {
                return Ok(State::Unchanged);
            };
            (outcome.set, outcome.reasons) = (planned.set, planned.reasons);
            return Ok(State::Built);
        }
        let mut found = vec![];
        let Updated::Built(built) = update(&request, options, &mut found)? else {
            return Ok(State::Unchanged);
        };
        outcome.found = found;
        outcome.set = built.build.set();
        (outcome.reasons, outcome.stays) = (built.reasons, built.stays);
        outcome.skipped = built.build.skipped;
        Ok(State::Built)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_program_is_reported_as_one() {
        let item = Item { profile: Some("bns".into()), region: None, period: None };
        let outcome = broken(&item, "index out of bounds");
        assert_eq!(outcome.state, State::Failed);
        let said = &outcome.found[0];
        assert_eq!(
            (said.code, &*said.message),
            (Code::K0903, "kosh crashed at latest bns: index out of bounds")
        );
    }
}
