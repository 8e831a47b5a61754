//! The document for the screen, on which a text leads to the place where it is written.
//!
//! In: a document. Out: the same text, in which each sentence, other text of a section and phrase of an
//! exhibit has a key, and a [`Passage`] for each key. On the pages of the preview a sentence links to its
//! key; in print there are no keys.

use std::collections::BTreeMap;

use super::{Block, Document, Inline, Section, VisitMut, plain, walk_block_mut};

/// A text on the screen that is written in one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The form of the brief it is in.
    pub form: String,
    /// Its language.
    pub lang: String,
    /// Its section.
    pub section: String,
    /// What it is called where it is written.
    pub written: Written,
    /// Its text.
    pub text: String,
    /// Its text with the ids of facts in the place of their values: it changes only with the wording.
    pub wording: String,
    /// The ids of the facts that it prints.
    pub facts: Vec<String>,
}

/// What a passage is called where it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// A sentence, by its id.
    Sentence(String),
    /// Text of a section outside its sentences; some words of it.
    Words(String),
    /// A phrase of the strings, by its key.
    Phrase(String),
}

/// Stands at the beginning of the last part of a key that is not the id of a sentence.
const OTHER: char = '#';

/// Gives each text a key and returns the passages by their keys: `brief/en/general/s4-2`.
pub fn keyed(document: &mut Document) -> BTreeMap<String, Passage> {
    let (form, lang) = (document.meta.format.clone(), document.meta.lang.clone());
    let mut keys = Keys { form, lang, ..Keys::default() };
    keys.visit_document_mut(document);
    keys.found
}

/// The id of a sentence whose id may have been replaced by its key; `None` if the key is of another text.
pub fn sentence_id(id: &str) -> Option<&str> {
    let name = id.splitn(4, '/').nth(3).unwrap_or(id);
    (!name.starts_with(OTHER)).then_some(name)
}

#[derive(Default)]
struct Keys {
    form: String,
    lang: String,
    section: String,
    /// The number of texts outside sentences so far.
    others: usize,
    found: BTreeMap<String, Passage>,
}

impl Keys {
    /// Records a passage and returns its key.
    fn key(&mut self, written: Written, content: &[Inline]) -> String {
        let name = match &written {
            Written::Sentence(id) => id.clone(),
            Written::Phrase(phrase) => format!("{OTHER}{phrase}"),
            Written::Words(_) => {
                self.others += 1;
                format!("{OTHER}{}", self.others)
            }
        };
        let key = format!("{}/{}/{}/{name}", self.form, self.lang, self.section);
        let (mut wording, mut facts) = (String::new(), vec![]);
        worded(content, &mut wording, &mut facts);
        let passage = Passage {
            form: self.form.clone(),
            lang: self.lang.clone(),
            section: self.section.clone(),
            written,
            text: plain(content),
            wording,
            facts,
        };
        match self.found.get_mut(&key) {
            // A sentence in a loop is printed several times.
            Some(known) => {
                known.text = format!("{} {}", known.text, passage.text);
                known.wording = format!("{} {}", known.wording, passage.wording);
                let new = passage.facts.into_iter().filter(|id| !known.facts.contains(id));
                let new: Vec<String> = new.collect();
                known.facts.extend(new);
            }
            None => drop(self.found.insert(key.clone(), passage)),
        }
        key
    }

    /// Gives keys to the sentences of a line, and to the text between them.
    fn line(&mut self, line: &mut Vec<Inline>) {
        let mut made = vec![];
        let mut between = vec![];
        for mut part in std::mem::take(line) {
            if let Inline::Sentence { id, content } = &mut part {
                self.other(&mut between, &mut made);
                *id = self.key(Written::Sentence(id.clone()), content);
                made.push(part);
            } else if holds_sentence(&part) {
                self.other(&mut between, &mut made);
                if let Some(content) = part.content_mut() {
                    self.line(content);
                }
                made.push(part);
            } else {
                between.push(part);
            }
        }
        self.other(&mut between, &mut made);
        *line = made;
    }

    /// Gives a key to text outside sentences, if it has words.
    fn other(&mut self, between: &mut Vec<Inline>, made: &mut Vec<Inline>) {
        let content = std::mem::take(between);
        match longest(&content) {
            Some(words) => {
                let id = self.key(Written::Words(words), &content);
                made.push(Inline::Sentence { id, content });
            }
            None => made.extend(content),
        }
    }

    /// Gives a key to the printed phrase `key`.
    fn phrase(&mut self, key: String, line: &mut Vec<Inline>) {
        // The layout looks for citations in a caption, so they stay where they are.
        let cites = line.iter().position(|part| matches!(part, Inline::Cite { .. }));
        let rest = line.split_off(cites.unwrap_or(line.len()));
        let content = std::mem::take(line);
        if !content.is_empty() {
            let id = self.key(Written::Phrase(key), &content);
            line.push(Inline::Sentence { id, content });
        }
        line.extend(rest);
    }
}

impl VisitMut for Keys {
    fn visit_section_mut(&mut self, section: &mut Section) {
        (self.section, self.others) = (section.id.clone(), 0);
        self.visit_blocks_mut(&mut section.blocks);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        match block {
            Block::Parallel { columns } => {
                for column in columns {
                    let before = std::mem::replace(&mut self.lang, column.lang.clone());
                    self.visit_blocks_mut(&mut column.blocks);
                    self.lang = before;
                }
            }
            Block::Figure(figure) => {
                let id = own_id(&figure.id).to_owned();
                let key = |name: &str| format!("figures.{id}.{name}");
                self.phrase(key("title"), &mut figure.title);
                self.phrase(key("subtitle"), &mut figure.subtitle);
                self.phrase(key("note"), &mut figure.note);
                for caption in &mut figure.captions {
                    let before = std::mem::replace(&mut self.lang, caption.lang.clone());
                    self.phrase(key("caption"), &mut caption.content);
                    self.lang = before;
                }
            }
            Block::Table(table) => {
                let id = own_id(&table.id).to_owned();
                for caption in &mut table.captions {
                    let before = std::mem::replace(&mut self.lang, caption.lang.clone());
                    self.phrase(format!("tables.{id}.caption"), &mut caption.content);
                    self.lang = before;
                }
            }
            Block::Cards { .. } => {}
            _ => walk_block_mut(self, block),
        }
    }

    fn visit_line_mut(&mut self, line: &mut Vec<Inline>) {
        self.line(line);
    }
}

/// The id of an exhibit without the language that it has in the express form.
fn own_id(id: &str) -> &str {
    id.split('@').next().unwrap_or(id)
}

fn holds_sentence(part: &Inline) -> bool {
    part.content()
        .iter()
        .any(|inner| matches!(inner, Inline::Sentence { .. }) || holds_sentence(inner))
}

/// The longest typed text with words in it.
fn longest(line: &[Inline]) -> Option<String> {
    let mut texts = vec![];
    typed(line, &mut texts);
    let texts = texts.into_iter().map(str::trim);
    let with_words = texts.filter(|text| text.chars().any(char::is_alphabetic));
    with_words.max_by_key(|text| text.len()).map(str::to_owned)
}

fn typed<'d>(line: &'d [Inline], texts: &mut Vec<&'d str>) {
    for part in line {
        match part {
            Inline::Text { text } => texts.push(text),
            other => typed(other.content(), texts),
        }
    }
}

/// The wording of a line, and the facts in it.
fn worded(line: &[Inline], wording: &mut String, facts: &mut Vec<String>) {
    for part in line {
        match part {
            Inline::Fact { id, form, .. } => {
                wording.push_str(&format!("{{{id} {form}}}"));
                if !facts.contains(id) {
                    facts.push(id.clone());
                }
            }
            Inline::Text { text } => wording.push_str(text),
            // The numbers of references and notes change with what is before them.
            Inline::Ref { target, .. } | Inline::NoteRef { target, .. } => wording.push_str(target),
            Inline::Cite { .. } => {}
            Inline::Break => wording.push(' '),
            other => worded(other.content(), wording, facts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Meta, Spoken};

    fn sentence(id: &str, content: Vec<Inline>) -> Inline {
        Inline::Sentence { id: id.into(), content }
    }

    fn of(blocks: Vec<Block>) -> Document {
        let meta = Meta { format: "brief".into(), lang: "en".into(), ..Meta::default() };
        Document { meta, sections: vec![Section { id: "general".into(), blocks }] }
    }

    #[test]
    fn each_sentence_and_the_text_between_has_a_key_and_the_text_stays() {
        let fact = Inline::Fact { id: "X1".into(), form: "int".into(), text: "7".into() };
        let paragraph = vec![
            sentence("s1", vec![Inline::text("It was "), fact]),
            Inline::text(" "),
            Inline::Strong { content: vec![sentence("s2", vec![Inline::text("More.")])] },
            Inline::text(" See "),
            Inline::Emph { content: vec![Inline::text("the other section")] },
        ];
        let mut document = of(vec![
            Block::Heading { level: 1, content: vec![Inline::text("A heading")] },
            Block::Paragraph { content: paragraph },
        ]);
        let lines = |document: &Document| {
            let mut lines = vec![];
            document.each_block(|block| lines.extend(block.lines().into_iter().map(plain)));
            lines
        };
        let before = lines(&document);
        let passages = keyed(&mut document);
        assert_eq!(lines(&document), before);
        let keys: Vec<&str> = passages.keys().map(String::as_str).collect();
        let (head, other) = ("brief/en/general/#1", "brief/en/general/#2");
        assert_eq!(keys, [head, other, "brief/en/general/s1", "brief/en/general/s2"]);
        assert_eq!(passages[head].written, Written::Words("A heading".into()));
        assert_eq!(passages[other].written, Written::Words("the other section".into()));
        let first = &passages["brief/en/general/s1"];
        assert_eq!((&*first.text, &*first.wording), ("It was 7", "It was {X1 int}"));
        assert_eq!(first.facts, ["X1"]);
        assert_eq!(sentence_id("brief/en/general/s1"), Some("s1"));
        assert_eq!((sentence_id("s1"), sentence_id(other)), (Some("s1"), None));
    }

    #[test]
    fn a_column_in_another_language_is_written_there() {
        let spoken = |lang: &str| Spoken {
            lang: lang.into(),
            region: String::new(),
            dir: "ltr".into(),
            blocks: vec![Block::Paragraph {
                content: vec![sentence("s1", vec![Inline::text(lang)])],
            }],
        };
        let mut document = of(vec![Block::Parallel { columns: vec![spoken("ru"), spoken("en")] }]);
        let passages = keyed(&mut document);
        let langs: Vec<&str> = passages.values().map(|passage| &*passage.lang).collect();
        assert_eq!(langs, ["en", "ru"]);
    }
}
