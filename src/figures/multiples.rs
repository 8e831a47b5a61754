//! F6: small columns over time, one panel a region, on a common scale.
//!
//! A panel prints its title and, below it, the words of its last column; the ruled values stand at
//! the left of every row of panels, first and last period below the last panel of every column.

use super::canvas::{Anchor, Area, Canvas};
use super::lane::{finite, largest};
use super::text::{self, Type};
use super::{Drawing, Panel, timeline};

const PLOT: f64 = 40.0;
const GUTTER: f64 = 12.0;

pub(super) fn draw(
    mut canvas: Canvas,
    panels: &[Panel],
    periods: &[String],
    ticks: &[(f64, String)],
    own_scale: Option<&str>,
) -> Drawing {
    let set = Type::SMALL;
    let (quiet, ink, faint) = (canvas.palette.quiet, canvas.palette.ink, canvas.palette.faint);
    // A ruled value means nothing once every panel has its own scale.
    let ticks = if own_scale.is_some() { &[][..] } else { ticks };
    let axis = ticks.iter().map(|(_, w)| text::width(&text::clean(w), set)).fold(0.0, f64::max);
    let left = if axis > 0.0 { axis + 5.0 } else { 0.0 };
    let across = (((canvas.width - left + GUTTER) / 92.0).floor().max(2.0) as usize)
        .min(panels.len().max(1));
    // 20 panels make 5 by 4, or 4 by 5: a last row of one would look lost.
    let across = (across.saturating_sub(1).max(1)..=across)
        .rev()
        .find(|n| panels.len() % n == 0)
        .unwrap_or(across);
    let wide =
        ((canvas.width - left - GUTTER * (across - 1) as f64) / across as f64).max(8.0).min(170.0);

    let mut y = 0.0;
    if let Some(warning) = own_scale {
        let lines = text::wrap(warning, canvas.width, set);
        canvas.lines(&lines, (0.0, 8.0), Anchor::Start, set, ink);
        y = lines.len() as f64 * set.leading() + 5.0;
    }
    let bars =
        |panel: &'_ Panel| panel.bars.iter().take(periods.len()).cloned().collect::<Vec<_>>();
    let values =
        |panel: &Panel| bars(panel).into_iter().filter_map(|b| finite(b.value)).collect::<Vec<_>>();
    let common: Vec<f64> = panels
        .iter()
        .flat_map(values)
        .chain(ticks.iter().map(|t| t.0).filter(|v| v.is_finite()))
        .collect();

    let titles: Vec<_> =
        panels.iter().map(|p| text::wrap(&p.title, wide, set.bold(p.is_emphasised))).collect();
    let mut rules = Vec::new();
    let mut zeros = Vec::new();
    for (row, chunk) in panels.chunks(across).enumerate() {
        let of = |i: usize| &titles[row * across + i];
        let deepest = (0..chunk.len()).map(|i| of(i).len()).max().unwrap_or(0);
        let head = (deepest + 1) as f64 * set.leading() + 4.0;
        let (top, bottom) = (y + head, y + head + PLOT);
        for (i, panel) in chunk.iter().enumerate() {
            let from = left + i as f64 * (wide + GUTTER);
            let own;
            let scale = if own_scale.is_some() {
                own = values(panel);
                &own
            } else {
                &common
            };
            let most = largest(scale.iter().copied());
            let (low, high) = scale
                .iter()
                .map(|v| v / most)
                .fold((0.0, 0.0), |(l, h): (f64, f64), v| (l.min(v), h.max(v)));
            let at = |v: f64| top + (high - v / most) / (high - low).max(f64::MIN_POSITIVE) * PLOT;
            let zero = at(0.0).clamp(top, bottom);
            let mut heights: Vec<f64> = Vec::new();
            for (value, words) in ticks.iter().filter(|(v, _)| v.is_finite()) {
                let height = at(*value);
                if heights.iter().any(|h| (h - height).abs() < 9.5) {
                    continue;
                }
                heights.push(height);
                rules.push(((from, height), (from + wide, height)));
                if i == 0 {
                    let place = (left - 5.0, height + set.centring());
                    canvas.text(words, place, Anchor::End, set, quiet);
                }
            }
            let pitch = wide / periods.len().max(1) as f64;
            let thick = (pitch * 0.7).min(14.0);
            for (k, bar) in bars(panel).iter().enumerate() {
                let Some(value) = finite(bar.value).filter(|v| *v != 0.0) else { continue };
                let x = from + (k as f64 + 0.5) * pitch;
                let end = zero + (at(value) - zero).abs().max(0.5).copysign(-value);
                canvas.bar(Area::between((x - thick / 2.0, zero), (x + thick / 2.0, end)), value);
            }
            zeros.push(((from, zero), (from + wide, zero)));
            let title_set = set.bold(panel.is_emphasised);
            canvas.lines(of(i), (from, y + 8.0), Anchor::Start, title_set, ink);
            if let Some(last) = bars(panel).last() {
                let colour = finite(last.value).map_or(quiet, |v| canvas.palette.signed_text(v));
                let set = set.bold(last.value.is_some());
                let line = y + 8.0 + of(i).len() as f64 * set.leading();
                canvas.text(&last.text, (from, line), Anchor::Start, set, colour);
            }
        }
        y = bottom + 9.0;
    }
    canvas.lay_hatching();
    canvas.strokes(rules, faint, 0.4);
    canvas.strokes(zeros, quiet, 0.7);
    let mut end = y;
    let last_row = panels.len().div_ceil(across.max(1));
    if let ([first, .., last], true) = (periods, last_row > 0) {
        let ends = [first.clone(), last.clone()];
        let below = panels.len() - (last_row - 1) * across;
        for i in 0..below {
            let from = left + i as f64 * (wide + GUTTER);
            end = end.max(foot(&mut canvas, &ends, from, wide, y - 5.0));
        }
    } else if let [only] = periods {
        end = timeline::periods(
            &mut canvas,
            std::slice::from_ref(only),
            &[left + wide / 2.0],
            y - 5.0,
        );
    }
    canvas.finish(0.0, end.max(1.0))
}

/// First and last period at a panel's two ends, one below the other where they would meet.
fn foot(canvas: &mut Canvas, [first, last]: &[String; 2], from: f64, wide: f64, top: f64) -> f64 {
    let set = Type::SMALL;
    let quiet = canvas.palette.quiet;
    let half = (wide - 4.0) / 2.0;
    let (a, b) = (text::wrap(first, half, set), text::wrap(last, half, set));
    canvas.lines(&a, (from, top + 7.5), Anchor::Start, set, quiet);
    canvas.lines(&b, (from + wide, top + 7.5), Anchor::End, set, quiet);
    top + a.len().max(b.len()) as f64 * set.leading() + 2.0
}
