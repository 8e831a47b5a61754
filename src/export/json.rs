//! JSON of facts with their lineage.

use super::{Content, Written};
use crate::diag::{Result, Warned};
use crate::output::File;
use crate::stats::Facts;

/// The file `facts.json`.
pub(super) fn write(content: &Content<'_>) -> Result<Warned<Written>> {
    let bytes = content.facts_json.clone().into_bytes();
    Ok(vec![File { name: "facts.json".into(), bytes }].into())
}

/// Facts as JSON text; the same facts give the same bytes.
pub fn facts(facts: &Facts) -> String {
    let mut json = serde_json::to_string_pretty(facts).expect("facts have string keys only");
    json.push('\n');
    json
}
