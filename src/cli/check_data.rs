//! `kosh check data`: everything that is to be said of all rows.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use serde_json::{Value, json};

use super::args::DataOptions;
use super::{problems, report};
use crate::audit::{Audit, Coverage, Finding, Level, MARK, audit, page};
use crate::diag::{self, Code, Diagnostic, Message, Place, Result};
use crate::output::{self, File};
use crate::project::{Overrides, Project};

/// As many findings of a kind are listed, the worst first.
const SHOWN: usize = 20;

/// Looks at all rows of the data folder.
pub(super) fn check(options: &DataOptions) -> ExitCode {
    let start = Instant::now();
    let (audit, project) = match attempt(options) {
        Ok(audit) => audit,
        Err(found) => return report::refused(&found, options.json),
    };
    if let Some(path) = &options.html
        && let Err(found) =
            write(path, &page(&audit, &project.shown(&project.data).display().to_string()))
    {
        return report::refused(&found, options.json);
    }
    if options.json {
        say_line!("{:#}", as_json(&audit));
    } else {
        print(&audit, options);
        if !options.quiet {
            say_line!("{} ({:.2} s)", summary(&audit), start.elapsed().as_secs_f64());
        }
    }
    let is_clean = audit.count(Level::Error) == 0;
    // The process ends here: taking the tables apart first is time for nothing.
    std::mem::forget(audit);
    if is_clean { ExitCode::SUCCESS } else { problems() }
}

fn attempt(options: &DataOptions) -> Result<(Audit, Project)> {
    let overrides = Overrides { data: options.data.clone(), ..Overrides::default() };
    let project = Project::open(&options.project, &overrides)?;
    let audit = audit(&project.files, &project.data, &project.shown(&project.data))?;
    Ok((audit, project))
}

/// Writes the page, over an earlier one or where nothing is.
fn write(path: &Path, page: &str) -> Result<()> {
    let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    let Some(name) = name else {
        let place = Place::Path(path.to_path_buf());
        return Err(Diagnostic::error(Code::K0919, message!("this is not the name of a file"))
            .at(place)
            .into());
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = File { name, bytes: page.as_bytes().to_vec() };
    output::add(folder.unwrap_or(Path::new(".")), &[file], |old| old.starts_with(MARK.as_bytes()))
}

fn summary(audit: &Audit) -> Message {
    let counted = |level: Level| report::counted(audit.count(level), level.name());
    message!(
        "{counted}, {counted_2}, {counted_3} in {audit} of {tables}; `kosh explain CODE` says more",
        counted = counted(Level::Error),
        counted_2 = counted(Level::Warning),
        counted_3 = counted(Level::Note),
        audit = report::counted(audit.rows(), "row"),
        tables = report::counted(audit.dataset.tables.len(), "table")
    )
}

fn print(audit: &Audit, options: &DataOptions) {
    for (kind, about) in audit.kinds() {
        let is_reported = |finding: &&Finding| !options.quiet || finding.level < Level::Note;
        let findings: Vec<&Finding> = audit.of_kind(kind).filter(is_reported).collect();
        if findings.is_empty() {
            continue;
        }
        say_line!("{kind}: {about} ({})", findings.len());
        let shown = if options.all { findings.len() } else { SHOWN };
        findings.iter().take(shown).for_each(|finding| line(finding));
        if findings.len() > shown {
            say_text!("  and {shown} more; `--all` lists them", shown = findings.len() - shown);
        }
    }
    if !audit.is_readable {
        say_text!("some rows could not be read, so the figures were not compared with one another");
    }
    if options.coverage {
        audit.coverage.iter().for_each(grid);
    }
}

/// One finding: where, what, and the rows that belong to it.
fn line(finding: &Finding) {
    let Diagnostic { place, message, label, related, notes, code, .. } = &finding.diagnostic;
    let place = place.as_ref().map(ToString::to_string).unwrap_or_default();
    say_line!("  {}[{code}] {place}: {}", finding.level.name(), message);
    if !label.is_empty() {
        say_line!("      {label}");
    }
    for (place, label) in related {
        say_line!("      {place}: {label}");
    }
    for note in notes.iter().filter(|_| finding.level < Level::Note || finding.kind == "notes") {
        say_text!("      why: {note}", note);
    }
    if let Some(reason) = &finding.known {
        say_text!("      listed under `as-printed`: {reason}", reason);
    }
}

/// The coverage of a table, a letter for each time.
fn grid(coverage: &Coverage) {
    let Coverage { table, times, measures, .. } = coverage;
    let (Some(first), Some(last)) = (times.first(), times.last()) else { return };
    say_text!(
        "coverage of {table}, {number_of_times} times from {first} to {last}:",
        table,
        number_of_times = times.len(),
        first,
        last
    );
    let width = measures.iter().map(|one| one.name.chars().count()).max().unwrap_or(0);
    for measure in measures {
        let letter = |time| measure.at.get(time).map_or('.', |entry| entry.letter());
        let letters: String = times.iter().map(letter).collect();
        say_line!("  {:width$}  {letters}", measure.name);
    }
}

/// A finding for other programs.
pub(super) fn finding(finding: &Finding) -> Value {
    let mut value = diag::as_json(&finding.diagnostic);
    value["kind"] = json!(finding.kind);
    value["severity"] = json!(finding.level);
    value["as_printed"] = json!(finding.known);
    value
}

fn as_json(audit: &Audit) -> Value {
    let findings: Vec<Value> = audit.findings.iter().map(finding).collect();
    let coverage = audit.coverage.iter().map(|coverage| {
        let measures = coverage.measures.iter().map(|measure| {
            let at = measure.at.iter().map(|(time, entry)| (time.to_string(), json!(entry)));
            json!({ "measure": measure.name, "at": at.collect::<serde_json::Map<_, _>>() })
        });
        json!({
            "table": coverage.table,
            "times": coverage.times.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "measures": measures.collect::<Vec<_>>(),
        })
    });
    json!({
        "errors": audit.count(Level::Error), "warnings": audit.count(Level::Warning),
        "notes": audit.count(Level::Note), "rows": audit.rows(), "readable": audit.is_readable,
        "findings": findings, "coverage": coverage.collect::<Vec<_>>(),
    })
}
