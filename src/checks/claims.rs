//! Claims about members: which one is the largest, and whose value is printed.

use std::collections::{BTreeMap, BTreeSet};

use super::Reading;
use super::statement::{Kind, Part, Statement};
use crate::diag::{Code, Diagnostic};
use crate::indicators::{Expr, Ranked, Ranking, TO};
use crate::locale::guards;
use crate::stats::{Fact, Flag, Member, Quantity, Series, Time};

/// The series and member code of a fact id such as `I4[KZ-71]`; `None` for other ids and for bases.
fn member(id: &str) -> Option<(&str, &str)> {
    let (series, rest) = id.split_once('[')?;
    let (code, part) = rest.split_once(']')?;
    (part.is_empty() && !series.contains('.')).then_some((series, code))
}

/// A typed superlative next to a member that is not the largest or smallest of its series.
pub(super) fn extremes(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let words = reading.locale.guards();
    if !statement.is_text() {
        return;
    }
    let lists = [(&words.largest, true), (&words.smallest, false)];
    partly_ranked(reading, statement, found);
    turned_ends(reading, statement, found);
    unproven(reading, statement, found);
    let said = lists.map(|(list, _)| guards::first(list, statement.typed()));
    let are_both = said.iter().all(Option::is_some);
    // Between two superlatives a member belongs to the one before it: “highest in A (…), lowest in B
    // (…)”.
    let mut quoted: BTreeMap<(bool, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut last = None;
    for part in &statement.parts {
        match part {
            Part::Typed(text) => {
                let text = guards::Spoken::of(*text);
                let places = lists.iter().flat_map(|(list, is_largest)| {
                    let places = list.iter().flat_map(|words| words.find_all(&text));
                    places.map(|at| (at.end, *is_largest)).collect::<Vec<_>>()
                });
                last = places.max().map(|(_, is_largest)| is_largest).or(last);
            }
            Part::Fact { id, form, .. } if !matches!(*form, "name" | "time" | "since") => {
                let Some((series, code)) = member(id) else { continue };
                let Some((fact, _)) = whole(reading, series) else { continue };
                for is_largest in [true, false] {
                    if !are_both || last.is_none_or(|last| last == is_largest) {
                        quoted.entry((is_largest, &fact.id)).or_default().insert(code);
                    }
                }
            }
            Part::Fact { .. } | Part::Cite(_) => {}
        }
    }
    for ((_, is_largest), found_word) in lists.into_iter().zip(said) {
        let Some((_, at)) = found_word else { continue };
        let word = &statement.typed().text()[at];
        for ((_, id), codes) in quoted.iter().filter(|((of, _), _)| *of == is_largest) {
            let Some((fact, series)) = whole(reading, id) else { continue };
            let ends = match fact.is_signed {
                true => ends_of_balance(series, is_largest, words, statement.typed()),
                false => vec![extreme(series, is_largest)],
            };
            if ends.iter().any(|end| end.iter().all(|code| codes.contains(code))) {
                continue;
            }
            let named = ends.iter().any(|end| end.iter().any(|code| codes.contains(code)));
            let of = ends.first().map(|end| end.join("`, `")).unwrap_or_default();
            found.push(
                Diagnostic::error(
                    Code::K0420,
                    message!(
                        "“{word}” does not fit the members of `{id}` that the text names",
                        word,
                        id
                    ),
                )
                .at(reading.place(statement, word))
                .note(match named {
                    true => message!("these have the same value: `{of}`", of),
                    false => message!("in this period it is `{of}`", of),
                })
                .hint(message!(
                    "rank the members by an indicator, `largest = {{ of = \"{id}\", top = \
                    1 }}`, and print its member",
                    id
                )),
            );
        }
    }
}

/// The first typed word for the largest or smallest of all.
fn superlative<'s>(words: &guards::Guards, typed: &'s guards::Spoken) -> Option<&'s str> {
    let lists = [&words.largest, &words.smallest];
    let (_, at) = lists.into_iter().find_map(|list| guards::first(list, typed))?;
    Some(&typed.text()[at])
}

/// A typed superlative next to members that are first among the known members only.
fn partly_ranked(reading: &Reading<'_>, statement: &Statement<'_>, found: &mut Vec<Diagnostic>) {
    let words = reading.locale.guards();
    let typed = statement.typed();
    if guards::first(&words.among_known, typed).is_some() {
        return;
    }
    let incomplete = statement.numbers().find_map(|(id, ..)| {
        let (series, _) = member(id)?;
        let is_ranked = ranked(&reading.indicators.all.get(series)?.expr).is_some();
        let fact = reading.facts.get(series)?;
        (is_ranked && fact.flags.contains(&Flag::Incomplete)).then_some(series)
    });
    let Some(id) = incomplete else { return };
    let Some(word) = superlative(words, typed) else { return };
    found.push(
        Diagnostic::error(
            Code::K0420,
            message!("“{word}” is typed next to `{id}`, which ranks only the members that are known", word, id),
        )
        .at(reading.place(statement, word))
        .note(message!("the release does not name every member, and one that it does not name may be larger"))
        .hint(message!("write that they are the first of those named, or set `whole` of `{id}` to the total of \
            all members", id)),
    );
}

/// A typed superlative over a range of years without the value that it is about, which no check could compare
/// with the other years.
fn unproven(reading: &Reading<'_>, statement: &Statement<'_>, found: &mut Vec<Diagnostic>) {
    let words = reading.locale.guards();
    let typed = statement.typed();
    let Some(word) = superlative(words, typed) else { return };
    let is_range = |id: &str| {
        let time = id.strip_prefix("time:").and_then(|time| time.parse::<Time>().ok());
        matches!(time, Some(Time::Over(period)) if period.months().len() > 12)
    };
    let range = statement.facts().find(|(id, form, _)| *form == "time" && is_range(id));
    let Some((_, _, range)) = range else { return };
    if statement.numbers().next().is_some() {
        return;
    }
    found.push(
        Diagnostic::error(
            Code::K0420,
            message!("“{word}” is typed with the years {range}, but without a value", word, range),
        )
        .at(reading.place(statement, word))
        .note(message!("without the value of the year it cannot be compared with the other years"))
        .hint(
            message!("print the largest year of the series: define `largest = {{ of = \"ID\", top = 1 }}`, and \
            print its member"),
        ),
    );
}

/// The smallest value of a range called its largest, or the reverse.
fn turned_ends(reading: &Reading<'_>, statement: &Statement<'_>, found: &mut Vec<Diagnostic>) {
    let words = reading.locale.guards();
    for (end, own, other) in [
        (".range.low", &words.smallest, &words.largest),
        (".range.high", &words.largest, &words.smallest),
    ] {
        let Some((id, ..)) = statement.numbers().find(|(id, ..)| id.ends_with(end)) else {
            continue;
        };
        let typed = statement.typed();
        // The largest loss is the lowest balance.
        let is_loss = reading.fact(id).is_some_and(|fact| fact.is_signed)
            && guards::first(&words.loss, typed).is_some();
        if is_loss || guards::first(own, typed).is_some() {
            continue;
        }
        let Some((_, at)) = guards::first(other, typed) else { continue };
        let word = &typed.text()[at];
        found.push(
            Diagnostic::error(
                Code::K0420,
                message!(
                    "“{word}” is typed next to `{id}`, which has the members at the other end",
                    word,
                    id
                ),
            )
            .at(reading.place(statement, word))
            .hint(message!("print the members that the words describe")),
        );
    }
}

/// A series; for a ranking, the whole series behind it: the smallest of the five largest is not the
/// smallest of all.
fn whole<'r>(reading: &Reading<'r>, id: &str) -> Option<(&'r Fact, &'r Series)> {
    let fact = reading.facts.get(id)?;
    let of = ranked(&reading.indicators.all.get(id)?.expr).and_then(|of| whole(reading, of));
    of.or_else(|| Some((fact, fact.series()?)))
}

/// The id of the series that an expression ranks.
fn ranked(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Rank(Ranking { of: Ranked::Members, .. }, of) => of.id(),
        _ => None,
    }
}

/// The members that a superlative about a balance may mean. The largest loss is the lowest balance, the
/// smallest loss the highest negative one. Without a word for gain or loss, both ends are possible.
fn ends_of_balance<'s>(
    series: &'s Series,
    is_largest: bool,
    words: &guards::Guards,
    typed: &guards::Spoken,
) -> Vec<Vec<&'s str>> {
    let ranked = series.ranked();
    let is_said = |list: &[guards::Words]| guards::first(list, typed).is_some();
    let (gain, loss) = (is_said(&words.gain), is_said(&words.loss));
    let either = gain == loss;
    let value = |end: Option<&(&'s Member, Quantity)>| end.map(|(_, quantity)| quantity.value);
    let highest = value(ranked.first());
    let lowest = value(ranked.last());
    let above = value(ranked.iter().rfind(|(_, quantity)| quantity.value > 0.0));
    let below = value(ranked.iter().find(|(_, quantity)| quantity.value < 0.0));
    let ends = match is_largest {
        true => vec![
            highest.filter(|_| gain || either),
            lowest.filter(|value| (loss || either) && *value < 0.0),
        ],
        false => vec![
            lowest.filter(|_| either),
            above.filter(|_| gain || either),
            below.filter(|_| loss || either),
        ],
    };
    let of = |end: f64| {
        ranked.iter().filter(|(_, q)| q.value == end).map(|(member, _)| &*member.code).collect()
    };
    ends.into_iter().flatten().map(of).collect()
}

/// The members with the largest or smallest value.
fn extreme(series: &Series, is_largest: bool) -> Vec<&str> {
    let ranked = series.ranked();
    let end = if is_largest { ranked.first() } else { ranked.last() };
    let Some((_, end)) = end else { return vec![] };
    let is_end = |value: f64| value == end.value;
    ranked.iter().filter(|(_, q)| is_end(q.value)).map(|(member, _)| &*member.code).collect()
}

/// A member's value next to the name of another member.
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
                Code::K0421,
                message!(
                    "`{id}` is printed under the name of `{other}`, but belongs to `{code}`",
                    id,
                    other,
                    code
                ),
            )
            .at(reading.place(statement, id))
            .note(message!("readers take a value for that of the member whose name is beside it"))
            .hint(message!(
                "name its member in the same text, or print the value of the member that is named"
            )),
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

/// The same for an indicator that reads a single member: `L1_CHN` next to the name of Uzbekistan.
fn selected(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    named: &[(String, String)],
    tell: &mut dyn FnMut(&str, &str, &str),
) {
    let numbers: Vec<(&str, bool, Vec<&str>)> = statement
        .numbers()
        .map(|(id, ..)| {
            let (id, member) = member(id).map_or((id, None), |(series, code)| (series, Some(code)));
            let fixed = reading.indicators.all.get(super::indicator_of(id));
            let fixed = fixed.into_iter().flat_map(|indicator| indicator.expr.fixed());
            // A flow belongs to both its ends.
            let ends = member.into_iter().flat_map(|code| code.split(TO));
            (id, member.is_some(), fixed.chain(ends).collect())
        })
        .collect();
    for (lexicon, code) in named {
        if numbers.iter().any(|(_, _, codes)| codes.contains(&code.as_str())) {
            continue;
        }
        let wholes = numbers.iter().filter(|(_, is_member, _)| !is_member);
        let stands_for_others = wholes.into_iter().find_map(|(id, _, codes)| {
            let own = codes.iter().find(|own| is_member(reading, lexicon, own))?;
            let is_named = named.iter().any(|(other, named)| other == lexicon && named == own);
            (!is_named).then_some((id, own))
        });
        if let Some((id, own)) = stands_for_others.filter(|_| is_member(reading, lexicon, code)) {
            tell(id, own, code);
            continue;
        }
        // A number of the whole country next to the name of a region.
        let is_of_lexicon = |id: &str| {
            let selects = reading.indicators.reads(super::indicator_of(id));
            selects.iter().any(|select| {
                let by = select.by.iter().chain(&select.across);
                by.into_iter().any(|by| by.register == *lexicon)
                    || select.fixed.iter().any(|(_, own)| is_member(reading, lexicon, own))
            })
        };
        let is_known = |id: &str| {
            let indicator = reading.indicators.all.get(super::indicator_of(id));
            indicator.is_some_and(|indicator| indicator.expr.own().is_none())
        };
        let alone = statement.is_text()
            && is_member(reading, lexicon, code)
            && numbers.iter().all(|(id, ..)| is_known(id) && !is_of_lexicon(id));
        if let Some((id, ..)) = numbers.first().filter(|_| alone) {
            tell(id, "not a member of it", code);
        }
    }
}

/// Whether a code is a member of a series over a register, which excludes aggregates.
fn is_member(reading: &Reading<'_>, lexicon: &str, code: &str) -> bool {
    reading.facts.all.values().filter_map(|fact| fact.series()).any(|series| {
        series.register == lexicon && series.members.iter().any(|member| &*member.code == code)
    })
}

/// A flow with its ends exchanged: “from” the place it goes to.
pub(super) fn turned_flows(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let words = reading.locale.guards();
    if matches!(statement.kind, Kind::Head | Kind::Cell) {
        return;
    }
    // The places named since the last flow, each with the text before it.
    let mut named: Vec<(&str, &str)> = vec![];
    let mut typed = String::new();
    for part in &statement.parts {
        match part {
            Part::Typed(text) => typed.push_str(text),
            Part::Fact { id, form: "name", text } => {
                let Some((_, code)) = id.split_once(':') else { continue };
                let before = guards::Spoken::of(std::mem::take(&mut typed));
                let first = guards::Spoken::of(*text);
                let says = |list: &[guards::Words]| {
                    let leads = list.iter().any(|words| words.begins(&first));
                    leads || list.iter().any(|words| words.ends(&before).is_some())
                };
                let role = match (says(&words.origin), says(&words.destination)) {
                    (true, false) => "origin",
                    (false, true) => "destination",
                    _ => continue,
                };
                named.push((code, role));
            }
            Part::Fact { id, .. } => {
                typed.clear();
                let ends = member(id).and_then(|(_, code)| code.split_once(TO));
                let Some((origin, destination)) = ends else { continue };
                let turned = std::mem::take(&mut named).into_iter().find(|(code, role)| {
                    let own = if *role == "origin" { origin } else { destination };
                    *code != own && (*code == origin || *code == destination)
                });
                let Some((code, role)) = turned else { continue };
                found.push(
                    Diagnostic::error(
                        Code::K0421,
                        message!(
                            "`{id}` goes from `{origin}` to `{destination}`, but the text has \
                            `{code}` as its {role}",
                            id,
                            origin,
                            destination,
                            code,
                            role
                        ),
                    )
                    .at(reading.place(statement, id))
                    .note(message!(
                        "a flow and the flow in the other direction are two different numbers"
                    ))
                    .hint(message!(
                        "name the origin of the flow first; in a loop, use `flow.origin` and \
                        `flow.destination`"
                    )),
                );
            }
            Part::Cite(_) => {}
        }
    }
}

/// A typed statistic: a number with grouping, a decimal or a percent sign, or of five digits and more.
pub(super) fn typed_numbers(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    // Cells hold values of registers, and findings and acts contain the numbers of their sources.
    if matches!(statement.kind, Kind::Head | Kind::Cell) {
        return;
    }
    if statement.is_cited() && statement.numbers().next().is_none() {
        return;
    }
    if let Some((_, at)) = guards::first(&reading.locale.guards().ratio, statement.typed()) {
        let word = &statement.typed().text()[at];
        found.push(
            Diagnostic::error(Code::K0423, message!("the ratio “{word}” is typed", word))
                .at(reading.place(statement, word))
                .note(message!("a typed ratio does not change with the data, and its source is unknown"))
                .hint(
                    message!("print the ratio of a change with `fold`: `{{{{ X1.change | fold }}}}`; or define \
                    an indicator with `rate = {{ of = …, over = …, per = 1 }}`"),
                ),
        );
    }
    for part in &statement.parts {
        let Part::Typed(text) = part else { continue };
        let Some(number) = statistic(text).or_else(|| scaled(text, reading)) else { continue };
        found.push(
            Diagnostic::error(Code::K0423, message!("the number {number} is typed", number))
                .at(reading.place(statement, &number))
                .note(message!(
                    "a typed number does not change with the data, and its source is unknown"
                ))
                .hint(message!(
                    "print a fact: define an indicator in `indicators.toml`, and print it by a \
                    filter"
                )),
        );
        return;
    }
}

/// The first number next to a word for a power of ten: “12 million”, “million 12”.
pub(super) fn scaled(text: &str, reading: &Reading<'_>) -> Option<String> {
    let spoken = guards::Spoken::of(text);
    let words: Vec<&str> = spoken.words().collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_scale = |word: &str| {
        let word = guards::Spoken::of(word);
        let mut scales = reading.locale.guards().scales.values().flatten();
        scales.any(|scale| scale.begins(&word))
    };
    words.windows(2).find_map(|pair| {
        let is_scaled = is_number(pair[0]) && is_scale(pair[1])
            || is_scale(pair[0]) && is_number(pair[1]) && pair[1].len() < 4;
        is_scaled.then(|| pair.join(" "))
    })
}

/// The first number that looks like a statistic, which excludes years, days, numbers of laws and bases of
/// rates such as 1,000.
pub(super) fn statistic(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut at = 0;
    while at < chars.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        let mut runs = vec![0];
        let mut marks = vec![];
        loop {
            while is_digit(at) {
                at += 1;
                *runs.last_mut()? += 1;
            }
            let is_mark = chars.get(at).is_some_and(|c| {
                matches!(c, ',' | '.' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '/')
            });
            let follows = chars[at..].iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
            // A space separates numbers unless exactly three digits follow.
            let joins = match chars.get(at) {
                Some(',' | '.' | '/') => follows > 0,
                _ => follows == 3,
            };
            if !(is_mark && joins) {
                break;
            }
            marks.push(chars[at]);
            at += 1;
            runs.push(0);
        }
        let is_part_of_word = start.checked_sub(1).is_some_and(|before| {
            chars[before].is_alphanumeric() || matches!(chars[before], '-' | '№' | '/' | '.')
        }) || chars.get(at).is_some_and(|c| c.is_alphabetic() || *c == '-');
        let written: String = chars[start..at].iter().collect();
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let is_round = digits.starts_with('1') && digits[1..].bytes().all(|digit| digit == b'0');
        let is_year = |run: usize| run == 4 && marks.len() == 1;
        let is_date = marks.contains(&'/')
            || marks.iter().all(|m| *m == '.') && (marks.len() > 1 || is_year(*runs.last()?));
        let is_percent = chars[at..].iter().find(|c| !c.is_whitespace()) == Some(&'%');
        let is_grouped = !marks.is_empty();
        let is_statistic = is_percent || is_grouped || digits.len() > 4;
        if is_statistic && !is_round && !is_date && !is_part_of_word {
            return Some(written);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::statistic;

    #[test]
    fn a_statistic_is_reported_by_its_form() {
        for (text, number) in [
            ("In all 11,267 came", Some("11,267")),
            ("Всего 11\u{A0}267 чел.", Some("11\u{A0}267")),
            ("It was 20.6 points", Some("20.6")),
            ("fell by 40 %", Some("40")),
            ("of 112670 people", Some("112670")),
            ("in 2025 and 2024", None),
            ("since 8 June 2022, ages 15–34", None),
            ("per 1,000 residents, per 10 000", None),
            ("of 12.08.2025, in 2025/26", None),
            ("since 08.2025", None),
            ("Law 477-IV, No. 3", None),
            ("three of 20 regions", None),
        ] {
            assert_eq!(statistic(text).as_deref(), number, "{text}");
        }
    }
}
