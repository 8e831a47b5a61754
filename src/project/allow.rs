//! Warnings that somebody has looked at and allows, one by one, each with a reason.
//!
//! ```toml
//! [[allow]]
//! code = "K0120"
//! subject = "interregional KZ-75 net 2025-01..2025-12"
//! reason = "The office confirmed 3,214 by telephone on 12 February; the text of the release has a slip."
//! until = "2025"
//! ```
//!
//! A warning is known by its code and its subject, which stay the same when lines move.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::written::Layer;
use crate::diag::{Code, Diagnostic, Place, SourceText, Spanned};
use crate::stats::Period;

/// Codes that are not allowed here, each with what is done instead.
const OTHERWISE: [(Code, &str); 2] = [
    (Code::K0913, "move `as-of`, or release with `--leave-out-later`"),
    (Code::K0024, "take the `[[allow]]` away that matches nothing"),
];

/// A warning that is allowed, as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenAllow {
    /// The code of the warning, as `K0120`.
    code: Spanned<String>,
    /// What the warning is about, as `kosh release` and `kosh check --json` name it.
    subject: Spanned<String>,
    /// Why the brief may be published all the same; it goes on record with the release.
    reason: Spanned<String>,
    /// The last period (`2025-H1`) or day (`2026-03-13`) for which it is allowed.
    until: Option<Spanned<String>>,
}

/// A warning that is allowed.
#[derive(Debug, Clone)]
pub struct Allow {
    /// Its code.
    pub code: Code,
    /// What it is about.
    pub subject: String,
    /// Why it is allowed.
    pub reason: String,
    /// For how long.
    pub until: Option<Until>,
    /// Where that is written.
    pub place: Place,
}

/// The end of what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// The last day.
    Day(Date),
    /// The last period.
    Period(Period),
}

/// An allowed warning, on record with the release that it did not stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Allowed {
    /// Its code.
    pub code: String,
    /// What it is about.
    pub subject: String,
    /// What it said.
    pub message: String,
    /// Why it was allowed.
    pub reason: String,
}

impl Allow {
    /// Whether this is the warning that is meant.
    pub fn means(&self, warning: &Diagnostic) -> bool {
        self.code == warning.code && self.subject == warning.allowed_as()
    }

    /// Whether it holds for the brief of a period that is made as of a day.
    pub fn holds(&self, period: Period, day: Date) -> bool {
        match self.until {
            None => true,
            Some(Until::Day(last)) => day <= last,
            Some(Until::Period(last)) => period.end <= last.end,
        }
    }

    /// What goes on record of a warning.
    pub fn record(&self, warning: &Diagnostic) -> Allowed {
        Allowed {
            code: self.code.to_string(),
            subject: self.subject.clone(),
            message: warning.message.clone(),
            reason: self.reason.clone(),
        }
    }
}

/// What to write into `brief.toml` to allow a warning, but for the reason.
pub fn block(warning: &Diagnostic) -> String {
    let subject = toml::Value::String(warning.allowed_as());
    format!("[[allow]]\ncode = \"{}\"\nsubject = {subject}\nreason = \"\"", warning.code)
}

/// What the layers allow; of one warning the uppermost layer's word counts.
pub(super) fn meant(layers: &[Layer], found: &mut Vec<Diagnostic>) -> Vec<Allow> {
    let mut all: Vec<Allow> = vec![];
    for layer in layers {
        let Some(text) = &layer.text else { continue };
        let mut own: Vec<Allow> = vec![];
        for written in &layer.allow {
            let Some(allow) = read(written, text, found) else { continue };
            let is_it = |other: &&Allow| other.code == allow.code && other.subject == allow.subject;
            if let Some(other) = own.iter().find(is_it) {
                found.push(
                    wrong("the same warning is allowed twice", allow.place.clone())
                        .related(other.place.clone(), "the first time")
                        .hint("leave one of them, with the reason that counts"),
                );
            }
            own.push(allow);
        }
        all.retain(|below| {
            !own.iter().any(|allow| (&allow.code, &allow.subject) == (&below.code, &below.subject))
        });
        all.append(&mut own);
    }
    all
}

fn read(written: &WrittenAllow, text: &SourceText, found: &mut Vec<Diagnostic>) -> Option<Allow> {
    let before = found.len();
    let place = |key: &Spanned<String>| text.place(key.span());
    let code: Option<Code> = written.code.get_ref().parse().ok();
    if code.is_none() {
        let code = written.code.get_ref();
        found.push(
            wrong(&format!("`{code}` is no code of a warning"), place(&written.code))
                .hint("write the code that stands in brackets before the message, as `K0120`"),
        );
    }
    if let Some((code, instead)) = OTHERWISE.iter().find(|(other, _)| Some(*other) == code) {
        found.push(
            wrong(&format!("`{code}` cannot be allowed"), place(&written.code)).hint(*instead),
        );
    }
    let words =
        |key: &Spanned<String>| key.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = words(&written.subject);
    if subject.is_empty() {
        found.push(
            wrong("nothing says which warning is allowed", place(&written.subject)).hint(
                "name what it is about as `kosh release` does; all warnings of a code are never allowed at once",
            ),
        );
    }
    let reason = words(&written.reason);
    if !reason.chars().any(char::is_alphabetic) {
        found.push(
            wrong("nothing says why the warning is allowed", place(&written.reason))
                .note("the reason goes on record with the release")
                .hint("say who looked at it, and what came of it"),
        );
    }
    let until = written.until.as_ref().and_then(|until| {
        let said = until.get_ref();
        let day = said.parse().ok().filter(|day: &Date| day.to_string() == *said);
        let until_then = day.map(Until::Day).or_else(|| said.parse().ok().map(Until::Period));
        if until_then.is_none() {
            found.push(
                wrong(&format!("`{said}` is no period and no day"), place(until))
                    .hint("write `2025-H1`, or a day as `2026-03-13`"),
            );
        }
        until_then
    });
    let code = code.filter(|_| found.len() == before)?;
    Some(Allow { code, subject, reason, until, place: place(&written.subject) })
}

fn wrong(message: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::K0023, message).at(place)
}
