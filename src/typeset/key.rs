//! Keys of PDFs: the same key means the same bytes.

use super::files::Files;
use super::printed::Expected;
use crate::files::{build_info, digest};

/// The hash of everything that Typst is given for a document, and of the program.
pub type Key = blake3::Hash;

/// The cleaned and checked input of Typst for an edition.
#[derive(Debug)]
pub struct Prepared {
    pub(super) files: Files,
    /// The hash of the added fonts.
    pub(super) fonts: blake3::Hash,
    /// The texts that must be on its pages.
    pub(super) expected: Expected,
}

impl Prepared {
    /// The key of the PDF made of this input with the name `ident`.
    ///
    /// Templates, document, drawings, bibliography, attachments and added fonts are hashed; shipped
    /// fonts, Typst and export options are covered by the build of the program.
    pub fn key(&self, ident: &str) -> Key {
        let mut hasher = blake3::Hasher::new_derive_key("kosh 1 pdf");
        let mut part = |bytes: &[u8]| digest::add(&mut hasher, bytes);
        part(build_info::BUILD.as_bytes());
        part(ident.as_bytes());
        part(self.fonts.as_bytes());
        for (path, file) in self.files.iter() {
            part(path.as_bytes());
            part(&file.bytes);
        }
        hasher.finalize()
    }
}
