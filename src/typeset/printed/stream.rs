//! The text of pages in comparable form: letters in lower case without spaces; for each letter its
//! position, its size and, if it cannot be read, the reason.

use std::collections::HashMap;

use typst::foundations::{Bytes, Content, Smart};
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Inherit, Point, Rect, Transform};
use typst::pdf::ArtifactElem;
use typst::syntax::Span;
use typst::text::{FontInstance, Glyph, StrikeElem, TextItem, is_default_ignorable};
use typst::visualize::{Geometry, Image, ImageKind, Paint, Shape};
use typst_layout::Page;

use crate::diag::Message;

/// The smallest legible font size, in points.
const LEAST_SIZE: f64 = 2.5;
/// The smallest contrast ratio at which a colour can be distinguished from its background.
const LEAST_CONTRAST: f64 = 1.6;
/// Text of at least this size in a light colour is a watermark.
const MARK_SIZE: f64 = 36.0;
/// An outline wider than this part of the font size makes a letter illegible.
const BROAD_OUTLINE: f64 = 0.12;
/// A stroke of at least this width in points hides what is under it.
const BROAD: f64 = 2.0;

/// The reason why a letter cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It has the colour of its background, or is transparent.
    Colour,
    /// It is too small.
    Small,
    /// It is outside the page.
    Outside,
    /// It is clipped.
    Cut,
    /// The font has no glyph for it.
    NoGlyph,
    /// It is covered by something painted later.
    Covered,
    /// It overlaps other letters.
    Overprinted,
    /// It is upside down or mirrored.
    Turned,
    /// It is struck out.
    Struck,
}

impl Unread {
    /// The reason in words.
    pub(super) fn words(self) -> Message {
        match self {
            Self::Colour => message!("set in a colour that cannot be told from its background"),
            Self::Small => message!("set too small to be read"),
            Self::Outside => message!("set outside the page"),
            Self::Cut => message!("cut off by its box"),
            Self::NoGlyph => message!("set in a font without a glyph for it"),
            Self::Covered => message!("covered by something painted over it"),
            Self::Overprinted => message!("printed over other text"),
            Self::Turned => message!("set upside down or mirrored"),
            Self::Struck => message!("struck through"),
        }
    }
}

/// A letter on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub page: u32,
    /// Its left and right edge as drawn by the font, and its baseline, in points on the page.
    pub left: f32,
    pub right: f32,
    pub base: f32,
    /// Its size as it appears on the page.
    pub size: f32,
    pub unread: Option<Unread>,
    /// Whether a digit has the usual glyph of the font, rather than a raised one.
    pub is_plain: bool,
    pub span: Span,
    /// The number of items painted before it on its page.
    order: u32,
}

/// Consecutive letters.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// The letters in lower case, without spaces.
    pub text: String,
    /// The index of the letter for each byte of the text.
    pub at: Vec<u32>,
    /// Whether the document has each byte of the text.
    pub taken: Vec<bool>,
    /// Citations: their position, and the printed text.
    pub cites: Vec<(usize, String)>,
    /// The positions where pages begin.
    pub pages: Vec<usize>,
}

impl Stream {
    /// Inserts a separator, which no match crosses.
    fn part(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(PART) {
            self.text.push(PART);
            let last = self.at.last().copied().unwrap_or(0);
            self.at.push(last);
            self.taken.push(true);
        }
    }
}

/// Separates texts that do not follow one another.
const PART: char = '\u{1}';

/// A picture on a page.
#[derive(Debug)]
pub(super) struct Picture {
    pub page: u32,
    pub bytes: Bytes,
    /// Its width on the page in points.
    pub width: f64,
    pub unread: Option<Unread>,
    pub span: Span,
    area: Area,
    order: u32,
}

/// Everything that can be read on some pages.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub letters: Vec<Letter>,
    /// The main text of all pages.
    pub body: Stream,
    /// Floating and placed items.
    pub floats: Stream,
    /// The running lines and watermarks of each page.
    pub margins: Vec<Stream>,
    /// The list of sources.
    pub sources: Stream,
    pub pictures: Vec<Picture>,
}

/// A rectangle on a page, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn of(rect: Rect, transform: Transform) -> Self {
        let corners = [
            rect.min,
            rect.max,
            Point::new(rect.min.x, rect.max.y),
            Point::new(rect.max.x, rect.min.y),
        ];
        let mut area = Self { left: f64::MAX, top: f64::MAX, right: f64::MIN, bottom: f64::MIN };
        for corner in corners {
            let at = corner.transform(transform);
            let (x, y) = (at.x.to_pt(), at.y.to_pt());
            area.left = area.left.min(x);
            area.right = area.right.max(x);
            area.top = area.top.min(y);
            area.bottom = area.bottom.max(y);
        }
        area
    }

    fn meet(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    fn has(&self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    fn size(&self) -> f64 {
        (self.right - self.left).max(0.0) * (self.bottom - self.top).max(0.0)
    }
}

/// A painted item, which may be the background of text or cover it.
struct Painted {
    area: Area,
    /// Its colour; `None` if it has several.
    colour: Option<[f64; 3]>,
    order: u32,
}

/// Reads the text of pages.
pub(super) fn read(pages: &[Page]) -> Read {
    let mut reader = Reader { read: Read::default(), open: vec![], page: PageState::default() };
    for (index, page) in pages.iter().enumerate() {
        let size = page.frame.size();
        let whole = Area { left: 0.0, top: 0.0, right: size.x.to_pt(), bottom: size.y.to_pt() };
        let ground = match &page.fill {
            Smart::Auto | Smart::Custom(None) => Some([1.0; 3]),
            Smart::Custom(Some(paint)) => solid(paint).map(|(colour, _)| colour),
        };
        reader.page = PageState {
            index: index as u32,
            whole,
            ground,
            painted: vec![],
            order: 0,
            first_letter: reader.read.letters.len(),
            first_picture: reader.read.pictures.len(),
        };
        reader.read.body.pages.push(reader.read.body.text.len());
        reader.read.margins.push(Stream::default());
        reader.frame(&page.frame, Transform::identity(), whole, Place::Body);
        reader.end_page();
    }
    reader.read
}

/// The stream for text outside open elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Float,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Artifact,
    Cite,
    Sources,
    Struck,
}

#[derive(Default)]
struct PageState {
    index: u32,
    whole: Area,
    ground: Option<[f64; 3]>,
    painted: Vec<Painted>,
    order: u32,
    first_letter: usize,
    first_picture: usize,
}

impl Default for Area {
    fn default() -> Self {
        Self { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 }
    }
}

struct Reader {
    read: Read,
    /// Elements that have begun and not ended.
    open: Vec<(Location, Kind)>,
    page: PageState,
}

impl Reader {
    fn frame(&mut self, frame: &Frame, transform: Transform, clip: Area, place: Place) {
        for (at, item) in frame.items() {
            let here = transform.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let inner = here.pre_concat(group.transform);
                    let clip = match &group.clip {
                        Some(curve) => clip.meet(Area::of(curve.bbox(None), inner)),
                        None => clip,
                    };
                    let floats = group.parent.is_some_and(|p| p.inherit == Inherit::No);
                    if floats && place == Place::Body {
                        self.read.floats.part();
                        self.frame(&group.frame, inner, clip, Place::Float);
                        self.read.floats.part();
                    } else {
                        self.frame(&group.frame, inner, clip, place);
                    }
                }
                FrameItem::Text(text) => self.text(text, here, clip, place),
                FrameItem::Shape(shape, _) => self.shape(shape, here, clip),
                FrameItem::Image(image, size, span) => {
                    let area = Area::of(Rect::from_pos_size(Point::zero(), *size), here);
                    self.picture(image, area, here, clip, *span);
                }
                FrameItem::Tag(tag) => self.tag(tag, place),
                FrameItem::Link(..) => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag, place: Place) {
        match tag {
            Tag::Start(content, _) => {
                if let (Some(kind), Some(location)) = (kind(content), content.location()) {
                    self.open.push((location, kind));
                    if kind == Kind::Cite {
                        let stream = self.stream(place);
                        let at = stream.text.len();
                        stream.cites.push((at, String::new()));
                    }
                }
            }
            Tag::End(location, ..) => {
                if let Some(at) = self.open.iter().rposition(|(open, _)| open == location) {
                    self.open.remove(at);
                }
            }
        }
    }

    fn is_in(&self, kind: Kind) -> bool {
        self.open.iter().any(|(_, open)| *open == kind)
    }

    fn stream(&mut self, place: Place) -> &mut Stream {
        if self.is_in(Kind::Artifact) {
            return self.read.margins.last_mut().expect("a page was begun");
        }
        if self.is_in(Kind::Sources) {
            return &mut self.read.sources;
        }
        match place {
            Place::Body => &mut self.read.body,
            Place::Float => &mut self.read.floats,
        }
    }

    fn text(&mut self, item: &TextItem, transform: Transform, clip: Area, place: Place) {
        self.page.order += 1;
        let order = self.page.order;
        let (is_cite, is_struck) = (self.is_in(Kind::Cite), self.is_in(Kind::Struck));
        let whole = self.unread(item, transform);
        let whole = whole.or(is_struck.then_some(Unread::Struck));
        let scale = {
            let (x, y) = scales(transform);
            x.min(y)
        };
        let size = (item.size.to_pt() * scale) as f32;
        let page = self.page.index;
        // If an item is not well inside its clip, each letter is checked.
        let is_inside = self.is_inside(item, transform, clip);
        // Glyphs in the order of their text; a script may draw them in another order.
        let mut placed: Vec<(&Glyph, f64)> = Vec::with_capacity(item.glyphs.len());
        let mut x = 0.0;
        for glyph in &item.glyphs {
            placed.push((glyph, x + glyph.x_offset.at(item.size).to_pt()));
            x += glyph.x_advance.at(item.size).to_pt();
        }
        if !placed.is_sorted_by_key(|(glyph, _)| glyph.range.start) {
            placed.sort_by_key(|(glyph, _)| glyph.range.start);
        }
        let mut letters = Vec::with_capacity(item.text.len());
        let mut covered = 0;
        for (glyph, x) in placed {
            let range = glyph.range();
            let Some(text) = item.text.get(range.clone()) else { continue };
            if range.start < covered {
                continue;
            }
            // Text without a glyph was lost.
            if let Some(lost) = item.text.get(covered..range.start) {
                self.push(lost, |_| None, &mut letters);
            }
            covered = range.end;
            let advance = natural(&item.font, glyph.id) * item.size.to_pt();
            let ends = [x, x + advance].map(|x| corner(transform, x, 0.0));
            let count = text.chars().count().max(1) as f64;
            let unread = match () {
                _ if glyph.id == 0 => Some(Unread::NoGlyph),
                _ if !is_inside => self.edge(item, glyph, x, transform, clip).or(whole),
                _ => whole,
            };
            let is_plain = text.starts_with(|c: char| {
                c.is_numeric()
                    && item.font.ttf().glyph_index(c).is_some_and(|usual| usual.0 == glyph.id)
            });
            let part = |index: usize| {
                let along = |part: f64| ends[0].0 + (ends[1].0 - ends[0].0) * part / count;
                Some(Letter {
                    page,
                    left: along(index as f64) as f32,
                    right: along(index as f64 + 1.0) as f32,
                    base: ends[0].1 as f32,
                    size,
                    unread,
                    is_plain,
                    span: glyph.span.0,
                    order,
                })
            };
            self.push(text, part, &mut letters);
        }
        if is_cite {
            let stream = self.stream(place);
            if let Some((_, printed)) = stream.cites.last_mut() {
                printed.extend(letters.iter().map(|(c, _)| *c));
            }
            return;
        }
        // A hyphen repeated on the next line, as in Polish, stands for no letter.
        let is_hyphen = matches!(letters[..], [('-', _)]);
        let first = self.read.letters.len() as u32;
        let mut known: Vec<Letter> = Vec::with_capacity(letters.len());
        let mut entries: Vec<(char, u32)> = Vec::with_capacity(letters.len());
        for (c, letter) in letters {
            let index = first + known.len() as u32;
            known.push(letter);
            entries.push((c, index));
        }
        let before = {
            let stream = self.stream(place);
            stream.text.ends_with('-').then(|| stream.at.last().copied()).flatten()
        };
        if is_hyphen
            && let (Some(before), Some(now)) = (before, known.first())
            && self
                .read
                .letters
                .get(before as usize)
                .is_some_and(|b| (b.base - now.base).abs() > 1.0)
        {
            return;
        }
        self.read.letters.extend(known);
        let stream = self.stream(place);
        for (c, index) in entries {
            stream.text.push(c);
            for _ in 0..c.len_utf8() {
                stream.at.push(index);
                stream.taken.push(false);
            }
        }
    }

    /// Adds the letters of a cluster in lower case and without spaces.
    fn push(
        &self,
        text: &str,
        letter: impl Fn(usize) -> Option<Letter>,
        to: &mut Vec<(char, Letter)>,
    ) {
        for (index, c) in text.chars().enumerate() {
            if is_blank(c) {
                continue;
            }
            let letter = letter(index).unwrap_or_else(|| Letter {
                page: self.page.index,
                left: 0.0,
                right: 0.0,
                base: 0.0,
                size: 0.0,
                unread: Some(Unread::NoGlyph),
                is_plain: false,
                span: Span::detached(),
                order: self.page.order,
            });
            to.extend(lower(c).map(|c| (c, letter)));
        }
    }

    /// The reason why a whole item cannot be read.
    fn unread(&self, item: &TextItem, transform: Transform) -> Option<Unread> {
        let (x, y) = scales(transform);
        let size = item.size.to_pt() * x.min(y);
        if size.is_nan() || size < LEAST_SIZE {
            return Some(Unread::Small);
        }
        let turn =
            transform.sx.get() * transform.sy.get() - transform.kx.get() * transform.ky.get();
        // Rotations slightly beyond a right angle are allowed, as for watermarks.
        if turn < 0.0 || transform.sx.get() < -0.2 * x {
            return Some(Unread::Turned);
        }
        // A wide outline fills a letter, or covers it with its own colour.
        let is_filled = item
            .stroke
            .as_ref()
            .is_some_and(|stroke| stroke.thickness.to_pt() > BROAD_OUTLINE * item.size.to_pt());
        if size < MARK_SIZE && (is_filled || self.is_pale(item, transform)) {
            return Some(Unread::Colour);
        }
        None
    }

    /// Whether the colour of an item is that of its background.
    fn is_pale(&self, item: &TextItem, transform: Transform) -> bool {
        let stroked = item.stroke.as_ref().map(|stroke| &stroke.paint);
        let (x, y) = corner(transform, item.width().to_pt() / 2.0, -0.3 * item.size.to_pt());
        let ground = match self.page.painted.iter().rev().find(|painted| painted.area.has(x, y)) {
            Some(painted) => painted.colour,
            None => self.page.ground,
        };
        let Some(ground) = ground else { return false };
        let is_pale = |paint: &Paint| match paint {
            Paint::Solid(_) => solid(paint).is_some_and(|(colour, alpha)| {
                contrast(over(colour, alpha, ground), ground) < LEAST_CONTRAST
            }),
            Paint::Gradient(gradient) => gradient.stops_ref().iter().all(|(colour, _)| {
                solid(&Paint::Solid(colour.clone())).is_some_and(|(colour, alpha)| {
                    contrast(over(colour, alpha, ground), ground) < LEAST_CONTRAST
                })
            }),
            Paint::Tiling(_) => false,
        };
        is_pale(&item.fill) && stroked.is_none_or(is_pale)
    }

    /// Whether an item is completely inside the page and its clip.
    fn is_inside(&self, item: &TextItem, transform: Transform, clip: Area) -> bool {
        let size = item.size.to_pt();
        let rect = Rect::new(
            Point::new(typst::layout::Abs::zero(), typst::layout::Abs::pt(-size)),
            Point::new(item.width(), typst::layout::Abs::pt(0.35 * size)),
        );
        let area = Area::of(rect, transform);
        area.left >= clip.left
            && area.right <= clip.right
            && area.top >= clip.top
            && area.bottom <= clip.bottom
    }

    /// Whether the ink of a glyph is cut off.
    fn edge(
        &self,
        item: &TextItem,
        glyph: &Glyph,
        x: f64,
        transform: Transform,
        clip: Area,
    ) -> Option<Unread> {
        let face = item.font.ttf();
        let ink = face.glyph_bounding_box(typst_glyph(glyph.id))?;
        let em = |units: i16| item.font.to_em(units).at(item.size);
        let x = typst::layout::Abs::pt(x);
        let rect = Rect::new(
            Point::new(x + em(ink.x_min), -em(ink.y_max)),
            Point::new(x + em(ink.x_max), -em(ink.y_min)),
        );
        let area = Area::of(rect, transform);
        let seen = |within: Area| area.meet(within).size() >= 0.9 * area.size();
        match () {
            _ if !seen(self.page.whole) => Some(Unread::Outside),
            _ if !seen(clip) => Some(Unread::Cut),
            _ => None,
        }
    }

    fn shape(&mut self, shape: &Shape, transform: Transform, clip: Area) {
        self.page.order += 1;
        let order = self.page.order;
        let mut add = |rect: Rect, paint: &Paint| {
            let colour = match paint {
                Paint::Solid(_) => match solid(paint) {
                    // A nearly transparent item changes nothing.
                    Some((_, alpha)) if alpha < 0.5 => return,
                    Some((colour, _)) => Some(colour),
                    None => None,
                },
                _ => None,
            };
            let area = Area::of(rect, transform).meet(clip);
            if area.size() > 0.0 {
                self.page.painted.push(Painted { area, colour, order });
            }
        };
        if let Some(fill) = &shape.fill
            && !matches!(shape.geometry, Geometry::Line(_))
        {
            add(shape.bbox(false), fill);
        }
        if let Some(stroke) = &shape.stroke
            && matches!(shape.geometry, Geometry::Line(_))
            && stroke.thickness.to_pt() >= BROAD
        {
            add(shape.bbox(true), &stroke.paint);
        }
    }

    fn picture(&mut self, image: &Image, area: Area, transform: Transform, clip: Area, span: Span) {
        self.page.order += 1;
        let order = self.page.order;
        let bytes = match image.kind() {
            ImageKind::Svg(svg) => svg.data().clone(),
            ImageKind::Raster(raster) => raster.data().clone(),
            _ => Bytes::new([]),
        };
        let turn =
            transform.sx.get() * transform.sy.get() - transform.kx.get() * transform.ky.get();
        let seen = |within: Area| area.meet(within).size() >= 0.97 * area.size();
        let unread = match () {
            _ if turn <= 0.0 || transform.sx.get() <= 0.5 * scales(transform).0 => {
                Some(Unread::Turned)
            }
            _ if !seen(self.page.whole) => Some(Unread::Outside),
            _ if !seen(clip) => Some(Unread::Cut),
            _ => None,
        };
        let width = area.right - area.left;
        self.read.pictures.push(Picture {
            page: self.page.index,
            bytes,
            width,
            unread,
            span,
            area,
            order,
        });
        self.page.painted.push(Painted { area, colour: None, order });
    }

    /// At the end of a page, finds what later items cover.
    fn end_page(&mut self) {
        let page = &self.page;
        let letters = &mut self.read.letters[page.first_letter..];
        for painted in &page.painted {
            for letter in letters.iter_mut().filter(|l| l.order < painted.order) {
                let x = f64::from(letter.left + letter.right) / 2.0;
                let y = f64::from(letter.base - 0.3 * letter.size);
                if painted.area.has(x, y) {
                    letter.unread = letter.unread.or(Some(Unread::Covered));
                }
            }
            for picture in &mut self.read.pictures[page.first_picture..] {
                let over = picture.area.meet(painted.area).size();
                // A thin overlap at the edge hides nothing.
                if picture.order < painted.order && over > 0.002 * picture.area.size() {
                    picture.unread = picture.unread.or(Some(Unread::Covered));
                }
            }
        }
        overprinted(letters);
        // Text painted over a drawing changes its content.
        for picture in &mut self.read.pictures[page.first_picture..] {
            let is_over = letters.iter().any(|letter| {
                letter.order > picture.order
                    && letter.unread.is_none()
                    && picture.area.has(
                        f64::from(letter.left + letter.right) / 2.0,
                        f64::from(letter.base - 0.3 * letter.size),
                    )
            });
            if is_over {
                picture.unread = picture.unread.or(Some(Unread::Overprinted));
            }
        }
    }
}

/// Marks overlapping letters as illegible.
fn overprinted(letters: &mut [Letter]) {
    // Rows of small height: only letters in neighbouring rows can overlap.
    const ROW: f32 = 2.0;
    let mut rows: HashMap<i32, Vec<u32>> = HashMap::new();
    let upright = |letter: &Letter| {
        letter.unread.is_none() && letter.right > letter.left && letter.size < MARK_SIZE as f32
    };
    for (index, letter) in letters.iter().enumerate().filter(|(_, letter)| upright(letter)) {
        rows.entry((letter.base / ROW).floor() as i32).or_default().push(index as u32);
    }
    let mut hit: Vec<u32> = vec![];
    for (row, own) in &mut rows {
        own.sort_by(|a, b| letters[*a as usize].left.total_cmp(&letters[*b as usize].left));
        let _ = row;
    }
    let meets = |a: &Letter, b: &Letter| {
        let size = a.size.min(b.size);
        let shared = a.right.min(b.right) - a.left.max(b.left);
        let narrower = (a.right - a.left).min(b.right - b.left);
        // Within an item the font defines the distance of letters.
        a.order != b.order
            && (a.base - b.base).abs() < 0.35 * size
            && shared > 0.6 * narrower
            && narrower > 0.1 * size
    };
    for (row, own) in &rows {
        for (at, index) in own.iter().enumerate() {
            let letter = &letters[*index as usize];
            // Letters to the right in the same row, and those in the next row below.
            let same = own[at + 1..]
                .iter()
                .take_while(|other| letters[**other as usize].left < letter.right);
            for other in same {
                if meets(letter, &letters[*other as usize]) {
                    hit.extend([*index, *other]);
                }
            }
            for below in 1..=2 {
                let Some(next) = rows.get(&(row + below)) else { continue };
                let from = next
                    .partition_point(|other| letters[*other as usize].left < letter.left - 40.0);
                for other in next[from..]
                    .iter()
                    .take_while(|other| letters[**other as usize].left < letter.right)
                {
                    if meets(letter, &letters[*other as usize]) {
                        hit.extend([*index, *other]);
                    }
                }
            }
        }
    }
    for index in hit {
        letters[index as usize].unread = Some(Unread::Overprinted);
    }
}

fn kind(content: &Content) -> Option<Kind> {
    let label = content.label().map(|label| label.resolve());
    if content.is::<ArtifactElem>() {
        Some(Kind::Artifact)
    } else if label.is_some_and(|label| label.as_str() == "cite") {
        Some(Kind::Cite)
    } else if label.is_some_and(|label| label.as_str() == "sources") {
        Some(Kind::Sources)
    } else if content.is::<StrikeElem>() {
        Some(Kind::Struck)
    } else {
        None
    }
}

/// Whether a character is not compared: a space, or an invisible one.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_default_ignorable(c)
}

/// The letter in lower case, in which letters are compared.
pub(super) fn lower(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase()
}

fn typst_glyph(id: u16) -> ttf_parser::GlyphId {
    ttf_parser::GlyphId(id)
}

/// The advance width of a glyph, relative to the font size.
fn natural(font: &FontInstance, id: u16) -> f64 {
    let units = font.ttf().glyph_hor_advance(typst_glyph(id)).unwrap_or(0);
    font.to_em(units).get()
}

fn corner(transform: Transform, x: f64, y: f64) -> (f64, f64) {
    let pt = typst::layout::Abs::pt;
    let at = Point::new(pt(x), pt(y)).transform(transform);
    (at.x.to_pt(), at.y.to_pt())
}

/// The horizontal and vertical scale of a transform.
fn scales(transform: Transform) -> (f64, f64) {
    (transform.sx.get().hypot(transform.ky.get()), transform.kx.get().hypot(transform.sy.get()))
}

/// A solid colour as red, green, blue and its opacity.
fn solid(paint: &Paint) -> Option<([f64; 3], f64)> {
    let Paint::Solid(colour) = paint else { return None };
    let rgb = colour.to_rgb();
    Some(([f64::from(rgb.red), f64::from(rgb.green), f64::from(rgb.blue)], f64::from(rgb.alpha)))
}

fn over(colour: [f64; 3], alpha: f64, ground: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|i| colour[i] * alpha + ground[i] * (1.0 - alpha))
}

/// The contrast ratio of two colours (WCAG 2.2).
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let linear = |part: f64| {
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let luminance =
        |c: [f64; 3]| 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
