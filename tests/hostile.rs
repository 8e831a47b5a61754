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

/// The commands that print, each with what it needs.
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

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_told_and_is_no_success() {
    use std::process::Stdio;
    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
    for arguments in PRINTING {
        let output = copy.command(arguments).stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(5), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("standard output cannot be written"), "{arguments:?}: {said}");
        // Nothing is printed where nothing can be; what else went wrong has its own code.
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
    // What stands in the way stands in the way, whether somebody reads it or not.
    copy.write("data/border.csv", "spoilt\n");
    for arguments in [&["check"][..], &["build"], &["facts"], &["check", "--json"]] {
        let mut command = copy.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().unwrap().code(), Some(1), "{arguments:?}");
    }
}

/// The files below a folder, hidden ones too, with what is in them.
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
        // No file may be longer than a few blocks: a PDF is, and so is a schema.
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
    // What is written in the project counts too.
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
        // Behind the folder of the period, or of the body.
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
    // Beside the sources, above the project and in a folder with other things it may be.
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
    // Unchanged is what has somebody's file beside it.
    let (_, printed, _) = copy.kosh(&["build", "--output", "mine"]);
    assert!(printed.starts_with("unchanged"), "{printed}");
}

#[test]
fn a_refused_build_leaves_nothing_and_somebodys_file_stops_one() {
    let copy = Copy::of_another_country();
    let strings = copy.read("templates/strings.en.toml");
    // Found when the pages are set, long after the lock was taken.
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
    assert!(said.contains("error[K0918]: `facts.csv` would be written over"), "{said}");
    assert!(tree(&copy.root) == before);
    std::fs::remove_file(copy.root.join("output/2030-H1/office/facts.csv")).unwrap();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));

    // A manifest that was cut still says by their hashes which files are kosh's; one that is gone
    // says nothing, and what would come out otherwise is in the way.
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
    assert!(printed.contains("brief-eo.pdf  (of an earlier build; not made again)"), "{printed}");
    assert!(folder.join("brief-eo.pdf").exists() && folder.join("brief-en.pdf").exists());
    let (code, printed, _) = copy.kosh(&["build"]);
    assert!(code == Some(0) && !printed.contains("not made again"), "{printed}");
    assert!(!folder.join(".kosh-kept.json").exists());
    // No form is none.
    let brief = copy.read("brief.toml");
    let before = tree(&folder);
    copy.write("brief.toml", format!("formats = []\n{brief}"));
    let (code, _, said) = copy.kosh(&["build"]);
    assert!(code == Some(1) && said.contains("the brief is made in no form"), "{said}");
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
    // Two that differ in case only.
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
