//! What an issue owes its readers: which figures of the previous one have been revised.

use jiff::civil::Date;

use super::{Cause, Changes, Kind};
use crate::data::Time;
use crate::facts::{Facts, Flag, Quantity, Unit};
use crate::period::Period;

/// The figures of an earlier issue that have been revised since.
#[derive(Debug, Clone, PartialEq)]
pub struct Revisions {
    /// The day of the newest release that issue used.
    pub day: Date,
    /// Its period.
    pub period: Period,
    /// What was revised, in the order of the facts.
    pub all: Vec<Revision>,
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
    /// What a reader is told of: numbers that were printed and are printed otherwise now. Members
    /// of a series are marked where they stand; a difference follows from its two levels.
    pub fn of(day: Date, period: Period, facts: &Facts, changes: &Changes) -> Self {
        let all = changes.facts.iter().filter_map(|(id, change)| {
            let is_told = change.kind == Kind::Revised && !id.ends_with(".difference");
            let fact = facts.get(id).filter(|_| is_told)?;
            let [number] = &change.numbers[..] else { return None };
            let (before, after) = (number.before?, number.after?);
            (number.member.is_none() && number.is_printed).then(|| Revision {
                fact: id.clone(),
                time: fact.time,
                unit: change.unit.clone(),
                is_signed: change.is_signed,
                before,
                after,
                cause: change.cause,
            })
        });
        Self { day, period, all: all.collect() }
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
