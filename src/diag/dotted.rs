//! Finds places in a TOML file by dotted keys.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::SourceText;

/// The byte range of the value under a dotted key such as `brand.accent`.
pub fn key_in(text: &SourceText, key: &str) -> Option<Range<usize>> {
    under(text, key, |value| value.span())
}

/// The byte range of a name in the list, or among the keys of the table, under a dotted key; that of the
/// whole value if the name is not in it.
pub fn name_in(text: &SourceText, key: &str, name: &str) -> Option<Range<usize>> {
    under(text, key, |value| match value.get_ref() {
        DeValue::Array(items) => items
            .iter()
            .find(|item| item.get_ref().as_str() == Some(name))
            .map_or_else(|| value.span(), |item| item.span()),
        DeValue::Table(table) => table
            .keys()
            .find(|key| key.get_ref() == name)
            .map_or_else(|| value.span(), |key| key.span()),
        _ => value.span(),
    })
}

/// Calls `read` on the value under a dotted key.
fn under<T>(
    text: &SourceText,
    key: &str,
    read: impl FnOnce(&Spanned<DeValue<'_>>) -> T,
) -> Option<T> {
    let table = DeTable::parse(&text.text).ok()?;
    let mut table = table.get_ref();
    let mut parts = key.split('.').peekable();
    while let Some(part) = parts.next() {
        let (_, value) = table.iter().find(|(key, _)| key.get_ref() == part)?;
        if parts.peek().is_none() {
            return Some(read(value));
        }
        let DeValue::Table(inner) = value.get_ref() else { return None };
        table = inner;
    }
    None
}
