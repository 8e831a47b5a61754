//! The canvas: the elements of a drawing, placed in points and drawn when the layout is done.
//!
//! In: rectangles, lines, dots and labels from the files that draw a form. Out: a [`Drawing`].
//! A form may lay out first and learn its height last: elements are plotters' own, and are drawn
//! on the backend of [`svg`](super::svg) in [`Canvas::finish`], once the upper left corner is known.

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

/// Beyond this a coordinate is nothing anybody will print, and whole pixels would overflow.
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
    /// Between two corners, whichever way round.
    pub(super) fn between(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }

    /// Larger by so much on all sides; smaller if it is negative.
    pub(super) fn grown(&self, by: f64) -> Self {
        let Self { left, top, right, bottom } = *self;
        Self { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
    }

    /// Whether two areas share more than an edge, with so much air between them.
    pub(super) fn meets(&self, other: &Self, air: f64) -> bool {
        self.left < other.right + air
            && other.left < self.right + air
            && self.top < other.bottom + air
            && other.top < self.bottom + air
    }
}

/// How a bar looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// In the colour of its sign.
    Plain,
    /// In grey, beside one that is set off.
    Muted,
    /// A rim in the colour of its sign: a figure of another kind than the rest.
    Hollow,
}

/// A straight stroke.
pub(super) type Stroke = ((f64, f64), (f64, f64));

/// A place in the layout, in points; the upper left corner of the drawing is known last.
type Point = (f64, f64);

/// From places in the layout to the units of the backend.
struct Sheet {
    /// The place of the upper left corner.
    corner: Point,
}

impl CoordTranslate for Sheet {
    type From = Point;

    fn translate(&self, (x, y): &Point) -> BackendCoord {
        (units(x - self.corner.0), units(y - self.corner.1))
    }
}

/// Where a form puts its marks.
pub(super) struct Canvas {
    /// The tones of the body.
    pub palette: Palette,
    /// Width of the drawing in points.
    pub width: f64,
    /// How far apart the strokes of hatching are: farther where there are many bars.
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

    /// Adds an element, drawn over those before it.
    fn add(&mut self, element: impl IntoDynElement<'static, Picture, Point>) {
        self.elements.push(element.into_dyn());
    }

    /// A filled rectangle.
    pub(super) fn rectangle(&mut self, area: Area, colour: Colour) {
        let corners = [(area.left, area.top), (area.right, area.bottom)];
        self.add(Rectangle::new(corners, colour.filled()));
    }

    /// A bar of a signed value: plain for a gain, hatched for a loss.
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

    /// An empty rectangle with a rim.
    pub(super) fn hollow(&mut self, area: Area, colour: Colour) {
        self.rectangle(area, colour);
        let inner = area.grown(-RIM);
        if inner.left < inner.right && inner.top < inner.bottom {
            self.rectangle(inner, Colour::WHITE);
        }
    }

    /// The four sides of a rectangle, drawn over what is in it.
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

    /// White strokes at 45° over an area, clipped to it.
    pub(super) fn hatch(&mut self, area: Area) {
        let apart = self.hatching;
        // On a stroke x + y is constant; counting from zero keeps neighbouring bars in step.
        let mut sum = ((area.left + area.top) / apart).floor() * apart + apart;
        while sum < area.right + area.bottom {
            let from = (area.left.max(sum - area.bottom), area.bottom.min(sum - area.left));
            let to = (area.right.min(sum - area.top), area.top.max(sum - area.right));
            self.hatches.push((from, to));
            sum += apart;
        }
    }

    /// Lays the hatching gathered so far over the bars drawn so far: called before the lines and
    /// labels that stand in front.
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

    /// The marker of the base year: a small diamond with a white rim, to be seen on a bar too.
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

    /// A label; its box is kept. An empty one is not drawn.
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
        // The backend takes the height for that of the baseline.
        let style = font.color(&colour).pos(Pos::new(horizontal, VPos::Bottom));
        self.add(Text::new(text, at, style));
    }

    /// Keeps where a number stands, or the mark it is drawn as; one without a name is not kept.
    pub(super) fn shows(&mut self, fact: &str, area: Area) {
        if fact.is_empty() {
            return;
        }
        // A mark of a hair's breadth has to be hit.
        let wide = |from: f64, to: f64| ((from + to) / 2.0, (to - from).max(LEAST_SPOT));
        let (x, width) = wide(area.left, area.right);
        let (y, height) = wide(area.top, area.bottom);
        let (x, y) = (x - width / 2.0, y - height / 2.0);
        self.spots.push(Spot { fact: fact.to_owned(), x, y, width, height });
    }

    /// Lines one under the other, the first on this baseline.
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

    /// Lines centred on a height.
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

    /// What the labels drawn so far reach, top and bottom; both zero without any.
    pub(super) fn reach(&self) -> (f64, f64) {
        self.labels.iter().fold((0.0, 0.0), |(top, bottom): (f64, f64), label| {
            (top.min(label.y), bottom.max(label.y + label.height))
        })
    }

    /// From where to where the drawing reaches across: over the width that was asked for where a
    /// label does. The forms leave none that does; should one, the drawing is wider than asked for,
    /// and set smaller, rather than cut.
    fn across(&self) -> (f64, f64) {
        let left = self.labels.iter().map(|label| label.x).fold(0.0, f64::min).max(-FARTHEST);
        let ends = self.labels.iter().map(|label| label.x + label.width);
        let right = ends.fold(self.width, f64::max).min(FARTHEST);
        match left > -OVERHANG && right < self.width + OVERHANG {
            true => (0.0, self.width),
            false => (left, right),
        }
    }

    /// Draws everything between two heights; nothing of a label is cut, at the sides neither.
    pub(super) fn finish(mut self, top: f64, bottom: f64) -> Drawing {
        self.lay_hatching();
        let (left, right) = self.across();
        let (highest, lowest) = self.reach();
        let top = if self.labels.is_empty() { top } else { top.min(highest) };
        let width = units(right - left) as u32;
        // Whole units, so that the picture and its box agree.
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

/// A label may reach so far over a side: it is the air of its first and last letter.
const OVERHANG: f64 = 0.1;

/// The rim of a hollow bar.
const RIM: f64 = 1.1;

/// The least width and height of what can be clicked.
const LEAST_SPOT: f64 = 4.0;

/// Half the diagonal of the base year's marker.
pub(super) const DIAMOND: f64 = 2.4;

/// The box a label will have.
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

/// Points as whole units of the drawing.
fn units(points: f64) -> i32 {
    (points.clamp(-FARTHEST, FARTHEST) * PER_POINT).round() as i32
}
