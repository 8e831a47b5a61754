//! Placeholders: carry values through a template without turning them into text.
//!
//! What a template prints is kept here as a [`Token`]. Only a placeholder between two noncharacters
//! (U+FDD0 … U+FDD1, which Unicode reserves for a program's own use) passes through minijinja and
//! Markdown; afterwards it is replaced by the kept nodes. So a name that looks like syntax is never
//! parsed as syntax.

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::diag::Message;
use crate::document::Inline;

/// Opens a placeholder.
const OPEN: char = '\u{FDD0}';
/// Closes a placeholder.
const CLOSE: char = '\u{FDD1}';

/// A printed value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Part of a line.
    Inline(Vec<Inline>),
    /// The start of a sentence, with its id.
    SentenceStart(String),
    /// The end of a sentence.
    SentenceEnd,
    /// The start of a block with content: its name and arguments.
    BlockStart(String, Vec<String>),
    /// The end of such a block.
    BlockEnd(String),
    /// A block without content.
    Block(String, Vec<String>),
}

/// A sentence that was left out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Skipped {
    /// The section.
    pub section: String,
    /// The id of the sentence or other item.
    pub sentence: String,
    /// The fact that is missing.
    pub fact: String,
    /// Why it is missing.
    pub reason: String,
}

/// The values that a template printed, and the sentences it left out.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    inner: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    tokens: Vec<Token>,
    missing: Option<(String, String)>,
    skipped: Vec<Skipped>,
    section: String,
    depth: usize,
    misuse: Option<Message>,
    asked: BTreeSet<String>,
    is_declared: bool,
    is_blanking: bool,
}

impl Placeholders {
    fn entries(&self) -> std::sync::MutexGuard<'_, Entries> {
        // A panic in another thread leaves only complete entries, so the lists stay usable.
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Keeps a token and returns its placeholder.
    pub(super) fn keep(&self, token: Token) -> String {
        let mut entries = self.entries();
        entries.tokens.push(token);
        format!("{OPEN}{}{CLOSE}", entries.tokens.len() - 1)
    }

    /// Records a fact that is missing where it should be printed.
    pub(super) fn miss(&self, fact: &str, reason: &str) {
        self.entries().missing = Some((fact.to_owned(), reason.to_owned()));
    }

    /// Takes the missing fact that stopped a sentence, if one did.
    pub(super) fn take_missing(&self) -> Option<(String, String)> {
        self.entries().missing.take()
    }

    /// Records that a condition uses a fact; the text depends on it as on a printed one.
    pub(super) fn ask(&self, fact: &str) {
        self.entries().asked.insert(fact.to_owned());
    }

    /// The facts used in conditions so far.
    pub(super) fn asked(&self) -> BTreeSet<String> {
        self.entries().asked.clone()
    }

    /// Records that something is declared as not published, with a source.
    pub(super) fn declare(&self) {
        self.entries().is_declared = true;
    }

    /// Whether anything was declared so since the last call.
    pub(super) fn take_declared(&self) -> bool {
        std::mem::take(&mut self.entries().is_declared)
    }

    /// Records a refused operation of the engine.
    pub(super) fn misuse(&self, what: Message) {
        self.entries().misuse.get_or_insert(what);
    }

    /// Takes the refused operation of the engine, if there was one.
    pub(super) fn take_misuse(&self) -> Option<Message> {
        self.entries().misuse.take()
    }

    /// Sets whether a missing number is printed as a blank instead of stopping its sentence.
    pub(super) fn set_blanking(&self, is_blanking: bool) {
        self.entries().is_blanking = is_blanking;
    }

    /// Whether a missing number is printed as a blank.
    pub(super) fn is_blanking(&self) -> bool {
        self.entries().is_blanking
    }

    /// Records that a sentence is left out.
    pub(super) fn drop_sentence(&self, sentence: &str, fact: String, reason: String) {
        let mut entries = self.entries();
        let (section, sentence) = (entries.section.clone(), sentence.to_owned());
        let skipped = Skipped { section, sentence, fact, reason };
        if !entries.skipped.contains(&skipped) {
            entries.skipped.push(skipped);
        }
    }

    /// Begins a section; sentences left out from here on are assigned to it.
    pub(super) fn begin(&self, section: &str) {
        self.entries().section = section.to_owned();
    }

    /// Enters a sentence; returns false if one is already open.
    pub(super) fn enter_sentence(&self) -> bool {
        let mut entries = self.entries();
        entries.depth += 1;
        entries.depth == 1
    }

    /// Leaves a sentence.
    pub(super) fn leave_sentence(&self) {
        self.entries().depth -= 1;
    }

    /// Whether a sentence is open.
    pub(super) fn is_in_sentence(&self) -> bool {
        self.entries().depth > 0
    }

    /// The sentences left out so far.
    pub(super) fn skipped(&self) -> Vec<Skipped> {
        self.entries().skipped.clone()
    }

    /// Replaces the placeholders in a line by their contents.
    pub(super) fn inlines(&self, text: &str) -> Vec<Inline> {
        let each = |piece| match piece {
            Piece::Text(text) => vec![Inline::Text { text }],
            Piece::Token(Token::Inline(inlines)) => inlines,
            Piece::Token(_) => vec![],
        };
        self.split(text).into_iter().flat_map(each).collect()
    }

    /// Splits text at its placeholders.
    pub(super) fn split(&self, text: &str) -> Vec<Piece> {
        let entries = self.entries();
        let mut pieces = vec![];
        let mut rest = text;
        while let Some(start) = rest.find(OPEN) {
            if start > 0 {
                pieces.push(Piece::Text(rest[..start].to_owned()));
            }
            let behind = &rest[start + OPEN.len_utf8()..];
            let Some(end) = behind.find(CLOSE) else {
                rest = "";
                break;
            };
            let token = behind[..end].parse::<usize>().ok().and_then(|i| entries.tokens.get(i));
            pieces.extend(token.cloned().map(Piece::Token));
            rest = &behind[end + CLOSE.len_utf8()..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        pieces
    }
}

/// A part of a template's output.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// Text typed in the template.
    Text(String),
    /// A printed value.
    Token(Token),
}

/// The first character of `text` that is reserved for placeholders, with its byte offset.
pub(super) fn reserved(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| ('\u{FDD0}'..='\u{FDEF}').contains(c))
}

/// Whether text contains a placeholder.
pub(super) fn is_marked(text: &str) -> bool {
    text.contains(OPEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_gives_back_what_was_kept_and_nothing_else() {
        let placeholders = Placeholders::default();
        let kept = Token::Inline(vec![Inline::text("*x* #import \"y\" $z$ <b>& ` ] \u{E000}")]);
        let mark = placeholders.keep(kept.clone());
        assert_eq!(
            placeholders.split(&format!("a {mark} b")),
            [Piece::Text("a ".into()), Piece::Token(kept), Piece::Text(" b".into())]
        );
    }

    #[test]
    fn a_forged_mark_stands_for_nothing() {
        let placeholders = Placeholders::default();
        assert_eq!(placeholders.split("\u{FDD0}7\u{FDD1}"), []);
        assert_eq!(placeholders.split("\u{FDD0}7"), []);
    }
}
