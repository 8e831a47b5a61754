//! Labels in words: the parts of one, and the time that they say together.

use jiff::civil::{Date, Time as Clock};

use super::super::marks;
use super::super::words::{Word, Words};
use super::{PeriodRules, Stock, accumulated, day, no_period, quarter};
use crate::diag::Diagnostic;
use crate::stats::{Month, Period, Time};

/// A part of a label.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Number(u32),
    Roman(i8),
    Word(Word),
    Dash,
    Dot,
}

/// A label in its parts.
#[derive(Debug, Default)]
pub(super) struct Label {
    tokens: Vec<Token>,
}

/// A label has no more parts than this.
const MOST_TOKENS: usize = 24;

impl Label {
    /// Splits a label; an error is the word that is not known.
    pub(super) fn read(text: &str, words: &Words) -> Result<Self, String> {
        let mut tokens = vec![];
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = |is_it: fn(char) -> bool| rest.find(|c| !is_it(c)).unwrap_or(rest.len());
            let end = match first {
                c if c.is_ascii_digit() => length(|c| c.is_ascii_digit()),
                c if c.is_alphabetic() => length(char::is_alphabetic),
                c => c.len_utf8(),
            };
            let (part, behind) = rest.split_at(end);
            rest = behind;
            match first {
                c if c.is_ascii_digit() => {
                    tokens.push(Token::Number(part.parse().map_err(|_| part.to_owned())?));
                }
                c if c.is_alphabetic() => {
                    tokens.push(word(part, words).ok_or_else(|| part.to_owned())?)
                }
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => tokens.push(Token::Dash),
                '.' => tokens.push(Token::Dot),
                ',' | '(' | ')' | '\u{ab}' | '\u{bb}' | '"' => {}
                c if marks::is_blank(c) => {}
                c => return Err(c.to_string()),
            }
            if tokens.len() > MOST_TOKENS {
                return Err(text.chars().take(60).collect());
            }
        }
        Ok(Self { tokens })
    }

    fn has(&self, word: Word) -> bool {
        self.tokens.contains(&Token::Word(word))
    }

    /// The years it names, each with its place.
    fn years(&self) -> Vec<(usize, i16)> {
        let year = |(at, token): (usize, &Token)| match token {
            Token::Number(number @ 1900..=2199) => Some((at, *number as i16)),
            _ => None,
        };
        self.tokens.iter().enumerate().filter_map(year).collect()
    }

    /// What counts beside the years: numbers, Roman ones and ordinals, each with its place.
    fn numbers(&self) -> Vec<(usize, i8)> {
        let number = |(at, token): (usize, &Token)| match token {
            Token::Number(1900..=2199) => None,
            Token::Number(number) => Some((at, i8::try_from(*number).unwrap_or(i8::MAX))),
            Token::Roman(number) | Token::Word(Word::Ordinal(number)) => Some((at, *number)),
            _ => None,
        };
        self.tokens.iter().enumerate().filter_map(number).collect()
    }

    fn months(&self) -> Vec<(usize, i8)> {
        let month = |(at, token): (usize, &Token)| match token {
            Token::Word(Word::Month(month)) => Some((at, *month)),
            _ => None,
        };
        self.tokens.iter().enumerate().filter_map(month).collect()
    }

    /// What is said twice, in one language and in another, is said once.
    fn once<T: PartialEq>(mut all: Vec<(usize, T)>) -> Vec<(usize, T)> {
        let half = all.len() / 2;
        let is_twice =
            all.len().is_multiple_of(2) && (0..half).all(|at| all[at].1 == all[half + at].1);
        if is_twice {
            all.truncate(half);
        }
        all
    }

    /// Whether a dash or its word stands between two places.
    fn is_range(&self, from: usize, to: usize) -> bool {
        let between = self.tokens.get(from + 1..to).unwrap_or_default();
        between.iter().any(|token| matches!(token, Token::Dash | Token::Word(Word::To)))
    }

    /// The time it says.
    pub(super) fn time(&self, text: &str, rules: &PeriodRules) -> Result<Time, Diagnostic> {
        let wrong = || no_period(text);
        let years = Self::once(self.years());
        let (numbers, months) = (Self::once(self.numbers()), Self::once(self.months()));
        if let Some(date) = self.numeric_day() {
            let date = date.ok_or_else(wrong)?;
            return match self.has(Word::On) {
                true => Ok(Time::At(date)),
                false => day(date.to_datetime(Clock::midnight()), rules),
            };
        }
        let Some(&(_, year)) = years.first() else {
            return Err(wrong().note(message!("it contains no year")));
        };
        if years.len() > 1 {
            return self.over_years(&years, &numbers, &months, rules).ok_or_else(wrong)?;
        }
        let is_edge = self.has(Word::Beginning) || self.has(Word::End);
        let kinds = [Word::Quarter, Word::Half, Word::Months]
            .iter()
            .filter(|word| self.has(**word))
            .count();
        let one = |most: i8| match numbers[..] {
            [(_, number)] if (1..=most).contains(&number) => Some(number),
            _ => None,
        };
        // Behind the word for a day a day has to follow.
        let is_day = months.len() == 1 && numbers.len() == 1;
        if self.has(Word::On) && !is_edge && !is_day {
            return Err(wrong());
        }
        let whole = Period::year_to_date(year, 12);
        match (kinds, &months[..]) {
            _ if is_edge => {
                let period = match (kinds, &months[..], &numbers[..]) {
                    (0, [], []) => whole,
                    (0, [(_, month)], []) => single(year, *month),
                    _ => return Err(wrong()),
                };
                let stock = if self.has(Word::End) { Stock::AtEnd } else { Stock::AtBeginning };
                accumulated(period, None, Some(stock))
            }
            (1, []) if self.has(Word::Quarter) => {
                let period = self.quarters(year, &numbers).ok_or_else(wrong)?;
                match period.start.month {
                    1 => accumulated(period, None, rules.stock),
                    _ => quarter(text, period, rules),
                }
            }
            (1, []) if self.has(Word::Half) => match one(2).ok_or_else(wrong)? {
                1 => accumulated(Period::year_to_date(year, 6), None, rules.stock),
                _ => quarter(text, run(year, 7, 12), rules),
            },
            (1, []) => {
                let months = one(12).ok_or_else(wrong)?;
                accumulated(Period::year_to_date(year, months), None, rules.stock)
            }
            (0, [(at, month)]) => {
                self.month_or_day(*at, *month, year, &numbers, rules).ok_or_else(wrong)?
            }
            (0, [(from, start), (to, end)])
                if numbers.is_empty() && start < end && self.is_range(*from, *to) =>
            {
                accumulated(run(year, *start, *end), None, rules.stock)
            }
            (0, []) => self.year_or_roman(year, &numbers, rules).ok_or_else(wrong)?,
            _ => Err(wrong()),
        }
    }

    /// `31.01.2025`: three numbers with dots between them. An error if no calendar has the day.
    fn numeric_day(&self) -> Option<Option<Date>> {
        let at = self.tokens.windows(5).position(|five| {
            matches!(
                five,
                [
                    Token::Number(_),
                    Token::Dot,
                    Token::Number(_),
                    Token::Dot,
                    Token::Number(1900..=2199)
                ]
            )
        })?;
        let number = |at: usize| match self.tokens[at] {
            Token::Number(number) => i8::try_from(number).ok(),
            _ => None,
        };
        let others =
            self.tokens.iter().enumerate().filter(|(place, _)| !(at..at + 5).contains(place));
        let known =
            [Token::Word(Word::On), Token::Word(Word::Year), Token::Word(Word::Filler), Token::Dot];
        let is_alone = others.clone().all(|(_, token)| known.contains(token));
        let Token::Number(year) = self.tokens[at + 4] else { return None };
        let date = || Date::new(i16::try_from(year).ok()?, number(at + 2)?, number(at)?).ok();
        Some(if is_alone { date() } else { None })
    }

    /// Quarters: one, or several from one to another.
    fn quarters(&self, year: i16, numbers: &[(usize, i8)]) -> Option<Period> {
        match numbers {
            [(_, quarter @ 1..=4)] => Some(Period::quarter(year, *quarter)),
            [(from, first @ 1..=3), (to, last @ 2..=4)]
                if first < last && self.is_range(*from, *to) =>
            {
                Some(run(year, first * 3 - 2, last * 3))
            }
            _ => None,
        }
    }

    /// A month, or a day of it if its number stands beside it.
    fn month_or_day(
        &self,
        at: usize,
        month: i8,
        year: i16,
        numbers: &[(usize, i8)],
        rules: &PeriodRules,
    ) -> Option<Result<Time, Diagnostic>> {
        match numbers {
            [] => Some(accumulated(single(year, month), rules.months, rules.stock)),
            [(place, day)]
                if place.abs_diff(at) == 1 && matches!(self.tokens[*place], Token::Number(_)) =>
            {
                Date::new(year, month, *day).ok().map(|date| Ok(Time::At(date)))
            }
            _ => None,
        }
    }

    /// A year, or Roman months of it.
    fn year_or_roman(
        &self,
        year: i16,
        numbers: &[(usize, i8)],
        rules: &PeriodRules,
    ) -> Option<Result<Time, Diagnostic>> {
        let is_roman = |at: usize| matches!(self.tokens[at], Token::Roman(_));
        let period = match numbers {
            [] => Period::year_to_date(year, 12),
            [(from, start), (to, end)]
                if is_roman(*from) && is_roman(*to) && start < end && self.is_range(*from, *to) =>
            {
                run(year, *start, *end)
            }
            _ => return None,
        };
        // A dash that leads nowhere.
        let is_odd = numbers.is_empty() && self.tokens.contains(&Token::Dash);
        (!is_odd).then(|| accumulated(period, None, rules.stock))
    }

    /// From one year to another, or from a month of one to a month of the next.
    fn over_years(
        &self,
        years: &[(usize, i16)],
        numbers: &[(usize, i8)],
        months: &[(usize, i8)],
        rules: &PeriodRules,
    ) -> Option<Result<Time, Diagnostic>> {
        let [(from, first), (to, last)] = years else { return None };
        let is_plain = numbers.is_empty() && self.is_range(*from, *to);
        let has_more =
            [Word::Quarter, Word::Half, Word::Months, Word::Beginning, Word::End, Word::On];
        if !is_plain || first >= last || has_more.iter().any(|word| self.has(*word)) {
            return None;
        }
        let (start, end) = match months {
            [] => (1, 12),
            [(one, start), (other, end)] => {
                // Each month has its year: both before it, or both behind it.
                let is_paired = (one < from && from < other && other < to)
                    || (from < one && one < to && to < other);
                is_paired.then_some((*start, *end))?
            }
            _ => return None,
        };
        let period = Period {
            start: Month { year: *first, month: start },
            end: Month { year: *last, month: end },
        };
        Some(accumulated(period, None, rules.stock))
    }
}

fn single(year: i16, month: i8) -> Period {
    run(year, month, month)
}

fn run(year: i16, start: i8, end: i8) -> Period {
    Period { start: Month { year, month: start }, end: Month { year, month: end } }
}

/// A word of a label: one that is known, or a Roman number.
fn word(text: &str, words: &Words) -> Option<Token> {
    if let Some(word) = words.word(text) {
        return Some(Token::Word(word));
    }
    const ROMAN: [&str; 12] =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let letters = super::super::words::letters(text);
    let number = ROMAN.iter().position(|roman| *roman == letters)?;
    i8::try_from(number + 1).ok().map(Token::Roman)
}
