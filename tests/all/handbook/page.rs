//! Parses a page of the handbook.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use regex::Regex;

/// A chapter.
pub struct Page {
    /// The name of its file without the extension.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The chapter that it continues from.
    pub after: Option<String>,
    /// Its code blocks, in order.
    pub blocks: Vec<Block>,
    /// Its headings with their levels.
    pub headings: Vec<(usize, String)>,
    /// The targets of its links inside the book.
    pub links: Vec<String>,
    /// The code spans in its text.
    pub spans: Vec<String>,
}

/// A code block.
pub struct Block {
    /// File and line.
    pub place: String,
    /// The words after the backticks: a language, then what to do.
    pub info: String,
    /// Its content.
    pub content: String,
    /// The range of the content in the page.
    pub range: Range<usize>,
    /// The text between it and the block before.
    pub before: String,
}

/// The kind of a block.
pub enum Kind<'a> {
    /// Commands, with their exit code; `None` if they run until killed.
    Commands(Option<i32>),
    /// The output of the commands above.
    Printed,
    /// The whole content of a file.
    File(&'a str),
    /// Lines to append to a file.
    Add(&'a str),
    /// Lines to replace in a file.
    Set(&'a str),
    /// Lines that make a picture: `tests/all/gallery.rs`.
    Shown,
}

impl Block {
    /// Its kind; an error if it is unknown.
    pub fn kind(&self) -> Result<Kind<'_>, String> {
        let words: Vec<&str> = self.info.split_whitespace().collect();
        let known = match words[..] {
            ["sh"] => Some(Kind::Commands(Some(0))),
            ["sh", "until-killed"] => Some(Kind::Commands(None)),
            ["sh", exit] => exit
                .strip_prefix("exit=")
                .and_then(|code| code.parse().ok())
                .map(|code| Kind::Commands(Some(code))),
            ["text"] => Some(Kind::Printed),
            ["toml" | "jinja" | "json" | "csv" | "svg" | "txt", what] => match what.split_once('=')
            {
                Some(("file", path)) => Some(Kind::File(path)),
                Some(("add", path)) => Some(Kind::Add(path)),
                Some(("set", path)) => Some(Kind::Set(path)),
                Some(("figure" | "look", _)) => Some(Kind::Shown),
                _ => None,
            },
            _ => None,
        };
        known.ok_or_else(|| {
            format!("{}: nobody knows what to do with a block `{}`", self.place, self.info)
        })
    }

    /// The file it is about.
    pub fn file(&self) -> Option<&str> {
        match self.kind() {
            Ok(Kind::File(path) | Kind::Add(path) | Kind::Set(path)) => Some(path),
            _ => None,
        }
    }
}

impl Page {
    /// Reads a chapter.
    pub fn read(source: &Path, name: &str) -> Self {
        let path = source.join(format!("{name}.md"));
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let shown = super::shown(&path);
        let mut page = Self {
            name: name.to_owned(),
            after: None,
            blocks: vec![],
            headings: vec![],
            links: vec![],
            spans: vec![],
            path,
            text: text.clone(),
        };
        let (mut end, mut block, mut heading) = (0, None, None);
        for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Html(html) => {
                    let after = html.trim().strip_prefix("<!-- after: ");
                    page.after =
                        after.and_then(|rest| rest.strip_suffix(" -->")).map(str::to_owned);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    panic!("{shown}: a block without a language, at byte {}", range.start)
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let line = text[..range.start].lines().count() + 1;
                    let from = range.start + text[range.clone()].find('\n').unwrap_or(0) + 1;
                    block = Some(Block {
                        place: format!("{shown}:{line}"),
                        info: info.to_string(),
                        content: String::new(),
                        range: from..from,
                        before: text[end..range.start].to_owned(),
                    });
                }
                Event::End(TagEnd::CodeBlock) => {
                    page.blocks.extend(block.take());
                    end = range.end;
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    heading = Some((level as usize, String::new()));
                }
                Event::End(TagEnd::Heading(_)) => page.headings.extend(heading.take()),
                Event::Start(Tag::Link { dest_url, .. }) if !dest_url.contains("://") => {
                    page.links.push(dest_url.to_string());
                }
                Event::Text(words) => match (&mut block, &mut heading) {
                    (Some(block), _) => {
                        block.content += &words;
                        block.range.end = range.end;
                    }
                    (None, Some((_, title))) => *title += &words,
                    (None, None) => {}
                },
                Event::Code(words) => {
                    if let Some((_, title)) = &mut heading {
                        *title += &words;
                    }
                    page.spans.push(words.to_string());
                }
                _ => {}
            }
        }
        page
    }
}

/// The chapters that the summary of a book lists.
pub fn chapters(source: &Path) -> Vec<String> {
    let summary = fs::read_to_string(source.join("SUMMARY.md")).unwrap();
    let links = Parser::new(&summary).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.map(|link| link.strip_suffix(".md").expect("a summary lists pages").to_owned()).collect()
}

/// The anchor that mdBook makes of a heading.
pub fn anchor(title: &str) -> String {
    let kept = title.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_lowercase().to_string()),
        c if c.is_whitespace() => Some("-".to_owned()),
        _ => None,
    });
    kept.collect()
}

/// The diagnostic codes in a text.
pub fn codes(text: &str) -> Vec<String> {
    let code = Regex::new(r"\bK[0-9]{4}\b").expect("it is one");
    code.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}
