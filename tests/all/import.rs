//! `kosh import` and `kosh recipe` from end to end: workbooks in the layouts of statistical offices, with and
//! without planted faults. Each fault is refused at its cell, and nothing is written then.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatScript, Workbook, Worksheet};
use serde_json::Value;

use crate::common::{Copy, root};

/// The provinces of the small country with moves that add up to zero.
const MOVES: [(&str, i32); 5] = [
    ("Hillmark", 700),
    ("Lakemark", 300),
    ("Rivermark", -100),
    ("Seamark", -400),
    ("Woodmark", -500),
];

const RECIPE: &str = r#"
title = "Moves between provinces"
table = "between"
file = { name = "*moves*" }

[areas.head]
from = { at = { text = "Province" } }
rows = 1

[areas.body]
from = { below = { area = "head" } }
until = { above = { pattern = '^(\*|\d\)|Source)' } }

[areas.notes]
from = { at = { pattern = '^(\*|\d\)|Source)', which = "first" } }

[values]
in = "body"
unit = "persons"
missing = { "-" = "zero" }

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

[[ignore]]
cells = { in = "notes" }
because = "footnotes"

[expect]
count = 5
sum = [{ over = "province", equals = 0 }]

[release]
vintage = "{period}-express"
status = "express"

[source]
id = "moves-{period}"
publisher = "Norland Statistical Office"
title = "Moves of the population"
date = "2030-11-07"
url = "https://example.org/moves"
precedence = "1"
"#;

/// The small country with a recipe.
fn norland(recipe: &str) -> Copy {
    let copy = Copy::of_another_country();
    copy.write("data/recipes/between.toml", recipe);
    copy
}

/// What is written into a cell.
#[derive(Clone)]
enum Written {
    Text(String),
    Number(f64),
}

impl From<&str> for Written {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i32> for Written {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

/// The cells of a sheet, by their names.
#[derive(Clone, Default)]
struct Grid(BTreeMap<(u32, u16), Written>);

impl Grid {
    fn place(name: &str) -> (u32, u16) {
        let at = kosh::workbook::Address::read(name).unwrap();
        (at.row, at.column as u16)
    }

    fn set(mut self, name: &str, said: impl Into<Written>) -> Self {
        self.0.insert(Self::place(name), said.into());
        self
    }

    fn without(mut self, names: &[&str]) -> Self {
        names.iter().for_each(|name| drop(self.0.remove(&Self::place(name))));
        self
    }

    fn write(&self, sheet: &mut Worksheet) {
        for ((row, column), said) in &self.0 {
            match said {
                Written::Text(text) => drop(sheet.write(*row, *column, text).unwrap()),
                Written::Number(number) => drop(sheet.write(*row, *column, *number).unwrap()),
            }
        }
    }

    /// A workbook with this as its only sheet, and something more done to it.
    fn and(&self, name: &str, more: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        self.write(sheet);
        more(sheet);
        book.save_to_buffer().unwrap()
    }

    fn book(&self) -> Vec<u8> {
        self.and("Data", |_| {})
    }
}

/// The sheet of moves as the recipe expects it: a title, a head, the provinces, a note.
fn moves() -> Grid {
    let mut grid = Grid::default()
        .set("A1", "Moves between provinces")
        .set("A2", "Province")
        .set("B2", "January–September 2030")
        .set("A8", "* provisional")
        .set("A9", "Source: statistical office");
    for (row, (name, value)) in MOVES.iter().enumerate() {
        grid = grid.set(&format!("A{}", row + 3), *name).set(&format!("B{}", row + 3), *value);
    }
    grid
}

const WRITE: [&str; 5] = ["import", "moves.xlsx", "--yes", "--released", "2030-11-07"];

/// Imports a workbook: the exit code, and what was printed and said.
fn import(copy: &Copy, bytes: &[u8]) -> (Option<i32>, String, String) {
    copy.write("moves.xlsx", bytes);
    copy.kosh(&WRITE)
}

/// The data folder, file by file.
fn data(copy: &Copy) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &std::path::Path, before: &str, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => walk(&entry.path(), &format!("{name}/"), all),
                false => drop(all.insert(name, std::fs::read(entry.path()).unwrap())),
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(&copy.root.join("data"), "", &mut all);
    all
}

/// Holds that an import is refused with a code at a place, and that nothing is written.
fn is_refused(copy: &Copy, bytes: &[u8], code: &str, place: &str) {
    let before = data(copy);
    let (exit, printed, said) = import(copy, bytes);
    assert_eq!(exit, Some(1), "{printed}{said}");
    assert!(said.contains(&format!("error[{code}]")), "no {code}: {said}");
    assert!(said.contains(place), "not at {place}: {said}");
    assert_eq!(data(copy), before, "something was written");
}

fn json(copy: &Copy, arguments: &[&str]) -> Value {
    let (_, printed, said) = copy.kosh(arguments);
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}{said}"))
}

#[test]
fn a_workbook_becomes_rows_with_release_source_copy_and_record_and_goes_back() {
    let copy = norland(RECIPE);
    let before = data(&copy);
    let (exit, printed, said) = import(&copy, &moves().book());
    assert_eq!(exit, Some(0), "{printed}{said}");
    assert!(printed.contains("5 rows written to `between`, as import 0001"), "{printed}");
    let table = copy.read("data/between.csv");
    assert!(
        table.contains("2030-01..2030-09,N-1,net,700,persons,1,2030-9M-express,moves-2030-9M,\n")
    );
    assert!(
        copy.read("data/vintages.csv").contains("2030-9M-express,express,2030-11-07,printed\n")
    );
    assert!(copy.read("data/sources.csv").contains(
        "moves-2030-9M,Norland Statistical Office,Moves of the population,2030-11-07,https://example.org/moves,1\n"
    ));
    assert_eq!(
        std::fs::read(copy.root.join("data/imports/0001/moves.xlsx")).unwrap(),
        std::fs::read(copy.root.join("moves.xlsx")).unwrap()
    );
    let record: Value = serde_json::from_str(&copy.read("data/imports/0001/record.json")).unwrap();
    assert_eq!(record["recipe"], "between");
    assert_eq!(record["rows"], 5);
    let rows = copy.read("data/imports/0001/rows.csv");
    let first = rows.lines().nth(1).unwrap();
    assert!(first.ends_with(",Data!B3,new"), "{rows}");
    let line: usize = first.split(',').next().unwrap().parse().unwrap();
    assert!(table.lines().nth(line - 1).unwrap().contains("N-1,net,700"));
    // The brief can be checked with it, and a second time there is nothing to do.
    let (exit, printed, said) = import(&copy, &moves().book());
    assert_eq!(exit, Some(0), "{printed}{said}");
    assert!(printed.contains("nothing to write"), "{printed}");
    let (exit, printed, said) = copy.kosh(&["import", "--undo"]);
    assert_eq!(exit, Some(0), "{said}");
    assert!(printed.contains("5 rows removed from `between`"), "{printed}");
    assert_eq!(data(&copy), before);
    let (exit, _, said) = copy.kosh(&["import", "--undo"]);
    assert_eq!((exit, said.contains("K1546")), (Some(1), true), "{said}");
}

/// A file of `tests/workbooks`, which says how each was made.
fn kept(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/workbooks").join(name)).unwrap()
}

#[test]
fn a_workbook_of_each_format_gives_the_same_rows_with_their_cells() {
    let expected: Vec<String> = { MOVES.iter().zip(1..) }
        .map(|((_, value), number)| {
            format!("2030-01..2030-09 N-{number} {value}.0 1.0 2030!B{}", number + 3)
        })
        .collect();
    let ask = |file: &'static str| ["import", file, "--recipe", "between", "--dry-run", "--json"];
    let files = [
        ("between.xls", "xls"),
        ("between.ods", "ods"),
        ("between.xlsb", "xlsb"),
        ("between-95.xls", "xls"),
    ];
    for (file, format) in files {
        // The draft behind the table is hidden, and nobody said what becomes of it.
        let copy = norland(RECIPE);
        copy.write(file, kept(file));
        let found = json(&copy, &ask(file))["diagnostics"][0].clone();
        assert_eq!(found["code"], "K1507", "{file}: {found:#}");
        let copy =
            norland(&RECIPE.replace("[values]", "[hidden]\nsheets = \"ignore\"\n\n[values]"));
        copy.write(file, kept(file));
        let report = json(&copy, &ask(file));
        assert_eq!(report["import"]["read_as"], format, "{file}: {report:#}");
        let shown = |row: &Value| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let (period, province) = (text(&row["key"]["period"]), text(&row["key"]["province"]));
            format!(
                "{period} {province} {} {} {}",
                row["value"],
                row["rounded_to"],
                text(&row["cell"])
            )
        };
        let rows: Vec<String> =
            report["import"]["rows"].as_array().unwrap().iter().map(shown).collect();
        assert_eq!(rows, expected, "{file}: {report:#}");
        // And they are written like any others, each with its cell.
        let write = ["import", file, "--recipe", "between", "--yes", "--released", "2030-11-07"];
        let (exit, printed, said) = copy.kosh(&write);
        assert_eq!(exit, Some(0), "{file}: {printed}{said}");
        let cells = copy.read("data/imports/0001/rows.csv");
        let cells: Vec<&str> =
            cells.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
        assert_eq!(cells, ["2030!B4", "2030!B5", "2030!B6", "2030!B7", "2030!B8"], "{file}");
    }
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let copy = norland(RECIPE);
    let before = data(&copy);
    copy.write("moves.xlsx", moves().book());
    let (exit, printed, said) = copy.kosh(&["import", "moves.xlsx", "--dry-run"]);
    assert_eq!(exit, Some(0), "{printed}{said}");
    for part in ["recipe `between`", "700  Data!B3", "5 new", "5 rows would be written"] {
        assert!(printed.contains(part), "no {part}: {printed}");
    }
    let value = json(&copy, &["import", "moves.xlsx", "--dry-run", "--json"]);
    assert_eq!(value["import"]["counts"]["new"], 5);
    assert_eq!(value["import"]["rows"][4]["key"]["province"], "N-5");
    assert_eq!(value["import"]["written"], false);
    assert_eq!(data(&copy), before);
    // A script has to say that it writes, and when the figures came out.
    let (exit, _, said) = copy.kosh(&["import", "moves.xlsx", "--released", "2030-11-07"]);
    assert_eq!((exit, said.contains("--yes")), (Some(1), true), "{said}");
    let (exit, _, said) = copy.kosh(&["import", "moves.xlsx", "--yes"]);
    assert_eq!((exit, said.contains("K1542") && said.contains("--released")), (Some(1), true));
    assert_eq!(data(&copy), before);
}

#[test]
fn an_undo_is_refused_when_the_files_have_changed_or_others_rest_on_it() {
    let copy = norland(RECIPE);
    assert_eq!(import(&copy, &moves().book()).0, Some(0));
    let whole = data(&copy);
    copy.write("data/between.csv", copy.read("data/between.csv") + "\n");
    let (exit, _, said) = copy.kosh(&["import", "--undo"]);
    assert_eq!((exit, said.contains("K1546")), (Some(1), true), "{said}");
    copy.write("data/between.csv", &whole["between.csv"]);
    // A row of another table that uses the release.
    let border = copy.read("data/border.csv")
        + "2030-01..2030-09,arrivals,ATL,5,persons,1,2030-9M-express,moves-2030-9M,\n";
    copy.write("data/border.csv", border);
    let (exit, _, said) = copy.kosh(&["import", "--undo"]);
    assert_eq!((exit, said.contains("need its release")), (Some(1), true), "{said}");
}

#[test]
fn a_revision_is_a_row_of_a_new_release_and_a_release_keeps_its_figures() {
    let copy = norland(RECIPE);
    assert_eq!(import(&copy, &moves().book()).0, Some(0));
    let revised = moves().set("B3", 710).set("B7", -510).book();
    // In the release that has another figure it is refused.
    is_refused(&copy, &revised, "K1543", "Data!B3");
    let mut arguments = WRITE.to_vec();
    arguments.extend(["--vintage", "2030-9M-final", "--status", "final"]);
    arguments[4] = "2031-03-10";
    let (exit, printed, said) = copy.kosh(&arguments);
    assert_eq!(exit, Some(0), "{printed}{said}");
    assert!(printed.contains("2 changed, 3 confirmed"), "{printed}");
    let table = copy.read("data/between.csv");
    assert!(table.contains("N-1,net,700,persons,1,2030-9M-express"), "the old row stays");
    assert!(table.contains("N-1,net,710,persons,1,2030-9M-final"), "{table}");
    // Imported under a lower status it is there already.
    let (_, printed, _) = import(&copy, &moves().book());
    assert!(printed.contains("5 equal"), "{printed}");
}

#[test]
fn a_shifted_header_a_moved_merge_and_a_missing_province_are_refused() {
    let copy = norland(RECIPE);
    let shifted = moves().without(&["B2"]).set("C2", "January–September 2030").book();
    is_refused(&copy, &shifted, "K1505", "Data!B3");
    let missing = moves().without(&["A7", "B7"]).book();
    is_refused(&copy, &missing, "K1510", "4 figures");
    is_refused(&copy, &missing, "K1511", "500");
    is_refused(&copy, &moves().without(&["B5"]).book(), "K1512", "Data!B5");
    let extra = moves().set("C2", "January–December 2030").book();
    is_refused(&copy, &extra, "K1508", "Data!C2");
    let merged = moves().without(&["B4"]).and("Data", |sheet| {
        sheet.merge_range(3, 1, 3, 2, "", &Format::new()).unwrap();
        sheet.write(3, 1, 300).unwrap();
    });
    is_refused(&copy, &merged, "K1515", "Data!B4");
}

#[test]
fn a_row_that_was_added_and_a_note_that_is_new_are_named() {
    let copy = norland(RECIPE);
    is_refused(&copy, &moves().set("A7", "Woodmarck").book(), "K1231", "Data!A7");
    is_refused(&copy, &moves().set("E1", "without the islands").book(), "K1506", "Data!E1");
    is_refused(&copy, &moves().set("B5", "four times more").book(), "K1211", "Data!B5");
    is_refused(&copy, &moves().set("B5", "4 times more").book(), "K1211", "Data!B5");
}

#[test]
fn footnote_marks_are_taken_off_names_and_labels_and_never_become_digits() {
    let copy =
        norland(&RECIPE.replace("in = \"body\"\nunit", "in = \"body\"\nmarks = [\"1)\"]\nunit"));
    let raised = Format::new().set_font_script(FormatScript::Superscript);
    let plain = Format::new();
    let marked = moves().and("Data", |sheet| {
        let figure = [(&plain, "700"), (&raised, "1)")];
        sheet.write_rich_string(2, 1, &figure).unwrap();
        let label = [(&plain, "January–September 2030"), (&raised, "7)8)")];
        sheet.write_rich_string(1, 1, &label).unwrap();
    });
    copy.write("moves.xlsx", marked);
    let value = json(&copy, &["import", "moves.xlsx", "--dry-run", "--json"]);
    assert_eq!(value["import"]["rows"][0]["value"], 700.0, "{value:#}");
    assert_eq!(value["import"]["rows"][0]["key"]["period"], "2030-01..2030-09");
    // Glued and not declared: 7001) is no number.
    let copy = norland(RECIPE);
    is_refused(&copy, &moves().set("B3", "7001)").book(), "K1211", "Data!B3");
}

#[test]
fn what_is_hidden_is_refused_until_the_recipe_says_what_becomes_of_it() {
    let hidden = moves().and("Data", |sheet| {
        sheet.set_row_hidden(4).unwrap();
    });
    let copy = norland(RECIPE);
    is_refused(&copy, &hidden, "K1507", "row 5 is hidden");
    let copy = norland(&format!("{RECIPE}\n[hidden]\nrows = \"read\"\n"));
    assert_eq!(import(&copy, &hidden).0, Some(0));
    let column = moves().and("Data", |sheet| {
        sheet.set_column_hidden(1).unwrap();
    });
    is_refused(&norland(RECIPE), &column, "K1507", "column B is hidden");
    let mut book = Workbook::new();
    moves().write(book.add_worksheet().set_name("Data").unwrap());
    let other = book.add_worksheet();
    other.set_name("Work").unwrap().set_hidden(true);
    other.write(0, 0, 1).unwrap();
    is_refused(&norland(RECIPE), &book.save_to_buffer().unwrap(), "K1507", "`Work` is hidden");
}

#[test]
fn a_sheet_that_was_renamed_or_is_one_of_several_is_reported() {
    let recipe = RECIPE.replace("file =", "sheets = { name = '^\\d{4}$' }\nfile =");
    let copy = norland(&recipe);
    is_refused(&copy, &moves().book(), "K1503", "`Data`");
    assert_eq!(import(&copy, &moves().and("2030", |_| {})).0, Some(0));
    let mut book = Workbook::new();
    for name in ["One", "Two"] {
        moves().write(book.add_worksheet().set_name(name).unwrap());
    }
    is_refused(&norland(RECIPE), &book.save_to_buffer().unwrap(), "K1503", "`One`, `Two`");
}

#[test]
fn totals_that_do_not_add_up_are_reported_at_the_total() {
    let with_total = RECIPE.replace(
        "sum = [{ over = \"province\", equals = 0 }]",
        "sum = [{ over = \"province\", equals = { province = \"N\" } }]",
    );
    let recipe = with_total.replace("count = 5", "count = 6");
    let sheet = |total: i32| {
        moves().set("A8", "Norland").set("B8", total).set("A9", "* provisional").book()
    };
    is_refused(&norland(&recipe), &sheet(10), "K1511", "Data!B8");
    let copy = norland(&recipe);
    copy.write("moves.xlsx", sheet(0));
    let (exit, printed, said) = copy.kosh(&["import", "moves.xlsx", "--dry-run"]);
    assert_eq!(exit, Some(0), "{printed}{said}");
}

#[test]
fn days_that_a_spreadsheet_made_of_labels_are_refused_or_declared() {
    let date = Format::new().set_num_format("mmm yy");
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2030, 9, 1).unwrap();
    let sheet = moves().and("Data", |sheet| {
        sheet.write_with_format(1, 1, &day, &date).unwrap();
    });
    is_refused(&norland(RECIPE), &sheet, "K1223", "Data!B2");
    let declared = RECIPE.replace(
        "read = \"period\"",
        "read = \"period\"\ndates = \"month\"\nmonths = \"cumulative\"",
    );
    let copy = norland(&declared);
    copy.write("moves.xlsx", sheet);
    let value = json(&copy, &["import", "moves.xlsx", "--dry-run", "--json"]);
    assert_eq!(value["import"]["rows"][0]["key"]["period"], "2030-01..2030-09", "{value:#}");
}

#[test]
fn part_of_it_is_written_only_on_demand() {
    let copy =
        norland(&RECIPE.replace("count = 5\nsum = [{ over = \"province\", equals = 0 }]", ""));
    let broken = moves().set("B5", "4 times more").book();
    is_refused(&copy, &broken, "K1211", "Data!B5");
    copy.write("moves.xlsx", broken);
    let mut arguments = WRITE.to_vec();
    arguments.push("--partial");
    let (exit, printed, said) = copy.kosh(&arguments);
    assert_eq!(exit, Some(0), "{printed}{said}");
    let table = copy.read("data/between.csv");
    assert_eq!(table.matches("2030-9M-express").count(), 4, "{table}");
    assert!(!table.contains("2030-01..2030-09,N-3"), "{table}");
}

#[test]
fn a_text_is_read_with_its_encoding_and_separator_and_from_standard_input() {
    let copy = norland(&RECIPE.replace("file = { name = \"*moves*\" }", ""));
    let mut text = String::from("Moves between provinces;\r\nProvince;January–September 2030\r\n");
    for (name, value) in MOVES {
        text += &format!("{name};{value}\r\n");
    }
    text += "* provisional;\r\n";
    copy.write("other.csv", &text);
    let (exit, printed, said) = copy.kosh(&["import", "other.csv", "--dry-run"]);
    assert_eq!(exit, Some(0), "{printed}{said}");
    assert!(printed.contains("separated by semicolon"), "{printed}");
    // The same in UTF-16, as “Unicode text” is saved.
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.replace(';', "\t").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    copy.write("wide.txt", wide);
    let (exit, printed, said) = copy.kosh(&["import", "wide.txt", "--dry-run"]);
    assert_eq!(exit, Some(0), "{printed}{said}");
    assert!(printed.contains("utf-16"), "{printed}");
    // Pasted.
    let mut child = copy
        .command(&["import", "-", "--dry-run", "--recipe", "between"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let pasted = text.replace(';', "\t");
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), pasted.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_recipe_that_fits_is_found_and_two_are_too_many() {
    let copy = norland(RECIPE);
    copy.write("data/recipes/copy.toml", RECIPE);
    copy.write("moves.xlsx", moves().book());
    let (exit, _, said) = copy.kosh(&["import", "moves.xlsx", "--dry-run"]);
    assert_eq!((exit, said.contains("`between`, `copy`")), (Some(1), true), "{said}");
    let (exit, _, said) = copy.kosh(&["import", "moves.xlsx", "--dry-run", "--recipe", "betwen"]);
    assert_eq!((exit, said.contains("did you mean `between`")), (Some(1), true), "{said}");
    let (exit, printed, _) = copy.kosh(&["recipe", "list"]);
    assert_eq!(exit, Some(0));
    assert!(printed.contains("copy     between: Moves between provinces\n"), "{printed}");
}

#[test]
fn a_recipe_that_says_something_impossible_is_reported_at_its_line() {
    for (find, put, reported) in [
        ("in = \"body\"\nunit", "in = \"boddy\"\nunit", "did you mean `body`"),
        ("directly = \"above\"", "", "exactly one of `directly`, `closest`"),
        ("read = \"name\"", "", "becomes a code"),
        ("value = \"net\"", "", "exactly one of `cells`, `value`"),
        ("pattern = '^(\\*|\\d\\)|Source)' } }", "pattern = '(' } }", "not a regular expression"),
        ("unit = \"persons\"", "", "in which unit its figures are"),
        ("count = 5", "cuont = 5", "did you mean `count`"),
        ("over = \"province\"", "over = \"region\"", "there is no dimension `region`"),
        ("table = \"between\"", "table = \"betwen\"", "did you mean `between`"),
        ("name = \"measure\"\nvalue", "name = \"measur\"\nvalue", "does not give `measure`"),
        ("because = \"title\"", "because = \" \"", "`because` is empty"),
    ] {
        let copy = norland(&RECIPE.replacen(find, put, 1));
        copy.write("moves.xlsx", moves().book());
        let (exit, _, said) =
            copy.kosh(&["import", "moves.xlsx", "--dry-run", "--recipe", "between"]);
        assert_eq!(exit, Some(1), "{put}: {said}");
        assert!(said.contains(reported), "{put}: {said}");
        assert!(said.contains("data/recipes/between.toml:"), "{put}: {said}");
    }
}

#[test]
fn anchors_stand_once_and_areas_have_cells() {
    let copy = norland(RECIPE);
    is_refused(&copy, &moves().set("A13", "Province").book(), "K1504", "A2, A13");
    let renamed = moves().set("A2", "Provinces").book();
    is_refused(&copy, &renamed, "K1504", "no cell of sheet `Data` has the text `province`");
    is_refused(&copy, &moves().without(&["A8", "A9"]).book(), "K1504", "or-end");
    let nothing = moves().set("A3", "* nothing here").book();
    is_refused(&copy, &nothing, "K1504", "the area `body` of sheet `Data` has no cells");
}

#[test]
fn a_picture_shows_what_was_understood_and_nothing_is_markup() {
    let copy = norland(RECIPE);
    copy.write("moves.xlsx", moves().set("D1", "<script>alert(1)</script>").book());
    let (exit, _, said) = copy.kosh(&[
        "recipe",
        "picture",
        "moves.xlsx",
        "--recipe",
        "between",
        "--output",
        "p.html",
    ]);
    assert_eq!(exit, Some(0), "{said}");
    let page = copy.read("p.html");
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
    assert!(page.contains("<td class=\"u\""), "what nobody claims is marked");
    assert!(page.contains("title=\"B3: 2030-01..2030-09 N-1 net = 700\""), "{page}");
}

#[test]
fn a_recipe_is_tested_with_the_workbook_beside_it() {
    let copy = norland(RECIPE);
    let (exit, _, said) = copy.kosh(&["recipe", "test", "between"]);
    assert_eq!((exit, said.contains("K1548")), (Some(1), true), "{said}");
    copy.write("data/recipes/between.xlsx", moves().book());
    let (exit, _, said) = copy.kosh(&["recipe", "test"]);
    assert_eq!((exit, said.contains("no expected rows")), (Some(1), true), "{said}");
    assert_eq!(copy.kosh(&["recipe", "test", "--bless"]).0, Some(0));
    let rows = copy.read("data/recipes/between.expected.csv");
    assert!(rows.contains("2030-01..2030-09,N-1,net,700,1,,persons,Data!B3\n"), "{rows}");
    assert_eq!(copy.kosh(&["recipe", "test"]).0, Some(0));
    copy.write("data/recipes/between.expected.csv", rows.replace(",700,", ",701,"));
    let (exit, _, said) = copy.kosh(&["recipe", "test"]);
    assert_eq!((exit, said.contains("K1547") && said.contains(",701,")), (Some(1), true), "{said}");
}

#[test]
fn two_provinces_that_changed_places_are_reported_and_let_through_by_code_only() {
    let copy = norland(RECIPE);
    let swapped = moves().set("B3", -500).set("B7", 700).book();
    is_refused(&copy, &swapped, "K1549", "Data!B3");
    let (_, _, said) = import(&copy, &swapped);
    let codes: Vec<&str> = said
        .split("--accept ")
        .nth(1)
        .and_then(|rest| rest.split('`').next())
        .unwrap_or_else(|| panic!("{said}"))
        .split(',')
        .collect();
    let mut arguments = WRITE.to_vec();
    let accepted = codes.join(",");
    arguments.extend(["--accept", &accepted]);
    let (exit, printed, said) = copy.kosh(&arguments);
    assert_eq!(exit, Some(0), "{printed}{said}");
}

#[test]
fn a_release_or_a_source_that_is_listed_otherwise_is_refused() {
    let copy = norland(RECIPE);
    copy.write("moves.xlsx", moves().book());
    let mut arguments = WRITE.to_vec();
    arguments.extend(["--vintage", "2030-H1-express"]);
    let (exit, _, said) = copy.kosh(&arguments);
    assert_eq!((exit, said.contains("error[K1544]")), (Some(1), true), "{said}");
    assert!(said.contains("data/vintages.csv:"), "{said}");
    let mut arguments = WRITE.to_vec();
    arguments.extend(["--source", "office-table", "--publisher", "Somebody"]);
    let (exit, _, said) = copy.kosh(&arguments);
    assert_eq!((exit, said.contains("another `publisher`")), (Some(1), true), "{said}");
    let mut arguments = WRITE.to_vec();
    arguments.extend(["--status", "fnal"]);
    let (exit, _, said) = copy.kosh(&arguments);
    assert_eq!((exit, said.contains("not a status")), (Some(1), true), "{said}");
}

#[test]
fn headers_are_found_by_merge_by_distance_inside_an_area_and_in_groups() {
    // Two years, each over two columns; the second has one column only.
    let recipe = |lookup: &str| {
        RECIPE
            .replace("rows = 1", "rows = 2")
            .replace(
                "cells = { in = \"head\", except = [{ column = \"first\" }] }\ndirectly = \"above\"",
                &format!("cells = {{ in = \"head\", row = 1, except = [{{ column = \"first\" }}] }}\n{lookup}"),
            )
            .replace(
                "name = \"measure\"\nvalue = \"net\"",
                "name = \"measure\"\ncells = { in = \"head\", row = 2 }\ndirectly = \"above\"\n\
                 codes = { \"balance\" = \"net\", \"again\" = \"net\" }",
            )
            .replace("count = 5\n", "")
    };
    let mut grid = Grid::default()
        .set("A1", "Moves between provinces")
        .set("A2", "Province")
        .set("B2", "January–September 2030")
        .set("B3", "balance")
        .set("C2", "2030")
        .set("C3", "balance")
        .set("A9", "* provisional");
    for (row, (name, value)) in MOVES.iter().enumerate() {
        let row = row + 4;
        grid = grid
            .set(&format!("A{row}"), *name)
            .set(&format!("B{row}"), *value)
            .set(&format!("C{row}"), *value * 2);
    }
    let read = |lookup: &str, bytes: Vec<u8>| {
        let copy = norland(&recipe(lookup));
        copy.write("moves.xlsx", bytes);
        copy.kosh(&["import", "moves.xlsx", "--dry-run"])
    };
    for lookup in ["by = \"merge\"", "closest = \"left\"", "directly = \"above\""] {
        let (exit, printed, said) = read(lookup, grid.book());
        assert_eq!(exit, Some(0), "{lookup}: {printed}{said}");
        assert!(printed.contains("2030-01..2030-12 N-1 net"), "{lookup}: {printed}");
    }
    // A third column without a label of its own: only distance finds one for it.
    let mut wide = grid.clone().set("D3", "again");
    for row in 4..9 {
        wide = wide.set(&format!("D{row}"), 1);
    }
    for lookup in ["by = \"merge\"", "directly = \"above\""] {
        let (exit, _, said) = read(lookup, wide.book());
        assert_eq!((exit, said.contains("error[K1505]")), (Some(1), true), "{lookup}: {said}");
        assert!(said.contains("Data!D4"), "{said}");
    }
    // Where one header is merged, a header reaches no further than its own cells.
    let merged = wide.clone().without(&["B2"]).and("Data", |sheet| {
        sheet.merge_range(1, 4, 1, 5, "2029", &Format::new()).unwrap();
        sheet.write(1, 1, "January–September 2030").unwrap();
    });
    let (exit, _, said) = read("closest = \"left\"", merged);
    assert_eq!((exit, said.contains("does not reach over")), (Some(1), true), "{said}");
    let (exit, _, said) = read("closest = \"left\"", wide.book());
    assert_eq!((exit, said.contains("K1514")), (Some(1), true), "one figure twice: {said}");
}

#[test]
fn a_text_without_a_code_and_a_part_that_is_not_there_are_reported_at_the_header() {
    let with = |measure: &str| {
        RECIPE.replace("rows = 1", "rows = 2").replace("cells = { in = \"head\", except", "cells = { in = \"head\", row = 1, except").replace(
            "name = \"measure\"\nvalue = \"net\"",
            &format!("name = \"measure\"\ncells = {{ in = \"head\", row = 2 }}\ndirectly = \"above\"\n{measure}"),
        )
    };
    let mut grid = moves().without(&["A8", "A9"]);
    // A row more in the head.
    let rows: Vec<_> = grid.0.split_off(&(2, 0)).into_iter().collect();
    grid.0.extend(rows.into_iter().map(|((row, column), said)| ((row + 1, column), said)));
    let grid = grid.set("B3", "balance, persons").set("A9", "* provisional");
    let by_part = "part = '^(\\w+), persons'\ncodes = { \"balance\" = \"net\" }";
    let copy = norland(&with(by_part));
    copy.write("moves.xlsx", grid.book());
    let (exit, printed, said) = copy.kosh(&["import", "moves.xlsx", "--dry-run"]);
    assert_eq!(exit, Some(0), "{printed}{said}");
    let other = grid.clone().set("B3", "balances, persons");
    is_refused(&copy, &other.book(), "K1509", "Data!B3");
    is_refused(&copy, &grid.set("B3", "balance").book(), "K1509", "Data!B3");
    // The hint has the text as the recipe types it, and not as it is compared.
    let (_, _, said) = import(&copy, &other.book());
    assert!(said.contains("did you mean `balance`?"), "{said}");
}

#[test]
fn styles_select_cells_of_xlsx_and_are_refused_of_a_text() {
    let recipe = RECIPE.replace(
        "cells = { in = \"body\", column = \"first\" }",
        "cells = { in = \"body\", column = \"first\", bold = true }",
    );
    let copy = norland(&recipe);
    let bold = Format::new().set_bold();
    let sheet = moves().and("Data", |sheet| {
        for (row, (name, _)) in MOVES.iter().enumerate() {
            sheet.write_with_format(row as u32 + 2, 0, *name, &bold).unwrap();
        }
    });
    copy.write("moves.xlsx", sheet);
    let (exit, printed, said) = copy.kosh(&["import", "moves.xlsx", "--dry-run"]);
    assert_eq!(exit, Some(0), "{printed}{said}");
    copy.write("moves.csv", "Province,2030\nHillmark,1\n");
    let (exit, _, said) = copy.kosh(&["import", "moves.csv", "--dry-run"]);
    assert_eq!((exit, said.contains("error[K1513]")), (Some(1), true), "{said}");
}

#[test]
fn a_proposed_recipe_is_one_that_can_be_read() {
    let copy = Copy::of_another_country();
    copy.write("moves.xlsx", moves().book());
    let asked = ["recipe", "new", "moves.xlsx", "--table", "between", "--name", "drafted"];
    let (exit, printed, said) = copy.kosh(&asked);
    assert_eq!(exit, Some(0), "{printed}{said}");
    let (exit, printed, said) =
        copy.kosh(&["import", "moves.xlsx", "--dry-run", "--recipe", "drafted"]);
    // Only the source is not known.
    assert_eq!(exit, Some(0), "{printed}{said}\n{}", copy.read("data/recipes/drafted.toml"));
    assert!(printed.contains("5 new"), "{printed}");
    // It is not written over another.
    assert_eq!(copy.kosh(&asked).0, Some(1));
}

/// The regions of the shipped project, by code, with their names.
fn regions() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("data/lexicon/regions.ru.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| (row[0].to_owned(), row[1].to_owned()))
        .filter(|(code, _)| code != "KZ")
        .collect()
}

/// Imports a file of the shipped project as a dry run.
fn dry(name: &str, bytes: &[u8]) -> Value {
    let copy = Copy::of_shipped();
    copy.write(name, bytes);
    json(&copy, &["import", name, "--dry-run", "--json"])
}

/// The errors of a report.
fn errors(value: &Value) -> Vec<String> {
    let all = value["diagnostics"].as_array().unwrap().iter();
    let errors = all.filter(|one| one["severity"] == "error");
    errors
        .map(|one| format!("{} {} {}", one["code"], one["message"], one["place"]["text"]))
        .collect()
}

/// The value of a figure of a report.
fn value_of(report: &Value, key: &[(&str, &str)]) -> Option<f64> {
    let rows = report["import"]["rows"].as_array().unwrap();
    let is_it = |row: &&Value| key.iter().all(|(name, code)| row["key"][name] == **code);
    rows.iter().find(is_it).and_then(|row| row["value"].as_f64())
}

#[test]
fn interregional_migration_with_merged_years_over_three_columns_is_read() {
    let sheet = |total: f64| {
        Grid::default()
            .set("A1", "Межрегиональная миграция населения")
            .set("A2", "человек")
            .set("A28", "1) Предварительные данные")
            .set("A29", "Источник: Бюро национальной статистики")
            .and("Лист1", |sheet| {
                let plain = Format::new();
                sheet.merge_range(3, 0, 4, 0, "Регион", &plain).unwrap();
                for (at, label) in ["январь-март 2026г.", "январь-июнь 2026г.1)"].iter().enumerate()
                {
                    let column = at as u16 * 3 + 1;
                    sheet.merge_range(3, column, 3, column + 2, label, &plain).unwrap();
                    for (shift, head) in ["прибыло", "выбыло", "сальдо"].iter().enumerate()
                    {
                        sheet.write(4, column + shift as u16, *head).unwrap();
                    }
                }
                let regions = regions();
                let count = regions.len() as i32;
                sheet.write(5, 0, "Республика Казахстан").unwrap();
                let (mut sums, mut row) = ([0, 0], 6);
                for (number, (_, name)) in regions.iter().enumerate() {
                    sheet.write(row, 0, name.to_uppercase()).unwrap();
                    for period in 0..2 {
                        let factor = period + 1;
                        let number = number as i32;
                        let arrived = factor * (1000 + 40 * number);
                        let left = factor * (1000 + 40 * (count - 1 - number));
                        sums[period as usize] += arrived;
                        let column = period as u16 * 3 + 1;
                        let text = format!("{}\u{a0}{:03}", arrived / 1000, arrived % 1000);
                        sheet.write(row, column, text).unwrap();
                        sheet.write(row, column + 1, left).unwrap();
                        sheet.write(row, column + 2, arrived - left).unwrap();
                    }
                    row += 1;
                }
                for (period, sum) in sums.iter().enumerate() {
                    let column = period as u16 * 3 + 1;
                    sheet.write(5, column, f64::from(*sum) + total).unwrap();
                    sheet.write(5, column + 1, *sum).unwrap();
                    sheet.write(5, column + 2, "-").unwrap();
                }
            })
    };
    let report = dry("межрегиональная.xlsx", &sheet(0.0));
    assert_eq!(errors(&report), [""; 0], "{report:#}");
    assert_eq!(report["import"]["recipe"], "interregional");
    assert_eq!(report["import"]["rows"].as_array().unwrap().len(), 126);
    let key = |region, measure| {
        [("region", region), ("measure", measure), ("period", "2026-01..2026-06")]
    };
    assert_eq!(value_of(&report, &key("KZ-10", "arrivals")), Some(2000.0));
    assert_eq!(value_of(&report, &key("KZ-79", "net")), Some(1520.0));
    assert_eq!(value_of(&report, &key("KZ", "net")), Some(0.0));
    // The country is no more what its regions make.
    let wrong = errors(&dry("межрегиональная.xlsx", &sheet(7.0)));
    assert!(wrong.iter().any(|one| one.contains("K1511") && one.contains("Лист1!B6")), "{wrong:?}");
}

#[test]
fn groups_one_below_the_other_are_read_with_their_names() {
    let groups = ["Все население", "Городское население", "Сельское население"];
    let mut grid = Grid::default()
        .set("A1", "Сальдо миграции населения")
        .set("A3", "Регион")
        .set("B3", "январь-март 2026г.")
        .set("C3", "январь-июнь 2026 г.");
    let mut row = 4;
    for (at, group) in groups.iter().enumerate() {
        grid = grid.set(&format!("A{row}"), *group);
        row += 1;
        let total = row;
        grid = grid.set(&format!("A{row}"), "Республика Казахстан");
        row += 1;
        let mut sum = 0;
        for (number, (_, name)) in regions().iter().enumerate() {
            // The whole is town and country; of the town some are zero, written as a dash.
            let town = number as i32 * 3;
            let own = [town - 20, town, -20][at];
            sum += own;
            grid = grid.set(&format!("A{row}"), name.as_str());
            grid = match own {
                0 => grid.set(&format!("B{row}"), "–").set(&format!("C{row}"), "–"),
                own => grid.set(&format!("B{row}"), own).set(&format!("C{row}"), own * 2),
            };
            row += 1;
        }
        grid = grid.set(&format!("B{total}"), sum).set(&format!("C{total}"), sum * 2);
    }
    grid = grid.set(&format!("A{row}"), "* без учета изменений");
    let report = dry("сальдо.xlsx", &grid.book());
    assert_eq!(errors(&report), [""; 0], "{report:#}");
    assert_eq!(report["import"]["rows"].as_array().unwrap().len(), 3 * 21 * 2);
    let key = |settlement, region| {
        [("settlement", settlement), ("region", region), ("period", "2026-01..2026-06")]
    };
    assert_eq!(value_of(&report, &key("rural", "KZ-79")), Some(-40.0));
    assert_eq!(value_of(&report, &key("urban", "KZ-10")), Some(0.0));
    assert_eq!(value_of(&report, &key("total", "KZ-11")), Some(-34.0));
    // Two regions whose balances make nought together are gone: no sum tells it.
    let rows = (0..3).flat_map(|group| [6, 19].map(|region| 6 + group * 22 + region));
    let gone: Vec<String> =
        rows.flat_map(|row| ["A", "B", "C"].map(|column| format!("{column}{row}"))).collect();
    let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
    let wrong = errors(&dry("сальдо.xlsx", &grid.clone().without(&gone).book()));
    assert!(wrong.iter().any(|one| one.contains("K1510") && one.contains("region")), "{wrong:?}");
    // A group that lost its name makes the rows of the one above it stand twice.
    let nameless = grid.clone().without(&["A26"]).book();
    let wrong = errors(&dry("сальдо.xlsx", &nameless));
    assert!(wrong.iter().any(|one| one.contains("K1514")), "{wrong:?}");
}

#[test]
fn population_in_blocks_of_a_region_is_of_the_first_day_of_the_year() {
    let mut grid = Grid::default()
        .set("A1", "Численность населения на начало года")
        .set("A3", "Код КАТО")
        .set("B3", "Регион")
        .set("C3", "Все население")
        .set("D3", "городское")
        .set("E3", "сельское");
    let mut row = 4;
    let mut sums = [0; 2];
    let mut blocks = vec![];
    for (number, (code, name)) in regions().into_iter().enumerate() {
        blocks.push((code, name, [number as i32 + 300_000, number as i32 + 310_000]));
    }
    for (_, _, years) in &blocks {
        sums[0] += years[0];
        sums[1] += years[1];
    }
    blocks.insert(0, ("KZ".to_owned(), "Республика Казахстан".to_owned(), sums));
    for (code, name, years) in &blocks {
        grid = grid.set(&format!("A{row}"), format!("{code}0000").as_str());
        grid = grid.set(&format!("B{row}"), name.as_str());
        row += 1;
        for (year, total) in ["2026 год", "2027 год7)8)"].iter().zip(years) {
            grid = grid
                .set(&format!("B{row}"), *year)
                .set(&format!("C{row}"), *total)
                .set(&format!("D{row}"), *total - 1000)
                .set(&format!("E{row}"), 1000);
            row += 1;
        }
    }
    // What the parts of the country add up to.
    for (at, sum) in sums.iter().enumerate() {
        let parts = blocks.len() as i32 - 1;
        grid = grid
            .set(&format!("D{}", at + 5), *sum - 1000 * parts)
            .set(&format!("E{}", at + 5), 1000 * parts);
    }
    grid = grid
        .set(&format!("A{row}"), "7) по итогам переписи")
        .set(&format!("A{}", row + 1), "8) оценка");
    let report = dry("численность.xlsx", &grid.book());
    let key =
        |time, settlement| [("period", time), ("region", "KZ-10"), ("settlement", settlement)];
    assert_eq!(value_of(&report, &key("2026-01-01", "total")), Some(300_000.0), "{report:#}");
    assert_eq!(value_of(&report, &key("2027-01-01", "urban")), Some(309_000.0));
    let own = errors(&report);
    assert!(own.iter().all(|one| !one.contains("K12") && !one.contains("K15")), "{own:?}");
}

#[test]
fn the_export_of_the_bureau_is_read_and_its_districts_are_left_out() {
    let head = "NAM\tDAT\tPERIOD\tКАТО(по каталогу)\tLКАТО(по каталогу)\tСПТМ\tLСПТМ\tКН\tLКН\tСП\tLСП\tVAL";
    let mut text: String =
        head.split('\t').map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join("\t");
    text.push('\n');
    let mut names: Vec<(String, String)> = regions();
    names.push(("KZ".to_owned(), "Республика Казахстан".to_owned()));
    names.push(("".to_owned(), "РАЙОН АЛМАТЫ".to_owned()));
    names.push(("".to_owned(), "Абайский район".to_owned()));
    for (code, name) in &names {
        let value = if code == "KZ" { "6 020 000" } else { "301 000" };
        let row = [
            "Численность",
            "2026 год",
            "202612",
            &name.to_uppercase(),
            "0",
            "Всего",
            "0",
            "1",
            "0",
            "Всего",
            "0",
            value,
        ];
        text += &row.map(|field| format!("\"{field}\"")).join("\t");
        text.push('\n');
    }
    let report = dry("population.tsv", text.as_bytes());
    let key = |region| [("period", "2026-01-01"), ("region", region), ("sex", "total")];
    assert_eq!(value_of(&report, &key("KZ-75")), Some(301_000.0), "{report:#}");
    assert_eq!(value_of(&report, &key("KZ")), Some(6_020_000.0));
    assert_eq!(report["import"]["rows"].as_array().unwrap().len(), 21);
    let own = errors(&report);
    assert!(own.iter().all(|one| !one.contains("K12") && !one.contains("K15")), "{own:?}");
}

#[test]
fn a_file_of_windows_1251_with_semicolons_is_read_in_its_letters() {
    let mut text =
        String::from("Сальдо миграции;;\r\nРегион;январь-март 2026г.;январь-июнь 2026г.\r\n");
    for group in ["Все население", "Городское население", "Сельское население"]
    {
        text += &format!("{group};;\r\nРеспублика Казахстан;-;-\r\n");
        for (_, name) in regions() {
            // Letters that the encoding does not have are written as their neighbours.
            let name = name.replace('Ұ', "У").replace('і', "ы");
            text += &format!("{name};-;-\r\n");
        }
    }
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| match c {
            'А'..='я' => (u32::from(c) - 0x410 + 0xc0) as u8,
            'ё' => 0xb8,
            'Ё' => 0xa8,
            c => u8::try_from(c).unwrap(),
        })
        .collect();
    let report = dry("сальдо.csv", &bytes);
    assert_eq!(
        report["import"]["read_as"], "text, windows-1251, separated by semicolon",
        "{report:#}"
    );
    let key = [("region", "KZ-62"), ("settlement", "rural"), ("period", "2026-01..2026-06")];
    assert_eq!(value_of(&report, &key), Some(0.0), "{report:#}");
}

/// A sheet of one printed rate, set with this number format.
fn rate(value: f64, format: &str) -> (Copy, Vec<u8>) {
    let recipe = r#"
title = "Rates"
table = "international_rates"

[areas.head]
from = { at = { text = "Measure" } }
rows = 1

[areas.body]
from = { below = { area = "head" } }

[values]
in = "body"
unit = "percent"

[[dimensions]]
name = "period"
cells = { in = "head", except = [{ column = "first" }] }
directly = "above"
read = "period"

[[dimensions]]
name = "measure"
cells = { in = "body", column = "first" }
directly = "left"
read = "code"

[release]
vintage = "{period}-express"
status = "express"

[source]
source_id = "bns-6567"
"#;
    let copy = Copy::of_shipped();
    copy.write("data/recipes/rates.toml", recipe);
    let format = Format::new().set_num_format(format);
    let grid = Grid::default()
        .set("A1", "Measure")
        .set("B1", "January–June 2026")
        .set("A2", "share_arrivals_RUS");
    let sheet = grid.and("Data", |sheet| {
        sheet.write_with_format(1, 1, value, &format).unwrap();
    });
    copy.write("rates.xlsx", &sheet);
    (copy, sheet)
}

#[test]
fn a_percent_cell_is_a_hundred_times_its_number_and_a_bare_fraction_is_reported() {
    let ask = ["import", "rates.xlsx", "--recipe", "rates", "--dry-run", "--json"];
    let (copy, _) = rate(0.189, "0.0%");
    let report = json(&copy, &ask);
    assert_eq!(report["import"]["rows"][0]["value"], 18.9, "{report:#}");
    assert_eq!(report["import"]["rows"][0]["rounded_to"], 0.1);
    let (copy, _) = rate(0.189, "0.000");
    let before = data(&copy);
    let (exit, _, said) = copy.kosh(&[
        "import",
        "rates.xlsx",
        "--recipe",
        "rates",
        "--yes",
        "--released",
        "2026-08-11",
    ]);
    assert_eq!(
        (exit, said.contains("K1218") && said.contains("Data!B2")),
        (Some(1), true),
        "{said}"
    );
    assert_eq!(data(&copy), before);
}
