//! The missing figures as one table, for somebody who has them, and that table filled in.
//!
//! [`ask`] writes a row for each figure: where it belongs, what it is called, and an empty value. [`fill`]
//! puts the values into the rows to fill in (`stubs`), from which [`take`](super::take) moves them into the
//! tables after all checks. Nothing here writes into a table.

use std::collections::{BTreeMap, BTreeSet};

use super::awaited::Awaited;
use super::missing::{Asking, Cause, described};
use super::stubs::{Stub, folder, read};
use crate::build::edition::Pipeline;
use crate::data::{Holds, NewRows, Part, Record, Table, append, by_field, header_line, records};
use crate::diag::{Code, Diagnostic, Message, Result, SourceText};
use crate::indicators::{Expr, Indicator};
use crate::output::{self, File};
use crate::stats::Period;

/// The columns of the table.
const COLUMNS: [&str; 7] = ["table", "period", "dimensions", "what", "unit", "value", "waits"];

/// Spreadsheet programs take text without this mark for the encoding of the system.
const MARK: char = '\u{FEFF}';

/// A row for each figure that some causes ask for, with an empty value.
pub fn ask(asking: &Asking<'_>, causes: &[Cause]) -> String {
    let figures = asking.figures(causes);
    let field = |at: usize, name: &str| asking.field(&figures[at], name);
    let column = by_field(&field);
    let rows = NewRows { count: figures.len(), column: &column };
    let header = header_line(&COLUMNS.map(str::to_owned), b',');
    let text = append(&header, b',', rows).map_or(header, |put| put.text);
    format!("{MARK}{text}")
}

impl Asking<'_> {
    fn field(&self, one: &Awaited, name: &str) -> String {
        let dimensions = || Some(&self.pipeline.dataset.tables.get(&one.table)?.dimensions);
        match name {
            "table" => one.table.clone(),
            "period" => one.time.clone(),
            "dimensions" => dimensions().map_or(String::new(), |names| described(names, &one.key)),
            "what" => unexecuted(self.what(one).unwrap_or_default()),
            "unit" => one.unit.clone(),
            "waits" => one.waits.join(" "),
            _ => String::new(),
        }
    }

    /// What a figure is called in the words of a language: its table, and the names of its members.
    fn what(&self, one: &Awaited) -> Option<String> {
        let table = self.pipeline.dataset.tables.get(&one.table)?;
        let spoken = self.any()?;
        let select = |indicator: &&Indicator| match &indicator.expr {
            Expr::Table(select) => {
                let is_key = |(name, member): &(String, String)| {
                    table.dimension(name).is_some_and(|at| one.key[at] == *member)
                };
                select.table == one.table && select.fixed.iter().all(is_key)
            }
            _ => false,
        };
        let called = { self.pipeline.indicators.all.values() }
            .filter(select)
            .find_map(|indicator| spoken.writer.called(&indicator.id));
        let members = table.dimensions.iter().zip(&one.key).filter_map(|(name, member)| {
            let register = table.registers.get(name)?;
            Some(spoken.writer.member_called(register, member).to_owned())
        });
        let title = || Some(table.title.clone()).filter(|title| !title.is_empty());
        let parts: Vec<String> = called.or_else(title).into_iter().chain(members).collect();
        Some(parts.join("; "))
    }
}

/// Text that a spreadsheet program would take for a formula gets an apostrophe in front.
fn unexecuted(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@']) {
        true => format!("'{text}"),
        false => text,
    }
}

/// A value of the filled table, and its line.
struct Filled {
    line: usize,
    value: String,
}

/// Refuses a filled table with a value that belongs to none of the figures and of the rows to fill in, or
/// that contradicts what is filled in.
pub fn fits(
    pipeline: &Pipeline,
    period: Period,
    figures: &[Awaited],
    text: &SourceText,
) -> Result<()> {
    let filled = values(text)?;
    if filled.is_empty() {
        return Err(Diagnostic::error(Code::K1305, message!("no row has a value"))
            .at(text.line(1))
            .hint(message!("write the figures into the column `value`"))
            .into());
    }
    let tables = &pipeline.dataset.tables;
    let mut known: BTreeSet<Key> = BTreeSet::new();
    for one in figures {
        let Some(table) = tables.get(&one.table) else { continue };
        let key = described(&table.dimensions, &one.key);
        known.insert((one.table.clone(), one.time.clone(), key));
    }
    let mut found = vec![];
    for stub in read(pipeline, period)? {
        let value_at = stub.part(Part::Value);
        let Some(table) = tables.get(&stub.layout.name) else { continue };
        for row in &stub.rows {
            let key = key(&stub, table, row);
            if let Some(one) = filled.get(&key) {
                let value = as_written(&one.value, table.columns.decimal);
                let before = stub.field(row, value_at);
                if !before.is_empty() && before != value {
                    let message =
                        message!("the row to fill in has {before}, not {value}", before, value);
                    let own = message!("filled in with {before}", before);
                    let problem = refused(message, text, one.line);
                    found.push(problem.related(stub.text.line(row.0), own));
                }
            }
            known.insert(key);
        }
    }
    for ((table, time, key), one) in filled.iter().filter(|(key, _)| !known.contains(key)) {
        let message =
            message!("no row to fill in is that of {key} for {time} (`{table}`)", key, time, table);
        found.push(
            refused(message, text, one.line)
                .hint(message!("leave the first three columns as `kosh missing --csv` wrote them"))
                .hint(message!("if the figure was entered in the meantime, delete its row")),
        );
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Puts the values of a table that [`fits`] into the rows to fill in, which are there. Gives how many.
pub fn fill(pipeline: &Pipeline, period: Period, text: &SourceText) -> Result<usize> {
    let filled = values(text)?;
    let known = read(pipeline, period)?;
    let stubs = known.iter().filter(|stub| stub.layout.holds == Holds::Observations);
    let files: Vec<File> = stubs.filter_map(|stub| file(pipeline, stub, &filled)).collect();
    let own = |old: &[u8]| known.iter().any(|stub| stub.text.text.as_bytes() == old);
    output::add(&folder(pipeline, period).0, &files, own)?;
    Ok(filled.len())
}

fn refused(message: impl Into<Message>, text: &SourceText, line: usize) -> Diagnostic {
    Diagnostic::error(Code::K1305, message.into()).at(text.line(line))
}

/// Table, time and dimensions of a figure.
type Key = (String, String, String);

/// The values of a filled table, by what they are of.
fn values(text: &SourceText) -> Result<BTreeMap<Key, Filled>> {
    let text = match text.text.strip_prefix(MARK) {
        Some(rest) => &SourceText::new(text.path.clone(), rest),
        None => text,
    };
    let first = text.text.lines().next().unwrap_or_default();
    let sign = [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|sign| first.bytes().filter(|byte| byte == sign).count());
    let mut rows = records(text, sign.unwrap_or(b','))?.into_iter();
    let header = rows.next().map(|(_, fields)| fields).unwrap_or_default();
    let at = |name: &str| header.iter().position(|(column, _)| column.trim() == name);
    let needed = ["table", "period", "dimensions", "value"];
    let absent: Vec<Diagnostic> = { needed.iter().filter(|name| at(name).is_none()) }
        .map(|name| {
            refused(message!("the column `{name}` is missing", name), text, 1)
                .hint(message!("`kosh missing --csv` writes the table with its columns"))
        })
        .collect();
    if !absent.is_empty() {
        return Err(absent);
    }
    let (mut all, mut found) = (BTreeMap::new(), vec![]);
    for (line, fields) in rows {
        let field = |name: &str| {
            let field = at(name).and_then(|at| fields.get(at));
            field.map_or(String::new(), |(text, _)| text.trim().to_owned())
        };
        if fields.len() != header.len() {
            let message = message!(
                "this row has {number_of_fields} fields, the header {number_of_header}",
                number_of_fields = fields.len(),
                number_of_header = header.len()
            );
            found.push(refused(message, text, line).hint(message!(
                "a text with the separator in it must be between quotation marks: save the table \
                from a spreadsheet program"
            )));
            continue;
        }
        let value = field("value");
        if value.is_empty() {
            continue;
        }
        let key = (field("table"), field("period"), field("dimensions"));
        let one = Filled { line, value };
        if let Some(before) = all.insert(key, one) {
            let message =
                message!("this figure has a value on line {line} too", line = before.line);
            found.push(refused(message, text, line).hint(message!("delete one of the two rows")));
        }
    }
    if found.is_empty() { Ok(all) } else { Err(found) }
}

/// What a row to fill in is of.
fn key(stub: &Stub, table: &Table, row: &Record) -> Key {
    let members: Vec<&str> = { table.dimensions.iter() }
        .map(|dimension| stub.field(row, stub.column(dimension)))
        .collect();
    let time = stub.field(row, stub.part(Part::Time)).to_owned();
    (stub.layout.name.clone(), time, described(&table.dimensions, &members))
}

/// A file to fill in with the values of its rows; `None` if it gets none.
fn file(pipeline: &Pipeline, stub: &Stub, filled: &BTreeMap<Key, Filled>) -> Option<File> {
    let table = pipeline.dataset.tables.get(&stub.layout.name)?;
    let value_at = stub.part(Part::Value);
    let value = |row: &Record| {
        let one = filled.get(&key(stub, table, row))?;
        Some(as_written(&one.value, table.columns.decimal))
    };
    let values: Vec<Option<String>> = stub.rows.iter().map(value).collect();
    let field = |number: usize, name: &str| match &values[number] {
        Some(value) if stub.column(name) == value_at => value.clone(),
        _ => stub.field(&stub.rows[number], stub.column(name)).to_owned(),
    };
    let column = by_field(&field);
    let rows = NewRows { count: stub.rows.len(), column: &column };
    let put = append(&header_line(&stub.header, stub.delimiter), stub.delimiter, rows)?;
    let name = format!("{}.csv", stub.layout.name);
    values.iter().any(Option::is_some).then(|| File { name, bytes: put.text.into_bytes() })
}

/// A value without the spaces between its thousands and with the decimal mark of its table. What is no
/// number stays, and is refused when it is taken into the table.
fn as_written(value: &str, decimal: char) -> String {
    let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let mut parts = plain.split([',', '.']);
    match (parts.next(), parts.next(), parts.next()) {
        // 11,267 may be eleven thousand or eleven, so the person who typed it is asked.
        (Some(_), Some(decimals), None) if decimals.len() == 3 => plain,
        (Some(whole), Some(decimals), None) => format!("{whole}{decimal}{decimals}"),
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_as_its_table_writes_numbers() {
        for (value, expected) in [
            ("11 267", "11267"),
            ("11\u{A0}267,5", "11267.5"),
            ("-3.5", "-3.5"),
            ("11,267", "11,267"),
            ("n/a", "n/a"),
        ] {
            assert_eq!(as_written(value, '.'), expected);
        }
    }
}
