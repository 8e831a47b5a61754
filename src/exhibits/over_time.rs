//! Series over time: lines in front of a range, two times beside each other, and lines in a table.
//!
//! In: series over years or at two times, matrices by quarter, and a [`Writer`]. Out: charts with the values that readers look for: the first,
//! the last, the smallest and the largest.

use super::FigureSpec;
use super::bars::{find, names, series_of, unit_of};
use super::forms::{FEWEST, base_times};
use super::marks::{member_name, number, quarters, sign_of, ticks_of};
use crate::charts::{Chart, Line, Mark, Pair, Range, Spark};
use crate::diag::Result;
use crate::prose::{Writer, plain};
use crate::stats::{Fact, Matrix, Member, Quantity, Series, Time, cell_id, member_id};

/// Lines over years in front of the range of other series: in each year from the smallest to the largest
/// of them, if all are known.
pub(super) fn band(
    (of, range): (&[String], &[String]),
    breaks: &[String],
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let of_all = |ids: &[String]| -> Option<Vec<&Series>> {
        ids.iter().map(|id| series_of(id, writer)).collect()
    };
    let Some((all, around)) = of_all(of).zip(of_all(range)) else { return Ok(None) };
    let Some(first) = all.first() else { return Ok(None) };
    let years: Vec<&str> = first.members.iter().map(|year| &*year.code).collect();
    let known = |series: &Series| -> Vec<Option<Quantity>> {
        years.iter().map(|year| find(series, year)?.quantity).collect()
    };
    let (mut lines, mut marks) = (vec![], vec![]);
    let labels = names("line", of, spec, writer)?;
    for (index, ((id, series), label)) in of.iter().zip(&all).zip(labels).enumerate() {
        let known = known(series);
        if known.iter().flatten().count() < FEWEST {
            return Ok(None);
        }
        let words = |q: Quantity| number(q, unit_of(id, writer), sign_of(id, writer), writer);
        let last = known.iter().rposition(Option::is_some);
        let end = last.and_then(|at| Some((known[at]?, years[at])));
        lines.push(Line {
            label,
            points: known.iter().map(|q| q.map(|q| q.value)).collect(),
            text: end.map_or_else(String::new, |(q, _)| words(q)),
            fact: end.map_or_else(String::new, |(_, year)| member_id(id, year)),
        });
        let points = turning_points(&known).into_iter().filter(|(at, _)| Some(*at) != last);
        marks.extend(points.filter_map(|(at, is_below)| {
            let (text, fact) = (words(known[at]?), member_id(id, years[at]));
            Some(Mark { line: index, at, text, fact, is_below })
        }));
    }
    let around: Vec<Vec<Option<Quantity>>> = around.into_iter().map(known).collect();
    let in_year = |at: usize, pick: fn(f64, f64) -> f64| {
        let all: Option<Vec<f64>> = around.iter().map(|known| Some(known[at]?.value)).collect();
        all?.into_iter().reduce(pick)
    };
    let low: Vec<_> = (0..years.len()).map(|at| in_year(at, f64::min)).collect();
    let high: Vec<_> = (0..years.len()).map(|at| in_year(at, f64::max)).collect();
    if low.iter().flatten().count() < FEWEST {
        return Ok(None);
    }
    let shown: Vec<&str> = range.iter().map(String::as_str).collect();
    let label = writer.label(&format!("figures.{}.range", spec.id), &shown)?;
    let values = lines.iter().flat_map(|line: &Line| line.points.iter().flatten());
    let values = values.chain(low.iter().flatten()).chain(high.iter().flatten()).copied();
    let ticks = ticks_of(values, sign_of(&of[0], writer), writer);
    let unit = writer.unit_label(&format!("figures.{}.unit", spec.id), &of[0])?;
    let mut at_breaks = vec![];
    for year in breaks {
        if let Some(at) = years.iter().position(|known| known == year).filter(|at| *at > 0) {
            at_breaks.push((at, writer.plain(&format!("figures.{}.break", spec.id))?));
        }
    }
    let periods = years.iter().map(|year| (*year).to_owned()).collect();
    let range = Range { low, high, label };
    Ok(Some(Chart::Band { periods, lines, range, marks, breaks: at_breaks, ticks, unit }))
}

/// Lines from the values of a series at an earlier time to those of its own: those of `since`, or those
/// of a year earlier.
pub(super) fn slope(
    of: &str,
    since: Option<&str>,
    top: usize,
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let Some(series) = series_of(of, writer) else { return Ok(None) };
    let before = match since {
        Some(id) => match series_of(id, writer) {
            Some(series) => Some((id, series)),
            None => return Ok(None),
        },
        None => None,
    };
    let earlier = |member: &Member| match before {
        Some((id, series)) => {
            let found = find(series, &member.code).and_then(|member| member.quantity);
            (found, member_id(id, &member.code))
        }
        None => (member.base, format!("{}.base", member_id(of, &member.code))),
    };
    let mut members: Vec<&Member> = series.members.iter().collect();
    members.retain(|member| member.quantity.or(earlier(member).0).is_some());
    let size = |member: &Member| {
        let ends = [member.quantity, earlier(member).0];
        ends.into_iter().flatten().map(|q| q.value).fold(f64::NEG_INFINITY, f64::max)
    };
    members.sort_by(|a, b| size(b).total_cmp(&size(a)));
    members.truncate(top);
    let words =
        |q: Quantity| (q.value, number(q, unit_of(of, writer), sign_of(of, writer), writer));
    let mut rows = vec![];
    for member in &members {
        let (first, fact) = earlier(member);
        rows.push(Pair {
            label: member_name(writer, series, &member.code)?,
            facts: [
                first.map_or_else(String::new, |_| fact),
                member.quantity.map_or_else(String::new, |_| member_id(of, &member.code)),
                String::new(),
            ],
            first: first.map(words),
            second: member.quantity.map(words),
            net: String::new(),
        });
    }
    // Without any row that has both ends there is nothing to compare.
    if !rows.iter().any(|row| row.first.is_some() && row.second.is_some()) {
        return Ok(None);
    }
    let time_of = |id: &str| writer.facts().get(id).map(|fact| fact.time);
    let times: Vec<Time> = match since {
        Some(id) => time_of(id).into_iter().collect(),
        None => base_times(of, writer.facts()),
    };
    let first = time_label("first", since, &times, spec, writer)?;
    let times: Vec<Time> = time_of(of).into_iter().collect();
    let second = time_label("second", Some(of), &times, spec, writer)?;
    let own = members.iter().position(|member| writer.is_own(&series.register, &member.code));
    let missing = writer.locale().missing().to_owned();
    Ok(Some(Chart::Slope { rows, first, second, own, missing }))
}

/// The words over one end of a slope; refused if they name another time or measure than its values have.
fn time_label(
    part: &str,
    of: Option<&str>,
    times: &[Time],
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<String> {
    let key = format!("figures.{}.{part}", spec.id);
    let line = writer.phrase(&key)?.unwrap_or_default();
    writer.names_own_time(&key, &line, times)?;
    // The values of a year earlier are no fact of their own.
    of.map_or_else(|| Ok(plain(&line)), |of| writer.label(&key, &[of]))
}

/// A small table with a line in each row: the members of a matrix, or several series over years.
pub(super) fn sparklines(
    of: &[String],
    members: &[String],
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let table = match of {
        [one] => match writer.facts().get(one).and_then(Fact::matrix) {
            Some(matrix) => members_over_time((one, matrix), members, writer)?,
            None => series_over_years(of, spec, writer)?,
        },
        _ => series_over_years(of, spec, writer)?,
    };
    let Some((periods, rows)) = table.filter(|(_, rows)| !rows.is_empty()) else { return Ok(None) };
    let word = |part: &str| writer.plain(&format!("figures.{}.{part}", spec.id));
    let end = |period: Option<&String>| period.cloned().unwrap_or_default();
    let heads = [end(periods.first()), end(periods.last()), word("low")?, word("high")?];
    Ok(Some(Chart::Sparklines { rows, heads, scale: word("scale")? }))
}

/// The periods of a table of lines, and its rows.
type Table = Option<(Vec<String>, Vec<Spark>)>;

/// A row for each member of a matrix over time, the largest last value first.
fn members_over_time(
    (of, matrix): (&str, &Matrix),
    members: &[String],
    writer: &Writer,
) -> Result<Table> {
    let mut rows = vec![];
    for (code, cells) in matrix.rows.codes.iter().zip(&matrix.cells) {
        if !members.is_empty() && !members.iter().any(|member| **member == **code) {
            continue;
        }
        let name = writer.locale().name(&matrix.rows.register, code, "nom")?;
        let fact = |at: usize| cell_id(of, code, &matrix.columns.codes[at]);
        if let Some(row) = spark(name, cells, (of, &fact), writer) {
            let last = cells.iter().rev().find_map(|cell| *cell).map_or(0.0, |q| q.value);
            let is_emphasised = writer.is_own(&matrix.rows.register, code);
            rows.push((last, Spark { is_emphasised, ..row }));
        }
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(Some((quarters(matrix, writer)?, rows)))
}

/// A row for each series over years, in the order of the figure.
fn series_over_years(of: &[String], spec: &FigureSpec, writer: &Writer) -> Result<Table> {
    let all: Option<Vec<&Series>> = of.iter().map(|id| series_of(id, writer)).collect();
    let Some(all) = all else { return Ok(None) };
    let Some(first) = all.first() else { return Ok(None) };
    let years: Vec<String> = first.members.iter().map(|year| year.code.to_string()).collect();
    let mut rows = vec![];
    for ((id, series), label) in of.iter().zip(&all).zip(names("row", of, spec, writer)?) {
        let known: Vec<Option<Quantity>> =
            years.iter().map(|year| find(series, year)?.quantity).collect();
        let fact = |at: usize| member_id(id, &years[at]);
        rows.extend(spark(&label, &known, (id, &fact), writer));
    }
    Ok(Some((years, rows)))
}

/// A row of a table of lines; `None` if it has too few values for a line.
fn spark(
    label: &str,
    known: &[Option<Quantity>],
    (of, fact): (&str, &dyn Fn(usize) -> String),
    writer: &Writer,
) -> Option<Spark> {
    if known.iter().flatten().count() < FEWEST {
        return None;
    }
    let all = || known.iter().enumerate().filter_map(|(at, q)| Some((at, (*q)?.value)));
    let low = all().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at);
    let high = all().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at);
    let value = |at: Option<usize>| match at.and_then(|at| Some((at, (*known.get(at)?)?))) {
        Some((at, q)) => (number(q, unit_of(of, writer), sign_of(of, writer), writer), fact(at)),
        None => (writer.locale().missing().to_owned(), String::new()),
    };
    Some(Spark {
        label: label.to_owned(),
        points: known.iter().map(|q| q.map(|q| q.value)).collect(),
        values: [Some(0), known.len().checked_sub(1), low, high].map(value),
        is_emphasised: false,
    })
}

/// The largest, smallest and first value, each once, and whether it stands below its point.
fn turning_points(known: &[Option<Quantity>]) -> Vec<(usize, bool)> {
    let all = || known.iter().enumerate().filter_map(|(at, q)| Some((at, (*q)?.value)));
    let high = all().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| (at, false));
    let low = all().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| (at, true));
    let mut two = all();
    let first = two.next();
    // A first value from which the line rises stands below it.
    let rises = first.zip(two.next()).is_some_and(|(first, next)| next.1 > first.1);
    let mut points: Vec<(usize, bool)> = vec![];
    for point in [high, low, first.map(|(at, _)| (at, rises))].into_iter().flatten() {
        if points.iter().all(|(at, _)| *at != point.0) {
            points.push(point);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_and_the_first_value_are_marked_once_each() {
        let known = |values: &[Option<f64>]| -> Vec<Option<Quantity>> {
            values.iter().map(|value| value.map(Quantity::exact)).collect()
        };
        let some = [None, Some(5.0), Some(9.0), Some(2.0), Some(4.0)];
        assert_eq!(turning_points(&known(&some)), [(2, false), (3, true), (1, true)]);
        assert_eq!(turning_points(&known(&[Some(9.0), Some(1.0)])), [(0, false), (1, true)]);
        assert_eq!(turning_points(&known(&[None])), []);
    }
}
