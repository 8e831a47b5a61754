//! What Typst may read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use typst::foundations::Bytes;

/// Virtual files by path. Copying one is cheap: content is shared.
///
/// The paths are the same for every edition, as `/brief.typ`, `/figures/F1.svg`, `/facts.json`:
/// Typst never forgets a path, and has 65,535 of them.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<String, File>);

/// One virtual file.
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

    /// Adds a file, or takes the place of the one under this path: whoever adds later wins.
    ///
    /// `shown` is the path as the user knows it, which messages name.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        shown: impl Into<PathBuf>,
        bytes: impl AsRef<[u8]> + Send + Sync + 'static,
    ) {
        self.0.insert(path.into(), File { shown: shown.into(), bytes: Bytes::new(bytes) });
    }

    /// Whether there is a file under this path.
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
