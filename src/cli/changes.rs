//! Changes as text: a summary, then a block for each cause, then ranks and sentences.

use std::collections::BTreeMap;

use super::facts::number;
use crate::data::Status;
use crate::diff::{Cause, Change, Changes, Kind, MovedRow, NumberChange, RankChange, Sentence};
use crate::facts::{Facts, Quantity, Unit, Value};

/// So many members of one series are shown, ranks of one list, rows of one fact.
const SHOWN: usize = 4;
/// So many facts of one cause are shown.
const FACTS: usize = 16;

/// What is to be shown.
pub struct Shown {
    /// What the earlier issue is called.
    pub before: String,
    /// What the later issue is called.
    pub after: String,
    /// The language of the sentences.
    pub language: String,
    /// Sections whose sentences are compared word for word.
    pub key_sections: Vec<String>,
    /// The facts of both.
    pub facts: [Facts; 2],
    /// What changed.
    pub changes: Changes,
}

/// Prints the changes; of a quiet command the summary alone.
pub fn print(shown: &Shown, is_quiet: bool) {
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
    for ((_, title), all) in &groups {
        say_line!("\n{title}");
        let width = all.iter().map(|(id, _)| id.chars().count()).max().unwrap_or(0);
        for (id, change) in all.iter().take(FACTS) {
            fact(id, change, width, shown);
        }
        more(all.len(), FACTS, "fact", "  ");
    }
    ranks(&shown.changes.ranks);
    sentences(shown);
}

fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn more(all: usize, most: usize, noun: &str, indent: &str) {
    if all > most {
        say_line!("{indent}and {} more (`--json` has all)", counted(all - most, noun));
    }
}

fn summary(shown: &Shown) -> String {
    let changes = &shown.changes;
    if changes.is_empty() {
        return "nothing changed".to_owned();
    }
    let of = |kind| changes.facts.values().filter(move |change: &&Change| change.kind == kind);
    let revised = of(Kind::Revised).filter(|change| change.is_printed()).count();
    let mut parts = vec![
        format!("{} revised", counted(revised, "fact")),
        format!("{} new", changes.count(Kind::New)),
        format!("{} gone", changes.count(Kind::Gone)),
    ];
    for (n, what) in [
        (changes.count(Kind::Moved), "of another period"),
        (changes.count(Kind::Settled), "confirmed with the same value"),
        (changes.count(Kind::Redefined), "defined otherwise with the same value"),
        (changes.count(Kind::Revised) - revised, "changed by less than is printed"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    let turned = changes.turned().count();
    let said = match &changes.sentences {
        None => "the sentences are not compared".to_owned(),
        Some(_) => format!(
            "{} direction",
            match turned {
                1 => "1 sentence changes".to_owned(),
                n => format!("{n} sentences change"),
            }
        ),
    };
    format!("{}; {said}", parts.join(", "))
}

/// The heading a fact stands under, and its place; none for what the summary counts only.
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
        Kind::New => return Some((6, "new: not known before".to_owned())),
        Kind::Gone => return Some((7, "gone: no longer known".to_owned())),
        Kind::Moved => return Some((8, "of another period".to_owned())),
        _ => match change.cause {
            Cause::Definition => (3, "changed definition".to_owned()),
            Cause::Correction => (2, "correction: another value of the same status".to_owned()),
            Cause::Revision { from, to } => {
                (0, format!("scheduled revision: {} instead of {}", word(to), word(from)))
            }
            Cause::Base => (1, "base revised: the value stands".to_owned()),
            Cause::Precision => (4, "known more or less finely".to_owned()),
            Cause::Data => (5, "new data".to_owned()),
        },
    };
    Some(title)
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Express => "express",
        Status::Secondary => "secondary",
    }
}

fn fact(id: &str, change: &Change, width: usize, shown: &Shown) {
    let time = match (&change.time_before, &change.time_after) {
        (Some(before), Some(after)) if before != after => format!("{before} -> {after}"),
        (before, after) => after.as_ref().or(before.as_ref()).cloned().unwrap_or_default(),
    };
    let single = match &change.numbers[..] {
        [number] if number.member.is_none() => Some(number),
        _ => None,
    };
    match single {
        Some(number) => {
            say_line!(
                "  {id:width$}  {}  {}",
                values(number, change, Listed::All),
                aside(number, &time, change)
            );
        }
        None => say_line!("  {id:width$}  {}  [{time}]", members_in_short(change)),
    }
    if let (Some(before), Some(after)) = (&change.formula_before, &change.formula_after)
        && before != after
    {
        say_line!("      formula  {before} -> {after}");
    }
    if single.is_none() {
        members(change, is_list);
    }
    if change.cause == Cause::Base
        && let Some(base) = base_of(id, shown)
    {
        say_line!("      {base}");
    }
    if is_root {
        rows(&change.rows_before, '-');
        rows(&change.rows_after, '+');
    }
}

/// What it means that a number is not there.
#[derive(Clone, Copy)]
enum Listed {
    /// It is not known.
    All,
    /// It is not among those listed.
    Some,
}

impl Listed {
    fn of(id: &str, shown: &Shown) -> Self {
        let is_list = |facts: &Facts| {
            facts.get(id).is_some_and(|fact| matches!(fact.value, Value::Members(_)))
        };
        if shown.facts.iter().any(is_list) { Self::Some } else { Self::All }
    }
}

/// `29,948 -> 29,282`.
fn values(number: &NumberChange, change: &Change, listed: Listed) -> String {
    let side = |quantity: Option<Quantity>| {
        let absent = match listed {
            Listed::All => "not known",
            Listed::Some => "not listed",
        };
        quantity.map_or(absent.to_owned(), |q| stated(q, &change.unit, change.is_signed))
    };
    format!("{} -> {}", side(number.before), side(number.after))
}

/// `(-666)  [2024-01..2024-12]`.
fn aside(number: &NumberChange, time: &str, change: &Change) -> String {
    let step = [number.before, number.after].iter().flatten().map(|q| q.step).fold(0.0, f64::max);
    let difference = number.difference.map(|value| {
        let unit = match &*change.unit.0 {
            Unit::PERCENT => Unit::new(Unit::POINTS),
            _ => change.unit.clone(),
        };
        format!("({})  ", stated(Quantity { value, step, error: 0.0 }, &unit, true))
    });
    format!("{}[{time}]", difference.unwrap_or_default())
}

/// A number with its unit, in groups of three.
fn stated(quantity: Quantity, unit: &Unit, is_signed: bool) -> String {
    let plain = number(quantity);
    let digits = plain.trim_start_matches('-');
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |parts| parts);
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped = format!("{grouped}.{fraction}");
    }
    let is_zero = !plain.contains(|c: char| c.is_ascii_digit() && c != '0');
    let sign = match (plain.starts_with('-'), is_signed) {
        _ if is_zero => "",
        (true, _) => "-",
        (false, true) => "+",
        (false, false) => "",
    };
    let unit = match &*unit.0 {
        Unit::PERCENT => " %",
        Unit::POINTS => " points",
        Unit::PERSONS | Unit::NUMBER => "",
        other => &format!(" {other}"),
    };
    format!("{sign}{grouped}{unit}")
}

fn members_in_short(change: &Change) -> String {
    let of = |is_there: fn(&NumberChange) -> bool| {
        change.numbers.iter().filter(|number| is_there(number)).count()
    };
    let parts = [
        (of(|n| n.before.is_some() && n.after.is_some()), "differ"),
        (of(|n| n.before.is_none()), "new"),
        (of(|n| n.after.is_none()), "gone"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if said.is_empty() { "no number differs".to_owned() } else { said.join(", ") }
}

fn members(change: &Change, listed: Listed) {
    let name = |number: &NumberChange| {
        let member = number.member.clone().unwrap_or_default();
        if number.is_base { format!("{member} a year earlier") } else { member }
    };
    let printed: Vec<&NumberChange> = change.numbers.iter().filter(|n| n.is_printed).collect();
    let width = printed.iter().take(SHOWN).map(|n| name(n).chars().count()).max().unwrap_or(0);
    for number in printed.iter().take(SHOWN) {
        let difference = aside(number, "", change);
        let difference = difference.trim_end_matches("[]").trim_end();
        let line = format!(
            "      {:width$}  {}  {difference}",
            name(number),
            values(number, change, listed)
        );
        say_line!("{}", line.trim_end());
    }
    more(printed.len(), SHOWN, "member", "      ");
}

/// Why a comparison differs while its value stands: `base 2024: 29,948 -> 29,282 (…)`.
fn base_of(id: &str, shown: &Shown) -> Option<String> {
    let (own, _) = id.rsplit_once('.')?;
    let base = format!("{own}.base");
    let change = shown.changes.facts.get(&base)?;
    let [number] = &change.numbers[..] else { return None };
    let value = shown.facts[1].get(own)?.number()?;
    let why = match change.cause {
        Cause::Revision { from, to } => format!(" ({} instead of {})", word(to), word(from)),
        _ => String::new(),
    };
    Some(format!(
        "base revised: {} {}{why}; {own} stands at {}",
        change.time_after.as_deref().unwrap_or_default(),
        values(number, change, Listed::All),
        stated(value, &change.unit, change.is_signed),
    ))
}

fn rows(all: &[MovedRow], sign: char) {
    for moved in all.iter().take(SHOWN) {
        match &moved.row {
            Some(row) => {
                let value = row.value.map_or("no figure".to_owned(), |value| value.to_string());
                say_line!("      {sign} {}  {value}  {}, {}", moved.at, row.vintage, row.source);
            }
            None => say_line!("      {sign} {}", moved.at),
        }
    }
    more(all.len(), SHOWN, "row", &format!("      {sign} "));
}

fn ranks(all: &[RankChange]) {
    if all.is_empty() {
        return;
    }
    say_line!("\nranks");
    let mut series: Vec<&str> = all.iter().map(|rank| rank.fact.as_str()).collect();
    series.dedup();
    for id in series {
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
}

fn sentences(shown: &Shown) {
    let Some(all) = &shown.changes.sentences else { return };
    let turned: Vec<&Sentence> = shown.changes.turned().collect();
    if !turned.is_empty() {
        say_line!("\nsentences that change direction ({})", shown.language);
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
    let told: Vec<&Sentence> = all.iter().filter(|s| is_key(&s)).collect();
    if !told.is_empty() {
        say_line!(
            "\nsentences that come, go, or change in {} ({})",
            match &shown.key_sections[..] {
                [] => "a key section".to_owned(),
                ids => ids.join(", "),
            },
            shown.language
        );
    }
    for sentence in told.iter().take(FACTS) {
        say_line!("  {} {}", sentence.section, sentence.id);
        for (sign, text) in [('-', &sentence.before), ('+', &sentence.after)] {
            if let Some(text) = text {
                say_line!("      {sign} {text}");
            }
        }
    }
    more(told.len(), FACTS, "sentence", "  ");
}
