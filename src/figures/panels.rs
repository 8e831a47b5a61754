//! F3: panels of bars side by side, with the rows' labels once at the left and one scale.
//!
//! Every panel gives zero the same place, so that lengths and sides compare across panels. Where a
//! panel is too narrow for all values, only its extremes are printed.

use super::canvas::{Anchor, Canvas};
use super::lane::{Lane, finite};
use super::text::{self, Type};
use super::{Bar, Drawing, Panel, rows};

const PITCH: f64 = 11.5;
const THICKNESS: f64 = 7.5;
/// Between panels.
const GUTTER: f64 = 12.0;
/// The shortest largest bar for which values may still stand beside all.
const SHORTEST: f64 = 40.0;

pub(super) fn draw(mut canvas: Canvas, labels: &[String], panels: &[Panel]) -> Drawing {
    let column =
        labels.iter().map(|l| text::width(&text::clean(l), Type::SMALL)).fold(0.0, f64::max);
    let column = column.min(canvas.width * 0.3);
    let left = if column > 0.0 { column + 6.0 } else { 0.0 };
    let count = panels.len().max(1) as f64;
    let wide = ((canvas.width - left - GUTTER * (count - 1.0)) / count).max(8.0);

    let value_set = Type::SMALL.bold(true);
    let shown = |panel: &Panel, all: bool| -> Vec<Bar> {
        let (low, high) = extremes(&panel.bars);
        let keep =
            |i: usize, bar: &Bar| all || bar.value.is_none() || Some(i) == low || Some(i) == high;
        let bars = panel.bars.iter().take(labels.len()).enumerate();
        bars.map(|(i, bar)| match keep(i, bar) {
            true => bar.clone(),
            false => Bar { text: String::new(), ..bar.clone() },
        })
        .collect()
    };
    let fit = |all: bool| {
        let bars: Vec<_> = panels.iter().map(|panel| shown(panel, all)).collect();
        let reaches: Vec<_> =
            bars.iter().flatten().flat_map(|bar| rows::reaches(bar, value_set)).collect();
        (Lane::fit(&reaches, 0.0, wide), bars)
    };
    let (mut lane, mut bars) = fit(true);
    if lane.length < SHORTEST {
        (lane, bars) = fit(false);
    }

    let titles: Vec<_> = panels
        .iter()
        .map(|panel| text::wrap(&panel.title, wide, Type::LABEL.bold(panel.is_emphasised)))
        .collect();
    let head = titles.iter().map(Vec::len).max().unwrap_or(0) as f64 * Type::LABEL.leading();
    let top = if head > 0.0 { head + 5.0 } else { 0.0 };
    let labels: Vec<_> = labels.iter().map(|l| text::wrap(l, column, Type::SMALL)).collect();
    let mut bottom = top;
    let mut middles = Vec::new();
    for lines in &labels {
        let height = PITCH.max(lines.len() as f64 * Type::SMALL.leading() + 3.0);
        middles.push(bottom + height / 2.0);
        bottom += height;
    }
    let edge = |i: usize| left + i as f64 * (wide + GUTTER);
    let moved = |i: usize| Lane { zero: lane.zero + edge(i), ..lane };
    for (i, bars) in bars.iter().enumerate() {
        for (bar, middle) in bars.iter().zip(&middles) {
            rows::bar(&mut canvas, bar, &moved(i), *middle, THICKNESS);
        }
    }
    canvas.lay_hatching();
    let (quiet, ink) = (canvas.palette.quiet, canvas.palette.ink);
    let zeros = (0..panels.len()).map(|i| ((moved(i).zero, top), (moved(i).zero, bottom)));
    canvas.strokes(zeros.collect(), quiet, 0.7);
    for (lines, middle) in labels.iter().zip(&middles) {
        canvas.centred(lines, column, *middle, Anchor::End, Type::SMALL, quiet);
    }
    for (i, (panel, bars)) in panels.iter().zip(&bars).enumerate() {
        // Titles stand on a common foot.
        let down = head - titles[i].len() as f64 * Type::LABEL.leading();
        let at = (edge(i), down + 8.0);
        canvas.lines(&titles[i], at, Anchor::Start, Type::LABEL.bold(panel.is_emphasised), ink);
        for (bar, middle) in bars.iter().zip(&middles) {
            rows::value(&mut canvas, bar, &moved(i), *middle, value_set);
        }
    }
    canvas.finish(0.0, bottom.max(1.0))
}

/// Where the least and the largest value stand.
pub(super) fn extremes(bars: &[Bar]) -> (Option<usize>, Option<usize>) {
    let values = || bars.iter().enumerate().filter_map(|(i, bar)| Some((i, finite(bar.value)?)));
    let low = values().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i);
    let high = values().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i);
    (low, high)
}
