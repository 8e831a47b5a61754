//! The files of a data folder with the new rows in them: read and checked as they will be, then put in place.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::record::{self, Record};
use super::{Ground, Origin, Plan, fresh};
use crate::data::{self, Inserted, NewRows, by_field};
use crate::diag::{Code, Diagnostic, Place, Result, Severity, SourceText};
use crate::files::Blob;
use crate::output::{Content, Revision, revise};
use crate::recipes::{Reading, Recipe};
use crate::workbook::Workbook;

/// An import that could be written.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The files, the table last: until it is renamed, readers see no new row.
    revisions: Vec<Revision>,
    /// The number of the import, such as `0001`.
    pub number: String,
    /// What the data say of the new rows: at their cells.
    pub problems: Vec<Diagnostic>,
}

/// A file of the data folder with rows in it.
struct Changed {
    /// Its path in the folder.
    name: String,
    before: Arc<str>,
    /// With the rows.
    after: Blob,
    /// The lines of the rows, in the order in which these are given. A file of rows has fewer than 2³² lines.
    lines: Vec<u32>,
}

/// The files of a data folder with the rows of a plan in them, before anybody has looked at them. The table is the last
/// one.
pub struct Composed(Vec<Changed>);

/// Makes the files with the rows of a plan in them.
pub fn compose(
    ground: &Ground,
    recipe: &Recipe,
    reading: &Reading,
    plan: &Plan,
) -> Result<Composed> {
    let dataset = &ground.dataset;
    let shown = ground.project.shown(&ground.project.data);
    let Some(table) = dataset.tables.get(&plan.table) else { return Err(vec![]) };
    let mut changed = vec![];
    let registers = [
        (&dataset.sources_register, &plan.new_source),
        (&dataset.vintages_register, &plan.new_vintage),
    ];
    for (name, row) in registers {
        let register = name.as_ref().and_then(|name| dataset.registers.get(name));
        if let (Some(register), Some(row)) = (register, row) {
            let field = |_: usize, column: &str| row.get(column).cloned().unwrap_or_default();
            let column = by_field(&field);
            let put = register.insert(NewRows { count: 1, column: &column });
            changed.push(of(&register.text, &shown, put)?);
        }
    }
    let column = |name: &str| super::plan::fields(table, recipe, reading, plan, name);
    let rows = NewRows { count: plan.rows.len(), column: &column };
    changed.push(of(&table.text, &shown, table.insert(rows))?);
    Ok(Composed(changed))
}

/// Reads the files as a data folder. Of the workbook and the reading only the places of cells are needed any more.
pub fn check(
    ground: &Ground,
    recipe: &Recipe,
    workbook: &Workbook,
    reading: &Reading,
    plan: &Plan,
    origin: &Origin,
    composed: Composed,
) -> Result<Checked> {
    let Composed(changed) = composed;
    let (dir, shown) = (&ground.project.data, ground.project.shown(&ground.project.data));
    let Some(table) = ground.dataset.tables.get(&plan.table) else { return Err(vec![]) };
    let of_table = changed.last().map_or(&[][..], |file| &file.lines);

    let (disk, files) = fresh();
    for file in &changed {
        disk.presume(&dir.join(&file.name), file.after.clone());
    }
    let found = match data::load(&files, dir, &shown) {
        Ok(warned) => warned.warnings,
        Err(problems) => problems,
    };
    let known: BTreeSet<(Code, String)> =
        ground.warnings.iter().map(|one| (one.code, one.allowed_as())).collect();
    let found: Vec<Diagnostic> =
        found.into_iter().filter(|one| !known.contains(&(one.code, one.allowed_as()))).collect();
    // Only what is wrong with new rows has to be told at their cells.
    let lines: HashMap<usize, usize> = { of_table.iter().zip(&plan.rows) }
        .filter(|_| !found.is_empty())
        .map(|(line, figure)| (*line as usize, *figure as usize))
        .collect();
    let problems = { found.into_iter() }
        .map(|one| at_cells(one, &table.text.path, &lines, reading, workbook))
        .collect();
    let number = record::next(&files, dir)?;
    let of_record = changed.iter().map(|file| record::Changed {
        name: file.name.clone(),
        before: file.before.as_bytes(),
        after: file.after.bytes(),
        lines: &file.lines,
    });
    let record = Record::new(recipe, plan, origin, workbook.beside.as_deref(), of_record);
    let folder = format!("{}/{number}", record::FOLDER);
    let mut revisions = vec![
        Revision {
            name: format!("{folder}/{}", record.copy),
            before: None,
            after: Some(Content::new(origin.bytes.clone())),
        },
        Revision {
            name: format!("{folder}/{}", record::ROWS),
            before: None,
            after: Some(record::rows(reading, plan, of_table).into_bytes().into()),
        },
        Revision {
            name: format!("{folder}/{}", record::NAME),
            before: None,
            after: Some(record.text().into_bytes().into()),
        },
    ];
    if let (Some(table), Some(file)) = (&record.described, &workbook.beside) {
        revisions.push(Revision {
            name: format!("{folder}/{}", table.copy),
            before: None,
            after: Some(Content::new(file.bytes.clone())),
        });
    }
    revisions.extend(changed.into_iter().map(|file| Revision {
        name: file.name,
        before: Some(file.before.into()),
        after: Some(Content::new(file.after)),
    }));
    Ok(Checked { revisions, number, problems })
}

/// A file with rows put into it.
fn of(text: &SourceText, shown: &Path, put: Option<Inserted>) -> Result<Changed> {
    let name = text.path.strip_prefix(shown).unwrap_or(&text.path);
    let put = put.ok_or_else(|| {
        vec![
            Diagnostic::error(Code::K0104, message!("rows cannot be added to this file"))
                .at(Place::Path(text.path.clone()))
                .hint(message!("fix the problems that `kosh check` reports first")),
        ]
    })?;
    let name = crate::diag::slashed(name);
    let Inserted { text: after, lines } = put;
    let lines = lines.into_iter().map(|line| line as u32).collect();
    let after = Blob::from(after.into_bytes());
    Ok(Changed { name, before: text.text.clone(), after, lines })
}

/// A problem of a new row, told at the cell that the row was read from.
fn at_cells(
    mut problem: Diagnostic,
    table: &Path,
    lines: &HashMap<usize, usize>,
    reading: &Reading,
    workbook: &Workbook,
) -> Diagnostic {
    let cell = |place: &Place| -> Option<Place> {
        let (line, _) = place.line_column().filter(|_| place.path() == table)?;
        reading.place(workbook, *lines.get(&line)?)
    };
    if let Some(place) = problem.place.as_ref().and_then(cell) {
        problem.place = Some(place);
    }
    for (place, _) in &mut problem.related {
        if let Some(own) = cell(place) {
            *place = own;
        }
    }
    problem
}

/// Takes out of a plan the rows of which the data say that they are wrong.
pub fn leave_out(plan: &mut Plan, reading: &Reading, workbook: &Workbook, problems: &[Diagnostic]) {
    let wrong: Vec<&Place> = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .filter_map(|problem| problem.place.as_ref())
        .collect();
    let states = &mut plan.states;
    plan.rows.retain(|figure| {
        let figure = *figure as usize;
        let own = reading.place(workbook, figure);
        let is_right = own.as_ref().is_none_or(|own| !wrong.contains(&own));
        if let (false, Some(state)) = (is_right, states.get_mut(figure)) {
            *state = super::State::Refused;
        }
        is_right
    });
}

impl Checked {
    /// Whether the data can be loaded with the rows.
    pub fn is_right(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }
}

/// Puts the files in place: all of them, or none.
pub fn write(ground: &Ground, checked: &Checked) -> Result<()> {
    revise(&ground.project.data, &checked.revisions)
}
