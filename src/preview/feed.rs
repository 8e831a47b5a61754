//! The feed: the content of the preview page, and the connections that wait for changes.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::{Editor, Issue, Passage, Unsaid, origin, passages, place};
use crate::data::Dataset;
use crate::diag::{Diagnostic, Place, draw};
use crate::prose::Skipped;
use crate::stats::Facts;

/// The content, and a condition variable for waiting connections.
pub(super) struct Feed {
    /// Identifies this feed among all that were served at its address, since versions start anew in each.
    run: String,
    /// The language of the page's own words; without it the browser's.
    language: Option<String>,
    state: Mutex<State>,
    bell: Condvar,
}

/// The content.
#[derive(Default)]
struct State {
    /// Increases with every change; 0 before the end of the first build.
    version: u64,
    is_closed: bool,
    /// The last successful issue.
    issue: Option<Value>,
    /// The errors of a later build.
    failure: Option<Value>,
    /// Pages by hash of their content, of the last issue and the one before, which the page may still be
    /// loading.
    pages: BTreeMap<String, Arc<str>>,
    earlier: BTreeMap<String, Arc<str>>,
    rests_on: Option<(Arc<Facts>, Arc<Dataset>)>,
    /// The texts of the pages, and how files are opened.
    texts: Option<(Arc<BTreeMap<String, Passage>>, Editor)>,
    /// The facts that each figure shows.
    figures: BTreeMap<String, Vec<String>>,
}

impl Feed {
    /// A feed without content.
    pub(super) fn new(language: Option<&str>) -> Self {
        // The seeds of a new hash table are random.
        let run = format!("{:016x}", RandomState::new().hash_one(std::process::id()));
        let language = language.map(str::to_owned);
        Self { run, language, state: Mutex::default(), bell: Condvar::default() }
    }

    /// The language of the page's own words, if one was chosen.
    pub(super) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The id of this feed.
    pub(super) fn run(&self) -> &str {
        &self.run
    }

    /// Shows a new issue.
    pub(super) fn put(&self, issue: Issue) {
        let mut pages = BTreeMap::new();
        let mut documents = vec![];
        for document in issue.documents {
            let mut sheets = vec![];
            for page in document.pages {
                let key = blake3::hash(page.svg.as_bytes()).to_hex()[..32].to_owned();
                sheets
                    .push(json!({ "key": key, "width": page.width_pt, "height": page.height_pt }));
                pages.insert(key, page.svg.into());
            }
            documents.push(json!({
                "form": document.form, "lang": document.lang, "dir": document.dir,
                "title": document.title, "pages": sheets,
            }));
        }
        let (before, texts) = {
            let state = self.state();
            (state.rests_on.clone(), state.texts.clone())
        };
        let reworded = texts.map(|(texts, _)| passages::reworded(&texts, &issue.passages));
        let editor = issue.editor;
        let unsaid = issue.skipped.iter().map(|one| unsaid(one, &editor)).collect::<Vec<_>>();
        let changed =
            before.map(|(facts, _)| origin::changed(&facts, &issue.facts)).unwrap_or_default();
        let shown = json!({
            "period": issue.period, "profile": issue.profile, "documents": documents,
            "facts": origin::values(&issue.facts), "changed": changed,
            "reworded": reworded.unwrap_or_default(),
            "dropped": unsaid, "problems": problems(&issue.warnings, Some(&editor)),
            "because": issue.because, "milliseconds": issue.took.as_secs_f64() * 1e3,
        });
        self.change(|state| {
            state.earlier = std::mem::replace(&mut state.pages, pages);
            state.issue = Some(shown);
            state.failure = None;
            state.rests_on = Some((issue.facts, issue.data));
            state.figures = issue.figures;
            state.texts = Some((Arc::new(issue.passages), editor));
        });
    }

    /// Shows problems above the last successful issue.
    pub(super) fn fail(&self, found: &[Diagnostic], because: Vec<String>) {
        let editor = self.state().texts.clone().map(|(_, editor)| editor);
        let failure = json!({ "problems": problems(found, editor.as_ref()), "because": because });
        self.change(|state| state.failure = Some(failure));
    }

    /// Ends all waiting connections.
    pub(super) fn close(&self) {
        self.change(|state| state.is_closed = true);
    }

    /// Whether the feed has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.state().is_closed
    }

    /// The content as JSON, without the pages.
    pub(super) fn as_json(&self) -> Value {
        let state = self.state();
        json!({ "run": self.run, "version": state.version, "issue": state.issue, "failure": state.failure })
    }

    /// A page by the hash of its content.
    pub(super) fn page(&self, key: &str) -> Option<Arc<str>> {
        let state = self.state();
        state.pages.get(key).or_else(|| state.earlier.get(key)).cloned()
    }

    /// The origin of a number.
    pub(super) fn origin(&self, id: &str) -> Option<Value> {
        let ((facts, data), (_, editor)) = {
            let state = self.state();
            (state.rests_on.clone()?, state.texts.clone()?)
        };
        let mut origin = origin::of(id, &facts, &data)?;
        place::open_rows(&mut origin, &editor);
        Some(origin)
    }

    /// Where a text is written.
    pub(super) fn passage(&self, key: &str) -> Option<Value> {
        let (texts, editor) = self.state().texts.clone()?;
        passages::of(key, &texts, &editor)
    }

    /// The facts that a figure shows.
    pub(super) fn figure(&self, id: &str) -> Option<Value> {
        let (shown, (facts, _)) = {
            let state = self.state();
            (state.figures.get(id).cloned()?, state.rests_on.clone()?)
        };
        let of = shown.iter().filter_map(|fact| facts.get(fact)).map(origin::numbers);
        Some(json!({ "id": id, "facts": of.collect::<Vec<_>>() }))
    }

    /// Waits for a version newer than `version`, up to a time limit; returns the current version, and
    /// whether the feed is still open.
    pub(super) fn wait(&self, version: u64, at_most: Duration) -> (u64, bool) {
        let state = self.state();
        let (state, _) = self
            .bell
            .wait_timeout_while(state, at_most, |state| {
                state.version <= version && !state.is_closed
            })
            .unwrap_or_else(PoisonError::into_inner);
        (state.version, !state.is_closed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        state.version += 1;
        self.bell.notify_all();
    }
}

/// A sentence that was left out, and where it is written.
fn unsaid(unsaid: &Unsaid, editor: &Editor) -> Value {
    let Skipped { section, sentence, fact, reason } = &unsaid.skipped;
    let places = unsaid.written.iter().map(|(lang, at)| json!([lang, place::shown(at, editor)]));
    json!({
        "section": section, "sentence": sentence, "fact": fact, "reason": reason,
        "places": places.collect::<Vec<_>>(),
    })
}

/// Problems for the page, errors first: place, message, and the drawing as on a terminal. Before the first
/// issue there is no `editor`.
fn problems(found: &[Diagnostic], editor: Option<&Editor>) -> Vec<Value> {
    let mut sorted: Vec<&Diagnostic> = found.iter().collect();
    sorted.sort_by_key(|problem| problem.severity);
    let open = |at: &Place| Some(place::shown(at, editor?)["open"].take());
    sorted
        .into_iter()
        .map(|problem| {
            json!({
                "severity": problem.severity, "code": problem.code, "message": problem.message,
                "place": problem.place.as_ref().map(Place::to_string),
                "open": problem.place.as_ref().and_then(open), "drawn": draw(problem),
            })
        })
        .collect()
}
