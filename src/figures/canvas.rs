//! The canvas: marks in points, painted by plotters when the layout is done.
//!
//! In: rectangles, lines, dots and labels from the files that draw a form. Out: a [`Drawing`].
//! A form may lay out first and learn its height last: nothing is painted before [`Canvas::finish`].
//! What plotters says at length, [`lean`] says shortly.

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::colour::{Colour, Palette};
use super::text::{self, Type};
use super::{Drawing, LabelBox, lean};
use crate::document::{Brand, Spot};

/// plotters counts in whole pixels; so many of them make a point.
const PER_POINT: f64 = 20.0;
/// Beyond this a coordinate is nothing anybody will print, and whole pixels would overflow.
const FARTHEST: f64 = 100_000.0;

/// Which part of a label stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

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
    pub fn between(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }

    /// Whether two areas share more than an edge, with so much air between them.
    pub fn meets(&self, other: &Self, air: f64) -> bool {
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

enum Mark {
    Rectangle(Area, Colour),
    Strokes(Vec<Stroke>, Colour, f64),
    Polygon(Vec<(f64, f64)>, Colour),
    Dot { at: (f64, f64), radius: f64, colour: Colour, rim: Option<f64> },
    Text { text: String, at: (f64, f64), anchor: Anchor, set: Type, colour: Colour },
}

/// Where a form puts its marks.
pub(super) struct Canvas {
    /// The tones of the body.
    pub palette: Palette,
    /// Width of the drawing in points.
    pub width: f64,
    /// How far apart the strokes of hatching are: farther where there are many bars.
    pub hatching: f64,
    marks: Vec<Mark>,
    hatches: Vec<Stroke>,
    labels: Vec<LabelBox>,
    spots: Vec<Spot>,
}

impl Canvas {
    /// An empty canvas of this width.
    pub fn new(brand: &Brand, width_pt: f64) -> Self {
        let width = if width_pt.is_finite() { width_pt.clamp(20.0, 5_000.0) } else { 482.0 };
        Self {
            palette: Palette::of(brand),
            width,
            hatching: 4.4,
            marks: Vec::new(),
            hatches: Vec::new(),
            labels: Vec::new(),
            spots: Vec::new(),
        }
    }

    /// A filled rectangle.
    pub fn rectangle(&mut self, area: Area, colour: Colour) {
        self.marks.push(Mark::Rectangle(area, colour));
    }

    /// A bar of a signed value: plain for a gain, hatched for a loss.
    pub fn bar(&mut self, area: Area, value: f64, look: Look) {
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
    pub fn hollow(&mut self, area: Area, colour: Colour) {
        self.rectangle(area, colour);
        let inner = Area {
            left: area.left + RIM,
            top: area.top + RIM,
            right: area.right - RIM,
            bottom: area.bottom - RIM,
        };
        if inner.left < inner.right && inner.top < inner.bottom {
            self.rectangle(inner, Colour::WHITE);
        }
    }

    /// The four sides of a rectangle, drawn over what is in it.
    pub fn outline(&mut self, area: Area, colour: Colour, weight: f64) {
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
    pub fn hatch(&mut self, area: Area) {
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
    pub fn lay_hatching(&mut self) {
        let strokes = std::mem::take(&mut self.hatches);
        self.strokes(strokes, Colour::WHITE, 0.8);
    }

    /// Straight strokes of one colour and weight.
    pub fn strokes(&mut self, strokes: Vec<Stroke>, colour: Colour, weight: f64) {
        if !strokes.is_empty() {
            self.marks.push(Mark::Strokes(strokes, colour, weight));
        }
    }

    /// A filled polygon.
    pub fn polygon(&mut self, corners: Vec<(f64, f64)>, colour: Colour) {
        self.marks.push(Mark::Polygon(corners, colour));
    }

    /// The marker of the base year: a small diamond with a white rim, to be seen on a bar too.
    pub fn diamond(&mut self, (x, y): (f64, f64)) {
        for (r, colour) in [(DIAMOND + 0.9, Colour::WHITE), (DIAMOND, self.palette.ink)] {
            self.polygon(vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)], colour);
        }
    }

    /// A filled dot.
    pub fn dot(&mut self, at: (f64, f64), radius: f64, colour: Colour) {
        self.marks.push(Mark::Dot { at, radius, colour, rim: None });
    }

    /// A hollow dot.
    pub fn ring(&mut self, at: (f64, f64), radius: f64, colour: Colour) {
        self.dot(at, radius, Colour::WHITE);
        self.marks.push(Mark::Dot { at, radius: radius - 0.65, colour, rim: Some(1.3) });
    }

    /// A label; its box is kept. An empty one is not drawn.
    pub fn text(&mut self, label: &str, at: (f64, f64), anchor: Anchor, set: Type, colour: Colour) {
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
        self.marks.push(Mark::Text { text, at, anchor, set, colour });
    }

    /// Keeps where a number stands, or the mark it is drawn as; one without a name is not kept.
    pub fn shows(&mut self, fact: &str, area: Area) {
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
    pub fn lines(
        &mut self,
        lines: &[String],
        at: (f64, f64),
        anchor: Anchor,
        set: Type,
        colour: Colour,
    ) {
        for (i, line) in lines.iter().enumerate() {
            self.text(line, (at.0, at.1 + i as f64 * set.leading()), anchor, set, colour);
        }
    }

    /// Lines centred on a height.
    pub fn centred(
        &mut self,
        lines: &[String],
        x: f64,
        middle: f64,
        anchor: Anchor,
        set: Type,
        colour: Colour,
    ) {
        let rise = lines.len().saturating_sub(1) as f64 / 2.0 * set.leading();
        self.lines(lines, (x, middle - rise + set.centring()), anchor, set, colour);
    }

    /// What the labels drawn so far reach, top and bottom; both zero without any.
    pub fn reach(&self) -> (f64, f64) {
        self.labels.iter().fold((0.0, 0.0), |(top, bottom): (f64, f64), label| {
            (top.min(label.y), bottom.max(label.y + label.height))
        })
    }

    /// Makes room for labels that reach over a side. The forms leave none that does; should one, the
    /// drawing is wider than asked for, and set smaller, rather than cut.
    fn widen(&mut self) {
        let left = self.labels.iter().map(|label| label.x).fold(0.0, f64::min).max(-FARTHEST);
        let ends = self.labels.iter().map(|label| label.x + label.width);
        let right = ends.fold(self.width, f64::max).min(FARTHEST);
        if left > -OVERHANG && right < self.width + OVERHANG {
            return;
        }
        self.width = right - left;
        let shift = |point: &mut (f64, f64)| point.0 -= left;
        for mark in &mut self.marks {
            match mark {
                Mark::Rectangle(area, _) => {
                    (area.left, area.right) = (area.left - left, area.right - left)
                }
                Mark::Strokes(strokes, ..) => strokes.iter_mut().for_each(|(a, b)| {
                    shift(a);
                    shift(b);
                }),
                Mark::Polygon(corners, _) => corners.iter_mut().for_each(shift),
                Mark::Dot { at, .. } | Mark::Text { at, .. } => shift(at),
            }
        }
        self.labels.iter_mut().for_each(|label| label.x -= left);
        self.spots.iter_mut().for_each(|spot| spot.x -= left);
    }

    /// Paints everything between two heights; nothing of a label is cut, at the sides neither.
    pub fn finish(mut self, top: f64, bottom: f64) -> Drawing {
        self.lay_hatching();
        self.widen();
        let (highest, lowest) = self.reach();
        let top = if self.labels.is_empty() { top } else { top.min(highest) };
        // Whole twentieths, so that the picture and its box agree.
        let height =
            (((bottom.max(lowest) - top).clamp(1.0, FARTHEST)) * PER_POINT).ceil() / PER_POINT;
        let width = (self.width * PER_POINT).round() / PER_POINT;
        for label in &mut self.labels {
            label.y -= top;
        }
        for spot in &mut self.spots {
            spot.y -= top;
        }
        let mut buffer = String::new();
        {
            let size = (pixel(width) as u32, pixel(height) as u32);
            let mut backend = SVGBackend::with_string(&mut buffer, size);
            for mark in &self.marks {
                paint(&mut backend, mark, top);
            }
            backend.present().expect("writing to a string does not fail");
        }
        let svg = lean::say(&buffer, (width, height));
        Drawing { svg, width_pt: width, height_pt: height, labels: self.labels, spots: self.spots }
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
pub(super) fn label_area(text: &str, (x, y): (f64, f64), anchor: Anchor, set: Type) -> Area {
    let width = text::width(text, set);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    let (above, below) = text::ink(text, set);
    Area { left, top: y - above, right: left + width, bottom: y + below }
}

fn pixel(points: f64) -> i32 {
    (points.clamp(-FARTHEST, FARTHEST) * PER_POINT).round() as i32
}

fn paint(backend: &mut SVGBackend<'_>, mark: &Mark, top: f64) {
    let at = |(x, y): (f64, f64)| (pixel(x), pixel(y - top));
    let style = |colour: Colour, weight: f64| ShapeStyle {
        color: RGBColor(colour.0, colour.1, colour.2).into(),
        filled: true,
        stroke_width: pixel(weight) as u32,
    };
    let done = match mark {
        Mark::Rectangle(area, colour) => backend.draw_rect(
            at((area.left, area.top)),
            at((area.right, area.bottom)),
            &style(*colour, 0.0),
            true,
        ),
        Mark::Strokes(strokes, colour, weight) => strokes
            .iter()
            .try_for_each(|(a, b)| backend.draw_line(at(*a), at(*b), &style(*colour, *weight))),
        Mark::Polygon(corners, colour) => {
            backend.fill_polygon(corners.iter().map(|c| at(*c)), &style(*colour, 0.0))
        }
        Mark::Dot { at: centre, radius, colour, rim } => backend.draw_circle(
            at(*centre),
            pixel(*radius) as u32,
            &style(*colour, rim.unwrap_or(0.0)),
            rim.is_none(),
        ),
        Mark::Text { text, at: place, anchor, set, colour } => {
            let weight = if set.bold { FontStyle::Bold } else { FontStyle::Normal };
            // The SVG backend divides the size by 1.24 (plotters-svg 0.3.7, `draw_text`).
            let size = set.size * PER_POINT * 1.24;
            let tone = RGBColor(colour.0, colour.1, colour.2);
            let horizontal = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let style =
                TextStyle::from(FontDesc::new(FontFamily::Name(text::FAMILY), size, weight))
                    .color(&tone)
                    .pos(Pos::new(horizontal, VPos::Top));
            backend.draw_text(text, &style, at(*place))
        }
    };
    done.expect("writing to a string does not fail");
}
