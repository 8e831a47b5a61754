//! Why a release has to be made again.

use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::written::{Manifest, NAME, Parameters, Tool, from_text};
use crate::files::{Disk, Fingerprint, is_shipped};
use crate::output::names_below;

/// One reason; an unchanged release has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no release yet.
    NeverBuilt,
    /// Somebody said so.
    Forced,
    /// Its manifest is missing, was changed, or is of another form.
    NoManifest,
    /// It was made by another build of the program.
    Tool {
        /// The one that made it.
        was: String,
    },
    /// Something else is asked now.
    Parameter {
        /// Which.
        name: &'static str,
        /// Then.
        was: String,
        /// Now.
        is: String,
    },
    /// A fact is another.
    Fact {
        /// Which.
        id: String,
        /// The rows of changed files that it rests on, as `data/international.csv:131`.
        rows: Vec<String>,
    },
    /// So many more facts rest on the same rows.
    MoreFacts(usize),
    /// Something that is read is another.
    Input {
        /// Its path, relative to the project.
        path: String,
        /// What happened to it.
        how: How,
    },
    /// A file of the release is not as it was made.
    Output {
        /// Its name.
        name: String,
        /// What happened to it.
        how: How,
    },
}

/// What happened to a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Another content, or other names in a folder.
    Changed,
    /// It was not there before.
    New,
    /// It is not there any more.
    Gone,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = |how: &How| match how {
            How::Changed => "changed",
            How::New => "is new",
            How::Gone => "is gone",
        };
        match self {
            Self::NeverBuilt => write!(f, "never built"),
            Self::Forced => write!(f, "asked for with --force"),
            Self::NoManifest => write!(f, "its {NAME} is missing or was changed"),
            Self::Tool { was } => write!(f, "it was made by another kosh ({was})"),
            Self::Parameter { name, was, is } => write!(f, "{name}: {was} before, {is} now"),
            Self::Fact { id, rows } => {
                write!(f, "`{id}` changed")?;
                const SHOWN: usize = 2;
                if !rows.is_empty() {
                    write!(f, ": {}", rows[..rows.len().min(SHOWN)].join(", "))?;
                }
                if rows.len() > SHOWN {
                    write!(f, " and {} more", rows.len() - SHOWN)
                } else {
                    Ok(())
                }
            }
            Self::MoreFacts(1) => write!(f, "1 more fact"),
            Self::MoreFacts(count) => write!(f, "{count} more facts"),
            Self::Input { path, how } => write!(f, "{path} {}", what(how)),
            Self::Output { name, how: How::New } => write!(f, "{name} is no part of the release"),
            Self::Output { name, how } => write!(f, "{name} of the release {}", what(how)),
        }
    }
}

impl Manifest {
    /// Why a build would have to make this release again; nothing if it would leave the same.
    pub fn reasons(
        &self,
        root: &Path,
        folder: &Path,
        asked: &Parameters,
        disk: &Disk,
    ) -> Vec<Reason> {
        let mut found = vec![];
        if self.tool != Tool::this() {
            found.push(Reason::Tool { was: self.tool.to_string() });
        }
        found.extend(self.other_parameters(asked));
        found.extend(self.other_inputs(root, disk));
        // What somebody has put beside the files of the release is no reason: it stays there.
        let is_ours = |reason: &Reason| !matches!(reason, Reason::Output { how: How::New, .. });
        found.extend(self.other_outputs(folder).into_iter().filter(is_ours));
        found
    }

    /// What is asked now and was not then.
    pub fn other_parameters(&self, asked: &Parameters) -> Vec<Reason> {
        let pairs = self.parameters.named().into_iter().zip(asked.named());
        let other = pairs.filter(|((_, was), (_, is))| was != is);
        other.map(|((name, was), (_, is))| Reason::Parameter { name, was, is }).collect()
    }

    /// What was read and is another now.
    pub fn other_inputs(&self, root: &Path, disk: &Disk) -> Vec<Reason> {
        let other = |(path, text): (&String, &String)| {
            let before = from_text(text);
            let place = match is_shipped(Path::new(path)) {
                true => PathBuf::from(path),
                false => root.join(path),
            };
            let how = match (before, disk.now(&place, before)) {
                (before, now) if before == now && now != Fingerprint::Unsettled => return None,
                (Fingerprint::Absent, _) => How::New,
                (_, Fingerprint::Absent) => How::Gone,
                _ => How::Changed,
            };
            Some(Reason::Input { path: path.clone(), how })
        };
        // Collected in order, whoever looks first.
        self.read.par_iter().filter_map(other).collect()
    }

    /// Which files of the release are not as they were made.
    pub fn other_outputs(&self, folder: &Path) -> Vec<Reason> {
        let mut found = vec![];
        for (name, written) in &self.written {
            let path = folder.join(name);
            // A link may lead to the same bytes today.
            let read = if path.is_symlink() { Ok(vec![]) } else { std::fs::read(path) };
            let how = match read {
                Ok(bytes) if blake3::hash(&bytes).to_hex().as_str() == written.hash => continue,
                Ok(_) => How::Changed,
                Err(_) => How::Gone,
            };
            found.push(Reason::Output { name: name.clone(), how });
        }
        let there = names_below(folder).into_iter();
        for name in there.filter(|name| name != NAME && !self.written.contains_key(name)) {
            found.push(Reason::Output { name, how: How::New });
        }
        found
    }
}
