//! Placeholders: how a value passes through a template without ever being text.
//!
//! What a template prints is kept here as a [`Token`], and only a placeholder between two noncharacters
//! (U+FDD0 … U+FDD1, which Unicode reserves for a program's own use) goes through minijinja and
//! Markdown. Afterwards the placeholder becomes the nodes that were kept. A name that looks like
//! syntax is therefore never read as syntax.

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::document::Inline;

/// Opens a placeholder.
const OPEN: char = '\u{FDD0}';
/// Closes a placeholder.
const CLOSE: char = '\u{FDD1}';

/// What a template printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Part of a line.
    Inline(Vec<Inline>),
    /// The start of a sentence with an id.
    SentenceStart(String),
    /// Its end.
    SentenceEnd,
    /// The start of a block that holds others: its name, and its arguments.
    BlockStart(String, Vec<String>),
    /// Its end.
    BlockEnd(String),
    /// A block that holds nothing.
    Block(String, Vec<String>),
}

/// A sentence that could not be said.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Skipped {
    /// The section.
    pub section: String,
    /// The sentence, or another thing that was left out.
    pub sentence: String,
    /// The fact that is missing.
    pub fact: String,
    /// Why it is missing.
    pub reason: String,
}

/// Everything one template printed, and what it could not say.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    inner: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    tokens: Vec<Token>,
    missing: Option<(String, String)>,
    dropped: Vec<Skipped>,
    section: String,
    depth: usize,
    misuse: Option<String>,
    asked: BTreeSet<String>,
    is_declared: bool,
}

impl Placeholders {
    fn entries(&self) -> std::sync::MutexGuard<'_, Entries> {
        // A panic elsewhere leaves a list of whole entries behind, so it stays usable.
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Keeps a token and gives the placeholder that stands for it.
    pub(super) fn keep(&self, token: Token) -> String {
        let mut entries = self.entries();
        entries.tokens.push(token);
        format!("{OPEN}{}{CLOSE}", entries.tokens.len() - 1)
    }

    /// Notes that a fact is missing where a value was to be printed.
    pub(super) fn miss(&self, fact: &str, reason: &str) {
        self.entries().missing = Some((fact.to_owned(), reason.to_owned()));
    }

    /// The missing fact that stopped a sentence, if that is what stopped it.
    pub(super) fn take_missing(&self) -> Option<(String, String)> {
        self.entries().missing.take()
    }

    /// Notes that a condition asks about a fact: what is said rests on it as on one that is printed.
    pub(super) fn ask(&self, fact: &str) {
        self.entries().asked.insert(fact.to_owned());
    }

    /// The facts that conditions asked about so far.
    pub(super) fn asked(&self) -> BTreeSet<String> {
        self.entries().asked.clone()
    }

    /// Notes that something is declared, with a source, not to be published.
    pub(super) fn declare(&self) {
        self.entries().is_declared = true;
    }

    /// Whether anything was so declared since this was last asked.
    pub(super) fn take_declared(&self) -> bool {
        std::mem::take(&mut self.entries().is_declared)
    }

    /// Notes that the engine did by itself what is refused.
    pub(super) fn misuse(&self, what: String) {
        self.entries().misuse.get_or_insert(what);
    }

    /// What the engine did by itself since this was last asked.
    pub(super) fn take_misuse(&self) -> Option<String> {
        self.entries().misuse.take()
    }

    /// Notes that a sentence is not said.
    pub(super) fn drop_sentence(&self, sentence: &str, fact: String, reason: String) {
        let mut entries = self.entries();
        let (section, sentence) = (entries.section.clone(), sentence.to_owned());
        let dropped = Skipped { section, sentence, fact, reason };
        if !entries.dropped.contains(&dropped) {
            entries.dropped.push(dropped);
        }
    }

    /// Begins a section: what is dropped from here on belongs to it.
    pub(super) fn begin(&self, section: &str) {
        self.entries().section = section.to_owned();
    }

    /// Enters a sentence; false if already within one.
    pub(super) fn enter_sentence(&self) -> bool {
        let mut entries = self.entries();
        entries.depth += 1;
        entries.depth == 1
    }

    /// Leaves a sentence.
    pub(super) fn leave_sentence(&self) {
        self.entries().depth -= 1;
    }

    /// Whether a sentence is being said.
    pub(super) fn is_in_sentence(&self) -> bool {
        self.entries().depth > 0
    }

    /// The sentences not said so far.
    pub(super) fn dropped(&self) -> Vec<Skipped> {
        self.entries().dropped.clone()
    }

    /// A line as it was printed: its texts, and what its placeholders stand for.
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

/// Part of a template's output.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// What the author of the template wrote.
    Text(String),
    /// What the template printed.
    Token(Token),
}

/// The first character of `text` that is reserved for placeholders, with its byte offset.
pub(super) fn reserved(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| ('\u{FDD0}'..='\u{FDEF}').contains(c))
}

/// Whether text holds a placeholder.
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
