//! How full pages are, and how closely they are set.
//!
//! A last page with three lines on it, a page that ends in the middle or one that begins with a single
//! line comes of chance: of where the text before it happened to end. So an edition that has such a
//! page is laid out again a little closer or looser, as the templates understand it ([`FIT`]), and the
//! first way that leaves none is taken, or else the one that leaves the fewest. Which one it is
//! follows from the document alone.
//!
//! The shipped templates change the distances between blocks and nothing inside them, so Typst
//! remembers every paragraph, table and figure: a further layout costs an eighth of the first.

use std::collections::BTreeMap;

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::Page;

use super::printed::text_area;

/// The virtual path from which the templates read how closely they set, from -4 to 4.
pub(super) const FIT: &str = "/fit.json";

/// The ways in the order in which they are tried: a small step seldom moves a line to another page.
pub(super) const WAYS: [i8; 9] = [0, -2, 2, -3, 3, -4, 4, -1, 1];

/// What weighs more than any number of pages that are half empty: pages that say something else than
/// the document, or that were still moving when Typst stopped.
pub(super) const UNFIT: usize = 100;

/// A page but the last is full enough from this part on.
const FULL: f64 = 2.0 / 3.0;
/// The last one from this.
const BEGUN: f64 = 1.0 / 3.0;

/// What [`FIT`] says of a way.
pub(super) fn written(way: i8) -> Vec<u8> {
    format!("{{\"closeness\":{way}}}").into_bytes()
}

/// How many pages are emptier than they should be, or begin with a single line that belongs to the page
/// before. Of a single page nothing is asked, nor of one that is turned for a wide table, or of the one
/// before it.
pub(super) fn flaws(pages: &[Page]) -> usize {
    emptier(pages) + widows(pages)
}

fn emptier(pages: &[Page]) -> usize {
    let last = pages.len().saturating_sub(1);
    let is_turned = |page: &Page| page.frame.size().x > page.frame.size().y;
    let is_flawed = |(index, page): (usize, &Page)| {
        let is_free = is_turned(page) || pages.get(index + 1).is_some_and(is_turned);
        let least = if index == last { BEGUN } else { FULL };
        last > 0 && !is_free && filled(pages, page).is_some_and(|part| part < least)
    };
    pages.iter().enumerate().filter(|page| is_flawed(*page)).count()
}

/// Pages that begin with one line of running text and a gap below it.
fn widows(pages: &[Page]) -> usize {
    let lines: Vec<Vec<(f64, i64)>> = pages.iter().map(|page| lines(pages, page)).collect();
    let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
    for (_, size) in lines.iter().flatten() {
        *letters.entry(*size).or_default() += 1;
    }
    let most = letters.into_iter().max_by_key(|(_, count)| *count);
    let Some((body, _)) = most else { return 0 };
    let size = body as f64 / 10.0;
    let is_widow = |lines: &&Vec<(f64, i64)>| {
        let Some(first) = lines.iter().map(|(y, _)| *y).reduce(f64::min) else { return false };
        let is_first = |y: f64| y - first < 0.8 * size;
        let next = lines.iter().map(|(y, _)| *y).filter(|y| !is_first(*y)).reduce(f64::min);
        lines.iter().any(|(y, size)| is_first(*y) && *size == body)
            && next.is_none_or(|next| next - first > 2.2 * size)
    };
    lines.iter().skip(1).filter(is_widow).count()
}

/// Where each piece of text of a page's text area stands, and its size in tenths of a point.
fn lines(pages: &[Page], page: &Page) -> Vec<(f64, i64)> {
    let Some((top, bottom)) = text_area(pages, page) else { return vec![] };
    let mut found = vec![];
    look(&page.frame, Transform::identity(), &mut |at, size| {
        if let Some(size) = size
            && (top..bottom + 4.0).contains(&at)
        {
            found.push((at, (10.0 * size).round() as i64));
        }
    });
    found
}

/// How far down a page's text area there is something to see.
fn filled(pages: &[Page], page: &Page) -> Option<f64> {
    let (top, bottom) = text_area(pages, page)?;
    let mut lowest = top;
    look(&page.frame, Transform::identity(), &mut |at, _| {
        if at < bottom + 4.0 {
            lowest = lowest.max(at);
        }
    });
    Some((lowest - top) / (bottom - top))
}

/// Where each visible thing ends that is not turned, as a mark across the page is; of text also its
/// size.
fn look(frame: &Frame, transform: Transform, seen: &mut impl FnMut(f64, Option<f64>)) {
    for (at, item) in frame.items() {
        let here = transform.pre_concat(Transform::translate(at.x, at.y));
        let end = |y: f64| {
            let pt = typst::layout::Abs::pt;
            Point::new(pt(0.0), pt(y)).transform(here).y.to_pt()
        };
        match item {
            FrameItem::Group(group) => look(&group.frame, here.pre_concat(group.transform), seen),
            _ if !here.kx.is_zero() => {}
            FrameItem::Text(text) => seen(end(0.0), Some(text.size.to_pt())),
            FrameItem::Shape(shape, _) => seen(end(shape.bbox(false).max.y.to_pt()), None),
            FrameItem::Image(_, size, _) => seen(end(size.y.to_pt()), None),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
