//! Sentences that are left out, with a blank where a value is missing: «… moved ___ people».
//!
//! In: the file of a section, or a phrase, and the id of a sentence in it. Out: its words in one line and
//! their place. It is for the person who looks for the missing figures; nothing of it is ever printed in a
//! brief. Each value is worded on its own, so one that is missing hides no other. A condition that cannot
//! be decided takes its first branch, and a loop without members is a blank.

use super::{SectionFile, Writer, prepared};
use crate::diag::Place;
use crate::document::Inline;

/// What stands for a missing value.
pub const BLANK: &str = "___";

/// A sentence that is left out, in one language.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Unsaid {
    /// Its words, with blanks.
    pub text: String,
    /// Where it is written.
    #[serde(skip)]
    pub place: Place,
}

impl Writer {
    /// The words of a sentence or phrase that is left out; `None` if its id is not typed in a file.
    pub fn unsaid(&self, sections: &[SectionFile], section: &str, id: &str) -> Option<Unsaid> {
        let own = sections.iter().find(|file| file.id == section);
        if let Some(said) = own.and_then(|file| self.blanked(file, id)) {
            return Some(said);
        }
        let macros = self.texts.iter().map(|(text, _)| text.clone());
        let macros = macros.map(|text| SectionFile { id: String::new(), text });
        if let Some(said) = macros.into_iter().find_map(|file| self.blanked(&file, id)) {
            return Some(said);
        }
        let text = self.strings.get(id)?;
        let text = Blanks { writer: self, before: String::new() }.line(text);
        Some(Unsaid { text, place: self.strings.place(id) })
    }

    fn blanked(&self, file: &SectionFile, id: &str) -> Option<Unsaid> {
        let body = file.body(id)?;
        let written = &file.text.text[body.clone()];
        let written = written.split_once("%}")?.1;
        let written = written.rsplit_once("{%").map_or(written, |(before, _)| before);
        let mut blanks = Blanks { writer: self, before: String::new() };
        blanks.read_before(&file.text.text[..body.start]);
        let place = file.call("sentence", id)?;
        Some(Unsaid { text: blanks.line(written), place })
    }
}

/// A part of a template.
enum Node<'t> {
    Text(&'t str),
    /// A printed value, with its braces.
    Value(&'t str),
    /// A variable that is set, with its tag.
    Set(&'t str),
    /// A condition: the whole of it, and its branches, each with what it depends on.
    If(&'t str, Vec<(&'t str, Vec<Node<'t>>)>),
    /// A loop or another block, whole.
    Whole(&'t str),
}

/// Words the parts of a template one by one.
struct Blanks<'w> {
    writer: &'w Writer,
    /// The tags that the parts depend on: imports, variables.
    before: String,
}

impl Blanks<'_> {
    /// Takes over imports and variables of the text before a sentence.
    fn read_before(&mut self, text: &str) {
        let mut rest = text;
        while let Some((_, behind)) = rest.split_once("{%") {
            let Some((tag, after)) = behind.split_once("%}") else { break };
            let words = tag.trim_matches(['-', '+']).trim();
            let is_import = words.starts_with("from ") || words.starts_with("import ");
            if is_import || words.starts_with("set ") && words.contains('=') {
                self.add(&format!("{{% {words} %}}"));
            }
            rest = after;
        }
    }

    /// Adds a tag that others depend on, if it can be run.
    fn add(&mut self, tag: &str) {
        if self.tried(tag).is_some() {
            self.before.push_str(tag);
        }
    }

    fn line(&mut self, text: &str) -> String {
        let (nodes, _) = Reader { text, at: 0 }.nodes();
        let mut words = String::new();
        self.say(&nodes, &mut words);
        let words = words.replace("**", "");
        // No-break spaces stay.
        let words: Vec<&str> = words
            .split(|c: char| c.is_ascii_whitespace())
            .filter(|word| !word.is_empty())
            .collect();
        let mut line = words.join(" ");
        for mark in [".", ",", ";", ":", ")"] {
            line = line.replace(&format!(" {mark}"), mark);
        }
        // An abbreviation ends a sentence with its own full stop.
        match line.strip_suffix("..") {
            Some(rest) if !rest.ends_with('.') => format!("{rest}."),
            _ => line,
        }
    }

    fn say(&mut self, nodes: &[Node<'_>], words: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => words.push_str(text),
                Node::Set(tag) => self.add(tag),
                Node::Value(value) => words.push_str(&self.value(value)),
                Node::Whole(whole) => {
                    words.push_str(self.tried(whole).as_deref().unwrap_or(BLANK));
                }
                Node::If(whole, branches) => match self.tried(whole) {
                    Some(said) => words.push_str(&said),
                    None => {
                        let taken = branches.iter().find(|(when, _)| self.may_hold(when));
                        if let Some((_, inner)) = taken {
                            self.say(inner, words);
                        }
                    }
                },
            }
        }
    }

    fn value(&self, value: &str) -> String {
        let call = value.trim_start_matches(['{', '-', '+']).trim_start();
        // A number of a source says nothing here.
        if call.starts_with("cite(") || call.starts_with("note(") {
            return String::new();
        }
        self.tried(value).unwrap_or_else(|| BLANK.to_owned())
    }

    /// Whether a branch is taken, or cannot be decided.
    fn may_hold(&self, when: &str) -> bool {
        when.is_empty()
            || self
                .tried(&format!("{{% if {when} %}}1{{% endif %}}"))
                .is_none_or(|said| said == "1")
    }

    /// The words of a part; `None` if it cannot be worded.
    fn tried(&self, part: &str) -> Option<String> {
        let source = format!("{}{part}", self.before);
        let (prepared, is_read) = prepared(&source);
        let template = self.writer.env.template_from_named_str("blank", &prepared.text).ok()?;
        if !is_read {
            return None;
        }
        let placeholders = &self.writer.context.placeholders;
        placeholders.set_blanking(true);
        placeholders.enter_sentence();
        let rendered = template.render(());
        placeholders.leave_sentence();
        placeholders.set_blanking(false);
        placeholders.take_declared();
        let is_stopped = placeholders.take_missing().is_some();
        let is_misused = placeholders.take_misuse().is_some();
        let line = placeholders.inlines(&rendered.ok()?);
        (!is_stopped && !is_misused).then(|| shown(&line))
    }
}

/// A line as it is shown to a person: references by their ids, no numbers of sources and notes.
fn shown(line: &[Inline]) -> String {
    let words = line.iter().map(|inline| match inline {
        Inline::Text { text } | Inline::Fact { text, .. } => text.clone(),
        Inline::Ref { target, .. } => target.clone(),
        Inline::Cite { .. } | Inline::NoteRef { .. } => String::new(),
        Inline::Break => " ".to_owned(),
        other => shown(other.content()),
    });
    words.collect()
}

/// A worded number with a blank for its digits and sign: `___ people`, `___ %`.
pub(super) fn without_digits(text: &str) -> String {
    let digit = |c: char| c.is_ascii_digit();
    let (Some(first), Some(last)) = (text.find(digit), text.rfind(digit)) else {
        return text.to_owned();
    };
    let before = text[..first].trim_end_matches(['+', '-', '\u{2212}', '\u{2248}', '<', '>']);
    format!("{before}{BLANK}{}", &text[last + 1..])
}

/// Reads the parts of a template.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

/// A tag at which a block ends: its words, where it begins.
type End<'t> = (&'t str, usize);

impl<'t> Reader<'t> {
    /// The parts up to the tag that ends the block around them, or to the end.
    fn nodes(&mut self) -> (Vec<Node<'t>>, Option<End<'t>>) {
        let mut nodes = vec![];
        loop {
            let rest = &self.text[self.at..];
            let Some(open) = rest.find('{').map(|_| next_tag(rest)) else {
                nodes.push(Node::Text(rest));
                return (nodes, None);
            };
            let Some((start, end)) = open else {
                nodes.push(Node::Text(rest));
                return (nodes, None);
            };
            let tag = &rest[start..end];
            nodes.push(Node::Text(beside(&rest[..start], tag)));
            let begins = self.at + start;
            self.at += end;
            if tag.ends_with("-}}") || tag.ends_with("-%}") {
                let behind = &self.text[self.at..];
                self.at += behind.len() - behind.trim_start().len();
            }
            let inner = tag[2..tag.len() - 2].trim_matches(['-', '+']).trim();
            let word = inner.split_whitespace().next().unwrap_or_default();
            match (&tag[..2], word) {
                ("{#", _) => {}
                ("{{", _) => nodes.push(Node::Value(tag)),
                (_, "elif" | "else") => return (nodes, Some((inner, begins))),
                (_, word) if word.starts_with("end") => return (nodes, Some((inner, begins))),
                (_, "set") if inner.contains('=') => nodes.push(Node::Set(tag)),
                (_, "if") => nodes.push(self.branches(&inner[2..], begins)),
                (_, "for" | "set" | "call" | "filter" | "with" | "macro" | "block") => {
                    nodes.push(self.whole(begins));
                }
                _ => {}
            }
        }
    }

    /// A condition, behind its first tag.
    fn branches(&mut self, when: &'t str, begins: usize) -> Node<'t> {
        let (mut branches, mut when) = (vec![], when.trim());
        loop {
            let (inner, end) = self.nodes();
            branches.push((when, inner));
            match end {
                Some((tag, _)) if tag.starts_with("elif") => when = tag[4..].trim(),
                Some((tag, _)) if tag.starts_with("else") => when = "",
                _ => return Node::If(&self.text[begins..self.at], branches),
            }
        }
    }

    /// Another block, behind its first tag.
    fn whole(&mut self, begins: usize) -> Node<'t> {
        while let (_, Some((tag, _))) = self.nodes() {
            if !tag.starts_with("else") {
                break;
            }
        }
        Node::Whole(&self.text[begins..self.at])
    }
}

/// Text before a tag that may remove the spaces beside it.
fn beside<'t>(text: &'t str, tag: &str) -> &'t str {
    if tag[2..].starts_with('-') { text.trim_end() } else { text }
}

/// The next tag, value or comment of a template.
fn next_tag(text: &str) -> Option<(usize, usize)> {
    let opens = ["{{", "{%", "{#"].into_iter().zip(["}}", "%}", "#}"]);
    let (start, close) = opens.filter_map(|(open, close)| Some((text.find(open)?, close))).min()?;
    let end = text[start + 2..].find(close)? + start + 4;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(nodes: &[Node<'_>]) -> String {
        let each = nodes.iter().map(|node| match node {
            Node::Text(text) => (*text).to_owned(),
            Node::Value(_) => "V".to_owned(),
            Node::Set(_) => "S".to_owned(),
            Node::Whole(_) => "W".to_owned(),
            Node::If(_, branches) => {
                let branches: Vec<String> = branches
                    .iter()
                    .map(|(when, inner)| format!("{when}:{}", shape(inner)))
                    .collect();
                format!("[{}]", branches.join("|"))
            }
        });
        each.collect()
    }

    #[test]
    fn a_template_is_read_as_values_conditions_and_blocks() {
        for (text, expected) in [
            ("In {{ a }}, {{ b | int }} left.", "In V, V left."),
            ("{% if A > 1 %}x{{ a }}{% elif B %}y{% else %}z{% endif %}.", "[A > 1:xV|B:y|:z]."),
            ("{% if A %}{% if B %}b{% endif %}c{% endif %}", "[A:[B:b]c]"),
            ("{% for x in X %}{{ x }}{% else %}none{% endfor %} end", "W end"),
            ("{% set a = 1 %}b {%- if A -%} c{% endif %}", "Sb[A:c]"),
            ("no tag {", "no tag {"),
        ] {
            assert_eq!(shape(&Reader { text, at: 0 }.nodes().0), expected, "{text}");
        }
    }

    #[test]
    fn the_digits_of_a_number_become_one_blank() {
        for (text, expected) in [
            ("5\u{A0}people", "___\u{A0}people"),
            ("+5", "___"),
            ("5.0\u{A0}%", "___\u{A0}%"),
            ("rose/fell", "rose/fell"),
        ] {
            assert_eq!(without_digits(text), expected, "{text}");
        }
    }
}
