//! What stands on the disk now: each thing is looked at once, so that a matrix of releases that
//! read the same files asks for each of them once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Fingerprint;

/// A look at the disk that remembers.
#[derive(Debug, Default)]
pub struct Disk(Mutex<HashMap<(PathBuf, std::mem::Discriminant<Fingerprint>), Fingerprint>>);

impl Disk {
    /// Nothing was looked at yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What stands under a path now, as far as it compares with what stood there before.
    pub fn now(&self, path: &Path, before: Fingerprint) -> Fingerprint {
        let key = (path.to_path_buf(), std::mem::discriminant(&before));
        let known = |all: &Mutex<HashMap<_, _>>| {
            all.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied()
        };
        if let Some(fingerprint) = known(&self.0) {
            return fingerprint;
        }
        let fingerprint = Fingerprint::now(path, before);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, fingerprint);
        fingerprint
    }
}
