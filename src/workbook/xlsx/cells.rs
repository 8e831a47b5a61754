//! A sheet of an xlsx file: rows, cells, what is merged and what is hidden.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::super::fault::{Fault, Outcome};
use super::super::package::Package;
use super::super::runs::Rich;
use super::super::sheet::{Broken, Builder, New, Room, TooMuch};
use super::super::xml::{Attributes, Xml};
use super::super::{Address, Area, Formula, MOST_COLUMNS, MOST_ROWS, Sheet};
use super::strings;
use super::{Listed, Shared, iso, moment};
use crate::diag::Message;

/// Reads the sheet; no more of it than there is room for.
pub(super) fn read(
    package: &mut Package,
    listed: &Listed,
    shared: &Shared,
    room: Room,
) -> Outcome<Sheet> {
    let xml = package.part(&listed.part)?;
    let mut builder = Builder::new(&listed.name, shared.texts.clone(), shared.styles.clone());
    builder.visibility(listed.visibility);
    builder.room(room);
    let mut reader = Reader { xml, builder, shared, text: String::new(), part: &listed.part };
    reader.sheet()?;
    let part = &listed.part;
    reader.builder.finish().map_err(|broken| match broken {
        Broken::Twice(at) => {
            Fault::Broken(message!("{part}: two cells have the address {at}", part, at))
        }
        Broken::Overlap(one, other) => Fault::Broken(message!(
            "{part}: the merged areas {one} and {other} overlap",
            part,
            one,
            other
        )),
        Broken::TooMuch => Fault::TooLarge(message!("{part}: it has too many merged areas", part)),
    })
}

struct Reader<'a, R> {
    xml: Xml<R>,
    builder: Builder,
    shared: &'a Shared,
    /// The text of the value that is read, kept so that it need not be made anew for each cell.
    text: String,
    part: &'a str,
}

/// What the tag of a cell says.
struct Head {
    at: Address,
    kind: Kind,
    style: u16,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Shared,
    Inline,
    Formula,
    Bool,
    Error,
    Iso,
    Number,
}

/// What the sheet goes on with.
enum Next {
    Row(Option<u32>, bool),
    Cell(Head),
    EmptyCell,
    Other,
}

impl<R: BufRead> Reader<'_, R> {
    fn sheet(&mut self) -> Outcome<()> {
        // The row and column that a row or cell without an address has.
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut rows_seen = 0_u32;
        let mut in_data = false;
        loop {
            let next = match self.xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    b"sheetData" => {
                        in_data = true;
                        Next::Other
                    }
                    b"row" if in_data => row_tag(&tag),
                    b"c" if in_data => Next::Cell(head(&tag, row, column).map_err(|why| {
                        Fault::Broken(message!("{part}: {why}", part = self.part, why))
                    })?),
                    b"col" | b"mergeCell" if !in_data => {
                        about_columns_or_merged(&tag, &mut self.builder)
                            .map_err(|why| fault(self.part, why))?;
                        Next::Other
                    }
                    _ => Next::Other,
                },
                Event::Empty(tag) => match tag.local_name().as_ref() {
                    b"row" if in_data => row_tag(&tag),
                    b"c" if in_data => {
                        column = head(&tag, row, column)
                            .map_err(|why| {
                                Fault::Broken(message!("{part}: {why}", part = self.part, why))
                            })?
                            .at
                            .column
                            + 1;
                        Next::EmptyCell
                    }
                    b"col" | b"mergeCell" if !in_data => {
                        about_columns_or_merged(&tag, &mut self.builder)
                            .map_err(|why| fault(self.part, why))?;
                        Next::Other
                    }
                    _ => Next::Other,
                },
                Event::End(tag) => {
                    in_data &= tag.local_name().as_ref() != b"sheetData";
                    Next::Other
                }
                Event::Eof => return Ok(()),
                _ => Next::Other,
            };
            match next {
                Next::Row(number, is_hidden) => {
                    // Rows are numbered from 1, and one without a number follows the last.
                    row = match number {
                        Some(number) => number.wrapping_sub(1),
                        None => rows_seen,
                    };
                    if row >= MOST_ROWS {
                        let why = format!(
                            "a row beyond the {MOST_ROWS} that a sheet may have, or without a number"
                        );
                        return Err(self.xml.broken(why));
                    }
                    if row < rows_seen {
                        let why = format!("row {} comes after row {rows_seen}", row + 1);
                        return Err(self.xml.broken(why));
                    }
                    (rows_seen, column) = (row + 1, 0);
                    if is_hidden {
                        self.builder.hide_row(row);
                    }
                }
                Next::Cell(head) => {
                    column = head.at.column + 1;
                    self.cell(&head)?;
                }
                Next::EmptyCell | Next::Other => {}
            }
        }
    }

    /// Reads what stands in a cell, up to its end.
    fn cell(&mut self, head: &Head) -> Outcome<()> {
        self.text.clear();
        let (mut has_value, mut has_formula) = (false, false);
        let mut inline: Option<Rich> = None;
        loop {
            enum Part {
                Value,
                Formula,
                Inline,
                Other,
            }
            let part = match self.xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    b"v" => Part::Value,
                    b"f" => Part::Formula,
                    b"is" => Part::Inline,
                    _ => Part::Other,
                },
                Event::Empty(tag) => {
                    has_formula |= tag.local_name().as_ref() == b"f";
                    continue;
                }
                Event::End(_) => break,
                _ => continue,
            };
            match part {
                Part::Value => {
                    self.text.clear();
                    self.xml.text(&mut self.text)?;
                    has_value = true;
                }
                Part::Formula => {
                    self.xml.skip()?;
                    has_formula = true;
                }
                Part::Inline => inline = Some(strings::rich(&mut self.xml)?),
                Part::Other => self.xml.skip()?,
            }
        }
        self.add(head, has_value, has_formula, inline.as_ref())
    }

    fn add(
        &mut self,
        head: &Head,
        has_value: bool,
        has_formula: bool,
        inline: Option<&Rich>,
    ) -> Outcome<()> {
        let value = self.text.trim();
        let unescaped;
        let new = match head.kind {
            Kind::Inline => match inline {
                Some(rich) => New::Rich(&rich.text, &rich.marks, rich.runs),
                None => New::Empty,
            },
            _ if !has_value || (value.is_empty() && head.kind != Kind::Formula) => New::Empty,
            Kind::Shared => {
                let id = value.parse().ok().and_then(|number| self.shared.texts.id(number));
                match id {
                    Some(id) => New::Shared(id),
                    None => {
                        return Err(self.wrong(head, format!("there is no text number {value}")));
                    }
                }
            }
            Kind::Formula => {
                unescaped = strings::unescaped(&self.text);
                New::Text(&unescaped)
            }
            Kind::Bool => match value {
                "1" | "true" => New::Bool(true),
                "0" | "false" => New::Bool(false),
                _ => return Err(self.wrong(head, format!("`{value}` is not true or false"))),
            },
            Kind::Error => New::Error(value),
            Kind::Iso => match iso(value) {
                Some(moment) => New::Date(moment),
                None => return Err(self.wrong(head, format!("`{value}` is not a day"))),
            },
            Kind::Number => match value.parse::<f64>() {
                Ok(number) if number.is_finite() => self.number(head.style, number),
                _ => return Err(self.wrong(head, format!("`{value}` is not a number"))),
            },
        };
        let is_nothing = match new {
            New::Empty => true,
            New::Number(number) => number == 0.0 && self.shared.never_calculated,
            New::Text(text) => text.is_empty() && self.shared.never_calculated,
            _ => false,
        };
        let formula = match (has_formula, is_nothing) {
            (false, _) => Formula::None,
            (true, false) => Formula::Cached,
            (true, true) => Formula::Uncalculated,
        };
        match self.builder.add(head.at, new, formula, head.style) {
            Ok(_) => Ok(()),
            Err(TooMuch) => Err(fault(self.part, Wrong::TooMuch)),
        }
    }

    fn number(&self, style: u16, number: f64) -> New<'static> {
        let is_date = self.shared.styles.get(usize::from(style)).is_some_and(|style| style.date);
        match is_date.then(|| moment(number, self.shared.counts_from_1904)).flatten() {
            Some(moment) => New::Date(moment),
            None => New::Number(number),
        }
    }

    fn wrong(&self, head: &Head, why: String) -> Fault {
        self.xml.broken(format!("{}: {why}", head.at))
    }
}

/// What is wrong with a tag.
enum Wrong {
    TooMuch,
    Is(String),
}

fn fault(part: &str, wrong: Wrong) -> Fault {
    match wrong {
        Wrong::TooMuch => {
            Fault::TooLarge(message!("{part} has more cells or texts than kosh reads", part))
        }
        Wrong::Is(why) => Fault::Broken(message!("{part}: {why}", part, why)),
    }
}

fn row_tag(tag: &BytesStart) -> Next {
    let attributes = Attributes::of(tag);
    let is_flat = attributes.number::<f64>("ht") == Some(0.0);
    let number = attributes.text("r").map(|text| text.trim().parse().unwrap_or(0));
    Next::Row(number, is_flat || attributes.flag("hidden"))
}

/// Reads the tag of a cell; one without an address stands behind the last.
fn head(tag: &BytesStart, row: u32, column: u32) -> Result<Head, Message> {
    let (mut at, mut kind, mut style) = (None, Kind::Number, 0);
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let value = &*attribute.value;
        match attribute.key.as_ref() {
            b"r" => {
                let text = String::from_utf8_lossy(value);
                let address = Address::read(&text);
                let address = address
                    .ok_or_else(|| message!("`{text}` is not the address of a cell", text))?;
                if address.row != row {
                    return Err(message!(
                        "the cell {address} is in row {row}",
                        address,
                        row = row + 1
                    ));
                }
                at = Some(address);
            }
            b"s" => {
                let number = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
                style = number.ok_or_else(|| message!("a style that is not a number"))?;
            }
            b"t" => {
                kind = match value {
                    b"s" => Kind::Shared,
                    b"inlineStr" => Kind::Inline,
                    b"str" => Kind::Formula,
                    b"b" => Kind::Bool,
                    b"e" => Kind::Error,
                    b"d" => Kind::Iso,
                    b"n" => Kind::Number,
                    _ => return Err(message!("a cell of an unknown kind")),
                }
            }
            _ => {}
        }
    }
    let at = at.unwrap_or(Address::new(row, column));
    match at.column < MOST_COLUMNS {
        true => Ok(Head { at, kind, style }),
        false => Err(message!(
            "row {row} has more than {most_columns} cells",
            row = row + 1,
            most_columns = MOST_COLUMNS
        )),
    }
}

/// Columns that are hidden, areas that are merged.
fn about_columns_or_merged(tag: &BytesStart, builder: &mut Builder) -> Result<(), Wrong> {
    let attributes = Attributes::of(tag);
    if tag.local_name().as_ref() == b"mergeCell" {
        let text = attributes.text("ref").unwrap_or_default();
        let area = Area::read(&text);
        let area = area.ok_or_else(|| Wrong::Is(format!("`{text}` is not an area of cells")))?;
        return builder.merge(area).map_err(|_| Wrong::TooMuch);
    }
    let is_flat = attributes.number::<f64>("width") == Some(0.0);
    if !is_flat && !attributes.flag("hidden") {
        return Ok(());
    }
    let number = |name: &str| attributes.number::<u32>(name).unwrap_or(0);
    let (first, last) = (number("min").max(1), number("max").min(MOST_COLUMNS));
    if first <= last {
        return builder.hide_columns(first - 1..last).map_err(|_| Wrong::TooMuch);
    }
    Ok(())
}
