//! Intermediate values: a value with the rows, sources, releases and flags it is based on, before it
//! becomes a fact.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::checks::status_of;
use super::quantity;
use crate::data::{Cell, Published};
use crate::stats::{
    Absence, Flag, Member, Period, Quantity, RowId, Series, Status, Time, Unit, Value, Wanted,
};

/// A value and where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub value: Value,
    pub unit: Unit,
    pub rows: Vec<RowId>,
    pub sources: Vec<Arc<str>>,
    pub vintages: Vec<Arc<str>>,
    pub flags: BTreeSet<Flag>,
    /// The lowest status among its observations.
    pub status: Option<Status>,
    /// Its time, if that is another than the one asked for.
    pub at: Option<Time>,
    /// Its year, if it replaces an unknown value of the last year.
    pub earlier: Option<Period>,
    /// For a series read from a table: which members its release is declared to publish, if all of these
    /// were entered. It is not passed on to values computed from the series.
    pub declared: Option<Declared>,
    /// The members added up over whole dimensions: the member of the series each went into, and its
    /// codes. Two sums can be compared only if these are equal.
    pub summed: Option<BTreeSet<(Arc<str>, String)>>,
    /// Its formula, if it differs from that of the indicator.
    pub formula: Option<String>,
    /// The number that another source prints, if they disagree.
    pub other: Option<Box<Other>>,
    /// The rows that the data lack: those of a missing value, or of the unknown members of a series read
    /// from a table. Of a series they are not passed on to values computed from it.
    pub wanted: Vec<Wanted>,
}

/// The declared coverage of a series.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    /// Which members the release publishes.
    pub published: Published,
    /// The source of that claim.
    pub source: Arc<str>,
}

/// The number that is not printed where sources disagree.
#[derive(Debug, Clone)]
pub(super) struct Other {
    pub quantity: Quantity,
    pub row: RowId,
    pub source: Arc<str>,
    pub vintage: Arc<str>,
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
            declared: None,
            summed: None,
            formula: None,
            other: None,
            wanted: vec![],
        }
    }

    /// A value that cannot be computed, though there are rows.
    pub(super) fn missing(reason: impl Into<String>) -> Self {
        Self::lacking(reason, Absence::NotComputable)
    }

    /// A value for which the data has no row.
    pub(super) fn absent(reason: impl Into<String>) -> Self {
        Self::lacking(reason, Absence::NotInData)
    }

    /// A missing value with its reason and kind.
    pub(super) fn lacking(reason: impl Into<String>, absence: Absence) -> Self {
        Self::new(Value::Missing { reason: reason.into(), absence }, Unit::PERSONS)
    }

    /// The missing value of an operand, passed on with its reason and sources; `None` if the operand has
    /// a value.
    pub(super) fn lacks(part: &Found) -> Option<Self> {
        let Value::Missing { reason, absence } = &part.value else { return None };
        let mut lacking = Self::lacking(reason.clone(), *absence);
        lacking.sources.clone_from(&part.sources);
        lacking.wanted.clone_from(&part.wanted);
        lacking.at = part.at;
        Some(lacking)
    }

    pub(super) fn number(&self) -> Option<Quantity> {
        match self.value {
            Value::Number(quantity) => Some(quantity),
            _ => None,
        }
    }

    pub(super) fn series(&self) -> Option<&Series> {
        match &self.value {
            Value::Series(series) | Value::Members(series) => Some(series),
            _ => None,
        }
    }

    /// Whether its release is declared to name every member with a positive value, and all named members
    /// were entered. It is false for a quarter computed by subtraction: a region with a loss in both
    /// cumulative totals may have gained between them.
    pub(super) fn names_positive(&self) -> bool {
        self.declared.as_ref().is_some_and(|declared| declared.published == Published::Positive)
    }

    /// The kind of reason for a missing value.
    pub(super) fn absence(&self) -> Option<Absence> {
        match self.value {
            Value::Missing { absence, .. } => Some(absence),
            _ => None,
        }
    }

    pub(super) fn value_is_known(&self) -> bool {
        !matches!(self.value, Value::Missing { .. })
    }

    /// The same number in another unit.
    pub(super) fn of_unit(self, unit: &str) -> Self {
        Self { unit: Unit::new(unit), ..self }
    }

    /// Replaces the reason where a formula of known operands had no result.
    pub(super) fn or_missing(self, reason: &str) -> Self {
        match &self.value {
            Value::Missing { reason: other, .. } if other == NOTHING_LEFT => Self::missing(reason),
            _ => self,
        }
    }

    /// Makes a percentage missing if rounding leaves too few digits.
    pub(super) fn unless_blunt(self) -> Self {
        match self.number() {
            Some(number) if !quantity::is_known(number) => Self::missing(OPEN),
            Some(percent) if !quantity::is_sharp(percent) => {
                let step = percent.step;
                Self::missing(format!("rounded figures give it to {step} points only"))
            }
            _ => self,
        }
    }

    /// Makes a value missing if its operands are bounds in opposite directions.
    pub(super) fn unless_open(self) -> Self {
        match self.number() {
            Some(number) if !quantity::is_known(number) => Self::missing(OPEN),
            _ => self,
        }
    }

    /// Adds the rows, sources, releases and flags of `part`.
    pub(super) fn rest_on(mut self, part: &Found) -> Self {
        push_new(&mut self.rows, &part.rows);
        push_new(&mut self.sources, &part.sources);
        push_new(&mut self.vintages, &part.vintages);
        self.flags.extend(&part.flags);
        if self.status.is_some() && part.status.is_some() && self.status != part.status {
            self.flags.insert(Flag::MixedStatus);
        }
        if let Some(summed) = &part.summed {
            self.summed.get_or_insert_default().extend(summed.iter().cloned());
        }
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
            value: Value::Missing { reason: String::new(), absence: Absence::default() },
            unit: self.unit.clone(),
            // The printed row gives the value; the others only agree with it.
            rows: vec![printed.row()],
            sources: vec![printed.source.clone()],
            vintages: vec![printed.vintage.clone()],
            flags: cell.flags.clone(),
            status: Some(cell.status),
            at: None,
            earlier: None,
            declared: None,
            summed: None,
            formula: None,
            other: None,
            wanted: vec![],
        };
        let losing = cell.conflict.as_ref().and_then(|conflict| conflict.losing.first());
        let other = losing.and_then(|(row, _)| {
            Some(Box::new(Other {
                quantity: row.quantity()?,
                row: row.row(),
                source: row.source.clone(),
                vintage: row.vintage.clone(),
            }))
        });
        Found { other, ..self.rest_on(&part) }
    }
}

pub(super) fn push_new<T: PartialEq + Clone>(all: &mut Vec<T>, new: &[T]) {
    for item in new {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
}

/// Adds the flags of another member, and `MixedStatus` if their status differs.
fn mix(flags: &mut BTreeSet<Flag>, of_partner: &BTreeSet<Flag>) {
    let is_mixed = status_of(flags) != status_of(of_partner);
    flags.extend(of_partner);
    if is_mixed {
        flags.insert(Flag::MixedStatus);
    }
}

/// Combines two series of one dimension member by member; a member that only one of them has is unknown.
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
                (Some(a), Some(b)) => formula(a, b).filter(|result| quantity::is_known(*result)),
                _ => None,
            };
            member.base = None;
            if let Some(partner) = partner {
                push_new(&mut member.rows, &partner.rows);
                mix(&mut member.flags, &partner.flags);
            }
            member
        })
        .collect();
    Series { members, ..a.clone() }
}

/// The reason where a formula has no result; most formulas divide.
const NOTHING_LEFT: &str = "division by zero";

/// The missing value of an operation on missing operands, with all their reasons; `None` if all have a
/// value.
pub(super) fn all_lacking(parts: &[Rc<Found>]) -> Option<Found> {
    let mut reasons: Vec<String> = vec![];
    let mut kinds = vec![];
    for part in parts {
        if let Value::Missing { reason, absence } = &part.value {
            push_new(&mut reasons, std::slice::from_ref(reason));
            kinds.push(*absence);
        }
    }
    (!kinds.is_empty()).then(|| {
        let mut lacking = Found::lacking(reasons.join("; "), Absence::of_parts(kinds));
        lacking.at = parts.iter().find_map(|part| part.at);
        for part in parts.iter().filter(|part| !part.value_is_known()) {
            push_new(&mut lacking.sources, &part.sources);
            push_new(&mut lacking.wanted, &part.wanted);
        }
        lacking
    })
}

/// Computes a number from numbers. It is missing, with all reasons, if one of them is.
pub(super) fn combine(
    parts: &[Rc<Found>],
    formula: impl Fn(&[Quantity]) -> Option<Quantity>,
) -> Found {
    let mut numbers = vec![];
    let mut is_mixed = false;
    for part in parts {
        match &part.value {
            Value::Number(quantity) => numbers.push(*quantity),
            Value::Missing { .. } => {}
            _ => is_mixed = true,
        }
    }
    // A missing operand is reported first, even if another one is a series.
    if let Some(lacking) = all_lacking(parts) {
        return lacking;
    }
    if is_mixed {
        return Found::missing("it is a series, but a number is needed");
    }
    match formula(&numbers) {
        Some(quantity) if !quantity::is_known(quantity) => Found::missing(OPEN),
        Some(quantity) => {
            let unit = parts.first().map_or(Unit::PERSONS, |part| &part.unit.0).to_owned();
            parts
                .iter()
                .fold(Found::new(Value::Number(quantity), &unit), |found, part| found.rest_on(part))
        }
        None => Found::missing(NOTHING_LEFT),
    }
}

/// The reason where the operands are bounds in opposite directions.
const OPEN: &str = "its parts are bounds that pull in opposite directions";

/// The same for numbers, or member by member for series.
pub(super) fn combine_any(
    parts: &[Rc<Found>],
    formula: impl Fn(&[Quantity]) -> Option<Quantity>,
) -> Found {
    let Some((first, rest)) = parts.split_first() else {
        return Found::missing("nothing to combine");
    };
    let Value::Series(first_series) = &first.value else { return combine(parts, formula) };
    if let Some(lacking) = all_lacking(rest) {
        return lacking;
    }
    if rest.iter().any(|part| !matches!(part.value, Value::Series(_))) {
        return Found::missing("it is a number, but a series is needed");
    }
    // One pass over all operands: a chain of differences would compute something else than a sum.
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
                quantity: numbers
                    .and_then(|numbers| formula(&numbers))
                    .filter(|result| quantity::is_known(*result)),
                base: None,
                ..member.clone()
            };
            for partner in partners.into_iter().flatten() {
                push_new(&mut member.rows, &partner.rows);
                mix(&mut member.flags, &partner.flags);
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
