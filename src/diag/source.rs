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
    Text(SourceText, Range<usize>),
    /// A cell of a sheet; row and column are counted from 0.
    Cell { sheet: Arc<str>, row: u32, column: u32 },
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
                    origins.push(Origin { start, source: Source::Text(source, range) });
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
            let source = Source::Cell { sheet: sheet.clone(), row, column };
            origins.push(Origin { start: text.len(), source });
            match cell.text.contains([',', '"', '\n', '\r']) {
                true => text.push_str(&format!("\"{}\"", cell.text.replace('"', "\"\""))),
                false => text.push_str(&cell.text),
            }
        }
        text.push('\n');
        Self { path: path.into(), text: text.into(), origins: origins.into() }
    }

    /// The place of a byte range of this text.
    pub fn place(&self, range: Range<usize>) -> Place {
        if self.origins.is_empty() {
            return Place::Text { source: self.clone(), range };
        }
        // Text between parts belongs to the part before it.
        let index = self.origins.partition_point(|origin| origin.start <= range.start);
        let origin = &self.origins[index.saturating_sub(1)];
        match &origin.source {
            Source::Text(text, copied) => {
                let clamp = |at: usize| {
                    let inside = at.saturating_sub(origin.start).min(copied.len());
                    copied.start + inside
                };
                text.place(clamp(range.start)..clamp(range.end))
            }
            Source::Cell { sheet, row, column } => Place::Cell {
                file: self.path.clone(),
                sheet: sheet.to_string(),
                cell: format!("{}{}", letters(*column), row + 1),
            },
        }
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
