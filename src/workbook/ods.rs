//! An ods file to sheets: its one large part is read as it comes.
//!
//! Rows and cells may be repeated by a number, which a file of a few lines can make as large as it
//! likes: what is empty is counted and not kept, and what is not counts towards the bound of cells.
//! Of styles only what hides and raises is read; how many digits of a number are shown is seen from the text that stands
//! beside it in the file.

use std::collections::HashSet;
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::fault::{Fault, Outcome};
use super::package::Package;
use super::sheet::{Broken, Builder, New, Room, Visibility};
use super::texts::Runs;
use super::xml::{Attributes, Xml};
use super::{Address, Area, Format, Formula, MOST_COLUMNS, MOST_ROWS, Sheet, Style, Workbook};
use crate::diag::Result;
use crate::stats::rounding;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], path: &Path) -> Result<Workbook> {
    let sheets = sheets(bytes).map_err(|fault| fault.of(path))?;
    Ok(Workbook {
        path: path.to_path_buf(),
        format: Format::Ods,
        sheets,
        reading: None,
        knows_styles: false,
        knows_hidden: true,
        knows_merged: true,
        beside: None,
        source: None,
    })
}

/// The styles that cells are given: a day, and plain numbers and percentages with as many digits as are shown.
const DATE: u16 = 0;
const PLAIN: u16 = 1;
const PERCENT: u16 = PLAIN + MOST_DECIMALS + 2;
/// More digits behind the decimal sign than these are as many as there are.
const MOST_DECIMALS: u16 = 12;

fn styles() -> Arc<[Style]> {
    let plain = Style::default();
    let mut all = vec![Style { date: true, ..plain }];
    for percent in [false, true] {
        all.push(Style { percent, ..plain });
        let shown = (0..=MOST_DECIMALS as i8).map(Some);
        all.extend(shown.map(|decimals| Style { percent, decimals, ..plain }));
    }
    all.into()
}

/// The style of a number that is shown as this text: the one whose digits are those of the text.
fn shown_as(number: f64, text: &str, kind: u16) -> u16 {
    let number = if kind == PERCENT { number * 100.0 } else { number };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let number_alone = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let behind = number_alone.rsplit_once(['.', ',']).map_or(0, |(_, part)| digits(part).len());
    let fits = |decimals: &usize| {
        let decimals =
            u8::try_from(*decimals).ok().filter(|decimals| u16::from(*decimals) <= MOST_DECIMALS);
        let printed = decimals.and_then(|decimals| rounding::round(number, decimals));
        printed.is_some_and(|printed| digits(&printed.to_string()) == digits(text))
    };
    // A comma before three digits may separate thousands.
    match [behind, 0].into_iter().find(fits) {
        Some(decimals) => kind + 1 + decimals as u16,
        None => kind,
    }
}

fn sheets(bytes: &[u8]) -> Outcome<Vec<Sheet>> {
    let mut package = Package::open(bytes)?;
    let mut reader = Reader { xml: package.part("content.xml")?, looks: Looks::default() };
    let mut sheets = vec![];
    let mut left = Room::WHOLE;
    loop {
        let table = match reader.xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"style" => {
                    let attributes = Attributes::of(&tag);
                    reader.looks.style = attributes.prefixed("name").unwrap_or_default();
                    None
                }
                b"table" => Some(Table::of(&tag)),
                _ => None,
            },
            Event::Empty(tag) => {
                reader.looks.property(&tag);
                None
            }
            Event::Eof => return Ok(sheets),
            _ => None,
        };
        if let Some(table) = table {
            let sheet = reader.sheet(&table, left)?;
            left = left.beside(&sheet);
            sheets.push(sheet);
        }
    }
}

/// What styles say, by their names.
#[derive(Default)]
struct Looks {
    /// The style whose properties are read.
    style: String,
    hidden_tables: HashSet<String>,
    raising: HashSet<String>,
}

impl Looks {
    fn property(&mut self, tag: &BytesStart) {
        let attributes = Attributes::of(tag);
        match tag.local_name().as_ref() {
            b"table-properties" if attributes.prefixed("display").as_deref() == Some("false") => {
                self.hidden_tables.insert(self.style.clone());
            }
            b"text-properties" => {
                let position = attributes.prefixed("text-position").unwrap_or_default();
                let raise = position.split_whitespace().next().unwrap_or_default();
                let is_above = raise == "super"
                    || raise
                        .strip_suffix('%')
                        .is_some_and(|p| p.parse::<f64>().is_ok_and(|p| p > 0.0));
                if is_above {
                    self.raising.insert(self.style.clone());
                }
            }
            _ => {}
        }
    }
}

struct Table {
    name: String,
    style: String,
}

impl Table {
    fn of(tag: &BytesStart) -> Self {
        let attributes = Attributes::of(tag);
        Self {
            name: attributes.prefixed("name").unwrap_or_default(),
            style: attributes.prefixed("style-name").unwrap_or_default(),
        }
    }
}

/// What the tag of a cell says.
struct Head {
    repeated: u32,
    rows: u32,
    columns: u32,
    kind: Option<String>,
    value: Option<String>,
    is_formula: bool,
}

/// A cell as it is read.
struct Read {
    head: Head,
    text: String,
    marks: String,
}

struct Reader<R> {
    xml: Xml<R>,
    looks: Looks,
}

/// Bytes of text that a cell may have in all its repetitions.
const MOST_COPIED: usize = 64 << 20;

/// What comes next in a table.
enum Next {
    Rows { repeated: u32, is_hidden: bool, is_empty: bool },
    Columns { repeated: u32, is_hidden: bool },
    Skip,
    End,
    Nothing,
}

/// How often something is repeated; at least once.
fn repeated(attributes: &Attributes, name: &str) -> u32 {
    attributes.prefixed(name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(attributes: &Attributes) -> bool {
    matches!(attributes.prefixed("visibility").as_deref(), Some("collapse" | "filter"))
}

impl<R: BufRead> Reader<R> {
    fn sheet(&mut self, table: &Table, room: Room) -> Outcome<Sheet> {
        let mut builder = Builder::new(&table.name, Arc::default(), styles());
        builder.room(room);
        if self.looks.hidden_tables.contains(&table.style) {
            builder.visibility(Visibility::Hidden);
        }
        let (mut row, mut column) = (0_u32, 0_u32);
        loop {
            let next = match self.xml.next()? {
                Event::Start(tag) => next(&tag, false),
                Event::Empty(tag) => next(&tag, true),
                Event::End(tag) if tag.local_name().as_ref() == b"table" => Next::End,
                _ => Next::Nothing,
            };
            match next {
                Next::Rows { repeated, is_hidden, is_empty } => {
                    let end = row.saturating_add(repeated);
                    let cells = if is_empty { vec![] } else { self.row()? };
                    if is_hidden {
                        (row..end.min(MOST_ROWS)).for_each(|row| builder.hide_row(row));
                    }
                    if cells.iter().any(|(_, cell)| says_something(cell)) {
                        if end > MOST_ROWS {
                            return Err(too_many(&table.name));
                        }
                        for row in row..end {
                            for (column, cell) in &cells {
                                add(&mut builder, row, *column, cell, &table.name)?;
                            }
                        }
                    }
                    row = end;
                }
                Next::Columns { repeated, is_hidden } => {
                    let end = column.saturating_add(repeated);
                    if is_hidden && column < MOST_COLUMNS {
                        builder
                            .hide_columns(column..end.min(MOST_COLUMNS))
                            .map_err(|_| too_many(&table.name))?;
                    }
                    column = end;
                }
                Next::Skip => self.xml.skip()?,
                Next::End => break,
                Next::Nothing => {}
            }
        }
        let name = &table.name;
        builder.finish().map_err(|reason| match reason {
            Broken::Twice(at) => {
                Fault::Broken(message!("{name}: two cells have the address {at}", name, at))
            }
            Broken::Overlap(one, other) => Fault::Broken(message!(
                "{name}: the merged areas {one} and {other} overlap",
                name,
                one,
                other
            )),
            Broken::TooMuch => {
                Fault::TooLarge(message!("{name}: it has too many merged areas", name))
            }
        })
    }

    /// The cells of the row that has just begun, each with its column.
    fn row(&mut self) -> Outcome<Vec<(u32, Read)>> {
        let mut cells = vec![];
        let mut column = 0_u32;
        loop {
            let (head, is_empty) = match self.xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    b"table-cell" | b"covered-table-cell" => (Some(head(&tag)), false),
                    _ => (None, false),
                },
                Event::Empty(tag) => match tag.local_name().as_ref() {
                    b"table-cell" | b"covered-table-cell" => (Some(head(&tag)), true),
                    _ => continue,
                },
                Event::End(_) => return Ok(cells),
                _ => continue,
            };
            let Some(head) = head else {
                self.xml.skip()?;
                continue;
            };
            let end = column.saturating_add(head.repeated);
            let mut cell = Read { head, text: String::new(), marks: String::new() };
            if !is_empty {
                self.cell(&mut cell)?;
            }
            let is_merged = cell.head.rows > 1 || cell.head.columns > 1;
            if says_something(&cell) || is_merged {
                if end > MOST_COLUMNS {
                    return Err(Fault::TooLarge(message!(
                        "a row has more than {most_columns} cells",
                        most_columns = MOST_COLUMNS
                    )));
                }
                let copied = (end - column) as usize * (cell.text.len() + cell.marks.len());
                if copied > MOST_COPIED {
                    return Err(Fault::TooLarge(message!(
                        "a long text is repeated in too many cells"
                    )));
                }
                for at in column..end {
                    let head = Head {
                        kind: cell.head.kind.clone(),
                        value: cell.head.value.clone(),
                        ..cell.head
                    };
                    cells.push((
                        at,
                        Read { head, text: cell.text.clone(), marks: cell.marks.clone() },
                    ));
                }
            }
            column = end;
        }
    }

    /// The text of the cell that has just begun: its paragraphs, a line each.
    fn cell(&mut self, cell: &mut Read) -> Outcome<()> {
        let mut paragraphs = 0;
        loop {
            let is_paragraph = match self.xml.next()? {
                Event::Start(tag) => tag.local_name().as_ref() == b"p",
                Event::End(_) => return Ok(()),
                _ => continue,
            };
            if !is_paragraph {
                // Notes of editors, drawings.
                self.xml.skip()?;
                continue;
            }
            if paragraphs > 0 {
                cell.text.push('\n');
            }
            paragraphs += 1;
            self.paragraph(cell)?;
        }
    }

    /// A paragraph; what is raised at its end becomes marks.
    fn paragraph(&mut self, cell: &mut Read) -> Outcome<()> {
        // For each element that is open, whether it raises.
        let mut open: Vec<bool> = vec![];
        let mut piece = String::new();
        loop {
            let mut ended = false;
            let wrong = match self.xml.next()? {
                Event::Start(tag) => {
                    let style = Attributes::of(&tag).prefixed("style-name").unwrap_or_default();
                    let raises =
                        tag.local_name().as_ref() == b"span" && self.looks.raising.contains(&style);
                    place(cell, &mut piece, open.contains(&true));
                    open.push(raises);
                    None
                }
                Event::End(_) => {
                    place(cell, &mut piece, open.contains(&true));
                    ended = open.pop().is_none();
                    None
                }
                Event::Empty(tag) => {
                    match tag.local_name().as_ref() {
                        b"s" => {
                            let count =
                                Attributes::of(&tag).prefixed("c").and_then(|c| c.parse().ok());
                            piece.extend(std::iter::repeat_n(' ', count.unwrap_or(1).min(1000)));
                        }
                        b"tab" => piece.push('\t'),
                        b"line-break" => piece.push('\n'),
                        _ => {}
                    }
                    None
                }
                Event::Text(text) => match text.xml10_content() {
                    Ok(text) => {
                        piece.push_str(&text);
                        None
                    }
                    Err(error) => Some(error.to_string()),
                },
                Event::GeneralRef(reference) => match super::xml::character(&reference) {
                    Ok(c) => {
                        piece.push(c);
                        None
                    }
                    Err(why) => Some(why),
                },
                _ => None,
            };
            if let Some(why) = wrong {
                return Err(self.xml.broken(why));
            }
            if ended {
                return Ok(());
            }
        }
    }
}

/// Puts a piece of text behind the others: raised ones are marks until a plain one follows.
fn place(cell: &mut Read, piece: &mut String, is_raised: bool) {
    if is_raised && !cell.text.trim().is_empty() {
        cell.marks.push_str(piece);
    } else if piece.trim().is_empty() && !cell.marks.is_empty() {
        // Blanks behind a mark.
    } else {
        if !cell.marks.is_empty() {
            let marks = std::mem::take(&mut cell.marks);
            cell.text.push_str(&super::texts::raised(&marks));
        }
        cell.text.push_str(piece);
    }
    piece.clear();
}

fn next(tag: &BytesStart, is_empty: bool) -> Next {
    let attributes = Attributes::of(tag);
    match tag.local_name().as_ref() {
        b"table-row" => Next::Rows {
            repeated: repeated(&attributes, "number-rows-repeated"),
            is_hidden: is_hidden(&attributes),
            is_empty,
        },
        b"table-column" => Next::Columns {
            repeated: repeated(&attributes, "number-columns-repeated"),
            is_hidden: is_hidden(&attributes),
        },
        // Groups of rows and columns hold rows and columns.
        b"table-rows"
        | b"table-row-group"
        | b"table-header-rows"
        | b"table-columns"
        | b"table-column-group"
        | b"table-header-columns" => Next::Nothing,
        _ if is_empty => Next::Nothing,
        _ => Next::Skip,
    }
}

fn head(tag: &BytesStart) -> Head {
    let attributes = Attributes::of(tag);
    let kind = attributes.prefixed("value-type");
    let value = match kind.as_deref() {
        Some("date") => attributes.prefixed("date-value"),
        Some("boolean") => attributes.prefixed("boolean-value"),
        Some("string") => attributes.prefixed("string-value"),
        Some("time") => attributes.prefixed("time-value"),
        Some(_) => attributes.text("office:value"),
        None => None,
    };
    Head {
        repeated: repeated(&attributes, "number-columns-repeated"),
        rows: repeated(&attributes, "number-rows-spanned"),
        columns: repeated(&attributes, "number-columns-spanned"),
        kind,
        value,
        is_formula: attributes.prefixed("formula").is_some(),
    }
}

fn says_something(cell: &Read) -> bool {
    cell.head.kind.is_some() || cell.head.is_formula || !cell.text.trim().is_empty()
}

fn too_many(name: &str) -> Fault {
    Fault::TooLarge(message!("{name} has more cells than kosh reads", name))
}

fn add(builder: &mut Builder, row: u32, column: u32, cell: &Read, name: &str) -> Outcome<()> {
    let head = &cell.head;
    let at = Address::new(row, column);
    if head.rows > 1 || head.columns > 1 {
        let last = Address::new(
            row.saturating_add(head.rows - 1).min(MOST_ROWS - 1),
            column.saturating_add(head.columns - 1).min(MOST_COLUMNS - 1),
        );
        builder.merge(Area::between(at, last)).map_err(|_| too_many(name))?;
    }
    let wrong = |what: &str| {
        let value = head.value.as_deref().unwrap_or_default();
        Fault::Broken(message!("{name}: {at}: `{value}` is not a {what}", name, at, value, what))
    };
    let number = || {
        let value = head.value.as_deref().and_then(|value| value.trim().parse::<f64>().ok());
        value.filter(|value| value.is_finite()).ok_or_else(|| wrong("number"))
    };
    let text = || New::Rich(&cell.text, &cell.marks, Runs::AS_CELL);
    let (new, style) = match head.kind.as_deref() {
        // An error is kept as the text that is shown.
        _ if head.is_formula && cell.text.starts_with('#') => (New::Error(&cell.text), PLAIN),
        Some("float" | "currency") => {
            let number = number()?;
            (New::Number(number), shown_as(number, &cell.text, PLAIN))
        }
        Some("percentage") => {
            let number = number()?;
            (New::Number(number), shown_as(number, &cell.text, PERCENT))
        }
        Some("date") => {
            let value = head.value.as_deref().unwrap_or_default();
            (New::Date(super::xlsx::iso(value).ok_or_else(|| wrong("day"))?), DATE)
        }
        Some("time") => (text(), DATE),
        Some("boolean") => match head.value.as_deref() {
            Some("true") => (New::Bool(true), PLAIN),
            Some("false") => (New::Bool(false), PLAIN),
            _ => return Err(wrong("boolean")),
        },
        Some("string") if cell.text.is_empty() => {
            (New::Text(head.value.as_deref().unwrap_or_default()), PLAIN)
        }
        Some(_) => (text(), PLAIN),
        None if cell.text.trim().is_empty() => (New::Empty, PLAIN),
        None => (text(), PLAIN),
    };
    let formula = match (head.is_formula, matches!(new, New::Empty)) {
        (false, _) => Formula::None,
        (true, true) => Formula::Uncalculated,
        (true, false) => Formula::Cached,
    };
    builder.add(at, new, formula, style).map(|_| ()).map_err(|_| too_many(name))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::{Content, Options};
    use super::*;

    fn bytes(body: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        let mut add = |name: &str, text: &str| {
            let stored =
                SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            zip.start_file(name, stored).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        };
        add("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
        add(
            "content.xml",
            &format!(
                "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">\
             <office:automatic-styles>\
             <style:style style:name=\"T1\"><style:text-properties style:text-position=\"super 58%\"/></style:style>\
             <style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>\
             </office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>\
             </office:document-content>"
            ),
        );
        zip.finish().unwrap().into_inner()
    }

    fn book(body: &str) -> Workbook {
        Workbook::read(&bytes(body), Path::new("a.ods"), &Options::default()).unwrap()
    }

    fn refused(body: &str) -> String {
        let found =
            Workbook::read(&bytes(body), Path::new("a.ods"), &Options::default()).unwrap_err();
        format!("{} {}", found[0].code, found[0].notes[0])
    }

    #[test]
    fn cells_rows_and_sheets_are_read() {
        let book = book(
            "<table:table table:name=\"S\"><table:table-column table:number-columns-repeated=\"2\"/>\
             <table:table-column table:visibility=\"collapse\"/>\
             <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
             <table:table-row table:visibility=\"filter\">\
             <table:table-cell table:number-columns-spanned=\"2\" office:value-type=\"string\"><text:p>two<text:s text:c=\"3\"/>words<text:span text:style-name=\"T1\">1)</text:span></text:p><office:annotation><text:p>no</text:p></office:annotation></table:table-cell>\
             <table:covered-table-cell/>\
             <table:table-cell office:value-type=\"percentage\" office:value=\"0.189\"><text:p>18,9 %</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"float\" office:value=\"7\" table:number-columns-repeated=\"2\" table:formula=\"of:=1\"><text:p>7</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"date\" office:date-value=\"2025-01-31\"/>\
             <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>\
             <table:table-cell table:formula=\"of:=1\"/></table:table-row>\
             <table:table-row-group><table:table-row><table:table-cell office:value-type=\"string\"><text:p>a &amp; b</text:p><text:p>km<text:span text:style-name=\"T1\">2</text:span> of</text:p></table:table-cell></table:table-row></table:table-row-group>\
             <table:table-row table:number-rows-repeated=\"1048572\"><table:table-cell/></table:table-row></table:table>\
             <table:table table:name=\"H\" table:style-name=\"ta2\"/>\
             <table:table table:name=\"H2\" table:style-name=\"ta2\"></table:table>",
        );
        let sheet = &book.sheets[0];
        let cells: Vec<_> = sheet
            .filled()
            .map(|cell| (cell.at.to_string(), cell.content.shown(), cell.formula))
            .collect();
        let expected = [
            ("A3", "two   words", Formula::None),
            ("C3", "0.189", Formula::None),
            ("D3", "7", Formula::Cached),
            ("E3", "7", Formula::Cached),
            ("F3", "2025-01-31", Formula::None),
            ("G3", "true", Formula::None),
            ("H3", "", Formula::Uncalculated),
            ("A4", "a & b\nkm² of", Formula::None),
        ];
        assert_eq!(
            cells,
            expected.map(|(at, text, formula)| (at.to_owned(), text.to_owned(), formula))
        );
        assert_eq!(sheet.cell(Address::new(2, 0)).marks, Some("1)"));
        let percent = sheet.cell(Address::new(2, 2)).style;
        assert!(percent.percent && percent.decimals == Some(1));
        assert_eq!(sheet.merged(Address::new(2, 1)).unwrap().to_string(), "A3:B3");
        assert!(sheet.row_is_hidden(2) && !sheet.row_is_hidden(3) && sheet.column_is_hidden(2));
        assert!(matches!(sheet.cell(Address::new(2, 5)).content, Content::Date(_)));
        assert_eq!(book.sheets.last().unwrap().visibility(), Visibility::Hidden);
    }

    #[test]
    fn the_digits_that_are_shown_are_those_of_the_text() {
        let decimals =
            |number, text, kind| styles()[usize::from(shown_as(number, text, kind))].decimals;
        for (number, text, expected) in [
            (102_746.0, "102 746", Some(0)),
            (102_746.0, "102,746", Some(0)),
            (102_746.5, "102,746.5", Some(1)),
            (-18.912, "-18,9", Some(1)),
            (20.0, "20,00 чел.", Some(2)),
            (102_746.0, "###", None),
            (102_746.0, "103 тыс.", None),
            (1e300, "1E+300", None),
        ] {
            assert_eq!(decimals(number, text, PLAIN), expected, "{text}");
        }
        assert_eq!(decimals(0.2, "20,0 %", PERCENT), Some(1));
        assert!(styles()[usize::from(shown_as(0.2, "20,0 %", PERCENT))].percent);
        assert!(styles()[usize::from(DATE)].date);
    }

    #[test]
    fn what_is_repeated_without_end_is_bounded() {
        let cell = |rows: &str, columns: &str| {
            format!(
                "<table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"{rows}\">\
                 <table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"{columns}\"/>\
                 </table:table-row></table:table>"
            )
        };
        assert!(refused(&cell("4294967295", "1")).starts_with("K1203"));
        assert!(refused(&cell("1", "4294967295")).starts_with("K1203"));
        assert!(refused(&cell("1048576", "16384")).starts_with("K1203"));
        let long = cell("1", "16000").replace(
            "/></table:table-row>",
            &format!("><text:p>{}</text:p></table:table-cell></table:table-row>", "x".repeat(5000)),
        );
        assert!(refused(&long).starts_with("K1203"));
        assert_eq!(book(&cell("3", "4")).sheets[0].count(), 12);
        assert!(refused("<table:table><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"x\"/></table:table-row></table:table>").starts_with("K1202"));
        assert!(refused("<table:table>").starts_with("K1202"));
    }
}
