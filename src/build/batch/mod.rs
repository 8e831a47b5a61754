//! A batch: many releases in one run, each of which may fail without the others.
//!
//! In: the items of a plan. Out: what came of each, in the plan's order; while it runs, each is
//! told as it is done. Tables and fonts are read once for all, languages and sections once for each
//! profile and region. What is unchanged is not opened at all. Nothing here prints.

mod pool;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::build::edition::Stock;
use crate::build::manifest::Reason;
use crate::build::matrix::{Asked, Item};
use crate::build::{Engine, Options, Request, Updated, plan, update};
use crate::diag::{Code, Diagnostic, Result};
use crate::files::Disk;
use crate::project::Project;
use crate::prose::Dropped;

/// How a batch is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way {
    /// How many releases at a time.
    pub jobs: usize,
    /// Whether nothing that lies there is taken for up to date.
    pub is_forced: bool,
    /// Whether only to look what there would be to do.
    pub is_dry: bool,
}

/// What became of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was made; in a dry run, it would be.
    Built,
    /// It was what a build would leave.
    Unchanged,
    /// It cannot be made; what was there is there.
    Failed,
}

/// What came of one item.
#[derive(Debug)]
pub struct Outcome {
    /// The item.
    pub item: Item,
    /// What became of it.
    pub state: State,
    /// Its folder, if it is known.
    pub folder: Option<PathBuf>,
    /// Why it was made.
    pub reasons: Vec<Reason>,
    /// The PDFs that were set, or would be; those made of the same are not among them.
    pub set: Vec<String>,
    /// Files that a build of other forms or languages left, and that were not made again.
    pub stays: Vec<String>,
    /// What was said of it.
    pub found: Vec<Diagnostic>,
    /// What could not be said.
    pub dropped: Vec<Dropped>,
}

impl Outcome {
    /// One that failed before anything was known of it.
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
            dropped: vec![],
        }
    }
}

/// What an engine belongs to: a profile and a region.
type Key = (Option<String>, Option<String>);

/// What the releases of one profile and region share, and how many of them are left.
struct Open<'a> {
    engine: Arc<Engine<'a>>,
    left: usize,
}

/// A run: what its releases share.
struct Run<'a> {
    asked: &'a Asked,
    way: Way,
    disk: Disk,
    open: Mutex<BTreeMap<Key, Open<'a>>>,
}

/// Makes the items of a plan, and tells `done` of each as it is done.
pub fn build(
    asked: &Asked,
    items: &[Item],
    way: Way,
    stock: &Stock,
    done: impl Fn(&Outcome) + Sync,
) -> Vec<Outcome> {
    let mut open = BTreeMap::new();
    for item in items {
        let new = || Open { engine: Arc::new(Engine::new(stock)), left: 0 };
        open.entry((item.profile.clone(), item.region.clone())).or_insert_with(new).left += 1;
    }
    let run = Run { asked, way, disk: Disk::new(), open: Mutex::new(open) };
    let after = |item: &Item, outcome: &Outcome| {
        run.close(item);
        done(outcome);
    };
    pool::each(items, way.jobs, |item| run.one(item), broken, after)
}

/// The outcome of a release in which the program itself failed.
fn broken(item: &Item, panic: &str) -> Outcome {
    let problem = Diagnostic::error(Code::K0903, format!("kosh itself failed at {item}: {panic}"))
        .note("the other releases are not touched by it, and what lay there lies there still")
        .hint("please report it with this message: it is our fault, not yours");
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
        let project = Project::open(&self.asked.root, &item.overrides(self.asked))?;
        let Some(period) = item.period.or(project.period) else {
            // A plan names the period of each item.
            return Err(Diagnostic::error(Code::K0209, "the item of a plan has no period").into());
        };
        outcome.folder = Some(project.release_folder(period));
        let request =
            Request { period: Some(period), as_of: self.asked.as_of, ..Request::new(project) };
        let engine = self.engine(item);
        let options = Options { is_forced: self.way.is_forced, ..Options::new(&self.disk) };
        if self.way.is_dry {
            let Some(planned) = plan(&request, &engine, options)? else {
                return Ok(State::Unchanged);
            };
            (outcome.set, outcome.reasons) = (planned.set, planned.reasons);
            return Ok(State::Built);
        }
        let mut found = vec![];
        let Updated::Built(built) = update(&request, &engine, options, &mut found)? else {
            return Ok(State::Unchanged);
        };
        outcome.found = found;
        outcome.set = built.build.set();
        (outcome.reasons, outcome.stays) = (built.reasons, built.stays);
        outcome.dropped = built.build.skipped;
        Ok(State::Built)
    }

    /// The engine of an item's profile and region.
    fn engine(&self, item: &Item) -> Arc<Engine<'_>> {
        let key = (item.profile.clone(), item.region.clone());
        self.open.lock().unwrap_or_else(PoisonError::into_inner)[&key].engine.clone()
    }

    /// Lets go of what only items that are done have shared.
    fn close(&self, item: &Item) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (item.profile.clone(), item.region.clone());
        if let Some(shared) = open.get_mut(&key) {
            shared.left -= 1;
            if shared.left == 0 {
                open.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_program_is_told_as_one() {
        let item = Item { profile: Some("bns".into()), region: None, period: None };
        let outcome = broken(&item, "index out of bounds");
        assert_eq!(outcome.state, State::Failed);
        let said = &outcome.found[0];
        assert_eq!(
            (said.code, &*said.message),
            (Code::K0903, "kosh itself failed at latest bns: index out of bounds")
        );
    }
}
