//! Files as editors on Windows save them: every line ends with CR LF, some files begin with a byte order
//! mark. They make the same brief, byte for byte, and the same messages.

use std::fs;
use std::path::Path;

use crate::common::{Copy, drawn, well};

/// Gives each text file of a folder the line ends of Windows; returns the kinds of files.
fn as_on_windows(folder: &Path, kinds: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            as_on_windows(&path, kinds);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let lines = text.replace("\r\n", "\n").replace('\n', "\r\n");
            fs::write(&path, lines).unwrap();
            kinds.extend(path.extension().map(|kind| kind.to_string_lossy().into_owned()));
        }
    }
}

fn built(copy: &Copy) -> Vec<(String, Vec<u8>)> {
    let (files, _) = well(copy.build());
    files.into_iter().map(|file| (file.name, file.bytes)).collect()
}

#[test]
fn line_ends_of_windows_change_nothing_in_the_brief() {
    let [unix, windows] = [Copy::of_shipped(), Copy::of_shipped()];
    let mut kinds = vec![];
    as_on_windows(&windows.root, &mut kinds);
    for kind in ["csl", "csv", "json", "md", "toml", "typ", "yaml"] {
        assert!(kinds.iter().any(|one| one == kind), "no file of the project is a `{kind}`");
    }
    let (expected, made) = (built(&unix), built(&windows));
    assert_eq!(expected.len(), made.len());
    for ((name, expected), (other, made)) in expected.iter().zip(&made) {
        assert_eq!(name, other);
        assert!(expected == made, "{name} differs");
    }
}

#[test]
fn a_message_about_such_a_file_names_the_same_place() {
    for (file, find, put) in [
        ("brief.toml", "requires =", "requirs ="),
        ("data/indicators.toml", "[A]", "[A]\nunkown = 1"),
        ("data/border.csv", "2029-12", "2029-13"),
        ("data/datapackage.json", "\"fields\"", "\"feilds\""),
        ("templates/sections/01-border.en.md", "{{ A | int }}", "{{ Q | int }}"),
    ] {
        let copies = [Copy::of_another_country(), Copy::of_another_country()];
        let text = copies[0].read(file);
        let Some(at) = text.find(find) else { panic!("{file} has no `{find}`") };
        let wrong = format!("{}{put}{}", &text[..at], &text[at + find.len()..]);
        copies.iter().for_each(|copy| copy.write(file, &wrong));
        as_on_windows(&copies[1].root, &mut vec![]);
        let [expected, said] = copies.map(|copy| copy.said());
        assert!(!expected.is_empty(), "{file}");
        assert_eq!(drawn(&said), drawn(&expected), "{file}");
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_file() {
    let [plain, marked] = [Copy::of_another_country(), Copy::of_another_country()];
    let mut files = vec!["brief.toml".to_owned()];
    let mut open = vec!["data".to_owned(), "templates".to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(marked.root.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() { open.push(name) } else { files.push(name) }
        }
    }
    for name in files.iter().filter(|name| !name.ends_with(".typ")) {
        if let Ok(text) = fs::read_to_string(marked.root.join(name)) {
            marked.write(name, format!("\u{feff}{text}"));
        }
    }
    let (expected, made) = (built(&plain), built(&marked));
    for ((name, expected), (_, made)) in expected.iter().zip(&made) {
        assert!(expected == made, "{name} differs");
    }
}
