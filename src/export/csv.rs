//! CSV of facts for other programs: a row per number, with its unit, time, precision, flags and rows.
//! Codes instead of names; a decimal point. Values have the digits that pages print.
//!
//! Spreadsheet programs execute text that begins with `=`, `+`, `-` or `@` as a formula. Such text gets
//! an apostrophe in front, as spreadsheet users do ([OWASP, CSV
//! Injection](https://owasp.org/www-community/attacks/CSV_Injection)); numbers stay unchanged.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Content, Written};
use crate::diag::{Result, Warned};
use crate::output::File;
use crate::stats::{Fact, Flag, Quantity, RowId, Value};

/// The columns.
const HEAD: [&str; 12] = [
    "id",
    "member",
    "value",
    "base",
    "unit",
    "known_to",
    "qualifier",
    "time",
    "base_time",
    "flags",
    "rows",
    "missing",
];

/// Writes a file of all facts, and one for each figure.
pub(super) fn write(content: &Content<'_>) -> Result<Warned<Written>> {
    let file = |name: String, text: String| File { name, bytes: text.into_bytes() };
    let all = facts(content.facts.all.values());
    let mut files = vec![file("facts.csv".into(), all)];
    for id in content.drawn() {
        let Some(shown) = content.figures.get(id) else { continue };
        let shown = shown.iter().filter_map(|id| content.facts.get(id));
        files.push(file(format!("figures/{id}.csv"), facts(shown)));
    }
    Ok(files.into())
}

/// Facts as comma-separated values in UTF-8.
pub fn facts<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> String {
    let mut table = Table { out: csv::Writer::from_writer(vec![]) };
    table.write(&HEAD.map(str::to_owned));
    for fact in facts {
        table.fact(fact);
    }
    let bytes = table.out.into_inner().expect("a vector takes everything");
    String::from_utf8(bytes).expect("every field is text")
}

struct Table {
    out: csv::Writer<Vec<u8>>,
}

/// A line, without the columns of the fact.
#[derive(Default)]
struct Line<'a> {
    member: &'a str,
    quantity: Option<Quantity>,
    base: Option<Quantity>,
    flags: Option<&'a BTreeSet<Flag>>,
    rows: &'a [RowId],
    missing: &'a str,
}

impl Table {
    fn write(&mut self, fields: &[String]) {
        let fields = fields.iter().map(|field| safe(field));
        self.out
            .write_record(fields.map(|field| field.into_owned().into_bytes()))
            .expect("every line has the head's columns, in memory");
    }

    fn fact(&mut self, fact: &Fact) {
        let flags = Some(&fact.flags);
        match &fact.value {
            Value::Number(quantity) => {
                let quantity = Some(*quantity);
                self.line(fact, &Line { quantity, flags, rows: &fact.rows, ..Line::default() });
            }
            Value::Missing { reason, .. } => {
                self.line(fact, &Line { flags, missing: reason, ..Line::default() });
            }
            Value::Matrix(matrix) => {
                for (row, cells) in matrix.rows.codes.iter().zip(&matrix.cells) {
                    for (column, quantity) in matrix.columns.codes.iter().zip(cells) {
                        let member = format!("{row}>{column}");
                        let quantity = *quantity;
                        self.line(fact, &Line { member: &member, quantity, ..Line::default() });
                    }
                }
            }
            Value::Series(series) | Value::Members(series) => {
                for member in &series.members {
                    let line = Line {
                        member: &member.code,
                        quantity: member.quantity,
                        base: member.base,
                        flags: Some(&member.flags),
                        rows: &member.rows,
                        missing: "",
                    };
                    self.line(fact, &line);
                }
            }
        }
    }

    fn line(&mut self, fact: &Fact, line: &Line<'_>) {
        // Facts that cannot be printed were refused before (K0313).
        let number = |q: Option<Quantity>| {
            q.and_then(Quantity::printed).map_or(String::new(), |printed| printed.to_string())
        };
        let flags: Vec<&str> = line.flags.into_iter().flatten().map(|flag| flag.name()).collect();
        let rows: Vec<String> = line.rows.iter().map(ToString::to_string).collect();
        self.write(&[
            fact.id.clone(),
            line.member.to_owned(),
            number(line.quantity),
            number(line.base),
            fact.unit.0.to_string(),
            line.quantity
                .filter(|q| q.printed().is_some())
                .map_or(String::new(), |q| q.step.to_string()),
            line.quantity.and_then(|q| q.qualifier).map_or(String::new(), |q| q.name().to_owned()),
            fact.time.to_string(),
            fact.base_time.map_or(String::new(), |time| time.to_string()),
            flags.join(" "),
            rows.join(" "),
            line.missing.to_owned(),
        ]);
    }
}

/// Makes a field that no spreadsheet program executes as a formula.
fn safe(field: &str) -> Cow<'_, str> {
    // Some programs treat full-width signs like plain ones.
    const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let is_number = || field.parse::<f64>().is_ok_and(f64::is_finite);
    let begins = |part: &str| part.trim_start_matches(' ').starts_with(BEGINS);
    // If the semicolon separates columns, a formula may begin after one.
    let is_formula = begins(field) || field.split([';', '\t', '\n', '\r']).skip(1).any(begins);
    match is_formula && !is_number() {
        true => Cow::Owned(format!("'{}", field.replace([';', '\t', '\n', '\r'], " "))),
        false => Cow::Borrowed(field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Absence, Operation, Period, Unit};

    #[test]
    fn no_text_is_a_formula_and_numbers_stay_numbers() {
        for (field, expected) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+1+1", "'+1+1"),
            ("-2+3", "'-2+3"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1", "' =1"),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("a;=1", "'a =1"),
            ("-5", "-5"),
            ("-0.5", "-0.5"),
            ("+7", "+7"),
            ("KZ-75", "KZ-75"),
            ("a; b", "a; b"),
            ("-inf", "'-inf"),
            ("", ""),
        ] {
            assert_eq!(safe(field), expected, "{field}");
        }
    }

    #[test]
    fn a_missing_fact_says_why_and_a_number_how_finely_it_is_known() {
        let fact = |id: &str, value| Fact {
            id: id.into(),
            value,
            unit: Unit::new(Unit::PERSONS),
            is_signed: false,
            time: crate::stats::Time::Over(Period::year_to_date(2025, 6)),
            base_time: None,
            formula: String::new(),
            operation: Operation::Read,
            operands: vec![],
            rows: vec![],
            sources: vec![],
            vintages: vec![],
            flags: BTreeSet::from([Flag::Rounded]),
        };
        let known = fact("X2", Value::Number(Quantity::rounded(5_900.0, 100.0)));
        let change = Quantity { value: 139.95 - 179.9, step: 0.1, error: 0.05, qualifier: None };
        let change = fact("X2.change", Value::Number(change));
        let nothing =
            Quantity { value: -0.0, step: f64::MIN_POSITIVE, error: 0.0, qualifier: None };
        let nothing = fact("Z", Value::Number(nothing));
        let missing = fact(
            "R1",
            Value::Missing { reason: "not published, yet".into(), absence: Absence::NotInData },
        );
        assert_eq!(
            facts([&known, &change, &nothing, &missing]),
            "id,member,value,base,unit,known_to,qualifier,time,base_time,flags,rows,missing\n\
             X2,,5900,,persons,100,,2025-01..2025-06,,rounded,,\n\
             X2.change,,-40.0,,persons,0.1,,2025-01..2025-06,,rounded,,\n\
             Z,,,,persons,,,2025-01..2025-06,,rounded,,\n\
             R1,,,,persons,,,2025-01..2025-06,,rounded,,\"not published, yet\"\n"
        );
    }
}
