//! What is hidden, and what the recipe leaves out.

use std::collections::BTreeSet;

use super::super::Claim;
use super::super::recipe::Extent;
use super::super::written::Hidden;
use super::Reader;
use crate::diag::{Code, Diagnostic};
use crate::workbook::Address;

impl Reader<'_, '_> {
    /// What becomes of hidden rows and columns that say something.
    pub(super) fn hidden(&mut self) {
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
                self.claims.insert(self.sheet, cell.at, Claim::Ignored(reason));
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
                    1 => message!("the {word} {number} is hidden and has content", word, number),
                    _ => {
                        message!(
                            "{many} {word}s are hidden and have content, {number} is the first",
                            many,
                            word,
                            number
                        )
                    }
                };
                self.tell(
                    Diagnostic::error(Code::K1507, message)
                        .at(self.place(first))
                        .note(message!("people who look at the file do not see it"))
                        .hint(message!("write `{word}s = \"read\"` or `\"ignore\"` under `[hidden]` of the recipe", word)),
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
    pub(super) fn ignored(&mut self) -> bool {
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
                        self.claims.insert(self.sheet, *at, Claim::Ignored(number as u16));
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
            for at in all {
                self.claims.insert(self.sheet, at, Claim::Ignored(number as u16));
            }
            self.ignored_rows.extend(&rows);
            self.ignored_columns.extend(&columns);
        }
        true
    }
}
