//! A value on its way to becoming a fact: with it travel the rows, sources, releases and flags it
//! rests on.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::quantity;
use crate::data::{Cell, RowId, Status, Time};
use crate::facts::{Flag, Member, Quantity, Series, Unit, Value};
use crate::period::Period;

/// A value and all that is known of how it came to be.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub value: Value,
    pub unit: Unit,
    pub rows: Vec<RowId>,
    pub sources: Vec<Arc<str>>,
    pub vintages: Vec<Arc<str>>,
    pub flags: BTreeSet<Flag>,
    /// The least settled status among the observations.
    pub status: Option<Status>,
    /// When it holds, where that is another time than the one asked for.
    pub at: Option<Time>,
    /// The year it is of, where nothing was known of the last one.
    pub earlier: Option<Period>,
}

impl Found {
    pub(super) fn new(value: Value, unit: &str) -> Self {
        Self {
            value,
            unit: Unit::new(unit),
            rows: vec![],
            sources: vec![],
            vintages: vec![],
            flags: BTreeSet::new(),
            status: None,
            at: None,
            earlier: None,
        }
    }

    pub(super) fn missing(reason: impl Into<String>) -> Self {
        Self::new(Value::Missing { reason: reason.into() }, Unit::PERSONS)
    }

    pub(super) fn number(&self) -> Option<Quantity> {
        match self.value {
            Value::Number(quantity) => Some(quantity),
            _ => None,
        }
    }

    pub(super) fn value_is_known(&self) -> bool {
        !matches!(self.value, Value::Missing { .. })
    }

    /// A percentage that rounding left too few digits of is not printed.
    pub(super) fn unless_blunt(self) -> Self {
        match self.number() {
            Some(percent) if !quantity::is_sharp(percent) => {
                let step = percent.step;
                Self::missing(format!("rounded figures give it to {step} points only"))
            }
            _ => self,
        }
    }

    /// Takes over what `part` rests on.
    pub(super) fn rest_on(mut self, part: &Found) -> Self {
        push_new(&mut self.rows, &part.rows);
        push_new(&mut self.sources, &part.sources);
        push_new(&mut self.vintages, &part.vintages);
        self.flags.extend(&part.flags);
        self.status = match (self.status, part.status) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.at = self.at.or(part.at);
        self.earlier = self.earlier.or(part.earlier);
        self
    }

    pub(super) fn rest_on_cell(self, cell: &Cell<'_>) -> Self {
        let printed = cell.printed();
        let part = Found {
            value: Value::Missing { reason: String::new() },
            unit: self.unit.clone(),
            // The row that is printed carries the value; the others only agree with it.
            rows: vec![printed.row.clone()],
            sources: vec![printed.source.clone()],
            vintages: vec![printed.vintage.clone()],
            flags: cell.flags.clone(),
            status: Some(cell.status),
            at: None,
            earlier: None,
        };
        self.rest_on(&part)
    }
}

pub(super) fn push_new<T: PartialEq + Clone>(all: &mut Vec<T>, new: &[T]) {
    for item in new {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
}

/// Two series of one dimension, member by member; a member of one of them only is not known.
pub(super) fn member_wise(
    a: &Series,
    b: &Series,
    formula: impl Fn(Quantity, Quantity) -> Option<Quantity>,
) -> Series {
    let other: HashMap<&str, &Member> = b.members.iter().map(|m| (&*m.code, m)).collect();
    let members = a
        .members
        .iter()
        .map(|member| {
            let mut member = member.clone();
            let partner = other.get(&*member.code);
            member.quantity = match (member.quantity, partner.and_then(|p| p.quantity)) {
                (Some(a), Some(b)) => formula(a, b),
                _ => None,
            };
            member.base = None;
            if let Some(partner) = partner {
                push_new(&mut member.rows, &partner.rows);
                member.flags.extend(&partner.flags);
            }
            member
        })
        .collect();
    Series { members, ..a.clone() }
}

/// A number computed from numbers; missing, with all reasons, when one of them is missing.
pub(super) fn combine(
    parts: &[Rc<Found>],
    formula: impl Fn(&[Quantity]) -> Option<Quantity>,
) -> Found {
    let mut numbers = vec![];
    let mut reasons: Vec<String> = vec![];
    let mut is_mixed = false;
    for part in parts {
        match &part.value {
            Value::Number(quantity) => numbers.push(*quantity),
            Value::Missing { reason } => push_new(&mut reasons, std::slice::from_ref(reason)),
            _ => is_mixed = true,
        }
    }
    // What is missing is the reason; that the rest would be a series is none.
    if reasons.is_empty() && is_mixed {
        reasons.push("a series stands where a number is needed".to_owned());
    }
    if !reasons.is_empty() {
        let at = parts.iter().find_map(|part| part.at);
        return Found { at, ..Found::missing(reasons.join("; ")) };
    }
    match formula(&numbers) {
        Some(quantity) => {
            let unit = parts.first().map_or(Unit::PERSONS, |part| &part.unit.0).to_owned();
            parts
                .iter()
                .fold(Found::new(Value::Number(quantity), &unit), |found, part| found.rest_on(part))
        }
        None => Found::missing("division by zero"),
    }
}

/// The same for numbers, or member by member for series.
pub(super) fn combine_any(
    parts: &[Rc<Found>],
    formula: impl Fn(&[Quantity]) -> Option<Quantity>,
) -> Found {
    let Some((first, rest)) = parts.split_first() else {
        return Found::missing("nothing to combine");
    };
    let Value::Series(first_series) = &first.value else { return combine(parts, formula) };
    if let Some(reason) = rest.iter().find_map(|part| match &part.value {
        Value::Missing { reason } => Some(reason.clone()),
        Value::Series(_) => None,
        _ => Some("a number stands where a series is needed".to_owned()),
    }) {
        return Found::missing(reason);
    }
    // One pass over all parts: a chain of differences would compute another thing than a sum.
    let others: Vec<HashMap<&str, &Member>> = rest
        .iter()
        .filter_map(|part| match &part.value {
            Value::Series(series) => Some(series.members.iter().map(|m| (&*m.code, m)).collect()),
            _ => None,
        })
        .collect();
    let members = first_series
        .members
        .iter()
        .map(|member| {
            let partners: Vec<Option<&&Member>> =
                others.iter().map(|other| other.get(&*member.code)).collect();
            let mut numbers: Vec<Option<Quantity>> = vec![member.quantity];
            numbers.extend(partners.iter().map(|partner| partner.and_then(|p| p.quantity)));
            let numbers: Option<Vec<Quantity>> = numbers.into_iter().collect();
            let mut member = Member {
                quantity: numbers.and_then(|numbers| formula(&numbers)),
                base: None,
                ..member.clone()
            };
            for partner in partners.into_iter().flatten() {
                push_new(&mut member.rows, &partner.rows);
                member.flags.extend(&partner.flags);
            }
            member
        })
        .collect();
    let value = Value::Series(Series { members, ..first_series.clone() });
    let found = Found::new(value, &first.unit.0);
    let mut found = parts.iter().fold(found, |found, part| found.rest_on(part));
    if let Value::Series(series) = &found.value
        && series.is_complete()
    {
        found.flags.remove(&Flag::Incomplete);
    }
    found
}
