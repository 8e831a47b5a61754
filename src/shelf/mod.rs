//! The shelf: everything that is read is read from here, and is remembered.
//!
//! In: paths, of the disk or of what the program carries ([`shipped`]). Out: bytes and names, and
//! afterwards the list of all that was asked for ([`Shelf::seen`]): content by its hash, and also
//! what was looked for and was not there. So a rebuild knows what the last one read, and `watch`
//! watches exactly that.
//!
//! A path that begins with `kosh:` names a shipped file; it is never a path of the disk.

pub mod shipped;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::{Diagnostic, Place, Result, SourceText};

/// Reads files, and remembers what was read. A copy remembers with the first.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<Mutex<BTreeMap<PathBuf, Seen>>>);

/// What was found under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A file; the hash of its content.
    File(blake3::Hash),
    /// A folder; the hash of the names in it.
    Folder(blake3::Hash),
    /// Nothing that could be read.
    Absent,
}

impl Seen {
    /// What stands under a path of the disk now, for comparison with what stood there before.
    pub fn now(path: &Path, before: Self) -> Self {
        match before {
            Self::Folder(_) => names(path).map_or(Self::Absent, |names| Self::of_names(&names)),
            _ => std::fs::read(path).map_or(Self::Absent, |bytes| Self::File(blake3::hash(&bytes))),
        }
    }

    fn of_names(names: &BTreeSet<String>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for name in names {
            // A name holds no zero byte, so two lists never run into one.
            hasher.update(name.as_bytes()).update(&[0]);
        }
        Self::Folder(hasher.finalize())
    }
}

impl Shelf {
    /// A shelf from which nothing was taken yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The content of a file.
    pub fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        if let Some(name) = shipped_name(path) {
            // The tool's version stands for what it carries; there is nothing to remember.
            let found = shipped::file(&name).map(std::borrow::Cow::into_owned);
            return found.ok_or_else(|| io::ErrorKind::NotFound.into());
        }
        let read = std::fs::read(path);
        let seen = read.as_ref().map_or(Seen::Absent, |bytes| Seen::File(blake3::hash(bytes)));
        self.remember(path, seen);
        read
    }

    /// Whether a file can be found under a path. That it was not there is remembered.
    pub fn has(&self, path: &Path) -> bool {
        match shipped_name(path) {
            Some(name) => shipped::file(&name).is_some(),
            None => {
                let is_there = path.is_file();
                if !is_there {
                    self.remember(path, Seen::Absent);
                }
                is_there
            }
        }
    }

    /// The names in a folder, sorted; `None` where there is no folder.
    pub fn names(&self, folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
        if let Some(name) = shipped_name(folder) {
            let prefix = if name.is_empty() { name } else { format!("{name}/") };
            let names: BTreeSet<String> = shipped::files()
                .iter()
                .filter_map(|path| path.strip_prefix(&prefix)?.split('/').next())
                .map(str::to_owned)
                .collect();
            return Ok(Some(names).filter(|names| !names.is_empty()));
        }
        match names(folder) {
            Ok(names) => {
                self.remember(folder, Seen::of_names(&names));
                Ok(Some(names))
            }
            Err(error) => {
                self.remember(folder, Seen::Absent);
                match error.kind() {
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(None),
                    _ => Err(error),
                }
            }
        }
    }

    /// A text file under the path by which the user knows it.
    pub fn text(&self, path: &Path, shown: &Path) -> Result<SourceText> {
        let at = || Place::Path(shown.to_path_buf());
        let name = shown.display();
        let bytes = self.bytes(path).map_err(|error| {
            vec![Diagnostic::error("K0001", format!("`{name}` cannot be read: {error}")).at(at())]
        })?;
        String::from_utf8(bytes).map(|text| SourceText::new(shown, text)).map_err(|error| {
            let at_byte = error.utf8_error().valid_up_to();
            vec![
                Diagnostic::error("K0002", format!("`{name}` is not UTF-8 text"))
                    .at(at())
                    .note(format!("byte {at_byte} is not part of a character"))
                    .hint("save the file as UTF-8"),
            ]
        })
    }

    /// Everything asked for so far that the disk could have had, by path.
    pub fn seen(&self) -> BTreeMap<PathBuf, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn remember(&self, path: &Path, seen: Seen) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(path.to_path_buf(), seen);
    }
}

/// The name of a shipped file or folder, if the path is one: `kosh:templates` → `templates`.
fn shipped_name(path: &Path) -> Option<String> {
    let text = path.to_str()?.strip_prefix(shipped::ROOT)?;
    Some(text.replace('\\', "/").trim_matches('/').to_owned())
}

fn names(folder: &Path) -> io::Result<BTreeSet<String>> {
    // A name that is not Unicode is none of a project's; nothing could ask for it.
    std::fs::read_dir(folder)?
        .filter_map(|entry| entry.map(|entry| entry.file_name().into_string().ok()).transpose())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_and_was_not_there_is_remembered() {
        let folder = std::env::temp_dir().join(format!("kosh-shelf-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (there, missing) = (folder.join("a.txt"), folder.join("b.txt"));
        std::fs::write(&there, "a").unwrap();
        let shelf = Shelf::new();
        assert!(!shelf.has(&missing));
        assert_eq!(shelf.bytes(&there).unwrap(), b"a");
        assert_eq!(shelf.names(&folder).unwrap().unwrap().len(), 1);
        let seen = shelf.seen();
        assert_eq!(seen[&missing], Seen::Absent);
        for (path, before) in &seen {
            assert_eq!(Seen::now(path, *before), *before, "{}", path.display());
        }
        std::fs::write(&missing, "b").unwrap();
        for (path, before) in seen.iter().filter(|(path, _)| **path != there) {
            assert_ne!(Seen::now(path, *before), *before, "{}", path.display());
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn shipped_files_are_read_and_listed_like_others() {
        let shelf = Shelf::new();
        let names = shelf.names(Path::new("kosh:templates/profiles")).unwrap().unwrap();
        assert!(names.contains("bns"), "{names:?}");
        assert!(shelf.has(Path::new("kosh:templates/figures.toml")));
        assert!(!shelf.has(Path::new("kosh:templates/figure.toml")));
        assert!(shelf.names(Path::new("kosh:nowhere")).unwrap().is_none());
        assert!(shelf.seen().is_empty());
    }
}
