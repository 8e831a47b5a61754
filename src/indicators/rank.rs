//! Rankings: some members of a series, or some flows of a matrix, in order of size.

use std::collections::BTreeSet;

use super::compute::Computation;
use super::expr::Expr;
use super::fold::{Keep, not_a_series, open, some_lack};
use super::found::Found;
use super::matrix::not_a_matrix;
use super::{Indicator, TO};
use crate::stats::{Flag, Member, Quantity, RowId, Series, Status, Time, Value};

/// What is ranked, and how many.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Whether members of a series or flows of a matrix are ranked.
    pub of: Ranked,
    /// The largest number of members in the ranking.
    pub top: usize,
    /// Which members are kept.
    pub keep: Keep,
    /// Whether the largest come first.
    pub largest_first: bool,
    /// The sum of all members of the series.
    pub whole: Option<Box<Expr>>,
}

/// What is put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranked {
    /// The members of a series.
    Members,
    /// The flows of a matrix between different members.
    Flows,
}

impl Ranking {
    pub(super) fn formula(&self, of: &str) -> String {
        let Self { top, keep, .. } = self;
        match (self.of, self.largest_first) {
            (Ranked::Flows, _) => format!("largest {top} flows of {of}"),
            (Ranked::Members, true) => format!("largest {top} of {of}{keep}"),
            (Ranked::Members, false) => format!("smallest {top} of {of}{keep}"),
        }
    }
}

impl<'a> Computation<'a> {
    pub(super) fn ranking(
        &mut self,
        indicator: &'a Indicator,
        (ranking, of): (&'a Ranking, &'a Expr),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let part = self.value(indicator, of, time, status);
        let of = &of.formula();
        if ranking.of == Ranked::Flows {
            return flows(&part, of, ranking.top);
        }
        let Value::Series(series) = &part.value else { return not_a_series(of, &part) };
        let Ranking { top, keep, largest_first, .. } = *ranking;
        // An unknown member might be among the first. A release that is declared to name only some
        // members is ranked as such, and flagged as incomplete.
        let is_whole = series.is_complete()
            || (part.names_positive() && keep.is_of_positive() && largest_first);
        if !is_whole && part.declared.is_none() {
            return some_lack(of, series, &part);
        }
        if let Some(reason) = open(of, series, keep) {
            return Found::missing(reason);
        }
        let mut ranked: Vec<Member> = series
            .ranked()
            .into_iter()
            .filter(|(_, q)| keep.keeps(q.value))
            .map(|(member, _)| member.clone())
            .collect();
        if !largest_first {
            ranked.sort_by(|a, b| value_of(a).total_cmp(&value_of(b)));
        }
        if let Some(reason) = tie(of, &ranked, top) {
            return Found::missing(reason);
        }
        ranked.truncate(top);
        // No unnamed member can exceed what all unnamed ones have together.
        let whole = ranking.whole.as_deref().filter(|_| largest_first && !is_whole);
        let whole = whole.and_then(|whole| self.value(indicator, whole, time, status).number());
        let mut is_whole = is_whole;
        if let Some(whole) = whole {
            let known = series.members.iter().filter_map(|member| member.quantity);
            let known: f64 = known.map(|q| q.value - q.error).sum();
            let rest = whole.value + whole.error - known;
            ranked.retain(|m| m.quantity.is_some_and(|q| q.value - q.error > rest));
            if ranked.is_empty() {
                return Found::missing(format!(
                    "a member of `{of}` that the release does not name may be larger than those \
                     it names"
                ));
            }
            is_whole = true;
        }
        if ranked.is_empty() {
            return Found::missing(match keep {
                Keep::All => format!("no member of `{of}` has a value"),
                _ => format!("no member of `{of}` is kept by the rule"),
            });
        }
        let rows: Vec<RowId> = ranked.iter().flat_map(|m| m.rows.clone()).collect();
        let value = Value::Members(Series { members: ranked, ..series.clone() });
        let mut found = Found::new(value, &part.unit.0).rest_on(&part);
        found.rows = rows;
        match is_whole {
            true => drop(found.flags.remove(&Flag::Incomplete)),
            false => drop(found.flags.insert(Flag::Incomplete)),
        }
        found
    }

    /// For a ranking of flows: the opposite flows, in the same order.
    pub(super) fn reverse(
        &mut self,
        indicator: &'a Indicator,
        found: &Found,
        time: Time,
    ) -> Option<Found> {
        let (Expr::Rank(Ranking { of: Ranked::Flows, .. }, of), Value::Members(flows)) =
            (&indicator.expr, &found.value)
        else {
            return None;
        };
        let part = self.value(indicator, of, time, None);
        let Value::Matrix(matrix) = &part.value else { return None };
        let place =
            |codes: &[std::sync::Arc<str>], code: &str| codes.iter().position(|c| **c == *code);
        let members = flows
            .members
            .iter()
            .map(|member| {
                let (origin, destination) = member.code.split_once(TO).unwrap_or_default();
                let cell = place(&matrix.rows.codes, destination)
                    .zip(place(&matrix.columns.codes, origin))
                    .and_then(|(row, column)| matrix.cells[row][column]);
                let code = format!("{destination}{TO}{origin}").into();
                Member { code, quantity: cell, ..member.clone() }
            })
            .collect();
        let value = Value::Members(Series { members, ..flows.clone() });
        Some(Found { value, ..found.clone() })
    }
}

/// The largest flows between different members.
fn flows(part: &Found, of: &str, top: usize) -> Found {
    let Value::Matrix(matrix) = &part.value else { return not_a_matrix(part, of) };
    let mut all: Vec<(usize, usize, Quantity)> = vec![];
    for (row, cells) in matrix.cells.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            if let Some(quantity) = cell
                && matrix.rows.codes[row] != matrix.columns.codes[column]
            {
                all.push((row, column, *quantity));
            }
        }
    }
    // The sort is stable, so ties stay in the order of codes.
    all.sort_by(|a, b| b.2.value.total_cmp(&a.2.value));
    if let (Some(last), Some(next)) = (top.checked_sub(1).and_then(|at| all.get(at)), all.get(top))
    {
        let (apart, error) = ((last.2.value - next.2.value).abs(), last.2.error + next.2.error);
        if apart == 0.0 || apart < error {
            return Found::missing(format!(
                "two flows of `{of}` cannot be told apart, and only one of them is among {top}"
            ));
        }
    }
    all.truncate(top);
    if all.is_empty() {
        return Found::absent(format!("no flow of `{of}` is in the data"));
    }
    let members = all
        .into_iter()
        .map(|(row, column, quantity)| Member {
            code: format!("{}{TO}{}", matrix.rows.codes[row], matrix.columns.codes[column]).into(),
            quantity: Some(quantity),
            base: None,
            flags: BTreeSet::new(),
            rows: vec![],
        })
        .collect();
    let dimension = format!("{}{TO}{}", matrix.rows.dimension, matrix.columns.dimension);
    let series = Series { dimension, register: matrix.rows.register.clone(), members };
    Found::new(Value::Members(series), &part.unit.0).rest_on(part)
}

fn value_of(member: &Member) -> f64 {
    member.quantity.map_or(f64::NAN, |q| q.value)
}

/// The reason why the first `top` members are uncertain: the last of them and the next one cannot be
/// distinguished.
fn tie(of: &str, ranked: &[Member], top: usize) -> Option<String> {
    let (last, next) = (ranked.get(top.checked_sub(1)?)?, ranked.get(top)?);
    let (a, b) = (last.quantity?, next.quantity?);
    let (apart, error) = ((a.value - b.value).abs(), a.error + b.error);
    (apart == 0.0 || apart < error).then(|| {
        format!(
            "`{of}[{}]` and `{of}[{}]` cannot be told apart, and only one of them is among {top}",
            last.code, next.code
        )
    })
}
