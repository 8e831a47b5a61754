//! Selections: which cells of a sheet are meant, by what they say, how they are set and where they stand.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use regex::Regex;

use super::names::{Names, folded};
use super::written::{Holds, Position, Which};
use crate::diag::{Code, Diagnostic, Message, Place, did_you_mean};
use crate::workbook::{Address, Area, Cell, Content, Sheet, Workbook};

/// Some cells of a sheet: those for which all that is said is so.
#[derive(Debug, Clone, Default)]
pub(super) struct Selection {
    /// The area they lie in.
    pub within: Option<String>,
    /// What they say: one of these, folded.
    pub texts: Vec<String>,
    /// What their text matches.
    pub pattern: Option<Regex>,
    /// The register of which they hold a name.
    pub lexicon: Option<String>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub indent: Option<u8>,
    pub holds: Option<Holds>,
    pub column: Option<Position>,
    pub row: Option<Position>,
    /// The heads of their columns.
    pub under: Vec<String>,
    /// Those that are left out.
    pub except: Vec<Selection>,
    /// Where it is written.
    pub place: Option<Place>,
}

impl Selection {
    /// Whether it asks how cells are set, which only some files say.
    pub(super) fn asks_style(&self) -> bool {
        self.bold.is_some()
            || self.italic.is_some()
            || self.indent.is_some()
            || self.except.iter().any(Self::asks_style)
    }
}

/// What selections are looked for on.
pub(super) struct Ground<'a> {
    pub sheet: &'a Sheet,
    /// The areas found so far.
    pub areas: IndexMap<String, Area>,
    /// The names of each register.
    pub lexicons: &'a BTreeMap<String, Names>,
    /// Cells by which areas and columns were found.
    pub anchors: RefCell<BTreeSet<Address>>,
    pub workbook: &'a Workbook,
}

/// The text of a cell, every run of spaces one space; `None` for one that says nothing.
pub(super) fn text_of<'c>(cell: &Cell<'c>) -> Option<Cow<'c, str>> {
    match cell.content {
        Content::Empty => None,
        Content::Text(text) => Some(plain(text)),
        other => Some(Cow::Owned(other.shown())),
    }
}

/// The code that a cell says, without a label behind it; its text where it has none.
pub(super) fn code_of<'c>(sheet: &'c Sheet, cell: &Cell<'c>) -> Option<Cow<'c, str>> {
    match sheet.coded(cell) {
        Some((code, _)) => Some(plain(code)),
        None => text_of(cell),
    }
}

/// A text without spaces at its ends, and one space where there were several or a wider one.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    let is_plain =
        !trimmed.contains("  ") && trimmed.chars().all(|c| c == ' ' || !c.is_whitespace());
    match is_plain {
        true => Cow::Borrowed(trimmed),
        false => Cow::Owned(trimmed.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// Whether a text is, folded, one of these; most are told apart by their length already.
fn is_one_of(text: &str, folded_texts: &[String]) -> bool {
    let may_be = |wanted: &String| {
        let (long, short) = (text.len().max(wanted.len()), text.len().min(wanted.len()));
        long <= short * 4 + 4
    };
    if !folded_texts.iter().any(may_be) {
        return false;
    }
    let own = folded(text);
    folded_texts.contains(&own)
}

impl<'a> Ground<'a> {
    /// The rectangle of a named area, or of the whole sheet. `None` for an empty sheet.
    pub(super) fn area(&self, name: Option<&str>) -> Option<Area> {
        match name {
            Some(name) => self.areas.get(name).copied(),
            None => {
                let (rows, columns) = self.sheet.size();
                let last = Address::new(rows.checked_sub(1)?, columns.checked_sub(1)?);
                Some(Area { first: Address::new(0, 0), last })
            }
        }
    }

    /// The filled cells of a rectangle, row by row.
    pub(super) fn filled(&self, area: Area) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let sheet = self.sheet;
        let columns = area.first.column..=area.last.column;
        (area.first.row..=area.last.row)
            .flat_map(move |row| sheet.row(row))
            .filter(move |cell| columns.contains(&cell.at.column))
    }

    /// The cells that are selected, row by row.
    pub(super) fn select(&self, selection: &Selection) -> Result<Vec<Address>, Diagnostic> {
        let Some(area) = self.area(selection.within.as_deref()) else { return Ok(vec![]) };
        let mut search = area;
        if let Some(column) = selection.column {
            let Some(at) = position(column, area.first.column, area.last.column) else {
                return Ok(vec![]);
            };
            (search.first.column, search.last.column) = (at, at);
        }
        if let Some(row) = selection.row {
            let Some(at) = position(row, area.first.row, area.last.row) else { return Ok(vec![]) };
            (search.first.row, search.last.row) = (at, at);
        }
        let columns = self.columns_under(selection, area)?;
        let mut except = BTreeSet::new();
        for other in &selection.except {
            let mut other = other.clone();
            other.within = other.within.or_else(|| selection.within.clone());
            // Where the exception does not say, it is about the same columns.
            other.column = other.column.or(selection.column);
            if other.under.is_empty() {
                other.under.clone_from(&selection.under);
            }
            except.extend(self.select(&other)?);
        }
        let mut found = vec![];
        for cell in self.filled(search) {
            let is_there = columns.as_ref().is_none_or(|columns| columns.contains(&cell.at.column));
            if is_there && !except.contains(&cell.at) && self.matches(selection, &cell)? {
                found.push(cell.at);
            }
        }
        Ok(found)
    }

    /// The columns whose head has one of the texts; each text stands once above the area.
    fn columns_under(
        &self,
        selection: &Selection,
        area: Area,
    ) -> Result<Option<BTreeSet<u32>>, Diagnostic> {
        if selection.under.is_empty() {
            return Ok(None);
        }
        self.heads(&selection.under, area, selection.place.clone()).map(Some)
    }

    /// The columns of the cells above an area that say one of the texts, one cell for each text.
    pub(super) fn heads(
        &self,
        texts: &[String],
        area: Area,
        place: Option<Place>,
    ) -> Result<BTreeSet<u32>, Diagnostic> {
        let mut columns = BTreeSet::new();
        let Some(mut above) = self.area(None) else { return Ok(columns) };
        above.last.row = match area.first.row {
            0 => above.last.row,
            first => first - 1,
        };
        for text in texts {
            let wanted = [folded(text)];
            let says = |cell: &Cell| self.says(cell, |text| is_one_of(text, &wanted));
            let heads: Vec<Address> = self.filled(above).filter(says).map(|cell| cell.at).collect();
            match &heads[..] {
                [head] => {
                    self.anchors.borrow_mut().insert(*head);
                    let merged = self.sheet.merged(*head);
                    columns.extend(merged.map_or(head.column..=head.column, |area| {
                        area.first.column..=area.last.column
                    }));
                }
                [] => {
                    let said: Vec<String> = self
                        .filled(above)
                        .filter_map(|cell| text_of(&cell).map(Cow::into_owned))
                        .take(200)
                        .collect();
                    return Err(Diagnostic::error(
                        Code::K1504,
                        message!("no column has the head `{text}`", text),
                    )
                    .at(place)
                    .label(message!("sheet `{sheet}`", sheet = self.sheet.name()))
                    .note(message!("kosh looks for the head of a column above the area"))
                    .maybe_hint(did_you_mean(text, said.iter().map(String::as_str))));
                }
                several => {
                    return Err(self.several(
                        message!(
                            "{number_of_several} cells have the head `{text}`",
                            number_of_several = several.len(),
                            text
                        ),
                        several,
                        place,
                    ));
                }
            }
        }
        Ok(columns)
    }

    /// The problem that several cells match where one is meant.
    pub(super) fn several(
        &self,
        message: Message,
        cells: &[Address],
        place: Option<Place>,
    ) -> Diagnostic {
        const SHOWN: usize = 4;
        let mut problem = Diagnostic::error(Code::K1504, message).at(place);
        for at in cells.iter().take(SHOWN) {
            let text = text_of(&self.sheet.cell(*at)).unwrap_or_default().into_owned();
            problem =
                problem.related(self.workbook.place(self.sheet, *at), message!("`{text}`", text));
        }
        problem.note(message!("the cells are {cells}", cells = listed(cells))).hint(message!(
            "describe the cell more exactly: by its text, `in` an area, or `which = \"first\"`"
        ))
    }

    /// Whether the text of a cell is so, or its code or its label where it says both.
    fn says(&self, cell: &Cell, is_so: impl Fn(&str) -> bool) -> bool {
        text_of(cell).is_some_and(|text| is_so(&text))
            || self
                .sheet
                .coded(cell)
                .is_some_and(|(code, label)| is_so(&plain(code)) || is_so(&plain(label)))
    }

    /// Whether a cell is as a selection says, but for its place.
    pub(super) fn matches(&self, selection: &Selection, cell: &Cell) -> Result<bool, Diagnostic> {
        let style = cell.style;
        let is_set = selection.bold.is_none_or(|bold| style.bold == bold)
            && selection.italic.is_none_or(|italic| style.italic == italic)
            && selection.indent.is_none_or(|indent| style.indent == indent);
        let holds = selection.holds.is_none_or(|holds| match holds {
            Holds::Text => matches!(cell.content, Content::Text(_)),
            Holds::Number => matches!(cell.content, Content::Number(_)),
            Holds::Date => matches!(cell.content, Content::Date(_)),
        });
        if !is_set || !holds {
            return Ok(false);
        }
        let has_words = !selection.texts.is_empty()
            || selection.pattern.is_some()
            || selection.lexicon.is_some();
        if !has_words {
            return Ok(!cell.is_empty());
        }
        let Some(text) = text_of(cell) else { return Ok(false) };
        if !selection.texts.is_empty() && !self.says(cell, |text| is_one_of(text, &selection.texts))
        {
            return Ok(false);
        }
        if selection.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(&text)) {
            return Ok(false);
        }
        match &selection.lexicon {
            None => Ok(true),
            Some(register) => match self.lexicons.get(register) {
                Some(names) => Ok(self.says(cell, |text| names.knows(text))),
                None => Err(Diagnostic::error(
                    Code::K1501,
                    message!("the data have no register `{register}`", register),
                )
                .at(selection.place.clone())),
            },
        }
    }
}

/// The row or column that a position names between two bounds.
fn position(position: Position, first: u32, last: u32) -> Option<u32> {
    match position {
        Position::End(Which::First) => Some(first),
        Position::End(Which::Last) => Some(last),
        Position::Number(number) => {
            first.checked_add(number.checked_sub(1)?).filter(|at| *at <= last)
        }
    }
}

/// Addresses in a message: the first few, and how many more.
pub(super) fn listed(cells: &[Address]) -> String {
    const SHOWN: usize = 8;
    let mut named: Vec<String> = cells.iter().take(SHOWN).map(ToString::to_string).collect();
    if cells.len() > SHOWN {
        named.push(format!("and {} more", cells.len() - SHOWN));
    }
    named.join(", ")
}
