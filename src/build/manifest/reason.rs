//! Reasons to build a release again.

use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::written::{Manifest, NAME, Parameters, Tool, from_text};
use crate::files::{Disk, Fingerprint, is_shipped};
use crate::output::names_below;

/// A reason; an unchanged release has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no release yet.
    NeverBuilt,
    /// The user requested it.
    Forced,
    /// Its manifest is missing, was changed, or has another format.
    NoManifest,
    /// It was made by another build of the program.
    Tool {
        /// The build that made it.
        was: String,
    },
    /// A parameter has changed.
    Parameter {
        /// The parameter.
        name: &'static str,
        /// Its value then.
        was: String,
        /// Its value now.
        is: String,
    },
    /// A fact has changed.
    Fact {
        /// Its id.
        id: String,
        /// The rows of changed files that it is based on, such as `data/international.csv:131`.
        rows: Vec<String>,
    },
    /// The number of further facts based on the same rows.
    MoreFacts(usize),
    /// An input has changed.
    Input {
        /// Its path, relative to the project.
        path: String,
        /// The change.
        how: How,
    },
    /// A file of the release has changed since it was made.
    Output {
        /// Its name.
        name: String,
        /// The change.
        how: How,
    },
}

/// A change of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Other content, or other names in a folder.
    Changed,
    /// It did not exist before.
    New,
    /// It no longer exists.
    Gone,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = |how: &How| match how {
            How::Changed => "changed",
            How::New => "is new",
            How::Gone => "was removed",
        };
        match self {
            Self::NeverBuilt => write!(f, "not built yet"),
            Self::Forced => write!(f, "requested by --force"),
            Self::NoManifest => write!(f, "its {NAME} is missing or was changed"),
            Self::Tool { was } => write!(f, "it was built by another version of kosh ({was})"),
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
            Self::Output { name, how: How::New } => {
                write!(f, "{name} is not a file of the release")
            }
            Self::Output { name, how } => write!(f, "{name} of the release {}", what(how)),
        }
    }
}

impl Manifest {
    /// The reasons to build this release again; empty if a build would give the same.
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
        // Files that somebody added to the folder are no reason; they stay.
        let is_ours = |reason: &Reason| !matches!(reason, Reason::Output { how: How::New, .. });
        found.extend(self.other_outputs(folder).into_iter().filter(is_ours));
        found
    }

    /// The parameters that have changed.
    pub fn other_parameters(&self, asked: &Parameters) -> Vec<Reason> {
        let pairs = self.parameters.named().into_iter().zip(asked.named());
        let other = pairs.filter(|((_, was), (_, is))| was != is);
        other.map(|((name, was), (_, is))| Reason::Parameter { name, was, is }).collect()
    }

    /// The inputs that have changed.
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
        // Collected in order, in spite of parallel reading.
        self.read.par_iter().filter_map(other).collect()
    }

    /// The files of the release that have changed since it was made.
    pub fn other_outputs(&self, folder: &Path) -> Vec<Reason> {
        let mut found = vec![];
        for (name, written) in &self.written {
            let path = folder.join(name);
            // A link may point to the same bytes only for now.
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
