//! F2: columns from zero over time.
//!
//! First, last and extreme values are always printed. If every column has room for its value, all are
//! printed and there is no axis; otherwise faint lines are drawn behind the columns. A label that would
//! touch another is moved sideways, then away from zero, and the drawing grows. The components of a
//! balance may be drawn as lines below the columns, over the same years.

use plotters::coord::ranged1d::SegmentValue;

use super::axes::{self, Plane};
use super::canvas::{Area, Canvas, Look, label_area};
use super::colour::Colour;
use super::legend::{self, Swatch};
use super::rows::extremes;
use super::scale::{finite, largest};
use super::text::{self, Anchor, TextStyle};
use super::{Bar, Drawing, Line, lines, timeline};

/// The arguments of [`draw`].
pub(super) struct Plot<'a> {
    pub columns: &'a [Bar],
    pub lines: &'a [Line],
    pub ticks: &'a [(f64, String)],
    pub breaks: &'a [(usize, String)],
    pub axis: &'a [(f64, String)],
    pub reported: &'a str,
    pub unit: &'a str,
}

/// The largest distance between columns.
const WIDEST: f64 = 64.0;
/// The gap between a column's end and its value.
const GAP: f64 = 2.5;
/// The height of the lines below the columns, and the gap between both.
const BELOW: (f64, f64) = (66.0, 13.0);

pub(super) fn draw(mut canvas: Canvas, plot: &Plot<'_>) -> Drawing {
    let Plot { columns, breaks, unit, .. } = *plot;
    let count = columns.len();
    let (mut left, right) = match plot.lines {
        [] => (0.0, canvas.width),
        below => lines::span(&canvas, below, "", plot.ticks),
    };
    let set = TextStyle::SMALL.bold(true);
    let words = columns.iter().map(|c| text::width(&text::clean(&c.text), set)).fold(0.0, f64::max);
    let room = ((right - left) / count.max(1) as f64).min(WIDEST);
    let axis = if words + 2.0 > room { plot.axis } else { &[] };
    let axis: Vec<_> = axis.iter().filter(|(v, _)| v.is_finite()).collect();
    let beside = axis.iter().map(|(_, w)| text::width(&text::clean(w), TextStyle::SMALL));
    left = beside.map(|wide| wide + 6.0).fold(left, f64::max).min(canvas.width / 2.0);
    let pitch = ((right - left) / count.max(1) as f64).min(WIDEST);
    let wide = (pitch * 0.66).min(26.0);

    let height = (canvas.width * 0.24).clamp(84.0, 120.0);
    let most = largest(columns.iter().flat_map(|c| [c.value, c.base]).flatten());
    let share = |v: f64| v / most;
    let drawn = || columns.iter().flat_map(|c| [c.value, c.base]).filter_map(finite).map(share);
    let (low, high) = (drawn().fold(0.0, f64::min), drawn().fold(0.0, f64::max));
    let edge = left + pitch * count as f64;
    // Zero is at height 0.
    let above = if high > low { high / (high - low) * height } else { 0.0 };
    let area = Area { left, top: -above, right: edge, bottom: height - above };
    let plane = Plane::new(area, axes::categories(count), axes::values(high, low));
    let at: Vec<f64> = (0..count).map(|i| plane.x(SegmentValue::CenterOf(i))).collect();
    let y = |v: f64| plane.y(share(v));

    let mut taken: Vec<Area> = Vec::new();
    // A line beyond all columns is left out.
    let axis: Vec<_> =
        axis.into_iter().filter(|(v, _)| (low..=high).contains(&share(*v)) && count > 0).collect();
    let ruled = rule(&mut canvas, &axis, y, (left, edge));
    for (column, x) in columns.iter().zip(&at) {
        if let Some(value) = finite(column.value).filter(|v| *v != 0.0) {
            let end = y(value).abs().max(0.6).copysign(-value);
            let area = Area::between((x - wide / 2.0, 0.0), (x + wide / 2.0, end));
            let look = if column.is_reported { Look::Hollow } else { Look::Plain };
            canvas.bar(area, value, look);
            canvas.shows(&column.fact, area);
            taken.push(area);
        }
    }
    canvas.lay_hatching();
    for (column, x) in columns.iter().zip(&at) {
        if let Some(base) = finite(column.base) {
            canvas.diamond((*x, y(base)));
            taken.push(Area::between((x - 3.4, y(base) - 3.4), (x + 3.4, y(base) + 3.4)));
        }
    }
    taken.extend(&ruled);
    let (bars, zero) = (taken.len(), canvas.palette.quiet);
    if count > 0 {
        canvas.strokes(vec![((left, 0.0), (edge, 0.0))], zero, 0.7);
    }
    values(&mut canvas, columns, &at, (wide, !axis.is_empty()), y, &mut taken);
    let labels = taken.split_off(bars);

    let mut bottom = labels.iter().chain(&taken).map(|a| a.bottom).fold(0.0, f64::max);
    let top = labels.iter().chain(&taken).map(|a| a.top).fold(0.0, f64::min);
    if !plot.lines.is_empty() {
        let (height, air) = BELOW;
        // A ruled line that extended farther would cross the label at the line's end.
        let right = at.last().copied().unwrap_or(right);
        let from = at.first().copied().unwrap_or(left);
        let place = lines::Place { count, from, left, right, top: bottom + air, height };
        bottom = lines::trace(&mut canvas, plot.lines, None, plot.ticks, &place).bottom;
    }
    let periods: Vec<String> = columns.iter().map(|c| c.label.clone()).collect();
    let mut end = timeline::periods(&mut canvas, &periods, &at, bottom + 4.0);
    let reported = columns.iter().find(|c| c.is_reported && finite(c.value).is_some());
    if let Some(value) = reported.and_then(|c| c.value) {
        let (colour, words) = (canvas.palette.signed(value), plot.reported);
        let swatch = Swatch { colour, hatched: false, hollow: true, words };
        end = legend::draw(&mut canvas, &[swatch], left, end + 3.0);
    }
    let marks: Vec<(f64, String)> = breaks
        .iter()
        .filter(|(i, _)| *i <= count)
        .map(|(i, label)| (plane.x(axes::edge(*i, count)), label.clone()))
        .collect();
    let head = timeline::breaks(&mut canvas, unit, &marks, top, bottom, &labels);
    canvas.finish(head, end)
}

/// Draws faint lines behind the columns with their labels at the left; returns the areas of the labels. A
/// label that would touch another is left out.
fn rule(
    canvas: &mut Canvas,
    axis: &[&(f64, String)],
    y: impl Fn(f64) -> f64,
    (left, right): (f64, f64),
) -> Vec<Area> {
    let set = TextStyle::SMALL;
    let (quiet, faint) = (canvas.palette.quiet, canvas.palette.faint);
    let mut taken: Vec<Area> = Vec::new();
    let mut rules = Vec::new();
    for (value, words) in axis {
        let (height, words) = (y(*value), text::clean(words));
        let at = (left - 6.0, height + set.centring());
        let area = label_area(&words, at, Anchor::End, set);
        if taken.iter().any(|other| area.meets(other, 1.2)) {
            continue;
        }
        rules.push(((left, height), (right, height)));
        canvas.text(&words, at, Anchor::End, set, quiet);
        taken.push(area);
    }
    canvas.strokes(rules, faint, 0.5);
    taken
}

/// Prints values: extremes, last and first wherever there is room, others only at their column.
fn values(
    canvas: &mut Canvas,
    columns: &[Bar],
    at: &[f64],
    (wide, is_ruled): (f64, bool),
    y: impl Fn(f64) -> f64,
    taken: &mut Vec<Area>,
) {
    let (low, high) = extremes(columns);
    let published =
        || columns.iter().enumerate().filter(|(_, c)| finite(c.value).is_some()).map(|(i, _)| i);
    let mut first: Vec<usize> =
        [low, high, published().next_back(), published().next()].into_iter().flatten().collect();
    first.extend((0..columns.len()).filter(|i| finite(columns[*i].value).is_none()));
    let mut done = vec![false; columns.len()];
    let order =
        first.iter().map(|i| (*i, true)).chain((0..columns.len()).rev().map(|i| (i, false)));
    for (i, must) in order {
        if std::mem::replace(&mut done[i], true) {
            continue;
        }
        // With ruled lines, other values can be read off them.
        if is_ruled && !must {
            break;
        }
        let column = &columns[i];
        let words = text::clean(&column.text);
        if words.is_empty() {
            continue;
        }
        let value = finite(column.value);
        let down = value.is_some_and(|v| v < 0.0);
        let (set, colour) = match value {
            Some(value) => (TextStyle::SMALL.bold(true), canvas.palette.signed_text(value)),
            None => (TextStyle::SMALL, canvas.palette.quiet),
        };
        let mut end = y(value.unwrap_or(0.0));
        if let Some(base) = finite(column.base).filter(|b| (y(*b) - end).abs() < 14.0) {
            end = if down { end.max(y(base) + 3.4) } else { end.min(y(base) - 3.4) };
        }
        let (above, below) = text::ink(&words, set);
        let baseline = if down { end + GAP + above } else { end - GAP - below };
        let half = text::width(&words, set) / 2.0;
        let inside = |x: f64| x.min(canvas.width - half).max(half);
        let middles = [at[i], at[i] + half - wide / 2.0, at[i] - half + wide / 2.0];
        let sides = if must { &middles[..] } else { &middles[..1] };
        let lifts = if must { 80 } else { 1 };
        let away = if down { 2.0 } else { -2.0 };
        let free = |x: f64, baseline: f64| {
            let area = label_area(&words, (x, baseline), Anchor::Middle, set);
            (!taken.iter().any(|other| area.meets(other, 1.2))).then_some((x, baseline, area))
        };
        let spot = (0..lifts)
            .flat_map(|lift| sides.iter().map(move |x| (*x, f64::from(lift) * away)))
            .find_map(|(x, lift)| free(inside(x), baseline + lift));
        let Some((x, line, area)) = spot else { continue };
        if (line - baseline).abs() > 5.0 && (area.left..=area.right).contains(&at[i]) {
            let from = if down { area.top - 1.0 } else { area.bottom + 1.0 };
            let faint = canvas.palette.quiet;
            canvas.strokes(vec![((at[i], from), (at[i], end))], faint, 0.4);
        }
        if is_ruled {
            // Interrupts ruled lines behind a number.
            let air = Area {
                left: area.left - 1.0,
                top: area.top - 0.6,
                right: area.right + 1.0,
                bottom: area.bottom + 0.6,
            };
            canvas.rectangle(air, Colour::WHITE);
        }
        canvas.text(&words, (x, line), Anchor::Middle, set, colour);
        canvas.shows(&column.fact, area);
        taken.push(area);
    }
}
