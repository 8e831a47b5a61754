//! Periods: what holds for one period is not called by another's name (guard 12).
//!
//! Releases print totals from January, and the commonest slip is to call such a total by the name
//! of its last quarter. A line that names a quarter, by a value or in typed words, may quote only
//! what holds for that quarter, unless it names the other period too.

use super::{Voice, nearest_line};
use crate::data::Time;
use crate::diag::{Diagnostic, Place, Result};
use crate::document::{Block, Inline};
use crate::facts::Fact;
use crate::period::{Period, Span};
use crate::prose::{SectionFile, plain};

/// A period that a line names.
#[derive(Debug, Clone, PartialEq)]
enum Named {
    /// By a value.
    Over(Period),
    /// In words that somebody typed: the quarter of some year.
    Typed(i8, String),
}

impl Named {
    fn is_quarter(&self) -> bool {
        match self {
            Self::Over(period) => period.span() == Span::Quarter,
            Self::Typed(..) => true,
        }
    }

    /// Whether what holds for `period` may be called so.
    fn covers(&self, period: Period) -> bool {
        match self {
            Self::Over(named) => *named == period,
            Self::Typed(quarter, _) => {
                period == Period::quarter(period.end.year, *quarter)
                    && period.last_quarter() == *quarter
            }
        }
    }
}

impl Voice {
    /// Refuses a phrase that calls what it quotes, or `shown` beside it, by another period's name.
    pub(crate) fn rightly_called(&self, key: &str, line: &[Inline], shown: &[&Fact]) -> Result<()> {
        match self.miscalled(line, shown) {
            Some(problem) => Err(problem.at(self.strings.place(key)).into()),
            None => Ok(()),
        }
    }

    /// The same for the sentences of a section's block.
    pub(super) fn miscalled_in(
        &self,
        block: &Block,
        file: &SectionFile,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut each = |line: &[Inline]| {
            for (id, content) in sentences(line) {
                if let Some(problem) = self.miscalled(content, &[]) {
                    found.push(problem.at(place_of(id, content, file)));
                }
            }
        };
        match block {
            Block::Heading { content, .. } | Block::Paragraph { content } => each(content),
            Block::Notes { notes } => notes.iter().for_each(|note| each(&note.content)),
            Block::List { items, .. } => {
                items.iter().flatten().for_each(|block| self.miscalled_in(block, file, found));
            }
            Block::Box { blocks, .. } => {
                blocks.iter().for_each(|block| self.miscalled_in(block, file, found));
            }
            Block::Parallel { columns } => {
                columns
                    .iter()
                    .flat_map(|c| &c.blocks)
                    .for_each(|b| self.miscalled_in(b, file, found));
            }
            Block::Columns { left, right } => {
                left.iter().chain(right).for_each(|block| self.miscalled_in(block, file, found));
            }
            // Their words are phrases, which are checked where they are said.
            Block::Cards { .. } | Block::Figure(_) | Block::Table(_) | Block::Bibliography => {}
        }
    }

    fn miscalled(&self, line: &[Inline], shown: &[&Fact]) -> Option<Diagnostic> {
        let mut named = vec![];
        let mut quoted: Vec<&Fact> = shown.to_vec();
        self.read(line, &mut named, &mut quoted);
        // Years and runs of months are named for comparison all the time; quarters are mistaken.
        let quarter = named.iter().find(|named| named.is_quarter())?;
        let covers = |time: Time| match time {
            Time::Over(period) => named.iter().any(|named| named.covers(period)),
            Time::At(_) => true,
        };
        let fact = quoted
            .into_iter()
            .find(|fact| !covers(fact.time) && fact.base_time.is_none_or(|base| !covers(base)))?;
        let called = match quarter {
            Named::Over(period) => {
                self.locale().period(*period, "nom").unwrap_or_else(|_| period.to_string())
            }
            Named::Typed(_, words) => words.clone(),
        };
        let problem = Diagnostic::error(
            "K0408",
            format!("`{}` holds for {}, and is called \u{201C}{called}\u{201D}", fact.id, fact.time),
        )
        .note("a total from January is not its last quarter; the quarter is the difference of two totals");
        Some(match fact.id.contains('.') {
            true => problem.hint("name the period it holds for, or quote another fact"),
            false => problem.hint(format!(
                "quote the quarter, `{}.quarter`, or name the period by its value, as `period`",
                fact.id
            )),
        })
    }

    /// The periods a line names and the facts it quotes.
    fn read<'f>(&'f self, line: &[Inline], named: &mut Vec<Named>, quoted: &mut Vec<&'f Fact>) {
        for inline in line {
            match inline {
                Inline::Text { text } => self.typed(text, named),
                Inline::Fact { id, form, .. } if form == "time" => {
                    let period = id.strip_prefix("time:").and_then(|time| time.parse().ok());
                    named.extend(period.map(Named::Over));
                }
                Inline::Fact { form, .. } if form == "name" => {}
                Inline::Fact { id, .. } => {
                    let whole = id.split('[').next().unwrap_or_default();
                    quoted.extend(self.facts().get(whole));
                }
                Inline::Sentence { content, .. }
                | Inline::Emph { content }
                | Inline::Strong { content }
                | Inline::Link { content, .. }
                | Inline::Foreign { content, .. } => self.read(content, named, quoted),
                Inline::Ref { .. }
                | Inline::NoteRef { .. }
                | Inline::Cite { .. }
                | Inline::Break => {}
            }
        }
    }

    /// The quarters that typed words name.
    fn typed(&self, text: &str, named: &mut Vec<Named>) {
        let text = text.to_lowercase().replace(['\u{A0}', '\u{202F}'], " ");
        for (quarter, name) in &self.speech.quarters {
            let is_named = text.match_indices(name.as_str()).any(|(at, _)| {
                let after = text[at + name.len()..].chars().next();
                let ends_word = name.ends_with(|c: char| c.is_ascii_digit());
                let is_within = text[..at].ends_with(char::is_alphanumeric)
                    || (ends_word && after.is_some_and(char::is_alphanumeric));
                !is_within
            });
            if is_named {
                named.push(Named::Typed(*quarter, name.clone()));
            }
        }
    }
}

/// The sentences of a line, each with its id.
fn sentences(line: &[Inline]) -> Vec<(&str, &[Inline])> {
    let mut all = vec![];
    for inline in line {
        match inline {
            Inline::Sentence { id, content } => all.push((id.as_str(), content.as_slice())),
            Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => all.extend(sentences(content)),
            _ => {}
        }
    }
    all
}

/// Where a sentence is written: its call, or the line its words come from.
fn place_of(id: &str, content: &[Inline], file: &SectionFile) -> Place {
    file.call("sentence", id).unwrap_or_else(|| nearest_line(&file.text, &plain(content)))
}
