//! Columns of a described table: what is called how, and what the texts of its cells mean.
//!
//! A number is kept as a number with as many decimals as were typed, a day as a day, so that a recipe needs to say
//! nothing of decimal marks. What is no number by its description is refused and not read in another way.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::BrokenDownTime;

use super::super::Style;
use crate::diag::Place;

/// A column as its description says.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// What it is called where the file has no head.
    pub name: String,
    /// What its head in the file may be; anything if there is nothing.
    pub heads: Vec<String>,
    /// What its cells hold.
    pub holds: Holds,
    /// What stands in a cell that says nothing.
    pub missing: Vec<String>,
    /// Whether each cell says something.
    pub required: bool,
    /// Where it is described.
    pub place: Place,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holds {
    /// Texts, as they are typed.
    Text,
    /// Numbers.
    Number(Digits),
    /// Days, or times of days.
    Day(Day),
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    /// What stands before decimals.
    pub decimal: char,
    /// What stands between thousands.
    pub group: Option<char>,
    /// Whether something that is no number may stand around it.
    pub is_dressed: bool,
    /// Whether it may be a percentage: 0.25 as `25%`.
    pub may_be_percent: bool,
    /// Whether it is whole.
    pub is_whole: bool,
}

impl Digits {
    /// As in English, and without signs between thousands.
    pub(super) const PLAIN: Self = Self {
        decimal: '.',
        group: None,
        is_dressed: false,
        may_be_percent: false,
        is_whole: false,
    };
}

/// How days are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Day {
    /// As 2026-07-01.
    Plain,
    /// As 2026-07-01T09:00:00.
    Moment,
    /// By a pattern of `strftime`.
    Pattern(String),
}

/// What a text means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Text,
    Number { value: f64, style: u16 },
    Day(DateTime),
}

/// No more decimals are kept.
const MOST_DECIMALS: usize = 30;

/// The styles of the cells: of a text, of a number with each count of decimals, of percentages with each.
pub(super) fn styles() -> Vec<Style> {
    let with = |percent: bool| {
        (0..=MOST_DECIMALS).map(move |count| Style {
            percent,
            decimals: i8::try_from(count).ok(),
            ..Style::PLAIN
        })
    };
    std::iter::once(Style::PLAIN).chain(with(false)).chain(with(true)).collect()
}

impl Holds {
    /// What a text means; `None` if it is not of this kind.
    pub(super) fn meaning(&self, text: &str) -> Option<Meaning> {
        match self {
            Self::Text => Some(Meaning::Text),
            Self::Number(digits) => digits.number(text.trim()),
            Self::Day(day) => day.moment(text.trim()).map(Meaning::Day),
        }
    }

    /// What it is called in a message.
    pub(super) fn shown(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number(digits) if digits.is_whole => "whole number",
            Self::Number(_) => "number",
            Self::Day(_) => "day",
        }
    }
}

impl Digits {
    fn number(&self, text: &str) -> Option<Meaning> {
        let mut body = text;
        if self.is_dressed {
            let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-');
            body = body.trim_start_matches(|c| !is_of_number(c) && c != self.decimal);
            body = body.trim_end_matches(|c: char| !c.is_ascii_digit());
        }
        let without = body.strip_suffix('%').filter(|_| self.may_be_percent);
        let is_percent = without.is_some();
        body = without.unwrap_or(body);
        let (sign, unsigned) = match body.strip_prefix(['-', '+']) {
            Some(rest) => (if body.starts_with('-') { "-" } else { "" }, rest),
            None => ("", body),
        };
        let (mantissa, power) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, part) = match mantissa.split_once(self.decimal) {
            Some((whole, part)) => (whole, part),
            None => (mantissa, ""),
        };
        let whole = self.whole(whole)?;
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(part) || (whole.is_empty() && part.is_empty()) || power.abs() > 300 {
            return None;
        }
        let value: f64 = format!("{sign}0{whole}.{part}0e{power}").parse().ok()?;
        let decimals = i32::try_from(part.len()).ok()?.checked_sub(power)?.max(0);
        let decimals = usize::try_from(decimals).ok().filter(|count| *count <= MOST_DECIMALS)?;
        if !value.is_finite() || self.is_whole && value.fract() != 0.0 {
            return None;
        }
        // Nought has no sign.
        let value = value + 0.0;
        let (value, first) = match is_percent {
            true => (value / 100.0, MOST_DECIMALS + 2),
            false => (value, 1),
        };
        Some(Meaning::Number { value, style: u16::try_from(first + decimals).ok()? })
    }

    /// The digits before the decimal mark, if signs stand only where thousands begin.
    fn whole(&self, text: &str) -> Option<String> {
        let groups: Vec<&str> = match self.group {
            Some(group) => text.split(group).collect(),
            None => vec![text],
        };
        let is_digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_grouped = match &groups[..] {
            [_] => true,
            [first, rest @ ..] => {
                (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3)
            }
            [] => false,
        };
        (is_grouped && groups.iter().all(is_digits)).then(|| groups.concat())
    }
}

impl Day {
    fn moment(&self, text: &str) -> Option<DateTime> {
        let plain = |text: &str| -> Option<Date> {
            let is_plain = text.len() == 10 && text.as_bytes()[4] == b'-';
            text.parse().ok().filter(|_| is_plain)
        };
        match self {
            Self::Plain => Some(plain(text)?.at(0, 0, 0, 0)),
            Self::Moment => {
                let moment = text.strip_suffix('Z').unwrap_or(text);
                plain(moment.get(..10)?)?;
                // An offset would be passed over, and with it the day could be another.
                let has_offset = moment.get(10..)?.contains(['+', '-', '[']);
                moment.parse().ok().filter(|_| !has_offset)
            }
            Self::Pattern(pattern) => {
                let read = BrokenDownTime::parse(pattern, text).ok()?;
                read.to_datetime()
                    .or_else(|_| Ok::<_, jiff::Error>(read.to_date()?.at(0, 0, 0, 0)))
                    .ok()
            }
        }
    }
}

/// The pattern of `strftime` for one of Unicode, as `dd.MM.yyyy`; `None` for one that is not so simple.
pub(super) fn pattern_of_unicode(pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let count = rest.chars().take_while(|c| *c == first).count();
        let (own, behind) = rest.split_at(count * first.len_utf8());
        match (own, first) {
            ("yyyy", _) => out.push_str("%Y"),
            ("M" | "MM", _) => out.push_str("%m"),
            ("d" | "dd", _) => out.push_str("%d"),
            (_, '-' | '/' | '.' | ' ') => out.push_str(own),
            _ => return None,
        }
        rest = behind;
    }
    let has_all = ["%Y", "%m", "%d"].iter().all(|part| out.matches(part).count() == 1);
    has_all.then_some(out)
}

/// How many decimals and which signs between thousands a pattern as `#,##0.0` has; `None` for one that is not so
/// simple.
pub(super) fn digits_of_pattern(pattern: &str, digits: Digits) -> Option<Digits> {
    let body = pattern.strip_suffix('%');
    let may_be_percent = body.is_some();
    let body = body.unwrap_or(pattern);
    let (whole, part) = body.split_once('.').unwrap_or((body, ""));
    let is_of = |text: &str, signs: &str| text.chars().all(|c| signs.contains(c));
    let is_simple = !whole.is_empty() && is_of(whole, "#0,") && is_of(part, "#0");
    let mut group = digits.group;
    if let Some((_, last)) = whole.rsplit_once(',') {
        if last.len() != 3 {
            return None;
        }
        group = group.or(Some(','));
    }
    is_simple.then_some(Digits { group, may_be_percent, ..digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str, digits: Digits) -> Option<(f64, i8, bool)> {
        match digits.number(text)? {
            Meaning::Number { value, style } => {
                let style = styles()[usize::from(style)];
                Some((value, style.decimals.unwrap(), style.percent))
            }
            _ => None,
        }
    }

    #[test]
    fn a_number_is_read_as_it_is_described_or_not_at_all() {
        let plain = Digits::PLAIN;
        let comma = Digits { decimal: ',', group: Some(' '), ..plain };
        for (text, digits, expected) in [
            ("1234", plain, Some((1234.0, 0))),
            ("-0.50", plain, Some((-0.5, 2))),
            (".5", plain, Some((0.5, 1))),
            ("+7", plain, Some((7.0, 0))),
            ("1e+05", plain, Some((100_000.0, 0))),
            ("1.25E1", plain, Some((12.5, 1))),
            ("1 234,5", comma, Some((1234.5, 1))),
            ("1.5", comma, None),
            ("12 34", comma, None),
            ("1 2345", comma, None),
            ("1,234", plain, None),
            ("", plain, None),
            (".", plain, None),
            ("-", plain, None),
            ("NaN", plain, None),
            ("1e999", plain, None),
            ("7 persons", plain, None),
            ("1.5", Digits { is_whole: true, ..plain }, None),
            ("EUR -1.5 m", Digits { is_dressed: true, ..plain }, Some((-1.5, 1))),
            ("1-2", Digits { is_dressed: true, ..plain }, None),
        ] {
            let found = number(text, digits).map(|(value, decimals, _)| (value, decimals));
            assert_eq!(found, expected, "{text}");
        }
        let percent = Digits { may_be_percent: true, ..plain };
        assert_eq!(number("25.5%", percent), Some((0.255, 1, true)));
        assert_eq!(number("25.5%", plain), None);
    }

    #[test]
    fn a_day_is_read_by_its_pattern() {
        let day = |day: Day, text: &str| day.moment(text).map(|moment| moment.to_string());
        let pattern = |text: &str| Day::Pattern(pattern_of_unicode(text).unwrap());
        let first = Some("2026-07-01T00:00:00".to_owned());
        assert_eq!(day(Day::Plain, "2026-07-01"), first);
        assert_eq!(day(Day::Plain, "2026-07"), None);
        assert_eq!(day(Day::Plain, "20260701"), None);
        assert_eq!(day(pattern("dd.MM.yyyy"), "01.07.2026"), first);
        assert_eq!(day(pattern("M/d/yyyy"), "7/1/2026"), first);
        assert_eq!(day(pattern("yyyyMMdd"), "20260701"), first);
        assert_eq!(day(Day::Pattern("%d/%m/%y".to_owned()), "01/07/26"), first);
        assert_eq!(day(Day::Pattern("%d/%m/%y".to_owned()), "32/07/26"), None);
        let moment = day(Day::Moment, "2026-07-01T09:30:00Z");
        assert_eq!(moment.as_deref(), Some("2026-07-01T09:30:00"));
        assert_eq!(day(Day::Moment, "2026-07-01T09:30:00+05:00"), None);
        for odd in ["yy-MM-dd", "yyyy-MM", "MMM d yyyy", "yyyy-MM-dd'T'HH", "d.d.MM.yyyy"] {
            assert_eq!(pattern_of_unicode(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_pattern_of_numbers_says_what_stands_between_thousands() {
        let read = |pattern| digits_of_pattern(pattern, Digits::PLAIN);
        assert_eq!(read("0.0"), Some(Digits::PLAIN));
        assert_eq!(read("#,##0"), Some(Digits { group: Some(','), ..Digits::PLAIN }));
        assert_eq!(read("0%"), Some(Digits { may_be_percent: true, ..Digits::PLAIN }));
        for odd in ["#,##,0", "0E0", "#,##0;(#)", "", "0\u{2030}", "00,00"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
