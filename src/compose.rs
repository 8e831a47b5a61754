//! Composes one edition: sections, exhibits and numbering become the document tree.
//!
//! In: the voices of all languages (the edition's own first), the section files, the exhibits.
//! Out: a [`Composed`]: the tree, the charts to draw, and what could not be said. Figures, tables
//! and notes get their numbers here, in order of appearance, so that they are the same in every
//! language.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Result, Warned, did_you_mean, settle};
use crate::document::{Block, Document, Inline, Meta, Note, Section};
use crate::exhibits::{self, Exhibits, Placed};
use crate::figures::Chart;
use crate::prose::{Dropped, SectionFile, Voice};

/// One edition, worded, with the charts it needs.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The tree.
    pub document: Document,
    /// The charts by figure id, each with its width in points.
    pub charts: Vec<(String, Chart, f64)>,
    /// What could not be said.
    pub dropped: Vec<Dropped>,
}

/// Width of a figure across the page, in points: A4 less the margins of `page.typ`.
pub const FULL_WIDTH_PT: f64 = 470.0;
/// Width of a figure where two languages stand side by side.
pub const PARALLEL_WIDTH_PT: f64 = 224.0;
/// Width of a figure in one of two columns.
pub const COLUMN_WIDTH_PT: f64 = 240.0;

/// What an edition is composed of, the same in every language.
pub struct Plan<'a> {
    /// Figures and tables.
    pub exhibits: &'a Exhibits,
    /// The cards of the first page.
    pub cards: &'a [String],
    /// Figures that stand in one of two columns.
    pub narrow: &'a [String],
    /// Whether two languages share the page, so that every figure is narrow.
    pub is_parallel: bool,
    /// Sentences whose list items come first in their lists, in this order.
    pub lead: &'a [String],
    /// Sections whose lists are short.
    pub key_sections: &'a [String],
    /// How many items such a list has at most.
    pub key_items: Option<usize>,
}

/// Composes one edition; `voices` has its own language first.
pub fn compose(
    plan: &Plan<'_>,
    voices: &[&Voice],
    sections: &[SectionFile],
    meta: Meta,
) -> Result<Warned<Composed>> {
    let voice = voices[0];
    let mut found = vec![];
    let mut charts = vec![];
    let mut composed = vec![];
    for file in sections {
        voice.begin(&file.id);
        let mut problems = vec![];
        let mut place = |name: &str, arguments: &[String]| {
            let call = Call { name, id: arguments.first().map(String::as_str), section: file };
            match place(plan, voices, &call, &mut charts) {
                Ok(placed) => Some(placed),
                Err(errors) => {
                    problems.extend(errors);
                    None
                }
            }
        };
        match voice.section(file, &mut place) {
            Ok(blocks) => {
                composed.push(Section { id: file.id.clone(), blocks: without_empty_heads(blocks) })
            }
            Err(errors) => found.extend(errors),
        }
        found.extend(problems);
    }
    let mut document = Document { meta, sections: composed };
    lead(&mut document, plan.lead);
    shorten(&mut document, plan);
    number(&mut document, voice, sections, &mut found)?;
    let dropped = voice.dropped();
    settle(Composed { document, charts, dropped }, found)
}

struct Call<'a> {
    name: &'a str,
    id: Option<&'a str>,
    section: &'a SectionFile,
}

fn place(
    plan: &Plan<'_>,
    voices: &[&Voice],
    call: &Call<'_>,
    charts: &mut Vec<(String, Chart, f64)>,
) -> Result<Placed> {
    let id = call.id.unwrap_or_default();
    Ok(match call.name {
        "figure" => {
            let Some(spec) = plan.exhibits.figures.get(id) else {
                return Err(unknown(call, id, plan.exhibits.figures.keys().map(String::as_str)));
            };
            belongs(call, id, &spec.tags, &spec.place)?;
            let width = if plan.is_parallel {
                PARALLEL_WIDTH_PT
            } else if plan.narrow.contains(&spec.id) {
                COLUMN_WIDTH_PT
            } else {
                FULL_WIDTH_PT
            };
            match exhibits::figure(spec, voices, width)? {
                Some((figure, chart)) => {
                    charts.push((spec.id.clone(), chart, width));
                    Placed::Block(Block::Figure(figure))
                }
                None => Placed::Nothing,
            }
        }
        "table" => {
            let Some(spec) = plan.exhibits.tables.get(id) else {
                return Err(unknown(call, id, plan.exhibits.tables.keys().map(String::as_str)));
            };
            belongs(call, id, &spec.tags, &spec.place)?;
            exhibits::table(spec, voices)?
                .map_or(Placed::Nothing, |table| Placed::Block(Block::Table(table)))
        }
        "cards" => {
            let mut cards = vec![];
            for card in plan.cards {
                cards.extend(exhibits::card(voices[0], card)?);
            }
            Placed::Block(Block::Cards { cards })
        }
        "bibliography" => Placed::Block(Block::Bibliography),
        _ => Placed::Block(Block::Columns { left: vec![], right: vec![] }),
    })
}

fn unknown<'a>(call: &Call<'_>, id: &str, known: impl Iterator<Item = &'a str>) -> Vec<Diagnostic> {
    vec![
        Diagnostic::error("K0401", format!("there is no {} `{id}`", call.name))
            .at(call_place(call, id))
            .maybe_hint(did_you_mean(id, known)),
    ]
}

/// A figure may be called only from a section it belongs to.
fn belongs(call: &Call<'_>, id: &str, tags: &[String], spec: &crate::diag::Place) -> Result<()> {
    if tags.contains(&call.section.id) {
        return Ok(());
    }
    Err(vec![
        Diagnostic::error(
            "K0502",
            format!("{} `{id}` does not belong to section `{}`", call.name, call.section.id),
        )
        .at(call_place(call, id))
        .related(spec.clone(), format!("it belongs to {}", tags.join(", ")))
        .hint(format!(
            "call it from one of its sections, or add `{}` to its `sections`",
            call.section.id
        )),
    ])
}

fn call_place(call: &Call<'_>, id: &str) -> crate::diag::Place {
    let text = &call.section.text;
    call.section.call(call.name, id).unwrap_or_else(|| crate::diag::Place::Path(text.path.clone()))
}

/// Whether a block has the sentence `id`.
fn says(block: &Block, id: &str) -> bool {
    let is_it = |inline: &Inline| matches!(inline, Inline::Sentence { id: own, .. } if own == id);
    matches!(block, Block::Paragraph { content } if content.iter().any(is_it))
}

/// The list items that say what leads come first, in its order.
fn lead(document: &mut Document, lead: &[String]) {
    if lead.is_empty() {
        return;
    }
    walk(document, &mut |block| {
        if let Block::List { items, .. } = block {
            let rank = |item: &Vec<Block>| {
                let said = |id: &String| item.iter().any(|block| says(block, id));
                lead.iter().position(said).unwrap_or(lead.len())
            };
            items.sort_by_key(rank);
        }
    });
}

/// Of a list of a key section the first items stay, as many as it may have.
fn shorten(document: &mut Document, plan: &Plan<'_>) {
    let Some(most) = plan.key_items else { return };
    for section in &mut document.sections {
        if plan.key_sections.contains(&section.id) {
            walk_blocks(&mut section.blocks, &mut |block| {
                if let Block::List { items, .. } = block {
                    items.truncate(most);
                }
            });
        }
    }
}

/// A heading below which everything was dropped goes too.
fn without_empty_heads(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = vec![];
    for block in blocks {
        if let Block::Heading { level, .. } = &block {
            while let Some(Block::Heading { level: before, .. }) = kept.last()
                && before >= level
            {
                kept.pop();
            }
        }
        kept.push(block);
    }
    while matches!(kept.last(), Some(Block::Heading { .. })) {
        kept.pop();
    }
    kept
}

/// Numbers by order of appearance.
#[derive(Default)]
struct Numbers {
    figures: BTreeMap<String, usize>,
    tables: BTreeMap<String, usize>,
    notes: BTreeMap<String, usize>,
}

fn number(
    document: &mut Document,
    voice: &Voice,
    sections: &[SectionFile],
    found: &mut Vec<Diagnostic>,
) -> Result<()> {
    let mut numbers = Numbers::default();
    let mut written: Vec<String> = vec![];
    walk(document, &mut |block| match block {
        Block::Figure(figure) => {
            let next = numbers.figures.len() + 1;
            figure.number = *numbers.figures.entry(figure.id.clone()).or_insert(next);
        }
        Block::Table(table) => {
            let next = numbers.tables.len() + 1;
            table.number = *numbers.tables.entry(table.id.clone()).or_insert(next);
        }
        Block::Notes { notes } => written.extend(notes.iter().map(|note| note.id.clone())),
        _ => {}
    });
    let mut referred: Vec<String> = vec![];
    walk_lines(document, &mut |inline| {
        if let Inline::NoteRef { target, .. } = inline
            && !referred.contains(target)
        {
            referred.push(target.clone());
        }
    });
    for id in referred.iter().chain(&written) {
        let next = numbers.notes.len() + 1;
        numbers.notes.entry(id.clone()).or_insert(next);
    }
    for id in referred.iter().filter(|id| !written.contains(id)) {
        found.push(
            Diagnostic::error(
                "K0503",
                format!("the text refers to the note `{id}`, which is not written"),
            )
            .at(sections.iter().find_map(|file| file.call("note", id)))
            .maybe_hint(did_you_mean(id, written.iter().map(String::as_str)))
            .hint(format!(
                "write it in the section of notes: {{% call note(\"{id}\") %}} … {{% endcall %}}"
            )),
        );
    }
    // Which call is left depends on the data, and a note without one goes with it. A note that
    // nothing ever calls is a mistake.
    for (index, id) in written.iter().enumerate() {
        if written[..index].contains(id) {
            found.push(
                Diagnostic::error("K0817", format!("the note `{id}` is written twice"))
                    .at(sections.iter().find_map(|file| file.call("call note", id)))
                    .hint("keep one of them, or set conditions of which only one holds at a time"),
            );
        } else if !referred.contains(id) && !is_called(id, sections, voice) {
            found.push(
                Diagnostic::error("K0816", format!("nothing refers to the note `{id}`"))
                    .at(sections.iter().find_map(|file| file.call("call note", id)))
                    .note("a reader who meets a note without a call does not know what it is about")
                    .hint(format!(
                        "refer to it where it belongs, as `{{{{ note(\"{id}\") }}}}`, or take it out"
                    )),
            );
        }
    }
    drop_uncalled(document, &referred);
    let figure_ref = voice.plain("layout.figure-ref")?;
    let table_ref = voice.plain("layout.table-ref")?;
    let with = |pattern: &str, number: usize| pattern.replace("{n}", &number.to_string());
    walk_lines(document, &mut |inline| match inline {
        Inline::Ref { target, text } => {
            *text = match (numbers.figures.get(target), numbers.tables.get(target)) {
                (Some(n), _) => with(&figure_ref, *n),
                (None, Some(n)) => with(&table_ref, *n),
                (None, None) => String::new(),
            };
        }
        Inline::NoteRef { target, text } => {
            *text = numbers.notes.get(target).map_or(String::new(), usize::to_string);
        }
        _ => {}
    });
    drop_lost_refs(document);
    walk(document, &mut |block| match block {
        Block::Figure(f) => {
            let number = f.number;
            f.captions.iter_mut().for_each(|c| c.label = with(&c.label, number));
        }
        Block::Table(t) => {
            let number = t.number;
            t.captions.iter_mut().for_each(|c| c.label = with(&c.label, number));
        }
        Block::Notes { notes } => {
            notes.iter_mut().for_each(|note: &mut Note| {
                note.number = numbers.notes.get(&note.id).copied().unwrap_or(0)
            });
            notes.sort_by_key(|note| note.number);
        }
        _ => {}
    });
    Ok(())
}

/// Whether some text refers to a note, whatever the data.
fn is_called(id: &str, sections: &[SectionFile], voice: &Voice) -> bool {
    let call = format!("note(\"{id}\")");
    let calls = |text: &str| {
        text.match_indices(&call).any(|(at, _)| !text[..at].trim_end().ends_with("call"))
    };
    sections.iter().any(|file| calls(&file.text.text)) || voice.has_text(calls)
}

/// Takes out the notes that nothing refers to, and the heads that are left over nothing.
fn drop_uncalled(document: &mut Document, referred: &[String]) {
    let mut is_lost = false;
    walk(document, &mut |block| {
        if let Block::Notes { notes } = block {
            notes.retain(|note| referred.contains(&note.id));
            is_lost |= notes.is_empty();
        }
    });
    if is_lost {
        for section in &mut document.sections {
            let is_empty =
                |block: &Block| matches!(block, Block::Notes { notes } if notes.is_empty());
            section.blocks.retain(|block| !is_empty(block));
            section.blocks = without_empty_heads(std::mem::take(&mut section.blocks));
        }
    }
}

/// A reference to an exhibit that was left out is left out too, with the brackets around it.
fn drop_lost_refs(document: &mut Document) {
    walk_content(document, &mut |content| {
        let mut index = 0;
        while index < content.len() {
            let lost = matches!(&content[index], Inline::Ref { text, .. } if text.is_empty());
            if lost {
                content.remove(index);
                if let (Some(before), true) = (index.checked_sub(1), index < content.len())
                    && let [Inline::Text { text: left }, Inline::Text { text: right }] =
                        &mut content[before..=index]
                    && left.ends_with('(')
                    && right.starts_with(')')
                {
                    left.pop();
                    *left = left.trim_end_matches([' ', '\u{A0}']).to_owned();
                    right.remove(0);
                }
            } else {
                index += 1;
            }
        }
    });
}

/// Visits every block, outer ones first.
pub fn walk(document: &mut Document, visit: &mut dyn FnMut(&mut Block)) {
    for section in &mut document.sections {
        walk_blocks(&mut section.blocks, visit);
    }
}

fn walk_blocks(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::List { items, .. } => items.iter_mut().for_each(|item| walk_blocks(item, visit)),
            Block::Box { blocks, .. } => walk_blocks(blocks, visit),
            Block::Columns { left, right } => {
                walk_blocks(left, visit);
                walk_blocks(right, visit);
            }
            Block::Parallel { columns } => {
                columns.iter_mut().for_each(|column| walk_blocks(&mut column.blocks, visit));
            }
            _ => {}
        }
    }
}

/// Visits every line of every block.
pub fn walk_content(document: &mut Document, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    walk(document, &mut |block| match block {
        Block::Heading { content, .. } | Block::Paragraph { content } => lines(content, visit),
        Block::Cards { cards } => cards.iter_mut().for_each(|card| {
            lines(&mut card.value, visit);
            lines(&mut card.note, visit);
        }),
        Block::Figure(figure) => {
            lines(&mut figure.title, visit);
            lines(&mut figure.note, visit);
            figure.captions.iter_mut().for_each(|caption| lines(&mut caption.content, visit));
        }
        Block::Table(table) => {
            table.columns.iter_mut().for_each(|column| lines(&mut column.head, visit));
            table
                .rows
                .iter_mut()
                .flat_map(|row| &mut row.cells)
                .for_each(|cell| lines(&mut cell.content, visit));
            table.notes.iter_mut().for_each(|note| lines(note, visit));
            table.captions.iter_mut().for_each(|caption| lines(&mut caption.content, visit));
        }
        Block::Box { title, .. } => lines(title, visit),
        Block::Notes { notes } => notes.iter_mut().for_each(|note| lines(&mut note.content, visit)),
        Block::List { .. }
        | Block::Columns { .. }
        | Block::Parallel { .. }
        | Block::Bibliography => {}
    });
}

fn lines(content: &mut Vec<Inline>, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    visit(content);
    for inline in content {
        match inline {
            Inline::Sentence { content, .. }
            | Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => lines(content, visit),
            _ => {}
        }
    }
}

/// Visits every part of every line.
pub fn walk_lines(document: &mut Document, visit: &mut dyn FnMut(&mut Inline)) {
    walk_content(document, &mut |content| content.iter_mut().for_each(&mut *visit));
}
