//! `[guards]` of a language file: the words that the guards of the brief look for.
//!
//! In: lists of patterns. Out: [`Guards`], which `crate::checks` reads. A pattern is words: a star
//! ends a word of which only the beginning is given, two full stops stand for a few words in
//! between (`largest .. since`). Case does not matter. A language without the table is not
//! guarded by words; the guards that need none hold for it all the same.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// At most so many words may stand where a pattern has two full stops.
const GAP: usize = 6;

/// The words a language's sentences are held against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Guards {
    /// One thing is said to be the cause of another.
    pub causal: Vec<Words>,
    /// The body speaks of itself.
    pub first_person: Vec<Words>,
    /// Thanks, appeals and praise.
    pub slogans: Vec<Words>,
    /// Only true of a series as long as is said.
    pub superlatives: Vec<Words>,
    /// A number went up.
    pub rise: Vec<Words>,
    /// A number went down.
    pub fall: Vec<Words>,
    /// What is said of a change upwards beside its size: `higher`, `growth`.
    pub up: Vec<Words>,
    /// The same downwards.
    pub down: Vec<Words>,
    /// A number is above nought: `gain`.
    pub gain: Vec<Words>,
    /// A number is below nought: `loss`.
    pub loss: Vec<Words>,
    /// Two values are compared, whichever is the greater: `difference`.
    pub change: Vec<Words>,
    /// Words that make another number of the one they stand right before or behind: `minus`,
    /// `half of`, `dozen`.
    pub altering: Vec<Words>,
    /// Words that say before a number that it is not this one, and are nothing behind it: `over`.
    pub approximate: Vec<Words>,
    /// One number is a multiple or a part of another, whichever it is: `twice`, `half as many`.
    pub ratio: Vec<Words>,
    /// What stands before the number that a rate is related to: `per`.
    pub per: Vec<Words>,
    /// One is more than another, before `than`: `more`.
    pub more: Vec<Words>,
    /// One is less than another, before `than`: `fewer`.
    pub fewer: Vec<Words>,
    /// What parts two things that are compared: `than`.
    pub than: Vec<Words>,
    /// The first of two is the greater: `exceed*`.
    pub exceeds: Vec<Words>,
    /// The first of two is the lesser: `fell short of`.
    pub falls_short: Vec<Words>,
    /// What stands before the place that a flow comes from: `from`.
    pub origin: Vec<Words>,
    /// What stands before the place that a flow goes to: `to`.
    pub destination: Vec<Words>,
    /// One is the largest or the highest of all.
    pub largest: Vec<Words>,
    /// One is the smallest or the lowest of all.
    pub smallest: Vec<Words>,
    /// A figure is said not to be published.
    pub unpublished: Vec<Words>,
    /// Words that say that some members only are known: “for which there are data”.
    pub among_known: Vec<Words>,
    /// The same period a year before: what names the time of a base.
    pub year_earlier: Vec<Words>,
    /// What names a length of time, by its months: `6` for "the half-year".
    pub spans: BTreeMap<String, Vec<Words>>,
    /// What names a season, by its first month and its last: `12-2` for "in winter".
    pub seasons: BTreeMap<Months, Vec<Words>>,
    /// How settled a figure is: `provisional` and `final`, and the words for each.
    pub statuses: Statuses,
    /// What stands before a year since which something holds: `since`.
    pub since: Vec<Words>,
    /// What is meant to come about: a plan, a quota.
    pub plan: Vec<Words>,
    /// What comes on top of what is there: never said of a plan.
    pub another: Vec<Words>,
    /// A judgement in favour.
    pub good: Vec<Words>,
    /// A judgement against.
    pub bad: Vec<Words>,
    /// What is judged: a name, and the words by which it is spoken of.
    pub subjects: BTreeMap<String, Vec<Words>>,
    /// Measures that are mistaken for one another, by group: the codes of the data, as `arrivals`,
    /// and the words for each.
    pub measures: BTreeMap<String, BTreeMap<String, Vec<Words>>>,
    /// The populations that `indicators.toml` names, and the words by which each is named.
    pub populations: BTreeMap<String, Vec<Words>>,
    /// Abbreviations: what each stands for; empty for one that needs no explanation.
    pub abbreviations: BTreeMap<String, Expansion>,
    /// Words for a power of ten beside those of `[[scales]]`: never typed behind a number that
    /// is printed in full.
    pub scales: BTreeMap<String, Vec<Words>>,
    /// Words for a unit, as `percent`: never typed behind a number of another unit.
    pub units: BTreeMap<String, Vec<Words>>,
    /// Signs of a currency, and the unit each stands for.
    pub signs: BTreeMap<String, String>,
    /// The units that a counted noun may count; any count where a noun is not listed.
    pub nouns: BTreeMap<String, Vec<String>>,
}

/// The words for how settled a figure is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Statuses {
    /// A later release may change it.
    pub provisional: Vec<Words>,
    /// No later release will change it.
    #[serde(rename = "final")]
    pub settled: Vec<Words>,
}

/// Months of a year, from the first to the last: `3-5`, or `12-2` over the turn of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Months {
    /// The first, from 1 to 12.
    pub first: i8,
    /// The last.
    pub last: i8,
}

impl Months {
    fn parse(written: &str) -> Option<Self> {
        let (first, last) = written.split_once('-')?;
        let month = |written: &str| written.parse().ok().filter(|month| (1..=12).contains(month));
        Some(Self { first: month(first)?, last: month(last)? })
    }

    /// Whether a month of the year, from 1 to 12, is one of them.
    pub fn has(self, month: i8) -> bool {
        match self.first <= self.last {
            true => (self.first..=self.last).contains(&month),
            false => month >= self.first || month <= self.last,
        }
    }
}

/// What an abbreviation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion(pub Option<Words>);

/// A pattern of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// As written.
    pub written: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Whole(String),
    Beginning(String),
    Gap,
}

impl Words {
    /// The pattern, if it has a word to begin and to end with.
    pub fn parse(written: &str) -> Option<Self> {
        let parts: Vec<Part> = written
            .split_whitespace()
            .map(|word| match word.strip_suffix('*') {
                _ if word == ".." => Part::Gap,
                Some(beginning) => Part::Beginning(beginning.to_lowercase()),
                None => Part::Whole(word.to_lowercase()),
            })
            .collect();
        let is_word = |part: Option<&Part>| match part {
            Some(Part::Whole(word) | Part::Beginning(word)) => {
                word.chars().any(char::is_alphanumeric)
            }
            Some(Part::Gap) | None => false,
        };
        (is_word(parts.first()) && is_word(parts.last()))
            .then(|| Self { written: written.to_owned(), parts })
    }

    /// Whether a text begins with these words.
    pub fn begins(&self, spoken: &Spoken) -> bool {
        matched(&self.parts, &spoken.lower).is_some()
    }

    /// Where a text ends with these words.
    pub fn ends(&self, spoken: &Spoken) -> Option<Range<usize>> {
        let places = &spoken.places;
        (0..places.len()).find_map(|start| {
            let end = matched(&self.parts, &spoken.lower[start..])?;
            (start + end == places.len()).then(|| places[start].start..places[start + end - 1].end)
        })
    }

    /// Where a text has these words first.
    pub fn find(&self, spoken: &Spoken) -> Option<Range<usize>> {
        self.find_all(spoken).next()
    }

    /// Wherever a text has the words.
    pub fn find_all<'s>(&'s self, spoken: &'s Spoken) -> impl Iterator<Item = Range<usize>> + 's {
        let places = &spoken.places;
        (0..places.len()).filter_map(|start| {
            let end = matched(&self.parts, &spoken.lower[start..])?;
            Some(places[start].start..places[start + end - 1].end)
        })
    }
}

/// A text with its words, so that many patterns are looked for in it and it is taken apart once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    text: String,
    places: Vec<Range<usize>>,
    lower: Vec<String>,
}

impl Spoken {
    /// A text taken apart.
    pub fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        let places = words(&text);
        let lower = places.iter().map(|at| text[at.clone()].to_lowercase()).collect();
        Self { text, places, lower }
    }

    /// What is said after it. No word of one runs into the other; a pattern may.
    pub fn add(&mut self, other: &Self) {
        self.text.push('\n');
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.places.extend(other.places.iter().map(|at| at.start + by..at.end + by));
        self.lower.extend_from_slice(&other.lower);
    }

    /// The whole of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words as they are written.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        self.places.iter().map(|at| &self.text[at.clone()])
    }
}

/// How many words the pattern takes, if the words begin with it.
fn matched(parts: &[Part], words: &[String]) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(0) };
    match part {
        Part::Gap => (0..=GAP.min(words.len()))
            .find_map(|skipped| Some(skipped + matched(rest, &words[skipped..])?)),
        Part::Whole(wanted) => {
            let (word, left) = words.split_first()?;
            if word == wanted { Some(1 + matched(rest, left)?) } else { None }
        }
        Part::Beginning(wanted) => {
            let (word, left) = words.split_first()?;
            if word.starts_with(wanted) { Some(1 + matched(rest, left)?) } else { None }
        }
    }
}

/// The words of a text: runs of letters and digits, with the apostrophes and hyphens within them.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut all = vec![];
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_inner = matches!(c, '\'' | '’' | '-')
            && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) if !is_inner => {
                all.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    all
}

/// The first of several patterns that a text has, and where.
pub fn first<'w>(all: &'w [Words], spoken: &Spoken) -> Option<(&'w Words, Range<usize>)> {
    all.iter().find_map(|words| Some((words, words.find(spoken)?)))
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        Self::parse(&written).ok_or_else(|| {
            D::Error::custom(format!("`{written}` does not begin and end with a word"))
        })
    }
}

impl<'de> Deserialize<'de> for Months {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        Self::parse(&written).ok_or_else(|| {
            D::Error::custom(format!("`{written}` is no first and last month, as `3-5` or `12-2`"))
        })
    }
}

impl<'de> Deserialize<'de> for Expansion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        match (written.is_empty(), Words::parse(&written)) {
            (true, _) => Ok(Self(None)),
            (false, Some(words)) => Ok(Self(Some(words))),
            (false, None) => Err(D::Error::custom(format!("`{written}` spells nothing out"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
        Words::parse(pattern).unwrap().find(&Spoken::of(text)).map(|at| &text[at])
    }

    #[test]
    fn a_pattern_is_whole_words_in_any_case() {
        assert_eq!(found("due to", "It fell, Due\u{A0}to reform"), Some("Due\u{A0}to"));
        assert_eq!(found("we", "The web was owed"), None);
        assert_eq!(found("record high", "a unified digital record"), None);
    }

    #[test]
    fn a_star_leaves_the_end_of_a_word_open() {
        assert_eq!(found("вызван*", "Рост вызвала проверка, он вызван ею"), Some("вызван"));
        assert_eq!(found("вырос*", "Отток, выросший за год"), Some("выросший"));
    }

    #[test]
    fn two_full_stops_leave_out_a_few_words() {
        assert_eq!(
            found("largest .. since", "the largest net gain since 2010"),
            Some("largest net gain since")
        );
        assert_eq!(
            found("largest .. since", "the largest, one two three four five six seven since"),
            None
        );
    }

    #[test]
    fn what_is_said_after_it_is_found_where_it_stands() {
        let mut all = Spoken::of("A quota");
        all.add(&Spoken::of("of labour"));
        assert_eq!(all.words().collect::<Vec<_>>(), ["A", "quota", "of", "labour"]);
        for (pattern, found) in [("labour", "labour"), ("quota of", "quota\nof"), ("quotaof", "")] {
            let at = Words::parse(pattern).unwrap().find(&all);
            assert_eq!(at.map_or("", |at| &all.text()[at]), found, "{pattern}");
        }
    }

    #[test]
    fn months_may_run_over_the_turn_of_the_year() {
        let winter = Months::parse("12-2").unwrap();
        assert!([12, 1, 2].into_iter().all(|month| winter.has(month)) && !winter.has(3));
        let spring = Months::parse("3-5").unwrap();
        assert!(spring.has(4) && !spring.has(6));
        for written in ["", "3", "0-2", "3-13", "a-b"] {
            assert_eq!(Months::parse(written), None, "{written}");
        }
    }

    #[test]
    fn a_pattern_without_a_word_is_refused() {
        for pattern in ["", "..", "largest ..", "*"] {
            assert_eq!(Words::parse(pattern), None, "{pattern}");
        }
    }
}
