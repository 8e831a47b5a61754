//! The rules that a project adds, compared with the figures that count.
//!
//! A rule is about the figures of one table that have some members. What it cannot be compared with,
//! since a figure is missing, it says nothing of. Rounded figures are given what rounding can do.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::figures::Figures;
use super::written::{
    Bound, Change, Figure, Identity, Jump, Setting, Share, Where, Whole, Written,
};
use super::{Finding, Level};
use crate::data::{Cell, Dataset, Table, is_total_code};
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, did_you_mean};
use crate::stats::{Quantity, Time};

/// So many parts of a sum are listed.
const SHOWN: usize = 24;

/// What every rule says.
struct Head<'a> {
    name: &'a str,
    reason: &'a str,
    level: Option<Level>,
    table: &'a str,
    place: Place,
    table_place: Place,
}

/// The names of the rules in the order of the file's tables, each with its reason.
pub(super) fn named(written: &Written) -> Vec<(String, String)> {
    heads(written, &SourceText::new("", ""))
        .into_iter()
        .map(|head| (head.name.to_owned(), head.reason.to_owned()))
        .collect()
}

/// How bad a rule's findings are: errors, unless it says otherwise; none if it is turned off.
fn level(setting: Option<Setting>) -> Option<Level> {
    match setting {
        None | Some(Setting::Error) => Some(Level::Error),
        Some(Setting::Warning) => Some(Level::Warning),
        Some(Setting::Note) => Some(Level::Note),
        Some(Setting::Off) => None,
    }
}

fn heads<'a>(written: &'a Written, text: &SourceText) -> Vec<Head<'a>> {
    let Written { identities, bounds, shares, changes, jumps, .. } = written;
    let place = |range: Range<usize>| text.place(range);
    macro_rules! heads {
        ($rules:expr) => {
            $rules.iter().map(|rule| Head {
                name: rule.name.get_ref(),
                reason: &rule.reason,
                level: level(rule.severity),
                table: rule.table.get_ref(),
                place: place(rule.name.span()),
                table_place: place(rule.table.span()),
            })
        };
    }
    heads!(identities)
        .chain(heads!(bounds))
        .chain(heads!(shares))
        .chain(heads!(changes))
        .chain(heads!(jumps))
        .collect()
}

/// What the rules find. Names in them that do not exist are refused (K0172).
pub(super) fn check(
    written: &Written,
    text: &SourceText,
    dataset: &Dataset,
) -> Result<Vec<Finding>> {
    let heads = heads(written, text);
    let wrong = wrong(written, &heads, dataset);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let names = heads.iter().map(|head| head.table).chain(other_tables(written));
    let figures = Figures::of(dataset, names);
    let mut heads = heads.into_iter();
    let mut found = vec![];
    let mut hold = |broken: &mut dyn FnMut(&Held)| {
        let Some(head) = heads.next() else { return };
        let (Some(level), Some(table)) = (head.level, dataset.tables.get(head.table)) else {
            return;
        };
        let held = Held { head, table, figures: &figures, dataset, level, found: vec![].into() };
        broken(&held);
        found.extend(held.found.into_inner());
    };
    written.identities.iter().for_each(|rule| hold(&mut |held| held.identity(rule)));
    written.bounds.iter().for_each(|rule| hold(&mut |held| held.bound(rule)));
    written.shares.iter().for_each(|rule| hold(&mut |held| held.share(rule)));
    written.changes.iter().for_each(|rule| hold(&mut |held| held.change(rule)));
    written.jumps.iter().for_each(|rule| hold(&mut |held| held.jump(rule)));
    Ok(found)
}

/// The tables that rules name besides their own.
fn other_tables(written: &Written) -> impl Iterator<Item = &str> {
    let wholes = written.identities.iter().filter_map(|rule| match &rule.equals {
        Whole::Figure(figure) => Some(figure),
        _ => None,
    });
    let shares = written
        .shares
        .iter()
        .flat_map(|rule| std::iter::once(&rule.within).chain(rule.printed.as_ref()));
    let changes = written.changes.iter().map(|rule| &rule.of);
    wholes.chain(shares).chain(changes).filter_map(|figure| figure.table.as_deref())
}

/// A rule, and what it is compared with.
struct Held<'h, 'a> {
    head: Head<'h>,
    table: &'a Table,
    figures: &'h Figures<'a>,
    dataset: &'a Dataset,
    level: Level,
    found: std::cell::RefCell<Vec<Finding>>,
}

/// What a figure may be away from the truth.
fn slack(quantity: &Quantity) -> f64 {
    2.0 * quantity.error
}

/// A number without what its binary form adds.
fn shown(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// A number as a label.
fn number(value: f64) -> Message {
    Message::verbatim(shown(value).to_string())
}

impl<'a> Held<'_, 'a> {
    /// Tells a figure that breaks the rule.
    fn tell(&self, cell: &Cell, what: &Message, label: Message, related: &[(&Cell, Message)]) {
        let Head { name, reason, place, .. } = &self.head;
        let key = cell.key.join(" ");
        let message = message!(
            "{key} ({name}, {time}) {what}",
            key = cell.key.join(", "),
            name = self.table.name,
            time = cell.time,
            what
        );
        let mut problem = Diagnostic::warning(Code::K0160, message)
            .at(cell.place())
            .label(label)
            .subject(format!("{name} {} {key} {}", self.table.name, cell.time))
            .about_rows();
        for (other, label) in related {
            problem = problem.related(other.place(), label.clone());
        }
        let diagnostic = problem
            .related(place.clone(), message!("the rule `{name}`", name))
            .note(Message::verbatim(*reason));
        let kind = (*name).to_owned();
        let finding = Finding { kind, level: self.level, diagnostic, known: None };
        self.found.borrow_mut().push(finding);
    }

    fn identity(&self, rule: &Identity) {
        let table = self.table;
        let Some(at) = table.dimension(&rule.sum) else { return };
        let parts = self.parts(rule);
        let mut groups: BTreeMap<(Vec<Arc<str>>, Time), Vec<&Cell<'a>>> = BTreeMap::new();
        for cell in self.figures.about(self.head.table, &rule.only) {
            if parts.contains(&*cell.key[at]) {
                let mut common = cell.key.to_vec();
                common[at] = "".into();
                groups.entry((common, cell.time)).or_default().push(cell);
            }
        }
        for ((common, time), cells) in groups {
            let whole = match &rule.equals {
                Whole::Number(number) => Some((*number, 0.0, None)),
                Whole::Member(member) => {
                    let mut key = common.clone();
                    key[at] = member.as_str().into();
                    self.whole(self.figures.at(self.head.table, &key, time))
                }
                Whole::Figure(figure) => {
                    self.whole(self.figures.named(figure, table, &common, time))
                }
            };
            let Some((whole, its_slack, place)) = whole else { continue };
            let unit = &cells[0].unit;
            if cells.iter().any(|cell| cell.unit != *unit)
                || place.is_some_and(|cell| cell.unit != *unit)
            {
                continue;
            }
            let sum: f64 = cells.iter().map(|cell| cell.quantity.value).sum();
            let slack: f64 = cells.iter().map(|cell| slack(&cell.quantity)).sum::<f64>()
                + its_slack
                + rule.tolerance
                + whole.abs() * 1e-9;
            let is_whole = cells.len() == parts.len();
            let is_broken = match is_whole {
                true => (sum - whole).abs() > slack,
                false => rule.partial && sum > whole + slack,
            };
            if !is_broken {
                continue;
            }
            let made = message!(
                "{number_of_cells} {sum} give {sum_2}",
                number_of_cells = cells.len(),
                sum = rule.sum,
                sum_2 = shown(sum)
            );
            let mut others: Vec<(&Cell, Message)> = { cells.iter().take(SHOWN) }
                .map(|cell| (*cell, number(cell.quantity.value)))
                .collect();
            match place {
                Some(cell) => {
                    self.tell(
                        cell,
                        &message!("is not the sum it should be"),
                        message!("{value} here; {made}", value = shown(cell.quantity.value), made),
                        &others,
                    );
                }
                None => {
                    let first = others.remove(0).0;
                    let what = message!(
                        "and the others give {sum} instead of {whole}",
                        sum = shown(sum),
                        whole
                    );
                    self.tell(first, &what, number(first.quantity.value), &others);
                }
            }
        }
    }

    fn whole<'c>(&self, cell: Option<&'c Cell<'a>>) -> Option<(f64, f64, Option<&'c Cell<'a>>)> {
        cell.map(|cell| (cell.quantity.value, slack(&cell.quantity), Some(cell)))
    }

    /// The members that an identity adds.
    fn parts(&self, rule: &Identity) -> BTreeSet<String> {
        if !rule.of.is_empty() {
            return rule.of.iter().cloned().collect();
        }
        let register = self.table.registers.get(&rule.sum);
        let register = register.and_then(|name| self.dataset.registers.get(name));
        let is_total = |code: &str| match (&rule.equals, register) {
            (Whole::Member(member), _) if member == code => true,
            (_, Some(register)) => register.is_aggregate(code),
            (_, None) => is_total_code(code),
        };
        let codes = self.table.codes(&rule.sum).into_iter();
        codes
            .filter(|code| !is_total(code) && !rule.except.iter().any(|except| except == code))
            .map(str::to_owned)
            .collect()
    }

    fn bound(&self, rule: &Bound) {
        for cell in self.figures.about(self.head.table, &rule.only) {
            let value = cell.quantity.value;
            let reported = number(value);
            if let Some(minimum) = rule.minimum.filter(|minimum| value < *minimum) {
                self.tell(cell, &message!("is below {minimum}", minimum), reported, &[]);
            } else if let Some(maximum) = rule.maximum.filter(|maximum| value > *maximum) {
                self.tell(cell, &message!("is above {maximum}", maximum), reported, &[]);
            }
        }
    }

    fn share(&self, rule: &Share) {
        for part in self.figures.about(self.head.table, &rule.only) {
            let named = |figure| self.figures.named(figure, self.table, &part.key, part.time);
            let Some(whole) = named(&rule.within) else { continue };
            if whole.unit != part.unit || whole.quantity.value <= slack(&whole.quantity) {
                continue;
            }
            let share = |part: f64, whole: f64| part / whole * 100.0;
            let (a, b) = (&part.quantity, &whole.quantity);
            let lowest = share(a.value - slack(a), b.value + slack(b));
            let highest = share(a.value + slack(a), b.value - slack(b));
            let computed = share(a.value, b.value);
            let related = (whole, message!("of {value}", value = shown(b.value)));
            let reported = message!(
                "{value}, {computed} %",
                value = shown(a.value),
                computed = format!("{computed:.1}")
            );
            if let Some(minimum) = rule.minimum.filter(|minimum| highest < *minimum) {
                self.tell(part, &message!("is below {minimum} %", minimum), reported, &[related]);
            } else if let Some(maximum) = rule.maximum.filter(|maximum| lowest > *maximum) {
                self.tell(part, &message!("is above {maximum} %", maximum), reported, &[related]);
            } else if let Some(printed) = rule.printed.as_ref().and_then(named) {
                let said = &printed.quantity;
                let rounding = said.step;
                if said.value < lowest - rounding || said.value > highest + rounding {
                    let printed =
                        (printed, message!("{value} % printed", value = shown(said.value)));
                    self.tell(
                        part,
                        &message!("is not the printed share"),
                        reported,
                        &[printed, related],
                    );
                }
            }
        }
    }

    fn change(&self, rule: &Change) {
        for printed in self.figures.about(self.head.table, &rule.only) {
            let Time::Over(period) = printed.time else { continue };
            let before = Time::Over(period.years_before(1));
            let named = |time| self.figures.named(&rule.of, self.table, &printed.key, time);
            let (Some(now), Some(base)) = (named(printed.time), named(before)) else { continue };
            let (a, b) = (&now.quantity, &base.quantity);
            if now.unit != base.unit || b.value.abs() <= slack(b) {
                continue;
            }
            // Of a balance below zero a gain is a gain.
            let change = |now: f64, base: f64| (now - base) / base.abs() * 100.0;
            let ends = [
                change(a.value - slack(a), b.value - slack(b)),
                change(a.value - slack(a), b.value + slack(b)),
                change(a.value + slack(a), b.value - slack(b)),
                change(a.value + slack(a), b.value + slack(b)),
            ];
            let lowest = ends.iter().copied().fold(f64::INFINITY, f64::min);
            let highest = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let rounding = printed.quantity.step + rule.tolerance;
            let said = printed.quantity.value;
            if said < lowest - rounding || said > highest + rounding {
                let computed = change(a.value, b.value);
                let label = message!(
                    "{said} printed, {computed} computed",
                    said = shown(said),
                    computed = format!("{computed:.1}")
                );
                let related = [
                    (now, number(a.value)),
                    (base, message!("{value} a year before", value = shown(b.value))),
                ];
                self.tell(
                    printed,
                    &message!("is not the change between its levels"),
                    label,
                    &related,
                );
            }
        }
    }

    fn jump(&self, rule: &Jump) {
        for cell in self.figures.about(self.head.table, &rule.only) {
            let Some(before) = a_year_before(cell.time) else { continue };
            let Some(base) = self.figures.at(self.head.table, &cell.key, before) else { continue };
            let (now, then) = (cell.quantity.value, base.quantity.value);
            let is_small = now.abs().max(then.abs()) < rule.from;
            if is_small || cell.unit != base.unit || now == then {
                continue;
            }
            let is_near = now * then > 0.0 && (now / then).ln().abs() <= rule.factor.ln().abs();
            if !is_near {
                let label = number(now);
                let related = (base, message!("{value} a year before", value = shown(then)));
                let what = message!(
                    "differs from the year before by a factor of more than {factor}",
                    factor = rule.factor
                );
                self.tell(cell, &what, label, &[related]);
            }
        }
    }
}

fn a_year_before(time: Time) -> Option<Time> {
    match time {
        Time::Over(period) => Some(Time::Over(period.years_before(1))),
        Time::At(day) => day.checked_sub(jiff::Span::new().years(1)).ok().map(Time::At),
    }
}

/// Names in rules that do not exist, names that appear twice, and numbers that mean nothing.
fn wrong(written: &Written, heads: &[Head], dataset: &Dataset) -> Vec<Diagnostic> {
    let mut found = vec![];
    for (at, head) in heads.iter().enumerate() {
        let is_kind = super::KINDS.iter().any(|kind| kind.name == head.name);
        if is_kind || head.name.trim().is_empty() {
            found.push(refused(
                message!("a rule needs a name that no built-in check uses"),
                &head.place,
            ));
        }
        if let Some(first) = heads[..at].iter().find(|other| other.name == head.name) {
            let message = message!("there are two rules called `{name}`", name = head.name);
            found.push(
                refused(message, &head.place)
                    .related(first.place.clone(), message!("the first rule")),
            );
        }
        if !dataset.tables.contains_key(head.table) {
            let known = dataset.tables.keys().map(String::as_str);
            found.push(
                refused(
                    message!("there is no table `{table}`", table = head.table),
                    &head.table_place,
                )
                .maybe_hint(did_you_mean(head.table, known)),
            );
        }
    }
    let mut heads = heads.iter();
    let mut named = |of: &mut dyn FnMut(&mut Names)| {
        let Some(head) = heads.next() else { return };
        if let Some(table) = dataset.tables.get(head.table) {
            let mut names = Names { dataset, table, place: &head.place, found: vec![] };
            of(&mut names);
            found.extend(names.found);
        }
    };
    for rule in &written.identities {
        named(&mut |names| {
            names.only(&rule.only);
            let members = rule.of.iter().chain(&rule.except);
            members.for_each(|member| names.member(names.table, &rule.sum, member));
            names.dimension(names.table, &rule.sum);
            match &rule.equals {
                Whole::Member(member) => names.member(names.table, &rule.sum, member),
                Whole::Figure(figure) => names.figure(figure),
                Whole::Number(number) => names.number("equals", *number),
            }
            names.tolerance(rule.tolerance);
        });
    }
    for rule in &written.bounds {
        named(&mut |names| {
            names.only(&rule.only);
            names.limits(rule.minimum, rule.maximum);
            if rule.minimum.is_none() && rule.maximum.is_none() {
                names.refuse(message!("a bound needs a `minimum` or a `maximum`"), None);
            }
        });
    }
    for rule in &written.shares {
        named(&mut |names| {
            names.only(&rule.only);
            names.figure(&rule.within);
            rule.printed.iter().for_each(|figure| names.figure(figure));
            names.limits(rule.minimum, rule.maximum);
            if rule.minimum.is_none() && rule.maximum.is_none() && rule.printed.is_none() {
                names.refuse(
                    message!("a share needs a `minimum`, a `maximum` or the `printed` percentage"),
                    None,
                );
            }
        });
    }
    for rule in &written.changes {
        named(&mut |names| {
            names.only(&rule.only);
            names.figure(&rule.of);
            names.tolerance(rule.tolerance);
        });
    }
    for rule in &written.jumps {
        named(&mut |names| {
            names.only(&rule.only);
            names.number("from", rule.from);
            if !(rule.factor.is_finite() && rule.factor > 1.0) {
                names.refuse(message!("`factor` of a jump must be greater than 1"), None);
            }
        });
    }
    found
}

fn refused(message: Message, place: &Place) -> Diagnostic {
    Diagnostic::error(Code::K0172, message).at(place.clone())
}

/// Looks up the names of one rule.
struct Names<'n, 'a> {
    dataset: &'a Dataset,
    table: &'a Table,
    place: &'n Place,
    found: Vec<Diagnostic>,
}

impl<'a> Names<'_, 'a> {
    fn refuse(&mut self, message: Message, hint: Option<Message>) {
        self.found.push(refused(message, self.place).maybe_hint(hint));
    }

    fn number(&mut self, key: &str, number: f64) {
        if !number.is_finite() {
            self.refuse(
                message!("`{key}` is not a number that can be added or compared", key),
                None,
            );
        }
    }

    fn tolerance(&mut self, tolerance: f64) {
        self.number("tolerance", tolerance);
        if tolerance < 0.0 {
            self.refuse(message!("`tolerance` must not be negative"), None);
        }
    }

    fn limits(&mut self, minimum: Option<f64>, maximum: Option<f64>) {
        minimum.into_iter().for_each(|number| self.number("minimum", number));
        maximum.into_iter().for_each(|number| self.number("maximum", number));
        if minimum.zip(maximum).is_some_and(|(minimum, maximum)| minimum > maximum) {
            self.refuse(message!("`minimum` is greater than `maximum`"), None);
        }
    }

    fn dimension(&mut self, table: &Table, dimension: &str) -> bool {
        let is_there = table.dimension(dimension).is_some();
        if !is_there {
            let message = message!(
                "the table `{name}` has no dimension `{dimension}`",
                name = table.name,
                dimension
            );
            let hint = did_you_mean(dimension, table.dimensions.iter().map(String::as_str));
            self.refuse(message, hint);
        }
        is_there
    }

    fn member(&mut self, table: &Table, dimension: &str, member: &str) {
        if !self.dimension(table, dimension) {
            return;
        }
        let codes = table.codes(dimension);
        if !codes.contains(&member) {
            let message = message!(
                "`{dimension}` of `{name}` has no member `{member}`",
                dimension,
                name = table.name,
                member
            );
            let hint = did_you_mean(member, codes);
            self.refuse(message, hint);
        }
    }

    fn only(&mut self, only: &Where) {
        for (dimension, members) in only {
            for member in members.names() {
                self.member(self.table, dimension, member);
            }
        }
    }

    fn figure(&mut self, figure: &Figure) {
        let table: &'a Table = match &figure.table {
            None => self.table,
            Some(name) => match self.dataset.tables.get(name) {
                Some(table) => table,
                None => {
                    let known = self.dataset.tables.keys().map(String::as_str);
                    let hint = did_you_mean(name, known);
                    self.refuse(message!("there is no table `{name}`", name), hint);
                    return;
                }
            },
        };
        for (dimension, member) in &figure.members {
            self.member(table, dimension, member);
        }
        for dimension in &table.dimensions {
            let is_said =
                figure.members.contains_key(dimension) || self.table.dimension(dimension).is_some();
            if !is_said {
                let message = message!(
                    "the rule does not name a member of `{dimension}` in `{name}`",
                    dimension,
                    name = table.name
                );
                self.refuse(message, None);
            }
        }
    }
}
