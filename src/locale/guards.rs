//! `[guards]` of a language file: the words that the guards look for.
//!
//! In: lists of patterns. Out: [`Guards`], which `crate::checks` reads. A pattern is a list of words: `*`
//! at the end of a word stands for any ending, `..` for a few words in between (`largest .. since`). Case
//! is ignored. A language without the table is checked only by the guards that need no words.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// The largest number of words that `..` stands for.
const GAP: usize = 6;

/// The words that the sentences of a language are checked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Guards {
    /// Causation: one thing is the cause of another.
    pub causal: Vec<Words>,
    /// The first person, with which a publishing body refers to itself.
    pub first_person: Vec<Words>,
    /// Thanks, appeals and praise.
    pub slogans: Vec<Words>,
    /// Superlatives, which are true only for the period that is named with them.
    pub superlatives: Vec<Words>,
    /// A rise of a number.
    pub rise: Vec<Words>,
    /// A fall of a number.
    pub fall: Vec<Words>,
    /// Words for an upward change next to its size: `higher`, `growth`.
    pub up: Vec<Words>,
    /// Words for a downward change next to its size.
    pub down: Vec<Words>,
    /// Words for a positive number: `gain`.
    pub gain: Vec<Words>,
    /// Words for a negative number: `loss`.
    pub loss: Vec<Words>,
    /// Words that compare two values without a direction: `difference`.
    pub change: Vec<Words>,
    /// Words that turn the number next to them into another one: `minus`, `half of`, `dozen`.
    pub altering: Vec<Words>,
    /// Words that change the meaning of a number only if they come before it: `over`.
    pub approximate: Vec<Words>,
    /// Words that relate two numbers by a multiple or a fraction: `twice`, `half as many`.
    pub ratio: Vec<Words>,
    /// Words before the denominator of a rate: `per`.
    pub per: Vec<Words>,
    /// Words before `than` for the greater of two: `more`.
    pub more: Vec<Words>,
    /// Words before `than` for the smaller of two: `fewer`.
    pub fewer: Vec<Words>,
    /// Words between two things compared: `than`.
    pub than: Vec<Words>,
    /// Words after the greater of two: `exceed*`.
    pub exceeds: Vec<Words>,
    /// Words after the smaller of two: `fell short of`.
    pub falls_short: Vec<Words>,
    /// Words before the origin of a flow: `from`.
    pub origin: Vec<Words>,
    /// Words before the destination of a flow: `to`.
    pub destination: Vec<Words>,
    /// Words for the largest or highest of all.
    pub largest: Vec<Words>,
    /// Words for the smallest or lowest of all.
    pub smallest: Vec<Words>,
    /// Words stating that a figure is not published.
    pub unpublished: Vec<Words>,
    /// Words that limit a statement to members with data: “for which there are data”.
    pub among_known: Vec<Words>,
    /// Words for the same period a year before, the time of a base.
    pub year_earlier: Vec<Words>,
    /// Words for a length of time, by the number of months: `6` for "the half-year".
    pub spans: BTreeMap<String, Vec<Words>>,
    /// Words for a season, by its first and last month: `12-2` for "in winter".
    pub seasons: BTreeMap<Months, Vec<Words>>,
    /// Words for the status of a figure: `provisional` and `final`.
    pub statuses: Statuses,
    /// Words before the year since which something holds: `since`.
    pub since: Vec<Words>,
    /// Words for something planned: a plan, a quota.
    pub plan: Vec<Words>,
    /// Words for an addition to what exists, which are wrong in a statement about a plan.
    pub another: Vec<Words>,
    /// A favourable judgement.
    pub good: Vec<Words>,
    /// An unfavourable judgement.
    pub bad: Vec<Words>,
    /// Subjects of judgements: a name, and the words for it.
    pub subjects: BTreeMap<String, Vec<Words>>,
    /// Measures that are easily confused, by group: codes of the data, such as `arrivals`, and the words
    /// for each.
    pub measures: BTreeMap<String, BTreeMap<String, Vec<Words>>>,
    /// The populations of `indicators.toml`, and the words for each.
    pub populations: BTreeMap<String, Vec<Words>>,
    /// Abbreviations with their expansion; empty for one that needs no explanation.
    pub abbreviations: BTreeMap<String, Expansion>,
    /// Words for a power of ten beside those of `[[scales]]`, which must not be typed after a number
    /// printed in full.
    pub scales: BTreeMap<String, Vec<Words>>,
    /// Words for a unit, such as `percent`, which must not be typed after a number of another unit.
    pub units: BTreeMap<String, Vec<Words>>,
    /// Currency signs, with the unit that each stands for.
    pub signs: BTreeMap<String, String>,
    /// The units that a counted noun may count; a noun that is not listed counts any.
    pub nouns: BTreeMap<String, Vec<String>>,
}

/// The words for the status of a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Statuses {
    /// A later release may change the figure.
    pub provisional: Vec<Words>,
    /// No later release will change the figure.
    #[serde(rename = "final")]
    pub settled: Vec<Words>,
}

/// A range of months: `3-5`, or `12-2` across the turn of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Months {
    /// The first month, 1 to 12.
    pub first: i8,
    /// The last month, 1 to 12.
    pub last: i8,
}

impl Months {
    fn parse(written: &str) -> Option<Self> {
        let (first, last) = written.split_once('-')?;
        let month = |written: &str| written.parse().ok().filter(|month| (1..=12).contains(month));
        Some(Self { first: month(first)?, last: month(last)? })
    }

    /// Whether a month, 1 to 12, is in the range.
    pub fn has(self, month: i8) -> bool {
        match self.first <= self.last {
            true => (self.first..=self.last).contains(&month),
            false => month >= self.first || month <= self.last,
        }
    }
}

/// The expansion of an abbreviation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion(pub Option<Words>);

/// A pattern of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The pattern as written.
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
    /// Parses a pattern; `None` unless it begins and ends with a word.
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

    /// Whether a text begins with the pattern.
    pub fn begins(&self, spoken: &Spoken) -> bool {
        matched(&self.parts, &spoken.lower).is_some()
    }

    /// The byte range of the pattern at the end of a text.
    pub fn ends(&self, spoken: &Spoken) -> Option<Range<usize>> {
        let places = &spoken.places;
        (0..places.len()).find_map(|start| {
            let end = matched(&self.parts, &spoken.lower[start..])?;
            (start + end == places.len()).then(|| places[start].start..places[start + end - 1].end)
        })
    }

    /// The byte range where the pattern first occurs in a text.
    pub fn find(&self, spoken: &Spoken) -> Option<Range<usize>> {
        self.find_all(spoken).next()
    }

    /// All byte ranges where the pattern occurs in a text.
    pub fn find_all<'s>(&'s self, spoken: &'s Spoken) -> impl Iterator<Item = Range<usize>> + 's {
        let places = &spoken.places;
        (0..places.len()).filter_map(|start| {
            let end = matched(&self.parts, &spoken.lower[start..])?;
            Some(places[start].start..places[start + end - 1].end)
        })
    }
}

/// A text with its words, split once so that many patterns can be searched in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    text: String,
    places: Vec<Range<usize>>,
    lower: Vec<String>,
}

impl Spoken {
    /// Splits a text into words.
    pub fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        let places = words(&text);
        let lower = places.iter().map(|at| text[at.clone()].to_lowercase()).collect();
        Self { text, places, lower }
    }

    /// Appends another text on a new line. Words of the two are not joined, but a pattern may match
    /// across them.
    pub fn add(&mut self, other: &Self) {
        self.text.push('\n');
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.places.extend(other.places.iter().map(|at| at.start + by..at.end + by));
        self.lower.extend_from_slice(&other.lower);
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words, as written.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        self.places.iter().map(|at| &self.text[at.clone()])
    }
}

/// The number of words that the pattern matches at the beginning of `words`.
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

/// The first of several patterns that occurs in a text, with its byte range.
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
            D::Error::custom(format!(
                "`{written}` is not a range of months such as `3-5` or `12-2`"
            ))
        })
    }
}

impl<'de> Deserialize<'de> for Expansion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        match (written.is_empty(), Words::parse(&written)) {
            (true, _) => Ok(Self(None)),
            (false, Some(words)) => Ok(Self(Some(words))),
            (false, None) => {
                Err(D::Error::custom(format!("`{written}` does not give the full name")))
            }
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
