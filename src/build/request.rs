//! Requests, and how the record of a version becomes a request again.

use jiff::civil::Date;

use crate::build::edition::Version;
use crate::build::manifest::{Published, Replaced};
use crate::diag::{Place, SourceText};
use crate::project::Project;
use crate::stats::Period;

/// A request for a build.
#[derive(Debug, Clone)]
pub struct Request {
    /// The project with its profile, languages and forms, and the files it is read from.
    pub project: Project,
    /// The period; `None` for the project's or the latest.
    pub period: Option<Period>,
    /// The day by whose end data must have been published to be used; `None` for all data.
    pub as_of: Option<Date>,
    /// The version to publish, if it is for publication.
    pub version: Option<Version>,
}

impl Request {
    /// The project's own request: its period or the latest, with all data.
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
    /// The version recorded in a manifest; `place` is the manifest, `as_of` the day it has.
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
