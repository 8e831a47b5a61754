//! The recipes of a project: `data/recipes/NAME.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Ground;
use crate::diag::{Code, Diagnostic, Place, Result, did_you_mean};
use crate::files::{Files, Track, text};
use crate::recipes::{Reading, Recipe};
use crate::workbook::Workbook;

/// The recipes of a project, by name.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Those that can be read.
    pub recipes: BTreeMap<String, Recipe>,
    /// The folder of each.
    pub folders: BTreeMap<String, PathBuf>,
    /// What is wrong with the others, by name.
    pub broken: BTreeMap<String, Vec<Diagnostic>>,
}

/// The ending of a recipe's file.
const ENDING: &str = ".toml";

impl Library {
    /// The folder of a project's recipes.
    pub fn folder(data: &Path) -> PathBuf {
        data.join("recipes")
    }

    /// Reads the recipes of a data folder.
    pub fn read(files: &Files, data: &Path, shown: &Path) -> Result<Self> {
        let mut library = Self::default();
        let (folder, named) = (Self::folder(data), shown.join("recipes"));
        let names = files.list(&folder).map_err(|error| {
            vec![
                Diagnostic::error(
                    Code::K0001,
                    message!("the recipes cannot be read: {error}", error),
                )
                .at(Place::Path(named.clone())),
            ]
        })?;
        for file in names.unwrap_or_default().iter() {
            let Some(name) = file.strip_suffix(ENDING) else { continue };
            library.folders.insert(name.to_owned(), folder.clone());
            let read = text(files.track(), &folder.join(file), &named.join(file))
                .and_then(|text| Recipe::read(name, &text));
            match read {
                Ok(recipe) => drop(library.recipes.insert(name.to_owned(), recipe)),
                Err(problems) => drop(library.broken.insert(name.to_owned(), problems)),
            }
        }
        Ok(library)
    }

    /// The only recipe that says that its files are called so.
    pub fn meant(&self, file: &str) -> Option<&Recipe> {
        let mut all =
            self.recipes.values().filter(|recipe| recipe.names_file() && recipe.takes_file(file));
        all.next().filter(|_| all.next().is_none())
    }

    /// The recipe of this name, or what is wrong with it.
    pub fn get(&self, name: &str) -> Result<&Recipe> {
        if let Some(recipe) = self.recipes.get(name) {
            return Ok(recipe);
        }
        if let Some(problems) = self.broken.get(name) {
            return Err(problems.clone());
        }
        let known = self.folders.keys().map(String::as_str);
        Err(Diagnostic::error(Code::K1502, message!("there is no recipe `{name}`", name))
            .at(Place::option("recipe", name))
            .maybe_hint(did_you_mean(name, known))
            .hint(message!("`kosh recipe list` lists them, `kosh recipe new FILE` makes a draft"))
            .into())
    }
}

/// The only recipe that reads a workbook without an error, and what it reads. With `is_partial` errors are let
/// through where only one recipe names such files.
pub fn choose<'l>(
    ground: &Ground,
    library: &'l Library,
    workbook: &Workbook,
    is_partial: bool,
) -> Result<(&'l Recipe, Reading)> {
    let name = workbook.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut tried: Vec<(&Recipe, Reading)> = library
        .recipes
        .values()
        .filter(|recipe| recipe.takes_file(&name))
        .map(|recipe| (recipe, ground.read(recipe, workbook)))
        .collect();
    let at = || Place::Path(workbook.path.clone());
    let fit: Vec<usize> = (0..tried.len()).filter(|number| tried[*number].1.is_right()).collect();
    match fit[..] {
        [one] => return Ok(tried.swap_remove(one)),
        [] => {}
        _ => {
            let names: Vec<String> =
                fit.iter().map(|number| format!("`{}`", tried[*number].0.name)).collect();
            return Err(Diagnostic::error(Code::K1502, message!("several recipes read this file"))
                .at(at())
                .note(message!("they are {names}", names = names.join(", ")))
                .hint(message!(
                    "choose one with `--recipe`; or set under `[file]` of each recipe the names \
                    of its files"
                ))
                .into());
        }
    }
    // One that names its files and takes this one is meant, and what keeps it is told.
    let meant: Vec<usize> =
        (0..tried.len()).filter(|number| tried[*number].0.names_file()).collect();
    if let [one] = meant[..] {
        if is_partial {
            return Ok(tried.swap_remove(one));
        }
        return Err(tried[one].1.problems.clone());
    }
    let mut problem =
        Diagnostic::error(Code::K1502, message!("no recipe reads this file")).at(at());
    for (recipe, reading) in &tried {
        if let Some(first) = reading.problems.first() {
            problem = problem.note(message!(
                "`{name}`: {message}",
                name = recipe.name,
                message = first.message
            ));
        }
    }
    for name in library.broken.keys() {
        problem = problem.note(message!("the recipe `{name}` cannot be read", name));
    }
    Err(problem
        .hint(message!("choose a recipe with `--recipe`: then kosh reports why it does not fit"))
        .hint(message!("or make a draft of one: `kosh recipe new FILE`"))
        .into())
}
