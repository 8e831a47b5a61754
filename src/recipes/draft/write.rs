//! A draft as TOML: each part with what it is based on in a comment, and a question where a person has to answer.

use std::fmt::Write as _;

use super::super::attributes::Columns;
use super::super::periods::{Accumulation, Dates, PeriodRules, Stock};
use super::super::written::Attributes;
use super::Dimension;
use super::fit::{Fit, How, Match, Place};
use super::look::{Found, Labels};
use crate::workbook::{Address, Area, Format, Sheet, Workbook};

/// So many texts of a row or column are quoted in a question.
const QUOTED: usize = 8;
/// So many codes.
const CODES: usize = 12;

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// An expression that matches a text and nothing else, as a TOML string.
fn pattern(text: &str) -> String {
    let first: String = text.chars().take(24).collect();
    quoted(&format!("^{}", regex::escape(&first)))
}

/// Some texts in a comment, on one line.
fn some(texts: &[String], most: usize) -> String {
    let shown: Vec<String> = texts.iter().take(most).map(|text| text.replace('\n', " ")).collect();
    let more = if texts.len() > most { "; …" } else { "" };
    format!("{}{more}", shown.join("; "))
}

/// The recipe.
pub(super) fn write(
    workbook: &Workbook,
    is_one_of_several: bool,
    sheet: &Sheet,
    found: &Found,
    fit: &Fit<'_, '_>,
    others: &[(String, String)],
) -> String {
    let mut out = String::new();
    let file = workbook.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let title = found.titles.first().map_or(fit.table.title.as_str(), |(_, text)| text);
    // Writing into memory does not fail.
    let _ = write!(
        out,
        "#:schema ../../schemas/recipe.json\n\
         # A draft for {file}, sheet {}: {} figures in rows {} to {}.\n\
         # Look at it with `kosh import {file} --recipe NAME --dry-run`; lines with ? need an answer.\n\n\
         title = {}\n",
        quoted(sheet.name()),
        found.figures,
        found.rows.0 + 1,
        found.rows.1 + 1,
        quoted(title),
    );
    for (table, why) in others {
        let _ = writeln!(out, "# ? the table {} fits as well: {why}", quoted(table));
    }
    let _ = write!(
        out,
        "# the sheet has of this table: {}\ntable = {}\nfile = {{ name = {} }}            # * stands for what changes\n",
        fit.shown(),
        quoted(&fit.table.name),
        quoted(&stars(&file)),
    );
    if is_one_of_several {
        let _ = writeln!(
            out,
            "sheets = {{ name = {} }}",
            quoted(&format!("^{}$", regex::escape(sheet.name())))
        );
    }
    match found.long {
        Some(head) => columns(workbook, sheet, found, fit, head, &mut out),
        None => areas(found, &mut out),
    }
    values(found, fit, &mut out);
    dimensions(found, fit, &mut out);
    ignored(found, fit, &mut out);
    let _ = write!(
        out,
        "\n[expect]\n# count = 20                        # ? figures of each period\n\
         # sum = [{{ over = \"DIMENSION\", equals = {{ DIMENSION = \"TOTAL\" }} }}]\n\n\
         [release]\nvintage = \"{{period}}-express\"         # ? the key of the release\n\
         status = \"express\"                   # ? express, final or secondary\n\n\
         [source]\n# id = \"KEY\"                         # ? its key in the table of sources\n"
    );
    out
}

/// The name of a file with stars for its digits.
fn stars(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        let c = if c.is_ascii_digit() { '*' } else { c };
        if !(c == '*' && out.ends_with('*')) {
            out.push(c);
        }
    }
    out
}

/// The columns of a table in long form: that of figures, and those that nothing is read of.
fn columns(
    workbook: &Workbook,
    sheet: &Sheet,
    found: &Found,
    fit: &Fit<'_, '_>,
    head: u32,
    out: &mut String,
) {
    let value = found.heads.first().and_then(|head| head.texts.first());
    let _ = write!(
        out,
        "\n# A row is one figure: each dimension names its column.\n[columns]\nvalue = {}\n",
        quoted(value.map_or("", String::as_str))
    );
    let standard = match workbook.format {
        Format::JsonStat => (Attributes::JsonStat, "json-stat"),
        _ => (Attributes::Sdmx, "sdmx"),
    };
    let last = sheet.size().1.saturating_sub(1);
    let area = Area { first: Address::new(head, 0), last: Address::new(head, last) };
    let attributes: Vec<u32> = Columns::find(standard.0, sheet, area).all().collect();
    if !attributes.is_empty() {
        let _ = writeln!(out, "attributes = {}", quoted(standard.1));
    }
    let left: Vec<&Labels> = { fit.left.iter() }
        .map(|place| place.labels())
        .filter(|own| !attributes.contains(&own.at))
        .collect();
    if left.is_empty() {
        return;
    }
    out.push_str("\n[columns.ignore]\n");
    for own in left {
        let because = match (&own.texts[..], own.are_periods) {
            ([one], _) => format!("the same in all rows: {one}"),
            (_, true) => "the period once more".to_owned(),
            (texts, false) => {
                let _ = writeln!(
                    out,
                    "# ? what does column {} say: {}? If it is a dimension, describe it below with `column` and \
                     `codes`",
                    quoted(&own.head),
                    some(texts, QUOTED)
                );
                "?".to_owned()
            }
        };
        let _ = writeln!(out, "{} = {}", quoted(&own.head), quoted(&because));
    }
}

/// The cell by which the head is found: the one over the first column, or the first of the head.
fn anchor(found: &Found) -> Option<String> {
    let beside = found.labels.iter().map(|own| &own.head).find(|head| !head.is_empty());
    let above = found.heads.first().and_then(|head| head.texts.first());
    beside.or(above).cloned()
}

fn areas(found: &Found, out: &mut String) {
    out.push_str("\n# Areas are found by what cells say, never by addresses.\n");
    let heads = found.heads.len().max(1);
    match anchor(found) {
        Some(text) => {
            let _ = write!(
                out,
                "[areas.head]\nfrom = {{ at = {{ text = {} }} }}\nrows = {heads}\n\n\
                 [areas.body]\nfrom = {{ below = {{ area = \"head\" }} }}\n",
                quoted(&text)
            );
        }
        None => out.push_str(
            "[areas.body]                         # ? nothing stands above the figures\n",
        ),
    }
    match found.notes.first() {
        Some(note) => {
            let _ = write!(
                out,
                "until = {{ above = {{ pattern = {0} }} }}\n\n\
                 [areas.notes]\nfrom = {{ at = {{ pattern = {0} }} }}\n",
                pattern(note)
            );
        }
        None => out
            .push_str("# until = { above = { pattern = '^\\*' } }     # where notes may follow\n"),
    }
}

fn values(found: &Found, fit: &Fit<'_, '_>, out: &mut String) {
    out.push_str("\n[values]\n");
    if found.long.is_none() {
        out.push_str("in = \"body\"\n");
    }
    let units = &fit.table.units;
    if fit.unit.is_none() {
        let unit = units.first().map_or("persons", String::as_str);
        let question = match units.len() {
            1 => String::new(),
            _ => format!("                     # ? one of {}", units.join(", ")),
        };
        let _ = writeln!(out, "unit = {}{question}", quoted(unit));
    }
    if found.has_commas {
        out.push_str("decimal = \",\"\n");
    }
    let mut signs: Vec<String> = found.signs.iter().take(12).map(|sign| quoted(sign)).collect();
    if found.has_gaps {
        signs.push("\"\"".to_owned());
    }
    if !signs.is_empty() {
        let all: Vec<String> =
            signs.iter().map(|sign| format!("{sign} = \"not-available\"")).collect();
        let _ = writeln!(
            out,
            "missing = {{ {} }}   # ? zero, not-available, confidential or not-applicable",
            all.join(", ")
        );
    }
}

fn dimensions(found: &Found, fit: &Fit<'_, '_>, out: &mut String) {
    match &fit.time {
        Some((place, rules)) => {
            entry(found, &fit.table.time, *place, out);
            out.push_str("read = \"period\"\n");
            declarations(*rules, out);
        }
        None => {
            let _ = write!(
                out,
                "\n[[dimensions]]\nname = {}\nvalue = \"2026-01..2026-06\"       # ? or title = {{ pattern = '…' }} and \
                 read = \"period\"\n",
                quoted(&fit.table.time)
            );
        }
    }
    for (dimension, matched) in fit.table.dimensions.iter().zip(&fit.dimensions) {
        match matched {
            Some(matched) => said(found, dimension, matched, out),
            None => unsaid(dimension, out),
        }
    }
    if let Some(place) = fit.unit {
        entry(found, "unit", place, out);
        out.push_str("read = \"code\"\n");
    }
}

/// What has to be declared of labels of periods.
fn declarations(rules: PeriodRules, out: &mut String) {
    let sums = |sums| match sums {
        Accumulation::Cumulative => "cumulative",
        Accumulation::Discrete => "discrete",
    };
    let all = [
        ("quarters", rules.quarters.map(sums), "or discrete: those months alone"),
        ("months", rules.months.map(sums), "or discrete: that month alone"),
        (
            "stock",
            rules.stock.map(|stock| match stock {
                Stock::AtBeginning => "at-beginning",
                Stock::AtEnd => "at-end",
            }),
            "or at-end: 2025 is then 1 January 2026",
        ),
        (
            "dates",
            rules.dates.map(|dates| match dates {
                Dates::Day => "day",
                Dates::Month => "month",
                Dates::Year => "year",
            }),
            "what a day means that a spreadsheet made of a label",
        ),
    ];
    for (key, value, question) in all {
        if let Some(value) = value {
            let _ = writeln!(out, "{key} = {}             # ? {question}", quoted(value));
        }
    }
}

/// A dimension that a header says.
fn said(found: &Found, dimension: &Dimension, matched: &Match<'_>, out: &mut String) {
    entry(found, &dimension.name, matched.place, out);
    match &matched.how {
        How::Codes => out.push_str("read = \"code\"\n"),
        How::Names(register, unknown) => {
            out.push_str("read = \"name\"\n");
            if !unknown.is_empty() {
                let _ = write!(
                    out,
                    "# ? {} are no names of `{register}`: {}. If they are parts of others, leave their rows out:\n\
                     # [[ignore]]\n# rows-of = {}\n# because = \"?\"\n",
                    unknown.len(),
                    some(unknown, CODES),
                    except(found, matched.place, register)
                );
            }
        }
        How::Texts(all) => {
            let code = |(text, code): &(String, Option<String>)| {
                format!("{} = {}", quoted(text), quoted(code.as_deref().unwrap_or("?")))
            };
            let codes: Vec<String> = all.iter().map(code).collect();
            let question = match all.iter().any(|(_, code)| code.is_none()) {
                true => format!("   # ? codes are {}", some(&dimension.members, CODES)),
                false => String::new(),
            };
            let _ = writeln!(out, "codes = {{ {} }}{question}", codes.join(", "));
        }
    }
}

/// A dimension that nothing on the sheet says.
fn unsaid(dimension: &Dimension, out: &mut String) {
    let code = dimension.members.first().map_or("?", String::as_str);
    let question = match dimension.members.len() {
        1 => String::new(),
        _ => format!(
            "                  # ? the same for all figures: one of {}",
            some(&dimension.members, CODES)
        ),
    };
    let _ = write!(
        out,
        "\n[[dimensions]]\nname = {}\nvalue = {}{question}\n",
        quoted(&dimension.name),
        quoted(code),
    );
}

/// The cells of a row or column of headers that are no names of a register.
fn except(found: &Found, place: Place<'_>, register: &str) -> String {
    let cells = cells(found, place);
    let within = cells.trim_end_matches(" }");
    format!("{within}, except = [{{ lexicon = {} }}] }}", quoted(register))
}

/// The selection of the cells of a row or column of headers.
fn cells(found: &Found, place: Place<'_>) -> String {
    match place {
        Place::Beside(own, _) if found.long.is_some() => {
            format!("{{ in = \"body\", under = {} }}", quoted(&own.head))
        }
        Place::Beside(_, number) => format!("{{ in = \"body\", column = {number} }}"),
        Place::Above(_, number) => {
            let corner = found.labels.iter().any(|own| !own.head.is_empty());
            let except = if corner { ", except = [{ column = \"first\" }]" } else { "" };
            format!("{{ in = \"head\", row = {number}{except} }}")
        }
    }
}

/// The beginning of a dimension: its name, and where it is said.
fn entry(found: &Found, name: &str, place: Place<'_>, out: &mut String) {
    let _ = write!(out, "\n[[dimensions]]\nname = {}\n", quoted(name));
    let lookup = match place {
        Place::Beside(own, _) if found.long.is_some() => {
            let _ = writeln!(out, "column = {}", quoted(&own.head));
            return;
        }
        Place::Beside(..) => "directly = \"left\"",
        Place::Above(own, _) if own.reach_right => "closest = \"left\"",
        Place::Above(..) => "directly = \"above\"",
    };
    let _ = write!(out, "cells = {}\n{lookup}\n", cells(found, place));
}

fn ignored(found: &Found, fit: &Fit<'_, '_>, out: &mut String) {
    for place in fit.left.iter().filter(|_| found.long.is_none()) {
        let _ = write!(
            out,
            "\n# ? what does {} say: {}? A dimension, with `codes = {{ \"TEXT\" = \"CODE\" }}`, or nothing:\n\
             [[ignore]]\ncells = {}\nbecause = \"?\"\n",
            place.shown(),
            some(&place.labels().texts, QUOTED),
            cells(found, *place)
        );
    }
    let mut texts = |texts: Vec<String>, because: &str, within: &str| {
        if !texts.is_empty() {
            let _ = write!(
                out,
                "\n[[ignore]]\ncells = {{ {within}text = [{}] }}\nbecause = \"{because}\"\n",
                texts.join(", ")
            );
        }
    };
    texts(found.titles.iter().map(|(_, text)| quoted(text)).collect(), "title", "");
    if found.long.is_some() {
        texts(found.notes.iter().map(|text| quoted(text)).collect(), "notes and sources", "");
        return;
    }
    let corners = found.labels.iter().filter(|own| !own.head.is_empty()).skip(1);
    texts(
        corners.map(|own| quoted(&own.head)).collect(),
        "heads of the columns of names",
        "in = \"head\", ",
    );
    if !found.notes.is_empty() {
        out.push_str("\n[[ignore]]\ncells = { in = \"notes\" }\nbecause = \"notes and sources\"\n");
    }
}
