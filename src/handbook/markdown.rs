//! Reads the Markdown of a page: its headings, the summary of a book.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Heading;

/// What the pages use beyond CommonMark.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES;

/// The title of a page, and its headings.
pub(super) fn headings(text: &str) -> (String, Vec<Heading>) {
    let (mut title, mut found) = (None, vec![]);
    let mut open: Option<(usize, usize, String)> = None;
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                open = Some((level as usize, range.start, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((level, at, words)) = open.take() else { continue };
                let plain = anchor(&words);
                let count = taken.entry(plain.clone()).or_insert(0);
                let anchor = if *count == 0 { plain } else { format!("{plain}-{count}") };
                *count += 1;
                title.get_or_insert(words);
                found.push(Heading { level, anchor, at });
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((.., title)) = &mut open {
                    *title += &words;
                }
            }
            _ => {}
        }
    }
    (title.unwrap_or_default(), found)
}

/// The anchor of a heading, as mdBook makes it.
fn anchor(title: &str) -> String {
    let kept = title.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_lowercase().to_string()),
        c if c.is_whitespace() => Some("-".to_owned()),
        _ => None,
    });
    kept.collect()
}

/// The names and titles of the pages that a `SUMMARY.md` lists.
pub(super) fn summary(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = vec![];
    let mut is_in_link = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                is_in_link = true;
                found.push((dest_url.trim_end_matches(".md").to_owned(), String::new()));
            }
            Event::End(TagEnd::Link) => is_in_link = false,
            Event::Text(words) | Event::Code(words) if is_in_link => {
                if let Some((_, title)) = found.last_mut() {
                    *title += &words;
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_headings_with_the_same_words_have_two_anchors() {
        let (title, found) = headings("# A `b` c\n\nx\n\n## Same\n\n## Same\n");
        assert_eq!(title, "A b c");
        let anchors: Vec<&str> = found.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors, ["a-b-c", "same", "same-1"]);
    }
}
