//! What has to come out of a sheet: counts, sums and balances, compared with its own figures.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::recipe::Recipe;
use super::written::{Equals, WrittenBalance, WrittenSum};
use super::{Reading, SHOWN};
use crate::diag::{Code, Diagnostic, Message, Place, Spanned};
use crate::workbook::Workbook;

/// Names figures that appear twice with the same members.
pub(super) fn twice(reading: &mut Reading, workbook: &Workbook) {
    let width = reading.columns.len();
    if are_different(reading) {
        return;
    }
    // Equal codes have equal numbers.
    let mut numbers: HashMap<Arc<str>, u32> = HashMap::new();
    let codes: Vec<u32> = reading
        .members
        .iter()
        .map(|member| {
            let next = numbers.len() as u32;
            *numbers.entry(member.code.clone()).or_insert(next)
        })
        .collect();
    let keys: Vec<u32> = reading.keys.iter().map(|member| codes[*member as usize]).collect();
    let key = |at: u32| &keys[at as usize * width..(at as usize + 1) * width];
    let mut order: Vec<u32> = (0..reading.observations.len() as u32).collect();
    order.sort_by(|a, b| key(*a).cmp(key(*b)).then(a.cmp(b)));
    let mut found = vec![];
    for pair in order.windows(2).filter(|pair| key(pair[0]) == key(pair[1])) {
        let (first, second) = (pair[0] as usize, pair[1] as usize);
        let message =
            message!("the figure of {second} appears twice", second = reading.shown(second));
        let mut problem =
            Diagnostic::error(Code::K1514, message).at(reading.place(workbook, second));
        if let Some(place) = reading.place(workbook, first) {
            problem = problem.related(place, message!("the first one is here"));
        }
        found.push(
            problem
                .note(message!(
                    "two headers were read as the same, or one of them is wrong in the sheet"
                ))
                .hint(message!(
                    "add to the recipe what distinguishes the two, or ignore one of them"
                )),
        );
        if found.len() == SHOWN {
            break;
        }
    }
    reading.problems.extend(found);
}

/// Whether no two figures have the same members, where that can be told by a bit for each possible figure.
fn are_different(reading: &Reading) -> bool {
    /// 16 MiB, of which only pages in use are touched.
    const MOST_BITS: usize = 1 << 27;
    let width = reading.columns.len();
    let mut of_columns: Vec<HashMap<&str, usize>> = vec![HashMap::new(); width];
    let numbers: Vec<usize> = { reading.members.iter() }
        .map(|member| {
            let Some(codes) = member.column.and_then(|at| of_columns.get_mut(at)) else { return 0 };
            let next = codes.len();
            *codes.entry(&member.code).or_insert(next)
        })
        .collect();
    let sizes: Vec<usize> = of_columns.iter().map(|codes| codes.len().max(1)).collect();
    let possible = sizes.iter().try_fold(1_usize, |all, size| all.checked_mul(*size));
    let Some(possible) = possible.filter(|all| *all <= MOST_BITS && width > 0) else {
        return false;
    };
    let mut bits = vec![0_u64; possible / 64 + 1];
    reading.keys.chunks_exact(width).all(|key| {
        let place = key.iter().zip(&sizes);
        let place = place.fold(0, |place, (member, size)| place * size + numbers[*member as usize]);
        let (word, bit) = (&mut bits[place / 64], 1_u64 << (place % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    })
}

/// Holds a reading against what a recipe expects.
pub(super) fn check(recipe: &Recipe, workbook: &Workbook, reading: &mut Reading) {
    let mut found = vec![];
    let times = times(recipe, reading);
    if let Some(count) = &recipe.expect.count {
        for (time, figures) in &times {
            if figures.len() != *count.get_ref() {
                let message = message!(
                    "{time} has {number_of_figures} figures, but the recipe expects {count}",
                    time,
                    number_of_figures = figures.len(),
                    count = count.get_ref()
                );
                found.push(counted(
                    message,
                    reading,
                    workbook,
                    figures,
                    recipe.text.place(count.span()),
                ));
            }
        }
    }
    for (name, expected) in &recipe.expect.members {
        for (time, figures) in &times {
            let codes: BTreeSet<&str> =
                figures.iter().filter_map(|at| Some(&**reading.code(*at, name)?)).collect();
            if !expected.all().contains(&codes.len()) {
                let wanted: Vec<String> = expected.all().iter().map(ToString::to_string).collect();
                let message = message!(
                    "{time} has {number_of_codes} members of `{name}`, but the recipe expects {wanted}",
                    time,
                    number_of_codes = codes.len(),
                    name,
                    wanted = wanted.join(" or ")
                );
                let place = recipe.text.place(
                    crate::diag::key_in(&recipe.text, &format!("expect.members.{name}"))
                        .unwrap_or(0..0),
                );
                let listed: Vec<&str> = codes.into_iter().take(40).collect();
                found.push(
                    counted(message, reading, workbook, figures, place)
                        .note(message!("they are {listed}", listed = listed.join(" "))),
                );
            }
        }
    }
    for sum in &recipe.expect.sum {
        found.extend(sums(recipe, sum, reading, workbook));
    }
    for balance in &recipe.expect.balance {
        found.extend(balances(recipe, balance, reading, workbook));
    }
    reading.problems.extend(found);
}

/// The figures of each time, in order; all of them together if the recipe reads no time.
fn times(recipe: &Recipe, reading: &Reading) -> BTreeMap<String, Vec<usize>> {
    let mut times: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in 0..reading.observations.len() {
        let time = recipe.time().and_then(|time| reading.code(at, time));
        let time = time.map_or_else(|| "the sheet".to_owned(), |time| time.to_string());
        times.entry(time).or_default().push(at);
    }
    times
}

fn counted(
    message: Message,
    reading: &Reading,
    workbook: &Workbook,
    figures: &[usize],
    place: Place,
) -> Diagnostic {
    let mut problem =
        Diagnostic::error(Code::K1510, message).at(place).label(message!("expected here"));
    if let Some(at) = figures.first().and_then(|first| reading.place(workbook, *first)) {
        problem = problem.related(at, message!("the first figure"));
    }
    problem.note(message!("a row or column was added, was removed or was not found")).hint(
        message!(
            "check the sheet with `kosh recipe picture`; if the sheet is right, change the number"
        ),
    )
}

/// Figures that differ in one dimension only, by the code of it.
type Group<'r> = BTreeMap<&'r str, usize>;

/// The groups of figures that differ in the dimension `over` only, by what they have in common.
fn groups<'r>(
    reading: &'r Reading,
    over: &str,
    only: &indexmap::IndexMap<String, String>,
) -> BTreeMap<Vec<&'r str>, Group<'r>> {
    let mut groups: BTreeMap<Vec<&str>, Group> = BTreeMap::new();
    let Some(place) = reading.columns.iter().position(|column| column == over) else {
        return groups;
    };
    for at in 0..reading.observations.len() {
        let codes: Vec<&str> = reading.key(at).map(|member| &*member.code).collect();
        let is_meant = only.iter().all(|(name, code)| {
            let own = reading.columns.iter().position(|column| column == name);
            own.and_then(|own| codes.get(own)).is_some_and(|own| own == code)
        });
        let Some(member) = codes.get(place).copied().filter(|_| is_meant) else { continue };
        let mut common = codes.clone();
        common[place] = "";
        groups.entry(common).or_default().insert(member, at);
    }
    groups
}

/// How far a sum may be off for one figure of it: a rounded one by half a unit.
fn slack(step: f64) -> f64 {
    if step == 1.0 { 0.0 } else { step / 2.0 }
}

fn sums(
    recipe: &Recipe,
    sum: &Spanned<WrittenSum>,
    reading: &Reading,
    workbook: &Workbook,
) -> Vec<Diagnostic> {
    let (place, sum) = (recipe.text.place(sum.span()), sum.get_ref());
    let mut found = vec![];
    let groups = groups(reading, &sum.over, &sum.only);
    if groups.is_empty() {
        found.push(
            Diagnostic::error(Code::K1511, message!("no figure belongs to this sum"))
                .at(place.clone()),
        );
    }
    for (common, group) in groups {
        let named: Vec<&str> = common.iter().copied().filter(|code| !code.is_empty()).collect();
        let named = named.join(" ");
        let total = match &sum.equals {
            Equals::Number(_) => None,
            Equals::Member(member) => match member.get(&sum.over) {
                Some(code) => match group.get(code.as_str()) {
                    Some(at) => Some(*at),
                    None => {
                        let message = message!(
                            "{named} has no `{code}`, which should be the sum",
                            named,
                            code
                        );
                        let first = group.values().next().copied().unwrap_or_default();
                        found.push(
                            Diagnostic::error(Code::K1511, message)
                                .at(reading.place(workbook, first))
                                .related(place.clone(), message!("expected here"))
                                .hint(message!(
                                    "delete the sum from `[expect]` if the sheet has no total"
                                )),
                        );
                        continue;
                    }
                },
                None => continue,
            },
        };
        let is_part = |(code, at): &(&&str, &usize)| {
            Some(**at) != total && (sum.of.is_empty() || sum.of.iter().any(|own| own == **code))
        };
        let parts: Vec<usize> = group.iter().filter(is_part).map(|(_, at)| *at).collect();
        // A total that stands alone, as the country before its regions were published, is no sum.
        if parts.is_empty() {
            continue;
        }
        let value = |at: &usize| reading.observations[*at].value();
        let values: Option<Vec<f64>> = parts.iter().map(value).collect();
        let target = match (&sum.equals, total) {
            (Equals::Number(number), _) => Some(*number),
            (_, Some(total)) => value(&total),
            _ => None,
        };
        // Where one of them is not published, nothing can be said.
        let (Some(values), Some(target)) = (values, target) else { continue };
        let added: f64 = values.iter().sum();
        let all = parts.iter().chain(&total);
        let rounding: f64 = all.map(|at| slack(reading.rounded_to(*at))).sum();
        let within = sum.within.unwrap_or(rounding);
        if (added - target).abs() <= within + 1e-9 * target.abs().max(1.0) {
            continue;
        }
        let message = message!(
            "{named}: {number_of_parts} figures over `{over}` add up to {added}, but the total is {target}",
            named,
            number_of_parts = parts.len(),
            over = sum.over,
            added = shown(added),
            target = shown(target)
        );
        let at = total.or(parts.first().copied()).and_then(|at| reading.place(workbook, at));
        found.push(
            Diagnostic::error(Code::K1511, message)
                .at(at)
                .label(if total.is_some() { message!("the total") } else { message!("the first figure") })
                .related(place.clone(), message!("expected here"))
                .note(message!("the difference is {target}", target = shown(added - target)))
                .note(message!("they are {parts}", parts = cells(reading, &parts)))
                .hint(message!("compare the figures with the publication; a row may be missing or counted twice")),
        );
        if found.len() >= SHOWN {
            break;
        }
    }
    found
}

fn balances(
    recipe: &Recipe,
    balance: &Spanned<WrittenBalance>,
    reading: &Reading,
    workbook: &Workbook,
) -> Vec<Diagnostic> {
    let (place, balance) = (recipe.text.place(balance.span()), balance.get_ref());
    let mut found = vec![];
    let mut is_met = false;
    for (common, group) in groups(reading, &balance.over, &indexmap::IndexMap::new()) {
        // Figures that are there and not published make the balance too, though nothing can be said of it.
        let mut named = plus_and_minus(balance).chain([&balance.result]);
        is_met |= named.all(|code| group.contains_key(code.as_str()));
        let own = |code: &String| {
            let at = *group.get(code.as_str())?;
            Some((at, reading.observations[at].value()?))
        };
        let side = |codes: &[String]| codes.iter().map(own).collect::<Option<Vec<_>>>();
        let (Some((at, result)), Some(plus), Some(minus)) =
            (own(&balance.result), side(&balance.plus), side(&balance.minus))
        else {
            continue;
        };
        let sum = |side: &[(usize, f64)]| side.iter().map(|(_, value)| value).sum::<f64>();
        let expected = sum(&plus) - sum(&minus);
        let all = plus.iter().chain(&minus).map(|(at, _)| *at).chain([at]);
        let within: f64 = all.map(|at| slack(reading.rounded_to(at))).sum();
        if (result - expected).abs() <= within + 1e-9 * expected.abs().max(1.0) {
            continue;
        }
        let named: Vec<&str> = common.iter().copied().filter(|code| !code.is_empty()).collect();
        let message = message!(
            "{named}: `{result}` is {result_2}, but its components give {expected}",
            named = named.join(" "),
            result = balance.result,
            result_2 = shown(result),
            expected = shown(expected)
        );
        let parts: Vec<usize> = plus.iter().chain(&minus).map(|(at, _)| *at).collect();
        found.push(
            Diagnostic::error(Code::K1511, message)
                .at(reading.place(workbook, at))
                .related(place.clone(), message!("expected here"))
                .note(message!("it is computed from {parts}", parts = cells(reading, &parts)))
                .hint(message!(
                    "compare the figures with the publication: one of them may be wrong, or may \
                    lack its sign"
                )),
        );
        if found.len() >= SHOWN {
            break;
        }
    }
    if !is_met {
        found.push(
            Diagnostic::error(Code::K1511, message!("no figures belong to this balance"))
                .at(place)
                .hint(message!(
                    "check that `result`, `plus` and `minus` are codes of the dimension"
                )),
        );
    }
    found
}

/// The members that a balance is computed from.
fn plus_and_minus(balance: &WrittenBalance) -> impl Iterator<Item = &String> {
    balance.plus.iter().chain(&balance.minus)
}

/// The cells of figures, the first few by name.
fn cells(reading: &Reading, figures: &[usize]) -> String {
    const SHOWN: usize = 6;
    let mut named: Vec<String> = figures.iter().take(SHOWN).map(|at| reading.cell(*at)).collect();
    if figures.len() > SHOWN {
        named.push(format!("and {} more", figures.len() - SHOWN));
    }
    named.join(", ")
}

/// A number without binary noise.
fn shown(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    format!("{}", rounded + 0.0)
}
