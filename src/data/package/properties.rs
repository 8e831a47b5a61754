//! Properties of Frictionless that change how a table is read: supported or refused.
//!
//! In: `datapackage.json` as JSON. Out: a problem for each property with which another program would read
//! other figures from the same files than kosh does, for each property at the wrong level, and for each
//! one that looks like a misspelling of a supported one. Other properties are ignored: a data package may
//! contain any metadata.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::check::Checked;
use crate::diag::{Message, nearest};

/// A level of a data package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Package,
    Resource,
    Dialect,
    Schema,
    Field,
    ForeignKey,
    Reference,
}

use Level::{Dialect, Field, ForeignKey, Package, Reference, Resource, Schema};

impl Level {
    const ALL: [Self; 7] = [Package, Resource, Dialect, Schema, Field, ForeignKey, Reference];

    fn name(self) -> &'static str {
        match self {
            Package => "the package",
            Resource => "a resource",
            Dialect => "a `dialect`",
            Schema => "a `schema`",
            Field => "a field",
            ForeignKey => "a foreign key",
            Reference => "a `reference`",
        }
    }

    /// Properties that change the reading and are supported, perhaps with some values only.
    fn read(self) -> &'static [&'static str] {
        match self {
            Package => &["resources", "profile"],
            Resource => &[
                "path",
                "schema",
                "kosh",
                "profile",
                "format",
                "mediatype",
                "encoding",
                "dialect",
                "type",
                "scheme",
                "bytes",
                "hash",
            ],
            Dialect => &[
                "delimiter",
                "lineTerminator",
                "quoteChar",
                "doubleQuote",
                "skipInitialSpace",
                "header",
                "headerRows",
                "headerJoin",
                "caseSensitiveHeader",
                "csvddfVersion",
                "type",
            ],
            Schema => &["fields", "primaryKey", "foreignKeys", "missingValues", "fieldsMatch"],
            Field => &[
                "name",
                "type",
                "format",
                "constraints",
                "kosh",
                "missingValues",
                "decimalChar",
                "groupChar",
                "bareNumber",
            ],
            ForeignKey => &["fields", "reference"],
            Reference => &["resource", "fields"],
        }
    }

    /// Properties that change the reading or the checks and are not supported.
    pub(super) fn refused(self) -> &'static [&'static str] {
        match self {
            Package => &["encoding", "dialect", "compression", "transform", "pipeline"],
            Resource => &[
                "data",
                "compression",
                "innerpath",
                "extrapaths",
                "control",
                "layout",
                "steps",
                "query",
                "transform",
                "pipeline",
                "parser",
                "multipart",
            ],
            Dialect => &[
                "commentChar",
                "commentRows",
                "nullSequence",
                "escapeChar",
                "property",
                "itemType",
                "itemKeys",
                "sheetNumber",
                "sheetName",
                "table",
                "decimal",
                "csv",
                "excel",
                "inline",
                "json",
                "ods",
                "sql",
            ],
            Schema => &["uniqueKeys", "transform"],
            Field => &[
                "categories",
                "categoriesOrdered",
                "trueValues",
                "falseValues",
                "delimiter",
                "itemType",
                "scale",
                "transform",
                "default",
            ],
            ForeignKey => &[],
            Reference => &["package", "datapackage"],
        }
    }

    /// Properties that do not change the reading and have a name similar to one that does.
    fn harmless(self) -> &'static [&'static str] {
        match self {
            Package | Resource => &["name", "title", "description", "sources", "licenses"],
            Schema | Field => &["name", "title", "description", "example", "unit", "rdfType"],
            Dialect | ForeignKey | Reference => &["name", "title", "description"],
        }
    }
}

/// Checks every property of a package.
pub(super) fn check(json: &str, checked: &mut Checked) {
    let Ok(package) = serde_json::from_str::<Value>(json) else { return };
    let mut found = Properties { checked };
    found.level(Package, &package, &[]);
    for resource in list(&package, "resources") {
        // Resources without a role are not read.
        if resource.get("kosh").is_none() {
            continue;
        }
        let name = text(resource, "name");
        let is_workbook = resource.get("kosh").is_some_and(|kosh| kosh.get("recipe").is_some());
        if is_workbook {
            found.workbook(resource, name);
            continue;
        }
        found.level(Resource, resource, &[name]);
        if let Some(dialect) = resource.get("dialect").filter(|dialect| dialect.is_object()) {
            found.level(Dialect, dialect, &[name, "dialect"]);
        }
        found.schema(resource, name);
    }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

struct Properties<'a> {
    checked: &'a mut Checked,
}

impl Properties<'_> {
    fn schema(&mut self, resource: &Value, name: &str) {
        let schema = resource.get("schema").filter(|schema| schema.is_object());
        let Some(schema) = schema else { return };
        self.level(Schema, schema, &[name, "schema"]);
        for field in list(schema, "fields") {
            self.level(Field, field, &[name, text(field, "name")]);
        }
        for key in list(schema, "foreignKeys") {
            self.level(ForeignKey, key, &[name, "foreignKeys"]);
            if let Some(reference) = key.get("reference") {
                self.level(Reference, reference, &[name, "foreignKeys", "reference"]);
            }
        }
    }

    /// A resource that is read through a recipe, which says how its file is split and decoded.
    fn workbook(&mut self, resource: &Value, name: &str) {
        let Some(object) = resource.as_object() else { return };
        for (property, value) in object {
            let reported = match property.as_str() {
                "dialect" => Some((
                    message!("`dialect` is ignored for a resource with a recipe"),
                    Some(message!("describe under `[file]` of the recipe how the file is split")),
                )),
                // They say what the file is, and that follows from its bytes.
                "format" | "mediatype" | "encoding" => None,
                _ => judge(Resource, property, value),
            };
            if let Some((message, hint)) = reported {
                self.checked.refuse(&[name, property], message, hint);
            }
        }
        self.schema(resource, name);
    }

    fn level(&mut self, level: Level, value: &Value, path: &[&str]) {
        let Some(object) = value.as_object() else { return };
        for (property, value) in object {
            let Some((message, hint)) = judge(level, property, value) else { continue };
            let mut path = path.to_vec();
            path.push(property);
            self.checked.refuse(&path, message, hint);
        }
    }
}

/// What is wrong with a property at a level, and the remedy.
fn judge(level: Level, property: &str, value: &Value) -> Option<(Message, Option<Message>)> {
    if level.read().contains(&property) {
        let hint = wanted(level, property, value)?;
        return Some((
            message!(
                "`{property}` of {level} has a value that kosh does not support",
                property,
                level = level.name()
            ),
            Some(hint),
        ));
    }
    if level.refused().contains(&property) {
        return Some((
            message!(
                "`{property}` of {level} is not supported, and ignoring it would change what is read",
                property,
                level = level.name()
            ),
            Some(instead(level, property)),
        ));
    }
    if level.harmless().contains(&property) {
        return None;
    }
    let plain = |name: &str| name.replace(['_', '-', ' '], "").to_lowercase();
    let own = level.read().iter().chain(level.refused());
    let meant = own
        .clone()
        .find(|known| plain(known) == plain(property))
        .copied()
        .or_else(|| nearest(property, own.copied().filter(|known| known.len() > 4)));
    if let Some(meant) = meant {
        return Some((
            message!("`{property}` is not a property of {level}", property, level = level.name()),
            Some(message!("did you mean `{meant}`?", meant)),
        ));
    }
    let constraints = ["required", "unique", "enum", "minimum", "maximum", "pattern"];
    if matches!(level, Field | Schema | Resource) && constraints.contains(&property) {
        return Some((
            message!("`{property}` is outside of `constraints`, where it has no effect", property),
            Some(message!("write `\"constraints\": {{\"{property}\": …}}` in the field", property)),
        ));
    }
    let elsewhere = Level::ALL.into_iter().filter(|other| *other != level).find(|other| {
        other.read().contains(&property) && !other.harmless().contains(&property)
            || other.refused().contains(&property)
    });
    elsewhere.map(|other| {
        (
            message!(
                "`{property}` is a property of {other}, not of {level}",
                property,
                other = other.name(),
                level = level.name()
            ),
            Some(message!("move it there, or delete it")),
        )
    })
}

/// The values that a supported property may have, if `value` is none of them.
fn wanted(level: Level, property: &str, value: &Value) -> Option<Message> {
    let text = value.as_str().unwrap_or_default();
    let one_of = |known: &[&str]| {
        (!known.contains(&text.to_lowercase().as_str()))
            .then(|| message!("write one of `{known}`, or delete it", known = known.join("`, `")))
    };
    let only = |right: bool, known: Message| {
        (!right).then(|| message!("only {known} is supported", known))
    };
    match (level, property) {
        (Package, "profile") => one_of(&["data-package", "tabular-data-package"]),
        (Resource, "profile") => one_of(&["data-resource", "tabular-data-resource"]),
        (Resource, "format") => one_of(&["csv"]),
        (Resource, "type") => one_of(&["table"]),
        (Resource, "scheme") => one_of(&["file"]),
        (Resource, "mediatype") => {
            let kind = text.split(';').next().unwrap_or_default().trim().to_lowercase();
            let charset = text.to_lowercase().replace(' ', "");
            let utf8 = !charset.contains("charset=") || charset.contains("charset=utf-8");
            only(
                matches!(&*kind, "text/csv" | "application/csv") && utf8,
                Message::verbatim("`text/csv`"),
            )
        }
        (Resource, "encoding") => {
            let name = text.to_lowercase().replace('_', "-");
            let utf8 = ["utf-8", "utf8", "utf-8-sig", "us-ascii", "ascii"].contains(&&*name);
            (!utf8).then(|| message!("save the file as CSV UTF-8 and write `utf-8`"))
        }
        (Resource, "path") => match value {
            Value::Array(parts) if parts.len() != 1 => {
                Some(message!("join the parts into one file, or make each a resource"))
            }
            _ => None,
        },
        (Resource, "schema") => (!value.is_object())
            .then(|| message!("write the schema into `datapackage.json` itself")),
        (Resource, "dialect") => (!value.is_object())
            .then(|| message!("write the dialect into `datapackage.json` itself")),
        (Dialect, "delimiter") => (![",", ";", "\t", "|"].contains(&text))
            .then(|| message!("the separators `,`, `;`, `\\t` and `|` are read")),
        (Dialect, "lineTerminator") => {
            only(["\r\n", "\n"].contains(&text), message!("a line that ends with LF or CR LF"))
        }
        (Dialect, "quoteChar") => only(text == "\"", message!("the quotation mark `\"`")),
        (Dialect, "doubleQuote") => only(value == true, message!("a doubled quotation mark")),
        (Dialect, "skipInitialSpace") => only(value == false, Message::verbatim("`false`")),
        (Dialect, "header") => only(value == true, message!("a file with a header")),
        (Dialect, "headerRows") => {
            only(*value == serde_json::json!([1]), message!("a header on the first line"))
        }
        (Dialect, "type") => only(text == "delimited", Message::verbatim("`delimited`")),
        (Schema, "fieldsMatch") => {
            let text = value.get(0).and_then(Value::as_str).unwrap_or(text);
            only(["exact", "equal"].contains(&text), message!("a header that names every field"))
        }
        (Field, "format") => {
            let is_day = text == "%Y-%m-%d";
            (text != "default" && !is_day).then(|| {
                message!(
                    "delete it: a day is written 2025-08-11, and texts and numbers have no format"
                )
            })
        }
        (Field, "bareNumber") => {
            only(value == true, message!("a number without anything around it"))
        }
        (Field, "decimalChar") => {
            only([".", ",", "\u{66b}"].contains(&text), message!("a full stop or a comma"))
        }
        (Field, "groupChar") => only(
            [" ", "\u{a0}", "\u{202f}", "\u{2009}", ".", ",", "'", "\u{2019}", "\u{66c}"]
                .contains(&text),
            message!("a space, a full stop, a comma or an apostrophe"),
        ),
        _ => None,
    }
}

/// The remedy for a property that is not supported.
fn instead(level: Level, property: &str) -> Message {
    match property {
        "data" => message!("write the rows into a CSV file and name it in `path`"),
        "compression" | "innerpath" => message!("unpack the file"),
        "encoding" => message!("save the files as CSV UTF-8"),
        "categories" | "categoriesOrdered" => message!("list the members in `constraints.enum`"),
        "uniqueKeys" => message!("use `primaryKey`, or `unique` of a field of a register"),
        "csv" | "excel" | "inline" | "json" | "ods" | "sql" if level == Dialect => {
            message!("write its properties into `dialect` itself, as `\"dialect\": {{\"delimiter\": \";\"}}`")
        }
        "nullSequence" => message!("list the sign in `missingValues`"),
        "package" | "datapackage" => message!("put the register into this package"),
        "trueValues" | "falseValues" => message!("use a `string` field with `constraints.enum`"),
        "dialect" if level == Package => message!("write it into each resource"),
        _ => message!("convert the file to a supported form, and delete the property"),
    }
    .to_owned()
}

/// JSON in which no object has two properties with one name. A parser would take the last of them and
/// ignore the others.
pub(super) struct NothingTwice;

impl<'de> Deserialize<'de> for NothingTwice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = NothingTwice;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<NothingTwice, E> {
        Ok(NothingTwice)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<NothingTwice, E> {
        Ok(NothingTwice)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<NothingTwice, E> {
        Ok(NothingTwice)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<NothingTwice, E> {
        Ok(NothingTwice)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<NothingTwice, E> {
        Ok(NothingTwice)
    }

    fn visit_unit<E: Error>(self) -> Result<NothingTwice, E> {
        Ok(NothingTwice)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<NothingTwice, A::Error> {
        while items.next_element::<NothingTwice>()?.is_some() {}
        Ok(NothingTwice)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<NothingTwice, A::Error> {
        let mut names: Vec<String> = vec![];
        while let Some(name) = entries.next_key::<String>()? {
            if names.contains(&name) {
                return Err(A::Error::custom(format!("the property `{name}` appears twice")));
            }
            names.push(name);
            entries.next_value::<NothingTwice>()?;
        }
        Ok(NothingTwice)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Properties that are refused, with their values.
    fn wrong() -> Vec<(Level, &'static str, Value)> {
        vec![
            (Field, "decimalChar", json!(";")),
            (Field, "bareNumber", json!(false)),
            (Field, "format", json!("%d.%m.%Y")),
            (Field, "trueValues", json!(["yes"])),
            (Field, "categories", json!(["a"])),
            (Field, "decimalchar", json!(",")),
            (Field, "missing_values", json!(["-"])),
            (Field, "required", json!(true)),
            (Field, "primaryKey", json!("a")),
            (Schema, "fieldsMatch", json!(["subset"])),
            (Schema, "uniqueKeys", json!([["a"]])),
            (Schema, "missingvalues", json!(["-"])),
            (Schema, "decimalChar", json!(",")),
            (Resource, "data", json!([[1]])),
            (Resource, "path", json!(["a.csv", "b.csv"])),
            (Resource, "schema", json!("schema.json")),
            (Resource, "encoding", json!("windows-1251")),
            (Resource, "compression", json!("gz")),
            (Resource, "format", json!("tsv")),
            (Resource, "mediatype", json!("text/csv; charset=windows-1251")),
            (Resource, "profile", json!("fiscal-data-package")),
            (Resource, "missingValues", json!(["-"])),
            (Resource, "delimiter", json!(";")),
            (Dialect, "delimeter", json!(";")),
            (Dialect, "delimiter", json!("::")),
            (Dialect, "commentChar", json!("#")),
            (Dialect, "csv", json!({"delimiter": ";"})),
            (Dialect, "header", json!(false)),
            (Dialect, "headerRows", json!([1, 2])),
            (Dialect, "quoteChar", json!("'")),
            (Reference, "package", json!("https://example.org")),
            (Package, "profile", json!("fiscal-data-package")),
        ]
    }

    /// Properties that are accepted.
    fn right() -> Vec<(Level, &'static str, Value)> {
        vec![
            (Package, "name", json!("x")),
            (Package, "created", json!("2025")),
            (Package, "x-internal", json!(1)),
            (Resource, "title", json!("x")),
            (Resource, "path", json!(["a.csv"])),
            (Resource, "bytes", json!(100)),
            (Resource, "hash", json!("0")),
            (Resource, "encoding", json!("UTF-8")),
            (Resource, "mediatype", json!("text/csv")),
            (Dialect, "delimiter", json!(";")),
            (Field, "description", json!("x")),
            (Field, "rdfType", json!("x")),
            (Field, "decimalChar", json!(",")),
            (Field, "missingValues", json!(["-"])),
            (Field, "format", json!("default")),
            (Schema, "fieldsMatch", json!("equal")),
        ]
    }

    /// A package with one property, at one level.
    fn package(level: Level, property: &str, value: &Value) -> Value {
        let mut reference = json!({"resource": "r", "fields": "a"});
        let mut key = json!({"fields": "a"});
        let mut field = json!({"name": "a", "type": "string"});
        let mut dialect = json!({});
        let mut schema = json!({});
        let mut resource = json!({"name": "t", "path": "t.csv", "kosh": {"role": "register"}});
        let mut package = json!({});
        let own = |at: Level, part: &mut Value| {
            if at == level {
                part[property] = value.clone();
            }
        };
        own(Reference, &mut reference);
        key["reference"] = reference;
        own(ForeignKey, &mut key);
        own(Field, &mut field);
        schema["fields"] = json!([field]);
        schema["foreignKeys"] = json!([key]);
        own(Schema, &mut schema);
        own(Dialect, &mut dialect);
        resource["dialect"] = dialect;
        resource["schema"] = schema;
        own(Resource, &mut resource);
        package["resources"] = json!([resource]);
        own(Package, &mut package);
        package
    }

    #[test]
    fn the_schema_refuses_what_is_refused() {
        // As the schemas that are written for editors.
        let mut settings = schemars::generate::SchemaSettings::draft07();
        settings.inline_subschemas = true;
        let mut generator = settings.into_generator();
        let schema = super::super::schema(&mut generator).to_value();
        let validator = jsonschema::draft7::new(&schema).unwrap();
        let mut compared = 0;
        for (level, property, value) in wrong() {
            // A misspelt or misplaced property may be anybody's metadata as far as a schema knows.
            if level.read().contains(&property) || level.refused().contains(&property) {
                compared += 1;
                let package = package(level, property, &value);
                assert!(!validator.is_valid(&package), "{property} {value}");
            }
        }
        assert!(compared > 20, "{compared}");
        for level in Level::ALL {
            for property in level.refused() {
                let package = package(level, property, &json!("x"));
                assert!(!validator.is_valid(&package), "{level:?} {property}");
            }
        }
        for (level, property, value) in right() {
            let package = package(level, property, &value);
            let found: Vec<String> =
                validator.iter_errors(&package).map(|error| error.to_string()).collect();
            assert!(found.is_empty(), "{property} {value}: {found:?}");
        }
    }

    #[test]
    fn what_changes_the_reading_is_taken_or_refused() {
        for (level, property, value) in wrong() {
            assert!(judge(level, property, &value).is_some(), "{property} {value}");
        }
        for (level, property, value) in right() {
            assert_eq!(judge(level, property, &value), None, "{property} {value}");
        }
    }

    #[test]
    fn a_property_that_stands_twice_is_an_error() {
        assert!(serde_json::from_str::<NothingTwice>(r#"{"a": [{"b": 1}], "b": null}"#).is_ok());
        assert!(serde_json::from_str::<NothingTwice>(r#"{"a": [{"b": 1, "b": 1}]}"#).is_err());
    }
}
