//! An xlsx file to sheets: its parts are read one after another, and none is held as a whole.
//!
//! calamine would read it, but it joins the runs of a text, so that `12 345` with a raised `1)` behind
//! it is 12 3451), and it tells neither hidden rows nor styles. Here a raised run is kept apart.
//!
//! | file | |
//! |---|---|
//! | `strings` | texts and their runs |
//! | `styles` | fonts, indents, number formats |
//! | `days` | numbers that are shown as days |
//! | `cells` | a sheet |

mod cells;
mod days;
mod strings;
mod styles;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use quick_xml::events::Event;

use super::fault::{Fault, Outcome};
use super::package::{Package, Relation};
use super::sheet::{Room, Visibility};
use super::texts::Texts;
use super::xml::Attributes;
use super::{Format, Sheet, Style, Workbook};
use crate::diag::Result;

pub(super) use days::{iso, moment};

/// What all sheets of a workbook share.
struct Shared {
    texts: Arc<Texts>,
    styles: Arc<[Style]>,
    counts_from_1904: bool,
    /// It asks to be computed when it is opened, so a zero beside a formula means nothing.
    never_calculated: bool,
}

/// A sheet that the workbook lists.
struct Listed {
    name: String,
    visibility: Visibility,
    part: String,
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], path: &Path) -> Result<Workbook> {
    let sheets = sheets(bytes).map_err(|fault| fault.of(path))?;
    Ok(Workbook {
        path: path.to_path_buf(),
        format: Format::Xlsx,
        sheets,
        reading: None,
        knows_styles: true,
        knows_hidden: true,
        knows_merged: true,
        beside: None,
        source: None,
    })
}

fn sheets(bytes: &[u8]) -> Outcome<Vec<Sheet>> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let relations = package.relations(&main)?;
    let (listed, counts_from_1904, never_calculated) = workbook(&mut package, &main, &relations)?;
    let part = |kind: &str| relations.iter().find(|r| r.kind == kind).map(|r| r.target.clone());
    let texts = match part("sharedStrings") {
        Some(part) if package.has(&part) => strings::read(&mut package, &part)?,
        _ => Texts::default(),
    };
    let styles = match part("styles") {
        Some(part) if package.has(&part) => styles::read(&mut package, &part)?.into(),
        _ => Arc::from([]),
    };
    let shared = Shared { texts: Arc::new(texts), styles, counts_from_1904, never_calculated };
    let mut sheets = vec![];
    let mut left = Room::WHOLE;
    for one in listed {
        let sheet = cells::read(&mut package, &one, &shared, left)?;
        left = left.beside(&sheet);
        sheets.push(sheet);
    }
    match sheets.is_empty() {
        true => Err(Fault::Broken(message!("{main}: it lists no sheet", main))),
        false => Ok(sheets),
    }
}

/// The name of the part that lists the sheets.
fn main_part(package: &mut Package) -> Outcome<String> {
    let relations = package.relations("")?;
    let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
    Ok(main.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target))
}

/// Sheets a workbook may list.
const MOST_SHEETS: usize = 10_000;

/// The sheets in order, whether days are counted from 1904, and whether nothing was ever computed.
fn workbook(
    package: &mut Package,
    main: &str,
    relations: &[Relation],
) -> Outcome<(Vec<Listed>, bool, bool)> {
    let mut xml = package.part(main)?;
    let (mut sheets, mut from_1904, mut never_calculated) = (vec![], false, false);
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = Attributes::of(&tag);
                match tag.local_name().as_ref() {
                    b"workbookPr" => from_1904 = attributes.flag("date1904"),
                    b"calcPr" => never_calculated = attributes.flag("fullCalcOnLoad"),
                    b"sheet" => {
                        let id = attributes.prefixed("id").unwrap_or_default();
                        let Some(relation) = relations.iter().find(|r| r.id == id) else {
                            return Err(Fault::Broken(message!(
                                "{main}: a sheet without a part",
                                main
                            )));
                        };
                        // Sheets of charts and of macros have no cells.
                        if relation.kind != "worksheet" {
                            continue;
                        }
                        if sheets.len() >= MOST_SHEETS {
                            let why = message!(
                                "it has more than {most_sheets} sheets",
                                most_sheets = MOST_SHEETS
                            );
                            return Err(Fault::TooLarge(why));
                        }
                        let visibility = match attributes.text("state").as_deref() {
                            Some("hidden") => Visibility::Hidden,
                            Some("veryHidden") => Visibility::VeryHidden,
                            _ => Visibility::Visible,
                        };
                        let name = attributes.text("name").unwrap_or_default();
                        sheets.push(Listed { name, visibility, part: relation.target.clone() });
                    }
                    _ => {}
                }
            }
            Event::Eof => return Ok((sheets, from_1904, never_calculated)),
            _ => {}
        }
    }
}
