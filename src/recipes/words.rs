//! Words that labels are made of, in every language that the templates know.
//!
//! In: `languages/LANG.toml` of the templates, for the names of months, and `reading/LANG.toml`, for what
//! else stands in labels of periods and in names of places. Out: [`Words`]. All languages are read at once, since the
//! sheets of an office have several side by side.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::diag::{Code, Diagnostic, Result, SourceText, read_toml};
use crate::files::{self, Files, Track, Tracked};

/// What a word of a label means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, from 1.
    Month(i8),
    /// First, second …
    Ordinal(i8),
    /// The word behind a year.
    Year,
    /// A quarter of a year.
    Quarter,
    /// Half a year.
    Half,
    /// Months, behind their number.
    Months,
    /// A day follows.
    On,
    /// The beginning of a period.
    Beginning,
    /// The end of a period.
    End,
    /// From one month to another, as a dash.
    To,
    /// It says nothing.
    Filler,
}

/// Words of all languages.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: HashMap<String, Word>,
    kinds: HashSet<String>,
    abbreviations: HashMap<String, String>,
}

/// `reading/LANG.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
struct Written {
    periods: Periods,
    names: Names,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
struct Periods {
    /// For each month names that `languages/LANG.toml` does not have.
    months: Vec<Vec<String>>,
    ordinals: Vec<Vec<String>>,
    year: Vec<String>,
    quarter: Vec<String>,
    half: Vec<String>,
    count: Vec<String>,
    on: Vec<String>,
    beginning: Vec<String>,
    end: Vec<String>,
    to: Vec<String>,
    fillers: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
struct Names {
    kinds: Vec<String>,
    abbreviations: HashMap<String, String>,
}

/// `languages/LANG.toml`, of which only the months are looked at.
#[derive(Debug, Default, Deserialize)]
struct Language {
    #[serde(default)]
    months: HashMap<String, Vec<String>>,
}

impl Words {
    /// Reads the words of every language of these folders of templates. Of two files for one language that
    /// of the first folder counts.
    ///
    /// # Errors
    ///
    /// K1219 if a file does not say what it should.
    pub fn load(files: Tracked<Files>, folders: &[&Path]) -> Result<Self> {
        let (mut words, mut found) = (Self::default(), vec![]);
        for kind in ["languages", "reading"] {
            let mut met = BTreeSet::new();
            for folder in folders {
                let folder = folder.join(kind);
                let Ok(Some(names)) = files.list(&folder) else { continue };
                for name in names.iter().filter(|name| name.ends_with(".toml")) {
                    if !met.insert(name.clone()) {
                        continue;
                    }
                    let path = folder.join(name);
                    match files::text(files, &path, &path) {
                        Ok(text) if kind == "languages" => words.add_months(&text),
                        Ok(text) => words.add_reading(&text, &mut found),
                        Err(problems) => found.extend(problems),
                    }
                }
            }
        }
        if found.is_empty() { Ok(words) } else { Err(found) }
    }

    /// The words that the program carries.
    pub fn shipped() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let loaded = Self::load(Files::new().track(), &[Path::new("kosh:templates")]);
            loaded.expect("the tests read the shipped words")
        })
    }

    /// A language file that is no TOML is told where languages are read.
    fn add_months(&mut self, text: &SourceText) {
        let Ok(language) = toml::from_str::<Language>(&text.text) else { return };
        for names in language.months.values().filter(|names| names.len() == 12) {
            for (month, name) in (1..).zip(names) {
                // Numbers and Roman numerals are read as such.
                if name.chars().any(char::is_lowercase) {
                    self.add(name, Word::Month(month));
                }
            }
        }
    }

    fn add_reading(&mut self, text: &SourceText, found: &mut Vec<Diagnostic>) {
        let written: Written = match read_toml(Code::K1219, text) {
            Ok(written) => written,
            Err(problems) => return found.extend(problems),
        };
        let Periods { months, ordinals, .. } = &written.periods;
        for (names, word) in [
            (&written.periods.year, Word::Year),
            (&written.periods.quarter, Word::Quarter),
            (&written.periods.half, Word::Half),
            (&written.periods.count, Word::Months),
            (&written.periods.on, Word::On),
            (&written.periods.beginning, Word::Beginning),
            (&written.periods.end, Word::End),
            (&written.periods.to, Word::To),
            (&written.periods.fillers, Word::Filler),
        ] {
            names.iter().for_each(|name| self.add(name, word));
        }
        for (number, names) in (1..=12).zip(months) {
            names.iter().for_each(|name| self.add(name, Word::Month(number)));
        }
        for (number, names) in (1..=12).zip(ordinals) {
            names.iter().for_each(|name| self.add(name, Word::Ordinal(number)));
        }
        self.kinds.extend(written.names.kinds.iter().map(|kind| letters(kind)));
        let long = written.names.abbreviations.iter();
        self.abbreviations.extend(long.map(|(short, long)| (letters(short), letters(long))));
    }

    fn add(&mut self, name: &str, word: Word) {
        self.words.insert(letters(name), word);
    }

    /// What a word means, if it is known.
    pub(super) fn word(&self, word: &str) -> Option<Word> {
        self.words.get(&letters(word)).copied()
    }

    /// Whether a word says what kind of place a name is of, as city or region.
    pub(super) fn is_kind(&self, word: &str) -> bool {
        self.kinds.contains(word)
    }

    /// What a word is short for; the word itself if for nothing.
    pub(super) fn in_full<'a>(&'a self, word: &'a str) -> &'a str {
        self.abbreviations.get(word).map_or(word, String::as_str)
    }
}

/// A word as words are compared: by its letters, small.
pub(super) fn letters(word: &str) -> String {
    crate::diag::skeleton(word).chars().map(plain).collect()
}

/// The letter io is written as ie in most texts.
fn plain(c: char) -> char {
    match c {
        '\u{451}' => 'e',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(name: &str, text: &str) -> Result<Words> {
        let folder =
            std::env::temp_dir().join(format!("kosh-words-{}-{}", std::process::id(), text.len()));
        std::fs::create_dir_all(folder.join("reading")).unwrap();
        std::fs::write(folder.join("reading").join(name), text).unwrap();
        let words = Words::load(Files::new().track(), &[&folder, Path::new("kosh:templates")]);
        std::fs::remove_dir_all(&folder).unwrap();
        words
    }

    #[test]
    fn a_project_adds_a_language_or_lays_its_file_over_a_shipped_one() {
        let german =
            loaded("de.toml", "[periods]\nquarter = [\"Quartal\"]\n[names]\nkinds = [\"Stadt\"]\n")
                .unwrap();
        assert_eq!(german.word("QUARTAL"), Some(Word::Quarter));
        assert_eq!(german.word("quarter"), Some(Word::Quarter));
        assert!(german.is_kind("stadt") && german.is_kind("city"));
        let other = loaded("en.toml", "[periods]\nhalf = [\"semester\"]\n").unwrap();
        assert_eq!(other.word("semester"), Some(Word::Half));
        assert_eq!((other.word("quarter"), other.word("June")), (None, Some(Word::Month(6))));
    }

    #[test]
    fn a_file_of_words_that_says_something_else_is_refused() {
        for text in ["[periods]\nquarters = []\n", "[periods]\nyear = 7\n", "[periods\n"] {
            let found = loaded("de.toml", text).unwrap_err();
            assert!(found[0].code == Code::K1219 && found[0].place.is_some(), "{found:?}");
        }
    }

    #[test]
    fn no_word_of_one_language_is_another_word_of_another() {
        // Months of all languages, in their order, and the words around them.
        let words = Words::shipped();
        for (name, month) in [
            ("мая", 5),
            ("May", 5),
            ("mar", 3),
            ("мар", 3),
            ("маусым", 6),
            ("қазан", 10),
            ("окт", 10),
        ] {
            assert_eq!(words.word(name), Some(Word::Month(month)), "{name}");
        }
        for (name, word) in [
            ("г", Word::Year),
            ("ж", Word::Year),
            ("кв", Word::Quarter),
            ("m", Word::Months),
            ("h", Word::Half),
            ("по", Word::To),
            ("to", Word::To),
            ("на", Word::On),
            ("с", Word::Filler),
        ] {
            assert_eq!(words.word(name), Some(word), "{name}");
        }
    }
}
