//! Strings: the phrases of the layout, the indicators, the figures and the tables in one language
//! (`templates/strings.LANG.toml`). A phrase may print facts and periods.

use std::ops::Range;

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic, Place, Result, SourceText, did_you_mean, toml_error};

/// The phrases of one language, by dotted key: `figures.F1.title`.
#[derive(Debug, Clone)]
pub struct Strings {
    all: IndexMap<String, (String, Range<usize>)>,
    text: SourceText,
}

impl Strings {
    /// Parses a file of strings.
    pub fn parse(text: &SourceText) -> Result<Self> {
        let table = toml::de::DeTable::parse(&text.text)
            .map_err(|error| vec![toml_error(Code::K0406, text, &error)])?;
        let mut all = IndexMap::new();
        let mut found = vec![];
        let mut open = vec![(String::new(), table.into_inner())];
        while let Some((prefix, table)) = open.pop() {
            for (key, value) in table {
                let key = format!("{prefix}{}", key.get_ref());
                let range = value.span();
                match value.into_inner() {
                    toml::de::DeValue::String(phrase) => {
                        // An escape sequence may have produced it, so the phrase is checked rather than
                        // the file.
                        if let Some((_, c)) = super::placeholders::reserved(&phrase) {
                            let code = c as u32;
                            let message = message!(
                                "U+{code} is reserved for the program's own use",
                                code = format!("{code:04X}")
                            );
                            found.push(
                                Diagnostic::error(Code::K0405, message)
                                    .at(text.place(range.clone()))
                                    .hint(message!("delete the character")),
                            );
                        }
                        all.insert(key, (phrase.into_owned(), range));
                    }
                    toml::de::DeValue::Table(inner) => open.push((format!("{key}."), inner)),
                    other => found.push(
                        Diagnostic::error(
                            Code::K0406,
                            message!(
                                "`{key}` is {other}, not a phrase",
                                key,
                                other = other.type_str()
                            ),
                        )
                        .at(text.place(range))
                        .hint(message!("put the words between quotation marks")),
                    ),
                }
            }
        }
        if found.is_empty() { Ok(Self { all, text: text.clone() }) } else { Err(found) }
    }

    /// The phrase with this key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.all.get(key).map(|(text, _)| text.as_str())
    }

    /// The place of the phrase.
    pub fn place(&self, key: &str) -> Place {
        match self.all.get(key) {
            Some((_, range)) => self.text.place(range.clone()),
            None => Place::Path(self.text.path.clone()),
        }
    }

    /// All keys with their phrases.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().map(|(key, (text, _))| (key.as_str(), text.as_str()))
    }

    /// The phrases below `prefix.`, by the remainder of their keys.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.iter().filter_map(move |(key, text)| {
            Some((key.strip_prefix(prefix)?.strip_prefix('.')?, text))
        })
    }

    /// The diagnostic of a missing phrase that is required.
    pub fn absent(&self, key: &str) -> Diagnostic {
        let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
        Diagnostic::error(Code::K0407, message!("the phrase `{key}` is not translated", key))
            .at(Place::Path(self.text.path.clone()))
            .hint(message!("add `{name} = \"…\"` under `[{table}]`", name, table))
            .maybe_hint(
                did_you_mean(key, self.all.keys().map(String::as_str)).filter(|h| h.contains('?')),
            )
    }
}
