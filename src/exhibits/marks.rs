//! Marks: values in the words of an edition, as more than one form of figure needs them.
//!
//! In: series and matrices, and a [`Writer`]. Out: bars, ticks and labels for a chart.

use crate::charts::{Bar, nice_ticks};
use crate::diag::Result;
use crate::locale::Sign;
use crate::prose::Writer;
use crate::stats::{Matrix, Member, Period, Quantity, Series, member_id};

/// The bars of a series, the largest first.
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

/// The bar of one member; one without a value has the words for that.
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

/// The words of a quarter, as a table's head has them.
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

/// A balance has its sign always, a count only where it is below zero.
pub(super) fn sign_of(id: &str, writer: &Writer) -> Sign {
    let is_balance = writer.facts().get(id).is_some_and(|fact| fact.is_signed);
    if is_balance { Sign::Always } else { Sign::Auto }
}

/// Round values of counts to rule lines at, in words.
pub(super) fn ticks(values: impl Iterator<Item = f64>, writer: &Writer) -> Vec<(f64, String)> {
    ticks_of(values, Sign::Auto, writer)
}

/// Round values to rule lines at, in words.
pub(super) fn ticks_of(
    values: impl Iterator<Item = f64>,
    sign: Sign,
    writer: &Writer,
) -> Vec<(f64, String)> {
    let (least, most) = values.fold((0.0_f64, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let ticks = nice_ticks(least, most);
    // A rule at 0.5 is not labelled 1.
    let apart = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(1.0, f64::min);
    let label = |tick: f64| {
        let quantity = Quantity { step: apart.min(1.0), ..Quantity::exact(tick) };
        // Nought has no sign.
        let sign = if tick == 0.0 { Sign::Auto } else { sign };
        writer.locale().short_integer(quantity, sign)
    };
    ticks.into_iter().map(|tick| (tick, label(tick))).collect()
}

/// What a member is called.
pub(super) fn name(writer: &Writer, series: &Series, member: &Member) -> Result<String> {
    Ok(writer.locale().name(&series.register, &member.code, "nom")?.to_owned())
}
