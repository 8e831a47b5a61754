//! A sheet of an xls file.

use super::super::fault::{Fault, Outcome};
use super::super::sheet::{Broken, Builder, New, Room, TooMuch};
use super::super::xlsx::moment;
use super::super::{Address, Area, Formula, Sheet};
use super::broken;
use super::globals::{Globals, Listed};
use super::records::{Parts, Record, Records, f64_at, u16_at, u32_at};

/// Reads the sheet; no more of it than there is room for.
pub(super) fn read(
    stream: &[u8],
    listed: &Listed,
    globals: &Globals,
    room: Room,
) -> Outcome<Sheet> {
    let mut builder = Builder::new(&listed.name, globals.texts.clone(), globals.styles.clone());
    builder.visibility(listed.visibility);
    builder.room(room);
    let mut reader = Reader { builder, globals, waiting: None, name: &listed.name };
    reader.records(Records::at(stream, listed.at))?;
    let name = &listed.name;
    reader.builder.finish().map_err(|reason| match reason {
        Broken::Twice(at) => {
            Fault::Broken(message!("{name}: two cells have the address {at}", name, at))
        }
        Broken::Overlap(one, other) => Fault::Broken(message!(
            "{name}: the merged areas {one} and {other} overlap",
            name,
            one,
            other
        )),
        Broken::TooMuch => Fault::TooLarge(message!("{name}: it has too many merged areas", name)),
    })
}

/// Where a cell is and how it is set.
#[derive(Clone, Copy)]
struct Head {
    at: Address,
    style: u16,
}

struct Reader<'a> {
    builder: Builder,
    globals: &'a Globals,
    /// A formula whose text stands in a record of its own.
    waiting: Option<Head>,
    name: &'a str,
}

impl Reader<'_> {
    fn records(&mut self, mut records: Records) -> Outcome<()> {
        let mut depth = 0_u32;
        while let Some(record) = records.next()? {
            match record.kind {
                // A chart in the sheet has records of its own between these two.
                0x809 => depth += 1,
                0x0a if depth <= 1 => return Ok(()),
                0x0a => depth -= 1,
                _ if depth == 0 => {
                    return broken(message!("{name}: its beginning is missing", name = self.name));
                }
                _ if depth > 1 => {}
                0x207 => {
                    let text = records.continued(record.data)?.string(false)?.text();
                    if let Some(head) = self.waiting.take() {
                        self.add(head, New::Text(&text), Formula::Cached)?;
                    }
                }
                _ => self.record(record)?,
            }
        }
        broken(message!("{name}: its end is missing", name = self.name))
    }

    fn record(&mut self, Record { kind, data }: Record) -> Outcome<()> {
        let head = || -> Outcome<Head> {
            let (row, column) = (u16_at(data, 0)?, u16_at(data, 2)?);
            Ok(Head {
                at: Address::new(u32::from(row), u32::from(column)),
                style: u16_at(data, 4)?,
            })
        };
        match kind {
            0x203 => self.number(head()?, f64_at(data, 6)?, Formula::None),
            0x27e => self.number(head()?, packed(u32_at(data, 6)?), Formula::None),
            0xbd => {
                let first = u16_at(data, 2)?;
                for (index, one) in data.get(4..).unwrap_or_default().chunks_exact(6).enumerate() {
                    let column = u32::from(first) + index as u32;
                    let at = Address::new(u32::from(u16_at(data, 0)?), column);
                    self.number(
                        Head { at, style: u16_at(one, 0)? },
                        packed(u32_at(one, 2)?),
                        Formula::None,
                    )?;
                }
                Ok(())
            }
            0xfd => {
                let (head, number) = (head()?, u32_at(data, 6)?);
                match self.globals.texts.id(number as usize) {
                    Some(id) => self.add(head, New::Shared(id), Formula::None),
                    None => broken(message!(
                        "{name}: {at}: there is no text number {number}",
                        name = self.name,
                        at = head.at,
                        number
                    )),
                }
            }
            0x204 | 0xd6 => {
                let text = Parts::of(data.get(6..).unwrap_or_default()).string(false)?.text();
                self.add(head()?, New::Text(&text), Formula::None)
            }
            0x205 => {
                let [value, is_error] =
                    [data.get(6), data.get(7)].map(|byte| byte.copied().unwrap_or_default());
                self.flag(head()?, value, is_error != 0, Formula::None)
            }
            0x06 => self.formula(head()?, data),
            0x208 if u16_at(data, 12)? & 0x20 != 0 => {
                self.builder.hide_row(u32::from(u16_at(data, 0)?));
                Ok(())
            }
            0x7d if u16_at(data, 8)? & 1 != 0 => {
                let (first, last) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
                self.builder
                    .hide_columns(first..last.saturating_add(1))
                    .map_err(|_| self.too_much())
            }
            0xe5 => {
                for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let number = |at| u16_at(area, at).map(u32::from);
                    let first = Address::new(number(0)?, number(4)?);
                    let last = Address::new(number(2)?, number(6)?);
                    self.builder.merge(Area::between(first, last)).map_err(|_| self.too_much())?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn formula(&mut self, head: Head, data: &[u8]) -> Outcome<()> {
        let value = data.get(6..14).ok_or_else(super::records::cut_off)?;
        self.waiting = None;
        if value[6..] != [0xff, 0xff] {
            let number = f64_at(data, 6)?;
            // It asks to be computed when it is opened, and has a zero.
            let is_open = number == 0.0 && u16_at(data, 14)? & 3 != 0;
            return self.number(
                head,
                number,
                if is_open { Formula::Uncalculated } else { Formula::Cached },
            );
        }
        match value[0] {
            0 => {
                self.waiting = Some(head);
                Ok(())
            }
            1 => self.flag(head, value[2], false, Formula::Cached),
            2 => self.flag(head, value[2], true, Formula::Cached),
            // An empty text.
            _ => self.add(head, New::Empty, Formula::Cached),
        }
    }

    fn flag(&mut self, head: Head, value: u8, is_error: bool, formula: Formula) -> Outcome<()> {
        if !is_error {
            return self.add(head, New::Bool(value != 0), formula);
        }
        let error = match value {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0f => "#VALUE!",
            0x17 => "#REF!",
            0x1d => "#NAME?",
            0x24 => "#NUM!",
            0x2a => "#N/A",
            _ => "#ERROR!",
        };
        self.add(head, New::Error(error), formula)
    }

    fn number(&mut self, head: Head, number: f64, formula: Formula) -> Outcome<()> {
        if !number.is_finite() {
            return broken(message!(
                "{name}: {at}: an invalid number",
                name = self.name,
                at = head.at
            ));
        }
        let is_date =
            self.globals.styles.get(usize::from(head.style)).is_some_and(|style| style.date);
        match is_date.then(|| moment(number, self.globals.counts_from_1904)).flatten() {
            Some(moment) => self.add(head, New::Date(moment), formula),
            None => self.add(head, New::Number(number), formula),
        }
    }

    fn add(&mut self, head: Head, new: New, formula: Formula) -> Outcome<()> {
        match self.builder.add(head.at, new, formula, head.style) {
            Ok(_) => Ok(()),
            Err(TooMuch) => Err(self.too_much()),
        }
    }

    fn too_much(&self) -> Fault {
        Fault::TooLarge(message!(
            "{name} has more cells or texts than kosh reads",
            name = self.name
        ))
    }
}

/// A number in four bytes: a whole one or the upper half of one with a point, of hundredths or not.
fn packed(bits: u32) -> f64 {
    let number = match bits & 2 != 0 {
        true => f64::from((bits as i32) >> 2),
        false => f64::from_bits(u64::from(bits & !3) << 32),
    };
    if bits & 1 != 0 { number / 100.0 } else { number }
}
