//! Coverage: which members of a measure a release publishes, and which it leaves out.
//!
//! In: a resource of role `coverage`. Each row is a claim with a source: the release names every member,
//! every member with a positive value, the listed members, or nothing at all. Out: [`Coverage`] rows
//! whose names are checked against the tables, and K0213 where a row of the data contradicts a claim.
//! What follows for an indicator is decided in `indicators`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;

use super::field::{Column, Meaning, Problems, Registers};
use super::package::Resource;
use super::{RowId, Table, Time, register};
use crate::diag::{Code, Diagnostic, Message, Place, SourceText, did_you_mean, slashed};

/// Which members of a measure a release publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// Every member of the dimension.
    All,
    /// Every member with a positive value; these are listed, the others are zero or negative.
    Positive,
    /// Only the listed members.
    Listed,
    /// Nothing; the measure is known not to be published.
    None,
}

/// What one release publishes of one measure.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The row of the coverage table.
    pub row: RowId,
    /// The name of the observation table.
    pub table: String,
    /// The measure: dimensions of the table, each with its member.
    pub fixed: Vec<(String, String)>,
    /// The dimension whose members are listed; `None` if the claim is about the measure as a whole.
    pub by: Option<String>,
    /// The release; `None` for any release.
    pub vintage: Option<Arc<str>>,
    /// The time; `None` for any time of the release.
    pub period: Option<Time>,
    /// What is published.
    pub published: Published,
    /// The listed members.
    pub members: Vec<Arc<str>>,
    /// The key of the source of this claim.
    pub source: Arc<str>,
    /// The place of the row.
    pub place: Place,
}

impl Coverage {
    /// Whether it covers a selection of a table: its measure is the selected one or a wider one.
    pub fn speaks_of(&self, table: &str, fixed: &[(&str, &str)], by: Option<&str>) -> bool {
        self.table == table
            && self.by.as_deref() == by
            && self.fixed.iter().all(|(name, member)| {
                fixed.iter().any(|(other, its)| name == other && member == its)
            })
    }

    /// Whether it lists a member.
    pub fn names(&self, member: &str) -> bool {
        self.members.iter().any(|named| **named == *member)
    }
}

/// The columns of a coverage table.
pub(super) const COLUMNS: [&str; 7] =
    ["table", "where", "by", "vintage", "period", "published", "source_id"];

/// The values of `published`.
pub(super) const PUBLISHED: [&str; 4] = ["all", "positive", "listed", "none"];

/// The fields of a row by column, each with its byte range.
type Written<'t> = HashMap<&'t str, (String, Range<usize>)>;

/// Reads the rows and checks their names against the tables.
pub(super) fn read(
    resource: &Resource,
    text: &SourceText,
    registers: &Registers,
    tables: &IndexMap<String, Arc<Table>>,
) -> (Vec<Coverage>, Vec<Diagnostic>) {
    let mut problems = Problems::default();
    let mut all: Vec<Coverage> = vec![];
    let file: Arc<str> = slashed(&text.path).into();
    let contents = text.text.clone();
    register::each_record(
        resource,
        text,
        &contents,
        &mut problems,
        |line, columns, fields, out| {
            let mut written: Written<'_> = HashMap::new();
            let mut is_clean = true;
            for (column, cell) in columns.iter().zip(fields) {
                let field = &resource.fields[*column];
                let rules = Column { field, registers, text };
                match rules.check(cell) {
                    Ok(Meaning::Missing) => {}
                    Ok(_) => {
                        let said = (cell.text.to_string(), cell.range.clone());
                        written.insert(field.name.as_str(), said);
                    }
                    Err(problem) => {
                        is_clean = false;
                        out.push(|| *problem);
                    }
                }
            }
            if !is_clean {
                return;
            }
            let row = RowId { file: file.clone(), line, last: line, cell: None };
            match claim(row, text, &written, tables) {
                Ok(claim) => match all.iter().find(|other| is_same(other, &claim)) {
                    Some(first) => out.push(|| {
                        let message =
                            message!("the same declaration of what is published appears twice");
                        Diagnostic::error(Code::K0212, message)
                            .at(text.line(line))
                            .related(first.place.clone(), message!("first here"))
                            .hint(message!("delete one of the two rows"))
                    }),
                    None => all.push(claim),
                },
                Err(found) => found.into_iter().for_each(|problem| out.push(|| problem)),
            }
        },
    );
    for claim in &all {
        if let Some(table) = tables.get(&claim.table) {
            contradictions(claim, table, registers)
                .into_iter()
                .for_each(|problem| problems.push(|| problem));
        }
    }
    (all, problems.finish(text))
}

fn is_same(a: &Coverage, b: &Coverage) -> bool {
    (&a.table, &a.by, &a.vintage, &a.period) == (&b.table, &b.by, &b.vintage, &b.period)
        && a.fixed.len() == b.fixed.len()
        && a.fixed.iter().all(|pair| b.fixed.contains(pair))
}

/// A row as written.
struct Line<'t> {
    text: &'t SourceText,
    written: &'t Written<'t>,
    /// The place of the whole row.
    line: Place,
}

impl Line<'_> {
    /// The place of a field; that of the row if the field is empty.
    fn place(&self, name: &str) -> Place {
        let range = self.written.get(name).map(|(_, range)| range.clone());
        range.map_or_else(|| self.line.clone(), |range| self.text.place(range))
    }

    fn said(&self, name: &str) -> Option<&str> {
        self.written.get(name).map(|(said, _)| said.trim())
    }

    fn refuse(&self, name: &str, message: Message) -> Diagnostic {
        Diagnostic::error(Code::K0212, message).at(self.place(name))
    }

    /// The dimensions that `where` fixes, each with its member.
    fn fixed(&self, table: &Table, found: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
        let mut fixed: Vec<(String, String)> = vec![];
        for pair in
            self.said("where").unwrap_or_default().split(';').filter(|pair| !pair.trim().is_empty())
        {
            let Some((name, member)) = pair.split_once('=') else {
                found.push(
                    self.refuse(
                        "where",
                        message!("`{pair}` is not a dimension with a member", pair = pair.trim()),
                    )
                    .hint(message!("write it as `measure=net`, several with `;` between them")),
                );
                continue;
            };
            let (name, member) = (name.trim(), member.trim());
            if table.dimension(name).is_none() {
                found.push(
                    self.refuse(
                        "where",
                        message!(
                            "table `{name_2}` has no dimension `{name}`",
                            name_2 = table.name,
                            name
                        ),
                    )
                    .maybe_hint(did_you_mean(name, table.dimensions.iter().map(String::as_str))),
                );
            } else if let Some(members) = table.members.get(name)
                && !members.iter().any(|known| **known == *member)
            {
                let message = message!(
                    "`{member}` is not a member of `{name}` in table `{name_2}`",
                    member,
                    name,
                    name_2 = table.name
                );
                found.push(
                    self.refuse("where", message)
                        .maybe_hint(did_you_mean(member, members.iter().map(|m| &**m))),
                );
            }
            fixed.push((name.to_owned(), member.to_owned()));
        }
        fixed
    }

    /// The members that the release lists.
    fn members(
        &self,
        table: &Table,
        by: Option<&str>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Arc<str>> {
        let mut members: Vec<Arc<str>> = vec![];
        for code in self.said("members").unwrap_or_default().split_whitespace() {
            if let Some(by) = by
                && let Some(known) = table.members.get(by)
                && !known.iter().any(|known| **known == *code)
            {
                let message = message!(
                    "`{code}` is not a member of `{by}` in table `{name}`",
                    code,
                    by,
                    name = table.name
                );
                found.push(
                    self.refuse("members", message)
                        .maybe_hint(did_you_mean(code, known.iter().map(|m| &**m))),
                );
            } else if members.iter().any(|known| **known == *code) {
                found.push(self.refuse("members", message!("`{code}` is named twice", code)));
            }
            members.push(code.into());
        }
        members
    }
}

/// Reads one row, or returns everything that is wrong with it.
fn claim(
    row: RowId,
    text: &SourceText,
    written: &Written<'_>,
    tables: &IndexMap<String, Arc<Table>>,
) -> Result<Coverage, Vec<Diagnostic>> {
    let mut found = vec![];
    let line = Line { text, written, line: text.line(row.line) };
    let (said, refuse) =
        (|name: &str| line.said(name), |name: &str, message: Message| line.refuse(name, message));
    let name = said("table").unwrap_or_default();
    let Some(table) = tables.get(name) else {
        return Err(vec![
            refuse("table", message!("there is no table `{name}`", name))
                .maybe_hint(did_you_mean(name, tables.keys().map(String::as_str))),
        ]);
    };
    let dimensions = || table.dimensions.iter().map(String::as_str);
    let fixed = line.fixed(table, &mut found);
    let by = said("by").map(str::to_owned);
    if let Some(by) = &by {
        let is_open = table.dimension(by).is_some() && fixed.iter().all(|(name, _)| name != by);
        if !is_open {
            found.push(
                refuse(
                    "by",
                    message!("table `{name}` has no open dimension `{by}`", name = table.name, by),
                )
                .maybe_hint(did_you_mean(by, dimensions())),
            );
        }
    }
    let published = match said("published") {
        Some("all") => Published::All,
        Some("positive") => Published::Positive,
        Some("listed") => Published::Listed,
        _ => Published::None,
    };
    let members = line.members(table, by.as_deref(), &mut found);
    let names_some = matches!(published, Published::Positive | Published::Listed);
    if names_some && (members.is_empty() || by.is_none()) {
        found.push(
            refuse("published", message!("this row does not say which members the release names"))
                .note(message!("only what is listed can be compared with what was entered"))
                .hint(message!("name the dimension in `by`, and its members in `members` with spaces between them")),
        );
    }
    if !names_some && !members.is_empty() {
        found.push(
            refuse("members", message!("only rows with `positive` or `listed` name members"))
                .hint(message!("delete the members, or write `listed` in `published`")),
        );
    }
    if published == Published::All && by.is_none() {
        found.push(
            refuse(
                "published",
                message!("this row does not say all members of which dimension are published"),
            )
            .hint(message!("name the dimension in `by`")),
        );
    }
    let written_period = said("period");
    let period = written_period.and_then(|period| period.parse::<Time>().ok());
    if let (Some(written), None) = (written_period, period) {
        found.push(refuse("period", message!("`{written}` is neither a period nor a day", written)).hint(
            message!("write the first and the last month, as 2025-01..2025-06, or a day, as 2025-07-01"),
        ));
    }
    let vintage: Option<Arc<str>> = said("vintage").map(Into::into);
    if written_period.is_none() && (vintage.is_none() || published == Published::None) {
        let message = match published {
            Published::None => {
                message!("this row does not say for which time nothing is published")
            }
            _ => message!("this row names neither a release nor a time"),
        };
        found.push(refuse("published", message).hint(message!(
            "write the `period`, or the `vintage` if the row is about one release"
        )));
    }
    if !found.is_empty() {
        return Err(found);
    }
    Ok(Coverage {
        row,
        table: table.name.clone(),
        fixed,
        by,
        vintage,
        period,
        published,
        members,
        source: said("source_id").unwrap_or_default().into(),
        place: line.place("published"),
    })
}

/// The rows of the data that contradict a claim.
fn contradictions(claim: &Coverage, table: &Table, registers: &Registers) -> Vec<Diagnostic> {
    if claim.published == Published::All {
        return vec![];
    }
    let mut at: Vec<(usize, &str)> = vec![];
    for (name, member) in &claim.fixed {
        at.extend(table.dimension(name).map(|place| (place, member.as_str())));
    }
    let by = claim.by.as_ref().and_then(|by| table.dimension(by));
    let register = claim.by.as_ref().and_then(|by| registers.get(table.registers.get(by)?));
    let is_aggregate = |code: &str| register.is_some_and(|register| register.is_aggregate(code));
    let concerned = table.rows.iter().filter(|row| {
        row.value.is_some()
            && claim.vintage.as_ref().is_none_or(|vintage| *vintage == row.vintage)
            && claim.period.is_none_or(|period| period == row.time)
            && at.iter().all(|(place, member)| *row.key[*place] == **member)
    });
    let mut found = vec![];
    let mut reported: BTreeMap<&str, ()> = BTreeMap::new();
    for row in concerned {
        let code = by.map_or("", |by| &*row.key[by]);
        let value = row.value.unwrap_or_default();
        let is_named = claim.names(code);
        let message = match claim.published {
            Published::None => {
                message!("this is declared as not published, but there is a row for it")
            }
            // Totals beside the members, as that of the country, are not covered by the claim.
            Published::Listed | Published::Positive if !is_named && is_aggregate(code) => continue,
            Published::Listed if !is_named => {
                message!(
                    "the release is declared not to name {code}, but a row of the release has \
                    its value",
                    code
                )
            }
            Published::Positive if is_named && value <= 0.0 => {
                message!(
                    "{code} is declared as positive, but a row of the release has {value}",
                    code,
                    value
                )
            }
            Published::Positive if !is_named && value > 0.0 => message!(
                "the release is declared to name every positive member; {code} is not among them, \
                but a row of the release has {value}",
                code,
                value
            ),
            _ => continue,
        };
        if reported.insert(code, ()).is_some() {
            continue;
        }
        found.push(
            Diagnostic::error(Code::K0213, message)
                .at(table.place(row))
                .related(claim.place.clone(), message!("declared here"))
                .note(message!(
                    "what is declared about a release must agree with the rows entered from it"
                ))
                .hint(message!("compare both with the release, and correct the one that is wrong")),
        );
    }
    found
}
