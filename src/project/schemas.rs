//! JSON Schemas of the files that people write, for their editors.
//!
//! In: the structs into which `project`, `indicators`, `audit` and `exhibits` parse those files. Out: a schema for
//! each file, with which an editor checks, completes and describes keys. Schema and parser always have
//! the same keys; what a schema cannot express (that a name exists, that a colour is legible) is checked
//! by the program.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{Schema, json_schema};
use serde_json::Value;

use crate::{audit, data, exhibits, indicators, recipes};

/// A file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum File {
    /// `brief.toml`
    Brief,
    /// `profile.toml` of a profile
    Profile,
    /// `data/indicators.toml`
    Indicators,
    /// `data/checks.toml`
    Checks,
    /// `templates/figures.toml`
    Figures,
    /// `templates/tables.toml`
    Tables,
    /// `data/recipes/NAME.toml`
    Recipe,
    /// `data/datapackage.json`
    #[value(name = "datapackage")]
    DataPackage,
}

impl File {
    /// All files with a schema.
    pub const ALL: [Self; 8] = [
        Self::Brief,
        Self::Profile,
        Self::Indicators,
        Self::Checks,
        Self::Figures,
        Self::Tables,
        Self::Recipe,
        Self::DataPackage,
    ];

    /// Its name without the extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brief => "brief",
            Self::Profile => "profile",
            Self::Indicators => "indicators",
            Self::Checks => "checks",
            Self::Figures => "figures",
            Self::Tables => "tables",
            Self::Recipe => "recipe",
            Self::DataPackage => "datapackage",
        }
    }

    /// The file that it describes.
    pub fn file(self) -> String {
        let ending = if self == Self::DataPackage { "json" } else { "toml" };
        format!("{}.{ending}", self.name())
    }

    /// Its JSON Schema.
    pub fn schema(self) -> Value {
        // Editors of TOML support draft 7 without references best.
        let mut settings = SchemaSettings::draft07();
        settings.inline_subschemas = true;
        settings = settings.with_transform(RecursiveTransform(no_null));
        settings = settings.with_transform(RecursiveTransform(describe_names));
        let mut generator = settings.into_generator();
        let of: fn(&mut SchemaGenerator) -> Schema = match self {
            Self::Brief => super::brief_schema,
            Self::Profile => super::profile_schema,
            Self::Indicators => indicators::schema,
            Self::Checks => audit::schema,
            Self::Figures => exhibits::figures_schema,
            Self::Tables => exhibits::tables_schema,
            Self::Recipe => recipes::schema,
            Self::DataPackage => data::schema,
        };
        let mut schema = of(&mut generator);
        for transform in generator.transforms_mut() {
            transform.transform(&mut schema);
        }
        let mut whole = json_schema!({
            "$schema": schemars::consts::meta_schemas::DRAFT07,
            "title": self.file(),
        });
        let whole = whole.ensure_object();
        whole.extend(schema.ensure_object().clone());
        Value::Object(std::mem::take(whole))
    }

    /// Its schema as the text of a file.
    pub fn text(self) -> String {
        format!("{:#}\n", self.schema())
    }

    /// The path of its schema in a project, which the first line of the file names.
    pub fn path(self) -> String {
        format!("schemas/{}.json", self.name())
    }
}

/// Removes `null` from types, which TOML does not have; optional keys are left out instead.
fn no_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            schema.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(all)) = schema.get_mut("anyOf") {
        all.retain(|one| one["type"] != "null");
        if let [Value::Object(only)] = &all[..] {
            let only = only.clone();
            schema.remove("anyOf");
            let table = schema.ensure_object();
            for (key, value) in only {
                // The description of a key takes precedence over that of its type.
                table.entry(key).or_insert(value);
            }
        }
    }
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
    if let Some(Value::Array(all)) = schema.get_mut("enum") {
        all.retain(|one| !one.is_null());
    }
}

/// Copies the description of a variant to its name, where editors look for it.
fn describe_names(schema: &mut Schema) {
    let Some(said) = schema.get("description").cloned() else { return };
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    let is_lone = properties.len() == 1;
    for property in properties.values_mut().filter_map(Value::as_object_mut) {
        if is_lone || property.contains_key("const") {
            property.entry("description").or_insert_with(|| said.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(schema: &Value, path: &str, see: &mut dyn FnMut(&str, &Value)) {
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}{key}.");
            see(path.trim_end_matches('.'), inner);
            visit(inner, &path, see);
        }
        for key in ["oneOf", "anyOf"] {
            schema[key].as_array().into_iter().flatten().for_each(|one| visit(one, path, see));
        }
        for key in ["items", "additionalProperties"] {
            if schema[key].is_object() {
                visit(&schema[key], &format!("{path}*."), see);
            }
        }
    }

    #[test]
    fn every_key_has_a_description_and_no_null() {
        for file in File::ALL {
            let mut keys = 0;
            visit(&file.schema(), "", &mut |path, schema| {
                keys += 1;
                let described = schema["description"].as_str().is_some_and(|text| text.len() > 3);
                assert!(described, "{}: `{path}` has no description", file.name());
            });
            assert!(keys > 5, "{}: {keys} keys", file.name());
            // `nullSequence` is a property of Frictionless.
            let has_null = ["\"null\"", ": null", " null,", "null\n"];
            let text = file.text();
            assert!(!has_null.iter().any(|null| text.contains(null)), "{text}");
        }
    }

    #[test]
    fn the_schemas_of_the_repository_are_those_of_the_program() {
        for file in File::ALL {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file.path());
            if std::env::var_os("KOSH_BLESS").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, file.text()).unwrap();
            }
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(kept == file.text(), "write it with `kosh schema {0}`: {0}", file.name());
        }
    }
}
