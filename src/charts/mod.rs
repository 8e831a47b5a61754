//! Charts: from labelled values to drawings.
//!
//! In: a [`Chart`], whose labels are worded in the edition's language. Out: a [`Drawing`]: SVG with text
//! as text in the shipped font, the boxes of its labels (tests use them to check that nothing overlaps),
//! and the areas of its numbers (the preview links them to their origin). Drawing is a pure function: the
//! same chart gives the same bytes. Nothing here knows a language, formats a number, sorts, or selects
//! what is shown.
//!
//! A form is laid out in points on a `canvas` of plotters' elements, which are drawn on the backend in
//! `svg` when the layout is done. Values and categories have plotters' `axes`, lengths come from a
//! `scale`, text measures from `text`, colours from `colour`.
//!
//! To add a form, add a file that draws it, and here a variant of [`Chart`], an arm in `drawn`, and one in
//! the `Hash` of `Chart`.

mod axes;
mod band;
mod canvas;
mod colour;
mod columns;
mod diverging_bars;
mod grouped_bars;
mod hash;
mod heatmap;
mod legend;
mod lines;
mod multiples;
mod paired_dots;
mod panels;
mod rows;
mod scale;
mod slope;
mod sparklines;
mod spread;
mod stacked_bars;
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

use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::document::{Brand, Spot};

use hash::{Bits, worded};

/// A chart, worded in the language of an edition.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// F1: horizontal bars to both sides of zero, sorted by the caller.
    DivergingBars {
        /// The bars, top to bottom.
        bars: Vec<Bar>,
        /// The explanation of the marker of [`Bar::base`], such as "January–June 2024"; printed above the
        /// bars if any bar has the marker.
        base: String,
    },
    /// Horizontal bars from zero: for each row a bar of every series.
    GroupedBars {
        /// The rows, top to bottom; each has its bars in the order of the series.
        rows: Vec<Panel>,
        /// The names of the series.
        series: Vec<String>,
    },
    /// Bars of 100 %, divided into parts.
    StackedBars {
        /// The rows, top to bottom.
        rows: Vec<Stack>,
        /// The names of the parts.
        parts: Vec<String>,
        /// The head of the sizes at the right; empty if there are none.
        whole: String,
    },
    /// F2: columns from zero over time, signed.
    Columns {
        /// The columns, left to right.
        columns: Vec<Bar>,
        /// Lines below them over the same periods, as the flows that make up a balance; may be empty.
        lines: Vec<Line>,
        /// Values of ruled lines behind the lines, each with its label; may be empty.
        ticks: Vec<(f64, String)>,
        /// Break marks between columns: the index of the column after the mark, and the label.
        breaks: Vec<(usize, String)>,
        /// Values of ruled lines behind the columns, each with its label; drawn if the columns are too
        /// narrow to print every value.
        axis: Vec<(f64, String)>,
        /// The explanation of hollow columns; printed below if there is one.
        reported: String,
        /// The unit, at the top left.
        unit: String,
    },
    /// F3: panels of bars side by side, with the same rows and one scale.
    Panels {
        /// The labels of the rows, such as ages, top to bottom.
        rows: Vec<String>,
        /// The panels, left to right.
        panels: Vec<Panel>,
    },
    /// F3 without ages: lines over time, labelled at their end.
    Lines {
        /// The periods, left to right.
        periods: Vec<String>,
        /// The lines.
        lines: Vec<Line>,
        /// Break marks between periods: the index of the period after the mark, and the label.
        breaks: Vec<(usize, String)>,
        /// Values of ruled lines, each with its label; may be empty.
        ticks: Vec<(f64, String)>,
        /// The unit, at the top left.
        unit: String,
    },
    /// Lines over time in front of a range, with some of their values.
    Band {
        /// The periods, left to right.
        periods: Vec<String>,
        /// The lines.
        lines: Vec<Line>,
        /// The range.
        range: Range,
        /// The values printed at points, the most important first.
        marks: Vec<Mark>,
        /// Break marks between periods: the index of the period after the mark, and the label.
        breaks: Vec<(usize, String)>,
        /// Values of ruled lines, each with its label; may be empty.
        ticks: Vec<(f64, String)>,
        /// The unit, at the top left.
        unit: String,
    },
    /// F4: two dots per row, joined by a line, with the net at the right.
    PairedDots {
        /// The rows, top to bottom.
        rows: Vec<Pair>,
        /// The label of the filled dots.
        first: String,
        /// The label of the hollow dots.
        second: String,
        /// The head of the net column.
        net: String,
    },
    /// Lines from the values at one time to those at another, a row each.
    Slope {
        /// The rows, the most important first: the value at the first time and at the second.
        rows: Vec<Pair>,
        /// The label of the first time.
        first: String,
        /// The label of the second time.
        second: String,
        /// The index of an emphasised row: bold, with the others in grey.
        own: Option<usize>,
        /// The sign for a missing value.
        missing: String,
    },
    /// F5: a square of origins (rows) and destinations (columns).
    Heatmap(Heatmap),
    /// F6: small columns over time, a panel per region, on a common scale or on separate ones.
    Multiples {
        /// The panels, left to right, then down; the value of the last column is printed in each.
        panels: Vec<Panel>,
        /// The periods of the columns in every panel; the first and last are printed.
        periods: Vec<String>,
        /// Values of ruled lines in every panel, each with its label; may be empty.
        ticks: Vec<(f64, String)>,
        /// If given, every panel has its own scale and this warning is printed above them; a strip in
        /// each panel then shows its largest value on the common scale.
        own_scale: Option<String>,
    },
    /// A small table with a line over time in each row, on a scale of its own.
    Sparklines {
        /// The rows, top to bottom.
        rows: Vec<Spark>,
        /// The heads of the values: the first and the last period, the lowest and the highest value.
        heads: [String; 4],
        /// The explanation of the scales, below the rows.
        scale: String,
    },
    /// F7: equal tiles on a grid, a region with a signed rate each.
    TileMap {
        /// The tiles, in any order.
        tiles: Vec<Tile>,
        /// The bounds of classes on one side of zero, ascending, in the unit of the values; the other
        /// side has the same, so classes are symmetrical about zero.
        bounds: Vec<f64>,
        /// The labels of the `2 × bounds + 1` classes, from the most negative to the most positive.
        classes: Vec<String>,
    },
}

/// The key of a drawing in the memory. Each variant is destructured completely, so that a new field does not
/// compile until it is hashed.
impl Hash for Chart {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::DivergingBars { bars, base } => (bars, base).hash(state),
            Self::GroupedBars { rows, series } => (rows, series).hash(state),
            Self::StackedBars { rows, parts, whole } => (rows, parts, whole).hash(state),
            Self::Columns { columns, lines, ticks, breaks, axis, reported, unit } => {
                (columns, lines, worded(ticks), breaks).hash(state);
                (worded(axis), reported, unit).hash(state);
            }
            Self::Panels { rows, panels } => (rows, panels).hash(state),
            Self::Lines { periods, lines, breaks, ticks, unit } => {
                (periods, lines, breaks, worded(ticks), unit).hash(state);
            }
            Self::Band { periods, lines, range, marks, breaks, ticks, unit } => {
                (periods, lines, range, marks, breaks, worded(ticks), unit).hash(state);
            }
            Self::PairedDots { rows, first, second, net } => {
                (rows, first, second, net).hash(state);
            }
            Self::Slope { rows, first, second, own, missing } => {
                (rows, first, second, own, missing).hash(state);
            }
            Self::Heatmap(heatmap) => heatmap.hash(state),
            Self::Multiples { panels, periods, ticks, own_scale } => {
                (panels, periods, worded(ticks), own_scale).hash(state);
            }
            Self::Sparklines { rows, heads, scale } => (rows, heads, scale).hash(state),
            Self::TileMap { tiles, bounds, classes } => {
                let bounds: Vec<Bits> = bounds.iter().copied().map(Bits::from).collect();
                (tiles, bounds, classes).hash(state);
            }
        }
    }
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// Its label, such as "Astana city".
    pub label: String,
    /// Its signed length; `None` if the value was not published.
    pub value: Option<f64>,
    /// Its value as text, such as «+36 821», or the sign for "not available".
    pub text: String,
    /// The id of the number, such as `I4[KZ-71]`; empty if it has none.
    pub fact: String,
    /// The value a year earlier, drawn as a marker.
    pub base: Option<f64>,
    /// Whether it is emphasised: bold text, and other bars in grey.
    pub is_emphasised: bool,
    /// Whether it is a figure of another kind, drawn as an outline.
    pub is_reported: bool,
}

/// A whole that is divided into parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stack {
    /// Its label.
    pub label: String,
    /// Its parts; the value of each is its share in per cent.
    pub parts: Vec<Bar>,
    /// Its size; `None` if not published.
    pub size: Option<f64>,
    /// Its size as text; empty if it is not printed.
    pub total: String,
    /// The id of the size; empty if it has none.
    pub fact: String,
    /// Whether its label is bold.
    pub is_emphasised: bool,
}

/// A row of a paired dot plot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pair {
    /// Its label.
    pub label: String,
    /// The value of the filled dot, with its text.
    pub first: Option<(f64, String)>,
    /// The value of the hollow dot, with its text.
    pub second: Option<(f64, String)>,
    /// The net as text; empty if it cannot be computed.
    pub net: String,
    /// The ids of the filled dot, the hollow dot and the net; empty if they have none.
    pub facts: [String; 3],
}

/// One of several small charts.
#[derive(Debug, Clone, PartialEq, Default, Hash)]
pub struct Panel {
    /// Its title, printed above it.
    pub title: String,
    /// Its bars, in the order of the rows or periods, whose labels are used instead of those of the bars.
    pub bars: Vec<Bar>,
    /// Whether its title is bold.
    pub is_emphasised: bool,
}

/// A line over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its label.
    pub label: String,
    /// Its values, one per period; `None` leaves a gap.
    pub points: Vec<Option<f64>>,
    /// The last value as text.
    pub text: String,
    /// The id of the last value; empty if it has none.
    pub fact: String,
}

/// A row of a table of sparklines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spark {
    /// Its label.
    pub label: String,
    /// Its values, one per period; `None` leaves a gap.
    pub points: Vec<Option<f64>>,
    /// The first, last, lowest and highest value as text, each with its id, which may be empty.
    pub values: [(String, String); 4],
    /// Whether its label is bold.
    pub is_emphasised: bool,
}

/// A range over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Range {
    /// Its lowest values, one per period; `None` leaves a gap.
    pub low: Vec<Option<f64>>,
    /// Its highest values.
    pub high: Vec<Option<f64>>,
    /// Its label.
    pub label: String,
}

/// A value printed at a point of a line.
#[derive(Debug, Clone, PartialEq, Default, Hash)]
pub struct Mark {
    /// The index of the line.
    pub line: usize,
    /// The index of the period.
    pub at: usize,
    /// The value as text.
    pub text: String,
    /// The id of the value; empty if it has none.
    pub fact: String,
    /// Whether it is rather printed below its point.
    pub is_below: bool,
}

/// A square of flows between the members of one dimension.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heatmap {
    /// The members, each with the label of its row and a short form for its column, such as "AKM".
    pub members: Vec<(String, String)>,
    /// The flows from each origin (row) to each destination; `None` if not published.
    pub flows: Vec<Vec<Option<f64>>>,
    /// The ids of the flows, such as `OD[KZ-71>KZ-75]`; may be empty.
    pub facts: Vec<Vec<String>>,
    /// Five or six classes, ascending: the lower bound of each, and its bounds as text.
    pub classes: Vec<(f64, String)>,
    /// The label of the rows.
    pub origins: String,
    /// The label of the columns.
    pub destinations: String,
    /// The explanation of the grey diagonal.
    pub diagonal: String,
    /// The explanation of empty cells: not published, or below the lowest class.
    pub missing: String,
    /// The explanation of the outlined cell, the largest flow; empty if none is outlined.
    pub largest: String,
}

/// One region of a tile map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tile {
    /// Column, from 1 at the left.
    pub col: usize,
    /// Row, from 1 at the top.
    pub row: usize,
    /// Its label; `short` replaces it if it does not fit the tile.
    pub label: String,
    /// Its short form, such as "AKM".
    pub short: String,
    /// Its name, which explains the short form below the map.
    pub name: String,
    /// Its signed rate, rounded like its text, so that it falls into the class in which readers look it
    /// up; `None` if not published.
    pub value: Option<f64>,
    /// Its rate as text, with its sign.
    pub text: String,
    /// The id of the number, such as `I4[KZ-71]`; empty if it has none.
    pub fact: String,
    /// Whether it is emphasised: bold text and an outline.
    pub is_emphasised: bool,
}

/// A finished drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The content of the SVG file.
    pub svg: String,
    /// Its width in points.
    pub width_pt: f64,
    /// Its height in points.
    pub height_pt: f64,
    /// The boxes of its labels.
    pub labels: Vec<LabelBox>,
    /// The areas of its numbers that have an id.
    pub spots: Vec<Spot>,
    /// The drawn elements.
    picture: svg::Picture,
}

/// The box of a label, in points from the top left corner.
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
/// Drawings are memoized (`comemo`).
pub fn draw(chart: &Chart, brand: &Brand, width_pt: f64) -> Drawing {
    drawn(chart, brand, width_pt.to_bits())
}

/// The number of charts that this process has drawn so far; a memoized drawing does not count.
pub fn times_drawn() -> usize {
    DRAWN.load(Ordering::Relaxed)
}

static DRAWN: AtomicUsize = AtomicUsize::new(0);

/// Draws a chart. The width is passed as bits, since a float cannot be a hash key.
#[comemo::memoize]
fn drawn(chart: &Chart, brand: &Brand, width_pt: u64) -> Drawing {
    DRAWN.fetch_add(1, Ordering::Relaxed);
    let canvas = canvas::Canvas::new(brand, f64::from_bits(width_pt));
    match chart {
        Chart::DivergingBars { bars, base } => diverging_bars::draw(canvas, bars, base),
        Chart::GroupedBars { rows, series } => grouped_bars::draw(canvas, rows, series),
        Chart::StackedBars { rows, parts, whole } => stacked_bars::draw(canvas, rows, parts, whole),
        Chart::Columns { columns, lines, ticks, breaks, axis, reported, unit } => columns::draw(
            canvas,
            &columns::Plot { columns, lines, ticks, breaks, axis, reported, unit },
        ),
        Chart::Panels { rows, panels } => panels::draw(canvas, rows, panels),
        Chart::Lines { periods, lines, breaks, ticks, unit } => {
            let (band, marks) = (None, &[][..]);
            lines::draw(canvas, &lines::Plot { periods, lines, band, marks, breaks, ticks, unit })
        }
        Chart::Band { periods, lines, range, marks, breaks, ticks, unit } => {
            let Range { low, high, label } = range;
            let band = Some(band::Band { low, high, label });
            lines::draw(canvas, &lines::Plot { periods, lines, band, marks, breaks, ticks, unit })
        }
        Chart::PairedDots { rows, first, second, net } => {
            paired_dots::draw(canvas, rows, [first, second, net])
        }
        Chart::Slope { rows, first, second, own, missing } => {
            slope::draw(canvas, rows, [first, second], *own, missing)
        }
        Chart::Heatmap(heatmap) => heatmap::draw(canvas, heatmap),
        Chart::Multiples { panels, periods, ticks, own_scale } => {
            multiples::draw(canvas, panels, periods, ticks, own_scale.as_deref())
        }
        Chart::Sparklines { rows, heads, scale } => sparklines::draw(canvas, rows, heads, scale),
        Chart::TileMap { tiles, bounds, classes } => tile_map::draw(canvas, tiles, bounds, classes),
    }
}
