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

/// Takes the right to change `folder`; if somebody has it, calls `wait` and waits. A link stays one:
/// what it leads to is changed.
pub fn lock(folder: &Path, wait: impl FnOnce()) -> Result<Lock> {
    let folder = &match folder.is_symlink() {
        true => folder.canonicalize().map_err(|error| unwritten(folder, &error))?,
        false => folder.to_path_buf(),
    };
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

/// Puts a release in place of what `folder` holds; what cannot be cleared away is a warning.
pub fn replace(folder: &Path, files: &[File]) -> Result<Vec<Diagnostic>> {
    replace_locked(&lock(folder, || {})?, files)
}

/// The same for whoever has the lock already.
pub fn replace_locked(lock: &Lock, files: &[File]) -> Result<Vec<Diagnostic>> {
    let left = write(&lock.folder, files).map_err(|error| unwritten(&lock.folder, &error))?;
    Ok(left.into_iter().map(|path| uncleared(&lock.folder, &path)).collect())
}

fn uncleared(folder: &Path, left: &Path) -> Diagnostic {
    let message = format!("`{}` cannot be cleared away", left.display());
    Diagnostic::warning("K0907", message)
        .at(Place::Path(folder.to_path_buf()))
        .note(
            "the release is in place; what stood there before, or what a run left, lies beside it",
        )
        .hint("nothing reads it: take it away, or let somebody whose folder it is")
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

/// Writes the files; gives what could not be cleared away.
fn write(folder: &Path, files: &[File]) -> std::io::Result<Vec<PathBuf>> {
    let (parent, name) = parts(folder);
    if folder.exists() && !folder.is_dir() {
        return Err(std::io::Error::new(
            std::io::ErrorKind::AlreadyExists,
            "a file stands where its folder would",
        ));
    }
    let mut left = restore(parent, name, folder)?;
    // A run that was killed may have left one that nobody can clear away.
    let fresh = (0..)
        .map(|n| parent.join(format!(".{name}.new-{}-{n}", std::process::id())))
        .find(|path| !path.exists())
        .expect("some number is free");
    let written = fill(&fresh, files).and_then(|()| {
        if !folder.exists() {
            return fs::rename(&fresh, folder);
        }
        if exchange(&fresh, folder) {
            left.extend(discarded(&fresh));
            return Ok(());
        }
        let old = parent.join(format!(".{name}.old"));
        fs::rename(folder, &old)?;
        fs::rename(&fresh, folder).inspect_err(|_| {
            // The old release goes back where it was; if that fails too, `restore` does it next time.
            let _ = fs::rename(&old, folder);
        })?;
        left.extend(discarded(&old));
        Ok(())
    });
    if written.is_err() {
        let _ = fs::remove_dir_all(&fresh);
    }
    written.map(|()| left)
}

/// Takes a folder away, one that is read-only too; gives it back if that cannot be done.
fn discarded(folder: &Path) -> Option<PathBuf> {
    let gone = fs::remove_dir_all(folder).or_else(|_| {
        make_writable(folder)?;
        fs::remove_dir_all(folder)
    });
    gone.is_err().then(|| folder.to_path_buf())
}

fn make_writable(folder: &Path) -> std::io::Result<()> {
    let mut permissions = fs::metadata(folder)?.permissions();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        permissions.set_mode(permissions.mode() | 0o700);
    }
    #[cfg(not(unix))]
    permissions.set_readonly(false);
    fs::set_permissions(folder, permissions)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            make_writable(&entry.path())?;
        }
    }
    Ok(())
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
/// Whoever has the lock is alone here, so all of it is left over; gives what stays nevertheless.
fn restore(parent: &Path, name: &str, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut left = vec![];
    let old = parent.join(format!(".{name}.old"));
    if old.is_dir() {
        if folder.exists() { left.extend(discarded(&old)) } else { fs::rename(&old, folder)? }
    }
    let begins = format!(".{name}.new-");
    for entry in fs::read_dir(parent)?.flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(&begins)) {
            left.extend(discarded(&entry.path()));
        }
    }
    Ok(left)
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

/// The names of the files below a folder in order, as `figures/F1-en.svg`; hidden ones are the
/// system's own and left out.
pub fn names_below(folder: &Path) -> Vec<String> {
    let mut names = vec![];
    collect(folder, "", &mut names);
    names.sort();
    names
}

fn collect(folder: &Path, before: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{before}{name}");
        match entry.path().is_dir() {
            true => collect(&entry.path(), &format!("{name}/"), names),
            false => names.push(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("kosh-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn files(text: &str) -> [File; 1] {
        [File { name: "figures/a.txt".into(), bytes: text.into() }]
    }

    #[test]
    fn a_file_in_the_way_stays_and_nothing_is_written() {
        let above = folder("in-the-way");
        fs::write(above.join("bns"), "mine").unwrap();
        let found = replace(&above.join("bns"), &files("a")).unwrap_err();
        assert_eq!(found[0].code, "K0901");
        assert!(found[0].message.contains("a file stands"), "{}", found[0].message);
        assert_eq!(fs::read_to_string(above.join("bns")).unwrap(), "mine");
        let names: Vec<_> = fs::read_dir(&above).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "the file and the lock: {names:?}");
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn what_cannot_be_cleared_away_is_told_and_stops_nothing() {
        let above = folder("left");
        // A run leaves folders: this is somebody's own file.
        let left = above.join(".bns.new-1");
        fs::write(&left, "mine").unwrap();
        let told = replace(&above.join("bns"), &files("a")).unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].code, "K0907");
        assert!(told[0].message.contains(".bns.new-1"), "{}", told[0].message);
        assert_eq!(fs::read_to_string(&left).unwrap(), "mine");
        assert_eq!(fs::read_to_string(above.join("bns/figures/a.txt")).unwrap(), "a");
        fs::remove_dir_all(&above).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_release_that_is_read_only_and_one_behind_a_link_are_replaced() {
        use std::os::unix::fs::PermissionsExt;
        let above = folder("read-only");
        let release = above.join("bns");
        assert_eq!(replace(&release, &files("a")).unwrap(), []);
        for sealed in [release.join("figures"), release.clone()] {
            fs::set_permissions(sealed, fs::Permissions::from_mode(0o500)).unwrap();
        }
        assert_eq!(replace(&release, &files("b")).unwrap(), []);
        assert_eq!(fs::read_to_string(release.join("figures/a.txt")).unwrap(), "b");
        let link = above.join("link");
        std::os::unix::fs::symlink("bns", &link).unwrap();
        assert_eq!(replace(&link, &files("c")).unwrap(), []);
        assert_eq!(fs::read_to_string(release.join("figures/a.txt")).unwrap(), "c");
        assert!(link.is_symlink());
        let left: Vec<_> = fs::read_dir(&above).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left.len(), 3, "the release, its lock and the link: {left:?}");
        fs::remove_dir_all(&above).unwrap();
    }

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
