//! A folder put in place of another.
//!
//! | beside the folder | what it is | if a run leaves it |
//! |---|---|---|
//! | `.NAME.new-PID-N` | the new one while it is filled: kosh's files, and links to those that stay | taken away |
//! | `.NAME.swap-PID-N` | the new one when it is whole; then the old one | emptied of what stands in the folder, or is vouched for by its own manifest |
//! | `.NAME.old` | the old one, where two folders cannot change places | put back; or as the one above |
//!
//! Nothing is deleted but what is known to be kosh's, or to stand in the new folder too.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::stay::{Stay, hash};
use super::{Failed, File, beside, fill, of, parts};

/// Puts `files` in place of what of `folder` goes, beside what stays; gives what could not be
/// cleared away.
pub(super) fn put(folder: &Path, files: &[&File], stay: &Stay) -> Result<Vec<PathBuf>, Failed> {
    let mut left = restore(folder).map_err(of(folder))?;
    // A run that was killed may have left one that nobody can clear away.
    let free = |kind: &str| {
        (0..)
            .map(|n| beside(folder, &format!(".{kind}-{}-{n}", std::process::id())))
            .find(|path| fs::symlink_metadata(path).is_err())
            .expect("some number is free")
    };
    let (fresh, swap) = (free("new"), free("swap"));
    let old = beside(folder, ".old");
    let filled = fill(&fresh, files, folder).and_then(|()| take_over(folder, &fresh, stay));
    let written = filled.and_then(|()| {
        let moved = || {
            if !folder.exists() {
                return fs::rename(&fresh, folder).map(|()| None);
            }
            fs::rename(&fresh, &swap)?;
            if exchange(&swap, folder) {
                return Ok(Some(&swap));
            }
            fs::rename(folder, &old)?;
            fs::rename(&swap, folder).inspect_err(|_| {
                // The old release goes back where it was; if that fails too, `restore` does it next time.
                let _ = fs::rename(&old, folder);
            })?;
            Ok(Some(&old))
        };
        moved().map_err(of(folder))
    });
    match written {
        Ok(replaced) => {
            let gone = stay.goes.iter().chain(&stay.files).map(PathBuf::as_path).collect();
            left.extend(replaced.and_then(|replaced| emptied(replaced, &gone)));
            Ok(left)
        }
        Err(failed) => {
            // What is in them was made here, or is linked from the folder, which stands.
            for made in [&fresh, &swap] {
                let _ = make_writable(made);
                let _ = fs::remove_dir_all(made);
            }
            Err(failed)
        }
    }
}

/// Takes what stays over into the new folder.
fn take_over(folder: &Path, fresh: &Path, stay: &Stay) -> Result<(), Failed> {
    for inside in &stay.folders {
        fs::create_dir_all(fresh.join(inside)).map_err(of(&folder.join(inside)))?;
    }
    for file in &stay.files {
        let (from, to) = (folder.join(file), fresh.join(file));
        link(&from, &to).map_err(of(&from))?;
    }
    // A folder that nobody may write is filled first.
    for inside in stay.folders.iter().rev() {
        let like = fs::metadata(folder.join(inside)).map(|data| data.permissions());
        like.and_then(|like| fs::set_permissions(fresh.join(inside), like))
            .map_err(of(&folder.join(inside)))?;
    }
    Ok(())
}

/// Gives a file a second name; where the disk knows no such thing, a copy.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    let Err(error) = fs::hard_link(from, to) else { return Ok(()) };
    let data = fs::symlink_metadata(from)?;
    if data.is_symlink() {
        #[cfg(unix)]
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    if !data.is_file() {
        return Err(error);
    }
    fs::copy(from, to)?;
    let copy = fs::File::options().append(true).open(to);
    // A copy that nobody may write keeps the day on which it was made.
    if let Ok((copy, modified)) = copy.and_then(|copy| Ok((copy, data.modified()?))) {
        let _ = copy.set_modified(modified);
    }
    fs::File::open(to)?.sync_all()
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

/// Takes the files named away, and folders in which nothing is left; gives the folder if something
/// is.
fn emptied(folder: &Path, gone: &HashSet<&Path>) -> Option<PathBuf> {
    let _ = make_writable(folder);
    empty(folder, Path::new(""), &|name, _| gone.contains(name));
    folder.exists().then(|| folder.to_path_buf())
}

fn empty(folder: &Path, inside: &Path, is_gone: &dyn Fn(&Path, &Path) -> bool) {
    for entry in fs::read_dir(folder.join(inside)).into_iter().flatten().flatten() {
        let (name, path) = (inside.join(entry.file_name()), entry.path());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => empty(folder, &name, is_gone),
            Ok(_) if is_gone(&name, &path) => drop(fs::remove_file(path)),
            _ => {}
        }
    }
    let _ = fs::remove_dir(folder.join(inside));
}

/// Lets a folder and those in it be emptied.
fn make_writable(folder: &Path) -> io::Result<()> {
    let mut permissions = fs::symlink_metadata(folder)?.permissions();
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

/// Brings back a release that a killed run had moved aside, and clears away what runs left.
/// Whoever has the lock is alone here, so all of it is left over; gives what stays nevertheless.
fn restore(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut left = vec![];
    let old = beside(folder, ".old");
    if old.is_dir() && !old.is_symlink() {
        match folder.exists() {
            true => left.extend(superseded(&old, folder)),
            // Somebody's own folder of this name is no release.
            false if old.join(super::MANIFEST).is_file() => fs::rename(&old, folder)?,
            false => {}
        }
    }
    let name = |follows| beside(folder, follows).file_name().map(std::ffi::OsStr::to_os_string);
    let [new, swap] = [name(".new-"), name(".swap-")];
    for entry in fs::read_dir(parts(folder).0)?.flatten() {
        let (path, called) = (entry.path(), entry.file_name());
        if is_of_a_run(&called, new.as_deref()) {
            if entry.file_type()?.is_dir() {
                let _ = make_writable(&path);
                let _ = fs::remove_dir_all(&path);
            }
            left.extend(fs::symlink_metadata(&path).is_ok().then_some(path));
        } else if is_of_a_run(&called, swap.as_deref()) {
            left.extend(superseded(&path, folder));
        }
    }
    Ok(left)
}

/// Whether a name is `BEGINS` and the numbers of a process and of a try.
fn is_of_a_run(name: &std::ffi::OsStr, begins: Option<&std::ffi::OsStr>) -> bool {
    let (Some(name), Some(begins)) = (name.to_str(), begins.and_then(|b| b.to_str())) else {
        return false;
    };
    let numbers = name.strip_prefix(begins).and_then(|numbers| numbers.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    numbers.is_some_and(|(run, again)| is_number(run) && is_number(again))
}

/// Takes away what a run left of a release: files that stand in `folder` too, and files that the
/// manifest among them vouches for. Gives the folder if something stays in it.
fn superseded(left: &Path, folder: &Path) -> Option<PathBuf> {
    let bytes = fs::read(left.join(super::MANIFEST)).unwrap_or_default();
    let vouched = super::hashes_in(&bytes);
    let _ = make_writable(left);
    let is_gone = |name: &Path, path: &Path| {
        let is_manifest = name == Path::new(super::MANIFEST) && !vouched.is_empty();
        is_manifest
            || is_same(path, &folder.join(name))
            || hash(path).is_some_and(|hash| vouched.contains(&hash))
    };
    // The manifest goes last, or what it vouches for would stay behind if this is cut short.
    empty(left, Path::new(""), &|name, path| {
        name != Path::new(super::MANIFEST) && is_gone(name, path)
    });
    empty(left, Path::new(""), &is_gone);
    fs::symlink_metadata(left).is_ok().then(|| left.to_path_buf())
}

/// Whether two paths are one file, or files of one content.
fn is_same(one: &Path, other: &Path) -> bool {
    let (Ok(a), Ok(b)) = (fs::symlink_metadata(one), fs::symlink_metadata(other)) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if (a.dev(), a.ino()) == (b.dev(), b.ino()) {
            return true;
        }
    }
    let is_one = |one: io::Result<Vec<u8>>, other: io::Result<Vec<u8>>| {
        one.is_ok_and(|one| other.is_ok_and(|other| one == other))
    };
    match (a.is_symlink(), b.is_symlink()) {
        (true, true) => fs::read_link(one).ok() == fs::read_link(other).ok(),
        (false, false) => {
            a.is_file() && a.len() == b.len() && is_one(fs::read(one), fs::read(other))
        }
        _ => false,
    }
}
