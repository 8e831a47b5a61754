//! Exports: the products of an edition, a file of this room for each.
//!
//! In: [`Content`], an edition with its documents, drawings, facts and sources. Out: [`Written`], files
//! with their bytes. Nothing is computed or worded here: a product contains what the document contains,
//! with the same digits.
//!
//! | file | writes |
//! |---|---|
//! | `pdf` | `brief-en.pdf`: the pages of each document |
//! | `xlsx` | `annex-en.xlsx`: its tables as an Office Open XML workbook, in forms that have one |
//! | `json` | `facts.json`: the facts with their lineage |
//! | `csv` | `facts.csv` and `figures/F1.csv`: facts as comma-separated values |
//! | `svg` | `figures/F1-en.svg`: each drawing as a file |
//!
//! To add a product, add a file with one function from [`Content`] to [`Written`], and a line to
//! [`PRODUCTS`]. To read the tree, implement [`Visit`](crate::document::Visit).

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

/// A product of an edition.
pub struct Product {
    /// Its name, the usual extension of its files.
    pub name: &'static str,
    write: fn(&Content<'_>) -> Result<Warned<Written>>,
}

/// All products, in the order in which their files are listed.
pub const PRODUCTS: [Product; 5] = [
    Product { name: "pdf", write: pdf::write },
    Product { name: "xlsx", write: xlsx::files },
    Product { name: "json", write: json::write },
    Product { name: "csv", write: csv::write },
    Product { name: "svg", write: svg::write },
];

/// An edition with everything its products are made of.
pub struct Content<'e> {
    /// The name of a file in one or several languages, such as `ru-en`, without its ending.
    pub name: Box<dyn Fn(&str) -> String + Sync + 'e>,
    /// Its id among all editions: `bns/2025-H1/brief`.
    pub id: String,
    /// Its version number if it replaces another version.
    pub revision: Option<u32>,
    /// A document for each language, or one with all languages side by side.
    pub documents: &'e [Document],
    /// The drawings of each document, by figure id.
    pub drawings: &'e [BTreeMap<String, Drawing>],
    /// The facts that it quotes.
    pub facts: &'e Facts,
    /// The content of `facts.json`, which is also attached to PDFs.
    pub facts_json: String,
    /// The ids of the facts that each figure shows.
    pub figures: BTreeMap<String, Vec<String>>,
    /// The references.
    pub references: &'e References,
    /// The data, with sources and releases.
    pub dataset: &'e Dataset,
    /// The typesetting of pages.
    pub press: Press<'e>,
}

/// The files of an edition or product.
#[derive(Debug, Default)]
pub struct Written {
    /// The files.
    pub files: Vec<File>,
    /// The keys of PDFs about which Typst had no warnings.
    pub keys: BTreeMap<String, Key>,
    /// The PDFs that were reused.
    pub found: Vec<String>,
    /// The layout flaws of the PDFs that were made.
    pub flaws: BTreeMap<String, Vec<(usize, Flaw)>>,
    /// The time of the stages of a product.
    pub timings: Vec<(&'static str, Duration)>,
}

impl Written {
    /// Adds the files of another product or edition.
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
    /// The name of a document's file: `brief-en.pdf`, `express-ru-en.pdf`.
    fn file_name(&self, document: &Document, ending: &str) -> String {
        let meta = &document.meta;
        let mut languages: Vec<&str> = meta.mastheads.iter().map(|head| &*head.lang).collect();
        if languages.is_empty() {
            languages.push(&meta.lang);
        }
        format!("{}.{ending}", (self.name)(&languages.join("-")))
    }

    /// The ids of the drawn figures, without duplicates; those of another language have a suffix.
    fn drawn(&self) -> impl Iterator<Item = &str> {
        let ids = self.drawings.iter().flat_map(BTreeMap::keys);
        let ids: BTreeSet<&str> = ids.filter_map(|id| id.split('@').next()).collect();
        ids.into_iter()
    }
}

/// Writes every product in parallel; the problems of all are returned together.
pub fn write(content: &Content<'_>) -> Result<Warned<Written>> {
    let written: Vec<_> = PRODUCTS.par_iter().map(|product| (product.write)(content)).collect();
    let (mut found, mut problems, mut all) = (vec![], vec![], Written::default());
    for product in written {
        if let Some(product) = keep(product, &mut problems) {
            all.append(product.unwarned(&mut found));
        }
    }
    // Every language reports the problems of a layout.
    distinct(&mut found);
    distinct(&mut problems);
    if problems.is_empty() { Ok(Warned { value: all, warnings: found }) } else { Err(problems) }
}
