//! From the bytes of a text to its characters.
//!
//! A byte order mark decides; then zeros at every second byte (UTF-16 without a mark); then whether the
//! bytes are UTF-8. What is left is Windows-1251, as office programs of the region save, if it
//! reads as that: a text of another old encoding would come out as other letters, so it is refused.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use crate::diag::{Code, Diagnostic, Message, Place};

/// The encoding of a text. Shown by its name on the web, such as `windows-1251`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub(super) const UTF_8: Self = Self(UTF_8);
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.name().to_ascii_lowercase())
    }
}

impl FromStr for Encoding {
    type Err = String;

    /// Reads any name by which the web knows an encoding: `utf-8`, `windows-1251`, `cp866`, `koi8-r`.
    fn from_str(text: &str) -> Result<Self, String> {
        let known = encoding_rs::Encoding::for_label(text.trim().as_bytes());
        known.filter(|found| *found != encoding_rs::REPLACEMENT).map(Self).ok_or_else(|| {
            format!(
                "`{text}` is not a known encoding: write utf-8, utf-16le, windows-1251, \
                windows-1252, ibm866 or koi8-r"
            )
        })
    }
}

/// A text decoded.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Encoding,
    pub(super) is_marked: bool,
}

/// The characters of a text; in the encoding given, or else in the one found out.
pub(super) fn decode(
    bytes: &[u8],
    given: Option<Encoding>,
    path: &Path,
) -> Result<Decoded, Vec<Diagnostic>> {
    let marked = encoding_rs::Encoding::for_bom(bytes);
    let (encoding, is_guess) = match (given, marked) {
        (Some(Encoding(given)), _) => (given, false),
        (None, Some((marked, _))) => (marked, false),
        (None, None) => match without_mark(bytes) {
            Some(wide) => (wide, false),
            None if std::str::from_utf8(bytes).is_ok() => (UTF_8, false),
            None => (WINDOWS_1251, true),
        },
    };
    let skipped = marked.filter(|(marked, _)| *marked == encoding).map_or(0, |(_, length)| length);
    let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[skipped..]);
    let refuse = |note: Message| {
        let message = message!("the encoding of `{path}` is unknown", path = path.display());
        vec![
            Diagnostic::error(Code::K1204, message)
                .at(Place::Path(path.to_path_buf()))
                .note(note)
                .hint(message!("save it as “CSV UTF-8”"))
                .hint(message!("or name the encoding, for example `--encoding ibm866`")),
        ]
    };
    let name = Encoding(encoding);
    if had_errors {
        return Err(refuse(message!("read as {name}, it has bytes that are not characters", name)));
    }
    if let Some(odd) = text.chars().find(|c| is_odd(*c)) {
        let code = u32::from(odd);
        return Err(refuse(message!(
            "read as {name}, it has a control character, U+{code}",
            name,
            code = format!("{code:04X}")
        )));
    }
    if is_guess && !reads_as_text(&text) {
        return Err(refuse(message!("it is not UTF-8, and read as {name} it has no words", name)));
    }
    Ok(Decoded { text: text.into_owned(), encoding: name, is_marked: skipped > 0 })
}

/// Characters that no text has.
fn is_odd(c: char) -> bool {
    let is_of_lines = matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    (c.is_control() && !is_of_lines) || c == '\u{fffd}'
}

/// UTF-16 without a mark: zeros only at every second byte, and many of them.
fn without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(1 << 16)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = (head.len() / 20).max(1);
    match (even, odd) {
        (0, odd) if odd >= many => Some(UTF_16LE),
        (even, 0) if even >= many => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether what was read as an old encoding is words: nearly all letters beyond ASCII are those of the main
/// alphabet of the encoding, and capitals stand at the beginning of words or fill them.
fn reads_as_text(text: &str) -> bool {
    let is_main = |c: char| {
        matches!(c, '\u{410}'..='\u{44f}' | '\u{401}' | '\u{451}' | '\u{406}' | '\u{456}')
    };
    let foreign = |c: &char| {
        !c.is_ascii()
            && !matches!(c, '\u{a0}' | '\u{ab}' | '\u{bb}' | '\u{2010}'..='\u{2026}' | '\u{2116}')
    };
    let beyond: Vec<char> = text.chars().filter(foreign).take(20_000).collect();
    let main = beyond.iter().filter(|c| is_main(**c)).count();
    if main * 10 < beyond.len() * 9 {
        return false;
    }
    let (mut words, mut wrong) = (0_usize, 0_usize);
    for word in text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().any(is_main))
        .take(5_000)
    {
        words += 1;
        let small_then_large = word
            .chars()
            .zip(word.chars().skip(1))
            .any(|(one, next)| one.is_lowercase() && next.is_uppercase());
        // A letter of another alphabet with an accent, read as one of this.
        let is_mixed = word.chars().any(|c| c.is_ascii_alphabetic());
        wrong += usize::from(small_then_large || is_mixed);
    }
    wrong * 4 <= words
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Область;Прибыло\r\nг. Алматы;1 234,5\r\nАкмолинская область;7\r\n";

    fn read(bytes: &[u8]) -> (String, String, bool) {
        let decoded =
            decode(bytes, None, Path::new("a.csv")).map_err(|found| found[0].notes.clone());
        let decoded = decoded.unwrap();
        (decoded.text, decoded.encoding.to_string(), decoded.is_marked)
    }

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_that_offices_use_is_found_out() {
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        let (little, big) = (wide(TEXT, u16::to_le_bytes), wide(TEXT, u16::to_be_bytes));
        let old = WINDOWS_1251.encode(TEXT).0.into_owned();
        for (bytes, name, is_marked) in [
            (TEXT.as_bytes().to_vec(), "utf-8", false),
            (marked(b"\xef\xbb\xbf", TEXT.as_bytes()), "utf-8", true),
            (little.clone(), "utf-16le", false),
            (marked(b"\xff\xfe", &little), "utf-16le", true),
            (big.clone(), "utf-16be", false),
            (marked(b"\xfe\xff", &big), "utf-16be", true),
            (old, "windows-1251", false),
        ] {
            assert_eq!(read(&bytes), (TEXT.to_owned(), name.to_owned(), is_marked), "{name}");
        }
    }

    #[test]
    fn another_old_encoding_is_refused_until_it_is_named() {
        for encoding in [encoding_rs::IBM866, encoding_rs::KOI8_R] {
            let bytes = encoding.encode(TEXT).0.into_owned();
            let found = decode(&bytes, None, Path::new("a.csv")).err().unwrap();
            assert_eq!(found[0].code.as_str(), "K1204");
            let given = encoding.name().parse().unwrap();
            let decoded = decode(&bytes, Some(given), Path::new("a.csv")).ok().unwrap();
            assert_eq!(decoded.text, TEXT);
        }
    }

    #[test]
    fn a_text_of_western_europe_is_not_read_as_another() {
        let bytes = encoding_rs::WINDOWS_1252.encode("pays;arrivées\nCôte d'Ivoire;7\nCorée;8\n").0;
        assert!(decode(&bytes, None, Path::new("a.csv")).is_err());
        assert!(decode(&bytes, Some("windows-1252".parse().unwrap()), Path::new("a.csv")).is_ok());
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"a\0b\0\0c"[..], b"\x01\x02\x03", b"\xff\xfe\x00\xd8"] {
            assert!(decode(bytes, None, Path::new("a.csv")).is_err(), "{bytes:?}");
        }
        let given = "utf-8".parse().unwrap();
        assert!(decode(b"\xcf\xf0", Some(given), Path::new("a.csv")).is_err());
        assert!("utf-9".parse::<Encoding>().is_err());
    }
}
