//! What an issue owes its readers: which figures of the previous one have been revised.

use super::{Cause, Change, Changes, Kind};
use crate::stats::{Facts, Flag, Period, Quantity, Time, Unit, Value};

/// The figures of an earlier issue that have been revised since.
#[derive(Debug, Clone, PartialEq)]
pub struct Revisions {
    /// When the newest release that issue used came out, as finely as that is known.
    pub day: Time,
    /// Its period.
    pub period: Period,
    /// The numbers that were revised: first those read in a source, by cause, then single numbers
    /// that follow from them, then members; the largest change first.
    pub all: Vec<Revision>,
    /// How many were revised, with those of years and of pairs of places.
    pub count: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The fact, as `X1.base`.
    pub fact: String,
    /// Of a series the member: the register that has its name, and its code.
    pub member: Option<(String, String)>,
    /// When it holds.
    pub time: Time,
    /// What it counts.
    pub unit: Unit,
    /// Whether it shows its sign.
    pub is_signed: bool,
    /// What the earlier issue printed.
    pub before: Quantity,
    /// What is printed now.
    pub after: Quantity,
    /// Why.
    pub cause: Cause,
}

impl Revisions {
    /// Numbers that were known and would be printed otherwise now. Lists and quarters repeat what
    /// stands in a series, and a difference follows from two levels: they are counted there.
    pub fn of(day: Time, period: Period, facts: &Facts, changes: &Changes) -> Self {
        let (mut all, mut count) = (vec![], 0);
        for (id, change) in &changes.facts {
            let is_told = change.kind == Kind::Revised && !id.ends_with(".difference");
            let Some(fact) = facts.get(id).filter(|_| is_told) else { continue };
            let is_repeated = match fact.value {
                Value::Members(_) => true,
                Value::Matrix(_) => !change.follows.is_empty(),
                _ => false,
            };
            let numbers = change.numbers.iter().filter(|n| n.is_printed && !is_repeated);
            for number in numbers {
                let Some((before, after)) = number.before.zip(number.after) else { continue };
                count += 1;
                // A year of a series is told by itself, as a fact; a pair of places has no one name.
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

/// Where a number is told: what it follows from stands before it, and of what was read in a source
/// what was corrected before what was due.
fn rank(revision: &Revision, change: &Change, changes: &Changes) -> (u8, u8) {
    // A quarter is what is left of two totals.
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
    /// How far the two are apart, in parts of the larger one or, of percentages, in points: what
    /// differs in unit has no other measure.
    fn size(&self) -> f64 {
        let (before, after) = (self.before.value, self.after.value);
        let whole = match &*self.unit.0 == Unit::PERCENT {
            true => 100.0,
            false => before.abs().max(after.abs()),
        };
        if whole > 0.0 { (after - before).abs() / whole } else { 0.0 }
    }

    /// The mark of a value that was revised, or of a comparison whose base was.
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
