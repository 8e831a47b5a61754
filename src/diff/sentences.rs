//! Sentences that were reversed, added, removed or reworded.

use indexmap::IndexMap;
use serde::Serialize;

use crate::document::{Block, Document, Inline, Section, Visit, plain, walk_block, walk_inline};

/// A sentence or heading of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The id of its section.
    pub section: String,
    /// The id of the sentence, or of the figure or card whose heading it is.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The words chosen by a direction: fact, direction and word.
    pub directions: Vec<[String; 3]>,
}

/// A sentence that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The id of its section.
    pub section: String,
    /// Its id.
    pub id: String,
    /// Its earlier text; `None` if it did not exist.
    pub before: Option<String>,
    /// Its later text.
    pub after: Option<String>,
    /// The words in it that were reversed.
    pub turns: Vec<Turn>,
}

/// A word that has reversed its direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// The fact that chose it.
    pub fact: String,
    /// The word before.
    pub before: String,
    /// The word now.
    pub after: String,
}

impl Said {
    /// All sentences and headings of a document, in order.
    pub fn of(document: &Document) -> Vec<Self> {
        let mut reader = Reader { section: "", said: vec![] };
        reader.visit_document(document);
        reader.said
    }
}

struct Reader<'d> {
    section: &'d str,
    said: Vec<Said>,
}

impl Reader<'_> {
    fn say(&mut self, id: String, content: &[Inline]) {
        let (section, text) = (self.section.to_owned(), words(content));
        self.said.push(Said { section, id, text, directions: directions(content) });
    }
}

impl<'d> Visit<'d> for Reader<'d> {
    fn visit_section(&mut self, section: &'d Section) {
        self.section = &section.id;
        self.visit_blocks(&section.blocks);
    }

    fn visit_block(&mut self, block: &'d Block) {
        match block {
            Block::Cards { cards } => {
                for card in cards {
                    let mut line = card.value.clone();
                    line.push(Inline::text(" "));
                    line.extend(card.note.clone());
                    self.say(format!("card `{}`", card.label), &line);
                }
            }
            Block::Figure(figure) => self.say(figure.id.clone(), &figure.title),
            Block::Box { blocks, .. } => self.visit_blocks(blocks),
            Block::Table(_) | Block::Parallel { .. } | Block::Bibliography => {}
            _ => walk_block(self, block),
        }
    }

    fn visit_inline(&mut self, inline: &'d Inline) {
        match inline {
            Inline::Sentence { id, content } => self.say(id.clone(), content),
            _ => walk_inline(self, inline),
        }
    }
}

/// The words of a line, without the numbers of notes and sources, which depend on the rest of the page.
fn words(content: &[Inline]) -> String {
    let is_word = |inline: &&Inline| !matches!(inline, Inline::NoteRef { .. });
    let kept: Vec<Inline> = content.iter().filter(is_word).cloned().collect();
    let mut text = plain(&kept);
    for stop in [" .", " ,", " ;"] {
        text = text.replace(stop, stop.trim());
    }
    text.trim().to_owned()
}

fn directions(content: &[Inline]) -> Vec<[String; 3]> {
    let mut all = vec![];
    for inline in content {
        match inline {
            Inline::Fact { id, form, text } if matches!(&**form, "rise" | "fall" | "flat") => {
                all.push([id.clone(), form.clone(), text.clone()]);
            }
            other => all.extend(directions(other.content())),
        }
    }
    all
}

/// The section, the id, and the position among sentences with this id.
type Key<'a> = (&'a str, &'a str, usize);

fn keyed(said: &[Said]) -> IndexMap<Key<'_>, &Said> {
    let mut all: IndexMap<Key<'_>, &Said> = IndexMap::new();
    for one in said {
        let key = |nth| (one.section.as_str(), one.id.as_str(), nth);
        let nth = (0..).find(|nth| !all.contains_key(&key(*nth))).unwrap_or_default();
        all.insert(key(nth), one);
    }
    all
}

/// The sentences that differ, in the order of the later issue; then those that are gone.
pub(super) fn compare(before: &[Said], after: &[Said]) -> Vec<Sentence> {
    let (then, now) = (keyed(before), keyed(after));
    let gone = then.keys().filter(|key| !now.contains_key(*key));
    let mut all = vec![];
    for key in now.keys().chain(gone) {
        let (was, is) = (then.get(key), now.get(key));
        if was.map(|said| &said.text) == is.map(|said| &said.text) {
            continue;
        }
        let turns = was.zip(is).map_or(vec![], |(was, is)| turns(was, is));
        all.push(Sentence {
            section: key.0.to_owned(),
            id: key.1.to_owned(),
            before: was.map(|said| said.text.clone()),
            after: is.map(|said| said.text.clone()),
            turns,
        });
    }
    all
}

fn turns(before: &Said, after: &Said) -> Vec<Turn> {
    let mut all = vec![];
    for [fact, form, word] in &after.directions {
        let was = before.directions.iter().find(|[other, ..]| other == fact);
        if let Some([_, other, earlier]) = was
            && other != form
        {
            all.push(Turn { fact: fact.clone(), before: earlier.clone(), after: word.clone() });
        }
    }
    all
}
