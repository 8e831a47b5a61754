//! Figures of databases: SDMX-CSV, JSON-stat and other tables with a row for each figure.

use serde_json::{Value, json};

use crate::common::Copy;

const RECIPE: &str = r#"
table = "between"
file = { name = "*between*" }

[columns]
value = "OBS_VALUE"
attributes = "sdmx"
ignore = { FREQ = "all rows are half years" }

[values]
unit = "persons"

[[dimensions]]
name = "period"
column = "TIME_PERIOD"
read = "period"

[[dimensions]]
name = "province"
column = "REF_AREA"
codes = { "NO1" = "N-1", "NO2" = "N-2", "NO3" = "N-3" }

[[dimensions]]
name = "measure"
value = "net"

[release]
vintage = "{period}-express"
status = "express"

[source]
id = "service"
publisher = "Norland Statistical Office"
title = "Moves"
date = "2031-02-07"
url = "https://example.org/moves"
precedence = "1"
"#;

/// The file of a service: a header and some rows.
fn table(rows: &[&str]) -> String {
    let head =
        "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,UNIT_MULT,DECIMALS";
    let rows = rows.iter().map(|row| format!("NSO:MOVES(1.0),S,{row}\n"));
    format!("{head}\n{}", rows.collect::<String>())
}

/// What `kosh import --dry-run --json` says of a file.
fn read(name: &str, text: &str, recipe: &str) -> Value {
    let copy = Copy::of_another_country();
    copy.write("data/recipes/between.toml", recipe);
    copy.write(name, text);
    let (_, printed, reported) = copy.kosh(&[
        "import",
        name,
        "--recipe",
        "between",
        "--dry-run",
        "--json",
        "--released",
        "2031-02-07",
    ]);
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}{reported}"))
}

/// For each figure its key, its digits, its rounding and its state.
fn figures(report: &Value) -> Vec<String> {
    let rows = report["import"]["rows"].as_array().unwrap_or_else(|| panic!("{report:#}"));
    let shown = |row: &Value| {
        let key = &row["key"];
        format!(
            "{} {} {} {}",
            key["period"].as_str().unwrap_or_default(),
            key["province"].as_str().unwrap_or_default(),
            row["value"],
            row["state"].as_str().unwrap_or_default()
        )
    };
    rows.iter().map(shown).collect()
}

/// The first error: its code and its place.
fn error(report: &Value) -> (String, String) {
    let all = report["diagnostics"].as_array().unwrap();
    let first = all.iter().find(|one| one["severity"] == "error");
    let first = first.unwrap_or_else(|| panic!("nothing is refused: {report:#}"));
    (
        first["code"].as_str().unwrap_or_default().to_owned(),
        first["place"]["text"].as_str().unwrap_or_default().to_owned(),
    )
}

#[test]
fn attributes_of_sdmx_say_what_a_figure_is() {
    let copy = Copy::of_another_country();
    copy.write("data/recipes/between.toml", RECIPE);
    copy.write(
        "between.csv",
        table(&[
            "NO1,2030-S1,641,E,F,0,0",
            "NO2,2030-S1,,O,,,",
            "NO3,2030-S1,17,,C,,",
            "NO1,2030-01-01/P9M,0.9,P,,3,1",
        ]),
    );
    let write =
        ["import", "between.csv", "--yes", "--released", "2031-02-07", "--recipe", "between"];
    let (exit, printed, reported) = copy.kosh(&write);
    assert_eq!(exit, Some(0), "{printed}{reported}");
    assert!(printed.contains("SDMX-CSV 1.0"), "{printed}");
    let rows = copy.read("data/between.csv");
    for row in [
        "2030-01..2030-06,N-1,net,641,persons,1,2030-9M-express,service,estimated (status E)\n",
        "2030-01..2030-09,N-1,net,900,persons,100,2030-9M-express,service,provisional (status P)\n",
    ] {
        assert!(rows.contains(row), "no {row}: {rows}");
    }
    // What is missing or secret is no row, and no nought.
    assert_eq!(rows.matches(",service,").count(), 2, "{rows}");
    assert!(!rows.contains(",17,"), "{rows}");
}

#[test]
fn the_second_version_is_known_by_its_header() {
    let text = "STRUCTURE;STRUCTURE_ID;ACTION;FREQ;TIME_PERIOD;OBS_VALUE;REF_AREA\n\
                dataflow;NSO:MOVES(1.0);I;S;2030-S1;641;NO1\n\
                dataflow;NSO:MOVES(1.0);R;S;2030-S1;-3;NO2\n";
    let report = read("between.csv", text, RECIPE);
    assert_eq!(
        figures(&report),
        ["2030-01..2030-06 N-1 641.0 changed", "2030-01..2030-06 N-2 -3.0 changed"],
        "{report:#}"
    );
    for (from, to, line) in
        [(";R;", ";D;", 3), ("MOVES(1.0);R", "STAYS(1.0);R", 3), (";R;", ";X;", 3)]
    {
        let (code, place) = error(&read("between.csv", &text.replace(from, to), RECIPE));
        assert_eq!(code, "K1551", "{to}");
        assert!(place.starts_with(&format!("between.csv:{line}:")), "{place}");
    }
}

#[test]
fn what_attributes_do_not_say_or_deny_is_refused_at_its_cell() {
    for (row, code, place) in [
        ("NO1,2030-S1,641,Z,,,", "K1551", "between.csv:2:34"),
        ("NO1,2030-S1,641,,Z,,", "K1551", "between.csv:2:35"),
        ("NO1,2030-S1,641,,,x,", "K1551", "between.csv:2:36"),
        ("NO1,2030-S1,641,,,,-1", "K1551", "between.csv:2:37"),
        ("NO1,2030-S1,0,O,,,", "K1552", "between.csv:2:30"),
        ("NO1,2030-S1,0,M,,,", "K1552", "between.csv:2:30"),
        // Half a year that does not begin in January.
        ("NO1,2030-S2,641,A,,,", "K1222", "between.csv:2:22"),
        ("NO1,2030-W07,641,A,,,", "K1221", "between.csv:2:22"),
        ("NO1,2030-01-15/P6M,641,A,,,", "K1221", "between.csv:2:22"),
        // Not known as finely as it is typed.
        ("NO1,2030-S1,641,A,,1,0.5", "K1551", "between.csv:2:39"),
        ("NO1,2030-S1,64.25,A,,3,1", "K1217", "between.csv:2:30"),
    ] {
        assert_eq!(
            error(&read("between.csv", &table(&[row]), RECIPE)),
            (code.into(), place.into()),
            "{row}"
        );
    }
    // An empty figure that nothing explains, and a column that nobody claims.
    let two = table(&["NO1,2030-S1,,A,,,", "NO2,2030-S1,7,A,,,"]);
    assert_eq!(error(&read("between.csv", &two, RECIPE)).0, "K1512");
    let other = table(&["NO1,2030-S1,7,A,,,"]).replace("FREQ", "UNIT_MEASURE");
    assert_eq!(error(&read("between.csv", &other, RECIPE)).0, "K1504");
    let unclaimed = RECIPE.replace("ignore = { FREQ = \"all rows are half years\" }\n", "");
    assert_eq!(error(&read("between.csv", &table(&["NO1,2030-S1,7,A,,,"]), &unclaimed)).0, "K1506");
}

#[test]
fn a_recipe_of_columns_says_each_thing_once() {
    let text = table(&["NO1,2030-S1,7,A,,,"]);
    for (from, to, words) in [
        ("[values]", "[values]\nin = \"body\"", "both `in` for an area of figures and `[columns]`"),
        (
            "[columns]\nvalue = \"OBS_VALUE\"\nattributes = \"sdmx\"\nignore = { FREQ = \"all rows are half years\" }\n",
            "",
            "does not say where its figures are",
        ),
        ("value = \"net\"", "value = \"net\"\ncolumn = \"FREQ\"", "together with another key"),
        (
            "[values]",
            "[areas.head]\nrows = 1\n\n[values]",
            "is reserved for the area of `[columns]`",
        ),
        ("\"all rows are half years\"", "\"\"", "no reason why the column"),
    ] {
        let recipe = RECIPE.replace(from, to);
        assert_ne!(recipe, RECIPE, "{from}");
        let report = read("between.csv", &text, &recipe);
        assert_eq!(error(&report).0, "K1501", "{to}");
        assert!(report["diagnostics"].to_string().contains(words), "{words}: {report:#}");
    }
}

#[test]
fn json_stat_is_read_with_its_status() {
    let recipe = RECIPE
        .replace("OBS_VALUE", "value")
        .replace("\"sdmx\"", "\"json-stat\"")
        .replace("ignore = { FREQ = \"all rows are half years\" }\n", "")
        .replace("TIME_PERIOD", "time")
        .replace("REF_AREA", "geo");
    let dataset = json!({
        "version": "2.0", "class": "dataset", "label": "Moves",
        "id": ["geo", "time"], "size": [3, 1],
        "dimension": {
            "geo": {"category": {"index": {"NO1": 0, "NO2": 1, "NO3": 2}}},
            "time": {"category": {"label": {"2030-H1": "First half of 2030"}}}
        },
        "value": [641, null, -5],
        "status": {"1": "M", "2": "P"}
    });
    let report = read("between.json", &dataset.to_string(), &recipe);
    assert_eq!(
        figures(&report),
        [
            "2030-01..2030-06 N-1 641.0 changed",
            "2030-01..2030-06 N-3 -5.0 changed",
            // Empty cells are looked at last.
            "2030-01..2030-06 N-2 null no-figure"
        ],
        "{report:#}"
    );
    let unknown = dataset.to_string().replace("\"P\"", "\"Z\"");
    assert_eq!(error(&read("between.json", &unknown, &recipe)).0, "K1551");
    assert_eq!(error(&read("between.json", "{\"a\": []}", &recipe)).0, "K1201");
}

#[test]
fn labels_behind_codes_are_no_part_of_them() {
    let text = "DATAFLOW,FREQ: Frequency,REF_AREA: Province,TIME_PERIOD: Time,OBS_VALUE: Persons,\
                OBS_STATUS: Status,UNIT_MULT: Multiplier\n\
                \"NSO:MOVES(1.0): Moves, inside\",S: Half-yearly,NO1: Hillmark,2030-S1,641,\
                P: Provisional,0: Units\n\
                \"NSO:MOVES(1.0): Moves, inside\",S: Half-yearly,NO2: Lakemark,2030-S1,-3,A: Normal,0: Units\n";
    let expected = ["2030-01..2030-06 N-1 641.0 changed", "2030-01..2030-06 N-2 -3.0 changed"];
    let report = read("between.csv", text, RECIPE);
    assert_eq!(figures(&report), expected, "{report:#}");
    let codes = "codes = { \"NO1\" = \"N-1\", \"NO2\" = \"N-2\", \"NO3\" = \"N-3\" }";
    // Names of the register, and codes of the labels, are as good.
    let by_name = RECIPE.replace(codes, "read = \"name\"");
    assert_eq!(figures(&read("between.csv", text, &by_name)), expected);
    let by_label =
        RECIPE.replace(codes, "codes = { \"Hillmark\" = \"N-1\", \"Lakemark\" = \"N-2\" }");
    assert_eq!(figures(&read("between.csv", text, &by_label)), expected);
    // A code that says another thing than its label.
    let two = RECIPE.replace("\"NO1\" = \"N-1\"", "\"NO1\" = \"N-1\", \"Hillmark\" = \"N-3\"");
    assert_eq!(
        error(&read("between.csv", text, &two)),
        ("K1509".to_owned(), "between.csv:2:48".to_owned())
    );
    let odd = text.replace("P: Provisional", "Z: Unknown");
    assert_eq!(error(&read("between.csv", &odd, RECIPE)).0, "K1551");
    // The other columns of labels (`labels=name`) are columns like others.
    let named = "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,TIME_PERIOD,REF_AREA,Province,OBS_VALUE\n\
                 dataflow,NSO:MOVES(1.0),Moves,I,S,2030-S1,NO1,Hillmark,641\n";
    assert_eq!(error(&read("between.csv", named, RECIPE)).0, "K1506");
    let ignored = RECIPE.replace("{ FREQ = ", "{ Province = \"the names of REF_AREA\", FREQ = ");
    assert_eq!(figures(&read("between.csv", named, &ignored)), &expected[..1]);
}

#[test]
fn labels_of_json_stat_are_names() {
    let recipe = RECIPE
        .replace("OBS_VALUE", "value")
        .replace("attributes = \"sdmx\"\n", "")
        .replace("ignore = { FREQ = \"all rows are half years\" }\n", "")
        .replace("TIME_PERIOD", "time")
        .replace("REF_AREA", "geo")
        .replace(
            "codes = { \"NO1\" = \"N-1\", \"NO2\" = \"N-2\", \"NO3\" = \"N-3\" }",
            "read = \"name\"",
        );
    let dataset = json!({
        "version": "2.0", "class": "dataset", "label": "Moves",
        "id": ["geo", "time"], "size": [2, 1],
        "dimension": {
            "geo": {"category": {
                "index": ["07", "19"], "label": {"07": "Hillmark", "19": "Lakemark"}
            }},
            // The code is no period, and its label is.
            "time": {"category": {"index": ["0"], "label": {"0": "2030-H1"}}}
        },
        "value": [641, -5]
    });
    let report = read("between.json", &dataset.to_string(), &recipe);
    assert_eq!(
        figures(&report),
        ["2030-01..2030-06 N-1 641.0 changed", "2030-01..2030-06 N-2 -5.0 changed"],
        "{report:#}"
    );
    let other = dataset.to_string().replace("Lakemark", "Lakemarch");
    let (code, place) = error(&read("between.json", &other, &recipe));
    assert_eq!((&*code, &*place), ("K1231", "between.json, between!A3"));
}
