//! Gaps: times without a figure inside a series.
//!
//! In: a [`View`] of the data and the rows that a brief uses. Out: [`Gap`]s, each a time without a figure
//! in a series that has one a step before and a step after. A step is a month for monthly figures and a
//! year for all others: a half-year is compared with a half-year. A time that a coverage table declares,
//! or a row with an empty value, is no gap. Whether the figure was published is unknown here; a person
//! should look it up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::Serialize;

use super::{Coverage, Key, Published, Table, Time, View};
use crate::stats::{Month, Period};

/// A time at which some series of one table have no figure, though each has one before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The table.
    pub table: String,
    /// The series: for each dimension its member, or the members that share the gap.
    pub series: IndexMap<String, Vec<Arc<str>>>,
    /// The times without a figure, such as `2024-01..2024-09`.
    pub missing: Vec<String>,
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let series = self.series.iter();
        let series = series.map(|(dimension, members)| format!("{dimension} = {}", join(members)));
        let series: Vec<String> = series.collect();
        write!(f, "{}: {}: no {}", self.table, series.join(", "), self.missing.join(", "))
    }
}

/// Joins members with spaces; after the sixth only the number of the others.
fn join(members: &[Arc<str>]) -> String {
    let shown: Vec<&str> = members.iter().take(6).map(|member| &**member).collect();
    let more = members.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(" "))
}

/// The frequency of times. Times of one form follow each other in steps of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// Single months.
    Monthly,
    /// The same months of each year: first month, last month, and by how many years the end is later.
    Months(i8, i8, i16),
    /// The same day of each year.
    Day(i8, i8),
}

impl Form {
    /// The form of a time, and its index among the times of that form.
    fn of(time: Time) -> (Self, i32) {
        match time {
            Time::Over(Period { start, end }) if start == end => {
                (Self::Monthly, i32::from(start.year) * 12 + i32::from(start.month) - 1)
            }
            Time::Over(Period { start, end }) => {
                let form = Self::Months(start.month, end.month, end.year - start.year);
                (form, i32::from(start.year))
            }
            Time::At(day) => (Self::Day(day.month(), day.day()), i32::from(day.year())),
        }
    }

    /// The time at an index; `None` if the calendar does not have it.
    fn at(self, place: i32) -> Option<Time> {
        let year = |place: i32| i16::try_from(place).ok();
        match self {
            Self::Monthly => {
                let month = i8::try_from(place.rem_euclid(12) + 1).ok()?;
                let month = Month { year: year(place.div_euclid(12))?, month };
                Some(Time::Over(Period { start: month, end: month }))
            }
            Self::Months(first, last, years) => {
                let start = Month { year: year(place)?, month: first };
                let end = Month { year: start.year.checked_add(years)?, month: last };
                Some(Time::Over(Period { start, end }))
            }
            Self::Day(month, day) => Date::new(year(place)?, month, day).ok().map(Time::At),
        }
    }
}

impl<'a> View<'a> {
    /// The gaps in the series that some rows belong to, at the frequency of those rows. `rows` has by
    /// file the first and last line of each run of rows.
    pub fn gaps(&self, rows: &BTreeMap<String, BTreeSet<(usize, usize)>>) -> Vec<Gap> {
        let tables = self.dataset().tables.values();
        tables
            .flat_map(|table| {
                let runs = table.rows.first().and_then(|row| rows.get(&*row.file));
                runs.map_or(vec![], |runs| self.gaps_of(table, runs))
            })
            .collect()
    }

    fn gaps_of(&self, table: &'a Table, runs: &BTreeSet<(usize, usize)>) -> Vec<Gap> {
        let mut known: BTreeMap<(Key, Form), BTreeSet<i32>> = BTreeMap::new();
        for (first, last) in runs {
            let from = table.rows.partition_point(|row| (row.line as usize) < *first);
            for row in table.rows[from..].iter().take_while(|row| row.line as usize <= *last) {
                known.entry((row.key.clone(), Form::of(row.time).0)).or_default();
            }
        }
        // A row without a value states that there is no figure.
        let mut empty: BTreeSet<(Key, Time)> = BTreeSet::new();
        for row in &table.rows {
            let (form, place) = Form::of(row.time);
            let Some(places) = known.get_mut(&(row.key.clone(), form)) else { continue };
            if row.value.is_none() {
                empty.insert((row.key.clone(), row.time));
            } else if self.sees(row) {
                places.insert(place);
            }
        }
        let declared = |key: &Key, time: Time| {
            let claims = &self.dataset().coverage;
            empty.contains(&(key.clone(), time))
                || claims.iter().any(|claim| claim.leaves_out(table, key, time))
        };
        let mut by_time: BTreeMap<Vec<Time>, Vec<Key>> = BTreeMap::new();
        for ((key, form), places) in known {
            let is_gap = |place: &i32| !places.contains(place) && places.contains(&(place + 1));
            let between = places.iter().map(|place| place + 1).filter(is_gap);
            let missing = between.filter_map(|place| form.at(place));
            let missing: Vec<Time> = missing.filter(|time| !declared(&key, *time)).collect();
            if !missing.is_empty() {
                by_time.entry(missing).or_default().push(key);
            }
        }
        by_time.into_iter().flat_map(|(missing, keys)| grouped(table, &missing, &keys)).collect()
    }
}

/// Series with the same gap, grouped along the dimension that gives the fewest groups.
fn grouped(table: &Table, missing: &[Time], keys: &[Key]) -> Vec<Gap> {
    let along = |open: usize| {
        let mut groups: IndexMap<Vec<&Arc<str>>, Vec<Arc<str>>> = IndexMap::new();
        for key in keys {
            let fixed = key.iter().enumerate().filter(|(at, _)| *at != open);
            groups
                .entry(fixed.map(|(_, member)| member).collect())
                .or_default()
                .push(key[open].clone());
        }
        groups
    };
    let all = (0..table.dimensions.len()).map(|open| (open, along(open)));
    let Some((open, groups)) = all.min_by_key(|(_, groups)| groups.len()) else { return vec![] };
    let gap = |(fixed, members): (Vec<&Arc<str>>, Vec<Arc<str>>)| {
        let mut fixed = fixed.into_iter();
        let dimensions = table.dimensions.iter().enumerate();
        let series = dimensions.map(|(at, dimension)| {
            let own = if at == open {
                members.clone()
            } else {
                fixed.next().cloned().into_iter().collect()
            };
            (dimension.clone(), own)
        });
        Gap {
            table: table.name.clone(),
            series: series.collect(),
            missing: missing.iter().map(ToString::to_string).collect(),
        }
    };
    groups.into_iter().map(gap).collect()
}

impl Coverage {
    /// Whether it declares that a series has no figure at a time.
    fn leaves_out(&self, table: &Table, key: &[Arc<str>], time: Time) -> bool {
        let member = |name: &String| table.dimension(name).map(|at| &*key[at]);
        let concerns = self.table == table.name
            && self.period == Some(time)
            && self.fixed.iter().all(|(name, code)| member(name) == Some(code.as_str()));
        let is_named = self.by.as_ref().and_then(member).is_some_and(|code| self.names(code));
        concerns
            && match self.published {
                Published::None => true,
                Published::All => false,
                Published::Positive | Published::Listed => self.by.is_some() && !is_named,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Time};

    #[test]
    fn times_of_a_form_follow_one_another_by_one() {
        for (before, between, after) in [
            ("2023-01..2023-09", "2024-01..2024-09", "2025-01..2025-09"),
            ("2024-11..2024-11", "2024-12..2024-12", "2025-01..2025-01"),
            ("2024-04..2024-06", "2025-04..2025-06", "2026-04..2026-06"),
            ("2023-10-01", "2024-10-01", "2025-10-01"),
        ] {
            let place = |time: &str| Form::of(time.parse().unwrap());
            let (form, at) = place(between);
            assert_eq!(place(before), (form, at - 1));
            assert_eq!(place(after), (form, at + 1));
            assert_eq!(form.at(at).map(|time| time.to_string()).as_deref(), Some(between));
        }
        assert_ne!(
            Form::of("2024-01..2024-06".parse::<Time>().unwrap()).0,
            Form::of("2024-01..2024-09".parse::<Time>().unwrap()).0
        );
    }

    #[test]
    fn a_day_that_a_year_does_not_have_is_no_gap() {
        let (form, place) = Form::of("2024-02-29".parse().unwrap());
        assert_eq!(form.at(place + 1), None);
    }
}
