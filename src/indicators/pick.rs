//! Picks: the part of a series or matrix about one region, or about its last years.

use super::Indicator;
use super::compute::Computation;
use super::expr::{Expr, Gives, Law};
use super::found::Found;
use super::own::{Own, OwnPart};
use crate::stats::{Status, Time, Unit};

/// What is picked.
#[derive(Debug, Clone, PartialEq)]
pub enum Picked {
    /// The part about the brief's own region.
    Own(Own),
    /// For a series over years: how many consecutive years, up to the last, had the sign of the last
    /// value.
    Run {
        /// Whether to count the run before that one, of the other sign.
        is_before: bool,
    },
    /// For a series over years: the place of the last value among all, 1 for the largest.
    YearRank,
}

impl Picked {
    /// The law of the pick, which holds for any operand.
    pub(super) fn law(&self) -> Law {
        match self {
            Self::Own(Own { part: OwnPart::Rank, .. }) => {
                Law { unit: Gives::Unit(Unit::NUMBER), ..Law::PICK }
            }
            Self::Own(_) => Law::PICK,
            Self::YearRank => {
                Law { unit: Gives::Unit(Unit::NUMBER), is_compared: false, ..Law::PICK }
            }
            Self::Run { .. } => {
                Law { unit: Gives::Unit(Unit::YEARS), is_compared: false, ..Law::PICK }
            }
        }
    }

    /// The printed formula, in one line.
    pub(super) fn formula(&self, of: &str) -> String {
        match self {
            Self::Own(own) => own.formula(of),
            Self::YearRank => format!("place of the last year of {of}, the largest first"),
            Self::Run { is_before: false } => {
                format!("years up to the last in which {of} had the sign it has")
            }
            Self::Run { is_before: true } => {
                format!("years before the run of {of} in which it had the other sign")
            }
        }
    }
}

impl<'a> Computation<'a> {
    pub(super) fn pick(
        &mut self,
        indicator: &'a Indicator,
        (picked, of): (&'a Picked, &'a Expr),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let name = &of.formula();
        match picked {
            Picked::Own(own) => {
                let Some(region) = own.region.as_deref() else {
                    return Found::missing("the brief is not one region's");
                };
                let part = self.value(indicator, of, time, status);
                self.own((own, region), name, &part)
            }
            Picked::YearRank => {
                let part = self.value(indicator, of, time, status);
                self.year_rank(indicator, name, &part)
            }
            Picked::Run { is_before } => {
                let part = self.value(indicator, of, time, status);
                self.run(indicator, (name, *is_before), &part, time)
            }
        }
    }
}
