//! The gallery of the handbook: each picture is what the lines below it make.
//!
//! `KOSH_BLESS=1 cargo test gallery::` writes the pictures. To show one more form, let the demonstration
//! (`examples/full-matrix`) draw it, and add to `gallery.md` in each language a heading, a picture
//! `![…](pictures/ID.svg)` and a block `toml figure=ID` with its lines.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use regex::Regex;

use crate::common::{Copy, check, root, well};

fn source(lang: &str) -> PathBuf {
    root().join("docs/handbook").join(lang).join("src")
}

fn languages() -> Vec<String> {
    kosh::handbook::languages()
}

/// The blocks of a gallery with a word such as `figure`: their ids and lines.
fn blocks(lang: &str, word: &str) -> Vec<(String, toml::Table)> {
    let text = fs::read_to_string(source(lang).join("gallery.md")).unwrap();
    let block = Regex::new(&format!("(?s)```toml {word}=(\\S+)\n(.*?)\n```")).unwrap();
    let read =
        |lines: &str| toml::from_str(lines).unwrap_or_else(|e| panic!("{lang}: {e}\n{lines}"));
    block.captures_iter(&text).map(|found| (found[1].to_owned(), read(&found[2]))).collect()
}

/// Compares a picture with the committed one, or writes it.
fn compare(lang: &str, name: &str, drawn: &str, wrong: &mut Vec<String>) {
    let path = source(lang).join("pictures").join(name);
    let text = fs::read_to_string(source(lang).join("gallery.md")).unwrap();
    assert!(
        text.contains(&format!("(pictures/{name})")),
        "{lang}: gallery.md does not show {name}"
    );
    if std::env::var_os("KOSH_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, drawn).unwrap();
    } else if fs::read_to_string(&path).unwrap_or_default() != drawn {
        wrong.push(format!("{} is not what its lines draw", path.display()));
    }
}

#[test]
fn every_picture_of_a_figure_is_what_its_lines_draw_and_every_form_has_one() {
    let (pipeline, edition, _) = well(check(&root().join("examples/full-matrix")));
    let written: toml::Table =
        toml::from_str(&pipeline.project.template("figures.toml").unwrap().text).unwrap();
    let form = |id: &str| written[id]["form"].as_str().unwrap().to_owned();
    let mut wrong = vec![];
    for lang in languages() {
        let at = edition.documents.iter().position(|document| document.meta.lang == lang);
        let drawings = &edition.drawings[at.expect("the demonstration is in this language")];
        let mut forms = BTreeSet::new();
        for (id, lines) in blocks(&lang, "figure") {
            let shown = lines[&id].as_table().unwrap();
            let mut real = written[&id].as_table().unwrap().clone();
            real.remove("sections");
            assert_eq!(*shown, real, "{lang}: the lines of {id}");
            forms.insert(form(&id));
            // With letters as outlines: a browser without the font would cut labels.
            let svg = drawings[&id].standalone("", "");
            compare(&lang, &format!("{id}.svg"), &svg, &mut wrong);
        }
        let drawn: BTreeSet<String> = drawings.keys().map(|id| form(id)).collect();
        let missing: Vec<_> = drawn.difference(&forms).collect();
        assert!(missing.is_empty(), "{lang}: gallery.md shows no {missing:?}");
    }
    assert!(wrong.is_empty(), "KOSH_BLESS=1 writes them:\n{}", wrong.join("\n"));
}

#[test]
fn every_look_builds_and_has_its_picture() {
    for lang in languages() {
        let looks = blocks(&lang, "look");
        assert!(looks.len() > 1);
        for (number, lines) in looks {
            let brand = lines["brand"].as_table().unwrap();
            let copy = Copy::empty();
            let run = |arguments: &[&str]| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_kosh"));
                let output = command.args(arguments).current_dir(&copy.root).output().unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            };
            run(&["init", "look", "--blank", "--language", &lang]);
            let profile = "look/templates/profiles/office/profile.toml";
            copy.write(profile, format!("[brand]\n{brand}"));
            let picture = source(&lang).join(format!("pictures/look-{number}.png"));
            if std::env::var_os("KOSH_BLESS").is_some() {
                run(&["build", "--project", "look"]);
                let pdf = copy.root.join(format!("look/output/2030/office/brief-{lang}.pdf"));
                let stem = picture.with_extension("");
                fs::create_dir_all(picture.parent().unwrap()).unwrap();
                let mut pages = Command::new("pdftoppm");
                pages.args(["-r", "50", "-png", "-singlefile", "-H", "360"]).args([&pdf, &stem]);
                assert!(pages.status().unwrap().success());
            } else {
                run(&["check", "--quiet", "--project", "look"]);
            }
            let bytes = fs::read(&picture).unwrap_or_default();
            assert!(bytes.starts_with(b"\x89PNG"), "KOSH_BLESS=1 makes {}", picture.display());
        }
    }
}
