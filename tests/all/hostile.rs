//! Names that look like syntax of the languages they pass through are printed literally in the text,
//! table, drawing and alternative text of every edition.

use crate::common::{self, Copy, codes, drawn, root, squeezed, well};

/// Names that no register should contain.
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

/// The printed form of a name, with the documented replacements (K0702, K0704) and without whitespace.
fn printed(name: &str) -> String {
    let kept = name.chars().filter(|c| *c != '\u{202E}');
    let shown = kept.map(|c| match c {
        '\u{E000}' | '\u{FDD0}' | '\u{FDD1}' => '\u{FFFD}',
        c => c,
    });
    squeezed(&shown.collect::<String>())
}

/// The codes whose names the shipped brief prints, each with its lexicon.
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

/// The shipped project in which these codes have these names, in every language and form.
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
            // Replacements are reported; the other warnings are about figures.
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

/// The commands that print, each with its required arguments.
const PRINTING: [&[&str]; 16] = [
    &["facts"],
    &["facts", "A"],
    &["facts", "--csv"],
    &["facts", "--json"],
    &["schema", "brief"],
    &["explain", "K0120"],
    &["explain", "brand.accent"],
    &["diff", "2030-H1", "2030-H1"],
    &["completions", "bash"],
    &["man"],
    &["--help"],
    &["build", "--help"],
    &["--version"],
    &["check", "--json"],
    &["build", "--json"],
    &["verify"],
];

#[test]
fn the_help_lists_every_exit_code() {
    let help = Copy::empty().kosh(&["--help"]).1;
    let listed = help.split_once("Exit codes: ").expect("the help has a list of exit codes").1;
    let docs = std::fs::read_to_string(crate::common::root().join("docs/project.md")).unwrap();
    let table = docs.split_once("| exit code | |\n|---|---|\n").unwrap().1;
    let codes: Vec<&str> =
        table.lines().map_while(|line| line.strip_prefix("| ")?.split(" |").next()).collect();
    assert_eq!(codes, ["0", "1", "2", "3", "4", "5", "6"]);
    let words = listed.split_whitespace();
    let numbers: Vec<&str> = words.filter(|word| word.parse::<u8>().is_ok()).collect();
    assert_eq!(numbers, codes, "{listed}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_reported_and_is_no_success() {
    use std::process::Stdio;
    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
    for arguments in PRINTING {
        let output = copy.command(arguments).stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(5), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("standard output cannot be written"), "{arguments:?}: {said}");
        // Nothing can be printed; other failures have codes of their own.
        let both = copy.command(arguments).stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(both.code(), Some(5), "{arguments:?}");
    }
    let wrong = copy.command(&["build", "--profile", "nobody"]).stderr(full()).status().unwrap();
    assert_eq!(wrong.code(), Some(1));
    let usage = copy.command(&["bild"]).stderr(full()).status().unwrap();
    assert_eq!(usage.code(), Some(2));
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    use std::process::Stdio;
    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    for arguments in PRINTING {
        for both in [false, true] {
            let mut command = copy.command(arguments);
            command.stdout(Stdio::piped());
            command.stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            drop(child.stdout.take());
            if both {
                drop(child.stderr.take());
            }
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
            assert!(!said.contains("panic") && !said.contains("cannot be written"), "{said}");
        }
    }
    // An error is an error whether or not somebody reads it.
    copy.write("data/border.csv", "spoilt\n");
    for arguments in [&["check"][..], &["build"], &["facts"], &["check", "--json"]] {
        let mut command = copy.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().unwrap().code(), Some(1), "{arguments:?}");
    }
}

/// The files below a folder with their contents, including hidden ones.
fn tree(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut all = vec![];
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        match path.is_dir() && !path.is_symlink() {
            true => all.extend(tree(&path)),
            false => all.push((path.clone(), std::fs::read(&path).unwrap_or_default())),
        }
    }
    all.sort();
    all
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_named_and_the_old_release_stands() {
    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    copy.edit("data/border.csv", "2030-06,arrivals,WORLD,2553", "2030-06,arrivals,WORLD,2554");
    let before = tree(&copy.root.join("output"));
    let limited = |arguments: &str| {
        let program = env!("CARGO_BIN_EXE_kosh");
        // No file may be larger than a few blocks; a PDF and a schema are.
        let line = format!("ulimit -f 4; exec '{program}' {arguments}");
        let mut shell = std::process::Command::new("sh");
        let output = shell.args(["-c", &line]).current_dir(&copy.root).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), said)
    };
    let (code, said) = limited("build");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error[K0901]") && said.contains("brief-e"), "{said}");
    assert!(tree(&copy.root.join("output")) == before);
    let (code, said) = limited("release");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error[K0901]") && said.contains("office/1/"), "{said}");
    assert!(!copy.root.join("releases").exists(), "neither a lock nor an empty folder");
    let (code, said) = limited("init new --bare");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error[K0901]") && said.contains("new/"), "{said}");
    assert!(!copy.root.join("new").exists());
    let (code, said) = limited("man pages/here");
    assert!(code == Some(0) || said.contains("pages/here/kosh"), "{said}");
}

#[test]
fn what_is_made_never_lies_among_the_sources() {
    let copy = Copy::of_another_country();
    copy.write("corrections/x", "");
    let before = tree(&copy.root);
    let refused = |output: &str| {
        let (code, printed, said) = copy.kosh(&["build", "--output", output]);
        assert_eq!(code, Some(1), "{output}: {printed}");
        assert!(said.contains("error[K0027]"), "{output}: {said}");
        assert!(tree(&copy.root) == before, "{output}");
    };
    let whole = copy.root.to_string_lossy().into_owned();
    for output in [
        ".",
        "./",
        "data",
        "data/",
        "data/new/deep",
        "templates",
        "templates/profiles/office",
        "corrections",
        "new/../data",
        "data/../templates",
        &whole,
        &format!("{whole}/data"),
        "releases",
        "releases/2030-H1",
    ] {
        refused(output);
    }
    // Paths in the project's settings are checked too.
    for paths in ["output = \"data\"", "output = \"..//data/..\"", "releases = \"templates\""] {
        let brief = copy.read("brief.toml");
        copy.write("brief.toml", format!("{brief}\n[paths]\n{paths}\n").replace("..//", "x/../"));
        let (code, _, said) = copy.kosh(&["build"]);
        assert!(code == Some(1) && said.contains("error[K0027]"), "{paths}: {said}");
        copy.write("brief.toml", brief);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("data", copy.root.join("elsewhere")).unwrap();
        for output in ["elsewhere", "elsewhere/x"] {
            let (code, _, said) = copy.kosh(&["build", "--output", output]);
            assert!(code == Some(1) && said.contains("error[K0027]"), "{output}: {said}");
        }
        // A link at the folder of the period, or of the body.
        std::fs::create_dir_all(copy.root.join("out")).unwrap();
        symlink("../data", copy.root.join("out/2030-H1")).unwrap();
        let (code, _, said) = copy.kosh(&["build", "--output", "out"]);
        assert!(code == Some(1) && said.contains("error[K0027]"), "{said}");
        std::fs::remove_file(copy.root.join("out/2030-H1")).unwrap();
        std::fs::create_dir_all(copy.root.join("out/2030-H1")).unwrap();
        symlink("../../templates", copy.root.join("out/2030-H1/office")).unwrap();
        let (code, _, said) = copy.kosh(&["build", "--output", "out"]);
        assert!(code == Some(1) && said.contains("error[K0027]"), "{said}");
    }
    // Beside the sources, above the project, and in a folder with other files it is allowed.
    copy.write("mine/photo.jpg", "jpg");
    copy.write("mine/2030-H1/office/notes.txt", "mine");
    copy.write("mine/2030-H1/office/Ünïcode name\u{2028}.txt", "mine");
    for output in ["mine", "out of the way", "aus/gabe"] {
        let (code, _, said) = copy.kosh(&["build", "--quiet", "--output", output]);
        assert_eq!(code, Some(0), "{output}: {said}");
    }
    assert_eq!(copy.read("mine/2030-H1/office/notes.txt"), "mine");
    assert_eq!(copy.read("mine/2030-H1/office/Ünïcode name\u{2028}.txt"), "mine");
    assert!(copy.root.join("mine/2030-H1/office/brief-en.pdf").exists());
    // A release with a file of the user beside it is still up to date.
    let (_, printed, _) = copy.kosh(&["build", "--output", "mine"]);
    assert!(printed.starts_with("unchanged"), "{printed}");
}

#[test]
fn a_refused_build_leaves_nothing_and_somebodys_file_stops_one() {
    let copy = Copy::of_another_country();
    let strings = copy.read("templates/strings.en.toml");
    // An error found when pages are typeset, long after the lock was taken.
    copy.write(
        "templates/page.typ",
        "#panic(\"no\")\n".to_owned() + &copy.read("templates/page.typ"),
    );
    let (code, _, _) = copy.kosh(&["build"]);
    assert_eq!(code, Some(1));
    assert!(!copy.root.join("output").exists(), "neither a lock nor an empty folder");
    let (code, _, _) = copy.kosh(&["release"]);
    assert_eq!(code, Some(1));
    assert!(!copy.root.join("releases").exists());
    copy.lay(root(), &["templates/page.typ"]);
    copy.write("templates/strings.en.toml", strings);

    copy.write("output/2030-H1/office/facts.csv", "mine");
    let before = tree(&copy.root);
    let (code, _, said) = copy.kosh(&["build"]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("error[K0918]: `facts.csv` was not made by kosh and would be overwritten"),
        "{said}"
    );
    assert!(tree(&copy.root) == before);
    std::fs::remove_file(copy.root.join("output/2030-H1/office/facts.csv")).unwrap();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));

    // A truncated manifest still identifies kosh's files by their hashes. Without a manifest, files that
    // would change are in the way.
    let manifest = "output/2030-H1/office/manifest.json";
    let whole = copy.read(manifest);
    copy.write(manifest, &whole[..whole.len() - 40]);
    copy.write("output/2030-H1/office/mine.txt", "mine");
    copy.edit("data/border.csv", "2030-06,arrivals,WORLD,2553", "2030-06,arrivals,WORLD,2554");
    let (code, _, said) = copy.kosh(&["build", "--quiet"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(copy.read("output/2030-H1/office/mine.txt"), "mine");
    std::fs::remove_file(copy.root.join(manifest)).unwrap();
    copy.edit("data/border.csv", "2030-06,arrivals,WORLD,2554", "2030-06,arrivals,WORLD,2555");
    let (code, _, said) = copy.kosh(&["build", "--quiet"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error[K0918]") && said.contains("brief-en.pdf"), "{said}");
    assert_eq!(copy.read("output/2030-H1/office/mine.txt"), "mine");
}

#[test]
fn a_build_of_other_forms_or_languages_leaves_the_files_of_the_others() {
    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    let folder = copy.root.join("output/2030-H1/office");
    let (code, printed, said) = copy.kosh(&["build", "--language", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(printed.contains("brief-eo.pdf  (reused from an earlier build)"), "{printed}");
    assert!(folder.join("brief-eo.pdf").exists() && folder.join("brief-en.pdf").exists());
    let (code, printed, _) = copy.kosh(&["build"]);
    assert!(code == Some(0) && !printed.contains("reused from an earlier build"), "{printed}");
    assert!(!folder.join(".kosh-kept.json").exists());
    // An empty list of forms is an error.
    let brief = copy.read("brief.toml");
    let before = tree(&folder);
    copy.write("brief.toml", format!("formats = []\n{brief}"));
    let (code, _, said) = copy.kosh(&["build"]);
    assert!(code == Some(1) && said.contains("the brief has no form"), "{said}");
    assert!(tree(&folder) == before);
}

#[test]
fn ids_that_files_are_called_after_are_names_of_files() {
    for id in ["../facts", "/abs", "", "con", "a/b", "a.b", "1", "-x", "Ф1", "a b", "nul"] {
        for file in ["figures", "tables"] {
            let copy = Copy::of_another_country();
            let name = format!("templates/{file}.toml");
            let text = copy.read(&name);
            let first = text.lines().find(|line| line.starts_with('[')).unwrap();
            copy.write(&name, text.replacen(first, &format!("[\"{id}\"]"), 1));
            let said = copy.said();
            assert!(codes(&said).contains(&"K0501"), "{file} {id:?}: {}", drawn(&said));
        }
    }
    // Two ids that differ only by case.
    let copy = Copy::of_another_country();
    let text = copy.read("templates/figures.toml");
    let (head, _) = text.split_at(text[1..].find("\n[").map_or(text.len(), |at| at + 1));
    let id = head.lines().find_map(|line| line.strip_prefix('[')?.strip_suffix(']')).unwrap();
    let other = head.replacen(&format!("[{id}]"), &format!("[{}]", id.to_uppercase()), 1);
    copy.write("templates/figures.toml", format!("{text}\n{other}"));
    let said = copy.said();
    assert!(codes(&said).contains(&"K0501"), "{}", drawn(&said));

    for (key, value, code) in [
        ("languages", "[\"en\", \"../eo\"]", "K0026"),
        ("languages", "[\"en\", \"en\"]", "K0026"),
        ("languages", "[\"en\", \"EN\"]", "K0026"),
        ("languages", "[\"\"]", "K0026"),
        ("languages", "[\"con\"]", "K0026"),
        ("region", "\"../x\"", "K0026"),
        ("region", "\"a/b\"", "K0026"),
        ("region", "\"\"", "K0026"),
        ("profile", "\"../office\"", "K0004"),
        ("profile", "\"con\"", "K0004"),
        ("profile", "\"\"", "K0004"),
    ] {
        let copy = Copy::of_another_country();
        let brief = copy.read("brief.toml");
        let others = brief.lines().filter(|line| !line.starts_with(key));
        let brief: String = others.map(|line| format!("{line}\n")).collect();
        copy.write("brief.toml", format!("{key} = {value}\n{brief}"));
        let said = copy.said();
        assert!(codes(&said).contains(&code), "{key} = {value}: {}", drawn(&said));
    }
}

/// A line of a template that changes, hides or cuts the document's text, and the code of the resulting
/// error. It is inserted into `brief.typ`.
const THEMES: [(&str, &str); 60] = [
    (r##"#show "1": "7""##, "K0716"),
    (r##"#show "0": "8""##, "K0716"),
    (r##"#show regex("\d"): none"##, "K0716"),
    (r##"#show regex("\d+"): it => hide(it)"##, "K0716"),
    (r##"#show regex("\d"): it => it + it"##, "K0716"),
    (r##"#show regex("\d+"): it => [1#it]"##, "K0716"),
    (r##"#show ",": ".""##, "K0716"),
    (r##"#show ",": none"##, "K0716"),
    ("#show \"\u{2212}\": \"+\"", "K0716"),
    (r##"#show "+": none"##, "K0716"),
    (r##"#show "%": "‰""##, "K0716"),
    (r##"#show "people": "thousand people""##, "K0716"),
    (r##"#show "arrived": "left""##, "K0716"),
    (
        r##"#show regex("2,553|2,105"): it => if it.text == "2,553" { "2,105" } else { "2,553" }"##,
        "K0716",
    ),
    (r##"#show regex("[0-9]"): it => h(9pt) + it"##, "K0716"),
    (r##"#show " ": none"##, "K0716"),
    (r##"#show heading: none"##, "K0716"),
    (r##"#show table: none"##, "K0716"),
    (r##"#show figure.caption: none"##, "K0716"),
    (r##"#show <cite>: none"##, "K0716"),
    (r##"#show <sources>: hide"##, "K0716"),
    (r##"#show table.cell: it => if it.x == 1 { none } else { it }"##, "K0716"),
    (r##"#show regex("\d"): set text(fill: white)"##, "K0717"),
    (r##"#show regex("\d"): set text(fill: rgb(0, 0, 0, 0))"##, "K0717"),
    (r##"#show regex("\d"): set text(fill: rgb("#FAFAFA"))"##, "K0717"),
    (r##"#show regex("\d"): set text(size: 0.2pt)"##, "K0717"),
    (r##"#show regex("\d+"): it => scale(4%, it)"##, "K0717"),
    (r##"#show regex("\d+"): it => box(scale(x: 4%, it))"##, "K0717"),
    (r##"#show regex("\d+"): it => box(clip: true, height: 2pt, it)"##, "K0717"),
    (r##"#show regex("\d+"): it => box(clip: true, width: 1pt, it)"##, "K0717"),
    (r##"#show regex("\d+"): it => box(move(dx: 900pt, it))"##, "K0717"),
    (r##"#show regex("\d+"): it => box(move(dy: -2000pt, it))"##, "K0717"),
    (r##"#show regex("\d+"): it => box(scale(x: -100%, it))"##, "K0717"),
    (r##"#show regex("\d+"): it => box(rotate(180deg, it))"##, "K0717"),
    (r##"#show regex("\d+"): it => strike(it)"##, "K0717"),
    (
        r##"#show regex("\d+"): it => box({ it; place(top, rect(width: 100%, height: 8pt, fill: white)) })"##,
        "K0717",
    ),
    (r##"#set page(foreground: rect(width: 100%, height: 100%, fill: white))"##, "K0717"),
    (r##"#set par(leading: -1.05em)"##, "K0717"),
    (r##"#set page(footer: [Call 74-42-42])"##, "K0718"),
    (r##"#place(top + right, [Up by 42 per cent])"##, "K0718"),
    (r##"#set page(background: place(center, text(size: 50pt, [99])))"##, "K0718"),
    (
        r##"#show image: it => it + place(top, rect(fill: white, width: 50%, height: 30pt))"##,
        "K0719",
    ),
    (r##"#show image: it => box(clip: true, height: 20pt, it)"##, "K0719"),
    (r##"#show image: it => scale(20%, it)"##, "K0719"),
    (r##"#show image: none"##, "K0719"),
    (r##"#show image: it => it + place(top, dy: 10pt, [7])"##, "K0719"),
    (r##"#show image: it => box(scale(x: -100%, it))"##, "K0719"),
    (r##"#show "people": [\ thousand\ people]"##, "K0716"),
    (r##"#show regex("\d,"): it => it.text.first() + [\ ] + it.text.last()"##, "K0716"),
    (r##"#show regex("[0-9,]+"): it => it + super[3]"##, "K0716"),
    (r##"#show regex("[0-9,]+"): it => text(stroke: 9pt + white, it)"##, "K0717"),
    (r##"#show regex("\d"): it => box(width: 0.5pt, it)"##, "K0716"),
    (r##"#show regex("\d+"): set text(font: "DejaVu Sans Mono", tracking: -0.6em)"##, "K0716"),
    (r##"#show table: it => scale(x: 3%, it)"##, "K0717"),
    (r##"#show table: it => block(clip: true, height: 30pt, it)"##, "K0717"),
    (r##"#show figure: it => block(clip: true, height: 20pt, it)"##, "K0717"),
    (r##"#show heading: it => block(height: 0pt, clip: true, it)"##, "K0717"),
    (r##"#set page(height: 60mm, margin: (bottom: -60mm))"##, "K0717"),
    (r##"#show strong: none"##, "K0716"),
    (r##"#show regex("\d+"): it => it.text.rev()"##, "K0716"),
];

/// Lines of a template that change only the appearance of the document's text.
const DRESS: [&str; 12] = [
    r##"#show heading: upper"##,
    r##"#set text(size: 11pt, fill: rgb("#102030"))"##,
    r##"#set par(justify: true)"##,
    "#set text(hyphenate: true)\n#set par(justify: true)",
    r##"#show regex("\d+"): underline"##,
    r##"#show regex("\d+"): strong"##,
    r##"#show regex("\d+"): highlight"##,
    r##"#set text(font: "Libertinus Serif")"##,
    r##"#show heading.where(level: 1): it => block(fill: rgb("#12436D"), inset: 6pt, text(fill: white, it.body))"##,
    r##"#show smallcaps: it => it"##,
    r##"#set page(fill: rgb("#FFFDF5"))"##,
    r##"#set page(margin: 30mm)"##,
];

fn dressed(line: &str) -> Copy {
    let copy = Copy::of_another_country();
    // After the rules of the template itself, so that it takes precedence.
    let start = "#if meta.mastheads.len() > 0 { shared-masthead }";
    copy.edit("templates/brief.typ", start, &format!("{line}\n{start}"));
    // The result does not depend on the spacing, so a single layout variant is enough.
    copy.edit("templates/theme.typ", "json(\"/fit.json\").closeness", "0");
    copy.edit("templates/sources.typ", "json(\"/fit.json\").sources", "0");
    copy
}

#[test]
fn a_template_that_changes_hides_or_cuts_text_is_refused_where_it_does() {
    let mut wrong = vec![];
    for (line, code) in THEMES {
        match dressed(line).build() {
            Ok(_) => wrong.push(format!("{line}: passed")),
            Err(problems) if !codes(&problems).contains(&code) => {
                wrong.push(format!("{line}: not {code}\n{}", drawn(&problems)));
            }
            Err(problems) => {
                let reported = problems.iter().find(|problem| problem.code == code).unwrap();
                if reported.hints.is_empty() {
                    wrong.push(format!("{line}: no remedy"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_template_that_dresses_text_passes() {
    let mut wrong = vec![];
    for line in DRESS {
        if let Err(problems) = dressed(line).build() {
            wrong.push(format!("{line}:\n{}", drawn(&problems)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A section must name its period (K0815).
const PERIOD: &str = "{% call sentence(\"when\") %}This was {{ period | in }}.{% endcall %}";

/// The small project in English, with this as the only text of a section.
fn with_section(text: &str) -> Copy {
    let copy = Copy::of_another_country();
    copy.edit("brief.toml", "[\"en\", \"eo\"]", "[\"en\"]");
    copy.write("templates/sections/02-inside.en.md", format!("# Inside\n\n{text}\n\n{PERIOD}\n"));
    copy
}

/// The result of a sentence: its words, `-` if it is left out and listed, empty if a condition left it
/// out, or the code of its problem.
fn comes_out(copy: &Copy, id: &str) -> String {
    match copy.check() {
        Err(problems) => codes(&problems).join(" "),
        Ok((_, edition, _)) => {
            let is_listed = edition.skipped.iter().any(|skipped| skipped.sentence == id);
            let said = edition.documents.iter().find_map(|d| common::sentence(d, id));
            match said {
                Some(said) => said.replace('\u{A0}', " "),
                None if is_listed => "-".to_owned(),
                None => String::new(),
            }
        }
    }
}

fn sentence_of(body: &str) -> String {
    comes_out(&with_section(&format!("{{% call sentence(\"x\") %}}{body}{{% endcall %}}")), "x")
}

fn condition(condition: &str) -> String {
    sentence_of(&format!("{{% if {condition} %}}More came.{{% else %}}More left.{{% endif %}}"))
}

#[test]
fn a_condition_compares_facts_by_value() {
    // A: 2,553 arrivals, D: 2,105 departures, B: +448.
    for (asked, holds) in [
        ("A > D", true),
        ("A < D", false),
        ("D < A", true),
        ("A >= D and D <= A", true),
        ("A == 2553", true),
        ("2553 == A", true),
        ("A != 2553", false),
        ("A > 2553", false),
        ("A >= 2553", true),
        ("A > 10000", false),
        ("10000 > A", true),
        ("10000 < A", false),
        ("B > 0", true),
        ("-B.base > 0", false),
        ("2000 < A < 3000", true),
        ("2000 < D < 2100 < A", false),
        ("A in [1, 2553]", true),
        ("A not in [1, 2]", true),
        ("not A > D", false),
        ("(A | abs) > (D | abs)", true),
        ("A is known and A > 10", true),
        ("A_by[\"ATL\"].value > A_by[\"UTO\"].value", true),
        ("A_by[\"ATL\"] >= 1400", true),
        ("A.change > 5", true),
        ("period == \"2030-H1\"", true),
        ("period.base < period", true),
        ("provinces[\"N-1\"] == provinces[\"N-1\"]", true),
    ] {
        let expected = match asked {
            "-B.base > 0" => "K0412",
            _ if holds => "More came.",
            _ => "More left.",
        };
        assert_eq!(condition(asked), expected, "{asked}");
    }
    let listed = sentence_of(
        "{% for c in A_by.members if c.value > 1100 %}{{ c.name | nom }}{% endfor %} sent most.",
    );
    assert_eq!(listed, "Atlantis sent most.");
    let chosen = sentence_of("{{ (A if A > D else D) | int }} moved.");
    assert_eq!(chosen, "2,553 moved.");
    let within = comes_out(
        &with_section(
            "{% macro more(a, b) %}{% if a > b %}more{% else %}fewer{% endif %}{% endmacro %}\
             {% call sentence(\"x\") %}There were {{ more(D, A) }}.{% endcall %}",
        ),
        "x",
    );
    assert_eq!(within, "There were fewer.");
}

#[test]
fn a_condition_that_has_no_answer_is_none() {
    for asked in [
        // Operands of different kinds or units.
        "A > A.change",
        "A == \"2553\"",
        "A > \"2553\"",
        "\"2553\" == A",
        "A_by > 1000",
        "A_by == D_by",
        "A == none",
        "A == true",
        "(A | int) == \"2,553\"",
        "(A | int) > 5",
        "A in A_by",
        "A in \"2553\"",
        "[A] == [D]",
        "period > 5",
        "period == A",
        "provinces[\"N-1\"] < provinces[\"N-2\"]",
        "provinces[\"N-1\"] == \"N-1\"",
        "\"a\" < \"b\"",
        "\"3\" > 2",
        "A is agreeing(A.change)",
    ] {
        assert_eq!(condition(asked), "K0409", "{asked}");
    }
    for asked in [
        "A",
        "not A",
        "A and D",
        "A or D",
        "A is known and D",
        "(A | int)",
        "A_by",
        "A.quarter.change",
    ] {
        assert_eq!(condition(asked), "K0410", "{asked}");
    }
    assert_eq!(sentence_of("{{ (A or D) | int }} moved."), "K0410");
    assert_eq!(sentence_of("{{ \"x\" if A }} moved."), "K0410");
    assert_eq!(
        sentence_of("{% for c in A_by.members if c.value %}{{ c.name | nom }}{% endfor %} x."),
        "K0410"
    );
    // A missing operand leaves the sentence out, and stops the build outside a sentence.
    assert_eq!(condition("A.threshold > 5"), "-");
    assert_eq!(condition("A.threshold is positive"), "-");
    let outside = "{% if A.threshold > 5 %}\n\nYes.\n\n{% else %}\n\nNo.\n\n{% endif %}";
    assert_eq!(codes(&with_section(outside).said()), ["K0411"]);
    let asked = "{% if A.threshold is known and A.threshold > 5 %}\n\nYes.\n\n{% endif %}";
    assert_eq!(comes_out(&with_section(asked), "x"), "");
}

#[test]
fn what_lies_within_rounding_leaves_the_sentence_out() {
    let copy = with_section(
        "{% call sentence(\"x\") %}{% if A > 2600 %}More.{% else %}Fewer.{% endif %}{% endcall %}",
    );
    let rows = copy.read("data/border.csv").replace(
        "2030-01..2030-06,arrivals,WORLD,2553,persons,1,",
        "2030-01..2030-06,arrivals,WORLD,2600,persons,100,",
    );
    copy.write("data/border.csv", rows);
    let (_, edition, _) = well(copy.check());
    let skipped = edition.skipped.iter().find(|skipped| skipped.sentence == "x").unwrap();
    assert_eq!(skipped.fact, "A");
    assert!(skipped.reason.contains("rounding"), "{}", skipped.reason);
}

#[test]
fn facts_are_not_calculated_with_nor_joined_to_text() {
    for body in [
        "{{ A ~ \"\" }}",
        "{{ \"\" ~ A.change }}",
        "{{ A_by[\"ATL\"] ~ \"\" }}",
        "{{ provinces[\"N-1\"] ~ \"\" }}",
        "{{ period ~ \"\" }}",
        "{{ [A] ~ \"\" }}",
        "{{ A + D }}",
        "{{ A - 1 }}",
        "{{ A * 2 }}",
        "{{ A / D }}",
        "{{ A // 2 }}",
        "{{ A % 2 }}",
        "{{ A ** 2 }}",
        "{{ -A | int }}",
        "{{ (A | int) + \"0\" }}",
        "{% set x = A ~ D %}{{ x }}",
    ] {
        let said = sentence_of(&format!("There were {body}."));
        assert_eq!(said, "K0412", "{body}");
    }
    assert_eq!(
        sentence_of("There were {{ (A | int) ~ \" people\" }}."),
        "There were 2,553 people."
    );
    // The same in a phrase, a title and an alternative text.
    for (find, put) in [
        ("title = \"Two provinces of five gain\"", "title = \"{{ A ~ '' }}\""),
        ("title = \"Migration in Norland\"", "title = \"{{ A.change ~ '' }}\""),
        ("alt = \"Net migration by year.\"", "alt = \"{{ [N] ~ '' }}\""),
    ] {
        let copy = Copy::of_another_country();
        copy.edit("templates/strings.en.toml", find, put);
        assert_eq!(codes(&copy.said()), ["K0412"], "{put}");
    }
    let list = "{% for c in A_by.members %}{% if loop.changed(c.value) %}x{% endif %}{% endfor %}.";
    assert_eq!(sentence_of(list), "K0412");
}

#[test]
fn a_loop_goes_over_a_series_and_no_number() {
    for of in ["A", "A.members", "A_by[\"ATL\"]", "A_by[\"ATL\"].value"] {
        let body = format!("{{% for c in {of} %}}x{{% endfor %}} people came.");
        assert_eq!(sentence_of(&body), "K0415", "{of}");
    }
    assert_eq!(sentence_of("From {{ A | list(\"nom\") }}."), "K0415");
    assert_eq!(sentence_of("From {{ A.change | list(\"nom\") }}."), "K0415");
}

#[test]
fn what_is_typed_beside_a_number_makes_no_other_of_it() {
    for body in [
        "{{ A | int }}0 people.",
        "{{ A | int }}.5 people.",
        "{{ A | int }},5 people.",
        "1{{ A | int }} people.",
        "0.{{ A | int }} people.",
        "1 {{ A | int }} people.",
        "{{ A | int }} 000 people.",
        "{{ A | int }}{{ D | int }} people.",
        "{{ A | int }} {{ D | int }} people.",
        "{{ A | int }}k people.",
        "{{ A | int }}% of people.",
        "{{ A | int }} % of people.",
        "**{{ A | int }}**% of people.",
        "{{ A | int }}‰ of people.",
        "{{ A | int }} per cent of people.",
        "{{ A | int }} percent of people.",
        "{{ A | int }} percentage points.",
        "{{ A | int }} thousand people.",
        "{{ A | int }} million people.",
        "{{ A | int }} hundred people.",
        "{{ A.change | pct1 }}% more.",
        "{{ A.change | pct1 }} per cent more.",
        "{{ A.change | pct1 }} thousand more.",
        "In all \u{2212}{{ A | int }} people.",
        "In all -{{ A | int }} people.",
        "In all +{{ A | int }} people.",
        "A gain of +{{ B | signed }} people.",
        "(\u{2212} {{ A | int }} people).",
        "{{ A | int }} USD.",
        "{{ A | int }} $.",
        "${{ A | int }}.",
        "€ {{ A | int }}.",
    ] {
        // A hyphen instead of a minus sign is reported as well.
        let said = sentence_of(body);
        assert!(said == "K0414" || said == "K0414 K0308" && body.contains(" -"), "{body}: {said}");
    }
    for (body, said) in [
        ("{{ A | int }} people, 12 more.", "2,553 people, 12 more."),
        ("In 2030 {{ A | int }} came.", "In 2030 2,553 came."),
        ("Net: {{ A | int }} − {{ D | int }} = {{ B | signed }}.", "Net: 2,553 − 2,105 = +448."),
        ("Arrivals ({{ A | int }}) – departures.", "Arrivals (2,553) – departures."),
        ("{{ A | int }}, or {{ A.change | pct1 }}.", "2,553, or +11.0%."),
        ("Of {{ N_all | int }} provinces.", "Of 5 provinces."),
        ("{{ A | int }} – {{ D | int }} people.", "2,553 – 2,105 people."),
    ] {
        assert_eq!(sentence_of(body), said, "{body}");
    }
    // The problem is at the place where the text is typed.
    let copy = with_section(
        "{% call sentence(\"a\") %}{{ A | int }} people.{% endcall %}\n\
         {% call sentence(\"b\") %}Arrivals: **{{ A | int }}**0 people.{% endcall %}",
    );
    let said = copy.said();
    let place = said[0].place.as_ref().unwrap();
    assert_eq!(place.to_string(), "templates/sections/02-inside.en.md:4:52");
    let copy = Copy::of_another_country();
    copy.edit(
        "templates/strings.en.toml",
        "value = \"{{ A | int }}\"",
        "value = \"{{ A | int }}0\"",
    );
    assert_eq!(codes(&copy.said()), ["K0414"]);
}

#[test]
fn what_is_typed_beside_a_number_makes_no_other_of_it_in_russian() {
    let copy = Copy::of_shipped();
    copy.edit("brief.toml", "languages = [\"ru\", \"en\"]", "languages = [\"ru\"]");
    let sentences = [
        ("g1", "Прибыли {{ X1 | int }} тыс. человек."),
        ("g2", "Прибыли {{ X1 | int }} тысяч человек."),
        ("g3", "Прибыли {{ X1 | int }} процентов."),
        ("g4", "Прибыли {{ X1 | int }} %."),
        ("g5", "Рост на {{ X1.change | abs | pct1 }} %."),
        ("g6", "Прибыли {{ X1 | int }} 000 человек."),
        ("g7", "Перечислено {{ X1 | int }} тенге."),
        ("g8", "Перечислено {{ M1 | billions }} млн тенге."),
    ];
    let text: String = sentences
        .iter()
        .map(|(id, body)| format!("{{% call sentence(\"{id}\") %}}{body}{{% endcall %}}\n\n"))
        .collect();
    copy.write("templates/sections/09-conclusion.ru.md", format!("# Итог\n\n{text}"));
    let said = copy.said();
    let glued: Vec<String> = said
        .iter()
        .filter(|problem| problem.code == "K0414")
        .map(|problem| problem.place.as_ref().unwrap().line_column().unwrap().0.to_string())
        .collect();
    assert_eq!(glued, ["3", "5", "7", "9", "11", "13", "15", "17"], "{}", drawn(&said));
}

#[test]
fn a_filter_words_its_own_unit() {
    for body in [
        "{{ A | fold }}",
        "{{ E | fold }}",
        "{{ A.change | int }}",
        "{{ A.change | signed }}",
        "{{ A.change | dec1 }}",
        "{{ A.change | counted(\"person\") }}",
        "{{ A.change | points }}",
        "{{ A.change | billions }}",
        "{{ A | points }}",
        "{{ A | billions }}",
        "{{ A | pct1 }}",
        "{{ A | counted(\"region\") }}",
        "{{ A | word(\"rose\", \"fell\", \"stood\") }}",
        "{{ A.base | word(\"rose\", \"fell\", \"stood\") }}",
        "{{ A_by[\"ATL\"] | word(\"rose\", \"fell\", \"stood\") }}",
        "{{ A | since }}",
        "{{ A_by | since }}",
        "{% if A is flat %}x{% endif %}",
        "{% if A is manifold %}x{% endif %}",
    ] {
        assert_eq!(sentence_of(&format!("It was {body} in all.")), "K0413", "{body}");
    }
    for (body, said) in [
        ("{{ A.change | word(\"rose\", \"fell\", \"stood\") }}", "rose"),
        ("{{ A.difference | word(\"rose\", \"fell\", \"stood\") }}", "rose"),
        ("{{ B | word(\"gained\", \"lost\", \"stood\") }}", "gained"),
        ("{{ A | counted(\"person\") }}", "2,553 people"),
        ("{{ N_count | counted(\"region\") }}", "2 regions"),
    ] {
        let out = sentence_of(&format!("It was {body} in all."));
        assert_eq!(out, format!("It was {said} in all."), "{body}");
    }
}

#[test]
fn a_sentence_that_lost_its_words_is_left_out_whole() {
    for body in [
        // No member satisfies the condition of the loop.
        "{% for c in A_by.members %}{% if c.value > 9999 %}{{ c.name | nom }}{% endif %}{% endfor %}; the rest came from elsewhere.",
        "Most came from ({% for c in A_by.members %}{% if c.value > 9999 %}{{ c.name | nom }}{% endif %}{% endfor %}).",
        "The largest: {% for c in A_by.members %}{% if c.value > 9999 %}{{ c.name | nom }}{% endif %}{% endfor %}.",
        // The series itself is missing.
        "{% for c in A.threshold.members %}{{ c.name | nom }}{% endfor %}; the rest came from elsewhere.",
        "From {{ A.threshold | list(\"nom\") }}.",
        "Read in {{ cite(A.threshold) }}.",
        // Only references and punctuation.
        "({{ ref(\"provinces\") }}).",
        "{{ cite(A) }}",
    ] {
        assert_eq!(sentence_of(body), "-", "{body}");
    }
    let said =
        sentence_of("{% for c in A.threshold.members %}x{% else %}No country{% endfor %} came.");
    assert_eq!(said, "No country came.");
    assert_eq!(sentence_of("{% if A > 9999 %}Many came.{% endif %}"), "");
    // A typed hole is an error at its own sentence.
    let copy = with_section(
        "{% call sentence(\"a\") %}Arrivals ({{ A | int }}) rose.{% endcall %}\n\
         {% call sentence(\"b\") %}Arrivals () rose.{% endcall %}",
    );
    for problem in copy.said().iter().filter(|problem| problem.code == "K0308") {
        assert!(problem.place.as_ref().unwrap().to_string().contains(":4:"), "{problem:?}");
    }
}

#[test]
fn a_reference_to_what_is_left_out_goes_with_its_brackets_or_with_its_sentence() {
    // Only the table `main` is printed.
    for (body, said) in [
        ("Arrivals ({{ ref(\"provinces\") }}) rose.", "Arrivals rose."),
        ("Arrivals (see {{ ref(\"provinces\") }}) rose.", "Arrivals rose."),
        (
            "Arrivals ({{ ref(\"provinces\") }}, {{ ref(\"main\") }}) rose.",
            "Arrivals (Table 1) rose.",
        ),
        (
            "Arrivals ({{ ref(\"main\") }}, {{ ref(\"provinces\") }}) rose.",
            "Arrivals (Table 1) rose.",
        ),
        ("As {{ ref(\"provinces\") }} shows, arrivals rose.", "-"),
        ("Arrivals rose: {{ ref(\"provinces\") }}.", "-"),
    ] {
        assert_eq!(sentence_of(body), said, "{body}");
    }
}

#[test]
fn an_exhibit_of_the_wrong_kind_is_a_mistake() {
    let figure = |written: &str| {
        let copy = Copy::of_another_country();
        let text = copy.read("templates/figures.toml");
        let (first, _) = text.split_once("[years]").unwrap();
        copy.write(
            "templates/figures.toml",
            first.replace(
                "[provinces]\nform = \"diverging-bars\"\nof = \"N\"",
                &format!("[provinces]\n{written}"),
            ) + &text[first.len()..],
        );
        codes(&copy.said()).into_iter().collect::<std::collections::BTreeSet<_>>()
    };
    for (written, code) in [
        ("form = \"diverging-bars\"\nof = \"A\"", "K0505"),
        ("form = \"heatmap\"\nof = \"N\"", "K0505"),
        ("form = \"lines\"\nof = \"A\"", "K0505"),
        ("form = \"multiples\"\nof = \"N\"", "K0505"),
        ("form = \"tile-map\"\nof = \"A\"", "K0505"),
        ("form = \"tile-map\"\nof = \"A_by\"", "K0505"),
        ("form = \"columns\"\nof = \"N\"", "K0505"),
        ("form = \"panels\"\nof = [\"N\", \"A_by\"]", "K0505"),
        ("form = \"paired-dots\"\nfirst = \"A\"\nsecond = \"D\"\ntop = 2", "K0505"),
        ("form = \"bars\"\nof = \"A\"", "K0505"),
        ("form = \"bars\"\nof = \"N\"", "K0509"),
        ("form = \"bars\"\nof = \"A_by\"\ntop = 0", "K0506"),
        ("form = \"bars\"\nof = \"A_by\"\norder = \"name\"", "K0501"),
        ("form = \"grouped-bars\"\nof = [\"A_by\"]", "K0506"),
        ("form = \"grouped-bars\"\nof = [\"A_by\", \"A_by\"]", "K0508"),
        ("form = \"grouped-bars\"\nof = [\"A_by\", \"N\"]", "K0509"),
        ("form = \"stacked-bars\"\nof = [\"A_by\"]", "K0506"),
        ("form = \"stacked-bars\"\nof = [\"A_by\", \"D_by\"]", "K0510"),
        ("form = \"stacked-bars\"\nof = [\"A_by\", \"N\"]\nwhole = \"D_by\"", "K0505"),
        ("form = \"stacked-bars\"\nof = [\"A_by\", \"D_by\"]\nwhole = \"A_by\"", "K0508"),
        ("form = \"band\"\nof = [\"B_years\"]\nrange = [\"N\", \"A_by\"]", "K0505"),
        ("form = \"band\"\nof = [\"B_years\"]\nrange = [\"B_years\"]", "K0506"),
        ("form = \"slope\"\nof = \"A\"\ntop = 3", "K0505"),
        ("form = \"slope\"\nof = \"A_by\"\nsince = \"N\"\ntop = 3", "K0505"),
        ("form = \"slope\"\nof = \"A_by\"\nsince = \"D_by\"\ntop = 3", "K0508"),
        ("form = \"slope\"\nof = \"A_by\"\ntop = 0", "K0506"),
        ("form = \"sparklines\"\nof = [\"A\"]", "K0505"),
        ("form = \"sparklines\"\nof = [\"N\"]", "K0505"),
        ("form = \"sparklines\"\nof = []", "K0506"),
        ("form = \"panels\"\nof = []", "K0506"),
        ("form = \"paired-dots\"\nfirst = \"A_by\"\nsecond = \"D_by\"\ntop = 0", "K0506"),
    ] {
        assert!(figure(written).contains(code), "{written}: {:?}", figure(written));
    }
    let table = |written: &str| {
        let copy = Copy::of_another_country();
        copy.write(
            "templates/tables.toml",
            format!("[main]\n{written}\nsections = [\"border\"]\n"),
        );
        codes(&copy.said()).into_iter().collect::<std::collections::BTreeSet<_>>()
    };
    for (written, code) in [
        ("indicators = [\"A_by\"]\ncolumns = [\"value\"]", "K0505"),
        ("members = [\"A\"]\ncolumns = [{ series = \"A_by\" }]", "K0505"),
        ("members = [\"A_by\"]\ncolumns = [{ series = \"A\" }]", "K0505"),
        ("members = [\"A_by\"]\ncolumns = [{ series = \"N\" }]", "K0505"),
        ("matrix = \"A_by\"", "K0505"),
        ("indicators = [\"A\"]\ncolumns = []", "K0506"),
        ("indicators = []\ncolumns = [\"value\"]", "K0506"),
        ("members = [\"A_by\"]\ntop = 0\ncolumns = [{ series = \"A_by\" }]", "K0506"),
        ("members = [\"A_by\"]\ncolumns = [\"value\"]", "K0506"),
        ("indicators = [\"A\"]\ncolumns = [{ series = \"A_by\" }]", "K0506"),
        ("revisions = 0\ncolumns = [\"then\"]", "K0506"),
    ] {
        assert!(table(written).contains(code), "{written}: {:?}", table(written));
    }
}
