//! From a document tree to PDF bytes, with the templates of the repository.
//!
//! `KOSH_PDF_DIR=DIR cargo test --test typeset sample` leaves the sample's PDFs in `DIR`.

#[path = "typeset/sample.rs"]
mod sample;

use kosh::diag::{Diagnostic, draw};
use kosh::document::{Block, Document, Inline};
use kosh::typeset::{Files, Typesetter};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

fn told(found: &[Diagnostic]) -> String {
    found.iter().map(draw).collect()
}

fn pdf(document: &Document, files: &Files) -> (Vec<u8>, Vec<Diagnostic>) {
    let compiled = Typesetter::new().compile(document, files);
    let pages = compiled.unwrap_or_else(|found| panic!("{}", told(&found)));
    let bytes = pages.value.pdf("test").unwrap_or_else(|found| panic!("{}", told(&found)));
    (bytes, pages.warnings)
}

#[test]
fn sample_is_archival_and_accessible() {
    for lang in sample::LANGUAGES {
        let (bytes, warnings) = pdf(&sample::document(lang), &sample::files(lang));
        if let Ok(folder) = std::env::var("KOSH_PDF_DIR") {
            std::fs::write(format!("{folder}/sample-{lang}.pdf"), &bytes).unwrap();
        }
        assert_eq!(told(&warnings), "");
        for profile in [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1] {
            let report = validate_pdf_bytes(&bytes, &ValidationOptions::default().profile(profile));
            let failures: Vec<String> = report
                .unwrap()
                .failures
                .iter()
                .map(ToString::to_string)
                .filter(|failure| !failure.contains("/Length"))
                .collect();
            assert!(failures.is_empty(), "{lang}: {failures:#?}");
        }
    }
}
