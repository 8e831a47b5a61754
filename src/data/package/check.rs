//! Checks a data package for consistency: names have targets, roles are complete.

use std::collections::BTreeMap;

use regex::Regex;

use super::super::code::{self, Codes};
use super::super::coverage;
use super::super::number::Notation;
use super::written::{Constraints, ForeignKey, MissingValue, WrittenField, WrittenResource};
use super::{Field, Kind, Resource, Role, Type, locate};
use crate::diag::{Code, Diagnostic, Message, SourceText, did_you_mean};

/// The name of the only register of releases or of sources; a problem if there is none or more than one.
pub(super) fn only(resources: &[WrittenResource], kind: Kind, checked: &mut Checked) -> String {
    let mut of_kind = resources.iter().filter(|r| r.kosh.as_ref().is_some_and(|k| k.role == kind));
    let word = if kind == Kind::Vintages { "vintages" } else { "sources" };
    match (of_kind.next(), of_kind.next()) {
        (Some(first), None) => first.name.clone(),
        (Some(_), Some(second)) => {
            let name = second.name.clone();
            checked.refuse(
                &[&name],
                message!("there is a second resource with the role `{word}`", word),
                None,
            );
            name
        }
        (None, _) => {
            let message = message!("no resource has the role `{word}`", word);
            let hint =
                message!("describe `{word}.csv` with `\"kosh\": {{\"role\": \"{word}\"}}`", word);
            checked.refuse(&["resources"], message, Some(hint));
            word.to_owned()
        }
    }
}

/// The package under check, and the problems found so far.
pub(super) struct Checked {
    pub text: SourceText,
    pub found: Vec<Diagnostic>,
    /// Compiled patterns by their text. Fields of many tables have the same pattern, and compiling takes
    /// time.
    patterns: BTreeMap<String, Option<Regex>>,
}

/// The context from which a field is interpreted.
struct Around<'a> {
    /// Its resource, and the role of that table.
    resource: &'a str,
    kind: Kind,
    /// The markers of a missing value, where the field has none of its own.
    missing: &'a [String],
    /// The registers of releases and of sources.
    vintages: &'a str,
    sources: &'a str,
    /// The registers that its resource points to, by field.
    registers: &'a BTreeMap<String, String>,
}

/// The markers of a missing value that the package lists.
fn signs(written: Vec<MissingValue>) -> Vec<String> {
    written.into_iter().map(MissingValue::sign).collect()
}

impl Checked {
    pub(super) fn new(text: SourceText) -> Self {
        Self { text, found: vec![], patterns: BTreeMap::new() }
    }

    /// Compiles a pattern, anchored so that it must match the whole value.
    fn pattern(&mut self, written: &str) -> Option<Regex> {
        if let Some(known) = self.patterns.get(written) {
            return known.clone();
        }
        let pattern = Regex::new(&format!("^(?:{written})$")).ok();
        self.patterns.insert(written.to_owned(), pattern.clone());
        pattern
    }

    pub(super) fn refuse(&mut self, path: &[&str], message: Message, hint: Option<Message>) {
        let place = locate(&self.text, path);
        self.found.push(Diagnostic::error(Code::K0102, message).at(place).maybe_hint(hint));
    }

    pub(super) fn resource(
        &mut self,
        written: WrittenResource,
        keys: &BTreeMap<String, Vec<String>>,
        vintages: &str,
        sources: &str,
    ) -> Option<Resource> {
        let name = written.name;
        let rules = written.kosh?;
        let kind = rules.role;
        if let Some(recipe) = rules.recipe.as_ref().filter(|_| kind != Kind::Observations) {
            let message = message!(
                "`{name}` is not a table of observations, so a recipe cannot read \
                it",
                name
            );
            self.refuse(&[&name, "recipe", recipe], message, None);
        }
        let path = written.path.names().first().cloned();
        let (Some(path), Some(schema)) = (path, written.schema) else {
            let message = message!("the resource `{name}` has no `path` or no `schema`", name);
            self.refuse(&[&name], message, None);
            return None;
        };
        let columns: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
        for (index, column) in columns.iter().enumerate() {
            if columns[..index].contains(column) {
                let message =
                    message!("the field `{column}` of `{name}` is described twice", column, name);
                self.refuse(&[&name, column, column], message, None);
            }
        }
        let delimiter = match written.dialect.delimiter.as_deref().map(str::as_bytes) {
            Some([delimiter]) => *delimiter,
            _ => b',',
        };
        let missing = schema.missing_values.map_or_else(|| vec![String::new()], signs);
        let registers = self.foreign_keys(&name, &schema.foreign_keys, &columns, keys);
        let (resource, missing, registers) = (name.as_str(), &*missing, &registers);
        let around = Around { resource, kind, missing, vintages, sources, registers };
        let written_fields = schema.fields.into_iter();
        let fields = written_fields.map(|field| self.field(field, &around)).collect();
        let mut primary_key = vec![];
        for key in schema.primary_key.names() {
            match columns.iter().position(|column| column == key) {
                Some(place) => primary_key.push(place),
                None => self.refuse(
                    &[&name, "primaryKey", key],
                    message!(
                        "the primary key of `{name}` names a field that does not exist: `{key}`",
                        name,
                        key
                    ),
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
            delimiter,
            rules,
            bytes: written.bytes,
            hash: written.hash,
            name,
        };
        resource.tighten();
        match kind {
            Kind::Observations => self.observations(&resource),
            Kind::Register => self.register(&resource, &[]),
            Kind::Vintages => self.register(&resource, &["status", "released"]),
            Kind::Sources => self.register(&resource, &["precedence"]),
            Kind::Coverage => self.coverage(&resource),
        }
        Some(resource)
    }

    /// Interprets a field of a resource with its constraints.
    fn field(&mut self, field: WrittenField, around: &Around<'_>) -> Field {
        let Around { resource: name, kind, missing, vintages, sources, registers } = *around;
        let role = field.kosh.map_or(Role::Attribute, |kosh| kosh.role);
        let Constraints { required, unique, members, minimum, maximum, pattern } =
            field.constraints;
        let notation = self.notation(
            name,
            &field.name,
            kind,
            role,
            field.holds,
            [field.decimal_char.as_deref(), field.group_char.as_deref()],
        );
        if matches!(field.holds, Type::String | Type::Date)
            && (minimum.is_some() || maximum.is_some())
        {
            let message =
                message!("`{name}` has no numbers, so it cannot have bounds", name = field.name);
            self.refuse(&[name, &field.name, "constraints"], message, None);
        }
        if kind == Kind::Observations && unique {
            let message =
                message!("`unique` of `{name}` is not checked in observations", name = field.name);
            let hint = message!("the primary key defines what must be unique");
            self.refuse(&[name, &field.name, "unique"], message, Some(hint));
        }
        let pattern = pattern.and_then(|pattern| {
            let pattern = self.pattern(&pattern);
            if pattern.is_none() {
                let message = message!(
                    "the pattern of `{name}` is not a regular expression",
                    name = field.name
                );
                self.refuse(&[name, &field.name, "pattern"], message, None);
            }
            pattern
        });
        let mut codes = Codes::default();
        for member in members.iter().flatten() {
            if let Some((message, hint)) = code::wrong(member) {
                let place = locate(&self.text, &[name, &field.name, member]);
                self.found.push(Diagnostic::error(Code::K0124, message).at(place).hint(hint));
            } else if let Some(other) = codes.add(member) {
                let place = locate(&self.text, &[name, &field.name, member]);
                let message =
                    message!("`{member}` and `{other}` cannot be told apart", member, other);
                self.found.push(Diagnostic::error(Code::K0124, message).at(place));
            }
        }
        let register = match role {
            Role::Vintage => Some(vintages.to_owned()),
            Role::Source => Some(sources.to_owned()),
            _ if kind == Kind::Coverage && field.name == "vintage" => Some(vintages.to_owned()),
            _ if kind == Kind::Coverage && field.name == "source_id" => Some(sources.to_owned()),
            _ => registers.get(&field.name).cloned(),
        };
        Field {
            holds: field.holds,
            role,
            required,
            unique,
            members,
            minimum,
            maximum,
            pattern,
            register,
            missing: field.missing_values.map_or_else(|| missing.to_vec(), signs),
            notation,
            name: field.name,
        }
    }

    /// How the numbers of a field are written, if the package declares it.
    fn notation(
        &mut self,
        resource: &str,
        field: &str,
        kind: Kind,
        role: Role,
        holds: Type,
        [decimal, group]: [Option<&str>; 2],
    ) -> Notation {
        let first = |text: Option<&str>| text.and_then(|text| text.chars().next());
        let default = Notation::default();
        let notation =
            Notation { decimal: first(decimal).unwrap_or(default.decimal), group: first(group) };
        let is_number = matches!(holds, Type::Number | Type::Integer)
            || matches!(role, Role::Value | Role::RoundedTo);
        if notation != default && (kind != Kind::Observations || !is_number) {
            let message =
                message!("the numbers of `{field}` can only be written with a full stop", field);
            let hint = message!(
                "`decimalChar` and `groupChar` are only used in columns of numbers of a table of \
                observations"
            );
            self.refuse(&[resource, field], message, Some(hint));
        }
        if notation.group == Some(notation.decimal) {
            let message = message!("`{field}` has the same sign for decimals and thousands", field);
            self.refuse(&[resource, field, "groupChar"], message, None);
        }
        notation
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
                let message =
                    message!("a foreign key of `{name}` must have exactly one field", name);
                self.refuse(&[name, "foreignKeys"], message, None);
                continue;
            };
            if !columns.contains(column) {
                self.refuse(
                    &[name, "foreignKeys", column],
                    message!(
                        "a foreign key of `{name}` names a field that does not exist: \
                        `{column}`",
                        name,
                        column
                    ),
                    did_you_mean(column, columns.iter().map(String::as_str)),
                );
            }
            match keys.get(target) {
                Some(own) if own == key.reference.fields.names() => {
                    registers.insert(column.clone(), target.clone());
                }
                Some(own) => self.refuse(
                    &[name, "foreignKeys", target],
                    message!(
                        "the foreign key `{column}` does not point to the key of `{target}`",
                        column,
                        target
                    ),
                    Some(message!(
                        "the key of `{target}` is `{own}`",
                        target,
                        own = own.join("`, `")
                    )),
                ),
                None => self.refuse(
                    &[name, "foreignKeys", target],
                    message!(
                        "the foreign key `{column}` does not point to a register: `{target}`",
                        column,
                        target
                    ),
                    did_you_mean(target, keys.keys().map(String::as_str)),
                ),
            }
        }
        registers
    }

    fn register(&mut self, resource: &Resource, needed: &[&str]) {
        let name = &resource.name;
        if resource.primary_key.len() != 1 {
            let message = message!("the register `{name}` needs a primary key of one field", name);
            self.refuse(&[name], message, None);
        }
        for field in &resource.fields {
            if field.role != Role::Attribute {
                let message = message!(
                    "`{name_2}` of the register `{name}` can only be an attribute",
                    name_2 = field.name,
                    name
                );
                self.refuse(&[name, &field.name, "role"], message, None);
            }
        }
        for needed in needed {
            if !resource.fields.iter().any(|field| field.name == *needed) {
                self.refuse(
                    &[name],
                    message!("`{name}` needs a field `{needed}`", name, needed),
                    None,
                );
            }
        }
    }

    fn coverage(&mut self, resource: &Resource) {
        let name = &resource.name;
        for needed in coverage::COLUMNS {
            if !resource.fields.iter().any(|field| field.name == needed) {
                self.refuse(
                    &[name],
                    message!("`{name}` needs a field `{needed}`", name, needed),
                    None,
                );
            }
        }
    }

    fn observations(&mut self, resource: &Resource) {
        let name = &resource.name;
        const ONCE: [(Role, &str, bool); 8] = [
            (Role::Time, "time", true),
            (Role::Value, "value", true),
            (Role::Unit, "unit", true),
            (Role::RoundedTo, "rounded-to", true),
            (Role::Qualifier, "qualifier", false),
            (Role::Vintage, "vintage", true),
            (Role::Source, "source", true),
            (Role::Note, "note", false),
        ];
        for (role, word, needed) in ONCE {
            let mut fields = resource.fields.iter().filter(|field| field.role == role);
            if fields.next().is_none() && needed {
                let message = message!("no field of `{name}` has the role `{word}`", name, word);
                let hint = message!(
                    "add `\"kosh\": {{\"role\": \"{word}\"}}` to the field with this \
                    role",
                    word
                );
                self.refuse(&[name], message, Some(hint));
            }
            if let Some(second) = fields.next() {
                let message =
                    message!("a second field of `{name}` has the role `{word}`", name, word);
                self.refuse(&[name, &second.name], message, None);
            }
        }
        let is_key =
            |role| matches!(role, Role::Time | Role::Dimension | Role::Vintage | Role::Source);
        for (place, field) in resource.fields.iter().enumerate() {
            let listed = resource.primary_key.contains(&place);
            if is_key(field.role) != listed {
                let which = if listed { message!("cannot be") } else { message!("must be") };
                self.refuse(
                    &[name, "primaryKey"],
                    message!(
                        "`{name_2}` {which} part of the primary key of `{name}`",
                        name_2 = field.name,
                        which,
                        name
                    ),
                    Some(message!(
                        "the key is the time, the dimensions, the vintage and the source"
                    )),
                );
            }
        }
        let dimensions: Vec<&str> = resource
            .fields
            .iter()
            .filter(|field| field.role == Role::Dimension)
            .map(|field| field.name.as_str())
            .collect();
        for dimension in resource.rules.non_negative.keys() {
            if !dimensions.contains(&dimension.as_str()) {
                self.refuse(
                    &[name, "non-negative"],
                    message!(
                        "`non-negative` of `{name}` names a dimension that does not exist: \
                        `{dimension}`",
                        name,
                        dimension
                    ),
                    did_you_mean(dimension, dimensions.iter().copied()),
                );
            }
        }
    }
}
