//! Tables of others with their descriptions: Frictionless data packages and CSV on the Web.

use serde_json::Value;

use crate::common::{Copy, drawn};

const RECIPE: &str = r#"
table = "between"
file = { name = "*.json" }

[columns]
value = "persons_net"
ignore = { remark = "for readers" }

[values]
unit = "persons"
missing = { "" = "not-available" }

[[dimensions]]
name = "period"
column = "half_year"
read = "period"
quarters = "cumulative"

[[dimensions]]
name = "province"
column = "place"
codes = { "Hillmark" = "N-1", "Lakemark" = "N-2", "Rivermark" = "N-3" }

[[dimensions]]
name = "measure"
value = "net"

[release]
vintage = "{period}-express"
status = "express"

[source]
id = "neighbour"
publisher = "Norland Statistical Office"
title = "Moves"
date = "2030-08-06"
url = "https://example.org/moves"
precedence = "1"
"#;

const PACKAGE: &str = r##"{
  "name": "neighbour",
  "resources": [
    {
      "name": "moves",
      "path": "tables/moves.txt",
      "encoding": "windows-1251",
      "dialect": {"delimiter": ";", "quoteChar": "'", "commentChar": "#"},
      "schema": {
        "fields": [
          {"name": "half_year", "type": "string", "constraints": {"required": true}},
          {"name": "place", "type": "string"},
          {"name": "persons_net", "type": "number", "decimalChar": ",", "groupChar": ".", "bareNumber": false},
          {"name": "remark", "type": "string"}
        ],
        "missingValues": ["", "n/a"]
      }
    },
    {
      "name": "places",
      "path": "places.csv",
      "schema": {"fields": [{"name": "code", "type": "string"}]}
    }
  ]
}
"##;

const TABLE: &str = "# moves of the neighbour
half_year;place;persons_net;remark
2030-H1;Hillmark;1.640 p.;'one; two'
2030-H1;Lakemark;-95;
2030-H1;Rivermark;n/a;not counted
";

/// The folder of a package beside the small country.
fn package(description: &str, table: &str, recipe: &str) -> Copy {
    let copy = Copy::of_another_country();
    copy.write("data/recipes/between.toml", recipe);
    copy.write("theirs/datapackage.json", description);
    copy.write("theirs/tables/moves.txt", table);
    copy
}

fn dry(copy: &Copy, more: &[&str]) -> Value {
    let mut arguments = vec!["import", "theirs/datapackage.json", "--dry-run", "--json"];
    arguments.extend(["--recipe", "between", "--released", "2030-08-06"]);
    arguments.extend(more);
    let (_, printed, reported) = copy.kosh(&arguments);
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}{reported}"))
}

/// For each figure its key, its value, its rounding and its cell.
fn figures(report: &Value) -> Vec<String> {
    let rows = report["import"]["rows"].as_array().unwrap_or_else(|| panic!("{report:#}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let shown = |row: &Value| {
        let key = &row["key"];
        let (period, province) = (text(&key["period"]), text(&key["province"]));
        let (value, step) = (&row["value"], &row["rounded_to"]);
        format!("{period} {province} {value} {step} {}", text(&row["cell"]))
    };
    rows.iter().map(shown).collect()
}

/// The first error: its code, its place and its message.
fn error(report: &Value) -> (String, String, String) {
    let all = report["diagnostics"].as_array().unwrap();
    let first = all.iter().find(|one| one["severity"] == "error");
    let first = first.unwrap_or_else(|| panic!("nothing is refused: {report:#}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&first["code"]), text(&first["place"]["text"]), text(&first["message"]))
}

const MOVES: [&str; 1] = ["--resource=moves"];

#[test]
fn a_package_of_others_is_read_through_the_names_of_its_fields() {
    let copy = package(PACKAGE, TABLE, RECIPE);
    let report = dry(&copy, &MOVES);
    assert_eq!(
        figures(&report),
        [
            "2030-01..2030-06 N-1 1640.0 1.0 moves!C3",
            "2030-01..2030-06 N-2 -95.0 1.0 moves!C4",
            "2030-01..2030-06 N-3 null 1.0 moves!C5",
        ],
        "{report:#}"
    );
    assert_eq!(
        report["import"]["read_as"],
        "Frictionless, `tables/moves.txt`, windows-1251, separated by `;`"
    );
    // The recipe may say which table is meant, and letters are those of the encoding.
    let recipe = RECIPE
        .replace("[columns]", "[sheets]\nname = \"^moves$\"\n\n[columns]")
        .replace("\"Hillmark\"", "\"Холм\"");
    let copy = package(PACKAGE, "", &recipe);
    let bytes = encoding_rs::WINDOWS_1251.encode(&TABLE.replace("Hillmark", "Холм")).0.into_owned();
    copy.write("theirs/tables/moves.txt", bytes);
    assert_eq!(figures(&dry(&copy, &[])).len(), 3);
}

#[test]
fn what_was_imported_is_kept_with_its_description_and_goes_back() {
    let copy = package(PACKAGE, TABLE, RECIPE);
    let before = copy.read("data/between.csv");
    let (exit, printed, reported) = copy.kosh(&[
        "import",
        "theirs/datapackage.json",
        "--recipe",
        "between",
        "--resource",
        "moves",
        "--released",
        "2030-08-06",
        "--yes",
    ]);
    assert_eq!(exit, Some(0), "{printed}{reported}");
    let rows = copy.read("data/between.csv");
    assert!(rows.contains("2030-01..2030-06,N-1,net,1640,persons,1,2030-H1-express,neighbour,\n"));
    assert_eq!(copy.read("data/imports/0001/datapackage.json"), PACKAGE);
    assert_eq!(copy.read("data/imports/0001/tables/moves.txt"), TABLE);
    let record: Value = serde_json::from_str(&copy.read("data/imports/0001/record.json")).unwrap();
    assert_eq!(record["described"]["copy"], "tables/moves.txt");
    let (exit, _, reported) = copy.kosh(&["import", "--undo"]);
    assert_eq!(exit, Some(0), "{reported}");
    assert_eq!(copy.read("data/between.csv"), before);
    assert!(!copy.root.join("data/imports/0001").exists());
}

#[test]
fn days_and_columns_in_another_order_are_read_as_described() {
    let description = PACKAGE
        .replace(
            "{\"name\": \"half_year\", \"type\": \"string\",",
            "{\"name\": \"half_year\", \"type\": \"date\", \"format\": \"%d.%m.%Y\",",
        )
        .replace("\"missingValues\"", "\"fieldsMatch\": [\"superset\"], \"missingValues\"");
    let table = TABLE
        .replace("half_year;place;persons_net;remark", "place;half_year;persons_net;remark")
        .replace("2030-H1;Hillmark", "Hillmark;01.02.2030")
        .replace("2030-H1;Lakemark", "Lakemark;01.02.2030")
        .replace("2030-H1;Rivermark", "Rivermark;01.02.2030");
    let recipe =
        RECIPE.replace("quarters = \"cumulative\"", "dates = \"month\"\nmonths = \"discrete\"");
    let report = dry(&package(&description, &table, &recipe), &MOVES);
    assert_eq!(figures(&report)[0], "2030-02..2030-02 N-1 1640.0 1.0 moves!C3", "{report:#}");
    let other = table.replacen("01.02.2030", "2030-02-01", 1);
    let (code, place, _) = error(&dry(&package(&description, &other, &recipe), &MOVES));
    assert_eq!((&*code, &*place), ("K1207", "theirs/tables/moves.txt:3:10"));
}

/// What is refused of a description or a table that is changed in one place.
fn is_refused(from: &str, to: &str, code: &str, place: &str, words: &str) {
    let (description, table) = (PACKAGE.replacen(from, to, 1), TABLE.replacen(from, to, 1));
    assert!(description != PACKAGE || table != TABLE, "{from} is nowhere");
    let reported = error(&dry(&package(&description, &table, RECIPE), &MOVES));
    let is_so = reported.0 == code && reported.1.starts_with(place) && reported.2.contains(words);
    assert!(is_so, "{to}: expected {code} at {place} ({words}), and it is {reported:?}");
}

#[test]
fn what_changes_a_value_and_is_not_followed_is_refused_at_its_place() {
    let of = "theirs/datapackage.json";
    for (from, to, line, words) in [
        ("\"encoding\": \"windows-1251\"", "\"encoding\": \"klingon\"", 7, "no encoding"),
        ("\"encoding\": \"windows-1251\"", "\"compression\": \"gz\"", 7, "`compression`"),
        ("tables/moves.txt\"", "../moves.txt\"", 6, "leads out"),
        ("tables/moves.txt\"", "/etc/moves.txt\"", 6, "leads out"),
        ("tables/moves.txt\"", "https://example.org/moves.csv\"", 6, "nothing is downloaded"),
        ("tables/moves.txt\"", "moves.csv\"", 6, "cannot be read"),
        ("\"tables/moves.txt\"", "[\"a.csv\", \"b.csv\"]", 6, "several files"),
        ("\"path\": \"tables/moves.txt\"", "\"data\": []", 6, "`data`"),
        ("\"delimiter\": \";\"", "\"delimiter\": \";;\"", 8, "more than one sign"),
        ("\"quoteChar\": \"'\"", "\"headerRows\": [1, 2]", 8, "several rows"),
        ("\"quoteChar\": \"'\"", "\"commentRows\": [1]", 8, "`commentRows`"),
        ("\"decimalChar\": \",\"", "\"decimalChar\": \".\"", 13, "one sign"),
        ("\"decimalChar\": \",\"", "\"decimalChar\": \"comma\"", 13, "more than one character"),
        ("\"type\": \"string\"}", "\"type\": \"date\", \"format\": \"any\"}", 12, "any format"),
        ("\"encoding\": \"windows-1251\"", "\"bytes\": 7", 7, "and the package says 7"),
        ("\"encoding\": \"windows-1251\"", "\"hash\": \"sha256:00\"", 7, "another sum"),
        ("\"encoding\": \"windows-1251\"", "\"format\": \"xlsx\"", 7, "format `xlsx`"),
    ] {
        is_refused(from, to, "K1206", &format!("{of}:{line}:"), words);
    }
    let (code, place, message) = error(&dry(&package(PACKAGE, TABLE, RECIPE), &[]));
    assert_eq!((&*code, &*place), ("K1208", "theirs/datapackage.json:3:3"), "{message}");
    let reported = error(&dry(&package(PACKAGE, TABLE, RECIPE), &["--resource", "move"]));
    assert_eq!(reported.0, "K1208");
}

#[test]
fn a_cell_that_is_otherwise_than_described_is_refused_at_its_place() {
    let of = "theirs/tables/moves.txt";
    for (from, to, place, words) in [
        // A decimal comma that would be a thousand times as much, and the other way round.
        ("1.640 p.", "1,640.5", "3:18", "not a number"),
        ("1.640 p.", "16.40", "3:18", "not a number"),
        ("2030-H1;Lakemark", "n/a;Lakemark", "4:1", "is required"),
        ("not counted", "not counted;7", "5:35", "behind the last"),
        ("place;persons_net;remark", "persons_net;place;remark", "2:11", "column 2 is headed"),
        ("persons_net;remark", "persons_net;remark;source", "2:36", "not described"),
        (";persons_net;remark", ";persons_net", "2:17", "no column `remark`"),
    ] {
        is_refused(from, to, "K1207", &format!("{of}:{place}"), words);
    }
    // A text in the place of a number is for the recipe to say.
    is_refused("1.640 p.", "secret", "K1211", &format!("{of}:3:18"), "not a figure");
}

const WEB: &str = r##"{
  "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
  "url": "moves.txt",
  "dialect": {"delimiter": ";", "skipRows": 1},
  "tableSchema": {
    "columns": [
      {"name": "half_year", "titles": "half_year", "required": true},
      {"titles": {"en": ["place"], "eo": "loko"}, "datatype": "string"},
      {"name": "persons_net", "datatype": {"base": "decimal", "format": {"decimalChar": ",", "groupChar": " ", "pattern": "# ##0,0"}}, "null": ["", "n/a"]},
      {"name": "remark", "propertyUrl": "http://example.org/remark"}
    ],
    "primaryKey": ["half_year", "place"],
    "foreignKeys": []
  }
}
"##;

const WEB_TABLE: &str = "Moves
half_year;place;persons_net;remark
2030-H1;Hillmark;1 640;\"one; two\"
2030-H1;Lakemark;-95;
# a comment; as the standard has it
2030-H1;Rivermark;n/a;not counted
";

fn web(description: &str, table: &str) -> Value {
    let copy = Copy::of_another_country();
    copy.write("data/recipes/between.toml", RECIPE);
    copy.write("theirs/moves.csv-metadata.json", description);
    copy.write("theirs/moves.txt", table);
    let (_, printed, reported) = copy.kosh(&[
        "import",
        "theirs/moves.csv-metadata.json",
        "--recipe",
        "between",
        "--dry-run",
        "--json",
        "--released",
        "2030-08-06",
    ]);
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}{reported}"))
}

#[test]
fn csv_on_the_web_is_read_where_it_is_simple() {
    let expected = [
        "2030-01..2030-06 N-1 1640.0 1.0 moves.txt!C3",
        "2030-01..2030-06 N-2 -95.0 1.0 moves.txt!C4",
        "2030-01..2030-06 N-3 null 1.0 moves.txt!C6",
    ];
    let report = web(WEB, WEB_TABLE);
    assert_eq!(figures(&report), expected, "{report:#}");
    assert_eq!(report["import"]["read_as"], "CSV on the Web, `moves.txt`, utf-8, separated by `;`");
    // As the only table of a group, from which it inherits.
    let group = WEB
        .replace("\"url\": \"moves.txt\",", "\"tables\": [{\"url\": \"moves.txt\",")
        .replace("\"dialect\": {\"delimiter\": \";\", \"skipRows\": 1},\n", "")
        .replace("\n}\n", "}],\n\"dialect\": {\"delimiter\": \";\", \"skipRows\": 1}}\n");
    assert_eq!(figures(&web(&group, WEB_TABLE)), expected);
    // Without a head columns are called by their names.
    let headless = WEB
        .replace("\"skipRows\": 1", "\"skipRows\": 2, \"header\": false")
        .replace("{\"titles\": {\"en\": [\"place\"], \"eo\": \"loko\"}", "{\"name\": \"place\"");
    assert_eq!(figures(&web(&headless, WEB_TABLE)).len(), 3);
}

#[test]
fn what_is_not_simple_on_the_web_is_refused_at_its_place() {
    for (from, to, line, words) in [
        ("\"required\": true", "\"separator\": \" \"", 7, "a list of values"),
        ("\"required\": true", "\"virtual\": true", 7, "not in the file"),
        ("\"required\": true", "\"valueUrl\": \"http://example.org/{half_year}\"", 7, "`valueUrl`"),
        ("\"required\": true", "\"default\": \"2030-H1\"", 7, "in the place of an empty cell"),
        ("# ##0,0", "0E0", 9, "of the format `0E0`"),
        (
            "\"datatype\": \"string\"",
            "\"datatype\": {\"base\": \"date\", \"format\": \"MMM yyyy\"}",
            8,
            "days of this format",
        ),
        ("{\"@language\": \"en\"}", "{\"@base\": \"http://example.org/\"}", 2, "`@base`"),
        (
            "\"url\": \"moves.txt\"",
            "\"url\": \"http://example.org/moves.csv\"",
            3,
            "nothing is downloaded",
        ),
        ("\"skipRows\": 1", "\"skipColumns\": 1", 4, "`skipColumns`"),
        ("\"skipRows\": 1", "\"headerRowCount\": 2", 4, "several rows"),
        (
            "\"primaryKey\"",
            "\"default\": \"0\", \"primaryKey\"",
            12,
            "in the place of an empty cell",
        ),
    ] {
        let description = WEB.replacen(from, to, 1);
        assert_ne!(description, WEB, "{from}");
        let (code, place, message) = error(&web(&description, WEB_TABLE));
        assert_eq!(code, "K1206", "{to}: {message}");
        let start = format!("theirs/moves.csv-metadata.json:{line}:");
        assert!(place.starts_with(&start), "{to}: {place} {message}");
        assert!(message.contains(words), "{to}: {message}");
    }
    for (from, to, place) in [
        ("1 640", "1.640", "3:18"),
        ("1 640", "16 40", "3:18"),
        ("2030-H1;Lakemark", ";Lakemark", "4:1"),
        ("half_year;place", "half_year;town", "2:11"),
    ] {
        let (code, at, message) = error(&web(WEB, &WEB_TABLE.replacen(from, to, 1)));
        assert_eq!((&*code, at), ("K1207", format!("theirs/moves.txt:{place}")), "{message}");
    }
}

#[test]
fn a_table_may_be_the_package_of_others() {
    let copy = Copy::of_another_country();
    let recipe = RECIPE
        .replace("file = { name = \"*.json\" }", "[sheets]\nname = \"^moves$\"")
        .replace("id = \"neighbour\"", "id = \"office-table\"");
    copy.write("data/recipes/between.toml", recipe);
    copy.write("data/theirs/datapackage.json", PACKAGE);
    let mut table = TABLE.replace("1.640 p.", "640").replace(";n/a;", ";-545;");
    copy.write("data/theirs/tables/moves.txt", &table);
    let own = copy.read("data/datapackage.json");
    let at = own.find("\"between.csv\"").unwrap();
    let (before, after) = own.split_at(at);
    let after = after.replacen("between.csv", "theirs/datapackage.json", 1).replacen(
        "\"role\": \"observations\"",
        "\"role\": \"observations\", \"recipe\": \"between\"",
        1,
    );
    copy.write("data/datapackage.json", format!("{before}{after}"));
    let data = |copy: &Copy| {
        let files = kosh::files::Files::new();
        kosh::data::load(&files, &copy.root.join("data"), std::path::Path::new("data"))
    };
    let read = data(&copy).unwrap_or_else(|found| panic!("{}", drawn(&found)));
    let values: Vec<Option<f64>> =
        read.value.tables["between"].rows.iter().map(|row| row.value).collect();
    assert_eq!(values, [Some(640.0), Some(-95.0), Some(-545.0)]);
    // What is wrong is told at the cell of the table.
    table = table.replace("-545", "5,45,1");
    copy.write("data/theirs/tables/moves.txt", &table);
    let found = data(&copy).unwrap_err();
    let place = found[0].place.as_ref().unwrap().to_string();
    assert_eq!((found[0].code.as_str(), &*place), ("K1207", "data/theirs/tables/moves.txt:5:19"));
}
