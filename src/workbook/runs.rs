//! Texts whose parts are set in several ways.
//!
//! Parts that are raised at the end of a text are marks and are kept apart. Raised parts within it stay, in raised
//! characters where Unicode has them: km² is no km2.

use super::texts::{Runs, raised};

/// A text, its marks, and how its runs are set.
pub(super) struct Rich {
    pub(super) text: String,
    pub(super) marks: String,
    pub(super) runs: Runs,
}

/// A part of a text that is set in one way.
#[derive(Default)]
pub(super) struct Run {
    pub(super) text: String,
    /// It says how it is set; otherwise it is set as its cell.
    pub(super) is_own: bool,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) strike: bool,
    pub(super) raised: bool,
}

/// The runs as one text, with what is raised at its end apart.
pub(super) fn joined(runs: &[Run]) -> Rich {
    let is_blank = |run: &Run| run.text.trim().is_empty();
    let body = runs.iter().rposition(|run| !run.raised && !is_blank(run));
    let (mut text, mut marks) = (String::new(), String::new());
    for (index, run) in runs.iter().enumerate() {
        match body {
            Some(body) if index > body && run.raised => marks.push_str(&run.text),
            Some(body) if index < body && run.raised => {
                text.push_str(&raised(&run.text));
            }
            _ => text.push_str(&run.text),
        }
    }
    // Marks longer than this are no marks.
    if marks.len() > 200 {
        text.push_str(&marks);
        marks.clear();
    }
    let shown = || runs.iter().filter(|run| !is_blank(run) && !run.raised);
    let own = || shown().filter(|run| run.is_own);
    Rich {
        text,
        marks: marks.trim().to_owned(),
        runs: Runs {
            any_as_cell: shown().any(|run| !run.is_own) || shown().next().is_none(),
            bold: own().all(|run| run.bold),
            italic: own().all(|run| run.italic),
            strike: shown().any(|run| run.strike),
        },
    }
}
