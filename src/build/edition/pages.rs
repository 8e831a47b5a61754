//! The pages and other files of an edition, and their keys.
//!
//! In: an [`Edition`], worded and drawn. Out: the files of its release ([`Pipeline::typeset`]), which the
//! room [`export`] writes; pages for the screen ([`Pipeline::proof`]); or only the keys of its PDFs
//! ([`Pipeline::keys`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Edition, Language, Pipeline};
use crate::charts::Drawing;
use crate::diag::{Place, Result, Warned, distinct, keep};
use crate::document::Document;
use crate::document::screen::{self, Passage, Written};
use crate::exhibits::FigureSpec;
use crate::export::{self, Content, Find, Press, json, pdf};
use crate::output::File;
use crate::project::Format;
use crate::stats::Fact;
use crate::typeset::{self, Key};

/// The pages of a document for the screen.
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
    /// Where its text is written, by the keys to which the text of the pages links.
    pub passages: BTreeMap<String, (Passage, Origin)>,
}

/// Where a passage is written.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The place; the file alone, if the line is not known.
    pub place: Place,
    /// The text as it is typed there.
    pub typed: Option<String>,
}

/// The input of Typst for one document: the stable name of the edition, and files by virtual path.
pub type TypstInput = (String, Vec<(String, Vec<u8>)>);

impl Pipeline {
    /// The files of a release: a PDF per language, the facts and the drawings.
    pub fn typeset(&self, edition: &Edition) -> Result<Warned<Vec<File>>> {
        let warned = self.typeset_reusing(edition, &|_, _| None)?;
        Ok(Warned { value: warned.value.files, warnings: warned.warnings })
    }

    /// The same, but a PDF returned by `find` is reused.
    pub fn typeset_reusing(
        &self,
        edition: &Edition,
        find: Find<'_>,
    ) -> Result<Warned<export::Written>> {
        let written = export::write(&self.for_export(edition, find))?;
        for (stage, took) in &written.value.timings {
            self.count(stage, *took);
        }
        Ok(written)
    }

    /// An edition with everything its files are made of.
    fn for_export<'e>(&'e self, edition: &'e Edition, find: Find<'e>) -> Content<'e> {
        let (period, stem) = (edition.period.short(), edition.format.stem());
        let replaces = edition.version.as_ref().filter(|version| version.replaces.is_some());
        Content {
            name: Box::new(|languages| {
                self.project.file_name(edition.format, edition.period, languages)
            }),
            id: format!("{}/{period}/{stem}", self.project.release()),
            revision: replaces.map(|version| version.number),
            documents: &edition.documents,
            drawings: &edition.drawings,
            facts: &edition.facts,
            facts_json: json::facts(&edition.facts),
            figures: self.figures(),
            references: &self.references,
            dataset: &self.dataset,
            press: Press {
                typesetter: &self.typesetter,
                templates: &self.typst,
                logo: self.project.logo.as_ref().map(|logo| pdf::Logo {
                    path: &logo.path,
                    shown: self.project.shown(&logo.file),
                    bytes: logo.bytes.bytes(),
                }),
                find,
            },
        }
    }

    /// The facts that an edition prints in text, tables, cards and drawings.
    pub fn printed<'e>(&self, edition: &'e Edition) -> Vec<&'e Fact> {
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        ids.extend(edition.documents.iter().flat_map(Document::quoted));
        let drawn = edition.drawings.iter().flat_map(BTreeMap::keys);
        let drawn: BTreeSet<&str> = drawn.filter_map(|id| id.split('@').next()).collect();
        let specs = drawn.into_iter().filter_map(|id| self.exhibits.figures.get(id));
        ids.extend(specs.flat_map(|spec| spec.form.facts()));
        ids.into_iter().filter_map(|id| edition.facts.get(id)).collect()
    }

    /// The names and keys of an edition's PDFs, without making them.
    pub fn keys(&self, edition: &Edition) -> Result<BTreeMap<String, Key>> {
        pdf::keys(&self.for_export(edition, &|_, _| None))
    }

    /// The pages of an edition for the screen, on which numbers link to their origin. Otherwise they
    /// equal those of the PDFs.
    pub fn proof(&self, edition: &Edition) -> Result<Warned<Vec<Proof>>> {
        let content = self.for_export(edition, &|_, _| None);
        let pairs: Vec<_> = edition.documents.iter().zip(&edition.drawings).collect();
        let proofs: Vec<_> = pairs
            .into_par_iter()
            .map(|(document, drawings)| {
                let (document, passages) = keyed(document, drawings);
                let mut files = pdf::files(&content, &document, drawings);
                // Drawings for the screen have outlines, so they need no font.
                for (id, drawing) in drawings {
                    let path = format!("/figures/{id}.svg");
                    files.insert(path.clone(), path, drawing.standalone("", ""));
                }
                let mut found = vec![];
                let pages = self.typesetter.compile(&document, &files)?.unwarned(&mut found);
                let (lang, dir) = (document.meta.lang, document.meta.dir);
                let passages = passages.into_iter().filter_map(|(key, passage)| {
                    let origin = self.origin(edition.format, &passage)?;
                    Some((key, (passage, origin)))
                });
                let (title, pages) = (document.meta.title, pages.proof());
                let value = Proof { lang, dir, title, pages, passages: passages.collect() };
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

    /// Where a passage is written.
    fn origin(&self, format: Format, passage: &Passage) -> Option<Origin> {
        let language = self.languages.iter().find(|l| l.tag == passage.lang)?;
        let (sections, _) = language.forms.get(&format)?;
        let file = sections.iter().find(|file| file.id == passage.section)?;
        Some(match &passage.written {
            Written::Sentence(id) => Origin {
                place: file.place_of_sentence(id),
                typed: file.typed(id).map(str::to_owned),
            },
            Written::Words(words) => Origin { place: file.place_of_words(words), typed: None },
            Written::Phrase(key) => {
                let typed = language.strings.get(key)?.to_owned();
                Origin { place: language.strings.place(key), typed: Some(typed) }
            }
        })
    }

    /// Where a sentence is written in each language, whether it is printed or not.
    pub fn written_at(&self, section: &str, sentence: &str) -> Vec<(String, Place)> {
        let place = |language: &Arc<Language>| {
            let mut files = language.forms.values().flat_map(|(sections, _)| sections);
            let place = files
                .by_ref()
                .filter(|file| file.id == section)
                .find_map(|file| file.call("sentence", sentence));
            let phrase = || {
                let strings = &language.strings;
                strings.get(sentence).is_some().then(|| strings.place(sentence))
            };
            Some((language.tag.clone(), place.or_else(phrase)?))
        };
        self.languages.iter().filter_map(place).collect()
    }

    /// The ids of the facts that each figure shows.
    pub fn figures(&self) -> BTreeMap<String, Vec<String>> {
        let shown = |spec: &FigureSpec| spec.form.facts().into_iter().map(str::to_owned).collect();
        self.exhibits.figures.iter().map(|(id, spec)| (id.clone(), shown(spec))).collect()
    }

    /// The input of Typst for each language of an edition: its stable name, and files by path.
    pub fn typst_input(&self, edition: &Edition) -> Result<Vec<TypstInput>> {
        let content = self.for_export(edition, &|_, _| None);
        let pairs = edition.documents.iter().zip(&edition.drawings);
        let input = |(document, drawings)| {
            let files = pdf::files(&content, document, drawings);
            Ok((pdf::ident(&content, document), self.typesetter.input(document, &files)?))
        };
        pairs.map(input).collect()
    }
}

/// A document whose numbers, including those in drawings, link to their origins, and whose text links to
/// the place where it is written.
pub fn on_screen(document: &Document, drawings: &BTreeMap<String, Drawing>) -> Document {
    keyed(document, drawings).0
}

/// The same, with what each link of the text stands for.
fn keyed(
    document: &Document,
    drawings: &BTreeMap<String, Drawing>,
) -> (Document, BTreeMap<String, Passage>) {
    let mut document = document.clone();
    let passages = screen::keyed(&mut document);
    document.meta.is_preview = true;
    document.meta.spots = drawings
        .iter()
        .map(|(id, drawing)| (format!("/figures/{id}.svg"), drawing.spots.clone()))
        .collect();
    (document, passages)
}
