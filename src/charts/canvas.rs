//! The canvas: the elements of a drawing, placed in points and drawn when the layout is done.
//!
//! In: rectangles, lines, dots and labels of a form. Out: a [`Drawing`]. A form may compute its height
//! last: elements are plotters' own and are drawn on the backend in [`svg`](super::svg) by
//! [`Canvas::finish`], when the upper left corner is known.

use plotters::coord::CoordTranslate;
use plotters::element::{
    Circle, Drawable, DynElement, IntoDynElement, PathElement, PointCollection, Polygon, Rectangle,
    Text,
};
use plotters::series::LineSeries;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle};
use plotters_backend::BackendCoord;

use super::colour::{Colour, Palette};
use super::svg::{PER_POINT, Picture};
use super::text::{self, Anchor, TextStyle};
use super::{Drawing, LabelBox};
use crate::document::{Brand, Spot};

/// The largest coordinate; larger ones are not printable and would overflow whole pixels.
const FARTHEST: f64 = 100_000.0;

/// A rectangle, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The area between two opposite corners, in any order.
    pub(super) fn between(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }

    /// The area enlarged by `by` points on all sides; reduced if that is negative.
    pub(super) fn grown(&self, by: f64) -> Self {
        let Self { left, top, right, bottom } = *self;
        Self { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
    }

    /// Whether two areas overlap, or are closer than `air`.
    pub(super) fn meets(&self, other: &Self, air: f64) -> bool {
        self.left < other.right + air
            && other.left < self.right + air
            && self.top < other.bottom + air
            && other.top < self.bottom + air
    }
}

/// The appearance of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Filled with the colour of its sign.
    Plain,
    /// Grey, next to an emphasised bar.
    Muted,
    /// An outline in the colour of its sign, for a figure of another kind.
    Hollow,
}

/// A straight stroke, from point to point.
pub(super) type Stroke = ((f64, f64), (f64, f64));

/// A position in the layout, in points; the upper left corner of the drawing is computed last.
type Point = (f64, f64);

/// Converts positions in the layout to units of the backend.
struct Sheet {
    /// The position of the upper left corner.
    corner: Point,
}

impl CoordTranslate for Sheet {
    type From = Point;

    fn translate(&self, (x, y): &Point) -> BackendCoord {
        (units(x - self.corner.0), units(y - self.corner.1))
    }
}

/// The canvas on which a form draws.
pub(super) struct Canvas {
    /// The colours of the publishing body.
    pub palette: Palette,
    /// Width of the drawing in points.
    pub width: f64,
    /// The distance of hatching strokes in points; larger where there are many bars.
    pub hatching: f64,
    elements: Vec<DynElement<'static, Picture, Point>>,
    hatches: Vec<Stroke>,
    labels: Vec<LabelBox>,
    spots: Vec<Spot>,
}

impl Canvas {
    /// An empty canvas of this width.
    pub(super) fn new(brand: &Brand, width_pt: f64) -> Self {
        let width = if width_pt.is_finite() { width_pt.clamp(20.0, 5_000.0) } else { 482.0 };
        Self {
            palette: Palette::of(brand),
            width,
            hatching: 4.4,
            elements: Vec::new(),
            hatches: Vec::new(),
            labels: Vec::new(),
            spots: Vec::new(),
        }
    }

    /// Adds an element on top of those before it.
    fn add(&mut self, element: impl IntoDynElement<'static, Picture, Point>) {
        self.elements.push(element.into_dyn());
    }

    /// A filled rectangle.
    pub(super) fn rectangle(&mut self, area: Area, colour: Colour) {
        let corners = [(area.left, area.top), (area.right, area.bottom)];
        self.add(Rectangle::new(corners, colour.filled()));
    }

    /// A bar of a signed value: filled for a gain, hatched for a loss.
    pub(super) fn bar(&mut self, area: Area, value: f64, look: Look) {
        match look {
            Look::Plain => self.rectangle(area, self.palette.signed(value)),
            Look::Muted => self.rectangle(area, self.palette.muted()),
            Look::Hollow => return self.hollow(area, self.palette.signed(value)),
        }
        if value < 0.0 {
            self.hatch(area);
        }
    }

    /// An empty rectangle with an outline inside its area.
    pub(super) fn hollow(&mut self, area: Area, colour: Colour) {
        self.rectangle(area, colour);
        let inner = area.grown(-RIM);
        if inner.left < inner.right && inner.top < inner.bottom {
            self.rectangle(inner, Colour::WHITE);
        }
    }

    /// The outline of a rectangle, drawn over its content.
    pub(super) fn outline(&mut self, area: Area, colour: Colour, weight: f64) {
        let Area { left, top, right, bottom } = area;
        let half = weight / 2.0;
        let sides = vec![
            ((left - half, top), (right + half, top)),
            ((left - half, bottom), (right + half, bottom)),
            ((left, top), (left, bottom)),
            ((right, top), (right, bottom)),
        ];
        self.strokes(sides, colour, weight);
    }

    /// White strokes at 45° clipped to an area.
    pub(super) fn hatch(&mut self, area: Area) {
        let apart = self.hatching;
        // x + y is constant on a stroke; multiples counted from zero keep the hatching of neighbouring
        // bars aligned.
        let mut sum = ((area.left + area.top) / apart).floor() * apart + apart;
        while sum < area.right + area.bottom {
            let from = (area.left.max(sum - area.bottom), area.bottom.min(sum - area.left));
            let to = (area.right.min(sum - area.top), area.top.max(sum - area.right));
            self.hatches.push((from, to));
            sum += apart;
        }
    }

    /// Draws the hatching collected so far over the bars drawn so far. Call it before drawing lines and
    /// labels in front of them.
    pub(super) fn lay_hatching(&mut self) {
        let strokes = std::mem::take(&mut self.hatches);
        self.strokes(strokes, Colour::WHITE, 0.8);
    }

    /// Straight strokes of one colour and weight.
    pub(super) fn strokes(&mut self, strokes: Vec<Stroke>, colour: Colour, weight: f64) {
        for (from, to) in strokes {
            self.add(PathElement::new([from, to], colour.stroke_width(units(weight) as u32)));
        }
    }

    /// A line from point to point.
    pub(super) fn line(
        &mut self,
        points: impl IntoIterator<Item = Point>,
        colour: Colour,
        weight: f64,
    ) {
        let series = LineSeries::new(points, colour.stroke_width(units(weight) as u32));
        self.elements.extend(series);
    }

    /// A filled polygon.
    pub(super) fn polygon(&mut self, corners: Vec<(f64, f64)>, colour: Colour) {
        self.add(Polygon::new(corners, colour.filled()));
    }

    /// The marker of the base year: a small diamond with a white rim, visible on a bar too.
    pub(super) fn diamond(&mut self, (x, y): (f64, f64)) {
        for (r, colour) in [(DIAMOND + 0.9, Colour::WHITE), (DIAMOND, self.palette.ink)] {
            self.polygon(vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)], colour);
        }
    }

    /// A filled dot.
    pub(super) fn dot(&mut self, at: (f64, f64), radius: f64, colour: Colour) {
        self.add(Circle::new(at, units(radius), colour.filled()));
    }

    /// A hollow dot.
    pub(super) fn ring(&mut self, at: (f64, f64), radius: f64, colour: Colour) {
        self.dot(at, radius, Colour::WHITE);
        self.add(Circle::new(at, units(radius - 0.65), colour.stroke_width(units(1.3) as u32)));
    }

    /// A label, whose box is recorded. An empty label is not drawn.
    pub(super) fn text(
        &mut self,
        label: &str,
        at: (f64, f64),
        anchor: Anchor,
        set: TextStyle,
        colour: Colour,
    ) {
        let text = text::clean(label);
        if text.is_empty() {
            return;
        }
        let area = label_area(&text, at, anchor, set);
        self.labels.push(LabelBox {
            text: text.clone(),
            x: area.left,
            y: area.top,
            width: area.right - area.left,
            height: area.bottom - area.top,
        });
        let weight = if set.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::Name(text::FAMILY), set.size * PER_POINT, weight);
        let horizontal = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        // The backend reads this vertical anchor as the baseline.
        let style = font.color(&colour).pos(Pos::new(horizontal, VPos::Bottom));
        self.add(Text::new(text, at, style));
    }

    /// Records the area of a number or of its mark; a number without an id is not recorded.
    pub(super) fn shows(&mut self, fact: &str, area: Area) {
        if fact.is_empty() {
            return;
        }
        // Very narrow marks get an area that can be clicked.
        let wide = |from: f64, to: f64| ((from + to) / 2.0, (to - from).max(LEAST_SPOT));
        let (x, width) = wide(area.left, area.right);
        let (y, height) = wide(area.top, area.bottom);
        let (x, y) = (x - width / 2.0, y - height / 2.0);
        self.spots.push(Spot { fact: fact.to_owned(), x, y, width, height });
    }

    /// Lines of text one below the other, the first on the given baseline.
    pub(super) fn lines(
        &mut self,
        lines: &[String],
        at: (f64, f64),
        anchor: Anchor,
        set: TextStyle,
        colour: Colour,
    ) {
        for (i, line) in lines.iter().enumerate() {
            self.text(line, (at.0, at.1 + i as f64 * set.leading()), anchor, set, colour);
        }
    }

    /// Lines of text centred vertically.
    pub(super) fn centred(
        &mut self,
        lines: &[String],
        x: f64,
        middle: f64,
        anchor: Anchor,
        set: TextStyle,
        colour: Colour,
    ) {
        let rise = lines.len().saturating_sub(1) as f64 / 2.0 * set.leading();
        self.lines(lines, (x, middle - rise + set.centring()), anchor, set, colour);
    }

    /// The top and bottom of the labels drawn so far; both zero without any.
    pub(super) fn reach(&self) -> (f64, f64) {
        self.labels.iter().fold((0.0, 0.0), |(top, bottom): (f64, f64), label| {
            (top.min(label.y), bottom.max(label.y + label.height))
        })
    }

    /// The left and right edge of the drawing. It is wider than requested only if a label overhangs; no
    /// form draws such a label, but if one did, the drawing would be scaled down rather than cut.
    fn across(&self) -> (f64, f64) {
        let left = self.labels.iter().map(|label| label.x).fold(0.0, f64::min).max(-FARTHEST);
        let ends = self.labels.iter().map(|label| label.x + label.width);
        let right = ends.fold(self.width, f64::max).min(FARTHEST);
        match left > -OVERHANG && right < self.width + OVERHANG {
            true => (0.0, self.width),
            false => (left, right),
        }
    }

    /// Draws everything between two heights, extended so that no label is cut.
    pub(super) fn finish(mut self, top: f64, bottom: f64) -> Drawing {
        self.lay_hatching();
        let (left, right) = self.across();
        let (highest, lowest) = self.reach();
        let top = if self.labels.is_empty() { top } else { top.min(highest) };
        let width = units(right - left) as u32;
        // Whole units, so that the picture matches its box.
        let height = ((bottom.max(lowest) - top).clamp(1.0, FARTHEST) * PER_POINT).ceil() as u32;
        let [width_pt, height_pt] = [width, height].map(|units| f64::from(units) / PER_POINT);
        for label in &mut self.labels {
            (label.x, label.y) = (label.x - left, label.y - top);
        }
        for spot in &mut self.spots {
            (spot.x, spot.y) = (spot.x - left, spot.y - top);
        }
        let sheet = Sheet { corner: (left, top) };
        let mut picture = Picture::new((width, height));
        for element in &self.elements {
            let points = element.point_iter().iter().map(|point| sheet.translate(point));
            let drawn = element.draw(points, &mut picture, (width, height));
            drawn.expect("the backend of `svg` does not fail");
        }
        Drawing {
            svg: picture.svg(),
            width_pt,
            height_pt,
            labels: self.labels,
            spots: self.spots,
            picture,
        }
    }
}

/// The distance by which a label may overhang: its side bearings.
const OVERHANG: f64 = 0.1;

/// The width of the outline of a hollow bar.
const RIM: f64 = 1.1;

/// The smallest width and height of an area that can be clicked.
const LEAST_SPOT: f64 = 4.0;

/// Half the diagonal of the base year's marker.
pub(super) const DIAMOND: f64 = 2.4;

/// The box of a label.
pub(super) fn label_area(text: &str, (x, y): (f64, f64), anchor: Anchor, set: TextStyle) -> Area {
    let width = text::width(text, set);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    let (above, below) = text::ink(text, set);
    Area { left, top: y - above, right: left + width, bottom: y + below }
}

/// Points in whole units of the drawing.
fn units(points: f64) -> i32 {
    (points.clamp(-FARTHEST, FARTHEST) * PER_POINT).round() as i32
}
