//! Coverage: for each measure and time how settled its figures are, and how many there are.
//!
//! A measure is what is left of a key when the members of registers are taken together: the regions,
//! the partners. A member that stands for others, as the country, is a measure of its own.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use serde::Serialize;

use crate::data::{Dataset, Table};
use crate::stats::{Status, Time};

/// The figures of one table.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The table.
    pub table: String,
    /// What it holds.
    pub title: String,
    /// All times at which it has a figure, in order.
    pub times: Vec<Time>,
    /// Its measures.
    pub measures: Vec<Measure>,
}

/// The figures of one measure.
#[derive(Debug, Clone)]
pub struct Measure {
    /// What it is of, such as `arrivals WORLD` or `net *`, where `*` stands for all members that are no
    /// total.
    pub name: String,
    /// Its figures by time.
    pub at: BTreeMap<Time, Entry>,
}

/// The figures of a measure at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The status of the most settled of them.
    pub status: Status,
    /// How many figures there are: of a region, of a partner.
    pub figures: usize,
}

impl Entry {
    /// A letter for its status.
    pub fn letter(self) -> char {
        match self.status {
            Status::Final => 'F',
            Status::Express => 'E',
            Status::Secondary => 'S',
        }
    }

    /// A word for its status.
    pub fn word(self) -> &'static str {
        match self.status {
            Status::Final => "final",
            Status::Express => "express",
            Status::Secondary => "secondary",
        }
    }
}

/// The coverage of every table that has a row.
pub(super) fn of(dataset: &Dataset) -> Vec<Coverage> {
    dataset.tables.values().filter_map(|table| of_table(dataset, table)).collect()
}

/// What stands for all members that are no total.
const ALL: &str = "*";

fn of_table(dataset: &Dataset, table: &Table) -> Option<Coverage> {
    // Rows with the same members share their key.
    type Figures = BTreeMap<Time, (Status, HashSet<*const Arc<str>>)>;
    let registers: Vec<_> = { table.dimensions.iter() }
        .map(|dimension| dataset.registers.get(table.registers.get(dimension)?))
        .collect();
    let mut measures: BTreeMap<String, Figures> = BTreeMap::new();
    let mut times: BTreeSet<Time> = BTreeSet::new();
    let mut last: Option<(*const Arc<str>, String)> = None;
    for row in table.rows.iter().filter(|row| row.value.is_some()) {
        let Some(vintage) = dataset.vintages.get(&row.vintage) else { continue };
        let pointer = row.key.as_ptr();
        if last.as_ref().is_none_or(|(its, _)| *its != pointer) {
            let names: Vec<&str> = { row.key.iter().zip(&registers) }
                .map(|(code, register)| match register {
                    Some(register) if !register.is_aggregate(code) => ALL,
                    _ => code,
                })
                .collect();
            last = Some((pointer, names.join(" ")));
        }
        let Some((_, name)) = &last else { continue };
        if !measures.contains_key(name) {
            measures.insert(name.clone(), Figures::new());
        }
        let Some(figures) = measures.get_mut(name) else { continue };
        times.insert(row.time);
        let (status, keys) =
            figures.entry(row.time).or_insert_with(|| (vintage.status, HashSet::new()));
        *status = (*status).max(vintage.status);
        keys.insert(pointer);
    }
    let measures: Vec<Measure> = measures
        .into_iter()
        .map(|(name, figures)| {
            let at = figures
                .into_iter()
                .map(|(time, (status, keys))| (time, Entry { status, figures: keys.len() }));
            Measure { name, at: at.collect() }
        })
        .collect();
    let (name, title) = (table.name.clone(), table.title.clone());
    (!measures.is_empty()).then(|| Coverage {
        table: name,
        title,
        times: times.into_iter().collect(),
        measures,
    })
}
