//! Compares an indicator with the same period a year earlier.
//!
//! A balance and a share get a difference. Only a count of at least [`SMALLEST_BASE`] gets a percentage
//! change, and nothing is compared across a break.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::checks::status_of;
use super::compute::Computation;
use super::found::Found;
use super::quantity;
use super::{Arithmetic, BaseRule, Expr, Indicator, Select};
use crate::diag::{Code, Diagnostic, Message};
use crate::stats::{Fact, Facts, Flag, Member, Operation, Quantity, Status, Time, Unit, Value};

/// With a smaller base a percentage change shows chance rather than change; see `docs/method.md`.
pub const SMALLEST_BASE: f64 = 50.0;

impl<'a> Computation<'a> {
    /// Adds the facts of an indicator at `time`: its value and the comparisons with its base.
    pub(super) fn facts_of(
        &mut self,
        indicator: &'a Indicator,
        time: Time,
        id: &str,
        facts: &mut Facts,
    ) {
        let found = self.of(&indicator.id, time, None);
        let mut fact = self.fact(id, indicator, &found, time);
        // A printed control belongs to the same time as the value.
        self.control(indicator, &found, found.at.unwrap_or(time));
        if let Some((of, threshold)) = indicator.expr.threshold() {
            let unit = self.of(of, time, None).unit.clone();
            let value = Value::Number(Quantity::exact(threshold));
            let mut line =
                self.fact(&format!("{id}.threshold"), indicator, &Found::new(value, &unit.0), time);
            line.is_signed = false;
            line.formula = format!("the threshold of {}", indicator.id);
            (line.operation, line.operands) = (Operation::Read, vec![]);
            facts.all.insert(line.id.clone(), line);
        }
        if let (Some(other), true) = (&found.other, found.number().is_some()) {
            let mut fact = self.fact(&format!("{id}.other"), indicator, &found, time);
            fact.value = Value::Number(other.quantity);
            fact.formula = format!("what another source prints for {}", indicator.id);
            (fact.operation, fact.operands) = (Operation::Read, vec![]);
            fact.rows = vec![other.row.clone()];
            fact.sources = vec![other.source.clone()];
            fact.vintages = vec![other.vintage.clone()];
            facts.all.insert(fact.id.clone(), fact);
        }
        if let Some(range) = indicator.range.as_ref().filter(|_| id == indicator.id) {
            for fact in self.range_of(indicator, range, time) {
                facts.all.insert(fact.id.clone(), fact);
            }
        }
        let Time::Over(period) = time else { return };
        if let Some(reverse) = self.reverse(indicator, &found, time) {
            let reverse = self.fact(&format!("{id}.reverse"), indicator, &reverse, time);
            facts.all.insert(reverse.id.clone(), reverse);
        }
        if indicator.is_compared {
            // A value of an earlier year (where the last year is unknown) is compared with the year
            // before that one. A base that is itself of an earlier year is no base.
            let held = found.earlier.unwrap_or(period);
            let (held, base_time) = (Time::Over(held), Time::Over(held.years_before(1)));
            let restriction = self.restriction(&found);
            let mut base = self.base(indicator, base_time, restriction);
            if base.earlier.is_some() {
                base = Rc::new(Found::absent(format!("it is not in the data for {base_time}")));
            }
            if let Some(reason) =
                not_a_year_before(&found, &base).or_else(|| sums_of_others(&found, &base))
            {
                base = Rc::new(Found::missing(reason));
            }
            if let Ok(alike) =
                self.alike(indicator, "the value and the base", vec![found.clone(), base.clone()])
            {
                base = alike[1].clone();
            }
            if let Value::Series(series) = &mut fact.value {
                self.bases(indicator, series, (&found, &base), base_time, held);
            }
            let broken = found.number().and_then(|_| {
                self.read_for(indicator)
                    .into_iter()
                    .find_map(|(s, region)| self.break_between(s, region, base_time, held))
            });
            let compared =
                Compared { indicator, found: &found, base: &base, base_time, time: held };
            let mut base_fact = self.fact(&format!("{id}.base"), indicator, &base, base_time);
            if base_fact.flags.contains(&Flag::Revised) {
                base_fact.flags.insert(Flag::RevisedBase);
                facts.all.extend(self.first_base(indicator, id, &base, base_time));
            }
            let difference = self.compare(id, "difference", &compared, broken.is_some());
            let change = self.compare(id, "change", &compared, broken.is_some());
            for fact in [fact, base_fact, difference, change] {
                facts.all.insert(fact.id.clone(), fact);
            }
        } else {
            facts.all.insert(fact.id.clone(), fact);
        }
    }

    /// The base as it was first published, if that was another number.
    fn first_base(
        &mut self,
        indicator: &'a Indicator,
        id: &str,
        base: &Found,
        base_time: Time,
    ) -> Option<(String, Fact)> {
        let first = self.of(&indicator.id, base_time, Some(Status::Express));
        let (now, then) = (base.number()?, first.number()?);
        let is_other = (now.value - then.value).abs() >= now.step.max(then.step);
        let fact = self.fact(&format!("{id}.first-base"), indicator, &first, base_time);
        is_other.then(|| (fact.id.clone(), fact))
    }

    /// The status to which releases of the base are restricted.
    fn restriction(&self, found: &Found) -> Option<Status> {
        match self.base_rule {
            BaseRule::Latest => None,
            BaseRule::LikeWithLike => found.status,
        }
    }

    /// The base to compare with. If it comes from releases of one status only, it gets a flag where the
    /// newest release revised it or gives another number.
    fn base(&mut self, indicator: &Indicator, at: Time, only: Option<Status>) -> Rc<Found> {
        let base = self.of(&indicator.id, at, only);
        if only.is_none() {
            return base;
        }
        let newest = self.of(&indicator.id, at, None);
        let mut reported = (*base).clone();
        if let (Some(used), Some(latest)) = (base.number(), newest.number()) {
            reported.flags.extend(since_revised(used, latest, &newest.flags));
        }
        if let (Value::Series(used), Value::Series(latest)) = (&mut reported.value, &newest.value) {
            for member in &mut used.members {
                let same = latest.members.iter().find(|other| other.code == member.code);
                if let Some((before, (now, other))) =
                    member.quantity.zip(same.and_then(|same| Some((same.quantity?, same))))
                {
                    member.flags.extend(since_revised(before, now, &other.flags));
                }
            }
        }
        Rc::new(reported)
    }

    fn bases(
        &self,
        indicator: &'a Indicator,
        series: &mut crate::stats::Series,
        (found, base_found): (&Found, &Found),
        base_time: Time,
        time: Time,
    ) {
        let Value::Series(earlier) = &base_found.value else { return };
        let is_summed = found.summed.is_some() || base_found.summed.is_some();
        let selections = self.selections(indicator);
        for member in &mut series.members {
            let broken = selections
                .iter()
                .any(|s| self.break_between(s, Some(&member.code), base_time, time).is_some());
            if broken {
                member.flags.insert(Flag::Break);
                continue;
            }
            let Some(base) = earlier.members.iter().find(|m| m.code == member.code) else {
                continue;
            };
            // A sum over other members is no base.
            if is_summed && summed_of(found, &member.code) != summed_of(base_found, &member.code) {
                continue;
            }
            member.base = base.quantity;
            if base.quantity.is_some() {
                member.flags.extend(base.flags.get(&Flag::SupersededBase));
                if base.flags.contains(&Flag::Revised) {
                    member.flags.insert(Flag::RevisedBase);
                }
            }
        }
    }

    fn compare(
        &mut self,
        id: &str,
        what: &str,
        compared: &Compared<'_, 'a>,
        is_broken: bool,
    ) -> Fact {
        let Compared { indicator, found, base, base_time, time } = *compared;
        let outcome = if is_broken {
            Found::missing("the series is broken between the two periods")
        } else if what == "difference" {
            self.difference(found, base)
        } else {
            self.change(indicator, found, base, time)
        };
        let mut fact = self.fact(&format!("{id}.{what}"), indicator, &outcome, time);
        // A stock with a day of its own names that day.
        fact.base_time = Some(base.at.unwrap_or(base_time));
        fact.is_signed = true;
        fact.unit = match what {
            "difference" => found.unit.of_difference(),
            _ => Unit::new(Unit::PERCENT),
        };
        let ends = || vec![id.to_owned(), format!("{id}.base")];
        (fact.formula, fact.operation, fact.operands) = match what {
            "difference" => (format!("{id} − {id}.base"), Operation::Difference, ends()),
            _ if outcome.flags.contains(&Flag::AsPublished) => {
                ("as printed by the source".to_owned(), Operation::Read, vec![])
            }
            _ => (format!("({id} − {id}.base) ÷ {id}.base × 100"), Operation::Ratio, ends()),
        };
        if is_broken {
            fact.flags.insert(Flag::Break);
        }
        if base.flags.contains(&Flag::Revised) {
            fact.flags.insert(Flag::RevisedBase);
        }
        fact.flags.extend(base.flags.get(&Flag::SupersededBase));
        fact
    }

    fn difference(&self, found: &Found, base: &Found) -> Found {
        match (found.number(), base.number()) {
            (Some(now), Some(before)) => match quantity::reported_difference(now, before) {
                Some(difference) => with(found, base, difference),
                None => {
                    Found::missing("it and its base are rounded too coarsely for their difference")
                }
            },
            _ => not_comparable(found, base),
        }
    }

    fn change(&mut self, indicator: &Indicator, found: &Found, base: &Found, time: Time) -> Found {
        if indicator.is_signed {
            return Found::missing("a balance has no percentage change");
        }
        if found.value_is_known() && &*found.unit.0 == Unit::INDEX {
            return Found::missing("an index changes in points");
        }
        if found.value_is_known() && !found.unit.is_count() {
            return Found::missing("a percentage changes in percentage points");
        }
        let printed = indicator.printed_change.as_ref().map(|select| self.printed(select, time));
        let printed = printed.filter(|p| p.number().is_some());
        let printed = printed.filter(|printed| {
            let is_percent = printed.unit.0.as_ref() == Unit::PERCENT;
            if !is_percent {
                let percent =
                    Found { unit: Unit::new(Unit::PERCENT), rows: vec![], ..Found::clone(printed) };
                self.not_alike(
                    indicator,
                    "the change and what the source prints",
                    &percent,
                    printed,
                );
            }
            is_percent
        });
        let (Some(now), Some(before)) = (found.number(), base.number()) else {
            return printed
                .map_or_else(|| not_comparable(found, base), |printed| (*printed).clone());
        };
        if before.value < SMALLEST_BASE {
            return Found::missing(format!("the base is {}, below {SMALLEST_BASE}", before.value));
        }
        let Some(computed) = quantity::change(now, before) else {
            return Found::missing("the base is zero");
        };
        let levels = with(found, base, computed);
        let chosen = match printed {
            Some(printed) => self.choose(indicator, levels, computed, &printed),
            None => levels,
        };
        chosen.unless_blunt()
    }

    /// Chooses between levels and a printed percentage: levels decide, unless they are too coarse and the
    /// printed percentage lies within what they allow.
    fn choose(
        &mut self,
        indicator: &Indicator,
        levels: Found,
        computed: Quantity,
        printed: &Found,
    ) -> Found {
        let Some(claimed) = printed.number() else { return levels };
        let is_allowed =
            (claimed.value - computed.value).abs() <= computed.error + claimed.step / 2.0 + 1e-9;
        if !is_allowed {
            let message = message!(
                "the source prints a change of {value} % for `{id}`, but its levels give {value_2} %",
                value = claimed.value,
                id = indicator.id,
                value_2 = format!("{:.1}", computed.value)
            );
            self.found.push(
                Diagnostic::warning(Code::K0207, message)
                    .subject(indicator.id.clone())
                    .about_fact(format!("{}.change", indicator.id))
                    .at(self.place_of(printed))
                    .note(message!(
                        "the levels are {levels}; the brief prints the change they give",
                        levels = rows(&levels)
                    ))
                    .hint(message!(
                        "the base may have been revised since then, or the percentage may be \
                        misprinted: compare both releases"
                    )),
            );
            return levels;
        }
        if computed.step > claimed.step {
            return levels_with_printed(levels, printed);
        }
        levels
    }

    fn printed(&mut self, select: &Select, time: Time) -> Rc<Found> {
        let mut found = self.read_printed(select, time);
        found.flags.insert(Flag::AsPublished);
        Rc::new(found)
    }

    /// Compares a computed value with the one that the source prints (`control`), like with like.
    fn control(&mut self, indicator: &Indicator, found: &Found, time: Time) {
        let Some(select) = &indicator.control else { return };
        let printed = self.read_printed(select, time);
        if !found.value_is_known() || !printed.value_is_known() {
            return;
        }
        let Some(mut printed) = printed.in_unit(&found.unit) else {
            self.not_alike(indicator, "the value and the control", found, &printed);
            return;
        };
        let mut computed = Rc::new(found.clone());
        // A final value may differ from the first one printed: that is a revision. So the operands are
        // taken from releases with the status of the control, or the control from those of the operands.
        // Another body's account revises nothing.
        if let (Some(own), Some(its)) = (computed.status, printed.status)
            && (own != its || computed.flags.contains(&Flag::MixedStatus))
            && own != Status::Secondary
            && its != Status::Secondary
        {
            let of_parts = self.read_of(select, time, Some(own));
            match of_parts.in_unit(&found.unit).filter(Found::value_is_known) {
                Some(of_parts) => printed = of_parts,
                None => computed = self.of(&indicator.id, time, Some(its)),
            }
            // A value of mixed status is compared with neither.
            let is_mixed = computed.flags.contains(&Flag::MixedStatus);
            if is_mixed && own == its {
                computed = self.of(&indicator.id, time, Some(its));
            }
            let is_mixed = computed.flags.contains(&Flag::MixedStatus);
            if is_mixed || computed.status != printed.status || !computed.value_is_known() {
                return;
            }
        }
        for (code, computed_number, claimed) in pairs(&computed, &printed, is_of_one_status) {
            let apart = (computed_number.value - claimed.value).abs();
            if apart <= computed_number.error + claimed.error + 1e-6 {
                continue;
            }
            let (id, member) = match &code {
                Some(code) => (format!("{}[{code}]", indicator.id), Some(&**code)),
                None => (indicator.id.clone(), None),
            };
            // A release is not refused because of another body's account of it.
            let is_account = printed.status == Some(Status::Secondary)
                && computed.status != Some(Status::Secondary);
            let message = message!(
                "`{id}` is {value}, but the source prints {value_2}",
                id,
                value = computed_number.value,
                value_2 = claimed.value
            );
            let rested = rows_of(&computed, member);
            let mut problem = match is_account {
                true => Diagnostic::warning(Code::K0208, message),
                false => Diagnostic::error(Code::K0208, message),
            }
            .subject(format!("{id} {time}"))
            .at(self.place_of_member(&printed, member))
            .related(indicator.place.clone(), message!("computed here"))
            .note(message!(
                "it is computed as {expr} from {rested}",
                expr = indicator.expr.formula(),
                rested
            ));
            let hints =
                self.reasons_for_difference(indicator, (computed_number, claimed), member, time);
            for hint in hints {
                problem = problem.hint(hint);
            }
            self.found.push(problem);
        }
    }

    /// Possible reasons why a control disagrees: first about the formula, then about the rows.
    fn reasons_for_difference(
        &mut self,
        indicator: &Indicator,
        (computed, claimed): (Quantity, Quantity),
        member: Option<&str>,
        time: Time,
    ) -> Vec<Message> {
        let mut hints = vec![];
        let near =
            |value: f64| (value - claimed.value).abs() <= computed.error + claimed.error + 1e-6;
        let parts: Vec<(String, Option<f64>)> = indicator
            .expr
            .parts()
            .into_iter()
            .map(|part| {
                let found = self.of(part, time, None);
                let series = || found.series()?.members.iter().find(|m| Some(&*m.code) == member);
                let number = match member {
                    None => found.number(),
                    Some(_) => series().and_then(|member| member.quantity),
                };
                (part.to_owned(), number.map(|number| number.value))
            })
            .collect();
        if let [(a, Some(x)), (b, Some(y))] = &parts[..] {
            match &indicator.expr {
                Expr::Map(Arithmetic::Difference, _) if near(y - x) => hints.push(message!(
                    "`difference = [\"{b}\", \"{a}\"]` gives the printed value: check whether the \
                    two are exchanged in indicators.toml or in the rows",
                    b,
                    a
                )),
                Expr::Map(Arithmetic::Difference, _) if near(x + y) => hints.push(message!(
                    "`sum = [\"{a}\", \"{b}\"]` gives the printed value: check whether the formula \
                    is the right one",
                    a,
                    b
                )),
                Expr::Map(Arithmetic::Sum, _) if near(x - y) => hints.push(message!(
                    "`difference = [\"{a}\", \"{b}\"]` gives the printed value: check whether the \
                    formula is the right one",
                    a,
                    b
                )),
                _ => {}
            }
        }
        for (part, value) in &parts {
            if value.is_some_and(near) && parts.len() > 1 {
                hints.push(message!(
                    "`{part}` alone gives the printed value: check whether the \
                    formula is the right one",
                    part
                ));
            }
        }
        if hints.is_empty() {
            let lost_sign = computed.value < 0.0 && near(-computed.value);
            hints.push(message!(
                "check whether the formula is the right one; then compare the rows with the \
                published page; a misprint stays in the data with a lower precedence"
            ));
            if lost_sign {
                hints.push(message!(
                    "the source may have lost the minus sign: then enter the balance with \
                    its sign and add a `note`"
                ));
            }
        }
        hints
    }

    /// The place of a value, or of one member of it.
    fn place_of_member(&self, found: &Found, member: Option<&str>) -> Option<crate::diag::Place> {
        let row = found.series().zip(member).and_then(|(series, code)| {
            series.members.iter().find(|other| &*other.code == code)?.rows.first().cloned()
        });
        match row {
            Some(row) => {
                let (table, row) = self.view.dataset().observation(&row)?;
                Some(table.place(row))
            }
            None => self.place_of(found),
        }
    }
}

/// Whether two members have the same status, or one of them comes from another body's account.
fn is_of_one_status(a: &Member, b: &Member) -> bool {
    let (own, its) = (status_of(&a.flags), status_of(&b.flags));
    own == its || own == Status::Secondary || its == Status::Secondary
}

/// The pairs of numbers to compare: two numbers, or the members that both series have and for which
/// `is_alike` holds, each with its code.
pub(super) fn pairs(
    a: &Found,
    b: &Found,
    is_alike: impl Fn(&Member, &Member) -> bool,
) -> Vec<(Option<std::sync::Arc<str>>, Quantity, Quantity)> {
    match (&a.value, &b.value) {
        (Value::Number(a), Value::Number(b)) => vec![(None, *a, *b)],
        (Value::Series(a), Value::Series(b)) => a
            .members
            .iter()
            .filter_map(|member| {
                let same = b.members.iter().find(|other| other.code == member.code)?;
                let pair = (Some(member.code.clone()), member.quantity?, same.quantity?);
                is_alike(member, same).then_some(pair)
            })
            .collect(),
        _ => vec![],
    }
}

/// The rows of a value, or of one member of it, separated by commas.
fn rows_of(found: &Found, member: Option<&str>) -> String {
    let of_member = found
        .series()
        .zip(member)
        .and_then(|(series, code)| series.members.iter().find(|other| &*other.code == code));
    let rows = of_member.map_or(&found.rows, |member| &member.rows);
    let names: Vec<String> = rows.iter().map(ToString::to_string).collect();
    names.join(", ")
}

/// The flag of a base that is not taken from the newest release.
fn since_revised(used: Quantity, newest: Quantity, flags: &BTreeSet<Flag>) -> Option<Flag> {
    if (used.value - newest.value).abs() > used.error + newest.error + 1e-6 {
        return Some(Flag::SupersededBase);
    }
    flags.get(&Flag::Revised).copied()
}

#[derive(Clone, Copy)]
struct Compared<'f, 'a> {
    indicator: &'a Indicator,
    found: &'f Found,
    base: &'f Found,
    base_time: Time,
    time: Time,
}

fn with(found: &Found, base: &Found, quantity: Quantity) -> Found {
    let mut result = found.clone().rest_on(base);
    result.value = Value::Number(quantity);
    // `Revised` describes the value itself; a comparison has `RevisedBase`.
    result.flags.remove(&Flag::Revised);
    result
}

/// The reason if the base has a day of its own that is not a year before, within a month.
fn not_a_year_before(found: &Found, base: &Found) -> Option<String> {
    const SLACK: i32 = 31;
    let (Some(Time::At(now)), Some(Time::At(then))) = (found.at, base.at) else { return None };
    let before = now.checked_sub(jiff::Span::new().years(1)).ok()?;
    let apart = (before.duration_since(then).as_hours() / 24).unsigned_abs();
    (apart > SLACK.unsigned_abs().into()).then(|| {
        format!("the figure before that of {now} is of {then}, which is not a year earlier")
    })
}

/// The reason why two sums cannot be compared: one has members that the other lacks.
pub(super) fn sums_of_others(found: &Found, base: &Found) -> Option<String> {
    if found.series().is_some() || !found.value_is_known() || !base.value_is_known() {
        return None;
    }
    let (now, then) = (found.summed.as_ref()?, base.summed.as_ref()?);
    let (_, other) = now.symmetric_difference(then).next()?;
    Some(format!("it and its base add up different members: {other} is in one of them only"))
}

/// The members that were added up into one member of a series.
pub(super) fn summed_of(found: &Found, code: &str) -> BTreeSet<String> {
    let all = found.summed.iter().flatten();
    all.filter(|(of, _)| **of == *code).map(|(_, what)| what.clone()).collect()
}

fn levels_with_printed(levels: Found, printed: &Found) -> Found {
    let value = printed.value.clone();
    let mut found = levels.rest_on(printed);
    found.value = value;
    found.flags.insert(Flag::AsPublished);
    found
}

fn not_comparable(found: &Found, base: &Found) -> Found {
    Found::lacks(found)
        .or_else(|| Found::lacks(base))
        .unwrap_or_else(|| Found::missing("a series is compared member by member"))
}

fn rows(found: &Found) -> String {
    let names: Vec<String> = found.rows.iter().map(ToString::to_string).collect();
    names.join(", ")
}
