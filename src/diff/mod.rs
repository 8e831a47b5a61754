//! Diff: what changed between two issues of a brief.
//!
//! In: two [`Issue`]s: facts, the contents of their rows, their sentences. Out: [`Changes`]: facts that
//! are new, gone or revised, each with its numbers before and after, the cause, and the rows that changed
//! it; changed ranks; changed sentences. Nothing here reads a file, knows a language or words a cause.
//!
//! `numbers` splits a fact into numbers, `cause` finds the cause, `ranks` and `sentences` compare orders
//! and texts. To add a cause, add a variant to [`Cause`] and an arm to `cause::of`; the command line and
//! the strings have its words.

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
    /// Its facts.
    pub facts: Facts,
    /// The contents of the rows that its facts are based on, if they can still be read.
    pub rows: BTreeMap<RowId, Row>,
    /// The status of each release that its facts are based on, if known.
    pub vintages: BTreeMap<String, Status>,
    /// Its sentences in one language; `None` if it could not be worded.
    pub said: Option<Vec<Said>>,
}

/// The content of a row of the data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Its table, dimensions and time.
    pub of: String,
    /// The figure; `None` where the source says that there is none.
    pub value: Option<f64>,
    /// Its release.
    pub vintage: String,
    /// The status of the release.
    pub status: Option<Status>,
    /// Its source.
    pub source: String,
}

/// The changes between two issues.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Changes {
    /// The facts that differ, in the order of the later issue; then those that are gone.
    pub facts: IndexMap<String, Change>,
    /// Members of a series whose rank has changed.
    pub ranks: Vec<RankChange>,
    /// Sentences that differ; `None` if one of the issues could not be worded.
    pub sentences: Option<Vec<Sentence>>,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The value for the same time has changed.
    Revised,
    /// It was unknown and is known now.
    New,
    /// It was known and is unknown now.
    Gone,
    /// It is a figure of another time, so the two are not versions of one figure.
    Moved,
    /// The value is the same, from a release of another status.
    Settled,
    /// The value is the same, computed in another way.
    Redefined,
}

/// The cause of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Cause {
    /// A release of another status replaced the one used before: a regular revision.
    Revision {
        /// The status before.
        from: Status,
        /// The status now.
        to: Status,
    },
    /// Another value in releases of the same status: a row was corrected, or another row is used.
    Correction,
    /// It follows from a series of which some members were corrected and others added or removed.
    CorrectionAndData,
    /// The same figure with another precision.
    Precision,
    /// A figure was added to the data or removed; or it is of another time.
    Data,
    /// The indicator has another definition.
    Definition,
    /// Only the base of the comparison was revised.
    Base,
}

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The kind of change.
    pub kind: Kind,
    /// The cause.
    pub cause: Cause,
    /// Its unit.
    pub unit: Unit,
    /// Whether it always shows its sign.
    pub is_signed: bool,
    /// Its time in the earlier issue.
    pub time_before: Option<String>,
    /// Its time in the later issue.
    pub time_after: Option<String>,
    /// Its formula in the earlier issue, if that differs.
    pub formula_before: Option<String>,
    /// Its formula in the later issue, if that differs.
    pub formula_after: Option<String>,
    /// The changed facts that it is computed from, which explain it.
    pub follows: Vec<String>,
    /// The numbers that differ.
    pub numbers: Vec<NumberChange>,
    /// The rows of the earlier issue that are no longer used or have another content.
    pub rows_before: Vec<MovedRow>,
    /// The rows of the later issue that were not used or had another content.
    pub rows_after: Vec<MovedRow>,
}

/// A number that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberChange {
    /// The member of a series, or `row>column` in a matrix.
    pub member: Option<String>,
    /// Whether it is the member's value a year earlier.
    pub is_base: bool,
    /// The earlier value.
    pub before: Option<Quantity>,
    /// The later value.
    pub after: Option<Quantity>,
    /// The later value minus the earlier one.
    pub difference: Option<f64>,
    /// Whether the printed digits differ.
    pub is_printed: bool,
}

/// A row that changed a fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MovedRow {
    /// Its file and line.
    pub at: String,
    /// Its content, if it can still be read.
    #[serde(flatten)]
    pub row: Option<Row>,
}

impl Cause {
    /// Its name in the strings of a language: `revision-final` for a revision to a final figure.
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
    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        let said = self.sentences.as_ref().is_none_or(Vec::is_empty);
        self.facts.is_empty() && self.ranks.is_empty() && said
    }

    /// The number of facts with this kind of change.
    pub fn count(&self, kind: Kind) -> usize {
        self.facts.values().filter(|change| change.kind == kind).count()
    }

    /// The sentences in which a word has reversed.
    pub fn turned(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().flatten().filter(|sentence| !sentence.turns.is_empty())
    }
}

impl Change {
    /// Whether any printed digit differs.
    pub fn is_printed(&self) -> bool {
        self.numbers.iter().any(|number| number.is_printed)
    }
}

/// Compares two issues: the changes from the first one to the second.
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
                // The edits of rows since a build are unknown, so any of these may be the cause.
                change.rows_after = cause::moved(&is, after, &[], before);
            }
            change
        });
        facts.extend(change.map(|change| (id.clone(), change)));
    }
    // A cause depends on the facts that a fact is computed from, so all must be known first.
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

/// The change of a fact, without its cause; `None` if it is unchanged.
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

/// Flags the facts of an issue that were revised since an earlier one.
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
