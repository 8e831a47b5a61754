//! The timeline: period labels under a plot, thinned so that neighbours do not touch, and dashed lines at
//! breaks in series. F2, F6 and line charts share it.

use super::canvas::{Area, Canvas, Stroke, label_area};
use super::text::{self, Anchor, TextStyle};

/// Prints period labels centred at their positions, below `top`; returns their lower end. The first and
/// last are always printed, of the others every second, third … as they fit.
pub(super) fn periods(canvas: &mut Canvas, labels: &[String], at: &[f64], top: f64) -> f64 {
    let set = TextStyle::SMALL;
    let count = labels.len().min(at.len());
    if count == 0 {
        return top;
    }
    let pitch = if count > 1 { (at[count - 1] - at[0]) / (count - 1) as f64 } else { canvas.width };
    // A stride that divides the distance is even; others leave one wider gap after the first label.
    let (even, uneven): (Vec<usize>, Vec<usize>) =
        (1..count).partition(|stride| (count - 1).is_multiple_of(*stride));
    let mut best: Option<Vec<(usize, Vec<String>, f64)>> = None;
    for stride in even.into_iter().chain(uneven).chain([count]) {
        let limit = (pitch * stride as f64 - 4.0).max(24.0).min(canvas.width * 0.45);
        let mut chosen: Vec<usize> = (0..count).rev().step_by(stride).collect();
        if chosen.last() != Some(&0) {
            chosen.push(0);
        }
        let placed = place(&chosen, labels, at, limit, canvas.width);
        let fits = do_fit(&placed, set);
        let denser = best.as_ref().is_none_or(|b| placed.len() > b.len());
        if fits && denser {
            best = Some(placed);
        } else if !fits && best.is_none() && chosen.len() > 2 {
            // The label next to the first one is skipped.
            chosen.remove(chosen.len() - 2);
            let placed = place(&chosen, labels, at, limit, canvas.width);
            if do_fit(&placed, set) {
                best = Some(placed);
            }
        }
    }
    let last = || place(&[count - 1], labels, at, canvas.width, canvas.width);
    let best = best.unwrap_or_else(last);
    let deepest = best.iter().map(|(_, lines, _)| lines.len()).max().unwrap_or(0);
    let quiet = canvas.palette.quiet;
    for (_, lines, x) in &best {
        canvas.lines(lines, (*x, top + 7.5), Anchor::Middle, set, quiet);
    }
    top + deepest as f64 * set.leading() + 1.0
}

/// The lines of each chosen label and its centre, moved inwards from the edges.
fn place(
    chosen: &[usize],
    labels: &[String],
    at: &[f64],
    limit: f64,
    width: f64,
) -> Vec<(usize, Vec<String>, f64)> {
    let set = TextStyle::SMALL;
    let one = |&i: &usize| {
        let lines = text::wrap(&labels[i], limit, set);
        let half = text::widest(lines.iter().map(String::as_str), set) / 2.0;
        (i, lines, at[i].min(width - half).max(half))
    };
    chosen.iter().map(one).collect()
}

fn do_fit(placed: &[(usize, Vec<String>, f64)], set: TextStyle) -> bool {
    let half = |lines: &[String]| text::widest(lines.iter().map(String::as_str), set) / 2.0;
    // From the last to the first; at most two lines each.
    placed.windows(2).all(|w| w[1].2 + half(&w[1].1) + 4.0 <= w[0].2 - half(&w[0].1))
        && placed.iter().all(|(_, lines, _)| lines.len() <= 2 || placed.len() <= 2)
}

/// Prints the unit at the top left and the labels of breaks next to their dashed lines, which extend to
/// `bottom` and are interrupted at labels drawn already. `above` is the top of the plot; returns the top
/// of the head.
pub(super) fn breaks(
    canvas: &mut Canvas,
    unit: &str,
    marks: &[(f64, String)],
    above: f64,
    bottom: f64,
    taken: &[Area],
) -> f64 {
    let set = TextStyle::SMALL;
    let leading = set.leading();
    let quiet = canvas.palette.quiet;
    let mut head: Vec<(Vec<String>, f64, Anchor, Area)> = Vec::new();
    let unit_lines = text::wrap(unit, canvas.width, set);
    if !unit_lines.is_empty() {
        let wide = text::widest(unit_lines.iter().map(String::as_str), set);
        let deep = unit_lines.len() as f64 * leading;
        let area = Area { left: 0.0, top: -deep, right: wide, bottom: 0.0 };
        head.push((unit_lines, 0.0, Anchor::Start, area));
    }
    for (x, label) in marks {
        // Next to the line; on the side with more room if it would leave the drawing.
        let start = *x < canvas.width * 0.62;
        let limit = if start { canvas.width - x - 3.0 } else { x - 3.0 };
        let lines = text::wrap(label, limit, set);
        let wide = text::widest(lines.iter().map(String::as_str), set);
        let (left, anchor, at) = if start {
            (x + 3.0, Anchor::Start, x + 3.0)
        } else {
            (x - 3.0 - wide, Anchor::End, x - 3.0)
        };
        let deep = lines.len() as f64 * leading;
        let mut area = Area { left, top: -deep, right: left + wide, bottom: 0.0 };
        // Rows are stacked upwards until the label is free of those before it.
        while head.iter().any(|(_, _, _, other)| area.meets(other, 5.0) && area.left < area.right) {
            area.top -= leading;
            area.bottom -= leading;
        }
        head.push((lines, at, anchor, area));
    }
    if head.is_empty() {
        return above;
    }
    // Breaks take the lowest row first; the unit is moved up to the top one.
    let highest = head.iter().map(|(_, _, _, area)| area.top).fold(0.0, f64::min);
    let foot = above - 5.5;
    let mut strokes: Vec<Stroke> = Vec::new();
    let mut boxes = taken.to_vec();
    for (lines, at, anchor, area) in &head {
        let set_top = foot + area.top;
        canvas.lines(lines, (*at, set_top + 7.0), *anchor, set, quiet);
        boxes.extend(lines.iter().enumerate().map(|(i, line)| {
            label_area(line, (*at, set_top + 7.0 + i as f64 * leading), *anchor, set)
        }));
    }
    let marked = head.iter().skip(head.len() - marks.len());
    for ((x, _), (_, _, _, area)) in marks.iter().zip(marked) {
        strokes.extend(dashes(*x, foot + area.top, bottom, &boxes));
    }
    canvas.strokes(strokes, quiet, 0.7);
    foot + highest
}

/// A dashed vertical line that is interrupted at labels.
fn dashes(x: f64, top: f64, bottom: f64, taken: &[Area]) -> Vec<Stroke> {
    let (dash, step) = (2.6, 4.6);
    let mut strokes = Vec::new();
    let mut y = top;
    while y < bottom {
        let end = (y + dash).min(bottom);
        let area = Area { left: x, top: y, right: x, bottom: end };
        if !taken.iter().any(|label| label.meets(&area, 1.0)) {
            strokes.push(((x, y), (x, end)));
        }
        y += step;
    }
    strokes
}
