//! Drawings as files, with letters as outlines, a title and a description.

use std::collections::BTreeMap;

use super::{Content, Written};
use crate::diag::{Result, Warned};
use crate::document::{Block, Figure, plain};
use crate::output::File;

/// Writes a file for each drawing of each document: `figures/F1-en.svg`.
pub(super) fn write(content: &Content<'_>) -> Result<Warned<Written>> {
    let mut files = vec![];
    for (document, drawings) in content.documents.iter().zip(content.drawings) {
        let mut figures: BTreeMap<&str, &Figure> = BTreeMap::new();
        document.each_block(|block| {
            if let Block::Figure(figure) = block {
                figures.insert(&figure.path, figure);
            }
        });
        for (id, drawing) in drawings {
            let name = format!("figures/{id}-{}.svg", document.meta.lang);
            let figure = figures.get(&*format!("/figures/{id}.svg"));
            let title = figure.map(|figure| plain(&figure.title)).unwrap_or_default();
            let alt = figure.map_or("", |figure| &figure.alt);
            files.push(File { name, bytes: drawing.standalone(&title, alt).into_bytes() });
        }
    }
    Ok(files.into())
}
