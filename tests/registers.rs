//! The registers of policy, research and options as shipped: every word, reference and indicator
//! they point to is there.

use std::fs;
use std::path::Path;

use kosh::data::{self, Dataset, Register};
use kosh::diag::SourceText;
use kosh::indicators;
use kosh::locale::{Locale, lint};
use kosh::references::References;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> SourceText {
    SourceText::new(path, fs::read_to_string(root().join(path)).unwrap())
}

fn dataset() -> Dataset {
    data::load(&kosh::shelf::Shelf::new(), &root().join("data"), Path::new("data")).unwrap().value
}

fn column<'r>(register: &'r Register, name: &str) -> Vec<(&'r str, &'r str)> {
    let cell = |(id, row): (&'r std::sync::Arc<str>, _)| {
        let row: &std::collections::BTreeMap<String, String> = row;
        (&**id, row[name].as_str())
    };
    register.rows.iter().map(cell).filter(|(_, text)| !text.is_empty()).collect()
}

#[test]
fn every_entry_has_its_words_in_each_language_and_they_are_typeset_well() {
    let dataset = dataset();
    let mut wrong = vec![];
    for lang in ["ru", "en"] {
        let lexicons: Vec<_> = ["policy", "claims", "options", "bodies"]
            .map(|name| (name.to_owned(), text(&format!("data/lexicon/{name}.{lang}.csv"))))
            .into();
        let language = text(&format!("templates/languages/{lang}.toml"));
        let locale = Locale::load(lang, &language, &lexicons).unwrap().value;
        for name in ["policy", "claims", "options"] {
            let lexicon = locale.lexicon(name).unwrap();
            for id in dataset.registers[name].rows.keys() {
                for form in lexicon.forms() {
                    match lexicon.get(id, form) {
                        Ok(words) => wrong.extend(
                            lint(words, &locale)
                                .iter()
                                .map(|finding| format!("{lang} {id}.{form}: {finding:?}")),
                        ),
                        Err(found) => wrong.push(format!("{lang} {}", found[0].message)),
                    }
                }
            }
            let unused =
                lexicon.codes().filter(|id| !dataset.registers[name].rows.contains_key(*id));
            wrong
                .extend(unused.map(|id| format!("{lang} {name}: nothing has the words of `{id}`")));
        }
        for (id, owner) in column(&dataset.registers["policy"], "owner") {
            if locale.name("bodies", owner, "nom").is_err() {
                wrong.push(format!("{lang} {id}: no body `{owner}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_entry_cites_a_reference_and_concerns_an_indicator_that_exist() {
    let dataset = dataset();
    let references = References::load(&text("data/references.yaml"), &dataset).unwrap();
    let indicators = indicators::parse(&text("data/indicators.toml"), &dataset).unwrap();
    let mut wrong = vec![];
    for name in ["policy", "claims", "options"] {
        let register = &dataset.registers[name];
        for (id, key) in column(register, "reference") {
            if !references.keys().contains(key) {
                wrong.push(format!("{name} {id}: no reference `{key}`"));
            }
        }
        if name == "claims" {
            continue;
        }
        for (id, indicator) in column(register, "indicator") {
            let indicator = indicator.split('.').next().unwrap();
            if !indicators.all.contains_key(indicator) {
                wrong.push(format!("{name} {id}: no indicator `{indicator}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_entry_of_low_confidence_says_why() {
    let policy = &dataset().registers["policy"];
    for (id, confidence) in column(policy, "confidence") {
        if confidence == "C" {
            assert!(!policy.rows[id]["note"].is_empty(), "{id}");
        }
    }
}

#[test]
fn the_concept_to_2027_is_not_taken_for_repealed() {
    let policy = &dataset().registers["policy"];
    assert!(column(policy, "replaces").iter().all(|(_, old)| *old != "concept-2023-2027"));
    assert_eq!(policy.rows["concept-2023-2027"]["valid_to"], "2027-12-31");
}
