//! What stands where on a sheet: figures, headers above and beside them, notes below.

use std::collections::{BTreeMap, BTreeSet};

use super::super::periods::{self, Accumulation, Dates, PeriodRules, Stock};
use super::super::select::text_of;
use super::super::{Names, Words};
use crate::workbook::{Address, Cell, Content, Sheet};

/// What was found on a sheet.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// How many figures.
    pub figures: usize,
    /// The first and the last row of figures.
    pub rows: (u32, u32),
    /// The columns of figures.
    pub columns: BTreeSet<u32>,
    /// Columns beside the figures that say something in their rows.
    pub labels: Vec<Labels>,
    /// The rows above the figures that belong to them, from top to bottom.
    pub heads: Vec<Labels>,
    /// Cells above the head.
    pub titles: Vec<(Address, String)>,
    /// The first cell below the figures.
    pub note: Option<String>,
    /// Texts in the place of figures.
    pub signs: BTreeSet<String>,
    /// Whether a figure that is a text has a decimal comma.
    pub has_commas: bool,
    /// Whether the head names each column, and a row is one observation.
    pub is_long: bool,
    /// Whether some cells between headers are empty.
    pub has_gaps: bool,
}

/// A row or a column of headers.
#[derive(Debug, Clone)]
pub(super) struct Labels {
    /// The row or the column.
    pub at: u32,
    /// What heads the column.
    pub head: String,
    /// What the cells say, each once, in order.
    pub texts: Vec<String>,
    /// Whether they are periods.
    pub are_periods: bool,
    /// The register of which most of them are names, and those that are not.
    pub register: Option<(String, Vec<String>)>,
}

impl Found {
    /// The registers whose names stand on the sheet.
    pub(super) fn registers(&self) -> impl Iterator<Item = &String> {
        self.labels.iter().chain(&self.heads).filter_map(|own| Some(&own.register.as_ref()?.0))
    }
}

/// Only so many rows and columns are looked at.
const MOST_ROWS: u32 = 5_000;
const MOST_COLUMNS: u32 = 400;

/// Looks at a sheet; `None` if it has no block of figures.
pub(super) fn look(
    sheet: &Sheet,
    lexicons: &BTreeMap<String, Names>,
    words: &Words,
) -> Option<Found> {
    let (rows, columns) = sheet.size();
    let (rows, columns) = (rows.min(MOST_ROWS), columns.min(MOST_COLUMNS));
    let figures = |column: u32| -> Vec<u32> {
        (0..rows).filter(|row| is_figure(&sheet.cell(Address::new(*row, column)))).collect()
    };
    let by_column: Vec<Vec<u32>> = (0..columns).map(figures).collect();
    let most = by_column.iter().map(Vec::len).max().filter(|most| *most > 0)?;
    let mut found = Found::default();
    let head = long_head(sheet, columns);
    found.is_long = head.is_some();
    for (column, rows) in by_column.iter().enumerate() {
        let is_one = match head {
            // Codes and years are numbers too; figures stand last.
            Some(_) => column as u32 == columns - 1,
            None => rows.len() * 2 >= most && !rows.is_empty(),
        };
        if is_one {
            found.columns.insert(column as u32);
        }
    }
    let filled = |row: u32| {
        found.columns.iter().filter(|c| is_figure(&sheet.cell(Address::new(row, **c)))).count()
    };
    let block: Vec<u32> = (0..rows).filter(|row| filled(*row) * 2 >= found.columns.len()).collect();
    let first = block.iter().copied().find(|row| head.is_none_or(|head| *row > head))?;
    found.rows = (first, *block.last()?);
    found.figures = (found.rows.0..=found.rows.1).map(filled).sum();
    signs(sheet, &mut found);
    labels(sheet, lexicons, words, &mut found);
    heads(sheet, head, lexicons, words, &mut found);
    let below = (found.rows.1 + 1..rows).flat_map(|row| sheet.row(row));
    found.note = below.filter_map(|cell| Some(text_of(&cell)?.into_owned())).next();
    Some(found)
}

/// The row that names every column of a table in long form: a row of texts, each another, above rows of as many cells.
fn long_head(sheet: &Sheet, columns: u32) -> Option<u32> {
    const FEWEST: u32 = 4;
    let (rows, _) = sheet.size();
    let row = (0..rows.min(20)).find(|row| sheet.row(*row).next().is_some())?;
    let texts: BTreeSet<String> = sheet
        .row(row)
        .filter(|cell| matches!(cell.content, Content::Text(_)) && !is_figure(cell))
        .filter_map(|cell| Some(text_of(&cell)?.into_owned()))
        .collect();
    let is_whole = columns >= FEWEST && texts.len() as u32 == columns;
    let below = (row + 1..rows.min(row + 20)).all(|row| {
        let count = sheet.row(row).count() as u32;
        count == 0 || count * 3 >= columns * 2
    });
    (is_whole && below).then_some(row)
}

/// Whether a cell is a number that is no year.
fn is_figure(cell: &Cell<'_>) -> bool {
    let is_year = |value: f64| value.fract() == 0.0 && (1900.0..2100.0).contains(&value);
    match cell.content {
        Content::Number(value) => !is_year(value),
        Content::Text(text) => {
            let plain: String = text
                .trim()
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(|c| match c {
                    ',' => '.',
                    '\u{2212}' | '\u{2013}' => '-',
                    c => c,
                })
                .collect();
            plain.parse::<f64>().is_ok_and(|value| value.is_finite() && !is_year(value))
        }
        _ => false,
    }
}

/// Texts in the place of figures, and how figures are written.
fn signs(sheet: &Sheet, found: &mut Found) {
    let mut gaps = false;
    for row in found.rows.0..=found.rows.1 {
        let in_row: Vec<Cell<'_>> =
            found.columns.iter().map(|column| sheet.cell(Address::new(row, *column))).collect();
        if !in_row.iter().any(is_figure) {
            continue;
        }
        for cell in in_row {
            match cell.content {
                Content::Text(text) if !is_figure(&cell) => {
                    _ = found.signs.insert(text.trim().to_owned());
                }
                Content::Text(text) => found.has_commas |= text.contains(','),
                Content::Empty => gaps = true,
                _ => {}
            }
        }
    }
    found.has_gaps = gaps;
}

/// The columns beside the figures.
fn labels(sheet: &Sheet, lexicons: &BTreeMap<String, Names>, words: &Words, found: &mut Found) {
    let last = found.columns.last().copied().unwrap_or_default();
    for column in (0..=last).filter(|column| !found.columns.contains(column)) {
        let cells: Vec<Address> =
            (found.rows.0..=found.rows.1).map(|row| Address::new(row, column)).collect();
        let above = (0..found.rows.0).rev().map(|row| Address::new(row, column));
        let head = above.filter_map(|at| Some(text_of(&sheet.cell(at))?.into_owned())).next();
        let own = read(sheet, column, &cells, lexicons, words);
        if let Some(mut own) = own {
            own.head = head.unwrap_or_default();
            found.labels.push(own);
        }
    }
}

/// The rows above the figures, up to an empty one or one that is no head; what is above is a title.
fn heads(
    sheet: &Sheet,
    long: Option<u32>,
    lexicons: &BTreeMap<String, Names>,
    words: &Words,
    found: &mut Found,
) {
    let mut top = found.rows.0;
    for row in (0..found.rows.0).rev() {
        let cells: Vec<Address> =
            found.columns.iter().map(|column| Address::new(row, *column)).collect();
        let reaches = |at: &Address| {
            !sheet.cell(*at).is_empty() || sheet.merged(*at).is_some_and(|area| area.columns() > 1)
        };
        let is_head = match long {
            Some(head) => row == head,
            None => cells.iter().filter(|at| reaches(at)).count() * 2 >= cells.len().max(1),
        };
        // A title over the whole sheet is merged, too.
        let is_title = sheet.merged(Address::new(row, 0)).is_some_and(|area| area.columns() > 2);
        if !is_head || is_title {
            break;
        }
        top = row;
        if let Some(own) = read(sheet, row, &cells, lexicons, words) {
            found.heads.insert(0, own);
        }
    }
    for row in 0..top {
        let cells = sheet.row(row).filter_map(|cell| Some((cell.at, text_of(&cell)?.into_owned())));
        found.titles.extend(cells);
    }
}

/// What some cells say together.
fn read(
    sheet: &Sheet,
    at: u32,
    cells: &[Address],
    lexicons: &BTreeMap<String, Names>,
    words: &Words,
) -> Option<Labels> {
    let mut texts: Vec<String> = vec![];
    let (mut periods, mut all) = (0, 0);
    let rules = PeriodRules {
        quarters: Some(Accumulation::Cumulative),
        months: Some(Accumulation::Cumulative),
        stock: Some(Stock::AtBeginning),
        dates: Some(Dates::Month),
    };
    for cell in cells.iter().map(|at| sheet.cell(*at)) {
        let Some(text) = text_of(&cell) else { continue };
        all += 1;
        periods += usize::from(periods::period_of_cell(&cell, &rules, words).is_ok());
        if !texts.iter().any(|own| *own == *text) && texts.len() < 400 {
            texts.push(text.into_owned());
        }
    }
    if all == 0 {
        return None;
    }
    let known = |names: &Names| texts.iter().filter(|text| names.knows(text)).count();
    let best = lexicons.iter().max_by_key(|(_, names)| known(names));
    let register = best.filter(|(_, names)| known(names) * 2 > texts.len()).map(|(name, names)| {
        let unknown = texts.iter().filter(|text| !names.knows(text)).cloned();
        (name.clone(), unknown.collect())
    });
    Some(Labels { at, head: String::new(), texts, are_periods: periods * 2 > all, register })
}
