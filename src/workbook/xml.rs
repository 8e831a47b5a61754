//! The events of a part: XML without a document type, in which nothing is expanded.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::fault::{Fault, Outcome};

/// Elements within one another, of which no part has a tenth. The reader keeps the names of all.
const DEEPEST: u64 = 256;
/// Bytes between two tags; the longest text that a spreadsheet keeps has 32,767 characters.
const LONGEST: usize = 16 << 20;

/// Bytes of a part, in which a tag begins every now and then: a text is held as a whole.
pub(super) struct Bounded<R> {
    input: BufReader<R>,
    since_tag: usize,
}

impl<R: Read> Bounded<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(1 << 16, input), since_tag: 0 }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.input.read(into)
    }
}

impl<R: Read> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.since_tag > LONGEST {
            true => Err(io::Error::other("a text in it is too long")),
            false => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        let read = self.input.buffer().get(..count).unwrap_or_default();
        self.since_tag = match read.iter().rposition(|byte| *byte == b'<') {
            Some(at) => count - at,
            None => self.since_tag + count,
        };
        self.input.consume(count);
    }
}

/// Reads the events of a part.
pub(super) struct Xml<R> {
    name: String,
    reader: Reader<R>,
    buffer: Vec<u8>,
    most: u64,
    /// Elements that have begun and not ended.
    depth: u64,
}

impl<R: BufRead> Xml<R> {
    /// A part of which `most` bytes are expected.
    pub(super) fn new(name: &str, input: R, most: u64) -> Self {
        Self {
            name: name.to_owned(),
            reader: Reader::from_reader(input),
            buffer: vec![],
            most,
            depth: 0,
        }
    }

    /// The next event. Within an element it is never the end of the part: that is a fault.
    pub(super) fn next(&mut self) -> Outcome<Event<'_>> {
        self.buffer.clear();
        if self.reader.buffer_position() > self.most {
            let why = message!("{name}: it is larger than the file says", name = self.name);
            return Err(Fault::Broken(why));
        }
        let name = &self.name;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::DocType(_)) => Err(Fault::Broken(message!(
                "{name}: it has a document type, which a workbook never \
                    has",
                name
            ))),
            Ok(event) => {
                match &event {
                    Event::Start(_) if self.depth >= DEEPEST => {
                        let why = message!(
                            "{name}: its elements are nested more than {deepest} deep",
                            name,
                            deepest = DEEPEST
                        );
                        return Err(Fault::Broken(why));
                    }
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    Event::Eof if self.depth > 0 => {
                        return Err(Fault::Broken(message!("{name}: its end is missing", name)));
                    }
                    _ => {}
                }
                Ok(event)
            }
            Err(error) => Err(Fault::Broken(message!("{name}: {error}", name, error))),
        }
    }

    /// A fault of this part.
    pub(super) fn broken(&self, why: impl std::fmt::Display) -> Fault {
        Fault::Broken(message!("{name}: {why}", name = self.name, why))
    }

    /// Goes on behind the end of the element that has just begun.
    pub(super) fn skip(&mut self) -> Outcome<()> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth = depth.saturating_add(1),
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// The text of the element that has just begun, up to its end; elements in it are left out.
    pub(super) fn text(&mut self, into: &mut String) -> Outcome<()> {
        let mut depth = 1_u32;
        loop {
            let added = match self.next()? {
                Event::Start(_) => {
                    depth = depth.saturating_add(1);
                    Ok(())
                }
                Event::End(_) if depth == 1 => return Ok(()),
                Event::End(_) => {
                    depth -= 1;
                    Ok(())
                }
                Event::Text(text) if depth == 1 => text
                    .xml10_content()
                    .map(|text| into.push_str(&text))
                    .map_err(|error| error.to_string()),
                Event::CData(text) if depth == 1 => text
                    .xml10_content()
                    .map(|text| into.push_str(&text))
                    .map_err(|error| error.to_string()),
                Event::GeneralRef(reference) if depth == 1 => {
                    character(&reference).map(|c| into.push(c))
                }
                _ => Ok(()),
            };
            if let Err(why) = added {
                return Err(self.broken(why));
            }
        }
    }
}

/// The character that a reference stands for. Only those of XML itself are known.
pub(super) fn character(reference: &BytesRef) -> Result<char, String> {
    if let Some(c) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(c);
    }
    match &**reference {
        b"amp" => Ok('&'),
        b"lt" => Ok('<'),
        b"gt" => Ok('>'),
        b"quot" => Ok('"'),
        b"apos" => Ok('\''),
        other => Err(format!("the entity `{}` is unknown", String::from_utf8_lossy(other))),
    }
}

/// The attributes of a tag, by their names.
pub(super) struct Attributes<'t>(&'t BytesStart<'t>);

impl<'t> Attributes<'t> {
    pub(super) fn of(tag: &'t BytesStart<'t>) -> Self {
        Self(tag)
    }

    fn find(&self, is_it: impl Fn(&[u8]) -> bool) -> Option<String> {
        // Without the check for doubles, which compares each with each.
        let mut all = self.0.attributes();
        let found = all
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| is_it(attribute.key.as_ref()))?;
        found.unescape_value().ok().map(|value| value.into_owned())
    }

    /// The value of an attribute without a prefix.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.find(|key| key == name.as_bytes())
    }

    /// The value of an attribute that has a prefix before this name.
    pub(super) fn prefixed(&self, name: &str) -> Option<String> {
        self.find(|key| {
            let behind = key.iter().position(|byte| *byte == b':').map(|at| &key[at + 1..]);
            behind == Some(name.as_bytes())
        })
    }

    /// The value as a number.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.trim().parse().ok()
    }

    /// Whether it says yes.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|value| is_yes(&value))
    }
}

/// Whether a value of XML says yes.
pub(super) fn is_yes(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}
