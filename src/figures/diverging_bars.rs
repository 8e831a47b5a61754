//! F1: horizontal bars to both sides of zero.
//!
//! Labels in a column at the left, values outside the bars' ends, no axis: the zero line and the
//! printed values say it all.

use super::canvas::{Anchor, Canvas, DIAMOND};
use super::lane::Lane;
use super::text::{self, Type};
use super::{Bar, Drawing, rows};

/// Few rows may breathe.
const FEW: usize = 6;

pub(super) fn draw(mut canvas: Canvas, bars: &[Bar], base: &str) -> Drawing {
    let set = |bar: &Bar| Type::LABEL.bold(bar.is_emphasised);
    let natural = bars.iter().map(|bar| text::width(&text::clean(&bar.label), set(bar)));
    let column = natural.fold(0.0, f64::max).min(canvas.width * 0.42);
    let labels: Vec<_> = bars.iter().map(|bar| text::wrap(&bar.label, column, set(bar))).collect();

    let (pitch, thickness): (f64, f64) = if bars.len() <= FEW { (17.0, 9.5) } else { (13.0, 8.0) };
    let mut y = 0.0;
    if bars.iter().any(|bar| bar.base.is_some()) && !base.is_empty() {
        y = key(&mut canvas, base);
    }
    let top = y;
    let mut middles = Vec::new();
    for lines in &labels {
        let height = pitch.max(lines.len() as f64 * Type::LABEL.leading() + 4.0);
        middles.push(y + height / 2.0);
        y += height;
    }

    let reaches: Vec<_> = bars.iter().flat_map(|bar| rows::reaches(bar, Type::VALUE)).collect();
    let from = if column > 0.0 { column + 8.0 } else { 0.0 };
    let lane = Lane::fit(&reaches, from, canvas.width - 1.0);
    for (bar, middle) in bars.iter().zip(&middles) {
        rows::bar(&mut canvas, bar, &lane, *middle, thickness);
    }
    canvas.lay_hatching();
    let quiet = canvas.palette.quiet;
    if !bars.is_empty() {
        canvas.strokes(vec![((lane.zero, top), (lane.zero, y))], quiet, 0.7);
    }
    for ((bar, middle), lines) in bars.iter().zip(&middles).zip(&labels) {
        let ink = canvas.palette.ink;
        canvas.centred(lines, 0.0, *middle, Anchor::Start, set(bar), ink);
        rows::value(&mut canvas, bar, &lane, *middle, Type::VALUE);
    }
    canvas.finish(0.0, y.max(1.0))
}

/// The marker of the base year with its words, above the bars; gives where the bars begin.
fn key(canvas: &mut Canvas, base: &str) -> f64 {
    let set = Type::SMALL;
    let indent = 2.0 * DIAMOND + 4.0;
    let lines = text::wrap(base, canvas.width - indent, set);
    canvas.diamond((DIAMOND + 1.0, 5.0));
    let quiet = canvas.palette.quiet;
    canvas.lines(&lines, (indent, 5.0 + set.centring()), Anchor::Start, set, quiet);
    lines.len() as f64 * set.leading() + 5.0
}
