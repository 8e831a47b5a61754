//! Workbooks: the cells of a file as somebody saved it, before anybody says what they mean.
//!
//! In: the bytes of an xlsx, xls, xlsb or ods file, of a text with separators (csv, tsv, what was pasted
//! from a page), of a dataset of JSON-stat, or of a description of a table (Frictionless, CSV on the Web) with the
//! table beside it. Out: a [`Workbook`] of [`Sheet`]s of [`Cell`]s. What kind of file it is follows from its
//! bytes and not from its name, since offices serve pages of the web as `.xls`. Nothing here knows what
//! a figure is, what a heading is or which language is spoken: a recipe says that.
//!
//! Nothing is guessed silently: how a text was decoded and separated stands in [`TextReading`], a number
//! is never joined with the raised mark behind it, and what a file does not tell (styles of an old
//! `.xls`) is said by [`Workbook::knows_styles`].
//!
//! A file may be hostile. Sizes are checked before contents, entities are not expanded, and whatever
//! grows has a bound (K1203).
//!
//! | file | |
//! |---|---|
//! | `address` | where a cell is |
//! | `sheet` | cells, found by their address |
//! | `texts` | the texts of many cells in one string |
//! | `kind` | what kind of file the bytes are |
//! | `encoding` | bytes of a text to characters |
//! | `separator` | which sign separates the cells of a text |
//! | `separated` | a text to a sheet |
//! | `json_stat` | a dataset of JSON-stat to a sheet |
//! | `described` | a table with its description to a sheet |
//! | `package` | a zip file: parts by name, each with a bound |
//! | `xml` | the events of a part |
//! | `xlsx` | the parts of an xlsx file to sheets |
//! | `ods` | the content of an ods file to sheets |
//! | `xls` | the records of an xls file to sheets |
//! | `other` | xlsb, and xls of before 1997, through calamine |
//! | `runs` | texts whose parts are set in several ways |
//! | `number_format` | what a number format says |
//! | `fault` | why a file cannot be read |
//!
//! To add a format, add a variant to [`Format`], its first bytes to `kind`, and a reader that fills a
//! `sheet::Builder`.

mod address;
mod described;
mod encoding;
mod fault;
mod json_stat;
mod kind;
mod number_format;
mod ods;
mod other;
mod package;
mod runs;
mod separated;
mod separator;
mod sheet;
#[cfg(test)]
mod tests;
mod texts;
mod xls;
mod xlsx;
mod xml;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use regex::Regex;

pub use address::{Address, Area, MOST_COLUMNS, MOST_ROWS, column_name};
pub use encoding::Encoding;
pub use separator::Separator;
pub use sheet::{Cell, Content, Formula, Sheet, Style, Visibility};

use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText};
use crate::files::Blob;

/// A workbook as it was read.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// The path by which the user knows it.
    pub path: PathBuf,
    /// What kind of file it is.
    pub format: Format,
    /// Its sheets, in order, hidden ones too. A text has one.
    pub sheets: Vec<Sheet>,
    /// How a text was read; `None` of anything else.
    pub reading: Option<TextReading>,
    /// Whether the file says how cells are set (bold, indents, number formats). If not, a recipe
    /// that selects by style has to be refused.
    pub knows_styles: bool,
    /// Whether the file says which rows and columns are hidden, as far as it is read.
    pub knows_hidden: bool,
    /// Whether the file says which cells are merged, as far as it is read.
    pub knows_merged: bool,
    /// The file of the table, where the file that was read only describes it.
    pub beside: Option<Arc<BesideFile>>,
    source: Option<SourceText>,
}

/// The file of a table that another one describes.
#[derive(Debug, Clone)]
pub struct BesideFile {
    /// Its path from the folder of the description.
    pub path: String,
    /// Its bytes.
    pub bytes: Blob,
    /// Its encoding.
    pub encoding: Encoding,
    /// What separates its cells.
    pub separator: u8,
}

/// Reads a file beside the one that is read, by its path from there; an error says why it cannot be read.
pub type Beside<'a> = dyn Fn(&str) -> std::result::Result<Blob, String> + 'a;

/// What kind of file a workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Office Open XML, as spreadsheet programs save it today.
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// The binary files of before 2007.
    Xls,
    /// OpenDocument.
    Ods,
    /// A text with separators.
    Text,
    /// A dataset of JSON-stat 2.
    JsonStat,
    /// A Frictionless data package with a table.
    Package,
    /// A description of CSV on the Web with its table.
    Csvw,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Text => "text",
            Self::JsonStat => "json-stat",
            Self::Package => "frictionless",
            Self::Csvw => "csvw",
        })
    }
}

/// What somebody says of a text, in the place of what would be found out; and which table of a package is meant.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// What separates the cells.
    pub separator: Option<Separator>,
    /// What the name of the table matches, where a description has several.
    pub resource: Option<Regex>,
}

/// How a text was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextReading {
    /// Its encoding.
    pub encoding: Encoding,
    /// Whether the file begins with a byte order mark.
    pub is_marked: bool,
    /// What separates its cells.
    pub separator: Separator,
    /// Cells with a comma between digits, once and not before exactly three of them: decimal commas.
    pub decimal_commas: usize,
    /// Cells with such a full stop.
    pub decimal_points: usize,
}

impl Workbook {
    /// Reads a file by itself; see [`Workbook::read_with`].
    ///
    /// # Errors
    ///
    /// Those of [`Workbook::read_with`].
    pub fn read(bytes: &[u8], path: &Path, options: &Options) -> Result<Self> {
        Self::read_with(bytes, path, options, &|_| Err("there is no folder to look in".to_owned()))
    }

    /// Reads a file. `path` is the one by which the user knows it; it says nothing of the format. A description of a
    /// table names the file of the table, which is asked of `beside`.
    ///
    /// # Errors
    ///
    /// K1201 if it is no workbook, K1202 if it is damaged, K1203 if it is larger than what is read,
    /// K1204 and K1205 if a text cannot be decoded or split; K1206 to K1208 if a description is not followed, a cell is
    /// otherwise than described, or no table is chosen.
    pub fn read_with(
        bytes: &[u8],
        path: &Path,
        options: &Options,
        beside: &Beside<'_>,
    ) -> Result<Self> {
        match kind::of(bytes, path)? {
            kind::Kind::Text => separated::read(bytes, path, options),
            kind::Kind::Xlsx => xlsx::read(bytes, path),
            kind::Kind::Xlsb => other::read(bytes, path, Format::Xlsb),
            kind::Kind::Xls => xls::read(bytes, path),
            kind::Kind::Ods => ods::read(bytes, path),
            kind::Kind::Json => json_stat::read(bytes, path, options, beside),
        }
    }

    /// Lets go of what its cells say, when only their places are needed any more.
    pub fn let_go(&mut self) {
        self.sheets.iter_mut().for_each(Sheet::let_go);
    }

    /// The version of SDMX-CSV that the header of a text is of.
    pub fn sdmx_csv(&self) -> Option<&'static str> {
        sdmx_csv(self.sheets.first().filter(|_| self.format == Format::Text)?)
    }

    /// The sheet of this name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name() == name)
    }

    /// The place of a cell: in a text its line and column, else sheet and cell.
    pub fn place(&self, sheet: &Sheet, at: Address) -> Place {
        match (&self.source, sheet.span(at)) {
            (Some(source), Some(span)) => source.place(span),
            (Some(source), None) => {
                let separator = self.reading.as_ref().map(|read| read.separator);
                match separator.and_then(|by| separated::span(&source.text, by, at)) {
                    Some(span) => source.place(span),
                    None => source.line(at.row as usize + 1),
                }
            }
            _ => Place::Cell {
                file: self.path.clone(),
                sheet: sheet.name().to_owned(),
                cell: at.to_string(),
            },
        }
    }

    /// The place of several cells: the first of them.
    pub fn place_of(&self, sheet: &Sheet, area: Area) -> Place {
        match self.place(sheet, area.first) {
            Place::Cell { file, sheet, .. } => Place::Cell { file, sheet, cell: area.to_string() },
            place => place,
        }
    }
}

/// The version of SDMX-CSV that the first row of a text is the header of.
fn sdmx_csv(sheet: &Sheet) -> Option<&'static str> {
    let head: Vec<String> = sheet.row(0).map(|cell| cell.content.shown()).collect();
    let is =
        |at: usize, names: &[&str]| head.get(at).is_some_and(|head| names.contains(&head.trim()));
    // With labels a head is a code and a name.
    if is(0, &["DATAFLOW"]) && head.iter().any(|head| head.starts_with("OBS_VALUE")) {
        return Some("1.0");
    }
    (is(0, &["STRUCTURE"]) && is(1, &["STRUCTURE_ID"])).then_some("2.0")
}

/// A file that is no workbook, and why.
fn not_a_workbook(path: &Path, why: Message) -> Diagnostic {
    Diagnostic::error(Code::K1201, message!("`{path}` is not a workbook", path = path.display()))
        .at(Place::Path(path.to_path_buf()))
        .note(why)
}

/// A file that is larger than what is read, and in what.
fn too_large(path: &Path, what: Message) -> Diagnostic {
    Diagnostic::error(
        Code::K1203,
        message!("`{path}` is larger than kosh reads", path = path.display()),
    )
    .at(Place::Path(path.to_path_buf()))
    .note(what)
    .hint(message!("copy the table into a workbook of its own"))
}

/// The name of the file without its ending.
fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}
