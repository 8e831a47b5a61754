//! The release and the source of rows: their keys, their rows where the registers lack them, and what nobody said.

use super::{Asked, Ground, Need, Plan, Row, status};
use crate::diag::{Code, Diagnostic, Place};
use crate::recipes::{PERIOD, Recipe, with_period};
use crate::stats::{Status, Time};

/// A text with the latest period in the place of `{period}`; `None` if there is no period to put there.
fn filled(text: &str, plan: &Plan) -> Option<String> {
    with_period(text, plan.latest)
}

fn need(plan: &mut Plan, option: &str, what: &str) {
    plan.needs.push(Need { option: option.to_owned(), what: what.to_owned() });
}

/// Says which release the rows are of, and makes its row if it is new.
pub(super) fn vintage(ground: &Ground, recipe: &Recipe, asked: &Asked, plan: &mut Plan) {
    let Some(text) = asked.vintage.as_ref().or(recipe.vintage.as_ref()) else {
        need(plan, "vintage", "the key of the release, as 2026-H1-express");
        return;
    };
    let Some(key) = filled(text, plan) else { return };
    plan.vintage = Some(key.clone());
    let said = asked.status.as_ref().or(recipe.status.as_ref());
    if let Some(odd) = said.filter(|said| status(said).is_none()) {
        plan.problems.push(
            Diagnostic::error(Code::K1542, message!("`{odd}` is not a status of a release", odd))
                .at(asked.status.as_ref().map_or_else(
                    || recipe.table_place.clone(),
                    |said| Place::option("status", said),
                ))
                .hint(message!("write `express`, `final` or `secondary`")),
        );
        return;
    }
    if let Some(known) = ground.dataset.vintages.get(key.as_str()) {
        let other_status =
            asked.status.as_deref().and_then(status).filter(|own| *own != known.status);
        let other_day = asked.released.filter(|day| *day != known.released);
        if other_status.is_some() || other_day.is_some() {
            let register = ground.dataset.vintages_register.as_ref();
            let place = register.and_then(|name| ground.dataset.registers.get(name));
            let message =
                message!("the release `{key}` is already listed with another status or day", key);
            plan.problems.push(
                Diagnostic::error(Code::K1544, message)
                    .at(place.map(|register| register.place(&key, "released")))
                    .hint(message!(
                        "omit `--released` and `--status`, or give the new release another key \
                        with `--vintage`"
                    )),
            );
        }
        return;
    }
    let mut row = Row::new();
    let register = ground
        .dataset
        .vintages_register
        .as_ref()
        .and_then(|name| ground.dataset.registers.get(name));
    let Some(register) = register else { return };
    row.insert(register.key.clone(), key);
    match said {
        Some(said) => drop(row.insert("status".into(), said.clone())),
        None => need(plan, "status", "the status of the release: express, final or secondary"),
    }
    match asked.released {
        Some(day) => drop(row.insert("released".into(), day.to_string())),
        None => need(
            plan,
            "released",
            "the first day on which the figures were public, for example 2026-08-11",
        ),
    }
    // A day that somebody states is the one that is printed.
    for (column, text) in [("date_basis", "printed"), ("precision", "day")] {
        if register.columns.iter().any(|(name, _)| name == column) {
            row.insert(column.into(), text.into());
        }
    }
    plan.new_vintage = Some(row);
}

/// Takes for known what a check of the rows needs, where nothing is written: a first release, some weeks after the
/// latest period, and a source of which only the key counts.
pub fn assume(asked: &mut Asked, plan: &Plan) {
    const WEEKS: i64 = 6;
    for need in &plan.needs {
        match need.option.as_str() {
            "vintage" => asked.vintage = Some(format!("{PERIOD}-express")),
            "status" => asked.status = Some("express".to_owned()),
            "released" => {
                let day = plan.latest.map(Time::last_day).unwrap_or_default();
                let later = day.checked_add(jiff::Span::new().weeks(WEEKS));
                asked.released = later.ok().or(Some(day));
            }
            "source" => drop(asked.source.insert("id".to_owned(), "not-known-yet".to_owned())),
            "precedence" => drop(asked.source.insert("precedence".to_owned(), "1".to_owned())),
            "kind" => drop(asked.source.insert("kind".to_owned(), "office-table".to_owned())),
            column => drop(asked.source.insert(column.to_owned(), "not known yet".to_owned())),
        }
    }
}

/// How settled the release is, as far as it is known.
pub(super) fn status_of(
    ground: &Ground,
    recipe: &Recipe,
    asked: &Asked,
    plan: &Plan,
) -> Option<Status> {
    let key = plan.vintage.as_deref()?;
    let said = || asked.status.as_deref().or(recipe.status.as_deref());
    ground
        .dataset
        .vintages
        .get(key)
        .map(|vintage| vintage.status)
        .or_else(|| said().and_then(status))
}

/// Says which source the rows are read from, and makes its row if it is new.
pub(super) fn source(ground: &Ground, recipe: &Recipe, asked: &Asked, plan: &mut Plan) {
    let register = ground
        .dataset
        .sources_register
        .as_ref()
        .and_then(|name| ground.dataset.registers.get(name));
    let Some(register) = register else { return };
    let mut row = Row::new();
    for (name, text) in recipe.source.iter().chain(&asked.source) {
        let name = if name == "id" { &register.key } else { name };
        if !register.columns.iter().any(|(column, _)| column == name) {
            plan.problems.push(
                Diagnostic::error(
                    Code::K1542,
                    message!("the table of sources has no column `{name}`", name),
                )
                .at(recipe.table_place.clone())
                .maybe_hint(crate::diag::did_you_mean(
                    name,
                    register.columns.iter().map(|(column, _)| column.as_str()),
                )),
            );
            continue;
        }
        if let Some(text) = filled(text, plan) {
            row.insert(name.clone(), text);
        }
    }
    let Some(key) = row.get(&register.key).cloned().filter(|key| !key.is_empty()) else {
        need(plan, "source", "the key of the source in the table of sources");
        return;
    };
    plan.source = Some(key.clone());
    if let Some(known) = register.rows.get(key.as_str()) {
        // What is said on the command line about a source that is there must be so.
        for (name, text) in &asked.source {
            let is_other = known.get(name).is_some_and(|own| own != text);
            if is_other && *name != register.key && name != "id" {
                plan.problems.push(
                    Diagnostic::error(
                        Code::K1544,
                        message!(
                            "the source `{key}` is already listed with another `{name}`",
                            key,
                            name
                        ),
                    )
                    .at(register.place(&key, name))
                    .hint(message!(
                        "omit the option, or give the new source another key with `--source`"
                    )),
                );
            }
        }
        return;
    }
    for (name, is_needed) in &register.columns {
        if *is_needed && row.get(name).is_none_or(String::is_empty) {
            let what = format!("`{name}` of the source `{key}`");
            need(plan, name, &what);
        }
    }
    plan.new_source = Some(row);
}
