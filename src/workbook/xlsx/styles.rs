//! Styles: for each format of cells its font, indent and number format, as far as readers of tables look
//! at them.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::super::Style;
use super::super::fault::{Fault, Outcome};
use super::super::number_format::{self, NumberFormat};
use super::super::package::Package;
use super::super::xml::{Attributes, is_yes};

/// Styles are numbered by 16 bits.
const MOST: usize = u16::MAX as usize;

#[derive(Clone, Copy, Default)]
struct Font {
    bold: bool,
    italic: bool,
    strike: bool,
}

/// Where in the part we are.
#[derive(Clone, Copy)]
enum Within {
    Nothing,
    NumberFormats,
    Fonts,
    CellFormats,
}

#[derive(Default)]
struct Styles {
    fonts: Vec<Font>,
    formats: HashMap<u32, NumberFormat>,
    styles: Vec<Style>,
}

/// Reads the styles, in the order in which cells number them.
pub(super) fn read(package: &mut Package, part: &str) -> Outcome<Vec<Style>> {
    let mut xml = package.part(part)?;
    let mut within = Within::Nothing;
    let mut all = Styles::default();
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"numFmts" => within = Within::NumberFormats,
                b"fonts" => within = Within::Fonts,
                b"cellXfs" => within = Within::CellFormats,
                _ => all.tag(&tag, within),
            },
            Event::Empty(tag) => all.tag(&tag, within),
            Event::End(tag) => match tag.local_name().as_ref() {
                b"numFmts" | b"fonts" | b"cellXfs" => within = Within::Nothing,
                _ => {}
            },
            Event::Eof => return Ok(all.styles),
            _ => {}
        }
        if all.fonts.len().max(all.styles.len()).max(all.formats.len()) > MOST {
            return Err(Fault::TooLarge(message!("it has more than {most} styles", most = MOST)));
        }
    }
}

impl Styles {
    fn tag(&mut self, tag: &BytesStart, within: Within) {
        let attributes = Attributes::of(tag);
        let name = tag.local_name();
        let yes = || attributes.text("val").is_none_or(|value| is_yes(&value));
        match (within, name.as_ref()) {
            (Within::NumberFormats, b"numFmt") => {
                if let (Some(id), Some(code)) =
                    (attributes.number("numFmtId"), attributes.text("formatCode"))
                {
                    self.formats.insert(id, number_format::read(&code));
                }
            }
            (Within::Fonts, b"font") => self.fonts.push(Font::default()),
            (Within::Fonts, b"b" | b"i" | b"strike") => {
                if let Some(font) = self.fonts.last_mut() {
                    match name.as_ref() {
                        b"b" => font.bold = yes(),
                        b"i" => font.italic = yes(),
                        _ => font.strike = yes(),
                    }
                }
            }
            (Within::CellFormats, b"xf") => {
                let font = attributes.number::<usize>("fontId").unwrap_or(0);
                let font = self.fonts.get(font).copied().unwrap_or_default();
                let id = attributes.number::<u32>("numFmtId").unwrap_or(0);
                let own = self.formats.get(&id).copied();
                let format = own.unwrap_or_else(|| number_format::built_in(id));
                self.styles.push(Style {
                    bold: font.bold,
                    italic: font.italic,
                    strike: font.strike,
                    indent: 0,
                    percent: format.percent,
                    date: format.date,
                    decimals: format.decimals,
                });
            }
            (Within::CellFormats, b"alignment") => {
                if let (Some(style), Some(indent)) =
                    (self.styles.last_mut(), attributes.number::<u32>("indent"))
                {
                    style.indent = u8::try_from(indent).unwrap_or(u8::MAX);
                }
            }
            _ => {}
        }
    }
}
