//! Holds every text of the program against the catalogues in `ui/`.
//!
//! The texts are found in the sources: the patterns of `message!`, `say_text!` and `err_text!`, and
//! what `--help` says. `KOSH_BLESS=1 cargo test --lib catalogue` adds the texts that a catalogue lacks, as
//! comments to be filled in, and takes out the translations of texts that are no longer there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::language::help_texts;
use crate::diag::{Catalogue, id};

/// The macros whose first argument is a text.
const MACROS: [&str; 3] = ["message!(", "say_text!(", "err_text!("];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text with the file that says it, in the order of files.
fn texts() -> Vec<(String, String)> {
    let mut paths = vec![];
    files(&root().join("src"), &mut paths);
    paths.sort();
    let mut found: Vec<(String, String)> = vec![];
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        let end = source.find("\n#[cfg(test)]\nmod tests {").unwrap_or(source.len());
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        if name.ends_with("cli/catalogue.rs") {
            continue;
        }
        found.extend(patterns(&source[..end]).into_iter().map(|text| (name.clone(), text)));
    }
    found.extend(help_texts().into_iter().map(|text| ("--help".to_owned(), text)));
    let mut seen = BTreeSet::new();
    found.retain(|(_, text)| is_said(text) && seen.insert(text.clone()));
    found
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false if path.extension().is_some_and(|end| end == "rs") => found.push(path),
            false => {}
        }
    }
}

/// The texts that the macros of a source file begin with.
fn patterns(source: &str) -> Vec<String> {
    let mut found = vec![];
    let lines = source.lines().map(|line| match line.trim_start().starts_with("//") {
        true => "",
        false => line,
    });
    let code = lines.collect::<Vec<_>>().join("\n");
    for (at, _) in code.match_indices('!') {
        let Some(name) = MACROS.iter().find(|name| {
            let start = (at + 1).checked_sub(name.len() - 1);
            start.is_some_and(|start| code[start..].starts_with(**name))
        }) else {
            continue;
        };
        let behind = &code[at + 2..];
        let before = code[..at + 2 - name.len()].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        if let Some(literal) = behind.trim_start().strip_prefix('"') {
            found.push(unescaped(literal));
        }
    }
    found
}

/// The value of a string literal, which begins behind its quotation mark.
fn unescaped(literal: &str) -> String {
    let mut out = String::new();
    let mut rest = literal.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => break,
            '\\' => match rest.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('u') => {
                    let hex: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    out.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
                }
                Some('\n') => while rest.next_if(|c| c.is_whitespace()).is_some() {},
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

/// The names of the placeholders of a pattern, and the pattern without them and without `code`.
fn split(pattern: &str) -> (BTreeSet<String>, String) {
    let (mut names, mut words) = (BTreeSet::new(), String::new());
    let bare = pattern.replace("{{", "").replace("}}", "");
    let mut rest = &*bare;
    while let Some(at) = rest.find('{') {
        words.push_str(&rest[..at]);
        let end = rest[at..].find('}').map_or(rest.len(), |end| at + end);
        names.insert(rest[at + 1..end].to_owned());
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    words.push_str(rest);
    let outside: String = words.split('`').step_by(2).collect();
    (names, outside)
}

/// Whether a text says something in words.
fn is_said(pattern: &str) -> bool {
    split(pattern).1.contains(|c: char| c.is_alphabetic())
}

/// The translations of a file by identifier, each as it is written.
fn entries(file: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut last: Option<String> = None;
    for line in file.lines() {
        if let Some((id, text)) = line.split_once(" = ").filter(|(id, _)| id.starts_with("m-")) {
            assert!(found.insert(id.to_owned(), text.to_owned()).is_none(), "{id} is there twice");
            last = Some(id.to_owned());
        } else if line.starts_with([' ', '\t']) {
            let Some(text) = last.as_ref().and_then(|id| found.get_mut(id)) else { continue };
            let _ = write!(text, "\n{line}");
        } else {
            last = None;
        }
    }
    found
}

/// The names of the values that a translation asks for.
fn values(translation: &str) -> BTreeSet<String> {
    let names = translation.split('$').skip(1);
    names
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

/// The file anew: what is translated, and the others as comments.
fn blessed(texts: &[(String, String)], own: &BTreeMap<String, String>, head: &str) -> String {
    let (mut out, mut last) = (head.to_owned(), "");
    for (file, text) in texts {
        if last != file {
            let _ = write!(out, "\n## {file}\n");
            last = file;
        }
        let _ = writeln!(out, "\n# {}", text.replace('\n', "\n# "));
        match own.get(&id(text)) {
            Some(translation) => drop(writeln!(out, "{} = {translation}", id(text))),
            None => drop(writeln!(out, "# {} = ", id(text))),
        }
    }
    out
}

#[test]
fn every_text_is_translated_with_its_values() {
    let texts = texts();
    assert!(texts.len() > 2_000, "the sources are not read: {} texts", texts.len());
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    for (_, text) in &texts {
        if let Some(other) = ids.insert(id(text), text) {
            panic!("two texts have the identifier {}: {other:?} and {text:?}", id(text));
        }
    }
    for entry in fs::read_dir(root().join("ui")).unwrap() {
        let path = entry.unwrap().path();
        let file = fs::read_to_string(&path).unwrap();
        let language = path.file_stem().unwrap().to_string_lossy().into_owned();
        Catalogue::read(&language, &[&file]).unwrap();
        let own = entries(&file);
        let stale: Vec<&String> = own.keys().filter(|own| !ids.contains_key(*own)).collect();
        let missing: Vec<_> =
            texts.iter().filter(|(_, text)| !own.contains_key(&id(text))).collect();
        if std::env::var_os("KOSH_BLESS").is_some() {
            let head = file.split_once("\n\n").map_or("", |(head, _)| head);
            fs::write(&path, blessed(&texts, &own, &format!("{head}\n"))).unwrap();
            println!(
                "{}: without a translation {missing:#?}, taken out {stale:#?}",
                path.display()
            );
        } else {
            assert!(stale.is_empty(), "{}: nothing says {stale:#?}", path.display());
        }
        assert!(missing.is_empty(), "{}: lacks {missing:#?}", path.display());
        for (_, text) in &texts {
            let Some(translation) = own.get(&id(text)) else { continue };
            let (wanted, asked) = (split(text).0, values(translation));
            assert_eq!(wanted, asked, "the values of {text:?} and of {translation:?}");
        }
    }
}
