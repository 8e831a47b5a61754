//! The text of one changed fact: its numbers before and after, and the rows that changed it.

use super::changes::{Shown, more};
use crate::diff::{Cause, Change, MovedRow, NumberChange};
use crate::stats::{Facts, Qualifier, Quantity, Status, Unit, Value};

/// How many members of a series, and how many rows of a fact, are shown.
const SHOWN: usize = 4;

/// The name of a status.
pub(super) fn word(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Express => "express",
        Status::Secondary => "secondary",
    }
}

/// Prints one changed fact: its numbers and the cause.
pub(super) fn print(id: &str, change: &Change, width: usize, shown: &Shown) {
    let time = match (&change.time_before, &change.time_after) {
        (Some(before), Some(after)) if before != after => format!("{before} -> {after}"),
        (before, after) => after.as_ref().or(before.as_ref()).cloned().unwrap_or_default(),
    };
    let single = match &change.numbers[..] {
        [number] if number.member.is_none() => Some(number),
        _ => None,
    };
    // Facts that follow from other changed facts are explained by the rows of those.
    let is_root = change.follows.is_empty();
    let from = match change.cause {
        Cause::Base => String::new(),
        _ if is_root => String::new(),
        _ => format!("  from {}", change.follows.join(", ")),
    };
    match single {
        Some(number) => {
            let (values, aside) = (values(number, change, "not known"), aside(number, change));
            say_line!("  {id:width$}  {values}  {aside}[{time}]{from}");
        }
        None => say_line!("  {id:width$}  {}  [{time}]{from}", members_in_short(change)),
    }
    if let (Some(before), Some(after)) = (&change.formula_before, &change.formula_after)
        && before != after
    {
        say_text!("      formula  {before} -> {after}", before, after);
    }
    if single.is_none() {
        let is_list = |facts: &Facts| {
            facts.get(id).is_some_and(|fact| matches!(fact.value, Value::Members(_)))
        };
        let is_listed = shown.facts.iter().any(is_list);
        members(change, if is_listed { "not listed" } else { "not known" });
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

/// The values before and after: `29,948 -> 29,282`.
fn values(number: &NumberChange, change: &Change, absent: &str) -> String {
    let side = |quantity: Option<Quantity>| {
        quantity.map_or(absent.to_owned(), |q| stated(q, &change.unit, change.is_signed))
    };
    format!("{} -> {}", side(number.before), side(number.after))
}

/// The difference in brackets: `(-666)  `.
fn aside(number: &NumberChange, change: &Change) -> String {
    let step = [number.before, number.after].iter().flatten().map(|q| q.step).fold(0.0, f64::max);
    let difference = number.difference.map(|value| {
        let unit = change.unit.of_difference();
        format!("({})  ", stated(Quantity { step, ..Quantity::exact(value) }, &unit, true))
    });
    difference.unwrap_or_default()
}

/// A number with its unit, with digits grouped by three.
fn stated(quantity: Quantity, unit: &Unit, is_signed: bool) -> String {
    let said = quantity.shown_qualifier().map_or("", Qualifier::sign);
    let plain = Quantity { qualifier: None, ..quantity }.to_string();
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
        Unit::POINTS | Unit::INDEX_POINTS => " points",
        Unit::PERSONS | Unit::NUMBER | Unit::INDEX => "",
        other => &format!(" {other}"),
    };
    format!("{said}{sign}{grouped}{unit}")
}

/// A summary of changed members: `2 differ, 4 new`.
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

/// Prints the members whose printed value differs.
fn members(change: &Change, absent: &str) {
    let name = |number: &NumberChange| {
        let member = number.member.clone().unwrap_or_default();
        if number.is_base { format!("{member} a year earlier") } else { member }
    };
    let printed: Vec<&NumberChange> = change.numbers.iter().filter(|n| n.is_printed).collect();
    let width = printed.iter().take(SHOWN).map(|n| name(n).chars().count()).max().unwrap_or(0);
    for number in printed.iter().take(SHOWN) {
        let difference = aside(number, change);
        let line = format!(
            "      {:width$}  {}  {difference}",
            name(number),
            values(number, change, absent)
        );
        say_line!("{}", line.trim_end());
    }
    more(printed.len(), SHOWN, "member", "      ");
}

/// The cause of a changed comparison whose value is unchanged: `base 2024: 29,948 -> 29,282 (…)`.
fn base_of(id: &str, shown: &Shown) -> Option<String> {
    let (own, _) = id.rsplit_once('.')?;
    let base = format!("{own}.base");
    let change = shown.changes.facts.get(&base)?;
    let [number] = &change.numbers[..] else { return None };
    let value = shown.facts[1].get(own)?.number()?;
    let why = match change.cause {
        Cause::Revision { from, to } => format!(" ({} instead of {})", word(to), word(from)),
        Cause::Correction => " (corrected)".to_owned(),
        _ => String::new(),
    };
    Some(format!(
        "base revised: {} {}{why}; {own} is still {}",
        change.time_after.as_deref().unwrap_or_default(),
        values(number, change, "not known"),
        stated(value, &change.unit, change.is_signed),
    ))
}

/// Prints added (`+`) or removed (`-`) rows.
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
