//! Lists and quotation marks.
//!
//! In: items as text. Out: one text. A list in a sentence has at most [`LIST_LENGTH`] items; the number
//! of the others is given.

use std::borrow::Cow;

use super::Locale;

/// The largest number of items that a list in a sentence shows (BRIEF section 4).
pub(super) const LIST_LENGTH: usize = 5;

/// How many of `count` items a list shows. A single item too many is shown rather than counted as "and 1
/// more".
pub fn listed(count: usize) -> usize {
    if count == LIST_LENGTH + 1 { count } else { count.min(LIST_LENGTH) }
}

impl Locale {
    /// Joins at most five items. The number of those left out, plus `rest` items that the caller left out
    /// already, is added.
    pub fn list(&self, items: &[String], rest: usize) -> String {
        let (shown, hidden) = items.split_at(items.len().min(listed(items.len() + rest)));
        let list = shown.join(&self.language.separator);
        match rest + hidden.len() {
            0 => self.list_all(shown),
            more => {
                let more = self.ungrouped(i64::try_from(more).unwrap_or(i64::MAX));
                self.language.more.fill(|name| match name {
                    "n" => Cow::Borrowed(&*more),
                    _ => Cow::Borrowed(&*list),
                })
            }
        }
    }

    /// Joins all items, with the language's "and" before the last.
    pub fn list_all(&self, items: &[String]) -> String {
        match items {
            [first @ .., last] if !first.is_empty() => {
                let first = first.join(&self.language.separator);
                format!("{first}{}{last}", self.language.last_separator)
            }
            items => items.concat(),
        }
    }

    /// Puts `text` in quotation marks; marks inside it become those of the inner level.
    pub fn quote(&self, text: &str) -> String {
        let [open, close] = &self.language.outer;
        let [inner_open, inner_close] = &self.language.inner;
        // A closing mark that is also the apostrophe does not show a level.
        let inner = if close == "\u{2019}" {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace(&**open, inner_open).replace(&**close, inner_close))
        };
        format!("{open}{inner}{close}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shipped;

    fn items(count: usize) -> Vec<String> {
        ('a'..).take(count).map(String::from).collect()
    }

    #[test]
    fn a_list_of_seven_shows_five_and_counts_the_rest() {
        let (ru, en) = (shipped("ru"), shipped("en"));
        assert_eq!(ru.list(&items(7), 0), "a, b, c, d, e и\u{a0}ещё\u{a0}2");
        assert_eq!(ru.list(&items(5), 2), "a, b, c, d, e и\u{a0}ещё\u{a0}2");
        assert_eq!(en.list(&items(7), 0), "a, b, c, d, e and\u{a0}2\u{a0}more");
        assert_eq!(en.list(&items(5), 0), "a, b, c, d and e");
        assert_eq!(en.list(&items(6), 0), "a, b, c, d, e and f");
        assert_eq!(ru.list(&items(2), 0), "a и\u{a0}b");
        assert_eq!(en.list(&[], 0), "");
    }

    #[test]
    fn a_whole_list_ends_with_and() {
        let en = shipped("en");
        assert_eq!(en.list_all(&items(3)), "a, b and c");
        assert_eq!(en.list_all(&items(1)), "a");
        assert_eq!(en.list_all(&items(0)), "");
    }

    #[test]
    fn a_quotation_within_takes_the_inner_marks() {
        assert_eq!(shipped("ru").quote("Программа «Серпін»"), "«Программа „Серпін“»");
        assert_eq!(shipped("en").quote("the board’s plan"), "‘the board’s plan’");
    }
}
