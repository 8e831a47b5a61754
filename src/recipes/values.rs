//! From a cell to a figure, strictly.
//!
//! In: a [`Cell`] and how a recipe says numbers are written ([`Notation`]). Out: the figure in the unit of the table,
//! how finely it is known, and the marks that were taken off; or what stands there in the place of one. What can be
//! read in two ways is refused, and so is what only begins like a number.
//!
//! How finely a figure is known follows from what a reader of the sheet sees: the digits that were typed, or those
//! that the number format shows. A percentage that is stored as 0.189 and shown as 18.9 % is 18.9, known to 0.1.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::marks;
use crate::diag::{Code, Diagnostic, Message, Warned};
use crate::stats::rounding;
use crate::workbook::{Cell, Content, Formula};

/// The meaning of a cell without a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// There is nothing to count: the figure is zero.
    Zero,
    /// There is a figure, but the office does not have it or does not print it yet.
    NotAvailable,
    /// There is a figure that the office may not print.
    Confidential,
    /// There can be no figure.
    NotApplicable,
}

/// How the numbers of a sheet are written and what they count.
#[derive(Debug, Clone)]
pub struct Notation {
    /// What stands before the decimals: a comma or a full stop.
    pub decimal: char,
    /// What stands between thousands beside blanks; nothing else may, if nothing is said.
    pub group: Option<char>,
    /// Whether brackets around a number mean a negative one.
    pub parentheses: bool,
    /// Footnote marks that stand behind figures without being raised, such as `*` or `1)`.
    pub marks: Vec<String>,
    /// What stands in the place of a figure, and what it means; the empty text for an empty cell.
    pub missing: BTreeMap<String, Missing>,
    /// Whether the figures count things, which are whole.
    pub is_count: bool,
    /// Whether the figures are percentages.
    pub is_percent: bool,
    /// By what a number of the sheet is multiplied: 1000 if the sheet counts in thousands and the table does not.
    pub scale: f64,
    /// The unit that the figures are rounded to, after scaling; by default what the sheet shows.
    pub rounded_to: Option<f64>,
}

impl Default for Notation {
    fn default() -> Self {
        Self {
            decimal: ',',
            group: None,
            parentheses: false,
            marks: vec![],
            missing: BTreeMap::new(),
            is_count: false,
            is_percent: false,
            scale: 1.0,
            rounded_to: None,
        }
    }
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A figure.
    Figure(Figure),
    /// That there is none, and why; with the marks that stand behind it.
    Missing(Missing, Vec<String>),
}

/// A figure as a table has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The value, scaled.
    pub value: f64,
    /// The unit that it is rounded to.
    pub rounded_to: f64,
    /// Footnote marks that stand behind it.
    pub marks: Vec<String>,
    /// Whether the cell holds a text and no number, as always in a csv file.
    pub from_text: bool,
}

impl Figure {
    /// The value as a table has it: digits, a full stop, a hyphen before a negative one.
    pub fn digits(&self) -> String {
        digits(self.value, self.rounded_to)
    }
}

/// Reads a cell. The problem has no place yet: that is the cell's, which the caller knows.
///
/// # Errors
///
/// K1211 if it is no figure, K1212 if it can be read in two ways, K1215 if nobody computed it, K1216 if it is a
/// fraction of something that is counted, K1217 if nobody can tell how finely it is known.
pub fn value(cell: &Cell, notation: &Notation) -> Result<Warned<Reading>, Diagnostic> {
    if cell.formula == Formula::Uncalculated {
        return Err(Diagnostic::error(Code::K1215, message!("a formula without a result"))
            .note(message!("the program that made the file did not compute its formulas"))
            .hint(message!("open it in a spreadsheet program and save it")));
    }
    if cell.style.strike {
        return Err(no_figure(message!("a text in this cell is struck through"))
            .note(message!("the sheet does not say whether it is still valid"))
            .hint(message!("clear the cell or remove the line, as the source means it")));
    }
    let mut found = vec![];
    if let Some(raised) = cell.marks {
        marks::add(raised, &mut found);
    }
    let read = match cell.content {
        Content::Number(number) => stored(number, cell, notation)?,
        Content::Text(text) => match typed(text, notation, &mut found)? {
            Typed::Number(number) => number,
            Typed::Missing(why) => return Ok(Warned::clean(Reading::Missing(why, found))),
        },
        Content::Empty => {
            return match notation.missing.get("") {
                Some(why) => Ok(Warned::clean(Reading::Missing(*why, found))),
                None => Err(no_figure(message!("the cell is empty, but a figure is expected"))
                    .hint(message!(
                        "write what an empty cell means: `\"\" = \"not-available\"` under `missing`"
                    ))),
            };
        }
        Content::Date(_) => {
            return Err(no_figure(message!(
                "`{content}` is a day, not a figure",
                content = cell.content.shown()
            ))
            .note(message!("spreadsheet programs turn texts such as 1.5 or 2-3 into days"))
            .hint(message!("type the figure again in a cell with a number format")));
        }
        Content::Bool(_) | Content::Error(_) => {
            return Err(no_figure(message!(
                "`{content}` is not a figure",
                content = cell.content.shown()
            ))
            .hint(message!("correct the formula, or clear the cell")));
        }
    };
    let from_text = matches!(cell.content, Content::Text(_));
    let mut warned = figure(read, notation, found, from_text)?;
    // A column of shares of one that nobody formatted as percentages.
    let is_fraction = |figure: &Figure| figure.value != 0.0 && figure.value.abs() < 1.0;
    if let Reading::Figure(figure) = &warned.value
        && notation.is_percent
        && !cell.style.percent
        && is_fraction(figure)
    {
        let message = message!(
            "`{figure}` percent is less than one: is it a fraction?",
            figure = figure.digits()
        );
        warned.warnings.push(
            Diagnostic::warning(Code::K1218, message)
                .note(message!(
                    "0.189 in a cell without the format of a percentage is 0.189 percent"
                ))
                .hint(message!("if it is a fraction, write `scale = 100`")),
        );
    }
    Ok(warned)
}

fn no_figure(message: Message) -> Diagnostic {
    Diagnostic::error(Code::K1211, message)
}

/// A number of a sheet, and how many digits behind the decimal sign a reader sees.
struct Number {
    value: f64,
    decimals: i16,
    /// As it is quoted.
    shown: String,
    /// Whether it can be told how many digits are meant.
    is_known: bool,
}

enum Typed {
    Number(Number),
    Missing(Missing),
}

/// A number that the cell stores, in the digits that are shown.
fn stored(number: f64, cell: &Cell, notation: &Notation) -> Result<Number, Diagnostic> {
    let style = cell.style;
    if style.date {
        return Err(no_figure(message!(
            "`{number}` is shown as a time, so it is not a figure",
            number
        ))
        .hint(message!("give the cell a number format")));
    }
    if style.percent && !notation.is_percent {
        return Err(no_figure(message!("`{number}` is shown as a percentage", number))
            .note(message!("the recipe has another unit for these figures"))
            .hint(message!(
                "read the cells with percentages as another measure, with `unit = \"percent\"`"
            )));
    }
    let value = if style.percent { number * 100.0 } else { number };
    match style.decimals {
        Some(decimals) if decimals < 0 => {
            Err(no_figure(message!("the format of `{number}` leaves thousands out", number))
                .note(message!(
                    "the stored number and the number on the screen differ by the factor of the \
                    format"
                ))
                .hint(message!("give the cells the format `0` or `#,##0`, and check `scale`")))
        }
        Some(decimals) => {
            let shown =
                rounding::round(value, decimals.unsigned_abs()).ok_or_else(|| too_long(number))?;
            let rounded = rounding::to_f64(&shown);
            // What is counted is whole, and is not made so by a format.
            let value = if notation.is_count { rounding::held(value) } else { rounded };
            Ok(Number {
                value,
                decimals: i16::from(decimals),
                shown: shown.to_string(),
                is_known: true,
            })
        }
        None => {
            let value = rounding::held(value);
            let shown = value.to_string();
            let decimals = shown.split_once('.').map_or(0, |(_, part)| part.len());
            let decimals = i16::try_from(decimals).unwrap_or(i16::MAX);
            Ok(Number { value, decimals, shown, is_known: decimals <= MOST_DECIMALS })
        }
    }
}

/// No statistic is typed with more digits behind the decimal sign; what has more was computed.
const MOST_DECIMALS: i16 = 6;

fn too_long(shown: impl std::fmt::Display) -> Diagnostic {
    no_figure(message!("`{shown}` has more digits than can be kept", shown))
}

/// A text: what stands in the place of a figure, or a number.
fn typed(text: &str, notation: &Notation, found: &mut Vec<String>) -> Result<Typed, Diagnostic> {
    let whole = marks::trimmed(text);
    let missing = |text: &str| notation.missing.get(marks::trimmed(text)).copied();
    if let Some(why) = missing(whole) {
        return Ok(Typed::Missing(why));
    }
    if notation.marks.is_empty()
        && let Some(number) = digits_alone(whole)
    {
        return Ok(Typed::Number(number));
    }
    let mut taken = vec![];
    let mut body = marks::without_raised(whole, &mut taken);
    let mut declared: Vec<&str> =
        notation.marks.iter().map(String::as_str).filter(|mark| !mark.is_empty()).collect();
    declared.sort_by_key(|mark| std::cmp::Reverse(mark.len()));
    let mut behind: Vec<String> = vec![];
    while let Some(mark) =
        declared.iter().find(|mark| body.ends_with(**mark) && body.len() > mark.len())
    {
        behind.insert(0, (*mark).to_owned());
        body = marks::trimmed(&body[..body.len() - mark.len()]).trim_end_matches(',');
        if missing(body).is_some() {
            break;
        }
    }
    found.splice(0..0, behind.into_iter().chain(taken));
    if let Some(why) = missing(body) {
        return Ok(Typed::Missing(why));
    }
    number(body, whole, notation).map(Typed::Number)
}

/// A whole number of digits alone, as most texts with a figure are: whatever the notation, it is itself.
fn digits_alone(text: &str) -> Option<Number> {
    /// With more digits a float may not keep the last one.
    const MOST: usize = 15;
    let is_plain = (1..=MOST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    let value = text.parse().ok().filter(|_| is_plain)?;
    Some(Number { value, decimals: 0, shown: text.to_owned(), is_known: true })
}

/// A number as people type it.
fn number(body: &str, whole: &str, notation: &Notation) -> Result<Number, Diagnostic> {
    let (inside, mut is_negative) =
        match body.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inside) if notation.parentheses => (marks::trimmed(inside), true),
            Some(_) => {
                return Err(two_ways(whole).hint(message!(
                    "if brackets mean negative numbers, write `parentheses = true`"
                )));
            }
            None => (body, false),
        };
    let inside = match inside.strip_suffix('%') {
        Some(rest) if notation.is_percent => marks::trimmed(rest),
        Some(_) => {
            return Err(no_figure(message!("`{whole}` is a percentage", whole))
                .note(message!("the recipe has another unit for these figures")));
        }
        None => inside,
    };
    let unsigned = match inside.chars().next() {
        Some(
            '-' | '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{fe63}'
            | '\u{ff0d}',
        ) if !is_negative => {
            is_negative = true;
            inside.trim_start_matches(|c: char| {
                !c.is_ascii_digit() && !marks::is_blank(c) && c != notation.decimal
            })
        }
        Some('+') if !is_negative => &inside[1..],
        _ => inside,
    };
    let dashes = inside.chars().count() - unsigned.chars().count();
    let plain = (dashes <= 1).then(|| plain(unsigned, notation)).flatten();
    let Some(plain) = plain else { return Err(wrong(body, whole, notation)) };
    let part = plain.split_once('.').map_or("", |(_, part)| part);
    let whole_part = plain.split('.').next().unwrap_or_default();
    let is_declared =
        notation.group.is_some() || notation.rounded_to.is_some_and(|step| step < 0.01);
    let is_long = unsigned.contains(marks::is_blank) || whole_part.len() > 3 || whole_part == "0";
    if part.len() == 3 && !is_declared && !is_long {
        let thousands = plain.replace('.', "");
        return Err(two_ways(whole)
            .note(message!(
                "it is {thousands} if `{decimal}` separates thousands, or {plain}",
                thousands,
                decimal = notation.decimal,
                plain
            ))
            .hint(message!(
                "if it separates thousands, write `group = \"{decimal}\"` and the decimal sign",
                decimal = notation.decimal
            ))
            .hint(message!("if it is the decimal sign, write `rounded-to = 0.001`")));
    }
    let value: f64 = plain.parse().map_err(|_| wrong(body, whole, notation))?;
    let value = if is_negative { 0.0 - value } else { value };
    let decimals = i16::try_from(part.len()).unwrap_or(i16::MAX);
    Ok(Number { value, decimals, shown: whole.to_owned(), is_known: true })
}

/// The digits of a number with a full stop, if blanks and other signs stand only where thousands begin.
fn plain(text: &str, notation: &Notation) -> Option<String> {
    let (whole, part) = match text.split_once(notation.decimal) {
        Some((whole, part)) => (whole, Some(part)),
        None => (text, None),
    };
    let is_group = |c: char| is_thin(c) || Some(c) == notation.group;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split(is_group).collect();
    let (first, rest) = groups.split_first()?;
    let is_grouped = rest.is_empty() || first.len() <= 3;
    // One sign throughout: blanks and full stops between the thousands of one number are a slip.
    let mut signs =
        whole.chars().filter(|c| is_group(*c)).map(|c| if is_thin(c) { ' ' } else { c });
    let is_one_sign = signs.next().is_none_or(|sign| signs.all(|other| other == sign));
    let is_right = digits(first)
        && is_grouped
        && is_one_sign
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    if !is_right || part.is_some_and(|part| !digits(part)) {
        return None;
    }
    let whole = groups.concat();
    // A number does not begin with noughts; a code does.
    if whole.len() > 1 && whole.starts_with('0') {
        return None;
    }
    Some(match part {
        Some(part) => format!("{whole}.{part}"),
        None => whole,
    })
}

/// Blanks that stand between thousands.
fn is_thin(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{2008}' | '\u{2009}' | '\u{200a}' | '\u{202f}')
}

fn two_ways(whole: &str) -> Diagnostic {
    Diagnostic::error(Code::K1212, message!("`{whole}` can be read in two ways", whole))
}

/// Why a text is no number, and what may be meant.
fn wrong(body: &str, whole: &str, notation: &Notation) -> Diagnostic {
    let problem = no_figure(message!("`{whole}` is not a figure", whole));
    let other = if notation.decimal == ',' { '.' } else { ',' };
    // With one declaration more it would be one.
    let with_group = Notation { group: Some(other), ..notation.clone() };
    let with_decimal = Notation { decimal: other, group: None, ..notation.clone() };
    let signless = body.trim_start_matches(['-', '+', '\u{2212}', '\u{2013}']);
    if signless.contains(other) {
        let mut problem =
            Diagnostic::error(Code::K1212, message!("`{whole}` can be read in two ways", whole));
        if plain(signless, &with_group).is_some() {
            problem = problem.hint(message!(
                "if `{other}` separates thousands, write `group = \"{other}\"`",
                other
            ));
        }
        if plain(signless, &with_decimal).is_some() {
            problem = problem.hint(message!(
                "if `{other}` is the decimal sign, write `decimal = \"{other}\"`",
                other
            ));
        }
        if !problem.hints.is_empty() {
            return problem.note(message!(
                "the recipe says that `{decimal}` is the decimal sign",
                decimal = notation.decimal
            ));
        }
    }
    let mut taken = vec![];
    let bare = marks::without_marks(body, &mut taken);
    let stars = body.trim_end_matches('*');
    if let Some(mark) = taken.last().filter(|_| {
        plain(bare.trim_start_matches(['-', '\u{2212}', '\u{2013}']), notation).is_some()
            || stars.len() < body.len()
    }) {
        return problem
            .note(message!("a footnote mark that is not raised may be a digit of the number"))
            .hint(message!(
                "if `{mark}` is the mark of a footnote, write `marks = [\"{mark}\"]`",
                mark
            ));
    }
    if body.ends_with(')') && body.starts_with(|c: char| c.is_ascii_digit()) {
        return problem
            .note(message!("it is not clear where the number ends and its footnote mark begins"))
            .hint(message!("declare the mark, as `marks = [\"1)\"]`, or raise it in the sheet"));
    }
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return problem.hint(message!(
            "if it stands for a missing figure, write what it means: `\"{whole}\" = \
                \"not-available\"` under `missing`",
            whole
        ));
    }
    problem
        .hint(message!("type the figure again, or claim the cell under `ignore` with the reason"))
}

/// The digits of a figure that was read, rounded to this unit.
pub(super) fn digits(value: f64, rounded_to: f64) -> String {
    if is_plain(value, rounded_to) {
        // A whole number of fewer digits than a float keeps.
        return (value as i64).to_string();
    }
    rounding::nearest(value, rounded_to).map_or_else(String::new, |digits| digits.to_string())
}

/// Whether a number is its own nearest multiple of the unit, as most figures are.
fn is_plain(value: f64, rounded_to: f64) -> bool {
    rounded_to == 1.0 && value.fract() == 0.0 && value.abs() < rounding::TOO_LARGE
}

/// The figure in the unit of the table.
fn figure(
    number: Number,
    notation: &Notation,
    marks: Vec<String>,
    from_text: bool,
) -> Result<Warned<Reading>, Diagnostic> {
    let Number { value, decimals, shown, is_known } = number;
    let scaled = rounding::held(value * notation.scale);
    if !scaled.is_finite() || scaled.abs() >= rounding::TOO_LARGE {
        return Err(too_long(shown));
    }
    if notation.is_count && scaled.fract() != 0.0 {
        return Err(Diagnostic::error(
            Code::K1216,
            message!("`{shown}` is a fraction of something that is counted", shown),
        )
        .note(message!("a number of persons is whole"))
        .hint(message!("if the sheet counts in thousands, write `scale = 1000`"))
        .hint(message!("if it is an estimate, round it in the sheet as the source prints it")));
    }
    if !is_known && notation.rounded_to.is_none() {
        return Err(Diagnostic::error(
            Code::K1217,
            message!(
                "`{shown}` is computed, and its number of \
            valid digits is unknown",
                shown
            ),
        )
        .hint(message!(
            "write `rounded-to = 0.1`, or give the cells a number format with the printed \
                digits"
        )));
    }
    let seen = match (decimals, notation.scale) {
        (0, 1.0) => 1.0,
        _ => rounding::held(10_f64.powi(-i32::from(decimals.min(15))) * notation.scale),
    };
    let seen = if notation.is_count { seen.max(1.0) } else { seen };
    let rounded_to = notation.rounded_to.unwrap_or(seen);
    if is_plain(scaled, rounded_to) {
        // Zero has no sign.
        let value = scaled + 0.0;
        return Ok(Warned::clean(Reading::Figure(Figure { value, rounded_to, marks, from_text })));
    }
    let digits = rounding::nearest(scaled, rounded_to).ok_or_else(|| {
        Diagnostic::error(
            Code::K1217,
            message!("`{shown}` cannot be rounded to {rounded_to}", shown, rounded_to),
        )
        .hint(message!(
            "`rounded-to` and `scale` must be a power of ten, or 2, 2.5 or 5 times a power of \
                ten"
        ))
    })?;
    let value = rounding::to_f64(&digits);
    // What is typed more finely than the recipe says was not rounded as it says.
    if (value - scaled).abs() > rounded_to * 1e-6 && is_known {
        return Err(Diagnostic::error(
            Code::K1217,
            message!("`{shown}` is not rounded to {rounded_to}", shown, rounded_to),
        )
        .note(message!("the recipe says that the figures are rounded to this"))
        .hint(message!("correct `rounded-to`, or delete it: then the digits of each cell count")));
    }
    let figure = Figure { value, rounded_to, marks, from_text };
    Ok(Warned::clean(Reading::Figure(figure)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Address, Style};

    const PLAIN: Style = Style::PLAIN;

    fn cell(content: Content, style: Style) -> Cell {
        Cell { at: Address::new(0, 0), content, style, marks: None, formula: Formula::None }
    }

    fn read(
        content: Content,
        style: Style,
        notation: &Notation,
    ) -> Result<(String, f64, Vec<String>), String> {
        match value(&cell(content, style), notation) {
            Ok(Warned { value: Reading::Figure(figure), .. }) => {
                Ok((figure.digits(), figure.rounded_to, figure.marks))
            }
            Ok(Warned { value: Reading::Missing(why, _), .. }) => {
                Ok((format!("{why:?}"), 0.0, vec![]))
            }
            Err(problem) => Err(problem.code.to_string()),
        }
    }

    fn text(text: &str, notation: &Notation) -> Result<(String, f64), String> {
        read(Content::Text(text), PLAIN, notation).map(|(digits, step, _)| (digits, step))
    }

    fn persons() -> Notation {
        let missing = [
            ("-", Missing::Zero),
            ("–", Missing::Zero),
            ("…", Missing::NotAvailable),
            ("x", Missing::Confidential),
        ];
        let missing = missing.map(|(text, why)| (text.to_owned(), why)).into();
        Notation { is_count: true, missing, ..Notation::default() }
    }

    #[test]
    fn a_number_is_read_as_people_type_it_in_tables() {
        for (typed, digits) in [
            ("12345", "12345"),
            ("12 345", "12345"),
            ("12\u{a0}345", "12345"),
            ("1\u{202f}012\u{2009}345", "1012345"),
            ("\u{2212}102 746", "-102746"),
            ("–7", "-7"),
            ("-7", "-7"),
            ("+12 110", "12110"),
            (" 0 ", "0"),
            ("12 345¹⁾", "12345"),
            ("12345 ²", "12345"),
        ] {
            assert_eq!(text(typed, &persons()), Ok((digits.to_owned(), 1.0)), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_code() {
        for (typed, code) in [
            ("12 34", "K1211"),
            ("1 2345", "K1211"),
            ("1234 567", "K1211"),
            ("12 3451)", "K1211"),
            ("12 345*", "K1211"),
            ("12,5", "K1216"),
            ("1,234", "K1212"),
            ("1.234", "K1212"),
            ("1.234,5", "K1212"),
            ("(7)", "K1212"),
            ("в 4 раза", "K1211"),
            ("4 раза", "K1211"),
            ("7-8", "K1211"),
            ("--7", "K1211"),
            ("- 7", "K1211"),
            ("007", "K1211"),
            ("1e5", "K1211"),
            ("NaN", "K1211"),
            ("12 345 678 901 234 567 890", "K1211"),
            ("18,9 %", "K1211"),
            ("…?", "K1211"),
            ("", "K1211"),
            ("12'345", "K1211"),
            ("١٢", "K1211"),
        ] {
            assert_eq!(text(typed, &persons()).unwrap_err(), code, "{typed}");
        }
    }

    #[test]
    fn what_is_declared_is_read() {
        let with = |change: fn(&mut Notation)| {
            let mut notation = persons();
            change(&mut notation);
            notation
        };
        let read = |typed: &str, change: fn(&mut Notation)| {
            text(typed, &with(change)).map(|(digits, _)| digits)
        };
        assert_eq!(read("1.234.567", |n| n.group = Some('.')).as_deref(), Ok("1234567"));
        assert_eq!(
            read("1,234,567", |n| (n.decimal, n.group) = ('.', Some(','))).as_deref(),
            Ok("1234567")
        );
        assert!(read("1.234 567", |n| n.group = Some('.')).is_err());
        assert_eq!(read("(1 234)", |n| n.parentheses = true).as_deref(), Ok("-1234"));
        assert!(read("(-7)", |n| n.parentheses = true).is_err());
        assert_eq!(read("12 345*", |n| n.marks = vec!["*".into()]).as_deref(), Ok("12345"));
        assert_eq!(read("12 3451)", |n| n.marks = vec!["1)".into()]).as_deref(), Ok("12345"));
        assert_eq!(
            read("1234511)", |n| n.marks = vec!["1)".into(), "11)".into()]).as_deref(),
            Ok("12345")
        );
        assert_eq!(read("12,5", |n| n.scale = 1000.0).as_deref(), Ok("12500"));
        assert_eq!(text("12,5", &with(|n| n.scale = 1000.0)), Ok(("12500".into(), 100.0)));
        assert_eq!(
            text("12 300", &with(|n| n.rounded_to = Some(100.0))),
            Ok(("12300".into(), 100.0))
        );
        assert_eq!(text("12 345", &with(|n| n.rounded_to = Some(100.0))), Err("K1217".into()));
    }

    #[test]
    fn marks_are_reported_and_missing_figures_say_why() {
        let notation = Notation { marks: vec!["7)".into(), "8)".into()], ..persons() };
        let (digits, _, marks) = read(Content::Text("12 3457)8)"), PLAIN, &notation).unwrap();
        assert_eq!((digits.as_str(), marks), ("12345", vec!["7)".to_owned(), "8)".to_owned()]));
        let mut raised = cell(Content::Text("12 345"), PLAIN);
        raised.marks = Some("1)2)");
        let Ok(Warned { value: Reading::Figure(figure), .. }) = value(&raised, &notation) else {
            panic!()
        };
        assert_eq!(figure.marks, ["1)", "2)"]);
        for (typed, why) in [
            ("-", "Zero"),
            (" – ", "Zero"),
            ("…", "NotAvailable"),
            ("x", "Confidential"),
            ("…7)", "NotAvailable"),
        ] {
            assert_eq!(text(typed, &notation), Ok((why.into(), 0.0)), "{typed}");
        }
        // A Cyrillic letter that looks the same was not declared.
        assert!(text("х", &notation).is_err());
        assert!(read(Content::Empty, PLAIN, &notation).is_err());
    }

    #[test]
    fn rates_are_known_as_finely_as_they_are_shown() {
        let percent = Notation { is_percent: true, ..Notation::default() };
        let shown = |decimals| Style { percent: true, decimals: Some(decimals), ..PLAIN };
        let figure = |content, style: Style| {
            read(content, style, &percent).map(|(digits, step, _)| (digits, step))
        };
        assert_eq!(figure(Content::Number(0.189), shown(1)), Ok(("18.9".into(), 0.1)));
        assert_eq!(figure(Content::Number(0.18912), shown(1)), Ok(("18.9".into(), 0.1)));
        assert_eq!(figure(Content::Number(0.2), shown(1)), Ok(("20.0".into(), 0.1)));
        assert_eq!(
            figure(Content::Number(0.300_000_000_000_000_04 * 1.0), PLAIN),
            Ok(("0.3".into(), 0.1))
        );
        assert_eq!(figure(Content::Number(18.9), PLAIN), Ok(("18.9".into(), 0.1)));
        assert_eq!(figure(Content::Text("18,9 %"), PLAIN), Ok(("18.9".into(), 0.1)));
        assert_eq!(figure(Content::Text("-0,5"), PLAIN), Ok(("-0.5".into(), 0.1)));
        assert_eq!(figure(Content::Text("18,90"), PLAIN), Ok(("18.90".into(), 0.01)));
        assert_eq!(figure(Content::Number(1.0 / 3.0), PLAIN), Err("K1217".into()));
        assert_eq!(figure(Content::Text("1,234"), PLAIN), Err("K1212".into()));
        assert_eq!(figure(Content::Text("0,123"), PLAIN), Ok(("0.123".into(), 0.001)));
        let fraction = value(&cell(Content::Number(0.189), PLAIN), &percent).unwrap();
        assert_eq!(fraction.warnings[0].code, Code::K1218);
    }

    #[test]
    fn numbers_of_cells_are_held_to_what_they_count() {
        let whole = Style { decimals: Some(0), ..PLAIN };
        let read = |number, style| {
            read(Content::Number(number), style, &persons()).map(|(digits, ..)| digits)
        };
        assert_eq!(read(12_345.0, whole).as_deref(), Ok("12345"));
        assert_eq!(read(12_345.000_000_000_002, PLAIN).as_deref(), Ok("12345"));
        assert_eq!(read(-0.0, PLAIN).as_deref(), Ok("0"));
        assert_eq!(read(12_345.6, whole), Err("K1216".into()));
        assert_eq!(read(0.189, Style { percent: true, ..whole }), Err("K1211".into()));
        assert_eq!(read(12_345.0, Style { decimals: Some(-3), ..PLAIN }), Err("K1211".into()));
        assert_eq!(read(9e15, PLAIN).as_deref(), Ok("9000000000000000"));
        assert_eq!(read(1e16, PLAIN), Err("K1211".into()));
        assert_eq!(read(12_345.0, Style { strike: true, ..PLAIN }), Err("K1211".into()));
        assert_eq!(read(0.5, Style { date: true, ..PLAIN }), Err("K1211".into()));
    }

    #[test]
    fn what_nobody_computed_and_what_is_no_number_is_refused() {
        let mut formula = cell(Content::Number(0.0), PLAIN);
        formula.formula = Formula::Uncalculated;
        assert_eq!(value(&formula, &persons()).unwrap_err().code, Code::K1215);
        let day = jiff::civil::date(2026, 5, 1).to_datetime(jiff::civil::Time::midnight());
        for content in [Content::Date(day), Content::Bool(true), Content::Error("#REF!")] {
            assert_eq!(read(content, PLAIN, &persons()), Err("K1211".into()));
        }
    }
}
