//! Texts somebody wrote, and texts composed of such: every byte knows the file it came from.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::Place;

/// A text file somebody wrote, kept so that its lines can be quoted.
///
/// One that layers were laid over one another for is composed of pieces of several files; a place
/// in it is a place in the file that the piece came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceText {
    /// The path as the user would name it, relative to the project.
    pub path: PathBuf,
    /// The whole content.
    pub text: Arc<str>,
    /// Where its bytes come from, in order, if not all from `path`.
    origins: Arc<[Origin]>,
}

/// A run of a composed text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Origin {
    /// Where it begins in the composed text.
    start: usize,
    /// The text it was copied from.
    source: SourceText,
    /// The bytes copied.
    range: Range<usize>,
}

/// What a composed text is made of.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Bytes of another text.
    Of(SourceText, Range<usize>),
    /// Glue that nobody wrote.
    Glue(&'static str),
}

impl SourceText {
    /// A text under the path by which the user knows it.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), origins: Arc::default() }
    }

    /// A text made of pieces of others; `path` is named where no piece can be.
    pub fn composed(path: impl Into<PathBuf>, pieces: Vec<Piece>) -> Self {
        let (mut text, mut origins) = (String::new(), vec![]);
        for piece in pieces {
            match piece {
                Piece::Glue(glue) => text.push_str(glue),
                Piece::Of(source, range) => {
                    let start = text.len();
                    text.push_str(&source.text[range.clone()]);
                    origins.push(Origin { start, source, range });
                }
            }
        }
        Self { path: path.into(), text: text.into(), origins: origins.into() }
    }

    /// The place of a byte range of this text.
    pub fn place(&self, range: Range<usize>) -> Place {
        if self.origins.is_empty() {
            return Place::Text { source: self.clone(), range };
        }
        // Glue counts with the piece before it.
        let index = self.origins.partition_point(|origin| origin.start <= range.start);
        let origin = &self.origins[index.saturating_sub(1)];
        let clamp = |at: usize| {
            let inside = at.saturating_sub(origin.start).min(origin.range.len());
            origin.range.start + inside
        };
        origin.source.place(clamp(range.start)..clamp(range.end))
    }

    /// The place of a whole line, counted from 1, without its line ending.
    pub fn line(&self, line: usize) -> Place {
        let mut start = 0;
        for (index, content) in self.text.split_inclusive('\n').enumerate() {
            if index + 1 == line {
                let end = start + content.trim_end_matches(['\n', '\r']).len();
                return self.place(start..end);
            }
            start += content.len();
        }
        self.place(self.text.len()..self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_composed_text_is_a_place_in_the_file_it_came_from() {
        let base = SourceText::new("base.md", "one\ntwo\nthree\n");
        let own = SourceText::new("own.md", "# mine\nTWO\n");
        let pieces = vec![
            Piece::Of(base.clone(), 0..4),
            Piece::Of(own, 7..11),
            Piece::Glue("\n"),
            Piece::Of(base, 8..14),
        ];
        let both = SourceText::composed("base.md", pieces);
        assert_eq!(&*both.text, "one\nTWO\n\nthree\n");
        let at = |needle: &str| {
            let start = both.text.find(needle).unwrap();
            both.place(start..start + needle.len()).to_string()
        };
        assert_eq!(at("one"), "base.md:1:1");
        assert_eq!(at("TWO"), "own.md:2:1");
        assert_eq!(at("three"), "base.md:3:1");
        assert_eq!(both.line(4).to_string(), "base.md:3:1");
    }
}
