//! The release calendar: when the brief may be published, as of which day it is made, when the next one
//! is due.
//!
//! Time zones come from the database in the program, so settings and files of the machine have no effect.
//! The clock is not read here.

use jiff::Zoned;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::written::{Layer, last};
use crate::diag::{
    Code, Diagnostic, Message, Place, Result, SourceText, Spanned, did_you_mean, keep,
};

/// When the brief may be published, and what is printed about that.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// The embargo: the brief must not be published before this moment.
    pub embargo: Option<(Zoned, Place)>,
    /// The time zone of the publishing body; UTC by default.
    pub zone: Option<TimeZone>,
    /// The day on which the next brief is due.
    pub next_release: Option<(Date, Place)>,
    /// The day by whose end data must have been published to be used.
    pub as_of: Option<(Date, Place)>,
    /// Whether builds are drafts, with a mark on every page.
    pub is_draft: bool,
}

/// The calendar that results from all layers.
pub(super) fn resolve(layers: &[Layer], found: &mut Vec<Diagnostic>) -> Calendar {
    let embargo = written(layers, |layer| layer.embargo.clone());
    let zone = written(layers, |layer| layer.embargo_zone.clone())
        .and_then(|(name, place)| keep(zone(&name, place), found));
    let embargo = embargo.and_then(|(text, place)| {
        let at = keep(moment(&text, place.clone()), found)?;
        let Some(zone) = &zone else {
            // An unknown zone was reported already.
            if written(layers, |layer| layer.embargo_zone.clone()).is_none() {
                found.push(wrong(message!("the embargo has no time zone"), place).hint(
                    message!("add the time zone, for example `embargo-zone = \"Asia/Almaty\"`: kosh does not \
                    use the zone of the computer"),
                ));
            }
            return None;
        };
        // When clocks are set back, an hour occurs twice; the later one counts.
        let moment = zone.to_ambiguous_zoned(at);
        match moment.later() {
            Ok(until) if until.datetime() != at => {
                found.push(
                    wrong(message!("the end of the embargo is a time that does not exist"), place)
                        .note(message!("that night the clocks go forward to {until}", until = shown(&until)))
                        .hint(message!("name a time before or after the hour that is skipped")),
                );
                None
            }
            Ok(until) => Some((until, place)),
            Err(error) => {
                found.push(wrong(message!("the end of the embargo is not a valid time: {error}", error), place));
                None
            }
        }
    });
    let mut day = |pick: fn(&Layer) -> Option<Spanned<String>>| {
        let (text, place) = written(layers, pick)?;
        let problem = || {
            let problem = wrong(message!("`{text}` is not a day", text), place.clone());
            Vec::from(problem.hint(message!("write it as `2026-03-13`")))
        };
        let day = keep(text.parse::<Date>().map_err(|_| problem()), found)?;
        // The parser would ignore text after the day.
        keep((day.to_string() == text).then_some(day).ok_or_else(problem), found)
            .map(|day| (day, place.clone()))
    };
    let next_release = day(|layer| layer.next_release.clone());
    let as_of = day(|layer| layer.as_of.clone());
    let draft = written(layers, |layer| layer.draft.clone());
    if let (Some((false, place)), Some((until, _))) = (&draft, &embargo) {
        found.push(
            wrong(
                message!("a brief under an embargo is a draft until it is released"),
                place.clone(),
            )
            .note(message!("the embargo ends at {until}", until = shown(until)))
            .hint(message!("delete `draft`: `kosh release` removes the draft mark")),
        );
    }
    let is_draft = draft.map_or(embargo.is_some(), |(is_draft, _)| is_draft);
    Calendar { embargo, zone, next_release, as_of, is_draft }
}

/// A moment as in messages: `2026-03-13 10:00 Asia/Almaty`.
pub fn shown(moment: &Zoned) -> String {
    let zone = moment.time_zone().iana_name().unwrap_or("UTC");
    format!("{} {zone}", moment.strftime("%Y-%m-%d %H:%M"))
}

fn moment(text: &str, place: Place) -> Result<DateTime> {
    let at: Option<DateTime> = text.parse().ok();
    // The parser would ignore an offset or zone, and accept a missing time.
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    at.filter(|at| forms.iter().any(|form| at.strftime(form).to_string() == text)).ok_or_else(
        || {
            wrong(message!("`{text}` is not a day with a time", text), place)
                .hint(message!("write it as `2026-03-13T10:00`, and the zone in `embargo-zone`"))
                .into()
        },
    )
}

fn zone(name: &str, place: Place) -> Result<TimeZone> {
    let zones = TimeZoneDatabase::bundled();
    zones.get(name).map_err(|_| {
        let known: Vec<String> = zones.available().map(|name| name.to_string()).collect();
        wrong(message!("there is no time zone `{name}`", name), place)
            .maybe_hint(did_you_mean(name, known.iter().map(String::as_str)))
            .hint(message!("use the names of the tz database, for example `Asia/Almaty`"))
            .into()
    })
}

fn wrong(message: Message, place: Place) -> Diagnostic {
    Diagnostic::error(Code::K0911, message).at(place)
}

/// The value of the uppermost layer that has one, with its place.
fn written<T: Clone>(
    layers: &[Layer],
    pick: impl Fn(&Layer) -> Option<Spanned<T>>,
) -> Option<(T, Place)> {
    last(layers, |layer| {
        let (value, text): (_, &SourceText) = (pick(layer)?, layer.text.as_ref()?);
        Some((value.get_ref().clone(), text.place(value.span())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Calendar, Vec<String>) {
        let layer = Layer::parse(&SourceText::new("brief.toml", text)).ok().unwrap();
        let mut found = vec![];
        let calendar = resolve(&[layer], &mut found);
        (calendar, found.into_iter().map(|problem| problem.message.to_string()).collect())
    }

    #[test]
    fn an_embargo_is_a_moment_of_its_zone() {
        for (zone, hour) in [("Asia/Almaty", "05:00"), ("Europe/Berlin", "09:00"), ("UTC", "10:00")]
        {
            let text = format!("embargo = \"2026-03-13T10:00\"\nembargo-zone = \"{zone}\"\n");
            let (calendar, said) = read(&text);
            assert_eq!(said, Vec::<String>::new());
            let (until, _) = calendar.embargo.unwrap();
            assert_eq!(until.timestamp().to_string(), format!("2026-03-13T{hour}:00Z"));
            assert!(calendar.is_draft);
        }
    }

    #[test]
    fn an_hour_that_comes_twice_ends_an_embargo_the_second_time() {
        let text = "embargo = \"2026-10-25T02:30\"\nembargo-zone = \"Europe/Berlin\"\n";
        let (until, _) = read(text).0.embargo.unwrap();
        assert_eq!(until.timestamp().to_string(), "2026-10-25T01:30:00Z");
    }

    #[test]
    fn an_hour_that_never_comes_is_no_end_of_an_embargo() {
        let text = "embargo = \"2027-03-28T02:30\"\nembargo-zone = \"Europe/Berlin\"\n";
        let (calendar, said) = read(text);
        assert!(calendar.embargo.is_none());
        assert_eq!(said, ["the end of the embargo is a time that does not exist"]);
    }

    #[test]
    fn what_the_parser_would_pass_over_is_refused() {
        let zone = "embargo-zone = \"Asia/Almaty\"\n";
        for text in ["2026-03-13", "2026-03-13T10:00+03:00", "2026-03-13T10", "tomorrow"] {
            let (calendar, said) = read(&format!("{zone}embargo = \"{text}\"\n"));
            assert!(calendar.embargo.is_none(), "{text}");
            assert_eq!(said, [format!("`{text}` is not a day with a time")]);
        }
        assert_eq!(
            read("next-release = \"2026-05-12T10:00\"\n").1,
            ["`2026-05-12T10:00` is not a day"]
        );
        assert_eq!(read("embargo = \"2026-03-13T10:00\"\n").1, ["the embargo has no time zone"]);
    }
}
