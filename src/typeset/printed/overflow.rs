//! Text that has no room: over other text, or out of what it stands in.
//!
//! In: the pages as Typst laid them out. Out: an error for each text whose letters lie on those of
//! another (`K0720`), and for each that begins within the page's text area, a column or a cell and
//! runs out of it (`K0721`). Compared is the ink of each glyph as its font draws it, so that a tail
//! of one line that comes near the next is no problem.
//!
//! The text area is the frame that Typst lays a page's content in; a frame is a container too where
//! it is a group of its own. What is turned, as a mark across the page, is left out.

use std::collections::HashMap;

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::syntax::Span;
use typst::text::TextItem;
use typst_layout::Page;

/// Ink may come so near, in parts of the smaller size, before it lies on other ink.
const NEAR: f64 = 0.12;
/// A text may stick out so far, in points: what hangs in a margin, and rounding.
const LOOSE: f64 = 1.5;
/// Rows in which glyphs are looked for, in points.
const ROW: f64 = 12.0;

/// A text that has no room.
#[derive(Debug)]
pub(super) struct Tight {
    /// The page, from 0.
    pub page: usize,
    /// The text, as it stands in one piece.
    pub text: String,
    /// The text it lies on, where it does.
    pub over: Option<String>,
    /// What printed it.
    pub span: Span,
}

/// A rectangle of a page, in points.
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

    /// With most of the margins beside it: a theme may hang things there, or set wider than it says.
    fn with_margins(self, page: &Page) -> Self {
        let right = page.frame.size().x.to_pt();
        Self { left: self.left / 3.0, right: (self.right + 2.0 * right) / 3.0, ..self }
    }

    fn size(self) -> f64 {
        (self.right - self.left) * (self.bottom - self.top)
    }
}

/// The ink of one glyph.
struct Ink {
    bounds: Bounds,
    /// Which piece of text it belongs to.
    piece: usize,
}

/// Text set in one piece.
struct Piece {
    text: String,
    size: f64,
    span: Span,
}

/// All texts of the pages that have no room.
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

/// From where to where a page's text area goes down, in points.
pub(crate) fn text_area(pages: &[Page], page: &Page) -> Option<(f64, f64)> {
    area(pages, page).map(|area| (area.top, area.bottom))
}

/// The frame in which a page's content is laid: the largest group of all pages of its size, since a
/// page with hardly anything on it has no frame of its own.
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
    /// Pieces that run out of what they stand in.
    out: Vec<usize>,
    /// How wide the page's text area is.
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
                    // A frame without a width holds nothing in, and the page's own is its text area.
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
        // What begins within and ends without has run out; what stands without was put there.
        let runs_out = area.is_some_and(|of| {
            let is_within = left < of.right && right > of.left;
            is_within && (right > of.right + LOOSE || left < of.left - LOOSE)
        });
        // Of a narrower frame it is not known what hangs out of it on purpose: only what is wider
        // than all of it has no room there.
        let is_wider = around.is_some_and(|of| right - left > of.right - of.left + LOOSE);
        if runs_out || is_wider {
            self.out.push(piece);
        }
    }

    /// Pairs of pieces whose ink lies on one another, the one painted first first.
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
        // A full stop is narrower than what may come near.
        let near_in = |own: f64, other: f64| near.min(0.5 * own).min(0.5 * other);
        wide > near_in(a.right - a.left, b.right - b.left)
            && high > near_in(a.bottom - a.top, b.bottom - b.top)
    }
}
