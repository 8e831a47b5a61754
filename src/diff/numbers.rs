//! The numbers of facts, and which of them differ.

use indexmap::{IndexMap, IndexSet};

use super::NumberChange;
use crate::stats::{Fact, Quantity, Value};

/// The key of a number in its fact: the member, if any, and whether it is the base.
type Key = (Option<String>, bool);

/// The numbers that differ between two versions of a fact.
pub(super) fn compare(before: Option<&Fact>, after: Option<&Fact>) -> Vec<NumberChange> {
    let (then, now) = (numbers(before), numbers(after));
    // In the order of the later issue; removed ones come last.
    let keys: IndexSet<&Key> = now.keys().chain(then.keys()).collect();
    let change = |key: &&Key| {
        let (before, after) = (then.get(*key).copied(), now.get(*key).copied());
        if is_same(before, after) {
            return None;
        }
        Some(NumberChange {
            member: key.0.clone(),
            is_base: key.1,
            before,
            after,
            difference: before.zip(after).map(|(before, after)| after.value - before.value),
            is_printed: before.map(printed) != after.map(printed),
        })
    };
    keys.iter().filter_map(change).collect()
}

/// The known numbers of a fact.
fn numbers(fact: Option<&Fact>) -> IndexMap<Key, Quantity> {
    let mut all = IndexMap::new();
    match fact.map(|fact| &fact.value) {
        Some(Value::Number(quantity)) => drop(all.insert((None, false), *quantity)),
        Some(Value::Series(series) | Value::Members(series)) => {
            for member in &series.members {
                let parts = [(member.quantity, false), (member.base, true)];
                all.extend(parts.into_iter().filter_map(|(quantity, is_base)| {
                    Some(((Some(member.code.to_string()), is_base), quantity?))
                }));
            }
        }
        Some(Value::Matrix(matrix)) => {
            for (row, cells) in matrix.rows.codes.iter().zip(&matrix.cells) {
                for (column, cell) in matrix.columns.codes.iter().zip(cells) {
                    let key = (Some(format!("{row}>{column}")), false);
                    all.extend(cell.map(|quantity| (key, quantity)));
                }
            }
        }
        Some(Value::Missing { .. }) | None => {}
    }
    all
}

/// Whether two numbers are equal, except for rounding of the last bit in files.
fn is_same(before: Option<Quantity>, after: Option<Quantity>) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    match (before, after) {
        (Some(a), Some(b)) => close(a.value, b.value) && close(a.step, b.step),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Its printed digits.
fn printed(quantity: Quantity) -> String {
    quantity.to_string()
}
