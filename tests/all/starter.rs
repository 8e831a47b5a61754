//! `kosh init`: the files it writes build, and equal the shipped ones; existing files stay.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::{Copy, check, codes, drawn, root, sentence, well};
use kosh::document::Document;
use kosh::output;
use kosh::project::init::{Asked, Extent, make};

/// A project created as requested, in a folder of its own.
fn made(asked: &Asked) -> Copy {
    let copy = Copy::empty();
    well(output::create(&copy.root, &well(make(asked)).files));
    copy
}

fn own(extent: Extent) -> Asked {
    Asked { profile: Some("our-agency".into()), extent, ..Asked::default() }
}

/// The documents as text, without empty sections.
fn documents(root: &Path) -> Vec<String> {
    let (_, edition, _) = well(check(root));
    let printed = edition.documents.into_iter().map(|mut document| {
        document.sections.retain(|section| !section.blocks.is_empty());
        serde_json::to_string_pretty(&document).unwrap()
    });
    printed.collect()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kosh"))
        .env("KOSH_LANG", "en")
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

#[test]
fn a_new_project_whole_or_bare_says_what_the_shipped_one_says() {
    let shipped = documents(root());
    for extent in [Extent::Whole, Extent::Bare] {
        let copy = made(&Asked { extent, ..Asked::default() });
        assert!(documents(&copy.root) == shipped, "{extent:?}");
    }
}

#[test]
fn a_body_of_ones_own_stands_for_nobody_until_it_says_its_name() {
    let copy = made(&own(Extent::Bare));
    let (pipeline, edition, _) = well(copy.check());
    assert!(!pipeline.project.is_official);
    for document in &edition.documents {
        assert_eq!(document.meta.body, ["our-agency"], "the id, until there is a name");
        let example = document.sections.iter().find(|section| section.id == "ours").unwrap();
        assert_eq!(example.blocks, [], "an example is printed");
    }
    // The examples in comments work.
    for lang in ["en", "ru"] {
        let strings = format!("templates/profiles/our-agency/strings.{lang}.toml");
        let mut text = copy.read(&strings);
        for key in ["parent", "[contact]", "responsible"] {
            text = text.replace(&format!("# {key}"), key);
        }
        copy.write(&strings, text);
    }
    let (_, edition, _) = well(copy.check());
    let english = edition.documents.iter().find(|d| d.meta.lang == "en").unwrap();
    assert_eq!(english.meta.body, ["Ministry of …", "our-agency"]);
    assert_eq!(english.meta.contact[0].text, "Analysis Division");
}

#[test]
fn what_is_shipped_is_not_said_of_another_country_or_subject() {
    let foreign = |copy: &Copy| {
        let said = copy.said();
        let found: Vec<_> = said.into_iter().filter(|problem| problem.code == "K0416").collect();
        assert_eq!(found.len(), 2, "one for each language: {}", drawn(&found));
        drawn(&found)
    };
    for extent in [Extent::Whole, Extent::Bare] {
        let copy = made(&own(extent));
        let (name, other) = ("\"kazakhstan-migration\"", "\"norland-births\"");
        copy.edit("data/datapackage.json", name, other);
        let reported = foreign(&copy);
        for word in ["Migration in Kazakhstan", "brief.keywords", "norland-births"] {
            assert!(reported.contains(word), "{word}: {reported}");
        }
    }
    // The package name was kept, but the regions are others.
    let copy = made(&own(Extent::Bare));
    for folder in ["data", "data/lexicon"] {
        for entry in fs::read_dir(copy.root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let text = fs::read_to_string(&path).unwrap();
                fs::write(&path, text.replace("KZ", "NL")).unwrap();
            }
        }
    }
    assert!(foreign(&copy).contains("another country"));
}

#[test]
fn a_brief_of_nobody_is_reported() {
    let copy = made(&own(Extent::Bare));
    let nameless = |copy: &Copy| {
        let said = copy.said();
        said.iter().filter(|problem| problem.code == "K0417").count()
    };
    assert_eq!(nameless(&copy), 2);
    for lang in ["en", "ru"] {
        let strings = format!("templates/profiles/our-agency/strings.{lang}.toml");
        copy.edit(&strings, "short = \"our-agency\"", "short = \"Our Agency\"");
    }
    assert_eq!(nameless(&copy), 0);
    let names = [("en", "Our Agency"), ("ru", "Наше агентство")];
    let names = names.map(|(lang, name)| (lang.to_owned(), name.to_owned())).into();
    let copy = made(&Asked { names, ..own(Extent::Bare) });
    assert_eq!(nameless(&copy), 0);
}

#[test]
fn a_blank_project_builds_at_once_and_its_pages_name_no_country_and_no_subject_of_ours() {
    let copy = Copy::empty();
    let output = run(&copy.root, &["init", "brief", "--blank"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let project = copy.root.join("brief");
    let output = run(&project, &["build"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !said.contains("warning"), "{said}");
    for lang in ["ru", "en"] {
        let pdf = project.join(format!("output/2030/office/brief-{lang}.pdf"));
        let text = pdf_extract::extract_text(&pdf).unwrap().to_lowercase();
        assert!(text.contains("56"), "{text}");
        for word in ["kazakh", "казах", "migra", "мигра"] {
            assert!(!text.contains(word), "{lang}: {word}");
        }
    }
    // Each language alone.
    for lang in ["ru", "en"] {
        let folder = format!("only-{lang}");
        let output = run(&copy.root, &["init", &folder, "--blank", "--language", lang]);
        assert!(output.status.success());
        let output = run(&copy.root.join(&folder), &["check", "--quiet"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_blank_project_without_its_mark_must_say_whose_it_is() {
    let copy = made(&Asked { extent: Extent::Blank, ..Asked::default() });
    let mark = copy.read("brief.toml");
    let mark = mark.lines().find(|line| line.starts_with("mark = ")).unwrap();
    copy.edit("brief.toml", mark, "");
    for lang in ["ru", "en"] {
        let strings = format!("templates/strings.{lang}.toml");
        let text = copy.read(&strings);
        let line = text.lines().find(|line| line.starts_with("mark-example")).unwrap();
        copy.edit(&strings, line, "");
    }
    assert_eq!(codes(&copy.said()), ["K0417", "K0417"]);
}

#[test]
fn the_look_of_another_project_is_copied_with_logo_and_page() {
    let theirs = made(&own(Extent::Bare));
    let profile = "templates/profiles/our-agency";
    let text = theirs.read(&format!("{profile}/profile.toml"));
    theirs.write(
        &format!("{profile}/profile.toml"),
        text + "\n[brand]\naccent = \"#0B6157\"\nlogo = \"mark.svg\"\nlogo-height = 9.0\n",
    );
    let logo =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"9\"/></svg>";
    theirs.write(&format!("{profile}/mark.svg"), logo);
    let signature = fs::read_to_string(root().join("templates/signature.typ")).unwrap();
    theirs.write("templates/signature.typ", format!("{signature}// theirs\n"));
    let from = theirs.root.to_str().unwrap();
    let copy = Copy::empty();
    let output =
        run(&copy.root, &["init", "ours", "--blank", "--from", from, "--accent", "#7A1F3D"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = "ours/templates/profiles/office";
    let brand: toml::Table = toml::from_str(&copy.read(&format!("{folder}/profile.toml"))).unwrap();
    let brand = brand["brand"].as_table().unwrap();
    assert_eq!(brand["accent"].as_str(), Some("#7A1F3D"), "an option is stronger");
    assert_eq!(brand["logo"].as_str(), Some("logo.svg"));
    assert_eq!(brand["logo-height"].as_float(), Some(9.0));
    assert_eq!(copy.read(&format!("{folder}/logo.svg")), logo);
    assert!(copy.read(&format!("{folder}/signature.typ")).ends_with("// theirs\n"));
    assert!(!copy.root.join(folder).join("brief.typ").exists(), "what is not theirs is not copied");
    let output = run(&copy.root.join("ours"), &["check", "--quiet"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn without_a_terminal_nothing_is_asked_and_options_are_checked_before_anything_is_written() {
    let copy = Copy::empty();
    for (arguments, code) in [
        (&["--accent", "#EEEEEE"][..], "K0009"),
        (&["--logo", "nowhere.svg"], "K0001"),
        (&["--from", "nowhere"], "K0001"),
        (&["--name", "xx=Agency"], "K0005"),
    ] {
        let all = [&["init", "brief", "--profile", "agency"][..], arguments].concat();
        let output = run(&copy.root, &all);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains(code), "{arguments:?}: {said}");
    }
    assert_eq!(run(&copy.root, &["init", "brief", "--period", "soon"]).status.code(), Some(2));
    assert_eq!(fs::read_dir(&copy.root).unwrap().count(), 0);
}

/// Uncomments the examples in a section.
fn uncomment(copy: &Copy, name: &str) {
    let text = copy.read(name);
    let (before, comment) = text.split_once("{#").unwrap_or_else(|| panic!("{name}"));
    let (comment, after) = comment.rsplit_once("#}").unwrap();
    // The first paragraph of the comment is the instruction.
    let example = comment.split_once("\n\n").unwrap().1;
    copy.write(name, format!("{before}{example}{after}"));
}

#[test]
fn the_examples_of_a_new_profile_work_when_they_are_taken_out_of_their_comments() {
    let copy = made(&own(Extent::Whole));
    let (_, before, _) = well(copy.check());
    let folder = "templates/profiles/our-agency";
    for lang in ["ru", "en"] {
        uncomment(&copy, &format!("{folder}/sections/04-general.{lang}.md"));
        uncomment(&copy, &format!("{folder}/sections/08-ours.{lang}.md"));
    }
    let profile = format!("{folder}/profile.toml");
    // Every commented setting except the logo, whose file does not exist.
    let lines = copy.read(&profile);
    let lines = lines.lines().map(|line| {
        let is_setting = line.starts_with("# [") || line.contains(" = ") && !line.contains("logo");
        if is_setting { line.trim_start_matches("# ") } else { line }
    });
    copy.write(&profile, lines.collect::<Vec<_>>().join("\n") + "\n");
    let (pipeline, after, said) = well(copy.check());
    assert!(!codes(&said).contains(&"K0010"), "{}", drawn(&said));
    assert_eq!(pipeline.project.contact.len(), 3);
    assert_eq!(pipeline.project.leave_out, ["consequences"]);
    for (old, new) in before.documents.iter().zip(&after.documents) {
        let said = |document: &Document, id: &str| sentence(document, id);
        assert!(said(old, "ours-1").is_none() && said(new, "ours-1").is_some());
        assert_ne!(said(old, "s4-5"), said(new, "s4-5"));
        assert!(new.sections.iter().all(|section| section.id != "consequences"));
        assert_eq!(new.meta.contact.len(), 3);
    }
}

#[test]
fn one_language_is_enough() {
    for extent in [Extent::Whole, Extent::Bare] {
        let copy = made(&Asked { languages: vec!["ru".into()], ..own(extent) });
        let (_, edition, _) = well(copy.check());
        assert_eq!(edition.documents.len(), 1);
    }
}

#[test]
fn every_shipped_profile_can_begin_a_project() {
    let profiles = fs::read_dir(root().join("templates/profiles")).unwrap();
    for profile in profiles.map(|entry| entry.unwrap().file_name().into_string().unwrap()) {
        let written = root().join("templates/profiles").join(&profile).join("profile.toml");
        let is_regional = fs::read_to_string(written).unwrap().contains("needs-region = true");
        for extent in [Extent::Whole, Extent::Bare] {
            let asked = Asked {
                profile: Some(profile.clone()),
                region: is_regional.then(|| "KZ-71".into()),
                extent,
                ..Asked::default()
            };
            let copy = made(&asked);
            if let Err(found) = copy.check() {
                panic!("{profile}, {extent:?}:\n{}", drawn(&found));
            }
        }
    }
}

#[test]
fn the_command_says_what_to_do_next_and_that_works() {
    let copy = Copy::empty();
    let made = run(&copy.root, &["init", "new brief", "--bare", "--profile", "our-agency"]);
    let said = String::from_utf8(made.stdout).unwrap();
    assert!(made.status.success(), "{said}");
    assert!(said.contains("  cd \"new brief\"\n  kosh build\n"), "{said}");
    let project = copy.root.join("new brief");
    assert!(run(&project, &["check", "--quiet"]).status.success());
    let explained = run(&project, &["explain", "section.general"]);
    let text = String::from_utf8(explained.stdout).unwrap();
    assert!(text.contains("s4-1   kosh:templates/sections/04-general.en.md:"), "{text}");
}

#[test]
fn what_is_in_the_way_stays_and_nothing_is_written_beside_it() {
    let copy = Copy::empty();
    copy.write("brief/notes.txt", "mine");
    for arguments in [
        ["init", "brief", "--quiet"],
        ["init", "new", "--language=xx"],
        ["init", "new", "--profile=our agency"],
        ["init", "new", "--extends=nobody"],
    ] {
        let output = run(&copy.root, &arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("hint: "), "{arguments:?}: {said}");
    }
    assert_eq!(copy.read("brief/notes.txt"), "mine");
    assert_eq!(fs::read_dir(copy.root.join("brief")).unwrap().count(), 1);
    assert_eq!(fs::read_dir(&copy.root).unwrap().count(), 1);
}
