//! The picture of a sheet: a page that shows what was understood, each cell in the colour of what it was taken for.
//!
//! It is one file without scripts and without anything from elsewhere. Colours never stand alone: a cell has its
//! meaning in its title, headers have the number of their dimension, and what nobody claimed is struck with a mark.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::recipe::Recipe;
use super::select::text_of;
use super::{Claim, ReadSheet, Reading};
use crate::diag::escaped;
use crate::workbook::{Address, Sheet, Workbook, column_name};

/// More cells of a sheet are not drawn: no browser could show them.
const MOST_ROWS: u32 = 400;
const MOST_COLUMNS: u32 = 60;

/// Backgrounds of headers by dimension; dark letters can be read on all of them.
const COLOURS: [&str; 8] =
    ["#fde68a", "#bfdbfe", "#fbcfe8", "#ddd6fe", "#fed7aa", "#a5f3fc", "#d9f99d", "#e9d5ff"];

const STYLE: &str = "\
body{font:15px/1.4 system-ui,sans-serif;color:#111;background:#fff;margin:1.5rem}\
h1{font-size:1.3rem}h2{font-size:1.1rem;margin-top:2rem}\
table{border-collapse:collapse;font-size:13px}\
th,td{border:1px solid #cbd5e1;padding:2px 6px;vertical-align:top;white-space:pre-wrap;max-width:22rem}\
th{background:#f1f5f9;font-weight:400;color:#475569}\
td.v{background:#bbf7d0;text-align:right;font-variant-numeric:tabular-nums}\
td.a{background:#e2e8f0}td.i{background:#f8fafc;color:#64748b;text-decoration:line-through}\
td.u{background:#fff;outline:3px solid #b91c1c;outline-offset:-3px}\
td.h{background:repeating-linear-gradient(45deg,#fff,#fff 6px,#f1f5f9 6px,#f1f5f9 12px)}\
sup{color:#334155;font-size:10px;margin-left:3px}.wrap{overflow:auto;max-width:100%}\
ul.key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem 1rem}\
ul.key span{border:1px solid #94a3b8;padding:0 .5rem}li.e{color:#991b1b}";

/// A page that shows each sheet that was read.
pub fn picture(recipe: &Recipe, workbook: &Workbook, reading: &Reading) -> String {
    let mut page = String::new();
    let title = format!("{}: {}", recipe.name, workbook.path.display());
    // Writing into memory does not fail.
    let _ = write!(
        page,
        "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"generator\" content=\"kosh\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{0}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n<p>{1}</p>\n",
        escaped(&title),
        escaped(&recipe.title)
    );
    key(recipe, reading, &mut page);
    problems(reading, &mut page);
    for (number, read) in reading.sheets.iter().enumerate() {
        if let Some(sheet) = workbook.sheets.get(read.index) {
            table(recipe, reading, number as u16, read, sheet, &mut page);
        }
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// What the colours mean.
fn key(recipe: &Recipe, reading: &Reading, page: &mut String) {
    page.push_str(
        "<ul class=\"key\">\n<li><span style=\"background:#bbf7d0\">figure</span></li>\n",
    );
    for (number, dimension) in recipe.dimensions.iter().enumerate() {
        let _ = writeln!(
            page,
            "<li><span style=\"background:{}\">header of {}<sup>{}</sup></span></li>",
            COLOURS[number % COLOURS.len()],
            escaped(&dimension.name),
            number + 1
        );
    }
    page.push_str(
        "<li><span style=\"background:#e2e8f0\">anchor or title</span></li>\n<li><span \
        style=\"color:#64748b;text-decoration:line-through\">left out</span></li>\n<li><span \
        style=\"outline:3px solid #b91c1c;outline-offset:-3px\">not claimed \
        <sup>!</sup></span></li>\n</ul>\n",
    );
    let _ = writeln!(page, "<p>{} figures</p>", reading.observations.len());
}

fn problems(reading: &Reading, page: &mut String) {
    if reading.problems.is_empty() {
        return;
    }
    page.push_str("<h2>Problems</h2>\n<ul>\n");
    for problem in &reading.problems {
        let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(
            page,
            "<li class=\"e\"><strong>{}</strong> {} ({})</li>",
            problem.code,
            escaped(&problem.message),
            escaped(&place)
        );
    }
    page.push_str("</ul>\n");
}

/// One sheet.
fn table(
    recipe: &Recipe,
    reading: &Reading,
    number: u16,
    read: &ReadSheet,
    sheet: &Sheet,
    page: &mut String,
) {
    let (rows, columns) = sheet.size();
    let (shown_rows, shown_columns) = (rows.min(MOST_ROWS), columns.min(MOST_COLUMNS));
    let figures: HashMap<Address, usize> = reading
        .observations
        .iter()
        .enumerate()
        .filter(|(at, _)| reading.manner(*at).is_some_and(|manner| manner.sheet == number))
        .map(|(at, own)| (own.at, at))
        .collect();
    let unclaimed: std::collections::HashSet<Address> = read.unclaimed.iter().copied().collect();
    let _ = write!(
        page,
        "<h2>Sheet {}</h2>\n<div class=\"wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Sheet {0}\">\n\
         <table>\n<thead><tr><th></th>",
        escaped(&read.name)
    );
    for column in 0..shown_columns {
        let _ = write!(page, "<th scope=\"col\">{}</th>", column_name(column));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in 0..shown_rows {
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", row + 1);
        for column in 0..shown_columns {
            let at = Address::new(row, column);
            let merged = sheet.merged(at);
            if merged.is_some_and(|area| area.first != at) {
                continue;
            }
            let span = merged.map_or_else(String::new, |area| {
                let wide = area.last.column.min(shown_columns - 1) - column + 1;
                let high = area.last.row.min(shown_rows - 1) - row + 1;
                format!(" colspan=\"{wide}\" rowspan=\"{high}\"")
            });
            let text = text_of(&sheet.cell(at)).unwrap_or_default();
            let is_hidden = sheet.row_is_hidden(row) || sheet.column_is_hidden(column);
            let (class, style, mark, says) = match read.claims.get(sheet, at) {
                Some(Claim::Value) => {
                    let figure = figures.get(&at);
                    let says = figure.map_or("a figure that could not be read".to_owned(), |at| {
                        format!("{} = {}", reading.shown(*at), reading.digits(*at))
                    });
                    ("v", "", String::new(), says)
                }
                Some(Claim::Header(dimension)) => {
                    let own = usize::from(dimension);
                    let name = recipe.dimensions.get(own).map_or("", |one| &one.name);
                    let codes = codes(reading, number, at);
                    let mark = format!("<sup>{}</sup>", own + 1);
                    ("", COLOURS[own % COLOURS.len()], mark, format!("{name}: {codes}"))
                }
                Some(Claim::Attribute) => {
                    ("a", "", String::new(), "attribute of the figure".to_owned())
                }
                Some(Claim::Anchor) => ("a", "", String::new(), "anchor or title".to_owned()),
                Some(Claim::Ignored(why)) => {
                    let why = reading.left_out.get(usize::from(why)).map_or("", |(why, _)| why);
                    ("i", "", String::new(), format!("left out: {why}"))
                }
                None if unclaimed.contains(&at) => {
                    ("u", "", "<sup>!</sup>".to_owned(), "not claimed".to_owned())
                }
                None if is_hidden => ("h", "", String::new(), "hidden".to_owned()),
                None => ("", "", String::new(), String::new()),
            };
            let style = match style {
                "" => String::new(),
                colour => format!(" style=\"background:{colour}\""),
            };
            let class =
                if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
            let says = match &*says {
                "" => String::new(),
                says => format!(" title=\"{at}: {}\"", escaped(says)),
            };
            let _ = write!(page, "<td{class}{style}{span}{says}>{}{mark}</td>", escaped(&text));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
    if rows > shown_rows || columns > shown_columns {
        let _ = writeln!(
            page,
            "<p>The sheet has {rows} rows and {columns} columns; the first {shown_rows} and \
            {shown_columns} are shown</p>"
        );
    }
}

/// The codes that a header cell says.
fn codes(reading: &Reading, sheet: u16, at: Address) -> String {
    let own = reading.members.iter().filter(|member| member.cell == Some((sheet, at)));
    own.map(|member| &*member.code).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escaped("<b a=\"1\">&'\u{0}"), "&lt;b a=&quot;1&quot;&gt;&amp;&#39;\u{fffd}");
    }
}
