//! Names that look like syntax of any of the languages they pass through come out as they are, in
//! the text, the table, the drawing and the alternative text of every edition.

mod common;

use common::{Copy, codes, drawn, root, squeezed, well};

/// Names as no register should have them.
const NAMES: [&str; 17] = [
    "*x* _y_",
    "#import \"y\": *",
    "$y$ `raw` ]",
    "<b>&amp;",
    "@ref",
    "[link](http://x)",
    "{{ X1 }} {% raw %}",
    "first\nsecond",
    "a\u{202E}bc",
    "d\u{E000}e",
    "f\u{FDD0}g",
    "\u{FDD0}0\u{FDD1}",
    "</text><script>",
    "'single' \"double\"",
    "\\u{41} \\n // /* -->",
    "&#x41; %41 --- ...",
    "# 1. - + |",
];

/// What is printed for a name: the documented replacements (K0702, K0704), without white space.
fn printed(name: &str) -> String {
    let kept = name.chars().filter(|c| *c != '\u{202E}');
    let shown = kept.map(|c| match c {
        '\u{E000}' | '\u{FDD0}' | '\u{FDD1}' => '\u{FFFD}',
        c => c,
    });
    squeezed(&shown.collect::<String>())
}

/// The codes that the shipped brief prints the names of, each with its lexicon.
fn named() -> Vec<(String, String)> {
    let (_, edition, _) = well(common::check(root()));
    let mut named: Vec<(String, String)> = vec![];
    for document in &edition.documents {
        common::lines(document, &mut |line| {
            for inline in line {
                let kosh::document::Inline::Sentence { content, .. } = inline else { continue };
                for inline in content {
                    if let kosh::document::Inline::Fact { id, form, .. } = inline
                        && form == "name"
                        && let Some((lexicon, code)) = id.split_once(':')
                        && ["regions", "partners"].contains(&lexicon)
                        && !named.iter().any(|(_, known)| known == code)
                    {
                        named.push((lexicon.to_owned(), code.to_owned()));
                    }
                }
            }
        });
    }
    named
}

/// The shipped project where these codes have these names in every language and form.
fn hostile(renamed: &[(&(String, String), &str)]) -> Copy {
    let copy = Copy::of_shipped();
    for lang in ["ru", "en"] {
        for lexicon in ["regions", "partners"] {
            let path = format!("data/lexicon/{lexicon}.{lang}.csv");
            let text = copy.read(&path);
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let mut writer = csv::Writer::from_writer(vec![]);
            for record in reader.records() {
                let record = record.unwrap();
                let name = renamed.iter().find(|(of, _)| of.0 == lexicon && of.1 == record[0]);
                let cells = record.iter().enumerate().map(|(index, cell)| match name {
                    Some((_, name)) if index > 0 => (*name).to_owned(),
                    _ => cell.to_owned(),
                });
                writer.write_record(cells.collect::<Vec<_>>()).unwrap();
            }
            copy.write(&path, writer.into_inner().unwrap());
        }
    }
    copy
}

#[test]
fn names_that_look_like_syntax_are_printed_as_they_are() {
    let named = named();
    assert!(named.len() >= 4, "{named:?}");
    for names in NAMES.chunks(named.len()) {
        let renamed: Vec<_> = named.iter().zip(names.iter().copied()).collect();
        let (files, warnings) = well(hostile(&renamed).build());
        for code in codes(&warnings) {
            // What is printed otherwise is said; the rest is about the figures.
            assert!(
                ["K0702", "K0704", "K0120", "K0121", "K0207"].contains(&code),
                "{}",
                drawn(&warnings)
            );
        }
        for (name, code) in [("\u{202E}", "K0704"), ("\u{E000}", "K0702"), ("\u{FDD0}", "K0702")] {
            if names.iter().any(|n| n.contains(name)) {
                assert!(codes(&warnings).contains(&code), "{code}: {}", drawn(&warnings));
            }
        }
        for file in files.iter().filter(|file| file.name.ends_with(".pdf")) {
            let text = squeezed(&common::text(&file.bytes));
            for name in names {
                assert!(text.contains(&printed(name)), "{}: {name:?}\n{text}", file.name);
            }
        }
        for file in files.iter().filter(|file| file.name.ends_with(".svg")) {
            let svg = std::str::from_utf8(&file.bytes).unwrap();
            roxmltree::Document::parse(svg).unwrap_or_else(|e| panic!("{}: {e}", file.name));
        }
    }
}

#[test]
fn a_line_of_direction_marks_or_spaces_alone_is_no_name_to_stumble_over() {
    for name in [" ", "\u{202E}", "\u{200B}", "\u{FEFF}x", "a\u{0}b", "\u{301}"] {
        let copy = Copy::of_shipped();
        for lang in ["ru", "en"] {
            let path = format!("data/lexicon/regions.{lang}.csv");
            let text = copy.read(&path);
            let line = text.lines().find(|line| line.starts_with("KZ-71,")).unwrap();
            let cells = line.split(',').count() - 1;
            let spoilt = format!("KZ-71{}", format!(",{name}").repeat(cells));
            let text = text.replacen(line, &spoilt, 1);
            copy.write(&path, text);
        }
        match copy.build() {
            Ok((files, _)) => assert!(files.len() > 2),
            Err(problems) => assert!(!problems.is_empty(), "{}", drawn(&problems)),
        }
    }
}
