//! The row of a table that a figure comes from, and the status of its release.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Identifies a row of a table, or a run of rows, until the file is edited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub struct RowId {
    /// The file, relative to the project, such as `data/international.csv`.
    pub file: Arc<str>,
    /// The line on which it starts, from 1.
    pub line: usize,
    /// The line on which the last row of a run starts; equal to `line` for a single row.
    pub last: usize,
    /// The cell of the figure, such as `2026!B7`, if the file is a workbook. A line counts its figures then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Arc<str>>,
}

impl std::fmt::Display for RowId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(cell) = &self.cell {
            return write!(f, "{}, {cell}", self.file);
        }
        write!(f, "{}:{}", self.file, self.line)?;
        if self.last > self.line { write!(f, "-{}", self.last) } else { Ok(()) }
    }
}

/// The status of a release, from the lowest to the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A figure known only from another body's account of a release.
    Secondary,
    /// The first release.
    Express,
    /// The release that replaces the first.
    Final,
}
