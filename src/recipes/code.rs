//! From the text of a header to a code, by what the recipe says of the dimension. A text is looked up once.

use std::collections::HashMap;
use std::sync::Arc;

use super::Context;
use super::names::folded;
use super::periods;
use super::recipe::{Dimension, Recipe};
use super::select::{plain, text_of};
use super::written::Read;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::stats::Time;
use crate::workbook::{Cell, Content, Sheet};

/// A code, and the footnote marks that were taken off its text.
pub(super) type Coded = Result<(Arc<str>, String), Diagnostic>;

/// A dimension, and the parent code within which its texts are read.
type Within = (usize, Option<Arc<str>>);

/// What texts mean, for the dimensions of a recipe.
pub(super) struct Codes<'a> {
    recipe: &'a Recipe,
    pub context: &'a Context<'a>,
    /// By dimension and parent, then by text.
    met: HashMap<Within, HashMap<String, Coded>>,
}

impl<'a> Codes<'a> {
    pub(super) fn new(recipe: &'a Recipe, context: &'a Context<'a>) -> Self {
        Self { recipe, context, met: HashMap::new() }
    }

    /// What a cell says of a dimension.
    pub(super) fn of_cell(
        &mut self,
        dimension: usize,
        sheet: &Sheet,
        cell: &Cell<'_>,
        parent: Option<&Arc<str>>,
        time: Option<Time>,
    ) -> Coded {
        let own = &self.recipe.dimensions[dimension];
        let is_number = matches!(cell.content, Content::Number(_) | Content::Date(_));
        // A number or a day that is a label is more than its digits.
        if is_number && own.read == Some(Read::Period) && own.part.is_none() && own.is_column {
            let read = periods::period_of_cell(cell, &own.rules, self.context.words)?;
            return Ok((read.time.to_string().into(), read.marks.join(" ")));
        }
        let (code, mut marks) = match sheet.coded(cell) {
            Some((code, label)) => self.of_code(dimension, code, label, parent, time)?,
            None => {
                let text = text_of(cell).unwrap_or_default();
                self.of_text(dimension, &text, parent, time)?
            }
        };
        if let Some(raised) = cell.marks {
            marks.push_str(raised);
        }
        Ok((code, marks))
    }

    /// What a code with its label says of a dimension: either of them, and not two things.
    fn of_code(
        &mut self,
        dimension: usize,
        code: &str,
        label: &str,
        parent: Option<&Arc<str>>,
        time: Option<Time>,
    ) -> Coded {
        let own = &self.recipe.dimensions[dimension];
        let by_code = self.of_text(dimension, &plain(code), parent, time);
        let is_looked_up = own.read == Some(Read::Name) || !own.codes.is_empty();
        let is_period = own.read == Some(Read::Period);
        // A code is itself, as is a part of another text, and a period by its code is none by another name.
        let is_unread_period = is_period && by_code.is_err();
        if !own.is_column || !(is_looked_up || is_unread_period) {
            return by_code;
        }
        let by_label = self.of_text(dimension, &plain(label), parent, time);
        match (by_code, by_label) {
            (Ok((one, _)), Ok((other, _))) if one != other && !is_period => {
                let message = message!(
                    "`{code}` is {one}, and its label `{label}` is {other}",
                    code,
                    one,
                    label,
                    other
                );
                Err(Diagnostic::error(Code::K1509, message)
                    .note(message!(
                        "one of the two means something else in these data than in the file"
                    ))
                    .hint(message!(
                        "say `codes` of the dimension `{name}` in the recipe",
                        name = own.name
                    )))
            }
            (Ok(coded), _) | (_, Ok(coded)) => Ok(coded),
            // Names are those of the label.
            (Err(_), Err(problem)) if own.read == Some(Read::Name) => Err(problem),
            (Err(problem), Err(_)) => Err(problem.note(message!("its label is `{label}`", label))),
        }
    }

    /// What a text says of a dimension.
    pub(super) fn of_text(
        &mut self,
        dimension: usize,
        text: &str,
        parent: Option<&Arc<str>>,
        time: Option<Time>,
    ) -> Coded {
        let key = (dimension, parent.cloned());
        if let Some(met) = self.met.get(&key).and_then(|met| met.get(text)) {
            return met.clone();
        }
        let coded = self.coded(&self.recipe.dimensions[dimension], text, parent, time);
        self.met.entry(key).or_default().insert(text.to_owned(), coded.clone());
        coded
    }

    fn coded(
        &self,
        own: &Dimension,
        text: &str,
        parent: Option<&Arc<str>>,
        time: Option<Time>,
    ) -> Coded {
        let part = part(own, text)?;
        // Only a piece of another dimension's text.
        if !own.is_column {
            return Ok((
                own.codes.get(&folded(part)).cloned().unwrap_or_else(|| part.into()),
                String::new(),
            ));
        }
        if let Some(code) = own.codes.get(&folded(part)) {
            return Ok((code.clone(), String::new()));
        }
        match own.read {
            Some(Read::Period) => {
                let read = periods::period(part, &own.rules, self.context.words)?;
                Ok((read.time.to_string().into(), read.marks.join(" ")))
            }
            Some(Read::Name) => {
                let register = self.context.registers.get(&own.name).map(String::as_str);
                let names = register.and_then(|register| self.context.lexicons.get(register));
                let Some(names) = names else {
                    return Err(Diagnostic::error(
                        Code::K1501,
                        message!("the column `{name}` does not point to a register with names", name = own.name),
                    )
                    .hint(message!("write `codes = {{ \"TEXT\" = \"CODE\" }}` for the dimension")));
                };
                let read = names.code(part, parent.map(|code| &**code), time)?;
                Ok((read.code.as_str().into(), read.marks.join(" ")))
            }
            Some(Read::Code) => Ok((part.into(), String::new())),
            None => Err(Diagnostic::error(
                Code::K1509,
                message!("`{part}` has no code of `{name}`", part, name = own.name),
            )
            .maybe_hint(did_you_mean(part, own.texts.iter().map(String::as_str)))
            .hint(message!("write it under `codes` of the dimension, as `\"{part}\" = \"CODE\"`, if it is one of \
                 its members", part))),
        }
    }
}

/// The part of a text that counts.
fn part<'t>(own: &Dimension, text: &'t str) -> Result<&'t str, Diagnostic> {
    use super::recipe::How;
    let has_group =
        |regex: &&regex::Regex| regex.capture_names().flatten().any(|name| name == own.name);
    let of_cells = match &own.how {
        How::Header(selection, _) | How::Title(selection) => {
            selection.pattern.as_ref().filter(has_group)
        }
        _ => None,
    };
    let Some(regex) = own.part.as_ref().or(of_cells) else { return Ok(text) };
    let found = regex
        .captures(text)
        .and_then(|found| found.name(&own.name).or_else(|| found.get(1)).or_else(|| found.get(0)));
    found.map(|part| part.as_str().trim()).ok_or_else(|| {
        Diagnostic::error(
            Code::K1509,
            message!("`{text}` has no part that says `{name}`", text, name = own.name),
        )
        .note(message!("the part is found by the pattern `{regex}`", regex))
        .hint(message!(
            "change `part` of the dimension, or `cells` if this is not one of its headers"
        ))
    })
}
