//! Which of two rows of one status decides; see the rule in `resolve`.

use std::cmp::Ordering;

use super::clash::Rule;
use super::{Observation, SourceKind, Status, Vintage};
use crate::facts::Quantity;

/// A row that can be seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub observation: &'a Observation,
    pub value: f64,
    pub vintage: &'a Vintage,
    pub precedence: u8,
    /// What its source is; one that does not say counts as reported by somebody.
    pub kind: SourceKind,
}

impl Row<'_> {
    /// The number as it was printed.
    pub fn quantity(&self) -> Quantity {
        let Observation { rounded_to, qualifier, .. } = self.observation;
        Quantity::rounded(self.value, *rounded_to).qualified(*qualifier)
    }

    /// Whether two values can be one value, rounded or truncated differently.
    pub fn agrees(&self, other: &Self) -> bool {
        let unit = self.observation.rounded_to.max(other.observation.rounded_to);
        // 22.8 and 22.7 differ by a tenth, whatever their binary neighbours say.
        (self.value - other.value).abs() < unit * (1.0 - 1e-9)
    }

    /// Which of two rows of one status comes first, and what decides that.
    pub fn weigh(&self, other: &Self) -> (Ordering, Rule) {
        let (own, its) = (self.observation, other.observation);
        let by_source = || (own.source.cmp(&its.source).then(own.row.cmp(&its.row)), Rule::Source);
        [
            (self.precedence.cmp(&other.precedence), Rule::Precedence),
            (other.vintage.released.cmp(&self.vintage.released), Rule::Release),
            (own.rounded_to.total_cmp(&its.rounded_to), Rule::Rounding),
        ]
        .into_iter()
        .find(|(order, _)| order.is_ne())
        .unwrap_or_else(by_source)
    }
}

/// What the rows of one status come to.
pub(super) struct Chosen<'a> {
    /// Who decides.
    pub winner: Row<'a>,
    /// Whose value is printed: the winner, or a finer row that agrees with it.
    pub printed: Row<'a>,
}

/// The winner among the rows of a status, and the rows that are not printed, the winner first.
pub(super) fn choose<'a>(rows: &[Row<'a>], status: Status) -> Option<(Chosen<'a>, Vec<Row<'a>>)> {
    let mut rows: Vec<Row> =
        rows.iter().filter(|row| row.vintage.status == status).copied().collect();
    rows.sort_by(|a, b| a.weigh(b).0);
    let winner = *rows.first()?;
    // The first of the finest: `min_by` keeps the earlier of two equals. Where several sources
    // print the number as finely, the one that is best to cite carries it.
    let finest =
        rows.iter().enumerate().filter(|(_, row)| row.agrees(&winner)).min_by(|(_, a), (_, b)| {
            let finer = a.observation.rounded_to.total_cmp(&b.observation.rounded_to);
            finer.then(a.kind.cmp(&b.kind))
        });
    let printed = finest.map_or(0, |(at, _)| at);
    let printed = rows.remove(printed);
    Some((Chosen { winner, printed }, rows))
}
