//! The binary formats, xls and xlsb, through calamine.
//!
//! calamine tells values, and of xls also formulas and merged areas; styles, hidden rows and the runs of
//! a text it does not tell, which [`Workbook`] says. It reads files that may be hostile with indexes that
//! may be wrong, so what it breaks off at is told like any other damage.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xls, Xlsb};

use super::fault::{Fault, Outcome};
use super::package::Package;
use super::sheet::{Broken, Builder, New, Room, Visibility};
use super::{Address, Area, Format, Formula, Sheet, Style, Workbook};
use crate::diag::{Message, Result};

/// The styles of these files: set as nothing, and shown as a day.
const STYLES: [Style; 2] = [Style::PLAIN, Style { date: true, ..Style::PLAIN }];

/// Reads a workbook of one of these formats.
pub(super) fn read(bytes: &[u8], path: &Path, format: Format) -> Result<Workbook> {
    let sheets = || match format {
        Format::Xlsb => xlsb(bytes),
        _ => xls(bytes),
    };
    let broken = |_| Err(Fault::Broken(message!("its parts contradict one another")));
    let sheets = catch_unwind(AssertUnwindSafe(sheets)).unwrap_or_else(broken);
    let sheets = sheets.map_err(|fault| fault.of(path))?;
    Ok(Workbook {
        path: path.to_path_buf(),
        format,
        sheets,
        reading: None,
        knows_styles: false,
        knows_hidden: false,
        knows_merged: format == Format::Xls,
        beside: None,
        source: None,
    })
}

fn broken(error: impl std::fmt::Display) -> Fault {
    Fault::Broken(Message::verbatim(error.to_string()))
}

/// A sheet's builder, for one that holds cells.
fn builder(sheet: &calamine::Sheet) -> Option<Builder> {
    if sheet.typ != SheetType::WorkSheet {
        return None;
    }
    let mut builder = Builder::new(&sheet.name, Arc::default(), Arc::from(STYLES));
    builder.visibility(match sheet.visible {
        SheetVisible::Visible => Visibility::Visible,
        SheetVisible::Hidden => Visibility::Hidden,
        SheetVisible::VeryHidden => Visibility::VeryHidden,
    });
    Some(builder)
}

fn finished(builder: Builder) -> Outcome<Sheet> {
    builder.finish().map_err(|reason| match reason {
        Broken::Twice(at) => Fault::Broken(message!("two cells have the address {at}", at)),
        Broken::Overlap(one, other) => {
            Fault::Broken(message!("the merged areas {one} and {other} overlap", one, other))
        }
        Broken::TooMuch => Fault::TooLarge(message!("it has too many merged areas")),
    })
}

fn too_many() -> Fault {
    Fault::TooLarge(message!("it has more than {value} cells", value = Room::MOST_CELLS))
}

fn xls(bytes: &[u8]) -> Outcome<Vec<Sheet>> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(broken)?;
    let from_1904 = book.has_1904_epoch();
    let mut sheets = vec![];
    let mut left = Room::WHOLE;
    for listed in book.sheets_metadata().to_vec() {
        let Some(mut builder) = builder(&listed) else { continue };
        builder.room(left);
        let name = &listed.name;
        let formulas = book.worksheet_formula(name).map_err(broken)?;
        let range = book.worksheet_range(name).map_err(broken)?;
        let Some(first) = range.start() else {
            sheets.push(finished(builder)?);
            continue;
        };
        for (row, column, data) in range.used_cells() {
            let at = (first.0 + row as u32, first.1 + column as u32);
            let is_formula = formulas.get_value(at).is_some_and(|formula| !formula.is_empty());
            let formula = if is_formula { Formula::Cached } else { Formula::None };
            add(&mut builder, at, &borrowed(data), formula, from_1904)?;
        }
        for area in book.merge_cells_by_sheet_name(name).map_err(broken)? {
            let corner = |(row, column)| Address::new(row, column);
            builder
                .merge(Area::between(corner(area.start), corner(area.end)))
                .map_err(|_| too_many())?;
        }
        let sheet = finished(builder)?;
        left = left.beside(&sheet);
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn xlsb(bytes: &[u8]) -> Outcome<Vec<Sheet>> {
    // Sizes before contents: calamine unpacks some parts as a whole.
    Package::open(bytes)?.check_sizes()?;
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(broken)?;
    let from_1904 = book.has_1904_epoch();
    let mut sheets = vec![];
    let mut left = Room::WHOLE;
    for listed in book.sheets_metadata().to_vec() {
        let Some(mut builder) = builder(&listed) else { continue };
        builder.room(left);
        let mut cells = book.worksheet_cells_reader(&listed.name).map_err(broken)?;
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            add(&mut builder, cell.get_position(), cell.get_value(), Formula::None, from_1904)?;
        }
        let sheet = finished(builder)?;
        left = left.beside(&sheet);
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(value) => DataRef::Int(*value),
        Data::Float(value) => DataRef::Float(*value),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(value) => DataRef::DateTime(*value),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(kind) => DataRef::Error(kind.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn add(
    builder: &mut Builder,
    at: (u32, u32),
    data: &DataRef<'_>,
    formula: Formula,
    from_1904: bool,
) -> Outcome<()> {
    let error;
    let (new, style) = match data {
        DataRef::Empty => return Ok(()),
        DataRef::Int(value) => (New::Number(*value as f64), 0),
        DataRef::Float(value) if value.is_finite() => (New::Number(*value), 0),
        DataRef::Float(_) => return Err(Fault::Broken(message!("an invalid number"))),
        DataRef::String(text) => (New::Text(text), 0),
        DataRef::SharedString(text) => (New::Text(text), 0),
        DataRef::Bool(value) => (New::Bool(*value), 0),
        DataRef::DateTime(value) => match super::xlsx::moment(value.as_f64(), from_1904) {
            Some(moment) => (New::Date(moment), 1),
            None => (New::Number(value.as_f64()), 1),
        },
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (New::Text(text), 1),
        DataRef::Error(kind) => {
            error = kind.to_string();
            (New::Error(&error), 0)
        }
    };
    match builder.add(Address::new(at.0, at.1), new, formula, style) {
        Ok(_) => Ok(()),
        Err(_) => Err(too_many()),
    }
}
