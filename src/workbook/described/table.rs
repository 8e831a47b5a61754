//! The text of a described table to a sheet: heads held against the description, cells as they are meant.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::column::{Column, Holds, Meaning, styles};
use super::{Described, Head};
use crate::diag::{Code, Diagnostic, Message, Result, SourceText, did_you_mean};
use crate::workbook::separated::Stop;
use crate::workbook::sheet::{Builder, New};
use crate::workbook::{Address, Sheet, too_large};

/// Reads a table.
pub(super) fn read(described: &Described, source: &SourceText) -> Result<Sheet> {
    let text = &*source.text;
    let mut reader = Reader {
        described,
        source,
        builder: Builder::new(&described.name, Arc::default(), styles().into()),
        columns: vec![],
        record: None,
        found: vec![],
    };
    let mut start = 0;
    for _ in 0..described.skipped {
        start += text[start..].find('\n').map_or(text.len() - start, |length| length + 1);
    }
    if described.head == Head::None {
        reader.headless(&text[start..]).map_err(|stop| stop.of(source))?;
    }
    let row = described.skipped + u32::from(described.head == Head::None);
    described
        .dialect
        .cells(text, start, row, |at, span, cell| reader.cell(at, span, cell))
        .and_then(|()| reader.ends())
        .map_err(|stop| stop.of(source))?;
    if !reader.found.is_empty() {
        return Err(reader.found);
    }
    reader
        .builder
        .finish()
        .map_err(|_| too_large(&source.path, message!("it has too many cells")).into())
}

/// No more problems are told one by one.
const SHOWN: usize = 30;

struct Reader<'a> {
    described: &'a Described,
    source: &'a SourceText,
    builder: Builder,
    /// For each column of the file its description, once the head is known.
    columns: Vec<Option<&'a Column>>,
    /// The cells of the line that is read.
    record: Option<Record<'a>>,
    found: Vec<Diagnostic>,
}

/// A line while it is read.
struct Record<'a> {
    row: u32,
    cells: Vec<(Range<usize>, Cow<'a, str>)>,
}

impl<'a> Reader<'a> {
    /// Makes a head of what the columns are called, where the file has none.
    fn headless(&mut self, text: &str) -> std::result::Result<(), Stop> {
        let Some(columns) = &self.described.columns else {
            let problem = Diagnostic::error(
                Code::K1206,
                message!("the table has no head, and nothing says what its columns are"),
            )
            .at(self.described.path_place.clone())
            .hint(message!("describe its columns"));
            return Err(Stop::Reported(vec![problem]));
        };
        self.columns = columns.iter().map(Some).collect();
        let start = self.source.text.len() - text.len();
        for (column, own) in (0..).zip(columns) {
            self.builder.add_text(Address::new(0, column), &own.name, start..start)?;
        }
        Ok(())
    }

    fn cell(
        &mut self,
        at: Address,
        span: Range<usize>,
        cell: Cow<'a, str>,
    ) -> std::result::Result<(), Stop> {
        // A cell in the first column begins a line.
        if at.column == 0 {
            self.ends()?;
            self.record = Some(Record { row: at.row, cells: vec![] });
        }
        if let Some(record) = &mut self.record {
            record.cells.push((span, cell));
        }
        Ok(())
    }

    /// Takes the line that has ended.
    fn ends(&mut self) -> std::result::Result<(), Stop> {
        let Some(record) = self.record.take() else { return Ok(()) };
        if record.cells.iter().all(|(_, cell)| cell.trim().is_empty()) {
            return Ok(());
        }
        match self.columns.is_empty() {
            true => self.head(&record),
            false => self.line(&record),
        }
    }

    /// A problem at some bytes of the file.
    fn wrong(&self, span: &Range<usize>, message: Message) -> Diagnostic {
        Diagnostic::error(Code::K1207, message).at(self.source.place(span.clone()))
    }

    fn tell(&mut self, problem: Diagnostic) {
        if self.found.len() < SHOWN {
            self.found.push(problem);
        }
    }

    /// Holds the head of the file against the description.
    fn head(&mut self, record: &Record<'a>) -> std::result::Result<(), Stop> {
        for (number, (span, cell)) in (0..).zip(&record.cells) {
            self.builder.add_text(Address::new(record.row, number), cell, span.clone())?;
        }
        let Some(described) = &self.described.columns else {
            self.columns = vec![None; record.cells.len()];
            return Ok(());
        };
        let is_for = |column: &Column, head: &str| {
            column.heads.is_empty() || column.heads.iter().any(|own| own.trim() == head)
        };
        let first = record.cells.first().map_or(0..0, |(span, _)| span.clone());
        if self.described.head == Head::ByName {
            for (_, cell) in &record.cells {
                self.columns.push(described.iter().find(|own| is_for(own, cell.trim())));
            }
            for own in described {
                let is_there = self.columns.iter().flatten().any(|met| met.name == own.name);
                if own.required && !is_there {
                    let message = message!("no column is headed `{name}`", name = own.name);
                    let problem = self.wrong(&first, message);
                    self.tell(problem.related(own.place.clone(), message!("described here")));
                }
            }
        } else {
            self.in_order(record, described, is_for);
        }
        // Cells below a head that is wrong say nothing.
        match self.found.is_empty() {
            true => Ok(()),
            false => Err(Stop::Reported(std::mem::take(&mut self.found))),
        }
    }

    /// Holds the heads against the columns in the order in which they are described.
    fn in_order(
        &mut self,
        record: &Record<'a>,
        described: &'a [Column],
        is_for: impl Fn(&Column, &str) -> bool,
    ) {
        for (number, (span, cell)) in record.cells.iter().enumerate() {
            let head = cell.trim();
            let own = described.get(number);
            self.columns.push(own);
            match own {
                Some(own) if is_for(own, head) => {}
                Some(own) => {
                    let names = own.heads.iter().map(|head| format!("`{head}`"));
                    let names = names.collect::<Vec<_>>().join(" or ");
                    let problem = self
                        .wrong(
                            span,
                            message!(
                                "column {number} is headed `{head}`",
                                number = number + 1,
                                head
                            ),
                        )
                        .related(own.place.clone(), message!("described as {names}", names))
                        .note(message!(
                            "a column that was moved or added would be taken for another"
                        ));
                    self.tell(problem);
                }
                None if head.is_empty() => {}
                None => {
                    let near = did_you_mean(head, described.iter().map(|own| &*own.name));
                    let problem =
                        self.wrong(span, message!("the column `{head}` is not described", head));
                    self.tell(problem.maybe_hint(near));
                }
            }
        }
        if let Some(own) = described.get(record.cells.len()) {
            let span = record.cells.last().map_or(0..0, |(span, _)| span.clone());
            let message = message!("there is no column `{name}` in the file", name = own.name);
            let problem = self.wrong(&span, message);
            self.tell(problem.related(own.place.clone(), message!("described here")));
        }
    }

    fn line(&mut self, record: &Record<'a>) -> std::result::Result<(), Stop> {
        for (number, (span, cell)) in record.cells.iter().enumerate() {
            let at = Address::new(record.row, number as u32);
            let Some(column) = self.columns.get(number) else {
                if !cell.trim().is_empty() {
                    let many = self.columns.len();
                    let message =
                        message!("`{cell}` stands behind the last of {many} columns", cell, many);
                    let problem = self.wrong(span, message);
                    self.tell(problem);
                }
                continue;
            };
            let Some(column) = *column else {
                self.builder.add_text(at, cell, span.clone())?;
                continue;
            };
            let is_blank = cell.trim().is_empty();
            let is_nothing =
                column.missing.iter().any(|sign| sign == cell || sign.is_empty() && is_blank)
                    || self.described.null.as_deref() == Some(&**cell);
            if is_nothing {
                if column.required {
                    self.empty(span, column);
                }
                continue;
            }
            self.typed(at, span, cell, column)?;
        }
        let behind = self.columns.iter().skip(record.cells.len());
        let lacking: Vec<&Column> = behind.flatten().copied().filter(|own| own.required).collect();
        for column in lacking {
            let span = record.cells.last().map_or(0..0, |(span, _)| span.clone());
            self.empty(&span, column);
        }
        Ok(())
    }

    fn empty(&mut self, span: &Range<usize>, column: &Column) {
        let message = message!("`{name}` says nothing here, and is required", name = column.name);
        let problem = self.wrong(span, message);
        self.tell(problem.related(column.place.clone(), message!("described here")));
    }

    /// Keeps a cell that says something.
    fn typed(
        &mut self,
        at: Address,
        span: &Range<usize>,
        cell: &str,
        column: &Column,
    ) -> std::result::Result<(), Stop> {
        let (new, style) = match column.holds.meaning(cell) {
            Some(Meaning::Text) => {
                self.builder.add_text(at, cell, span.clone())?;
                return Ok(());
            }
            Some(Meaning::Number { value, style }) => (New::Number(value), style),
            Some(Meaning::Day(moment)) => (New::Date(moment), 0),
            // What has no digit is no number in any notation: the recipe may say what it means.
            None if matches!(column.holds, Holds::Number(_))
                && !cell.contains(|c: char| c.is_ascii_digit()) =>
            {
                self.builder.add_text(at, cell, span.clone())?;
                return Ok(());
            }
            None => {
                let message =
                    message!("`{cell}` is not a {holds}", cell, holds = column.holds.shown());
                let problem = self
                    .wrong(span, message)
                    .related(column.place.clone(), message!("described here"))
                    .note(message!("what is written otherwise than described could be another value"))
                    .hint(message!("correct the description or the cell; or import the table itself, with a recipe"));
                self.tell(problem);
                return Ok(());
            }
        };
        self.builder.add_at(at, new, style, span.clone())?;
        Ok(())
    }
}
