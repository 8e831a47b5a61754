//! Words that a statistical brief does not use, or not without evidence.

use super::Reading;
use super::statement::Statement;
use crate::diag::{Code, Diagnostic};
use crate::locale::guards;

/// Causes without a source, superlatives without a series, the first person, slogans.
pub(super) fn unsuited(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    if !statement.is_text() {
        return;
    }
    let words = reading.locale.guards();
    let said = statement.said();
    if let Some((_, at)) = guards::first(&words.causal, said).filter(|_| !statement.is_cited()) {
        found.push(
            Diagnostic::error(Code::K0811, format!("`{}` names a cause, and nobody is cited for it", &said.text()[at.clone()]))
                .at(reading.place(statement, &said.text()[at]))
                .note("the data show what changed, not why")
                .hint("cite who found it: `{{ cite(\"key\") }}` in the same sentence; or say only what changed"),
        );
    }
    let has_since = statement.facts().any(|(_, form, _)| form == "since");
    if let Some((_, at)) = guards::first(&words.superlatives, said).filter(|_| !has_since) {
        found.push(
            Diagnostic::error(Code::K0813, format!("`{}` says nothing without the length of the series", &said.text()[at.clone()]))
                .at(reading.place(statement, &said.text()[at]))
                .note("a record is one only among the years that are loaded and comparable")
                .hint("ask `{% if SERIES is highest %}` or `is lowest`, and print the year: `{{ SERIES | since }}`"),
        );
    }
    for (list, what, hint) in [
        (
            &words.first_person,
            "speaks of the body itself",
            "name the body, or leave the subject out",
        ),
        (&words.slogans, "states nothing about the figures", "leave it out"),
    ] {
        if let Some((_, at)) = guards::first(list, said) {
            found.push(
                Diagnostic::error(Code::K0812, format!("`{}` {what}", &said.text()[at.clone()]))
                    .at(reading.place(statement, &said.text()[at]))
                    .note("thanks, slogans, praise and the first person have no place in a statistical brief")
                    .hint(hint),
            );
        }
    }
}
