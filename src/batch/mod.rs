//! A batch: many releases in one run, each of which may fail without the others.
//!
//! In: the items of a plan. Out: what came of each, in the plan's order; while it runs, each is
//! told as it is done. Tables and fonts are read once for all, languages and sections once for each
//! profile and region. What is unchanged is not opened at all. Nothing here prints.

mod crew;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::build::{self, Order, Standing};
use crate::diag::{Diagnostic, Result, Warned};
use crate::manifest::{Disk, Reason};
use crate::pipeline::{Pipeline, Stock};
use crate::plan::{Asked, Item};
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

/// A profile and a region.
type Whose = (Option<String>, Option<String>);

type Opened = Result<(Arc<Pipeline>, Vec<Diagnostic>)>;

/// What the releases of one profile and region share.
struct Open {
    cell: Arc<OnceLock<Opened>>,
    left: usize,
}

/// A run: what its releases share.
struct Run<'a> {
    asked: &'a Asked,
    way: Way,
    stock: &'a Stock,
    disk: Disk,
    open: Mutex<BTreeMap<Whose, Open>>,
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
        let new = || Open { cell: Arc::default(), left: 0 };
        open.entry((item.profile.clone(), item.region.clone())).or_insert_with(new).left += 1;
    }
    let run = Run { asked, way, stock, disk: Disk::new(), open: Mutex::new(open) };
    let after = |item: &Item, outcome: &Outcome| {
        run.close(item);
        done(outcome);
    };
    crew::each(items, way.jobs, |item| run.one(item), broken, after)
}

/// The outcome of a release in which the program itself failed.
fn broken(item: &Item, panic: &str) -> Outcome {
    let problem = Diagnostic::error("K0903", format!("kosh itself failed at {item}: {panic}"))
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
            return Err(Diagnostic::error("K0209", "the item of a plan has no period").into());
        };
        let as_of = self.asked.as_of;
        let order = Order { project, period, as_of };
        outcome.folder = Some(order.folder());
        let standing = order.standing(&self.disk);
        let is_current = |standing: &Standing| standing.is_current() && !self.way.is_forced;
        if is_current(&standing) {
            return Ok(State::Unchanged);
        }
        let (pipeline, said) = self.pipeline(item, order.project.clone())?;
        if self.way.is_dry {
            let standing = if self.way.is_forced { standing.forced() } else { standing };
            (outcome.set, outcome.reasons) =
                build::would_make(&pipeline, period, as_of, &standing)?;
            return Ok(State::Built);
        }
        let (lock, standing) = order.begin(standing, || {})?;
        if is_current(&standing) {
            return Ok(State::Unchanged);
        }
        let standing = if self.way.is_forced { standing.forced() } else { standing };
        let made = build::make(&pipeline, period, as_of, standing.usable(), &said)?
            .unwarned(&mut outcome.found);
        outcome.reasons = standing.explained(&made.facts);
        outcome.set = made.set();
        let put = build::put(&lock, &made)?;
        outcome.found.extend(put.told);
        outcome.stays = put.stays;
        outcome.dropped = made.dropped;
        Ok(State::Built)
    }

    /// The pipeline of an item's profile and region, opened by whoever needs it first.
    fn pipeline(&self, item: &Item, project: Project) -> Opened {
        let key = (item.profile.clone(), item.region.clone());
        let cell = self.open.lock().unwrap_or_else(PoisonError::into_inner)[&key].cell.clone();
        let opened = cell.get_or_init(|| {
            let Warned { value, warnings } = Pipeline::open_with(project, self.stock)?;
            Ok((Arc::new(value), warnings))
        });
        opened.clone()
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
            ("K0903", "kosh itself failed at latest bns: index out of bounds")
        );
    }
}
