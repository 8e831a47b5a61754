//! Diff: what changed between two issues of a brief.
//!
//! In: two [`Issue`]s: facts, what their rows say, what was said of them. Out: [`Changes`]: facts
//! that are new, gone or revised, each with its numbers then and now, the cause and the rows that
//! moved it; ranks that changed; sentences that turned, came or went. Nothing here reads a file,
//! knows a language or words a cause.
//!
//! `numbers` takes a fact apart into its numbers, `cause` says why they differ, `ranks` and
//! `sentences` compare what is read in order. To add a cause, add a variant to [`Cause`] and an
//! arm to `cause::of`; the command line and the strings word it.

mod cause;
mod numbers;
mod ranks;
mod revisions;
mod sentences;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;

use crate::stats::{Fact, Facts, Flag, Quantity, RowId, Status, Unit};
pub use ranks::RankChange;
pub use revisions::{Revision, Revisions};
pub use sentences::{Said, Sentence, Turn};

/// One of the two issues compared.
#[derive(Debug, Clone, Default)]
pub struct Issue {
    /// What it quotes.
    pub facts: Facts,
    /// What the rows say that its facts rest on, where they can still be read.
    pub rows: BTreeMap<RowId, Row>,
    /// How settled each release is that its facts rest on, where that is known.
    pub vintages: BTreeMap<String, Status>,
    /// What is said of them, in one language; `None` where they could not be worded.
    pub said: Option<Vec<Said>>,
}

/// What a row of the data says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// What it is about: the name of its table, then its dimensions and its time.
    pub of: String,
    /// The figure; `None` where the source says that there is none.
    pub value: Option<f64>,
    /// The release.
    pub vintage: String,
    /// How settled that is.
    pub status: Option<Status>,
    /// Where it was read.
    pub source: String,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Changes {
    /// The facts that differ, in the order of the later issue; then those that are gone.
    pub facts: IndexMap<String, Change>,
    /// Members of a series whose place in it differs.
    pub ranks: Vec<RankChange>,
    /// Sentences that differ; `None` if one of the issues could not be worded.
    pub sentences: Option<Vec<Sentence>>,
}

/// How a fact differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Another value for the same time.
    Revised,
    /// It was not known, and is.
    New,
    /// It was known, and is not.
    Gone,
    /// It holds for another time: the two are no versions of one figure.
    Moved,
    /// The same value from a release of another status.
    Settled,
    /// The same value, computed in another way.
    Redefined,
}

/// Why a fact differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Cause {
    /// A release of another status replaced the one used before: the revision that is due.
    Revision {
        /// How settled it was.
        from: Status,
        /// How settled it is.
        to: Status,
    },
    /// Another value in releases of the same status: a row was corrected, or another row counts.
    Correction,
    /// It follows from a series of which members were corrected, while others came or went.
    CorrectionAndData,
    /// The same figure, known more or less finely.
    Precision,
    /// What was not published is, or no longer; or another time is meant.
    Data,
    /// The indicator is computed in another way.
    Definition,
    /// Only what it is compared with was revised.
    Base,
}

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// How.
    pub kind: Kind,
    /// Why.
    pub cause: Cause,
    /// What its numbers count.
    pub unit: Unit,
    /// Whether they always show their sign.
    pub is_signed: bool,
    /// When it held, in the earlier issue.
    pub time_before: Option<String>,
    /// When it holds, in the later one.
    pub time_after: Option<String>,
    /// How it was computed, if that differs.
    pub formula_before: Option<String>,
    /// How it is computed, if that differs.
    pub formula_after: Option<String>,
    /// Changed facts that it is computed from, which explain it.
    pub follows: Vec<String>,
    /// The numbers that differ.
    pub numbers: Vec<NumberChange>,
    /// The rows of the earlier issue that no longer count or say something else.
    pub rows_before: Vec<MovedRow>,
    /// The rows of the later issue that did not count or said something else.
    pub rows_after: Vec<MovedRow>,
}

/// A number that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberChange {
    /// Of a series the member, of a matrix `row>column`.
    pub member: Option<String>,
    /// Whether it is the member's value a year earlier.
    pub is_base: bool,
    /// What it was.
    pub before: Option<Quantity>,
    /// What it is.
    pub after: Option<Quantity>,
    /// What it is, less what it was.
    pub difference: Option<f64>,
    /// Whether it differs as it is printed, not only behind the last printed digit.
    pub is_printed: bool,
}

/// A row that moved a fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MovedRow {
    /// Its file and line.
    pub at: String,
    /// What it says, if it can still be read.
    #[serde(flatten)]
    pub row: Option<Row>,
}

impl Cause {
    /// Its name in the strings of a language: `revision-final` for one that ends at a final
    /// figure.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revision { to: Status::Final, .. } => "revision-final",
            Self::Revision { to: Status::Express, .. } => "revision-express",
            Self::Revision { to: Status::Secondary, .. } => "revision-secondary",
            Self::Correction => "correction",
            Self::CorrectionAndData => "correction-and-data",
            Self::Precision => "precision",
            Self::Data => "data",
            Self::Definition => "definition",
            Self::Base => "base",
        }
    }
}

impl Changes {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        let said = self.sentences.as_ref().is_none_or(Vec::is_empty);
        self.facts.is_empty() && self.ranks.is_empty() && said
    }

    /// How many facts differ in some way.
    pub fn count(&self, kind: Kind) -> usize {
        self.facts.values().filter(|change| change.kind == kind).count()
    }

    /// The sentences in which a word turned.
    pub fn turned(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().flatten().filter(|sentence| !sentence.turns.is_empty())
    }
}

impl Change {
    /// Whether any of it differs as it is printed.
    pub fn is_printed(&self) -> bool {
        self.numbers.iter().any(|number| number.is_printed)
    }
}

/// Compares two issues: what has to be done to the first to have the second.
pub fn compare(before: &Issue, after: &Issue) -> Changes {
    let mut facts: IndexMap<String, Change> = IndexMap::new();
    let gone = before.facts.all.keys().filter(|id| !after.facts.all.contains_key(*id));
    for id in after.facts.all.keys().chain(gone) {
        let (then, now) = (before.facts.get(id), after.facts.get(id));
        let change = change(then, now).map(|mut change| {
            let was = cause::rows(then, &change.numbers, before);
            let is = cause::rows(now, &change.numbers, after);
            change.rows_before = cause::moved(&was, before, &is, after);
            change.rows_after = cause::moved(&is, after, &was, before);
            if change.rows_before.is_empty() && change.rows_after.is_empty() {
                // Of a build no row is known to have been edited: it is one of these.
                change.rows_after = cause::moved(&is, after, &[], before);
            }
            change
        });
        facts.extend(change.map(|change| (id.clone(), change)));
    }
    // A fact is explained by facts it is computed from, so all have to be known first.
    let explained: Vec<(String, Vec<String>, Cause)> = facts
        .keys()
        .map(|id| {
            let follows = cause::follows(id, before, after, &facts);
            let cause = cause::of(id, before, after, &facts);
            (id.clone(), follows, cause)
        })
        .collect();
    for (id, follows, cause) in explained {
        let change = &mut facts[&id];
        (change.follows, change.cause) = (follows, cause);
    }
    Changes {
        ranks: ranks::compare(&before.facts, &after.facts),
        sentences: before
            .said
            .as_ref()
            .zip(after.said.as_ref())
            .map(|(before, after)| sentences::compare(before, after)),
        facts,
    }
}

/// How a fact differs; `None` if it does not. Its cause is found later.
fn change(before: Option<&Fact>, after: Option<&Fact>) -> Option<Change> {
    let known = |fact: Option<&Fact>| fact.is_some_and(|fact| fact.missing().is_none());
    let numbers = numbers::compare(before, after);
    let both = before.zip(after);
    let differ = |part: fn(&Fact) -> String| both.is_some_and(|(a, b)| part(a) != part(b));
    let is_redefined = differ(cause::definition);
    let kind = match (known(before), known(after)) {
        (false, false) => return None,
        (false, true) => Kind::New,
        (true, false) => Kind::Gone,
        _ if differ(|fact| fact.time.to_string()) => Kind::Moved,
        _ if !numbers.is_empty() => Kind::Revised,
        _ if is_redefined => Kind::Redefined,
        _ if cause::status(before) != cause::status(after) => Kind::Settled,
        _ => return None,
    };
    let shown = if known(after) { after } else { before }?;
    let formula = |fact: Option<&Fact>| fact.filter(|_| is_redefined).map(|f| f.formula.clone());
    Some(Change {
        kind,
        cause: Cause::Data,
        unit: shown.unit.clone(),
        is_signed: shown.is_signed,
        time_before: before.map(|fact| fact.time.to_string()),
        time_after: after.map(|fact| fact.time.to_string()),
        formula_before: formula(before),
        formula_after: formula(after),
        follows: vec![],
        numbers,
        rows_before: vec![],
        rows_after: vec![],
    })
}

/// Marks in the facts of an issue what was revised since an earlier one.
pub fn mark(facts: &mut Facts, changes: &Changes) {
    for (id, change) in &changes.facts {
        let is_revision = change.kind == Kind::Revised && change.is_printed();
        let Some(fact) = facts.all.get_mut(id).filter(|_| is_revision) else { continue };
        if change.time_after != Some(fact.time.to_string()) {
            continue;
        }
        match change.cause {
            Cause::Base => drop(fact.flags.insert(Flag::RevisedBase)),
            Cause::Revision { .. } | Cause::Correction | Cause::CorrectionAndData => {
                fact.flags.insert(Flag::Revised);
                let (crate::stats::Value::Series(series) | crate::stats::Value::Members(series)) =
                    &mut fact.value
                else {
                    continue;
                };
                for member in &mut series.members {
                    let is_meant = |number: &&NumberChange| {
                        !number.is_base && number.member.as_deref() == Some(&*member.code)
                    };
                    if change.numbers.iter().any(|n| is_meant(&n) && n.before.is_some()) {
                        member.flags.insert(Flag::Revised);
                    }
                }
            }
            Cause::Precision | Cause::Data | Cause::Definition => {}
        }
    }
}
