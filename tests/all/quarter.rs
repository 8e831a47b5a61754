//! `kosh quarter`: the checklist of a new period, rows to fill in, and filled rows in the tables.

use std::collections::BTreeMap;

use crate::common::Copy;
use serde_json::Value;

fn json(copy: &Copy, arguments: &[&str]) -> (Option<i32>, Value) {
    let mut all = vec!["quarter"];
    all.extend(arguments);
    all.push("--json");
    let (code, said, errors) = copy.kosh(&all);
    let value = serde_json::from_str(&said).unwrap_or_else(|e| panic!("{e}\n{said}\n{errors}"));
    (code, value)
}

/// The files of the data folder, but for what is to be filled in.
fn data(copy: &Copy) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(copy.root.join("data")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            all.insert(name, std::fs::read(path).unwrap());
        }
    }
    all
}

/// Rewrites the lines of a file to fill in.
fn fill(copy: &Copy, path: &str, mut line: impl FnMut(&str) -> Option<String>) {
    let text = copy.read(path);
    let lines = text.lines().enumerate().map(|(at, own)| match at {
        0 => own.to_owned(),
        _ => line(own).unwrap_or_else(|| own.to_owned()),
    });
    let lines: Vec<String> = lines.collect();
    copy.write(path, lines.join("\n") + "\n");
}

const STUB: &str = "data/to-fill/2026-Q1/international.csv";

/// Arrivals, departures and their balance of a quarter, and the release and the page they are of.
fn fill_three(copy: &Copy) {
    fill(copy, STUB, |line| {
        let values = [("arrivals,WORLD", "5201"), ("departures,WORLD", "1344")];
        let (key, value) = values
            .into_iter()
            .find(|(key, _)| line.starts_with(&format!("2026-01..2026-03,{key},,")))?;
        Some(line.replacen(&format!("{key},,"), &format!("{key},{value},"), 1))
    });
    // The brief computes the balance; whoever has it adds it as a row.
    let net =
        "2026-01..2026-03,net,WORLD,3857,persons,1,,2026-Q1-express,page-of-2026-Q1-express,,\n";
    copy.write(STUB, copy.read(STUB) + net);
    fill(copy, "data/to-fill/2026-Q1/vintages.csv", |line| {
        line.starts_with("2026-Q1-express,express,")
            .then(|| "2026-Q1-express,express,2026-05-12,printed,day,,".to_owned())
    });
    let header = copy.read("data/to-fill/2026-Q1/sources.csv");
    let columns: Vec<&str> = header.lines().next().unwrap().split(',').collect();
    fill(copy, "data/to-fill/2026-Q1/sources.csv", |line| {
        line.starts_with("page-of-2026-Q1-express,").then(|| {
            let cell = |column: &&str| match *column {
                "source_id" => "page-of-2026-Q1-express",
                "publisher" => "Bureau of National Statistics",
                "title" => "Migration of the population",
                "title_basis" => "page",
                "language" => "ru",
                "date" => "2026-05-12",
                "date_basis" => "page",
                "url" => "https://stat.gov.kz/",
                "retrieved_from" => "published page",
                "quoted_official_body" => "BNS",
                "precedence" => "3",
                "kind" => "office-release",
                "used" => "yes",
                _ => "",
            };
            columns.iter().map(cell).collect::<Vec<_>>().join(",")
        })
    });
}

#[test]
fn a_period_without_rows_is_listed_with_who_waits_and_what_comes_next() {
    let copy = Copy::of_shipped();
    let (code, list) = json(&copy, &["2026-Q1"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        (&list["period"], &list["like"]),
        (&"2026-01..2026-03".into(), &"2025-01..2025-03".into())
    );
    let awaited = list["awaited"].as_array().unwrap();
    let find = |table: &str, time: &str, key: &[&str]| {
        awaited.iter().find(|one| {
            one["table"] == table && one["time"] == time && one["key"] == serde_json::json!(key)
        })
    };
    let arrivals = find("international", "2026-01..2026-03", &["arrivals", "WORLD"]);
    let arrivals = arrivals.unwrap_or_else(|| panic!("{list:#}"));
    let waits: Vec<&str> =
        arrivals["waits"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(waits.contains(&"s1-1"), "{waits:?}");
    assert!(arrivals["like"].as_str().unwrap().starts_with("data/international.csv:"));
    // What is older than the year was in earlier briefs too, and is not asked for.
    assert!(awaited.iter().all(|one| {
        let time = one["time"].as_str().unwrap();
        time.contains("2026") || time.contains("2025-")
    }));
    // What briefs of other months quote may be published of these months too.
    let moves = find("interregional", "2026-01..2026-03", &["KZ-71", "net"]).unwrap();
    assert!(moves["seen_in"].as_str().unwrap().starts_with("2025"));
    assert_eq!(arrivals["seen_in"], Value::Null);
    let tables = list["tables"].as_array().unwrap();
    let of = |name: &str| tables.iter().find(|one| one["table"] == name).unwrap();
    assert_eq!(of("international")["has"], 0);
    assert!(of("international")["had"].as_u64().unwrap() > 5);
    // A shipped recipe feeds a table that lacks the period; without any, rows are to be filled in.
    let first = list["next"]["command"].as_str().unwrap();
    assert!(first.starts_with("kosh import FILE --recipe "), "{first}");
    std::fs::remove_dir_all(copy.root.join("data/recipes")).unwrap();
    let (_, list) = json(&copy, &["2026-Q1"]);
    let next = list["next"]["command"].as_str().unwrap();
    assert_eq!(next, "kosh quarter 2026-Q1 --write");
    // Sentences that the earlier brief left out wait for figures that it had not either.
    let left_out = list["left_out"].as_array().unwrap();
    assert!(left_out.iter().any(|one| one["reason"].as_str().unwrap().contains("no row of `")));

    let (code, said, errors) = copy.kosh(&["quarter", "2026-Q1"]);
    assert_eq!(code, Some(0), "{errors}");
    assert!(said.contains("international 2026-01..2026-03 arrivals WORLD  for "), "{said}");
    assert!(said.contains(&format!("next: {next}\n")), "{said}");
    // A period that is there waits for less, and can be built.
    let (_, list) = json(&copy, &["2025-H1"]);
    assert_eq!(list["can_be_built"], true);
    assert_eq!(list["next"]["command"], "kosh build --period 2025-H1");
}

#[test]
fn rows_to_fill_in_are_no_data_until_they_are_taken() {
    let copy = Copy::of_shipped();
    let before = data(&copy);
    let (code, list) = json(&copy, &["2026-Q1", "--write"]);
    assert_eq!(code, Some(0));
    let rows = list["written"]["empty"].as_u64().unwrap() as usize;
    assert_eq!(rows, list["awaited"].as_array().unwrap().len());
    assert_eq!(data(&copy), before, "no table is touched");
    let stub = copy.read(STUB);
    assert!(stub.lines().next().unwrap().ends_with(",note,waits"), "{stub}");
    let row =
        stub.lines().find(|line| line.starts_with("2026-01..2026-03,arrivals,WORLD,")).unwrap();
    assert!(
        row.starts_with("2026-01..2026-03,arrivals,WORLD,,persons,1,,2026-Q1-express,"),
        "{row}"
    );
    assert!(row.contains("s1-1"), "{row}");
    // A second time nothing is written twice, and what was filled in stays.
    fill_three(&copy);
    let filled = copy.read(STUB);
    let (_, again) = json(&copy, &["2026-Q1", "--write"]);
    assert_eq!(copy.read(STUB), filled);
    assert_eq!(again["stubs"]["filled"], 3);
    assert_eq!(again["next"]["command"], "kosh quarter 2026-Q1 --take");
    // Builds know nothing of it.
    assert_eq!(copy.kosh(&["check", "--period", "2025-Q1", "--quiet"]).0, Some(0));
}

#[test]
fn filled_rows_are_taken_in_with_their_release_and_page_and_the_others_stay() {
    let copy = Copy::of_shipped();
    json(&copy, &["2026-Q1", "--write"]);
    fill_three(&copy);
    let before = data(&copy);
    let (code, list) = json(&copy, &["2026-Q1", "--take"]);
    assert_eq!(code, Some(0), "{list:#}");
    let added = &list["taken"]["added"];
    assert_eq!(added["data/international.csv"], 3, "{added}");
    assert_eq!((&added["data/vintages.csv"], &added["data/sources.csv"]), (&1.into(), &1.into()));
    let after = data(&copy);
    let changed: Vec<&String> = after.keys().filter(|name| after[*name] != before[*name]).collect();
    assert_eq!(changed, ["international.csv", "sources.csv", "vintages.csv"]);
    for name in changed {
        // Rows are only added, where the order of the table has them.
        let text = |all: &BTreeMap<String, Vec<u8>>| String::from_utf8(all[name].clone()).unwrap();
        let (before, after) = (text(&before), text(&after));
        let mut old = before.split_inclusive('\n').peekable();
        let new = after.split_inclusive('\n').filter(|line| old.next_if_eq(line).is_none());
        assert!(new.count() > 0 && old.peek().is_none(), "{name}: rows are only added");
    }
    let rows = copy.read("data/international.csv");
    assert!(rows.contains(
        "2026-01..2026-03,net,WORLD,3857,persons,1,,2026-Q1-express,page-of-2026-Q1-express,"
    ));
    assert!(!copy.read(STUB).contains("arrivals,WORLD,5201"));
    // What is required is there now; the rest is left out and listed.
    assert_eq!(list["can_be_built"], true, "{list:#}");
    let (code, said, errors) = copy.kosh(&["check", "--period", "2026-Q1"]);
    assert_eq!(code, Some(0), "{errors}");
    assert!(said.contains("left out because a figure is missing"), "{said}");
}

#[test]
fn a_slip_in_a_filled_row_is_reported_there_and_nothing_is_written() {
    for (find, put, code) in [
        (",5201,", ",5 201,", "K0105"),
        (",WORLD,3857,", ",WORLD,3875,", "K0134"),
        (
            "net,WORLD,3857,persons,1,,2026-Q1-express",
            "net,WORLD,3857,persons,1,,2026-Q1-expres",
            "K0108",
        ),
    ] {
        let copy = Copy::of_shipped();
        json(&copy, &["2026-Q1", "--write"]);
        fill_three(&copy);
        copy.edit(STUB, find, put);
        let (before, stub) = (data(&copy), copy.read(STUB));
        let (exit, said, errors) = copy.kosh(&["quarter", "2026-Q1", "--take"]);
        assert_eq!(exit, Some(1), "{said}");
        assert!(errors.contains(code) && errors.contains("K1303"), "{errors}");
        assert!(errors.contains(STUB), "{errors}");
        assert!(data(&copy) == before && copy.read(STUB) == stub, "{put}: something was written");
    }
}

#[test]
fn a_release_without_its_day_is_refused_and_no_row_is_half_written() {
    let copy = Copy::of_shipped();
    json(&copy, &["2026-Q1", "--write"]);
    fill_three(&copy);
    copy.edit(
        "data/to-fill/2026-Q1/vintages.csv",
        "2026-Q1-express,express,2026-05-12",
        "2026-Q1-express,express,",
    );
    let before = data(&copy);
    let (code, _, errors) = copy.kosh(&["quarter", "2026-Q1", "--take"]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("data/to-fill/2026-Q1/vintages.csv"), "{errors}");
    assert!(data(&copy) == before);
}

#[test]
fn what_cannot_be_prepared_or_taken_is_refused() {
    let copy = Copy::of_shipped();
    for (arguments, code) in [
        (&["quarter", "2026-8M"][..], "K1301"),
        (&["quarter", "2026-Q2"], "K1301"),
        (&["quarter", "2026-Q1", "--take"], "K1304"),
    ] {
        let (exit, _, errors) = copy.kosh(arguments);
        assert_eq!(exit, Some(1), "{errors}");
        assert!(errors.contains(code), "{errors}");
    }
    assert_eq!(copy.kosh(&["quarter", "soon"]).0, Some(2));
    assert_eq!(copy.kosh(&["quarter", "2026-Q1", "--take", "--write"]).0, Some(2));
    json(&copy, &["2026-Q1", "--write"]);
    let (exit, _, errors) = copy.kosh(&["quarter", "2026-Q1", "--take"]);
    assert!(exit == Some(1) && errors.contains("K1304"), "{errors}");
    fill_three(&copy);
    let text = copy.read(STUB);
    copy.write(STUB, text.replacen("vintage", "release", 1));
    let (exit, _, errors) = copy.kosh(&["quarter", "2026-Q1", "--take"]);
    assert!(
        exit == Some(1) && errors.contains("K1302") && errors.contains("`vintage`"),
        "{errors}"
    );
    copy.write(STUB, text.replacen(",5201,", ",5201,,", 1));
    let (exit, _, errors) = copy.kosh(&["quarter", "2026-Q1", "--take"]);
    assert!(exit == Some(1) && errors.contains("K1302") && errors.contains("fields"), "{errors}");
}

#[test]
fn rows_that_a_spreadsheet_saved_with_semicolons_are_taken() {
    let copy = Copy::of_shipped();
    json(&copy, &["2026-Q1", "--write"]);
    fill_three(&copy);
    let text = copy.read(STUB);
    assert!(!text.contains(['"', ';']), "{text}");
    copy.write(STUB, text.replace(',', ";").replace('\n', "\r\n"));
    let (code, list) = json(&copy, &["2026-Q1", "--take"]);
    assert_eq!(code, Some(0), "{list:#}");
    assert_eq!(list["taken"]["added"]["data/international.csv"], 3);
    assert!(
        copy.read("data/international.csv")
            .contains("\n2026-01..2026-03,net,WORLD,3857,persons,1,,")
    );
}

#[test]
fn recipes_and_imports_of_the_project_are_listed() {
    let copy = Copy::of_shipped();
    copy.write("data/recipes/moves.toml", "title = \"Moves\"\ntable = \"interregional\"\n");
    copy.write("data/imports/moves.xlsx", "x");
    let (_, list) = json(&copy, &["2026-Q1"]);
    let recipes = list["recipes"].as_array().unwrap();
    let own = recipes.iter().find(|one| one["name"] == "moves").unwrap();
    assert_eq!((&own["table"], &own["title"]), (&"interregional".into(), &"Moves".into()));
    assert!(list["imports"].as_array().unwrap().contains(&"moves.xlsx".into()));
    // A recipe that feeds a table the brief waits for comes first.
    copy.write("data/recipes/a.toml", "table = \"international\"\n");
    let (_, list) = json(&copy, &["2026-Q1"]);
    assert_eq!(list["next"]["command"], "kosh import FILE --recipe a");
}
