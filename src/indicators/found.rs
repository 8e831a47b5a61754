//! A value on its way to becoming a fact: with it travel the rows, sources, releases and flags it
//! rests on.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::checks::status_of;
use super::quantity;
use crate::data::{Cell, Published};
use crate::stats::{
    Absence, Flag, Member, Period, Quantity, RowId, Series, Status, Time, Unit, Value,
};

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
    /// Of a series as a table says it: which members its release is declared to publish, where
    /// all of these were entered. What is computed from it says nothing of that.
    pub declared: Option<Declared>,
    /// What was added up over whole dimensions: the member of the series it went into, and what it
    /// was. Two sums can be compared only if they are of the same members.
    pub summed: Option<BTreeSet<(Arc<str>, String)>>,
    /// How it was computed, where that is another way than its kind says.
    pub formula: Option<String>,
    /// What another source prints for it, if they disagree.
    pub other: Option<Box<Other>>,
}

/// What is declared of the members of a series.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    /// Which members the release publishes.
    pub published: Published,
    /// Where that was read.
    pub source: Arc<str>,
}

/// The number that lost where sources disagree.
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
        }
    }

    /// It cannot be computed, though there are rows.
    pub(super) fn missing(reason: impl Into<String>) -> Self {
        Self::lacking(reason, Absence::NotComputable)
    }

    /// No row of the data has it.
    pub(super) fn absent(reason: impl Into<String>) -> Self {
        Self::lacking(reason, Absence::NotInData)
    }

    /// There is no value, for a reason of this kind.
    pub(super) fn lacking(reason: impl Into<String>, absence: Absence) -> Self {
        Self::new(Value::Missing { reason: reason.into(), absence }, Unit::PERSONS)
    }

    /// Missing because a part is, for the same reason; with it go the sources that say so.
    pub(super) fn lacks(part: &Found) -> Option<Self> {
        let Value::Missing { reason, absence } = &part.value else { return None };
        let mut lacking = Self::lacking(reason.clone(), *absence);
        lacking.sources.clone_from(&part.sources);
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

    /// Whether its release is declared to name every member with a positive value, and all that
    /// it names were entered. A quarter by subtraction is no release's: a region with a loss in
    /// both totals may have gained between them.
    pub(super) fn names_positive(&self) -> bool {
        self.declared.as_ref().is_some_and(|declared| declared.published == Published::Positive)
    }

    pub(super) fn value_is_known(&self) -> bool {
        !matches!(self.value, Value::Missing { .. })
    }

    /// The same number, of another unit.
    pub(super) fn of_unit(self, unit: &str) -> Self {
        Self { unit: Unit::new(unit), ..self }
    }

    /// The same, with this reason where a formula left nothing of known parts.
    pub(super) fn or_missing(self, reason: &str) -> Self {
        match &self.value {
            Value::Missing { reason: other, .. } if other == NOTHING_LEFT => Self::missing(reason),
            _ => self,
        }
    }

    /// A percentage that rounding left too few digits of is not printed.
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

    /// What two bounds pull in opposite directions is not known.
    pub(super) fn unless_open(self) -> Self {
        match self.number() {
            Some(number) if !quantity::is_known(number) => Self::missing(OPEN),
            _ => self,
        }
    }

    /// Takes over what `part` rests on.
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
            // The row that is printed carries the value; the others only agree with it.
            rows: vec![printed.row.clone()],
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
        };
        let losing = cell.conflict.as_ref().and_then(|conflict| conflict.losing.first());
        let other = losing.and_then(|(row, _)| {
            Some(Box::new(Other {
                quantity: row.quantity()?,
                row: row.row.clone(),
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

/// What has to be said of a number made of two members.
fn mix(flags: &mut BTreeSet<Flag>, of_partner: &BTreeSet<Flag>) {
    let is_mixed = status_of(flags) != status_of(of_partner);
    flags.extend(of_partner);
    if is_mixed {
        flags.insert(Flag::MixedStatus);
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

/// Why a formula gives nothing: most of them divide.
const NOTHING_LEFT: &str = "division by zero";

/// What cannot be computed because parts are missing, with the reasons of all of these.
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
        }
        lacking
    })
}

/// A number computed from numbers; missing, with all reasons, when one of them is missing.
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
    // What is missing is the reason; that the rest would be a series is none.
    if let Some(lacking) = all_lacking(parts) {
        return lacking;
    }
    if is_mixed {
        return Found::missing("a series stands where a number is needed");
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

/// Why nothing is known of a number whose parts are bounds.
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
        return Found::missing("a number stands where a series is needed");
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
