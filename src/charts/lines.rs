//! Lines over time, each labelled at its end in its own colour.
//!
//! Lines can be distinguished without colour too: each one ends in a marker of its own shape, next to its
//! label. Gaps in the data remain gaps.

use super::axes::{self, Plane};
use super::canvas::{Area, Canvas};
use super::scale::{finite, largest};
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Line, timeline};

/// The arguments of [`draw`].
pub(super) struct Plot<'a> {
    pub periods: &'a [String],
    pub lines: &'a [Line],
    pub breaks: &'a [(usize, String)],
    pub ticks: &'a [(f64, String)],
    pub unit: &'a str,
}

const HEIGHT: f64 = 120.0;

/// The part of the width that labels at the lines' ends may take.
const END_SHARE: f64 = 0.34;

/// The gap between the last point and its label.
const TO_LABEL: f64 = 7.0;

pub(super) fn draw(mut canvas: Canvas, plot: &Plot<'_>) -> Drawing {
    let Plot { periods, lines, .. } = *plot;
    let count = periods.len();
    let (left, right) = span(&canvas, lines, plot.ticks);
    let place = Place { count, from: left, left, right, top: 0.0, height: HEIGHT };
    let axis = axes::values(0.0, place.steps());
    let x = |period: f64| axes::place(&axis, period, (left, right));
    let at: Vec<f64> = (0..count).map(|i| x(i as f64)).collect();
    let bottom = trace(&mut canvas, lines, plot.ticks, &place);
    let labels_end = timeline::periods(&mut canvas, periods, &at, bottom + 4.0);
    let marks: Vec<_> = plot
        .breaks
        .iter()
        .filter(|(i, _)| *i < count)
        .map(|(i, label)| (x((*i as f64 - 0.5).max(0.0)), label.clone()))
        .collect();
    let above = canvas.reach().0.min(-3.0);
    let head = timeline::breaks(&mut canvas, plot.unit, &marks, above, HEIGHT, &[]);
    canvas.finish(head, labels_end)
}

/// The left and right end of the lines. Labels of ticks are at the left, labels of lines at the right.
pub(super) fn span(canvas: &Canvas, lines: &[Line], ticks: &[(f64, String)]) -> (f64, f64) {
    let words = ticks.iter().filter(|(v, _)| v.is_finite()).map(|(_, w)| text::clean(w));
    let tick_room = words.map(|w| text::width(&w, TextStyle::SMALL)).fold(0.0, f64::max);
    let left = if tick_room > 0.0 { tick_room + 6.0 } else { 4.0 };
    let ends = lines.iter().flat_map(|line| end_words(line, canvas.width * END_SHARE));
    let end_room = ends.map(|l| text::width(&l, TextStyle::SMALL.bold(true))).fold(0.0, f64::max);
    (left, (canvas.width - end_room - TO_LABEL - 2.0).max(left + 10.0))
}

/// The area in which lines are drawn.
pub(super) struct Place {
    /// The number of periods.
    pub count: usize,
    /// The x of the first period.
    pub from: f64,
    /// The left end of ruled lines.
    pub left: f64,
    /// The right end of ruled lines, and the x of the last period.
    pub right: f64,
    /// The y of the highest value.
    pub top: f64,
    /// The distance from the highest value to the lowest.
    pub height: f64,
}

impl Place {
    /// The number of steps from the first period to the last.
    fn steps(&self) -> f64 {
        self.count.saturating_sub(1) as f64
    }
}

/// Draws lines over ruled ticks, each labelled at its end; returns the lowest point of the drawing.
pub(super) fn trace(
    canvas: &mut Canvas,
    lines: &[Line],
    ticks: &[(f64, String)],
    place: &Place,
) -> f64 {
    let &Place { count, from, left, right, top, height } = place;
    let points =
        || lines.iter().flat_map(|l| l.points.iter().take(count)).copied().filter_map(finite);
    let ticks: Vec<_> = ticks.iter().filter(|(v, _)| v.is_finite()).collect();
    let all = || points().chain(ticks.iter().map(|(v, _)| *v));
    let most = largest(all());
    let (low, high) =
        all().map(|v| v / most).fold((0.0, 0.0), |(l, h): (f64, f64), v| (l.min(v), h.max(v)));
    let area = Area { left: from, top, right, bottom: top + height };
    let plane = Plane::new(area, axes::values(0.0, place.steps()), axes::values(high, low));
    let y = |v: f64| plane.y(v / most);

    let quiet = canvas.palette.quiet;
    if count > 0 {
        rule(canvas, &ticks, &y, left, right);
        let zero = y(0.0);
        canvas.strokes(vec![((left, zero), (right, zero))], quiet, 0.7);
    }
    for (index, line) in lines.iter().enumerate() {
        let colour = canvas.palette.category(index);
        let points = line.points.iter().take(count).enumerate();
        let known: Vec<Option<(f64, f64)>> =
            points.map(|(i, v)| Some(plane.at(i as f64, finite(*v)? / most))).collect();
        // Gaps remain; a point between two gaps becomes a dot.
        for run in known.split(Option::is_none) {
            match run {
                [] => {}
                [alone] => alone.iter().for_each(|at| canvas.dot(*at, 1.6, colour)),
                run => canvas.line(run.iter().flatten().copied(), colour, 1.5),
            }
        }
        if let Some(end) = known.iter().rev().find_map(|p| *p) {
            marker(canvas, index, end);
        }
    }
    end_labels(canvas, lines, place, &y).max(top + height)
}

/// Draws faint lines with their labels at the left; a label that would touch the one above it is left
/// out.
fn rule(
    canvas: &mut Canvas,
    ticks: &[&(f64, String)],
    y: &impl Fn(f64) -> f64,
    left: f64,
    right: f64,
) {
    let (quiet, faint) = (canvas.palette.quiet, canvas.palette.faint);
    let mut heights: Vec<f64> = Vec::new();
    for (value, words) in ticks {
        let height = y(*value);
        if heights.iter().any(|h| (h - height).abs() < 10.0) {
            continue;
        }
        heights.push(height);
        canvas.strokes(vec![((left, height), (right, height))], faint, 0.5);
        let at = (left - 6.0, height + TextStyle::SMALL.centring());
        canvas.text(words, at, Anchor::End, TextStyle::SMALL, quiet);
    }
}

fn end_words(line: &Line, limit: f64) -> Vec<String> {
    let joined = [line.label.as_str(), line.text.as_str()].join(" ");
    text::wrap(joined.trim(), limit, TextStyle::SMALL.bold(true))
}

/// The marker of each line: filled, hollow, square, diamond, small.
fn marker(canvas: &mut Canvas, index: usize, (x, y): (f64, f64)) {
    let colour = canvas.palette.category(index);
    let r = 2.6;
    match index % 5 {
        0 => canvas.dot((x, y), r, colour),
        1 => canvas.ring((x, y), r, colour),
        2 => canvas
            .polygon(vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)], colour),
        3 => canvas.polygon(
            vec![(x, y - r * 1.4), (x + r * 1.4, y), (x, y + r * 1.4), (x - r * 1.4, y)],
            colour,
        ),
        _ => canvas.dot((x, y), r * 0.6, colour),
    }
}

/// Draws the labels at the lines' ends, moved apart from top to bottom; returns their lower end.
fn end_labels(canvas: &mut Canvas, lines: &[Line], place: &Place, y: &impl Fn(f64) -> f64) -> f64 {
    let set = TextStyle::SMALL.bold(true);
    let ends: Vec<Vec<String>> =
        lines.iter().map(|line| end_words(line, canvas.width * END_SHARE)).collect();
    let x = if place.count == 1 { place.from } else { place.right } + TO_LABEL;
    let foot = place.top + place.height;
    let last = |line: &Line| line.points.iter().take(place.count).rev().find_map(|v| finite(*v));
    let mut places: Vec<(f64, usize)> =
        lines.iter().enumerate().map(|(i, line)| (last(line).map_or(foot, y), i)).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let deep = |i: usize| ends[i].len() as f64 * set.leading() + 1.0;
    // A run of labels that would touch is centred as a whole on its points.
    let mut runs: Vec<(f64, f64, Vec<usize>)> = Vec::new();
    for (middle, i) in places {
        let mut run = (middle, deep(i), vec![i]);
        while let Some(before) = runs.pop() {
            if before.0 + before.1 / 2.0 <= run.0 - run.1 / 2.0 {
                runs.push(before);
                break;
            }
            let (n, m) = (before.2.len() as f64, run.2.len() as f64);
            let members = [before.2, run.2].concat();
            run = ((before.0 * n + run.0 * m) / (n + m), before.1 + run.1, members);
        }
        runs.push(run);
    }
    let mut bottom = 0.0;
    for (middle, height, members) in runs {
        let mut top = middle - height / 2.0;
        for i in members {
            let colour = canvas.palette.category(i).legible();
            canvas.centred(&ends[i], x, top + deep(i) / 2.0, Anchor::Start, set, colour);
            let right = x + text::widest(ends[i].iter().map(String::as_str), set);
            canvas.shows(&lines[i].fact, Area { left: x, right, top, bottom: top + deep(i) });
            top += deep(i);
        }
        bottom = f64::max(bottom, top);
    }
    bottom
}
