//! Matrices: flows between members, their margins and whole-system measures, and series over
//! quarters.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::compute::Computation;
use super::found::{Found, all_lacking};
use super::quantity;
use super::{Indicator, Kind};
use crate::stats::{
    Axis, Flag, Matrix, Member, Period, Quantity, Series, Status, Time, Unit, Value,
};

/// A side of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What stands before a row: origins.
    Rows,
    /// What stands above a column: destinations.
    Columns,
}

/// What each member sends to, or receives from, the other members. The diagonal, moves within a
/// member, is neither.
pub(super) fn margin(part: &Found, of: &str, side: Side) -> Found {
    let Value::Matrix(matrix) = &part.value else { return not_a_matrix(part, of) };
    let (own, other) = match side {
        Side::Rows => (&matrix.rows, &matrix.columns),
        Side::Columns => (&matrix.columns, &matrix.rows),
    };
    let cell = |own: usize, other: usize| match side {
        Side::Rows => matrix.cells[own][other],
        Side::Columns => matrix.cells[other][own],
    };
    let members = own
        .codes
        .iter()
        .enumerate()
        .map(|(index, code)| {
            let parts: Option<Vec<Quantity>> = (0..other.codes.len())
                .filter(|at| other.codes[*at] != *code)
                .map(|at| cell(index, at))
                .collect();
            let quantity = parts.map(|parts| quantity::sum(&parts));
            Member {
                code: code.clone(),
                quantity,
                base: None,
                flags: BTreeSet::new(),
                rows: vec![],
            }
        })
        .collect();
    let series =
        Series { dimension: own.dimension.clone(), register: own.register.clone(), members };
    Found::new(Value::Series(series), &part.unit.0).rest_on(part)
}

/// What joins the codes of a flow: origin first.
pub(crate) const TO: char = '>';

/// The largest flows between different members.
pub(super) fn flows(part: &Found, of: &str, top: usize) -> Found {
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
    // A stable sort: ties stay in the order of the codes.
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

/// A number computed from the pairs of two complete series.
pub(super) fn of_pairs(
    parts: &[Rc<Found>],
    formula: impl Fn(&[(Quantity, Quantity)]) -> Option<Quantity>,
) -> Found {
    let (Value::Series(a), Value::Series(b)) = (&parts[0].value, &parts[1].value) else {
        let lacking = all_lacking(parts);
        return lacking.unwrap_or_else(|| Found::missing("two series are needed"));
    };
    let pairs: Option<Vec<(Quantity, Quantity)>> = a
        .members
        .iter()
        .map(|member| {
            let partner = b.members.iter().find(|other| other.code == member.code)?;
            Some((member.quantity?, partner.quantity?))
        })
        .collect();
    let Some(pairs) = pairs else {
        return Found::absent("some members are not in the data");
    };
    match formula(&pairs) {
        Some(quantity) => Found::new(Value::Number(quantity), &parts[0].unit.0)
            .rest_on(&parts[0])
            .rest_on(&parts[1]),
        None => Found::missing("division by zero"),
    }
}

impl Computation<'_> {
    /// For the largest flows: the flows the other way, in the same order.
    pub(super) fn reverse(
        &mut self,
        indicator: &Indicator,
        found: &Found,
        time: Time,
    ) -> Option<Found> {
        let (Kind::Flows { of, .. }, Value::Members(flows)) = (&indicator.kind, &found.value)
        else {
            return None;
        };
        let part = self.of(of, time, None);
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

    /// A series over the last quarters, the period's own last.
    pub(super) fn quarters(
        &mut self,
        indicator: &Indicator,
        (of, last): (&str, usize),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let Time::Over(period) = time else {
            return Found::missing(format!("`{of}` is no flow: it has no quarters"));
        };
        let mut quarter = Period::quarter(period.end.year, period.last_quarter());
        if quarter.end != period.end {
            return Found::missing("the period does not end with a quarter");
        }
        let mut columns: Vec<(Period, Rc<Found>)> = vec![];
        for _ in 0..last {
            columns.push((quarter, self.of(of, Time::Over(quarter), status)));
            quarter = quarter.quarter_before();
        }
        columns.reverse();
        let (periods, parts): (Vec<Period>, Vec<Rc<Found>>) = columns.into_iter().unzip();
        let columns: Vec<(Period, Rc<Found>)> = match self.alike(indicator, "the quarters", parts) {
            Ok(parts) => periods.into_iter().zip(parts).collect(),
            Err(refused) => return *refused,
        };
        let Some(Value::Series(first)) =
            columns.iter().map(|(_, found)| &found.value).find(|v| matches!(v, Value::Series(_)))
        else {
            return Found::absent(format!("no quarter of `{of}` is in the data"));
        };
        let codes: Vec<_> = first.members.iter().map(|m| m.code.clone()).collect();
        let cells = codes
            .iter()
            .map(|code| {
                columns
                    .iter()
                    .map(|(_, found)| match &found.value {
                        Value::Series(series) => {
                            series.members.iter().find(|m| m.code == *code)?.quantity
                        }
                        _ => None,
                    })
                    .collect()
            })
            .collect();
        let rows =
            Axis { dimension: first.dimension.clone(), register: first.register.clone(), codes };
        let periods = columns.iter().map(|(period, _)| period.to_string().into()).collect();
        let quarters =
            Axis { dimension: "quarter".into(), register: "quarter".into(), codes: periods };
        let matrix = Matrix { rows, columns: quarters, cells };
        let unit = columns.iter().map(|(_, part)| part).find(|part| part.value_is_known());
        let unit = unit.map_or(Unit::new(Unit::PERSONS), |part| part.unit.clone());
        let found = Found::new(Value::Matrix(matrix), &unit.0);
        let mut found = columns.iter().fold(found, |found, (_, part)| found.rest_on(part));
        // Each quarter stands for itself.
        if columns.iter().all(|(_, part)| !part.flags.contains(&Flag::MixedStatus)) {
            found.flags.remove(&Flag::MixedStatus);
        }
        found
    }
}

fn not_a_matrix(part: &Found, of: &str) -> Found {
    Found::lacks(part).unwrap_or_else(|| Found::missing(format!("`{of}` is no matrix")))
}
