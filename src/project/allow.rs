//! Warnings that somebody has looked at and allows, one by one, each with a reason.
//!
//! ```toml
//! [[allow]]
//! code = "K0120"
//! subject = "interregional KZ-75 net 2025-01..2025-12"
//! said = "printed: 12110 to 1, a reworded text (Kazinform); 33100 to 100, a table in another's account (Lada.kz)"
//! reason = "The office confirmed 12,110 by telephone on 12 February; the account has a slip."
//! until = "2025"
//! ```
//!
//! A warning is identified by its code and subject, which stay the same when lines move. What it says
//! about rows or facts is recorded too: with other numbers it is a different warning, which nobody has
//! examined.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::written::Layer;
use crate::diag::{Code, Diagnostic, Message, Place, Scope, SourceText, Spanned};
use crate::stats::Period;

/// The alternative for a code that cannot be allowed here.
fn otherwise(code: Code) -> Option<Message> {
    match code {
        Code::K0913 => Some(message!("move `as-of`, or release with `--leave-out-later`")),
        Code::K0024 => Some(message!("delete the `[[allow]]` that matches no warning")),
        _ => None,
    }
}

/// An entry that allows a warning.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenAllow {
    /// The code of the warning, for example `K0120`.
    code: Spanned<String>,
    /// What the warning is about, such as `kosh release` and `kosh check --json` name it.
    subject: Spanned<String>,
    /// The content of a warning about rows or facts, such as `kosh release` prints it: with other numbers the
    /// warning is no longer allowed.
    said: Option<Spanned<String>>,
    /// Why the brief may be published nevertheless; the reason is recorded with the release.
    reason: Spanned<String>,
    /// The last period (`2025-H1`) or day (`2026-03-13`) for which it is allowed.
    until: Option<Spanned<String>>,
}

/// An allowed warning.
#[derive(Debug, Clone)]
pub struct Allow {
    /// Its code.
    pub code: Code,
    /// Its subject.
    pub subject: String,
    /// What it said about rows or facts when it was allowed.
    pub said: Option<String>,
    /// Why it is allowed.
    pub reason: String,
    /// How long it is allowed.
    pub until: Option<Until>,
    /// The place of the entry.
    pub place: Place,
}

/// The end of an allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// The last day.
    Day(Date),
    /// The last period.
    Period(Period),
}

/// An allowed warning, as recorded with the release that it did not stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Allowed {
    /// Its code.
    pub code: String,
    /// Its subject.
    pub subject: String,
    /// Its message.
    pub message: String,
    /// What it said about rows or facts, with the numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// Why it was allowed.
    pub reason: String,
}

impl Allow {
    /// Whether this entry is for a warning.
    pub fn means(&self, warning: &Diagnostic) -> bool {
        self.code == warning.code && self.subject == warning.allowed_as()
    }

    /// The reason why this entry does not apply to a warning with its code and subject, if there is one.
    pub fn lapsed(&self, warning: &Diagnostic, period: Period, day: Date) -> Option<Message> {
        let said = said(warning);
        if !self.holds(period, day) {
            Some(ended())
        } else if self.said.is_none() && !said.is_empty() {
            Some(unsaid())
        } else if self.said.as_ref().is_some_and(|own| *own != said) {
            Some(changed())
        } else {
            None
        }
    }

    /// Whether it is still allowed for the brief of a period made as of a day.
    fn holds(&self, period: Period, day: Date) -> bool {
        match self.until {
            None => true,
            Some(Until::Day(last)) => day <= last,
            Some(Until::Period(last)) => period.end <= last.end,
        }
    }

    /// The record of a warning.
    pub fn record(&self, warning: &Diagnostic) -> Allowed {
        Allowed {
            code: self.code.to_string(),
            subject: self.subject.clone(),
            message: warning.message.to_string(),
            said: said(warning),
            reason: self.reason.clone(),
        }
    }
}

/// The message for an allowed warning whose time is over.
fn ended() -> Message {
    message!("it was allowed up to a day that is past")
}
fn unsaid() -> Message {
    message!("this entry allows it, but lacks `said`")
}
fn changed() -> Message {
    message!("it was allowed with another text")
}

/// What a warning says about rows or facts: the labels of its places, or its message if they contain no
/// number; empty for a warning about the brief as a whole.
fn said(warning: &Diagnostic) -> String {
    if warning.scope == Scope::Brief {
        return String::new();
    }
    let own = [ended(), unsaid(), changed()];
    let related = warning.related.iter().map(|(_, label)| label.english());
    let mut labels: Vec<&str> = std::iter::once(warning.label.english())
        .chain(related)
        .filter(|label| !label.is_empty() && !own.iter().any(|own| own.english() == *label))
        .collect();
    // Rows may be listed in another order.
    labels.sort_unstable();
    let has_number = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let said = match labels.iter().any(|label| has_number(label)) {
        true => labels.join("; "),
        false => warning.message.to_string(),
    };
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The entry of `brief.toml` that allows a warning, except for the reason.
pub fn block(warning: &Diagnostic) -> String {
    let text = |text: String| toml::Value::String(text);
    let subject = text(warning.allowed_as());
    let said = match said(warning) {
        said if said.is_empty() => String::new(),
        said => format!("said = {}\n", text(said)),
    };
    format!("[[allow]]\ncode = \"{}\"\nsubject = {subject}\n{said}reason = \"\"", warning.code)
}

/// The allowed warnings of all layers; of entries for the same warning that of the uppermost layer
/// counts.
pub(super) fn resolve(layers: &[Layer], found: &mut Vec<Diagnostic>) -> Vec<Allow> {
    let mut all: Vec<Allow> = vec![];
    for layer in layers {
        let Some(text) = &layer.text else { continue };
        let mut own: Vec<Allow> = vec![];
        for written in &layer.allow {
            let Some(allow) = read(written, text, found) else { continue };
            let is_it = |other: &&Allow| other.code == allow.code && other.subject == allow.subject;
            if let Some(other) = own.iter().find(is_it) {
                found.push(
                    wrong(message!("the same warning is allowed twice"), allow.place.clone())
                        .related(other.place.clone(), message!("the first time"))
                        .hint(message!("delete one of the two entries")),
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
            wrong(message!("`{code}` is not the code of a warning", code), place(&written.code))
                .hint(message!(
                    "write the code in brackets before the message, for example `K0120`"
                )),
        );
    }
    if let Some((code, instead)) = code.and_then(|code| Some((code, otherwise(code)?))) {
        found.push(
            wrong(message!("`{code}` cannot be allowed", code), place(&written.code)).hint(instead),
        );
    }
    let words =
        |key: &Spanned<String>| key.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = words(&written.subject);
    if subject.is_empty() {
        found.push(
            wrong(
                message!("the entry does not say which warning is allowed"),
                place(&written.subject),
            )
            .hint(message!(
                "copy the `subject` that `kosh release` prints; all warnings of a code cannot be \
                allowed at once"
            )),
        );
    }
    let reason = words(&written.reason);
    if !reason.chars().any(char::is_alphabetic) {
        found.push(
            wrong(message!("the entry gives no reason"), place(&written.reason))
                .note(message!("the reason is recorded with the release"))
                .hint(message!("write who looked at the warning, and with what result")),
        );
    }
    let until = written.until.as_ref().and_then(|until| {
        let said = until.get_ref();
        let day = said.parse().ok().filter(|day: &Date| day.to_string() == *said);
        let until_then = day.map(Until::Day).or_else(|| said.parse().ok().map(Until::Period));
        if until_then.is_none() {
            found.push(
                wrong(message!("`{said}` is neither a period nor a day", said), place(until))
                    .hint(message!("write a period as `2025-H1`, or a day as `2026-03-13`")),
            );
        }
        until_then
    });
    let said = written.said.as_ref().map(words);
    let code = code.filter(|_| found.len() == before)?;
    Some(Allow { code, subject, said, reason, until, place: place(&written.subject) })
}

fn wrong(message: Message, place: Place) -> Diagnostic {
    Diagnostic::error(Code::K0023, message).at(place)
}
