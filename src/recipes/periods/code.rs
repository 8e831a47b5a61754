//! Periods and days as programs write them: ISO 8601, SDMX, `2025-Q1`, `202506`.

use jiff::civil::{Date, DateTime, Time as Clock};

use super::{Accumulation, PeriodRules, Stock, accumulated, quarter, two_periods};
use crate::diag::Diagnostic;
use crate::stats::{Month, Period, Time};

/// A day as programs write it: `2025-01-31`, with a time of day or without.
pub(super) fn iso_moment(text: &str) -> Option<DateTime> {
    let bytes = text.as_bytes();
    let is_day = bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let date = || text.parse::<Date>().ok().map(|date| date.to_datetime(Clock::midnight()));
    is_day.then(|| text.parse().ok().or_else(date)).flatten()
}

/// A period as programs write it: `2025`, `2025.0`, `2025-Q1`, `2025-01..2025-06`, `2025-06`, `202506`.
pub(super) fn code(text: &str, rules: &PeriodRules) -> Result<Option<Time>, Diagnostic> {
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
        return Err(two_periods(text, one, other).hint(message!(
            "write `months = \"discrete\"` if it is that month, `months = \"cumulative\"` if \
                it is all months from January"
        )));
    };
    match (months, rules.stock) {
        // The beginning of three months or of six is another day, and the code does not tell which is meant.
        (Accumulation::Cumulative, Some(Stock::AtBeginning)) if month.month < 12 => {
            Err(two_periods(text, month.first_day(), alone.to_date().start.first_day())
                .note(message!("only the code of December is known to mean a whole year"))
                .hint(message!("write `months = \"discrete\"` if the stocks are monthly")))
        }
        (Accumulation::Cumulative, _) => accumulated(alone.to_date(), None, rules.stock),
        (Accumulation::Discrete, _) => accumulated(alone, None, rules.stock),
    }
}
