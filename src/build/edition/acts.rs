//! Acts in registers: their days are in order, and their plans agree with the data.
//!
//! In: registers with the columns of acts (`adopted`, `valid_from`, `valid_to`, `replaces`, `plan`,
//! `unit`, `indicator`) and the data as of a day. Out: K0224 for impossible days, K0229 for a plan that
//! differs from the data, so that a table of acts and a sentence always agree.

use jiff::civil::Date;

use crate::data::{Register, View};
use crate::diag::{Code, Diagnostic, Message};
use crate::indicators::{Expr, Indicators, Moment};
use crate::stats::{Period, Time};

/// The first and last day of a day, month or year.
fn days(text: &str) -> Option<(Date, Date)> {
    let time = Time::of_register(text)?;
    Some((time.first_day(), time.last_day()))
}

/// Problems of acts whose days are not in order.
pub(super) fn days_in_order(register: &Register) -> Vec<Diagnostic> {
    let mut found = vec![];
    for (code, row) in &register.rows {
        let day = |name: &str| row.get(name).and_then(|text| days(text));
        let (adopted, from, to) = (day("adopted"), day("valid_from"), day("valid_to"));
        let mut refuse = |message: Message, hint: Message| {
            found.push(
                Diagnostic::error(Code::K0224, message).at(register.place_of(code)).hint(hint),
            );
        };
        if let (Some((from, _)), Some((_, to))) = (from, to)
            && to < from
        {
            refuse(
                message!("`{code}` ends before it takes effect", code),
                message!("compare `valid_from` and `valid_to` with the act"),
            );
        }
        if let (Some((adopted, _)), Some((_, from))) = (adopted, from)
            && from < adopted
        {
            refuse(
                message!("`{code}` takes effect before it was adopted", code),
                message!("compare `adopted` and `valid_from` with the act"),
            );
        }
        let replaced = row.get("replaces").and_then(|old| register.rows.get(old.as_str()));
        let before = replaced.and_then(|row| days(row.get("valid_from")?));
        if let (Some((_, from)), Some((before, _))) = (from, before)
            && from <= before
        {
            refuse(
                message!("`{code}` does not take effect later than the act it replaces", code),
                message!("compare `valid_from` of both acts, and the acts named under `replaces`"),
            );
        }
    }
    found
}

/// Problems of plans that are compared with another indicator than the plan they replaced.
fn of_others(register: &Register) -> Vec<Diagnostic> {
    let mut found = vec![];
    for (code, row) in &register.rows {
        let Some((before, old)) =
            row.get("replaces").and_then(|old| register.rows.get_key_value(&**old))
        else {
            continue;
        };
        let both = |name: &str| Some((row.get(name)?, old.get(name)?));
        for name in ["indicator", "unit"] {
            let Some((own, other)) = both(name).filter(|(own, other)| own != other) else {
                continue;
            };
            if both("plan").is_none_or(|(own, old)| own.is_empty() || old.is_empty()) {
                continue;
            }
            found.push(
                Diagnostic::error(
                    Code::K0229,
                    message!("the `{name}` of `{code}` is `{own}`, but that of `{before}`, which it replaces, is `{other}`", name, code, own, before, other),
                )
                .at(register.place_of(code))
                .related(register.place_of(before), message!("the act that replaces it"))
                .note(message!("a plan is compared with the result of what was planned, so a new plan must \
                    be compared with the same result"))
                .hint(message!("correct the wrong one")),
            );
        }
    }
    found
}

/// Problems of yearly plans that differ from the data, or that are compared with another indicator than
/// before.
pub(super) fn plans(
    register: &Register,
    indicators: &Indicators,
    view: &View<'_>,
) -> Vec<Diagnostic> {
    let mut found = of_others(register);
    for (code, row) in &register.rows {
        let cell = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
        let (Ok(plan), id) = (cell("plan").parse::<f64>(), cell("indicator")) else { continue };
        let Some(((from, _), (_, to))) = days(cell("valid_from")).zip(days(cell("valid_to")))
        else {
            continue;
        };
        let year = Period::year_to_date(from.year(), 12);
        if from != year.start.first_day() || to.tomorrow().ok() != Some(year.day_after()) {
            continue;
        }
        // The indicator of the plan: `rate = { of = "K2", over = "K2_plan" }`.
        let whole = indicators.all.values().find_map(|indicator| {
            let (of, whole) = indicator.expr.related()?;
            (of == id && indicators.is_plan(whole)).then_some(whole)
        });
        let Some(whole) = whole.and_then(|whole| indicators.all.get(whole)) else { continue };
        let Expr::Table(select) = &whole.expr else { continue };
        if select.by.is_some() || !select.over.is_empty() || select.at != Moment::Year {
            continue;
        }
        let fixed: Vec<(&str, &str)> =
            select.fixed.iter().map(|(name, code)| (name.as_str(), code.as_str())).collect();
        let cells = view.cells(&select.table, Time::Over(year), &fixed, None).unwrap_or_default();
        let [known] = &cells[..] else { continue };
        let quantity = known.quantity;
        if *known.unit != *cell("unit") || (quantity.value - plan).abs() <= quantity.error {
            continue;
        }
        found.push(
            Diagnostic::error(
                Code::K0229,
                message!("the plan of `{code}` is {plan}, but `{id}` is {value}", code, plan, id = whole.id, value = quantity.value),
            )
            .at(register.place_of(code))
            .related(known.place(), message!("{value} for {year}", value = quantity.value, year))
            .hint(
                message!("compare both with the act: one of the two numbers is mistyped, or the indicator is \
                not the right one"),
            ),
        );
    }
    found
}
