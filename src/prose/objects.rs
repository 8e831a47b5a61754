//! Objects that templates can name: facts, members of a series, names and periods.
//!
//! An object has no text of its own. Only a filter turns it into text, words it in the edition's language
//! and keeps it as a token. `compare` implements the operators. If the engine itself compares or prints
//! an object, this is recorded and the template refused.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{DynObject, Enumerator, Object, ObjectRepr, Value};

use super::TemplateContext;
use crate::stats::{Fact, Flag, Member, Period, Quantity, Time, Unit, member_id, rounding};

/// Filters for percentages, points and rates print tenths at most.
const FINEST_SAID: f64 = 0.1;
/// The same as a number of decimals.
const DECIMALS_SAID: u8 = 1;

/// For an `impl Object` with a field `context`: refuses text that the template engine would make of the
/// object; only a filter words it.
macro_rules! needs_a_filter {
    () => {
        fn render(self: &Arc<Self>, _: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.context.placeholders.misuse(message!(
                "{value} is made text without a filter",
                value = format!("{self:?}")
            ));
            Ok(())
        }
    };
}
/// For the same: refuses a comparison by the template engine, which knows no units.
macro_rules! is_not_compared {
    () => {
        fn custom_cmp(
            self: &Arc<Self>,
            _: &::minijinja::value::DynObject,
        ) -> Option<::std::cmp::Ordering> {
            self.context.placeholders.misuse(message!(
                "{value} is compared by the template engine",
                value = format!("{self:?}")
            ));
            None
        }
    };
}
pub(super) use {is_not_compared, needs_a_filter};

/// A number to word: that of a fact, or of a member of a series.
#[derive(Clone)]
pub(super) struct Number {
    pub context: Arc<TemplateContext>,
    pub fact: String,
    /// The index of the member, and whether its base is meant.
    pub member: Option<(usize, bool)>,
    /// Whether the sign is left out, since a word gives the direction.
    pub is_absolute: bool,
    /// A number of a register instead of a fact's: a plan.
    pub plan: Option<(Quantity, Unit)>,
}

impl Number {
    pub(super) fn new(context: &Arc<TemplateContext>, fact: &str) -> Self {
        Self {
            context: context.clone(),
            fact: fact.to_owned(),
            member: None,
            is_absolute: false,
            plan: None,
        }
    }

    pub(super) fn fact(&self) -> Option<&Fact> {
        self.context.facts().get(&self.fact)
    }

    fn member(&self) -> Option<&Member> {
        self.fact()?.series()?.members.get(self.member?.0)
    }

    /// Its id in the document: `X1`, `I4[KZ-71]`, `I4[KZ-71].base`.
    pub(super) fn id(&self) -> String {
        match (self.member(), self.member) {
            (Some(member), Some((_, is_base))) => {
                member_id(&self.fact, &member.code) + if is_base { ".base" } else { "" }
            }
            _ => self.fact.clone(),
        }
    }

    /// The number, or the reason why it is missing.
    pub(super) fn quantity(&self) -> Result<Quantity, String> {
        if let Some((quantity, _)) = self.plan {
            return Ok(quantity);
        }
        let Some(fact) = self.fact() else {
            return Err(format!("there is no fact `{}`", self.fact));
        };
        if let Some(reason) = fact.missing() {
            return Err(reason.to_owned());
        }
        match self.member {
            Some((_, is_base)) => self
                .member()
                .and_then(|member| if is_base { member.base } else { member.quantity })
                .ok_or_else(|| format!("`{}` is not in the data", self.id())),
            None => {
                fact.number().ok_or_else(|| format!("`{}` is a series, not one number", self.fact))
            }
        }
    }

    /// Whether it is missing where a blank is printed for a missing number.
    pub(super) fn is_blank(&self) -> bool {
        self.context.placeholders.is_blanking() && self.quantity().is_err()
    }

    pub(super) fn unit(&self) -> Unit {
        if let Some((_, unit)) = &self.plan {
            return unit.clone();
        }
        self.fact().map_or_else(|| Unit::new(Unit::NUMBER), |fact| fact.unit.clone())
    }

    /// The number as sentences print it: a count to its step, everything else to a tenth at most. Words
    /// and conditions use this number: −0.04 % is printed as 0.0 % and has not fallen.
    pub(super) fn said(&self) -> Option<f64> {
        let quantity = self.quantity().ok()?;
        let Quantity { value, step, .. } = quantity;
        let unit = self.unit();
        if &*unit.0 == Unit::PERCENT {
            let digits = rounding::percent(value, step, DECIMALS_SAID)?;
            return Some(rounding::to_f64(&digits));
        }
        rounding::to_step(value, if unit.is_count() { step } else { step.max(FINEST_SAID) })
    }

    pub(super) fn is_signed(&self) -> bool {
        self.fact().is_some_and(|fact| fact.is_signed)
    }

    pub(super) fn is_known(&self) -> bool {
        match self.fact() {
            _ if self.plan.is_some() => true,
            Some(fact) if self.member.is_none() && fact.matrix().is_some() => true,
            Some(fact) if self.member.is_none() && fact.series().is_some() => {
                fact.series().is_some_and(|series| !series.members.is_empty())
            }
            Some(_) => self.quantity().is_ok(),
            None => false,
        }
    }

    pub(super) fn has_flag(&self, flag: Flag) -> bool {
        self.fact().is_some_and(|fact| fact.flags.contains(&flag))
    }

    fn members(&self) -> Vec<Value> {
        let Some(series) = self.fact().and_then(Fact::series) else { return vec![] };
        (0..series.members.len())
            .map(|index| {
                Value::from_object(Row {
                    context: self.context.clone(),
                    fact: self.fact.clone(),
                    index,
                })
            })
            .collect()
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<fact {}>", self.id())
    }
}

/// The attributes of a fact, for suggestions.
pub(super) const ATTRIBUTES: [&str; 13] = [
    "base",
    "first_base",
    "difference",
    "change",
    "quarter",
    "range",
    "low",
    "high",
    "threshold",
    "other",
    "members",
    "time",
    "years",
];

impl Object for Number {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if let Some((index, _)) = self.member {
            return match key.as_str()? {
                "base" => Some(Value::from_object(Number {
                    member: Some((index, true)),
                    ..(**self).clone()
                })),
                _ => None,
            };
        }
        match key.as_str()? {
            part @ ("base" | "first_base" | "difference" | "change" | "quarter" | "range"
            | "low" | "high" | "threshold" | "other") => {
                let id = format!("{}.{}", self.fact, part.replace('_', "-"));
                // A part that does not exist is missing, not misspelt: the quarter of a first quarter.
                Some(Value::from_object(Number::new(&self.context, &id)))
            }
            // Without members the number itself is returned, so that a loop over it gives the reason.
            "members" => Some(match self.members() {
                none if none.is_empty() => Value::from_object((**self).clone()),
                members => Value::from(members),
            }),
            "time" => {
                let time = self.fact()?.time;
                Some(Value::from_object(When { context: self.context.clone(), time }))
            }
            // Without members the number itself is returned, as above.
            "years" if self.members().is_empty() => Some(Value::from_object((**self).clone())),
            "years" => {
                let members = &self.fact()?.series()?.members;
                let year = |member: Option<&Member>| member?.code.parse::<i16>().ok();
                let (first, last) = (year(members.first())?, year(members.last())?);
                let start = Period::year_to_date(first, 12).start;
                let time = Time::Over(Period { start, ..Period::year_to_date(last, 12) });
                Some(Value::from_object(When { context: self.context.clone(), time }))
            }
            code => {
                let series = self.fact()?.series()?;
                let index = series.members.iter().position(|m| &*m.code == code)?;
                Some(Value::from_object(Row {
                    context: self.context.clone(),
                    fact: self.fact.clone(),
                    index,
                }))
            }
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.members())
    }

    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.is_known()
    }

    is_not_compared!();

    needs_a_filter!();
}

/// A member of a series, with its name and value.
#[derive(Clone)]
pub(super) struct Row {
    pub context: Arc<TemplateContext>,
    pub fact: String,
    pub index: usize,
}

impl Row {
    pub(super) fn number(&self) -> Number {
        Number { member: Some((self.index, false)), ..Number::new(&self.context, &self.fact) }
    }

    /// For a flow, the name of its origin or destination.
    fn end_of_flow(&self, is_origin: bool) -> Option<Name> {
        let name = self.name()?;
        let (origin, destination) = name.code.split_once(crate::indicators::TO)?;
        let code = if is_origin { origin } else { destination }.to_owned();
        Some(Name { code, ..name })
    }

    /// For a series over years, the member's year, or its months if the years are compared in these.
    fn year(&self) -> Option<When> {
        let fact = self.context.facts().get(&self.fact)?;
        let year: i16 = fact.series()?.members.get(self.index)?.code.parse().ok()?;
        let Time::Over(last) = fact.time else { return None };
        let time = Time::Over(last.years_before(last.end.year - year));
        Some(When { context: self.context.clone(), time })
    }

    pub(super) fn name(&self) -> Option<Name> {
        let series = self.context.facts().get(&self.fact)?.series()?;
        let code = series.members.get(self.index)?.code.to_string();
        Some(Name { context: self.context.clone(), lexicon: series.register.clone(), code })
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<member {}>", self.number().id())
    }
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "name" => self.name().map(Value::from_object),
            "time" => self.year().map(Value::from_object),
            "reverse" => {
                let reverse = Number::new(&self.context, &format!("{}.reverse", self.fact));
                Some(Value::from_object(Number { member: Some((self.index, false)), ..reverse }))
            }
            "origin" => self.end_of_flow(true).map(Value::from_object),
            "destination" => self.end_of_flow(false).map(Value::from_object),
            "value" => Some(Value::from_object(self.number())),
            "base" => Some(Value::from_object(Number {
                member: Some((self.index, true)),
                ..Number::new(&self.context, &self.fact)
            })),
            _ => None,
        }
    }

    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        Some((&self.fact, self.index).cmp(&(&other.fact, other.index)))
    }

    needs_a_filter!();
}

/// The name of a region, country or body, in the form that a filter asks for.
#[derive(Clone)]
pub(super) struct Name {
    pub context: Arc<TemplateContext>,
    pub lexicon: String,
    pub code: String,
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<name {}.{}>", self.lexicon, self.code)
    }
}

impl Object for Name {
    /// A column of its row in the register, such as `kind`, for conditions.
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let register = self.context.edition.data.registers.get(&self.lexicon)?;
        let text = register.rows.get(self.code.as_str())?.get(key.as_str()?)?;
        Some(Value::from(text.as_str()))
    }

    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        Some((&self.lexicon, &self.code).cmp(&(&other.lexicon, &other.code)))
    }

    needs_a_filter!();
}

/// A lexicon: `regions["KZ-71"]` names a region.
#[derive(Clone)]
pub(super) struct Names {
    pub context: Arc<TemplateContext>,
    pub lexicon: String,
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<names {}>", self.lexicon)
    }
}

impl Object for Names {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let code = key.as_str()?.to_owned();
        Some(Value::from_object(Name {
            context: self.context.clone(),
            lexicon: self.lexicon.clone(),
            code,
        }))
    }

    is_not_compared!();

    needs_a_filter!();
}

/// A period or a day.
#[derive(Clone)]
pub(super) struct When {
    pub context: Arc<TemplateContext>,
    pub time: Time,
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<time {}>", self.time)
    }
}

impl When {
    fn over(&self, period: Period) -> Value {
        Value::from_object(Self { context: self.context.clone(), time: Time::Over(period) })
    }
}

impl Object for When {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let Time::Over(period) = self.time else { return None };
        match key.as_str()? {
            "base" => Some(self.over(period.years_before(1))),
            "quarter" => Some(self.over(period.quarter_by_subtraction()?.0)),
            "year" => Some(self.over(Period::year_to_date(period.end.year, 12))),
            "next" => Some(self.over(period.next())),
            "end" => Some(Value::from_object(Self {
                context: self.context.clone(),
                time: Time::At(period.day_after()),
            })),
            _ => None,
        }
    }

    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        Some(self.time.to_string().cmp(&other.time.to_string()))
    }

    needs_a_filter!();
}

/// Words made by a filter, which are a token already.
#[derive(Clone)]
pub(super) struct Printed {
    /// Their placeholder.
    pub mark: String,
}

impl fmt::Debug for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<words>")
    }
}

impl Object for Printed {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mark)
    }
}
