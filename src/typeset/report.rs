//! Turns Typst's problems into diagnostics: message, line, trace and hints.

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;

use super::world::EditionWorld;
use crate::diag::{Code, Diagnostic, Message, Place, SourceText};

/// The number of calls shown in a trace; others seldom help.
const TRACE: usize = 4;

/// Makes a diagnostic of a problem of Typst.
pub(super) fn diagnose(
    world: &EditionWorld,
    reported: &SourceDiagnostic,
    code: Code,
) -> Diagnostic {
    let message = Message::verbatim(reported.message.trim_end_matches('.'));
    let mut diagnostic = match reported.severity {
        Severity::Error => Diagnostic::error(code, message),
        Severity::Warning => Diagnostic::warning(code, message),
    }
    .at(place(world, reported.span));
    for point in reported.trace.iter().take(TRACE) {
        if let Some(place) = place(world, point.span.into()) {
            diagnostic = diagnostic.related(place, Message::verbatim(point.v.to_string()));
        }
    }
    for hint in &reported.hints {
        diagnostic = diagnostic.hint(Message::verbatim(hint.v.to_string()));
    }
    diagnostic
}

/// The place in a file of the project. The generated `/brief.json` is named without a line.
pub(super) fn place(world: &EditionWorld, span: DiagSpan) -> Option<Place> {
    let id = span.id()?;
    let shown = world.shown(id)?;
    match (world.range(span), world.text(id)) {
        (Some(range), Some(text)) if id.vpath().get_with_slash() != super::BRIEF => {
            Some(SourceText::new(shown, text).place(range))
        }
        _ => Some(Place::Path(shown.to_path_buf())),
    }
}
