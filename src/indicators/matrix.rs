//! Matrices: row and column sums of flows between members, and series over quarters.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::compute::Computation;
use super::expr::{Expr, Side};
use super::found::Found;
use super::{Indicator, quantity};
use crate::stats::{
    Axis, Flag, Matrix, Member, Period, Quantity, Series, Status, Time, Unit, Value,
};

/// The sum of flows from each member to the others, or to each member from the others. The diagonal,
/// moves within a member, is left out.
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

/// Separates origin and destination in the code of a flow.
pub(crate) const TO: char = '>';

impl<'a> Computation<'a> {
    /// A series of the last quarters; the last one is that of the period.
    pub(super) fn quarters(
        &mut self,
        indicator: &'a Indicator,
        (of, last): (&'a Expr, usize),
        (time, status): (Time, Option<Status>),
    ) -> Found {
        let name = of.formula();
        let Time::Over(period) = time else {
            return Found::missing(format!("`{name}` is not a flow, so it has no quarters"));
        };
        let mut quarter = Period::quarter(period.end.year, period.last_quarter());
        if quarter.end != period.end {
            return Found::missing("the period does not end with a quarter");
        }
        let mut columns: Vec<(Period, Rc<Found>)> = vec![];
        for _ in 0..last {
            columns.push((quarter, self.value(indicator, of, Time::Over(quarter), status)));
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
            return Found::absent(format!("no quarter of `{name}` is in the data"));
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
        // Statuses may differ between quarters.
        if columns.iter().all(|(_, part)| !part.flags.contains(&Flag::MixedStatus)) {
            found.flags.remove(&Flag::MixedStatus);
        }
        found
    }
}

pub(super) fn not_a_matrix(part: &Found, of: &str) -> Found {
    Found::lacks(part).unwrap_or_else(|| Found::missing(format!("`{of}` is not a matrix")))
}
