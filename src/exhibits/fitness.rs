//! Checks that an exhibit can show what it names: a heatmap needs a matrix, bars need a series.
//!
//! A missing fact may be known in another period, so the exhibit is left out. A fact of the wrong kind is
//! an error in `figures.toml` or `tables.toml`.

use super::{ColumnSpec, FigureSpec, Rows, TableSpec};
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::indicators::quantity;
use crate::prose::Writer;
use crate::stats::{Fact, Facts, Quantity, Series, Time, Unit, Value};

/// The kind of fact that an exhibit needs.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Number,
    Series,
    Years,
    Matrix,
    Square,
}

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Self::Number => "one number",
            Self::Series => "a series",
            Self::Years => "a series over years",
            Self::Matrix => "a matrix",
            Self::Square => "a matrix of flows between the same members",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Number => "name an indicator with one value: without `by`",
            Self::Series => "name an indicator with `by`, or one with `members`",
            Self::Years => "name an indicator with `years`",
            Self::Matrix => "name an indicator with `by` and `across`, or one with `quarters`",
            Self::Square => "name an indicator with `by` and `across` over one register",
        }
    }

    fn fits(self, fact: &Fact) -> bool {
        match (&fact.value, self) {
            // A missing fact fits every shape.
            (Value::Missing { .. }, _) | (Value::Number(_), Self::Number) => true,
            (Value::Series(_) | Value::Members(_), Self::Series) => true,
            (Value::Series(series) | Value::Members(series), Self::Years) => is_of_years(series),
            (Value::Matrix(_), Self::Matrix) => true,
            (Value::Matrix(matrix), Self::Square) => matrix.rows.codes == matrix.columns.codes,
            _ => false,
        }
    }
}

/// Whether the members of a series are years.
pub(super) fn is_of_years(series: &Series) -> bool {
    series.members.iter().all(|member| member.code.parse::<i16>().is_ok())
}

fn kind(fact: &Fact) -> &'static str {
    match &fact.value {
        Value::Number(_) => "one number",
        Value::Series(series) | Value::Members(series) if is_of_years(series) => {
            "a series over years"
        }
        Value::Series(_) | Value::Members(_) => "a series",
        Value::Matrix(_) => "a matrix",
        Value::Missing { .. } => "missing",
    }
}

/// The checks of an exhibit's facts.
pub(super) struct Asking<'a> {
    what: String,
    place: &'a Place,
    facts: &'a Facts,
    found: Vec<Diagnostic>,
}

impl Asking<'_> {
    pub(super) fn shape(&mut self, id: &str, shape: Shape) {
        let Some(fact) = self.facts.get(id).filter(|fact| !shape.fits(fact)) else { return };
        let message =
            format!("{} shows `{id}`, which is {}, not {}", self.what, kind(fact), shape.name());
        self.found.push(
            Diagnostic::error(Code::K0505, message).at(self.place.clone()).hint(shape.hint()),
        );
    }

    /// Checks that a fact is of one of two kinds.
    pub(super) fn one_of(&mut self, id: &str, [first, second]: [Shape; 2]) {
        let fits = |fact: &Fact| first.fits(fact) || second.fits(fact);
        if self.facts.get(id).is_some_and(|fact| !fits(fact)) {
            self.shape(id, first);
        }
    }

    /// Checks that series shown next to each other have the same members.
    pub(super) fn alike(&mut self, ids: &[&String], is_exact: bool) {
        let series = |id: &str| self.facts.get(id).and_then(Fact::series);
        let known: Vec<(&str, &Series)> =
            ids.iter().filter_map(|id| Some((id.as_str(), series(id)?))).collect();
        let Some(((first, one), rest)) = known.split_first() else { return };
        for (id, other) in rest {
            let codes = |series: &Series| {
                series.members.iter().map(|member| member.code.clone()).collect::<Vec<_>>()
            };
            if one.register == other.register && (!is_exact || codes(one) == codes(other)) {
                continue;
            }
            let message =
                format!("{} compares `{first}` with `{id}`, which has other members", self.what);
            self.found.push(
                Diagnostic::error(Code::K0505, message)
                    .at(self.place.clone())
                    .hint("name series with the same members: with the same `by` and `kinds`"),
            );
        }
    }

    /// Checks that a chart to both sides of zero shows a balance.
    pub(super) fn balance(&mut self, id: &str) {
        let Some(fact) = self.facts.get(id) else { return };
        if fact.is_signed || fact.series().is_none() {
            return;
        }
        let message =
            format!("{} draws `{id}` to both sides of zero, but it is not a balance", self.what);
        self.found.push(
            Diagnostic::error(Code::K0508, message)
                .at(self.place.clone())
                .note("a count has no losses, but readers would take its shorter bars for losses")
                .hint("name a balance, or set `signed = true` for the indicator if it is one"),
        );
    }

    /// Checks that a chart from zero to one side shows counts.
    pub(super) fn counts(&mut self, ids: &[&String]) {
        for id in ids {
            let Some(fact) = self.facts.get(id.as_str()) else { continue };
            let negative = fact.series().and_then(|series| {
                let is_below = |q: &Quantity| q.value < 0.0;
                series.members.iter().find(|m| m.quantity.as_ref().is_some_and(is_below))
            });
            let what = &self.what;
            let message = match negative {
                _ if fact.is_signed => {
                    format!("{what} draws `{id}` as bars without a sign, but it is a balance")
                }
                Some(member) => format!(
                    "{what} draws `{id}` as bars without a sign, but `{}` is negative",
                    member.code
                ),
                None => continue,
            };
            self.found.push(
                Diagnostic::error(Code::K0509, message)
                    .at(self.place.clone())
                    .note("bars of counts have one direction, in which a loss would look like a gain")
                    .hint("draw a balance with `form = \"diverging-bars\"`, or over years with `form = \"columns\"`"),
            );
        }
    }

    /// Checks that the first of two times is the earlier one.
    pub(super) fn earlier(&mut self, since: &str, of: &str) {
        let Some((first, second)) = self.facts.get(since).zip(self.facts.get(of)) else { return };
        if first.missing().or(second.missing()).is_some() {
            return;
        }
        let is_earlier = match (first.time, second.time) {
            (Time::Over(first), Time::Over(second)) => first.end < second.end,
            (Time::At(first), Time::At(second)) => first < second,
            _ => true,
        };
        if !is_earlier {
            let message = format!(
                "{} draws lines from `{since}`, of {}, to `{of}`, of {}",
                self.what, first.time, second.time
            );
            self.found.push(
                Diagnostic::error(Code::K0508, message)
                    .at(self.place.clone())
                    .note("a slope compares two times, the earlier one at the left")
                    .hint("name an earlier series in `since`, or leave it out for the year before"),
            );
        }
    }

    /// Checks that the parts of a stack make up their whole: a series, or 100 if they are percentages.
    pub(super) fn parts(&mut self, of: &[String], whole: Option<&str>) {
        let fact = |id: &str| self.facts.get(id).and_then(|fact| Some((fact, fact.series()?)));
        let parts: Option<Vec<_>> = of.iter().map(|id| fact(id)).collect();
        let Some(parts) = parts else { return };
        let is_share = parts.iter().all(|(part, _)| &*part.unit.0 == Unit::PERCENT);
        let sizes = match whole {
            Some(id) => match fact(id) {
                Some((_, series)) => Some(series),
                None => return,
            },
            None if is_share => None,
            None => {
                let message = format!("{} names no `whole` for its parts", self.what);
                self.found.push(
                    Diagnostic::error(Code::K0510, message)
                        .at(self.place.clone())
                        .note("shares of the sum of some parts would be taken for shares of the whole")
                        .hint("add `whole = \"…\"`: the series that the parts make up"),
                );
                return;
            }
        };
        let Some((_, first)) = parts.first() else { return };
        let known_of = |series: &Series, code: &str| {
            series.members.iter().find(|member| &*member.code == code)?.quantity
        };
        for member in &sizes.unwrap_or(first).members {
            let size = match sizes {
                Some(_) => member.quantity,
                None => Some(Quantity::exact(100.0)),
            };
            let known: Vec<Quantity> =
                parts.iter().filter_map(|(_, part)| known_of(part, &member.code)).collect();
            let Some(size) = size.filter(|_| !known.is_empty()) else { continue };
            let sum = quantity::sum(&known);
            let over = sum.value - size.value;
            let open = sum.error + size.error + 1e-6 * size.value.abs().max(1.0);
            // Parts that are not all known may be less than the whole.
            let fits = if known.len() < parts.len() { over <= open } else { over.abs() <= open };
            if !fits {
                let of_whole = whole.map_or("100 %".to_owned(), |id| format!("`{id}`, {size}"));
                let message = format!(
                    "{} has parts of `{}` that add up to {sum}, not to {of_whole}",
                    self.what, member.code,
                );
                self.found.push(
                    Diagnostic::error(Code::K0510, message)
                        .at(self.place.clone())
                        .note("a bar of 100 % shows all parts, each once")
                        .hint("name all parts and no total among them, or correct the rows"),
                );
                return;
            }
        }
    }

    /// Checks that numbers that are subtracted or share a scale have one unit.
    pub(super) fn one_unit(&mut self, ids: &[&String]) {
        let known: Vec<&Fact> = ids
            .iter()
            .filter_map(|id| self.facts.get(id.as_str()))
            .filter(|fact| fact.missing().is_none())
            .collect();
        let Some((first, rest)) = known.split_first() else { return };
        for other in rest.iter().filter(|other| other.unit != first.unit) {
            let message = format!(
                "{} has one scale for `{}`, in {}, and `{}`, in {}",
                self.what, first.id, first.unit.0, other.id, other.unit.0
            );
            self.found.push(
                Diagnostic::error(Code::K0507, message)
                    .at(self.place.clone())
                    .hint("name series with the same unit"),
            );
        }
    }

    /// Checks that the members of a series have positions on the tile map.
    pub(super) fn placed(&mut self, id: &str, writer: &Writer) {
        if let Some(series) = self.facts.get(id).and_then(Fact::series)
            && !series.members.is_empty()
            && series.members.iter().all(|m| writer.tile(&series.register, &m.code).is_none())
        {
            let message = format!(
                "{} shows `{id}`, but the register `{}` has no tile for any member",
                self.what, series.register
            );
            self.found.push(
                Diagnostic::error(Code::K0505, message)
                    .at(self.place.clone())
                    .hint("add the columns `tile_col` and `tile_row` to the register"),
            );
        }
    }

    /// Checks that a balance is arrivals minus departures, not the reverse.
    fn arrivals_first(&mut self, a: &str, b: &str, writer: &Writer) {
        let Some((first, second)) = self.facts.get(a).zip(self.facts.get(b)) else { return };
        if !writer.is_reversed(first, second) {
            return;
        }
        let message =
            format!("{} shows `{a}` less `{b}`, but the balance is `{b}` less `{a}`", self.what);
        self.found.push(
            Diagnostic::error(Code::K0508, message)
                .at(self.place.clone())
                .hint(format!("exchange the two: `net = [\"{b}\", \"{a}\"]`")),
        );
    }

    fn settle(self) -> Result<()> {
        if self.found.is_empty() { Ok(()) } else { Err(self.found) }
    }
}

/// Refuses a figure whose form cannot show its facts.
pub(super) fn figure(spec: &FigureSpec, writer: &Writer) -> Result<()> {
    let mut asking = Asking {
        what: format!("figure `{}`", spec.id),
        place: &spec.place,
        facts: writer.facts(),
        found: vec![],
    };
    spec.form.ask(&mut asking, writer);
    asking.settle()
}

/// Refuses a table whose rows or columns cannot show their facts.
pub(super) fn table(spec: &TableSpec, writer: &Writer) -> Result<()> {
    let mut asking = Asking {
        what: format!("table `{}`", spec.id),
        place: &spec.place,
        facts: writer.facts(),
        found: vec![],
    };
    let mut series: Vec<&String> = vec![];
    match &spec.rows {
        Rows::Indicators { all, .. } => all.iter().for_each(|id| asking.shape(id, Shape::Number)),
        Rows::Members { of, .. } => series.extend(of),
        Rows::Matrix { of } => asking.shape(of, Shape::Matrix),
        Rows::Register { .. } | Rows::Revisions { .. } => {}
    }
    for column in &spec.columns {
        match column {
            ColumnSpec::Series(of)
            | ColumnSpec::SeriesBase(of)
            | ColumnSpec::SeriesDifference(of)
            | ColumnSpec::Change(of) => series.push(of),
            ColumnSpec::Net(a, b) => {
                series.extend([a, b]);
                asking.one_unit(&[a, b]);
                asking.arrivals_first(a, b, writer);
            }
            ColumnSpec::Part(_) | ColumnSpec::Entry(_) | ColumnSpec::Revision(_) => {}
        }
    }
    series.iter().for_each(|id| asking.shape(id, Shape::Series));
    asking.alike(&series, false);
    asking.settle()
}
