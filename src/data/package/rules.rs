//! What the figures of a table have to satisfy among themselves, as the package says it.
//!
//! In: `kosh` of a resource. Out: [`Rules`]. Their names are looked up when the table is read, in
//! `checks`; a name that does not exist is an error there.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Kind;
use super::written::OneOrMore;

/// Dimensions and some of their members.
pub(in crate::data) type Members = BTreeMap<String, Vec<String>>;

/// What a table is for, and what must hold in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Rules {
    pub role: Kind,
    /// Members whose values are counts, so never negative.
    #[serde(default)]
    pub non_negative: Members,
    /// Members whose values may be negative; then no other may.
    #[serde(default)]
    pub signed: Members,
    /// Members that are said before their period is over: plans, quotas.
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
    /// Figures that stand under several names.
    #[serde(default)]
    pub same_as: Vec<Vec<Figure>>,
    /// Figures that are wrong in the source, and known to be.
    #[serde(default)]
    pub as_printed: Vec<AsPrinted>,
}

/// Members of one dimension that make another: net migration is arrivals less departures.
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

/// A member that the others are parts of.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Totals {
    pub dimension: String,
    /// The member, a figure of another table, or a number: 0 for balances, 100 for shares.
    pub total: Total,
    /// The parts; all members that are no total themselves, if nothing is said.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Members that are no parts.
    #[serde(default)]
    pub except: Vec<String>,
    /// Whether parts may overlap, so that only each of them is within the whole.
    #[serde(default)]
    pub overlap: bool,
    /// Whether the parts, where all are there, make the whole.
    #[serde(default)]
    pub complete: bool,
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
}

/// What parts add up to.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(in crate::data) enum Total {
    Member(String),
    Number(f64),
    Figure(Figure),
}

/// A figure, perhaps of another table; dimensions it does not name are those of the other figure.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::data) struct Figure {
    pub table: Option<String>,
    /// Dimensions of that table whose member is the one of a dimension here: the `region` of a total
    /// is the `destination` of the moves that make it.
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

/// A printed change of a level or a stock that is there too: in per cent on the year before, or in
/// units from the first day of a period to the day after it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Change {
    #[serde(rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    pub of: Figure,
}

/// A printed share, in per cent, of a level in another that are there too.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct Share {
    #[serde(rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    pub of: Figure,
    #[serde(rename = "in")]
    pub within: Figure,
}

/// Figures that are in the source as they stand here, though no check can take them for right.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::data) struct AsPrinted {
    pub time: String,
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    pub reason: String,
}
