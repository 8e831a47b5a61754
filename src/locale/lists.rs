//! Lists and quotation marks.
//!
//! In: items that are text already. Out: one text. A list in a sentence has at most
//! [`LIST_LENGTH`] items; the rest are counted, never dropped without a word.

use std::borrow::Cow;

use super::Locale;

/// How many items a list in a sentence shows (BRIEF section 4).
pub const LIST_LENGTH: usize = 5;

impl Locale {
    /// The items one after another, at most [`LIST_LENGTH`]; those left out and `rest` more, which
    /// the caller left out already, are told by their number.
    pub fn list(&self, items: &[String], rest: usize) -> String {
        let (shown, hidden) = items.split_at(items.len().min(LIST_LENGTH));
        let list = shown.join(&self.language.separator);
        match rest + hidden.len() {
            0 => list,
            more => {
                let more = self.ungrouped(i64::try_from(more).unwrap_or(i64::MAX));
                self.language.more.fill(|name| match name {
                    "n" => Cow::Borrowed(&*more),
                    _ => Cow::Borrowed(&*list),
                })
            }
        }
    }

    /// All items, with the language's "and" before the last.
    pub fn list_all(&self, items: &[String]) -> String {
        match items {
            [first @ .., last] if !first.is_empty() => {
                let first = first.join(&self.language.separator);
                format!("{first}{}{last}", self.language.last_separator)
            }
            items => items.concat(),
        }
    }

    /// `text` in quotation marks; marks it has already become those of the inner level.
    pub fn quote(&self, text: &str) -> String {
        let [open, close] = &self.language.outer;
        let [inner_open, inner_close] = &self.language.inner;
        // A mark that serves as the apostrophe too says nothing about a level.
        let inner = if close == "\u{2019}" {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace(&**open, inner_open).replace(&**close, inner_close))
        };
        format!("{open}{inner}{close}")
    }
}
