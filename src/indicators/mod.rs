//! Indicators: from tables to the facts a brief quotes.
//!
//! In: `indicators.toml` and a [`View`](crate::data::View) of the data as of a date. Out:
//! [`Facts`](crate::stats::Facts) under the ids the file gives them, each with its base, its
//! difference, its change and its last quarter (`X1.base`, `X1.difference`, `X1.change`,
//! `X1.quarter`). Nothing here rounds a number or knows a language; that is `locale`'s work.
//!
//! The kinds are a closed set, so that lineage, precision, vintage and missing values are right by
//! construction. To add one, add a variant to [`Kind`], its key to `written`, and
//! an arm to `compute::Computation::of`.

mod checks;
mod compare;
mod compute;
mod found;
mod matrix;
mod own;
pub mod quantity;
mod select;
mod sense;
mod units;
mod written;
mod years;

use std::sync::Arc;

use std::collections::HashMap;

use indexmap::IndexMap;

pub use compare::SMALLEST_BASE;
pub use compute::{BaseRule, compute};
pub(crate) use matrix::TO;
pub use own::{Own, OwnPart, Region};
pub use written::{parse, schema};

use crate::diag::{Place, SourceText};
use crate::stats::{Month, Operation, Quantity, Unit};

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
            let parts = indicator.kind.parts();
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
        let parts = indicator.kind.parts();
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
    pub kind: Kind,
    /// What its numbers count, where it is written or follows from the kind; else the parts' unit.
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

/// Which members are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Keep {
    /// All that have a value.
    All,
    /// Those above zero.
    Positive,
    /// Those below zero.
    Negative,
    /// Those below a threshold.
    Below(f64),
    /// Those above a threshold.
    Above(f64),
}

impl Keep {
    /// Whether a value is kept.
    pub fn keeps(self, value: f64) -> bool {
        match self {
            Self::All => true,
            Self::Positive => value > 0.0,
            Self::Negative => value < 0.0,
            Self::Below(threshold) => value < threshold,
            Self::Above(threshold) => value > threshold,
        }
    }

    /// The threshold, if somebody wrote one.
    pub fn threshold(self) -> Option<f64> {
        match self {
            Self::Below(threshold) | Self::Above(threshold) => Some(threshold),
            Self::All | Self::Positive | Self::Negative => None,
        }
    }

    /// Whether a value lies so close to the threshold that rounding may have put it on this side.
    pub fn is_open(self, quantity: Quantity) -> bool {
        self.threshold()
            .is_some_and(|threshold| (quantity.value - threshold).abs() < quantity.error)
    }

    /// Whether nothing that is not positive is kept.
    pub fn is_of_positive(self) -> bool {
        match self {
            Self::Positive => true,
            Self::Above(threshold) => threshold >= 0.0,
            Self::All | Self::Negative | Self::Below(_) => false,
        }
    }
}

/// How an indicator is computed: a closed set.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// What a table says; rows that match are added up.
    Select(Select),
    /// The sum of several indicators.
    Sum(Vec<String>),
    /// One less another.
    Difference(String, String),
    /// A part in hundredths of a whole that contains it.
    Share {
        /// The part.
        of: String,
        /// The whole.
        whole: String,
    },
    /// (a − b) ÷ (a + b) × 100.
    Effectiveness(String, String),
    /// One over another, times a number: a rate.
    Rate {
        /// What is related.
        of: String,
        /// What it is related to.
        over: String,
        /// 100 or 1 000.
        per: f64,
    },
    /// How many members of a series are kept.
    Count {
        /// The series.
        of: String,
        /// Which are kept.
        keep: Keep,
    },
    /// What each member of a matrix of flows receives from the others.
    Inflow(String),
    /// What each member of a matrix of flows loses to the others.
    Outflow(String),
    /// The largest flows of a matrix between different members.
    Flows {
        /// The matrix.
        of: String,
        /// At most how many.
        top: usize,
    },
    /// Half the sum of the absolute differences of two series: the people whose move changed the
    /// distribution (inflow, outflow). Over the population it is the aggregate net migration rate;
    /// all moves over the population are the crude migration intensity (Bell et al. 2002).
    NetVolume(String, String),
    /// 100 × Σ|Dᵢ − Oᵢ| ÷ Σ(Dᵢ + Oᵢ): the migration effectiveness index of a whole system
    /// (Bell et al. 2002, J. R. Stat. Soc. A 165(3), 435–464).
    EffectivenessIndex(String, String),
    /// A series over the last quarters: regions by quarter.
    Quarters {
        /// Of which series.
        of: String,
        /// How many quarters, the period's last one included.
        last: usize,
    },
    /// How many members a series has, published or not.
    Size(String),
    /// The sum of the members kept.
    Total {
        /// The series.
        of: String,
        /// Which are kept.
        keep: Keep,
    },
    /// The share of the largest `top` members in the sum of those kept.
    Concentration {
        /// The series.
        of: String,
        /// How many.
        top: usize,
        /// Which are kept.
        keep: Keep,
    },
    /// Some members in order of size.
    Ranked {
        /// The series.
        of: String,
        /// At most how many.
        top: usize,
        /// Which are kept.
        keep: Keep,
        /// Whether the largest come first.
        largest_first: bool,
        /// What all members of the series add up to.
        whole: Option<String>,
    },
    /// The first of several that has a value.
    First(Vec<String>),
    /// The same period of earlier years, as a series over years.
    History {
        /// Of which indicator.
        of: String,
        /// At most how many years, this one included.
        years: i16,
        /// Whether whole calendar years are meant rather than the same months.
        is_annual: bool,
    },
    /// How many years in a row a series has had the sign of its last value.
    Run {
        /// The series over years.
        of: String,
        /// Whether the run before that is meant, of the other sign.
        is_before: bool,
    },
    /// By how much first figures of whole years were revised: a series over the years that have both
    /// a first figure and a final one.
    Revisions {
        /// Of which indicator.
        of: String,
        /// Among the last so many calendar years that have ended with the period.
        years: i16,
    },
    /// The mean size of the members of a series, whatever their signs.
    MeanSize(String),
    /// An indicator of the last calendar year that has ended with the period.
    LastYear {
        /// Which.
        of: String,
        /// How many years further back it may lie, where it is not known.
        back: i16,
    },
    /// What a series or matrix says of the brief's own region.
    Own(Own),
}

impl Kind {
    /// The ids of the indicators it is computed from.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Self::Select(_) => vec![],
            Self::Sum(parts) | Self::First(parts) => parts.iter().map(String::as_str).collect(),
            Self::Difference(a, b)
            | Self::Effectiveness(a, b)
            | Self::NetVolume(a, b)
            | Self::EffectivenessIndex(a, b) => vec![a, b],
            Self::Share { of, whole } => vec![of, whole],
            Self::Rate { of, over, .. } => vec![of, over],
            Self::Ranked { of, whole, .. } => {
                std::iter::once(of.as_str()).chain(whole.as_deref()).collect()
            }
            Self::Count { of, .. }
            | Self::Total { of, .. }
            | Self::Concentration { of, .. }
            | Self::Size(of)
            | Self::Inflow(of)
            | Self::Outflow(of)
            | Self::Flows { of, .. }
            | Self::Quarters { of, .. }
            | Self::History { of, .. }
            | Self::Run { of, .. }
            | Self::Revisions { of, .. }
            | Self::MeanSize(of)
            | Self::LastYear { of, .. }
            | Self::Own(Own { of, .. }) => vec![of],
        }
    }

    /// What it does to its parts.
    pub fn operation(&self) -> Operation {
        match self {
            Self::Select(_) => Operation::Read,
            Self::Sum(_) | Self::Total { .. } | Self::NetVolume(..) => Operation::Sum,
            Self::Difference(..) | Self::Revisions { .. } => Operation::Difference,
            Self::Effectiveness(..)
            | Self::EffectivenessIndex(..)
            | Self::Share { .. }
            | Self::Rate { .. }
            | Self::Concentration { .. }
            | Self::MeanSize(_) => Operation::Ratio,
            Self::Count { .. } | Self::Size(_) => Operation::Count,
            Self::First(_)
            | Self::Ranked { .. }
            | Self::Inflow(_)
            | Self::Outflow(_)
            | Self::Flows { .. }
            | Self::Quarters { .. }
            | Self::History { .. }
            | Self::Run { .. }
            | Self::LastYear { .. }
            | Self::Own(_) => Operation::Pick,
        }
    }

    /// The members that a read fixes its table's dimensions to.
    pub fn fixed(&self) -> impl Iterator<Item = &str> {
        let fixed = match self {
            Self::Select(select) => select.fixed.as_slice(),
            _ => &[],
        };
        fixed.iter().map(|(_, code)| code.as_str())
    }

    /// What is asked about the brief's own region.
    pub fn own(&self) -> Option<&Own> {
        match self {
            Self::Own(own) => Some(own),
            _ => None,
        }
    }

    /// The series whose members are held against a threshold, and that threshold.
    pub fn threshold(&self) -> Option<(&str, f64)> {
        match self {
            Self::Count { of, keep }
            | Self::Total { of, keep }
            | Self::Concentration { of, keep, .. }
            | Self::Ranked { of, keep, .. } => Some((of, keep.threshold()?)),
            _ => None,
        }
    }

    /// How it is computed, in one line, as `X1 − X2`.
    pub fn formula(&self) -> String {
        let kept = |keep: &Keep| match keep {
            Keep::All => String::new(),
            Keep::Positive => " > 0".to_owned(),
            Keep::Negative => " < 0".to_owned(),
            Keep::Below(threshold) => format!(" < {threshold}"),
            Keep::Above(threshold) => format!(" > {threshold}"),
        };
        match self {
            Self::Select(select) => {
                let fixed: Vec<String> = select
                    .fixed
                    .iter()
                    .map(|(name, member)| format!("{name} = {member}"))
                    .collect();
                let by =
                    select.by.as_ref().map_or(String::new(), |by| format!(" by {}", by.dimension));
                format!("{}[{}]{by}", select.table, fixed.join(", "))
            }
            Self::Sum(parts) => parts.join(" + "),
            Self::Difference(a, b) => format!("{a} − {b}"),
            Self::Share { of, whole } => format!("{of} ÷ {whole} × 100"),
            Self::Effectiveness(a, b) => format!("({a} − {b}) ÷ ({a} + {b}) × 100"),
            Self::Rate { of, over, per } => format!("{of} ÷ {over} × {per}"),
            Self::Count { of, keep } => format!("count({of}{})", kept(keep)),
            Self::Inflow(of) => format!("arrivals of {of} from other members"),
            Self::Outflow(of) => format!("departures of {of} to other members"),
            Self::Flows { of, top } => format!("largest {top} flows of {of}"),
            Self::NetVolume(a, b) => format!("½ Σ|{a} − {b}|"),
            Self::EffectivenessIndex(a, b) => format!("Σ|{a} − {b}| ÷ Σ({a} + {b}) × 100"),
            Self::Quarters { of, last } => format!("{of} in the last {last} quarters"),
            Self::Size(of) => format!("members of {of}"),
            Self::Total { of, keep } => format!("sum({of}{})", kept(keep)),
            Self::Concentration { of, top, keep } => {
                format!("top {top} of {of}{0} ÷ sum({of}{0}) × 100", kept(keep))
            }
            Self::Ranked { of, top, keep, largest_first, .. } => {
                let which = if *largest_first { "largest" } else { "smallest" };
                format!("{which} {top} of {of}{}", kept(keep))
            }
            Self::First(parts) => format!("first known of {}", parts.join(", ")),
            Self::History { of, years, is_annual: true } => {
                format!("{of} in up to {years} calendar years")
            }
            Self::History { of, years, .. } => {
                format!("{of} in the same period of up to {years} years")
            }
            Self::Run { of, is_before: false } => {
                format!("years up to the last in which {of} had the sign it has")
            }
            Self::Run { of, is_before: true } => {
                format!("years before the run of {of} in which it had the other sign")
            }
            Self::Revisions { of, years } => {
                format!("{of}, final less first, in up to {years} calendar years that have both")
            }
            Self::MeanSize(of) => format!("Σ|{of}| ÷ members of {of}"),
            Self::LastYear { of, back: 0 } => format!("{of} in the last calendar year"),
            Self::LastYear { of, back } => {
                format!("{of} in the last calendar year, or up to {back} before it")
            }
            Self::Own(own) => own.formula(),
        }
    }
}
