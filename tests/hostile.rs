//! Names that look like syntax of any of the languages they pass through come out as they are, in
//! the text, the table, the drawing and the alternative text of every edition.

mod common;

use common::{Copy, codes, drawn, root, squeezed, well};

/// What is named so, and what is to be read of it where that is not the same.
const NAMES: [(&str, &str, &str); 16] = [
    ("regions", "KZ-71", "*x* _y_"),
    ("regions", "KZ-75", "#import \"y\": *"),
    ("regions", "KZ-79", "$y$ `raw` ]"),
    ("regions", "KZ-19", "<b>&amp;"),
    ("regions", "KZ-10", "@ref"),
    ("regions", "KZ-11", "[link](http://x)"),
    ("partners", "RUS", "{{ X1 }} {% raw %}"),
    ("partners", "DEU", "first\nsecond"),
    ("partners", "UZB", "a\u{202E}bc"),
    ("partners", "KGZ", "d\u{E000}e"),
    ("partners", "CAN", "f\u{FDD0}g"),
    ("partners", "USA", "</text><script>"),
    ("partners", "TUR", "'single' \"double\""),
    ("partners", "CHN", "\\u{41} \\n // /* -->"),
    ("partners", "POL", "&#x41; %41 --- ..."),
    ("partners", "MNG", "\u{FDD0}0\u{FDD1}"),
];

/// What is printed for a name: the documented replacements, and no white space.
fn printed(name: &str) -> String {
    let kept = name.chars().filter(|c| *c != '\u{202E}');
    let shown = kept.map(|c| match c {
        '\u{E000}' | '\u{FDD0}' | '\u{FDD1}' => '\u{FFFD}',
        c => c,
    });
    squeezed(&shown.collect::<String>())
}

/// The shipped project with these names in every language.
fn hostile() -> Copy {
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
                let name = NAMES.iter().find(|(of, code, _)| *of == lexicon && *code == &record[0]);
                let cells = record.iter().enumerate().map(|(index, cell)| match name {
                    Some((.., name)) if index > 0 => (*name).to_owned(),
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
    let copy = hostile();
    // A period in which every one of these is quoted or tabulated.
    copy.edit("brief.toml", "period = \"2025-H1\"", "period = \"2025-H1\"");
    let (files, warnings) = well(copy.build());
    let told: Vec<_> = codes(&warnings);
    assert!(told.contains(&"K0702") && told.contains(&"K0704"), "{told:?}");
    assert!(told.iter().all(|code| ["K0702", "K0704", "K0121"].contains(code)), "{told:?}");
    let everything: String = well(common::check(root()))
        .1
        .facts
        .all
        .values()
        .filter_map(|fact| fact.series())
        .flat_map(|series| &series.members)
        .filter(|member| member.quantity.is_some())
        .map(|member| format!("{} ", member.code))
        .collect();
    let mut checked = 0;
    for file in files.iter().filter(|file| file.name.ends_with(".pdf")) {
        let text = squeezed(&common::text(&file.bytes));
        for (_, code, name) in NAMES {
            if !everything.contains(&format!("{code} ")) {
                continue;
            }
            let printed = printed(name);
            assert!(text.contains(&printed), "{}: {printed}\n{text}", file.name);
            checked += 1;
        }
    }
    assert!(checked >= 20, "only {checked} of these names are quoted for the period");
    for file in files.iter().filter(|file| file.name.ends_with(".svg")) {
        let svg = std::str::from_utf8(&file.bytes).unwrap();
        roxmltree::Document::parse(svg).unwrap_or_else(|e| panic!("{}: {e}", file.name));
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
