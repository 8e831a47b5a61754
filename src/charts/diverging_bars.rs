//! F1: horizontal bars to both sides of zero.
//!
//! Values are printed beyond the bars' ends. There is no axis, since the zero line and the values
//! suffice. Labels are in a column at the left or, if that would make the bars too short, across the zero
//! line from their bar, where there is room.

use super::canvas::{Canvas, DIAMOND};
use super::scale::{Reach, Scale, Side, finite};
use super::text::{self, Anchor, TextStyle};
use super::{Bar, Drawing, rows};

/// Up to this many rows have wide spacing.
const FEW: usize = 6;
/// With more rows than this the spacing is narrow.
const MANY: usize = 16;
/// The part of the width that the longest bar should have.
const LONG_ENOUGH: f64 = 0.25;
/// The parts of the width that labels across the zero line may take, in order of trial.
const WIDEST: [f64; 5] = [0.58, 0.54, 0.5, 0.46, 0.42];
/// The gap between the zero line and a label across it.
const ACROSS: f64 = 5.0;

pub(super) fn draw(mut canvas: Canvas, bars: &[Bar], base: &str) -> Drawing {
    let set = |bar: &Bar| TextStyle::LABEL.bold(bar.is_emphasised);
    let Layout { labels, scale, is_across } = layout(bars, canvas.width, set);

    let (pitch, air, thickness): (f64, f64, f64) = match bars.len() {
        0..=FEW => (17.0, 4.0, 9.5),
        MANY.. => (12.0, 2.4, 7.6),
        _ => (13.0, 4.0, 8.0),
    };
    let mut y = 0.0;
    if bars.iter().any(|bar| finite(bar.base).is_some()) && !base.is_empty() {
        y = key(&mut canvas, base);
    }
    let top = y;
    let mut middles = Vec::new();
    for lines in &labels {
        let height = pitch.max(lines.len() as f64 * TextStyle::LABEL.leading() + air);
        middles.push(y + height / 2.0);
        y += height;
    }
    let look = rows::looks(bars);
    for (bar, middle) in bars.iter().zip(&middles) {
        rows::bar(&mut canvas, bar, look(bar), &scale, (*middle, thickness));
    }
    canvas.lay_hatching();
    let (quiet, ink) = (canvas.palette.quiet, canvas.palette.ink);
    if !bars.is_empty() {
        canvas.strokes(vec![((scale.zero, top), (scale.zero, y))], quiet, 0.7);
    }
    for ((bar, middle), lines) in bars.iter().zip(&middles).zip(&labels) {
        let (x, anchor) = match (is_across, side_of(bar)) {
            (false, _) => (0.0, Anchor::Start),
            (true, Side::Left) => (scale.at(far(bar)) + beyond(bar), Anchor::Start),
            (true, Side::Right) => (scale.at(far(bar)) - beyond(bar), Anchor::End),
        };
        canvas.centred(lines, x, *middle, anchor, set(bar), ink);
        rows::value(&mut canvas, bar, look(bar), &scale, (*middle, TextStyle::VALUE));
    }
    canvas.finish(0.0, y.max(1.0))
}

/// The position of labels, and their line breaks.
struct Layout {
    labels: Vec<Vec<String>>,
    scale: Scale,
    is_across: bool,
}

fn layout(bars: &[Bar], width: f64, set: impl Fn(&Bar) -> TextStyle) -> Layout {
    let to = width - 1.0;
    let natural = bars.iter().map(|bar| text::width(&text::clean(&bar.label), set(bar)));
    let natural = natural.fold(0.0, f64::max);
    let broken = |limit: f64| -> Vec<Vec<String>> {
        bars.iter().map(|bar| text::wrap(&bar.label, limit, set(bar))).collect()
    };
    let reaches = || bars.iter().flat_map(|bar| rows::reaches(bar, TextStyle::VALUE));
    let column = || {
        let column = natural.min(width * 0.42);
        let from = if column > 0.0 { column + 8.0 } else { 0.0 };
        let scale = Scale::fit(&reaches().collect::<Vec<_>>(), from, to);
        Layout { labels: broken(column), scale, is_across: false }
    };
    let across = |part: f64| {
        let labels = broken(natural.min(width * part));
        let beside = bars.iter().zip(&labels).map(|(bar, lines)| across(bar, lines, set(bar)));
        let scale = Scale::fit(&reaches().chain(beside).collect::<Vec<_>>(), 0.0, to);
        Layout { labels, scale, is_across: true }
    };
    let is_two_sided = [1.0, -1.0]
        .iter()
        .all(|sign| bars.iter().any(|bar| finite(bar.value).is_some_and(|v| v * sign > 0.0)));
    let long = |layout: &Layout| layout.scale.length >= width * LONG_ENOUGH;
    let first = column();
    if long(&first) || !is_two_sided {
        return first;
    }
    // The layout with the fewest broken labels that leaves the bars long enough; else the one with the
    // longest bars.
    let mut tried = first;
    for part in WIDEST {
        let next = across(part);
        if long(&next) {
            return next;
        }
        tried = if next.scale.length > tried.scale.length { next } else { tried };
    }
    tried
}

/// The side of a bar and its value; a label across the zero line is on the other one.
fn side_of(bar: &Bar) -> Side {
    if finite(bar.value).is_some_and(|v| v < 0.0) { Side::Left } else { Side::Right }
}

/// How far the base's marker extends to the label's side.
fn far(bar: &Bar) -> f64 {
    let base = finite(bar.base).unwrap_or(0.0);
    if side_of(bar) == Side::Left { base.max(0.0) } else { base.min(0.0) }
}

fn beyond(bar: &Bar) -> f64 {
    if far(bar) == 0.0 { ACROSS } else { ACROSS + DIAMOND }
}

/// The room for a label across the zero line.
fn across(bar: &Bar, lines: &[String], set: TextStyle) -> Reach {
    let side = if side_of(bar) == Side::Left { Side::Right } else { Side::Left };
    let wide = text::widest(lines.iter().map(String::as_str), set);
    Reach { side, at: far(bar), room: beyond(bar) + wide }
}

/// Draws the marker of the base year with its explanation above the bars; returns the height where the
/// bars begin.
fn key(canvas: &mut Canvas, base: &str) -> f64 {
    let set = TextStyle::SMALL;
    let indent = 2.0 * DIAMOND + 4.0;
    let lines = text::wrap(base, canvas.width - indent, set);
    canvas.diamond((DIAMOND + 1.0, 5.0));
    let quiet = canvas.palette.quiet;
    canvas.lines(&lines, (indent, 5.0 + set.centring()), Anchor::Start, set, quiet);
    lines.len() as f64 * set.leading() + 5.0
}
