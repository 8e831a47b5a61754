//! The region of a brief, checked against what is computed.
//!
//! In: the region's code from the project or the command line, the indicators, the data and the names in
//! all languages. Out: the indicators of that region, or K0014 with the nearest name.

use std::sync::Arc;

use super::Language;
use crate::data::Dataset;
use crate::diag::{Code, Diagnostic, Message, Place, Result, did_you_mean};
use crate::indicators::{Indicators, Region};
use crate::project::{Project, RegionList};

/// The indicators for the brief's region; unchanged for a brief of the country.
pub(super) fn of_region(
    indicators: Indicators,
    project: &Project,
    data: &Dataset,
    languages: &[Arc<Language>],
) -> Result<Indicators> {
    let Some(code) = &project.region else { return Ok(indicators) };
    let spoken_of = indicators.regions();
    let written = project.settings("region").into_iter().next();
    let place = written.filter(|set| set.value.contains(code.as_str())).map(|set| set.place);
    let place = place.unwrap_or_else(|| Place::option("region", code));
    if spoken_of.is_empty() && !project.needs_region {
        let message = message!(
            "no text of the profile `{profile}` is about one region",
            profile = project.profile
        );
        return Err(Diagnostic::error(Code::K0014, message)
            .at(place)
            .note(message!(
                "the result would be the brief of the whole country, in a folder named after a \
                region"
            ))
            .hint(message!("leave out the region `{code}`, or choose a profile for regions", code))
            .into());
    }
    // The regions listed in the project; else those for which an indicator picks its own region.
    let regions = match &project.regions {
        Some(list) => list.of(data),
        None => spoken_of,
    };
    if let Some(region) = regions.iter().find(|region| *region.code == **code) {
        return Ok(indicators.of_region(region, data));
    }
    let Some(first) = regions.first() else { return Ok(indicators) };
    Err(Diagnostic::error(Code::K0014, message!("there is no region `{code}`", code))
        .at(place)
        .maybe_hint(nearest(code, &regions, data, languages))
        .hint(message!(
            "name a region by its code in `data/{register}.csv`",
            register = first.register
        ))
        .into())
}

impl RegionList {
    /// The regions of the list, in the register's order.
    pub(super) fn of(&self, data: &Dataset) -> Vec<Region> {
        let rows = data.registers.get(&self.register).map(|register| register.rows.iter());
        let is_kind = |kind: Option<&String>| {
            self.kinds.is_empty() || kind.is_some_and(|kind| self.kinds.contains(kind))
        };
        let rows = rows.into_iter().flatten().filter(|(_, row)| is_kind(row.get("kind")));
        let region =
            |code: &Arc<str>| Region { code: code.clone(), register: self.register.clone() };
        rows.map(|(code, _)| region(code)).collect()
    }
}

/// The region with this code, column value or name, or the nearest one.
fn nearest(
    asked: &str,
    regions: &[Region],
    data: &Dataset,
    languages: &[Arc<Language>],
) -> Option<Message> {
    let mut known: Vec<(String, &str)> = vec![];
    for region in regions {
        let code = &*region.code;
        known.push((code.to_owned(), code));
        let row = data.registers.get(&region.register).and_then(|r| r.rows.get(&region.code));
        let columns = row.into_iter().flat_map(|row| row.values());
        known.extend(columns.flat_map(|text| text.split("; ")).map(|text| (text.to_owned(), code)));
        for language in languages {
            let Ok(lexicon) = language.locale.lexicon(&region.register) else { continue };
            let names = lexicon.all().filter(|(other, ..)| *other == code);
            known.extend(names.map(|(_, _, name)| (name.to_owned(), code)));
        }
    }
    // A text shared by several regions, such as a kind or a year, identifies none of them.
    let is_name = |(name, code): &&(String, &str)| {
        known.iter().all(|(other, theirs)| other != name || theirs == code)
    };
    let names: Vec<&(String, &str)> = known.iter().filter(is_name).collect();
    let lower = asked.to_lowercase();
    let called = names.iter().find(|(name, _)| name.to_lowercase() == lower).copied();
    let called = called.or_else(|| {
        let near = crate::diag::nearest(asked, names.iter().map(|(name, _)| name.as_str()))?;
        names.iter().find(|(name, _)| name == near).copied()
    });
    match called {
        Some((name, code)) if name == code => Some(message!("did you mean `{code}`?", code)),
        Some((name, code)) => Some(message!("`{name}` has the code `{code}`", name, code)),
        None => did_you_mean(asked, regions.iter().map(|region| &*region.code)),
    }
}
