//! PDFs: one per document, typeset by Typst unless one with the same key is reused.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use rayon::prelude::*;

use super::{Content, Written};
use crate::charts::Drawing;
use crate::diag::{Result, SourceText, Warned, keep};
use crate::document::Document;
use crate::document::bibliography::Wording;
use crate::output::File;
use crate::typeset::{self, Files, Key, Typesetter};

/// The typesetting of pages.
pub struct Press<'e> {
    /// Fonts and Typst's library.
    pub typesetter: &'e Typesetter,
    /// The `.typ` files and the files they read, by virtual path.
    pub templates: &'e [(String, SourceText)],
    /// The logo of the body.
    pub logo: Option<Logo<'e>>,
    /// Finds a PDF to reuse.
    pub find: Find<'e>,
}

/// A picture for Typst.
pub struct Logo<'e> {
    /// Its virtual path.
    pub path: &'e str,
    /// Its path, for messages.
    pub shown: PathBuf,
    /// Its content.
    pub bytes: &'e [u8],
}

/// Finds the bytes of a file to reuse, by its name and key.
pub type Find<'a> = &'a (dyn Fn(&str, &Key) -> Option<Vec<u8>> + Sync);

/// Writes a PDF for each document.
pub(super) fn write(content: &Content<'_>) -> Result<Warned<Written>> {
    let pairs: Vec<_> = content.documents.iter().zip(content.drawings).collect();
    let set: Vec<_> = pairs
        .into_par_iter()
        .map(|(document, drawings)| one(content, document, drawings))
        .collect();
    let (mut found, mut problems, mut all) = (vec![], vec![], Written::default());
    for written in set {
        if let Some(written) = keep(written, &mut problems) {
            all.append(written.unwarned(&mut found));
        }
    }
    if problems.is_empty() { Ok(Warned { value: all, warnings: found }) } else { Err(problems) }
}

/// The PDF of one document.
fn one(
    content: &Content<'_>,
    document: &Document,
    drawings: &BTreeMap<String, Drawing>,
) -> Result<Warned<Written>> {
    let start = Instant::now();
    let (mut found, mut written) = (vec![], Written::default());
    let name = content.file_name(document, "pdf");
    let typesetter = content.press.typesetter;
    let files = files(content, document, drawings);
    let prepared = typesetter.prepare(document, &files)?.unwarned(&mut found);
    let ident = ident(content, document);
    let key = prepared.key(&ident);
    if let Some(bytes) = (content.press.find)(&name, &key) {
        written.keys.insert(name.clone(), key);
        written.found.push(name.clone());
        written.files.push(File { name, bytes });
        return Ok(Warned { value: written, warnings: found });
    }
    let warned = typesetter.set(&prepared)?;
    // A reused PDF has no warnings, so one with warnings is always made again.
    if warned.warnings.is_empty() {
        written.keys.insert(name.clone(), key);
    }
    let pages = warned.unwarned(&mut found);
    let layout = start.elapsed();
    let bytes = pages.pdf(&ident)?;
    written.timings = vec![("layout", layout), ("export", start.elapsed() - layout)];
    let flaws = pages.flaws();
    if !flaws.is_empty() {
        written.flaws.insert(name.clone(), flaws);
    }
    written.files.push(File { name, bytes });
    Ok(Warned { value: written, warnings: found })
}

/// The names and keys of the PDFs, without making them.
pub fn keys(content: &Content<'_>) -> Result<BTreeMap<String, Key>> {
    let pairs = content.documents.iter().zip(content.drawings);
    let key = |(document, drawings)| {
        let files = files(content, document, drawings);
        let prepared = content.press.typesetter.prepare(document, &files)?.value;
        Ok((content.file_name(document, "pdf"), prepared.key(&ident(content, document))))
    };
    pairs.map(key).collect()
}

/// The stable name of a document in its PDF: `bns/2025-H1/brief/en`.
pub fn ident(content: &Content<'_>, document: &Document) -> String {
    let ident = format!("{}/{}", content.id, document.meta.lang);
    match content.revision {
        Some(number) => format!("{ident}/{number}"),
        None => ident,
    }
}

/// The virtual files of a document, without the document itself.
pub fn files(
    content: &Content<'_>,
    document: &Document,
    drawings: &BTreeMap<String, Drawing>,
) -> Files {
    let mut files = Files::new();
    for (path, text) in content.press.templates {
        files.insert(path.clone(), text.path.clone(), text.text.to_string());
    }
    if let Some(logo) = &content.press.logo {
        files.insert(logo.path, logo.shown.clone(), logo.bytes.to_vec());
    }
    for (id, drawing) in drawings {
        let path = format!("/figures/{id}.svg");
        files.insert(path.clone(), path, drawing.svg.clone());
    }
    files.insert("/facts.json", "facts.json", content.facts_json.clone());
    let words = Wording { lang: &document.meta.lang, words: &document.meta.words };
    let references = content.references.file(&document.cited(), content.dataset, &words);
    files.insert(typeset::REFERENCES, "references.yaml", references);
    files
}
