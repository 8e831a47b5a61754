//! Figures that another figure vouches for.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::precedence::Row;

/// Rows that an identity confirms: a sum, a balance, a printed percentage, a second name.
#[derive(Default)]
pub(super) struct Confirmed {
    /// Of the table that is checked, by the bytes of their values.
    pub rows: BTreeSet<u32>,
    /// Those of them that a balance or the totals at both ends confirm: a sum of members says
    /// nothing of which is which.
    pub balanced: BTreeSet<u32>,
    /// Percentages of the table that is checked which their levels give, by the bytes of their values.
    pub computed: BTreeSet<u32>,
    /// Of any table, by file and line.
    pub lines: Vec<(Arc<str>, usize)>,
}

impl Confirmed {
    /// Rows that fit one another.
    pub(super) fn fit<'a>(&mut self, rows: impl IntoIterator<Item = &'a Row<'a>>) {
        let line = |row: &Row| (row.observation.row.file.clone(), row.observation.row.line);
        self.lines.extend(rows.into_iter().map(line));
    }
}
