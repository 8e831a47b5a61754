//! The blocks of a section in order, and what each layer does with them.

use serde_json::{Value, json};

use crate::diag::{Place, Result, slashed};
use crate::project::{Change, Format, Outline, Project};

/// The prefix of section names.
pub(super) const PREFIX: &str = "section.";

/// The section with this id in every form and language; `None` if it does not exist.
pub(super) fn of(project: &Project, id: &str) -> Result<Option<Vec<Outline>>> {
    let mut outlines = project.outlines()?;
    outlines.retain(|outline| outline.id == id);
    Ok(Some(outlines).filter(|outlines| !outlines.is_empty()))
}

/// The names of all sections.
pub(super) fn names(project: &Project) -> Result<Vec<String>> {
    let mut names: Vec<String> =
        project.outlines()?.iter().map(|outline| format!("{PREFIX}{}", outline.id)).collect();
    names.dedup();
    names.sort();
    names.dedup();
    Ok(names)
}

/// The sections of the standard form in the order of the brief, as a line of `kosh explain order`.
pub(super) fn in_order(project: &Project) -> Result<String> {
    let first = project.languages.first().map_or("", String::as_str);
    let (sections, _) = project.sections(Format::Standard, first)?;
    let ids: Vec<&str> = sections.iter().map(|file| file.id.as_str()).collect();
    Ok(ids.join(" "))
}

/// The outlines as text.
pub(super) fn drawn(outlines: &[Outline]) -> String {
    let mut text = String::new();
    for (index, outline) in outlines.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text += &format!("{}  {}  {}\n", outline.id, outline.lang, outline.file.display());
        let width = outline.entries.iter().map(|e| e.name.chars().count()).max().unwrap_or(0);
        for entry in &outline.entries {
            let place = line(&entry.place);
            let gone = if entry.is_gone() { "  removed" } else { "" };
            text += &format!("  {:width$}  {place}{gone}\n", entry.name);
            if !entry.text.is_empty() && !entry.is_gone() {
                text += &format!("  {:width$}    {}\n", "", entry.text);
            }
            for (change, place) in &entry.changes {
                text += &format!("  {:width$}    {} {}\n", "", words(*change), line(place));
            }
        }
        if outline.entries.is_empty() {
            text += "  no blocks\n";
        }
    }
    text
}

/// The outlines as JSON.
pub(super) fn as_json(outlines: &[Outline]) -> String {
    let outlines: Vec<Value> = outlines
        .iter()
        .map(|outline| {
            let blocks: Vec<Value> = outline
                .entries
                .iter()
                .map(|entry| {
                    let changes = entry.changes.iter().map(|(change, place)| {
                        json!({ "change": word(*change), "place": place.to_string() })
                    });
                    json!({
                        "name": entry.name,
                        "place": entry.place.to_string(),
                        "text": entry.text,
                        "taken-out": entry.is_gone(),
                        "changes": changes.collect::<Vec<_>>(),
                    })
                })
                .collect();
            json!({
                "section": outline.id, "language": outline.lang, "form": outline.format.stem(),
                "file": slashed(&outline.file), "blocks": blocks,
            })
        })
        .collect();
    format!("{:#}", Value::Array(outlines))
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Replaced => "replaced",
        Change::AddedTo => "added-to",
        Change::TakenOut => "taken-out",
    }
}

fn words(change: Change) -> &'static str {
    match change {
        Change::Replaced => "replaced in",
        Change::AddedTo => "extended in",
        Change::TakenOut => "removed in",
    }
}

/// The file and line of a block.
fn line(place: &Place) -> String {
    let path = place.path().display();
    match place.line_column() {
        Some((line, _)) => format!("{path}:{line}"),
        None => path.to_string(),
    }
}
