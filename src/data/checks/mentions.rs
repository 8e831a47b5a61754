//! Codes that rows of a register refer to: neighbours, a parent, the entry that one replaces.
//!
//! In: the registers. Out: K0108 for each code that is not in the register. A foreign key of the package
//! cannot express this, since a field may hold several codes.

use super::super::{Dataset, Register};
use crate::diag::{Code, Diagnostic, did_you_mean};

/// The columns with codes of the same register, separated by spaces.
const COLUMNS: [&str; 3] = ["neighbours", "parent", "replaces"];

/// Returns a problem for each code that does not exist.
pub(super) fn check(dataset: &Dataset) -> Vec<Diagnostic> {
    dataset.registers.values().flat_map(|register| unknown(register)).collect()
}

fn unknown(register: &Register) -> Vec<Diagnostic> {
    let mut found = vec![];
    for (code, row) in &register.rows {
        for column in COLUMNS {
            let named = row.get(column).map_or("", String::as_str).split_whitespace();
            for other in named.filter(|other| !register.rows.contains_key(*other)) {
                let message = message!(
                    "`{column}` of `{code}` names `{other}`, which is not a row",
                    column,
                    code,
                    other
                );
                found.push(
                    Diagnostic::error(Code::K0108, message)
                        .at(register.place(code, column))
                        .maybe_hint(did_you_mean(other, register.rows.keys().map(|code| &**code))),
                );
            }
        }
    }
    found
}
