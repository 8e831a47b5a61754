//! A survey: everything that is to be said of all rows of a data folder.
//!
//! In: a data folder. Out: its [`Dataset`] with the problems that a build tells, what the package
//! lists as printed so in the source, and the remarks of `checks::remarks`, which no build tells.
//! Which of it is an error, a warning or a note is decided in `audit`.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::checks::{Exempt, check, remarks};
use super::load::{Loaded, read};
use super::package::{Package, locate};
use super::{Dataset, Table};
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::files::Files;

/// What a data folder holds, and all that was found in it.
pub struct Survey {
    /// The tables, as far as they could be read.
    pub dataset: Arc<Dataset>,
    /// What a build tells: errors and warnings.
    pub found: Vec<Diagnostic>,
    /// What is only looked for here: warnings.
    pub remarks: Vec<Diagnostic>,
    /// What a check would say of figures that the package lists under `as-printed`, each with the
    /// reason that is written there.
    pub known: Vec<(Diagnostic, String)>,
    /// Whether every row could be read, and every name in the rules; if not, nothing but `found` was
    /// looked for.
    pub is_readable: bool,
}

/// Reads a data folder and looks at all of its rows. A count below `smallest_base` bears no
/// percentage. An error is a package that cannot be read; all other errors are in `found`.
pub fn survey(files: &Files, dir: &Path, shown: &Path, smallest_base: f64) -> Result<Survey> {
    let Loaded { package, dataset, found, is_readable } = read(files, dir, shown)?;
    // Where a rule names what does not exist, no figure was compared with another.
    let is_readable = is_readable && found.iter().all(|problem| problem.code != Code::K0122);
    let mut survey =
        Survey { dataset: dataset.clone(), found, remarks: vec![], known: vec![], is_readable };
    if is_readable {
        survey.remarks = remarks(&dataset, &package.resources, smallest_base);
        let (known, needless) = as_printed(&package, &dataset, &survey.found);
        survey.known = known;
        survey.remarks.extend(needless);
    }
    Ok(survey)
}

/// An entry of `as-printed`: its table, and its place among the entries of it.
type Entry = (usize, usize);

/// What would be said if nothing were listed as printed so; and the entries that nothing needs.
fn as_printed(
    package: &Package,
    dataset: &Dataset,
    reported: &[Diagnostic],
) -> (Vec<(Diagnostic, String)>, Vec<Diagnostic>) {
    let resources = &package.resources;
    if resources.iter().all(|resource| resource.rules.as_printed.is_empty()) {
        return (vec![], vec![]);
    }
    let (all, _) = check(dataset, resources, &package.text, Exempt::Nothing);
    let (mut known, mut needed) = (vec![], BTreeSet::<Entry>::new());
    for mut problem in all.into_iter().filter(|problem| !reported.contains(problem)) {
        let places = problem.related.iter().map(|(place, _)| place);
        let entry = problem.place.iter().chain(places).find_map(|place| {
            resources.iter().enumerate().find_map(|(at, resource)| {
                let table = dataset.tables.get(&resource.name)?;
                Some((at, listed(table, resource, place)?))
            })
        });
        // What else changes is only what follows of a figure that is listed.
        let Some((at, number)) = entry else { continue };
        needed.insert((at, number));
        let reason = resources[at].rules.as_printed[number].reason.clone();
        problem.hints.clear();
        known.push((problem, reason));
    }
    let needless = resources.iter().enumerate().flat_map(|(at, resource)| {
        let entries = resource.rules.as_printed.iter().enumerate();
        let needed = &needed;
        entries.filter(move |(number, _)| !needed.contains(&(at, *number))).map(
            move |(_, entry)| {
                let message = message!(
                    "the figure of {time} listed here does not contradict any other",
                    time = entry.time
                );
                Diagnostic::warning(Code::K0171, message)
                    .at(locate(&package.text, &[&resource.name, "as-printed", &entry.time]))
                    .subject(format!("{} {}", resource.name, entry.time))
                    .note(message!("listed because: {reason}", reason = entry.reason))
                    .hint(message!("remove it from `as-printed`, or it may hide a later mistake"))
            },
        )
    });
    let needless = needless.collect();
    (known, needless)
}

/// The entry of `as-printed` that a place is a row of.
fn listed(table: &Table, resource: &super::package::Resource, place: &Place) -> Option<usize> {
    if resource.rules.as_printed.is_empty() {
        return None;
    }
    let row = table.row_at(place)?;
    resource.rules.as_printed.iter().position(|entry| {
        entry.time.parse() == Ok(row.time)
            && entry.only.iter().all(|(dimension, members)| {
                table
                    .dimension(dimension)
                    .is_some_and(|at| members.names().iter().any(|member| **member == *row.key[at]))
            })
    })
}
