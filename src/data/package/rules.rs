//! Rules that the figures of a table must satisfy, as the package declares them.
//!
//! In: `kosh` of a resource. Out: [`Rules`]. Names are looked up when the table has been read, in
//! `checks`; a name that does not exist is an error there.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Kind;
use super::written::OneOrMore;

/// Dimensions and some of their members.
pub(in crate::data) type Members = BTreeMap<String, Vec<String>>;

/// The role of a table and its rules.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Rules {
    /// What the table is for.
    pub role: Kind,
    /// The recipe through which its file is read, if it is a workbook.
    pub recipe: Option<String>,
    /// Members whose values are counts, so never negative.
    #[serde(default)]
    pub non_negative: Members,
    /// Members whose values may be negative. If any are listed, no others may be.
    #[serde(default)]
    pub signed: Members,
    /// Members that are announced before their period is over, such as plans and quotas.
    #[serde(default)]
    pub announced: Members,
    /// Members whose figures of a longer period are no sums of shorter ones.
    #[serde(default)]
    pub averages: Members,
    /// Members that are the difference of others, such as net migration.
    #[serde(default)]
    pub balances: Vec<Balance>,
    /// Totals and their parts.
    #[serde(default)]
    pub totals: Vec<Totals>,
    /// Bounds of figures.
    #[serde(default)]
    pub ranges: Vec<Bounds>,
    /// Printed changes, in percent on the year before, of levels that are in the data too.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Printed shares of levels that are in the data too.
    #[serde(default)]
    pub shares: Vec<Share>,
    /// Figures that are the change of a stock from the first day of a period to the day after it.
    #[serde(default)]
    pub stock_changes: Vec<Change>,
    /// Figures that cannot exist: a city has no rural population.
    #[serde(default)]
    pub not_applicable: Vec<Inapplicable>,
    /// Figures that occur under several names.
    #[serde(default)]
    pub same_as: Vec<Vec<Figure>>,
    /// Figures known to be wrong in the source.
    #[serde(default)]
    pub as_printed: Vec<AsPrinted>,
}

/// Members of one dimension that make another: net migration is arrivals minus departures.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Balance {
    /// The dimension of the members.
    pub dimension: String,
    /// The member that is the result.
    pub result: String,
    /// The members that are added.
    pub plus: Vec<String>,
    /// The members that are subtracted.
    #[serde(default)]
    pub minus: Vec<String>,
    /// The members of other dimensions for which it holds; all if it is left out.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
}

/// A total and its parts.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Totals {
    /// The dimension of the parts.
    pub dimension: String,
    /// The total: a member, a figure of another table, or a number (0 for balances, 100 for shares).
    pub total: Total,
    /// The parts; if none are listed, all members that are not totals.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Members that are no parts.
    #[serde(default)]
    pub except: Vec<String>,
    /// Whether parts may overlap; then only each single part is compared with the total.
    #[serde(default)]
    pub overlap: bool,
    /// Whether the parts sum to the total when all are present.
    #[serde(default)]
    pub complete: bool,
    /// The members of other dimensions for which it holds; all if it is left out.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
}

/// What the parts sum to.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub(in crate::data) enum Total {
    Member(String),
    Number(f64),
    Figure(Figure),
}

/// A figure, perhaps of another table. Dimensions it does not name have the member of the figure compared
/// with.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
pub(in crate::data) struct Figure {
    /// Another table.
    pub table: Option<String>,
    /// Dimensions of that table whose member is that of another dimension here: the `region` of a total
    /// is the `destination` of the moves that make it up.
    #[serde(default)]
    pub dimensions: BTreeMap<String, String>,
    /// The member of a dimension.
    #[serde(flatten)]
    pub members: BTreeMap<String, String>,
}

/// Bounds of some figures.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Bounds {
    /// The members whose figures have the bounds; all if it is left out.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    /// The smallest value.
    pub minimum: Option<f64>,
    /// The largest value.
    pub maximum: Option<f64>,
}

/// Figures that cannot exist, by the members they would have.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Inapplicable {
    /// The members that have no figure together.
    #[serde(rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
}

/// A printed change of a level or stock that is in the data too: in percent on the year before, or in
/// units from the first day of a period to the day after it.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Change {
    /// The printed figures.
    #[serde(rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    /// The level or stock whose change they are.
    pub of: Figure,
}

/// A printed share, in percent: one level of another, both in the data.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Share {
    /// The printed figures.
    #[serde(rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    /// The part.
    pub of: Figure,
    /// The whole.
    #[serde(rename = "in")]
    pub within: Figure,
}

/// Figures printed like this in the source, though a check would refuse them.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct AsPrinted {
    /// The time of the figures.
    pub time: String,
    /// Their members; all if it is left out.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    /// Why they are kept, with where they are printed.
    pub reason: String,
}
