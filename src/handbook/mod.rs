//! The handbook inside the program: its chapters, and the reference that they and the messages point to.
//!
//! In: the Markdown files of `docs/handbook/LANG/src` and the pages of `docs/`, which the program carries
//! ([`shipped`]). Out: a page or a part of one as text ([`Book::printed`]), or all pages as web pages that
//! need no network ([`site`]). A chapter is named like its file (`look`), a page of the reference
//! `reference/data`; `data` alone is enough if no chapter is called so.
//!
//! To add a chapter, add its file in every language and a line to each `SUMMARY.md`. To add a page of the
//! reference, add it to [`shipped::REFERENCE`]. A language is a folder with `book.toml` and `words.toml`.

mod markdown;
mod plain;
mod site;

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::diag::{Message, did_you_mean};
use crate::files::shipped;

pub use site::site;

/// The part of a page's name that says that it belongs to the reference.
const REFERENCE: &str = "reference/";
/// The page with a heading for each diagnostic code.
const DIAGNOSTICS: &str = "reference/diagnostics";

/// The handbook in a language.
pub struct Book {
    /// Its language.
    pub lang: String,
    /// Its title.
    pub title: String,
    /// The chapters in the order of the summary, then the reference.
    pub pages: Vec<Page>,
    words: Words,
}

/// A page.
pub struct Page {
    /// Its name, such as `look` or `reference/data`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its text as Markdown.
    pub text: String,
    /// Its headings, the title among them.
    pub headings: Vec<Heading>,
}

/// A heading of a page.
pub struct Heading {
    /// Its level, from 1.
    pub level: usize,
    /// What links call it.
    pub anchor: String,
    /// Where it begins in the text.
    pub at: usize,
}

/// A page, or the part of it below a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The index of the page.
    pub page: usize,
    /// The index of the heading.
    pub heading: Option<usize>,
}

/// The words around the pages, from `words.toml`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Words {
    /// The name of the language in itself.
    name: String,
    /// Whether this language is for readers of whose language there is no handbook.
    #[serde(default)]
    default: bool,
    contents: String,
    reference: String,
    previous: String,
    next: String,
    /// Captions of code blocks, by what the reader does with them.
    file: String,
    add: String,
    set: String,
    /// How a page is printed or opened.
    usage: String,
}

/// The languages of the handbook.
pub fn languages() -> Vec<String> {
    let paths = shipped::handbook_files();
    let found: BTreeSet<String> = paths
        .iter()
        .filter_map(|path| path.strip_suffix("/src/SUMMARY.md"))
        .map(str::to_owned)
        .collect();
    found.into_iter().collect()
}

/// The language for readers of whose language there is no handbook.
pub fn default_language() -> String {
    let languages = languages();
    let found = languages.iter().find(|lang| words(lang).default);
    found.or(languages.first()).cloned().unwrap_or_default()
}

impl Book {
    /// The handbook in one of [`languages`].
    pub fn read(lang: &str) -> Self {
        let summary = text(&format!("{lang}/src/SUMMARY.md"));
        let mut pages: Vec<Page> = markdown::summary(&summary)
            .into_iter()
            .map(|(name, title)| {
                Page::new(&name, Some(title), text(&format!("{lang}/src/{name}.md")))
            })
            .collect();
        pages.extend(shipped::REFERENCE.iter().map(|(name, text)| {
            Page::new(&format!("{REFERENCE}{name}"), None, (*text).to_owned())
        }));
        let book: toml::Table =
            toml::from_str(&text(&format!("{lang}/book.toml"))).unwrap_or_default();
        let title = book.get("book").and_then(|book| book.get("title")?.as_str()).unwrap_or("kosh");
        Self { lang: lang.to_owned(), title: title.to_owned(), pages, words: words(lang) }
    }

    /// Finds what a pointer names: `look`, `project#releases`, `docs/data.md`, `K0120`; the error is a hint.
    pub fn find(&self, subject: &str) -> Result<Spot, Option<Message>> {
        if let Some(spot) = self.code(subject) {
            return Ok(spot);
        }
        let (name, anchor) =
            subject.split_once('#').map_or((subject, ""), |(name, anchor)| (name, anchor));
        let page = self.page(name).ok_or_else(|| {
            let whole = self.pages.iter().map(|page| page.name.as_str());
            did_you_mean(name, whole.chain(shipped::REFERENCE.iter().map(|(page, _)| *page)))
        })?;
        if anchor.is_empty() {
            return Ok(Spot { page, heading: None });
        }
        let heading = self.heading(page, anchor).ok_or_else(|| {
            let anchors = self.pages[page].headings.iter().map(|heading| heading.anchor.as_str());
            did_you_mean(anchor, anchors)
        })?;
        Ok(Spot { page, heading: Some(heading) })
    }

    /// The index of a page by its name; a chapter comes before a page of the reference of the same name.
    fn page(&self, name: &str) -> Option<usize> {
        let place = |name: &str| self.pages.iter().position(|page| page.name == name);
        let bare = name.strip_suffix(".md").or(name.strip_suffix(".html")).unwrap_or(name);
        match bare.strip_prefix("docs/") {
            Some(bare) => place(&format!("{REFERENCE}{bare}")),
            None => place(bare).or_else(|| place(&format!("{REFERENCE}{bare}"))),
        }
    }

    /// The heading with an anchor. All languages have the same headings, so that of another will do.
    fn heading(&self, page: usize, anchor: &str) -> Option<usize> {
        let of = |page: &Page| page.headings.iter().position(|heading| heading.anchor == anchor);
        let page = &self.pages[page];
        of(page).or_else(|| {
            languages().iter().filter(|lang| **lang != self.lang).find_map(|lang| {
                let path = format!("{lang}/src/{}.md", page.name);
                let other = shipped::handbook(&path)?;
                let other = String::from_utf8(other.into_owned()).ok()?;
                of(&Page::new(&page.name, None, other)).filter(|at| *at < page.headings.len())
            })
        })
    }

    /// The page of a diagnostic code.
    fn code(&self, subject: &str) -> Option<Spot> {
        let code = subject.to_lowercase();
        let digits = code.strip_prefix('k')?;
        if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let page = self.page(DIAGNOSTICS)?;
        let headings = &self.pages[page].headings;
        let heading = headings.iter().position(|heading| heading.anchor.starts_with(&code))?;
        Some(Spot { page, heading: Some(heading) })
    }

    /// Where a link of a page leads, if it leads to a page of the book.
    fn target(&self, from: &Page, link: &str) -> Option<Spot> {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let name = match file.strip_suffix(".md") {
            None if file.is_empty() => from.name.clone(),
            None => return None,
            // A page of the reference has its neighbours in the same folder.
            Some(name) if from.name.starts_with(REFERENCE) => format!("{REFERENCE}{name}"),
            Some(name) => name.to_owned(),
        };
        let page = self.pages.iter().position(|page| page.name == name)?;
        let heading = (!anchor.is_empty()).then(|| self.heading(page, anchor)).flatten();
        Some(Spot { page, heading })
    }

    /// How a spot is named on the command line and in links: `look#colours`.
    pub fn name(&self, spot: Spot) -> String {
        let page = &self.pages[spot.page];
        match spot.heading {
            Some(heading) => format!("{}#{}", page.name, page.headings[heading].anchor),
            None => page.name.clone(),
        }
    }
}

impl Page {
    fn new(name: &str, title: Option<String>, text: String) -> Self {
        let (first, headings) = markdown::headings(&text);
        Self { name: name.to_owned(), title: title.unwrap_or(first), text, headings }
    }

    /// The text from a heading to the next one of its level or above.
    fn part(&self, heading: Option<usize>) -> &str {
        let Some(index) = heading else { return &self.text };
        let Heading { level, at, .. } = self.headings[index];
        let after = self.headings[index + 1..].iter().find(|other| other.level <= level);
        &self.text[at..after.map_or(self.text.len(), |other| other.at)]
    }

    fn is_reference(&self) -> bool {
        self.name.starts_with(REFERENCE)
    }
}

/// The text of a file of the handbook; a test reads all of them.
fn text(path: &str) -> String {
    let bytes = shipped::handbook(path).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The words of a language.
fn words(lang: &str) -> Words {
    toml::from_str(&text(&format!("{lang}/words.toml")))
        .expect("a test reads the words of all languages")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_every_name_it_has() {
        for lang in languages() {
            let book = Book::read(&lang);
            let name = |subject: &str| {
                let found = book.find(subject).map(|spot| book.name(spot));
                found.map_err(|hint| hint.map(|hint| hint.to_string()))
            };
            assert_eq!(name("look").unwrap(), "look");
            assert_eq!(name("data").unwrap(), "reference/data");
            assert_eq!(name("data#units").unwrap(), "reference/data#units");
            // A chapter and a page of the reference have this name.
            assert_eq!(name("indicators").unwrap(), "indicators");
            assert_eq!(name("docs/indicators.md").unwrap(), "reference/indicators");
            assert!(name("k0120").unwrap().starts_with("reference/diagnostics#k0120-"));
            assert_eq!(name("lock"), Err(Some("did you mean `look`?".to_owned())));
            assert_eq!(name("data#unit"), Err(Some("did you mean `units`?".to_owned())));
            assert!(name("K9999").is_err());
        }
    }

    #[test]
    fn an_anchor_of_another_language_leads_to_the_same_heading() {
        let books: Vec<Book> = languages().iter().map(|lang| Book::read(lang)).collect();
        for book in &books {
            for other in &books {
                for (page, of) in other.pages.iter().enumerate() {
                    for (index, heading) in of.headings.iter().enumerate() {
                        let found = book.find(&format!("{}#{}", of.name, heading.anchor)).unwrap();
                        let is_same = found.page == page
                            && (found.heading == Some(index)
                                || book.pages[page].headings[found.heading.unwrap()].anchor
                                    == heading.anchor);
                        assert!(is_same, "{}: {}#{}", book.lang, of.name, heading.anchor);
                    }
                }
            }
        }
    }

    #[test]
    fn one_language_is_for_readers_of_all_others() {
        let languages = languages();
        let defaults = languages.iter().filter(|lang| words(lang).default);
        assert_eq!(defaults.collect::<Vec<_>>(), [&default_language()]);
    }
}
