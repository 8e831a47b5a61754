//! How full pages are, and how closely they are set.
//!
//! A last page with three lines on it, a page that ends in the middle or one that begins with a single
//! line comes of chance: of where the text before it happened to end. So an edition that has such a
//! page is laid out again a little closer or looser, as the templates understand it ([`FIT`]), and the
//! first way that leaves none is taken, or else the one that leaves the fewest. Which one it is
//! follows from the document alone.
//!
//! The shipped templates change the distances between blocks and nothing inside them but the list of
//! sources, so Typst remembers every paragraph, table and figure: a further layout costs an eighth of
//! the first.

use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::Page;

use super::printed::text_area;

/// The virtual path from which the templates read how closely they set.
pub(super) const FIT: &str = "/fit.json";

/// One way of setting an edition, as the templates read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// From -4, as close as can be read, to 4, in halves: -8 to 8.
    closeness: i8,
    /// How loosely the list of sources is set: from -1, as close as can be read, to 5.
    sources: i8,
}

impl Way {
    /// Neither close nor loose.
    pub(super) const PLAIN: Self = Self { closeness: 0, sources: 0 };

    /// What [`FIT`] says of it.
    pub(super) fn written(self) -> Vec<u8> {
        let Self { closeness, sources } = self;
        let closeness = f64::from(closeness) / 2.0;
        format!("{{\"closeness\":{closeness},\"sources\":{sources}}}").into_bytes()
    }

    /// All ways in the order in which they are tried: a small step seldom moves a line to another page,
    /// and the list of sources changes only where no distance between blocks is right. A list set very
    /// loosely and half steps are the last resort.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let steps = |sources: i8, steps: &'static [i8]| {
            steps.iter().map(move |closeness| Self { closeness: *closeness, sources })
        };
        let whole: &[i8] = &[0, -4, 4, -6, 6, -8, 8, -2, 2];
        let usual =
            [0, 2, -1, 1, 3, 4, 5].into_iter().flat_map(move |sources| steps(sources, whole));
        usual.chain(steps(0, &[-1, 1, -3, 3, -5, 5, -7, 7]))
    }
}

/// What weighs more than any number of pages that are half empty: pages that say something else than
/// the document, or that were still moving when Typst stopped.
pub(super) const UNFIT: usize = 100;

/// A page but the last is full enough from this part on.
const FULL: f64 = 3.0 / 4.0;
/// The last one from this.
const BEGUN: f64 = 1.0 / 3.0;
/// No page has a hole that is higher than this part of it.
const HOLE: f64 = 1.0 / 5.0;

/// What is wrong with the filling of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It ends too early.
    Emptier,
    /// There is a hole on it, with something below.
    Hole,
    /// A line of running text stands alone on it, parted from the page before.
    Widow,
}

/// What is wrong with the filling of pages, each with the number of its page. Of a single page nothing
/// is asked, nor of one that is turned for a wide table, or of the one before it.
pub(super) fn flaws(pages: &[Page]) -> Vec<(usize, Flaw)> {
    let mut flaws = emptier(pages);
    flaws.extend(widows(pages).into_iter().map(|page| (page, Flaw::Widow)));
    flaws
}

fn emptier(pages: &[Page]) -> Vec<(usize, Flaw)> {
    let last = pages.len().saturating_sub(1);
    let is_turned = |page: &Page| page.frame.size().x > page.frame.size().y;
    let flaw = |(index, page): (usize, &Page)| {
        let is_free = is_turned(page) || pages.get(index + 1).is_some_and(is_turned);
        if last == 0 || is_free {
            return None;
        }
        let least = if index == last { BEGUN } else { FULL };
        if filled(pages, page).is_some_and(|part| part < least) {
            return Some((index + 1, Flaw::Emptier));
        }
        let is_torn = hole(pages, page).is_some_and(|part| part > HOLE);
        is_torn.then_some((index + 1, Flaw::Hole))
    };
    pages.iter().enumerate().filter_map(flaw).collect()
}

/// A line of text: where its first letter stands.
#[derive(Debug, Clone, Copy)]
struct Line {
    x: f64,
    y: f64,
    /// In tenths of a point.
    size: i64,
}

/// What is seen of running text on a page, in the order of the frames.
#[derive(Debug, Clone, Copy)]
enum Seen {
    Line(Line),
    /// Columns that may go on over a page's end begin.
    Start,
    /// They end at this height.
    End(f64),
}

/// How the templates mark such columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Start,
    End,
}

/// The labels of these marks.
const MARKS: [(&str, Mark); 2] = [("run-start", Mark::Start), ("run-end", Mark::End)];

/// The pages with a column of which only one line, or the last line of a paragraph, stands on them
/// while it begins on a page before, whatever stands above it; a page for each.
fn widows(pages: &[Page]) -> Vec<usize> {
    let seen: Vec<Vec<Seen>> = pages.iter().map(|page| running(pages, page)).collect();
    let alone = |index: usize, size: i64, end: f64| {
        let middle = pages[index].frame.size().x.to_pt() / 2.0;
        let own = seen[index].iter().filter_map(|seen| match seen {
            Seen::Line(line) if line.size == size && line.y <= end + 1.0 => Some(line),
            _ => None,
        });
        let (left, right): (Vec<&Line>, Vec<&Line>) = own.partition(|line| line.x < middle);
        [left, right].iter().filter(|column| begins_alone(column, size)).count()
    };
    let mut found = vec![];
    // The page on which the columns begin, and the size of their first letters.
    let mut begun: Option<(usize, Option<i64>)> = None;
    for (index, page) in seen.iter().enumerate() {
        for seen in page {
            match seen {
                Seen::Start => begun = Some((index, None)),
                Seen::Line(line) => {
                    if let Some((_, size @ None)) = &mut begun {
                        *size = Some(line.size);
                    }
                }
                Seen::End(end) => {
                    let Some((start, Some(size))) = begun.take() else { continue };
                    for later in start + 1..=index {
                        let end = if later == index { *end } else { f64::INFINITY };
                        found.extend(vec![later + 1; alone(later, size, end)]);
                    }
                }
            }
        }
    }
    found
}

/// Whether the first line of a column has no other of its paragraph below it.
fn begins_alone(column: &[&Line], size: i64) -> bool {
    let size = size as f64 / 10.0;
    let Some(first) = column.iter().map(|line| line.y).reduce(f64::min) else { return false };
    let others = column.iter().map(|line| line.y - first).filter(|below| *below > 0.8 * size);
    others.reduce(f64::min).is_none_or(|below| below > WITHIN * size)
}

/// Lines of one paragraph are no farther apart than this, in parts of the size of their letters.
const WITHIN: f64 = 1.47;

fn running(pages: &[Page], page: &Page) -> Vec<Seen> {
    let mut running = vec![];
    let Some((top, bottom)) = text_area(pages, page) else { return running };
    look(&page.frame, Transform::identity(), &mut |thing| match thing.kind {
        Kind::Text(size) if (top..bottom + 4.0).contains(&thing.end) => {
            let size = (10.0 * size).round() as i64;
            running.push(Seen::Line(Line { x: thing.x, y: thing.end, size }));
        }
        Kind::Mark(Mark::Start) => running.push(Seen::Start),
        Kind::Mark(Mark::End) => running.push(Seen::End(thing.end)),
        _ => {}
    });
    running
}

/// How far down a page's text area there is something to see.
fn filled(pages: &[Page], page: &Page) -> Option<f64> {
    let (top, bottom) = text_area(pages, page)?;
    let mut lowest = top;
    look(&page.frame, Transform::identity(), &mut |thing| {
        if thing.end < bottom + 4.0 && !matches!(thing.kind, Kind::Mark(_)) {
            lowest = lowest.max(thing.end);
        }
    });
    Some((lowest - top) / (bottom - top))
}

/// The highest stretch of a page's text area in which there is nothing, with something below it.
fn hole(pages: &[Page], page: &Page) -> Option<f64> {
    let (top, bottom) = text_area(pages, page)?;
    let mut spans = vec![];
    look(&page.frame, Transform::identity(), &mut |thing| {
        if thing.end < bottom + 4.0 && thing.end > top && !matches!(thing.kind, Kind::Mark(_)) {
            spans.push((thing.top.max(top), thing.end));
        }
    });
    spans.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut reached = top;
    let mut highest = 0.0_f64;
    for (from, to) in spans {
        highest = highest.max(from - reached);
        reached = reached.max(to);
    }
    Some(highest / (bottom - top))
}

/// A thing on a page: its left edge, and from where to where it reaches.
struct Thing {
    x: f64,
    top: f64,
    end: f64,
    kind: Kind,
}

enum Kind {
    /// Text, of this size in points; it ends on its line.
    Text(f64),
    /// A drawing, a rule, a box.
    Shape,
    /// Nothing to see: where columns begin or end.
    Mark(Mark),
}

/// Everything that is not turned, as a mark across the page is.
fn look(frame: &Frame, transform: Transform, seen: &mut impl FnMut(Thing)) {
    for (at, item) in frame.items() {
        let here = transform.pre_concat(Transform::translate(at.x, at.y));
        let mut see = |top: f64, end: f64, kind: Kind| {
            let pt = typst::layout::Abs::pt;
            let at = |y: f64| Point::new(pt(0.0), pt(y)).transform(here);
            let (top, end) = (at(top), at(end));
            seen(Thing { x: end.x.to_pt(), top: top.y.to_pt(), end: end.y.to_pt(), kind });
        };
        match item {
            FrameItem::Group(group) => look(&group.frame, here.pre_concat(group.transform), seen),
            _ if !here.kx.is_zero() => {}
            FrameItem::Text(text) => {
                let size = text.size.to_pt();
                see(-size, 0.0, Kind::Text(size));
            }
            FrameItem::Shape(shape, _) => {
                let bounds = shape.bbox(false);
                see(bounds.min.y.to_pt(), bounds.max.y.to_pt(), Kind::Shape);
            }
            FrameItem::Image(_, size, _) => see(0.0, size.y.to_pt(), Kind::Shape),
            FrameItem::Tag(Tag::Start(content, _)) => {
                let label = content.label().map(|label| label.resolve());
                let named = |name: &str| label.as_ref().is_some_and(|label| label.as_str() == name);
                if let Some((_, mark)) = MARKS.iter().find(|(name, _)| named(name)) {
                    see(0.0, 0.0, Kind::Mark(*mark));
                }
            }
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
