//! A quarter and a half-year as typed below the shipped tables, and typing errors in them: each error is
//! reported at its cell, and correct rows are accepted.

use std::fs;
use std::path::Path;

use kosh::data;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Cells of a row, by column.
type Cells = [(&'static str, &'static str)];

/// A quarter as typed, in rows of all kinds, without errors.
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

/// The half-year that follows, typed from another page, without errors.
const HALF: &[(&str, &Cells)] = &[
    ("international", &[("flow", "arrivals"), ("partner", "WORLD"), ("value", "11690")]),
    ("international", &[("flow", "departures"), ("partner", "WORLD"), ("value", "3710")]),
    ("international", &[("flow", "net"), ("partner", "WORLD"), ("value", "7980")]),
    ("international", &[("flow", "arrivals"), ("partner", "CIS"), ("value", "9600")]),
    ("international", &[("flow", "arrivals"), ("partner", "RUS"), ("value", "2250")]),
    ("international", &[("flow", "arrivals"), ("partner", "UZB"), ("value", "5930")]),
    ("international", &[("flow", "departures"), ("partner", "DEU"), ("value", "531")]),
    ("international", &[("flow", "departures"), ("partner", "KGZ"), ("value", "168")]),
    ("interregional", &[("region", "KZ-71"), ("measure", "net"), ("value", "41020")]),
    ("interregional", &[("region", "KZ-75"), ("measure", "net"), ("value", "18413")]),
    ("interregional", &[("region", "KZ-79"), ("measure", "net"), ("value", "10990")]),
    (
        "international_rates",
        &[
            ("measure", "cis_share_arrivals"),
            ("value", "82.1"),
            ("unit", "percent"),
            ("rounded_to", "0.1"),
        ],
    ),
    (
        "internal",
        &[
            ("region", "KZ"),
            ("measure", "internal_movers_yoy"),
            ("value", "11.2"),
            ("unit", "percent"),
            ("rounded_to", "0.1"),
        ],
    ),
    ("population_change", &[("region", "KZ"), ("measure", "growth"), ("value", "110620")]),
    (
        "population_change",
        &[("region", "KZ"), ("measure", "natural_increase"), ("value", "102640")],
    ),
    ("population_change", &[("region", "KZ"), ("measure", "net_migration"), ("value", "7980")]),
];

/// The common cells of the rows of [`HALF`].
const OF_HALF: &Cells =
    &[("period", "2026-01..2026-06"), ("vintage", "half"), ("source_id", "half-page")];

/// The diagnostics of the shipped data with the rows of [`QUARTER`] and [`HALF`] added, one cell changed
/// and perhaps another row added; with file and line.
fn said_of(slip: Option<(usize, &str, &str)>, more: &[(&str, &[(&str, &str)])]) -> Vec<String> {
    said_of_all(&slip.into_iter().collect::<Vec<_>>(), more)
}

/// The same, with several cells changed.
fn said_of_all(slips: &[(usize, &str, &str)], more: &[(&str, &[(&str, &str)])]) -> Vec<String> {
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
    add(
        "vintages",
        &[
            ("vintage", "half"),
            ("status", "express"),
            ("released", "2026-09-14"),
            ("date_basis", "printed"),
            ("precision", "day"),
        ],
    );
    add(
        "sources",
        &[
            ("source_id", "half-page"),
            ("publisher", "The bureau"),
            ("title", "Another release"),
            ("title_basis", "page"),
            ("language", "en"),
            ("date", "2026-09-14"),
            ("date_basis", "page"),
            ("precedence", "3"),
            ("used", "yes"),
            ("kind", "media"),
            ("url", "https://example.org/half"),
        ],
    );
    let half = HALF.iter().map(|(file, cells)| (*file, [OF_HALF, cells].concat()));
    let typed: Vec<(&str, Vec<(&str, &str)>)> =
        QUARTER.iter().map(|(file, cells)| (*file, cells.to_vec())).chain(half).collect();
    for (at, (file, mut cells)) in typed.into_iter().enumerate() {
        for (_, column, text) in slips.iter().filter(|(slipped, ..)| *slipped == at) {
            cells.push((column, text));
        }
        add(file, &cells);
    }
    for (file, cells) in more {
        add(file, cells);
    }
    let found = match data::load(&kosh::files::Files::new(), &to, Path::new("data")) {
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

/// The index of the first row of [`HALF`] among all typed rows.
const H: usize = QUARTER.len();

#[test]
fn slips_in_a_typed_quarter_are_reported_at_their_cell() {
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
        ("K0146", H, "value", "6489"),              // the second quarter alone
        ("K0146", H + 1, "value", "2366"),          // the same, growing too slowly
        ("K0146", H + 8, "value", "22587"),         // the same, of a balance
        ("K0146", H + 9, "value", "10286"),
        ("K0138", H + 9, "value", "8127"), // the column before it again
        ("K0138", H + 6, "value", "502"),  // last year's, of three digits
        ("K0136", H + 7, "value", "1680"), // a digit too many in a small figure
        ("K0136", H + 6, "value", "53"),   // a digit lost in a small figure
        ("K0147", H + 11, "value", "28.1"), // two digits of a share
        ("K0147", 8, "value", "70.4"),     // the share of departures
        ("K0136", H + 12, "value", "111.2"), // an index for a change
        ("K0134", H + 13, "value", "102640"), // pasted from the row below
        ("K0137", 19, "value", "3875"),    // another table has it otherwise
        ("K0151", 11, "period", "2025-01..2025-03"), // last year's quarter
        ("K0151", 10, "period", "2026-03..2026-03"), // a month
        ("K0150", 6, "vintage", "population-2026-02-01-express"), // another table's release
        ("K0150", 12, "vintage", "half"),  // the next release
        ("K0130", 12, "source_id", "bestnews-2674"), // last year's page
        ("K0140", H + 8, "region", "KZ-15"), // a region that was never there
    ];
    let mut silent = vec![];
    for (code, at, column, text) in slips {
        let said = said_of(Some((*at, column, text)), &[]);
        let (file, cells) = QUARTER.iter().chain(HALF).nth(*at).unwrap();
        let value = cells.iter().rfind(|(name, _)| *name == "value").unwrap().1;
        let value = if *column == "value" { text } else { value };
        let is_reported = said.iter().any(|reported| {
            reported.starts_with(code)
                && (reported.contains(&format!("data/{file}.csv={value}"))
                    || reported.contains(&format!("data/{file}.csv={text}"))
                    || reported.contains(&format!("data/{file}.csv=\"{text}")))
        });
        if !is_reported {
            silent.push(format!("{code} {file} {column} = {text}: {said:#?}"));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn slips_that_take_two_rows_are_reported_at_one_of_them() {
    let swapped = said_of(Some((11, "region", "KZ-75")), &[]);
    assert!(!swapped.is_empty());
    // Swaps: two partners, two regions, two flows of one partner, two balances with their signs.
    for (one, value, other, its) in [
        (5, "2733", 6, "1017"),
        (H + 4, "5930", H + 5, "2250"),
        (H + 8, "10990", H + 10, "41020"),
        (H + 6, "168", H + 7, "531"),
    ] {
        let said = said_of_all(&[(one, "value", value), (other, "value", its)], &[]);
        let at = |value: &str| {
            said.iter().any(|reported| {
                reported.starts_with("K0140") && reported.contains(&format!("csv={value}"))
            })
        };
        assert!(at(value) && at(its), "{value} {its}: {said:#?}");
    }
    let more: &[(&str, &str, &Cells)] = &[
        // A cumulative total that decreases.
        (
            "K0132",
            "international",
            &[
                ("period", "2026-01..2026-08"),
                ("flow", "departures"),
                ("partner", "WORLD"),
                ("value", "1299"),
                ("vintage", "half"),
            ],
        ),
        // A quarter that is not the difference of totals.
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
        // A value moved to another measure.
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
        // An exact count cannot be “more than” itself.
        (
            "K0125",
            "interregional",
            &[
                ("period", "2021-04..2021-04"),
                ("region", "KZ-71"),
                ("measure", "arrivals"),
                ("value", "5412"),
                ("rounded_to", "1"),
                ("qualifier", "more-than"),
            ],
        ),
    ];
    for (code, file, cells) in more {
        let said = said_of(None, &[(*file, *cells)]);
        let value = cells.iter().find(|(name, _)| *name == "value").unwrap().1;
        assert!(
            said.iter().any(|reported| reported.starts_with(code)
                && reported.contains(&format!("data/{file}.csv={value}"))),
            "{code} {value}: {said:#?}"
        );
    }
}

/// Rows of a final release of the typed quarter.
const FINAL: &[(&str, &Cells)] = &[
    (
        "vintages",
        &[
            ("vintage", "typed-final"),
            ("status", "final"),
            ("released", "2026-09-20"),
            ("date_basis", "printed"),
            ("precision", "day"),
        ],
    ),
    (
        "sources",
        &[
            ("source_id", "final-page"),
            ("publisher", "The bureau"),
            ("title", "A final release"),
            ("title_basis", "page"),
            ("language", "en"),
            ("date", "2026-09-20"),
            ("date_basis", "page"),
            ("precedence", "3"),
            ("used", "yes"),
            ("kind", "media"),
            ("url", "https://example.org/final"),
        ],
    ),
];

#[test]
fn a_final_figure_far_from_the_first_one_is_reported_and_a_revision_is_not() {
    let of = |value: &'static str| {
        [
            ("region", "KZ-75"),
            ("measure", "net"),
            ("value", value),
            ("vintage", "typed-final"),
            ("source_id", "final-page"),
        ]
    };
    for (value, is_reported) in [("8311", false), ("7954", false), ("4470", true), ("19505", true)]
    {
        let cells = of(value);
        let rows = [FINAL, &[("interregional", &cells[..])]].concat();
        let said = said_of(None, &rows);
        let reported = format!("K0145 data/interregional.csv={value}");
        assert_eq!(
            said.iter().any(|one| one.starts_with(&reported)),
            is_reported,
            "{value}: {said:#?}"
        );
        assert_eq!(said.is_empty(), !is_reported, "{value}: {said:#?}");
    }
}

#[test]
fn days_of_releases_and_pages_are_reported_where_they_are_written() {
    let release = |id: &'static str, status, released| {
        [
            ("vintage", id),
            ("status", status),
            ("released", released),
            ("date_basis", "printed"),
            ("precision", "day"),
        ]
    };
    let page = |date| {
        [
            ("source_id", "a-page"),
            ("publisher", "The bureau"),
            ("title", "A page"),
            ("title_basis", "page"),
            ("language", "en"),
            ("date", date),
            ("date_basis", "page"),
            ("precedence", "3"),
            ("used", "yes"),
            ("kind", "media"),
            ("url", "https://example.org/a"),
        ]
    };
    let of = |vintage: &'static str| {
        [
            ("region", "KZ-19"),
            ("measure", "net"),
            ("value", "2603"),
            ("vintage", vintage),
            ("source_id", "a-page"),
        ]
    };
    for (id, status, released, date, reported) in [
        ("q1-express", "express", "2026-05-12", "2026-05-13", ""),
        ("q1-express", "express", "2027-05-12", "2026-05-12", "K0130 data/vintages.csv=2027-05-12"),
        ("q1-express", "express", "2026-04-12", "2026-05-12", "K0149 data/vintages.csv=2026-04-12"),
        ("q1-express", "final", "2026-05-12", "2026-05-12", "K0129 data/vintages.csv=2026-05-12"),
        ("q1-express", "express", "2026-04-01", "2026-02-12", "K0149 data/interregional.csv=2603"),
    ] {
        let (release, page, row) = (release(id, status, released), page(date), of(id));
        let said =
            said_of(None, &[("vintages", &release), ("sources", &page), ("interregional", &row)]);
        match reported {
            "" => assert_eq!(said, Vec::<String>::new()),
            reported => {
                assert!(said.iter().any(|one| one.starts_with(reported)), "{reported}: {said:#?}")
            }
        }
    }
}

#[test]
fn a_region_with_a_large_gain_is_not_left_out_by_the_next_release() {
    let of = |members: &'static str| {
        [
            ("table", "interregional"),
            ("where", "measure=net"),
            ("by", "region"),
            ("vintage", "half"),
            ("period", "2026-01..2026-06"),
            ("published", "positive"),
            ("members", members),
            ("source_id", "half-page"),
        ]
    };
    let named = of("KZ-19 KZ-71 KZ-75 KZ-79");
    assert_eq!(said_of(None, &[("coverage", &named)]), Vec::<String>::new());
    // Each of the five earlier releases names Almaty region.
    let named = of("KZ-71 KZ-75 KZ-79");
    let said = said_of(None, &[("coverage", &named)]);
    assert!(
        matches!(&said[..], [one] if one.starts_with("K0148 data/coverage.csv=positive")),
        "{said:#?}"
    );
    // The figure itself was left out, and so was the declaration.
    let named = of("KZ-71 KZ-79");
    let said = said_of_all(
        &[(H + 9, "measure", "departures"), (H + 9, "value", "61020")],
        &[("coverage", &named)],
    );
    assert!(
        said.iter().any(|one| one.starts_with("K0148 data/coverage.csv=positive")),
        "{said:#?}"
    );
}

#[test]
fn every_total_and_every_second_name_of_the_package_is_held() {
    let package = fs::read_to_string(root().join("data/datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&package).unwrap();
    let mut rules: Vec<String> = vec![];
    for resource in package["resources"].as_array().unwrap() {
        for kind in ["totals", "same-as", "stock-changes"] {
            let count = resource["kosh"][kind].as_array().map_or(0, Vec::len);
            let name = resource["name"].as_str().unwrap();
            rules.extend((0..count).map(|at| format!("{name} {kind} {at}")));
        }
    }
    let text = fs::read_to_string(root().join("tests/broken-rules.txt")).unwrap();
    type Edits<'a> = Vec<(&'a str, Vec<(&'a str, &'a str)>)>;
    let mut cases: Vec<(&str, Edits)> = vec![];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("  ").and_then(|line| line.split_once(": ")) {
            Some((table, cells)) => {
                let cells = cells.split("; ").map(|cell| cell.split_once('=').unwrap());
                cases.last_mut().unwrap().1.push((table, cells.collect()));
            }
            None => cases.push((line, vec![])),
        }
    }
    let mut silent = vec![];
    for (rule, rows) in &cases {
        rules.retain(|known| known != rule);
        let code = match rule.split(' ').nth(1) {
            Some("same-as") => "K0137",
            Some("stock-changes") => "K0152",
            _ => "K0135",
        };
        let typed: Vec<(&str, &[(&str, &str)])> =
            rows.iter().map(|(table, cells)| (*table, cells.as_slice())).collect();
        let said = said_of(None, &typed);
        let is_reported = said.iter().any(|reported| {
            reported.starts_with(code)
                && rows.iter().any(|(table, cells)| {
                    let value = cells.iter().find(|(name, _)| *name == "value").unwrap().1;
                    reported.contains(&format!("data/{table}.csv={value}"))
                })
        });
        if !is_reported {
            silent.push(format!("{rule}: {said:?}"));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    assert!(rules.is_empty(), "without a case: {rules:?}");
}
