//! Standalone drawings: letters as outlines, for programs without the font.
//!
//! In: a [`Drawing`], whose labels are text in the shipped font family. Out: the same picture as SVG that
//! looks the same everywhere. Without the family a browser uses a wider one, and "+36,821" was cut to
//! "+36,82" at the edge of the drawing. Each letter is defined once and placed where the canvas measured
//! it; the text itself lies over it, transparent, so that it can be searched and copied. Embedding the
//! font files would need 20 times the space, and office programs ignore embedded fonts.
//!
//! Inside the PDF, drawings keep their text as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ttf_parser::{GlyphId, OutlineBuilder};

use super::Drawing;
use super::svg::{Element, Words, line};
use super::text::{self, Anchor, Glyph};

impl Drawing {
    /// The drawing as a separate file: letters as outlines, with a title and a description for screen
    /// readers.
    pub fn standalone(&self, title: &str, description: &str) -> String {
        let mut shapes = Shapes::default();
        let mut body = String::with_capacity(self.svg.len() * 4);
        for element in self.picture.elements() {
            match element {
                Element::Text(words) => shapes.label(words, &mut body),
                other => other.write(&mut body),
            }
        }
        let mut out =
            self.picture.head(" xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\"");
        for (name, text) in [("title", title), ("desc", description)] {
            if !text.is_empty() {
                line(&mut out, format_args!("<{name}>{}</{name}>", escaped(text)));
            }
        }
        shapes.define(&mut out);
        out.push_str(&body);
        out.push_str("</svg>\n");
        out
    }
}

/// The outlines of the letters in use, each once.
#[derive(Default)]
struct Shapes {
    known: BTreeMap<(usize, u16), String>,
}

impl Shapes {
    /// Draws one label: its letters as outlines, with transparent text over them.
    fn label(&mut self, words: &Words, out: &mut String) {
        let Words { text, at: (x, y), anchor, set, fill } = words;
        let width = text::width(text, *set);
        let mut x = f64::from(*x)
            - match anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => width / 2.0,
                Anchor::End => width,
            };
        let _ = write!(out, "<g fill=\"{fill}\">");
        for c in text.chars() {
            let glyph = text::glyph(c, *set);
            let scale = set.size / glyph.units_per_em();
            if self.knows(&glyph) {
                let _ = write!(
                    out,
                    "<use xlink:href=\"#g{}-{}\" transform=\"translate({x:.1} {y}) scale({scale:.4} -{scale:.4})\"/>",
                    glyph.face, glyph.id,
                );
            }
            x += glyph.advance() * scale;
        }
        out.push_str("</g>\n");
        let hidden = format!(
            " fill-opacity=\"0\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\""
        );
        words.write(out, &hidden);
    }

    /// Keeps the outline of a letter; returns false if it has none, as a space.
    fn knows(&mut self, glyph: &Glyph) -> bool {
        let outline = self.known.entry((glyph.face, glyph.id)).or_insert_with(|| {
            let mut path = Outline::default();
            let _ = glyph.font().outline_glyph(GlyphId(glyph.id), &mut path);
            path.0
        });
        !outline.is_empty()
    }

    fn define(&self, out: &mut String) {
        out.push_str("<defs>");
        for ((face, id), outline) in self.known.iter().filter(|(_, outline)| !outline.is_empty()) {
            let _ = write!(out, "<path id=\"g{face}-{id}\" d=\"{outline}\"/>");
        }
        out.push_str("</defs>\n");
    }
}

/// An outline as path data, in units of the font.
#[derive(Default)]
struct Outline(String);

impl Outline {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.0.push(command);
        for (index, (x, y)) in points.iter().enumerate() {
            let space = if index > 0 { " " } else { "" };
            let _ = write!(self.0, "{space}{} {}", x.round(), y.round());
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.0.push('z');
    }
}

fn escaped(text: &str) -> String {
    text::clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
