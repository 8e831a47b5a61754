//! One sheet: areas, then what is left out, then headers, then figures; what is left is named.

mod sentences;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;

use super::areas;
use super::attributes::{Columns, Said};
use super::code::Codes;
use super::lookup::{Headers, Missed};
use super::recipe::{BODY, Dimension, Extent, HEAD, How, Piece, Recipe, UNIT};
use super::select::{Ground, listed, text_of};
use super::values::{self, Missing, Notation};
use super::written::{Hidden, NameOf, Read};
use super::{Claim, Member, Observation, ReadSheet, Reading, SHOWN};
use crate::diag::{Code, Diagnostic, Place};
use crate::stats::{Time, Unit};
use crate::workbook::{Address, Area, Cell, Content, Sheet, Workbook};

/// The member of a header that could not be read, of which a problem tells.
const BROKEN: u32 = u32::MAX;
/// More empty cells between headers are not looked at one by one.
const MOST_EMPTY: u64 = 20_000_000;

/// Where a dimension is found on the sheet.
enum Found {
    /// The same for all of its figures.
    Fixed(u32),
    /// In headers.
    Headers(Headers),
    /// In others' texts.
    Join,
}

/// A sheet while it is read.
struct Reader<'a, 'c> {
    recipe: &'a Recipe,
    workbook: &'a Workbook,
    sheet: &'a Sheet,
    number: u16,
    codes: &'c mut Codes<'a>,
    reading: &'c mut Reading,
    ground: Ground<'a>,
    claims: HashMap<Address, Claim>,
    ignored_rows: HashSet<u32>,
    ignored_columns: HashSet<u32>,
    found: Vec<Found>,
    /// Whether each member was used by a figure.
    used: Vec<bool>,
    /// Members of joined texts, by the members of their pieces.
    joined: HashMap<(usize, Vec<u32>), u32>,
    /// Members that every figure without a header has.
    otherwise: HashMap<usize, u32>,
    /// How figures of each unit are read, by their multiplier and their decimals.
    notations: HashMap<(Arc<str>, i32, Option<i32>), Rc<Notation>>,
    /// The columns that say something of the figure in their row.
    attributes: Option<Columns>,
    /// How many problems of each kind were found.
    told: HashMap<Code, usize>,
}

/// Reads one sheet into a reading.
pub(super) fn read<'a>(
    recipe: &'a Recipe,
    workbook: &'a Workbook,
    index: usize,
    codes: &mut Codes<'a>,
    reading: &mut Reading,
) {
    let Some(sheet) = workbook.sheets.get(index) else { return };
    let ground = Ground {
        sheet,
        areas: IndexMap::new(),
        lexicons: codes.context.lexicons,
        anchors: RefCell::new(BTreeSet::new()),
        workbook,
    };
    let number = u16::try_from(reading.sheets.len()).unwrap_or(u16::MAX);
    let mut reader = Reader {
        recipe,
        workbook,
        sheet,
        number,
        codes,
        reading,
        ground,
        claims: HashMap::new(),
        ignored_rows: HashSet::new(),
        ignored_columns: HashSet::new(),
        found: vec![],
        used: vec![],
        joined: HashMap::new(),
        otherwise: HashMap::new(),
        notations: HashMap::new(),
        attributes: None,
        told: HashMap::new(),
    };
    let unclaimed = reader.all();
    let claims = std::mem::take(&mut reader.claims);
    let areas = reader.ground.areas.iter().map(|(name, area)| (name.clone(), *area)).collect();
    let sheet = ReadSheet { index, name: sheet.name().to_owned(), areas, claims, unclaimed };
    reader.reading.sheets.push(sheet);
}

impl Reader<'_, '_> {
    /// Reads everything; gives the cells that nobody claimed.
    fn all(&mut self) -> Vec<Address> {
        self.hidden();
        for bounds in &self.recipe.areas {
            match areas::find(bounds, &self.ground) {
                Ok(area) => drop(self.ground.areas.insert(bounds.name.clone(), area)),
                Err(problem) => {
                    self.reading.problems.push(problem);
                    return vec![];
                }
            }
        }
        if !self.ignored() || !self.dimensions() {
            return vec![];
        }
        if !self.attributes() {
            return vec![];
        }
        match sentences::are_read(self.recipe) {
            true => self.sentences(),
            false => self.values(),
        }
        let anchors: Vec<Address> = self.ground.anchors.borrow().iter().copied().collect();
        for at in anchors {
            self.claims.entry(at).or_insert(Claim::Anchor);
        }
        let unclaimed = self.unclaimed();
        self.unused();
        self.many();
        unclaimed
    }

    fn place(&self, at: Address) -> Place {
        self.workbook.place(self.sheet, at)
    }

    /// Tells a problem, if not too many of its kind were told.
    fn tell(&mut self, problem: Diagnostic) {
        let told = self.told.entry(problem.code).or_default();
        *told += 1;
        if *told <= SHOWN {
            self.reading.problems.push(problem);
        }
    }

    /// Says how many problems were not told one by one.
    fn many(&mut self) {
        let mut more: Vec<(Code, usize)> = self
            .told
            .iter()
            .filter(|(_, n)| **n > SHOWN)
            .map(|(code, n)| (*code, n - SHOWN))
            .collect();
        more.sort_unstable();
        for (code, count) in more {
            self.reading.problems.push(
                Diagnostic::error(code, format!("{count} more of this kind are not shown"))
                    .at(Place::Path(self.workbook.path.clone())),
            );
        }
    }

    /// What becomes of hidden rows and columns that say something.
    fn hidden(&mut self) {
        let (rows, columns) = (self.recipe.hidden.rows, self.recipe.hidden.columns);
        if rows == Hidden::Read && columns == Hidden::Read {
            return;
        }
        let (mut of_rows, mut of_columns): (BTreeSet<u32>, BTreeSet<u32>) = Default::default();
        let mut count = 0;
        let reason = self.reading.left_out.len() as u16;
        for cell in self.sheet.filled() {
            let is_row = rows != Hidden::Read && self.sheet.row_is_hidden(cell.at.row);
            let is_column = columns != Hidden::Read && self.sheet.column_is_hidden(cell.at.column);
            if is_row {
                of_rows.insert(cell.at.row);
            }
            if is_column {
                of_columns.insert(cell.at.column);
            }
            let is_left_out =
                is_row && rows == Hidden::Ignore || is_column && columns == Hidden::Ignore;
            if is_left_out {
                self.claims.insert(cell.at, Claim::Ignored(reason));
                count += 1;
            }
        }
        if count > 0 {
            self.reading.left_out.push(("hidden".to_owned(), count));
        }
        let refused = [
            (rows, "row", of_rows.first().map(|row| Address::new(*row, 0)), of_rows.len()),
            (
                columns,
                "column",
                of_columns.first().map(|column| Address::new(0, *column)),
                of_columns.len(),
            ),
        ];
        for (what, word, first, many) in refused {
            if let (Hidden::Refuse, Some(first)) = (what, first) {
                let number = match word {
                    "row" => (first.row + 1).to_string(),
                    _ => crate::workbook::column_name(first.column),
                };
                let message = match many {
                    1 => format!("the {word} {number} is hidden and says something"),
                    _ => format!(
                        "{many} {word}s are hidden and say something, the first is {number}"
                    ),
                };
                self.tell(
                    Diagnostic::error(Code::K1507, message)
                        .at(self.place(first))
                        .note("nobody who looked at the file has seen it")
                        .hint(format!(
                            "write `{word}s = \"read\"` or `\"ignore\"` under `[hidden]` of the recipe"
                        )),
                );
            }
        }
        if rows == Hidden::Ignore {
            self.ignored_rows.extend(&of_rows);
        }
        if columns == Hidden::Ignore {
            self.ignored_columns.extend(&of_columns);
        }
    }

    /// Claims what is left out. Gives whether all of it could be found.
    fn ignored(&mut self) -> bool {
        for (number, ignore) in self.recipe.ignore.iter().enumerate() {
            let cells = match self.ground.select(&ignore.selection) {
                Ok(cells) => cells,
                Err(problem) => {
                    self.reading.problems.push(problem);
                    return false;
                }
            };
            let area = self.ground.area(ignore.selection.within.as_deref());
            let mut rows: BTreeSet<u32> = BTreeSet::new();
            let mut columns: BTreeSet<u32> = BTreeSet::new();
            match ignore.extent {
                Extent::Cell => {
                    for at in &cells {
                        self.claims.insert(*at, Claim::Ignored(number as u16));
                    }
                    self.reading.left_out[number].1 += cells.len();
                }
                Extent::Row => rows.extend(cells.iter().map(|at| at.row)),
                Extent::Column => columns.extend(cells.iter().map(|at| at.column)),
            }
            let Some(area) = area else { continue };
            let mut all: Vec<Address> = vec![];
            for row in &rows {
                let (first, last) = (area.first.column, area.last.column);
                let own = self.sheet.row(*row).map(|cell| cell.at);
                all.extend(own.filter(|at| (first..=last).contains(&at.column)));
            }
            if !columns.is_empty() {
                all.extend(
                    self.ground
                        .filled(area)
                        .map(|cell| cell.at)
                        .filter(|at| columns.contains(&at.column)),
                );
            }
            self.reading.left_out[number].1 += all.len();
            self.claims.extend(all.into_iter().map(|at| (at, Claim::Ignored(number as u16))));
            self.ignored_rows.extend(&rows);
            self.ignored_columns.extend(&columns);
        }
        true
    }

    /// Finds the headers of all dimensions. Gives whether figures can be looked at.
    fn dimensions(&mut self) -> bool {
        let recipe = self.recipe;
        self.found = recipe.dimensions.iter().map(|_| Found::Join).collect();
        // The time first, and parents before their parts.
        let mut order: Vec<usize> = (0..recipe.dimensions.len()).collect();
        let rank = |at: &usize| {
            let own = &recipe.dimensions[*at];
            (own.parent.is_some(), own.read != Some(Read::Period))
        };
        order.sort_by_key(rank);
        let mut is_whole = true;
        for at in order {
            let own = &recipe.dimensions[at];
            let found = match &own.how {
                How::Constant(code) => Some(Found::Fixed(self.member(at, code.clone(), None))),
                How::NameOf(of) => {
                    let text = match of {
                        NameOf::Sheet => self.sheet.name().to_owned(),
                        NameOf::File => {
                            let name = self.workbook.path.file_name().unwrap_or_default();
                            name.to_string_lossy().into_owned()
                        }
                    };
                    let place = Place::Path(self.workbook.path.clone());
                    self.fixed(at, &text, None, place)
                }
                How::Title(selection) => match self.ground.select(selection) {
                    Ok(cells) => self.title(at, own, &cells),
                    Err(problem) => {
                        self.reading.problems.push(problem);
                        None
                    }
                },
                How::Header(selection, lookup) => match self.ground.select(selection) {
                    Ok(cells) => {
                        let within = selection.within.as_deref();
                        let bounds = within.and_then(|name| self.ground.area(Some(name)));
                        let members = self.headers(at, &cells);
                        Some(Found::Headers(Headers::new(*lookup, &members, bounds, self.sheet)))
                    }
                    Err(problem) => {
                        self.reading.problems.push(problem);
                        None
                    }
                },
                How::Join(_) | How::Sentence => Some(Found::Join),
            };
            match found {
                Some(found) => self.found[at] = found,
                None => is_whole = false,
            }
        }
        is_whole
    }

    /// The only cell that a title may be.
    fn title(&mut self, at: usize, own: &Dimension, cells: &[Address]) -> Option<Found> {
        match cells {
            [cell] => {
                self.claims.entry(*cell).or_insert(Claim::Anchor);
                let text = text_of(&self.sheet.cell(*cell)).unwrap_or_default().into_owned();
                self.fixed(at, &text, Some(*cell), self.place(*cell))
            }
            [] => {
                let message =
                    format!("no cell of sheet `{}` says `{}`", self.sheet.name(), own.name);
                let problem = Diagnostic::error(Code::K1504, message)
                    .at(own.place.clone())
                    .note("`title` means one cell that says it for the whole sheet");
                self.reading.problems.push(problem);
                None
            }
            several => {
                let message =
                    format!("{} cells could be the title for `{}`", several.len(), own.name);
                let problem = self.ground.several(message, several, Some(own.place.clone()));
                self.reading.problems.push(problem);
                None
            }
        }
    }

    /// A dimension that is the same for the whole sheet.
    fn fixed(
        &mut self,
        at: usize,
        text: &str,
        cell: Option<Address>,
        place: Place,
    ) -> Option<Found> {
        match self.codes.of_text(at, text, None, None) {
            Ok((code, _)) => Some(Found::Fixed(self.member(at, code, cell))),
            Err(problem) => {
                self.reading.problems.push(problem.at(place));
                None
            }
        }
    }

    /// Reads the headers of a dimension.
    fn headers(&mut self, at: usize, cells: &[Address]) -> Vec<(Address, u32)> {
        let own = &self.recipe.dimensions[at];
        let time = self.only_time();
        let mut headers = Vec::with_capacity(cells.len());
        for cell_at in cells {
            match self.claims.get(cell_at) {
                Some(Claim::Ignored(_)) => continue,
                _ => drop(self.claims.insert(*cell_at, Claim::Header(at as u16))),
            }
            let cell = self.sheet.cell(*cell_at);
            let parent = own.parent.and_then(|parent| self.resolve(parent, *cell_at).ok());
            let parent = parent.filter(|parent| *parent != BROKEN).map(|parent| {
                self.mark(parent);
                self.reading.members[parent as usize].code.clone()
            });
            let member = match self.codes.of_cell(at, &cell, parent.as_ref(), time) {
                Ok((code, marks)) => {
                    if !marks.is_empty() {
                        self.reading.marks.push((self.number, *cell_at, marks));
                    }
                    self.member(at, code, Some(*cell_at))
                }
                Err(problem) => {
                    let place = self.place(*cell_at);
                    let label = format!("header of `{}`", own.name);
                    self.tell(problem.at(place).label(label));
                    BROKEN
                }
            };
            headers.push((*cell_at, member));
        }
        headers
    }

    /// The time of all figures of the sheet, if it is one.
    fn only_time(&self) -> Option<Time> {
        let own = &self.recipe.dimensions;
        let at = own.iter().position(|one| one.is_column && one.read == Some(Read::Period))?;
        match self.found.get(at)? {
            Found::Fixed(member) => self.reading.members.get(*member as usize)?.code.parse().ok(),
            _ => None,
        }
    }

    fn member(&mut self, dimension: usize, code: Arc<str>, cell: Option<Address>) -> u32 {
        let own = &self.recipe.dimensions[dimension];
        let column = own.is_column.then(|| {
            self.reading.columns.iter().position(|column| *column == own.name).unwrap_or_default()
        });
        let cell = cell.map(|cell| (self.number, cell));
        self.reading.members.push(Member { column, code, cell });
        (self.reading.members.len() - 1) as u32
    }

    fn mark(&mut self, member: u32) {
        let at = member as usize;
        if self.used.len() <= at {
            self.used.resize(self.reading.members.len().max(at + 1), false);
        }
        self.used[at] = true;
    }

    /// The member of a dimension for the cell of a figure.
    fn resolve(&mut self, dimension: usize, at: Address) -> Result<u32, Missed> {
        let met = match &self.found[dimension] {
            Found::Fixed(member) => Ok(*member),
            Found::Headers(headers) => headers.of(at),
            Found::Join => return self.join(dimension, at),
        };
        match (met, &self.recipe.dimensions[dimension].otherwise) {
            (Err(Missed::Nothing | Missed::Outside(_)), Some(code)) => {
                if let Some(member) = self.otherwise.get(&dimension) {
                    return Ok(*member);
                }
                let member = self.member(dimension, code.clone(), None);
                self.otherwise.insert(dimension, member);
                Ok(member)
            }
            (met, _) => met,
        }
    }

    /// The member that a joined text means.
    fn join(&mut self, dimension: usize, at: Address) -> Result<u32, Missed> {
        let How::Join(pieces) = &self.recipe.dimensions[dimension].how else {
            return Err(Missed::Nothing);
        };
        let mut members = vec![];
        for piece in pieces {
            if let Piece::Of(part) = piece {
                members.push(self.resolve(*part, at)?);
            }
        }
        if members.contains(&BROKEN) {
            return Ok(BROKEN);
        }
        members.iter().for_each(|member| self.mark(*member));
        if let Some(member) = self.joined.get(&(dimension, members.clone())) {
            return Ok(*member);
        }
        let mut parts = members.iter();
        let mut text = String::new();
        let mut cell = None;
        for piece in pieces {
            match piece {
                Piece::Text(own) => text.push_str(own),
                Piece::Of(_) => {
                    let Some(part) = parts.next().map(|part| &self.reading.members[*part as usize])
                    else {
                        continue;
                    };
                    text.push_str(&part.code);
                    cell = cell.or(part.cell);
                }
            }
        }
        let member = match self.codes.of_text(dimension, text.trim(), None, None) {
            Ok((code, marks)) => {
                let cell = cell.map(|(_, at)| at);
                if let (Some(cell), false) = (cell, marks.is_empty()) {
                    self.reading.marks.push((self.number, cell, marks));
                }
                self.member(dimension, code, cell)
            }
            Err(problem) => {
                let place = cell.map_or_else(|| self.place(at), |(_, at)| self.place(at));
                self.tell(problem.at(place));
                BROKEN
            }
        };
        self.joined.insert((dimension, members), member);
        Ok(member)
    }

    /// Finds the columns of attributes and claims them. Gives whether figures can be looked at.
    fn attributes(&mut self) -> bool {
        let Some(standard) = self.recipe.attributes else { return true };
        let areas = (self.ground.area(Some(HEAD)), self.ground.area(Some(BODY)));
        let (Some(head), Some(body)) = areas else { return true };
        let columns = Columns::find(standard, self.sheet, head);
        for column in columns.all() {
            self.claims.entry(Address::new(head.first.row, column)).or_insert(Claim::Anchor);
            for row in body.first.row..=body.last.row {
                let at = Address::new(row, column);
                if !self.sheet.cell(at).is_empty() {
                    self.claims.entry(at).or_insert(Claim::Attribute);
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
            let message = format!("`{text}` stands where there is no figure: {note}");
            let problem = Diagnostic::error(Code::K1552, message)
                .at(self.place(cell.at))
                .note("one of the two is wrong, and the figure cannot tell which")
                .hint("correct the status or the figure in the file, or ask who published it");
            self.tell(problem);
            return true;
        }
        let rounded_to = self.recipe.values.notation.rounded_to.unwrap_or(1.0);
        self.reading.keys.extend(members);
        self.reading.observations.push(Observation {
            sheet: self.number,
            at: cell.at,
            value: None,
            digits: "".into(),
            missing: Some(missing),
            rounded_to,
            note: said.note,
        });
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

    /// Reads the figures.
    fn values(&mut self) {
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
                if !has(cell.at.column) || self.claims.contains_key(&cell.at) {
                    continue;
                }
                if self.figure(&cell) {
                    filled.insert(cell.at.column);
                }
            }
        }
        self.empty(&rows, &filled);
    }

    /// Reads a figure; gives whether the cell has headers, as figures have.
    fn figure(&mut self, cell: &Cell<'_>) -> bool {
        let members = match self.key(cell.at) {
            Ok(members) => members,
            Err((dimension, missed)) => {
                // A text without headers is no figure; it is named with all that nobody claims.
                if looks_like_figure(cell, &self.recipe.values.notation) {
                    self.claims.insert(cell.at, Claim::Value);
                    let problem = self.headless(cell, dimension, missed);
                    self.tell(problem);
                }
                return false;
            }
        };
        self.claims.insert(cell.at, Claim::Value);
        if let Some(area) = self.sheet.merged(cell.at) {
            let problem = Diagnostic::error(
                Code::K1515,
                format!("a figure stands in the merged cells {area}"),
            )
            .at(self.place(cell.at))
            .note("it belongs to one row and one column, and these cells to several")
            .hint("take the merge away in the file, or ignore the cell with a reason");
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
    fn observe(&mut self, cell: &Cell<'_>, members: &[u32]) {
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
                (Some(figure.value), figure.digits, None, figure.rounded_to)
            }
            values::Reading::Missing(missing, marks) => {
                if !marks.is_empty() {
                    self.reading.marks.push((self.number, cell.at, marks.join(" ")));
                }
                let is_zero = missing == Missing::Zero;
                let digits = if is_zero { "0" } else { "" };
                let step = notation.rounded_to.unwrap_or(notation.scale);
                (is_zero.then_some(0.0), digits.to_owned(), Some(missing), step)
            }
        };
        let (value, digits, missing, rounded_to) = own;
        let (sheet, digits) = (self.number, digits.into());
        self.reading.keys.extend(members);
        let (at, note) = (cell.at, said.note);
        let observation = Observation { sheet, at, value, digits, missing, rounded_to, note };
        self.reading.observations.push(observation);
    }

    /// How figures with these members are written: their unit says whether they are counts.
    fn notation(&mut self, members: &[u32], said: &Said) -> Option<Rc<Notation>> {
        let at = self.reading.columns.iter().position(|column| column == UNIT);
        let unit: Arc<str> = match at {
            Some(at) => self.reading.members.get(*members.get(at)? as usize)?.code.clone(),
            None => self.recipe.values.unit.as_deref()?.into(),
        };
        let base = &self.recipe.values.notation;
        let key = (unit, said.multiplier, said.decimals);
        let notation = self.notations.entry(key).or_insert_with_key(|(unit, power, decimals)| {
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
        Some(notation.clone())
    }

    /// The members of a figure, one for each column.
    fn key(&mut self, at: Address) -> Result<Vec<u32>, (usize, Missed)> {
        let mut members = Vec::with_capacity(self.reading.columns.len());
        for dimension in 0..self.recipe.dimensions.len() {
            if self.recipe.dimensions[dimension].is_column {
                let member = self.resolve(dimension, at);
                members.push(member.map_err(|missed| (dimension, missed))?);
            }
        }
        Ok(members)
    }

    /// The problem that a figure has no header.
    fn headless(&self, cell: &Cell<'_>, dimension: usize, missed: Missed) -> Diagnostic {
        let name = &self.recipe.dimensions[dimension].name;
        let text = text_of(cell).unwrap_or_default();
        let message = match missed {
            Missed::Nothing => format!("the figure `{text}` has no header of `{name}`"),
            Missed::Several(..) => format!("the figure `{text}` has two headers of `{name}`"),
            Missed::Beyond(area) => {
                format!("the nearest header of `{name}`, {area}, does not reach over `{text}`")
            }
            Missed::Outside(area) => {
                format!("the figure `{text}` lies outside {area}, where headers of `{name}` are")
            }
        };
        let mut problem = Diagnostic::error(Code::K1505, message)
            .at(self.place(cell.at))
            .note("a figure that takes its neighbour’s header is a wrong number");
        if let Missed::Several(one, other) = missed {
            problem = problem
                .related(self.place(one), "one of them")
                .related(self.place(other), "the other one");
        }
        if let Missed::Beyond(area) = missed {
            problem = problem.related(self.place(area.first), "the header");
        }
        problem.hint(format!(
            "mend the sheet if a header has moved; or change `cells` and the lookup of `{name}` in \
             the recipe"
        ))
    }

    /// Looks at the empty cells between headers, in rows and columns that have something.
    fn empty(&mut self, rows: &BTreeSet<u32>, columns: &BTreeSet<u32>) {
        if rows.len() as u64 * columns.len() as u64 > MOST_EMPTY {
            let message = "the area of figures has too many rows and columns to look for gaps";
            self.tell(
                Diagnostic::error(Code::K1512, message)
                    .at(self.recipe.values.place.clone())
                    .hint("write `under` below `[values]`, or let the area end earlier"),
            );
            return;
        }
        for row in
            rows.iter().filter(|row| !self.ignored_rows.contains(row)).copied().collect::<Vec<_>>()
        {
            for column in columns {
                let at = Address::new(row, *column);
                let cell = self.sheet.cell(at);
                let is_covered = self.sheet.merged(at).is_some_and(|area| area.first != at);
                if !cell.is_empty()
                    || is_covered
                    || self.claims.contains_key(&at)
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
                let message = format!("there is no figure of {} here", shown.join(" "));
                let problem = Diagnostic::error(Code::K1512, message)
                    .at(self.place(at))
                    .note("an empty cell may mean nought, or that nothing is known")
                    .hint(
                        "write `\"\" = \"not-available\"` (or `\"zero\"`) under `missing` of the recipe, if \
                         empty cells mean that on this sheet",
                    );
                self.tell(problem);
            }
        }
    }

    /// Names the cells that nobody claimed.
    fn unclaimed(&mut self) -> Vec<Address> {
        let sheet = self.sheet;
        let unclaimed: Vec<Address> =
            sheet.filled().map(|cell| cell.at).filter(|at| !self.claims.contains_key(at)).collect();
        for at in &unclaimed {
            let cell = sheet.cell(*at);
            let text = text_of(&cell).unwrap_or_default().into_owned();
            let area = self.ground.areas.iter().find(|(_, area)| area.contains(*at));
            let within = area.map_or_else(String::new, |(name, _)| format!(" (in `{name}`)"));
            let problem = Diagnostic::error(
                Code::K1506,
                format!("nobody claims the cell `{text}`{within}"),
            )
            .at(self.place(*at))
            .note("a cell that is passed over in silence may be a row that was added")
            .hint(
                "add it to the `cells` of a dimension, or to `[[ignore]]` with the reason why \
                         nothing is lost",
            );
            self.tell(problem);
        }
        unclaimed
    }

    /// Names headers that no figure looked up.
    fn unused(&mut self) {
        // Where figures were refused, their headers are no news.
        if self.told.contains_key(&Code::K1505) || self.told.contains_key(&Code::K1512) {
            return;
        }
        self.used.resize(self.reading.members.len(), false);
        let mut by_dimension: Vec<Vec<Address>> = vec![vec![]; self.recipe.dimensions.len()];
        for (number, member) in self.reading.members.iter().enumerate() {
            let Some((_, at)) = member.cell.filter(|(sheet, _)| *sheet == self.number) else {
                continue;
            };
            if let (false, Some(Claim::Header(dimension))) =
                (self.used[number], self.claims.get(&at))
            {
                by_dimension[usize::from(*dimension)].push(at);
            }
        }
        for (dimension, mut cells) in by_dimension.into_iter().enumerate() {
            // One cell may be the header of two dimensions.
            cells.retain(|at| {
                !self.reading.members.iter().enumerate().any(|(number, member)| {
                    self.used[number] && member.cell == Some((self.number, *at))
                })
            });
            let Some(first) = cells.first() else { continue };
            let name = &self.recipe.dimensions[dimension].name;
            let text = text_of(&self.sheet.cell(*first)).unwrap_or_default().into_owned();
            let message = match cells.len() {
                1 => format!("no figure belongs to the header `{text}` of `{name}`"),
                n => format!("no figure belongs to {n} headers of `{name}`, `{text}` the first"),
            };
            let problem = Diagnostic::error(Code::K1508, message)
                .at(self.place(*first))
                .note(format!("the headers are {}", listed(&cells)))
                .note("a header without figures is a row that is empty, or one that was shifted")
                .hint("ignore it with a reason if it has no figures on purpose");
            self.tell(problem);
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
