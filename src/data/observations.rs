//! Tables of observations: many rows, few distinct texts, each kept once.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

use super::field::{Column, Meaning, Problems, Registers};
use super::package::{Resource, Role};
use super::register::each_record;
use super::{Observation, RowId, Table, Time, csv};
use crate::diag::{Diagnostic, SourceText};

/// The distinct texts of a column, checked when first met.
struct Distinct<'a> {
    rules: Column<'a>,
    numbers: HashMap<Box<str>, u32>,
    entries: Vec<Entry>,
    /// The number of the last text: neighbours are often the same.
    last: Option<u32>,
    /// The members whose values are counts.
    counts: &'a [String],
}

struct Entry {
    text: Arc<str>,
    meaning: Meaning,
    is_count: bool,
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
                let number = self.entries.len() as u32;
                let is_count = self.counts.iter().any(|member| member == said);
                self.entries.push(Entry { text: said.into(), meaning, is_count });
                self.numbers.insert(said.into(), number);
                number
            }
        };
        self.last = Some(number);
        Ok(number)
    }
}

/// Reads a table. The registers it points to were read before.
pub(super) fn read(
    resource: &Resource,
    text: SourceText,
    registers: &Registers,
) -> (Table, Vec<Diagnostic>) {
    let mut problems = Problems::default();
    let file: Arc<str> = text.path.to_string_lossy().replace('\\', "/").into();
    let mut columns: Vec<Distinct> = resource
        .fields
        .iter()
        .map(|field| Distinct {
            rules: Column { field, missing: &resource.missing, registers, text: &text },
            numbers: HashMap::new(),
            entries: vec![],
            last: None,
            counts: resource.non_negative.get(&field.name).map_or(&[], Vec::as_slice),
        })
        .collect();
    let dimensions: Vec<usize> = (0..resource.fields.len())
        .filter(|column| resource.fields[*column].role == Role::Dimension)
        .collect();
    let lines = text.text.bytes().filter(|byte| *byte == b'\n').count();
    let mut reading = Reading {
        resource,
        rows: Vec::with_capacity(lines),
        keys: Vec::with_capacity(lines * resource.primary_key.len()),
        first: HashMap::with_capacity(lines),
    };
    let contents = text.text.clone();
    let mut numbers = vec![0; resource.fields.len()];
    each_record(resource, &text, &contents, &mut problems, |line, order, fields, problems| {
        let mut value = None;
        let mut span = 0..0;
        let mut clean = true;
        for (column, cell) in order.iter().zip(fields) {
            let distinct = &mut columns[*column];
            let met = if distinct.rules.field.role == Role::Value {
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
        if !clean {
            return;
        }
        let entry = |column: usize| &columns[column].entries[numbers[column] as usize];
        let of = |role| resource.role(role).map(entry);
        if value.is_some_and(|value| value < 0.0)
            && let Some(column) = dimensions.iter().find(|column| entry(**column).is_count)
        {
            problems.push(|| {
                let (name, member) = (&resource.fields[*column].name, &entry(*column).text);
                Diagnostic::error(
                    "K0110",
                    format!("`{name}` `{member}` is a count and is negative"),
                )
                .at(text.place(span.start as usize..span.end as usize))
                .hint("only a balance may be negative: check the sign or the column")
            });
            return;
        }
        let (Some(Entry { meaning: Meaning::Time(time), .. }), Some(rounded)) =
            (of(Role::Time), of(Role::RoundedTo))
        else {
            return;
        };
        let Meaning::Number(rounded_to) = rounded.meaning else { return };
        let named = |role| of(role).map_or_else(|| "".into(), |entry| entry.text.clone());
        let row = Observation {
            row: RowId { file: file.clone(), line, last: line },
            time: *time,
            key: dimensions.iter().map(|column| entry(*column).text.clone()).collect(),
            value,
            unit: named(Role::Unit),
            rounded_to,
            vintage: named(Role::Vintage),
            source: named(Role::Source),
            note: named(Role::Note),
            span,
        };
        if let Some(first) = reading.add(row, &numbers) {
            let start = fields.first().map_or(0, |field| field.range.start);
            let end = fields.last().map_or(0, |field| field.range.end);
            problems.push(|| {
                Diagnostic::error("K0109", "this figure stands twice under the same key")
                    .at(text.place(start..end))
                    .related(text.line(first), "first here")
                    .note("the key is the time, the dimensions, the vintage and the source")
                    .hint("take one of the two rows out, or name the other release or source")
            });
        }
    });
    let mut members = IndexMap::new();
    let mut names = IndexMap::new();
    for column in &dimensions {
        let field = &resource.fields[*column];
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
    let rows = reading.rows;
    if resource.role(Role::Unit).is_some_and(|unit| columns[unit].entries.len() > 1) {
        two_units(&rows, &text, &mut problems);
    }
    drop(columns);
    let found = problems.finish(&text);
    let table = Table {
        name: resource.name.clone(),
        title: resource.title.clone(),
        dimensions: dimensions.iter().map(|d| resource.fields[*d].name.clone()).collect(),
        members,
        registers: names,
        rows,
        text,
        index: OnceLock::new(),
    };
    (table, found)
}

/// The rows so far, and what is needed to see a key again.
struct Reading<'a> {
    resource: &'a Resource,
    rows: Vec<Observation>,
    /// The numbers of the key of each row, row after row.
    keys: Vec<u32>,
    /// From a hash to the first row that has it; a second row with the hash and another key goes
    /// to the next hash.
    first: HashMap<u64, u32>,
}

impl Reading<'_> {
    /// Adds a row, or says on which line its key stood before.
    fn add(&mut self, row: Observation, numbers: &[u32]) -> Option<usize> {
        let width = self.resource.primary_key.len();
        let start = self.keys.len();
        self.keys.extend(self.resource.primary_key.iter().map(|column| numbers[*column]));
        let key = &self.keys[start..];
        // Only has to be quick: the map mixes it again, and a key is compared in full.
        let mut hash = key.iter().fold(0_u64, |hash, number| {
            (hash.rotate_left(5) ^ u64::from(*number)).wrapping_mul(0x517c_c1b7_2722_0a95)
        });
        while let Some(before) = self.first.get(&hash) {
            let at = *before as usize * width;
            if self.keys[at..at + width] == *key {
                self.keys.truncate(start);
                return Some(self.rows[*before as usize].row.line);
            }
            hash = hash.wrapping_add(1);
        }
        self.first.insert(hash, self.rows.len() as u32);
        self.rows.push(row);
        None
    }
}

/// Refuses a figure that is given in two units: rows of one key could not be compared.
fn two_units(rows: &[Observation], text: &SourceText, problems: &mut Problems) {
    let mut units: HashMap<(Time, &[Arc<str>]), &Observation> = HashMap::new();
    for row in rows {
        let first = units.entry((row.time, &row.key)).or_insert(row);
        if first.unit != row.unit {
            problems.push(|| {
                let message =
                    format!("the same figure is given in `{}` and in `{}`", first.unit, row.unit);
                Diagnostic::error("K0113", message)
                    .at(text.line(row.row.line))
                    .related(text.line(first.row.line), "the other unit")
                    .hint("write both in one unit and note how it was printed")
            });
        }
    }
}
