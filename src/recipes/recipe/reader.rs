//! A recipe as a whole: its parts in the order in which they rest on one another, and all problems together.

use regex::Regex;

use super::super::areas::Bounds;
use super::super::written::{Equals, WrittenExpect, WrittenIgnore, WrittenRecipe};
use super::questions::questions;
use super::{Dimension, Extent, Ignore, Recipe};
use crate::diag::{Code, Diagnostic, Message, Place, SourceText, did_you_mean};

/// What a recipe is read with.
pub(super) struct Reader<'t> {
    pub text: &'t SourceText,
    pub areas: Vec<String>,
    /// Whether figures stand in sentences, which may give codes.
    pub has_sentences: bool,
    pub found: Vec<Diagnostic>,
}

impl Reader<'_> {
    pub(super) fn refuse(&mut self, place: &Place, message: Message) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(Code::K1501, message).at(place.clone()));
        self.found.last_mut().expect("one was pushed")
    }

    pub(super) fn hint(&mut self, hint: Option<Message>) {
        if let Some(last) = self.found.last_mut() {
            last.hints.extend(hint);
        }
    }

    pub(super) fn recipe(&mut self, name: &str, written: WrittenRecipe) -> Recipe {
        let whole = self.text.place(0..0);
        let table_place = self.text.place(written.table.span());
        // In the order of the file, in which one may rest on those before it.
        let mut in_order: Vec<_> = written.areas.iter().collect();
        in_order.sort_by_key(|(_, area)| area.span().start);
        let mut areas = self.long_form(&written);
        let described = in_order
            .into_iter()
            .map(|(name, area)| {
                let place = self.text.place(area.span());
                let bounds = self.area(name, area.get_ref(), place.clone());
                if self.areas.contains(name) {
                    self.refuse(
                        &place,
                        message!("the name `{name}` is reserved for the area of `[columns]`", name),
                    );
                }
                self.areas.push(name.clone());
                bounds
            })
            .collect::<Vec<Bounds>>();
        areas.extend(described);
        let values = self.values(&written);
        let dimensions = self.dimensions(&written, &whole);
        let sentences = self.sentences(&written.sentences, &dimensions);
        let mut ignore: Vec<Ignore> = written
            .ignore
            .iter()
            .filter_map(|ignore| self.ignore(ignore.get_ref(), self.text.place(ignore.span())))
            .collect();
        ignore.extend(self.ignored_columns(&written));
        self.expect(&written.expect, &dimensions, &whole);
        let file = written.file.as_ref().and_then(|file| file.name.as_ref());
        let file = file.and_then(|name| {
            let place = self.text.place(name.span());
            self.regex(&glob(name.get_ref()), &place)
        });
        let sheets = written.sheets.as_ref().and_then(|sheets| {
            let place = self.text.place(sheets.name.span());
            self.regex(sheets.name.get_ref(), &place)
        });
        Recipe {
            name: name.to_owned(),
            title: written.title.clone().unwrap_or_else(|| name.to_owned()),
            table: written.table.get_ref().clone(),
            test_workbook: written.test.workbook.clone(),
            vintage: written.release.vintage.clone(),
            status: written.release.status.clone(),
            source: written.source.clone(),
            encoding: written.file.as_ref().and_then(|file| file.encoding.clone()),
            separator: written.file.as_ref().and_then(|file| file.separator.clone()),
            text: self.text.clone(),
            table_place,
            file,
            sheets,
            several_sheets: written.sheets.as_ref().is_some_and(|sheets| sheets.several),
            hidden: written.hidden,
            areas,
            values,
            attributes: written.columns.as_ref().and_then(|columns| columns.get_ref().attributes),
            dimensions,
            sentences,
            ignore,
            expect: written.expect,
            questions: questions(self.text),
        }
    }

    pub(super) fn regex(&mut self, pattern: &str, place: &Place) -> Option<Regex> {
        match Regex::new(pattern) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let said = error.to_string();
                let last = said.lines().last().unwrap_or_default().trim();
                let message =
                    message!("`{pattern}` is not a regular expression: {last}", pattern, last);
                self.refuse(place, message);
                None
            }
        }
    }

    pub(super) fn known_area(&mut self, name: &str, place: &Place) {
        if !self.areas.iter().any(|area| area == name) {
            self.refuse(place, message!("there is no area `{name}` above this one", name));
            let known = did_you_mean(name, self.areas.iter().map(String::as_str));
            self.hint(known);
            self.hint(Some(message!("describe it as `[areas.{name}]`", name)));
        }
    }

    fn ignore(&mut self, written: &WrittenIgnore, place: Place) -> Option<Ignore> {
        let given = [
            (&written.cells, Extent::Cell),
            (&written.rows_of, Extent::Row),
            (&written.columns_of, Extent::Column),
        ];
        let mut given =
            given.into_iter().filter_map(|(cells, extent)| Some((cells.as_ref()?, extent)));
        let (Some((cells, extent)), None) = (given.next(), given.next()) else {
            self.refuse(
                &place,
                message!("`ignore` needs exactly one of `cells`, `rows-of` and `columns-of`"),
            );
            return None;
        };
        if written.because.trim().is_empty() {
            self.refuse(&place, message!("`because` is empty"));
            self.hint(Some(message!("write why these cells contain nothing that is needed")));
        }
        let selection = self.selection(cells, &place);
        Some(Ignore { selection, extent, because: written.because.clone() })
    }

    fn expect(&mut self, expect: &WrittenExpect, dimensions: &[Dimension], whole: &Place) {
        let columns = || dimensions.iter().filter(|one| one.is_column).map(|one| &*one.name);
        let mut named: Vec<(&str, Place)> =
            expect.members.keys().map(|name| (name.as_str(), whole.clone())).collect();
        for sum in &expect.sum {
            let place = self.text.place(sum.span());
            named.push((&sum.get_ref().over, place.clone()));
            named.extend(sum.get_ref().only.keys().map(|name| (name.as_str(), place.clone())));
            if let Equals::Member(member) = &sum.get_ref().equals {
                let mut keys = member.keys();
                if keys.next() != Some(&sum.get_ref().over) || keys.next().is_some() {
                    let over = &sum.get_ref().over;
                    self.refuse(
                        &place,
                        message!("the sum over `{over}` does not say which member it equals", over),
                    );
                    self.hint(Some(message!(
                        "write `equals = {{ {over} = \"CODE\" }}`, or a number",
                        over
                    )));
                }
            }
        }
        for balance in &expect.balance {
            named.push((&balance.get_ref().over, self.text.place(balance.span())));
        }
        for (name, place) in named {
            if !columns().any(|known| known == name) {
                self.refuse(&place, message!("there is no dimension `{name}`", name));
                let hint = did_you_mean(name, columns());
                self.hint(hint);
            }
        }
    }
}

/// The expression of a name with `*` in it.
fn glob(name: &str) -> String {
    let parts: Vec<String> = name.split('*').map(regex::escape).collect();
    format!("(?i)^{}$", parts.join(".*"))
}
