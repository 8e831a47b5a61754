//! Translated titles of sources from `titles.csv`, and phrases for the list of sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, did_you_mean};

/// The language of an edition and its phrases for the list of sources.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The language of the edition.
    pub lang: &'a str,
    /// The phrases of its layout: `reported` for media reports, `in-ru` for a title in Russian.
    pub words: &'a BTreeMap<String, String>,
}

impl<'a> Wording<'a> {
    /// The phrase for media reports, with `{publisher}`.
    pub fn reported(&self) -> Option<&'a str> {
        self.word("reported")
    }

    /// The phrase for an untranslated title in another language.
    pub(super) fn name_of(&self, lang: &str) -> Option<&'a str> {
        self.word(&format!("in-{lang}"))
    }

    fn word(&self, name: &str) -> Option<&'a str> {
        self.words.get(name).map(String::as_str)
    }
}

/// Titles by key and language.
#[derive(Debug, Clone, Default)]
pub(super) struct Titles {
    all: BTreeMap<(String, String), String>,
    /// The languages, each with the first row that has it.
    pub languages: BTreeMap<String, Place>,
}

impl Titles {
    /// Parses a table with the columns `key`, `lang` and `title`.
    pub(super) fn read(text: &SourceText, keys: &BTreeSet<String>) -> Result<Self> {
        let mut reader = csv::Reader::from_reader(text.text.as_bytes());
        let (mut all, mut found) = (BTreeMap::new(), vec![]);
        let mut languages = BTreeMap::new();
        let heads: Vec<String> = match reader.headers() {
            Ok(heads) => heads.iter().map(str::to_owned).collect(),
            Err(error) => {
                return Err(wrong(Message::verbatim(error.to_string()), text.line(1)).into());
            }
        };
        if heads != ["key", "lang", "title"] {
            let said = message!("its columns must be `{heads}`", heads = heads.join("`, `"));
            return Err(wrong(said, text.line(1)).into());
        }
        for (index, record) in reader.records().enumerate() {
            let row = match record {
                Ok(row) => row,
                Err(error) => {
                    found.push(wrong(Message::verbatim(error.to_string()), text.line(index + 2)));
                    continue;
                }
            };
            let line = row.position().map_or(index + 2, |at| at.line() as usize);
            let (key, lang, title) = (row[0].trim(), row[1].trim(), row[2].trim());
            languages.entry(lang.to_owned()).or_insert_with(|| text.line(line));
            if !keys.contains(key) {
                let message = message!("the title is for `{key}`, which is not a source", key);
                found.push(
                    Diagnostic::error(Code::K0722, message)
                        .at(text.line(line))
                        .maybe_hint(did_you_mean(key, keys.iter().map(String::as_str)))
                        .hint(message!(
                            "a key is the key of a row of `sources.csv` or of an entry of \
                            `references.yaml`"
                        )),
                );
            } else if lang.is_empty() || title.is_empty() {
                found.push(wrong(
                    message!("a row lacks the language or the title"),
                    text.line(line),
                ));
            } else if all.insert((key.to_owned(), lang.to_owned()), title.to_owned()).is_some() {
                let said = message!("`{key}` has two titles in `{lang}`", key, lang);
                found.push(wrong(said, text.line(line)));
            }
        }
        if found.is_empty() { Ok(Self { all, languages }) } else { Err(found) }
    }

    /// The title of a source in a language.
    pub(super) fn of(&self, key: &str, lang: &str) -> Option<&str> {
        self.all.get(&(key.to_owned(), lang.to_owned())).map(String::as_str)
    }
}

fn wrong(said: Message, place: Place) -> Diagnostic {
    Diagnostic::error(Code::K0722, message!("the titles of sources cannot be read: {said}", said))
        .at(place)
        .hint(message!("write a table with the columns `key,lang,title`: the key of a source, a language, and the title in it"))
}
