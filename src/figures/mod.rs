//! Figures: from labelled values to drawings.
//!
//! In: a [`Chart`], whose labels are already worded in the edition's language. Out: a
//! [`Drawing`]: lean SVG with text as text, set in the font the world ships, and the boxes of its
//! labels so that tests can prove that nothing overlaps. Drawing is a pure function: the same
//! chart gives the same bytes.
//!
//! To add a form, add a variant to [`Chart`], a file that draws it, and an arm to `draw`.

/// Something to draw, in the edition's words.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// F1: horizontal bars to both sides of zero, sorted by the caller.
    DivergingBars {
        /// Top to bottom.
        bars: Vec<Bar>,
    },
    /// F2: columns from zero over time, signed.
    Columns {
        /// Left to right.
        columns: Vec<Bar>,
        /// Marks between columns: the index of the column behind the mark, and its label.
        breaks: Vec<(usize, String)>,
        /// The unit, at the top left.
        unit: String,
    },
    /// F4: two dots a row, joined by a line, and a printed net at the right.
    PairedDots {
        /// Top to bottom.
        rows: Vec<Pair>,
        /// What the filled dot is.
        first: String,
        /// What the hollow dot is.
        second: String,
        /// The head of the column at the right.
        net: String,
    },
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is, as «г. Астана».
    pub label: String,
    /// Its length, signed; `None` where it was not published.
    pub value: Option<f64>,
    /// Its value in words, as «+36 821», or the sign for "not available".
    pub text: String,
    /// The same a year earlier, drawn as a marker.
    pub base: Option<f64>,
    /// Set in bold.
    pub is_emphasised: bool,
}

/// One row of a paired dot plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What it is.
    pub label: String,
    /// The filled dot, with its words.
    pub first: Option<(f64, String)>,
    /// The hollow dot, with its words.
    pub second: Option<(f64, String)>,
    /// The net in words; empty when it cannot be had.
    pub net: String,
}

/// A finished drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The SVG file's text.
    pub svg: String,
    /// Its width in points.
    pub width_pt: f64,
    /// Its height in points.
    pub height_pt: f64,
    /// Where each label stands.
    pub labels: Vec<LabelBox>,
}

/// The box of one label, in points from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelBox {
    /// The text.
    pub text: String,
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Draws.
pub fn draw(_: &Chart, _: &crate::document::Brand, width_pt: f64) -> Drawing {
    Drawing { svg: String::new(), width_pt, height_pt: 1.0, labels: vec![] }
}
