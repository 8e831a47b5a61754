//! Registers: tables that other tables point to, including releases and sources.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use indexmap::map::Entry;
use jiff::civil::Date;

use super::field::{Column, Meaning, Problems, Registers, day};
use super::package::{Field, Resource};
use super::{Precision, Register, Source, SourceKind, Status, Vintage, code, csv};
use crate::diag::{Code, Diagnostic, SourceText, did_you_mean};

/// For each column of a file its index in the schema.
pub(super) fn header(
    resource: &Resource,
    fields: &[csv::Field],
    text: &SourceText,
    problems: &mut Problems,
) -> Option<Vec<usize>> {
    let mut columns = vec![];
    let mut clean = true;
    let known = || resource.fields.iter().map(|field| field.name.as_str());
    let is_written = |name: &str| fields.iter().any(|field| field.text == name);
    for (index, written) in fields.iter().enumerate() {
        let name = &*written.text;
        let place = || text.place(written.range.clone());
        if fields[..index].iter().any(|before| before.text == name) {
            clean = false;
            problems.push(|| {
                Diagnostic::error(Code::K0103, message!("there are two columns `{name}`", name))
                    .at(place())
            });
        } else if let Some(column) = known().position(|known| known == name) {
            columns.push(column);
        } else {
            clean = false;
            problems.push(|| {
                Diagnostic::error(Code::K0103, message!("the schema has no column `{name}`", name))
                    .at(place())
                    .note(message!("the columns are described in `datapackage.json`"))
                    .maybe_hint(did_you_mean(name, known().filter(|known| !is_written(known))))
            });
        }
    }
    let end = fields.last().map_or(0, |field| field.range.end);
    for Field { name, .. } in &resource.fields {
        if !is_written(name) {
            clean = false;
            problems.push(|| {
                Diagnostic::error(Code::K0103, message!("there is no column `{name}`", name))
                    .at(text.place(0..end))
                    .note(message!("the columns are described in `datapackage.json`"))
                    .hint(message!("add `{name}` to the header and a field to each row", name))
            });
        }
    }
    clean.then_some(columns)
}

/// Reports a delimiter other than the declared one; returns whether that was the case.
fn separator(
    resource: &Resource,
    fields: &[csv::Field],
    text: &SourceText,
    problems: &mut Problems,
) -> bool {
    let (Some(first), Some(last)) = (fields.first(), fields.last()) else { return false };
    let range = first.range.start..last.range.end;
    let line = &text.text[range.clone()];
    if line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")) {
        problems.push(|| {
            Diagnostic::error(
                Code::K0103,
                message!("the first line is a note for a spreadsheet program"),
            )
            .at(text.place(range.clone()))
            .hint(message!("delete it: the first line must contain the names of the columns"))
        });
        return true;
    }
    let known = |by: u8| {
        let names = line.split(char::from(by)).map(|name| name.trim().trim_matches('"'));
        names.filter(|name| resource.fields.iter().any(|field| field.name == *name)).count()
    };
    let by = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "vertical bars")];
    let word = |of: u8| by.iter().find(|(byte, _)| *byte == of).map_or("", |(_, word)| word);
    let own = known(resource.delimiter);
    let other = by.iter().map(|(byte, _)| *byte).max_by_key(|byte| known(*byte));
    let Some(other) = other.filter(|other| known(*other) > own.max(1)) else { return false };
    problems.push(|| {
        let shown = if other == b'\t' { "\\t".to_owned() } else { char::from(other).to_string() };
        let problem = Diagnostic::error(
            Code::K0103,
            message!(
                "the separator of this file is {other}, but the package says {delimiter}",
                other = word(other),
                delimiter = word(resource.delimiter)
            ),
        )
        .at(text.place(range.clone()));
        if other == b',' {
            return problem.hint(message!(
                "delete `dialect` of the resource, or save the file with this \
                separator"
            ));
        }
        problem.hint(message!("save it as “CSV UTF-8 (comma delimited)”")).hint(message!(
            "or write `\"dialect\": {{\"delimiter\": \"{shown}\"}}` into the resource, and \
                 `\"decimalChar\": \",\"` into the field `value` if it has decimal commas",
            shown
        ))
    });
    true
}

/// The line of a record that has as many fields as the header; reports any other record.
pub(super) fn is_whole(
    record: Result<usize, csv::Broken>,
    fields: &[csv::Field],
    columns: usize,
    text: &SourceText,
    problems: &mut Problems,
) -> Option<usize> {
    match record {
        Err(broken) => {
            problems.push(|| {
                Diagnostic::error(Code::K0104, broken.reason)
                    .at(text.place(broken.range.clone()))
                    .hint(broken.remedy)
            });
            None
        }
        Ok(_) if fields.len() > 1 && fields.iter().all(|field| field.text.trim().is_empty()) => {
            let start = fields.first().map_or(0, |field| field.range.start);
            let end = fields.last().map_or(0, |field| field.range.end);
            problems.push(|| {
                Diagnostic::error(Code::K0104, message!("this row is empty"))
                    .at(text.place(start..end))
                    .hint(message!("delete it: spreadsheet programs write such rows below a table"))
            });
            None
        }
        Ok(line) if fields.len() == columns => Some(line),
        Ok(_) => {
            let start = fields.first().map_or(0, |field| field.range.start);
            let end = fields.last().map_or(0, |field| field.range.end);
            let surplus = fields.len() > columns;
            problems.push(|| {
                let range = if surplus { fields[columns].range.start..end } else { start..end };
                let found = fields.len();
                Diagnostic::error(
                    Code::K0104,
                    message!("this row has {found} fields, not {columns}", found, columns),
                )
                .at(text.place(range))
                .label(if surplus { message!("too many") } else { message!("too few") })
                .hint(if surplus {
                    message!("if a text contains the separator, put it into quotation marks")
                } else {
                    message!("an empty field still needs its separator")
                })
            });
            None
        }
    }
}

/// Reads a register. Its own foreign keys are checked later, by [`foreign_keys`].
pub(super) fn read(resource: &Resource, text: SourceText) -> (Register, Vec<Diagnostic>) {
    let none = Registers::new();
    let mut problems = Problems::default();
    let mut rows: IndexMap<Arc<str>, BTreeMap<String, String>> = IndexMap::new();
    let mut first_lines: Vec<usize> = vec![];
    let mut codes = code::Codes::default();
    let mut seen: HashMap<(usize, String), usize> = HashMap::new();
    let contents = text.text.clone();
    each_record(resource, &text, &contents, &mut problems, |line, columns, fields, problems| {
        let mut row = BTreeMap::new();
        let mut clean = true;
        for (column, cell) in columns.iter().zip(fields) {
            let field = &resource.fields[*column];
            let rules = Column { field, registers: &none, text: &text };
            match rules.check(cell) {
                Ok(Meaning::Missing) => _ = row.insert(field.name.clone(), String::new()),
                Ok(_) => {
                    if field.unique && !resource.primary_key.contains(column) {
                        match seen.get(&(*column, cell.text.to_string())) {
                            Some(first) => {
                                clean = false;
                                problems.push(|| twice(&text, cell, &field.name, *first));
                            }
                            None => _ = seen.insert((*column, cell.text.to_string()), line),
                        }
                    }
                    row.insert(field.name.clone(), cell.text.to_string());
                }
                Err(problem) => {
                    clean = false;
                    problems.push(|| *problem);
                }
            }
        }
        let Some(key) = resource.primary_key.first().filter(|_| clean) else { return };
        let field = &resource.fields[*key];
        let code = &row[&field.name];
        let cell = columns.iter().position(|column| column == key).map(|place| &fields[place]);
        if let (Some((message, hint)), Some(cell)) = (code::wrong(code), cell) {
            problems.push(|| {
                Diagnostic::error(Code::K0124, message)
                    .at(text.place(cell.range.clone()))
                    .hint(hint)
            });
            return;
        }
        if let (Some(other), Some(cell)) = (codes.add(code), cell) {
            let first = rows.get_index_of(other).map_or(line, |at| first_lines[at]);
            problems.push(|| alike(&text, cell.range.clone(), code, other, text.line(first)));
            return;
        }
        match rows.entry(row[&field.name].as_str().into()) {
            Entry::Occupied(entry) => {
                let first = first_lines[entry.index()];
                if let Some(place) = columns.iter().position(|column| column == key) {
                    problems.push(|| twice(&text, &fields[place], &field.name, first));
                }
            }
            Entry::Vacant(entry) => {
                entry.insert(row);
                first_lines.push(line);
            }
        }
    });
    let found = problems.finish(&text);
    let name = resource.name.clone();
    let listed = resource.fields.iter().filter_map(|field| {
        let members = field.members.as_ref()?;
        Some((field.name.clone(), members.clone()))
    });
    let register = Register {
        name,
        rows,
        listed: listed.collect(),
        text,
        columns: resource.fields.iter().map(|field| (field.name.clone(), field.required)).collect(),
        delimiter: resource.delimiter,
        key: resource
            .primary_key
            .first()
            .map(|key| resource.fields[*key].name.clone())
            .unwrap_or_default(),
        lines: first_lines,
        aggregates: OnceLock::new(),
    };
    (register, found)
}

/// The problem of two codes that look the same.
pub(super) fn alike(
    text: &SourceText,
    range: std::ops::Range<usize>,
    code: &str,
    other: &str,
    first: crate::diag::Place,
) -> Diagnostic {
    Diagnostic::error(
        Code::K0124,
        message!("`{code}` and `{other}` cannot be told apart", code, other),
    )
    .at(text.place(range))
    .related(first, message!("the other one"))
    .note(message!(
        "they differ only in case, spaces, the Unicode form, or letters that look alike"
    ))
    .hint(message!("write both in one way, or give one of them another code"))
}

fn twice(text: &SourceText, cell: &csv::Field, name: &str, first: usize) -> Diagnostic {
    Diagnostic::error(
        Code::K0109,
        message!("`{text}` appears twice in column `{name}`", text = cell.text, name),
    )
    .at(text.place(cell.range.clone()))
    .related(text.line(first), message!("first here"))
    .hint(message!("delete one of the two rows, or give it another key"))
}

/// Calls `row` for each record with the right number of fields.
pub(super) fn each_record<'t>(
    resource: &Resource,
    text: &SourceText,
    contents: &'t str,
    problems: &mut Problems,
    row: impl FnMut(usize, &[usize], &[csv::Field<'t>], &mut Problems),
) {
    if let Some((columns, reader)) = begin(resource, text, contents, problems) {
        each_of(reader, &columns, text, problems, row);
    }
}

/// Reads the header. Returns for each column of the file its index in the schema, and the reader at the
/// first record.
pub(super) fn begin<'t>(
    resource: &Resource,
    text: &SourceText,
    contents: &'t str,
    problems: &mut Problems,
) -> Option<(Vec<usize>, csv::Reader<'t>)> {
    if let Some(broken) = csv::control(contents) {
        problems.push(|| {
            Diagnostic::error(Code::K0123, broken.reason)
                .at(text.place(broken.range.clone()))
                .note(message!(
                    "nothing is read from this file: otherwise rows could be lost or joined"
                ))
                .hint(broken.remedy)
        });
        return None;
    }
    let mut reader = csv::Reader::new(contents, resource.delimiter);
    let mut fields = vec![];
    let columns = match reader.next(&mut fields) {
        Some(Ok(_)) if separator(resource, &fields, text, problems) => None,
        Some(Ok(_)) => header(resource, &fields, text, problems),
        Some(broken) => {
            is_whole(broken, &fields, 0, text, problems);
            None
        }
        None => {
            problems.push(|| {
                Diagnostic::error(Code::K0103, message!("the file is empty: it has no header"))
                    .at(text.place(0..0))
                    .hint(message!("its first line must contain the names of the columns"))
            });
            None
        }
    };
    Some((columns?, reader))
}

/// Calls `row` for each record of a reader with the right number of fields.
pub(super) fn each_of<'t>(
    mut reader: csv::Reader<'t>,
    columns: &[usize],
    text: &SourceText,
    problems: &mut Problems,
    mut row: impl FnMut(usize, &[usize], &[csv::Field<'t>], &mut Problems),
) {
    let mut fields = vec![];
    while let Some(record) = reader.next(&mut fields) {
        if let Some(line) = is_whole(record, &fields, columns.len(), text, problems) {
            row(line, columns, &fields, problems);
        }
    }
}

/// Checks the targets of a register's own foreign keys.
pub(super) fn foreign_keys(
    resource: &Resource,
    text: &SourceText,
    registers: &Registers,
) -> Vec<Diagnostic> {
    let mut problems = Problems::default();
    if resource.fields.iter().all(|field| field.register.is_none()) {
        return vec![];
    }
    each_record(resource, text, &text.text, &mut problems, |_, columns, fields, problems| {
        for (column, cell) in columns.iter().zip(fields) {
            let field = &resource.fields[*column];
            let rules = Column { field, registers, text };
            if !field.missing.iter().any(|missing| *missing == cell.text)
                && let Err(problem) = rules.has_target(cell)
            {
                problems.push(|| *problem);
            }
        }
    });
    problems.finish(text)
}

/// The releases that a register lists. Invalid rows were refused before.
pub(super) fn vintages(register: &Register) -> IndexMap<Arc<str>, Vintage> {
    let vintage = |(id, row): (&Arc<str>, &BTreeMap<String, String>)| {
        let field = |name: &str| row.get(name).map_or("", String::as_str);
        let status = match field("status") {
            "final" => Status::Final,
            "express" => Status::Express,
            _ => Status::Secondary,
        };
        let vintage = Vintage {
            id: id.to_string(),
            status,
            released: day(field("released"))?,
            is_dated: field("date_basis") == "printed",
            precision: match (field("precision"), row.get("date_basis").map(String::as_str)) {
                // A day typed without a remark is exact. An inferred day is known to the year, unless the
                // table gives a precision.
                ("", None | Some("printed" | "")) => Precision::Day,
                ("", Some(_)) => Precision::Year,
                (named, _) => Precision::named(named).unwrap_or(Precision::Year),
            },
            note: field("note").to_owned(),
        };
        Some((id.clone(), vintage))
    };
    register.rows.iter().filter_map(vintage).collect()
}

/// The first and last day of a date, which may be a month or a year.
fn days(text: &str) -> Option<(Date, Date)> {
    if let Some(day) = day(text) {
        return Some((day, day));
    }
    let mut parts = text.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let first = Date::new(year, month.unwrap_or(1), 1).ok()?;
    let last = Date::new(year, month.unwrap_or(12), 1).ok()?.last_of_month();
    parts.next().is_none().then_some((first, last))
}

/// The sources that a register lists. Invalid rows were refused before.
pub(super) fn sources(register: &Register) -> IndexMap<Arc<str>, Source> {
    let source = |(id, row): (&Arc<str>, &BTreeMap<String, String>)| {
        let precedence = row.get("precedence")?.parse().ok()?;
        Some((
            id.clone(),
            Source {
                id: id.to_string(),
                precedence,
                written: row.get("date").and_then(|date| days(date)),
                kind: row.get("kind").and_then(|kind| SourceKind::named(kind)),
                fields: row.clone(),
            },
        ))
    };
    register.rows.iter().filter_map(source).collect()
}
