//! Selections: what a table says at a time, directly, as a sum, or as a difference of totals.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::compute::Computation;
use super::found::{Found, combine, member_wise};
use super::quantity;
use super::{Break, By, Indicator, Kind, Moment, Published, Select};
use crate::data::{Cell, RowId, Status, Time};
use crate::diag::Diagnostic;
use crate::facts::{Axis, Flag, Matrix, Member, Quantity, Series, Unit, Value};
use crate::period::{Period, Span};

impl<'a> Computation<'a> {
    pub(super) fn select(
        &mut self,
        indicator: &Indicator,
        select: &Select,
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let at = match (select.at, time) {
            (Moment::During, time) => time,
            (Moment::Start, Time::Over(period)) => Time::At(period.start.first_day()),
            (Moment::End, Time::Over(period)) => Time::At(period.day_after()),
            (Moment::Latest, Time::Over(period)) => self.latest(select, period),
            (Moment::Year, Time::Over(period)) => {
                Time::Over(Period::year_to_date(period.end.year, 12))
            }
            (Moment::LastYear, Time::Over(period)) => Time::Over(period.last_whole_year()),
            (_, time) => time,
        };
        let mut direct = self.read(select, at, status);
        if !indicator.is_signed {
            direct.count_the_unnamed(select);
        }
        direct.at = (at != time).then_some(at);
        if direct.value_is_known() {
            return direct;
        }
        if let (true, Time::Over(period)) = (select.is_monthly, at) {
            return self.months(select, period, status);
        }
        // A quarter is YTD(k) − YTD(k−1); across two releases it is an estimate and says so.
        if let Time::Over(period) = at
            && period.span() == Span::Quarter
            && select.at == Moment::During
        {
            let mut whole = self.select(indicator, select, Time::Over(period.to_date()), status);
            let end = period.start.month - 1;
            let before = Period::year_to_date(period.start.year, end);
            let before = self.select(indicator, select, Time::Over(before), status);
            // Totals of one status are parts of one another; of two they need not be.
            if whole.status != before.status && before.status.is_some() {
                let total = Time::Over(period.to_date());
                let same = self.select(indicator, select, total, before.status);
                if same.value_is_known() {
                    whole = same;
                }
            }
            return self.quarter(indicator, &whole, &before, period);
        }
        direct
    }

    fn quarter(
        &mut self,
        indicator: &Indicator,
        whole: &Found,
        before: &Found,
        period: Period,
    ) -> Found {
        if whole.unit.0.as_ref() == Unit::PERCENT {
            return Found::missing("a percentage of a quarter cannot be got by subtraction");
        }
        // What was revised since is not what the earlier total was a part of.
        if whole.status != before.status && whole.flags.contains(&Flag::Revised) {
            return Found::missing(
                "the total was revised, and the one to be subtracted was not published anew",
            );
        }
        let parts = [Rc::new(whole.clone()), Rc::new(before.clone())];
        let mut found = match (&whole.value, &before.value) {
            (Value::Series(a), Value::Series(b)) => {
                let series = member_wise(a, b, |a, b| Some(quantity::difference(a, b)));
                Found::new(Value::Series(series), &whole.unit.0).rest_on(whole).rest_on(before)
            }
            _ => combine(&parts, |n| Some(quantity::difference(n[0], n[1]))),
        };
        found.flags.insert(Flag::Derived);
        if whole.status != before.status {
            found.flags.insert(Flag::AcrossVintages);
        }
        if indicator.is_signed {
            return found;
        }
        if let Value::Series(series) = &mut found.value {
            // A member's negative count blocks that member alone.
            series
                .members
                .iter_mut()
                .filter(|m| m.quantity.is_some_and(|q| q.value < 0.0))
                .for_each(|member| member.quantity = None);
        }
        if let Some(quantity) = found.number()
            && quantity.value < 0.0
        {
            let id = &indicator.id;
            let message = format!(
                "`{id}` for {period} would be {}: the total fell from one release to the next",
                quantity.value
            );
            self.found.push(
                Diagnostic::warning("K0205", message)
                    .subject(format!("{id} {period}"))
                    .at(indicator.place.clone())
                    .note("a count cannot be negative, so the quarter is not printed; the total from January is")
                    .hint(format!("look for a revision between {} and {}", list(&before.rows), list(&whole.rows))),
            );
            return Found::missing(format!(
                "the quarter got by subtraction is negative ({})",
                quantity.value
            ));
        }
        if let Some(quantity) = found.number()
            && !quantity::is_more_than_rounding(quantity)
        {
            return Found::missing(format!(
                "the totals are known to {} only, too coarse for their difference",
                quantity.step
            ));
        }
        found
    }

    /// What the source prints, as it is.
    pub(super) fn read_printed(&mut self, select: &Select, time: Time) -> Found {
        self.read(select, time, None)
    }

    fn read(&mut self, select: &Select, time: Time, status: Option<Status>) -> Found {
        let fixed: Vec<(&str, &str)> =
            select.fixed.iter().map(|(name, member)| (name.as_str(), member.as_str())).collect();
        let cells = match self.view.cells(&select.table, time, &fixed, status) {
            Ok(cells) => cells,
            Err(found) => {
                self.found.extend(found);
                return Found::missing(absent(select, time));
            }
        };
        for cell in &cells {
            self.found.extend(cell.clash.iter().map(|clash| clash.diagnostic()));
        }
        if cells.is_empty() {
            return Found::missing(absent(select, time));
        }
        match (&select.by, &select.across) {
            (Some(by), Some(across)) => read_matrix(by, across, &cells),
            (Some(by), None) => {
                if select.watches_jumps {
                    let jumps = self.view.jumps(&select.table, time, &fixed);
                    self.found.extend(jumps.unwrap_or_default());
                }
                read_series(by, &cells).unwrap_or_else(|| Found::missing(absent(select, time)))
            }
            (None, _) => {
                let all: Vec<&Cell<'_>> = cells.iter().collect();
                added(&all)
            }
        }
    }

    /// The newest day with a figure by the end of a period; its end where there is none.
    fn latest(&self, select: &Select, period: Period) -> Time {
        let fixed: Vec<(&str, &str)> =
            select.fixed.iter().map(|(name, member)| (name.as_str(), member.as_str())).collect();
        let end = period.day_after();
        let oldest = period.years_before(1).day_after();
        let days = self.view.times(&select.table, &fixed).unwrap_or_default();
        let newest = days
            .into_iter()
            .filter_map(|time| match time {
                Time::At(day) if oldest < day && day <= end => Some(day),
                _ => None,
            })
            .max();
        Time::At(newest.unwrap_or(end))
    }

    /// The sum of a table's months, if every one of them is there.
    fn months(&mut self, select: &Select, period: Period, status: Option<Status>) -> Found {
        let months: Vec<Rc<Found>> = period
            .months()
            .into_iter()
            .map(|month| Rc::new(self.read(select, Time::Over(month), status)))
            .collect();
        combine(&months, |numbers| Some(quantity::sum(numbers)))
    }
    /// The break that lies between two times for a selection and a member, if there is one.
    pub(super) fn break_between(
        &self,
        select: &Select,
        member: Option<&str>,
        base: Time,
        now: Time,
    ) -> Option<&'a Break> {
        let (Time::Over(base), Time::Over(now)) = (base, now) else { return None };
        self.indicators.breaks.iter().find(|b| {
            let fixed =
                || select.fixed.iter().map(|(name, member)| (name.as_str(), member.as_str()));
            let by =
                select.by.as_ref().zip(member).map(|(by, member)| (by.dimension.as_str(), member));
            let concerned = b.members.is_empty()
                || fixed().chain(by).any(|(name, code)| {
                    b.dimension.as_deref().is_none_or(|d| d == name)
                        && b.members.iter().any(|m| m == code)
                });
            (b.tables.is_empty() || b.tables.contains(&select.table))
                && concerned
                && base.start < b.at
                && b.at <= now.end
        })
    }

    /// The selections an indicator finally reads.
    pub(super) fn selections(&self, indicator: &'a Indicator) -> Vec<&'a Select> {
        let mut all = vec![];
        let mut open = vec![indicator];
        while let Some(next) = open.pop() {
            match &next.kind {
                Kind::Select(select) => all.push(select),
                kind => {
                    open.extend(kind.parts().iter().filter_map(|id| self.indicators.all.get(*id)))
                }
            }
        }
        all
    }
}

impl Found {
    /// Where a source names every member with a positive value, the others are not positive: of a
    /// count, which is never below zero, they are nought.
    fn count_the_unnamed(&mut self, select: &Select) {
        let names_positive = |by: &By| by.published == Published::Positive;
        let Value::Series(series) = &mut self.value else { return };
        if !select.by.as_ref().is_some_and(names_positive) {
            return;
        }
        for member in series.members.iter_mut().filter(|member| member.quantity.is_none()) {
            member.quantity = Some(Quantity::exact(0.0));
        }
        self.flags.remove(&Flag::Incomplete);
    }
}

/// The sum of some cells; a single one as it is.
fn added(cells: &[&Cell<'_>]) -> Found {
    let numbers: Vec<Quantity> = cells.iter().map(|cell| cell.quantity).collect();
    let value = Value::Number(quantity::sum(&numbers));
    resting(Found::new(value, &cells[0].unit), cells)
}

/// What a value made of cells rests on. Rows of a large table that follow one another are one run.
fn resting(found: Found, cells: &[&Cell<'_>]) -> Found {
    if let [cell] = cells {
        return found.rest_on_cell(cell);
    }
    let mut found = found;
    let mut rows: Vec<RowId> = cells.iter().map(|cell| cell.printed().row.clone()).collect();
    rows.sort();
    for row in rows {
        match found.rows.last_mut() {
            Some(run) if run.file == row.file && run.last + 1 == row.line => run.last = row.last,
            _ => found.rows.push(row),
        }
    }
    let mut sources = BTreeSet::new();
    let mut vintages = BTreeSet::new();
    for cell in cells {
        if sources.insert(cell.printed().source.clone()) {
            found.sources.push(cell.printed().source.clone());
        }
        if vintages.insert(cell.printed().vintage.clone()) {
            found.vintages.push(cell.printed().vintage.clone());
        }
        found.flags.extend(&cell.flags);
        found.status = Some(found.status.map_or(cell.status, |status| status.min(cell.status)));
    }
    found
}

/// One number for each member; the other open dimensions are added up.
fn read_series(by: &By, cells: &[Cell<'_>]) -> Option<Found> {
    let mut of: HashMap<&str, Vec<&Cell<'_>>> = HashMap::new();
    for cell in cells {
        if let Some(code) = cell.dimension(&by.dimension) {
            of.entry(code).or_default().push(cell);
        }
    }
    let mut used: Vec<&Cell<'_>> = vec![];
    let mut members = vec![];
    for code in &by.members {
        let parts = of.remove(&**code).unwrap_or_default();
        let part = (!parts.is_empty()).then(|| added(&parts));
        used.extend(parts);
        members.push(Member {
            code: code.clone(),
            quantity: part.as_ref().and_then(Found::number),
            base: None,
            flags: part.as_ref().map(|part| part.flags.clone()).unwrap_or_default(),
            rows: part.map(|part| part.rows).unwrap_or_default(),
        });
    }
    let first = used.first()?;
    let is_incomplete = members.iter().any(|member| member.quantity.is_none());
    let (dimension, register) = (by.dimension.clone(), by.register.clone());
    let value = Value::Series(Series { dimension, register, members });
    let mut found = resting(Found::new(value, &first.unit), &used);
    if is_incomplete {
        found.flags.insert(Flag::Incomplete);
    }
    Some(found)
}

/// One number for each pair of members; the other open dimensions are added up.
fn read_matrix(by: &By, across: &By, cells: &[Cell<'_>]) -> Found {
    let place = |by: &By| -> HashMap<Arc<str>, usize> {
        by.members.iter().enumerate().map(|(index, code)| (code.clone(), index)).collect()
    };
    let (rows, columns) = (place(by), place(across));
    let mut parts: Vec<Vec<Vec<Quantity>>> = vec![vec![vec![]; columns.len()]; rows.len()];
    let mut used: Vec<&Cell<'_>> = vec![];
    for cell in cells {
        let at = |by: &By, places: &HashMap<Arc<str>, usize>| {
            places.get(cell.dimension(&by.dimension)?).copied()
        };
        if let (Some(row), Some(column)) = (at(by, &rows), at(across, &columns)) {
            parts[row][column].push(cell.quantity);
            used.push(cell);
        }
    }
    let axis = |by: &By| Axis {
        dimension: by.dimension.clone(),
        register: by.register.clone(),
        codes: by.members.clone(),
    };
    let known = |parts: &Vec<Quantity>| (!parts.is_empty()).then(|| quantity::sum(parts));
    let cells = parts.iter().map(|row| row.iter().map(known).collect()).collect();
    let unit = used.first().map_or(Unit::PERSONS.into(), |cell| cell.unit.clone());
    let matrix = Matrix { rows: axis(by), columns: axis(across), cells };
    resting(Found::new(Value::Matrix(matrix), &unit), &used)
}

fn absent(select: &Select, time: Time) -> String {
    let fixed: Vec<String> =
        select.fixed.iter().map(|(name, member)| format!("{name} = {member}")).collect();
    format!("no row of `{}` has {} for {time}", select.table, fixed.join(", "))
}

pub(super) fn list(rows: &[RowId]) -> String {
    let names: Vec<String> = rows.iter().take(5).map(RowId::to_string).collect();
    names.join(", ")
}
