//! The facts that changed, with the rows behind them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::reason::{How, Reason};
use crate::stats::{Fact, Facts};

/// The largest number of facts that are named; others are counted.
const NAMED: usize = 3;

/// Replaces changed data files among the reasons by the facts that changed.
///
/// `before` is the `facts.json` of the release. A fact that follows from another changed fact is not
/// named. A changed file without a changed fact remains.
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
        // It is based on all rows of another fact and more; or on the same rows, and comes later.
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

/// Whether a fact has changed; other line numbers of its rows are no change.
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
