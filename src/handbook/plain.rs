//! A page as text for the terminal: its Markdown without what only a browser or a test needs.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::markdown::OPTIONS;
use super::{Book, Page, Spot};

impl Book {
    /// A page, or a part of one, as text. A link names the command that prints its target.
    pub fn printed(&self, spot: Spot) -> String {
        let page = &self.pages[spot.page];
        let source = page.part(spot.heading);
        let mut text = source.to_owned();
        for (range, new) in self.changes(page, source).into_iter().rev() {
            text.replace_range(range, &new);
        }
        text.trim().to_owned() + "\n"
    }

    /// The contents, and how a page is opened.
    pub fn contents(&self) -> String {
        let mut text = format!("{}\n\n", self.title);
        let (reference, chapters): (Vec<&Page>, Vec<&Page>) =
            self.pages.iter().partition(|page| page.is_reference());
        let width = self.pages.iter().map(|page| page.name.len()).max().unwrap_or(0);
        for (head, pages) in [(&self.words.contents, chapters), (&self.words.reference, reference)]
        {
            _ = writeln!(text, "{head}:");
            for page in pages {
                _ = writeln!(text, "  {:width$}  {}", page.name, page.title);
            }
            text.push('\n');
        }
        text + &self.words.usage + "\n"
    }

    /// The ranges of a text that are printed differently, in order.
    fn changes(&self, page: &Page, source: &str) -> Vec<(Range<usize>, String)> {
        let mut changes = vec![];
        let mut link: Option<(Range<usize>, String, Range<usize>)> = None;
        for (event, range) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
            match event {
                Event::Html(html) if html.starts_with("<!--") => {
                    changes.push((range, String::new()))
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    // The words behind the language are for the tests.
                    let lang = info.split_whitespace().next().unwrap_or_default();
                    let from = range.start + source[range.clone()].find(&*info).unwrap_or(0);
                    changes.push((from..from + info.len(), lang.to_owned()));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    link = Some((range.clone(), dest_url.to_string(), range.end..range.start));
                }
                Event::End(TagEnd::Link) => {
                    if let Some((whole, url, inner)) = link.take() {
                        let words = source.get(inner).unwrap_or_default();
                        changes.push((whole, self.link(page, words, &url)));
                    }
                }
                Event::Start(Tag::Image { .. }) => {
                    let words = source[range.clone()].trim_start_matches("![");
                    let alt = words.split(']').next().unwrap_or_default().to_owned();
                    changes.push((range, format!("[{alt}]")));
                }
                _ => {
                    if let Some((.., inner)) = &mut link {
                        inner.start = inner.start.min(range.start);
                        inner.end = inner.end.max(range.end);
                    }
                }
            }
        }
        changes
    }

    /// The words of a link with what its target is called.
    fn link(&self, page: &Page, words: &str, url: &str) -> String {
        match self.target(page, url) {
            Some(spot) => format!("{words} (`kosh handbook {}`)", self.name(spot)),
            None if url.contains("://") => format!("{words} ({url})"),
            None => words.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::handbook::{Book, default_language, languages};

    #[test]
    fn nothing_of_a_browser_or_a_test_is_printed() {
        for lang in languages() {
            let book = Book::read(&lang);
            for page in 0..book.pages.len() {
                let text = book.printed(crate::handbook::Spot { page, heading: None });
                assert!(!text.contains("<!--"), "{text}");
                for rest in text.split("](").skip(1) {
                    let target = rest.split(')').next().unwrap_or_default();
                    assert!(!target.contains(".md"), "{}: {target}", book.pages[page].name);
                }
                for line in text.lines().filter(|line| line.starts_with("```")) {
                    assert!(!line.contains(' '), "{}: {line}", book.pages[page].name);
                }
            }
        }
    }

    #[test]
    fn a_part_ends_before_the_next_heading_of_its_level() {
        let book = Book::read(&default_language());
        let text = book.printed(book.find("K0001").unwrap());
        assert!(text.starts_with("## K0001 "), "{text}");
        assert!(!text.contains("## K0002"), "{text}");
    }

    #[test]
    fn the_contents_name_every_page() {
        for lang in languages() {
            let book = Book::read(&lang);
            let contents = book.contents();
            for page in &book.pages {
                assert!(
                    contents.contains(&page.name) && contents.contains(&page.title),
                    "{}",
                    page.name
                );
            }
        }
    }
}
