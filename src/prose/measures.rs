//! Measures: a number of departures is not called arrivals.
//!
//! In: a line of a document, or the head, label or title of an exhibit with the facts it shows; and
//! `[guards.measures]` of the language, which has by group the words for each measure. The measure of a
//! fact follows from its rows: a member such as `arrivals` or `remittances_sent` names it. Out: K0421 if
//! the words name another measure of the group than that of the number.

use std::collections::{BTreeMap, BTreeSet};

use super::Writer;
use crate::diag::{Code, Diagnostic};
use crate::document::Inline;
use crate::indicators::{Arithmetic, Expr, Fold, Indicators, Select};
use crate::locale::guards::{Spoken, Words};
use crate::stats::Fact;

/// The measure of a balance: arrivals minus departures.
const NET: &str = "net";

/// The measures of a group, each with its words.
pub(super) type Group = BTreeMap<String, Vec<Words>>;

/// An element of a line, in order.
enum Said<'a> {
    /// A word for a measure, as written.
    Word { measure: &'a str, written: String },
    /// A number of a measure.
    Number { measure: &'a str, id: String },
    /// A rate of two measures, which may be called by either.
    Rate([&'a str; 2]),
    /// The end of a clause: words beyond it do not count.
    Stop,
}

/// An element of a line before it is assigned to a group of measures.
enum Heard<'l> {
    /// Typed words.
    Words(Spoken),
    /// A number, with the word chosen by its direction.
    Number { id: &'l str, direction: Option<Spoken> },
    /// The end of a clause after a name.
    Stop,
}

impl Heard<'_> {
    fn has_word_of(&self, group: &Group) -> bool {
        match self {
            Self::Words(words) | Self::Number { direction: Some(words), .. } => {
                group.values().flatten().any(|pattern| pattern.find(words).is_some())
            }
            Self::Number { .. } | Self::Stop => false,
        }
    }
}

/// Splits a line into elements.
fn hear<'l>(line: &'l [Inline], heard: &mut Vec<Heard<'l>>) {
    for (at, inline) in line.iter().enumerate() {
        match inline {
            Inline::Text { text } => heard.push(Heard::Words(Spoken::of(text.as_str()))),
            Inline::Fact { form, text, .. }
                if matches!(form.as_str(), "time" | "name" | "since") =>
            {
                // An abbreviation at the end of a sentence absorbs its full stop.
                let goes_on = line.get(at + 1).is_some_and(|next| match next {
                    Inline::Text { text } => !text.trim_start().starts_with(char::is_uppercase),
                    _ => false,
                });
                heard.extend((text.ends_with('.') && !goes_on).then_some(Heard::Stop));
            }
            Inline::Fact { id, form, text } => {
                let is_direction = matches!(form.as_str(), "rise" | "fall" | "flat");
                let direction = is_direction.then(|| Spoken::of(text.as_str()));
                heard.push(Heard::Number { id, direction });
            }
            other => hear(other.content(), heard),
        }
    }
}

impl Writer {
    /// The problem of a number, or of a fact `shown` under the line, that the line gives another measure.
    pub(super) fn other_measure(&self, line: &[Inline], shown: &[&Fact]) -> Option<Diagnostic> {
        let locale = self.locale();
        let mut heard = vec![];
        hear(line, &mut heard);
        locale.guards().measures.values().find_map(|group| {
            // Without a word for a measure there is nothing to check.
            if !heard.iter().any(|one| one.has_word_of(group)) {
                return None;
            }
            let mut said = self.said(&heard, group);
            let quoted = shown.iter().filter_map(|fact| {
                let measure = self.measured(fact, &fact.id, group)?;
                Some(Said::Number { measure, id: fact.id.clone() })
            });
            let is_shown = !shown.is_empty();
            said.extend(quoted);
            let (id, measure, written) = miscalled(&said, is_shown)?;
            Some(
                Diagnostic::error(
                    Code::K0421,
                    message!(
                        "`{id}` measures {measure}, but the text says “{written}”",
                        id,
                        measure,
                        written
                    ),
                )
                .note(message!("the measure of a number follows from its rows"))
                .hint(message!(
                    "print a number of the measure in the text, or name in the text the measure \
                    of the number"
                )),
            )
        })
    }

    /// Whether `first` minus `second` is a balance with the opposite sign, as departures minus arrivals.
    pub fn is_reversed(&self, first: &Fact, second: &Fact) -> bool {
        let data = &self.context.edition.data;
        let row = |fact: &Fact| fact.rows().next().and_then(|row| data.observation(row));
        let Some(((table, a), (other, b))) = row(first).zip(row(second)) else { return false };
        let member = |key: &[std::sync::Arc<str>], name: &str| {
            table.dimension(name).map(|at| key[at].to_string())
        };
        table.name == other.name
            && table.is_reversed(|name| member(&a.key, name), |name| member(&b.key, name))
    }

    /// The words and numbers of a line for one group of measures.
    fn said<'g>(&self, heard: &[Heard<'_>], group: &'g Group) -> Vec<Said<'g>> {
        let mut said = vec![];
        for one in heard {
            match one {
                Heard::Words(words) => words_of(words, group, &mut said),
                Heard::Stop => said.push(Said::Stop),
                Heard::Number { id, direction } => {
                    let whole = id.split('[').next().unwrap_or_default();
                    let fact = self.facts().get(whole);
                    let measure = fact.and_then(|fact| self.measured(fact, id, group));
                    // A word chosen by the data counts as one of the line: “net immigration”. For a
                    // balance it is one of its two sides.
                    if let Some(words) = direction
                        && measure.is_some_and(|measure| measure != NET)
                    {
                        words_of(words, group, &mut said);
                    }
                    said.extend(match measure {
                        Some(measure) => Some(Said::Number { measure, id: (*id).to_owned() }),
                        None => self.related(whole, group).map(Said::Rate),
                    });
                }
            }
        }
        said
    }

    /// The two measures of a rate.
    fn related<'g>(&self, id: &str, group: &'g Group) -> Option<[&'g str; 2]> {
        let indicator = self.context.edition.indicators.all.get(id.split('.').next()?)?;
        let (of, over) = indicator.expr.related()?;
        Some([self.named_by(of, group)?, self.named_by(over, group)?])
    }

    /// The measure of a fact in a group, if its rows agree on one.
    fn measured<'g>(&self, fact: &Fact, id: &str, group: &'g Group) -> Option<&'g str> {
        let data = &self.context.edition.data;
        // A rate has the measure of its operands; a rate of two measures may be called by either.
        let whole = id.split(['.', '[']).next().unwrap_or_default();
        let indicator = self.context.edition.indicators.all.get(whole);
        if let Some((of, whole_of)) = indicator.and_then(|indicator| indicator.expr.related())
            && let Some(related) = self.facts().get(of)
        {
            let own = self.measured(related, &format!("{of}{}", &id[whole.len()..]), group);
            let other = self.named_by(whole_of, group);
            return own.filter(|own| other.is_none_or(|other| other == *own));
        }
        let code = id.split_once('[').and_then(|(_, rest)| Some(rest.split_once(']')?.0));
        let members = fact.series().map(|series| &series.members);
        let member = code
            .and_then(|code| members?.iter().find(|member| &*member.code == code))
            .filter(|member| !member.rows.is_empty());
        let rows: Vec<_> = match member {
            Some(member) => member.rows.iter().collect(),
            None => fact.rows().collect(),
        };
        let mut names = BTreeSet::new();
        // Some tables have rows that name a measure and others that name none, as kandas and all
        // resettled.
        let (mut naming, mut silent) = (BTreeSet::new(), BTreeSet::new());
        let mut seen = BTreeSet::new();
        for row in rows {
            let Some((table, observation)) = data.observation(row) else { continue };
            // Rows of one series share their key.
            if !seen.insert((table.name.as_str(), observation.key.as_ptr())) {
                continue;
            }
            let named = |code: &str| {
                let code = code.to_owned();
                group.keys().map(String::as_str).filter(move |name| speaks_of(&code, name))
            };
            let own: BTreeSet<&str> = observation.key.iter().flat_map(|code| named(code)).collect();
            // If no member names it, the table may: moves between regions.
            let own = if own.is_empty() { named(&table.name).collect() } else { own };
            if own.is_empty() { &mut silent } else { &mut naming }.insert(&table.name);
            names.extend(own);
        }
        let is_mixed = match fact.unit.is_count() {
            true => !silent.is_empty() && !naming.is_empty(),
            false => silent.intersection(&naming).next().is_some(),
        };
        let mut all = names.iter();
        match (all.next(), all.next()) {
            (Some(one), None) if !is_mixed => Some(one),
            // Arrivals minus departures, either as a row or computed.
            (Some(_), Some(_))
                if fact.is_signed && &*fact.unit.0 != crate::stats::Unit::PERCENT =>
            {
                group.get_key_value(NET).map(|(net, _)| net.as_str())
            }
            _ => self.named_by(&fact.id, group),
        }
    }

    /// The measure of an indicator in a group, by its definition: that of its first alternative with one,
    /// or of a rate's operands.
    pub(super) fn named_by<'g>(&self, id: &str, group: &'g Group) -> Option<&'g str> {
        let indicators = &self.context.edition.indicators;
        let indicator = indicators.all.get(id.split('.').next()?)?;
        let parts = indicator.expr.parts();
        let mut names: BTreeSet<Option<&'g str>> = match &indicator.expr {
            Expr::Table(select) => [selected(select, group)].into(),
            Expr::First(_) => parts
                .iter()
                .map(|part| self.named_by(part, group))
                .filter(Option::is_some)
                .collect(),
            Expr::Map(Arithmetic::Difference | Arithmetic::Effectiveness, _)
            | Expr::Reduce(Fold::NetVolume | Fold::EffectivenessIndex, _) => return None,
            expr if let Some((of, _)) = expr.related() => [self.named_by(of, group)].into(),
            _ => parts.iter().map(|part| self.named_by(part, group)).collect(),
        };
        let first = names.pop_first()??;
        names.is_empty().then_some(first)
    }
}

/// The measure of a selection in a group, if its fixed members or its table name one.
fn selected<'g>(select: &Select, group: &'g Group) -> Option<&'g str> {
    let named = |code: &str| {
        let code = code.to_owned();
        group.keys().map(String::as_str).filter(move |name| speaks_of(&code, name))
    };
    let own: BTreeSet<&str> = select.fixed.iter().flat_map(|(_, code)| named(code)).collect();
    let own = if own.is_empty() { named(&select.table).collect() } else { own };
    let mut own = own.into_iter();
    own.next().filter(|_| own.next().is_none())
}

/// Printed changes with another measure than their indicator, as a change of departures for arrivals.
pub fn other_changes(
    indicators: &Indicators,
    measures: &BTreeMap<String, Group>,
) -> Vec<Diagnostic> {
    let mut found = vec![];
    for indicator in indicators.all.values() {
        let (Expr::Table(own), Some(printed)) = (&indicator.expr, &indicator.printed_change) else {
            continue;
        };
        let differs = measures.values().find_map(|group| {
            let (own, printed) = (selected(own, group)?, selected(printed, group)?);
            (own != printed).then_some((own, printed))
        });
        let Some((own, printed)) = differs else { continue };
        let id = &indicator.id;
        found.push(
            Diagnostic::error(
                Code::K0211,
                message!(
                    "`{id}` measures {own}, but its `printed-change` measures {printed}",
                    id,
                    own,
                    printed
                ),
            )
            .at(indicator.place.clone())
            .note(message!("the printed change is used if the levels do not give one"))
            .hint(message!("name the printed change of {own}, or delete the key", own)),
        );
    }
    found
}

/// Whether a code names a measure: `arrivals` and `yoy_arrivals` name arrivals.
fn speaks_of(code: &str, measure: &str) -> bool {
    code.split(['_', '-']).any(|part| part == measure)
}

/// Adds the words for measures in a text, in order.
fn words_of<'g>(spoken: &Spoken, group: &'g Group, said: &mut Vec<Said<'g>>) {
    let text = spoken.text();
    let mut found: Vec<(usize, &str, String)> = vec![];
    for (measure, words) in group {
        for words in words {
            for at in words.find_all(spoken) {
                found.push((at.start, measure.as_str(), text[at].to_owned()));
            }
        }
    }
    let stops = text.match_indices(['.', ';', '!', '?']).map(|(at, _)| (at, "", String::new()));
    found.extend(stops);
    found.sort();
    said.extend(found.into_iter().map(|(_, measure, written)| match measure {
        "" => Said::Stop,
        measure => Said::Word { measure, written },
    }));
}

/// The first number called by the word of another measure: its id, its measure, the word.
fn miscalled<'s>(said: &'s [Said<'_>], is_shown: bool) -> Option<(&'s str, &'s str, &'s str)> {
    let words = || {
        said.iter().filter_map(|one| match one {
            Said::Word { measure, written } => Some((*measure, written.as_str())),
            Said::Number { .. } | Said::Rate(_) | Said::Stop => None,
        })
    };
    let numbers: BTreeSet<&str> = said
        .iter()
        .flat_map(|one| match one {
            Said::Number { measure, .. } => vec![*measure],
            Said::Rate(both) => both.to_vec(),
            Said::Word { .. } | Said::Stop => vec![],
        })
        .collect();
    let named: BTreeSet<&str> = words().map(|(measure, _)| measure).collect();
    for (at, one) in said.iter().enumerate() {
        let Said::Number { measure: own, id } = one else { continue };
        let others: Vec<&&str> = named.iter().filter(|name| *name != own).collect();
        let word = |wanted: &str| words().find(|(measure, _)| *measure == wanted);
        if !named.contains(own) {
            // One other measure is named and has no number. An exhibit that shows both sides may be
            // called by their balance.
            let is_both = is_shown && numbers.len() > 1;
            if let [other] = others[..]
                && !numbers.contains(*other)
                && !(is_both && *other == NET)
                && let Some((_, written)) = word(other)
            {
                return Some((id, own, written));
            }
            // The last word before the number is that of another measure, and no number of that measure
            // is between them. A balance may come before or after its parts.
            let beside = said[..at].iter().rev().find(|one| !matches!(one, Said::Number { .. }));
            if let [other] = others[..]
                && *other != NET
                && *own != NET
                && !is_shown
                && let Some((measure, written)) = beside.and_then(as_word)
                && *other == measure
            {
                return Some((id, own, written));
            }
            continue;
        }
        if is_shown || numbers.len() < 2 {
            continue;
        }
        // Two words followed by two numbers in the same order: “of kandas and of settlers: 61% and 45%”.
        if let Some((measure, written)) = respective(said, at) {
            if measure != *own {
                return Some((id, own, written));
            }
            continue;
        }
        // Each number has its own word: the last one before it, or one before the next number.
        let is_within = |one: &&Said<'_>| !matches!(one, Said::Stop);
        let before = said[..at].iter().rev().take_while(is_within).find_map(as_word);
        let is_same =
            |one: &&Said<'_>| matches!(one, Said::Number { id: other, .. } if other == id);
        let after = said[at + 1..].iter().skip_while(is_same).map_while(as_word);
        let beside: Vec<(&str, &str)> = before.into_iter().chain(after).collect();
        if let Some((_, written)) = beside.first()
            && beside.iter().all(|(measure, _)| measure != own)
        {
            return Some((id, own, written));
        }
    }
    None
}

/// The word for a number where several measures are followed by as many numbers.
fn respective<'s>(said: &'s [Said<'_>], at: usize) -> Option<(&'s str, &'s str)> {
    let is_number = |one: &Said<'_>| matches!(one, Said::Number { .. });
    let is_word = |one: &Said<'_>| matches!(one, Said::Word { .. });
    let start = said[..at].iter().rposition(|one| !is_number(one))? + 1;
    let numbers: Vec<&str> = said[start..]
        .iter()
        .map_while(|one| match one {
            Said::Number { measure, .. } => Some(*measure),
            Said::Word { .. } | Said::Rate(_) | Said::Stop => None,
        })
        .collect();
    let from = said[..start].iter().rposition(|one| !is_word(one)).map_or(0, |stop| stop + 1);
    let words: Vec<(&str, &str)> = said[from..start].iter().filter_map(as_word).collect();
    let measures: BTreeSet<&str> = words.iter().map(|(measure, _)| *measure).collect();
    let is_list = words.len() > 1
        && measures.len() == words.len()
        && numbers.len() == words.len()
        && measures.iter().all(|measure| numbers.contains(measure));
    is_list.then(|| words.get(at - start).copied()).flatten()
}

fn as_word<'s>(one: &'s Said<'_>) -> Option<(&'s str, &'s str)> {
    match one {
        Said::Word { measure, written } => Some((measure, written)),
        Said::Number { .. } | Said::Rate(_) | Said::Stop => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, miscalled};

    fn number(measure: &'static str) -> Said<'static> {
        Said::Number { measure, id: measure.to_uppercase() }
    }

    fn word(measure: &'static str) -> Said<'static> {
        Said::Word { measure, written: measure.to_owned() }
    }

    #[test]
    fn a_number_stands_by_a_word_of_its_own_measure() {
        let (a, d, n) = ("arrivals", "departures", "net");
        for (said, is_shown, wrong) in [
            (vec![word(a), number(a)], false, None),
            (vec![word(d), number(a)], false, Some(a)),
            (vec![number(a)], false, None),
            // Two other measures are named: “arrivals less departures”.
            (vec![word(a), word(d), number(n)], false, None),
            (vec![word(a), number(n)], false, Some(n)),
            // The word belongs to another number.
            (vec![word(a), number(a), number(n)], false, None),
            // Two numbers, each with the other's word.
            (vec![word(a), number(d), word(d), number(a)], false, Some(a)),
            (vec![word(a), number(d), Said::Stop, word(d), number(a)], false, Some(d)),
            (vec![word(a), number(a), word(d), number(d)], false, None),
            (vec![number(a), word(a), number(d), word(d)], false, None),
            (vec![word(a), word(d), Said::Stop, number(d), Said::Stop, number(a)], false, None),
            // Two words, then two numbers in the same order or reversed.
            (vec![word(a), word(d), number(a), number(d)], false, None),
            (vec![word(a), word(d), number(d), number(a)], false, Some(d)),
            // A number directly after another has the same word.
            (vec![word(a), number(a), number(d)], false, Some(d)),
            // A column that shows both may be called by their balance, a column that shows one may not.
            (vec![word(n), number(a), number(d)], true, None),
            (vec![word(n), number(a)], true, Some(a)),
        ] {
            let found = miscalled(&said, is_shown).map(|(_, measure, _)| measure);
            assert_eq!(found, wrong, "{} things", said.len());
        }
    }
}
