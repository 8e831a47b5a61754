//! Text without room: overlapping other text, or leaving its container.
//!
//! In: Typst's pages. Out: an error for each text whose letters overlap those of another (`K0720`), and
//! for each text that begins inside the page's text area, a column or a cell and extends beyond it
//! (`K0721`). The ink of glyphs is compared, so a descender close to the next line is no problem.
//!
//! The text area is the frame in which Typst lays out the content of a page. A frame is a container too
//! if it is a separate group. Rotated items, such as watermarks, are ignored.

use std::collections::HashMap;

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::syntax::Span;
use typst::text::TextItem;
use typst_layout::Page;

/// Ink may overlap by this part of the smaller size.
const NEAR: f64 = 0.12;
/// Text may extend this many points beyond its container: for hanging punctuation and rounding.
const LOOSE: f64 = 1.5;
/// The height of the rows that index glyphs, in points.
const ROW: f64 = 12.0;

/// A text without room.
#[derive(Debug)]
pub(super) struct Tight {
    /// The page, counted from 0.
    pub page: usize,
    /// The text item.
    pub text: String,
    /// The text that it overlaps, if it does.
    pub over: Option<String>,
    /// The template code that printed it.
    pub span: Span,
}

/// A rectangle on a page, in points.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Bounds {
    fn of(frame: &Frame, at: Transform) -> Self {
        let (size, origin) = (frame.size(), Point::zero().transform(at));
        let (left, top) = (origin.x.to_pt(), origin.y.to_pt());
        let (wide, high) = (size.x.to_pt() * at.sx.get(), size.y.to_pt() * at.sy.get());
        Self { left, top, right: left + wide, bottom: top + high }
    }

    /// The rectangle with two thirds of the side margins added: a theme may hang items there, or set
    /// wider text than its text area.
    fn with_margins(self, page: &Page) -> Self {
        let right = page.frame.size().x.to_pt();
        Self { left: self.left / 3.0, right: (self.right + 2.0 * right) / 3.0, ..self }
    }

    fn size(self) -> f64 {
        (self.right - self.left) * (self.bottom - self.top)
    }
}

/// The ink of a glyph.
struct Ink {
    bounds: Bounds,
    /// The index of its text item.
    piece: usize,
}

/// A text item.
struct Piece {
    text: String,
    size: f64,
    span: Span,
}

/// All texts of the pages without room.
pub(super) fn find(pages: &[Page]) -> Vec<Tight> {
    let mut found = vec![];
    for (index, page) in pages.iter().enumerate() {
        let mut look = Look { pieces: vec![], ink: vec![], out: vec![], measure: 0.0 };
        let own = area(pages, page);
        look.measure = own.map_or(f64::INFINITY, |own| own.right - own.left);
        let area = own.map(|own| own.with_margins(page));
        look.frame(&page.frame, Transform::identity(), area, area);
        let tight = |piece: usize, over: Option<usize>| Tight {
            page: index,
            text: look.pieces[piece].text.clone(),
            over: over.map(|over| look.pieces[over].text.clone()),
            span: look.pieces[piece].span,
        };
        found.extend(look.overlaps().into_iter().map(|(over, piece)| tight(piece, Some(over))));
        found.extend(look.out.iter().map(|piece| tight(*piece, None)));
    }
    found
}

/// The top and bottom of a page's text area, in points.
pub(crate) fn text_area(pages: &[Page], page: &Page) -> Option<(f64, f64)> {
    area(pages, page).map(|area| (area.top, area.bottom))
}

/// The frame of a page's content: the largest group on all pages of the same size, since a nearly empty
/// page has no frame of its own.
fn area(pages: &[Page], page: &Page) -> Option<Bounds> {
    let alike = pages.iter().filter(|other| other.frame.size() == page.frame.size());
    let items = alike.flat_map(|page| page.frame.items());
    let groups = items.filter_map(|(at, item)| match item {
        FrameItem::Group(group) if group.transform.is_identity() => {
            Some(Bounds::of(&group.frame, Transform::translate(at.x, at.y)))
        }
        _ => None,
    });
    let area = groups.max_by(|a, b| a.size().total_cmp(&b.size()))?;
    let whole = page.frame.size().x.to_pt() * page.frame.size().y.to_pt();
    (area.size() > 0.4 * whole).then_some(area)
}

struct Look {
    pieces: Vec<Piece>,
    ink: Vec<Ink>,
    /// Items that leave their container.
    out: Vec<usize>,
    /// The width of the page's text area.
    measure: f64,
}

impl Look {
    fn frame(
        &mut self,
        frame: &Frame,
        transform: Transform,
        area: Option<Bounds>,
        around: Option<Bounds>,
    ) {
        for (at, item) in frame.items() {
            let here = transform.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let inner = here.pre_concat(group.transform);
                    let own = Bounds::of(&group.frame, inner);
                    // A frame without width is no container, and that of the page is its text area.
                    let wide = own.right - own.left;
                    let holds = wide > 8.0 && wide < self.measure - 1.0;
                    let around = if holds { Some(own) } else { around };
                    self.frame(&group.frame, inner, area, around);
                }
                FrameItem::Text(text) => self.text(text, here, area, around),
                _ => {}
            }
        }
    }

    fn text(
        &mut self,
        item: &TextItem,
        transform: Transform,
        area: Option<Bounds>,
        around: Option<Bounds>,
    ) {
        let is_upright = transform.kx.is_zero() && transform.ky.is_zero();
        if !is_upright || transform.sx.get() <= 0.0 || transform.sy.get() <= 0.0 {
            return;
        }
        let size = item.size.to_pt() * transform.sy.get();
        let piece = self.pieces.len();
        let first = self.ink.len();
        let mut x = 0.0;
        for glyph in &item.glyphs {
            let at = x + glyph.x_offset.at(item.size).to_pt();
            let up = glyph.y_offset.at(item.size).to_pt();
            x += glyph.x_advance.at(item.size).to_pt();
            let id = ttf_parser::GlyphId(glyph.id);
            let Some(ink) = item.font.ttf().glyph_bounding_box(id) else { continue };
            let em = |units: i16| item.font.to_em(units).at(item.size).to_pt();
            let corner = |x: f64, y: f64| {
                let pt = typst::layout::Abs::pt;
                let at = Point::new(pt(x), pt(y)).transform(transform);
                (at.x.to_pt(), at.y.to_pt())
            };
            let (left, top) = corner(at + em(ink.x_min), -up - em(ink.y_max));
            let (right, bottom) = corner(at + em(ink.x_max), -up - em(ink.y_min));
            self.ink.push(Ink { bounds: Bounds { left, top, right, bottom }, piece });
        }
        let ink = &self.ink[first..];
        if ink.is_empty() {
            return;
        }
        let left = ink.iter().map(|ink| ink.bounds.left).fold(f64::INFINITY, f64::min);
        let right = ink.iter().map(|ink| ink.bounds.right).fold(f64::NEG_INFINITY, f64::max);
        let span = item.glyphs.first().map_or(Span::detached(), |glyph| glyph.span.0);
        self.pieces.push(Piece { text: item.text.to_string(), size, span });
        // Text that begins inside and ends outside has run out; text that begins outside was placed
        // there.
        let runs_out = area.is_some_and(|of| {
            let is_within = left < of.right && right > of.left;
            is_within && (right > of.right + LOOSE || left < of.left - LOOSE)
        });
        // In a narrower frame, text may hang out on purpose; only text wider than the frame is reported.
        let is_wider = around.is_some_and(|of| right - left > of.right - of.left + LOOSE);
        if runs_out || is_wider {
            self.out.push(piece);
        }
    }

    /// Pairs of items with overlapping ink, the one painted first in front.
    fn overlaps(&self) -> Vec<(usize, usize)> {
        let mut rows: HashMap<i64, Vec<usize>> = HashMap::new();
        for (index, ink) in self.ink.iter().enumerate() {
            let row = |y: f64| (y / ROW).floor() as i64;
            for row in row(ink.bounds.top)..=row(ink.bounds.bottom) {
                rows.entry(row).or_default().push(index);
            }
        }
        let mut found = vec![];
        for own in rows.values_mut() {
            own.sort_by(|a, b| self.ink[*a].bounds.left.total_cmp(&self.ink[*b].bounds.left));
            for (at, index) in own.iter().enumerate() {
                let ink = &self.ink[*index];
                let next = own[at + 1..].iter().map(|other| &self.ink[*other]);
                let near = next.take_while(|other| other.bounds.left < ink.bounds.right);
                for other in near.filter(|other| other.piece != ink.piece) {
                    if self.lie_on(ink, other) {
                        let pair = (ink.piece.min(other.piece), ink.piece.max(other.piece));
                        found.push(pair);
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn lie_on(&self, a: &Ink, b: &Ink) -> bool {
        let near = NEAR * self.pieces[a.piece].size.min(self.pieces[b.piece].size);
        let (a, b) = (a.bounds, b.bounds);
        let wide = a.right.min(b.right) - a.left.max(b.left);
        let high = a.bottom.min(b.bottom) - a.top.max(b.top);
        // A full stop is narrower than the tolerance.
        let near_in = |own: f64, other: f64| near.min(0.5 * own).min(0.5 * other);
        wide > near_in(a.right - a.left, b.right - b.left)
            && high > near_in(a.bottom - a.top, b.bottom - b.top)
    }
}
