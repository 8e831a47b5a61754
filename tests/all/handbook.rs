//! The handbook works as described.
//!
//! Every chapter of `docs/handbook/LANG/src` is executed like a reader would: files are written, commands
//! are run, and their output is compared with the page. All languages have the same blocks, so those of
//! one are run. `KOSH_BLESS=1 cargo test handbook::` puts the current output into the pages of all
//! languages; review it.
//!
//! The word after the language of a code block defines what the block is:
//!
//! | | |
//! |---|---|
//! | `sh` | commands, `kosh …` or `cd …`; `exit=1` if they fail, `until-killed` if they keep running |
//! | `text` | the output of the commands above; `...` matches any text, alone on a line any lines |
//! | `file=PATH` | the whole content of the file |
//! | `add=PATH` | lines to append to it |
//! | `set=PATH` | lines `key = value` that replace those with the same key |
//! | `figure=ID`, `look=N` | lines that make a picture: `tests/all/gallery.rs` |
//!
//! A page that begins with `<!-- after: CHAPTER -->` continues where that chapter ends; others begin in
//! an empty folder.

mod page;
mod run;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Copy, root};
use page::{Block, Page};
use run::Reported;

/// The languages; blocks of the first are run.
fn languages() -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert!(found.len() > 1, "a handbook in one language: {found:?}");
    found
}

fn folder() -> PathBuf {
    root().join("docs/handbook")
}

/// The chapters of a language, in the order of its summary.
fn pages(lang: &str) -> Vec<Page> {
    let source = folder().join(lang).join("src");
    page::chapters(&source).iter().map(|name| Page::read(&source, name)).collect()
}

#[test]
fn every_command_and_file_of_the_handbook_does_what_it_says() {
    let languages = languages();
    let pages = pages(&languages[0]);
    let mut states: BTreeMap<&str, State> = BTreeMap::new();
    let (mut reported, mut wrong) = (vec![], vec![]);
    // Chapters that others continue from come first; then the others in parallel.
    let needed: BTreeSet<&str> = pages.iter().filter_map(|page| page.after.as_deref()).collect();
    let (first, rest): (Vec<&Page>, Vec<&Page>) =
        pages.iter().partition(|page| needed.contains(page.name.as_str()));
    for page in first {
        let copy = start(page, &states);
        match run::chapter(page, &copy.root, &mut reported) {
            Ok(end) => drop(states.insert(&page.name, State { end, _copy: copy })),
            Err(problem) => panic!("{problem}"),
        }
    }
    let ends: Vec<_> = std::thread::scope(|scope| {
        let states = &states;
        let run = |page| {
            let mut reported = vec![];
            let end = run::chapter(page, &start(page, states).root, &mut reported);
            (reported, end)
        };
        let threads: Vec<_> = rest.into_iter().map(|page| scope.spawn(move || run(page))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for (more, end) in ends {
        reported.extend(more);
        wrong.extend(end.err());
    }
    if std::env::var_os("KOSH_BLESS").is_some() {
        bless(&reported, &languages);
    } else {
        wrong.extend(reported.iter().filter(|reported| !reported.fits()).map(Reported::problem));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// The result of a chapter.
struct State {
    /// The folder it ends in.
    end: PathBuf,
    _copy: Copy,
}

/// The folder in which a chapter begins.
fn start(page: &Page, states: &BTreeMap<&str, State>) -> Copy {
    let copy = Copy::empty();
    if let Some(after) = page.after.as_deref() {
        let before = &states[after].end;
        let entries = fs::read_dir(before).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let names: Vec<String> = names.collect();
        copy.lay(before, &names.iter().map(String::as_str).collect::<Vec<_>>());
    }
    copy
}

/// Puts the output into the pages of all languages.
fn bless(reported: &[Reported], languages: &[String]) {
    for lang in languages {
        for page in pages(lang) {
            let mut text = page.text.clone();
            let reported =
                reported.iter().filter(|reported| reported.page == page.name && !reported.fits());
            for reported in reported.rev() {
                let range = page.blocks[reported.block].range.clone();
                text.replace_range(range, &format!("{}\n", reported.printed.trim_end()));
            }
            if text != page.text {
                fs::write(&page.path, text).unwrap();
            }
        }
    }
}

#[test]
fn all_languages_have_the_same_chapters_with_the_same_blocks() {
    let languages = languages();
    let first = pages(&languages[0]);
    for lang in &languages[1..] {
        let other = pages(lang);
        let names = |pages: &[Page]| pages.iter().map(|page| page.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&first), names(&other), "chapters of {lang}");
        for (one, other) in first.iter().zip(&other) {
            assert_eq!(one.after, other.after, "{}: what it goes on from", other.name);
            for (one, other) in one.blocks.iter().zip(&other.blocks) {
                let same = |block: &Block| (block.info.clone(), block.content.clone());
                assert_eq!(same(one), same(other), "{lang}: {}", other.place);
            }
            assert_eq!(one.blocks.len(), other.blocks.len(), "{lang}: blocks of {}", other.name);
            let levels =
                |page: &Page| page.headings.iter().map(|(level, _)| *level).collect::<Vec<_>>();
            assert_eq!(levels(one), levels(other), "{lang}: headings of {}", other.name);
        }
    }
}

#[test]
fn a_message_names_the_file_of_a_block() {
    for page in languages().iter().flat_map(|lang| pages(lang)) {
        for block in &page.blocks {
            let Some(file) = block.file() else { continue };
            assert!(
                block.before.contains(&format!("`{file}`")),
                "{}: the text before it does not name `{file}`",
                block.place
            );
        }
    }
}

#[test]
fn every_link_leads_to_a_page_and_every_page_stands_in_the_summary() {
    for lang in languages() {
        let source = folder().join(&lang).join("src");
        assert!(folder().join(&lang).join("book.toml").exists(), "{lang}: no book.toml");
        let pages = pages(&lang);
        let mut listed: BTreeSet<PathBuf> = pages.iter().map(|page| page.path.clone()).collect();
        listed.insert(source.join("SUMMARY.md"));
        let files: BTreeSet<PathBuf> =
            fs::read_dir(&source).unwrap().map(|entry| entry.unwrap().path()).collect();
        let files: BTreeSet<PathBuf> = files.into_iter().filter(|path| path.is_file()).collect();
        assert_eq!(files, listed, "{lang}: the summary");
        for page in &pages {
            for link in &page.links {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                let to = if file.is_empty() { page.path.clone() } else { source.join(file) };
                let found = pages.iter().find(|page| page.path == to);
                let found =
                    found.unwrap_or_else(|| panic!("{}: `{link}` leads nowhere", page.name));
                let anchors: Vec<String> =
                    found.headings.iter().map(|(_, title)| page::anchor(title)).collect();
                assert!(
                    anchor.is_empty() || anchors.contains(&anchor.to_owned()),
                    "{}: `{link}`: {anchors:?}",
                    page.name
                );
            }
        }
    }
}

#[test]
fn codes_commands_and_options_that_the_text_names_exist() {
    let diagnostics = fs::read_to_string(root().join("docs/diagnostics.md")).unwrap();
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    for page in languages().iter().flat_map(|lang| pages(lang)) {
        for code in page::codes(&page.text) {
            assert!(diagnostics.contains(&format!("\n## {code} ")), "{}: {code}", page.name);
        }
        for words in page.spans.iter().filter_map(|span| span.strip_prefix("kosh ")) {
            let command = words.split_whitespace().next().unwrap_or_default();
            let help = helps.entry(command.to_owned()).or_insert_with(|| run::help(command));
            for option in words.split_whitespace().filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{}: `kosh {words}`: {option}", page.name);
            }
        }
    }
}

/// The path of a file relative to the root.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
