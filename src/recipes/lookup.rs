//! Lookups: which header belongs to a figure, said from the figure.
//!
//! | `directly` | the nearest header in the figure's own column (above, below) or row (left, right) |
//! | `closest`  | the last header met on the way to that side, in whatever row or column |
//! | `by = "merge"` | the header above or to the left whose merged area reaches over the figure |
//!
//! A merged header reaches over exactly its area. Where one header of a dimension is merged, none of the others
//! reaches further than its own area or cell: by distance alone a header between two columns takes its neighbour's
//! figures.

use std::collections::HashMap;

use super::written::Direction;
use crate::workbook::{Address, Area, Sheet};

/// How a figure finds its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lookup {
    Directly(Direction),
    Closest(Direction),
    Merge,
    /// The only one in the figure's own row, on either side.
    Row,
}

/// A header of a dimension on a sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    /// The cells that it stands for: its merged area, or itself.
    pub area: Area,
    /// Its number among the members.
    pub member: u32,
}

/// Why a figure has no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missed {
    /// None is there.
    Nothing,
    /// Two of them are as near.
    Several(Address, Address),
    /// The nearest does not reach so far.
    Beyond(Area),
    /// The figure lies outside the area in which headers count.
    Outside(Area),
}

/// As many rows and columns under headers are looked up; the headers of a sheet that claims more reach over none.
const MOST_ENTRIES: usize = 20_000_000;

/// The headers of a dimension on a sheet, so that each figure finds its own quickly.
#[derive(Debug)]
pub(super) struct Headers {
    lookup: Lookup,
    all: Vec<Header>,
    /// For each column the headers that reach over it, from top to bottom.
    columns: HashMap<u32, Vec<u32>>,
    /// For each row the headers that reach over it, from left to right.
    rows: HashMap<u32, Vec<u32>>,
    /// In the order of the direction in which the closest is looked for.
    in_order: Vec<u32>,
    /// Whether one of them is merged along that direction.
    is_merged: bool,
    /// The area in which the closest counts.
    bounds: Option<Area>,
}

impl Headers {
    /// The headers that stand at these cells; `member` is what each of them says.
    pub(super) fn new(
        lookup: Lookup,
        cells: &[(Address, u32)],
        bounds: Option<Area>,
        sheet: &Sheet,
    ) -> Self {
        let header = |(at, member): &(Address, u32)| {
            let area = sheet.merged(*at).unwrap_or(Area { first: *at, last: *at });
            Header { area, member: *member }
        };
        let all: Vec<Header> = cells.iter().map(header).collect();
        let (mut columns, mut rows): (HashMap<u32, Vec<u32>>, HashMap<u32, Vec<u32>>) =
            (HashMap::new(), HashMap::new());
        let (by_column, by_row) = match lookup {
            Lookup::Directly(Direction::Above | Direction::Below) => (true, false),
            Lookup::Directly(Direction::Left | Direction::Right) | Lookup::Row => (false, true),
            Lookup::Merge => (true, true),
            Lookup::Closest(_) => (false, false),
        };
        // What lies beyond the last cell is a header of nothing.
        let (last_row, last_column) = sheet.size();
        let mut room = MOST_ENTRIES;
        for (number, header) in all.iter().enumerate() {
            let (first, last) = (header.area.first, header.area.last);
            let wide = first.column..=last.column.min(last_column);
            for column in wide.filter(|_| by_column).take(room) {
                columns.entry(column).or_default().push(number as u32);
                room -= 1;
            }
            let high = first.row..=last.row.min(last_row);
            for row in high.filter(|_| by_row).take(room) {
                rows.entry(row).or_default().push(number as u32);
                room -= 1;
            }
        }
        for list in columns.values_mut() {
            list.sort_by_key(|number| all[*number as usize].area.first.row);
        }
        for list in rows.values_mut() {
            list.sort_by_key(|number| all[*number as usize].area.first.column);
        }
        let mut in_order: Vec<u32> = (0..all.len() as u32).collect();
        let mut is_merged = false;
        if let Lookup::Closest(direction) = lookup {
            in_order.sort_by_key(|number| {
                let at = all[*number as usize].area.first;
                along(direction, at)
            });
            is_merged = all.iter().any(|header| match direction {
                Direction::Above | Direction::Below => header.area.rows() > 1,
                Direction::Left | Direction::Right => header.area.columns() > 1,
            });
        }
        Self { lookup, all, columns, rows, in_order, is_merged, bounds }
    }

    /// The member of the header of a figure.
    pub(super) fn of(&self, at: Address) -> Result<u32, Missed> {
        match self.lookup {
            Lookup::Directly(direction) => {
                self.directly(direction, at).map(|header| header.member).ok_or(Missed::Nothing)
            }
            Lookup::Closest(direction) => self.closest(direction, at).map(|header| header.member),
            Lookup::Merge => self.merge(at).map(|header| header.member),
            Lookup::Row => match self.rows.get(&at.row).map_or(&[][..], Vec::as_slice) {
                [one] => Ok(self.all[*one as usize].member),
                [] => Err(Missed::Nothing),
                [one, other, ..] => {
                    let first = |number: &u32| self.all[*number as usize].area.first;
                    Err(Missed::Several(first(one), first(other)))
                }
            },
        }
    }

    fn directly(&self, direction: Direction, at: Address) -> Option<&Header> {
        let header = |number: &u32| &self.all[*number as usize];
        match direction {
            Direction::Above => {
                let list = self.columns.get(&at.column)?;
                let before = list.partition_point(|n| header(n).area.first.row < at.row);
                list[..before].iter().rev().map(header).find(|header| header.area.last.row < at.row)
            }
            Direction::Below => {
                let list = self.columns.get(&at.column)?;
                let from = list.partition_point(|n| header(n).area.first.row <= at.row);
                list.get(from).map(header)
            }
            Direction::Left => {
                let list = self.rows.get(&at.row)?;
                let before = list.partition_point(|n| header(n).area.first.column < at.column);
                let mut left = list[..before].iter().rev().map(header);
                left.find(|header| header.area.last.column < at.column)
            }
            Direction::Right => {
                let list = self.rows.get(&at.row)?;
                let from = list.partition_point(|n| header(n).area.first.column <= at.column);
                list.get(from).map(header)
            }
        }
    }

    fn closest(&self, direction: Direction, at: Address) -> Result<&Header, Missed> {
        if let Some(bounds) = self.bounds {
            let is_inside = match direction {
                Direction::Left | Direction::Right => {
                    (bounds.first.column..=bounds.last.column).contains(&at.column)
                }
                Direction::Above | Direction::Below => {
                    (bounds.first.row..=bounds.last.row).contains(&at.row)
                }
            };
            if !is_inside {
                return Err(Missed::Outside(bounds));
            }
        }
        let header = |number: u32| &self.all[number as usize];
        let own = along(direction, at);
        let position = |number: u32| along(direction, header(number).area.first);
        let nearest = match direction {
            Direction::Above | Direction::Left => {
                let behind = self.in_order.partition_point(|number| position(*number) <= own);
                behind.checked_sub(1)
            }
            Direction::Below | Direction::Right => {
                let before = self.in_order.partition_point(|number| position(*number) < own);
                Some(before).filter(|at| *at < self.in_order.len())
            }
        };
        let nearest = nearest.ok_or(Missed::Nothing)?;
        let found = header(self.in_order[nearest]);
        // What stands in the figure's own row or column has to be before it.
        let beside = [nearest.checked_sub(1), nearest.checked_add(1)];
        for other in beside.into_iter().flatten().filter_map(|other| self.in_order.get(other)) {
            if position(*other) == position(self.in_order[nearest]) {
                return Err(Missed::Several(found.area.first, header(*other).area.first));
            }
        }
        let reaches = match direction {
            Direction::Above | Direction::Below => {
                (found.area.first.row..=found.area.last.row).contains(&at.row)
            }
            Direction::Left | Direction::Right => {
                (found.area.first.column..=found.area.last.column).contains(&at.column)
            }
        };
        if self.is_merged && !reaches {
            return Err(Missed::Beyond(found.area));
        }
        Ok(found)
    }

    fn merge(&self, at: Address) -> Result<&Header, Missed> {
        let above = self.directly(Direction::Above, at);
        let left = self.directly(Direction::Left, at);
        match (above, left) {
            (Some(above), Some(left)) => Err(Missed::Several(above.area.first, left.area.first)),
            (Some(one), None) | (None, Some(one)) => Ok(one),
            (None, None) => Err(Missed::Nothing),
        }
    }
}

/// The coordinate that grows away from the beginning of the sheet.
fn along(direction: Direction, at: Address) -> u32 {
    match direction {
        Direction::Above | Direction::Below => at.row,
        Direction::Left | Direction::Right => at.column,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rust_xlsxwriter::{Format, Workbook as Writer};

    use super::*;
    use crate::workbook::{Options, Workbook};

    fn at(name: &str) -> Address {
        Address::read(name).unwrap()
    }

    /// A sheet with these merged areas.
    fn merged(areas: &[&str]) -> Workbook {
        let mut book = Writer::new();
        let sheet = book.add_worksheet();
        sheet.write(20, 20, 1).unwrap();
        for area in areas {
            let area = Area::read(area).unwrap();
            let (first, last) = (area.first, area.last);
            let (one, other) = (first.column as u16, last.column as u16);
            sheet.merge_range(first.row, one, last.row, other, "x", &Format::new()).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        Workbook::read(&bytes, Path::new("a.xlsx"), &Options::default()).unwrap()
    }

    /// Headers at these cells, numbered from 0.
    fn headers(book: &Workbook, lookup: Lookup, cells: &[&str], bounds: Option<&str>) -> Headers {
        let cells: Vec<(Address, u32)> =
            cells.iter().enumerate().map(|(number, cell)| (at(cell), number as u32)).collect();
        let bounds = bounds.map(|bounds| Area::read(bounds).unwrap());
        Headers::new(lookup, &cells, bounds, &book.sheets[0])
    }

    #[test]
    fn directly_takes_the_nearest_in_the_own_column_or_row() {
        let book = merged(&[]);
        let above = headers(&book, Lookup::Directly(Direction::Above), &["B1", "C1", "B5"], None);
        for (figure, found) in [
            ("B3", Ok(0)),
            ("C9", Ok(1)),
            ("B6", Ok(2)),
            ("D3", Err(Missed::Nothing)),
            ("B1", Err(Missed::Nothing)),
        ] {
            assert_eq!(above.of(at(figure)), found, "{figure}");
        }
        let below = headers(&book, Lookup::Directly(Direction::Below), &["B5", "B9"], None);
        assert_eq!((below.of(at("B3")), below.of(at("B6"))), (Ok(0), Ok(1)));
        assert_eq!(below.of(at("B9")), Err(Missed::Nothing));
        let left = headers(&book, Lookup::Directly(Direction::Left), &["A3", "C3", "A4"], None);
        assert_eq!(
            (left.of(at("B3")), left.of(at("D3")), left.of(at("D4"))),
            (Ok(0), Ok(1), Ok(2))
        );
        assert_eq!(left.of(at("D5")), Err(Missed::Nothing));
        let right = headers(&book, Lookup::Directly(Direction::Right), &["E3"], None);
        assert_eq!((right.of(at("B3")), right.of(at("E3"))), (Ok(0), Err(Missed::Nothing)));
    }

    #[test]
    fn directly_and_merge_reach_over_exactly_the_merged_cells() {
        let book = merged(&["B1:C1", "A4:A6"]);
        for lookup in [Lookup::Directly(Direction::Above), Lookup::Merge] {
            let above = headers(&book, lookup, &["B1", "D1"], None);
            let of = |cell| above.of(at(cell));
            assert_eq!((of("B3"), of("C3"), of("D3")), (Ok(0), Ok(0), Ok(1)));
            assert_eq!(of("E3"), Err(Missed::Nothing));
        }
        for lookup in [Lookup::Directly(Direction::Left), Lookup::Merge] {
            let left = headers(&book, lookup, &["A4"], None);
            assert_eq!((left.of(at("B4")), left.of(at("B6"))), (Ok(0), Ok(0)));
            assert_eq!(left.of(at("B7")), Err(Missed::Nothing));
        }
        let both = headers(&book, Lookup::Merge, &["B1", "A4"], None);
        assert_eq!(both.of(at("B5")), Err(Missed::Several(at("B1"), at("A4"))));
    }

    #[test]
    fn closest_takes_the_last_one_on_the_way_inside_its_area() {
        let book = merged(&[]);
        let left = headers(&book, Lookup::Closest(Direction::Left), &["B1", "D1"], Some("B1:E2"));
        for (figure, found) in [
            ("B5", Ok(0)),
            ("C5", Ok(0)),
            ("D5", Ok(1)),
            ("E5", Ok(1)),
            ("A5", Err(Missed::Outside(Area::read("B1:E2").unwrap()))),
            ("F5", Err(Missed::Outside(Area::read("B1:E2").unwrap()))),
        ] {
            assert_eq!(left.of(at(figure)), found, "{figure}");
        }
        let above = headers(&book, Lookup::Closest(Direction::Above), &["A2", "A6"], Some("A1:D9"));
        for (figure, found) in
            [("C1", Err(Missed::Nothing)), ("C2", Ok(0)), ("D5", Ok(0)), ("B9", Ok(1))]
        {
            assert_eq!(above.of(at(figure)), found, "{figure}");
        }
        let below = headers(&book, Lookup::Closest(Direction::Below), &["A2", "A6"], Some("A1:D9"));
        assert_eq!((below.of(at("B1")), below.of(at("B3"))), (Ok(0), Ok(1)));
        assert_eq!(below.of(at("B7")), Err(Missed::Nothing));
        let right = headers(&book, Lookup::Closest(Direction::Right), &["C1"], Some("A1:D9"));
        assert_eq!((right.of(at("B4")), right.of(at("D4"))), (Ok(0), Err(Missed::Nothing)));
    }

    #[test]
    fn closest_reaches_no_further_than_merged_cells_and_never_chooses_between_two() {
        let book = merged(&["B1:C1"]);
        let left = headers(&book, Lookup::Closest(Direction::Left), &["B1", "E1"], Some("B1:F2"));
        assert_eq!((left.of(at("C5")), left.of(at("E5"))), (Ok(0), Ok(1)));
        assert_eq!(left.of(at("D5")), Err(Missed::Beyond(Area::read("B1:C1").unwrap())));
        // A single cell beside a merged one has its own column only.
        assert_eq!(left.of(at("F5")), Err(Missed::Beyond(Area::read("E1").unwrap())));
        let two = headers(&book, Lookup::Closest(Direction::Above), &["A2", "B2"], Some("A1:D9"));
        assert!(matches!(two.of(at("C4")), Err(Missed::Several(..))));
    }
}
