//! The cause of a changed fact: its definition, its operands, its releases, its rows.

use indexmap::IndexMap;

use super::{Cause, Change, Issue, Kind, MovedRow, NumberChange};
use crate::stats::{Fact, Flag, Operation, RowId, Series, Status};

/// The lowest status of the releases that a fact is based on.
pub(super) fn status(fact: Option<&Fact>) -> Option<Status> {
    let fact = fact.filter(|fact| fact.missing().is_none())?;
    Some(if fact.flags.contains(&Flag::Secondary) {
        Status::Secondary
    } else if fact.flags.contains(&Flag::Provisional) {
        Status::Express
    } else {
        Status::Final
    })
}

/// The definition of a fact, for comparison. A percentage change printed by the source in one issue and
/// computed from levels in the other has the same definition.
pub(super) fn definition(fact: &Fact) -> String {
    let is_compared = fact.id.ends_with(".change");
    let formula = if is_compared { "" } else { &fact.formula };
    format!("{formula} {} {}", fact.unit.0, fact.is_signed)
}

/// The rows of a fact or, for a series, of the members that differ; line by line if the contents of the
/// rows are known.
pub(super) fn rows(fact: Option<&Fact>, numbers: &[NumberChange], issue: &Issue) -> Vec<RowId> {
    let Some(fact) = fact else { return vec![] };
    let differs = |code: &str| numbers.iter().any(|n| n.member.as_deref() == Some(code));
    let members = fact.series().into_iter().flat_map(|series| &series.members);
    let own: Vec<&RowId> =
        members.filter(|member| differs(&member.code)).flat_map(|member| &member.rows).collect();
    let all = if own.is_empty() { fact.rows.iter().collect() } else { own };
    let mut lines: Vec<RowId> = vec![];
    for row in all {
        let single = (row.line..=row.last).map(|line| RowId { line, last: line, ..row.clone() });
        let known: Vec<RowId> = single.filter(|row| issue.rows.contains_key(row)).collect();
        let known = if known.is_empty() { vec![row.clone()] } else { known };
        lines.extend(known.into_iter().filter(|row| !lines.contains(row)).collect::<Vec<_>>());
    }
    lines
}

/// The rows of one issue's fact that the fact of the other issue lacks. Rows with the same content are
/// the same, wherever they are; if contents are unknown, those on the same line.
pub(super) fn moved(
    own: &[RowId],
    issue: &Issue,
    others: &[RowId],
    other: &Issue,
) -> Vec<MovedRow> {
    let is_there = |row: &RowId| {
        let said = issue.rows.get(row);
        others.iter().any(|candidate| match (said, other.rows.get(candidate)) {
            (Some(one), Some(two)) => one == two,
            _ => same_line(row, candidate),
        })
    };
    let moved = own.iter().filter(|row| !is_there(row));
    moved.map(|row| MovedRow { at: row.to_string(), row: issue.rows.get(row).cloned() }).collect()
}

/// Files in two data folders have the same name but different paths.
fn same_line(one: &RowId, two: &RowId) -> bool {
    let name = |row: &RowId| row.file.rsplit('/').next().map(str::to_owned);
    name(one) == name(two) && (one.line, one.last) == (two.line, two.last)
}

/// The changed facts that a fact is computed from.
pub(super) fn follows(
    id: &str,
    before: &Issue,
    after: &Issue,
    changed: &IndexMap<String, Change>,
) -> Vec<String> {
    let Some(fact) = after.facts.get(id).or_else(|| before.facts.get(id)) else { return vec![] };
    let mut parts: Vec<String> = vec![];
    for part in &fact.operands {
        let explains = changed.get(part).is_some_and(|change| change.kind != Kind::Settled);
        if part != id && explains && !parts.contains(part) {
            parts.push(part.clone());
        }
    }
    parts
}

/// The cause of a changed fact. A fact computed from a single changed fact has the cause of that fact.
pub(super) fn of(
    id: &str,
    before: &Issue,
    after: &Issue,
    changed: &IndexMap<String, Change>,
) -> Cause {
    let mut at = id.to_owned();
    for _ in 0..changed.len() {
        let Some(change) = changed.get(&at) else { break };
        let known = known(&at, change, before, after, changed);
        if let Some(cause) = known.or_else(|| of_members(&at, before, after, changed)) {
            return cause;
        }
        match &follows(&at, before, after, changed)[..] {
            [part] => at = part.clone(),
            _ => return by_rows(&at, change, before, after),
        }
    }
    Cause::Data
}

/// Causes that do not follow from releases.
fn known(
    id: &str,
    change: &Change,
    before: &Issue,
    after: &Issue,
    changed: &IndexMap<String, Change>,
) -> Option<Cause> {
    // Formulas are recorded if the definitions differ.
    if change.formula_before.is_some() {
        return Some(Cause::Definition);
    }
    let (Some(then), Some(now)) = (before.facts.get(id), after.facts.get(id)) else {
        return Some(Cause::Data);
    };
    let is_printed = |fact: &Fact| fact.flags.contains(&Flag::AsPublished);
    let is_version = matches!(change.kind, Kind::Revised | Kind::Settled);
    if !is_version || is_printed(then) != is_printed(now) {
        return Some(Cause::Data);
    }
    if let Some((own, "change" | "difference")) = id.rsplit_once('.') {
        let differs = |id: &str| changed.get(id).is_some_and(|c| c.kind != Kind::Settled);
        if !differs(own) && differs(&format!("{own}.base")) {
            return Some(Cause::Base);
        }
    }
    let is_kept = |n: &&NumberChange| n.before.is_some() && n.after.is_some();
    let mut kept = change.numbers.iter().filter(is_kept);
    if !change.numbers.is_empty() && kept.clone().next().is_none() {
        return Some(Cause::Data);
    }
    // The values of the series are the same, but those of the year before have changed.
    (!change.numbers.is_empty() && kept.all(|number| number.is_base)).then_some(Cause::Base)
}

/// The cause of a number computed from a series of which some members were corrected and others were
/// added or removed. A count that differs only by members added or removed is not corrected.
fn of_members(
    id: &str,
    before: &Issue,
    after: &Issue,
    changed: &IndexMap<String, Change>,
) -> Option<Cause> {
    let (then, now) = (before.facts.get(id)?, after.facts.get(id)?);
    let follows = follows(id, before, after, changed);
    let [part] = &follows[..] else { return None };
    let (was, is) = (before.facts.get(part)?.series()?, after.facts.get(part)?.series()?);
    then.number().and(now.number())?;
    let numbers = || changed[part].numbers.iter().filter(|number| !number.is_base);
    let is_kept = |number: &NumberChange| number.before.is_some() && number.after.is_some();
    if numbers().all(is_kept) || !numbers().any(is_kept) {
        return None;
    }
    // The rows of a count are those of the members it counted.
    let counts = |fact: &Fact, series: &Series, code: &str| {
        let mut named = series.members.iter().filter(|member| *member.code == *code);
        named.any(|m| m.quantity.is_some() && m.rows.iter().any(|row| rests_on(fact, row)))
    };
    let turned = |number: &&NumberChange| {
        let code = number.member.as_deref().unwrap_or_default();
        counts(then, was, code) != counts(now, is, code)
    };
    let is_count = now.operation == Operation::Count;
    if is_count && !numbers().filter(turned).any(is_kept) {
        return Some(Cause::Data);
    }
    match of(part, before, after, changed) {
        Cause::Correction => Some(Cause::CorrectionAndData),
        _ => None,
    }
}

fn rests_on(fact: &Fact, row: &RowId) -> bool {
    let has = |own: &RowId| own.file == row.file && own.line <= row.line && row.last <= own.last;
    fact.rows.iter().any(has)
}

fn by_rows(id: &str, change: &Change, before: &Issue, after: &Issue) -> Cause {
    let status = |issue: &Issue| status(issue.facts.get(id));
    if let (Some(from), Some(to)) = (status(before), status(after))
        && from != to
    {
        return Cause::Revision { from, to };
    }
    if let Some(cause) = replaced(change).or_else(|| released(id, change, before, after)) {
        return cause;
    }
    let mut values = change.numbers.iter().filter(|number| !number.is_base).peekable();
    let is_refined = values.peek().is_some()
        && values.all(|number| match (number.before, number.after) {
            (Some(a), Some(b)) => {
                a.step != b.step && (a.value - b.value).abs() <= a.error + b.error + 1e-9
            }
            _ => false,
        });
    if is_refined { Cause::Precision } else { Cause::Correction }
}

/// A revision of only some of the rows, which the flags of the fact do not show.
fn replaced(change: &Change) -> Option<Cause> {
    let settled = |rows: &[MovedRow]| rows.iter().filter_map(|row| row.row.as_ref()?.status).min();
    let (from, to) = (settled(&change.rows_before)?, settled(&change.rows_after)?);
    (from != to).then_some(Cause::Revision { from, to })
}

/// A revision visible only in the releases of the two facts, since the contents of a build's rows are
/// unknown. If all earlier releases are still used, the added rows decide.
fn released(id: &str, change: &Change, before: &Issue, after: &Issue) -> Option<Cause> {
    let (then, now) = (before.facts.get(id)?, after.facts.get(id)?);
    let settled = |all: &[&str], issue: &Issue| {
        all.iter().filter_map(|vintage| issue.vintages.get(*vintage).copied()).min()
    };
    let only = |own: &Fact, other: &Fact| -> Vec<String> {
        let only = own.vintages.iter().filter(|vintage| !other.vintages.contains(vintage));
        only.map(ToString::to_string).collect()
    };
    let (gone, came) = (only(then, now), only(now, then));
    let gone = match gone.is_empty() {
        true => then.vintages.iter().map(ToString::to_string).collect(),
        false => gone,
    };
    let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
    let rows = change.rows_after.iter().filter_map(|moved| moved.row.as_ref()?.status).min();
    let came: Vec<&str> = came.iter().map(String::as_str).collect();
    let from = settled(&gone, before)?;
    let to = rows.filter(|_| !came.is_empty()).or_else(|| settled(&came, after))?;
    (from != to).then_some(Cause::Revision { from, to })
}
