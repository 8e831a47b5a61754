//! Workbooks: the tables of an edition as an Office Open XML workbook, a sheet per table.
//!
//! In: the document tree of one edition, with its sources and releases. Out: the bytes of an `.xlsx`
//! file. A cell contains the number as rounded on the page, and a number format that shows it like the
//! page: sign, digits, scale, marks. So page and sheet agree, and the sheet has no further digits. The
//! date of the file is that of the document; the clock is not read.

mod format;
mod sheet;

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{Content, Written};
use crate::data::{Precision, Vintage};
use crate::diag::{Code, Diagnostic, Place, Result, Warned};
use crate::document::bibliography::Wording;
use crate::document::{Block, Document, Meta};
use crate::output::File;
use crate::stats::Status;

use sheet::Writer;

/// The keys of the phrases a workbook needs, below `workbook` in the strings.
pub const WORDS: [&str; 17] = [
    "contents",
    "sheet",
    "content",
    "sources",
    "number",
    "source",
    "publisher",
    "published",
    "address",
    "accessed",
    "releases",
    "release",
    "released",
    "status",
    "status-secondary",
    "status-express",
    "status-final",
];

/// A source that the document cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its publisher; may be empty.
    pub publisher: String,
    /// Its date as `2025-08-11`, `2025-08` or `2025`; may be empty.
    pub date: String,
    /// Its address; may be empty.
    pub url: String,
    /// The day on which it was accessed; may be empty.
    pub accessed: String,
}

/// A release that the edition's facts are based on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its key.
    pub id: String,
    /// The time of publication as text, such as `2025-08-11`.
    pub released: String,
    /// The day, if it is known to the day.
    pub day: Option<[i32; 3]>,
    /// Its status, worded in the edition's language.
    pub status: String,
}

/// Writes a workbook for each document of a form that has one.
pub(super) fn files(content: &Content<'_>) -> Result<Warned<Written>> {
    let with_words = content.documents.iter().filter(|document| !document.meta.workbook.is_empty());
    let file = |document: &Document| {
        let (sources, releases) = (sources(content, document), releases(content, document));
        let bytes = write(document, &sources, &releases)?;
        Ok(File { name: content.file_name(document, "xlsx"), bytes })
    };
    let files: Result<Vec<File>> = with_words.map(file).collect();
    Ok(files?.into())
}

/// The sources that a document cites, in the order of its list.
fn sources(content: &Content<'_>, document: &Document) -> Vec<Source> {
    let words = Wording { lang: &document.meta.lang, words: &document.meta.words };
    let source = |key: String| {
        let known = content.references.described(&key, content.dataset, words.reported());
        let [title, publisher, date, url, accessed] = known;
        Source { key, title, publisher, date, url, accessed }
    };
    document.cited().into_iter().map(source).collect()
}

/// The releases of the numbers in a document, oldest first.
fn releases(content: &Content<'_>, document: &Document) -> Vec<Release> {
    let quoted = document.quoted();
    let facts = quoted.iter().filter_map(|id| content.facts.get(id));
    let mut releases: Vec<&Vintage> = facts
        .flat_map(|fact| &fact.vintages)
        .filter_map(|vintage| content.dataset.vintages.get(vintage))
        .collect();
    releases.sort_by_key(|vintage| (vintage.released, &vintage.id));
    releases.dedup_by_key(|vintage| &vintage.id);
    let word = |status: Status| match status {
        Status::Secondary => "status-secondary",
        Status::Express => "status-express",
        Status::Final => "status-final",
    };
    let words = &document.meta.workbook;
    let release = |vintage: &Vintage| Release {
        id: vintage.id.clone(),
        released: vintage.came_out().to_string(),
        day: (vintage.precision == Precision::Day).then(|| {
            let day = vintage.released;
            [day.year().into(), day.month().into(), day.day().into()]
        }),
        status: words.get(word(vintage.status)).cloned().unwrap_or_default(),
    };
    releases.into_iter().map(release).collect()
}

/// The workbook of a document. `sources` are numbered in order, as in the document.
pub fn write(document: &Document, sources: &[Source], releases: &[Release]) -> Result<Vec<u8>> {
    fill(document, sources, releases).map_err(|error| {
        Diagnostic::error(Code::K0906, message!("the workbook cannot be made: {error}", error))
            .at(Place::Path(format!("{}-{}.xlsx", document.meta.format, document.meta.lang).into()))
            .note(message!("a cell of a workbook can contain at most 32,767 characters"))
            .hint(message!("shorten the phrase, title or name that is too long"))
            .into()
    })
}

fn fill(
    document: &Document,
    sources: &[Source],
    releases: &[Release],
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&document.meta)?);
    let numbers: BTreeMap<&str, usize> =
        sources.iter().enumerate().map(|(at, source)| (&*source.key, at + 1)).collect();
    let mut found = vec![];
    document.each_block(|block| {
        if let Block::Table(table) = block {
            found.push(table);
        }
    });
    let writer = Writer { meta: &document.meta, numbers: &numbers };
    let names = sheet::names(&document.meta, &found);
    writer.contents(workbook.add_worksheet(), &names, &found)?;
    for (table, name) in found.iter().zip(&names.tables) {
        writer.table(workbook.add_worksheet(), name, table)?;
    }
    writer.sources(workbook.add_worksheet(), &names.sources, sources, releases)?;
    workbook.save_to_buffer()
}

fn properties(meta: &Meta) -> std::result::Result<DocProperties, XlsxError> {
    let [year, month, day] = meta.date;
    let part = |number: i32| u8::try_from(number).unwrap_or_default();
    let created =
        ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or_default(), part(month), part(day))?;
    Ok(DocProperties::new()
        .set_title(format!("{}: {}", meta.title, meta.period))
        .set_subject(&meta.genre)
        .set_author(meta.body.last().map_or("", String::as_str))
        .set_company(meta.body.join(", "))
        .set_keywords(meta.keywords.join("; "))
        .set_comment(&meta.status)
        .set_creation_datetime(&created))
}
