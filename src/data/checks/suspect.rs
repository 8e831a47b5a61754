//! Of the figures in a broken identity, the one that is most likely wrong.
//!
//!
//! In: the terms of an identity that does not hold, and the remainder. Out: the term to point at, with
//! hints: two values that changed places, a typing error that would explain it, a repeated value, or the
//! value that comes closest to its own history once corrected. If nothing distinguishes them, the first
//! term.

use std::collections::HashMap;

use super::super::precedence::Row;
use super::identities::Term;
use super::slip::slip;
use super::usual::{is_unchanged, odd};
use super::{Figures, error, shown};
use crate::diag::Message;

/// Corrected, the value comes closer to its history by at least this logarithm: a factor of 1.16.
const NEARER: f64 = 0.15;
/// Smaller values may be equal by chance.
const DISTINCT: f64 = 100.0;

/// The figure to point at, and hints that would correct it.
pub(super) struct Suspect<'t, 'a> {
    pub at: &'t Row<'a>,
    pub hints: Vec<Message>,
}

/// Finds the likely wrong term among `terms`, whose signed sum is `rest` instead of zero.
pub(super) fn suspect<'t, 'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    terms: &'t [Term<'a>],
    rest: f64,
) -> Suspect<'t, 'a> {
    let fitting = |(row, sign): &Term| shown(row.value - sign * rest);
    // How much closer to its usual size each would come if corrected.
    let nearer = |term: &Term<'a>| {
        let (now, then) = odd(figures, all, &term.0, fitting(term))?;
        Some(now - then)
    };
    let best = |among: &[&'t Term<'a>], least: f64| {
        among
            .iter()
            .filter_map(|term| Some((*term, nearer(term)?)))
            .filter(|(_, gain)| *gain > least)
            .max_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(term, _)| term)
    };
    let slips: Vec<(&Term, Message)> =
        terms.iter().filter_map(|term| Some((term, slip(term.0.value, fitting(term))?))).collect();
    // One typing error is a simpler explanation than two swapped values, unless their history supports
    // the swap.
    let fit_better = |one: &Term<'a>, other: &Term<'a>| {
        let gain = |own: &Term<'a>, its: &Term<'a>| {
            odd(figures, all, &own.0, its.0.value).map_or(0.0, |(now, then)| now - then)
        };
        gain(one, other) + gain(other, one) > 2.0 * NEARER
    };
    if let Some((one, other)) = swapped(terms, rest)
        && (slips.is_empty() || fit_better(one, other))
    {
        let hint = message!(
            "{one} and {other} may be exchanged: all figures agree if they are",
            one = figures.name(&one.0),
            other = figures.name(&other.0)
        );
        return Suspect { at: &one.0, hints: vec![hint] };
    }
    let is_twice = |term: &&Term| {
        let own = term.0.value;
        own.abs() >= DISTINCT
            && (terms.iter().filter(|(row, _)| row.value == own).count() > 1
                || is_unchanged(figures, all, &term.0))
    };
    let twice: Vec<&Term> = terms.iter().filter(is_twice).collect();
    let of_slips: Vec<&Term> = slips.iter().map(|(term, _)| *term).collect();
    let found = match (&of_slips[..], &twice[..]) {
        ([one], _) => Some(*one),
        (several @ [_, ..], _) => best(several, 0.0).or(Some(several[0])),
        ([], [one]) => Some(*one),
        ([], several @ [_, ..]) => best(several, 0.0).or(Some(several[0])),
        _ => best(&terms.iter().collect::<Vec<_>>(), NEARER),
    };
    let Some(term) = found else { return Suspect { at: &terms[0].0, hints: vec![] } };
    let of_slip = |(term, slip): &(&Term, Message)| match of_slips.len() {
        1 => message!("{value} would agree: {slip}", value = fitting(term), slip),
        _ => message!(
            "{value} would agree for {name}: {slip}",
            value = fitting(term),
            name = figures.name(&term.0),
            slip
        ),
    };
    let mut hints: Vec<Message> = slips.iter().take(3).map(of_slip).collect();
    if hints.is_empty() {
        let value = fitting(term);
        hints.push(match twice.is_empty() {
            true => message!("{value} would agree, and are closer to its other figures", value),
            false => message!("{value} would agree, and are no longer duplicates", value),
        });
    }
    Suspect { at: &term.0, hints }
}

/// Two terms that fit if exchanged; `None` unless exactly one pair does.
fn swapped<'t, 'a>(terms: &'t [Term<'a>], rest: f64) -> Option<(&'t Term<'a>, &'t Term<'a>)> {
    let slack: f64 = terms.iter().map(|(row, _)| error(row)).sum();
    let mut found = None;
    for (at, one) in terms.iter().enumerate() {
        for other in &terms[at + 1..] {
            let (a, b) = (one.0.value, other.0.value);
            let then = rest + (one.1 - other.1) * (b - a);
            let is_coarse = slack > 0.05 * (a - b).abs();
            if a == b || one.1 == other.1 || then.abs() > slack + 1e-9 || is_coarse {
                continue;
            }
            if found.is_some() {
                return None;
            }
            found = Some((one, other));
        }
    }
    found
}
