//! From the label of a column or row to the time that its figures are of.
//!
//! In: a text as `I quarter 2024` or `January–June 2026`, or a cell with a year, a code or a day; and what a recipe
//! declares of such labels ([`PeriodRules`]). Out: a [`Time`], and the footnote marks that were taken off. Every word of
//! a label has to be known ([`Words`]): a label that says more than when is refused, since its figures may be of
//! something else.
//!
//! What a label does not tell has to be declared: whether the second quarter is three months or six, whether `202412` is a
//! month or a year, whether a stock holds at the beginning or at the end.

mod code;
mod label;

use jiff::civil::{DateTime, Time as Clock};
use schemars::JsonSchema;
use serde::Deserialize;

use super::marks;
use super::words::Words;
use crate::diag::{Code, Diagnostic};
use crate::stats::{Month, Period, Time};
use crate::workbook::{Cell, Content};
use code::{code, iso_moment};
use label::Label;

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
    /// The month of the day.
    Month,
    /// The year of the day.
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
        no_period(text).note(message!("`{unknown}` is not a word of a period", unknown))
    })?;
    done(label.time(text, rules)?)
}

fn no_period(text: &str) -> Diagnostic {
    Diagnostic::error(
        Code::K1221,
        message!("`{text}` is not a period", text = marks::trimmed(text)),
    )
    .hint(message!("if it does not name a period, remove it from the cells of this dimension"))
    .hint(message!(
        "if it is a word that kosh should know, add it to `templates/reading/LANG.toml`"
    ))
}

fn two_periods(
    text: &str,
    one: impl std::fmt::Display,
    other: impl std::fmt::Display,
) -> Diagnostic {
    let message = message!(
        "`{text}` can be two periods: {one} or {other}",
        text = marks::trimmed(text),
        one,
        other
    );
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
        _ => Err(Diagnostic::error(
            Code::K1223,
            message!(
                "`{moment}` is a day, but a period is expected",
                moment = Content::Date(moment).shown()
            ),
        )
        .note(message!("spreadsheet programs turn texts such as 1.2025 or Jan 2025 into days"))
        .hint(message!(
            "write `dates = \"month\"` if the days stand for their months, `dates = \"day\"` \
                for stocks on a day"
        ))),
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
/// A quarter or a half of a year that does not begin with January.
fn quarter(text: &str, period: Period, rules: &PeriodRules) -> Result<Time, Diagnostic> {
    match (rules.stock, rules.quarters) {
        (None, None) => Err(two_periods(text, period, period.to_date()).hint(message!(
            "write `quarters = \"cumulative\"` if the figures are totals from January, \
                `quarters = \"discrete\"` if not"
        ))),
        (None, declared) => accumulated(period, declared, None),
        (stock, _) => accumulated(period, None, stock),
    }
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
