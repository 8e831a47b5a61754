//! A conflict: two sources of the same status give values that cannot both be right.

use super::{Dataset, Observation, Source, Table};
use crate::diag::{Code, Diagnostic, Message};

/// The rule that decides between two rows of the same status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Lower source precedence.
    Precedence,
    /// Later release.
    Release,
    /// Finer rounding.
    Rounding,
    /// First source id, since no rule of substance decides.
    Source,
}

impl Rule {
    fn text(self) -> Message {
        match self {
            Self::Precedence => message!("the source of lower precedence is used"),
            Self::Release => {
                message!("the sources have the same precedence: the later release is used")
            }
            Self::Rounding => {
                message!(
                    "the sources have the same precedence and the same date: the finer rounding is used"
                )
            }
            Self::Source => {
                message!("the rows are equal in every criterion: the first source id is used")
            }
        }
    }
}

/// A printed row, and the rows that disagree with it.
#[derive(Debug, Clone)]
pub struct Conflict<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) table: &'a Table,
    /// The row that is printed.
    pub printed: &'a Observation,
    /// The rows that lost, each with the rule that decided against it.
    pub losing: Vec<(&'a Observation, Rule)>,
}

impl Conflict<'_> {
    /// The warning K0120: both places, both values, their sources and the rule that decided.
    pub fn diagnostic(&self) -> Diagnostic {
        let printed = self.printed;
        let message = message!(
            "sources disagree on {key} ({name}, {time})",
            key = printed.key.join(", "),
            name = self.table.name,
            time = printed.time
        );
        let key = printed.key.join(" ");
        let mut conflict = Diagnostic::warning(Code::K0120, message)
            .subject(format!("{} {key} {}", self.table.name, printed.time))
            .about_rows()
            .at(self.table.place(printed))
            .label(message!("printed: {printed}", printed = self.described(printed)));
        let mut rules = vec![];
        for (row, rule) in &self.losing {
            conflict = conflict.related(self.table.place(row), self.described(row));
            if !rules.contains(rule) {
                rules.push(*rule);
                conflict = conflict.note(rule.text());
            }
        }
        conflict.hint(message!(
            "look the figure up in the table of the release and add it as a row with precedence 1; \
            the row that is not used stays in the data"
        ))
    }

    fn described(&self, row: &Observation) -> Message {
        let source = self.dataset.sources.get(&row.source);
        let kind = match source.map(|source| source.precedence) {
            Some(1) => message!("the body's own table"),
            Some(2) => message!("a table in another's account"),
            Some(3) => message!("the text of a release"),
            _ => message!("a reworded text"),
        };
        let publisher = source
            .and_then(|Source { fields, .. }| fields.get("publisher"))
            .map_or("", String::as_str);
        let value = row.value.unwrap_or_default();
        message!(
            "{value} to {rounded_to}, {kind} ({publisher})",
            value,
            rounded_to = row.rounded_to,
            kind,
            publisher
        )
    }
}
