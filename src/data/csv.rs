//! Splits comma-separated text (or text with another delimiter) into fields with byte ranges. A line ends
//! with LF or CR LF; `control` has refused a CR alone before.
//!
//! In: the text of a file. Out: one record after another, each field with its byte range, so that a
//! diagnostic can underline the field. What a field means is not known here.

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::Message;

/// One field of a record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field<'a> {
    /// Its text, without quotes.
    pub text: Cow<'a, str>,
    /// Its byte range in the file, quotes included.
    pub range: Range<usize>,
}

/// A record that cannot be split, and why.
#[derive(Debug, PartialEq)]
pub(super) struct Broken {
    /// The byte range at fault.
    pub range: Range<usize>,
    /// The reason.
    pub reason: Message,
    /// The remedy.
    pub remedy: Message,
}

/// The first control character that no table may have, with its remedy.
pub(super) fn control(text: &str) -> Option<Broken> {
    let bytes = text.as_bytes();
    let odd = |(at, byte): (usize, &u8)| match byte {
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        b'\t' | b'\n' => false,
        byte => *byte < b' ' || *byte == 0x7f,
    };
    if let Some(at) = bytes.iter().enumerate().position(odd) {
        let (reason, remedy) = match bytes[at] {
            b'\r' => (
                message!("a line ends with a carriage return alone"),
                message!(
                    "save the file as “CSV UTF-8”, not as “CSV (Macintosh)”; lines end with LF or CR LF"
                ),
            ),
            0 => (
                message!("there is a NUL byte in the file"),
                message!("the file is damaged or is not a text file: save it again as “CSV UTF-8”"),
            ),
            _ => (
                message!("there is a control character in the file"),
                message!("delete it; most programs do not show it, so type the field again"),
            ),
        };
        return Some(Broken { range: at..at + 1, reason, remedy });
    }
    if text.is_ascii() {
        return None;
    }
    text.char_indices().find_map(|(at, c)| {
        let (reason, remedy) = match c {
            '\u{feff}' if at > 0 => (
                message!("there is a byte order mark inside the file"),
                message!("two files were joined: delete the invisible character"),
            ),
            '\u{fffd}' => (
                message!(
                    "there is a replacement character: a letter was lost when the file was saved"
                ),
                message!("open the original again, and save it as “CSV UTF-8”"),
            ),
            '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => (
                message!("there is a control character in the file"),
                message!("delete it; most programs do not show it, so type the field again"),
            ),
            _ => return None,
        };
        Some(Broken { range: at..at + c.len_utf8(), reason, remedy })
    })
}

/// Parts smaller than this many bytes are not worth a thread.
const SMALLEST_PIECE: usize = 1 << 18;

/// Reads the records of a text in order.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// The delimiter between two fields.
    delimiter: u8,
    at: usize,
    line: usize,
    /// The number of fields in the first record, once it has been read.
    columns: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the first record; a byte order mark is skipped.
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, delimiter, at, line: 1, columns: 0 }
    }

    /// Splits the rest of the text into at most `most` readers of whole records, in order. A text with
    /// quotation marks is not split, since a quoted field may contain line ends.
    pub(super) fn split(self, most: usize) -> Vec<Self> {
        let rest = &self.text[self.at..];
        let most = most.min(rest.len() / SMALLEST_PIECE);
        if most < 2 || rest.contains('"') {
            return vec![self];
        }
        let mut readers = vec![];
        let (mut at, mut line) = (self.at, self.line);
        for piece in 1..=most {
            let near = (self.at + rest.len() / most * piece).max(at);
            let found = self.text.as_bytes()[near..].iter().position(|byte| *byte == b'\n');
            let end = match found {
                Some(length) if piece < most => near + length + 1,
                _ => self.text.len(),
            };
            let text = &self.text[..end];
            readers.push(Self { text, delimiter: self.delimiter, at, line, columns: self.columns });
            line += self.text[at..end].bytes().filter(|byte| *byte == b'\n').count();
            at = end;
        }
        readers
    }

    /// Reads the next record into `fields` and returns the line on which it starts. Empty lines are
    /// skipped. After a broken record, reading continues on the next line.
    pub(super) fn next(&mut self, fields: &mut Vec<Field<'a>>) -> Option<Result<usize, Broken>> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at)? {
                b'\n' => self.line += 1,
                b'\r' => {}
                _ => break,
            }
            self.at += 1;
        }
        fields.clear();
        let line = self.line;
        loop {
            let field = match bytes.get(self.at) {
                Some(b'"') => match self.quoted() {
                    Ok(field) => field,
                    Err(broken) => {
                        self.skip_line();
                        return Some(Err(broken));
                    }
                },
                _ => self.plain(),
            };
            fields.push(field);
            match bytes.get(self.at) {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                end => {
                    if self.columns == 0 {
                        self.columns = fields.len();
                    }
                    if end.is_some() {
                        self.skip_line();
                    }
                    return Some(Ok(line));
                }
            }
        }
    }

    fn plain(&mut self) -> Field<'a> {
        let rest = &self.text.as_bytes()[self.at..];
        let ends = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let range = self.at..self.at + length;
        self.at = range.end;
        Field { text: Cow::Borrowed(&self.text[range.clone()]), range }
    }

    fn quoted(&mut self) -> Result<Field<'a>, Broken> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let mut doubled = false;
        let mut lines = 0;
        loop {
            match bytes.get(at) {
                Some(b'"') if bytes.get(at + 1) == Some(&b'"') => {
                    doubled = true;
                    at += 1;
                }
                Some(b'"') => break,
                Some(b'\n') => lines += 1,
                Some(_) => {}
                None => {
                    let line = self.text[start..].lines().next().unwrap_or_default();
                    return Err(Broken {
                        range: start..start + line.len(),
                        reason: message!("a quotation mark is opened and never closed"),
                        remedy: message!(
                            "close it, or double every quotation mark that belongs to the text"
                        ),
                    });
                }
            }
            at += 1;
        }
        let inside = &self.text[start + 1..at];
        let is_end = bytes
            .get(at + 1)
            .is_none_or(|next| *next == self.delimiter || matches!(next, b'\n' | b'\r'));
        if !is_end {
            return Err(Broken {
                range: start..at + 1,
                reason: message!("there is text after a closing quotation mark"),
                remedy: message!(
                    "put the whole field in quotation marks and double those inside it"
                ),
            });
        }
        if lines > 0 && self.swallows(inside) {
            let line = self.text[start..].lines().next().unwrap_or_default();
            return Err(Broken {
                range: start..start + line.len(),
                reason: message!(
                    "a quotation mark is opened here, and the rows below become part of the \
                    field"
                ),
                remedy: message!(
                    "close it at the end of the field: otherwise everything up to the next mark \
                    is read as one text"
                ),
            });
        }
        self.at = at + 1;
        self.line += lines;
        let text = match doubled {
            true => Cow::Owned(inside.replace("\"\"", "\"")),
            false => Cow::Borrowed(inside),
        };
        Ok(Field { text, range: start..at + 1 })
    }

    /// Whether a quoted text contains lines that look like rows: with at least half as many delimiters as
    /// a row.
    fn swallows(&self, inside: &str) -> bool {
        let least = (self.columns / 2).max(1);
        let separators = |line: &str| line.bytes().filter(|byte| *byte == self.delimiter).count();
        self.columns > 1 && inside.lines().skip(1).any(|line| separators(line) >= least)
    }

    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        match rest.iter().position(|byte| *byte == b'\n') {
            Some(length) => {
                self.at += length + 1;
                self.line += 1;
            }
            None => self.at = self.text.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(usize, Vec<String>, Vec<String>)> {
        let mut reader = Reader::new(text, b',');
        let mut fields = vec![];
        let mut records = vec![];
        while let Some(record) = reader.next(&mut fields) {
            records.push((
                record.unwrap(),
                fields.iter().map(|f| f.text.to_string()).collect(),
                fields.iter().map(|f| text[f.range.clone()].to_owned()).collect(),
            ));
        }
        records
    }

    #[test]
    fn a_field_knows_its_bytes_with_the_quotes() {
        let read = all("\u{feff}a,b\r\n\"x, \"\"y\"\"\",2\n\n\"two\nlines\",\nlast,");
        assert_eq!(read[0], (1, vec!["a".into(), "b".into()], vec!["a".into(), "b".into()]));
        assert_eq!(read[1].1, ["x, \"y\"", "2"]);
        assert_eq!(read[1].2, ["\"x, \"\"y\"\"\"", "2"]);
        assert_eq!((read[2].0, read[2].1[0].as_str()), (4, "two\nlines"));
        assert_eq!((read[3].0, read[3].1.len()), (6, 2));
    }

    #[test]
    fn the_pieces_of_a_text_read_what_the_whole_does() {
        let text: String = (0..60_000).map(|row| format!("{row},b{row}\r\n")).collect();
        let whole = all(&text);
        let mut fields = vec![];
        for most in [1, 2, 3, 7] {
            let readers = Reader::new(&text, b',').split(most);
            assert_eq!(readers.len(), most.min(text.len() / SMALLEST_PIECE));
            let mut read = vec![];
            for mut reader in readers {
                while let Some(record) = reader.next(&mut fields) {
                    let place = |f: &Field| text[f.range.clone()].to_owned();
                    let said = fields.iter().map(|f| f.text.to_string()).collect();
                    read.push((record.unwrap(), said, fields.iter().map(place).collect()));
                }
            }
            assert!(read == whole, "{most} pieces");
        }
        let quoted = text.replacen("b7", "\"b\n7\"", 1);
        assert_eq!(Reader::new(&quoted, b',').split(4).len(), 1);
    }

    #[test]
    fn a_quote_that_swallows_a_row_is_reported_and_the_row_is_read() {
        let text = "a,b,c,d\n1,2,3,\"open\n5,6,7,x\"\n9,9,9,\"two\nlines\"\n";
        let mut reader = Reader::new(text, b',');
        let mut fields = vec![];
        assert_eq!(reader.next(&mut fields), Some(Ok(1)));
        let broken = reader.next(&mut fields).unwrap().unwrap_err();
        assert_eq!(&text[broken.range], "\"open");
        // Reading continues after it; a quoted text of two lines is accepted.
        assert!(reader.next(&mut fields).unwrap().is_ok());
        assert_eq!(reader.next(&mut fields), Some(Ok(4)));
        assert_eq!(fields[3].text, "two\nlines");
    }

    #[test]
    fn an_open_quote_is_reported_and_the_next_line_is_read() {
        let mut reader = Reader::new("a\n\"b\"c,1\nd\n\"e", b',');
        let mut fields = vec![];
        assert_eq!(reader.next(&mut fields), Some(Ok(1)));
        let broken = reader.next(&mut fields).unwrap().unwrap_err();
        assert_eq!(broken.range, 2..5);
        assert_eq!(reader.next(&mut fields), Some(Ok(3)));
        assert!(reader.next(&mut fields).unwrap().is_err());
        assert_eq!(reader.next(&mut fields), None);
    }
}
