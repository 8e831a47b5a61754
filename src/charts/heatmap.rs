//! F5: a square of flows, from the row's member to the column's.
//!
//! Rows have the full label and the short form. Columns have only the short form, horizontally and
//! staggered over as many lines as needed. Classes darken with the flow; their bounds are printed below.

use plotters::coord::ranged1d::SegmentValue;

use super::axes::{self, Plane};
use super::canvas::{Area, Canvas};
use super::colour::{Colour, Palette};
use super::legend::{self, Swatch};
use super::scale::finite;
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Heatmap};

pub(super) fn draw(mut canvas: Canvas, map: &Heatmap) -> Drawing {
    let set = TextStyle::SMALL;
    let count = map.members.len();
    let (quiet, ink, gain) = (canvas.palette.quiet, canvas.palette.ink, canvas.palette.gain);
    let tints = Palette::tints(gain.mix(Colour(0, 0, 0), 0.25), map.classes.len());
    let diagonal = quiet.mix(Colour::WHITE, 0.55);

    let wide = |word: &str| text::width(&text::clean(word), set);
    let shorts = map.members.iter().map(|(_, short)| wide(short)).fold(0.0, f64::max);
    let names = map.members.iter().map(|(label, _)| wide(label)).fold(0.0, f64::max);
    let names = names.min(canvas.width * 0.38);
    let left = names + shorts + 10.0;
    let room = canvas.width - left;
    let mut cell = room / count.max(1) as f64;
    if cell < shorts {
        // The last column head extends to the right of its column.
        cell = (room - shorts / 2.0) / (count.max(1) as f64 - 0.5);
    }
    let cell = cell.clamp(0.5, 26.0);

    let origins = text::wrap(&map.origins, left - 6.0, set.bold(true));
    let destinations = text::wrap(&map.destinations, canvas.width - left, set.bold(true));
    let head = origins.len().max(destinations.len()) as f64 * set.leading() + 3.0;
    // Column heads are staggered over enough lines that neighbours on a line do not touch.
    let turns = (((shorts + 3.0) / cell).ceil().max(1.0) as usize).min(count.max(1));
    let top = head + turns as f64 * set.leading() + 2.0;

    let labels: Vec<_> =
        map.members.iter().map(|(label, _)| text::wrap(label, names, set)).collect();
    // All rows have the same height, so that none looks more important.
    let deepest = labels.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let height = cell.clamp(11.0, 15.0).max(deepest * set.leading() + 2.0);
    let bottom = top + count as f64 * height;
    let grid = Area { left, top, right: left + cell * count as f64, bottom };
    let plane = Plane::new(grid, axes::categories(count), axes::categories(count));
    let edge = |index: usize| axes::edge(index, count);

    // The empty background, then one path per class, composed of runs along its rows.
    let ground = Colour::WHITE;
    let class = |i: usize, j: usize| -> Option<usize> {
        let flow = finite(map.flows.get(i)?.get(j).copied().flatten())?;
        map.classes.iter().rposition(|(from, _)| flow >= *from).filter(|_| i != j)
    };
    if count > 0 {
        let rim = quiet.mix(Colour::WHITE, 0.35);
        canvas.rectangle(grid.grown(0.5), rim);
        canvas.rectangle(grid, ground);
    }
    let span = |i: usize, from: usize, to: usize| {
        Area::between(plane.at(edge(from), edge(i)), plane.at(edge(to), edge(i + 1)))
    };
    for (tone, tint) in tints.iter().enumerate() {
        for i in 0..count {
            let mut j = 0;
            while j < count {
                let run = (j..count).take_while(|j| class(i, *j) == Some(tone)).count();
                if run > 0 {
                    canvas.rectangle(span(i, j, j + run), *tint);
                }
                j += run + 1;
            }
        }
    }
    for i in 0..count {
        canvas.rectangle(span(i, i, i + 1), diagonal);
    }
    for (i, row) in map.facts.iter().enumerate().take(count) {
        for (j, fact) in row.iter().enumerate().take(count) {
            if class(i, j).is_some() {
                canvas.shows(fact, span(i, j, j + 1));
            }
        }
    }
    let mut rules = Vec::new();
    for k in 1..count {
        let (x, y) = plane.at(edge(k), edge(k));
        rules.push(((x, top), (x, bottom)));
        rules.push(((left, y), (grid.right, y)));
    }
    canvas.strokes(rules, quiet.mix(Colour::WHITE, 0.75), 0.5);
    let largest = largest(map, count).filter(|_| !map.largest.is_empty());
    if let Some((i, j)) = largest {
        canvas.outline(span(i, j, j + 1), ink, 1.5);
    }

    canvas.lines(&origins, (0.0, 8.0), Anchor::Start, set.bold(true), ink);
    canvas.lines(&destinations, (left, 8.0), Anchor::Start, set.bold(true), ink);
    for (i, (_, short)) in map.members.iter().enumerate() {
        let (x, middle) = plane.at(SegmentValue::CenterOf(i), SegmentValue::CenterOf(i));
        canvas.centred(&labels[i], 0.0, middle, Anchor::Start, set, ink);
        canvas.text(short, (left - 4.0, middle + set.centring()), Anchor::End, set, quiet);
        // The lowest line first, so that a single line is next to the grid.
        let line = turns - 1 - i % turns;
        let y = head + line as f64 * set.leading() + 7.5;
        canvas.text(short, (x, y), Anchor::Middle, set, quiet);
    }
    let empty = (0..count).any(|i| (0..count).any(|j| i != j && class(i, j).is_none()));
    let mut swatches: Vec<_> =
        (map.classes.iter().zip(&tints)).map(|((_, words), tint)| swatch(*tint, words)).collect();
    swatches.push(swatch(diagonal, &map.diagonal));
    if empty {
        swatches.push(swatch(ground, &map.missing));
    }
    if largest.is_some() {
        swatches.push(Swatch { hollow: true, ..swatch(ink, &map.largest) });
    }
    let end = legend::draw(&mut canvas, &swatches, 0.0, bottom + 7.0);
    canvas.finish(0.0, end.max(1.0))
}

fn swatch(colour: Colour, words: &str) -> Swatch<'_> {
    Swatch { colour, hatched: false, hollow: false, words }
}

/// The row and column of the largest flow between two members.
fn largest(map: &Heatmap, count: usize) -> Option<(usize, usize)> {
    let cells = map.flows.iter().enumerate().take(count).flat_map(|(i, row)| {
        let row = row.iter().enumerate().take(count).filter(move |(j, _)| i != *j);
        row.filter_map(move |(j, flow)| Some(((i, j), finite(*flow)?)))
    });
    cells.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}
