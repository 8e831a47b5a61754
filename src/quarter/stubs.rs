//! Rows to fill in, in a folder of their own: no package names it, so nothing reads them as data.
//!
//! `to-fill/PERIOD/` in the data folder has a file for each table, with its columns and a last one that
//! says what waits for the row. The column of the value is empty. Beside them stand rows for the
//! releases and the sources that are new; of those only the key and the status are written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::awaited::Awaited;
use crate::build::edition::Pipeline;
use crate::data::{
    Column, Holds, Layout, NewRows, Part, append, by_field, header_line, layouts, records,
};
use crate::diag::{Result, SourceText, slashed};
use crate::files::{Track, text};
use crate::output::{self, File};
use crate::stats::{Period, Status};

/// The folder of the stubs, in the data folder.
pub const FOLDER: &str = "to-fill";

/// The last column of a stub, which says what waits for the row.
pub(super) const WAITS: &str = "waits";

/// Stubs that are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stubs {
    /// Their folder, as the user knows it.
    pub folder: PathBuf,
    /// Their files.
    pub files: Vec<String>,
    /// How many rows have a value.
    pub filled: usize,
    /// How many have none.
    pub empty: usize,
}

/// The folder of the stubs of a period, and what the user calls it.
pub(super) fn folder(pipeline: &Pipeline, period: Period) -> (PathBuf, PathBuf) {
    let data = &pipeline.project.data;
    let below = |folder: &Path| folder.join(FOLDER).join(period.short());
    (below(data), below(&pipeline.project.shown(data)))
}

/// The tables of the project that rows are written into, by how they are laid out.
pub(super) fn tables(pipeline: &Pipeline) -> Result<Vec<Layout>> {
    let project = &pipeline.project;
    let mut all = layouts(&project.files, &project.data, &project.shown(&project.data))?;
    // Figures of a workbook come with the next workbook.
    all.retain(|layout| !layout.is_workbook);
    Ok(all)
}

/// A stub as it stands there.
pub(super) struct Stub {
    pub layout: Layout,
    pub text: SourceText,
    /// What stands between two of its fields.
    pub delimiter: u8,
    /// The columns of the file, in its order.
    pub header: Vec<String>,
    /// Its rows: the line, and the fields with their bytes.
    pub rows: Vec<crate::data::Record>,
}

impl Stub {
    /// Where a column stands.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// Where the column for something stands.
    pub(super) fn part(&self, part: Part) -> Option<usize> {
        let column = self.layout.columns.iter().find(|column| column.part == part)?;
        self.column(&column.name)
    }

    /// A field of a row; nothing where the row is too short.
    pub(super) fn field<'s>(&'s self, row: &'s crate::data::Record, at: Option<usize>) -> &'s str {
        at.and_then(|at| row.1.get(at)).map_or("", |(text, _)| text.trim())
    }
}

/// The stubs of a period, as far as they are there.
pub(super) fn read(pipeline: &Pipeline, period: Period) -> Result<Vec<Stub>> {
    let (folder, shown) = folder(pipeline, period);
    let files = pipeline.project.files.track();
    let mut all = vec![];
    for layout in tables(pipeline)? {
        let name = format!("{}.csv", layout.name);
        let path = folder.join(&name);
        if !files.exists(&path) {
            continue;
        }
        let text = text(files, &path, &shown.join(&name))?;
        let delimiter = separator(&layout, &text)?;
        let mut rows = records(&text, delimiter)?.into_iter();
        let header = rows.next().map(|(_, fields)| fields).unwrap_or_default();
        let header = header.into_iter().map(|(name, _)| name).collect();
        all.push(Stub { layout, text, delimiter, header, rows: rows.collect() });
    }
    Ok(all)
}

/// What stands between two fields of a stub: a spreadsheet program may have saved it with another sign
/// than the table has.
fn separator(layout: &Layout, text: &SourceText) -> Result<u8> {
    let first = text.text.lines().next().unwrap_or_default();
    let head = SourceText::new(text.path.clone(), first);
    for sign in [layout.delimiter, b';', b'\t', b','] {
        let names = records(&head, sign)?;
        let fields = names.first().map_or(0, |(_, fields)| fields.len());
        if fields >= layout.columns.len() {
            return Ok(sign);
        }
    }
    Ok(layout.delimiter)
}

/// How much is filled in of the stubs of a period, if there are any.
pub(super) fn filled(pipeline: &Pipeline, period: Period) -> Result<Option<Stubs>> {
    let all = read(pipeline, period)?;
    if all.is_empty() {
        return Ok(None);
    }
    let (mut filled, mut empty, mut files) = (0, 0, vec![]);
    for stub in &all {
        files.push(format!("{}.csv", stub.layout.name));
        if stub.layout.holds != Holds::Observations {
            continue;
        }
        let value = stub.part(Part::Value);
        let has = stub.rows.iter().filter(|row| !stub.field(row, value).is_empty()).count();
        filled += has;
        empty += stub.rows.len() - has;
    }
    let folder = folder(pipeline, period).1;
    Ok(Some(Stubs { folder, files, filled, empty }))
}

/// Writes a stub for each figure that is awaited and has none yet; rows that stand there stay as they
/// are. Gives the stubs that are there then.
pub fn write(pipeline: &Pipeline, period: Period, awaited: &[Awaited]) -> Result<Option<Stubs>> {
    let known = read(pipeline, period)?;
    let (path, shown) = folder(pipeline, period);
    let names = Names { pipeline, period };
    let (mut vintages, mut pages) = (BTreeMap::new(), BTreeMap::new());
    let mut files = vec![];
    for layout in tables(pipeline)? {
        let before = known.iter().find(|stub| stub.layout.name == layout.name);
        let rows: Vec<Vec<String>> = match layout.holds {
            Holds::Observations => { awaited.iter() }
                .filter(|one| one.table == layout.name)
                .map(|one| names.row(&layout, one, &mut vintages, &mut pages))
                .collect(),
            _ => continue,
        };
        files.extend(file(&layout, before, rows));
    }
    for layout in tables(pipeline)? {
        let before = known.iter().find(|stub| stub.layout.name == layout.name);
        let of = |all: &BTreeMap<String, BTreeMap<&'static str, String>>| -> Vec<Vec<String>> {
            let row = |(key, known): (&String, &BTreeMap<&str, String>)| {
                let cell = |column: &Column| match layout.key.contains(&column.name) {
                    true => key.clone(),
                    false => known.get(column.name.as_str()).cloned().unwrap_or_default(),
                };
                layout.columns.iter().map(cell).chain([String::new()]).collect()
            };
            all.iter().map(row).collect()
        };
        let rows = match layout.holds {
            Holds::Vintages => of(&vintages),
            Holds::Sources => of(&pages),
            _ => continue,
        };
        files.extend(file(&layout, before, rows));
    }
    let own = |old: &[u8]| known.iter().any(|stub| stub.text.text.as_bytes() == old);
    if files.is_empty() {
        return filled(pipeline, period);
    }
    output::add(&path, &files, own)?;
    let mut stubs = filled(pipeline, period)?.unwrap_or(Stubs {
        folder: shown,
        files: vec![],
        filled: 0,
        empty: 0,
    });
    // What was read in this round stands, so what was added is counted here.
    for added in &files {
        if !stubs.files.contains(&added.name) {
            stubs.files.push(added.name.clone());
        }
    }
    stubs.empty = awaited.len().saturating_sub(stubs.filled);
    Ok(Some(stubs))
}

/// A stub with the rows that are there and those that are not; none if there is nothing to add.
fn file(layout: &Layout, before: Option<&Stub>, rows: Vec<Vec<String>>) -> Option<File> {
    let is_key = |column: &&Column| match layout.holds {
        Holds::Observations => matches!(column.part, Part::Time | Part::Dimension),
        _ => layout.key.contains(&column.name),
    };
    let keys: Vec<usize> =
        (0..layout.columns.len()).filter(|at| is_key(&&layout.columns[*at])).collect();
    let there: BTreeSet<Vec<String>> = { before.into_iter() }
        .flat_map(|stub| {
            stub.rows.iter().map(|row| {
                let field = |at: &usize| stub.field(row, stub.column(&layout.columns[*at].name));
                keys.iter().map(|at| field(at).to_owned()).collect()
            })
        })
        .collect();
    let is_new = |row: &&Vec<String>| {
        let key: Vec<String> = keys.iter().map(|at| row[*at].clone()).collect();
        !there.contains(&key)
    };
    let new: Vec<&Vec<String>> = rows.iter().filter(is_new).collect();
    if new.is_empty() {
        return None;
    }
    let names: Vec<String> = layout.columns.iter().map(|column| column.name.clone()).collect();
    let header: Vec<String> = names.iter().cloned().chain([WAITS.to_owned()]).collect();
    let field = |number: usize, name: &str| match names.iter().position(|own| own == name) {
        Some(at) => new[number][at].clone(),
        None => new[number].last().cloned().unwrap_or_default(),
    };
    let column = by_field(&field);
    let rows = NewRows { count: new.len(), column: &column };
    let (text, delimiter) = match before {
        Some(stub) => (stub.text.text.to_string(), stub.delimiter),
        None => (header_line(&header, layout.delimiter), layout.delimiter),
    };
    let text = append(&text, delimiter, rows)?.text;
    Some(File { name: format!("{}.csv", layout.name), bytes: text.into_bytes() })
}

/// What is new in a register: for each key what is known of it, by column.
pub(super) type New = BTreeMap<String, BTreeMap<&'static str, String>>;

/// Names of releases and pages that are not there yet.
pub(super) struct Names<'a> {
    pub pipeline: &'a Pipeline,
    pub period: Period,
}

impl Names<'_> {
    /// The release of a figure, as far as it follows from that of the row before; another body's account
    /// says nothing of it.
    pub(super) fn following(&self, one: &Awaited) -> Option<String> {
        let before = self.pipeline.dataset.vintages.get(one.vintage.as_str())?;
        let is_own = before.status != Status::Secondary;
        one.years.filter(|_| is_own).and_then(|years| later(&one.vintage, years))
    }

    /// The row of a figure that is awaited: everything but the value. Releases and pages that it
    /// needs and that are not there are added to those that are to be filled in.
    pub(super) fn row(
        &self,
        layout: &Layout,
        one: &Awaited,
        vintages: &mut New,
        pages: &mut New,
    ) -> Vec<String> {
        let dataset = &self.pipeline.dataset;
        let before = dataset.vintages.get(one.vintage.as_str());
        let follows = self.following(one);
        let vintage = follows.unwrap_or_else(|| format!("{}-express", self.period.short()));
        if !dataset.vintages.contains_key(vintage.as_str()) {
            let status = match before.map(|before| before.status) {
                Some(Status::Final) => "final",
                _ => "express",
            };
            vintages
                .entry(vintage.clone())
                .or_insert_with(|| BTreeMap::from([("status", status.to_owned())]));
        }
        // A body's own table is exported again under the same name; the page of a release has all of it.
        let is_table = dataset.sources.get(one.source.as_str()).is_some_and(|s| s.precedence == 1);
        let page = match is_table || one.years == Some(0) {
            true => one.source.clone(),
            false => format!("page-of-{vintage}"),
        };
        if !dataset.sources.contains_key(page.as_str()) {
            pages.entry(page.clone()).or_default();
        }
        let mut key = one.key.iter();
        let cell = |column: &Column| match column.part {
            Part::Time => one.time.clone(),
            Part::Dimension => key.next().cloned().unwrap_or_default(),
            Part::Unit => one.unit.clone(),
            Part::RoundedTo if one.rounded_to == 0.0 => String::new(),
            Part::RoundedTo => one.rounded_to.to_string(),
            Part::Vintage => vintage.clone(),
            Part::Source => page.clone(),
            Part::Value | Part::Qualifier | Part::Note | Part::Other => String::new(),
        };
        let mut row: Vec<String> = layout.columns.iter().map(cell).collect();
        let seen = one.seen_in.iter().map(|period| format!("as in {period}:"));
        let waits: Vec<String> = seen.chain(one.waits.iter().cloned()).collect();
        row.push(waits.join(" "));
        row
    }
}

/// A name with each year in it some years later; none if no year is in it. The same release has the same
/// name.
fn later(name: &str, years: i16) -> Option<String> {
    (0..years).try_fold(name.to_owned(), |name, _| next_years(&name))
}

/// A name with each year in it one later, such as `2025-H1-express` becomes `2026-H1-express`; none if no
/// year is in it.
fn next_years(name: &str) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    let mut has_year = false;
    let mut digits = String::new();
    let end = |digits: &mut String, out: &mut String, has_year: &mut bool| {
        let year = digits.parse::<u16>().ok();
        match year.filter(|year| digits.len() == 4 && (1990..=2198).contains(year)) {
            Some(year) => {
                *out += &(year + 1).to_string();
                *has_year = true;
            }
            None => *out += digits,
        }
        digits.clear();
    };
    for c in name.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            end(&mut digits, &mut out, &mut has_year);
            out.push(c);
        }
    }
    end(&mut digits, &mut out, &mut has_year);
    has_year.then_some(out)
}

/// A file as the user knows it.
pub(super) fn named(text: &SourceText) -> String {
    slashed(&text.path)
}

#[cfg(test)]
mod tests {
    use super::next_years;

    #[test]
    fn a_release_is_called_as_its_predecessor_a_year_later() {
        for (name, next) in [
            ("2025-H1-express", Some("2026-H1-express")),
            ("population-2025-07-01-express", Some("population-2026-07-01-express")),
            ("nbk-2025-06", Some("nbk-2026-06")),
            ("lada-142069", None),
            ("table", None),
        ] {
            assert_eq!(next_years(name).as_deref(), next, "{name}");
        }
    }
}
