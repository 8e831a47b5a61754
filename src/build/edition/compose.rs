//! Composes one edition: the document tree of sections, exhibits and numbers.
//!
//! In: the writers of all languages (the edition's own first), the section files, the exhibits. Out: a
//! [`Composed`]: the tree, the charts to draw, and the sentences left out. Figures, tables and notes are
//! numbered here in order of appearance, so that numbers agree in every language.

use std::collections::{BTreeMap, BTreeSet};

use crate::charts::Chart;
use crate::diag::{Code, Diagnostic, Result, Warned, did_you_mean, settle};
use crate::document::{Block, Document, Inline, Meta, Note, Section};
use crate::exhibits::{self, Exhibits};
use crate::project::PageSize;
use crate::prose::{Placed, SectionFile, Skipped, Writer};

/// A worded edition with its charts.
#[derive(Debug, Clone)]
pub(super) struct Composed {
    /// The document tree.
    pub document: Document,
    /// The charts by figure id, each with its width in points.
    pub charts: Vec<(String, Chart, f64)>,
    /// The sentences left out.
    pub skipped: Vec<Skipped>,
    /// The ids of facts used in conditions.
    pub asked: BTreeSet<String>,
}

/// The composition of an edition, the same in every language.
pub(super) struct Plan<'a> {
    /// The size of the pages.
    pub page: PageSize,
    /// The figures and tables.
    pub exhibits: &'a Exhibits,
    /// The ids of the cards on the first page.
    pub cards: &'a [String],
    /// The ids of figures in one of two columns.
    pub narrow: &'a [String],
    /// Whether two languages share the page, so that every figure is narrow.
    pub is_parallel: bool,
    /// Sentences whose list items are moved to the beginning of their lists, in this order.
    pub lead: &'a [String],
    /// The ids of sections with short lists.
    pub key_sections: &'a [String],
    /// The largest number of items in these lists.
    pub key_items: Option<usize>,
}

/// Composes one edition. The first of `writers` is that of the edition's own language.
pub(super) fn compose(
    plan: &Plan<'_>,
    writers: &[&Writer],
    sections: &[SectionFile],
    meta: Meta,
) -> Result<Warned<Composed>> {
    let writer = writers[0];
    let mut found = vec![];
    let mut charts = vec![];
    let mut composed = vec![];
    for file in sections {
        writer.begin(&file.id);
        let mut problems = vec![];
        let mut place = |name: &str, arguments: &[String]| {
            let call = Call { name, id: arguments.first().map(String::as_str), section: file };
            match place(plan, writers, &call, &mut charts) {
                Ok(placed) => Some(placed),
                Err(errors) => {
                    problems.extend(errors);
                    None
                }
            }
        };
        match writer.section(file, &mut place) {
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
    number(&mut document, writer, sections, &mut found)?;
    let skipped = writer.skipped();
    settle(Composed { document, charts, skipped, asked: writer.asked() }, found)
}

struct Call<'a> {
    name: &'a str,
    id: Option<&'a str>,
    section: &'a SectionFile,
}

fn place(
    plan: &Plan<'_>,
    writers: &[&Writer],
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
                plan.page.parallel_width_pt()
            } else if plan.narrow.contains(&spec.id) {
                plan.page.column_width_pt()
            } else {
                plan.page.full_width_pt()
            };
            match exhibits::figure(spec, writers, width)? {
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
            exhibits::table(spec, writers)?
                .map_or(Placed::Nothing, |table| Placed::Block(Block::Table(table)))
        }
        "cards" => {
            let mut cards = vec![];
            for card in plan.cards {
                cards.extend(exhibits::card(writers[0], card)?);
            }
            Placed::Block(Block::Cards { cards })
        }
        "bibliography" => Placed::Block(Block::Bibliography),
        _ => Placed::Block(Block::Columns { left: vec![], right: vec![] }),
    })
}

fn unknown<'a>(call: &Call<'_>, id: &str, known: impl Iterator<Item = &'a str>) -> Vec<Diagnostic> {
    vec![
        Diagnostic::error(Code::K0401, message!("there is no {name} `{id}`", name = call.name, id))
            .at(call_place(call, id))
            .maybe_hint(did_you_mean(id, known)),
    ]
}

/// Checks that a figure is called from one of its sections.
fn belongs(call: &Call<'_>, id: &str, tags: &[String], spec: &crate::diag::Place) -> Result<()> {
    if tags.contains(&call.section.id) {
        return Ok(());
    }
    Err(vec![
        Diagnostic::error(
            Code::K0502,
            message!(
                "{name} `{id}` does not belong to section `{id_2}`",
                name = call.name,
                id,
                id_2 = call.section.id
            ),
        )
        .at(call_place(call, id))
        .related(spec.clone(), message!("it belongs to {tags}", tags = tags.join(", ")))
        .hint(message!(
            "refer to it in one of its sections, or add `{id}` to its `sections`",
            id = call.section.id
        )),
    ])
}

fn call_place(call: &Call<'_>, id: &str) -> crate::diag::Place {
    let text = &call.section.text;
    call.section.call(call.name, id).unwrap_or_else(|| crate::diag::Place::Path(text.path.clone()))
}

/// Whether a block contains the sentence `id`.
fn says(block: &Block, id: &str) -> bool {
    let is_it = |inline: &Inline| matches!(inline, Inline::Sentence { id: own, .. } if own == id);
    matches!(block, Block::Paragraph { content } if content.iter().any(is_it))
}

/// Moves the list items of leading sentences to the beginning of their lists.
fn lead(document: &mut Document, lead: &[String]) {
    if lead.is_empty() {
        return;
    }
    document.each_block_mut(|block| {
        if let Block::List { items, .. } = block {
            let rank = |item: &Vec<Block>| {
                let said = |id: &String| item.iter().any(|block| says(block, id));
                lead.iter().position(said).unwrap_or(lead.len())
            };
            items.sort_by_key(rank);
        }
    });
}

/// Cuts the lists of key sections to their first items.
fn shorten(document: &mut Document, plan: &Plan<'_>) {
    let Some(most) = plan.key_items else { return };
    for section in &mut document.sections {
        if plan.key_sections.contains(&section.id) {
            section.each_block_mut(|block| {
                if let Block::List { items, .. } = block {
                    items.truncate(most);
                }
            });
        }
    }
}

/// Removes headings without content.
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

/// Numbers, assigned in order of appearance.
#[derive(Default)]
struct Numbers {
    figures: BTreeMap<String, usize>,
    tables: BTreeMap<String, usize>,
    notes: BTreeMap<String, usize>,
}

fn number(
    document: &mut Document,
    writer: &Writer,
    sections: &[SectionFile],
    found: &mut Vec<Diagnostic>,
) -> Result<()> {
    let mut numbers = Numbers::default();
    let mut written: Vec<String> = vec![];
    document.each_block_mut(|block| match block {
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
    let is_lost = |target: &str| {
        !numbers.figures.contains_key(target) && !numbers.tables.contains_key(target)
    };
    for (section, sentence, target) in drop_lost_refs(document, &is_lost) {
        writer.begin(&section);
        writer.leave_out(&sentence, &target, "it is left out, but the sentence refers to it");
    }
    let mut referred: Vec<String> = vec![];
    document.each_inline_mut(|inline| {
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
    check_notes(&referred, &written, sections, writer, found);
    drop_uncalled(document, &referred);
    let figure_ref = writer.plain("layout.figure-ref")?;
    let table_ref = writer.plain("layout.table-ref")?;
    let with = |pattern: &str, number: usize| pattern.replace("{n}", &number.to_string());
    document.each_inline_mut(|inline| match inline {
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
    document.each_block_mut(|block| match block {
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

/// Refuses references to notes that do not exist, notes written twice, and notes that nothing refers to.
fn check_notes(
    referred: &[String],
    written: &[String],
    sections: &[SectionFile],
    writer: &Writer,
    found: &mut Vec<Diagnostic>,
) {
    for id in referred.iter().filter(|id| !written.contains(id)) {
        found.push(
            Diagnostic::error(
                Code::K0503,
                message!("the text refers to the note `{id}`, which does not exist", id),
            )
            .at(sections.iter().find_map(|file| file.call("note", id)))
            .maybe_hint(did_you_mean(id, written.iter().map(String::as_str)))
            .hint(message!(
                "write it in the section of notes: {{% call note(\"{id}\") %}} … {{% endcall %}}",
                id
            )),
        );
    }
    // Which calls remain depends on the data, and a note without a call is removed. A note that nothing
    // ever calls is an error.
    for (index, id) in written.iter().enumerate() {
        if written[..index].contains(id) {
            found.push(
                Diagnostic::error(Code::K0817, message!("the note `{id}` is written twice", id))
                    .at(sections.iter().find_map(|file| file.call("call note", id)))
                    .hint(message!(
                        "delete one of them, or give them conditions that exclude each other"
                    )),
            );
        } else if !referred.contains(id) && !is_called(id, sections, writer) {
            found.push(
                Diagnostic::error(Code::K0816, message!("nothing refers to the note `{id}`", id))
                    .at(sections.iter().find_map(|file| file.call("call note", id)))
                    .note(
                        message!("a reader who finds a note without a reference does not know what it is \
                        about"),
                    )
                    .hint(message!("refer to it in the text, as `{{{{ note(\"{id}\") }}}}`, or delete the note", id)),
            );
        }
    }
}

/// Whether some text calls a note, whatever the data.
fn is_called(id: &str, sections: &[SectionFile], writer: &Writer) -> bool {
    let call = format!("note(\"{id}\")");
    let calls = |text: &str| {
        text.match_indices(&call).any(|(at, _)| !text[..at].trim_end().ends_with("call"))
    };
    sections.iter().any(|file| calls(&file.text.text)) || writer.has_text(calls)
}

/// Removes notes without a reference, and headings without content.
fn drop_uncalled(document: &mut Document, referred: &[String]) {
    let mut is_lost = false;
    document.each_block_mut(|block| {
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

/// Removes references to missing exhibits, together with their brackets. A sentence that is incomplete
/// without its reference is removed. Returns the section, sentence id and target of each removed
/// sentence.
fn drop_lost_refs(
    document: &mut Document,
    is_lost: &dyn Fn(&str) -> bool,
) -> Vec<(String, String, String)> {
    let mut gone = vec![];
    for section in &mut document.sections {
        let mut sentences = vec![];
        section.each_block_mut(|block| {
            for line in block.lines_mut() {
                line.retain_mut(|inline| settle_refs(inline, is_lost, &mut sentences));
                without_lost_refs(line, is_lost);
                if !sentences.is_empty() {
                    *line = crate::prose::tidy(std::mem::take(line));
                }
            }
        });
        if !sentences.is_empty() {
            prune(&mut section.blocks);
            section.blocks = without_empty_heads(std::mem::take(&mut section.blocks));
        }
        let id = &section.id;
        gone.extend(sentences.into_iter().map(|(sentence, at)| (id.clone(), sentence, at)));
    }
    gone
}

/// Removes lost references from a sentence; returns false if the sentence is incomplete without one.
fn settle_refs(
    inline: &mut Inline,
    is_lost: &dyn Fn(&str) -> bool,
    gone: &mut Vec<(String, String)>,
) -> bool {
    match inline {
        Inline::Sentence { id, content } => match without_lost_refs(content, is_lost) {
            Some(target) => {
                gone.push((id.clone(), target));
                false
            }
            None => true,
        },
        other => {
            if let Some(content) = other.content_mut() {
                content.retain_mut(|inline| settle_refs(inline, is_lost, gone));
            }
            true
        }
    }
}

/// Removes lost references from a line, each with its brackets or the comma next to it. Returns the
/// target of a reference that the sentence needs.
fn without_lost_refs(line: &mut Vec<Inline>, is_lost: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut said = None;
    for inline in line.iter_mut().filter(|inline| !matches!(inline, Inline::Sentence { .. })) {
        if let Some(content) = inline.content_mut() {
            said = said.or(without_lost_refs(content, is_lost));
        }
    }
    let lost = |inline: &Inline| match inline {
        Inline::Ref { target, .. } => is_lost(target).then(|| target.clone()),
        _ => None,
    };
    while let Some((at, target)) =
        line.iter().enumerate().find_map(|(at, inline)| Some((at, lost(inline)?)))
    {
        line.remove(at);
        let (before, after) = around(line, at);
        let (left, right) = (before.trim_end(), after.trim_start());
        let is_between = |c: char| matches!(c, ',' | ';');
        match (left.chars().next_back(), right.chars().next()) {
            (Some('('), Some(')')) => {
                let left = left.strip_suffix('(').unwrap_or(left).trim_end().to_owned();
                let right = right.strip_prefix(')').unwrap_or(right).to_owned();
                put_around(line, at, left, right);
            }
            // In "(Fig. 1, Table 2)" the comma is removed with the reference.
            (Some('('), Some(c)) if is_between(c) => {
                let right = right[c.len_utf8()..].trim_start().to_owned();
                put_around(line, at, left.to_owned(), right);
            }
            (Some(c), Some(next)) if is_between(c) && (next == ')' || is_between(next)) => {
                let left = left[..left.len() - c.len_utf8()].trim_end().to_owned();
                put_around(line, at, left, right.to_owned());
            }
            _ if is_aside(line, at) => take_aside(line, at),
            _ => said = said.or(Some(target)),
        }
    }
    said
}

/// The texts on both sides of a position in a line.
fn around(line: &[Inline], at: usize) -> (String, String) {
    let text = |inline: Option<&Inline>| match inline {
        Some(Inline::Text { text }) => text.clone(),
        _ => String::new(),
    };
    (text(at.checked_sub(1).and_then(|at| line.get(at))), text(line.get(at)))
}

fn put_around(line: &mut [Inline], at: usize, left: String, right: String) {
    if let Some(Inline::Text { text }) = at.checked_sub(1).and_then(|at| line.get_mut(at)) {
        *text = left;
    }
    if let Some(Inline::Text { text }) = line.get_mut(at) {
        *text = right;
    }
}

/// Whether a position is inside brackets that contain only typed words: "(see Fig. 1)".
fn is_aside(line: &[Inline], at: usize) -> bool {
    let (before, after) = around(line, at);
    let opens = before.rfind('(').is_some_and(|open| !before[open..].contains(')'));
    let closes = after.find(')').is_some_and(|close| !after[..close].contains('('));
    opens && closes
}

fn take_aside(line: &mut [Inline], at: usize) {
    let (before, after) = around(line, at);
    let left = before.rfind('(').map_or(before.as_str(), |open| before[..open].trim_end());
    let right = after.find(')').map_or(after.as_str(), |close| &after[close + 1..]);
    put_around(line, at, left.to_owned(), right.to_owned());
}

/// Removes empty paragraphs, items and notes.
fn prune(blocks: &mut Vec<Block>) {
    blocks.retain_mut(|block| match block {
        Block::Paragraph { content } | Block::Heading { content, .. } => !content.is_empty(),
        Block::List { items, .. } => {
            items.iter_mut().for_each(prune);
            items.retain(|item| !item.is_empty());
            !items.is_empty()
        }
        Block::Box { blocks, .. } => {
            prune(blocks);
            !blocks.is_empty()
        }
        Block::Columns { left, right } => {
            prune(left);
            prune(right);
            !left.is_empty() || !right.is_empty()
        }
        Block::Notes { notes } => {
            notes.retain(|note| !note.content.is_empty());
            !notes.is_empty()
        }
        _ => true,
    });
}
