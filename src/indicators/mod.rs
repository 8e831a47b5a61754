//! Indicators: compute the facts that a brief quotes from the tables.
//!
//! In: `indicators.toml` and a [`View`](crate::data::View) of the data as of a date. Out:
//! [`Facts`](crate::stats::Facts) under the ids of the file, each with its base, difference, change and
//! last quarter (`X1.base`, `X1.difference`, `X1.change`, `X1.quarter`). Nothing here rounds a number or
//! knows a language; that is the work of `locale`.
//!
//! An indicator is an expression ([`Expr`]): a few constructors over numbers, series and matrices, which
//! carry lineage, precision, vintage and missing values. A key of `indicators.toml` is a row of the table
//! in `keys`. To add one, add its row there; if no expression computes it, add a variant to
//! [`Arithmetic`] (numbers), [`Fold`] (members of a series), [`Picked`] or [`Times`], and the compiler
//! asks for its law, formula and value.

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

/// The contents of `indicators.toml`.
#[derive(Debug, Clone)]
pub struct Indicators {
    /// The indicators, in the order of the file.
    pub all: IndexMap<String, Indicator>,
    /// The breaks in series.
    pub breaks: Vec<Break>,
    /// The region of the brief, if it is a brief of one region.
    pub region: Option<Region>,
    /// The file.
    pub text: SourceText,
}

impl Indicators {
    /// The population whose moves an indicator counts: as written, or else that of its operands if they
    /// agree.
    pub fn population(&self, id: &str) -> Option<&str> {
        self.population_of(id, &mut HashMap::new())
    }

    /// The same; `known` stores the populations of operands, since one may be reached on many paths.
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

    /// Whether an indicator is a plan: as written, or computed from plans only.
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
    /// Its id, such as `X1`.
    pub id: String,
    /// The expression by which it is computed.
    pub expr: Expr,
    /// The unit, if it is written or follows from the expression; else the unit of the operands.
    pub unit: Option<Unit>,
    /// Whether the unit is written.
    pub is_unit_written: bool,
    /// Whether it is a balance: always printed with its sign, never with a percentage change.
    pub is_signed: bool,
    /// The population whose moves it counts, such as `permanent-moves`, if it is written. A computed
    /// indicator has that of its operands if they agree.
    pub population: Option<String>,
    /// Whether it is a plan or quota, which is never printed as a result.
    pub is_plan: bool,
    /// Whether it is compared with the same period a year earlier.
    pub is_compared: bool,
    /// The earlier periods with whose smallest and largest value it is compared.
    pub range: Option<RangeBefore>,
    /// The printed percentage change. It is used where levels are missing or too coarse, and compared
    /// with the levels otherwise.
    pub printed_change: Option<Select>,
    /// The sum that its members must have.
    pub identity: Option<Identity>,
    /// The figure that the source prints for the same quantity, to compare with.
    pub control: Option<Select>,
    /// The place of its definition.
    pub place: Place,
}

/// The periods of the same length before a period, which give the usual range of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeBefore {
    /// The id of the indicator whose values are taken.
    pub of: String,
    /// The number of years before the period; all must be known.
    pub years: i16,
}

/// A sum that the members of a series must have when all are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Identity {
    /// The sum of the members.
    pub sum: f64,
}

/// A break in series: no values are compared across it.
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
    /// The note that explains it, such as `note4`.
    pub note: Option<String>,
}

/// The rows of a table that give a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    /// The table.
    pub table: String,
    /// The fixed dimensions, each with its member.
    pub fixed: Vec<(String, String)>,
    /// The dimension of a series.
    pub by: Option<By>,
    /// The second dimension of a matrix, whose members are the columns.
    pub across: Option<By>,
    /// The dimensions whose members are added up; they must not contain totals beside their parts.
    pub over: Vec<String>,
    /// Members of the other dimensions that are left out, as totals beside their parts.
    pub without: Vec<String>,
    /// Whether to warn of a member's value far from its own history (K0121).
    pub watches_jumps: bool,
    /// Whether the table has monthly rows, which are added up over a period.
    pub is_monthly: bool,
    /// The time of the rows relative to the period; for a stock, its day.
    pub at: Moment,
    /// Whether its values are balances, which may be negative.
    pub is_signed: bool,
    /// Whether its members sum to a stated number, so that one follows from the others.
    pub is_zero_sum: bool,
    /// The place of its definition.
    pub place: Box<Place>,
}

/// A dimension that is kept, with its members.
#[derive(Debug, Clone, PartialEq)]
pub struct By {
    /// The dimension of the table.
    pub dimension: String,
    /// The members, in the order of the register; only those of the selected kinds.
    pub members: Vec<Arc<str>>,
    /// The register with their names.
    pub register: String,
}

/// The time of rows relative to the period of the brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// During the period.
    During,
    /// On its first day.
    Start,
    /// On the day after its last day.
    End,
    /// The mean of the stocks on its first day and on the day after its last, if both are known; else the
    /// stock on its first day.
    Mean,
    /// On the newest day with a figure, at most one year before the day after the period. It is for
    /// counts published on irregular days.
    Latest,
    /// During the whole calendar year of the period: quotas and plans.
    Year,
    /// During the last calendar year that ended by the end of the period. It is for yearly figures.
    LastYear,
}
