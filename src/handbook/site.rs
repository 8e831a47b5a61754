//! The handbook as web pages: static files that need no network and no script.

use minijinja::{AutoEscape, Environment, context};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html};

use super::markdown::OPTIONS;
use super::{Book, Page, Spot, languages};
use crate::files::shipped;
use crate::output::File;

const SHELL: &str = include_str!("../../assets/handbook/page.html");
const STYLE: &str = include_str!("../../assets/handbook/style.css");
const ENTRY: &str = include_str!("../../assets/handbook/index.html");

/// The pages of the handbook in all languages; `index.html` leads to a language.
pub fn site(lang: &str) -> Vec<File> {
    let books: Vec<Book> = languages().iter().map(|lang| Book::read(lang)).collect();
    let mut shell = Environment::new();
    shell.set_auto_escape_callback(|_| AutoEscape::Html);
    let mut files = vec![file("style.css", STYLE.to_owned())];
    for (name, source) in [("page", SHELL), ("index", ENTRY)] {
        shell.add_template(name, source).expect("a test renders the shell");
    }
    for book in &books {
        for index in 0..book.pages.len() {
            files.push(file(&book.path(index), book.page_in(&shell, index, &books)));
        }
        files.extend(pictures(&book.lang));
    }
    let first = books.iter().find(|book| book.lang == lang).map(|book| book.path(0));
    let entry =
        render(&shell, "index", &context! { lang, first => plain(first.unwrap_or_default()) });
    files.push(file("index.html", entry));
    files
}

/// The files of a language beside its chapters.
fn pictures(lang: &str) -> impl Iterator<Item = File> {
    let source = format!("{lang}/src/");
    let lang = lang.to_owned();
    shipped::handbook_files().into_iter().filter_map(move |path| {
        let name = path.strip_prefix(&source).filter(|name| !name.ends_with(".md"))?;
        Some(File { name: format!("{lang}/{name}"), bytes: shipped::handbook(&path)?.into_owned() })
    })
}

fn file(name: &str, text: String) -> File {
    File { name: name.to_owned(), bytes: text.into_bytes() }
}

/// An address of a page, which has letters, digits, dashes and slashes only: escaping would change the slashes.
fn plain(address: String) -> minijinja::Value {
    minijinja::Value::from_safe_string(address)
}

fn render(shell: &Environment<'_>, name: &str, values: &minijinja::Value) -> String {
    let template = shell.get_template(name).expect("it was added");
    template.render(values).expect("a test renders the shell")
}

impl Book {
    /// The file of a page in the folder of the site.
    fn path(&self, page: usize) -> String {
        format!("{}/{}.html", self.lang, self.pages[page].name)
    }

    /// The file and the anchor of a spot in the folder of the site.
    pub fn address(&self, spot: Spot) -> (String, Option<&str>) {
        let anchor = spot.heading.map(|at| self.pages[spot.page].headings[at].anchor.as_str());
        (self.path(spot.page), anchor)
    }

    /// A page with its contents, neighbours and other languages around it.
    fn page_in(&self, shell: &Environment<'_>, index: usize, books: &[Book]) -> String {
        let page = &self.pages[index];
        let root = "../".repeat(1 + page.name.matches('/').count());
        let entry = |of: &Page, is_here: bool| {
            context! { title => &of.title, href => plain(format!("{root}{}/{}.html", self.lang, of.name)), here => is_here }
        };
        let listed = |is_reference: bool| -> Vec<minijinja::Value> {
            let pages = self.pages.iter().enumerate();
            let pages = pages.filter(|(_, page)| page.is_reference() == is_reference);
            pages.map(|(at, of)| entry(of, at == index)).collect()
        };
        let others: Vec<minijinja::Value> = books
            .iter()
            .filter(|book| book.lang != self.lang)
            .map(|book| {
                context! { lang => &book.lang, name => &book.words.name, href => plain(format!("{root}{}", book.path(index))) }
            })
            .collect();
        let beside =
            |at: Option<usize>| at.and_then(|at| self.pages.get(at)).map(|page| entry(page, false));
        let words = &self.words;
        render(
            shell,
            "page",
            &context! {
                root => plain(root.clone()), others,
                lang => &self.lang, book => &self.title, title => &page.title,
                chapters => listed(false), reference => listed(true),
                previous => beside(index.checked_sub(1)), next => beside(index.checked_add(1)),
                words => context! {
                    contents => &words.contents, reference => &words.reference,
                    previous => &words.previous, next => &words.next,
                },
                content => minijinja::Value::from_safe_string(self.html(page, &root)),
            },
        )
    }

    /// The text of a page as HTML.
    fn html(&self, page: &Page, root: &str) -> String {
        let mut events: Vec<Event<'_>> = vec![];
        let mut headings = page.headings.iter();
        // Whether each open link leads somewhere; one that does not is only its words.
        let mut links: Vec<bool> = vec![];
        let mut is_captioned = false;
        for event in Parser::new_ext(&page.text, OPTIONS) {
            match event {
                Event::Html(text) if text.starts_with("<!--") => {}
                Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                    let id = headings.next().map(|heading| heading.anchor.clone().into());
                    events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let url = self.url(page, &dest_url, root);
                    links.push(url.is_some());
                    events.extend(url.map(|url| {
                        Event::Start(Tag::Link { link_type, dest_url: url.into(), title, id })
                    }));
                }
                Event::End(TagEnd::Link) => {
                    events.extend(links.pop().unwrap_or(false).then_some(event));
                }
                Event::Code(words) if links.is_empty() => {
                    events.extend(self.code_span(words, root))
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let lang = info.split_whitespace().next().unwrap_or_default().to_owned();
                    let caption = self.caption(&info);
                    is_captioned = caption.is_some();
                    events.extend(caption.map(|caption| Event::Html(caption.into())));
                    events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(lang.into()))));
                }
                Event::End(TagEnd::CodeBlock) => {
                    events.push(event);
                    if std::mem::take(&mut is_captioned) {
                        events.push(Event::Html("</figure>\n".into()));
                    }
                }
                // A wide table moves under the finger without the rest of the page.
                Event::Start(Tag::Table(_)) => {
                    events.extend([Event::Html("<div class=\"table\">".into()), event]);
                }
                Event::End(TagEnd::Table) => {
                    events.extend([event, Event::Html("</div>\n".into())]);
                }
                event => events.push(event),
            }
        }
        let mut text = String::new();
        html::push_html(&mut text, events.into_iter());
        text
    }

    /// The address of a link's target, relative to a page; `None` for a file that the book does not have.
    fn url(&self, page: &Page, link: &str, root: &str) -> Option<String> {
        match self.target(page, link) {
            Some(spot) => Some(self.relative(spot, root)),
            None => link.contains("://").then(|| link.to_owned()),
        }
    }

    fn relative(&self, spot: Spot, root: &str) -> String {
        let (path, anchor) = self.address(spot);
        format!("{root}{path}{}", anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default())
    }

    /// Code in the text; a code of a message and a command of the handbook lead to their page.
    fn code_span<'a>(&self, words: CowStr<'a>, root: &str) -> Vec<Event<'a>> {
        let named = match words.strip_prefix("kosh handbook ") {
            Some(subject) => self.find(subject).ok(),
            None if words.starts_with("docs/") => self.find(&words).ok(),
            None => self.code(words.trim_start_matches("kosh explain ")),
        };
        let Some(spot) = named else { return vec![Event::Code(words)] };
        let mut opened = String::from("<a href=\"");
        // The names of pages and anchors have letters, digits, dashes and slashes only.
        opened.push_str(&self.relative(spot, root));
        opened.push_str("\">");
        vec![Event::InlineHtml(opened.into()), Event::Code(words), Event::InlineHtml("</a>".into())]
    }

    /// The beginning of a code block that is the content of a file.
    fn caption(&self, info: &str) -> Option<String> {
        let (what, path) = info.split_whitespace().nth(1)?.split_once('=')?;
        let words = match what {
            "file" => &self.words.file,
            "add" => &self.words.add,
            "set" => &self.words.set,
            _ => return None,
        };
        let mut caption = String::from("<figure class=\"file\"><figcaption>");
        for (part, is_code) in [(words.as_str(), false), (path, true)] {
            let mut escaped = String::new();
            let part: CowStr<'_> = part.to_owned().into();
            let event = if is_code { Event::Code(part) } else { Event::Text(part) };
            html::push_html(&mut escaped, [event].into_iter());
            caption = caption + &escaped + if is_code { "" } else { " " };
        }
        Some(caption + "</figcaption>")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::handbook::default_language;

    #[test]
    fn every_page_is_well_formed_and_every_address_leads_to_a_file() {
        let files = site(&default_language());
        let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let mut count = 0;
        for file in files.iter().filter(|file| file.name.ends_with(".html")) {
            let text = std::str::from_utf8(&file.bytes).unwrap();
            assert!(!text.contains("http-equiv") || file.name == "index.html");
            for address in text.split(" href=\"").chain(text.split(" src=\"")).skip(1) {
                let address = address.split('"').next().unwrap();
                let address = address.split('#').next().unwrap();
                if address.is_empty() || address.contains("://") || !address.contains('.') {
                    continue;
                }
                let mut path: Vec<&str> = file.name.split('/').collect();
                path.pop();
                for part in address.split('/') {
                    match part {
                        ".." => drop(path.pop()),
                        "." => {}
                        part => path.push(part),
                    }
                }
                let path = path.join("/");
                assert!(names.contains(path.as_str()), "{}: {address}", file.name);
                count += 1;
            }
        }
        assert!(count > 1000, "{count} addresses");
    }

    #[test]
    fn what_is_not_in_the_book_is_no_link() {
        let book = Book::read(&default_language());
        let page = &book.pages[book.find("templates").unwrap().page];
        assert_eq!(book.url(page, "../examples/x.md", "../"), None);
        assert_eq!(
            book.url(page, "https://example.org", "../"),
            Some("https://example.org".into())
        );
    }
}
