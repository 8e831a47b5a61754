//! Exports: what an edition is given out as, a file of this room for each product.
//!
//! In: [`Content`], an edition with its documents, drawings, facts and sources. Out: [`Written`], files
//! with their bytes. Nothing is computed here and nothing worded: a product says what the document
//! says, and no digit more.
//!
//! | file | writes |
//! |---|---|
//! | `pdf` | `brief-en.pdf`: the pages of each document |
//! | `xlsx` | `annex-en.xlsx`: its tables as an Office Open XML workbook, in forms that have one |
//! | `json` | `facts.json`: the facts with their origins |
//! | `csv` | `facts.csv` and `figures/F1.csv`: facts as comma-separated values |
//! | `svg` | `figures/F1-en.svg`: each drawing by itself |
//!
//! To add a product, add a file with one function from [`Content`] to [`Written`], and a line to
//! [`PRODUCTS`]. A reader of the tree is a [`Visit`](crate::document::Visit).

pub mod csv;
pub mod json;
pub mod pdf;
mod svg;
pub mod xlsx;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rayon::prelude::*;

use crate::charts::Drawing;
use crate::data::Dataset;
use crate::diag::{Result, Warned, distinct, keep};
use crate::document::Document;
use crate::document::bibliography::References;
use crate::output::File;
use crate::stats::Facts;
use crate::typeset::{Flaw, Key};

pub use pdf::{Find, Press};

/// Something that an edition is given out as.
pub struct Product {
    /// Its name, the usual ending of its files.
    pub name: &'static str,
    write: fn(&Content<'_>) -> Result<Warned<Written>>,
}

/// Every product, in the order in which their files are listed.
pub const PRODUCTS: [Product; 5] = [
    Product { name: "pdf", write: pdf::write },
    Product { name: "xlsx", write: xlsx::files },
    Product { name: "json", write: json::write },
    Product { name: "csv", write: csv::write },
    Product { name: "svg", write: svg::write },
];

/// An edition, with all that a product is made of.
pub struct Content<'e> {
    /// What the names of its files begin with: `brief`, `express`, `annex`.
    pub stem: &'e str,
    /// What it is called among all editions: `bns/2025-H1/brief`.
    pub id: String,
    /// The number of a version that replaces another.
    pub revision: Option<u32>,
    /// A document for each language, or one of all languages side by side.
    pub documents: &'e [Document],
    /// The drawings of each document, by the figure's id.
    pub drawings: &'e [BTreeMap<String, Drawing>],
    /// What it quotes.
    pub facts: &'e Facts,
    /// The same as `facts.json`, which the PDF carries too.
    pub facts_json: String,
    /// Of each figure the ids of the facts it shows.
    pub figures: BTreeMap<String, Vec<String>>,
    /// What can be cited.
    pub references: &'e References,
    /// The data, with their sources and releases.
    pub dataset: &'e Dataset,
    /// What sets pages.
    pub press: Press<'e>,
}

/// The files of an edition or of one product.
#[derive(Debug, Default)]
pub struct Written {
    /// The files.
    pub files: Vec<File>,
    /// Of each PDF about which Typst had nothing to say, what it is made of.
    pub keys: BTreeMap<String, Key>,
    /// The PDFs that were found and not made.
    pub found: Vec<String>,
    /// Of each PDF that was made, the pages that could not be filled as they should be.
    pub flaws: BTreeMap<String, Vec<(usize, Flaw)>>,
    /// How long the stages of a product took.
    pub timings: Vec<(&'static str, Duration)>,
}

impl Written {
    /// Adds those of another product or edition.
    pub fn append(&mut self, other: Self) {
        self.files.extend(other.files);
        self.keys.extend(other.keys);
        self.found.extend(other.found);
        self.flaws.extend(other.flaws);
        self.timings.extend(other.timings);
    }
}

impl From<Vec<File>> for Warned<Written> {
    fn from(files: Vec<File>) -> Self {
        Self { value: Written { files, ..Written::default() }, warnings: vec![] }
    }
}

impl Content<'_> {
    /// What a document's file of a kind is called: `brief-en.pdf`, `express-ru-en.pdf`.
    fn file_name(&self, document: &Document, ending: &str) -> String {
        let meta = &document.meta;
        let mut languages: Vec<&str> = meta.mastheads.iter().map(|head| &*head.lang).collect();
        if languages.is_empty() {
            languages.push(&meta.lang);
        }
        format!("{}-{}.{ending}", self.stem, languages.join("-"))
    }

    /// The figures that are drawn, each once: those of another language have it as a suffix.
    fn drawn(&self) -> impl Iterator<Item = &str> {
        let ids = self.drawings.iter().flat_map(BTreeMap::keys);
        let ids: BTreeSet<&str> = ids.filter_map(|id| id.split('@').next()).collect();
        ids.into_iter()
    }
}

/// Writes every product, side by side; the problems of all come together.
pub fn write(content: &Content<'_>) -> Result<Warned<Written>> {
    let written: Vec<_> = PRODUCTS.par_iter().map(|product| (product.write)(content)).collect();
    let (mut found, mut problems, mut all) = (vec![], vec![], Written::default());
    for product in written {
        if let Some(product) = keep(product, &mut problems) {
            all.append(product.unwarned(&mut found));
        }
    }
    // A layout's problem is every language's.
    distinct(&mut found);
    distinct(&mut problems);
    if problems.is_empty() { Ok(Warned { value: all, warnings: found }) } else { Err(problems) }
}
