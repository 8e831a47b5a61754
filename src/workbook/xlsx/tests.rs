//! Workbooks that spreadsheet programs would save, and such that nobody should.

use std::io::{Cursor, Write};
use std::path::Path;

use rust_xlsxwriter::{Color, Format, FormatScript, Formula as Written, Workbook as Writer};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::workbook::{Address, Content, Formula, Options, Sheet, Visibility, Workbook};

fn read(bytes: &[u8]) -> Workbook {
    Workbook::read(bytes, Path::new("a.xlsx"), &Options::default()).unwrap()
}

fn refused(bytes: &[u8]) -> (String, String) {
    let found = Workbook::read(bytes, Path::new("a.xlsx"), &Options::default()).unwrap_err();
    (found[0].code.to_string(), found[0].notes.first().map(ToString::to_string).unwrap_or_default())
}

fn at(sheet: &Sheet, name: &str) -> (String, Option<String>) {
    let cell = sheet.cell(Address::read(name).unwrap());
    (cell.content.shown(), cell.marks.map(str::to_owned))
}

/// A workbook of parts: the sheet's rows, and what else is given.
fn parts(sheet: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    add(
        "_rels/.rels",
        &format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    let named = |name: &str| others.iter().any(|(other, _)| *other == name);
    if !named("xl/workbook.xml") {
        add(
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        );
    }
    add(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"r2\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"r3\" Type=\"{office}/styles\" Target=\"/xl/styles.xml\"/></Relationships>"
        ),
    );
    add("xl/worksheets/sheet1.xml", sheet);
    for (name, text) in others {
        add(name, text);
    }
    zip.finish().unwrap().into_inner()
}

fn rows(rows: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn a_raised_mark_is_no_digit() {
    let mut book = Writer::new();
    let raised = Format::new().set_font_script(FormatScript::Superscript);
    let plain = Format::new();
    let sheet = book.add_worksheet();
    sheet.write_rich_string(0, 0, &[(&plain, "12 345"), (&raised, "1)")]).unwrap();
    sheet
        .write_rich_string(
            1,
            0,
            &[(&plain, "km"), (&raised, "2"), (&plain, " of land"), (&raised, "3")],
        )
        .unwrap();
    sheet.write_string(2, 0, "  two blanks ").unwrap();
    sheet.write_string(3, 0, "a _x0041_ & <b>\nline").unwrap();
    let book = read(&book.save_to_buffer().unwrap());
    let sheet = &book.sheets[0];
    assert_eq!(at(sheet, "A1"), ("12 345".into(), Some("1)".into())));
    assert_eq!(at(sheet, "A2"), ("km² of land".into(), Some("3".into())));
    assert_eq!(at(sheet, "A3"), ("  two blanks ".into(), None));
    assert_eq!(at(sheet, "A4").0, "a _x0041_ & <b>\nline");
    assert_eq!(at(sheet, "XFD1048576"), (String::new(), None));
}

#[test]
fn styles_are_reported() {
    let mut book = Writer::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold().set_indent(2).set_font_color(Color::Red);
    let italic = Format::new().set_italic();
    sheet.write_string_with_format(0, 0, "bold", &bold).unwrap();
    sheet.write_number_with_format(1, 0, 0.189, &Format::new().set_num_format("0.0%")).unwrap();
    sheet
        .write_number_with_format(2, 0, 45_658, &Format::new().set_num_format("mmmm yyyy"))
        .unwrap();
    sheet.write_rich_string(3, 0, &[(&bold, "all "), (&bold, "bold")]).unwrap();
    sheet.write_rich_string(4, 0, &[(&bold, "half"), (&italic, "half")]).unwrap();
    sheet.write_string_with_format(5, 0, "gone", &Format::new().set_font_strikethrough()).unwrap();
    sheet.write_boolean(6, 0, true).unwrap();
    let book = read(&book.save_to_buffer().unwrap());
    assert!(book.knows_styles);
    let cell = |row| book.sheets[0].cell(Address::new(row, 0));
    assert!(cell(0).style.bold && cell(0).style.indent == 2 && !cell(0).style.italic);
    assert!(cell(1).style.percent && cell(1).style.decimals == Some(1));
    assert_eq!(cell(1).content, Content::Number(0.189));
    assert_eq!(cell(2).content.shown(), "2025-01-01");
    assert!(cell(2).style.date);
    assert!(cell(3).style.bold && !cell(4).style.bold && !cell(4).style.italic);
    assert!(cell(5).style.strike);
    assert_eq!(cell(6).content, Content::Bool(true));
}

#[test]
fn what_is_merged_and_what_is_hidden_is_reported() {
    let mut book = Writer::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 1, 0, 3, "2025", &Format::new()).unwrap();
    sheet.merge_range(1, 0, 2, 0, "region", &Format::new()).unwrap();
    sheet.write_number(5, 4, 1).unwrap();
    sheet.set_row_hidden(3).unwrap().set_row_hidden(4).unwrap();
    sheet.set_column_hidden(2).unwrap();
    book.add_worksheet().set_hidden(true).write_number(0, 0, 1).unwrap();
    book.add_worksheet().set_very_hidden(true);
    let book = read(&book.save_to_buffer().unwrap());
    let sheet = &book.sheets[0];
    let merged =
        |name: &str| sheet.merged(Address::read(name).unwrap()).map(|area| area.to_string());
    assert_eq!(merged("C1").as_deref(), Some("B1:D1"));
    assert_eq!(merged("A3").as_deref(), Some("A2:A3"));
    assert_eq!(merged("E1"), None);
    assert_eq!(merged("A1"), None);
    let hidden: Vec<u32> = (0..6).filter(|row| sheet.row_is_hidden(*row)).collect();
    assert_eq!(hidden, [3, 4]);
    assert!(sheet.column_is_hidden(2) && !sheet.column_is_hidden(1));
    let visibility: Vec<_> = book.sheets.iter().map(Sheet::visibility).collect();
    assert_eq!(visibility, [Visibility::Visible, Visibility::Hidden, Visibility::VeryHidden]);
}

#[test]
fn a_formula_that_nobody_computed_is_reported() {
    // The library writes a zero beside each formula and asks to be computed.
    let mut book = Writer::new();
    let sheet = book.add_worksheet();
    sheet.write_formula(0, 0, "=1+1").unwrap();
    sheet.write_formula(1, 0, Written::new("=1+1").set_result("2")).unwrap();
    let written = read(&book.save_to_buffer().unwrap());
    let formula =
        |book: &Workbook, name: &str| book.sheets[0].cell(Address::read(name).unwrap()).formula;
    assert_eq!(formula(&written, "A1"), Formula::Uncalculated);
    assert_eq!(formula(&written, "A2"), Formula::Cached);
    let other = read(&parts(
        &rows(
            "<row><c><f>1-1</f><v>0</v></c><c><f>1-1</f></c><c t=\"str\"><f>A1</f><v>x &amp; y</v></c></row>",
        ),
        &[],
    ));
    assert_eq!(formula(&other, "A1"), Formula::Cached);
    assert_eq!(formula(&other, "B1"), Formula::Uncalculated);
    assert_eq!(other.sheets[0].filled().count(), 3);
    assert_eq!(at(&other.sheets[0], "C1").0, "x & y");
}

#[test]
fn cells_of_every_kind_are_read() {
    let shared = "<sst><si><t>one</t></si><si/><si><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1)</t></r></si>\
                  <si><t xml:space=\"preserve\"> a </t><rPh><t>reading</t></rPh></si></sst>";
    let sheet = rows(
        "<row r=\"2\" ht=\"0\"><c r=\"B2\" t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c>\
         <c t=\"e\"><v>#REF!</v></c><c t=\"b\"><v>0</v></c><c t=\"d\"><v>2025-01-31</v></c><c><v>1E3</v></c>\
         <c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c><c/></row><row><c><v>7</v></c></row>",
    );
    let book = read(&parts(&sheet, &[("xl/sharedStrings.xml", shared)]));
    let cells: Vec<_> =
        book.sheets[0].filled().map(|cell| (cell.at.to_string(), cell.content.shown())).collect();
    let expected = [
        ("B2", "one"),
        ("C2", "inline"),
        ("D2", "#REF!"),
        ("E2", "false"),
        ("F2", "2025-01-31"),
        ("G2", "1000"),
        ("I2", "1)"),
        ("J2", " a "),
        ("A3", "7"),
    ];
    assert_eq!(cells, expected.map(|(at, text)| (at.to_owned(), text.to_owned())));
    assert!(book.sheets[0].row_is_hidden(1));
}

#[test]
fn days_may_be_counted_from_1904() {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = format!(
        "<workbook xmlns:r=\"{office}\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>"
    );
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let sheet = rows("<row><c s=\"0\"><v>44196</v></c></row>");
    let book = read(&parts(&sheet, &[("xl/workbook.xml", &main), ("xl/styles.xml", styles)]));
    assert_eq!(at(&book.sheets[0], "A1").0, "2025-01-01");
}

#[test]
fn a_damaged_file_is_reported_and_nothing_is_mended() {
    let cases = [
        (
            "<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
            "two cells have the address A1",
        ),
        ("<row r=\"2\"/><row r=\"1\"/>", "comes after"),
        ("<row r=\"4294967296\"><c><v>1</v></c></row>", "a row beyond"),
        ("<row r=\"0\"><c><v>1</v></c></row>", "a row beyond"),
        ("<row r=\"1048577\"><c><v>1</v></c></row>", "a row beyond"),
        ("<row><c r=\"XFE1\"><v>1</v></c></row>", "not the address"),
        ("<row><c r=\"A2\"><v>1</v></c></row>", "is in row 1"),
        ("<row><c t=\"s\"><v>5</v></c></row>", "no text number 5"),
        ("<row><c><v>twelve</v></c></row>", "not a number"),
        ("<row><c><v>NaN</v></c></row>", "not a number"),
        ("<row><c><v>1e999</v></c></row>", "not a number"),
        ("<row><c t=\"x\"><v>1</v></c></row>", "unknown kind"),
        ("<row><c><v>&bomb;</v></c></row>", "entity"),
        ("<row><c><v>1</v></row>", ""),
        ("<row><c><v>1</v></c>", ""),
    ];
    for (text, why) in cases {
        let (code, note) = refused(&parts(&rows(text), &[]));
        assert_eq!(code, "K1202", "{text}: {note}");
        assert!(note.contains(why), "{text}: {note}");
    }
    let cut = "<worksheet><sheetData><row><c><v>1</v></c></row>";
    assert!(refused(&parts(cut, &[])).1.contains("end is missing"));
    let typed = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><worksheet/>";
    assert!(refused(&parts(typed, &[])).1.contains("document type"));
    let merged = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>\
                  <mergeCell ref=\"A1:C3\"/><mergeCell ref=\"C3:D4\"/></mergeCells></worksheet>";
    assert!(refused(&parts(merged, &[])).1.contains("A1:C3 and C3:D4 overlap"));
}

#[test]
fn a_file_cut_off_anywhere_is_refused_and_none_panics() {
    let mut book = Writer::new();
    let sheet = book.add_worksheet();
    for row in 0..50 {
        sheet.write_number(row, 0, row).unwrap();
        sheet.write_string(row, 1, "text").unwrap();
    }
    let whole = book.save_to_buffer().unwrap();
    for length in (4..whole.len()).step_by(97) {
        assert!(
            Workbook::read(&whole[..length], Path::new("a.xlsx"), &Options::default()).is_err(),
            "{length}"
        );
    }
    // A changed byte may go unseen where nobody looks, but is never a panic.
    for place in (0..whole.len()).step_by(61) {
        let mut changed = whole.clone();
        changed[place] ^= 0x55;
        let _ = Workbook::read(&changed, Path::new("a.xlsx"), &Options::default());
    }
}

#[test]
fn a_part_that_unpacks_without_end_is_refused_before_it_fills_memory() {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default().large_file(true)).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..600 {
        zip.write_all(&blanks).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    let (code, note) = refused(&bomb);
    assert_eq!(code, "K1203");
    assert!(note.contains("512 MiB"), "{note}");
}

#[test]
fn merged_areas_that_reach_over_everything_are_bounded() {
    let areas: String =
        (1..=1000).map(|row| format!("<mergeCell ref=\"A{row}:XFD{row}\"/>")).collect();
    let sheet = format!(
        "<worksheet><sheetData><row><c r=\"XFD1\"><v>1</v></c></row></sheetData><mergeCells>{areas}</mergeCells></worksheet>"
    );
    assert_eq!(refused(&parts(&sheet, &[])).0, "K1203");
}

#[test]
fn what_lies_too_deep_or_is_too_long_is_refused() {
    let deep = "<a>".repeat(300);
    assert!(refused(&parts(&deep, &[])).1.contains("deep"));
    let long = rows(&format!(
        "<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>",
        "x".repeat(17 << 20)
    ));
    assert!(refused(&parts(&long, &[])).1.contains("too long"));
}

#[test]
fn a_cell_in_the_last_row_is_found_among_few() {
    let sheet =
        rows("<row><c><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>");
    let book = read(&parts(&sheet, &[]));
    let sheet = &book.sheets[0];
    assert_eq!(sheet.size(), (1_048_576, 16_384));
    assert_eq!(at(sheet, "XFD1048576").0, "2");
    assert_eq!(at(sheet, "A1048576").0, "");
    assert_eq!(sheet.row(1_048_575).count() + sheet.row(0).count() + sheet.row(7).count(), 2);
}

#[test]
fn a_number_format_of_a_conditional_style_is_none_of_the_cells() {
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>\
                  <cellXfs><xf numFmtId=\"164\"/></cellXfs>\
                  <dxfs><dxf><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/></dxf></dxfs></styleSheet>";
    let book =
        read(&parts(&rows("<row><c s=\"0\"><v>0.5</v></c></row>"), &[("xl/styles.xml", styles)]));
    let style = book.sheets[0].cell(Address::new(0, 0)).style;
    assert!(style.percent && !style.date);
}
