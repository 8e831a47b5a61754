//! The description of a new table: a resource of the data package, guessed from the file.
//!
//! In: a CSV file of the data folder and `datapackage.json`. Out: a [`Proposal`]: what each column is taken for
//! and why, and the package with the new resource. A column is known by its name, else by what is in it: times,
//! codes of a register, keys of releases and sources. The new package is read before it is proposed, so what is
//! proposed is no worse than what a person would have to write. Nothing here writes a file.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::layout::records;
use super::number::Notation;
use super::package::{self, Kind, Package, Role};
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText};
use crate::files::{Files, Track, text};
use crate::stats::{Qualifier, Time};

/// The file that describes the tables.
const PACKAGE: &str = "datapackage.json";
/// A column of text with more different values than this lists no members.
const MEMBERS: usize = 60;

/// A column of the file, and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The name of the column.
    pub column: String,
    /// What it is taken for, in the words of the package.
    pub role: &'static str,
    /// Why, and what follows.
    pub because: String,
}

/// A new resource.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The name of the table.
    pub name: String,
    /// Its columns, in the order of the file.
    pub columns: Vec<Guess>,
    /// The resource as JSON.
    pub resource: String,
    /// `datapackage.json` now.
    pub before: String,
    /// The same with the resource; `None` if the file is described exactly so already.
    pub after: Option<String>,
}

/// Describes the file at `path` in the data folder `dir`, which the user calls `shown`.
pub fn propose(files: &Files, (dir, shown): (&Path, &Path), path: &str) -> Result<Proposal> {
    let file = text(files.track(), &dir.join(path), &shown.join(path))?;
    let json = text(files.track(), &dir.join(PACKAGE), &shown.join(PACKAGE))?;
    let package = package::read(json.clone())?;
    let delimiter = delimiter(&file.text);
    let table = Columns::read(&file, delimiter)?;
    let registers = registers(files, (dir, shown), &package)?;
    let guesses = Guesses { package: &package, registers: &registers };
    let columns: Vec<Column> = guesses.columns(&table);
    let is_figures = columns.iter().any(|column| column.role == Some(Role::Value));
    let name = name_of(path);
    let resource = match is_figures {
        true => figures(&name, path, delimiter, &columns, &file)?,
        false => register(&name, path, delimiter, &table, &file)?,
    };
    let columns = columns.into_iter().map(|column| column.guess(is_figures)).collect();
    let proposal = Proposal {
        resource: drawn(&resource, "", 0),
        columns,
        before: json.text.to_string(),
        after: None,
        name: name.clone(),
    };
    if let Some(known) = described(&json.text, &name, path) {
        return match known == resource {
            true => Ok(proposal),
            false => Err(is_there(&package, &json, &known)),
        };
    }
    let after = with(&json.text, &proposal.resource).ok_or_else(|| {
        vec![
            Diagnostic::error(
                Code::K0102,
                message!("the list of resources was not found in the package"),
            )
            .at(Place::Path(json.path.clone())),
        ]
    })?;
    // A rule of the package that the guess breaks is told before anything is written.
    package::read(SourceText::new(json.path.clone(), after.as_str()))?;
    Ok(Proposal { after: Some(after), ..proposal })
}

/// The name of the table of a file.
fn name_of(path: &str) -> String {
    let stem = Path::new(path).file_stem().map_or(path.into(), |stem| stem.to_string_lossy());
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    stem.chars().map(plain).collect()
}

/// The sign between the fields: the one that splits the first line most often.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    [b'|', b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// The columns of a file with what is in them.
struct Columns {
    names: Vec<String>,
    /// For each column the texts of its rows.
    texts: Vec<Vec<String>>,
}

impl Columns {
    fn read(file: &SourceText, delimiter: u8) -> Result<Self> {
        let mut rows = records(file, delimiter)?.into_iter();
        let header = rows.next().map(|(_, fields)| fields).unwrap_or_default();
        let names: Vec<String> = header.into_iter().map(|(name, _)| name).collect();
        let refuse = |message: Message, line: usize| {
            vec![Diagnostic::error(Code::K0180, message).at(file.line(line))]
        };
        if names.len() < 2 || names.iter().any(|name| name.trim().is_empty()) {
            let message = message!("the first line does not name every column");
            return Err(refuse(message, 1));
        }
        let mut texts = vec![vec![]; names.len()];
        for (line, fields) in rows {
            if fields.len() != names.len() {
                let message = message!(
                    "this row has {number_of_fields} fields, the header {number_of_names}",
                    number_of_fields = fields.len(),
                    number_of_names = names.len()
                );
                return Err(refuse(message, line));
            }
            for (texts, (text, _)) in texts.iter_mut().zip(fields) {
                texts.push(text.trim().to_owned());
            }
        }
        if texts[0].is_empty() {
            return Err(refuse(message!("the file has no rows to guess from"), 1));
        }
        Ok(Self { names, texts })
    }
}

/// A register: its table, kind, key column and codes.
type Register = (String, Kind, String, BTreeSet<String>);

/// The codes of each register, and of the releases and the sources.
fn registers(
    files: &Files,
    (dir, shown): (&Path, &Path),
    package: &Package,
) -> Result<Vec<Register>> {
    let mut all = vec![];
    let own = |kind| !matches!(kind, Kind::Observations | Kind::Coverage);
    for resource in package.resources.iter().filter(|resource| own(resource.kind)) {
        let Some(key) = resource.primary_key.first() else { continue };
        let key = resource.fields[*key].name.clone();
        let Ok(file) = text(files.track(), &dir.join(&resource.path), &shown.join(&resource.path))
        else {
            continue;
        };
        let table = Columns::read(&file, resource.delimiter);
        let Ok(table) = table else { continue };
        let Some(at) = table.names.iter().position(|name| *name == key) else { continue };
        let codes = table.texts[at].iter().cloned().collect();
        all.push((resource.name.clone(), resource.kind, key, codes));
    }
    Ok(all)
}

/// What is known of a package for guessing.
struct Guesses<'a> {
    package: &'a Package,
    registers: &'a [(String, Kind, String, BTreeSet<String>)],
}

/// A column with what it is taken for.
struct Column {
    name: String,
    /// `None` for a column of text that is no dimension.
    role: Option<Role>,
    because: String,
    /// The register of its codes, with the key of that.
    register: Option<(String, String)>,
    members: Vec<String>,
    is_number: bool,
    /// The sign before decimals, if that is no full stop.
    decimal: Option<char>,
}

impl Column {
    fn guess(self, is_figures: bool) -> Guess {
        let role = match self.role {
            _ if !is_figures => "attribute",
            Some(role) => word(role),
            None => "attribute",
        };
        Guess { column: self.name, role, because: self.because }
    }
}

/// The word of the package for a role.
fn word(role: Role) -> &'static str {
    match role {
        Role::Dimension => "dimension",
        Role::Time => "time",
        Role::Value => "value",
        Role::Unit => "unit",
        Role::RoundedTo => "rounded-to",
        Role::Qualifier => "qualifier",
        Role::Vintage => "vintage",
        Role::Source => "source",
        Role::Note => "note",
        Role::Attribute => "attribute",
    }
}

/// The roles that only one column has, by the name it has in the tables of the package, or the word itself.
const ONCE: [Role; 8] = [
    Role::Time,
    Role::Value,
    Role::Unit,
    Role::RoundedTo,
    Role::Qualifier,
    Role::Vintage,
    Role::Source,
    Role::Note,
];

impl Guesses<'_> {
    fn columns(&self, table: &Columns) -> Vec<Column> {
        let mut taken: Vec<Role> = vec![];
        let mut all: Vec<Column> = vec![];
        for (name, texts) in table.names.iter().zip(&table.texts) {
            let mut column =
                self.by_name(name).filter(|(role, _)| !taken.contains(role)).map_or_else(
                    || self.by_content(name, texts, &taken),
                    |(role, because)| Column::of(name, Some(role), because),
                );
            column.is_number = texts.iter().all(|text| number(text).is_some() || text.is_empty());
            if column.role == Some(Role::Value) {
                column.decimal = decimal(texts);
            }
            if matches!(column.role, Some(Role::Dimension | Role::Unit))
                && column.register.is_none()
            {
                column.members = members(texts);
                column.because += &format!("; {} different values", column.members.len());
            }
            taken.extend(column.role.filter(|role| ONCE.contains(role)));
            all.push(column);
        }
        all
    }

    /// The role of a column with this name in another table of the package, or with the name of a role.
    fn by_name(&self, name: &str) -> Option<(Role, String)> {
        let tables =
            self.package.resources.iter().filter(|resource| resource.kind == Kind::Observations);
        for resource in tables {
            let known = resource.fields.iter().find(|field| field.name == name);
            if let Some(field) = known.filter(|field| ONCE.contains(&field.role)) {
                return Some((field.role, format!("as in the table `{}`", resource.name)));
            }
        }
        let plain = name.to_lowercase().replace([' ', '_'], "-");
        let role = ONCE.into_iter().find(|role| plain == word(*role))?;
        Some((role, "by its name".to_owned()))
    }

    fn by_content(&self, name: &str, texts: &[String], taken: &[Role]) -> Column {
        let filled: Vec<&str> =
            texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let is_free = |role: Role| !taken.contains(&role);
        let all =
            |is: &dyn Fn(&str) -> bool| !filled.is_empty() && filled.iter().all(|text| is(text));
        let of_register =
            self.registers.iter().find(|(.., codes)| all(&|text| codes.contains(text)));
        if let Some((register, kind, key, _)) = of_register {
            let role = match kind {
                Kind::Vintages => Role::Vintage,
                Kind::Sources => Role::Source,
                _ => Role::Dimension,
            };
            if role == Role::Dimension || is_free(role) {
                let because = format!("every value is a code of `{register}`");
                let mut column = Column::of(name, Some(role), because);
                if role == Role::Dimension {
                    column.register = Some((register.clone(), key.clone()));
                }
                return column;
            }
        }
        if is_free(Role::Time) && all(&|text| text.parse::<Time>().is_ok()) {
            return Column::of(
                name,
                Some(Role::Time),
                "every value is a period or a day".to_owned(),
            );
        }
        let is_qualifier = |text: &str| Qualifier::named(text).is_some();
        if is_free(Role::Qualifier) && all(&is_qualifier) {
            return Column::of(name, Some(Role::Qualifier), "by its values".to_owned());
        }
        if all(&|text| number(text).is_some()) {
            let role = is_free(Role::Value).then_some(Role::Value);
            return Column::of(name, role, "every value is a number".to_owned());
        }
        let different: BTreeSet<&str> = filled.iter().copied().collect();
        if filled.len() < texts.len() || different.len() > MEMBERS {
            let role = is_free(Role::Note).then_some(Role::Note);
            return Column::of(name, role, "free text".to_owned());
        }
        Column::of(name, Some(Role::Dimension), "words that repeat".to_owned())
    }
}

impl Column {
    fn of(name: &str, role: Option<Role>, because: String) -> Self {
        Self {
            name: name.to_owned(),
            role,
            because,
            register: None,
            members: vec![],
            is_number: false,
            decimal: None,
        }
    }
}

/// The number in a text, with a full stop or a comma before its decimals.
fn number(text: &str) -> Option<f64> {
    text.replace('\u{2212}', "-").replacen(',', ".", 1).parse().ok().filter(|n: &f64| n.is_finite())
}

/// The comma, if decimals are written with it.
fn decimal(texts: &[String]) -> Option<char> {
    let has = |sign: char| texts.iter().any(|text| text.contains(sign));
    (has(',') && !has('.')).then_some(',').filter(|sign| *sign != Notation::default().decimal)
}

/// The different values of a column, in the order of the file.
fn members(texts: &[String]) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    for text in texts.iter().filter(|text| !text.is_empty()) {
        if !all.contains(text) {
            all.push(text.clone());
        }
    }
    all
}

/// The resource of a table of figures.
fn figures(
    name: &str,
    path: &str,
    delimiter: u8,
    columns: &[Column],
    file: &SourceText,
) -> Result<Value> {
    let needed = [Role::Time, Role::Unit, Role::RoundedTo, Role::Vintage, Role::Source];
    let has = |role: &Role| columns.iter().any(|column| column.role == Some(*role));
    let absent: Vec<&str> =
        needed.iter().filter(|role| !has(role)).map(|role| word(*role)).collect();
    if !absent.is_empty() {
        let message =
            message!("the file has no column for `{absent}`", absent = absent.join("`, `"));
        return Err(Diagnostic::error(Code::K0180, message)
            .at(file.line(1))
            .note(message!("each figure needs a time, a unit, what it is rounded to, its release and its source"))
            .hint(
                message!("add the columns to the file; name them as in another table, or by these words \
                with `_` for `-`"),
            )
            .into());
    }
    let fields: Vec<Value> = columns.iter().map(figure_field).collect();
    let is_key = |column: &&Column| {
        matches!(column.role, Some(Role::Time | Role::Dimension | Role::Vintage | Role::Source))
    };
    let key: Vec<&str> = columns.iter().filter(is_key).map(|column| &*column.name).collect();
    let foreign: Vec<Value> = { columns.iter() }
        .filter_map(|column| {
            let (register, key) = column.register.as_ref()?;
            let reference = json!({ "resource": register, "fields": key });
            Some(json!({ "fields": column.name, "reference": reference }))
        })
        .collect();
    let mut schema = Map::new();
    schema.insert("fields".into(), fields.into());
    schema.insert("primaryKey".into(), json!(key));
    if !foreign.is_empty() {
        schema.insert("foreignKeys".into(), foreign.into());
    }
    Ok(resource(name, path, delimiter, schema, "observations"))
}

fn figure_field(column: &Column) -> Value {
    let is_number = matches!(column.role, Some(Role::Value | Role::RoundedTo))
        || column.role.is_none() && column.is_number;
    let mut field = Map::new();
    field.insert("name".into(), column.name.clone().into());
    field.insert("type".into(), if is_number { "number" } else { "string" }.into());
    if let Some(decimal) = column.decimal {
        field.insert("decimalChar".into(), decimal.to_string().into());
    }
    let mut constraints = Map::new();
    if !matches!(column.role, None | Some(Role::Note | Role::Qualifier)) {
        constraints.insert("required".into(), true.into());
    }
    if !column.members.is_empty() {
        constraints.insert("enum".into(), json!(column.members));
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), constraints.into());
    }
    if let Some(role) = column.role {
        field.insert("kosh".into(), json!({ "role": word(role) }));
    }
    field.into()
}

/// The resource of a register: its first column has a different code in each row.
fn register(
    name: &str,
    path: &str,
    delimiter: u8,
    table: &Columns,
    file: &SourceText,
) -> Result<Value> {
    let codes = &table.texts[0];
    let is_key = codes.iter().all(|code| !code.is_empty())
        && codes.iter().collect::<BTreeSet<_>>().len() == codes.len();
    if !is_key {
        return Err(Diagnostic::error(
            Code::K0180,
            message!("this is neither a table of figures nor a list of codes"),
        )
        .at(file.line(1))
        .note(message!("no column is taken for the value, and the first column has a code twice or none"))
        .hint(message!("a table of figures needs a column `value`; a list of codes has them in its first column"))
        .into());
    }
    let field = |(at, column): (usize, &String)| match at {
        0 => json!({ "name": column, "type": "string", "constraints": { "unique": true } }),
        _ => json!({ "name": column, "type": "string" }),
    };
    let fields: Vec<Value> = table.names.iter().enumerate().map(field).collect();
    let mut schema = Map::new();
    schema.insert("fields".into(), fields.into());
    schema.insert("primaryKey".into(), table.names[0].clone().into());
    Ok(resource(name, path, delimiter, schema, "register"))
}

fn resource(
    name: &str,
    path: &str,
    delimiter: u8,
    schema: Map<String, Value>,
    role: &str,
) -> Value {
    let mut resource = Map::new();
    resource.insert("name".into(), name.into());
    resource.insert("path".into(), path.into());
    if delimiter != b',' {
        let delimiter = char::from(delimiter).to_string();
        resource.insert("dialect".into(), json!({ "delimiter": delimiter }));
    }
    resource.insert("schema".into(), schema.into());
    resource.insert("kosh".into(), json!({ "role": role }));
    resource.into()
}

/// The order of properties, as a person would write them.
const ORDER: [&str; 18] = [
    "name",
    "path",
    "type",
    "dialect",
    "decimalChar",
    "schema",
    "fields",
    "primaryKey",
    "foreignKeys",
    "reference",
    "resource",
    "constraints",
    "required",
    "unique",
    "enum",
    "kosh",
    "role",
    "delimiter",
];

/// A part of a resource as text: each field and key on a line of its own. `key` is the name of the part.
fn drawn(value: &Value, key: &str, depth: usize) -> String {
    let is_open = depth == 0 || ["schema", "fields", "foreignKeys"].contains(&key);
    let parts: Vec<String> = match value {
        Value::Object(object) => {
            let mut keys: Vec<&String> = object.keys().collect();
            keys.sort_by_key(|key| ORDER.iter().position(|known| known == key));
            let part =
                |key: &&String| format!("\"{key}\": {}", drawn(&object[*key], key, depth + 1));
            keys.iter().map(part).collect()
        }
        Value::Array(all) => all.iter().map(|one| drawn(one, "", depth + 1)).collect(),
        other => return other.to_string(),
    };
    let [open, close] = if value.is_object() { ["{", "}"] } else { ["[", "]"] };
    if !is_open {
        return format!("{open}{}{close}", parts.join(", "));
    }
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    format!("{open}\n{inner}{}\n{outer}{close}", parts.join(&format!(",\n{inner}")))
}

/// The resource of the package with this name or file.
fn described(package: &str, name: &str, path: &str) -> Option<Value> {
    let package: Value = serde_json::from_str(package.trim_start_matches('\u{feff}')).ok()?;
    let all = package["resources"].as_array()?;
    all.iter().find(|one| one["name"] == name || one["path"] == path).cloned()
}

fn is_there(package: &Package, json: &SourceText, known: &Value) -> Vec<Diagnostic> {
    let name = known["name"].as_str().unwrap_or_default();
    let place = match package.resources.iter().any(|resource| resource.name == name) {
        true => package::locate(json, &[name]),
        false => Place::Path(json.path.clone()),
    };
    Diagnostic::error(Code::K0181, message!("the table `{name}` is described already", name))
        .at(place)
        .note(message!(
            "nothing was written, since the description may say more than the file does"
        ))
        .hint(message!("change it by hand; or delete it there and run the command again"))
        .into()
}

/// The text of a package with a resource behind the others, in its own indentation.
fn with(package: &str, resource: &str) -> Option<String> {
    let close = end_of_resources(package)?;
    let before = package[..close].trim_end();
    let is_first = before.ends_with('[');
    let line = package[..close].rsplit('\n').next().unwrap_or_default();
    let outer: String = line.chars().take_while(|c| c.is_whitespace()).collect();
    let inner = if outer.is_empty() { "  ".to_owned() } else { outer.repeat(2) };
    let resource: Vec<String> = resource.lines().map(|line| format!("{inner}{line}")).collect();
    let comma = if is_first { "" } else { "," };
    Some(format!("{before}{comma}\n{}\n{outer}{}", resource.join("\n"), &package[close..]))
}

/// Where the list of resources ends.
fn end_of_resources(package: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    let (mut start, mut key) = (0, "");
    let mut list = None;
    for (at, c) in package.char_indices() {
        if in_text {
            match c {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => {
                    in_text = false;
                    key = &package[start..at];
                }
                _ => {}
            }
            continue;
        }
        match c {
            '"' => (in_text, start) = (true, at + 1),
            '[' | '{' => {
                if depth == 1 && c == '[' && key == "resources" {
                    list = Some(depth);
                }
                depth += 1;
            }
            ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if list == Some(depth) {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_goes_behind_the_others_and_nothing_else_changes() {
        let package = "{\n  \"name\": \"a\",\n  \"resources\": [\n    {\"name\": \"]\\\"}\"}\n  ],\n  \"x\": []\n}\n";
        let after = with(package, "{\n  \"name\": \"b\"\n}").unwrap();
        assert_eq!(
            after,
            "{\n  \"name\": \"a\",\n  \"resources\": [\n    {\"name\": \"]\\\"}\"},\n    {\n      \"name\": \"b\"\n    }\n  ],\n  \"x\": []\n}\n"
        );
        let first = with("{\"resources\": []}", "{}").unwrap();
        assert!(serde_json::from_str::<Value>(&first).is_ok(), "{first}");
        assert_eq!(with("{\"name\": \"resources\"}", "{}"), None);
    }

    #[test]
    fn a_resource_is_drawn_with_a_field_on_each_line() {
        let resource = json!({
            "kosh": { "role": "register" },
            "schema": { "primaryKey": "a", "fields": [{ "type": "string", "name": "a" }] },
            "name": "x",
        });
        assert_eq!(
            drawn(&resource, "", 0),
            "{\n  \"name\": \"x\",\n  \"schema\": {\n    \"fields\": [\n      {\"name\": \"a\", \"type\": \
             \"string\"}\n    ],\n    \"primaryKey\": \"a\"\n  },\n  \"kosh\": {\"role\": \"register\"}\n}"
        );
    }

    #[test]
    fn a_table_is_called_like_its_file() {
        for (path, name) in [("visitors.csv", "visitors"), ("a/Night stays.csv", "night_stays")] {
            assert_eq!(name_of(path), name);
        }
    }
}
