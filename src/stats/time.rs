//! The time of a figure: a period for a flow, a day for a stock.

use jiff::civil::Date;

use super::{Month, Period};

/// The time of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Time {
    /// A flow over whole months.
    Over(Period),
    /// A stock at the start of a day.
    At(Date),
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Over(period) => period.fmt(f),
            Self::At(date) => date.fmt(f),
        }
    }
}

impl std::str::FromStr for Time {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(date) => Ok(Self::At(date)),
            Err(_) => text.parse().map(Self::Over),
        }
    }
}

impl Time {
    /// Parses a day, month or year in a cell of a register: `2025-08-11`, `2025-08` or `2025`.
    pub fn of_register(text: &str) -> Option<Self> {
        if let Ok(day) = text.parse::<Date>() {
            return Some(Self::At(day));
        }
        if let Ok(month) = text.parse::<Month>() {
            return Some(Self::Over(Period { start: month, end: month }));
        }
        let is_year = text.len() == 4 && text.chars().all(|c| c.is_ascii_digit());
        is_year.then(|| text.parse().ok().map(Self::Over)).flatten()
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        match self {
            Self::At(day) => day,
            Self::Over(period) => period.start.first_day(),
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        match self {
            Self::At(day) => day,
            Self::Over(period) => period.day_after().yesterday().unwrap_or(Date::MAX),
        }
    }
}
