//! The data package as it is written, before it is known to make sense.
//!
//! Frictionless allows any property, so unknown ones are passed over; but an unknown constraint or
//! word of ours is refused, since it would be a check that silently never runs.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Kind, Role, Type};

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
    pub path: Option<String>,
    pub schema: Option<WrittenSchema>,
    pub kosh: Option<ResourceRole>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ResourceRole {
    pub role: Kind,
    #[serde(default)]
    pub non_negative: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WrittenSchema {
    pub fields: Vec<WrittenField>,
    #[serde(default)]
    pub primary_key: OneOrMore,
    #[serde(default)]
    pub foreign_keys: Vec<ForeignKey>,
    #[serde(default = "only_empty")]
    pub missing_values: Vec<String>,
}

fn only_empty() -> Vec<String> {
    vec![String::new()]
}

#[derive(Deserialize)]
pub(super) struct WrittenField {
    pub name: String,
    #[serde(rename = "type")]
    pub holds: Type,
    #[serde(default)]
    pub constraints: Constraints,
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

#[derive(Deserialize, Default)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
    #[default]
    None,
}

impl OneOrMore {
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::More(names) => names,
            Self::None => &[],
        }
    }
}
