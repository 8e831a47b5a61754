//! `figures.toml` and `tables.toml` as written, and their interpretation.

use std::collections::BTreeMap;
use std::ops::Range;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::forms::{Form, Mistake};
use super::{ColumnSpec, EntryColumn, Exhibits, FigureSpec, Part, RevisionColumn, Rows, TableSpec};
use crate::diag::{
    Code, Diagnostic, Place, Result, SourceText, Spanned, did_you_mean, one_of, toml_error,
};
use crate::indicators::Indicators;
use crate::output::is_file_name;

/// A table: what its rows are, and its columns.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("oneOf" = one_of(ROWS)))]
struct WrittenTable {
    /// The sections that may contain the table, by id.
    sections: Vec<String>,
    /// A row for each of these indicators.
    indicators: Option<Vec<String>>,
    /// Those of `indicators` that are set off as totals.
    #[serde(default)]
    totals: Vec<String>,
    /// A row for each member that one of these series has.
    members: Option<Vec<String>>,
    /// A row for each entry of this register that may be printed.
    register: Option<String>,
    /// The kinds of entries that are listed; by default all.
    #[serde(default)]
    kinds: Vec<String>,
    /// Of a register only plans for the period, and what was adopted or came into force in its last
    /// quarter (of a year: in the year) or since; of a plan and the act that sets it, the plan.
    #[serde(default)]
    events: bool,
    /// A matrix as it is.
    matrix: Option<String>,
    /// A row for each figure revised since the previous issue that has a label; so many at most.
    revisions: Option<usize>,
    /// How many members have a row, the largest.
    top: Option<usize>,
    /// The order of the members.
    #[serde(default)]
    order: Order,
    /// The columns, from left to right.
    #[serde(default)]
    #[schemars(with = "Vec<AnyColumn>")]
    columns: Vec<Spanned<toml::Value>>,
}

/// The keys that define the rows of a table; each table has exactly one.
const ROWS: &[&str] = &["indicators", "members", "register", "matrix", "revisions"];

/// The order of the rows of members.
#[derive(Debug, Clone, Copy, Deserialize, Default, PartialEq, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// By size, the largest first.
    #[default]
    Size,
    /// By the register's order.
    Code,
}

/// A column that has a number for each member.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum WrittenColumn {
    /// A series.
    Series(String),
    /// A series a year earlier.
    Base(String),
    /// The difference of a series from a year earlier.
    Difference(String),
    /// One series less another.
    Net([String; 2]),
    /// The change of a series in percent.
    Change(String),
}

/// A column of a table.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "says to the schema what `column` reads by hand")]
enum AnyColumn {
    /// Of a row of indicators: a part of each.
    Part(Part),
    /// Of a row of a register: something about the entry.
    Entry(EntryColumn),
    /// Of a row of revisions: something about the figure.
    Revision(RevisionColumn),
    /// Of a row of members: a series.
    Series(WrittenColumn),
}

/// The JSON Schema of `figures.toml`.
pub fn figures_schema(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "description": "Charts: a table for each figure, named by its id",
        "additionalProperties": generator.subschema_for::<Form>(),
    })
}

/// The JSON Schema of `tables.toml`.
pub fn tables_schema(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "description": "Tables: a table for each, named by its id",
        "additionalProperties": generator.subschema_for::<WrittenTable>(),
    })
}

/// Interprets a column; implemented by hand, since an untagged enum gives no useful error.
fn column(
    written: Spanned<toml::Value>,
    text: &SourceText,
    found: &mut Vec<Diagnostic>,
) -> Option<ColumnSpec> {
    let place = text.place(written.span());
    let result = match written.into_inner() {
        toml::Value::String(part) => Part::deserialize(part.as_str().into_deserializer())
            .map(ColumnSpec::Part)
            .or_else(|_: serde::de::value::Error| {
                EntryColumn::deserialize(part.as_str().into_deserializer()).map(ColumnSpec::Entry)
            })
            .or_else(|_: serde::de::value::Error| {
                RevisionColumn::deserialize(part.as_str().into_deserializer())
                    .map(ColumnSpec::Revision)
            })
            .map_err(|_: serde::de::value::Error| {
                let known = Part::ALL.map(Part::name).into_iter();
                let known = known.chain(EntryColumn::NAMES).chain(RevisionColumn::NAMES);
                (format!("there is no column `{part}`"), did_you_mean(&part, known))
            }),
        other => WrittenColumn::deserialize(other)
            .map(|column| match column {
                WrittenColumn::Series(of) => ColumnSpec::Series(of),
                WrittenColumn::Base(of) => ColumnSpec::SeriesBase(of),
                WrittenColumn::Difference(of) => ColumnSpec::SeriesDifference(of),
                WrittenColumn::Net([a, b]) => ColumnSpec::Net(a, b),
                WrittenColumn::Change(of) => ColumnSpec::Change(of),
            })
            .map_err(|error| (format!("this is not a column: {}", error.message()), None)),
    };
    result
        .map_err(|(message, hint)| {
            found.push(Diagnostic::error(Code::K0501, message).at(place).maybe_hint(hint).hint(
                "a column is a part of an indicator, for example `\"value\"`, or \
                `{ series = \"X\" }`, `{ net = [\"X\", \"Y\"] }`, `{ change = \"X\" }`",
            ));
        })
        .ok()
}

/// Parses both files and checks that the indicators they name exist.
pub fn parse(
    figures: &SourceText,
    tables: &SourceText,
    indicators: &Indicators,
) -> Result<Exhibits> {
    let mut found = vec![];
    let mut exhibits = Exhibits::default();
    let written: IndexMap<Spanned<String>, Form> = entries(figures, &mut found);
    let mut named = Named::default();
    for (id, form) in written {
        named.check("figure", &id, figures, &mut found);
        exist(&form.facts(), &id, figures, indicators, &mut found);
        let place = figures.place(id.span());
        for mistake in form.mistakes() {
            found.push(match mistake {
                Mistake::Nothing(why) => shows_nothing("figure", id.get_ref(), why, &place),
                Mistake::Twice(name) => {
                    shows_twice("figure", id.get_ref(), &format!("`{name}`"), &place)
                }
            });
        }
        let tags = form.sections().to_vec();
        let id = id.into_inner();
        exhibits.figures.insert(id.clone(), FigureSpec { id, form, tags, place });
    }
    let written: IndexMap<Spanned<String>, WrittenTable> = entries(tables, &mut found);
    let mut named = Named::default();
    for (id, table) in written {
        named.check("table", &id, tables, &mut found);
        let columns: Vec<ColumnSpec> = table
            .columns
            .into_iter()
            .filter_map(|written| column(written, tables, &mut found))
            .collect();
        let place = tables.place(id.span());
        if let Some(figure) = exhibits.figures.get(id.get_ref()) {
            let message = format!("`{}` is the id of a figure and of a table", id.get_ref());
            found.push(
                Diagnostic::error(Code::K0501, message)
                    .at(place.clone())
                    .related(figure.place.clone(), "the figure")
                    .note("a reference to it would be ambiguous")
                    .hint("give the table another id"),
            );
        }
        let WrittenTable { indicators: named, members, register, matrix, revisions, .. } = table;
        let rows = match (named, members, register, matrix, revisions) {
            (Some(all), None, None, None, None) => Rows::Indicators { all, totals: table.totals },
            (None, Some(of), None, None, None) => {
                Rows::Members { of, top: table.top, by_code: table.order == Order::Code }
            }
            (None, None, Some(name), None, None) => {
                Rows::Register { name, kinds: table.kinds, is_recent: table.events }
            }
            (None, None, None, Some(of), None) => Rows::Matrix { of },
            (None, None, None, None, Some(most)) => Rows::Revisions { most },
            _ => {
                found.push(
                    Diagnostic::error(Code::K0501, format!("table `{}` needs one of `{}`", id.get_ref(), ROWS.join("`, `")))
                        .at(place)
                        .hint("`indicators = [\"X1\"]` makes a row for each; `members = [\"I4\"]` a row for each region"),
                );
                continue;
            }
        };
        let mut named: Vec<&str> = match &rows {
            Rows::Indicators { all, totals } => {
                all.iter().chain(totals).map(String::as_str).collect()
            }
            Rows::Members { of, .. } => of.iter().map(String::as_str).collect(),
            Rows::Matrix { of } => vec![of],
            Rows::Register { .. } | Rows::Revisions { .. } => vec![],
        };
        for column in &columns {
            match column {
                ColumnSpec::Part(_) | ColumnSpec::Entry(_) | ColumnSpec::Revision(_) => {}
                ColumnSpec::Series(of)
                | ColumnSpec::SeriesBase(of)
                | ColumnSpec::SeriesDifference(of)
                | ColumnSpec::Change(of) => named.push(of),
                ColumnSpec::Net(a, b) => named.extend([a.as_str(), b.as_str()]),
            }
        }
        exist(&named, &id, tables, indicators, &mut found);
        found.extend(misfits(id.get_ref(), &rows, &columns, &place));
        found.extend(repeated(id.get_ref(), &rows, &columns, &place));
        let id = id.into_inner();
        exhibits
            .tables
            .insert(id.clone(), TableSpec { id, rows, columns, tags: table.sections, place });
    }
    if found.is_empty() { Ok(exhibits) } else { Err(found) }
}

/// The ids of one kind of exhibit, after which files and anchors are named.
#[derive(Default)]
struct Named(BTreeMap<String, (String, Place)>);

impl Named {
    /// Refuses an id that is no valid file name, or that differs from another only by case.
    fn check(
        &mut self,
        kind: &str,
        id: &Spanned<String>,
        text: &SourceText,
        found: &mut Vec<Diagnostic>,
    ) {
        let (name, place) = (id.get_ref(), text.place(id.span()));
        let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let is_id = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(is_letter)
            && is_file_name(name);
        if !is_id {
            let message = format!("`{}` cannot be the id of a {kind}", name.escape_debug());
            found.push(
                Diagnostic::error(Code::K0501, message)
                    .at(place.clone())
                    .note("files of the release are named after it")
                    .hint(
                        "begin with a letter, then use letters, digits, `_` and `-`; names of \
                        devices such as `con` or `nul` are reserved",
                    ),
            );
        }
        let known = self.0.insert(name.to_lowercase(), (name.clone(), place.clone()));
        if let Some((other, first)) = known {
            found.push(
                Diagnostic::error(
                    Code::K0501,
                    format!("`{other}` and `{name}` are the same {kind} on many disks"),
                )
                .at(place)
                .related(first, "the other")
                .note("they differ only in upper and lower case, and files are named after them")
                .hint("give one of them another id"),
            );
        }
    }
}

/// The diagnostic of an exhibit that shows nothing for any data.
fn shows_nothing(what: &str, id: &str, why: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(Code::K0506, format!("{what} `{id}` shows nothing: {why}"))
        .at(place.clone())
        .hint("name what it shows, or delete it")
}

/// The first name that occurs twice.
pub(super) fn twice<T: PartialEq>(names: &[T]) -> Option<&T> {
    names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)).map(|(_, name)| name)
}

/// The diagnostic of an exhibit that shows one thing twice.
fn shows_twice(what: &str, id: &str, name: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(Code::K0508, format!("{what} `{id}` shows {name} twice"))
        .at(place.clone())
        .note("readers would take the same data under two heads for two different things")
        .hint("replace or delete one of the two")
}

/// Rows and columns that occur twice in a table.
fn repeated(id: &str, rows: &Rows, columns: &[ColumnSpec], place: &Place) -> Vec<Diagnostic> {
    let row = match rows {
        Rows::Indicators { all, .. } => twice(all),
        Rows::Members { of, .. } => twice(of),
        Rows::Register { .. } | Rows::Matrix { .. } | Rows::Revisions { .. } => None,
    };
    let column = columns.iter().enumerate().find(|(at, column)| columns[..*at].contains(column));
    let row = row.map(|name| shows_twice("table", id, &format!("`{name}`"), place));
    let column = column
        .map(|(at, _)| shows_twice("table", id, &format!("what its column {} has", at + 1), place));
    row.into_iter().chain(column).collect()
}

/// Rows and columns of a table that do not fit together, whatever the data.
fn misfits(id: &str, rows: &Rows, columns: &[ColumnSpec], place: &Place) -> Vec<Diagnostic> {
    let nothing = match rows {
        Rows::Indicators { all, .. } if all.is_empty() => Some("`indicators` is empty"),
        Rows::Members { of, .. } if of.is_empty() => Some("`members` is empty"),
        Rows::Members { top: Some(0), .. } => Some("`top` is 0"),
        Rows::Revisions { most: 0 } => Some("`revisions` is 0"),
        Rows::Matrix { .. } => None,
        _ if columns.is_empty() => Some("it has no `columns`"),
        _ => None,
    };
    let mut found: Vec<Diagnostic> =
        nothing.map(|why| shows_nothing("table", id, why, place)).into_iter().collect();
    for (index, column) in columns.iter().enumerate() {
        let (fits, wanted) = match rows {
            Rows::Indicators { .. } => {
                (matches!(column, ColumnSpec::Part(_)), "parts of an indicator, as `\"value\"`")
            }
            Rows::Members { .. } => (
                !matches!(
                    column,
                    ColumnSpec::Part(_) | ColumnSpec::Entry(_) | ColumnSpec::Revision(_)
                ),
                "series, as `{ series = \"X1_by\" }`",
            ),
            Rows::Register { .. } => {
                (matches!(column, ColumnSpec::Entry(_)), "columns about an entry, as `\"title\"`")
            }
            Rows::Revisions { .. } => (
                matches!(column, ColumnSpec::Revision(_)),
                "columns about a revision, as `\"then\"`",
            ),
            Rows::Matrix { .. } => (false, "none: a matrix defines its own columns"),
        };
        if !fits {
            let message = format!("column {} of table `{id}` does not fit its rows", index + 1);
            found.push(
                Diagnostic::error(Code::K0506, message)
                    .at(place.clone())
                    .hint(format!("these rows can have the columns {wanted}")),
            );
        }
    }
    found
}

/// Parses the entries of a file separately, so that the problems of all are reported.
fn entries<T: serde::de::DeserializeOwned>(
    text: &SourceText,
    found: &mut Vec<Diagnostic>,
) -> IndexMap<Spanned<String>, T> {
    let table = match toml::de::DeTable::parse(&text.text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            found.push(toml_error(Code::K0501, text, &error));
            return IndexMap::new();
        }
    };
    let mut all: Vec<_> = table.into_iter().collect();
    all.sort_by_key(|(key, _)| key.span().start);
    let mut entries = IndexMap::new();
    for (key, value) in all {
        let span = key.span();
        let keys = keys(value.get_ref());
        let value = toml::de::ValueDeserializer::from(value);
        match T::deserialize(value.into_deserializer()) {
            Ok(entry) => {
                entries.insert(Spanned::new(span, key.into_inner().into_owned()), entry);
            }
            Err(error) => {
                let reported = toml_error(Code::K0501, text, &error);
                found.push(match error.span() {
                    Some(_) => reported,
                    // For values that depend on the form, the parser has lost the line.
                    None => reported.at(text.place(named(error.message(), &keys).unwrap_or(span))),
                });
            }
        }
    }
    entries
}

/// The keys of a table with their byte ranges.
fn keys(value: &toml::de::DeValue<'_>) -> Vec<(String, Range<usize>)> {
    let toml::de::DeValue::Table(table) = value else { return vec![] };
    table.keys().map(|key| (key.get_ref().to_string(), key.span())).collect()
}

/// The byte range of the key that a message names.
fn named(message: &str, keys: &[(String, Range<usize>)]) -> Option<Range<usize>> {
    let name = message.split('`').nth(1)?;
    keys.iter().find(|(key, _)| key == name).map(|(_, span)| span.clone())
}

fn exist(
    facts: &[&str],
    id: &Spanned<String>,
    text: &SourceText,
    indicators: &Indicators,
    found: &mut Vec<Diagnostic>,
) {
    for fact in facts {
        if !indicators.all.contains_key(*fact) {
            found.push(
                Diagnostic::error(
                    Code::K0501,
                    format!("`{}` shows `{fact}`, which is not an indicator", id.get_ref()),
                )
                .at(text.place(id.span()))
                .maybe_hint(did_you_mean(fact, indicators.all.keys().map(String::as_str))),
            );
        }
    }
}
