//! Sparklines: a small table with a line in each row, which has its own scale.
//!
//! The values of the first and last period stand beside the line, those of its lowest and highest point
//! behind them, each marked on the line as in its head. Gaps in the data remain gaps.

use super::axes::{self, Plane};
use super::canvas::{Area, Canvas, label_area};
use super::scale::{finite, largest};
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Spark};

const PITCH: f64 = 17.0;
/// The height of a line within its row.
const TALL: f64 = 11.0;
/// The part of the width that labels may take.
const LABELS: f64 = 0.34;
/// The gap between two columns.
const GAP: f64 = 9.0;
/// The least and the greatest length of a line.
const LENGTH: (f64, f64) = (36.0, 170.0);
/// The room of a mark before its head.
const MARK: f64 = 7.0;

/// The columns of values: first, last, lowest, highest.
const COLUMNS: usize = 4;

pub(super) fn draw(
    mut canvas: Canvas,
    rows: &[Spark],
    heads: &[String; COLUMNS],
    scale: &str,
) -> Drawing {
    let label = |row: &Spark| TextStyle::LABEL.bold(row.is_emphasised);
    let column = rows.iter().map(|row| text::width(&text::clean(&row.label), label(row)));
    let natural = column.fold(0.0, f64::max);
    let Layout { column, widths, heads, line } =
        layout(rows, heads, natural.min(canvas.width * LABELS), canvas.width);
    let labels: Vec<_> =
        rows.iter().map(|row| text::wrap(&row.label, column, label(row))).collect();
    // The right edge of each column of values; the line stands between the first and the last.
    let first = if column > 0.0 { column + GAP } else { 0.0 } + widths[0];
    let from = first + GAP;
    let mut edges = [first, from + line + GAP + widths[1], 0.0, 0.0];
    for i in 2..COLUMNS {
        edges[i] = edges[i - 1] + GAP + widths[i];
    }
    let (quiet, ink) = (canvas.palette.quiet, canvas.palette.ink);
    let set = TextStyle::SMALL;
    let mut y = 0.0;
    if !rows.is_empty() {
        let deepest = heads.iter().map(Vec::len).max().unwrap_or(0) as f64 * set.leading();
        for (i, lines) in heads.iter().enumerate() {
            let down = 7.5 + deepest - lines.len() as f64 * set.leading();
            canvas.lines(lines, (edges[i], down), Anchor::End, set, quiet);
            let wide = text::widest(lines.iter().take(1).map(String::as_str), set);
            if i >= 2 && !lines.is_empty() {
                mark(&mut canvas, i == 3, (edges[i] - wide - 4.0, down - set.centring()));
            }
        }
        y = deepest + 2.0;
        canvas.strokes(vec![((0.0, y), (edges[3], y))], quiet, 0.5);
        y += 1.5;
    }
    for (row, lines) in rows.iter().zip(&labels) {
        let height = PITCH.max(lines.len() as f64 * TextStyle::LABEL.leading() + 4.0);
        let middle = y + height / 2.0;
        canvas.centred(lines, 0.0, middle, Anchor::Start, label(row), ink);
        let half = TALL / 2.0;
        let area =
            Area { left: from, right: from + line, top: middle - half, bottom: middle + half };
        trace(&mut canvas, row, area);
        for (i, (words, fact)) in row.values.iter().enumerate() {
            let (set, colour) = if i == 1 { (set.bold(true), ink) } else { (set, quiet) };
            let at = (edges[i], middle + set.centring());
            canvas.text(words, at, Anchor::End, set, colour);
            canvas.shows(fact, label_area(&text::clean(words), at, Anchor::End, set));
        }
        y += height;
    }
    if !rows.is_empty() {
        let lines = text::wrap(scale, canvas.width, set);
        canvas.lines(&lines, (0.0, y + 9.0), Anchor::Start, set, quiet);
        y += lines.len() as f64 * set.leading() + 2.0;
    }
    canvas.finish(0.0, y.max(1.0))
}

struct Layout {
    column: f64,
    widths: [f64; COLUMNS],
    heads: [Vec<String>; COLUMNS],
    line: f64,
}

/// The widths of the columns. Labels give way first, so that the line keeps its least length.
fn layout(rows: &[Spark], heads: &[String; COLUMNS], column: f64, width: f64) -> Layout {
    let set = TextStyle::SMALL;
    let mut widths = [0.0; COLUMNS];
    let mut lines: [Vec<String>; COLUMNS] = Default::default();
    for i in 0..COLUMNS {
        let of = |row: &Spark| text::width(&text::clean(&row.values[i].0), set.bold(i == 1));
        let values = rows.iter().map(of).fold(0.0, f64::max);
        let room = if i >= 2 { MARK } else { 0.0 };
        lines[i] = text::wrap(&heads[i], values.max(width * 0.085) - room, set);
        let head = text::widest(lines[i].iter().map(String::as_str), set);
        widths[i] = values.max(if head > 0.0 { head + room } else { 0.0 });
    }
    let taken = widths.iter().sum::<f64>() + GAP * COLUMNS as f64;
    let free = width - taken - if column > 0.0 { GAP } else { 0.0 };
    let column = column.min((free - LENGTH.0).max(24.0).min(column));
    let line = (free - column).clamp(LENGTH.0 / 2.0, LENGTH.1);
    Layout { column, widths, heads: lines, line }
}

/// Draws the line of a row with its lowest, highest and last point.
fn trace(canvas: &mut Canvas, row: &Spark, area: Area) {
    let all = || row.points.iter().copied().filter_map(finite);
    let most = largest(all());
    let (low, high) = all()
        .map(|v| v / most)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    let count = row.points.len().saturating_sub(1) as f64;
    let plane = Plane::new(area, axes::values(0.0, count), axes::values(high, low));
    let level = (area.top + area.bottom) / 2.0;
    let at = |(i, value): (usize, &Option<f64>)| {
        let (x, y) = plane.at(i as f64, finite(*value)? / most);
        Some((x, if low < high { y } else { level }))
    };
    let known: Vec<Option<(f64, f64)>> = row.points.iter().enumerate().map(at).collect();
    let (quiet, faint, ink) = (canvas.palette.quiet, canvas.palette.faint, canvas.palette.ink);
    // Where the values change their sign, zero is ruled.
    if low < 0.0 && high > 0.0 {
        let zero = plane.y(0.0);
        canvas.strokes(vec![((area.left, zero), (area.right, zero))], faint, 0.5);
    }
    for run in known.split(Option::is_none) {
        match run {
            [] => {}
            [alone] => alone.iter().for_each(|at| canvas.dot(*at, 1.2, quiet)),
            run => canvas.line(run.iter().flatten().copied(), quiet, 1.1),
        }
    }
    if let Some(Some(end)) = known.last() {
        canvas.dot(*end, 1.4, ink);
    }
    if low < high {
        let is = |bound: f64| {
            row.points.iter().position(|v| finite(*v).is_some_and(|v| v / most == bound))
        };
        for (bound, is_high) in [(low, false), (high, true)] {
            if let Some(point) = is(bound).and_then(|i| known[i]) {
                mark(canvas, is_high, point);
            }
        }
    }
}

/// The mark of a highest or lowest point: filled or hollow.
fn mark(canvas: &mut Canvas, is_high: bool, at: (f64, f64)) {
    match is_high {
        true => canvas.dot(at, 2.0, canvas.palette.gain),
        false => canvas.ring(at, 2.2, canvas.palette.loss),
    }
}
