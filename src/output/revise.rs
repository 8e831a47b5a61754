//! Files of a folder changed together: all of them, or none.
//!
//! Each file is written whole beside its place first; then they are renamed one after the other, the last one
//! last. So whoever changes a table names it last: until then its readers see the old one, whatever comes of the
//! others. What cannot be renamed takes back what was.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Failed, is_file_name, lock, make_folders, of, take_away};
use crate::diag::{Code, Diagnostic, Place, Result};

/// A file that is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its path within the folder, such as `imports/0001/record.json`.
    pub name: String,
    /// What it says now; `None` if there is no such file.
    pub before: Option<Content>,
    /// What it will say; `None` if it is taken away.
    pub after: Option<Content>,
}

/// What a file says: bytes that are shared with whoever holds them already, since a table may be large.
#[derive(Clone)]
pub struct Content(Arc<dyn AsRef<[u8]> + Send + Sync>);

impl Content {
    /// The bytes that a value holds.
    pub fn new(held: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self(Arc::new(held))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<Arc<str>> for Content {
    fn from(text: Arc<str>) -> Self {
        struct Text(Arc<str>);
        impl AsRef<[u8]> for Text {
            fn as_ref(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }
        Self::new(Text(text))
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Content {}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({} bytes)", self.bytes().len())
    }
}

/// Changes files of a folder in order. Nothing is changed if one of them is not as it was said to be (K1545),
/// or cannot be written (K0901).
pub fn revise(folder: &Path, revisions: &[Revision]) -> Result<()> {
    let is_name = |name: &str| name.split('/').all(is_file_name);
    if let Some(odd) = revisions.iter().find(|revision| !is_name(&revision.name)) {
        return Err(Diagnostic::error(
            Code::K0919,
            message!("`{name}` is not the name of a file", name = odd.name),
        )
        .at(Place::Path(folder.to_path_buf()))
        .hint(message!("give the file another name"))
        .into());
    }
    let held = lock(folder, || {})?;
    let folder = held.folder();
    let changed: Vec<Diagnostic> = revisions
        .iter()
        .filter(|revision| {
            let now = content(&folder.join(&revision.name)).ok();
            now.as_ref().map(|now| now.as_deref())
                != Some(revision.before.as_ref().map(Content::bytes))
        })
        .map(|revision| {
            Diagnostic::error(
                Code::K1545,
                message!("`{name}` was changed by another program", name = revision.name),
            )
            .at(Place::Path(folder.join(&revision.name)))
            .note(message!("nothing was written"))
            .hint(message!("run the command again: it will read the new content of the file"))
        })
        .collect();
    if !changed.is_empty() {
        return Err(changed);
    }
    let mut made: Vec<PathBuf> = vec![];
    let written = write(folder, revisions, &mut made).and_then(|()| put(folder, revisions));
    let Err(Failed { path, error }) = written else {
        // Folders in which nothing is left go with their last file.
        for revision in revisions.iter().filter(|revision| revision.after.is_none()) {
            let above = Path::new(&revision.name).ancestors().skip(1);
            for inner in above.filter(|inner| !inner.as_os_str().is_empty()) {
                let _ = fs::remove_dir(folder.join(inner));
            }
        }
        return Ok(());
    };
    for revision in revisions {
        let _ = fs::remove_file(fresh(folder, &revision.name));
    }
    take_away(&made);
    Err(Diagnostic::error(
        Code::K0901,
        message!("`{path}` cannot be written: {error}", path = path.display(), error),
    )
    .at(Place::Path(folder.to_path_buf()))
    .note(message!("nothing was changed: the files in place are complete"))
    .hint(message!("check that the folder can be written and that the disk is not full"))
    .into())
}

/// What a file says; `None` if there is none.
fn content(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The name under which a file is written before it is put in its place.
fn fresh(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    let last = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!(".{last}.new-{}", std::process::id()))
}

/// Writes the new files beside their places, and flushes them.
fn write(
    folder: &Path,
    revisions: &[Revision],
    made: &mut Vec<PathBuf>,
) -> std::result::Result<(), Failed> {
    for revision in revisions {
        let Some(after) = &revision.after else { continue };
        let place = folder.join(&revision.name);
        if let Some(above) = place.parent() {
            made.extend(make_folders(above).map_err(of(above))?);
        }
        let write = || -> io::Result<()> {
            let mut out = fs::File::create(fresh(folder, &revision.name))?;
            out.write_all(after.bytes())?;
            out.sync_all()
        };
        write().map_err(of(&place))?;
    }
    Ok(())
}

/// Renames the files in order; takes back those that were, if one cannot be.
fn put(folder: &Path, revisions: &[Revision]) -> std::result::Result<(), Failed> {
    for (number, revision) in revisions.iter().enumerate() {
        let place = folder.join(&revision.name);
        let done = match &revision.after {
            Some(_) => fs::rename(fresh(folder, &revision.name), &place),
            None => fs::remove_file(&place),
        };
        if let Err(error) = done {
            for back in revisions[..number].iter().rev() {
                let place = folder.join(&back.name);
                // What cannot be taken back is left; the error that led here is told.
                let _ = match &back.before {
                    Some(before) => fs::write(&place, before.bytes()),
                    None => fs::remove_file(&place),
                };
            }
            return Err(Failed { path: place, error });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("kosh-revise-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn revision(name: &str, before: Option<&str>, after: Option<&str>) -> Revision {
        let bytes = |text: &str| Content::from(text.as_bytes().to_vec());
        Revision { name: name.into(), before: before.map(bytes), after: after.map(bytes) }
    }

    #[test]
    fn files_are_changed_together_and_back() {
        let folder = folder("together");
        fs::write(folder.join("a.csv"), "old").unwrap();
        let there = [
            revision("imports/0001/x.txt", None, Some("x")),
            revision("a.csv", Some("old"), Some("new")),
        ];
        revise(&folder, &there).unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "new");
        assert_eq!(fs::read_to_string(folder.join("imports/0001/x.txt")).unwrap(), "x");
        let back = [
            revision("a.csv", Some("new"), Some("old")),
            revision("imports/0001/x.txt", Some("x"), None),
        ];
        revise(&folder, &back).unwrap();
        let names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["a.csv"], "neither a folder nor a lock is left");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_that_is_another_now_stops_all() {
        let folder = folder("changed");
        fs::write(folder.join("a.csv"), "mine").unwrap();
        let all = [revision("b.csv", None, Some("b")), revision("a.csv", Some("old"), Some("new"))];
        assert_eq!(revise(&folder, &all).unwrap_err()[0].code, Code::K1545);
        assert!(!folder.join("b.csv").exists());
        let out = [revision("../b.csv", None, Some("b"))];
        assert_eq!(revise(&folder, &out).unwrap_err()[0].code, Code::K0919);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_cannot_be_put_takes_back_what_was() {
        let folder = folder("back");
        fs::write(folder.join("a.csv"), "old").unwrap();
        fs::create_dir_all(folder.join("b.csv")).unwrap();
        let all = [revision("a.csv", Some("old"), Some("new")), revision("b.csv", None, Some("b"))];
        // A folder is no file, so it is not what the revision says.
        assert!(revise(&folder, &all).is_err());
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "old");
        assert!(put(&folder, &[all[0].clone(), revision("c", None, Some("c"))]).is_err());
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "old");
        fs::remove_dir_all(&folder).unwrap();
    }
}
