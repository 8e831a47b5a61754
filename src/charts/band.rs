//! The range behind lines over time, and the values at the points of a line.
//!
//! The range is a tint between its lowest and highest value in each period; where one of both is not
//! known there is none. A value stands above or below its point, where it touches no other label and, if
//! possible, crosses no line.

use super::Mark;
use super::canvas::{Area, Canvas, label_area};
use super::colour::Colour;
use super::text::{self, Anchor, TextStyle};

/// The lowest and highest value of each period, with their label.
pub(super) struct Band<'a> {
    pub low: &'a [Option<f64>],
    pub high: &'a [Option<f64>],
    pub label: &'a str,
}

/// The distance between a point and its value.
const GAP: f64 = 4.0;
/// The least distance between two values.
const AIR: f64 = 1.2;

/// Draws the tint between two rows of points, with an edge that a grey print keeps.
pub(super) fn fill(canvas: &mut Canvas, low: &[Option<(f64, f64)>], high: &[Option<(f64, f64)>]) {
    let tint = canvas.palette.quiet.mix(Colour::WHITE, 0.82);
    let edge = canvas.palette.quiet.mix(Colour::WHITE, 0.45);
    let both: Vec<_> = low.iter().zip(high).map(|(low, high)| low.zip(*high)).collect();
    for run in both.split(Option::is_none) {
        let run: Vec<_> = run.iter().flatten().copied().collect();
        let (low, high): (Vec<_>, Vec<_>) = run.iter().copied().unzip();
        match &run[..] {
            [] => {}
            // One period alone has the width of a stroke.
            [(low, high)] => canvas.strokes(vec![(*low, *high)], tint, 5.0),
            _ => {
                let around = low.iter().chain(high.iter().rev()).copied().collect();
                canvas.polygon(around, tint);
                canvas.line(low, edge, 0.5);
                canvas.line(high, edge, 0.5);
            }
        }
    }
}

/// Prints the values at points of lines; returns their areas. `points` are those of each line, `ruled`
/// the heights of ruled lines.
pub(super) fn values(
    canvas: &mut Canvas,
    marks: &[Mark],
    points: &[Vec<Option<(f64, f64)>>],
    ruled: &[f64],
    (left, right): (f64, f64),
) -> Vec<Area> {
    let set = TextStyle::SMALL;
    let mut taken: Vec<Area> = Vec::new();
    for mark in marks {
        let words = text::clean(&mark.text);
        let of_line = points.get(mark.line);
        let Some((x, y)) = of_line.and_then(|line| *line.get(mark.at)?) else { continue };
        if words.is_empty() {
            continue;
        }
        let (above, below) = text::ink(&words, set);
        let half = text::width(&words, set) / 2.0;
        let inside = |x: f64| x.min(right - half).max(left + half);
        let upper = |lift: f64| y - GAP - below - lift;
        let lower = |lift: f64| y + GAP + above + lift;
        let lifts = || (0..40).map(|step| f64::from(step) * 2.0);
        let spots = lifts().flat_map(|lift| {
            let sides =
                if mark.is_below { [lower(lift), upper(lift)] } else { [upper(lift), lower(lift)] };
            sides.into_iter().flat_map(move |y| [(x, y), (x + half, y), (x - half, y)])
        });
        let spots: Vec<(f64, f64, Area)> = spots
            .map(|(x, y)| (inside(x), y))
            .map(|(x, y)| (x, y, label_area(&words, (x, y), Anchor::Middle, set)))
            .filter(|(.., area)| !taken.iter().any(|other| area.meets(other, AIR)))
            .collect();
        let near = |(_, at, _): &&(f64, f64, Area)| (at - y).abs() < 26.0;
        let clear = |area: &Area| !points.iter().any(|line| crosses(line, area));
        let unruled = |area: &Area| !ruled.iter().any(|y| area.top < *y && *y < area.bottom);
        let best = spots.iter().filter(near).find(|(.., area)| clear(area) && unruled(area));
        let best = best.or_else(|| spots.iter().filter(near).find(|(.., area)| clear(area)));
        let Some((x, y, area)) = best.or_else(|| spots.first()).copied() else { continue };
        // Legible on the tint too.
        let colour = canvas.palette.category(mark.line).legible().mix(canvas.palette.ink, 0.3);
        canvas.text(&words, (x, y), Anchor::Middle, set, colour);
        canvas.shows(&mark.fact, area);
        taken.push(area);
    }
    for mark in marks {
        if let Some((x, y)) = points.get(mark.line).and_then(|line| *line.get(mark.at)?) {
            canvas.dot((x, y), 1.8, canvas.palette.category(mark.line));
        }
    }
    taken
}

/// Whether a line crosses an area.
fn crosses(line: &[Option<(f64, f64)>], area: &Area) -> bool {
    let area = area.grown(0.8);
    let inside = |(x, y): (f64, f64)| {
        (area.left..=area.right).contains(&x) && (area.top..=area.bottom).contains(&y)
    };
    line.windows(2).any(|pair| {
        let [Some(from), Some(to)] = pair else { return false };
        // Points so close that none of the letters lies between two of them.
        (0..=60).any(|step| {
            let part = f64::from(step) / 60.0;
            inside((from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part))
        })
    })
}
