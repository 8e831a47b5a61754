//! Tables that are workbooks: read through a recipe at every build, with cells as places.

use kosh::build::watch::Session;
use kosh::diag::Place;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::common::{Copy, codes, drawn};

/// Moves between the provinces, as the table has them.
const MOVES: [(&str, &str); 5] = [
    ("Hillmark", "640"),
    ("Lakemark", "210"),
    ("Rivermark", "-95"),
    ("Seamark", "-330"),
    ("Woodmark", "-425"),
];

const RECIPE: &str = r#"
table = "between"

[areas.head]
from = { at = { text = "Province" } }
rows = 1

[areas.body]
from = { below = { area = "head" } }

[values]
in = "body"
unit = "persons"

[[dimensions]]
name = "period"
cells = { in = "head", except = [{ column = "first" }] }
directly = "above"
read = "period"

[[dimensions]]
name = "province"
cells = { in = "body", column = "first" }
directly = "left"
read = "name"

[[dimensions]]
name = "measure"
value = "net"

[[ignore]]
cells = { text = "Moves between provinces" }
because = "title"

[release]
vintage = "{period}-express"

[source]
id = "office-table"
"#;

/// The cells of the sheet, row by row; `change` puts other texts in their place.
fn cells(change: impl Fn(&str) -> Option<&'static str>) -> Vec<[String; 2]> {
    let head = [("Moves between provinces", ""), ("Province", "January–June 2030")];
    let of = |text: &str| change(text).unwrap_or(text).to_owned();
    head.iter().chain(&MOVES).map(|(first, second)| [of(first), of(second)]).collect()
}

fn xlsx(cells: &[[String; 2]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("2030").unwrap();
    for (row, texts) in (0..).zip(cells) {
        for (column, text) in (0..).zip(texts) {
            match text.parse::<f64>() {
                Ok(number) => drop(sheet.write(row, column, number).unwrap()),
                Err(_) => drop(sheet.write(row, column, text).unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// The small country with a workbook as its table `between`.
fn norland(file: &str, bytes: impl AsRef<[u8]>, recipe: &str) -> Copy {
    let copy = Copy::of_another_country();
    copy.write("data/recipes/between.toml", recipe);
    copy.write(&format!("data/{file}"), bytes);
    std::fs::remove_file(copy.root.join("data/between.csv")).unwrap();
    let package = copy.read("data/datapackage.json");
    let at = package.find("\"between.csv\"").unwrap();
    let (before, after) = package.split_at(at);
    let after = after.replacen("between.csv", file, 1).replacen(
        "\"role\": \"observations\"",
        "\"role\": \"observations\", \"recipe\": \"between\"",
        1,
    );
    copy.write("data/datapackage.json", format!("{before}{after}"));
    copy
}

fn sheet() -> Vec<u8> {
    xlsx(&cells(|_| None))
}

/// The facts of a project without their rows, and the rows that lie in a file.
fn facts(copy: &Copy, file: &str) -> (Value, Vec<Value>) {
    let (_, edition, _) = copy.check().unwrap_or_else(|found| panic!("{}", drawn(&found)));
    let mut facts = serde_json::to_value(&edition.facts.all).unwrap();
    let mut rows = vec![];
    fn take(value: &mut Value, file: &str, out: &mut Vec<Value>) {
        match value {
            Value::Object(entries) => {
                if let Some(Value::Array(own)) = entries.remove("rows") {
                    out.extend(own.into_iter().filter(|row| row["file"] == file));
                }
                entries.values_mut().for_each(|value| take(value, file, out));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| take(item, file, out)),
            _ => {}
        }
    }
    take(&mut facts, file, &mut rows);
    (facts, rows)
}

#[test]
fn a_workbook_gives_the_same_facts_as_the_table_and_its_cells() {
    let (expected, rows) = facts(&Copy::of_another_country(), "data/between.csv");
    assert!(!rows.is_empty());
    let (read, rows) = facts(&norland("moves.xlsx", sheet(), RECIPE), "data/moves.xlsx");
    assert_eq!(read, expected);
    let first = rows.iter().find(|row| row["cell"] == "2030!B3").expect("a cell");
    assert_eq!(first["line"], 2);
    // A text of a foreign layout, in an encoding of its own.
    let text: String = cells(|_| None).iter().map(|[a, b]| format!("{a};{b}\r\n")).collect();
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (read, rows) = facts(&norland("moves.csv", utf16, RECIPE), "data/moves.csv");
    assert_eq!(read, expected);
    assert!(rows.iter().any(|row| row["cell"] == "moves!B3"), "{rows:?}");
}

/// What is said of a project whose workbook has other texts in some cells, with the first place.
fn said(file: &str, bytes: Vec<u8>, recipe: &str) -> (Vec<&'static str>, String) {
    let found = norland(file, bytes, recipe).said();
    let place = found.first().and_then(|one| one.place.as_ref()).map(Place::to_string);
    (codes(&found), place.unwrap_or_default())
}

#[test]
fn what_is_wrong_is_reported_at_its_cell() {
    let other = |from: &'static str, to: &'static str| {
        xlsx(&cells(move |text| (text == from).then_some(to)))
    };
    for (bytes, code, cell) in [
        (other("-95", "-9 5"), "K1211", "B5"),
        (other("Seamark", "Sewmark"), "K1231", "A6"),
        (other("January–June 2030", "January–Juni 2030"), "K1221", "B2"),
        // The rules of the table: a figure that is given twice.
        (other("Seamark", "Lakemark"), "K1514", "B6"),
    ] {
        let (found, place) = said("moves.xlsx", bytes, RECIPE);
        assert!(found.contains(&code), "{found:?} at {place}");
        assert_eq!(place, format!("data/moves.xlsx, 2030!{cell}"), "{code}");
    }
    // In a text it is the line and the column.
    let text: String = cells(|text| (text == "-95").then_some("-9 5"))
        .iter()
        .map(|[a, b]| format!("{a};{b}\n"))
        .collect();
    let (found, place) = said("moves.csv", text.into_bytes(), RECIPE);
    assert_eq!((found[0], &*place), ("K1211", "data/moves.csv:5:11"));
}

#[test]
fn the_rules_of_the_table_hold_for_its_cells() {
    // No release of this name is listed: told at the figure.
    let recipe = RECIPE.replace("{period}-express", "{period}-exprss");
    let (found, place) = said("moves.xlsx", sheet(), &recipe);
    assert!(found.iter().all(|code| *code == "K0108"), "{found:?}");
    assert_eq!(place, "data/moves.xlsx, 2030!B3");
    // A sum that the package declares.
    let copy = norland("moves.xlsx", xlsx(&cells(|text| (text == "640").then_some("641"))), RECIPE);
    copy.edit(
        "data/datapackage.json",
        "\"recipe\": \"between\"",
        "\"recipe\": \"between\", \"totals\": [{\"dimension\": \"province\", \"total\": 0, \"complete\": true, \"except\": [\"N\"]}]",
    );
    let found = copy.said();
    assert!(!found.is_empty());
    let places: Vec<String> =
        found.iter().filter_map(|one| Some(one.place.as_ref()?.to_string())).collect();
    assert!(places.iter().all(|place| place.starts_with("data/moves.xlsx, 2030!B")), "{places:?}");
}

#[test]
fn a_recipe_that_does_not_fit_is_reported() {
    let package = "data/datapackage.json";
    let reported = |copy: &Copy, code: &str, words: &str| {
        let found = drawn(&copy.said());
        assert!(found.contains(&format!("error[{code}]")) && found.contains(words), "{found}");
    };
    let copy = norland("moves.xlsx", sheet(), RECIPE);
    copy.edit(package, "\"recipe\": \"between\"", "\"recipe\": \"betwen\"");
    reported(&copy, "K1502", "did you mean `between`?");
    copy.edit(package, "\"recipe\": \"betwen\"", "\"recipe\": \"../between\"");
    reported(&copy, "K1502", "no recipe `../between`");
    reported(
        &norland("moves.xlsx", sheet(), &RECIPE.replace("\"between\"", "\"border\"")),
        "K1541",
        "for the table `border`",
    );
    reported(
        &norland(
            "moves.xlsx",
            sheet(),
            &RECIPE.replace("[release]", "[test]").replace("vintage = \"{period}-express\"", ""),
        ),
        "K1541",
        "to which release",
    );
    reported(
        &norland("moves.xlsx", sheet(), &RECIPE.replace("id = \"office-table\"", "")),
        "K1541",
        "to which source",
    );
    reported(
        &norland("moves.xlsx", sheet(), &RECIPE.replace("\"measure\"", "\"flow\"")),
        "K1541",
        "does not give `measure`",
    );
    reported(&norland("moves.xlsx", b"%PDF-1.7".as_slice(), RECIPE), "K1201", "PDF");
    // Only a table of observations has a recipe, and the recipe says how a text is split.
    let copy = norland("moves.xlsx", sheet(), RECIPE);
    copy.edit(package, "\"moves.xlsx\",", "\"moves.xlsx\", \"dialect\": {\"delimiter\": \";\"},");
    reported(&copy, "K0102", "`dialect` is ignored for a resource with a recipe");
    let copy = norland("moves.xlsx", sheet(), RECIPE);
    let described = copy
        .read(package)
        .replace("\"role\": \"register\"", "\"role\": \"register\", \"recipe\": \"between\"");
    copy.write(package, described);
    reported(&copy, "K0102", "not a table of observations");
    // Another workbook than the one that was described. Its length is taken of the bytes that were written: a workbook says
    // when it was made, so the next one may be packed to another length.
    let bytes = sheet();
    let copy = norland("moves.xlsx", &bytes, RECIPE);
    copy.edit(package, "\"moves.xlsx\",", "\"moves.xlsx\", \"bytes\": 7,");
    reported(&copy, "K0153", "has");
    let length = bytes.len();
    copy.edit(package, "\"bytes\": 7", &format!("\"bytes\": {length}, \"format\": \"xlsx\""));
    assert_eq!(codes(&copy.said()), [] as [&str; 0]);
}

#[test]
fn rows_are_not_written_into_a_workbook() {
    let copy = norland("moves.xlsx", sheet(), RECIPE);
    copy.write("next.xlsx", sheet());
    let (exit, printed, reported) =
        copy.kosh(&["import", "next.xlsx", "--recipe", "between", "--yes"]);
    assert_eq!(exit, Some(1), "{printed}");
    assert!(
        reported.contains("K1541") && reported.contains("replace `data/moves.xlsx`"),
        "{reported}"
    );
}

#[test]
fn a_change_of_the_workbook_its_recipe_or_its_names_is_watched() {
    let copy = norland("moves.xlsx", sheet(), RECIPE);
    let mut session = Session {
        root: copy.root.clone(),
        overrides: Default::default(),
        period: None,
        as_of: None,
        preview: None,
        editor_link: None,
    };
    let round = session.round(&[]);
    for name in ["data/moves.xlsx", "data/recipes/between.toml", "data/lexicon/provinces.en.csv"] {
        assert!(round.fingerprints.contains_key(&copy.root.join(name)), "{name} is not watched");
    }
    let release = round.outcome.unwrap_or_else(|found| panic!("{}", drawn(&found)));
    let facts =
        |folder: &std::path::Path| std::fs::read_to_string(folder.join("facts.json")).unwrap();
    let before = facts(&release.folder);
    // The same figures one row below: other cells.
    let mut moved = cells(|_| None);
    moved.insert(1, [String::new(), String::new()]);
    copy.write("data/moves.xlsx", xlsx(&moved));
    let changed = "data/moves.xlsx".to_owned();
    let round = session.round(std::slice::from_ref(&changed));
    let release = round.outcome.unwrap_or_else(|found| panic!("{}", drawn(&found)));
    let after = facts(&release.folder);
    assert!(before.contains("2030!B3") && after.contains("2030!B4"), "{after}");
    copy.write("data/moves.xlsx", xlsx(&cells(|text| (text == "640").then_some("x"))));
    let found = session.round(&[changed]).outcome.err().expect("it is refused");
    assert!(drawn(&found).contains("2030!B3"), "{}", drawn(&found));
}

#[test]
fn a_brief_with_a_workbook_is_made_again() {
    let copy = norland("moves.xlsx", sheet(), RECIPE);
    let (exit, printed, reported) = copy.kosh(&["build", "--quiet"]);
    assert_eq!(exit, Some(0), "{printed}{reported}");
    let (exit, printed, reported) = copy.kosh(&["verify"]);
    assert_eq!(exit, Some(0), "{printed}{reported}");
    let (exit, printed, reported) = copy.kosh(&["facts", "N_top"]);
    assert_eq!(exit, Some(0), "{reported}");
    assert!(printed.contains("data/moves.xlsx, 2030!B3"), "{printed}");
    copy.write("data/moves.xlsx", xlsx(&cells(|text| (text == "640").then_some("650"))));
    let (exit, printed, reported) = copy.kosh(&["verify", "--json"]);
    assert_eq!(exit, Some(6), "{printed}{reported}");
    assert!(printed.contains("data/moves.xlsx"), "{printed}");
}

/// The verdicts of `kosh verify`, as JSON.
fn verified(copy: &Copy) -> (Option<i32>, Value) {
    let (exit, printed, reported) = copy.kosh(&["verify", "--json"]);
    (exit, serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {reported}")))
}

#[test]
fn a_version_with_a_workbook_is_published_and_made_again_and_its_workbook_may_change() {
    let copy = norland("moves.xlsx", sheet(), RECIPE);
    let (exit, printed, reported) = copy.kosh(&["release"]);
    assert_eq!(exit, Some(0), "{printed}{reported}");
    let folder = "releases/2030-H1/office/1";
    let facts = copy.read(&format!("{folder}/facts.json"));
    let read: Value = serde_json::from_str(&facts).unwrap();
    fn cells(value: &Value, out: &mut Vec<(String, String)>) {
        match value {
            Value::Object(entries) => {
                if let (Some(Value::String(file)), Some(Value::String(cell))) =
                    (entries.get("file"), entries.get("cell"))
                {
                    out.push((file.clone(), cell.clone()));
                }
                entries.values().for_each(|value| cells(value, out));
            }
            Value::Array(items) => items.iter().for_each(|item| cells(item, out)),
            _ => {}
        }
    }
    let mut origins = vec![];
    cells(&read, &mut origins);
    let is_origin = |cell: &str| origins.contains(&("data/moves.xlsx".into(), cell.into()));
    assert!(is_origin("2030!B3") && is_origin("2030!B7") && !is_origin("2030!B2"), "{origins:?}");
    let manifest = copy.read(&format!("{folder}/manifest.json"));
    for name in ["data/moves.xlsx", "data/recipes/between.toml", "data/lexicon/provinces.en.csv"] {
        assert!(manifest.contains(name), "{name} is not in {manifest}");
    }
    let (exit, report) = verified(&copy);
    assert_eq!((exit, &report["releases"][0]["state"]), (Some(0), &"same".into()), "{report:#}");
    let (exit, printed, _) = copy.kosh(&["release"]);
    assert_eq!(exit, Some(0));
    assert!(printed.contains("nothing has changed since version 1"), "{printed}");

    // Another figure in a cell: the version is as it was, and the data are not.
    copy.write("data/moves.xlsx", xlsx(&revised()));
    let (exit, printed, reported) = copy.kosh(&["verify"]);
    assert_eq!(exit, Some(0), "{printed}{reported}");
    for said in [
        "as published, but its inputs have changed since [K1104]",
        "changed since: `N_top` changed: data/moves.xlsx, 2030!B3",
        "1 as published, but data or templates have changed since",
    ] {
        assert!(printed.contains(said), "no `{said}`: {printed}");
    }
    let (_, report) = verified(&copy);
    assert_eq!(report["releases"][0]["state"], "moved-on", "{report:#}");
    assert_eq!(copy.read(&format!("{folder}/facts.json")), facts);
    let (exit, _, reported) = copy.kosh(&["release"]);
    assert!(exit == Some(1) && reported.contains("K0914"), "{reported}");
    let correction =
        ["release", "--correction", "en=Hillmark gained 650.", "--correction", "eo=Hillmark: 650."];
    let (exit, printed, reported) = copy.kosh(&correction);
    assert_eq!(exit, Some(0), "{printed}{reported}");
    assert!(copy.read("releases/2030-H1/office/2/facts.json").contains("650"));
    let (exit, report) = verified(&copy);
    let states: Vec<&Value> =
        report["releases"].as_array().unwrap().iter().map(|release| &release["state"]).collect();
    assert_eq!((exit, states), (Some(0), vec![&"moved-on".into(), &"same".into()]), "{report:#}");

    // A workbook that is gone: nothing can be made again, and the versions are still whole.
    std::fs::remove_file(copy.root.join("data/moves.xlsx")).unwrap();
    let (exit, printed, reported) = copy.kosh(&["verify"]);
    assert_eq!(exit, Some(0), "{printed}{reported}");
    assert!(printed.contains("cannot be built from the present files: K0112"), "{printed}");
}

/// The cells of the sheet with two other figures; the balances still add up to nought.
fn revised() -> Vec<[String; 2]> {
    cells(|text| match text {
        "640" => Some("650"),
        "-425" => Some("-435"),
        _ => None,
    })
}

#[test]
fn a_second_build_does_nothing_until_the_workbook_changes() {
    let copy = norland("moves.xlsx", sheet(), RECIPE);
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    let facts = || copy.read("output/2030-H1/office/facts.json");
    let before = facts();
    let (exit, printed, reported) = copy.kosh(&["build"]);
    assert_eq!(exit, Some(0), "{reported}");
    assert!(printed.contains("unchanged"), "{printed}{reported}");
    copy.write("data/moves.xlsx", xlsx(&revised()));
    let (exit, printed, reported) = copy.kosh(&["build"]);
    assert_eq!(exit, Some(0), "{reported}");
    let both = format!("{printed}{reported}");
    assert!(both.contains("data/moves.xlsx, 2030!B3"), "{both}");
    assert!(facts() != before && facts().contains("650"));
}
