//! Computes indicators at a time: the period itself, its base a year earlier, its last quarter,
//! earlier years. Every value is computed the same way at each of them.

use std::collections::HashMap;
use std::rc::Rc;

use super::found::{Found, combine, combine_any, member_wise};
use super::matrix::{self, Side};
use super::quantity;
use super::select::list;
use super::{By, Indicator, Indicators, Keep, Kind, Published, Select};
use crate::data::{RowId, Status, Time, View};
use crate::diag::{Diagnostic, Result, Warned, settle};
use crate::facts::{Fact, Facts, Flag, Member, Quantity, Series, Unit, Value};
use crate::period::Period;

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
                combine_any(&parts, |numbers| Some(quantity::sum(numbers)))
            }
            Kind::Difference(a, b) => {
                let parts = [self.of(a, time, status), self.of(b, time, status)];
                combine_any(&parts, |n| Some(quantity::difference(n[0], n[1])))
            }
            Kind::Share { of, whole } => {
                let parts = [self.of(of, time, status), self.of(whole, time, status)];
                combine(&parts, |n| quantity::share(n[0], quantity::difference(n[1], n[0])))
                    .unless_blunt()
            }
            Kind::Effectiveness(a, b) => {
                let parts = [self.of(a, time, status), self.of(b, time, status)];
                combine_any(&parts, |n| quantity::effectiveness(n[0], n[1])).unless_blunt()
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
                        (Value::Series(of), Value::Series(over)) => {
                            let mut series =
                                member_wise(of, over, |a, b| quantity::ratio(a, b, *per));
                            // Nothing can be related to an exact nought: such a member has no rate,
                            // known or unknown.
                            let has_none = |code: &str| {
                                let over = over.members.iter().find(|m| &*m.code == code);
                                over.and_then(|m| m.quantity)
                                    .is_some_and(|q| q.value == 0.0 && q.error == 0.0)
                            };
                            series.members.retain(|member| !has_none(&member.code));
                            let is_complete = series.is_complete();
                            let mut found = Found::new(Value::Series(series), Unit::PER_1000)
                                .rest_on(&parts[0])
                                .rest_on(&parts[1]);
                            if is_complete {
                                found.flags.remove(&Flag::Incomplete);
                            }
                            found
                        }
                        _ => combine(&parts, |n| quantity::ratio(n[0], n[1], *per)),
                    },
                }
            }
            Kind::Count { of, keep } => self.over_kept(of, *keep, time, status, |kept| {
                Some(Quantity::exact(kept.len() as f64))
            }),
            Kind::Inflow(of) => matrix::margin(&self.of(of, time, status), of, Side::Columns),
            Kind::Outflow(of) => matrix::margin(&self.of(of, time, status), of, Side::Rows),
            Kind::Flows { of, top } => matrix::flows(&self.of(of, time, status), of, *top),
            Kind::NetVolume(a, b) => {
                let parts = [self.of(a, time, status), self.of(b, time, status)];
                matrix::of_pairs(&parts, |pairs| Some(quantity::net_volume(pairs)))
            }
            Kind::EffectivenessIndex(a, b) => {
                let parts = [self.of(a, time, status), self.of(b, time, status)];
                matrix::of_pairs(&parts, quantity::effectiveness_index)
            }
            Kind::Quarters { of, last } => self.quarters(of, *last, time, status),
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
            Kind::Concentration { of, top, keep } => self
                .over_kept(of, *keep, time, status, |kept| {
                    let (leaders, rest) = kept.split_at((*top).min(kept.len()));
                    quantity::share(quantity::sum(leaders), quantity::sum(rest))
                })
                .unless_blunt(),
            Kind::Ranked { of, top, keep, largest_first } => {
                let part = self.of(of, time, status);
                let Value::Series(series) = &part.value else { return not_a_series(of, &part) };
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
                ranked.truncate(*top);
                if ranked.is_empty() {
                    return Found::missing(match keep {
                        Keep::All => format!("no member of `{of}` is published"),
                        _ => format!("no published member of `{of}` is kept by the rule"),
                    });
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
        // A region with a loss in both totals may have gained between them: of a quarter by
        // subtraction nothing is known of those not named.
        let names_positive = part.flags.contains(&Flag::Incomplete)
            && !part.flags.contains(&Flag::Derived)
            && keep.is_of_positive();
        let is_enough = series.is_complete() || (names_positive && self.publishes_positive(of));
        if !is_enough {
            let open = series.members.iter().filter(|m| m.quantity.is_none()).count();
            return Found::missing(format!("{open} members of `{of}` are not published"));
        }
        if let Some(reason) = open(of, series, keep) {
            return Found::missing(reason);
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

fn value_of(member: &Member) -> f64 {
    member.quantity.map_or(f64::NAN, |q| q.value)
}

/// Why it is not known which members are kept: rounding may have put one on the wrong side.
fn open(of: &str, series: &Series, keep: Keep) -> Option<String> {
    let threshold = keep.threshold()?;
    let is_open = |member: &&Member| member.quantity.is_some_and(|q| keep.is_open(q));
    let member = series.members.iter().find(is_open)?;
    Some(format!("`{of}[{}]` may lie on either side of {threshold}, as it is rounded", member.code))
}

fn not_a_series(of: &str, part: &Found) -> Found {
    match &part.value {
        Value::Missing { reason } => Found::missing(reason.clone()),
        _ => Found::missing(format!("`{of}` is no series")),
    }
}
