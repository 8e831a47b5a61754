//! Grouped bars: for each row a bar of every series, from zero, one below the other.
//!
//! The series are named above the bars, in the order of the bars of a row. Their tints run from dark to
//! light, so that a grey print keeps them apart. Each value is printed beyond the end of its bar.

use super::canvas::{Area, Canvas};
use super::colour::Colour;
use super::legend::{self, Swatch};
use super::rows::{self, GAP};
use super::scale::{Scale, finite};
use super::text::{self, Anchor, TextStyle};
use super::{Bar, Drawing, Panel};

/// The distance between the bars of a row, and their thickness.
const PITCH: (f64, f64) = (9.2, 7.0);
/// The gap between two rows.
const AIR: f64 = 5.0;
/// The part of the width that labels may take.
const LABELS: f64 = 0.42;

pub(super) fn draw(mut canvas: Canvas, rows: &[Panel], series: &[String]) -> Drawing {
    let set = TextStyle::SMALL;
    let label = |row: &Panel| TextStyle::LABEL.bold(row.is_emphasised);
    let column = rows.iter().map(|row| text::width(&text::clean(&row.title), label(row)));
    let column = column.fold(0.0, f64::max).min(canvas.width * LABELS);
    let labels: Vec<_> =
        rows.iter().map(|row| text::wrap(&row.title, column, label(row))).collect();
    let from = if column > 0.0 { column + 8.0 } else { 0.0 };
    let bars = || rows.iter().flat_map(|row| row.bars.iter().take(series.len()));
    // The year before is not marked on bars as thin as these.
    let plain = |bar: &Bar| Bar { base: None, ..bar.clone() };
    let reaches: Vec<_> = bars().flat_map(|bar| rows::reaches(&plain(bar), set)).collect();
    let scale = Scale::fit(&reaches, from, canvas.width - 1.0);
    let colours = canvas.palette.parts(series.len());

    let mut y = if rows.is_empty() { 0.0 } else { key(&mut canvas, series, &colours) };
    let top = y;
    let mut middles = Vec::new();
    for lines in &labels {
        let deep = series.len() as f64 * PITCH.0;
        let height = deep.max(lines.len() as f64 * TextStyle::LABEL.leading()) + AIR;
        middles.push(y + height / 2.0);
        y += height;
    }
    let places = |middle: f64| {
        let first = middle - (series.len() as f64 - 1.0) / 2.0 * PITCH.0;
        (0..series.len()).map(move |i| first + i as f64 * PITCH.0)
    };
    for (row, middle) in rows.iter().zip(&middles) {
        for ((bar, at), colour) in row.bars.iter().zip(places(*middle)).zip(&colours) {
            let Some(value) = finite(bar.value).filter(|v| *v != 0.0) else { continue };
            let length = (scale.at(value) - scale.zero).abs().max(0.6).copysign(value);
            let half = PITCH.1 / 2.0;
            let area = Area::between((scale.zero, at - half), (scale.zero + length, at + half));
            legend::cell(&mut canvas, area, *colour, false);
        }
    }
    let (quiet, ink) = (canvas.palette.quiet, canvas.palette.ink);
    if !rows.is_empty() {
        canvas.strokes(vec![((scale.zero, top), (scale.zero, y))], quiet, 0.7);
    }
    for ((row, middle), lines) in rows.iter().zip(&middles).zip(&labels) {
        canvas.centred(lines, 0.0, *middle, Anchor::Start, label(row), ink);
        for ((bar, at), colour) in row.bars.iter().zip(places(*middle)).zip(&colours) {
            value(&mut canvas, bar, &scale, at, *colour);
        }
    }
    canvas.finish(0.0, y.max(1.0))
}

/// Names the series above the bars; returns the height where the bars begin.
pub(super) fn key(canvas: &mut Canvas, names: &[String], colours: &[Colour]) -> f64 {
    let swatch = |(words, colour): (&'_ String, &Colour)| (words.clone(), *colour);
    let named: Vec<(String, Colour)> = names.iter().zip(colours).map(swatch).collect();
    let swatches: Vec<Swatch<'_>> = named
        .iter()
        .map(|(words, colour)| Swatch { colour: *colour, hatched: false, hollow: false, words })
        .collect();
    let bottom = legend::draw(canvas, &swatches, 0.0, 0.0);
    if bottom > 0.0 { bottom + 2.0 } else { 0.0 }
}

/// Draws the value of a bar beyond its end.
fn value(canvas: &mut Canvas, bar: &Bar, scale: &Scale, middle: f64, colour: Colour) {
    let value = finite(bar.value);
    let sign = if value.unwrap_or(0.0) < 0.0 { -1.0 } else { 1.0 };
    let anchor = if sign < 0.0 { Anchor::End } else { Anchor::Start };
    let colour = if value.is_some() { colour.legible() } else { canvas.palette.quiet };
    let set = TextStyle::SMALL;
    let at = (scale.at(value.unwrap_or(0.0)) + GAP * sign, middle + set.centring());
    canvas.text(&bar.text, at, anchor, set, colour);
    let words = super::canvas::label_area(&text::clean(&bar.text), at, anchor, set);
    let (left, right) = (words.left.min(scale.zero), words.right.max(scale.zero));
    canvas.shows(&bar.fact, Area { left, right, ..words });
}
