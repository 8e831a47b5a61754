//! Lines over time, each labelled at its end in its own colour.
//!
//! Lines can be distinguished without colour too: each one ends in a marker of its own shape, next to its
//! label. Gaps in the data remain gaps. A range may lie behind the lines.

use super::axes::{self, Plane};
use super::band::{self, Band};
use super::canvas::{Area, Canvas};
use super::colour::Colour;
use super::scale::{finite, largest};
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Line, Mark, spread, timeline};

/// The arguments of [`draw`].
pub(super) struct Plot<'a> {
    pub periods: &'a [String],
    pub lines: &'a [Line],
    pub band: Option<Band<'a>>,
    pub marks: &'a [Mark],
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
    let label = plot.band.as_ref().map_or("", |band| band.label);
    let (left, right) = span(&canvas, lines, label, plot.ticks);
    let place = Place { count, from: left, left, right, top: 0.0, height: HEIGHT };
    let axis = axes::values(0.0, place.steps());
    let x = |period: f64| axes::place(&axis, period, (left, right));
    let at: Vec<f64> = (0..count).map(|i| x(i as f64)).collect();
    let traced = trace(&mut canvas, lines, plot.band.as_ref(), plot.ticks, &place);
    let ends = (left, right);
    let values = band::values(&mut canvas, plot.marks, &traced.points, &traced.ruled, ends);
    let bottom = values.iter().map(|area| area.bottom).fold(traced.bottom, f64::max);
    let labels_end = timeline::periods(&mut canvas, periods, &at, bottom + 4.0);
    let marks: Vec<_> = plot
        .breaks
        .iter()
        .filter(|(i, _)| *i < count)
        .map(|(i, label)| (x((*i as f64 - 0.5).max(0.0)), label.clone()))
        .collect();
    let above = canvas.reach().0.min(-3.0);
    let head = timeline::breaks(&mut canvas, plot.unit, &marks, above, HEIGHT, &values);
    canvas.finish(head, labels_end)
}

/// The left and right end of the lines. Labels of ticks are at the left, labels of lines at the right.
pub(super) fn span(
    canvas: &Canvas,
    lines: &[Line],
    band: &str,
    ticks: &[(f64, String)],
) -> (f64, f64) {
    let words = ticks.iter().filter(|(v, _)| v.is_finite()).map(|(_, w)| text::clean(w));
    let tick_room = words.map(|w| text::width(&w, TextStyle::SMALL)).fold(0.0, f64::max);
    let left = if tick_room > 0.0 { tick_room + 6.0 } else { 4.0 };
    let limit = canvas.width * END_SHARE;
    let ends = lines.iter().flat_map(|line| end_words(line, limit));
    let ends = ends.chain(text::wrap(band, limit, TextStyle::SMALL.bold(true)));
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

/// Where lines were drawn.
pub(super) struct Traced {
    /// The lowest point of the drawing.
    pub bottom: f64,
    /// The points of each line.
    points: Vec<Vec<Option<(f64, f64)>>>,
    /// The heights of the ruled lines.
    ruled: Vec<f64>,
}

/// Draws lines over ruled ticks and a range, each labelled at its end.
pub(super) fn trace(
    canvas: &mut Canvas,
    lines: &[Line],
    band: Option<&Band<'_>>,
    ticks: &[(f64, String)],
    place: &Place,
) -> Traced {
    let &Place { count, from, left, right, top, height } = place;
    let edges = || band.iter().flat_map(|band| [band.low, band.high]);
    let rows = || lines.iter().map(|l| &l.points[..]).chain(edges());
    let points = || rows().flat_map(|row| row.iter().take(count)).copied().filter_map(finite);
    let ticks: Vec<_> = ticks.iter().filter(|(v, _)| v.is_finite()).collect();
    let all = || points().chain(ticks.iter().map(|(v, _)| *v));
    let most = largest(all());
    let (low, high) =
        all().map(|v| v / most).fold((0.0, 0.0), |(l, h): (f64, f64), v| (l.min(v), h.max(v)));
    let area = Area { left: from, top, right, bottom: top + height };
    let plane = Plane::new(area, axes::values(0.0, place.steps()), axes::values(high, low));
    let y = |v: f64| plane.y(v / most);

    let at = |row: &[Option<f64>]| -> Vec<Option<(f64, f64)>> {
        let row = row.iter().take(count).enumerate();
        row.map(|(i, v)| Some(plane.at(i as f64, finite(*v)? / most))).collect()
    };
    let quiet = canvas.palette.quiet;
    if let Some(band) = band {
        band::fill(canvas, &at(band.low), &at(band.high));
    }
    let mut ruled = vec![];
    if count > 0 {
        ruled = rule(canvas, &ticks, &y, left, right);
        let zero = y(0.0);
        canvas.strokes(vec![((left, zero), (right, zero))], quiet, 0.7);
    }
    let known: Vec<_> = lines.iter().map(|line| at(&line.points)).collect();
    for (index, known) in known.iter().enumerate() {
        let colour = canvas.palette.category(index);
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
    let set = TextStyle::SMALL.bold(true);
    let limit = canvas.width * END_SHARE;
    let last = |row: &[Option<f64>]| row.iter().take(count).rev().find_map(|v| finite(*v));
    let mut ends: Vec<End<'_>> = vec![];
    for (index, line) in lines.iter().enumerate() {
        let (words, fact) = (end_words(line, limit), line.fact.as_str());
        let middle = last(&line.points).map_or(top + height, y);
        let colour = canvas.palette.category(index).legible();
        ends.push(End { middle, words, colour, fact });
    }
    if let Some(band) = band {
        let words = text::wrap(band.label, limit, set);
        let middle =
            last(band.low).zip(last(band.high)).map(|(low, high)| (y(low) + y(high)) / 2.0);
        let colour = quiet.legible();
        ends.push(End { middle: middle.unwrap_or(top + height), words, colour, fact: "" });
    }
    let bottom = end_labels(canvas, &ends, place).max(top + height);
    Traced { bottom, points: known, ruled }
}

/// Draws faint lines with their labels at the left; a label that would touch the one above it is left
/// out. Returns the heights of the lines.
fn rule(
    canvas: &mut Canvas,
    ticks: &[&(f64, String)],
    y: &impl Fn(f64) -> f64,
    left: f64,
    right: f64,
) -> Vec<f64> {
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
    heights
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

/// A label at the end of a line.
struct End<'a> {
    /// The height at which it should stand.
    middle: f64,
    words: Vec<String>,
    colour: Colour,
    fact: &'a str,
}

/// Draws the labels at the lines' ends, moved apart from top to bottom; returns their lower end.
fn end_labels(canvas: &mut Canvas, ends: &[End<'_>], place: &Place) -> f64 {
    let set = TextStyle::SMALL.bold(true);
    let x = if place.count == 1 { place.from } else { place.right } + TO_LABEL;
    let deep = |end: &End<'_>| end.words.len() as f64 * set.leading() + 1.0;
    let places: Vec<_> = ends.iter().map(|end| (end.middle, deep(end))).collect();
    let mut lowest = 0.0;
    for (end, top) in ends.iter().zip(spread::tops(&places)) {
        let bottom = top + deep(end);
        canvas.centred(&end.words, x, top + deep(end) / 2.0, Anchor::Start, set, end.colour);
        let right = x + text::widest(end.words.iter().map(String::as_str), set);
        canvas.shows(end.fact, Area { left: x, right, top, bottom });
        lowest = f64::max(lowest, bottom);
    }
    lowest
}
