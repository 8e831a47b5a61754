//! Slope: each row is a line from its value at one time to its value at another.
//!
//! Names and values stand at the ends, moved apart where they would touch, with a thin leader to their
//! point. A row of which one end is not known has a dot at the other and the sign for a missing value
//! opposite, but no line. The heights are in proportion to the values between the smallest and largest;
//! there is no zero, because lines and not lengths are compared.

use super::axes;
use super::canvas::{Area, Canvas};
use super::colour::Colour;
use super::scale::{finite, largest};
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Pair, spread};

/// The least height of the lines.
const HEIGHT: f64 = 110.0;
/// The part of the width that the names and values at the left may take.
const LEFT: f64 = 0.5;
/// The gap between a point and its label, in which a leader has room.
const LEADER: f64 = 14.0;
const RADIUS: f64 = 2.3;

/// One end of a row: the height of its point, whether it is known, and its words.
struct End {
    y: f64,
    is_known: bool,
    words: Vec<String>,
}

pub(super) fn draw(
    mut canvas: Canvas,
    rows: &[Pair],
    heads: [&str; 2],
    own: Option<usize>,
    missing: &str,
) -> Drawing {
    let value = |end: &Option<(f64, String)>| end.as_ref().and_then(|(v, _)| finite(Some(*v)));
    let rows: Vec<(usize, &Pair)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| value(&row.first).or(value(&row.second)).is_some())
        .collect();
    let set = |index: usize| TextStyle::SMALL.bold(own == Some(index));
    let words = |end: &Option<(f64, String)>| {
        let known = end.as_ref().filter(|(v, _)| v.is_finite());
        known.map_or_else(|| missing.to_owned(), |(_, words)| words.clone())
    };
    let right_room = rows
        .iter()
        .map(|(index, row)| text::width(&text::clean(&words(&row.second)), set(*index)))
        .fold(0.0, f64::max);
    let limit = canvas.width * LEFT;
    let left_words = |(index, row): &(usize, &Pair)| {
        let words = words(&row.first).replace(' ', "\u{a0}");
        text::wrap(format!("{} {words}", row.label).trim(), limit, set(*index))
    };
    let left_room = rows
        .iter()
        .map(|row| text::widest(left_words(row).iter().map(String::as_str), set(row.0)))
        .fold(0.0, f64::max);
    let left = left_room + LEADER + RADIUS;
    let right = (canvas.width - right_room - LEADER - RADIUS).max(left + 10.0);

    let leading = TextStyle::SMALL.leading();
    let lines = rows.iter().map(|row| left_words(row).len() as f64 * leading + 1.0);
    let height = lines.sum::<f64>().max(HEIGHT);
    let all = || rows.iter().flat_map(|(_, row)| [value(&row.first), value(&row.second)]).flatten();
    let most = largest(all());
    let (low, high) = all()
        .map(|v| v / most)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    let axis = axes::values(high, low);
    // Equal values lie in the middle.
    let y = |v: f64| match low < high {
        true => axes::place(&axis, v / most, (0.0, height)),
        false => height / 2.0,
    };
    let ends = |is_left: bool| -> Vec<End> {
        let end = |row: &(usize, &Pair)| {
            let (here, there) = match is_left {
                true => (value(&row.1.first), value(&row.1.second)),
                false => (value(&row.1.second), value(&row.1.first)),
            };
            let words = match is_left {
                true => left_words(row),
                false => vec![text::clean(&words(&row.1.second))],
            };
            let y = here.or(there).map_or(height / 2.0, y);
            End { y, is_known: here.is_some(), words }
        };
        rows.iter().map(end).collect()
    };
    let (lefts, rights) = (ends(true), ends(false));
    let faint = canvas.palette.faint;
    if !rows.is_empty() {
        let sides = [left, right].map(|x| ((x, 0.0), (x, height)));
        canvas.strokes(sides.to_vec(), faint, 0.6);
    }
    let colours: Vec<Colour> =
        rows.iter().map(|(index, row)| colour(&canvas, row, own, *index)).collect();
    // The emphasised row lies over the others.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|i| own == Some(rows[*i].0));
    for i in order {
        let weight = if own == Some(rows[i].0) { 2.0 } else { 1.3 };
        row(&mut canvas, [(left, &lefts[i]), (right, &rights[i])], colours[i], weight);
    }
    for (ends, x, is_left) in [(&lefts, left, true), (&rights, right, false)] {
        labels(&mut canvas, &rows, ends, (x, is_left), &colours, &set);
    }
    let top = canvas.reach().0.min(0.0) - 6.0;
    if !rows.is_empty() {
        head(&mut canvas, heads, (left, right), top);
    }
    let bottom = canvas.reach().1.max(height);
    canvas.finish(top.min(0.0), bottom.max(1.0))
}

/// The colour of a row: that of its direction, or grey beside an emphasised one.
fn colour(canvas: &Canvas, row: &Pair, own: Option<usize>, index: usize) -> Colour {
    if own.is_some() && own != Some(index) {
        return canvas.palette.muted();
    }
    match (&row.first, &row.second) {
        (Some((first, _)), Some((second, _))) => canvas.palette.signed(second - first),
        _ => canvas.palette.quiet,
    }
}

/// Draws the line of a row and its points; without one of its ends only the other point.
fn row(canvas: &mut Canvas, ends: [(f64, &End); 2], colour: Colour, weight: f64) {
    let [(left, first), (right, second)] = ends;
    if first.is_known && second.is_known {
        canvas.line([(left, first.y), (right, second.y)], colour, weight);
    }
    for (x, end) in ends.into_iter().filter(|(_, end)| end.is_known) {
        match first.is_known && second.is_known {
            true => canvas.dot((x, end.y), RADIUS, colour),
            false => canvas.ring((x, end.y), RADIUS, colour),
        }
    }
}

/// Draws the labels of one side, moved apart, each with a leader to its point.
fn labels(
    canvas: &mut Canvas,
    rows: &[(usize, &Pair)],
    ends: &[End],
    (x, is_left): (f64, bool),
    colours: &[Colour],
    set: &impl Fn(usize) -> TextStyle,
) {
    let quiet = canvas.palette.quiet;
    let sign = if is_left { -1.0 } else { 1.0 };
    let anchor = if is_left { Anchor::End } else { Anchor::Start };
    let deep = |end: &End| end.words.len() as f64 * TextStyle::SMALL.leading() + 1.0;
    let places: Vec<_> = ends.iter().map(|end| (end.y, deep(end))).collect();
    for (i, top) in spread::tops(&places).into_iter().enumerate() {
        let ((index, pair), end) = (rows[i], &ends[i]);
        let middle = top + deep(end) / 2.0;
        let at = x + sign * (LEADER + RADIUS);
        let colour = if end.is_known { colours[i].legible() } else { quiet };
        canvas.centred(&end.words, at, middle, anchor, set(index), colour);
        if end.is_known {
            let from = (x + sign * (RADIUS + 1.0), end.y);
            canvas.line([from, (at - sign * 1.5, middle)], quiet, 0.4);
        }
        let wide = text::widest(end.words.iter().map(String::as_str), set(index));
        let (near, far) = (at, at + sign * wide);
        let area = Area::between((near, top), (far, top + deep(end)));
        canvas.shows(&pair.facts[usize::from(!is_left)], area);
    }
}

/// Prints the two times above the lines: the first before its line, the second after its own.
fn head(canvas: &mut Canvas, heads: [&str; 2], (left, right): (f64, f64), foot: f64) {
    let set = TextStyle::SMALL.bold(true);
    let quiet = canvas.palette.quiet.legible();
    let middle = (left + right) / 2.0;
    let limits = [middle - 3.0, canvas.width - middle - 3.0];
    let lines = [0, 1].map(|i| text::wrap(heads[i], limits[i], set));
    for (i, (lines, x)) in lines.iter().zip([left, right]).enumerate() {
        let wide = text::widest(lines.iter().map(String::as_str), set);
        // Centred over its line as far as its half of the drawing allows.
        let (from, to) = if i == 0 { (0.0, middle - 3.0) } else { (middle + 3.0, canvas.width) };
        let x = x.min(to - wide / 2.0).max(from + wide / 2.0);
        let rise = lines.len().saturating_sub(1) as f64 * set.leading();
        canvas.lines(lines, (x, foot - rise), Anchor::Middle, set, quiet);
    }
}
