//! Sorts the files in a folder into those of kosh, which a new release replaces, and those that stay.
//!
//! Files of kosh are those that the manifest in the folder lists ([`Own`], made by the caller, which can
//! read manifests). All others belong to somebody else: they keep their name and content. If one of them
//! has the name of a file to be written, nothing is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Failed, File, of};

/// The hidden file that lists files of earlier builds that were left in place.
pub(super) const RECORD: &str = ".kosh-kept.json";

/// The files in a folder that kosh made.
#[derive(Debug, Default)]
pub struct Own {
    /// Their names, with the BLAKE3 hash that each had. They may be overwritten even if somebody has
    /// edited them.
    pub files: BTreeMap<String, String>,
    /// Hashes of files that are kosh's under any name, if names cannot be trusted.
    pub hashes: BTreeSet<String>,
    /// Whether files that are not made now stay, since a build of other forms or languages made them.
    pub stays: bool,
    /// The forms and languages of that build.
    pub scope: BTreeSet<String>,
    /// The forms and languages of this build.
    pub now: BTreeSet<String>,
}

/// The content of the hidden file: files of earlier builds that were left in place.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Record {
    /// The forms and languages of the builds that made them.
    scope: BTreeSet<String>,
    /// Their names and hashes.
    files: BTreeMap<String, String>,
}

/// What happens to the files in a folder.
#[derive(Debug, Default)]
pub(super) struct Stay {
    /// Folders that stay, outermost first.
    pub folders: Vec<PathBuf>,
    /// Files that stay.
    pub files: Vec<PathBuf>,
    /// The names of those that are kosh's.
    pub own: Vec<String>,
    /// Files to remove: replaced, or no longer made.
    pub goes: Vec<PathBuf>,
    /// The names of files that would be overwritten.
    pub in_the_way: Vec<String>,
    /// Hashes of `own`.
    hashes: BTreeMap<String, String>,
    /// The forms and languages of the builds that made `own`.
    scope: BTreeSet<String>,
}

impl Stay {
    /// The hidden file for kosh's files that stay; `None` if there are none.
    pub(super) fn record(&self, own: &Own) -> Option<File> {
        if self.own.is_empty() {
            return None;
        }
        let scope = self.scope.union(&own.scope).cloned().collect();
        let record = Record { scope, files: self.hashes.clone() };
        let mut bytes =
            serde_json::to_vec_pretty(&record).expect("a record has string keys and plain values");
        bytes.push(b'\n');
        Some(File { name: RECORD.to_owned(), bytes })
    }
}

/// Sorts the files in `folder`, where `files` are to be written.
pub(super) fn sort(folder: &Path, files: &[File], own: &Own) -> Result<Stay, Failed> {
    let mut stay = Stay::default();
    if fs::symlink_metadata(folder).is_err() {
        return Ok(stay);
    }
    let kept = record_in(folder);
    // All forms and languages that made them are built now.
    let is_spent = kept.scope.is_subset(&own.now);
    let new: HashMap<&Path, &File> =
        files.iter().map(|file| (Path::new(&file.name), file)).collect();
    let new_folders: BTreeSet<&Path> =
        new.keys().flat_map(|name| name.ancestors().skip(1)).collect();
    let mut open = vec![PathBuf::new()];
    while let Some(inside) = open.pop() {
        let here = folder.join(&inside);
        for entry in fs::read_dir(&here).map_err(of(&here))? {
            let entry = entry.map_err(of(&here))?;
            let name = inside.join(entry.file_name());
            let path = entry.path();
            let kind = entry.file_type().map_err(of(&path))?;
            let shown = || name.to_string_lossy().replace('\\', "/");
            if kind.is_dir() {
                if new.contains_key(&*name) {
                    stay.in_the_way.push(format!("{}/", shown()));
                } else {
                    // A folder that contained only kosh's files is removed with them.
                    open.push(name);
                }
                continue;
            }
            if new_folders.contains(&*name) {
                stay.in_the_way.push(shown());
                continue;
            }
            // Kosh makes no file whose name is not valid text.
            let text = name.to_str().map(|name| name.replace('\\', "/"));
            let text = text.as_deref().unwrap_or_default();
            let is_named = own.files.contains_key(text);
            let as_made = || {
                let hash = hash(&path)?;
                let known = [own.files.get(text), kept.files.get(text), own.hashes.get(&hash)];
                known.into_iter().flatten().any(|known| *known == hash).then_some(hash)
            };
            let is_empty = || kind.is_file() && entry.metadata().is_ok_and(|data| data.len() == 0);
            match new.get(&*name) {
                Some(file) => {
                    let is_same =
                        || kind.is_file() && fs::read(&path).is_ok_and(|old| old == file.bytes);
                    // Overwriting an empty file loses nothing.
                    match is_named || is_empty() || as_made().is_some() || is_same() {
                        true => stay.goes.push(name),
                        false => stay.in_the_way.push(shown()),
                    }
                }
                None if text == RECORD => stay.goes.push(name),
                None => match as_made() {
                    Some(hash) => {
                        let is_left = match kept.files.contains_key(text) && !is_named {
                            true => !is_spent,
                            false => own.stays,
                        };
                        if is_left {
                            stay.hashes.insert(text.to_owned(), hash);
                            stay.own.push(text.to_owned());
                            stay.files.push(name);
                        } else {
                            stay.goes.push(name);
                        }
                    }
                    None => stay.files.push(name),
                },
            }
        }
    }
    if !is_spent {
        stay.scope = kept.scope;
    }
    stay.own.sort();
    stay.in_the_way.sort();
    stay.folders = folders(folder, &stay)?;
    Ok(stay)
}

/// The folders that stay: those of files that stay, and empty ones.
fn folders(folder: &Path, stay: &Stay) -> Result<Vec<PathBuf>, Failed> {
    let mut wanted: BTreeSet<PathBuf> = BTreeSet::new();
    for file in &stay.files {
        wanted.extend(file.ancestors().skip(1).map(Path::to_path_buf));
    }
    let mut open = vec![PathBuf::new()];
    while let Some(inside) = open.pop() {
        let here = folder.join(&inside);
        let mut is_empty = true;
        for entry in fs::read_dir(&here).map_err(of(&here))? {
            let entry = entry.map_err(of(&here))?;
            is_empty = false;
            if entry.file_type().map_err(of(&here))?.is_dir() {
                open.push(inside.join(entry.file_name()));
            }
        }
        if is_empty {
            wanted.extend(inside.ancestors().map(Path::to_path_buf));
        }
    }
    wanted.remove(Path::new(""));
    // In sorted order, parents come first.
    Ok(wanted.into_iter().collect())
}

fn record_in(folder: &Path) -> Record {
    let path = folder.join(RECORD);
    let bytes = match path.is_symlink() {
        true => vec![],
        false => fs::read(path).unwrap_or_default(),
    };
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// The hash of a regular file; `None` for anything else.
pub(super) fn hash(path: &Path) -> Option<String> {
    if !fs::symlink_metadata(path).is_ok_and(|data| data.is_file()) {
        return None;
    }
    Some(blake3::hash(&fs::read(path).ok()?).to_hex().to_string())
}
