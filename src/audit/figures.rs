//! The figures that count, found by what they are of: one for each key and time, by the rule of
//! precedence.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::written::{Figure, Where};
use crate::data::{Cell, Dataset, Key, Table};
use crate::stats::Time;

/// The figures of some tables.
pub(super) struct Figures<'a> {
    dataset: &'a Dataset,
    tables: HashMap<&'a str, BTreeMap<(Key, Time), Cell<'a>>>,
}

impl<'a> Figures<'a> {
    /// The figures of the tables of these names; a name that no table has is left out.
    pub(super) fn of<'n>(dataset: &'a Dataset, names: impl Iterator<Item = &'n str>) -> Self {
        let view = dataset.as_of(None);
        let mut tables = HashMap::new();
        for name in names {
            let Some(table) = dataset.tables.get(name) else { continue };
            if tables.contains_key(table.name.as_str()) {
                continue;
            }
            let times = view.times(&table.name, &[]).unwrap_or_default();
            let cells = times.into_iter().flat_map(|time| {
                let cells = view.cells(&table.name, time, &[], None).unwrap_or_default();
                cells.into_iter().map(move |cell| ((cell.key.clone(), time), cell))
            });
            tables.insert(table.name.as_str(), cells.collect());
        }
        Self { dataset, tables }
    }

    /// The figures of a table that a rule is about, in order.
    pub(super) fn about(&self, table: &str, only: &Where) -> Vec<&Cell<'a>> {
        let Some(table) = self.dataset.tables.get(table) else { return vec![] };
        let cells = self.tables.get(table.name.as_str()).into_iter().flatten();
        cells.map(|(_, cell)| cell).filter(|cell| holds(table, only, &cell.key)).collect()
    }

    /// The figure of a key and time.
    pub(super) fn at(&self, table: &str, key: &[Arc<str>], time: Time) -> Option<&Cell<'a>> {
        self.tables.get(table)?.get(&(Arc::new(key.into()), time))
    }

    /// The figure that a rule names beside another: dimensions that it does not name are the other's.
    pub(super) fn named(
        &self,
        figure: &Figure,
        own: &Table,
        key: &[Arc<str>],
        time: Time,
    ) -> Option<&Cell<'a>> {
        let table = match &figure.table {
            None => own,
            Some(name) => self.dataset.tables.get(name)?,
        };
        let member = |dimension: &String| -> Option<Arc<str>> {
            match figure.members.get(dimension) {
                Some(member) => Some(member.as_str().into()),
                None => key.get(own.dimension(dimension)?).cloned(),
            }
        };
        let key: Vec<Arc<str>> = table.dimensions.iter().map(member).collect::<Option<_>>()?;
        self.at(&table.name, &key, time)
    }
}

/// Whether a key has the members that a rule is about.
pub(super) fn holds(table: &Table, only: &Where, key: &[Arc<str>]) -> bool {
    only.iter().all(|(dimension, members)| {
        table
            .dimension(dimension)
            .and_then(|at| key.get(at))
            .is_some_and(|own| members.names().iter().any(|member| **member == **own))
    })
}
