//! F7: equal tiles on a grid, a region with a signed rate each.
//!
//! Classes are symmetrical about zero. A negative class is hatched in a strip at the foot of the tile,
//! where it does not disturb the text, and every rate is printed with its sign.

use plotters::coord::ranged1d::SegmentValue;

use super::axes::{self, Plane};
use super::canvas::{Area, Canvas};
use super::colour::{Colour, Palette};
use super::legend::{self, Swatch};
use super::scale::finite;
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, Tile};

const GAP: f64 = 1.5;
const STRIP: f64 = 5.0;
/// The width of the outline of an emphasised tile.
const RIM: f64 = 1.6;

pub(super) fn draw(
    mut canvas: Canvas,
    tiles: &[Tile],
    bounds: &[f64],
    classes: &[String],
) -> Drawing {
    let set = TextStyle::SMALL;
    // Positions beyond a reasonable grid are moved to its edge.
    let (col, row) = (|t: &Tile| t.col.clamp(1, 60), |t: &Tile| t.row.clamp(1, 60));
    let across = tiles.iter().map(col).max().unwrap_or(1);
    let down = tiles.iter().map(row).max().unwrap_or(0);
    let wide = ((canvas.width + GAP) / across as f64 - GAP).clamp(2.0, 74.0);

    let (names, is_short) = names(tiles, wide - 4.0);
    let deepest = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let high = (deepest + 1) as f64 * set.leading() + 6.0 + STRIP;

    let bottom = down as f64 * (high + GAP);
    let grid = Area { left: 0.0, top: 0.0, right: across as f64 * (wide + GAP), bottom };
    let plane = Plane::new(grid, axes::categories(across), axes::categories(down));
    let area = |tile: &Tile| {
        let (left, top) =
            plane.at(SegmentValue::Exact(col(tile) - 1), SegmentValue::Exact(row(tile) - 1));
        Area { left, top, right: left + wide, bottom: top + high }
    };

    for (tile, names) in tiles.iter().zip(&names) {
        let area = area(tile);
        let Area { left, top, .. } = area;
        let value = finite(tile.value);
        let class = value.map(|v| class(v, bounds));
        let colour = class.map_or(Colour::WHITE, |c| tone(&canvas.palette, c, bounds.len()));
        legend::cell(&mut canvas, area, colour, false);
        if class.is_some_and(|c| c < bounds.len()) {
            let strip = Area { top: area.bottom - STRIP, ..area };
            canvas.rectangle(strip, canvas.palette.loss);
            canvas.hatch(strip);
        }
        if value.is_some() {
            canvas.shows(&tile.fact, area);
        }
        let ink = canvas.palette.ink;
        let reads = if value.is_some() { colour.lettering(ink) } else { canvas.palette.quiet };
        let bold = set.bold(tile.is_emphasised);
        canvas.lines(names, (left + 2.5, top + 9.5), Anchor::Start, bold, reads);
        let line = top + 9.5 + names.len() as f64 * set.leading();
        canvas.text(
            &tile.text,
            (left + 2.5, line),
            Anchor::Start,
            set.bold(value.is_some()),
            reads,
        );
    }
    canvas.lay_hatching();
    for tile in tiles.iter().filter(|tile| tile.is_emphasised) {
        // The outline is inside the tile, and so inside the drawing.
        canvas.outline(area(tile).grown(-RIM / 2.0), canvas.palette.ink, RIM);
    }
    let swatches: Vec<_> = classes
        .iter()
        .enumerate()
        .map(|(c, words)| Swatch {
            colour: tone(&canvas.palette, c, bounds.len()),
            hatched: c < bounds.len(),
            hollow: false,
            words,
        })
        .collect();
    let mut end = legend::draw(&mut canvas, &swatches, 0.0, bottom + 5.0);
    if is_short {
        // What the short forms stand for.
        let meant = tiles.iter().filter(|tile| !tile.short.is_empty() && tile.short != tile.name);
        let meant: Vec<String> =
            meant.map(|tile| format!("{}:\u{A0}{}", tile.short, tile.name)).collect();
        let lines = text::wrap(&meant.join("; "), canvas.width, set);
        let quiet = canvas.palette.quiet;
        canvas.lines(&lines, (0.0, end + set.leading()), Anchor::Start, set, quiet);
        end += (lines.len() as f64 + 0.5) * set.leading();
    }
    canvas.finish(0.0, end.max(1.0))
}

/// The labels if all of them fit their tiles in at most three lines; else all short forms, since a
/// mixture would be hard to read. Also whether they are short forms.
fn names(tiles: &[Tile], limit: f64) -> (Vec<Vec<String>>, bool) {
    let set = TextStyle::SMALL;
    let of = |tile: &Tile| set.bold(tile.is_emphasised);
    let lines: Vec<_> = tiles.iter().map(|tile| text::wrap(&tile.label, limit, of(tile))).collect();
    let whole =
        |tile: &Tile| tile.label.split([' ', '-']).all(|word| text::width(word, of(tile)) <= limit);
    let fits = |(tile, lines): (&Tile, &Vec<String>)| lines.len() <= 3 && whole(tile);
    if tiles.iter().zip(&lines).all(fits) {
        return (lines, false);
    }
    let short = |(tile, lines): (&Tile, Vec<String>)| match &*tile.short {
        "" => lines,
        short => vec![short.to_owned()],
    };
    (tiles.iter().zip(lines).map(short).collect(), true)
}

/// The class of a value, counted from the most negative; a bound belongs to the class farther from zero.
fn class(value: f64, bounds: &[f64]) -> usize {
    let beyond = bounds.iter().filter(|bound| value.abs() >= **bound).count();
    if value < 0.0 { bounds.len() - beyond } else { bounds.len() + beyond }
}

fn tone(palette: &Palette, class: usize, sides: usize) -> Colour {
    let middle = palette.quiet.mix(Colour::WHITE, 0.82);
    if class == sides {
        return middle;
    }
    let (colour, depth) =
        if class < sides { (palette.loss, sides - class) } else { (palette.gain, class - sides) };
    // The darkest class must be dark enough for white digits.
    Palette::tints(colour.legible(), sides + 1).get(depth).copied().unwrap_or(colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_symmetrical_about_zero() {
        let bounds = [1.0, 5.0];
        let classes: Vec<_> = [-9.0, -5.0, -1.0, -0.9, 0.0, 0.9, 1.0, 5.0]
            .iter()
            .map(|v| class(*v, &bounds))
            .collect();
        assert_eq!(classes, [0, 0, 1, 2, 2, 2, 3, 4]);
    }
}
