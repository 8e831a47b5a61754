//! Which of two rows of one status decides; see the rule in `resolve`.

use std::cmp::Ordering;

use super::conflict::Rule;
use super::{Observation, SourceKind, Status, Vintage};
use crate::stats::Quantity;

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
    pub(super) fn quantity(&self) -> Quantity {
        let Observation { rounded_to, qualifier, .. } = self.observation;
        Quantity::rounded(self.value, *rounded_to).qualified(*qualifier)
    }

    /// Whether two values can be one value: they are equal, or the finer one rounds or truncates to
    /// the coarser.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        agrees(
            (self.value, self.observation.rounded_to),
            (other.value, other.observation.rounded_to),
        )
    }

    /// Which of two rows of one status comes first, and what decides that.
    pub(super) fn precedence_over(&self, other: &Self) -> (Ordering, Rule) {
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

/// Whether two values, each with its unit of rounding, can be one value.
pub(super) fn agrees(one: (f64, f64), other: (f64, f64)) -> bool {
    let ((fine, step), (coarse, unit)) = if one.1 <= other.1 { (one, other) } else { (other, one) };
    let near = |a: f64, b: f64| (a - b).abs() < step.min(unit) * 1e-6 + a.abs() * 1e-12;
    // A half may go away from zero or to the even digit: the one is rounded, the other cut off.
    let units = fine / unit;
    near(fine, coarse)
        || [units.round(), units.trunc()].iter().any(|units| near(units * unit, coarse))
}

/// The precedence of a reworded text.
const REWORDED: u8 = 4;

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
    rows.sort_by(|a, b| a.precedence_over(b).0);
    let winner = *rows.first()?;
    // A reworded text refines no table and no release: its digits may be somebody's own.
    let may_refine = |row: &Row| row.precedence < REWORDED || winner.precedence >= REWORDED;
    // The first of the finest: `min_by` keeps the earlier of two equals. Where several sources
    // print the number as finely, the one that is best to cite carries it.
    let finest = rows
        .iter()
        .enumerate()
        .filter(|(at, row)| *at == 0 || may_refine(row) && row.agrees(&winner))
        .min_by(|(_, a), (_, b)| {
            let finer = a.observation.rounded_to.total_cmp(&b.observation.rounded_to);
            finer.then(a.kind.cmp(&b.kind))
        });
    let printed = finest.map_or(0, |(at, _)| at);
    let printed = rows.remove(printed);
    Some((Chosen { winner, printed }, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finer_value_agrees_if_it_rounds_or_truncates_to_the_coarser() {
        for (fine, step, coarse, unit, is_one) in [
            (87_459.0, 1.0, 87_400.0, 100.0, true),
            (87_459.0, 1.0, 87_500.0, 100.0, true),
            (16_003.0, 1.0, 16_100.0, 100.0, false),
            (16_003.0, 1.0, 16_000.0, 100.0, true),
            (16_150.0, 1.0, 16_200.0, 100.0, true),
            (16_250.0, 1.0, 16_200.0, 100.0, true),
            (16_250.0, 1.0, 16_300.0, 100.0, true),
            (-6_722.0, 1.0, -6_700.0, 100.0, true),
            (-6_722.0, 1.0, -6_800.0, 100.0, false),
            (22.8, 0.1, 22.7, 0.1, false),
            (22.85, 0.01, 22.8, 0.1, true),
            (22.85, 0.01, 22.9, 0.1, true),
            (22.84, 0.01, 22.9, 0.1, false),
            (5.0, 1.0, 6.0, 1.0, false),
            (0.0, 1.0, 0.0, 1000.0, true),
        ] {
            assert_eq!(agrees((fine, step), (coarse, unit)), is_one, "{fine} {coarse}");
            assert_eq!(agrees((coarse, unit), (fine, step)), is_one, "{coarse} {fine}");
        }
    }
}
