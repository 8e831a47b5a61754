//! What a release is declared to publish against what an earlier release of its year had: a region
//! with a large gain until June has not lost it by September.

use super::super::coverage::Published;
use super::super::field::Problems;
use super::{Figures, months, shown, to_date};
use crate::diag::Diagnostic;

/// Below this gain a balance may turn.
const LARGE: f64 = 500.0;

pub(super) fn check(figures: &Figures, problems: &mut Problems) {
    let table = figures.table;
    for claim in &figures.dataset.coverage {
        if claim.table != table.name || claim.published != Published::Positive {
            continue;
        }
        let Some(by) = claim.by.as_ref().and_then(|by| table.dimension(by)) else { continue };
        let fixed: Vec<(usize, &str)> = claim
            .fixed
            .iter()
            .filter_map(|(name, member)| Some((table.dimension(name)?, member.as_str())))
            .collect();
        // The totals from January that it speaks of.
        let times: Vec<_> = match claim.period {
            Some(time) => vec![time],
            None => continue,
        };
        for (index, key) in figures.keys.keys().enumerate() {
            let is_of = fixed.iter().all(|(place, member)| *key[*place] == **member);
            let register = table.registers.get(&table.dimensions[by]);
            let is_whole = register
                .and_then(|name| figures.dataset.registers.get(name))
                .is_some_and(|register| register.is_aggregate(&key[by]));
            if !is_of || is_whole || claim.names(&key[by]) {
                continue;
            }
            for time in &times {
                let Some((year, month)) = to_date(*time) else { continue };
                let earlier = figures.printed[index].iter().rev().find(|(time, _)| {
                    to_date(*time).is_some_and(|(its, until)| its == year && until < month)
                });
                let Some((before, row)) = earlier else { continue };
                // In more than twice the time anything may be lost again.
                let until = months(*before).unwrap_or(1.0);
                let left = f64::from(month) - until;
                if row.value < LARGE || left > 2.0 * until {
                    continue;
                }
                problems.push(|| {
                    let message = format!(
                        "the release is declared to name every positive member, and {} is not among \
                         them",
                        key[by]
                    );
                    Diagnostic::warning("K0148", message)
                        .at(claim.place.clone())
                        .label("declared here")
                        .subject(format!("{} {} {time}", table.name, key.join(" ")))
                        .about_rows()
                        .related(
                            figures.place(row),
                            format!("{} in {before}", shown(row.value)),
                        )
                        .note("a gain of this size is seldom lost before the year is over")
                        .hint(format!(
                            "look the release up: name {} in `members` and type its figure, or write \
                             `listed` if the release does not name all",
                            key[by]
                        ))
                });
            }
        }
    }
}
