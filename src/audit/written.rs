//! `checks.toml` as it is written.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::diag::Spanned;

/// What a project says about the checks of its data.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Written {
    /// The severity of the built-in checks. An error of `kosh build` is always an error.
    #[serde(default)]
    pub built_in: BuiltIn,
    /// Members that add up to something: regions to the country, balances to zero.
    #[serde(default)]
    pub identities: Vec<Identity>,
    /// Bounds of figures.
    #[serde(default)]
    pub bounds: Vec<Bound>,
    /// Bounds of the share of one figure in another, in percent; or a printed share that is compared with it.
    #[serde(default)]
    pub shares: Vec<Share>,
    /// Printed changes in percent, compared with the levels of both years.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// How far figures may be from those of the same months of the year before.
    #[serde(default)]
    pub jumps: Vec<Jump>,
}

/// How bad a finding is, or that it is not looked for.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Setting {
    /// An error: `kosh check data` exits with 1.
    Error,
    /// A warning.
    Warning,
    /// A note, which is counted separately.
    Note,
    /// Not reported.
    Off,
}

/// The built-in checks by kind.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BuiltIn {
    /// Files, rows and fields that differ from their description in the package.
    reading: Option<Setting>,
    /// Sums, balances, quarters and stocks that do not add up.
    identities: Option<Setting>,
    /// Signs and sizes that a figure cannot have, fractions where something is counted.
    bounds: Option<Setting>,
    /// Printed percentages that contradict their levels.
    printed_rates: Option<Setting>,
    /// Printed percentages that agree with an earlier release of their levels.
    old_bases: Option<Setting>,
    /// Printed percentages with a wrong last digit.
    last_digits: Option<Setting>,
    /// The same percentage for two periods of a year.
    same_rates: Option<Setting>,
    /// Figures that differ too much from their own history.
    history: Option<Setting>,
    /// Figures under the code of another member.
    swaps: Option<Setting>,
    /// One figure under two names, with different values.
    two_names: Option<Setting>,
    /// Values that may belong in another row.
    duplicates: Option<Setting>,
    /// Sources with the same status that disagree.
    conflicts: Option<Setting>,
    /// Accounts that differ from the release.
    accounts: Option<Setting>,
    /// Final figures far from the first ones.
    far_revisions: Option<Setting>,
    /// Figures that were revised.
    revisions: Option<Setting>,
    /// Releases, pages and dates that contradict one another.
    releases: Option<Setting>,
    /// Periods of one figure that overlap.
    overlaps: Option<Setting>,
    /// Times that a series skips, and members that a release names but the data lack.
    gaps: Option<Setting>,
    /// Counts too small for a percentage.
    #[serde(default)]
    pub small_base: SmallBase,
    /// Figures of a unit for a time before it existed.
    new_units: Option<Setting>,
    /// Notes that name another source.
    notes: Option<Setting>,
    /// Unnecessary entries of `as-printed`.
    as_printed: Option<Setting>,
}

/// Counts too small for a percentage.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SmallBase {
    /// The severity.
    severity: Option<Setting>,
    /// A count of persons below this is too small; 50 if left out.
    pub minimum: Option<f64>,
}

impl BuiltIn {
    /// What the project says of a kind, if it says something.
    pub(super) fn severity(&self, kind: &str) -> Option<Setting> {
        match kind {
            "reading" => self.reading,
            "identities" => self.identities,
            "bounds" => self.bounds,
            "printed-rates" => self.printed_rates,
            "old-bases" => self.old_bases,
            "last-digits" => self.last_digits,
            "same-rates" => self.same_rates,
            "history" => self.history,
            "swaps" => self.swaps,
            "two-names" => self.two_names,
            "duplicates" => self.duplicates,
            "conflicts" => self.conflicts,
            "accounts" => self.accounts,
            "far-revisions" => self.far_revisions,
            "revisions" => self.revisions,
            "releases" => self.releases,
            "overlaps" => self.overlaps,
            "gaps" => self.gaps,
            "small-base" => self.small_base.severity,
            "new-units" => self.new_units,
            "notes" => self.notes,
            "as-printed" => self.as_printed,
            _ => None,
        }
    }
}

/// A figure, perhaps of another table: dimensions that it does not name have the member that the
/// figure has which it is compared with.
#[derive(Deserialize, Clone, JsonSchema)]
pub(super) struct Figure {
    /// The table, if it is another one.
    pub table: Option<String>,
    /// The member of each dimension that is fixed.
    #[serde(flatten)]
    pub members: BTreeMap<String, String>,
}

/// One member of a dimension, or several.
#[derive(Deserialize, Clone, JsonSchema)]
#[serde(untagged)]
pub(super) enum Members {
    /// One.
    One(String),
    /// Any of them.
    Any(Vec<String>),
}

impl Members {
    pub(super) fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Any(names) => names,
        }
    }
}

/// Dimensions, and the members that a rule is about.
pub(super) type Where = BTreeMap<String, Members>;

/// What members add up to.
#[derive(Deserialize, Clone, JsonSchema)]
#[serde(untagged)]
pub(super) enum Whole {
    /// Another member of the dimension.
    Member(String),
    /// A number: 0 for balances.
    Number(f64),
    /// A figure of another table.
    Figure(Figure),
}

/// Members that add up to something.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Identity {
    /// The name of the rule in messages.
    pub name: Spanned<String>,
    /// The reason of the rule.
    pub reason: String,
    /// The severity if the rule is broken.
    pub severity: Option<Setting>,
    /// The table.
    pub table: Spanned<String>,
    /// The figures it is about: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// The dimension whose members are added.
    pub sum: String,
    /// The members; by default all that are not totals of others.
    #[serde(default)]
    pub of: Vec<String>,
    /// Members that are not added.
    #[serde(default)]
    pub except: Vec<String>,
    /// What they add up to: a member, a number, or a figure of a table.
    pub equals: Whole,
    /// The tolerance in units, in addition to rounding.
    #[serde(default)]
    pub tolerance: f64,
    /// Whether some members may be missing; then the sum must not be more than the whole.
    #[serde(default)]
    pub partial: bool,
}

/// Bounds of figures.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Bound {
    /// The name of the rule in messages.
    pub name: Spanned<String>,
    /// The reason of the rule.
    pub reason: String,
    /// The severity if the rule is broken.
    pub severity: Option<Setting>,
    /// The table.
    pub table: Spanned<String>,
    /// The figures it is about: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// The least value, in the unit of the row.
    pub minimum: Option<f64>,
    /// The greatest value, in the unit of the row.
    pub maximum: Option<f64>,
}

/// The share of one figure in another.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Share {
    /// The name of the rule in messages.
    pub name: Spanned<String>,
    /// The reason of the rule.
    pub reason: String,
    /// The severity if the rule is broken.
    pub severity: Option<Setting>,
    /// The table of the part.
    pub table: Spanned<String>,
    /// The parts: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// The whole.
    #[serde(rename = "in")]
    pub within: Figure,
    /// The smallest share, in percent.
    pub minimum: Option<f64>,
    /// The largest share, in percent.
    pub maximum: Option<f64>,
    /// A printed share that must agree with it.
    pub printed: Option<Figure>,
}

/// A printed change on the year before.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Change {
    /// The name of the rule in messages.
    pub name: Spanned<String>,
    /// The reason of the rule.
    pub reason: String,
    /// The severity if the rule is broken.
    pub severity: Option<Setting>,
    /// The table of the printed changes.
    pub table: Spanned<String>,
    /// The printed changes: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// The level whose change it is.
    pub of: Figure,
    /// The tolerance in points, in addition to rounding.
    #[serde(default)]
    pub tolerance: f64,
}

/// How far figures may be from those of the year before.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Jump {
    /// The name of the rule in messages.
    pub name: Spanned<String>,
    /// The reason of the rule.
    pub reason: String,
    /// The severity if the rule is broken.
    pub severity: Option<Setting>,
    /// The table.
    pub table: Spanned<String>,
    /// The figures it is about: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// The largest factor by which a figure may exceed, or fall below, that of the same months of the year
    /// before.
    pub factor: f64,
    /// Figures below this size are not checked, in the unit of the row.
    #[serde(default)]
    pub from: f64,
}

/// The JSON Schema of `checks.toml`.
pub fn schema(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<Written>()
}
