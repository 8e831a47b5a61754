//! F6: small columns over time, a panel per region, on a common scale or each on its own.
//!
//! A panel prints its title and, below it, the value of its last column. On a common scale the labels of
//! ruled lines are at the left of every row of panels. On its own scale a panel prints its extreme value
//! at the column, and a grey strip above the columns shows its size on the common scale. The first and
//! last period are printed below the last row.

use plotters::coord::ranged1d::SegmentValue;

use super::axes::{self, Categories, Plane, Values};
use super::canvas::{Area, Canvas, Look, Stroke, label_area};
use super::scale::{finite, largest};
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Panel};

const PLOT: f64 = 40.0;
const GUTTER: f64 = 12.0;
/// The room for an extreme value beyond its column.
const BEYOND: f64 = 9.0;
/// The height of the strip that shows a panel's size, and the gap below it.
const STRIP: (f64, f64) = (2.2, 3.0);
/// The smallest and largest width of a panel.
const WIDTHS: (f64, f64) = (80.0, 170.0);
const SET: TextStyle = TextStyle::SMALL;

/// The plot of a panel: periods across, values down.
struct Frame {
    left: f64,
    right: f64,
    /// The value that is 1 on the axis.
    most: f64,
    plane: Plane<Categories, Values>,
}

impl Frame {
    /// A plot with its upper left corner, width, number of periods and values.
    fn new((left, top): (f64, f64), wide: f64, count: usize, values: &[f64]) -> Self {
        let most = largest(values.iter().copied());
        let parts = || values.iter().map(|v| v / most);
        let (low, high) = (parts().fold(0.0, f64::min), parts().fold(0.0, f64::max));
        let area = Area { left, top, right: left + wide, bottom: top + PLOT };
        let plane = Plane::new(area, axes::categories(count), axes::values(high, low));
        Self { left, right: area.right, most, plane }
    }

    fn x(&self, period: usize) -> f64 {
        self.plane.x(SegmentValue::CenterOf(period))
    }

    fn y(&self, value: f64) -> f64 {
        self.plane.y(value / self.most)
    }
}

pub(super) fn draw(
    mut canvas: Canvas,
    panels: &[Panel],
    periods: &[String],
    ticks: &[(f64, String)],
    own_scale: Option<&str>,
) -> Drawing {
    let ink = canvas.palette.ink;
    // Ruled lines make no sense if every panel has its own scale.
    let ticks: Vec<_> =
        ticks.iter().filter(|(v, _)| v.is_finite() && own_scale.is_none()).collect();
    let axis = ticks.iter().map(|(_, w)| text::width(&text::clean(w), SET)).fold(0.0, f64::max);
    let left = if axis > 0.0 { axis + 5.0 } else { 0.0 };
    let (across, wide) = grid(panels.len(), canvas.width - left);

    let mut y = 0.0;
    if let Some(warning) = own_scale {
        let lines = text::wrap(warning, canvas.width, SET);
        canvas.lines(&lines, (0.0, 8.0), Anchor::Start, SET, ink);
        y = lines.len() as f64 * SET.leading() + 5.0;
    }
    let values = |panel: &Panel| -> Vec<f64> {
        panel.bars.iter().take(periods.len()).filter_map(|bar| finite(bar.value)).collect()
    };
    let ruled = ticks.iter().map(|(value, _)| *value);
    let common: Vec<f64> = panels.iter().flat_map(values).chain(ruled).collect();
    let of_all = largest(common.iter().copied());
    let is_own = own_scale.is_some();
    if is_own {
        // Every panel has columns of full height, so hatching is sparser.
        canvas.hatching *= 2.0;
    }

    let title_set = |panel: &Panel| SET.bold(panel.is_emphasised);
    for chunk in panels.chunks(across) {
        let titles: Vec<_> =
            chunk.iter().map(|p| text::wrap(&p.title, wide, title_set(p))).collect();
        let deepest = titles.iter().map(Vec::len).max().unwrap_or(0);
        let ends: Vec<_> = chunk.iter().map(|panel| extreme(panel, periods.len())).collect();
        let reaches =
            |sign: f64| is_own && ends.iter().flatten().any(|(_, value)| value * sign > 0.0);
        let above = if reaches(1.0) { BEYOND } else { 0.0 };
        let below = if reaches(-1.0) { BEYOND } else { 0.0 };
        let strip = if is_own { STRIP.0 + STRIP.1 } else { 0.0 };
        let head = y + (deepest + 1) as f64 * SET.leading() + 5.0;
        let top = head + strip + above;
        let mut frames = Vec::new();
        for (i, panel) in chunk.iter().enumerate() {
            let scale = if is_own { &values(panel) } else { &common };
            let from = left + i as f64 * (wide + GUTTER);
            frames.push(Frame::new((from, top), wide, periods.len(), scale));
        }
        rule(&mut canvas, &ticks, &frames, left - 5.0);
        for (frame, panel) in frames.iter().zip(chunk) {
            plot(&mut canvas, panel, frame, periods.len());
        }
        canvas.lay_hatching();
        let zero = |f: &Frame| ((f.left, f.y(0.0)), (f.right, f.y(0.0)));
        let quiet = canvas.palette.quiet;
        canvas.strokes(frames.iter().map(zero).collect(), quiet, 0.7);
        for ((frame, panel), title) in frames.iter().zip(chunk).zip(&titles) {
            // Titles are aligned at their last line, near the panel.
            let down = y + (deepest - title.len()) as f64 * SET.leading() + 8.0;
            canvas.lines(title, (frame.left, down), Anchor::Start, title_set(panel), ink);
            let Some(last) = panel.bars.iter().take(periods.len()).next_back() else { continue };
            let colour = finite(last.value).map_or(quiet, |v| canvas.palette.signed_text(v));
            let set = SET.bold(finite(last.value).is_some());
            let line = y + deepest as f64 * SET.leading() + 8.0;
            let at = (frame.left, line);
            canvas.text(&last.text, at, Anchor::Start, set, colour);
            let words = label_area(&text::clean(&last.text), at, Anchor::Start, set);
            canvas.shows(&last.fact, words);
        }
        if is_own {
            let muted = canvas.palette.muted();
            for ((frame, panel), end) in frames.iter().zip(chunk).zip(&ends) {
                let Some((at, value)) = *end else { continue };
                let long = (value.abs() / of_all * wide).max(0.6);
                let (left, right) = (frame.left, frame.left + long);
                canvas.rectangle(Area { left, right, top: head, bottom: head + STRIP.0 }, muted);
                // The last value is printed already.
                if at + 1 < panel.bars.len().min(periods.len()) {
                    label_end(&mut canvas, panel, frame, (at, value));
                }
            }
        }
        y = top + PLOT + below + 10.0;
    }
    let last_line = panels.len() - panels.len().saturating_sub(1) / across * across;
    let mut end = y;
    for i in 0..last_line.min(panels.len()) {
        let from = left + i as f64 * (wide + GUTTER);
        end = end.max(foot(&mut canvas, periods, from, wide, y - 4.0));
    }
    canvas.finish(0.0, end.max(1.0))
}

/// The number of panels in a row, and their width. 20 panels make 5 × 4 rather than 6, 6, 6 and 2.
fn grid(count: usize, width: f64) -> (usize, f64) {
    let most = ((width + GUTTER) / (WIDTHS.0 + GUTTER)).floor().max(1.0) as usize;
    let most = most.min(count.max(1));
    let even = (most.div_ceil(2)..=most).rev().find(|n| count.is_multiple_of(*n));
    let across = even.unwrap_or(most).max(1);
    let wide = (width - GUTTER * (across - 1) as f64) / across as f64;
    (across, wide.clamp(8.0, WIDTHS.1))
}

/// Draws faint lines through a row of panels, with their labels at its left; a label too close to another
/// is left out.
fn rule(canvas: &mut Canvas, ticks: &[&(f64, String)], frames: &[Frame], x: f64) {
    let (quiet, faint) = (canvas.palette.quiet, canvas.palette.faint);
    let Some(first) = frames.first() else { return };
    let mut heights: Vec<f64> = Vec::new();
    let mut rules: Vec<Stroke> = Vec::new();
    for (value, words) in ticks {
        let height = first.y(*value);
        if heights.iter().any(|h| (h - height).abs() < 9.5) {
            continue;
        }
        heights.push(height);
        rules.extend(frames.iter().map(|f| ((f.left, height), (f.right, height))));
        canvas.text(words, (x, height + SET.centring()), Anchor::End, SET, quiet);
    }
    canvas.strokes(rules, faint, 0.4);
}

fn plot(canvas: &mut Canvas, panel: &Panel, frame: &Frame, count: usize) {
    let pitch = (frame.right - frame.left) / count.max(1) as f64;
    let half = (pitch * 0.7).min(14.0) / 2.0;
    let zero = frame.y(0.0);
    for (k, bar) in panel.bars.iter().take(count).enumerate() {
        let Some(value) = finite(bar.value).filter(|v| *v != 0.0) else { continue };
        let x = frame.x(k);
        let end = zero + (frame.y(value) - zero).abs().max(0.5).copysign(-value);
        let area = Area::between((x - half, zero), (x + half, end));
        canvas.bar(area, value, Look::Plain);
        canvas.shows(&bar.fact, area);
    }
}

/// The value with the largest absolute value, and its index.
fn extreme(panel: &Panel, count: usize) -> Option<(usize, f64)> {
    let bars = panel.bars.iter().take(count).enumerate();
    let values = bars.filter_map(|(i, bar)| Some((i, finite(bar.value)?)));
    // Of equal values the last one.
    values.filter(|(_, v)| *v != 0.0).max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
}

/// Prints a value beyond the end of its column, inside the panel.
fn label_end(canvas: &mut Canvas, panel: &Panel, frame: &Frame, (at, value): (usize, f64)) {
    let words = text::clean(&panel.bars[at].text);
    let wide = text::width(&words, SET);
    if wide > frame.right - frame.left {
        return;
    }
    let x = frame.x(at).max(frame.left + wide / 2.0).min(frame.right - wide / 2.0);
    let (up, down) = text::ink(&words, SET);
    let end = frame.y(value);
    let line = if value < 0.0 { end + 1.8 + up } else { end - 1.8 - down };
    let quiet = canvas.palette.quiet.legible();
    let area = label_area(&words, (x, line), Anchor::Middle, SET);
    canvas.text(&words, (x, line), Anchor::Middle, SET, quiet);
    canvas.shows(&panel.bars[at].fact, area);
}

/// Prints the first and last period at both ends of a panel.
fn foot(canvas: &mut Canvas, periods: &[String], from: f64, wide: f64, top: f64) -> f64 {
    let quiet = canvas.palette.quiet;
    let (ends, limit): (Vec<_>, f64) = match periods {
        [] => (vec![], wide),
        [only] => (vec![(only, from, Anchor::Start)], wide),
        [first, .., last] => {
            let ends = vec![(first, from, Anchor::Start), (last, from + wide, Anchor::End)];
            (ends, (wide - 4.0) / 2.0)
        }
    };
    let mut deepest = 0;
    for (words, x, anchor) in ends {
        let lines = text::wrap(words, limit, SET);
        canvas.lines(&lines, (x, top + 7.5), anchor, SET, quiet);
        deepest = deepest.max(lines.len());
    }
    top + deepest as f64 * SET.leading() + 2.0
}
