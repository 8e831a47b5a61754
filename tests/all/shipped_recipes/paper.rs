//! A sheet as a test sets it: cells and merged areas that can be changed before a workbook is made of them.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatScript, Workbook, Worksheet};

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Text(String),
    Number(f64),
    /// A text with a raised footnote mark behind it.
    Marked(String, String),
    /// A day, shown as its month.
    Day(u16, u8, u8),
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Said {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// A cell by row and column, from 0.
pub type Spot = (u32, u16);

/// A sheet.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    pub name: String,
    pub cells: BTreeMap<Spot, Said>,
    /// First and last cell of merged areas; what they say is what the first one says.
    pub merged: Vec<(Spot, Spot)>,
    pub hidden_rows: BTreeSet<u32>,
}

impl Paper {
    /// An empty sheet.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub fn put(&mut self, row: u32, column: u16, said: impl Into<Said>) {
        self.cells.insert((row, column), said.into());
    }

    /// The first cell that says a text.
    pub fn find(&self, text: &str) -> Spot {
        let is_it = |said: &Said| *said == Said::from(text);
        let found = self.cells.iter().find(|(_, said)| is_it(said));
        *found.unwrap_or_else(|| panic!("no cell says `{text}`")).0
    }

    /// The number in a cell.
    pub fn number(&self, at: Spot) -> f64 {
        match self.cells.get(&at) {
            Some(Said::Number(number)) => *number,
            other => panic!("{at:?} has {other:?}"),
        }
    }

    /// Takes a row out; those below move up, as in a spreadsheet program.
    pub fn take_row(&mut self, row: u32) {
        let up = |at: u32| if at > row { at - 1 } else { at };
        self.cells = std::mem::take(&mut self.cells)
            .into_iter()
            .filter(|((at, _), _)| *at != row)
            .map(|((at, column), said)| ((up(at), column), said))
            .collect();
        for (first, last) in &mut self.merged {
            (first.0, last.0) = (up(first.0), up(last.0));
        }
    }

    /// Moves the cells of some columns of a row to the right.
    pub fn shift(&mut self, row: u32, from: u16, by: u16) {
        let moved: Vec<Spot> =
            self.cells.keys().filter(|at| at.0 == row && at.1 >= from).copied().collect();
        let said: Vec<Said> = moved.iter().filter_map(|at| self.cells.remove(at)).collect();
        for (at, said) in moved.iter().zip(said) {
            self.cells.insert((row, at.1 + by), said);
        }
    }

    /// The bytes of a workbook with this sheet; the same each time.
    pub fn book(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let day = ExcelDateTime::from_ymd(2026, 5, 12).unwrap();
        book.set_properties(&DocProperties::new().set_creation_datetime(&day));
        let sheet = book.add_worksheet();
        sheet.set_name(&self.name).unwrap();
        sheet.set_column_width(0, 42).unwrap();
        let plain = Format::new();
        for (first, last) in &self.merged {
            sheet.merge_range(first.0, first.1, last.0, last.1, "", &plain).unwrap();
        }
        for (at, said) in &self.cells {
            write(sheet, *at, said);
        }
        for row in &self.hidden_rows {
            sheet.set_row_hidden(*row).unwrap();
        }
        book.save_to_buffer().unwrap()
    }

    /// The sheet as text.
    pub fn text(&self, separator: char) -> String {
        let rows = self.cells.keys().map(|at| at.0).max().map_or(0, |row| row + 1);
        let columns = self.cells.keys().map(|at| at.1).max().map_or(0, |column| column + 1);
        let mut text = String::new();
        for row in 0..rows {
            let cells: Vec<String> = (0..columns)
                .map(|column| match self.cells.get(&(row, column)) {
                    None => String::new(),
                    Some(Said::Text(text)) => text.clone(),
                    Some(Said::Number(number)) => number.to_string(),
                    Some(Said::Marked(text, mark)) => format!("{text}{mark}"),
                    Some(Said::Day(year, month, day)) => format!("{day:02}.{month:02}.{year}"),
                })
                .collect();
            text += &cells.join(&separator.to_string());
            text.push('\n');
        }
        text
    }
}

fn write(sheet: &mut Worksheet, at: Spot, said: &Said) {
    match said {
        Said::Text(text) => drop(sheet.write(at.0, at.1, text).unwrap()),
        Said::Number(number) => drop(sheet.write(at.0, at.1, *number).unwrap()),
        Said::Marked(text, mark) => {
            let (plain, raised) =
                (Format::new(), Format::new().set_font_script(FormatScript::Superscript));
            let parts = [(&plain, text.as_str()), (&raised, mark.as_str())];
            sheet.write_rich_string(at.0, at.1, &parts).unwrap();
        }
        Said::Day(year, month, day) => {
            let date = ExcelDateTime::from_ymd(*year, *month, *day).unwrap();
            let format = Format::new().set_num_format("mmm yy");
            sheet.write_with_format(at.0, at.1, &date, &format).unwrap();
        }
    }
}
