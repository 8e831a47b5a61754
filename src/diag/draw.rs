//! Draws a diagnostic as text: the message, the line, carets, notes and hints.

use std::collections::HashMap;

use codespan_reporting::diagnostic::{Diagnostic as Drawn, Label, Severity as Level};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::termcolor::{ColorChoice, StandardStream};
use codespan_reporting::term::{self, Config};

use super::{Diagnostic, Place, Severity, SourceText, slashed};

/// Draws `diagnostic` without colour, for a file, a test or a pipe.
pub fn draw(diagnostic: &Diagnostic) -> String {
    let (files, drawn) = prepare(diagnostic);
    term::emit_into_string(&config(), &files, &drawn)
        .unwrap_or_else(|error| format!("{}: {error}\n", diagnostic.message))
}

/// Draws `diagnostic` to the terminal's error stream, in colour where it shows colour.
pub fn draw_to_terminal(diagnostic: &Diagnostic, choice: ColorChoice) -> std::io::Result<()> {
    let (files, drawn) = prepare(diagnostic);
    let stream = StandardStream::stderr(choice);
    term::emit_to_write_style(&mut stream.lock(), &config(), &files, &drawn).map_err(|error| {
        match error {
            codespan_reporting::files::Error::Io(error) => error,
            error => std::io::Error::other(error),
        }
    })
}

fn config() -> Config {
    Config { tab_width: 2, ..Config::default() }
}

fn prepare(diagnostic: &Diagnostic) -> (SimpleFiles<String, String>, Drawn<usize>) {
    let mut files = SimpleFiles::new();
    let mut ids: HashMap<SourceText, usize> = HashMap::new();
    let level = match diagnostic.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    let mut labels = vec![];
    let mut notes = vec![];
    let mut mark = |place: &Place, text: &str, primary: bool| match place {
        Place::Text { source, range } => {
            let id = *ids.entry(source.clone()).or_insert_with(|| {
                let name = slashed(&source.path);
                files.add(name, source.text.to_string())
            });
            let label = if primary {
                Label::primary(id, range.clone())
            } else {
                Label::secondary(id, range.clone())
            };
            labels.push(label.with_message(text));
        }
        other => notes.push(match text {
            "" => format!("in: {other}"),
            text => format!("in: {other} ({text})"),
        }),
    };
    if let Some(place) = &diagnostic.place {
        mark(place, &diagnostic.label, true);
    }
    for (place, text) in &diagnostic.related {
        mark(place, text, false);
    }
    notes.extend(diagnostic.notes.iter().map(|note| format!("why: {note}")));
    notes.extend(diagnostic.hints.iter().map(|hint| format!("hint: {hint}")));
    let drawn = Drawn::new(level)
        .with_code(diagnostic.code)
        .with_message(&diagnostic.message)
        .with_labels(labels)
        .with_notes(notes);
    (files, drawn)
}
