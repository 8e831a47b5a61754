//! Which table a sheet fits: its rows and columns of headers held against the dimensions, times and units of each.
//!
//! In: what was found on the sheet, and the tables. Out: for each table a [`Fit`]: which header says which dimension,
//! and how its texts become codes; what speaks for the table, and what against it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::names::{Names, folded};
use super::super::periods::{self, Accumulation, Dates, PeriodRules, Stock};
use super::super::words::Words;
use super::look::{Found, Labels};
use super::{Dimension, Shape};
use crate::stats::{Time, Unit};
use crate::workbook::Sheet;

/// Where headers of a dimension may be: a column beside the figures or a row above them, with its number in the area.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'f> {
    Beside(&'f Labels, usize),
    Above(&'f Labels, usize),
}

impl<'f> Place<'f> {
    pub(super) fn labels(self) -> &'f Labels {
        match self {
            Self::Beside(labels, _) | Self::Above(labels, _) => labels,
        }
    }

    /// As a person calls it: `column B`, `row 4`.
    pub(super) fn shown(self) -> String {
        match self {
            Self::Beside(own, _) if !own.head.is_empty() => format!("column `{}`", own.head),
            Self::Beside(own, _) => format!("column {}", crate::workbook::column_name(own.at)),
            Self::Above(own, _) => format!("row {}", own.at + 1),
        }
    }
}

/// How texts become codes.
#[derive(Debug, Clone)]
pub(super) enum How {
    /// They are names of a register; some of them are not.
    Names(String, Vec<String>),
    /// They are the codes.
    Codes,
    /// As other recipes read them; nothing for those that no recipe has.
    Texts(Vec<(String, Option<String>)>),
}

/// A dimension that a header says.
#[derive(Debug, Clone)]
pub(super) struct Match<'f> {
    pub place: Place<'f>,
    pub how: How,
    /// How many of its texts are known.
    pub known: usize,
}

/// How a sheet fits a table.
#[derive(Debug, Clone)]
pub(super) struct Fit<'f, 's> {
    pub table: &'s Shape,
    /// The header that says when, and what has to be declared of its labels.
    pub time: Option<(Place<'f>, PeriodRules)>,
    /// For each dimension the header that says it.
    pub dimensions: Vec<Option<Match<'f>>>,
    /// The header that says what is counted.
    pub unit: Option<Place<'f>>,
    /// Headers that say something else.
    pub left: Vec<Place<'f>>,
    /// What speaks against the table.
    pub against: Vec<String>,
    is_of_other_size: bool,
    score: i32,
}

/// What a dimension that is said weighs; one that is not, a header that says something else, a contradiction.
const SAID: i32 = 40;
const UNSAID: i32 = -10;
const LEFT: i32 = -20;
const CONTRADICTION: i32 = -60;
/// Figures of another size than those of the table: it chooses, and rules nothing out.
const OTHER_SIZE: i32 = -6;
/// What a sign weighs that tells apart tables of the same dimensions.
const SIGN: i32 = 5;
/// Tables fit alike if they differ by less.
const ALIKE: i32 = 2 * SIGN;
/// A register of so many members is met if half of them are, however many other names stand among them.
const MANY: usize = 5;

/// How a sheet fits each of the tables, the best first.
pub(super) fn fits<'f, 's>(
    found: &'f Found,
    sheet: &Sheet,
    tables: &'s [Shape],
    lexicons: &BTreeMap<String, Names>,
    words: &Words,
) -> Vec<Fit<'f, 's>> {
    let mut all: Vec<Fit> =
        tables.iter().map(|table| fit(found, sheet, table, lexicons, words)).collect();
    // Of those that fit alike the one with fewer dimensions asks fewer questions.
    all.sort_by_key(|fit| (std::cmp::Reverse(fit.score), fit.table.dimensions.len()));
    all
}

impl Fit<'_, '_> {
    /// Whether this table fits about as well as the best one.
    pub(super) fn is_as_good_as(&self, best: &Self) -> bool {
        best.score - self.score < ALIKE
            && self.against.len() <= best.against.len()
            && self.dimensions.iter().flatten().any(|matched| matched.known > 0)
    }

    /// What the sheet has of the table, in words.
    pub(super) fn shown(&self) -> String {
        let mut parts = vec![];
        if let Some((place, _)) = &self.time {
            parts.push(format!("{}: {}", self.table.time, place.shown()));
        }
        for (dimension, matched) in self.table.dimensions.iter().zip(&self.dimensions) {
            if let Some(matched) = matched {
                let all = matched.place.labels().texts.len();
                parts.push(format!(
                    "{}: {} of {all} texts in {}",
                    dimension.name,
                    matched.known,
                    matched.place.shown()
                ));
            }
        }
        if self.is_of_other_size {
            parts.push("but most of its figures are of another size".to_owned());
        }
        parts.extend(self.against.iter().map(|said| format!("but {said}")));
        match parts.is_empty() {
            true => "none of its dimensions was found".to_owned(),
            false => parts.join("; "),
        }
    }
}

fn places(found: &Found) -> Vec<Place<'_>> {
    let beside = found.labels.iter().map(|own| Place::Beside(own, own.at as usize + 1));
    let above = found.heads.iter().enumerate().map(|(at, own)| Place::Above(own, at + 1));
    beside.chain(above.filter(|_| found.long.is_none())).collect()
}

fn fit<'f, 's>(
    found: &'f Found,
    sheet: &Sheet,
    table: &'s Shape,
    lexicons: &BTreeMap<String, Names>,
    words: &Words,
) -> Fit<'f, 's> {
    let mut left = places(found);
    let mut own = Fit {
        table,
        time: None,
        dimensions: vec![None; table.dimensions.len()],
        unit: None,
        left: vec![],
        against: vec![],
        is_of_other_size: false,
        score: 0,
    };
    // Of several columns of periods the one that needs the fewest declarations.
    let times = left.iter().filter(|place| place.labels().are_periods);
    let declared = times.map(|place| (*place, declared(place.labels(), table, sheet, words)));
    let best = declared.min_by_key(|(_, said)| (said.unread, said.count()));
    if let Some((place, said)) = best {
        own.time(place, &said);
        left.retain(|other| !other.labels().are_periods);
    }
    own.dimensions(&mut left, lexicons);
    own.unit(&mut left);
    own.guessed(&mut left);
    own.figures(found);
    // What is the same everywhere tells no figures apart.
    let is_said = |place: &Place| place.labels().texts.len() > 1;
    own.score += LEFT * left.iter().filter(|place| is_said(place)).count() as i32;
    own.left = places(found);
    let is_used = |place: &Place| {
        let same = |other: &Place| std::ptr::eq(other.labels(), place.labels());
        own.time.iter().any(|(time, _)| same(time))
            || own.unit.iter().any(same)
            || own.dimensions.iter().flatten().any(|matched| same(&matched.place))
    };
    let rest: Vec<Place> = own.left.iter().filter(|place| !is_used(place)).copied().collect();
    own.left = rest;
    own
}

impl<'f> Fit<'f, '_> {
    /// Holds the times against those of the table.
    fn time(&mut self, place: Place<'f>, said: &Declared) {
        self.time = Some((place, said.rules));
        if said.unread > 0 {
            self.score += UNSAID;
        }
        let labels = place.labels();
        let distinct: BTreeSet<&Time> = said.times.iter().collect();
        if distinct.len() < said.times.len() && said.rules.stock.is_some() {
            let text = labels.texts.first().map_or("", String::as_str);
            self.against.push(format!("its figures are of days, and `{text}` is a run of months"));
            self.score += CONTRADICTION;
        }
        if self.table.times.is_empty() || said.times.is_empty() {
            return;
        }
        let is_stock = |time: &Time| matches!(time, Time::At(_));
        if said.times.iter().all(is_stock) && !self.table.times.iter().any(is_stock) {
            self.against.push("its figures are of periods, and those of the sheet of days".into());
            self.score += CONTRADICTION;
        }
        // As long, from the same month: January to June, or a month.
        let like = |time: &Time| match time {
            Time::Over(period) => Some((period.start.month, period.months().len())),
            Time::At(_) => None,
        };
        let known: BTreeSet<_> = self.table.times.iter().map(like).collect();
        if said.times.iter().all(|time| known.contains(&like(time))) {
            self.score += SIGN;
        }
    }

    /// Gives each dimension the header that knows most of it.
    fn dimensions(&mut self, left: &mut Vec<Place<'f>>, lexicons: &BTreeMap<String, Names>) {
        let mut pairs = vec![];
        for (at, dimension) in self.table.dimensions.iter().enumerate() {
            for place in left.iter() {
                if let Some((how, known)) = how(dimension, place.labels(), lexicons) {
                    let texts = place.labels().texts.len();
                    let is_called = folded(&place.labels().head) == folded(&dimension.name);
                    pairs.push((is_called, known * 1000 / texts.max(1), at, *place, how, known));
                }
            }
        }
        pairs.sort_by_key(|(is_called, share, ..)| std::cmp::Reverse((*is_called, *share)));
        for (is_called, _, at, place, how, known) in pairs {
            let is_free =
                left.iter().position(|other| std::ptr::eq(other.labels(), place.labels()));
            if let (None, Some(free)) = (&self.dimensions[at], is_free) {
                left.remove(free);
                self.dimensions[at] = Some(Match { place, how, known });
                self.score += SAID + if is_called { SIGN } else { 0 };
            }
        }
        for (dimension, matched) in self.table.dimensions.iter().zip(&self.dimensions) {
            if matched.is_none() && dimension.members.len() > 1 {
                self.score += UNSAID;
            }
        }
    }

    fn unit(&mut self, left: &mut Vec<Place<'f>>) {
        let units = &self.table.units;
        let is_unit = |place: &&Place| {
            let texts = &place.labels().texts;
            !units.is_empty() && texts.iter().all(|text| units.contains(text))
        };
        if let Some(at) = left.iter().position(|place| is_unit(&place)) {
            self.unit = Some(left.remove(at));
            self.score += SIGN;
        }
    }

    /// Gives dimensions that nothing says the headers that nothing else is read of, if they have as many members: a
    /// question, which only a person can answer.
    fn guessed(&mut self, left: &mut Vec<Place<'f>>) {
        for (at, dimension) in self.table.dimensions.iter().enumerate() {
            let may_say = |place: &Place| {
                let texts = &place.labels().texts;
                texts.len() > 1 && texts.len() == dimension.members.len()
            };
            if self.dimensions[at].is_some() || dimension.register.is_some() {
                continue;
            }
            if let Some(free) = left.iter().position(may_say) {
                let place = left.remove(free);
                let texts = place.labels().texts.iter().map(|text| (text.clone(), None));
                self.dimensions[at] =
                    Some(Match { place, how: How::Texts(texts.collect()), known: 0 });
                // It was counted as unsaid.
                self.score -= UNSAID;
            }
        }
    }

    /// Holds what figures are like against what the table counts.
    fn figures(&mut self, found: &Found) {
        /// A figure may be so many times larger or smaller than those of the table.
        const LIKE: f64 = 3.0;
        if let Some((small, large)) = self.table.sizes {
            let is_like = small <= found.size * LIKE && found.size <= large * LIKE;
            if !is_like {
                self.score += OTHER_SIZE;
                self.is_of_other_size = true;
            }
        }
        if found.has_losses && !self.table.may_be_negative {
            self.against.push("none of its figures is below nought".to_owned());
            self.score += CONTRADICTION;
        }
        let is_whole = |unit: &String| {
            let unit = Unit::new(unit);
            unit.is_of_things() && unit.scale() == 1.0
        };
        if found.has_fractions
            && !self.table.units.is_empty()
            && self.table.units.iter().all(is_whole)
        {
            self.against.push("its figures are counts without decimals".to_owned());
            self.score += CONTRADICTION / 2;
        }
    }
}

/// How the texts of a header become codes of a dimension, and how many of them are known; nothing if most are not.
fn how(
    dimension: &Dimension,
    labels: &Labels,
    lexicons: &BTreeMap<String, Names>,
) -> Option<(How, usize)> {
    let texts = &labels.texts;
    let is_most = |known: usize| known * 2 > texts.len();
    let mut found: Vec<(How, usize)> = vec![];
    if let Some((register, names)) =
        dimension.register.as_ref().and_then(|name| Some((name, lexicons.get(name)?)))
    {
        let (known, unknown): (Vec<&String>, Vec<&String>) =
            texts.iter().partition(|text| names.knows(text));
        let is_met = known.len() >= MANY && known.len() * 2 >= dimension.members.len();
        if is_most(known.len()) || is_met {
            let unknown = unknown.into_iter().cloned().collect();
            found.push((How::Names(register.clone(), unknown), known.len()));
        }
    }
    let codes = texts.iter().filter(|text| dimension.members.contains(text)).count();
    if is_most(codes) && codes == texts.len() {
        found.push((How::Codes, codes));
    }
    let code = |text: &String| dimension.texts.get(&folded(text)).cloned();
    let read: Vec<(String, Option<String>)> =
        texts.iter().map(|text| (text.clone(), code(text))).collect();
    let known = read.iter().filter(|(_, code)| code.is_some()).count();
    if is_most(known) {
        found.push((How::Texts(read), known));
    }
    // The first of those that know most.
    found.into_iter().rev().max_by_key(|(_, known)| *known)
}

/// What has to be declared of labels so that they are read, and the times they are then.
struct Declared {
    rules: PeriodRules,
    times: Vec<Time>,
    unread: usize,
}

impl Declared {
    fn count(&self) -> usize {
        let PeriodRules { quarters, months, stock, dates } = self.rules;
        [quarters.is_some(), months.is_some(), stock.is_some(), dates.is_some()]
            .iter()
            .filter(|is_said| **is_said)
            .count()
    }
}

/// The fewest declarations with which most labels are read as times of a table.
fn declared(labels: &Labels, table: &Shape, sheet: &Sheet, words: &Words) -> Declared {
    let is_stock = |time: &Time| matches!(time, Time::At(_));
    let of_days = !table.times.is_empty() && table.times.iter().all(is_stock);
    let from_january = table.times.iter().all(|time| match time {
        Time::Over(period) => period.start.month == 1,
        Time::At(_) => true,
    });
    let sums = Some(if from_january { Accumulation::Cumulative } else { Accumulation::Discrete });
    let days = Some(if of_days { Dates::Day } else { Dates::Month });
    let mut all: Vec<Declared> = vec![];
    for (quarters, months, dates) in [
        (None, None, None),
        (sums, None, None),
        (None, sums, None),
        (sums, sums, None),
        (None, sums, days),
        (sums, sums, days),
    ] {
        let stock = of_days.then_some(Stock::AtBeginning);
        let rules = PeriodRules { quarters, months, stock, dates };
        let read = |at: &crate::workbook::Address| {
            periods::period_of_cell(&sheet.cell(*at), &rules, words).ok()
        };
        let times: Vec<Time> = labels.cells.iter().filter_map(read).map(|one| one.time).collect();
        let unread = labels.cells.len() - times.len();
        all.push(Declared { rules, times, unread });
    }
    // Of those that read as many the first says least.
    let best = (0..all.len()).min_by_key(|at| (all[*at].unread, *at)).unwrap_or_default();
    all.swap_remove(best)
}
