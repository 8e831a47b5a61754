//! F4: two dots per row, joined by a line, with the net at the right.
//!
//! Values are printed outside the pair, that of the smaller one at its left and that of the larger one at
//! its right, so they cannot overlap. The dots are explained above those of the first row.

use super::canvas::{Area, Canvas, label_area};
use super::scale::{Reach, Scale, Side, finite};
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Pair};

const PITCH: f64 = 14.0;
const RADIUS: f64 = 3.0;
/// The gap between a dot's centre and its value.
const GAP: f64 = RADIUS + 2.5;

/// A dot of a row: its value, text and id, and whether it is filled.
struct Dot<'a> {
    value: f64,
    words: &'a str,
    fact: &'a str,
    filled: bool,
}

fn dots(pair: &Pair) -> Vec<Dot<'_>> {
    let of = |end: &'_ Option<(f64, String)>| end.as_ref().and_then(|(v, _)| finite(Some(*v)));
    let mut dots = Vec::new();
    let ends = [(&pair.first, &pair.facts[0], true), (&pair.second, &pair.facts[1], false)];
    for (end, fact, filled) in ends {
        if let (Some(value), Some((_, words))) = (of(end), end) {
            dots.push(Dot { value, words, fact, filled });
        }
    }
    dots.sort_by(|a, b| a.value.total_cmp(&b.value));
    dots
}

pub(super) fn draw(mut canvas: Canvas, pairs: &[Pair], heads: [&str; 3]) -> Drawing {
    let [first, second, net] = heads;
    let label = TextStyle::LABEL;
    let column =
        pairs.iter().map(|p| text::width(&text::clean(&p.label), label)).fold(0.0, f64::max);
    let column = column.min(canvas.width * 0.36);
    let labels: Vec<_> = pairs.iter().map(|p| text::wrap(&p.label, column, label)).collect();

    let nets = pairs
        .iter()
        .map(|p| text::width(&text::clean(&p.net), TextStyle::VALUE))
        .fold(0.0, f64::max);
    let net_lines = text::wrap(net, nets.max(canvas.width * 0.16), TextStyle::SMALL);
    let net_column = nets.max(text::widest(net_lines.iter().map(String::as_str), TextStyle::SMALL));

    let from = if column > 0.0 { column + 10.0 } else { 0.0 };
    let to = canvas.width - if net_column > 0.0 { net_column + 12.0 } else { 0.0 };
    let scale = Scale::fit(&reaches(pairs), from, to);

    // A dot that no row has is not explained.
    let first = if pairs.iter().any(|pair| pair.first.is_some()) { first } else { "" };
    let second = if pairs.iter().any(|pair| pair.second.is_some()) { second } else { "" };
    let top = head(&mut canvas, pairs.first(), &scale, [first, second], (from, to));
    let top = top.max(net_lines.len() as f64 * TextStyle::SMALL.leading() + 3.0);
    let mut y = top;
    let mut middles = Vec::new();
    for lines in &labels {
        let height = PITCH.max(lines.len() as f64 * label.leading() + 4.0);
        middles.push(y + height / 2.0);
        y += height;
    }
    let (quiet, ink, faint) = (canvas.palette.quiet, canvas.palette.ink, canvas.palette.faint);
    if !pairs.is_empty() {
        let right = canvas.width;
        let foot = top - TextStyle::SMALL.size * 0.6;
        let rise = net_lines.len().saturating_sub(1) as f64 * TextStyle::SMALL.leading();
        canvas.lines(&net_lines, (right, foot - rise), Anchor::End, TextStyle::SMALL, quiet);
        let hairlines = middles.iter().map(|m| ((scale.zero, *m), (to, *m))).collect();
        canvas.strokes(hairlines, faint.mix(super::colour::Colour::WHITE, 0.45), 0.4);
        canvas.strokes(vec![((scale.zero, top), (scale.zero, y))], quiet, 0.7);
    }
    for ((pair, middle), lines) in pairs.iter().zip(&middles).zip(&labels) {
        canvas.centred(lines, 0.0, *middle, Anchor::Start, label, ink);
        row(&mut canvas, pair, &scale, *middle);
        let (set, colour) = match difference(pair) {
            Some(net) => (TextStyle::VALUE, canvas.palette.signed_text(net)),
            None => (TextStyle::LABEL, quiet),
        };
        let at = (canvas.width, middle + set.centring());
        canvas.text(&pair.net, at, Anchor::End, set, colour);
        let words = label_area(&text::clean(&pair.net), at, Anchor::End, set);
        canvas.shows(&pair.facts[2], words);
    }
    canvas.finish(0.0, y.max(1.0))
}

fn difference(pair: &Pair) -> Option<f64> {
    let (first, second) = (pair.first.as_ref()?.0, pair.second.as_ref()?.0);
    finite(Some(first - second))
}

fn reaches(pairs: &[Pair]) -> Vec<Reach> {
    let mut reaches = Vec::new();
    for dots in pairs.iter().map(dots) {
        for (i, dot) in dots.iter().enumerate() {
            let words = text::width(&text::clean(dot.words), TextStyle::SMALL) + GAP;
            let alone = dots.len() == 1;
            let left = !alone && i == 0;
            let room = |side| match (side, left) {
                (Side::Left, true) | (Side::Right, false) => words,
                _ => RADIUS + 1.0,
            };
            for side in [Side::Left, Side::Right] {
                reaches.push(Reach { side, at: dot.value, room: room(side) });
            }
        }
    }
    reaches
}

fn row(canvas: &mut Canvas, pair: &Pair, scale: &Scale, middle: f64) {
    let dots = dots(pair);
    let (quiet, gain, loss) = (canvas.palette.quiet, canvas.palette.gain, canvas.palette.loss);
    if let [a, b] = &dots[..] {
        let (from, to) = (scale.at(a.value), scale.at(b.value));
        canvas.strokes(vec![((from, middle), (to, middle))], quiet, 1.4);
    }
    // The hollow dot is drawn first, so that a filled one at the same position is visible inside it.
    for dot in dots.iter().filter(|dot| !dot.filled) {
        canvas.ring((scale.at(dot.value), middle), RADIUS, loss);
    }
    for dot in dots.iter().filter(|dot| dot.filled) {
        let meets = dots
            .iter()
            .any(|o| !o.filled && (scale.at(o.value) - scale.at(dot.value)).abs() < RADIUS);
        let radius = if meets { RADIUS * 0.6 } else { RADIUS };
        canvas.dot((scale.at(dot.value), middle), radius, gain);
    }
    for (i, dot) in dots.iter().enumerate() {
        let (anchor, away) =
            if dots.len() > 1 && i == 0 { (Anchor::End, -GAP) } else { (Anchor::Start, GAP) };
        let colour = if dot.filled { gain.legible() } else { loss.legible() };
        let at = (scale.at(dot.value) + away, middle + TextStyle::SMALL.centring());
        // Interrupts connecting lines and the zero line behind the number.
        let area = label_area(&text::clean(dot.words), at, anchor, TextStyle::SMALL);
        if area.right > area.left {
            let air = Area {
                left: area.left - 1.5,
                right: area.right + 1.5,
                top: area.top - 2.0,
                bottom: area.bottom + 2.0,
            };
            canvas.rectangle(air, super::colour::Colour::WHITE);
        }
        canvas.text(dot.words, at, anchor, TextStyle::SMALL, colour);
        // The area of a number includes its dot.
        let dot_at = scale.at(dot.value);
        let (left, right) = (area.left.min(dot_at - RADIUS), area.right.max(dot_at + RADIUS));
        canvas.shows(dot.fact, Area { left, right, ..area });
    }
}

/// Explains the dots above those of the first row; returns the height where the rows begin.
fn head(
    canvas: &mut Canvas,
    pair: Option<&Pair>,
    scale: &Scale,
    words: [&str; 2],
    (from, to): (f64, f64),
) -> f64 {
    let set = TextStyle::SMALL.bold(true);
    let Some(pair) = pair else { return 0.0 };
    let (gain, loss) = (canvas.palette.gain.legible(), canvas.palette.loss.legible());
    let words = words.map(text::clean);
    let wide = words.each_ref().map(|w| text::width(w, set));
    let place = |end: &Option<(f64, String)>| end.as_ref().and_then(|(v, _)| finite(Some(*v)));
    // A dot missing in the first row is explained at the zero line.
    let at = [&pair.first, &pair.second].map(|end| scale.at(place(end).unwrap_or(0.0)));
    let clamp = |x: f64, wide: f64| x.min(to - wide).max(from.min(to - wide)).max(0.0);
    let mut left = [0, 1].map(|i| clamp(at[i] - wide[i] / 2.0, wide[i]));
    let (low, high) = if at[0] <= at[1] { (0, 1) } else { (1, 0) };
    let mut lines = 1.0;
    const AIR: f64 = 8.0;
    if left[low] + wide[low] + AIR > left[high] {
        // Labels that would overlap are moved apart evenly, or put one above the other if there is no
        // room.
        let over = left[low] + wide[low] + AIR - left[high];
        left[high] = clamp(left[high] + over / 2.0, wide[high]);
        left[low] = clamp(left[high] - AIR - wide[low], wide[low]);
        if left[low] + wide[low] + AIR > left[high] {
            left[high] = clamp(left[low] + wide[low] + AIR, wide[high]);
        }
        if left[low] + wide[low] + AIR > left[high] {
            lines = 2.0;
        }
    }
    let leading = set.leading();
    canvas.text(&words[low], (left[low], 8.0), Anchor::Start, set, [gain, loss][low]);
    let down = 8.0 + (lines - 1.0) * leading;
    canvas.text(&words[high], (left[high], down), Anchor::Start, set, [gain, loss][high]);
    lines * leading + 3.5
}
