//! Marks: values worded for an edition, as several forms of figure need them.
//!
//! In: series and matrices, and a [`Writer`]. Out: bars, ticks and labels for a chart.

use crate::charts::{Bar, nice_ticks};
use crate::diag::Result;
use crate::locale::Sign;
use crate::prose::Writer;
use crate::stats::{Matrix, Member, Period, Quantity, Series, Unit, member_id};

/// The bars of a series, largest first.
pub(super) fn bars(of: &str, series: &Series, writer: &Writer) -> Result<Vec<Bar>> {
    let sign = sign_of(of, writer);
    series
        .ranked()
        .into_iter()
        .map(|(member, quantity)| {
            Ok(Bar {
                label: writer.locale().name(&series.register, &member.code, "nom")?.to_owned(),
                value: Some(quantity.value),
                text: writer.locale().short_integer(quantity, sign),
                fact: member_id(of, &member.code),
                base: member.base.map(|base| base.value),
                is_emphasised: writer.is_own(&series.register, &member.code),
                is_reported: false,
            })
        })
        .collect()
}

/// The bar of one member; a missing value has the text for that.
pub(super) fn column(of: &str, member: &Member, sign: Sign, writer: &Writer) -> Bar {
    Bar {
        label: member.code.to_string(),
        value: member.quantity.map(|q| q.value),
        text: member.quantity.map_or_else(
            || writer.locale().missing().to_owned(),
            |q| writer.locale().short_integer(q, sign),
        ),
        fact: if member.quantity.is_some() { member_id(of, &member.code) } else { String::new() },
        ..Bar::default()
    }
}

/// The quarters of a matrix, worded as in the head of a table.
pub(super) fn quarters(matrix: &Matrix, writer: &Writer) -> Result<Vec<String>> {
    matrix
        .columns
        .codes
        .iter()
        .map(|code| match code.parse::<Period>() {
            Ok(period) => writer.locale().period(period, "short"),
            Err(_) => Ok(code.to_string()),
        })
        .collect()
}

/// How the sign is shown: always for a balance, only if negative for a count.
pub(super) fn sign_of(id: &str, writer: &Writer) -> Sign {
    let is_balance = writer.facts().get(id).is_some_and(|fact| fact.is_signed);
    if is_balance { Sign::Always } else { Sign::Auto }
}

/// Ticks of counts: round values with their labels.
pub(super) fn ticks(values: impl Iterator<Item = f64>, writer: &Writer) -> Vec<(f64, String)> {
    ticks_of(values, Sign::Auto, writer)
}

/// Ticks: round values with their labels.
pub(super) fn ticks_of(
    values: impl Iterator<Item = f64>,
    sign: Sign,
    writer: &Writer,
) -> Vec<(f64, String)> {
    let (least, most) = values.fold((0.0_f64, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let ticks = nice_ticks(least, most);
    // A tick at 0.5 must not be labelled 1.
    let apart = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(1.0, f64::min);
    let label = |tick: f64| {
        let quantity = Quantity { step: apart.min(1.0), ..Quantity::exact(tick) };
        // Zero has no sign.
        let sign = if tick == 0.0 { Sign::Auto } else { sign };
        writer.locale().short_integer(quantity, sign)
    };
    ticks.into_iter().map(|tick| (tick, label(tick))).collect()
}

/// A number as a drawing prints it: a rate or a share with its decimals, a count in whole units.
pub(super) fn number(
    quantity: Quantity,
    unit: Option<&Unit>,
    sign: Sign,
    writer: &Writer,
) -> String {
    let locale = writer.locale();
    match unit.map(|unit| &*unit.0) {
        Some(Unit::PERCENT) => locale.percent(quantity, 1, sign),
        Some(Unit::POINTS | Unit::INDEX | Unit::INDEX_POINTS) => {
            locale.percent_number(quantity, 1, sign)
        }
        Some(unit) if unit.starts_with("per-") => locale.percent_number(quantity, 1, sign),
        _ => locale.short_integer(quantity, sign),
    }
}

/// The name of a member by its code; a year is its own name.
pub(super) fn member_name(writer: &Writer, series: &Series, code: &str) -> Result<String> {
    match code.parse::<i16>() {
        Ok(_) => Ok(code.to_owned()),
        Err(_) => Ok(writer.locale().name(&series.register, code, "nom")?.to_owned()),
    }
}

/// The name of a member.
pub(super) fn name(writer: &Writer, series: &Series, member: &Member) -> Result<String> {
    Ok(writer.locale().name(&series.register, &member.code, "nom")?.to_owned())
}
