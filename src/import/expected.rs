//! A recipe compared with the rows it should make of the workbook that is kept beside it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::{Ground, Library};
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::recipes::{Reading, Recipe};
use crate::workbook::Workbook;

/// What came of testing a recipe.
#[derive(Debug, Clone)]
pub struct Tested {
    /// How many figures it reads.
    pub figures: usize,
    /// What is wrong; nothing if the rows are those expected.
    pub problems: Vec<Diagnostic>,
    /// The rows as they are made now.
    pub rows: String,
    /// The file of the rows that are expected.
    pub expected: PathBuf,
}

/// The endings of a workbook that stands beside a recipe.
const ENDINGS: [&str; 8] = ["xlsx", "xls", "xlsb", "ods", "json", "csv", "tsv", "txt"];

/// The rows of a reading as text: the columns of the table, the figure, and its cell.
pub fn expected(recipe: &Recipe, reading: &Reading) -> String {
    let mut out = csv::Writer::from_writer(vec![]);
    let head: Vec<&str> = reading
        .columns
        .iter()
        .map(String::as_str)
        .chain(["value", "rounded_to", "missing", "unit", "cell"])
        .collect();
    // Memory takes every row.
    let _ = out.write_record(&head);
    for at in 0..reading.observations.len() {
        let mut row: Vec<String> = reading.key(at).map(|member| member.code.to_string()).collect();
        let missing = reading.manner(at).and_then(|manner| manner.missing);
        let missing = missing.map_or("", crate::recipes::missing_name);
        let unit = recipe.unit().unwrap_or_default();
        row.extend([
            reading.digits(at),
            reading.rounded_to(at).to_string(),
            missing.to_owned(),
            unit.to_owned(),
            reading.cell(at),
        ]);
        let _ = out.write_record(&row);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Runs a recipe against the workbook beside it.
pub fn test(ground: &Ground, library: &Library, name: &str) -> Result<Tested> {
    let recipe = library.get(name)?;
    let folder = library.folders.get(name).cloned().unwrap_or_default();
    let path = workbook(ground, recipe, &folder)?;
    let shown = ground.project.shown(&path);
    let bytes = ground.project.files.read(&path).map_err(|error| {
        vec![
            Diagnostic::error(
                Code::K0001,
                message!("`{shown}` cannot be read: {error}", shown = shown.display(), error),
            )
            .at(Place::Path(shown.clone())),
        ]
    })?;
    let options = recipe.options()?;
    let above = path.parent().unwrap_or(Path::new(""));
    let beside = |name: &str| {
        ground.project.files.read(&above.join(name)).map_err(|error| error.to_string())
    };
    let workbook = Workbook::read_with(bytes.bytes(), &shown, &options, &beside)?;
    let reading = ground.read(recipe, &workbook);
    let rows = expected(recipe, &reading);
    let expected_path = folder.join(format!("{name}.expected.csv"));
    let figures = reading.observations.len();
    let mut problems = reading.problems.clone();
    if reading.is_right() {
        problems.extend(differences(ground, &expected_path, &rows));
    }
    Ok(Tested { figures, problems, rows, expected: expected_path })
}

fn workbook(ground: &Ground, recipe: &Recipe, folder: &Path) -> Result<PathBuf> {
    let files = &ground.project.files;
    if let Some(name) = &recipe.test_workbook {
        return Ok(folder.join(name));
    }
    let named = ENDINGS.iter().map(|ending| folder.join(format!("{}.{ending}", recipe.name)));
    named.clone().find(|path| files.exists(path)).ok_or_else(|| {
        vec![
            Diagnostic::error(
                Code::K1548,
                message!(
                    "there is no workbook for testing the recipe `{name}`",
                    name = recipe.name
                ),
            )
            .at(recipe.table_place.clone())
            .hint(message!(
                "put one next to the recipe, as `{name}.xlsx`, or name it with `workbook` under \
                `[test]`",
                name = recipe.name
            )),
        ]
    })
}

/// How the rows differ from those expected.
fn differences(ground: &Ground, expected: &Path, rows: &str) -> Vec<Diagnostic> {
    const SHOWN: usize = 5;
    let shown = ground.project.shown(expected);
    let text = ground.project.files.read(expected).ok().and_then(|content| content.text().ok());
    let Some(text) = text else {
        return vec![
            Diagnostic::error(Code::K1548, message!("there are no expected rows"))
                .at(Place::Path(shown))
                .hint(message!(
                    "check what the recipe reads, then save it as the expected rows with `kosh \
                    recipe test --bless`"
                )),
        ];
    };
    if *text == *rows {
        return vec![];
    }
    let (old, new): (HashSet<&str>, HashSet<&str>) =
        (text.lines().collect(), rows.lines().collect());
    let gone: Vec<&str> = text.lines().filter(|line| !new.contains(line)).collect();
    let come: Vec<&str> = rows.lines().filter(|line| !old.contains(line)).collect();
    let mut problem =
        Diagnostic::error(Code::K1547, message!("the recipe does not give the expected rows"))
            .at(Place::Path(shown))
            .note(message!(
                "{number_of_gone} expected rows are missing, {number_of_come} rows are unexpected",
                number_of_gone = gone.len(),
                number_of_come = come.len()
            ));
    for line in gone.iter().take(SHOWN) {
        problem = problem.note(message!("expected: {line}", line));
    }
    for line in come.iter().take(SHOWN) {
        problem = problem.note(message!("found: {line}", line));
    }
    vec![problem.hint(message!(
        "correct the recipe; or save the new rows with `--bless` if they are right"
    ))]
}
