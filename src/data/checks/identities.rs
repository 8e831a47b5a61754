//! Accounting identities: sums, differences and balances. They hold by definition, so a broken one is an
//! error.
//!
//! A row is compared with rows of the same release. Rows of other releases are used only where the
//! release has none and the status is the same: a revision is no mistake.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::super::Time;
use super::super::field::Problems;
use super::super::package::{NamedFigure, Total, Totals};
use super::super::precedence::{Row, choose};
use super::confirmed::Confirmed;
use super::suspect::{Suspect, suspect};
use super::usual::is_second_odd;
use super::{Figures, Sign, beside, error, holds, is_of_table, shown, to_date};
use crate::diag::{Code, Diagnostic, Message};

/// A row in an identity, with the sign (1 or -1) of its value.
pub(super) type Term<'a> = (Row<'a>, f64);

pub(super) fn check<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    problems: &mut Problems,
) -> Confirmed {
    let mut confirmed = Confirmed::default();
    totals_grow(figures, all, problems);
    runs_add_up(figures, all, &mut confirmed, problems);
    balances(figures, all, &mut confirmed, problems);
    totals(figures, all, &mut confirmed, problems);
    confirmed
}

/// The code of a problem where parts do not sum to their total.
const PARTS: Code = Code::K0135;

/// Tolerance between values of different releases, as a part of the value.
const REVISION: f64 = 0.02;

/// A cumulative total that falls by more than this part between two releases was not revised but
/// mistyped.
const REVISED_TOTAL: f64 = 0.05;

/// Cumulative totals (from January) of counts must not fall within a year.
fn totals_grow<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    problems: &mut Problems,
) {
    for key in 0..figures.keys.len() {
        if figures.signs[key] == Sign::May {
            continue;
        }
        let mut before: Option<((i16, i8), Row)> = None;
        for row in figures.printed(key) {
            let Some((year, month)) = to_date(row.time()) else { continue };
            if !figures.adds_up(key, row) {
                continue;
            }
            if let Some(((its_year, its_month), earlier)) = before
                && its_year == year
                && its_month < month
                && earlier.observation.unit == row.observation.unit
            {
                let lost = earlier.value - row.value - error(&earlier) - error(row);
                if lost > 0.0 && earlier.value > 0.0 {
                    problems.push(|| {
                        // The earlier total may be the one that is too large.
                        let is_earlier = is_second_odd(figures, all, row, &earlier);
                        let (at, other) =
                            if is_earlier { (&earlier, row) } else { (row, &earlier) };
                        let message = match is_earlier {
                            true => message!("{at} is larger than the later total of its year", at = figures.name(at)),
                            false => message!("{at} is smaller than the earlier total of its year", at = figures.name(at)),
                        };
                        let is_sure = figures.signs[key] == Sign::Never
                            && row.vintage.status == earlier.vintage.status
                            && (row.vintage.id == earlier.vintage.id
                                || lost > REVISED_TOTAL * earlier.value);
                        let problem = match is_sure {
                            true => figures.error(Code::K0132, message, at),
                            false => figures.warning(Code::K0132, message, at),
                        };
                        problem
                            .label(message!("{value} by then", value = shown(at.value)))
                            .related(
                                figures.place(other),
                                message!("{value} in {time}", value = shown(other.value), time = other.observation.time),
                            )
                            .note(message!("a total from January grows with each month that is added to it"))
                            .hint(
                                message!("check both rows and their periods; if the measure can fall, list a \
                                balance under `signed` of the table, an average under `averages`"),
                            )
                    });
                    continue;
                }
            }
            before = Some(((year, month), *row));
        }
    }
}

/// The total of some months equals the difference of the cumulative totals at its ends.
fn runs_add_up<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    for key in 0..figures.keys.len() {
        let printed = figures.printed(key);
        if printed.iter().all(|row| to_date(row.time()).is_some()) {
            continue;
        }
        // For each year and month the cumulative total up to then, as a list of rows with signs.
        let mut by_then: BTreeMap<(i16, i8), Vec<Term>> = BTreeMap::new();
        let mut runs: Vec<((i16, i8, i8), Row)> = vec![];
        for row in printed {
            if !figures.adds_up(key, row) {
                continue;
            }
            match (to_date(row.time()), row.time()) {
                (Some(end), _) => _ = by_then.insert(end, vec![(*row, 1.0)]),
                (None, Time::Over(period)) if period.start.year == period.end.year => {
                    let year = period.end.year;
                    runs.push(((year, period.start.month, period.end.month), *row));
                }
                _ => {}
            }
        }
        runs.sort_by_key(|(at, _)| (at.0, at.2, -at.1));
        for ((year, start, end), run) in runs {
            let before = by_then.get(&(year, start - 1)).cloned();
            let total = by_then.get(&(year, end)).cloned();
            match (before, total) {
                (Some(before), Some(total)) => {
                    let mut terms = vec![(run, 1.0)];
                    terms.extend(before);
                    terms.extend(total.iter().map(|(row, sign)| (*row, -sign)));
                    let statuses: BTreeSet<_> =
                        terms.iter().map(|(row, _)| row.vintage.status).collect();
                    let is_one = statuses.len() == 1;
                    let size = total.iter().map(|(row, _)| row.value.abs()).sum::<f64>();
                    let slack = if is_one { 0.0 } else { REVISION * size };
                    let broken = Broken {
                        code: Code::K0133,
                        what: "is not the difference of the totals at its ends",
                        why: "the difference of two totals from January is the figure for the \
                            months between them",
                        is_error: is_one,
                        slack,
                        number: 0.0,
                        has_subject: true,
                    };
                    identity(figures, all, &terms, &broken, confirmed, problems);
                }
                (Some(mut before), None) => {
                    before.push((run, 1.0));
                    by_then.insert((year, end), before);
                }
                (None, Some(total)) if figures.signs[key] == Sign::Never => {
                    let sum: f64 = total.iter().map(|(row, sign)| row.value * sign).sum();
                    let errors: f64 = total.iter().map(|(row, _)| error(row)).sum();
                    if run.value - error(&run) > (sum + errors) * (1.0 + REVISION) {
                        problems.push(|| {
                            let mut problem = Diagnostic::error(
                                Code::K0133,
                                message!(
                                    "{run} is more than the total from January",
                                    run = figures.name(&run)
                                ),
                            )
                            .at(figures.place(&run))
                            .label(message!("{value}", value = shown(run.value)));
                            for (row, _) in &total {
                                let label =
                                    message!("{value} from January", value = shown(row.value));
                                problem = problem.related(figures.place(row), label);
                            }
                            problem
                                .note(message!(
                                    "some months of a year cannot have more than all of them"
                                ))
                                .hint(message!("check the period of both rows"))
                        });
                    }
                }
                _ => {}
            }
        }
    }
}

/// Net migration equals arrivals minus departures.
fn balances<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    for rule in &figures.rules.balances {
        let Some(at) = figures.table.dimension(&rule.dimension) else { continue };
        for (key, times) in &figures.keys {
            if *key[at] != *rule.result || !holds(figures.table, &rule.only, key) {
                continue;
            }
            let siblings = |members: &[String]| -> Option<Vec<usize>> {
                members.iter().map(|member| figures.sibling(key, at, member)).collect()
            };
            let (Some(plus), Some(minus)) = (siblings(&rule.plus), siblings(&rule.minus)) else {
                continue;
            };
            for (time, rows) in times.iter() {
                for row in rows {
                    let of = |keys: &[usize], sign: f64| -> Option<Vec<Term>> {
                        let beside = |key: &usize| Some((figures.beside(*key, time, row)?, sign));
                        keys.iter().map(beside).collect()
                    };
                    let (Some(plus), Some(minus)) = (of(&plus, -1.0), of(&minus, 1.0)) else {
                        continue;
                    };
                    let mut terms = vec![(*row, 1.0)];
                    terms.extend(plus);
                    terms.extend(minus);
                    let broken = Broken {
                        code: Code::K0134,
                        what: "does not agree with its components",
                        why: "the components are listed under `balances` in the package",
                        is_error: true,
                        slack: 0.0,
                        number: 0.0,
                        has_subject: true,
                    };
                    identity(figures, all, &terms, &broken, confirmed, problems);
                }
            }
        }
    }
}

struct Broken {
    code: Code,
    what: &'static str,
    why: &'static str,
    is_error: bool,
    slack: f64,
    /// The expected sum of the terms: 0, or the number that a rule states.
    number: f64,
    /// Whether the first term is the result of the others, as a total of its parts.
    has_subject: bool,
}

/// Checks that the terms sum to the expected number within rounding. A sum that holds confirms its rows.
fn identity<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    terms: &[Term],
    broken: &Broken,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let unit = &terms[0].0.observation.unit;
    if terms.iter().any(|(row, _)| row.observation.unit != *unit) {
        // Different units are reported elsewhere.
        return;
    }
    let rest: f64 = terms.iter().map(|(row, sign)| row.value * sign).sum::<f64>() - broken.number;
    let slack: f64 = terms.iter().map(|(row, _)| error(row)).sum::<f64>() + broken.slack;
    let size = terms.iter().map(|(row, _)| row.value.abs()).fold(0.0, f64::max);
    if rest.abs() <= slack + size * 1e-9 {
        if slack <= size * 0.05 {
            let own = terms.iter().filter(|(row, _)| is_of_table(figures.table, row));
            let own: Vec<u32> = own.map(|(row, _)| row.observation.span.start).collect();
            if broken.code != PARTS {
                confirmed.balanced.extend(&own);
            }
            confirmed.rows.extend(own);
            // Two parts of a sum may be swapped without breaking it, so they are not confirmed.
            let may_swap = |at: usize| {
                let is_subject = |at: usize| at == 0 && broken.has_subject;
                let others = terms.iter().enumerate().filter(|(other, _)| *other != at);
                !is_subject(at) && { others }
                    .any(|(i, (_, sign))| !is_subject(i) && *sign == terms[at].1)
            };
            let alone = terms.iter().enumerate().filter(|(at, _)| !may_swap(*at));
            confirmed.fit(alone.map(|(_, (row, _))| row));
        }
        return;
    }
    problems.push(|| {
        // The likely typing error, if only one of the values can have it.
        let Suspect { at, hints } = suspect(figures, all, terms, rest);
        let is_at = |row: &Row| {
            row.observation.span == at.observation.span
                && row.observation.file == at.observation.file
        };
        // Where a rule states a number, no term is the total.
        let of = if broken.has_subject { &terms[0].0 } else { at };
        let message = message!("{of} {what}", of = figures.name(of), what = broken.what);
        let mut problem = match broken.is_error {
            true => figures.error(broken.code, message, of),
            false => figures.warning(broken.code, message, of),
        };
        problem =
            problem.at(figures.place(at)).label(Message::verbatim(shown(at.value).to_string()));
        for (row, _) in terms.iter().filter(|(row, _)| !is_at(row)) {
            problem = problem
                .related(figures.place(row), Message::verbatim(shown(row.value).to_string()));
        }
        problem = problem.note(message!(
            "the difference is {rest}; {why}",
            rest = shown(rest.abs()),
            why = broken.why
        ));
        if terms.len() > 3 {
            problem = problem.note(message!("any of these figures may be wrong"));
        }
        hints.into_iter().fold(problem, Diagnostic::hint).hint(message!(
            "look all of them up in the source; list one under `as-printed` if it is printed like \
            this"
        ))
    });
}

/// Checks totals: the parts of each group against their total.
fn totals<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let table = figures.table;
    for rule in &figures.rules.totals {
        let Some(at) = table.dimension(&rule.dimension) else { continue };
        // Totals are not parts of another total, unless the rule lists them.
        let is_total = |member: &str| {
            figures.rules.totals.iter().any(|other| {
                other.dimension == rule.dimension
                    && matches!(&other.total, Total::Member(total) if *total == member)
            })
        };
        let parts: Vec<Arc<str>> = if rule.parts.is_empty() {
            let listed = table.members.get(&rule.dimension).cloned().unwrap_or_else(|| {
                let members: BTreeSet<_> = figures.keys.keys().map(|key| key[at].clone()).collect();
                members.into_iter().collect()
            });
            listed
                .into_iter()
                .filter(|m| !is_total(m) && !rule.except.iter().any(|except| **except == **m))
                .collect()
        } else {
            rule.parts.iter().map(|part| part.as_str().into()).collect()
        };
        // The keys of parts, grouped by their other dimensions.
        let mut groups: BTreeMap<Vec<Arc<str>>, Vec<usize>> = BTreeMap::new();
        for (index, key) in figures.keys.keys().enumerate() {
            if parts.contains(&key[at]) && holds(table, &rule.only, key) {
                let mut common = key.to_vec();
                common[at] = "".into();
                groups.entry(common).or_default().push(index);
            }
        }
        for (common, keys) in groups {
            let times: BTreeSet<Time> = keys
                .iter()
                .flat_map(|key| figures.keys[*key].iter().map(|(time, _)| time))
                .collect();
            for time in times {
                let whole = whole(figures, all, &rule.total, &common, at, time);
                let Some(whole) = whole else { continue };
                // Each release has its own parts. A release without a total is compared with the printed
                // total.
                let anchors: Vec<Option<Row>> = match &whole {
                    Whole::Number(_) => vec![None],
                    Whole::Rows(rows) => rows.iter().copied().map(Some).collect(),
                };
                let number = match whole {
                    Whole::Number(number) => number,
                    Whole::Rows(_) => 0.0,
                };
                for anchor in anchors {
                    let is_printed = is_printed(anchor.as_ref(), &whole);
                    let group = Group {
                        rule,
                        expected: parts.len(),
                        number,
                        keys: &keys,
                        time,
                        is_printed,
                    };
                    parts_of(figures, all, &group, anchor, confirmed, problems);
                }
            }
        }
    }
}

/// Whether a row of the total is the one that would be printed for its time.
fn is_printed(anchor: Option<&Row>, whole: &Whole) -> bool {
    let (Some(anchor), Whole::Rows(rows)) = (anchor, whole) else { return true };
    let status = rows.iter().map(|row| row.vintage.status).max();
    let chosen = status.and_then(|status| choose(rows, status));
    chosen.is_some_and(|(chosen, _)| std::ptr::eq(chosen.printed.observation, anchor.observation))
}

enum Whole<'a> {
    Number(f64),
    Rows(Vec<Row<'a>>),
}

/// The total of some parts: its rows, or the number that the rule states. `common` is the key of the
/// parts but for dimension `at`.
fn whole<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    total: &Total,
    common: &[Arc<str>],
    at: usize,
    time: Time,
) -> Option<Whole<'a>> {
    match total {
        Total::Number(number) => Some(Whole::Number(*number)),
        Total::Member(member) => {
            let key = figures.sibling(common, at, member)?;
            Some(Whole::Rows(figures.keys[key].get(time)?.to_vec()))
        }
        Total::Figure(figure) => {
            let named = |dimension: &str| {
                let place = figures.table.dimension(dimension).filter(|place| *place != at);
                place.map(|place| common[place].clone())
            };
            named_rows(figures, all, figure, named, time).map(Whole::Rows)
        }
    }
}

/// The rows of a figure that a rule names, perhaps in another table. Dimensions it does not name are
/// taken from `otherwise`.
pub(super) fn named_rows<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    figure: &NamedFigure,
    otherwise: impl Fn(&str) -> Option<Arc<str>>,
    time: Time,
) -> Option<Vec<Row<'a>>> {
    let other = match &figure.table {
        None => figures,
        Some(name) => all.get(name.as_str())?,
    };
    let key: Vec<Arc<str>> = other
        .table
        .dimensions
        .iter()
        .map(|dimension| match figure.members.get(dimension) {
            Some(member) => Some(member.as_str().into()),
            None => otherwise(figure.dimensions.get(dimension).unwrap_or(dimension)),
        })
        .collect::<Option<_>>()?;
    other.keys.get(&key[..])?.get(time).map(<[Row]>::to_vec)
}

/// The parts of one total at one time.
struct Group<'a> {
    rule: &'a Totals,
    /// The number of parts when all are present.
    expected: usize,
    /// The number that they must sum to, where no row is the total.
    number: f64,
    keys: &'a [usize],
    time: Time,
    /// Whether the total is the figure that is printed.
    is_printed: bool,
}

/// A part that is more than its whole.
fn larger_part(
    figures: &Figures,
    all: &HashMap<&str, Figures>,
    row: &Row,
    whole: &Row,
    is_one_status: bool,
) -> Diagnostic {
    let is_whole = is_second_odd(figures, all, row, whole);
    let (message, at) = match is_whole {
        true => (message!("{whole} is less than a part", whole = figures.name(whole)), whole),
        false => (message!("{row} is more than the whole", row = figures.name(row)), row),
    };
    let problem = match is_one_status {
        true => figures.error(Code::K0135, message, at),
        false => figures.warning(Code::K0135, message, at),
    };
    let (other, label) = match is_whole {
        true => (row, message!("{value} is a part", value = shown(row.value))),
        false => (whole, message!("{value} is the whole", value = shown(whole.value))),
    };
    problem
        .label(Message::verbatim(shown(at.value).to_string()))
        .related(figures.place(other), label)
        .hint(message!(
            "check both rows: one has a digit too many or too few, or the wrong \
            code"
        ))
}

fn parts_of<'a>(
    figures: &Figures<'a>,
    all: &HashMap<&str, Figures<'a>>,
    group: &Group,
    whole: Option<Row>,
    confirmed: &mut Confirmed,
    problems: &mut Problems,
) {
    let Group { rule, expected, number, keys, time, .. } = *group;
    let part = |key: &usize| {
        let rows = figures.keys[*key].get(time)?;
        let of_release = |whole: &Row| {
            rows.iter().any(|row| row.observation.vintage == whole.observation.vintage)
        };
        let row = match &whole {
            // A total that is not printed is compared only with parts of its own release.
            Some(whole) if !group.is_printed && !of_release(whole) => return None,
            Some(whole) => beside(rows, whole),
            None => None,
        };
        let printed = || figures.printed(*key).iter().find(|row| row.time() == time).copied();
        Some((*key, row.or_else(printed)?))
    };
    let parts: Vec<(usize, Row)> = keys.iter().filter_map(part).collect();
    let unit = |row: &Row| row.observation.unit.clone();
    if let Some(whole) = &whole
        && parts.iter().any(|(_, row)| unit(row) != unit(whole))
    {
        return;
    }
    let is_one_status = parts
        .iter()
        .all(|(_, row)| whole.is_none_or(|whole| row.vintage.status == whole.vintage.status));
    let size = whole.map_or(0.0, |whole| whole.value.abs());
    let slack = if is_one_status { 0.0 } else { REVISION * size };
    let mut sum_is_reported = false;
    if let Some(whole) = &whole {
        for (key, row) in &parts {
            if figures.signs[*key] != Sign::Never {
                continue;
            }
            if row.value - error(row) > whole.value + error(whole) + slack {
                sum_is_reported = true;
                problems.push(|| larger_part(figures, all, row, whole, is_one_status));
            }
        }
    }
    if sum_is_reported || rule.overlap {
        return;
    }
    let mut terms: Vec<Term> = parts.iter().map(|(_, row)| (*row, 1.0)).collect();
    // No parts at all are no more than a total, even than a negative one.
    let is_counted =
        !parts.is_empty() && parts.iter().all(|(key, _)| figures.signs[*key] == Sign::Never);
    let sum: f64 = parts.iter().map(|(_, row)| row.value).sum();
    let errors: f64 = parts.iter().map(|(_, row)| error(row)).sum();
    let are_all = rule.complete && parts.len() == expected;
    let whole_value = whole.map_or(number, |whole| whole.value);
    let own_error = whole.map_or(0.0, |whole| error(&whole));
    let has_bound = whole.is_some() || number > 0.0;
    let too_much = is_counted && has_bound && sum - errors > whole_value + own_error + slack;
    if !are_all && !too_much {
        return;
    }
    if let Some(whole) = whole {
        terms.insert(0, (whole, -1.0));
    }
    if terms.is_empty() {
        return;
    }
    let broken = Broken {
        code: PARTS,
        what: match (too_much, whole.is_some()) {
            (true, _) => "is less than its parts together",
            (false, true) => "is not the sum of its parts",
            (false, false) => "and the other members do not add up to what they should",
        },
        why: "the parts of each total are listed under `totals` in the package",
        is_error: is_one_status,
        slack,
        number: if whole.is_some() { 0.0 } else { number },
        has_subject: whole.is_some(),
    };
    identity(figures, all, &terms, &broken, confirmed, problems);
}
