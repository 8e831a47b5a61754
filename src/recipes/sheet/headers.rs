//! What names figures: headers, titles and names, each read once; and the members that a figure has by them.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::lookup::{Headers, Missed};
use super::super::recipe::{Dimension, How, Piece};
use super::super::select::text_of;
use super::super::written::{NameOf, Read};
use super::super::{Claim, Member};
use super::{BROKEN, Found, Reader};
use crate::diag::{Code, Diagnostic, Place};
use crate::stats::Time;
use crate::workbook::Address;

impl Reader<'_, '_> {
    /// Finds the headers of all dimensions. Gives whether figures can be looked at.
    pub(super) fn dimensions(&mut self) -> bool {
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
                        let mut members = self.headers(at, &cells);
                        is_whole &= self.repeated(at, &mut members);
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

    /// The members of a figure, one for each column.
    pub(super) fn key(&mut self, at: Address) -> Result<Vec<u32>, (usize, Missed)> {
        let mut members = Vec::with_capacity(self.reading.columns.len());
        for dimension in 0..self.recipe.dimensions.len() {
            if self.recipe.dimensions[dimension].is_column {
                let member = self.resolve(dimension, at);
                members.push(member.map_err(|missed| (dimension, missed))?);
            }
        }
        Ok(members)
    }

    pub(super) fn mark(&mut self, member: u32) {
        let at = member as usize;
        if self.used.len() <= at {
            self.used.resize(self.reading.members.len().max(at + 1), false);
        }
        self.used[at] = true;
    }

    /// The only cell that a title may be.
    fn title(&mut self, at: usize, own: &Dimension, cells: &[Address]) -> Option<Found> {
        match cells {
            [cell] => {
                self.claims.add(self.sheet, *cell, Claim::Anchor);
                let text = text_of(&self.sheet.cell(*cell)).unwrap_or_default().into_owned();
                self.fixed(at, &text, Some(*cell), self.place(*cell))
            }
            [] => {
                let message = message!(
                    "no cell of sheet `{sheet}` contains `{name}`",
                    sheet = self.sheet.name(),
                    name = own.name
                );
                let problem = Diagnostic::error(Code::K1504, message)
                    .at(own.place.clone())
                    .note(message!("`title` needs one cell for the whole sheet"));
                self.reading.problems.push(problem);
                None
            }
            several => {
                let message = message!(
                    "{number_of_several} cells could be the title for `{name}`",
                    number_of_several = several.len(),
                    name = own.name
                );
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
            match self.claims.get(self.sheet, *cell_at) {
                Some(Claim::Ignored(_)) => continue,
                _ => self.claims.insert(self.sheet, *cell_at, Claim::Header(at as u16)),
            }
            let cell = self.sheet.cell(*cell_at);
            let parent = self.parent(own, *cell_at);
            let member = match self.codes.of_cell(at, self.sheet, &cell, parent.as_ref(), time) {
                Ok((code, marks)) => {
                    if !marks.is_empty() {
                        self.reading.marks.push((self.number, *cell_at, marks));
                    }
                    self.member(at, code, Some(*cell_at))
                }
                Err(problem) => {
                    let place = self.place(*cell_at);
                    let label = message!("header of `{name}`", name = own.name);
                    self.tell(problem.at(place).label(label));
                    BROKEN
                }
            };
            headers.push((*cell_at, member));
        }
        headers
    }

    /// The code of what the member in a cell lies in, where the recipe says by which dimension it is told.
    fn parent(&mut self, own: &Dimension, at: Address) -> Option<Arc<str>> {
        let parent = self.resolve(own.parent?, at).ok().filter(|parent| *parent != BROKEN)?;
        self.mark(parent);
        Some(self.reading.members[parent as usize].code.clone())
    }

    /// Compares the headers of a dimension with the column that says the same in other words. A header that is
    /// contradicted counts as one that could not be read. Gives whether that column was found.
    fn repeated(&mut self, at: usize, headers: &mut [(Address, u32)]) -> bool {
        let own = &self.recipe.dimensions[at];
        let Some(selection) = &own.repeated else { return true };
        let cells = match self.ground.select(selection) {
            Ok(cells) => cells,
            Err(problem) => {
                self.reading.problems.push(problem);
                return false;
            }
        };
        let time = self.only_time();
        let rows: HashMap<u32, usize> =
            headers.iter().enumerate().map(|(number, (cell, _))| (cell.row, number)).collect();
        for cell_at in cells {
            if let Some(Claim::Ignored(_)) = self.claims.get(self.sheet, cell_at) {
                continue;
            }
            self.claims.insert(self.sheet, cell_at, Claim::Header(at as u16));
            let Some(header) = rows.get(&cell_at.row).map(|number| &mut headers[*number]) else {
                continue;
            };
            let (first, member) = *header;
            if member == BROKEN {
                continue;
            }
            let cell = self.sheet.cell(cell_at);
            let parent = self.parent(own, cell_at);
            let read = self.codes.of_cell(at, self.sheet, &cell, parent.as_ref(), time);
            let problem = match read {
                Ok((code, _)) if code == self.reading.members[member as usize].code => continue,
                Ok((code, _)) => {
                    let text = |at| text_of(&self.sheet.cell(at)).unwrap_or_default().into_owned();
                    let means = &self.reading.members[member as usize].code;
                    let (one, other) = (text(first), text(cell_at));
                    Diagnostic::error(
                        Code::K1553,
                        message!(
                            "`{other}` is {code}, but `{one}` in the same row is {means}",
                            other,
                            code,
                            one,
                            means
                        ),
                    )
                    .label(message!("`{name}` once more", name = own.name))
                    .related(self.place(first), message!("`{name}`", name = own.name))
                    .note(message!(
                        "one of the two is wrong, and the figure belongs to one of them"
                    ))
                    .hint(message!("compare the row with the publication, and correct the file"))
                }
                Err(problem) => problem.label(message!("`{name}` once more", name = own.name)),
            };
            let place = self.place(cell_at);
            // The row is told already: its header is no header without figures.
            self.mark(member);
            header.1 = BROKEN;
            self.tell(problem.at(place));
        }
        true
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

    pub(super) fn member(
        &mut self,
        dimension: usize,
        code: Arc<str>,
        cell: Option<Address>,
    ) -> u32 {
        let own = &self.recipe.dimensions[dimension];
        let column = own.is_column.then(|| {
            self.reading.columns.iter().position(|column| *column == own.name).unwrap_or_default()
        });
        let cell = cell.map(|cell| (self.number, cell));
        self.reading.members.push(Member { column, code, cell });
        (self.reading.members.len() - 1) as u32
    }

    /// The member of a dimension for the cell of a figure.
    pub(super) fn resolve(&mut self, dimension: usize, at: Address) -> Result<u32, Missed> {
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
}
