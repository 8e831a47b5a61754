//! An edition in the release calendar: what is printed about its publication, and whether later figures
//! than it states are in the data.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Zoned;
use jiff::civil::Date;

use super::{Edition, Pipeline};
use crate::diag::{Code, Diagnostic, Message, Result, SourceText, keep};
use crate::document::{Correction, Stamp};
use crate::files::digest;
use crate::indicators;
use crate::prose::Writer;
use crate::stats::Period;

/// A version to publish; without one, a build is a draft or has no calendar.
///
/// It contains everything that a version prints about its publication, including the next release in the
/// project's calendar, so that the version can be built again later.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its number among the versions of the period's brief: 1, 2, 3 …
    pub number: u32,
    /// The day of publication.
    pub day: Date,
    /// The day by whose end everything it uses was published. It is recorded, so that later figures
    /// change nothing when the version is built again.
    pub as_of: Date,
    /// The number and day of the version that it replaces.
    pub replaces: Option<(u32, Date)>,
    /// What it corrects, by language.
    pub corrections: BTreeMap<String, SourceText>,
    /// The embargo that has expired.
    pub embargo: Option<Zoned>,
    /// The day on which the next brief is due.
    pub next_release: Option<Date>,
}

impl Pipeline {
    /// The days that phrases may print: `published`, `replaced`, `next_release`, `embargo`.
    pub(super) fn days(&self, version: Option<&Version>) -> Vec<(&'static str, Date)> {
        let embargo = match version {
            Some(version) => version.embargo.as_ref(),
            None => self.project.calendar.embargo.as_ref().map(|(until, _)| until),
        };
        let all = [
            ("published", version.map(|version| version.day)),
            ("replaced", version.and_then(|version| Some(version.replaces?.1))),
            ("next_release", self.next_release(version)),
            ("embargo", embargo.map(Zoned::date)),
        ];
        all.into_iter().filter_map(|(name, day)| Some((name, day?))).collect()
    }

    /// The day on which the next brief is due, according to the version or else the project.
    fn next_release(&self, version: Option<&Version>) -> Option<Date> {
        match version {
            Some(version) => version.next_release,
            None => self.project.calendar.next_release.as_ref().map(|(day, _)| *day),
        }
    }

    /// What an edition prints about its publication.
    pub(super) fn stamp(&self, writer: &Writer, version: Option<&Version>) -> Result<Stamp> {
        let calendar = &self.project.calendar;
        let mut stamp = Stamp::default();
        let mut found = vec![];
        match version {
            Some(version) => {
                stamp.lines.extend(keep(writer.plain("release.published"), &mut found));
                stamp.correction = keep(correction(version, writer), &mut found).flatten();
            }
            None if calendar.is_draft => {
                stamp.draft = keep(writer.plain("release.draft"), &mut found);
                if let Some((until, _)) = &calendar.embargo {
                    let line = keep(writer.plain("release.embargo"), &mut found);
                    stamp.lines.extend(line.map(|line| {
                        let time = until.strftime("%H:%M").to_string();
                        line.replace("{time}", &time).replace("{offset}", &offset(until))
                    }));
                }
            }
            None => {}
        }
        if self.next_release(version).is_some() {
            stamp.lines.extend(keep(writer.plain("release.next"), &mut found));
        }
        if found.is_empty() { Ok(stamp) } else { Err(found) }
    }

    /// A warning if figures published after the day of the brief would change it.
    pub(super) fn later(&self, period: Period, as_of: Date) -> Result<Option<Diagnostic>> {
        let view = self.dataset.as_of(Some(Date::MAX));
        let facts = indicators::compute(&self.indicators, &view, period, self.project.base)?.value;
        let is_later = |vintage: &str| {
            self.dataset.vintages.get(vintage).filter(|vintage| vintage.released > as_of)
        };
        let mut vintages = BTreeSet::new();
        let mut resting = vec![];
        for fact in facts.all.values() {
            let later: Vec<_> = fact.vintages.iter().filter_map(|id| is_later(id)).collect();
            if !later.is_empty() {
                resting.push(format!("`{}`", fact.id));
            }
            vintages.extend(later.into_iter().map(|v| (v.released, v.id.clone())));
        }
        let Some((released, id)) = vintages.last() else { return Ok(None) };
        const NAMED: usize = 4;
        let more = match resting.len().saturating_sub(NAMED) {
            0 => Message::default(),
            more => message!(" and {more} more", more),
        };
        let message = message!(
            "`{id}` of {released} is loaded, but the brief states the data as of \
            {as_of}",
            id,
            released,
            as_of
        );
        let place = self.project.calendar.as_of.as_ref().map(|(_, place)| place.clone());
        Ok(Some(
            Diagnostic::warning(Code::K0913, message)
                .subject(format!("{id} {as_of}"))
                .at(place)
                .note(message!(
                    "{resting}{more} would differ",
                    resting = resting[..resting.len().min(NAMED)].join(", "),
                    more
                ))
                .hint(message!(
                    "`kosh diff {as_of} {released}` shows what would change; then set `as-of` in \
                    `brief.toml` to a later day",
                    as_of,
                    released
                )),
        ))
    }

    /// The hash of an edition's content without its day and number of publication: two editions with the
    /// same hash are the same brief.
    pub fn content(&self, edition: &Edition) -> Result<blake3::Hash> {
        let mut bare = edition.clone();
        for document in &mut bare.documents {
            document.meta.stamp = Stamp::default();
            document.meta.cite = String::new();
            for head in &mut document.meta.mastheads {
                head.stamp = Stamp::default();
                head.cite = String::new();
            }
        }
        let mut hasher = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| digest::add(&mut hasher, bytes);
        for (_, files) in self.typst_input(&bare)? {
            for (path, bytes) in files {
                add(path.as_bytes());
                add(&bytes);
            }
        }
        if let Some(next) = self.next_release(edition.version.as_ref()) {
            add(next.to_string().as_bytes());
        }
        Ok(hasher.finalize())
    }
}

fn correction(version: &Version, writer: &Writer) -> Result<Option<Correction>> {
    let (Some((replaced, _)), Some(text)) =
        (version.replaces, version.corrections.get(writer.locale().lang()))
    else {
        return Ok(None);
    };
    let with = |line: String| {
        line.replace("{n}", &version.number.to_string())
            .replace("{replaced}", &replaced.to_string())
    };
    Ok(Some(Correction {
        title: with(writer.plain("release.corrected")?),
        replaces: with(writer.plain("release.replaces")?),
        paragraphs: writer.passage(text)?,
    }))
}

/// The offset of a moment's time zone from UTC, such as `UTC+5`.
fn offset(moment: &Zoned) -> String {
    let minutes = moment.offset().seconds() / 60;
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_as_long_as_it_has_to_be() {
        for (zone, expected) in [
            ("Asia/Almaty", "UTC+5"),
            ("Asia/Kathmandu", "UTC+5:45"),
            ("America/Caracas", "UTC\u{2212}4"),
            ("UTC", "UTC"),
        ] {
            let moment: Zoned = format!("2026-03-13T10:00[{zone}]").parse().unwrap();
            assert_eq!(offset(&moment), expected);
        }
    }
}
