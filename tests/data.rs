//! The data folders of `tests/suite/data-*` and what is said of them; and the shipped tables,
//! whole and with one row broken.
//!
//! `KOSH_BLESS=1 cargo test --test data` writes what is said now to `expected/stderr.txt`.

use std::fs;
use std::path::{Path, PathBuf};

use kosh::data::{self, Dataset};
use kosh::diag::{Diagnostic, draw};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All that is said of a folder: its problems, or else the clashes and jumps of all its times.
fn said(dir: &Path) -> Vec<Diagnostic> {
    match data::load(&kosh::shelf::Shelf::new(), dir, Path::new("data")) {
        Ok(loaded) => [loaded.warnings, seen(&loaded.value)].concat(),
        Err(problems) => problems,
    }
}

fn seen(dataset: &Dataset) -> Vec<Diagnostic> {
    let view = dataset.as_of(None);
    let mut said = vec![];
    for table in dataset.tables.keys() {
        for time in view.times(table, &[]).unwrap() {
            let cells = view.cells(table, time, &[], None).unwrap();
            said.extend(cells.iter().filter_map(|cell| Some(cell.clash.as_ref()?.diagnostic())));
            said.extend(view.jumps(table, time, &[]).unwrap());
        }
    }
    said
}

#[test]
fn every_fixture_is_told_what_is_wrong_with_it() {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("tests/suite"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("data-"))
        .collect();
    folders.sort();
    assert!(folders.len() > 20);
    let mut wrong = vec![];
    for folder in folders {
        let found: String = said(&folder.join("data")).iter().map(draw).collect();
        assert!(!found.is_empty(), "{}: nothing is said", folder.display());
        let expected = folder.join("expected/stderr.txt");
        if std::env::var_os("KOSH_BLESS").is_some() {
            fs::create_dir_all(folder.join("expected")).unwrap();
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n") != found {
            wrong.push(format!("{}\n{found}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "said otherwise than expected:\n{}", wrong.join("\n"));
}

fn shipped() -> Dataset {
    match data::load(&kosh::shelf::Shelf::new(), &root().join("data"), Path::new("data")) {
        Ok(loaded) => loaded.value,
        Err(problems) => panic!("{}", problems.iter().map(draw).collect::<String>()),
    }
}

#[test]
fn the_shipped_tables_hold_every_published_row() {
    let dataset = shipped();
    let rows: Vec<(&str, usize)> =
        dataset.tables.iter().map(|(name, table)| (name.as_str(), table.rows.len())).collect();
    assert_eq!(
        rows,
        [
            ("international", 207),
            ("international_rates", 102),
            ("international_by_region", 63),
            ("interregional", 77),
            ("interregional_od", 18),
            ("internal", 28),
            ("balance_all_flows", 206),
            ("net_by_component", 14),
            ("rural", 150),
            ("population", 311),
            ("population_change", 25),
            ("labour", 245),
            ("profile", 51),
            ("remittances", 138),
            ("migrant_stock", 4),
            ("abroad", 8),
            ("students", 12),
            // Declared, so that rows added later light up their indicators; none is published.
            ("balance_by_age", 0),
            ("balance_15_34", 0),
        ]
    );
    assert_eq!(dataset.sources.len(), 163);
    assert_eq!(dataset.registers["regions"].rows.len(), 21);
    assert_eq!(dataset.registers["policy"].rows.len(), 46);
}

#[test]
fn one_broken_row_of_any_shipped_table_is_found_on_its_line() {
    let from = root().join("data");
    let to = std::env::temp_dir().join(format!("kosh-data-{}", std::process::id()));
    fs::create_dir_all(&to).unwrap();
    let files: Vec<PathBuf> = fs::read_dir(&from)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    for file in &files {
        fs::copy(file, to.join(file.file_name().unwrap())).unwrap();
    }
    for (name, table) in &shipped().tables {
        let file = to.join(format!("{name}.csv"));
        let whole = fs::read_to_string(&file).unwrap();
        let Some(row) = table.rows.get(table.rows.len() / 2) else { continue };
        let mut broken = whole.clone();
        broken.replace_range(row.span.start as usize..row.span.end as usize, "about 7");
        fs::write(&file, broken).unwrap();
        let problems = data::load(&kosh::shelf::Shelf::new(), &to, Path::new("data")).unwrap_err();
        assert_eq!(problems.len(), 1, "{name}");
        assert_eq!(problems[0].code, "K0105", "{name}");
        let place = problems[0].place.as_ref().unwrap();
        assert_eq!(place.path(), Path::new(&format!("data/{name}.csv")));
        assert_eq!(place.line_column().unwrap().0, row.row.line, "{name}");
        fs::write(&file, whole).unwrap();
    }
    fs::remove_dir_all(&to).unwrap();
}

/// Cells of a row, by column.
type Cells = [(&'static str, &'static str)];

/// A quarter as somebody would type it, in rows of all kinds; nothing is wrong with it.
const QUARTER: &[(&str, &Cells)] = &[
    ("international", &[("flow", "arrivals"), ("partner", "WORLD"), ("value", "5201")]),
    ("international", &[("flow", "departures"), ("partner", "WORLD"), ("value", "1344")]),
    ("international", &[("flow", "net"), ("partner", "WORLD"), ("value", "3857")]),
    ("international", &[("flow", "arrivals"), ("partner", "CIS"), ("value", "4312")]),
    ("international", &[("flow", "arrivals"), ("partner", "NONCIS"), ("value", "889")]),
    ("international", &[("flow", "arrivals"), ("partner", "RUS"), ("value", "1017")]),
    ("international", &[("flow", "arrivals"), ("partner", "UZB"), ("value", "2733")]),
    (
        "international_rates",
        &[
            ("measure", "yoy_arrivals"),
            ("value", "5.6"),
            ("unit", "percent"),
            ("rounded_to", "0.1"),
        ],
    ),
    (
        "international_rates",
        &[
            ("measure", "cis_share_arrivals"),
            ("value", "82.9"),
            ("unit", "percent"),
            ("rounded_to", "0.1"),
        ],
    ),
    ("interregional", &[("region", "KZ-71"), ("measure", "arrivals"), ("value", "41234")]),
    ("interregional", &[("region", "KZ-71"), ("measure", "departures"), ("value", "22801")]),
    ("interregional", &[("region", "KZ-71"), ("measure", "net"), ("value", "18433")]),
    ("interregional", &[("region", "KZ-75"), ("measure", "net"), ("value", "8127")]),
    ("internal", &[("region", "KZ"), ("measure", "interregional_movers"), ("value", "201345")]),
    (
        "population",
        &[
            ("period", "2026-04-01"),
            ("region", "KZ"),
            ("settlement", "total"),
            ("sex", "total"),
            ("value", "20561234"),
        ],
    ),
    (
        "population",
        &[
            ("period", "2026-04-01"),
            ("region", "KZ"),
            ("settlement", "urban"),
            ("sex", "total"),
            ("value", "13101111"),
        ],
    ),
    (
        "population",
        &[
            ("period", "2026-04-01"),
            ("region", "KZ"),
            ("settlement", "rural"),
            ("sex", "total"),
            ("value", "7460123"),
        ],
    ),
    ("population_change", &[("region", "KZ"), ("measure", "growth"), ("value", "65259")]),
    ("population_change", &[("region", "KZ"), ("measure", "natural_increase"), ("value", "61402")]),
    ("population_change", &[("region", "KZ"), ("measure", "net_migration"), ("value", "3857")]),
    (
        "rural",
        &[
            ("period", "2025-01..2025-12"),
            ("region", "KZ-61"),
            ("settlement", "rural"),
            ("measure", "net_migration"),
            ("value", "-30117"),
        ],
    ),
    (
        "remittances",
        &[
            ("period", "2026-07..2026-07"),
            ("measure", "remittances_received"),
            ("partner", "WORLD"),
            ("value", "18877.512"),
            ("unit", "million-kzt"),
            ("rounded_to", "0.001"),
        ],
    ),
];

/// What is said of the shipped data with the rows of [`QUARTER`] added, one cell of them changed
/// and perhaps a row more; and on which lines of which file.
fn said_of(slip: Option<(usize, &str, &str)>, more: &[(&str, &[(&str, &str)])]) -> Vec<String> {
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let to = std::env::temp_dir().join(format!("kosh-slips-{}-{number}", std::process::id()));
    fs::create_dir_all(&to).unwrap();
    for entry in fs::read_dir(root().join("data")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
    let add = |file: &str, cells: &[(&str, &str)]| -> usize {
        let path = to.join(format!("{file}.csv"));
        let mut text = fs::read_to_string(&path).unwrap();
        let header = text.lines().next().unwrap().to_owned();
        let cell = |name: &str| {
            let given = cells.iter().rev().find(|(column, _)| *column == name);
            given.map_or_else(
                || match name {
                    "period" => "2026-01..2026-03",
                    "unit" => "persons",
                    "rounded_to" => "1",
                    "vintage" => "typed",
                    "source_id" => "typed-page",
                    _ => "",
                },
                |(_, text)| text,
            )
        };
        let row: Vec<&str> = header.split(',').map(cell).collect();
        text.push_str(&row.join(","));
        text.push('\n');
        fs::write(&path, &text).unwrap();
        text.lines().count()
    };
    add(
        "vintages",
        &[
            ("vintage", "typed"),
            ("status", "express"),
            ("released", "2026-08-12"),
            ("date_basis", "printed"),
            ("precision", "day"),
        ],
    );
    add(
        "sources",
        &[
            ("source_id", "typed-page"),
            ("publisher", "The bureau"),
            ("title", "A release"),
            ("title_basis", "page"),
            ("language", "en"),
            ("date", "2026-08-12"),
            ("date_basis", "page"),
            ("precedence", "3"),
            ("used", "yes"),
            ("kind", "media"),
            ("url", "https://example.org"),
        ],
    );
    for (at, (file, cells)) in QUARTER.iter().enumerate() {
        let mut cells = cells.to_vec();
        if let Some((slipped, column, text)) = slip
            && slipped == at
        {
            cells.push((column, text));
        }
        add(file, &cells);
    }
    for (file, cells) in more {
        add(file, cells);
    }
    let found = match data::load(&kosh::shelf::Shelf::new(), &to, Path::new("data")) {
        Ok(loaded) => loaded.warnings,
        Err(problems) => problems,
    };
    fs::remove_dir_all(&to).unwrap();
    let at = |place: &kosh::diag::Place| {
        let kosh::diag::Place::Text { source, range } = place else { return place.to_string() };
        format!("{}={}", source.path.display(), &source.text[range.clone()])
    };
    found
        .iter()
        .map(|problem| {
            let places = problem.place.iter().chain(problem.related.iter().map(|(at, _)| at));
            let places: Vec<String> = places.map(at).collect();
            format!("{} {}", problem.code, places.join(" "))
        })
        .collect()
}

#[test]
fn a_quarter_that_is_typed_well_is_let_through() {
    assert_eq!(said_of(None, &[]), Vec::<String>::new());
}

#[test]
fn slips_in_a_typed_quarter_are_told_at_their_cell() {
    let slips: &[(&str, usize, &str, &str)] = &[
        ("K0110", 0, "value", "-5201"),             // a sign too many
        ("K0134", 2, "value", "3587"),              // two digits changed places
        ("K0134", 2, "value", "-3857"),             // a sign
        ("K0134", 0, "value", "52010"),             // a digit too many
        ("K0134", 1, "value", "134"),               // a digit too few
        ("K0135", 3, "value", "43120"),             // the part is more than the whole
        ("K0135", 4, "value", "898"),               // digits of a part
        ("K0135", 5, "value", "10170"),             // a country more than its group
        ("K0138", 6, "value", "2614"),              // last year's value
        ("K0141", 7, "value", "-5.6"),              // the sign of a change
        ("K0139", 8, "value", "829"),               // a point
        ("K0139", 8, "value", "-82.9"),             // a share below nothing
        ("K0134", 9, "value", "412340"),            // ten times the arrivals
        ("K0135", 9, "value", "412340"),            // more than all of the country
        ("K0134", 11, "value", "14833"),            // digits
        ("K0138", 12, "value", "18433"),            // the value of another row
        ("K0136", 12, "value", "812700"),           // thousands
        ("K0136", 13, "value", "201"),              // thousands against units
        ("K0136", 14, "value", "20561"),            // thousands
        ("K0135", 15, "value", "13110111"),         // urban and rural are not the total
        ("K0134", 17, "value", "56259"),            // growth
        ("K0136", 20, "value", "30117"),            // a lost sign
        ("K0136", 21, "value", "18.877"),           // billions
        ("K0125", 9, "rounded_to", "1000"),         // not rounded
        ("K0126", 0, "value", "5.201"),             // a point for thousands
        ("K0105", 0, "value", "5 201"),             // a space
        ("K0128", 0, "period", "2026-01..2026-09"), // not over yet
        ("K0107", 0, "unit", "percent"),            // another unit
        ("K0108", 12, "region", "KZ-76"),           // another code
    ];
    let mut silent = vec![];
    for (code, at, column, text) in slips {
        let said = said_of(Some((*at, column, text)), &[]);
        let file = QUARTER[*at].0;
        let value = QUARTER[*at].1.iter().rfind(|(name, _)| *name == "value").unwrap().1;
        let value = if *column == "value" { text } else { value };
        let is_told = said.iter().any(|told| {
            told.starts_with(code)
                && (told.contains(&format!("data/{file}.csv={value}"))
                    || told.contains(&format!("data/{file}.csv={text}"))
                    || told.contains(&format!("data/{file}.csv=\"{text}")))
        });
        if !is_told {
            silent.push(format!("{code} {file} {column} = {text}: {said:#?}"));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn slips_that_take_two_rows_are_told_at_one_of_them() {
    let swapped = said_of(Some((11, "region", "KZ-75")), &[]);
    assert!(!swapped.is_empty());
    let more: &[(&str, &str, &Cells)] = &[
        // A total that shrinks.
        (
            "K0132",
            "international",
            &[
                ("period", "2026-01..2026-06"),
                ("flow", "departures"),
                ("partner", "WORLD"),
                ("value", "1299"),
            ],
        ),
        // A quarter that is not the difference.
        (
            "K0133",
            "international",
            &[
                ("period", "2025-04..2025-06"),
                ("flow", "arrivals"),
                ("partner", "WORLD"),
                ("value", "9999"),
                ("vintage", "2025-H1-express"),
            ],
        ),
        // What was moved to a measure of its own.
        (
            "K0136",
            "interregional",
            &[
                ("period", "2025-01..2025-12"),
                ("region", "KZ-71"),
                ("measure", "arrivals"),
                ("value", "316300"),
                ("rounded_to", "100"),
                ("vintage", "2025-express-tables"),
            ],
        ),
        (
            "K0136",
            "interregional",
            &[
                ("period", "2025-01..2025-12"),
                ("region", "KZ-71"),
                ("measure", "departures"),
                ("value", "228800"),
                ("rounded_to", "100"),
                ("vintage", "2025-express-tables"),
            ],
        ),
    ];
    for (code, file, cells) in more {
        let said = said_of(None, &[(*file, *cells)]);
        let value = cells.iter().find(|(name, _)| *name == "value").unwrap().1;
        assert!(
            said.iter()
                .any(|told| told.starts_with(code)
                    && told.contains(&format!("data/{file}.csv={value}"))),
            "{code} {value}: {said:#?}"
        );
    }
}
