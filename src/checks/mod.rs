//! Checks of finished editions: statements that must not be made, and differences between languages
//! ([`parity`]).
//!
//! In: the document tree of one edition with its facts, language and sources. Out: problems, each at the
//! sentence in the section file. Nothing is changed: a guard reads the finished text. What is checked
//! when values are computed or printed is not checked here again (`docs/guards.md` lists where each guard
//! is).
//!
//! The words come from `[guards]` of the language file; for a language without them only guards that need
//! no words apply. To add a guard, add a function over `Statement`s to the file of its kind, call it in
//! [`check`], and add its code to `docs/diagnostics.md` and `docs/guards.md`.

mod claims;
mod judgement;
mod names;
pub mod parity;
mod phrases;
mod plans;
mod signs;
mod sources;
mod statement;
mod wording;

use crate::diag::{Diagnostic, Place};
use crate::document::Document;
use crate::indicators::Indicators;
use crate::locale::Locale;
use crate::prose::find_spaced;
use crate::prose::{SectionFile, Strings};
use crate::stats::{Fact, Facts};
use statement::{Spot, Statement, statements};

/// An edition with everything it is checked against.
pub struct Reading<'a> {
    /// The document tree.
    pub document: &'a Document,
    /// The facts.
    pub facts: &'a Facts,
    /// The indicators.
    pub indicators: &'a Indicators,
    /// The language.
    pub locale: &'a Locale,
    /// The section files of the edition.
    pub sections: &'a [SectionFile],
    /// The phrases of the edition.
    pub strings: &'a Strings,
    /// Lexicons whose names must not be typed.
    pub names: &'a [String],
    /// Sections in which every sentence must cite a source.
    pub cited_sections: &'a [String],
    /// Pairs of cited keys for the same source, with what they share.
    pub duplicates: &'a [(String, String, &'static str)],
}

/// Runs all guards over an edition.
pub fn check(reading: &Reading<'_>) -> Vec<Diagnostic> {
    let all = statements(reading.document);
    let mut found = vec![];
    for statement in &all {
        signs::unsigned(reading, statement, &mut found);
        signs::turned(reading, statement, &mut found);
        signs::gains(reading, statement, &mut found);
        signs::unnamed_differences(reading, statement, &mut found);
        signs::percentages(reading, statement, &mut found);
        sources::uncited(reading, statement, &mut found);
        sources::elsewhere(reading, statement, &mut found);
        wording::unsuited(reading, statement, &mut found);
        plans::as_results(reading, statement, &mut found);
        plans::mixed_populations(reading, statement, &mut found);
        names::persons(reading, statement, &mut found);
        claims::extremes(reading, statement, &mut found);
        claims::misnamed(reading, statement, &mut found);
        claims::turned_flows(reading, statement, &mut found);
        claims::typed_numbers(reading, statement, &mut found);
    }
    phrases::written(reading, &mut found);
    found
        .extend(crate::prose::other_changes(reading.indicators, &reading.locale.guards().measures));
    sources::twice(reading, &all, &mut found);
    sources::undated(reading, &all, &mut found);
    judgement::both_ways(reading, &all, &mut found);
    names::typed(reading, &all, &mut found);
    names::abbreviations(reading, &all, &mut found);
    crate::diag::distinct(&mut found);
    found
}

impl Reading<'_> {
    /// A fact, or the fact of a member.
    fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.get(id).or_else(|| self.facts.get(id.split('[').next()?))
    }

    /// The value of an id: `X3.base`, `I4[KZ-71]`, `I4[KZ-71].base`.
    fn value(&self, id: &str) -> Option<f64> {
        let Some((series, rest)) = id.split_once('[') else {
            return Some(self.facts.get(id)?.number()?.value);
        };
        let (code, part) = rest.split_once(']')?;
        let members = &self.facts.get(series)?.series()?.members;
        let member = members.iter().find(|member| &*member.code == code)?;
        Some(if part == ".base" { member.base } else { member.quantity }?.value)
    }

    /// The place of a statement; that of `words` in it, if not empty.
    fn place(&self, statement: &Statement<'_>, words: &str) -> Option<Place> {
        let file = self.sections.iter().find(|file| file.id == statement.section);
        match &statement.spot {
            Spot::Sentence(id) => {
                let file = file?;
                let range = file.find_call("sentence", id)?;
                let rest = &file.text.text[range.end..];
                let body = &rest[..rest.find("endcall").unwrap_or(rest.len())];
                Some(match find_spaced(body, words).filter(|_| !words.is_empty()) {
                    Some(at) => file.text.place(range.end + at.start..range.end + at.end),
                    None => file.text.place(range),
                })
            }
            Spot::Section => {
                let file = file?;
                Some(match find_spaced(&file.text.text, words).filter(|_| !words.is_empty()) {
                    Some(at) => file.text.place(at),
                    None => Place::Path(file.text.path.clone()),
                })
            }
            Spot::Strings(table) => {
                Some(self.phrase(table, words).unwrap_or_else(|| self.strings.place(table)))
            }
            Spot::Row(table) => {
                let has_words = |(_, phrase): &(&str, &str)| find_spaced(phrase, words).is_some();
                let mut labels =
                    self.strings.iter().filter(|(key, _)| key.starts_with("indicators."));
                match labels.find(has_words) {
                    Some((key, _)) => Some(self.strings.place(key)),
                    None => self.phrase(table, words),
                }
            }
        }
    }

    /// The place of the phrase below a table that contains some words, or else of the first phrase.
    fn phrase(&self, table: &str, words: &str) -> Option<Place> {
        let table = format!("{table}.");
        let below = || self.strings.iter().filter(|(key, _)| key.starts_with(&table));
        let has_words = |(_, phrase): &(&str, &str)| find_spaced(phrase, words).is_some();
        let (key, _) = below().find(has_words).or_else(|| below().next())?;
        Some(self.strings.place(key))
    }
}

/// The indicator id in a fact id: `X1` in `X1.change` and `X1[KZ-71]`.
fn indicator_of(id: &str) -> &str {
    id.split(['.', '[']).next().unwrap_or(id)
}
