//! `checks.toml` as it is written.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::diag::Spanned;

/// What a project says about the checks of its data.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Written {
    /// How bad the findings of the built-in checks are. An error of `kosh build` stays an error.
    #[serde(default)]
    pub built_in: BuiltIn,
    /// Members that add up to something: regions to the country, balances to nought.
    #[serde(default)]
    pub identities: Vec<Identity>,
    /// Bounds of figures.
    #[serde(default)]
    pub bounds: Vec<Bound>,
    /// Bounds of what part one figure is of another, in per cent; or a printed share held against it.
    #[serde(default)]
    pub shares: Vec<Share>,
    /// Printed changes in per cent, held against the levels of both years.
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
    /// `kosh check data` ends with 1.
    Error,
    /// It is told.
    Warning,
    /// It is told, and counted apart.
    Note,
    /// It is not told.
    Off,
}

/// The built-in checks by kind.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BuiltIn {
    /// Files, rows and fields that are not as the package says.
    reading: Option<Setting>,
    /// Sums, balances, quarters and stocks that do not add up.
    identities: Option<Setting>,
    /// Signs and sizes that a figure cannot have, fractions of what is counted.
    bounds: Option<Setting>,
    /// Printed percentages that their levels deny.
    printed_rates: Option<Setting>,
    /// Printed percentages that fit an earlier release of their levels.
    old_bases: Option<Setting>,
    /// Printed percentages that are off in their last digit.
    last_digits: Option<Setting>,
    /// One percentage for two periods of a year.
    same_rates: Option<Setting>,
    /// Figures that leap against their own history.
    history: Option<Setting>,
    /// Figures under the member of another.
    swaps: Option<Setting>,
    /// One figure under two names that differs.
    two_names: Option<Setting>,
    /// Values that stand where another belongs.
    duplicates: Option<Setting>,
    /// Sources of one status that disagree.
    conflicts: Option<Setting>,
    /// Accounts that differ from the release.
    accounts: Option<Setting>,
    /// Final figures far from the first ones.
    far_revisions: Option<Setting>,
    /// Figures that were revised.
    revisions: Option<Setting>,
    /// Releases, pages and days that do not fit one another.
    releases: Option<Setting>,
    /// Periods of one figure that overlap.
    overlaps: Option<Setting>,
    /// Times that a series skips, and members that a release names and the data have not.
    gaps: Option<Setting>,
    /// Counts too small for a percentage.
    #[serde(default)]
    pub small_base: SmallBase,
    /// Figures of a unit from before it was made.
    new_units: Option<Setting>,
    /// Notes that name another source.
    notes: Option<Setting>,
    /// Entries of `as-printed` that nothing needs.
    as_printed: Option<Setting>,
}

/// Counts too small for a percentage.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SmallBase {
    /// How bad it is.
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
/// figure has which it is held against.
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
    /// What the rule is called where it is broken.
    pub name: Spanned<String>,
    /// Why it must hold.
    pub reason: String,
    /// How bad it is if it does not.
    pub severity: Option<Setting>,
    /// The table.
    pub table: Spanned<String>,
    /// The figures it is about: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// The dimension whose members are added.
    pub sum: String,
    /// The members; all that stand for no others, if left out.
    #[serde(default)]
    pub of: Vec<String>,
    /// Members that are not added.
    #[serde(default)]
    pub except: Vec<String>,
    /// What they add up to: a member, a number, or a figure of a table.
    pub equals: Whole,
    /// Beside what rounding allows, how far they may miss it, in units.
    #[serde(default)]
    pub tolerance: f64,
    /// Whether some members may be missing; then they are only no more than the whole.
    #[serde(default)]
    pub partial: bool,
}

/// Bounds of figures.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Bound {
    /// What the rule is called where it is broken.
    pub name: Spanned<String>,
    /// Why it must hold.
    pub reason: String,
    /// How bad it is if it does not.
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

/// What part one figure is of another.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Share {
    /// What the rule is called where it is broken.
    pub name: Spanned<String>,
    /// Why it must hold.
    pub reason: String,
    /// How bad it is if it does not.
    pub severity: Option<Setting>,
    /// The table of the part.
    pub table: Spanned<String>,
    /// The parts: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// The whole.
    #[serde(rename = "in")]
    pub within: Figure,
    /// The least part, in per cent.
    pub minimum: Option<f64>,
    /// The greatest part, in per cent.
    pub maximum: Option<f64>,
    /// A printed share that must be that part.
    pub printed: Option<Figure>,
}

/// A printed change on the year before.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Change {
    /// What the rule is called where it is broken.
    pub name: Spanned<String>,
    /// Why it must hold.
    pub reason: String,
    /// How bad it is if it does not.
    pub severity: Option<Setting>,
    /// The table of the printed changes.
    pub table: Spanned<String>,
    /// The printed changes: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// The level whose change it is.
    pub of: Figure,
    /// Beside what rounding allows, how far it may be off, in points.
    #[serde(default)]
    pub tolerance: f64,
}

/// How far figures may be from those of the year before.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Jump {
    /// What the rule is called where it is broken.
    pub name: Spanned<String>,
    /// Why it must hold.
    pub reason: String,
    /// How bad it is if it does not.
    pub severity: Option<Setting>,
    /// The table.
    pub table: Spanned<String>,
    /// The figures it is about: dimensions and their members.
    #[serde(default, rename = "where")]
    pub only: Where,
    /// A figure is at most so many times that of the same months of the year before, and at least
    /// that part of it.
    pub factor: f64,
    /// Figures below this size are not looked at, in the unit of the row.
    #[serde(default)]
    pub from: f64,
}

/// The JSON Schema of `checks.toml`.
pub fn schema(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<Written>()
}
