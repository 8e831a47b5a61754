//! Areas: rectangles of a sheet that are found by what cells say, never by addresses.
//!
//! An area begins at a cell that matches once on the sheet; it ends before the first cell behind that which
//! matches the end. An anchor that is merged counts with its whole merged area.

use super::select::{Ground, Selection, text_of};
use super::written::Which;
use crate::diag::{Code, Diagnostic, Place, did_you_mean};
use crate::workbook::{Address, Area, Cell};

/// How a named area is found.
#[derive(Debug, Clone, Default)]
pub(super) struct Bounds {
    pub name: String,
    /// The first row.
    pub top: Option<(Side, Anchor)>,
    /// The first column.
    pub left: Option<(Side, Anchor)>,
    /// The last row.
    pub bottom: Option<(Side, Anchor)>,
    /// The last column.
    pub right: Option<(Side, Anchor)>,
    pub rows: Option<u32>,
    pub columns: Option<u32>,
    /// Whether an end that is not there is the end of the sheet.
    pub or_end: bool,
    /// Where it is written.
    pub place: Option<Place>,
}

/// Whether an area has the anchor's own row or column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It begins or ends with it.
    At,
    /// It begins after it, or ends before it.
    Beside,
}

/// A cell that an area is found by, or another area.
#[derive(Debug, Clone)]
pub(super) enum Anchor {
    /// An area that was found before.
    Area(String),
    /// The cell, and which one if several match.
    Cell(Box<Selection>, Option<Which>),
}

/// Finds an area.
pub(super) fn find(bounds: &Bounds, ground: &Ground<'_>) -> Result<Area, Diagnostic> {
    let Some(sheet) = ground.area(None) else {
        return Err(Diagnostic::error(
            Code::K1504,
            message!("the sheet `{sheet}` is empty", sheet = ground.sheet.name()),
        )
        .at(bounds.place.clone()));
    };
    let begin = |edge: &Option<(Side, Anchor)>| {
        edge.as_ref().map(|(side, anchor)| Ok((*side, start(anchor, ground)?))).transpose()
    };
    let (top, left) = (begin(&bounds.top)?, begin(&bounds.left)?);
    let first = Address::new(
        top.map_or(0, |(side, area): (Side, Area)| match side {
            Side::At => area.first.row,
            Side::Beside => area.last.row.saturating_add(1),
        }),
        left.map_or(0, |(side, area): (Side, Area)| match side {
            Side::At => area.first.column,
            Side::Beside => area.last.column.saturating_add(1),
        }),
    );
    let finish = |edge: &Option<(Side, Anchor)>, is_behind: &dyn Fn(Address) -> bool| match edge {
        Some((side, anchor)) => {
            Ok(end(bounds, anchor, is_behind, ground)?.map(|area| (*side, area)))
        }
        None => Ok::<_, Diagnostic>(None),
    };
    let has_first = matches!(bounds.top, Some((Side::At, _)));
    let is_lower = |at: Address| at.row > first.row || at.row == first.row && !has_first;
    let bottom = finish(&bounds.bottom, &is_lower)?;
    let right = finish(&bounds.right, &|at| at.column > first.column)?;
    let last_row = match (bottom, bounds.rows) {
        (Some((Side::At, area)), _) => area.last.row,
        (Some((Side::Beside, area)), _) => before(area.first.row, bounds, ground)?,
        (None, Some(rows)) => first.row.saturating_add(rows).saturating_sub(1).min(sheet.last.row),
        (None, None) => sheet.last.row,
    };
    let last_column = match (right, bounds.columns) {
        (Some((Side::At, area)), _) => area.last.column,
        (Some((Side::Beside, area)), _) => before(area.first.column, bounds, ground)?,
        (None, Some(columns)) => {
            first.column.saturating_add(columns).saturating_sub(1).min(sheet.last.column)
        }
        (None, None) => sheet.last.column,
    };
    if last_row < first.row || last_column < first.column {
        return Err(nothing(bounds, ground));
    }
    Ok(Area { first, last: Address::new(last_row, last_column) })
}

/// The row or column before one.
fn before(at: u32, bounds: &Bounds, ground: &Ground<'_>) -> Result<u32, Diagnostic> {
    at.checked_sub(1).ok_or_else(|| nothing(bounds, ground))
}

fn nothing(bounds: &Bounds, ground: &Ground<'_>) -> Diagnostic {
    Diagnostic::error(
        Code::K1504,
        message!(
            "the area `{name}` of sheet `{sheet}` has no cells",
            name = bounds.name,
            sheet = ground.sheet.name()
        ),
    )
    .at(bounds.place.clone())
    .note(message!("its end is before its beginning"))
    .hint(message!("check the anchors with `kosh recipe picture`"))
}

/// Where an area may begin: the cell that matches, with the area it is merged into.
fn start(anchor: &Anchor, ground: &Ground<'_>) -> Result<Area, Diagnostic> {
    let (selection, which) = match anchor {
        Anchor::Area(name) => {
            return Ok(ground
                .areas
                .get(name)
                .copied()
                .unwrap_or(Area { first: Address::new(0, 0), last: Address::new(0, 0) }));
        }
        Anchor::Cell(selection, which) => (selection, which),
    };
    let found = ground.select(selection)?;
    let at = match (&found[..], which) {
        ([], _) => return Err(absent(selection, ground)),
        ([one], _) => *one,
        ([first, ..], Some(Which::First)) => *first,
        ([.., last], Some(Which::Last)) => *last,
        (several, None) => {
            let message = message!(
                "{number_of_several} cells of sheet `{sheet}` match the anchor, but it must match one",
                number_of_several = several.len(),
                sheet = ground.sheet.name()
            );
            return Err(ground.several(message, several, selection.place.clone()));
        }
    };
    ground.anchors.borrow_mut().insert(at);
    Ok(ground.sheet.merged(at).unwrap_or(Area { first: at, last: at }))
}

/// The first cell behind the beginning that matches the end; `None` where the sheet's end will do.
fn end(
    bounds: &Bounds,
    anchor: &Anchor,
    is_behind: &dyn Fn(Address) -> bool,
    ground: &Ground<'_>,
) -> Result<Option<Area>, Diagnostic> {
    let (selection, which) = match anchor {
        Anchor::Area(name) => return Ok(ground.areas.get(name).copied()),
        Anchor::Cell(selection, which) => (selection, which),
    };
    let Some(rest) = ground.area(selection.within.as_deref()) else { return Ok(None) };
    let mut found: Option<Address> = None;
    for cell in ground.filled(rest) {
        if is_behind(cell.at) && ground.matches(selection, &cell)? {
            found = Some(cell.at);
            if *which != Some(Which::Last) {
                break;
            }
        }
    }
    match found {
        Some(at) => {
            ground.anchors.borrow_mut().insert(at);
            Ok(Some(ground.sheet.merged(at).unwrap_or(Area { first: at, last: at })))
        }
        None if bounds.or_end => Ok(None),
        None => Err(absent(selection, ground)
            .hint(message!("write `or-end = true` if the table may end with the sheet"))),
    }
}

/// The problem that no cell matches an anchor, with the text that is nearest.
fn absent(selection: &Selection, ground: &Ground<'_>) -> Diagnostic {
    let message = match &selection.texts[..] {
        [] => {
            message!("no cell of sheet `{sheet}` matches the anchor", sheet = ground.sheet.name())
        }
        [text, ..] => message!(
            "no cell of sheet `{sheet}` has the text `{text}`",
            sheet = ground.sheet.name(),
            text
        ),
    };
    let said: Vec<String> = ground
        .sheet
        .filled()
        .filter_map(|cell: Cell<'_>| Some(super::names::folded(&text_of(&cell)?)))
        .take(500)
        .collect();
    let near = selection
        .texts
        .iter()
        .find_map(|text| crate::diag::nearest(text, said.iter().map(String::as_str)));
    Diagnostic::error(Code::K1504, message)
        .at(selection.place.clone())
        .note(message!("an area is found by its anchor; without it none of its cells is read"))
        .maybe_hint(near.and_then(|near| did_you_mean(near, [near])))
        .hint(message!("write the present text of the sheet, if only its wording has changed"))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use indexmap::IndexMap;

    use super::super::names::{Names, folded};
    use super::*;
    use crate::workbook::{Options, Workbook};

    const SHEET: &str =
        "Title,,\n,2024,2025\nRegion,a,b\nNorth,1,2\nSouth,3,4\n* note,,\nSource,,\n";

    fn anchor(text: &str) -> Anchor {
        let selection = Selection { texts: vec![folded(text)], ..Selection::default() };
        Anchor::Cell(Box::new(selection), None)
    }

    /// The area that bounds find on the sheet, or what is wrong.
    fn found(text: &str, bounds: Bounds) -> Result<String, String> {
        let book =
            Workbook::read(text.as_bytes(), Path::new("a.csv"), &Options::default()).unwrap();
        let lexicons: BTreeMap<String, Names> = BTreeMap::new();
        let ground = Ground {
            sheet: &book.sheets[0],
            areas: IndexMap::from([("head".to_owned(), Area::read("A2:C3").unwrap())]),
            lexicons: &lexicons,
            anchors: RefCell::new(BTreeSet::new()),
            workbook: &book,
        };
        find(&bounds, &ground)
            .map(|area| area.to_string())
            .map_err(|problem| problem.message.to_string())
    }

    #[test]
    fn an_area_begins_at_or_behind_its_anchor_and_ends_before_the_next() {
        let top = |side, text: &str| Some((side, anchor(text)));
        for (bounds, area) in [
            (Bounds::default(), "A1:C7"),
            (Bounds { top: top(Side::At, "region"), ..Bounds::default() }, "A3:C7"),
            (Bounds { top: top(Side::Beside, "region"), ..Bounds::default() }, "A4:C7"),
            (
                Bounds {
                    top: top(Side::Beside, " REGION "),
                    bottom: top(Side::Beside, "* note"),
                    ..Bounds::default()
                },
                "A4:C5",
            ),
            (
                Bounds {
                    top: top(Side::At, "Region"),
                    bottom: top(Side::At, "South"),
                    ..Bounds::default()
                },
                "A3:C5",
            ),
            (Bounds { left: top(Side::Beside, "2024"), ..Bounds::default() }, "C1:C7"),
            (Bounds { right: top(Side::Beside, "2025"), ..Bounds::default() }, "A1:B7"),
            (
                Bounds { left: top(Side::At, "2024"), columns: Some(1), ..Bounds::default() },
                "B1:B7",
            ),
            (Bounds { top: top(Side::At, "title"), rows: Some(2), ..Bounds::default() }, "A1:C2"),
            (
                Bounds {
                    top: Some((Side::Beside, Anchor::Area("head".into()))),
                    ..Bounds::default()
                },
                "A4:C7",
            ),
            (
                Bounds { bottom: top(Side::Beside, "end"), or_end: true, ..Bounds::default() },
                "A1:C7",
            ),
        ] {
            assert_eq!(found(SHEET, bounds.clone()).as_deref(), Ok(area), "{bounds:?}");
        }
    }

    #[test]
    fn an_anchor_that_is_not_there_once_finds_nothing() {
        let top = |text: &str| Bounds { top: Some((Side::At, anchor(text))), ..Bounds::default() };
        assert!(found(SHEET, top("Regions")).unwrap_err().contains("has the text `regions`"));
        let twice = format!("{SHEET}Region,,\n");
        assert!(found(&twice, top("Region")).unwrap_err().contains("2 cells"));
        let which = |which| {
            let selection = Selection { texts: vec!["region".into()], ..Selection::default() };
            let anchor = Anchor::Cell(Box::new(selection), Some(which));
            Bounds { top: Some((Side::At, anchor)), ..Bounds::default() }
        };
        assert_eq!(found(&twice, which(Which::First)).as_deref(), Ok("A3:C8"));
        assert_eq!(found(&twice, which(Which::Last)).as_deref(), Ok("A8:C8"));
        let end = Bounds { bottom: Some((Side::Beside, anchor("end"))), ..Bounds::default() };
        assert!(found(SHEET, end).is_err());
        let nothing = Bounds { top: Some((Side::Beside, anchor("Source"))), ..Bounds::default() };
        assert!(found(SHEET, nothing).unwrap_err().contains("has no cells"));
    }
}
