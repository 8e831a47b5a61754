//! F3: panels of bars side by side, with the rows' labels at the left and one scale.
//!
//! A unit has the same length in every panel; the position of zero depends on the panel's own bars. If a
//! panel is too narrow for all values, only its extremes are printed; if it is too narrow for those,
//! panels wrap to a second row.

use super::canvas::{Canvas, Look};
use super::scale::{Reach, Scale};
use super::text::{self, Anchor, TextStyle};
use super::{Bar, Drawing, Panel, rows};

const PITCH: f64 = 11.5;
const THICKNESS: f64 = 7.5;
/// The gap between panels, across and down.
const GUTTER: f64 = 14.0;
/// The length that the longest bar should have, so that the others can be distinguished.
const LONG_ENOUGH: f64 = 40.0;

pub(super) fn draw(mut canvas: Canvas, labels: &[String], panels: &[Panel]) -> Drawing {
    let column =
        labels.iter().map(|l| text::width(&text::clean(l), TextStyle::SMALL)).fold(0.0, f64::max);
    let column = column.min(canvas.width * 0.3);
    let left = if column > 0.0 { column + 6.0 } else { 0.0 };
    let labels: Vec<_> = labels.iter().map(|l| text::wrap(l, column, TextStyle::SMALL)).collect();
    let Layout { across, wide, scales, bars } = layout(panels, labels.len(), canvas.width - left);

    let set = |panel: &Panel| TextStyle::LABEL.bold(panel.is_emphasised);
    let titles: Vec<_> = panels.iter().map(|p| text::wrap(&p.title, wide, set(p))).collect();
    let edge = |i: usize| left + (i % across) as f64 * (wide + GUTTER);
    let moved = |i: usize| Scale { zero: scales[i].zero + edge(i), ..scales[i] };
    let (quiet, ink) = (canvas.palette.quiet, canvas.palette.ink);
    let mut y = 0.0;
    for first in (0..panels.len()).step_by(across) {
        let here = first..(first + across).min(panels.len());
        let deepest = titles[here.clone()].iter().map(Vec::len).max().unwrap_or(0) as f64;
        let head = deepest * TextStyle::LABEL.leading();
        let top = y + if head > 0.0 { head + 5.0 } else { 0.0 };
        let mut bottom = top;
        let mut middles = Vec::new();
        for lines in &labels {
            let height = PITCH.max(lines.len() as f64 * TextStyle::SMALL.leading() + 3.0);
            middles.push(bottom + height / 2.0);
            bottom += height;
        }
        for i in here.clone() {
            for (bar, middle) in bars[i].iter().zip(&middles) {
                rows::bar(&mut canvas, bar, Look::Plain, &moved(i), (*middle, THICKNESS));
            }
        }
        canvas.lay_hatching();
        let zeros = here.clone().map(|i| ((moved(i).zero, top), (moved(i).zero, bottom)));
        canvas.strokes(zeros.collect(), quiet, 0.7);
        for (lines, middle) in labels.iter().zip(&middles) {
            canvas.centred(lines, column, *middle, Anchor::End, TextStyle::SMALL, quiet);
        }
        for i in here {
            // Titles are aligned at their last line.
            let down = y + head - titles[i].len() as f64 * TextStyle::LABEL.leading();
            canvas.lines(&titles[i], (edge(i), down + 8.0), Anchor::Start, set(&panels[i]), ink);
            for (bar, middle) in bars[i].iter().zip(&middles) {
                let at = (*middle, TextStyle::SMALL.bold(true));
                rows::value(&mut canvas, bar, Look::Plain, &moved(i), at);
            }
        }
        y = bottom + GUTTER;
    }
    canvas.finish(0.0, (y - GUTTER).max(1.0))
}

struct Layout {
    across: usize,
    wide: f64,
    scales: Vec<Scale>,
    bars: Vec<Vec<Bar>>,
}

/// The layout with the most panels across that leaves the bars long enough.
fn layout(panels: &[Panel], rows: usize, width: f64) -> Layout {
    let set = TextStyle::SMALL.bold(true);
    let fit = |across: usize, all: bool| {
        let bars: Vec<_> = panels.iter().map(|panel| shown(panel, rows, all)).collect();
        let reaches = |bars: &Vec<Bar>| -> Vec<Reach> {
            bars.iter().flat_map(|bar| rows::reaches(bar, set)).collect()
        };
        let reaches: Vec<_> = bars.iter().map(reaches).collect();
        let wide = ((width - GUTTER * (across - 1) as f64) / across as f64).max(8.0);
        Layout { across, wide, scales: Scale::fit_all(&reaches, wide), bars }
    };
    let long = |layout: &Layout| layout.scales.iter().all(|scale| scale.length >= LONG_ENOUGH);
    let choices = (1..=panels.len()).rev().flat_map(|across| [(across, true), (across, false)]);
    choices.map(|(across, all)| fit(across, all)).find(long).unwrap_or_else(|| fit(1, true))
}

/// The bars of the given number of rows, with all values or only the extremes.
fn shown(panel: &Panel, rows: usize, all: bool) -> Vec<Bar> {
    let (low, high) = rows::extremes(&panel.bars);
    let keep = |i: usize, bar: &Bar| all || bar.value.is_none() || [low, high].contains(&Some(i));
    let bars = panel.bars.iter().take(rows).enumerate();
    bars.map(|(i, bar)| match keep(i, bar) {
        true => bar.clone(),
        false => Bar { text: String::new(), ..bar.clone() },
    })
    .collect()
}
