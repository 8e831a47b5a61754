//! Data: reads a folder of tables into a typed, checked and dated [`Dataset`].
//!
//! In: a Frictionless Data Package (`datapackage.json` and its CSV files). Out: a [`Dataset`] whose rows
//! are [`Observation`]s. `Dataset::as_of` chooses for each key the value published by a date, by the rule
//! of `resolve`. Nothing here computes an indicator.
//!
//! Inside this room, `package` reads the schema of the tables, `csv` splits a file into fields with byte
//! ranges, `field` checks a field against its schema, `register` and `observations` make tables, `load`
//! calls them in order, `checks` compares the tables with one another. `resolve` reads the result;
//! `conflict` and `outlier` report what looks wrong in it, `gaps` the times that a series skips,
//! `unconfirmed` the figures that no other figure confirms, `survey` everything found in any row.
//! `layout` describes how the tables are written, `write` writes rows into them. `sheets` reads a table that is a workbook through its recipe.
//!
//! To add a file format, add a reader beside `csv.rs` that yields the same records. To add a check of one
//! value, add it to `field.rs`; of a table by itself, to `observations.rs`; between figures, to `checks`.

mod checks;
mod code;
mod conflict;
mod coverage;
mod csv;
mod field;
mod gaps;
mod layout;
mod load;
mod number;
mod observations;
mod outlier;
mod package;
mod precedence;
mod proposal;
mod register;
mod resolve;
mod sheets;
mod survey;
mod unconfirmed;
mod write;

use std::collections::{BTreeMap, BTreeSet, HashMap};
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
pub use layout::{Column, Holds, Layout, Part, Record, layouts, records};
pub use load::{load, tables_read};
pub use package::schema;
pub use proposal::{Guess, Proposal, propose};
pub use resolve::{Cell, View};
pub use survey::{Survey, survey};
pub use unconfirmed::Unconfirmed;
pub use write::{Fields, Inserted, NewRows, append, by_field, header_line};

/// One release: everything that a body published at one time about one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vintage {
    /// Its key in `vintages.csv`.
    pub id: String,
    /// How final it is.
    pub status: Status,
    /// The first day on which it could be read.
    pub released: Date,
    /// Whether the day is printed on the page; otherwise it is inferred, to the month or the year.
    pub is_dated: bool,
    /// How precisely the day is known. `released` is the last day of the month, season or year.
    pub precision: Precision,
    /// A remark by the person who typed it.
    pub note: String,
}

/// How precisely the day of a release is known.
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
    /// When it was published, as precisely as that is known: a day, or the months in which the day lies.
    /// A day that was inferred is never printed.
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
    /// Decides if two sources of one vintage disagree: the lower number counts. 1 is the body's own
    /// table, 2 a table in an account by others, 3 the text of a release, 4 a reworded text.
    pub precedence: u8,
    /// The kind of publication, if the table gives it.
    pub kind: Option<SourceKind>,
    /// The first and last day on which the page can have been written, if its `date` says so.
    pub written: Option<(Date, Date)>,
    /// The other columns of its row, by name: publisher, title, date, url ...
    pub fields: BTreeMap<String, String>,
}

/// The kind of publication that a source is, in the order in which sources are cited.
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
    /// A research publication.
    Research,
    /// A newspaper, news agency or website that reports what somebody published.
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

/// One published figure: what is its own, in 56 bytes, and what it shares with other rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Its member in each dimension, in the order of [`Table::dimensions`]; rows with the same members
    /// share the allocation.
    pub key: Key,
    /// The figure in `unit`; `None` where the source says that there is none.
    pub value: Option<f64>,
    shared: Arc<Shared>,
    /// The byte range of its value in the file; see [`Table::place`].
    pub span: Range<u32>,
    /// The line on which its row starts, from 1.
    pub line: u32,
    /// The period or day it refers to.
    pub time: Time,
}

/// The members of a row; boxed, since a pointer without a length takes half the room.
pub type Key = Arc<Box<[Arc<str>]>>;

/// What many rows of a file have in common. A row reads as if these were its own fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The file.
    pub file: Arc<str>,
    /// If it is a workbook, the cell of the figure on each line.
    cells: Option<Arc<HashMap<u32, Arc<str>>>>,
    /// The unit, such as `persons`, `percent`, `million-kzt`.
    pub unit: Arc<str>,
    /// The rounding unit of the printed figure: 100 for 67.2 thousand, 0.1 for 20.6 %.
    pub rounded_to: f64,
    /// A qualifier in the source: “almost”, “more than”.
    pub qualifier: Option<Qualifier>,
    /// The key of its [`Vintage`].
    pub vintage: Arc<str>,
    /// The key of its [`Source`].
    pub source: Arc<str>,
    /// A note by the person who typed it.
    pub note: Arc<str>,
}

impl std::ops::Deref for Observation {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl Observation {
    /// The row it was read from.
    pub fn row(&self) -> RowId {
        let line = self.line as usize;
        let cell = self.cells.as_ref().and_then(|cells| cells.get(&self.line).cloned());
        RowId { file: self.file.clone(), line, last: line, cell }
    }

    /// The number as printed; `None` where the source says that there is none.
    pub fn quantity(&self) -> Option<Quantity> {
        Some(Quantity::rounded(self.value?, self.rounded_to).qualified(self.qualifier))
    }
}

/// The two sides of a balance: net migration is arrivals minus departures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The dimension of the members.
    pub dimension: String,
    /// The member that is the result.
    pub result: String,
    /// The members that are added.
    pub plus: Vec<String>,
    /// The members that are subtracted.
    pub minus: Vec<String>,
}

impl Sides {
    /// Whether `first` minus `second` is the balance with the opposite sign.
    fn is_reversed(&self, first: &str, second: &str) -> bool {
        let has = |side: &[String], member: &str| side.iter().any(|own| own == member);
        has(&self.minus, first) && has(&self.plus, second)
    }
}

/// Pairs of codes that form a balance without a rule: what is added, and what is subtracted.
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
    /// Its title, in one line.
    pub title: String,
    /// The names of its dimensions, such as `flow`, `partner`.
    pub dimensions: Vec<String>,
    /// For each dimension the members it may have, in listed order, where the package or a foreign key
    /// lists them.
    pub members: IndexMap<String, Vec<Arc<str>>>,
    /// For each dimension with a foreign key, the register it points to.
    pub registers: IndexMap<String, String>,
    /// The units that the package lists.
    pub units: Vec<Arc<str>>,
    /// Its balances, where the package declares them.
    pub balances: Vec<Sides>,
    /// Members whose values may be negative, each with its dimension, where the package declares them.
    pub signed: Vec<(String, String)>,
    /// Members whose values are counts and never negative, each with its dimension.
    pub counts: Vec<(String, String)>,
    /// Members that are announced before their period is over, such as plans and quotas.
    pub announced: Vec<(String, String)>,
    /// Figures that the package declares cannot exist: the members of each of these dimensions together.
    pub not_applicable: Vec<Vec<(String, Vec<String>)>>,
    /// The rows, in the order of the file.
    pub rows: Vec<Observation>,
    /// Its file.
    pub text: SourceText,
    /// What its columns are for.
    pub columns: Columns,
    index: OnceLock<BTreeMap<Time, Vec<u32>>>,
}

/// The columns of a table of observations by what they are for, but for the dimensions.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// When a figure holds.
    pub time: String,
    /// The figure.
    pub value: String,
    /// What it counts.
    pub unit: String,
    /// The unit of the printed figure.
    pub rounded_to: String,
    /// The release.
    pub vintage: String,
    /// The source.
    pub source: String,
    /// What a reader has to know, if the table has such a column.
    pub note: Option<String>,
    /// Whether a row may say that there is no figure, by an empty value.
    pub may_lack_value: bool,
    /// What stands before the decimals of a value.
    pub decimal: char,
    /// What stands between two fields.
    delimiter: u8,
}

impl Table {
    /// The place of the value of one of its rows.
    pub fn place(&self, row: &Observation) -> Place {
        self.text.place(row.span.start as usize..row.span.end as usize)
    }

    /// The index of a dimension in [`Observation::key`].
    pub fn dimension(&self, name: &str) -> Option<usize> {
        self.dimensions.iter().position(|dimension| dimension == name)
    }

    /// Whether the package declares that there can be no figure with these members, each with its
    /// dimension.
    pub fn is_not_applicable(&self, members: &[(&str, &str)]) -> bool {
        let has = |dimension: &str, listed: &[String]| {
            members.iter().any(|(name, member)| {
                *name == dimension && listed.iter().any(|listed| listed == member)
            })
        };
        self.not_applicable
            .iter()
            .any(|figure| figure.iter().all(|(dimension, listed)| has(dimension, listed)))
    }

    /// Whether `first` minus `second` is a balance with the opposite sign. Each function returns the
    /// member of a dimension, if the selection fixes one.
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

    /// The members of a dimension: those listed in the package, or else those of the rows, sorted.
    pub fn codes(&self, dimension: &str) -> Vec<&str> {
        if let Some(listed) = self.members.get(dimension) {
            return listed.iter().map(|code| &**code).collect();
        }
        let Some(at) = self.dimension(dimension) else { return vec![] };
        let codes: BTreeSet<&str> =
            self.rows.iter().filter_map(|row| row.key.get(at)).map(|code| &**code).collect();
        codes.into_iter().collect()
    }

    /// The row whose value is at a place.
    pub fn row_at(&self, place: &Place) -> Option<&Observation> {
        if self.text.is_of_cells() {
            let is_its = place.path() == self.text.path;
            return self.rows.iter().find(|row| is_its && self.place(row) == *place);
        }
        let Place::Text { source, range } = place else { return None };
        let is_its = source.path == self.text.path;
        self.rows.iter().find(|row| is_its && row.span.start as usize == range.start)
    }

    /// The text of its file with new rows in it, each by column; `None` if the file is no table, or a
    /// workbook.
    pub fn insert(&self, rows: NewRows<'_, '_>) -> Option<Inserted> {
        if self.text.is_of_cells() {
            return None;
        }
        let columns = &self.columns;
        let one = |name: &String| vec![name.clone()];
        let ends = [columns.vintage.clone(), columns.source.clone()];
        let time_first = one(&columns.time).into_iter().chain(self.dimensions.clone());
        let time_last = self.dimensions.iter().cloned().chain(one(&columns.time));
        let orders = [
            time_first.clone().chain(ends.clone()).collect(),
            time_last.chain(ends).collect(),
            time_first.collect(),
            one(&columns.time),
        ];
        write::insert(&self.text.text, columns.delimiter, rows, &orders)
    }

    /// The row that starts on `line` of its file.
    pub fn row(&self, line: usize) -> Option<&Observation> {
        let at = self.rows.binary_search_by_key(&line, |row| row.line as usize).ok()?;
        self.rows.get(at)
    }

    /// The indices of the rows of each time; made on first use.
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
    /// For each column whose values the package lists, those values.
    pub listed: BTreeMap<String, Vec<String>>,
    /// Its file.
    pub text: SourceText,
    /// The columns, in the order of the package, each with whether it must be filled.
    pub columns: Vec<(String, bool)>,
    /// The column of the codes.
    pub key: String,
    /// The delimiter between two fields of the file.
    delimiter: u8,
    /// The line on which each row starts.
    lines: Vec<usize>,
    aggregates: OnceLock<BTreeSet<Arc<str>>>,
}

impl Register {
    /// The text of its file with new rows in it, each by column; `None` if the file is no table.
    pub fn insert(&self, rows: NewRows<'_, '_>) -> Option<Inserted> {
        // Releases stand in the order of their days in some projects, in that of their names in others.
        let orders = [vec![self.key.clone()], vec!["released".to_owned()]];
        write::insert(&self.text.text, self.delimiter, rows, &orders)
    }

    /// The place of a column in a row; that of the row's line if the file has no such column.
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

    /// The place of the code of a row.
    pub fn place_of(&self, code: &str) -> Place {
        self.place(code, &self.key)
    }

    /// The distinct values of a column: those listed in the package, or else those of the rows.
    pub fn values(&self, column: &str) -> Vec<&str> {
        if let Some(listed) = self.listed.get(column) {
            return listed.iter().map(String::as_str).collect();
        }
        let values: BTreeSet<&str> =
            self.rows.values().filter_map(|row| row.get(column)).map(String::as_str).collect();
        values.into_iter().filter(|value| !value.is_empty()).collect()
    }

    /// Whether a member is an aggregate, as a country of its regions or the world of all countries:
    /// another row names it as its `parent`, or its `kind` says so.
    pub fn is_aggregate(&self, code: &str) -> bool {
        self.aggregates().contains(code) || TOTALS.contains(&code)
    }

    /// The number of members that are no aggregates.
    pub fn parts(&self) -> usize {
        self.rows.keys().filter(|code| !self.is_aggregate(code)).count()
    }

    /// The aggregates; found on first use.
    fn aggregates(&self) -> &BTreeSet<Arc<str>> {
        self.aggregates.get_or_init(|| {
            let column = |row: &BTreeMap<String, String>, name: &str| {
                row.get(name).cloned().unwrap_or_default()
            };
            let is_whole = |kind: &str| AGGREGATES.contains(&kind);
            // In a register of partners countries are parts, in a register of regions the country is the
            // whole.
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

/// How a total relates to given members of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// The members make up the total: a country and its regions.
    Exhausted,
    /// The total includes them, and perhaps others that are not listed: the world and some countries.
    Containing,
}

impl Register {
    /// How a member relates to the given members as their total: each of them names it as its `parent`,
    /// or it is the country of regions, or the world. `None` if it is no total of them.
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

/// Values of `kind` that mark an aggregate.
const AGGREGATES: [&str; 7] =
    ["aggregate", "band", "group", "macro-region", "total", "union", "world"];
/// The kind that is a whole among regions and a part among partners.
const COUNTRY: &str = "country";
/// Codes of totals; `_T` is the one of SDMX.
const TOTALS: [&str; 5] = ["total", "TOTAL", "all", "WORLD", "_T"];

/// Whether the code of a member, in a dimension without a register, is that of a total.
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
    /// The register that lists the releases.
    pub vintages_register: Option<String>,
    /// The register that lists the sources.
    pub sources_register: Option<String>,
    /// The declared coverage: what releases publish of a measure.
    pub coverage: Vec<Coverage>,
    /// Rows that another figure confirms (a sum, a balance, a printed percentage, a second name), by file
    /// and line.
    confirmed: BTreeSet<(Arc<str>, usize)>,
    /// Every file that was read, with its path as the user would write it.
    pub files: Vec<SourceText>,
}

impl Dataset {
    /// The observation table with this name, or K0122 with the nearest name.
    pub fn table(&self, name: &str) -> crate::diag::Result<&Table> {
        self.tables.get(name).map(|table| &**table).ok_or_else(|| {
            Diagnostic::error(Code::K0122, message!("there is no table `{name}`", name))
                .maybe_hint(did_you_mean(name, self.tables.keys().map(String::as_str)))
                .into()
        })
    }

    /// The observation with this row id, and its table.
    pub fn observation(&self, id: &RowId) -> Option<(&Table, &Observation)> {
        self.tables
            .values()
            .map(|table| &**table)
            .filter(|table| table.rows.first().is_some_and(|first| first.file == id.file))
            .find_map(|table| Some((table, table.row(id.line)?)))
    }
}
