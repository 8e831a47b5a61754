//! What of a folder is kosh's and goes when a new release takes its place, and what stays.
//!
//! Kosh's are the files that the manifest in the folder names ([`Own`], which whoever can read
//! manifests makes). All else is somebody's: it stays, under its name and with its content. A file
//! of somebody's that has the name of a file to be written is in the way.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Failed, File, of};

/// The hidden file that names files of earlier builds that were left.
pub(super) const RECORD: &str = ".kosh-kept.json";

/// Which files of a folder kosh made.
#[derive(Debug, Default)]
pub struct Own {
    /// Their names, with the BLAKE3 hash that each had: they may be written over even if somebody
    /// has edited them since.
    pub files: BTreeMap<String, String>,
    /// Hashes of files that were kosh's whatever they are called, where names cannot be trusted.
    pub hashes: BTreeSet<String>,
    /// Whether the ones that are not made now are left: a build of other forms or languages made them.
    pub stays: bool,
    /// What that build made, in forms and languages.
    pub scope: BTreeSet<String>,
    /// What is made now, in forms and languages.
    pub now: BTreeSet<String>,
}

/// Files of earlier builds that were left, as the hidden file says it.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Record {
    /// The forms and languages that made them.
    scope: BTreeSet<String>,
    /// Their names and hashes.
    files: BTreeMap<String, String>,
}

/// What happens to what lies in a folder.
#[derive(Debug, Default)]
pub(super) struct Stay {
    /// Folders that are taken over, the outer ones first.
    pub folders: Vec<PathBuf>,
    /// Files that are taken over.
    pub files: Vec<PathBuf>,
    /// Of those the names of kosh's own.
    pub own: Vec<String>,
    /// Files that go: replaced, or made no more.
    pub goes: Vec<PathBuf>,
    /// Files that would be written over, by name.
    pub in_the_way: Vec<String>,
    /// Hashes of `own`.
    hashes: BTreeMap<String, String>,
    /// Forms and languages that made `own`.
    scope: BTreeSet<String>,
}

impl Stay {
    /// The hidden file that names kosh's own files that are left; none if there are none.
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

/// Sorts what lies in `folder`, where `files` are to be put.
pub(super) fn sort(folder: &Path, files: &[File], own: &Own) -> Result<Stay, Failed> {
    let mut stay = Stay::default();
    if fs::symlink_metadata(folder).is_err() {
        return Ok(stay);
    }
    let kept = record_in(folder);
    // What made them makes them again now, or would if they were still wanted.
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
                    // One in which only kosh's own files were goes with them.
                    open.push(name);
                }
                continue;
            }
            if new_folders.contains(&*name) {
                stay.in_the_way.push(shown());
                continue;
            }
            // A name that is no text is none of kosh's.
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
                    // In an empty file there is nothing to lose.
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

/// The folders to be taken over: those of files that are, and those that are empty.
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
    // Sorted, so that what is outside comes first.
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

/// The hash of a file, which is no link.
pub(super) fn hash(path: &Path) -> Option<String> {
    if !fs::symlink_metadata(path).is_ok_and(|data| data.is_file()) {
        return None;
    }
    Some(blake3::hash(&fs::read(path).ok()?).to_hex().to_string())
}
