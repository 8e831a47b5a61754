//! Puts a folder in place of another.
//!
//! | beside the folder | what it is | what the next run does with it |
//! |---|---|---|
//! | `.NAME.new-PID-N` | the new folder while it is filled | removes it |
//! | `.NAME.swap-PID-N` | the complete new folder; after the exchange the old one | removes kosh's files |
//! | `.NAME.old` | the old folder, if the two cannot be exchanged | puts it back; or as above |
//!
//! A folder that is being filled contains kosh's files, and links to files that stay. Files of a left-over
//! folder are kosh's if they are in the release too, or if its own manifest has their hash.
//!
//! Only files known to be kosh's, or present in the new folder too, are deleted.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::stay::{Stay, hash};
use super::{Failed, File, beside, fill, of, parts};

/// Replaces the files of `folder` that `stay` lists for removal by `files`, and keeps the others; returns
/// paths that could not be removed.
pub(super) fn put(folder: &Path, files: &[&File], stay: &Stay) -> Result<Vec<PathBuf>, Failed> {
    let mut left = restore(folder).map_err(of(folder))?;
    // A killed run may have left a folder that cannot be removed.
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
                // The old release is moved back; if that fails too, `restore` does it next time.
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
            // They contain only files made here, or links to files in the folder, which is in place.
            for made in [&fresh, &swap] {
                let _ = make_writable(made);
                let _ = fs::remove_dir_all(made);
            }
            Err(failed)
        }
    }
}

/// Links the files that stay into the new folder.
fn take_over(folder: &Path, fresh: &Path, stay: &Stay) -> Result<(), Failed> {
    for inside in &stay.folders {
        fs::create_dir_all(fresh.join(inside)).map_err(of(&folder.join(inside)))?;
    }
    for file in &stay.files {
        let (from, to) = (folder.join(file), fresh.join(file));
        link(&from, &to).map_err(of(&from))?;
    }
    // A read-only folder is filled first.
    for inside in stay.folders.iter().rev() {
        let like = fs::metadata(folder.join(inside)).map(|data| data.permissions());
        like.and_then(|like| fs::set_permissions(fresh.join(inside), like))
            .map_err(of(&folder.join(inside)))?;
    }
    Ok(())
}

/// Gives a file a second name; on a disk without hard links, copies it.
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
    // A read-only copy keeps the modification time of the original.
    if let Ok((copy, modified)) = copy.and_then(|copy| Ok((copy, data.modified()?))) {
        let _ = copy.set_modified(modified);
    }
    fs::File::open(to)?.sync_all()
}

/// Exchanges two folders in one step, if the system and the disk can.
fn exchange(one: &Path, other: &Path) -> bool {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        // A file cannot be exchanged with a folder.
        other.is_dir() && renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
    }
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    {
        let _ = (one, other);
        false
    }
}

/// Removes the named files, and folders that are then empty; returns the folder if something remains.
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

/// Makes a folder and its subfolders writable, so that they can be emptied.
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

/// Puts a release back that a killed run had moved aside, and removes other remains. With the lock no
/// other run is active, so all of them are remains; returns those that could not be removed.
fn restore(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut left = vec![];
    let old = beside(folder, ".old");
    if old.is_dir() && !old.is_symlink() {
        match folder.exists() {
            true => left.extend(superseded(&old, folder)),
            // A folder of the user with this name is not a release.
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

/// Whether a name is `begins` followed by the number of a process and of an attempt.
fn is_of_a_run(name: &std::ffi::OsStr, begins: Option<&std::ffi::OsStr>) -> bool {
    let (Some(name), Some(begins)) = (name.to_str(), begins.and_then(|b| b.to_str())) else {
        return false;
    };
    let numbers = name.strip_prefix(begins).and_then(|numbers| numbers.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    numbers.is_some_and(|(run, again)| is_number(run) && is_number(again))
}

/// Removes the remains of a release: files that are in `folder` too, and files whose hash is in the
/// manifest among them. Returns the folder if something remains in it.
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
    // The manifest is removed last, so that an interrupted run can be continued.
    empty(left, Path::new(""), &|name, path| {
        name != Path::new(super::MANIFEST) && is_gone(name, path)
    });
    empty(left, Path::new(""), &is_gone);
    fs::symlink_metadata(left).is_ok().then(|| left.to_path_buf())
}

/// Whether two paths are the same file, or files with the same content.
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
