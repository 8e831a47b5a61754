//! Picks: what a series or a matrix says of one region, or of its last years.

use super::Indicator;
use super::compute::Computation;
use super::expr::{Expr, Gives, Law};
use super::found::Found;
use super::own::{Own, OwnPart};
use crate::stats::{Status, Time, Unit};

/// What is picked.
#[derive(Debug, Clone, PartialEq)]
pub enum Picked {
    /// What is said of the brief's own region.
    Own(Own),
    /// Of a series over years, how many in a row, up to the last, have had the sign of the last.
    Run {
        /// Whether the run before that is meant, of the other sign.
        is_before: bool,
    },
}

impl Picked {
    /// What is true of it whatever it is picked from.
    pub(super) fn law(&self) -> Law {
        match self {
            Self::Own(Own { part: OwnPart::Rank, .. }) => {
                Law { unit: Gives::Unit(Unit::NUMBER), ..Law::PICK }
            }
            Self::Own(_) => Law::PICK,
            Self::Run { .. } => {
                Law { unit: Gives::Unit(Unit::YEARS), is_compared: false, ..Law::PICK }
            }
        }
    }

    /// How it is computed, in one line.
    pub(super) fn formula(&self, of: &str) -> String {
        match self {
            Self::Own(own) => own.formula(of),
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
            Picked::Run { is_before } => {
                let part = self.value(indicator, of, time, status);
                self.run(indicator, (name, *is_before), &part, time)
            }
        }
    }
}
