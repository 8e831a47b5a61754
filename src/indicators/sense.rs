//! Refuses formulas that make no sense for any data: a rate per zero, a share in a sibling, a value minus
//! itself, a part added to its whole.
//!
//! In: the indicators, and the registers that distinguish totals from parts. Out: K0230 for a formula
//! that makes no sense, K0231 for one whose operands are not related as it requires.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{Arithmetic, Expr, Fold, Indicator, Ranking, Select, Times};
use crate::data::{Dataset, is_total_code};
use crate::diag::{Code, Diagnostic, Message};
use crate::stats::Unit;

/// The largest multiplier of a rate: per thousand million.
const MOST_OF_A_RATE: f64 = 1e9;
/// The largest number of quarters in a series.
const MOST_QUARTERS: usize = 400;
/// The largest number of years in a series.
const MOST_YEARS: i16 = 200;

/// Finds formulas that make no sense.
pub(super) fn check(all: &IndexMap<String, Indicator>, data: &Dataset) -> Vec<Diagnostic> {
    let looking = Looking { all, data };
    all.values().flat_map(|indicator| looking.at(indicator)).collect()
}

struct Looking<'a> {
    all: &'a IndexMap<String, Indicator>,
    data: &'a Dataset,
}

impl Looking<'_> {
    fn at(&self, indicator: &Indicator) -> Vec<Diagnostic> {
        let mut found = vec![];
        let id = &indicator.id;
        let mut nothing = |why: Message, hint: Message| {
            found.push(
                Diagnostic::error(Code::K0230, message!("`{id}` has no meaning: {why}", id, why))
                    .at(indicator.place.clone())
                    .hint(hint),
            );
        };
        if let Some((why, hint)) = self.out_of_bounds(indicator) {
            nothing(why, hint);
        }
        if let Some(law) = indicator.identity.filter(|law| !law.sum.is_finite()) {
            nothing(
                message!("its members add up to {sum}", sum = law.sum),
                message!("write a number: `sum = 0`"),
            );
        }
        let args = indicator.expr.args();
        if let Expr::Map(Arithmetic::Sum, _) | Expr::First(_) = indicator.expr
            && args.is_empty()
        {
            nothing(
                message!("it has no operands"),
                message!("name the indicators it is computed from"),
            );
        }
        if let Expr::Table(select) = &indicator.expr
            && let Some((why, hint)) = self.misread(indicator, select)
        {
            nothing(why, hint);
        }
        let twice = args.iter().enumerate().find(|(at, arg)| args[..*at].contains(arg));
        if let Some((_, part)) = twice {
            nothing(
                message!(
                    "`{part}` appears in it twice: {expr}",
                    part = part.formula(),
                    expr = indicator.expr.formula()
                ),
                message!("name two different indicators"),
            );
        } else {
            found.extend(self.unfit(indicator));
        }
        found
    }

    /// A number in a formula that makes it meaningless or too long to read.
    fn out_of_bounds(&self, indicator: &Indicator) -> Option<(Message, Message)> {
        let rate = message!("use 100 or 1 000 as the base of the rate: `per = 1000`");
        Some(match &indicator.expr {
            Expr::Map(Arithmetic::Rate { per }, _) if !per.is_finite() || *per == 0.0 => {
                (message!("a rate for each {per}", per), rate)
            }
            Expr::Map(Arithmetic::Rate { per }, _)
                if !(1.0..=MOST_OF_A_RATE).contains(&per.abs()) =>
            {
                let bounds = message!(
                    "a value between 1 and {most_of_a_rate} is readable",
                    most_of_a_rate = format!("{:e}", MOST_OF_A_RATE)
                );
                (
                    message!("a rate for each {per}, {bounds}", per = format!("{per:e}"), bounds),
                    rate,
                )
            }
            Expr::Map(Arithmetic::Index, _) if indicator.is_signed => (
                message!("an index is never negative, so it has no sign"),
                message!("delete `signed = true`"),
            ),
            // Per unit of a loss, as natural increase over a negative balance.
            Expr::Map(Arithmetic::Rate { per }, args) if *per < 0.0 => {
                let [of, over] = &args[..] else { return None };
                if self.is_signed(over) {
                    return None;
                }
                let (of, over) = (of.formula(), over.formula());
                let turned = message!("a rate for each {per} changes the sign of `{of}`", per, of);
                (message!("{turned}, but `{over}` is not a balance", turned, over), rate)
            }
            Expr::Reduce(Fold::Concentration { top, .. }, args) => match self.members(&args[0]) {
                _ if *top == 0 => (
                    message!("it is the share of no member"),
                    message!("write how many: `top = 3`"),
                ),
                Some(members) if *top >= members => (
                    message!(
                        "`{args}` has {members} members, and the share of the largest {top} is always 100 %",
                        args = args[0].formula(),
                        members,
                        top
                    ),
                    message!("write fewer: `top = 3`"),
                ),
                _ => return None,
            },
            Expr::Rank(Ranking { top: 0, .. }, _) => {
                (message!("it selects no member"), message!("write how many: `top = 5`"))
            }
            Expr::Over(Times::Quarters { last: 0 }, _) => {
                (message!("it selects no quarter"), message!("write how many: `last = 8`"))
            }
            Expr::Over(Times::Quarters { last }, _) if *last > MOST_QUARTERS => (
                message!(
                    "it selects {last} quarters, but at most {most_quarters} are allowed",
                    last,
                    most_quarters = MOST_QUARTERS
                ),
                message!("write how many: `last = 8`"),
            ),
            Expr::Over(Times::Years { years, .. } | Times::Revisions { years }, _)
                if *years < 1 =>
            {
                (message!("it selects no year"), message!("write how many: `years = 10`"))
            }
            Expr::Over(Times::Years { years, .. } | Times::Revisions { years }, _)
                if *years > MOST_YEARS =>
            {
                let kept = message!(
                    "it selects {years} years, but at most {most_years} are allowed",
                    years,
                    most_years = MOST_YEARS
                );
                (kept, message!("write how many: `years = 10`"))
            }
            _ => return None,
        })
    }

    /// Operands that are not related as the formula requires.
    fn unfit(&self, indicator: &Indicator) -> Option<Diagnostic> {
        let args = indicator.expr.args();
        let ids: Vec<&str> = args.iter().filter_map(|arg| arg.id()).collect();
        let (why, hint) = match (&indicator.expr, &ids[..]) {
            (Expr::Map(Arithmetic::Effectiveness, _), [a, b]) if self.is_reversed(a, b) => (
                message!("the balance subtracts `{a}` and adds `{b}`", a, b),
                message!("write the arrivals first: a balance is arrivals minus departures"),
            ),
            (
                Expr::Map(Arithmetic::Effectiveness, _)
                | Expr::Reduce(Fold::EffectivenessIndex | Fold::NetVolume, _),
                _,
            ) => {
                let balance = args.iter().find(|part| self.is_signed(part))?.formula();
                (
                    message!(
                        "`{balance}` is a balance, but the formula needs arrivals and \
                        departures",
                        balance
                    ),
                    message!("name the two flows whose difference is the balance"),
                )
            }
            (Expr::Map(Arithmetic::Difference, _), [a, b])
                if indicator.is_signed && self.is_reversed(a, b) =>
            {
                (
                    message!("the balance subtracts `{a}` and adds `{b}`", a, b),
                    message!("write the arrivals first: a balance is arrivals minus departures"),
                )
            }
            (Expr::Map(Arithmetic::Share, _), _) if args.iter().any(|arg| self.is_signed(arg)) => (
                message!("a balance is not a part of a whole, and has no parts"),
                message!("use a `rate`, which may be negative"),
            ),
            (Expr::First(_), parts) => {
                let (first, other) = self.other_population(parts)?;
                (
                    message!("`{first}` and `{other}` count different people", first, other),
                    message!(
                        "name alternatives that count the same people, or change their `population`"
                    ),
                )
            }
            (Expr::Map(Arithmetic::Share, _), [of, whole]) if self.are_sides(of, whole) => (
                message!(
                    "`{of}` and `{whole}` are the two sides of a balance, so neither is a part of \
                    the other",
                    of,
                    whole
                ),
                message!("name the whole that contains it; one flow over another is a `rate`"),
            ),
            (Expr::Map(Arithmetic::Share, _), [of, whole]) => {
                let (part, of_whole) = self.siblings(of, whole)?;
                (
                    message!("{part} is not a part of {of_whole}", part, of_whole),
                    message!(
                        "name the whole that contains it; one member over another is a `rate`"
                    ),
                )
            }
            (Expr::Map(Arithmetic::Sum, _), parts) => {
                let pairs = parts.iter().enumerate();
                let mut pairs = pairs.flat_map(|(at, a)| parts[..at].iter().map(move |b| (b, a)));
                let (total, part) = pairs.find_map(|(a, b)| self.overlapping(a, b))?;
                (
                    message!("`{total}` contains `{part}`, which would count twice", total, part),
                    message!("add parts of one whole, none of which contains another"),
                )
            }
            (Expr::Map(Arithmetic::Index, _), _) => self.unfit_index(indicator)?,
            _ => return None,
        };
        let message = message!(
            "`{id}` is not a valid {expr}: {why}",
            id = indicator.id,
            expr = indicator.expr.name(),
            why
        );
        Some(Diagnostic::error(Code::K0231, message).at(indicator.place.clone()).hint(hint))
    }

    /// Why an index makes no sense, and the remedy.
    fn unfit_index(&self, indicator: &Indicator) -> Option<(Message, Message)> {
        let args = indicator.expr.args();
        let (part, whole) = args[0].id().and_then(|id| self.all.get_key_value(id))?;
        let said = if whole.is_signed {
            (
                message!("`{part}` is a balance, which may be zero or change its sign", part),
                message!("use its difference, or the index of its two flows"),
            )
        } else if self.is_made_of_plans(part) {
            (
                message!("`{part}` is a plan, not a result", part),
                message!("use the index of the result"),
            )
        } else if self.runs_over_years(part) {
            (
                message!(
                    "`{part}` is a series over years, and each year would be its own \
                    base",
                    part
                ),
                message!("take the index of the number, and the `history` of the index"),
            )
        } else {
            let unit = self.unit(part).filter(|unit| !unit.is_count())?;
            (
                message!("`{part}` is in `{unit}`, so it is a ratio already", part, unit = unit.0),
                message!("use its difference, in points"),
            )
        };
        Some(said)
    }

    /// The reason why a selection contradicts its indicator, by the package's rules for its members.
    fn misread(&self, indicator: &Indicator, select: &Select) -> Option<(Message, Message)> {
        let table = self.data.tables.get(&select.table)?;
        let is_fixed_in = |listed: &[(String, String)]| {
            select.fixed.iter().find(|pair| listed.contains(pair)).map(|(_, code)| code.clone())
        };
        let beside_its_sides = table.balances.iter().find(|sides| {
            let is_added = |code: &String| !select.without.contains(code);
            select.over.contains(&sides.dimension)
                && is_added(&sides.result)
                && sides.plus.iter().any(is_added)
        });
        if let Some(sides) = beside_its_sides {
            let (dimension, result) = (&sides.dimension, &sides.result);
            return Some((
                message!(
                    "`{dimension}` contains `{result}` together with its components, and they would \
                    be added up",
                    dimension,
                    result
                ),
                message!("fix the dimension to one member with `where`"),
            ));
        }
        // A dimension that is kept or added up may contain balances too.
        let has_open = |listed: &[(String, String)]| {
            let open = select.by.iter().chain(&select.across).map(|by| &by.dimension);
            open.chain(&select.over)
                .any(|open| listed.iter().any(|(dimension, _)| dimension == open))
        };
        if let Some(code) = is_fixed_in(&table.signed).filter(|_| !indicator.is_signed) {
            return Some((
                message!(
                    "it reads `{code}`, which the package lists under `signed`, but it is \
                    defined as a count",
                    code
                ),
                message!(
                    "add `signed = true`: then its sign is printed, and it has no percentage change"
                ),
            ));
        }
        if let Some(code) = is_fixed_in(&table.counts).filter(|_| indicator.is_signed)
            && is_fixed_in(&table.signed).is_none()
            && !has_open(&table.signed)
        {
            return Some((
                message!(
                    "it reads `{code}`, which is never negative, but it is defined as a balance",
                    code
                ),
                message!("delete `signed = true`"),
            ));
        }
        let plan = is_fixed_in(&table.announced).filter(|_| !indicator.is_plan)?;
        Some((
            message!(
                "it reads `{plan}`, which the package lists under `announced`, but it is \
                defined as a result",
                plan
            ),
            message!("add `plan = true`: then no sentence may call it a result"),
        ))
    }

    /// The two populations of alternatives, if they differ.
    fn other_population<'s>(&self, parts: &[&'s str]) -> Option<(&'s str, &'s str)> {
        let of = |part: &str| self.all.get(part)?.population.clone();
        let mut said = parts.iter().filter_map(|part| Some((part, of(part)?)));
        let (first, population) = said.next()?;
        let (other, _) = said.find(|(_, other)| *other != population)?;
        Some((first, other))
    }

    /// The unit of an indicator, if it is written or follows without data.
    fn unit(&self, id: &str) -> Option<Unit> {
        // Circular references are refused elsewhere.
        let mut id = id;
        for _ in 0..self.all.len() {
            let indicator = self.all.get(id)?;
            match (&indicator.unit, indicator.expr.args().first().and_then(|arg| arg.id())) {
                (Some(unit), _) => return Some(unit.clone()),
                (None, Some(first)) => id = first,
                (None, None) => return None,
            }
        }
        None
    }

    /// Whether it is a series over years, or computed member by member from one.
    fn runs_over_years(&self, id: &str) -> bool {
        let (mut open, mut seen) = (vec![id], BTreeSet::new());
        while let Some(id) = open.pop() {
            let Some(indicator) = self.all.get(id).filter(|_| seen.insert(id)) else { continue };
            match &indicator.expr {
                Expr::Over(Times::Years { .. } | Times::Revisions { .. }, _) => return true,
                Expr::Reduce(..) | Expr::Pick(..) => {}
                expr => open.extend(expr.parts()),
            }
        }
        false
    }

    /// Whether it is a plan, or computed from plans only.
    fn is_made_of_plans(&self, id: &str) -> bool {
        let mut open = vec![id];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Some(indicator) = self.all.get(id).filter(|_| seen.insert(id)) else { continue };
            if indicator.is_plan {
                continue;
            }
            match &indicator.expr.parts()[..] {
                [] => return false,
                parts => open.extend(parts),
            }
        }
        !seen.is_empty()
    }

    fn select(&self, id: &str) -> Option<&Select> {
        match &self.all.get(id)?.expr {
            Expr::Table(select) => Some(select),
            _ => None,
        }
    }

    /// The number of members of a series, if it follows from its selection.
    fn members(&self, of: &Expr) -> Option<usize> {
        Some(self.select(of.id()?)?.by.as_ref()?.members.len())
    }

    fn is_signed(&self, part: &Expr) -> bool {
        let indicator = part.id().and_then(|id| self.all.get(id));
        indicator.is_some_and(|indicator| indicator.is_signed)
    }

    /// The selection that an indicator reads in the end, if there is just one: that of `X1` for a ranking
    /// of `X1`.
    fn read(&self, id: &str) -> Option<&Select> {
        let mut id = id;
        // Circular references are refused elsewhere.
        for _ in 0..self.all.len() {
            match &self.all.get(id)?.expr {
                Expr::Table(select) => return Some(select),
                expr => match expr.parts()[..] {
                    [part] => id = part,
                    _ => return None,
                },
            }
        }
        None
    }

    /// Whether a balance of the package adds the second one and subtracts the first one.
    fn is_reversed(&self, a: &str, b: &str) -> bool {
        let Some((first, second)) = self.read(a).zip(self.read(b)) else { return false };
        let fixed = |select: &'_ Select, name: &str| {
            let mut pairs = select.fixed.iter();
            pairs.find(|(dimension, _)| dimension == name).map(|(_, code)| code.clone())
        };
        first.table == second.table
            && self.data.tables.get(&first.table).is_some_and(|table| {
                table.is_reversed(|name| fixed(first, name), |name| fixed(second, name))
            })
    }

    /// Whether an indicator is the balance of these two.
    fn are_sides(&self, a: &str, b: &str) -> bool {
        self.all.values().filter(|indicator| indicator.is_signed).any(|indicator| {
            let Expr::Map(Arithmetic::Difference | Arithmetic::Effectiveness, args) =
                &indicator.expr
            else {
                return false;
            };
            let is_both = |a: &str, b: &str| args[0].id() == Some(a) && args[1].id() == Some(b);
            // A balance of balances is a different case.
            (is_both(a, b) || is_both(b, a)) && !args.iter().any(|arg| self.is_signed(arg))
        })
    }

    /// The dimensions in which two selections from one table differ, each with both members.
    fn differ<'s>(&self, a: &'s Select, b: &'s Select) -> Option<Vec<(&'s str, &'s str, &'s str)>> {
        if a.table != b.table || a.at != b.at {
            return None;
        }
        let of = |select: &'s Select, name: &str| {
            select
                .fixed
                .iter()
                .find(|(dimension, _)| dimension == name)
                .map(|(_, code)| code.as_str())
        };
        let both = a.fixed.iter().filter_map(|(name, one)| {
            let other = of(b, name)?;
            (one != other).then_some((name.as_str(), one.as_str(), other))
        });
        Some(both.collect())
    }

    fn is_aggregate(&self, table: &str, dimension: &str, code: &str) -> bool {
        let register = self.data.tables.get(table).and_then(|t| t.registers.get(dimension));
        match register.and_then(|name| self.data.registers.get(name)) {
            Some(register) => register.is_aggregate(code),
            None => is_total_code(code),
        }
    }

    fn has_register(&self, table: &str, dimension: &str) -> bool {
        let register = self.data.tables.get(table).and_then(|t| t.registers.get(dimension));
        register.is_some_and(|name| self.data.registers.contains_key(name))
    }

    /// Two members of one dimension, if neither contains the other.
    fn siblings(&self, of: &str, whole: &str) -> Option<(String, String)> {
        let (a, b) = (self.select(of)?, self.select(whole)?);
        self.differ(a, b)?.into_iter().find_map(|(dimension, part, whole)| {
            let is_sibling = !self.is_aggregate(&a.table, dimension, whole)
                && self.has_register(&a.table, dimension);
            is_sibling.then(|| (format!("`{part}`"), format!("`{whole}`")))
        })
    }

    /// Two selections, if one contains the other: they differ in one dimension, where one has a total.
    fn overlapping<'s>(&self, a: &'s str, b: &'s str) -> Option<(&'s str, &'s str)> {
        let (one, other) = (self.select(a)?, self.select(b)?);
        let [(dimension, first, second)] = self.differ(one, other)?[..] else { return None };
        let is_total = |code: &str| self.is_aggregate(&one.table, dimension, code);
        match (is_total(first), is_total(second)) {
            (true, _) => Some((a, b)),
            (false, true) => Some((b, a)),
            (false, false) => None,
        }
    }
}
