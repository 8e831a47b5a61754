//! Counts too small for a percentage, and figures of a unit from before it was made.
//!
//! Of both there may be very many: of each series and each unit one finding stands for all, and of a
//! table so many are told one by one.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::super::precedence::Row;
use super::super::super::{Register, Time};
use super::super::{Figures, Sign, is_additive, shown};
use crate::diag::{Code, Diagnostic, Message};
use crate::stats::Unit;

/// The column of a register that says in which year a unit was made.
const MADE: &str = "year_created";

/// As many series of a table are told one by one.
const TOLD: usize = 40;

pub(super) fn check(figures: &Figures, smallest_base: f64, found: &mut Vec<Diagnostic>) {
    let (mut reported, mut more) = (0, 0_usize);
    for key in 0..figures.keys.len() {
        let printed = figures.printed(key);
        if figures.signs[key] == Sign::May || printed.len() < 2 {
            continue;
        }
        let small: Vec<&Row> = printed.iter().filter(|row| is_small(row, smallest_base)).collect();
        let Some(newest) = small.last() else { continue };
        if reported == TOLD {
            more += 1;
            continue;
        }
        reported += 1;
        found.push(too_small(figures, newest, &small, smallest_base));
    }
    if let (1.., Some(last)) = (more, found.last_mut()) {
        last.notes.push(message!("{more} more series of the table have such counts", more));
    }
    new_units(figures, found);
}

fn is_small(row: &Row, smallest_base: f64) -> bool {
    is_additive(row)
        && row.value > 0.0
        && row.value < smallest_base
        && row.observation.rounded_to <= 1.0
        && &*row.observation.unit == Unit::PERSONS
}

/// The newest of the small counts of a series, with those before it.
fn too_small(figures: &Figures, newest: &Row, small: &[&Row], smallest_base: f64) -> Diagnostic {
    let message = message!("{newest} is too small for a percentage", newest = figures.name(newest));
    let mut problem = figures.warning(Code::K0165, message, newest).label(message!(
        "{value}, below {smallest_base}",
        value = shown(newest.value),
        smallest_base
    ));
    for row in small.iter().rev().skip(1).take(3) {
        let label = message!("{value} in {row}", value = shown(row.value), row = row.time());
        problem = problem.related(figures.place(row), label);
    }
    problem.note(message!(
        "a change of a few persons is tens of per cent of it, so print only the numbers"
    ))
}

/// A unit, and the rows of it that begin before it was made.
struct Early<'f, 'a> {
    register: &'a Register,
    made: i16,
    first: &'f Row<'a>,
    rows: usize,
}

/// Figures of a time that began before their unit was made: the first of each unit, and how many.
fn new_units<'a>(figures: &Figures<'a>, found: &mut Vec<Diagnostic>) {
    let table = figures.table;
    let registers: Vec<Option<&Register>> = { table.dimensions.iter() }
        .map(|dimension| figures.dataset.registers.get(table.registers.get(dimension)?))
        .map(|register| register.map(|register| &**register))
        .collect();
    let year = |register: &Register, code: &Arc<str>| -> Option<i16> {
        register.rows.get(code)?.get(MADE)?.parse().ok()
    };
    let mut all: HashMap<&Arc<str>, Early> = HashMap::new();
    let mut order = vec![];
    for (key, times) in &figures.keys {
        for (code, register) in key.iter().zip(&registers) {
            let Some(register) = register else { continue };
            let Some(made) = year(register, code) else { continue };
            let is_early = |time: Time| match time {
                Time::Over(period) => period.start.year <= made,
                Time::At(day) => day.year() < made,
            };
            for row in times.rows().iter().filter(|row| is_early(row.time())) {
                let early = all.entry(code).or_insert_with(|| {
                    order.push(code);
                    Early { register, made, first: row, rows: 0 }
                });
                early.rows += 1;
            }
        }
    }
    for code in order {
        let Some(Early { register, made, first, rows }) = all.get(code) else { continue };
        let message =
            message!("{first} begins before {code} was created", first = figures.name(first), code);
        let mut problem = figures
            .warning(Code::K0166, message, first)
            .label(Message::verbatim(shown(first.value).to_string()))
            .related(register.place(code, MADE), message!("created in {made}", made))
            .note(message!(
                "where a border changes, people who did not move are counted as migrants"
            ));
        if *rows > 1 {
            problem = problem.note(message!(
                "{rows} more rows of {code} are from before that time",
                rows = rows - 1,
                code
            ));
        }
        found.push(problem);
    }
}
