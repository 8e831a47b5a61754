//! One sheet: areas, then what is left out, then headers, then figures; what is left is named.
//!
//! Each step is a file: `left_out`, `headers`, `figures` or `sentences`, and `unclaimed`.

mod figures;
mod headers;
mod left_out;
mod sentences;
mod unclaimed;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;

use super::areas;
use super::attributes::Columns;
use super::code::Codes;
use super::lookup::Headers;
use super::recipe::Recipe;
use super::select::Ground;
use super::values::Notation;
use super::{Claim, Claims, ReadSheet, Reading, SHOWN};
use crate::diag::{Code, Diagnostic, Place};
use crate::workbook::{Address, Sheet, Workbook};

/// The member of a header that could not be read, of which a problem tells.
const BROKEN: u32 = u32::MAX;

/// Where a dimension is found on the sheet.
enum Found {
    /// The same for all of its figures.
    Fixed(u32),
    /// In headers.
    Headers(Headers),
    /// In others' texts.
    Join,
}

/// What decides how a figure is written: its unit, its multiplier and its decimals.
type Written = (Arc<str>, i32, Option<i32>);

/// A sheet while it is read.
struct Reader<'a, 'c> {
    recipe: &'a Recipe,
    workbook: &'a Workbook,
    sheet: &'a Sheet,
    number: u16,
    codes: &'c mut Codes<'a>,
    reading: &'c mut Reading,
    ground: Ground<'a>,
    claims: Claims,
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
    notations: HashMap<Written, Rc<Notation>>,
    last_notation: Option<(Written, Rc<Notation>)>,
    /// The unit of all figures, if the recipe says it.
    unit: Option<Arc<str>>,
    /// The columns that say something of the figure in their row.
    attributes: Option<Columns>,
    /// How many problems of each kind were found.
    reported: HashMap<Code, usize>,
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
        claims: Claims::none(sheet),
        ignored_rows: HashSet::new(),
        ignored_columns: HashSet::new(),
        found: vec![],
        used: vec![],
        joined: HashMap::new(),
        otherwise: HashMap::new(),
        notations: HashMap::new(),
        last_notation: None,
        unit: recipe.values.unit.as_deref().map(Arc::from),
        attributes: None,
        reported: HashMap::new(),
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
            self.claims.add(self.sheet, at, Claim::Anchor);
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
        let reported = self.reported.entry(problem.code).or_default();
        *reported += 1;
        if *reported <= SHOWN {
            self.reading.problems.push(problem);
        }
    }

    /// Says how many problems were not told one by one.
    fn many(&mut self) {
        let mut more: Vec<(Code, usize)> = self
            .reported
            .iter()
            .filter(|(_, n)| **n > SHOWN)
            .map(|(code, n)| (*code, n - SHOWN))
            .collect();
        more.sort_unstable();
        for (code, count) in more {
            self.reading.problems.push(
                Diagnostic::error(code, message!("{count} more of this kind are not shown", count))
                    .at(Place::Path(self.workbook.path.clone())),
            );
        }
    }
}
