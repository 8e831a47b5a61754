//! Checks that follow from the kind of an indicator: a share is between 0 and 100, a count is not
//! negative, members sum to their total, a typed quarter is the difference of two cumulative totals.
//!
//! Each check compares like with like: figures of one status, beyond what rounding explains.

use std::collections::BTreeSet;

use super::compute::Computation;
use super::found::Found;
use super::select::list;
use super::{Arithmetic, By, Expr, Indicator, Select};
use crate::data::{Cell, Whole, is_total_code};
use crate::diag::{Code, Diagnostic};
use crate::stats::{Flag, Member, Quantity, Series, Status, Time, Unit, Value};

/// Smaller differences are floating-point noise.
const NOISE: f64 = 1e-6;
/// Among more members than this, it is no chance if one is the sum of the others.
const FEWEST_PARTS: usize = 3;

/// The status of a member, by its flags.
pub(super) fn status_of(flags: &BTreeSet<Flag>) -> Status {
    if flags.contains(&Flag::Secondary) {
        Status::Secondary
    } else if flags.contains(&Flag::Provisional) {
        Status::Express
    } else {
        Status::Final
    }
}

impl<'a> Computation<'a> {
    /// Refuses a value that is outside its bounds: K0220 for percentages, K0221 for negative counts.
    pub(super) fn in_bounds(&mut self, indicator: &Indicator, found: Found, time: Time) -> Found {
        let range = self.range(indicator, &found);
        let is_count = !indicator.is_signed && found.unit.is_count();
        let outside = |q: &Quantity| match range {
            Some((low, high)) => {
                q.value < low - q.error - NOISE || q.value > high + q.error + NOISE
            }
            None => is_count && q.value < -q.error - NOISE,
        };
        let Some((code, quantity)) = numbers(&found).into_iter().find(|(_, q)| outside(q)) else {
            return found;
        };
        let id = match &code {
            Some(code) => format!("{}[{code}]", indicator.id),
            None => indicator.id.clone(),
        };
        let shown = (quantity.value * 1000.0).round() / 1000.0;
        let refusal = match range {
            Some((low, high)) => Diagnostic::error(
                Code::K0220,
                message!(
                    "`{id}` for {time} would be {shown} %, but it must be between {low} and \
                    {high}",
                    id,
                    time,
                    shown,
                    low,
                    high
                ),
            )
            .note(match (&indicator.expr, indicator.expr.related()) {
                (Expr::Map(Arithmetic::Share, _), Some((of, whole))) => {
                    message!(
                        "a part is not larger than its whole: `{of}` is divided by `{whole}`",
                        of,
                        whole
                    )
                }
                _ => message!("it is {expr}", expr = indicator.expr.formula()),
            }),
            None => Diagnostic::error(
                Code::K0221,
                message!(
                    "`{id}` for {time} would be {shown}, but a count is not negative",
                    id,
                    time,
                    shown
                ),
            )
            .note(match indicator.expr.balanced() {
                Some((a, b)) => {
                    message!("`{b}` is larger than `{a}`, although it should be a part of it", b, a)
                }
                None => message!("only a balance may be negative"),
            }),
        };
        let hint = message!(
            "compare these rows with the published table: {rows}",
            rows = list(&found.rows)
        );
        let refusal =
            refusal.at(self.place_of(&found).or(Some(indicator.place.clone()))).hint(hint);
        let refusal = match range {
            Some(_) => refusal,
            None => refusal.hint(message!("or set `signed = true`, if it is a balance")),
        };
        self.found.push(refusal.related(indicator.place.clone(), message!("computed here")));
        Found::missing(format!("`{id}` cannot be {shown}"))
    }

    /// The lower and upper bound of a percentage, by the kind of the indicator.
    fn range(&self, indicator: &Indicator, found: &Found) -> Option<(f64, f64)> {
        if found.unit.0.as_ref() != Unit::PERCENT {
            return None;
        }
        match &indicator.expr {
            // A printed share may replace a computed one, so their bounds are the same.
            Expr::First(parts) => parts
                .iter()
                .filter_map(|part| self.indicators.all.get(part.id()?))
                .find(|part| !matches!(part.expr, Expr::First(_)))
                .and_then(|part| self.range(part, found)),
            Expr::Table(select) if !indicator.is_signed => {
                let says_share = |code: &String| {
                    code.split(['_', '-', '.']).any(|word| word.eq_ignore_ascii_case("share"))
                };
                let is_share = select.fixed.iter().any(|(_, code)| says_share(code));
                is_share.then_some((0.0, 100.0))
            }
            expr => expr.bounds(),
        }
    }

    /// Refuses a selection that keeps or adds up both aggregates and their parts in a dimension (K0223).
    pub(super) fn aggregates_beside_parts(
        &mut self,
        select: &Select,
        dimension: &str,
        cells: &[Cell<'_>],
    ) -> Option<Found> {
        let data = self.view.dataset();
        let table = data.tables.get(&select.table)?;
        let register = table.registers.get(dimension).and_then(|name| data.registers.get(name));
        let is_aggregate = |code: &str| match register {
            Some(register) => register.is_aggregate(code),
            None => is_total_code(code),
        };
        let of = |wanted: bool| {
            cells.iter().find(|cell| {
                cell.dimension(dimension).is_some_and(|code| is_aggregate(code) == wanted)
            })
        };
        let (whole, part) = (of(true)?, of(false)?);
        let code = |cell: &Cell<'_>| cell.dimension(dimension).unwrap_or_default().to_owned();
        let (whole_code, part_code) = (code(whole), code(part));
        let message = message!(
            "`{dimension}` of `{table}` contains the total {whole_code} together with its parts, for \
            example {part_code}",
            dimension,
            table = select.table,
            whole_code,
            part_code
        );
        self.found.push(
            Diagnostic::error(Code::K0223, message)
                .at((*select.place).clone())
                .related(whole.place(), message!("the total"))
                .related(part.place(), message!("a part of it"))
                .note(message!(
                    "if they were counted, added up or ranked together, the parts would count \
                    twice"
                ))
                .hint(message!(
                    "select only the parts with `kinds`, or exclude the totals with `without`"
                )),
        );
        Some(Found::missing(format!("{whole_code} is next to its parts")))
    }

    /// Compares the members of a series with their total, where the table has both (K0222).
    pub(super) fn against_total(
        &mut self,
        select: &Select,
        by: &By,
        (time, is_signed): (Time, bool),
        totals: &[Cell<'_>],
        found: &Found,
    ) {
        let Value::Series(series) = &found.value else { return };
        let Some(register) = self.view.dataset().registers.get(&by.register) else { return };
        let mut wholes = totals.iter().filter_map(|cell| {
            let code = cell.dimension(&by.dimension).unwrap_or_default();
            let whole = register.whole_of(code, by.members.iter().map(|code| &**code))?;
            Some((cell, whole))
        });
        let (Some((total, whole)), None) = (wholes.next(), wholes.next()) else { return };
        let known: Vec<(&Member, Quantity)> =
            series.members.iter().filter_map(|m| Some((m, m.quantity?))).collect();
        let is_alike = known.iter().all(|(member, _)| status_of(&member.flags) == total.status);
        let Some(total_quantity) =
            Unit(total.unit.clone()).convert(total.quantity, &found.unit).filter(|_| is_alike)
        else {
            return;
        };
        let error: f64 = known.iter().map(|(_, q)| q.error).sum::<f64>() + total_quantity.error;
        let sum: f64 = known.iter().map(|(_, q)| q.value).sum();
        let apart = sum - total_quantity.value;
        let is_all = whole == Whole::Exhausted
            && series.is_complete()
            && by.members.len() == register.parts();
        let is_wrong = match is_all {
            true => apart.abs() > error + NOISE,
            // The remainder of a count is not negative.
            false => !is_signed && apart > error + NOISE,
        };
        if !is_wrong {
            return;
        }
        let (known, all) = (known.len(), series.members.len());
        let code = total.dimension(&by.dimension).unwrap_or_default();
        let message = message!(
            "{known} of {all} members of `{table}` for {time} add up to {sum}, but {code} has {value}",
            known,
            all,
            table = select.table,
            time,
            sum,
            code,
            value = total_quantity.value
        );
        let at = total.place();
        self.found.push(
            Diagnostic::error(Code::K0222, message)
                .at(at)
                .label(message!("the total"))
                .related((*select.place).clone(), message!("the members are read here"))
                .note(match is_all {
                    true => message!("apart from rounding, the members must add up to their total"),
                    false => message!("some of the members cannot be more than all of them"),
                })
                .hint(message!(
                    "compare these rows with the published table: {rows}",
                    rows = list(&found.rows)
                )),
        );
    }

    /// Warns of a member whose value is the sum of all others, since it may be their total (K0227).
    pub(super) fn total_among_members(
        &mut self,
        select: &Select,
        time: Time,
        cells: &[&Cell<'_>],
        code: impl Fn(&Cell<'_>) -> String,
    ) {
        let is_exact = cells.iter().all(|cell| cell.quantity.error == 0.0);
        if cells.len() <= FEWEST_PARTS || !is_exact {
            return;
        }
        let sum: f64 = cells.iter().map(|cell| cell.quantity.value).sum();
        let is_sum_of_others =
            |cell: &&&Cell<'_>| cell.quantity.value != 0.0 && cell.quantity.value * 2.0 == sum;
        let Some(whole) = cells.iter().find(is_sum_of_others) else { return };
        let message = message!(
            "{whole} of `{table}` for {time} is exactly the sum of all others",
            whole = code(whole),
            table = select.table,
            time
        );
        self.found.push(
            Diagnostic::warning(Code::K0227, message)
                .subject(format!("{} {} {time}", select.table, whole.key.join(" ")))
                .about_rows()
                .at(whole.place())
                .related((*select.place).clone(), message!("read with the others here"))
                .note(message!("if it is a total, its parts would count twice"))
                .hint(message!("if it is their total, exclude it with `without` or `kinds`")),
        );
    }

    /// Checks that a printed quarter equals the difference of the cumulative totals around it (K0225).
    pub(super) fn quarter_agrees(
        &mut self,
        indicator: &Indicator,
        time: Time,
        typed: &Found,
        rest: &Found,
    ) {
        if typed.status != rest.status || rest.flags.contains(&Flag::MixedStatus) {
            return;
        }
        let Some(rest) = rest.in_unit(&typed.unit) else { return };
        let (typed_numbers, rest_numbers) = (numbers(typed), numbers(&rest));
        let apart = typed_numbers.iter().find_map(|(code, typed)| {
            let (_, rest) = rest_numbers.iter().find(|(other, _)| other == code)?;
            let is_apart = (typed.value - rest.value).abs() > typed.error + rest.error + NOISE;
            is_apart.then_some((code.clone(), *typed, *rest))
        });
        let Some((code, typed_quantity, rest_quantity)) = apart else { return };
        let id = code.map_or(indicator.id.clone(), |code| format!("{}[{code}]", indicator.id));
        let message = message!(
            "`{id}` for {time} is {value} in its row, but {value_2} as the difference of the totals",
            id,
            time,
            value = typed_quantity.value,
            value_2 = rest_quantity.value
        );
        self.found.push(
            Diagnostic::error(Code::K0225, message)
                .at(self.place_of(typed))
                .related(indicator.place.clone(), message!("read here"))
                .note(message!(
                    "a quarter is the total to its end minus the total to its beginning"
                ))
                .hint(message!(
                    "compare the row with these totals of the same status: {rows}",
                    rows = list(&rest.rows)
                )),
        );
    }
}

/// The numbers of a value, each with the code of its member; a single number has none.
fn numbers(found: &Found) -> Vec<(Option<String>, Quantity)> {
    match &found.value {
        Value::Number(quantity) => vec![(None, *quantity)],
        Value::Series(Series { members, .. }) | Value::Members(Series { members, .. }) => members
            .iter()
            .filter_map(|member| Some((Some(member.code.to_string()), member.quantity?)))
            .collect(),
        Value::Matrix(matrix) => matrix
            .rows
            .codes
            .iter()
            .zip(&matrix.cells)
            .flat_map(|(row, cells)| {
                let columns = matrix.columns.codes.iter().zip(cells);
                columns.filter_map(move |(column, cell)| {
                    Some((Some(format!("{row}{}{column}", super::TO)), (*cell)?))
                })
            })
            .collect(),
        Value::Missing { .. } => vec![],
    }
}
