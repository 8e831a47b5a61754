//! Which facts are others now, and the rows behind them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::reason::{How, Reason};
use crate::stats::{Fact, Facts};

/// So many facts are named; the rest is counted.
const NAMED: usize = 3;

/// Puts the facts that changed in the place of the files of figures that did.
///
/// `before` is the `facts.json` of the release. A fact that follows from another changed one is
/// not named by itself. A changed file that no changed fact rests on stays as it was.
pub fn changed(before: &[u8], now: &Facts, reasons: Vec<Reason>) -> Vec<Reason> {
    let Ok(Value::Object(before)) = serde_json::from_slice(before) else { return reasons };
    let files: BTreeSet<String> = reasons
        .iter()
        .filter_map(|reason| match reason {
            Reason::Input { path, how: How::Changed } => Some(path.clone()),
            _ => None,
        })
        .collect();
    let others: Vec<&Fact> = now.all.values().filter(|fact| is_other(&before, fact)).collect();
    let rows: Vec<BTreeSet<String>> = others
        .iter()
        .map(|fact| {
            let rows = fact.rows.iter().filter(|row| files.contains(&*row.file));
            rows.map(ToString::to_string).collect()
        })
        .collect();
    let mut named: Vec<Reason> = vec![];
    let mut explained: BTreeSet<String> = BTreeSet::new();
    for (at, fact) in others.iter().enumerate() {
        // It rests on all that another rests on, and on more; or on the same, and comes later.
        let follows = rows.iter().enumerate().any(|(other, base)| {
            let is_before =
                base.len() < rows[at].len() || (base.len() == rows[at].len() && other < at);
            other != at && !base.is_empty() && is_before && base.is_subset(&rows[at])
        });
        if !rows[at].is_empty() && !follows && named.len() < NAMED {
            let rows = rows[at].iter().cloned().collect();
            named.push(Reason::Fact { id: fact.id.clone(), rows });
        }
        explained.extend(fact.rows.iter().map(|row| row.file.to_string()));
    }
    if named.is_empty() {
        return reasons;
    }
    let more = others.len() - named.len();
    named.extend((more > 0).then_some(Reason::MoreFacts(more)));
    let (mut all, rest): (Vec<Reason>, Vec<Reason>) = reasons
        .into_iter()
        .partition(|reason| !matches!(reason, Reason::Input { .. } | Reason::Output { .. }));
    all.append(&mut named);
    all.extend(rest.into_iter().filter(|reason| match reason {
        Reason::Input { path, .. } => !explained.contains(path),
        _ => true,
    }));
    all
}

/// Whether a fact says something else than it did; that its rows stand on other lines is nothing.
fn is_other(before: &Map<String, Value>, now: &Fact) -> bool {
    let Some(before) = before.get(&now.id) else { return true };
    let Ok(mut now) = serde_json::to_value(now) else { return true };
    let mut before = before.clone();
    without_rows(&mut before);
    without_rows(&mut now);
    before != now
}

fn without_rows(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("rows");
            fields.values_mut().for_each(without_rows);
        }
        Value::Array(items) => items.iter_mut().for_each(without_rows),
        _ => {}
    }
}
