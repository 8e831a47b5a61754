//! Import: the observations of a workbook become rows of the data folder.
//!
//! In: a [`Project`] with its data, a workbook, a recipe, and what somebody says of the release ([`Asked`]). Out:
//! a [`Plan`]: what is new, equal, changed or refused, cell by cell, and the files with the rows in them, which are
//! read and checked as a data folder before any of them is written ([`check`]). [`write`](fn@write) puts them in place, all or
//! none, with a copy of the workbook and a record of each row's cell; [`undo`] takes the last import back. What
//! cells mean is left to `recipes`, what rows must satisfy to `data`.
//!
//! | file | |
//! |---|---|
//! | `library` | the recipes of a project, and the one that reads a file |
//! | `plan` | observations against the rows that are there |
//! | `release` | the rows of releases and sources that go with them, and what is not known of these |
//! | `files` | the files with the rows in them, checked as a data folder |
//! | `record` | what was imported from where; taking it back |
//! | `expected` | a recipe compared with the rows it should make |

mod expected;
mod files;
mod library;
mod plan;
mod record;
mod release;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::data::{self, Dataset};
use crate::diag::{Diagnostic, Result};
use crate::files::{Blob, Disk, Files, Track};
use crate::project::Project;
use crate::recipes::{self, Context, Names, Reading, Recipe, Shape, Words, read};
use crate::stats::{Status, Time};
use crate::workbook::Workbook;

pub use expected::{Tested, expected, test};
pub use files::{Checked, Composed, check, compose, leave_out, write};
pub use library::{Library, choose};
pub use plan::plan;
pub use record::{Undone, undo};
pub use release::assume;

/// A project with its data and words, as an import needs them.
pub struct Ground {
    /// The project.
    pub project: Project,
    /// Its data.
    pub dataset: Arc<Dataset>,
    /// What is said of them already.
    pub warnings: Vec<Diagnostic>,
    /// The words that labels of periods are made of.
    pub words: Words,
    /// The names of the registers that have any.
    pub lexicons: BTreeMap<String, Names>,
}

/// What somebody says of the release and the source of rows.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The key of the release; `{period}` is replaced by the latest period of the workbook.
    pub vintage: Option<String>,
    /// How settled it is.
    pub status: Option<String>,
    /// The first day on which the figures could be read.
    pub released: Option<Date>,
    /// Columns of the table of sources, the key among them.
    pub source: BTreeMap<String, String>,
    /// Whether rows are written although others are refused.
    pub is_partial: bool,
}

/// Something that is not known of a release or a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The option that says it, without its hyphens: `released`.
    pub option: String,
    /// What it is, for whoever is asked.
    pub what: String,
}

/// How a figure stands to the rows that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// There is no figure for its key.
    New,
    /// The figure is the same, and was less settled or less fine.
    Confirmed,
    /// There is another figure for its key, which stays in its release: a revision.
    Changed,
    /// The same figure is there already.
    Equal,
    /// The sheet says that there is no figure, and the table has no way to say so.
    NoFigure,
    /// It cannot be written; a problem tells why.
    Refused,
}

impl State {
    /// What it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Confirmed => "confirmed",
            Self::Changed => "changed",
            Self::Equal => "equal",
            Self::NoFigure => "no-figure",
            Self::Refused => "refused",
        }
    }

    /// Whether a row is written.
    pub fn is_written(self) -> bool {
        matches!(self, Self::New | Self::Confirmed | Self::Changed)
    }
}

/// A row of a register by column.
pub type Row = BTreeMap<String, String>;

/// What an import would do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The table that gets the rows.
    pub table: String,
    /// How each figure of the reading stands to the table.
    pub states: Vec<State>,
    /// The figures that are there in the place of those that are changed, by their numbers.
    before: BTreeMap<usize, f64>,
    /// The figures of which rows are written, by their numbers.
    pub rows: Vec<u32>,
    /// The release of the rows.
    pub vintage: Option<String>,
    /// Its row, if the table of releases does not have it.
    pub new_vintage: Option<Row>,
    /// The source of the rows.
    pub source: Option<String>,
    /// Its row, if the table of sources does not have it.
    pub new_source: Option<Row>,
    /// The latest time of the figures.
    pub latest: Option<Time>,
    /// What is not known.
    pub needs: Vec<Need>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

impl Plan {
    /// The figure that is there, if there is another one for the key of this one.
    pub fn before(&self, figure: usize) -> Option<f64> {
        self.before.get(&figure).copied()
    }
}

impl Ground {
    /// Reads the data of a project.
    pub fn open(project: Project) -> Result<Self> {
        let shown = project.shown(&project.data);
        let mut warnings = vec![];
        let dataset = data::load(&project.files, &project.data, &shown)?.unwarned(&mut warnings);
        let folders = project.layers.template_folders();
        let folders: Vec<&std::path::Path> = folders.iter().map(PathBuf::as_path).collect();
        let words = Words::load(project.files.track(), &folders)?;
        let mut lexicons = BTreeMap::new();
        for register in dataset.tables.values().flat_map(|table| table.registers.values()) {
            if !lexicons.contains_key(register) {
                let names =
                    Names::load(project.files.track(), &project.data, &shown, register, &words)?;
                lexicons.insert(register.clone(), names.unwarned(&mut warnings));
            }
        }
        Ok(Self { project, dataset, warnings, words, lexicons })
    }

    /// Applies a recipe to a workbook, with the names of the table that it fills.
    pub fn read(&self, recipe: &Recipe, workbook: &Workbook) -> Reading {
        let registers: BTreeMap<String, String> = self
            .dataset
            .tables
            .get(&recipe.table)
            .map(|table| table.registers.iter().map(|(a, b)| (a.clone(), b.clone())).collect())
            .unwrap_or_default();
        let context =
            Context { lexicons: &self.lexicons, registers: &registers, words: &self.words };
        read(recipe, workbook, &context)
    }
}

/// The tables of a project, as a recipe that is proposed has to know them: with the texts that the recipes in `library`
/// read as their codes.
pub fn shapes(ground: &Ground, library: &Library) -> Vec<Shape> {
    let known: Vec<(&str, &str)> = library.recipes.values().flat_map(Recipe::codes).collect();
    let shape = |table: &Arc<data::Table>| Shape {
        name: table.name.clone(),
        title: table.title.clone(),
        time: table.columns.time.clone(),
        times: table.rows.iter().map(|row| row.time).collect::<BTreeSet<_>>().into_iter().collect(),
        dimensions: table
            .dimensions
            .iter()
            .map(|name| {
                let members = table.codes(name).into_iter().map(str::to_owned).collect();
                let register = table.registers.get(name).cloned();
                recipes::Dimension::new(name, register, members, known.iter().copied())
            })
            .collect(),
        units: table.units.iter().map(ToString::to_string).collect(),
        sizes: sizes(table),
        may_be_negative: !table.signed.is_empty()
            || table.rows.is_empty()
            || table.rows.iter().any(|row| row.value.is_some_and(|value| value < 0.0)),
    };
    ground.dataset.tables.values().map(shape).collect()
}

/// The sizes of nine in ten figures of a table.
fn sizes(table: &data::Table) -> Option<(f64, f64)> {
    let mut sizes: Vec<f64> = table.rows.iter().filter_map(|row| Some(row.value?.abs())).collect();
    sizes.sort_by(f64::total_cmp);
    let few = sizes.len() / 20;
    Some((*sizes.get(few)?, *sizes.get(sizes.len() - 1 - few)?))
}

/// A file that is imported.
#[derive(Debug, Clone)]
pub struct Origin {
    /// What it is called.
    pub name: String,
    /// Its bytes.
    pub bytes: Blob,
}

/// How settled a release of this name is.
pub(crate) fn status(name: &str) -> Option<Status> {
    match name {
        "express" => Some(Status::Express),
        "final" => Some(Status::Final),
        "secondary" => Some(Status::Secondary),
        _ => None,
    }
}

/// The files of a project as they are now on the disk.
fn fresh() -> (Disk, Files) {
    let disk = Disk::new();
    let files = Files::on(&disk);
    (disk, files)
}
