//! A recipe as it is written: `data/recipes/NAME.toml`.
//!
//! Everything is optional here that a reader could leave out; what must be there, and whether names fit one
//! another, is looked at in `recipe`.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::periods::{Accumulation, Dates, Stock};
use super::values::Missing;
use crate::diag::Spanned;

/// A recipe: how the cells of a sheet become observations of a table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenRecipe {
    /// What it reads, in one line.
    pub title: Option<String>,
    /// The resource of the data package that gets the rows.
    pub table: Spanned<String>,
    /// The name of the file, and how it is read.
    pub file: Option<WrittenFile>,
    /// Which sheets are read; by default the only visible one.
    pub sheets: Option<WrittenSheets>,
    /// How hidden rows, columns and sheets with content are treated.
    #[serde(default)]
    pub hidden: WrittenHidden,
    /// Named areas of a sheet, found by anchors.
    #[serde(default)]
    pub areas: IndexMap<String, Spanned<WrittenArea>>,
    /// A table with one header and a row for each figure, instead of areas.
    pub columns: Option<Spanned<WrittenColumns>>,
    /// The figures.
    pub values: WrittenValues,
    /// Figures inside sentences, if the file is a text and not a table.
    #[serde(default)]
    pub sentences: Vec<Spanned<WrittenSentence>>,
    /// The dimensions of the figures: one entry for the time and one for each dimension of the table.
    #[serde(default)]
    pub dimensions: Vec<Spanned<WrittenDimension>>,
    /// Cells that are neither figures nor headers.
    #[serde(default)]
    pub ignore: Vec<Spanned<WrittenIgnore>>,
    /// The expected figures.
    #[serde(default)]
    pub expect: WrittenExpect,
    /// The release of the rows, as far as it is always the same.
    #[serde(default)]
    pub release: WrittenRelease,
    /// The source that the rows are read from: columns of the table of sources.
    #[serde(default)]
    pub source: IndexMap<String, String>,
    /// How `kosh recipe test` tests it.
    #[serde(default)]
    pub test: WrittenTest,
}

/// What the file of a recipe is called.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenFile {
    /// Its name, with `*` for any run of characters: `"*migration*.xlsx"`.
    pub name: Option<Spanned<String>>,
    /// The encoding of a text file, if it cannot be detected.
    pub encoding: Option<String>,
    /// The separator of the fields of a text file: `tab`, `semicolon`, `comma` or `bar`.
    pub separator: Option<String>,
}

/// Which sheets of the workbook are read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenSheets {
    /// A regular expression that their names match.
    pub name: Spanned<String>,
    /// Whether several sheets may match.
    #[serde(default)]
    pub several: bool,
}

/// What becomes of something that is hidden and not empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Hidden {
    /// They are an error.
    #[default]
    Refuse,
    /// They are read like the rest.
    Read,
    /// They are left out.
    Ignore,
}

/// What becomes of hidden rows, columns and sheets.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenHidden {
    /// Hidden rows.
    #[serde(default)]
    pub rows: Hidden,
    /// Hidden columns.
    #[serde(default)]
    pub columns: Hidden,
    /// Hidden sheets.
    #[serde(default)]
    pub sheets: Hidden,
}

/// A named area: whole rows or a rectangle.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenArea {
    /// Where it begins; by default with the first row and column.
    pub from: Option<WrittenFrom>,
    /// Where it ends; by default with the last row and column with content.
    pub until: Option<WrittenUntil>,
    /// How many rows it has, if it does not end at an anchor.
    pub rows: Option<u32>,
    /// How many columns it has, if it does not end at an anchor.
    pub columns: Option<u32>,
}

/// Where an area begins.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenFrom {
    /// With the row below the cell that matches.
    pub below: Option<Spanned<WrittenAnchor>>,
    /// With the row of the cell that matches.
    pub at: Option<Spanned<WrittenAnchor>>,
    /// With the column to the right of the cell that matches.
    pub right_of: Option<Spanned<WrittenAnchor>>,
    /// With the column of the cell that matches.
    pub at_column: Option<Spanned<WrittenAnchor>>,
}

/// Where an area ends.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenUntil {
    /// With the row above the first cell that matches.
    pub above: Option<Spanned<WrittenAnchor>>,
    /// With the row of the first cell that matches.
    pub at: Option<Spanned<WrittenAnchor>>,
    /// With the column to the left of the first cell that matches.
    pub left_of: Option<Spanned<WrittenAnchor>>,
    /// With the column of the first cell that matches.
    pub at_column: Option<Spanned<WrittenAnchor>>,
    /// Whether the area continues to the end of the sheet if nothing matches.
    #[serde(default)]
    pub or_end: bool,
}

/// A cell that an area is found by, or another area.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenAnchor {
    /// An area described above this one, instead of a cell.
    pub area: Option<String>,
    /// Which of several matching cells; without it exactly one must match.
    pub which: Option<Which>,
    /// The area in which the cell is looked for.
    #[serde(rename = "in")]
    pub within: Option<String>,
    /// The text of the cell: one of these, ignoring case and spaces.
    #[serde(default)]
    pub text: OneOrMore,
    /// A regular expression that the text of the cell matches.
    pub pattern: Option<String>,
    /// A register; the cell contains a name from it.
    pub lexicon: Option<String>,
    /// Whether the cell is bold.
    pub bold: Option<bool>,
    /// The type of the content of the cell.
    pub holds: Option<Holds>,
}

/// Which of several cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Which {
    /// The first, row by row.
    First,
    /// The last.
    Last,
}

/// One text, or several of which one has to match.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    /// None was written.
    #[default]
    #[schemars(skip)]
    None,
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    /// All of them.
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::None => &[],
            Self::One(text) => std::slice::from_ref(text),
            Self::More(texts) => texts,
        }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Holds {
    /// A text.
    Text,
    /// A number, stored as one.
    Number,
    /// A day, stored as one.
    Date,
}

/// A place in an area: its first, its last, or a number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Position {
    /// The first or the last.
    End(Which),
    /// Counted from 1.
    Number(u32),
}

/// Some cells of a sheet: those for which all that is written is so.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenSelection {
    /// Their area; by default the whole sheet.
    #[serde(rename = "in")]
    pub within: Option<Spanned<String>>,
    /// Their text: one of these, ignoring case and spaces.
    #[serde(default)]
    pub text: OneOrMore,
    /// A regular expression that their text matches; a named group may give a dimension.
    pub pattern: Option<Spanned<String>>,
    /// A register; they contain a name from it.
    pub lexicon: Option<Spanned<String>>,
    /// Whether they are bold (xlsx and xls).
    pub bold: Option<bool>,
    /// Whether they are italic (xlsx and xls).
    pub italic: Option<bool>,
    /// How far they are indented (xlsx and xls).
    pub indent: Option<u8>,
    /// The type of their content.
    pub holds: Option<Holds>,
    /// Their column in the area.
    pub column: Option<Position>,
    /// Their row in the area.
    pub row: Option<Position>,
    /// The head of their column: cells below a cell with one of these texts.
    #[serde(default)]
    pub under: OneOrMore,
    /// Cells that are left out although they match.
    #[serde(default)]
    pub except: Vec<WrittenException>,
}

/// Cells that are left out of a selection; they are in its area, under its heads and in its column.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenException {
    /// Their text: one of these, ignoring case and spaces.
    #[serde(default)]
    pub text: OneOrMore,
    /// A regular expression that their text matches.
    pub pattern: Option<Spanned<String>>,
    /// A register; they contain a name from it.
    pub lexicon: Option<Spanned<String>>,
    /// Whether they are bold (xlsx and xls).
    pub bold: Option<bool>,
    /// Whether they are italic (xlsx and xls).
    pub italic: Option<bool>,
    /// How far they are indented (xlsx and xls).
    pub indent: Option<u8>,
    /// The type of their content.
    pub holds: Option<Holds>,
    /// Their column in the area.
    pub column: Option<Position>,
    /// Their row in the area.
    pub row: Option<Position>,
}

impl From<WrittenException> for WrittenSelection {
    fn from(written: WrittenException) -> Self {
        let WrittenException { text, pattern, lexicon, bold, italic, indent, holds, column, row } =
            written;
        Self { text, pattern, lexicon, bold, italic, indent, holds, column, row, ..Self::default() }
    }
}

/// A table in long form: one header, below it a row for each figure.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenColumns {
    /// The head of the column of figures.
    pub value: String,
    /// The standard of the columns about the figures: their status, confidentiality, multiplier and decimals.
    pub attributes: Option<Attributes>,
    /// Heads of columns that are left out, each with the reason why it is not needed.
    #[serde(default)]
    pub ignore: IndexMap<String, String>,
}

/// A standard for what is said of a figure beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Attributes {
    /// The attributes of SDMX: OBS_STATUS, CONF_STATUS, UNIT_MULT, DECIMALS.
    Sdmx,
    /// The `status` of JSON-stat, in the codes of SDMX.
    JsonStat,
}

/// The figures, and how they are written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenValues {
    /// Their area. All its cells are figures, except those that a dimension or `ignore` claims. It is not
    /// used with `[columns]`.
    #[serde(rename = "in")]
    pub within: Option<Spanned<String>>,
    /// The heads of their columns, if not all columns have figures.
    #[serde(default)]
    pub under: OneOrMore,
    /// Signs for a missing figure, and their meaning. An empty cell is written `""`.
    #[serde(default)]
    pub missing: IndexMap<String, Missing>,
    /// The decimal sign of figures that are texts.
    pub decimal: Option<char>,
    /// The sign between thousands of figures that are texts, besides spaces.
    pub group: Option<char>,
    /// Footnote marks that may follow a figure directly, such as `"*"` or `"1)"`.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Whether brackets around a figure mean that it is negative.
    #[serde(default)]
    pub parentheses: bool,
    /// Their unit, for example `persons`; or a dimension with the name `unit` gives it.
    pub unit: Option<Spanned<String>>,
    /// The factor for each: 1000 if the sheet counts in thousands and the table in persons.
    pub scale: Option<Spanned<f64>>,
    /// The unit to which they are rounded, in the unit of the table; by default it follows from their digits.
    pub rounded_to: Option<Spanned<f64>>,
}

/// A dimension of the figures.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenDimension {
    /// The column of the table that it fills.
    pub name: String,
    /// The same code for every figure.
    pub value: Option<String>,
    /// The head of the column that says it in the row of each figure, with `[columns]`.
    pub column: Option<String>,
    /// The head of another column that says the same in other words, with `column`: a row in which the two differ is
    /// refused.
    pub repeated_in: Option<String>,
    /// The header cells.
    pub cells: Option<WrittenSelection>,
    /// The header is the nearest in the figure's own column or row, on this side.
    pub directly: Option<Direction>,
    /// The header is the last one on the way to this side, in any column or row.
    pub closest: Option<Direction>,
    /// The header is the merged area that reaches over the figure's column or row.
    pub by: Option<By>,
    /// A single cell for the whole sheet, such as a title.
    pub title: Option<WrittenSelection>,
    /// Whose name is used: that of the sheet or of the file.
    pub name_of: Option<NameOf>,
    /// A text made of the texts of other entries, for example `"{months} {year}"`; those entries are not
    /// columns of the table.
    pub join: Option<String>,
    /// A regular expression for the part of the text that counts: the group named as the dimension, or
    /// the first one.
    pub part: Option<Spanned<String>>,
    /// How the text becomes a code.
    pub read: Option<Read>,
    /// The code of each text, if no register has them.
    #[serde(default)]
    pub codes: IndexMap<String, String>,
    /// The dimension that distinguishes two members with the same name.
    pub parent: Option<String>,
    /// The code of a figure that has no header.
    pub otherwise: Option<String>,
    /// The meaning of the label of a quarter: the months since January, or its three months.
    pub quarters: Option<Accumulation>,
    /// The meaning of the label of a month or of a code such as 202412: the months since January, or this
    /// month.
    pub months: Option<Accumulation>,
    /// The meaning of the label of a stock: the first day of its time or the last.
    pub stock: Option<Stock>,
    /// The meaning of a day, because spreadsheets turn labels into days; without it a day is an error.
    pub dates: Option<Dates>,
}

/// A side of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Direction {
    /// Towards the first row.
    Above,
    /// Towards the last row.
    Below,
    /// Towards the first column.
    Left,
    /// Towards the last column.
    Right,
}

/// By what a header is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum By {
    /// By its merged area.
    Merge,
}

/// Whose name says a dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NameOf {
    /// The sheet's.
    Sheet,
    /// The file's.
    File,
}

/// How a header's text becomes a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Read {
    /// It is a period: `2026-01..2026-06` of «January–June 2026».
    Period,
    /// It is a name of the register that the column of the table points to.
    Name,
    /// It is the code itself.
    Code,
}

/// A sentence of a release, and the figures in it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenSentence {
    /// A regular expression that one sentence of the text matches; its named groups are the figures.
    pub pattern: Spanned<String>,
    /// The codes of each figure, by the name of its group: `arrivals = { flow = "arrivals" }`.
    #[serde(default)]
    pub figures: IndexMap<String, IndexMap<String, String>>,
    /// Why the figures of this sentence are not needed; it may match any number of times.
    pub because: Option<String>,
}

/// Cells that are left out, with the reason.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenIgnore {
    /// These cells.
    pub cells: Option<WrittenSelection>,
    /// All cells of their rows, within the area that they are in.
    pub rows_of: Option<WrittenSelection>,
    /// All cells of their columns, within the area that they are in.
    pub columns_of: Option<WrittenSelection>,
    /// Why they are not needed.
    pub because: String,
}

/// The expected figures.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenExpect {
    /// How many observations each period has.
    pub count: Option<Spanned<usize>>,
    /// How many members of a dimension each period has: a number, or several of which one must be right.
    #[serde(default)]
    pub members: IndexMap<String, Counts>,
    /// Sums over a dimension.
    #[serde(default)]
    pub sum: Vec<Spanned<WrittenSum>>,
    /// Balances: a result that is some figures minus others.
    #[serde(default)]
    pub balance: Vec<Spanned<WrittenBalance>>,
}

/// A number, or several of which one must be right.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Counts {
    /// One.
    One(usize),
    /// Several: `[1, 21]` where some years have the country alone.
    More(Vec<usize>),
}

impl Counts {
    /// All of them.
    pub(super) fn all(&self) -> &[usize] {
        match self {
            Self::One(number) => std::slice::from_ref(number),
            Self::More(numbers) => numbers,
        }
    }
}

/// A sum over a dimension.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenSum {
    /// The dimension.
    pub over: String,
    /// What the sum is: a member of the dimension, such as `{ region = "KZ" }`, or a number.
    pub equals: Equals,
    /// The members that are added; by default all except the total.
    #[serde(default)]
    pub of: Vec<String>,
    /// The figures that are checked, for example `{ measure = "net" }`.
    #[serde(default, rename = "where")]
    pub only: IndexMap<String, String>,
    /// The tolerance of the sum; by default half a unit of rounding for each figure.
    pub within: Option<f64>,
}

/// What a sum is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Equals {
    /// A number, as 0.
    Number(f64),
    /// The figure of a member.
    Member(IndexMap<String, String>),
}

/// A balance: `result` is the sum of `plus` minus the sum of `minus`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenBalance {
    /// The dimension whose members they are.
    pub over: String,
    /// The member that is the balance.
    pub result: String,
    /// The members that are added.
    pub plus: Vec<String>,
    /// The members that are subtracted.
    pub minus: Vec<String>,
}

/// The release that rows are of, as far as it is the same each time.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenRelease {
    /// Its key in the table of vintages; `{period}` is replaced by the period of the rows, for example
    /// `2026-H1`.
    pub vintage: Option<String>,
    /// Its status: `express`, `final` or `secondary`.
    pub status: Option<String>,
}

/// How a recipe is tested.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenTest {
    /// The workbook, next to the recipe; by default the file with the recipe's name.
    pub workbook: Option<String>,
}

/// The JSON Schema of a recipe.
pub(crate) fn schema(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<WrittenRecipe>()
}
