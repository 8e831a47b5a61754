//! Attributes: what columns beside a figure say of it, in the words of a standard.
//!
//! In: a row of a table in long form. Out: what its attributes mean for the figure ([`Said`]): that there is none and
//! why, by what it is multiplied, how many of its decimals are known, and what a reader has to know. A code that is not
//! known is refused at its cell.
//!
//! The codes are those of the SDMX code lists CL_OBS_STATUS and CL_CONF_STATUS.

#![allow(
    clippy::result_large_err,
    reason = "a problem is moved once, and it is the end of the reading"
)]

use super::select::code_of;
use super::values::Missing;
use super::written::Attributes;
use crate::diag::{Code, Diagnostic, Message};
use crate::workbook::{Address, Area, Sheet};

/// The columns of attributes of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    status: Option<u32>,
    confidentiality: Option<u32>,
    multiplier: Option<u32>,
    decimals: Option<u32>,
    action: Option<u32>,
    /// Which dataset the rows are of.
    structure: Vec<u32>,
}

/// What the attributes of a row say of its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Said {
    /// Why there is no figure.
    pub missing: Option<Missing>,
    /// Whether there can be a figure all the same.
    pub may_stand: bool,
    /// What a reader has to know.
    pub note: Option<&'static str>,
    /// The power of ten that the figure is multiplied by.
    pub multiplier: i32,
    /// How many decimals are known, before it is multiplied.
    pub decimals: Option<i32>,
}

/// A problem at a cell.
type Wrong = (Address, Diagnostic);

impl Columns {
    /// Finds the columns by the names of the standard in the head of a table.
    pub(super) fn find(standard: Attributes, sheet: &Sheet, head: Area) -> Self {
        let mut columns = Self::default();
        for cell in sheet.row(head.first.row) {
            let text = code_of(sheet, &cell).unwrap_or_default();
            let at = cell.at.column;
            match (standard, &*text) {
                (Attributes::Sdmx, "OBS_STATUS") | (Attributes::JsonStat, "status") => {
                    columns.status = Some(at);
                }
                (Attributes::Sdmx, "CONF_STATUS") => columns.confidentiality = Some(at),
                (Attributes::Sdmx, "UNIT_MULT") => columns.multiplier = Some(at),
                (Attributes::Sdmx, "DECIMALS") => columns.decimals = Some(at),
                (Attributes::Sdmx, "ACTION") => columns.action = Some(at),
                (
                    Attributes::Sdmx,
                    "DATAFLOW" | "STRUCTURE" | "STRUCTURE_ID" | "STRUCTURE_NAME",
                ) => {
                    columns.structure.push(at);
                }
                _ => {}
            }
        }
        columns
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> {
        [self.status, self.confidentiality, self.multiplier, self.decimals, self.action]
            .into_iter()
            .flatten()
            .chain(self.structure.iter().copied())
    }

    /// Refuses a table in which rows are of several datasets.
    pub(super) fn several(&self, sheet: &Sheet, body: Area) -> Option<Wrong> {
        for column in &self.structure {
            let mut first: Option<String> = None;
            for row in body.first.row..=body.last.row {
                let at = Address::new(row, *column);
                let text = code_of(sheet, &sheet.cell(at)).unwrap_or_default().into_owned();
                match &first {
                    _ if text.is_empty() => {}
                    None => first = Some(text),
                    Some(known) if *known == text => {}
                    Some(known) => {
                        let message = message!(
                            "this row is for `{text}`, but the rows above are for `{known}`",
                            text,
                            known
                        );
                        let problem = Diagnostic::error(Code::K1551, message)
                            .note(message!(
                                "figures of two datasets can have the same name and different \
                                meanings"
                            ))
                            .hint(message!("export each dataset to its own file"));
                        return Some((at, problem));
                    }
                }
            }
        }
        None
    }

    /// What is said of the figure in a row.
    pub(super) fn of(&self, sheet: &Sheet, row: u32) -> Result<Said, Wrong> {
        let text = |column: Option<u32>| -> Option<(Address, String)> {
            let at = Address::new(row, column?);
            let text = code_of(sheet, &sheet.cell(at))?.into_owned();
            (!text.is_empty()).then_some((at, text))
        };
        let mut said = Said::default();
        if let Some((at, code)) = text(self.status) {
            match status(&code) {
                Some(Meaning::Plain) => {}
                Some(Meaning::Noted(note)) => said.note = Some(note),
                Some(Meaning::None { why, note, may_stand }) => {
                    said.missing = Some(why);
                    said.note = Some(note);
                    said.may_stand = may_stand;
                }
                None => return Err((at, unknown(&code, message!("status of a figure")))),
            }
        }
        if let Some((at, code)) = text(self.confidentiality) {
            match &*code {
                "F" => {}
                "A" | "C" | "D" | "E" | "G" | "M" | "N" | "O" | "P" | "R" | "S" | "T" => {
                    said.missing = Some(Missing::Confidential);
                    said.note = Some("confidential");
                    // What may not be published is not read, whether it stands there or not.
                    said.may_stand = false;
                }
                _ => return Err((at, unknown(&code, message!("CONF_STATUS")))),
            }
        }
        if let Some((at, power)) = text(self.multiplier) {
            said.multiplier = whole(&power, -MOST_POWER)
                .ok_or_else(|| (at, unknown(&power, message!("power of ten in UNIT_MULT"))))?;
        }
        if let Some((at, count)) = text(self.decimals) {
            let count = whole(&count, 0)
                .ok_or_else(|| (at, unknown(&count, message!("count of DECIMALS"))))?;
            said.decimals = Some(count);
        }
        if let Some((at, action)) = text(self.action)
            && !matches!(&*action, "A" | "I" | "M" | "R")
        {
            let problem = match &*action {
                "D" => Diagnostic::error(Code::K1551, message!("this row asks to delete a figure"))
                    .note(message!(
                        "kosh never deletes a row: a revision is a row of a new release"
                    ))
                    .hint(message!(
                        "remove the row from the file, and check the figure in the table"
                    )),
                _ => unknown(&action, message!("ACTION")),
            };
            return Err((at, problem));
        }
        Ok(said)
    }

    /// Whether the figure of a row is confidential, whatever stands there.
    pub(super) fn is_secret(said: &Said) -> bool {
        said.missing == Some(Missing::Confidential) && said.note == Some("confidential")
    }
}

/// No figure is multiplied by more than this power of ten.
const MOST_POWER: i32 = 15;

fn whole(text: &str, least: i32) -> Option<i32> {
    let number: i32 = text.trim_end_matches(".0").parse().ok()?;
    (least..=MOST_POWER).contains(&number).then_some(number)
}

fn unknown(code: &str, what: Message) -> Diagnostic {
    Diagnostic::error(Code::K1551, message!("`{code}` is not a known {what}", code, what))
        .note(message!("an attribute can say that a figure is not usable"))
        .hint(message!(
            "look the code up in the definition of the dataset; if it does not concern the \
            figure, omit `attributes` and list its column with a reason under `ignore`"
        ))
}

/// What a status means for a figure.
enum Meaning {
    Plain,
    Noted(&'static str),
    /// There is no figure; `may_stand` if there can be one all the same.
    None {
        why: Missing,
        note: &'static str,
        may_stand: bool,
    },
}

/// The codes of CL_OBS_STATUS.
fn status(code: &str) -> Option<Meaning> {
    let none = |why, note, may_stand| Meaning::None { why, note, may_stand };
    Some(match code {
        "A" => Meaning::Plain,
        "B" => Meaning::Noted("break in the series (status B)"),
        "D" => Meaning::Noted("another definition (status D)"),
        "E" => Meaning::Noted("estimated (status E)"),
        "F" => Meaning::Noted("forecast (status F)"),
        "G" => Meaning::Noted("experimental (status G)"),
        "H" => none(Missing::NotApplicable, "missing: holiday (status H)", false),
        "I" => Meaning::Noted("imputed (status I)"),
        "J" => none(Missing::NotAvailable, "derogation (status J)", true),
        "K" => none(Missing::NotAvailable, "included in another category (status K)", true),
        "L" => none(Missing::NotAvailable, "missing: not collected (status L)", false),
        "M" => none(Missing::NotApplicable, "missing: cannot exist (status M)", false),
        "N" => Meaning::Noted("not significant (status N)"),
        "O" => none(Missing::NotAvailable, "missing (status O)", false),
        "P" => Meaning::Noted("provisional (status P)"),
        "Q" => none(Missing::Confidential, "suppressed (status Q)", false),
        "S" => Meaning::Noted("strike or another special event (status S)"),
        "U" => Meaning::Noted("low reliability (status U)"),
        "V" => Meaning::Noted("not validated (status V)"),
        "W" => Meaning::Noted("includes another category (status W)"),
        _ => return None,
    })
}
