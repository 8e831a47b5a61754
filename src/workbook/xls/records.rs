//! The records of a stream: each with its number and its bytes, and the strings in them.

use super::super::fault::{Fault, Outcome};

/// What continues the record before it.
pub(super) const CONTINUE: u16 = 0x3c;

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// The records of a stream from a place on.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn at(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; `None` at the end of the stream.
    pub(super) fn next(&mut self) -> Outcome<Option<Record<'a>>> {
        let Some(head) = self.stream.get(self.at..self.at.saturating_add(4)) else {
            return Ok(None);
        };
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let data = self.stream.get(self.at + 4..self.at + 4 + length).ok_or_else(cut_off)?;
        self.at += 4 + length;
        Ok(Some(Record { kind, data }))
    }

    /// The data of a record and of those that continue it.
    pub(super) fn continued(&mut self, first: &'a [u8]) -> Outcome<Parts<'a>> {
        let mut parts = vec![first];
        loop {
            let here = self.at;
            match self.next()? {
                Some(Record { kind: CONTINUE, data }) => parts.push(data),
                _ => {
                    self.at = here;
                    return Ok(Parts { parts, part: 0, at: 0 });
                }
            }
        }
    }
}

pub(super) fn cut_off() -> Fault {
    Fault::Broken(message!("a record is shorter than its header says"))
}

/// A number of two bytes.
pub(super) fn u16_at(data: &[u8], at: usize) -> Outcome<u16> {
    let two = data.get(at..at + 2).and_then(|two| <[u8; 2]>::try_from(two).ok());
    two.map(u16::from_le_bytes).ok_or_else(cut_off)
}

/// A number of four bytes.
pub(super) fn u32_at(data: &[u8], at: usize) -> Outcome<u32> {
    let four = data.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
    four.map(u32::from_le_bytes).ok_or_else(cut_off)
}

/// A number with a decimal point, of eight bytes.
pub(super) fn f64_at(data: &[u8], at: usize) -> Outcome<f64> {
    let eight = data.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok());
    eight.map(f64::from_le_bytes).ok_or_else(cut_off)
}

/// The data of several records that are one.
pub(super) struct Parts<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

/// A string with the places, in units of UTF-16, where other fonts begin.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Fonted {
    pub(super) units: Vec<u16>,
    /// Where a font begins, and its number.
    pub(super) fonts: Vec<(u16, u16)>,
}

impl Fonted {
    pub(super) fn text(&self) -> String {
        String::from_utf16_lossy(&self.units)
    }
}

impl<'a> Parts<'a> {
    /// Data that nothing continues.
    pub(super) fn of(data: &'a [u8]) -> Self {
        Self { parts: vec![data], part: 0, at: 0 }
    }

    /// Whether all was read.
    pub(super) fn is_done(&self) -> bool {
        self.parts.iter().skip(self.part + 1).all(|part| part.is_empty())
            && self.parts.get(self.part).is_none_or(|part| self.at >= part.len())
    }

    /// Goes to the next part at the end of one; tells whether it did.
    fn turn(&mut self) -> Outcome<bool> {
        let mut turned = false;
        while self.at >= self.parts.get(self.part).ok_or_else(cut_off)?.len() {
            self.part += 1;
            self.at = 0;
            turned = true;
        }
        Ok(turned)
    }

    fn byte(&mut self) -> Outcome<u8> {
        self.turn()?;
        let byte = self.parts[self.part][self.at];
        self.at += 1;
        Ok(byte)
    }

    fn u16(&mut self) -> Outcome<u16> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Outcome<u32> {
        Ok(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    /// A string: its length in one byte or in two, how it is stored, its characters, its fonts.
    pub(super) fn string(&mut self, is_short: bool) -> Outcome<Fonted> {
        let length = if is_short { u16::from(self.byte()?) } else { self.u16()? };
        let flags = self.byte()?;
        let fonts = if flags & 8 != 0 { self.u16()? } else { 0 };
        let extra = if flags & 4 != 0 { self.u32()? } else { 0 };
        let mut string = Fonted::default();
        let mut is_wide = flags & 1 != 0;
        for _ in 0..length {
            // Where a string goes on in another record, that says anew how wide its characters are.
            if self.turn()? {
                is_wide = self.byte()? & 1 != 0;
            }
            let unit = if is_wide { self.u16()? } else { u16::from(self.byte()?) };
            string.units.push(unit);
        }
        for _ in 0..fonts {
            string.fonts.push((self.u16()?, self.u16()?));
        }
        let mut left = extra as usize;
        while left > 0 {
            self.turn()?;
            let here = self.parts[self.part].len() - self.at;
            let step = here.min(left);
            self.at += step;
            left -= step;
        }
        Ok(string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_goes_on_in_the_next_record_with_another_width() {
        // Four characters, of which two stand in the first record in a byte each.
        let first = [4, 0, 0, b'a', b'b'];
        let second = [1, 0x3f, 0x04, b'd', 0];
        let mut parts = Parts { parts: vec![&first, &second], part: 0, at: 0 };
        assert_eq!(parts.string(false).unwrap().text(), "abпd");
        assert!(parts.is_done());
        assert!(parts.string(false).is_err());
    }

    #[test]
    fn fonts_and_what_is_unknown_stand_behind_the_characters() {
        let data = [2, 0, 0x0c, 1, 0, 3, 0, 0, 0, b'x', b'1', 1, 0, 7, 0, 9, 9, 9, 1, 0, 0, b'y'];
        let mut parts = Parts::of(&data);
        let string = parts.string(false).unwrap();
        assert_eq!((string.text().as_str(), &string.fonts[..]), ("x1", &[(1, 7)][..]));
        assert_eq!(parts.string(false).unwrap().text(), "y");
    }
}
