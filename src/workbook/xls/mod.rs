//! An xls file to sheets: the binary format of 1997 to 2003 (BIFF8), which offices still serve and LibreOffice writes.
//!
//! calamine reads it too, but it joins the runs of a text and tells neither styles nor hidden rows. Files of before 1997
//! are left to it.
//!
//! | file | |
//! |---|---|
//! | `compound` | the stream of the workbook in its file |
//! | `records` | the records of the stream, and strings |
//! | `globals` | what all sheets share: texts, fonts, formats |
//! | `cells` | a sheet |
//!
//! The records are described in [MS-XLS].

mod cells;
mod compound;
mod globals;
mod records;

use std::path::Path;

use super::fault::{Fault, Outcome};
use super::sheet::Room;
use super::{Format, Sheet, Workbook, not_a_workbook, other};
use crate::diag::{Message, Result};

/// Why this reader does not read a file.
enum Stop {
    Fault(Fault),
    /// It is of before 1997.
    Older,
    /// It is locked with a password.
    Locked,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], path: &Path) -> Result<Workbook> {
    let sheets = match sheets(bytes) {
        Ok(sheets) => sheets,
        Err(Stop::Fault(fault)) => return Err(fault.of(path)),
        Err(Stop::Older) => {
            check_extent(bytes).map_err(|fault| fault.of(path))?;
            return other::read(bytes, path, Format::Xls);
        }
        Err(Stop::Locked) => {
            return Err(not_a_workbook(path, message!("it is locked with a password"))
                .hint(message!("open it in a spreadsheet program and save it without the password"))
                .into());
        }
    };
    Ok(Workbook {
        path: path.to_path_buf(),
        format: Format::Xls,
        sheets,
        reading: None,
        knows_styles: true,
        knows_hidden: true,
        knows_merged: true,
        beside: None,
        source: None,
    })
}

fn sheets(bytes: &[u8]) -> std::result::Result<Vec<Sheet>, Stop> {
    let Some(stream) = compound::stream(bytes, "Workbook")? else { return Err(Stop::Older) };
    let globals = globals::read(&stream)?;
    let mut sheets = vec![];
    let mut left = Room::WHOLE;
    for listed in &globals.sheets {
        let sheet = cells::read(&stream, listed, &globals, left)?;
        left = left.beside(&sheet);
        sheets.push(sheet);
    }
    match sheets.is_empty() {
        true => Err(Stop::Fault(Fault::Broken(message!("it lists no sheet")))),
        false => Ok(sheets),
    }
}

/// Whether the sheets of an older file have no more cells than are read, empty ones between them too, for
/// which calamine takes memory.
fn check_extent(bytes: &[u8]) -> Outcome<()> {
    let Some(stream) = compound::stream(bytes, "Book")? else {
        return broken(message!("it has no workbook in it"));
    };
    let mut records = records::Records::at(&stream, 0);
    let (mut all, mut rows, mut columns) = (0_u64, 0_u64, 0_u64);
    while let Some(record) = records.next()? {
        match record.kind {
            // A sheet begins.
            0x809 => {
                all += rows * columns;
                (rows, columns) = (0, 0);
            }
            0x06 | 0xbd | 0xd6 | 0xfd | 0x203 | 0x204 | 0x205 | 0x27e => {
                rows = rows.max(u64::from(records::u16_at(record.data, 0)?) + 1);
                // Of several cells in a record the last tells its column at the end.
                let last =
                    if record.kind == 0xbd { record.data.len().saturating_sub(2) } else { 2 };
                columns = columns.max(u64::from(records::u16_at(record.data, last)?) + 1);
            }
            _ => {}
        }
    }
    match all + rows * columns > Room::MOST_CELLS as u64 {
        true => Err(Fault::TooLarge(message!(
            "its sheets have more than {value} cells",
            value = Room::MOST_CELLS
        ))),
        false => Ok(()),
    }
}

/// Something that a file says and that is not so.
fn broken<T>(why: Message) -> Outcome<T> {
    Err(Fault::Broken(why))
}
