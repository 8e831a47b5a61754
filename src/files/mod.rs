//! Files: everything is read through this room, which records what was read.
//!
//! In: paths on disk or of shipped files ([`shipped`]). Out: bytes and names, and afterwards a record of
//! everything requested ([`Files::fingerprints`]): contents by hash, and paths that did not exist. So the
//! next build knows what the last one read, and `watch` watches exactly that.
//!
//! There are three queries: [`read`](Files::read), [`exists`](Files::exists) and [`list`](Files::list).
//! The first answer in a round is kept ([`Disk`]). `comemo` tracks queries: a function memoized over
//! `Tracked<Files>` is called again only if one of its queries has another answer now. To find out,
//! `comemo` repeats the queries with the files of this round, so the record is the same whether the
//! function was called or its result was memoized. A query is repeated only while the answers before it
//! are the same, in which case the function would make it too.
//!
//! A path that begins with `kosh:` is a shipped file, never a path on disk.
//!
//! | file | |
//! |---|---|
//! | `shipped` | the files compiled into the program |
//! | `fonts` | the fonts of Typst that are compiled in |
//! | `build_info` | the program's version and the hash of its sources |
//! | `blob` | the bytes of a file, identified by their hash |
//! | `disk` | the state of the disk in a round |
//! | `relative` | paths relative to the project |
//! | `digest` | hashes of lists |
//! | `editor` | links that open a file in an editor |

mod blob;
pub mod build_info;
pub mod digest;
mod disk;
mod editor;
pub mod fonts;
mod relative;
pub mod shipped;

pub use blob::Blob;
pub use comemo::{Track, Tracked};
pub use disk::{Disk, Names, Unreadable};
pub use editor::{EditorLink, USUAL_EDITOR};
pub use relative::relative;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::{Code, Diagnostic, Place, Result, SourceText};

/// Reads files for one project, and records what was requested. Clones share the record.
#[derive(Debug, Clone, Default)]
pub struct Files {
    disk: Disk,
    asked: Arc<Mutex<BTreeMap<PathBuf, Fingerprint>>>,
}

/// What was found at a path, to find out later whether it has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fingerprint {
    /// A file, with the hash of its content.
    File(blake3::Hash),
    /// A folder, with the hash of the names in it.
    Folder(blake3::Hash),
    /// A file that was not read; only its existence was checked.
    Present,
    /// Nothing that can be read.
    Absent,
    /// Two different answers in one run, which never compare as unchanged.
    Unsettled,
}

impl Fingerprint {
    fn of_names(names: &BTreeSet<String>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for name in names {
            // A name contains no zero byte, so different lists have different hashes.
            hasher.update(name.as_bytes()).update(&[0]);
        }
        Self::Folder(hasher.finalize())
    }
}

#[allow(unsafe_code, reason = "what comemo makes of it casts a pointer to a transparent type")]
#[comemo::track]
impl Files {
    /// The content of a file.
    pub fn read(&self, path: &Path) -> std::result::Result<Blob, Unreadable> {
        let read = self.disk.read(path);
        self.remember(
            path,
            match &read {
                Ok(content) => Fingerprint::File(content.hash()),
                Err(_) => self.disk.no_file(path),
            },
        );
        read
    }

    /// Whether a path exists. An inaccessible path counts as existing, so that no other file is used in
    /// its place unnoticed.
    pub fn exists(&self, path: &Path) -> bool {
        let is_there = self.disk.exists(path);
        self.remember(path, if is_there { Fingerprint::Present } else { self.disk.no_file(path) });
        is_there
    }

    /// The names in a folder, sorted; `None` if there is no folder.
    pub fn list(&self, folder: &Path) -> std::result::Result<Option<Names>, Unreadable> {
        self.remember(folder, self.disk.folder(folder));
        match self.disk.list(folder) {
            Ok(names) => Ok(Some(names)),
            Err(error) if error.is_of_nothing() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Files {
    /// An empty record, with a new view of the disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty record, with the view of the disk of this round.
    pub fn on(disk: &Disk) -> Self {
        Self { disk: disk.clone(), asked: Arc::default() }
    }

    /// The view of the disk of this round.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// The record of everything requested so far, by path, including shipped files.
    pub fn fingerprints(&self) -> BTreeMap<PathBuf, Fingerprint> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn remember(&self, path: &Path, fingerprint: Fingerprint) {
        let mut all = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let together = match (all.get(path), fingerprint) {
            (None, fingerprint) => fingerprint,
            (Some(before), fingerprint) if *before == fingerprint => return,
            // The content implies that the file exists.
            (Some(Fingerprint::Present), Fingerprint::File(_)) => fingerprint,
            (Some(Fingerprint::File(_)), Fingerprint::Present) => return,
            // The file changed while it was read, so its result never counts as up to date.
            _ => Fingerprint::Unsettled,
        };
        all.insert(path.to_path_buf(), together);
    }
}

/// Reads a text file; `shown` is its path as the user knows it. The byte order mark that editors on Windows
/// put first is left out, except of a table, which keeps it when it is written again.
pub fn text(files: Tracked<Files>, path: &Path, shown: &Path) -> Result<SourceText> {
    let at = || Place::Path(shown.to_path_buf());
    let name = shown.display();
    let content = files.read(path).map_err(|error| {
        vec![
            Diagnostic::error(
                Code::K0001,
                message!("`{name}` cannot be read: {error}", name, error),
            )
            .at(at()),
        ]
    })?;
    let is_table = path.extension().is_some_and(|extension| extension == "csv");
    let unmarked = |text: Arc<str>| match text.strip_prefix('\u{feff}') {
        Some(rest) if !is_table => SourceText::new(shown, rest),
        _ => SourceText::new(shown, text),
    };
    content.text().map(unmarked).map_err(|error| {
        let at_byte = error.valid_up_to();
        vec![
            Diagnostic::error(Code::K0002, message!("`{name}` is not UTF-8 text", name))
                .at(at())
                .note(message!("byte {at_byte} is not part of a character", at_byte))
                .hint(message!("save the file as UTF-8")),
        ]
    })
}

/// Whether a path is that of a shipped file.
pub fn is_shipped(path: &Path) -> bool {
    shipped_name(path).is_some()
}

/// The name of a shipped file or folder, if the path is one: `kosh:templates` → `templates`.
fn shipped_name(path: &Path) -> Option<String> {
    let text = path.to_str()?.strip_prefix(shipped::ROOT)?;
    Some(text.replace('\\', "/").trim_matches('/').to_owned())
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
        assert!(!files.exists(&missing));
        assert_eq!(files.read(&there).unwrap().bytes(), b"a");
        assert_eq!(files.list(&folder).unwrap().unwrap().len(), 1);
        assert!(!files.exists(&folder.join("c")), "a folder that comes later");
        let fingerprints = files.fingerprints();
        assert_eq!(fingerprints[&missing], Fingerprint::Absent);
        for (path, before) in &fingerprints {
            assert_eq!(Disk::new().now(path, *before), *before, "{}", path.display());
        }
        std::fs::write(&missing, "b").unwrap();
        std::fs::create_dir(folder.join("c")).unwrap();
        for (path, before) in fingerprints.iter().filter(|(path, _)| **path != there) {
            assert_ne!(Disk::new().now(path, *before), *before, "{}", path.display());
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn shipped_files_are_read_and_listed_like_others() {
        let files = Files::new();
        let names = files.list(Path::new("kosh:templates/profiles")).unwrap().unwrap();
        assert!(names.contains("bns"), "{names:?}");
        assert!(files.exists(Path::new("kosh:templates/figures.toml")));
        assert!(!files.exists(Path::new("kosh:templates/figure.toml")));
        assert!(files.list(Path::new("kosh:nowhere")).unwrap().is_none());
        let fingerprints = files.fingerprints();
        assert_eq!(fingerprints.len(), 4);
        for (path, before) in &fingerprints {
            assert_eq!(Disk::new().now(path, *before), *before, "{}", path.display());
        }
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_found_and_refused() {
        let folder = std::env::temp_dir().join(format!("kosh-files-dir-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a.txt")).unwrap();
        let (files, file) = (Files::new(), folder.join("a.txt"));
        assert!(files.exists(&file));
        assert_eq!(files.read(&file).unwrap_err().to_string(), "it is a folder, not a file");
        #[cfg(unix)]
        {
            let device = files.read(Path::new("/dev/zero")).unwrap_err();
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
            assert_ne!(Disk::new().now(&path, before), before);
        }
    }

    /// Reads a file, and the file named in its first line.
    #[comemo::memoize]
    fn follow(files: Tracked<Files>, start: &Path) -> usize {
        let Ok(content) = files.read(start) else { return 0 };
        let name = content.text().unwrap_or_default();
        let read = files.read(&start.with_file_name(&*name));
        read.map_or(0, |content| content.bytes().len())
    }

    #[test]
    fn what_a_remembered_value_rests_on_is_asked_for_again_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("kosh-files-memo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = |name: &str| folder.join(name);
        for (name, text) in [("start", "one"), ("one", "1"), ("two", "22")] {
            std::fs::write(path(name), text).unwrap();
        }
        let ask = |expected: usize, names: &[&str]| {
            let files = Files::new();
            assert_eq!(follow(files.track(), &path("start")), expected);
            let asked: Vec<PathBuf> = files.fingerprints().into_keys().collect();
            assert_eq!(asked, names.iter().map(|name| path(name)).collect::<Vec<_>>());
        };
        // Called the first time, memoized the second time.
        ask(1, &["one", "start"]);
        ask(1, &["one", "start"]);
        // The file now names another one; the former target is not requested.
        std::fs::write(path("start"), "two").unwrap();
        ask(2, &["start", "two"]);
        ask(2, &["start", "two"]);
        // Both results are memoized, and the answers select one.
        std::fs::write(path("start"), "one").unwrap();
        ask(1, &["one", "start"]);
        std::fs::remove_file(path("one")).unwrap();
        ask(0, &["one", "start"]);
        std::fs::remove_file(path("start")).unwrap();
        ask(0, &["start"]);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_first_answer_of_a_round_stands_for_all_who_ask() {
        let folder = std::env::temp_dir().join(format!("kosh-files-round-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (file, late) = (folder.join("a.txt"), folder.join("late.txt"));
        std::fs::write(&file, "a").unwrap();
        let disk = Disk::new();
        let (one, other) = (Files::on(&disk), Files::on(&disk));
        assert_eq!(one.read(&file).unwrap().bytes(), b"a");
        assert!(!one.exists(&late));
        std::fs::write(&file, "b").unwrap();
        std::fs::write(&late, "late").unwrap();
        assert_eq!(other.read(&file).unwrap().bytes(), b"a");
        assert!(!other.exists(&late));
        assert_eq!(other.fingerprints(), one.fingerprints());
        for (path, before) in one.fingerprints() {
            assert_eq!(disk.now(&path, before), before);
            assert_ne!(Disk::new().now(&path, before), before);
        }
        // Each record has only its own requests.
        assert!(Files::on(&disk).fingerprints().is_empty());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
