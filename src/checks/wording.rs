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
            Diagnostic::error(
                Code::K0811,
                message!(
                    "`{at}` names a cause without citing who found it",
                    at = &said.text()[at.clone()]
                ),
            )
            .at(reading.place(statement, &said.text()[at]))
            .note(message!("the data show what changed, but not why"))
            .hint(message!(
                "add the source of the cause to the same sentence, `{{{{ cite(\"key\") }}}}`; or \
                    write only what changed"
            )),
        );
    }
    let has_since = statement.facts().any(|(_, form, _)| form == "since");
    if let Some((_, at)) = guards::first(&words.superlatives, said).filter(|_| !has_since) {
        found.push(
            Diagnostic::error(
                Code::K0813,
                message!("`{at}` needs the length of the series", at = &said.text()[at.clone()]),
            )
            .at(reading.place(statement, &said.text()[at]))
            .note(message!("a value is a record only among the comparable years in the data"))
            .hint(message!(
                "use the condition `{{% if SERIES is highest %}}` or `is lowest`, and print the \
                    first year: `{{{{ SERIES | since }}}}`"
            )),
        );
    }
    for (list, what, hint) in [
        (
            &words.first_person,
            message!("describes the publishing body itself"),
            message!("name the body, or write the sentence without it"),
        ),
        (&words.slogans, message!("says nothing about the figures"), message!("delete it")),
    ] {
        if let Some((_, at)) = guards::first(list, said) {
            found.push(
                Diagnostic::error(
                    Code::K0812,
                    message!("`{at}` {what}", at = &said.text()[at.clone()], what),
                )
                .at(reading.place(statement, &said.text()[at]))
                .note(message!(
                    "a statistical brief has no thanks, slogans, praise or first person"
                ))
                .hint(hint),
            );
        }
    }
}
