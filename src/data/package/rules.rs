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
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Rules {
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
    #[serde(default)]
    pub balances: Vec<Balance>,
    #[serde(default)]
    pub totals: Vec<Totals>,
    #[serde(default)]
    pub ranges: Vec<Bounds>,
    #[serde(default)]
    pub changes: Vec<Change>,
    #[serde(default)]
    pub shares: Vec<Share>,
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
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Balance {
    pub dimension: String,
    pub result: String,
    pub plus: Vec<String>,
    #[serde(default)]
    pub minus: Vec<String>,
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
}

/// A total and its parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Totals {
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
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
}

/// What the parts sum to.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(in crate::data) enum Total {
    Member(String),
    Number(f64),
    Figure(Figure),
}

/// A figure, perhaps of another table. Dimensions it does not name have the member of the figure compared
/// with.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::data) struct Figure {
    pub table: Option<String>,
    /// Dimensions of that table whose member is that of another dimension here: the `region` of a total
    /// is the `destination` of the moves that make it up.
    #[serde(default)]
    pub dimensions: BTreeMap<String, String>,
    #[serde(flatten)]
    pub members: BTreeMap<String, String>,
}

/// Bounds of some figures.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Bounds {
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
}

/// Figures that cannot exist, by the members they would have.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Inapplicable {
    #[serde(rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
}

/// A printed change of a level or stock that is in the data too: in percent on the year before, or in
/// units from the first day of a period to the day after it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Change {
    #[serde(rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    pub of: Figure,
}

/// A printed share, in percent: one level of another, both in the data.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Share {
    #[serde(rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    pub of: Figure,
    #[serde(rename = "in")]
    pub within: Figure,
}

/// Figures printed like this in the source, though a check would refuse them.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct AsPrinted {
    pub time: String,
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    pub reason: String,
}
