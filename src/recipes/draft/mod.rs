//! A recipe proposed for a sheet: the block of figures, its header rows and columns, names that are known, signs in
//! place of figures. It is a draft: what it cannot know is a question in a comment.
//!
//! `look` finds what is on the sheet (`long`: whether it has a row for each figure), `fit` which table it may be for,
//! `write` words it as TOML.

mod fit;
mod long;
mod look;
mod write;

use std::collections::BTreeMap;

use super::Words;
use super::names::{Names, folded};
use crate::diag::{Code, Diagnostic, Message, Place, Result, did_you_mean};
use crate::stats::Time;
use crate::workbook::{Sheet, Visibility, Workbook};

/// A table as far as a draft has to know it.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// The column of the time.
    pub time: String,
    /// The times that it has, each once.
    pub times: Vec<Time>,
    /// Its dimensions.
    pub dimensions: Vec<Dimension>,
    /// The units its figures may have.
    pub units: Vec<String>,
    /// The sizes that most of its figures have, from the smallest to the largest, if it has any.
    pub sizes: Option<(f64, f64)>,
    /// Whether some of its figures may be below nought.
    pub may_be_negative: bool,
}

/// A dimension of a table.
#[derive(Debug, Clone, Default)]
pub struct Dimension {
    /// Its column.
    pub name: String,
    /// The register of its codes, if it has one.
    pub register: Option<String>,
    /// Its codes.
    pub members: Vec<String>,
    /// What the recipes of the project read as one of them: folded texts, each with its code.
    texts: BTreeMap<String, String>,
}

impl Dimension {
    /// A dimension; `known` are texts and codes of any dimensions, of which it takes its own.
    pub fn new<'k>(
        name: &str,
        register: Option<String>,
        members: Vec<String>,
        known: impl Iterator<Item = (&'k str, &'k str)>,
    ) -> Self {
        let own = known.filter(|(_, code)| members.iter().any(|member| member == code));
        let texts = own.map(|(text, code)| (folded(text), code.to_owned())).collect();
        Self { name: name.to_owned(), register, members, texts }
    }
}

/// A recipe that is proposed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The recipe, as TOML.
    pub text: String,
    /// The table that it fills.
    pub table: String,
    /// Tables that the sheet fits as well, each with what fits.
    pub others: Vec<(String, String)>,
}

/// Proposes a recipe for a workbook: for the table of this name, or for the one that the sheet fits best.
pub fn draft(
    workbook: &Workbook,
    tables: &[Shape],
    table: Option<&str>,
    lexicons: &BTreeMap<String, Names>,
    words: &Words,
) -> Result<Draft> {
    let is_shown = |sheet: &&Sheet| sheet.visibility() == Visibility::Visible && sheet.count() > 0;
    let sheets: Vec<&Sheet> = workbook.sheets.iter().filter(is_shown).collect();
    let refuse = |message: Message| {
        Diagnostic::error(Code::K1504, message)
            .at(Place::Path(workbook.path.clone()))
            .hint(message!("write the recipe by hand: `kosh handbook import` shows one"))
    };
    let looked = sheets.iter().filter_map(|sheet| Some((*sheet, look::look(sheet, words)?)));
    let Some((sheet, found)) = looked.max_by_key(|(_, found)| found.figures) else {
        return Err(refuse(message!("no sheet has a block of figures")).into());
    };
    let asked: Vec<Shape> = match table {
        Some(name) => {
            let shape = tables.iter().find(|shape| shape.name == name).ok_or_else(|| {
                Diagnostic::error(Code::K1541, message!("the data have no table `{name}`", name))
                    .at(Place::option("table", name))
                    .maybe_hint(did_you_mean(name, tables.iter().map(|shape| shape.name.as_str())))
            })?;
            vec![shape.clone()]
        }
        None => tables.to_vec(),
    };
    let fits = fit::fits(&found, sheet, &asked, lexicons, words);
    let Some((best, others)) = fits.split_first() else {
        return Err(refuse(message!("the data have no table")).into());
    };
    let others: Vec<(String, String)> = { others.iter() }
        .filter(|other| other.is_as_good_as(best))
        .map(|other| (other.table.name.clone(), other.shown()))
        .collect();
    let text = write::write(workbook, sheets.len() > 1, sheet, &found, best, &others);
    Ok(Draft { text, table: best.table.name.clone(), others })
}
