//! What is left when everything was read: cells that nobody claimed, and headers without figures.

use super::super::Claim;
use super::super::select::{listed, text_of};
use super::Reader;
use crate::diag::{Code, Diagnostic, Message};
use crate::workbook::Address;

impl Reader<'_, '_> {
    /// Names the cells that nobody claimed.
    pub(super) fn unclaimed(&mut self) -> Vec<Address> {
        let sheet = self.sheet;
        let unclaimed = self.claims.left(sheet);
        for at in &unclaimed {
            let cell = sheet.cell(*at);
            let text = text_of(&cell).unwrap_or_default().into_owned();
            let area = self.ground.areas.iter().find(|(_, area)| area.contains(*at));
            let within =
                area.map_or_else(Message::default, |(name, _)| message!(" (in `{name}`)", name));
            let problem = Diagnostic::error(
                Code::K1506,
                message!("the recipe does not claim the cell `{text}`{within}", text, within),
            )
            .at(self.place(*at))
            .note(message!("a cell that the recipe does not know may be a new row"))
            .hint(
                message!("add it to the `cells` of a dimension, or to `[[ignore]]` with the reason why it is \
                not needed"),
            );
            self.tell(problem);
        }
        unclaimed
    }

    /// Names headers that no figure looked up.
    pub(super) fn unused(&mut self) {
        // Where figures were refused, their headers are no news.
        if self.reported.contains_key(&Code::K1505) || self.reported.contains_key(&Code::K1512) {
            return;
        }
        self.used.resize(self.reading.members.len(), false);
        let mut by_dimension: Vec<Vec<Address>> = vec![vec![]; self.recipe.dimensions.len()];
        for (number, member) in self.reading.members.iter().enumerate() {
            let Some((_, at)) = member.cell.filter(|(sheet, _)| *sheet == self.number) else {
                continue;
            };
            if let (false, Some(Claim::Header(dimension))) =
                (self.used[number], self.claims.get(self.sheet, at))
            {
                by_dimension[usize::from(dimension)].push(at);
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
                1 => message!("no figure belongs to the header `{text}` of `{name}`", text, name),
                n => message!(
                    "no figure belongs to {n} headers of `{name}`, `{text}` the first",
                    n,
                    name,
                    text
                ),
            };
            let problem = Diagnostic::error(Code::K1508, message)
                .at(self.place(*first))
                .note(message!("the headers are {cells}", cells = listed(&cells)))
                .note(message!("a header without figures may be an empty row, or may have moved"))
                .hint(message!("if it has no figures on purpose, ignore it with a reason"));
            self.tell(problem);
        }
    }
}
