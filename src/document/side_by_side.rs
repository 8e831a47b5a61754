//! The express edition: combines the documents of all languages side by side.
//!
//! In: a document with the same sections in each language. Out: one document whose blocks are in parallel
//! columns, row by row, so that corresponding blocks are aligned. Ids in the second and further languages
//! get the language as a suffix, since ids must be unique.

use super::{Block, Document, Figure, Inline, Masthead, Section, Spoken, Table};

/// The id of an exhibit or note in the column of another language than the first.
pub fn spoken_id(id: &str, lang: &str) -> String {
    format!("{id}@{lang}")
}

/// Combines documents side by side, with the masthead of the first one.
pub fn parallel(documents: &[Document]) -> Option<Document> {
    let (first, others) = documents.split_first()?;
    let mut spoken: Vec<Document> = vec![first.clone()];
    for other in others {
        let mut other = other.clone();
        let lang = other.meta.lang.clone();
        rename(&mut other, &lang);
        spoken.push(other);
    }
    // Captions in the other language are in that language's column.
    for document in &mut spoken {
        let own = document.meta.lang.clone();
        document.each_block_mut(|block| {
            if let Block::Figure(Figure { captions, .. }) | Block::Table(Table { captions, .. }) =
                block
            {
                captions.retain(|caption| caption.lang == own);
            }
        });
    }
    let mut sections = vec![];
    for (index, section) in first.sections.iter().enumerate() {
        let parts: Vec<&Section> = spoken.iter().filter_map(|d| d.sections.get(index)).collect();
        let rows = parts.iter().map(|part| part.blocks.len()).max().unwrap_or(0);
        let mut blocks = vec![];
        for row in 0..rows {
            let columns = spoken
                .iter()
                .zip(&parts)
                .map(|(document, part)| Spoken {
                    lang: document.meta.lang.clone(),
                    region: document.meta.region.clone(),
                    dir: document.meta.dir.clone(),
                    blocks: part.blocks.get(row).cloned().into_iter().collect(),
                })
                .collect();
            blocks.push(Block::Parallel { columns });
        }
        sections.push(Section { id: section.id.clone(), blocks });
    }
    let mut meta = first.meta.clone();
    for other in others {
        // This form has no other editions, since it contains all languages.
        meta.editions.retain(|edition| edition.lang != other.meta.lang);
        meta.title = format!("{} · {}", meta.title, other.meta.title);
        meta.period = format!("{} · {}", meta.period, other.meta.period);
        meta.genre = format!("{} · {}", meta.genre, other.meta.genre);
        meta.status = format!("{} · {}", meta.status, other.meta.status);
        // A page has a single mark, which must be readable in every language.
        if let (Some(draft), Some(other)) = (&mut meta.stamp.draft, &other.meta.stamp.draft) {
            *draft = format!("{draft} · {other}");
        }
    }
    meta.mastheads = documents
        .iter()
        .map(|Document { meta, .. }| Masthead {
            lang: meta.lang.clone(),
            region: meta.region.clone(),
            title: meta.title.clone(),
            period: meta.period.clone(),
            genre: meta.genre.clone(),
            body: meta.body.clone(),
            issue: meta.issue.clone(),
            status: meta.status.clone(),
            newest_source: meta.newest_source.clone(),
            cite: meta.cite.clone(),
            data: meta.data.clone(),
            contact: meta.contact.clone(),
            words: meta.words.clone(),
            stamp: meta.stamp.clone(),
        })
        .collect();
    Some(Document { meta, sections })
}

fn rename(document: &mut Document, lang: &str) {
    document.each_block_mut(|block| match block {
        Block::Figure(figure) => {
            figure.id = spoken_id(&figure.id, lang);
            figure.path = format!("/figures/{}.svg", figure.id);
        }
        Block::Table(table) => table.id = spoken_id(&table.id, lang),
        Block::Notes { notes } => {
            notes.iter_mut().for_each(|note| note.id = spoken_id(&note.id, lang))
        }
        _ => {}
    });
    document.each_inline_mut(|inline| {
        if let Inline::Ref { target, .. } | Inline::NoteRef { target, .. } = inline {
            *target = spoken_id(target, lang);
        }
    });
}
