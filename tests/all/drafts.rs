//! `kosh recipe new`: what is proposed for sheets of several forms, which table is guessed, and that the proposal reads
//! the sheet.

use serde_json::Value;

use crate::common::{Copy, root};

/// Proposes a recipe called `drafted`: the recipe, and what was printed.
fn drafted(copy: &Copy, file: &str, more: &[&str]) -> (String, String) {
    let mut arguments = vec!["recipe", "new", file, "--name", "drafted"];
    arguments.extend(more);
    let (exit, printed, said) = copy.kosh(&arguments);
    assert_eq!(exit, Some(0), "{printed}{said}");
    (copy.read("data/recipes/drafted.toml"), printed)
}

/// The rows that the proposal reads of the file.
fn rows(copy: &Copy, file: &str) -> Vec<Value> {
    let ask = ["import", file, "--recipe", "drafted", "--dry-run", "--json"];
    let (exit, printed, said) = copy.kosh(&ask);
    let recipe = copy.read("data/recipes/drafted.toml");
    assert_eq!(exit, Some(0), "{printed}{said}\n{recipe}");
    let report: Value = serde_json::from_str(&printed).unwrap();
    report["import"]["rows"].as_array().unwrap().clone()
}

fn value(rows: &[Value], key: &[(&str, &str)]) -> Option<f64> {
    let is_it = |row: &&Value| key.iter().all(|(name, code)| row["key"][name] == **code);
    rows.iter().find(is_it).and_then(|row| row["value"].as_f64())
}

fn has(recipe: &str, parts: &[&str]) {
    for part in parts {
        assert!(recipe.contains(part), "no `{part}`:\n{recipe}");
    }
}

/// The names of the regions of the shipped project, by code.
fn regions() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("data/lexicon/regions.ru.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).map(|row| (row[0].into(), row[1].into())).collect()
}

#[test]
fn sdmx_in_long_form_is_read_by_columns_and_its_attributes() {
    let copy = Copy::of_another_country();
    let mut text =
        String::from("DATAFLOW,FREQ,TIME_PERIOD,OBS_STATUS,REF_AREA,OBS_VALUE,UNIT_MEASURE\n");
    for (number, value) in [(1, 700), (2, 300), (3, -100), (4, -400), (5, -500)] {
        text += &format!("NO:MOVES(1.0),A,2031,P,N-{number},{value},persons\n");
    }
    copy.write("moves.csv", &text);
    let (recipe, printed) = drafted(&copy, "moves.csv", &[]);
    has(
        &recipe,
        &[
            "table = \"between\"",
            "[columns]\nvalue = \"OBS_VALUE\"\nattributes = \"sdmx\"",
            "\"FREQ\" = \"the same in all rows: A\"",
            "name = \"period\"\ncolumn = \"TIME_PERIOD\"\nread = \"period\"",
            "name = \"province\"\ncolumn = \"REF_AREA\"",
            "name = \"unit\"\ncolumn = \"UNIT_MEASURE\"\nread = \"code\"",
            // Balances are the only measure.
            "name = \"measure\"\nvalue = \"net\"\n",
        ],
    );
    assert!(!recipe.contains("[areas"), "{recipe}");
    assert!(printed.contains("for the table between\n"), "{printed}");
    let rows = rows(&copy, "moves.csv");
    assert_eq!(rows.len(), 5);
    let key = [("province", "N-5"), ("measure", "net"), ("period", "2031-01..2031-12")];
    assert_eq!(value(&rows, &key), Some(-500.0));
}

#[test]
fn an_export_with_codes_goes_to_the_table_of_its_names_and_days() {
    let copy = Copy::of_shipped();
    let mut text = String::from("Таблица\tГод\tPERIOD\tТерритория\tL\tМестность\tПол\tЗначение\n");
    let row = |name: &str, place: &str, value: u32| {
        format!(
            "Население\t2027 год\t202712\t{}\t0\t{place}\tВсего\t{value}\n",
            name.to_uppercase()
        )
    };
    for (number, (code, name)) in regions().iter().enumerate() {
        for (at, place) in ["Всего", "Городская местность", "Сельская местность"].iter().enumerate()
        {
            let base = if code == "KZ" { 2_000_210 } else { 100_000 + number as u32 };
            let value = [3, 2, 1][at] * base;
            text += &row(name, place, value);
        }
    }
    for number in 0..40 {
        text += &row(&format!("Район {number}"), "Всего", 20_000 + number);
    }
    copy.write("export-2027.tsv", &text);
    let (recipe, printed) = drafted(&copy, "export-2027.tsv", &[]);
    has(
        &recipe,
        &[
            "table = \"population\"",
            "value = \"Значение\"",
            "\"L\" = \"the same in all rows: 0\"",
            "\"PERIOD\" = \"the same in all rows: 202712\"",
            "name = \"period\"\ncolumn = \"Год\"\nread = \"period\"\nstock = \"at-beginning\"",
            "name = \"region\"\ncolumn = \"Территория\"\nread = \"name\"\n# ? 40 are no names of `regions`: РАЙОН 0; ",
            // As the recipes of the project read these texts.
            "\"Городская местность\" = \"urban\"",
            "name = \"sex\"\ncolumn = \"Пол\"",
        ],
    );
    assert!(!printed.contains("fits as well"), "{printed}");
    // The question about the districts is answered as the comment says.
    let (head, ignore) = recipe.split_once("# [[ignore]]\n# rows-of").unwrap();
    let (lines, rest) = ignore.split_once("# because = \"?\"\n").unwrap();
    let answered = format!("{head}{rest}\n[[ignore]]\nrows-of{lines}because = \"districts\"\n");
    // Keys of the last table of the draft stay with it.
    copy.write("data/recipes/drafted.toml", answered);
    let rows = rows(&copy, "export-2027.tsv");
    assert_eq!(rows.len(), 21 * 3);
    let key = [("region", "KZ-10"), ("settlement", "urban"), ("period", "2027-01-01")];
    assert_eq!(value(&rows, &key), Some(200_002.0), "{rows:#?}");
}

#[test]
fn two_tables_that_fit_alike_are_both_named_with_what_fits() {
    let copy = Copy::of_shipped();
    let mut text = String::from("Регион;январь-июнь 2026г.;;\n;прибыло;выбыло;сальдо\n");
    for (number, (code, name)) in (0_i32..).zip(&regions()) {
        let (arrived, left) = match &**code {
            "KZ" => (100_210, 100_210),
            _ => (5000 + number, 5021 - number),
        };
        text += &format!("{name};{arrived};{left};{}\n", arrived - left);
    }
    copy.write("moves.csv", &text);
    let (recipe, printed) = drafted(&copy, "moves.csv", &[]);
    let others = ["interregional", "international_by_region"];
    let chosen = others.iter().find(|name| recipe.contains(&format!("\ntable = \"{name}\"")));
    let chosen = chosen.unwrap_or_else(|| panic!("{recipe}"));
    let other = others.iter().find(|name| *name != chosen).unwrap();
    has(&recipe, &[&format!("# ? the table \"{other}\" fits as well: ")]);
    has(&printed, &[&format!("{other} fits as well (--table {other}): "), "3 of 3 texts in row 2"]);
    has(&recipe, &["codes = { \"прибыло\" = \"arrivals\", \"выбыло\" = \"departures\""]);
    // The label over three columns that are not merged stands for all of them.
    has(&recipe, &["in = \"head\", row = 1", "closest = \"left\"\nread = \"period\""]);
    let key = [("region", "KZ-10"), ("period", "2026-01..2026-06")];
    let read = rows(&copy, "moves.csv");
    assert_eq!(read.len(), 63);
    assert_eq!(value(&read, &key), Some(5001.0));
    // Balances by sex, or by country, are no such table.
    assert!(!printed.contains("remittances") && !printed.contains("population"), "{printed}");
    std::fs::remove_file(copy.root.join("data/recipes/drafted.toml")).unwrap();
    let (recipe, printed) = drafted(&copy, "moves.csv", &["--table", other]);
    assert!(recipe.contains(&format!("\ntable = \"{other}\"")), "{recipe}");
    assert!(!printed.contains("fits as well"), "{printed}");
}

#[test]
fn years_in_the_header_are_no_long_form_and_losses_no_counts() {
    let copy = Copy::of_shipped();
    let mut text = String::from("Регион\tВид\t2022\t2023\t2024\n");
    for (number, (_, name)) in regions().iter().enumerate() {
        text += &format!("{name}\tсальдо\t{}\t{}\t{}\n", 100 + number, -50, 7 * number);
    }
    copy.write("years.tsv", &text);
    let (recipe, _) = drafted(&copy, "years.tsv", &[]);
    assert!(!recipe.contains("[columns]"), "{recipe}");
    has(&recipe, &["cells = { in = \"head\", row = 1", "read = \"period\""]);
    // People are not below nought, whatever else fits.
    assert!(!recipe.contains("\ntable = \"population\""), "{recipe}");
}

#[test]
fn months_and_sizes_tell_a_table_whose_texts_nobody_knows() {
    let copy = Copy::of_shipped();
    // No other recipe says what these texts are.
    std::fs::remove_dir_all(copy.root.join("data/recipes")).unwrap();
    let text = "Код;Месяц;отправлено;получено\n\
                x;июль 2026 г.;58 214,3;21 406,9\n\
                y;август 2026 г.;-;-\n\
                z;сентябрь 2026 г.;66 902,1;23 114,5\n";
    copy.write("transfers.csv", text);
    let (recipe, printed) = drafted(&copy, "transfers.csv", &[]);
    has(
        &recipe,
        &[
            "\ntable = \"remittances\"",
            // A column counts from the first of the sheet.
            "cells = { in = \"body\", column = 2 }\ndirectly = \"left\"\nread = \"period\"",
            "codes = { \"отправлено\" = \"?\", \"получено\" = \"?\" }   # ? codes are remittances_received; \
             remittances_sent",
            "missing = { \"-\" = \"not-available\" }",
        ],
    );
    assert!(!printed.contains("fits as well"), "{printed}");
    // A question that nobody answered stops an import.
    let ask = ["import", "transfers.csv", "--recipe", "drafted", "--dry-run"];
    let (exit, printed, said) = copy.kosh(&ask);
    assert_eq!(exit, Some(1), "{printed}{said}");
}
