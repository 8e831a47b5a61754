//! The texts of the tree that must be on the pages, each as a sequence of letters.

use super::stream::{is_blank, lower};
use crate::diag::Message;
use crate::document::screen::sentence_id;
use crate::document::{
    Block, Caption, Card, ContactLine, Document, Figure, Inline, Masthead, Meta, Stamp, Table,
};
use crate::typeset::clean;
use crate::typeset::fonts::Fonts;

/// What must be on the pages of a document.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// The texts, in the order of the tree.
    pub units: Vec<Unit>,
    /// The figures in order: name, path of the drawing, width in points.
    pub drawings: Vec<(Message, String, f64)>,
    /// Texts outside the sections, which must be on some page.
    pub outside: Vec<(Message, Letters)>,
    /// Texts that may be on any page any number of times: titles, periods, words of the layout.
    pub known: Vec<String>,
    /// Marks on every page.
    pub marks: Vec<String>,
    /// Whether the style numbers sources in order of citation.
    pub is_numbered: bool,
    /// The titles of the cited sources, by key.
    pub sources: Vec<(String, String)>,
    /// The numbers in the bibliography's file; all numbers of the printed list must be among them.
    pub source_numbers: std::collections::HashSet<String>,
    /// The number of cited sources.
    pub cited: usize,
}

/// A text that must be contiguous on a page.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Its name in messages: "sentence `s1-1`".
    pub name: Message,
    /// The text, with variants if it may be typeset in several ways.
    pub ways: Vec<Letters>,
    /// The number in front of it, and whether it is required.
    pub lead: Option<(String, bool)>,
    /// Whether it may be repeated on each page of its table.
    pub is_repeated: bool,
    /// The ends of parts that a page end may separate, such as the cells of a row.
    pub parts: Vec<usize>,
}

/// A text as letters in lower case without spaces, and what must be between them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letters {
    /// The letters.
    pub text: String,
    /// The text as written, for messages.
    pub written: String,
    /// What is before the letter at a byte offset.
    pub joints: Vec<(usize, Joint)>,
    /// The offsets of citations, with the numbers of the cited sources.
    pub cites: Vec<(usize, Vec<usize>)>,
}

/// What is between two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// A space, or the end of a line.
    Space,
    /// A no-break space, as between groups of digits.
    Tight,
    /// The boundary of a cell.
    Cell,
    /// A raised number.
    Raised,
    /// Anything.
    Free,
}

/// Collects the texts of a document.
pub(crate) fn of(document: &Document, cited: &[String], fonts: &Fonts) -> Expected {
    let mut gather = Gather { fonts, cited, found: Expected::default(), section: String::new() };
    gather.found.cited = cited.len();
    for section in &document.sections {
        gather.section = section.id.clone();
        gather.blocks(&section.blocks);
    }
    gather.outside(&document.meta);
    // In a text matched word by word, equal numbers cannot be assigned to their positions.
    let found = &mut gather.found;
    for letters in found.units.iter().flat_map(|unit| &unit.ways) {
        let words = words(&letters.text).unwrap_or_default();
        let numbers = words.into_iter().filter(|word| word.starts_with(char::is_numeric));
        found.known.extend(numbers.map(str::to_owned));
    }
    gather.found.known.sort_by_key(|known| std::cmp::Reverse(known.len()));
    gather.found.known.dedup();
    gather.found
}

/// The words and numbers of a text that is wholly or partly right-to-left; `None` for other texts. On a
/// line its runs are in visual order, so only single words can be found.
pub(super) fn words(letters: &str) -> Option<Vec<&str>> {
    if !letters.chars().any(clean::is_right_to_left) {
        return None;
    }
    let is_word = |c: char| c.is_alphanumeric() && !c.is_numeric();
    let mut all = vec![];
    let mut from = 0;
    let mut last: Option<char> = None;
    for (at, c) in letters.char_indices() {
        // Letters of one direction belong together, and so do digits.
        let goes_on = last.is_some_and(|last| {
            is_word(last)
                && is_word(c)
                && clean::is_right_to_left(last) == clean::is_right_to_left(c)
                || last.is_numeric() && c.is_numeric()
        });
        if !goes_on {
            all.push(&letters[from..at]);
            from = at;
        }
        last = Some(c);
    }
    all.push(&letters[from..]);
    all.retain(|word| word.chars().any(char::is_alphanumeric));
    Some(all)
}

/// The letters of a text outside the tree.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).flat_map(lower).collect()
}

struct Gather<'a> {
    fonts: &'a Fonts,
    cited: &'a [String],
    found: Expected,
    section: String,
}

impl Letters {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if is_blank(c) {
                if c.is_whitespace() && !self.text.is_empty() {
                    let joint = match c {
                        '\u{A0}' | '\u{202F}' | '\u{2007}' => Joint::Tight,
                        _ => Joint::Space,
                    };
                    self.joint(joint);
                }
                continue;
            }
            self.text.extend(lower(c));
        }
        self.written.push_str(text);
    }

    /// Sets what is before the next letter. The first call counts, except that a breaking space is
    /// overridden.
    fn joint(&mut self, joint: Joint) {
        let at = self.text.len();
        match self.joints.last_mut() {
            Some((last, known)) if *last == at => {
                if matches!(known, Joint::Tight) || joint != Joint::Tight && joint != Joint::Space {
                    *known = joint;
                }
            }
            _ => self.joints.push((at, joint)),
        }
    }

    /// Appends other letters.
    fn join(&mut self, other: &Self, joint: Joint) {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.joint(joint);
            self.written.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.written.push_str(&other.written);
        let moved = other.joints.iter().filter(|(at, _)| *at > 0 || start == 0);
        for (at, joint) in moved {
            self.joints.push((at + start, *joint));
        }
        self.cites.extend(other.cites.iter().map(|(at, keys)| (at + start, keys.clone())));
    }
}

impl Gather<'_> {
    fn plain(&self, text: &str) -> Letters {
        let mut letters = Letters::default();
        letters.push(&clean::text(text, self.fonts).text);
        letters
    }

    fn unit(&mut self, name: Message, letters: Letters) {
        if !letters.text.is_empty() || !letters.cites.is_empty() {
            self.found.units.push(Unit {
                name,
                ways: vec![letters],
                lead: None,
                is_repeated: false,
                parts: vec![],
            });
        }
    }

    /// The letters of a line; text of nested sentences is left out if requested.
    fn letters(&self, inlines: &[Inline]) -> Letters {
        let mut letters = Letters::default();
        self.add(inlines, &mut letters);
        letters
    }

    fn add(&self, inlines: &[Inline], to: &mut Letters) {
        for (index, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Text { text } | Inline::Fact { text, .. } | Inline::Ref { text, .. } => {
                    to.push(&clean::text(text, self.fonts).text);
                }
                Inline::NoteRef { text, .. } => {
                    to.joint(Joint::Raised);
                    to.push(&clean::text(text, self.fonts).text);
                    // The layout separates two adjacent note numbers, which would read as one number.
                    if matches!(inlines.get(index + 1), Some(Inline::NoteRef { .. })) {
                        to.push(",");
                    }
                    to.joint(Joint::Raised);
                }
                Inline::Sentence { content, .. }
                | Inline::Emph { content }
                | Inline::Strong { content }
                | Inline::Link { content, .. }
                | Inline::Foreign { content, .. } => self.add(content, to),
                Inline::Cite { key } => {
                    let number = self.cited.iter().position(|known| known == key);
                    let number = number.map_or(0, |index| index + 1);
                    let at = to.text.len();
                    match to.cites.last_mut() {
                        Some((last, numbers)) if *last == at => numbers.push(number),
                        _ => to.cites.push((at, vec![number])),
                    }
                    // The reference is not part of the text, so following text may touch it.
                    to.joint(Joint::Free);
                }
                Inline::Break => to.push(" "),
            }
        }
    }

    /// A unit for each sentence, and one for the text between sentences.
    fn line(&mut self, inlines: &[Inline], otherwise: &Message) {
        let mut between = Letters::default();
        for inline in inlines {
            if let Inline::Sentence { id, content } = inline
                && let Some(id) = sentence_id(id)
            {
                let before = std::mem::take(&mut between);
                self.unit(otherwise.clone(), before);
                let letters = self.letters(content);
                self.unit(message!("the sentence `{id}`", id), letters);
            } else {
                self.add(std::slice::from_ref(inline), &mut between);
            }
        }
        self.unit(otherwise.clone(), between);
    }

    /// Sets the number of the first unit after `from`.
    fn lead(&mut self, from: usize, number: String, is_required: bool) {
        if let Some(unit) = self.found.units.get_mut(from) {
            unit.lead = Some((number, is_required));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let section = message!("text of the section `{section}`", section = self.section);
        for block in blocks {
            match block {
                Block::Heading { content, .. } => {
                    let letters = self.letters(content);
                    self.unit(
                        message!("a heading of the section `{section}`", section = self.section),
                        letters,
                    );
                }
                Block::Paragraph { content } => self.line(content, &section),
                Block::List { ordered, items } => {
                    for (index, item) in items.iter().enumerate() {
                        let from = self.found.units.len();
                        self.blocks(item);
                        if *ordered {
                            self.lead(from, (index + 1).to_string(), false);
                        }
                    }
                }
                Block::Cards { cards } => cards.iter().for_each(|card| self.card(card)),
                Block::Figure(figure) => self.figure(figure),
                Block::Table(table) => self.table(table),
                Block::Box { title, blocks } => {
                    self.line(title, &section);
                    self.blocks(blocks);
                }
                Block::Columns { .. } | Block::Parallel { .. } => {
                    block.inner().into_iter().for_each(|blocks| self.blocks(blocks));
                }
                Block::Notes { notes } => {
                    for note in notes {
                        let from = self.found.units.len();
                        self.line(&note.content, &message!("the note `{id}`", id = note.id));
                        self.lead(from, note.number.to_string(), true);
                    }
                }
                Block::Bibliography => {}
            }
        }
    }

    /// The value, label and note of a card are contiguous, in any order.
    fn card(&mut self, card: &Card) {
        let mut value = self.letters(&card.value);
        value.join(&self.plain(&card.unit), Joint::Space);
        let (label, note) = (self.plain(&card.label), self.letters(&card.note));
        let orders = [[0, 1, 2], [1, 0, 2], [0, 2, 1], [2, 0, 1], [1, 2, 0], [2, 1, 0]];
        let parts = [&value, &label, &note];
        let ways = orders.map(|order| {
            let mut whole = Letters::default();
            order.iter().for_each(|part| whole.join(parts[*part], Joint::Cell));
            whole
        });
        self.found.units.push(Unit {
            name: message!("the card «{label}»", label = card.label),
            ways: ways.into(),
            lead: None,
            is_repeated: false,
            parts: vec![],
        });
    }

    fn captions(&mut self, what: &Message, captions: &[Caption]) {
        for caption in captions {
            let mut letters = self.plain(&caption.label);
            letters.join(&self.letters(&caption.content), Joint::Space);
            self.unit(message!("the caption of {what}", what), letters);
        }
    }

    fn figure(&mut self, figure: &Figure) {
        let what = message!("the figure `{id}`", id = figure.id);
        self.found.drawings.push((what.clone(), figure.path.clone(), figure.width_pt));
        let title = self.letters(&figure.title);
        self.unit(message!("the title of {what}", what), title);
        let subtitle = self.letters(&figure.subtitle);
        self.unit(message!("the subtitle of {what}", what), subtitle);
        let note = self.letters(&figure.note);
        self.unit(message!("the note of {what}", what), note);
        self.captions(&what, &figure.captions);
    }

    fn table(&mut self, table: &Table) {
        let what = message!("the table `{id}`", id = table.id);
        // The caption may be above or below the table.
        let head = {
            let mut head = Letters::default();
            for column in &table.columns {
                head.join(&self.letters(&column.head), Joint::Cell);
            }
            head
        };
        self.captions(&what, &table.captions);
        // The head repeats the label of the table on further pages.
        if let Some(caption) = table.captions.first() {
            self.know(&caption.label);
        }
        self.unit(message!("the head of {what}", what), head);
        if let Some(unit) = self.found.units.last_mut() {
            unit.is_repeated = unit.name.starts_with("the head");
        }
        for (index, row) in table.rows.iter().enumerate() {
            let (mut letters, mut parts) = (Letters::default(), vec![]);
            for cell in &row.cells {
                let mut own = self.letters(&cell.content);
                // A number split at its decimal mark is one number.
                own.push(&clean::text(&cell.fraction, self.fonts).text);
                own.join(&self.plain(&cell.marks), Joint::Free);
                letters.join(&own, Joint::Cell);
                parts.push(letters.text.len());
            }
            if letters.text.is_empty() {
                continue;
            }
            self.found.units.push(Unit {
                name: message!("row {row} of {what}", row = index + 1, what),
                ways: vec![letters],
                lead: None,
                is_repeated: false,
                parts,
            });
        }
        for note in &table.notes {
            let letters = self.letters(note);
            self.unit(message!("a note of {what}", what), letters);
        }
    }

    fn know(&mut self, text: &str) {
        let letters = self.plain(text).text;
        let parts = words(&letters).unwrap_or_default();
        let numbers = parts.iter().filter(|word| word.starts_with(char::is_numeric));
        self.found.known.extend(numbers.map(ToString::to_string));
        if !letters.is_empty() {
            self.found.known.push(letters);
        }
    }

    fn outside_text(&mut self, what: Message, text: &str) {
        self.know(text);
        let letters = self.plain(text);
        if !letters.text.is_empty() {
            self.found.outside.push((what, letters));
        }
    }

    fn outside(&mut self, meta: &Meta) {
        for text in [&meta.title, &meta.period, &meta.genre, &meta.issue, &meta.status, &meta.basis]
        {
            self.know(text);
        }
        meta.body.iter().for_each(|line| self.know(line));
        meta.words.values().for_each(|word| self.know(word));
        if meta.mastheads.is_empty() {
            self.head(&meta.title, &meta.period, &meta.genre, &meta.status, &meta.body);
            self.outside_text(message!("the issue"), &meta.issue);
            self.outside_text(message!("on whose data it rests"), &meta.basis);
            self.outside_text(message!("the newest page that is cited"), &meta.newest_source);
            self.outside_text(message!("how it is cited"), &meta.cite);
            self.outside_text(message!("where its data are"), &meta.data);
            for edition in &meta.editions {
                self.outside_text(message!("the title of another edition"), &edition.title);
                self.outside_text(message!("the name of another edition"), &edition.label);
            }
            self.contact(&meta.contact);
            self.stamp(&meta.stamp);
        }
        for head in &meta.mastheads {
            let Masthead { title, period, genre, body, status, contact, words, stamp, .. } = head;
            self.head(title, period, genre, status, body);
            words.values().for_each(|word| self.know(word));
            self.outside_text(message!("the issue"), &head.issue);
            self.outside_text(message!("the newest page that is cited"), &head.newest_source);
            self.outside_text(message!("how it is cited"), &head.cite);
            self.outside_text(message!("where its data are"), &head.data);
            self.contact(contact);
            self.stamp(stamp);
        }
        let marks = meta.stamp.draft.iter().chain(&meta.mark);
        for mark in marks {
            self.know(mark);
            let letters = self.plain(mark).text;
            self.found.marks.push(letters);
        }
    }

    fn head(&mut self, title: &str, period: &str, genre: &str, status: &str, body: &[String]) {
        self.outside_text(message!("the title"), title);
        self.outside_text(message!("the period"), period);
        self.outside_text(message!("the genre"), genre);
        self.outside_text(message!("the status of the data"), status);
        body.iter().for_each(|line| self.outside_text(message!("the publishing body"), line));
    }

    fn contact(&mut self, contact: &[ContactLine]) {
        contact.iter().for_each(|line| self.outside_text(message!("the contact"), &line.text));
    }

    fn stamp(&mut self, stamp: &Stamp) {
        stamp
            .lines
            .iter()
            .for_each(|line| self.outside_text(message!("the dates of publication"), line));
        if let Some(correction) = &stamp.correction {
            self.know(correction.title.trim_end_matches('.'));
            self.outside_text(message!("the title of the correction"), &correction.title);
            self.outside_text(message!("which version is replaced"), &correction.replaces);
            let paragraphs = &correction.paragraphs;
            paragraphs
                .iter()
                .for_each(|text| self.outside_text(message!("what was corrected"), text));
        }
    }
}
