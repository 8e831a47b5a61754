//! `kosh recipe`: the recipes by which workbooks are read.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueHint};
use serde_json::json;

use super::import::{self as own, CommonOptions};
use super::{problems, report};
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::import::{self, Library};
use crate::output::{self, File, Revision};
use crate::recipes::draft;
use crate::workbook::{Encoding, Options, Separator};

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh recipe list                           The recipes of the project
  kosh recipe new downloads/migration.xlsx --table interregional --name moves
  kosh recipe test                           Each recipe with the workbook next to it
  kosh recipe picture downloads/migration.xlsx --recipe moves";

#[derive(Args)]
pub(super) struct RecipeOptions {
    #[command(subcommand)]
    pub command: RecipeCommand,
}

#[derive(Subcommand)]
pub(super) enum RecipeCommand {
    /// List the recipes of the project
    List(CommonOptions),
    /// Print a recipe
    Show(ShowOptions),
    /// Make a draft of a recipe for a workbook
    New(NewOptions),
    /// Run recipes on the workbooks next to them, and compare the rows with the expected ones
    Test(TestOptions),
    /// Write a picture of a sheet that shows how a recipe reads each cell
    Picture(PictureOptions),
}

#[derive(Args)]
pub(super) struct ShowOptions {
    /// The recipe
    #[arg(value_name = "NAME", help_heading = "Recipe")]
    pub name: String,
    #[command(flatten)]
    pub common: CommonOptions,
}

#[derive(Args)]
pub(super) struct NewOptions {
    /// The workbook; `-` for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Recipe")]
    pub file: PathBuf,
    /// The table for the rows; by default guessed from the sheet
    #[arg(long, value_name = "NAME", help_heading = "Recipe")]
    pub table: Option<String>,
    /// Write the draft to data/recipes/NAME.toml instead of printing it
    #[arg(long, value_name = "NAME", help_heading = "Recipe")]
    pub name: Option<String>,
    /// The encoding of a text file; by default detected
    #[arg(long, value_name = "NAME", help_heading = "Recipe")]
    pub encoding: Option<Encoding>,
    /// The separator of a text file; by default detected
    #[arg(long, value_name = "NAME", help_heading = "Recipe")]
    pub separator: Option<Separator>,
    /// Of a package with several tables: the one that is read
    #[arg(long, value_name = "NAME", help_heading = "What to import")]
    pub resource: Option<String>,
    #[command(flatten)]
    pub common: CommonOptions,
}

#[derive(Args)]
pub(super) struct TestOptions {
    /// The recipe; by default all that have a workbook next to them
    #[arg(value_name = "NAME", help_heading = "Recipe")]
    pub name: Option<String>,
    /// Save the rows that the recipe gives now as the expected rows
    #[arg(long, help_heading = "Recipe")]
    pub bless: bool,
    #[command(flatten)]
    pub common: CommonOptions,
}

#[derive(Args)]
pub(super) struct PictureOptions {
    /// The workbook; `-` for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Recipe")]
    pub file: PathBuf,
    /// The recipe
    #[arg(long, value_name = "NAME", help_heading = "Recipe")]
    pub recipe: String,
    /// The file of the picture; by default RECIPE.html
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub common: CommonOptions,
}

/// Lists, shows, proposes, tests or draws recipes.
pub(super) fn recipe(options: &RecipeOptions) -> ExitCode {
    let (done, is_json) = match &options.command {
        RecipeCommand::List(common) => (list(common), common.json),
        RecipeCommand::Show(options) => (show(options), options.common.json),
        RecipeCommand::New(options) => (new(options), options.common.json),
        RecipeCommand::Test(options) => return test(options),
        RecipeCommand::Picture(options) => (draw(options), options.common.json),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(found) => report::refused(&found, is_json),
    }
}

fn list(common: &CommonOptions) -> Result<()> {
    let (_, library) = common.open()?;
    if common.json {
        let all = library.recipes.values().map(|recipe| {
            json!({ "name": recipe.name, "title": recipe.title, "table": recipe.table,
                    "file": crate::diag::slashed(&recipe.text.path) })
        });
        let broken: Vec<Diagnostic> = library.broken.values().flatten().cloned().collect();
        let value = json!({
            "recipes": all.collect::<Vec<_>>(), "diagnostics": report::as_json(&broken),
        });
        say_line!("{value:#}");
        return Ok(());
    }
    if library.folders.is_empty() {
        say_text!("no recipes yet; `kosh recipe new FILE` proposes one");
    }
    let width = library.folders.keys().map(|name| name.chars().count()).max().unwrap_or(0);
    for (name, recipe) in &library.recipes {
        say_line!("{name:width$}  {}: {}", recipe.table, recipe.title);
    }
    let broken: Vec<Diagnostic> = library.broken.values().flatten().cloned().collect();
    if broken.is_empty() { Ok(()) } else { Err(broken) }
}

fn show(options: &ShowOptions) -> Result<()> {
    let (_, library) = options.common.open()?;
    let recipe = library.get(&options.name)?;
    if options.common.json {
        let value = json!({ "name": recipe.name, "file": crate::diag::slashed(&recipe.text.path),
                            "text": recipe.text.text });
        say_line!("{value:#}");
        return Ok(());
    }
    if !options.common.quiet {
        say_line!("# {}", crate::diag::slashed(&recipe.text.path));
    }
    say!("{}", recipe.text.text);
    Ok(())
}

fn new(options: &NewOptions) -> Result<()> {
    let (ground, library) = options.common.open()?;
    let origin = own::bytes(&options.file)?;
    let path = own::shown(&options.file, &origin);
    let text = Options {
        encoding: options.encoding,
        separator: options.separator,
        resource: options.resource.as_deref().map(own::called),
    };
    let workbook = own::workbook(&options.file, &origin, &path, &text)?;
    let tables = import::shapes(&ground, &library);
    let drafted =
        draft(&workbook, &tables, options.table.as_deref(), &ground.lexicons, &ground.words)?;
    let Some(name) = &options.name else {
        say!("{}", drafted.text);
        return Ok(());
    };
    if library.folders.contains_key(name) || !output::is_file_name(name) {
        return Err(Diagnostic::error(
            Code::K1502,
            message!("a recipe cannot be called `{name}`", name),
        )
        .at(Place::option("name", name))
        .note(message!("a recipe of this name exists, or the name cannot be the name of a file"))
        .into());
    }
    let folder = Library::folder(&ground.project.data);
    let file = File { name: format!("{name}.toml"), bytes: drafted.text.into_bytes() };
    output::add(&folder, &[file], |_| false)?;
    let shown = ground.project.shown(&folder.join(format!("{name}.toml")));
    say_line!("{}", shown.display());
    if options.table.is_none() {
        say_text!("for the table {table}", table = drafted.table);
    }
    for (table, why) in &drafted.others {
        say_text!("{table} fits as well (--table {table}): {why}", table, why);
    }
    say_text!(
        "next: kosh import {file} --recipe {name} --dry-run",
        file = options.file.display(),
        name
    );
    Ok(())
}

fn test(options: &TestOptions) -> ExitCode {
    let opened = options.common.open();
    let (ground, library) = match opened {
        Ok(opened) => opened,
        Err(found) => return report::refused(&found, options.common.json),
    };
    let names: Vec<String> = match &options.name {
        Some(name) => vec![name.clone()],
        None => library.folders.keys().cloned().collect(),
    };
    let (mut found, mut results) = (vec![], vec![]);
    for name in &names {
        let tested = match import::test(&ground, &library, name) {
            Ok(tested) => tested,
            // Without a name only those are tested that can be.
            Err(problems)
                if options.name.is_none() && problems.iter().all(|p| p.code == Code::K1548) =>
            {
                results.push((name, "has no workbook".to_owned(), true));
                continue;
            }
            Err(problems) => {
                results.push((name, "cannot be tested".to_owned(), false));
                found.extend(problems);
                continue;
            }
        };
        let is_comparison =
            |problem: &Diagnostic| matches!(problem.code, Code::K1547 | Code::K1548);
        let others: Vec<Diagnostic> =
            tested.problems.iter().filter(|problem| !is_comparison(problem)).cloned().collect();
        if options.bless && others.is_empty() {
            match bless(&tested) {
                Ok(()) => {
                    results.push((name, format!("{} figures, written", tested.figures), true))
                }
                Err(problems) => found.extend(problems),
            }
            continue;
        }
        let is_right = tested.problems.is_empty();
        let verdict = if is_right { "as expected" } else { "otherwise" };
        results.push((name, format!("{} figures, {verdict}", tested.figures), is_right));
        found.extend(tested.problems);
    }
    if options.common.json {
        let all = results.iter().map(
            |(name, said, is_right)| json!({ "recipe": name, "said": said, "right": is_right }),
        );
        let value = json!({
            "tests": all.collect::<Vec<_>>(), "diagnostics": report::as_json(&found),
        });
        say_line!("{value:#}");
    } else {
        for (name, said, _) in &results {
            say_line!("{name}: {said}");
        }
        report::problems(&found);
    }
    if found.is_empty() { ExitCode::SUCCESS } else { problems() }
}

/// Writes the rows that are made now as those expected.
fn bless(tested: &import::Tested) -> Result<()> {
    let folder = tested.expected.parent().unwrap_or(Path::new("."));
    let name = tested.expected.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let before = std::fs::read(&tested.expected).ok().map(output::Content::from);
    let after = Some(tested.rows.clone().into_bytes().into());
    output::revise(folder, &[Revision { name, before, after }])
}

fn draw(options: &PictureOptions) -> Result<()> {
    let (ground, library) = options.common.open()?;
    let recipe = library.get(&options.recipe)?;
    let origin = own::bytes(&options.file)?;
    let path = own::shown(&options.file, &origin);
    let workbook = own::workbook(&options.file, &origin, &path, &recipe.options()?)?;
    let reading = ground.read(recipe, &workbook);
    let out = options.output.clone().unwrap_or_else(|| format!("{}.html", recipe.name).into());
    own::write_picture(&out, recipe, &workbook, &reading)?;
    if !options.common.quiet {
        say_line!("{}", out.display());
    }
    Ok(())
}
