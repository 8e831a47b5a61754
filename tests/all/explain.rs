//! `kosh explain`, `schema`, `completions` and `man`, from the outside.

use std::path::Path;
use std::process::Command;

use crate::common::{Copy, root};
use serde_json::Value;

/// The output of the command, and its exit code.
fn run(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_kosh"))
        .env("KOSH_LANG", "en")
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn explained(folder: &Path, subject: &str) -> String {
    let (out, err, code) = run(folder, &["explain", subject]);
    assert_eq!(code, Some(0), "{subject}: {err}");
    out
}

/// A project with two layers.
fn layered() -> Copy {
    let copy = Copy::of(&root().join("tests/suite/another-country"));
    copy.lay(&root().join("tests/suite/laid-over"), &["templates"]);
    copy
}

#[test]
fn the_line_that_sets_a_key_comes_first_then_those_below_then_the_default() {
    let copy = layered();
    copy.write("brief.toml", copy.read("brief.toml") + "[brand]\naccent = \"#000000\"\n");
    let text = explained(&copy.root, "brand.accent");
    assert_eq!(
        text,
        "brand.accent = \"#1B5E3A\"\n\
         \x20 in force  templates/profiles/office/profile.toml:4:10\n\
         \x20 below     brief.toml:7:10  \"#000000\"\n\
         \x20 default   \"#12436D\"\n\n\
         The colour of headings, large numbers and links; contrast with white at least 4.5 to 1.\n"
    );
    assert!(explained(&copy.root, "brand.gain").contains("in force  the default"));
    assert!(explained(&copy.root, "mark").contains("is not set and has no default"));
}

#[test]
fn the_command_line_is_the_uppermost_layer() {
    let copy = layered();
    let (text, _, _) = run(&copy.root, &["explain", "profile", "--profile", "bureau"]);
    assert!(
        text.starts_with("profile = \"bureau\"\n  in force  the command line, --profile\n"),
        "{text}"
    );
    assert!(text.contains("below     brief.toml:1:11  \"office\""), "{text}");
}

#[test]
fn a_file_with_layers_is_asked_by_its_name() {
    let copy = layered();
    let strings = explained(&copy.root, "strings.en.brief.title");
    assert!(strings.contains("in force  templates/strings.en.toml:"), "{strings}");
    assert!(explained(&copy.root, "figures.partners.top").contains("templates/figures.toml:15:7"));
    assert!(explained(&copy.root, "figures.partners.top").contains("How many members are drawn"));
    let indicator = explained(&copy.root, "indicators.A.from");
    assert!(indicator.contains("data/indicators.toml:"), "{indicator}");
    // This figure's form does not have the key.
    let (_, said, code) = run(&copy.root, &["explain", "figures.provinces.top"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("did you mean `figures.provinces.of`?"), "{said}");
}

#[test]
fn a_profile_that_changes_a_phrase_is_named_with_its_line() {
    let copy = layered();
    let arguments = ["explain", "strings.en", "--profile", "bureau"];
    let (text, said, _) = run(&copy.root, &arguments);
    assert!(text.contains("templates/profiles/bureau/strings.en.toml:"), "{text}{said}");
    assert!(text.contains("templates/strings.en.toml:"), "{text}");
}

#[test]
fn a_section_lists_its_blocks_and_who_changes_them() {
    let copy = layered();
    let (text, said, code) = run(&copy.root, &["explain", "section.border", "--profile", "bureau"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(text.starts_with("border  en  templates/sections/01-border.en.md\n"), "{text}");
    assert!(text.contains("border  eo  "), "{text}");
    let own = "templates/profiles/bureau/sections/01-border.en.md:";
    assert!(text.contains(&format!("extended in {own}3\n  ours-1  {own}3\n")), "{text}");
    assert!(text.contains("01-border.en.md:7  removed\n"), "{text}");
    assert!(text.contains(&format!("removed in {own}6\n")), "{text}");
    let (json, _, _) =
        run(&copy.root, &["explain", "section.border", "--profile", "bureau", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0]["section"], "border");
    assert!(json[0]["blocks"].as_array().unwrap().len() > 2, "{json:#}");
}

#[test]
fn a_name_that_is_none_is_reported_with_the_nearest() {
    let copy = layered();
    for (subject, hint) in [
        ("brand.acent", "did you mean `brand.accent`?"),
        ("accent", "did you mean `brand.accent`?"),
        ("acent", "did you mean `brand.accent`?"),
        ("card", "did you mean `cards`?"),
        ("section.bordr", "did you mean `section.border`?"),
        ("border", "did you mean `section.border`?"),
        ("strings.em", "did you mean `strings.en`?"),
        ("A.change", "`kosh facts A.change` shows a number"),
        ("figures.partnerss.top", "did you mean `figures.partners.top`?"),
        ("K0003x", "use one of "),
        ("K0999", "did you mean `K0"),
    ] {
        let (out, said, code) = run(&copy.root, &["explain", subject]);
        assert_eq!((out.as_str(), code), ("", Some(2)), "{subject}");
        assert!(said.contains(hint), "{subject}: {said}");
    }
}

#[test]
fn a_code_needs_no_project_and_a_key_does() {
    let copy = Copy::empty();
    assert!(explained(&copy.root, "k0120").starts_with("K0120 "));
    let (_, said, code) = run(&copy.root, &["explain", "brand.accent"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("K0001"), "{said}");
    let (_, said, code) = run(&layered().root, &["explain", "brand.accent", "--profile", "offise"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("did you mean `office`?"), "{said}");
}

#[test]
fn as_json_it_is_the_same() {
    let copy = layered();
    let (json, _, _) = run(&copy.root, &["explain", "brand", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let accent = &json["keys"]["brand.accent"][0];
    assert_eq!(accent["file"], "templates/profiles/office/profile.toml");
    assert_eq!((accent["line"].as_u64(), accent["column"].as_u64()), (Some(4), Some(10)));
    assert_eq!(json["keys"]["brand.gain"][0]["by"], "the default");
}

#[test]
fn the_manual_pages_are_put_beside_what_is_there() {
    let copy = Copy::empty();
    copy.write("man1/other.1", "mine");
    let (out, said, code) = run(&copy.root, &["man", "man1"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(out.lines().any(|line| Path::new(line) == Path::new("man1/kosh-build.1")), "{out}");
    assert_eq!(copy.read("man1/other.1"), "mine");
    let (page, _, _) = run(&copy.root, &["man"]);
    assert_eq!(page, copy.read("man1/kosh.1"));
    let (schema, _, _) = run(&copy.root, &["schema", "brief"]);
    assert_eq!(schema, std::fs::read_to_string(root().join("schemas/brief.json")).unwrap());
    let (script, _, _) = run(&copy.root, &["completions", "bash"]);
    assert!(script.contains("_kosh()"), "{script}");
}
