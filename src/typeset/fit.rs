//! Page fitting: how full the pages are, and how closely they are set.
//!
//! A last page with three lines, a half-empty page, or a page that begins with a single line depends on
//! where the preceding text happens to end. An edition with such a page is laid out again somewhat closer
//! or looser, as the templates interpret it ([`FIT`]). The first variant without such a page is used, or
//! else the one with the fewest. Which variant is tried next follows from how full the pages of those
//! before were ([`Ways`]), and so the choice follows from the document alone.
//!
//! The shipped templates change only distances between blocks and, inside blocks, the list of sources.
//! Typst therefore reuses every paragraph, table and figure, and another layout costs an eighth of the
//! first.

use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::Page;

use super::printed::text_area;

/// The virtual path from which templates read how closely to set.
pub(super) const FIT: &str = "/fit.json";

/// A variant of the layout, as the templates read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// The spacing in half steps: from -8 (closest legible) to 8 (loosest).
    closeness: i8,
    /// The spacing of the list of sources: from -1 (closest legible) to 5.
    sources: i8,
}

impl Way {
    /// Neither close nor loose.
    pub(super) const PLAIN: Self = Self { closeness: 0, sources: 0 };

    /// The content of [`FIT`].
    pub(super) fn written(self) -> Vec<u8> {
        let Self { closeness, sources } = self;
        let closeness = f64::from(closeness) / 2.0;
        format!("{{\"closeness\":{closeness},\"sources\":{sources}}}").into_bytes()
    }

    /// Closer and looser, by as much as usually moves a line to another page.
    const CLOSER: Self = Self { closeness: -4, sources: 0 };
    const MUCH_CLOSER: Self = Self { closeness: -6, sources: 0 };
    const LOOSER: Self = Self { closeness: 4, sources: 0 };
    const MUCH_LOOSER: Self = Self { closeness: 8, sources: 0 };
    /// As loose as everything can be.
    const LOOSEST: Self = Self { closeness: 8, sources: LOOSEST_LIST };

    /// All variants, in the order in which they are tried if nothing is known of their pages. Large steps
    /// come first, since a small one seldom moves a line to another page. The list of sources changes
    /// only if no spacing between blocks works; a very loose list and half steps come last.
    fn all() -> impl Iterator<Item = Self> {
        let steps = |sources: i8, steps: &'static [i8]| {
            steps.iter().map(move |closeness| Self { closeness: *closeness, sources })
        };
        let whole: &[i8] = &[0, -4, 4, -6, 6, -8, 8, -2, 2];
        let usual = [0, 2, -1, 1, 3, 4, LOOSEST_LIST]
            .into_iter()
            .flat_map(move |sources| steps(sources, whole));
        usual.chain(steps(0, &[-1, 1, -3, 3, -5, 5, -7, 7]))
    }
}

/// The loosest spacing of the list of sources.
const LOOSEST_LIST: i8 = 5;
/// The least part of a page that the list of sources gains when it is set looser by one step. Editions
/// gain 0.03 to 0.06.
const LIST_STEP: f64 = 0.03;
/// The part of a page that looser spacing adds to a page on which the same blocks stay: little, or twice
/// as much if it is set much looser.
const GAINED: f64 = 0.03;

/// The variants of an edition, each of them once. The next one is the one that the pages of the last
/// suggest, or else the next in the order of all.
pub(super) struct Ways {
    rest: Vec<Way>,
    tried: Vec<Tried>,
}

impl Ways {
    pub(super) fn new() -> Self {
        Self { rest: Way::all().collect(), tried: vec![] }
    }

    /// The next variants: a single one if the pages suggest it, otherwise at most `most`. Empty if all
    /// were tried.
    pub(super) fn next(&mut self, most: usize) -> Vec<Way> {
        let most = if self.tried.is_empty() { 1 } else { most };
        let guess = suggested(&self.tried);
        if let Some(at) = self.rest.iter().position(|way| Some(*way) == guess) {
            return vec![self.rest.remove(at)];
        }
        self.rest.drain(..most.min(self.rest.len())).collect()
    }

    /// Notes the pages of a variant that is not used.
    pub(super) fn note(&mut self, way: Way, pages: &[Page], flaws: Vec<(usize, Flaw)>) {
        let fills = pages.iter().map(|page| filled(pages, page).unwrap_or(1.0)).collect();
        self.tried.push(Tried { way, fills, flaws });
    }
}

/// The pages of a variant that was laid out.
struct Tried {
    way: Way,
    /// How full each page is.
    fills: Vec<f64>,
    flaws: Vec<(usize, Flaw)>,
}

impl Tried {
    /// How full the last page is, if it ends too early.
    fn short_end(&self) -> Option<f64> {
        let last = self.fills.len();
        self.flaws.contains(&(last, Flaw::Emptier)).then(|| self.fills[last - 1])
    }

    /// How full the only page with a flaw is, if it ends too early.
    fn only_short(&self) -> Option<f64> {
        match self.flaws[..] {
            [(page, Flaw::Emptier)] => self.fills.get(page - 1).copied(),
            _ => None,
        }
    }
}

/// The list of sources that fills the last page far enough, if any does.
fn list_for(fill: f64) -> Option<i8> {
    let steps = ((BEGUN - fill) / LIST_STEP).ceil();
    (steps <= f64::from(LOOSEST_LIST)).then_some(steps as i8)
}

/// The variant that is most likely to have no flaw, judging by the pages laid out so far.
///
/// A last page that is nearly full enough gets there with a looser list of sources, which moves nothing
/// before it. If there is less on it, its lines usually fit on the page before when everything is closer;
/// if they stay, something that cannot be broken keeps them there, and the last page has to become fuller.
/// A page that is nearly full enough is filled by the space between its blocks; one that lacks more waits
/// for a block that a closer spacing brings back to it.
fn suggested(tried: &[Tried]) -> Option<Way> {
    let last = tried.last()?;
    let end = last.short_end();
    if last.way == Way::PLAIN {
        let list = |fill| list_for(fill).map(|sources| Way { closeness: 0, sources });
        return match (last.only_short(), end) {
            _ if last.flaws.is_empty() => None,
            (Some(fill), Some(_)) => list(fill).or(Some(Way::CLOSER)),
            (Some(fill), None) if FULL - fill <= GAINED => Some(Way::LOOSER),
            (Some(fill), None) if FULL - fill <= 2.0 * GAINED => Some(Way::MUCH_LOOSER),
            _ => Some(Way::CLOSER),
        };
    }
    match (last.way, end) {
        (Way::CLOSER, None) => Some(Way::MUCH_CLOSER),
        (Way::CLOSER | Way { closeness: 0, .. }, Some(_)) => Some(Way::LOOSER),
        // By then the usual spacings were tried, and the list has to help.
        (Way { closeness: 6, sources: 0 }, Some(fill)) => {
            let list = |sources| Way { closeness: 6, sources };
            Some(list_for(fill).map_or(Way::LOOSEST, list))
        }
        (Way { closeness: 6, .. }, Some(_)) => Some(Way::LOOSEST),
        _ => None,
    }
}

/// The weight of a serious flaw, more than any number of half-empty pages: pages that differ from the
/// document, or whose layout was not stable.
pub(super) const UNFIT: usize = 100;

/// A page other than the last is full enough from this part on.
const FULL: f64 = 3.0 / 4.0;
/// The last page is full enough from this part on.
const BEGUN: f64 = 1.0 / 3.0;
/// The largest height of a hole, as a part of the page.
const HOLE: f64 = 1.0 / 5.0;

/// A flaw in the filling of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It ends too early.
    Emptier,
    /// It has a hole with something below.
    Hole,
    /// It begins with a single line of running text, separated from the page before.
    Widow,
}

/// The flaws of the pages, each with its page number. A single page is not checked, nor are pages rotated
/// for a wide table and the ones before them.
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

/// A line of text, by the position of its first letter.
#[derive(Debug, Clone, Copy)]
struct Line {
    x: f64,
    y: f64,
    /// Its font size in tenths of a point.
    size: i64,
}

/// What running text shows on a page, in the order of the frames.
#[derive(Debug, Clone, Copy)]
enum RunningText {
    Line(Line),
    /// The start of columns that may continue on the next page.
    Start,
    /// The end of these columns, at this height.
    End(f64),
}

/// The marks that templates put around such columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Start,
    End,
}

/// The labels of these marks.
const MARKS: [(&str, Mark); 2] = [("run-start", Mark::Start), ("run-end", Mark::End)];

/// The pages that begin with a single line, or the last line of a paragraph, of a column that began on an
/// earlier page; one entry per page.
fn widows(pages: &[Page]) -> Vec<usize> {
    let running_text: Vec<Vec<RunningText>> =
        pages.iter().map(|page| running(pages, page)).collect();
    let alone = |index: usize, size: i64, end: f64| {
        let middle = pages[index].frame.size().x.to_pt() / 2.0;
        let own = running_text[index].iter().filter_map(|item| match item {
            RunningText::Line(line) if line.size == size && line.y <= end + 1.0 => Some(line),
            _ => None,
        });
        let (left, right): (Vec<&Line>, Vec<&Line>) = own.partition(|line| line.x < middle);
        [left, right].iter().filter(|column| begins_alone(column, size)).count()
    };
    let mut found = vec![];
    // The page on which the columns begin, and their font size.
    let mut begun: Option<(usize, Option<i64>)> = None;
    for (index, page) in running_text.iter().enumerate() {
        for item in page {
            match item {
                RunningText::Start => begun = Some((index, None)),
                RunningText::Line(line) => {
                    if let Some((_, size @ None)) = &mut begun {
                        *size = Some(line.size);
                    }
                }
                RunningText::End(end) => {
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

/// Whether the first line of a column has no other line of its paragraph below it.
fn begins_alone(column: &[&Line], size: i64) -> bool {
    let size = size as f64 / 10.0;
    let Some(first) = column.iter().map(|line| line.y).reduce(f64::min) else { return false };
    let others = column.iter().map(|line| line.y - first).filter(|below| *below > 0.8 * size);
    others.reduce(f64::min).is_none_or(|below| below > WITHIN * size)
}

/// The largest distance between lines of one paragraph, relative to the font size.
const WITHIN: f64 = 1.47;

fn running(pages: &[Page], page: &Page) -> Vec<RunningText> {
    let mut running = vec![];
    let Some((top, bottom)) = text_area(pages, page) else { return running };
    look(&page.frame, Transform::identity(), &mut |thing| match thing.kind {
        Kind::Text(size) if (top..bottom + 4.0).contains(&thing.end) => {
            let size = (10.0 * size).round() as i64;
            running.push(RunningText::Line(Line { x: thing.x, y: thing.end, size }));
        }
        Kind::Mark(Mark::Start) => running.push(RunningText::Start),
        Kind::Mark(Mark::End) => running.push(RunningText::End(thing.end)),
        _ => {}
    });
    running
}

/// The lowest visible point of a page's text area.
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

/// The highest empty stretch of a page's text area with something below it.
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

/// A visible item on a page: its left edge, top and bottom.
struct Thing {
    x: f64,
    top: f64,
    end: f64,
    kind: Kind,
}

enum Kind {
    /// Text of this size in points; it ends at its baseline.
    Text(f64),
    /// A drawing, a rule, a box.
    Shape,
    /// An invisible mark where columns begin or end.
    Mark(Mark),
}

/// Visits every item that is not rotated, as watermarks are.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(way: Way, fills: &[f64]) -> Tried {
        let last = fills.len();
        let least = |page: usize| if page == last { BEGUN } else { FULL };
        let flaws = (1..=last).filter(|page| fills[page - 1] < least(*page));
        let flaws = flaws.map(|page| (page, Flaw::Emptier)).collect();
        Tried { way, fills: fills.to_vec(), flaws }
    }

    #[test]
    fn every_variant_is_tried_once_whatever_the_pages_suggest() {
        let mut ways = Ways::new();
        let mut seen: Vec<Way> = vec![];
        loop {
            let batch = ways.next(2);
            if batch.is_empty() {
                break;
            }
            for way in batch {
                assert!(!seen.contains(&way), "{way:?}");
                seen.push(way);
                ways.tried.push(tried(way, &[0.9, 0.9, 0.1]));
            }
        }
        assert_eq!(seen.len(), Way::all().count());
        assert_eq!(seen[0], Way::PLAIN);
    }

    #[test]
    fn a_last_page_that_is_nearly_full_enough_gets_a_looser_list() {
        let plain = tried(Way::PLAIN, &[0.9, 0.9, 0.27]);
        assert_eq!(suggested(&[plain]), Some(Way { closeness: 0, sources: 3 }));
    }

    #[test]
    fn a_last_page_with_little_on_it_is_pulled_back_and_then_filled() {
        let plain = tried(Way::PLAIN, &[0.9, 0.9, 0.08]);
        assert_eq!(suggested(&[plain]), Some(Way::CLOSER));
        let closer = tried(Way::CLOSER, &[0.9, 0.9, 0.08]);
        assert_eq!(suggested(&[closer]), Some(Way::LOOSER));
        let much = |fill| tried(Way { closeness: 6, sources: 0 }, &[0.9, 0.9, fill]);
        assert_eq!(suggested(&[much(0.22)]), Some(Way { closeness: 6, sources: 4 }));
        assert_eq!(suggested(&[much(0.12)]), Some(Way::LOOSEST));
    }

    #[test]
    fn a_page_inside_is_spread_if_it_lacks_little_and_gets_a_block_back_otherwise() {
        let suggested = |fill| suggested(&[tried(Way::PLAIN, &[0.9, fill, 0.9])]);
        assert_eq!(suggested(0.73), Some(Way::LOOSER));
        assert_eq!(suggested(0.70), Some(Way::MUCH_LOOSER));
        assert_eq!(suggested(0.60), Some(Way::CLOSER));
    }

    #[test]
    fn pages_without_flaws_suggest_nothing() {
        assert_eq!(suggested(&[tried(Way::PLAIN, &[0.9, 0.9, 0.9])]), None);
    }
}
