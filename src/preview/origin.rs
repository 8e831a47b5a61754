//! Origins of numbers: value, formula, precision, and the rows of the data with their lines, releases and
//! sources.
//!
//! Ids are those of the document tree: a fact (`X1`), a member of a series (`I4[KZ-71]`) or a cell of a
//! matrix (`OD[KZ-71>KZ-75]`); with `.base`, `.change` or `.difference` a comparison of its two values;
//! two ids with a minus or a division sign between them are a difference or a share. A number in a register has the id register, row
//! and column, `policy:quota-2025.plan`; one in the name of an entry has the first two. An earlier value
//! has its day: `X1@2025-05-12`.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::data::Dataset;
use crate::diag::slashed;
use crate::stats::RowId;
use crate::stats::{Axis, Fact, Facts, Flag, Matrix, Member, Quantity, Value as Known, member_id};

/// The origin of the number `id`; `None` if there is no such number.
pub(super) fn of(id: &str, facts: &Facts, data: &Dataset) -> Option<Value> {
    let parts: Option<Vec<Value>> = match facts.get(id) {
        Some(fact) => Some(vec![whole(fact, data)]),
        None => match entry(id, data).or_else(|| earlier(id, facts)) {
            Some(reported) => Some(vec![reported]),
            None => {
                let parts = id.split(" − ").flat_map(|one| one.split(" ÷ "));
                parts.map(|one| part(one, facts, data)).collect()
            }
        },
    };
    Some(json!({ "id": id, "parts": parts? }))
}

/// A short text of the value of each fact.
pub(super) fn values(facts: &Facts) -> Map<String, Value> {
    let value = |fact: &Fact| match &fact.value {
        Known::Number(quantity) => json!([quantity.to_string(), &*fact.unit.0]),
        Known::Series(series) | Known::Members(series) => {
            let known = series.members.iter().filter(|m| m.quantity.is_some()).count();
            json!([format!("{known}/{}", series.members.len()), &*fact.unit.0])
        }
        Known::Matrix(matrix) => {
            let (rows, columns) = (matrix.rows.codes.len(), matrix.columns.codes.len());
            json!([format!("{rows} × {columns}"), &*fact.unit.0])
        }
        Known::Missing { .. } => json!(["…", ""]),
    };
    facts.all.iter().map(|(id, fact)| (id.clone(), value(fact))).collect()
}

/// Each number of a fact, with the id of its origin.
pub(super) fn numbers(fact: &Fact) -> Value {
    let number = |member: Option<String>, quantity: Option<Quantity>| {
        let id = member.as_ref().map_or(fact.id.clone(), |code| member_id(&fact.id, code));
        json!({ "id": id, "member": member, "value": quantity.map(|q| q.to_string()) })
    };
    let numbers: Vec<Value> = match &fact.value {
        Known::Number(quantity) => vec![number(None, Some(*quantity))],
        Known::Series(series) | Known::Members(series) => {
            series.members.iter().map(|m| number(Some(m.code.to_string()), m.quantity)).collect()
        }
        Known::Matrix(matrix) => {
            let row = |(row, cells): (&Arc<str>, &Vec<Option<Quantity>>)| {
                let cell = |(column, cell): (&Arc<str>, &Option<Quantity>)| {
                    number(Some(format!("{row}>{column}")), *cell)
                };
                matrix.columns.codes.iter().zip(cells).map(cell).collect::<Vec<_>>()
            };
            matrix.rows.codes.iter().zip(&matrix.cells).flat_map(row).collect()
        }
        Known::Missing { .. } => vec![],
    };
    json!({
        "id": fact.id, "unit": &*fact.unit.0, "time": fact.time.to_string(),
        "missing": fact.missing(), "numbers": numbers,
    })
}

/// The ids of facts and members whose numbers differ.
pub(super) fn changed(before: &Facts, after: &Facts) -> Vec<String> {
    let mut changed = vec![];
    for (id, fact) in &after.all {
        let Some(old) = before.get(id) else {
            changed.push(id.clone());
            continue;
        };
        if let (Some(series), Some(was)) = (fact.series(), old.series()) {
            let known =
                |member: &Member| was.members.iter().find(|m| m.code == member.code).cloned();
            let differs = |member: &&Member| {
                known(member)
                    .is_none_or(|was| (was.quantity, was.base) != (member.quantity, member.base))
            };
            changed
                .extend(series.members.iter().filter(differs).map(|m| format!("{id}[{}]", m.code)));
        } else if fact.value != old.value {
            changed.push(id.clone());
        }
    }
    changed
}

/// The origin of a fact as a whole.
fn whole(fact: &Fact, data: &Dataset) -> Value {
    let mut reported = about(fact, &fact.flags, &fact.rows, data);
    if let Some(quantity) = fact.number() {
        say_number(&mut reported, quantity);
    }
    if let Some(reason) = fact.missing() {
        reported.insert("missing".into(), json!(reason));
    }
    if let Some(series) = fact.series() {
        let text = |quantity: Option<Quantity>| quantity.map(|quantity| quantity.to_string());
        let member = |m: &Member| json!([&*m.code, text(m.quantity), text(m.base)]);
        reported.insert("members".into(), series.members.iter().map(member).collect());
    }
    reported.into()
}

/// The origin of a member of a series, or of a comparison of its two values.
fn part(id: &str, facts: &Facts, data: &Dataset) -> Option<Value> {
    let (name, rest) = id.split_once('[')?;
    let (code, what) = rest.split_once(']')?;
    let fact = facts.get(name)?;
    if let Some(matrix) = fact.matrix() {
        return cell(id, fact, matrix, code, data).filter(|_| what.is_empty());
    }
    let member = fact.series()?.members.iter().find(|member| &*member.code == code)?;
    let mut reported = about(fact, &member.flags, &member.rows, data);
    reported.insert("id".into(), json!(id));
    reported.insert("of".into(), json!(name));
    let text = |quantity: Option<Quantity>| quantity.map(|quantity| quantity.to_string());
    match what {
        "" => {
            let quantity = member.quantity?;
            say_number(&mut reported, quantity);
            reported.insert("base".into(), json!(text(member.base)));
        }
        ".base" => say_number(&mut reported, member.base?),
        ".change" | ".difference" => {
            let now = text(member.quantity)?;
            let written =
                format!("{name}[{code}] = {now}, {name}[{code}].base = {}", text(member.base)?);
            reported.insert("compares".into(), json!(written));
            reported.remove("unit");
        }
        _ => return None,
    }
    Some(reported.into())
}

/// The origin of a cell of a matrix: `OD[KZ-71>KZ-75]`.
fn cell(id: &str, fact: &Fact, matrix: &Matrix, code: &str, data: &Dataset) -> Option<Value> {
    let (row, column) = code.split_once('>')?;
    let at = |axis: &Axis, code: &str| axis.codes.iter().position(|one| &**one == code);
    let quantity = matrix.cells[at(&matrix.rows, row)?][at(&matrix.columns, column)?]?;
    // A quarter is no dimension of a table, so the rows are those of the member in all quarters.
    let wanted = [(&matrix.rows.dimension, row), (&matrix.columns.dimension, column)];
    let is_of_cell = |id: &RowId| {
        data.observation(id).is_some_and(|(table, observed)| {
            table.dimensions.iter().zip(observed.key.iter()).all(|(dimension, key)| {
                wanted.iter().all(|(name, code)| **name != **dimension || **key == **code)
            })
        })
    };
    let rows: Vec<RowId> = fact.rows.iter().flat_map(each).filter(is_of_cell).collect();
    let mut reported = about(fact, &fact.flags, &rows, data);
    reported.insert("id".into(), json!(id));
    reported.insert("of".into(), json!(fact.id));
    say_number(&mut reported, quantity);
    Some(reported.into())
}

/// A number as known on another day or of another period: `X1@2025-05-12`.
fn earlier(id: &str, facts: &Facts) -> Option<Value> {
    let (name, when) = id.split_once('@')?;
    let fact = facts.get(name)?;
    Some(json!({ "id": id, "then": when, "now": fact.id, "flags": [], "rows": [] }))
}

/// A number in a register, `policy:quota-2025.plan`, or one in the name of an entry.
fn entry(id: &str, data: &Dataset) -> Option<Value> {
    let (name, rest) = id.split_once(':')?;
    let register = data.registers.get(name)?;
    let (code, column) = match rest.rsplit_once('.') {
        Some((code, column)) if register.rows.contains_key(code) => (code, Some(column)),
        _ => (rest, None),
    };
    let columns = register.rows.get(code)?;
    let value = match column {
        Some(column) => Some(columns.get(column)?),
        None => None,
    };
    let said = columns.iter().filter(|(_, text)| !text.is_empty());
    let named: Vec<[&str; 2]> = said.map(|(column, text)| [&**column, &**text]).collect();
    // The key begins the row, or follows a comma.
    let mut lines = register.text.text.lines().enumerate();
    let is_row = |line: &str| line.split(',').any(|field| field.trim_matches('"') == code);
    let (at, typed) = lines.find(|(_, line)| is_row(line))?;
    let place = format!("{}:{}", slashed(&register.text.path), at + 1);
    let row = json!({ "at": place, "title": name, "key": named, "typed": typed });
    let mut reported = json!({ "id": id, "flags": [], "rows": [row] });
    if let (Some(value), Some(column)) = (value, column) {
        reported["value"] = json!(value);
        reported["unit"] = json!(column);
    }
    Some(reported)
}

/// The lines of a run, one by one; lines on which no row starts are skipped later.
fn each(run: &RowId) -> impl Iterator<Item = RowId> {
    (run.line..=run.last).map(|line| RowId { line, last: line, ..run.clone() })
}

/// In a sum of more rows than this, a run is shown by its first row only.
const MOST: usize = 60;

/// The common part of the origins of a fact and of a member.
fn about<'a>(
    fact: &Fact,
    flags: impl IntoIterator<Item = &'a Flag>,
    rows: &[RowId],
    data: &Dataset,
) -> Map<String, Value> {
    let flags: Vec<&str> = flags.into_iter().map(|flag| flag.name()).collect();
    let count: usize = rows.iter().map(|run| run.last - run.line + 1).sum();
    let rows: Vec<RowId> = match count {
        0..=MOST => rows.iter().flat_map(each).collect(),
        _ => rows.to_vec(),
    };
    let reported = json!({
        "id": fact.id, "unit": &*fact.unit.0, "time": fact.time.to_string(),
        "against": fact.base_time.map(|time| time.to_string()), "formula": fact.formula,
        "flags": flags, "rows": rows.iter().filter_map(|id| row(id, data)).collect::<Vec<_>>(),
    });
    match reported {
        Value::Object(reported) => reported,
        _ => Map::new(),
    }
}

fn say_number(reported: &mut Map<String, Value>, quantity: Quantity) {
    reported.insert("value".into(), json!(quantity.to_string()));
    reported.insert("step".into(), json!(quantity.step));
    reported.insert("error".into(), json!(quantity.error));
}

/// A row of the data: its place, its text, its source and release.
fn row(id: &RowId, data: &Dataset) -> Option<Value> {
    let (table, row) = data.observation(id)?;
    let named: Vec<[&str; 2]> =
        table.dimensions.iter().zip(row.key.iter()).map(|(name, key)| [&**name, &**key]).collect();
    let typed = table.text.text.lines().nth(id.line.checked_sub(1)?).unwrap_or_default();
    let vintage = data.vintages.get(&row.vintage).map(|vintage| {
        json!({ "status": vintage.status, "released": vintage.released.to_string(), "is_dated": vintage.is_dated })
    });
    let source = data
        .sources
        .get(&row.source)
        .map(|source| json!({ "precedence": source.precedence, "fields": source.fields }));
    Some(json!({
        "at": id.to_string(), "title": table.title, "key": named, "time": row.time.to_string(),
        "value": row.value, "unit": &*row.unit, "rounded_to": row.rounded_to, "note": &*row.note,
        "typed": typed, "vintage": [&*row.vintage, vintage], "source": [&*row.source, source],
    }))
}
