//! Every `tests/suite/language-*/` loads a language and asks it questions; errors are drawn in
//! `expected/stderr.txt`, answers are in `expected/stdout.txt`.
//!
//! A folder contains a language file (`*.toml`, else that of `language-made-up`), lexicons (`NAME.csv`)
//! and `ask.txt` with one question per line. `KOSH_BLESS=1` writes the current results.

use std::fs;
use std::path::{Path, PathBuf};

use kosh::diag::{self, Diagnostic, Result, SourceText};
use kosh::locale::{Locale, Sign, lint};
use kosh::stats::Quantity;

fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")
}

fn files(folder: &Path, ending: &str) -> Vec<SourceText> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            SourceText::new(path.file_name().unwrap(), text)
        })
        .collect()
}

fn load(folder: &Path) -> Result<Locale> {
    let own = files(folder, "toml");
    let language = match own.first() {
        Some(language) => language.clone(),
        None => files(&suite().join("language-made-up"), "toml").remove(0),
    };
    let lexicons: Vec<_> = files(folder, "csv")
        .into_iter()
        .map(|source| (source.path.file_stem().unwrap().to_string_lossy().into_owned(), source))
        .collect();
    let tag = language.path.file_stem().unwrap().to_string_lossy().into_owned();
    Locale::load(&tag, &language, &lexicons).map(|loaded| loaded.value)
}

fn answer(locale: &Locale, question: &str) -> Result<String> {
    let words: Vec<&str> = question.split_whitespace().collect();
    let number = |text: &str| text.parse::<f64>().unwrap();
    Ok(match words[..] {
        ["language"] => format!(
            "{} {} {} {}",
            locale.lang(),
            locale.region(),
            locale.dir(),
            locale.native_name()
        ),
        ["integer", value, step] => {
            locale.integer(Quantity::rounded(number(value), number(step)), Sign::Auto)
        }
        ["signed", value] => locale.integer(Quantity::exact(number(value)), Sign::Always),
        ["percent", value, step] => {
            locale.percent(Quantity::rounded(number(value), number(step)), 1, Sign::Auto)
        }
        ["points", value, step] => {
            locale.points(Quantity::rounded(number(value), number(step)), 1, Sign::Auto)
        }
        ["fold", value] => {
            let change = (number(value) - 1.0) * 100.0;
            locale.fold(Quantity { value: change, step: 0.1, error: 0.0, qualifier: None })
        }
        ["counted", value, noun] => locale.counted(Quantity::exact(number(value)), noun)?,
        ["date", date, form] => locale.date(date.parse().unwrap(), form)?,
        ["period", period, form] => locale.period(period.parse().unwrap(), form)?,
        ["name", lexicon, code, form] => locale.name(lexicon, code, form)?.to_owned(),
        ["list", ref items @ ..] => {
            let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
            locale.list(&items, 0)
        }
        ["quote", text] => locale.quote(text),
        ["lint", ..] => {
            let text = question.strip_prefix("lint ").unwrap();
            let source = SourceText::new("ask.txt", text);
            let found: Vec<Diagnostic> = lint(text, locale)
                .iter()
                .map(|finding| finding.diagnostic(source.place(finding.range.clone())))
                .collect();
            if found.is_empty() { "clean".to_owned() } else { return Err(found) }
        }
        _ => panic!("no such question: {question}"),
    })
}

#[test]
fn every_language_fixture_is_answered_or_refused_as_expected() {
    let mut wrong = vec![];
    for entry in fs::read_dir(suite()).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("language-") {
            continue;
        }
        let (mut stdout, mut stderr) = (String::new(), String::new());
        let mut refuse = |found: Vec<Diagnostic>| {
            found.iter().for_each(|diagnostic| stderr.push_str(&diag::draw(diagnostic)));
        };
        match load(&folder) {
            Ok(locale) => {
                let questions = fs::read_to_string(folder.join("ask.txt")).unwrap_or_default();
                for question in questions.lines() {
                    match answer(&locale, question) {
                        // Invisible characters are written as escapes, so that the expected files show
                        // them.
                        Ok(text) => {
                            let text = text.replace('\u{a0}', "~");
                            stdout.push_str(&format!("{question} = {text}\n"));
                        }
                        Err(found) => refuse(found),
                    }
                }
            }
            Err(found) => refuse(found),
        }
        for (file, found) in [("stdout.txt", stdout), ("stderr.txt", stderr)] {
            let path = folder.join("expected").join(file);
            if std::env::var_os("KOSH_BLESS").is_some() {
                if found.is_empty() {
                    let _ = fs::remove_file(&path);
                } else {
                    fs::create_dir_all(folder.join("expected")).unwrap();
                    fs::write(&path, &found).unwrap();
                }
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if expected != found {
                wrong.push(format!("{name}/{file}\nexpected:\n{expected}\nfound:\n{found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
