//! Codes of a register that its own rows mention: neighbours, a parent, what an entry replaces.
//!
//! In: the registers. Out: K0108 for each code that no row of the register has. The package cannot
//! say this by a foreign key where a field holds several codes.

use super::super::{Dataset, Register};
use crate::diag::{Code, Diagnostic, did_you_mean};

/// The columns that hold codes of the register they stand in, separated by spaces.
const COLUMNS: [&str; 3] = ["neighbours", "parent", "replaces"];

/// A problem for each code that does not exist.
pub(super) fn check(dataset: &Dataset) -> Vec<Diagnostic> {
    dataset.registers.values().flat_map(|register| unknown(register)).collect()
}

fn unknown(register: &Register) -> Vec<Diagnostic> {
    let mut found = vec![];
    for (code, row) in &register.rows {
        for column in COLUMNS {
            let named = row.get(column).map_or("", String::as_str).split_whitespace();
            for other in named.filter(|other| !register.rows.contains_key(*other)) {
                let message = format!("`{column}` of `{code}` names `{other}`, which is no row");
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
