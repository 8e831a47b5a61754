//! The JSON Schemas accept and refuse what the program does.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Copy, root, well};
use kosh::project::{Overrides, Project, schemas::File};
use serde_json::{Value, json};

fn valid(file: File, text: &str) -> Result<(), Vec<String>> {
    let validator = jsonschema::draft7::new(&file.schema()).unwrap();
    let value = match file {
        File::DataPackage => serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}\n{text}")),
        _ => {
            let table: toml::Table = toml::from_str(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
            serde_json::to_value(table).unwrap()
        }
    };
    let found: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// A package with one resource that has these properties too.
fn resource(properties: &str) -> String {
    format!(
        r#"{{"resources": [{{"name": "t", "path": "t.csv", "schema": {{"fields": []}}, {properties}}}]}}"#
    )
}

/// The files in a folder that have a schema, with that schema.
fn files(folder: &Path, found: &mut Vec<(PathBuf, File)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() && !["target", "output", ".git"].contains(&name.as_str()) {
            files(&path, found);
        }
        // Recipes have names of their own.
        let is_recipe = folder.ends_with("recipes") && name.ends_with(".toml");
        let named = if is_recipe { "recipe.toml" } else { &name };
        let file = File::ALL.into_iter().find(|file| named == file.file());
        // A profile's layer over these files is partial.
        let is_part = path.with_file_name("profile.toml").exists() && name != "profile.toml";
        if let Some(file) = file.filter(|_| !is_part) {
            found.push((path, file));
        }
    }
}

#[test]
fn every_file_of_the_repository_fits_its_schema() {
    let mut all = vec![];
    for folder in
        ["templates", "data", "examples", "tests/suite/another-country", "tests/suite/laid-over"]
    {
        files(&root().join(folder), &mut all);
    }
    all.push((root().join("brief.toml"), File::Brief));
    for file in File::ALL {
        assert!(all.iter().any(|(_, one)| *one == file), "no {}", file.name());
    }
    for (path, file) in all {
        if let Err(found) = valid(file, &fs::read_to_string(&path).unwrap()) {
            panic!("{}:\n{}", path.display(), found.join("\n"));
        }
    }
}

#[test]
fn the_first_line_of_a_shipped_file_names_its_schema() {
    let mut all = vec![(root().join("brief.toml"), File::Brief)];
    for folder in ["templates", "data", "examples"] {
        files(&root().join(folder), &mut all);
    }
    assert!(all.len() > 5, "{all:?}");
    // JSON has no place for it.
    for (path, file) in all.into_iter().filter(|(_, file)| *file != File::DataPackage) {
        let text = fs::read_to_string(&path).unwrap();
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
        let named = named.unwrap_or_else(|| panic!("{} names no schema", path.display()));
        let place = path.parent().unwrap().join(named).canonicalize();
        let place = place.unwrap_or_else(|e| panic!("{}: `{named}`: {e}", path.display()));
        assert_eq!(place, root().join(file.path()).canonicalize().unwrap(), "{}", path.display());
    }
}

#[test]
fn what_the_program_refuses_for_its_form_the_schema_refuses_too() {
    for (file, text) in [
        (File::Brief, "languages = []\ncard = [\"X1\"]"),
        (File::Brief, "languages = []\nextends = \"bns\""),
        (File::Brief, "profile = \"bns\""),
        (File::Brief, "languages = []\nbase = \"newest\""),
        (File::Brief, "languages = []\nformats = [\"long\"]"),
        (File::Profile, "profile = \"bns\""),
        (File::Profile, "kosh = \"0.1\""),
        (File::Profile, "[paths]\ntemplates = \"ours\""),
        (File::Profile, "[brand]\nacent = \"#000000\""),
        (File::Profile, "[brand]\naccent = \"navy\""),
        (File::Profile, "[brand]\nlogo-height = 90.0"),
        (File::Profile, "[style.ru]\npercent-tihgt = true"),
        (File::Indicators, "[X]\nunit = \"persons\""),
        (File::Indicators, "[X]\nsum = [\"A\"]\ndifference = [\"A\", \"B\"]"),
        (File::Indicators, "[X]\ndifference = [\"A\"]"),
        (File::Indicators, "[X]\nshare = { of = \"A\" }"),
        (File::Indicators, "[X]\nfrom = \"t\"\nat = \"noon\""),
        (File::Indicators, "[1X]\nsum = [\"A\"]"),
        (File::Indicators, "[[breaks]]\ndimension = \"region\""),
        (File::Figures, "[F]\nform = \"pie\"\nof = \"A\"\nsections = []"),
        (File::Figures, "[F]\nform = \"columns\"\nof = \"A\"\ntop = 3\nsections = []"),
        (File::Figures, "[F]\nform = \"columns\"\nsections = []"),
        (File::Tables, "[T]\nsections = []"),
        (File::Tables, "[T]\nsections = []\nindicators = []\nmembers = []"),
        (File::Tables, "[T]\nsections = []\nindicators = []\ncolumns = [\"values\"]"),
        (File::Tables, "[T]\nsections = []\nmembers = []\ncolumns = [{ of = \"A\" }]"),
        (File::DataPackage, r#"{"name": "a"}"#),
        (File::DataPackage, r#"{"resources": [{"name": "t", "kosh": {"role": "observations"}}]}"#),
        (File::DataPackage, &resource(r#""kosh": {"role": "observation"}"#)),
        (File::DataPackage, &resource(r#""kosh": {"role": "register", "total": []}"#)),
        (File::DataPackage, &resource(r#""kosh": {"role": "register"}, "compression": "gz""#)),
        (File::DataPackage, &resource(r#""kosh": {"role": "register"}, "encoding": "koi8-r""#)),
    ] {
        assert!(valid(file, text).is_err(), "{}: {text}", file.name());
    }
    for (file, text) in [
        (File::Brief, "languages = [\"ru\"]\n[brand]\nlogo-height = 10"),
        (File::Indicators, "[X]\nrate = { of = \"A\", over = \"B\", per = 1000 }"),
        (File::Figures, "[F]\nform = \"columns\"\nof = \"A\"\nsections = []"),
        (File::DataPackage, &resource(r#""kosh": {"role": "register"}, "encoding": "UTF-8""#)),
        // Metadata of others, and tables that kosh does not read.
        (File::DataPackage, &resource(r#""kosh": {"role": "register"}, "licenses": []"#)),
        (File::DataPackage, &resource(r#""compression": "gz""#)),
        (
            File::Tables,
            "[T]\nsections = []\nmembers = []\ncolumns = [\"value\", { net = [\"A\", \"B\"] }]",
        ),
    ] {
        assert_eq!(valid(file, text), Ok(()), "{}: {text}", file.name());
    }
}

/// The defaults of a schema as a TOML table.
fn defaults(schema: &Value) -> toml::Table {
    let mut table = toml::Table::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        // An optional table with required keys has none by default.
        let inner = if property.get("required").is_some() {
            toml::Table::new()
        } else {
            defaults(property)
        };
        if !inner.is_empty() {
            table.insert(name.clone(), inner.into());
        } else if let Some(default) = property.get("default") {
            table.insert(name.clone(), toml::Value::try_from(default).unwrap());
        }
    }
    table
}

#[test]
fn the_defaults_of_the_schema_are_those_of_the_program() {
    let copy = Copy::empty();
    let least = "profile = \"bns\"\nlanguages = [\"ru\"]\n";
    let mut said = defaults(&File::Brief.schema());
    assert!(said.len() > 10 && said["brand"].as_table().unwrap().len() > 5, "{said}");
    // These two are set by the profile itself.
    said.retain(|key, _| !["body", "official"].contains(&key));
    let open = |brief: &str| {
        copy.write("brief.toml", brief);
        let mut project = well(Project::open(&copy.root, &Overrides::default()));
        project.texts.clear();
        project
    };
    let silent = open(least);
    let mut explicit = open(&format!("{least}{said}"));
    // The pattern is the same; only one of the two has a place in a file.
    let pattern = |project: &Project| {
        let names = format!("{:?}", project.file_names);
        names.split("place").next().unwrap().to_owned()
    };
    assert_eq!(pattern(&silent), pattern(&explicit));
    explicit.file_names = silent.file_names.clone();
    // The record of read files may differ.
    explicit.files = silent.files.clone();
    assert_eq!(format!("{silent:#?}"), format!("{explicit:#?}"));
    // And another value than the default does differ.
    said.insert("cards".into(), toml::Value::try_from(json!(["X1"])).unwrap());
    let mut other = open(&format!("{least}{said}"));
    other.files = silent.files.clone();
    other.file_names = silent.file_names.clone();
    assert_ne!(format!("{silent:#?}"), format!("{other:#?}"));
}

/// The documentation page of each file lists its keys.
#[test]
fn every_key_stands_in_the_documentation() {
    for (file, page) in [
        (File::Brief, "docs/project.md"),
        (File::Profile, "docs/project.md"),
        (File::Indicators, "docs/indicators.md"),
        (File::Figures, "docs/templates.md"),
        (File::Tables, "docs/templates.md"),
        (File::Recipe, "docs/import.md"),
    ] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let mut missing = vec![];
        keys(&file.schema(), &mut |key| {
            let is_there = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
            if !is_there.into_iter().any(|word| word == key) {
                missing.push(key.to_owned());
            }
        });
        assert!(missing.is_empty(), "{page} does not name {missing:?}");
    }
}

fn keys(schema: &Value, see: &mut dyn FnMut(&str)) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        see(name);
        keys(property, see);
    }
    for key in ["oneOf", "anyOf"] {
        schema[key].as_array().into_iter().flatten().for_each(|one| keys(one, see));
    }
    for key in ["items", "additionalProperties"] {
        if schema[key].is_object() {
            keys(&schema[key], see);
        }
    }
}
