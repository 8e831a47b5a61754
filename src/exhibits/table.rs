//! Tables: makes cells of facts, split at their decimal mark and marked with flags.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::{known_members, note};
use super::{
    ColumnSpec, EntryColumn, Part, RevisionColumn, Rows, Sources, TableSpec, caption, fitness,
};
use crate::diag::Result;
use crate::document::{Absent, Column, Inline, Number, Row, Table, TableCell};
use crate::indicators::quantity;
use crate::locale::Sign;
use crate::prose::Writer;
use crate::stats::{Fact, Facts, Flag, Member, Quantity, Series, Time, Unit, member_id};

/// More decimals than any source prints; the known precision limits them.
const FINEST_DECIMALS: u8 = 6;

/// The table; `None` if no row has a value. The first of `writers` is that of the edition's own language.
pub fn table(spec: &TableSpec, writers: &[&Writer]) -> Result<Option<Table>> {
    fitness::table(spec, writers[0])?;
    let mut builder = TableBuilder {
        writer: writers[0],
        id: &spec.id,
        marked: BTreeMap::new(),
        scales: BTreeSet::new(),
        sources: vec![],
    };
    let rows = match &spec.rows {
        Rows::Indicators { all, totals } => builder.indicators(all, totals, &spec.columns)?,
        Rows::Members { of, top, by_code } => builder.members(of, *top, *by_code, &spec.columns)?,
        Rows::Register { name, kinds, is_recent } => {
            builder.entries(name, kinds, *is_recent, &spec.columns)?
        }
        Rows::Matrix { of } => builder.matrix(of)?,
        Rows::Revisions { most } => builder.revisions(*most, &spec.columns)?,
    };
    if rows.is_empty() {
        return Ok(None);
    }
    let mut columns = vec![Column { head: builder.head("rows")?, numeric: false }];
    match &spec.rows {
        Rows::Matrix { of } => columns.extend(builder.matrix_heads(of)?),
        _ => {
            for (index, column) in spec.columns.iter().enumerate() {
                let name = match column {
                    ColumnSpec::Part(part) => part.name().to_owned(),
                    _ => format!("column{}", index + 1),
                };
                let is_words = matches!(
                    column,
                    ColumnSpec::Entry(
                        EntryColumn::Title
                            | EntryColumn::Adopted
                            | EntryColumn::ValidFrom
                            | EntryColumn::Status
                            | EntryColumn::Source
                    ) | ColumnSpec::Revision(RevisionColumn::Time | RevisionColumn::Reason)
                );
                let head = builder.head(&name)?;
                let mut shown = shown(spec, column, writers[0].facts());
                // A balance with one side missing is left out.
                if matches!(column, ColumnSpec::Net(..)) && shown.len() < 2 {
                    shown.clear();
                }
                let key = format!("tables.{}.{name}", spec.id);
                writers[0].rightly_called(&key, &head, &shown)?;
                writers[0].names_own_time(&key, &head, &times(column, &shown))?;
                columns.push(Column { head, numeric: !is_words });
            }
        }
    }
    let (rows, kept) = without_empty_columns(rows, &mut columns);
    let shown_rows = match &spec.rows {
        Rows::Members { of, top: Some(top), .. } => {
            let all = known_members(writers[0].facts(), of);
            Some((all.min(*top), all))
        }
        _ => None,
    };
    let note = note(builder.writer, &format!("tables.{}.note", spec.id), shown_rows)?;
    let mut notes: Vec<_> = Some(note).filter(|note| !note.is_empty()).into_iter().collect();
    // The explanation of a column, if there is one.
    for index in &kept {
        notes.extend(
            builder.writer.maybe_phrase(&format!("tables.{}.column{index}-note", spec.id))?,
        );
    }
    if let Rows::Revisions { most } = &spec.rows {
        notes.extend(builder.more(*most)?);
    }
    if let Rows::Matrix { of } = &spec.rows {
        notes.extend(builder.matrix_key(of, &kept));
    }
    for (absent, name) in [(Absent::Missing, "missing"), (Absent::NotApplicable, "not-applicable")]
    {
        let mut cells = rows.iter().flat_map(|row| &row.cells);
        if cells.any(|cell| cell.absent == Some(absent) && !cell.content.is_empty()) {
            // Between members of a matrix it is the diagonal that cannot be.
            let of_matrix =
                absent == Absent::NotApplicable && matches!(spec.rows, Rows::Matrix { .. });
            let diagonal = match of_matrix {
                true => builder.writer.maybe_phrase("legend.diagonal")?,
                false => None,
            };
            notes.extend(match diagonal {
                Some(diagonal) => Some(diagonal),
                None => builder.writer.maybe_phrase(&format!("legend.{name}"))?,
            });
        }
    }
    notes.extend(builder.legend(&rows)?);
    let sources = std::mem::take(&mut builder.sources);
    // The caption is about the main column, not about those beside it.
    let main = spec.columns.first().map_or(vec![], |c| shown(spec, c, writers[0].facts()));
    let is_source = |column: &ColumnSpec| matches!(column, ColumnSpec::Entry(EntryColumn::Source));
    let sources = match spec.columns.iter().any(is_source) {
        true => Sources::InRows(&sources),
        false => Sources::Of(&sources),
    };
    let captions: Result<Vec<_>> =
        writers.iter().map(|writer| caption(writer, "tables", &spec.id, sources, &main)).collect();
    Ok(Some(Table { id: spec.id.clone(), number: 0, columns, rows, captions: captions?, notes }))
}

/// The facts that a column shows.
fn shown<'f>(spec: &TableSpec, column: &ColumnSpec, facts: &'f Facts) -> Vec<&'f Fact> {
    let ids: Vec<String> = match (column, &spec.rows) {
        (ColumnSpec::Part(part), Rows::Indicators { all, .. }) => {
            all.iter().map(|id| part.of(id)).collect()
        }
        (ColumnSpec::Part(part), Rows::Members { of, .. }) => {
            of.iter().map(|id| part.of(id)).collect()
        }
        (
            ColumnSpec::Series(id)
            | ColumnSpec::SeriesBase(id)
            | ColumnSpec::SeriesDifference(id)
            | ColumnSpec::Change(id),
            _,
        ) => vec![id.clone()],
        (ColumnSpec::Net(a, b), _) => vec![a.clone(), b.clone()],
        (ColumnSpec::Entry(_) | ColumnSpec::Revision(_) | ColumnSpec::Part(_), _) => vec![],
    };
    ids.iter().filter_map(|id| facts.get(id)).filter(|fact| fact.missing().is_none()).collect()
}

/// The times of the values in a column. A range and a figure of a register have their own.
fn times(column: &ColumnSpec, shown: &[&Fact]) -> Vec<Time> {
    let own = || shown.iter().map(|fact| fact.time);
    let base = || {
        own().filter_map(|time| match time {
            Time::Over(period) => Some(Time::Over(period.years_before(1))),
            Time::At(_) => None,
        })
    };
    match column {
        ColumnSpec::Part(Part::Value | Part::Base | Part::FirstBase | Part::Quarter)
        | ColumnSpec::Series(_)
        | ColumnSpec::Net(..) => own().collect(),
        ColumnSpec::SeriesBase(_) => base().collect(),
        ColumnSpec::Part(Part::Difference | Part::Change)
        | ColumnSpec::SeriesDifference(_)
        | ColumnSpec::Change(_) => {
            own().chain(shown.iter().filter_map(|fact| fact.base_time)).chain(base()).collect()
        }
        ColumnSpec::Part(Part::Low | Part::High)
        | ColumnSpec::Entry(_)
        | ColumnSpec::Revision(_) => vec![],
    }
}

/// Removes columns without a value in any row; returns the rows and the indices of the remaining columns.
fn without_empty_columns(mut rows: Vec<Row>, columns: &mut Vec<Column>) -> (Vec<Row>, Vec<usize>) {
    let mut kept: Vec<usize> = (1..columns.len()).collect();
    let is_empty = |cell: &TableCell| cell.content.is_empty() || cell.absent.is_some();
    for index in (1..columns.len()).rev() {
        if rows.iter().all(|row| is_empty(&row.cells[index])) {
            columns.remove(index);
            kept.remove(index - 1);
            rows.iter_mut().for_each(|row| drop(row.cells.remove(index)));
        }
    }
    (rows, kept)
}

pub(super) struct TableBuilder<'a> {
    pub(super) writer: &'a Writer,
    id: &'a str,
    /// The flags that were marked, with their symbols.
    marked: BTreeMap<Flag, String>,
    scales: BTreeSet<u8>,
    sources: Vec<String>,
}

impl TableBuilder<'_> {
    fn head(&self, name: &str) -> Result<Vec<Inline>> {
        Ok(self.writer.phrase(&format!("tables.{}.{name}", self.id))?.unwrap_or_default())
    }

    /// A row for each indicator with a value, or with a change that its source prints. The figure of a year
    /// earlier alone makes no row.
    fn indicators(
        &mut self,
        all: &[String],
        totals: &[String],
        columns: &[ColumnSpec],
    ) -> Result<Vec<Row>> {
        let mut rows = vec![];
        for indicator in all {
            let known = columns.iter().any(|column| match column {
                ColumnSpec::Part(part @ (Part::Value | Part::Change)) => self
                    .writer
                    .facts()
                    .get(&part.of(indicator))
                    .is_some_and(|f| f.number().is_some()),
                _ => false,
            });
            if !known {
                continue;
            }
            let key = format!("indicators.{indicator}.label");
            // A row without a label is left out.
            let Some(label) = self.writer.phrase(&key)? else {
                self.writer.leave_out(&key, indicator, "its label says what is missing");
                continue;
            };
            self.writer.label_fits(&key, indicator, &label)?;
            let mut cells = vec![text(label)];
            for column in columns {
                cells.push(match column {
                    ColumnSpec::Part(part) => {
                        let fact = self.writer.facts().get(&part.of(indicator)).cloned();
                        // What is counted on a day has no figure of a quarter.
                        let is_stock = |fact: &Fact| matches!(fact.time, Time::At(_));
                        let fact = fact.filter(|fact| *part != Part::Quarter || !is_stock(fact));
                        self.fact_cell(fact.as_ref())
                    }
                    _ => blank(),
                });
            }
            rows.push(Row { total: totals.contains(indicator), cells });
        }
        Ok(rows)
    }

    fn members(
        &mut self,
        of: &[String],
        top: Option<usize>,
        by_code: bool,
        columns: &[ColumnSpec],
    ) -> Result<Vec<Row>> {
        let writer = self.writer;
        let series: Vec<(&String, &Series)> =
            of.iter().filter_map(|id| Some((id, writer.facts().get(id)?.series()?))).collect();
        let Some((_, first)) = series.first() else { return Ok(vec![]) };
        let size = |code: &str| {
            series
                .iter()
                .filter_map(|(_, s)| member(s, code)?.quantity)
                .map(|q| q.value.abs())
                .fold(f64::NEG_INFINITY, f64::max)
        };
        let mut codes: Vec<&str> =
            first.members.iter().map(|m| &*m.code).filter(|code| size(code).is_finite()).collect();
        if !by_code {
            codes.sort_by(|a, b| size(b).total_cmp(&size(a)));
        }
        codes.truncate(top.unwrap_or(usize::MAX));
        let register = first.register.clone();
        let mut rows = vec![];
        for code in codes {
            // A year needs no name.
            let name = match register.as_str() {
                YEARS => code.to_owned(),
                _ => writer.locale().name(&register, code, "nom")?.to_owned(),
            };
            let mut cells = vec![text(vec![Inline::text(name)])];
            for column in columns {
                cells.push(self.member_cell(column, code));
            }
            rows.push(Row { total: writer.is_own(&register, code), cells });
        }
        Ok(rows)
    }

    fn member_cell(&mut self, column: &ColumnSpec, code: &str) -> TableCell {
        let facts = self.writer.facts();
        let of = |id: &str| {
            let fact = facts.get(id)?;
            Some((fact, member(fact.series()?, code)?))
        };
        // Where there can be no figure, none is missing. A figure printed there all the same is shown.
        let cannot_be = |id: &str| {
            let is_there = of(id).is_some_and(|(_, member)| member.quantity.is_some());
            facts.is_not_applicable(id, code) && !is_there
        };
        let is_not_applicable = match column {
            ColumnSpec::Series(id)
            | ColumnSpec::SeriesBase(id)
            | ColumnSpec::SeriesDifference(id)
            | ColumnSpec::Change(id) => cannot_be(id),
            ColumnSpec::Net(a, b) => cannot_be(a) || cannot_be(b),
            ColumnSpec::Part(_) | ColumnSpec::Entry(_) | ColumnSpec::Revision(_) => false,
        };
        if is_not_applicable {
            return self.not_applicable();
        }
        match column {
            ColumnSpec::Series(id) => match of(id) {
                Some((fact, member)) => {
                    let (fact, member) = (fact.clone(), member.clone());
                    self.note_sources(&fact);
                    let sign = if fact.is_signed { Sign::Always } else { Sign::Auto };
                    let id = member_id(id, code);
                    let flags = of_value(&member);
                    self.number(&id, member.quantity, sign, &fact.unit, &flags)
                }
                None => self.not_available(),
            },
            ColumnSpec::Net(a, b) => {
                let (first, second) = (of(a), of(b));
                // There is no difference between two different things, nor between numbers rounded too
                // coarsely.
                let is_alike = first.zip(second).is_some_and(|((a, _), (b, _))| a.unit == b.unit);
                let unit = first.map_or(Unit::new(Unit::PERSONS), |(fact, _)| fact.unit.clone());
                let net = first.zip(second).filter(|_| is_alike).and_then(|((_, a), (_, b))| {
                    quantity::reported_difference(a.quantity?, b.quantity?)
                });
                let members = [first, second].into_iter().flatten().map(|(_, member)| member);
                let mut flags: BTreeSet<Flag> =
                    members.flat_map(of_value).chain(rounding(net)).collect();
                if first.zip(second).is_some_and(|((_, a), (_, b))| is_mixed(a, b)) {
                    flags.insert(Flag::MixedStatus);
                }
                let id = format!("{} − {}", member_id(a, code), member_id(b, code));
                self.number(&id, net, Sign::Always, &unit, &flags)
            }
            ColumnSpec::Change(id) => {
                let change = of(id).and_then(|(_, member)| match (member.quantity, member.base) {
                    (Some(now), Some(base)) if base.value >= crate::indicators::SMALLEST_BASE => {
                        quantity::change(now, base).filter(|change| quantity::is_sharp(*change))
                    }
                    _ => None,
                });
                let flags = of(id).map(|(_, member)| of_base(member)).unwrap_or_default();
                let id = member_id(id, code) + ".change";
                self.number(&id, change, Sign::Always, &Unit::new(Unit::PERCENT), &flags)
            }
            ColumnSpec::SeriesBase(id) => match of(id) {
                Some((fact, member)) => {
                    let sign = if fact.is_signed { Sign::Always } else { Sign::Auto };
                    let (unit, base, mut flags) = (fact.unit.clone(), member.base, of_base(member));
                    flags.extend(rounding(base));
                    self.number(&(member_id(id, code) + ".base"), base, sign, &unit, &flags)
                }
                None => self.not_available(),
            },
            ColumnSpec::SeriesDifference(id) => {
                let difference = of(id).and_then(|(_, member)| {
                    quantity::reported_difference(member.quantity?, member.base?)
                });
                let unit = of(id).map_or(Unit::new(Unit::PERSONS), |(fact, _)| fact.unit.clone());
                let mut flags = of(id).map(|(_, member)| of_base(member)).unwrap_or_default();
                flags.extend(rounding(difference));
                let id = member_id(id, code) + ".difference";
                self.number(&id, difference, Sign::Always, &unit, &flags)
            }
            ColumnSpec::Part(_) | ColumnSpec::Entry(_) | ColumnSpec::Revision(_) => {
                self.not_available()
            }
        }
    }

    fn fact_cell(&mut self, fact: Option<&Fact>) -> TableCell {
        let Some(fact) = fact else { return blank() };
        // A balance has no percentage change: the cell is not applicable rather than missing.
        if fact.missing().is_some() && is_inapplicable(fact) {
            return blank();
        }
        self.note_sources(fact);
        let sign = if fact.is_signed { Sign::Always } else { Sign::Auto };
        let mut flags = fact.flags.clone();
        // How many members there are is exact, however their own values are rounded or disputed.
        if fact.unit.dimension() == Unit::NUMBER {
            flags.retain(|flag| !matches!(flag, Flag::Rounded | Flag::Disputed));
        }
        self.number(&fact.id, fact.number(), sign, &fact.unit, &flags)
    }

    pub(super) fn number(
        &mut self,
        id: &str,
        quantity: Option<Quantity>,
        sign: Sign,
        unit: &Unit,
        flags: &BTreeSet<Flag>,
    ) -> TableCell {
        let Some(quantity) = quantity else { return self.not_available() };
        let locale = self.writer.locale();
        // A plan of 0.25 % must not print as 0.3 %: all known digits are printed.
        let decimals = FINEST_DECIMALS;
        let (printed, shown, form) = match &*unit.0 {
            Unit::PERCENT | Unit::POINTS => (
                locale.percent_number(quantity, decimals, sign),
                locale.shown_percent(quantity, decimals),
                "table-percent",
            ),
            Unit::PER_1000 | Unit::INDEX | Unit::INDEX_POINTS => (
                locale.percent_number(quantity, decimals, sign),
                locale.shown_percent(quantity, decimals),
                "table-rate",
            ),
            _ => (locale.table_integer(quantity, sign), locale.shown_integer(quantity), "table"),
        };
        let number = shown.map(|shown| {
            let (power, words) = match shown.scale {
                Some(scale) => {
                    self.scales.insert(scale.power);
                    (scale.power, (scale.before, scale.after))
                }
                None => (0, Default::default()),
            };
            let words = (format!("{}{}", locale.qualifier(quantity, sign), words.0), words.1);
            let is_signed = sign == Sign::Always;
            Number { value: shown.value, decimals: shown.decimals, is_signed, power, words }
        });
        // “2.3 thousand” is aligned where integers end; aligned on the decimal mark it would look like
        // two.
        let is_scaled = form == "table" && quantity.step >= 100.0;
        let (whole, fraction) = match is_scaled {
            true => (printed, String::new()),
            false => locale.split_decimal(&printed),
        };
        let marks = self.mark(flags);
        let content = vec![Inline::Fact { id: id.to_owned(), form: form.to_owned(), text: whole }];
        TableCell { content, fraction, marks, number, absent: None }
    }

    /// The symbols of a number, one for each flag that holds for it, the most important first.
    fn mark(&mut self, flags: &BTreeSet<Flag>) -> String {
        // In a brief of first figures its status says so for all.
        let is_said = |flag: &Flag| {
            let is_known = *flag == Flag::Provisional && !self.writer.is_settled();
            is_known || flags.iter().any(|other| implied(*other).contains(flag))
        };
        let mut symbols = String::new();
        for flag in flags.iter().rev().filter(|flag| !is_said(flag)) {
            let mark = self.writer.strings.get(&format!("flags.{}.mark", flag.name()));
            if let Some(mark) = mark {
                symbols.push_str(mark);
                self.marked.insert(*flag, mark.to_owned());
            }
        }
        symbols
    }

    /// Adds the percent sign to a percentage in a column of counts.
    pub(super) fn with_percent_sign(&self, mut cell: TableCell, quantity: Quantity) -> TableCell {
        let locale = self.writer.locale();
        let bare = locale.percent_number(quantity, FINEST_DECIMALS, Sign::Auto);
        let whole = locale.percent(quantity, FINEST_DECIMALS, Sign::Auto);
        let Some((before, after)) = whole.split_once(&bare) else { return cell };
        cell.fraction.push_str(after);
        if let Some(Inline::Fact { text, .. }) = cell.content.first_mut() {
            text.insert_str(0, before);
        }
        if let Some(number) = &mut cell.number {
            number.words = (before.to_owned(), after.to_owned());
        }
        cell
    }

    pub(super) fn note_sources(&mut self, fact: &Fact) {
        for source in &fact.sources {
            if !self.sources.iter().any(|known| **known == **source) {
                self.sources.push(source.to_string());
            }
        }
    }

    pub(super) fn not_available(&self) -> TableCell {
        absent(Absent::Missing, self.writer.locale().missing())
    }

    /// A cell in which there can be no figure.
    pub(super) fn not_applicable(&self) -> TableCell {
        absent(Absent::NotApplicable, self.writer.locale().not_applicable())
    }

    /// The notes that explain the symbols and scale abbreviations in use.
    fn legend(&self, rows: &[Row]) -> Result<Vec<Vec<Inline>>> {
        let mut notes = vec![];
        for power in &self.scales {
            notes.extend(self.writer.maybe_phrase(&format!("scales.{power}"))?);
        }
        let is_used = |mark: &str| {
            rows.iter().flat_map(|row| &row.cells).any(|cell| cell.marks.contains(mark))
        };
        for (flag, mark) in self.marked.iter().filter(|(_, mark)| is_used(mark)) {
            let mut note = vec![Inline::text(format!("{mark}\u{A0}"))];
            note.extend(
                self.writer.phrase(&format!("flags.{}.text", flag.name()))?.unwrap_or_default(),
            );
            notes.push(note);
        }
        Ok(notes)
    }
}

/// What a flag says already, so that another one beside it says nothing more.
fn implied(flag: Flag) -> &'static [Flag] {
    match flag {
        // A quarter from two releases is a difference of totals.
        Flag::AcrossVintages => &[Flag::Derived],
        // First figures and accounts of others are the statuses that are mixed.
        Flag::MixedStatus => &[Flag::Provisional, Flag::Secondary],
        // Somebody's account is no final release.
        Flag::Secondary => &[Flag::Provisional],
        // The mark is at the base itself.
        Flag::Revised => &[Flag::RevisedBase],
        _ => &[],
    }
}

/// The register of a series over years.
const YEARS: &str = "year";

fn is_inapplicable(fact: &Fact) -> bool {
    fact.id.ends_with(".change") || fact.id.ends_with(".quarter")
}

/// Whether two numbers have different status.
fn is_mixed(a: &Member, b: &Member) -> bool {
    let status = |member: &Member| {
        (member.flags.contains(&Flag::Secondary), member.flags.contains(&Flag::Provisional))
    };
    a.quantity.is_some() && b.quantity.is_some() && status(a) != status(b)
}

/// The flags of a base, which are not about the value beside it.
const OF_BASE: [Flag; 2] = [Flag::RevisedBase, Flag::SupersededBase];

fn of_value(member: &Member) -> BTreeSet<Flag> {
    member.flags.iter().copied().filter(|flag| !OF_BASE.contains(flag)).collect()
}

fn of_base(member: &Member) -> BTreeSet<Flag> {
    member.flags.iter().copied().filter(|flag| OF_BASE.contains(flag)).collect()
}

/// The flag of a count known only to ten or coarser.
fn rounding(quantity: Option<Quantity>) -> Option<Flag> {
    quantity.filter(|quantity| quantity.step > 1.0).map(|_| Flag::Rounded)
}

fn member<'a>(series: &'a Series, code: &str) -> Option<&'a Member> {
    series.members.iter().find(|member| &*member.code == code)
}

pub(super) fn text(content: Vec<Inline>) -> TableCell {
    TableCell { content, ..TableCell::default() }
}

/// A cell with a sign in the place of a number.
fn absent(absent: Absent, sign: &str) -> TableCell {
    let content = if sign.is_empty() { vec![] } else { vec![Inline::text(sign)] };
    TableCell { content, absent: Some(absent), ..TableCell::default() }
}

pub(super) fn blank() -> TableCell {
    text(vec![])
}
