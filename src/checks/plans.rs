//! Plans are not called results, and populations are not mixed.

use std::collections::BTreeMap;

use super::statement::{Kind, Part, Statement};
use super::{Reading, indicator_of};
use crate::diag::{Code, Diagnostic};
use crate::locale::guards::{self, Spoken};

/// A plan or quota that is not called one, or is said to be additional to something.
pub(super) fn as_results(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let words = reading.locale.guards();
    if words.plan.is_empty() || !statement.is_text() {
        return;
    }
    let is_plan = |id: &str| {
        let is_register = id.contains(':') && id.ends_with(".plan");
        is_register || reading.indicators.is_plan(indicator_of(id))
    };
    // If only plans are printed, a word at the beginning covers all of them.
    let are_all_called = statement.numbers().all(|(id, ..)| is_plan(id))
        && {
            let is_number = |part: &Part<'_>| matches!(part, Part::Fact { form, .. } if !matches!(*form, "name" | "time"));
            let first = statement.parts.iter().position(is_number).unwrap_or_default();
            let opening: String = statement.parts[..first]
                .iter()
                .map(|part| if let Part::Typed(text) = part { *text } else { " " })
                .collect();
            guards::first(&words.plan, &Spoken::of(opening)).is_some()
        };
    for (index, part) in statement.parts.iter().enumerate() {
        let Part::Fact { id, form, text } = part else { continue };
        let is_number = !matches!(*form, "name" | "time");
        if !is_number || !is_plan(id) {
            continue;
        }
        let before = Spoken::of(statement.just_before(index));
        let after = Spoken::of(statement.just_after(index));
        let is_called = are_all_called
            || [&before, &after].iter().any(|said| guards::first(&words.plan, said).is_some());
        if let Some((_, at)) = guards::first(&words.another, &before) {
            found.push(
                Diagnostic::error(
                    Code::K0806,
                    message!("the plan `{id}` is described as an addition to something", id),
                )
                .at(reading.place(statement, &before.text()[at]))
                .note(message!(
                    "a quota is the total that is planned; it is not added to what was done"
                ))
                .hint(message!("write what the plan is, and how much of it was done")),
            );
        } else if !is_called {
            found.push(
                Diagnostic::error(
                    Code::K0806,
                    message!("the plan `{id}` is printed as if it were a result", id),
                )
                .at(reading.place(statement, id))
                .label(message!("printed as `{text}`", text))
                .note(message!("setting a quota does not move anybody"))
                .hint(message!(
                    "call it a plan or quota in the same sentence, or print the result instead"
                )),
            );
        }
    }
}

/// Two populations in one sentence that does not name both.
pub(super) fn mixed_populations(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let named = &reading.locale.guards().populations;
    if named.is_empty() || matches!(statement.kind, Kind::Head | Kind::Cell) {
        return;
    }
    let mut counted: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, ..) in statement.numbers() {
        if let Some(population) = reading.indicators.population(indicator_of(id)) {
            counted.entry(population).or_insert(id);
        }
    }
    if counted.len() < 2 {
        return;
    }
    let said = statement.said();
    for (population, id) in &counted {
        let is_named = named.get(*population).is_some_and(|w| guards::first(w, said).is_some());
        if is_named {
            continue;
        }
        let others: Vec<&str> =
            counted.keys().filter(|other| *other != population).copied().collect();
        let mut diagnostic = Diagnostic::error(
            Code::K0807,
            message!("`{id}` counts {population}, {others} is in the same sentence, and the sentence does \
                not name both", id, population, others = others.join(" and ")),
        )
        .at(reading.place(statement, id))
        .note(
            message!("permanent migrants, holders of a work permit and border crossings are different \
            populations: readers must see that they are not comparable"),
        );
        diagnostic = match named.get(*population) {
            Some(words) => {
                let words: Vec<&str> = words.iter().map(|words| words.written.as_str()).collect();
                diagnostic.hint(message!("name it: {words}; or write two sentences", words = words.join(", ")))
            }
            None => diagnostic.hint(message!("write two sentences, or add the words for `{population}` to `[guards.populations]` \
                of the language file", population)),
        };
        found.push(diagnostic);
    }
}
