//! The size of the pages, and what fits on them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Page;

/// The size of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PageSize {
    /// 148 × 210 mm
    A5,
    /// 176 × 250 mm
    B5,
    /// 210 × 297 mm
    #[default]
    A4,
    /// 297 × 420 mm
    A3,
}

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// The space between two columns, in points; `gutter` of `theme.typ`.
const GUTTER: f64 = 22.0;
/// A page with less room than this has its text in one column, in points; `is-narrow` of `theme.typ`.
const NARROW: f64 = 420.0;

impl PageSize {
    /// All sizes, from the smallest.
    pub const ALL: [Self; 4] = [Self::A5, Self::B5, Self::A4, Self::A3];

    fn page(self) -> Page {
        let (paper, width, height, side, top, bottom) = match self {
            Self::A5 => ("a5", 148.0, 210.0, 14.0, 18.0, 16.0),
            Self::B5 => ("iso-b5", 176.0, 250.0, 17.0, 20.0, 18.0),
            Self::A4 => ("a4", 210.0, 297.0, 22.0, 23.0, 21.0),
            Self::A3 => ("a3", 297.0, 420.0, 31.0, 30.0, 28.0),
        };
        Page { paper: paper.to_owned(), width, height, side, top, bottom }
    }

    /// The measures that the layout needs, if they are not its usual ones.
    pub fn measures(self) -> Option<Page> {
        (self != Self::default()).then(|| self.page())
    }

    /// The width of a figure across the page, in points.
    pub fn full_width_pt(self) -> f64 {
        let page = self.page();
        ((page.width - 2.0 * page.side) * POINTS).floor()
    }

    /// The width of a figure in a page of two languages, in points.
    pub fn parallel_width_pt(self) -> f64 {
        (self.full_width_pt() - GUTTER) / 2.0
    }

    /// The width of a figure in one of two columns, in points; on a narrow page there is one.
    pub fn column_width_pt(self) -> f64 {
        let full = self.full_width_pt();
        if full < NARROW { full } else { (full * 240.0 / 470.0).floor() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_a4_page_has_the_measures_of_the_layout() {
        let a4 = PageSize::default();
        assert_eq!(a4.measures(), None);
        let widths = (a4.full_width_pt(), a4.parallel_width_pt(), a4.column_width_pt());
        assert_eq!(widths, (470.0, 224.0, 240.0));
        let wider =
            PageSize::ALL.windows(2).all(|two| two[0].full_width_pt() < two[1].full_width_pt());
        assert!(wider);
    }
}
