//! The recipes in `data/recipes/`, each on a workbook in its layout: a quarter that is in the tables already comes out
//! equal, a changed cell as changed, a new quarter as new; and a planted fault is refused at its cell.
//!
//! The workbooks beside the recipes are made here, with invented figures: `KOSH_BLESS=1 cargo test shipped_recipes::`
//! writes them, and `kosh recipe test --bless` the rows that come of them.

mod figures;
mod layouts;
mod paper;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::{Copy, root};
use figures::{Key, invented, key, loaded, member, parted, partners, regions};
use layouts::{Figures, Set, Wide, blocks, export, export_text, express, groups};
use paper::{Said, Spot};

/// A layout with the recipe that reads it.
struct Layout {
    recipe: &'static str,
    /// What its file is called.
    file: &'static str,
    table: &'static str,
    dimensions: &'static [&'static str],
    /// Periods that the tables have figures of.
    loaded: &'static [&'static str],
    /// A period that they have not.
    new: &'static str,
    set: fn(&[&str], &Figures) -> Set,
    /// A figure of the new period.
    invented: fn(&Key) -> Said,
    /// What is changed of a loaded sheet so that it still adds up.
    change: fn(&str) -> Vec<(Key, f64)>,
}

const LAYOUTS: [Layout; 7] = [
    Layout {
        recipe: "interregional",
        file: "межрегиональная миграция.xlsx",
        table: "interregional",
        dimensions: &["period", "region", "measure"],
        loaded: &["2024-01..2024-12", "2025-01..2025-06"],
        new: "2026-01..2026-03",
        set: |periods, figures| wide_interregional().set(periods, figures),
        invented,
        change: |period| vec![(of_region(period, "KZ-71", "measure", "net"), 7.0)],
    },
    Layout {
        recipe: "international-by-region",
        file: "внешняя миграция по регионам.xlsx",
        table: "international_by_region",
        dimensions: &["period", "region", "flow"],
        loaded: &["2024-01..2024-12"],
        new: "2026-01..2026-03",
        set: |periods, figures| wide_by_region().set(periods, figures),
        invented,
        change: |period| {
            let all = loaded("international_by_region", &["period", "region", "flow"]);
            let own = all.into_keys().filter(|key| member(key, "period") == period);
            own.min().map(|key| (key, 3.0)).into_iter().collect()
        },
    },
    Layout {
        recipe: "partners",
        file: "внешняя миграция по странам.xlsx",
        table: "international",
        dimensions: &["period", "flow", "partner"],
        loaded: &["2024-01..2024-12", "2025-01..2025-12"],
        new: "2026-01..2026-03",
        set: |periods, figures| wide_partners().set(periods, figures),
        invented,
        change: |period| {
            let own = |flow| key(&[("period", period), ("flow", flow), ("partner", "WORLD")]);
            vec![(own("arrivals"), 7.0), (own("net"), 7.0)]
        },
    },
    Layout {
        recipe: "urban-rural",
        file: "сальдо.xlsx",
        table: "balance_all_flows",
        dimensions: &["period", "region", "settlement", "measure"],
        loaded: &["2023-01..2023-12", "2024-01..2024-12"],
        new: "2026-01..2026-03",
        set: |periods, figures| groups(&regions(), periods, figures),
        invented: invented_balance,
        change: changed_balance,
    },
    Layout {
        recipe: "export-balance",
        file: "migration_balance_2026.csv",
        table: "balance_all_flows",
        dimensions: &["period", "region", "settlement", "measure"],
        loaded: &["2000-01..2000-12", "2022-01..2022-12", "2023-01..2023-12", "2024-01..2024-12"],
        new: "2025-01..2025-12",
        set: |periods, figures| {
            let name = "Сальдо миграции по всем потокам";
            export(name, &regions(), periods, &[("measure", "net")], figures)
        },
        invented: invented_balance,
        change: changed_balance,
    },
    Layout {
        recipe: "population",
        file: "численность.xlsx",
        table: "population",
        dimensions: &["period", "region", "settlement", "sex"],
        loaded: &["2024-01-01", "2025-01-01"],
        new: "2027-01-01",
        set: |days, figures| blocks(&regions(), days, figures),
        invented: invented_population,
        change: changed_population,
    },
    Layout {
        recipe: "export-population",
        file: "population_yearly_2026.csv",
        table: "population",
        dimensions: &["period", "region", "settlement", "sex"],
        loaded: &["2018-01-01", "2023-01-01", "2025-01-01"],
        new: "2027-01-01",
        set: |days, figures| {
            let name = "Численность населения на начало периода";
            export(name, &regions(), days, &[("sex", "total")], figures)
        },
        invented: invented_population,
        change: changed_population,
    },
];

fn wide_interregional() -> Wide<'static> {
    Wide {
        title: "Межрегиональная миграция населения (пример, числа вымышлены)",
        head: "Регион",
        rows: ("region", regions()),
        columns: "measure",
    }
}

fn wide_by_region() -> Wide<'static> {
    Wide {
        title: "Внешняя миграция населения по регионам (пример, числа вымышлены)",
        head: "Регион",
        rows: ("region", regions()),
        columns: "flow",
    }
}

fn wide_partners() -> Wide<'static> {
    Wide {
        title: "Внешняя миграция населения по странам (пример, числа вымышлены)",
        head: "Страна",
        rows: ("partner", partners()),
        columns: "flow",
    }
}

fn of_region(period: &str, region: &str, name: &str, code: &str) -> Key {
    key(&[("period", period), ("region", region), (name, code)])
}

fn invented_balance(key: &Key) -> Said {
    parted(key, |at| at * 90.0 - 945.0, |at| at * 10.0 - 900.0)
}

fn invented_population(key: &Key) -> Said {
    parted(key, |at| 700_000.0 + at * 24_000.0, |at| 300_000.0 + at * 1_000.0)
}

fn changed_balance(period: &str) -> Vec<(Key, f64)> {
    let own = |region, settlement| {
        key(&[
            ("period", period),
            ("region", region),
            ("settlement", settlement),
            ("measure", "net"),
        ])
    };
    let parts = ["total", "urban"].into_iter();
    let all = parts.flat_map(|part| ["KZ", "KZ-10"].map(|region| own(region, part)));
    all.map(|key| (key, 5.0)).collect()
}

fn changed_population(day: &str) -> Vec<(Key, f64)> {
    let own = |region| {
        key(&[("period", day), ("region", region), ("settlement", "total"), ("sex", "total")])
    };
    // Both move people from one region to the other: the country stays as it is.
    vec![(own("KZ-11"), 5.0), (own("KZ-59"), -5.0)]
}

impl Layout {
    /// The bytes of the file of a sheet.
    fn bytes(&self, set: &Set) -> Vec<u8> {
        match self.file.ends_with(".csv") {
            true => export_text(&set.paper).into_bytes(),
            false => set.paper.book(),
        }
    }

    /// The sheet of periods that are loaded, and what is loaded of them. What the tables lack the sheet does not give.
    fn as_loaded(&self) -> (Set, HashMap<Key, figures::Loaded>) {
        let known = loaded(self.table, self.dimensions);
        // An export leaves such rows out.
        let none = if self.file.ends_with(".csv") { "" } else { "…" };
        let set = (self.set)(self.loaded, &|key| match known.get(key) {
            Some(own) => Said::Number(own.value),
            None => Said::from(none),
        });
        (set, known)
    }

    /// The sheet of the new period.
    fn as_new(&self) -> Set {
        (self.set)(&[self.new], &self.invented)
    }
}

/// The layout of a recipe.
fn layout(recipe: &str) -> &'static Layout {
    LAYOUTS.iter().find(|layout| layout.recipe == recipe).unwrap()
}

/// What a dry run says of a file in the project as it is shipped.
fn dry(file: &str, bytes: &[u8]) -> Value {
    dry_as(file, bytes, &[])
}

/// The same with options.
fn dry_as(file: &str, bytes: &[u8], options: &[&str]) -> Value {
    let copy = Copy::of_shipped();
    copy.write(file, bytes);
    let arguments = [&["import", file, "--dry-run", "--json"], options].concat();
    let (_, printed, said) = copy.kosh(&arguments);
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}{said}"))
}

/// The errors of a report, each in a line with its code and place.
fn errors(report: &Value) -> Vec<String> {
    let all = report["diagnostics"].as_array().unwrap().iter();
    let errors = all.filter(|one| one["severity"] == "error");
    errors.map(|one| format!("{} {} {}", one["code"], one["message"], one["place"])).collect()
}

/// The states of figures by their keys.
fn states(report: &Value) -> BTreeMap<Key, String> {
    let rows = report["import"]["rows"].as_array().unwrap_or_else(|| panic!("{report:#}"));
    let key = |row: &Value| -> Key {
        let pairs = row["key"].as_object().unwrap().iter();
        pairs.map(|(name, code)| (name.clone(), code.as_str().unwrap().to_owned())).collect()
    };
    rows.iter().map(|row| (key(row), row["state"].as_str().unwrap().to_owned())).collect()
}

/// The address of a cell, such as `B7`.
fn address(spot: Spot) -> String {
    let column = char::from(b'A' + u8::try_from(spot.1).unwrap());
    format!("{column}{}", spot.0 + 1)
}

/// Holds that a sheet is refused with a code at a cell, and that nothing else keeps it.
fn is_refused_at(layout: &Layout, set: &Set, code: &str, spot: Spot) {
    let report = dry(layout.file, &layout.bytes(set));
    let found = errors(&report);
    // The place of a cell is its address, of a text its line.
    let place = match layout.file.ends_with(".csv") {
        true => format!("{}:{}:", layout.file, spot.0 + 1),
        false => format!("{}!{}\"", set.paper.name, address(spot)),
    };
    let code = format!("\"{code}\"");
    let is_there = |one: &String| one.starts_with(&code) && one.contains(&place);
    assert!(found.iter().any(is_there), "{}: no {code} at {place} {found:#?}", layout.recipe);
}

#[test]
fn a_quarter_that_is_loaded_comes_out_equal_cell_by_cell() {
    for layout in &LAYOUTS {
        let (set, known) = layout.as_loaded();
        let report = dry(layout.file, &layout.bytes(&set));
        assert_eq!(errors(&report), [""; 0], "{}", layout.recipe);
        assert_eq!(report["import"]["recipe"], layout.recipe);
        let states = states(&report);
        assert_eq!(states.len(), set.spots.len(), "{}", layout.recipe);
        let mut equal = 0;
        for (key, state) in &states {
            let expected = match known.get(key) {
                None => "no-figure",
                // What was known from an account only is confirmed by the office's table.
                Some(own) if own.is_secondary => "confirmed",
                Some(_) => "equal",
            };
            assert_eq!(state, expected, "{}: {key:?}", layout.recipe);
            equal += usize::from(state == "equal");
        }
        assert!(equal > 2, "{}: {equal} figures to compare with", layout.recipe);
    }
}

#[test]
fn a_changed_cell_comes_out_as_changed_and_no_other_does() {
    for layout in &LAYOUTS {
        let (mut set, known) = layout.as_loaded();
        let change = (layout.change)(layout.loaded.last().unwrap());
        assert!(!change.is_empty());
        for (key, more) in &change {
            match layout.file.ends_with(".csv") {
                false => set.add(key, *more),
                true => {
                    let spot = set.spot(key);
                    let text = layouts::spaced(known[key].value + more);
                    set.paper.put(spot.0, spot.1, text.as_str());
                }
            }
        }
        // What is settled is changed by a later final release only.
        let options = ["--vintage", "revised", "--status", "final"];
        let report = dry_as(layout.file, &layout.bytes(&set), &options);
        assert_eq!(errors(&report), [""; 0], "{}", layout.recipe);
        for (key, state) in states(&report) {
            let is_changed = change.iter().any(|(own, _)| *own == key);
            assert_eq!(state == "changed", is_changed, "{}: {key:?} {state}", layout.recipe);
        }
    }
}

#[test]
fn a_new_quarter_comes_out_as_new() {
    for layout in &LAYOUTS {
        let set = layout.as_new();
        let report = dry(layout.file, &layout.bytes(&set));
        assert_eq!(errors(&report), [""; 0], "{}", layout.recipe);
        let states = states(&report);
        assert_eq!(states.len(), set.spots.len(), "{}", layout.recipe);
        assert!(states.values().all(|state| state == "new"), "{}: {states:#?}", layout.recipe);
    }
}

#[test]
fn the_workbook_beside_each_recipe_is_in_its_layout_and_gives_the_rows_beside_it() {
    let mut is_otherwise = vec![];
    for layout in &LAYOUTS {
        let ending = Path::new(layout.file).extension().unwrap().to_str().unwrap();
        let path = beside(layout.recipe, ending);
        keep(&path, &layout.bytes(&layout.as_new()), &mut is_otherwise);
    }
    keep(&beside("express", "txt"), example_text().as_bytes(), &mut is_otherwise);
    assert!(is_otherwise.is_empty(), "{is_otherwise:?}: KOSH_BLESS=1 writes them");
    let copy = Copy::of_shipped();
    let (exit, printed, said) = copy.kosh(&["recipe", "test"]);
    assert_eq!(exit, Some(0), "{printed}{said}");
    assert_eq!(printed.matches("as expected").count(), LAYOUTS.len() + 1, "{printed}");
}

fn beside(recipe: &str, ending: &str) -> PathBuf {
    root().join(format!("data/recipes/{recipe}.{ending}"))
}

/// Holds that a file is as it is made, or writes it.
fn keep(path: &Path, made: &[u8], is_otherwise: &mut Vec<PathBuf>) {
    if std::fs::read(path).is_ok_and(|own| own == made) {
        return;
    }
    match std::env::var_os("KOSH_BLESS") {
        Some(_) => std::fs::write(path, made).unwrap(),
        None => is_otherwise.push(path.to_path_buf()),
    }
}

fn example_text() -> String {
    express("2026-01..2026-03", &invented)
}

#[test]
fn a_new_project_has_the_recipes_and_tests_them() {
    let copy = Copy::empty();
    let (exit, _, said) = copy.kosh(&["init", "brief"]);
    assert_eq!(exit, Some(0), "{said}");
    let (exit, printed, said) = copy.kosh(&["recipe", "test", "--project", "brief"]);
    assert_eq!(exit, Some(0), "{printed}{said}");
    for layout in &LAYOUTS {
        let line = format!("{}: ", layout.recipe);
        assert!(printed.lines().any(|own| own.starts_with(&line)), "{line} {printed}");
    }
}

#[test]
fn a_shifted_header_is_refused_at_the_figures_that_lost_theirs() {
    for recipe in ["interregional", "international-by-region", "partners"] {
        let layout = layout(recipe);
        let mut set = layout.as_new();
        // The row of arrived, departed, balance moves by one column.
        set.paper.shift(4, 1, 1);
        is_refused_at(layout, &set, "K1505", (5, 1));
    }
    let layout = layout("urban-rural");
    let mut set = layout.as_new();
    set.paper.shift(3, 1, 1);
    is_refused_at(layout, &set, "K1505", (5, 1));
}

#[test]
fn a_merged_label_that_moved_is_refused_at_the_figures_under_nothing() {
    for recipe in ["interregional", "international-by-region", "partners"] {
        let layout = layout(recipe);
        let mut set = layout.as_new();
        set.paper.shift(3, 1, 1);
        set.paper.merged = vec![((3, 0), (4, 0)), ((3, 2), (3, 4))];
        is_refused_at(layout, &set, "K1505", (5, 1));
    }
}

#[test]
fn a_merged_label_that_swallows_a_column_of_its_neighbour_is_refused() {
    for recipe in ["interregional", "international-by-region", "partners"] {
        let layout = layout(recipe);
        let mut set = (layout.set)(&["2026-01..2026-03", "2026-01..2026-06"], &layout.invented);
        let label = set.paper.cells.remove(&(3, 4)).unwrap();
        set.paper.cells.insert((3, 5), label);
        set.paper.merged = vec![((3, 0), (4, 0)), ((3, 1), (3, 4)), ((3, 5), (3, 6))];
        // The arrivals of the second period would be those of the first.
        is_refused_at(layout, &set, "K1514", (5, 4));
    }
}

#[test]
fn a_sheet_that_was_renamed_and_moved_down_is_read_all_the_same() {
    for layout in LAYOUTS.iter().filter(|layout| layout.file.ends_with(".xlsx")) {
        let mut set = layout.as_new();
        set.paper.name = "2026 (2)".to_owned();
        let down = |at: Spot| (at.0 + 3, at.1);
        let cells = std::mem::take(&mut set.paper.cells);
        set.paper.cells = cells.into_iter().map(|(at, said)| (down(at), said)).collect();
        for (first, last) in &mut set.paper.merged {
            (*first, *last) = (down(*first), down(*last));
        }
        let report = dry(layout.file, &layout.bytes(&set));
        assert_eq!(errors(&report), [""; 0], "{}", layout.recipe);
        assert_eq!(states(&report).len(), set.spots.len(), "{}", layout.recipe);
    }
}

#[test]
fn the_columns_of_the_export_are_found_in_any_order_by_their_heads() {
    for recipe in ["export-balance", "export-population"] {
        let layout = layout(recipe);
        let expected = states(&dry(layout.file, &layout.bytes(&layout.as_new())));
        // The figures before what names them, and one column in the middle of the others.
        for order in
            [[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [5, 3, 11, 0, 2, 4, 1, 7, 6, 9, 8, 10]]
        {
            let mut set = layout.as_new();
            let cells = std::mem::take(&mut set.paper.cells);
            let moved = |column: u16| order.iter().position(|own| *own == column).unwrap() as u16;
            set.paper.cells =
                cells.into_iter().map(|((row, at), said)| ((row, moved(at)), said)).collect();
            let report = dry(layout.file, &layout.bytes(&set));
            assert_eq!(errors(&report), [""; 0], "{recipe}");
            assert_eq!(states(&report), expected, "{recipe}");
        }
    }
}

#[test]
fn a_row_of_the_export_whose_year_and_code_differ_is_refused_at_the_year() {
    for recipe in ["export-balance", "export-population"] {
        let layout = layout(recipe);
        let mut set = layout.as_new();
        let (_, spot) = set.spots[4].clone();
        set.paper.put(spot.0, 1, "2019 год");
        is_refused_at(layout, &set, "K1553", (spot.0, 1));
        // A year that cannot be read does not agree either.
        set.paper.put(spot.0, 1, "прошлый год");
        is_refused_at(layout, &set, "K1221", (spot.0, 1));
        // A head that is gone is told by its name.
        let mut set = layout.as_new();
        set.paper.put(0, 1, "YEAR");
        let found = errors(&dry(layout.file, &layout.bytes(&set)));
        assert!(
            found.iter().any(|one| one.contains("K1504") && one.contains("`DAT`")),
            "{found:?}"
        );
    }
}

#[test]
fn a_region_that_is_missing_is_reported() {
    for recipe in ["interregional", "international-by-region"] {
        let layout = layout(recipe);
        let mut set = layout.as_new();
        let (row, _) = set.paper.find("Костанайская область");
        set.paper.take_row(row);
        // The total of arrivals is no more what its regions make.
        is_refused_at(layout, &set, "K1511", (5, 1));
    }
    for recipe in ["interregional", "export-population", "export-balance"] {
        let layout = layout(recipe);
        let mut set = layout.as_new();
        let name = match recipe {
            "interregional" => "Костанайская область",
            _ => "КОСТАНАЙСКАЯ ОБЛАСТЬ",
        };
        while set.paper.cells.values().any(|said| *said == Said::from(name)) {
            let (row, _) = set.paper.find(name);
            set.paper.take_row(row);
        }
        let found = errors(&dry(layout.file, &layout.bytes(&set)));
        let is_reported = |one: &String| one.contains("K1510") && one.contains("20 members");
        assert!(found.iter().any(is_reported), "{recipe}: {found:?}");
    }
}

#[test]
fn two_regions_that_changed_places_are_reported() {
    // The sheet adds up as before, and the days next to it tell.
    let layout = layout("population");
    let (mut set, _) = layout.as_loaded();
    let own = |region| {
        let day = *layout.loaded.last().unwrap();
        key(&[("period", day), ("region", region), ("settlement", "total"), ("sex", "total")])
    };
    set.swap(&own("KZ-19"), &own("KZ-75"));
    let copy = Copy::of_shipped();
    copy.write(layout.file, layout.bytes(&set));
    let release = ["--vintage", "swapped", "--status", "final", "--released", "2026-11-02"];
    let (exit, _, said) = copy.kosh(&[&["import", layout.file, "--yes"], &release[..]].concat());
    assert_eq!((exit, said.contains("error[K1549]")), (Some(1), true), "{said}");
    for region in ["KZ-19", "KZ-75"] {
        let cell = address(set.spot(&own(region)));
        assert!(said.contains(&format!("Численность!{cell}")), "{cell}: {said}");
    }
}

#[test]
fn a_footnote_in_a_figure_never_becomes_a_digit() {
    for layout in LAYOUTS.iter().filter(|layout| layout.file.ends_with(".xlsx")) {
        let mut set = layout.as_new();
        let (_, spot) = set.spots[4].clone();
        let number = set.paper.number(spot);
        // Raised, it is known for a mark.
        set.paper.cells.insert(spot, Said::Marked(number.to_string(), "2)".to_owned()));
        let report = dry(layout.file, &layout.bytes(&set));
        assert_eq!(errors(&report), [""; 0], "{}", layout.recipe);
        assert_eq!(value_at(&report, spot), number, "{}", layout.recipe);
        // Typed behind the figure, nobody can tell.
        set.paper.put(spot.0, spot.1, format!("{number}2)").as_str());
        is_refused_at(layout, &set, "K1211", spot);
    }
}

/// The figure that a report has of a cell.
fn value_at(report: &Value, spot: Spot) -> f64 {
    let cell = format!("!{}", address(spot));
    let rows = report["import"]["rows"].as_array().unwrap();
    let is_it = |row: &&Value| row["cell"].as_str().unwrap().ends_with(&cell);
    rows.iter().find(is_it).and_then(|row| row["value"].as_f64()).unwrap()
}

#[test]
fn texts_and_fractions_among_figures_are_refused_at_their_cells() {
    for layout in &LAYOUTS {
        for (text, code) in [("в 4 раза", "K1211"), ("0,189", "K1216"), ("18,9%", "K1211")] {
            let mut set = layout.as_new();
            let spot = set.spots[3].1;
            set.paper.put(spot.0, spot.1, text);
            is_refused_at(layout, &set, code, spot);
        }
        // In a workbook it may be a number; in a text three decimals may be thousands.
        let mut set = layout.as_new();
        let spot = set.spots[3].1;
        set.paper.put(spot.0, spot.1, 0.189);
        let code = if layout.file.ends_with(".xlsx") { "K1216" } else { "K1212" };
        is_refused_at(layout, &set, code, spot);
    }
}

#[test]
fn hidden_rows_are_refused() {
    for layout in LAYOUTS.iter().filter(|layout| layout.file.ends_with(".xlsx")) {
        let mut set = layout.as_new();
        let row = set.spots[7].1.0;
        set.paper.hidden_rows.insert(row);
        is_refused_at(layout, &set, "K1507", (row, 0));
    }
}

#[test]
fn totals_that_do_not_add_up_are_reported() {
    for layout in &LAYOUTS {
        let mut set = layout.as_new();
        // The first figure is one of the country, or of all countries.
        let (own, spot) = match layout.file.ends_with(".csv") {
            false => set.spots[0].clone(),
            true => {
                let is_total = |(key, _): &&(Key, Spot)| {
                    member(key, "region") == "KZ" && member(key, "settlement") == "total"
                };
                set.spots.iter().find(is_total).unwrap().clone()
            }
        };
        match (layout.invented)(&own) {
            Said::Number(number) if layout.file.ends_with(".csv") => {
                set.paper.put(spot.0, spot.1, layouts::spaced(number + 1000.0).as_str());
            }
            _ => set.add(&own, 1000.0),
        }
        is_refused_at(layout, &set, "K1511", spot);
    }
}

#[test]
fn a_windows_1251_file_with_semicolons_is_read_as_what_it_is() {
    let layout = layout("urban-rural");
    let set = layout.as_new();
    // Letters that the encoding lacks are written as their neighbours.
    let text = set.paper.text(';').replace('Ұ', "У").replace('і', "ы").replace('ү', "у");
    let byte = |c: char| match c {
        'А'..='я' => (u32::from(c) - 0x410 + 0xc0) as u8,
        'ё' => 0xb8,
        'Ё' => 0xa8,
        '…' => 0x85,
        c => u8::try_from(c).unwrap_or_else(|_| panic!("{c} in {text}")),
    };
    let bytes: Vec<u8> = text.replace('\n', "\r\n").chars().map(byte).collect();
    let report = dry("сальдо.csv", &bytes);
    assert_eq!(errors(&report), [""; 0], "{report:#}");
    assert_eq!(report["import"]["read_as"], "text, windows-1251, separated by semicolon");
    assert_eq!(states(&report).len(), set.spots.len());
}

#[test]
fn a_label_with_two_footnotes_is_read_and_a_day_in_its_place_is_refused() {
    for layout in LAYOUTS
        .iter()
        .filter(|layout| layout.file.ends_with(".xlsx") && layout.recipe != "population")
    {
        let mut set = layout.as_new();
        let head = *set.paper.cells.keys().find(|at| at.0 == 3 && at.1 == 1).unwrap();
        set.paper.put(head.0, head.1, " 2026 год7)8)");
        let report = dry(layout.file, &layout.bytes(&set));
        assert_eq!(errors(&report), [""; 0], "{}", layout.recipe);
        let is_year = |key: &Key| member(key, "period") == "2026-01..2026-12";
        assert!(states(&report).keys().all(is_year), "{}", layout.recipe);
        set.paper.cells.insert(head, Said::Day(2026, 3, 1));
        is_refused_at(layout, &set, "K1223", head);
    }
}

#[test]
fn a_row_and_a_note_that_are_new_are_named() {
    for layout in LAYOUTS.iter().filter(|layout| layout.file.ends_with(".xlsx")) {
        let mut set = layout.as_new();
        set.paper.put(1, 9, "без учета переписи");
        is_refused_at(layout, &set, "K1506", (1, 9));
        let mut set = layout.as_new();
        let last = set.spots.last().unwrap().1.0;
        let column = if layout.recipe == "population" { 1 } else { 0 };
        // In the place of a region that is known, one that is not.
        let row = match layout.recipe {
            "population" => last - 1,
            _ => last,
        };
        set.paper.put(row, column, "Атлантида");
        is_refused_at(layout, &set, "K1231", (row, column));
    }
}

#[test]
fn a_renamed_country_is_known_by_its_other_names() {
    let layout = layout("partners");
    let mut set = layout.as_new();
    for (name, other) in [("Китай", "КНР"), ("Российская Федерация", "РОССИЯ")]
    {
        let spot = set.paper.find(name);
        set.paper.put(spot.0, spot.1, other);
    }
    let report = dry(layout.file, &layout.bytes(&set));
    assert_eq!(errors(&report), [""; 0]);
    assert_eq!(states(&report).len(), set.spots.len());
}

#[test]
fn the_text_of_the_express_release_is_read_sentence_by_sentence() {
    let figures = loaded("international", &["period", "flow", "partner"]);
    let text = express("2025-01..2025-06", &|key| Said::Number(figures[key].value));
    let report = dry("экспресс.txt", text.as_bytes());
    assert_eq!(errors(&report), [""; 0], "{report:#}");
    assert_eq!(report["import"]["recipe"], "express");
    let own = states(&report);
    assert_eq!(own.len(), 3, "{own:?}");
    assert!(own.values().all(|state| state == "equal"), "{own:?}");
    // Another figure, and the balance is no more what it should be.
    let wrong = text.replace("7 749", "7 794");
    let found = errors(&dry("экспресс.txt", wrong.as_bytes()));
    assert!(found.iter().any(|one| one.contains("K1511")), "{found:?}");
    // A sentence with a figure that nobody reads is named.
    let more = format!("{text}Число внутренних мигрантов составило 800 000 человек.\n");
    let found = errors(&dry("экспресс.txt", more.as_bytes()));
    assert!(found.iter().any(|one| one.contains("K1506")), "{found:?}");
    // A sentence that is worded otherwise is not read as something else.
    let reworded = text.replace("прибыло", "въехало");
    let found = errors(&dry("экспресс.txt", reworded.as_bytes()));
    assert!(found.iter().any(|one| one.contains("K1504")), "{found:?}");
}

#[test]
fn a_sentence_that_says_something_impossible_is_reported_at_its_line() {
    for (find, put, reported) in [
        ("(?<departures>", "(?<gone>", "has no group `departures`"),
        ("(?<departures>", "(?<departures>(?<more>\\d)", "does not say what the figure `more` is"),
        (
            "flow = \"net\", partner",
            "partner",
            "the recipe does not give `flow` of the figure `net`",
        ),
        ("flow = \"net\"", "flwo = \"net\"", "there is no dimension `flwo`"),
        ("because = \"shares", "# because = \"shares", "needs either `figures` or `because`"),
        ("(из страны|", "((из страны|", "is not a regular expression"),
    ] {
        let copy = Copy::of_shipped();
        let recipe = copy.read("data/recipes/express.toml");
        assert_eq!(recipe.matches(find).count(), 1, "{find}");
        copy.write("data/recipes/express.toml", recipe.replace(find, put));
        let file = "data/recipes/express.txt";
        let (exit, _, said) = copy.kosh(&["import", file, "--dry-run", "--recipe", "express"]);
        assert_eq!(exit, Some(1), "{put}: {said}");
        assert!(said.contains("error[K1501]") && said.contains(reported), "{put}: {said}");
        assert!(said.contains("data/recipes/express.toml:"), "{put}: {said}");
    }
}

#[test]
fn a_sentence_that_is_there_twice_is_refused() {
    let text = example_text();
    let line = text.lines().find(|line| line.starts_with("Сальдо")).unwrap();
    let found = errors(&dry("экспресс.txt", format!("{text}{line}\n").as_bytes()));
    let is_reported = |one: &String| one.contains("K1504") && one.contains("2 sentences");
    assert!(found.iter().any(is_reported), "{found:?}");
}
