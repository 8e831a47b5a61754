//! What was imported from where, so that each row's origin is a cell; and taking the last import back.
//!
//! `data/imports/0001/` holds a copy of the file and `record.json`. What was put into the files are whole lines, so
//! taking them out gives the files as they were; the sums in the record say so before anything is written.

use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Origin, Plan, fresh};
use crate::data;
use crate::diag::{Code, Diagnostic, Place, Result, Severity};
use crate::files::digest::hexadecimal;
use crate::files::{Blob, Files};
use crate::output::{Content, Revision, is_file_name, revise};
use crate::recipes::{Reading, Recipe};
use crate::workbook::BesideFile;

/// The folder of all imports in a data folder.
pub(super) const FOLDER: &str = "imports";
/// The record's file.
pub(super) const NAME: &str = "record.json";
/// The file that names the cell of each row.
pub(super) const ROWS: &str = "rows.csv";

/// What an import did.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Record {
    /// What the file was called.
    file: String,
    /// What its copy beside the record is called.
    pub copy: String,
    /// The sum of its bytes.
    sha256: String,
    /// The file of the table, where the file only describes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described: Option<RecordedTable>,
    recipe: String,
    /// The sum of the recipe's text.
    recipe_sha256: String,
    table: String,
    vintage: String,
    released: String,
    source: String,
    /// The files that got rows.
    files: Vec<RecordedFile>,
    /// How many rows the table got; `rows.csv` has their cells.
    rows: usize,
}

/// A file that got rows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct RecordedFile {
    name: String,
    before: String,
    after: String,
    /// Whether its last line ended without a line end before.
    #[serde(default)]
    was_open: bool,
    /// The lines of the new rows, in order.
    lines: Vec<Lines>,
}

/// Lines of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Lines {
    /// One.
    One(usize),
    /// Those from the first to the last one.
    Run([usize; 2]),
}

impl Lines {
    /// Lines as runs, in order: an import of a million rows may be a single one.
    fn runs(lines: &[u32]) -> Vec<Self> {
        let mut lines = lines.to_vec();
        lines.sort_unstable();
        let runs = lines.chunk_by(|one, next| one + 1 == *next);
        let run = |run: &[u32]| match run {
            [first, .., last] => Some(Self::Run([*first as usize, *last as usize])),
            [one] => Some(Self::One(*one as usize)),
            [] => None,
        };
        runs.filter_map(run).collect()
    }

    fn range(self) -> RangeInclusive<usize> {
        match self {
            Self::One(line) => line..=line,
            Self::Run([first, last]) => first..=last,
        }
    }
}

/// The file of a table that another one describes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RecordedTable {
    /// Its path from the folder of the description.
    file: String,
    /// Its copy beside the record.
    pub copy: String,
    /// The sum of its bytes.
    sha256: String,
}

impl RecordedTable {
    fn of(file: &BesideFile, description: &str) -> Self {
        let parts: Vec<&str> =
            file.path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let path = parts.join("/");
        // The description finds it where it was, if nothing else stands there.
        let is_free = ![NAME, ROWS, description].contains(&&*path);
        let copy = match is_free && parts.iter().all(|part| is_file_name(part)) {
            true => path,
            false => "table.csv".to_owned(),
        };
        Self { file: file.path.clone(), copy, sha256: sum(file.bytes.bytes()) }
    }
}

/// A file with rows put into it.
pub(super) struct Changed<'a> {
    pub name: String,
    pub before: &'a [u8],
    pub after: &'a [u8],
    pub lines: &'a [u32],
}

fn sum(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

impl Record {
    pub(super) fn new<'a>(
        recipe: &Recipe,
        plan: &Plan,
        origin: &Origin,
        beside: Option<&BesideFile>,
        changed: impl Iterator<Item = Changed<'a>>,
    ) -> Self {
        let mut files = vec![];
        for file in changed {
            let was_open = !file.before.is_empty() && !file.before.ends_with(b"\n");
            let (before, after) = (sum(file.before), sum(file.after));
            files.push(RecordedFile {
                name: file.name,
                before,
                after,
                was_open,
                lines: Lines::runs(file.lines),
            });
        }
        let ending = Path::new(&origin.name).extension().and_then(|ending| ending.to_str());
        let is_plain = is_file_name(&origin.name) && ![NAME, ROWS].contains(&&*origin.name);
        let copy = match (is_plain, ending) {
            (true, _) => origin.name.clone(),
            (false, Some(ending)) if is_file_name(ending) => format!("workbook.{ending}"),
            _ => "workbook".to_owned(),
        };
        let released = plan.new_vintage.as_ref().and_then(|row| row.get("released").cloned());
        Self {
            file: origin.name.clone(),
            described: beside.map(|file| RecordedTable::of(file, &copy)),
            copy,
            sha256: sum(origin.bytes.bytes()),
            recipe: recipe.name.clone(),
            recipe_sha256: sum(recipe.text.text.as_bytes()),
            table: plan.table.clone(),
            vintage: plan.vintage.clone().unwrap_or_default(),
            released: released.unwrap_or_default(),
            source: plan.source.clone().unwrap_or_default(),
            files,
            rows: plan.rows.len(),
        }
    }

    /// The record as a file.
    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a record is plain data");
        text.push('\n');
        text
    }
}

/// The line, the cell and the state of each row, in the order of the sheet.
pub(super) fn rows(reading: &Reading, plan: &Plan, lines: &[u32]) -> String {
    let mut out = String::from("line,cell,state\n");
    for (figure, line) in plan.rows.iter().zip(lines) {
        let figure = *figure as usize;
        let cell = reading.cell(figure);
        let cell = match cell.contains([',', '"']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell,
        };
        let state = plan.states.get(figure).map_or("", |state| state.name());
        // Memory takes every row.
        let _ = writeln!(out, "{line},{cell},{state}");
    }
    out
}

/// The numbers of the imports of a data folder, in order.
fn numbers(files: &Files, data: &Path) -> Result<Vec<u32>> {
    let folder = data.join(FOLDER);
    let names = files.list(&folder).map_err(|error| {
        vec![
            Diagnostic::error(Code::K0001, message!("the imports cannot be read: {error}", error))
                .at(Place::Path(folder.clone())),
        ]
    })?;
    let names = names.unwrap_or_default();
    let mut numbers: Vec<u32> = names.iter().filter_map(|name| name.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

fn shown(number: u32) -> String {
    format!("{number:04}")
}

/// The number of the next import.
pub(super) fn next(files: &Files, data: &Path) -> Result<String> {
    let last = numbers(files, data)?.last().copied().unwrap_or_default();
    Ok(shown(last.saturating_add(1)))
}

/// An import that was taken back.
#[derive(Debug, Clone)]
pub struct Undone {
    /// Its number, such as `0001`.
    pub number: String,
    /// The file it was of.
    pub file: String,
    /// The table that had its rows.
    pub table: String,
    /// How many rows were taken out of it.
    pub rows: usize,
}

/// Takes the last import of a data folder back: its rows, its release and source if it brought them, its record.
/// Refused if one of the files was changed since (K1546).
pub fn undo(data: &Path, shown_as: &Path) -> Result<Undone> {
    let (_, files) = fresh();
    let at = || Place::Path(shown_as.join(FOLDER));
    let Some(last) = numbers(&files, data)?.last().copied() else {
        return Err(Diagnostic::error(Code::K1546, message!("there is no import to undo"))
            .at(at())
            .into());
    };
    let number = shown(last);
    let inside = format!("{FOLDER}/{number}");
    let record_name = format!("{inside}/{NAME}");
    let read = |name: &str| -> Option<Vec<u8>> {
        files.read(&data.join(name)).ok().map(|content| content.bytes().to_vec())
    };
    let text = read(&record_name);
    let record: Option<Record> = text.as_ref().and_then(|bytes| serde_json::from_slice(bytes).ok());
    let (Some(text), Some(record)) = (text, record) else {
        return Err(Diagnostic::error(
            Code::K1546,
            message!("the record of import {number} cannot be read", number),
        )
        .at(Place::Path(shown_as.join(&record_name)))
        .hint(message!("delete its rows by hand, then the folder of the record"))
        .into());
    };
    let mut found = vec![];
    let (mut revisions, mut will_be) = (vec![], vec![]);
    // The table first: without its rows nothing is based on the release.
    for file in record.files.iter().rev() {
        match file.without(read(&file.name)) {
            Some((now, before)) => {
                will_be.push((data.join(&file.name), before.clone()));
                revisions.push(Revision {
                    name: file.name.clone(),
                    before: Some(now.into()),
                    after: Some(before.into()),
                });
            }
            None => found.push(
                Diagnostic::error(
                    Code::K1546,
                    message!(
                        "`{name}` was changed after import {number}",
                        name = file.name,
                        number
                    ),
                )
                .at(Place::Path(shown_as.join(&file.name)))
                .note(message!("the lines of the import may now contain other rows"))
                .hint(message!("delete the rows by hand; the record names their lines and cells")),
            ),
        }
    }
    if !found.is_empty() {
        return Err(found);
    }
    let of_table = record.described.as_ref().map(|table| table.copy.as_str());
    let beside = [record.copy.as_str(), ROWS].into_iter().chain(of_table);
    let beside: Vec<String> = beside.map(|name| format!("{inside}/{name}")).collect();
    for name in beside.into_iter().chain([record_name.clone()]) {
        let before = if name == record_name { Some(text.clone()) } else { read(&name) };
        if before.is_some() {
            revisions.push(Revision { name, before: before.map(Content::from), after: None });
        }
    }
    still_loads(data, shown_as, will_be, &number)?;
    revise(data, &revisions)?;
    Ok(Undone { number, file: record.file, table: record.table, rows: record.rows })
}

/// Refuses what would leave rows of others without their release or source.
fn still_loads(
    data: &Path,
    shown_as: &Path,
    will_be: Vec<(PathBuf, Vec<u8>)>,
    number: &str,
) -> Result<()> {
    let (disk, files) = fresh();
    for (path, bytes) in will_be {
        disk.presume(&path, Blob::from(bytes));
    }
    let problems = match data::load(&files, data, shown_as) {
        Ok(_) => return Ok(()),
        Err(problems) => problems,
    };
    let mut all = vec![
        Diagnostic::error(
            Code::K1546,
            message!("the data cannot be read without the rows of import {number}", number),
        )
        .at(Place::Path(shown_as.join(FOLDER)))
        .note(message!("other rows need its release or its source"))
        .hint(message!("undo their imports first, or give them another release and source")),
    ];
    all.extend(problems.into_iter().filter(|one| one.severity == Severity::Error));
    Err(all)
}

impl RecordedFile {
    /// The file as it is, and as it was before the import; `None` if it was changed since.
    fn without(&self, now: Option<Vec<u8>>) -> Option<(Vec<u8>, Vec<u8>)> {
        let now = now.filter(|now| sum(now) == self.after)?;
        let text = std::str::from_utf8(&now).ok()?;
        let mut before = String::with_capacity(text.len());
        let mut taken: Vec<RangeInclusive<usize>> =
            self.lines.iter().map(|lines| lines.range()).collect();
        taken.sort_unstable_by_key(|lines| *lines.start());
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            let until = taken.partition_point(|lines| *lines.start() <= number);
            let last = until.checked_sub(1).and_then(|at| taken.get(at));
            if !last.is_some_and(|lines| lines.contains(&number)) {
                before.push_str(line);
            }
        }
        if self.was_open {
            let length = before.trim_end_matches(['\r', '\n']).len();
            before.truncate(length);
        }
        (sum(before.as_bytes()) == self.before).then(|| (now.clone(), before.into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_recorded_as_runs_and_those_of_older_records_are_read() {
        let runs = Lines::runs(&[7, 2, 3, 4, 9, 8]);
        assert_eq!(serde_json::to_string(&runs).unwrap(), "[[2,4],[7,9]]");
        assert_eq!(serde_json::to_string(&Lines::runs(&[5, 1])).unwrap(), "[1,5]");
        let now = "a\nnew\nnew\nb\nnew\n";
        for lines in ["[2,3,5]", "[[2,3],5]", "[5,[2,3]]"] {
            let lines: Vec<Lines> = serde_json::from_str(lines).unwrap();
            let (before, after) = (sum(b"a\nb\n"), sum(now.as_bytes()));
            let file = RecordedFile { name: "t.csv".into(), before, after, was_open: false, lines };
            let (_, old) = file.without(Some(now.as_bytes().to_vec())).unwrap();
            assert_eq!(old, b"a\nb\n");
        }
    }
}
