//! Phrases of the strings file, as written: titles, captions, heads, labels and legends.
//!
//! They remain in use when the data change, and half of them are printed in drawings or in branches that
//! this period does not use. So all of them are checked: no number, year, month or season may be typed in
//! them, and words for the status of data must fit the phrase.

use super::Reading;
use super::claims::{scaled, statistic};
use crate::diag::{Code, Diagnostic, Message};
use crate::locale::guards::{self, Spoken};

/// The tables of the strings with text about figures.
const BESIDE_FIGURES: [&str; 8] =
    ["brief", "cards", "changes", "figures", "flags", "indicators", "legend", "tables"];

/// The keys of `[brief]` whose text describes the content.
const ABOUT: [&str; 4] = ["title", "period", "genre", "keywords"];

/// Replaces a printed value, so that typed words around it are not joined.
const WORDED: &str = "\u{FFFC}";

/// The typed text of a phrase, without its values and conditions.
fn typed(phrase: &str) -> String {
    let mut rest = phrase;
    let mut typed = String::new();
    while let Some(at) = rest.find('{') {
        let end = match rest.as_bytes().get(at + 1) {
            Some(b'{') => rest[at..].find("}}").map(|end| at + end + 2),
            Some(b'%') => rest[at..].find("%}").map(|end| at + end + 2),
            _ => rest[at..].find('}').map(|end| at + end + 1),
        };
        let Some(end) = end else { break };
        typed.push_str(&rest[..at]);
        typed.push_str(WORDED);
        rest = &rest[end..];
    }
    typed + rest
}

/// Whether a phrase contains statements about facts.
fn is_beside_figures(key: &str) -> bool {
    let (table, name) = key.split_once('.').unwrap_or((key, ""));
    let is_about = table != "brief" || ABOUT.iter().any(|about| name.starts_with(about));
    BESIDE_FIGURES.contains(&table) && is_about
}

/// Typed numbers and times in a phrase, and words for another status than its own.
pub(super) fn written(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for (key, phrase) in reading.strings.iter() {
        let text = typed(phrase);
        if is_beside_figures(key)
            && let Some(what) = outliving(reading, key, &text)
        {
            found.push(
                Diagnostic::error(Code::K0423, message!("{what} is typed in `{key}`", what, key))
                    .at(reading.strings.place(key))
                    .note(message!("typed words do not change with the data, and their source is unknown"))
                    .hint(message!("print a fact by a filter, and a period by its value, as `{{{{ period | nom }}}}`")),
            );
        }
        let statuses = &reading.locale.guards().statuses;
        let (own, other) = match key {
            "brief.status-provisional" => (&statuses.provisional, &statuses.settled),
            "brief.status-final" => (&statuses.settled, &statuses.provisional),
            _ => continue,
        };
        let spoken = Spoken::of(text);
        let says = |list| guards::first(list, &spoken);
        if let Some((_, at)) = says(other).filter(|_| says(own).is_none()) {
            let word = &spoken.text()[at];
            found.push(
                Diagnostic::error(Code::K0424, message!("`{key}` says “{word}”", key, word))
                    .at(reading.strings.place(key))
                    .note(message!("it is printed beside figures of the other status"))
                    .hint(message!("use words that agree with the name of the key")),
            );
        }
    }
}

/// The first part of a text that would differ in another period: a number, year, month or season.
fn outliving(reading: &Reading<'_>, key: &str, text: &str) -> Option<Message> {
    let number = statistic(text).or_else(|| scaled(text, reading));
    if let Some(number) = number {
        return Some(message!("the number {number}", number));
    }
    let spoken = Spoken::of(text);
    let is_year = |word: &&str| {
        word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1800..2200).contains(&year))
    };
    let year = spoken.words().find(is_year).map(|year| message!("the year {year}", year));
    let month = || {
        let mut words = spoken.words();
        let month = words.find(|word| reading.locale.month_called(word).is_some())?;
        Some(message!("the month “{month}”", month))
    };
    let season = || {
        let seasons = &reading.locale.guards().seasons;
        let (_, at) = seasons.values().find_map(|words| guards::first(words, &spoken))?;
        Some(message!("the season “{at}”", at = &spoken.text()[at]))
    };
    // “A difference of two totals from January” describes the method in every period.
    let is_of_method = ["flags.", "legend."].iter().any(|table| key.starts_with(table));
    year.or_else(|| if is_of_method { None } else { month().or_else(season) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_what_stands_outside_of_tags() {
        let phrase = "{{ X1 | int }} of {n}{% if X2 is known %}, in 2024{% endif %}.";
        assert_eq!(typed(phrase), "\u{FFFC} of \u{FFFC}\u{FFFC}, in 2024\u{FFFC}.");
        assert_eq!(typed("no tags { at all"), "no tags { at all");
    }

    #[test]
    fn what_the_brief_is_called_by_counts_and_how_it_is_cited_does_not() {
        for (key, counts) in [
            ("figures.F1.caption", true),
            ("brief.title", true),
            ("brief.genre-brief", true),
            ("brief.cite", false),
            ("layout.source", false),
            ("contact.phone", false),
        ] {
            assert_eq!(is_beside_figures(key), counts, "{key}");
        }
    }
}
