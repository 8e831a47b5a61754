//! The keys of `indicators.toml` that define how an indicator is computed: one table from key to
//! expression.
//!
//! A row of the table has the key, its description for editors, and a closure that makes an expression of
//! its value. The type of the value is the argument of the closure; the JSON Schema of the key, its place
//! in the list of keys and the error for two keys in one indicator follow from the row.
//! [`written`](super::written) reads the other keys of an indicator.
//!
//! To add a key, add a row. If no expression computes it, add an arithmetic operation or a fold first.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::de::{Error, ValueDeserializer};

use super::written::{Beside, Reader};
use super::{
    Arithmetic, Base, Expr, Fold, Keep, Own, OwnPart, Picked, Ranked, Ranking, Shift, Side, Times,
};
use crate::diag::{Code, Message, Spanned};

/// Every key, in the order in which messages list them.
pub(super) const KEYS: &[&dyn Key] = &[
    &Row {
        key: "from",
        about: "The figures of a table; with `by`, a series.",
        expr: |table: Id, to| Some(Expr::Table(to.reader.select(table, to.beside)?)),
    },
    &Row {
        key: "sum",
        about: "A + B + …",
        expr: |parts: Ids, _| Some(Expr::Map(Arithmetic::Sum, all(parts))),
    },
    &Row {
        key: "difference",
        about: "A − B",
        expr: |pair: Pair, _| Some(Expr::Map(Arithmetic::Difference, pair.into())),
    },
    &Row {
        key: "share",
        about: "A ÷ B × 100, where B contains A.",
        expr: |PartOf { of, whole }: PartOf, _| {
            Some(Expr::Map(Arithmetic::Share, vec![one(of), one(whole)]))
        },
    },
    &Row {
        key: "effectiveness",
        about: "(A − B) ÷ (A + B) × 100",
        expr: |pair: Pair, _| Some(Expr::Map(Arithmetic::Effectiveness, pair.into())),
    },
    &Row {
        key: "rate",
        about: "A ÷ B × per",
        expr: |RateOf { of, over, per }: RateOf, _| {
            Some(Expr::Map(Arithmetic::Rate { per }, vec![one(of), one(over)]))
        },
    },
    &Row {
        key: "index",
        about: "A ÷ A in a base period × 100",
        expr: |IndexOf { of, base }: IndexOf, to| {
            let then = Expr::Shift(Shift::To(base_of(to.reader, &base)?), one(of.clone()).into());
            Some(Expr::Map(Arithmetic::Index, vec![one(of), then]))
        },
    },
    &Row {
        key: "count",
        about: "How many members of a series meet the condition; all of them without `among`, \
            `below` and `above`.",
        expr: |kept: Kept, to| {
            let (of, keep) = kept.read(to.reader)?;
            Some(Expr::Reduce(Fold::Count(keep), vec![of]))
        },
    },
    &Row {
        key: "members",
        about: "How many members a series has, whether their figures are published or not.",
        expr: |of: Id, _| Some(Expr::Reduce(Fold::Size, vec![one(of)])),
    },
    &Row {
        key: "total",
        about: "The sum of the members that meet the condition; of all of them without `among`, \
            `below` and `above`.",
        expr: |kept: Kept, to| {
            let (of, keep) = kept.read(to.reader)?;
            Some(Expr::Reduce(Fold::Total(keep), vec![of]))
        },
    },
    &Row {
        key: "concentration",
        about: "The share of the largest members in the sum of all, in percent.",
        expr: |top: TopOf, to| {
            let (of, Ranking { top, keep, .. }) = top.read(to.reader, Ranked::Members, true)?;
            Some(Expr::Reduce(Fold::Concentration { top, keep }, vec![of]))
        },
    },
    &Row {
        key: "largest",
        about: "The largest members, largest first.",
        expr: |top: TopOf, to| {
            let (of, ranking) = top.read(to.reader, Ranked::Members, true)?;
            Some(Expr::Rank(ranking, of.into()))
        },
    },
    &Row {
        key: "smallest",
        about: "The smallest members, smallest first.",
        expr: |top: TopOf, to| {
            let (of, ranking) = top.read(to.reader, Ranked::Members, false)?;
            Some(Expr::Rank(ranking, of.into()))
        },
    },
    &Row {
        key: "first",
        about: "The first of these indicators that has a value.",
        expr: |parts: Ids, _| Some(Expr::First(all(parts))),
    },
    &Row {
        key: "history",
        about: "The same months of this and earlier years, as a series.",
        expr: |YearsOf { of, years, annual }: YearsOf, _| {
            Some(Expr::Over(Times::Years { years, is_annual: annual }, one(of).into()))
        },
    },
    &Row {
        key: "run",
        about: "Of a series over years: for how many years in a row, up to the last, the sign has \
            been the same.",
        expr: |RunOf { of, before }: RunOf, _| {
            Some(Expr::Pick(Picked::Run { is_before: before }, one(of).into()))
        },
    },
    &Row {
        key: "year-rank",
        about: "Of a series over years: the place of the last value, 1 for the largest.",
        expr: |of: Id, _| Some(Expr::Pick(Picked::YearRank, one(of).into())),
    },
    &Row {
        key: "revisions",
        about: "By how much the first figures of whole years were revised, as a series over years.",
        expr: |RevisionsOf { of, years }: RevisionsOf, _| {
            Some(Expr::Over(Times::Revisions { years }, one(of).into()))
        },
    },
    &Row {
        key: "mean-size",
        about: "The mean size of the members of a series, whatever their signs.",
        expr: |of: Id, _| Some(Expr::Reduce(Fold::MeanSize, vec![one(of)])),
    },
    &Row {
        key: "inflow",
        about: "Of a matrix of flows: what each member receives from the others.",
        expr: |of: Id, _| Some(Expr::Margin(Side::Columns, one(of).into())),
    },
    &Row {
        key: "outflow",
        about: "Of a matrix of flows: what each member loses to the others.",
        expr: |of: Id, _| Some(Expr::Margin(Side::Rows, one(of).into())),
    },
    &Row {
        key: "flows",
        about: "The largest flows of a matrix between different members.",
        expr: |top: TopOf, to| {
            let flows = TopOf { whole: None, among: None, below: None, above: None, ..top };
            let (of, ranking) = flows.read(to.reader, Ranked::Flows, true)?;
            Some(Expr::Rank(ranking, of.into()))
        },
    },
    &Row {
        key: "net-volume",
        about: "½ Σ|in − out|: the people whose moves changed the distribution.",
        expr: |pair: Pair, _| Some(Expr::Reduce(Fold::NetVolume, pair.into())),
    },
    &Row {
        key: "effectiveness-index",
        about: "Σ|in − out| ÷ Σ(in + out) × 100: how effective all moves together were.",
        expr: |pair: Pair, _| Some(Expr::Reduce(Fold::EffectivenessIndex, pair.into())),
    },
    &Row {
        key: "quarters",
        about: "The last quarters of a series: a matrix of members by quarter.",
        expr: |LastOf { of, last }: LastOf, _| {
            Some(Expr::Over(Times::Quarters { last }, one(of).into()))
        },
    },
    &Row {
        key: "last-year",
        about: "A number for the last calendar year that is over at the end of the period.",
        expr: |YearOf { of, back }: YearOf, _| {
            Some(Expr::Shift(Shift::LastYear { back: back.into() }, one(of).into()))
        },
    },
    &Row {
        key: "own",
        about: "Of the brief's region: its value in a series.",
        expr: |of: Id, _| Some(own(of, OwnPart::Value)),
    },
    &Row {
        key: "rank",
        about: "Of the brief's region: its place among the members of a series, 1 for the largest.",
        expr: |of: Id, _| Some(own(of, OwnPart::Rank)),
    },
    &Row {
        key: "neighbours",
        about: "Of the brief's region: the members of a series that border on it.",
        expr: |near: Near, _| Some(own(near.of, OwnPart::Neighbours { with_own: near.own })),
    },
    &Row {
        key: "origins",
        about: "Of the brief's region: what it receives from each other member of a matrix of flows.",
        expr: |of: Id, _| Some(own(of, OwnPart::Origins)),
    },
    &Row {
        key: "destinations",
        about: "Of the brief's region: what it sends to each other member of a matrix of flows.",
        expr: |of: Id, _| Some(own(of, OwnPart::Destinations)),
    },
];

/// The names of all keys.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|key| key.name())
}

/// A row of the table, for a value of type `W`.
struct Row<W> {
    key: &'static str,
    about: &'static str,
    expr: fn(W, &mut To<'_, '_>) -> Option<Expr>,
}

/// What a row may use while it makes an expression.
pub(super) struct To<'r, 'a> {
    /// Reports problems, and has the tables.
    pub reader: &'r mut Reader<'a>,
    /// The other keys of the indicator.
    pub beside: &'r mut Beside,
}

/// Makes the expression of a key; `None` if a problem was reported.
pub(super) type Make = Box<dyn FnOnce(&mut To<'_, '_>) -> Option<Expr>>;

/// A key of the table, whatever the type of its value.
pub(super) trait Key: Sync {
    /// The key.
    fn name(&self) -> &'static str;
    /// The JSON Schema of its value, for editors.
    fn schema(&self, generator: &mut SchemaGenerator) -> Schema;
    /// Parses its value.
    fn read(&self, value: ValueDeserializer<'_>) -> Result<Make, Error>;
}

impl<W: DeserializeOwned + JsonSchema + 'static> Key for Row<W> {
    fn name(&self) -> &'static str {
        self.key
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        let mut schema = generator.subschema_for::<W>();
        schema.insert("description".into(), self.about.into());
        schema
    }

    fn read(&self, value: ValueDeserializer<'_>) -> Result<Make, Error> {
        let (written, expr) = (W::deserialize(value)?, self.expr);
        Ok(Box::new(move |to| expr(written, to)))
    }
}

/// The id of an indicator, or the name of a table.
type Id = Spanned<String>;
/// Ids of several indicators.
type Ids = Vec<Spanned<String>>;

fn one(id: Id) -> Expr {
    Expr::Of(id.into_inner())
}

fn all(ids: Ids) -> Vec<Expr> {
    ids.into_iter().map(one).collect()
}

fn own(of: Id, part: OwnPart) -> Expr {
    Expr::Pick(Picked::Own(Own::new(part)), one(of).into())
}

/// A part and the whole that contains it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PartOf {
    /// The part.
    of: Spanned<String>,
    /// The whole.
    #[serde(rename = "in")]
    whole: Spanned<String>,
}

/// The number of one thing for each so many of another.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RateOf {
    /// The numerator: a number or a series.
    of: Spanned<String>,
    /// The denominator: a number or a series over the same members.
    over: Spanned<String>,
    /// The base of the rate, in units of the denominator: 100, 1000.
    per: f64,
}

/// A number relative to a base period, which is 100.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IndexOf {
    /// The number or series.
    of: Spanned<String>,
    /// The period in which it is 100: `2019` for the same months of that year, `2019-H1` for
    /// these months.
    base: Spanned<String>,
}

/// Parses the base of an index, or reports K0201.
fn base_of(reader: &mut Reader<'_>, written: &Id) -> Option<Base> {
    match Base::named(written.get_ref()) {
        Ok(base) => Some(base),
        Err(message) => {
            reader.say(Code::K0201, written.span(), Message::verbatim(message)).hints.push(
                message!("write a year to compare with the same months of it: `base = \"2019\"`"),
            );
            None
        }
    }
}

/// A series, and which of its members are kept.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// The series.
    of: Spanned<String>,
    /// The members kept, by their sign.
    among: Option<Among>,
    /// Only members below this threshold.
    below: Option<f64>,
    /// Only members above this threshold.
    above: Option<f64>,
}

impl Kept {
    fn read(self, reader: &mut Reader<'_>) -> Option<(Expr, Keep)> {
        let keep = kept(reader, &self.of, self.among, (self.below, self.above))?;
        Some((one(self.of), keep))
    }
}

/// The first so many of the members kept.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TopOf {
    /// The series or matrix.
    of: Spanned<String>,
    /// How many, at most.
    top: usize,
    /// The total of all members: if a release names only some members, those are ranked that no other member
    /// can exceed.
    whole: Option<Spanned<String>>,
    /// The members kept, by their sign.
    among: Option<Among>,
    /// Only members below this threshold.
    below: Option<f64>,
    /// Only members above this threshold.
    above: Option<f64>,
}

impl TopOf {
    fn read(
        self,
        reader: &mut Reader<'_>,
        of: Ranked,
        largest_first: bool,
    ) -> Option<(Expr, Ranking)> {
        let keep = kept(reader, &self.of, self.among, (self.below, self.above))?;
        let whole = self.whole.map(|whole| one(whole).into());
        Some((one(self.of), Ranking { of, top: self.top, keep, largest_first, whole }))
    }
}

/// A series over its last quarters.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LastOf {
    /// The series.
    of: Spanned<String>,
    /// How many quarters.
    last: usize,
}

/// A number of the last whole year.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct YearOf {
    /// The number.
    of: Spanned<String>,
    /// How many earlier years may replace it if it is unknown; the newest known one is used.
    #[serde(default)]
    back: u8,
}

/// The members around the brief's region.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Near {
    /// The series.
    of: Spanned<String>,
    /// Whether the region itself is included.
    #[serde(default)]
    own: bool,
}

/// A number over the years.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct YearsOf {
    /// The number.
    of: Spanned<String>,
    /// How many years.
    years: i16,
    /// Whether whole calendar years are taken, whatever the period.
    #[serde(default)]
    annual: bool,
}

/// First figures and final ones of the same years.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RevisionsOf {
    /// The number.
    of: Spanned<String>,
    /// Among how many of the last calendar years.
    years: i16,
}

/// A stretch of years of one sign.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RunOf {
    /// The series over years.
    of: Spanned<String>,
    /// Whether to count the run before the last, with the other sign.
    #[serde(default)]
    before: bool,
}

/// Members by their sign.
#[derive(Deserialize, Clone, Copy, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Among {
    /// All of them.
    All,
    /// Positive ones.
    Positive,
    /// Negative ones.
    Negative,
}

/// Exactly two ids of indicators.
struct Pair(Id, Id);

impl From<Pair> for Vec<Expr> {
    fn from(Pair(a, b): Pair) -> Self {
        vec![one(a), one(b)]
    }
}

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let named = Vec::<Spanned<String>>::deserialize(from)?;
        let count = named.len();
        match <[Spanned<String>; 2]>::try_from(named) {
            Ok([a, b]) => Ok(Self(a, b)),
            Err(_) => {
                let message = format!("this formula has two indicators, not {count}");
                Err(serde::de::Error::custom(message))
            }
        }
    }
}

impl JsonSchema for Pair {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        <[String; 2]>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <[String; 2]>::json_schema(generator)
    }
}

impl From<Among> for Keep {
    fn from(among: Among) -> Self {
        match among {
            Among::All => Self::All,
            Among::Positive => Self::Positive,
            Among::Negative => Self::Negative,
        }
    }
}

/// Which members are kept: those of one sign, or those on one side of a threshold.
fn kept(
    reader: &mut Reader<'_>,
    of: &Id,
    among: Option<Among>,
    thresholds: (Option<f64>, Option<f64>),
) -> Option<Keep> {
    let keep = match (among, thresholds) {
        (None, (None, None)) => return Some(Keep::All),
        (Some(among), (None, None)) => return Some(among.into()),
        (None, (Some(threshold), None)) => Keep::Below(threshold),
        (None, (None, Some(threshold))) => Keep::Above(threshold),
        _ => {
            let message =
                message!("there are two rules for the members of `{of}`", of = of.get_ref());
            reader
                .say(Code::K0201, of.span(), message)
                .hints
                .push(message!("give one of `among`, `below`, `above`"));
            return None;
        }
    };
    if keep.threshold().is_some_and(f64::is_finite) {
        return Some(keep);
    }
    let message =
        message!("the threshold for the members of `{of}` is not a number", of = of.get_ref());
    reader.say(Code::K0201, of.span(), message).hints.push(message!("write it as `below = 50`"));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_once_and_beside_no_other_of_its_name() {
        let mut generator = SchemaGenerator::default();
        let beside = Beside::json_schema(&mut generator);
        let beside = beside.get("properties").and_then(|all| all.as_object()).unwrap();
        assert!(beside.contains_key("signed"));
        for (at, name) in names().enumerate() {
            assert!(names().take(at).all(|other| other != name), "{name} twice");
            assert!(!beside.contains_key(name), "{name} says something else already");
        }
    }
}
