//! Every other folder of `tests/suite/` is a small project, or a small change to one, with the expected
//! results. (`data-*` and `language-*` are run by `data.rs` and `language.rs`.)
//!
//! `suite.toml` says what a folder builds on and how far it goes:
//!
//! ```toml
//! extends = "another-country"    # a folder of the suite; "shipped": the repository's project;
//!                                # "layout": only its Typst files and its English
//! stage = "check"                # "open", "check" (the default), "build" or "release"
//! period = "2030-H1"             # and `profile`, `region`, `languages`: as on the command line
//! remove = ["data/regions.csv"]
//! [[publish]]                    # `kosh release` at this time, in place of a `stage`; what the last one says
//! at = "2030-08-09T08:59:59Z"
//! corrections = [["en", "…"]]    # as on the command line
//! edit = []                      # before it, as below
//! [[run]]                        # the program with these arguments, in place of a `stage`; what each run tells,
//! with = ["import", "moves.xlsx", "--yes"]    # and a run that is refused leaves the data as they were
//! exit = 1                       # 0 if left out
//! [[workbook]]                   # an xlsx file with one sheet, as `rust_xlsxwriter` writes it
//! path = "moves.xlsx"
//! sheet = "Data"
//! rows = [["Province", "2030"], ["Hillmark", 640]]
//! merge = ["B1:C1"]              # cells whose first one has what `rows` say
//! hidden-rows = [2]              # and `hidden-columns = ["B"]`
//! formats = { B2 = "0.0%" }      # number formats
//! formulas = { B3 = "B1+B2" }    # formulas that nobody computed
//! days = { B1 = "2030-09-01" }   # days, as a spreadsheet makes them of labels
//! [[edit]]                       # the one place where a file says `find` says `put` instead
//! file = "brief.toml"
//! find = "office"
//! put = "offise"
//! ```
//!
//! The folder's own `brief.toml`, `data/`, `templates/`, `corrections/` and `releases/` are copied over
//! the base. `expected/` contains any of `facts.json`, `document.<lang>.json`, `pages.<lang>.txt` and
//! `stderr.txt`; a folder without `stderr.txt` must build without diagnostics. Each folder is a separate
//! test: `cargo test --test suite refuses-guards` runs those with such a name. `KOSH_BLESS=1 cargo test
//! --test suite` writes these files anew; review them before committing.

#[path = "all/common/mod.rs"]
#[allow(dead_code, reason = "the other binary uses the rest")]
mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Copy, drawn, root};
use kosh::build::edition::Pipeline;
use kosh::build::memory;
use kosh::diag::{Diagnostic, Result};
use kosh::export::json;
use kosh::output;
use kosh::project::{Overrides, Project};
use kosh::publish::Request;
use kosh::workbook::Address;
use libtest_mimic::{Arguments, Failed, Trial};
use rust_xlsxwriter::Format;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    extends: String,
    #[serde(default)]
    stage: Stage,
    period: Option<String>,
    profile: Option<String>,
    region: Option<String>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    remove: Vec<String>,
    #[serde(default)]
    edit: Vec<Edit>,
    #[serde(default)]
    publish: Vec<Publish>,
    #[serde(default)]
    run: Vec<Run>,
    #[serde(default)]
    workbook: Vec<Sheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    with: Vec<String>,
    #[serde(default)]
    exit: i32,
}

/// A workbook of one sheet.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Sheet {
    path: String,
    sheet: String,
    rows: Vec<Vec<toml::Value>>,
    #[serde(default)]
    merge: Vec<String>,
    #[serde(default)]
    hidden_rows: Vec<u32>,
    #[serde(default)]
    hidden_columns: Vec<String>,
    #[serde(default)]
    formats: BTreeMap<String, String>,
    #[serde(default)]
    formulas: BTreeMap<String, String>,
    #[serde(default)]
    days: BTreeMap<String, String>,
}

impl Sheet {
    fn bytes(&self) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(&self.sheet).unwrap();
        let place = |name: &str| {
            let at = Address::read(name).unwrap_or_else(|| panic!("{name} is no cell"));
            (at.row, at.column as u16)
        };
        let plain = Format::new();
        for area in &self.merge {
            let (first, last) = area.split_once(':').unwrap();
            let ((top, left), (bottom, right)) = (place(first), place(last));
            sheet.merge_range(top, left, bottom, right, "", &plain).unwrap();
        }
        for (row, cells) in (0..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                let name = Address::new(row, u32::from(column)).to_string();
                let format = self.formats.get(&name);
                let format = format.map_or(Format::new(), |own| Format::new().set_num_format(own));
                match cell {
                    toml::Value::String(text) if text.is_empty() => {}
                    toml::Value::String(text) => drop(sheet.write(row, column, text).unwrap()),
                    number => {
                        let number =
                            number.as_float().or(number.as_integer().map(|own| own as f64));
                        sheet.write_with_format(row, column, number.unwrap(), &format).unwrap();
                    }
                }
            }
        }
        for (name, formula) in &self.formulas {
            let (row, column) = place(name);
            let formula = rust_xlsxwriter::Formula::new(formula).set_result("");
            sheet.write_formula(row, column, formula).unwrap();
        }
        for (name, day) in &self.days {
            let (row, column) = place(name);
            let day = rust_xlsxwriter::ExcelDateTime::parse_from_str(day).unwrap();
            let format = Format::new().set_num_format("mmm yy");
            sheet.write_with_format(row, column, &day, &format).unwrap();
        }
        for row in &self.hidden_rows {
            sheet.set_row_hidden(row - 1).unwrap();
        }
        for column in &self.hidden_columns {
            sheet.set_column_hidden(place(&format!("{column}1")).1).unwrap();
        }
        book.save_to_buffer().unwrap()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Publish {
    at: jiff::Timestamp,
    #[serde(default)]
    corrections: Vec<(String, String)>,
    #[serde(default)]
    edit: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    find: String,
    put: String,
}

#[derive(Deserialize, Default, PartialEq, PartialOrd)]
#[serde(rename_all = "kebab-case")]
enum Stage {
    /// Load everything.
    Open,
    /// And word it in every language.
    #[default]
    Check,
    /// And typeset it.
    Build,
    /// And write it to disk.
    Release,
}

fn suite() -> PathBuf {
    root().join("tests/suite")
}

fn read(name: &str) -> Suite {
    let path = suite().join(name).join("suite.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The project of a folder, composed with its base.
fn lay_out(name: &str) -> Copy {
    let asked = read(name);
    let copy = match asked.extends.as_str() {
        "shipped" => Copy::of_shipped(),
        "layout" => Copy::of_layout(),
        other => lay_out(other),
    };
    let own = ["brief.toml", "data", "templates", "corrections", "releases", "downloads"];
    copy.lay(&suite().join(name), &own);
    for path in &asked.remove {
        let path = copy.root.join(path);
        match path.is_dir() {
            true => fs::remove_dir_all(&path).unwrap(),
            false => fs::remove_file(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())),
        }
    }
    for edit in &asked.edit {
        copy.edit(&edit.file, &edit.find, &edit.put);
    }
    for workbook in &asked.workbook {
        copy.write(&workbook.path, workbook.bytes());
    }
    copy
}

/// The result of a folder.
#[derive(Default)]
struct Outcome {
    said: Vec<Diagnostic>,
    /// What the program told on standard error.
    reported: String,
    facts: Option<String>,
    documents: Vec<(String, String)>,
    pages: Vec<(String, String)>,
}

fn run(name: &str) -> Outcome {
    let copy = lay_out(name);
    let mut outcome = Outcome::default();
    if let Err(problems) = attempt(&copy, &read(name), &mut outcome) {
        outcome.said.extend(problems);
    }
    outcome
}

fn attempt(copy: &Copy, asked: &Suite, outcome: &mut Outcome) -> Result<()> {
    let overrides = Overrides {
        profile: asked.profile.clone(),
        region: asked.region.clone(),
        languages: asked.languages.clone(),
        ..Overrides::default()
    };
    if !asked.publish.is_empty() {
        return published(copy, asked, &overrides, outcome);
    }
    if !asked.run.is_empty() {
        outcome.reported = asked.run.iter().map(|run| ran(copy, run)).collect();
        return Ok(());
    }
    let project = Project::open(&copy.root, &overrides)?;
    let folder = project.output.join("release");
    let format = project.formats[0];
    let pipeline = Pipeline::open(project)?.unwarned(&mut outcome.said);
    if asked.stage == Stage::Open {
        return Ok(());
    }
    let period = asked.period.as_ref().map(|period| period.parse().unwrap());
    let period = pipeline.period(period, None)?;
    let edition = pipeline.edition(format, period, None)?.unwarned(&mut outcome.said);
    outcome.facts = Some(json::facts(&edition.facts));
    for document in &edition.documents {
        let json = serde_json::to_string_pretty(document).unwrap() + "\n";
        outcome.documents.push((document.meta.lang.clone(), json));
    }
    if asked.stage < Stage::Build {
        return Ok(());
    }
    let files = pipeline.typeset(&edition)?.unwarned(&mut outcome.said);
    for file in &files {
        if let Some(lang) =
            file.name.strip_prefix("brief-").and_then(|name| name.strip_suffix(".pdf"))
        {
            outcome.pages.push((lang.to_owned(), common::text(&file.bytes)));
        }
    }
    if asked.stage == Stage::Release {
        outcome.said.extend(output::replace(&folder, &files)?);
    }
    Ok(())
}

/// Publishes once or several times; the diagnostics are those of the last time.
fn published(
    copy: &Copy,
    asked: &Suite,
    overrides: &Overrides,
    outcome: &mut Outcome,
) -> Result<()> {
    let mut last = Ok(());
    for publish in &asked.publish {
        last?;
        outcome.said.clear();
        for edit in &publish.edit {
            copy.edit(&edit.file, &edit.find, &edit.put);
        }
        let corrections = publish.corrections.clone();
        let request = Request { corrections, ..Request::default() };
        let project = Project::open(&copy.root, overrides)?;
        last = kosh::publish::publish(project, &request, publish.at)
            .map(|published| drop(published.unwarned(&mut outcome.said)));
    }
    last
}

/// Runs the program; gives what it told on standard error.
fn ran(copy: &Copy, run: &Run) -> String {
    let arguments: Vec<&str> = run.with.iter().map(String::as_str).collect();
    let data = copy.root.join("data");
    let before = snapshot(&data);
    let (exit, printed, reported) = copy.kosh(&arguments);
    assert_eq!(exit, Some(run.exit), "{arguments:?}\n{printed}{reported}");
    assert!(exit == Some(0) || snapshot(&data) == before, "{arguments:?} changed the data");
    reported
}

/// Every file of a folder with its bytes.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(snapshot(&path)),
            false => drop(all.insert(path.clone(), fs::read(&path).unwrap())),
        }
    }
    all
}

/// Compares with the files of `expected/`, or writes them.
fn differences(folder: &Path, outcome: &Outcome, copy_root: &Path) -> Vec<String> {
    let said = (drawn(&outcome.said) + &outcome.reported)
        .replace(&*copy_root.to_string_lossy(), "PROJECT");
    let mut found = vec![];
    let mut made: Vec<(String, &str)> = vec![("stderr.txt".into(), &said)];
    made.extend(outcome.facts.iter().map(|facts| ("facts.json".into(), facts.as_str())));
    for (lang, json) in &outcome.documents {
        made.push((format!("document.{lang}.json"), json));
    }
    for (lang, text) in &outcome.pages {
        made.push((format!("pages.{lang}.txt"), text));
    }
    let expected = folder.join("expected");
    for (name, text) in &made {
        let path = expected.join(name);
        let is_wanted = path.exists() || (name == "stderr.txt" && !text.is_empty());
        if !is_wanted {
            continue;
        }
        if std::env::var_os("KOSH_BLESS").is_some() {
            fs::create_dir_all(&expected).unwrap();
            fs::write(&path, text).unwrap();
            continue;
        }
        let wanted = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if wanted != *text {
            let first = wanted.lines().zip(text.lines()).position(|(a, b)| a != b);
            let line = first.map_or("the end".to_owned(), |line| format!("line {}", line + 1));
            let shown = if name == "stderr.txt" { *text } else { "" };
            found.push(format!("{}: differs from {line} on\n{shown}", path.display()));
        }
    }
    for entry in fs::read_dir(&expected).into_iter().flatten() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !made.iter().any(|(made, _)| *made == name) {
            found.push(format!("{}: was not made", expected.join(name).display()));
        }
    }
    found
}

fn folders() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(suite())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("data-") && !name.starts_with("language-"))
        .collect();
    names.sort();
    names
}

/// Runs the test of a folder.
fn judged(name: &str) -> std::result::Result<(), Failed> {
    let copy = lay_out(name);
    let mut outcome = Outcome::default();
    if let Err(problems) = attempt(&copy, &read(name), &mut outcome) {
        outcome.said.extend(problems);
    }
    // Folders run in parallel, each in its own round.
    memory::end_round(std::thread::available_parallelism().map_or(1, usize::from));
    let wrong = differences(&suite().join(name), &outcome, &copy.root);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = folders()
        .into_iter()
        .map(|name| Trial::test(name.clone(), move || judged(&name)))
        .collect();
    trials.push(Trial::test("another_country_in_another_language_is_only_files", || {
        another_country_in_another_language_is_only_files();
        Ok(())
    }));
    libtest_mimic::run(&arguments, trials).exit();
}

fn another_country_in_another_language_is_only_files() {
    let outcome = run("another-country");
    assert_eq!(drawn(&outcome.said), "");
    let [(en, english), (eo, esperanto)] = &outcome.pages[..] else { panic!("two editions") };
    assert_eq!((en.as_str(), eo.as_str()), ("en", "eo"));
    for (text, words) in [
        (
            english,
            ["Net migration in January–June 2030 was +448: 2,553 people arrived and 2,105 left"],
        ),
        (
            esperanto,
            [
                "La migra saldo en januaro–junio 2030 estis +448: alvenis 2553 homoj kaj foriris 2105",
            ],
        ),
    ] {
        for words in words {
            let text = common::squeezed(text);
            assert!(text.contains(&common::squeezed(words)), "{words}\n{text}");
        }
    }
}
