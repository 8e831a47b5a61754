//! Tables that show no series: entries of a register, and whole matrices.

use std::collections::{BTreeSet, HashMap};

use super::table::{TableBuilder, blank, text};
use super::{ColumnSpec, EntryColumn};
use crate::diag::Result;
use crate::document::{Column, Inline, Row, TableCell};
use crate::indicators::quantity;
use crate::locale::Sign;
use crate::prose::Entry;
use crate::stats::{Fact, Flag, Period, Quantity, Span, Unit, cell_id};

impl TableBuilder<'_> {
    /// A row for each entry that may be printed; its first cell is the form `short` of its name.
    pub(super) fn entries(
        &mut self,
        register: &str,
        kinds: &[String],
        is_recent: bool,
        columns: &[ColumnSpec],
    ) -> Result<Vec<Row>> {
        let mut entries = self.writer.entries(register);
        entries.retain(|entry| {
            let kind = entry.column("kind").unwrap_or_default();
            // A plan of a past year is no longer tracked.
            let is_past_plan = entry.is_past() && entry.column("plan").is_some();
            !is_past_plan && (kinds.is_empty() || kinds.iter().any(|wanted| wanted == kind))
        });
        if is_recent {
            let is_tracked = |entry: &Entry| {
                entry.column("plan").is_some() && entry.holds_in_period() || entry.is_event()
            };
            entries.retain(is_tracked);
            let all = entries.clone();
            entries.retain(|entry| !entry.sets_one_of(&all));
        }
        // Plans are exact: those with one unit have the decimals of the finest, so that a column is
        // uniform.
        let mut finest: HashMap<Unit, f64> = HashMap::new();
        for (plan, unit) in entries.iter().filter_map(|entry| entry.quantity("plan")) {
            let step = finest.entry(unit).or_insert(plan.step);
            *step = step.min(plan.step);
        }
        let mut rows = vec![];
        for entry in entries {
            let short = self.writer.locale().name(register, &entry.code, "short")?.to_owned();
            let mut cells = vec![text(vec![Inline::text(short)])];
            for column in columns {
                cells.push(match column {
                    ColumnSpec::Entry(column) => self.entry_cell(*column, &entry, &finest)?,
                    _ => blank(),
                });
            }
            rows.push(Row { total: false, cells });
        }
        Ok(rows)
    }

    fn entry_cell(
        &mut self,
        column: EntryColumn,
        entry: &Entry,
        finest: &HashMap<Unit, f64>,
    ) -> Result<TableCell> {
        let locale = self.writer.locale();
        let fact = || {
            let fact = self.writer.facts().get(entry.column("indicator")?)?;
            // A share of the labour force is not compared with a number of people.
            let is_alike = entry.quantity("plan").is_some_and(|(_, unit)| unit == fact.unit);
            is_alike.then_some((fact.clone(), fact.number()?))
        };
        // Next year's plan is not compared with this year's fact.
        let has_plan = entry.column("plan").is_some() && entry.holds_in_period();
        Ok(match column {
            EntryColumn::Title => {
                let title = locale.name(&entry.register, &entry.code, "nom")?;
                text(vec![Inline::text(title)])
            }
            // The day of adoption never replaces the day of entry into force; an unrecorded day is
            // printed as such.
            EntryColumn::Adopted | EntryColumn::ValidFrom => {
                let name = if column == EntryColumn::Adopted { "adopted" } else { "valid_from" };
                match entry.time(name) {
                    Some(time) => text(vec![Inline::text(locale.time(time, "short")?)]),
                    None => self.not_available(),
                }
            }
            EntryColumn::Status => {
                let says = |key: &str| self.writer.strings.get(key).is_some();
                let key = if entry.is_superseded() && says("status.replaced") {
                    "replaced"
                } else if entry.is_expired() && says("status.expired") {
                    "expired"
                } else if entry.is_historical() {
                    "historical"
                } else if entry.is_forthcoming() {
                    "forthcoming"
                } else {
                    match entry.column("standing") {
                        // Before the later act nothing could have repealed it.
                        Some("unverified") if entry.is_before("doubted_from") => "in-force",
                        Some("unverified") => "unverified",
                        Some("in-force") if !entry.may_have_ended() => "in-force",
                        _ if entry.is_in_force() && !entry.may_have_ended() => "in-force",
                        _ => "adopted",
                    }
                };
                // Its end is known only to a month or year that is not over.
                if key == "adopted"
                    && entry.is_in_force()
                    && let (Some(end), Some(_)) =
                        (entry.time("valid_to"), self.writer.strings.get("status.ending"))
                {
                    let words = self.writer.plain("status.ending")?;
                    let end = locale.time(end, "issued")?;
                    return Ok(text(vec![Inline::text(words.replace("{end}", &end))]));
                }
                let key = format!("status.{key}");
                // A status without a phrase in a language leaves the cell empty; it never becomes “in
                // force”.
                match self.writer.strings.get(&key) {
                    None if key.ends_with("adopted") || key.ends_with("unverified") => blank(),
                    _ => text(vec![Inline::text(self.writer.plain(&key)?)]),
                }
            }
            EntryColumn::Plan => match entry.quantity("plan") {
                Some((plan, unit)) => {
                    let step = finest.get(&unit).copied().unwrap_or(plan.step);
                    let plan = Quantity { step, ..plan };
                    let id = format!("{}:{}.plan", entry.register, entry.code);
                    let cell = self.number(&id, Some(plan), Sign::Auto, &unit, &BTreeSet::new());
                    if &*unit.0 == Unit::PERCENT {
                        self.with_percent_sign(cell, plan)
                    } else {
                        cell
                    }
                }
                None => blank(),
            },
            EntryColumn::Fact if !has_plan => blank(),
            EntryColumn::Fact => match fact() {
                Some((fact, value)) => {
                    self.note_sources(&fact);
                    self.number(&fact.id, Some(value), Sign::Auto, &fact.unit, &fact.flags)
                }
                None => self.not_available(),
            },
            EntryColumn::Use if !has_plan => blank(),
            EntryColumn::Use => match (entry.quantity("plan"), fact()) {
                (Some((plan, _)), Some((fact, value))) => {
                    let id = format!("{} ÷ {}:{}.plan", fact.id, entry.register, entry.code);
                    let share = quantity::ratio(value, plan, 100.0);
                    self.number(&id, share, Sign::Auto, &Unit::new(Unit::PERCENT), &BTreeSet::new())
                }
                _ => self.not_available(),
            },
            EntryColumn::Source => match entry.column("reference") {
                Some(key) => text(vec![Inline::Cite { key: key.to_owned() }]),
                None => blank(),
            },
        })
    }

    /// The heads of a matrix: the abbreviations of the columns, or their quarters.
    pub(super) fn matrix_heads(&self, of: &str) -> Result<Vec<Column>> {
        let Some(matrix) = self.writer.facts().get(of).and_then(Fact::matrix) else {
            return Ok(vec![]);
        };
        let head = |code: &std::sync::Arc<str>| {
            let words = match code.parse::<Period>() {
                Ok(period) => self.writer.locale().period(period, "short")?,
                Err(_) => self.writer.key(&matrix.columns.register, code),
            };
            Ok(Column { head: vec![Inline::text(words)], numeric: true })
        };
        matrix.columns.codes.iter().map(head).collect()
    }

    /// What the abbreviations over the columns of a matrix stand for; `columns` are the numbers of the shown
    /// ones, from 1.
    pub(super) fn matrix_key(&self, of: &str, columns: &[usize]) -> Option<Vec<Inline>> {
        let matrix = self.writer.facts().get(of).and_then(Fact::matrix)?;
        let register = &matrix.columns.register;
        let mut note = vec![];
        for index in columns {
            let code = matrix.columns.codes.get(index - 1)?;
            let name = self.writer.locale().name(register, code, "short").ok()?;
            let key = self.writer.key(register, code);
            if code.parse::<Period>().is_ok() || key == name {
                continue;
            }
            let of_register = |text: &str| Inline::Fact {
                id: format!("{register}:{code}"),
                form: "name".to_owned(),
                text: text.to_owned(),
            };
            let between = if note.is_empty() { "" } else { "; " };
            note.extend([Inline::text(between), of_register(&key), Inline::text(":\u{A0}")]);
            note.push(of_register(name));
        }
        (!note.is_empty()).then_some(note)
    }

    /// A row for each row of a matrix.
    pub(super) fn matrix(&mut self, of: &str) -> Result<Vec<Row>> {
        let Some(fact) = self.writer.facts().get(of).cloned() else { return Ok(vec![]) };
        let Some(matrix) = fact.matrix() else { return Ok(vec![]) };
        self.note_sources(&fact);
        // A matrix of places has a column for each, too narrow for full names.
        let quarter = |code: &str| code.parse::<Period>().ok();
        let is_over_time = matrix.columns.codes.iter().all(|code| quarter(code).is_some());
        let form = if is_over_time { "nom" } else { "short" };
        let mut rows = vec![];
        for (code, cells) in matrix.rows.codes.iter().zip(&matrix.cells) {
            if cells.iter().all(Option::is_none) {
                continue;
            }
            let name = self.writer.locale().name(&matrix.rows.register, code, form)?.to_owned();
            let mut row = vec![text(vec![Inline::text(name)])];
            for (to, cell) in matrix.columns.codes.iter().zip(cells) {
                // There is no flow from a place to itself.
                let is_same = matrix.rows.register == matrix.columns.register && code == to;
                if is_same && cell.is_none() {
                    row.push(self.not_applicable());
                    continue;
                }
                let quantity: Option<Quantity> = *cell;
                // A cell has no flags of its own, so those of the matrix are used where they apply.
                let is_rounded = quantity.is_some_and(|quantity| quantity.step > 1.0);
                let is_rest = quarter(to).is_some_and(|quarter| quarter.span() == Span::Quarter);
                let flags = [(Flag::Rounded, is_rounded), (Flag::Derived, is_rest)];
                let flags =
                    flags.into_iter().filter(|(flag, shows)| *shows && fact.flags.contains(flag));
                let flags: BTreeSet<Flag> = flags.map(|(flag, _)| flag).collect();
                row.push(self.number(
                    &cell_id(of, code, to),
                    quantity,
                    if fact.is_signed { Sign::Always } else { Sign::Auto },
                    &fact.unit,
                    &flags,
                ));
            }
            rows.push(Row { total: false, cells: row });
        }
        Ok(rows)
    }
}
