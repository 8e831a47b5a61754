//! Folds: reduce the members of a series, or of two series, to one number.
//!
//! To add a fold, add a variant to [`Fold`]: the compiler asks for its law, the members it needs, its
//! printed formula and its value.

use std::rc::Rc;

use super::compute::{Computation, PARTS};
use super::expr::{Expr, Gives, Law};
use super::found::{Found, all_lacking};
use super::{Indicator, quantity};
use crate::stats::{Flag, Member, Operation, Quantity, Series, Status, Time, Unit, Value};

/// A reduction of members.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fold {
    /// The number of members, published or not.
    Size,
    /// The number of kept members.
    Count(Keep),
    /// The sum of kept members.
    Total(Keep),
    /// The share of the largest members in the sum of the kept ones.
    Concentration {
        /// How many of the largest.
        top: usize,
        /// Which members are kept.
        keep: Keep,
    },
    /// The mean of absolute values.
    MeanSize,
    /// ½ Σ|Dᵢ − Oᵢ| over inflow D and outflow O: the people whose move changed the distribution of the
    /// population. Divided by the population it is the aggregate net migration rate; all moves divided by
    /// the population are the crude migration intensity (Bell et al. 2002). It cannot be composed of a
    /// difference of two sums, since it needs every pair.
    NetVolume,
    /// 100 × Σ|Dᵢ − Oᵢ| ÷ Σ(Dᵢ + Oᵢ): the migration effectiveness index of a whole system
    /// (Bell et al. 2002, J. R. Stat. Soc. A 165(3), 435–464).
    EffectivenessIndex,
}

/// Which members are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Keep {
    /// All with a value.
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

/// The members that a fold needs.
enum Members {
    /// All that the series lists, known or not.
    Listed,
    /// The kept ones, largest first; missing unless it is certain which are kept.
    Kept(Keep),
    /// All, each known, and at least two.
    Known,
    /// Those of two series, in pairs.
    Pairs,
}

impl Fold {
    /// The law of the fold, which holds for any members.
    pub(super) fn law(self) -> Law {
        match self {
            Self::Size => Law { name: "size", is_compared: false, ..Self::Count(Keep::All).law() },
            Self::Count(_) => Law {
                name: "count",
                operation: Operation::Count,
                unit: Gives::Unit(Unit::NUMBER),
                ..Law::SUM
            },
            Self::Total(_) => Law { name: "total", ..Law::SUM },
            Self::Concentration { .. } => Law { name: "concentration", ..Law::SHARE },
            Self::MeanSize => Law {
                name: "mean size",
                operation: Operation::Ratio,
                is_compared: false,
                ..Law::SUM
            },
            Self::NetVolume => Law { name: "volume of a balance", ..Law::SUM },
            Self::EffectivenessIndex => {
                Law { name: "effectiveness", is_sharp: false, ..Law::SHARE }
            }
        }
    }

    fn members(self) -> Members {
        match self {
            Self::Size => Members::Listed,
            Self::Count(keep) | Self::Total(keep) | Self::Concentration { keep, .. } => {
                Members::Kept(keep)
            }
            Self::MeanSize => Members::Known,
            Self::NetVolume | Self::EffectivenessIndex => Members::Pairs,
        }
    }

    /// Which members are kept, if the fold keeps only some.
    pub(super) fn keep(self) -> Option<Keep> {
        match self.members() {
            Members::Kept(keep) => Some(keep),
            Members::Listed | Members::Known | Members::Pairs => None,
        }
    }

    /// The printed formula, in one line.
    pub(super) fn formula(self, args: &[String]) -> String {
        match (self, args) {
            (Self::Size, [of]) => format!("members of {of}"),
            (Self::Count(keep), [of]) => format!("count({of}{keep})"),
            (Self::Total(keep), [of]) => format!("sum({of}{keep})"),
            (Self::Concentration { top, keep }, [of]) => {
                format!("top {top} of {of}{keep} ÷ sum({of}{keep}) × 100")
            }
            (Self::MeanSize, [of]) => format!("Σ|{of}| ÷ members of {of}"),
            (Self::NetVolume, [a, b]) => format!("½ Σ|{a} − {b}|"),
            (Self::EffectivenessIndex, [a, b]) => format!("Σ|{a} − {b}| ÷ Σ({a} + {b}) × 100"),
            _ => args.join(", "),
        }
    }

    /// The result for the members `n` of the first series and their `partners` in the second; `None` if
    /// there is none.
    fn of(self, n: &[Quantity], partners: &[Quantity]) -> Option<Quantity> {
        match self {
            Self::Size | Self::Count(_) => Some(Quantity::exact(n.len() as f64)),
            Self::Total(_) => (!n.is_empty()).then(|| quantity::sum(n)),
            Self::Concentration { top, .. } => {
                // With fewer than `top` members there is no share of the `top` largest.
                let (leaders, rest) = n.split_at_checked(top)?;
                quantity::share(quantity::sum(leaders), quantity::sum(rest))
            }
            Self::MeanSize => Some(quantity::mean_size(n)),
            Self::NetVolume => Some(quantity::net_volume(&pairs(n, partners))),
            Self::EffectivenessIndex => quantity::effectiveness_index(&pairs(n, partners)),
        }
    }
}

fn pairs(n: &[Quantity], partners: &[Quantity]) -> Vec<(Quantity, Quantity)> {
    n.iter().copied().zip(partners.iter().copied()).collect()
}

impl<'a> Computation<'a> {
    pub(super) fn reduce(
        &mut self,
        indicator: &'a Indicator,
        (fold, args): (Fold, &'a [Expr]),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let parts = self.each(indicator, args, time, status);
        let found = match (fold.members(), &parts[..], args) {
            (Members::Pairs, ..) => match self.alike(indicator, PARTS, parts) {
                Ok(parts) => of_pairs(fold, &parts),
                Err(refused) => return *refused,
            },
            (members, [part], [of]) => {
                let of = &of.formula();
                // The members that a ranking leaves are a series of their own.
                let (Value::Series(series) | Value::Members(series)) = &part.value else {
                    return not_a_series(of, part);
                };
                match members {
                    Members::Kept(keep) => over_kept(fold, keep, of, series, part),
                    Members::Known => over_known(fold, of, series, part),
                    Members::Listed | Members::Pairs => Found::new(
                        Value::Number(Quantity::exact(series.members.len() as f64)),
                        Unit::NUMBER,
                    ),
                }
            }
            _ => Found::missing("it is made of one series"),
        };
        found.by(fold.law())
    }
}

fn over_kept(fold: Fold, keep: Keep, of: &str, series: &Series, part: &Found) -> Found {
    let names_positive = part.names_positive() && keep.is_of_positive();
    if !series.is_complete() && !names_positive {
        return some_lack(of, series, part);
    }
    if let Some(reason) = open(of, series, keep) {
        return Found::missing(reason);
    }
    let kept: Vec<(&Member, Quantity)> =
        series.ranked().into_iter().filter(|(_, q)| keep.keeps(q.value)).collect();
    let numbers: Vec<Quantity> = kept.iter().map(|(_, q)| *q).collect();
    let Some(value) = fold.of(&numbers, &[]) else {
        return Found::missing(match numbers.len() {
            0 => format!("no member of `{of}` is kept by the rule"),
            n => format!("only {n} members of `{of}` are kept by the rule"),
        });
    };
    if !quantity::is_known(value) {
        return Found::new(Value::Number(value), &part.unit.0).unless_open();
    }
    let mut found = Found::new(Value::Number(value), &part.unit.0).rest_on(part);
    found.rows = kept.iter().flat_map(|(member, _)| member.rows.clone()).collect();
    // Every member that the fold needs is known.
    found.flags.remove(&Flag::Incomplete);
    found
}

/// A fold over all members, each known. One member has no mean.
fn over_known(fold: Fold, of: &str, series: &Series, part: &Found) -> Found {
    let known: Option<Vec<Quantity>> = series.members.iter().map(|m| m.quantity).collect();
    let Some(known) = known else {
        return Found::missing(format!("not all members of `{of}` are known"));
    };
    if known.len() < 2 {
        return Found::missing(format!("`{of}` has {} member, and one has no mean", known.len()));
    }
    match fold.of(&known, &[]) {
        Some(value) => Found::new(Value::Number(value), &part.unit.0).rest_on(part),
        None => Found::missing("division by zero"),
    }
}

/// A fold over the pairs of two complete series.
fn of_pairs(fold: Fold, parts: &[Rc<Found>]) -> Found {
    let (Value::Series(a), Value::Series(b)) = (&parts[0].value, &parts[1].value) else {
        let lacking = all_lacking(parts);
        return lacking.unwrap_or_else(|| Found::missing("two series are needed"));
    };
    let pairs: Option<Vec<(Quantity, Quantity)>> = a
        .members
        .iter()
        .map(|member| {
            let partner = b.members.iter().find(|other| other.code == member.code)?;
            Some((member.quantity?, partner.quantity?))
        })
        .collect();
    let Some(pairs) = pairs else {
        return Found::absent("some members are not in the data");
    };
    let (numbers, partners): (Vec<Quantity>, Vec<Quantity>) = pairs.into_iter().unzip();
    match fold.of(&numbers, &partners) {
        Some(quantity) => Found::new(Value::Number(quantity), &parts[0].unit.0)
            .rest_on(&parts[0])
            .rest_on(&parts[1]),
        None => Found::missing("division by zero"),
    }
}

/// The missing value of a fold that needs every member, some of which are unknown. A release that does
/// not name them leaves open whether they are published elsewhere.
pub(super) fn some_lack(of: &str, series: &Series, part: &Found) -> Found {
    let open = series.members.iter().filter(|m| m.quantity.is_none()).count();
    let what = match open {
        1 => format!("1 member of `{of}` is"),
        n => format!("{n} members of `{of}` are"),
    };
    let mut found = Found::absent(match &part.declared {
        Some(declared) => format!("{what} not named by the release, says {}", declared.source),
        None => format!("{what} not in the data"),
    });
    found.wanted.clone_from(&part.wanted);
    found
}

/// The reason why it is uncertain which members are kept: rounding may have put one on the wrong side of
/// the threshold.
pub(super) fn open(of: &str, series: &Series, keep: Keep) -> Option<String> {
    let threshold = keep.threshold()?;
    let is_open = |member: &&Member| member.quantity.is_some_and(|q| keep.is_open(q));
    let member = series.members.iter().find(is_open)?;
    Some(format!("`{of}[{}]` may lie on either side of {threshold}, as it is rounded", member.code))
}

pub(super) fn not_a_series(of: &str, part: &Found) -> Found {
    Found::lacks(part).unwrap_or_else(|| Found::missing(format!("`{of}` is not a series")))
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

    /// The threshold, if one is written.
    pub fn threshold(self) -> Option<f64> {
        match self {
            Self::Below(threshold) | Self::Above(threshold) => Some(threshold),
            Self::All | Self::Positive | Self::Negative => None,
        }
    }

    /// Whether a value is so close to the threshold that rounding may have moved it across.
    pub fn is_open(self, quantity: Quantity) -> bool {
        self.threshold()
            .is_some_and(|threshold| (quantity.value - threshold).abs() < quantity.error)
    }

    /// Whether only positive values are kept.
    pub fn is_of_positive(self) -> bool {
        match self {
            Self::Positive => true,
            Self::Above(threshold) => threshold >= 0.0,
            Self::All | Self::Negative | Self::Below(_) => false,
        }
    }
}

impl std::fmt::Display for Keep {
    /// Writes the condition as in a formula: ` > 0`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Positive => f.write_str(" > 0"),
            Self::Negative => f.write_str(" < 0"),
            Self::Below(threshold) => write!(f, " < {threshold}"),
            Self::Above(threshold) => write!(f, " > {threshold}"),
        }
    }
}
