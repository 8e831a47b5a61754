//! Locale: words facts by the rules of one language.
//!
//! In: a language file (`templates/languages/LANG.toml`) and its lexicons, then a quantity, a period, a
//! date or the code of a region. Out: text ready to print, including no-break spaces. Plural rules,
//! digits and grouping come from the Unicode data (ICU4X); signs, patterns and names from the files.
//! Nothing here computes, and no language is built in: to add one, add its files (`docs/languages.md`).
//!
//! To add something that a language can express, add a key to `written.rs`, its interpretation to
//! `language.rs` and a method beside similar ones.

mod dates;
mod direction;
pub mod guards;
mod language;
mod lexicon;
mod lint;
mod lists;
mod numbers;
mod pattern;
mod style;
mod symbols;
mod terms;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic, Result, SourceText, Warned, did_you_mean, settle};

pub use direction::Direction;
pub use lexicon::Lexicon;
pub use lint::{Finding, Rule, lint};
pub use lists::listed;
pub use numbers::{Scale, Shown};
pub use style::HouseStyle;

use language::Language;

/// A language file that cannot be parsed or has an invalid value.
pub const BAD_LANGUAGE: Code = Code::K0301;
/// A pattern with an unknown placeholder.
pub const UNKNOWN_PLACEHOLDER: Code = Code::K0302;
/// A plural category without a text, or one that the language does not have.
pub const MISSING_CATEGORY: Code = Code::K0303;
/// A form of dates, periods or nouns that is not in the language file.
pub const UNKNOWN_FORM: Code = Code::K0304;
/// A missing lexicon, code or form of a name.
pub const UNKNOWN_NAME: Code = Code::K0305;
/// A code with two rows in a lexicon.
pub const DUPLICATED_CODE: Code = Code::K0306;
/// A lexicon that is not a valid table.
pub const BAD_LEXICON: Code = Code::K0307;
/// A typographic error in typed text.
pub const TYPOGRAPHY: Code = Code::K0308;
/// Two codes of a lexicon with the same name.
pub const ONE_NAME_TWICE: Code = Code::K0143;
/// Signs of a language that turn one number into another.
pub const MISLEADING_SIGN: Code = Code::K0144;

/// How the sign of a number is shown. Zero never has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sign {
    /// Only minus.
    #[default]
    Auto,
    /// Plus and minus: a balance or a difference.
    Always,
    /// Neither, since a word gives the direction.
    Never,
}

/// One language with its lexicons, ready to word facts.
#[derive(Debug)]
pub struct Locale {
    language: Language,
    lexicons: IndexMap<String, Lexicon>,
    /// Words that the publishing body writes differently.
    terms: Option<terms::Terms>,
}

impl Locale {
    /// Reads a language file and the lexicons of that language, each with its name. `tag` is the language
    /// as named in the project: its code, such as `xx`, or the full tag of the file.
    pub fn load(
        tag: &str,
        language: &SourceText,
        lexicons: &[(String, SourceText)],
    ) -> Result<Warned<Self>> {
        let mut found = vec![];
        let meant = Language::read(language, &mut found);
        if let Some(meant) = &meant {
            let own = meant.tag.to_string();
            if tag != own && tag != meant.tag.id.language.as_str() {
                found.push(
                    Diagnostic::error(
                        BAD_LANGUAGE,
                        message!("`{tag}` is requested, but this file is for `{own}`", tag, own),
                    )
                    .at(crate::diag::Place::Path(language.path.clone()))
                    .hint(message!("name the file after the language in its `tag`")),
                );
            }
        }
        let mut all = IndexMap::new();
        for (name, source) in lexicons {
            if let Some(lexicon) = Lexicon::read(name, source, &mut found) {
                all.insert(name.clone(), lexicon);
            }
        }
        match meant {
            Some(language) => {
                for lexicon in all.values_mut() {
                    let typography = &language.typography;
                    lexicon.keep_together(&typography.no_break_in_names);
                    lexicon.keep_behind(&typography.no_break_before_in_names);
                }
                settle(Self { language, lexicons: all, terms: None }, found)
            }
            None => Err(found),
        }
    }

    /// Its language code, such as `xx`.
    pub fn lang(&self) -> &str {
        self.language.tag.id.language.as_str()
    }

    /// The country whose conventions it follows, such as `YY`; empty if the file names none.
    pub fn region(&self) -> &str {
        self.language.tag.id.region.as_ref().map_or("", |region| region.as_str())
    }

    /// Its script, such as `Latn`; empty if the file names none.
    pub fn script(&self) -> &str {
        self.language.tag.id.script.as_ref().map_or("", |script| script.as_str())
    }

    /// The language's own name for itself.
    pub fn native_name(&self) -> &str {
        &self.language.name
    }

    /// The text direction: `ltr` or `rtl`.
    pub fn dir(&self) -> &'static str {
        if self.language.is_rtl { "rtl" } else { "ltr" }
    }

    /// The name of `code` in one of the forms of a lexicon.
    pub fn name(&self, lexicon: &str, code: &str, form: &str) -> Result<&str> {
        self.lexicon(lexicon)?.get(code, form)
    }

    /// A lexicon of this language.
    pub fn lexicon(&self, name: &str) -> Result<&Lexicon> {
        self.lexicons.get(name).ok_or_else(|| {
            Diagnostic::error(
                UNKNOWN_NAME,
                message!("no lexicon `{name}` for the language `{lang}`", name, lang = self.lang()),
            )
            .maybe_hint(did_you_mean(name, self.lexicons.keys().map(String::as_str)))
            .hint(message!("add `data/lexicon/{name}.{lang}.csv`", name, lang = self.lang()))
            .into()
        })
    }

    /// The names of the lexicons of this language.
    pub fn lexicons(&self) -> impl Iterator<Item = &str> {
        self.lexicons.keys().map(String::as_str)
    }

    /// Every form in which a name, day or period is available, sorted.
    pub fn forms(&self) -> BTreeSet<String> {
        let names = self.lexicons.values().flat_map(Lexicon::forms);
        let times = self.language.dates.keys().chain(self.language.periods.keys());
        names.chain(times).cloned().collect()
    }

    /// The words that guards look for.
    pub fn guards(&self) -> &guards::Guards {
        &self.language.guards
    }

    /// The words for each power of ten, from `[[scales]]` and from the guards.
    pub fn scale_words(&self) -> Vec<(u8, Vec<guards::Words>)> {
        let mut all: BTreeMap<u8, Vec<guards::Words>> = BTreeMap::new();
        for (power, affix) in self.language.scale_affixes() {
            let word = affix.trim_matches(|c: char| !c.is_alphanumeric());
            all.entry(power).or_default().extend(guards::Words::parse(word));
        }
        for (power, words) in &self.language.guards.scales {
            if let Ok(power) = power.parse() {
                all.entry(power).or_default().extend(words.iter().cloned());
            }
        }
        all.into_iter().collect()
    }

    /// Words for a qualifier, such as `about`. They are printed with the number and must not be typed
    /// before it.
    pub fn qualifier_words(&self) -> Vec<guards::Words> {
        let before = |pattern: &pattern::Pattern| {
            let filled = pattern.fill_one("\u{FDD2}");
            guards::Words::parse(filled.split_once('\u{FDD2}')?.0)
        };
        self.language.qualifiers.values().filter_map(before).collect()
    }

    /// Whether a printed number contains the word of a scale.
    pub fn has_scale(&self, printed: &str) -> bool {
        self.language.scale_affixes().any(|(_, affix)| printed.contains(affix))
    }

    /// The signs of numbers, minus and plus.
    pub fn signs(&self) -> [&str; 2] {
        [&self.language.symbols.minus, &self.language.symbols.plus]
    }

    /// The text in a table cell whose value is not available.
    pub fn missing(&self) -> &str {
        &self.language.missing
    }

    /// The text in a table cell for a true zero.
    pub fn zero(&self) -> &str {
        &self.language.zero
    }

    /// The text in a table cell that can have no value.
    pub fn not_applicable(&self) -> &str {
        &self.language.not_applicable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of the shipped languages.
    pub(super) fn shipped(lang: &str) -> Locale {
        let path = format!("{}/templates/languages/{lang}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap();
        match Locale::load(lang, &SourceText::new(path, text), &[]) {
            Ok(locale) => locale.value,
            Err(found) => panic!("{}", found.iter().map(crate::diag::draw).collect::<String>()),
        }
    }

    #[test]
    fn a_locale_can_be_shared_by_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&shipped("en"));
    }

    #[test]
    fn the_tag_tells_language_country_and_direction() {
        let locale = shipped("ru");
        assert_eq!((locale.lang(), locale.region(), locale.dir()), ("ru", "KZ", "ltr"));
        assert_eq!(locale.native_name(), "русский");
        assert_eq!(locale.missing(), "…");
    }
}
