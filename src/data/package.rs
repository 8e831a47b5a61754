//! The description of the tables: `datapackage.json`, checked for consistency.
//!
//! In: the text of a Frictionless data package. Out: a [`Package`] whose fields have roles and whose
//! foreign keys have targets. Properties of kosh itself are under `kosh`. `written` is the package as
//! written, `check` turns it into a [`Package`].

mod check;
mod properties;
mod rules;
mod schema;
mod written;

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::coverage;
use super::{Precision, SourceKind};
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, Unknown, did_you_mean};
use crate::stats::Qualifier;
use check::{Checked, only};
use properties::NothingTwice;
pub(super) use rules::{AsPrinted, Change, Figure as NamedFigure, Members, Rules, Total, Totals};
pub use schema::schema;
pub(super) use written::OneOrMore;
use written::WrittenPackage;

use super::number::Notation;

/// A data package.
#[derive(Debug)]
pub(super) struct Package {
    /// Its title.
    pub title: String,
    /// The resources that have a role.
    pub resources: Vec<Resource>,
    /// `datapackage.json`.
    pub text: SourceText,
}

/// The role of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// Figures.
    Observations,
    /// Codes that other tables point to.
    Register,
    /// Releases.
    Vintages,
    /// Sources.
    Sources,
    /// What releases publish.
    Coverage,
}

/// The role of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// What the figure is of: a flow, a region. Part of the key.
    Dimension,
    /// The period or day of the figure.
    Time,
    /// The figure.
    Value,
    /// What it counts.
    Unit,
    /// The unit to which it is rounded.
    RoundedTo,
    /// What the source says of it: “almost”.
    Qualifier,
    /// Its release.
    Vintage,
    /// Its source.
    Source,
    /// What a reader of the row has to know.
    Note,
    /// Anything else.
    Attribute,
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Type {
    String,
    Number,
    Integer,
    Date,
}

/// One table.
#[derive(Debug)]
pub(super) struct Resource {
    pub name: String,
    pub title: String,
    pub path: String,
    pub kind: Kind,
    pub fields: Vec<Field>,
    /// Indices into `fields`.
    pub primary_key: Vec<usize>,
    /// The delimiter between two fields of a row.
    pub delimiter: u8,
    /// The rules that its figures must satisfy.
    pub rules: Rules,
    /// The length of its file in bytes, if declared.
    pub bytes: Option<u64>,
    /// The hash of its file, if declared: the algorithm, a colon, hexadecimal digits.
    pub hash: Option<String>,
}

/// One column.
#[derive(Debug)]
pub(super) struct Field {
    pub name: String,
    pub holds: Type,
    pub role: Role,
    pub required: bool,
    pub unique: bool,
    pub members: Option<Vec<String>>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub pattern: Option<Regex>,
    /// The register whose key it holds.
    pub register: Option<String>,
    /// The markers of a missing value.
    pub missing: Vec<String>,
    /// How its numbers are written.
    pub notation: Notation,
}

impl Resource {
    /// The index of the first field with this role.
    pub(super) fn role(&self, role: Role) -> Option<usize> {
        self.fields.iter().position(|field| field.role == role)
    }

    /// Adds constraints to releases, sources and keys that later stages rely on, whatever the package
    /// states.
    fn tighten(&mut self) {
        if !matches!(self.kind, Kind::Observations | Kind::Coverage) {
            for key in &self.primary_key {
                self.fields[*key].required = true;
            }
        }
        for field in &mut self.fields {
            match (self.kind, field.name.as_str()) {
                (Kind::Vintages, "status") => {
                    field.required = true;
                    field.members =
                        Some(["express", "final", "secondary"].map(str::to_owned).to_vec());
                }
                (Kind::Vintages, "precision") => {
                    field.members = Some(Precision::NAMES.map(str::to_owned).to_vec());
                }
                (Kind::Sources, "kind") => {
                    field.members = Some(SourceKind::NAMES.map(str::to_owned).to_vec());
                }
                (Kind::Vintages, "released") => {
                    field.required = true;
                    field.holds = Type::Date;
                }
                (Kind::Coverage, "published") => {
                    field.required = true;
                    field.members = Some(coverage::PUBLISHED.map(str::to_owned).to_vec());
                }
                (Kind::Coverage, "table" | "source_id") => field.required = true,
                (Kind::Sources, "precedence") => {
                    field.required = true;
                    field.holds = Type::Integer;
                    (field.minimum, field.maximum) = (Some(1.0), Some(4.0));
                }
                _ => {}
            }
            match field.role {
                Role::Value | Role::RoundedTo => field.holds = Type::Number,
                Role::Time => field.holds = Type::String,
                Role::Qualifier => {
                    field.holds = Type::String;
                    field.members =
                        Some(Qualifier::ALL.map(|known| known.name().to_owned()).to_vec());
                }
                _ => {}
            }
            // Columns that identify a row or give its weight must be filled in.
            let may_be_empty =
                matches!(field.role, Role::Value | Role::Qualifier | Role::Note | Role::Attribute);
            if !may_be_empty {
                field.required = true;
            }
        }
    }
}

/// Reads and checks a package.
pub(super) fn read(text: SourceText) -> Result<Package> {
    let json = text.text.trim_start_matches('\u{feff}');
    let skipped = text.text.len() - json.len();
    serde_json::from_str::<NothingTwice>(json)
        .map_err(|error| unreadable(&text, skipped, &error))?;
    let mut checked = Checked::new(text.clone());
    properties::check(json, &mut checked);
    let written: WrittenPackage = match serde_json::from_str(json) {
        Ok(written) => written,
        // A property that is not read may have made the rest unreadable.
        Err(_) if !checked.found.is_empty() => return Err(checked.found),
        Err(error) => return Err(unreadable(&text, skipped, &error).into()),
    };
    let resources = written.resources;
    let names: Vec<String> = resources.iter().map(|r| r.name.clone()).collect();
    let keys: BTreeMap<String, Vec<String>> = resources
        .iter()
        .filter(|r| {
            r.kosh
                .as_ref()
                .is_some_and(|role| !matches!(role.role, Kind::Observations | Kind::Coverage))
        })
        .filter_map(|r| Some((r.name.clone(), r.schema.as_ref()?.primary_key.names().to_vec())))
        .collect();
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            checked.refuse(
                &[name],
                message!("the resource `{name}` is described twice", name),
                None,
            );
        }
    }
    let vintages = only(&resources, Kind::Vintages, &mut checked);
    let sources = only(&resources, Kind::Sources, &mut checked);
    one_file_each(&resources, &mut checked);
    let resources = resources
        .into_iter()
        .filter_map(|resource| checked.resource(resource, &keys, &vintages, &sources))
        .collect();
    if checked.found.is_empty() {
        Ok(Package { title: written.title, resources, text: checked.text })
    } else {
        Err(checked.found)
    }
}

/// Refuses a file that two resources read as tables, since each of its figures would count twice.
fn one_file_each(resources: &[written::WrittenResource], checked: &mut Checked) {
    let plain = |path: &str| -> String {
        let parts = path.split('/').filter(|part| !matches!(*part, "" | "."));
        parts.collect::<Vec<_>>().join("/").to_lowercase()
    };
    let mut met: BTreeMap<String, &str> = BTreeMap::new();
    for resource in resources.iter().filter(|resource| resource.kosh.is_some()) {
        let Some(path) = resource.path.names().first() else { continue };
        if let Some(first) = met.insert(plain(path), &resource.name) {
            let message = message!(
                "`{first}` and `{name}` are read from one file, `{path}`",
                first,
                name = resource.name,
                path
            );
            let hint =
                message!("each of its rows would count twice: delete one of the two resources");
            checked.refuse(&[&resource.name, "path", path], message, Some(hint));
        }
    }
}

/// The problem where the JSON parser stopped.
fn unreadable(text: &SourceText, skipped: usize, error: &serde_json::Error) -> Diagnostic {
    let json = &text.text[skipped..];
    let before: usize =
        json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    // serde_json counts bytes, and gives the position after what it did not understand.
    let mut at = (skipped + before + error.column()).min(text.text.len());
    while !text.text.is_char_boundary(at) {
        at += 1;
    }
    let start = text.text[..at].char_indices().next_back().map_or(0, |(start, _)| start);
    let whole = error.to_string();
    let said = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(said, _)| said);
    let refusal = Diagnostic::error(Code::K0102, message!("the data package cannot be read"));
    if let Some(Unknown { written: name, known, .. }) = Unknown::of(said)
        && let Some(found) = text.text[..at].rfind(&format!("\"{name}\""))
    {
        return refusal
            .at(text.place(found..found + name.len() + 2))
            .label(message!("this word is not known"))
            .maybe_hint(did_you_mean(name, known));
    }
    refusal.at(text.place(start..at)).label(Message::verbatim(said)).note(message!(
        "`datapackage.json` must be JSON, with the properties of a Frictionless data package"
    ))
}

/// The place of the last name of `path` in a package; each name is searched for after the one before it.
pub(super) fn locate(source: &SourceText, path: &[&str]) -> Place {
    // The package has a name too, before its resources.
    let start = source.text.find("\"resources\"").unwrap_or(0);
    let mut range = start..start;
    for name in path {
        let quoted = format!("\"{name}\"");
        let rest = &source.text[range.end..];
        let named = rest.match_indices(&quoted).find(|(at, _)| {
            rest[..*at]
                .trim_end()
                .strip_suffix(':')
                .is_some_and(|b| b.trim_end().ends_with("\"name\""))
        });
        let Some((at, _)) = named.or_else(|| rest.match_indices(&quoted).next()) else { break };
        range = range.end + at..range.end + at + quoted.len();
    }
    source.place(range)
}
