//! Lint: typographic errors in typed text (guard 13 of BRIEF).
//!
//! In: a run of text in one language. Out: [`Finding`]s, each with its correction. The rules follow from
//! the language file: its signs, dashes, quotes, months and `[typography]`. A rule about which the file
//! states nothing is not applied. Names from data are not checked, since they are printed unchanged.

use std::ops::Range;

use crate::diag::{Diagnostic, Message, Place};

use super::{Locale, TYPOGRAPHY};

/// The rule that a finding violates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A number may be broken at the end of a line.
    GroupSpace,
    /// A number may be separated from its word at the end of a line.
    NoBreakSpace,
    /// A wrong space before the percent sign.
    PercentSpace,
    /// Another language's decimal sign.
    DecimalSign,
    /// A hyphen as minus.
    Minus,
    /// A hyphen, or another dash, in a range.
    RangeDash,
    /// A hyphen as dash, or a dash that may start a line.
    SentenceDash,
    /// A typewriter's quotation mark.
    StraightQuote,
    /// Another language's quotation mark.
    ForeignQuote,
    /// Two spaces.
    DoubleSpace,
    /// A space before a sign that touches its word.
    SpaceBeforeSign,
    /// Three full stops.
    Ellipsis,
}

impl Rule {
    /// The message, in one sentence.
    pub fn message(self) -> Message {
        match self {
            Self::GroupSpace => message!("an ordinary space within a number"),
            Self::NoBreakSpace => message!("an ordinary space where the line must not break"),
            Self::PercentSpace => message!("wrong space before the percent sign"),
            Self::DecimalSign => message!("not this language's decimal sign"),
            Self::Minus => message!("a hyphen instead of minus"),
            Self::RangeDash => message!("the wrong dash for a range"),
            Self::SentenceDash => message!("the wrong dash for a sentence"),
            Self::StraightQuote => message!("a straight quotation mark"),
            Self::ForeignQuote => message!("not this language's quotation mark"),
            Self::DoubleSpace => message!("two spaces"),
            Self::SpaceBeforeSign => {
                message!(
                    "a space before a punctuation mark that follows its word \
                directly"
                )
            }
            Self::Ellipsis => message!("three full stops instead of the ellipsis"),
        }
    }
}

/// One typographic mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The violated rule.
    pub rule: Rule,
    /// Its byte range in the text.
    pub range: Range<usize>,
    /// The correct text.
    pub wanted: String,
}

impl Finding {
    /// The diagnostic, for a text at `place`.
    pub fn diagnostic(&self, place: impl Into<Option<Place>>) -> Diagnostic {
        let wanted = match &*self.wanted {
            "" => message!("delete it"),
            wanted => message!("write `{wanted}`", wanted = visible(wanted)),
        };
        Diagnostic::error(TYPOGRAPHY, self.rule.message()).at(place).hint(wanted)
    }
}

/// Replaces invisible spaces by their code points.
fn visible(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '\u{a0}' => "\\u00A0".to_owned(),
            '\u{202f}' => "\\u202F".to_owned(),
            '\u{2212}' => "\u{2212} (U+2212)".to_owned(),
            sign => sign.to_string(),
        })
        .collect()
}

/// All typographic errors of `text`, in order.
pub fn lint(text: &str, locale: &Locale) -> Vec<Finding> {
    let mut run = Run { text, locale, found: vec![] };
    run.spaces_in_numbers();
    run.words_of_numbers();
    run.percentages();
    run.hyphens();
    run.sentence_dashes();
    run.quotes();
    run.stray_spaces();
    run.ellipses();
    run.found.sort_by_key(|finding| (finding.range.start, finding.rule));
    run.found
}

const NO_BREAK_SPACES: [char; 2] = ['\u{a0}', '\u{202f}'];
const DASHES: [char; 4] = ['-', '\u{2013}', '\u{2014}', '\u{2212}'];
const STRAIGHT: [char; 2] = ['"', '\''];
const QUOTES: [char; 11] = [
    '\u{ab}', '\u{bb}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}', '\u{201e}',
    '\u{2039}', '\u{203a}', '\u{201f}',
];
const APOSTROPHE: char = '\u{2019}';

struct Run<'a> {
    text: &'a str,
    locale: &'a Locale,
    found: Vec<Finding>,
}

impl<'a> Run<'a> {
    fn report(&mut self, rule: Rule, range: Range<usize>, wanted: impl Into<String>) {
        let wanted = wanted.into();
        if self.text.get(range.clone()) != Some(wanted.as_str()) {
            self.found.push(Finding { rule, range, wanted });
        }
    }

    fn before(&self, at: usize) -> &'a str {
        &self.text[..at]
    }

    fn after(&self, at: usize) -> &'a str {
        &self.text[at..]
    }

    /// The byte offsets where `sign` occurs.
    fn places(&self, sign: &str) -> Vec<usize> {
        if sign.is_empty() {
            return vec![];
        }
        self.text.match_indices(sign).map(|(at, _)| at).collect()
    }

    fn spaces_in_numbers(&mut self) {
        let group = self.locale.language.symbols.group.clone();
        if !group.starts_with(NO_BREAK_SPACES) {
            return;
        }
        for at in self.places(" ") {
            let left = digits_at_end(self.before(at));
            let right = digits_at_start(self.after(at + 1));
            let decimal = &*self.locale.language.symbols.decimal;
            let is_fraction = self.before(at - left).ends_with(decimal);
            if (1..=3).contains(&left) && right == 3 && !is_fraction {
                self.report(Rule::GroupSpace, at..at + 1, group.as_str());
            }
        }
    }

    fn words_of_numbers(&mut self) {
        let locale = self.locale;
        let words = &locale.language.typography.no_break_before;
        for word in words {
            for at in self.places(&format!(" {word}")) {
                let is_number = self.is_quantity(self.before(at));
                if is_number && !self.after(at + 1 + word.len()).starts_with(char::is_alphabetic) {
                    self.report(Rule::NoBreakSpace, at..at + 1, "\u{a0}");
                }
            }
        }
        for word in &locale.language.typography.no_break_after {
            for at in self.places(&format!("{word} ")) {
                let space = at + word.len();
                if !self.before(at).ends_with(char::is_alphabetic) {
                    self.report(Rule::NoBreakSpace, space..space + 1, "\u{a0}");
                }
            }
        }
    }

    /// Whether a text ends with a number, or with a number and its scale: «16,1 тыс.».
    fn is_quantity(&self, text: &str) -> bool {
        let words = &self.locale.language.typography.no_break_before;
        let number = words.iter().find_map(|word| text.strip_suffix(word.as_str()));
        let scaled = number.filter(|number| number.ends_with([' ', '\u{a0}']));
        text.ends_with(is_digit)
            || scaled.is_some_and(|number| number.trim_end().ends_with(is_digit))
    }

    fn percentages(&mut self) {
        let symbols = &self.locale.language.symbols;
        let (_, tail) = self.locale.language.percent.around();
        let sign = tail.trim_start();
        let gap = &tail[..tail.len() - sign.len()];
        for at in self.places(sign) {
            let number = self.before(at).trim_end();
            if !number.ends_with(is_digit) {
                continue;
            }
            self.report(Rule::PercentSpace, number.len()..at, gap);
            let fraction = digits_at_end(number);
            let whole = &number[..number.len() - fraction];
            let wrong = whole.ends_with(['.', ',']) && !whole.ends_with(&*symbols.decimal);
            let is_group = whole.ends_with(&*symbols.group) && fraction == 3;
            if wrong && !is_group && whole[..whole.len() - 1].ends_with(is_digit) {
                let decimal = symbols.decimal.as_str();
                self.report(Rule::DecimalSign, whole.len() - 1..whole.len(), decimal);
            }
        }
    }

    fn hyphens(&mut self) {
        let language = &self.locale.language;
        for (at, dash) in self.text.char_indices().filter(|(_, sign)| DASHES.contains(sign)) {
            let (before, after) = (self.before(at), self.after(at + dash.len_utf8()));
            let range = at..at + dash.len_utf8();
            let (left, right) = (digits_at_end(before), digits_at_start(after));
            if right > 0 && dash == '-' && (before.is_empty() || before.ends_with(opens)) {
                self.report(Rule::Minus, range, language.symbols.minus.as_str());
            } else if is_number_range(before, left, after, right) {
                self.report(Rule::RangeDash, range, language.number_dash.as_str());
            } else if self.is_month(last_word(before)) && self.is_month(first_word(after)) {
                self.report(Rule::RangeDash, range, language.month_dash.as_str());
            }
        }
    }

    fn is_month(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let months = self.locale.language.months.values().flatten();
        !word.is_empty()
            && months
                .into_iter()
                .any(|month| month.to_lowercase() == word && month.chars().all(char::is_alphabetic))
    }

    fn sentence_dashes(&mut self) {
        let Some(dash) = &self.locale.language.typography.dash else { return };
        let sign = dash.trim();
        for written in [" - ".to_owned(), format!(" {sign} ")] {
            for at in self.places(&written) {
                self.report(Rule::SentenceDash, at..at + written.len(), dash.as_str());
            }
        }
    }

    fn quotes(&mut self) {
        let language = &self.locale.language;
        let own = [&language.outer, &language.inner];
        for (at, mark) in self.text.char_indices() {
            let range = at..at + mark.len_utf8();
            let before = self.before(at);
            let after = self.after(range.end);
            let in_word =
                before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic);
            let opens_quote = before.is_empty()
                || before.ends_with(opens)
                || own.iter().any(|[open, _]| before.ends_with(&**open));
            let wanted = &language.outer[usize::from(!opens_quote)];
            if STRAIGHT.contains(&mark) {
                // Inside a word it is an apostrophe.
                if !(mark == '\'' && in_word) {
                    self.report(Rule::StraightQuote, range, wanted.as_str());
                }
            } else if QUOTES.contains(&mark) {
                // One language's opening mark is another language's closing mark, so the side matters.
                let side = usize::from(!opens_quote);
                let is_own = own.iter().any(|pair| pair[side].starts_with(mark));
                let is_apostrophe = mark == APOSTROPHE && in_word;
                if !is_own && !is_apostrophe {
                    self.report(Rule::ForeignQuote, range, wanted.as_str());
                }
            }
        }
    }

    fn stray_spaces(&mut self) {
        let locale = self.locale;
        let is_space = |sign: char| sign == ' ' || NO_BREAK_SPACES.contains(&sign);
        let mut start = None;
        for (at, sign) in self.text.char_indices().chain([(self.text.len(), '\n')]) {
            match (is_space(sign), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    let spaces = &self.text[from..at];
                    let keep = spaces.chars().find(|sign| *sign != ' ').unwrap_or(' ');
                    if spaces.chars().count() > 1 {
                        self.report(Rule::DoubleSpace, from..at, keep);
                    }
                    start = None;
                    let touching = &locale.language.typography.no_space_before;
                    // Full stops in "the .5" and "the ..." do not end a sentence.
                    let touches = touching.iter().any(|touching| {
                        self.after(at).strip_prefix(&**touching).is_some_and(|rest| {
                            !rest.starts_with(is_digit) && !rest.starts_with(&**touching)
                        })
                    });
                    if touches && from > 0 {
                        self.report(Rule::SpaceBeforeSign, from..at, "");
                    }
                }
                _ => {}
            }
        }
    }

    fn ellipses(&mut self) {
        let Some(ellipsis) = &self.locale.language.typography.ellipsis else { return };
        for at in self.places("...") {
            self.report(Rule::Ellipsis, at..at + 3, ellipsis.as_str());
        }
    }
}

fn is_digit(sign: char) -> bool {
    sign.is_ascii_digit()
}

/// Whether a character may precede a minus sign or an opening quotation mark.
fn opens(sign: char) -> bool {
    sign.is_whitespace() || "([{/\u{2014}\u{2013}".contains(sign)
}

fn digits_at_end(text: &str) -> usize {
    text.len() - text.trim_end_matches(is_digit).len()
}

fn digits_at_start(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_digit).len()
}

fn last_word(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphabetic).len()..]
}

fn first_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(char::is_alphabetic).len()]
}

/// Whether the digits on both sides of a dash form a range, rather than a date of three parts, the number
/// of an act, a telephone number or a code.
fn is_number_range(before: &str, left: usize, after: &str, right: usize) -> bool {
    let joins =
        |sign: char| sign.is_alphanumeric() || DASHES.contains(&sign) || "./:".contains(sign);
    let head = &before[..before.len() - left];
    let tail = &after[right..];
    let month_of_year = left == 4 && right == 2;
    (1..=4).contains(&left)
        && (1..=4).contains(&right)
        && !month_of_year
        && !head.ends_with(joins)
        && !tail.starts_with(|sign: char| sign.is_alphanumeric() || DASHES.contains(&sign))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shipped;
    use super::Rule::*;
    use super::*;

    fn mended(text: &str, locale: &Locale) -> String {
        let mut mended = text.to_owned();
        for finding in lint(text, locale).into_iter().rev() {
            mended.replace_range(finding.range, &finding.wanted);
        }
        mended.replace('\u{a0}', "~")
    }

    #[test]
    fn each_mistake_is_found_and_has_its_remedy() {
        let ru = shipped("ru");
        let en = shipped("en");
        for (locale, text, rules, expected) in [
            (&ru, "всего 11 267 человек", vec![GroupSpace], "всего 11~267 человек"),
            (&ru, "1 234 567", vec![GroupSpace, GroupSpace], "1~234~567"),
            (&ru, "20,6 %", vec![PercentSpace], "20,6~%"),
            (&ru, "20,6%", vec![PercentSpace], "20,6~%"),
            (&ru, "20.6\u{a0}%", vec![DecimalSign], "20,6~%"),
            (&en, "20.6 %", vec![PercentSpace], "20.6%"),
            (&en, "20,6%", vec![DecimalSign], "20.6%"),
            (&ru, "7 чел. в 2025 г.", vec![NoBreakSpace, NoBreakSpace], "7~чел. в 2025~г."),
            (
                &ru,
                "10,2\u{a0}тыс. чел. и 2\u{a0}млрд тенге",
                vec![NoBreakSpace, NoBreakSpace],
                "10,2~тыс.~чел. и 2~млрд~тенге",
            ),
            (&ru, "г. Астана, тыс. чел.", vec![], "г. Астана, тыс. чел."),
            (&ru, "130 тыс. чел.", vec![NoBreakSpace, NoBreakSpace], "130~тыс.~чел."),
            (&ru, "Число, тыс. чел.", vec![], "Число, тыс. чел."),
            (&ru, "№ 12", vec![NoBreakSpace], "№~12"),
            (&ru, "сальдо -5", vec![Minus], "сальдо −5"),
            (&en, "(-5)", vec![Minus], "(−5)"),
            (&ru, "2023-2027", vec![RangeDash], "2023–2027"),
            (&en, "ages 15-34", vec![RangeDash], "ages 15–34"),
            (&ru, "в январе-июне", vec![RangeDash], "в январе–июне"),
            (&en, "January-June", vec![RangeDash], "January–June"),
            (&ru, "\"Серпін\"", vec![StraightQuote, StraightQuote], "«Серпін»"),
            (&ru, "“Серпін”", vec![ForeignQuote, ForeignQuote], "«Серпін»"),
            (&en, "«Serpin»", vec![ForeignQuote, ForeignQuote], "‘Serpin’"),
            (&ru, "два  пробела", vec![DoubleSpace], "два пробела"),
            (&ru, "слово , слово", vec![SpaceBeforeSign], "слово, слово"),
            (&ru, "сальдо — плюс", vec![SentenceDash], "сальдо~— плюс"),
            (&ru, "сальдо - плюс", vec![SentenceDash], "сальдо~— плюс"),
            (&en, "and so on...", vec![Ellipsis], "and so on…"),
        ] {
            let found: Vec<Rule> = lint(text, locale).iter().map(|found| found.rule).collect();
            assert_eq!(found, rules, "{text}");
            assert_eq!(mended(text, locale), expected);
        }
    }

    #[test]
    fn what_is_right_is_left_alone() {
        let ru = shipped("ru");
        let en = shipped("en");
        for (locale, text) in [
            (
                &ru,
                "Сальдо внешней миграции за\u{a0}январь–июнь 2025\u{a0}г.\u{a0}— +7\u{a0}749\u{a0}чел.",
            ),
            (&ru, "Постановление от 09.02.2026 №\u{a0}477-IV, виза B12-1, тел. 8-717-274-12-34"),
            (&ru, "«Ата жолы» и «Программа „Серпін“»"),
            (&ru, "в 2025\u{a0}г. 267 человек; ISO 2025-01-31, 2025-01"),
            (&ru, "Северо-Казахстанская область"),
            (&en, "Net migration in January–June 2025 was +7,749: 11,267 arrived, 20.6% more."),
            (&en, "the ministry’s ‘quoted “inner” plan’ – and more; don't"),
            (&en, "1,234% of it"),
            (&en, ""),
        ] {
            assert_eq!(lint(text, locale), [], "{text}");
        }
    }

    #[test]
    fn what_a_locale_prints_passes_its_own_lint() {
        use crate::locale::Sign;
        use crate::stats::Quantity;
        for lang in ["ru", "en", "kk"] {
            let locale = shipped(lang);
            for value in [0.0, 1.0, -21.0, 1234.0, -1_234_567.0] {
                for step in [1.0, 100.0, 1000.0] {
                    let quantity = Quantity::rounded(value, step);
                    let mut texts = vec![
                        locale.integer(quantity, Sign::Always),
                        locale.percent(quantity, 1, Sign::Auto),
                        locale.points(quantity, 1, Sign::Auto),
                        locale.index_points(quantity, 1, Sign::Auto),
                        locale.counted(quantity, "persons-short").unwrap(),
                    ];
                    for form in locale.language.periods.keys() {
                        let period = crate::stats::Period::year_to_date(2025, 6);
                        texts.push(locale.period(period, form).unwrap());
                    }
                    for text in texts {
                        assert_eq!(lint(&text, &locale), [], "{text}");
                    }
                }
            }
        }
    }
}
