//! The type of `manifest.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Zoned;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::files::{Fingerprint, build_info, relative};
use crate::indicators::BaseRule;
use crate::output::{File, Own, hashes_in};
use crate::project::{Allowed, Project};
use crate::prose::Skipped;
use crate::stats::Period;

/// The name of the file, which is beside the other files of a release.
pub const NAME: &str = "manifest.json";

/// The version of the format; other versions are not read.
const FORM: u32 = 1;

/// What a release was made of, and its files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format.
    pub manifest: u32,
    /// The program.
    pub tool: Tool,
    /// The parameters of the build.
    pub parameters: Parameters,
    /// The number and day of publication; `None` for a build that was not published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// The day as of which the release is made: the requested one or the project's.
    pub as_of: Option<Date>,
    /// The day of the newest release of figures used.
    pub vintage: Date,
    /// Everything that was read, by path relative to the project (`kosh:` for shipped files): `file
    /// HASH`, `folder HASH` of the names in it, `present` if only its existence was checked, `absent` if
    /// it was looked for and not found.
    pub read: BTreeMap<String, String>,
    /// Every other file of the release.
    pub written: BTreeMap<String, Written>,
    /// The warnings of the build in the format of `--json`.
    pub warnings: Vec<Value>,
    /// The warnings that are allowed, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Allowed>,
    /// The sentences left out.
    pub dropped: Vec<Skipped>,
    /// The hash of all fields above.
    pub seal: String,
}

/// The program that made a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The hash of its sources, libraries and compiler.
    pub build: String,
    /// The versions of libraries that affect what is printed.
    pub libraries: BTreeMap<String, String>,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self {
            name: "kosh".to_owned(),
            version: build_info::VERSION.to_owned(),
            build: build_info::BUILD.to_owned(),
            libraries: build_info::libraries()
                .map(|(name, version)| (name.to_owned(), version.to_owned()))
                .collect(),
        }
    }
}

impl std::fmt::Display for Tool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let build: String = self.build.chars().take(12).collect();
        write!(f, "{} {}, build {build}", self.name, self.version)
    }
}

/// The parameters of a build: everything other than files that determines a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Parameters {
    /// The profile.
    pub profile: String,
    /// The region of the brief.
    pub region: Option<String>,
    /// The period.
    pub period: String,
    /// The day by whose end data must have been published to be used.
    pub as_of: Option<Date>,
    /// The languages, in order.
    pub languages: Vec<String>,
    /// The forms of the brief.
    pub formats: Vec<String>,
    /// The data folder, relative to the project.
    pub data: String,
    /// The base rule.
    pub base: BaseRule,
    /// The previous issue for comparison: a day, or a folder relative to the project.
    pub compare_with: Option<String>,
}

impl Parameters {
    /// Each form in each language.
    fn scope(&self) -> BTreeSet<String> {
        scope(&self.formats, &self.languages)
    }

    /// The parameters of a period's release of a project.
    pub fn of(project: &Project, period: Period, as_of: Option<Date>) -> Self {
        Self {
            profile: project.profile.clone(),
            region: project.region.clone(),
            period: period.short(),
            as_of,
            languages: project.languages.clone(),
            formats: project.formats.iter().map(|format| format.stem().to_owned()).collect(),
            data: relative(&project.root, &project.data),
            base: project.base,
            compare_with: project.compare_with.as_ref().map(|previous| {
                match previous.text.parse::<Date>() {
                    Ok(_) => previous.text.clone(),
                    Err(_) => relative(&project.root, &previous.from.join(&previous.text)),
                }
            }),
        }
    }

    /// Each parameter with its name, for comparison and messages.
    pub fn named(&self) -> [(&'static str, String); 9] {
        // All fields, so that the compiler reports a new one.
        let Self { profile, region, period, as_of, languages, formats, data, base, compare_with } =
            self;
        let none = || "none".to_owned();
        [
            ("profile", profile.clone()),
            ("region", region.clone().unwrap_or_else(none)),
            ("period", period.clone()),
            ("as-of", as_of.map_or_else(none, |day| day.to_string())),
            ("languages", languages.join(", ")),
            ("formats", formats.join(", ")),
            ("data", data.clone()),
            ("base", base.name().to_owned()),
            ("compare-with", compare_with.clone().unwrap_or_else(none)),
        ]
    }
}

/// What a published version prints about its publication. When the version is verified later, the project
/// has the data of the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Published {
    /// Its number among the versions of the period's brief.
    pub number: u32,
    /// The day of publication.
    pub day: Date,
    /// The version that it replaces.
    pub replaces: Option<Replaced>,
    /// What it corrects, by language, as written.
    pub corrections: BTreeMap<String, String>,
    /// The embargo that had expired.
    pub embargo: Option<Zoned>,
    /// The day on which the next brief was due.
    pub next_release: Option<Date>,
}

/// A version that another replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Replaced {
    /// Its number.
    pub number: u32,
    /// Its day of publication.
    pub day: Date,
}

/// A file of the release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Written {
    /// Its length in bytes.
    pub bytes: usize,
    /// The hash of its content.
    pub hash: String,
    /// For a PDF, its key; `None` if Typst had warnings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl Manifest {
    /// Makes the manifest of `files`; `keys` has the keys of PDFs.
    pub fn new(
        project: &Project,
        (parameters, published): (Parameters, Option<Published>),
        vintage: Date,
        files: &[File],
        keys: &BTreeMap<String, blake3::Hash>,
        (warnings, allowed, dropped): (Vec<Value>, Vec<Allowed>, Vec<Skipped>),
    ) -> Self {
        let fingerprints = project.files.fingerprints();
        let read = fingerprints
            .iter()
            .map(|(path, fingerprint)| (relative(&project.root, path), as_text(*fingerprint)));
        let written = files.iter().map(|file| {
            let hash = blake3::hash(&file.bytes).to_hex().to_string();
            let key = keys.get(&file.name).map(|key| key.to_hex().to_string());
            (file.name.clone(), Written { bytes: file.bytes.len(), hash, key })
        });
        let as_of = parameters.as_of.or(project.calendar.as_of.as_ref().map(|(day, _)| *day));
        let mut manifest = Self {
            manifest: FORM,
            tool: Tool::this(),
            parameters,
            published,
            as_of,
            vintage,
            read: read.collect(),
            written: written.collect(),
            warnings,
            allowed,
            dropped,
            seal: String::new(),
        };
        manifest.seal = manifest.sealed();
        manifest
    }

    /// The manifest in a folder; `None` if there is no valid one.
    pub fn read_from(folder: &Path) -> Option<Self> {
        Self::parse(&std::fs::read(folder.join(NAME)).ok()?)
    }

    /// Parses a manifest; `None` unless it is intact.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        // Serialised again it must equal the file, so that no ignored content can hide in it.
        let is_whole = manifest.manifest == FORM
            && manifest.seal == manifest.sealed()
            && manifest.to_bytes() == bytes;
        is_whole.then_some(manifest)
    }

    /// The files in a folder that kosh made, according to the manifest there, for a release with the
    /// parameters `now` that replaces it. A manifest that was changed or has another format counts only
    /// for files whose hashes are in it.
    pub fn own_in(folder: &Path, now: &Parameters) -> Own {
        let mut own = Own { now: now.scope(), ..Own::default() };
        let bytes = std::fs::read(folder.join(NAME)).unwrap_or_default();
        let itself = blake3::hash(&bytes).to_hex().to_string();
        if let Some(manifest) = Self::parse(&bytes) {
            own.scope = manifest.parameters.scope();
            own.files.extend(manifest.written.into_iter().map(|(name, w)| (name, w.hash)));
            own.files.insert(NAME.to_owned(), itself);
            own.stays = !own.scope.is_subset(&own.now);
        } else {
            own.hashes = hashes_in(&bytes);
            // It is unknown to which forms they belong.
            own.stays = true;
            if !own.hashes.is_empty() {
                own.files.insert(NAME.to_owned(), itself);
            }
        }
        own
    }

    /// Serialises the manifest.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut json =
            serde_json::to_vec_pretty(self).expect("a manifest has string keys and plain values");
        json.push(b'\n');
        json
    }

    fn sealed(&self) -> String {
        let bare = Self { seal: String::new(), ..self.clone() };
        blake3::hash(&bare.to_bytes()).to_hex().to_string()
    }
}

/// Each form in each language, such as `form-language`.
fn scope(formats: &[String], languages: &[String]) -> BTreeSet<String> {
    let in_each = |format: &String| {
        languages.iter().map(move |lang| format!("{format}-{lang}")).collect::<Vec<_>>()
    };
    formats.iter().flat_map(in_each).collect()
}

/// A fingerprint as text in the manifest.
pub(super) fn as_text(fingerprint: Fingerprint) -> String {
    match fingerprint {
        Fingerprint::File(hash) => format!("file {}", hash.to_hex()),
        Fingerprint::Folder(hash) => format!("folder {}", hash.to_hex()),
        Fingerprint::Present => "present".to_owned(),
        Fingerprint::Absent => "absent".to_owned(),
        Fingerprint::Unsettled => "unsettled".to_owned(),
    }
}

/// Parses a fingerprint; invalid text matches nothing.
pub(super) fn from_text(text: &str) -> Fingerprint {
    let hash = |text: &str| blake3::Hash::from_hex(text).ok();
    match text.split_once(' ') {
        Some(("file", hex)) => hash(hex).map_or(Fingerprint::Unsettled, Fingerprint::File),
        Some(("folder", hex)) => hash(hex).map_or(Fingerprint::Unsettled, Fingerprint::Folder),
        None if text == "present" => Fingerprint::Present,
        None if text == "absent" => Fingerprint::Absent,
        _ => Fingerprint::Unsettled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_survives_being_written() {
        let hash = blake3::hash(b"x");
        for fingerprint in [
            Fingerprint::File(hash),
            Fingerprint::Folder(hash),
            Fingerprint::Present,
            Fingerprint::Absent,
            Fingerprint::Unsettled,
        ] {
            assert_eq!(from_text(&as_text(fingerprint)), fingerprint);
        }
        assert_eq!(from_text("file 12"), Fingerprint::Unsettled);
    }
}
