//! Recipes: the cells of a sheet become observations of a table.
//!
//! In: a [`Workbook`] and a [`Recipe`], a TOML file that says where figures stand and what each of them is of.
//! Out: a [`Reading`]: observations, each with the cell it was read from and the cells that named it, and what is
//! wrong, at its cell. Nothing is guessed: every cell that says something is claimed as a figure, a header, an anchor
//! or something to be left out, or it is named in a problem. What the rows of the table are then is left to
//! [`import`](crate::import).
//!
//! | file | |
//! |---|---|
//! | `written` | a recipe as it is written |
//! | `recipe` | and as it is meant: names checked, expressions compiled; a file for each part of it |
//! | `select` | which cells are meant, by text, pattern, style and position |
//! | `areas` | rectangles found by anchors |
//! | `lookup` | the header of a figure: `directly`, `closest`, `by = "merge"` |
//! | `attributes` | what columns beside a figure say of it: its status, its multiplier |
//! | `code` | a header's text becomes a code |
//! | `claims` | what each cell was taken for |
//! | `sheet` | all of it on one sheet, a file for each step; `sheet/sentences` reads a text |
//! | `expect` | what has to come out: counts, sums, balances |
//! | `values`, `periods`, `names`, `words` | figures, labels of periods and names, strictly read |
//! | `draft` | a recipe proposed for a sheet |
//! | `picture` | a sheet as a page that shows what was understood |
//!
//! To add a way to find a header, add a variant to `lookup::Lookup`; a way to select cells, a key to
//! `written::WrittenSelection` and its line in `select`.

#![allow(
    clippy::result_large_err,
    reason = "a problem is moved once, and it is the end of the reading"
)]

mod areas;
mod attributes;
mod claims;
mod code;
mod draft;
mod expect;
mod lookup;
mod marks;
mod names;
mod periods;
mod picture;
mod recipe;
mod select;
mod sheet;
mod values;
mod words;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, Severity};
use crate::stats::Time;
use crate::workbook::{Address, Area, Sheet, Visibility, Workbook};

pub use claims::Claims;
pub use draft::{Dimension, Draft, Shape, draft};
pub use names::{NameReading, Names};
pub use periods::{Accumulation, Dates, PeriodReading, PeriodRules, Stock, period, period_of_cell};
pub use picture::picture;
pub use recipe::Recipe;
pub use values::{Figure, Missing, Notation, Reading as Value, value};
pub use words::Words;
pub(crate) use written::schema;

use written::Hidden;

/// What texts are read with, beside a recipe.
pub struct Context<'a> {
    /// The names of each register that is asked for.
    pub lexicons: &'a BTreeMap<String, Names>,
    /// The register that a dimension's codes are of, where the table says one.
    pub registers: &'a BTreeMap<String, String>,
    /// The words that labels of periods are made of.
    pub words: &'a Words,
}

/// What a dimension is for some figures.
#[derive(Debug, Clone)]
pub struct Member {
    /// The dimension, by its place in [`Reading::columns`]; none if it is only a part of another's text.
    pub column: Option<usize>,
    /// The code, or the text where there is no code.
    pub code: Arc<str>,
    /// The cell that says it, with the place of its sheet in [`Reading::sheets`].
    pub cell: Option<(u16, Address)>,
}

/// A figure of a sheet: 24 bytes, since there may be a million of them. What many figures have in common is their
/// [`Manner`].
#[derive(Debug, Clone, Copy)]
pub struct Observation {
    /// Its cell.
    pub at: Address,
    /// No number where there is no figure.
    value: f64,
    /// The number of its manner.
    manner: u32,
}

impl Observation {
    /// The figure in the unit of the table; none where the sheet says that there is none.
    pub fn value(&self) -> Option<f64> {
        (!self.value.is_nan()).then_some(self.value)
    }
}

/// What is said of many figures alike, beside their members.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Manner {
    /// The place of their sheet in [`Reading::sheets`].
    pub sheet: u16,
    /// Why there is no figure.
    pub missing: Option<Missing>,
    /// The unit that they are rounded to.
    pub rounded_to: f64,
    /// What a reader has to know of them, by their attributes.
    pub note: Option<&'static str>,
}

/// What a cell was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// A figure.
    Value,
    /// A header of the dimension at this place of the recipe.
    Header(u16),
    /// A cell by which an area or a column was found, or a title.
    Anchor,
    /// An attribute of the figure in its row.
    Attribute,
    /// Left out, for the reason at this place of [`Reading::left_out`].
    Ignored(u16),
}

/// A sheet that was read.
#[derive(Debug, Clone)]
pub struct ReadSheet {
    /// Its place in the workbook.
    pub index: usize,
    /// Its name.
    pub name: String,
    /// The areas that were found, by name.
    pub areas: Vec<(String, Area)>,
    /// What its cells were taken for.
    pub claims: Claims,
    /// Cells that say something and that nobody claimed.
    pub unclaimed: Vec<Address>,
}

/// What a recipe made of a workbook.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The columns of the table that it fills, in the order of the recipe.
    pub columns: Vec<String>,
    /// What the figures are of.
    pub members: Vec<Member>,
    /// For each figure the numbers of its members, one for each column.
    keys: Vec<u32>,
    /// The figures, in the order of their cells.
    pub observations: Vec<Observation>,
    /// What they have in common.
    manners: Vec<Manner>,
    /// The cells of figures that were let go.
    places: Vec<Address>,
    /// The first of them of each manner that differs from the one before, with its number.
    runs: Vec<(usize, u32)>,
    /// The sheets that were read.
    pub sheets: Vec<ReadSheet>,
    /// Sheets that are shown and were not read.
    pub other_sheets: Vec<String>,
    /// Why cells were left out, and how many that say something.
    pub left_out: Vec<(String, usize)>,
    /// Footnote marks that were taken off, each with its cell.
    pub marks: Vec<(u16, Address, String)>,
    /// What is wrong, and what has to be said.
    pub problems: Vec<Diagnostic>,
}

impl Reading {
    /// Whether nothing is wrong.
    pub fn is_right(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }

    /// The members of a figure, one for each column.
    pub fn key(&self, observation: usize) -> impl Iterator<Item = &Member> {
        let width = self.columns.len();
        let start = observation.saturating_mul(width);
        let key = self.keys.get(start..start + width).unwrap_or_default();
        key.iter().filter_map(|member| self.members.get(*member as usize))
    }

    /// Lets go of what the figures are of and what cells were taken for, when only their places are needed any more.
    pub fn let_go(&mut self) {
        (self.keys, self.members) = (vec![], vec![]);
        self.places = self.observations.iter().map(|own| own.at).collect();
        // Most readings have figures of one manner, or of few.
        let manners = self.observations.iter().map(|own| own.manner);
        let is_new = |(number, manner): &(usize, u32)| {
            let before = number.checked_sub(1).map(|before| self.observations[before].manner);
            before != Some(*manner)
        };
        self.runs = manners.enumerate().filter(is_new).collect();
        self.observations = vec![];
        for sheet in &mut self.sheets {
            sheet.claims = Claims::default();
        }
    }

    /// The number of a column, by which the codes in it are found without its name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|own| own == name)
    }

    /// The number of the member of a figure in a column.
    pub fn member(&self, observation: usize, column: usize) -> Option<usize> {
        let at = observation.checked_mul(self.columns.len())?.checked_add(column)?;
        self.keys.get(at).map(|member| *member as usize)
    }

    /// The code of a figure in a column.
    pub fn code(&self, observation: usize, column: &str) -> Option<&Arc<str>> {
        let member = self.member(observation, self.column(column)?)?;
        self.members.get(member).map(|member| &member.code)
    }

    /// What a figure has in common with others.
    pub fn manner(&self, observation: usize) -> Option<&Manner> {
        let manner = match self.observations.get(observation) {
            Some(own) => own.manner,
            None => {
                let run = self.runs.partition_point(|(first, _)| *first <= observation);
                self.runs.get(run.checked_sub(1)?)?.1
            }
        };
        self.manners.get(manner as usize)
    }

    /// The unit that a figure is rounded to.
    pub fn rounded_to(&self, observation: usize) -> f64 {
        self.manner(observation).map_or(1.0, |manner| manner.rounded_to)
    }

    /// A figure as it is written into a table: digits, a point, a hyphen. Nothing where there is no figure.
    pub fn digits(&self, observation: usize) -> String {
        let value = self.observations.get(observation).and_then(Observation::value);
        let manner = self.manner(observation);
        match (value, manner) {
            (Some(_), Some(Manner { missing: Some(_), .. })) => "0".to_owned(),
            (Some(value), Some(manner)) => values::digits(value, manner.rounded_to),
            _ => String::new(),
        }
    }

    /// Keeps a figure of these members, one for each column.
    fn observe(&mut self, members: &[u32], at: Address, value: Option<f64>, manner: Manner) {
        // Neighbouring figures mostly have the same manner, and there are few.
        let known = self.manners.iter().rposition(|own| *own == manner);
        let manner = known.unwrap_or_else(|| {
            self.manners.push(manner);
            self.manners.len() - 1
        });
        self.keys.extend(members);
        let (value, manner) = (value.unwrap_or(f64::NAN), manner as u32);
        self.observations.push(Observation { at, value, manner });
    }

    /// What a figure is of, for people: its codes with spaces between them.
    pub fn shown(&self, observation: usize) -> String {
        self.key(observation).map(|member| &*member.code).collect::<Vec<_>>().join(" ")
    }

    fn at(&self, observation: usize) -> Option<Address> {
        let own = self.observations.get(observation).map(|own| own.at);
        own.or_else(|| self.places.get(observation).copied())
    }

    /// The cell of a figure: `Sheet1!B7`.
    pub fn cell(&self, observation: usize) -> String {
        let Some(at) = self.at(observation) else { return String::new() };
        let number = self.manner(observation).map_or(0, |manner| manner.sheet);
        let sheet = self.sheets.get(usize::from(number)).map_or("", |sheet| &sheet.name);
        format!("{sheet}!{at}")
    }

    /// The latest time that figures have in a column.
    pub fn latest(&self, column: &str) -> Option<Time> {
        let at = self.columns.iter().position(|own| own == column)?;
        let of_column = self.members.iter().filter(|member| member.column == Some(at));
        let times = of_column.filter_map(|member| member.code.parse::<Time>().ok());
        times.max_by_key(|time| (time.last_day(), time.first_day()))
    }

    /// Where a figure stands.
    pub fn place(&self, workbook: &Workbook, observation: usize) -> Option<Place> {
        let at = self.at(observation)?;
        let sheet = self.sheets.get(usize::from(self.manner(observation)?.sheet))?;
        Some(workbook.place(workbook.sheets.get(sheet.index)?, at))
    }
}

/// What a reason for there being no figure is called, as in a recipe.
pub fn missing_name(missing: Missing) -> &'static str {
    match missing {
        Missing::Zero => "zero",
        Missing::NotAvailable => "not-available",
        Missing::Confidential => "confidential",
        Missing::NotApplicable => "not-applicable",
    }
}

/// What is replaced by the latest period of a workbook in the key of a release or a source.
pub const PERIOD: &str = "{period}";

/// A text with the latest time of a workbook in the place of `{period}`, as `2026-H1`, `2026-07` or `2026-01-01`; `None` if
/// there is no time to put there.
pub fn with_period(text: &str, latest: Option<Time>) -> Option<String> {
    match (text.contains(PERIOD), latest) {
        (false, _) => Some(text.to_owned()),
        (true, Some(Time::Over(period))) => {
            let is_month = period.start == period.end;
            let name = if is_month { period.start.to_string() } else { period.short() };
            Some(text.replace(PERIOD, &name))
        }
        (true, Some(Time::At(day))) => Some(text.replace(PERIOD, &day.to_string())),
        (true, None) => None,
    }
}

/// No more problems of one kind are told one by one.
const SHOWN: usize = 30;

/// Applies a recipe to a workbook.
pub fn read<'a>(recipe: &'a Recipe, workbook: &'a Workbook, context: &'a Context<'a>) -> Reading {
    let mut reading = Reading {
        columns: recipe.columns().map(str::to_owned).collect(),
        left_out: recipe.ignore.iter().map(|ignore| (ignore.because.clone(), 0)).collect(),
        ..Reading::default()
    };
    if recipe.asks_style() && !workbook.knows_styles {
        reading.problems.push(
            Diagnostic::error(
                Code::K1513,
                message!(
                    "`{name}` selects cells by their formatting, but this kind of file has none",
                    name = recipe.name
                ),
            )
            .at(Place::Path(workbook.path.clone()))
            .note(message!("kosh reads bold, italic and indents from xlsx and xls files"))
            .hint(message!("save the file as xlsx, or select the cells by their text")),
        );
        return reading;
    }
    let sheets = match sheets(recipe, workbook) {
        Ok((sheets, others)) => {
            reading.other_sheets = others;
            sheets
        }
        Err(problem) => {
            reading.problems.push(problem);
            return reading;
        }
    };
    let mut codes = code::Codes::new(recipe, context);
    for index in sheets {
        sheet::read(recipe, workbook, index, &mut codes, &mut reading);
    }
    if reading.is_right() && reading.observations.is_empty() {
        reading.problems.push(
            Diagnostic::error(Code::K1510, message!("the recipe finds no figure"))
                .at(Place::Path(workbook.path.clone()))
                .hint(message!("check the sheet with `kosh recipe picture`")),
        );
    }
    expect::twice(&mut reading, workbook);
    if reading.is_right() {
        expect::check(recipe, workbook, &mut reading);
    }
    // What is read can be looked at; a problem of the recipe keeps it from being written.
    reading.problems.extend(recipe.questions.iter().cloned());
    reading
}

/// The sheets that a recipe reads, by place, and the names of others that are shown.
fn sheets(recipe: &Recipe, workbook: &Workbook) -> Result<(Vec<usize>, Vec<String>), Diagnostic> {
    let at = || Place::Path(workbook.path.clone());
    let is_shown = |sheet: &Sheet| sheet.visibility() == Visibility::Visible;
    let all = || workbook.sheets.iter().enumerate();
    let names = |sheets: &[usize]| -> String {
        let name = |index: &usize| format!("`{}`", workbook.sheets[*index].name());
        sheets.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let is_meant = |sheet: &Sheet| match &recipe.sheets {
        Some(pattern) => pattern.is_match(sheet.name()),
        None => sheet.count() > 0,
    };
    let hidden: Vec<usize> = all()
        .filter(|(_, sheet)| !is_shown(sheet) && sheet.count() > 0 && is_meant(sheet))
        .map(|(index, _)| index)
        .collect();
    if let [first, ..] = hidden[..]
        && recipe.hidden.sheets == Hidden::Refuse
    {
        return Err(Diagnostic::error(
            Code::K1507,
            message!("the sheet {first} is hidden", first = names(&[first])),
        )
        .at(at())
        .note(message!("people who look at the file do not see it"))
        .hint(message!(
            "write `sheets = \"read\"` or `\"ignore\"` under `[hidden]` of the recipe"
        )));
    }
    let found: Vec<usize> = all()
        .filter(|(index, sheet)| {
            is_meant(sheet)
                && (is_shown(sheet)
                    || recipe.hidden.sheets == Hidden::Read && hidden.contains(index))
        })
        .map(|(index, _)| index)
        .collect();
    let others = all()
        .filter(|(index, sheet)| is_shown(sheet) && sheet.count() > 0 && !found.contains(index));
    let others: Vec<usize> = others.map(|(index, _)| index).collect();
    let place = || match &recipe.sheets {
        Some(_) => recipe.text.place(
            recipe.text.text.find("sheets").map_or(0..0, |start| start..start + "sheets".len()),
        ),
        None => at(),
    };
    match (&found[..], recipe.several_sheets) {
        ([], _) => Err(Diagnostic::error(
            Code::K1503,
            message!(
                "there is no sheet with the name in the \
            recipe"
            ),
        )
        .at(place())
        .note(message!("the file has {others}", others = names(&others)))
        .hint(message!(
            "change `name` under `[sheets]` of the recipe if the sheet has only been renamed"
        ))),
        ([_], _) | (_, true) => {
            let others = others.iter().map(|index| workbook.sheets[*index].name().to_owned());
            Ok((found.clone(), others.collect()))
        }
        (several, false) => Err(Diagnostic::error(
            Code::K1503,
            message!(
                "the recipe is for one sheet, but {number_of_several} match",
                number_of_several = several.len()
            ),
        )
        .at(place())
        .note(message!("they are {several}", several = names(several)))
        .hint(message!("write `name` under `[sheets]`, and `several = true` to read all of them"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stays_small() {
        // A million of them are held to 300 MiB with all else (docs/performance.md).
        assert_eq!(std::mem::size_of::<Observation>(), 24);
        assert_eq!(std::mem::size_of::<Option<Claim>>(), 4);
    }

    #[test]
    fn the_cell_of_a_figure_is_known_after_it_was_let_go() {
        let mut reading = Reading { columns: vec!["a".to_owned()], ..Reading::default() };
        for (sheet, name) in [(0, "one"), (1, "two")] {
            let (areas, claims, unclaimed) = (vec![], Claims::default(), vec![]);
            let read = ReadSheet { index: sheet, name: name.to_owned(), areas, claims, unclaimed };
            reading.sheets.push(read);
        }
        for (row, sheet) in [0, 0, 1, 0].into_iter().enumerate() {
            let manner = Manner { sheet, missing: None, rounded_to: 1.0, note: None };
            reading.observe(&[0], Address::new(row as u32, 1), Some(row as f64), manner);
        }
        let before: Vec<String> = (0..5).map(|figure| reading.cell(figure)).collect();
        assert_eq!(before, ["one!B1", "one!B2", "two!B3", "one!B4", ""]);
        reading.let_go();
        let after: Vec<String> = (0..5).map(|figure| reading.cell(figure)).collect();
        assert_eq!(after, before);
    }
}
