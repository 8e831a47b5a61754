//! The document tree in the form that templates read.
//!
//! In addition to the tree it has `cited` (keys in the order of the list of sources, independent of
//! floating figures) and `sources` (the parts of that list with their entries). Citations next to one
//! another are one, `[1–3]`, with the pieces of its text. References without a target become plain text,
//! since an edition may leave out a figure that its text refers to.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::files::Files;
use super::fonts::Fonts;
use super::references::{self, Listed, Piece, References};
use super::{clean, words};
use crate::diag::{Code, Diagnostic};
use crate::document::{Block, Document};

/// Fields that identify something and are not printed.
const NAMES: [&str; 12] = [
    "kind",
    "id",
    "path",
    "url",
    "file",
    "target",
    "key",
    "lang",
    "region",
    "mime",
    "font",
    "bibliography_style",
];

/// Writes the cleaned tree as JSON; the same tree gives the same bytes.
pub(super) fn write(
    document: &Document,
    reading: &Reading,
    files: &Files,
    fonts: &Fonts,
    found: &mut Vec<Diagnostic>,
) -> Vec<u8> {
    let mut tree = serde_json::to_value(document).expect("the tree has string keys only");
    let mut walk = Walk {
        fonts,
        lang: &document.meta.lang,
        is_left_to_right: document.meta.dir != "rtl",
        anchors: &reading.anchors,
        warned: BTreeSet::new(),
        found,
    };
    walk.visit(&mut tree, "");
    // Typst would warn a second time, at an unrelated line.
    if !fonts.has_family(&document.meta.brand.font) {
        tree["meta"]["brand"]["font"] = json!(fonts.families().first());
    }
    let mut groups = vec![];
    cited_together(&mut tree, &mut |group| {
        groups.push(group.to_vec());
        None
    });
    let (style, lang) = (&document.meta.bibliography_style, &document.meta.lang);
    let references = references::word(files, &reading.cited, &groups, style, lang);
    let references = crate::diag::keep(references, found).unwrap_or_default();
    let mut citations = references.citations.iter();
    cited_together(&mut tree, &mut |_| citations.next().map(Vec::as_slice));
    tree["cited"] = json!(reading.cited);
    tree["sources"] = sources(document, &references);
    tree["hanging"] = json!(references.hanging);
    tree["has_bibliography"] = json!(reading.has_bibliography);
    serde_json::to_vec(&tree).expect("a value can always be written")
}

/// Calls `word` with the keys of each group of neighbouring citations, in the same order each time, and
/// replaces the group by one citation with the returned pieces.
fn cited_together<'a>(value: &mut Value, word: &mut dyn FnMut(&[String]) -> Option<&'a [Piece]>) {
    let key = |value: &Value| {
        let key = value["key"].as_str().filter(|_| value["kind"] == "cite");
        key.filter(|_| value["pieces"].is_null()).map(str::to_owned)
    };
    match value {
        Value::Array(items) => {
            let mut at = 0;
            while at < items.len() {
                let group: Vec<String> = items[at..].iter().map_while(key).collect();
                if group.is_empty() {
                    cited_together(&mut items[at], word);
                } else if let Some(pieces) = word(&group) {
                    let citation = json!({ "kind": "cite", "pieces": pieces });
                    items.splice(at..at + group.len(), [citation]);
                } else {
                    at += group.len() - 1;
                }
                at += 1;
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(|child| cited_together(child, word)),
        _ => {}
    }
}

/// The non-empty parts of the list of sources with their entries; sources without a part come last.
fn sources(document: &Document, references: &References) -> Value {
    let group = |key: &String| document.meta.source_groups.get(key).map_or("", String::as_str);
    let names = crate::document::SOURCE_GROUPS.into_iter().chain([""]);
    let parts = names.filter_map(|name| {
        let is_known = |group: &str| crate::document::SOURCE_GROUPS.contains(&group);
        let is_own = |entry: &&Listed| match name {
            "" => !is_known(group(&entry.key)),
            _ => group(&entry.key) == name,
        };
        let entries: Vec<&Listed> = references.list.iter().filter(is_own).collect();
        (!entries.is_empty()).then(|| json!({ "id": name, "entries": entries }))
    });
    parts.collect()
}

/// The targets and citations of a document.
#[derive(Default)]
pub(super) struct Reading<'a> {
    /// The ids of figures, tables and notes, which can be targets of references.
    anchors: BTreeSet<&'a str>,
    /// Keys in the order of the list of sources.
    pub cited: Vec<String>,
    has_bibliography: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let mut reading = Self { cited: document.cited(), ..Self::default() };
        document.each_block(|block| match block {
            Block::Figure(figure) => drop(reading.anchors.insert(&figure.id)),
            Block::Table(table) => drop(reading.anchors.insert(&table.id)),
            Block::Notes { notes } => {
                reading.anchors.extend(notes.iter().map(|note| note.id.as_str()));
            }
            Block::Bibliography => reading.has_bibliography = true,
            _ => {}
        });
        reading
    }
}

struct Walk<'a> {
    fonts: &'a Fonts,
    lang: &'a str,
    is_left_to_right: bool,
    anchors: &'a BTreeSet<&'a str>,
    /// Texts and references already reported.
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
                if let Some(parted) = words::parted(text, self.lang) {
                    *text = parted;
                }
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

    /// Replaces a reference without a target by its text, and reports it; Typst would refuse it.
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
                            Code::K0705,
                            message!(
                                "the text refers to `{target}`, which this edition does not print",
                                target
                            ),
                        )
                        .subject(target.as_str())
                        .note(message!("its words are printed without a link"))
                        .hint(message!(
                            "print `{target}` in a section of this edition, or delete the \
                            reference to it",
                            target
                        )),
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
