//! `kosh diff` and the section on revisions, from the outside: the real revision of 2024, two periods, an
//! edited cell, a build, a reversed word, refused arguments.

use crate::common::{self, Copy, conforms, root, sentence, squeezed, table, well};

use std::path::Path;
use std::process::{Command, Output};

use kosh::build::edition::{Edition, Pipeline};
use kosh::document::{Document, Inline};
use kosh::project::{Format, Overrides, Project};
use kosh::prose::plain;
use serde_json::Value;

/// The base rule with which the two releases of 2025 print what they print.
const LIKE: [&str; 2] = ["--base", "like-with-like"];

fn kosh(project: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kosh"))
        .env("KOSH_LANG", "en")
        .args(arguments)
        .arg("--project")
        .arg(project)
        .current_dir(project)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(project: &Path, arguments: &[&str]) -> Value {
    let output = kosh(project, &[&["diff"], arguments, &["--json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn facts(report: &Value) -> &serde_json::Map<String, Value> {
    report["changes"]["facts"].as_object().unwrap()
}

/// A value as printed: rounded to its step.
fn printed(quantity: &Value) -> f64 {
    let step = quantity["step"].as_f64().unwrap();
    ((quantity["value"].as_f64().unwrap() / step).round() * step * 10.0).round() / 10.0
}

fn pair(report: &Value, fact: &str) -> (f64, f64) {
    let number = &facts(report)[fact]["numbers"][0];
    (printed(&number["before"]), printed(&number["after"]))
}

#[test]
fn the_two_releases_of_2025_differ_by_the_base_alone() {
    let report =
        json(root(), &[&["2026-02-09", "2026-03-13", "--period", "2025"], &LIKE[..]].concat());
    assert_eq!(pair(&report, "X1.change"), (-20.7, -18.9));
    assert_eq!(pair(&report, "X2.change"), (-40.5, -40.2));
    assert_eq!(pair(&report, "X1.base"), (29_948.0, 29_282.0));
    assert_eq!(pair(&report, "X2.base"), (12_784.0, 12_732.0));
    for (level, change) in [("X1", "X1.change"), ("X2", "X2.change")] {
        assert_eq!(facts(&report)[change]["cause"]["is"], "base");
        assert_eq!(facts(&report)[change]["follows"][0], format!("{level}.base"));
        // The level is the same, from another release.
        assert_eq!(facts(&report)[level]["kind"], "settled");
        assert!(facts(&report)[level]["numbers"].as_array().unwrap().is_empty());
        let base = &facts(&report)[&format!("{level}.base")];
        let cause = ["is", "from", "to"].map(|key| base["cause"][key].as_str().unwrap());
        assert_eq!(cause, ["revision", "express", "final"]);
    }
    let rows = |side: &str| {
        let row = &facts(&report)["X1.base"][side][0];
        (row["value"].as_f64().unwrap(), row["vintage"].as_str().unwrap().to_owned())
    };
    assert_eq!(rows("rows_before"), (29_948.0, "2024-express".into()));
    assert_eq!(rows("rows_after"), (29_282.0, "2024-final".into()));
    assert!(facts(&report)["X3"]["numbers"].as_array().unwrap().is_empty());
}

#[test]
fn the_text_names_the_base_its_releases_and_the_level_that_stands() {
    let arguments = ["diff", "2026-02-09", "2026-03-13", "--period", "2025"];
    let text = said(&kosh(root(), &[&arguments[..], &LIKE].concat()));
    for line in [
        "2025 as of 2026-02-09 -> 2025 as of 2026-03-13",
        "X1.change      -20.7 % -> -18.9 %  (+1.8 points)  [2025-01..2025-12]",
        "base revised: 2024-01..2024-12 29,948 -> 29,282 (final instead of express); X1 is still \
        23,761",
        "base revised: 2024-01..2024-12 12,784 -> 12,732 (final instead of express); X2 is still \
        7,608",
        "- data/international.csv:154  29948  2024-express, tenge-2024",
        "+ data/international.csv:155  29282  2024-final, qazradio-28955",
        "I4  KZ-75 4 -> 2, KZ-19 2 -> 4",
        "key-messages s1-2",
    ] {
        // The columns are as wide as the longest id.
        let one_spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(one_spaced(&text).contains(&one_spaced(line)), "{line}\n{text}");
    }
    // With the newest base, both days print the same change.
    let report =
        json(root(), &["2026-02-09", "2026-03-13", "--period", "2025", "--base", "latest"]);
    assert!(!facts(&report).contains_key("X1.base"));
    assert!(facts(&report)["X1.change"]["numbers"].as_array().unwrap().is_empty());
}

#[test]
fn two_periods_are_no_versions_of_one_figure() {
    let report = json(root(), &["2024", "2025"]);
    assert_eq!(facts(&report)["X1"]["kind"], "moved");
    assert_eq!(pair(&report, "X1"), (29_282.0, 23_761.0));
    let text = said(&kosh(root(), &["diff", "2024", "2025"]));
    assert!(text.starts_with("2024 -> 2025\n0 facts revised, "), "{text}");
    // A period is compared with the project in its current state, with its own period.
    let report = json(root(), &["2024-H1"]);
    assert_eq!((&report["before"], &report["after"]), (&"2024-H1".into(), &"2025-H1".into()));
}

#[test]
fn one_edited_cell_of_another_data_folder_is_named_by_its_line() {
    let copy = Copy::of_shipped();
    let old = "2024-01..2024-12,arrivals,WORLD,29282,";
    copy.edit("data/international.csv", old, &old.replace("29282", "28640"));
    // As many fewer left, or the rows would not balance (K0134).
    let left = "2024-01..2024-12,departures,WORLD,12732,";
    copy.edit("data/international.csv", left, &left.replace("12732", "12090"));
    // An added line moves every row of the file, and the other rows must not be listed because of that.
    copy.edit(
        "data/international.csv",
        "note\n2017",
        "note\n2000-01..2000-12,departures,USA,1,persons,1,,2000-final,kazakbol-2017,\n2017",
    );
    let folder = copy.root.join("data");
    let output =
        kosh(root(), &["diff", "data", folder.to_str().unwrap(), "--period", "2025", "--json"]);
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    let base = &facts(&report)["X1.base"];
    assert_eq!(base["cause"]["is"], "correction");
    assert_eq!(pair(&report, "X1.base"), (29_282.0, 28_640.0));
    let at = |side: &str| {
        base[side]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["at"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(at("rows_before"), ["data/international.csv:155"]);
    assert_eq!(
        at("rows_after"),
        [format!("{}/international.csv:156", kosh::files::relative(root(), &folder))]
    );
    assert_eq!(facts(&report)["X1.change"]["cause"]["is"], "base");
    let moved: Vec<&String> = facts(&report)
        .keys()
        .filter(|id| !["X1", "X2", "X3", "X6"].iter().any(|moved| id.starts_with(moved)))
        .collect();
    assert!(moved.is_empty(), "{moved:?}");
}

#[test]
fn a_build_is_compared_by_its_facts_and_the_last_one_unasked() {
    let copy = Copy::of_shipped();
    let output = kosh(&copy.root, &["diff"]);
    assert_eq!(output.status.code(), Some(2));
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        reported.contains("K1001") && reported.contains("has not been built yet"),
        "{reported}"
    );
    assert!(kosh(&copy.root, &["build", "--quiet"]).status.success());
    let output = kosh(&copy.root, &["diff", "--exit-code"]);
    assert!(said(&output).ends_with("nothing changed\n"), "{}", said(&output));
    assert_eq!(output.status.code(), Some(0));

    copy.edit("data/international.csv", ",departures,WORLD,3518,", ",departures,WORLD,3519,");
    copy.edit(
        "data/international.csv",
        "2025-01..2025-06,net,WORLD,7749,",
        "2025-01..2025-06,net,WORLD,7748,",
    );
    let output = kosh(&copy.root, &["diff", "--exit-code"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("X2  ") && text.contains("3,518 -> 3,519  (+1)"), "{text}");
    assert!(text.contains("+ data/international.csv:187"), "{text}");
    let folder = copy.root.join("output/2025-H1/bns");
    let named = kosh(&copy.root, &["diff", folder.to_str().unwrap()]);
    assert_eq!(
        said(&named).lines().skip(1).collect::<Vec<_>>(),
        text.lines().skip(1).collect::<Vec<_>>()
    );
    assert_eq!(named.status.code(), Some(0));
}

#[test]
fn a_word_that_turns_is_reported_with_the_sentence() {
    let copy = Copy::of_shipped();
    copy.edit(
        "data/internal.csv",
        "internal_movers_yoy,20.6,percent,0.1,,2025-H1-express",
        "internal_movers_yoy,-20.6,percent,0.1,,2025-H1-express",
    );
    let folder = copy.root.join("data");
    let arguments = ["diff", "data", folder.to_str().unwrap(), "--language", "en"];
    let output = kosh(root(), &arguments);
    let text = said(&output);
    assert!(
        text.contains("sentences change direction"),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(text.contains("key-messages s1-7  I1.change: rose -> fell"), "{text}");
    assert!(text.contains("+ The number of moves within the country fell by 20.6"), "{text}");
}

#[test]
fn an_argument_that_is_nothing_of_the_kind_is_refused_with_what_is_near() {
    let copy = Copy::of_shipped();
    assert!(kosh(&copy.root, &["build", "--quiet"]).status.success());
    for (argument, hint) in [
        ("2025-H3", "did you mean the period `2025-H1`?"),
        ("outptu", "did you mean the folder `output`?"),
        ("output", "there is a build in `output/2025-H1/bns`"),
        ("templates", "the folder has neither the `facts.json` of a build"),
        ("last", "write a day as `2026-02-09`"),
    ] {
        let output = kosh(&copy.root, &["diff", argument]);
        let reported = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
        assert_eq!(output.status.code(), Some(2), "{argument}: {reported}");
        assert!(
            reported.contains("error[K1001]") && reported.contains(hint),
            "{argument}: {reported}"
        );
        assert!(output.stdout.is_empty());
    }
    // A day before any release is an error of the data, not of the argument.
    let output = kosh(&copy.root, &["diff", "1990-01-01"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("K0209"));
}

#[test]
fn facts_without_what_the_sections_name_are_compared_without_sentences() {
    let copy = Copy::of_shipped();
    assert!(kosh(&copy.root, &["build", "--quiet"]).status.success());
    let path = "output/2025-H1/bns/facts.json";
    let mut built: serde_json::Map<String, Value> = serde_json::from_str(&copy.read(path)).unwrap();
    assert!(built.remove("I7").is_some());
    copy.write(path, serde_json::to_string(&built).unwrap());
    let output = kosh(&copy.root, &["diff"]);
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(reported.contains("warning[K1003]"), "{reported}");
    assert!(said(&output).contains("the sentences are not compared"), "{}", said(&output));
}

fn edition(day: &str, since: &str, project: &Path) -> (Pipeline, Edition, Vec<&'static str>) {
    let overrides = Overrides {
        since: Some(since.to_owned()),
        base: Some(kosh::indicators::BaseRule::LikeWithLike),
        ..Overrides::default()
    };
    let mut found = vec![];
    let pipeline =
        well(Pipeline::open(well(Project::open(project, &overrides)))).unwarned(&mut found);
    let (period, day) = ("2025".parse().unwrap(), Some(day.parse().unwrap()));
    let edition = well(pipeline.edition(Format::Standard, period, day)).unwarned(&mut found);
    let codes = common::codes(&found);
    (pipeline, edition, codes)
}

/// The rows of a table, each as the words of its cells.
fn rows(document: &Document, id: &str) -> Vec<Vec<String>> {
    let cell = |cell: &kosh::document::TableCell| {
        let words: String = plain(&cell.content);
        squeezed(&format!("{words}{}{}", cell.fraction, cell.marks))
    };
    table(document, id).rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect()
}

#[test]
fn the_brief_says_what_was_revised_since_the_previous_issue_in_every_language() {
    let (_, edition, _) = edition("2026-03-13", "2026-02-09", root());
    let [ru, en] = &edition.documents[..] else { panic!("two editions") };
    for (document, words) in [
        (
            ru,
            "Прошлый выпуск представил 2025 г. по данным на 9 февраля 2026 г. С тех пор пересмотрено 18 значений",
        ),
        (
            en,
            "The previous issue presented 2025 on data as of 9 February 2026. Revised since \
            then: 18 figures",
        ),
    ] {
        let text = sentence(document, "s10-1").unwrap();
        assert!(squeezed(&text).contains(&squeezed(words)), "{text}");
    }
    let shown = rows(en, "T5");
    assert_eq!(shown.len(), 10);
    let at = |row: &[&str]| row.iter().map(|cell| squeezed(cell)).collect::<Vec<_>>();
    // First what a source corrected, region by region; then regular revisions; then what follows from
    // both.
    for (row, cells) in [
        (0, ["Interregional net: Almaty region", "2025", "+33,126", "+12.1kʳ", "corrected"]),
        (1, ["Interregional net: Almaty city", "2025", "+12,110", "+33.1kʳ", "corrected"]),
        (2, ["Arrivals from abroad", "2024", "29,948", "29,282ʳ", "final release"]),
    ] {
        assert_eq!(shown[row], at(&cells), "{shown:#?}");
    }
    let change = |row: usize| shown[row][0].contains(&squeezed("change on a year earlier"));
    let changes: Vec<&[String]> =
        (0..10).filter(|row| change(*row)).map(|row| &shown[row][2..]).collect();
    assert_eq!(
        changes,
        [
            at(&["−20.7", "−18.9ᵇ", "base revised"]),
            at(&["−40.5", "−40.2ᵇ", "base revised"]),
            // The redistribution volume is not listed: the text of 9 February names four regions, but not
            // the fifth one that gained, so it was unknown then.
        ]
    );
    let notes: Vec<String> = table(en, "T5").notes.iter().map(|line| plain(line)).collect();
    assert_eq!(notes[0], "Further figures revised: 8.");
    assert_eq!(rows(ru, "T5").len(), 10);
    // Revised numbers are marked where they are printed, too; the mark says already that the base was revised.
    let t1 = rows(en, "T1");
    assert_eq!(t1[0][2], squeezed("29,282ʳ"));
    // And it reads as a table of the PDF, with a note on every mark.
    assert!(table(ru, "T1").notes.iter().any(|line| plain(line).contains("пересмотрено")));
}

#[test]
fn every_printed_change_says_which_base_it_is_measured_against() {
    let (_, edition, _) = edition("2026-02-09", "2025-12-31", root());
    let [ru, en] = &edition.documents[..] else { panic!("two editions") };
    let note = |document: &Document, id: &str| sentence(document, id).map(|text| squeezed(&text));
    assert_eq!(note(en, "n2"), None);
    let text = note(en, "n2f").unwrap();
    assert!(text.contains(&squeezed("29,948 arrivals and 12,784 departures in 2024")), "{text}");
    assert!(
        note(ru, "n2f").unwrap().contains(&squeezed("в 2024 г. прибыло 29 948, выбыло 12 784"))
    );
    let t1 = rows(en, "T1");
    assert_eq!(t1[0][4], squeezed("−20.7ᶠ"));
    let fact = edition.facts.get("X1.change").unwrap();
    assert_eq!(
        fact.flags.iter().map(|flag| flag.name()).collect::<Vec<_>>(),
        ["provisional", "superseded-base"]
    );
}

#[test]
fn an_issue_in_which_nothing_was_revised_says_so_and_an_older_one_says_nothing() {
    let (_, edition_, _) = edition("2026-03-20", "2026-03-13", root());
    let [_, en] = &edition_.documents[..] else { panic!("two editions") };
    let text = sentence(en, "s10-2").unwrap();
    assert!(text.contains("none of its figures has been revised since"), "{text}");
    assert_eq!(sentence(en, "s10-1"), None);

    let (_, edition_, codes) = edition("2026-02-12", "2026-03-13", root());
    assert!(codes.contains(&"K1004"), "{codes:?}");
    let section = edition_.documents[1].sections.iter().find(|s| s.id == "changes").unwrap();
    assert!(section.blocks.is_empty());
}

#[test]
fn without_a_previous_issue_the_brief_says_nothing_of_changes() {
    let (_, edition, _) = well(common::check(root()));
    for document in &edition.documents {
        let section = document.sections.iter().find(|section| section.id == "changes").unwrap();
        assert!(section.blocks.is_empty());
        common::lines(document, &mut |line| {
            assert!(!line.iter().any(|i| matches!(i, Inline::Fact { id, .. } if id.contains('@'))));
        });
    }
}

#[test]
fn a_region_compared_with_a_revised_base_says_which_by_either_rule() {
    let copy = Copy::of_shipped();
    let express = "2024-01..2024-12,KZ-71,net,73238,persons,1,,2024-express,tenge-2024,express\n";
    let last = "2024-01..2024-12,KZ-71,net,73100,persons,1,,2024-final,qazradio-28955,\n";
    copy.edit("data/interregional.csv", express, &format!("{express}{last}"));
    for (base, flag, value, mark) in [
        (kosh::indicators::BaseRule::Latest, "revised-base", "+73,100ᵇ", "ᵇ"),
        (kosh::indicators::BaseRule::LikeWithLike, "superseded-base", "+73,238ᶠ", "ᶠ"),
    ] {
        let overrides =
            Overrides { base: Some(base), formats: vec![Format::Annex], ..Overrides::default() };
        let project = well(Project::open(&copy.root, &overrides));
        let pipeline = well(Pipeline::open(project)).value;
        let period = "2025".parse().unwrap();
        let edition = well(pipeline.edition(Format::Annex, period, None)).value;
        let series = edition.facts.get("I4").unwrap().series().unwrap();
        let member = series.members.iter().find(|member| &*member.code == "KZ-71").unwrap();
        assert!(member.flags.iter().any(|known| known.name() == flag), "{:?}", member.flags);
        let shown = rows(&edition.documents[1], "T2_annex");
        let row = shown.iter().find(|row| row[0].contains("Astana")).unwrap();
        assert!(row.contains(&squeezed(value)), "{row:?}");
        // The value of the period is not marked for its base.
        let own = row.iter().find(|cell| cell.starts_with("+87,459")).unwrap();
        assert!(!own.contains(mark), "{row:?}");
    }
}

#[test]
fn the_section_on_what_changed_conforms_as_every_page_does() {
    let (pipeline, edition, _) = edition("2026-03-13", "2026-02-09", root());
    let files = well(pipeline.typeset(&edition)).value;
    let pdfs: Vec<_> = files.iter().filter(|file| file.name.ends_with(".pdf")).collect();
    assert_eq!(pdfs.len(), 2);
    for pdf in pdfs {
        conforms::assert_conforms(&pdf.name, &pdf.bytes);
    }
}
