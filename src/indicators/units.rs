//! Compares units: of rows in one selection, of operands in one formula, of a value and its control.
//!
//! Multiples of one thing are converted exactly. Units of different things are refused at the indicator,
//! with the rows of both: twelve thousand persons minus four thousand tenge is no number.

use std::rc::Rc;

use super::compute::Computation;
use super::found::Found;
use super::{Indicator, Select};
use crate::data::Cell;
use crate::diag::{Code, Diagnostic, Place};
use crate::stats::{Quantity, Series, Unit, Value};

impl Found {
    /// Converts to another unit; `None` if that measures something else.
    pub(super) fn in_unit(&self, unit: &Unit) -> Option<Self> {
        if self.unit == *unit || !self.value_is_known() {
            return Some(self.clone());
        }
        let convert = |quantity: Quantity| self.unit.convert(quantity, unit);
        convert(Quantity::exact(1.0))?;
        let series = |series: &Series| {
            let mut series = series.clone();
            for member in &mut series.members {
                member.quantity = member.quantity.and_then(convert);
                member.base = member.base.and_then(convert);
            }
            series
        };
        let value = match &self.value {
            Value::Number(quantity) => Value::Number(convert(*quantity)?),
            Value::Series(all) => Value::Series(series(all)),
            Value::Members(some) => Value::Members(series(some)),
            Value::Matrix(matrix) => {
                let mut matrix = matrix.clone();
                for cell in matrix.cells.iter_mut().flatten() {
                    *cell = cell.and_then(convert);
                }
                Value::Matrix(matrix)
            }
            Value::Missing { .. } => self.value.clone(),
        };
        Some(Self { value, unit: unit.clone(), ..self.clone() })
    }
}

impl Computation<'_> {
    /// Converts operands to the unit of the first known one; refuses operands that measure different
    /// things (K0218).
    pub(super) fn alike(
        &mut self,
        indicator: &Indicator,
        what: &str,
        parts: Vec<Rc<Found>>,
    ) -> Result<Vec<Rc<Found>>, Box<Found>> {
        let known = || parts.iter().filter(|part| part.value_is_known());
        let Some(first) = known().next() else { return Ok(parts) };
        if known().all(|part| part.unit == first.unit) {
            return Ok(parts);
        }
        let converted: Option<Vec<Rc<Found>>> =
            parts.iter().map(|part| part.in_unit(&first.unit).map(Rc::new)).collect();
        if let Some(converted) = converted {
            return Ok(converted);
        }
        let (a, b) = {
            let other = known().find(|part| part.unit.dimension() != first.unit.dimension());
            (first.clone(), other.unwrap_or(first).clone())
        };
        Err(Box::new(self.not_alike(indicator, what, &a, &b)))
    }

    /// Reports that two values measure different things (K0218).
    pub(super) fn not_alike(
        &mut self,
        indicator: &Indicator,
        what: &str,
        a: &Found,
        b: &Found,
    ) -> Found {
        let (one, other) = (&a.unit.0, &b.unit.0);
        let message = message!(
            "{what} of `{id}` are in different units: `{one}` and `{other}`",
            what,
            id = indicator.id,
            one,
            other
        );
        let mut refusal = Diagnostic::error(Code::K0218, message)
            .at(indicator.place.clone())
            .note(message!("only figures of the same unit can be added, compared or divided"))
            .hint(message!("correct the unit of the rows, or choose other operands"));
        for part in [a, b] {
            if let Some(place) = self.place_of(part) {
                refusal = refusal.related(place, message!("in `{unit}`", unit = part.unit.0));
            }
        }
        self.tell_once(refusal);
        Found::missing(format!("{what} are in `{one}` and in `{other}`"))
    }

    /// Converts a value to the unit written for its indicator; refuses it if rows or operands have a unit
    /// that measures something else (K0219).
    pub(super) fn as_written(&mut self, indicator: &Indicator, found: Found) -> Found {
        let Some(unit) = &indicator.unit else { return found };
        if !found.value_is_known() {
            return Found { unit: unit.clone(), ..found };
        }
        if let Some(converted) = found.in_unit(unit) {
            return converted;
        }
        let message = message!(
            "`{id}` has the unit `{unit}`, but its operands are in `{unit_2}`",
            id = indicator.id,
            unit = unit.0,
            unit_2 = found.unit.0
        );
        let mut refusal = Diagnostic::error(Code::K0219, message)
            .at(indicator.place.clone())
            .note(message!("a unit written here does not change the unit of the rows"))
            .hint(message!("delete `unit`, or correct the unit of the rows"));
        if let Some(place) = self.place_of(&found) {
            refusal = refusal.related(place, message!("in `{unit}`", unit = found.unit.0));
        }
        self.tell_once(refusal);
        Found::missing(format!("it is in `{}`, not in `{}`", found.unit.0, unit.0))
    }

    /// Converts the cells of one selection to one unit: counts to single things, money to the unit of the
    /// first cell. Cells that measure different things are refused (K0217).
    pub(super) fn cells_alike(&mut self, select: &Select, cells: &mut [Cell<'_>]) -> Option<Found> {
        let first = cells.first()?;
        if cells.iter().all(|cell| cell.unit == first.unit)
            && Unit(first.unit.clone()).plain().0 == first.unit
        {
            return None;
        }
        let wanted = Unit(first.unit.clone()).plain();
        let (place, unit) = (first.place(), first.unit.clone());
        for cell in cells {
            let own = Unit(cell.unit.clone());
            let Some(quantity) = own.convert(cell.quantity, &wanted) else {
                let message = message!(
                    "figures of `{table}` that are read together are in different units: `{unit}` and `{own}`",
                    table = select.table,
                    unit,
                    own = own.0
                );
                let refusal = Diagnostic::error(Code::K0217, message)
                    .at(cell.place())
                    .label(message!("in `{own}`", own = own.0))
                    .related(place, message!("in `{unit}`", unit))
                    .related((*select.place).clone(), message!("read together here"))
                    .note(message!(
                        "only figures of the same unit can be listed together or added up"
                    ))
                    .hint(message!(
                        "correct the unit of the row, or select one measure with `where`"
                    ));
                self.found.push(refusal);
                return Some(Found::missing(format!(
                    "its rows are in `{unit}` and in `{}`",
                    own.0
                )));
            };
            cell.earlier = cell.earlier.and_then(|earlier| own.convert(earlier, &wanted));
            cell.quantity = quantity;
            cell.unit = wanted.0.clone();
            if quantity.step > 1.0 && wanted.is_count() {
                cell.flags.insert(crate::stats::Flag::Rounded);
            }
        }
        None
    }

    /// Reports a problem of an indicator once, although other periods would report it again.
    pub(super) fn tell_once(&mut self, problem: Diagnostic) {
        let is_reported = |reported: &Diagnostic| {
            (reported.code, &reported.message) == (problem.code, &problem.message)
        };
        if !self.found.iter().any(is_reported) {
            self.found.push(problem);
        }
    }

    /// The place of the first row that a value is based on.
    pub(super) fn place_of(&self, found: &Found) -> Option<Place> {
        let (table, row) = self.view.dataset().observation(found.rows.first()?)?;
        Some(table.place(row))
    }
}
