//! The data package as written, before it is checked.
//!
//! Frictionless allows any property, so unknown ones are ignored here and checked in `properties`. An
//! unknown constraint or property of kosh is refused, since it would be a check that silently never runs.

use serde::Deserialize;

use super::{Role, Rules, Type};

#[derive(Deserialize)]
pub(super) struct WrittenPackage {
    #[serde(default)]
    pub title: String,
    pub resources: Vec<WrittenResource>,
}

#[derive(Deserialize)]
pub(super) struct WrittenResource {
    pub name: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub path: OneOrMore,
    #[serde(default)]
    pub dialect: WrittenDialect,
    pub bytes: Option<u64>,
    pub hash: Option<String>,
    pub schema: Option<WrittenSchema>,
    pub kosh: Option<Rules>,
}

/// How the file is split into fields; other properties of a dialect are checked in `properties`.
#[derive(Deserialize, Default)]
pub(super) struct WrittenDialect {
    pub delimiter: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WrittenSchema {
    pub fields: Vec<WrittenField>,
    #[serde(default)]
    pub primary_key: OneOrMore,
    #[serde(default)]
    pub foreign_keys: Vec<ForeignKey>,
    pub missing_values: Option<Vec<MissingValue>>,
}

/// A marker of a missing value, alone or with a label.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum MissingValue {
    Sign(String),
    Labelled { value: String },
}

impl MissingValue {
    pub(super) fn sign(self) -> String {
        match self {
            Self::Sign(sign) | Self::Labelled { value: sign } => sign,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct WrittenField {
    pub name: String,
    #[serde(rename = "type")]
    pub holds: Type,
    #[serde(default)]
    pub constraints: Constraints,
    #[serde(rename = "missingValues")]
    pub missing_values: Option<Vec<MissingValue>>,
    #[serde(rename = "decimalChar")]
    pub decimal_char: Option<String>,
    #[serde(rename = "groupChar")]
    pub group_char: Option<String>,
    pub kosh: Option<FieldRole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldRole {
    pub role: Role,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Constraints {
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub unique: bool,
    #[serde(rename = "enum")]
    pub members: Option<Vec<String>>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub pattern: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ForeignKey {
    pub fields: OneOrMore,
    pub reference: Reference,
}

#[derive(Deserialize)]
pub(super) struct Reference {
    pub resource: String,
    pub fields: OneOrMore,
}

/// One name or several.
#[derive(Debug, Clone, Deserialize, Default, schemars::JsonSchema)]
#[serde(untagged)]
pub(in crate::data) enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
    #[default]
    None,
}

impl OneOrMore {
    pub(crate) fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::More(names) => names,
            Self::None => &[],
        }
    }
}
