//! Order: what a line states about two numbers is true of them.
//!
//! In: a line, the facts that it quotes or that are `shown` under it, and the words of `[guards]` that
//! compare: `more`, `fewer`, `than`, `per`. Out: K0802 if the line says that one measure is greater than
//! another and their balance says the opposite, K0414 if it gives a rate another base than that it is
//! computed with: “per 100” for a rate per 1,000.

use super::Writer;
use super::measures::Group;
use crate::diag::{Code, Diagnostic};
use crate::indicators::{Expr, Fold, Picked};
use crate::locale::guards::{self, Spoken, Words};
use crate::stats::{Fact, Unit};

/// A statement that one of two measures is greater.
struct Claim<'g> {
    /// The greater measure.
    greater: &'g str,
    /// The smaller measure.
    lesser: &'g str,
    /// The words.
    written: String,
}

impl Writer {
    /// The problem of a line that says one measure is greater, though their balance shows the opposite.
    pub(super) fn other_order(&self, words: &Spoken, quoted: &[&Fact]) -> Option<Diagnostic> {
        let locale = self.locale();
        let words_of = locale.guards();
        words_of.measures.values().find_map(|group| {
            let claim = claim(words.text(), group, words_of)?;
            let balance = quoted.iter().find_map(|fact| {
                let (first, second) = self.balanced(&fact.id, group)?;
                let value = fact.number()?.value;
                match (claim.greater, claim.lesser) {
                    sides if sides == (first, second) => Some((&fact.id, value)),
                    sides if sides == (second, first) => Some((&fact.id, -value)),
                    _ => None,
                }
            });
            // Without the balance, the two numbers decide.
            let of = |measure: &str| {
                let mut own = quoted.iter().filter_map(|fact| {
                    let is_own = !fact.id.contains('.')
                        && self.named_by(&fact.id, group).is_some_and(|its| its == measure);
                    Some((fact, fact.number()?.value)).filter(|_| is_own)
                });
                let one = own.next()?;
                own.next().is_none().then_some(one)
            };
            let sides = || {
                let ((greater, more), (lesser, less)) = of(claim.greater).zip(of(claim.lesser))?;
                let is_alike = greater.unit == lesser.unit && greater.time == lesser.time;
                is_alike.then_some((&greater.id, more - less))
            };
            let (id, value) = balance.or_else(sides)?;
            if value > 0.0 {
                return None;
            }
            let Claim { greater, lesser, written } = claim;
            Some(
                Diagnostic::error(
                    Code::K0802,
                    message!(
                        "the text says “{written}”, but according to `{id}` there is not more \
                        {greater} than {lesser}",
                        written,
                        id,
                        greater,
                        lesser
                    ),
                )
                .note(message!(
                    "the data decide which of the two is greater, and this can change with the \
                    next release"
                ))
                .hint(message!(
                    "add a condition on the balance: `{{% if {id} is positive %}}`, or \
                    `is negative`",
                    id
                )),
            )
        })
    }

    /// The measures that a balance adds and subtracts.
    fn balanced<'g>(&self, id: &str, group: &'g Group) -> Option<(&'g str, &'g str)> {
        let indicators = &self.context.edition.indicators;
        let expr = &indicators.all.get(id)?.expr;
        if let Some((first, second)) = expr.balanced() {
            let (first, second) = (self.named_by(first, group)?, self.named_by(second, group)?);
            return (first != second).then_some((first, second));
        }
        if let Expr::First(parts) = expr {
            let mut known = parts.iter().filter_map(|part| self.balanced(part.id()?, group));
            let first = known.next()?;
            return known.all(|other| other == first).then_some(first);
        }
        self.balanced(expr.passes_on()?, group)
    }

    /// Whether a fact is a rate per `base`, or a rank or count of such rates.
    fn is_per(&self, fact: &Fact, base: f64) -> bool {
        let own = rate_of(&fact.unit);
        let indicator = self.context.edition.indicators.all.get(&fact.id);
        let part = indicator.and_then(|indicator| match &indicator.expr {
            Expr::Reduce(Fold::Count(_), _) | Expr::Pick(Picked::Own(_), _) => {
                self.facts().get(indicator.expr.parts().first()?)
            }
            _ => None,
        });
        own == Some(base) || part.is_some_and(|part| self.is_per(part, base))
    }

    /// The problem of a line that gives a rate another base than it has.
    pub(super) fn other_base(&self, words: &Spoken, quoted: &[&Fact]) -> Option<Diagnostic> {
        let locale = self.locale();
        let (written, base) = related_to(words, locale.guards())?;
        if quoted.is_empty() || quoted.iter().any(|fact| self.is_per(fact, base)) {
            return None;
        }
        let rate = quoted.iter().find_map(|fact| Some((&fact.id, rate_of(&fact.unit)?)));
        let message = match rate {
            Some((id, per)) => {
                message!("the text says “{written}”, but `{id}` is per {per}", written, id, per)
            }
            None => message!(
                "the text says “{written}”, but `{id}` is not a rate",
                written,
                id = quoted[0].id
            ),
        };
        Some(
            Diagnostic::error(Code::K0414, message)
                .note(message!(
                    "the base of a rate is part of the number: per 10,000 it is ten times as \
                    large as per 1,000"
                ))
                .hint(message!("write the base of the indicator’s `per`, or change the indicator")),
        )
    }
}

/// The base of a rate with this unit.
fn rate_of(unit: &Unit) -> Option<f64> {
    match &*unit.0 {
        Unit::PERCENT => Some(100.0),
        unit => unit.strip_prefix("per-")?.parse().ok(),
    }
}

/// The first words of a text that give the base of a rate, with the number: a power of ten from 10 on, in
/// digits or as a scale word.
fn related_to(spoken: &Spoken, words: &guards::Guards) -> Option<(String, f64)> {
    let text = spoken.text();
    let scale = |rest: &str| {
        let rest = Spoken::of(rest.trim_start());
        let found = words.scales.iter().find_map(|(power, scale)| {
            scale.iter().any(|words| words.begins(&rest)).then(|| power.parse::<i32>().ok())?
        });
        found.map(|power| (rest.words().next().unwrap_or_default().to_owned(), power))
    };
    let mut all: Vec<_> = words.per.iter().flat_map(|per| per.find_all(spoken)).collect();
    all.sort_by_key(|at| at.start);
    all.into_iter().find_map(|at| {
        let after = &text[at.end..];
        let number = after.trim_start();
        let digits: String = number
            .chars()
            .take_while(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.'))
            .collect();
        let written = digits.trim_end_matches(|c: char| !c.is_ascii_digit());
        let plain: String = written.chars().filter(char::is_ascii_digit).collect();
        let rest = &number[written.len()..];
        let (end, base) = match (plain.is_empty(), scale(rest)) {
            (true, None) => return None,
            (true, Some((word, power))) => (word, 10f64.powi(power)),
            (false, None) => (written.to_owned(), plain.parse().ok()?),
            (false, Some((word, power))) => {
                (format!("{written} {word}"), plain.parse::<f64>().ok()? * 10f64.powi(power))
            }
        };
        let is_power = base >= 10.0 && base.log10().fract() == 0.0;
        is_power.then(|| (format!("{} {end}", &text[at]), base))
    })
}

/// The measures of a group that a text names, each with the byte offset of its word.
fn measures<'g>(said: &Spoken, group: &'g Group) -> Vec<(usize, &'g str)> {
    let places = group.iter().flat_map(|(measure, words)| {
        let places = words.iter().flat_map(|words| words.find_all(said));
        places.map(|at| (at.start, measure.as_str())).collect::<Vec<_>>()
    });
    places.collect()
}

/// The same for a verb: the measure before “exceeded” is greater than the one after it.
fn exceeding<'g>(clause: &str, group: &'g Group, words: &guards::Guards) -> Option<Claim<'g>> {
    let spoken = Spoken::of(clause);
    let verb = |list| guards::first(list, &spoken).map(|(_, at)| at);
    // “Were outnumbered by” contains “outnumbered”.
    let (at, is_more) = match verb(&words.falls_short) {
        Some(at) => (at, false),
        None => (verb(&words.exceeds)?, true),
    };
    let (before, after) = (Spoken::of(&clause[..at.start]), Spoken::of(&clause[at.end..]));
    // “The growth of arrivals exceeded that of departures” compares changes.
    let changes = [&words.up, &words.down, &words.rise, &words.fall, &words.change];
    if changes.into_iter().any(|list| guards::first(list, &before).is_some()) {
        return None;
    }
    let (_, first) = measures(&before, group).into_iter().max()?;
    let (_, second) = measures(&after, group).into_iter().min()?;
    let (greater, lesser) = if is_more { (first, second) } else { (second, first) };
    let written = clause.trim().replace('\u{FFFC}', "…");
    (first != second).then_some(Claim { greater, lesser, written })
}

/// The first statement of a text that one measure of a group is greater than another. Within a clause
/// these are the last measure before the comparing word and the first after “than”, or those on both
/// sides of a verb.
fn claim<'g>(text: &str, group: &'g Group, words: &guards::Guards) -> Option<Claim<'g>> {
    text.split(['.', ';', ':', '!', '?']).find_map(|clause| {
        if let Some(claim) = exceeding(clause, group, words) {
            return Some(claim);
        }
        let spoken = Spoken::of(clause);
        let (_, than) = guards::first(&words.than, &spoken)?;
        let (before, after) =
            (Spoken::of(&clause[..than.start]), Spoken::of(&clause[than.start..]));
        let last = |list: &[Words]| {
            list.iter().flat_map(|words| words.find_all(&before)).map(|at| at.end).max()
        };
        let is_more = match (last(&words.more), last(&words.fewer)) {
            (None, None) => return None,
            (more, fewer) => more > fewer,
        };
        let (at, first) = measures(&before, group).into_iter().max()?;
        // “departures fell by more than arrivals” compares changes.
        if before.text()[at..].contains('\u{FFFC}') {
            return None;
        }
        let (_, second) = measures(&after, group).into_iter().min()?;
        let (greater, lesser) = if is_more { (first, second) } else { (second, first) };
        let written = clause.trim().replace('\u{FFFC}', "…");
        (first != second).then_some(Claim { greater, lesser, written })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Group, claim, related_to};
    use crate::locale::guards::{Guards, Spoken, Words};

    fn words(written: &[&str]) -> Vec<Words> {
        written.iter().map(|words| Words::parse(words).unwrap()).collect()
    }

    #[test]
    fn which_is_more_is_read_on_both_sides_of_than() {
        let group: Group = [
            ("sent".to_owned(), words(&["sent", "отправл*", "за рубеж"])),
            ("received".to_owned(), words(&["received", "получа*"])),
        ]
        .into();
        let guards = Guards {
            more: words(&["more", "больше"]),
            fewer: words(&["less", "меньше"]),
            than: words(&["than", "чем"]),
            exceeds: words(&["exceed*", "outnumber*", "превысил*"]),
            falls_short: words(&["outnumbered by", "уступа*"]),
            up: words(&["growth"]),
            ..Guards::default()
        };
        for (text, sides) in [
            ("more was sent than received", Some(("sent", "received"))),
            ("less was sent than received", Some(("received", "sent"))),
            ("за рубеж отправляют больше, чем получают оттуда", Some(("sent", "received"))),
            ("received \u{FFFC}: more is sent than received", Some(("sent", "received"))),
            ("more was sent than a year earlier", None),
            ("sent and received", None),
            ("sent \u{FFFC} by more than received", None),
            ("more was sent. It was received later than that", None),
            ("sent \u{FFFC} exceeded \u{FFFC} received", Some(("sent", "received"))),
            ("sent was outnumbered by received", Some(("received", "sent"))),
            ("отправление превысило то, что получают", Some(("sent", "received"))),
            ("the growth of sent exceeded that of received", None),
        ] {
            let found = claim(text, &group, &guards).map(|claim| (claim.greater, claim.lesser));
            assert_eq!(found, sides, "{text}");
        }
    }

    #[test]
    fn what_a_rate_is_related_to_is_a_power_of_ten() {
        let scales = [("2", "hundred*"), ("3", "thousand*"), ("3", "тыс")];
        let mut by_power: BTreeMap<String, Vec<Words>> = BTreeMap::new();
        for (power, word) in scales {
            by_power.entry(power.to_owned()).or_default().extend(words(&[word]));
        }
        let guards = Guards { per: words(&["per", "на"]), scales: by_power, ..Guards::default() };
        for (text, base) in [
            ("per 1,000 residents", Some(1_000.0)),
            ("\u{FFFC} на 1\u{A0}000 жителей", Some(1_000.0)),
            ("на 100 жителей", Some(100.0)),
            ("на 100 тыс. жителей", Some(100_000.0)),
            ("per thousand", Some(1_000.0)),
            ("per person", None),
            ("на 250 человек", None),
            ("на \u{FFFC} человек", None),
            ("1,000 per", None),
        ] {
            let found = related_to(&Spoken::of(text), &guards).map(|(_, base)| base);
            assert_eq!(found, base, "{text}");
        }
    }
}
