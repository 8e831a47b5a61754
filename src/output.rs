//! Output: the files of a release reach the disk whole, or not at all.
//!
//! They are written into a new folder beside the old one, flushed, and put in its place by
//! renaming. A run that is killed leaves the old release, and at worst a folder whose name begins
//! with a dot, which the next run clears away.

mod numbered;

use std::fs;
use std::io::Write;
use std::path::Path;

use rayon::prelude::*;

use crate::diag::{Diagnostic, Place, Result};

pub use numbered::{Numbered, numbers};

/// One file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path within the release, as `figures/F1-en.svg`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Puts a release in place of what `folder` holds.
pub fn replace(folder: &Path, files: &[File]) -> Result<()> {
    write(folder, files).map_err(|error| {
        vec![
            Diagnostic::error("K0901", format!("the release cannot be written: {error}"))
                .at(Place::Path(folder.to_path_buf()))
                .note("nothing was changed: the release that was there is whole")
                .hint("check that the folder can be written and the disk has room"),
        ]
    })
}

fn write(folder: &Path, files: &[File]) -> std::io::Result<()> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or("release");
    fs::create_dir_all(parent)?;
    restore(parent, name, folder)?;
    let fresh = parent.join(format!(".{name}.new-{}", std::process::id()));
    let old = parent.join(format!(".{name}.old"));
    let written = fill(&fresh, files).and_then(|()| {
        if folder.exists() {
            fs::rename(folder, &old)?;
        }
        fs::rename(&fresh, folder).inspect_err(|_| {
            // The old release goes back where it was; if that fails too, `restore` does it next time.
            let _ = fs::rename(&old, folder);
        })
    });
    if written.is_err() {
        let _ = fs::remove_dir_all(&fresh);
    } else if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    written
}

/// Brings back a release that a killed run had moved aside, and clears away what it left.
fn restore(parent: &Path, name: &str, folder: &Path) -> std::io::Result<()> {
    let old = parent.join(format!(".{name}.old"));
    if old.exists() {
        if folder.exists() { fs::remove_dir_all(&old)? } else { fs::rename(&old, folder)? }
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
