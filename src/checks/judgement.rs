//! Consistent judgements: one subject is not called good in one sentence and bad in another.

use std::collections::BTreeMap;

use super::statement::Statement;
use super::{Reading, indicator_of};
use crate::diag::{Code, Diagnostic};
use crate::locale::guards;

/// Two sentences that judge one subject in opposite ways.
///
/// A subject is an indicator quoted in the sentence, or one of `[guards.subjects]` named in it. A
/// sentence with favourable and unfavourable words weighs a condition, and counts as neither.
pub(super) fn both_ways(reading: &Reading<'_>, all: &[Statement<'_>], found: &mut Vec<Diagnostic>) {
    let words = reading.locale.guards();
    let mut judged: BTreeMap<&str, (bool, &Statement<'_>, String)> = BTreeMap::new();
    for statement in all.iter().filter(|statement| statement.is_text()) {
        let said = statement.said();
        let judgement = (guards::first(&words.good, said), guards::first(&words.bad, said));
        let (is_good, at) = match judgement {
            (Some((_, at)), None) => (true, at),
            (None, Some((_, at))) => (false, at),
            _ => continue,
        };
        let word = said.text()[at].to_owned();
        let quoted = statement.numbers().map(|(id, ..)| indicator_of(id));
        let spoken = words.subjects.iter().filter(|(_, w)| guards::first(w, said).is_some());
        let subjects: Vec<&str> =
            quoted.chain(spoken.map(|(subject, _)| subject.as_str())).collect();
        for subject in subjects {
            match judged.get(subject) {
                Some((other, first, first_word)) if *other != is_good => {
                    let mut diagnostic = Diagnostic::error(
                        Code::K0805,
                        message!(
                            "`{subject}` is judged in two ways: first `{first_word}`, then \
                            `{word}`",
                            subject,
                            first_word,
                            word
                        ),
                    )
                    .at(reading.place(statement, &word))
                    .label(if is_good {
                        message!("favourable")
                    } else {
                        message!("against")
                    });
                    if let Some(place) = reading.place(first, first_word) {
                        let label =
                            if *other { message!("favourable") } else { message!("against") };
                        diagnostic = diagnostic.related(place, label);
                    }
                    found.push(
                        diagnostic
                            .note(message!(
                                "within one issue the same movement is either a gain or a loss"
                            ))
                            .hint(message!(
                                "use one judgement; mention the other side as a condition in the \
                                same sentence"
                            )),
                    );
                }
                Some(_) => {}
                None => drop(judged.insert(subject, (is_good, statement, word.clone()))),
            }
        }
    }
}
