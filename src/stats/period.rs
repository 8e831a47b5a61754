//! Periods: the months a figure covers, and how people write them.
//!
//! Data files have `2025-01..2025-06`; the command line also takes `2025-H1`, `2025-9M`, `2025-Q2` and
//! `2025`. Published totals are cumulative from January ("year to date"); a later quarter is the
//! difference of two such totals and is flagged as derived.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A run of consecutive whole months in one or more years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Period {
    /// First month.
    pub start: Month,
    /// Last month.
    pub end: Month,
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year, as 2025.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
}

/// The kind of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// January to December.
    Year,
    /// From January to a month before December: the cumulative form in which totals are published.
    YearToDate,
    /// April–June, July–September or October–December: computed by subtraction.
    Quarter,
    /// One month other than January.
    Month,
    /// Any other run of months.
    Months,
}

impl Period {
    /// January to `month` of `year`.
    pub fn year_to_date(year: i16, month: i8) -> Self {
        Self { start: Month { year, month: 1 }, end: Month { year, month } }
    }

    /// The quarter 1 to 4 of `year`.
    pub fn quarter(year: i16, quarter: i8) -> Self {
        Self {
            start: Month { year, month: quarter * 3 - 2 },
            end: Month { year, month: quarter * 3 },
        }
    }

    /// The three months before a quarter.
    pub fn quarter_before(self) -> Self {
        let Month { year, month } = self.start;
        if month <= 3 { Self::quarter(year - 1, 4) } else { Self::quarter(year, (month - 1) / 3) }
    }

    /// Its months, in order.
    pub fn months(self) -> Vec<Self> {
        let mut months = vec![];
        let mut at = self.start;
        while at <= self.end {
            months.push(Self { start: at, end: at });
            at = match at.month {
                12 => Month { year: at.year + 1, month: 1 },
                month => Month { month: month + 1, ..at },
            };
        }
        months
    }

    /// Its kind.
    pub fn span(self) -> Span {
        let same_year = self.start.year == self.end.year;
        match (self.start.month, self.end.month) {
            (1, 12) if same_year => Span::Year,
            (1, _) if same_year => Span::YearToDate,
            (start, end) if same_year && start == end => Span::Month,
            (start, end) if same_year && start % 3 == 1 && end == start + 2 => Span::Quarter,
            _ => Span::Months,
        }
    }

    /// The quarter of its last month, 1 to 4.
    pub fn last_quarter(self) -> i8 {
        (self.end.month + 2) / 3
    }

    /// The same months `years` earlier.
    pub fn years_before(self, years: i16) -> Self {
        let shift = |month: Month| Month { year: month.year - years, ..month };
        Self { start: shift(self.start), end: shift(self.end) }
    }

    /// The period of the next release: three more months of a cumulative total, and after a full year the
    /// first quarter of the next one.
    pub fn next(self) -> Self {
        match self.span() {
            Span::Year => Self::year_to_date(self.end.year + 1, 3),
            Span::YearToDate => {
                Self::year_to_date(self.end.year, self.end.month.saturating_add(3).min(12))
            }
            _ => {
                let length = (self.end.year - self.start.year) * 12
                    + i16::from(self.end.month - self.start.month)
                    + 1;
                let later = |month: Month| {
                    let count = i16::from(month.month) - 1 + length;
                    let over = count.rem_euclid(12) as i8;
                    Month { year: month.year + count.div_euclid(12), month: over + 1 }
                };
                Self { start: later(self.start), end: later(self.end) }
            }
        }
    }

    /// The last calendar year that ended by its end.
    pub fn last_whole_year(self) -> Self {
        let year = if self.end.month == 12 { self.end.year } else { self.end.year - 1 };
        Self::year_to_date(year, 12)
    }

    /// January to its last month, the cumulative total that the source publishes.
    pub fn to_date(self) -> Self {
        Self::year_to_date(self.end.year, self.end.month)
    }

    /// For a cumulative total that ends with a quarter: that quarter, and the earlier total to be
    /// subtracted. `None` for January–March, which is a quarter itself.
    pub fn quarter_by_subtraction(self) -> Option<(Self, Self)> {
        let whole = matches!(self.span(), Span::YearToDate | Span::Year);
        (whole && self.end.month % 3 == 0 && self.end.month > 3).then(|| {
            (
                Self::quarter(self.end.year, self.last_quarter()),
                Self::year_to_date(self.end.year, self.end.month - 3),
            )
        })
    }

    /// The day after its last day: the date of a stock at the end of the period.
    pub fn day_after(self) -> Date {
        let Month { year, month } = self.end;
        if month == 12 {
            Date::constant(year + 1, 1, 1)
        } else {
            Date::constant(year, month + 1, 1)
        }
    }

    /// The short name used for folders and on the command line: `2025-H1`, `2025-9M`, `2025`.
    pub fn short(self) -> String {
        let Month { year, month } = self.end;
        match self.span() {
            Span::Year => format!("{year}"),
            Span::YearToDate if month == 3 => format!("{year}-Q1"),
            Span::YearToDate if month == 6 => format!("{year}-H1"),
            Span::YearToDate => format!("{year}-{month}M"),
            Span::Quarter => format!("{year}-Q{}", self.last_quarter()),
            Span::Month | Span::Months => self.to_string(),
        }
    }
}

impl Month {
    /// Its first day.
    pub fn first_day(self) -> Date {
        Date::constant(self.year, self.month, 1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a month: write it as 2025-06");
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(wrong());
        }
        let year = year.parse().map_err(|_| wrong())?;
        let month = month.parse().map_err(|_| wrong())?;
        if !(1900..=2199).contains(&year) || !(1..=12).contains(&month) {
            return Err(wrong());
        }
        Ok(Self { year, month })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((start, end)) = text.split_once("..") {
            let (start, end) = (start.parse()?, end.parse()?);
            if start > end {
                return Err(format!("`{text}` ends before it starts"));
            }
            return Ok(Self { start, end });
        }
        let wrong = || {
            format!(
                "`{text}` is not a period: write 2025-H1, 2025-9M, 2025-Q2, 2025 or \
                 2025-01..2025-06"
            )
        };
        let (year, part) = match text.split_once('-') {
            Some((year, part)) => (year, part.to_ascii_uppercase()),
            None => (text, "12M".to_owned()),
        };
        let year: i16 = year.parse().map_err(|_| wrong())?;
        if !(1900..=2199).contains(&year) {
            return Err(wrong());
        }
        match part.as_str() {
            "H1" => return Ok(Self::year_to_date(year, 6)),
            "Q1" | "Q2" | "Q3" | "Q4" => {
                return Ok(Self::quarter(year, (part.as_bytes()[1] - b'0') as i8));
            }
            _ => {}
        }
        let months = part.strip_suffix('M').ok_or_else(wrong)?;
        match months.parse::<i8>() {
            Ok(months @ 1..=12) => Ok(Self::year_to_date(year, months)),
            _ => Err(wrong()),
        }
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_period_means_the_same_months() {
        for (written, meant, short) in [
            ("2025-H1", "2025-01..2025-06", "2025-H1"),
            ("2025-6M", "2025-01..2025-06", "2025-H1"),
            ("2025-9m", "2025-01..2025-09", "2025-9M"),
            ("2025", "2025-01..2025-12", "2025"),
            ("2025-Q1", "2025-01..2025-03", "2025-Q1"),
            ("2025-Q2", "2025-04..2025-06", "2025-Q2"),
            ("2025-01..2025-06", "2025-01..2025-06", "2025-H1"),
        ] {
            let period: Period = written.parse().unwrap();
            assert_eq!(period.to_string(), meant);
            assert_eq!(period.short(), short);
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for written in [
            "",
            "2025-H2",
            "2025-13M",
            "2025-0M",
            "25",
            "2025-Q5",
            "2025-06..2025-01",
            "2025-1..2025-06",
            "-",
            "2025-",
            "99999999999",
        ] {
            assert!(written.parse::<Period>().is_err(), "{written}");
        }
    }

    #[test]
    fn the_second_quarter_is_six_months_less_three() {
        let half: Period = "2025-H1".parse().unwrap();
        let (quarter, before) = half.quarter_by_subtraction().unwrap();
        assert_eq!(quarter.to_string(), "2025-04..2025-06");
        assert_eq!(before.to_string(), "2025-01..2025-03");
        assert_eq!(half.years_before(1).to_string(), "2024-01..2024-06");
        assert_eq!(before.quarter_by_subtraction(), None);
        assert_eq!(half.day_after(), Date::constant(2025, 7, 1));
    }
}
