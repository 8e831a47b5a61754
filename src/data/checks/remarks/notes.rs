//! Notes that name another source: whoever typed the row saw that the two do not agree.

use std::collections::BTreeSet;

use super::super::{Figures, shown};
use crate::diag::{Code, Diagnostic, Message};

pub(super) fn check(figures: &Figures, found: &mut Vec<Diagnostic>) {
    let sources = &figures.dataset.sources;
    for (key, times) in &figures.keys {
        for row in times.rows().iter().filter(|row| !row.observation.note.is_empty()) {
            let observation = row.observation;
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            let words = observation.note.split(|c: char| !is_part(c));
            let named: BTreeSet<&str> = { words.map(|word| word.trim_matches('.')) }
                .filter(|word| sources.contains_key(*word) && **word != *observation.source)
                .collect();
            if named.is_empty() {
                continue;
            }
            let named: Vec<&str> = named.into_iter().collect();
            let message = message!(
                "a note at {row} names `{named}`",
                row = figures.name(row),
                named = named.join("`, `")
            );
            let is_entered = |source: &&str| {
                let of = |its: &super::super::Row| *its.observation.source == **source;
                times.get(observation.time).is_some_and(|rows| rows.iter().any(of))
            };
            let problem = figures
                .warning(Code::K0169, message, row)
                .subject(format!(
                    "{} {} {} note",
                    figures.table.name,
                    key.join(" "),
                    row.vintage.id
                ))
                .label(Message::verbatim(shown(row.value).to_string()))
                .note(Message::verbatim(observation.note.to_string()));
            found.push(match named.iter().all(is_entered) {
                true => problem,
                false => problem
                    .hint(message!("enter the figure of the other source as a row of its own")),
            });
        }
    }
}
