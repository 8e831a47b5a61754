//! What all sheets of an xls file share.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::Style;
use super::super::fault::Fault;
use super::super::number_format::{self, NumberFormat};
use super::super::runs::{Run, joined};
use super::super::sheet::Visibility;
use super::super::texts::Texts;
use super::Stop;
use super::records::{Fonted, Parts, Records, u16_at, u32_at};

/// What all sheets share.
pub(super) struct Globals {
    pub(super) sheets: Vec<Listed>,
    pub(super) texts: Arc<Texts>,
    pub(super) styles: Arc<[Style]>,
    pub(super) counts_from_1904: bool,
}

/// A sheet that the workbook lists.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) visibility: Visibility,
    /// Where its records begin in the stream.
    pub(super) at: usize,
}

/// A font.
#[derive(Debug, Clone, Copy, Default)]
struct Font {
    bold: bool,
    italic: bool,
    strike: bool,
    raised: bool,
}

/// What is put together when all was read.
#[derive(Default)]
struct Read {
    fonts: Vec<Font>,
    formats: HashMap<u16, NumberFormat>,
    /// Of each format of cells its font, its number format and its indent.
    cells: Vec<(u16, u16, u8)>,
    texts: Vec<Fonted>,
    sheets: Vec<Listed>,
    from_1904: bool,
}

/// Sheets, fonts and formats are numbered by 16 bits.
const MOST: usize = u16::MAX as usize;

/// Reads what stands before the sheets.
pub(super) fn read(stream: &[u8]) -> Result<Globals, Stop> {
    let mut records = Records::at(stream, 0);
    let mut read = Read::default();
    let mut is_first = true;
    while let Some(record) = records.next()? {
        let data = record.data;
        if is_first {
            is_first = false;
            if record.kind != 0x809 || u16_at(data, 0)? != 0x600 {
                return Err(Stop::Older);
            }
            continue;
        }
        match record.kind {
            0x0a => break,
            0x2f => return Err(Stop::Locked),
            0x22 => read.from_1904 = u16_at(data, 0)? == 1,
            0x31 => read.fonts.push(Font {
                italic: u16_at(data, 2)? & 2 != 0,
                strike: u16_at(data, 2)? & 8 != 0,
                bold: u16_at(data, 6)? >= 600,
                raised: u16_at(data, 8)? == 1,
            }),
            0x41e => {
                let code = Parts::of(data.get(2..).unwrap_or_default()).string(false)?;
                read.formats.insert(u16_at(data, 0)?, number_format::read(&code.text()));
            }
            0xe0 => {
                let indent = u16_at(data, 8)? & 0x0f;
                read.cells.push((u16_at(data, 0)?, u16_at(data, 2)?, indent as u8));
            }
            0x85 => read.sheet(data)?,
            0xfc => read.texts(data, &mut records)?,
            _ => {}
        }
        if read.fonts.len().max(read.cells.len()).max(read.sheets.len()) > MOST {
            return Err(Fault::TooLarge(message!(
                "it has more than {most} styles or sheets",
                most = MOST
            ))
            .into());
        }
    }
    read.done()
}

impl Read {
    fn sheet(&mut self, data: &[u8]) -> Result<(), Stop> {
        let [state, kind] = data.get(4..6).and_then(|two| two.try_into().ok()).unwrap_or([0, 0]);
        // Sheets of charts and of macros have no cells.
        if kind != 0 {
            return Ok(());
        }
        let name = Parts::of(data.get(6..).unwrap_or_default()).string(true)?;
        self.sheets.push(Listed {
            name: name.text(),
            visibility: match state & 3 {
                0 => Visibility::Visible,
                1 => Visibility::Hidden,
                _ => Visibility::VeryHidden,
            },
            at: u32_at(data, 0)? as usize,
        });
        Ok(())
    }

    fn texts<'a>(&mut self, data: &'a [u8], records: &mut Records<'a>) -> Result<(), Stop> {
        let mut parts = records.continued(data.get(8..).unwrap_or_default())?;
        // The number of texts that the record claims is not believed.
        while !parts.is_done() {
            self.texts.push(parts.string(false)?);
        }
        Ok(())
    }

    /// The font of a number; number 4 is left out, and those behind it stand one place before it.
    fn font(&self, number: u16) -> Font {
        let place = if number > 4 { number - 1 } else { number };
        self.fonts.get(usize::from(place)).copied().unwrap_or_default()
    }

    fn done(self) -> Result<Globals, Stop> {
        let mut texts = Texts::default();
        for text in &self.texts {
            let rich = joined(&self.runs(text));
            if texts.add(&rich.text, &rich.marks, rich.runs).is_none() {
                return Err(Fault::TooLarge(message!("its texts are too long")).into());
            }
        }
        let style = |(font, format, indent): &(u16, u16, u8)| {
            let font = self.font(*font);
            let own = self.formats.get(format).copied();
            let format = own.unwrap_or_else(|| number_format::built_in(u32::from(*format)));
            Style {
                bold: font.bold,
                italic: font.italic,
                strike: font.strike,
                indent: *indent,
                percent: format.percent,
                date: format.date,
                decimals: format.decimals,
            }
        };
        let styles = self.cells.iter().map(style).collect();
        Ok(Globals {
            texts: Arc::new(texts),
            styles,
            counts_from_1904: self.from_1904,
            sheets: self.sheets,
        })
    }

    /// The runs of a text: up to the first font as its cell, then in each font.
    fn runs(&self, text: &Fonted) -> Vec<Run> {
        let slice = |from: u16, to: u16| {
            let (from, to) = (usize::from(from), usize::from(to).min(text.units.len()));
            String::from_utf16_lossy(text.units.get(from..to).unwrap_or_default())
        };
        let first = text.fonts.first().map_or(u16::MAX, |(start, _)| *start);
        let mut runs = vec![Run { text: slice(0, first), ..Run::default() }];
        let ends = text.fonts.iter().skip(1).map(|(start, _)| *start).chain([u16::MAX]);
        for ((start, number), end) in text.fonts.iter().zip(ends) {
            let Font { bold, italic, strike, raised } = self.font(*number);
            runs.push(Run { text: slice(*start, end), is_own: true, bold, italic, strike, raised });
        }
        runs.retain(|run| !run.text.is_empty());
        runs
    }
}
