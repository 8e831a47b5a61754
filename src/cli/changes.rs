//! The text of changes: a summary, a block for each cause, then ranks and sentences.

use std::collections::BTreeMap;

use super::change::{self, word};
use super::report::counted;
use crate::diag::Message;
use crate::diff::{Cause, Change, Changes, Kind, RankChange, Sentence};
use crate::stats::Facts;

/// How many ranks of one list are shown.
const SHOWN: usize = 4;
/// How many facts of one cause, and how many rankings, are shown.
const FACTS: usize = 16;

/// The changes to show.
pub(super) struct Shown {
    /// The name of the earlier issue.
    pub before: String,
    /// The name of the later issue.
    pub after: String,
    /// The language of the sentences.
    pub language: String,
    /// Sections whose sentences are compared word by word.
    pub key_sections: Vec<String>,
    /// The facts of both issues.
    pub facts: [Facts; 2],
    /// The changes.
    pub changes: Changes,
}

/// Prints the changes; with `is_quiet` only the summary.
pub(super) fn print(shown: &Shown, is_quiet: bool) {
    say_line!("{} -> {}", shown.before, shown.after);
    say_line!("{}", summary(shown));
    if is_quiet {
        return;
    }
    let mut groups: BTreeMap<(u8, String), Vec<(&str, &Change)>> = BTreeMap::new();
    for (id, change) in &shown.changes.facts {
        if let Some(group) = group(change) {
            groups.entry(group).or_default().push((id, change));
        }
    }
    for ((_, title), all) in &mut groups {
        say_line!("\n{title}");
        // Between two periods everything differs, so indicators are listed before what follows from them.
        if all.iter().any(|(_, change)| change.kind == Kind::Moved) {
            all.sort_by_key(|(id, _)| id.contains('.'));
        }
        let width = all.iter().map(|(id, _)| id.chars().count()).max().unwrap_or(0);
        for (id, change) in all.iter().take(FACTS) {
            change::print(id, change, width, shown);
        }
        more(all.len(), FACTS, "fact", "  ");
    }
    ranks(&shown.changes.ranks);
    sentences(shown);
}

/// Prints the number of items not shown.
pub(super) fn more(all: usize, most: usize, noun: &str, indent: &str) {
    if all > most {
        let rest = counted(all - most, &message!("more {noun}", noun));
        say_text!("{indent}and {rest} (`--json` has all)", indent, rest);
    }
}

fn summary(shown: &Shown) -> Message {
    let changes = &shown.changes;
    if changes.is_empty() {
        return message!("nothing changed");
    }
    let of = |kind| changes.facts.values().filter(move |change: &&Change| change.kind == kind);
    let revised = of(Kind::Revised).filter(|change| change.is_printed()).count();
    let mut parts = vec![
        message!("{revised} revised", revised = counted(revised, "fact")),
        message!("{changes} new", changes = changes.count(Kind::New)),
        message!("{changes} removed", changes = changes.count(Kind::Gone)),
    ];
    for (n, what) in [
        (changes.count(Kind::Moved), message!("of another period")),
        (changes.count(Kind::Settled), message!("confirmed with the same value")),
        (changes.count(Kind::Redefined), message!("defined differently, with the same value")),
        (
            changes.count(Kind::Revised) - revised,
            message!("changed by less than the printed precision"),
        ),
    ] {
        if n > 0 {
            parts.push(message!("{n} {what}", n, what));
        }
    }
    let turned = changes.turned().count();
    let said = match &changes.sentences {
        None => message!("the sentences are not compared"),
        Some(_) if turned == 1 => message!("1 sentence changes direction"),
        Some(_) => message!("{n} sentences change direction", n = turned),
    };
    message!("{parts}; {said}", parts = Message::joined(parts, ", "), said)
}

/// The heading of a fact, and its order; `None` for facts that only the summary counts.
fn group(change: &Change) -> Option<(u8, String)> {
    let is_shown = match change.kind {
        Kind::Settled => false,
        Kind::Revised => change.is_printed(),
        _ => true,
    };
    if !is_shown {
        return None;
    }
    let title = match change.kind {
        Kind::New => return Some((8, "new: not known before".to_owned())),
        Kind::Gone => return Some((9, "removed: no longer known".to_owned())),
        Kind::Moved => return Some((7, "of another period".to_owned())),
        _ => match change.cause {
            Cause::Correction => (2, "correction: another value of the same status".to_owned()),
            Cause::Revision { from, to } => {
                (0, format!("scheduled revision: {} instead of {}", word(to), word(from)))
            }
            Cause::CorrectionAndData => {
                (3, "correction of some members, new data for others".into())
            }
            Cause::Base => (1, "base revised: the value is the same".to_owned()),
            Cause::Definition => (4, "changed definition".to_owned()),
            Cause::Precision => (5, "precision changed".to_owned()),
            Cause::Data => (6, "new data".to_owned()),
        },
    };
    Some(title)
}

fn ranks(all: &[RankChange]) {
    if all.is_empty() {
        return;
    }
    say_text!("\nranks");
    let mut series: Vec<&str> = all.iter().map(|rank| rank.fact.as_str()).collect();
    series.dedup();
    for id in series.iter().copied().take(FACTS) {
        let own: Vec<&RankChange> = all.iter().filter(|rank| rank.fact == id).collect();
        let place = |place: Option<usize>| place.map_or("-".to_owned(), |at| at.to_string());
        let said: Vec<String> = own
            .iter()
            .take(SHOWN)
            .map(|rank| format!("{} {} -> {}", rank.member, place(rank.before), place(rank.after)))
            .collect();
        let rest = own.len().saturating_sub(SHOWN);
        let rest = if rest > 0 { format!(", and {rest} more") } else { String::new() };
        say_line!("  {id}  {}{rest}", said.join(", "));
    }
    more(series.len(), FACTS, "list", "  ");
}

fn sentences(shown: &Shown) {
    let Some(all) = &shown.changes.sentences else { return };
    let turned: Vec<&Sentence> = shown.changes.turned().collect();
    if !turned.is_empty() {
        say_text!("\nsentences that change direction ({language})", language = shown.language);
        for sentence in turned {
            for turn in &sentence.turns {
                let (was, is) = (&turn.before, &turn.after);
                say_line!("  {} {}  {}: {was} -> {is}", sentence.section, sentence.id, turn.fact);
            }
        }
    }
    let is_key = |sentence: &&&Sentence| {
        let is_said = sentence.before.is_none() || sentence.after.is_none();
        is_said || shown.key_sections.contains(&sentence.section)
    };
    let reported: Vec<&Sentence> = all.iter().filter(|s| is_key(&s)).collect();
    if !reported.is_empty() {
        say_text!(
            "\nsentences added, removed or changed in {ids} ({language})",
            ids = match &shown.key_sections[..] {
                [] => message!("a key section"),
                ids => Message::verbatim(ids.join(", ")),
            },
            language = shown.language
        );
    }
    for sentence in reported.iter().take(FACTS) {
        say_line!("  {} {}", sentence.section, sentence.id);
        for (sign, text) in [('-', &sentence.before), ('+', &sentence.after)] {
            if let Some(text) = text {
                say_line!("      {sign} {text}");
            }
        }
    }
    more(reported.len(), FACTS, "sentence", "  ");
}
