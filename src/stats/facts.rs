//! Facts: what the brief quotes, computed once and worded in every language.
//!
//! A [`Fact`] knows its value, how finely it is known, its period, the observations it rests on
//! and what has to be said of it. It knows no language and is not rounded: wording and rounding
//! are `locale`'s work, and never show more digits than [`Quantity::step`] allows.

use std::collections::BTreeSet;
use std::sync::Arc;

use fixed_decimal::Decimal;
use indexmap::IndexMap;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize};

use super::{RowId, Time, Unit, rounding};

/// What the source says of a number besides the number: “almost 130 thousand”.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Qualifier {
    /// Near it, on either side.
    About,
    /// A little less than it.
    Almost,
    /// A little more than it.
    MoreThan,
    /// A little less, or somewhat less, than it.
    LessThan,
    /// It or any larger number.
    AtLeast,
    /// It or any smaller number.
    AtMost,
}

impl Qualifier {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::About, Self::Almost, Self::MoreThan, Self::LessThan, Self::AtLeast, Self::AtMost];

    /// Its name in the data and in language files.
    pub fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Almost => "almost",
            Self::MoreThan => "more-than",
            Self::LessThan => "less-than",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
        }
    }

    /// The qualifier of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|qualifier| qualifier.name() == name)
    }

    /// The sign that says it in every language.
    pub fn sign(self) -> &'static str {
        match self {
            Self::About | Self::Almost => "\u{2248}",
            Self::MoreThan => ">",
            Self::LessThan => "<",
            Self::AtLeast => "\u{2265}",
            Self::AtMost => "\u{2264}",
        }
    }

    /// Whether the true number may lie any distance away, on one side.
    pub fn is_bound(self) -> bool {
        matches!(self, Self::AtLeast | Self::AtMost)
    }

    /// What it becomes when the number is turned around: less than −5 is more than 5 away from 0.
    pub fn turned(self) -> Self {
        match self {
            Self::MoreThan => Self::LessThan,
            Self::LessThan => Self::MoreThan,
            Self::AtLeast => Self::AtMost,
            Self::AtMost => Self::AtLeast,
            Self::About | Self::Almost => self,
        }
    }
}

/// A number, and how finely it is known.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Quantity {
    /// The value, not rounded.
    pub value: f64,
    /// The last digit that may be printed: 1, 100 for a number known to the hundred, 0.1.
    /// A sum or difference is known to the coarsest of its parts.
    pub step: f64,
    /// Half the width of the interval in which the true value lies, given how the parts were
    /// rounded; 0 when they are exact.
    pub error: f64,
    /// What the source says of it besides; it speaks of the number's size, without its sign. A
    /// number computed from one that is qualified is qualified too.
    #[serde(default)]
    pub qualifier: Option<Qualifier>,
}

impl Quantity {
    /// A count known to the last unit.
    pub fn exact(value: f64) -> Self {
        Self { value, step: 1.0, error: 0.0, qualifier: None }
    }

    /// A printed figure that was rounded to `step`.
    pub fn rounded(value: f64, step: f64) -> Self {
        let error = if step == 1.0 && value.fract() == 0.0 { 0.0 } else { step / 2.0 };
        Self { value, step, error, qualifier: None }
    }

    /// Its qualifier where its sign is printed too: “more than 5 lost” is less than −5.
    pub fn shown_qualifier(&self) -> Option<Qualifier> {
        self.qualifier.map(|said| if self.value < 0.0 { said.turned() } else { said })
    }

    /// The same number as its source qualifies it. Of “almost 130 thousand” the whole last unit is
    /// open, not half of it.
    pub fn qualified(self, qualifier: Option<Qualifier>) -> Self {
        match qualifier {
            Some(_) => Self { qualifier, error: self.error.max(self.step), ..self },
            None => self,
        }
    }
}

impl Quantity {
    /// The number as it is printed: the multiple of its step nearest to it. `None` if it is no
    /// number, too large to be exact, or known to no step: then nothing of it can be printed.
    pub fn printed(self) -> Option<Decimal> {
        rounding::nearest(self.value, self.step)
    }

    /// The same as a number, in which no zero has a sign. A word that is chosen by a number is
    /// chosen by this one, so that none says "more" of a printed 0.
    pub fn printed_value(self) -> Option<f64> {
        rounding::to_step(self.value, self.step)
    }
}

impl std::fmt::Display for Quantity {
    /// The digits that are known, as every file of a release has them, and the qualifier as a sign;
    /// the sign of a missing number for what cannot be printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.printed() {
            Some(decimal) => {
                let sign = self.shown_qualifier().map_or("", Qualifier::sign);
                f.pad(&format!("{sign}{decimal}"))
            }
            None => f.pad("…"),
        }
    }
}

impl Serialize for Quantity {
    /// The value without the dust of computing; and, where they are others, the digits that are
    /// printed.
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let value = rounding::held(self.value);
        let printed = self.printed().map(|decimal| decimal.to_string());
        let is_said = printed.as_ref().is_none_or(|printed| *printed == value.to_string());
        let count = 3 + usize::from(!is_said) + usize::from(self.qualifier.is_some());
        let mut fields = to.serialize_struct("Quantity", count)?;
        fields.serialize_field("value", &value)?;
        match printed {
            Some(printed) if !is_said => fields.serialize_field("printed", &printed)?,
            _ => fields.skip_field("printed")?,
        }
        fields.serialize_field("step", &self.step)?;
        fields.serialize_field("error", &rounding::held(self.error))?;
        match self.qualifier {
            Some(qualifier) => fields.serialize_field("qualifier", &qualifier)?,
            None => fields.skip_field("qualifier")?,
        }
        fields.end()
    }
}

/// Something that has to be said of a fact, as a symbol in a table or a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// From an express release: a final one will follow.
    Provisional,
    /// From a release that replaced an earlier one with another value.
    Revised,
    /// The base of a comparison was revised since it was first published.
    RevisedBase,
    /// The base of a comparison is an earlier release, as settled as the figure itself; a later
    /// one revised it.
    SupersededBase,
    /// Known only to a coarser unit than one.
    Rounded,
    /// A quarter got by subtracting two totals.
    Derived,
    /// Got from totals of different releases.
    AcrossVintages,
    /// Made of figures of different status: of first and final releases, or of somebody's account.
    MixedStatus,
    /// Read in somebody else's account of the release.
    Secondary,
    /// A percentage printed by the source, not recomputed from levels.
    AsPublished,
    /// Two sources of one release disagree; the rule of precedence chose.
    Disputed,
    /// The territory or method changed between the two periods compared.
    Break,
    /// Only some of the parts are known.
    Incomplete,
}

impl Flag {
    /// Its name in the strings of a language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Revised => "revised",
            Self::RevisedBase => "revised-base",
            Self::SupersededBase => "superseded-base",
            Self::Rounded => "rounded",
            Self::Derived => "derived",
            Self::AcrossVintages => "across-vintages",
            Self::MixedStatus => "mixed-status",
            Self::Secondary => "secondary",
            Self::AsPublished => "as-published",
            Self::Disputed => "disputed",
            Self::Break => "break",
            Self::Incomplete => "incomplete",
        }
    }
}

/// One member of a series.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Member {
    /// The code of the region, partner or period, as `KZ-71`.
    pub code: Arc<str>,
    /// Its value; `None` where there is none in the data.
    pub quantity: Option<Quantity>,
    /// The same a year earlier, where it is known and comparable.
    pub base: Option<Quantity>,
    /// What has to be said of it.
    pub flags: BTreeSet<Flag>,
    /// The observations it rests on.
    pub rows: Vec<RowId>,
}

/// The members of a dimension, in the order of its register.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Series {
    /// The dimension's name, as `region`.
    pub dimension: String,
    /// The register that has the members' names, as `regions`.
    pub register: String,
    /// All members of the register, known or not.
    pub members: Vec<Member>,
}

impl Series {
    /// The members with a value, largest first; ties in the register's order.
    pub fn ranked(&self) -> Vec<(&Member, Quantity)> {
        let mut ranked: Vec<_> =
            self.members.iter().filter_map(|m| Some((m, m.quantity?))).collect();
        ranked.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        ranked
    }

    /// Of a series over years, whether its last value is the highest or the lowest, and since
    /// which year: the last that was beyond it, or else the first of those that are loaded
    /// without a gap. `None` if that is fewer years back than would be worth saying.
    pub fn extreme(&self, is_highest: bool) -> Option<&str> {
        let (last, earlier) = self.members.split_last()?;
        let value = last.quantity?.value;
        let mut since = None;
        for (back, member) in earlier.iter().rev().enumerate() {
            let Some(before) = member.quantity else { break };
            let is_beyond = if is_highest { before.value >= value } else { before.value <= value };
            if is_beyond && back + 1 < Self::WORTH_SAYING {
                return None;
            }
            if back + 1 >= Self::WORTH_SAYING {
                since = Some(&*member.code);
            }
            if is_beyond || member.flags.contains(&Flag::Break) {
                break;
            }
        }
        since
    }

    /// Whether the series has too few years in a row to say that its last value is no extreme.
    pub fn is_extreme_open(&self, is_highest: bool) -> bool {
        let Some((last, earlier)) = self.members.split_last() else { return true };
        let Some(value) = last.quantity.map(|q| q.value) else { return true };
        for (back, member) in earlier.iter().rev().enumerate() {
            let Some(before) = member.quantity else { return true };
            let is_beyond = if is_highest { before.value >= value } else { before.value <= value };
            if is_beyond || back + 1 >= Self::WORTH_SAYING {
                return false;
            }
            if member.flags.contains(&Flag::Break) {
                return true;
            }
        }
        true
    }

    /// So many years back at least, an extreme is worth saying.
    const WORTH_SAYING: usize = 5;

    /// Whether every member has a value.
    pub fn is_complete(&self) -> bool {
        self.members.iter().all(|m| m.quantity.is_some())
    }
}

/// One side of a matrix.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Axis {
    /// The dimension's name, as `origin`.
    pub dimension: String,
    /// The register that has the members' names, as `regions`.
    pub register: String,
    /// Its members, in the register's order.
    pub codes: Vec<Arc<str>>,
}

/// Numbers by two dimensions: flows from each region to each, or regions by quarter.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Matrix {
    /// What a row stands for; an origin in a matrix of flows.
    pub rows: Axis,
    /// What a column stands for; a destination in a matrix of flows.
    pub columns: Axis,
    /// Row by row; `None` where nothing was published.
    pub cells: Vec<Vec<Option<Quantity>>>,
}

/// Why there is no value. Only what a coverage table declares, with a source, is known not to be
/// published; what is merely not loaded may have been.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize, Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// No row of the data has it. Whether it was published is not known.
    NotInData,
    /// It is declared, with a source, that it is not published.
    NotPublished,
    /// There are rows, and they do not give it: a series is broken, a base is small, rounding
    /// leaves nothing.
    #[default]
    NotComputable,
}

impl Absence {
    /// What can be said of something that lacks several parts: it is known not to be published
    /// only if that is known of every part that is missing.
    pub fn of_parts(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all: Vec<Self> = parts.into_iter().collect();
        all.sort();
        match (all.first(), all.last()) {
            (Some(Self::NotInData), _) => Self::NotInData,
            (Some(Self::NotPublished), Some(Self::NotPublished)) => Self::NotPublished,
            _ => Self::NotComputable,
        }
    }
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Value {
    /// One number.
    Number(Quantity),
    /// One number for each member of a dimension.
    Series(Series),
    /// Some members, in order, each with its value.
    Members(Series),
    /// Numbers by two dimensions.
    Matrix(Matrix),
    /// It cannot be computed, and why.
    Missing {
        /// One sentence for the analyst, lower case, without a full stop.
        reason: String,
        /// What kind of reason it is.
        #[serde(default)]
        absence: Absence,
    },
}

/// How a fact comes of its operands, as far as a reader of it has to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// It is read from a table.
    #[default]
    Read,
    /// All operands, or all members of one, together.
    Sum,
    /// The first operand less the second.
    Difference,
    /// One operand in relation to another: a share, a rate, a percentage change.
    Ratio,
    /// How many members of the operand meet a condition.
    Count,
    /// A part, an order or another time of the operand.
    Pick,
}

/// One thing the brief can quote.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Fact {
    /// Its name, as `X1` or `X1.change`.
    pub id: String,
    /// What it says.
    pub value: Value,
    /// What its numbers count.
    pub unit: Unit,
    /// Whether it is a balance or difference, which always shows its sign.
    pub is_signed: bool,
    /// When it holds.
    #[serde(with = "time_as_text")]
    pub time: Time,
    /// What it is compared with, for a change.
    #[serde(with = "maybe_time_as_text")]
    pub base_time: Option<Time>,
    /// How it is computed, in the words of `indicators.toml`, as `X1 − X2`.
    pub formula: String,
    /// What is done to its operands.
    #[serde(default)]
    pub operation: Operation,
    /// The ids of the facts it is computed from, in the order of the formula, as `X1` and `X2`; none
    /// for what is read from a table.
    #[serde(default)]
    pub operands: Vec<String>,
    /// The observations it rests on, without repetition, in the order of use.
    pub rows: Vec<RowId>,
    /// The sources of those observations, in the order of use.
    pub sources: Vec<Arc<str>>,
    /// The releases of those observations, in the order of use.
    pub vintages: Vec<Arc<str>>,
    /// What has to be said of it.
    pub flags: BTreeSet<Flag>,
}

impl Fact {
    /// All rows it rests on, those of its members too.
    pub fn rows(&self) -> impl Iterator<Item = &RowId> {
        let members = self.series().into_iter().flat_map(|series| &series.members);
        self.rows.iter().chain(members.flat_map(|member| &member.rows))
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<Quantity> {
        match self.value {
            Value::Number(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// The series, if it is one.
    pub fn series(&self) -> Option<&Series> {
        match &self.value {
            Value::Series(series) | Value::Members(series) => Some(series),
            _ => None,
        }
    }

    /// The matrix, if it is one.
    pub fn matrix(&self) -> Option<&Matrix> {
        match &self.value {
            Value::Matrix(matrix) => Some(matrix),
            _ => None,
        }
    }

    /// Whether nothing of it is left open: every member of a series, every pair of different
    /// members of a matrix.
    pub fn is_complete(&self) -> bool {
        match &self.value {
            Value::Number(_) => true,
            Value::Series(series) => series.is_complete(),
            // Some of the members that a release names may be ranked: that is not all of them.
            Value::Members(series) => {
                series.is_complete() && !self.flags.contains(&Flag::Incomplete)
            }
            Value::Matrix(matrix) => matrix.cells.iter().enumerate().all(|(row, cells)| {
                cells.iter().enumerate().all(|(column, cell)| {
                    cell.is_some() || matrix.rows.codes.get(row) == matrix.columns.codes.get(column)
                })
            }),
            Value::Missing { .. } => false,
        }
    }

    /// What kind of reason there is for having no value, if it has none.
    pub fn absence(&self) -> Option<Absence> {
        match self.value {
            Value::Missing { absence, .. } => Some(absence),
            _ => None,
        }
    }

    /// Why there is no value, if there is none.
    pub fn missing(&self) -> Option<&str> {
        match &self.value {
            Value::Missing { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

/// What a member's number of a series is called in text, tables, drawings and the preview: `I4[KZ-71]`.
pub fn member_id(fact: &str, code: &str) -> String {
    format!("{fact}[{code}]")
}

/// What a cell of a matrix is called: `OD[KZ-71>KZ-75]`.
pub fn cell_id(fact: &str, row: &str, column: &str) -> String {
    format!("{fact}[{row}>{column}]")
}

/// All facts of one period, by id, in the order of `indicators.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Facts {
    /// The facts.
    pub all: IndexMap<String, Fact>,
}

impl Facts {
    /// The fact of this id.
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.all.get(id)
    }
}

/// A time as `facts.json` has it.
mod time_as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Time;

    pub(super) fn serialize<S: Serializer>(time: &Time, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&time.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Time, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// The same, where there may be none.
mod maybe_time_as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Time;

    pub(super) fn serialize<S: Serializer>(time: &Option<Time>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => to.serialize_some(&time.to_string()),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Time>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(values: &[Option<f64>]) -> Series {
        let member = |(index, value): (usize, &Option<f64>)| Member {
            code: (2000 + index).to_string().into(),
            quantity: value.map(Quantity::exact),
            base: None,
            flags: BTreeSet::new(),
            rows: vec![],
        };
        let members = values.iter().enumerate().map(member).collect();
        Series { dimension: "year".into(), register: "year".into(), members }
    }

    #[test]
    fn an_extreme_is_counted_back_to_the_last_value_beyond_it() {
        let some = |values: &[f64]| years(&values.iter().map(|v| Some(*v)).collect::<Vec<_>>());
        let series = some(&[9.0, 1.0, 2.0, 3.0, 2.0, 1.0, 4.0]);
        assert_eq!((series.extreme(true), series.extreme(false)), (Some("2000"), None));
        assert_eq!(some(&[1.0, 1.0, 2.0, 3.0, 2.0, 4.0]).extreme(true), Some("2000"));
        assert_eq!(some(&[5.0, 4.0, 3.0, 3.0, 2.0, 1.0]).extreme(false), Some("2000"));
        // Four years are no series.
        assert_eq!(some(&[1.0, 2.0, 3.0, 2.0, 4.0]).extreme(true), None);
    }

    #[test]
    fn a_gap_ends_what_an_extreme_can_claim() {
        let series = years(&[Some(1.0), None, Some(2.0), Some(1.0), Some(3.0)]);
        assert_eq!(series.extreme(true), None);
        let mut values = vec![Some(9.0), None];
        values.extend([1.0, 2.0, 1.0, 2.0, 1.0, 3.0].map(Some));
        assert_eq!(years(&values).extreme(true), Some("2002"));
        assert_eq!(years(&[Some(1.0), None]).extreme(true), None);
    }
}
