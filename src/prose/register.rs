//! Registers in templates: acts, claims from the literature, options for decision.
//!
//! `entries("policy")` lists the entries of a register that may be printed as of the brief's day. The
//! rules depend on the columns of the register: with `confidence`, only A and B are printed; with
//! `checked_on`, only checked entries; with `valid_from`, only those adopted by then; with `valid_to` or
//! `replaces`, an entry may be flagged as historical. If only a month or year is known, an event has
//! happened by a day if the whole month or year is over.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::{DynObject, Enumerator, Kwargs, Object, ObjectRepr, Value};
use minijinja::{Environment, Error, ErrorKind};

use super::TemplateContext;
use super::objects::{Name, Number, When, needs_a_filter};
use crate::data::Register;
use crate::stats::{Period, Quantity, Span, Time, Unit};

/// A row of a register.
#[derive(Clone)]
pub struct Entry {
    context: Arc<TemplateContext>,
    /// The name of the register, and of its lexicon.
    pub register: String,
    /// Its primary key.
    pub code: String,
}

impl Entry {
    fn row(&self) -> Option<&std::collections::BTreeMap<String, String>> {
        self.context.edition.data.registers.get(&self.register)?.rows.get(self.code.as_str())
    }

    /// The text of a column; `None` if it is empty.
    pub fn column(&self, name: &str) -> Option<&str> {
        // A body may set its own threshold; the register has a default.
        let own = self.context.edition.thresholds.get(&self.code).filter(|_| name == "threshold");
        let own = own.map(String::as_str);
        own.or_else(|| self.row()?.get(name).map(String::as_str)).filter(|text| !text.is_empty())
    }

    /// The time in a column: a day, or a month or year if that is all that is known.
    pub fn time(&self, name: &str) -> Option<Time> {
        Time::of_register(self.column(name)?)
    }

    /// The first day of the time in a column.
    pub fn date(&self, name: &str) -> Option<Date> {
        self.time(name).map(Time::first_day)
    }

    /// The last day of the time in a column, by which the event has certainly happened.
    fn last_date(&self, name: &str) -> Option<Date> {
        self.time(name).map(Time::last_day)
    }

    /// Whether the time in a column was over by the brief's day.
    fn is_reached(&self, name: &str) -> bool {
        self.last_date(name).is_some_and(|day| day <= self.context.edition.vintage)
    }

    /// Whether the brief's day is before the time in a column.
    pub fn is_before(&self, name: &str) -> bool {
        self.date(name).is_some_and(|from| self.context.edition.vintage < from)
    }

    /// Whether it may be printed.
    fn is_printable(&self) -> bool {
        let row = self.row();
        let has = |name: &str| row.is_some_and(|row| row.contains_key(name));
        let is_trusted = !has("confidence") || matches!(self.column("confidence"), Some("A" | "B"));
        let is_checked = !has("checked_on") || self.date("checked_on").is_some();
        let is_out = !(has("adopted") || has("valid_from"))
            || self.is_reached("adopted")
            || self.column("adopted").is_none() && self.is_reached("valid_from");
        is_trusted && is_checked && is_out
    }

    /// Whether it had ended or been replaced by the brief's day.
    pub fn is_historical(&self) -> bool {
        if self.is_expired() {
            return true;
        }
        self.successors().any(|other| other.is_reached("valid_from"))
    }

    /// The entries that replace it.
    fn successors(&self) -> impl Iterator<Item = Self> + '_ {
        let register = self.context.edition.data.registers.get(&self.register);
        let rows = register.into_iter().flat_map(|register| &register.rows);
        rows.filter(|(_, row)| row.get("replaces").is_some_and(|old| *old == self.code))
            .map(|(code, _)| Self { code: code.to_string(), ..self.clone() })
    }

    /// Whether another entry had taken its place by the brief's day, before it would have ended. The plan of
    /// one year ends when that of the next begins, and is not replaced by it.
    pub fn is_superseded(&self) -> bool {
        let end = self.last_date("valid_to");
        self.successors().any(|other| {
            let begins = other.date("valid_from");
            other.is_reached("valid_from")
                && end.is_none_or(|end| begins.is_some_and(|begins| begins <= end))
        })
    }

    /// Whether it had been adopted but comes into force after the brief's day.
    pub fn is_forthcoming(&self) -> bool {
        self.date("valid_from").is_some_and(|from| from > self.context.edition.vintage)
    }

    /// Whether it had certainly come into force by the brief's day.
    pub fn is_in_force(&self) -> bool {
        self.is_reached("valid_from")
    }

    /// Whether its end is known only to a month or year that includes the brief's day, so that it may or
    /// may not be in force.
    pub fn may_have_ended(&self) -> bool {
        let day = self.context.edition.vintage;
        matches!(self.time("valid_to"), Some(Time::Over(_)))
            && self.date("valid_to").is_some_and(|from| from <= day)
            && !self.is_expired()
    }

    /// Whether it is in force during the brief's period; only then may a plan be compared with a fact.
    pub fn holds_in_period(&self) -> bool {
        let period = self.context.edition.period;
        let begins_in_time =
            self.last_date("valid_from").is_some_and(|from| from < period.day_after());
        let is_over = self.last_date("valid_to").is_some_and(|end| end < period.start.first_day());
        begins_in_time && !is_over
    }

    /// Whether it had ended before the brief's period.
    pub fn is_past(&self) -> bool {
        let start = self.context.edition.period.start.first_day();
        self.last_date("valid_to").is_some_and(|end| end < start)
    }

    /// Whether it had certainly ended by the brief's day.
    pub fn is_expired(&self) -> bool {
        self.last_date("valid_to").is_some_and(|end| end < self.context.edition.vintage)
    }

    /// Whether it is a plan set by an act among `all`: an entry with the same reference and no plan.
    fn is_set_by_one_of(&self, all: &[Self]) -> bool {
        let has_plan = |entry: &Self| entry.column("plan").is_some();
        has_plan(self) && all.iter().any(|act| !has_plan(act) && act.is_cited_as(self))
    }

    /// Whether it is an act that sets a plan among `all`: an entry with the same reference and a plan.
    pub fn sets_one_of(&self, all: &[Self]) -> bool {
        let has_plan = |entry: &Self| entry.column("plan").is_some();
        !has_plan(self) && all.iter().any(|plan| has_plan(plan) && plan.is_cited_as(self))
    }

    /// Whether both have the same reference.
    fn is_cited_as(&self, other: &Self) -> bool {
        self.column("reference").is_some_and(|key| other.column("reference") == Some(key))
    }

    /// Whether it replaced another entry and is in force on the brief's day.
    fn is_replacing(&self) -> bool {
        self.column("replaces").is_some() && self.is_in_force() && !self.is_historical()
    }

    /// Whether it came into force (or, if that is unknown, was adopted) within the brief's last quarter
    /// or year. All of the month or year known must be inside.
    fn is_within(&self) -> bool {
        let window = self.window();
        match self.time("valid_from").or_else(|| self.time("adopted")) {
            Some(Time::At(day)) => window.start.first_day() <= day && day < window.day_after(),
            Some(Time::Over(when)) => window.start <= when.start && when.end <= window.end,
            None => false,
        }
    }

    /// The last quarter of the brief's period; the whole period if that is a year or first quarter.
    fn window(&self) -> Period {
        let period = self.context.edition.period;
        match period.quarter_by_subtraction() {
            Some((quarter, _)) if period.span() != Span::Year => quarter,
            _ => period,
        }
    }

    /// Whether it was adopted or came into force since the beginning of the brief's last quarter.
    pub fn is_event(&self) -> bool {
        let (start, end) = (self.window().start.first_day(), self.context.edition.vintage);
        let is_since = |name: &str| {
            self.date(name).is_some_and(|day| start <= day)
                && self.last_date(name).is_some_and(|day| day <= end)
        };
        is_since("adopted") || is_since("valid_from")
    }

    fn has_topic(&self, topic: &str) -> bool {
        self.column("topics")
            .is_some_and(|topics| topics.split([';', '|', ' ']).any(|t| t == topic))
    }

    /// The number in a column with its unit; `None` if it is not a number.
    pub fn quantity(&self, column: &str) -> Option<(Quantity, Unit)> {
        let text = self.column(column)?;
        let value: f64 = text.parse().ok()?;
        let unit = Unit::new(self.column("unit").unwrap_or(Unit::NUMBER));
        // All written digits of a plan are known, trailing zeros included.
        let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let step = 0.1_f64.powi(i32::try_from(decimals).unwrap_or(0));
        Some((Quantity { step, error: 0.0, ..Quantity::exact(value) }, unit))
    }

    /// The number in a column, as a plan that can be printed.
    fn number(&self, column: &str) -> Option<Number> {
        let id = format!("{}:{}.{column}", self.register, self.code);
        Some(Number { plan: Some(self.quantity(column)?), ..Number::new(&self.context, &id) })
    }

    /// The fact whose id is in a column.
    fn fact(&self, column: &str) -> Option<Number> {
        let id = self.column(column)?;
        self.context.facts().get(id)?;
        Some(Number::new(&self.context, id))
    }

    /// Its name in the register's lexicon.
    fn name(&self) -> Name {
        Name {
            context: self.context.clone(),
            lexicon: self.register.clone(),
            code: self.code.clone(),
        }
    }

    /// The entry that it replaced.
    fn replaced(&self) -> Option<Self> {
        let code = self.column("replaces")?;
        let register = self.context.edition.data.registers.get(&self.register)?;
        let code = register.rows.keys().find(|known| ***known == *code)?.to_string();
        Some(Self { code, ..self.clone() })
    }

    /// Whether it belongs to the publishing body: its `owner` is that body or empty.
    fn is_own(&self) -> bool {
        self.column("owner").is_none_or(|owner| owner == self.context.edition.body)
    }

    /// Whether the fact it watches is beyond its threshold.
    fn is_crossed(&self) -> bool {
        let Some(value) = self.fact("indicator").and_then(|n| n.quantity().ok()) else {
            return false;
        };
        let Some(threshold) = self.column("threshold").and_then(|t| t.parse::<f64>().ok()) else {
            return false;
        };
        match self.column("comparison") {
            Some("below") => value.value < threshold,
            Some("above") => value.value > threshold,
            _ => false,
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<entry {}.{}>", self.register, self.code)
    }
}

impl Object for Entry {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "name" => Some(Value::from_object(self.name())),
            "historical" => Some(Value::from(self.is_historical())),
            "forthcoming" => Some(Value::from(self.is_forthcoming())),
            "fact" => self.fact("indicator").map(Value::from_object),
            "replaced" => Some(self.replaced().map_or(Value::from(false), Value::from_object)),
            column => {
                if let Some(time) = self.time(column) {
                    return Some(Value::from_object(When { context: self.context.clone(), time }));
                }
                if let Some(number) =
                    matches!(column, "plan" | "threshold").then(|| self.number(column))
                {
                    return number.map(Value::from_object);
                }
                // An empty column is false, not unknown.
                let row = self.row()?;
                row.get(column).map(|text| {
                    if text.is_empty() { Value::from(false) } else { Value::from(text.clone()) }
                })
            }
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        Some((&self.register, &self.code).cmp(&(&other.register, &other.code)))
    }

    needs_a_filter!();
}

/// The entries of a register that may be printed, in the order of the file.
pub(super) fn printable(
    context: &Arc<TemplateContext>,
    name: &str,
    register: &Register,
) -> Vec<Entry> {
    register
        .rows
        .keys()
        .map(|code| Entry {
            context: context.clone(),
            register: name.to_owned(),
            code: code.to_string(),
        })
        .filter(Entry::is_printable)
        .collect()
}

/// Adds the function `entries(…)`.
pub(super) fn install(env: &mut Environment<'static>, context: &Arc<TemplateContext>) {
    let at = context.clone();
    env.add_function("entries", move |name: String, options: Kwargs| -> Result<Value, Error> {
        super::filters::typed("entries", &name)?;
        let registers = &at.edition.data.registers;
        let Some(register) = registers.get(&name) else {
            let hint = crate::diag::did_you_mean(&name, registers.keys().map(String::as_str));
            let detail = format!("there is no register `{name}`: {}", hint.unwrap_or_default());
            return Err(Error::new(ErrorKind::InvalidOperation, detail));
        };
        let mut all = printable(&at, &name, register);
        if let Some(topic) = options.get::<Option<String>>("topic")? {
            all.retain(|entry| entry.has_topic(&topic));
        }
        if let Some(kind) = options.get::<Option<String>>("kind")? {
            all.retain(|entry| entry.column("kind") == Some(kind.as_str()));
        }
        if options.get::<Option<bool>>("events")?.unwrap_or(false) {
            all.retain(Entry::is_event);
            all.sort_by_key(|entry| {
                std::cmp::Reverse(entry.date("valid_from").or(entry.date("adopted")))
            });
        }
        if options.get::<Option<bool>>("once")?.unwrap_or(false) {
            let acts = all.clone();
            all.retain(|entry| !entry.is_set_by_one_of(&acts));
        }
        if options.get::<Option<bool>>("within")?.unwrap_or(false) {
            all.retain(Entry::is_within);
        }
        if options.get::<Option<bool>>("replacing")?.unwrap_or(false) {
            all.retain(Entry::is_replacing);
        }
        if options.get::<Option<bool>>("crossed")?.unwrap_or(false) {
            let offers_options = at.edition.offers_options;
            all.retain(|entry| offers_options && entry.is_own() && entry.is_crossed());
        }
        // Each issue starts at another entry, so that all appear in turn.
        if options.get::<Option<bool>>("rotate")?.unwrap_or(false) && !all.is_empty() {
            let end = at.edition.period.end;
            let issue = usize::try_from(end.year).unwrap_or(0) * 4
                + usize::from(end.month.unsigned_abs().div_ceil(3));
            let length = all.len();
            all.rotate_left(issue % length);
        }
        if let Some(most) = options.get::<Option<usize>>("most")? {
            all.truncate(most);
        }
        options.assert_all_used()?;
        Ok(Value::from(all.into_iter().map(Value::from_object).collect::<Vec<_>>()))
    });
}
