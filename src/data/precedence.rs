//! Precedence: which of two rows of one status counts. The rule is in `resolve`.

use std::cmp::Ordering;

use super::conflict::Rule;
use super::{Observation, SourceKind, Status, Time, Vintage};
use crate::stats::Quantity;

/// A row that is visible as of the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub observation: &'a Observation,
    pub value: f64,
    pub vintage: &'a Vintage,
    pub precedence: u8,
    /// The kind of its source; a source that does not state it counts as a report by others.
    pub kind: SourceKind,
}

impl Row<'_> {
    /// The time it refers to.
    pub(super) fn time(&self) -> Time {
        self.observation.time
    }

    /// The number as printed.
    pub(super) fn quantity(&self) -> Quantity {
        let own = self.observation;
        Quantity::rounded(self.value, own.rounded_to).qualified(own.qualifier)
    }

    /// Whether two rows can be the same figure: equal, or the finer value rounds or truncates to the
    /// coarser one.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        agrees(
            (self.value, self.observation.rounded_to),
            (other.value, other.observation.rounded_to),
        )
    }

    /// The order of two rows of one status, and the rule that decides it.
    pub(super) fn precedence_over(&self, other: &Self) -> (Ordering, Rule) {
        let (own, its) = (self.observation, other.observation);
        let by_source =
            || (own.source.cmp(&its.source).then(own.row().cmp(&its.row())), Rule::Source);
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

/// Whether two values, each with its rounding unit, can be the same figure.
pub(super) fn agrees(one: (f64, f64), other: (f64, f64)) -> bool {
    let ((fine, step), (coarse, unit)) = if one.1 <= other.1 { (one, other) } else { (other, one) };
    let near = |a: f64, b: f64| (a - b).abs() < step.min(unit) * 1e-6 + a.abs() * 1e-12;
    // A half may be rounded up or to the even digit; the source may also have truncated.
    let units = fine / unit;
    near(fine, coarse)
        || [units.round(), units.trunc()].iter().any(|units| near(units * unit, coarse))
}

/// The precedence of a reworded text.
const REWORDED: u8 = 4;

/// The outcome for the rows of one status.
pub(super) struct Chosen<'a> {
    /// The row that takes precedence.
    pub winner: Row<'a>,
    /// The row whose value is printed: the winner, or a finer row that agrees with it.
    pub printed: Row<'a>,
}

/// Chooses among the rows of one status; returns the rest too, in order of precedence.
pub(super) fn choose<'a>(rows: &[Row<'a>], status: Status) -> Option<(Chosen<'a>, Vec<Row<'a>>)> {
    let mut rows: Vec<Row> =
        rows.iter().filter(|row| row.vintage.status == status).copied().collect();
    rows.sort_by(|a, b| a.precedence_over(b).0);
    let winner = *rows.first()?;
    // A reworded text does not refine a table or a release, since its digits may be invented.
    let may_refine = |row: &Row| row.precedence < REWORDED || winner.precedence >= REWORDED;
    // The first of the finest: `min_by` keeps the earlier of two equal ones. If several sources print the
    // number equally finely, the one that is best to cite is taken.
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
