//! Parity: the editions of all languages have the same content.
//!
//! In: the document trees. Out: an error for each section that differs. Compared are, by section and in
//! order: sentences with their facts, figures and tables with captions, heads and notes, cards, notes and
//! citations. The wording of a fact may differ; the fact and its direction may not.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Message, Place};
use crate::document::{Block, Caption, Document, Inline, Section, Visit, walk_block, walk_inline};

/// The content of a section, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Carried<'a> {
    what: Item<'a>,
    facts: BTreeMap<String, usize>,
}

/// An item that every edition must have, with its id if it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item<'a> {
    Heading(u8),
    Sentence(&'a str),
    Card,
    Figure(&'a str),
    Table(&'a str),
    Box,
    Note(&'a str),
    Citation(&'a str),
    NoteCall(&'a str),
    Reference(&'a str),
    Bibliography,
}

impl Item<'_> {
    /// What it is, for a message.
    fn text(&self) -> Message {
        match self {
            Self::Heading(level) => message!("a heading of level {level}", level),
            Self::Sentence(id) => message!("sentence `{id}`", id),
            Self::Card => message!("a card"),
            Self::Figure(id) => message!("figure `{id}`", id),
            Self::Table(id) => message!("table `{id}`", id),
            Self::Box => message!("a box"),
            Self::Note(id) => message!("note `{id}`", id),
            Self::Citation(key) => message!("a citation of `{key}`", key),
            Self::NoteCall(id) => message!("a reference to note `{id}`", id),
            Self::Reference(id) => message!("a reference to `{id}`", id),
            Self::Bibliography => message!("the list of sources"),
        }
    }
}

/// The place of a section in a language, or of a sentence in it.
pub type Written<'a> = &'a dyn Fn(&str, &str, Option<&str>) -> Option<Place>;

/// Compares every edition with the first.
pub fn compare(documents: &[&Document], written: Written<'_>) -> Vec<Diagnostic> {
    let mut found = vec![];
    let Some((first, others)) = documents.split_first() else { return found };
    for other in others {
        let pair = Pair { left: &first.meta.lang, right: &other.meta.lang, written };
        for index in 0..first.sections.len().max(other.sections.len()) {
            match (first.sections.get(index), other.sections.get(index)) {
                (Some(a), Some(b)) if a.id == b.id => pair.sections(a, b, &mut found),
                (a, b) => {
                    let name = |s: Option<&Section>| {
                        s.map_or("nothing".into(), |s| format!("section `{}`", s.id))
                    };
                    let message = message!(
                        "where the {left} edition has {a}, the {right} edition has {b}",
                        left = pair.left,
                        a = name(a),
                        right = pair.right,
                        b = name(b)
                    );
                    found.push(
                        pair.placed(Diagnostic::error(Code::K0601, message), [(a, None), (b, None)])
                            .note(message!("all languages must have the same sections in the same order"))
                            .hint(message!("write the missing section file, or leave the section out in every language")),
                    );
                    break;
                }
            }
        }
    }
    found
}

struct Pair<'a> {
    left: &'a str,
    right: &'a str,
    written: Written<'a>,
}

impl Pair<'_> {
    /// Adds the places on both sides; the one in the first edition is the main place.
    fn placed(
        &self,
        mut diagnostic: Diagnostic,
        sides: [(Option<&Section>, Option<&Carried>); 2],
    ) -> Diagnostic {
        for ((section, item), lang) in sides.into_iter().zip([self.left, self.right]) {
            let sentence = item.and_then(|item| match item.what {
                Item::Sentence(id) => Some(id),
                _ => None,
            });
            let place = section.and_then(|s| (self.written)(lang, &s.id, sentence));
            match place {
                Some(place) if diagnostic.place.is_none() => diagnostic = diagnostic.at(place),
                Some(place) => diagnostic = diagnostic.related(place, Message::default()),
                None => {}
            }
        }
        diagnostic
    }

    fn sections(&self, a: &Section, b: &Section, found: &mut Vec<Diagnostic>) {
        let (left, right) = (carried(a), carried(b));
        let at = left.iter().zip(&right).take_while(|(a, b)| a.what == b.what).count();
        if at < left.len().max(right.len()) {
            let name = |all: &[Carried]| {
                all.get(at).map_or_else(|| message!("nothing more"), |item| item.what.text())
            };
            let message = message!(
                "section `{id}` differs: where the {left} edition has {left_2}, the {right} edition has {right_2}",
                id = a.id,
                left = self.left,
                left_2 = name(&left),
                right = self.right,
                right_2 = name(&right)
            );
            found.push(
                self.placed(
                    Diagnostic::error(Code::K0602, message),
                    [(Some(a), left.get(at)), (Some(b), right.get(at))],
                )
                .note(message!(
                    "the editions must have the same sentences, figures, tables, notes and \
                        citations in the same order"
                ))
                .hint(message!("compare the section files of the two languages")),
            );
            return;
        }
        for (a_item, b_item) in left.iter().zip(&right) {
            if a_item.facts == b_item.facts {
                continue;
            }
            let only = |x: &Carried, y: &Carried| -> Message {
                let facts: Vec<String> = x
                    .facts
                    .iter()
                    .filter(|(fact, n)| y.facts.get(*fact).copied().unwrap_or(0) < **n)
                    .map(|(fact, _)| format!("`{fact}`"))
                    .collect();
                if facts.is_empty() {
                    message!("nothing that the other edition lacks")
                } else {
                    Message::verbatim(facts.join(", "))
                }
            };
            let message = message!(
                "section `{id}`, {what}: the editions print different facts",
                id = a.id,
                what = a_item.what.text()
            );
            found.push(
                self.placed(
                    Diagnostic::error(Code::K0603, message),
                    [(Some(a), Some(a_item)), (Some(b), Some(b_item))],
                )
                .note(message!(
                    "only the {left} edition has {b_item}",
                    left = self.left,
                    b_item = only(a_item, b_item)
                ))
                .note(message!(
                    "only the {right} edition has {a_item}",
                    right = self.right,
                    a_item = only(b_item, a_item)
                ))
                .hint(message!("print the same facts in both editions")),
            );
        }
    }
}

fn carried(section: &Section) -> Vec<Carried<'_>> {
    let mut all = Items(vec![]);
    all.visit_section(section);
    all.0
}

fn item<'a>(what: Item<'a>, lines: &[&[Inline]]) -> Carried<'a> {
    let mut facts = BTreeMap::new();
    lines.iter().for_each(|line| count(line, &mut facts));
    Carried { what, facts }
}

/// The edition's own caption, which is the first; the others repeat those of other editions.
fn captions(all: &[Caption]) -> impl Iterator<Item = &[Inline]> {
    all.iter().take(1).map(|caption| &caption.content[..])
}

/// The items of a section, in order.
struct Items<'a>(Vec<Carried<'a>>);

impl<'a> Visit<'a> for Items<'a> {
    fn visit_block(&mut self, block: &'a Block) {
        let mut push = |what, lines: &[&'a [Inline]]| self.0.push(item(what, lines));
        match block {
            Block::Heading { level, .. } => push(Item::Heading(*level), &[]),
            Block::Cards { cards } => {
                cards.iter().for_each(|card| push(Item::Card, &[&card.value, &card.note]));
            }
            Block::Figure(figure) => {
                let mut lines = vec![&*figure.title, &*figure.subtitle, &*figure.note];
                lines.extend(captions(&figure.captions));
                push(Item::Figure(&figure.id), &lines);
            }
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                let cells = cells.map(|cell| &cell.content[..]);
                let heads = table.columns.iter().map(|column| &column.head[..]);
                let notes = table.notes.iter().map(|note| &note[..]);
                let beside = captions(&table.captions).chain(heads).chain(notes);
                let lines: Vec<&[Inline]> = cells.chain(beside).collect();
                push(Item::Table(&table.id), &lines);
            }
            Block::Box { blocks, .. } => {
                push(Item::Box, &[]);
                self.visit_blocks(blocks);
            }
            Block::Notes { notes } => {
                notes.iter().for_each(|note| push(Item::Note(&note.id), &[&note.content]));
            }
            Block::Bibliography => push(Item::Bibliography, &[]),
            Block::Paragraph { .. } | Block::List { .. } | Block::Columns { .. } => {
                walk_block(self, block);
            }
            // Editions are compared before they are combined side by side.
            Block::Parallel { .. } => {}
        }
    }

    fn visit_inline(&mut self, inline: &'a Inline) {
        let (what, lines): (_, &[&[Inline]]) = match inline {
            Inline::Sentence { id, content } => (Item::Sentence(id), &[content]),
            Inline::Cite { key } => (Item::Citation(key), &[]),
            Inline::NoteRef { target, .. } => (Item::NoteCall(target), &[]),
            Inline::Ref { target, .. } => (Item::Reference(target), &[]),
            _ => return walk_inline(self, inline),
        };
        self.0.push(item(what, lines));
    }
}

/// Counts facts; periods and names may occur more often in one language than in another.
fn count(line: &[Inline], facts: &mut BTreeMap<String, usize>) {
    for inline in line {
        let mut add = |key: String| *facts.entry(key).or_insert(0) += 1;
        match inline {
            Inline::Fact { id, form, .. } => match form.as_str() {
                "name" | "time" => {
                    facts.entry(id.clone()).or_insert(1);
                }
                "rise" | "fall" | "flat" => {
                    facts.entry(format!("{id} {form}")).or_insert(1);
                }
                _ => add(id.clone()),
            },
            Inline::Cite { key } => add(format!("[{key}]")),
            Inline::Ref { target, .. } => add(format!("→{target}")),
            Inline::NoteRef { target, .. } => add(format!("note {target}")),
            other => count(other.content(), facts),
        }
    }
}
