//! Parity: the editions of all languages say the same.
//!
//! In: the document trees. Out: nothing, or an error for each section that differs. Compared are,
//! section by section and in order: sentences with the facts in them, figures, tables, cards,
//! notes and citations. How a fact is worded may differ; which fact it is, and which way it
//! points, may not.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place};
use crate::document::{Block, Document, Inline, Section};

/// What a section carries, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Carried {
    what: String,
    facts: BTreeMap<String, usize>,
}

/// Where a section of a language is written, and in it the sentence, if one is meant.
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
                    let message = format!(
                        "where the {} edition has {}, the {} edition has {}",
                        pair.left,
                        name(a),
                        pair.right,
                        name(b)
                    );
                    found.push(
                        pair.placed(Diagnostic::error("K0601", message), [(a, None), (b, None)])
                            .note("every section must stand in every language, in the same order")
                            .hint("write the missing section file, or leave the section out in every language"),
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
    /// Names the places on both sides; the first edition's is the main one.
    fn placed(
        &self,
        mut diagnostic: Diagnostic,
        sides: [(Option<&Section>, Option<&Carried>); 2],
    ) -> Diagnostic {
        for ((section, item), lang) in sides.into_iter().zip([self.left, self.right]) {
            let sentence = item.and_then(|item| item.what.strip_prefix("sentence `"));
            let sentence = sentence.map(|name| name.trim_end_matches('`'));
            let place = section.and_then(|s| (self.written)(lang, &s.id, sentence));
            match place {
                Some(place) if diagnostic.place.is_none() => diagnostic = diagnostic.at(place),
                Some(place) => diagnostic = diagnostic.related(place, ""),
                None => {}
            }
        }
        diagnostic
    }

    fn sections(&self, a: &Section, b: &Section, found: &mut Vec<Diagnostic>) {
        let (left, right) = (carried(a), carried(b));
        let names = |all: &[Carried]| all.iter().map(|c| c.what.clone()).collect::<Vec<_>>();
        let (left_names, right_names) = (names(&left), names(&right));
        if left_names != right_names {
            let at = left_names.iter().zip(&right_names).take_while(|(a, b)| a == b).count();
            let name =
                |names: &[String]| names.get(at).cloned().unwrap_or_else(|| "nothing more".into());
            let message = format!(
                "section `{}` differs: where the {} edition has {}, the {} edition has {}",
                a.id,
                self.left,
                name(&left_names),
                self.right,
                name(&right_names)
            );
            found.push(
                self.placed(
                    Diagnostic::error("K0602", message),
                    [(Some(a), left.get(at)), (Some(b), right.get(at))],
                )
                    .note("the editions must carry the same sentences, figures, tables, notes and citations in the same order")
                    .hint("compare the two section files"),
            );
            return;
        }
        for (a_item, b_item) in left.iter().zip(&right) {
            if a_item.facts == b_item.facts {
                continue;
            }
            let only = |x: &Carried, y: &Carried| -> String {
                let facts: Vec<String> = x
                    .facts
                    .iter()
                    .filter(|(fact, n)| y.facts.get(*fact).copied().unwrap_or(0) < **n)
                    .map(|(fact, _)| format!("`{fact}`"))
                    .collect();
                if facts.is_empty() { "nothing the other lacks".into() } else { facts.join(", ") }
            };
            let message =
                format!("section `{}`, {}: the editions carry different facts", a.id, a_item.what);
            found.push(
                self.placed(
                    Diagnostic::error("K0603", message),
                    [(Some(a), Some(a_item)), (Some(b), Some(b_item))],
                )
                .note(format!("only the {} edition has {}", self.left, only(a_item, b_item)))
                .note(format!("only the {} edition has {}", self.right, only(b_item, a_item)))
                .hint("print the same facts in both, or in neither"),
            );
        }
    }
}

fn carried(section: &Section) -> Vec<Carried> {
    let mut all = vec![];
    blocks(&section.blocks, &mut all);
    all
}

fn item(what: String, lines: &[&[Inline]]) -> Carried {
    let mut facts = BTreeMap::new();
    lines.iter().for_each(|line| count(line, &mut facts));
    Carried { what, facts }
}

fn blocks(all: &[Block], out: &mut Vec<Carried>) {
    for block in all {
        match block {
            Block::Heading { level, .. } => {
                out.push(item(format!("a heading of level {level}"), &[]))
            }
            Block::Paragraph { content } => sentences(content, out),
            Block::List { items, .. } => items.iter().for_each(|i| blocks(i, out)),
            Block::Cards { cards } => {
                for card in cards {
                    out.push(item("a card".into(), &[&card.value, &card.note]));
                }
            }
            Block::Figure(figure) => {
                out.push(item(
                    format!("figure `{}`", figure.id),
                    &[&figure.title, &figure.subtitle, &figure.note],
                ));
            }
            Block::Table(table) => {
                let cells: Vec<&[Inline]> = table
                    .rows
                    .iter()
                    .flat_map(|row| &row.cells)
                    .map(|cell| cell.content.as_slice())
                    .collect();
                out.push(item(format!("table `{}`", table.id), &cells));
            }
            Block::Box { blocks: inner, .. } => {
                out.push(item("a box".into(), &[]));
                blocks(inner, out);
            }
            Block::Columns { left, right } => {
                blocks(left, out);
                blocks(right, out);
            }
            // Editions are compared before they are laid side by side.
            Block::Parallel { .. } => {}
            Block::Notes { notes } => {
                for note in notes {
                    out.push(item(format!("note `{}`", note.id), &[&note.content]));
                }
            }
            Block::Bibliography => out.push(item("the list of sources".into(), &[])),
        }
    }
}

fn sentences(content: &[Inline], out: &mut Vec<Carried>) {
    for inline in content {
        match inline {
            Inline::Sentence { id, content } => {
                out.push(item(format!("sentence `{id}`"), &[content]))
            }
            Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => sentences(content, out),
            Inline::Cite { key } => out.push(item(format!("a citation of `{key}`"), &[])),
            Inline::NoteRef { target, .. } => {
                out.push(item(format!("a reference to note `{target}`"), &[]))
            }
            Inline::Ref { target, .. } => out.push(item(format!("a reference to `{target}`"), &[])),
            Inline::Text { .. } | Inline::Fact { .. } | Inline::Break => {}
        }
    }
}

/// Counts facts; a period or a name may be said more often in one language than in another.
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
            Inline::Sentence { content, .. }
            | Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => count(content, facts),
            Inline::Text { .. } | Inline::Break => {}
        }
    }
}
