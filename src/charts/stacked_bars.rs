//! Stacked bars: each row is a whole of 100 %, divided into its parts.
//!
//! The parts are named above their segments of the first row, or by swatches if the segments are too
//! narrow. A share is printed in its segment if there is room. What is left of a whole whose parts are
//! not all known is an empty outline. The size of the whole stands at the right.

use super::canvas::{Area, Canvas, label_area};
use super::colour::Colour;
use super::grouped_bars::key;
use super::scale::finite;
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Stack, legend};

const PITCH: f64 = 15.0;
const THICKNESS: f64 = 11.0;
/// The part of the width that labels may take.
const LABELS: f64 = 0.36;
/// The gap between the names of two parts.
const BETWEEN: f64 = 8.0;

/// A segment of a row: which part it is, and from where to where it extends; `None` for the rest.
struct Segment {
    part: Option<usize>,
    left: f64,
    right: f64,
}

pub(super) fn draw(mut canvas: Canvas, rows: &[Stack], parts: &[String], whole: &str) -> Drawing {
    let label = |row: &Stack| TextStyle::LABEL.bold(row.is_emphasised);
    let column = rows.iter().map(|row| text::width(&text::clean(&row.label), label(row)));
    let column = column.fold(0.0, f64::max).min(canvas.width * LABELS);
    let labels: Vec<_> =
        rows.iter().map(|row| text::wrap(&row.label, column, label(row))).collect();
    let totals = rows.iter().map(|row| text::width(&text::clean(&row.total), TextStyle::VALUE));
    let totals = totals.fold(0.0, f64::max);
    let head = text::wrap(whole, totals.max(canvas.width * 0.16), TextStyle::SMALL);
    let totals = totals.max(text::widest(head.iter().map(String::as_str), TextStyle::SMALL));
    let from = if column > 0.0 { column + 8.0 } else { 0.0 };
    let to = canvas.width - if totals > 0.0 { totals + 10.0 } else { 0.0 };
    let area = (from, to.max(from + 10.0));
    let colours = canvas.palette.parts(parts.len());
    let segments: Vec<Vec<Segment>> =
        rows.iter().map(|row| segments(row, parts.len(), area)).collect();

    let leading = TextStyle::SMALL.leading();
    let mut y = 0.0;
    if let Some(first) = segments.first() {
        let (heads, room) = (head.len() as f64 * leading, (from, area.1));
        y = match names(parts, first, room) {
            Some(places) => {
                let top = heads.max(leading);
                for ((words, x), colour) in parts.iter().zip(places).zip(&colours) {
                    let set = TextStyle::SMALL.bold(true);
                    let at = (x, top - leading + 8.0);
                    canvas.text(words, at, Anchor::Start, set, colour.legible());
                }
                top + 3.0
            }
            // Below each other: swatches over the whole width, then the head of the sizes.
            None => key(&mut canvas, parts, &colours) + heads,
        };
        let foot = y - 3.0 - leading + 8.0 - (head.len().saturating_sub(1)) as f64 * leading;
        let quiet = canvas.palette.quiet;
        canvas.lines(&head, (canvas.width, foot), Anchor::End, TextStyle::SMALL, quiet);
    }
    let (quiet, ink) = (canvas.palette.quiet, canvas.palette.ink);
    for ((row, lines), segments) in rows.iter().zip(&labels).zip(&segments) {
        let height = PITCH.max(lines.len() as f64 * TextStyle::LABEL.leading() + 4.0);
        let middle = y + height / 2.0;
        canvas.centred(lines, 0.0, middle, Anchor::Start, label(row), ink);
        bar(&mut canvas, row, segments, &colours, middle);
        let set = if finite(row.size).is_some() { TextStyle::VALUE } else { TextStyle::LABEL };
        let colour = if finite(row.size).is_some() { ink } else { quiet };
        let at = (canvas.width, middle + set.centring());
        canvas.text(&row.total, at, Anchor::End, set, colour);
        canvas.shows(&row.fact, label_area(&text::clean(&row.total), at, Anchor::End, set));
        y += height;
    }
    canvas.finish(0.0, y.max(1.0))
}

/// The segments of a row in the order of its parts; a part without a share has none.
fn segments(row: &Stack, count: usize, (from, to): (f64, f64)) -> Vec<Segment> {
    let mut used = 0.0;
    let mut out = Vec::new();
    let at = |share: f64| from + (to - from) * share / 100.0;
    for (part, bar) in row.parts.iter().take(count).enumerate() {
        let Some(share) = finite(bar.value).filter(|share| *share > 0.0) else { continue };
        let end = (used + share).min(100.0);
        out.push(Segment { part: Some(part), left: at(used), right: at(end) });
        used = end;
    }
    let is_open = row.parts.iter().any(|bar| finite(bar.value).is_none());
    if is_open && used < 100.0 {
        out.push(Segment { part: None, left: at(used), right: at(100.0) });
    }
    out
}

/// The left ends of the names of the parts over their segments; `None` if a name would not stand over
/// its own segment.
fn names(parts: &[String], segments: &[Segment], (from, to): (f64, f64)) -> Option<Vec<f64>> {
    let set = TextStyle::SMALL.bold(true);
    let of = |part: usize| segments.iter().find(|segment| segment.part == Some(part));
    let mut places: Vec<(f64, f64, &Segment)> = Vec::new();
    let mut free = from;
    for (part, words) in parts.iter().enumerate() {
        let (wide, segment) = (text::width(&text::clean(words), set), of(part)?);
        let left = segment.left.max(free);
        places.push((left, wide, segment));
        free = left + wide + BETWEEN;
    }
    let mut limit = to;
    for (left, wide, _) in places.iter_mut().rev() {
        *left = left.min(limit - *wide);
        limit = *left - BETWEEN;
    }
    let is_over = |(left, wide, segment): &(f64, f64, &Segment)| {
        *left >= from && *left < segment.right && left + wide > segment.left
    };
    places.iter().all(is_over).then(|| places.iter().map(|(left, ..)| *left).collect())
}

/// Draws the segments of a row with their shares.
fn bar(canvas: &mut Canvas, row: &Stack, segments: &[Segment], colours: &[Colour], middle: f64) {
    let set = TextStyle::SMALL;
    let (quiet, ink) = (canvas.palette.quiet, canvas.palette.ink);
    let half = THICKNESS / 2.0;
    let missing = row.parts.iter().find(|bar| finite(bar.value).is_none());
    for segment in segments {
        let (left, right) = (segment.left, (segment.right - 0.8).max(segment.left + 0.3));
        let area = Area { left, right, top: middle - half, bottom: middle + half };
        let (words, fact, lettering) = match segment.part {
            Some(part) => {
                legend::cell(canvas, area, colours[part], false);
                let bar = &row.parts[part];
                (&bar.text, &bar.fact, colours[part].lettering(ink))
            }
            None => {
                canvas.hollow(area, quiet);
                let Some(bar) = missing else { continue };
                (&bar.text, &bar.fact, quiet)
            }
        };
        canvas.shows(fact, area);
        let words = text::clean(words);
        if text::width(&words, set) + 3.0 <= right - left {
            let at = ((left + right) / 2.0, middle + set.centring());
            canvas.text(&words, at, Anchor::Middle, set, lettering);
        }
    }
}
