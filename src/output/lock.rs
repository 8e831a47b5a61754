//! The right to change a folder.
//!
//! It is a lock of the system on a file beside the folder, so it ends with the process that has it,
//! however that ends. The file is taken away with the lock, and so are folders that were made for
//! it and in which nothing was put: a run that is refused leaves nothing.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{TRIES, beside, make_folders, of, parts, take_away, unwritten};
use crate::diag::{Code, Diagnostic, Place, Result};

/// The right to change a folder, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    _held: Held,
}

impl Lock {
    /// The folder, behind a link if there is one.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Takes the right to change `folder`; if somebody has it, calls `wait` and waits. A link stays one:
/// what it leads to is changed.
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
            Diagnostic::error(Code::K0902, format!("the folder of the release cannot be locked: {error}"))
                .at(Place::Path(folder))
                .note("without a lock two runs at once could mix their files")
                .hint("check that the folder above can be written; some network disks know no locks: name another folder with `--output DIR`"),
        ]),
    }
}

/// A file that is locked.
#[derive(Debug)]
pub(super) struct Held {
    path: PathBuf,
    file: Option<fs::File>,
    /// Folders that were made for it, the outermost first.
    made: Vec<PathBuf>,
}

impl Drop for Held {
    fn drop(&mut self) {
        // Whoever waits for it looks whether the file is still the one under this name. Elsewhere
        // than on Unix a file that is open cannot be taken away safely: it stays, and is empty.
        let is_ours = |file: fs::Metadata| file.is_file() && file.len() == 0;
        if cfg!(unix) && self.file.is_some() && fs::symlink_metadata(&self.path).is_ok_and(is_ours)
        {
            let _ = fs::remove_file(&self.path);
        }
        drop(self.file.take());
        take_away(&self.made);
    }
}

/// Locks the file `path`; if somebody has it, calls `wait` and waits. A disk that knows no locks is
/// an error unless `may_be_unknown`.
pub(super) fn hold(
    path: &Path,
    made: Vec<PathBuf>,
    wait: impl FnOnce(),
    may_be_unknown: bool,
) -> io::Result<Held> {
    // From here on what was made is taken away again, whatever happens.
    let mut held = Held { path: path.to_path_buf(), file: None, made };
    let mut wait = Some(wait);
    let mut tries = TRIES;
    loop {
        let file = match fs::File::options().create(true).truncate(false).write(true).open(path) {
            // Whoever had it took the folder away with it, and may do so again before the next try.
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
                // Where locks are not known, nobody has one on it.
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

/// Whether an open file is still the one that stands under a path.
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
