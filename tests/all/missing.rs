//! `kosh missing`: what the brief does not say, by cause, and the way of the missing figures into the data.

use serde_json::Value;

use crate::common::Copy;

const LOST: &str = "2030-01..2030-06,N-2,net,210,persons,1,2030-H1-express,office-table,\n";

/// A project that lacks one row, for which three phrases wait.
fn lacking() -> Copy {
    let copy = Copy::of_another_country();
    copy.edit("data/between.csv", LOST, "");
    copy
}

fn run(copy: &Copy, arguments: &[&str]) -> String {
    let (exit, printed, reported) = copy.kosh(arguments);
    assert_eq!(exit, Some(0), "{arguments:?}\n{printed}{reported}");
    printed
}

fn causes(copy: &Copy, arguments: &[&str]) -> Vec<Value> {
    let printed = run(copy, &[&["missing", "--json"], arguments].concat());
    let report: Value = serde_json::from_str(&printed).unwrap();
    report["causes"].as_array().unwrap().clone()
}

#[test]
fn sentences_that_wait_for_one_row_have_one_cause_with_the_row_to_enter() {
    let copy = lacking();
    let causes = causes(&copy, &[]);
    let [cause] = &causes[..] else { panic!("{causes:#?}") };
    let row = &cause["rows"][0];
    assert_eq!(row["file"], "data/between.csv");
    assert_eq!(row["key"], "province = N-2, measure = net");
    assert_eq!(row["line"], "2030-01..2030-06,N-2,net,___,persons,1,2030-H1-express,office-table,");
    let sentences = cause["sentences"].as_array().unwrap();
    let of = |id: &str| sentences.iter().find(|one| one["sentence"] == id).unwrap();
    assert_eq!(
        of("i1")["text"],
        "Of 5 provinces, ___ gained people from other provinces: ___ (provinces)."
    );
    assert_eq!(of("i1")["place"], "templates/sections/02-inside.en.md:3");
    assert!(of("figures.provinces.alt")["place"].as_str().unwrap().contains("strings.en.toml:"));
}

#[test]
fn the_words_are_those_of_the_language_that_is_asked_for() {
    let copy = lacking();
    let causes = causes(&copy, &["--language", "eo"]);
    let sentences = causes[0]["sentences"].as_array().unwrap();
    let one = sentences.iter().find(|one| one["sentence"] == "i1").unwrap();
    assert_eq!(one["place"], "templates/sections/02-inside.eo.md:3");
    assert!(one["text"].as_str().unwrap().contains("___"), "{one}");
}

#[test]
fn a_pasted_row_with_its_blank_is_refused_and_with_its_value_says_all_again() {
    let copy = lacking();
    let row = causes(&copy, &[])[0]["rows"][0]["line"].as_str().unwrap().to_owned();
    let table = copy.read("data/between.csv");
    copy.write("data/between.csv", format!("{table}{row}\n"));
    let (exit, _, reported) = copy.kosh(&["check"]);
    assert_eq!(exit, Some(1));
    assert!(reported.contains("error[K0105]"), "{reported}");
    copy.write("data/between.csv", format!("{table}{}\n", row.replace("___", "210")));
    assert_eq!(causes(&copy, &[]), Vec::<Value>::new());
}

#[test]
fn a_series_without_rows_asks_for_a_row_of_each_member() {
    let copy = lacking();
    let table = copy.read("data/between.csv");
    let rest: Vec<&str> = table.lines().filter(|line| !line.starts_with("2030-01..")).collect();
    copy.write("data/between.csv", rest.join("\n") + "\n");
    let causes = causes(&copy, &[]);
    let row = &causes[0]["rows"][0];
    assert_eq!((&row["count"], &row["key"]), (&5.into(), &"province = ___, measure = net".into()));
    let asked = run(&copy, &["missing", "--csv"]);
    let provinces = ["N-1", "N-2", "N-3", "N-4", "N-5"];
    assert_eq!(asked.lines().count(), 1 + provinces.len());
    for province in provinces {
        assert!(asked.contains(&format!("province = {province}, measure = net")), "{asked}");
    }
    // Members are called by their names, for somebody who does not know the codes.
    assert!(asked.contains("Moves between provinces; Lakemark"), "{asked}");
}

#[test]
fn a_filled_table_comes_back_into_the_data() {
    let whole = Copy::of_another_country();
    let copy = lacking();
    let asked = run(&copy, &["missing", "--csv"]);
    assert!(asked.starts_with('\u{FEFF}'), "a spreadsheet program reads other letters wrongly");
    let first = "between,2030-01..2030-06,\"province = N-2, measure = net\",";
    assert!(
        asked.contains(&format!("\n{first}Moves between provinces; Lakemark,persons,,")),
        "{asked}"
    );
    // As a spreadsheet program of a country with decimal commas saves it.
    copy.write(
        "asked.csv",
        "\u{FEFF}table;period;dimensions;what;unit;value;waits\r\n\
         between;2030-01..2030-06;province = N-2, measure = net;\"Moves; Lakemark\";persons;210;i1\r\n",
    );
    let said = run(&copy, &["missing", "--fill", "asked.csv"]);
    assert!(said.contains("1 row filled in, in data/to-fill/2030-H1"), "{said}");
    assert!(copy.read("data/to-fill/2030-H1/between.csv").contains("N-2,net,210,persons,1,"));
    // Nothing reads these rows as data.
    assert_eq!(causes(&copy, &[]).len(), 1);
    run(&copy, &["missing", "--take"]);
    assert_eq!(causes(&copy, &[]), Vec::<Value>::new());
    assert_eq!(copy.read("data/between.csv"), whole.read("data/between.csv"));
    assert_eq!(run(&copy, &["facts", "--csv"]), run(&whole, &["facts", "--csv"]));
}

#[test]
fn a_build_shows_the_causes_too() {
    let copy = lacking();
    let said = run(&copy, &["check"]);
    assert!(said.contains("left out because a figure is missing: 3 sentences, for 1 reason"));
    assert!(said.contains("    2030-01..2030-06,N-2,net,___,persons,1,"), "{said}");
}

#[test]
fn facts_are_found_by_words_of_any_language_in_any_form() {
    let copy = Copy::of_shipped();
    for (words, expected) in [
        (&["arrivals", "abroad"][..], "X1  11267 persons\n"),
        (&["ПРИБЫЛО"], "X1  11267 persons\n"),
        // The name of a region in another case than the label has.
        (&["астаны", "сальдо"], "I4[KZ-71]  36821 persons\n"),
        (&["Astana"], "I4[KZ-71]  36821 persons\n"),
    ] {
        let said = run(&copy, &[&["facts"], words].concat());
        assert!(said.contains(expected), "{words:?}\n{said}");
    }
    let said = run(&copy, &["facts", "arrivals", "abroad"]);
    assert!(said.contains("    ru  Прибыло из-за рубежа: 11\u{A0}267\n"), "{said}");
    assert!(said.contains("    en  Arrivals from abroad: 11,267\n"), "{said}");
    let (exit, _, reported) = copy.kosh(&["facts", "no", "such", "words"]);
    assert_eq!(exit, Some(1));
    assert!(reported.contains("error[K0210]"), "{reported}");
}

#[test]
fn a_section_is_explained_with_its_text_and_the_order_with_its_ids() {
    let copy = Copy::of_another_country();
    let said = run(&copy, &["explain", "section.border"]);
    assert!(said.contains("  b1  templates/sections/01-border.en.md:3\n"), "{said}");
    assert!(said.contains("Net migration {{ period | in }} was **{{ B | signed }}**:"), "{said}");
    let said = run(&copy, &["explain", "order"]);
    assert!(said.contains("Now: cover border inside notes sources\n"), "{said}");
}
