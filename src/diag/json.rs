//! Problems as JSON, for other programs and for the manifest of a release.
//!
//! `message`, `notes`, `hints` and the labels are always English, so that a program finds the same words on
//! every machine; if the user has chosen another language, the same keys are in `translated` once more.

use serde_json::{Value, json};

use super::cut::shortened;
use super::{Diagnostic, Message, Place, catalogue, slashed};

/// A problem as JSON.
pub fn as_json(problem: &Diagnostic) -> Value {
    let english = told(problem, &|message| message.english().to_owned());
    let mut value = json!({
        "severity": problem.severity,
        "code": problem.code,
        "message": english["message"],
        "subject": problem.subject,
        "place": problem.place.as_ref().map(place),
        "related": english["related"],
        "notes": english["notes"],
        "hints": english["hints"],
    });
    if let Some(catalogue) = catalogue::chosen() {
        value["translated"] = told(problem, &|message| message.in_language(catalogue));
        value["translated"]["language"] = catalogue.language().into();
    }
    value
}

fn place(place: &Place) -> Value {
    let (line, column) = place.line_column().unzip();
    // An option has no file.
    let file = Some(slashed(place.path())).filter(|file| !file.is_empty());
    json!({ "file": file, "line": line, "column": column, "text": place.to_string() })
}

/// What is told of a problem in one language.
fn told(problem: &Diagnostic, words: &dyn Fn(&Message) -> String) -> Value {
    let words = |message: &Message| shortened(&words(message));
    let related = problem.related.iter();
    json!({
        "message": words(&problem.message),
        "related": related
            .map(|(at, label)| json!({ "place": place(at), "label": words(label) }))
            .collect::<Vec<_>>(),
        "notes": problem.notes.iter().map(words).collect::<Vec<_>>(),
        "hints": problem.hints.iter().map(words).collect::<Vec<_>>(),
    })
}
