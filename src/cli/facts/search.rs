//! Facts by words: ids, labels and names of members in every language of the project.

use std::sync::Arc;

use crate::build::edition::Spoken;
use crate::stats::{Fact, Facts};

/// A fact, or a member of one, in whose words all the words asked for are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub fact: String,
    pub member: Option<Arc<str>>,
}

/// The id of the indicator that a fact belongs to: `X1` for `X1.change`.
pub(super) fn main(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

/// The facts and members with all of these words. Endings that differ are tried if nothing has the words as
/// they are: names and labels are inflected.
pub(super) fn search(words: &[String], facts: &Facts, spoken: &[Spoken]) -> Vec<Hit> {
    let words: Vec<String> =
        words.iter().flat_map(|word| word.split_whitespace()).map(str::to_lowercase).collect();
    let hits = with(&words, facts, spoken);
    if !hits.is_empty() {
        return hits;
    }
    let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
    with(&stems, facts, spoken)
}

/// A word without an ending of one or two letters; short words have none.
fn stem(word: &str) -> String {
    let letters = word.chars().count();
    let kept = match letters {
        0..=4 => letters,
        5..=6 => letters - 1,
        _ => letters - 2,
    };
    word.chars().take(kept).collect()
}

fn with(words: &[String], facts: &Facts, spoken: &[Spoken]) -> Vec<Hit> {
    let has_all = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
    let mut hits = vec![];
    for fact in facts.all.values().filter(|fact| main(&fact.id) == fact.id) {
        let own = said(fact, spoken);
        if has_all(&own) {
            hits.push(Hit { fact: fact.id.clone(), member: None });
            continue;
        }
        let Some(series) = fact.series() else { continue };
        for member in series.members.iter().filter(|member| member.quantity.is_some()) {
            let names =
                spoken.iter().flat_map(|one| one.writer.forms_of(&series.register, &member.code));
            let names: Vec<&str> = names.collect();
            let whole = format!("{own}\n{}\n{}", member.code, names.join("\n")).to_lowercase();
            if has_all(&whole) {
                hits.push(Hit { fact: fact.id.clone(), member: Some(member.code.clone()) });
            }
        }
    }
    hits
}

/// The id and all labels of a fact, in small letters.
fn said(fact: &Fact, spoken: &[Spoken]) -> String {
    let labels = spoken.iter().filter_map(|one| one.writer.called(&fact.id));
    let all: Vec<String> = std::iter::once(fact.id.clone()).chain(labels).collect();
    all.join("\n").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_left_off_a_long_word_only() {
        for (word, expected) in [("net", "net"), ("астаны", "астан"), ("прибывших", "прибывш")]
        {
            assert_eq!(stem(word), expected);
        }
    }
}
