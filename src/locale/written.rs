//! A language file as written: `templates/languages/LANG.toml`, its keys and their places.
//!
//! In: the text. Out: [`File`], typed but not yet checked; that is done in [`language`](super::language).
//! Each table of the file is parsed separately, so that an error in one does not hide those in the next.
//!
//! Keep in step with `docs/languages.md`.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::de::{DeTable, ValueDeserializer};

use crate::diag::{Diagnostic, Message, SourceText, Unknown, did_you_mean};

use super::BAD_LANGUAGE;
use super::guards::Guards;

/// A string with its place.
pub(super) type Text = Spanned<String>;

/// The whole file.
pub(super) struct File {
    pub(super) tag: Text,
    pub(super) name: Text,
    pub(super) direction: Option<Spanned<Direction>>,
    pub(super) numbers: Numbers,
    pub(super) scales: Vec<Scale>,
    pub(super) nouns: BTreeMap<String, Spanned<Plural>>,
    pub(super) ordinals: BTreeMap<String, Vec<String>>,
    pub(super) qualifiers: BTreeMap<String, Text>,
    pub(super) months: BTreeMap<String, Spanned<Vec<String>>>,
    pub(super) quarters: BTreeMap<String, Spanned<Vec<String>>>,
    pub(super) dates: BTreeMap<String, Text>,
    pub(super) periods: BTreeMap<String, PeriodForm>,
    pub(super) ranges: Ranges,
    pub(super) lists: Lists,
    pub(super) quotes: Quotes,
    pub(super) signs: Signs,
    pub(super) typography: Typography,
    pub(super) guards: Guards,
}

/// The direction of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Direction {
    Ltr,
    Rtl,
}

/// `[numbers]`: values that are missing come from the Unicode data of the language.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Numbers {
    pub(super) decimal: Option<Text>,
    pub(super) group: Option<Text>,
    pub(super) group_from: Option<Spanned<u64>>,
    pub(super) minus: Option<Text>,
    pub(super) plus: Option<Text>,
    pub(super) percent: Text,
    #[serde(default)]
    pub(super) percent_tight: bool,
    pub(super) counted: Text,
    pub(super) after_scale: Option<Text>,
    pub(super) points: Spanned<Plural>,
    pub(super) index_points: Option<Spanned<Plural>>,
    pub(super) fold: Spanned<Plural>,
}

/// `[[scales]]`: the word for a power of ten.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Scale {
    pub(super) power: Spanned<u8>,
    pub(super) pattern: Spanned<Plural>,
    pub(super) in_tables: Option<Spanned<Plural>>,
}

/// `[periods.FORM]`: the patterns of one form, by kind of period.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PeriodForm {
    pub(super) year: Text,
    pub(super) years: Text,
    pub(super) year_to_date: Text,
    pub(super) half_year: Option<Text>,
    pub(super) first_quarter: Option<Text>,
    pub(super) quarter: Text,
    pub(super) month: Text,
    pub(super) months: Text,
    pub(super) months_across_years: Text,
}

/// `[ranges]`: the dashes of ranges.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Ranges {
    pub(super) numbers: String,
    pub(super) months: String,
}

/// `[lists]`: the separators between items.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Lists {
    pub(super) separator: String,
    pub(super) last: String,
    pub(super) more: Text,
}

/// `[quotes]`: the opening and closing mark of each level.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Quotes {
    pub(super) outer: [String; 2],
    pub(super) inner: [String; 2],
}

/// `[signs]`: the texts in a cell without a number.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Signs {
    pub(super) missing: String,
    pub(super) zero: String,
    pub(super) not_applicable: String,
}

/// `[typography]`: settings of the lint beyond those that follow from other tables.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Typography {
    /// Words kept together with the number before them.
    pub(super) no_break_before: Vec<String>,
    /// Words kept together with the number after them.
    pub(super) no_break_after: Vec<String>,
    /// Words in a name kept together with what follows them.
    pub(super) no_break_in_names: Vec<String>,
    /// Words in a name of a lexicon kept together with what precedes them.
    pub(super) no_break_before_in_names: Vec<String>,
    /// Signs without a space before them.
    pub(super) no_space_before: Vec<String>,
    /// The dash of a sentence, with its spaces.
    pub(super) dash: Option<String>,
    /// The character that replaces three full stops.
    pub(super) ellipsis: Option<String>,
}

/// A text for each plural category, or one for all.
#[derive(Debug, PartialEq)]
pub(super) enum Plural {
    Same(String),
    Each(BTreeMap<Text, Text>),
}

impl<'de> Deserialize<'de> for Plural {
    // Implemented by hand, since an untagged enum would lose the places.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Plural;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text, or a table with a text for each plural category")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Plural, E> {
                Ok(Plural::Same(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Plural, A::Error> {
                let each = BTreeMap::deserialize(MapAccessDeserializer::new(map))?;
                if each.is_empty() {
                    return Err(A::Error::custom("an empty table of plural categories"));
                }
                Ok(Plural::Each(each))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

const TABLES: [&str; 18] = [
    "tag",
    "name",
    "direction",
    "numbers",
    "scales",
    "nouns",
    "ordinals",
    "qualifiers",
    "months",
    "quarters",
    "dates",
    "periods",
    "ranges",
    "lists",
    "quotes",
    "signs",
    "typography",
    "guards",
];

impl File {
    /// Parses the file; `None` if a table is missing or invalid.
    pub(super) fn read(source: &SourceText, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        if !errors.is_empty() {
            found.extend(errors.iter().map(|error| problem(source, error, message!("the file"))));
            return None;
        }
        let mut tables = Tables { source, table: table.into_inner(), found };
        let tag = tables.take("tag");
        let name = tables.take("name");
        let direction = tables.take_if_any("direction");
        let numbers = tables.take("numbers");
        let scales = tables.take_if_any("scales");
        let nouns = tables.take_if_any("nouns");
        let ordinals = tables.take_if_any("ordinals");
        let qualifiers = tables.take_if_any("qualifiers");
        let months = tables.take("months");
        let quarters = tables.take_if_any("quarters");
        let dates = tables.take("dates");
        let periods = tables.take("periods");
        let ranges = tables.take("ranges");
        let lists = tables.take("lists");
        let quotes = tables.take("quotes");
        let signs = tables.take("signs");
        let typography = tables.take_if_any("typography");
        let guards = tables.take_if_any("guards");
        tables.refuse_the_rest();
        Some(Self {
            tag: tag?,
            name: name?,
            direction: direction?,
            numbers: numbers?,
            scales: scales?.unwrap_or_default(),
            nouns: nouns?.unwrap_or_default(),
            ordinals: ordinals?.unwrap_or_default(),
            qualifiers: qualifiers?.unwrap_or_default(),
            months: months?,
            quarters: quarters?.unwrap_or_default(),
            dates: dates?,
            periods: periods?,
            ranges: ranges?,
            lists: lists?,
            quotes: quotes?,
            signs: signs?,
            typography: typography?.unwrap_or_default(),
            guards: guards?.unwrap_or_default(),
        })
    }
}

struct Tables<'a> {
    source: &'a SourceText,
    table: DeTable<'a>,
    found: &'a mut Vec<Diagnostic>,
}

impl Tables<'_> {
    /// The required table `key`.
    fn take<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let value = self.take_if_any(key)?;
        if value.is_none() {
            self.found.push(
                Diagnostic::error(BAD_LANGUAGE, message!("the language file has no `{key}`", key))
                    .at(self.source.place(0..0))
                    .hint(message!("`kosh handbook languages` lists the keys of a language file")),
            );
        }
        value
    }

    /// The optional table `key`; `None` if it is present but invalid.
    fn take_if_any<T: DeserializeOwned>(&mut self, key: &str) -> Option<Option<T>> {
        let Some(value) = self.table.remove(key) else { return Some(None) };
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(value) => Some(Some(value)),
            Err(error) => {
                self.found.push(problem(self.source, &error, message!("`{key}`", key)));
                None
            }
        }
    }

    fn refuse_the_rest(self) {
        for (key, _) in self.table.iter() {
            self.found.push(
                Diagnostic::error(
                    BAD_LANGUAGE,
                    message!("unknown key `{key}`", key = key.get_ref()),
                )
                .at(self.source.place(key.span()))
                .label(message!("not a key of a language file"))
                .maybe_hint(did_you_mean(key.get_ref().as_ref(), TABLES)),
            );
        }
    }
}

/// A parser error of TOML, with the nearest key if it lists the known ones.
fn problem(source: &SourceText, error: &toml::de::Error, table: Message) -> Diagnostic {
    let message = error.message();
    let range = error.span().unwrap_or(0..0);
    let unknown = Unknown::of(message).filter(|unknown| unknown.is_key);
    let diagnostic = match &unknown {
        Some(Unknown { written, .. }) => Diagnostic::error(
            BAD_LANGUAGE,
            message!("unknown key `{written}` in {table}", written, table),
        ),
        None => Diagnostic::error(
            BAD_LANGUAGE,
            message!("{table} cannot be read: {message}", table, message),
        ),
    };
    // Underlining a whole table would hide the line at fault.
    let shown = source.text.get(range.clone()).unwrap_or_default();
    let first_line = shown.lines().next().map_or(0, str::len);
    let hint = unknown.and_then(|unknown| did_you_mean(unknown.written, unknown.known));
    diagnostic.at(source.place(range.start..range.start + first_line)).maybe_hint(hint)
}
