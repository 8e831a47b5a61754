//! Locks: the right to change a folder.
//!
//! A lock is a system lock on a file beside the folder, so it ends with its process. The file is removed
//! with the lock, and so are folders created for it that are still empty: a refused run leaves nothing.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{TRIES, beside, make_folders, of, parts, take_away, unwritten};
use crate::diag::{Code, Diagnostic, Place, Result};

/// A lock on a folder, held until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    _held: Held,
}

impl Lock {
    /// The folder; the target if it is a link.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Locks `folder`; if another process has the lock, calls `wait` and waits. For a link, its target is
/// locked and changed.
pub fn lock(folder: &Path, wait: impl FnOnce()) -> Result<Lock> {
    let folder = match folder.is_symlink() {
        true => folder.canonicalize().map_err(|error| unwritten(folder, &of(folder)(error)))?,
        false => folder.to_path_buf(),
    };
    let made = make_folders(parts(&folder).0)
        .map_err(|error| unwritten(&folder, &of(parts(&folder).0)(error)))?;
    match hold(&beside(&folder, ".lock"), made, wait, false) {
        Ok(held) => Ok(Lock { folder, _held: held }),
        Err(error) => Err(vec![
            Diagnostic::error(
                Code::K0902,
                message!("the folder of the release cannot be locked: {error}", error),
            )
            .at(Place::Path(folder))
            .note(message!("without a lock, two runs at the same time could mix their files"))
            .hint(message!(
                "check that the parent folder can be written; some network disks do not \
                    support locks: choose another folder with `--output DIR`"
            )),
        ]),
    }
}

/// A locked file.
#[derive(Debug)]
pub(super) struct Held {
    path: PathBuf,
    file: Option<fs::File>,
    /// Folders created for it, outermost first.
    made: Vec<PathBuf>,
}

impl Drop for Held {
    fn drop(&mut self) {
        // A waiting process checks that the file still has this name. On systems other than Unix an open
        // file cannot be removed safely, so an empty file remains.
        let is_ours = |file: fs::Metadata| file.is_file() && file.len() == 0;
        if cfg!(unix) && self.file.is_some() && fs::symlink_metadata(&self.path).is_ok_and(is_ours)
        {
            let _ = fs::remove_file(&self.path);
        }
        drop(self.file.take());
        take_away(&self.made);
    }
}

/// Locks the file `path`; if another process has the lock, calls `wait` and waits. A disk without locks
/// is an error unless `may_be_unknown`.
pub(super) fn hold(
    path: &Path,
    made: Vec<PathBuf>,
    wait: impl FnOnce(),
    may_be_unknown: bool,
) -> io::Result<Held> {
    // From here on, what was created is removed again in any case.
    let mut held = Held { path: path.to_path_buf(), file: None, made };
    let mut wait = Some(wait);
    let mut tries = TRIES;
    loop {
        let file = match fs::File::options().create(true).truncate(false).write(true).open(path) {
            // The previous holder removed the folder, and another may do so before the next attempt.
            Err(error) if error.kind() == ErrorKind::NotFound && tries > 0 => {
                tries -= 1;
                held.made.extend(make_folders(parts(path).0)?);
                continue;
            }
            opened => opened?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                wait.take().into_iter().for_each(|wait| wait());
                file.lock()?;
            }
            Err(fs::TryLockError::Error(error))
                if error.kind() == ErrorKind::Unsupported && may_be_unknown => {}
            Err(fs::TryLockError::Error(error)) => {
                // On a disk without locks nobody holds one.
                held.file = Some(file);
                return Err(error);
            }
        }
        if is_under(&file, path) {
            held.file = Some(file);
            return Ok(held);
        }
    }
}

/// Whether an open file still has this path.
fn is_under(file: &fs::File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (open, there) = (file.metadata(), fs::metadata(path));
        open.is_ok_and(|open| {
            there.is_ok_and(|there| (open.dev(), open.ino()) == (there.dev(), there.ino()))
        })
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}
