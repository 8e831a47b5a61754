//! Filled rows into the tables.
//!
//! A row is taken if it has a value. The tables are put together in memory, read and checked as if they were in
//! place, and only then put there, all together.
//! What is wrong with a row is told at its stub.

use std::collections::BTreeMap;

use serde::Serialize;

use super::stubs::{FOLDER, Stub, WAITS, folder, named, read};
use crate::build::edition::Pipeline;
use crate::data::{
    Holds, Inserted, Layout, NewRows, Part, Record, append, by_field, header_line, load,
};
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, Warned, keep};
use crate::files::{Blob, Disk, Files};
use crate::output::{self, Revision};
use crate::stats::Period;

/// What was taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// For each file of the data the rows that were added.
    pub added: BTreeMap<String, usize>,
    /// Rows that have no value yet, and stay where they are.
    pub left: usize,
}

/// A line that goes into a table, and where it stands now.
struct Moved {
    place: Place,
    /// The row's number in its stub.
    row: usize,
}

/// A table with what is added to it.
struct Grown {
    layout: Layout,
    before: SourceText,
    after: String,
    /// For each line that was added where it came from.
    from: BTreeMap<usize, Moved>,
}

/// Moves the filled rows of a period into the tables: all of them, or none. What is told beside is
/// what the checks of the data say of them.
pub fn take(pipeline: &Pipeline, period: Period) -> Result<Warned<Taken>> {
    let stubs = read(pipeline, period)?;
    let wrong: Vec<Diagnostic> = stubs.iter().flat_map(headers).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let grown = grown(pipeline, &stubs)?;
    if grown.iter().all(|table| table.layout.holds != Holds::Observations) {
        let (_, shown) = folder(pipeline, period);
        let message = message!("no row of {shown} has a value", shown = shown.display());
        return Err(Diagnostic::error(Code::K1304, message)
            .at(Place::Path(shown))
            .hint(message!(
                "fill in the column of the value; `kosh quarter {period} --write` writes the rows",
                period = period.short()
            ))
            .into());
    }
    let warnings = checked(pipeline, &grown)?;
    let mut taken = Taken::default();
    let mut revisions = vec![];
    for stub in &stubs {
        let (left, revision) = rest(stub, &grown, period);
        if stub.layout.holds == Holds::Observations {
            taken.left += left;
        }
        revisions.extend(revision);
    }
    // Tables come last: until then a reader sees the old ones.
    for table in &grown {
        taken.added.insert(named(&table.before), table.from.len());
        revisions.push(Revision {
            name: table.layout.path.clone(),
            before: Some(table.before.text.clone().into()),
            after: Some(table.after.clone().into_bytes().into()),
        });
    }
    output::revise(&pipeline.project.data, &revisions)?;
    Ok(Warned { value: taken, warnings })
}

/// How many rows of a stub are left where they are, and the stub without the others; none if all are
/// left.
fn rest(stub: &Stub, grown: &[Grown], period: Period) -> (usize, Option<Revision>) {
    let moved = grown.iter().find(|table| table.layout.name == stub.layout.name);
    let is_moved =
        |at: usize| moved.is_some_and(|table| table.from.values().any(|moved| moved.row == at));
    let left: Vec<&Record> = { stub.rows.iter().enumerate() }
        .filter(|(at, _)| !is_moved(*at))
        .map(|(_, row)| row)
        .collect();
    if left.len() == stub.rows.len() {
        return (left.len(), None);
    }
    let field = |number: usize, name: &str| stub.field(left[number], stub.column(name)).to_owned();
    let column = by_field(&field);
    let rows = NewRows { count: left.len(), column: &column };
    let header = header_line(&stub.header, stub.delimiter);
    let rest = append(&header, stub.delimiter, rows).map(|put| put.text);
    let revision = Revision {
        name: format!("{FOLDER}/{}/{}.csv", period.short(), stub.layout.name),
        before: Some(stub.text.text.clone().into()),
        after: rest.filter(|_| !left.is_empty()).map(|text| text.into_bytes().into()),
    };
    (left.len(), Some(revision))
}

/// Columns of a stub that its table does not have, and those that it lacks.
fn headers(stub: &Stub) -> Vec<Diagnostic> {
    let names: Vec<&str> = stub.layout.columns.iter().map(|column| column.name.as_str()).collect();
    let place = || stub.text.line(1);
    let refuse = |message: Message| {
        Diagnostic::error(Code::K1302, message).at(place()).hint(message!(
            "the columns must be those of `{path}`, and `{waits}`",
            path = stub.layout.path,
            waits = WAITS
        ))
    };
    let strange =
        stub.header.iter().filter(|name| **name != WAITS && !names.contains(&name.as_str()));
    let missing = names.iter().filter(|name| stub.column(name).is_none());
    let twice = stub.header.iter().enumerate().filter(|(at, name)| stub.column(name) < Some(*at));
    let mut found: Vec<Diagnostic> = strange
        .map(|name| {
            refuse(message!("`{name_2}` has no column `{name}`", name_2 = stub.layout.name, name))
        })
        .chain(missing.map(|name| refuse(message!("the column `{name}` is missing", name))))
        .chain(twice.map(|(_, name)| refuse(message!("the column `{name}` is there twice", name))))
        .collect();
    let width = stub.header.len();
    for (line, fields) in stub.rows.iter().filter(|(_, fields)| fields.len() != width) {
        let message = message!(
            "this row has {number_of_fields} fields, and the header {width}",
            number_of_fields = fields.len(),
            width
        );
        found.push(Diagnostic::error(Code::K1302, message).at(stub.text.line(*line)));
    }
    found
}

/// The tables with the filled rows, and the releases and sources that those name and that are new.
fn grown(pipeline: &Pipeline, stubs: &[Stub]) -> Result<Vec<Grown>> {
    let mut named: Vec<(Holds, String)> = vec![];
    for stub in stubs.iter().filter(|stub| stub.layout.holds == Holds::Observations) {
        let [value, vintage, source] =
            [Part::Value, Part::Vintage, Part::Source].map(|part| stub.part(part));
        for row in stub.rows.iter().filter(|row| !stub.field(row, value).is_empty()) {
            named.push((Holds::Vintages, stub.field(row, vintage).to_owned()));
            named.push((Holds::Sources, stub.field(row, source).to_owned()));
        }
    }
    let mut all = vec![];
    for stub in stubs {
        let layout = &stub.layout;
        let key = layout.key.first().and_then(|key| stub.column(key));
        let is_taken = |row: &Record| match layout.holds {
            Holds::Observations => !stub.field(row, stub.part(Part::Value)).is_empty(),
            holds => named.iter().any(|(of, name)| *of == holds && name == stub.field(row, key)),
        };
        let taken: Vec<(usize, &Record)> =
            stub.rows.iter().enumerate().filter(|(_, row)| is_taken(row)).collect();
        if taken.is_empty() {
            continue;
        }
        let field =
            |number: usize, name: &str| stub.field(taken[number].1, stub.column(name)).to_owned();
        let column = by_field(&field);
        let rows = NewRows { count: taken.len(), column: &column };
        let (before, put) = put(pipeline, layout, rows)?;
        let moved = |(at, row): &(usize, &Record)| Moved { place: stub.text.line(row.0), row: *at };
        let from = put.lines.into_iter().zip(taken.iter().map(moved)).collect();
        all.push(Grown { layout: layout.clone(), before, after: put.text, from });
    }
    Ok(all)
}

/// The file of a table, and its text with rows in it.
fn put(
    pipeline: &Pipeline,
    layout: &Layout,
    rows: NewRows<'_, '_>,
) -> Result<(SourceText, Inserted)> {
    let dataset = &pipeline.dataset;
    let table = dataset.tables.get(&layout.name).map(|table| (&table.text, table.insert(rows)));
    let register = || {
        let register = dataset.registers.get(&layout.name)?;
        Some((&register.text, register.insert(rows)))
    };
    match table.or_else(register) {
        Some((text, Some(put))) => Ok((text.clone(), put)),
        _ => Err(Diagnostic::error(Code::K0104, message!("rows cannot be added to this file"))
            .at(Place::Path(layout.path.clone().into()))
            .hint(message!("fix the problems that `kosh check` reports first"))
            .into()),
    }
}

/// Reads the data as they would be, and tells what is wrong with them at the stubs. Warnings about
/// other rows are left to `kosh check data`.
fn checked(pipeline: &Pipeline, grown: &[Grown]) -> Result<Vec<Diagnostic>> {
    let project = &pipeline.project;
    let shown = project.shown(&project.data);
    let disk = Disk::new();
    for table in grown {
        let path = project.data.join(&table.layout.path);
        disk.presume(&path, Blob::from(table.after.clone().into_bytes()));
    }
    let read = load(&Files::on(&disk), &project.data, &shown);
    let mut found = vec![];
    let loaded = keep(read, &mut found);
    let is_refused = loaded.is_none();
    found.extend(loaded.into_iter().flat_map(|loaded| loaded.warnings));
    let reported: Vec<Diagnostic> =
        found.into_iter().filter_map(|problem| at_stub(problem, grown, is_refused)).collect();
    if !is_refused {
        return Ok(reported);
    }
    let own = Diagnostic::error(Code::K1303, message!("the filled rows contradict the data"))
        .note(message!("nothing was written"))
        .hint(message!("correct these rows; rows without a value are not affected"));
    Err(reported.into_iter().chain([own]).collect())
}

/// A problem, told at the stubs of the rows that it is about; none if it is about none of them, unless
/// all are asked for.
fn at_stub(mut problem: Diagnostic, grown: &[Grown], all: bool) -> Option<Diagnostic> {
    let stub = |place: &Place| -> Option<Place> {
        let (line, _) = place.line_column()?;
        let table = grown.iter().find(|table| table.before.path == place.path())?;
        Some(table.from.get(&line)?.place.clone())
    };
    let mut is_about = false;
    if let Some(at) = problem.place.as_ref().and_then(stub) {
        problem.place = Some(at);
        is_about = true;
    }
    for (place, _) in &mut problem.related {
        if let Some(at) = stub(place) {
            *place = at;
            is_about = true;
        }
    }
    (is_about || all).then_some(problem)
}
