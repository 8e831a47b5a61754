//! Numbers that are shown as days.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// The moment that a number of days stands for, to the second. `None` for a time of a day alone, for the
/// 29 February 1900 that spreadsheet programs count and no calendar has, and for what lies beyond the year 9999.
pub(in crate::workbook) fn moment(number: f64, counts_from_1904: bool) -> Option<DateTime> {
    const SECONDS: f64 = 86_400.0;
    if !(number.is_finite() && (0.0..3_000_000.0).contains(&number)) {
        return None;
    }
    let seconds = (number * SECONDS).round();
    let days = (seconds / SECONDS).floor();
    let rest = seconds - days * SECONDS;
    let days = days as i64;
    let first = match (counts_from_1904, days) {
        (true, _) => Date::constant(1904, 1, 1),
        (false, ..=0 | 60) => return None,
        (false, 1..=59) => Date::constant(1899, 12, 31),
        (false, _) => Date::constant(1899, 12, 30),
    };
    let date = first.checked_add(days.days()).ok()?;
    let rest = rest as i64;
    let time = Time::new((rest / 3600) as i8, (rest / 60 % 60) as i8, (rest % 60) as i8, 0).ok()?;
    (date.year() <= 9999).then(|| date.to_datetime(time))
}

/// A day or a moment as ISO 8601 writes it.
pub(in crate::workbook) fn iso(text: &str) -> Option<DateTime> {
    let text = text.trim().trim_end_matches('Z');
    let date = || text.parse::<Date>().ok().map(|date| date.to_datetime(Time::midnight()));
    text.parse().ok().or_else(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheet_programs_count_them() {
        let shown = |number, from_1904| moment(number, from_1904).map(|moment| moment.to_string());
        assert_eq!(shown(1.0, false).as_deref(), Some("1900-01-01T00:00:00"));
        assert_eq!(shown(59.0, false).as_deref(), Some("1900-02-28T00:00:00"));
        assert_eq!(shown(60.0, false), None);
        assert_eq!(shown(61.0, false).as_deref(), Some("1900-03-01T00:00:00"));
        assert_eq!(shown(45_658.0, false).as_deref(), Some("2025-01-01T00:00:00"));
        assert_eq!(shown(45_658.5, false).as_deref(), Some("2025-01-01T12:00:00"));
        assert_eq!(shown(45_657.999_999_9, false).as_deref(), Some("2025-01-01T00:00:00"));
        assert_eq!(shown(44_196.0, true).as_deref(), Some("2025-01-01T00:00:00"));
        for number in [0.5, -1.0, f64::NAN, f64::INFINITY, 2_958_466.0, 1e300] {
            assert_eq!(shown(number, false), None, "{number}");
        }
    }
}
