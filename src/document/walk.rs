//! Every block, line and part of a document, visited and changed in the order of the page.

use super::{Block, Document, Inline};

/// Visits every block, outer ones first.
pub fn walk(document: &mut Document, visit: &mut dyn FnMut(&mut Block)) {
    for section in &mut document.sections {
        walk_blocks(&mut section.blocks, visit);
    }
}

/// Visits blocks and those in them, outer ones first.
pub fn walk_blocks(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::List { items, .. } => items.iter_mut().for_each(|item| walk_blocks(item, visit)),
            Block::Box { blocks, .. } => walk_blocks(blocks, visit),
            Block::Columns { left, right } => {
                walk_blocks(left, visit);
                walk_blocks(right, visit);
            }
            Block::Parallel { columns } => {
                columns.iter_mut().for_each(|column| walk_blocks(&mut column.blocks, visit));
            }
            _ => {}
        }
    }
}

/// Visits every line of every block.
pub fn walk_content(document: &mut Document, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    walk(document, &mut |block| lines_of(block, &mut |line| lines(line, visit)));
}

/// Visits the lines of a block itself, not of the blocks in it.
pub fn lines_of(block: &mut Block, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    match block {
        Block::Heading { content, .. } | Block::Paragraph { content } => visit(content),
        Block::Cards { cards } => cards.iter_mut().for_each(|card| {
            visit(&mut card.value);
            visit(&mut card.note);
        }),
        Block::Figure(figure) => {
            visit(&mut figure.title);
            visit(&mut figure.subtitle);
            visit(&mut figure.note);
            figure.captions.iter_mut().for_each(|caption| visit(&mut caption.content));
        }
        Block::Table(table) => {
            table.columns.iter_mut().for_each(|column| visit(&mut column.head));
            table
                .rows
                .iter_mut()
                .flat_map(|row| &mut row.cells)
                .for_each(|cell| visit(&mut cell.content));
            table.notes.iter_mut().for_each(&mut *visit);
            table.captions.iter_mut().for_each(|caption| visit(&mut caption.content));
        }
        Block::Box { title, .. } => visit(title),
        Block::Notes { notes } => notes.iter_mut().for_each(|note| visit(&mut note.content)),
        Block::List { .. }
        | Block::Columns { .. }
        | Block::Parallel { .. }
        | Block::Bibliography => {}
    }
}

fn lines(content: &mut Vec<Inline>, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    visit(content);
    for inline in content {
        match inline {
            Inline::Sentence { content, .. }
            | Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => lines(content, visit),
            _ => {}
        }
    }
}

/// Visits every part of every line.
pub fn walk_lines(document: &mut Document, visit: &mut dyn FnMut(&mut Inline)) {
    walk_content(document, &mut |content| content.iter_mut().for_each(&mut *visit));
}
