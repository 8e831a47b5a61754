//! What an issue owes its readers: which figures of the previous one have been revised.

use jiff::civil::Date;

use super::{Cause, Changes, Kind};
use crate::data::Time;
use crate::facts::{Facts, Flag, Quantity, Unit, Value};
use crate::period::Period;

/// The figures of an earlier issue that have been revised since.
#[derive(Debug, Clone, PartialEq)]
pub struct Revisions {
    /// The day of the newest release that issue used.
    pub day: Date,
    /// Its period.
    pub period: Period,
    /// The single numbers that were revised, in the order of the facts.
    pub all: Vec<Revision>,
    /// How many were revised, with those of regions and countries.
    pub count: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The fact, as `X1.base`.
    pub fact: String,
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
    pub fn of(day: Date, period: Period, facts: &Facts, changes: &Changes) -> Self {
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
                if number.member.is_none() {
                    all.push(Revision {
                        fact: id.clone(),
                        time: fact.time,
                        unit: change.unit.clone(),
                        is_signed: change.is_signed,
                        before,
                        after,
                        cause: change.cause,
                    });
                }
            }
        }
        Self { day, period, all, count }
    }
}

impl Revision {
    /// The mark of a value that was revised, or of a comparison whose base was.
    pub fn flag(&self) -> Option<Flag> {
        match self.cause {
            Cause::Base => Some(Flag::RevisedBase),
            Cause::Revision { .. } | Cause::Correction => Some(Flag::Revised),
            Cause::Precision | Cause::Data | Cause::Definition => None,
        }
    }
}
