//! What stands on the disk, or is carried by the program: each question is put to it once, and the
//! first answer stands.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Blob, Fingerprint, shipped, shipped_name};

/// A look at the disk that remembers: a round of builds has one, so that all of them are made of the
/// same state of the disk and a file that several read is read once. A copy remembers with the first.
///
/// What comes later is seen by the next look.
#[derive(Clone, Default)]
pub struct Disk(Arc<Answers>);

/// The names in a folder, sorted.
pub type Names = Arc<BTreeSet<String>>;

/// Why something cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unreadable {
    /// What kind of reason it is.
    pub kind: io::ErrorKind,
    message: String,
}

impl Unreadable {
    /// Whether there is nothing of the kind, and not something that cannot be read.
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

/// The first answer to a question. It is not waited for: at worst two put the question, and the
/// answer of one of them stands.
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
    /// Nothing was looked at yet.
    pub fn new() -> Self {
        Self::default()
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

    /// Whether something is found under a path, if only to be refused.
    pub(super) fn exists(&self, path: &Path) -> bool {
        let is_read = || known(&self.0.read, path).is_some_and(|read| read.is_ok());
        first(&self.0.exists, path, || match shipped_name(path) {
            _ if is_read() => true,
            Some(name) => shipped::file(&name).is_some(),
            None => is_there(path),
        })
    }

    /// What is seen now, but what was said not to be there is not there for another question either.
    fn unless_absent<T>(&self, path: &Path, seen: Result<T, Unreadable>) -> Result<T, Unreadable> {
        // The system's own number and words for a file that is not there.
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

    /// What stands under a path now, as far as it compares with what stood there before.
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

    /// What stands where no file does: nothing, or a folder.
    pub(super) fn no_file(&self, path: &Path) -> Fingerprint {
        match shipped_name(path) {
            Some(_) => Fingerprint::Absent,
            None => {
                self.list(path).map_or(Fingerprint::Absent, |names| Fingerprint::of_names(&names))
            }
        }
    }

    /// What stands where a folder is looked for: one, a file, or nothing.
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

/// The content of a file of the disk. A folder has none, and that of a device or a pipe has no end.
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
        // What is no file is found too, and refused when it is read.
        Ok(_) => true,
        Err(error) => {
            !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        }
    }
}

/// The names in a folder, but for hidden ones: those are an editor's or the system's own.
fn names(folder: &Path) -> io::Result<BTreeSet<String>> {
    // A name that is not Unicode is none of a project's; nothing could ask for it.
    let names = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().into_string().ok()))
        .filter_map(io::Result::transpose);
    names.filter(|name| !name.as_ref().is_ok_and(|name| name.starts_with('.'))).collect()
}
