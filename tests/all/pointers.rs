//! Every pointer to a page of the handbook leads to a page that the program carries.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use regex::Regex;

use crate::common::{Copy, root};
use kosh::handbook::{Book, languages};

/// The files that point to pages: those of a new project, the sources with their hints, the pages themselves.
fn pointing() -> Vec<PathBuf> {
    let mut found = vec![root().join("brief.toml"), root().join("README.md")];
    for folder in ["templates", "starter", "data", "src", "schemas", "docs"] {
        collect(&root().join(folder), &mut found);
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| {
            ["toml", "md", "rs", "json", "typ", "yaml", "csv"].iter().any(|known| ending == *known)
        }) {
            found.push(path);
        }
    }
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn every_pointer_leads_to_a_page_and_its_part() {
    let pointer = Regex::new(r"kosh handbook ([\w/][\w./#-]*[\w])").unwrap();
    let books: Vec<Book> = languages().iter().map(|lang| Book::read(lang)).collect();
    let (mut wrong, mut count) = (vec![], 0);
    for path in pointing() {
        let text = fs::read_to_string(&path).unwrap();
        // Tests of the program name pages that are not there.
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for found in pointer.captures_iter(text) {
            let subject = &found[1];
            if ["PAGE", "СТРАНИЦА"].iter().any(|placeholder| subject.starts_with(placeholder))
            {
                continue;
            }
            count += 1;
            let lost = books.iter().filter(|book| book.find(subject).is_err());
            wrong.extend(lost.map(|book| format!("{}: {subject} ({})", shown(&path), book.lang)));
        }
    }
    assert!(count > 40, "{count} pointers");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_that_a_user_reads_points_to_a_file_of_the_repository() {
    let pointer = Regex::new(r"docs/[a-z-]+\.md").unwrap();
    let is_read = |path: &Path| {
        let path = shown(path);
        let is_page = path.starts_with("docs/") || path == "README.md";
        !is_page || path.starts_with("docs/diagnostics") || path.starts_with("docs/handbook/")
    };
    let mut wrong = vec![];
    for path in pointing().into_iter().filter(|path| is_read(path)) {
        let text = fs::read_to_string(&path).unwrap();
        let is_code = path.extension().is_some_and(|ending| ending == "rs");
        for (number, line) in text.lines().enumerate() {
            let is_comment = is_code && line.trim_start().starts_with("//");
            let is_embedded = line.contains("include_str!");
            // The program itself knows pages by this name: `kosh handbook docs/data.md`.
            let is_its_own = shown(&path).starts_with("src/handbook/");
            if pointer.is_match(line) && !is_comment && !is_embedded && !is_its_own {
                wrong.push(format!("{}:{}: {}", shown(&path), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn run(folder: &Path, arguments: &[&str], locale: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kosh"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LANG", locale)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_page_is_printed_in_the_language_of_the_system_or_as_asked() {
    let folder = Copy::empty();
    let printed = |arguments: &[&str], locale: &str| {
        let output = run(&folder.root, arguments, locale);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert!(printed(&["handbook", "introduction"], "ru_RU.UTF-8").starts_with("# Введение"));
    assert!(printed(&["handbook", "introduction"], "de_DE.UTF-8").starts_with("# Introduction"));
    assert!(printed(&["handbook", "introduction"], "C").starts_with("# Introduction"));
    let asked = ["handbook", "introduction", "--language", "ru"];
    assert!(printed(&asked, "C").starts_with("# Введение"));
    assert!(printed(&["handbook", "project#releases"], "ru").starts_with("## Releases\n"));
    assert!(printed(&["handbook"], "C").contains("kosh handbook PAGE#PART"));
    // Nothing was written.
    assert_eq!(fs::read_dir(&folder.root).unwrap().count(), 0);
}

#[test]
fn a_page_or_language_that_does_not_exist_is_refused_with_the_nearest() {
    let folder = Copy::empty();
    for (arguments, hint) in [
        (&["handbook", "look#colors"][..], "hint: "),
        (&["handbook", "recipe"], "hint: did you mean `recipes`?"),
        (&["handbook", "--language", "de"], "hint: there is one in en, ru"),
    ] {
        let output = run(&folder.root, arguments, "C");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(hint), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn all_pages_are_written_into_a_new_folder_and_never_over_another() {
    let folder = Copy::empty();
    let output = run(&folder.root, &["handbook", "--output", "pages"], "ru_RU.UTF-8");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let read = |name: &str| fs::read_to_string(folder.root.join("pages").join(name)).unwrap();
    assert!(read("index.html").contains("url=ru/introduction.html"));
    let page = read("ru/look.html");
    assert!(
        page.contains("<html lang=\"ru\">") && page.contains("aria-current=\"page\""),
        "{page}"
    );
    assert!(page.contains("href=\"../en/look.html\""), "the other language");
    // A pointer in the text is a link, and what begins a chapter for the tests is not there.
    assert!(read("en/language.html").contains("href=\"../en/reference/languages.html\""));
    assert!(!page.contains("after:"), "{page}");
    assert!(read("en/reference/data.html").contains("href=\"../../style.css\""));
    let again = run(&folder.root, &["handbook", "--output", "pages"], "C");
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("K0022"), "{}", text(&again.stderr));
}
