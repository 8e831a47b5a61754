//! `kosh handbook`: opens a page of the handbook in a browser, or prints it.
//!
//! The pages are written once for each content, into a folder of the user's cache whose name is the
//! hash of all pages, so two versions of kosh never show each other's pages.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueHint};

use super::{problems, report};
use crate::diag::{Message, Result};
use crate::handbook::{self, Book, Spot};
use crate::output;

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh handbook                        Open the handbook in the browser
  kosh handbook look                   Open a chapter
  kosh handbook project#releases       Open a part of a page
  kosh handbook data --print           Print a page
  kosh handbook --print                Print the contents
  kosh handbook --output DIR           Write all pages as files

The pages are in the program and need no network. Without a browser, or if the output is not a terminal,
the page is printed.";

#[derive(Args)]
pub(super) struct HandbookOptions {
    /// A page or a part of one, such as look or project#releases, or a code such as K0120
    #[arg(value_name = "PAGE", help_heading = "Report")]
    pub page: Option<String>,
    /// Print the page instead of opening it
    #[arg(long, conflicts_with = "output", help_heading = "Report")]
    pub print: bool,
    /// The language; by default that of the system
    #[arg(long, value_name = "LANG", help_heading = "Report")]
    pub language: Option<String>,
    /// Write all pages into this folder, which must be new or empty
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "page", help_heading = "Report")]
    pub output: Option<PathBuf>,
}

/// Opens, prints or writes the handbook.
pub(super) fn handbook(options: &HandbookOptions) -> ExitCode {
    let lang = match language(options.language.as_deref()) {
        Ok(lang) => lang,
        Err(code) => return code,
    };
    if let Some(folder) = &options.output {
        return match output::create(folder, &handbook::site(&lang)) {
            Ok(()) => {
                say_line!("{}", folder.join("index.html").display());
                ExitCode::SUCCESS
            }
            Err(found) => {
                report::problems(&found);
                problems()
            }
        };
    }
    let book = Book::read(&lang);
    let spot = match options.page.as_deref().map(|subject| book.find(subject)).transpose() {
        Ok(spot) => spot,
        Err(hint) => return unknown(options.page.as_deref().unwrap_or_default(), hint),
    };
    let is_printed = options.print || !std::io::stdout().is_terminal() || !has_browser();
    if !is_printed {
        match open(&book, spot) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(reason) => err_text!("kosh: no browser can be opened: {reason}", reason),
        }
    }
    say!("{}", spot.map_or_else(|| book.contents(), |spot| book.printed(spot)));
    ExitCode::SUCCESS
}

/// The requested language, which must exist, or that of the system if there is a handbook in it.
fn language(asked: Option<&str>) -> std::result::Result<String, ExitCode> {
    let known = handbook::languages();
    match asked {
        Some(asked) if known.iter().any(|lang| lang == asked) => Ok(asked.to_owned()),
        Some(asked) => {
            err_text!("kosh: there is no handbook in the language `{asked}`", asked);
            err_text!("hint: there is one in {known}", known = known.join(", "));
            Err(ExitCode::from(2))
        }
        None => {
            let tag = super::language::of_user();
            let found = known.into_iter().find(|lang| *lang == tag);
            Ok(found.unwrap_or_else(handbook::default_language))
        }
    }
}

fn unknown(subject: &str, hint: Option<Message>) -> ExitCode {
    err_text!("kosh: the handbook has no page `{subject}`", subject);
    if let Some(hint) = hint {
        err_text!("hint: {hint}", hint);
    }
    err_text!("hint: `kosh handbook --print` lists the pages");
    ExitCode::from(2)
}

/// Whether a browser can be expected: on Linux and the like, only where there is a screen.
fn has_browser() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER"].into_iter().any(is_set)
}

/// Opens a page, or the first one, in the browser.
fn open(book: &Book, spot: Option<Spot>) -> std::result::Result<(), String> {
    let folder = written(&book.lang).map_err(|found| {
        found.first().map(|problem| problem.message.to_string()).unwrap_or_default()
    })?;
    let (path, anchor) = book.address(spot.unwrap_or(Spot { page: 0, heading: None }));
    let url = url(&folder.join(path), anchor);
    opener::open_browser(&url).map_err(|error| error.to_string())?;
    say_line!("{url}");
    Ok(())
}

/// The folder with the pages, written unless they are there.
fn written(lang: &str) -> Result<PathBuf> {
    let files = handbook::site(lang);
    let mut hasher = blake3::Hasher::new();
    for file in &files {
        hasher.update(file.name.as_bytes()).update(&[0]).update(&file.bytes).update(&[0]);
    }
    let hash = hasher.finalize().to_hex();
    let folder = cache().join("kosh").join(format!("handbook-{}", &hash[..16]));
    if !folder.join("index.html").is_file() {
        output::create(&folder, &files)?;
    }
    Ok(folder)
}

/// The folder for files that a program can write again.
fn cache() -> PathBuf {
    let path =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let own = match () {
        () if cfg!(windows) => path("LOCALAPPDATA"),
        () if cfg!(target_os = "macos") => path("HOME").map(|home| home.join("Library/Caches")),
        () => path("XDG_CACHE_HOME").or_else(|| Some(path("HOME")?.join(".cache"))),
    };
    // The system's folder is shared by all users; a folder of this process is not another user's.
    own.unwrap_or_else(|| std::env::temp_dir().join(format!("kosh-{}", std::process::id())))
}

/// The address of a file on this machine.
fn url(path: &Path, anchor: Option<&str>) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    encode(&path, &mut url);
    if let Some(anchor) = anchor {
        url.push('#');
        encode(anchor, &mut url);
    }
    url
}

/// Appends a text with everything encoded that has a meaning in an address.
fn encode(text: &str, url: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'-' | b'_' | b'.' | b'~' => {
                url.push(char::from(byte));
            }
            byte => url.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_no_space_and_no_second_anchor() {
        assert_eq!(
            url(Path::new("/a b/#c.html"), Some("d é")),
            "file:///a%20b/%23c.html#d%20%C3%A9"
        );
    }
}
