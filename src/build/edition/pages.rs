//! An edition's pages and other files, and what they are made of.
//!
//! In: an [`Edition`], worded and drawn. Out: the files of its release ([`Pipeline::typeset`]), which
//! the room [`export`] writes; the pages for the screen ([`Pipeline::proof`]); or only the names of
//! what PDFs are made of ([`Pipeline::keys`]).

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

impl Pipeline {
    /// The files of a release: a PDF for each language, the facts and the drawings.
    pub fn typeset(&self, edition: &Edition) -> Result<Warned<Vec<File>>> {
        let warned = self.typeset_reusing(edition, &|_, _| None)?;
        Ok(Warned { value: warned.value.files, warnings: warned.warnings })
    }

    /// The same, where a PDF that `find` has is not made again.
    pub fn typeset_reusing(&self, edition: &Edition, find: Find<'_>) -> Result<Warned<Written>> {
        let written = export::write(&self.for_export(edition, find))?;
        for (stage, took) in &written.value.timings {
            self.count(stage, *took);
        }
        Ok(written)
    }

    /// An edition, with all that its files are made of.
    fn for_export<'e>(&'e self, edition: &'e Edition, find: Find<'e>) -> Content<'e> {
        let (period, stem) = (edition.period.short(), edition.format.stem());
        let replaces = edition.version.as_ref().filter(|version| version.replaces.is_some());
        Content {
            stem,
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

    /// The facts that an edition prints: in its text, tables and cards, and in its drawings.
    pub fn printed<'e>(&self, edition: &'e Edition) -> Vec<&'e Fact> {
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        ids.extend(edition.documents.iter().flat_map(Document::quoted));
        let drawn = edition.drawings.iter().flat_map(BTreeMap::keys);
        let drawn: BTreeSet<&str> = drawn.filter_map(|id| id.split('@').next()).collect();
        let specs = drawn.into_iter().filter_map(|id| self.exhibits.figures.get(id));
        ids.extend(specs.flat_map(|spec| spec.form.facts()));
        ids.into_iter().filter_map(|id| edition.facts.get(id)).collect()
    }

    /// Of each PDF of an edition its name and what it is made of, without making it.
    pub fn keys(&self, edition: &Edition) -> Result<BTreeMap<String, Key>> {
        pdf::keys(&self.for_export(edition, &|_, _| None))
    }

    /// The pages of each document of an edition for the screen, where a number leads to its origin.
    /// In all else they are those of the PDFs.
    pub fn proof(&self, edition: &Edition) -> Result<Warned<Vec<Proof>>> {
        let content = self.for_export(edition, &|_, _| None);
        let pairs: Vec<_> = edition.documents.iter().zip(&edition.drawings).collect();
        let proofs: Vec<_> = pairs
            .into_par_iter()
            .map(|(document, drawings)| {
                let document = on_screen(document, drawings);
                let mut files = pdf::files(&content, &document, drawings);
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
        let content = self.for_export(edition, &|_, _| None);
        let pairs = edition.documents.iter().zip(&edition.drawings);
        let input = |(document, drawings)| {
            let files = pdf::files(&content, document, drawings);
            Ok((pdf::ident(&content, document), self.typesetter.input(document, &files)?))
        };
        pairs.map(input).collect()
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
