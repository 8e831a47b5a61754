//! Lean SVG: what plotters writes, said shorter and exactly.
//!
//! In: the text of plotters' SVG backend, an element a line. Out: the same picture without
//! attributes that repeat a default, with neighbouring strokes and rectangles of one style joined
//! into one path, sizes in points, and text that neither begins nor ends with a line break (the
//! backend adds one). The baseline is where the canvas put it: the backend's own shift of it (`dy`)
//! is dropped, as renderers disagree about it.

use super::text::FAMILY;

/// The shorter text.
pub(super) fn say(svg: &str, (width, height): (f64, f64)) -> String {
    let mut out = String::with_capacity(svg.len() / 2);
    let mut path = Path::default();
    let mut lines = svg.lines();
    while let Some(line) = lines.next() {
        let element = Element::of(line);
        match element.name {
            "line" | "rect" => {
                path.add(&element, &mut out);
                continue;
            }
            _ => path.close(&mut out),
        }
        match element.name {
            "svg" => {
                let view = element.get("viewBox");
                out.push_str(&format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" viewBox=\"{view}\" font-family=\"{FAMILY}\">\n"
                ));
            }
            "text" => {
                element.write(&mut out);
                out.push('>');
                // The canvas let no line break into a label, so the next line is all of it.
                out.push_str(lines.next().unwrap_or_default());
                out.push_str("</text>\n");
            }
            "circle" | "polygon" => {
                element.write(&mut out);
                out.push_str("/>\n");
            }
            _ => {}
        }
    }
    path.close(&mut out);
    out.push_str("</svg>\n");
    out
}

/// One opening tag, as plotters writes it: double quotes, one space between attributes.
pub(super) struct Element<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Element<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        let inner = line.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let (name, mut rest) = inner.split_once(' ').unwrap_or((inner, ""));
        let mut attributes = Vec::new();
        while let Some((key, after)) = rest.split_once("=\"") {
            let Some((value, next)) = after.split_once('"') else { break };
            attributes.push((key.trim(), value));
            rest = next;
        }
        Self { name, attributes }
    }

    pub(super) fn get(&self, key: &str) -> &'a str {
        self.attributes.iter().find(|(k, _)| *k == key).map_or("", |(_, value)| value)
    }

    fn number(&self, key: &str) -> i64 {
        self.get(key).parse().unwrap_or(0)
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (key, value) in &self.attributes {
            match (*key, *value) {
                ("opacity", "1")
                | ("stroke", "none")
                | ("text-anchor", "start")
                | ("dy" | "font-family", _)
                | ("stroke-width", "0") => {}
                ("font-size", size) => {
                    let size: f64 = size.parse().unwrap_or(0.0);
                    out.push_str(&format!(" font-size=\"{}\"", size.round()));
                }
                (key, value) => out.push_str(&format!(" {key}=\"{}\"", value.trim_end())),
            }
        }
    }
}

/// Neighbours of one style, gathered into one path.
#[derive(Default)]
struct Path {
    data: String,
    style: String,
}

impl Path {
    fn add(&mut self, element: &Element<'_>, out: &mut String) {
        let of = |key| element.number(key);
        let (style, piece) = if element.name == "line" {
            let (x, y) = (of("x1"), of("y1"));
            let (colour, weight) = (element.get("stroke"), element.get("stroke-width"));
            let step = match (of("x2") - x, of("y2") - y) {
                (dx, 0) => format!("h{dx}"),
                (0, dy) => format!("v{dy}"),
                (dx, dy) => format!("l{dx} {dy}"),
            };
            (format!("stroke=\"{colour}\" stroke-width=\"{weight}\""), format!("M{x} {y}{step}"))
        } else {
            let (x, y, width, height) = (of("x"), of("y"), of("width"), of("height"));
            let piece = format!("M{x} {y}h{width}v{height}h{}z", -width);
            (format!("fill=\"{}\"", element.get("fill")), piece)
        };
        if style != self.style {
            self.close(out);
            self.style = style;
        }
        self.data.push_str(&piece);
    }

    fn close(&mut self, out: &mut String) {
        if !self.data.is_empty() {
            out.push_str(&format!("<path {} d=\"{}\"/>\n", self.style, self.data));
        }
        *self = Self::default();
    }
}
