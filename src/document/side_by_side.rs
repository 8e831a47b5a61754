//! The express edition: the editions of all languages become one, side by side.
//!
//! In: a document of the same sections in each language. Out: one document whose blocks stand in
//! parallel columns, row by row, so that what belongs together stands on one line. Ids of the
//! second language on get the language as a suffix: what is referred to must be one thing.

use super::{Block, Document, Figure, Inline, Masthead, Section, Spoken, Table};

/// The id of an exhibit or note in the column of another language than the first.
pub fn spoken_id(id: &str, lang: &str) -> String {
    format!("{id}@{lang}")
}

/// Lays documents side by side; the first one's masthead stands for all.
pub fn parallel(documents: &[Document]) -> Option<Document> {
    let (first, others) = documents.split_first()?;
    let mut spoken: Vec<Document> = vec![first.clone()];
    for other in others {
        let mut other = other.clone();
        let lang = other.meta.lang.clone();
        rename(&mut other, &lang);
        spoken.push(other);
    }
    // The caption in the other language stands beside, in that language's column.
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
        // Nothing else is published of this form: the languages are all here.
        meta.editions.retain(|edition| edition.lang != other.meta.lang);
        meta.title = format!("{} · {}", meta.title, other.meta.title);
        meta.period = format!("{} · {}", meta.period, other.meta.period);
        meta.genre = format!("{} · {}", meta.genre, other.meta.genre);
        meta.status = format!("{} · {}", meta.status, other.meta.status);
        // A page has one mark, and it is read in every language.
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
