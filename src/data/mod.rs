//! Data: a folder of tables becomes a [`Dataset`], typed, checked and dated.
//!
//! In: a Frictionless Data Package (`datapackage.json` and its CSV files). Out: a [`Dataset`]
//! whose rows are [`Observation`]s; `Dataset::as_of` chooses, for each key, the value that was
//! published by a date, by the rule of `resolve`. Nothing here computes an indicator.
//!
//! The line inside this room: `package` reads what the tables are said to be, `csv` splits a file
//! into fields that know their bytes, `field` checks one of them against its schema, `register`
//! and `observations` make tables, `load` calls them in order. `resolve` reads the result;
//! `conflict` and `outlier` say what looks wrong in it, `gaps` which times a series skips,
//! `unconfirmed` which figures nothing else vouches for.
//!
//! To add a file format, add a reader beside `csv.rs` that yields the same records. To add a check
//! of one value, add it to `field.rs`; of a whole table, to `observations.rs`.

mod checks;
mod code;
mod conflict;
mod coverage;
mod csv;
mod field;
mod gaps;
mod load;
mod number;
mod observations;
mod outlier;
mod package;
mod precedence;
mod register;
mod resolve;
mod unconfirmed;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::Serialize;

use crate::diag::{Code, Diagnostic, Place, SourceText, did_you_mean};
use crate::stats::{Month, Period, Qualifier, Quantity, RowId, Status, Time};

pub use code::skeleton;
pub use conflict::{Conflict, Rule};
pub use coverage::{Coverage, Published};
pub use gaps::Gap;
pub use load::{load, tables_read};
pub use resolve::{Cell, View};
pub use unconfirmed::Unconfirmed;

/// One release: everything a body made public at one time about one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vintage {
    /// Its key in `vintages.csv`.
    pub id: String,
    /// How settled it is.
    pub status: Status,
    /// The first day on which it could be read.
    pub released: Date,
    /// Whether the day stands on the page, or is inferred to the month or the year.
    pub is_dated: bool,
    /// How finely the day is known. `released` is the last day of that time.
    pub precision: Precision,
    /// What else is to be said of it.
    pub note: String,
}

/// How finely the day of a release is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To three months: spring is March to May.
    Season,
    /// To the year.
    Year,
}

impl Precision {
    /// The names in `vintages.csv`.
    pub const NAMES: [&str; 4] = ["day", "month", "season", "year"];

    /// The precision of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Day, Self::Month, Self::Season, Self::Year];
        Self::NAMES.iter().position(|known| *known == name).map(|at| all[at])
    }
}

impl Vintage {
    /// When it came out, as finely as that is known: a day, or the months it lies in. A day that
    /// was inferred is never printed.
    pub fn came_out(&self) -> Time {
        let end = Month { year: self.released.year(), month: self.released.month() };
        let from = |start: Month| Time::Over(Period { start, end });
        let two_before = match end.month {
            1 | 2 => Month { year: end.year - 1, month: end.month + 10 },
            month => Month { month: month - 2, ..end },
        };
        match self.precision {
            Precision::Day => Time::At(self.released),
            Precision::Month => from(end),
            Precision::Season => from(two_before),
            Precision::Year => from(Month { month: 1, ..end }),
        }
    }
}

/// Where figures were read: a page, a table or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its key in `sources.csv`.
    pub id: String,
    /// Who decides when two sources of one vintage disagree: the lower number.
    /// 1 the body's own table, 2 a table in another's account, 3 the text of a release,
    /// 4 a reworded text.
    pub precedence: u8,
    /// What kind of publication it is, if the table says so.
    pub kind: Option<SourceKind>,
    /// The first and the last day on which the page can have been written, if its `date` says so.
    pub written: Option<(Date, Date)>,
    /// The other columns of its row, by name: publisher, title, date, url ...
    pub fields: BTreeMap<String, String>,
}

/// What kind of publication a source is, from the one that is cited first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A table of the statistical office.
    OfficeTable,
    /// A release or page of the statistical office.
    OfficeRelease,
    /// The text of an act.
    Law,
    /// A publication of another body: a ministry, a central bank, an international organisation.
    OtherOffice,
    /// A work of research.
    Research,
    /// A newspaper, an agency or a site that reports what somebody published.
    Media,
}

impl SourceKind {
    /// The names in `sources.csv`, in the order of the kinds.
    pub const NAMES: [&str; 6] =
        ["office-table", "office-release", "law", "other-office", "research", "media"];

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [
            Self::OfficeTable,
            Self::OfficeRelease,
            Self::Law,
            Self::OtherOffice,
            Self::Research,
            Self::Media,
        ];
        Self::NAMES.iter().position(|known| *known == name).map(|at| all[at])
    }

    /// Whether it is the statistical office's own publication.
    pub fn is_office(self) -> bool {
        matches!(self, Self::OfficeTable | Self::OfficeRelease)
    }
}

/// One published figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The row it was read from.
    pub row: RowId,
    /// When it holds.
    pub time: Time,
    /// The values of the table's dimensions, in the order of [`Table::dimensions`]; rows with the
    /// same values share them.
    pub key: Arc<[Arc<str>]>,
    /// The figure; `None` where the source says that there is none.
    pub value: Option<f64>,
    /// The unit, as `persons`, `percent`, `million-kzt`.
    pub unit: Arc<str>,
    /// The unit of the printed figure: 100 for 67.2 thousand, 0.1 for 20.6 %.
    pub rounded_to: f64,
    /// What the source says of the figure besides: “almost”, “more than”.
    pub qualifier: Option<Qualifier>,
    /// The key of its [`Vintage`].
    pub vintage: Arc<str>,
    /// The key of its [`Source`].
    pub source: Arc<str>,
    /// What the person who typed it noted.
    pub note: Arc<str>,
    /// The bytes of its file where its value is written; see [`Table::place`].
    pub span: Range<u32>,
}

impl Observation {
    /// The number as it was printed; none where the source says that there is none.
    pub fn quantity(&self) -> Option<Quantity> {
        Some(Quantity::rounded(self.value?, self.rounded_to).qualified(self.qualifier))
    }
}

/// The two sides of a balance: net migration is arrivals less departures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The dimension whose members they are.
    pub dimension: String,
    /// What they make.
    pub result: String,
    /// What is added.
    pub plus: Vec<String>,
    /// What is taken away.
    pub minus: Vec<String>,
}

impl Sides {
    /// Whether a balance of `first` less `second` would have the sign the wrong way round.
    fn is_reversed(&self, first: &str, second: &str) -> bool {
        let has = |side: &[String], member: &str| side.iter().any(|own| own == member);
        has(&self.minus, first) && has(&self.plus, second)
    }
}

/// Codes whose sides are known without a rule: what is added, and what is taken away.
const SIDES: [(&str, &str); 4] = [
    ("arrivals", "departures"),
    ("immigration", "emigration"),
    ("inflow", "outflow"),
    ("births", "deaths"),
];

/// One table of observations.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name in `datapackage.json`.
    pub name: String,
    /// What it holds, in one line.
    pub title: String,
    /// The names of its dimensions, as `flow`, `partner`.
    pub dimensions: Vec<String>,
    /// For each dimension the values it may have, where the package lists them or a foreign key
    /// does; in the order in which they are listed.
    pub members: IndexMap<String, Vec<Arc<str>>>,
    /// For each dimension with a foreign key the register it points to.
    pub registers: IndexMap<String, String>,
    /// The units that the package lists for its column.
    pub units: Vec<Arc<str>>,
    /// Which of its members are added and which taken away in a balance, where the package says it.
    pub balances: Vec<Sides>,
    /// Members whose values may be below nought, each with its dimension, as the package says it.
    pub signed: Vec<(String, String)>,
    /// Members whose values are counts, never below nought.
    pub counts: Vec<(String, String)>,
    /// Members that are said before their period is over: plans, quotas.
    pub announced: Vec<(String, String)>,
    /// The rows, in the order of the file.
    pub rows: Vec<Observation>,
    /// Its file.
    pub text: SourceText,
    index: OnceLock<BTreeMap<Time, Vec<u32>>>,
}

impl Table {
    /// Where the value of one of its rows is written.
    pub fn place(&self, row: &Observation) -> Place {
        self.text.place(row.span.start as usize..row.span.end as usize)
    }

    /// The place of a dimension in [`Observation::key`].
    pub fn dimension(&self, name: &str) -> Option<usize> {
        self.dimensions.iter().position(|dimension| dimension == name)
    }

    /// Whether what `first` says less what `second` says is a balance the wrong way round: each
    /// gives the member of a dimension, if it is fixed to one.
    pub fn is_reversed(
        &self,
        first: impl Fn(&str) -> Option<String>,
        second: impl Fn(&str) -> Option<String>,
    ) -> bool {
        let known = |first: &str, second: &str| SIDES.contains(&(second, first));
        self.dimensions.iter().any(|dimension| {
            let Some((first, second)) = first(dimension).zip(second(dimension)) else {
                return false;
            };
            let mut rules = self.balances.iter().filter(|sides| sides.dimension == *dimension);
            known(&first, &second) || rules.any(|sides| sides.is_reversed(&first, &second))
        })
    }

    /// The members of a dimension: those that the package lists, or else those of the rows.
    pub fn codes(&self, dimension: &str) -> Vec<&str> {
        if let Some(listed) = self.members.get(dimension) {
            return listed.iter().map(|code| &**code).collect();
        }
        let Some(at) = self.dimension(dimension) else { return vec![] };
        let codes: BTreeSet<&str> =
            self.rows.iter().filter_map(|row| row.key.get(at)).map(|code| &**code).collect();
        codes.into_iter().collect()
    }

    /// The row that starts on `line` of its file.
    pub fn row(&self, line: usize) -> Option<&Observation> {
        let at = self.rows.binary_search_by_key(&line, |row| row.row.line).ok()?;
        self.rows.get(at)
    }

    /// The numbers of the rows of each time, made when first asked for.
    fn index(&self) -> &BTreeMap<Time, Vec<u32>> {
        self.index.get_or_init(|| {
            let mut index: BTreeMap<Time, Vec<u32>> = BTreeMap::new();
            for (number, row) in self.rows.iter().enumerate() {
                index.entry(row.time).or_default().push(number as u32);
            }
            index
        })
    }
}

/// A table that other tables point to: regions, partners, bodies.
#[derive(Debug, Clone)]
pub struct Register {
    /// Its name in `datapackage.json`.
    pub name: String,
    /// Its rows by primary key, each a map from column to text.
    pub rows: IndexMap<Arc<str>, BTreeMap<String, String>>,
    /// For each column of which the package lists the values, those values.
    pub listed: BTreeMap<String, Vec<String>>,
    /// Its file.
    pub text: SourceText,
    /// What stands between two fields of the file.
    delimiter: u8,
    /// The column of the codes.
    key: String,
    /// The line on which each row starts.
    lines: Vec<usize>,
    aggregates: OnceLock<BTreeSet<Arc<str>>>,
}

impl Register {
    /// Where a column of a row is written; the row's line if the file has no such column.
    pub fn place(&self, code: &str, column: &str) -> Place {
        let line = self.rows.get_index_of(code).and_then(|at| self.lines.get(at)).copied();
        let line = line.unwrap_or(1);
        let mut reader = csv::Reader::new(&self.text.text, self.delimiter);
        let mut fields = vec![];
        let mut at = None;
        while let Some(record) = reader.next(&mut fields) {
            match (record, at) {
                (Ok(_), None) => {
                    at = fields.iter().position(|field| field.text == column);
                    if at.is_none() {
                        break;
                    }
                }
                (Ok(start), Some(at)) if start == line => {
                    let Some(field) = fields.get(at) else { break };
                    return self.text.place(field.range.clone());
                }
                _ => {}
            }
        }
        self.text.line(line)
    }

    /// Where the code of a row is written.
    pub fn place_of(&self, code: &str) -> Place {
        self.place(code, &self.key)
    }

    /// The values of a column, each once: those that the package lists, or else those of the rows.
    pub fn values(&self, column: &str) -> Vec<&str> {
        if let Some(listed) = self.listed.get(column) {
            return listed.iter().map(String::as_str).collect();
        }
        let values: BTreeSet<&str> =
            self.rows.values().filter_map(|row| row.get(column)).map(String::as_str).collect();
        values.into_iter().filter(|value| !value.is_empty()).collect()
    }

    /// Whether a member stands for several others, as a country for its regions or the world for
    /// all countries: another row names it as its `parent`, or its `kind` says so.
    pub fn is_aggregate(&self, code: &str) -> bool {
        self.aggregates().contains(code) || TOTALS.contains(&code)
    }

    /// How many of its members stand for no others.
    pub fn parts(&self) -> usize {
        self.rows.keys().filter(|code| !self.is_aggregate(code)).count()
    }

    /// The members that stand for several others, found out when first asked for.
    fn aggregates(&self) -> &BTreeSet<Arc<str>> {
        self.aggregates.get_or_init(|| {
            let column = |row: &BTreeMap<String, String>, name: &str| {
                row.get(name).cloned().unwrap_or_default()
            };
            let is_whole = |kind: &str| AGGREGATES.contains(&kind);
            // In a register of partners countries are the parts, in one of regions the whole.
            let has_regions = self
                .rows
                .values()
                .map(|row| column(row, "kind"))
                .any(|kind| !kind.is_empty() && kind != COUNTRY && !is_whole(&kind));
            let parents: BTreeSet<String> =
                self.rows.values().map(|row| column(row, "parent")).collect();
            let is_aggregate = |code: &str, row: &BTreeMap<String, String>| {
                let kind = column(row, "kind");
                is_whole(&kind) || kind == COUNTRY && has_regions || parents.contains(code)
            };
            let all = self.rows.iter().filter(|(code, row)| is_aggregate(code, row));
            all.map(|(code, _)| code.clone()).collect()
        })
    }
}

/// How a total stands to the members of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// It is made up of them: a country of its regions.
    Exhausted,
    /// It holds them, and perhaps others that are not listed: the world and some countries.
    Containing,
}

impl Register {
    /// How a member stands to some members as their total, if it is one: each of them names it as
    /// its `parent`, or it is the country of regions, or the world.
    pub fn whole_of<'m>(
        &self,
        code: &str,
        mut members: impl Iterator<Item = &'m str>,
    ) -> Option<Whole> {
        let parent = |code: &str| self.rows.get(code).and_then(|row| row.get("parent"));
        if self.rows.values().any(|row| row.get("parent").is_some_and(|up| !up.is_empty())) {
            let is_parent = members.all(|member| parent(member).is_some_and(|up| up == code));
            return is_parent.then_some(Whole::Exhausted);
        }
        if TOTALS.contains(&code) {
            return Some(Whole::Containing);
        }
        let is_country =
            self.rows.get(code).is_some_and(|row| row.get("kind").is_some_and(|k| k == COUNTRY));
        (is_country && self.is_aggregate(code)).then_some(Whole::Exhausted)
    }
}

/// Kinds of members that stand for several others.
const AGGREGATES: [&str; 7] =
    ["aggregate", "band", "group", "macro-region", "total", "union", "world"];
/// The kind that is a whole among regions and a part among partners.
const COUNTRY: &str = "country";
/// Codes of totals; `_T` is that of SDMX.
const TOTALS: [&str; 5] = ["total", "TOTAL", "all", "WORLD", "_T"];

/// Whether a member of a dimension without a register is a total by its code.
pub fn is_total_code(code: &str) -> bool {
    TOTALS.contains(&code)
}

/// Everything in the data folder, typed and checked.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// The package's title.
    pub title: String,
    /// Observation tables, by name.
    pub tables: IndexMap<String, Arc<Table>>,
    /// Registers, by name.
    pub registers: IndexMap<String, Arc<Register>>,
    /// Releases, by key.
    pub vintages: IndexMap<Arc<str>, Vintage>,
    /// Sources, by key.
    pub sources: IndexMap<Arc<str>, Source>,
    /// What the releases publish of their measures, as far as it is declared.
    pub coverage: Vec<Coverage>,
    /// Rows that fit another figure, by file and line: a sum, a balance, a printed percentage, a
    /// second name.
    confirmed: BTreeSet<(Arc<str>, usize)>,
    /// Every file that was read, as the user would name it.
    pub files: Vec<SourceText>,
}

impl Dataset {
    /// The observation table of this name, or K0122 with the nearest name.
    pub fn table(&self, name: &str) -> crate::diag::Result<&Table> {
        self.tables.get(name).map(|table| &**table).ok_or_else(|| {
            Diagnostic::error(Code::K0122, format!("there is no table `{name}`"))
                .maybe_hint(did_you_mean(name, self.tables.keys().map(String::as_str)))
                .into()
        })
    }

    /// The observation a row id names, with its table.
    pub fn observation(&self, id: &RowId) -> Option<(&Table, &Observation)> {
        self.tables
            .values()
            .map(|table| &**table)
            .filter(|table| table.rows.first().is_some_and(|first| first.row.file == id.file))
            .find_map(|table| Some((table, table.row(id.line)?)))
    }
}
