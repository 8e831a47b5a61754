//! Problems: values told to the person who can fix them.
//!
//! Every stage returns [`Result`] or [`Warned`]; nobody but `cli` prints. A [`Diagnostic`] says
//! what is wrong, where that is written down, why it matters and what to do. Independent checks
//! all run, so that their problems come together.
//!
//! To add a problem, choose the next free code of its room's hundred (see
//! `docs/diagnostics.md`), write its page there, which makes it a [`Code`], and add a fixture that
//! trips it.

mod code;
mod cut;
mod dotted;
mod draw;
mod json;
mod nearest;
mod schema;
mod source;
mod spanned;
mod toml;
mod unknown;

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use self::toml::{read_toml, toml_error, toml_error_among};
pub use code::Code;
pub use dotted::{key_in, name_in};
pub use draw::{draw, draw_to_terminal};
pub use json::as_json;
pub use nearest::{did_you_mean, nearest};
pub use schema::one_of;
pub use source::{Piece, SheetCell, SourceText};
pub use spanned::Spanned;
pub use unknown::Unknown;

/// The page of each code, as `kosh explain` shows it.
pub const PAGES: &str = include_str!("../../docs/diagnostics.md");

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing is printed until this is mended.
    Error,
    /// The brief is printed, and this is said beside it.
    Warning,
}

/// A spot in something the user wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A byte range of a text file.
    Text {
        /// The file.
        source: SourceText,
        /// The bytes meant.
        range: Range<usize>,
    },
    /// A whole file or folder, where no line can be named.
    Path(PathBuf),
    /// A spreadsheet cell, as the spreadsheet program names it.
    Cell {
        /// The workbook.
        file: PathBuf,
        /// The sheet's name.
        sheet: String,
        /// The cell, as `C7`.
        cell: String,
    },
    /// An option of the command line with its value, as `--profile bns`.
    Option(String),
}

impl Place {
    /// An option of the command line, and what was written behind it.
    pub fn option(name: &str, value: impl std::fmt::Display) -> Self {
        Self::Option(format!("--{name} {value}"))
    }

    /// The file meant; an empty path for an option.
    pub fn path(&self) -> &Path {
        match self {
            Self::Option(_) => Path::new(""),
            Self::Text { source, .. } => &source.path,
            Self::Path(path) => path,
            Self::Cell { file, .. } => file,
        }
    }

    /// Line and column, both from 1 and the column in characters, if the place is in a text.
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

/// A path with forward slashes, so that what is told is the same on every system.
pub fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// What a problem is about, which decides whether a brief has to tell it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    /// The project or the brief as a whole: it is always told.
    #[default]
    Brief,
    /// The rows of data at its place and its related places: a brief tells it if something that is
    /// printed rests on one of them, and `kosh check` always.
    Rows,
    /// These facts, by id: a brief tells it if one of them, or what is computed from them, is
    /// printed, and `kosh check` always.
    Facts(Vec<String>),
}

/// One problem, told to the person who can fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The code whose page `kosh explain` shows, as `K0101`.
    pub code: Code,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// Where the cause is written down, if it is written anywhere.
    pub place: Option<Place>,
    /// What the marked place is, printed under the carets.
    pub label: String,
    /// Other places that belong to the problem, each with what it is.
    pub related: Vec<(Place, String)>,
    /// Why this is a problem, or what was compared; each a whole sentence.
    pub notes: Vec<String>,
    /// What to do about it; each a whole suggestion.
    pub hints: Vec<String>,
    /// What it is about, in a few words that stay the same when lines move: an indicator, or a
    /// table with key and time. By it a warning is allowed in `brief.toml`.
    pub subject: Option<String>,
    /// Whether it is about rows, facts or the whole brief.
    pub scope: Scope,
}

impl Diagnostic {
    /// A problem that stops the build.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A problem that is told beside the result.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            place: None,
            label: String::new(),
            related: vec![],
            notes: vec![],
            hints: vec![],
            subject: None,
            scope: Scope::Brief,
        }
    }

    /// Says what it is about, in words that do not change when lines move: `X1.change`, or
    /// `interregional KZ-75 net 2025-01..2025-12`. Two warnings of one code about different things
    /// need different subjects.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Says that it is about the rows of data at its place and its related places.
    pub fn about_rows(mut self) -> Self {
        self.scope = Scope::Rows;
        self
    }

    /// Says that it is about a fact; further calls add further facts.
    pub fn about_fact(mut self, id: impl Into<String>) -> Self {
        match &mut self.scope {
            Scope::Facts(ids) => ids.push(id.into()),
            scope => *scope = Scope::Facts(vec![id.into()]),
        }
        self
    }

    /// The subject under which it is allowed: its message, if none was given.
    pub fn allowed_as(&self) -> String {
        let text = self.subject.as_deref().unwrap_or(&self.message);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Says where the cause is.
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Says what the marked place is.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Names another place that belongs to the problem.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Says why it is a problem.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Says what to do, if there is something to say.
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hints.extend(hint);
        self
    }
}

impl From<Diagnostic> for Vec<Diagnostic> {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic]
    }
}

/// Every problem found, not only the first.
pub type Result<T> = std::result::Result<T, Vec<Diagnostic>>;

/// A value, and what has to be said beside it.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// What was asked for.
    pub value: T,
    /// Warnings only; an error takes the place of the value.
    pub warnings: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// A value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Self { value, warnings: vec![] }
    }

    /// Takes the value, adding what was said to `all`.
    pub fn unwarned(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.warnings);
        self.value
    }
}

/// Leaves each problem, or whatever else is told, once, in the order in which they were found.
pub fn distinct<T: PartialEq>(found: &mut Vec<T>) {
    let mut seen: Vec<T> = Vec::with_capacity(found.len());
    for one in found.drain(..) {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    *found = seen;
}

/// The value, if there is one; the problems go to those found before.
pub fn keep<T>(result: Result<T>, found: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|problems| found.extend(problems)).ok()
}

/// Splits what a room found into a result: the value if nothing found is an error.
pub fn settle<T>(value: T, found: Vec<Diagnostic>) -> Result<Warned<T>> {
    if found.iter().any(|d| d.severity == Severity::Error) {
        Err(found)
    } else {
        Ok(Warned { value, warnings: found })
    }
}
