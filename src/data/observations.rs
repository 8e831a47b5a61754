//! Tables of observations: many rows with few distinct texts, each of which is stored once.
//!
//! A large file is read in parts, in parallel. A part numbers its texts; they are renumbered when the
//! parts are joined. Duplicate keys are found only after that. The records of a part are let go when its rows are made, so
//! that a table of a million rows fits into the memory of a small machine.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use rayon::prelude::*;

use super::field::{Column, Meaning, Problems, Registers};
use super::package::{Field, Members, Resource, Role};
use super::{Columns, Key, Observation, Shared, Sides, Table, Time, code, csv, field, register};
use crate::diag::{Code, Diagnostic, SourceText, did_you_mean, slashed};
use crate::stats::{Qualifier, Unit};

/// The distinct texts of a column, each checked when first met.
struct Distinct<'a> {
    rules: Column<'a>,
    numbers: HashMap<Arc<str>, u32>,
    entries: Vec<Text>,
    /// The number of the last text, since neighbouring rows often have the same.
    last: Option<u32>,
    /// The members whose values are counts.
    counts: &'a [String],
}

/// A text of a column and its meaning.
struct Text {
    text: Arc<str>,
    meaning: Meaning,
    is_count: bool,
    /// The scale of a unit that counts things: 1000 for `thousand-persons`.
    scale: Option<f64>,
}

impl Distinct<'_> {
    fn number(&mut self, cell: &csv::Field) -> Result<u32, Box<Diagnostic>> {
        let said = &*cell.text;
        if let Some(last) = self.last
            && *self.entries[last as usize].text == *said
        {
            return Ok(last);
        }
        let number = match self.numbers.get(said) {
            Some(number) => *number,
            None => {
                let meaning = self.rules.check(cell)?;
                let is_count = self.counts.iter().any(|member| member == said);
                let scale = (self.rules.field.role == Role::Unit)
                    .then(|| Unit::new(said))
                    .filter(Unit::is_of_things)
                    .map(|unit| unit.scale());
                self.add(Text { text: said.into(), meaning, is_count, scale })
            }
        };
        self.last = Some(number);
        Ok(number)
    }

    /// Adds a text that has been checked, and returns its number.
    fn add(&mut self, text: Text) -> u32 {
        if let Some(number) = self.numbers.get(&text.text) {
            return *number;
        }
        let number = self.entries.len() as u32;
        self.numbers.insert(text.text.clone(), number);
        self.entries.push(text);
        number
    }

    /// The text with a number; `None` in the column of values, which has no numbered texts.
    fn entry(&self, number: u32) -> Option<&Text> {
        self.entries.get(number as usize)
    }
}

/// The records of a file or of a part of it as numbers of texts, which are small and quick to compare.
struct Part<'a> {
    columns: Vec<Distinct<'a>>,
    /// The records, of each part of the file by itself.
    pieces: Vec<Piece>,
    problems: Problems,
}

/// The records of a part of a file.
struct Piece {
    /// For each column the numbers of the texts of the records.
    columns: Vec<Numbers>,
    records: Vec<Record>,
}

/// The numbers of the texts of a column, record by record.
enum Numbers {
    /// All have this one, as of the release and the source of most files.
    Same(u32),
    Each(Vec<u32>),
}

impl Numbers {
    /// Adds the number of a record that has so many before it.
    fn push(&mut self, number: u32, before: usize) {
        match self {
            Self::Same(own) if before == 0 => *own = number,
            Self::Same(own) if *own == number => {}
            Self::Same(own) => {
                let mut all = vec![*own; before];
                all.push(number);
                *self = Self::Each(all);
            }
            Self::Each(all) => all.push(number),
        }
    }

    fn of(&self, record: usize) -> u32 {
        match self {
            Self::Same(number) => *number,
            Self::Each(all) => all[record],
        }
    }

    /// Gives each text its number in `to`. The column of values has no numbers.
    fn renumber(&mut self, to: &[u32]) {
        let new = |number: &mut u32| *number = to.get(*number as usize).copied().unwrap_or(0);
        match self {
            Self::Same(number) => new(number),
            Self::Each(all) => all.iter_mut().for_each(new),
        }
    }
}

/// The texts of a record, by their numbers.
#[derive(Clone, Copy)]
struct Texts<'p> {
    piece: &'p Piece,
    record: usize,
}

impl Texts<'_> {
    /// The number of the text in a column.
    fn number(self, column: usize) -> u32 {
        self.piece.columns[column].of(self.record)
    }
}

impl Piece {
    /// The records in order, each with its texts.
    fn records(&self) -> impl Iterator<Item = (Texts<'_>, &Record)> {
        let texts = (0..).map(|record| Texts { piece: self, record });
        texts.zip(&self.records)
    }
}

/// What a record has of its own.
#[derive(Clone, Copy)]
struct Record {
    /// Its value; no number where there is none.
    value: f64,
    /// The byte range of the value.
    span: (u32, u32),
    /// The line on which it starts.
    line: u32,
}

impl Record {
    fn value(&self) -> Option<f64> {
        (!self.value.is_nan()).then_some(self.value)
    }

    fn span(&self) -> Range<usize> {
        self.span.0 as usize..self.span.1 as usize
    }
}

impl<'a> Part<'a> {
    fn read(
        reader: csv::Reader<'_>,
        order: &[usize],
        resource: &'a Resource,
        text: &'a SourceText,
        registers: &'a Registers,
    ) -> Self {
        let width = resource.fields.len();
        let column = |field: &'a Field| Distinct {
            rules: Column { field, registers, text },
            numbers: HashMap::new(),
            entries: vec![],
            last: None,
            counts: resource.rules.non_negative.get(&field.name).map_or(&[], Vec::as_slice),
        };
        let mut columns: Vec<Distinct> = resource.fields.iter().map(column).collect();
        let is_value: Vec<bool> = resource.fields.iter().map(|f| f.role == Role::Value).collect();
        let (rounding, unit) = (resource.role(Role::RoundedTo), resource.role(Role::Unit));
        let mut piece = Piece { columns: vec![], records: vec![] };
        piece.columns.resize_with(width, || Numbers::Same(0));
        let mut numbers = vec![0; width];
        let mut problems = Problems::default();
        register::each_of(reader, order, text, &mut problems, |line, order, fields, problems| {
            let (mut value, mut span) = (None, 0..0);
            let mut clean = true;
            numbers.fill(0);
            for (column, cell) in order.iter().zip(fields) {
                let distinct = &mut columns[*column];
                let met = if is_value[*column] {
                    span = cell.range.start as u32..cell.range.end as u32;
                    distinct.rules.check(cell).map(|meaning| {
                        if let Meaning::Number(number) = meaning {
                            value = Some(number);
                        }
                    })
                } else {
                    distinct.number(cell).map(|number| numbers[*column] = number)
                };
                if let Err(problem) = met {
                    clean = false;
                    problems.push(|| *problem);
                }
            }
            if clean && let Some(value) = value {
                let meaning = |at: usize| columns[at].entry(numbers[at]);
                let step = rounding.and_then(meaning).and_then(|entry| match entry.meaning {
                    Meaning::Number(step) => Some(step),
                    _ => None,
                });
                let scale = unit.and_then(meaning).and_then(|entry| entry.scale);
                if let Some(problem) = step.and_then(|step| rounded(value, step, scale)) {
                    clean = false;
                    problems
                        .push(|| problem.at(text.place(span.start as usize..span.end as usize)));
                }
            }
            if clean && value.is_some_and(|value| value < 0.0) {
                let entry = |at: usize| Some((at, columns[at].entry(numbers[at])?));
                if let Some((at, count)) = (0..width).filter_map(entry).find(|(_, e)| e.is_count) {
                    clean = false;
                    problems.push(|| {
                        let (name, member) = (&resource.fields[at].name, &count.text);
                        Diagnostic::error(
                            Code::K0110,
                            message!("`{name}` `{member}` is a count but negative", name, member),
                        )
                        .at(text.place(span.start as usize..span.end as usize))
                        .hint(message!(
                            "only a balance may be negative: check the sign or the column"
                        ))
                    });
                }
            }
            if clean {
                let before = piece.records.len();
                for (column, number) in piece.columns.iter_mut().zip(&numbers) {
                    column.push(*number, before);
                }
                // No file has more lines than bytes, of which there are fewer than 4 GiB.
                let (value, span) = (value.unwrap_or(f64::NAN), (span.start, span.end));
                piece.records.push(Record { value, span, line: line as u32 });
            }
        });
        Self { columns, pieces: vec![piece], problems }
    }

    /// The records in order, each with its texts.
    fn records(&self) -> impl Iterator<Item = (Texts<'_>, &Record)> {
        self.pieces.iter().flat_map(Piece::records)
    }

    /// Appends the records of the next part. A text that both parts have keeps the number it has here.
    fn append(&mut self, other: Self) {
        let renumbered: Vec<Vec<u32>> = self
            .columns
            .iter_mut()
            .zip(other.columns)
            .map(|(own, its)| its.entries.into_iter().map(|entry| own.add(entry)).collect())
            .collect();
        for mut piece in other.pieces {
            for (column, to) in piece.columns.iter_mut().zip(&renumbered) {
                column.renumber(to);
            }
            self.pieces.push(piece);
        }
        self.problems.append(other.problems);
    }

    /// The records with the key of an earlier record, each by its number and its line, with the line of the first record
    /// that has the key.
    fn twice(&self, key: &[usize]) -> Vec<(usize, u32, u32)> {
        // If there are few possible keys, a bit set is quicker than a map.
        let size = |column: &usize| self.columns[*column].entries.len().max(1);
        let possible = key.iter().try_fold(1_usize, |all, column| all.checked_mul(size(column)));
        let mut bits =
            possible.filter(|all| *all <= MOST_BITS).map(|all| vec![0_u64; all / 64 + 1]);
        let mut first: HashMap<Vec<u32>, u32> = HashMap::new();
        let of = |texts: Texts| -> Vec<u32> { key.iter().map(|at| texts.number(*at)).collect() };
        let mut twice = vec![];
        for (record, (texts, Record { line, .. })) in self.records().enumerate() {
            match &mut bits {
                Some(bits) => {
                    let code = key.iter().fold(0, |code, column| {
                        code * size(column) + texts.number(*column) as usize
                    });
                    let (word, bit) = (&mut bits[code / 64], 1 << (code % 64));
                    if *word & bit != 0 {
                        let own = of(texts);
                        let before = self.records().find(|(its, _)| of(*its) == own);
                        twice.push((record, *line, before.map_or(*line, |(_, its)| its.line)));
                    }
                    *word |= bit;
                }
                None => match first.entry(of(texts)) {
                    Entry::Occupied(entry) => twice.push((record, *line, *entry.get())),
                    Entry::Vacant(entry) => _ = entry.insert(*line),
                },
            }
        }
        twice
    }
}

/// The problem of a value that does not fit its own rounding unit `step`.
///
/// `scale` is the number of things in a unit that counts things: 1000 for `thousand-persons`.
fn rounded(value: f64, step: f64, scale: Option<f64>) -> Option<Diagnostic> {
    let whole = |number: f64| field::is_multiple(number, 1.0);
    if scale.is_some_and(|scale| !whole(value * scale)) {
        return Some(
            Diagnostic::error(
                Code::K0126,
                message!(
                    "`{value}` counts something but is not a whole \
                number",
                    value
                ),
            )
            .note(message!("persons are whole; a full stop between thousands looks like this"))
            .hint(message!("write the whole number, for example 12345 if 12.345 means thousands")),
        );
    }
    if scale.is_some_and(|scale| step * scale < 1.0 - 1e-9) {
        return Some(
            Diagnostic::error(Code::K0126, message!("a count is not rounded to `{step}`", step))
                .hint(message!("write 1 for an exact count")),
        );
    }
    if field::is_multiple(value, step) {
        return None;
    }
    Some(
        Diagnostic::error(
            Code::K0125,
            message!("`{value}` is not rounded to `{step}`", value, step),
        )
        .note(message!("a rounded value is a multiple of its unit of rounding"))
        .hint(message!("write the value as printed, or the unit to which it was rounded")),
    )
}

/// The largest number of possible keys for a bit set: 16 MiB, of which only pages in use are touched.
const MOST_BITS: usize = 1 << 27;

/// A part of a file has at most about so many bytes: the records of one part are let go at once.
const LARGE_PIECE: usize = 8 << 20;

/// Reads a table. The registers that it points to must have been read before.
pub(super) fn read(
    resource: &Resource,
    text: SourceText,
    registers: &Registers,
) -> (Table, Vec<Diagnostic>) {
    let mut problems = Problems::default();
    let contents = text.text.clone();
    let begun = register::begin(resource, &text, &contents, &mut problems);
    let rows = begun.map_or_else(Vec::new, |(order, reader)| {
        let pieces = (text.text.len() / LARGE_PIECE).max(rayon::current_num_threads());
        let parts: Vec<Part> = reader
            .split(pieces)
            .into_par_iter()
            .map(|piece| Part::read(piece, &order, resource, &text, registers))
            .collect();
        let mut parts = parts.into_iter();
        let Some(mut all) = parts.next() else { return vec![] };
        parts.for_each(|part| all.append(part));
        rows(all, resource, &text, &mut problems)
    });
    let dimensions = resource.fields.iter().filter(|field| field.role == Role::Dimension);
    let mut members = IndexMap::new();
    let mut names = IndexMap::new();
    for field in dimensions.clone() {
        if let Some(register) = &field.register {
            names.insert(field.name.clone(), register.clone());
        }
        let register = field.register.as_ref().and_then(|name| registers.get(name));
        let listed: Option<Vec<Arc<str>>> = match (&field.members, register) {
            (Some(members), _) => Some(members.iter().map(|m| m.as_str().into()).collect()),
            (None, Some(register)) => Some(register.rows.keys().cloned().collect()),
            (None, None) => None,
        };
        if let Some(listed) = listed {
            members.insert(field.name.clone(), listed);
        }
    }
    let found = problems.finish(&text);
    let table = Table {
        name: resource.name.clone(),
        title: resource.title.clone(),
        dimensions: dimensions.map(|field| field.name.clone()).collect(),
        members,
        registers: names,
        balances: resource
            .rules
            .balances
            .iter()
            .map(|balance| Sides {
                dimension: balance.dimension.clone(),
                result: balance.result.clone(),
                plus: balance.plus.clone(),
                minus: balance.minus.clone(),
            })
            .collect(),
        signed: pairs(&resource.rules.signed),
        counts: pairs(&resource.rules.non_negative),
        announced: pairs(&resource.rules.announced),
        not_applicable: resource
            .rules
            .not_applicable
            .iter()
            .map(|figure| {
                let listed = figure.only.iter();
                listed.map(|(name, members)| (name.clone(), members.names().to_vec())).collect()
            })
            .collect(),
        units: resource
            .role(Role::Unit)
            .and_then(|unit| resource.fields[unit].members.as_ref())
            .map_or_else(Vec::new, |units| units.iter().map(|unit| unit.as_str().into()).collect()),
        rows,
        text,
        columns: columns(resource),
        index: OnceLock::new(),
    };
    (table, found)
}

/// The columns by what they are for.
fn columns(resource: &Resource) -> Columns {
    let field = |role| resource.role(role).map(|at| &resource.fields[at]);
    let name = |role| field(role).map_or_else(String::new, |field| field.name.clone());
    let value = field(Role::Value);
    Columns {
        time: name(Role::Time),
        value: name(Role::Value),
        unit: name(Role::Unit),
        rounded_to: name(Role::RoundedTo),
        vintage: name(Role::Vintage),
        source: name(Role::Source),
        note: field(Role::Note).map(|field| field.name.clone()),
        may_lack_value: value
            .is_some_and(|field| !field.required && field.missing.iter().any(String::is_empty)),
        decimal: value.map_or('.', |field| field.notation.decimal),
        delimiter: resource.delimiter,
    }
}

/// The members that a rule lists, each with its dimension.
fn pairs(listed: &Members) -> Vec<(String, String)> {
    let of = |(dimension, members): (&String, &Vec<String>)| -> Vec<(String, String)> {
        members.iter().map(|member| (dimension.clone(), member.clone())).collect()
    };
    listed.iter().flat_map(of).collect()
}

/// Turns records into observations; duplicate keys are refused.
fn rows(
    mut all: Part<'_>,
    resource: &Resource,
    text: &SourceText,
    problems: &mut Problems,
) -> Vec<Observation> {
    problems.append(std::mem::take(&mut all.problems));
    let twice = all.twice(&resource.primary_key);
    for (_, line, first) in &twice {
        problems.push(|| {
            Diagnostic::error(Code::K0109, message!("this figure appears twice under the same key"))
                .at(text.line(*line as usize))
                .related(text.line(*first as usize), message!("first here"))
                .note(message!("the key is the time, the dimensions, the vintage and the source"))
                .hint(message!("delete one of the two rows, or name the other release or source"))
        });
    }
    free_codes(&all, resource, text, problems);
    let file: Arc<str> = slashed(&text.path).into();
    let dimensions: Vec<usize> = (0..resource.fields.len())
        .filter(|column| resource.fields[*column].role == Role::Dimension)
        .collect();
    let empty: Arc<str> = "".into();
    let place = |role| resource.role(role);
    let (time, rounded_to) = (place(Role::Time), place(Role::RoundedTo));
    let names = [Role::Unit, Role::Vintage, Role::Source, Role::Note].map(place);
    let qualifier = place(Role::Qualifier);
    let of_shared: Vec<usize> =
        names.into_iter().chain([rounded_to, qualifier]).flatten().collect();
    let cells = cells(&all, text);
    let (mut keys, mut shares) = (Kept::default(), Kept::default());
    let mut again = twice.iter().map(|(record, ..)| *record).peekable();
    let mut rows = Vec::with_capacity(all.records().count());
    let mut number = 0;
    // A piece is let go as soon as its rows are made.
    for piece in std::mem::take(&mut all.pieces) {
        for (texts, record) in piece.records() {
            let is_again = again.next_if_eq(&number).is_some();
            number += 1;
            let entry = |column: usize| &all.columns[column].entries[texts.number(column) as usize];
            let meaning = |column: Option<usize>| column.map(|column| entry(column).meaning);
            let (Some(Meaning::Time(time)), Some(Meaning::Number(rounded_to)), false) =
                (meaning(time), meaning(rounded_to), is_again)
            else {
                continue;
            };
            let key: Key = keys.of(texts, &dimensions, || {
                let own = |column: &usize| entry(*column).text.clone();
                Arc::new(dimensions.iter().map(own).collect())
            });
            let shared: Arc<Shared> = shares.of(texts, &of_shared, || {
                let name = |column: Option<usize>| column.map_or(&empty, |at| &entry(at).text);
                let [unit, vintage, source, note] = names.map(|column| name(column).clone());
                let qualifier = qualifier.and_then(|at| Qualifier::named(&entry(at).text));
                let (file, cells) = (file.clone(), cells.clone());
                Shared { file, cells, unit, rounded_to, qualifier, vintage, source, note }.into()
            });
            if let (Some(qualifier), Some(value)) = (shared.qualifier, record.value())
                && rounded_to == 1.0
                && value % 10.0 != 0.0
                && Unit(shared.unit.clone()).is_count()
            {
                let place = || text.place(record.span());
                problems.push(|| qualified_exactly(value, qualifier).at(place()));
            }
            let (start, end) = record.span;
            rows.push(Observation {
                key,
                value: record.value(),
                shared,
                span: start..end,
                line: record.line,
                time,
            });
        }
    }
    if let Some(unit) = place(Role::Unit) {
        let is_listed = resource.fields[unit].members.is_some();
        let texts = all.columns[unit].entries.iter().map(|entry| &entry.text);
        let unknown = texts.filter(|text| !is_listed && !Unit((*text).clone()).is_known());
        unknown.for_each(|unit| no_unit(unit, &rows, text, problems));
    }
    if place(Role::Unit).is_some_and(|unit| all.columns[unit].entries.len() > 1) {
        two_units(&rows, text, problems);
    }
    rows
}

/// If the table is a workbook, the cell of the figure on each line.
fn cells(all: &Part, text: &SourceText) -> Option<Arc<HashMap<u32, Arc<str>>>> {
    let cell = |record: &Record| Some((record.line, text.cell(record.span.0 as usize)?));
    let all = || all.records().filter_map(|(_, record)| cell(record)).collect();
    text.is_of_cells().then(|| Arc::new(all()))
}

/// What is made once of the texts in some columns, and shared by the rows that have them.
struct Kept<T> {
    all: HashMap<Vec<u32>, T>,
    /// What the last row had: neighbouring rows often have the same.
    last: Option<(Vec<u32>, T)>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { all: HashMap::new(), last: None }
    }
}

impl<T: Clone> Kept<T> {
    /// What the texts of a row in these columns make.
    fn of(&mut self, texts: Texts, columns: &[usize], make: impl FnOnce() -> T) -> T {
        let own = || columns.iter().map(|column| texts.number(*column));
        if let Some((last, made)) = &self.last
            && last.iter().copied().eq(own())
        {
            return made.clone();
        }
        let own: Vec<u32> = own().collect();
        let made = match self.all.get(&own) {
            Some(made) => made.clone(),
            None => self.all.entry(own.clone()).or_insert_with(make).clone(),
        };
        self.last = Some((own, made.clone()));
        made
    }
}

/// The problem of an exact count with a qualifier, such as “about” or “more than”.
fn qualified_exactly(value: f64, qualifier: Qualifier) -> Diagnostic {
    Diagnostic::error(
        Code::K0125,
        message!(
            "`{value}` is exact, but has the qualifier `{qualifier}`",
            value,
            qualifier = qualifier.name()
        ),
    )
    .note(message!("a number that is “about” or “more than” something is rounded to more than 1"))
    .hint(message!("delete the qualifier, or set `rounded_to` to the rounding of the page"))
}

/// Refuses an unknown unit, since its figures could not be compared with any others.
fn no_unit(unit: &Arc<str>, rows: &[Observation], text: &SourceText, problems: &mut Problems) {
    let mut of_unit = rows.iter().filter(|row| row.unit == *unit);
    let Some(first) = of_unit.next() else { return };
    let more = of_unit.count();
    problems.push(|| {
        let known = Unit::known();
        let mut refusal =
            Diagnostic::error(Code::K0216, message!("there is no unit `{unit}`", unit))
                .at(text.line(first.line as usize))
                .note(message!("the unit must be known before figures can be added"))
                .maybe_hint(did_you_mean(unit, known.iter().map(String::as_str)))
                .hint(message!(
                    "or list `{unit}` in the `enum` of the column in datapackage.json",
                    unit
                ));
        if more > 0 {
            refusal = refusal.note(message!("{more} more rows have it", more));
        }
        refusal
    });
}

/// Refuses look-alike codes in a dimension or unit whose members are not listed.
fn free_codes(all: &Part<'_>, resource: &Resource, text: &SourceText, problems: &mut Problems) {
    for (column, field) in resource.fields.iter().enumerate() {
        let is_code = matches!(field.role, Role::Dimension | Role::Unit);
        if !is_code || field.register.is_some() || field.members.is_some() {
            continue;
        }
        let line = |entry: usize| {
            let record = all.records().find(|(texts, _)| texts.number(column) as usize == entry);
            text.line(record.map_or(1, |(_, record)| record.line as usize))
        };
        let mut codes = code::Codes::default();
        let entries = &all.columns[column].entries;
        for (entry, Text { text: said, .. }) in entries.iter().enumerate() {
            if let Some((message, hint)) = code::wrong(said) {
                problems
                    .push(|| Diagnostic::error(Code::K0124, message).at(line(entry)).hint(hint));
            } else if let Some(other) = codes.add(said) {
                let first = entries.iter().position(|entry| &*entry.text == other);
                problems.push(|| {
                    Diagnostic::error(
                        Code::K0124,
                        message!("`{said}` and `{other}` cannot be told apart", said, other),
                    )
                    .at(line(entry))
                    .related(line(first.unwrap_or(entry)), message!("the other one"))
                    .hint(message!("write both in the same way"))
                });
            }
        }
    }
}

/// Refuses a figure given in two units, since rows of one key could not be compared.
fn two_units(rows: &[Observation], text: &SourceText, problems: &mut Problems) {
    let mut units: HashMap<(Time, &[Arc<str>]), &Observation> = HashMap::new();
    for row in rows {
        let first = units.entry((row.time, &row.key)).or_insert(row);
        if first.unit != row.unit {
            problems.push(|| {
                let message = message!(
                    "the same figure is given in `{unit}` and in `{unit_2}`",
                    unit = first.unit,
                    unit_2 = row.unit
                );
                Diagnostic::error(Code::K0113, message)
                    .at(text.line(row.line as usize))
                    .related(text.line(first.line as usize), message!("the other unit"))
                    .hint(message!("write both in the same unit and note how it was printed"))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::data::{load, package};
    use crate::diag::SheetCell;
    use crate::files::Files;

    /// The shipped table of moves between regions, read from a workbook sheet in which `slip` changes
    /// cells.
    fn from_sheet(slip: impl Fn(&mut SheetCell)) -> (Table, Vec<Diagnostic>, Arc<Table>) {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let shipped = load(&Files::new(), &dir, Path::new("data")).unwrap().value;
        let table = shipped.tables["interregional"].clone();
        let package = std::fs::read_to_string(dir.join("datapackage.json")).unwrap();
        let package = package::read(SourceText::new("data/datapackage.json", package)).unwrap();
        let resource = package.resources.iter().find(|one| one.name == "interregional").unwrap();
        let mut reader = csv::Reader::new(&table.text.text, resource.delimiter);
        let (mut fields, mut cells) = (vec![], vec![]);
        while let Some(line) = reader.next(&mut fields) {
            let row = line.unwrap() as u32 - 1;
            for (column, field) in (0..).zip(&fields) {
                let mut cell = SheetCell { row, column, text: field.text.to_string() };
                slip(&mut cell);
                cells.push(cell);
            }
        }
        let registers: Registers = shipped.registers.clone().into_iter().collect();
        let sheet = SourceText::of_sheet("data/moves.xlsx", "2025", cells);
        let (read, found) = read(resource, sheet, &registers);
        (read, found, table)
    }

    #[test]
    fn a_row_stays_small() {
        // A million of them are held to 300 MiB with all else (docs/performance.md).
        assert_eq!(std::mem::size_of::<Observation>(), 56);
        assert_eq!(std::mem::size_of::<Record>(), 24);
    }

    #[test]
    fn a_sheet_is_read_like_a_file() {
        let (read, found, table) = from_sheet(|_| {});
        assert_eq!(found, []);
        assert_eq!(read.rows.len(), table.rows.len());
        for (one, other) in read.rows.iter().zip(&table.rows) {
            assert_eq!((one.line, one.time, &one.key), (other.line, other.time, &other.key));
            assert_eq!((one.value, one.rounded_to), (other.value, other.rounded_to));
        }
        assert_eq!(read.place(&read.rows[0]).to_string(), "data/moves.xlsx, 2025!D2");
    }

    #[test]
    fn a_problem_names_the_cell_of_a_sheet() {
        let (_, found, _) = from_sheet(|cell| {
            if (cell.row, cell.column) == (4, 3) {
                cell.text = "12 345".into();
            }
        });
        assert_eq!(found.len(), 1, "{found:?}");
        let place = found[0].place.as_ref().unwrap();
        assert_eq!(place.to_string(), "data/moves.xlsx, 2025!D5");
    }
}
