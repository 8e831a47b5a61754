//! What several pipelines of one run share: tables that were read, fonts that were parsed.
//!
//! A matrix opens a pipeline for each profile and region; the tables are the same for all of them.
//! A rebuild in one process keeps the stock and calls [`Stock::forget_changed`] first.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::data::{self, Dataset};
use crate::diag::{Diagnostic, Result, Warned};
use crate::figures::Drawn;
use crate::project::Project;
use crate::shelf::{Seen, Shelf};
use crate::typeset::Typesetter;

/// What was read once and is used by all.
#[derive(Default)]
pub struct Stock {
    memory: usize,
    /// By data folder, as it is and as the user calls it.
    tables: Mutex<BTreeMap<(PathBuf, PathBuf), Tables>>,
    /// Tables by what they are made of, for when one of their folder has changed.
    read: data::Memory,
    drawn: Arc<Drawn>,
    /// By the fonts that were added.
    typesetters: Mutex<BTreeMap<Vec<[u8; 32]>, Arc<Typesetter>>>,
}

/// The tables of a data folder.
#[derive(Clone)]
struct Tables {
    dataset: Arc<Dataset>,
    warnings: Vec<Diagnostic>,
    seen: Arc<BTreeMap<PathBuf, Seen>>,
}

impl Stock {
    /// An empty stock, for one release after the other.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty stock for `side_by_side` releases at a time: Typst forgets what none of so many
    /// used, since its memory is the whole process's.
    pub fn shared_by(side_by_side: usize) -> Self {
        Self { memory: side_by_side, ..Self::default() }
    }

    pub(super) fn memory(&self) -> usize {
        self.memory
    }

    /// The tables of a project's data folder.
    ///
    /// The lock is not held while they are read: whoever waited for it inside the reading threads
    /// would wait for itself. At worst two read the same.
    pub(super) fn dataset(&self, project: &Project) -> Result<Warned<Arc<Dataset>>> {
        let shown = project.shown(&project.data);
        let place = (project.data.clone(), shown.clone());
        let known = self.tables.lock().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
        let tables = match known {
            Some(tables) => tables,
            None => {
                let shelf = Shelf::new();
                let read = data::load_with(&shelf, &project.data, &shown, &self.read);
                let seen = Arc::new(shelf.seen());
                project.layers.shelf.take_over(&seen);
                let Warned { value, warnings } = read?;
                let tables = Tables { dataset: Arc::new(value), warnings, seen };
                let mut all = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
                all.entry(place).or_insert(tables).clone()
            }
        };
        project.layers.shelf.take_over(&tables.seen);
        Ok(Warned { value: tables.dataset, warnings: tables.warnings })
    }

    /// A typesetter with these fonts beside the shipped ones.
    pub(super) fn typesetter(&self, added: Vec<Vec<u8>>) -> Arc<Typesetter> {
        let key = added.iter().map(|font| *blake3::hash(font).as_bytes()).collect();
        let mut all = self.typesetters.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(key).or_insert_with(|| Arc::new(Typesetter::with_fonts(added))).clone()
    }

    /// What was drawn so far.
    pub(super) fn drawn(&self) -> Arc<Drawn> {
        self.drawn.clone()
    }

    /// How many tables were read and how many charts drawn so far: what is the same as before is
    /// neither.
    pub fn work(&self) -> (usize, usize) {
        (self.read.times(), self.drawn.times())
    }

    /// Forgets the tables of which a file has changed since it was read.
    pub fn forget_changed(&self) {
        let mut all = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, tables| {
            tables.seen.iter().all(|(path, before)| Seen::now(path, *before) == *before)
        });
    }
}
