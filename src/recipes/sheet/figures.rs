//! Figures: each with its members, its value, and what attributes beside it say; and the empty cells between headers.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::super::attributes::{Columns, Said};
use super::super::lookup::Missed;
use super::super::recipe::{BODY, HEAD, UNIT};
use super::super::select::text_of;
use super::super::values::{self, Missing, Notation};
use super::super::{Claim, Manner};
use super::{BROKEN, Reader};
use crate::diag::{Code, Diagnostic};
use crate::stats::Unit;
use crate::workbook::{Address, Area, Cell, Content};

/// More empty cells between headers are not looked at one by one.
const MOST_EMPTY: u64 = 20_000_000;

impl Reader<'_, '_> {
    /// Finds the columns of attributes and claims them. Gives whether figures can be looked at.
    pub(super) fn attributes(&mut self) -> bool {
        let Some(standard) = self.recipe.attributes else { return true };
        let areas = (self.ground.area(Some(HEAD)), self.ground.area(Some(BODY)));
        let (Some(head), Some(body)) = areas else { return true };
        let columns = Columns::find(standard, self.sheet, head);
        for column in columns.all() {
            self.claims.add(self.sheet, Address::new(head.first.row, column), Claim::Anchor);
            for row in body.first.row..=body.last.row {
                let at = Address::new(row, column);
                if !self.sheet.cell(at).is_empty() {
                    self.claims.add(self.sheet, at, Claim::Attribute);
                }
            }
        }
        if let Some((at, problem)) = columns.several(self.sheet, body) {
            let place = self.place(at);
            self.reading.problems.push(problem.at(place));
            return false;
        }
        self.attributes = Some(columns);
        true
    }

    /// Reads the figures.
    pub(super) fn values(&mut self) {
        let Some(area) = self.ground.area(Some(&self.recipe.values.within)) else { return };
        let Some(columns) = self.columns(area) else { return };
        let has = |column: u32| columns.as_ref().is_none_or(|columns| columns.contains(&column));
        let mut rows: BTreeSet<u32> = BTreeSet::new();
        let mut filled: BTreeSet<u32> = BTreeSet::new();
        let sheet = self.sheet;
        for row in area.first.row..=area.last.row {
            for cell in sheet.row(row) {
                if !(area.first.column..=area.last.column).contains(&cell.at.column) {
                    continue;
                }
                rows.insert(row);
                if !has(cell.at.column) || self.claims.get(sheet, cell.at).is_some() {
                    continue;
                }
                if self.figure(&cell) {
                    filled.insert(cell.at.column);
                }
            }
        }
        self.empty(&rows, &filled);
    }

    /// What attributes say of the figure in a row; `None` if one of them is wrong, which is told.
    fn said(&mut self, row: u32) -> Option<Said> {
        let Some(columns) = &self.attributes else { return Some(Said::default()) };
        match columns.of(self.sheet, row) {
            Ok(said) => Some(said),
            Err((at, problem)) => {
                let place = self.place(at);
                self.tell(problem.at(place));
                None
            }
        }
    }

    /// Keeps that there is no figure, as the attributes say; gives whether they do.
    fn denied(&mut self, cell: &Cell<'_>, members: &[u32], said: &Said) -> bool {
        let Some(missing) = said.missing else { return false };
        let is_number = match cell.content {
            Content::Number(number) => number.is_finite(),
            Content::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
            _ => false,
        };
        if is_number && said.may_stand {
            return false;
        }
        if is_number && !Columns::is_secret(said) {
            let text = text_of(cell).unwrap_or_default();
            let note = said.note.unwrap_or_default();
            let message =
                message!("`{text}` has the status of a missing figure: {note}", text, note);
            let problem = Diagnostic::error(Code::K1552, message)
                .at(self.place(cell.at))
                .note(message!("either the status or the figure is wrong"))
                .hint(message!(
                    "correct the status or the figure in the file, or ask who published it"
                ));
            self.tell(problem);
            return true;
        }
        let rounded_to = self.recipe.values.notation.rounded_to.unwrap_or(1.0);
        let (missing, note) = (Some(missing), said.note);
        let manner = Manner { sheet: self.number, missing, rounded_to, note };
        self.reading.observe(members, cell.at, None, manner);
        true
    }

    /// The columns in which figures stand.
    fn columns(&mut self, area: Area) -> Option<Option<BTreeSet<u32>>> {
        let values = &self.recipe.values;
        if values.under.is_empty() {
            return Some(None);
        }
        match self.ground.heads(&values.under, area, Some(values.place.clone())) {
            Ok(columns) => Some(Some(columns)),
            Err(problem) => {
                self.reading.problems.push(problem);
                None
            }
        }
    }

    /// Reads a figure; gives whether the cell has headers, as figures have.
    fn figure(&mut self, cell: &Cell<'_>) -> bool {
        let members = match self.key(cell.at) {
            Ok(members) => members,
            Err((dimension, missed)) => {
                // A text without headers is no figure; it is named with all that nobody claims.
                if looks_like_figure(cell, &self.recipe.values.notation) {
                    self.claims.insert(self.sheet, cell.at, Claim::Value);
                    let problem = self.headless(cell, dimension, missed);
                    self.tell(problem);
                }
                return false;
            }
        };
        self.claims.insert(self.sheet, cell.at, Claim::Value);
        if let Some(area) = self.sheet.merged(cell.at) {
            let problem = Diagnostic::error(
                Code::K1515,
                message!("there is a figure in the merged cells {area}", area),
            )
            .at(self.place(cell.at))
            .note(message!(
                "a figure belongs to one row and one column, but these cells belong to several"
            ))
            .hint(message!("undo the merge in the file, or ignore the cell with a reason"));
            self.tell(problem);
            return true;
        }
        members.iter().filter(|member| **member != BROKEN).for_each(|member| self.mark(*member));
        if members.contains(&BROKEN) {
            return true;
        }
        self.observe(cell, &members);
        true
    }

    /// Reads the value of a figure and keeps it.
    pub(super) fn observe(&mut self, cell: &Cell<'_>, members: &[u32]) {
        let Some(said) = self.said(cell.at.row) else { return };
        if self.denied(cell, members, &said) {
            return;
        }
        let Some(notation) = self.notation(members, &said) else { return };
        let read = match values::value(cell, &notation) {
            Ok(read) => read,
            Err(problem) => {
                let place = self.place(cell.at);
                self.tell(problem.at(place));
                return;
            }
        };
        for warning in read.warnings {
            let place = self.place(cell.at);
            self.tell(warning.at(place));
        }
        let own = match read.value {
            values::Reading::Figure(figure) => {
                if !figure.marks.is_empty() {
                    self.reading.marks.push((self.number, cell.at, figure.marks.join(" ")));
                }
                (Some(figure.value), None, figure.rounded_to)
            }
            values::Reading::Missing(missing, marks) => {
                if !marks.is_empty() {
                    self.reading.marks.push((self.number, cell.at, marks.join(" ")));
                }
                let is_zero = missing == Missing::Zero;
                let step = notation.rounded_to.unwrap_or(notation.scale);
                (is_zero.then_some(0.0), Some(missing), step)
            }
        };
        let (value, missing, rounded_to) = own;
        let manner = Manner { sheet: self.number, missing, rounded_to, note: said.note };
        self.reading.observe(members, cell.at, value, manner);
    }

    /// How figures with these members are written: their unit says whether they are counts.
    fn notation(&mut self, members: &[u32], said: &Said) -> Option<Rc<Notation>> {
        let unit: Arc<str> = match self.reading.column(UNIT) {
            Some(at) => self.reading.members.get(*members.get(at)? as usize)?.code.clone(),
            None => self.unit.clone()?,
        };
        // Most figures are written like the one before.
        if let Some((last, notation)) = &self.last_notation
            && last.0 == unit
            && (last.1, last.2) == (said.multiplier, said.decimals)
        {
            return Some(notation.clone());
        }
        let base = &self.recipe.values.notation;
        let key = (unit, said.multiplier, said.decimals);
        let notation =
            self.notations.entry(key.clone()).or_insert_with_key(|(unit, power, decimals)| {
                let known = Unit::new(unit);
                let is_percent = &**unit == "percent";
                let scale = base.scale * ten_to(*power);
                let is_count = known.is_of_things() && known.scale() == 1.0 && scale == 1.0;
                let of_decimals = decimals.map(|decimals| base.scale * ten_to(*power - decimals));
                let rounded_to = match (of_decimals, is_count) {
                    (Some(step), true) => Some(step.max(1.0)),
                    (Some(step), false) => Some(step),
                    (None, _) => base.rounded_to,
                };
                Rc::new(Notation { is_count, is_percent, scale, rounded_to, ..base.clone() })
            });
        let notation = notation.clone();
        self.last_notation = Some((key, notation.clone()));
        Some(notation)
    }

    /// The problem that a figure has no header.
    pub(super) fn headless(&self, cell: &Cell<'_>, dimension: usize, missed: Missed) -> Diagnostic {
        let name = &self.recipe.dimensions[dimension].name;
        let text = text_of(cell).unwrap_or_default();
        let message = match missed {
            Missed::Nothing => {
                message!("the figure `{text}` has no header of `{name}`", text, name)
            }
            Missed::Several(..) => {
                message!("the figure `{text}` has two headers of `{name}`", text, name)
            }
            Missed::Beyond(area) => {
                message!(
                    "the nearest header of `{name}`, {area}, does not reach over `{text}`",
                    name,
                    area,
                    text
                )
            }
            Missed::Outside(area) => {
                message!(
                    "the figure `{text}` lies outside {area}, where headers of `{name}` are",
                    text,
                    area,
                    name
                )
            }
        };
        let mut problem = Diagnostic::error(Code::K1505, message).at(self.place(cell.at)).note(
            message!("with the wrong header, a figure would be imported under the wrong name"),
        );
        if let Missed::Several(one, other) = missed {
            problem = problem
                .related(self.place(one), message!("one of them"))
                .related(self.place(other), message!("the other one"));
        }
        if let Missed::Beyond(area) = missed {
            problem = problem.related(self.place(area.first), message!("the header"));
        }
        problem.hint(message!(
            "correct the sheet if a header has moved; or change `cells` and the lookup of `{name}` \
            in the recipe",
            name
        ))
    }

    /// Looks at the empty cells between headers, in rows and columns that have something.
    fn empty(&mut self, rows: &BTreeSet<u32>, columns: &BTreeSet<u32>) {
        if rows.len() as u64 * columns.len() as u64 > MOST_EMPTY {
            let message = message!("the area of figures is too large to check for gaps");
            self.tell(
                Diagnostic::error(Code::K1512, message)
                    .at(self.recipe.values.place.clone())
                    .hint(message!("write `under` below `[values]`, or give the area an end")),
            );
            return;
        }
        for row in
            rows.iter().filter(|row| !self.ignored_rows.contains(row)).copied().collect::<Vec<_>>()
        {
            for column in columns {
                let at = Address::new(row, *column);
                let cell = self.sheet.cell(at);
                if !cell.is_empty()
                    || self.sheet.merged(at).is_some_and(|area| area.first != at)
                    || self.claims.get(self.sheet, at).is_some()
                    || self.ignored_columns.contains(column)
                {
                    continue;
                }
                let Ok(members) = self.key(at) else { continue };
                members.iter().filter(|m| **m != BROKEN).for_each(|member| self.mark(*member));
                if members.contains(&BROKEN) {
                    continue;
                }
                let Some(said) = self.said(row) else { continue };
                if said.missing.is_some() || self.recipe.values.notation.missing.contains_key("") {
                    self.observe(&cell, &members);
                    continue;
                }
                let shown: Vec<&str> =
                    members.iter().map(|m| &*self.reading.members[*m as usize].code).collect();
                let message =
                    message!("the figure of {shown} is missing here", shown = shown.join(" "));
                let problem = Diagnostic::error(Code::K1512, message)
                    .at(self.place(at))
                    .note(message!("an empty cell may mean zero or that the figure is unknown"))
                    .hint(
                        message!("write `\"\" = \"not-available\"` (or `\"zero\"`) under `missing` of the recipe, if \
                         empty cells mean that on this sheet"),
                    );
                self.tell(problem);
            }
        }
    }
}

/// A power of ten, as near to it as a number can be.
fn ten_to(power: i32) -> f64 {
    format!("1e{power}").parse().unwrap_or(1.0)
}

/// Whether a cell could be a figure: a number, or a text that begins like one, or a sign for none.
fn looks_like_figure(cell: &Cell<'_>, notation: &Notation) -> bool {
    match cell.content {
        Content::Number(_) => true,
        Content::Text(text) => {
            let text = text.trim();
            let digits = text.trim_start_matches(['-', '+', '(', '\u{2212}', '\u{2013}']);
            digits.starts_with(|c: char| c.is_ascii_digit()) || notation.missing.contains_key(text)
        }
        _ => false,
    }
}
