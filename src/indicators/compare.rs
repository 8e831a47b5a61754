//! Compares an indicator with the same period a year earlier.
//!
//! A balance and a share get a difference; only a count of at least [`SMALLEST_BASE`] gets a
//! percentage, and nothing is compared across a break.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::compute::Computation;
use super::found::Found;
use super::quantity;
use super::{BaseRule, Indicator, Select};
use crate::data::{Status, Time};
use crate::diag::Diagnostic;
use crate::facts::{Fact, Facts, Flag, Quantity, Unit, Value};

/// Below this base a percentage says more about chance than about change (the brief's rule for
/// small counts; see `docs/method.md`).
pub const SMALLEST_BASE: f64 = 50.0;

impl<'a> Computation<'a> {
    /// Adds the indicator at `time` and what it is compared with.
    pub(super) fn facts_of(
        &mut self,
        indicator: &'a Indicator,
        time: Time,
        id: &str,
        facts: &mut Facts,
    ) {
        let found = self.of(&indicator.id, time, None);
        let mut fact = self.fact(id, indicator, &found, time);
        // What is printed for the same thing is printed for the same time.
        self.control(indicator, &found, found.at.unwrap_or(time));
        if let Some((of, threshold)) = indicator.kind.threshold() {
            let unit = self.of(of, time, None).unit.clone();
            let value = Value::Number(Quantity::exact(threshold));
            let mut line =
                self.fact(&format!("{id}.threshold"), indicator, &Found::new(value, &unit.0), time);
            line.is_signed = false;
            line.formula = format!("the threshold of {}", indicator.id);
            facts.all.insert(line.id.clone(), line);
        }
        let Time::Over(period) = time else { return };
        if let Some(reverse) = self.reverse(indicator, &found, time) {
            let reverse = self.fact(&format!("{id}.reverse"), indicator, &reverse, time);
            facts.all.insert(reverse.id.clone(), reverse);
        }
        if indicator.is_compared {
            // What is of an earlier year, as none was known of the last, is compared with the year
            // before that one; a base that is of an earlier year itself is none.
            let held = found.earlier.unwrap_or(period);
            let (held, base_time) = (Time::Over(held), Time::Over(held.years_before(1)));
            let restriction = self.restriction(&found);
            let mut base = self.base(indicator, base_time, restriction);
            if base.earlier.is_some() {
                base = Rc::new(Found::missing(format!("it is not published for {base_time}")));
            }
            if let Value::Series(series) = &mut fact.value {
                self.bases(indicator, series, &base, base_time, held);
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

    /// The base as it was first published, where that was another number.
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

    /// Which releases may serve as the base.
    fn restriction(&self, found: &Found) -> Option<Status> {
        match self.base_rule {
            BaseRule::Latest => None,
            BaseRule::LikeWithLike => found.status,
        }
    }

    /// The base to compare with. If it comes from releases of one status alone, what the others
    /// say of it is said too: that the newest release revised it, or is another number.
    fn base(&mut self, indicator: &Indicator, at: Time, only: Option<Status>) -> Rc<Found> {
        let base = self.of(&indicator.id, at, only);
        if only.is_none() {
            return base;
        }
        let newest = self.of(&indicator.id, at, None);
        let mut told = (*base).clone();
        if let (Some(used), Some(latest)) = (base.number(), newest.number()) {
            told.flags.extend(since_revised(used, latest, &newest.flags));
        }
        if let (Value::Series(used), Value::Series(latest)) = (&mut told.value, &newest.value) {
            for member in &mut used.members {
                let same = latest.members.iter().find(|other| other.code == member.code);
                if let Some((before, (now, other))) =
                    member.quantity.zip(same.and_then(|same| Some((same.quantity?, same))))
                {
                    member.flags.extend(since_revised(before, now, &other.flags));
                }
            }
        }
        Rc::new(told)
    }

    fn bases(
        &self,
        indicator: &'a Indicator,
        series: &mut crate::facts::Series,
        base: &Found,
        base_time: Time,
        time: Time,
    ) {
        let Value::Series(earlier) = &base.value else { return };
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
        let is_percentage = found.unit.0.as_ref() == Unit::PERCENT;
        let outcome = if is_broken {
            Found::missing("the series is broken between the two periods")
        } else if what == "difference" {
            self.difference(found, base)
        } else {
            self.change(indicator, found, base, time)
        };
        let mut fact = self.fact(&format!("{id}.{what}"), indicator, &outcome, time);
        fact.base_time = Some(base_time);
        fact.is_signed = true;
        fact.unit = match what {
            "difference" if is_percentage => Unit::new(Unit::POINTS),
            "difference" => found.unit.clone(),
            _ => Unit::new(Unit::PERCENT),
        };
        fact.formula = match what {
            "difference" => format!("{id} − {id}.base"),
            _ if outcome.flags.contains(&Flag::AsPublished) => {
                "as printed by the source".to_owned()
            }
            _ => format!("({id} − {id}.base) ÷ {id}.base × 100"),
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
            (Some(now), Some(before)) => with(found, base, quantity::difference(now, before)),
            _ => not_comparable(found, base),
        }
    }

    fn change(&mut self, indicator: &Indicator, found: &Found, base: &Found, time: Time) -> Found {
        if indicator.is_signed {
            return Found::missing("a balance has no percentage change");
        }
        if found.value_is_known() && !found.unit.is_count() {
            return Found::missing("a percentage changes in percentage points");
        }
        let printed = indicator.printed_change.as_ref().map(|select| self.printed(select, time));
        let printed = printed.filter(|p| p.number().is_some());
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

    /// Levels decide; where they are too coarse, the printed percentage that they allow.
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
            let message = format!(
                "the source prints a change of {} % for `{}`, its levels give {:.1} %",
                claimed.value, indicator.id, computed.value
            );
            self.found.push(
                Diagnostic::warning("K0207", message)
                    .subject(indicator.id.clone())
                    .about_fact(format!("{}.change", indicator.id))
                    .at(self.place_of(printed))
                    .note(format!("the levels are {}; the brief prints the change they give", rows(&levels)))
                    .hint("the base may have been revised since, or the percentage misprinted: compare both releases"),
            );
            return levels;
        }
        if computed.step > claimed.step {
            return levels_with_printed(levels, printed);
        }
        levels
    }

    /// Where the first row something rests on is written.
    fn place_of(&self, found: &Found) -> Option<crate::diag::Place> {
        let (table, row) = self.view.dataset().observation(found.rows.first()?)?;
        Some(table.place(row))
    }

    fn printed(&mut self, select: &Select, time: Time) -> Rc<Found> {
        let mut found = self.read_printed(select, time);
        found.flags.insert(Flag::AsPublished);
        Rc::new(found)
    }

    /// Compares a computed value with the one the source prints for the same thing.
    fn control(&mut self, indicator: &Indicator, found: &Found, time: Time) {
        let Some(select) = &indicator.control else { return };
        let printed = self.read_printed(select, time);
        let (Some(computed), Some(claimed)) = (found.number(), printed.number()) else { return };
        if found.status != printed.status {
            return;
        }
        if (computed.value - claimed.value).abs() > computed.error + claimed.error + 1e-6 {
            let message = format!(
                "`{}` is {}, but the source prints {}",
                indicator.id, computed.value, claimed.value
            );
            let lost_sign = computed.value < 0.0 && computed.value == -claimed.value;
            self.found.push(
                Diagnostic::error("K0208", message)
                    .at(self.place_of(&printed))
                    .note(format!("it is computed as {} from {}", indicator.kind.formula(), rows(found)))
                    .hint(if lost_sign {
                        "the source has lost the minus sign: enter the balance with its sign and say so in `note`"
                    } else {
                        "compare the rows with the published page; a misprint stays in the data with a lower precedence"
                    }),
            );
        }
    }
}

/// What has to be said of a base that is not looked for among the newest releases.
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
    // Revised belongs to the value itself; for a comparison see `RevisedBase`.
    result.flags.remove(&Flag::Revised);
    result
}

fn levels_with_printed(levels: Found, printed: &Found) -> Found {
    let value = printed.value.clone();
    let mut found = levels.rest_on(printed);
    found.value = value;
    found.flags.insert(Flag::AsPublished);
    found
}

fn not_comparable(found: &Found, base: &Found) -> Found {
    match (&found.value, &base.value) {
        (Value::Missing { reason }, _) | (_, Value::Missing { reason }) => {
            Found::missing(reason.clone())
        }
        _ => Found::missing("a series is compared member by member"),
    }
}

fn rows(found: &Found) -> String {
    let names: Vec<String> = found.rows.iter().map(ToString::to_string).collect();
    names.join(", ")
}
