//! What must stand on the pages: the texts of the tree, each as one stretch of letters.

use super::stream::{is_blank, lower};
use crate::document::{
    Block, Caption, Card, ContactLine, Document, Figure, Inline, Masthead, Meta, Stamp, Table,
};
use crate::typeset::clean;
use crate::typeset::fonts::Fonts;

/// What must stand on the pages of a document.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// The texts, in the order of the tree.
    pub units: Vec<Unit>,
    /// The figures in order: what each is called, the path of its drawing, and its width.
    pub drawings: Vec<(String, String, f64)>,
    /// What stands outside of the sections and must be on some page.
    pub outside: Vec<(&'static str, Letters)>,
    /// What may stand on any page as often as a theme likes: titles, periods, words of the layout.
    pub known: Vec<String>,
    /// The marks that every page carries.
    pub marks: Vec<String>,
    /// Whether the style numbers sources in the order of citation.
    pub is_numbered: bool,
    /// Titles of the sources cited, by key.
    pub sources: Vec<(String, String)>,
    /// The numbers of the bibliography's file, in which those of the list are found.
    pub source_numbers: std::collections::HashSet<String>,
    /// How many sources are cited.
    pub cited: usize,
}

/// One text that stands together on a page.
#[derive(Debug)]
pub(crate) struct Unit {
    /// What it is: "sentence `s1-1`".
    pub name: String,
    /// The text; further ways of setting it, where there are some.
    pub ways: Vec<Letters>,
    /// The number in front of it; and whether it must be there.
    pub lead: Option<(String, bool)>,
    /// Whether it may be repeated on each page that its table runs over.
    pub is_repeated: bool,
    /// Whether its parts may be torn apart by the end of a page: the ends of the cells of a row.
    pub parts: Vec<usize>,
}

/// A text as letters of one case without spaces, and what must be seen between them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letters {
    /// The letters.
    pub text: String,
    /// The text as it is written, for messages.
    pub written: String,
    /// What stands before the letter at a byte.
    pub joints: Vec<(usize, Joint)>,
    /// Where sources are cited, and which by their number.
    pub cites: Vec<(usize, Vec<usize>)>,
}

/// What stands between two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// A space, or the end of a line.
    Space,
    /// A space that does not break, as between groups of digits.
    Tight,
    /// Another cell.
    Cell,
    /// A raised number.
    Raised,
    /// Whatever a theme likes.
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
    // Of a text that is looked for word by word it is not known which 12 is whose.
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

/// The words and numbers of a text that runs from right to left, in part or as a whole: on a line
/// its runs stand in the order of the eye, so that only these can be looked for. `None` for every
/// other text.
pub(super) fn words(letters: &str) -> Option<Vec<&str>> {
    if !letters.chars().any(clean::is_right_to_left) {
        return None;
    }
    let is_word = |c: char| c.is_alphanumeric() && !c.is_numeric();
    let mut all = vec![];
    let mut from = 0;
    let mut last: Option<char> = None;
    for (at, c) in letters.char_indices() {
        // Letters of one direction go together, and so do digits.
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

/// Letters of a text outside of the tree.
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

    /// Says what stands before the next letter; what is said first counts, but for a space that may
    /// break.
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

    /// Adds others behind.
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

    fn unit(&mut self, name: impl Into<String>, letters: Letters) {
        if !letters.text.is_empty() || !letters.cites.is_empty() {
            self.found.units.push(Unit {
                name: name.into(),
                ways: vec![letters],
                lead: None,
                is_repeated: false,
                parts: vec![],
            });
        }
    }

    /// The letters of inlines, without what stands in sentences of their own where asked.
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
                    // The layout parts two calls side by side, which would read as one number.
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
                    // The reference is no part of the text: what stands behind it may touch it.
                    to.joint(Joint::Free);
                }
                Inline::Break => to.push(" "),
            }
        }
    }

    /// A unit for each sentence, and one for what stands between sentences.
    fn line(&mut self, inlines: &[Inline], otherwise: &str) {
        let mut between = Letters::default();
        for inline in inlines {
            if let Inline::Sentence { id, content } = inline {
                let before = std::mem::take(&mut between);
                self.unit(otherwise, before);
                let letters = self.letters(content);
                self.unit(format!("the sentence `{id}`"), letters);
            } else {
                self.add(std::slice::from_ref(inline), &mut between);
            }
        }
        self.unit(otherwise, between);
    }

    /// Gives the first unit that came after `from` its number.
    fn lead(&mut self, from: usize, number: String, is_required: bool) {
        if let Some(unit) = self.found.units.get_mut(from) {
            unit.lead = Some((number, is_required));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let section = format!("text of the section `{}`", self.section);
        for block in blocks {
            match block {
                Block::Heading { content, .. } => {
                    let letters = self.letters(content);
                    self.unit(format!("a heading of the section `{}`", self.section), letters);
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
                        self.line(&note.content, &format!("the note `{}`", note.id));
                        self.lead(from, note.number.to_string(), true);
                    }
                }
                Block::Bibliography => {}
            }
        }
    }

    /// A card's value, label and note stand together, in whatever order a theme likes.
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
            name: format!("the card «{}»", card.label),
            ways: ways.into(),
            lead: None,
            is_repeated: false,
            parts: vec![],
        });
    }

    fn captions(&mut self, what: &str, captions: &[Caption]) {
        for caption in captions {
            let mut letters = self.plain(&caption.label);
            letters.join(&self.letters(&caption.content), Joint::Space);
            self.unit(format!("the caption of {what}"), letters);
        }
    }

    fn figure(&mut self, figure: &Figure) {
        let what = format!("the figure `{}`", figure.id);
        self.found.drawings.push((what.clone(), figure.path.clone(), figure.width_pt));
        let title = self.letters(&figure.title);
        self.unit(format!("the title of {what}"), title);
        let subtitle = self.letters(&figure.subtitle);
        self.unit(format!("the subtitle of {what}"), subtitle);
        let note = self.letters(&figure.note);
        self.unit(format!("the note of {what}"), note);
        self.captions(&what, &figure.captions);
    }

    fn table(&mut self, table: &Table) {
        let what = format!("the table `{}`", table.id);
        // The caption stands above the table or below it.
        let head = {
            let mut head = Letters::default();
            for column in &table.columns {
                head.join(&self.letters(&column.head), Joint::Cell);
            }
            head
        };
        self.captions(&what, &table.captions);
        // Where it goes on on another page, its head says which table it is.
        if let Some(caption) = table.captions.first() {
            self.know(&caption.label);
        }
        self.unit(format!("the head of {what}"), head);
        if let Some(unit) = self.found.units.last_mut() {
            unit.is_repeated = unit.name.starts_with("the head");
        }
        for (index, row) in table.rows.iter().enumerate() {
            let (mut letters, mut parts) = (Letters::default(), vec![]);
            for cell in &row.cells {
                let mut own = self.letters(&cell.content);
                // A number cut at its decimal sign is one number.
                own.push(&clean::text(&cell.fraction, self.fonts).text);
                own.join(&self.plain(&cell.marks), Joint::Free);
                letters.join(&own, Joint::Cell);
                parts.push(letters.text.len());
            }
            if letters.text.is_empty() {
                continue;
            }
            self.found.units.push(Unit {
                name: format!("row {} of {what}", index + 1),
                ways: vec![letters],
                lead: None,
                is_repeated: false,
                parts,
            });
        }
        for note in &table.notes {
            let letters = self.letters(note);
            self.unit(format!("a note of {what}"), letters);
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

    fn outside_text(&mut self, what: &'static str, text: &str) {
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
            self.outside_text("the issue", &meta.issue);
            self.outside_text("on whose data it rests", &meta.basis);
            self.outside_text("the newest page that is cited", &meta.newest_source);
            self.outside_text("how it is cited", &meta.cite);
            self.outside_text("where its data are", &meta.data);
            for edition in &meta.editions {
                self.outside_text("the title of another edition", &edition.title);
                self.outside_text("the name of another edition", &edition.label);
            }
            self.contact(&meta.contact);
            self.stamp(&meta.stamp);
        }
        for head in &meta.mastheads {
            let Masthead { title, period, genre, body, status, contact, words, stamp, .. } = head;
            self.head(title, period, genre, status, body);
            words.values().for_each(|word| self.know(word));
            self.outside_text("the newest page that is cited", &head.newest_source);
            self.outside_text("how it is cited", &head.cite);
            self.outside_text("where its data are", &head.data);
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
        self.outside_text("the title", title);
        self.outside_text("the period", period);
        self.outside_text("the genre", genre);
        self.outside_text("the status of the data", status);
        body.iter().for_each(|line| self.outside_text("the publishing body", line));
    }

    fn contact(&mut self, contact: &[ContactLine]) {
        contact.iter().for_each(|line| self.outside_text("the contact", &line.text));
    }

    fn stamp(&mut self, stamp: &Stamp) {
        stamp.lines.iter().for_each(|line| self.outside_text("the dates of publication", line));
        if let Some(correction) = &stamp.correction {
            self.know(correction.title.trim_end_matches('.'));
            self.outside_text("the title of the correction", &correction.title);
            self.outside_text("which version is replaced", &correction.replaces);
            let paragraphs = &correction.paragraphs;
            paragraphs.iter().for_each(|text| self.outside_text("what was corrected", text));
        }
    }
}
