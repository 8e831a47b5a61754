//! Tables in long form: one header, and below it a row for each figure.

use std::collections::BTreeSet;

use super::super::periods;
use super::super::select::text_of;
use super::super::words::Words;
use super::look::{LENIENT, is_figure};
use crate::workbook::{Address, Cell, Content, Sheet};

/// The head of the column of figures in the standards for such tables.
const OF_STANDARDS: [&str; 2] = ["OBS_VALUE", "value"];
/// With fewer columns nothing but the figure is said.
const FEWEST_COLUMNS: u32 = 3;
/// A header stands in one of the first rows.
const LAST_HEAD: u32 = 20;
/// A column in which figures differ so many times more than in any other is the column of figures.
const MORE: usize = 2;

/// The row of the header and the column of figures; `None` for a sheet in another form.
pub(super) fn of(sheet: &Sheet, rows: u32, columns: u32, words: &Words) -> Option<(u32, u32)> {
    if columns < FEWEST_COLUMNS {
        return None;
    }
    let head = (0..rows.min(LAST_HEAD)).find(|row| names_all(sheet, *row, columns, words))?;
    let text = |column: u32| text_of(&sheet.cell(Address::new(head, column)));
    let named = (0..columns)
        .find(|column| text(*column).is_some_and(|text| OF_STANDARDS.contains(&&*text)));
    if let Some(column) = named {
        return Some((head, column));
    }
    let below = || head + 1..rows;
    let candidates: Vec<(u32, usize)> = (0..columns)
        .filter_map(|column| {
            let cells: Vec<Cell<'_>> = below()
                .map(|row| sheet.cell(Address::new(row, column)))
                .filter(|cell| !cell.is_empty())
                .collect();
            let figures = cells.iter().filter(|cell| is_figure(cell)).count();
            let is_period =
                |cell: &Cell<'_>| periods::period_of_cell(cell, &LENIENT, words).is_ok();
            let is_one = figures * 2 > cells.len() && !cells.iter().all(is_period);
            let texts: BTreeSet<String> =
                cells.iter().filter_map(|cell| Some(text_of(cell)?.into_owned())).collect();
            // A column that says the same in every row is no figure.
            (is_one && (texts.len() > 1 || cells.len() == 1)).then_some((column, texts.len()))
        })
        .collect();
    // Codes are numbers too, and there are fewer of them.
    let (column, most) = candidates.iter().copied().max_by_key(|(_, distinct)| *distinct)?;
    let is_clear =
        { candidates.iter() }.all(|(other, distinct)| *other == column || distinct * MORE <= most);
    is_clear.then_some((head, column))
}

/// Whether a row names every column, each by another text that is no period.
fn names_all(sheet: &Sheet, row: u32, columns: u32, words: &Words) -> bool {
    let is_name = |cell: &Cell<'_>| {
        matches!(cell.content, Content::Text(_))
            && !is_figure(cell)
            && periods::period_of_cell(cell, &LENIENT, words).is_err()
            && sheet.merged(cell.at).is_none()
    };
    let texts: BTreeSet<String> = sheet
        .row(row)
        .filter(is_name)
        .filter_map(|cell| Some(text_of(&cell)?.into_owned()))
        .collect();
    texts.len() as u32 == columns
}
