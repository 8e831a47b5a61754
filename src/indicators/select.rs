//! Selections: the value of a table at a time, read directly, as a sum, or as a difference of cumulative
//! totals.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::compute::Computation;
use super::found::{Declared, Found, combine, combine_any, member_wise};
use super::quantity;
use super::{Break, By, Indicator, Moment, Select};
use crate::data::{Cell, Coverage, Published};
use crate::diag::{Code, Diagnostic};
use crate::stats::{
    Absence, Axis, Flag, Matrix, Member, Period, Quantity, RowId, Series, Span, Status, Time, Unit,
    Value, Wanted,
};

impl Select {
    /// The printed formula, in one line.
    pub(super) fn formula(&self) -> String {
        let fixed: Vec<String> =
            self.fixed.iter().map(|(name, member)| format!("{name} = {member}")).collect();
        let by = self.by.as_ref().map_or(String::new(), |by| format!(" by {}", by.dimension));
        format!("{}[{}]{by}", self.table, fixed.join(", "))
    }
}

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
            (Moment::Mean, Time::Over(period)) => {
                return self.mean(indicator, select, period, status);
            }
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
            direct.count_the_unnamed();
        }
        direct.at = (at != time).then_some(at);
        if direct.value_is_known() {
            direct.wanted = unknown_members(select, &direct, at);
            if status.is_none()
                && let Time::Over(period) = at
                && period.span() == Span::Quarter
                && !select.is_monthly
                && let Some(rest) = self.by_parts(indicator, select, at, direct.status)
                && rest.value_is_known()
            {
                self.quarter_agrees(indicator, at, &direct, &rest);
            }
            // Months of a higher status are preferred to another body's account of their sum.
            if status.is_none()
                && select.is_monthly
                && let Some(months) = self.by_parts(indicator, select, at, None)
                && months.number().is_some()
                && months.status > direct.status
            {
                return months;
            }
            return direct;
        }
        let computed = self.by_parts(indicator, select, at, status);
        match computed {
            // That a value is declared unpublished is a better reason than that its parts are missing.
            Some(computed)
                if computed.value_is_known()
                    || !matches!(
                        direct.value,
                        Value::Missing { absence: Absence::NotPublished, .. }
                    ) =>
            {
                computed
            }
            _ => direct,
        }
    }

    /// The mean of a stock at both ends of a period, if both are known; else the stock at its start,
    /// whose day the fact then has. In a series a member known at one end only has no mean, unless
    /// those with both ends hold less than half of the stock: then the start serves for all.
    fn mean(
        &mut self,
        indicator: &Indicator,
        select: &Select,
        period: Period,
        status: Option<Status>,
    ) -> Found {
        let (start, end) = (Time::At(period.start.first_day()), Time::At(period.day_after()));
        let mut first = self.read(select, start, status);
        let last = self.read(select, end, status);
        first.at = Some(start);
        let mut mean = match (&first.value, &last.value) {
            (Value::Number(_), Value::Number(_)) | (Value::Series(_), Value::Series(_)) => {
                let parts = vec![Rc::new(first.clone()), Rc::new(last)];
                match self.alike(indicator, "both ends", parts) {
                    Ok(parts) => combine_any(&parts, |n| Some(quantity::mean(n[0], n[1]))),
                    Err(refused) => return *refused,
                }
            }
            _ => return first,
        };
        // All members have one denominator: the mean or the start, never some of each.
        if let (Value::Series(mean), Value::Series(first_of)) = (&mean.value, &first.value)
            && !most_have_both_ends(mean, first_of)
        {
            return first;
        }
        mean.at = None;
        let formula = select.formula();
        mean.formula = Some(format!("mean of {formula} on {start} and on {end}"));
        mean
    }

    /// A value that no row has: a sum of months, or a quarter as the difference of cumulative totals.
    fn by_parts(
        &mut self,
        indicator: &Indicator,
        select: &Select,
        at: Time,
        status: Option<Status>,
    ) -> Option<Found> {
        if let (true, Time::Over(period)) = (select.is_monthly, at) {
            return Some(self.months(indicator, select, period, status));
        }
        // A quarter is YTD(k) − YTD(k−1). Across two releases it is an estimate, and flagged as one.
        if let Time::Over(period) = at
            && period.span() == Span::Quarter
            && select.at == Moment::During
        {
            let mut whole = self.select(indicator, select, Time::Over(period.to_date()), status);
            let end = period.start.month - 1;
            let before = Period::year_to_date(period.start.year, end);
            let before = self.select(indicator, select, Time::Over(before), status);
            // Totals of one status belong together; those of two need not.
            if whole.status != before.status && before.status.is_some() {
                let total = Time::Over(period.to_date());
                let same = self.select(indicator, select, total, before.status);
                if same.value_is_known() {
                    whole = same;
                }
            }
            return Some(self.quarter(indicator, &whole, &before, period));
        }
        None
    }

    fn quarter(
        &mut self,
        indicator: &Indicator,
        whole: &Found,
        before: &Found,
        period: Period,
    ) -> Found {
        if whole.value_is_known() && !whole.unit.is_count() {
            return Found::missing(
                "the percentage of a quarter is not the difference of two percentages",
            );
        }
        // The earlier total is no part of a total that was revised since.
        if whole.status != before.status && whole.flags.contains(&Flag::Revised) {
            return Found::missing(
                "the total was revised, and the one to be subtracted was not published anew",
            );
        }
        let parts = vec![Rc::new(whole.clone()), Rc::new(before.clone())];
        let parts = match self.alike(indicator, "the totals", parts) {
            Ok(parts) => parts,
            Err(refused) => return *refused,
        };
        let (whole, before) = (&*parts[0], &*parts[1]);
        let mut found = match (&whole.value, &before.value) {
            (Value::Series(a), Value::Series(b)) => {
                let series = member_wise(a, b, |a, b| Some(quantity::difference(a, b)));
                Found::new(Value::Series(series), &whole.unit.0).rest_on(whole).rest_on(before)
            }
            _ => combine(&parts, |n| Some(quantity::difference(n[0], n[1]))),
        };
        found.flags.insert(Flag::Derived);
        if whole.status != before.status {
            found.flags.remove(&Flag::MixedStatus);
            found.flags.insert(Flag::AcrossVintages);
        }
        if indicator.is_signed {
            return found;
        }
        if let Value::Series(series) = &mut found.value {
            // A negative count makes only that member unknown.
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
            let message = message!(
                "`{id}` for {period} would be {value}: the total from January is lower in the later \
                release",
                id,
                period,
                value = quantity.value
            );
            self.found.push(
                Diagnostic::warning(Code::K0205, message)
                    .subject(format!("{id} {period}"))
                    .at(indicator.place.clone())
                    .note(message!(
                        "a count cannot be negative, so the quarter is not printed; the total \
                        from January is printed"
                    ))
                    .hint(message!(
                        "check whether the figures were revised between {rows} and {rows_2}",
                        rows = list(&before.rows),
                        rows_2 = list(&whole.rows)
                    )),
            );
            return Found::missing(format!(
                "the quarter computed by subtraction is negative ({})",
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

    /// The printed value.
    pub(super) fn read_printed(&mut self, select: &Select, time: Time) -> Found {
        self.read(select, time, None)
    }

    /// The printed value from rows of one status, if `status` is given.
    pub(super) fn read_of(&mut self, select: &Select, time: Time, status: Option<Status>) -> Found {
        self.read(select, time, status)
    }

    fn read(&mut self, select: &Select, time: Time, status: Option<Status>) -> Found {
        let is_signed = select.is_signed;
        let fixed: Vec<(&str, &str)> =
            select.fixed.iter().map(|(name, member)| (name.as_str(), member.as_str())).collect();
        let mut cells = match self.view.cells(&select.table, time, &fixed, status) {
            Ok(cells) => cells,
            Err(found) => {
                self.found.extend(found);
                return not_there(select, time);
            }
        };
        for cell in &cells {
            self.found.extend(cell.conflict.iter().map(|conflict| conflict.diagnostic()));
        }
        if cells.is_empty() {
            return self.unpublished(select, time, &fixed);
        }
        let is_left_out = |cell: &Cell<'_>| {
            select.over.iter().any(|dimension| {
                let code = cell.dimension(dimension).unwrap_or_default();
                select.without.iter().any(|without| without == code)
            })
        };
        cells.retain(|cell| !is_left_out(cell));
        // Members that were not asked for are dropped, but totals are kept for the check against them.
        let mut totals = vec![];
        for by in [&select.by, &select.across].into_iter().flatten() {
            let wanted: HashSet<&str> = by.members.iter().map(|code| &**code).collect();
            let (kept, others) = cells.into_iter().partition(|cell: &Cell<'_>| {
                cell.dimension(&by.dimension).is_some_and(|code| wanted.contains(code))
            });
            cells = kept;
            totals = others;
        }
        let claim = self.named_by(select, time, &fixed, &cells);
        if let Some(claim) = claim {
            self.leave_unnamed_out(claim, select, time, &mut cells);
        }
        if cells.is_empty() {
            return not_there(select, time);
        }
        if let Some(refused) = self.cells_alike(select, &mut cells) {
            return refused;
        }
        let kept = select.by.iter().chain(&select.across).map(|by| &by.dimension);
        for dimension in kept.chain(&select.over).collect::<Vec<_>>() {
            if let Some(refused) = self.aggregates_beside_parts(select, dimension, &cells) {
                return refused;
            }
        }
        match (&select.by, &select.across) {
            (Some(by), Some(across)) => read_matrix(by, across, &cells),
            (Some(by), None) => {
                if select.watches_jumps {
                    let outliers = self.view.outliers(&select.table, time, &fixed);
                    self.found.extend(outliers.unwrap_or_default());
                }
                let Some(mut found) = read_series(by, &cells) else {
                    return not_there(select, time);
                };
                found.declared = claim.and_then(|claim| self.declared(claim, select, time, &found));
                self.added_over(select, &cells, &mut found);
                if select.over.is_empty() && select.across.is_none() && status.is_none() {
                    let alike: Vec<&Cell<'_>> = cells.iter().collect();
                    let code = |cell: &Cell<'_>| {
                        cell.dimension(&by.dimension).unwrap_or_default().to_owned()
                    };
                    if !select.is_zero_sum {
                        self.total_among_members(select, time, &alike, code);
                    }
                    self.against_total(select, by, (time, is_signed), &totals, &found);
                }
                found
            }
            (None, _) => {
                let all: Vec<&Cell<'_>> = cells.iter().collect();
                let mut found = added(&all);
                self.added_over(select, &cells, &mut found);
                if status.is_none() {
                    let code = |cell: &Cell<'_>| cell.key.join(", ");
                    self.total_among_members(select, time, &all, code);
                }
                found
            }
        }
    }

    /// The missing value without rows: declared as not published, or not in the data.
    fn unpublished(&self, select: &Select, time: Time, fixed: &[(&str, &str)]) -> Found {
        let by = select.by.as_ref().map(|by| by.dimension.as_str());
        let claim = self.claims(select, time, fixed).find(|claim| {
            claim.published == Published::None && (claim.by.is_none() || claim.by.as_deref() == by)
        });
        let Some(claim) = claim else { return not_there(select, time) };
        let reason =
            format!("`{}` is not published for {time}, says {}", select.table, claim.source);
        let mut found = Found::lacking(reason, Absence::NotPublished);
        found.sources = vec![claim.source.clone()];
        found
    }

    /// The claims about a selection at a time that are visible as of the day.
    fn claims(
        &self,
        select: &Select,
        time: Time,
        fixed: &[(&str, &str)],
    ) -> impl Iterator<Item = &'a Coverage> {
        let data = self.view.dataset();
        let date = self.view.date();
        data.coverage.iter().filter(move |claim| {
            let by = claim.by.as_deref();
            let is_seen = || match &claim.vintage {
                Some(vintage) => data
                    .vintages
                    .get(vintage)
                    .is_some_and(|vintage| date.is_none_or(|date| vintage.released <= date)),
                None => true,
            };
            claim.period.is_none_or(|period| period == time)
                && claim.speaks_of(&select.table, fixed, by)
                && is_seen()
        })
    }

    /// The claim about the members that the release of a series names: that of the newest release of the
    /// highest status with a figure of this time.
    fn named_by(
        &self,
        select: &Select,
        time: Time,
        fixed: &[(&str, &str)],
        cells: &[Cell<'_>],
    ) -> Option<&'a Coverage> {
        let by = select.by.as_ref().filter(|_| select.across.is_none())?;
        let data = self.view.dataset();
        let rank = |claim: &&Coverage| {
            let vintage = claim.vintage.as_ref().and_then(|vintage| data.vintages.get(vintage));
            vintage.map(|vintage| (vintage.status, vintage.released))
        };
        let has_figure = |vintage: &Arc<str>| {
            let mut rows = cells.iter().flat_map(|cell| &cell.observations);
            rows.any(|row| row.vintage == *vintage)
        };
        self.claims(select, time, fixed)
            .filter(|claim| claim.by.as_deref() == Some(&by.dimension))
            .filter(|claim| claim.published != Published::None)
            .filter(|claim| claim.vintage.as_ref().is_none_or(has_figure))
            .max_by_key(rank)
    }

    /// Leaves out members that only another body's account has and the release does not name (K0226).
    fn leave_unnamed_out(
        &mut self,
        claim: &Coverage,
        select: &Select,
        time: Time,
        cells: &mut Vec<Cell<'_>>,
    ) {
        let Some(by) = &select.by else { return };
        if claim.published == Published::All {
            return;
        }
        let is_stranger = |cell: &Cell<'_>| {
            let code = cell.dimension(&by.dimension).unwrap_or_default();
            let joins = claim.published == Published::Listed || cell.quantity.value > 0.0;
            cell.status == Status::Secondary && joins && !claim.names(code)
        };
        // If the release is such an account itself, its own claim counts.
        let vintages = &self.view.dataset().vintages;
        let own = claim.vintage.as_ref().and_then(|vintage| vintages.get(vintage));
        if own.is_some_and(|own| own.status == Status::Secondary) {
            return;
        }
        for cell in cells.iter().filter(|cell| is_stranger(cell)) {
            let code = cell.dimension(&by.dimension).unwrap_or_default();
            let message = message!(
                "{code} of `{table}` for {time} has a figure only in someone else’s account; the release \
                does not name it",
                code,
                table = select.table,
                time
            );
            self.found.push(
                Diagnostic::warning(Code::K0226, message)
                    .subject(format!("{} {} {time}", select.table, cell.key.join(" ")))
                    .about_rows()
                    .at(cell.place())
                    .related(claim.place.clone(), message!("what the release names"))
                    .note(message!("the series is that of the release, so this figure is not used"))
                    .hint(message!(
                        "look the figure up in the release; if it is there, correct this \
                        declaration"
                    )),
            );
        }
        cells.retain(|cell| !is_stranger(cell));
    }

    /// Records what was added up over whole dimensions, and flags the value if members are missing.
    fn added_over(&self, select: &Select, cells: &[Cell<'_>], found: &mut Found) {
        if select.over.is_empty() {
            return;
        }
        let data = self.view.dataset();
        let Some(table) = data.tables.get(&select.table) else { return };
        let of_member = |cell: &Cell<'_>| -> Arc<str> {
            let by = select.by.as_ref().and_then(|by| cell.dimension(&by.dimension));
            by.unwrap_or_default().into()
        };
        let measure: Vec<&str> = select.fixed.iter().map(|(_, member)| member.as_str()).collect();
        let mut summed = BTreeSet::new();
        let mut is_incomplete = false;
        for dimension in &select.over {
            let register = table.registers.get(dimension).and_then(|name| data.registers.get(name));
            let is_part = |code: &str| match register {
                Some(register) => !register.is_aggregate(code),
                None => !crate::data::is_total_code(code),
            };
            let mut of: HashMap<Arc<str>, HashSet<&str>> = HashMap::new();
            for cell in cells {
                let code = cell.dimension(dimension).unwrap_or_default();
                of.entry(of_member(cell)).or_default().insert(code);
                let what = format!("{}[{}] {dimension} {code}", select.table, measure.join(", "));
                summed.insert((of_member(cell), what));
            }
            let all = table.members.get(dimension).into_iter().flatten();
            let is_asked = |code: &&str| !select.without.iter().any(|without| without == code);
            let parts: Vec<&str> =
                all.map(|code| &**code).filter(|code| is_part(code)).filter(is_asked).collect();
            is_incomplete |= of.values().any(|has| parts.iter().any(|code| !has.contains(code)));
        }
        if is_incomplete {
            found.flags.insert(Flag::Incomplete);
        }
        found.summed = Some(summed);
    }

    /// What is declared about the members of a series, if every member that the release names was
    /// entered; the others are reported (K0214).
    fn declared(
        &mut self,
        claim: &Coverage,
        select: &Select,
        time: Time,
        found: &Found,
    ) -> Option<Declared> {
        let Value::Series(series) = &found.value else { return None };
        let is_named = |code: &str| claim.published == Published::All || claim.names(code);
        let open: Vec<&str> = series
            .members
            .iter()
            .filter(|member| member.quantity.is_none() && is_named(&member.code))
            .map(|member| &*member.code)
            .collect();
        if !open.is_empty() {
            let fixed: Vec<&str> = select.fixed.iter().map(|(_, m)| m.as_str()).collect();
            let measure = fixed.join(" ");
            let message = message!(
                "{n} of `{table}` for {time} {open} published but missing in the data: {open_2}",
                n = match open.len() {
                    1 => message!("a member"),
                    n => message!("{n} members", n),
                },
                table = select.table,
                time,
                open = if open.len() == 1 { "is" } else { "are" },
                open_2 = open.join(", ")
            );
            self.found.push(
                Diagnostic::warning(Code::K0214, message)
                    .subject(format!("{} {measure} {time}", select.table))
                    .at(claim.place.clone())
                    .note(message!("until they are entered, nothing is counted, added up or ranked over these members"))
                    .hint(message!("enter their rows, or correct this declaration")),
            );
            return None;
        }
        Some(Declared { published: claim.published, source: claim.source.clone() })
    }

    /// The newest day with a figure by the end of a period; without one, the newest period that ended
    /// with it, as nine months in the brief of a year; else the day after the period.
    fn latest(&self, select: &Select, period: Period) -> Time {
        let fixed: Vec<(&str, &str)> =
            select.fixed.iter().map(|(name, member)| (name.as_str(), member.as_str())).collect();
        let end = period.day_after();
        let oldest = period.years_before(1).day_after();
        let days = self.view.times(&select.table, &fixed).unwrap_or_default();
        let newest = days
            .iter()
            .filter_map(|time| match time {
                Time::At(day) if oldest < *day && *day <= end => Some(*day),
                _ => None,
            })
            .max();
        let spans = days.iter().filter_map(|time| match time {
            Time::Over(span) if oldest < span.day_after() && span.day_after() <= end => Some(*span),
            _ => None,
        });
        match newest {
            Some(day) => Time::At(day),
            None => spans.max_by_key(|span| span.day_after()).map_or(Time::At(end), Time::Over),
        }
    }

    /// The sum of a table's months, if all of them have a value.
    fn months(
        &mut self,
        indicator: &Indicator,
        select: &Select,
        period: Period,
        status: Option<Status>,
    ) -> Found {
        let months: Vec<Rc<Found>> = period
            .months()
            .into_iter()
            .map(|month| Rc::new(self.read(select, Time::Over(month), status)))
            .collect();
        if months.iter().any(|month| month.value_is_known() && !month.unit.is_count()) {
            return Found::missing(
                "a percentage of a period is not the sum of those of its months",
            );
        }
        match self.alike(indicator, "the months", months) {
            Ok(months) => combine(&months, |numbers| Some(quantity::sum(numbers))),
            Err(refused) => *refused,
        }
    }

    /// The break between two times for a selection and a member, if there is one.
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

    /// The codes for which the data declare that an indicator by members has no figure. A rate has none
    /// where one of its operands has none.
    pub(super) fn not_applicable(&self, indicator: &'a Indicator) -> BTreeSet<Arc<str>> {
        let data = self.view.dataset();
        let mut codes = BTreeSet::new();
        for select in self.selections(indicator) {
            let (Some(by), Some(table)) = (&select.by, data.tables.get(&select.table)) else {
                continue;
            };
            if table.not_applicable.is_empty() {
                continue;
            }
            let fixed = select.fixed.iter().map(|(name, member)| (name.as_str(), member.as_str()));
            let mut members: Vec<(&str, &str)> = fixed.collect();
            let all = table.members.get(&by.dimension).map_or(&by.members, |listed| listed);
            for code in all {
                members.push((&by.dimension, code));
                if table.is_not_applicable(&members) {
                    codes.insert(code.clone());
                }
                members.pop();
            }
        }
        codes
    }

    /// The selections that an indicator reads in the end.
    pub(super) fn selections(&self, indicator: &'a Indicator) -> Vec<&'a Select> {
        self.indicators.reads(&indicator.id)
    }
}

impl Found {
    /// If a source names every member with a positive value, the others are not positive; a count, which
    /// is never negative, is then zero.
    fn count_the_unnamed(&mut self) {
        if !self.names_positive() {
            return;
        }
        let Value::Series(series) = &mut self.value else { return };
        for member in series.members.iter_mut().filter(|member| member.quantity.is_none()) {
            member.quantity = Some(Quantity::exact(0.0));
        }
        self.flags.remove(&Flag::Incomplete);
    }
}

/// Whether the members of `mean`, which have a stock at both ends, hold at least half of the stock that
/// `start` has of all members.
fn most_have_both_ends(mean: &Series, start: &Series) -> bool {
    let stock = |of: &Member| of.quantity.map_or(0.0, |quantity| quantity.value);
    let has_mean =
        |code: &str| mean.members.iter().any(|m| *m.code == *code && m.quantity.is_some());
    let with_both = start.members.iter().filter(|of| has_mean(&of.code));
    with_both.map(stock).sum::<f64>() * 2.0 >= start.members.iter().map(stock).sum::<f64>()
}

/// The sum of some cells, or a single one unchanged.
fn added(cells: &[&Cell<'_>]) -> Found {
    let numbers: Vec<Quantity> = cells.iter().map(|cell| cell.quantity).collect();
    let value = Value::Number(quantity::sum(&numbers));
    resting(Found::new(value, &cells[0].unit), cells)
}

/// Adds the rows and sources of cells. Consecutive rows of a large table become one run.
fn resting(found: Found, cells: &[&Cell<'_>]) -> Found {
    if let [cell] = cells {
        return found.rest_on_cell(cell);
    }
    let mut found = found;
    let mut rows: Vec<RowId> = cells.iter().map(|cell| cell.printed().row()).collect();
    rows.sort();
    for row in rows {
        match found.rows.last_mut() {
            Some(run) if row.cell.is_none() && run.file == row.file && run.last + 1 == row.line => {
                run.last = row.last;
            }
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
        if found.status.is_some_and(|status| status != cell.status) {
            found.flags.insert(Flag::MixedStatus);
        }
        found.status = Some(found.status.map_or(cell.status, |status| status.min(cell.status)));
    }
    found
}

/// One number for each member; other open dimensions are added up.
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

/// One number for each pair of members; other open dimensions are added up.
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

/// The missing value of a selection without rows.
fn not_there(select: &Select, time: Time) -> Found {
    let fixed: Vec<String> =
        select.fixed.iter().map(|(name, member)| format!("{name} = {member}")).collect();
    let fixed = fixed.join(", ");
    let mut found = Found::absent(format!("no row of `{}` has {fixed} for {time}", select.table));
    let kept = select.by.iter().chain(&select.across);
    let each = kept.map(|by| (by.dimension.clone(), by.members.clone())).collect();
    found.wanted = vec![wanted(select, each, time)];
    found
}

fn wanted(select: &Select, each: Vec<(String, Vec<Arc<str>>)>, time: Time) -> Wanted {
    Wanted { table: select.table.clone(), fixed: select.fixed.clone(), each, time }
}

/// The rows of the members without a value of a series read from a table.
fn unknown_members(select: &Select, found: &Found, time: Time) -> Vec<Wanted> {
    let (Some(by), None, Some(series)) = (&select.by, &select.across, found.series()) else {
        return vec![];
    };
    let unknown = series.members.iter().filter(|member| member.quantity.is_none());
    let unknown: Vec<Arc<str>> = unknown.map(|member| member.code.clone()).collect();
    if unknown.is_empty() {
        return vec![];
    }
    vec![wanted(select, vec![(by.dimension.clone(), unknown)], time)]
}

pub(super) fn list(rows: &[RowId]) -> String {
    let names: Vec<String> = rows.iter().take(5).map(RowId::to_string).collect();
    names.join(", ")
}
