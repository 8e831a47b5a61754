//! What the commands say: problems drawn on the error stream, or everything as one JSON value.

use std::io::IsTerminal;

use codespan_reporting::term::termcolor::ColorChoice;
use serde_json::{Value, json};

use crate::diag::{Diagnostic, Place, Severity, draw_to_terminal};
use crate::prose::Dropped;

/// Draws problems on the error stream, errors last so that they are what is seen.
pub fn problems(found: &[Diagnostic]) {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let choice = if colour { ColorChoice::Auto } else { ColorChoice::Never };
    let mut sorted: Vec<&Diagnostic> = found.iter().collect();
    sorted.sort_by_key(|d| std::cmp::Reverse(d.severity));
    for diagnostic in sorted {
        // A closed error stream is nothing to report on the error stream.
        let _ = draw_to_terminal(diagnostic, choice);
    }
    let (errors, warnings) = count(found);
    if errors + warnings > 0 {
        eprintln!(
            "{}, {}; `kosh explain CODE` says more",
            counted(errors, "error"),
            counted(warnings, "warning")
        );
    }
}

/// "2 warnings".
pub fn warnings(found: &[Diagnostic]) -> String {
    format!("{} warning{}", found.len(), if found.len() == 1 { "" } else { "s" })
}

/// A number of things, in words.
pub fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// How many errors and warnings there are.
pub fn count(found: &[Diagnostic]) -> (usize, usize) {
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    (errors, found.len() - errors)
}

/// Problems as JSON.
pub fn as_json(found: &[Diagnostic]) -> Vec<Value> {
    let place = |place: &Place| {
        let (line, column) = place.line_column().unzip();
        json!({ "file": place.path().to_string_lossy().replace('\\', "/"), "line": line, "column": column,
                "text": place.to_string() })
    };
    found
        .iter()
        .map(|d| {
            json!({
                "severity": d.severity,
                "code": d.code,
                "message": d.message,
                "place": d.place.as_ref().map(place),
                "related": d.related.iter().map(|(at, label)| json!({ "place": place(at), "label": label })).collect::<Vec<_>>(),
                "notes": d.notes,
                "hints": d.hints,
            })
        })
        .collect()
}

/// What could not be said, a line each.
pub fn dropped(dropped: &[Dropped]) {
    if dropped.is_empty() {
        return;
    }
    say_line!("not said, because a figure is not published:");
    let width = dropped.iter().map(|d| d.sentence.chars().count()).max().unwrap_or(0);
    let facts = dropped.iter().map(|d| d.fact.chars().count()).max().unwrap_or(0);
    for d in dropped {
        // One reason a line: the others say the same of other rows.
        let mut reasons = d.reason.split("; ");
        let first = reasons.next().unwrap_or_default();
        let more = match reasons.count() {
            0 => String::new(),
            n => format!(" (and {n} more)"),
        };
        say_line!("  {:width$}  {:facts$}  {first}{more}", d.sentence, d.fact);
    }
}
