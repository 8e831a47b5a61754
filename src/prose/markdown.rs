//! Parses the output of a template into blocks of the document tree.
//!
//! In: Markdown with placeholders, and the [`Placeholders`] with their contents. Out: blocks. Only the
//! Markdown that a brief needs is supported: headings, paragraphs, lists, emphasis, links, hard breaks.
//! Anything else is refused at its line rather than flattened.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Placed;
use super::placeholders::{Piece, Placeholders, Token};
use crate::document::{Block, Inline, Note};

/// Markdown that a brief does not support.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unsupported {
    /// What it is.
    pub what: String,
    /// The range of the output that it takes.
    pub range: Range<usize>,
    /// The sentence that it is about, if it is one.
    pub sentence: Option<String>,
}

/// The content of open Markdown while it is parsed.
enum Frame {
    Heading(u8, Vec<Inline>),
    Paragraph(Vec<Inline>, Vec<Token>),
    List(bool, Vec<Vec<Block>>),
    Item(Vec<Block>, Vec<Inline>),
    Emph(Vec<Inline>),
    Strong(Vec<Inline>),
    Link(String, Vec<Inline>),
    Sentence(String, Vec<Inline>),
    /// A block opened by a template call.
    Call(String, Vec<String>, Vec<Block>),
}

/// Parses the output of a template into blocks. `place` makes the block of a figure, table or cards,
/// `polish` corrects the typography of a line, with the range of the output in which it stands.
pub(super) fn blocks(
    text: &str,
    placeholders: &Placeholders,
    place: &mut dyn FnMut(&str, &[String]) -> Option<Placed>,
    polish: &mut dyn FnMut(&mut Vec<Inline>, Range<usize>),
) -> Result<Vec<Block>, Unsupported> {
    let mut reader =
        Reader { placeholders, place, polish, range: 0..0, frames: vec![], done: vec![] };
    let refused = |range: &Range<usize>| {
        let range = range.clone();
        move |refused: Refused| Unsupported {
            what: refused.what,
            range,
            sentence: refused.sentence,
        }
    };
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        reader.range = range;
        reader.event(event).map_err(refused(&reader.range))?;
    }
    reader.finish().map_err(refused(&(0..text.len())))
}

/// What a brief does not support, in words, and the sentence that it is about.
struct Refused {
    what: String,
    sentence: Option<String>,
}

/// The largest nesting depth of lists, items, emphases, boxes and sentences.
const DEPTH: usize = 32;

struct Reader<'a> {
    placeholders: &'a Placeholders,
    place: &'a mut dyn FnMut(&str, &[String]) -> Option<Placed>,
    polish: &'a mut dyn FnMut(&mut Vec<Inline>, Range<usize>),
    /// The range of the output that the current event takes.
    range: Range<usize>,
    frames: Vec<Frame>,
    done: Vec<Block>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>) -> Result<(), Refused> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::SoftBreak => self.inline(Inline::text(" ")),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Code(_) => refuse("code between backticks"),
            Event::Html(_) | Event::InlineHtml(_) => refuse("HTML"),
            Event::Rule => refuse("a horizontal rule"),
            _ => refuse("this Markdown"),
        }
    }

    fn start(&mut self, tag: Tag<'_>) -> Result<(), Refused> {
        let frame = match tag {
            Tag::Paragraph => Frame::Paragraph(vec![], vec![]),
            Tag::Heading { level, .. } => match level {
                HeadingLevel::H1 => Frame::Heading(1, vec![]),
                HeadingLevel::H2 => Frame::Heading(2, vec![]),
                HeadingLevel::H3 => Frame::Heading(3, vec![]),
                _ => return refuse("a heading below the third level"),
            },
            Tag::List(first) => Frame::List(first.is_some(), vec![]),
            Tag::Item => Frame::Item(vec![], vec![]),
            Tag::Emphasis => Frame::Emph(vec![]),
            Tag::Strong => Frame::Strong(vec![]),
            Tag::Link { dest_url, .. } => Frame::Link(dest_url.to_string(), vec![]),
            Tag::Image { .. } => return refuse("an image: call `figure(…)`"),
            Tag::CodeBlock(_) => {
                return refuse("an indented or fenced block: start the line at the margin");
            }
            Tag::BlockQuote(_) => return refuse("a quotation: call `box(…)`"),
            _ => return refuse("this Markdown"),
        };
        self.open(frame)
    }

    /// Opens a frame, which collects the Markdown that follows.
    fn open(&mut self, frame: Frame) -> Result<(), Refused> {
        // Later recursive walks over the tree go as deep as it is nested.
        if self.frames.len() >= DEPTH {
            return refuse(&format!(
                "lists, emphases and boxes nested more than {DEPTH} deep (each list counts as two)"
            ));
        }
        self.frames.push(frame);
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Refused> {
        if let Some(Frame::Sentence(id, _)) = self.frames.last() {
            return Err(Refused {
                what: format!(
                    "the sentence `{id}`, which begins in one paragraph and ends in another: remove \
                    empty lines, figures and tables from it"
                ),
                sentence: Some(id.clone()),
            });
        }
        let Some(frame) = self.frames.pop() else { return refuse("an end without a start") };
        match (frame, tag) {
            (Frame::Heading(level, content), _) => {
                let content = self.line(content);
                if !content.is_empty() {
                    self.block(Block::Heading { level, content });
                }
            }
            (Frame::Paragraph(content, calls), _) => {
                let content = self.line(content);
                if !calls.is_empty() && !content.is_empty() {
                    return refuse(
                        "a figure, table or box inside a paragraph: add an empty line before and \
                        after it",
                    );
                }
                if !content.is_empty() {
                    self.block(Block::Paragraph { content });
                }
                for call in calls {
                    self.call(call)?;
                }
            }
            (Frame::List(ordered, items), _) => {
                let items: Vec<_> = items.into_iter().filter(|item| !item.is_empty()).collect();
                if !items.is_empty() {
                    self.block(Block::List { ordered, items });
                }
            }
            (Frame::Item(mut blocks, content), _) => {
                let content = self.line(content);
                if !content.is_empty() {
                    blocks.insert(0, Block::Paragraph { content });
                }
                match self.frames.last_mut() {
                    Some(Frame::List(_, items)) => items.push(blocks),
                    _ => return refuse("a list item outside a list"),
                }
            }
            (Frame::Emph(content), _) => self.inline(Inline::Emph { content })?,
            (Frame::Strong(content), _) => self.inline(Inline::Strong { content })?,
            (Frame::Link(url, content), _) => self.inline(Inline::Link { url, content })?,
            (Frame::Sentence(..) | Frame::Call(..), _) => {
                return refuse("a call that is not closed");
            }
        }
        Ok(())
    }

    /// A complete line: tidied and with corrected typography.
    fn line(&mut self, content: Vec<Inline>) -> Vec<Inline> {
        let mut content = tidy(content);
        (self.polish)(&mut content, self.range.clone());
        tidy(content)
    }

    fn text(&mut self, text: &str) -> Result<(), Refused> {
        for piece in self.placeholders.split(text) {
            match piece {
                Piece::Text(text) => self.inline(Inline::Text { text })?,
                Piece::Token(Token::Inline(inlines)) => {
                    for inline in inlines {
                        self.inline(inline)?;
                    }
                }
                Piece::Token(Token::SentenceStart(id)) => {
                    self.open(Frame::Sentence(id, vec![]))?;
                }
                Piece::Token(Token::SentenceEnd) => match self.frames.pop() {
                    Some(Frame::Sentence(id, content)) => {
                        let content = tidy(content);
                        self.inline(Inline::Sentence { id, content })?;
                    }
                    _ => {
                        return refuse(
                            "a sentence that ends inside an emphasis or link begun before it",
                        );
                    }
                },
                Piece::Token(call) => match self.frames.last_mut() {
                    Some(Frame::Paragraph(_, calls)) => calls.push(call),
                    _ => {
                        return refuse(
                            "a figure, table or box inside a line: add an empty line before and \
                            after it",
                        );
                    }
                },
            }
        }
        Ok(())
    }

    fn inline(&mut self, inline: Inline) -> Result<(), Refused> {
        match self.frames.last_mut() {
            Some(
                Frame::Heading(_, content)
                | Frame::Paragraph(content, _)
                | Frame::Item(_, content)
                | Frame::Emph(content)
                | Frame::Strong(content)
                | Frame::Link(_, content)
                | Frame::Sentence(_, content),
            ) => {
                content.push(inline);
                Ok(())
            }
            _ => refuse("text outside a paragraph"),
        }
    }

    fn block(&mut self, block: Block) {
        match self.frames.iter_mut().rev().find(|f| matches!(f, Frame::Item(..) | Frame::Call(..)))
        {
            Some(Frame::Item(blocks, _) | Frame::Call(_, _, blocks)) => blocks.push(block),
            _ => self.done.push(block),
        }
    }

    fn call(&mut self, token: Token) -> Result<(), Refused> {
        match token {
            Token::Block(name, arguments) => match (self.place)(&name, &arguments) {
                Some(Placed::Block(block)) => self.block(block),
                Some(Placed::Nothing) | None => {}
            },
            Token::BlockStart(name, arguments) => {
                self.open(Frame::Call(name, arguments, vec![]))?;
            }
            Token::BlockEnd(name) => match self.frames.pop() {
                Some(Frame::Call(opened, arguments, blocks)) if opened == name => {
                    if let Some(block) = closed(&name, &arguments, blocks, self.placeholders)? {
                        self.block(block);
                    }
                }
                _ => return refuse("a call that closes another"),
            },
            Token::Inline(_) | Token::SentenceStart(_) | Token::SentenceEnd => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<Block>, Refused> {
        match self.frames.first() {
            None => Ok(gather_notes(self.done)),
            Some(_) => refuse("a call that is not closed"),
        }
    }
}

/// The block of a closed call; `None` if it has no content.
fn closed(
    name: &str,
    arguments: &[String],
    mut blocks: Vec<Block>,
    placeholders: &Placeholders,
) -> Result<Option<Block>, Refused> {
    let argument = || arguments.first().cloned().unwrap_or_default();
    Ok(match name {
        _ if blocks.is_empty() => None,
        "box" => {
            let title = placeholders.inlines(&argument());
            Some(Block::Box { title, blocks })
        }
        "note" => {
            let content = blocks
                .drain(..)
                .flat_map(|block| match block {
                    Block::Paragraph { content } => content,
                    _ => vec![],
                })
                .collect();
            Some(Block::Notes { notes: vec![Note { id: argument(), number: 0, content }] })
        }
        "columns" => {
            let split = blocks.iter().position(|b| matches!(b, Block::Columns { left, right } if left.is_empty() && right.is_empty()));
            match split {
                Some(at) => {
                    let right = blocks.split_off(at + 1);
                    blocks.pop();
                    Some(Block::Columns { left: blocks, right })
                }
                None => return refuse("`columns` without a `column_break()`"),
            }
        }
        _ => return refuse("this call"),
    })
}

/// Joins consecutive notes into one list.
fn gather_notes(blocks: Vec<Block>) -> Vec<Block> {
    let mut gathered: Vec<Block> = vec![];
    for block in blocks {
        match (gathered.last_mut(), block) {
            (Some(Block::Notes { notes: all }), Block::Notes { notes }) => all.extend(notes),
            (_, block) => gathered.push(block),
        }
    }
    gathered
}

/// Joins neighbouring texts and trims spaces at both ends and before line breaks.
pub fn tidy(content: Vec<Inline>) -> Vec<Inline> {
    let mut tidied: Vec<Inline> = vec![];
    for inline in content {
        match (tidied.last_mut(), inline) {
            (Some(Inline::Text { text: before }), Inline::Text { text }) => {
                let text = if before.ends_with(' ') { text.trim_start_matches(' ') } else { &text };
                before.push_str(text);
            }
            (_, inline) => tidied.push(inline),
        }
    }
    if let Some(Inline::Text { text }) = tidied.first_mut() {
        *text = text.trim_start_matches([' ', '\n']).to_owned();
    }
    if let Some(Inline::Text { text }) = tidied.last_mut() {
        *text = text.trim_end_matches([' ', '\n']).to_owned();
    }
    tidied.retain(|inline| !matches!(inline, Inline::Text { text } if text.is_empty()));
    if tidied.iter().all(|i| matches!(i, Inline::Text { text } if text.trim().is_empty())) {
        tidied.clear();
    }
    tidied
}

fn refuse<T>(what: &str) -> Result<T, Refused> {
    Err(Refused { what: what.to_owned(), sentence: None })
}
