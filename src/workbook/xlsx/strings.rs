//! Texts and their runs: the shared texts of a workbook, and those that stand in a cell.

use std::io::BufRead;

use quick_xml::events::Event;

use super::super::fault::{Fault, Outcome};
use super::super::package::Package;
use super::super::runs::{Rich, Run, joined};
use super::super::texts::Texts;
use super::super::xml::{Attributes, Xml, is_yes};

/// Reads the shared texts.
pub(super) fn read(package: &mut Package, part: &str) -> Outcome<Texts> {
    let mut xml = package.part(part)?;
    let mut texts = Texts::default();
    loop {
        let (is_text, is_empty) = match xml.next()? {
            Event::Start(tag) => (tag.local_name().as_ref() == b"si", false),
            Event::Empty(tag) => (tag.local_name().as_ref() == b"si", true),
            Event::Eof => return Ok(texts),
            _ => (false, false),
        };
        if is_text {
            let rich = if is_empty { joined(&[]) } else { rich(&mut xml)? };
            if texts.add(&rich.text, &rich.marks, rich.runs).is_none() {
                return Err(Fault::TooLarge(message!("its texts are too long")));
            }
        }
    }
}

/// The text of the element that has just begun (`si` or `is`), up to its end.
pub(super) fn rich<R: BufRead>(xml: &mut Xml<R>) -> Outcome<Rich> {
    let mut runs: Vec<Run> = vec![];
    loop {
        enum Next {
            Text(bool),
            Run,
            Other,
            None,
        }
        let next = match xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"t" => Next::Text(keeps_blanks(&Attributes::of(&tag))),
                b"r" => Next::Run,
                // Readings of characters beside the text are no part of it.
                _ => Next::Other,
            },
            Event::End(_) => return Ok(joined(&runs)),
            _ => Next::None,
        };
        match next {
            Next::Text(keeps_blanks) => {
                let text = text(xml, keeps_blanks)?;
                runs.push(Run { text, ..Run::default() });
            }
            Next::Run => runs.push(run(xml)?),
            Next::Other => xml.skip()?,
            Next::None => {}
        }
    }
}

fn run<R: BufRead>(xml: &mut Xml<R>) -> Outcome<Run> {
    let mut run = Run::default();
    loop {
        let mut keeps = None;
        match xml.next()? {
            Event::Start(tag) if tag.local_name().as_ref() == b"t" => {
                keeps = Some(keeps_blanks(&Attributes::of(&tag)));
            }
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = Attributes::of(&tag);
                let yes = || attributes.text("val").is_none_or(|value| is_yes(&value));
                match tag.local_name().as_ref() {
                    b"rPr" => run.is_own = true,
                    b"b" => run.bold = yes(),
                    b"i" => run.italic = yes(),
                    b"strike" => run.strike = yes(),
                    b"vertAlign" => {
                        run.raised = attributes.text("val").as_deref() == Some("superscript");
                    }
                    _ => {}
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == b"r" => return Ok(run),
            _ => {}
        }
        if let Some(keeps_blanks) = keeps {
            run.text.push_str(&text(xml, keeps_blanks)?);
        }
    }
}

fn keeps_blanks(attributes: &Attributes) -> bool {
    attributes.text("xml:space").as_deref() == Some("preserve")
}

/// The text of a `t` that has just begun.
fn text<R: BufRead>(xml: &mut Xml<R>, keeps_blanks: bool) -> Outcome<String> {
    let mut text = String::new();
    xml.text(&mut text)?;
    let text = unescaped(&text);
    // As spreadsheet programs do; other blanks, as no-break ones, stay.
    let blank = [' ', '\t', '\n', '\r'];
    Ok(if keeps_blanks { text } else { text.trim_matches(blank).to_owned() })
}

/// The text without the escapes of spreadsheet programs: `_x000D_` is a carriage return.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let digits = rest.get(at + 2..at + 6).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let is_whole = rest.as_bytes().get(at + 6) == Some(&b'_');
        let code = digits.filter(|_| is_whole).and_then(|d| u32::from_str_radix(d, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}
