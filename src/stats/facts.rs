//! Facts: what the brief quotes, computed once and worded in every language.
//!
//! A [`Fact`] has its value and precision, its period, the rows it is based on, and flags. It has no
//! language and is not rounded: wording and rounding are the work of `locale`, which never prints more
//! digits than [`Quantity::step`] allows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fixed_decimal::Decimal;
use indexmap::IndexMap;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize};

use super::{RowId, Time, Unit, rounding};

/// A qualifier that the source puts to a number: “almost 130 thousand”.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Qualifier {
    /// Close to the number, on either side.
    About,
    /// A little less than the number.
    Almost,
    /// A little more than the number.
    MoreThan,
    /// Less than the number, by a little or more.
    LessThan,
    /// The number or any larger one.
    AtLeast,
    /// The number or any smaller one.
    AtMost,
}

impl Qualifier {
    /// All qualifiers.
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

    /// Its sign, the same in every language.
    pub fn sign(self) -> &'static str {
        match self {
            Self::About | Self::Almost => "\u{2248}",
            Self::MoreThan => ">",
            Self::LessThan => "<",
            Self::AtLeast => "\u{2265}",
            Self::AtMost => "\u{2264}",
        }
    }

    /// Whether the true number may be any distance away, on one side.
    pub fn is_bound(self) -> bool {
        matches!(self, Self::AtLeast | Self::AtMost)
    }

    /// The qualifier of the negated number: less than −5 is more than 5 away from 0.
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

/// A number with its precision.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Quantity {
    /// The value, not rounded.
    pub value: f64,
    /// The rounding unit, the last digit that may be printed: 1, 100, 0.1. A sum or difference has that
    /// of its coarsest operand.
    pub step: f64,
    /// Half the width of the interval that contains the true value, given the rounding of its operands; 0
    /// if these are exact.
    pub error: f64,
    /// A qualifier of its absolute value. A number computed from a qualified one is qualified too.
    #[serde(default)]
    pub qualifier: Option<Qualifier>,
}

impl Quantity {
    /// A count known to the unit.
    pub fn exact(value: f64) -> Self {
        Self { value, step: 1.0, error: 0.0, qualifier: None }
    }

    /// A printed figure rounded to `step`.
    pub fn rounded(value: f64, step: f64) -> Self {
        let error = if step == 1.0 && value.fract() == 0.0 { 0.0 } else { step / 2.0 };
        Self { value, step, error, qualifier: None }
    }

    /// Its qualifier if the sign is printed too: “more than 5 lost” is less than −5.
    pub fn shown_qualifier(&self) -> Option<Qualifier> {
        self.qualifier.map(|said| if self.value < 0.0 { said.turned() } else { said })
    }

    /// The number with a qualifier. The error of “almost 130 thousand” is a whole rounding unit, not half
    /// of one.
    pub fn qualified(self, qualifier: Option<Qualifier>) -> Self {
        match qualifier {
            Some(_) => Self { qualifier, error: self.error.max(self.step), ..self },
            None => self,
        }
    }
}

impl Quantity {
    /// The number as printed: the multiple of its step nearest to it. `None` if it is not finite, too
    /// large to be exact, or its step is invalid; such a number cannot be printed.
    pub fn printed(self) -> Option<Decimal> {
        rounding::nearest(self.value, self.step)
    }

    /// The printed number as a float, in which zero has no sign. Words that depend on a number are chosen
    /// by this one, so that none calls a printed 0 "more".
    pub fn printed_value(self) -> Option<f64> {
        rounding::to_step(self.value, self.step)
    }
}

impl std::fmt::Display for Quantity {
    /// The known digits as in every file of a release, with the qualifier as a sign; a number that cannot
    /// be printed becomes the sign for a missing one.
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
    /// Writes the value without floating-point noise and, if they differ, the digits that are printed.
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

/// A remark about a fact, printed as a symbol in a table or as a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// From an express release; a final one will follow.
    Provisional,
    /// From a release that replaced an earlier one with another value.
    Revised,
    /// The base of a comparison was revised since it was first published.
    RevisedBase,
    /// The base of a comparison comes from an earlier release of the same status as the figure; a later
    /// release revised it.
    SupersededBase,
    /// Known only to a rounding unit larger than one.
    Rounded,
    /// A quarter computed by subtracting two cumulative totals.
    Derived,
    /// Computed from totals of different releases.
    AcrossVintages,
    /// Computed from figures of different status: of first and final releases, or of another body's
    /// account.
    MixedStatus,
    /// Read in another body's account of the release.
    Secondary,
    /// A percentage printed by the source, not recomputed from levels.
    AsPublished,
    /// Two sources of one release disagree; precedence decided.
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

/// A member of a series.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Member {
    /// The code of the region, partner or period, such as `KZ-71`.
    pub code: Arc<str>,
    /// Its value; `None` if the data has none.
    pub quantity: Option<Quantity>,
    /// The value a year earlier, if it is known and comparable.
    pub base: Option<Quantity>,
    /// Its flags.
    pub flags: BTreeSet<Flag>,
    /// The rows it is based on.
    pub rows: Vec<RowId>,
}

/// The members of a dimension, in the order of its register.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Series {
    /// The name of the dimension, such as `region`.
    pub dimension: String,
    /// The register with the members' names, such as `regions`.
    pub register: String,
    /// All members of the register, known or not.
    pub members: Vec<Member>,
}

impl Series {
    /// The members with a value, largest first; ties in the order of the register.
    pub fn ranked(&self) -> Vec<(&Member, Quantity)> {
        let mut ranked: Vec<_> =
            self.members.iter().filter_map(|m| Some((m, m.quantity?))).collect();
        ranked.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        ranked
    }

    /// For a series over years whose last value is the highest or lowest: the year since which it is.
    /// That is the last year with a more extreme value, or else the first of the years before the last
    /// that have no gap. `None` if it is too recent to mention.
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

    /// Whether too few consecutive years are known to exclude that the last value is an extreme.
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

    /// The smallest number of years after which an extreme is mentioned.
    const WORTH_SAYING: usize = 5;

    /// Whether every member has a value.
    pub fn is_complete(&self) -> bool {
        self.members.iter().all(|m| m.quantity.is_some())
    }
}

/// An axis of a matrix.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Axis {
    /// The name of the dimension, such as `origin`.
    pub dimension: String,
    /// The register with the members' names, such as `regions`.
    pub register: String,
    /// Its members, in the order of the register.
    pub codes: Vec<Arc<str>>,
}

/// Numbers by two dimensions: flows from each region to each, or regions by quarter.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Matrix {
    /// The dimension of rows; the origin in a matrix of flows.
    pub rows: Axis,
    /// The dimension of columns; the destination in a matrix of flows.
    pub columns: Axis,
    /// The cells, row by row; `None` if nothing was published.
    pub cells: Vec<Vec<Option<Quantity>>>,
}

/// Why a value is missing. Only a coverage table with a source can state that it is not published; a
/// value that is merely not in the data may have been.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize, Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// No row of the data has it; whether it was published is unknown.
    NotInData,
    /// A source states that it is not published.
    NotPublished,
    /// There are rows, but they do not give it: a break in series, a small base, too coarse rounding.
    #[default]
    NotComputable,
}

impl Absence {
    /// The absence of something that lacks several parts. It is known as not published only if every
    /// missing part is.
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

/// Rows that a value is computed from and that no table has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wanted {
    /// The table.
    pub table: String,
    /// The dimensions with one member each.
    pub fixed: Vec<(String, String)>,
    /// The dimensions of which several members are needed, a row for each.
    pub each: Vec<(String, Vec<Arc<str>>)>,
    /// The time of the rows.
    pub time: Time,
}

impl Wanted {
    /// Only the row of one of the members; `None` if that is not among them.
    pub fn of_member(&self, code: &str) -> Option<Self> {
        let [(dimension, members)] = &self.each[..] else { return None };
        let member = members.iter().find(|member| &***member == code)?;
        Some(Self { each: vec![(dimension.clone(), vec![member.clone()])], ..self.clone() })
    }
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Value {
    /// One number.
    Number(Quantity),
    /// One number for each member of a dimension.
    Series(Series),
    /// Some members in order, each with its value.
    Members(Series),
    /// Numbers by two dimensions.
    Matrix(Matrix),
    /// No value, with the reason.
    Missing {
        /// A sentence for the analyst, in lower case and without a full stop.
        reason: String,
        /// The kind of reason.
        #[serde(default)]
        absence: Absence,
    },
}

/// How a fact is computed from its operands, as far as its readers need it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// Read from a table.
    #[default]
    Read,
    /// The sum of all operands, or of all members of one.
    Sum,
    /// The first operand minus the second.
    Difference,
    /// One operand in relation to another: a share, a rate, a percentage change.
    Ratio,
    /// The number of members of the operand that meet a condition.
    Count,
    /// A part, an order, or another time of the operand.
    Pick,
}

/// A fact that the brief can quote.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Fact {
    /// Its id, such as `X1` or `X1.change`.
    pub id: String,
    /// Its value.
    pub value: Value,
    /// Its unit.
    pub unit: Unit,
    /// Whether it is a balance or difference, which always shows its sign.
    pub is_signed: bool,
    /// Its period or day.
    #[serde(with = "time_as_text")]
    pub time: Time,
    /// For a change, the time it is compared with.
    #[serde(with = "maybe_time_as_text")]
    pub base_time: Option<Time>,
    /// Its formula in the ids of `indicators.toml`, such as `X1 − X2`.
    pub formula: String,
    /// The operation on its operands.
    #[serde(default)]
    pub operation: Operation,
    /// The ids of the facts it is computed from, in the order of the formula, such as `X1` and `X2`;
    /// empty if it is read from a table.
    #[serde(default)]
    pub operands: Vec<String>,
    /// The rows it is based on, without duplicates, in the order of use.
    pub rows: Vec<RowId>,
    /// The sources of those rows, in the order of use.
    pub sources: Vec<Arc<str>>,
    /// The releases of those rows, in the order of use.
    pub vintages: Vec<Arc<str>>,
    /// Its flags.
    pub flags: BTreeSet<Flag>,
}

impl Fact {
    /// All rows it is based on, including those of its members.
    pub fn rows(&self) -> impl Iterator<Item = &RowId> {
        let members = self.series().into_iter().flat_map(|series| &series.members);
        self.rows.iter().chain(members.flat_map(|member| &member.rows))
    }

    /// The number; `None` if it is another kind of value.
    pub fn number(&self) -> Option<Quantity> {
        match self.value {
            Value::Number(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// The series; `None` if it is another kind of value.
    pub fn series(&self) -> Option<&Series> {
        match &self.value {
            Value::Series(series) | Value::Members(series) => Some(series),
            _ => None,
        }
    }

    /// The matrix; `None` if it is another kind of value.
    pub fn matrix(&self) -> Option<&Matrix> {
        match &self.value {
            Value::Matrix(matrix) => Some(matrix),
            _ => None,
        }
    }

    /// Whether every member of a series, or every pair of different members of a matrix, has a value.
    pub fn is_complete(&self) -> bool {
        match &self.value {
            Value::Number(_) => true,
            Value::Series(series) => series.is_complete(),
            // A ranking of the members that a release names need not contain all members.
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

    /// The kind of reason for a missing value; `None` if there is a value.
    pub fn absence(&self) -> Option<Absence> {
        match self.value {
            Value::Missing { absence, .. } => Some(absence),
            _ => None,
        }
    }

    /// The reason for a missing value; `None` if there is a value.
    pub fn missing(&self) -> Option<&str> {
        match &self.value {
            Value::Missing { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

/// The id of a member's number in text, tables, drawings and the preview: `I4[KZ-71]`.
pub fn member_id(fact: &str, code: &str) -> String {
    format!("{fact}[{code}]")
}

/// The id of a cell of a matrix: `OD[KZ-71>KZ-75]`.
pub fn cell_id(fact: &str, row: &str, column: &str) -> String {
    format!("{fact}[{row}>{column}]")
}

/// All facts of one period, by id, in the order of `indicators.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Facts {
    /// The facts.
    pub all: IndexMap<String, Fact>,
    /// For facts that are series: codes for which the data declare that there is no such figure.
    #[serde(skip)]
    pub not_applicable: BTreeMap<String, BTreeSet<Arc<str>>>,
    /// For facts without a value, and for series with unknown members: the rows that the data lack.
    #[serde(skip)]
    pub wanted: BTreeMap<String, Vec<Wanted>>,
}

impl Facts {
    /// The fact with this id.
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.all.get(id)
    }

    /// Whether the data declare that there is no such figure for this member of a series.
    pub fn is_not_applicable(&self, id: &str, code: &str) -> bool {
        self.not_applicable.get(id).is_some_and(|codes| codes.contains(code))
    }
}

/// A time in the text form of `facts.json`.
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

/// The same for an optional time.
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
        // Four years are too few.
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
