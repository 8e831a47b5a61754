//! The abstract: one section of each document, printed with its keywords in the document's own language
//! first and below it in the other languages, as in journals. It is also the description in the file's
//! metadata.

use crate::document::{Block, Document, Inline, Spoken, plain};

/// Adds the abstracts of the other languages to each document, with keywords.
pub(super) fn in_all_languages(documents: &mut [Document], id: &str) {
    let spoken: Vec<Option<Spoken>> =
        documents.iter().map(|document| in_its_language(document, id)).collect();
    for (index, document) in documents.iter_mut().enumerate() {
        let Some(own) = &spoken[index] else { continue };
        let others = spoken.iter().enumerate().filter(|(other, _)| *other != index);
        let others = others.filter_map(|(_, spoken)| spoken.clone());
        let mut blocks = own.blocks.clone();
        blocks.extend(others.map(|spoken| Block::Parallel { columns: vec![spoken] }));
        if let Some(section) = document.sections.iter_mut().find(|section| section.id == id) {
            document.meta.description =
                section.blocks.iter().filter_map(text).collect::<Vec<_>>().join(" ");
            section.blocks = blocks;
        }
    }
}

/// The abstract of a document: its heading becomes a run-in head, and its keywords follow.
fn in_its_language(document: &Document, id: &str) -> Option<Spoken> {
    let section = document.sections.iter().find(|section| section.id == id)?;
    let mut blocks: Vec<Block> = vec![];
    let mut head = None;
    for block in &section.blocks {
        match block {
            Block::Heading { content, .. } => head = Some(plain(content)),
            Block::Paragraph { content } => {
                let mut line: Vec<Inline> = head
                    .take()
                    .map(|head| run_in(&format!("{head}.")))
                    .into_iter()
                    .flatten()
                    .collect();
                line.extend(content.iter().cloned());
                blocks.push(Block::Paragraph { content: line });
            }
            other => blocks.push(other.clone()),
        }
    }
    if blocks.is_empty() {
        return None;
    }
    let meta = &document.meta;
    if let Some(label) = meta.words.get("keywords").filter(|_| !meta.keywords.is_empty()) {
        let mut line = run_in(label);
        line.push(Inline::text(format!("{}.", meta.keywords.join(", ").trim_end_matches('.'))));
        blocks.push(Block::Paragraph { content: line });
    }
    Some(Spoken {
        lang: meta.lang.clone(),
        region: meta.region.clone(),
        dir: meta.dir.clone(),
        blocks,
    })
}

fn run_in(words: &str) -> Vec<Inline> {
    vec![Inline::Strong { content: vec![Inline::text(words)] }, Inline::text(" ")]
}

fn text(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph { content } => Some(plain(content)),
        _ => None,
    }
}
