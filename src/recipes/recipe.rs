//! From a recipe as written to one that can be applied: expressions compiled, names held against one another.
//!
//! Here is what a recipe is. `reader` makes it of what was written, and each other file the part of its name: `cells` the
//! selections and areas, `columns` tables in long form, `values`, `dimensions`, `sentences`, `questions` those that a
//! draft left open.

mod cells;
mod columns;
mod dimensions;
mod questions;
mod reader;
mod sentences;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use regex::Regex;

use super::areas::{Anchor, Bounds};
use super::lookup::Lookup;
use super::names::folded;
use super::periods::PeriodRules;
use super::select::Selection;
use super::values::Notation;
use super::written::{Attributes, NameOf, Read, WrittenExpect, WrittenHidden, WrittenRecipe};
use crate::diag::{Code, Diagnostic, Place, Result, SourceText, did_you_mean, read_toml};
use crate::workbook::Options;
use reader::Reader;

/// How the cells of a sheet become observations of a table.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// Its name: that of its file without the ending.
    pub name: String,
    /// What it reads, in one line.
    pub title: String,
    /// The resource of the data package that gets the rows.
    pub table: String,
    /// The workbook it is tested with, a name beside the recipe.
    pub test_workbook: Option<String>,
    /// The key of the release, in which `{period}` stands for the period of a row.
    pub vintage: Option<String>,
    /// How settled the release is.
    pub status: Option<String>,
    /// Columns of the table of sources, by name.
    pub source: IndexMap<String, String>,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// What separates the fields of a text file.
    pub separator: Option<String>,
    /// The file.
    pub text: SourceText,
    /// Where `table` is written.
    pub table_place: Place,
    pub(super) file: Option<Regex>,
    pub(super) sheets: Option<Regex>,
    pub(super) several_sheets: bool,
    pub(super) hidden: WrittenHidden,
    pub(super) areas: Vec<Bounds>,
    pub(super) values: Values,
    /// The standard of what columns beside the figures say of them.
    pub(super) attributes: Option<Attributes>,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) ignore: Vec<Ignore>,
    pub(super) expect: WrittenExpect,
    /// The questions of a draft that nobody has answered: nothing is written while there is one.
    pub(super) questions: Vec<Diagnostic>,
}

/// Where figures stand, and how they are written.
#[derive(Debug, Clone)]
pub(super) struct Values {
    pub within: String,
    pub under: Vec<String>,
    pub notation: Notation,
    pub unit: Option<String>,
    pub place: Place,
}

/// What a figure is of.
#[derive(Debug, Clone)]
pub(super) struct Dimension {
    pub name: String,
    pub how: How,
    pub part: Option<Regex>,
    pub read: Option<Read>,
    /// The code of each folded text.
    pub codes: BTreeMap<String, Arc<str>>,
    /// The texts of `codes` as they are typed, for messages.
    pub texts: Vec<String>,
    /// The cells of another column that says the same.
    pub repeated: Option<Selection>,
    pub parent: Option<usize>,
    pub otherwise: Option<Arc<str>>,
    pub rules: PeriodRules,
    /// Whether it is a column of the table, and not only a part of another dimension's text.
    pub is_column: bool,
    pub place: Place,
}

/// Where a dimension's text is.
#[derive(Debug, Clone)]
pub(super) enum How {
    /// The same code for every figure.
    Constant(Arc<str>),
    /// In a header that each figure looks up.
    Header(Selection, Lookup),
    /// In one cell for the whole sheet.
    Title(Selection),
    /// In a name.
    NameOf(NameOf),
    /// In other dimensions' texts: numbers of dimensions between texts.
    Join(Vec<Piece>),
    /// In the sentence that has the figure.
    Sentence,
}

/// A piece of a joined text.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text(String),
    Of(usize),
}

/// Codes, each with the place of its dimension.
pub(super) type Codes = Vec<(usize, Arc<str>)>;

/// A sentence of a text.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub pattern: Regex,
    /// The codes of the figure in each named group, by the dimension; none where it is passed over on purpose.
    pub figures: Vec<(String, Codes)>,
    pub place: Place,
}

/// Cells that are left out.
#[derive(Debug, Clone)]
pub(super) struct Ignore {
    pub selection: Selection,
    pub extent: Extent,
    pub because: String,
}

/// How much is left out with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Cell,
    Row,
    Column,
}

impl Recipe {
    /// Reads a recipe; `name` is that of its file without the ending. All problems come together.
    pub fn read(name: &str, text: &SourceText) -> Result<Self> {
        let written: WrittenRecipe = read_toml(Code::K1501, text)?;
        let mut reader = Reader {
            text,
            areas: vec![],
            has_sentences: !written.sentences.is_empty(),
            found: vec![],
        };
        let recipe = reader.recipe(name, written);
        if reader.found.is_empty() { Ok(recipe) } else { Err(reader.found) }
    }

    /// The columns of the table that it fills.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.dimensions.iter().filter(|dimension| dimension.is_column).map(|one| &*one.name)
    }

    /// The texts that it reads as codes, each with its code.
    pub fn codes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.dimensions.iter().flat_map(|dimension| {
            dimension.texts.iter().filter_map(|text| {
                let code = dimension.codes.get(&folded(text))?;
                Some((text.as_str(), &**code))
            })
        })
    }

    /// How a text file is read and which table of a package is meant, as far as the recipe says it.
    ///
    /// # Errors
    ///
    /// K1501 if the encoding or the separator is none that is known.
    pub fn options(&self) -> Result<Options> {
        let refuse = |said: &str, what: &str| {
            vec![
                Diagnostic::error(
                    Code::K1501,
                    message!("`{said}` is not a known {what}", said, what),
                )
                .at(self.table_place.clone()),
            ]
        };
        let mut options = Options { resource: self.sheets.clone(), ..Options::default() };
        if let Some(said) = &self.encoding {
            options.encoding = Some(said.parse().map_err(|_| refuse(said, "encoding"))?);
        }
        if let Some(said) = &self.separator {
            options.separator = Some(said.parse().map_err(|_| refuse(said, "separator"))?);
        }
        Ok(options)
    }

    /// What keeps it from filling a table: columns in `needed` that it does not give, and columns that it gives and
    /// that are neither there nor in `free` (K1541).
    pub fn unfit(&self, table: &str, needed: &[&str], free: &[&str]) -> Vec<Diagnostic> {
        let mut found = vec![];
        for name in needed.iter().filter(|name| !self.columns().any(|own| own == **name)) {
            let message = message!("the recipe does not give `{name}` of a figure", name);
            found.push(
                Diagnostic::error(Code::K1541, message)
                    .at(self.table_place.clone())
                    .note(message!("it is required in the table `{table}`", table))
                    .hint(message!(
                        "add an entry to `[[dimensions]]` with `name = \"{name}\"`",
                        name
                    )),
            );
        }
        let known = || needed.iter().chain(free).copied();
        for name in self.columns().filter(|name| known().all(|known| known != *name)) {
            let message = message!("the table `{table}` has no dimension `{name}`", table, name);
            found.push(
                Diagnostic::error(Code::K1541, message)
                    .at(self.table_place.clone())
                    .maybe_hint(did_you_mean(name, known())),
            );
        }
        found
    }

    /// Whether a question of its draft is left open.
    pub fn is_open(&self) -> bool {
        !self.questions.is_empty()
    }

    /// What its figures count, if no dimension says it.
    pub fn unit(&self) -> Option<&str> {
        self.values.unit.as_deref()
    }

    /// Whether a file of this name is one that it reads. A recipe that does not say reads any.
    pub fn takes_file(&self, name: &str) -> bool {
        self.file.as_ref().is_none_or(|file| file.is_match(name))
    }

    /// Whether it says what its file is called.
    pub fn names_file(&self) -> bool {
        self.file.is_some()
    }

    /// The column that it reads periods for.
    pub(super) fn time(&self) -> Option<&str> {
        let is_time = |one: &&Dimension| one.is_column && one.read == Some(Read::Period);
        self.dimensions.iter().find(is_time).map(|dimension| &*dimension.name)
    }

    /// Whether it asks how cells are set.
    pub(super) fn asks_style(&self) -> bool {
        self.selections().into_iter().any(Selection::asks_style)
    }

    /// All its selections, but for the exceptions in them.
    fn selections(&self) -> Vec<&Selection> {
        let mut selections: Vec<&Selection> = vec![];
        for bounds in &self.areas {
            for edge in [&bounds.top, &bounds.left, &bounds.bottom, &bounds.right] {
                if let Some((_, Anchor::Cell(selection, _))) = edge {
                    selections.push(selection);
                }
            }
        }
        selections.extend(self.ignore.iter().map(|ignore| &ignore.selection));
        selections.extend(self.dimensions.iter().filter_map(|one| match &one.how {
            How::Header(selection, _) | How::Title(selection) => Some(selection),
            _ => None,
        }));
        selections.extend(self.dimensions.iter().filter_map(|one| one.repeated.as_ref()));
        selections
    }
}

/// The areas of a table in long form.
pub(super) const HEAD: &str = "head";
pub(super) const BODY: &str = "body";

/// The dimension that gives each figure its unit.
pub(super) const UNIT: &str = "unit";
