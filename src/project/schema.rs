//! The schemas of `brief.toml` and `profile.toml`: those of one struct, without the keys that only the
//! other file may have.

use schemars::{Schema, SchemaGenerator};
use serde_json::Value;

use super::written::{File, Layer};

/// The JSON Schema of `brief.toml`.
pub fn brief_schema(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = of(File::Brief, generator);
    schema.insert("required".into(), ["languages"].as_slice().into());
    schema
}

/// The JSON Schema of `profile.toml`.
pub fn profile_schema(generator: &mut SchemaGenerator) -> Schema {
    of(File::Profile, generator)
}

fn of(file: File, generator: &mut SchemaGenerator) -> Schema {
    let mut schema = generator.subschema_for::<Layer>();
    for key in file.other().own_keys() {
        take_out(schema.as_object_mut().expect("a layer is a table"), key);
    }
    schema
}

fn take_out(table: &mut serde_json::Map<String, Value>, key: &str) {
    let Some(Value::Object(properties)) = table.get_mut("properties") else { return };
    match key.split_once('.') {
        Some((first, rest)) => {
            if let Some(Value::Object(inner)) = properties.get_mut(first) {
                take_out(inner, rest);
            }
        }
        None => drop(properties.remove(key)),
    }
}
