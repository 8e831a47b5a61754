//! From the label of a column or row to the time that its figures are of.
//!
//! In: a text as `I quarter 2024` or `January–June 2026`, or a cell with a year, a code or a day; and what a recipe
//! declares of such labels ([`PeriodRules`]). Out: a [`Time`], and the footnote marks that were taken off. Every word of
//! a label has to be known ([`Words`]): a label that says more than when is refused, since its figures may be of
//! something else.
//!
//! What a label does not tell has to be declared: whether the second quarter is three months or six, whether `202412` is a
//! month or a year, whether a stock holds at the beginning or at the end.

use jiff::civil::{Date, DateTime, Time as Clock};
use schemars::JsonSchema;
use serde::Deserialize;

use super::marks;
use super::words::{Word, Words};
use crate::diag::{Code, Diagnostic};
use crate::stats::{Month, Period, Time};
use crate::workbook::{Cell, Content};

/// What a label of a quarter or of a month stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Accumulation {
    /// Everything from January on: the second quarter is January to June.
    Cumulative,
    /// Those months alone: the second quarter is April to June.
    Discrete,
}

/// On which day of its period a stock holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stock {
    /// On its first day: the stock of 2025 is that of 1 January 2025.
    AtBeginning,
    /// On the day after its last one: the stock of 2025 is that of 1 January 2026.
    AtEnd,
}

/// What a day means that a spreadsheet has in the place of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// That day, of a stock.
    Day,
    /// The month it lies in.
    Month,
    /// The year it lies in.
    Year,
}

/// What a recipe declares of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeriodRules {
    /// What quarters and halves of years stand for.
    pub quarters: Option<Accumulation>,
    /// What months stand for: needed for codes as `202412`; a month that is named is that month alone by default.
    pub months: Option<Accumulation>,
    /// On which day stocks hold; flows, if nothing is said.
    pub stock: Option<Stock>,
    /// What days in the place of labels mean; nothing, if nothing is said.
    pub dates: Option<Dates>,
}

/// What a label says.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodReading {
    /// When the figures hold.
    pub time: Time,
    /// Footnote marks that stand behind the label.
    pub marks: Vec<String>,
}

/// Reads the label in a cell. The problem has no place yet: that is the cell's.
///
/// # Errors
///
/// As [`period`].
pub fn period_of_cell(
    cell: &Cell,
    rules: &PeriodRules,
    words: &Words,
) -> Result<PeriodReading, Diagnostic> {
    let mut read = match cell.content {
        Content::Text(text) => period(text, rules, words)?,
        Content::Date(moment) => PeriodReading { time: day(moment, rules)?, marks: vec![] },
        Content::Number(number) if number.fract() == 0.0 && (0.0..1e9).contains(&number) => {
            period(&number.to_string(), rules, words)?
        }
        _ => return Err(no_period(&cell.content.shown())),
    };
    if let Some(raised) = cell.marks {
        marks::add(raised, &mut read.marks);
    }
    Ok(read)
}

/// Reads a label. Of several cells that name a period together the texts are joined with a blank.
///
/// # Errors
///
/// K1221 if it is no period or says more than one, K1222 if it can stand for two periods, K1223 if it is a day.
pub fn period(text: &str, rules: &PeriodRules, words: &Words) -> Result<PeriodReading, Diagnostic> {
    let mut found = vec![];
    let body = marks::without_marks(text, &mut found);
    let done = |time| Ok(PeriodReading { time, marks: found.clone() });
    if let Some(moment) = iso_moment(body).filter(|_| !body.contains('/')) {
        return done(day(moment, rules)?);
    }
    if let Some(time) = code(body, rules)? {
        return done(time);
    }
    let label = Label::read(body, words).map_err(|unknown| {
        no_period(text).note(format!("`{unknown}` is none of the words that periods are made of"))
    })?;
    done(label.time(text, rules)?)
}

fn no_period(text: &str) -> Diagnostic {
    Diagnostic::error(Code::K1221, format!("`{}` is no period", marks::trimmed(text)))
        .hint("if it names no period, take it out of the cells of this dimension")
        .hint("if a word is missing, add it to `templates/reading/LANG.toml`")
}

fn two_periods(
    text: &str,
    one: impl std::fmt::Display,
    other: impl std::fmt::Display,
) -> Diagnostic {
    let message = format!("`{}` can be two periods: {one} or {other}", marks::trimmed(text));
    Diagnostic::error(Code::K1222, message)
}

/// What a day in the place of a label means.
fn day(moment: DateTime, rules: &PeriodRules) -> Result<Time, Diagnostic> {
    let date = moment.date();
    let month = Month { year: date.year(), month: date.month() };
    let known = (1900..=2199).contains(&date.year()) && moment.time() == Clock::midnight();
    match rules.dates {
        Some(Dates::Day) if known => Ok(Time::At(date)),
        // A month that became a day is its first day.
        Some(Dates::Month) if known && date.day() == 1 => {
            accumulated(Period { start: month, end: month }, rules.months, rules.stock)
        }
        Some(Dates::Year) if known && date.day() == 1 && date.month() == 1 => {
            accumulated(Period::year_to_date(date.year(), 12), None, rules.stock)
        }
        _ => Err(Diagnostic::error(Code::K1223, format!("`{}` is a day where a period is expected", Content::Date(moment).shown()))
            .note("a spreadsheet program makes a day of a text that looks like one, as 1.2025 or Jan 2025")
            .hint("if the days mean their months, say `dates = \"month\"`; for stocks on a day `dates = \"day\"`")),
    }
}

/// A period as it is meant: with all months before it, or the day on which a stock holds.
fn accumulated(
    period: Period,
    months: Option<Accumulation>,
    stock: Option<Stock>,
) -> Result<Time, Diagnostic> {
    Ok(match (stock, months) {
        (Some(Stock::AtBeginning), _) => Time::At(period.start.first_day()),
        (Some(Stock::AtEnd), _) => Time::At(period.day_after()),
        (None, Some(Accumulation::Cumulative)) => Time::Over(period.to_date()),
        (None, _) => Time::Over(period),
    })
}

/// A day as programs write it: `2025-01-31`, with a time of day or without.
fn iso_moment(text: &str) -> Option<DateTime> {
    let bytes = text.as_bytes();
    let is_day = bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let date = || text.parse::<Date>().ok().map(|date| date.to_datetime(Clock::midnight()));
    is_day.then(|| text.parse().ok().or_else(date)).flatten()
}

/// A period as SDMX writes it: `2025-A1`, `2025-S2`, `2025-T3`, `2025-Q4`, `2025-M06`, `2025-01-01/P6M`.
fn sdmx(text: &str, rules: &PeriodRules) -> Result<Option<Time>, Diagnostic> {
    if let Some((start, duration)) = text.split_once('/') {
        return Ok(range(start, duration).map(Time::Over).and_then(|time| match rules.stock {
            // A stock has a day and no range.
            Some(_) => None,
            None => Some(time),
        }));
    }
    let Some((year, part)) = text.split_once('-') else { return Ok(None) };
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let (Ok(year), true) = (year.parse::<i16>(), is_year) else { return Ok(None) };
    let mut letters = part.chars();
    let (kind, digits) = (letters.next(), letters.as_str());
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (Ok(number), true) = (digits.parse::<i8>(), is_number) else { return Ok(None) };
    let (months, last) = match kind {
        Some('A') => (12, 1),
        Some('S') => (6, 2),
        Some('T') => (4, 3),
        Some('M') => (1, 12),
        _ => return Ok(None),
    };
    if !(1..=last).contains(&number) {
        return Ok(None);
    }
    let month = |month: i8| Month { year, month };
    let period = Period { start: month((number - 1) * months + 1), end: month(number * months) };
    match kind {
        Some('M') => accumulated(period, rules.months, rules.stock).map(Some),
        _ if period.start.month > 1 => quarter(text, period, rules).map(Some),
        _ => accumulated(period, None, rules.stock).map(Some),
    }
}

/// A range of months: its first day, and how many months or years it has.
fn range(start: &str, duration: &str) -> Option<Period> {
    let first: Date = start.strip_suffix("T00:00:00").unwrap_or(start).parse().ok()?;
    let count = duration.strip_prefix('P')?;
    let (count, months) = match (count.strip_suffix('M'), count.strip_suffix('Y')) {
        (Some(count), _) => (count, 1),
        (_, Some(count)) => (count, 12),
        _ => return None,
    };
    let count = count.parse::<u8>().ok().filter(|count| *count > 0)?;
    let months = i32::from(count).checked_mul(months).filter(|months| *months <= 120)?;
    let last = i32::from(first.year()) * 12 + i32::from(first.month()) - 1 + months - 1;
    let start = Month { year: first.year(), month: first.month() };
    let end = Month {
        year: i16::try_from(last.div_euclid(12)).ok()?,
        month: i8::try_from(last.rem_euclid(12) + 1).ok()?,
    };
    (first.day() == 1).then_some(Period { start, end })
}

/// A period as programs write it: `2025`, `2025.0`, `2025-Q1`, `2025-01..2025-06`, `2025-06`, `202506`.
fn code(text: &str, rules: &PeriodRules) -> Result<Option<Time>, Diagnostic> {
    if let Some(time) = sdmx(text, rules)? {
        return Ok(Some(time));
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let text =
        text.strip_suffix(".0").filter(|year| year.len() == 4 && digits(year)).unwrap_or(text);
    let is_code = text.len() == 6 && digits(text);
    let month = match is_code {
        true => format!("{}-{}", &text[..4], &text[4..]).parse::<Month>().ok(),
        false => text.parse::<Month>().ok(),
    };
    if let Some(month) = month {
        let alone = Period { start: month, end: month };
        return match is_code {
            true => month_code(text, month, rules).map(Some),
            false => accumulated(alone, rules.months, rules.stock).map(Some),
        };
    }
    let is_quarter = text.len() == 7
        && text.is_char_boundary(5)
        && text[5..].to_ascii_uppercase().starts_with('Q');
    match text.parse::<Period>() {
        Ok(period) if is_quarter && period.start.month > 1 => {
            quarter(text, period, rules).map(Some)
        }
        Ok(period) => accumulated(period, None, rules.stock).map(Some),
        Err(_) => Ok(None),
    }
}

/// `202512`: December, or the year up to December; of a stock at the beginning the first day of either.
fn month_code(text: &str, month: Month, rules: &PeriodRules) -> Result<Time, Diagnostic> {
    let alone = Period { start: month, end: month };
    let Some(months) = rules.months else {
        let (one, other) = match rules.stock {
            Some(_) => (
                accumulated(alone, None, rules.stock)?,
                accumulated(alone.to_date(), None, rules.stock)?,
            ),
            None => (Time::Over(alone), Time::Over(alone.to_date())),
        };
        if one == other {
            return Ok(one);
        }
        return Err(two_periods(text, one, other)
            .hint("say `months = \"discrete\"` if it is that month, `months = \"cumulative\"` if it is all months from January"));
    };
    match (months, rules.stock) {
        // The beginning of three months or of six is another day, and the code does not tell which is meant.
        (Accumulation::Cumulative, Some(Stock::AtBeginning)) if month.month < 12 => {
            Err(two_periods(text, month.first_day(), alone.to_date().start.first_day())
                .note("as a code of a year only December is known")
                .hint("say `months = \"discrete\"` if the stocks come by the month"))
        }
        (Accumulation::Cumulative, _) => accumulated(alone.to_date(), None, rules.stock),
        (Accumulation::Discrete, _) => accumulated(alone, None, rules.stock),
    }
}

/// A quarter or a half of a year that does not begin with January.
fn quarter(text: &str, period: Period, rules: &PeriodRules) -> Result<Time, Diagnostic> {
    match (rules.stock, rules.quarters) {
        (None, None) => Err(two_periods(text, period, period.to_date())
            .hint("say `quarters = \"cumulative\"` if the figures run from January, `quarters = \"discrete\"` if not")),
        (None, declared) => accumulated(period, declared, None),
        (stock, _) => accumulated(period, None, stock),
    }
}

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
struct Label {
    tokens: Vec<Token>,
}

/// A label has no more parts than this.
const MOST_TOKENS: usize = 24;

impl Label {
    /// Splits a label; an error is the word that is not known.
    fn read(text: &str, words: &Words) -> Result<Self, String> {
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
    fn time(&self, text: &str, rules: &PeriodRules) -> Result<Time, Diagnostic> {
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
            return Err(wrong().note("it names no year"));
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
    let letters = super::words::letters(text);
    let number = ROMAN.iter().position(|roman| *roman == letters)?;
    i8::try_from(number + 1).ok().map(Token::Roman)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Address, Formula, Style};

    fn read(text: &str, rules: PeriodRules) -> String {
        match period(text, &rules, Words::shipped()) {
            Ok(read) => read.time.to_string(),
            Err(problem) => problem.code.to_string(),
        }
    }

    const NOTHING: PeriodRules =
        PeriodRules { quarters: None, months: None, stock: None, dates: None };
    const CUMULATIVE: PeriodRules =
        PeriodRules { quarters: Some(Accumulation::Cumulative), ..NOTHING };
    const DISCRETE: PeriodRules = PeriodRules { quarters: Some(Accumulation::Discrete), ..NOTHING };

    #[test]
    fn labels_that_say_when_need_no_declaration() {
        for (text, expected) in [
            ("2024 год", "2024-01..2024-12"),
            ("2024г.", "2024-01..2024-12"),
            ("2024", "2024-01..2024-12"),
            ("2024.0", "2024-01..2024-12"),
            (" 2025 год7)8)", "2025-01..2025-12"),
            ("за 2024 год", "2024-01..2024-12"),
            ("1 квартал 2024 г.", "2024-01..2024-03"),
            ("I квартал 2024г.", "2024-01..2024-03"),
            ("І квартал 2024", "2024-01..2024-03"),
            ("1-й квартал 2024 года", "2024-01..2024-03"),
            ("I-II квартал 2024", "2024-01..2024-06"),
            ("январь-июль 2026г.", "2026-01..2026-07"),
            ("январь–март 2026 года", "2026-01..2026-03"),
            ("Январь — июнь\u{a0}2026 г.", "2026-01..2026-06"),
            ("в январе–июне 2025 г.", "2025-01..2025-06"),
            ("с января по июнь 2025", "2025-01..2025-06"),
            ("янв.-июнь 2025", "2025-01..2025-06"),
            ("апрель-июнь 2025", "2025-04..2025-06"),
            ("январь 2025", "2025-01..2025-01"),
            ("9 месяцев 2025", "2025-01..2025-09"),
            ("1 полугодие 2025 года", "2025-01..2025-06"),
            ("первое полугодие 2025 г.", "2025-01..2025-06"),
            ("на 1 января 2025 года", "2025-01-01"),
            ("на 01.01.2025", "2025-01-01"),
            ("на 1.01.2025 г.", "2025-01-01"),
            ("на начало 2025 года", "2025-01-01"),
            ("на конец 2025 года", "2026-01-01"),
            ("на конец июня 2025 г.", "2025-07-01"),
            ("2020–2024 гг.", "2020-01..2024-12"),
            ("июль 2024 г. – июнь 2025 г.", "2024-07..2025-06"),
            ("I–VI 2025", "2025-01..2025-06"),
            ("January–March 2026", "2026-01..2026-03"),
            ("Jan-Jun 2025", "2025-01..2025-06"),
            ("January to June 2025", "2025-01..2025-06"),
            ("the first quarter of 2025", "2025-01..2025-03"),
            ("Q1 2025", "2025-01..2025-03"),
            ("2025 H1", "2025-01..2025-06"),
            ("9 months of 2025", "2025-01..2025-09"),
            ("as of 1 January 2025", "2025-01-01"),
            ("2025 жыл", "2025-01..2025-12"),
            ("2025 жылғы қаңтар-маусым", "2025-01..2025-06"),
            ("2025 жылғы қаңтар–маусымда", "2025-01..2025-06"),
            ("2025 жылғы 1 қаңтарға", "2025-01-01"),
            ("2025 жылғы 1-тоқсан", "2025-01..2025-03"),
            ("2025 жылдың басына", "2025-01-01"),
            ("2025 г. (январь-июнь)", "2025-01..2025-06"),
            ("2025 жыл\n2025 год", "2025-01..2025-12"),
            ("2025 жылғы қаңтар-маусым\nянварь-июнь 2025 года", "2025-01..2025-06"),
            ("1 тоқсан\n1 квартал 2025", "2025-01..2025-03"),
            ("2025 жылғы 1 қаңтарға\nна 1 января 2025 года", "2025-01-01"),
            ("2025-Q1", "2025-01..2025-03"),
            ("2025-H1", "2025-01..2025-06"),
            ("2025-9M", "2025-01..2025-09"),
            ("2025-01..2025-06", "2025-01..2025-06"),
        ] {
            assert_eq!(read(text, NOTHING), expected, "{text}");
        }
    }

    #[test]
    fn what_a_label_does_not_tell_has_to_be_declared() {
        for (text, cumulative, discrete) in [
            ("2 квартал 2024 г.", "2024-01..2024-06", "2024-04..2024-06"),
            ("III квартал 2024", "2024-01..2024-09", "2024-07..2024-09"),
            ("2024-Q4", "2024-01..2024-12", "2024-10..2024-12"),
            ("Q2 2025", "2025-01..2025-06", "2025-04..2025-06"),
            ("2 полугодие 2025", "2025-01..2025-12", "2025-07..2025-12"),
            ("IV тоқсан 2025 жыл", "2025-01..2025-12", "2025-10..2025-12"),
        ] {
            assert_eq!(read(text, NOTHING), "K1222", "{text}");
            assert_eq!(read(text, CUMULATIVE), cumulative, "{text}");
            assert_eq!(read(text, DISCRETE), discrete, "{text}");
        }
        let months = |months, stock| PeriodRules { months: Some(months), stock, ..NOTHING };
        assert_eq!(read("202412", NOTHING), "K1222");
        assert_eq!(read("2024-06", NOTHING), "2024-06..2024-06");
        assert_eq!(read("202401", NOTHING), "2024-01..2024-01");
        assert_eq!(read("202412", months(Accumulation::Cumulative, None)), "2024-01..2024-12");
        assert_eq!(read("202406", months(Accumulation::Discrete, None)), "2024-06..2024-06");
        assert_eq!(read("июнь 2026", months(Accumulation::Cumulative, None)), "2026-01..2026-06");
    }

    #[test]
    fn a_stock_at_the_beginning_of_2025_is_that_of_the_first_of_january_2025() {
        let stock = |months, stock| PeriodRules { months, stock: Some(stock), ..NOTHING };
        let yearly = Some(Accumulation::Cumulative);
        assert_eq!(read("202512", stock(yearly, Stock::AtBeginning)), "2025-01-01");
        assert_eq!(read("202512", stock(yearly, Stock::AtEnd)), "2026-01-01");
        assert_eq!(read("202503", stock(yearly, Stock::AtBeginning)), "K1222");
        assert_eq!(read("202512", stock(None, Stock::AtBeginning)), "K1222");
        assert_eq!(read("202512", stock(None, Stock::AtEnd)), "2026-01-01");
        assert_eq!(
            read("202503", stock(Some(Accumulation::Discrete), Stock::AtBeginning)),
            "2025-03-01"
        );
        assert_eq!(read("2025 год", stock(None, Stock::AtBeginning)), "2025-01-01");
        assert_eq!(read("2 квартал 2025", stock(None, Stock::AtBeginning)), "2025-04-01");
        assert_eq!(read("на 1 июля 2025", stock(None, Stock::AtBeginning)), "2025-07-01");
    }

    #[test]
    fn what_says_more_or_less_than_when_is_refused() {
        for text in [
            "",
            "год",
            "январь-июнь",
            "2024 год (оценка)",
            "2024/2025",
            "в % к 2024 году",
            "2025 г. к 2024 г.",
            "январь-июнь 2026г. к январю-июню 2025г.",
            "5 квартал 2024",
            "13 месяцев 2025",
            "июнь-январь 2025",
            "31 февраля 2025",
            "32.01.2025",
            "на 2025",
            "на январь 2025",
            "2025-",
            "1800",
            "22025",
            "Численность",
            "1 2025",
            "XIII 2025",
            "январь февраль 2025",
            "2025 2026",
            "квартал 2025",
            "I квартал",
            "1-2 полугодие 2025",
            "20251201",
            "2026–2025",
            "99999999999999999999 год",
            "Q5 2025",
        ] {
            assert_eq!(read(text, CUMULATIVE), "K1221", "{text}");
        }
    }

    #[test]
    fn a_day_where_a_period_is_expected_has_to_be_declared() {
        let dates = |dates| PeriodRules { dates: Some(dates), ..NOTHING };
        for text in ["2025-06-01", "2025-06-01 00:00:00", "2025-06-01T00:00:00", "01.06.2025"] {
            assert_eq!(read(text, NOTHING), "K1223", "{text}");
            assert_eq!(read(text, dates(Dates::Month)), "2025-06..2025-06", "{text}");
            assert_eq!(read(text, dates(Dates::Day)), "2025-06-01", "{text}");
            assert_eq!(read(text, dates(Dates::Year)), "K1223", "{text}");
        }
        assert_eq!(read("2025-01-01", dates(Dates::Year)), "2025-01..2025-12");
        assert_eq!(read("2025-06-15", dates(Dates::Month)), "K1223");
        let date = jiff::civil::date(2025, 6, 1).to_datetime(Clock::midnight());
        let cell = |content| Cell {
            at: Address::new(0, 0),
            content,
            style: Style::default(),
            marks: Some("1)2)"),
            formula: Formula::None,
        };
        let of =
            |content, rules: PeriodRules| period_of_cell(&cell(content), &rules, Words::shipped());
        assert_eq!(of(Content::Date(date), NOTHING).unwrap_err().code, Code::K1223);
        assert_eq!(
            of(Content::Date(date), dates(Dates::Day)).unwrap().time.to_string(),
            "2025-06-01"
        );
        let year = of(Content::Number(2024.0), NOTHING).unwrap();
        assert_eq!(
            (year.time.to_string().as_str(), year.marks),
            ("2024-01..2024-12", vec!["1)".to_owned(), "2)".to_owned()])
        );
        for content in [
            Content::Number(2024.5),
            Content::Number(1e300),
            Content::Number(f64::NAN),
            Content::Bool(true),
            Content::Empty,
        ] {
            assert_eq!(of(content, NOTHING).unwrap_err().code, Code::K1221);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_label_panics(text in "[0-9IVХхiqQ1-4 .,\\-–)*¹ягодквртлнва]{0,24}") {
            for rules in [NOTHING, CUMULATIVE, DISCRETE] {
                let _ = period(&text, &rules, Words::shipped());
            }
        }

        #[test]
        fn any_text_is_a_period_or_refused(text in "\\PC{0,40}") {
            let _ = period(&text, &NOTHING, Words::shipped());
        }
    }
}
