//! A sheet: a rectangle of cells, most of them empty, and what the file says about each.
//!
//! In: cells as a reader meets them ([`Builder`]). Out: [`Sheet`], which finds a cell by its address.
//! A cell takes 24 bytes, its text stands once in one long string or where it was read from, and empty cells take
//! nothing, so that a sheet of a million cells fits into the memory of a small machine.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::DateTime;

use super::texts::{Runs, TextId, Texts};
use super::{Address, Area, MOST_COLUMNS};

/// A rectangle of cells, rows and columns from 0.
#[derive(Debug, Clone)]
pub struct Sheet {
    name: String,
    visibility: Visibility,
    /// Row by row, in each row by column.
    cells: Vec<Stored>,
    /// For each row the index of its first cell in `cells`, and one more for the end; nothing, if most rows
    /// are empty.
    index: Vec<u32>,
    rows: u32,
    columns: u32,
    shared: Arc<Texts>,
    own: Texts,
    styles: Arc<[Style]>,
    merged: Vec<Area>,
    /// For each column the indexes of the merged areas that reach into it, from top to bottom.
    merged_by_column: HashMap<u32, Vec<u32>>,
    hidden_rows: Vec<Range<u32>>,
    hidden_columns: Vec<Range<u32>>,
    /// The text that it was read from, if cells stand in it as they are.
    source: Option<Arc<str>>,
    /// The bytes of cells in the text they were read from, each by the number of the cell: of those that do not stand there
    /// as they are.
    spans: Vec<(u32, u32, u32)>,
    labels: Labels,
}

/// Where the labels of codes are.
#[derive(Debug, Clone, Default)]
pub(super) enum Labels {
    /// There are none.
    #[default]
    None,
    /// Behind the code, as `KZ: Kazakhstan`, in columns whose head is so too.
    Behind,
    /// For each column by its codes.
    ByColumn(Vec<HashMap<String, String>>),
}

/// What stands between a code and its label in one cell.
const BEHIND: &str = ": ";

/// Whether a sheet is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// It is shown.
    #[default]
    Visible,
    /// It is hidden, and a reader can show it.
    Hidden,
    /// It is hidden so that only a program can show it.
    VeryHidden,
}

/// A cell of a sheet; one that the file does not have is empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// Where it is.
    pub at: Address,
    /// What it says.
    pub content: Content<'a>,
    /// How it is set.
    pub style: Style,
    /// Footnote marks: what stands raised at the end of its text, such as `1)`. They are no part of the
    /// text in `content`.
    pub marks: Option<&'a str>,
    /// Whether it was typed or computed.
    pub formula: Formula,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Content<'a> {
    /// Nothing, or only blanks.
    Empty,
    /// A text as it was typed, blanks at its beginning and end included.
    Text(&'a str),
    /// A number as it is stored, which may have more digits than are shown.
    Number(f64),
    /// A day, or a time of a day: a number that is shown as one.
    Date(DateTime),
    /// True or false.
    Bool(bool),
    /// An error of the spreadsheet, such as `#REF!`.
    Error(&'a str),
}

/// How a cell is set. Where the file does not say ([`Workbook::knows_styles`](super::Workbook)), nothing is
/// set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Style {
    /// All of its text is bold.
    pub bold: bool,
    /// All of its text is italic.
    pub italic: bool,
    /// Something in it is struck through.
    pub strike: bool,
    /// How far it is indented, in steps of the spreadsheet.
    pub indent: u8,
    /// Its number is shown as a percentage: 0.189 as 18.9 %.
    pub percent: bool,
    /// Its number is shown as a day or a time.
    pub date: bool,
    /// How many digits after the decimal sign are shown; -3 if the format leaves thousands out. `None`
    /// if as many are shown as there are.
    pub decimals: Option<i8>,
}

impl Style {
    /// Set as nothing in particular.
    pub const PLAIN: Self = Self {
        bold: false,
        italic: false,
        strike: false,
        indent: 0,
        percent: false,
        date: false,
        decimals: None,
    };
}

/// Whether the content of a cell was typed or computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Formula {
    /// It was typed.
    #[default]
    None,
    /// It was computed, and this is what came out.
    Cached,
    /// There is a formula, and nobody computed it yet: the content is nothing, or a zero that means nothing.
    Uncalculated,
}

/// A cell as it is kept: 24 bytes.
#[derive(Debug, Clone, Copy)]
struct Stored {
    value: Value,
    row: u32,
    /// Below `MOST_COLUMNS`.
    column: u16,
    style: u16,
}

#[derive(Debug, Clone, Copy)]
enum Value {
    Empty(Formula),
    /// A text of the workbook.
    Shared(TextId, Formula),
    /// A text of the sheet.
    Own(TextId, Formula),
    /// These bytes of the text that the sheet was read from.
    Written(u32, u32),
    Error(TextId, Formula),
    Bool(bool, Formula),
    Number(f64, Formula),
    Date(DateTime, Formula),
}

/// More than can be kept: cells, or bytes of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch;

/// Why cells do not make a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// One address has two cells.
    Twice(Address),
    /// Two merged areas have a cell in common.
    Overlap(Area, Area),
    /// The merged areas reach over more columns than can be kept.
    TooMuch,
}

/// What a cell is made with.
#[derive(Debug, Clone, Copy)]
pub(super) enum New<'a> {
    Empty,
    Text(&'a str),
    /// A text that stands at these bytes of the text that the sheet is read from.
    Written(&'a str, u32, u32),
    /// A text of the workbook.
    Shared(TextId),
    /// A text with marks, and runs that are set in several ways.
    Rich(&'a str, &'a str, Runs),
    Error(&'a str),
    Bool(bool),
    Number(f64),
    Date(DateTime),
}

/// A sheet while it is read.
#[derive(Debug)]
pub(super) struct Builder {
    sheet: Sheet,
    room: Room,
}

/// What may still be kept of a workbook.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Cells.
    cells: usize,
    /// Merged areas, each counted once for each of its columns.
    merged: usize,
}

impl Room {
    /// Cells that are kept of a workbook.
    pub(super) const MOST_CELLS: usize = 5_000_000;
    /// The room of a workbook of which nothing is kept yet.
    pub(super) const WHOLE: Self = Self { cells: Self::MOST_CELLS, merged: 8_000_000 };

    /// What is left beside a sheet.
    pub(super) fn beside(self, sheet: &Sheet) -> Self {
        let merged: usize = sheet.merged_by_column.values().map(Vec::len).sum();
        Self {
            cells: self.cells.saturating_sub(sheet.cells.len()),
            merged: self.merged.saturating_sub(merged),
        }
    }
}

impl Builder {
    /// A sheet without cells; `shared` holds the texts of its workbook, `styles` its styles.
    pub(super) fn new(name: &str, shared: Arc<Texts>, styles: Arc<[Style]>) -> Self {
        let sheet = Sheet {
            name: name.to_owned(),
            visibility: Visibility::Visible,
            cells: vec![],
            index: vec![],
            rows: 0,
            columns: 0,
            shared,
            own: Texts::default(),
            styles,
            merged: vec![],
            merged_by_column: HashMap::new(),
            hidden_rows: vec![],
            hidden_columns: vec![],
            source: None,
            spans: vec![],
            labels: Labels::None,
        };
        Self { sheet, room: Room::WHOLE }
    }

    pub(super) fn visibility(&mut self, visibility: Visibility) {
        self.sheet.visibility = visibility;
    }

    pub(super) fn hide_row(&mut self, row: u32) {
        match self.sheet.hidden_rows.last_mut() {
            Some(last) if last.end == row => last.end = row + 1,
            _ => self.sheet.hidden_rows.push(row..row + 1),
        }
    }

    pub(super) fn hide_columns(&mut self, columns: Range<u32>) -> Result<(), TooMuch> {
        if self.sheet.hidden_columns.len() >= MOST_COLUMNS as usize {
            return Err(TooMuch);
        }
        self.sheet.hidden_columns.push(columns);
        Ok(())
    }

    /// Says from which text the cells are read.
    pub(super) fn source(&mut self, text: &Arc<str>) {
        self.sheet.source = Some(text.clone());
    }

    /// Says where the labels of codes are.
    pub(super) fn labels(&mut self, labels: Labels) {
        self.sheet.labels = labels;
    }

    /// Keeps no more than this.
    pub(super) fn room(&mut self, room: Room) {
        self.room = room;
    }

    pub(super) fn merge(&mut self, area: Area) -> Result<(), TooMuch> {
        if self.sheet.merged.len() >= self.room.merged {
            return Err(TooMuch);
        }
        if area.first != area.last {
            self.sheet.merged.push(area);
        }
        Ok(())
    }

    /// Adds a cell. What says nothing and is no formula is left out.
    pub(super) fn add(
        &mut self,
        at: Address,
        new: New<'_>,
        formula: Formula,
        style: u16,
    ) -> Result<bool, TooMuch> {
        let is_blank = |text: &str| text.trim().is_empty();
        let says_nothing = match new {
            New::Empty => true,
            New::Text(text) | New::Written(text, ..) => is_blank(text),
            New::Rich(text, marks, _) => is_blank(text) && marks.is_empty(),
            New::Shared(id) => {
                is_blank(self.sheet.shared.text(id)) && self.sheet.shared.marks(id).is_none()
            }
            _ => false,
        };
        if says_nothing && formula != Formula::Uncalculated {
            return Ok(false);
        }
        if self.sheet.cells.len() >= self.room.cells {
            return Err(TooMuch);
        }
        let column = u16::try_from(at.column).map_err(|_| TooMuch)?;
        let mut own = |text: &str, marks: &str, runs: Runs| {
            self.sheet.own.add(text, marks, runs).ok_or(TooMuch)
        };
        let value = match new {
            _ if says_nothing => Value::Empty(formula),
            New::Empty => Value::Empty(formula),
            New::Text(text) => Value::Own(own(text, "", Runs::AS_CELL)?, formula),
            New::Written(_, start, end) => Value::Written(start, end),
            New::Rich(text, marks, runs) => Value::Own(own(text, marks, runs)?, formula),
            New::Shared(id) => Value::Shared(id, formula),
            New::Error(text) => Value::Error(own(text, "", Runs::AS_CELL)?, formula),
            New::Bool(value) => Value::Bool(value, formula),
            New::Number(value) => Value::Number(value, formula),
            New::Date(value) => Value::Date(value, formula),
        };
        self.sheet.cells.push(Stored { value, row: at.row, column, style });
        Ok(true)
    }

    /// Adds a cell with the bytes it was read from. Cells come in order.
    pub(super) fn add_text(
        &mut self,
        at: Address,
        text: &str,
        span: Range<usize>,
    ) -> Result<(), TooMuch> {
        self.add_at(at, New::Text(text), 0, span)
    }

    /// Adds a cell of any kind with the bytes it was read from. Cells come in order.
    pub(super) fn add_at(
        &mut self,
        at: Address,
        new: New<'_>,
        style: u16,
        span: Range<usize>,
    ) -> Result<(), TooMuch> {
        let byte = |at: usize| u32::try_from(at).map_err(|_| TooMuch);
        let (start, end) = (byte(span.start)?, byte(span.end)?);
        let stands = self.sheet.source.as_ref().and_then(|source| source.get(span));
        let new = match new {
            New::Text(text) if stands == Some(text) => New::Written(text, start, end),
            new => new,
        };
        let is_added = self.add(at, new, Formula::None, style)?;
        if is_added && !matches!(new, New::Written(..)) {
            let number = self.sheet.cells.len() - 1;
            self.sheet.spans.push((number as u32, start, end));
        }
        Ok(())
    }

    /// The sheet, its cells in order.
    pub(super) fn finish(self) -> Result<Sheet, Broken> {
        let mut sheet = self.sheet;
        let key = |cell: &Stored| (cell.row, cell.column);
        if !sheet.cells.is_sorted_by_key(key) {
            let is_of_text = sheet.source.is_some() || !sheet.spans.is_empty();
            debug_assert!(!is_of_text, "cells of a text come in order");
            sheet.cells.sort_by_key(key);
        }
        if let Some(two) = sheet.cells.windows(2).find(|two| key(&two[0]) == key(&two[1])) {
            return Err(Broken::Twice(Address::new(two[0].row, u32::from(two[0].column))));
        }
        sheet.cells.shrink_to_fit();
        sheet.rows = sheet.cells.last().map_or(0, |cell| cell.row + 1);
        sheet.columns =
            sheet.cells.iter().map(|cell| u32::from(cell.column) + 1).max().unwrap_or(0);
        // A cell in the last row must not make an index of a million rows.
        if (sheet.rows as usize) < sheet.cells.len() * 8 + 1024 {
            sheet.index.reserve_exact(sheet.rows as usize + 1);
            for (index, cell) in sheet.cells.iter().enumerate() {
                while sheet.index.len() <= cell.row as usize {
                    sheet.index.push(index as u32);
                }
            }
            sheet.index.push(sheet.cells.len() as u32);
        }
        sheet.index_merged(self.room.merged)?;
        sheet.hidden_rows.sort_by_key(|rows| rows.start);
        Ok(sheet)
    }
}

impl Sheet {
    /// Its name. A text has one sheet, which is called like the file without its ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is shown.
    pub fn visibility(&self) -> Visibility {
        self.visibility
    }

    /// How many rows and columns there are down to the last cell that says something.
    pub fn size(&self) -> (u32, u32) {
        (self.rows, self.columns)
    }

    /// How many cells say something.
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// The cell at an address; an empty one where the file has none.
    pub fn cell(&self, at: Address) -> Cell<'_> {
        match self.number(at) {
            Some(index) => self.shown(&self.cells[index]),
            None => Cell {
                at,
                content: Content::Empty,
                style: Style::default(),
                marks: None,
                formula: Formula::None,
            },
        }
    }

    /// The cells that say something or have a formula nobody computed, row by row.
    pub fn filled(&self) -> impl Iterator<Item = Cell<'_>> {
        self.cells.iter().map(|cell| self.shown(cell))
    }

    /// The cells of a row that say something, from the first column on.
    pub fn row(&self, row: u32) -> impl DoubleEndedIterator<Item = Cell<'_>> {
        // Cells that were let go say nothing.
        let cells = self.cells.get(self.row_range(row)).unwrap_or_default();
        cells.iter().map(|cell| self.shown(cell))
    }

    /// The merged areas, from top to bottom.
    pub fn merged_areas(&self) -> &[Area] {
        &self.merged
    }

    /// The merged area that a cell belongs to. Only its first cell says something.
    pub fn merged(&self, at: Address) -> Option<Area> {
        let column = self.merged_by_column.get(&at.column)?;
        let below =
            column.partition_point(|index| self.merged[*index as usize].first.row <= at.row);
        let area = self.merged[*column.get(below.checked_sub(1)?)? as usize];
        area.contains(at).then_some(area)
    }

    /// Whether a row is hidden, by hand or by a filter.
    pub fn row_is_hidden(&self, row: u32) -> bool {
        let before = self.hidden_rows.partition_point(|rows| rows.start <= row);
        before > 0 && self.hidden_rows[before - 1].contains(&row)
    }

    /// Whether a column is hidden.
    pub fn column_is_hidden(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|columns| columns.contains(&column))
    }

    /// The bytes a cell was read from, if the sheet was read from a text.
    pub fn span(&self, at: Address) -> Option<Range<usize>> {
        let number = self.number(at)?;
        if let Value::Written(start, end) = self.cells[number].value {
            return Some(start as usize..end as usize);
        }
        let place = self.spans.binary_search_by_key(&number, |(own, ..)| *own as usize).ok()?;
        let (_, start, end) = self.spans[place];
        Some(start as usize..end as usize)
    }

    /// Lets go of what the cells say, unless some do not stand as they are in the text they were read from: their
    /// places would not be found again.
    pub(super) fn let_go(&mut self) {
        if !self.spans.is_empty() {
            return;
        }
        (self.cells, self.index) = (vec![], vec![]);
        (self.own, self.shared) = (Texts::default(), Arc::default());
    }

    /// Says that labels stand behind their codes, if a cell of the first row is so.
    pub(super) fn labels_behind(&mut self) {
        let is_labelled =
            |cell: Cell<'_>| matches!(cell.content, Content::Text(text) if text.contains(BEHIND));
        if self.row(0).any(is_labelled) {
            self.labels = Labels::Behind;
        }
    }

    /// The code and the label of a cell that says both.
    pub fn coded<'c>(&'c self, cell: &Cell<'c>) -> Option<(&'c str, &'c str)> {
        let Content::Text(text) = cell.content else { return None };
        match &self.labels {
            Labels::None => None,
            Labels::Behind => {
                let head = Address::new(0, cell.at.column);
                let is_of_head = cell.at.row == 0
                    || matches!(self.cell(head).content, Content::Text(head) if head.contains(BEHIND));
                text.split_once(BEHIND).filter(|_| is_of_head)
            }
            Labels::ByColumn(columns) => {
                let label = columns.get(cell.at.column as usize)?.get(text)?;
                (cell.at.row > 0).then_some((text, label))
            }
        }
    }

    fn row_range(&self, row: u32) -> Range<usize> {
        if self.index.is_empty() {
            let before = |row: u64| self.cells.partition_point(|cell| u64::from(cell.row) < row);
            return before(u64::from(row))..before(u64::from(row) + 1);
        }
        let bound = |row: usize| self.index.get(row).map(|index| *index as usize);
        match (bound(row as usize), bound(row as usize + 1)) {
            (Some(start), Some(end)) => start..end,
            _ => 0..0,
        }
    }

    /// The place of a cell among those that say something; `None` if it says nothing.
    pub fn number(&self, at: Address) -> Option<usize> {
        let range = self.row_range(at.row);
        let within = { self.cells.get(range.clone())? }
            .binary_search_by_key(&at.column, |cell| u32::from(cell.column));
        within.ok().map(|index| range.start + index)
    }

    fn shown(&self, cell: &Stored) -> Cell<'_> {
        let mut style = self.styles.get(usize::from(cell.style)).copied().unwrap_or_default();
        let mut marks = None;
        let mut text = |texts: &'_ Texts, id: TextId| {
            let runs = texts.runs(id);
            style.bold = runs.bold && (style.bold || !runs.any_as_cell);
            style.italic = runs.italic && (style.italic || !runs.any_as_cell);
            style.strike = runs.strike || (style.strike && runs.any_as_cell);
        };
        let (content, formula) = match cell.value {
            Value::Empty(formula) => (Content::Empty, formula),
            Value::Shared(id, formula) => {
                text(&self.shared, id);
                marks = self.shared.marks(id);
                (Content::Text(self.shared.text(id)), formula)
            }
            Value::Written(start, end) => {
                let source = self.source.as_deref().unwrap_or_default();
                let text = source.get(start as usize..end as usize).unwrap_or_default();
                (Content::Text(text), Formula::None)
            }
            Value::Own(id, formula) => {
                text(&self.own, id);
                marks = self.own.marks(id);
                (Content::Text(self.own.text(id)), formula)
            }
            Value::Error(id, formula) => (Content::Error(self.own.text(id)), formula),
            Value::Bool(value, formula) => (Content::Bool(value), formula),
            Value::Number(value, formula) => (Content::Number(value), formula),
            Value::Date(value, formula) => (Content::Date(value), formula),
        };
        let at = Address::new(cell.row, u32::from(cell.column));
        Cell { at, content, style, marks, formula }
    }

    /// Finds the merged areas by column; two that overlap are refused.
    fn index_merged(&mut self, most: usize) -> Result<(), Broken> {
        self.merged.sort();
        self.merged.dedup();
        // From top to bottom: what reaches down to here, by its first column.
        let mut open: BTreeMap<u32, Area> = BTreeMap::new();
        let mut ends: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for area in &self.merged {
            while let Some(entry) = ends.first_entry().filter(|end| *end.key() < area.first.row) {
                for column in entry.remove() {
                    open.remove(&column);
                }
            }
            let left = open.range(..=area.last.column).next_back().map(|(_, area)| *area);
            if let Some(other) = left.filter(|left| left.last.column >= area.first.column) {
                return Err(Broken::Overlap(other, *area));
            }
            open.insert(area.first.column, *area);
            ends.entry(area.last.row).or_default().push(area.first.column);
        }
        let mut entries = 0_usize;
        for (index, area) in self.merged.iter().enumerate() {
            // What lies beyond the last cell is merged for nobody.
            let last = area.last.column.min(self.columns.saturating_sub(1).max(area.first.column));
            entries += (last - area.first.column + 1) as usize;
            if entries > most {
                return Err(Broken::TooMuch);
            }
            for column in area.first.column..=last {
                self.merged_by_column.entry(column).or_default().push(index as u32);
            }
        }
        Ok(())
    }
}

impl Cell<'_> {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.content == Content::Empty
    }
}

impl Content<'_> {
    /// What it says, as a reader of the sheet would quote it.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => (*text).to_owned(),
            Self::Number(value) => value.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Date(value) if value.time() == jiff::civil::Time::midnight() => {
                value.date().to_string()
            }
            Self::Date(value) => value.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_small() {
        // A million cells and their texts are held to 300 MiB (docs/performance.md).
        assert_eq!(std::mem::size_of::<Stored>(), 24);
    }

    #[test]
    fn cells_in_any_order_are_found_and_merged_areas_among_many() {
        let mut builder = Builder::new("s", Arc::default(), Arc::from([Style::default()]));
        for row in (0..1000).rev() {
            for column in [5, 0, 3] {
                builder
                    .add(Address::new(row, column), New::Number(f64::from(row)), Formula::None, 0)
                    .unwrap();
            }
            let area = Area::between(Address::new(row, 3), Address::new(row, 4));
            builder.merge(area).unwrap();
        }
        builder.merge(Area::between(Address::new(0, 0), Address::new(999, 2))).unwrap();
        builder.hide_row(7);
        builder.hide_row(8);
        let sheet = builder.finish().unwrap();
        assert_eq!((sheet.count(), sheet.size()), (3000, (1000, 6)));
        for row in [0, 7, 8, 500, 999] {
            let columns: Vec<u32> = sheet.row(row).map(|cell| cell.at.column).collect();
            assert_eq!(columns, [0, 3, 5]);
            assert_eq!(sheet.cell(Address::new(row, 5)).content, Content::Number(f64::from(row)));
            assert_eq!(sheet.merged(Address::new(row, 4)).unwrap().first, Address::new(row, 3));
            assert_eq!(sheet.merged(Address::new(row, 1)).unwrap().last, Address::new(999, 2));
            assert_eq!(sheet.merged(Address::new(row, 5)), None);
            assert_eq!(sheet.row_is_hidden(row), row == 7 || row == 8);
        }
        assert!(sheet.filled().is_sorted_by_key(|cell| cell.at));
    }
}
