//! What kind of file some bytes are, by the bytes alone.

use std::path::Path;

use super::not_a_workbook;
use crate::diag::{Diagnostic, Message};

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    Text,
    Json,
}

/// How a zip file begins; an empty one begins with the second.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// How a compound file begins: documents of office programs before 2007, and encrypted ones after it.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// How a sheet of Excel 2 to 4 begins: one stream of records, without a compound file around it.
const OLD_SHEETS: [&[u8]; 3] = [b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"];

/// What kind of file it is; an error if it is none that can be read.
pub(super) fn of(bytes: &[u8], path: &Path) -> Result<Kind, Vec<Diagnostic>> {
    let no = |why: Message| not_a_workbook(path, why);
    if ZIP.iter().any(|start| bytes.starts_with(start)) {
        return in_zip(bytes, path);
    }
    if bytes.starts_with(COMPOUND) {
        return in_compound(bytes, path);
    }
    if OLD_SHEETS.iter().any(|start| bytes.starts_with(start)) {
        return Err(no(message!("it is a sheet of a spreadsheet program from before 1993"))
            .hint(message!("open it in a spreadsheet program and save it as xlsx"))
            .into());
    }
    let pictures: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0"];
    for (start, what) in [
        (&b"%PDF"[..], message!("it is a PDF")),
        (b"{\\rtf", message!("it is a text document (RTF)")),
    ] {
        if bytes.starts_with(start) {
            return Err(no(what)
                .hint(message!("copy the table from it into a spreadsheet, or paste it"))
                .into());
        }
    }
    if pictures.iter().any(|start| bytes.starts_with(start)) {
        return Err(no(message!("it is a picture")).into());
    }
    if bytes.starts_with(b"\x1f\x8b")
        || bytes.starts_with(b"Rar!")
        || bytes.starts_with(b"7z\xbc\xaf")
    {
        return Err(no(message!("it is an archive")).hint(message!("unpack it first")).into());
    }
    match markup(bytes) {
        Some(Markup::Page) => Err(no(message!("it is a web page, whatever its name says"))
            .hint(message!("open it in a spreadsheet program and save it as xlsx"))
            .into()),
        Some(Markup::Sheet) => Err(no(message!("it is an Excel 2003 XML file"))
            .hint(message!("open it in a spreadsheet program and save it as xlsx"))
            .into()),
        Some(Markup::Other) => Err(no(message!("it is XML of another kind")).into()),
        None if super::json_stat::is_json(bytes) => Ok(Kind::Json),
        None => Ok(Kind::Text),
    }
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// A zip file by the names of what is in it. They are looked for in the bytes, since a reader that can
/// be fooled comes after this.
fn in_zip(bytes: &[u8], path: &Path) -> Result<Kind, Vec<Diagnostic>> {
    let tail = &bytes[bytes.len().saturating_sub(1 << 20)..];
    let has = |name: &str| contains(tail, name.as_bytes());
    let no = |why: Message| not_a_workbook(path, why);
    if has("xl/workbook.bin") {
        Ok(Kind::Xlsb)
    } else if has("xl/workbook.xml") || has("xl/worksheets/") {
        Ok(Kind::Xlsx)
    } else if bytes.get(..256).is_some_and(|head| contains(head, b"opendocument.spreadsheet")) {
        Ok(Kind::Ods)
    } else if has("word/document.xml")
        || bytes.get(..256).is_some_and(|head| contains(head, b"opendocument."))
    {
        Err(no(message!("it is a document of another office program"))
            .hint(message!("copy the table from it into a spreadsheet, or paste it"))
            .into())
    } else if has("[Content_Types].xml") {
        // A workbook may name its parts as it likes.
        Ok(Kind::Xlsx)
    } else if has("content.xml") {
        Ok(Kind::Ods)
    } else {
        Err(no(message!("it is a zip file without a workbook, or its end is missing"))
            .hint(message!("unpack it first; if it was downloaded, download it again"))
            .into())
    }
}

/// A compound file by the names of the streams in it, which are UTF-16.
fn in_compound(bytes: &[u8], path: &Path) -> Result<Kind, Vec<Diagnostic>> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &wide)
    };
    let no = |why: Message| not_a_workbook(path, why);
    if has("EncryptedPackage") {
        Err(no(message!("it is locked with a password"))
            .hint(message!("open it in a spreadsheet program and save it without the password"))
            .into())
    } else if has("Workbook") || has("Book") {
        Ok(Kind::Xls)
    } else {
        Err(no(message!("it is a document of another office program, or its end is missing"))
            .into())
    }
}

enum Markup {
    Page,
    Sheet,
    Other,
}

/// What a text that begins with a tag is.
fn markup(bytes: &[u8]) -> Option<Markup> {
    let head: String = bytes
        .iter()
        .take(4096)
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(*byte).to_ascii_lowercase())
        .collect();
    let start = head.trim_start_matches(|c: char| !c.is_ascii() || c.is_ascii_whitespace());
    let pages = ["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<div", "<style"];
    if pages.iter().any(|tag| start.starts_with(tag)) {
        return Some(Markup::Page);
    }
    if !start.starts_with("<?xml") && !start.starts_with("<!--") {
        return None;
    }
    Some(match () {
        () if head.contains("urn:schemas-microsoft-com:office:spreadsheet") => Markup::Sheet,
        () if head.contains("<html") || head.contains("<table") => Markup::Page,
        () => Markup::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(bytes: &[u8]) -> String {
        let found = of(bytes, Path::new("table.xls")).unwrap_err();
        assert_eq!(found[0].code.as_str(), "K1201");
        found[0].notes[0].to_string()
    }

    #[test]
    fn what_is_served_under_a_wrong_name_is_reported() {
        assert!(reported(b"<html><table><tr><td>1").contains("web page"));
        assert!(reported(b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>").contains("web page"));
        let sheet = b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
        assert!(reported(sheet).contains("2003"));
        assert!(reported(b"%PDF-1.7").contains("PDF"));
        assert!(reported(b"PK\x03\x04 word/document.xml").contains("another office program"));
        assert!(reported(b"PK\x03\x04 nothing").contains("zip file"));
        assert!(reported(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest").contains("end is missing"));
        let mut locked = COMPOUND.to_vec();
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(reported(&locked).contains("password"));
    }

    #[test]
    fn a_text_is_a_text_whatever_its_name() {
        for bytes in [&b""[..], b"a;b\n1;2\n", b"\xff\xfea\0", b"< 5;7\n", "көш\t1".as_bytes()] {
            assert_eq!(of(bytes, Path::new("table.xls")).unwrap(), Kind::Text);
        }
    }
}
