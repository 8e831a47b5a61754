//! Origins of texts: where a sentence, other text of a section or phrase is written in each language.
//!
//! Keys are those of [`screen`](crate::document::screen): `brief/en/general/s4-2`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Editor, Passage, place};
use crate::document::screen::Written;

/// The text of key `key`, and the same text in the other languages; `None` if there is no such text.
pub(super) fn of(
    key: &str,
    passages: &BTreeMap<String, Passage>,
    editor: &Editor,
) -> Option<Value> {
    let asked = passages.get(key)?;
    let same = |passage: &&Passage| {
        let (one, other) = (&passage.told, &asked.told);
        let is_alike = match &asked.told.written {
            // Words are of one language.
            Written::Words(_) => false,
            written => one.written == *written,
        };
        is_alike
            && (&one.form, &one.section) == (&other.form, &other.section)
            && one.lang != other.lang
    };
    let all = std::iter::once(asked).chain(passages.values().filter(same));
    let version = |passage: &Passage| {
        json!({
            "lang": passage.told.lang, "text": passage.told.text, "typed": passage.typed,
            "facts": passage.told.facts, "place": place::shown(&passage.place, editor),
        })
    };
    let (kind, name) = match &asked.told.written {
        Written::Sentence(id) => ("sentence", id.as_str()),
        Written::Phrase(phrase) => ("phrase", phrase.as_str()),
        Written::Words(_) => ("text", ""),
    };
    Some(json!({
        "kind": kind, "name": name, "section": asked.told.section,
        "versions": all.map(version).collect::<Vec<_>>(),
    }))
}

/// The keys of texts whose wording is new.
pub(super) fn reworded(
    before: &BTreeMap<String, Passage>,
    after: &BTreeMap<String, Passage>,
) -> Vec<String> {
    // The number of a text outside sentences changes with the texts before it.
    let mut known: Vec<(&str, &str, &str, &str)> = before.values().map(identity).collect();
    known.sort_unstable();
    let is_new = |(key, passage): &(&String, &Passage)| match passage.told.written {
        Written::Words(_) => known.binary_search(&identity(passage)).is_err(),
        _ => before.get(*key).is_none_or(|was| was.told.wording != passage.told.wording),
    };
    after.iter().filter(is_new).map(|(key, _)| key.clone()).collect()
}

fn identity(passage: &Passage) -> (&str, &str, &str, &str) {
    let told = &passage.told;
    (&told.form, &told.lang, &told.section, &told.wording)
}
