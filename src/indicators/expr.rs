//! Expressions: a small algebra over labelled arrays of no axis (a number), one (a series) and two
//! (a matrix).
//!
//! In: what [`keys`](super::keys) makes of a key of `indicators.toml`. Out: all that follows from
//! an expression without any data: the indicators it is made of, its formula in print, its unit,
//! its bounds. What it is worth at a time is [`compute`](super::compute)'s work.
//!
//! There are nine constructors, and [`Expr::Of`], which names another indicator. What is done with
//! numbers ([`Arithmetic`]), what members become ([`Fold`]), what is picked ([`Picked`]) and which
//! times are meant ([`Shift`], [`Times`]) are closed sets of their own, each in a file with its law,
//! its formula in print and its value, so that a new statistic is nearly always a variant of one of
//! these and no new constructor.

use super::Select;
use super::arithmetic::Arithmetic;
use super::fold::{Fold, Keep};
use super::own::Own;
use super::pick::Picked;
use super::rank::Ranking;
use super::years::{Shift, Times};
use crate::stats::{Operation, Unit};

/// How an indicator is computed.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Another indicator, by its id.
    Of(String),
    /// What a table says; rows that match are added up.
    Table(Select),
    /// Numbers taken together; series member by member.
    Map(Arithmetic, Vec<Expr>),
    /// The members of a series, or of two, as one number.
    Reduce(Fold, Vec<Expr>),
    /// A matrix of flows added up along one axis, but for what stays within a member: a series.
    Margin(Side, Box<Expr>),
    /// Some members of a series, or some cells of a matrix, in order of size.
    Rank(Ranking, Box<Expr>),
    /// What a series or matrix says of one region, or of its last years.
    Pick(Picked, Box<Expr>),
    /// The same at another time.
    Shift(Shift, Box<Expr>),
    /// The same at several times, which are a new axis.
    Over(Times, Box<Expr>),
    /// The first of several that has a value.
    First(Vec<Expr>),
}

/// A side of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What stands before a row: origins.
    Rows,
    /// What stands above a column: destinations.
    Columns,
}

/// What is true of an expression whatever it is computed of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Law {
    /// What it is called in a message, as `share`.
    pub name: &'static str,
    /// What it does to its parts.
    pub operation: Operation,
    /// In which unit its result is.
    pub unit: Gives,
    /// Between which values it lies if it is a percentage.
    pub bounds: Option<(f64, f64)>,
    /// Whether it is missing where rounding leaves too few digits of it.
    pub is_sharp: bool,
    /// Whether it is compared with the year before, if nobody says.
    pub is_compared: bool,
}

impl Law {
    /// The law of a sum, from which others differ in a line or two.
    pub(super) const SUM: Self = Self {
        name: "sum",
        operation: Operation::Sum,
        unit: Gives::UnitOfParts,
        bounds: None,
        is_sharp: false,
        is_compared: true,
    };
    /// The law of what is a part, an order or another time of its parts.
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

/// In which unit a result is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Gives {
    /// In that of the parts.
    UnitOfParts,
    /// In that of a difference of the parts: of percentages it is percentage points.
    UnitOfDifference,
    /// In this one.
    Unit(&'static str),
    /// In that of a rate for so many.
    Rate(f64),
}

impl Expr {
    /// Another indicator, by its id.
    pub fn of(id: impl Into<String>) -> Self {
        Self::Of(id.into())
    }

    /// The id, if it is no more than another indicator.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Of(id) => Some(id),
            _ => None,
        }
    }

    /// What it is directly made of, in the order of the formula.
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

    /// The ids of the indicators it is computed from, each once.
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

    /// The reads of tables that stand in it.
    pub fn selects(&self) -> Vec<&Select> {
        match self {
            Self::Table(select) => vec![select],
            _ => self.args().into_iter().flat_map(Self::selects).collect(),
        }
    }

    /// The two that one is related to the other in it: a part and its whole, a numerator and its
    /// denominator.
    pub fn related(&self) -> Option<(&str, &str)> {
        match self {
            Self::Map(Arithmetic::Share | Arithmetic::Rate { .. }, args) => {
                let [of, over] = &args[..] else { return None };
                Some((of.id()?, over.id()?))
            }
            _ => None,
        }
    }

    /// What is added in a balance, and what is taken away.
    pub fn balanced(&self) -> Option<(&str, &str)> {
        match self {
            Self::Map(Arithmetic::Difference, args) => {
                let [added, taken] = &args[..] else { return None };
                Some((added.id()?, taken.id()?))
            }
            _ => None,
        }
    }

    /// The only thing it is made of, where it says that of one region or of another time.
    pub fn passes_on(&self) -> Option<&str> {
        match self {
            Self::Pick(Picked::Own(_), of) | Self::Shift(Shift::LastYear { .. }, of) => of.id(),
            _ => None,
        }
    }

    /// The members that a read fixes its table's dimensions to.
    pub fn fixed(&self) -> impl Iterator<Item = &str> {
        let fixed = match self {
            Self::Table(select) => select.fixed.as_slice(),
            _ => &[],
        };
        fixed.iter().map(|(_, code)| code.as_str())
    }

    /// What is asked about the brief's own region, and of what.
    pub fn own(&self) -> Option<(&Own, &Self)> {
        match self {
            Self::Pick(Picked::Own(own), of) => Some((own, of)),
            _ => self.args().into_iter().find_map(Self::own),
        }
    }

    /// Says to everything that asks about the brief's own region which region that is.
    pub(super) fn each_own(&mut self, tell: &mut impl FnMut(&mut Own)) {
        if let Self::Pick(Picked::Own(own), _) = self {
            tell(own);
        }
        self.args_mut().into_iter().for_each(|arg| arg.each_own(tell));
    }

    /// Which members of a series are kept, and of which.
    pub fn kept(&self) -> Option<(Keep, &str)> {
        match self {
            Self::Reduce(fold, args) => Some((fold.keep()?, args.first()?.id()?)),
            Self::Rank(ranking, of) => Some((ranking.keep, of.id()?)),
            _ => None,
        }
    }

    /// The series whose members are held against a threshold, and that threshold.
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

    /// What it is called in a message, as `share`.
    pub(super) fn name(&self) -> &'static str {
        self.law().name
    }

    /// What it does to its parts.
    pub fn operation(&self) -> Operation {
        self.law().operation
    }

    /// The unit that follows from it alone; `None` where it is that of the parts.
    pub fn unit(&self) -> Option<Unit> {
        match self.law().unit {
            Gives::UnitOfParts | Gives::UnitOfDifference => None,
            Gives::Unit(unit) => Some(Unit::new(unit)),
            Gives::Rate(per) => Some(Unit::of_rate(per)),
        }
    }

    /// Between which percentages it lies by what it is.
    pub(super) fn bounds(&self) -> Option<(f64, f64)> {
        self.law().bounds
    }

    /// Whether it is compared with the year before, if nobody says.
    pub fn is_compared(&self) -> bool {
        self.law().is_compared
    }

    /// How it is computed, in one line, as `X1 − X2`.
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

    /// The same where it stands within another formula.
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
