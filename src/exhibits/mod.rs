//! Exhibits: what is drawn and tabulated, and from which facts.
//!
//! In: `figures.toml` and `tables.toml`, facts, and a [`Writer`] to word
//! them. Out: charts for `figures`, and figures, tables and cards of the document tree. Which
//! words belong to an exhibit stands in the strings of each language.

mod cards;
mod figure;
mod fitness;
mod forms;
mod listing;
mod marks;
mod names;
mod revised;
mod table;
mod written;

pub use cards::card;
pub use figure::figure;
pub use forms::Form;
pub use names::unknown_names;
pub use table::table;
pub use written::{figures_schema, parse, tables_schema};

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diag::Place;
use crate::document::Caption;
use crate::prose::Writer;
use crate::stats::Fact;

/// Everything `figures.toml` and `tables.toml` say.
#[derive(Debug, Clone, Default)]
pub struct Exhibits {
    /// The figures, by id.
    pub figures: IndexMap<String, FigureSpec>,
    /// The tables, by id.
    pub tables: IndexMap<String, TableSpec>,
}

impl Exhibits {
    /// All ids.
    pub fn ids(&self) -> BTreeSet<String> {
        self.figures.keys().chain(self.tables.keys()).cloned().collect()
    }
}

/// One figure: its form and what it shows.
#[derive(Debug, Clone)]
pub struct FigureSpec {
    /// Its id, as `F1`.
    pub id: String,
    /// Its form.
    pub form: Form,
    /// The sections in which it may be called.
    pub tags: Vec<String>,
    /// Where it is written down.
    pub place: Place,
}

/// One table.
#[derive(Debug, Clone)]
pub struct TableSpec {
    /// Its id, as `T1`.
    pub id: String,
    /// What its rows are.
    pub rows: Rows,
    /// Its columns behind the first.
    pub columns: Vec<ColumnSpec>,
    /// The sections in which it may be called.
    pub tags: Vec<String>,
    /// Where it is written down.
    pub place: Place,
}

/// The rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// A row for each indicator; those marked are totals.
    Indicators {
        /// The indicators.
        all: Vec<String>,
        /// Which are totals.
        totals: Vec<String>,
    },
    /// A row for each entry of a register that may be printed.
    Register {
        /// The register.
        name: String,
        /// Only entries of these kinds; all if empty.
        kinds: Vec<String>,
        /// Only plans of the period and what changed in it or since.
        is_recent: bool,
    },
    /// A row for each pair of a matrix: a row a member, a column a member.
    Matrix {
        /// The matrix.
        of: String,
    },
    /// A row for each figure that was revised since the previous issue.
    Revisions {
        /// At most so many rows; the rest is counted.
        most: usize,
    },
    /// A row for each member that one of the series has.
    Members {
        /// The series that decide which members have a row, and in what order.
        of: Vec<String>,
        /// At most so many rows; all if `None`.
        top: Option<usize>,
        /// Whether rows keep the register's order instead of size.
        by_code: bool,
    },
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnSpec {
    /// A part of the row's indicator: itself, its base, difference, change or quarter.
    Part(Part),
    /// The row's member of a series.
    Series(String),
    /// The base of the row's member of a series.
    SeriesBase(String),
    /// The row's member of a series, less its base.
    SeriesDifference(String),
    /// A column of the row's register entry.
    Entry(EntryColumn),
    /// A column about a figure that was revised.
    Revision(RevisionColumn),
    /// The first series less the second, where both are known.
    Net(String, String),
    /// The change of the row's member against its base.
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
    /// Whether it is in force or historical; of one whose day of force is not known, that it was
    /// adopted.
    Status,
    /// What is planned.
    Plan,
    /// What the indicator it concerns says.
    Fact,
    /// The fact in hundredths of the plan.
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
    /// That as it was first published, where it was revised since.
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
    /// All of them.
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

    /// The fact's id for an indicator's id.
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

/// Where the reader finds what an exhibit was read in.
#[derive(Clone, Copy)]
enum Sources<'a> {
    /// All of it in these.
    Of(&'a [String]),
    /// A column names one for each row; its measured values were read in these.
    InRows(&'a [String]),
}

/// The caption of an exhibit in one language; `{n}` stands where its number will.
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
