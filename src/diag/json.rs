//! Problems as JSON, for other programs and for the manifest of a release.

use serde_json::{Value, json};

use super::cut::shortened;
use super::{Diagnostic, Place, slashed};

/// A problem as JSON.
pub fn as_json(problem: &Diagnostic) -> Value {
    let place = |place: &Place| {
        let (line, column) = place.line_column().unzip();
        // An option has no file.
        let file = Some(slashed(place.path())).filter(|file| !file.is_empty());
        json!({ "file": file, "line": line, "column": column, "text": place.to_string() })
    };
    let related = problem.related.iter();
    json!({
        "severity": problem.severity,
        "code": problem.code,
        "message": shortened(&problem.message),
        "subject": problem.subject,
        "place": problem.place.as_ref().map(place),
        "related": related
            .map(|(at, label)| json!({ "place": place(at), "label": shortened(label) }))
            .collect::<Vec<_>>(),
        "notes": problem.notes.iter().map(|note| shortened(note)).collect::<Vec<_>>(),
        "hints": problem.hints.iter().map(|hint| shortened(hint)).collect::<Vec<_>>(),
    })
}
