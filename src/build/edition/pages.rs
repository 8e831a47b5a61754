//! The files of an edition: pages, workbooks, facts, drawings, and what they are made of.
//!
//! In: an [`Edition`], worded and drawn. Out: the files of its release ([`Pipeline::typeset`]), the
//! pages for the screen ([`Pipeline::proof`]), or only the names of what PDFs are made of
//! ([`Pipeline::keys`]).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use rayon::prelude::*;

use super::{Edition, Pipeline, day};
use crate::charts::Drawing;
use crate::data::Precision;
use crate::diag::{Result, Warned, distinct, keep};
use crate::document::bibliography::Wording;
use crate::document::{Block, Document, Figure, Inline, Visit, plain, walk_block};
use crate::exhibits::FigureSpec;
use crate::export::{csv, xlsx};
use crate::output::File;
use crate::project::Format;
use crate::stats::{Fact, Facts, Status};
use crate::typeset::{self, Files, Flaw, Key, Prepared};

/// One document's pages for the screen.
#[derive(Debug)]
pub struct Proof {
    /// Its language.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Its title.
    pub title: String,
    /// Its pages in order.
    pub pages: Vec<typeset::ProofPage>,
}

/// What Typst is given of one document: the stable name of the edition, and files by virtual path.
pub type TypstInput = (String, Vec<(String, Vec<u8>)>);

/// Looks for bytes that were made of the same: given a file's name and the key of what it is made
/// of.
pub type Find<'a> = &'a (dyn Fn(&str, &Key) -> Option<Vec<u8>> + Sync);

/// The files of an edition.
#[derive(Debug, Default)]
pub struct Typeset {
    /// The files.
    pub files: Vec<File>,
    /// Of each PDF about which Typst had nothing to say, what it is made of.
    pub keys: BTreeMap<String, Key>,
    /// The PDFs that were found and not made.
    pub found: Vec<String>,
    /// Of each PDF that was made, the pages that could not be filled as they should be.
    pub flaws: BTreeMap<String, Vec<(usize, Flaw)>>,
}

/// How a PDF came about.
struct Set {
    bytes: Vec<u8>,
    key: Option<Key>,
    was_found: bool,
    flaws: Vec<(usize, Flaw)>,
}

impl Pipeline {
    /// The tables of a document as a workbook, with its sources and the releases of its numbers.
    fn workbook(&self, edition: &Edition, document: &Document) -> Result<File> {
        let cited = document.cited();
        let sources: Vec<xlsx::Source> = cited
            .into_iter()
            .map(|key| {
                let [title, publisher, date, url, accessed] =
                    self.references.described(&key, &self.dataset, wording(document).reported());
                xlsx::Source { key, title, publisher, date, url, accessed }
            })
            .collect();
        let mut releases: Vec<&crate::data::Vintage> = printed(document, &edition.facts)
            .iter()
            .flat_map(|fact| &fact.vintages)
            .filter_map(|vintage| self.dataset.vintages.get(vintage))
            .collect();
        releases.sort_by_key(|vintage| (vintage.released, &vintage.id));
        releases.dedup_by_key(|vintage| &vintage.id);
        let status = |status: Status| match status {
            Status::Secondary => "status-secondary",
            Status::Express => "status-express",
            Status::Final => "status-final",
        };
        let releases: Vec<xlsx::Release> = releases
            .into_iter()
            .map(|vintage| xlsx::Release {
                id: vintage.id.clone(),
                released: vintage.came_out().to_string(),
                day: (vintage.precision == Precision::Day).then(|| day(vintage.released)),
                status: document
                    .meta
                    .workbook
                    .get(status(vintage.status))
                    .cloned()
                    .unwrap_or_default(),
            })
            .collect();
        let name = format!("{}-{}.xlsx", edition.format.stem(), document.meta.lang);
        Ok(File { name, bytes: xlsx::write(document, &sources, &releases)? })
    }

    /// The files of a release: a PDF for each language, the facts and the drawings.
    pub fn typeset(&self, edition: &Edition) -> Result<Warned<Vec<File>>> {
        let warned = self.typeset_reusing(edition, &|_, _| None)?;
        Ok(Warned { value: warned.value.files, warnings: warned.warnings })
    }

    /// The same, where a PDF that `find` has is not made again.
    pub fn typeset_reusing(&self, edition: &Edition, find: Find<'_>) -> Result<Warned<Typeset>> {
        // What the editions before left behind; the last one's goes with the process.
        self.memory.into_iter().for_each(typeset::evict);
        let facts = facts_json(&edition.facts);
        let pages: Vec<_> = edition
            .documents
            .par_iter()
            .zip(&edition.drawings)
            .map(|(document, drawings)| {
                let name = self.file_name(edition, document);
                let set = self.pdf(edition, document, drawings, &facts, &|key| find(&name, key));
                (name, set)
            })
            .collect();
        let (mut found, mut problems, mut all) = (vec![], vec![], Typeset::default());
        for (name, result) in pages {
            let Some(set) = keep(result, &mut problems).map(|w| w.unwarned(&mut found)) else {
                continue;
            };
            all.keys.extend(set.key.map(|key| (name.clone(), key)));
            all.found.extend(set.was_found.then(|| name.clone()));
            if !set.flaws.is_empty() {
                all.flaws.insert(name.clone(), set.flaws);
            }
            all.files.push(File { name, bytes: set.bytes });
        }
        if edition.format == Format::Annex {
            for document in &edition.documents {
                all.files.extend(keep(self.workbook(edition, document), &mut problems));
            }
        }
        // A layout's problem is every language's.
        distinct(&mut found);
        if !problems.is_empty() {
            distinct(&mut problems);
            return Err(problems);
        }
        let files = &mut all.files;
        files.push(File { name: "facts.json".into(), bytes: facts.into_bytes() });
        let table = csv::facts(edition.facts.all.values());
        files.push(File { name: "facts.csv".into(), bytes: table.into_bytes() });
        for (document, drawings) in edition.documents.iter().zip(&edition.drawings) {
            let mut figures = Figures::default();
            figures.visit_document(document);
            for (id, drawing) in drawings {
                let name = format!("figures/{id}-{}.svg", document.meta.lang);
                let figure = figures.0.get(&*format!("/figures/{id}.svg"));
                let title = figure.map(|figure| plain(&figure.title)).unwrap_or_default();
                let alt = figure.map_or("", |figure| &figure.alt);
                files.push(File { name, bytes: drawing.standalone(&title, alt).into_bytes() });
            }
        }
        files.extend(self.behind(edition));
        Ok(Warned { value: all, warnings: found })
    }

    /// The facts that an edition prints: in its text, tables and cards, and in its drawings.
    pub fn printed<'e>(&self, edition: &'e Edition) -> Vec<&'e Fact> {
        let quoted = edition.documents.iter().flat_map(|one| printed(one, &edition.facts));
        let drawn = edition.drawings.iter().flat_map(BTreeMap::keys);
        let drawn: BTreeSet<&str> = drawn.filter_map(|id| id.split('@').next()).collect();
        let specs = drawn.into_iter().filter_map(|id| self.exhibits.figures.get(id));
        let shown = specs.flat_map(|spec| spec.form.facts());
        let shown = shown.filter_map(|id| edition.facts.get(id));
        let mut all: Vec<&Fact> = quoted.chain(shown).collect();
        all.sort_by(|one, other| one.id.cmp(&other.id));
        all.dedup_by(|one, other| one.id == other.id);
        all
    }

    /// What the PDF of a document is called.
    fn file_name(&self, edition: &Edition, document: &Document) -> String {
        let languages: Vec<&str> = match edition.format {
            Format::Express => self.languages().collect(),
            _ => vec![&document.meta.lang],
        };
        format!("{}-{}.pdf", edition.format.stem(), languages.join("-"))
    }

    /// The numbers behind each figure, a table each.
    fn behind(&self, edition: &Edition) -> Vec<File> {
        let drawn = edition.drawings.iter().flat_map(BTreeMap::keys);
        let drawn: BTreeSet<&str> = drawn.filter_map(|id| id.split('@').next()).collect();
        let specs = drawn.into_iter().filter_map(|id| self.exhibits.figures.get(id));
        specs
            .map(|spec| {
                let shown = spec.form.facts();
                let facts = shown.iter().filter_map(|id| edition.facts.get(id));
                File {
                    name: format!("figures/{}.csv", spec.id),
                    bytes: csv::facts(facts).into_bytes(),
                }
            })
            .collect()
    }

    fn pdf(
        &self,
        edition: &Edition,
        document: &Document,
        drawings: &BTreeMap<String, Drawing>,
        facts: &str,
        find: &dyn Fn(&Key) -> Option<Vec<u8>>,
    ) -> Result<Warned<Set>> {
        let start = Instant::now();
        let mut found = vec![];
        let files = self.files(document, drawings, facts);
        let prepared = self.typesetter.prepare(document, &files)?.unwarned(&mut found);
        let ident = self.ident(edition, document);
        let key = prepared.key(&ident);
        if let Some(bytes) = find(&key) {
            let value = Set { bytes, key: Some(key), was_found: true, flaws: vec![] };
            return Ok(Warned { value, warnings: found });
        }
        let warned = self.typesetter.set(&prepared)?;
        // Bytes that are found later bring no warnings along: those with some are always made.
        let key = warned.warnings.is_empty().then_some(key);
        let pages = warned.unwarned(&mut found);
        let layout = start.elapsed();
        let bytes = pages.pdf(&ident)?;
        self.count("layout", layout);
        self.count("export", start.elapsed() - layout);
        let value = Set { bytes, key, was_found: false, flaws: pages.flaws() };
        Ok(Warned { value, warnings: found })
    }

    /// Of each PDF of an edition its name and what it is made of, without making it.
    pub fn keys(&self, edition: &Edition) -> Result<BTreeMap<String, Key>> {
        let facts = facts_json(&edition.facts);
        let pairs = edition.documents.iter().zip(&edition.drawings);
        let key = |(document, drawings)| {
            let files = self.files(document, drawings, &facts);
            let prepared: Prepared = self.typesetter.prepare(document, &files)?.value;
            let key = prepared.key(&self.ident(edition, document));
            Ok((self.file_name(edition, document), key))
        };
        pairs.map(key).collect()
    }

    /// The pages of each document of an edition for the screen, where a number leads to its origin.
    /// In all else they are those of the PDFs.
    pub fn proof(&self, edition: &Edition) -> Result<Warned<Vec<Proof>>> {
        let facts = facts_json(&edition.facts);
        let pairs: Vec<_> = edition.documents.iter().zip(&edition.drawings).collect();
        let proofs: Vec<_> = pairs
            .into_par_iter()
            .map(|(document, drawings)| {
                let document = on_screen(document, drawings);
                let mut files = self.files(&document, drawings, &facts);
                // A page for the screen holds its drawings as they are, and no font for them.
                for (id, drawing) in drawings {
                    let path = format!("/figures/{id}.svg");
                    files.insert(path.clone(), path, drawing.standalone("", ""));
                }
                let mut found = vec![];
                let pages = self.typesetter.compile(&document, &files)?.unwarned(&mut found);
                let (lang, dir) = (document.meta.lang, document.meta.dir);
                let value = Proof { lang, dir, title: document.meta.title, pages: pages.proof() };
                Ok(Warned { value, warnings: found })
            })
            .collect();
        let (mut found, mut problems, mut all) = (vec![], vec![], vec![]);
        for proof in proofs {
            all.extend(keep(proof, &mut problems).map(|proof| proof.unwarned(&mut found)));
        }
        distinct(&mut found);
        distinct(&mut problems);
        if problems.is_empty() { Ok(Warned { value: all, warnings: found }) } else { Err(problems) }
    }

    /// Of each figure the ids of the facts it shows.
    pub fn figures(&self) -> BTreeMap<String, Vec<String>> {
        let shown = |spec: &FigureSpec| spec.form.facts().into_iter().map(str::to_owned).collect();
        self.exhibits.figures.iter().map(|(id, spec)| (id.clone(), shown(spec))).collect()
    }

    /// What Typst is given of each language of an edition: its stable name, then files by path.
    pub fn typst_input(&self, edition: &Edition) -> Result<Vec<TypstInput>> {
        let facts = facts_json(&edition.facts);
        let pairs = edition.documents.iter().zip(&edition.drawings);
        let input = |(document, drawings)| {
            let files = self.typesetter.input(document, &self.files(document, drawings, &facts))?;
            Ok((self.ident(edition, document), files))
        };
        pairs.map(input).collect()
    }

    fn ident(&self, edition: &Edition, document: &Document) -> String {
        let (period, format) = (edition.period.short(), edition.format.stem());
        let ident = format!("{}/{period}/{format}/{}", self.project.release(), document.meta.lang);
        match edition.version.as_ref().filter(|version| version.replaces.is_some()) {
            Some(version) => format!("{ident}/{}", version.number),
            None => ident,
        }
    }

    fn files(
        &self,
        document: &Document,
        drawings: &BTreeMap<String, Drawing>,
        facts: &str,
    ) -> Files {
        let mut files = Files::new();
        for (path, text) in &self.typst {
            files.insert(path.clone(), text.path.clone(), text.text.to_string());
        }
        if let Some(logo) = &self.project.logo {
            let shown = self.project.shown(&logo.file);
            files.insert(logo.path.clone(), shown, logo.bytes.clone());
        }
        for (id, drawing) in drawings {
            let path = format!("/figures/{id}.svg");
            files.insert(path.clone(), path, drawing.svg.clone());
        }
        files.insert("/facts.json", "facts.json", facts.to_owned());
        let references = self.references.file(&document.cited(), &self.dataset, &wording(document));
        files.insert(typeset::REFERENCES, "references.yaml", references);
        files
    }
}

/// A document whose numbers lead to their origins, those of its drawings too.
pub fn on_screen(document: &Document, drawings: &BTreeMap<String, Drawing>) -> Document {
    let mut document = document.clone();
    document.meta.is_preview = true;
    document.meta.spots = drawings
        .iter()
        .map(|(id, drawing)| (format!("/figures/{id}.svg"), drawing.spots.clone()))
        .collect();
    document
}

/// The facts as a file: the same facts give the same bytes.
pub fn facts_json(facts: &Facts) -> String {
    let mut json = serde_json::to_string_pretty(facts).expect("facts have string keys only");
    json.push('\n');
    json
}

/// The figures of a document, by the path of their drawing.
#[derive(Default)]
struct Figures<'d>(BTreeMap<&'d str, &'d Figure>);

impl<'d> Visit<'d> for Figures<'d> {
    fn visit_block(&mut self, block: &'d Block) {
        match block {
            Block::Figure(figure) => drop(self.0.insert(&figure.path, figure)),
            _ => walk_block(self, block),
        }
    }
}

/// The facts whose values a document prints.
pub(super) fn printed<'f>(document: &Document, facts: &'f Facts) -> Vec<&'f Fact> {
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    document.each_inline(|inline| {
        if let Inline::Fact { id, .. } = inline {
            // A cell may stand on two facts, each with the code of a member.
            ids.extend(id.split(' ').filter_map(|part| part.split('[').next()));
        }
    });
    ids.iter().filter_map(|id| facts.get(id)).collect()
}

/// What the list of sources calls things in the document's language.
fn wording(document: &Document) -> Wording<'_> {
    Wording { lang: &document.meta.lang, words: &document.meta.words }
}
