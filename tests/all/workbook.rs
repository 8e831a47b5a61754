//! The workbook of the annex, read by another library, agrees with the pages.

use crate::common::{conforms, root, tables};

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use conforms::assert_conforms;
use kosh::build::edition::{Edition, Pipeline};
use kosh::document::{Inline, Table, TableCell};
use kosh::output::File;
use kosh::project::{Format, Overrides, Project};

fn annex(folder: &str, period: &str) -> (Edition, Vec<File>) {
    let overrides = Overrides { formats: vec![Format::Annex], ..Overrides::default() };
    let project = Project::open(&root().join(folder), &overrides).expect("it opens");
    let pipeline = Pipeline::open(project).expect("it is read").value;
    let period = period.parse().expect("a period");
    let edition = pipeline.edition(Format::Annex, period, None).expect("it is worded").value;
    let files = pipeline.typeset(&edition).expect("it is typeset").value;
    (edition, files)
}

fn file<'f>(files: &'f [File], name: &str) -> &'f [u8] {
    &files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("no {name}")).bytes
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("it is a workbook")
}

/// The text of a line without citations, which a sheet numbers.
fn words(line: &[Inline]) -> String {
    kosh::prose::plain(line)
}

fn assert_cell(place: &str, cell: &TableCell, found: Option<&Data>) {
    let printed = format!("{}{}{}", words(&cell.content), cell.fraction, cell.marks);
    let is_cited = cell.content.iter().any(|inline| matches!(inline, Inline::Cite { .. }));
    match (&cell.number, found) {
        (Some(number), Some(Data::Float(value))) => assert_eq!(*value, number.value, "{place}"),
        (Some(number), Some(Data::Int(value))) => {
            assert_eq!(*value as f64, number.value, "{place}");
        }
        (None, Some(Data::String(text))) if is_cited => {
            assert!(text.starts_with('[') && text.ends_with(']'), "{place}: {text}");
        }
        (None, Some(Data::String(text))) => assert_eq!(*text, printed, "{place}"),
        (None, None | Some(Data::Empty)) => assert_eq!(printed, "", "{place}"),
        (_, found) => panic!("{place}: `{printed}` became {found:?}"),
    }
}

fn assert_same(table: &Table, range: &calamine::Range<Data>) -> usize {
    let at = |row: usize, column: usize| range.get_value((row as u32, column as u32));
    let caption = at(0, 0).expect("a caption").to_string();
    assert!(caption.starts_with(&table.captions[0].label), "{caption}");
    for (column, head) in table.columns.iter().enumerate() {
        assert_eq!(at(1, column).unwrap().to_string(), words(&head.head), "{}", table.id);
    }
    let mut numbers = 0;
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.cells.iter().enumerate() {
            let place = format!("{} row {row} column {column}", table.id);
            assert_cell(&place, cell, at(row + 2, column));
            numbers += usize::from(cell.number.is_some());
        }
    }
    let below = table.rows.len() + 2;
    assert!(
        table
            .columns
            .iter()
            .enumerate()
            .all(|(column, _)| { matches!(at(below, column), None | Some(Data::Empty)) })
    );
    for (number, note) in table.notes.iter().enumerate() {
        assert_eq!(at(below + 1 + number, 0).unwrap().to_string(), words(note), "{}", table.id);
    }
    numbers
}

#[test]
fn every_cell_of_every_table_is_the_documents() {
    for (folder, period, least) in [(".", "2025", 60), ("examples/full-matrix", "2025-H1", 700)] {
        let (edition, files) = annex(folder, period);
        assert_eq!(edition.documents.len(), 2);
        for document in &edition.documents {
            let tables = tables(document);
            let name = format!("annex-{}.xlsx", document.meta.lang);
            let mut workbook = open(file(&files, &name));
            let sheets = workbook.sheet_names();
            // Contents before the tables, sources after them.
            assert_eq!(sheets.len(), tables.len() + 2, "{sheets:?}");
            let mut numbers = 0;
            for (table, sheet) in tables.iter().zip(&sheets[1..]) {
                let label = &table.captions[0].label;
                assert_eq!(sheet, label.trim_end_matches('.'), "{name}");
                numbers += assert_same(table, &workbook.worksheet_range(sheet).unwrap());
            }
            assert!(numbers >= least, "{name}: {numbers} numbers");
            let contents = workbook.worksheet_range(&sheets[0]).unwrap();
            let all: Vec<String> = contents.used_cells().map(|(_, _, d)| d.to_string()).collect();
            assert!(sheets[1..].iter().all(|sheet| all.contains(sheet)), "{all:?}");
            assert!(all.contains(&document.meta.status), "{all:?}");
        }
    }
}

#[test]
fn the_tables_behind_all_figures_are_there() {
    let (edition, _) = annex("examples/full-matrix", "2025-H1");
    let ids: Vec<String> = tables(&edition.documents[0]).into_iter().map(|t| t.id).collect();
    let all =
        ["T1_annex", "T3_annex", "T2_annex", "T4_annex", "F2_data", "F3_data", "F6_data", "A1"];
    assert_eq!(ids, all);
}

#[test]
fn sources_are_numbered_as_the_text_cites_them_and_releases_have_their_day() {
    let (_, files) = annex(".", "2025");
    let mut workbook = open(file(&files, "annex-en.xlsx"));
    let sheets = workbook.sheet_names();
    let range = workbook.worksheet_range(sheets.last().unwrap()).unwrap();
    let rows: Vec<Vec<String>> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(rows[0], ["No.", "Source", "Published by", "Date", "Address", "Accessed"]);
    assert_eq!(rows[1][0], "1");
    let numbered = rows[1..].iter().take_while(|row| !row[0].is_empty()).count();
    assert!(numbered > 5, "{rows:?}");
    let table = rows.iter().find(|row| row[4].contains("element/6567")).expect("it is cited");
    assert_eq!(table[5], "2026-09-30");
    let release = rows.iter().position(|row| row[0] == "Releases").expect("releases follow");
    assert_eq!(rows[release + 1][..4], ["No.", "Release", "Status", "Released on"]);
    let express = rows.iter().find(|row| row[1] == "2025-express-tables").expect("a release used");
    assert_eq!(express[2], "first release");
    let released = &range[(rows.iter().position(|row| row == express).unwrap(), 3)];
    let Data::DateTime(day) = released else { panic!("{released:?} is no date") };
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    assert_eq!((year, month, day), (2026, 2, 13));
}

#[test]
fn the_same_input_gives_the_same_bytes_and_the_datas_day() {
    let (edition, first) = annex(".", "2025");
    let (_, second) = annex(".", "2025");
    for name in ["annex-ru.xlsx", "annex-en.xlsx"] {
        assert!(file(&first, name) == file(&second, name), "{name} differs");
        let mut zip = zip::ZipArchive::new(Cursor::new(file(&first, name))).unwrap();
        let mut core = String::new();
        zip.by_name("docProps/core.xml").unwrap().read_to_string(&mut core).unwrap();
        let [year, month, day] = edition.documents[0].meta.date;
        let stamp = format!("{year:04}-{month:02}-{day:02}T00:00:00Z</dcterms:");
        assert_eq!(core.matches(&stamp).count(), 2, "{core}");
    }
}

#[test]
fn the_matrix_stands_on_a_turned_page_and_the_annex_conforms() {
    let (_, files) = annex("examples/full-matrix", "2025-H1");
    for name in ["annex-ru.pdf", "annex-en.pdf"] {
        let bytes = file(&files, name);
        assert_conforms(name, bytes);
        let pdf = pdf_extract::Document::load_mem(bytes).expect("it is a PDF");
        let is_turned = |page: &pdf_extract::Dictionary| {
            let side = page.get(b"MediaBox").and_then(|found| found.as_array()).expect("a size");
            let side = |at: usize| side[at].as_float().expect("a number");
            side(2) > side(3)
        };
        let pages = pdf.get_pages();
        let turned: Vec<u32> = pages
            .iter()
            .filter(|(_, id)| is_turned(pdf.get_dictionary(**id).expect("a page")))
            .map(|(number, _)| *number)
            .collect();
        assert_eq!(turned.len(), 1, "{name}: {turned:?} of {}", pages.len());
    }
}
