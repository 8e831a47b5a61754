//! Numbered folders that are written once: `1`, `2`, `3` … Nothing here replaces anything.
//!
//! A folder is filled beside its place, flushed, made read-only and renamed. A killed run leaves the old
//! folders unchanged and at worst a folder whose name begins with a dot, which the next run removes. One
//! process at a time locks the parent folder.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::lock::{Held, hold};
use super::{Failed, File, fill, make_folders, names, of};
use crate::diag::{Code, Diagnostic, Place, Result};

/// The parent folder, locked by this process until it is dropped.
#[derive(Debug)]
pub struct Numbered {
    folder: PathBuf,
    // The system releases the lock when the process ends.
    _lock: Held,
}

impl Numbered {
    /// Locks a folder, creating it if needed; waits for another process that has the lock.
    pub fn hold(folder: &Path) -> Result<Self> {
        // On a disk without locks, the users must take care themselves.
        let held = make_folders(folder)
            .and_then(|made| hold(&folder.join(".lock"), made, || {}, true))
            .map_err(of(folder));
        match held {
            Ok(lock) => Ok(Self { folder: folder.to_path_buf(), _lock: lock }),
            Err(failed) => Err(failure(folder, &failed).into()),
        }
    }

    /// The folder with a number.
    pub fn path(&self, number: u32) -> PathBuf {
        self.folder.join(number.to_string())
    }

    /// The existing numbers, in order.
    pub fn numbers(&self) -> Vec<u32> {
        numbers(&self.folder)
    }

    /// Puts a folder in place; it is an error if the number exists.
    pub fn put(&self, number: u32, files: &[File]) -> Result<PathBuf> {
        names::check(files)?;
        let folder = self.path(number);
        self.write(number, files).map_err(|failed| vec![failure(&folder, &failed)])?;
        Ok(folder)
    }

    fn write(&self, number: u32, files: &[File]) -> std::result::Result<(), Failed> {
        let folder = self.path(number);
        let fresh = self.folder.join(format!(".{number}.new"));
        clear(&fresh).map_err(of(&fresh))?;
        let all: Vec<&File> = files.iter().collect();
        let written = fill(&fresh, &all, &folder).and_then(|()| {
            seal_files(&fresh).map_err(of(&folder))?;
            // A rename may replace an empty folder on some systems, but never one with files.
            if fs::symlink_metadata(&folder).is_ok() {
                return Err(of(&folder)(ErrorKind::AlreadyExists.into()));
            }
            fs::rename(&fresh, &folder).map_err(of(&folder))
        });
        if written.is_err() {
            let _ = clear(&fresh);
        }
        written?;
        // Some systems cannot rename read-only folders, so this comes last.
        seal_folders(&folder).map_err(of(&folder))?;
        sync(&self.folder).map_err(of(&self.folder))
    }
}

/// The numbers of the folders in a folder, in order.
pub fn numbers(folder: &Path) -> Vec<u32> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut numbers: Vec<u32> = entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let number: u32 = name.parse().ok()?;
            (number.to_string() == name).then_some(number)
        })
        .collect();
    numbers.sort_unstable();
    numbers
}

fn failure(folder: &Path, failed: &Failed) -> Diagnostic {
    let Failed { path, error } = failed;
    let message = match path == folder {
        true => message!("the release cannot be written: {error}", error),
        false => message!(
            "the release cannot be written: `{path}`: {error}",
            path = path.display(),
            error
        ),
    };
    Diagnostic::error(Code::K0901, message)
        .at(Place::Path(folder.to_path_buf()))
        .note(message!("nothing was changed: the published versions are complete"))
        .hint(message!("check that the folder can be written and that the disk is not full"))
}

/// Removes the remains of a killed run.
fn clear(fresh: &Path) -> io::Result<()> {
    match fresh.exists() {
        true => fs::remove_dir_all(fresh),
        false => Ok(()),
    }
}

fn seal_files(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => seal_files(&path)?,
            false => read_only(&path)?,
        }
    }
    sync(folder)
}

/// Makes folders read-only, so that no file can be added or removed; on Unix only.
fn seal_folders(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                seal_folders(&path)?;
            }
        }
        read_only(folder)?;
    }
    Ok(())
}

fn read_only(path: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions)
}

/// Flushes a folder, so that the names in it are on disk.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("kosh-numbered-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn files(text: &str) -> Vec<File> {
        vec![File { name: "a/b.txt".into(), bytes: text.into() }]
    }

    #[test]
    fn a_number_is_written_once() {
        let above = folder("once");
        let numbered = Numbered::hold(&above).unwrap();
        let first = numbered.put(1, &files("first")).unwrap();
        let again = numbered.put(1, &files("second")).unwrap_err();
        assert_eq!(again[0].code, Code::K0901);
        assert_eq!(fs::read_to_string(first.join("a/b.txt")).unwrap(), "first");
        assert!(fs::metadata(first.join("a/b.txt")).unwrap().permissions().readonly());
        numbered.put(2, &files("second")).unwrap();
        assert_eq!(numbered.numbers(), [1, 2]);
    }

    #[test]
    fn what_a_killed_run_left_is_no_number_and_is_cleared_away() {
        let above = folder("killed");
        fs::create_dir_all(above.join(".1.new/a")).unwrap();
        fs::write(above.join(".1.new/half.pdf"), "half").unwrap();
        let numbered = Numbered::hold(&above).unwrap();
        assert_eq!(numbered.numbers(), [0u32; 0]);
        let folder = numbered.put(1, &files("whole")).unwrap();
        assert!(!folder.join("half.pdf").exists() && !above.join(".1.new").exists());
    }
}
