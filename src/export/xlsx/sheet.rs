//! Sheets: contents first, then one per table, sources and releases last.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{
    ColNum, ExcelDateTime, Format, FormatAlign, FormatBorder, RowNum, Url, Worksheet, XlsxError,
};

use super::{Release, Source, format};
use crate::document::{Inline, Meta, Table, TableCell};

type Written = Result<(), XlsxError>;

/// The largest number of number columns for a sheet printed in portrait.
const UPRIGHT: usize = 7;
/// The code for A4 in the file format.
const A4: u8 = 9;
/// The smallest and largest column width in characters; a column is as wide as its longest cell.
const WIDTHS: (usize, usize) = (9, 52);
/// The largest number of characters in a sheet name.
const NAME_LENGTH: usize = 31;
/// The largest number of characters in a link.
const URL_LENGTH: usize = 2080;

/// The names of all sheets.
pub(super) struct Names {
    pub contents: String,
    pub tables: Vec<String>,
    pub sources: String,
}

/// The names of sheets: the labels of the tables, made unique.
pub(super) fn names(meta: &Meta, tables: &[&Table]) -> Names {
    let mut taken = BTreeSet::new();
    let mut name = |wanted: &str| {
        let clean: String = wanted
            .chars()
            .map(|c| if c.is_control() || "[]:*?/\\'".contains(c) { ' ' } else { c })
            .collect();
        let clean = clean.trim().trim_end_matches('.');
        (0..)
            .map(|again| {
                let tail = if again == 0 { String::new() } else { format!(" ({again})") };
                let room = NAME_LENGTH - tail.chars().count();
                let head: String = clean.chars().take(room).collect();
                let head = if head.trim().is_empty() { "–" } else { head.trim_end() };
                format!("{head}{tail}")
            })
            .find(|name| taken.insert(name.to_lowercase()))
            .unwrap_or_default()
    };
    let contents = name(word(meta, "contents"));
    let sources = name(word(meta, "sources"));
    let label = |table: &&Table| table.captions.first().map_or("", |c| &*c.label).to_owned();
    let tables = tables.iter().map(|table| name(&label(table))).collect();
    Names { contents, tables, sources }
}

fn word<'m>(meta: &'m Meta, key: &str) -> &'m str {
    meta.workbook.get(key).map_or("", String::as_str)
}

/// Writes the sheets of one document.
pub(super) struct Writer<'d> {
    pub meta: &'d Meta,
    /// The number of each cited source.
    pub numbers: &'d BTreeMap<&'d str, usize>,
}

impl Writer<'_> {
    /// The first sheet: the title of the workbook, and the list of sheets.
    pub(super) fn contents(
        &self,
        sheet: &mut Worksheet,
        names: &Names,
        tables: &[&Table],
    ) -> Written {
        self.set_up(sheet, &names.contents, true)?;
        let title = format!("{}: {}", self.meta.title, self.meta.period);
        sheet.write_string_with_format(0, 0, title, &bold().set_font_size(14))?;
        let body = self.meta.body.iter();
        let lines = [&self.meta.genre].into_iter().chain(body).chain([&self.meta.status]);
        let mut row = 1;
        for line in lines.chain(&self.meta.mark) {
            sheet.write_string(row, 0, line)?;
            row += 1;
        }
        row += 1;
        for (column, key) in [(0, "sheet"), (1, "content")] {
            sheet.write_string_with_format(row, column, word(self.meta, key), &head())?;
        }
        let about = tables.iter().map(|table| self.caption(table));
        let about = about.chain([word(self.meta, "sources").to_owned()]);
        for (name, about) in names.tables.iter().chain([&names.sources]).zip(about) {
            row += 1;
            let link = Url::new(format!("internal:'{name}'!A1")).set_text(name);
            sheet.write_url(row, 0, link)?;
            sheet.write_string_with_format(row, 1, about, &wrapped())?;
        }
        sheet.set_column_width(0, 26)?;
        sheet.set_column_width(1, 96)?;
        Ok(())
    }

    /// A table: its caption, its frozen head, its rows, and the explanation of its marks.
    pub(super) fn table(&self, sheet: &mut Worksheet, name: &str, table: &Table) -> Written {
        const HEAD: RowNum = 1;
        self.set_up(sheet, name, table.columns.len() <= UPRIGHT)?;
        let label = table.captions.first().map_or("", |caption| &*caption.label);
        let caption = format!("{label} {}", self.caption(table));
        sheet.write_string_with_format(0, 0, caption.trim(), &bold())?;
        for (at, column) in table.columns.iter().enumerate() {
            let format = if column.numeric { head().set_align(FormatAlign::Right) } else { head() };
            sheet.write_string_with_format(HEAD, col(at), self.words(&column.head), &format)?;
        }
        for (number, row) in table.rows.iter().enumerate() {
            for (at, cell) in row.cells.iter().enumerate() {
                let format = if row.total {
                    bold().set_border_top(FormatBorder::Thin)
                } else {
                    Format::new()
                };
                let is_numeric = table.columns.get(at).is_some_and(|column| column.numeric);
                self.cell(sheet, (HEAD + 1 + line(number), col(at)), cell, is_numeric, format)?;
            }
        }
        for (number, note) in table.notes.iter().enumerate() {
            let row = HEAD + 2 + line(table.rows.len() + number);
            sheet.write_string(row, 0, self.words(note))?;
        }
        for at in 0..table.columns.len() {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
            let longest = cells.map(|cell| self.printed(cell).chars().count()).max().unwrap_or(0);
            // A head may wrap between words, a cell may not.
            let head = self.words(&table.columns[at].head);
            let head = head.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
            let width = longest.max(head).clamp(WIDTHS.0, WIDTHS.1) + 2;
            sheet.set_column_width(col(at), width as f64)?;
        }
        sheet.set_freeze_panes(HEAD + 1, 1)?;
        sheet.set_repeat_rows(HEAD, HEAD)?;
        Ok(())
    }

    fn cell(
        &self,
        sheet: &mut Worksheet,
        (row, column): (RowNum, ColNum),
        cell: &TableCell,
        is_numeric: bool,
        format: Format,
    ) -> Written {
        match &cell.number {
            Some(number) => {
                let format = format.set_num_format(format::code(number, &cell.marks));
                sheet.write_number_with_format(row, column, number.value, &format)?;
            }
            None => {
                let format = if is_numeric { format.set_align(FormatAlign::Right) } else { format };
                let text = self.printed(cell);
                match text.is_empty() {
                    true => sheet.write_blank(row, column, &format)?,
                    false => sheet.write_string_with_format(row, column, text, &format)?,
                };
            }
        }
        Ok(())
    }

    /// The last sheet: the numbered sources, and below them the releases.
    pub(super) fn sources(
        &self,
        sheet: &mut Worksheet,
        name: &str,
        sources: &[Source],
        releases: &[Release],
    ) -> Written {
        self.set_up(sheet, name, false)?;
        let heads = ["number", "source", "publisher", "published", "address", "accessed"];
        self.heads(sheet, 0, &heads)?;
        let mut row = 1;
        for (number, source) in sources.iter().enumerate() {
            sheet.write_number(row, 0, (number + 1) as f64)?;
            sheet.write_string_with_format(row, 1, &source.title, &wrapped())?;
            sheet.write_string_with_format(row, 2, &source.publisher, &wrapped())?;
            sheet.write_string(row, 3, &source.date)?;
            let is_link = ["http://", "https://"].iter().any(|s| source.url.starts_with(s));
            match is_link && source.url.chars().count() <= URL_LENGTH {
                true => sheet.write_url(row, 4, &*source.url)?,
                false => sheet.write_string(row, 4, &source.url)?,
            };
            sheet.write_string(row, 5, &source.accessed)?;
            row += 1;
        }
        row += 1;
        sheet.write_string_with_format(row, 0, word(self.meta, "releases"), &bold())?;
        self.heads(sheet, row + 1, &["number", "release", "status", "released"])?;
        row += 2;
        for (number, release) in releases.iter().enumerate() {
            sheet.write_number(row, 0, (number + 1) as f64)?;
            sheet.write_string(row, 1, &release.id)?;
            sheet.write_string(row, 2, &release.status)?;
            // The calendar of workbooks begins in 1900.
            let date = release.day.and_then(|[year, month, day]| {
                ExcelDateTime::from_ymd(year as u16, month as u8, day as u8).ok()
            });
            match date {
                Some(date) => {
                    let format = Format::new().set_num_format("yyyy-mm-dd");
                    sheet.write_datetime_with_format(row, 3, &date, &format)?
                }
                None => sheet.write_string(row, 3, &release.released)?,
            };
            row += 1;
        }
        for (column, width) in [(0, 6), (1, 70), (2, 34), (3, 14), (4, 70), (5, 14)] {
            sheet.set_column_width(column, width)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    fn heads(&self, sheet: &mut Worksheet, row: RowNum, keys: &[&str]) -> Written {
        for (column, key) in keys.iter().enumerate() {
            sheet.write_string_with_format(row, col(column), word(self.meta, key), &head())?;
        }
        Ok(())
    }

    /// Settings of every sheet: name, direction of columns, page setup.
    fn set_up(&self, sheet: &mut Worksheet, name: &str, is_upright: bool) -> Written {
        sheet.set_name(name)?;
        sheet.set_right_to_left(self.meta.dir == "rtl");
        sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
        if !is_upright {
            sheet.set_landscape();
        }
        // An ampersand begins a code in headers.
        let line = |text: &str| text.replace('&', "&&");
        if let Some(mark) = &self.meta.mark {
            sheet.set_header(format!("&C&B{}", line(mark)));
        }
        let place = self.meta.body.last().map_or("", String::as_str);
        sheet.set_footer(format!("&L{} · {}&R&P / &N", line(place), line(&self.meta.status)));
        Ok(())
    }

    /// The caption in the edition's own language, without its label.
    fn caption(&self, table: &Table) -> String {
        let caption = table.captions.first().map_or(String::new(), |c| self.words(&c.content));
        match &self.meta.mark {
            Some(mark) => format!("{caption} {mark}"),
            None => caption,
        }
    }

    /// The text of a cell as on the page.
    fn printed(&self, cell: &TableCell) -> String {
        format!("{}{}{}", self.words(&cell.content), cell.fraction, cell.marks)
    }

    /// The text of a line. Citations become numbers; consecutive ones share a bracket.
    pub(super) fn words(&self, line: &[Inline]) -> String {
        let mut text = String::new();
        let mut cited: Vec<String> = vec![];
        for (index, inline) in line.iter().enumerate() {
            if let Inline::Cite { key } = inline {
                cited.extend(self.numbers.get(&**key).map(ToString::to_string));
                continue;
            }
            cite(&mut text, &mut cited);
            match inline {
                Inline::Text { text: words }
                | Inline::Fact { text: words, .. }
                | Inline::Ref { text: words, .. } => text.push_str(words),
                Inline::NoteRef { text: words, .. } => {
                    text.push_str(words);
                    // Two adjacent numbers of notes would read as one.
                    if matches!(line.get(index + 1), Some(Inline::NoteRef { .. })) {
                        text.push(',');
                    }
                }
                Inline::Cite { .. } => {}
                Inline::Break => text.push(' '),
                other => text.push_str(&self.words(other.content())),
            }
        }
        cite(&mut text, &mut cited);
        text
    }
}

fn cite(text: &mut String, cited: &mut Vec<String>) {
    if !cited.is_empty() {
        text.push_str(&format!("[{}]", cited.join(", ")));
        cited.clear();
    }
}

fn bold() -> Format {
    Format::new().set_bold()
}

fn head() -> Format {
    let format = bold().set_text_wrap().set_align(FormatAlign::Bottom);
    format.set_border_top(FormatBorder::Medium).set_border_bottom(FormatBorder::Thin)
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// A row number. A sheet has a million rows; writing more is refused.
fn line(number: usize) -> RowNum {
    RowNum::try_from(number).unwrap_or(RowNum::MAX / 2)
}

fn col(number: usize) -> ColNum {
    ColNum::try_from(number).unwrap_or(ColNum::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_calls_of_notes_do_not_read_as_one_number() {
        let note = |text: &str| Inline::NoteRef { target: text.to_owned(), text: text.to_owned() };
        let line =
            [Inline::text("Moves"), note("2"), note("3"), Inline::text(" and more"), note("4")];
        let (meta, numbers) = (Meta::default(), BTreeMap::new());
        let writer = Writer { meta: &meta, numbers: &numbers };
        assert_eq!(writer.words(&line), "Moves2,3 and more4");
        assert_eq!(crate::document::plain(&line), "Moves2,3 and more4");
    }
}
