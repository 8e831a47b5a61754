//! A draft as TOML: each part with what it rests on in a comment, and a question where a person has to answer.

use std::fmt::Write as _;

use super::Shape;
use super::look::{Found, Labels};
use crate::workbook::{Sheet, Workbook};

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// An expression that matches a text and nothing else, as a TOML string.
fn pattern(text: &str) -> String {
    let first: String = text.chars().take(24).collect();
    quoted(&format!("^{}", regex::escape(&first)))
}

/// The recipe.
pub(super) fn write(
    workbook: &Workbook,
    is_one_of_several: bool,
    sheet: &Sheet,
    found: &Found,
    table: &Shape,
) -> String {
    let mut out = String::new();
    let file = workbook.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let title = found.titles.first().map_or(table.title.as_str(), |(_, text)| text);
    // Writing into memory does not fail.
    let _ = write!(
        out,
        "#:schema ../../schemas/recipe.json\n\
         # A draft for {file}, sheet {}: {} figures in rows {} to {}.\n\
         # Look at it with `kosh import {file} --recipe NAME --dry-run`; lines with ? need an answer.\n\n\
         title = {}\ntable = {}\nfile = {{ name = {} }}            # * stands for what changes\n",
        quoted(sheet.name()),
        found.figures,
        found.rows.0 + 1,
        found.rows.1 + 1,
        quoted(title),
        quoted(&table.name),
        quoted(&stars(&file)),
    );
    if is_one_of_several {
        let _ = writeln!(
            out,
            "sheets = {{ name = {} }}",
            quoted(&format!("^{}$", regex::escape(sheet.name())))
        );
    }
    areas(found, &mut out);
    values(found, table, &mut out);
    dimensions(found, table, &mut out);
    ignored(found, &mut out);
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
    match &found.note {
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

fn values(found: &Found, table: &Shape, out: &mut String) {
    let unit = table.units.first().map_or("persons", String::as_str);
    let _ = write!(out, "\n[values]\nin = \"body\"\n");
    if found.is_long
        && let Some(head) = found.heads.first().and_then(|head| head.texts.first())
    {
        let _ = writeln!(out, "under = {}", quoted(head));
    }
    let _ = writeln!(
        out,
        "unit = {}                     # ? one of {}",
        quoted(unit),
        table.units.join(", ")
    );
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

/// Where headers of a dimension may be.
enum Place<'f> {
    Beside(&'f Labels, usize),
    Above(&'f Labels, usize),
}

fn dimensions(found: &Found, table: &Shape, out: &mut String) {
    let mut places: Vec<Place> =
        found.labels.iter().enumerate().map(|(n, own)| Place::Beside(own, n + 1)).collect();
    if !found.is_long {
        places.extend(found.heads.iter().enumerate().map(|(n, own)| Place::Above(own, n + 1)));
    }
    let labels = |place: &Place<'_>| match place {
        Place::Beside(own, _) | Place::Above(own, _) => (*own).clone(),
    };
    let mut take = |is_it: &dyn Fn(&Labels) -> bool| {
        let at = places.iter().position(|place| is_it(&labels(place)))?;
        Some(places.remove(at))
    };
    let time = take(&|own| own.are_periods);
    entry(found, &table.time, time, "read = \"period\"\n", out);
    for (name, register, members) in &table.dimensions {
        let of_register = |own: &Labels| {
            register.is_some() && own.register.as_ref().map(|(name, _)| name) == register.as_ref()
        };
        let is_of_members = |own: &Labels| own.texts.iter().any(|text| members.contains(text));
        if let Some(place) = take(&of_register) {
            let unknown = labels(&place).register.map(|(_, unknown)| unknown).unwrap_or_default();
            let mut how = "read = \"name\"\n".to_owned();
            if !unknown.is_empty() {
                let _ = writeln!(
                    how,
                    "# ? no names of `{}`: {}",
                    register.as_deref().unwrap_or_default(),
                    unknown.join("; ")
                );
            }
            entry(found, name, Some(place), &how, out);
        } else if let Some(place) = take(&is_of_members) {
            entry(found, name, Some(place), "read = \"code\"\n", out);
        } else {
            let shown: Vec<&str> = members.iter().take(20).map(String::as_str).collect();
            let code = shown.first().copied().unwrap_or("?");
            let _ = write!(
                out,
                "\n[[dimensions]]\nname = {}\nvalue = {}                  # ? the same for all figures: one of {}\n",
                quoted(name),
                quoted(code),
                shown.join(", ")
            );
        }
    }
    for place in &places {
        let own = labels(place);
        let (word, number) = match place {
            Place::Beside(own, _) => ("column", crate::workbook::column_name(own.at)),
            Place::Above(own, _) => ("row", (own.at + 1).to_string()),
        };
        let texts: Vec<&str> = own.texts.iter().take(8).map(String::as_str).collect();
        let _ = write!(
            out,
            "\n# ? what does {word} {number} say: {}? A dimension, with `codes = {{ \"TEXT\" = \"CODE\" }}`, or \
             nothing:\n",
            texts.join("; ")
        );
        let cells = cells(found, place);
        let _ = write!(out, "[[ignore]]\ncells = {cells}\nbecause = \"?\"\n");
    }
}

/// The selection of the cells of a row or column of headers.
fn cells(found: &Found, place: &Place<'_>) -> String {
    match place {
        Place::Beside(own, _) if found.is_long => {
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

fn entry(found: &Found, name: &str, place: Option<Place<'_>>, how: &str, out: &mut String) {
    let Some(place) = place else {
        let _ = write!(
            out,
            "\n[[dimensions]]\nname = {}\nvalue = \"2026-01..2026-06\"       # ? or title = {{ pattern = '…' }} and \
             read = \"period\"\n",
            quoted(name)
        );
        return;
    };
    let side = match place {
        Place::Beside(..) => "left",
        Place::Above(..) => "above",
    };
    let _ = write!(
        out,
        "\n[[dimensions]]\nname = {}\ncells = {}\ndirectly = \"{side}\"\n{how}",
        quoted(name),
        cells(found, &place)
    );
}

fn ignored(found: &Found, out: &mut String) {
    if !found.titles.is_empty() {
        let texts: Vec<String> = found.titles.iter().map(|(_, text)| quoted(text)).collect();
        let _ = write!(
            out,
            "\n[[ignore]]\ncells = {{ text = [{}] }}\nbecause = \"title\"\n",
            texts.join(", ")
        );
    }
    if found.note.is_some() {
        out.push_str("\n[[ignore]]\ncells = { in = \"notes\" }\nbecause = \"notes and sources\"\n");
    }
    let corners: Vec<String> = found
        .labels
        .iter()
        .filter(|own| !found.is_long && !own.head.is_empty())
        .skip(1)
        .map(|own| quoted(&own.head))
        .collect();
    if !corners.is_empty() {
        let _ = write!(
            out,
            "\n[[ignore]]\ncells = {{ in = \"head\", text = [{}] }}\nbecause = \"heads of the columns of names\"\n",
            corners.join(", ")
        );
    }
}
