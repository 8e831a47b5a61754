//! Observations against the rows that are there: what is new, equal, changed or refused.

use std::collections::{BTreeMap, HashMap};

use super::{Asked, Ground, Plan, State, release};
use crate::data::{Fields, Observation, Table};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::recipes::{self, Reading, Recipe};
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
        before: BTreeMap::new(),
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
    let times = Times::of(reading, &table.columns.time);
    plan.latest = times.latest(reading);
    release::vintage(ground, recipe, asked, &mut plan);
    release::source(ground, recipe, asked, &mut plan);
    let status = release::status_of(ground, recipe, asked, &plan);
    let mut compared = Compared {
        ground,
        table,
        recipe,
        reading,
        workbook,
        known: known(table),
        status,
        reported: 0,
    };
    plan.states.reserve_exact(reading.observations.len());
    for at in 0..reading.observations.len() {
        let state = match times.of_figure(reading, at) {
            Some(time) => compared.state(at, time, &mut plan),
            None => {
                let text = reading.code(at, &table.columns.time).map_or("", |code| &**code);
                let problem = Diagnostic::error(
                    Code::K1541,
                    message!("`{text}` is not a period of a table", text),
                )
                .at(reading.place(workbook, at))
                .hint(message!("write `read = \"period\"` for this dimension of the recipe"));
                compared.tell(problem, &mut plan);
                State::Refused
            }
        };
        plan.states.push(state);
        if state.is_written() {
            // There are fewer figures than cells, which are counted in 32 bits.
            plan.rows.push(at as u32);
        }
    }
    if compared.reported > SHOWN {
        let message =
            message!("{reported} more figures are refused", reported = compared.reported - SHOWN);
        plan.problems.push(Diagnostic::error(Code::K1543, message));
    }
    if plan.rows.is_empty() {
        // Nothing is written, so nothing needs to be known of a release.
        (plan.needs, plan.new_vintage, plan.new_source) = (vec![], None, None);
    }
    plan
}

/// The times of figures: each member of the column of the time is read once.
struct Times {
    column: Option<usize>,
    of_members: Vec<Option<Time>>,
}

impl Times {
    fn of(reading: &Reading, name: &str) -> Self {
        let column = reading.column(name);
        let read = |member: &recipes::Member| {
            member.code.parse().ok().filter(|_| member.column == column && column.is_some())
        };
        Self { column, of_members: reading.members.iter().map(read).collect() }
    }

    fn of_figure(&self, reading: &Reading, figure: usize) -> Option<Time> {
        *self.of_members.get(reading.member(figure, self.column?)?)?
    }

    /// The latest time that a figure has.
    fn latest(&self, reading: &Reading) -> Option<Time> {
        let mut is_used = vec![false; self.of_members.len()];
        let column = self.column?;
        let used = (0..reading.observations.len()).filter_map(|at| reading.member(at, column));
        used.for_each(|member| is_used[member] = true);
        let times = self.of_members.iter().zip(is_used).filter(|(_, is_used)| *is_used);
        times.filter_map(|(time, _)| *time).max_by_key(|time| (time.last_day(), time.first_day()))
    }
}

/// The table that a recipe fills, if their columns fit.
fn fitting<'g>(ground: &'g Ground, recipe: &Recipe) -> Result<&'g Table, Vec<Diagnostic>> {
    let tables = &ground.dataset.tables;
    let Some(table) = tables.get(&recipe.table) else {
        let message = message!("the data have no table `{table}`", table = recipe.table);
        return Err(Diagnostic::error(Code::K1541, message)
            .at(recipe.table_place.clone())
            .maybe_hint(did_you_mean(&recipe.table, tables.keys().map(String::as_str)))
            .into());
    };
    if table.text.is_of_cells() {
        let path = crate::diag::slashed(&table.text.path);
        let message = message!(
            "the table `{name}` is read from the workbook `{path}`",
            name = table.name,
            path
        );
        return Err(Diagnostic::error(Code::K1541, message)
            .at(recipe.table_place.clone())
            .note(message!(
                "kosh does not write into a workbook: its recipe reads it at every build"
            ))
            .hint(message!("replace `{path}` by the new workbook", path))
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
    reported: usize,
}

impl Compared<'_> {
    fn tell(&mut self, problem: Diagnostic, plan: &mut Plan) {
        self.reported += 1;
        if self.reported <= SHOWN {
            plan.problems.push(problem);
        }
    }

    /// The unit of a figure.
    fn unit(&self, at: usize) -> &str {
        unit(self.table, self.recipe, self.reading, at)
    }

    fn state(&mut self, at: usize, time: Time, plan: &mut Plan) -> State {
        let value = self.reading.observations[at].value();
        let key: Option<Vec<&str>> = { self.table.dimensions.iter() }
            .filter(|_| !self.known.is_empty())
            .map(|name| self.reading.code(at, name).map(|code| &**code))
            .collect();
        let rows = key.and_then(|key| self.known.get(&(time, key)).cloned()).unwrap_or_default();
        let is_of = |row: &&&Observation| {
            Some(&*row.vintage) == plan.vintage.as_deref()
                && Some(&*row.source) == plan.source.as_deref()
        };
        if let Some(row) = rows.iter().find(is_of) {
            let is_equal = match (value, row.value) {
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
        let Some(value) = value else {
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
            plan.before.insert(at, before);
            return State::Changed;
        }
        let is_finer = self.reading.rounded_to(at) * self.scale(self.unit(at)) + 1e-9
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
        let (fine, coarse) = (self.reading.rounded_to(at) * own, row.rounded_to * its);
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
        let own = self.reading.observations[at].value();
        let known = row.value.map_or("no figure".to_owned(), |value| value.to_string());
        let said = own.map_or("no figure".to_owned(), |_| self.reading.digits(at));
        let message = message!(
            "{at}: the sheet has {said}, but the release `{vintage}` already has {known}",
            at = self.reading.shown(at),
            said,
            vintage = row.vintage,
            known
        );
        Diagnostic::error(Code::K1543, message)
            .at(self.reading.place(self.workbook, at))
            .related(self.table.place(row), message!("the existing row"))
            .note(message!("kosh never changes a row: a revision is a row of a new release"))
            .hint(message!(
                "import the revision as a release of its own with `--vintage`; or correct the row \
                by hand if it was mistyped"
            ))
    }
}

/// The unit of a figure.
fn unit<'a>(table: &Table, recipe: &'a Recipe, reading: &'a Reading, at: usize) -> &'a str {
    let of_dimension = reading.code(at, &table.columns.unit);
    of_dimension.map_or(recipe.unit().unwrap_or_default(), |unit| &**unit)
}

/// What the rows of a plan say in a column, each by its place in `plan.rows`.
pub(super) fn fields<'a>(
    table: &'a Table,
    recipe: &'a Recipe,
    reading: &'a Reading,
    plan: &'a Plan,
    column: &str,
) -> Fields<'a> {
    let columns = &table.columns;
    let figure = |row: usize| plan.rows.get(row).map_or(usize::MAX, |figure| *figure as usize);
    let decimal = move |out: &mut String, digits: &str| match columns.decimal {
        '.' => out.push_str(digits),
        decimal => out.push_str(&digits.replace('.', decimal.encode_utf8(&mut [0; 4]))),
    };
    let same = |text: &'a str| -> Fields<'a> { Box::new(move |_, out| out.push_str(text)) };
    let given = reading.column(column);
    let code = move |row: usize| -> Option<&'a str> {
        let member = reading.member(figure(row), given?)?;
        reading.members.get(member).map(|member| &*member.code)
    };
    match column {
        name if name == columns.value => {
            Box::new(move |row, out| decimal(out, &reading.digits(figure(row))))
        }
        name if name == columns.rounded_to => {
            Box::new(move |row, out| match reading.rounded_to(figure(row)) {
                1.0 => out.push('1'),
                step => decimal(out, &step.to_string()),
            })
        }
        name if name == columns.vintage => same(plan.vintage.as_deref().unwrap_or_default()),
        name if name == columns.source => same(plan.source.as_deref().unwrap_or_default()),
        _ if given.is_some() => {
            Box::new(move |row, out| out.push_str(code(row).unwrap_or_default()))
        }
        name if name == columns.unit => same(recipe.unit().unwrap_or_default()),
        name if columns.note.as_deref() == Some(name) => Box::new(move |row, out| {
            let note = reading.manner(figure(row)).and_then(|manner| manner.note);
            out.push_str(note.unwrap_or_default());
        }),
        _ => same(""),
    }
}
