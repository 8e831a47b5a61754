//! The virtual files that Typst can read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use typst::foundations::Bytes;

/// Virtual files by path. Cloning is cheap, since content is shared.
///
/// Paths are the same for every edition, such as `/brief.typ`, `/figures/F1.svg`, `/facts.json`, because
/// Typst never frees a path and supports only 65,535 of them.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<String, File>);

/// A virtual file.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// The path as the user knows it, for messages.
    pub shown: PathBuf,
    /// The content.
    pub bytes: Bytes,
}

impl Files {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; it replaces an earlier one with the same path.
    ///
    /// `shown` is the path as the user knows it, for messages.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        shown: impl Into<PathBuf>,
        bytes: impl AsRef<[u8]> + Send + Sync + 'static,
    ) {
        self.0.insert(path.into(), File { shown: shown.into(), bytes: Bytes::new(bytes) });
    }

    /// Whether there is a file with this path.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The path as the user knows it.
    pub fn shown(&self, path: &str) -> Option<&Path> {
        self.0.get(path).map(|file| file.shown.as_path())
    }

    /// The paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The content of a file.
    pub(super) fn bytes(&self, path: &str) -> Option<Bytes> {
        self.0.get(path).map(|file| file.bytes.clone())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &File)> {
        self.0.iter().map(|(path, file)| (path.as_str(), file))
    }
}
