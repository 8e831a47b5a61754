//! Ranks: the order of a series' members by size, and rankings.

use std::collections::HashMap;

use serde::Serialize;

use crate::stats::{Fact, Facts, Value};

/// A member whose rank has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RankChange {
    /// The series.
    pub fact: String,
    /// The member.
    pub member: String,
    /// Its rank before, from 1; `None` if it was not in the ranking.
    pub before: Option<usize>,
    /// Its rank now.
    pub after: Option<usize>,
}

/// The changed ranks. In a whole series only members known in both issues are counted, so that an added
/// figure does not shift all ranks; a ranking is compared as printed.
pub(super) fn compare(before: &Facts, after: &Facts) -> Vec<RankChange> {
    let mut all = vec![];
    for (id, now) in &after.all {
        let Some(then) = before.get(id) else { continue };
        let (Some(was), Some(is)) = (order(then), order(now)) else { continue };
        let is_list = matches!(now.value, Value::Members(_));
        let (was, is) = match is_list {
            true => (was, is),
            false => (common(&was, &is), common(&is, &was)),
        };
        let (was, is) = (places(&was), places(&is));
        let mut moved: Vec<RankChange> = is
            .keys()
            .chain(was.keys().filter(|member| !is.contains_key(*member)))
            .map(|member| RankChange {
                fact: id.clone(),
                member: (*member).to_owned(),
                before: was.get(member).copied(),
                after: is.get(member).copied(),
            })
            .filter(|rank| rank.before != rank.after)
            .collect();
        moved.sort_by_key(|rank| (rank.after.unwrap_or(usize::MAX), rank.before));
        all.extend(moved);
    }
    all
}

/// The members in order; `None` for facts without an order, as numbers, matrices and years.
fn order(fact: &Fact) -> Option<Vec<&str>> {
    match &fact.value {
        Value::Members(series) => Some(series.members.iter().map(|m| &*m.code).collect()),
        Value::Series(series) if series.dimension != series.register => {
            Some(series.ranked().into_iter().map(|(member, _)| &*member.code).collect())
        }
        _ => None,
    }
}

fn common<'a>(these: &[&'a str], others: &[&str]) -> Vec<&'a str> {
    these.iter().copied().filter(|member| others.contains(member)).collect()
}

fn places<'a>(order: &[&'a str]) -> HashMap<&'a str, usize> {
    order.iter().enumerate().map(|(at, member)| (*member, at + 1)).collect()
}
