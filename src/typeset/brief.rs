//! The document tree in the form that templates read.
//!
//! In addition to the tree it has `cited` (keys in the order of the list of sources, independent of
//! floating figures) and `sources` (the parts of that list with their keys). References without a target
//! become plain text, since an edition may leave out a figure that its text refers to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::fonts::Fonts;
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
    listed: &BTreeMap<String, String>,
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
    tree["cited"] = json!(reading.cited);
    tree["sources"] = sources(document, &reading.cited, listed);
    tree["has_bibliography"] = json!(reading.has_bibliography);
    serde_json::to_vec(&tree).expect("a value can always be written")
}

/// The non-empty parts of the list of sources, each with its keys and the text of each source for
/// measuring; sources without a part come last.
fn sources(document: &Document, cited: &[String], listed: &BTreeMap<String, String>) -> Value {
    let group = |key: &String| document.meta.source_groups.get(key).map_or("", String::as_str);
    let names = crate::document::SOURCE_GROUPS.into_iter().chain([""]);
    let parts = names.filter_map(|name| {
        let is_known = |group: &str| crate::document::SOURCE_GROUPS.contains(&group);
        let is_own = |key: &&String| match name {
            "" => !is_known(group(key)),
            _ => group(key) == name,
        };
        let keys: Vec<&String> = cited.iter().filter(is_own).collect();
        let plain: Vec<&str> =
            keys.iter().map(|key| listed.get(*key).map_or("", String::as_str)).collect();
        (!keys.is_empty()).then(|| json!({ "id": name, "keys": keys, "plain": plain }))
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
