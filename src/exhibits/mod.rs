//! Exhibits: figures, tables and cards, and the facts they show.
//!
//! In: `figures.toml` and `tables.toml`, facts, and a [`Writer`] to word them. Out: charts for `charts`,
//! and figures, tables and cards of the document tree. The texts of an exhibit are in the strings of each
//! language.

mod bars;
mod cards;
mod figure;
mod fitness;
mod forms;
mod listing;
mod marks;
mod names;
mod over_time;
mod revised;
mod table;
mod written;

pub use cards::card;
pub use figure::figure;
pub use forms::Form;
pub use names::unknown_names;
pub use table::table;
pub use written::{Order, figures_schema, parse, tables_schema};

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diag::Place;
use crate::document::Caption;
use crate::prose::Writer;
use crate::stats::Fact;

/// The contents of `figures.toml` and `tables.toml`.
#[derive(Debug, Clone, Default)]
pub struct Exhibits {
    /// The figures, by id.
    pub figures: IndexMap<String, FigureSpec>,
    /// The tables, by id.
    pub tables: IndexMap<String, TableSpec>,
}

impl Exhibits {
    /// The ids of all figures and tables.
    pub fn ids(&self) -> BTreeSet<String> {
        self.figures.keys().chain(self.tables.keys()).cloned().collect()
    }
}

/// A figure: its form and what it shows.
#[derive(Debug, Clone)]
pub struct FigureSpec {
    /// Its id, such as `F1`.
    pub id: String,
    /// Its form.
    pub form: Form,
    /// The sections in which it may be called.
    pub tags: Vec<String>,
    /// The place of its definition.
    pub place: Place,
}

/// A table.
#[derive(Debug, Clone)]
pub struct TableSpec {
    /// Its id, such as `T1`.
    pub id: String,
    /// What its rows are.
    pub rows: Rows,
    /// Its columns after the first.
    pub columns: Vec<ColumnSpec>,
    /// The sections in which it may be called.
    pub tags: Vec<String>,
    /// The place of its definition.
    pub place: Place,
}

/// The rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// A row for each indicator.
    Indicators {
        /// The ids of the indicators.
        all: Vec<String>,
        /// Those that are printed as totals.
        totals: Vec<String>,
    },
    /// A row for each entry of a register that may be printed.
    Register {
        /// The register.
        name: String,
        /// Only entries of these kinds; all if empty.
        kinds: Vec<String>,
        /// Whether only plans of the period and recent events are listed.
        is_recent: bool,
    },
    /// A row for each row of a matrix, a column for each of its columns.
    Matrix {
        /// The matrix.
        of: String,
    },
    /// A row for each figure revised since the previous issue.
    Revisions {
        /// The largest number of rows; the number of other revisions is printed.
        most: usize,
    },
    /// A row for each member with a value in one of the series.
    Members {
        /// The series that determine the members and their order.
        of: Vec<String>,
        /// The largest number of rows; all members if `None`.
        top: Option<usize>,
        /// Whether rows are in the register's order instead of by size.
        by_code: bool,
    },
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnSpec {
    /// A part of the row's indicator: its value, base, difference, change or quarter.
    Part(Part),
    /// The value of the row's member in a series.
    Series(String),
    /// The base of the row's member in a series.
    SeriesBase(String),
    /// The difference between the row's member in a series and its base.
    SeriesDifference(String),
    /// A column about the row's register entry.
    Entry(EntryColumn),
    /// A column about a revised figure.
    Revision(RevisionColumn),
    /// The first series minus the second, if both are known.
    Net(String, String),
    /// The percentage change of the row's member on its base.
    Change(String),
}

/// A column about an entry of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EntryColumn {
    /// The act's title.
    Title,
    /// When it was adopted.
    Adopted,
    /// When it came into force, if that is known.
    ValidFrom,
    /// Whether it is in force or historical; if it is not known since when it is in force, that it was
    /// adopted.
    Status,
    /// What is planned.
    Plan,
    /// The value of the indicator that it concerns.
    Fact,
    /// The fact in percent of the plan.
    Use,
    /// The source.
    Source,
}

impl EntryColumn {
    /// Their names in `tables.toml`.
    pub const NAMES: [&str; 8] =
        ["title", "adopted", "valid-from", "status", "plan", "fact", "use", "source"];
}

/// A column about a figure that was revised since the previous issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RevisionColumn {
    /// When the figure holds.
    Time,
    /// What the previous issue printed.
    Then,
    /// What is printed now.
    Now,
    /// Why it was revised.
    Reason,
}

impl RevisionColumn {
    /// Their names in `tables.toml`.
    pub const NAMES: [&str; 4] = ["time", "then", "now", "reason"];
}

/// A part of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The value.
    Value,
    /// The same a year earlier.
    Base,
    /// The value as it was first published, if it was revised later.
    FirstBase,
    /// The difference from it.
    Difference,
    /// The change in percent.
    Change,
    /// The last quarter, by subtraction.
    Quarter,
    /// The least of the periods before that make its range.
    Low,
    /// The largest of them.
    High,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 8] = [
        Self::Value,
        Self::Base,
        Self::FirstBase,
        Self::Difference,
        Self::Change,
        Self::Quarter,
        Self::Low,
        Self::High,
    ];

    /// The id of the fact for this part of an indicator.
    pub fn of(self, indicator: &str) -> String {
        match self {
            Self::Value => indicator.to_owned(),
            Self::Base => format!("{indicator}.base"),
            Self::FirstBase => format!("{indicator}.first-base"),
            Self::Difference => format!("{indicator}.difference"),
            Self::Change => format!("{indicator}.change"),
            Self::Quarter => format!("{indicator}.quarter"),
            Self::Low => format!("{indicator}.range.low"),
            Self::High => format!("{indicator}.range.high"),
        }
    }

    /// Its name in the strings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Base => "base",
            Self::FirstBase => "first-base",
            Self::Difference => "difference",
            Self::Change => "change",
            Self::Quarter => "quarter",
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

/// The sources in an exhibit's caption.
#[derive(Clone, Copy)]
enum Sources<'a> {
    /// All data come from these.
    Of(&'a [String]),
    /// A column names a source for each row; these are the sources of the measured values.
    InRows(&'a [String]),
}

/// The caption of an exhibit in one language; `{n}` is the placeholder of its number.
fn caption(
    writer: &Writer,
    kind: &str,
    id: &str,
    sources: Sources<'_>,
    shown: &[&Fact],
) -> crate::diag::Result<Caption> {
    use crate::document::Inline;
    let key = format!("{kind}.{id}.caption");
    let mut content = writer.phrase(&key)?.unwrap_or_default();
    writer.rightly_called(&key, &content, shown)?;
    let in_rows = writer.maybe_phrase("layout.sources-in-rows")?;
    let (keys, key) = match (sources, in_rows) {
        (Sources::InRows(keys), Some(words)) => {
            content.push(Inline::text(" "));
            content.extend(words);
            (keys, "layout.source-of-values")
        }
        (Sources::Of(keys) | Sources::InRows(keys), _) => (keys, "layout.source"),
    };
    if !keys.is_empty() {
        content.push(Inline::text(format!(" {}\u{A0}", writer.plain(key)?)));
        content.extend(keys.iter().map(|key| Inline::Cite { key: key.clone() }));
        content.push(Inline::text("."));
    }
    Ok(Caption {
        lang: writer.locale().lang().to_owned(),
        region: writer.locale().region().to_owned(),
        label: writer.plain(&format!("layout.{}", kind.trim_end_matches('s')))?,
        content,
    })
}
