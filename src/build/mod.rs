//! A release: the editions of one body for one period, made, or found to be as it would be made.
//!
//! In: a [`Project`], a period, a day; a [`Pipeline`] if there is work to do. Out: the files with
//! their manifest, and why they had to be made. [`Order::standing`] decides before anything is
//! parsed whether there is work at all; [`make`] sets only those PDFs anew that are made of
//! something else than those that lie there; [`put`] writes. Many releases are `batch`'s work;
//! nothing here prints.
//!
//! Somebody who builds again and again keeps a [`Stock`](crate::pipeline::Stock), and for each
//! round takes a new [`Disk`] and a new [`Project`].

mod warnings;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Diagnostic, Result, SourceText, Warned, as_json, distinct};
use crate::facts::Facts;
use crate::manifest::{
    self, Disk, Manifest, NAME, Parameters, Published, Reason, Replaced, changed_facts,
};
use crate::output::{self, File, Lock, Put};
use crate::period::Period;
use crate::pipeline::{Edition, Find, Pipeline, Typeset};
use crate::project::{Allowed, Project};
use crate::prose::Dropped;

pub use warnings::{Rows, Sorted, sort};

/// A release that somebody wants.
#[derive(Debug, Clone)]
pub struct Order {
    /// Whose.
    pub project: Project,
    /// Of which period.
    pub period: Period,
    /// From what was published by the end of this day, if not from everything.
    pub as_of: Option<Date>,
}

/// How the release in place stands to what a build would leave.
#[derive(Debug, Default)]
pub struct Standing {
    /// The release in place, if its manifest can be trusted.
    pub previous: Option<Previous>,
    /// Why it has to be made; nothing if it is as it would be made.
    pub reasons: Vec<Reason>,
}

/// The release in place.
#[derive(Debug)]
pub struct Previous {
    folder: PathBuf,
    /// What it was made of.
    pub manifest: Manifest,
}

impl Previous {
    /// A file as it was made; `None` if somebody has changed it since.
    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let written = self.manifest.written.get(name)?;
        let bytes = std::fs::read(self.folder.join(name)).ok()?;
        (blake3::hash(&bytes).to_hex().as_str() == written.hash).then_some(bytes)
    }

    /// A PDF that was made of the same.
    fn made_of(&self, name: &str, key: &blake3::Hash) -> Option<Vec<u8>> {
        let written = self.manifest.written.get(name)?;
        (written.key.as_deref() == Some(key.to_hex().as_str())).then(|| self.bytes(name))?
    }
}

impl Order {
    /// Where the release goes.
    pub fn folder(&self) -> PathBuf {
        self.project.release_folder(self.period)
    }

    /// Looks at the release in place, before anything is parsed.
    pub fn standing(&self, disk: &Disk) -> Standing {
        let folder = self.folder();
        let Some(manifest) = Manifest::read_from(&folder) else {
            let reason = if folder.exists() { Reason::NoManifest } else { Reason::NeverBuilt };
            return Standing { previous: None, reasons: vec![reason] };
        };
        let asked = Parameters::of(&self.project, self.period, self.as_of);
        let reasons = manifest.reasons(&self.project.root, &folder, &asked, disk);
        Standing { previous: Some(Previous { folder, manifest }), reasons }
    }

    /// Keeps others from the release's folder until the lock is dropped. If somebody has it, calls
    /// `wait`, waits, and looks again at what they left.
    pub fn begin(&self, standing: Standing, wait: impl FnOnce()) -> Result<(Lock, Standing)> {
        let mut has_waited = false;
        self.project.may_be_filled(&self.folder())?;
        let lock = output::lock(&self.folder(), || {
            has_waited = true;
            wait();
        })?;
        // Somebody may have been here in between without our waiting: what is taken of the release
        // in place is held against its hash, so that at worst some work is done twice.
        Ok((lock, if has_waited { self.standing(&Disk::new()) } else { standing }))
    }
}

/// A release in memory.
#[derive(Debug)]
pub struct Made {
    /// Its files, the manifest among them.
    pub files: Vec<File>,
    /// What it was made of.
    pub manifest: Manifest,
    /// What it quotes.
    pub facts: Arc<Facts>,
    /// PDFs of the release in place that are made of the same, and were taken.
    pub kept: Vec<String>,
    /// What could not be said.
    pub dropped: Vec<Dropped>,
    /// The warnings that somebody has allowed.
    pub allowed: Vec<Allowed>,
    /// Warnings about rows and facts on which nothing printed rests.
    pub elsewhere: Vec<Diagnostic>,
    /// The rows behind what it prints.
    pub rows: Rows,
}

impl Made {
    /// The PDFs that were set and not taken.
    pub fn set(&self) -> Vec<String> {
        let pdfs = self.files.iter().map(|file| &file.name).filter(|name| name.ends_with(".pdf"));
        pdfs.filter(|name| !self.kept.contains(name)).cloned().collect()
    }
}

/// Makes a release; PDFs of the `previous` one are taken where they are made of the same.
pub fn make(
    pipeline: &Pipeline,
    period: Period,
    as_of: Option<Date>,
    previous: Option<&Previous>,
    said: &[Diagnostic],
) -> Result<Warned<Made>> {
    let mut found = said.to_vec();
    let editions = editions(pipeline, period, as_of)?.unwarned(&mut found);
    make_of(pipeline, &editions, (period, as_of), previous, &found)
}

/// The editions of a release in every form, worded and drawn, before they have pages.
pub fn editions(
    pipeline: &Pipeline,
    period: Period,
    as_of: Option<Date>,
) -> Result<Warned<Vec<Edition>>> {
    let (mut found, mut editions) = (vec![], vec![]);
    for format in pipeline.project.formats.clone() {
        editions.push(pipeline.edition(format, period, as_of)?.unwarned(&mut found));
    }
    Ok(Warned { value: editions, warnings: found })
}

/// What could not be said in editions, each once.
pub fn dropped(editions: &[Edition]) -> Vec<Dropped> {
    let mut all: Vec<Dropped> =
        editions.iter().flat_map(|edition| &edition.dropped).cloned().collect();
    distinct(&mut all);
    all
}

/// Sets editions, but for the PDFs that `find` has; of files that several have, the first one's
/// stand: facts and figures are the same in every form.
fn set(pipeline: &Pipeline, editions: &[Edition], find: Find<'_>) -> Result<Warned<Typeset>> {
    let (mut found, mut all) = (vec![], Typeset::default());
    for edition in editions {
        let typeset = pipeline.typeset_reusing(edition, find)?.unwarned(&mut found);
        for file in typeset.files {
            if !all.files.iter().any(|known| known.name == file.name) {
                all.files.push(file);
            }
        }
        all.keys.extend(typeset.keys);
        all.found.extend(typeset.found);
    }
    Ok(Warned { value: all, warnings: found })
}

/// The same as [`make`], of editions that are made already; `said` of them and of the data.
pub fn make_of(
    pipeline: &Pipeline,
    editions: &[Edition],
    (period, as_of): (Period, Option<Date>),
    previous: Option<&Previous>,
    said: &[Diagnostic],
) -> Result<Warned<Made>> {
    let mut found = said.to_vec();
    let find = |name: &str, key: &blake3::Hash| previous?.made_of(name, key);
    let Typeset { mut files, keys, found: kept } =
        set(pipeline, editions, &find)?.unwarned(&mut found);
    let Sorted { told: found, allowed, elsewhere, rows } =
        sort(pipeline, editions, (period, as_of), found, true);
    let dropped = dropped(editions);
    let facts = editions.first().map(|edition| edition.facts.clone());
    let vintage = facts.as_ref().map(|facts| pipeline.vintage(facts));
    let manifest = Manifest::new(
        &pipeline.project,
        (Parameters::of(&pipeline.project, period, as_of), published(pipeline)),
        vintage.unwrap_or_default(),
        &files,
        &keys,
        (found.iter().map(as_json).collect(), allowed.clone(), dropped.clone()),
    );
    files.push(File { name: NAME.to_owned(), bytes: manifest.to_bytes() });
    let facts = facts.unwrap_or_default();
    let value = Made { files, manifest, facts, kept, dropped, allowed, elsewhere, rows };
    Ok(Warned { value, warnings: found })
}

/// What the version that a pipeline publishes says of its publication.
fn published(pipeline: &Pipeline) -> Option<Published> {
    let calendar = &pipeline.project.calendar;
    let imprint = pipeline.imprint.as_ref()?;
    let text = |(lang, text): (&String, &SourceText)| (lang.clone(), text.text.to_string());
    Some(Published {
        number: imprint.number,
        day: imprint.day,
        replaces: imprint.replaces.map(|(number, day)| Replaced { number, day }),
        corrections: imprint.corrections.iter().map(text).collect(),
        embargo: calendar.embargo.as_ref().map(|(until, _)| until.clone()),
        next_release: calendar.next_release.as_ref().map(|(day, _)| *day),
    })
}

/// What making a release would come to: PDFs that would be set anew, by name.
pub fn would_make(
    pipeline: &Pipeline,
    period: Period,
    as_of: Option<Date>,
    standing: &Standing,
) -> Result<(Vec<String>, Vec<Reason>)> {
    let (mut anew, mut facts) = (vec![], None);
    for format in pipeline.project.formats.clone() {
        let edition = pipeline.edition(format, period, as_of)?.value;
        for (name, key) in pipeline.keys(&edition)? {
            let known = standing.usable().and_then(|previous| previous.made_of(&name, &key));
            anew.extend(known.is_none().then_some(name));
        }
        facts = facts.or(Some(edition.facts));
    }
    Ok((anew, standing.explained(&facts.unwrap_or_default())))
}

impl Standing {
    /// Whether the release in place is what a build would leave.
    pub fn is_current(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Has everything made anew, because somebody said so.
    pub fn forced(self) -> Self {
        Self { previous: None, reasons: vec![Reason::Forced] }
    }

    /// The release in place, if PDFs of it may be taken: never those of another program.
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

/// Puts a release in its place. The lock says that nobody else does. What stood there before and
/// cannot be cleared away is a warning; what kosh did not make stays.
pub fn put(lock: &Lock, made: &Made) -> Result<Put> {
    let own = Manifest::own_in(lock.folder(), &made.manifest.parameters);
    output::replace_locked(lock, &made.files, &own)
}
