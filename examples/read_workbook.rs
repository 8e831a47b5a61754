//! Measures how long a workbook takes to be read, and how much memory, for docs/performance.md.
//!
//! ```text
//! read_workbook make FOLDER
//! read_workbook FILE
//! ```
//!
//! The first makes a table of 1,000,000 cells in FOLDER, as xlsx and as csv. The second reads a file, looks at each cell by
//! its address, and prints the time and the largest memory the process had (on Linux).

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use kosh::workbook::{Options, Workbook};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [make, folder] if make == "make" => make_both(Path::new(folder)),
        [file] => read(Path::new(file)),
        _ => eprintln!("usage: read_workbook make FOLDER, or read_workbook FILE"),
    }
}

/// 10,000 rows of 100 cells: a name, 89 numbers, ten texts that are numbers with a unit.
fn make_both(folder: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut csv = String::new();
    for row in 0..10_000_u32 {
        for column in 0..100_u16 {
            let number = f64::from(row) * 100.0 + f64::from(column);
            let written = match column {
                0 => format!("region {row}"),
                column if column % 10 == 5 => format!("{number} persons"),
                _ => {
                    sheet.write_number(row, column, number + 0.5).expect("within the sheet");
                    let _ = write!(csv, ";{number},5");
                    continue;
                }
            };
            sheet.write_string(row, column, &written).expect("within the sheet");
            let _ = write!(csv, "{}{written}", if column == 0 { "" } else { ";" });
        }
        csv.push('\n');
    }
    book.save(folder.join("million.xlsx")).expect("the folder can be written");
    fs::write(folder.join("million.csv"), csv).expect("the folder can be written");
}

fn read(path: &Path) {
    let start = Instant::now();
    let bytes = fs::read(path).expect("the file can be read");
    let book = Workbook::read(&bytes, path, &Options::default()).expect("it is a workbook");
    let mut cells = 0;
    for sheet in &book.sheets {
        cells += sheet.filled().filter(|cell| !sheet.cell(cell.at).is_empty()).count();
    }
    let seconds = start.elapsed().as_secs_f64();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
    println!("{cells} cells in {seconds:.2} s; {peak}");
}
