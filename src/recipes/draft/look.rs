//! What stands where on a sheet: figures, headers above and beside them, notes below.

use std::collections::{BTreeSet, HashSet};

use super::super::periods::{self, Accumulation, Dates, PeriodRules, Stock};
use super::super::select::text_of;
use super::super::words::Words;
use super::long;
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
    /// The cells below the figures.
    pub notes: Vec<String>,
    /// Texts in the place of figures.
    pub signs: BTreeSet<String>,
    /// Whether a figure that is a text has a decimal comma.
    pub has_commas: bool,
    /// Of a table in long form, in which a row is one figure, the row of its header.
    pub long: Option<u32>,
    /// Whether some cells between headers are empty.
    pub has_gaps: bool,
    /// Whether a figure is below nought.
    pub has_losses: bool,
    /// The size of a figure in the middle of all by size.
    pub size: f64,
    /// Whether a figure has decimals and is no percentage.
    pub has_fractions: bool,
}

/// A row or a column of headers.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels {
    /// The row or the column.
    pub at: u32,
    /// What heads the column.
    pub head: String,
    /// What the cells say, each once, in order.
    pub texts: Vec<String>,
    /// A cell for each text.
    pub cells: Vec<Address>,
    /// Whether they are periods.
    pub are_periods: bool,
    /// Whether a text stands for the cells to its right too, although they are not merged with it.
    pub reach_right: bool,
}

/// Only so many rows and columns are looked at.
const MOST_ROWS: u32 = 5_000;
const MOST_COLUMNS: u32 = 400;
/// Only so many texts of a row or column.
const MOST_TEXTS: usize = 1_000;

/// Everything is declared, so that whatever can be a period is one.
pub(super) const LENIENT: PeriodRules = PeriodRules {
    quarters: Some(Accumulation::Cumulative),
    months: Some(Accumulation::Cumulative),
    stock: None,
    dates: Some(Dates::Month),
};

/// The same of stocks.
const LENIENT_STOCK: PeriodRules =
    PeriodRules { stock: Some(Stock::AtBeginning), dates: Some(Dates::Day), ..LENIENT };

/// Looks at a sheet; `None` if it has no block of figures.
pub(super) fn look(sheet: &Sheet, words: &Words) -> Option<Found> {
    let (rows, columns) = sheet.size();
    let (rows, columns) = (rows.min(MOST_ROWS), columns.min(MOST_COLUMNS));
    let figures = |column: u32| -> Vec<u32> {
        (0..rows).filter(|row| is_figure(&sheet.cell(Address::new(*row, column)))).collect()
    };
    let by_column: Vec<Vec<u32>> = (0..columns).map(figures).collect();
    let most = by_column.iter().map(Vec::len).max().filter(|most| *most > 0)?;
    let long = long::of(sheet, rows, columns, words);
    let mut found = Found { long: long.map(|(head, _)| head), ..Found::default() };
    for (column, rows) in (0..columns).zip(&by_column) {
        let is_one = match long {
            Some((_, own)) => column == own,
            None => rows.len() * 2 >= most && !rows.is_empty(),
        };
        if is_one {
            found.columns.insert(column);
        }
    }
    let filled = |row: u32| {
        found.columns.iter().filter(|c| is_figure(&sheet.cell(Address::new(row, **c)))).count()
    };
    let block: Vec<u32> = (0..rows).filter(|row| filled(*row) * 2 >= found.columns.len()).collect();
    let first = block.iter().copied().find(|row| found.long.is_none_or(|head| *row > head))?;
    let last = *block.last()?;
    // A row of signs in the place of figures is no header.
    let first = (0..first)
        .rev()
        .take_while(|row| has_signs_only(sheet, &found.columns, *row))
        .last()
        .unwrap_or(first);
    // In long form a row without a figure is one in which there is none.
    let cells = |row: u32| sheet.row(row).count() as u32;
    found.rows = match found.long {
        Some(head) => {
            (head + 1, (last..rows).rev().find(|row| cells(*row) * 2 > columns).unwrap_or(last))
        }
        None => (first, last),
    };
    found.figures = (found.rows.0..=found.rows.1).map(filled).sum();
    figures_of(sheet, &mut found);
    labels(sheet, columns, words, &mut found);
    heads(sheet, words, &mut found);
    let below = (found.rows.1 + 1..rows).flat_map(|row| sheet.row(row));
    found.notes = below.filter_map(|cell| Some(text_of(&cell)?.into_owned())).collect();
    Some(found)
}

/// Whether all cells of a row in the columns of figures are signs, without a letter or a digit.
fn has_signs_only(sheet: &Sheet, columns: &BTreeSet<u32>, row: u32) -> bool {
    let is_sign = |cell: Cell<'_>| match cell.content {
        Content::Text(text) => !text.chars().any(char::is_alphanumeric),
        _ => false,
    };
    columns.iter().all(|column| is_sign(sheet.cell(Address::new(row, *column))))
}

/// Whether a cell is a number that is no year.
pub(super) fn is_figure(cell: &Cell<'_>) -> bool {
    let is_year = |value: f64| value.fract() == 0.0 && (1900.0..2100.0).contains(&value);
    number(cell).is_some_and(|value| !is_year(value))
}

/// The number in a cell, however it is typed.
fn number(cell: &Cell<'_>) -> Option<f64> {
    match cell.content {
        Content::Number(value) => Some(value),
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
            plain.parse::<f64>().ok().filter(|value| value.is_finite())
        }
        _ => None,
    }
}

/// What figures are like: how they are written, and what stands in their place.
fn figures_of(sheet: &Sheet, found: &mut Found) {
    let mut sizes = vec![];
    for row in found.rows.0..=found.rows.1 {
        let in_row: Vec<Cell<'_>> =
            found.columns.iter().map(|column| sheet.cell(Address::new(row, *column))).collect();
        let has_any = in_row.iter().any(is_figure) || has_signs_only(sheet, &found.columns, row);
        if found.long.is_none() && !has_any {
            continue;
        }
        for cell in in_row {
            if let Some(value) = number(&cell) {
                sizes.push(value.abs());
                found.has_losses |= value < 0.0;
                found.has_fractions |= value.fract() != 0.0 && !cell.style.percent;
            }
            match cell.content {
                Content::Text(text) if number(&cell).is_none() => {
                    _ = found.signs.insert(text.trim().to_owned());
                }
                Content::Text(text) => found.has_commas |= text.contains(','),
                Content::Empty => found.has_gaps = true,
                _ => {}
            }
        }
    }
    sizes.sort_by(f64::total_cmp);
    found.size = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
}

/// The columns beside the figures; in long form on both sides of them.
fn labels(sheet: &Sheet, columns: u32, words: &Words, found: &mut Found) {
    let end = match found.long {
        Some(_) => columns,
        None => found.columns.last().copied().unwrap_or_default(),
    };
    for column in (0..end).filter(|column| !found.columns.contains(column)) {
        let cells = (found.rows.0..=found.rows.1).map(|row| Address::new(row, column));
        let mut above = (0..found.rows.0).rev().map(|row| Address::new(row, column));
        let head = above.find_map(|at| Some(text_of(&sheet.cell(at))?.into_owned()));
        if let Some(own) = read(sheet, column, cells, words) {
            found.labels.push(Labels { head: head.unwrap_or_default(), ..own });
        }
    }
}

/// The rows above the figures, up to an empty one or one that is no head; what is above is a title.
fn heads(sheet: &Sheet, words: &Words, found: &mut Found) {
    let mut top = found.rows.0;
    for row in (0..found.rows.0).rev() {
        let cells: Vec<Address> =
            found.columns.iter().map(|column| Address::new(row, *column)).collect();
        let reaches = |at: &Address| {
            !sheet.cell(*at).is_empty() || sheet.merged(*at).is_some_and(|area| area.columns() > 1)
        };
        let reached = cells.iter().filter(|at| reaches(at)).count();
        // Above another header a text may stand for the columns to its right.
        let reach_right = reached < cells.len()
            && !found.heads.is_empty()
            && cells.first().is_some_and(|at| !sheet.cell(*at).is_empty());
        let is_head = match found.long {
            Some(head) => row == head,
            None => reach_right || reached * 2 >= cells.len().max(1),
        };
        // A title over the whole sheet is merged, too.
        let is_title = sheet.merged(Address::new(row, 0)).is_some_and(|area| area.columns() > 2);
        if !is_head || is_title {
            break;
        }
        top = row;
        if let Some(own) = read(sheet, row, cells.into_iter(), words) {
            found.heads.insert(0, Labels { reach_right, ..own });
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
    cells: impl Iterator<Item = Address>,
    words: &Words,
) -> Option<Labels> {
    let mut own = Labels { at, ..Labels::default() };
    let mut met: HashSet<String> = HashSet::new();
    let (mut periods, mut all) = (0, 0);
    for cell in cells.map(|at| sheet.cell(at)) {
        let Some(text) = text_of(&cell) else { continue };
        all += 1;
        periods += usize::from(is_period(&cell, words));
        if met.len() < MOST_TEXTS && met.insert(text.clone().into_owned()) {
            own.texts.push(text.into_owned());
            own.cells.push(cell.at);
        }
    }
    own.are_periods = periods * 2 > all;
    (all > 0).then_some(own)
}

fn is_period(cell: &Cell<'_>, words: &Words) -> bool {
    [LENIENT, LENIENT_STOCK].iter().any(|rules| periods::period_of_cell(cell, rules, words).is_ok())
}
