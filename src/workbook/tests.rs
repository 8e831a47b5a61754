//! One sheet as LibreOffice saves it in three formats: `tests/workbooks/moves.fods`, converted.

use std::path::Path;

use super::{Address, Content, Format, Formula, Options, Visibility, Workbook};

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks");
    std::fs::read(folder.join(name)).unwrap()
}

fn read(name: &str) -> Workbook {
    Workbook::read(&bytes(name), Path::new(name), &Options::default()).unwrap()
}

#[test]
fn a_sheet_says_the_same_in_every_format() {
    for (name, format) in
        [("moves.xls", Format::Xls), ("moves.xlsx", Format::Xlsx), ("moves.ods", Format::Ods)]
    {
        let book = read(name);
        assert_eq!(book.format, format);
        let sheet = &book.sheets[0];
        assert_eq!(sheet.name(), "2025");
        let cells: Vec<_> = sheet
            .filled()
            .map(|cell| (cell.at.to_string(), cell.content.shown(), cell.marks.unwrap_or("")))
            .collect();
        let expected = [
            // The first column and the first row are empty.
            ("B2", "Численность", ""),
            ("C2", "2025 год", "7)8)"),
            ("F2", "hidden", ""),
            ("B3", "Республика Казахстан", ""),
            ("C3", "12 345", "1)"),
            ("D3", "0.189", ""),
            ("E3", "2025-01-01", ""),
            ("F3", "9", ""),
            ("B4", "скрыто", ""),
            ("C4", "1", ""),
            ("B5", "г. Алматы", ""),
            ("C5", "102746", ""),
            ("D5", "-0.25", ""),
            ("E5", "102747", ""),
            ("B6", "  область Ұлытау", ""),
            ("C6", "…", ""),
            ("D6", "true", ""),
            ("E6", "#DIV/0!", ""),
            ("F6", "ab", ""),
        ];
        assert_eq!(
            cells,
            expected.map(|(at, text, marks)| (at.to_owned(), text.to_owned(), marks)),
            "{name}"
        );
        let cell = |at: &str| sheet.cell(Address::read(at).unwrap());
        assert_eq!(
            sheet.merged(Address::read("D2").unwrap()).unwrap().to_string(),
            "C2:E2",
            "{name}"
        );
        assert!(
            sheet.row_is_hidden(3) && !sheet.row_is_hidden(2) && !sheet.row_is_hidden(4),
            "{name}"
        );
        assert!(sheet.column_is_hidden(5) && !sheet.column_is_hidden(4), "{name}");
        assert!(
            cell("D3").style.percent && matches!(cell("E3").content, Content::Date(_)),
            "{name}"
        );
        let formulas = ["E5", "E6", "F6", "C5"].map(|at| cell(at).formula);
        assert_eq!(
            formulas,
            [Formula::Cached, Formula::Cached, Formula::Cached, Formula::None],
            "{name}"
        );
        assert_eq!(book.sheets[1].visibility(), Visibility::Hidden, "{name}");
        if book.knows_styles {
            assert!(cell("B3").style.bold && !cell("B5").style.bold, "{name}");
            assert_eq!(cell("B5").style.indent, 1, "{name}");
            assert_eq!(
                (cell("D3").style.decimals, cell("C5").style.decimals),
                (Some(1), Some(0)),
                "{name}"
            );
        }
    }
}

#[test]
fn a_file_cut_off_or_changed_anywhere_never_panics() {
    for name in ["moves.xls", "moves.xlsx", "moves.ods"] {
        let whole = bytes(name);
        let read = |bytes: &[u8]| Workbook::read(bytes, Path::new(name), &Options::default());
        for length in (8..whole.len() - 1024).step_by(193) {
            assert!(read(&whole[..length]).is_err(), "{name} {length}");
        }
        // Most of a zip file is packed, where a change is found by its sum.
        let step = if name.ends_with("xls") { 7 } else { 61 };
        for place in (0..whole.len()).step_by(step) {
            let mut changed = whole.clone();
            for byte in [0xff, whole[place] ^ 0x01] {
                changed[place] = byte;
                let _ = read(&changed);
            }
        }
    }
}
