//! All of an audit as one page: no script, no file besides it, nothing from the network.
//!
//! The picture is a table, so that it can be read aloud and copied; a status is a letter and a colour.

use std::fmt::Write;

use super::{Audit, Coverage, Finding, Level};
use crate::diag::{Place, escaped};
use crate::stats::{Span, Time};

/// How the page begins, by which it is known as kosh's own and may be written over.
pub const MARK: &str = "<!doctype html>\n<!-- kosh check data -->\n";

const STYLE: &str = "\
body{font:15px/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:2rem auto;max-width:78rem;padding:0 1rem}\
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.2rem}h3{font-size:1rem;margin:1.6rem 0 .4rem}\
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}\
caption{text-align:left;color:#444;padding-bottom:.3rem}\
th,td{border:1px solid #c8c8c8;padding:.1rem .3rem;text-align:center;font-size:.8rem}\
thead th{vertical-align:bottom}thead th span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;font-weight:500}\
tbody th{text-align:left;white-space:nowrap;font-weight:500;position:sticky;left:0;background:#fff}\
td.f{background:#9ad0a3}td.e{background:#f3dc8a}td.s{background:#e3bd9d}td.m{background:#fff;color:#6a6a6a}\
.key td{padding:.2rem .6rem}ol,ul{padding-left:1.3rem}li{margin:.45rem 0}\
code{font:13px/1.4 ui-monospace,monospace;background:#f2f2f2;padding:0 .2rem}\
.error{color:#8f1111;font-weight:600}.warning{color:#714b00;font-weight:600}.note{color:#444;font-weight:600}\
.small{color:#444;font-size:.9rem;margin:.1rem 0 0}";

/// The page. `title` is the name of the data.
pub fn page(audit: &Audit, title: &str) -> String {
    let mut out = String::from(MARK);
    let heading = format!("Check of the data: {}", escaped(title));
    let _ = write!(
        out,
        "<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{heading}</title><style>{STYLE}</style></head><body><main>\n<h1>{heading}</h1>\n"
    );
    let count = |level| audit.count(level);
    let _ = writeln!(
        out,
        "<p>{} rows in {} tables: <span class=\"error\">{} errors</span>, \
         <span class=\"warning\">{} warnings</span>, <span class=\"note\">{} notes</span>.</p>",
        audit.rows(),
        audit.dataset.tables.len(),
        count(Level::Error),
        count(Level::Warning),
        count(Level::Note)
    );
    if !audit.is_readable {
        out.push_str(
            "<p>Some rows could not be read. Only that was checked, and the coverage shows the \
            other rows.</p>\n",
        );
    }
    out.push_str("<h2>What was found</h2>\n");
    if audit.findings.is_empty() {
        out.push_str("<p>Nothing.</p>\n");
    }
    for (kind, about) in audit.kinds() {
        let findings: Vec<&Finding> = audit.of_kind(kind).collect();
        let (kind, about) = (escaped(kind), escaped(about));
        let _ = writeln!(out, "<h3>{kind}: {about} ({})</h3>\n<ul>", findings.len());
        findings.iter().for_each(|finding| item(&mut out, finding));
        out.push_str("</ul>\n");
    }
    out.push_str(
        "<h2>Coverage</h2>\n<p>The table shows the most settled figure for each measure and time. \
        <code>*</code> stands for all members that are not totals; the number is how many of them \
        have a figure.</p>\n<table class=\"key\"><caption>Key</caption><tbody><tr><td class=\"f\">F \
        final</td><td class=\"e\">E express</td><td class=\"s\">S secondary</td><td class=\"m\">· \
        missing</td></tr></tbody></table>\n",
    );
    audit.coverage.iter().for_each(|coverage| picture(&mut out, coverage));
    out.push_str("</main></body></html>\n");
    out
}

fn item(out: &mut String, finding: &Finding) {
    let Finding { level, diagnostic, known, .. } = finding;
    let place = diagnostic.place.as_ref().map(Place::to_string).unwrap_or_default();
    let _ = write!(
        out,
        "<li><span class=\"{0}\">{0}</span> <code>{1}</code> {2} <code>{3}</code>",
        level.name(),
        escaped(&place),
        escaped(&diagnostic.message),
        diagnostic.code
    );
    if !diagnostic.label.is_empty() {
        let _ = write!(out, "<p class=\"small\">{}</p>", escaped(&diagnostic.label));
    }
    for (place, label) in &diagnostic.related {
        let _ = write!(
            out,
            "<p class=\"small\"><code>{}</code> {}</p>",
            escaped(&place.to_string()),
            escaped(label)
        );
    }
    let known = known.iter().map(|reason| message!("listed under `as-printed`: {reason}", reason));
    for note in diagnostic.notes.iter().chain(&diagnostic.hints).cloned().chain(known) {
        let _ = write!(out, "<p class=\"small\">{}</p>", escaped(&note));
    }
    out.push_str("</li>\n");
}

fn picture(out: &mut String, coverage: &Coverage) {
    let Coverage { table, title, times, measures } = coverage;
    let _ = write!(
        out,
        "<h3 id=\"t-{0}\">{0}</h3>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" \
         aria-labelledby=\"t-{0}\"><table><caption>{1}</caption><thead><tr><th scope=\"col\">measure</th>",
        escaped(table),
        escaped(title)
    );
    for time in times {
        let _ = write!(out, "<th scope=\"col\"><span>{}</span></th>", escaped(&short(*time)));
    }
    out.push_str("</tr></thead><tbody>\n");
    for measure in measures {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escaped(&measure.name));
        for time in times {
            match measure.at.get(time) {
                None => out.push_str("<td class=\"m\"><span aria-label=\"missing\">·</span></td>"),
                Some(entry) => {
                    let letter = entry.letter();
                    let many = match entry.figures {
                        1 => String::new(),
                        many => format!("&#8239;{many}"),
                    };
                    let _ = write!(
                        out,
                        "<td class=\"{}\" title=\"{}: {}, {} of it\">{letter}{many}</td>",
                        letter.to_ascii_lowercase(),
                        escaped(&short(*time)),
                        entry.word(),
                        entry.figures
                    );
                }
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

/// A time as short as it can be said.
fn short(time: Time) -> String {
    match time {
        Time::Over(period) if period.span() == Span::Month => period.start.to_string(),
        Time::Over(period) if period.start == period.end => period.start.to_string(),
        Time::Over(period) => period.short(),
        Time::At(day) => day.to_string(),
    }
}
