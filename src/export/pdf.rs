//! Pages, set by Typst: a PDF for each document, unless one that is made of the same is found.

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

/// What sets pages.
pub struct Press<'e> {
    /// Fonts and Typst's library.
    pub typesetter: &'e Typesetter,
    /// The `.typ` files and what they read, by virtual path.
    pub templates: &'e [(String, SourceText)],
    /// The body's picture.
    pub logo: Option<Logo<'e>>,
    /// Where a PDF that is made of the same is looked for.
    pub find: Find<'e>,
}

/// A picture, as Typst is given it.
pub struct Logo<'e> {
    /// Its virtual path.
    pub path: &'e str,
    /// Where it lies, for messages.
    pub shown: PathBuf,
    /// Its content.
    pub bytes: &'e [u8],
}

/// Looks for bytes that were made of the same: given a file's name and the key of what it is made
/// of.
pub type Find<'a> = &'a (dyn Fn(&str, &Key) -> Option<Vec<u8>> + Sync);

/// A PDF for each document.
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
    // Bytes that are found later bring no warnings along: those with some are always made.
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

/// Of each PDF its name and what it is made of, without making it.
pub fn keys(content: &Content<'_>) -> Result<BTreeMap<String, Key>> {
    let pairs = content.documents.iter().zip(content.drawings);
    let key = |(document, drawings)| {
        let files = files(content, document, drawings);
        let prepared = content.press.typesetter.prepare(document, &files)?.value;
        Ok((content.file_name(document, "pdf"), prepared.key(&ident(content, document))))
    };
    pairs.map(key).collect()
}

/// The stable name of a document, as its PDF carries it: `bns/2025-H1/brief/en`.
pub fn ident(content: &Content<'_>, document: &Document) -> String {
    let ident = format!("{}/{}", content.id, document.meta.lang);
    match content.revision {
        Some(number) => format!("{ident}/{number}"),
        None => ident,
    }
}

/// What Typst may read for a document, but for the document itself.
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
