//! Exports pages for the screen: one SVG per page, from the same layout as the PDF.

use typst_svg::SvgOptions;

use super::Pages;

/// A page as a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofPage {
    /// The content of the SVG file; letters are outlines, so no font is needed.
    pub svg: String,
    /// Its width in points.
    pub width_pt: f64,
    /// Its height in points.
    pub height_pt: f64,
}

impl Pages {
    /// The pages as pictures. A link is an `a` element with a transparent `rect` in it.
    pub fn proof(&self) -> Vec<ProofPage> {
        let page = |page: &typst_layout::Page| {
            let size = page.frame.size();
            ProofPage {
                svg: typst_svg::svg(page, &SvgOptions::default()),
                width_pt: size.x.to_pt(),
                height_pt: size.y.to_pt(),
            }
        };
        self.document.pages().iter().map(page).collect()
    }
}
