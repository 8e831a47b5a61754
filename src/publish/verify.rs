//! Verification: whether releases are unchanged and reproducible.
//!
//! In: the folders of a project. Out: a [`Verdict`] for each release in them, builds as well as published
//! versions. Each is made again in memory, with its recorded parameters, and compared. Publication data
//! comes from the manifest, since the project has that of the next version. Nothing is written.
//!
//! There are two separate questions. Whether the files are unchanged follows from their hashes, whatever
//! has happened to the project since ([`Outcome::Altered`]). Whether they are reproducible can be found
//! only by making them again; if data, templates or program have changed, a difference proves nothing
//! ([`Outcome::MovedOn`], [`Outcome::Outdated`]).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{NAME as RECORD, SUMS, altered};
use crate::build::edition::Version;
use crate::build::manifest::{How, Manifest, NAME, Parameters, Reason, Tool, changed_facts};
use crate::build::memory::Forget;
use crate::build::{Build, Request, build};
use crate::diag::{Code, Diagnostic, Place, Result, did_you_mean};
use crate::files::Disk;
use crate::output::{File, numbers};
use crate::project::{Format, Overrides, Project};

/// The result for a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Its files are unchanged and reproducible.
    Same,
    /// A published version whose files are unchanged. Its inputs have changed since, so it cannot be
    /// reproduced for comparison.
    MovedOn,
    /// A build whose files are unchanged, but whose inputs have changed, so that a new build would
    /// replace it.
    Outdated,
    /// Some files have been changed.
    Altered,
    /// The files and inputs are unchanged, but the result of making them again differs, or it fails.
    NotReproduced,
}

impl Outcome {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::MovedOn => "moved-on",
            Self::Outdated => "outdated",
            Self::Altered => "altered",
            Self::NotReproduced => "not-reproduced",
        }
    }

    /// Its code in `docs/diagnostics.md`; `None` if there is nothing to report.
    pub fn code(self) -> Option<Code> {
        match self {
            Self::Same => None,
            Self::Altered => Some(Code::K1103),
            Self::MovedOn | Self::Outdated => Some(Code::K1104),
            Self::NotReproduced => Some(Code::K1105),
        }
    }
}

/// The findings about a release.
#[derive(Debug)]
pub struct Verdict {
    /// Its folder.
    pub folder: PathBuf,
    /// The recorded parameters; `None` if the manifest cannot be read.
    pub parameters: Option<Parameters>,
    /// Files that differ from the manifest.
    pub altered: Vec<Reason>,
    /// For a published version, what differs from its record and checksums.
    pub unsealed: Vec<String>,
    /// Whether it is a published version.
    pub is_published: bool,
    /// Files beside a build that kosh did not make.
    pub beside: Vec<Reason>,
    /// The names of files that differ when made again.
    pub differs: Vec<String>,
    /// The inputs that have changed, which may be the cause.
    pub causes: Vec<Reason>,
    /// The errors if it cannot be made again.
    pub problems: Vec<Diagnostic>,
}

impl Verdict {
    /// A verdict without findings yet.
    fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            parameters: None,
            altered: vec![],
            unsealed: vec![],
            is_published: false,
            beside: vec![],
            differs: vec![],
            causes: vec![],
            problems: vec![],
        }
    }

    /// The result.
    pub fn outcome(&self) -> Outcome {
        if !self.altered.is_empty() || !self.unsealed.is_empty() {
            Outcome::Altered
        } else if self.is_reproduced() {
            Outcome::Same
        } else if self.causes.is_empty() {
            Outcome::NotReproduced
        } else if self.is_published {
            Outcome::MovedOn
        } else {
            Outcome::Outdated
        }
    }

    /// Whether the files are unchanged and reproducible.
    pub fn is_reproduced(&self) -> bool {
        self.altered.is_empty()
            && self.unsealed.is_empty()
            && self.differs.is_empty()
            && self.problems.is_empty()
    }
}

/// The releases in a folder and below it, in order.
pub fn releases(folder: &Path) -> Vec<PathBuf> {
    // One of these files may have been removed.
    if [NAME, RECORD, SUMS].iter().any(|name| folder.join(name).is_file()) {
        return vec![folder.to_path_buf()];
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_hidden =
        |path: &Path| path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir() && !is_hidden(path));
    folders.sort();
    folders.iter().flat_map(|folder| releases(folder)).collect()
}

/// Makes the releases in `folders` and below them again in memory, from the project in `root`, and calls
/// `each` with the verdict of each.
pub fn verify(root: &Path, folders: &[PathBuf], mut each: impl FnMut(Verdict)) -> Result<()> {
    let all: Vec<PathBuf> = folders.iter().flat_map(|folder| releases(folder)).collect();
    if all.is_empty() {
        let names: Vec<String> =
            folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
        let message = message!("there is no release in {names}", names = names.join(" or "));
        let problem = Diagnostic::error(Code::K0904, message).note(message!(
            "a release is a folder with the `{name}` that `kosh build` writes",
            name = NAME
        ));
        return Err(problem.hint(message!("name the folder of a release, or one above it")).into());
    }
    let disk = Disk::new();
    for folder in &all {
        each(verdict(root, folder, &disk));
    }
    for folder in missing(&all, folders) {
        let mut gone = Verdict::of(&folder);
        gone.is_published = true;
        gone.unsealed.push("the version is missing, but a later one exists".to_owned());
        each(gone);
    }
    Ok(())
}

/// Missing versions among those in the requested folders.
fn missing(all: &[PathBuf], asked: &[PathBuf]) -> Vec<PathBuf> {
    let versions =
        all.iter().filter(|folder| [RECORD, SUMS].iter().any(|name| folder.join(name).is_file()));
    let above: BTreeSet<&Path> = versions.filter_map(|folder| folder.parent()).collect();
    let mut missing = vec![];
    for above in
        above.into_iter().filter(|above| asked.iter().any(|asked| above.starts_with(asked)))
    {
        let there = numbers(above);
        let last = there.last().copied().unwrap_or(0);
        let gone = (1..last).filter(|number| !there.contains(number));
        missing.extend(gone.map(|number| above.join(number.to_string())));
    }
    missing
}

fn verdict(root: &Path, folder: &Path, disk: &Disk) -> Verdict {
    let mut verdict = Verdict::of(folder);
    let vouchers = [RECORD, SUMS];
    verdict.is_published = vouchers.iter().any(|name| folder.join(name).is_file());
    let manifest = Manifest::read_from(folder);
    let was_published = manifest.as_ref().is_some_and(|manifest| manifest.published.is_some());
    if verdict.is_published || was_published {
        verdict.is_published = true;
        verdict.unsealed = altered(folder);
    }
    let Some(manifest) = manifest else {
        verdict.altered.push(Reason::NoManifest);
        return verdict;
    };
    verdict.altered = manifest.other_outputs(folder);
    if verdict.is_published {
        // The record and the checksums contain the manifest's hash, so the manifest cannot list them.
        verdict.altered.retain(|reason| !is_voucher(reason));
    } else {
        // Files that somebody added beside a build are not part of it.
        let is_new = |reason: &Reason| matches!(reason, Reason::Output { how: How::New, .. });
        (verdict.beside, verdict.altered) = verdict.altered.into_iter().partition(is_new);
    }
    if manifest.tool != Tool::this() {
        verdict.causes.push(Reason::Tool { was: manifest.tool.to_string() });
    }
    verdict.causes.extend(manifest.other_inputs(root, disk));
    match again(root, &manifest, &folder.join(NAME), disk) {
        Ok(made) => {
            verdict.differs = other(&manifest, &made.files);
            if let Ok(before) = std::fs::read(folder.join("facts.json")) {
                verdict.causes = changed_facts(&before, &made.facts, verdict.causes);
            }
        }
        Err(problems) => verdict.problems = problems,
    }
    verdict.parameters = Some(manifest.parameters);
    verdict
}

fn is_voucher(reason: &Reason) -> bool {
    matches!(reason, Reason::Output { name, how: How::New } if [RECORD, SUMS].contains(&name.as_str()))
}

/// What a build with the same parameters would give now, with the recorded publication data.
fn again(root: &Path, manifest: &Manifest, place: &Path, disk: &Disk) -> Result<Build> {
    let asked = &manifest.parameters;
    let formats: Result<Vec<Format>> = asked.formats.iter().map(|stem| format(stem)).collect();
    let overrides = Overrides {
        profile: Some(asked.profile.clone()),
        region: asked.region.clone(),
        data: Some(root.join(&asked.data)),
        languages: asked.languages.clone(),
        formats: formats?,
        base: Some(asked.base),
        since: asked.compare_with.as_ref().map(|text| match text.parse::<jiff::civil::Date>() {
            Ok(_) => text.clone(),
            Err(_) => root.join(text).to_string_lossy().into_owned(),
        }),
        ..Overrides::default()
    };
    let project = Project::open_in(disk, root, &overrides)?;
    let period = asked.period.parse().map_err(|message: String| {
        vec![Diagnostic::error(
            Code::K0905,
            message!("the manifest names no period: {message}", message),
        )]
    })?;
    let published = manifest.published.as_ref();
    let version = published.map(|published| {
        Version::recorded(published, asked.as_of, &Place::Path(place.to_path_buf()))
    });
    let request = Request { project, period: Some(period), as_of: asked.as_of, version };
    Ok(build(&request, None, Forget::Editions(1))?.value)
}

fn format(stem: &str) -> Result<Format> {
    Format::ALL.into_iter().find(|format| format.stem() == stem).ok_or_else(|| {
        let message = message!(
            "the manifest names a form `{stem}` that this version of kosh does \
            not have",
            stem
        );
        let known = Format::ALL.map(|format| format.stem());
        Diagnostic::error(Code::K0905, message).maybe_hint(did_you_mean(stem, known)).into()
    })
}

/// The names of files that differ. The manifest itself may differ, since it lists the inputs.
fn other(manifest: &Manifest, files: &[File]) -> Vec<String> {
    let mut differs = vec![];
    for file in files.iter().filter(|file| file.name != NAME) {
        let hash = blake3::hash(&file.bytes).to_hex();
        if manifest.written.get(&file.name).is_none_or(|written| written.hash != hash.as_str()) {
            differs.push(file.name.clone());
        }
    }
    let made = |name: &str| files.iter().any(|file| file.name == name);
    differs.extend(manifest.written.keys().filter(|name| !made(name)).cloned());
    differs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_a_later_kosh_is_refused() {
        for known in Format::ALL {
            assert_eq!(format(known.stem()).unwrap(), known);
        }
        let problem = &format("poster").unwrap_err()[0];
        assert_eq!(problem.code, Code::K0905);
        assert!(problem.hints[0].contains("`brief`, `express`, `annex`"), "{:?}", problem.hints);
    }
}
