//! Revisions that an issue reports to its readers: the changed figures of the previous issue.

use super::{Cause, Change, Changes, Kind};
use crate::stats::{Facts, Flag, Period, Quantity, Time, Unit, Value};

/// The figures of an earlier issue that have been revised since.
#[derive(Debug, Clone, PartialEq)]
pub struct Revisions {
    /// The publication time of the newest release in that issue, as precisely as known.
    pub day: Time,
    /// Its period.
    pub period: Period,
    /// The revised numbers: first those read from a source, by cause, then single numbers computed from
    /// them, then members; the largest change first.
    pub all: Vec<Revision>,
    /// The number of revised numbers, including those of years and of matrix cells.
    pub count: usize,
}

/// A revised number.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The id of its fact, such as `X1.base`.
    pub fact: String,
    /// For a series, the member: the register with its name, and its code.
    pub member: Option<(String, String)>,
    /// Its period or day.
    pub time: Time,
    /// Its unit.
    pub unit: Unit,
    /// Whether it shows its sign.
    pub is_signed: bool,
    /// The value that the earlier issue printed.
    pub before: Quantity,
    /// The value printed now.
    pub after: Quantity,
    /// The cause.
    pub cause: Cause,
}

impl Revisions {
    /// The numbers that were known and print differently now. Rankings and quarters repeat numbers of a
    /// series, and a difference follows from two levels, so these are not counted twice.
    pub fn of(day: Time, period: Period, facts: &Facts, changes: &Changes) -> Self {
        let (mut all, mut count) = (vec![], 0);
        for (id, change) in &changes.facts {
            let is_reported = change.kind == Kind::Revised && !id.ends_with(".difference");
            let Some(fact) = facts.get(id).filter(|_| is_reported) else { continue };
            let is_repeated = match fact.value {
                Value::Members(_) => true,
                Value::Matrix(_) => !change.follows.is_empty(),
                _ => false,
            };
            let numbers = change.numbers.iter().filter(|n| n.is_printed && !is_repeated);
            for number in numbers {
                let Some((before, after)) = number.before.zip(number.after) else { continue };
                count += 1;
                // A year of a series is listed as a fact of its own; a matrix cell has no single name.
                let named = fact.series().filter(|series| series.dimension != series.register);
                if named.is_none() && number.member.is_some() {
                    continue;
                }
                let register = named.map(|series| series.register.clone());
                let revision = Revision {
                    fact: id.clone(),
                    member: register.zip(number.member.clone()),
                    time: fact.base_time.filter(|_| number.is_base).unwrap_or(fact.time),
                    unit: change.unit.clone(),
                    is_signed: change.is_signed,
                    before,
                    after,
                    cause: change.cause,
                };
                all.push((rank(&revision, change, changes), revision));
            }
        }
        all.sort_by(|(one, a), (two, b)| one.cmp(two).then(b.size().total_cmp(&a.size())));
        let all: Vec<Revision> = all.into_iter().map(|(_, revision)| revision).collect();
        Self { day, period, all, count }
    }
}

/// The order of a number in the list: numbers that follow from others come later, and corrections come
/// before regular revisions.
fn rank(revision: &Revision, change: &Change, changes: &Changes) -> (u8, u8) {
    // A quarter follows from two cumulative totals.
    let whole = revision.fact.split_once(".quarter").map(|(own, _)| own);
    let is_part = whole.is_some_and(|own| changes.facts.contains_key(own));
    if !change.follows.is_empty() || is_part {
        return if revision.member.is_none() { (1, 0) } else { (2, 0) };
    }
    let cause = match revision.cause {
        Cause::Correction => 0,
        Cause::CorrectionAndData => 1,
        Cause::Revision { .. } => 2,
        Cause::Base => 3,
        Cause::Definition => 4,
        Cause::Precision => 5,
        Cause::Data => 6,
    };
    (0, cause)
}

impl Revision {
    /// The size of the revision: relative to the larger value or, for percentages, in points of 100, so
    /// that different units can be compared.
    fn size(&self) -> f64 {
        let (before, after) = (self.before.value, self.after.value);
        let whole = match &*self.unit.0 == Unit::PERCENT {
            true => 100.0,
            false => before.abs().max(after.abs()),
        };
        if whole > 0.0 { (after - before).abs() / whole } else { 0.0 }
    }

    /// The flag of a revised value, or of a comparison whose base was revised.
    pub fn flag(&self) -> Option<Flag> {
        match self.cause {
            Cause::Base => Some(Flag::RevisedBase),
            Cause::Revision { .. } | Cause::Correction | Cause::CorrectionAndData => {
                Some(Flag::Revised)
            }
            Cause::Precision | Cause::Data | Cause::Definition => None,
        }
    }
}
