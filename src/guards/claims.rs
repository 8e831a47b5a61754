//! Claims about members: which is the largest, and whose value is printed.

use std::collections::{BTreeMap, BTreeSet};

use super::Reading;
use super::statement::{Kind, Part, Statement};
use crate::diag::Diagnostic;
use crate::facts::Series;
use crate::indicators::TO;
use crate::locale::guards;

/// The series and the code of a member's value, as of `I4[KZ-71]`; not of its parts.
fn member(id: &str) -> Option<(&str, &str)> {
    let (series, rest) = id.split_once('[')?;
    let (code, part) = rest.split_once(']')?;
    (part.is_empty() && !series.contains('.')).then_some((series, code))
}

/// A superlative typed beside a member that is not the largest or smallest of its series.
pub(super) fn extremes(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let words = reading.locale.guards();
    if !statement.is_text() {
        return;
    }
    let mut quoted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (series, code) in statement.numbers().filter_map(|(id, ..)| member(id)) {
        quoted.entry(series).or_default().insert(code);
    }
    for (list, is_largest) in [(&words.largest, true), (&words.smallest, false)] {
        let Some((_, at)) = guards::first(list, statement.typed()) else { continue };
        let word = &statement.typed().text()[at];
        for (id, codes) in &quoted {
            let Some(fact) = reading.facts.get(id) else { continue };
            let Some(series) = fact.series() else { continue };
            // The largest loss is the lowest balance.
            let ends: &[bool] = match fact.is_signed {
                true => &[true, false],
                false => &[is_largest],
            };
            let ends: Vec<Vec<&str>> = ends.iter().map(|end| extreme(series, *end)).collect();
            if ends.iter().any(|end| end.iter().all(|code| codes.contains(code))) {
                continue;
            }
            let named = ends.iter().any(|end| end.iter().any(|code| codes.contains(code)));
            let of = ends.first().map(|end| end.join("`, `")).unwrap_or_default();
            found.push(
                Diagnostic::error(
                    "K0420",
                    format!("“{word}” is typed beside a member of `{id}` that is not the only one"),
                )
                .at(reading.place(statement, word))
                .note(match named {
                    true => format!("of one size are `{of}`"),
                    false => format!("it is `{of}` in this period"),
                })
                .hint(format!("let an indicator rank them: `largest = {{ of = \"{id}\", top = 1 }}`, and print its member")),
            );
        }
    }
}

/// The members with the largest or smallest value.
fn extreme(series: &Series, is_largest: bool) -> Vec<&str> {
    let ranked = series.ranked();
    let end = if is_largest { ranked.first() } else { ranked.last() };
    let Some((_, end)) = end else { return vec![] };
    let is_end = |value: f64| value == end.value;
    ranked.iter().filter(|(_, q)| is_end(q.value)).map(|(member, _)| &*member.code).collect()
}

/// A value of one member under the name of another.
pub(super) fn misnamed(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    if matches!(statement.kind, Kind::Head | Kind::Cell) {
        return;
    }
    let name = |part: &Part<'_>| match part {
        Part::Fact { id, form: "name", .. } => {
            id.split_once(':').map(|(lexicon, code)| (lexicon.to_owned(), code.to_owned()))
        }
        _ => None,
    };
    let named: Vec<(String, String)> = statement.parts.iter().filter_map(name).collect();
    let register = |series: &str| {
        let series = reading.facts.get(series)?.series()?;
        Some(series.register.clone())
    };
    let mut tell = |id: &str, code: &str, other: &str| {
        found.push(
            Diagnostic::error(
                "K0421",
                format!("`{id}` stands under the name of `{other}`, and is of `{code}`"),
            )
            .at(reading.place(statement, id))
            .note("a value is printed under the name of the member it is of")
            .hint("name that member too, or print the value of the one that is named"),
        );
    };
    let mut before: Option<(String, String)> = None;
    for part in &statement.parts {
        if let Some(next) = name(part) {
            before = Some(next);
            continue;
        }
        match part {
            Part::Typed(text) if text.chars().any(char::is_alphanumeric) => before = None,
            Part::Fact { id, form, .. } if !matches!(*form, "time" | "since") => {
                let shown = id.strip_suffix(".base").unwrap_or(id);
                if let Some((series, code)) = member(shown)
                    && !code.contains(TO)
                    && let Some(lexicon) = register(series)
                {
                    let of_lexicon = |(one, _): &&(String, String)| *one == lexicon;
                    let stands_by = before.as_ref().filter(of_lexicon);
                    let is_unnamed = named.iter().any(|name| of_lexicon(&name))
                        && named.iter().filter(of_lexicon).all(|(_, named)| named != code);
                    let other = stands_by
                        .filter(|(_, named)| named != code)
                        .or_else(|| named.iter().find(of_lexicon).filter(|_| is_unnamed));
                    if let Some((_, other)) = other {
                        tell(id, code, other);
                    }
                }
                before = None;
            }
            _ => {}
        }
    }
    selected(reading, statement, &named, &mut tell);
}

/// The same of an indicator that reads one member: `L1_CHN` under the name of Uzbekistan.
fn selected(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    named: &[(String, String)],
    tell: &mut dyn FnMut(&str, &str, &str),
) {
    let numbers: Vec<(&str, Vec<&str>)> = statement
        .numbers()
        .map(|(id, ..)| {
            let (id, member) = member(id).map_or((id, None), |(series, code)| (series, Some(code)));
            let fixed = reading.indicators.all.get(super::indicator_of(id));
            let fixed = fixed.into_iter().flat_map(|indicator| indicator.kind.fixed());
            // A flow is of both its ends.
            let ends = member.into_iter().flat_map(|code| code.split(TO));
            (id, fixed.chain(ends).collect())
        })
        .collect();
    for (lexicon, code) in named {
        if numbers.iter().any(|(_, codes)| codes.contains(&code.as_str())) {
            continue;
        }
        let stands_for_others = numbers.iter().find_map(|(id, codes)| {
            let own = codes.iter().find(|own| is_member(reading, lexicon, own))?;
            let is_named = named.iter().any(|(other, named)| other == lexicon && named == own);
            (!is_named).then_some((id, own))
        });
        if let Some((id, own)) = stands_for_others.filter(|_| is_member(reading, lexicon, code)) {
            tell(id, own, code);
        }
    }
}

/// Whether a code is a member of a series over a register: none that stands for others.
fn is_member(reading: &Reading<'_>, lexicon: &str, code: &str) -> bool {
    reading.facts.all.values().filter_map(|fact| fact.series()).any(|series| {
        series.register == lexicon && series.members.iter().any(|member| &*member.code == code)
    })
}
