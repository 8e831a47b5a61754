//! The build in place, and whether it is up to date.

use std::path::PathBuf;

use super::Request;
use crate::build::manifest::{self, Manifest, Parameters, Reason, changed_facts};
use crate::files::Disk;
use crate::stats::{Facts, Period};

/// The status of the build in place.
#[derive(Debug, Default)]
pub struct Status {
    /// The build in place, if its manifest is valid.
    pub previous: Option<Previous>,
    /// The reasons to build again; empty if it is up to date.
    pub reasons: Vec<Reason>,
}

/// A build in its folder.
#[derive(Debug)]
pub struct Previous {
    folder: PathBuf,
    /// Its manifest.
    pub manifest: Box<Manifest>,
}

impl Previous {
    /// The bytes of a file; `None` if it has changed since it was made.
    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let written = self.manifest.written.get(name)?;
        let bytes = std::fs::read(self.folder.join(name)).ok()?;
        (blake3::hash(&bytes).to_hex().as_str() == written.hash).then_some(bytes)
    }

    /// A PDF with this key.
    pub(super) fn pdf(&self, name: &str, key: &blake3::Hash) -> Option<Vec<u8>> {
        let written = self.manifest.written.get(name)?;
        (written.key.as_deref() == Some(key.to_hex().as_str())).then(|| self.bytes(name))?
    }
}

impl Status {
    /// Determines the status before anything is parsed.
    pub fn of(request: &Request, period: Period, disk: &Disk) -> Self {
        let folder = request.project.release_folder(period);
        let Some(manifest) = Manifest::read_from(&folder) else {
            let reason = if folder.exists() { Reason::NoManifest } else { Reason::NeverBuilt };
            return Self { previous: None, reasons: vec![reason] };
        };
        let asked = Parameters::of(&request.project, period, request.as_of);
        let reasons = manifest.reasons(&request.project.root, &folder, &asked, disk);
        let manifest = Box::new(manifest);
        Self { previous: Some(Previous { folder, manifest }), reasons }
    }

    /// Whether the build in place is up to date.
    pub fn is_current(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Has everything built anew on request.
    pub fn forced(self) -> Self {
        Self { previous: None, reasons: vec![Reason::Forced] }
    }

    /// The build in place, if its PDFs may be reused; never that of another program version.
    pub fn usable(&self) -> Option<&Previous> {
        self.previous.as_ref().filter(|previous| previous.manifest.tool == manifest::Tool::this())
    }

    /// The reasons, with changed facts instead of changed data files.
    pub fn explained(&self, facts: &Facts) -> Vec<Reason> {
        match self.previous.as_ref().and_then(|previous| previous.bytes("facts.json")) {
            Some(before) => changed_facts(&before, facts, self.reasons.clone()),
            None => self.reasons.clone(),
        }
    }
}
