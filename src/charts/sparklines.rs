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
/// In a drawing narrower than this, labels stand above their rows, and the marks are explained below.
const NARROW: f64 = 400.0;
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
    let layout = Layout::of(rows, heads, canvas.width);
    let is_narrow = canvas.width < NARROW;
    let label = |row: &Spark| TextStyle::LABEL.bold(row.is_emphasised);
    let limit = if is_narrow { canvas.width } else { layout.column };
    let labels: Vec<_> = rows.iter().map(|row| text::wrap(&row.label, limit, label(row))).collect();
    let (quiet, ink, set) = (canvas.palette.quiet, canvas.palette.ink, TextStyle::SMALL);
    let mut y = if rows.is_empty() { 0.0 } else { head(&mut canvas, &layout) };
    for (row, lines) in rows.iter().zip(&labels) {
        let deep = lines.len() as f64 * TextStyle::LABEL.leading();
        let (height, middle, named) = match is_narrow {
            true => (deep + PITCH, y + deep + PITCH / 2.0, y + deep / 2.0 + 1.0),
            false => {
                let height = PITCH.max(deep + 4.0);
                (height, y + height / 2.0, y + height / 2.0)
            }
        };
        canvas.centred(lines, 0.0, named, Anchor::Start, label(row), ink);
        let (left, right) = layout.line;
        let (top, bottom) = (middle - TALL / 2.0, middle + TALL / 2.0);
        trace(&mut canvas, row, Area { left, right, top, bottom });
        for (i, (words, fact)) in row.values.iter().enumerate() {
            let (set, colour) = if i == 1 { (set.bold(true), ink) } else { (set, quiet) };
            let at = (layout.edges[i], middle + set.centring());
            canvas.text(words, at, Anchor::End, set, colour);
            canvas.shows(fact, label_area(&text::clean(words), at, Anchor::End, set));
        }
        y += height;
    }
    if !rows.is_empty() {
        y = foot(&mut canvas, if is_narrow { &heads[2..] } else { &[] }, scale, y);
    }
    canvas.finish(0.0, y.max(1.0))
}

/// The columns of the table.
struct Layout {
    /// The width of the labels.
    column: f64,
    /// The right edges of the values.
    edges: [f64; COLUMNS],
    /// The left and right end of the lines.
    line: (f64, f64),
    /// The lines of the heads.
    heads: [Vec<String>; COLUMNS],
}

impl Layout {
    fn of(rows: &[Spark], heads: &[String; COLUMNS], width: f64) -> Self {
        let (is_narrow, set) = (width < NARROW, TextStyle::SMALL);
        let mut widths = [0.0; COLUMNS];
        let mut lines: [Vec<String>; COLUMNS] = Default::default();
        for i in 0..COLUMNS {
            let of = |row: &Spark| text::width(&text::clean(&row.values[i].0), set.bold(i == 1));
            let values = rows.iter().map(of).fold(0.0, f64::max);
            let room = if i >= 2 { MARK } else { 0.0 };
            // A head is broken between words only.
            let words = heads[i].split(' ').map(text::clean).collect::<Vec<_>>();
            let longest = text::widest(words.iter().map(String::as_str), set);
            if !is_narrow || i < 2 {
                lines[i] = text::wrap(&heads[i], longest.max(values - room), set);
            }
            let head = text::widest(lines[i].iter().map(String::as_str), set);
            widths[i] = values.max(head + room);
        }
        let label = |row: &Spark| {
            text::width(&text::clean(&row.label), TextStyle::LABEL.bold(row.is_emphasised))
        };
        let natural = rows.iter().map(label).fold(0.0, f64::max);
        let column = if is_narrow { 0.0 } else { natural.min(width * LABELS) };
        let from = if column > 0.0 { column + GAP } else { 0.0 } + widths[0] + GAP;
        let free = width - from - GAP - widths[1..].iter().sum::<f64>() - 2.0 * GAP;
        let to = from + free.clamp(LENGTH.0, LENGTH.1);
        let mut edges = [from - GAP, to + GAP + widths[1], 0.0, 0.0];
        for i in 2..COLUMNS {
            edges[i] = edges[i - 1] + GAP + widths[i];
        }
        Self { column, edges, line: (from, to), heads: lines }
    }
}

/// Draws the heads of the values and a rule below them; returns the height where the rows begin.
fn head(canvas: &mut Canvas, layout: &Layout) -> f64 {
    let (set, quiet) = (TextStyle::SMALL, canvas.palette.quiet);
    let deepest = layout.heads.iter().map(Vec::len).max().unwrap_or(0) as f64 * set.leading();
    for (i, (lines, edge)) in layout.heads.iter().zip(layout.edges).enumerate() {
        let down = 7.5 + deepest - lines.len() as f64 * set.leading();
        canvas.lines(lines, (edge, down), Anchor::End, set, quiet);
        let wide = text::widest(lines.iter().take(1).map(String::as_str), set);
        if i >= 2 {
            // Without words the mark stands where the first line would be.
            let down = if lines.is_empty() { down - set.leading() } else { down };
            let x = edge - if wide > 0.0 { wide + 4.0 } else { 2.5 };
            mark(canvas, i == 3, (x, down - set.centring()));
        }
    }
    let y = deepest + 2.0;
    canvas.strokes(vec![((0.0, y), (layout.edges[COLUMNS - 1], y))], quiet, 0.5);
    y + 1.5
}

/// Explains the marks of the lowest and highest points, if their heads have no words, and the scales;
/// returns the lower end.
fn foot(canvas: &mut Canvas, marks: &[String], scale: &str, top: f64) -> f64 {
    let (set, quiet) = (TextStyle::SMALL, canvas.palette.quiet);
    let (mut x, mut y) = (0.0, top);
    for (i, words) in marks.iter().enumerate() {
        let lines = text::wrap(words, canvas.width - MARK, set);
        let wide = MARK + text::widest(lines.iter().map(String::as_str), set);
        if x > 0.0 && x + wide > canvas.width {
            (x, y) = (0.0, y + set.leading());
        }
        mark(canvas, i == 1, (x + 2.5, y + 9.0 - set.centring()));
        canvas.lines(&lines, (x + MARK, y + 9.0), Anchor::Start, set, quiet);
        // Words of more than one line have the lines to themselves.
        match lines.len() {
            0 | 1 => x += wide + 12.0,
            more => (x, y) = (0.0, y + more as f64 * set.leading()),
        }
    }
    let y = if x > 0.0 { y + set.leading() } else { y };
    let lines = text::wrap(scale, canvas.width, set);
    canvas.lines(&lines, (0.0, y + 9.0), Anchor::Start, set, quiet);
    y + lines.len() as f64 * set.leading() + 2.0
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
