//! Kinds: one population is not named for another, and first figures are not called final.
//!
//! In: the typed words of a line, the numbers it quotes or shows, and `[guards.populations]` and
//! `[guards.statuses]` of the language. Out: K0807 if the words name a population that none of the
//! numbers counts, K0424 if first figures are called final or final ones provisional.

use std::collections::BTreeSet;

use super::Writer;
use crate::diag::{Code, Diagnostic};
use crate::locale::guards::{self, Spoken};
use crate::stats::{Fact, Flag, Status};

/// The indicator id in a fact id.
fn indicator_of(id: &str) -> &str {
    id.split(['.', '[']).next().unwrap_or(id)
}

impl Writer {
    /// The problem of a line that names a population and quotes only numbers of others.
    pub(super) fn other_population(&self, words: &Spoken, ids: &[&str]) -> Option<Diagnostic> {
        let locale = self.locale();
        let indicators = &self.context.edition.indicators;
        let mut counted = BTreeSet::new();
        for id in ids {
            // If the population of a number is unknown, the words may describe it.
            counted.insert(indicators.population(indicator_of(id))?);
        }
        let id = ids.first()?;
        let named = |population: &str| {
            let words_of = locale.guards().populations.get(population)?;
            guards::first(words_of, words).map(|(_, at)| words.text()[at].to_owned())
        };
        if counted.iter().any(|population| named(population).is_some()) {
            return None;
        }
        let (other, written) = locale
            .guards()
            .populations
            .keys()
            .find_map(|population| Some((population, named(population)?)))?;
        // Kandas who settle under a quota are both settlers and kandas, as their rows show.
        let word = Spoken::of(written.clone());
        let is_rightly_called = locale.guards().measures.values().any(|group| {
            let words_of = self.named_by(id, group).and_then(|measure| group.get(measure));
            words_of.is_some_and(|words_of| guards::first(words_of, &word).is_some())
        });
        if is_rightly_called {
            return None;
        }
        let own = counted.first()?;
        Some(
            Diagnostic::error(
                Code::K0807,
                message!(
                    "`{id}` counts {own}, but the text says “{written}”, which means {other}",
                    id,
                    own,
                    written,
                    other
                ),
            )
            .note(message!(
                "permanent migrants, holders of a work permit and students are different \
                populations"
            ))
            .hint(message!(
                "print the number of the population in the text, or name in the text the \
                population of the number"
            )),
        )
    }

    /// The problem of a line that names a status which none of its figures has.
    pub(super) fn other_status(&self, words: &Spoken, ids: &[&str]) -> Option<Diagnostic> {
        let locale = self.locale();
        let statuses = &locale.guards().statuses;
        let said = |list| guards::first(list, words).map(|(_, at)| &words.text()[at]);
        let (is_provisional, written) = match (said(&statuses.provisional), said(&statuses.settled))
        {
            (Some(written), None) => (true, written),
            (None, Some(written)) => (false, written),
            _ => return None,
        };
        let known: Vec<&Fact> = ids
            .iter()
            .filter_map(|id| self.facts().get(id).or_else(|| self.facts().get(indicator_of(id))))
            .filter(|fact| fact.missing().is_none())
            .collect();
        let is_open = |fact: &&Fact| {
            fact.flags.contains(&Flag::Provisional) || fact.flags.contains(&Flag::MixedStatus)
        };
        let is_first = |fact: &&Fact| fact.flags.contains(&Flag::Provisional);
        let fact = known.first()?;
        let denied = match is_provisional {
            true => !known.iter().any(is_open) && known.iter().all(|fact| self.is_final(fact)),
            false => known.iter().all(is_first),
        };
        let own =
            if is_provisional { message!("a final release") } else { message!("a first release") };
        denied.then(|| {
            Diagnostic::error(
                Code::K0424,
                message!(
                    "the text says “{written}”, but `{id}` comes from {own}",
                    written,
                    id = fact.id,
                    own
                ),
            )
            .note(message!(
                "the status of a figure follows from its release and changes when the next one is \
                loaded"
            ))
            .hint(message!(
                "use a condition: `{{% if X1 is provisional %}}…{{% else %}}…{{% endif %}}`"
            ))
        })
    }

    /// Whether a fact is based only on final releases.
    fn is_final(&self, fact: &Fact) -> bool {
        let mut rows = fact.rows().peekable();
        let data = &self.context.edition.data;
        rows.peek().is_some()
            && rows.all(|row| {
                let observation = data.observation(row).map(|(_, observation)| observation);
                let vintage =
                    observation.and_then(|observation| data.vintages.get(&observation.vintage));
                vintage.is_some_and(|vintage| vintage.status == Status::Final)
            })
    }
}
