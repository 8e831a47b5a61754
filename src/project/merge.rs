//! Merges TOML files, key by key.
//!
//! In: the texts of the layers, the base first. Out: one text in which the value of a later layer
//! replaces that of an earlier one; every key and value can be traced to its file and line. Tables are
//! merged; everything else is replaced as a whole, including lists.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Piece, Place, Result, SourceText, toml_error};

/// Merges texts, the base first; a single text is returned unchanged.
pub(super) fn merge(code: Code, layers: &[SourceText]) -> Result<SourceText> {
    let [base, above @ ..] = layers else { return Ok(SourceText::new("", "")) };
    if above.is_empty() {
        return Ok(base.clone());
    }
    let (mut tree, mut found) = (Tree::default(), vec![]);
    for text in layers {
        match DeTable::parse(&text.text) {
            Ok(table) => tree.take(text, &[], table.into_inner()),
            Err(error) => found.push(toml_error(code, text, &error)),
        }
    }
    if !found.is_empty() {
        return Err(found);
    }
    let mut pieces = vec![];
    for leaf in tree.0.into_values() {
        leaf.write(&mut pieces);
    }
    Ok(SourceText::composed(base.path.clone(), pieces))
}

/// The dotted keys of a merged file.
#[derive(Debug, Default)]
pub struct Keys {
    /// The keys of the base.
    pub base: Vec<String>,
    /// The keys added by layers above the base, each with its place.
    pub added: Vec<(String, Place)>,
}

/// The keys of layers, the base first.
pub(super) fn keys(layers: &[SourceText]) -> Keys {
    let keys = |text: &SourceText| {
        let mut tree = Tree::default();
        // Invalid TOML is reported where it is read.
        if let Ok(table) = DeTable::parse(&text.text) {
            tree.take(text, &[], table.into_inner());
        }
        tree.0
    };
    let [base, above @ ..] = layers else { return Keys::default() };
    let base: Vec<String> = keys(base).into_keys().map(|key| key.join(".")).collect();
    let mut added: Vec<(String, Place)> = vec![];
    for text in above {
        for (key, leaf) in keys(text) {
            let key = key.join(".");
            if !base.contains(&key) && !added.iter().any(|(known, _)| *known == key) {
                let at = leaf.keys.last().cloned().unwrap_or_default();
                added.push((key, text.place(at)));
            }
        }
    }
    Keys { base, added }
}

/// Every value that is not a table, by its path of keys.
#[derive(Default)]
struct Tree(IndexMap<Vec<String>, Leaf>);

/// A value as written, with its keys as written.
struct Leaf {
    source: SourceText,
    keys: Vec<Range<usize>>,
    value: Value,
}

enum Value {
    /// A value, by its range in the file.
    Written(Range<usize>),
    /// A table without keys.
    EmptyTable,
    /// `[[key]]`: the tables of the list, each with its keys and values.
    Tables(Vec<Vec<Leaf>>),
}

impl Tree {
    fn take(&mut self, text: &SourceText, above: &[(String, Range<usize>)], table: DeTable<'_>) {
        if table.is_empty() && !above.is_empty() {
            self.put(text, above, Value::EmptyTable);
        }
        for (key, value) in table {
            let mut path = above.to_vec();
            path.push((key.get_ref().to_string(), key.span()));
            let span = value.span();
            match value.into_inner() {
                DeValue::Table(inner) => self.take(text, &path, inner),
                DeValue::Array(tables) if is_list_of_tables(&tables, text, &span) => {
                    let tables = tables.into_iter().filter_map(|table| match table.into_inner() {
                        DeValue::Table(inner) => {
                            let mut tree = Self::default();
                            tree.take(text, &[], inner);
                            Some(tree.0.into_values().collect())
                        }
                        _ => None,
                    });
                    let tables = tables.collect();
                    self.put(text, &path, Value::Tables(tables));
                }
                _ => self.put(text, &path, Value::Written(span)),
            }
        }
    }

    fn put(&mut self, text: &SourceText, path: &[(String, Range<usize>)], value: Value) {
        let names: Vec<String> = path.iter().map(|(name, _)| name.clone()).collect();
        let is_table = matches!(value, Value::EmptyTable);
        let below = |known: &[String]| known.len() > names.len() && known.starts_with(&names);
        if is_table && self.0.keys().any(|known| below(known)) {
            return;
        }
        // A value replaces a table, and a table replaces a value.
        let above = |known: &[String]| names.len() > known.len() && names.starts_with(known);
        self.0.retain(|known, _| !(below(known) || above(known)));
        let keys = path.iter().map(|(_, span)| span.clone()).collect();
        self.0.insert(names, Leaf { source: text.clone(), keys, value });
    }
}

/// Whether a list is written as `[[key]]`, without brackets that could be copied.
fn is_list_of_tables(
    array: &[Spanned<DeValue<'_>>],
    text: &SourceText,
    span: &Range<usize>,
) -> bool {
    let written = &text.text[span.clone()];
    let is_bracketed = written.starts_with('[') && !written.starts_with("[[");
    array.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_))) && !is_bracketed
}

impl Leaf {
    fn write(&self, pieces: &mut Vec<Piece>) {
        self.write_inline(pieces);
        pieces.push(Piece::Glue("\n"));
    }

    fn write_inline(&self, pieces: &mut Vec<Piece>) {
        for (index, key) in self.keys.iter().enumerate() {
            if index > 0 {
                pieces.push(Piece::Glue("."));
            }
            pieces.push(Piece::Of(self.source.clone(), key.clone()));
        }
        pieces.push(Piece::Glue(" = "));
        match &self.value {
            Value::Written(range) => pieces.push(Piece::Of(self.source.clone(), range.clone())),
            Value::EmptyTable => pieces.push(Piece::Glue("{}")),
            Value::Tables(tables) => {
                pieces.push(Piece::Glue("[\n"));
                for table in tables {
                    pieces.push(Piece::Glue("{ "));
                    for (index, leaf) in table.iter().enumerate() {
                        if index > 0 {
                            pieces.push(Piece::Glue(", "));
                        }
                        leaf.write_inline(pieces);
                    }
                    pieces.push(Piece::Glue(" },\n"));
                }
                pieces.push(Piece::Glue("]"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(base: &str, above: &str) -> (toml::Table, SourceText) {
        let layers = [SourceText::new("base.toml", base), SourceText::new("own.toml", above)];
        let text = merge(Code::K0003, &layers).unwrap();
        (toml::from_str(&text.text).unwrap_or_else(|e| panic!("{e}\n{}", text.text)), text)
    }

    fn place(text: &SourceText, needle: &str) -> String {
        let start = text.text.find(needle).unwrap();
        text.place(start..start + needle.len()).to_string()
    }

    #[test]
    fn a_key_of_the_layer_above_stands_for_the_one_below() {
        let base = "top = 1\n[a]\nx = \"one\"\ny = [1, 2]\n[a.b]\nz = '''\nlong\n'''\n[c]\n";
        let own = "[a]\ny = [3]\nnew = true\n[d.e]\nw = 1979-05-27\n";
        let (table, text) = laid(base, own);
        let expected = "top = 1\n[a]\nx = \"one\"\ny = [3]\nnew = true\n[a.b]\nz = \"long\\n\"\n\
                        [c]\n[d.e]\nw = 1979-05-27";
        assert_eq!(table, toml::from_str::<toml::Table>(expected).unwrap());
        assert_eq!(place(&text, "\"one\""), "base.toml:3:5");
        assert_eq!(place(&text, "[3]"), "own.toml:2:5");
    }

    #[test]
    fn a_list_of_tables_is_replaced_whole() {
        let base = "[[scales]]\nn = 3\nw.one = \"a\"\n[[scales]]\nn = 6\n[x]\nk = 1\n";
        let (table, text) = laid(base, "[x]\nk = 2\n");
        assert_eq!(table["scales"].as_array().unwrap().len(), 2);
        assert_eq!(table["scales"][0]["w"]["one"].as_str(), Some("a"));
        assert_eq!(place(&text, "6"), "base.toml:5:5");
        let (table, _) = laid(base, "[[scales]]\nn = 9\n");
        assert_eq!(table["scales"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn a_table_takes_the_place_of_a_value_and_a_value_that_of_a_table() {
        let (table, _) = laid("a = 1\n[b]\nx = 1\ny = 2\n", "b = 3\n[a]\nz = 1\n");
        assert_eq!(table, toml::from_str::<toml::Table>("a = { z = 1 }\nb = 3").unwrap());
    }

    #[test]
    fn a_layer_that_is_no_toml_is_reported_with_its_own_line() {
        let layers =
            [SourceText::new("base.toml", "a = 1\n"), SourceText::new("own.toml", "\nb = = 2\n")];
        let found = merge(Code::K0003, &layers).unwrap_err();
        assert!(found[0].place.as_ref().unwrap().to_string().starts_with("own.toml:2"));
    }

    proptest::proptest! {
        /// Merging with an empty layer on either side changes nothing.
        #[test]
        fn an_empty_layer_changes_nothing(
            keys in proptest::collection::btree_map("[a-z]{1,3}(\\.[a-z]{4,6}){0,2}", -99i64..99, 0..12)
        ) {
            let mut base = String::new();
            for (key, value) in &keys {
                base.push_str(&format!("q_{key} = {value}\n"));
            }
            if let Ok(expected) = toml::from_str::<toml::Table>(&base) {
                proptest::prop_assert_eq!(&laid(&base, "").0, &expected);
                proptest::prop_assert_eq!(&laid("", &base).0, &expected);
                proptest::prop_assert_eq!(&laid(&base, &base).0, &expected);
            }
        }
    }
}
