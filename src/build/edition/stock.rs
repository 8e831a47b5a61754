//! What several pipelines of one run share: tables and languages that were read, fonts that were
//! parsed.
//!
//! A matrix opens a pipeline for each profile and region; the tables are the same for all of them.
//! A rebuild in one process keeps the stock and calls [`Stock::forget_changed`] first.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::Language;
use crate::charts::Drawn;
use crate::data::{self, Dataset};
use crate::diag::{Diagnostic, Result, Warned};
use crate::files::{Files, Fingerprint};
use crate::project::Project;
use crate::typeset::Typesetter;

/// What was read once and is used by all.
#[derive(Default)]
pub struct Stock {
    memory: Option<usize>,
    /// By data folder, as it is and as the user calls it.
    tables: Kept<(PathBuf, PathBuf), Dataset>,
    /// By all that the project says, and the language's tag.
    languages: Kept<([u8; 32], String), Language>,
    /// Tables by what they are made of, for when one of their folder has changed.
    read: data::Memory,
    drawn: Arc<Drawn>,
    /// By the fonts that were added.
    typesetters: Mutex<BTreeMap<Vec<[u8; 32]>, Arc<Typesetter>>>,
}

/// How much was made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Tables that were read.
    pub tables: usize,
    /// Languages that were read.
    pub languages: usize,
    /// Charts that were drawn.
    pub charts: usize,
}

/// What was read, each with all that was asked for on the way: it is as new while that is as it was.
/// The second field counts the readings.
struct Kept<K, T>(Mutex<BTreeMap<K, Read<T>>>, AtomicUsize);

struct Read<T> {
    value: Arc<T>,
    warnings: Vec<Diagnostic>,
    fingerprints: Arc<BTreeMap<PathBuf, Fingerprint>>,
    /// Whether somebody took it since the last round.
    was_taken: bool,
}

impl<K, T> Default for Kept<K, T> {
    fn default() -> Self {
        Self(Mutex::default(), AtomicUsize::new(0))
    }
}

impl<K: Ord + Clone, T> Kept<K, T> {
    fn all(&self) -> MutexGuard<'_, BTreeMap<K, Read<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept under a key, or else what `read` makes from files of its own; either way
    /// `files` remembers what was asked for.
    ///
    /// The lock is not held while it is read: whoever waited for it inside the reading threads
    /// would wait for itself. At worst two read the same.
    fn get(
        &self,
        key: K,
        files: &Files,
        read: impl FnOnce(&Files) -> Result<Warned<T>>,
    ) -> Result<Warned<Arc<T>>> {
        if let Some(known) = self.all().get_mut(&key) {
            known.was_taken = true;
            files.take_over(&known.fingerprints);
            return Ok(Warned { value: known.value.clone(), warnings: known.warnings.clone() });
        }
        self.1.fetch_add(1, Ordering::Relaxed);
        let own = Files::new();
        let read = read(&own);
        let fingerprints = Arc::new(own.fingerprints());
        files.take_over(&fingerprints);
        let Warned { value, warnings } = read?;
        let value = Arc::new(value);
        let known = Read {
            value: value.clone(),
            warnings: warnings.clone(),
            fingerprints,
            was_taken: true,
        };
        self.all().insert(key, known);
        Ok(Warned { value, warnings })
    }

    /// Forgets what has changed, and what nobody took since the last time.
    fn forget_changed(&self) {
        self.all().retain(|_, known| {
            let is_as_it_was = |(path, before): (&PathBuf, &Fingerprint)| {
                Fingerprint::now(path, *before) == *before
            };
            std::mem::take(&mut known.was_taken) && known.fingerprints.par_iter().all(is_as_it_was)
        });
    }
}

impl Stock {
    /// An empty stock, for one release after the other.
    pub fn new() -> Self {
        Self { memory: Some(0), ..Self::default() }
    }

    /// An empty stock for somebody who builds again and again, and has Typst forget between the
    /// rounds ([`evict`](crate::typeset::evict)), when nobody waits.
    pub fn of_rounds() -> Self {
        Self::default()
    }

    /// An empty stock for `side_by_side` releases at a time: Typst forgets what none of so many
    /// used, since its memory is the whole process's.
    pub fn shared_by(side_by_side: usize) -> Self {
        Self { memory: Some(side_by_side), ..Self::default() }
    }

    pub(super) fn memory(&self) -> Option<usize> {
        self.memory
    }

    /// The tables of a project's data folder.
    pub(super) fn dataset(&self, project: &Project) -> Result<Warned<Arc<Dataset>>> {
        let shown = project.shown(&project.data);
        let key = (project.data.clone(), shown.clone());
        let read = |files: &Files| data::load_with(files, &project.data, &shown, &self.read);
        self.tables.get(key, &project.layers.files, read)
    }

    /// A language of a project, which `read` reads. `project_key` names all that the project says.
    pub(super) fn language(
        &self,
        project: &Project,
        project_key: [u8; 32],
        tag: &str,
        read: impl FnOnce(&Project, &str) -> Result<Warned<Language>>,
    ) -> Result<Warned<Arc<Language>>> {
        self.languages.get((project_key, tag.to_owned()), &project.layers.files, |files| {
            let mut project = project.clone();
            project.layers.files = files.clone();
            read(&project, tag)
        })
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

    /// What was done so far: what is the same as before is not done again.
    pub fn work(&self) -> Work {
        Work {
            tables: self.read.times(),
            languages: self.languages.1.load(Ordering::Relaxed),
            charts: self.drawn.times(),
        }
    }

    /// Forgets what was read from files that have changed since.
    pub fn forget_changed(&self) {
        rayon::join(|| self.tables.forget_changed(), || self.languages.forget_changed());
    }
}
