//! The tree as the templates read it.
//!
//! Beside the tree itself stand `cited` (keys in order of first citation, so that numbers run in
//! the text's order whatever floats where), and every reference that leads nowhere is turned into
//! plain text: an edition may leave out a figure that its text knows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::clean;
use super::fonts::Fonts;
use crate::diag::Diagnostic;
use crate::document::{Block, Caption, Document, Inline};

/// Fields that name things and are not printed.
const NAMES: [&str; 10] =
    ["kind", "id", "path", "url", "target", "key", "lang", "region", "mime", "bibliography_style"];

/// Writes the tree as JSON, cleaned; the same tree gives the same bytes.
pub(super) fn write(
    document: &Document,
    reading: &Reading,
    fonts: &Fonts,
    found: &mut Vec<Diagnostic>,
) -> Vec<u8> {
    let mut tree = serde_json::to_value(document).expect("the tree has string keys only");
    let mut walk = Walk {
        fonts,
        is_left_to_right: document.meta.dir != "rtl",
        anchors: &reading.anchors,
        warned: BTreeSet::new(),
        found,
    };
    walk.visit(&mut tree, "");
    // Typst would warn about it a second time, at a line that is not to blame.
    if !fonts.has_family(&document.meta.brand.font) {
        tree["meta"]["brand"]["font"] = json!(fonts.families().first());
    }
    tree["cited"] = json!(reading.cited);
    tree["has_bibliography"] = json!(reading.has_bibliography);
    serde_json::to_vec(&tree).expect("a value can always be written")
}

/// What a reader meets, in the order of the page.
#[derive(Default)]
pub(super) struct Reading<'a> {
    /// Ids of figures, tables and notes that can be referred to.
    anchors: BTreeSet<&'a str>,
    /// Keys in order of first citation.
    pub cited: Vec<&'a str>,
    has_bibliography: bool,
}

impl<'a> Reading<'a> {
    pub fn of(document: &'a Document) -> Self {
        let mut reading = Self::default();
        document.sections.iter().for_each(|section| reading.blocks(&section.blocks));
        reading
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match block {
                Block::Heading { content, .. } | Block::Paragraph { content } => {
                    self.inlines(content);
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Cards { cards } => {
                    for card in cards {
                        self.inlines(&card.value);
                        self.inlines(&card.note);
                    }
                }
                Block::Figure(figure) => {
                    self.anchors.insert(&figure.id);
                    self.inlines(&figure.title);
                    self.inlines(&figure.subtitle);
                    self.inlines(&figure.note);
                    self.captions(&figure.captions);
                }
                Block::Table(table) => {
                    self.anchors.insert(&table.id);
                    table.columns.iter().for_each(|column| self.inlines(&column.head));
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    cells.for_each(|cell| self.inlines(&cell.content));
                    table.notes.iter().for_each(|note| self.inlines(note));
                    self.captions(&table.captions);
                }
                Block::Box { title, blocks } => {
                    self.inlines(title);
                    self.blocks(blocks);
                }
                Block::Columns { left, right } => {
                    self.blocks(left);
                    self.blocks(right);
                }
                Block::Parallel { columns } => {
                    columns.iter().for_each(|column| self.blocks(&column.blocks));
                }
                Block::Notes { notes } => {
                    for note in notes {
                        self.anchors.insert(&note.id);
                        self.inlines(&note.content);
                    }
                }
                Block::Bibliography => self.has_bibliography = true,
            }
        }
    }

    fn captions(&mut self, captions: &'a [Caption]) {
        captions.iter().for_each(|caption| self.inlines(&caption.content));
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Cite { key } if !self.cited.contains(&key.as_str()) => self.cited.push(key),
                Inline::Sentence { content, .. }
                | Inline::Emph { content }
                | Inline::Strong { content }
                | Inline::Link { content, .. }
                | Inline::Foreign { content, .. } => self.inlines(content),
                Inline::Cite { .. }
                | Inline::Text { .. }
                | Inline::Fact { .. }
                | Inline::Ref { .. }
                | Inline::NoteRef { .. }
                | Inline::Break => {}
            }
        }
    }
}

struct Walk<'a> {
    fonts: &'a Fonts,
    is_left_to_right: bool,
    anchors: &'a BTreeSet<&'a str>,
    /// Each text and each lost reference is told once.
    warned: BTreeSet<String>,
    found: &'a mut Vec<Diagnostic>,
}

impl Walk<'_> {
    /// Cleans every printed text.
    fn visit(&mut self, value: &mut Value, name: &str) {
        match value {
            Value::String(text) if !NAMES.contains(&name) => {
                let cleaned = clean::text(text, self.fonts);
                if self.warned.insert(text.clone()) {
                    cleaned.warn(text, None, self.found);
                }
                let isolated = (self.is_left_to_right && matches!(name, "text" | "label" | "unit"))
                    .then(|| clean::isolate(&cleaned.text))
                    .flatten();
                *text = isolated.unwrap_or_else(|| cleaned.text.into_owned());
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.visit(item, name)),
            Value::Object(fields) => {
                for (name, child) in fields.iter_mut() {
                    self.visit(child, name);
                }
                self.check_reference(value);
            }
            _ => {}
        }
    }

    /// Typst refuses a link to nowhere; here it becomes what it says, and that is told.
    fn check_reference(&mut self, value: &mut Value) {
        let kind = value["kind"].as_str().unwrap_or_default();
        match kind {
            "ref" | "note-ref" => {
                let target = value["target"].as_str().unwrap_or_default().to_string();
                if self.anchors.contains(target.as_str()) {
                    return;
                }
                value["target"] = Value::Null;
                if self.warned.insert(format!("→{target}")) {
                    self.found.push(
                        Diagnostic::warning(
                            "K0705",
                            format!("the text refers to `{target}`, which this edition does not print"),
                        )
                        .subject(target.as_str())
                        .note("its words are printed without a link")
                        .hint(format!("print `{target}` in a section of this edition, or leave the reference out of it")),
                    );
                }
            }
            "link" if value["url"].as_str().is_none_or(|url| url.trim().is_empty()) => {
                value["url"] = Value::Null;
            }
            _ => {}
        }
    }
}
