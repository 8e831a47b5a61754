//! What is asked for, and how the record of a version becomes a request again.

use jiff::civil::Date;

use crate::build::edition::Version;
use crate::build::manifest::{Published, Replaced};
use crate::diag::{Place, SourceText};
use crate::project::Project;
use crate::stats::Period;

/// What somebody wants built.
#[derive(Debug, Clone)]
pub struct Request {
    /// Whose brief, in which languages and forms, and the files all of it is read from.
    pub project: Project,
    /// Of which period; the project's, or the latest, if none is named.
    pub period: Option<Period>,
    /// From what was published by the end of this day, if not from everything.
    pub as_of: Option<Date>,
    /// The version that is published by it, if one is.
    pub version: Option<Version>,
}

impl Request {
    /// What the project says: its period, or the latest, from everything that is published.
    pub fn new(project: Project) -> Self {
        Self { project, period: None, as_of: None, version: None }
    }
}

impl From<&Version> for Published {
    fn from(version: &Version) -> Self {
        let text = |(lang, text): (&String, &SourceText)| (lang.clone(), text.text.to_string());
        Self {
            number: version.number,
            day: version.day,
            replaces: version.replaces.map(|(number, day)| Replaced { number, day }),
            corrections: version.corrections.iter().map(text).collect(),
            embargo: version.embargo.clone(),
            next_release: version.next_release,
        }
    }
}

impl Version {
    /// The version that a manifest records; `place` is the manifest, `as_of` the day it states.
    pub fn recorded(published: &Published, as_of: Option<Date>, place: &Place) -> Self {
        let text = |(lang, text): (&String, &String)| {
            (lang.clone(), SourceText::new(place.path(), text.as_str()))
        };
        Self {
            number: published.number,
            day: published.day,
            as_of: as_of.unwrap_or(published.day),
            replaces: published.replaces.map(|replaced| (replaced.number, replaced.day)),
            corrections: published.corrections.iter().map(text).collect(),
            embargo: published.embargo.clone(),
            next_release: published.next_release,
        }
    }
}
