//! Addresses: where a cell is, and the rectangle of several.

use std::fmt;

/// Rows that any sheet may have: what the largest of the known formats allows.
pub const MOST_ROWS: u32 = 1_048_576;
/// Columns that any sheet may have.
pub const MOST_COLUMNS: u32 = 16_384;

/// Where a cell is: row and column from 0. Shown as a spreadsheet program names it: `B7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
}

/// A rectangle of cells, both corners included. Shown as `B7:C9`, or as `B7` if it is one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Area {
    /// The cell at the top left.
    pub first: Address,
    /// The cell at the bottom right.
    pub last: Address,
}

impl Address {
    /// The cell in this row and column, both from 0.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// Reads `B7`, in capitals and without dollar signs, as files have it. `None` for anything else,
    /// and for a cell beyond the last that a sheet may have.
    pub fn read(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let (name, digits) = text.split_at(letters);
        if !(1..=3).contains(&letters) || !(1..=7).contains(&digits.len()) {
            return None;
        }
        let column =
            name.bytes().fold(0_u32, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1;
        if digits.starts_with('0') || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let row = digits.parse::<u32>().ok()?.checked_sub(1)?;
        (row < MOST_ROWS && column < MOST_COLUMNS).then_some(Self { row, column })
    }
}

/// The letters of a column: A for 0, Z for 25, AA for 26.
pub fn column_name(column: u32) -> String {
    let (mut rest, mut all) = (u64::from(column) + 1, vec![]);
    while rest > 0 {
        all.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    all.iter().rev().collect()
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.column), u64::from(self.row) + 1)
    }
}

impl Area {
    /// The rectangle between two cells that lie at opposite corners of it.
    pub fn between(one: Address, other: Address) -> Self {
        Self {
            first: Address::new(one.row.min(other.row), one.column.min(other.column)),
            last: Address::new(one.row.max(other.row), one.column.max(other.column)),
        }
    }

    /// Reads `B7:C9` or `B7`.
    pub fn read(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Some(Self::between(Address::read(first)?, Address::read(last)?))
    }

    /// Whether a cell lies in it.
    pub fn contains(self, at: Address) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }

    /// How many rows it has.
    pub fn rows(self) -> u32 {
        self.last.row - self.first.row + 1
    }

    /// How many columns it has.
    pub fn columns(self) -> u32 {
        self.last.column - self.first.column + 1
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first == self.last {
            true => self.first.fmt(f),
            false => write!(f, "{}:{}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_shown_as_a_spreadsheet_names_it() {
        for (text, row, column) in
            [("A1", 0, 0), ("B7", 6, 1), ("AA10", 9, 26), ("XFD1048576", 1_048_575, 16_383)]
        {
            assert_eq!(Address::read(text), Some(Address::new(row, column)), "{text}");
            assert_eq!(Address::new(row, column).to_string(), text);
        }
        assert_eq!(Area::read("C9:B7").unwrap().to_string(), "B7:C9");
        assert_eq!(Area::read("B7").unwrap().to_string(), "B7");
    }

    #[test]
    fn what_is_no_address_of_a_sheet_is_none() {
        for text in [
            "",
            "A",
            "1",
            "A0",
            "a1",
            "$A$1",
            "A01",
            "XFE1",
            "A1048577",
            "AAAA1",
            "A4294967297",
            "A1 ",
            "Я1",
            "A-1",
            "R1C1",
        ] {
            assert_eq!(Address::read(text), None, "{text}");
        }
    }

    #[test]
    fn an_area_knows_its_cells() {
        let area = Area::read("B7:C9").unwrap();
        assert_eq!((area.rows(), area.columns()), (3, 2));
        assert!(area.contains(Address::read("C8").unwrap()));
        assert!(!area.contains(Address::read("D8").unwrap()));
    }
}
