//! `release.json`: what was published, when, and its content.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Zoned;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::build::Composition;
use crate::build::edition::{Edition, Version};
use crate::diag::Diagnostic;
use crate::output::File;
use crate::project::Allowed;

/// The name of the file.
pub const NAME: &str = "release.json";

/// The version of the format; other versions are not read.
const FORM: u32 = 1;

/// The record of a published version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Record {
    /// The version of the format.
    pub release: u32,
    /// The version of kosh.
    pub kosh: String,
    /// The profile.
    pub profile: String,
    /// The region of the brief.
    pub region: Option<String>,
    /// The period.
    pub period: String,
    /// The number of the version.
    pub number: u32,
    /// The time of publication.
    pub published: Zoned,
    /// The embargo that had expired.
    pub embargo: Option<Zoned>,
    /// The day on which the next brief is due.
    pub next_release: Option<Date>,
    /// The day as of which the brief is made: the one it states, or that of its publication.
    pub as_of: Date,
    /// Whether figures published later were left out on purpose.
    pub leaves_out_later: bool,
    /// The version that it replaces.
    pub replaces: Option<u32>,
    /// The corrections by language, as paragraphs.
    pub corrections: BTreeMap<String, Vec<String>>,
    /// The warnings that do not stop a release.
    pub warnings: Vec<String>,
    /// The warnings that are allowed, each with its reason.
    #[serde(default)]
    pub allowed: Vec<Allowed>,
    /// The hash of its content, without the number and day of the version.
    pub content: String,
    /// The BLAKE3 hash of every other file.
    pub files: BTreeMap<String, String>,
}

impl Record {
    /// The record of a version that is being published.
    pub(super) fn of(
        (composition, version): (&Composition, &Version),
        now: &Zoned,
        files: &[File],
        content: String,
        (warnings, allowed): (&[Diagnostic], &[Allowed]),
        leaves_out_later: bool,
    ) -> Self {
        let project = &composition.pipeline.project;
        let hash = |file: &File| blake3::hash(&file.bytes).to_hex().to_string();
        Self {
            release: FORM,
            kosh: env!("CARGO_PKG_VERSION").to_owned(),
            profile: project.profile.clone(),
            region: project.region.clone(),
            period: composition.period.short(),
            number: version.number,
            published: now.clone(),
            embargo: version.embargo.clone(),
            next_release: version.next_release,
            as_of: version.as_of,
            leaves_out_later,
            replaces: version.replaces.map(|(number, _)| number),
            corrections: composition.editions.first().map(corrections).unwrap_or_default(),
            warnings: warnings.iter().map(|d| format!("{}: {}", d.code, d.message)).collect(),
            allowed: allowed.to_vec(),
            content,
            files: files.iter().map(|file| (file.name.clone(), hash(file))).collect(),
        }
    }

    /// The day of publication, in the time zone of publication.
    pub fn day(&self) -> Date {
        self.published.date()
    }

    /// Serialises the record.
    pub(super) fn file(&self) -> File {
        let mut bytes =
            serde_json::to_vec_pretty(self).expect("a record has string keys and plain values");
        bytes.push(b'\n');
        File { name: NAME.to_owned(), bytes }
    }

    /// Reads the record in a folder; returns the reason if it cannot be read.
    pub(super) fn read_from(folder: &Path) -> Result<Self, String> {
        let bytes = std::fs::read(folder.join(NAME)).map_err(|error| error.to_string())?;
        let record: Self = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        match record.release {
            FORM => Ok(record),
            form => Err(format!("it has the format {form}, but this version of kosh reads {FORM}")),
        }
    }
}

/// The corrections that an edition prints, by language.
fn corrections(edition: &Edition) -> BTreeMap<String, Vec<String>> {
    let metas = edition.documents.iter().map(|document| &document.meta);
    let alone = metas.clone().map(|meta| (&meta.lang, &meta.stamp));
    let beside = metas.flat_map(|meta| &meta.mastheads).map(|head| (&head.lang, &head.stamp));
    let said = alone.chain(beside).filter_map(|(lang, stamp)| {
        Some((lang.clone(), stamp.correction.as_ref()?.paragraphs.clone()))
    });
    said.collect()
}
