//! Indicators: from tables to the facts a brief quotes.
//!
//! In: `indicators.toml` and a [`View`](crate::data::View) of the data as of a date. Out:
//! [`Facts`](crate::stats::Facts) under the ids the file gives them, each with its base, its
//! difference, its change and its last quarter (`X1.base`, `X1.difference`, `X1.change`,
//! `X1.quarter`). Nothing here rounds a number or knows a language; that is `locale`'s work.
//!
//! An indicator is an expression ([`Expr`]): a few constructors over numbers, series and matrices,
//! so that lineage, precision, vintage and missing values are right by construction. A key of
//! `indicators.toml` is a row of the table in `keys`. To add one, add its row there; where no
//! expression gives it, add a variant to [`Arithmetic`] (numbers), [`Fold`] (the members of a
//! series), [`Picked`] or [`Times`], and the compiler asks for its law, its formula and its value.

mod arithmetic;
mod checks;
mod compare;
mod compute;
mod expr;
mod fold;
mod found;
mod index;
mod keys;
mod matrix;
mod own;
mod pick;
pub mod quantity;
mod rank;
mod select;
mod sense;
mod units;
mod written;
mod years;

use std::sync::Arc;

use std::collections::HashMap;

use indexmap::IndexMap;

pub use arithmetic::Arithmetic;
pub use compare::SMALLEST_BASE;
pub use compute::{BaseRule, compute};
pub use expr::{Expr, Side};
pub use fold::{Fold, Keep};
pub use index::Base;
pub(crate) use matrix::TO;
pub use own::{Own, OwnPart, Region};
pub use pick::Picked;
pub use rank::{Ranked, Ranking};
pub use written::{parse, schema};
pub use years::{Shift, Times};

use crate::diag::{Place, SourceText};
use crate::stats::{Month, Unit};

/// Everything `indicators.toml` says.
#[derive(Debug, Clone)]
pub struct Indicators {
    /// The indicators, in the order of the file.
    pub all: IndexMap<String, Indicator>,
    /// Where series are broken.
    pub breaks: Vec<Break>,
    /// The region whose brief it is, if it is one region's.
    pub region: Option<Region>,
    /// The file.
    pub text: SourceText,
}

impl Indicators {
    /// Whose moves an indicator counts: as written, else as all of its parts that say it agree.
    pub fn population(&self, id: &str) -> Option<&str> {
        self.population_of(id, &mut HashMap::new())
    }

    /// The same; what is known of parts is remembered, for a part may be reached in many ways.
    fn population_of<'a>(
        &'a self,
        id: &str,
        known: &mut HashMap<&'a str, Option<&'a str>>,
    ) -> Option<&'a str> {
        let (id, indicator) = self.all.get_key_value(id)?;
        if let Some(known) = known.get(id.as_str()) {
            return *known;
        }
        let population = indicator.population.as_deref().or_else(|| {
            let parts = indicator.expr.parts();
            let mut said = parts.iter().filter_map(|part| self.population_of(part, known));
            let first = said.next()?;
            said.all(|other| other == first).then_some(first)
        });
        known.insert(id, population);
        population
    }

    /// Whether an indicator is a plan: as written, or made of plans alone.
    pub fn is_plan(&self, id: &str) -> bool {
        self.is_made_of_plans(id, &mut HashMap::new())
    }

    fn is_made_of_plans<'a>(&'a self, id: &str, known: &mut HashMap<&'a str, bool>) -> bool {
        let Some((id, indicator)) = self.all.get_key_value(id) else { return false };
        if let Some(known) = known.get(id.as_str()) {
            return *known;
        }
        let parts = indicator.expr.parts();
        let is_plan = indicator.is_plan
            || (!parts.is_empty() && parts.iter().all(|part| self.is_made_of_plans(part, known)));
        known.insert(id, is_plan);
        is_plan
    }
}

/// One indicator.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its id, as `X1`.
    pub id: String,
    /// How it is computed.
    pub expr: Expr,
    /// What its numbers count, where it is written or follows from the expression; else the parts' unit.
    pub unit: Option<Unit>,
    /// Whether the unit is written.
    pub is_unit_written: bool,
    /// Whether it is a balance: always with its sign, never with a percentage change.
    pub is_signed: bool,
    /// Whose moves it counts, as `permanent-moves`, where that is written; a computed indicator
    /// has its parts' where they agree.
    pub population: Option<String>,
    /// Whether it is what is meant to come about, a plan or a quota, and never a result.
    pub is_plan: bool,
    /// Whether it is compared with the same period a year earlier.
    pub is_compared: bool,
    /// The earlier periods whose least and largest value it is held against.
    pub range: Option<RangeBefore>,
    /// The percentage change as the source prints it; used where levels are missing or too
    /// coarse, and checked against the levels where they are not.
    pub printed_change: Option<Select>,
    /// A law its members obey.
    pub identity: Option<Identity>,
    /// The figure the source prints for the same thing, to be compared with.
    pub control: Option<Select>,
    /// Where it is written down.
    pub place: Place,
}

/// The periods of the same length before a period: what a number is usually like.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeBefore {
    /// The indicator whose values are taken.
    pub of: String,
    /// How many years before the period; all of them have to be known.
    pub years: i16,
}

/// A law that the members of a series obey when all of them are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Identity {
    /// What the members add up to.
    pub sum: f64,
}

/// A place where a series is broken, so that nothing is compared across it.
#[derive(Debug, Clone, PartialEq)]
pub struct Break {
    /// The first month of the new series.
    pub at: Month,
    /// The tables concerned; all if empty.
    pub tables: Vec<String>,
    /// The dimension whose members are concerned.
    pub dimension: Option<String>,
    /// The members concerned; all if empty.
    pub members: Vec<String>,
    /// The note that explains it, as `note4`.
    pub note: Option<String>,
}

/// The rows of a table that make up a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    /// The table.
    pub table: String,
    /// Fixed dimensions and their members.
    pub fixed: Vec<(String, String)>,
    /// The dimension that is kept, for a series.
    pub by: Option<By>,
    /// The second dimension that is kept, for a matrix; its members are the columns.
    pub across: Option<By>,
    /// Dimensions whose members are added up: only such as hold no totals beside their parts.
    pub over: Vec<String>,
    /// Members of the dimensions kept or added up that are left out: totals beside their parts.
    pub without: Vec<String>,
    /// Whether a member's value far beyond its own history is told (K0121).
    pub watches_jumps: bool,
    /// Whether the table has months, of which a period is the sum.
    pub is_monthly: bool,
    /// For a stock: its day.
    pub at: Moment,
    /// Whether its values are balances, which may be negative.
    pub is_signed: bool,
    /// Whether its members obey a law of their sum, by which one is the others' with another sign.
    pub is_zero_sum: bool,
    /// Where it is written down.
    pub place: Box<Place>,
}

/// The dimension a series runs over.
#[derive(Debug, Clone, PartialEq)]
pub struct By {
    /// The dimension of the table.
    pub dimension: String,
    /// The members, in the order of the register; those of the kinds asked for.
    pub members: Vec<Arc<str>>,
    /// The register that has their names.
    pub register: String,
}

/// When the rows hold, relative to the brief's period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// During the period.
    During,
    /// On its first day.
    Start,
    /// On the day after its last day.
    End,
    /// The mean of the stocks on its first day and on the day after its last, where both are
    /// known; else the stock on its first day.
    Mean,
    /// On the newest day with a figure, no later than the day after the period and within the
    /// year before it: counts that come out on days of their own.
    Latest,
    /// During the whole calendar year of the period: quotas and plans.
    Year,
    /// During the last calendar year that has ended with the period: figures that come out once
    /// a year.
    LastYear,
}
