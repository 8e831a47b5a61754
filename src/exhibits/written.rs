//! `figures.toml` and `tables.toml` as written, and what they mean.

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;

use super::{
    ColumnSpec, EntryColumn, Exhibits, FigureSpec, Form, Part, RevisionColumn, Rows, TableSpec,
};
use crate::diag::{Diagnostic, Result, SourceText, did_you_mean, toml_error};
use crate::indicators::Indicators;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, tag = "form")]
enum WrittenFigure {
    DivergingBars {
        of: String,
        sections: Vec<String>,
    },
    Columns {
        of: String,
        #[serde(default)]
        lines: Vec<String>,
        #[serde(default)]
        breaks: Vec<String>,
        sections: Vec<String>,
    },
    Panels {
        of: Vec<String>,
        sections: Vec<String>,
    },
    Lines {
        of: String,
        #[serde(default)]
        members: Vec<String>,
        sections: Vec<String>,
    },
    Heatmap {
        of: String,
        sections: Vec<String>,
    },
    Multiples {
        of: String,
        order: Option<String>,
        sections: Vec<String>,
    },
    TileMap {
        of: String,
        sections: Vec<String>,
    },
    PairedDots {
        first: String,
        second: String,
        top: usize,
        sections: Vec<String>,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenTable {
    sections: Vec<String>,
    indicators: Option<Vec<String>>,
    #[serde(default)]
    totals: Vec<String>,
    members: Option<Vec<String>>,
    register: Option<String>,
    #[serde(default)]
    kinds: Vec<String>,
    matrix: Option<String>,
    revisions: Option<usize>,
    top: Option<usize>,
    #[serde(default)]
    order: Order,
    #[serde(default)]
    columns: Vec<Spanned<toml::Value>>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Order {
    #[default]
    Size,
    Code,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum WrittenColumn {
    Series(String),
    Base(String),
    Difference(String),
    Net([String; 2]),
    Change(String),
}

/// What a column's entry means; by hand, because an untagged enum cannot say what is wrong.
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
            .map_err(|error| (format!("this is no column: {}", error.message()), None)),
    };
    result
        .map_err(|(message, hint)| {
            found.push(Diagnostic::error("K0501", message).at(place).maybe_hint(hint).hint(
                "a column is a part of an indicator, as `\"value\"`, or `{ series = \"X\" }`, \
                     `{ net = [\"X\", \"Y\"] }`, `{ change = \"X\" }`",
            ));
        })
        .ok()
}

/// Reads both files and checks that the indicators they name exist.
pub fn parse(
    figures: &SourceText,
    tables: &SourceText,
    indicators: &Indicators,
) -> Result<Exhibits> {
    let mut found = vec![];
    let mut exhibits = Exhibits::default();
    let written: IndexMap<Spanned<String>, WrittenFigure> = entries(figures, &mut found);
    for (id, figure) in written {
        let (form, tags) = match figure {
            WrittenFigure::DivergingBars { of, sections } => (Form::DivergingBars { of }, sections),
            WrittenFigure::Columns { of, lines, breaks, sections } => {
                (Form::Columns { of, lines, breaks }, sections)
            }
            WrittenFigure::Panels { of, sections } => (Form::Panels { of }, sections),
            WrittenFigure::Lines { of, members, sections } => {
                (Form::Lines { of, members }, sections)
            }
            WrittenFigure::Heatmap { of, sections } => (Form::Heatmap { of }, sections),
            WrittenFigure::Multiples { of, order, sections } => {
                (Form::Multiples { of, order }, sections)
            }
            WrittenFigure::TileMap { of, sections } => (Form::TileMap { of }, sections),
            WrittenFigure::PairedDots { first, second, top, sections } => {
                (Form::PairedDots { first, second, top }, sections)
            }
        };
        exist(&form.facts(), &id, figures, indicators, &mut found);
        let place = figures.place(id.span());
        let id = id.into_inner();
        exhibits.figures.insert(id.clone(), FigureSpec { id, form, tags, place });
    }
    let written: IndexMap<Spanned<String>, WrittenTable> = entries(tables, &mut found);
    for (id, table) in written {
        let columns: Vec<ColumnSpec> = table
            .columns
            .into_iter()
            .filter_map(|written| column(written, tables, &mut found))
            .collect();
        let place = tables.place(id.span());
        let WrittenTable { indicators: named, members, register, matrix, revisions, .. } = table;
        let rows = match (named, members, register, matrix, revisions) {
            (Some(all), None, None, None, None) => Rows::Indicators { all, totals: table.totals },
            (None, Some(of), None, None, None) => {
                Rows::Members { of, top: table.top, by_code: table.order == Order::Code }
            }
            (None, None, Some(name), None, None) => Rows::Register { name, kinds: table.kinds },
            (None, None, None, Some(of), None) => Rows::Matrix { of },
            (None, None, None, None, Some(most)) => Rows::Revisions { most },
            _ => {
                found.push(
                    Diagnostic::error("K0501", format!("table `{}` needs one of `indicators`, `members`, `register`, `matrix`, `revisions`", id.get_ref()))
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
        let id = id.into_inner();
        exhibits
            .tables
            .insert(id.clone(), TableSpec { id, rows, columns, tags: table.sections, place });
    }
    if found.is_empty() { Ok(exhibits) } else { Err(found) }
}

/// The entries of a file, each read on its own so that all their problems are told.
fn entries<T: serde::de::DeserializeOwned>(
    text: &SourceText,
    found: &mut Vec<Diagnostic>,
) -> IndexMap<Spanned<String>, T> {
    let table = match toml::de::DeTable::parse(&text.text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            found.push(toml_error("K0501", text, &error));
            return IndexMap::new();
        }
    };
    let mut all: Vec<_> = table.into_iter().collect();
    all.sort_by_key(|(key, _)| key.span().start);
    let mut entries = IndexMap::new();
    for (key, value) in all {
        let span = key.span();
        let value = toml::de::ValueDeserializer::from(value);
        match T::deserialize(value.into_deserializer()) {
            Ok(entry) => {
                entries.insert(Spanned::new(span, key.into_inner().into_owned()), entry);
            }
            Err(error) => found.push(toml_error("K0501", text, &error)),
        }
    }
    entries
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
                    "K0501",
                    format!("`{}` shows `{fact}`, which is no indicator", id.get_ref()),
                )
                .at(text.place(id.span()))
                .maybe_hint(did_you_mean(fact, indicators.all.keys().map(String::as_str))),
            );
        }
    }
}
