//! The shipped fonts; fonts of the system are never used.
//!
//! Noto Sans has every letter of the supported languages. Libertinus Serif is an option for bodies and
//! the fallback of Noto (for ₸ among others). Of Typst's other fonts one is the last fallback, for arrows
//! and geometric signs.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::files::Blob;
use crate::files::fonts::TYPST;

const NOTO_SANS: [&[u8]; 4] =
    [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF];

/// The largest number of fonts in a collection.
const MOST_FONTS: u32 = 256;

/// Whether bytes are a usable font.
pub fn is_font(bytes: &[u8]) -> bool {
    // The header's number of fonts is checked first, since parsing each of a huge number would take too
    // long.
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if bytes.starts_with(b"ttcf")
        && !number(8).is_some_and(|count| {
            (1..=MOST_FONTS).contains(&count) && number(8 + 4 * count as usize).is_some()
        })
    {
        return false;
    }
    Font::iter(Bytes::new(bytes.to_vec())).next().is_some()
}

/// The bytes of a shipped font in its semibold weight, for text outside Typst.
pub fn shipped_font(family: &str, is_italic: bool) -> Option<&'static [u8]> {
    TYPST.into_iter().find(|data| {
        Font::iter(Bytes::new(*data)).any(|font| {
            let info = font.info();
            let is_italic_too = info.variant.style == typst::text::FontStyle::Italic;
            info.family == family
                && info.variant.weight == typst::text::FontWeight::SEMIBOLD
                && is_italic_too == is_italic
        })
    })
}

/// Parsed fonts and their font book.
pub(super) struct Fonts {
    pub book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// The added fonts, followed by the shipped ones.
    pub(super) fn with(added: &[Blob]) -> Self {
        let added = added.iter().flat_map(|data| Font::iter(Bytes::new(data.clone())));
        let noto = NOTO_SANS.into_iter().flat_map(|data| Font::iter(Bytes::new(data)));
        let typst = TYPST.into_iter().flat_map(|data| Font::iter(Bytes::new(data)));
        let fonts: Vec<Font> = added.chain(noto).chain(typst).collect();
        let book = FontBook::from_fonts(&fonts);
        Self { book: LazyHash::new(book), fonts }
    }

    /// The font with this index.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Whether some font has a glyph for it; Typst falls back to any font.
    pub(super) fn cover(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(c as u32))
    }

    /// Whether a family exists; case is ignored.
    pub(super) fn has_family(&self, family: &str) -> bool {
        self.book.contains_family(&family.to_lowercase())
    }

    /// The names of the families, without duplicates.
    pub(super) fn families(&self) -> Vec<String> {
        let mut names: Vec<String> = vec![];
        for font in &self.fonts {
            if !names.contains(&font.info().family) {
                names.push(font.info().family.clone());
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_fonts_cover_the_letters_and_signs_of_a_brief() {
        let fonts = Fonts::with(&[]);
        let needed =
            "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё№«»„“‘’–—−+%‰₸…▲▼→←■●°±×÷≈≤≥§†‡*\u{A0}\u{FFFD}\u{202F}\u{2009}";
        let missing: String = needed.chars().filter(|&c| !fonts.cover(c)).collect();
        assert_eq!(missing, "");
    }

    #[test]
    fn private_use_has_no_glyph() {
        assert!(!Fonts::with(&[]).cover('\u{10FFFD}'));
    }
}
