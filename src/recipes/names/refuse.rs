//! Why a name has no code: it is unknown, or of another place or time, or means two things.

use super::super::marks;
use super::{Meaning, Names};
use crate::diag::{Code, Diagnostic, Message};
use crate::stats::Time;

/// How many of the nearest names are shown.
const NEAREST: usize = 3;

impl Names {
    /// A name that is not known, with the nearest ones and the line that would make it known.
    pub(super) fn unknown(&self, written: &str) -> Diagnostic {
        let mut taken = vec![];
        let shown = one_line(marks::without_marks(written, &mut taken));
        let nearest = self.nearest(&shown);
        let problem = Diagnostic::error(
            Code::K1231,
            message!(
                "`{shown}` is not a known name of `{register}`",
                shown,
                register = self.register
            ),
        );
        let problem = match &nearest[..] {
            [] => problem,
            all => {
                let all: Vec<String> = all
                    .iter()
                    .map(|(name, code)| format!("`{name}` ({})", self.codes[*code]))
                    .collect();
                problem.note(message!(
                    "the nearest are {all}; kosh does not choose one by itself",
                    all = all.join(", ")
                ))
            }
        };
        let code = nearest.first().map_or("CODE", |(_, code)| &self.codes[*code]);
        let path = crate::diag::slashed(&self.aliases);
        problem
            .hint(message!(
                "if it is one of them, add a line to `{path}`: {shown},{code},,,,",
                path,
                shown = quoted(&shown),
                code
            ))
            .hint(message!("if it is another place, leave its row out: claim it under `ignore`"))
    }

    /// A name that means several places.
    pub(super) fn two(&self, written: &str, all: &[Meaning], codes: &[usize]) -> Diagnostic {
        let shown = one_line(written);
        let named: Vec<String> = codes
            .iter()
            .map(|code| {
                let parent = all
                    .iter()
                    .find(|meaning| meaning.code == *code)
                    .and_then(|m| m.parent.as_deref());
                match parent {
                    Some(parent) => format!("{} in {parent}", self.codes[*code]),
                    None => self.codes[*code].clone(),
                }
            })
            .collect();
        let problem = Diagnostic::error(
            Code::K1232,
            message!("`{shown}` is ambiguous: {named}", shown, named = named.join(", ")),
        );
        match all.iter().all(|meaning| meaning.parent.is_some()) {
            true => problem.hint(message!(
                "add `parent` to the recipe: the cell that names the larger region"
            )),
            false => problem.hint(message!(
                "distinguish them in `{aliases}`, by the column `parent` or by the times of each",
                aliases = crate::diag::slashed(&self.aliases)
            )),
        }
    }

    /// A name that is known, but not in this place or at this time.
    pub(super) fn elsewhere(
        &self,
        written: &str,
        all: &[Meaning],
        time: Option<Time>,
    ) -> Diagnostic {
        let shown = one_line(written);
        let time = time.map_or(Message::default(), |time| message!(" for {time}", time));
        let known: Vec<String> = all
            .iter()
            .map(|meaning| {
                let parent = meaning
                    .parent
                    .as_ref()
                    .map_or(Message::default(), |parent| message!(" in {parent}", parent));
                let from =
                    meaning.from.map_or(Message::default(), |from| message!(" from {from}", from));
                let until = meaning
                    .until
                    .map_or(Message::default(), |until| message!(" up to {until}", until));
                format!("{}{parent}{from}{until}", self.codes[meaning.code])
            })
            .collect();
        Diagnostic::error(
            Code::K1231,
            message!("`{shown}` is not a known name here{time}", shown, time),
        )
        .note(message!("it is a name of {known}", known = known.join(", ")))
        .hint(message!("check whether the row is under another region or is for another time"))
    }

    /// The names nearest to a text, of different codes.
    fn nearest(&self, written: &str) -> Vec<(&str, usize)> {
        let own = self.key(written);
        let own = own.rsplit('|').next().unwrap_or_default();
        if own.is_empty() || own.len() > 256 {
            return vec![];
        }
        let mut near: Vec<(f64, &str, usize)> = self
            .written
            .iter()
            .map(|(name, code)| {
                let key = self.key(name);
                let name_alone = key.rsplit('|').next().unwrap_or_default();
                (strsim::jaro_winkler(own, name_alone), name.as_str(), *code)
            })
            .filter(|(likeness, ..)| *likeness > 0.75)
            .collect();
        near.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut first: Vec<(&str, usize)> = vec![];
        for (_, name, code) in near {
            if first.len() < NEAREST && !first.iter().any(|(_, met)| *met == code) {
                first.push((name, code));
            }
        }
        first
    }
}

/// A text on one line, as it is quoted.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell of a csv file.
fn quoted(text: &str) -> String {
    match text.contains([',', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
