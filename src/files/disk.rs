//! The state of the disk and of the shipped files in a round: each path is looked up once, and the first
//! answer is kept.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Blob, Fingerprint, shipped, shipped_name};

/// A cached view of the disk. A round of builds shares one, so that all builds see the same state and
/// each file is read once. Clones share the cache.
///
/// Later changes are seen by the next view.
#[derive(Clone, Default)]
pub struct Disk(Arc<Answers>);

/// The names in a folder, sorted.
pub type Names = Arc<BTreeSet<String>>;

/// The reason why a path cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unreadable {
    /// The kind of error.
    pub kind: io::ErrorKind,
    message: String,
}

impl Unreadable {
    /// Whether the path does not exist, rather than being unreadable.
    pub(super) fn is_of_nothing(&self) -> bool {
        matches!(self.kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self { kind: error.kind(), message: error.to_string() }
    }
}

/// The answers so far, by path.
#[derive(Default)]
struct Answers {
    read: Kept<Result<Blob, Unreadable>>,
    exists: Kept<bool>,
    listed: Kept<Result<Names, Unreadable>>,
}

type Kept<T> = Mutex<HashMap<PathBuf, T>>;

/// The first answer for a path. It is computed without a lock: at worst two threads compute it, and one
/// answer is kept.
fn first<T: Clone>(kept: &Kept<T>, path: &Path, look: impl FnOnce() -> T) -> T {
    known(kept, path).unwrap_or_else(|| {
        let seen = look();
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.entry(path.to_path_buf()).or_insert(seen).clone()
    })
}

fn known<T: Clone>(kept: &Kept<T>, path: &Path) -> Option<T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
}

impl Disk {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// Has a file be read as these bytes in this round, whatever stands on the disk: so files are checked before
    /// they are written. A later answer does not count; it must come before the file is asked for.
    pub fn presume(&self, path: &Path, content: Blob) {
        let _ = first(&self.0.read, path, || Ok(content));
        first(&self.0.exists, path, || true);
    }

    /// The content of a file.
    pub(super) fn read(&self, path: &Path) -> Result<Blob, Unreadable> {
        first(&self.0.read, path, || {
            let bytes = match shipped_name(path) {
                Some(name) => shipped::file(&name)
                    .map(std::borrow::Cow::into_owned)
                    .ok_or_else(|| io::ErrorKind::NotFound.into()),
                None => read_file(path),
            };
            self.unless_absent(path, bytes.map(Blob::from).map_err(Unreadable::from))
        })
    }

    /// Whether a path exists, even if reading it would be refused.
    pub(super) fn exists(&self, path: &Path) -> bool {
        let is_read = || known(&self.0.read, path).is_some_and(|read| read.is_ok());
        first(&self.0.exists, path, || match shipped_name(path) {
            _ if is_read() => true,
            Some(name) => shipped::file(&name).is_some(),
            None => is_there(path),
        })
    }

    /// The answer now, but a path that was reported missing before stays missing.
    fn unless_absent<T>(&self, path: &Path, seen: Result<T, Unreadable>) -> Result<T, Unreadable> {
        // The system's error code for a missing file.
        const ABSENT: i32 = 2;
        let is_absent = || known(&self.0.exists, path) == Some(false);
        match seen {
            Ok(_) if shipped_name(path).is_none() && is_absent() => {
                Err(io::Error::from_raw_os_error(ABSENT).into())
            }
            seen => seen,
        }
    }

    /// The names in a folder.
    pub(super) fn list(&self, folder: &Path) -> Result<Names, Unreadable> {
        first(&self.0.listed, folder, || {
            let names = match shipped_name(folder) {
                Some(name) => shipped_names(name).ok_or_else(|| io::ErrorKind::NotFound.into()),
                None => names(folder),
            };
            self.unless_absent(folder, names.map(Names::new).map_err(Unreadable::from))
        })
    }

    /// The current fingerprint of a path, of the same kind as `before`.
    pub fn now(&self, path: &Path, before: Fingerprint) -> Fingerprint {
        match before {
            Fingerprint::Folder(_) => self.folder(path),
            Fingerprint::Present if self.exists(path) => Fingerprint::Present,
            _ => match self.read(path) {
                Ok(content) => Fingerprint::File(content.hash()),
                Err(_) => self.no_file(path),
            },
        }
    }

    /// The fingerprint of a path without a file: absent, or a folder.
    pub(super) fn no_file(&self, path: &Path) -> Fingerprint {
        match shipped_name(path) {
            Some(_) => Fingerprint::Absent,
            None => {
                self.list(path).map_or(Fingerprint::Absent, |names| Fingerprint::of_names(&names))
            }
        }
    }

    /// The fingerprint of a path where a folder is expected: a folder, a file, or absent.
    pub(super) fn folder(&self, path: &Path) -> Fingerprint {
        match self.list(path) {
            Ok(names) => Fingerprint::of_names(&names),
            Err(error) if error.kind == io::ErrorKind::NotADirectory && self.exists(path) => {
                Fingerprint::Present
            }
            Err(_) => Fingerprint::Absent,
        }
    }
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Disk(..)")
    }
}

/// The names in a shipped folder.
fn shipped_names(name: String) -> Option<BTreeSet<String>> {
    let prefix = if name.is_empty() { name } else { format!("{name}/") };
    let names: BTreeSet<String> = shipped::files()
        .iter()
        .filter_map(|path| path.strip_prefix(&prefix)?.split('/').next())
        .map(str::to_owned)
        .collect();
    Some(names).filter(|names| !names.is_empty())
}

/// The content of a file on disk. Folders, and devices and pipes without an end, are refused.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder, not a file"));
    }
    if !metadata.is_file() {
        let what = "it is a device or a pipe, not a file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    std::fs::read(path)
}

fn is_there(path: &Path) -> bool {
    match std::fs::metadata(path) {
        // Other kinds of files exist too, and are refused when read.
        Ok(_) => true,
        Err(error) => {
            !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        }
    }
}

/// The names in a folder, without hidden ones, which belong to editors or the system.
fn names(folder: &Path) -> io::Result<BTreeSet<String>> {
    // Names that are not Unicode are skipped, since nothing can refer to them.
    let names = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().into_string().ok()))
        .filter_map(io::Result::transpose);
    names.filter(|name| !name.as_ref().is_ok_and(|name| name.starts_with('.'))).collect()
}
