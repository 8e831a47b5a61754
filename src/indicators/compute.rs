//! Computes indicators at a time: the period itself, its base a year earlier, its last quarter,
//! earlier years. Every value is computed the same way at each of them.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::quantity;
use super::{Break, By, Indicator, Indicators, Keep, Kind, Moment, Published, Select};
use crate::data::{Cell, RowId, Status, Time, View};
use crate::diag::{Diagnostic, Result, Warned, settle};
use crate::facts::{Fact, Facts, Flag, Member, Quantity, Series, Unit, Value};
use crate::period::{Period, Span};

/// Which release of the base a change is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaseRule {
    /// The newest one, as the office itself does (revised bases count).
    #[default]
    Latest,
    /// One as settled as the period's own: express with express, final with final.
    LikeWithLike,
}

/// Computes every indicator for `period` from what `view` lets see.
pub fn compute(
    indicators: &Indicators,
    view: &View<'_>,
    period: Period,
    base_rule: BaseRule,
) -> Result<Warned<Facts>> {
    let mut computation =
        Computation { indicators, view, base_rule, known: HashMap::new(), found: vec![] };
    let mut facts = Facts::default();
    let time = Time::Over(period);
    for indicator in indicators.all.values() {
        computation.facts_of(indicator, time, &indicator.id, &mut facts);
        if let Some((quarter, _)) = period.quarter_by_subtraction()
            && indicator.is_compared
        {
            let id = format!("{}.quarter", indicator.id);
            computation.facts_of(indicator, Time::Over(quarter), &id, &mut facts);
        }
    }
    let mut found = computation.found;
    crate::diag::distinct(&mut found);
    settle(facts, found)
}

/// A value and all that is known of how it came to be.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub value: Value,
    pub unit: Unit,
    pub rows: Vec<RowId>,
    pub sources: Vec<Arc<str>>,
    pub vintages: Vec<Arc<str>>,
    pub flags: BTreeSet<Flag>,
    /// The least settled status among the observations.
    pub status: Option<Status>,
    /// When it holds, where that is another time than the one asked for.
    pub at: Option<Time>,
}

impl Found {
    fn new(value: Value, unit: &str) -> Self {
        Self {
            value,
            unit: Unit::new(unit),
            rows: vec![],
            sources: vec![],
            vintages: vec![],
            flags: BTreeSet::new(),
            status: None,
            at: None,
        }
    }

    pub(super) fn missing(reason: impl Into<String>) -> Self {
        Self::new(Value::Missing { reason: reason.into() }, Unit::PERSONS)
    }

    pub(super) fn number(&self) -> Option<Quantity> {
        match self.value {
            Value::Number(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// A percentage that rounding left too few digits of is not printed.
    pub(super) fn unless_blunt(self) -> Self {
        match self.number() {
            Some(percent) if !quantity::is_sharp(percent) => {
                Self::missing(format!("rounded figures give it to {} points only", percent.step))
            }
            _ => self,
        }
    }

    /// Takes over what `part` rests on.
    pub(super) fn rest_on(mut self, part: &Found) -> Self {
        push_new(&mut self.rows, &part.rows);
        push_new(&mut self.sources, &part.sources);
        push_new(&mut self.vintages, &part.vintages);
        self.flags.extend(&part.flags);
        self.status = match (self.status, part.status) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.at = self.at.or(part.at);
        self
    }

    fn rest_on_cell(self, cell: &Cell<'_>) -> Self {
        let printed = cell.printed();
        let part = Found {
            value: Value::Missing { reason: String::new() },
            unit: self.unit.clone(),
            // The row that is printed carries the value; the others only agree with it.
            rows: vec![printed.row.clone()],
            sources: vec![printed.source.clone()],
            vintages: vec![printed.vintage.clone()],
            flags: cell.flags.clone(),
            status: Some(cell.status),
            at: None,
        };
        self.rest_on(&part)
    }
}

fn push_new<T: PartialEq + Clone>(all: &mut Vec<T>, new: &[T]) {
    for item in new {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
}

pub(super) type Known = HashMap<(String, Time, Option<Status>), Rc<Found>>;

pub(super) struct Computation<'a> {
    pub indicators: &'a Indicators,
    pub view: &'a View<'a>,
    pub base_rule: BaseRule,
    known: Known,
    pub found: Vec<Diagnostic>,
}

impl<'a> Computation<'a> {
    /// The indicator `id` at `time`, from rows of one status if one is given.
    pub(super) fn of(&mut self, id: &str, time: Time, status: Option<Status>) -> Rc<Found> {
        let key = (id.to_owned(), time, status);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let Some(indicator) = self.indicators.all.get(id) else {
            return Rc::new(Found::missing(format!("there is no indicator `{id}`")));
        };
        let mut found = self.kind(indicator, time, status);
        if let Some(unit) = &indicator.unit {
            found.unit = unit.clone();
        }
        if let Some(identity) = indicator.identity {
            self.obeys(indicator, identity.sum, &found);
        }
        let found = Rc::new(found);
        self.known.insert(key, found.clone());
        found
    }

    fn kind(&mut self, indicator: &'a Indicator, time: Time, status: Option<Status>) -> Found {
        match &indicator.kind {
            Kind::Select(select) => self.select(indicator, select, time, status),
            Kind::Sum(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.of(part, time, status)).collect();
                combine(&parts, |numbers| Some(quantity::sum(numbers)))
            }
            Kind::Difference(a, b) => {
                let parts = [self.of(a, time, status), self.of(b, time, status)];
                combine(&parts, |n| Some(quantity::difference(n[0], n[1])))
            }
            Kind::Share { of, whole } => {
                let parts = [self.of(of, time, status), self.of(whole, time, status)];
                combine(&parts, |n| quantity::share(n[0], quantity::difference(n[1], n[0])))
                    .unless_blunt()
            }
            Kind::Effectiveness(a, b) => {
                let parts = [self.of(a, time, status), self.of(b, time, status)];
                combine(&parts, |n| quantity::effectiveness(n[0], n[1])).unless_blunt()
            }
            Kind::Rate { of, over, per } => {
                let parts = [self.of(of, time, status), self.of(over, time, status)];
                match (&parts[0].value, parts[1].number()) {
                    (Value::Series(series), Some(over)) => {
                        let mut series = series.clone();
                        for member in &mut series.members {
                            member.quantity =
                                member.quantity.and_then(|q| quantity::ratio(q, over, *per));
                        }
                        Found::new(Value::Series(series), Unit::PER_1000)
                            .rest_on(&parts[0])
                            .rest_on(&parts[1])
                    }
                    _ => match (&parts[0].value, &parts[1].value) {
                        (Value::Series(of), Value::Series(over)) => Found::new(
                            Value::Series(member_wise(of, over, |a, b| {
                                quantity::ratio(a, b, *per)
                            })),
                            Unit::PER_1000,
                        )
                        .rest_on(&parts[0])
                        .rest_on(&parts[1]),
                        _ => combine(&parts, |n| quantity::ratio(n[0], n[1], *per)),
                    },
                }
            }
            Kind::Count { of, keep } => self.over_kept(of, *keep, time, status, |kept| {
                Some(Quantity::exact(kept.len() as f64))
            }),
            Kind::Size(of) => {
                let part = self.of(of, time, status);
                let Value::Series(series) = &part.value else { return not_a_series(of, &part) };
                Found::new(
                    Value::Number(Quantity::exact(series.members.len() as f64)),
                    Unit::NUMBER,
                )
            }
            Kind::Total { of, keep } => {
                self.over_kept(of, *keep, time, status, |kept| Some(quantity::sum(kept)))
            }
            Kind::Concentration { of, top, keep } => {
                self.over_kept(of, *keep, time, status, |kept| {
                    let (leaders, rest) = kept.split_at((*top).min(kept.len()));
                    quantity::share(quantity::sum(leaders), quantity::sum(rest))
                })
            }
            Kind::Ranked { of, top, keep, largest_first } => {
                let part = self.of(of, time, status);
                let Value::Series(series) = &part.value else { return not_a_series(of, &part) };
                let mut ranked: Vec<Member> = series
                    .ranked()
                    .into_iter()
                    .filter(|(_, q)| keep.keeps(q.value))
                    .map(|(member, _)| member.clone())
                    .collect();
                if !largest_first {
                    ranked.sort_by(|a, b| value_of(a).total_cmp(&value_of(b)));
                }
                ranked.truncate(*top);
                if ranked.is_empty() {
                    return Found::missing(format!("no member of `{of}` is published"));
                }
                let rows: Vec<RowId> = ranked.iter().flat_map(|m| m.rows.clone()).collect();
                let mut found = Found::new(
                    Value::Members(Series { members: ranked, ..series.clone() }),
                    &part.unit.0,
                )
                .rest_on(&part);
                found.rows = rows;
                found
            }
            Kind::First(parts) => {
                let mut reasons = vec![];
                for part in parts {
                    let found = self.of(part, time, status);
                    match &found.value {
                        Value::Missing { reason } => reasons.push(reason.clone()),
                        _ => return (*found).clone(),
                    }
                }
                reasons.dedup();
                Found::missing(reasons.join("; "))
            }
            Kind::History { of, years, is_annual } => {
                self.history(of, *years, *is_annual, time, status)
            }
        }
    }

    /// The same period of this and earlier years; stops at no gap, leaves it open.
    fn history(
        &mut self,
        of: &str,
        years: i16,
        is_annual: bool,
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let Time::Over(period) = time else {
            return Found::missing(format!(
                "`{of}` is no flow: it has no same period of earlier years"
            ));
        };
        let period = if is_annual { period.last_whole_year() } else { period };
        let mut members = vec![];
        let mut found = Found::missing("");
        for back in (0..years).rev() {
            let earlier = period.years_before(back);
            let part = self.of(of, Time::Over(earlier), status);
            let flags = part.flags.clone();
            members.push(Member {
                code: earlier.end.year.to_string().into(),
                quantity: part.number(),
                base: None,
                flags,
                rows: part.rows.clone(),
            });
            if part.number().is_some() {
                found.unit = part.unit.clone();
                found = found.rest_on(&part);
            }
        }
        let first_known = members.iter().position(|m| m.quantity.is_some());
        let Some(first) = first_known else {
            return Found::missing(format!("`{of}` is known in none of the {years} years"));
        };
        members.drain(..first);
        found.at = is_annual.then_some(Time::Over(period));
        let (dimension, register) = ("year".to_owned(), "year".to_owned());
        found.value = Value::Series(Series { dimension, register, members });
        found
    }

    fn over_kept(
        &mut self,
        of: &str,
        keep: Keep,
        time: Time,
        status: Option<Status>,
        formula: impl Fn(&[Quantity]) -> Option<Quantity>,
    ) -> Found {
        let part = self.of(of, time, status);
        let Value::Series(series) = &part.value else { return not_a_series(of, &part) };
        let names_positive = part.flags.contains(&Flag::Incomplete) && keep == Keep::Positive;
        let is_enough = series.is_complete() || (names_positive && self.publishes_positive(of));
        if !is_enough {
            let open = series.members.iter().filter(|m| m.quantity.is_none()).count();
            return Found::missing(format!("{open} members of `{of}` are not published"));
        }
        let kept: Vec<(&Member, Quantity)> =
            series.ranked().into_iter().filter(|(_, q)| keep.keeps(q.value)).collect();
        let numbers: Vec<Quantity> = kept.iter().map(|(_, q)| *q).collect();
        let Some(value) = formula(&numbers) else {
            return Found::missing(format!("no member of `{of}` is left to divide by"));
        };
        let mut found = Found::new(Value::Number(value), &part.unit.0).rest_on(&part);
        found.rows = kept.iter().flat_map(|(member, _)| member.rows.clone()).collect();
        found
    }

    fn publishes_positive(&self, of: &str) -> bool {
        matches!(
            self.indicators.all.get(of).map(|i| &i.kind),
            Some(Kind::Select(Select { by: Some(By { published: Published::Positive, .. }), .. }))
        )
    }

    fn select(
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
            (Moment::Year, Time::Over(period)) => {
                Time::Over(Period::year_to_date(period.end.year, 12))
            }
            (Moment::LastYear, Time::Over(period)) => Time::Over(period.last_whole_year()),
            (_, time) => time,
        };
        let mut direct = self.read(select, at, status);
        direct.at = (at != time).then_some(at);
        if direct.value_is_known() {
            return direct;
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
            if whole.status != before.status && before.status.is_some() {
                let same =
                    self.select(indicator, select, Time::Over(period.to_date()), before.status);
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
        if let Some(quantity) = found.number()
            && quantity.value < 0.0
            && !indicator.is_signed
        {
            let id = &indicator.id;
            let message = format!(
                "`{id}` for {period} would be {}: the total fell from one release to the next",
                quantity.value
            );
            self.found.push(
                Diagnostic::warning("K0205", message)
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
            && !indicator.is_signed
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
        match &select.by {
            None => match cells.first() {
                Some(cell) => {
                    Found::new(Value::Number(cell.quantity), &cell.unit).rest_on_cell(cell)
                }
                None => Found::missing(absent(select, time)),
            },
            Some(by) => {
                // A value far beyond the member's own history may be a swap or a slip.
                self.found.extend(self.view.jumps(&select.table, time, &fixed).unwrap_or_default());
                self.read_series(select, by, time, &cells)
            }
        }
    }

    fn read_series(&self, select: &Select, by: &By, time: Time, cells: &[Cell<'_>]) -> Found {
        let position = |cell: &Cell<'_>| {
            let code = cell.dimension(&by.dimension)?;
            by.members.iter().position(|member| **member == *code)
        };
        let mut found = Found::missing(absent(select, time));
        let mut members: Vec<Member> = by
            .members
            .iter()
            .map(|code| Member {
                code: code.clone(),
                quantity: None,
                base: None,
                flags: BTreeSet::new(),
                rows: vec![],
            })
            .collect();
        let mut any = false;
        for cell in cells {
            let Some(index) = position(cell) else { continue };
            let quantity = cell.quantity;
            any = true;
            let part = Found::missing("").rest_on_cell(cell);
            found.unit = Unit(cell.unit.clone());
            members[index].quantity = Some(quantity);
            members[index].flags = part.flags.clone();
            members[index].rows = part.rows.clone();
            found = found.rest_on(&part);
        }
        if !any {
            return found;
        }
        if members.iter().any(|m| m.quantity.is_none()) {
            found.flags.insert(Flag::Incomplete);
        }
        let (dimension, register) = (by.dimension.clone(), by.register.clone());
        found.value = Value::Series(Series { dimension, register, members });
        found
    }

    fn obeys(&mut self, indicator: &Indicator, sum: f64, found: &Found) {
        let Value::Series(series) = &found.value else { return };
        if !series.is_complete() {
            return;
        }
        let all: Vec<Quantity> = series.members.iter().filter_map(|m| m.quantity).collect();
        let total = quantity::sum(&all);
        if (total.value - sum).abs() > total.error + 1e-6 {
            let message = format!(
                "the members of `{}` add up to {}, not to {sum}",
                indicator.id, total.value
            );
            self.found.push(
                Diagnostic::error("K0206", message)
                    .at(indicator.place.clone())
                    .note("each move between members is a gain of one and a loss of another, so the balances cancel out")
                    .hint(format!("compare these rows with the published table: {}", list(&found.rows))),
            );
        }
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

    /// The fact a value becomes.
    pub(super) fn fact(&self, id: &str, indicator: &Indicator, found: &Found, time: Time) -> Fact {
        Fact {
            id: id.to_owned(),
            value: found.value.clone(),
            unit: found.unit.clone(),
            is_signed: indicator.is_signed,
            time: found.at.unwrap_or(time),
            base_time: None,
            formula: indicator.kind.formula(),
            rows: found.rows.clone(),
            sources: found.sources.clone(),
            vintages: found.vintages.clone(),
            flags: found.flags.clone(),
        }
    }
}

impl Found {
    pub(super) fn value_is_known(&self) -> bool {
        !matches!(self.value, Value::Missing { .. })
    }
}

fn value_of(member: &Member) -> f64 {
    member.quantity.map_or(f64::NAN, |q| q.value)
}

fn not_a_series(of: &str, part: &Found) -> Found {
    match &part.value {
        Value::Missing { reason } => Found::missing(reason.clone()),
        _ => Found::missing(format!("`{of}` is no series")),
    }
}

fn member_wise(
    a: &Series,
    b: &Series,
    formula: impl Fn(Quantity, Quantity) -> Option<Quantity>,
) -> Series {
    let other: HashMap<&str, &Member> = b.members.iter().map(|m| (&*m.code, m)).collect();
    let members = a
        .members
        .iter()
        .map(|member| {
            let mut member = member.clone();
            let partner = other.get(&*member.code);
            member.quantity = match (member.quantity, partner.and_then(|p| p.quantity)) {
                (Some(a), Some(b)) => formula(a, b),
                _ => None,
            };
            member.base = None;
            if let Some(partner) = partner {
                push_new(&mut member.rows, &partner.rows);
                member.flags.extend(&partner.flags);
            }
            member
        })
        .collect();
    Series { members, ..a.clone() }
}

/// A number computed from numbers; missing, with all reasons, when one of them is missing.
fn combine(parts: &[Rc<Found>], formula: impl Fn(&[Quantity]) -> Option<Quantity>) -> Found {
    let mut numbers = vec![];
    let mut reasons: Vec<String> = vec![];
    for part in parts {
        match &part.value {
            Value::Number(quantity) => numbers.push(*quantity),
            Value::Missing { reason } => push_new(&mut reasons, std::slice::from_ref(reason)),
            _ => push_new(&mut reasons, &["a series stands where a number is needed".to_owned()]),
        }
    }
    if !reasons.is_empty() {
        let at = parts.iter().find_map(|part| part.at);
        return Found { at, ..Found::missing(reasons.join("; ")) };
    }
    match formula(&numbers) {
        Some(quantity) => {
            let unit = parts.first().map_or(Unit::PERSONS, |part| &part.unit.0).to_owned();
            parts
                .iter()
                .fold(Found::new(Value::Number(quantity), &unit), |found, part| found.rest_on(part))
        }
        None => Found::missing("division by zero"),
    }
}

fn absent(select: &Select, time: Time) -> String {
    let fixed: Vec<String> =
        select.fixed.iter().map(|(name, member)| format!("{name} = {member}")).collect();
    format!("no row of `{}` has {} for {time}", select.table, fixed.join(", "))
}

fn list(rows: &[RowId]) -> String {
    let names: Vec<String> = rows.iter().take(5).map(RowId::to_string).collect();
    names.join(", ")
}
