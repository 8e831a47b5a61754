//! Files: everything that is read is read from here, and is remembered.
//!
//! In: paths, of the disk or of what the program carries ([`shipped`]). Out: bytes and names, and
//! afterwards the list of all that was asked for ([`Files::fingerprints`]): content by its hash, and also
//! what was looked for and was not there. So a rebuild knows what the last one read, and `watch`
//! watches exactly that.
//!
//! A path that begins with `kosh:` names a shipped file; it is never a path of the disk.
//!
//! | file | |
//! |---|---|
//! | `shipped` | the files that the program carries |
//! | `build_info` | the program's own version and the hash of its sources |
//! | `disk` | what stands on the disk now, each thing looked at once |
//! | `relative` | paths as the project knows them |
//! | `digest` | names for lists of things by their content |

pub mod build_info;
pub mod digest;
mod disk;
mod relative;
pub mod shipped;

pub use disk::Disk;
pub use relative::relative;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::{Code, Diagnostic, Place, Result, SourceText};

/// Reads files, and remembers what was read. A copy remembers with the first.
#[derive(Debug, Clone, Default)]
pub struct Files(Arc<Mutex<BTreeMap<PathBuf, Fingerprint>>>);

/// What was found under a path: by it is known later whether it is still the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fingerprint {
    /// A file; the hash of its content.
    File(blake3::Hash),
    /// A folder; the hash of the names in it.
    Folder(blake3::Hash),
    /// A file that nobody read: only that it is there was asked.
    Present,
    /// Nothing that could be read.
    Absent,
    /// Two things at two times of one run: never the same again.
    Unsettled,
}

impl Fingerprint {
    /// What stands under a path now, for comparison with what stood there before.
    pub fn now(path: &Path, before: Self) -> Self {
        let listed = |names: BTreeSet<String>| Self::of_names(&names);
        let read = |bytes: &[u8]| Self::File(blake3::hash(bytes));
        match (before, shipped_name(path)) {
            (Self::Folder(_), Some(name)) => shipped_names(name).map_or(Self::Absent, listed),
            (Self::Folder(_), None) => names(path).map_or(Self::Absent, listed),
            (Self::Present, None) if is_there(path) => Self::Present,
            (Self::Present, Some(name)) if shipped::file(&name).is_some() => Self::Present,
            (_, Some(name)) => shipped::file(&name).map_or(Self::Absent, |bytes| read(&bytes)),
            (_, None) => read_file(path).map_or_else(|_| Self::no_file(path), |b| read(&b)),
        }
    }

    /// What stands where no file does: nothing, or a folder.
    fn no_file(path: &Path) -> Self {
        match shipped_name(path) {
            Some(_) => Self::Absent,
            None => names(path).map_or(Self::Absent, |names| Self::of_names(&names)),
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

impl Files {
    /// Nothing was read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The content of a file.
    pub fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        let read = match shipped_name(path) {
            Some(name) => shipped::file(&name)
                .map(std::borrow::Cow::into_owned)
                .ok_or_else(|| io::ErrorKind::NotFound.into()),
            None => read_file(path),
        };
        let fingerprint = match &read {
            Ok(bytes) => Fingerprint::File(blake3::hash(bytes)),
            Err(_) => Fingerprint::no_file(path),
        };
        self.remember(path, fingerprint);
        read
    }

    /// Whether a file can be found under a path, if only to be refused: one that nobody may look for
    /// counts as found, so that no other is taken for it unseen. The answer is remembered.
    pub fn has(&self, path: &Path) -> bool {
        let is_there = match shipped_name(path) {
            Some(name) => shipped::file(&name).is_some(),
            None => is_there(path),
        };
        self.remember(
            path,
            if is_there { Fingerprint::Present } else { Fingerprint::no_file(path) },
        );
        is_there
    }

    /// The names in a folder, sorted; `None` where there is no folder.
    pub fn names(&self, folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
        if let Some(name) = shipped_name(folder) {
            let names = shipped_names(name);
            self.remember(
                folder,
                names.as_ref().map_or(Fingerprint::Absent, Fingerprint::of_names),
            );
            return Ok(names);
        }
        match names(folder) {
            Ok(names) => {
                self.remember(folder, Fingerprint::of_names(&names));
                Ok(Some(names))
            }
            Err(error) => {
                self.remember(folder, Fingerprint::Absent);
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
            vec![
                Diagnostic::error(Code::K0001, format!("`{name}` cannot be read: {error}"))
                    .at(at()),
            ]
        })?;
        String::from_utf8(bytes).map(|text| SourceText::new(shown, text)).map_err(|error| {
            let at_byte = error.utf8_error().valid_up_to();
            vec![
                Diagnostic::error(Code::K0002, format!("`{name}` is not UTF-8 text"))
                    .at(at())
                    .note(format!("byte {at_byte} is not part of a character"))
                    .hint("save the file as UTF-8"),
            ]
        })
    }

    /// Everything asked for so far, by path; shipped files too.
    pub fn fingerprints(&self) -> BTreeMap<PathBuf, Fingerprint> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers what others gave to somebody who shares it.
    pub fn take_over(&self, fingerprints: &BTreeMap<PathBuf, Fingerprint>) {
        fingerprints.iter().for_each(|(path, fingerprint)| self.remember(path, *fingerprint));
    }

    fn remember(&self, path: &Path, fingerprint: Fingerprint) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let together = match (all.get(path), fingerprint) {
            (None, fingerprint) => fingerprint,
            (Some(before), fingerprint) if *before == fingerprint => fingerprint,
            // Its content says that it is there, too.
            (Some(Fingerprint::Present), Fingerprint::File(_)) => fingerprint,
            (Some(before @ Fingerprint::File(_)), Fingerprint::Present) => *before,
            // Somebody writes while we read: what was made of it is never taken for up to date.
            _ => Fingerprint::Unsettled,
        };
        all.insert(path.to_path_buf(), together);
    }
}

/// Whether a path names what the program carries.
pub fn is_shipped(path: &Path) -> bool {
    shipped_name(path).is_some()
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

/// The name of a shipped file or folder, if the path is one: `kosh:templates` → `templates`.
fn shipped_name(path: &Path) -> Option<String> {
    let text = path.to_str()?.strip_prefix(shipped::ROOT)?;
    Some(text.replace('\\', "/").trim_matches('/').to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_and_was_not_there_is_remembered() {
        let folder = std::env::temp_dir().join(format!("kosh-files-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (there, missing) = (folder.join("a.txt"), folder.join("b.txt"));
        std::fs::write(&there, "a").unwrap();
        let files = Files::new();
        assert!(!files.has(&missing));
        assert_eq!(files.bytes(&there).unwrap(), b"a");
        assert_eq!(files.names(&folder).unwrap().unwrap().len(), 1);
        assert!(!files.has(&folder.join("c")), "a folder that comes later");
        let fingerprints = files.fingerprints();
        assert_eq!(fingerprints[&missing], Fingerprint::Absent);
        for (path, before) in &fingerprints {
            assert_eq!(Fingerprint::now(path, *before), *before, "{}", path.display());
        }
        std::fs::write(&missing, "b").unwrap();
        std::fs::create_dir(folder.join("c")).unwrap();
        for (path, before) in fingerprints.iter().filter(|(path, _)| **path != there) {
            assert_ne!(Fingerprint::now(path, *before), *before, "{}", path.display());
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn shipped_files_are_read_and_listed_like_others() {
        let files = Files::new();
        let names = files.names(Path::new("kosh:templates/profiles")).unwrap().unwrap();
        assert!(names.contains("bns"), "{names:?}");
        assert!(files.has(Path::new("kosh:templates/figures.toml")));
        assert!(!files.has(Path::new("kosh:templates/figure.toml")));
        assert!(files.names(Path::new("kosh:nowhere")).unwrap().is_none());
        let fingerprints = files.fingerprints();
        assert_eq!(fingerprints.len(), 4);
        for (path, before) in &fingerprints {
            assert_eq!(Fingerprint::now(path, *before), *before, "{}", path.display());
        }
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_found_and_refused() {
        let folder = std::env::temp_dir().join(format!("kosh-files-dir-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a.txt")).unwrap();
        let (files, file) = (Files::new(), folder.join("a.txt"));
        assert!(files.has(&file));
        assert_eq!(files.bytes(&file).unwrap_err().to_string(), "it is a folder, not a file");
        #[cfg(unix)]
        {
            let device = files.bytes(Path::new("/dev/zero")).unwrap_err();
            assert!(device.to_string().contains("device"), "{device}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_never_up_to_date() {
        let files = Files::new();
        let (file, folder) = (Path::new("a.txt"), Path::new("b"));
        for text in ["one", "one", "two"] {
            files.remember(file, Fingerprint::File(blake3::hash(text.as_bytes())));
        }
        assert_eq!(files.fingerprints()[file], Fingerprint::Unsettled);
        files.remember(folder, Fingerprint::Present);
        files.remember(folder, Fingerprint::Absent);
        assert_eq!(files.fingerprints()[folder], Fingerprint::Unsettled);
        for (path, before) in files.fingerprints() {
            assert_ne!(Fingerprint::now(&path, before), before);
        }
    }
}
