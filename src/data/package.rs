//! What the tables are said to be: `datapackage.json`, checked against itself.
//!
//! In: the text of a Frictionless data package. Out: a [`Package`] whose fields have roles and
//! whose keys point to something. Our own words stand under the property `kosh`.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use crate::diag::{Diagnostic, Place, Result, SourceText, did_you_mean};

/// A data package.
#[derive(Debug)]
pub(super) struct Package {
    /// Its title.
    pub title: String,
    /// The resources that have a role here.
    pub resources: Vec<Resource>,
    /// `datapackage.json`.
    pub text: SourceText,
}

/// What a table is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Observations,
    Register,
    Vintages,
    Sources,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    Dimension,
    Time,
    Value,
    Unit,
    RoundedTo,
    Vintage,
    Source,
    Note,
    Attribute,
}

/// What a field holds.
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
    /// Places in `fields`.
    pub primary_key: Vec<usize>,
    pub missing: Vec<String>,
    /// Dimensions and the members whose values are counts, so never negative.
    pub non_negative: BTreeMap<String, Vec<String>>,
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
}

impl Resource {
    /// The place of the only field of this role.
    pub fn role(&self, role: Role) -> Option<usize> {
        self.fields.iter().position(|field| field.role == role)
    }

    /// Demands of releases, sources and keys what later stages rely on, whatever the package says.
    fn tighten(&mut self) {
        if self.kind != Kind::Observations {
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
                (Kind::Vintages, "released") => {
                    field.required = true;
                    field.holds = Type::Date;
                }
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
                _ => {}
            }
            // What a row is identified and weighed by cannot be left out.
            if !matches!(field.role, Role::Value | Role::Note | Role::Attribute) {
                field.required = true;
            }
        }
    }
}

#[derive(Deserialize)]
struct WrittenPackage {
    #[serde(default)]
    title: String,
    resources: Vec<WrittenResource>,
}

#[derive(Deserialize)]
struct WrittenResource {
    name: String,
    #[serde(default)]
    title: String,
    path: Option<String>,
    schema: Option<WrittenSchema>,
    kosh: Option<ResourceRole>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ResourceRole {
    role: Kind,
    #[serde(default)]
    non_negative: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WrittenSchema {
    fields: Vec<WrittenField>,
    #[serde(default)]
    primary_key: OneOrMore,
    #[serde(default)]
    foreign_keys: Vec<ForeignKey>,
    #[serde(default = "only_empty")]
    missing_values: Vec<String>,
}

fn only_empty() -> Vec<String> {
    vec![String::new()]
}

#[derive(Deserialize)]
struct WrittenField {
    name: String,
    #[serde(rename = "type")]
    holds: Type,
    #[serde(default)]
    constraints: Constraints,
    kosh: Option<FieldRole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldRole {
    role: Role,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Constraints {
    #[serde(default)]
    required: bool,
    #[serde(default)]
    unique: bool,
    #[serde(rename = "enum")]
    members: Option<Vec<String>>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    pattern: Option<String>,
}

#[derive(Deserialize)]
struct ForeignKey {
    fields: OneOrMore,
    reference: Reference,
}

#[derive(Deserialize)]
struct Reference {
    resource: String,
    fields: OneOrMore,
}

#[derive(Deserialize, Default)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
    #[default]
    None,
}

impl OneOrMore {
    fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::More(names) => names,
            Self::None => &[],
        }
    }
}

/// Reads and checks a package.
pub(super) fn read(text: SourceText) -> Result<Package> {
    let json = text.text.trim_start_matches('\u{feff}');
    let skipped = text.text.len() - json.len();
    let written: WrittenPackage = serde_json::from_str(json).map_err(|error| {
        let before: usize =
            json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        // serde_json counts bytes, and stands behind what it did not understand.
        let at = (skipped + before + error.column()).min(text.text.len());
        let start = text.text[..at].char_indices().next_back().map_or(0, |(start, _)| start);
        let whole = error.to_string();
        let said = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(said, _)| said);
        Diagnostic::error("K0102", "the data package cannot be read".to_owned())
            .at(text.place(start..at))
            .label(said.to_owned())
            .hint("see the page of this code for the words a data package may use")
    })?;
    let mut checked = Checked { text, found: vec![] };
    let resources = written.resources;
    let names: Vec<String> = resources.iter().map(|r| r.name.clone()).collect();
    let keys: BTreeMap<String, Vec<String>> = resources
        .iter()
        .filter(|r| r.kosh.as_ref().is_some_and(|role| role.role != Kind::Observations))
        .filter_map(|r| Some((r.name.clone(), r.schema.as_ref()?.primary_key.names().to_vec())))
        .collect();
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            checked.refuse(&[name], format!("the resource `{name}` is described twice"), None);
        }
    }
    let vintages = only(&resources, Kind::Vintages, &mut checked);
    let sources = only(&resources, Kind::Sources, &mut checked);
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

/// The name of the one register of releases or of sources that there must be.
fn only(resources: &[WrittenResource], kind: Kind, checked: &mut Checked) -> String {
    let mut of_kind = resources.iter().filter(|r| r.kosh.as_ref().is_some_and(|k| k.role == kind));
    let word = if kind == Kind::Vintages { "vintages" } else { "sources" };
    match (of_kind.next(), of_kind.next()) {
        (Some(first), None) => first.name.clone(),
        (Some(_), Some(second)) => {
            let name = second.name.clone();
            checked.refuse(&[&name], format!("there is a second resource of role `{word}`"), None);
            name
        }
        (None, _) => {
            let message = format!("no resource has the role `{word}`");
            let hint = format!("describe `{word}.csv` with `\"kosh\": {{\"role\": \"{word}\"}}`");
            checked.refuse(&["resources"], message, Some(hint));
            word.to_owned()
        }
    }
}

/// The last of some names in a package, each looked for behind the one before it.
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

struct Checked {
    text: SourceText,
    found: Vec<Diagnostic>,
}

impl Checked {
    fn refuse(&mut self, path: &[&str], message: String, hint: Option<String>) {
        let place = self.locate(path);
        self.found.push(Diagnostic::error("K0102", message).at(place).maybe_hint(hint));
    }

    fn locate(&self, path: &[&str]) -> Place {
        locate(&self.text, path)
    }

    fn resource(
        &mut self,
        written: WrittenResource,
        keys: &BTreeMap<String, Vec<String>>,
        vintages: &str,
        sources: &str,
    ) -> Option<Resource> {
        let name = written.name;
        let ResourceRole { role: kind, non_negative } = written.kosh?;
        let (Some(path), Some(schema)) = (written.path, written.schema) else {
            let message = format!("the resource `{name}` has no `path` or no `schema`");
            self.refuse(&[&name], message, None);
            return None;
        };
        let columns: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
        for (index, column) in columns.iter().enumerate() {
            if columns[..index].contains(column) {
                let message = format!("the field `{column}` of `{name}` is described twice");
                self.refuse(&[&name, column, column], message, None);
            }
        }
        let registers = self.foreign_keys(&name, &schema.foreign_keys, &columns, keys);
        let mut fields = vec![];
        for field in schema.fields {
            let role = field.kosh.map_or(Role::Attribute, |kosh| kosh.role);
            let Constraints { required, unique, members, minimum, maximum, pattern } =
                field.constraints;
            // A pattern holds for the whole value, whether or not it says so.
            let pattern = pattern.and_then(|pattern| {
                Regex::new(&format!("^(?:{pattern})$"))
                    .map_err(|_| {
                        let message =
                            format!("the pattern of `{}` is no regular expression", field.name);
                        self.refuse(&[&name, &field.name, "pattern"], message, None);
                    })
                    .ok()
            });
            let register = match role {
                Role::Vintage => Some(vintages.to_owned()),
                Role::Source => Some(sources.to_owned()),
                _ => registers.get(&field.name).cloned(),
            };
            fields.push(Field {
                holds: field.holds,
                role,
                required,
                unique,
                members,
                minimum,
                maximum,
                pattern,
                register,
                name: field.name,
            });
        }
        let mut primary_key = vec![];
        for key in schema.primary_key.names() {
            match columns.iter().position(|column| column == key) {
                Some(place) => primary_key.push(place),
                None => self.refuse(
                    &[&name, "primaryKey", key],
                    format!("the primary key of `{name}` names no field: `{key}`"),
                    did_you_mean(key, columns.iter().map(String::as_str)),
                ),
            }
        }
        let mut resource = Resource {
            title: written.title,
            path,
            kind,
            fields,
            primary_key,
            missing: schema.missing_values,
            non_negative,
            name,
        };
        resource.tighten();
        match kind {
            Kind::Observations => self.observations(&resource),
            Kind::Register => self.register(&resource, &[]),
            Kind::Vintages => self.register(&resource, &["status", "released"]),
            Kind::Sources => self.register(&resource, &["precedence"]),
        }
        Some(resource)
    }

    fn foreign_keys(
        &mut self,
        name: &str,
        written: &[ForeignKey],
        columns: &[String],
        keys: &BTreeMap<String, Vec<String>>,
    ) -> BTreeMap<String, String> {
        let mut registers = BTreeMap::new();
        for key in written {
            let target = &key.reference.resource;
            let [column] = key.fields.names() else {
                let message = format!("a foreign key of `{name}` must have exactly one field");
                self.refuse(&[name, "foreignKeys"], message, None);
                continue;
            };
            if !columns.contains(column) {
                self.refuse(
                    &[name, "foreignKeys", column],
                    format!("a foreign key of `{name}` names no field: `{column}`"),
                    did_you_mean(column, columns.iter().map(String::as_str)),
                );
            }
            match keys.get(target) {
                Some(own) if own == key.reference.fields.names() => {
                    registers.insert(column.clone(), target.clone());
                }
                Some(own) => self.refuse(
                    &[name, "foreignKeys", target],
                    format!("the foreign key `{column}` does not point to the key of `{target}`"),
                    Some(format!("the key of `{target}` is `{}`", own.join("`, `"))),
                ),
                None => self.refuse(
                    &[name, "foreignKeys", target],
                    format!("the foreign key `{column}` points to no register: `{target}`"),
                    did_you_mean(target, keys.keys().map(String::as_str)),
                ),
            }
        }
        registers
    }

    fn register(&mut self, resource: &Resource, needed: &[&str]) {
        let name = &resource.name;
        if resource.primary_key.len() != 1 {
            let message = format!("the register `{name}` needs a primary key of one field");
            self.refuse(&[name], message, None);
        }
        for field in &resource.fields {
            if field.role != Role::Attribute {
                let message =
                    format!("`{}` of the register `{name}` can only be an attribute", field.name);
                self.refuse(&[name, &field.name, "role"], message, None);
            }
        }
        for needed in needed {
            if !resource.fields.iter().any(|field| field.name == *needed) {
                self.refuse(&[name], format!("`{name}` needs a field `{needed}`"), None);
            }
        }
    }

    fn observations(&mut self, resource: &Resource) {
        let name = &resource.name;
        const ONCE: [(Role, &str, bool); 7] = [
            (Role::Time, "time", true),
            (Role::Value, "value", true),
            (Role::Unit, "unit", true),
            (Role::RoundedTo, "rounded-to", true),
            (Role::Vintage, "vintage", true),
            (Role::Source, "source", true),
            (Role::Note, "note", false),
        ];
        for (role, word, needed) in ONCE {
            let mut fields = resource.fields.iter().filter(|field| field.role == role);
            if fields.next().is_none() && needed {
                let message = format!("no field of `{name}` has the role `{word}`");
                let hint = format!("add `\"kosh\": {{\"role\": \"{word}\"}}` to the field it is");
                self.refuse(&[name], message, Some(hint));
            }
            if let Some(second) = fields.next() {
                let message = format!("a second field of `{name}` has the role `{word}`");
                self.refuse(&[name, &second.name], message, None);
            }
        }
        let is_key =
            |role| matches!(role, Role::Time | Role::Dimension | Role::Vintage | Role::Source);
        for (place, field) in resource.fields.iter().enumerate() {
            let listed = resource.primary_key.contains(&place);
            if is_key(field.role) != listed {
                let which = if listed { "cannot be" } else { "must be" };
                self.refuse(
                    &[name, "primaryKey"],
                    format!("`{}` {which} part of the primary key of `{name}`", field.name),
                    Some("the key is the time, the dimensions, the vintage and the source".into()),
                );
            }
        }
        let dimensions: Vec<&str> = resource
            .fields
            .iter()
            .filter(|field| field.role == Role::Dimension)
            .map(|field| field.name.as_str())
            .collect();
        for dimension in resource.non_negative.keys() {
            if !dimensions.contains(&dimension.as_str()) {
                self.refuse(
                    &[name, "non-negative"],
                    format!("`non-negative` of `{name}` names no dimension: `{dimension}`"),
                    did_you_mean(dimension, dimensions.iter().copied()),
                );
            }
        }
    }
}
