//! Figures: from labelled values to drawings.
//!
//! In: a [`Chart`], whose labels are already worded in the edition's language. Out: a
//! [`Drawing`]: SVG with text as text, set in the font the world ships, and the boxes of its
//! labels so that tests can prove that nothing overlaps; and where the numbers stand, so that a screen
//! can lead from one to its origin. Drawing is a pure function: the same
//! chart gives the same bytes. Nothing here knows a language, formats a number or chooses what is
//! worth showing; sorting is the caller's too.
//!
//! A form is laid out in points on a `canvas` out of plotters' elements, which are drawn on the
//! backend in `svg` when the layout is done. Values and categories have plotters'
//! `axes`, lengths come from a `scale`, lettering from `text`, tones from `colour`.
//!
//! To add a form, add a variant to [`Chart`], a file that draws it, and an arm to `drawn` and to its `Hash`.

mod axes;
mod canvas;
mod colour;
mod columns;
mod diverging_bars;
mod hash;
mod heatmap;
mod legend;
mod lines;
mod multiples;
mod paired_dots;
mod panels;
mod rows;
mod scale;
mod standalone;
mod svg;
mod text;
mod ticks;
mod tile_map;
mod timeline;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use colour::Colour;
pub use ticks::{nice_bounds, nice_ticks};

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::document::{Brand, Spot};

/// Something to draw, in the edition's words.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// F1: horizontal bars to both sides of zero, sorted by the caller.
    DivergingBars {
        /// Top to bottom.
        bars: Vec<Bar>,
        /// What the marker of [`Bar::base`] is, as "January–June 2024"; printed with the marker
        /// above the bars where a bar has one.
        base: String,
    },
    /// F2: columns from zero over time, signed.
    Columns {
        /// Left to right.
        columns: Vec<Bar>,
        /// Lines below them over the same periods, as the flows the columns are the balance of;
        /// may be empty.
        lines: Vec<Line>,
        /// Values to rule a line at behind the lines, each with its words; may be empty.
        ticks: Vec<(f64, String)>,
        /// Marks between columns: the index of the column behind the mark, and its label.
        breaks: Vec<(usize, String)>,
        /// Values to rule a line at behind the columns, each with its words; drawn where the columns
        /// stand too close for a value at each.
        axis: Vec<(f64, String)>,
        /// What a hollow column is; said below where there is one.
        reported: String,
        /// The unit, at the top left.
        unit: String,
    },
    /// F3: panels of bars side by side, the same rows and one scale in all of them.
    Panels {
        /// The rows, as ages, top to bottom.
        rows: Vec<String>,
        /// Left to right.
        panels: Vec<Panel>,
    },
    /// F3 without ages: lines over time, labelled at their end.
    Lines {
        /// The periods, left to right.
        periods: Vec<String>,
        /// The lines.
        lines: Vec<Line>,
        /// Marks between periods: the index of the period behind the mark, and its label.
        breaks: Vec<(usize, String)>,
        /// Values to rule a line at, each with its words; may be empty.
        ticks: Vec<(f64, String)>,
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
    /// F5: a square of origins (rows) and destinations (columns).
    Heatmap(Heatmap),
    /// F6: small columns over time, one panel a region, on a common scale or on their own.
    Multiples {
        /// Left to right, then down; the last column's words are printed in the panel.
        panels: Vec<Panel>,
        /// The periods of every panel's columns; first and last are printed.
        periods: Vec<String>,
        /// Values to rule a line at in every panel, each with its words; may be empty.
        ticks: Vec<(f64, String)>,
        /// Gives every panel its own scale, and is printed above them as the warning; a strip in
        /// each then shows its largest value on the common one.
        own_scale: Option<String>,
    },
    /// F7: equal tiles on a grid, each a region with a signed rate.
    TileMap {
        /// In any order.
        tiles: Vec<Tile>,
        /// Bounds of the classes to one side of zero, ascending, in the values' unit; the other
        /// side has the same, so that the classes are symmetrical about zero.
        bounds: Vec<f64>,
        /// The words of the `2 × bounds + 1` classes, from the most negative to the most positive.
        classes: Vec<String>,
    },
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// What it is, as "Astana city".
    pub label: String,
    /// Its length, signed; `None` where it was not published.
    pub value: Option<f64>,
    /// Its value in words, as «+36 821», or the sign for "not available".
    pub text: String,
    /// What the number is called, as `I4[KZ-71]`; empty if it has no name.
    pub fact: String,
    /// The same a year earlier, drawn as a marker.
    pub base: Option<f64>,
    /// Set in bold, and the others in grey.
    pub is_emphasised: bool,
    /// A figure of another kind than those beside it: a rim alone.
    pub is_reported: bool,
}

/// One row of a paired dot plot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pair {
    /// What it is.
    pub label: String,
    /// The filled dot, with its words.
    pub first: Option<(f64, String)>,
    /// The hollow dot, with its words.
    pub second: Option<(f64, String)>,
    /// The net in words; empty when it cannot be had.
    pub net: String,
    /// What the numbers of the filled dot, the hollow dot and the net are called; empty if they
    /// have no name.
    pub facts: [String; 3],
}

/// One of several small charts side by side.
#[derive(Debug, Clone, PartialEq, Default, Hash)]
pub struct Panel {
    /// What it shows, above it.
    pub title: String,
    /// Its bars, in the order of the rows or periods, whose labels stand there; theirs are not
    /// printed.
    pub bars: Vec<Bar>,
    /// Set in bold.
    pub is_emphasised: bool,
}

/// One line over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// Its values, one a period; a gap where one was not published.
    pub points: Vec<Option<f64>>,
    /// The last value in words.
    pub text: String,
    /// What the last value is called; empty if it has no name.
    pub fact: String,
}

/// A square of flows between the members of one dimension.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heatmap {
    /// The members, as label of the row and a short form for the column's head, as "AKM".
    pub members: Vec<(String, String)>,
    /// Row by row, from each origin to each destination; `None` where it was not published.
    pub flows: Vec<Vec<Option<f64>>>,
    /// What each of them is called, as `OD[KZ-71>KZ-75]`; may be empty.
    pub facts: Vec<Vec<String>>,
    /// The classes, ascending: the least value of each, and its bounds in words. Five or six.
    pub classes: Vec<(f64, String)>,
    /// What the rows are.
    pub origins: String,
    /// What the columns are.
    pub destinations: String,
    /// What the grey diagonal is.
    pub diagonal: String,
    /// What an empty cell is: not published, or below the lowest class.
    pub missing: String,
    /// What the cell with a rim is, the largest flow; empty if none has one.
    pub largest: String,
}

/// One region of a tile map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tile {
    /// Column, from 1 at the left.
    pub col: usize,
    /// Row, from 1 at the top.
    pub row: usize,
    /// What it is; where it does not fit the tile, `short` stands for it.
    pub label: String,
    /// A short form, as "AKM".
    pub short: String,
    /// Its rate, signed, rounded as its words are, so that it falls into the class a reader would
    /// look it up in; `None` where it was not published.
    pub value: Option<f64>,
    /// Its rate in words, with its sign.
    pub text: String,
    /// What the number is called, as `I4[KZ-71]`; empty if it has no name.
    pub fact: String,
    /// Set in bold, with a rim.
    pub is_emphasised: bool,
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
    /// Where each number that has a name stands, or what it is drawn as.
    pub spots: Vec<Spot>,
    /// What was drawn, element by element.
    picture: svg::Picture,
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

/// Draws a chart in a body's colours, `width_pt` points wide; the height follows from the content.
///
/// The same chart is not drawn again while `comemo` remembers it.
pub fn draw(chart: &Chart, brand: &Brand, width_pt: f64) -> Drawing {
    drawn(chart, brand, width_pt.to_bits())
}

/// How many charts this process has drawn so far; one that was remembered is none.
pub fn times_drawn() -> usize {
    DRAWN.load(Ordering::Relaxed)
}

static DRAWN: AtomicUsize = AtomicUsize::new(0);

/// The drawing of a chart; the bits of its width, since a number is no key.
#[comemo::memoize]
fn drawn(chart: &Chart, brand: &Brand, width_pt: u64) -> Drawing {
    DRAWN.fetch_add(1, Ordering::Relaxed);
    let canvas = canvas::Canvas::new(brand, f64::from_bits(width_pt));
    match chart {
        Chart::DivergingBars { bars, base } => diverging_bars::draw(canvas, bars, base),
        Chart::Columns { columns, lines, ticks, breaks, axis, reported, unit } => columns::draw(
            canvas,
            &columns::Plot { columns, lines, ticks, breaks, axis, reported, unit },
        ),
        Chart::Panels { rows, panels } => panels::draw(canvas, rows, panels),
        Chart::Lines { periods, lines, breaks, ticks, unit } => {
            lines::draw(canvas, &lines::Plot { periods, lines, breaks, ticks, unit })
        }
        Chart::PairedDots { rows, first, second, net } => {
            paired_dots::draw(canvas, rows, [first, second, net])
        }
        Chart::Heatmap(heatmap) => heatmap::draw(canvas, heatmap),
        Chart::Multiples { panels, periods, ticks, own_scale } => {
            multiples::draw(canvas, panels, periods, ticks, own_scale.as_deref())
        }
        Chart::TileMap { tiles, bounds, classes } => tile_map::draw(canvas, tiles, bounds, classes),
    }
}
