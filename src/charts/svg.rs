//! The drawing backend: turns the calls of plotters into SVG elements.
//!
//! In: the calls of plotters' elements, in whole units of a twentieth of a point. Out: a [`Picture`],
//! which is written as SVG. plotters' own SVG backend writes an element per call with every attribute.
//! This one joins consecutive strokes and rectangles of one style into one path, leaves out default
//! attributes, and keeps text as text with its baseline where the layout put it. The picture remains a
//! list of elements, so that [`standalone`](super::standalone) can write text differently.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use super::text::{Anchor, FAMILY, TextStyle};

/// Units of the drawing per point: a plotters backend uses whole units.
pub(super) const PER_POINT: f64 = 20.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The drawn elements, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    /// Width and height in units.
    size: (u32, u32),
    elements: Vec<Element>,
}

/// An element of the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Element {
    /// Consecutive strokes or rectangles of one style.
    Path {
        /// The style attributes, such as `fill="#005B8F"`.
        style: String,
        /// The path data.
        data: String,
    },
    /// A circle or polygon, as written.
    Shape(String),
    /// A label.
    Text(Words),
}

/// A label with its position and style.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    /// The text, not escaped.
    pub text: String,
    /// The position of its anchor on the baseline, in units.
    pub at: BackendCoord,
    /// The part of the text at that position.
    pub anchor: Anchor,
    /// Its size in units, and its weight.
    pub set: TextStyle,
    /// Its colour, such as `#1A1A1A`.
    pub fill: String,
}

impl Picture {
    /// An empty picture of this size, in units.
    pub(super) fn new(size: (u32, u32)) -> Self {
        Self { size, elements: vec![] }
    }

    /// Its elements, in the order of drawing.
    pub(super) fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// The opening tag of the file, with `more` attributes.
    pub(super) fn head(&self, more: &str) -> String {
        let (width, height) = self.size;
        let [wide, high] = [width, height].map(|units| f64::from(units) / PER_POINT);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}pt\" height=\"{high}pt\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"{FAMILY}\"{more}>\n"
        )
    }

    /// The whole SVG file.
    pub(super) fn svg(&self) -> String {
        let mut out = self.head("");
        for element in &self.elements {
            element.write(&mut out);
        }
        out.push_str("</svg>\n");
        out
    }

    /// Appends path data to the previous path if that has the same style.
    fn path(&mut self, style: String, piece: &str) {
        match self.elements.last_mut() {
            Some(Element::Path { style: before, data }) if *before == style => {
                data.push_str(piece);
            }
            _ => self.elements.push(Element::Path { style, data: piece.to_owned() }),
        }
    }
}

impl Element {
    /// Writes it on a line.
    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Path { style, data } => line(out, format_args!("<path {style} d=\"{data}\"/>")),
            Self::Shape(shape) => line(out, format_args!("{shape}")),
            Self::Text(words) => words.write(out, ""),
        }
    }
}

impl Words {
    /// Writes the element, with `more` attributes.
    pub(super) fn write(&self, out: &mut String, more: &str) {
        let (x, y) = self.at;
        let anchor = match self.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (size, fill) = (self.set.size, &self.fill);
        let weight = if self.set.bold { " font-weight=\"bold\"" } else { "" };
        let text = escaped(&self.text);
        line(
            out,
            format_args!(
                "<text x=\"{x}\" y=\"{y}\"{anchor} font-size=\"{size}\" fill=\"{fill}\"{weight}{more}>{text}</text>"
            ),
        );
    }
}

/// Writes a line.
pub(super) fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "{text}").expect("writing to a string does not fail");
}

/// Escapes a text for XML elements and attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
    out
}

fn set_of(style: &impl BackendTextStyle) -> TextStyle {
    TextStyle { size: style.size(), bold: matches!(style.style(), FontStyle::Bold) }
}

fn hex(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    super::Colour(red, green, blue).hex()
}

impl DrawingBackend for Picture {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    /// Draws a square of one unit; no form draws pixels.
    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let mut points = path.into_iter();
        let Some((mut x, mut y)) = points.next() else { return Ok(()) };
        let (mut data, mut steps) = (format!("M{x} {y}"), 0);
        for next in points {
            let written = match (next.0 - x, next.1 - y) {
                (dx, 0) => write!(data, "h{dx}"),
                (0, dy) => write!(data, "v{dy}"),
                (dx, dy) => write!(data, "l{dx} {dy}"),
            };
            written.expect("writing to a string does not fail");
            ((x, y), steps) = (next, steps + 1);
        }
        let (colour, width) = (hex(style.color()), style.stroke_width());
        // A straight stroke has no fill and no corners.
        let bends = match steps > 1 {
            true => "fill=\"none\" stroke-linejoin=\"round\" ",
            false => "",
        };
        self.path(format!("{bends}stroke=\"{colour}\" stroke-width=\"{width}\""), &data);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (wide, high) = (right - left, bottom - top);
        let colour = hex(style.color());
        let style = match fill {
            true => format!("fill=\"{colour}\""),
            false => {
                let width = style.stroke_width();
                format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"")
            }
        };
        self.path(style, &format!("M{left} {top}h{wide}v{high}h{}z", -wide));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (colour, width) = (hex(style.color()), style.stroke_width());
        let style = match fill {
            true => format!("fill=\"{colour}\""),
            false => format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\""),
        };
        let circle = format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {style}/>");
        self.elements.push(Element::Shape(circle));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let corners: Vec<String> = corners.into_iter().map(|(x, y)| format!("{x},{y}")).collect();
        let (colour, corners) = (hex(style.color()), corners.join(" "));
        let polygon = format!("<polygon fill=\"{colour}\" points=\"{corners}\"/>");
        self.elements.push(Element::Shape(polygon));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let set = set_of(style);
        let fill = hex(style.color());
        self.elements.push(Element::Text(Words { text: text.to_owned(), at, anchor, set, fill }));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let set = set_of(style);
        let (above, below) = super::text::ink(text, set);
        Ok((super::text::width(text, set).ceil() as u32, (above + below).ceil() as u32))
    }
}
