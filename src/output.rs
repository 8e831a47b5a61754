//! Output: the files of a release reach the disk whole, or not at all.
//!
//! They are written into a new folder beside the old one, flushed, and put in its place: on Linux
//! and macOS the two folders change places in one step of the system, so that at every moment one
//! of them stands there whole; elsewhere by renaming twice, and what a run that is killed in
//! between left is put right by the next. A [`Lock`] keeps two runs from one folder. A new
//! folder is made in the same way ([`create`]), and never over anything.

mod create;
mod numbered;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diag::{Diagnostic, Place, Result};

pub use create::{add, create};
pub use numbered::{Numbered, numbers};

/// One file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path within the release, as `figures/F1-en.svg`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The right to change a folder, until it is dropped or the process ends, however it ends: the
/// system keeps it, so that none is left behind.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    _file: fs::File,
}

/// Takes the right to change `folder`; if somebody has it, calls `wait` and waits.
pub fn lock(folder: &Path, wait: impl FnOnce()) -> Result<Lock> {
    fs::create_dir_all(parts(folder).0).map_err(|error| unwritten(folder, &error))?;
    take(folder, wait).map_err(|error| {
        vec![
            Diagnostic::error("K0902", format!("the folder of the release cannot be locked: {error}"))
                .at(Place::Path(folder.to_path_buf()))
                .note("without a lock two runs at once could mix their files")
                .hint("check that the folder above can be written; some network disks know no locks: name another folder with `--output DIR`"),
        ]
    })
}

fn take(folder: &Path, wait: impl FnOnce()) -> std::io::Result<Lock> {
    let (parent, name) = parts(folder);
    // The file stays: whoever took it away might take away one that somebody has just locked.
    let path = parent.join(format!(".{name}.lock"));
    let file = fs::File::options().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => {
            wait();
            file.lock()?;
        }
        Err(fs::TryLockError::Error(error)) => return Err(error),
    }
    Ok(Lock { folder: folder.to_path_buf(), _file: file })
}

/// Puts a release in place of what `folder` holds.
pub fn replace(folder: &Path, files: &[File]) -> Result<()> {
    replace_locked(&lock(folder, || {})?, files)
}

/// The same for whoever has the lock already.
pub fn replace_locked(lock: &Lock, files: &[File]) -> Result<()> {
    write(&lock.folder, files).map_err(|error| unwritten(&lock.folder, &error))
}

fn unwritten(folder: &Path, error: &std::io::Error) -> Vec<Diagnostic> {
    vec![
        Diagnostic::error("K0901", format!("the release cannot be written: {error}"))
            .at(Place::Path(folder.to_path_buf()))
            .note("nothing was changed: the release that was there is whole")
            .hint("check that the folder can be written and the disk has room"),
    ]
}

/// The folder above, and the name in it.
fn parts(folder: &Path) -> (&Path, &str) {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (parent, folder.file_name().and_then(|n| n.to_str()).unwrap_or("release"))
}

fn write(folder: &Path, files: &[File]) -> std::io::Result<()> {
    let (parent, name) = parts(folder);
    restore(parent, name, folder)?;
    let fresh = parent.join(format!(".{name}.new-{}", std::process::id()));
    let written = fill(&fresh, files).and_then(|()| {
        if !folder.exists() {
            return fs::rename(&fresh, folder);
        }
        if exchange(&fresh, folder) {
            return fs::remove_dir_all(&fresh);
        }
        let old = parent.join(format!(".{name}.old"));
        fs::rename(folder, &old)?;
        fs::rename(&fresh, folder).inspect_err(|_| {
            // The old release goes back where it was; if that fails too, `restore` does it next time.
            let _ = fs::rename(&old, folder);
        })?;
        fs::remove_dir_all(&old)
    });
    if written.is_err() {
        let _ = fs::remove_dir_all(&fresh);
    }
    written
}

/// Lets two folders change places in one step, where the system and the disk can.
fn exchange(one: &Path, other: &Path) -> bool {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        // A file in the way of a folder is nothing to change places with.
        other.is_dir() && renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
    }
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    {
        let _ = (one, other);
        false
    }
}

/// Brings back a release that a killed run had moved aside, and clears away what runs left.
/// Whoever has the lock is alone here, so all of it is left over.
fn restore(parent: &Path, name: &str, folder: &Path) -> std::io::Result<()> {
    let old = parent.join(format!(".{name}.old"));
    if old.exists() {
        if folder.exists() { fs::remove_dir_all(&old)? } else { fs::rename(&old, folder)? }
    }
    let begins = format!(".{name}.new-");
    for entry in fs::read_dir(parent)?.flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(&begins)) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn fill(fresh: &Path, files: &[File]) -> std::io::Result<()> {
    if fresh.exists() {
        fs::remove_dir_all(fresh)?;
    }
    fs::create_dir_all(fresh)?;
    // A disk is slow to say that it has a file, and can be asked for several at a time.
    files.par_iter().try_for_each(|file| {
        let path = fresh.join(&file.name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut out = fs::File::create(&path)?;
        out.write_all(&file.bytes)?;
        out.sync_all()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_cannot_be_had_is_told_and_nothing_is_written() {
        let above = std::env::temp_dir().join(format!("kosh-lock-{}", std::process::id()));
        let _ = fs::remove_dir_all(&above);
        // A folder stands where the file of the lock would.
        fs::create_dir_all(above.join(".bns.lock")).unwrap();
        let file = File { name: "a.txt".into(), bytes: b"a".to_vec() };
        let found = replace(&above.join("bns"), &[file]).unwrap_err();
        assert_eq!(found[0].code, "K0902");
        assert_eq!(found[0].place, Some(Place::Path(above.join("bns"))));
        assert!(!above.join("bns").exists());
        fs::remove_dir_all(&above).unwrap();
    }
}
