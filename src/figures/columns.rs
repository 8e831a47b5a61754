//! F2: columns from zero over time.
//!
//! No axis: first, last and extreme values are always printed, others where they fit. A label that
//! would touch a neighbour is moved sideways, then away from zero, and the drawing grows with it.
//! What the columns are the balance of may run below them as lines, over the same years.

use super::canvas::{Anchor, Area, Canvas, label_area};
use super::lane::{finite, largest};
use super::rows::extremes;
use super::text::{self, Type};
use super::{Bar, Drawing, Line, lines, timeline};

/// What [`draw`] draws.
pub(super) struct Plot<'a> {
    pub columns: &'a [Bar],
    pub lines: &'a [Line],
    pub ticks: &'a [(f64, String)],
    pub breaks: &'a [(usize, String)],
    pub unit: &'a str,
}

/// Between a column's end and its value.
const GAP: f64 = 2.5;
/// The height of the lines below the columns, and the air between the two.
const BELOW: (f64, f64) = (66.0, 13.0);

pub(super) fn draw(mut canvas: Canvas, plot: &Plot<'_>) -> Drawing {
    let Plot { columns, breaks, unit, .. } = *plot;
    let count = columns.len();
    let (left, right) = match plot.lines {
        [] => (0.0, canvas.width),
        below => lines::span(&canvas, below, plot.ticks),
    };
    let pitch = ((right - left) / count.max(1) as f64).min(64.0);
    let wide = (pitch * 0.66).min(26.0);
    let at: Vec<f64> = (0..count).map(|i| left + (i as f64 + 0.5) * pitch).collect();

    let height = (canvas.width * 0.24).clamp(84.0, 120.0);
    let most = largest(columns.iter().flat_map(|c| [c.value, c.base]).flatten());
    let share = |v: f64| v / most;
    let drawn = || columns.iter().flat_map(|c| [c.value, c.base]).filter_map(finite).map(share);
    let (low, high) = (drawn().fold(0.0, f64::min), drawn().fold(0.0, f64::max));
    let span = high - low;
    let scale = if span > 0.0 { height / span } else { 0.0 };
    let y = |v: f64| -share(v) * scale;

    let mut taken: Vec<Area> = Vec::new();
    for (column, x) in columns.iter().zip(&at) {
        if let Some(value) = finite(column.value).filter(|v| *v != 0.0) {
            let end = y(value).abs().max(0.6).copysign(-value);
            let area = Area::between((x - wide / 2.0, 0.0), (x + wide / 2.0, end));
            canvas.bar(area, value);
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
    let (bars, zero) = (taken.len(), canvas.palette.quiet);
    if count > 0 {
        canvas.strokes(vec![((left, 0.0), (left + pitch * count as f64, 0.0))], zero, 0.7);
    }
    values(&mut canvas, columns, &at, wide, y, &mut taken);
    let labels = taken.split_off(bars);

    let mut bottom = labels.iter().chain(&taken).map(|a| a.bottom).fold(0.0, f64::max);
    let top = labels.iter().chain(&taken).map(|a| a.top).fold(0.0, f64::min);
    if !plot.lines.is_empty() {
        let (height, air) = BELOW;
        // A rule that ran on would cross the label at the line's end.
        let right = at.last().copied().unwrap_or(right);
        let place = lines::Place { at: &at, left, right, top: bottom + air, height };
        bottom = lines::trace(&mut canvas, plot.lines, plot.ticks, &place);
    }
    let periods: Vec<String> = columns.iter().map(|c| c.label.clone()).collect();
    let end = timeline::periods(&mut canvas, &periods, &at, bottom + 4.0);
    let marks: Vec<(f64, String)> = breaks
        .iter()
        .filter(|(i, _)| *i <= count)
        .map(|(i, label)| (left + *i as f64 * pitch, label.clone()))
        .collect();
    let head = timeline::breaks(&mut canvas, unit, &marks, top, bottom, &labels);
    canvas.finish(head, end)
}

/// Prints values: extremes, last and first wherever there is room, others only at their column.
fn values(
    canvas: &mut Canvas,
    columns: &[Bar],
    at: &[f64],
    wide: f64,
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
        let column = &columns[i];
        let words = text::clean(&column.text);
        if words.is_empty() {
            continue;
        }
        let value = finite(column.value);
        let down = value.is_some_and(|v| v < 0.0);
        let (set, colour) = match value {
            Some(value) => (Type::SMALL.bold(true), canvas.palette.signed_text(value)),
            None => (Type::SMALL, canvas.palette.quiet),
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
        canvas.text(&words, (x, line), Anchor::Middle, set, colour);
        canvas.shows(&column.fact, area);
        taken.push(area);
    }
}
