//! Source texts, and texts composed of them: every byte can be traced to its file or cell.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::Place;

/// A text file, kept so that its lines can be quoted.
///
/// A text made by merging layers is composed of parts of several files; a place in it is a place in the
/// file of that part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceText {
    /// The path as the user knows it, relative to the project.
    pub path: PathBuf,
    /// The whole content.
    pub text: Arc<str>,
    /// The origins of its parts in order, if not all are from `path`.
    origins: Arc<[Origin]>,
}

/// A part of a composed text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Origin {
    /// Its offset in the composed text.
    start: usize,
    source: Source,
}

/// The origin of a part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Source {
    /// A byte range of a text.
    Text(Box<(SourceText, Range<usize>)>),
    /// A cell of a sheet.
    Cell(SheetPlace),
}

/// Where a field comes from that was read from a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SheetPlace {
    /// The name of the sheet.
    pub sheet: Arc<str>,
    /// The row of the cell, counted from 0.
    pub row: u32,
    /// The column of the cell, counted from 0.
    pub column: u32,
    /// The bytes of the cell, if the workbook is a text with separators.
    pub text: Option<Box<(SourceText, Range<usize>)>>,
}

impl SheetPlace {
    /// The cell with its sheet: `2026!B7`.
    fn shown(&self) -> String {
        format!("{}!{}{}", self.sheet, letters(self.column), u64::from(self.row) + 1)
    }
}

/// A table while it is put together from the cells of a workbook, field by field.
#[derive(Debug, Default)]
pub struct GatheredText {
    text: String,
    origins: Vec<Origin>,
    is_begun: bool,
}

impl GatheredText {
    /// Adds a field to the record; `at` is the cell that it comes from. A field without a cell belongs to
    /// the one before it.
    pub fn field(&mut self, text: &str, at: Option<SheetPlace>) {
        if self.is_begun {
            self.text.push(',');
        }
        self.is_begun = true;
        if let Some(place) = at {
            self.origins.push(Origin { start: self.text.len(), source: Source::Cell(place) });
        }
        push_field(&mut self.text, text);
    }

    /// Ends the record.
    pub fn end(&mut self) {
        self.text.push('\n');
        self.is_begun = false;
    }

    /// The table as comma-separated text; `path` is that of the workbook.
    pub fn finish(self, path: impl Into<PathBuf>) -> SourceText {
        SourceText { path: path.into(), text: self.text.into(), origins: self.origins.into() }
    }
}

/// Writes a field as comma-separated text has it.
fn push_field(out: &mut String, text: &str) {
    match text.contains([',', '"', '\n', '\r']) {
        true => out.push_str(&format!("\"{}\"", text.replace('"', "\"\""))),
        false => out.push_str(text),
    }
}

/// A cell of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// Its row, counted from 0.
    pub row: u32,
    /// Its column, counted from 0.
    pub column: u32,
    /// Its text.
    pub text: String,
}

/// A part from which a composed text is made.
#[derive(Debug, Clone)]
pub enum Piece {
    /// A byte range of another text.
    Of(SourceText, Range<usize>),
    /// Text between parts that is in no file.
    Glue(&'static str),
}

impl SourceText {
    /// A text with the path that the user knows.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), origins: Arc::default() }
    }

    /// A text composed of parts of others; `path` is used for places that belong to none.
    pub fn composed(path: impl Into<PathBuf>, pieces: Vec<Piece>) -> Self {
        let (mut text, mut origins) = (String::new(), vec![]);
        for piece in pieces {
            match piece {
                Piece::Glue(glue) => text.push_str(glue),
                Piece::Of(source, range) => {
                    let start = text.len();
                    text.push_str(&source.text[range.clone()]);
                    origins.push(Origin { start, source: Source::Text(Box::new((source, range))) });
                }
            }
        }
        Self { path: path.into(), text: text.into(), origins: origins.into() }
    }

    /// A sheet of a workbook as comma-separated text, so that every reader of tables can read it; a place
    /// in it is a cell. Line 7 of the text is row 7 of the sheet. Cells must be in order, row by row;
    /// missing ones are empty.
    ///
    /// ```
    /// use kosh::diag::{SheetCell, SourceText};
    ///
    /// let cell = |row, column, text: &str| SheetCell { row, column, text: text.into() };
    /// let cells = [cell(0, 0, "region"), cell(0, 1, "value"), cell(2, 0, "KZ-71"), cell(2, 1, "7")];
    /// let text = SourceText::of_sheet("data/moves.xlsx", "2025", cells);
    /// assert_eq!(&*text.text, "region,value\n\nKZ-71,7\n");
    /// assert_eq!(text.place(20..21).to_string(), "data/moves.xlsx, 2025!B3");
    /// ```
    pub fn of_sheet(
        path: impl Into<PathBuf>,
        sheet: &str,
        cells: impl IntoIterator<Item = SheetCell>,
    ) -> Self {
        let sheet: Arc<str> = sheet.into();
        let (mut text, mut origins) = (String::new(), vec![]);
        let (mut row, mut column) = (0, 0);
        for cell in cells {
            while row < cell.row {
                text.push('\n');
                (row, column) = (row + 1, 0);
            }
            while column < cell.column {
                text.push(',');
                column += 1;
            }
            let place = SheetPlace { sheet: sheet.clone(), row, column, text: None };
            origins.push(Origin { start: text.len(), source: Source::Cell(place) });
            push_field(&mut text, &cell.text);
        }
        text.push('\n');
        Self { path: path.into(), text: text.into(), origins: origins.into() }
    }

    /// The place of a byte range of this text.
    pub fn place(&self, range: Range<usize>) -> Place {
        if self.origins.is_empty() {
            return Place::Text { source: self.clone(), range };
        }
        let origin = self.origin(range.start);
        match &origin.source {
            Source::Text(part) => {
                let (text, copied) = &**part;
                let clamp = |at: usize| {
                    let inside = at.saturating_sub(origin.start).min(copied.len());
                    copied.start + inside
                };
                text.place(clamp(range.start)..clamp(range.end))
            }
            Source::Cell(SheetPlace { text: Some(part), .. }) => part.0.place(part.1.clone()),
            Source::Cell(SheetPlace { sheet, row, column, text: None }) => Place::Cell {
                file: self.path.clone(),
                sheet: sheet.to_string(),
                cell: format!("{}{}", letters(*column), u64::from(*row) + 1),
            },
        }
    }

    /// The cell with its sheet, such as `2026!B7`, that the byte at `at` was read from; `None` if this is no
    /// table of a workbook.
    pub fn cell(&self, at: usize) -> Option<Arc<str>> {
        match &self.origins.first().map(|_| self.origin(at))?.source {
            Source::Cell(place) => Some(place.shown().into()),
            Source::Text(_) => None,
        }
    }

    /// Whether this is a table of a workbook.
    pub fn is_of_cells(&self) -> bool {
        self.origins.first().is_some_and(|origin| matches!(origin.source, Source::Cell(_)))
    }

    /// The origin of a byte of a text that has origins. Text between parts belongs to the part before it.
    fn origin(&self, at: usize) -> &Origin {
        let index = self.origins.partition_point(|origin| origin.start <= at);
        &self.origins[index.saturating_sub(1)]
    }

    /// The place of a whole line, counted from 1, without its line ending.
    pub fn line(&self, line: usize) -> Place {
        let mut start = 0;
        for (index, content) in self.text.split_inclusive('\n').enumerate() {
            if index + 1 == line {
                let end = start + content.trim_end_matches(['\n', '\r']).len();
                return self.place(start..end);
            }
            start += content.len();
        }
        self.place(self.text.len()..self.text.len())
    }
}

/// The letters of a column of a sheet: A for 0, Z for 25, AA for 26.
fn letters(column: u32) -> String {
    let (mut rest, mut all) = (column + 1, vec![]);
    while rest > 0 {
        all.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    all.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_composed_text_is_a_place_in_the_file_it_came_from() {
        let base = SourceText::new("base.md", "one\ntwo\nthree\n");
        let own = SourceText::new("own.md", "# mine\nTWO\n");
        let pieces = vec![
            Piece::Of(base.clone(), 0..4),
            Piece::Of(own, 7..11),
            Piece::Glue("\n"),
            Piece::Of(base, 8..14),
        ];
        let both = SourceText::composed("base.md", pieces);
        assert_eq!(&*both.text, "one\nTWO\n\nthree\n");
        let at = |needle: &str| {
            let start = both.text.find(needle).unwrap();
            both.place(start..start + needle.len()).to_string()
        };
        assert_eq!(at("one"), "base.md:1:1");
        assert_eq!(at("TWO"), "own.md:2:1");
        assert_eq!(at("three"), "base.md:3:1");
        assert_eq!(both.line(4).to_string(), "base.md:3:1");
    }

    #[test]
    fn a_column_has_the_letters_of_a_spreadsheet() {
        let named = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
