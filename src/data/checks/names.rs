//! Names in the rules of a table: each must exist, or its rule would silently never apply.

use std::collections::BTreeMap;

use super::super::package::{self, NamedFigure, OneOrMore, Rules, Total};
use super::super::{Dataset, Table, Time};
use super::holds;
use crate::diag::{Code, Diagnostic, Message, SourceText, did_you_mean};

struct Names<'a> {
    dataset: &'a Dataset,
    table: &'a Table,
    package: &'a SourceText,
    found: Vec<Diagnostic>,
}

/// Returns a problem for each name that does not exist.
pub(super) fn check(
    dataset: &Dataset,
    table: &Table,
    rules: &Rules,
    package: &SourceText,
) -> Vec<Diagnostic> {
    let mut names = Names { dataset, table, package, found: vec![] };
    for (rule, listed) in [
        ("signed", &rules.signed),
        ("announced", &rules.announced),
        ("averages", &rules.averages),
        ("non-negative", &rules.non_negative),
    ] {
        for (dimension, members) in listed {
            for member in members {
                names.member(table, rule, dimension, member);
            }
        }
    }
    for balance in &rules.balances {
        for member in balance.plus.iter().chain(&balance.minus).chain([&balance.result]) {
            names.member(table, "balances", &balance.dimension, member);
        }
        names.only("balances", &balance.only);
    }
    for totals in &rules.totals {
        for member in totals.parts.iter().chain(&totals.except) {
            names.member(table, "totals", &totals.dimension, member);
        }
        match &totals.total {
            Total::Member(member) => names.member(table, "totals", &totals.dimension, member),
            Total::Number(_) => {
                names.dimension(table, "totals", &totals.dimension);
            }
            Total::Figure(figure) => {
                names.dimension(table, "totals", &totals.dimension);
                names.figure("totals", figure);
            }
        }
        names.only("totals", &totals.only);
    }
    for bounds in &rules.ranges {
        names.only("ranges", &bounds.only);
    }
    for change in &rules.changes {
        names.only("changes", &change.only);
        names.figure("changes", &change.of);
    }
    for change in &rules.stock_changes {
        names.only("stock-changes", &change.only);
        names.figure("stock-changes", &change.of);
    }
    for share in &rules.shares {
        names.only("shares", &share.only);
        names.figure("shares", &share.of);
        names.figure("shares", &share.within);
    }
    for figures in &rules.same_as {
        for figure in figures {
            names.figure("same-as", figure);
        }
        if figures.len() < 2 {
            let message = message!("a single figure cannot be the same as another");
            names.refuse("same-as", message, None);
        }
        if figures.iter().any(|figure| figure.members.is_empty()) {
            names.refuse("same-as", message!("a figure is identified by its members"), None);
        }
    }
    for figure in &rules.not_applicable {
        names.only("not-applicable", &figure.only);
        if figure.only.is_empty() {
            let message = message!("a figure is named by the members it has");
            names.refuse("not-applicable", message, None);
        }
    }
    for known in &rules.as_printed {
        names.only("as-printed", &known.only);
        if known.reason.trim().is_empty() {
            names.refuse("as-printed", message!("an exception from a check needs a reason"), None);
        }
        let time = known.time.parse::<Time>();
        match time {
            Err(_) => {
                let message = message!("`{time}` is neither a period nor a day", time = known.time);
                names.refuse("as-printed", message, None);
            }
            Ok(time) => {
                let is_there = table
                    .rows
                    .iter()
                    .any(|row| row.time == time && holds(table, &known.only, &row.key));
                if !is_there {
                    let message =
                        message!("`as-printed` for `{time}` matches no row", time = known.time);
                    names.refuse("as-printed", message, Some(message!("delete the entry")));
                }
            }
        }
    }
    names.found
}

impl Names<'_> {
    fn refuse(&mut self, rule: &str, message: Message, hint: Option<Message>) {
        let message =
            message!("`{rule}` of `{name}`: {message}", rule, name = self.table.name, message);
        let place = package::locate(self.package, &[&self.table.name, rule]);
        self.found.push(Diagnostic::error(Code::K0122, message).at(place).maybe_hint(hint));
    }

    fn dimension(&mut self, table: &Table, rule: &str, dimension: &str) -> bool {
        let is_there = table.dimension(dimension).is_some();
        if !is_there {
            let message = message!(
                "the table `{name}` has no dimension `{dimension}`",
                name = table.name,
                dimension
            );
            let hint = did_you_mean(dimension, table.dimensions.iter().map(String::as_str));
            self.refuse(rule, message, hint);
        }
        is_there
    }

    fn member(&mut self, table: &Table, rule: &str, dimension: &str, member: &str) {
        if !self.dimension(table, rule, dimension) {
            return;
        }
        let Some(members) = table.members.get(dimension) else { return };
        if !members.iter().any(|known| **known == *member) {
            let message =
                message!("the dimension `{dimension}` has no member `{member}`", dimension, member);
            let hint = did_you_mean(member, members.iter().map(|member| &**member));
            self.refuse(rule, message, hint);
        }
    }

    fn only(&mut self, rule: &str, only: &BTreeMap<String, OneOrMore>) {
        let table = self.table;
        for (dimension, members) in only {
            for member in members.names() {
                self.member(table, rule, dimension, member);
            }
        }
    }

    fn figure(&mut self, rule: &str, figure: &NamedFigure) {
        let table = match &figure.table {
            None => self.table,
            Some(name) => match self.dataset.tables.get(name) {
                Some(table) => table,
                None => {
                    let known = self.dataset.tables.keys().map(String::as_str);
                    let hint = did_you_mean(name, known);
                    self.refuse(rule, message!("there is no table `{name}`", name), hint);
                    return;
                }
            },
        };
        for (dimension, member) in &figure.members {
            self.member(table, rule, dimension, member);
        }
        for (dimension, own) in &figure.dimensions {
            self.dimension(table, rule, dimension);
            self.dimension(self.table, rule, own);
        }
    }
}
