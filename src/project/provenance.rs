//! Provenance: which layer and line set a key.

use std::ops::Range;

use indexmap::IndexMap;
use toml::de::{DeTable, DeValue};

use crate::diag::{Place, SourceText, key_in, name_in};

/// The value of a key in a layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Its place.
    pub place: Place,
    /// The value as written.
    pub value: String,
}

/// The values of a dotted key in the layers, the one in force first.
pub(super) fn of(texts: &[SourceText], key: &str) -> Vec<Setting> {
    let found = texts.iter().rev().filter_map(|text| Some(setting(text, key_in(text, key)?)));
    found.collect()
}

/// The place of a name in the list `key`; that of the layer's file if it is not found.
pub(super) fn place_of(texts: &[SourceText], key: &str, name: &str) -> Place {
    for text in texts.iter().rev() {
        if let Some(span) = name_in(text, key, name) {
            return text.place(span);
        }
    }
    // A default has no line.
    Place::Path(texts.first().map(|text| text.path.clone()).unwrap_or_default())
}

/// Every dotted key of the layers that is not a table, with its values, the one in force first; in the
/// order of the files, from the lowest.
pub fn all(texts: &[SourceText]) -> IndexMap<String, Vec<Setting>> {
    let mut found = IndexMap::new();
    for text in texts {
        if let Ok(table) = DeTable::parse(&text.text) {
            take(text, "", table.get_ref(), &mut found);
        }
    }
    found
}

fn take(
    text: &SourceText,
    above: &str,
    table: &DeTable<'_>,
    found: &mut IndexMap<String, Vec<Setting>>,
) {
    // The parser keeps the order of the file only in the spans.
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let key = format!("{above}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) if !inner.is_empty() => {
                take(text, &format!("{key}."), inner, found)
            }
            _ => found.entry(key).or_default().insert(0, setting(text, value.span())),
        }
    }
}

fn setting(text: &SourceText, span: Range<usize>) -> Setting {
    Setting { place: text.place(span.clone()), value: text.text[span].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layer_that_counts_comes_first() {
        let texts = [
            SourceText::new(
                "brief.toml",
                "cards = [\"X1\", \"X2\"]\n[brand]\naccent = \"#000000\"\n",
            ),
            SourceText::new("profile.toml", "\n[brand]\naccent = \"#12436D\"\n"),
        ];
        let found = of(&texts, "brand.accent");
        let shown: Vec<String> = found.iter().map(|s| format!("{} {}", s.place, s.value)).collect();
        assert_eq!(shown, ["profile.toml:3:10 \"#12436D\"", "brief.toml:3:10 \"#000000\""]);
        assert_eq!(place_of(&texts, "cards", "X2").to_string(), "brief.toml:1:16");
        assert!(of(&texts, "brand.acent").is_empty());
        let all = all(&texts);
        assert_eq!(all.keys().collect::<Vec<_>>(), ["cards", "brand.accent"]);
        assert_eq!(all["brand.accent"], found);
    }
}
