//! Computes indicators at a time: in the period itself, a year earlier, in its last quarter, in earlier
//! years. The same rule computes the value at each of these times.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::compare::pairs;
use super::expr::Expr;
use super::found::{Found, all_lacking};
use super::select::list;
use super::{Indicator, Indicators, matrix, quantity};
use crate::data::View;
use crate::diag::{Code, Diagnostic, Result, Warned, settle};
use crate::stats::{Fact, Facts, Period, Quantity, Status, Time, Value, Wanted};

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
    /// The newest release, as the office itself does (revised bases are used).
    #[default]
    Latest,
    /// A release with the same status as that of the period: express with express, final with final.
    LikeWithLike,
}

impl BaseRule {
    /// Its name in `brief.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Latest => "latest",
            Self::LikeWithLike => "like-with-like",
        }
    }
}

/// The subject of K0218 where the operands of a formula have different units.
pub(super) const PARTS: &str = "the parts";

/// Computes every indicator for `period` from the rows visible in `view`.
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
        let cannot_be = computation.not_applicable(indicator);
        if !cannot_be.is_empty() {
            facts.not_applicable.insert(indicator.id.clone(), cannot_be);
        }
        if let Some((quarter, _)) = period.quarter_by_subtraction()
            && indicator.is_compared
        {
            let id = format!("{}.quarter", indicator.id);
            computation.facts_of(indicator, Time::Over(quarter), &id, &mut facts);
        }
    }
    facts.wanted = computation.wanted(&facts, period);
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
    /// The indicator `id` at `time`; if `status` is given, only from rows of that status.
    pub(super) fn of(&mut self, id: &str, time: Time, status: Option<Status>) -> Rc<Found> {
        let key = (id.to_owned(), time, status);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let Some(indicator) = self.indicators.all.get(id) else {
            return Rc::new(Found::missing(format!("there is no indicator `{id}`")));
        };
        let found = (*self.value(indicator, &indicator.expr, time, status)).clone();
        let found = self.as_written(indicator, found);
        let found = self.in_bounds(indicator, found, time);
        if let Some(identity) = indicator.identity {
            self.obeys(indicator, identity.sum, &found, time);
        }
        let found = Rc::new(found);
        self.known.insert(key, found.clone());
        found
    }

    /// The value of an expression at `time`, as a part of `indicator`.
    pub(super) fn value(
        &mut self,
        indicator: &'a Indicator,
        expr: &'a Expr,
        time: Time,
        status: Option<Status>,
    ) -> Rc<Found> {
        Rc::new(match expr {
            Expr::Of(id) => return self.of(id, time, status),
            Expr::Table(select) => self.select(indicator, select, time, status),
            Expr::Map(arithmetic, args) => self.map(indicator, (*arithmetic, args), time, status),
            Expr::Reduce(fold, args) => self.reduce(indicator, (*fold, args), time, status),
            Expr::Margin(side, of) => {
                matrix::margin(&self.value(indicator, of, time, status), &of.formula(), *side)
            }
            Expr::Rank(ranking, of) => self.ranking(indicator, (ranking, of), time, status),
            Expr::Pick(picked, of) => self.pick(indicator, (picked, of), time, status),
            Expr::Shift(shift, of) => self.shift(indicator, (*shift, of), time, status),
            Expr::Over(times, of) => self.over(indicator, (*times, of), time, status),
            Expr::First(args) => self.first(indicator, args, time, status),
        })
    }

    /// The values of several expressions.
    pub(super) fn each(
        &mut self,
        indicator: &'a Indicator,
        args: &'a [Expr],
        time: Time,
        status: Option<Status>,
    ) -> Vec<Rc<Found>> {
        args.iter().map(|arg| self.value(indicator, arg, time, status)).collect()
    }

    /// The value of the first expression that has one.
    fn first(
        &mut self,
        indicator: &'a Indicator,
        args: &'a [Expr],
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let tried = self.each(indicator, args, time, status);
        let tried = match self.alike(indicator, "the alternatives", tried) {
            Ok(tried) => tried,
            Err(refused) => return *refused,
        };
        let Some(first) = tried.iter().position(|found| found.value_is_known()) else {
            let mut lacking = all_lacking(&tried)
                .unwrap_or_else(|| Found::missing("there is nothing to choose from"));
            // The rows of one alternative are enough: those of the first that lacks only rows.
            let of_one = tried.iter().find(|one| !one.wanted.is_empty());
            lacking.wanted = of_one.map_or(vec![], |one| one.wanted.clone());
            return lacking;
        };
        if status.is_none() {
            let names: Vec<String> = args.iter().map(Expr::formula).collect();
            self.alternatives_agree(indicator, &names, &tried, (first, time));
        }
        (*tried[first]).clone()
    }

    /// Warns of an alternative that is not used and contradicts the one that is (K0228).
    fn alternatives_agree(
        &mut self,
        indicator: &Indicator,
        names: &[String],
        tried: &[Rc<Found>],
        (first, time): (usize, Time),
    ) {
        let taken = tried[first].clone();
        for (name, other) in names.iter().zip(tried).skip(first + 1) {
            // A value of another time or status may be another number.
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
            let message = message!(
                "`{id_2}{id}` for {time} is {a} according to `{first}`, but {b} according to `{name}`",
                id_2 = indicator.id,
                id,
                time,
                a,
                first = names[first],
                b,
                name
            );
            let mut warning = Diagnostic::warning(Code::K0228, message)
                .subject(format!("{}{id} {name} {time}", indicator.id))
                .about_fact(indicator.id.clone())
                .at(indicator.place.clone())
                .note(message!(
                    "both have the same status and differ by more than rounding; the first is \
                    printed"
                ))
                .hint(message!("compare the rows of both with the published page"));
            for (found, name) in [(&taken, &names[first]), (other, name)] {
                if let Some(place) = self.place_of(found) {
                    warning = warning.related(place, message!("a row of `{name}`", name));
                }
            }
            self.found.push(warning);
        }
    }

    fn obeys(&mut self, indicator: &Indicator, sum: f64, found: &Found, time: Time) {
        let Value::Series(series) = &found.value else { return };
        let all: Vec<Quantity> = series.members.iter().filter_map(|m| m.quantity).collect();
        let total = quantity::sum(&all);
        let apart = total.value - sum;
        // If all positive members are named, the others are zero or negative, so the sum of the named
        // members is at least that of all.
        let (is_wrong, which) = match series.is_complete() {
            true => (apart.abs() > total.error + 1e-6, message!("the members")),
            false => {
                let falls_short = apart < -(total.error + 1e-6);
                (
                    found.names_positive() && falls_short,
                    message!("the members that the release names"),
                )
            }
        };
        if is_wrong {
            let message = message!(
                "{which} of `{id}` for {time} add up to {value}, not to {sum}",
                which,
                id = indicator.id,
                time,
                value = total.value,
                sum
            );
            self.found.push(
                Diagnostic::error(Code::K0206, message)
                    .at(indicator.place.clone())
                    .note(message!(
                        "each move between members is a gain for one and a loss for another, so \
                        the balances add up to zero"
                    ))
                    .hint(message!(
                        "compare these rows with the published table: {rows}",
                        rows = list(&found.rows)
                    )),
            );
        }
    }

    /// The rows that facts lack, by the id of the fact.
    fn wanted(&self, facts: &Facts, period: Period) -> BTreeMap<String, Vec<Wanted>> {
        // A base may have been asked for of one status only.
        let mut known: HashMap<(&str, Time), (Option<Status>, &Found)> = HashMap::new();
        for ((id, time, status), found) in &self.known {
            let entry = known.entry((id, *time)).or_insert((*status, found));
            if *status < entry.0 {
                *entry = (*status, found);
            }
        }
        let at = |id: &str, time: Time| -> Vec<Wanted> {
            known.get(&(id, time)).map_or(vec![], |(_, found)| found.wanted.clone())
        };
        let mut all = BTreeMap::new();
        for fact in facts.all.values() {
            if fact.missing().is_none() && fact.series().is_none() {
                continue;
            }
            let mut parts = fact.id.split('.');
            let id = parts.next().unwrap_or_default();
            let parts: Vec<&str> = parts.collect();
            let over = match period.quarter_by_subtraction() {
                Some((quarter, _)) if parts.contains(&"quarter") => quarter,
                _ => period,
            };
            let (own, base) = (Time::Over(over), Time::Over(over.years_before(1)));
            let mut wanted = match parts.last() {
                Some(&"base") => at(id, base),
                Some(&("change" | "difference")) => [at(id, own), at(id, base)].concat(),
                _ => at(id, own),
            };
            crate::diag::distinct(&mut wanted);
            if !wanted.is_empty() {
                all.insert(fact.id.clone(), wanted);
            }
        }
        all
    }

    /// Makes a fact of a value.
    pub(super) fn fact(&self, id: &str, indicator: &Indicator, found: &Found, time: Time) -> Fact {
        // The operands of `X3.base` are `X1.base` and `X2.base`.
        let suffix = id.strip_prefix(&indicator.id).unwrap_or_default();
        let operands = indicator.expr.parts().into_iter().map(|part| format!("{part}{suffix}"));
        Fact {
            id: id.to_owned(),
            value: found.value.clone(),
            unit: found.unit.clone(),
            is_signed: indicator.is_signed,
            time: found.at.unwrap_or(time),
            base_time: None,
            formula: found.formula.clone().unwrap_or_else(|| indicator.expr.formula()),
            operation: indicator.expr.operation(),
            operands: operands.collect(),
            rows: found.rows.clone(),
            sources: found.sources.clone(),
            vintages: found.vintages.clone(),
            flags: found.flags.clone(),
        }
    }
}
