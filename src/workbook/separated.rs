//! A text with separators to a sheet: csv, tsv, what was copied from a spreadsheet or a page.
//!
//! A row of the sheet is a line of the text, but for a cell in quotation marks that has lines in it: then
//! the rows go on counting lines, so that row 7 is what an editor calls line 7.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::encoding::{self, Decoded};
use super::separator::{self, Separator};
use super::sheet::{Builder, Room, TooMuch};
use super::{
    Address, Content, Format, MOST_COLUMNS, MOST_ROWS, Options, Sheet, Style, TextReading, Workbook,
};
use super::{stem, too_large};
use crate::diag::{Code, Diagnostic, Message, SourceText};

/// Reads a text.
pub(super) fn read(bytes: &[u8], path: &Path, options: &Options) -> crate::diag::Result<Workbook> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(too_large(path, message!("it has more than 4 GiB")).into());
    }
    let Decoded { text, encoding, is_marked } = encoding::decode(bytes, options.encoding, path)?;
    let (start, declared) = declared(&text);
    let separator =
        options.separator.or(declared).unwrap_or_else(|| separator::find(&text[start..]));
    let source = SourceText::new(path, text);
    let mut builder = Builder::new(&stem(path), Arc::default(), Arc::from([Style::default()]));
    builder.source(&source.text);
    let mut reader = Reader { text: &source.text, builder, row: u32::from(start > 0) };
    reader.rows(start, separator).map_err(|stop| stop.of(&source))?;
    let mut sheet =
        reader.builder.finish().map_err(|_| too_large(path, message!("it has too many cells")))?;
    if super::sdmx_csv(&sheet).is_some() {
        sheet.labels_behind();
    }
    let (decimal_commas, decimal_points) = decimal_signs(&sheet);
    let reading = TextReading { encoding, is_marked, separator, decimal_commas, decimal_points };
    Ok(Workbook {
        path: path.to_path_buf(),
        format: Format::Text,
        sheets: vec![sheet],
        reading: Some(reading),
        knows_styles: false,
        knows_hidden: true,
        knows_merged: true,
        beside: None,
        source: Some(source),
    })
}

/// A first line `sep=;`, which a spreadsheet program takes as a note to itself: the byte behind it, and
/// the sign.
fn declared(text: &str) -> (usize, Option<Separator>) {
    let Some((line, _)) = text.split_once('\n') else { return (0, None) };
    let sign = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &line[4..]);
    match sign.and_then(|sign| sign.trim_end_matches('\r').parse().ok()) {
        Some(separator) => (line.len() + 1, Some(separator)),
        None => (0, None),
    }
}

/// Why a text cannot be split into cells.
pub(super) enum Stop {
    TooMuch,
    Quote {
        from: usize,
        to: usize,
        message: Message,
    },
    /// Something that the caller has found, and told.
    Reported(Vec<Diagnostic>),
}

impl From<TooMuch> for Stop {
    fn from(_: TooMuch) -> Self {
        Self::TooMuch
    }
}

impl Stop {
    /// The problem in a file.
    pub(super) fn of(self, source: &SourceText) -> Vec<Diagnostic> {
        let path = &source.path;
        match self {
            Self::TooMuch => {
                let most = message!(
                    "a sheet may have {most_rows} rows and {most_columns} columns, and kosh reads {value} \
                    cells",
                    most_rows = MOST_ROWS,
                    most_columns = MOST_COLUMNS,
                    value = Room::MOST_CELLS
                );
                too_large(path, most).into()
            }
            Self::Quote { from, to, message } => Diagnostic::error(Code::K1205, message)
                .at(source.place(from..to))
                .note(message!(
                    "a cell that begins with a quotation mark must end with one, and a mark \
                    inside it must be doubled"
                ))
                .hint(message!("correct the line, or export the file again"))
                .hint(message!(
                    "if the marks belong to the text, add `--separator blanks` or paste the table"
                ))
                .into(),
            Self::Reported(problems) => problems,
        }
    }
}

/// How a text is split into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// What separates cells.
    pub separator: u8,
    /// What stands around a cell that has a separator in it.
    pub quote: Option<u8>,
    /// Whether a quotation mark inside of a cell is written twice.
    pub doubles: bool,
    /// What stands before a sign that is meant as itself.
    pub escape: Option<u8>,
    /// Whether blanks behind a separator are passed over.
    pub skips_blanks: bool,
    /// What a line begins with that is a comment.
    pub comment: Option<u8>,
}

impl Dialect {
    /// The usual one.
    pub(super) const fn with(separator: u8) -> Self {
        Self {
            separator,
            quote: Some(b'"'),
            doubles: true,
            escape: None,
            skips_blanks: false,
            comment: None,
        }
    }

    fn ends(&self, byte: u8) -> bool {
        byte == self.separator || byte == b'\n' || byte == b'\r'
    }

    /// Hands over the cells of a text, each with its address, the bytes it is read from, and its text. `row` is that of
    /// the byte at `start`.
    pub(super) fn cells<'t>(
        &self,
        text: &'t str,
        start: usize,
        mut row: u32,
        mut take: impl FnMut(Address, Range<usize>, Cow<'t, str>) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let bytes = text.as_bytes();
        let (mut at, mut column) = (start, 0);
        while at < bytes.len() {
            if column == 0 && self.comment == Some(bytes[at]) {
                let length = bytes[at..].iter().position(|byte| *byte == b'\n');
                at = length.map_or(bytes.len(), |length| at + length + 1);
                row += 1;
                continue;
            }
            let Met { cell, end, lines } = self.cell(text, at)?;
            if row >= MOST_ROWS || column >= MOST_COLUMNS {
                // An empty cell beyond the last one says nothing.
                if !cell.trim().is_empty() {
                    return Err(Stop::TooMuch);
                }
            } else {
                take(Address::new(row, column), at..end, cell)?;
            }
            row += lines;
            match bytes.get(end) {
                Some(byte) if *byte == self.separator => (at, column) = (end + 1, column + 1),
                Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => (at, column) = (end + 2, 0),
                Some(_) => (at, column) = (end + 1, 0),
                None => return Ok(()),
            }
            row += u32::from(column == 0);
        }
        Ok(())
    }

    /// The cell that begins at a byte.
    fn cell<'t>(&self, text: &'t str, begin: usize) -> Result<Met<'t>, Stop> {
        let bytes = text.as_bytes();
        let mut from = begin;
        while self.skips_blanks
            && bytes.get(from).is_some_and(|byte| *byte == b' ' && *byte != self.separator)
        {
            from += 1;
        }
        let is_quoted = self.quote.is_some() && bytes.get(from).copied() == self.quote;
        match (is_quoted, self.escape) {
            (true, _) => self.quoted(text, from),
            (false, None) => {
                let length = bytes[from..].iter().position(|byte| self.ends(*byte));
                let end = length.map_or(bytes.len(), |length| from + length);
                Ok(Met { cell: Cow::Borrowed(&text[from..end]), end, lines: 0 })
            }
            (false, Some(escape)) => {
                let (mut cell, mut at, mut lines) = (String::new(), from, 0);
                let mut start = from;
                while let Some(byte) = bytes.get(at).filter(|byte| !self.ends(**byte)) {
                    at += 1;
                    if *byte == escape && at < bytes.len() {
                        cell.push_str(&text[start..at - 1]);
                        start = at;
                        lines += u32::from(bytes[at] == b'\n');
                        at += text[at..].chars().next().map_or(1, char::len_utf8);
                    }
                }
                cell.push_str(&text[start..at]);
                Ok(Met { cell: Cow::Owned(cell), end: at, lines })
            }
        }
    }

    /// The cell in quotation marks of which the first is at a byte.
    fn quoted<'t>(&self, text: &'t str, from: usize) -> Result<Met<'t>, Stop> {
        let bytes = text.as_bytes();
        let quote = bytes[from];
        let unclosed = Stop::Quote {
            from,
            to: from + 1,
            message: message!("a quotation mark that is not closed"),
        };
        let mut cell = String::new();
        let mut at = from + 1;
        loop {
            let is_sign = |byte: &u8| *byte == quote || self.escape == Some(*byte);
            let Some(length) = bytes[at..].iter().position(is_sign) else {
                return Err(unclosed);
            };
            cell.push_str(&text[at..at + length]);
            at += length + 1;
            if bytes[at - 1] != quote {
                let Some(own) = text[at..].chars().next() else { return Err(unclosed) };
                cell.push(own);
                at += own.len_utf8();
                continue;
            }
            match bytes.get(at) {
                Some(byte) if *byte == quote && self.doubles => {
                    cell.push(char::from(quote));
                    at += 1;
                }
                None => break,
                Some(byte) if self.ends(*byte) => break,
                Some(_) => {
                    let message = message!("text behind a closing quotation mark");
                    return Err(Stop::Quote { from, to: at, message });
                }
            }
        }
        let lines = u32::try_from(cell.matches('\n').count()).map_err(|_| Stop::TooMuch)?;
        Ok(Met { cell: Cow::Owned(cell), end: at, lines })
    }
}

/// A cell, where it ends, and how many lines it has in it.
struct Met<'t> {
    cell: Cow<'t, str>,
    end: usize,
    lines: u32,
}

/// A text while it is read.
struct Reader<'a> {
    text: &'a str,
    builder: Builder,
    row: u32,
}

impl Reader<'_> {
    fn rows(&mut self, start: usize, separator: Separator) -> Result<(), Stop> {
        if let Some(byte) = separator.byte() {
            let builder = &mut self.builder;
            return Dialect::with(byte).cells(self.text, start, self.row, |at, span, cell| {
                builder.add_text(at, &cell, span)?;
                Ok(())
            });
        }
        let mut at = start;
        for line in self.text[start..].split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            match separator {
                Separator::Blanks => {
                    for (column, (inner, cell)) in (0..).zip(separator::split_blanks(content)) {
                        self.add(column, cell, at + inner)?;
                    }
                }
                _ => self.add(0, content, at)?,
            }
            at += line.len();
            self.row += 1;
        }
        Ok(())
    }

    fn add(&mut self, column: u32, cell: &str, start: usize) -> Result<(), Stop> {
        if cell.trim().is_empty() {
            return Ok(());
        }
        if self.row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(Stop::TooMuch);
        }
        let at = Address::new(self.row, column);
        self.builder.add_text(at, cell, start..start + cell.len())?;
        Ok(())
    }
}

/// The bytes of a cell of a text that was split by a separator: its line is split once more. `None` if the line has no such
/// cell, or an empty one.
pub(super) fn span(text: &str, separator: Separator, at: Address) -> Option<Range<usize>> {
    let lines = text.split_inclusive('\n').take(at.row as usize);
    let start: usize = lines.map(str::len).sum();
    let Some(byte) = separator.byte() else {
        let line = text.get(start..)?.lines().next()?;
        let cell = match separator {
            Separator::Blanks => separator::split_blanks(line).nth(at.column as usize)?,
            _ => (0, line),
        };
        return Some(start + cell.0..start + cell.0 + cell.1.len());
    };
    let mut found = None;
    // What cannot be split was refused when the text was read.
    let _ = Dialect::with(byte).cells(text, start, at.row, |own, span, cell| {
        if own.row > at.row || own == at {
            found = (own == at && !cell.trim().is_empty()).then_some(span);
            return Err(Stop::TooMuch);
        }
        Ok(())
    });
    found
}

/// How many cells are numbers with a decimal comma, and how many with a decimal point. One before
/// exactly three digits may stand between thousands, so it tells nothing.
fn decimal_signs(sheet: &Sheet) -> (usize, usize) {
    let (mut commas, mut points) = (0, 0);
    for cell in sheet.filled() {
        let Content::Text(text) = cell.content else { continue };
        let text = text.trim();
        let Some(at) = text.rfind([',', '.']) else { continue };
        let (whole, part) = (&text[..at], &text[at + 1..]);
        let is_number = whole.bytes().any(|byte| byte.is_ascii_digit())
            && whole.chars().all(|c| {
                c.is_ascii_digit()
                    || c.is_whitespace()
                    || matches!(c, '-' | '\u{2212}' | '\u{2013}')
            })
            && !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || (part.len() == 3 && !whole.trim_start_matches('0').is_empty()) {
            continue;
        }
        match text.as_bytes()[at] {
            b',' => commas += 1,
            _ => points += 1,
        }
    }
    (commas, points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(text: &str) -> Workbook {
        Workbook::read(text.as_bytes(), Path::new("data/moves.csv"), &Options::default()).unwrap()
    }

    fn cells(book: &Workbook) -> Vec<(String, String)> {
        let filled = book.sheets[0].filled();
        filled.map(|cell| (cell.at.to_string(), cell.content.shown())).collect()
    }

    #[test]
    fn the_place_of_a_cell_is_found_when_what_it_says_was_let_go() {
        for (text, separator) in [
            ("a;b\n;cd\n\n 7 ;", Separator::Semicolon),
            ("sep=,\r\na,b\r\n,c\r\n", Separator::Comma),
            ("a  b\n   c   d e\n", Separator::Blanks),
            ("one line\nanother\n", Separator::None),
        ] {
            let options = Options { separator: Some(separator), ..Options::default() };
            let mut book = read(text.as_bytes(), Path::new("a.csv"), &options).unwrap();
            let places = |book: &Workbook| -> Vec<String> {
                let all =
                    (0..5).flat_map(|row| (0..4).map(move |column| Address::new(row, column)));
                all.map(|at| format!("{:?}", book.place(&book.sheets[0], at))).collect()
            };
            let before = places(&book);
            book.let_go();
            assert!(book.sheets[0].filled().next().is_none());
            assert_eq!(places(&book), before, "{text}");
        }
    }

    #[test]
    fn a_text_is_read_with_its_quotes_and_empty_cells() {
        let read = book("region;\"a \"\"b\"\"; c\"\r\n\r\n;7,5\r\nx;1 234,5");
        let expected =
            [("A1", "region"), ("B1", "a \"b\"; c"), ("B3", "7,5"), ("A4", "x"), ("B4", "1 234,5")];
        assert_eq!(cells(&read), expected.map(|(at, text)| (at.to_owned(), text.to_owned())));
        let reading = read.reading.unwrap();
        assert_eq!(
            (reading.separator, reading.decimal_commas, reading.decimal_points),
            (Separator::Semicolon, 2, 0)
        );
        assert_eq!(read.sheets[0].size(), (4, 2));
        assert_eq!(read.sheets[0].name(), "moves");
        assert_eq!(
            read.place(&read.sheets[0], Address::new(2, 1)).to_string(),
            "data/moves.csv:3:2"
        );
    }

    #[test]
    fn rows_are_lines_even_behind_a_cell_of_two_lines() {
        let read = book("a,\"two\nlines\",b\nc,d,e\n");
        assert_eq!(read.sheets[0].cell(Address::new(2, 0)).content, Content::Text("c"));
        assert_eq!(
            read.place(&read.sheets[0], Address::new(2, 0)).to_string(),
            "data/moves.csv:3:1"
        );
    }

    #[test]
    fn a_note_to_the_spreadsheet_says_the_separator() {
        let read = book("sep=|\na|b;c\n");
        assert_eq!(cells(&read)[1], ("B2".to_owned(), "b;c".to_owned()));
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_refused_at_its_line() {
        for text in ["a;b\n\"c;d\ne;f\n", "a;b\n\"c\"d;e\n"] {
            let found = Workbook::read(text.as_bytes(), Path::new("a.csv"), &Options::default())
                .unwrap_err();
            assert_eq!(found[0].code.as_str(), "K1205");
            assert_eq!(found[0].place.as_ref().unwrap().to_string(), "a.csv:2:1");
        }
    }

    #[test]
    fn running_text_is_a_cell_a_line() {
        let read = book("In January, 5 people came, and 6 left.\n\nOthers stayed.\n");
        assert_eq!(read.reading.unwrap().separator, Separator::None);
        assert_eq!(cells(&read).len(), 2);
    }

    #[test]
    fn more_columns_than_a_sheet_has_are_refused() {
        let wide = ";".repeat(20_000) + "1\n";
        let found =
            Workbook::read(wide.as_bytes(), Path::new("a.csv"), &Options::default()).unwrap_err();
        assert_eq!(found[0].code.as_str(), "K1203");
    }
}
