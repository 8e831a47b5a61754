//! A compound file: a file system in a file, of which one stream is wanted.
//!
//! Sectors are chained by a table. Each chain ends after as many sectors as the file can have, so that one which
//! goes round in a circle ends too.

use super::super::fault::{Fault, Outcome};

/// Sector numbers from here on are no sectors.
const LAST_SECTOR: u32 = 0xffff_fffa;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Entries of the table of tables that stand in the header.
const IN_HEADER: usize = 109;

struct Compound<'a> {
    bytes: &'a [u8],
    /// Bytes of a sector.
    sector: usize,
    /// For each sector the one that follows it.
    next: Vec<u32>,
}

/// The stream of this name, and whether there is one.
pub(super) fn stream(bytes: &[u8], name: &str) -> Outcome<Option<Vec<u8>>> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(number(bytes, 48)?, usize::MAX)?;
    let mut root = None;
    for entry in directory.chunks_exact(ENTRY) {
        let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
        let units = entry[..64].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let units: Vec<u16> = units.take((length / 2).saturating_sub(1)).collect();
        let start = number(entry, 116)?;
        let size = number(entry, 120)? as usize;
        match entry[66] {
            5 => root = Some((start, size)),
            2 if String::from_utf16_lossy(&units).eq_ignore_ascii_case(name) => {
                return file.read(start, size, root).map(Some);
            }
            _ => {}
        }
    }
    Ok(None)
}

/// The number in four bytes at a place.
fn number(bytes: &[u8], at: usize) -> Outcome<u32> {
    let four = bytes.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
    four.map(u32::from_le_bytes).ok_or_else(cut_off)
}

fn cut_off() -> Fault {
    Fault::Broken(message!("its end is missing, or a chain of sectors leads out of the file"))
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Outcome<Self> {
        let shift = bytes.get(30).copied().unwrap_or_default();
        if !matches!(shift, 9 | 12) {
            return Err(Fault::Broken(message!("its sectors have an invalid size")));
        }
        let mut file = Self { bytes, sector: 1 << shift, next: vec![] };
        let most = bytes.len() / file.sector + 1;
        let mut tables: Vec<u32> = vec![];
        for index in 0..IN_HEADER {
            tables.push(number(bytes, 76 + index * 4)?);
        }
        // Further tables of tables, each of which ends with the number of the next.
        let (mut further, mut seen) = (number(bytes, 68)?, 0);
        while further < LAST_SECTOR && seen < most {
            let sector = file.at(further)?;
            let (numbers, last) = sector.split_at(file.sector - 4);
            for four in numbers.chunks_exact(4) {
                tables.push(number(four, 0)?);
            }
            further = number(last, 0)?;
            seen += 1;
        }
        for table in tables.into_iter().filter(|table| *table < LAST_SECTOR).take(most) {
            for four in file.at(table)?.chunks_exact(4) {
                file.next.push(number(four, 0)?);
            }
        }
        Ok(file)
    }

    fn at(&self, sector: u32) -> Outcome<&'a [u8]> {
        let start = (sector as usize + 1).checked_mul(self.sector).ok_or_else(cut_off)?;
        // The last sector of a file may be shorter; what is missing of it nobody reads.
        self.bytes.get(start..start + self.sector).ok_or_else(cut_off)
    }

    /// The bytes of a chain of sectors, `size` of them at most.
    fn chain(&self, start: u32, size: usize) -> Outcome<Vec<u8>> {
        let (mut bytes, mut sector, mut seen) = (vec![], start, 0);
        while sector < LAST_SECTOR && bytes.len() < size {
            if seen > self.next.len() {
                return Err(Fault::Broken(message!("a chain of sectors is circular")));
            }
            match self.at(sector) {
                Ok(all) => bytes.extend_from_slice(all),
                Err(_)
                    if self.tail(sector).is_some_and(|tail| bytes.len() + tail.len() >= size) =>
                {
                    bytes.extend_from_slice(self.tail(sector).unwrap_or_default());
                }
                Err(fault) => return Err(fault),
            }
            sector = *self.next.get(sector as usize).ok_or_else(cut_off)?;
            seen += 1;
        }
        bytes.truncate(size);
        Ok(bytes)
    }

    /// A last sector that is shorter than the others.
    fn tail(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize + 1).checked_mul(self.sector)?;
        self.bytes.get(start..)
    }

    /// A stream: a chain of sectors, or of small ones within the stream of the root.
    fn read(&self, start: u32, size: usize, root: Option<(u32, usize)>) -> Outcome<Vec<u8>> {
        const SMALL: usize = 64;
        let limit = number(self.bytes, 56)? as usize;
        let bytes = if size >= limit {
            self.chain(start, size)?
        } else {
            let (root, root_size) = root.ok_or_else(cut_off)?;
            let small = self.chain(root, root_size)?;
            let table = self.chain(number(self.bytes, 60)?, usize::MAX)?;
            let (mut bytes, mut sector, mut seen) = (vec![], start, 0);
            while sector < LAST_SECTOR && bytes.len() < size {
                if seen > table.len() / 4 {
                    return Err(Fault::Broken(message!("a chain of sectors is circular")));
                }
                let at = (sector as usize).checked_mul(SMALL).ok_or_else(cut_off)?;
                bytes.extend_from_slice(small.get(at..at + SMALL).ok_or_else(cut_off)?);
                sector = number(&table, (sector as usize).checked_mul(4).ok_or_else(cut_off)?)?;
                seen += 1;
            }
            bytes.truncate(size);
            bytes
        };
        match bytes.len() == size {
            true => Ok(bytes),
            false => Err(cut_off()),
        }
    }
}
