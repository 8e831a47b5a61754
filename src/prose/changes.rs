//! What was revised since the previous issue, in templates: `changes`.
//!
//! Told is what has a name: a figure whose indicator has a label in the strings.

use std::fmt;
use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Object, ObjectRepr, Value};

use super::objects::{Number, When};
use super::{Speech, Strings, Voice};
use crate::data::Time;
use crate::diff::{Revision, Revisions};
use crate::facts::{Quantity, Unit};

/// The revisions, as a template names them.
struct Changes {
    speech: Arc<Speech>,
    revised: usize,
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<changes>")
    }
}

impl Changes {
    fn since(&self) -> Option<&Revisions> {
        self.speech.occasion.since.as_deref()
    }
}

impl Object for Changes {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let when = |time| Value::from_object(When { speech: self.speech.clone(), time });
        match key.as_str()? {
            "day" => Some(when(Time::At(self.since()?.day))),
            "period" => Some(when(Time::Over(self.since()?.period))),
            "revised" => {
                let plan = (Quantity::exact(self.revised as f64), Unit::new(Unit::NUMBER));
                let number = Number::new(&self.speech, "changes.revised");
                Some(Value::from_object(Number { plan: Some(plan), ..number }))
            }
            _ => None,
        }
    }

    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.since().is_some()
    }
}

/// Adds `changes`.
pub(super) fn install(env: &mut Environment<'static>, speech: &Arc<Speech>, strings: &Strings) {
    let revised = told(speech, strings).count();
    env.add_global("changes", Value::from_object(Changes { speech: speech.clone(), revised }));
}

/// The revisions of what has a label.
fn told<'a>(speech: &'a Speech, strings: &'a Strings) -> impl Iterator<Item = &'a Revision> {
    let all = speech.occasion.since.iter().flat_map(|since| &since.all);
    all.filter(|revision| {
        let indicator = revision.fact.split('.').next().unwrap_or_default();
        strings.get(&format!("indicators.{indicator}.label")).is_some()
    })
}

impl Voice {
    /// The previous issue, where one is named.
    pub fn since(&self) -> Option<&Revisions> {
        self.speech.occasion.since.as_deref()
    }

    /// What was revised since, of what has a label.
    pub fn revisions(&self) -> Vec<&Revision> {
        told(&self.speech, &self.strings).collect()
    }
}
