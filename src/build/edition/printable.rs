//! Refuses facts whose numbers cannot be printed.

use crate::diag::{Code, Diagnostic};
use crate::stats::{Fact, Facts, Quantity, Value, cell_id, member_id};

/// Returns an error for each fact with a number that is infinite, too large to be exact, or has an
/// invalid step.
pub(super) fn check(facts: &Facts) -> Vec<Diagnostic> {
    facts
        .all
        .values()
        .filter_map(|fact| unprintable(fact).map(|(id, q)| refusal(fact, &id, q)))
        .collect()
}

/// The first number of a fact that cannot be printed, with its id.
fn unprintable(fact: &Fact) -> Option<(String, Quantity)> {
    let bad = |quantity: &Quantity| quantity.printed().is_none();
    match &fact.value {
        Value::Number(quantity) => bad(quantity).then(|| (fact.id.clone(), *quantity)),
        Value::Series(series) | Value::Members(series) => {
            series.members.iter().find_map(|member| {
                let id = member_id(&fact.id, &member.code);
                let value = member.quantity.filter(bad).map(|quantity| (id.clone(), quantity));
                value.or_else(|| Some((id + ".base", member.base.filter(bad)?)))
            })
        }
        Value::Matrix(matrix) => {
            matrix.rows.codes.iter().zip(&matrix.cells).find_map(|(row, cells)| {
                matrix.columns.codes.iter().zip(cells).find_map(|(column, cell)| {
                    Some((cell_id(&fact.id, row, column), (*cell).filter(bad)?))
                })
            })
        }
        Value::Missing { .. } => None,
    }
}

fn refusal(fact: &Fact, id: &str, quantity: Quantity) -> Diagnostic {
    let why = match quantity {
        q if !q.value.is_finite() => {
            message!("it is not a number: a division by zero, or an overflow")
        }
        q if q.value.abs() >= crate::stats::rounding::TOO_LARGE => {
            message!(
                "it is 9,007,199,254,740,992 or more, where the last digits of a sum or product are lost"
            )
        }
        _ => {
            message!("its precision is unknown: a step must be 1, 2, 5 or 25 times a power of ten")
        }
    };
    let mut diagnostic =
        Diagnostic::error(Code::K0313, message!("`{id}` cannot be printed", id)).note(why);
    if !fact.formula.is_empty() {
        diagnostic = diagnostic.note(message!("it is {formula}", formula = fact.formula));
    }
    if let Some(row) = fact.rows.first() {
        diagnostic = diagnostic.note(message!("it is based on {row}", row));
    }
    diagnostic.hint(message!(
        "look for a wrong value or a wrong `rounded_to` in these rows, or compute the indicator in \
        a larger unit"
    ))
}
