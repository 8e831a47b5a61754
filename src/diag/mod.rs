//! Problems as values, reported to the person who can fix them.
//!
//! Every stage returns [`Result`] or [`Warned`]; only `cli` prints. A [`Diagnostic`] has the message, the
//! place, the reason and the remedy. Independent checks all run, so that their problems are reported
//! together.
//!
//! To add a problem, choose the next free code in the hundred of its room (see `docs/diagnostics.md`),
//! write its page there, which makes it a [`Code`], and add a fixture that triggers it.

#[macro_use]
mod message;

mod catalogue;
mod code;
mod cut;
mod dotted;
mod draw;
mod json;
mod markup;
mod nearest;
mod schema;
mod skeleton;
mod source;
mod spanned;
mod toml;
mod unknown;

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use self::toml::{read_toml, toml_error, toml_error_among};
pub use catalogue::{Catalogue, ENGLISH, choose, chosen, id, languages};
pub use code::Code;
pub use dotted::{key_in, name_in};
pub use draw::{draw, draw_to_terminal};
pub use json::as_json;
pub use markup::escaped;
pub use message::{Displayed, Message, Shown, Value};
pub use nearest::{did_you_mean, nearest};
pub use schema::one_of;
pub use skeleton::{is_invisible, latin, skeleton};
pub use source::{GatheredText, Piece, SheetCell, SheetPlace, SourceText};
pub use spanned::Spanned;
pub use unknown::Unknown;

/// The pages of all codes, such as `kosh explain` prints them.
pub const PAGES: &str = include_str!("../../docs/diagnostics.md");

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// An error: nothing is printed until it is fixed.
    Error,
    /// A warning: the brief is printed, and the warning is reported.
    Warning,
}

/// A place in something the user wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A byte range of a text file.
    Text {
        /// The file.
        source: SourceText,
        /// The byte range.
        range: Range<usize>,
    },
    /// A whole file or folder, if there is no line.
    Path(PathBuf),
    /// A cell of a workbook.
    Cell {
        /// The workbook.
        file: PathBuf,
        /// The name of the sheet.
        sheet: String,
        /// The cell, such as `C7`.
        cell: String,
    },
    /// A command line option with its value, such as `--profile bns`.
    Option(String),
}

impl Place {
    /// A command line option with its value.
    pub fn option(name: &str, value: impl std::fmt::Display) -> Self {
        Self::Option(format!("--{name} {value}"))
    }

    /// The file; an empty path for an option.
    pub fn path(&self) -> &Path {
        match self {
            Self::Option(_) => Path::new(""),
            Self::Text { source, .. } => &source.path,
            Self::Path(path) => path,
            Self::Cell { file, .. } => file,
        }
    }

    /// The line and column, both counted from 1 and the column in characters; `None` unless the place is
    /// in a text.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        let Self::Text { source, range } = self else { return None };
        let before = source.text.get(..range.start.min(source.text.len()))?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count()) + 1;
        Some((line, column))
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = slashed(self.path());
        match (self, self.line_column()) {
            (Self::Option(option), _) => write!(f, "{option}"),
            (Self::Cell { sheet, cell, .. }, _) => write!(f, "{path}, {sheet}!{cell}"),
            (_, Some((line, column))) => write!(f, "{path}:{line}:{column}"),
            _ => write!(f, "{path}"),
        }
    }
}

/// A path with forward slashes, so that messages are the same on every system.
pub fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// What a problem is about; it decides whether a brief reports the problem.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    /// The project or the brief as a whole; always reported.
    #[default]
    Brief,
    /// The rows of data at its place and its related places. A brief reports it if something printed is
    /// based on one of them; `kosh check` always does.
    Rows,
    /// These facts, by id. A brief reports it if one of them, or a fact computed from them, is printed;
    /// `kosh check` always does.
    Facts(Vec<String>),
}

/// A problem, reported to the person who can fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its severity.
    pub severity: Severity,
    /// The code of its page in `kosh explain`, such as `K0101`.
    pub code: Code,
    /// One sentence, lower case, without a full stop.
    pub message: Message,
    /// The place of the cause, if it has one.
    pub place: Option<Place>,
    /// The explanation of the marked place, printed under the carets.
    pub label: Message,
    /// Other places of the problem, each with an explanation.
    pub related: Vec<(Place, Message)>,
    /// Why it is a problem, or what was compared; each a whole sentence.
    pub notes: Vec<Message>,
    /// The remedies; each a whole sentence.
    pub hints: Vec<Message>,
    /// What it is about, in words that stay the same when lines move: an indicator, or a table with key
    /// and time. A warning is allowed by it in `brief.toml`.
    pub subject: Option<String>,
    /// Whether it is about rows, facts or the whole brief.
    pub scope: Scope,
}

impl Diagnostic {
    /// An error, which stops the build.
    pub fn error(code: Code, message: Message) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning, which is reported with the result.
    pub fn warning(code: Code, message: Message) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    fn new(severity: Severity, code: Code, message: Message) -> Self {
        Self {
            severity,
            code,
            message,
            place: None,
            label: Message::default(),
            related: vec![],
            notes: vec![],
            hints: vec![],
            subject: None,
            scope: Scope::Brief,
        }
    }

    /// Sets the subject, in words that stay the same when lines move: `X1.change`, or `interregional
    /// KZ-75 net 2025-01..2025-12`. Warnings with one code about different things need different
    /// subjects.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Marks it as about the rows of data at its place and its related places.
    pub fn about_rows(mut self) -> Self {
        self.scope = Scope::Rows;
        self
    }

    /// Marks it as about a fact; further calls add facts.
    pub fn about_fact(mut self, id: impl Into<String>) -> Self {
        match &mut self.scope {
            Scope::Facts(ids) => ids.push(id.into()),
            scope => *scope = Scope::Facts(vec![id.into()]),
        }
        self
    }

    /// The subject by which it is allowed; the message, if no subject is set.
    pub fn allowed_as(&self) -> String {
        let text = self.subject.as_deref().unwrap_or(&self.message);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Sets the place of the cause.
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Sets the explanation of the marked place.
    pub fn label(mut self, label: Message) -> Self {
        self.label = label;
        self
    }

    /// Adds another place of the problem.
    pub fn related(mut self, place: Place, label: Message) -> Self {
        self.related.push((place, label));
        self
    }

    /// Adds a reason.
    pub fn note(mut self, note: Message) -> Self {
        self.notes.push(note);
        self
    }

    /// Adds a remedy.
    pub fn hint(mut self, hint: Message) -> Self {
        self.hints.push(hint);
        self
    }

    /// Adds a remedy, if there is one.
    pub fn maybe_hint(mut self, hint: Option<Message>) -> Self {
        self.hints.extend(hint);
        self
    }
}

impl From<Diagnostic> for Vec<Diagnostic> {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic]
    }
}

/// A result with all problems, not only the first.
pub type Result<T> = std::result::Result<T, Vec<Diagnostic>>;

/// A value with warnings.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// The warnings; with an error there is no value.
    pub warnings: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// A value without warnings.
    pub fn clean(value: T) -> Self {
        Self { value, warnings: vec![] }
    }

    /// Returns the value, and adds the warnings to `all`.
    pub fn unwarned(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.warnings);
        self.value
    }
}

/// Removes duplicates, keeping the first of each.
pub fn distinct<T: PartialEq>(found: &mut Vec<T>) {
    let mut seen: Vec<T> = Vec::with_capacity(found.len());
    for one in found.drain(..) {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    *found = seen;
}

/// Returns the value, if there is one; otherwise adds the problems to `found`.
pub fn keep<T>(result: Result<T>, found: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|problems| found.extend(problems)).ok()
}

/// Makes a result of a value and the problems found: an error if any of them is one.
pub fn settle<T>(value: T, found: Vec<Diagnostic>) -> Result<Warned<T>> {
    if found.iter().any(|d| d.severity == Severity::Error) {
        Err(found)
    } else {
        Ok(Warned { value, warnings: found })
    }
}
