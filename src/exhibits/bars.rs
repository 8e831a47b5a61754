//! Bars: counts from zero, alone, in groups, and as the parts of a whole.
//!
//! In: series over one dimension, and a [`Writer`]. Out: the rows of a chart, worded, in the order in
//! which readers compare them: by size, or by the register where that is an order of its own, as of
//! ages.

use super::FigureSpec;
use super::fitness::is_of_years;
use super::forms::base_times;
use super::marks::{member_name, number, sign_of};
use super::written::Order;
use crate::charts::{Bar, Chart, Panel, Stack};
use crate::diag::Result;
use crate::indicators::quantity;
use crate::locale::Sign;
use crate::prose::{Writer, plain};
use crate::stats::{Fact, Member, Quantity, Series, Unit, member_id};

/// Which members have a row, and in which order.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// The largest number of rows; all if `None`.
    pub top: Option<usize>,
    /// Their order.
    pub order: Order,
}

/// Plain bars: the members of one series.
pub(super) fn single(
    of: &str,
    rows: Rows,
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let Some(series) = series_of(of, writer) else { return Ok(None) };
    let key = format!("figures.{}.base", spec.id);
    let base = writer.maybe_phrase(&key)?.unwrap_or_default();
    writer.names_own_time(&key, &base, &base_times(of, writer.facts()))?;
    let base = plain(&base);
    let mut bars = vec![];
    for code in rows.of(&[series]) {
        let Some(member) = find(series, code) else { continue };
        let bar = bar(of, series, member, writer)?;
        // A marker that nothing explains is not drawn.
        let marker = if base.is_empty() { None } else { member.base.map(|base| base.value) };
        bars.push(Bar { base: marker, ..bar });
    }
    let is_known = bars.iter().any(|bar| bar.value.is_some());
    Ok(is_known.then_some(Chart::DivergingBars { bars, base }))
}

/// Grouped bars: for each member a bar of every series.
pub(super) fn grouped(
    of: &[String],
    rows: Rows,
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let Some(all) = all_of(of, writer) else { return Ok(None) };
    let mut groups = vec![];
    for code in rows.of(&all) {
        let mut bars = vec![];
        for (id, series) in of.iter().zip(&all) {
            bars.push(match find(series, code) {
                Some(member) => bar(id, series, member, writer)?,
                None => absent(writer),
            });
        }
        let title = member_name(writer, all[0], code)?;
        let is_emphasised = writer.is_own(&all[0].register, code);
        groups.push(Panel { title, bars, is_emphasised });
    }
    let series = names("series", of, spec, writer)?;
    let is_known = groups.iter().flat_map(|group| &group.bars).any(|bar| bar.value.is_some());
    Ok(is_known.then_some(Chart::GroupedBars { rows: groups, series }))
}

/// Stacked bars: for each member the shares of its parts. The whole is a series, or 100 if the parts are
/// shares already.
pub(super) fn stacked(
    of: &[String],
    whole: Option<&str>,
    rows: Rows,
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let Some(all) = all_of(of, writer) else { return Ok(None) };
    let sizes = match whole {
        Some(id) => match series_of(id, writer) {
            Some(series) => Some((id, series)),
            None => return Ok(None),
        },
        None => None,
    };
    let ranked: Vec<&Series> =
        sizes.iter().map(|(_, series)| *series).chain(all.iter().copied()).collect();
    let mut stacks = vec![];
    for code in rows.of(&ranked) {
        let of_member = |series: &Series| find(series, code).and_then(|member| member.quantity);
        let size = sizes.and_then(|(_, series)| of_member(series));
        let mut parts = vec![];
        for (id, series) in of.iter().zip(&all) {
            let (value, fact) = match sizes {
                None => (of_member(series), member_id(id, code)),
                Some((whole, _)) => {
                    let fact = format!("{} ÷ {}", member_id(id, code), member_id(whole, code));
                    (
                        of_member(series).zip(size).and_then(|(part, whole)| part_of(part, whole)),
                        fact,
                    )
                }
            };
            parts.push(share(value, fact, writer));
        }
        let total = match (sizes, size) {
            (Some((id, _)), Some(size)) => number(size, unit_of(id, writer), Sign::Auto, writer),
            (Some(_), None) => writer.locale().missing().to_owned(),
            (None, _) => String::new(),
        };
        let fact = sizes.filter(|_| size.is_some()).map(|(id, _)| member_id(id, code));
        stacks.push(Stack {
            label: member_name(writer, ranked[0], code)?,
            parts,
            size: size.map(|size| size.value),
            total,
            fact: fact.unwrap_or_default(),
            is_emphasised: writer.is_own(&ranked[0].register, code),
        });
    }
    let parts = names("part", of, spec, writer)?;
    let whole = match whole {
        Some(id) => writer.label(&format!("figures.{}.whole", spec.id), &[id])?,
        None => String::new(),
    };
    let is_known = stacks.iter().flat_map(|stack| &stack.parts).any(|part| part.value.is_some());
    Ok(is_known.then_some(Chart::StackedBars { rows: stacks, parts, whole }))
}

/// The share of a part; a whole of zero has parts of zero.
fn part_of(part: Quantity, whole: Quantity) -> Option<Quantity> {
    if whole.value == 0.0 {
        return Some(Quantity { value: 0.0, ..part });
    }
    quantity::ratio(part, whole, 100.0)
}

/// A segment: a whole per cent, as the bar shows no more.
fn share(value: Option<Quantity>, fact: String, writer: &Writer) -> Bar {
    match value {
        Some(share) => Bar {
            value: Some(share.value),
            text: writer.locale().percent(share, 0, Sign::Auto),
            fact,
            ..Bar::default()
        },
        None => absent(writer),
    }
}

/// The series of all ids; `None` if one of them is missing.
fn all_of<'w>(of: &[String], writer: &'w Writer) -> Option<Vec<&'w Series>> {
    of.iter().map(|id| series_of(id, writer)).collect()
}

/// The words under which a figure shows its series, as `series1`, `series2` …
pub(super) fn names(
    part: &str,
    of: &[String],
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Vec<String>> {
    let name = |(index, id): (usize, &String)| {
        writer.label(&format!("figures.{}.{part}{}", spec.id, index + 1), &[id])
    };
    of.iter().enumerate().map(name).collect()
}

/// The mark of a value that is not in the data.
fn absent(writer: &Writer) -> Bar {
    Bar { text: writer.locale().missing().to_owned(), ..Bar::default() }
}

/// The bar of a member with its name.
fn bar(of: &str, series: &Series, member: &Member, writer: &Writer) -> Result<Bar> {
    let words =
        |quantity: Quantity| number(quantity, unit_of(of, writer), sign_of(of, writer), writer);
    Ok(Bar {
        label: member_name(writer, series, &member.code)?,
        value: member.quantity.map(|q| q.value),
        text: member.quantity.map_or_else(|| writer.locale().missing().to_owned(), words),
        fact: member.quantity.map_or_else(String::new, |_| member_id(of, &member.code)),
        is_emphasised: writer.is_own(&series.register, &member.code),
        ..Bar::default()
    })
}

impl Rows {
    /// The codes of the members that have a row. By size those without any value have none; in the
    /// order of the register a gap is shown.
    pub(super) fn of<'s>(self, all: &[&'s Series]) -> Vec<&'s str> {
        let Some(first) = all.first() else { return vec![] };
        let value = |series: &Series, code: &str| Some(find(series, code)?.quantity?.value);
        let mut codes: Vec<&str> = first.members.iter().map(|member| &*member.code).collect();
        // Years have an order of their own too.
        if self.order == Order::Size && !is_of_years(first) {
            codes.retain(|code| all.iter().any(|series| value(series, code).is_some()));
            let size = |code: &str| value(first, code).unwrap_or(f64::NEG_INFINITY);
            codes.sort_by(|a, b| size(b).total_cmp(&size(a)));
        }
        codes.truncate(self.top.unwrap_or(usize::MAX));
        codes
    }

    /// The number of rows shown and of those with data; `None` if all are shown.
    pub(super) fn shown(self, all: usize) -> Option<(usize, usize)> {
        self.top.map(|top| (all.min(top), all))
    }
}

/// The series of a fact that is known.
pub(super) fn series_of<'w>(of: &str, writer: &'w Writer) -> Option<&'w Series> {
    writer.facts().get(of).and_then(Fact::series)
}

/// The unit of a fact; that of a plain number if it is unknown.
pub(super) fn unit_of<'w>(of: &str, writer: &'w Writer) -> Option<&'w Unit> {
    writer.facts().get(of).map(|fact| &fact.unit)
}

/// The member with a code.
pub(super) fn find<'s>(series: &'s Series, code: &str) -> Option<&'s Member> {
    series.members.iter().find(|member| &*member.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn series(values: &[(&str, Option<f64>)]) -> Series {
        let member = |(code, value): &(&str, Option<f64>)| Member {
            code: (*code).into(),
            quantity: value.map(Quantity::exact),
            base: None,
            flags: BTreeSet::new(),
            rows: vec![],
        };
        let members = values.iter().map(member).collect();
        Series { dimension: "place".into(), register: "places".into(), members }
    }

    #[test]
    fn rows_are_ordered_by_size_and_gaps_are_shown_only_in_an_order_of_its_own() {
        let places = series(&[("a", Some(1.0)), ("b", None), ("c", Some(3.0))]);
        let by = |order| Rows { top: None, order };
        assert_eq!(by(Order::Size).of(&[&places]), ["c", "a"]);
        assert_eq!(by(Order::Code).of(&[&places]), ["a", "b", "c"]);
        assert_eq!(Rows { top: Some(1), order: Order::Size }.of(&[&places]), ["c"]);
        let years = series(&[("2023", Some(1.0)), ("2024", None), ("2025", Some(3.0))]);
        assert_eq!(by(Order::Size).of(&[&years]), ["2023", "2024", "2025"]);
    }

    #[test]
    fn a_member_of_which_only_a_later_series_knows_a_value_has_a_row() {
        let first = series(&[("a", Some(1.0)), ("b", None), ("c", None)]);
        let second = series(&[("a", None), ("b", Some(9.0)), ("c", None)]);
        assert_eq!(Rows { top: None, order: Order::Size }.of(&[&first, &second]), ["a", "b"]);
    }
}
