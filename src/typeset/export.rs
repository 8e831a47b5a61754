//! Exports pages to PDF.

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::fit::{self, Flaw};
use super::report;
use super::world::EditionWorld;
use crate::diag::{Code, Result};

/// The pages of one edition.
pub struct Pages {
    pub(super) document: PagedDocument,
    pub(super) world: EditionWorld,
    /// Whether layout stopped before positions and page numbers were stable.
    pub(super) is_unsettled: bool,
}

impl Pages {
    pub(super) fn new(document: PagedDocument, world: EditionWorld, is_unsettled: bool) -> Self {
        Self { document, world, is_unsettled }
    }

    /// The number of pages.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// Pages with layout flaws, by page number.
    pub fn flaws(&self) -> Vec<(usize, Flaw)> {
        fit::flaws(self.document.pages())
    }

    /// The virtual files that were read, sorted.
    pub fn read(&self) -> Vec<String> {
        self.world.read()
    }

    /// The bytes of the PDF, which conforms to PDF/A-3a (archival) and PDF/UA-1 (accessible).
    ///
    /// `ident` is a stable name of the edition, such as `bns/2025-H1/ru`. Together with the document's
    /// own date it makes the bytes reproducible.
    pub fn pdf(&self, ident: &str) -> Result<Vec<u8>> {
        let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
            .expect("the two standards go together");
        let options = PdfOptions {
            ident: Smart::Custom(ident.to_string()),
            creator: Smart::Custom(Some(concat!("kosh ", env!("CARGO_PKG_VERSION")).to_string())),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| {
            errors.iter().map(|error| report::diagnose(&self.world, error, Code::K0709)).collect()
        })
    }
}
