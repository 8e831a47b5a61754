//! Remarks: what is to be known of all rows, whether a brief prints them or not.
//!
//! In: the tables with their rules. Out: warnings that no build tells, and that `kosh check data`
//! lists. Everything here may be right as it stands: a figure was revised, a percentage is of its day,
//! a region is too small for one. What is wrong is told by the other checks, at every build.
//!
//! `releases` holds the rows of one figure against one another: conflicts, revisions, accounts.
//! `rates` computes printed percentages again, of every release. `small` finds counts that bear no
//! percentage and units that were not there yet, `times` periods that overlap and times that are
//! skipped, `notes` what a typist wrote about another source.

mod notes;
mod rates;
mod releases;
mod small;
mod times;

use std::collections::HashMap;

use rayon::prelude::*;

use super::super::package::Resource;
use super::super::{Dataset, Table};
use super::{Exempt, Figures};
use crate::diag::Diagnostic;

/// All remarks, table by table in the order of the package. A count below `smallest_base` bears no
/// percentage.
pub(in crate::data) fn remarks(
    dataset: &Dataset,
    resources: &[Resource],
    smallest_base: f64,
) -> Vec<Diagnostic> {
    let pairs: Vec<(&Table, &Resource)> = resources
        .iter()
        .filter_map(|resource| Some((&**dataset.tables.get(&resource.name)?, resource)))
        .collect();
    let all: HashMap<&str, Figures> = pairs
        .par_iter()
        .map(|(table, of)| (&*table.name, Figures::of(dataset, table, of, Exempt::AsPrinted)))
        .collect();
    let of_table = |(table, _): &(&Table, &Resource)| {
        let mut found = vec![];
        let Some(figures) = all.get(&*table.name) else { return found };
        releases::check(figures, &mut found);
        rates::check(figures, &all, &mut found);
        small::check(figures, smallest_base, &mut found);
        times::overlaps(figures, &mut found);
        notes::check(figures, &mut found);
        found
    };
    let found: Vec<Vec<Diagnostic>> = pairs.par_iter().map(of_table).collect();
    let mut found: Vec<Diagnostic> = found.into_iter().flatten().collect();
    found.extend(times::gaps(dataset));
    found
}
