//! An incremental build leaves exactly the files of a build from scratch.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::{Copy, alone, drawn, well};
use kosh::build::manifest::Manifest;
use kosh::build::memory::Forget;
use kosh::build::{Options, Request, Updated, memory, update};
use kosh::diag::{Result, Severity, as_json};
use kosh::project::{Overrides, Project};
use serde_json::Value;

/// The result of a build.
trait Came {
    fn reasons(&self) -> Vec<String>;

    /// The PDFs that were typeset.
    fn set(&self) -> Vec<String>;
}

impl Came for Updated {
    fn reasons(&self) -> Vec<String> {
        match self {
            Self::Unchanged(_) => vec![],
            Self::Built(built) => built.reasons.iter().map(ToString::to_string).collect(),
        }
    }

    fn set(&self) -> Vec<String> {
        match self {
            Self::Unchanged(_) => vec![],
            Self::Built(built) => built.build.set(),
        }
    }
}

fn request(copy: &Copy, period: &str) -> Result<Request> {
    let project = Project::open(&copy.root, &Overrides::default())?;
    Ok(Request { period: Some(period.parse().unwrap()), ..Request::new(project) })
}

/// Builds like `kosh build`, in this process, which has memoized earlier results.
fn build(copy: &Copy, period: &str) -> Result<Updated> {
    let options = Options { forget: Forget::Later, ..Options::default() };
    let updated = update(&request(copy, period)?, options, &mut vec![]);
    memory::end_round(memory::WATCHED);
    updated
}

/// The files of a build from scratch by another process without memoized results, or its errors.
fn clean(
    copy: &Copy,
    period: &str,
    body: &str,
) -> std::result::Result<BTreeMap<String, Vec<u8>>, Vec<Value>> {
    let elsewhere = Copy::empty();
    let output = elsewhere.root.to_str().unwrap();
    let line = ["build", "--period", period, "--output", output, "--json"];
    let (code, printed, said) = copy.kosh(&line);
    if code == Some(0) {
        return Ok(on_disk(&elsewhere.root.join(period).join(body)));
    }
    let printed: Value = serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e}: {said}"));
    let all = printed["diagnostics"].as_array().unwrap().iter();
    Err(all.filter(|problem| problem["severity"] == "error").cloned().collect())
}

/// The files below a folder.
fn on_disk(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, before: &str, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => walk(&entry.path(), &format!("{name}/"), all),
                false => drop(all.insert(name, fs::read(entry.path()).unwrap())),
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(folder, "", &mut all);
    all
}

/// Pseudo-random numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Replaces one of the bytes selected by `wanted`.
    fn spoil(&mut self, text: &str, wanted: impl Fn(u8) -> bool, by: &[u8]) -> String {
        let mut bytes = text.as_bytes().to_vec();
        let places: Vec<usize> = (0..bytes.len()).filter(|at| wanted(bytes[*at])).collect();
        if !places.is_empty() {
            bytes[*self.of(&places)] = *self.of(by);
        }
        String::from_utf8(bytes).unwrap()
    }
}

/// Makes a change; returns its description, and how to undo it if it is refused.
fn change(copy: &Copy, chance: &mut Chance) -> (String, Option<(String, Option<String>)>) {
    let sources: Vec<String> =
        on_disk(&copy.root).into_keys().filter(|name| !name.starts_with("output/")).collect();
    let of_kind = |ends: &str| -> Vec<String> {
        sources.iter().filter(|name| name.ends_with(ends)).cloned().collect()
    };
    let (name, text) = match chance.below(11) {
        0 | 1 => {
            let name = chance.of(&["data/border.csv", "data/between.csv"]).to_string();
            let text = copy.read(&name);
            let row = chance.below(text.lines().count());
            let change = |(at, line): (usize, &str)| {
                // The values are after the names and before the rounding unit.
                let at_value = line.rsplitn(6, ',').last().map_or(0, str::len);
                let (before, behind) = line.split_at(at_value);
                match at == row {
                    true => {
                        before.to_owned()
                            + &chance.spoil(behind, |b| b.is_ascii_digit(), b"123456789")
                    }
                    false => line.to_owned(),
                }
            };
            let lines: Vec<String> = text.lines().enumerate().map(change).collect();
            (name, lines.join("\n") + "\n")
        }
        2 | 3 => {
            let name = chance.of(&of_kind(".md")).clone();
            let text = chance.spoil(&copy.read(&name), |b| b.is_ascii_lowercase(), b"aeiou");
            (name, text)
        }
        4 => {
            let name = chance.of(&of_kind(".toml")).clone();
            let text = chance.spoil(&copy.read(&name), |b| b.is_ascii_lowercase(), b"aeiou");
            (name, text)
        }
        5 => {
            let name = "templates/profiles/office/profile.toml".to_owned();
            let text = copy.read(&name);
            let at = text.find('#').unwrap() + 1;
            let digit = chance.spoil("0", |_| true, b"0123");
            (name, format!("{}{digit}{}", &text[..at], &text[at + 1..]))
        }
        6 => {
            let name = chance.of(&of_kind(".typ")).clone();
            let text = chance.spoil(&copy.read(&name), |b| b.is_ascii_digit(), b"123456789");
            (name, text)
        }
        7 => {
            let new =
                ["templates/profiles/office/strings.en.toml", "fonts/readme.txt", "data/x.csv"];
            (chance.of(&new).to_string(), format!("# {}\n", chance.below(3)))
        }
        8 => {
            let name = chance.of(&sources).clone();
            let before = copy.read(&name);
            fs::remove_file(copy.root.join(&name)).unwrap();
            return (format!("{name} was removed"), Some((name, Some(before))));
        }
        9 => {
            let files = on_disk(&copy.root.join("output/2030-H1/office"));
            let names: Vec<&String> = files.keys().collect();
            let name = format!("output/2030-H1/office/{}", chance.of(&names));
            match chance.below(4) {
                0 => fs::remove_file(copy.root.join(&name)).unwrap(),
                1 => {
                    copy.write("output/2030-H1/office/note.txt", "x");
                    return ("a note".to_owned(), None);
                }
                2 => copy.write(&name, ""),
                _ => {
                    let mut bytes = fs::read(copy.root.join(&name)).unwrap();
                    let at = chance.below(bytes.len());
                    bytes[at] ^= 1;
                    copy.write(&name, bytes);
                }
            }
            return (format!("{name} is spoilt"), None);
        }
        _ => {
            // The same content again, which changes only the time stamp.
            let name = chance.of(&sources).clone();
            (name.clone(), copy.read(&name))
        }
    };
    let before = fs::read_to_string(copy.root.join(&name)).ok();
    copy.write(&name, &text);
    (name.clone(), Some((name, before)))
}

/// `KOSH_CHANGES` is the number of changes, `KOSH_SEED` selects them.
#[test]
fn whatever_changes_a_build_leaves_what_a_build_from_nothing_would() {
    alone(
        "incremental::whatever_changes_a_build_leaves_what_a_build_from_nothing_would",
        whatever_changes,
    );
}

fn whatever_changes() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (changes, seed) = (number("KOSH_CHANGES", 24), number("KOSH_SEED", 20_260_209));
    let copy = Copy::of_another_country();
    let mut chance = Chance(seed.max(1));
    let folder = copy.root.join("output/2030-H1/office");
    well(build(&copy, "2030-H1"));
    let (mut unchanged, mut kept, mut set, mut refused) = (0, 0, 0, 0);
    for round in 0..changes {
        let (what, undo) = change(&copy, &mut chance);
        let before = on_disk(&folder);
        match (build(&copy, "2030-H1"), clean(&copy, "2030-H1", "office")) {
            (Ok(came), Ok(expected)) => {
                let mut found = on_disk(&folder);
                let mut before = before;
                // A file of the user stays.
                before.remove("note.txt");
                found.remove("note.txt");
                let names =
                    |all: &BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
                assert_eq!(names(&found), names(&expected), "round {round}: {what}");
                for (name, bytes) in &expected {
                    assert!(found[name] == *bytes, "round {round}: {what}: {name} is another");
                }
                match came {
                    Updated::Unchanged(_) => {
                        unchanged += 1;
                        assert!(before == found, "round {round}: {what}");
                    }
                    Updated::Built(built) => {
                        assert!(!built.reasons.is_empty(), "round {round}: {what}");
                        kept += built.build.kept.len();
                        set += built.build.set().len();
                    }
                }
            }
            (Err(said), Err(expected)) => {
                refused += 1;
                let errors = said.iter().filter(|problem| problem.severity == Severity::Error);
                let errors: Vec<Value> = errors.map(as_json).collect();
                assert_eq!(errors, expected, "round {round}: {what}");
                assert!(before == on_disk(&folder), "round {round}: {what}");
                match undo {
                    Some((name, Some(text))) => copy.write(&name, text),
                    Some((name, None)) => fs::remove_file(copy.root.join(name)).unwrap(),
                    None => panic!("round {round}: {what}: a spoilt release is refused"),
                }
            }
            (Ok(_), Err(said)) => panic!("round {round}: {what}: not refused\n{said:#?}"),
            (Err(said), Ok(_)) => panic!("round {round}: {what}: refused\n{}", drawn(&said)),
        }
    }
    let all = format!("{unchanged} unchanged, {kept} kept, {set} set, {refused} refused");
    println!("{changes} changes: {all}");
    assert!(unchanged > 0 && kept > 0 && set > 0 && refused > 0, "{all}");
}

#[test]
fn a_changed_cell_is_named_and_only_what_rests_on_it_is_set() {
    let copy = Copy::of_shipped();
    for period in ["2024", "2025-H1"] {
        assert_eq!(well(build(&copy, period)).reasons(), ["not built yet"]);
        assert!(matches!(well(build(&copy, period)), Updated::Unchanged(_)));
    }
    // The total of the year is not based on any of these.
    let row = |flow: &str, value: &str| {
        format!("2025-01..2025-06,{flow},WORLD,{value},persons,1,,2025-H1-express,zakon-6487013")
    };
    let table = "data/international.csv";
    let line =
        copy.read(table).lines().position(|l| l.starts_with(&row("departures", "3518"))).unwrap();
    copy.edit(table, &row("departures", "3518"), &row("departures", "3517"));
    copy.edit(table, &row("net", "7749"), &row("net", "7750"));
    let half = well(build(&copy, "2025-H1"));
    let reasons = half.reasons();
    assert_eq!(reasons[0], format!("`X2` changed: {table}:{}", line + 1));
    assert!(reasons[1].starts_with("`X3_printed` changed: "), "{reasons:?}");
    assert!(reasons[2].ends_with("more facts"), "{reasons:?}");
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    assert_eq!(half.set(), ["brief-ru.pdf", "brief-en.pdf"]);
    let year = well(build(&copy, "2024"));
    assert_eq!(year.reasons(), [format!("{table} changed")]);
    assert_eq!(year.set(), [] as [String; 0]);
}

#[test]
fn a_word_of_one_language_sets_that_language_only() {
    let copy = Copy::of_shipped();
    well(build(&copy, "2025-H1"));
    let name = "templates/sections/04-general.en.md";
    let text = copy.read(name);
    // In a sentence that is printed for this period.
    let sentence = text.find("sentence(\"s4-1\")").expect("a sentence that is said");
    let word = text[sentence..].find("people").expect("a word to change");
    let (before, behind) = text.split_at(sentence + word);
    copy.write(name, format!("{before}registered {behind}"));
    let came = well(build(&copy, "2025-H1"));
    assert_eq!(came.reasons(), [format!("{name} changed")]);
    assert_eq!(came.set(), ["brief-en.pdf"]);
    let logo = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>"##;
    copy.write("templates/profiles/bns/logo.svg", logo);
    copy.edit("templates/profiles/bns/profile.toml", "accent =", "logo = \"logo.svg\"\naccent =");
    let came = well(build(&copy, "2025-H1"));
    assert_eq!(came.set(), ["brief-ru.pdf", "brief-en.pdf"]);
    assert_eq!(came.reasons()[0], "templates/profiles/bns changed");
    copy.write("templates/profiles/bns/logo.svg", logo.replace("h9", "h8"));
    let came = well(build(&copy, "2025-H1"));
    assert_eq!(came.reasons(), ["templates/profiles/bns/logo.svg changed"]);
    assert_eq!(came.set(), ["brief-ru.pdf", "brief-en.pdf"]);
}

#[test]
fn a_spoilt_release_is_made_good_file_by_file() {
    let copy = Copy::of_another_country();
    well(build(&copy, "2030-H1"));
    let folder = copy.root.join("output/2030-H1/office");
    let good = on_disk(&folder);
    assert!(good.len() > 5, "{:?}", good.keys());
    for (name, bytes) in &good {
        let mut other = bytes.clone();
        other.push(b' ');
        fs::write(folder.join(name), other).unwrap();
        let came = well(build(&copy, "2030-H1"));
        let expected = match name.as_str() {
            "manifest.json" => "its manifest.json is missing or was changed".to_owned(),
            name => format!("{name} of the release changed"),
        };
        assert_eq!(came.reasons(), [expected]);
        assert!(on_disk(&folder) == good, "{name}");
        fs::remove_file(folder.join(name)).unwrap();
        well(build(&copy, "2030-H1"));
        assert!(on_disk(&folder) == good, "{name}");
    }
}

#[test]
fn a_manifest_says_nothing_of_the_machine() {
    let made = |copy: &Copy| {
        well(build(copy, "2030-H1"));
        fs::read(copy.root.join("output/2030-H1/office/manifest.json")).unwrap()
    };
    let (one, other) = (Copy::of_another_country(), Copy::of_another_country());
    let bytes = made(&one);
    assert!(bytes == made(&other), "two folders, two manifests");
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(!text.contains(&*one.root.to_string_lossy()), "{text}");
    // The result is the same when the folder is named `.` from inside.
    let (code, _, said) = one.kosh(&["build", "--force", "--quiet"]);
    assert_eq!((code, &*said), (Some(0), ""));
    assert!(fs::read(one.root.join("output/2030-H1/office/manifest.json")).unwrap() == bytes);
    let manifest = Manifest::parse(&bytes).unwrap();
    assert_eq!(manifest.vintage.to_string(), "2030-08-06");
    for name in ["brief.toml", "data/border.csv", "templates/brief.typ", "templates/sections"] {
        assert!(manifest.read.contains_key(name), "{name} is not among what was read");
    }
    assert_eq!(manifest.read["templates/profiles/office/strings.en.toml"], "absent");
    assert!(manifest.written["brief-en.pdf"].key.is_some());
    // With any byte changed, the manifest is invalid.
    let at = text.find("2030-08-06").unwrap();
    let mut forged = bytes;
    forged[at] = b'1';
    assert_eq!(Manifest::parse(&forged), None);
}
