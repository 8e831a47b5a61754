//! Revisions since the previous issue, as the template object `changes`.
//!
//! All revisions are counted. Those whose indicator has a label in the strings are listed as well.

use std::fmt;
use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Object, ObjectRepr, Value};

use super::objects::{Number, When, is_not_compared, needs_a_filter};
use super::{TemplateContext, Writer};
use crate::diff::{Revision, Revisions};
use crate::stats::{Quantity, Time, Unit};

/// The revisions, as templates see them.
struct Changes {
    context: Arc<TemplateContext>,
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<changes>")
    }
}

impl Changes {
    fn since(&self) -> Option<&Revisions> {
        self.context.edition.since.as_deref()
    }
}

impl Object for Changes {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let when = |time| Value::from_object(When { context: self.context.clone(), time });
        match key.as_str()? {
            "day" => Some(when(self.since()?.day)),
            "period" => Some(when(Time::Over(self.since()?.period))),
            "revised" => {
                let count = Quantity::exact(self.since()?.count as f64);
                let plan = (count, Unit::new(Unit::NUMBER));
                let number = Number::new(&self.context, "changes.revised");
                Some(Value::from_object(Number { plan: Some(plan), ..number }))
            }
            _ => None,
        }
    }

    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    is_not_compared!();

    needs_a_filter!();

    fn is_true(self: &Arc<Self>) -> bool {
        self.since().is_some()
    }
}

/// Adds `changes`.
pub(super) fn install(env: &mut Environment<'static>, context: &Arc<TemplateContext>) {
    env.add_global("changes", Value::from_object(Changes { context: context.clone() }));
}

impl Writer {
    /// The revisions since the previous issue; `None` if the project names none.
    pub fn since(&self) -> Option<&Revisions> {
        self.context.edition.since.as_deref()
    }

    /// The revisions of facts whose indicator has a label.
    pub fn revisions(&self) -> Vec<&Revision> {
        let all = self.since().into_iter().flat_map(|since| &since.all);
        all.filter(|revision| {
            let indicator = revision.fact.split('.').next().unwrap_or_default();
            self.strings.get(&format!("indicators.{indicator}.label")).is_some()
        })
        .collect()
    }
}
