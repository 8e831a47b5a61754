//! Typst's problems as ours: message, line, trace and hints.

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;

use super::world::EditionWorld;
use crate::diag::{Code, Diagnostic, Place, SourceText};

/// How many calls on the way to a problem are shown; further ones are seldom the reader's.
const TRACE: usize = 4;

/// Says in our form what Typst says in its own.
pub(super) fn diagnose(world: &EditionWorld, told: &SourceDiagnostic, code: Code) -> Diagnostic {
    let message = told.message.trim_end_matches('.');
    let mut diagnostic = match told.severity {
        Severity::Error => Diagnostic::error(code, message),
        Severity::Warning => Diagnostic::warning(code, message),
    }
    .at(place(world, told.span));
    for point in told.trace.iter().take(TRACE) {
        if let Some(place) = place(world, point.span.into()) {
            diagnostic = diagnostic.related(place, point.v.to_string());
        }
    }
    for hint in &told.hints {
        diagnostic = diagnostic.hint(hint.v.to_string());
    }
    diagnostic
}

/// The spot in the file that somebody wrote. `/brief.json` is nobody's, and is named only.
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
