//! Computes indicators at a time: the period itself, its base a year earlier, its last quarter,
//! earlier years. Every value is computed the same way at each of them.

use std::collections::HashMap;
use std::rc::Rc;

use super::compare::pairs;
use super::found::{Found, all_lacking, combine, combine_any, member_wise};
use super::matrix::{self, Side};
use super::quantity;
use super::select::list;
use super::{Indicator, Indicators, Keep, Kind};
use crate::data::View;
use crate::diag::{Code, Diagnostic, Result, Warned, settle};
use crate::stats::{
    Fact, Facts, Flag, Member, Period, Quantity, RowId, Series, Status, Time, Unit, Value,
};

/// Which release of the base a change is measured against.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Default,
    serde::Deserialize,
    serde::Serialize,
    schemars::JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum BaseRule {
    /// The newest one, as the office itself does (revised bases count).
    #[default]
    Latest,
    /// One as settled as the period's own: express with express, final with final.
    LikeWithLike,
}

impl BaseRule {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Latest => "latest",
            Self::LikeWithLike => "like-with-like",
        }
    }
}

/// What is compared where a formula has parts of different units.
const PARTS: &str = "the parts";

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
        let found = self.kind(indicator, time, status);
        let found = self.as_written(indicator, found);
        let found = self.in_bounds(indicator, found, time);
        if let Some(identity) = indicator.identity {
            self.obeys(indicator, identity.sum, &found, time);
        }
        let found = Rc::new(found);
        self.known.insert(key, found.clone());
        found
    }

    fn kind(&mut self, indicator: &'a Indicator, time: Time, status: Option<Status>) -> Found {
        match &indicator.kind {
            Kind::Select(select) => self.select(indicator, select, time, status),
            Kind::Sum(names) => {
                let parts: Vec<_> = names.iter().map(|part| self.of(part, time, status)).collect();
                if let Some(apart) = apart_in_time(&parts, names, time, false) {
                    return apart;
                }
                match self.alike(indicator, PARTS, parts) {
                    Ok(parts) => combine_any(&parts, |numbers| Some(quantity::sum(numbers))),
                    Err(refused) => *refused,
                }
            }
            Kind::Difference(a, b) => {
                let parts = vec![self.of(a, time, status), self.of(b, time, status)];
                // The difference of a stock on two days is its change.
                if let Some(apart) = apart_in_time(&parts, &[a, b], time, true) {
                    return apart;
                }
                match self.alike(indicator, PARTS, parts) {
                    Ok(parts) => {
                        let of = |n: &[Quantity]| {
                            let is_apart = quantity::is_told_apart(n[0], n[1]);
                            is_apart.then(|| quantity::difference(n[0], n[1]))
                        };
                        let blunt = "its parts are rounded too coarsely for their difference";
                        let mut found = combine_any(&parts, of).or_missing(blunt);
                        if found.unit.0.as_ref() == Unit::PERCENT {
                            found.unit = Unit::new(Unit::POINTS);
                        }
                        found
                    }
                    Err(refused) => *refused,
                }
            }
            Kind::Share { of, whole } => {
                let parts = vec![self.of(of, time, status), self.of(whole, time, status)];
                if let Some(apart) = apart_in_time(&parts, &[of, whole], time, false) {
                    return apart;
                }
                match self.alike(indicator, PARTS, parts) {
                    Ok(parts) => {
                        combine(&parts, |n| quantity::share(n[0], quantity::difference(n[1], n[0])))
                            .in_percent()
                            .unless_blunt()
                    }
                    Err(refused) => *refused,
                }
            }
            Kind::Effectiveness(a, b) => {
                let parts = vec![self.of(a, time, status), self.of(b, time, status)];
                if let Some(apart) = apart_in_time(&parts, &[a, b], time, false) {
                    return apart;
                }
                match self.alike(indicator, PARTS, parts) {
                    Ok(parts) => combine_any(&parts, |n| quantity::effectiveness(n[0], n[1]))
                        .in_percent()
                        .unless_blunt(),
                    Err(refused) => *refused,
                }
            }
            Kind::Rate { of, over, per } => self.rate(indicator, (of, over, *per), time, status),
            Kind::Count { of, keep } => self
                .over_kept(of, *keep, time, status, |kept| Some(Quantity::exact(kept.len() as f64)))
                .of_unit(Unit::NUMBER),
            Kind::Inflow(of) => matrix::margin(&self.of(of, time, status), of, Side::Columns),
            Kind::Outflow(of) => matrix::margin(&self.of(of, time, status), of, Side::Rows),
            Kind::Flows { of, top } => matrix::flows(&self.of(of, time, status), of, *top),
            Kind::NetVolume(a, b) => {
                let parts = vec![self.of(a, time, status), self.of(b, time, status)];
                match self.alike(indicator, PARTS, parts) {
                    Ok(parts) => {
                        matrix::of_pairs(&parts, |pairs| Some(quantity::net_volume(pairs)))
                    }
                    Err(refused) => *refused,
                }
            }
            Kind::EffectivenessIndex(a, b) => {
                let parts = vec![self.of(a, time, status), self.of(b, time, status)];
                match self.alike(indicator, PARTS, parts) {
                    Ok(parts) => {
                        matrix::of_pairs(&parts, quantity::effectiveness_index).in_percent()
                    }
                    Err(refused) => *refused,
                }
            }
            Kind::Quarters { of, last } => self.quarters(indicator, (of, *last), time, status),
            Kind::Size(of) => {
                let part = self.of(of, time, status);
                let Value::Series(series) = &part.value else { return not_a_series(of, &part) };
                Found::new(
                    Value::Number(Quantity::exact(series.members.len() as f64)),
                    Unit::NUMBER,
                )
            }
            Kind::Total { of, keep } => self.over_kept(of, *keep, time, status, |kept| {
                (!kept.is_empty()).then(|| quantity::sum(kept))
            }),
            Kind::Concentration { of, top, keep } => self
                .over_kept(of, *keep, time, status, |kept| {
                    // The three largest are not two.
                    if kept.len() < *top {
                        return None;
                    }
                    let (leaders, rest) = kept.split_at(*top);
                    quantity::share(quantity::sum(leaders), quantity::sum(rest))
                })
                .in_percent()
                .unless_blunt(),
            Kind::Ranked { of, top, keep, largest_first, whole } => {
                let part = self.of(of, time, status);
                let Value::Series(series) = &part.value else { return not_a_series(of, &part) };
                // Of members that are not known, any may be among the first. A release that is
                // declared to name some is ranked as that, and says that it names some only.
                let is_whole = series.is_complete()
                    || (part.names_positive() && keep.is_of_positive() && *largest_first);
                if !is_whole && part.declared.is_none() {
                    return some_lack(of, series, &part);
                }
                if let Some(reason) = open(of, series, *keep) {
                    return Found::missing(reason);
                }
                let mut ranked: Vec<Member> = series
                    .ranked()
                    .into_iter()
                    .filter(|(_, q)| keep.keeps(q.value))
                    .map(|(member, _)| member.clone())
                    .collect();
                if !largest_first {
                    ranked.sort_by(|a, b| value_of(a).total_cmp(&value_of(b)));
                }
                if let Some(reason) = tie(of, &ranked, *top) {
                    return Found::missing(reason);
                }
                ranked.truncate(*top);
                // What the members that are not named have together none of them can exceed.
                let whole = whole.as_ref().filter(|_| *largest_first && !is_whole);
                let whole = whole.and_then(|whole| self.of(whole, time, status).number());
                let mut is_whole = is_whole;
                if let Some(whole) = whole {
                    let known = series.members.iter().filter_map(|member| member.quantity);
                    let known: f64 = known.map(|q| q.value - q.error).sum();
                    let rest = whole.value + whole.error - known;
                    ranked.retain(|m| m.quantity.is_some_and(|q| q.value - q.error > rest));
                    if ranked.is_empty() {
                        return Found::missing(format!(
                            "a member of `{of}` that the release does not name may be larger than those \
                             it names"
                        ));
                    }
                    is_whole = true;
                }
                if ranked.is_empty() {
                    return Found::missing(match keep {
                        Keep::All => format!("no member of `{of}` has a value"),
                        _ => format!("no member of `{of}` is kept by the rule"),
                    });
                }
                let rows: Vec<RowId> = ranked.iter().flat_map(|m| m.rows.clone()).collect();
                let mut found = Found::new(
                    Value::Members(Series { members: ranked, ..series.clone() }),
                    &part.unit.0,
                )
                .rest_on(&part);
                found.rows = rows;
                match is_whole {
                    true => drop(found.flags.remove(&Flag::Incomplete)),
                    false => drop(found.flags.insert(Flag::Incomplete)),
                }
                found
            }
            Kind::First(parts) => {
                let tried: Vec<_> = parts.iter().map(|part| self.of(part, time, status)).collect();
                let tried = match self.alike(indicator, "the alternatives", tried) {
                    Ok(tried) => tried,
                    Err(refused) => return *refused,
                };
                let Some(first) = tried.iter().position(|found| found.value_is_known()) else {
                    return all_lacking(&tried)
                        .unwrap_or_else(|| Found::missing("there is nothing to choose from"));
                };
                if status.is_none() {
                    self.alternatives_agree(indicator, parts, &tried, (first, time));
                }
                (*tried[first]).clone()
            }
            Kind::History { of, years, is_annual } => {
                self.history(indicator, (of, *years, *is_annual), time, status)
            }
            Kind::Run { of, is_before } => self.run(indicator, (of, *is_before), time, status),
            Kind::Revisions { of, years } => self.revisions(indicator, (of, *years), time),
            Kind::MeanSize(of) => self.mean_size(of, time, status),
            Kind::LastYear { of, back } => self.last_year(of, *back, time, status),
            Kind::Own(own) => self.own(own, time, status),
        }
    }

    /// One over another: of two numbers, of a series and a number, or member by member.
    fn rate(
        &mut self,
        indicator: &'a Indicator,
        (of, over, per): (&str, &str, f64),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let mut parts = vec![self.of(of, time, status), self.of(over, time, status)];
        if let Some(apart) = unrelated_in_time(&parts, (of, over), time) {
            return apart;
        }
        let is_known = parts.iter().all(|part| part.value_is_known());
        let unit = if is_known && parts[0].unit.dimension() != parts[1].unit.dimension() {
            // Of two different things: permits for each employer. It must be written what it is.
            match &indicator.unit {
                Some(unit) if indicator.is_unit_written => unit.clone(),
                _ => return self.not_alike(indicator, PARTS, &parts[0].clone(), &parts[1].clone()),
            }
        } else {
            match self.alike(indicator, PARTS, parts) {
                Ok(alike) => parts = alike,
                Err(refused) => return *refused,
            }
            Unit::of_rate(per)
        };
        // A rate holds when what is related does: the use of a year's quota in nine months is of
        // nine months. That the population is of a day is said.
        let is_of_part = parts[0].at.is_none() && matches!(parts[1].at, Some(Time::Over(_)));
        let found = self.related(&parts, per, &unit);
        if is_of_part { Found { at: None, ..found } } else { found }
    }

    /// The parts of a rate, related.
    fn related(&self, parts: &[Rc<Found>], per: f64, unit: &Unit) -> Found {
        match (&parts[0].value, parts[1].number()) {
            (Value::Series(series), Some(over)) => {
                let mut series = series.clone();
                for member in &mut series.members {
                    member.quantity = member.quantity.and_then(|q| quantity::ratio(q, over, per));
                }
                Found::new(Value::Series(series), &unit.0).rest_on(&parts[0]).rest_on(&parts[1])
            }
            _ => match (&parts[0].value, &parts[1].value) {
                (Value::Series(of), Value::Series(over)) => {
                    let mut series = member_wise(of, over, |a, b| quantity::ratio(a, b, per));
                    // Nothing can be related to an exact nought: such a member has no rate,
                    // known or unknown.
                    let has_none = |code: &str| {
                        let over = over.members.iter().find(|m| &*m.code == code);
                        over.and_then(|m| m.quantity)
                            .is_some_and(|q| q.value == 0.0 && q.error == 0.0)
                    };
                    series.members.retain(|member| !has_none(&member.code));
                    let is_complete = series.is_complete();
                    let mut found = Found::new(Value::Series(series), &unit.0)
                        .rest_on(&parts[0])
                        .rest_on(&parts[1]);
                    if is_complete {
                        found.flags.remove(&Flag::Incomplete);
                    }
                    found
                }
                _ => combine(parts, |n| quantity::ratio(n[0], n[1], per)).of_unit(&unit.0),
            },
        }
    }

    /// Tells an alternative that is passed over and contradicts the one that is taken (K0228).
    fn alternatives_agree(
        &mut self,
        indicator: &Indicator,
        names: &[String],
        tried: &[Rc<Found>],
        (first, time): (usize, Time),
    ) {
        let taken = tried[first].clone();
        for (name, other) in names.iter().zip(tried).skip(first + 1) {
            // What holds at another time, or is of another status, may be another number.
            if (other.at, other.earlier, other.status) != (taken.at, taken.earlier, taken.status) {
                continue;
            }
            let apart = pairs(&taken, other, |_, _| true);
            let apart = apart.into_iter().find(|(_, a, b)| {
                let error = a.error.max(a.step / 2.0) + b.error.max(b.step / 2.0);
                let error = if a.error + b.error == 0.0 && a.step >= 1.0 { 0.0 } else { error };
                (a.value - b.value).abs() > error + 1e-6
            });
            let Some((code, a, b)) = apart else { continue };
            let id = code.map_or(String::new(), |code| format!("[{code}]"));
            let message = format!(
                "`{}{id}` for {time} is {a} by `{}`, and `{name}` gives {b}",
                indicator.id, names[first]
            );
            let mut warning = Diagnostic::warning(Code::K0228, message)
                .subject(format!("{}{id} {name} {time}", indicator.id))
                .about_fact(indicator.id.clone())
                .at(indicator.place.clone())
                .note("both are of one status, and differ by more than rounding explains; the first is printed")
                .hint("compare the rows of both with the published page");
            for (found, name) in [(&taken, &names[first]), (other, name)] {
                if let Some(place) = self.place_of(found) {
                    warning = warning.related(place, format!("a row of `{name}`"));
                }
            }
            self.found.push(warning);
        }
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
        let names_positive = part.names_positive() && keep.is_of_positive();
        if !series.is_complete() && !names_positive {
            return some_lack(of, series, &part);
        }
        if let Some(reason) = open(of, series, keep) {
            return Found::missing(reason);
        }
        let kept: Vec<(&Member, Quantity)> =
            series.ranked().into_iter().filter(|(_, q)| keep.keeps(q.value)).collect();
        let numbers: Vec<Quantity> = kept.iter().map(|(_, q)| *q).collect();
        let Some(value) = formula(&numbers) else {
            return Found::missing(match numbers.len() {
                0 => format!("no member of `{of}` is kept by the rule"),
                n => format!("only {n} members of `{of}` are kept by the rule"),
            });
        };
        if !quantity::is_known(value) {
            return Found::new(Value::Number(value), &part.unit.0).unless_open();
        }
        let mut found = Found::new(Value::Number(value), &part.unit.0).rest_on(&part);
        found.rows = kept.iter().flat_map(|(member, _)| member.rows.clone()).collect();
        // All that is asked for is known.
        found.flags.remove(&Flag::Incomplete);
        found
    }

    fn obeys(&mut self, indicator: &Indicator, sum: f64, found: &Found, time: Time) {
        let Value::Series(series) = &found.value else { return };
        let all: Vec<Quantity> = series.members.iter().filter_map(|m| m.quantity).collect();
        let total = quantity::sum(&all);
        let apart = total.value - sum;
        // Where all positive members are named, the others are nought or less: what is named is
        // then no less than the sum of all.
        let (is_wrong, which) = match series.is_complete() {
            true => (apart.abs() > total.error + 1e-6, "the members"),
            false => {
                let falls_short = apart < -(total.error + 1e-6);
                (found.names_positive() && falls_short, "the members named, all gains among them,")
            }
        };
        if is_wrong {
            let message = format!(
                "{which} of `{}` for {time} add up to {}, not to {sum}",
                indicator.id, total.value
            );
            self.found.push(
                Diagnostic::error(Code::K0206, message)
                    .at(indicator.place.clone())
                    .note("each move between members is a gain of one and a loss of another, so the balances cancel out")
                    .hint(format!("compare these rows with the published table: {}", list(&found.rows))),
            );
        }
    }

    /// The fact a value becomes.
    pub(super) fn fact(&self, id: &str, indicator: &Indicator, found: &Found, time: Time) -> Fact {
        // `X3.base` is computed of what its parts were then: of `X1.base` and `X2.base`.
        let suffix = id.strip_prefix(&indicator.id).unwrap_or_default();
        let operands = indicator.kind.parts().into_iter().map(|part| format!("{part}{suffix}"));
        Fact {
            id: id.to_owned(),
            value: found.value.clone(),
            unit: found.unit.clone(),
            is_signed: indicator.is_signed,
            time: found.at.unwrap_or(time),
            base_time: None,
            formula: found.formula.clone().unwrap_or_else(|| indicator.kind.formula()),
            operation: indicator.kind.operation(),
            operands: operands.collect(),
            rows: found.rows.clone(),
            sources: found.sources.clone(),
            vintages: found.vintages.clone(),
            flags: found.flags.clone(),
        }
    }
}

/// Why what holds over one period makes no rate of what holds over another: a year's moves of a
/// quarter's. A part may be related to the whole that it lies in, as permits to the quota of the
/// year.
fn unrelated_in_time(parts: &[Rc<Found>], (of, over): (&str, &str), time: Time) -> Option<Found> {
    let at = |part: &Rc<Found>| part.at.unwrap_or(time);
    if !parts.iter().all(|part| part.value_is_known()) {
        return None;
    }
    let (Time::Over(part), Time::Over(whole)) = (at(&parts[0]), at(&parts[1])) else { return None };
    let is_within = whole.start <= part.start && part.end <= whole.end;
    (!is_within).then(|| {
        Found::missing(format!(
            "`{of}` holds for {part}, and `{over}` for {whole}: they are not related to one another"
        ))
    })
}

/// Why parts that hold at different times make no sum, share or difference; of two days a
/// difference may be.
fn apart_in_time(
    parts: &[Rc<Found>],
    names: &[impl AsRef<str>],
    time: Time,
    may_be_days: bool,
) -> Option<Found> {
    let known = parts.iter().zip(names).filter(|(part, _)| part.value_is_known());
    let times: Vec<(Time, &str)> =
        known.map(|(part, name)| (part.at.unwrap_or(time), name.as_ref())).collect();
    let (first, name) = *times.first()?;
    let is_apart = |other: Time| match (first, other) {
        (Time::At(_), Time::At(_)) if may_be_days => false,
        (first, other) => first != other,
    };
    let (other, other_name) = times.iter().find(|(other, _)| is_apart(*other))?;
    Some(Found::missing(format!(
        "`{name}` holds for {first}, and `{other_name}` for {other}: they are not taken together"
    )))
}

/// What needs every member of a series, of which some have no value. That a release does not name
/// them makes nothing known of what is published elsewhere.
pub(super) fn some_lack(of: &str, series: &Series, part: &Found) -> Found {
    let open = series.members.iter().filter(|m| m.quantity.is_none()).count();
    let what = match open {
        1 => format!("1 member of `{of}` is"),
        n => format!("{n} members of `{of}` are"),
    };
    Found::absent(match &part.declared {
        Some(declared) => format!("{what} not named by the release, says {}", declared.source),
        None => format!("{what} not in the data"),
    })
}

fn value_of(member: &Member) -> f64 {
    member.quantity.map_or(f64::NAN, |q| q.value)
}

/// Why it is not known which members are the first so many: the last of them and the next cannot be
/// told apart.
fn tie(of: &str, ranked: &[Member], top: usize) -> Option<String> {
    let (last, next) = (ranked.get(top.checked_sub(1)?)?, ranked.get(top)?);
    let (a, b) = (last.quantity?, next.quantity?);
    let (apart, error) = ((a.value - b.value).abs(), a.error + b.error);
    (apart == 0.0 || apart < error).then(|| {
        format!(
            "`{of}[{}]` and `{of}[{}]` cannot be told apart, and only one of them is among {top}",
            last.code, next.code
        )
    })
}

/// Why it is not known which members are kept: rounding may have put one on the wrong side.
fn open(of: &str, series: &Series, keep: Keep) -> Option<String> {
    let threshold = keep.threshold()?;
    let is_open = |member: &&Member| member.quantity.is_some_and(|q| keep.is_open(q));
    let member = series.members.iter().find(is_open)?;
    Some(format!("`{of}[{}]` may lie on either side of {threshold}, as it is rounded", member.code))
}

pub(super) fn not_a_series(of: &str, part: &Found) -> Found {
    Found::lacks(part).unwrap_or_else(|| Found::missing(format!("`{of}` is no series")))
}
