//! The layer and line that set a key, the values in lower layers, and the meaning of the key.
//!
//! A key of `brief.toml` and `profile.toml` is named by its dotted path; a key of another layered file
//! begins with the name of that file: `figures.F1.of`, `strings.LANG.layout.figure`.

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::diag::{Result, SourceText, slashed};
use crate::project::{Overrides, Project, Setting, schemas::File, settings};

/// The explanation of a key.
pub(super) struct Explained {
    key: String,
    /// The values, the one in force first; for a table, those of all its keys.
    said: IndexMap<String, Vec<Said>>,
    /// Whether the key is a table, which is explained key by key.
    is_table: bool,
    description: Option<String>,
}

/// A value with its origin.
struct Said {
    by: By,
    value: String,
}

enum By {
    /// A line of a layer.
    Layer(Setting),
    /// A command line option.
    CommandLine(&'static str),
    /// The default.
    Default,
}

/// A layered file, or all settings files together.
struct Layered {
    /// The prefix of its keys.
    prefix: String,
    texts: Vec<SourceText>,
    schemas: &'static [File],
    /// Whether its tables may contain new keys.
    is_open: bool,
}

/// Explains a key; `None` if it does not exist.
pub(super) fn of(project: &Project, key: &str, overrides: &Overrides) -> Result<Option<Explained>> {
    let Some((file, rest)) = layered(project, key)? else { return Ok(None) };
    let written = settings(&file.texts);
    let path: Vec<&str> = rest.split('.').filter(|part| !part.is_empty()).collect();
    let schemas: Vec<Value> = file.schemas.iter().map(|file| file.schema()).collect();
    let found = schemas.iter().find_map(|schema| find(schema, &path, "", &written, file.is_open));
    let below = format!("{rest}.");
    let mut said: IndexMap<String, Vec<Said>> = IndexMap::new();
    for (name, all) in &written {
        if *name == rest || rest.is_empty() || name.starts_with(&below) {
            let all = all.iter().cloned();
            let all = all.map(|layer| Said { value: layer.value.clone(), by: By::Layer(layer) });
            said.insert(format!("{}{name}", file.prefix), all.collect());
        }
    }
    if found.is_none() && said.is_empty() {
        return Ok(None);
    }
    let is_table = rest.is_empty()
        || !written.contains_key(&rest)
            && (!said.is_empty() || found.is_some_and(|schema| schema["type"] == "object"));
    if let Some(schema) = found {
        defaults(schema, &format!("{}{rest}", file.prefix), file.is_open, &mut said);
    }
    if file.prefix.is_empty() {
        arguments(&rest, overrides, &mut said);
    }
    let description = found.and_then(|schema| schema["description"].as_str()).map(str::to_owned);
    Ok(Some(Explained { key: key.to_owned(), said, is_table, description }))
}

/// The names of all keys that can be explained.
pub(super) fn names(project: &Project) -> Result<Vec<String>> {
    let mut names = vec![];
    for file in files(project)? {
        let mut add = |name: &str| {
            let name = format!("{}{name}", file.prefix).trim_end_matches('.').to_owned();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        };
        add("");
        for schema in file.schemas {
            properties(&schema.schema(), "", &mut add);
        }
        for name in settings(&file.texts).keys() {
            // Tables can be explained too.
            name.match_indices('.').for_each(|(at, _)| add(&name[..at]));
            add(name);
        }
    }
    Ok(names)
}

/// Every layered file, the settings last.
fn files(project: &Project) -> Result<Vec<Layered>> {
    let mut files = vec![];
    for lang in &project.languages {
        for (root, name) in [
            ("strings", format!("strings.{lang}.toml")),
            ("languages", format!("languages/{lang}.toml")),
        ] {
            files.push(Layered {
                prefix: format!("{root}.{lang}."),
                texts: project.template_parts(&name)?,
                schemas: &[],
                is_open: false,
            });
        }
    }
    let tables: [(&str, &'static [File]); 3] = [
        ("figures", &[File::Figures]),
        ("tables", &[File::Tables]),
        ("indicators", &[File::Indicators]),
    ];
    for (root, schemas) in tables {
        let name = format!("{root}.toml");
        let texts = match schemas {
            [File::Indicators] => project.data_parts(&name)?,
            _ => project.template_parts(&name)?,
        };
        files.push(Layered { prefix: format!("{root}."), texts, schemas, is_open: false });
    }
    files.push(Layered {
        prefix: String::new(),
        texts: project.texts.clone(),
        schemas: &[File::Brief, File::Profile],
        is_open: true,
    });
    Ok(files)
}

/// The file of a key, and the remainder of the key.
fn layered(project: &Project, key: &str) -> Result<Option<(Layered, String)>> {
    let dotted = format!("{key}.");
    Ok(files(project)?.into_iter().find_map(|file| {
        let rest = dotted.strip_prefix(&file.prefix)?.trim_end_matches('.').to_owned();
        Some((file, rest))
    }))
}

/// The schema of the key at the end of a path.
fn find<'s>(
    schema: &'s Value,
    path: &[&str],
    above: &str,
    written: &IndexMap<String, Vec<Setting>>,
    is_open: bool,
) -> Option<&'s Value> {
    let [first, rest @ ..] = path else { return Some(schema) };
    let here = format!("{above}{first}");
    let deeper = |schema| find(schema, rest, &format!("{here}."), written, is_open);
    if let Some(property) = schema["properties"].get(first) {
        return deeper(property);
    }
    let below = format!("{here}.");
    let is_written = || written.keys().any(|key| *key == here || key.starts_with(&below));
    if schema["additionalProperties"].is_object() && (is_open || is_written()) {
        return deeper(&schema["additionalProperties"]);
    }
    let variants = ["oneOf", "anyOf"].into_iter().flat_map(|key| schema[key].as_array());
    variants
        .flatten()
        .filter(|variant| is_chosen(variant, above, written))
        .find_map(|variant| find(variant, path, above, written, is_open))
}

/// Whether a variant of a schema is the one in use: its constant values are those written.
fn is_chosen(variant: &Value, above: &str, written: &IndexMap<String, Vec<Setting>>) -> bool {
    let properties = variant["properties"].as_object();
    properties.into_iter().flatten().all(|(name, property)| {
        let (Some(fixed), Some(said)) =
            (property["const"].as_str(), written.get(&format!("{above}{name}")))
        else {
            return true;
        };
        said.first().is_some_and(|said| said.value.trim_matches(['"', '\'']) == fixed)
    })
}

/// Adds the defaults of a key, or of those below it. If a whole table is left out of a file with fixed
/// keys, or a table needs keys, its parts have none.
fn defaults(schema: &Value, key: &str, is_open: bool, said: &mut IndexMap<String, Vec<Said>>) {
    if let Some(default) = schema.get("default").filter(|default| !default.is_object()) {
        // A JSON default has a TOML form.
        let value =
            toml::Value::try_from(default).map_or_else(|_| default.to_string(), |v| v.to_string());
        said.entry(key.to_owned()).or_default().push(Said { by: By::Default, value });
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let key = format!("{key}.{name}");
        let key = key.trim_start_matches('.');
        let below = format!("{key}.");
        let is_table = property["properties"].is_object();
        let is_there = is_open && property.get("required").is_none();
        if is_there || !is_table || said.keys().any(|said| said.starts_with(&below)) {
            defaults(property, key, is_open, said);
        }
    }
}

/// Puts command line options above all layers.
fn arguments(key: &str, overrides: &Overrides, said: &mut IndexMap<String, Vec<Said>>) {
    let path = |path: &Option<std::path::PathBuf>| path.as_ref().map(|p| p.display().to_string());
    let asked = [
        ("profile", "--profile", overrides.profile.clone()),
        ("region", "--region", overrides.region.clone()),
        ("paths.data", "--data", path(&overrides.data)),
    ];
    for (name, option, value) in asked {
        let is_asked = name == key || name.starts_with(&format!("{key}."));
        if let Some(value) = value.filter(|_| is_asked) {
            let value = toml::Value::String(value).to_string();
            let all = said.entry(name.to_owned()).or_default();
            all.insert(0, Said { by: By::CommandLine(option), value });
        }
    }
}

/// The dotted names of the properties of a schema with fixed keys.
fn properties(schema: &Value, above: &str, add: &mut dyn FnMut(&str)) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let name = format!("{above}{name}");
        add(&name);
        properties(property, &format!("{name}."), add);
    }
}

fn width(texts: impl Iterator<Item = String>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

impl By {
    fn words(&self) -> String {
        match self {
            Self::Layer(setting) => setting.place.to_string(),
            Self::CommandLine(option) => format!("the command line, {option}"),
            Self::Default => "the default".to_owned(),
        }
    }
}

impl Said {
    /// The value on one line.
    fn line(&self) -> String {
        match self.value.contains('\n') {
            true => self.value.split_whitespace().collect::<Vec<_>>().join(" "),
            false => self.value.clone(),
        }
    }
}

impl Explained {
    /// The explanation as text.
    pub(super) fn drawn(&self) -> String {
        let mut text = if self.is_table { self.table() } else { self.single() };
        if let Some(description) = &self.description {
            text += &format!("\n{description}\n");
        }
        text
    }

    fn single(&self) -> String {
        let Some([first, below @ ..]) = self.said.get(&self.key).map(Vec::as_slice) else {
            return format!("{} is not set and has no default\n", self.key);
        };
        let mut text =
            format!("{} = {}\n  in force  {}\n", self.key, first.line(), first.by.words());
        let (default, layers): (Vec<&Said>, Vec<&Said>) =
            below.iter().partition(|said| matches!(said.by, By::Default));
        let width = width(layers.iter().map(|said| said.by.words()));
        for said in layers {
            text += &format!("  below     {:width$}  {}\n", said.by.words(), said.line());
        }
        for said in default {
            text += &format!("  default   {}\n", said.line());
        }
        text
    }

    fn table(&self) -> String {
        let mut text = format!("{}\n", self.key);
        if self.said.is_empty() {
            text += "  nothing is set\n";
        }
        let keys = width(self.said.keys().cloned());
        // A long value widens only its own line.
        const LONGEST: usize = 32;
        let values = self.said.values().filter_map(|said| Some(said.first()?.line()));
        let values = width(values.filter(|value| value.chars().count() <= LONGEST));
        for (key, said) in &self.said {
            if let Some(first) = said.first() {
                let (value, by) = (first.line(), first.by.words());
                text += &format!("  {key:keys$}  {value:values$}  {by}\n");
            }
        }
        text
    }

    /// The explanation as JSON.
    pub(super) fn as_json(&self) -> String {
        let said = |said: &Said| {
            let (file, line, column) = match &said.by {
                By::Layer(setting) => {
                    let (line, column) = setting.place.line_column().unzip();
                    let file = slashed(setting.place.path());
                    (Some(file), line, column)
                }
                _ => (None, None, None),
            };
            json!({ "value": said.value, "by": said.by.words(), "file": file, "line": line, "column": column })
        };
        let keys: serde_json::Map<String, Value> = self
            .said
            .iter()
            .map(|(key, all)| (key.clone(), all.iter().map(said).collect()))
            .collect();
        format!("{:#}", json!({ "key": self.key, "description": self.description, "keys": keys }))
    }
}
