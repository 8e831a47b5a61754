//! Patterns: text with `{placeholders}`, checked when a language file is read.
//!
//! In: a string of the language file and the placeholders it may use. Out: a [`Pattern`], which cannot
//! fail when filled. Inserted text is not parsed again, so a name with braces stays unchanged.

use std::borrow::Cow;

use crate::diag::{Diagnostic, SourceText, did_you_mean};

use super::{MISLEADING_SIGN, UNKNOWN_PLACEHOLDER};

/// Text with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot(String),
}

/// A string of a language file with its byte range.
pub(super) struct Written<'a> {
    pub(super) source: &'a SourceText,
    pub(super) text: &'a str,
    pub(super) range: std::ops::Range<usize>,
}

impl Pattern {
    /// Parses a pattern that may use the placeholders `known`; problems are added to `found`.
    pub(super) fn read(
        written: &Written,
        known: &[impl AsRef<str>],
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut pieces = vec![];
        let mut rest = written.text;
        while let Some(open) = rest.find(['{', '}']) {
            let (text, tail) = rest.split_at(open);
            if !text.is_empty() {
                pieces.push(Piece::Text(text.to_owned()));
            }
            let closed = tail.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let Some((name, after)) = closed else {
                found.push(
                    Diagnostic::error(
                        UNKNOWN_PLACEHOLDER,
                        message!(
                            "a brace without its partner in the pattern `{text}`",
                            text = written.text
                        ),
                    )
                    .at(written.place_of(&tail[..1]))
                    .hint(message!(
                        "write a placeholder as `{{name}}`; a pattern has no other braces"
                    )),
                );
                return Self(pieces);
            };
            if !known.iter().any(|known| known.as_ref() == name) {
                found.push(
                    Diagnostic::error(
                        UNKNOWN_PLACEHOLDER,
                        message!("there is no placeholder `{{{name}}}` here", name),
                    )
                    .at(written.place_of(&format!("{{{name}}}")))
                    .label(message!("this text has no placeholders"))
                    .maybe_hint(did_you_mean(name, known.iter().map(AsRef::as_ref))),
                );
            }
            pieces.push(Piece::Slot(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Self(pieces)
    }

    /// The text, with each placeholder replaced by the result of `value`.
    pub(super) fn fill<'a>(&self, value: impl Fn(&str) -> Cow<'a, str>) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Slot(name) => text.push_str(&value(name)),
            }
        }
        text
    }

    /// The text of a pattern with one placeholder.
    pub(super) fn fill_one(&self, value: &str) -> String {
        self.fill(|_| Cow::Borrowed(value))
    }

    /// Parses a pattern that must use all its placeholders: without its number a phrase would still look
    /// complete.
    pub(super) fn read_whole(
        written: &Written,
        needed: &[&str],
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let before = found.len();
        let pattern = Self::read(written, needed, found);
        let has =
            |name: &str| pattern.0.iter().any(|p| matches!(p, Piece::Slot(slot) if slot == name));
        let times = |name: &str| {
            pattern.0.iter().filter(|p| matches!(p, Piece::Slot(slot) if slot == name)).count()
        };
        if let Some(name) = needed.iter().find(|name| times(name) > 1) {
            found.push(
                Diagnostic::error(
                    UNKNOWN_PLACEHOLDER,
                    message!("the pattern contains `{{{name}}}` more than once", name),
                )
                .at(written.source.place(written.range.clone()))
                .note(message!("the value would be printed twice: 12 would read as 1212")),
            );
        }
        // In “and +3 more” a sign does not belong to the number.
        pattern.spares_its_number(written, !needed.contains(&"list"), found);
        if let Some(name) = needed.iter().find(|name| !has(name))
            && found.len() == before
        {
            found.push(
                Diagnostic::error(
                    UNKNOWN_PLACEHOLDER,
                    message!("the pattern does not contain `{{{name}}}`", name),
                )
                .at(written.source.place(written.range.clone()))
                .note(message!("the value would not be printed")),
            );
        }
        pattern
    }

    /// Refuses text that would turn the inserted number into another one: a digit not separated by a
    /// word, or a sign next to it.
    fn spares_its_number(&self, written: &Written, is_number: bool, found: &mut Vec<Diagnostic>) {
        let slot = |at: Option<usize>| {
            let piece = at.and_then(|at| self.0.get(at));
            matches!(piece, Some(Piece::Slot(name)) if name == "n")
        };
        let joins = |c: &char| !c.is_alphabetic();
        let sign = |c: &char| {
            matches!(
                c,
                '-' | '+' | '.' | ',' | '\'' | '/' | '±' | '\u{2010}'
                    ..='\u{2015}' | '\u{2019}' | '\u{2212}' | '\u{66b}' | '\u{66c}'
            )
        };
        for (at, piece) in self.0.iter().enumerate() {
            let Piece::Text(text) = piece else { continue };
            let (is_before, is_after) = (slot(Some(at + 1)), slot(at.checked_sub(1)));
            let digit = |c: &char| c.is_numeric();
            let near = text.chars().take_while(joins).find(digit).filter(|_| is_after);
            let near = near
                .or_else(|| text.chars().rev().take_while(joins).find(digit).filter(|_| is_before));
            let touching = text.chars().next_back().filter(|_| is_before).filter(sign);
            // “12-fold” is a word; a sign between digits is an error.
            let touching = touching.or_else(|| {
                let after = text.chars().next().filter(|_| is_after).filter(sign);
                after.filter(|c| {
                    matches!(c, '.' | ',' | '\'' | '/' | '\u{2019}' | '\u{66b}' | '\u{66c}')
                })
            });
            if let Some(odd) = near.or(touching.filter(|_| is_number)) {
                found.push(
                    Diagnostic::error(
                        MISLEADING_SIGN,
                        message!(
                            "`{odd}` is next to the number in the pattern `{text}`",
                            odd,
                            text = written.text
                        ),
                    )
                    .at(written.source.place(written.range.clone()))
                    .note(message!("the printed number would not be the number of the data")),
                );
            }
        }
    }

    /// The pattern without its spaces.
    pub(super) fn without_spaces(self) -> Self {
        let close = |piece| match piece {
            Piece::Text(text) => {
                Piece::Text(text.chars().filter(|sign| !sign.is_whitespace()).collect())
            }
            slot => slot,
        };
        Self(self.0.into_iter().map(close).collect())
    }

    /// The text before the first placeholder and after the last one.
    pub(super) fn around(&self) -> (&str, &str) {
        fn side(piece: Option<&Piece>) -> &str {
            match piece {
                Some(Piece::Text(text)) => text,
                _ => "",
            }
        }
        (side(self.0.first()), side(self.0.last()))
    }
}

impl Written<'_> {
    /// The place of `part` in the file; that of the whole string if it contains escapes.
    fn place_of(&self, part: &str) -> crate::diag::Place {
        let raw = self.source.text.get(self.range.clone()).unwrap_or_default();
        match raw.find(part) {
            Some(at) => {
                let start = self.range.start + at;
                self.source.place(start..start + part.len())
            }
            None => self.source.place(self.range.clone()),
        }
    }
}
