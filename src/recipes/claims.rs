//! Claims: what each cell of a sheet was taken for.
//!
//! Most cells of a sheet that say something are claimed, so the claims of these stand in one list, in the order of the
//! cells; those of empty cells are few.

use std::collections::HashMap;

use super::Claim;
use crate::workbook::{Address, Sheet};

/// What the cells of a sheet were taken for. It is always asked with the sheet that it was made for.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// Of each cell that says something.
    filled: Vec<Option<Claim>>,
    /// Of the others.
    empty: HashMap<Address, Claim>,
}

impl Claims {
    /// No cell of a sheet is claimed.
    pub(super) fn none(sheet: &Sheet) -> Self {
        Self { filled: vec![None; sheet.count()], empty: HashMap::new() }
    }

    /// What a cell was taken for.
    pub fn get(&self, sheet: &Sheet, at: Address) -> Option<Claim> {
        match sheet.number(at) {
            Some(number) => self.filled.get(number).copied().flatten(),
            None => self.empty.get(&at).copied(),
        }
    }

    /// Claims a cell, whatever it was taken for before.
    pub(super) fn insert(&mut self, sheet: &Sheet, at: Address, claim: Claim) {
        match sheet.number(at).and_then(|number| self.filled.get_mut(number)) {
            Some(own) => *own = Some(claim),
            None => drop(self.empty.insert(at, claim)),
        }
    }

    /// Claims a cell that nobody claims.
    pub(super) fn add(&mut self, sheet: &Sheet, at: Address, claim: Claim) {
        if self.get(sheet, at).is_none() {
            self.insert(sheet, at, claim);
        }
    }

    /// The cells that say something and that nobody claims, in order.
    pub(super) fn left(&self, sheet: &Sheet) -> Vec<Address> {
        let cells = sheet.filled().zip(&self.filled);
        cells.filter(|(_, claim)| claim.is_none()).map(|(cell, _)| cell.at).collect()
    }
}
