//! Archives: an issue as one file, for a letter.
//!
//! In: the folder of a build or of a published version. Out: `NAME-PERIOD.zip` beside it, with every file
//! of the issue in one folder. The same issue gives the same bytes: names are sorted, and every file has
//! the day of the newest figures as its date. The archive is no part of the issue, so `verify` looks into
//! the folder only.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{NAME as RECORD, SUMS};
use crate::build::manifest::{Manifest, NAME};
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::output::{self, File};

/// The comment by which an archive of kosh is recognised.
const COMMENT: &str = "made by kosh";

/// Writes the archive of the issue in a folder beside it; returns its path.
pub fn archive(folder: &Path) -> Result<PathBuf> {
    let manifest = Manifest::read_from(folder)
        .ok_or_else(|| altered(folder, &format!("`{NAME}` cannot be read")))?;
    let stem = stem(&manifest);
    let files = files(folder, &manifest)?;
    let bytes = zip(&stem, manifest.vintage, &files).map_err(|error| {
        // The files are in memory and their names are valid, so only their size can be refused.
        Diagnostic::error(Code::K0901, message!("the archive cannot be made: {error}", error))
            .at(Place::Path(folder.to_path_buf()))
            .hint(message!("send the files of the folder instead"))
    })?;
    let above = folder.parent().unwrap_or(Path::new("."));
    let name = format!("{stem}.zip");
    let path = above.join(&name);
    if !std::fs::read(&path).is_ok_and(|there| there == bytes) {
        output::add(above, &[File { name, bytes }], |old| old.ends_with(COMMENT.as_bytes()))?;
    }
    Ok(path)
}

/// The name of the archive and of the folder in it: `bns-2025-H1`, with the number of a version.
fn stem(manifest: &Manifest) -> String {
    let asked = &manifest.parameters;
    let region = asked.region.as_ref().map(|region| format!("-{region}")).unwrap_or_default();
    let version = manifest.published.as_ref().map(|published| format!("-v{}", published.number));
    format!("{}{region}-{}{}", asked.profile, asked.period, version.unwrap_or_default())
}

/// The files of the issue, sorted; each must be as it was made.
fn files(folder: &Path, manifest: &Manifest) -> Result<Vec<File>> {
    let mut files = vec![];
    for (name, written) in &manifest.written {
        let bytes = std::fs::read(folder.join(name))
            .map_err(|error| altered(folder, &format!("`{name}` cannot be read: {error}")))?;
        if blake3::hash(&bytes).to_hex().as_str() != written.hash {
            return Err(altered(folder, &format!("`{name}` was changed")).into());
        }
        files.push(File { name: name.clone(), bytes });
    }
    // What vouches for the others cannot be listed in the manifest.
    for name in [NAME, RECORD, SUMS] {
        if let Ok(bytes) = std::fs::read(folder.join(name)) {
            files.push(File { name: name.to_owned(), bytes });
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn altered(folder: &Path, what: &str) -> Diagnostic {
    Diagnostic::error(
        Code::K1103,
        message!("no archive is made of an issue that was altered: {what}", what),
    )
    .at(Place::Path(folder.to_path_buf()))
    .hint(message!("build the brief again, or restore the published version from a copy"))
}

fn zip(stem: &str, day: Date, files: &[File]) -> std::result::Result<Vec<u8>, ZipError> {
    // The format has no dates before 1980.
    let parts = (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day()));
    let date = match parts {
        (Ok(year), Ok(month), Ok(day)) => DateTime::from_date_and_time(year, month, day, 0, 0, 0),
        _ => Ok(DateTime::default()),
    };
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(date.unwrap_or_default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    archive.set_comment(COMMENT)?;
    for File { name, bytes } in files {
        archive.start_file(format!("{stem}/{name}"), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_has_the_names_of_every_script_and_the_day_of_the_figures() {
        let file = File { name: "обзор.pdf".into(), bytes: b"%PDF".repeat(100) };
        let day = Date::constant(2025, 8, 11);
        let bytes = zip("bns-2025-H1", day, std::slice::from_ref(&file)).unwrap();
        assert_eq!(bytes, zip("bns-2025-H1", day, &[file]).unwrap());
        assert!(bytes.ends_with(COMMENT.as_bytes()) && bytes.len() < 400);
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let entry = read.by_index(0).unwrap();
        assert_eq!(entry.name().unwrap(), "bns-2025-H1/обзор.pdf");
        let date = entry.last_modified().unwrap();
        assert_eq!((date.year(), date.month(), date.day(), date.hour()), (2025, 8, 11, 0));
    }

    #[test]
    fn a_day_that_an_archive_cannot_have_is_left_out() {
        let file = File { name: "a".into(), bytes: vec![] };
        assert!(zip("old", Date::constant(1926, 1, 1), &[file]).is_ok());
    }
}
