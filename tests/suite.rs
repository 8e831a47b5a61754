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
use libtest_mimic::{Arguments, Failed, Trial};
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
    let own = ["brief.toml", "data", "templates", "corrections", "releases"];
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
    copy
}

/// The result of a folder.
#[derive(Default)]
struct Outcome {
    said: Vec<Diagnostic>,
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

/// Compares with the files of `expected/`, or writes them.
fn differences(folder: &Path, outcome: &Outcome, copy_root: &Path) -> Vec<String> {
    let said = drawn(&outcome.said).replace(&*copy_root.to_string_lossy(), "PROJECT");
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
