//! Visitors, which read ([`Visit`]) or change ([`VisitMut`]) every section, block, line and part of a
//! document in the order of the page.
//!
//! A visitor overrides the methods it needs, and calls the `walk_…` function of the same name to continue
//! inside. The order is defined once, in [`Block::inner`], [`Block::lines`] and [`Inline::content`]. For
//! simple cases [`Document::each_block`], [`Document::each_line`] and [`Document::each_inline`] read with
//! a closure, and [`Document::each_block_mut`] and [`Document::each_inline_mut`] change with one.

use super::{Block, Document, Inline, Section};

/// Reads a document.
///
/// ```
/// use kosh::document::{Block, Document, Inline, Section, Visit, walk_inline};
///
/// /// The sentences of the text, each with its section; those of exhibits are passed over.
/// #[derive(Default)]
/// struct Sentences<'d> {
///     section: &'d str,
///     found: Vec<(&'d str, &'d str)>,
/// }
///
/// impl<'d> Visit<'d> for Sentences<'d> {
///     fn visit_section(&mut self, section: &'d Section) {
///         self.section = &section.id;
///         self.visit_blocks(&section.blocks);
///     }
///
///     fn visit_block(&mut self, block: &'d Block) {
///         if !matches!(block, Block::Figure(_) | Block::Table(_) | Block::Cards { .. }) {
///             kosh::document::walk_block(self, block);
///         }
///     }
///
///     fn visit_inline(&mut self, inline: &'d Inline) {
///         match inline {
///             Inline::Sentence { id, .. } => self.found.push((self.section, id)),
///             _ => walk_inline(self, inline),
///         }
///     }
/// }
///
/// let paragraph = Block::Paragraph {
///     content: vec![Inline::Sentence { id: "s1".into(), content: vec![] }],
/// };
/// let section = Section { id: "general".into(), blocks: vec![paragraph] };
/// let document = Document { meta: Default::default(), sections: vec![section] };
/// let mut sentences = Sentences::default();
/// sentences.visit_document(&document);
/// assert_eq!(sentences.found, [("general", "s1")]);
/// ```
pub trait Visit<'d> {
    /// Visits a whole document: its sections.
    fn visit_document(&mut self, document: &'d Document) {
        document.sections.iter().for_each(|section| self.visit_section(section));
    }

    /// Visits a section: its blocks.
    fn visit_section(&mut self, section: &'d Section) {
        self.visit_blocks(&section.blocks);
    }

    /// Visits consecutive blocks.
    fn visit_blocks(&mut self, blocks: &'d [Block]) {
        blocks.iter().for_each(|block| self.visit_block(block));
    }

    /// Visits a block: its own lines, then the blocks in it.
    fn visit_block(&mut self, block: &'d Block) {
        walk_block(self, block);
    }

    /// Visits a line: its parts.
    fn visit_line(&mut self, line: &'d [Inline]) {
        line.iter().for_each(|inline| self.visit_inline(inline));
    }

    /// Visits a part of a line: the parts in it.
    fn visit_inline(&mut self, inline: &'d Inline) {
        walk_inline(self, inline);
    }
}

/// Visits the lines of a block, then the blocks in it.
pub fn walk_block<'d>(visitor: &mut (impl Visit<'d> + ?Sized), block: &'d Block) {
    block.lines().into_iter().for_each(|line| visitor.visit_line(line));
    block.inner().into_iter().for_each(|blocks| visitor.visit_blocks(blocks));
}

/// Visits the parts inside a part of a line.
pub fn walk_inline<'d>(visitor: &mut (impl Visit<'d> + ?Sized), inline: &'d Inline) {
    match inline.content() {
        [] => {}
        content => visitor.visit_line(content),
    }
}

/// Changes a document; the counterpart of [`Visit`].
pub trait VisitMut {
    /// Visits a whole document: its sections.
    fn visit_document_mut(&mut self, document: &mut Document) {
        document.sections.iter_mut().for_each(|section| self.visit_section_mut(section));
    }

    /// Visits a section: its blocks.
    fn visit_section_mut(&mut self, section: &mut Section) {
        self.visit_blocks_mut(&mut section.blocks);
    }

    /// Visits consecutive blocks.
    fn visit_blocks_mut(&mut self, blocks: &mut Vec<Block>) {
        blocks.iter_mut().for_each(|block| self.visit_block_mut(block));
    }

    /// Visits a block: its own lines, then the blocks in it.
    fn visit_block_mut(&mut self, block: &mut Block) {
        walk_block_mut(self, block);
    }

    /// Visits a line: its parts.
    fn visit_line_mut(&mut self, line: &mut Vec<Inline>) {
        line.iter_mut().for_each(|inline| self.visit_inline_mut(inline));
    }

    /// Visits a part of a line: the parts in it.
    fn visit_inline_mut(&mut self, inline: &mut Inline) {
        walk_inline_mut(self, inline);
    }
}

/// Visits the lines of a block, then the blocks in it.
pub fn walk_block_mut(visitor: &mut (impl VisitMut + ?Sized), block: &mut Block) {
    block.lines_mut().into_iter().for_each(|line| visitor.visit_line_mut(line));
    block.inner_mut().into_iter().for_each(|blocks| visitor.visit_blocks_mut(blocks));
}

/// Visits the parts inside a part of a line.
pub fn walk_inline_mut(visitor: &mut (impl VisitMut + ?Sized), inline: &mut Inline) {
    if let Some(content) = inline.content_mut() {
        visitor.visit_line_mut(content);
    }
}

impl Document {
    /// Reads every block, outer ones first.
    pub fn each_block<'d>(&'d self, read: impl FnMut(&'d Block)) {
        struct Each<F>(F);
        impl<'d, F: FnMut(&'d Block)> Visit<'d> for Each<F> {
            fn visit_block(&mut self, block: &'d Block) {
                (self.0)(block);
                // Lines contain no blocks.
                block.inner().into_iter().for_each(|blocks| self.visit_blocks(blocks));
            }
        }
        Each(read).visit_document(self);
    }

    /// Reads every line, outer ones first: a sentence in a line is a line too.
    pub fn each_line<'d>(&'d self, read: impl FnMut(&'d [Inline])) {
        struct Each<F>(F);
        impl<'d, F: FnMut(&'d [Inline])> Visit<'d> for Each<F> {
            fn visit_line(&mut self, line: &'d [Inline]) {
                (self.0)(line);
                line.iter().for_each(|inline| self.visit_inline(inline));
            }
        }
        Each(read).visit_document(self);
    }

    /// Reads every part of every line, outer ones first.
    pub fn each_inline<'d>(&'d self, read: impl FnMut(&'d Inline)) {
        struct Each<F>(F);
        impl<'d, F: FnMut(&'d Inline)> Visit<'d> for Each<F> {
            fn visit_inline(&mut self, inline: &'d Inline) {
                (self.0)(inline);
                walk_inline(self, inline);
            }
        }
        Each(read).visit_document(self);
    }

    /// Changes every block, outer ones first.
    pub fn each_block_mut(&mut self, mut change: impl FnMut(&mut Block)) {
        self.sections.iter_mut().for_each(|section| section.each_block_mut(&mut change));
    }

    /// Changes every part of every line, outer ones first.
    pub fn each_inline_mut(&mut self, change: impl FnMut(&mut Inline)) {
        struct Each<F>(F);
        impl<F: FnMut(&mut Inline)> VisitMut for Each<F> {
            fn visit_inline_mut(&mut self, inline: &mut Inline) {
                (self.0)(inline);
                walk_inline_mut(self, inline);
            }
        }
        Each(change).visit_document_mut(self);
    }
}

impl Section {
    /// Changes every block, outer ones first.
    pub fn each_block_mut(&mut self, change: impl FnMut(&mut Block)) {
        struct Each<F>(F);
        impl<F: FnMut(&mut Block)> VisitMut for Each<F> {
            fn visit_block_mut(&mut self, block: &mut Block) {
                (self.0)(block);
                // Lines contain no blocks.
                block.inner_mut().into_iter().for_each(|blocks| self.visit_blocks_mut(blocks));
            }
        }
        Each(change).visit_section_mut(self);
    }
}

impl Block {
    /// The lines of the block itself, without those of the blocks in it.
    pub fn lines(&self) -> Vec<&[Inline]> {
        match self {
            Self::Heading { content, .. } | Self::Paragraph { content } => vec![content],
            Self::Cards { cards } => {
                cards.iter().flat_map(|card| [&card.value[..], &card.note]).collect()
            }
            Self::Figure(figure) => {
                let own = [&figure.title[..], &figure.subtitle, &figure.note];
                let captions = figure.captions.iter().map(|caption| &caption.content[..]);
                own.into_iter().chain(captions).collect()
            }
            Self::Table(table) => {
                let heads = table.columns.iter().map(|column| &column.head[..]);
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                let notes = table.notes.iter().map(|note| &note[..]);
                let captions = table.captions.iter().map(|caption| &caption.content[..]);
                let cells = cells.map(|cell| &cell.content[..]);
                heads.chain(cells).chain(notes).chain(captions).collect()
            }
            Self::Box { title, .. } => vec![title],
            Self::Notes { notes } => notes.iter().map(|note| &note.content[..]).collect(),
            Self::List { .. }
            | Self::Columns { .. }
            | Self::Parallel { .. }
            | Self::Bibliography => vec![],
        }
    }

    /// The blocks in the block: those of each item, column or language.
    pub fn inner(&self) -> Vec<&[Self]> {
        match self {
            Self::List { items, .. } => items.iter().map(Vec::as_slice).collect(),
            Self::Box { blocks, .. } => vec![blocks],
            Self::Columns { left, right } => vec![left, right],
            Self::Parallel { columns } => columns.iter().map(|column| &column.blocks[..]).collect(),
            Self::Heading { .. }
            | Self::Paragraph { .. }
            | Self::Cards { .. }
            | Self::Figure(_)
            | Self::Table(_)
            | Self::Notes { .. }
            | Self::Bibliography => vec![],
        }
    }

    /// [`lines`](Self::lines), mutable.
    pub fn lines_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        match self {
            Self::Heading { content, .. } | Self::Paragraph { content } => vec![content],
            Self::Cards { cards } => {
                cards.iter_mut().flat_map(|card| [&mut card.value, &mut card.note]).collect()
            }
            Self::Figure(figure) => {
                let own = [&mut figure.title, &mut figure.subtitle, &mut figure.note];
                let captions = figure.captions.iter_mut().map(|caption| &mut caption.content);
                own.into_iter().chain(captions).collect()
            }
            Self::Table(table) => {
                let heads = table.columns.iter_mut().map(|column| &mut column.head);
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                let captions = table.captions.iter_mut().map(|caption| &mut caption.content);
                let cells = cells.map(|cell| &mut cell.content);
                heads.chain(cells).chain(&mut table.notes).chain(captions).collect()
            }
            Self::Box { title, .. } => vec![title],
            Self::Notes { notes } => notes.iter_mut().map(|note| &mut note.content).collect(),
            Self::List { .. }
            | Self::Columns { .. }
            | Self::Parallel { .. }
            | Self::Bibliography => vec![],
        }
    }

    /// [`inner`](Self::inner), mutable.
    pub fn inner_mut(&mut self) -> Vec<&mut Vec<Self>> {
        match self {
            Self::List { items, .. } => items.iter_mut().collect(),
            Self::Box { blocks, .. } => vec![blocks],
            Self::Columns { left, right } => vec![left, right],
            Self::Parallel { columns } => {
                columns.iter_mut().map(|column| &mut column.blocks).collect()
            }
            Self::Heading { .. }
            | Self::Paragraph { .. }
            | Self::Cards { .. }
            | Self::Figure(_)
            | Self::Table(_)
            | Self::Notes { .. }
            | Self::Bibliography => vec![],
        }
    }
}

impl Inline {
    /// The parts inside this part of a line; empty for text, values and references.
    pub fn content(&self) -> &[Self] {
        match self {
            Self::Sentence { content, .. }
            | Self::Emph { content }
            | Self::Strong { content }
            | Self::Link { content, .. }
            | Self::Foreign { content, .. } => content,
            Self::Text { .. }
            | Self::Fact { .. }
            | Self::Cite { .. }
            | Self::Ref { .. }
            | Self::NoteRef { .. }
            | Self::Break => &[],
        }
    }

    /// [`content`](Self::content), mutable; `None` for text, values and references.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Sentence { content, .. }
            | Self::Emph { content }
            | Self::Strong { content }
            | Self::Link { content, .. }
            | Self::Foreign { content, .. } => Some(content),
            Self::Text { .. }
            | Self::Fact { .. }
            | Self::Cite { .. }
            | Self::Ref { .. }
            | Self::NoteRef { .. }
            | Self::Break => None,
        }
    }
}
