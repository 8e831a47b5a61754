//! Tables that are workbooks: read through a recipe into rows of text, each field with its cell.
//!
//! In: the file of a resource that names a recipe (`"kosh": {"recipe": "NAME"}`), and the recipe
//! `recipes/NAME.toml` of the data folder. Out: a [`SourceText`] with the columns of the schema, which is then read
//! and checked as the text of a CSV file is; a place in it is a cell. The release and the source of the rows are
//! columns that the recipe gives, or what it says under `[release]` and `[source]`.
//!
//! Names are read by the lexicons of the data folder. Labels of periods are read by the words in `templates/` beside
//! the data folder, and by the shipped ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::package::{Field, Kind, Package, Resource, Role, locate};
use crate::diag::{
    Code, Diagnostic, GatheredText, Place, Result, Severity, SheetPlace, SourceText, Warned,
    did_you_mean,
};
use crate::files::{Blob, Files, Tracked, text};
use crate::recipes::{self, Context, Names, Reading, Recipe, Words, with_period};
use crate::workbook::{Address, Workbook};

/// The folder of recipes in a data folder.
const RECIPES: &str = "recipes";
/// The folder of templates beside a data folder, and the shipped one.
const TEMPLATES: &str = "templates";
const SHIPPED_TEMPLATES: &str = "kosh:templates";

/// A data folder, and how the user calls it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Folder {
    pub dir: PathBuf,
    pub shown: PathBuf,
}

/// The rows of a workbook as text.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    pub text: SourceText,
    /// What determines the text and its cells.
    pub hash: Blob,
}

/// Reads the workbook of a resource through its recipe, which is called `name`.
pub(super) fn read(
    files: Tracked<Files>,
    folder: &Folder,
    package: &Package,
    resource: &Resource,
    name: &str,
    content: &Blob,
) -> Result<Warned<Rows>> {
    let recipe = recipe(files, folder, package, resource, name)?;
    let columns = Columns::of(package, resource, &recipe)?;
    let path = folder.shown.join(&resource.path);
    let above = folder.dir.join(&resource.path);
    let above = above.parent().unwrap_or(&folder.dir);
    let beside = |name: &str| files.read(&above.join(name)).map_err(|error| error.to_string());
    let workbook = Workbook::read_with(content.bytes(), &path, &recipe.options()?, &beside)?;
    let mut warnings = vec![];
    let words = words(files, folder)?;
    let lexicons = lexicons(files, folder, package, &words, &mut warnings)?;
    let fields = resource.fields.iter();
    let registers: BTreeMap<String, String> = fields
        .filter(|field| field.role == Role::Dimension)
        .filter_map(|field| Some((field.name.clone(), field.register.clone()?)))
        .collect();
    let context = Context { lexicons: &lexicons, registers: &registers, words: &words };
    let reading = recipes::read(&recipe, &workbook, &context);
    warnings.extend(reading.problems.iter().cloned());
    if warnings.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(warnings);
    }
    let text = columns.rows(&recipe, &workbook, &reading)?;
    let of_file = content.hash();
    let of_table = workbook.beside.as_ref().map(|file| file.bytes.hash());
    let of_table = of_table.as_ref().map_or(&[][..], |hash| hash.as_bytes());
    let parts = [text.text.as_bytes(), of_file.as_bytes(), of_table, recipe.text.text.as_bytes()];
    let hash = Blob::from(parts.concat());
    Ok(Warned { value: Rows { text, hash }, warnings })
}

/// The recipe of a resource.
fn recipe(
    files: Tracked<Files>,
    folder: &Folder,
    package: &Package,
    resource: &Resource,
    name: &str,
) -> Result<Recipe> {
    let place = || locate(&package.text, &[&resource.name, "recipe", name]);
    let inside = |name: &str| !name.is_empty() && !name.contains(['/', '\\', ':']) && name != "..";
    let file = format!("{name}.toml");
    let path = folder.dir.join(RECIPES).join(&file);
    if !inside(name) || !files.exists(&path) {
        let recipes = folder.dir.join(RECIPES);
        let all = files.list(&recipes).ok().flatten().unwrap_or_default();
        let known = all.iter().filter_map(|file| file.strip_suffix(".toml"));
        return Err(Diagnostic::error(Code::K1502, message!("there is no recipe `{name}`", name))
            .at(place())
            .maybe_hint(did_you_mean(name, known))
            .hint(message!("put it into `recipes/` of the data folder, as `NAME.toml`"))
            .into());
    }
    let shown = folder.shown.join(RECIPES).join(&file);
    let recipe = Recipe::read(name, &text(files, &path, &shown)?)?;
    if recipe.table != resource.name {
        let message =
            message!("the recipe `{name}` is for the table `{table}`", name, table = recipe.table);
        return Err(Diagnostic::error(Code::K1541, message)
            .at(recipe.table_place.clone())
            .related(place(), message!("named for another table here"))
            .hint(message!(
                "write `table = \"{name}\"`, or name another recipe",
                name = resource.name
            ))
            .into());
    }
    Ok(recipe)
}

/// The words that labels of periods are made of.
fn words(files: Tracked<Files>, folder: &Folder) -> Result<Words> {
    let own = folder.dir.parent().map(|parent| parent.join(TEMPLATES));
    let folders = own.iter().map(PathBuf::as_path).chain([Path::new(SHIPPED_TEMPLATES)]);
    Words::load(files, &folders.collect::<Vec<_>>())
}

/// The names of all registers that dimensions point to.
fn lexicons(
    files: Tracked<Files>,
    folder: &Folder,
    package: &Package,
    words: &Words,
    warnings: &mut Vec<Diagnostic>,
) -> Result<BTreeMap<String, Names>> {
    let mut all = BTreeMap::new();
    let fields = { package.resources.iter() }
        .filter(|resource| resource.kind == Kind::Observations)
        .flat_map(|resource| &resource.fields)
        .filter(|field| field.role == Role::Dimension);
    for register in fields.filter_map(|field| field.register.as_ref()) {
        if !all.contains_key(register) {
            let names = Names::load(files, &folder.dir, &folder.shown, register, words)?;
            all.insert(register.clone(), names.unwarned(warnings));
        }
    }
    Ok(all)
}

/// The columns of a table, and where the recipe does not give them what they say.
struct Columns<'a> {
    resource: &'a Resource,
    time: &'a str,
    /// The column of the table of sources that names a source.
    source_key: &'a str,
    /// Whether a row may say that there is no figure, by an empty value.
    may_lack_value: bool,
}

impl<'a> Columns<'a> {
    /// Holds a recipe against the columns of its table.
    fn of(package: &'a Package, resource: &'a Resource, recipe: &Recipe) -> Result<Self> {
        let fields = || resource.fields.iter();
        let needed: Vec<&str> = fields()
            .filter(|field| matches!(field.role, Role::Time | Role::Dimension))
            .map(|field| &*field.name)
            .collect();
        let is_given = |field: &&Field| !matches!(field.role, Role::Value | Role::RoundedTo);
        let free: Vec<&str> = fields().filter(is_given).map(|field| &*field.name).collect();
        let mut found = recipe.unfit(&resource.name, &needed, &free);
        let gives = |role: Role| {
            let column = resource.role(role).map(|at| &resource.fields[at].name);
            column.is_some_and(|name| recipe.columns().any(|own| own == name))
        };
        if recipe.unit().is_none() && !gives(Role::Unit) {
            found.push(
                Diagnostic::error(
                    Code::K1541,
                    message!(
                        "the recipe does not say in which unit its figures \
                    are"
                    ),
                )
                .at(recipe.table_place.clone())
                .hint(message!("write `unit` under `[values]`")),
            );
        }
        let source_key = { package.resources.iter() }
            .find(|other| other.kind == Kind::Sources)
            .and_then(|sources| Some(&*sources.fields[*sources.primary_key.first()?].name))
            .unwrap_or("id");
        let value = resource.role(Role::Value).map(|at| &resource.fields[at]);
        let columns = Self {
            resource,
            time: resource.role(Role::Time).map_or("", |at| &resource.fields[at].name),
            source_key,
            may_lack_value: value
                .is_some_and(|field| !field.required && field.missing.iter().any(String::is_empty)),
        };
        let said = [
            (
                Role::Vintage,
                columns.vintage(recipe).is_some(),
                "release",
                "vintage = \"KEY\"",
                "[release]",
            ),
            (Role::Source, columns.source(recipe).is_some(), "source", "id = \"KEY\"", "[source]"),
        ];
        for (role, is_said, what, key, section) in said {
            if !is_said && !gives(role) {
                let message =
                    message!("the recipe does not say to which {what} its figures belong", what);
                found.push(
                    Diagnostic::error(Code::K1541, message)
                        .at(recipe.table_place.clone())
                        .note(message!("a table that is a workbook gets this from its recipe only"))
                        .hint(message!("write `{key}` under `{section}`; `{{period}}` is replaced by the latest period", key, section)),
                );
            }
        }
        if found.is_empty() { Ok(columns) } else { Err(found) }
    }

    /// The key of the release, as the recipe writes it.
    fn vintage<'r>(&self, recipe: &'r Recipe) -> Option<&'r str> {
        recipe.vintage.as_deref()
    }

    /// The key of the source, as the recipe writes it.
    fn source<'r>(&self, recipe: &'r Recipe) -> Option<&'r str> {
        let named = recipe.source.get(self.source_key).or_else(|| recipe.source.get("id"));
        named.map(String::as_str)
    }

    /// The figures as rows of the table.
    fn rows(&self, recipe: &Recipe, workbook: &Workbook, reading: &Reading) -> Result<SourceText> {
        let fields = &self.resource.fields;
        let latest = reading.latest(self.time);
        let filled = |text: Option<&str>| text.and_then(|text| with_period(text, latest));
        let (vintage, source) = (filled(self.vintage(recipe)), filled(self.source(recipe)));
        // For each column its place among those of the recipe.
        let given: Vec<Option<usize>> = fields
            .iter()
            .map(|field| reading.columns.iter().position(|column| *column == field.name))
            .collect();
        let sheets: Vec<Arc<str>> =
            reading.sheets.iter().map(|one| one.name.as_str().into()).collect();
        let place = |sheet: u16, at: Address| -> Option<SheetPlace> {
            let read = reading.sheets.get(usize::from(sheet))?;
            let text = match workbook.place(workbook.sheets.get(read.index)?, at) {
                Place::Text { source, range } => Some(Box::new((source, range))),
                _ => None,
            };
            let sheet = sheets.get(usize::from(sheet))?.clone();
            Some(SheetPlace { sheet, row: at.row, column: at.column, text })
        };
        let mut rows = GatheredText::default();
        for field in fields {
            rows.field(&field.name, None);
        }
        rows.end();
        for (at, own) in reading.observations.iter().enumerate() {
            if own.value().is_none() && !self.may_lack_value {
                continue;
            }
            let Some(manner) = reading.manner(at) else { continue };
            let key: Vec<&recipes::Member> = reading.key(at).collect();
            for (field, given) in fields.iter().zip(&given) {
                let decimal =
                    |digits: &str| digits.replace('.', &field.notation.decimal.to_string());
                let member = given.and_then(|at| key.get(at));
                let said = match (field.role, member) {
                    (Role::Value, _) => decimal(&reading.digits(at)),
                    (Role::RoundedTo, _) => decimal(&reading.rounded_to(at).to_string()),
                    (_, Some(member)) => member.code.to_string(),
                    (Role::Unit, None) => recipe.unit().unwrap_or_default().to_owned(),
                    (Role::Vintage, None) => vintage.clone().unwrap_or_default(),
                    (Role::Source, None) => source.clone().unwrap_or_default(),
                    (Role::Note, None) => manner.note.unwrap_or_default().to_owned(),
                    (_, None) => String::new(),
                };
                let cell = match field.role {
                    Role::Value => None,
                    _ => member.and_then(|member| member.cell),
                };
                let (sheet, cell) = cell.unwrap_or((manner.sheet, own.at));
                rows.field(&said, place(sheet, cell));
            }
            rows.end();
        }
        Ok(rows.finish(&workbook.path))
    }
}
