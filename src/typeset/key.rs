//! A name for all that a PDF is made of: the same key, the same bytes.

use super::files::Files;
use super::printed::Expected;
use crate::files::{build_info, digest};

/// The hash of everything Typst is given of a document, and of the program that gives it.
pub type Key = blake3::Hash;

/// What Typst will read of an edition, cleaned and checked.
#[derive(Debug)]
pub struct Prepared {
    pub(super) files: Files,
    /// The name of the fonts beside the shipped ones.
    pub(super) fonts: blake3::Hash,
    /// What must stand on its pages.
    pub(super) expected: Expected,
}

impl Prepared {
    /// The key of the PDF that is made of this under the name `ident`.
    ///
    /// Templates, document, drawings, bibliography, attachments and added fonts are named by their
    /// content; shipped fonts, Typst and the options of the export by the build of the program.
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
