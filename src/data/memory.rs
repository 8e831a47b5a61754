//! What was read before: a table whose file has not changed is not read again.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::Table;
use crate::diag::{Diagnostic, SourceText};
use crate::files::digest;

/// The tables of the last reading, each with what was said of it, by all it was made of.
#[derive(Default)]
pub struct Memory {
    tables: Mutex<HashMap<blake3::Hash, (u64, Read)>>,
    /// Which reading this is.
    age: std::sync::atomic::AtomicU64,
    times: AtomicUsize,
}

/// A table, and its problems.
pub(super) type Read = (Arc<Table>, Vec<Diagnostic>);

impl Memory {
    /// A table by what it is made of; read only if it was not read before.
    pub(super) fn table(&self, of: blake3::Hash, read: impl FnOnce() -> Read) -> Read {
        let age = self.age.load(Ordering::Relaxed);
        let found = {
            let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
            tables.get_mut(&of).map(|(used, known)| {
                *used = age;
                known.clone()
            })
        };
        found.unwrap_or_else(|| {
            self.times.fetch_add(1, Ordering::Relaxed);
            let known = read();
            let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
            tables.insert(of, (age, known.clone()));
            known
        })
    }

    /// A new reading begins: what the last one did not use is forgotten.
    pub(super) fn begin(&self) {
        let last = self.age.fetch_add(1, Ordering::Relaxed);
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        tables.retain(|_, (used, _)| *used == last);
    }

    /// How many tables were read so far.
    pub fn times(&self) -> usize {
        self.times.load(Ordering::Relaxed)
    }
}

/// Names all that the tables of a folder are made of, beside their own files: the package and the
/// registers that rows point to.
pub(super) fn surroundings<'a>(texts: impl Iterator<Item = &'a SourceText>) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    texts.for_each(|text| add(&mut hasher, text));
    hasher
}

/// Adds a text to what something is made of, under the name that messages and rows give it.
pub(super) fn add(hasher: &mut blake3::Hasher, text: &SourceText) {
    let path = text.path.to_string_lossy();
    digest::add(hasher, path.as_bytes());
    digest::add(hasher, text.text.as_bytes());
}
