//! Figures inside sentences: the text of a release, a paragraph in each cell.
//!
//! A pattern of the recipe matches one sentence of the sheet; its named groups are figures. What is left of a paragraph
//! has to be without digits, or nobody reads it and it is named.

use std::ops::Range;

use regex::Captures;

use super::super::Claim;
use super::super::recipe::{Recipe, Sentence};
use super::super::select::{listed, text_of};
use super::Reader;
use crate::diag::{Code, Diagnostic};
use crate::workbook::{Address, Cell, Content, Formula, Style};

/// As much of a text is quoted.
const QUOTED: usize = 60;

/// A paragraph, and which parts of it were read.
struct Paragraph {
    at: Address,
    text: String,
    read: Vec<Range<usize>>,
    has_figures: bool,
}

impl Reader<'_, '_> {
    /// Reads the figures of sentences.
    pub(super) fn sentences(&mut self) {
        let recipe = self.recipe;
        let Some(area) = self.ground.area(Some(&recipe.values.within)) else { return };
        let mut paragraphs: Vec<Paragraph> = self
            .ground
            .filled(area)
            .filter(|cell| !matches!(self.claims.get(self.sheet, cell.at), Some(Claim::Ignored(_))))
            .filter_map(|cell| {
                let text = text_of(&cell)?.into_owned();
                Some(Paragraph { at: cell.at, text, read: vec![], has_figures: false })
            })
            .collect();
        for sentence in &recipe.sentences {
            match sentence.figures.is_empty() {
                true => passed(sentence, &mut paragraphs),
                false => self.sentence(sentence, &mut paragraphs),
            }
        }
        for paragraph in paragraphs {
            self.rest(&paragraph);
        }
    }

    /// Reads the only sentence that matches.
    fn sentence(&mut self, sentence: &Sentence, paragraphs: &mut [Paragraph]) {
        let matches: Vec<(usize, Range<usize>)> = paragraphs
            .iter()
            .enumerate()
            .flat_map(|(number, paragraph)| {
                let found = sentence.pattern.find_iter(&paragraph.text);
                found.map(move |found| (number, found.range()))
            })
            .collect();
        let [(number, range)] = &matches[..] else {
            let cells: Vec<Address> =
                matches.iter().map(|(number, _)| paragraphs[*number].at).collect();
            let problem = self.not_once(sentence, &cells);
            return self.tell(problem);
        };
        let paragraph = &mut paragraphs[*number];
        paragraph.read.push(range.clone());
        paragraph.has_figures = true;
        let (at, text) = (paragraph.at, paragraph.text.clone());
        let Some(groups) = sentence.pattern.captures_at(&text, range.start) else { return };
        for (group, codes) in &sentence.figures {
            self.of_group(at, &groups, group, codes);
        }
    }

    /// Reads the figure in a group of a sentence; its own codes go before those of the whole sheet.
    fn of_group(
        &mut self,
        at: Address,
        groups: &Captures<'_>,
        group: &str,
        codes: &[(usize, std::sync::Arc<str>)],
    ) {
        // A group that may be left out of a sentence gives no figure then.
        let Some(found) = groups.name(group) else { return };
        let cell = Cell {
            at,
            content: Content::Text(found.as_str()),
            style: Style::default(),
            marks: None,
            formula: Formula::None,
        };
        let mut members = vec![];
        for dimension in 0..self.recipe.dimensions.len() {
            if !self.recipe.dimensions[dimension].is_column {
                continue;
            }
            let member = match codes.iter().find(|(own, _)| *own == dimension) {
                Some((_, code)) => Ok(self.member(dimension, code.clone(), None)),
                None => self.resolve(dimension, at),
            };
            match member {
                Ok(member) => {
                    self.mark(member);
                    members.push(member);
                }
                Err(missed) => {
                    let problem = self.headless(&cell, dimension, missed);
                    return self.tell(problem);
                }
            }
        }
        if !members.contains(&super::BROKEN) {
            self.observe(&cell, &members);
        }
    }

    /// The problem that a sentence is not there, or is there several times.
    fn not_once(&self, sentence: &Sentence, cells: &[Address]) -> Diagnostic {
        let place = Some(sentence.place.clone());
        let sheet = self.sheet.name();
        match cells {
            [] => Diagnostic::error(
                Code::K1504,
                message!("no sentence of `{sheet}` matches the \
                pattern", sheet),
            )
            .at(place)
            .label(message!("the pattern"))
            .note(message!("a release with other wording may have another meaning"))
            .hint(message!("read the release, and change `pattern` of the sentence to its words"))
            .hint(message!("if a paragraph was broken into lines when it was copied, join them")),
            several => Diagnostic::error(
                Code::K1504,
                message!("{number_of_several} sentences of `{sheet}` match the pattern, but it must match one", number_of_several = several.len(), sheet),
            )
            .at(place)
            .label(message!("the pattern"))
            .note(message!("the cells are {several}", several = listed(several)))
            .hint(message!("make `pattern` of the sentence more exact")),
        }
    }

    /// Claims a paragraph, or names what is left of it.
    fn rest(&mut self, paragraph: &Paragraph) {
        let left: String = paragraph
            .text
            .char_indices()
            .filter(|(at, _)| !paragraph.read.iter().any(|range| range.contains(at)))
            .map(|(_, c)| c)
            .collect();
        if let Some(digit) = left.find(|c: char| c.is_ascii_digit()) {
            let start = left[..digit].rfind(['.', '!', '?', ';']).map_or(0, |at| at + 1);
            let quoted: String = left[start..].trim().chars().take(QUOTED).collect();
            let problem = Diagnostic::error(
                Code::K1506,
                message!(
                    "the recipe does not read the \
                figure in `{quoted}`",
                    quoted
                ),
            )
            .at(self.place(paragraph.at))
            .note(message!("a figure that the recipe does not know may be needed in the table"))
            .hint(message!(
                "add a sentence with `figures` to the recipe, or one with `because` and the \
                    reason why it is not needed"
            ));
            self.tell(problem);
        }
        let claim = match paragraph.has_figures {
            true => Claim::Value,
            false => Claim::Ignored(self.plain_text()),
        };
        self.claims.add(self.sheet, paragraph.at, claim);
        if paragraph.has_figures {
            self.claims.insert(self.sheet, paragraph.at, Claim::Value);
        }
    }

    /// The place of the reason why a paragraph without figures is left out.
    fn plain_text(&mut self) -> u16 {
        const REASON: &str = "text without figures to be read";
        let all = &mut self.reading.left_out;
        let at = all.iter().position(|(reason, _)| reason == REASON).unwrap_or_else(|| {
            all.push((REASON.to_owned(), 0));
            all.len() - 1
        });
        all[at].1 += 1;
        u16::try_from(at).unwrap_or(u16::MAX)
    }
}

/// Marks what a sentence says that is read by nobody on purpose.
fn passed(sentence: &Sentence, paragraphs: &mut [Paragraph]) {
    for paragraph in paragraphs {
        let found = sentence.pattern.find_iter(&paragraph.text);
        paragraph.read.extend(found.map(|found| found.range()));
    }
}

/// Whether a recipe reads sentences in the place of cells.
pub(super) fn are_read(recipe: &Recipe) -> bool {
    !recipe.sentences.is_empty()
}
