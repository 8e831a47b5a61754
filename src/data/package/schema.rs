//! The JSON Schema of `datapackage.json`, as kosh reads it.
//!
//! Frictionless allows any metadata, so unknown properties are allowed. Properties that would change what is
//! read and that kosh does not support are refused, as in `properties`, whose lists are used here; a test there
//! holds the two against each other. Rules of kosh are described by the structs that read them.

use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};
use serde_json::{Value, json};

use super::properties::Level;
use super::{Role, Rules};

/// The JSON Schema of `datapackage.json`.
pub fn schema(generator: &mut SchemaGenerator) -> Schema {
    let rules = generator.subschema_for::<Rules>().to_value();
    let role = generator.subschema_for::<Role>().to_value();
    let names = |description: &str| {
        json!({
            "description": description,
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
        })
    };
    let missing = json!({
        "description": "What stands for a value that is missing; an empty text by default.",
        "type": "array",
        "items": {
            "anyOf": [{ "type": "string" }, { "type": "object", "required": ["value"] }],
        },
    });
    let field = field(&missing, &role);
    let foreign_key = json!({
        "type": "object",
        "required": ["fields", "reference"],
        "properties": {
            "fields": names("The column whose values are codes of a register."),
            "reference": {
                "description": "The register.",
                "type": "object",
                "required": ["resource", "fields"],
                "propertyNames": without(Level::Reference.refused()),
                "properties": {
                    "resource": { "description": "Its name.", "type": "string" },
                    "fields": names("The column with its codes."),
                },
            },
        },
    });
    let table = json!({
        "description": "The columns, and how they belong together.",
        "type": "object",
        "required": ["fields"],
        "propertyNames": without(Level::Schema.refused()),
        "properties": {
            "fields": { "description": "The columns, in any order.", "type": "array", "items": field },
            "primaryKey": names(
                "The columns that identify a row: of figures the time, the dimensions, the release and the \
                source; of a register its codes.",
            ),
            "foreignKeys": {
                "description": "Columns whose values are codes of a register.",
                "type": "array",
                "items": foreign_key,
            },
            "missingValues": missing,
            "fieldsMatch": {
                "description": "How the header of the file agrees with the columns.",
                "enum": ["exact", "equal", ["exact"], ["equal"]],
            },
        },
    });
    json_schema!({
        "type": "object",
        "required": ["resources"],
        "propertyNames": without(Level::Package.refused()),
        "properties": {
            "name": { "description": "The name of the package.", "type": "string" },
            "title": { "description": "What the data are about.", "type": "string" },
            "profile": {
                "description": "The kind of package.",
                "enum": ["data-package", "tabular-data-package"],
            },
            "resources": {
                "description": "The tables. Those without `kosh` are not read.",
                "type": "array",
                "items": resource(&table, &rules),
            },
        },
    })
}

fn without(names: &[&str]) -> Value {
    json!({ "not": { "enum": names } })
}

fn field(missing: &Value, role: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["name", "type"],
        "propertyNames": without(Level::Field.refused()),
        "properties": {
            "name": { "description": "Its name in the header of the file.", "type": "string" },
            "type": {
                "description": "What its values are.",
                "enum": ["string", "number", "integer", "date"],
            },
            "format": {
                "description": "No other format than the default is read.",
                "enum": ["default", "%Y-%m-%d"],
            },
            "constraints": {
                "description": "What its values must be.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "required": { "description": "Whether it must be filled.", "type": "boolean" },
                    "unique": { "description": "Whether no value is there twice.", "type": "boolean" },
                    "enum": {
                        "description": "The values it may have.",
                        "type": "array",
                        "items": { "type": "string" },
                    },
                    "minimum": { "description": "The smallest number.", "type": "number" },
                    "maximum": { "description": "The largest number.", "type": "number" },
                    "pattern": {
                        "description": "A regular expression for the whole value.",
                        "type": "string",
                    },
                },
            },
            "missingValues": missing,
            "decimalChar": {
                "description": "The sign before the decimals of its numbers.",
                "enum": [".", ",", "\u{66b}"],
            },
            "groupChar": {
                "description": "The sign between the thousands of its numbers.",
                "enum": [" ", "\u{a0}", "\u{202f}", "\u{2009}", ".", ",", "'", "\u{2019}", "\u{66c}"],
            },
            "bareNumber": {
                "description": "Numbers have nothing around them.",
                "const": true,
            },
            "kosh": {
                "description": "What the column is for. Without it, it is an attribute.",
                "type": "object",
                "required": ["role"],
                "additionalProperties": false,
                "properties": { "role": described(role, "What the column is for.") },
            },
        },
    })
}

/// A schema with a description, if it has none.
fn described(schema: &Value, description: &str) -> Value {
    let mut schema = schema.clone();
    if let Some(object) = schema.as_object_mut() {
        object.entry("description").or_insert_with(|| description.into());
    }
    schema
}

fn resource(table: &Value, rules: &Value) -> Value {
    let read = json!({
        "propertyNames": without(Level::Resource.refused()),
        "required": ["path", "schema"],
        "properties": {
            "path": {
                "description": "Its file, from the data folder.",
                "anyOf": [
                    { "type": "string" },
                    { "type": "array", "items": { "type": "string" }, "minItems": 1, "maxItems": 1 },
                ],
            },
            "schema": table,
            "dialect": dialect(),
            "profile": {
                "description": "The kind of resource.",
                "enum": ["data-resource", "tabular-data-resource"],
            },
            "type": { "description": "The kind of resource.", "const": "table" },
            "scheme": { "description": "Where it is: a file.", "const": "file" },
            "bytes": { "description": "The length of the file.", "type": "integer", "minimum": 0 },
            "hash": { "description": "The hash of the file.", "type": "string" },
        },
    });
    // What the file of a workbook is follows from its bytes.
    let text = json!({
        "properties": {
            "format": { "description": "The format of the file.", "const": "csv" },
            "encoding": {
                "description": "The encoding of the file.",
                "type": "string",
                "pattern": "^([Uu][Tt][Ff]-?8(-sig)?|([Uu][Ss]-)?[Aa][Ss][Cc][Ii][Ii])$",
            },
            "mediatype": {
                "description": "The kind of file.",
                "type": "string",
                "pattern": "^(text|application)/csv(; ?charset=[Uu][Tt][Ff]-8)?$",
            },
        },
    });
    json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": { "description": "The name of the table, as indicators call it.", "type": "string" },
            "title": { "description": "What it is about.", "type": "string" },
            "kosh": described(rules, "What the table is for, and the rules its figures must satisfy."),
        },
        // Resources without `kosh` are not read, so they may be anything.
        "if": { "required": ["kosh"] },
        "then": {
            "allOf": [read],
            "if": { "properties": { "kosh": { "required": ["recipe"] } } },
            "then": { "not": { "required": ["dialect"] } },
            "else": text,
        },
    })
}

fn dialect() -> Value {
    json!({
        "description": "How the file is split into fields.",
        "type": "object",
        "propertyNames": without(Level::Dialect.refused()),
        "properties": {
            "delimiter": {
                "description": "The sign between two fields.",
                "enum": [",", ";", "\t", "|"],
            },
            "lineTerminator": { "description": "The end of a line.", "enum": ["\r\n", "\n"] },
            "quoteChar": { "description": "The sign around a field.", "const": "\"" },
            "doubleQuote": { "description": "A quote in a field is doubled.", "const": true },
            "skipInitialSpace": { "description": "Spaces belong to fields.", "const": false },
            "header": { "description": "The first line names the columns.", "const": true },
            "headerRows": { "description": "The lines of the header.", "const": [1] },
            "type": { "description": "The kind of dialect.", "const": "delimited" },
        },
    })
}
