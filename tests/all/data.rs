//! The data folders of `tests/suite/data-*` with their diagnostics, and the shipped tables, complete and
//! with one broken row.
//!
//! `KOSH_BLESS=1 cargo test data::` writes the current diagnostics to `expected/stderr.txt`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kosh::data::{self, Dataset};
use kosh::diag::{Diagnostic, draw};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The diagnostics of a folder: its errors, or else the conflicts and outliers at all its times.
fn said(dir: &Path) -> Vec<Diagnostic> {
    match data::load(&kosh::files::Files::new(), dir, Path::new("data")) {
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
            said.extend(cells.iter().filter_map(|cell| Some(cell.conflict.as_ref()?.diagnostic())));
            said.extend(view.outliers(table, time, &[]).unwrap());
        }
    }
    said
}

#[test]
fn every_fixture_reports_what_is_wrong_with_it() {
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

fn shipped() -> Arc<Dataset> {
    match data::load(&kosh::files::Files::new(), &root().join("data"), Path::new("data")) {
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
            ("international_rates", 104),
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
            // Declared, so that rows added later make their indicators available; nothing is published
            // yet.
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
        let problems = data::load(&kosh::files::Files::new(), &to, Path::new("data")).unwrap_err();
        assert_eq!(problems.len(), 1, "{name}");
        assert_eq!(problems[0].code, "K0105", "{name}");
        let place = problems[0].place.as_ref().unwrap();
        assert_eq!(place.path(), Path::new(&format!("data/{name}.csv")));
        assert_eq!(place.line_column().unwrap().0, row.line as usize, "{name}");
        fs::write(&file, whole).unwrap();
    }
    fs::remove_dir_all(&to).unwrap();
}
