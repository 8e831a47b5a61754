//! The preview: the pages of all languages on a web page of this machine, kept up to date.
//!
//! In: [`Issue`]s, one for each build that succeeded, and the problems of those that did not. Out: a
//! page at [`Preview::url`] that shows the last good pages side by side, what is said about them, and
//! where any number on them comes from. Nothing is built here, and nothing leaves the machine: the
//! server listens on the loopback address alone, answers only requests that name it, and the page
//! asks for nothing elsewhere.
//!
//! | file | |
//! |---|---|
//! | `feed` | what there is to show, and who waits for it |
//! | `origin` | where a number comes from |
//! | `gate` | which requests are answered |
//! | `serve` | addresses and answers |
//! | `http` | a request and an answer on a connection |
//!
//! What the page looks like and says stands in `assets/preview/`; to add an address, add an arm to
//! `serve::answer`.

mod feed;
mod gate;
mod http;
mod origin;
mod serve;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crate::data::Dataset;
use crate::diag::{Code, Diagnostic, Result};
use crate::prose::Skipped;
use crate::stats::Facts;
use crate::typeset::ProofPage;

use feed::Feed;

/// What a build that succeeded has to show.
pub struct Issue {
    /// The period, as `2025-H1`.
    pub period: String,
    /// The profile.
    pub profile: String,
    /// The documents, in the order of forms and languages.
    pub documents: Vec<Document>,
    /// What the pages quote.
    pub facts: Arc<Facts>,
    /// Of each figure, the facts it shows.
    pub figures: BTreeMap<String, Vec<String>>,
    /// What the facts rest on.
    pub data: Arc<Dataset>,
    /// What could not be said.
    pub dropped: Vec<Skipped>,
    /// What is said beside it.
    pub warnings: Vec<Diagnostic>,
    /// The files whose change led to it, as the user knows them; none for the first.
    pub because: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

/// The pages of one document.
pub struct Document {
    /// The form of the brief, as `standard`.
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

/// The server of a preview; it ends when this is dropped.
pub struct Preview {
    feed: Arc<Feed>,
    at: SocketAddr,
    thread: Option<JoinHandle<()>>,
}

impl Preview {
    /// Starts a server on a port of the loopback address; on any that is free if none is named.
    pub fn start(port: Option<u16>) -> Result<Self> {
        let refuse = |error: String| {
            let shown = port.map_or("a port".to_owned(), |port| format!("port {port}"));
            Diagnostic::error(Code::K1101, format!("the preview cannot have {shown}: {error}"))
                .note("its page is served from this machine, to this machine only")
                .hint("name another with `--port`, or leave it out: any that is free will do")
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0)))
            .map_err(|error| refuse(error.to_string()))?;
        let at = listener.local_addr().map_err(|error| refuse(error.to_string()))?;
        let feed = Arc::new(Feed::default());
        let on = feed.clone();
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if on.is_closed() {
                    break;
                }
                let (Ok(connection), on) = (connection, on.clone()) else { continue };
                // A reader who has gone wants no answer.
                std::thread::spawn(move || drop(serve::handle(connection, at, &on)));
            }
        });
        Ok(Self { feed, at, thread: Some(thread) })
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}/", self.at)
    }

    /// Shows what a build made.
    pub fn show(&self, issue: Issue) {
        self.feed.put(issue);
    }

    /// Says why there is nothing newer; the pages stay.
    pub fn fail(&self, problems: &[Diagnostic], because: Vec<String>) {
        self.feed.fail(problems, because);
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.feed.close();
        // It waits for a connection, and looks up when there is one.
        let is_woken = TcpStream::connect(self.at).is_ok();
        if let (Some(thread), true) = (self.thread.take(), is_woken) {
            let _ = thread.join();
        }
    }
}
