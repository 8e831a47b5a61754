//! Places on the page: the file with its line, and a link that opens it in an editor.

use std::path::Path;

use serde_json::{Value, json};

use super::Editor;
use crate::diag::{Place, slashed};

/// A place as the page shows it: `{ "at": "data/moves.csv:3", "open": "vscode://…" }`.
pub(super) fn shown(place: &Place, editor: &Editor) -> Value {
    let at = match place.line_column() {
        Some((line, _)) => format!("{}:{line}", slashed(place.path())),
        None => place.to_string(),
    };
    json!({ "at": at, "open": editor.link.open(&editor.root, place.path(), place.line_column()) })
}

/// Adds to each row of an origin the link that opens it; a row of a workbook has none.
pub(super) fn open_rows(origin: &mut Value, editor: &Editor) {
    let parts = origin["parts"].as_array_mut().into_iter().flatten();
    for row in parts.flat_map(|part| part["rows"].as_array_mut().into_iter().flatten()) {
        let written = row["at"].as_str().and_then(|at| at.rsplit_once(':'));
        let place = written.and_then(|(path, line)| Some((path, line.parse().ok()?)));
        let open = place.and_then(|(path, line)| {
            editor.link.open(&editor.root, Path::new(path), Some((line, 1)))
        });
        row["open"] = json!(open);
    }
}
