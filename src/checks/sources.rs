//! Sources and periods: one number per source in the list, a source for each claim, a period for each
//! number.

use std::collections::BTreeSet;

use super::Reading;
use super::statement::{Kind, Part, Spot, Statement};
use crate::diag::{Code, Diagnostic};

/// A sentence without a source in a section where every sentence needs one.
pub(super) fn uncited(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let is_asked = reading.cited_sections.iter().any(|id| id == statement.section);
    if !is_asked || statement.kind != Kind::Prose || statement.is_cited() {
        return;
    }
    let what = match &statement.spot {
        Spot::Sentence(id) => message!("the sentence `{id}`", id),
        _ => message!("a sentence"),
    };
    let typed = statement.typed();
    let first = typed.text().split('\u{FFFC}').next().unwrap_or_default().trim();
    found.push(
        Diagnostic::error(Code::K0804, message!("{what} does not cite a source", what))
            .at(reading.place(statement, first))
            .note(message!("every sentence of section `{section}` must cite a source (`cited-sections` of brief.toml)", section = statement.section))
            .hint(message!("add `{{{{ cite(FACT) }}}}` or `{{{{ cite(\"key\") }}}}` to the sentence")),
    );
}

/// A sentence that cites sources, none of which has its numbers.
pub(super) fn elsewhere(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    if !statement.is_text() || !statement.is_cited() {
        return;
    }
    let cited: BTreeSet<&str> = statement
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Cite(key) => Some(*key),
            _ => None,
        })
        .collect();
    // A citation of literature or an act may follow a number that was cited before.
    let all = || reading.facts.all.values().flat_map(|fact| &fact.sources);
    if !all().any(|source| cited.contains(&**source)) {
        return;
    }
    let mut first = None;
    for (id, ..) in statement.numbers() {
        let Some(fact) = reading.fact(id).filter(|fact| !fact.sources.is_empty()) else { continue };
        if fact.sources.iter().any(|source| cited.contains(&**source)) {
            return;
        }
        first = first.or(Some((id, fact)));
    }
    let Some((id, fact)) = first else { return };
    let keys = cited.into_iter().collect::<Vec<_>>().join("`, `");
    let sources: Vec<&str> = fact.sources.iter().map(|source| &**source).collect();
    found.push(
        Diagnostic::error(
            Code::K0804,
            message!("`{id}` does not come from `{keys}`, which the sentence cites", id, keys),
        )
        .at(reading.place(statement, ""))
        .note(message!("its rows come from `{sources}`", sources = sources.join("`, `")))
        .hint(message!("cite the source of the number: `{{{{ cite({id}) }}}}`", id)),
    );
}

/// A source listed under two numbers.
pub(super) fn twice(reading: &Reading<'_>, all: &[Statement<'_>], found: &mut Vec<Diagnostic>) {
    let cites = |key: &str| {
        all.iter().find(|s| s.parts.iter().any(|p| matches!(p, Part::Cite(cited) if *cited == key)))
    };
    for (first, second, what) in reading.duplicates {
        let mut diagnostic = Diagnostic::error(
            Code::K0803,
            message!(
                "`{first}` and `{second}` are the same source with two numbers in the list",
                first,
                second
            ),
        )
        .at(cites(second).and_then(|statement| reading.place(statement, second)))
        .label(message!("cites `{second}`", second))
        .note(message!("both have the same {what}", what));
        if let Some(place) = cites(first).and_then(|statement| reading.place(statement, first)) {
            diagnostic = diagnostic.related(place, message!("cites `{first}`", first));
        }
        found.push(diagnostic.hint(
            message!("delete one of the two from the sources of the data or from references.yaml, and change \
            the rows that name it"),
        ));
    }
}

/// A section that prints numbers and names no period.
pub(super) fn undated(reading: &Reading<'_>, all: &[Statement<'_>], found: &mut Vec<Diagnostic>) {
    let is_dated = |s: &Statement<'_>| s.facts().any(|(_, form, _)| form == "time");
    let dated: BTreeSet<&str> = all.iter().filter(|s| is_dated(s)).map(|s| s.section).collect();
    let mut reported = BTreeSet::new();
    for statement in all {
        let is_numeric =
            matches!(statement.spot, Spot::Sentence(_)) && statement.numbers().next().is_some();
        if is_numeric && !dated.contains(statement.section) && reported.insert(statement.section) {
            found.push(
                Diagnostic::error(
                    Code::K0815,
                    message!("section `{section}` prints numbers but no period", section = statement.section),
                )
                .at(reading.place(statement, ""))
                .label(message!("the first number of the section"))
                .note(
                    message!("a section may be quoted alone, so it must say to which period its numbers \
                    belong"),
                )
                .hint(
                    message!("print `{{{{ period | in }}}}`, or another form of your language, in one of its \
                    sentences"),
                ),
            );
        }
    }
}
