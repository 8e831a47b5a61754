//! Terms: words that a publishing body writes differently.
//!
//! In: `[terms.LANG]` of the project or profile, pairs of a word and its replacement. Out: the [`Locale`]
//! with names in the body's spelling; `prose` applies it to typed text. Only whole words are replaced,
//! and a longer term goes before one that it contains.

use std::borrow::Cow;
use std::collections::BTreeMap;

use regex::Regex;

use super::Locale;

/// The words and their replacements.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pattern: Regex,
    words: BTreeMap<String, String>,
}

impl Terms {
    fn of(words: &BTreeMap<String, String>) -> Option<Self> {
        let mut known: Vec<&String> = words.keys().filter(|word| !word.trim().is_empty()).collect();
        // Of two alternatives a regex takes the first that matches.
        known.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        let any = known.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|");
        // The words are escaped, so only a pattern that is too large can be refused.
        let pattern = Regex::new(&format!(r"\b(?:{any})\b")).ok().filter(|_| !any.is_empty())?;
        Some(Self { pattern, words: words.clone() })
    }

    fn put<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.pattern.replace_all(text, |found: &regex::Captures<'_>| {
            let word = &found[0];
            self.words.get(word).map_or_else(|| word.to_owned(), Clone::clone)
        })
    }
}

impl Locale {
    /// The language in a body's terms.
    pub fn with_terms(mut self, words: &BTreeMap<String, String>) -> Self {
        self.terms = Terms::of(words);
        if let Some(terms) = &self.terms {
            for lexicon in self.lexicons.values_mut() {
                lexicon.each_name(|name| {
                    if let Cow::Owned(put) = terms.put(name) {
                        *name = put;
                    }
                });
            }
        }
        self
    }

    /// A typed text in the body's terms.
    pub fn in_terms<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.terms.as_ref().map_or(Cow::Borrowed(text), |terms| terms.put(text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shipped;

    #[test]
    fn whole_words_are_replaced_in_names_and_in_what_is_typed() {
        let words = [("Jetisu", "Zhetysu"), ("region", "oblast"), ("Jetisu region", "Zhetysu")];
        let words = words.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        let en = shipped("en").with_terms(&words);
        assert_eq!(
            en.in_terms("the region and regional Jetisu region"),
            "the oblast and regional Zhetysu"
        );
        let none = shipped("en").with_terms(&[].into());
        assert_eq!(none.in_terms("region"), "region");
    }
}
