//! The pages and other files of an edition, and their keys.
//!
//! In: an [`Edition`], worded and drawn. Out: the files of its release ([`Pipeline::typeset`]), which the
//! room [`export`] writes; pages for the screen ([`Pipeline::proof`]); or only the keys of its PDFs
//! ([`Pipeline::keys`]).

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Edition, Pipeline};
use crate::charts::Drawing;
use crate::diag::{Result, Warned, distinct, keep};
use crate::document::Document;
use crate::exhibits::FigureSpec;
use crate::export::{self, Content, Find, Press, Written, json, pdf};
use crate::output::File;
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
    pub fn typeset_reusing(&self, edition: &Edition, find: Find<'_>) -> Result<Warned<Written>> {
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
                let document = on_screen(document, drawings);
                let mut files = pdf::files(&content, &document, drawings);
                // Drawings for the screen have outlines, so they need no font.
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

/// A document whose numbers, including those in drawings, link to their origins.
pub fn on_screen(document: &Document, drawings: &BTreeMap<String, Drawing>) -> Document {
    let mut document = document.clone();
    document.meta.is_preview = true;
    document.meta.spots = drawings
        .iter()
        .map(|(id, drawing)| (format!("/figures/{id}.svg"), drawing.spots.clone()))
        .collect();
    document
}
