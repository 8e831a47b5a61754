//! The build in place, and how it stands to what a build would leave.

use std::path::PathBuf;

use super::Request;
use crate::build::manifest::{self, Manifest, Parameters, Reason, changed_facts};
use crate::files::Disk;
use crate::stats::{Facts, Period};

/// How the build in place stands to what a build would leave.
#[derive(Debug, Default)]
pub struct Status {
    /// The build in place, if its manifest can be trusted.
    pub previous: Option<Previous>,
    /// Why it has to be made again; nothing if it is as it would be made.
    pub reasons: Vec<Reason>,
}

/// A build in its folder.
#[derive(Debug)]
pub struct Previous {
    folder: PathBuf,
    /// What it was made of.
    pub manifest: Box<Manifest>,
}

impl Previous {
    /// A file as it was made; `None` if somebody has changed it since.
    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let written = self.manifest.written.get(name)?;
        let bytes = std::fs::read(self.folder.join(name)).ok()?;
        (blake3::hash(&bytes).to_hex().as_str() == written.hash).then_some(bytes)
    }

    /// A PDF that was made of the same.
    pub(super) fn pdf(&self, name: &str, key: &blake3::Hash) -> Option<Vec<u8>> {
        let written = self.manifest.written.get(name)?;
        (written.key.as_deref() == Some(key.to_hex().as_str())).then(|| self.bytes(name))?
    }
}

impl Status {
    /// Looks at the build in place, before anything is parsed.
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

    /// Whether the build in place is what a build would leave.
    pub fn is_current(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Has everything made anew, because somebody said so.
    pub fn forced(self) -> Self {
        Self { previous: None, reasons: vec![Reason::Forced] }
    }

    /// The build in place, if PDFs of it may be taken: never those of another program.
    pub fn usable(&self) -> Option<&Previous> {
        self.previous.as_ref().filter(|previous| previous.manifest.tool == manifest::Tool::this())
    }

    /// The reasons, with facts named where files of figures changed.
    pub fn explained(&self, facts: &Facts) -> Vec<Reason> {
        match self.previous.as_ref().and_then(|previous| previous.bytes("facts.json")) {
            Some(before) => changed_facts(&before, facts, self.reasons.clone()),
            None => self.reasons.clone(),
        }
    }
}
