//! Where a figure comes from: a row of a table, and how settled the release is that it is of.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Names one row of one table for as long as the file is not edited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub struct RowId {
    /// The file, relative to the project, as `data/international.csv`.
    pub file: Arc<str>,
    /// The line it starts on, from 1.
    pub line: usize,
    /// The line the last row of a run starts on; the same for a single row.
    pub last: usize,
}

impl std::fmt::Display for RowId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if self.last > self.line { write!(f, "-{}", self.last) } else { Ok(()) }
    }
}

/// What the publisher called the release, from least to most settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A figure seen only in somebody else's account of a release.
    Secondary,
    /// The first release.
    Express,
    /// The release that replaces the first.
    Final,
}
