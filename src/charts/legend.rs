//! The legend of classes: swatches with their bounds, as many per line as fit. Only forms whose value is
//! encoded by colour alone need one.

use super::canvas::{Area, Canvas};
use super::colour::Colour;
use super::text::{self, Anchor, TextStyle};

/// A swatch of a class.
pub(super) struct Swatch<'a> {
    pub colour: Colour,
    pub hatched: bool,
    /// Whether only an outline is drawn.
    pub hollow: bool,
    pub words: &'a str,
}

const SIDE: f64 = 8.0;

/// Draws swatches from `top` downwards; returns their lower end. Swatches without labels are left out.
pub(super) fn draw(canvas: &mut Canvas, swatches: &[Swatch<'_>], left: f64, top: f64) -> f64 {
    let set = TextStyle::SMALL;
    let quiet = canvas.palette.quiet;
    let (mut x, mut y) = (left, top);
    let mut deepest = 0.0;
    let mut areas = Vec::new();
    for swatch in swatches.iter().filter(|swatch| !swatch.words.is_empty()) {
        let lines = text::wrap(swatch.words, canvas.width - left - SIDE - 4.0, set);
        let wide = SIDE + 4.0 + text::widest(lines.iter().map(String::as_str), set);
        if x > left && x + wide > canvas.width {
            (x, y) = (left, y + deepest);
            deepest = 0.0;
        }
        let area = Area { left: x, top: y, right: x + SIDE, bottom: y + SIDE };
        areas.push((area, swatch));
        canvas.lines(
            &lines,
            (x + SIDE + 4.0, y + SIDE / 2.0 + set.centring()),
            Anchor::Start,
            set,
            quiet,
        );
        deepest = f64::max(deepest, lines.len() as f64 * set.leading() + 3.0);
        x += wide + 12.0;
    }
    for (area, swatch) in areas {
        match swatch.hollow {
            true => canvas.hollow(area, swatch.colour),
            false => cell(canvas, area, swatch.colour, swatch.hatched),
        }
    }
    canvas.lay_hatching();
    y + deepest
}

/// A cell with a thin grey outline if needed, so that the lightest class is visible on paper.
pub(super) fn cell(canvas: &mut Canvas, area: Area, colour: Colour, hatched: bool) {
    let rim = canvas.palette.quiet;
    if colour.contrast(Colour::WHITE) < 3.0 {
        canvas.rectangle(area, rim);
        canvas.rectangle(area.grown(-0.5), colour);
    } else {
        canvas.rectangle(area, colour);
    }
    if hatched {
        let strip = Area { top: area.bottom - 3.0, ..area };
        let loss = canvas.palette.loss;
        canvas.rectangle(strip, loss);
        canvas.hatch(strip);
    }
}
