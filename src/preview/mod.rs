//! The preview: the pages of all languages on a local web page, kept up to date.
//!
//! In: an [`Issue`] for each successful build, and the problems of failed ones. Out: a page at
//! [`Preview::url`] that shows the last successful pages side by side, with warnings, and the origin of
//! every number. Nothing is built here, and nothing leaves the machine: the server listens only on the
//! loopback address and answers only requests that name it, and the page loads nothing from elsewhere.
//!
//! | file | |
//! |---|---|
//! | `feed` | the content of the page, and waiting connections |
//! | `origin` | the origins of numbers |
//! | `passages` | the origins of texts |
//! | `place` | places, with links that open them |
//! | `gate` | which requests are answered |
//! | `serve` | paths and answers |
//! | `http` | a request and an answer on a connection |
//!
//! The page itself is in `assets/preview/`; to add a path, add an arm to `serve::answer`.

mod feed;
mod gate;
mod http;
mod origin;
mod passages;
mod place;
mod serve;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crate::data::Dataset;
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::document::screen;
use crate::files::EditorLink;
use crate::prose::Skipped;
use crate::stats::Facts;
use crate::typeset::ProofPage;

use feed::Feed;

/// The content of the preview for a successful build.
pub struct Issue {
    /// The period, such as `2025-H1`.
    pub period: String,
    /// The profile.
    pub profile: String,
    /// The documents, ordered by form and language.
    pub documents: Vec<Document>,
    /// The facts that the pages quote.
    pub facts: Arc<Facts>,
    /// The facts that each figure shows.
    pub figures: BTreeMap<String, Vec<String>>,
    /// The data that the facts are based on.
    pub data: Arc<Dataset>,
    /// The sentences left out.
    pub skipped: Vec<Unsaid>,
    /// The texts of the pages, by the keys to which they link.
    pub passages: BTreeMap<String, Passage>,
    /// How files are opened.
    pub editor: Editor,
    /// The warnings.
    pub warnings: Vec<Diagnostic>,
    /// The changed files that triggered the build, as shown to the user; empty for the first build.
    pub because: Vec<String>,
    /// The time it took.
    pub took: Duration,
}

/// The pages of one document.
pub struct Document {
    /// The form of the brief, such as `standard`.
    pub form: String,
    /// Its language.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Its title.
    pub title: String,
    /// Its pages.
    pub pages: Vec<ProofPage>,
}

/// A text of the pages that is written in one place.
#[derive(Debug, Clone)]
pub struct Passage {
    /// What it is.
    pub told: screen::Passage,
    /// The place where it is written.
    pub place: Place,
    /// The text as it is typed there, if it is known.
    pub typed: Option<String>,
}

/// A sentence that was left out.
pub struct Unsaid {
    /// The sentence, and the reason.
    pub skipped: Skipped,
    /// The place where it is written, by language.
    pub written: Vec<(String, Place)>,
}

/// How files are opened from the page.
#[derive(Debug, Clone)]
pub struct Editor {
    /// The project's folder.
    pub root: PathBuf,
    /// The links.
    pub link: EditorLink,
}

/// The server of a preview; it ends when this is dropped.
pub struct Preview {
    feed: Arc<Feed>,
    at: SocketAddr,
    thread: Option<JoinHandle<()>>,
}

impl Preview {
    /// Starts a server on a port of the loopback address; on any free port if none is given.
    ///
    /// `language` is that of the page's own words; without it the browser's.
    pub fn start(port: Option<u16>, language: Option<&str>) -> Result<Self> {
        let refuse = |error: String| {
            let shown =
                port.map_or_else(|| message!("a port"), |port| message!("port {port}", port));
            Diagnostic::error(
                Code::K1101,
                message!("the preview cannot use {shown}: {error}", shown, error),
            )
            .note(message!("the page is served on this computer, to this computer only"))
            .hint(message!(
                "choose another port with `--port`, or omit the option: kosh then uses any \
                    free port"
            ))
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0)))
            .map_err(|error| refuse(error.to_string()))?;
        let at = listener.local_addr().map_err(|error| refuse(error.to_string()))?;
        let feed = Arc::new(Feed::new(language));
        let on = feed.clone();
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if on.is_closed() {
                    break;
                }
                let (Ok(connection), on) = (connection, on.clone()) else { continue };
                // A client that has disconnected needs no answer.
                std::thread::spawn(move || drop(serve::handle(connection, at, &on)));
            }
        });
        Ok(Self { feed, at, thread: Some(thread) })
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        format!("http://{}/", self.at)
    }

    /// Shows the result of a build.
    pub fn show(&self, issue: Issue) {
        self.feed.put(issue);
    }

    /// Shows the errors of a failed build; the pages stay.
    pub fn fail(&self, problems: &[Diagnostic], because: Vec<String>) {
        self.feed.fail(problems, because);
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.feed.close();
        // The thread waits for a connection and checks for the end when one comes.
        let is_woken = TcpStream::connect(self.at).is_ok();
        if let (Some(thread), true) = (self.thread.take(), is_woken) {
            let _ = thread.join();
        }
    }
}
