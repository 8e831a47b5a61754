//! Indicators over years: the last full year, the same months of earlier years, how long a balance has
//! had its sign, and its usual range.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::compute::Computation;
use super::expr::{Expr, Law};
use super::fold::not_a_series;
use super::found::Found;
use super::{Base, Indicator, RangeBefore, quantity};
use crate::diag::{Code, Diagnostic};
use crate::stats::{
    Absence, Fact, Flag, Member, Operation, Period, Quantity, Series, Status, Time, Unit, Value,
};

/// Another time, relative to the one asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shift {
    /// The last calendar year that ended by the end of the period.
    LastYear {
        /// How many years earlier it may be, if that one is unknown.
        back: i16,
    },
    /// The base period of an index.
    To(Base),
}

/// Several times, relative to the one asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Times {
    /// The same period of this and earlier years.
    Years {
        /// The largest number of years, this one included.
        years: i16,
        /// Whether full calendar years are meant rather than the same months.
        is_annual: bool,
    },
    /// The last quarters.
    Quarters {
        /// How many; the last one is the period's last quarter.
        last: usize,
    },
    /// The last calendar years with both a first and a final figure: how much the first one was revised.
    Revisions {
        /// The number of calendar years, up to the period, that are searched.
        years: i16,
    },
}

impl Shift {
    /// The printed formula, in one line.
    pub(super) fn formula(self, of: &str) -> String {
        match self {
            Self::LastYear { back: 0 } => format!("{of} in the last calendar year"),
            Self::LastYear { back } => {
                format!("{of} in the last calendar year, or up to {back} before it")
            }
            Self::To(base) => format!("{of}[{base}]"),
        }
    }
}

impl Times {
    /// The law, which holds for any operand.
    pub(super) fn law(self) -> Law {
        let operation = match self {
            Self::Years { .. } | Self::Quarters { .. } => Operation::Pick,
            Self::Revisions { .. } => Operation::Difference,
        };
        Law { operation, is_compared: false, ..Law::PICK }
    }

    /// The printed formula, in one line.
    pub(super) fn formula(self, of: &str) -> String {
        match self {
            Self::Years { years, is_annual: true } => {
                format!("{of} in up to {years} calendar years")
            }
            Self::Years { years, .. } => {
                format!("{of} in the same period of up to {years} years")
            }
            Self::Quarters { last } => format!("{of} in the last {last} quarters"),
            Self::Revisions { years } => {
                format!("{of}, final less first, in up to {years} calendar years that have both")
            }
        }
    }
}

impl<'a> Computation<'a> {
    pub(super) fn shift(
        &mut self,
        indicator: &'a Indicator,
        (shift, of): (Shift, &'a Expr),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        match shift {
            Shift::LastYear { back } => self.last_year(indicator, (of, back), time, status),
            Shift::To(base) => self.at_base(indicator, (of, base), time),
        }
    }

    pub(super) fn over(
        &mut self,
        indicator: &'a Indicator,
        (times, of): (Times, &'a Expr),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let at = (time, status);
        match times {
            Times::Years { years, is_annual } => {
                self.history(indicator, (of, years, is_annual), at)
            }
            Times::Quarters { last } => self.quarters(indicator, (of, last), at),
            Times::Revisions { years } => self.revisions(indicator, (of, years), time),
        }
    }

    /// The value of the last calendar year, or of the newest earlier one that has a value.
    fn last_year(
        &mut self,
        indicator: &'a Indicator,
        (of, back): (&'a Expr, i16),
        time: Time,
        status: Option<Status>,
    ) -> Found {
        let Time::Over(period) = time else {
            return Found::missing(format!(
                "`{}` is not a flow, so it has no last calendar year",
                of.formula()
            ));
        };
        let last = period.last_whole_year();
        let year = |back| Time::Over(last.years_before(back));
        let known =
            (0..=back).find(|back| self.value(indicator, of, year(*back), status).value_is_known());
        let known = known.unwrap_or(0);
        let mut found = (*self.value(indicator, of, year(known), status)).clone();
        found.at = found.at.or((year(known) != time).then_some(year(known)));
        if known > 0 {
            found.earlier = Some(last.years_before(known));
        }
        found
    }

    /// The same period of this and earlier years; a gap stays open.
    fn history(
        &mut self,
        indicator: &'a Indicator,
        (of, years, is_annual): (&'a Expr, i16, bool),
        (time, status): (Time, Option<Status>),
    ) -> Found {
        let name = of.formula();
        let Time::Over(period) = time else {
            return Found::missing(format!(
                "`{name}` is not a flow, so it has no same period in earlier years"
            ));
        };
        let period = if is_annual { period.last_whole_year() } else { period };
        let mut members = vec![];
        let mut found = Found::missing("");
        let parts: Vec<Rc<Found>> = (0..years)
            .rev()
            .map(|back| self.value(indicator, of, Time::Over(period.years_before(back)), status))
            .collect();
        let parts = match self.alike(indicator, "the years", parts) {
            Ok(parts) => parts,
            Err(refused) => return *refused,
        };
        for (back, part) in (0..years).rev().zip(&parts) {
            let earlier = period.years_before(back);
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
                found = found.rest_on(part);
            }
        }
        // Statuses may differ between years.
        if parts.iter().all(|part| !part.flags.contains(&Flag::MixedStatus)) {
            found.flags.remove(&Flag::MixedStatus);
        }
        let first_known = members.iter().position(|m| m.quantity.is_some());
        let Some(first) = first_known else {
            return Found::missing(format!("`{name}` is known in none of the {years} years"));
        };
        members.drain(..first);
        found.at = is_annual.then_some(Time::Over(period));
        let (dimension, register) = ("year".to_owned(), "year".to_owned());
        found.value = Value::Series(Series { dimension, register, members });
        found
    }

    /// The length of a run in years: how many consecutive years, up to the last, a series has had its
    /// last sign; with `is_before`, the length of the run before that.
    pub(super) fn run(
        &mut self,
        indicator: &Indicator,
        (of, is_before): (&str, bool),
        part: &Found,
        time: Time,
    ) -> Found {
        let Value::Series(series) = &part.value else { return not_a_series(of, part) };
        let members = &series.members;
        if let Some(refused) = self.is_over_years(indicator, of, members) {
            return refused;
        }
        let Some(last) = run_up_to(members, members.len()) else {
            return Found::missing(format!("the last value of `{of}` has no sign that is known"));
        };
        let run = match is_before {
            false => last,
            true => match run_up_to(members, last.from).filter(|_| last.is_whole) {
                Some(before) => before,
                None => {
                    return Found::missing(format!("no earlier run of `{of}` is in the data"));
                }
            },
        };
        if !run.is_whole {
            return Found::absent(format!("when the run of `{of}` began is not in the data"));
        }
        let kept = &members[run.from..run.to];
        let years = Value::Number(Quantity::exact(kept.len() as f64));
        let mut found = Found::new(years, Unit::YEARS).rest_on(part);
        found.rows = kept.iter().flat_map(|member| member.rows.clone()).collect();
        found.flags.remove(&Flag::Rounded);
        found.at = match part.at.unwrap_or(time) {
            Time::Over(end) => {
                let end = end.years_before((members.len() - run.to) as i16);
                let start = end.years_before(kept.len() as i16 - 1).start;
                Some(Time::Over(Period { start, ..end }))
            }
            day => Some(day),
        };
        found
    }

    /// The place of the last year among all, the largest first. It is missing if a year is, if the series is
    /// broken, or if rounding leaves open which of two values is larger.
    pub(super) fn year_rank(&mut self, indicator: &Indicator, of: &str, part: &Found) -> Found {
        let Value::Series(series) = &part.value else { return not_a_series(of, part) };
        let members = &series.members;
        if let Some(refused) = self.is_over_years(indicator, of, members) {
            return refused;
        }
        if members.iter().skip(1).any(|member| member.flags.contains(&Flag::Break)) {
            return Found::missing(format!("the series of `{of}` is broken within these years"));
        }
        match rank_of_last(members) {
            Err(reason) => Found::missing(format!("`{of}`: {reason}")),
            Ok(rank) => {
                let rank = Value::Number(Quantity::exact(rank as f64));
                let mut found = Found::new(rank, Unit::NUMBER).rest_on(part);
                found.flags.remove(&Flag::Rounded);
                found.at = part.at;
                found
            }
        }
    }

    /// Refuses a series whose members are no years (K0520).
    fn is_over_years(
        &mut self,
        indicator: &Indicator,
        of: &str,
        members: &[Member],
    ) -> Option<Found> {
        if members.iter().all(|member| member.code.parse::<i16>().is_ok()) {
            return None;
        }
        let message = message!(
            "`{id}` counts years, and `{of}` is not a series over years",
            id = indicator.id,
            of
        );
        self.found.push(
            Diagnostic::error(Code::K0520, message)
                .at(indicator.place.clone())
                .hint(message!("name an indicator with `history`, or a sum or difference of such")),
        );
        Some(Found::missing(format!("`{of}` is not a series over years")))
    }

    /// Revisions of full years: the final figure minus the first one, for each year that has both. A year
    /// is left out if rounding hides its revision.
    fn revisions(
        &mut self,
        indicator: &'a Indicator,
        (of, years): (&'a Expr, i16),
        time: Time,
    ) -> Found {
        let name = of.formula();
        let Time::Over(period) = time else {
            return Found::missing(format!("`{name}` is not a flow, so it has no calendar years"));
        };
        let last = period.last_whole_year();
        let mut found = Found::missing("");
        let mut members = vec![];
        for year in (0..years).rev().map(|back| last.years_before(back)) {
            let both = [Status::Express, Status::Final]
                .map(|status| self.value(indicator, of, Time::Over(year), Some(status)));
            let both =
                match self.alike(indicator, "the first figure and the final one", both.into()) {
                    Ok(both) => both,
                    Err(refused) => return *refused,
                };
            let (Some(first), Some(settled)) = (both[0].number(), both[1].number()) else {
                continue;
            };
            let revision = quantity::difference(settled, first);
            if revision.error > MOST_ROUNDING * settled.value.abs() {
                continue;
            }
            let mut one = Found::missing("");
            one.unit = both[0].unit.clone();
            for part in &both {
                one = one.rest_on(part);
            }
            members.push(Member {
                code: year.end.year.to_string().into(),
                quantity: Some(revision),
                base: None,
                flags: of_revisions(one.flags.clone()),
                rows: one.rows.clone(),
            });
            found.unit = one.unit.clone();
            found = found.rest_on(&one);
        }
        if members.is_empty() {
            return Found::absent(format!(
                "no year among the last {years} has both a first and a final figure of `{name}`"
            ));
        }
        found.flags = of_revisions(found.flags);
        found.at = Some(Time::Over(last));
        let (dimension, register) = ("year".to_owned(), "year".to_owned());
        found.value = Value::Series(Series { dimension, register, members });
        found
    }

    /// The smallest and the largest value of the earlier periods of the same length, and all of them as a
    /// series. They are missing unless each period is known and can be compared.
    pub(super) fn range_of(
        &mut self,
        indicator: &'a Indicator,
        range: &RangeBefore,
        time: Time,
    ) -> Vec<Fact> {
        let id = format!("{}.range", indicator.id);
        let ends = [("low", "least"), ("high", "largest")];
        let (found, of) = match self.before(indicator, range, time) {
            Ok(found) => found,
            Err(lacking) => {
                let ids = std::iter::once(id.clone());
                let ids = ids.chain(ends.map(|(end, _)| format!("{id}.{end}")));
                return ids.map(|id| self.fact(&id, indicator, &lacking, time)).collect();
            }
        };
        let formula = format!("{} in the {} periods before", range.of, range.years);
        let mut facts = vec![];
        for (end, which) in ends {
            let sign = if end == "low" { 1.0 } else { -1.0 };
            let order = |(_, a): &(Quantity, usize), (_, b): &(Quantity, usize)| {
                let value = |index: usize| of[index].number().map_or(f64::NAN, |q| q.value);
                (value(*a) * sign).total_cmp(&(value(*b) * sign))
            };
            let known = of.iter().enumerate().filter_map(|(at, part)| Some((part.number()?, at)));
            let Some((quantity, at)) = known.min_by(order) else { continue };
            let mut one = (*of[at]).clone();
            one.value = Value::Number(quantity);
            one.unit = found.unit.clone();
            one.formula = Some(format!("{which} of {formula}"));
            let back = (of.len() - at) as i16;
            facts.push(self.fact(&format!("{id}.{end}"), indicator, &one, earlier(time, back)));
        }
        let mut all = self.fact(&id, indicator, &found, time);
        all.formula = formula;
        facts.push(all);
        for fact in &mut facts {
            (fact.operation, fact.operands) = (Operation::Pick, vec![range.of.clone()]);
        }
        facts
    }

    /// The earlier periods of the same length as a series, and each of them.
    fn before(
        &mut self,
        indicator: &'a Indicator,
        range: &RangeBefore,
        time: Time,
    ) -> Result<(Found, Vec<Rc<Found>>), Box<Found>> {
        let Time::Over(period) = time else {
            return Err(Found::missing("a stock has no period before").into());
        };
        let backs = (1..=range.years).rev();
        let parts: Vec<Rc<Found>> =
            backs.map(|back| self.of(&range.of, earlier(time, back), None)).collect();
        let lacking: Vec<&Rc<Found>> = parts.iter().filter(|p| p.number().is_none()).collect();
        if !lacking.is_empty() {
            let absences = lacking.iter().map(|part| match &part.value {
                Value::Missing { absence, .. } => *absence,
                _ => Absence::NotComputable,
            });
            let years = (1..=range.years).rev().zip(&parts);
            let years: Vec<String> = years
                .filter(|(_, part)| part.number().is_none())
                .map(|(back, _)| period.years_before(back).to_string())
                .collect();
            let reason = format!("`{}` is not known for {}", range.of, years.join(", "));
            return Err(Found::lacking(reason, Absence::of_parts(absences)).into());
        }
        if let Some(first) = self.indicators.all.get(&range.of) {
            let start = earlier(time, range.years);
            let read = self.read_for(first);
            if read.into_iter().any(|(s, own)| self.break_between(s, own, start, time).is_some()) {
                return Err(Found::missing("the series is broken within these years").into());
            }
        }
        let parts = self.alike(indicator, "the periods before", parts)?;
        let mut found = Found::missing("");
        let mut members = vec![];
        for (back, part) in (1..=range.years).rev().zip(&parts) {
            let year = match part.at.unwrap_or(earlier(time, back)) {
                Time::Over(held) => held.end.year,
                Time::At(day) => day.year(),
            };
            members.push(Member {
                code: year.to_string().into(),
                quantity: part.number(),
                base: None,
                flags: part.flags.clone(),
                rows: part.rows.clone(),
            });
            found.unit = part.unit.clone();
            found = found.rest_on(part);
        }
        if parts.iter().all(|part| !part.flags.contains(&Flag::MixedStatus)) {
            found.flags.remove(&Flag::MixedStatus);
        }
        found.at = None;
        let (dimension, register) = ("year".to_owned(), "year".to_owned());
        found.value = Value::Series(Series { dimension, register, members });
        Ok((found, parts))
    }
}

/// The coarsest rounding, as a part of the value, with which a revision is shown. 9,293 after 9.3
/// thousand, printed as 25.3 minus 16 thousand, is too coarse.
const MOST_ROUNDING: f64 = 0.01;

/// The flags of a revision. That it is computed from a first figure is its definition, so it is not
/// flagged.
fn of_revisions(mut flags: BTreeSet<Flag>) -> BTreeSet<Flag> {
    for flag in [Flag::Provisional, Flag::MixedStatus, Flag::Revised] {
        flags.remove(&flag);
    }
    flags
}

/// The same months this many years earlier.
fn earlier(time: Time, back: i16) -> Time {
    match time {
        Time::Over(period) => Time::Over(period.years_before(back)),
        day => day,
    }
}

/// The place of the last value among all of them, 1 for the largest.
fn rank_of_last(members: &[Member]) -> Result<usize, &'static str> {
    let Some((last, earlier)) = members.split_last().filter(|(_, earlier)| earlier.len() > 1)
    else {
        return Err("there are too few years for a place");
    };
    let Some(last) = last.quantity else { return Err("the last year is not known") };
    let mut rank = 1;
    for member in earlier {
        let Some(other) = member.quantity else { return Err("not every year is known") };
        let apart = other.value - last.value;
        if apart.abs() <= other.error + last.error {
            return Err("two years are too close to say which is larger");
        }
        rank += usize::from(apart > 0.0);
    }
    Ok(rank)
}

/// A run: consecutive values of one sign, none of them zero.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    from: usize,
    to: usize,
    /// Whether its beginning is known: the value before it is not of its sign.
    is_whole: bool,
}

/// The run that ends before `to`; `None` if the sign of its last value is unknown.
fn run_up_to(members: &[Member], to: usize) -> Option<Run> {
    // If rounding may have moved a value across zero, its sign is unknown.
    let sign = |member: &Member| {
        let q = member.quantity?;
        (q.value.abs() > q.error || q.value == 0.0 && q.error == 0.0).then_some(match q.value {
            v if v > 0.0 => 1,
            v if v < 0.0 => -1,
            _ => 0,
        })
    };
    let last = sign(members.get(to.checked_sub(1)?)?).filter(|sign| *sign != 0)?;
    let mut from = to - 1;
    while from > 0
        && !members[from].flags.contains(&Flag::Break)
        && sign(&members[from - 1]) == Some(last)
    {
        from -= 1;
    }
    let is_whole = from > 0
        && !members[from].flags.contains(&Flag::Break)
        && sign(&members[from - 1]).is_some();
    Some(Run { from, to, is_whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[f64]) -> Vec<Member> {
        let member = |value: &f64| Member {
            code: "".into(),
            quantity: value.is_finite().then(|| Quantity::exact(*value)),
            base: None,
            flags: Default::default(),
            rows: vec![],
        };
        values.iter().map(member).collect()
    }

    #[test]
    fn a_run_begins_where_the_sign_turns() {
        let members = series(&[5.0, -1.0, -2.0, 3.0, 4.0, 1.0]);
        let last = run_up_to(&members, 6).unwrap();
        assert_eq!(last, Run { from: 3, to: 6, is_whole: true });
        assert_eq!(run_up_to(&members, last.from), Some(Run { from: 1, to: 3, is_whole: true }));
    }

    #[test]
    fn a_run_that_reaches_the_first_year_or_a_gap_may_be_longer() {
        assert!(!run_up_to(&series(&[1.0, 2.0]), 2).unwrap().is_whole);
        let gap = series(&[-1.0, f64::NAN, 2.0, 3.0]);
        assert_eq!(run_up_to(&gap, 4), Some(Run { from: 2, to: 4, is_whole: false }));
    }

    #[test]
    fn the_last_year_has_a_place_if_all_years_can_be_distinguished() {
        assert_eq!(rank_of_last(&series(&[5.0, -1.0, 9.0, 3.0])), Ok(3));
        assert_eq!(rank_of_last(&series(&[5.0, -1.0, 9.0])), Ok(1));
        assert!(rank_of_last(&series(&[5.0, f64::NAN, 9.0])).is_err());
        assert!(rank_of_last(&series(&[5.0, 9.0, 9.0])).is_err());
        assert!(rank_of_last(&series(&[5.0, 9.0])).is_err());
        let mut rounded = series(&[5.0, 20.0, 30.0]);
        rounded[2].quantity = Some(Quantity::rounded(30.0, 100.0));
        assert!(rank_of_last(&rounded).is_err());
    }

    #[test]
    fn what_has_no_sign_has_no_run() {
        assert_eq!(run_up_to(&series(&[1.0, 0.0]), 2), None);
        assert_eq!(run_up_to(&series(&[]), 0), None);
        let mut rounded = series(&[1.0, 30.0]);
        rounded[1].quantity = Some(Quantity::rounded(30.0, 100.0));
        assert_eq!(run_up_to(&rounded, 2), None);
        // A zero ends the run before it, and a new one begins after it.
        assert_eq!(
            run_up_to(&series(&[0.0, 2.0]), 2),
            Some(Run { from: 1, to: 2, is_whole: true })
        );
    }
}
