//! Expressions: an algebra over labelled arrays with no axis (a number), one axis (a series) or two (a
//! matrix).
//!
//! In: what [`keys`](super::keys) makes of a key in `indicators.toml`. Out: everything that follows from
//! an expression without data: its operands, its printed formula, its unit, its bounds.
//! [`compute`](super::compute) evaluates it at a time.
//!
//! There are nine constructors, and [`Expr::Of`], which names another indicator. Operations on numbers
//! ([`Arithmetic`]), reductions of members ([`Fold`]), picks ([`Picked`]) and times ([`Shift`],
//! [`Times`]) are closed sets, each in a file with its laws, printed formulas and values. A new statistic
//! is nearly always a variant of one of these rather than a new constructor.

use super::Select;
use super::arithmetic::Arithmetic;
use super::fold::{Fold, Keep};
use super::own::Own;
use super::pick::Picked;
use super::rank::Ranking;
use super::years::{Shift, Times};
use crate::stats::{Operation, Unit};

/// The expression by which an indicator is computed.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Another indicator, by its id.
    Of(String),
    /// A selection from a table; matching rows are added up.
    Table(Select),
    /// An operation on numbers, or member by member on series.
    Map(Arithmetic, Vec<Expr>),
    /// The members of one or two series, reduced to one number.
    Reduce(Fold, Vec<Expr>),
    /// The row or column sums of a matrix of flows, without its diagonal: a series.
    Margin(Side, Box<Expr>),
    /// Some members of a series, or some cells of a matrix, in order of size.
    Rank(Ranking, Box<Expr>),
    /// The part of a series or matrix about one region, or about its last years.
    Pick(Picked, Box<Expr>),
    /// The same expression at another time.
    Shift(Shift, Box<Expr>),
    /// The same expression at several times, which become a new axis.
    Over(Times, Box<Expr>),
    /// The first of several expressions that has a value.
    First(Vec<Expr>),
}

/// A side of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The labels of rows: origins.
    Rows,
    /// The labels of columns: destinations.
    Columns,
}

/// What holds of an expression whatever its operands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Law {
    /// Its name in messages, such as `share`.
    pub name: &'static str,
    /// The operation on its operands.
    pub operation: Operation,
    /// The unit of its result.
    pub unit: Gives,
    /// The bounds of its result, if that is a percentage.
    pub bounds: Option<(f64, f64)>,
    /// Whether the value is missing if rounding leaves too few digits.
    pub is_sharp: bool,
    /// Whether it is compared with the year before by default.
    pub is_compared: bool,
}

impl Law {
    /// The law of a sum; other laws change a field or two.
    pub(super) const SUM: Self = Self {
        name: "sum",
        operation: Operation::Sum,
        unit: Gives::UnitOfParts,
        bounds: None,
        is_sharp: false,
        is_compared: true,
    };
    /// The law of a part, an order, or another time of an operand.
    pub(super) const PICK: Self =
        Self { name: "indicator", operation: Operation::Pick, ..Self::SUM };
    /// The law of a share.
    pub(super) const SHARE: Self = Self {
        name: "share",
        operation: Operation::Ratio,
        unit: Gives::Unit(Unit::PERCENT),
        bounds: Some((0.0, 100.0)),
        is_sharp: true,
        ..Self::SUM
    };
}

/// The unit of a result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Gives {
    /// The unit of the operands.
    UnitOfParts,
    /// The unit of a difference of the operands: percentage points for percentages.
    UnitOfDifference,
    /// A fixed unit.
    Unit(&'static str),
    /// The unit of a rate per this many.
    Rate(f64),
}

impl Expr {
    /// A reference to another indicator, by its id.
    pub fn of(id: impl Into<String>) -> Self {
        Self::Of(id.into())
    }

    /// The id, if the expression is a reference to another indicator.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Of(id) => Some(id),
            _ => None,
        }
    }

    /// Its direct operands, in the order of the formula.
    pub fn args(&self) -> Vec<&Self> {
        match self {
            Self::Of(_) | Self::Table(_) => vec![],
            Self::Map(_, args) | Self::Reduce(_, args) | Self::First(args) => args.iter().collect(),
            Self::Rank(ranking, arg) => {
                std::iter::once(&**arg).chain(ranking.whole.as_deref()).collect()
            }
            Self::Margin(_, arg)
            | Self::Pick(_, arg)
            | Self::Shift(_, arg)
            | Self::Over(_, arg) => vec![arg],
        }
    }

    fn args_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Self::Of(_) | Self::Table(_) => vec![],
            Self::Map(_, args) | Self::Reduce(_, args) | Self::First(args) => {
                args.iter_mut().collect()
            }
            Self::Rank(ranking, arg) => {
                std::iter::once(&mut **arg).chain(ranking.whole.as_deref_mut()).collect()
            }
            Self::Margin(_, arg)
            | Self::Pick(_, arg)
            | Self::Shift(_, arg)
            | Self::Over(_, arg) => vec![arg],
        }
    }

    /// The ids of the indicators it is computed from, without duplicates.
    pub fn parts(&self) -> Vec<&str> {
        if let Self::Of(id) = self {
            return vec![id];
        }
        let mut parts = vec![];
        for part in self.args().into_iter().flat_map(Self::parts) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }

    /// The selections from tables in it.
    pub fn selects(&self) -> Vec<&Select> {
        match self {
            Self::Table(select) => vec![select],
            _ => self.args().into_iter().flat_map(Self::selects).collect(),
        }
    }

    /// The ids of part and whole, or of numerator and denominator, if it relates two indicators.
    pub fn related(&self) -> Option<(&str, &str)> {
        match self {
            Self::Map(Arithmetic::Share | Arithmetic::Rate { .. }, args) => {
                let [of, over] = &args[..] else { return None };
                Some((of.id()?, over.id()?))
            }
            _ => None,
        }
    }

    /// The ids of what a balance adds and what it subtracts.
    pub fn balanced(&self) -> Option<(&str, &str)> {
        match self {
            Self::Map(Arithmetic::Difference, args) => {
                let [added, taken] = &args[..] else { return None };
                Some((added.id()?, taken.id()?))
            }
            _ => None,
        }
    }

    /// The id of its only operand, if it is that operand for one region or at another time.
    pub fn passes_on(&self) -> Option<&str> {
        match self {
            Self::Pick(Picked::Own(_), of) | Self::Shift(Shift::LastYear { .. }, of) => of.id(),
            _ => None,
        }
    }

    /// The members to which its own selection fixes dimensions.
    pub fn fixed(&self) -> impl Iterator<Item = &str> {
        let fixed = match self {
            Self::Table(select) => select.fixed.as_slice(),
            _ => &[],
        };
        fixed.iter().map(|(_, code)| code.as_str())
    }

    /// The pick for the brief's own region, with the operand it is taken from.
    pub fn own(&self) -> Option<(&Own, &Self)> {
        match self {
            Self::Pick(Picked::Own(own), of) => Some((own, of)),
            _ => self.args().into_iter().find_map(Self::own),
        }
    }

    /// Calls `tell` on every pick for the brief's own region, to fill in the region.
    pub(super) fn each_own(&mut self, tell: &mut impl FnMut(&mut Own)) {
        if let Self::Pick(Picked::Own(own), _) = self {
            tell(own);
        }
        self.args_mut().into_iter().for_each(|arg| arg.each_own(tell));
    }

    /// Which members of a series are kept, and the id of the series.
    pub fn kept(&self) -> Option<(Keep, &str)> {
        match self {
            Self::Reduce(fold, args) => Some((fold.keep()?, args.first()?.id()?)),
            Self::Rank(ranking, of) => Some((ranking.keep, of.id()?)),
            _ => None,
        }
    }

    /// The id of the series whose members are compared with a threshold, and that threshold.
    pub fn threshold(&self) -> Option<(&str, f64)> {
        let (keep, of) = self.kept()?;
        Some((of, keep.threshold()?))
    }

    fn law(&self) -> Law {
        match self {
            Self::Of(_) | Self::Margin(..) | Self::Shift(..) => Law::PICK,
            Self::Table(_) => Law { operation: Operation::Read, ..Law::PICK },
            Self::Map(arithmetic, _) => arithmetic.law(),
            Self::Reduce(fold, _) => fold.law(),
            Self::Rank(..) => Law { is_compared: false, ..Law::PICK },
            Self::Pick(picked, _) => picked.law(),
            Self::Over(times, _) => times.law(),
            Self::First(_) => Law { name: "choice", ..Law::PICK },
        }
    }

    /// Its name in messages, such as `share`.
    pub(super) fn name(&self) -> &'static str {
        self.law().name
    }

    /// The operation on its operands.
    pub fn operation(&self) -> Operation {
        self.law().operation
    }

    /// The unit that follows from the expression alone; `None` if it is that of the operands.
    pub fn unit(&self) -> Option<Unit> {
        match self.law().unit {
            Gives::UnitOfParts | Gives::UnitOfDifference => None,
            Gives::Unit(unit) => Some(Unit::new(unit)),
            Gives::Rate(per) => Some(Unit::of_rate(per)),
        }
    }

    /// The bounds of its value in percent, by its kind.
    pub(super) fn bounds(&self) -> Option<(f64, f64)> {
        self.law().bounds
    }

    /// Whether it is compared with the year before by default.
    pub fn is_compared(&self) -> bool {
        self.law().is_compared
    }

    /// Its printed formula in one line, such as `X1 − X2`.
    pub fn formula(&self) -> String {
        match self {
            Self::Of(id) => id.clone(),
            Self::Table(select) => select.formula(),
            Self::Map(arithmetic, args) => arithmetic.formula(&terms(args)),
            Self::Reduce(fold, args) => fold.formula(&terms(args)),
            Self::Margin(Side::Columns, of) => {
                format!("arrivals of {} from other members", of.term())
            }
            Self::Margin(Side::Rows, of) => format!("departures of {} to other members", of.term()),
            Self::Rank(ranking, of) => ranking.formula(&of.term()),
            Self::Pick(picked, of) => picked.formula(&of.term()),
            Self::Shift(shift, of) => shift.formula(&of.term()),
            Self::Over(times, of) => times.formula(&of.term()),
            Self::First(args) => format!("first known of {}", terms(args).join(", ")),
        }
    }

    /// Its formula as an operand of another one, in brackets if needed.
    fn term(&self) -> String {
        match self {
            Self::Of(_) | Self::Table(_) | Self::Shift(Shift::To(_), _) => self.formula(),
            _ => format!("({})", self.formula()),
        }
    }
}

fn terms(args: &[Expr]) -> Vec<String> {
    args.iter().map(Expr::term).collect()
}
