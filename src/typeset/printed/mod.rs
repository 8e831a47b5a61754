//! Compares the laid out pages with the document.
//!
//! In: the texts of the tree ([`Expected`], collected when the document is prepared) and Typst's pages.
//! Out: an error for each text that is missing on the pages, differs from the tree, cannot be read, or is
//! on the pages but not in the tree; for each drawing that was changed or hidden; and for each text that
//! overlaps another or leaves its container.
//!
//! Templates belong to the project: `#show "1": "7"` in a theme turns 12,000 into 72,000, which no check
//! before the layout can notice. So every sentence, table row, card, caption and heading is searched for
//! on the pages, letter by letter. Its digits must touch where they do in the tree, and be separated
//! where there is a space. The remaining text may contain no digits except page numbers, list numbers and
//! what the document has outside its sections. Case, spaces, line ends, hyphens at line ends and
//! ligatures are ignored.
//!
//! The time is linear in the length of the pages, except for texts that have to be searched for.

mod displaced;
mod expected;
mod overflow;
mod stream;

use std::path::Path;

use typst::foundations::Bytes;
use typst::syntax::Span;

pub(super) use expected::{Expected, letters, of};
use expected::{Joint, Letters, Unit};
pub(super) use overflow::text_area;
use stream::{Letter, Picture, Read, Stream, Unread};

use super::export::Pages;
use super::world::EditionWorld;
use crate::diag::{Code, Diagnostic, Message, Place};

/// The number of problems of one kind that are reported; the others are counted.
const SHOWN: usize = 3;
/// A text of at least this many letters can be anywhere; a shorter one is searched for near its
/// neighbours.
const LONG: usize = 40;
/// The smallest scale of a drawing.
const LEAST_SCALE: f64 = 0.45;

/// A text found in a stream, with its byte range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    place: Where,
    /// The index of the matching variant.
    way: usize,
    from: usize,
    to: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Body,
    Floats,
}

/// Checks pages against what must be on them.
pub(super) fn check(
    pages: &Pages,
    expected: &Expected,
    drawing: impl Fn(&str) -> Option<Bytes>,
) -> Vec<Diagnostic> {
    let read = stream::read(pages.document.pages());
    let mut check = Check { read, world: &pages.world, expected, problems: Problems::default() };
    check.units();
    check.drawings(drawing);
    check.outside();
    check.sources();
    if check.problems.altered.is_empty() {
        check.rest();
    }
    check.room(pages);
    check.problems.into_diagnostics()
}

#[derive(Default)]
struct Problems {
    altered: Vec<Diagnostic>,
    unread: Vec<Diagnostic>,
    foreign: Vec<Diagnostic>,
    drawings: Vec<Diagnostic>,
    over: Vec<Diagnostic>,
    out: Vec<Diagnostic>,
}

impl Problems {
    fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut all = vec![];
        for mut kind in
            [self.altered, self.unread, self.foreign, self.drawings, self.over, self.out]
        {
            let count = kind.len();
            kind.truncate(SHOWN);
            if count > SHOWN
                && let Some(last) = kind.pop()
            {
                kind.push(last.note(message!(
                    "{count} more places have the same problem",
                    count = count - SHOWN
                )));
            }
            all.extend(kind);
        }
        all
    }
}

struct Check<'a> {
    read: Read,
    world: &'a EditionWorld,
    expected: &'a Expected,
    problems: Problems,
}

impl Check<'_> {
    fn stream(&self, place: Where) -> &Stream {
        match place {
            Where::Body => &self.read.body,
            Where::Floats => &self.read.floats,
        }
    }

    fn stream_mut(&mut self, place: Where) -> &mut Stream {
        match place {
            Where::Body => &mut self.read.body,
            Where::Floats => &mut self.read.floats,
        }
    }

    fn take(&mut self, place: Where, from: usize, to: usize) {
        self.stream_mut(place).taken[from..to].fill(true);
    }

    /// Finds every text of the tree: long ones anywhere, short ones next to their neighbours.
    fn units(&mut self) {
        let expected = self.expected;
        let mut found: Vec<Option<Found>> = vec![None; expected.units.len()];
        let (mut body, mut floats) = (0, 0);
        for (index, unit) in expected.units.iter().enumerate() {
            if unit.ways[0].text.len() < LONG {
                continue;
            }
            let starts = [
                (Where::Body, body),
                (Where::Floats, floats),
                (Where::Body, 0),
                (Where::Floats, 0),
            ];
            let hit = starts.iter().find_map(|(place, from)| self.find(unit, *place, *from, false));
            if let Some(hit) = hit {
                self.take(hit.place, hit.from, hit.to);
                match hit.place {
                    Where::Body => body = hit.to,
                    Where::Floats => floats = hit.to,
                }
                found[index] = Some(hit);
            }
        }
        let mut last = Found { place: Where::Body, way: 0, from: 0, to: 0 };
        for (index, unit) in expected.units.iter().enumerate() {
            if let Some(hit) = found[index] {
                last = hit;
                continue;
            }
            if unit.ways[0].text.is_empty() || unit.ways[0].text.len() >= LONG {
                continue;
            }
            // The nearest one after its neighbour, or before it; else anywhere.
            let near = self.find(unit, last.place, last.to, true);
            let starts = [(Where::Body, 0), (Where::Floats, 0)];
            let hit = near.or_else(|| {
                starts.iter().find_map(|(place, from)| self.find(unit, *place, *from, true))
            });
            if let Some(hit) = hit {
                self.take(hit.place, hit.from, hit.to);
                last = hit;
                found[index] = Some(hit);
            }
        }
        for (index, unit) in expected.units.iter().enumerate() {
            if found[index].is_none() && !unit.ways[0].text.is_empty() {
                self.displace(index, &mut found);
            }
        }
        for (unit, hit) in expected.units.iter().zip(&found) {
            match hit {
                Some(hit) => self.looked_at(unit, *hit),
                None if unit.ways[0].text.is_empty() => {}
                None => self.torn(unit),
            }
        }
        // The head of a table is repeated on each page of the table.
        for unit in expected.units.iter().filter(|unit| unit.is_repeated) {
            while self.in_words(unit) {}
            for place in [Where::Body, Where::Floats] {
                let mut from = 0;
                while let Some(hit) = self.find(unit, place, from, true) {
                    self.take(place, hit.from, hit.to);
                    self.looked_at(unit, hit);
                    from = hit.to;
                }
            }
        }
    }

    /// The first free occurrence of a text from `from` on; with `whole` only between word boundaries.
    fn find(&self, unit: &Unit, place: Where, from: usize, whole: bool) -> Option<Found> {
        let stream = self.stream(place);
        for (way, letters) in unit.ways.iter().enumerate() {
            let mut from = from;
            while let Some(at) = stream.text.get(from..).and_then(|t| t.find(&*letters.text)) {
                let (start, end) = (from + at, from + at + letters.text.len());
                let is_free = !stream.taken[start..end].contains(&true);
                if is_free && (!whole || self.is_whole(stream, start, end)) {
                    return Some(Found { place, way, from: start, to: end });
                }
                from = start + stream.text[start..].chars().next().map_or(1, char::len_utf8);
            }
        }
        None
    }

    /// Whether a byte range begins and ends at word boundaries.
    fn is_whole(&self, stream: &Stream, from: usize, to: usize) -> bool {
        let joined = |left: usize, right: usize| {
            let word = |at: usize| {
                let floor = (0..=at).rev().find(|at| stream.text.is_char_boundary(*at));
                let c = floor.and_then(|at| stream.text[at..].chars().next());
                !stream.taken[at] && c.is_some_and(char::is_alphanumeric)
            };
            word(left) && word(right) && self.gap(stream, left, right).is_some_and(|gap| gap < 0.08)
        };
        let joins_before = from > 0 && joined(from - 1, from);
        let joins_after = to < stream.text.len() && joined(to - 1, to);
        !joins_before && !joins_after
    }

    fn letter(&self, stream: &Stream, at: usize) -> Letter {
        self.read.letters[stream.at[at] as usize]
    }

    /// The gap between two letters relative to their size; `None` if they are on different lines.
    fn gap(&self, stream: &Stream, left: usize, right: usize) -> Option<f32> {
        let (a, b) = (self.letter(stream, left), self.letter(stream, right));
        let size = a.size.max(b.size).max(0.1);
        let is_line = a.page == b.page && (a.base - b.base).abs() < 0.6 * size;
        // In right-to-left text the next letter is to the left.
        let gap = if b.left >= a.left { b.left - a.right } else { a.left - b.right };
        is_line.then_some(gap / size)
    }

    /// Checks that a found text can be read, and that its digits touch as they do in the tree.
    fn looked_at(&mut self, unit: &Unit, hit: Found) {
        let letters = &unit.ways[hit.way];
        let stream = self.stream(hit.place);
        let mut unread: Option<(usize, Letter, Unread)> = None;
        let mut spaced: Option<(usize, &'static str)> = None;
        let mut joints = letters.joints.iter().peekable();
        let mut before: Option<(usize, char)> = None;
        let mut chars = letters.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let joint = joints.next_if(|(joint, _)| *joint == at).map(|(_, joint)| *joint);
            let letter = self.letter(stream, hit.from + at);
            if let Some(why) = letter.unread.filter(|_| unread.is_none())
                && c.is_alphanumeric()
            {
                unread = Some((at, letter, why));
            }
            if let Some((last, previous)) = before.filter(|_| spaced.is_none()) {
                let next = chars.peek().map(|(_, c)| *c);
                let gap = || self.gap(stream, hit.from + last, hit.from + at);
                let is_word = previous.is_alphanumeric() && c.is_alphanumeric();
                let is_number = previous.is_numeric() && c.is_numeric()
                    || is_sign(previous) && c.is_numeric()
                    || previous.is_numeric()
                        && is_sign(c)
                        && next.is_some_and(char::is_numeric)
                        && joint.is_none();
                spaced = match joint {
                    Some(Joint::Space) if is_word && gap().is_some_and(|gap| gap < 0.05) => {
                        Some((at, "the space between two words is missing"))
                    }
                    Some(Joint::Tight) if previous.is_numeric() && c.is_numeric() => match gap() {
                        // Only three digits form a group: “Q4 2025” may be broken between lines.
                        None if !is_group(
                            &letters.text[at..],
                            joints.peek().map(|(to, _)| to - at),
                        ) =>
                        {
                            None
                        }
                        None => Some((at, "a number is broken at the end of a line")),
                        Some(gap) if gap < 0.05 => {
                            Some((at, "the space between two words is missing"))
                        }
                        Some(gap) if gap > 0.8 => Some((at, "a number is broken")),
                        Some(_) => None,
                    },
                    Some(Joint::Cell) if previous.is_numeric() && c.is_numeric() => match gap() {
                        Some(gap) if gap < 0.15 => Some((at, "two numbers touch")),
                        _ => None,
                    },
                    Some(Joint::Raised) if previous.is_numeric() && c.is_numeric() => {
                        let (a, b) = (
                            self.letter(stream, hit.from + last),
                            self.letter(stream, hit.from + at),
                        );
                        // A font may have raised digits of its own.
                        let is_alike = (a.base - b.base).abs() < 0.1 * a.size
                            && (a.size - b.size).abs() < 0.1 * a.size
                            && a.is_plain == b.is_plain;
                        (is_alike && gap().is_some_and(|gap| gap < 0.15))
                            .then_some((at, "a raised number is not raised"))
                    }
                    None if is_number => match gap() {
                        None => Some((at, "a number is broken at the end of a line")),
                        Some(gap) if gap > 0.35 => Some((at, "a number is broken")),
                        Some(gap) if gap < -0.3 => Some((at, "the digits of a number overlap")),
                        Some(_) => None,
                    },
                    _ => None,
                };
            }
            before = Some((at, c));
        }
        if let Some((at, letter, why)) = unread {
            let place = self.place(letter.span);
            let text = around(&letters.written, &letters.text, at);
            let reported = hidden(unit.name.clone(), letter.page, why, place);
            self.problems.unread.push(reported.note(message!("the document: {text}", text)));
        }
        if let Some((at, what)) = spaced {
            let letter = self.letter(self.stream(hit.place), hit.from + at);
            let place = self.place(letter.span);
            self.problems.altered.push(
                Diagnostic::error(
                    Code::K0716,
                    message!(
                        "{name} is not on page {page} as in the document: {what}",
                        name = unit.name,
                        page = letter.page + 1,
                        what
                    ),
                )
                .at(place)
                .note(message!(
                    "the document: {at}",
                    at = around(&letters.written, &letters.text, at)
                ))
                .hint(look()),
            );
        }
        self.lead(unit, hit);
        self.cites(unit, letters, hit);
    }

    /// Checks the number before a note or list item.
    fn lead(&mut self, unit: &Unit, hit: Found) {
        let Some((number, is_required)) = &unit.lead else { return };
        let stream = self.stream(hit.place);
        let mut from = hit.from;
        let mut digits = String::new();
        for (at, c) in stream.text[..hit.from].char_indices().rev() {
            let is_near = hit.from - at <= 12 && !stream.taken[at];
            if !is_near || c.is_alphabetic() {
                break;
            }
            match c.is_numeric() {
                true => digits.insert(0, c),
                false if digits.is_empty() => {}
                false => break,
            }
            from = at;
        }
        if digits == *number || digits.is_empty() && !is_required {
            self.take(hit.place, from, hit.from);
            return;
        }
        let letter = self.letter(stream, hit.from);
        let place = self.place(letter.span);
        let printed =
            if digits.is_empty() { message!("no number") } else { message!("`{digits}`", digits) };
        self.problems.altered.push(
            Diagnostic::error(
                Code::K0716,
                message!(
                    "{name} has the number {number}, but page {page} has {printed} there",
                    name = unit.name,
                    number,
                    page = letter.page + 1,
                    printed
                ),
            )
            .at(place)
            .hint(look()),
        );
    }

    /// Checks the citations in a found text.
    fn cites(&mut self, unit: &Unit, letters: &Letters, hit: Found) {
        for (at, numbers) in &letters.cites {
            let stream = self.stream(hit.place);
            let printed: Vec<&str> = stream
                .cites
                .iter()
                .filter(|(cite, printed)| *cite == hit.from + at && !printed.is_empty())
                .map(|(_, printed)| &**printed)
                .collect();
            let is_right = match printed[..] {
                [] => false,
                _ if !self.expected.is_numbered => true,
                _ => numbered(&printed.concat()) == as_set(numbers),
            };
            if is_right {
                continue;
            }
            let letter = self.letter(stream, hit.from + at.saturating_sub(1));
            let place = self.place(letter.span);
            let wanted: Vec<String> = as_set(numbers).iter().map(ToString::to_string).collect();
            let printed = match printed.concat() {
                printed if printed.is_empty() => message!("has none there"),
                printed => message!("has `{printed}` there", printed),
            };
            self.problems.altered.push(
                Diagnostic::error(
                    Code::K0716,
                    message!(
                        "{name} cites {wanted}, but page {page} {printed}",
                        name = unit.name,
                        wanted = wanted.join(", "),
                        page = letter.page + 1,
                        printed
                    ),
                )
                .at(place)
                .hint(look()),
            );
        }
    }

    /// Finds a text with right-to-left letters word by word; returns false if a word is missing.
    fn in_words(&mut self, unit: &Unit) -> bool {
        let Some(words) = expected::words(&unit.ways[0].text) else { return false };
        let mut found: Vec<(Where, usize, usize)> = vec![];
        for word in words {
            let hit = [Where::Body, Where::Floats].into_iter().find_map(|place| {
                let stream = self.stream(place);
                let all = stream.text.match_indices(word).map(|(at, _)| (at, at + word.len()));
                // The 2 of 2025 is not the number 2.
                let touches = |left: usize, right: usize| {
                    let digit = |at: usize| stream.text.as_bytes()[at].is_ascii_digit();
                    digit(left)
                        && digit(right)
                        && self.gap(stream, left, right).is_some_and(|gap| gap < 0.08)
                };
                let mut free = all.filter(|(from, to)| {
                    !stream.taken[*from..*to].contains(&true)
                        && (*from == 0 || !touches(from - 1, *from))
                        && (*to == stream.text.len() || !touches(to - 1, *to))
                });
                free.next().map(|(from, to)| (place, from, to))
            });
            let Some((place, from, to)) = hit else {
                for (place, from, to) in found {
                    self.stream_mut(place).taken[from..to].fill(false);
                }
                return false;
            };
            self.take(place, from, to);
            found.push((place, from, to));
        }
        let unread = found.iter().find_map(|(place, from, to)| {
            let stream = self.stream(*place);
            (*from..*to).find_map(|at| {
                let letter = self.letter(stream, at);
                Some((letter, letter.unread?))
            })
        });
        if let Some((letter, why)) = unread {
            let place = self.place(letter.span);
            self.problems.unread.push(hidden(unit.name.clone(), letter.page, why, place));
        }
        true
    }

    /// A text that is not contiguous: broken across pages, or missing.
    fn torn(&mut self, unit: &Unit) {
        if self.in_words(unit) {
            return;
        }
        for place in [Where::Body, Where::Floats] {
            if let Some(pieces) = self.pieces(&unit.ways[0].text, &unit.parts, place) {
                for (from, to) in &pieces {
                    self.take(place, *from, *to);
                }
                let stream = self.stream(place);
                let unread = pieces.iter().flat_map(|(from, to)| *from..*to).find_map(|at| {
                    let letter = self.letter(stream, at);
                    Some((letter, letter.unread?))
                });
                if let Some((letter, why)) = unread {
                    let place = self.place(letter.span);
                    self.problems.unread.push(hidden(unit.name.clone(), letter.page, why, place));
                }
                return;
            }
        }
        self.missing(unit);
    }

    /// The byte ranges of a text broken across pages, one per page. A table row is broken cell by cell.
    fn pieces(&self, text: &str, parts: &[usize], place: Where) -> Option<Vec<(usize, usize)>> {
        let stream = self.stream(place);
        let mut starts: Vec<usize> = vec![0];
        starts.extend(parts.iter().copied());
        starts.push(text.len());
        starts.dedup();
        let cells: Vec<&str> = starts.windows(2).map(|ends| &text[ends[0]..ends[1]]).collect();
        let first = cells.first()?;
        self.begins(stream, first, 0).find_map(|at| {
            let page = self.letter(stream, at).page;
            let mut all: Vec<(usize, usize)> = vec![];
            let mut from = at;
            for (index, cell) in cells.iter().enumerate() {
                let own = match index {
                    0 => self.parted(stream, cell, at)?,
                    // Near the previous cell, on the page where the row begins.
                    _ => self
                        .begins(stream, cell, from)
                        .filter(|at| self.letter(stream, *at).page == page)
                        .find_map(|at| self.parted(stream, cell, at))?,
                };
                from = own[0].1;
                all.extend(own);
            }
            Some(all)
        })
    }

    /// The positions from `from` on where a text broken by a page end may begin: those of its first four
    /// letters, then of fewer, since the last line of a page may hold only those.
    fn begins<'s>(
        &'s self,
        stream: &'s Stream,
        text: &'s str,
        from: usize,
    ) -> impl Iterator<Item = usize> + 's {
        let heads = (1..=4).rev().filter_map(move |letters| {
            let (last, c) = text.char_indices().take(letters).last()?;
            Some(&text[..last + c.len_utf8()])
        });
        heads.enumerate().flat_map(move |(index, head)| {
            let there = stream.text.get(from..).unwrap_or_default().match_indices(head);
            let free = there.map(move |(at, _)| from + at).filter(|at| !stream.taken[*at]);
            free.filter(move |at| index == 0 || self.ends_line(stream, at + head.len()))
        })
    }

    /// The byte ranges of a text that begins at a position: the whole text, or its lines up to the end of
    /// a page and the rest on the next.
    fn parted(&self, stream: &Stream, text: &str, at: usize) -> Option<Vec<(usize, usize)>> {
        let mut pieces = vec![];
        let (mut at, mut rest) = (at, text);
        loop {
            let length = self.shared(stream, at, rest);
            if length == rest.len() {
                pieces.push((at, at + length));
                return Some(pieces);
            }
            // The text after the page end may match by chance.
            let ends = (1..=length).rev().map(|length| at + length);
            let next = ends.filter(|end| self.ends_line(stream, *end)).find_map(|end| {
                let left = &rest[end - at..];
                let page = self.letter(stream, end - 1).page + 1;
                let head: String = left.chars().take(2).collect();
                let from = *stream.pages.get(page as usize).unwrap_or(&0);
                let there = stream.text.get(from..)?.match_indices(&head);
                let there = there.map(|(at, _)| from + at);
                let there = there.take_while(|at| self.letter(stream, *at).page <= page);
                let is_next = |at: &usize| {
                    self.letter(stream, *at).page == page
                        && (*at == 0 || self.ends_line(stream, *at))
                        && self.shared(stream, *at, left) > 0
                };
                let best = there.filter(is_next).max_by_key(|at| self.shared(stream, *at, left))?;
                Some((end, best))
            });
            let (end, best) = next?;
            pieces.push((at, end));
            rest = &rest[end - at..];
            at = best;
        }
    }

    /// Whether a line ends before a byte.
    fn ends_line(&self, stream: &Stream, end: usize) -> bool {
        stream.text.is_char_boundary(end)
            && (end >= stream.text.len() || self.gap(stream, end - 1, end).is_none())
    }

    /// How many bytes from a position on match a text and are free.
    fn shared(&self, stream: &Stream, at: usize, text: &str) -> usize {
        let there = stream.text[at..].bytes().zip(&stream.taken[at..]);
        let length =
            there.zip(text.bytes()).take_while(|((a, taken), b)| a == b && !**taken).count();
        (0..=length).rev().find(|length| text.is_char_boundary(*length)).unwrap_or(0)
    }

    /// Reports a missing text, with what is in its place if that can be determined.
    fn missing(&mut self, unit: &Unit) {
        let letters = &unit.ways[0];
        let nearest = [Where::Body, Where::Floats]
            .into_iter()
            .filter_map(|place| self.nearest(letters, place))
            .max_by_key(|(_, _, length)| *length);
        let mut diagnostic = Diagnostic::error(
            Code::K0716,
            message!("{name} is not on the pages as in the document", name = unit.name),
        );
        diagnostic = match nearest {
            None => diagnostic
                .note(message!("the document: {written}", written = cut(&letters.written)))
                .note(message!("there is no similar text on any page")),
            Some((place, at, length)) => {
                let stream = self.stream(place);
                let differs = (at + length).min(stream.text.len().saturating_sub(1));
                let letter = self.letter(stream, differs);
                let from = floor(&stream.text, differs.saturating_sub(30));
                let to = ceil(&stream.text, differs + 30);
                let seen: String =
                    stream.text[from..to].chars().filter(|c| !c.is_control()).collect();
                let page = letter.page + 1;
                diagnostic
                    .at(self.place(letter.span))
                    .note(message!(
                        "the document: {length}",
                        length = around(&letters.written, &letters.text, length)
                    ))
                    .note(message!("page {page}, without its spaces: …{seen}…", page, seen))
            }
        };
        self.problems.altered.push(diagnostic.hint(look()));
    }

    /// The free position where the longest beginning of a text matches.
    fn nearest(&self, letters: &Letters, place: Where) -> Option<(Where, usize, usize)> {
        let stream = self.stream(place);
        let head: String = letters.text.chars().take(2).collect();
        stream
            .text
            .match_indices(&head)
            .filter(|(at, _)| !stream.taken[*at])
            .map(|(at, _)| (place, at, self.shared(stream, at, &letters.text)))
            .max_by_key(|(_, at, length)| (*length, std::cmp::Reverse(*at)))
    }

    /// Checks that each drawing is on the pages, unchanged and complete.
    fn drawings(&mut self, drawing: impl Fn(&str) -> Option<Bytes>) {
        let mut used = vec![false; self.read.pictures.len()];
        for (what, path, width) in &self.expected.drawings {
            let Some(bytes) = drawing(path) else { continue };
            let found = (0..used.len())
                .find(|index| !used[*index] && self.read.pictures[*index].bytes == bytes);
            let Some(index) = found else {
                self.problems.drawings.push(
                    Diagnostic::error(
                        Code::K0719,
                        message!("the drawing of {what} is not on the pages as it was drawn", what),
                    )
                    .note(message!("there is a changed drawing or no drawing in its place"))
                    .hint(look()),
                );
                continue;
            };
            used[index] = true;
            let picture = &self.read.pictures[index];
            let why = match picture.unread {
                Some(why) => Some(why.words()),
                None if picture.width < LEAST_SCALE * width => {
                    Some(message!("set too small to be read"))
                }
                None => None,
            };
            if let Some(why) = why {
                let place = self.place(picture.span);
                self.problems.drawings.push(
                    Diagnostic::error(
                        Code::K0719,
                        message!(
                            "the drawing of {what} on page {page} is {why}",
                            what,
                            page = picture.page + 1,
                            why
                        ),
                    )
                    .at(place)
                    .hint(look()),
                );
            }
        }
        // Other pictures may be decoration, but must not contain numbers.
        for (picture, _) in self.read.pictures.iter().zip(&used).filter(|(_, used)| !**used) {
            if !self.world.has(&picture.bytes) && says_numbers(picture) {
                let place = self.place(picture.span);
                self.problems.drawings.push(
                    Diagnostic::error(
                        Code::K0719,
                        message!(
                            "page {page} has a picture with numbers that is not a figure of the \
                            document",
                            page = picture.page + 1
                        ),
                    )
                    .at(place)
                    .note(message!("a template makes it; it is not a file of the project"))
                    .hint(message!("define it as a figure in `figures.toml`, or remove its text")),
                );
            }
        }
    }

    /// Checks the text outside sections: title, period, body, status, contact, marks.
    fn outside(&mut self) {
        let expected = self.expected;
        for (what, letters) in &expected.outside {
            let streams = [&self.read.body, &self.read.floats];
            let all = streams.into_iter().chain(&self.read.margins);
            let mut unread = None;
            let is_there = all.into_iter().any(|stream| {
                stream.text.match_indices(&letters.text).any(|(at, _)| {
                    let bytes = at..at + letters.text.len();
                    let hidden = bytes.clone().find_map(|at| {
                        let letter = self.letter(stream, at);
                        Some((letter, letter.unread?))
                    });
                    unread = unread.or(hidden);
                    hidden.is_none()
                })
            });
            let streams =
                || [&self.read.body, &self.read.floats].into_iter().chain(&self.read.margins);
            let is_there = is_there
                || expected::words(&letters.text).is_some_and(|words| {
                    words.iter().all(|word| streams().any(|stream| stream.text.contains(word)))
                });
            match unread {
                _ if is_there => {}
                Some((letter, why)) => {
                    let place = self.place(letter.span);
                    self.problems.unread.push(hidden(what.clone(), letter.page, why, place));
                }
                None => self.problems.altered.push(
                    Diagnostic::error(
                        Code::K0716,
                        message!("{what} is not on the pages as in the document", what),
                    )
                    .note(message!("the document: {written}", written = cut(&letters.written)))
                    .hint(look()),
                ),
            }
        }
        for mark in &expected.marks {
            let lacking = self.read.margins.iter().position(|margin| {
                !margin.text.match_indices(&**mark).any(|(at, _)| {
                    (at..at + mark.len()).all(|at| self.letter(margin, at).unread.is_none())
                })
            });
            if let Some(page) = lacking {
                self.problems.altered.push(
                    Diagnostic::error(
                        Code::K0716,
                        message!("page {page} lacks the mark `{mark}`", page = page + 1, mark),
                    )
                    .note(message!("every page of a draft or demonstration must say so"))
                    .hint(look()),
                );
            }
        }
    }

    /// Checks the list of sources: the title of each, and no number that its file does not have.
    fn sources(&mut self) {
        let stream = &self.read.sources;
        if self.expected.cited == 0 {
            return;
        }
        let mut reported = vec![];
        for (key, title) in &self.expected.sources {
            if !stream.text.contains(&**title) {
                reported.push((
                    message!("the source `{key}` is not on the pages as in the bibliography", key),
                    None,
                ));
            }
        }
        for (number, at) in numbers(&stream.text) {
            let is_written = |number: &str| {
                self.expected.source_numbers.contains(number.trim_start_matches('0'))
            };
            let is_of_list =
                |number: &str| number.parse::<usize>().is_ok_and(|n| n <= self.expected.cited);
            // Without spaces, an address ending with digits is joined to the number of the next entry.
            let is_own = is_written(number)
                || is_of_list(number)
                || (1..number.len())
                    .any(|at| is_written(&number[..at]) && is_of_list(&number[at..]));
            if !is_own {
                reported.push((
                    message!(
                        "the list of sources has the number `{number}`, which is not in the \
                        bibliography",
                        number
                    ),
                    Some(self.letter(stream, at)),
                ));
            }
        }
        let unread = (0..stream.text.len()).find_map(|at| {
            let letter = self.letter(stream, at);
            Some((letter, letter.unread?))
        });
        if let Some((letter, why)) = unread {
            let place = self.place(letter.span);
            self.problems.unread.push(hidden(
                message!("the list of sources"),
                letter.page,
                why,
                place,
            ));
        }
        for (message, letter) in reported {
            let place = letter.and_then(|letter| self.place(letter.span));
            self.problems
                .altered
                .push(Diagnostic::error(Code::K0716, message).at(place).hint(look()));
        }
    }

    /// Checks that the remaining text contains no digits.
    fn rest(&mut self) {
        let pages = self.read.margins.len();
        let streams = [std::mem::take(&mut self.read.body), std::mem::take(&mut self.read.floats)];
        let margins = std::mem::take(&mut self.read.margins);
        let all = streams.into_iter().map(|stream| (None, stream));
        let all = all.chain(margins.into_iter().enumerate().map(|(page, s)| (Some(page + 1), s)));
        for (page, mut stream) in all {
            for known in &self.expected.known {
                let found: Vec<usize> =
                    stream.text.match_indices(&**known).map(|(at, _)| at).collect();
                for at in found {
                    if self.is_whole(&stream, at, at + known.len()) {
                        stream.taken[at..at + known.len()].fill(true);
                    }
                }
            }
            // The page number and the number of pages are allowed once each.
            let mut allowed: Vec<String> =
                page.map_or(vec![], |page| vec![page.to_string(), pages.to_string()]);
            for (number, at) in self.left_over(&stream) {
                if let Some(index) = allowed.iter().position(|known| known == number) {
                    allowed.remove(index);
                    continue;
                }
                let letter = self.letter(&stream, at);
                let from = floor(&stream.text, at.saturating_sub(30));
                let to = ceil(&stream.text, at + number.len() + 30);
                let seen: String =
                    stream.text[from..to].chars().filter(|c| !c.is_control()).collect();
                self.problems.foreign.push(
                    Diagnostic::error(
                        Code::K0718,
                        message!("page {page} has the number `{number}`, which the document does not have there", page = letter.page + 1, number),
                    )
                    .at(self.place(letter.span))
                    .note(message!("around it, without spaces: …{seen}…", seen))
                    .note(message!("numbers must come from facts; a page adds only its number and the \
                        numbers of lists and notes"))
                    .hint(message!("remove it from the template; put a fixed text with digits, such as an \
                        address, below `[layout]` of the strings file, and print it with \
                        `word(\"NAME\", \"\")`")),
                );
            }
        }
    }

    /// The unmatched numbers: adjacent digits, with the position of each.
    fn left_over<'s>(&self, stream: &'s Stream) -> Vec<(&'s str, usize)> {
        let mut all = vec![];
        let mut open: Option<(usize, usize)> = None;
        for (at, c) in stream.text.char_indices().filter(|(_, c)| c.is_numeric()) {
            if stream.taken[at] {
                continue;
            }
            let touches = |end: usize| {
                end == at && self.gap(stream, end - 1, at).is_some_and(|gap| gap < 0.08)
            };
            open = match open {
                Some((from, end)) if touches(end) => Some((from, at + c.len_utf8())),
                _ => {
                    all.extend(open);
                    Some((at, at + c.len_utf8()))
                }
            };
        }
        all.extend(open);
        all.into_iter().map(|(from, to)| (&stream.text[from..to], from)).collect()
    }

    /// Reports text that overlaps other text or leaves its container.
    fn room(&mut self, pages: &Pages) {
        for tight in overflow::find(pages.document.pages()) {
            let page = tight.page + 1;
            let text = cut(&tight.text);
            let place = self.place(tight.span);
            match &tight.over {
                Some(over) => self.problems.over.push(
                    Diagnostic::error(
                        Code::K0720,
                        message!(
                            "`{text}` is printed over `{over}` on page {page}",
                            text,
                            over = cut(over),
                            page
                        ),
                    )
                    .subject(text)
                    .at(place)
                    .hint(make_room()),
                ),
                None => self.problems.out.push(
                    Diagnostic::error(
                        Code::K0721,
                        message!("`{text}` is wider than its place on page {page}", text, page),
                    )
                    .subject(text)
                    .at(place)
                    .hint(make_room()),
                ),
            }
        }
    }

    /// The place in a template that printed something.
    fn place(&self, span: Span) -> Option<Place> {
        super::report::place(self.world, span.into())
            .filter(|place| !matches!(place, Place::Path(path) if path == Path::new(super::BRIEF)))
    }
}

/// The remedy for what a template does to the text.
fn look() -> Message {
    message!(
        "look in the project's `.typ` files for a `show` or `set` rule, a `let` or a box \
    that changes, hides or cuts text; a template may place and style the text of the document, but \
    not change it"
    )
}

/// The remedy for a text that has no room.
fn make_room() -> Message {
    message!(
        "shorten the text, or give it more room in the template: a wider column, smaller \
    type, `hyphenate: true`"
    )
}

fn hidden(what: Message, page: u32, why: Unread, place: Option<Place>) -> Diagnostic {
    Diagnostic::error(
        Code::K0717,
        message!(
            "{what} cannot be read on page {page}: it is {why}",
            what,
            page = page + 1,
            why = why.words()
        ),
    )
    .at(place)
    .hint(look())
}

/// Signs that may precede a number or occur inside it.
fn is_sign(c: char) -> bool {
    matches!(c, '.' | ',' | '-' | '−' | '+' | '\'' | '’' | '٫' | '٬')
}

/// Whether a text begins with a group of three digits; `until` is the offset of the next joint.
fn is_group(text: &str, until: Option<usize>) -> bool {
    let text = &text[..until.unwrap_or(text.len())];
    text.chars().take_while(|c| c.is_numeric()).count() == 3
}

/// The numbers in a text (adjacent digits), each with its offset.
fn numbers(text: &str) -> Vec<(&str, usize)> {
    let mut all = vec![];
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_numeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                all.push((&text[start..at], start));
                from = None;
            }
            _ => {}
        }
    }
    all
}

fn as_set(numbers: &[usize]) -> std::collections::BTreeSet<usize> {
    numbers.iter().copied().collect()
}

/// The numbers of a citation as printed: `[1–3, 5]` is 1, 2, 3 and 5.
fn numbered(printed: &str) -> std::collections::BTreeSet<usize> {
    let mut all = std::collections::BTreeSet::new();
    let mut last: Option<usize> = None;
    let mut is_range = false;
    let mut digits = String::new();
    for c in printed.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if let Ok(number) = digits.parse::<usize>() {
            match last.filter(|last| is_range && *last < number && number - *last < 1000) {
                Some(last) => all.extend(last..=number),
                None => drop(all.insert(number)),
            }
            last = Some(number);
            is_range = false;
        }
        digits.clear();
        is_range |= matches!(c, '–' | '-' | '—');
    }
    all
}

/// Whether a picture is a drawing whose text contains digits.
fn says_numbers(picture: &Picture) -> bool {
    let Ok(text) = std::str::from_utf8(&picture.bytes) else { return false };
    text.split("<text").skip(1).any(|part| {
        let inner = part.split("</text").next().unwrap_or_default();
        let said = inner.split_once('>').map_or("", |(_, said)| said);
        let mut depth = 0usize;
        said.chars().any(|c| {
            match c {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && c.is_numeric()
        })
    })
}

/// The first 90 letters of a text.
fn cut(text: &str) -> String {
    let short: String = text.chars().take(90).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

/// The written text around the letter at a byte of the text without spaces.
fn around(written: &str, text: &str, at: usize) -> String {
    let letters = text[..floor(text, at)].chars().count();
    // A letter may become two in the other case; that is precise enough for a message.
    let mut count = 0;
    let spot = written
        .char_indices()
        .find(|(_, c)| {
            if !stream::is_blank(*c) {
                count += stream::lower(*c).count();
            }
            count > letters
        })
        .map_or(written.len(), |(at, _)| at);
    let from = floor(written, spot.saturating_sub(40));
    let to = ceil(written, spot + 40);
    let before = if from > 0 { "…" } else { "" };
    let after = if to < written.len() { "…" } else { "" };
    format!("{before}{}{after}", &written[from..to])
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn ceil(text: &str, at: usize) -> usize {
    (at.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}
