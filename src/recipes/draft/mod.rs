//! A recipe proposed for a sheet: the block of figures, its header rows and columns, names that are known, signs in
//! place of figures. It is a draft: what it cannot know is a question in a comment.
//!
//! `look` finds what is on the sheet, `write` words it as TOML.

mod look;
mod write;

use std::collections::BTreeMap;

use super::{Names, Words};
use crate::diag::{Code, Diagnostic, Place, Result, did_you_mean};
use crate::workbook::{Sheet, Visibility, Workbook};

/// A table as far as a draft has to know it.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// The column of the time.
    pub time: String,
    /// For each dimension its register, if it has one, and its members.
    pub dimensions: Vec<(String, Option<String>, Vec<String>)>,
    /// The units its figures may have.
    pub units: Vec<String>,
}

/// Proposes a recipe for a workbook: for the table of this name, or for the one whose dimensions are found most.
pub fn draft(
    workbook: &Workbook,
    tables: &[Shape],
    table: Option<&str>,
    lexicons: &BTreeMap<String, Names>,
    words: &Words,
) -> Result<String> {
    let is_shown = |sheet: &&Sheet| sheet.visibility() == Visibility::Visible && sheet.count() > 0;
    let sheets: Vec<&Sheet> = workbook.sheets.iter().filter(is_shown).collect();
    let refuse = |message: &str| {
        Diagnostic::error(Code::K1504, message)
            .at(Place::Path(workbook.path.clone()))
            .hint("write the recipe by hand: `docs/import.md` shows one")
    };
    let looked =
        sheets.iter().filter_map(|sheet| Some((*sheet, look::look(sheet, lexicons, words)?)));
    let Some((sheet, found)) = looked.max_by_key(|(_, found)| found.figures) else {
        return Err(refuse("no sheet has a block of figures").into());
    };
    let table = match table {
        Some(name) => tables.iter().find(|shape| shape.name == name).ok_or_else(|| {
            Diagnostic::error(Code::K1541, format!("the data have no table `{name}`"))
                .at(Place::option("table", name))
                .maybe_hint(did_you_mean(name, tables.iter().map(|shape| shape.name.as_str())))
        })?,
        None => tables
            .iter()
            .max_by_key(|shape| fit(shape, &found))
            .ok_or_else(|| refuse("the data have no table"))?,
    };
    Ok(write::write(workbook, sheets.len() > 1, sheet, &found, table))
}

/// How many dimensions of a table are found on the sheet.
fn fit(shape: &Shape, found: &look::Found) -> (usize, std::cmp::Reverse<usize>) {
    let has = |register: &Option<String>| {
        register.as_ref().is_some_and(|own| found.registers().any(|known| known == own))
    };
    let met = shape.dimensions.iter().filter(|(_, register, _)| has(register)).count();
    // Of those that fit alike the one with fewer dimensions asks fewer questions.
    (met, std::cmp::Reverse(shape.dimensions.len()))
}
