//! A document as statements: sentences, heads, captions and cells.

use std::cell::OnceCell;

use crate::document::{Block, Document, Inline, Row, Section, Table, Visit, walk_block};
use crate::locale::guards::Spoken;

/// The kind of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Prose: a sentence, or text outside sentences.
    Prose,
    /// A heading of a section or box.
    Heading,
    /// The title of a figure, a caption, a note under an exhibit.
    Exhibit,
    /// The number or note of a card.
    Card,
    /// The head of a column.
    Head,
    /// A cell of a table.
    Cell,
    /// A numbered note.
    Note,
}

/// Where a statement was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// In `{% call sentence("…") %}` of the section's file, with this id.
    Sentence(String),
    /// Elsewhere in the section's file.
    Section,
    /// In a table of the strings file.
    Strings(String),
    /// In a row of an exhibit: the label of an indicator, or text from a register.
    Row(String),
}

/// A part of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part<'a> {
    /// Typed text.
    Typed(&'a str),
    /// A value worded by a filter.
    Fact { id: &'a str, form: &'a str, text: &'a str },
    /// A citation.
    Cite(&'a str),
}

/// A statement.
#[derive(Debug, Clone)]
pub(super) struct Statement<'a> {
    /// The id of its section.
    pub section: &'a str,
    /// Where it was written.
    pub spot: Spot,
    /// Its kind.
    pub kind: Kind,
    /// A number shared by all statements of one table or figure.
    pub unit: usize,
    /// Its parts in order.
    pub parts: Vec<Part<'a>>,
    said: OnceCell<Spoken>,
    typed: OnceCell<Spoken>,
}

/// Replaces a value, so that typed words around it are not joined.
const WORDED: char = '\u{FFFC}';

impl<'a> Statement<'a> {
    /// All its words.
    pub(super) fn said(&self) -> &Spoken {
        let words = self.parts.iter().map(|part| match part {
            Part::Typed(text) | Part::Fact { text, .. } => *text,
            Part::Cite(_) => " ",
        });
        self.said.get_or_init(|| Spoken::of(words.collect::<String>()))
    }

    /// Its typed words.
    pub(super) fn typed(&self) -> &Spoken {
        self.typed.get_or_init(|| {
            let mut typed = String::new();
            for part in &self.parts {
                match part {
                    Part::Typed(text) => typed.push_str(text),
                    Part::Fact { .. } | Part::Cite(_) => typed.push(WORDED),
                }
            }
            Spoken::of(typed)
        })
    }

    /// Its facts: id, form and words.
    pub(super) fn facts(&self) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> + '_ {
        self.parts.iter().filter_map(|part| match part {
            Part::Fact { id, form, text } => Some((*id, *form, *text)),
            _ => None,
        })
    }

    /// Its facts that are numbers rather than names, times or directions.
    pub(super) fn numbers(&self) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> + '_ {
        self.facts().filter(|(_, form, _)| {
            !matches!(*form, "name" | "time" | "since" | "rise" | "fall" | "flat")
        })
    }

    /// Whether it cites a source.
    pub(super) fn is_cited(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Cite(_)))
    }

    /// Whether it is running text, to which the rules for sentences apply.
    pub(super) fn is_text(&self) -> bool {
        !matches!(self.kind, Kind::Card | Kind::Head | Kind::Cell)
    }

    /// The words directly before a part, from the last punctuation mark or number on.
    pub(super) fn just_before(&self, index: usize) -> String {
        let mut words = String::new();
        for part in self.parts[..index].iter().rev() {
            match part {
                Part::Typed(text) => match text.rfind([',', ';', '.', '(']) {
                    Some(at) => return format!("{}{words}", &text[at..]),
                    None => words.insert_str(0, text),
                },
                Part::Fact { form: "name" | "time", text, .. } => words.insert_str(0, text),
                Part::Fact { .. } => return words,
                Part::Cite(_) => {}
            }
        }
        words
    }

    /// The words directly after a part, up to the next punctuation mark or number.
    pub(super) fn just_after(&self, index: usize) -> String {
        let mut words = String::new();
        for part in &self.parts[index + 1..] {
            match part {
                Part::Typed(text) => match text.find([',', ';', '.', ')']) {
                    Some(at) => return words + &text[..at],
                    None => words.push_str(text),
                },
                Part::Fact { form: "name" | "time", text, .. } => words.push_str(text),
                Part::Fact { .. } => return words,
                Part::Cite(_) => {}
            }
        }
        words
    }
}

/// The statements of an edition, in the order of the page.
pub(super) fn statements(document: &Document) -> Vec<Statement<'_>> {
    let mut walk = Walk { lang: &document.meta.lang, section: "", unit: 0, all: vec![] };
    walk.visit_document(document);
    walk.all
}

struct Walk<'a> {
    lang: &'a str,
    section: &'a str,
    unit: usize,
    all: Vec<Statement<'a>>,
}

impl<'a> Visit<'a> for Walk<'a> {
    fn visit_section(&mut self, section: &'a Section) {
        self.section = &section.id;
        self.visit_blocks(&section.blocks);
    }

    fn visit_block(&mut self, block: &'a Block) {
        self.unit += 1;
        match block {
            Block::Heading { content, .. } => self.line(Kind::Heading, Spot::Section, content),
            Block::Paragraph { content } => self.line(Kind::Prose, Spot::Section, content),
            Block::Cards { cards } => {
                for card in cards {
                    let spot = Spot::Strings("cards".into());
                    self.line(Kind::Card, spot.clone(), &card.value);
                    self.line(Kind::Card, spot, &card.note);
                }
            }
            Block::Figure(figure) => {
                let spot = Spot::Strings(format!("figures.{}", figure.id));
                let lang = self.lang;
                let own = figure.captions.iter().filter(|caption| caption.lang == lang);
                let lines = [&figure.title, &figure.subtitle, &figure.note].into_iter();
                for line in lines.chain(own.map(|caption| &caption.content)) {
                    self.line(Kind::Exhibit, spot.clone(), line);
                }
            }
            Block::Table(table) => self.table(table),
            Block::Box { title, blocks } => {
                self.line(Kind::Heading, Spot::Section, title);
                self.visit_blocks(blocks);
            }
            Block::Notes { notes } => {
                notes.iter().for_each(|n| self.line(Kind::Note, Spot::Section, &n.content));
            }
            Block::List { .. } | Block::Columns { .. } => walk_block(self, block),
            // Editions are checked before they are combined side by side.
            Block::Parallel { .. } | Block::Bibliography => {}
        }
    }
}

impl<'a> Walk<'a> {
    fn table(&mut self, table: &'a Table) {
        let spot = Spot::Strings(format!("tables.{}", table.id));
        let lang = self.lang;
        let own = table.captions.iter().filter(|caption| caption.lang == lang);
        for line in own.map(|caption| &caption.content).chain(&table.notes) {
            self.line(Kind::Exhibit, spot.clone(), line);
        }
        for column in &table.columns {
            self.line(Kind::Head, spot.clone(), &column.head);
        }
        let rows = Spot::Row(format!("tables.{}", table.id));
        for Row { cells, .. } in &table.rows {
            for cell in cells {
                self.line(Kind::Cell, rows.clone(), &cell.content);
            }
        }
    }

    /// The statements of a line: each sentence, and the text around them.
    fn line(&mut self, kind: Kind, spot: Spot, content: &'a [Inline]) {
        let mut around = vec![];
        self.parts(kind, content, &mut around);
        self.push(kind, spot, around);
    }

    fn parts(&mut self, kind: Kind, content: &'a [Inline], parts: &mut Vec<Part<'a>>) {
        for inline in content {
            match inline {
                Inline::Text { text } => parts.push(Part::Typed(text)),
                Inline::Fact { id, form, text } => parts.push(Part::Fact { id, form, text }),
                Inline::Cite { key } => parts.push(Part::Cite(key)),
                Inline::Sentence { id, content } => {
                    let mut own = vec![];
                    self.parts(kind, content, &mut own);
                    self.push(kind, Spot::Sentence(id.clone()), own);
                }
                Inline::Emph { content }
                | Inline::Strong { content }
                | Inline::Link { content, .. } => self.parts(kind, content, parts),
                Inline::Break => parts.push(Part::Typed(" ")),
                // Numbers of exhibits and notes; text in another language has rules of its own.
                Inline::Ref { .. } | Inline::NoteRef { .. } | Inline::Foreign { .. } => {}
            }
        }
    }

    fn push(&mut self, kind: Kind, spot: Spot, parts: Vec<Part<'a>>) {
        let is_said = parts.iter().any(|part| match part {
            Part::Typed(text) => text.chars().any(char::is_alphanumeric),
            Part::Fact { .. } | Part::Cite(_) => true,
        });
        if is_said {
            let (section, unit) = (self.section, self.unit);
            let (said, typed) = Default::default();
            self.all.push(Statement { section, spot, kind, unit, parts, said, typed });
        }
    }
}
