//! Figures that no other figure confirms.
//!
//! In: a [`View`] of the data, the rows that a brief uses, and its period. Out: of the figures at that
//! period, those that no sum, balance, percentage or second name confirms and that only one source
//! reports. No check can find a typing error in them, so somebody should compare them with their page
//! once more.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Serialize;

use super::precedence::agrees;
use super::{Observation, RowId, Table, Time, View};
use crate::stats::Period;

/// A figure based on a single row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unconfirmed {
    /// Its row.
    pub row: RowId,
    /// The table.
    pub table: String,
    /// The series: the member of each dimension.
    pub series: IndexMap<String, String>,
    /// The period or day it refers to, such as `2025-01..2025-06`.
    pub time: String,
    /// The figure as typed, in its unit.
    pub value: f64,
    /// The unit, such as `persons`.
    pub unit: String,
    /// The key of its source.
    pub source: String,
    /// Whether it ends in zeros, though `rounded_to` declares it exact.
    pub is_round: bool,
}

impl std::fmt::Display for Unconfirmed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let series: Vec<&str> = self.series.values().map(String::as_str).collect();
        let Self { row, value, unit, source, .. } = self;
        write!(f, "{}:{}: {} {value} {unit} ({source})", row.file, row.line, series.join(" "))?;
        if self.is_round {
            write!(f, ": a round number, although `rounded_to` is 1")
        } else {
            Ok(())
        }
    }
}

impl<'a> View<'a> {
    /// The figures at a period that nothing confirms, in the order of the files and their lines. `rows`
    /// has by file the first and last line of each run of rows.
    pub fn unconfirmed(
        &self,
        rows: &BTreeMap<String, BTreeSet<(usize, usize)>>,
        period: Period,
    ) -> Vec<Unconfirmed> {
        let tables = self.dataset().tables.values();
        tables
            .flat_map(|table| {
                let runs = table.rows.first().and_then(|row| rows.get(&*row.file));
                runs.map_or(vec![], |runs| self.unconfirmed_of(table, runs, period))
            })
            .collect()
    }

    fn unconfirmed_of(
        &self,
        table: &'a Table,
        runs: &BTreeSet<(usize, usize)>,
        period: Period,
    ) -> Vec<Unconfirmed> {
        let is_of = |time: Time| match time {
            Time::Over(over) => over.end == period.end,
            Time::At(day) => day == period.day_after(),
        };
        let mut found: BTreeMap<usize, (f64, &Observation)> = BTreeMap::new();
        for (first, last) in runs {
            let from = table.rows.partition_point(|row| (row.line as usize) < *first);
            let run = table.rows[from..].iter().take_while(|row| row.line as usize <= *last);
            for row in run.filter(|row| is_of(row.time) && self.sees(row)) {
                let known = (row.file.clone(), row.line as usize);
                if let Some(value) =
                    row.value.filter(|_| !self.dataset().confirmed.contains(&known))
                {
                    found.insert(row.line as usize, (value, row));
                }
            }
        }
        // Figures that another source reports too.
        let mut twice: BTreeSet<usize> = BTreeSet::new();
        let mut by_name: HashMap<(&[Arc<str>], Time), Vec<usize>> = HashMap::new();
        for (line, (_, row)) in &found {
            by_name.entry((&row.key, row.time)).or_default().push(*line);
        }
        for other in table.rows.iter().filter(|_| !found.is_empty()) {
            let Some(lines) = by_name.get(&(&*other.key, other.time)) else { continue };
            let Some(value) = other.value.filter(|_| self.sees(other)) else { continue };
            twice.extend(lines.iter().filter(|line| {
                let (its, row) = found[*line];
                row.source != other.source
                    && agrees((its, row.rounded_to), (value, other.rounded_to))
            }));
        }
        found.retain(|line, _| !twice.contains(line));
        let figure = |(value, row): (f64, &Observation)| {
            let members = row.key.iter().map(ToString::to_string);
            Unconfirmed {
                row: row.row(),
                table: table.name.clone(),
                series: table.dimensions.iter().cloned().zip(members).collect(),
                time: row.time.to_string(),
                value,
                unit: row.unit.to_string(),
                source: row.source.to_string(),
                is_round: row.rounded_to == 1.0 && value != 0.0 && value % 100.0 == 0.0,
            }
        };
        found.into_values().map(figure).collect()
    }
}
