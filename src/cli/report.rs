//! Reports: problems drawn on standard error, or everything as one JSON value.

use std::io::IsTerminal;
use std::process::ExitCode;

use codespan_reporting::term::termcolor::ColorChoice;
use serde_json::{Value, json};

use super::screen;
use crate::data::{Gap, Unconfirmed};
use crate::diag::{self, Diagnostic, Message, Severity, draw_to_terminal};
use crate::project::Allowed;
use crate::prose::Skipped;

/// Draws problems on standard error, errors last so that they are visible.
pub(super) fn problems(found: &[Diagnostic]) {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let choice = if colour { ColorChoice::Auto } else { ColorChoice::Never };
    let mut sorted: Vec<&Diagnostic> = found.iter().collect();
    sorted.sort_by_key(|d| std::cmp::Reverse(d.severity));
    for diagnostic in sorted {
        screen::err_with(|| draw_to_terminal(diagnostic, choice));
    }
    let (errors, warnings) = count(found);
    if errors + warnings > 0 {
        err_text!(
            "{errors}, {warnings}; `kosh explain CODE` says more",
            errors = counted(errors, "error"),
            warnings = counted(warnings, "warning")
        );
    }
}

/// The number of warnings: "2 warnings".
pub(super) fn warnings(found: &[Diagnostic]) -> Message {
    counted(found.len(), "warning")
}

/// A number with its noun: `1 warning`, `2 warnings`. English has two forms, and a translation chooses
/// among its own by the number.
pub(super) fn counted(n: usize, noun: &str) -> Message {
    match (noun, n) {
        ("cell", 1) => message!("{n} cell", n),
        ("cell", _) => message!("{n} cells", n),
        ("difference", 1) => message!("{n} difference", n),
        ("difference", _) => message!("{n} differences", n),
        ("error", 1) => message!("{n} error", n),
        ("error", _) => message!("{n} errors", n),
        ("fact", 1) => message!("{n} fact", n),
        ("fact", _) => message!("{n} facts", n),
        ("figure", 1) => message!("{n} figure", n),
        ("figure", _) => message!("{n} figures", n),
        ("file", 1) => message!("{n} file", n),
        ("file", _) => message!("{n} files", n),
        ("note", 1) => message!("{n} note", n),
        ("note", _) => message!("{n} notes", n),
        ("release", 1) => message!("{n} release", n),
        ("release", _) => message!("{n} releases", n),
        ("row", 1) => message!("{n} row", n),
        ("row", _) => message!("{n} rows", n),
        ("sentence", 1) => message!("{n} sentence", n),
        ("sentence", _) => message!("{n} sentences", n),
        ("table", 1) => message!("{n} table", n),
        ("table", _) => message!("{n} tables", n),
        ("warning", 1) => message!("{n} warning", n),
        ("warning", _) => message!("{n} warnings", n),
        ("PDF", 1) => message!("{n} PDF", n),
        ("PDF", _) => message!("{n} PDFs", n),
        ("more fact", 1) => message!("{n} more fact", n),
        ("more fact", _) => message!("{n} more facts", n),
        ("more list", 1) => message!("{n} more list", n),
        ("more list", _) => message!("{n} more lists", n),
        ("more sentence", 1) => message!("{n} more sentence", n),
        ("more sentence", _) => message!("{n} more sentences", n),
        ("brief", 1) => message!("{n} brief", n),
        ("brief", _) => message!("{n} briefs", n),
        ("reason", 1) => message!("{n} reason", n),
        ("reason", _) => message!("{n} reasons", n),
        ("more member", 1) => message!("{n} more member", n),
        ("more member", _) => message!("{n} more members", n),
        ("more row", 1) => message!("{n} more row", n),
        ("more row", _) => message!("{n} more rows", n),
        (_, 1) => message!("{n} {noun}", n, noun),
        _ => message!("{n} {noun}s", n, noun),
    }
}

/// Reports the problems that stop a command, drawn or as JSON; returns the exit code.
pub(super) fn refused(found: &[Diagnostic], is_json: bool) -> ExitCode {
    match is_json {
        true => say_line!("{:#}", json!({ "diagnostics": as_json(found) })),
        false => problems(found),
    }
    super::problems()
}

/// The numbers of errors and warnings.
pub(super) fn count(found: &[Diagnostic]) -> (usize, usize) {
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    (errors, found.len() - errors)
}

/// Problems as JSON.
pub(super) fn as_json(found: &[Diagnostic]) -> Vec<Value> {
    found.iter().map(diag::as_json).collect()
}

/// As many sentences that are left out are listed where their causes are not.
const LEFT_OUT: usize = 12;

/// Prints the sentences left out, one per line.
pub(super) fn skipped(skipped: &[Skipped]) {
    if skipped.is_empty() {
        return;
    }
    say_text!("left out because a figure is missing:");
    let shown = &skipped[..skipped.len().min(LEFT_OUT)];
    let width = shown.iter().map(|d| d.sentence.chars().count()).max().unwrap_or(0);
    let facts = shown.iter().map(|d| d.fact.chars().count()).max().unwrap_or(0);
    for d in shown {
        // One reason per line, since the others are about other rows.
        let mut reasons = d.reason.split("; ");
        let first = reasons.next().unwrap_or_default();
        let more = match reasons.count() {
            0 => String::new(),
            n => format!(" (and {n} more)"),
        };
        say_line!("  {:width$}  {:facts$}  {first}{more}", d.sentence, d.fact);
    }
    let rest = match skipped.len() - shown.len() {
        0 => String::new(),
        n => format!("and {n} more; "),
    };
    say_line!("  {rest}`kosh missing` shows the words of each, and the rows to enter");
}

/// The largest number of gaps listed; the others are counted.
const GAPS: usize = 6;

/// Prints the times that printed series skip, one line for series with the same gap.
pub(super) fn gaps(gaps: &[Gap]) {
    if gaps.is_empty() {
        return;
    }
    say_text!("missing in the data, although the same series have figures before and after:");
    gaps.iter().take(GAPS).for_each(|gap| say_line!("  {gap}"));
    if gaps.len() > GAPS {
        say_text!("  and {gaps} more; `kosh check --json` lists them", gaps = gaps.len() - GAPS);
    }
}

/// The largest number of unconfirmed figures listed.
const UNCONFIRMED: usize = 60;

/// Prints figures of the period that no other figure confirms: their number after a build, each one after
/// a check.
pub(super) fn unconfirmed(figures: &[Unconfirmed], is_build: bool) {
    if figures.is_empty() {
        return;
    }
    if is_build {
        let figure = counted(figures.len(), "figure");
        say_text!(
            "{figure} of this period are based on a single row that no other figure confirms; `kosh \
            check` lists them",
            figure
        );
        return;
    }
    say_text!(
        "no sum, share or second source confirms these figures; compare them with the \
        published pages:"
    );
    figures.iter().take(UNCONFIRMED).for_each(|figure| say_line!("  {figure}"));
    if figures.len() > UNCONFIRMED {
        say_text!(
            "  and {figures} more; `--json` lists them",
            figures = figures.len() - UNCONFIRMED
        );
    }
}

/// Prints the allowed warnings, one per line.
pub(super) fn allowed(allowed: &[Allowed]) {
    for one in allowed {
        say_text!(
            "allowed: {code} {subject}: {reason}",
            code = one.code,
            subject = one.subject,
            reason = one.reason
        );
    }
}

/// Prints the number of warnings about figures that are not printed.
pub(super) fn elsewhere(elsewhere: &[Diagnostic]) {
    if !elsewhere.is_empty() {
        say_text!(
            "{elsewhere} about figures on which nothing printed is based; `kosh check` lists them",
            elsewhere = warnings(elsewhere)
        );
    }
}
