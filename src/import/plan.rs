//! Observations against the rows that are there: what is new, equal, changed or refused.

use std::collections::HashMap;

use super::{Asked, Ground, Plan, State, release};
use crate::data::{Observation, Table};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::recipes::{Reading, Recipe};
use crate::stats::{Status, Time, Unit};
use crate::workbook::Workbook;

/// The rows of a table by time and key.
type Known<'t> = HashMap<(Time, Vec<&'t str>), Vec<&'t Observation>>;

/// No more refusals of one kind are told one by one.
const SHOWN: usize = 30;

/// Says what an import of a reading would do.
pub fn plan(
    ground: &Ground,
    recipe: &Recipe,
    workbook: &Workbook,
    reading: &Reading,
    asked: &Asked,
) -> Plan {
    let mut plan = Plan {
        table: recipe.table.clone(),
        states: vec![],
        rows: vec![],
        vintage: None,
        new_vintage: None,
        source: None,
        new_source: None,
        latest: None,
        needs: vec![],
        problems: vec![],
    };
    let table = match fitting(ground, recipe) {
        Ok(table) => table,
        Err(problems) => {
            plan.problems = problems;
            return plan;
        }
    };
    let times: Vec<Option<Time>> = (0..reading.observations.len())
        .map(|at| reading.code(at, &table.columns.time)?.parse().ok())
        .collect();
    plan.latest =
        times.iter().flatten().max_by_key(|time| (time.last_day(), time.first_day())).copied();
    release::vintage(ground, recipe, asked, &mut plan);
    release::source(ground, recipe, asked, &mut plan);
    let status = release::status_of(ground, recipe, asked, &plan);
    let mut compared =
        Compared { ground, table, recipe, reading, workbook, known: known(table), status, told: 0 };
    for (at, time) in times.iter().enumerate() {
        let state = match time {
            Some(time) => compared.state(at, *time, &mut plan),
            None => {
                let text = reading.code(at, &table.columns.time).map_or("", |code| &**code);
                let problem =
                    Diagnostic::error(Code::K1541, format!("`{text}` is not a period of a table"))
                        .at(reading.place(workbook, at))
                        .hint("write `read = \"period\"` for this dimension of the recipe");
                compared.tell(problem, &mut plan);
                State::Refused
            }
        };
        plan.states.push(state);
        if state.is_written() {
            plan.rows.push(at);
        }
    }
    if compared.told > SHOWN {
        let message = format!("{} more figures are refused", compared.told - SHOWN);
        plan.problems.push(Diagnostic::error(Code::K1543, message));
    }
    if plan.rows.is_empty() {
        // Nothing is written, so nothing needs to be known of a release.
        (plan.needs, plan.new_vintage, plan.new_source) = (vec![], None, None);
    }
    plan
}

/// The table that a recipe fills, if their columns fit.
fn fitting<'g>(ground: &'g Ground, recipe: &Recipe) -> Result<&'g Table, Vec<Diagnostic>> {
    let tables = &ground.dataset.tables;
    let Some(table) = tables.get(&recipe.table) else {
        let message = format!("the data have no table `{}`", recipe.table);
        return Err(Diagnostic::error(Code::K1541, message)
            .at(recipe.table_place.clone())
            .maybe_hint(did_you_mean(&recipe.table, tables.keys().map(String::as_str)))
            .into());
    };
    if table.text.is_of_cells() {
        let path = crate::diag::slashed(&table.text.path);
        let message = format!("the table `{}` is read from the workbook `{path}`", table.name);
        return Err(Diagnostic::error(Code::K1541, message)
            .at(recipe.table_place.clone())
            .note("kosh does not write into a workbook: its recipe reads it at every build")
            .hint(format!("replace `{path}` by the new workbook"))
            .into());
    }
    let columns = &table.columns;
    let needed: Vec<&str> =
        std::iter::once(&columns.time).chain(&table.dimensions).map(String::as_str).collect();
    let free: Vec<&str> =
        [&columns.unit].into_iter().chain(&columns.note).map(String::as_str).collect();
    let found = recipe.unfit(&table.name, &needed, &free);
    if found.is_empty() { Ok(table) } else { Err(found) }
}

fn known(table: &Table) -> Known<'_> {
    let mut known: Known = HashMap::new();
    for row in &table.rows {
        let key = row.key.iter().map(|code| &**code).collect();
        known.entry((row.time, key)).or_default().push(row);
    }
    known
}

/// What figures are compared with.
struct Compared<'a> {
    ground: &'a Ground,
    table: &'a Table,
    recipe: &'a Recipe,
    reading: &'a Reading,
    workbook: &'a Workbook,
    known: Known<'a>,
    status: Option<Status>,
    told: usize,
}

impl Compared<'_> {
    fn tell(&mut self, problem: Diagnostic, plan: &mut Plan) {
        self.told += 1;
        if self.told <= SHOWN {
            plan.problems.push(problem);
        }
    }

    /// The unit of a figure.
    fn unit(&self, at: usize) -> &str {
        unit(self.table, self.recipe, self.reading, at)
    }

    fn state(&mut self, at: usize, time: Time, plan: &mut Plan) -> State {
        let own = &self.reading.observations[at];
        let key: Option<Vec<&str>> = self
            .table
            .dimensions
            .iter()
            .map(|name| self.reading.code(at, name).map(|code| &**code))
            .collect();
        let rows = key.and_then(|key| self.known.get(&(time, key)).cloned()).unwrap_or_default();
        let is_of = |row: &&&Observation| {
            Some(&*row.vintage) == plan.vintage.as_deref()
                && Some(&*row.source) == plan.source.as_deref()
        };
        if let Some(row) = rows.iter().find(is_of) {
            let is_equal = match (own.value, row.value) {
                (Some(value), Some(known)) => self.is_equal(value, at, known, row),
                (None, None) => true,
                _ => false,
            };
            if is_equal {
                return State::Equal;
            }
            let problem = self.clash(at, row);
            self.tell(problem, plan);
            return State::Refused;
        }
        let best = rows.iter().filter(|row| row.value.is_some()).max_by_key(|row| {
            let vintage = self.ground.dataset.vintages.get(&row.vintage);
            vintage.map(|vintage| (vintage.status, vintage.released))
        });
        let Some(value) = own.value else {
            return match (self.table.columns.may_lack_value, rows.is_empty()) {
                (true, true) => State::New,
                _ => State::NoFigure,
            };
        };
        let Some((row, before)) = best.and_then(|row| Some((row, row.value?))) else {
            return State::New;
        };
        let known = self.ground.dataset.vintages.get(&row.vintage).map(|vintage| vintage.status);
        if !self.is_equal(value, at, before, row) {
            return State::Changed { before };
        }
        let is_finer = own.rounded_to * self.scale(self.unit(at)) + 1e-9
            < row.rounded_to * self.scale(&row.unit);
        match self.status > known || is_finer {
            true => State::Confirmed,
            false => State::Equal,
        }
    }

    fn scale(&self, unit: &str) -> f64 {
        let unit = Unit::new(unit);
        if unit.is_of_things() { unit.scale() } else { 1.0 }
    }

    /// Whether two figures are one number as far as the coarser of them is known.
    fn is_equal(&self, value: f64, at: usize, known: f64, row: &Observation) -> bool {
        let (own, its) = (self.scale(self.unit(at)), self.scale(&row.unit));
        if Unit::new(self.unit(at)).dimension() != Unit::new(&row.unit).dimension() {
            return false;
        }
        let (value, known) = (value * own, known * its);
        let (fine, coarse) = (self.reading.observations[at].rounded_to * own, row.rounded_to * its);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        let step = fine.max(coarse);
        let units = |value: f64| value / step;
        near(value, known)
            || fine != coarse
                && [units(value).round(), units(value).trunc()]
                    .iter()
                    .any(|own| near(own * step, units(known).round() * step))
    }

    /// The problem that the release has another figure of its own already.
    fn clash(&self, at: usize, row: &Observation) -> Diagnostic {
        let own = &self.reading.observations[at];
        let known = row.value.map_or("no figure".to_owned(), |value| value.to_string());
        let said = if own.value.is_some() { &*own.digits } else { "no figure" };
        let message = format!(
            "{}: the sheet has {said}, but the release `{}` already has {known}",
            self.reading.shown(at),
            row.vintage
        );
        Diagnostic::error(Code::K1543, message)
            .at(self.reading.place(self.workbook, at))
            .related(self.table.place(row), "the existing row")
            .note("kosh never changes a row: a revision is a row of a new release")
            .hint(
                "import the revision as a release of its own with `--vintage`; or correct the row \
                by hand if it was mistyped",
            )
    }
}

/// The unit of a figure.
fn unit<'a>(table: &Table, recipe: &'a Recipe, reading: &'a Reading, at: usize) -> &'a str {
    let of_dimension = reading.code(at, &table.columns.unit);
    of_dimension.map_or(recipe.unit().unwrap_or_default(), |unit| &**unit)
}

/// What the row of a figure says in a column.
pub(super) fn field(
    table: &Table,
    recipe: &Recipe,
    reading: &Reading,
    plan: &Plan,
    at: usize,
    column: &str,
) -> String {
    let columns = &table.columns;
    let Some(own) = reading.observations.get(at) else { return String::new() };
    let decimal = |digits: &str| digits.replace('.', &columns.decimal.to_string());
    match column {
        name if name == columns.value => decimal(&own.digits),
        name if name == columns.unit => unit(table, recipe, reading, at).to_owned(),
        name if name == columns.rounded_to => decimal(&own.rounded_to.to_string()),
        name if name == columns.vintage => plan.vintage.clone().unwrap_or_default(),
        name if name == columns.source => plan.source.clone().unwrap_or_default(),
        name => match (reading.code(at, name), own.note) {
            (Some(code), _) => code.to_string(),
            (None, Some(note)) if columns.note.as_deref() == Some(name) => note.to_owned(),
            (None, _) => String::new(),
        },
    }
}
