//! The language of messages, help and pages, from the outside.

use std::path::Path;
use std::process::Command;

use crate::common::{Copy, root};
use serde_json::Value;

/// What the program says with these variables: both streams and the exit code.
fn run(
    folder: &Path,
    variables: &[(&str, &str)],
    arguments: &[&str],
) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kosh"));
    for name in ["KOSH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).args(arguments).current_dir(folder);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// A project that is refused: its brief names a profile that does not exist.
fn refused() -> Copy {
    let copy = Copy::of(&root().join("tests/suite/another-country"));
    let brief = copy.read("brief.toml");
    copy.write("brief.toml", format!("profile = \"offise\"\n{}", without_profile(&brief)));
    copy
}

fn without_profile(brief: &str) -> String {
    let others = brief.lines().filter(|line| !line.starts_with("profile"));
    others.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_refused_build_is_told_in_the_chosen_language() {
    let copy = refused();
    let (_, english, code) = run(&copy.root, &[("LANG", "C.UTF-8")], &["build"]);
    assert!(english.contains("error[K0004]: there is no profile `offise`"), "{english}");
    let (_, russian, own) = run(&copy.root, &[], &["build", "--ui-language", "ru"]);
    assert_eq!((code, own), (Some(1), Some(1)));
    for part in
        ["ошибка[K0004]: нет профиля `offise`", "что делать: ", "1 ошибка, 0 предупреждений"]
    {
        assert!(russian.contains(part), "{part}: {russian}");
    }
    assert!(!russian.contains("hint:") && !russian.contains("error["), "{russian}");
}

#[test]
fn the_option_precedes_the_variable_and_that_the_system() {
    let copy = refused();
    let is_russian = |variables: &[(&str, &str)], arguments: &[&str]| {
        run(&copy.root, variables, arguments).1.contains("ошибка[K0004]")
    };
    assert!(is_russian(&[("LANG", "ru_RU.UTF-8")], &["build"]));
    assert!(is_russian(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "ru_KZ.UTF-8")], &["build"]));
    assert!(!is_russian(&[("LANG", "ru_RU.UTF-8"), ("KOSH_LANG", "en")], &["build"]));
    assert!(is_russian(&[("KOSH_LANG", "en")], &["build", "--ui-language=ru"]));
    // A system in a language without messages is no reason for a complaint.
    let (_, told, _) = run(&copy.root, &[("LANG", "de_DE.UTF-8")], &["build"]);
    assert!(told.starts_with("error[K0004]"), "{told}");
}

#[test]
fn a_language_that_is_not_there_is_told_and_english_is_used() {
    let copy = refused();
    let (_, told, code) = run(&copy.root, &[], &["build", "--ui-language", "xx"]);
    assert!(told.contains("there are no messages in `xx`") && told.contains("en, ru"), "{told}");
    assert!(told.contains("error[K0004]"), "{told}");
    assert_eq!(code, Some(1));
}

#[test]
fn a_project_brings_a_language_of_its_own() {
    let copy = refused();
    let id = kosh::diag::id("there is no profile `{id}`");
    copy.write("ui/kk.ftl", format!("{id} = `{{ $id }}` профилі жоқ\n"));
    let (_, told, _) = run(&copy.root, &[("KOSH_LANG", "kk")], &["build"]);
    assert!(told.contains("error[K0004]: `offise` профилі жоқ"), "{told}");
    copy.write("ui/kk.ftl", "m-00000000 = { $id\n");
    let (_, told, _) = run(&copy.root, &[("KOSH_LANG", "kk")], &["build"]);
    assert!(told.contains("ui/kk.ftl: line 2: ") && told.contains("error[K0004]"), "{told}");
}

#[test]
fn json_is_english_and_has_the_language_beside_it() {
    let copy = refused();
    let (out, _, _) = run(&copy.root, &[("KOSH_LANG", "ru")], &["build", "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let one = &report["diagnostics"][0];
    assert_eq!(one["message"], "there is no profile `offise`");
    assert_eq!(one["translated"]["message"], "нет профиля `offise`");
    assert_eq!(one["translated"]["language"], "ru");
    let (out, _, _) = run(&copy.root, &[("KOSH_LANG", "en")], &["build", "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert!(report["diagnostics"][0].get("translated").is_none());
}

#[test]
fn help_and_wrong_arguments_are_in_the_language() {
    let (help, _, code) = run(root(), &[("KOSH_LANG", "ru")], &["build", "--help"]);
    assert_eq!(code, Some(0));
    for part in ["Собрать обзор на всех языках", "Использование:", "Папка проекта", "Примеры:"]
    {
        assert!(help.contains(part), "{part}: {help}");
    }
    for part in ["Usage:", "Print help", "The project's folder", "Examples:"] {
        assert!(!help.contains(part), "{part}: {help}");
    }
    let (_, wrong, code) = run(root(), &[("KOSH_LANG", "ru")], &["build", "--perod", "2025"]);
    assert_eq!(code, Some(2));
    assert!(wrong.contains("ошибка: неизвестный параметр '--perod'"), "{wrong}");
    assert!(wrong.contains("Подробнее: '--help'."), "{wrong}");
}

#[test]
fn a_page_is_in_the_language_if_it_is_translated() {
    let (page, _, code) = run(root(), &[("KOSH_LANG", "ru")], &["explain", "K0001"]);
    let is_translated = root().join("docs/diagnostics.ru.md").exists();
    assert_eq!(code, Some(0));
    assert!(page.starts_with("K0001 "), "{page}");
    assert_eq!(page.contains("Что делать: "), is_translated, "{page}");
}
