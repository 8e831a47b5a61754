//! Rows that agree with another row of the data.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::precedence::Row;

/// Rows that a check confirms: a sum, a balance, a printed percentage or a second name agrees with them.
#[derive(Default)]
pub(super) struct Confirmed {
    /// Rows of the table under check, by the byte offset of their value in its file.
    pub rows: BTreeSet<u32>,
    /// The subset of `rows` confirmed by a balance or by the cumulative totals at both ends of a run of
    /// months. Rows confirmed only as parts of a sum are not in it: the sum still holds if two parts
    /// change places.
    pub balanced: BTreeSet<u32>,
    /// Percentages of the table under check that follow from their levels, by the byte offset of their
    /// value.
    pub computed: BTreeSet<u32>,
    /// Rows of any table, by file and line.
    pub lines: Vec<(Arc<str>, usize)>,
}

impl Confirmed {
    /// Records rows that agree with one another.
    pub(super) fn fit<'a>(&mut self, rows: impl IntoIterator<Item = &'a Row<'a>>) {
        let line = |row: &Row| (row.observation.file.clone(), row.observation.line as usize);
        self.lines.extend(rows.into_iter().map(line));
    }
}
