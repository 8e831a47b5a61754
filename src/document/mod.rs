//! The document tree: one edition of the brief, worded, before it has pages.
//!
//! Parity checks, typographic lint, PDF and all other outputs read this tree. Values are nodes
//! ([`Inline::Fact`], [`Inline::Text`]), so their text can never be syntax. Typst reads the tree as
//! `/brief.json`, in which every enum has a `kind`.
//!
//! | file | |
//! |---|---|
//! | `screen` | the keys by which a text on the screen leads to the place where it is written |
//! | `visit` | visitors, which read or change every section, block, line and part in order |
//! | `side_by_side` | combines the documents of all languages for the express form |
//! | `bibliography` | the sources of the data and the literature, as a list of sources |

pub mod bibliography;
pub mod screen;
pub mod side_by_side;
mod visit;

use std::collections::BTreeSet;

use serde::Serialize;

pub use visit::{Visit, VisitMut, walk_block, walk_block_mut, walk_inline, walk_inline_mut};

/// A worded edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Everything outside the sections.
    pub meta: Meta,
    /// The sections in order.
    pub sections: Vec<Section>,
}

impl Document {
    /// The cited keys in the order of the list of sources: by group, and within a group in order of first
    /// citation.
    pub fn cited(&self) -> Vec<String> {
        let mut keys: Vec<String> = vec![];
        self.each_inline(|inline| match inline {
            Inline::Cite { key } if !keys.contains(key) => keys.push(key.clone()),
            _ => {}
        });
        let group = |key: &String| {
            let name = self.meta.source_groups.get(key);
            let known = name.and_then(|name| SOURCE_GROUPS.iter().position(|group| group == name));
            known.unwrap_or(SOURCE_GROUPS.len())
        };
        keys.sort_by_key(group);
        keys
    }

    /// The ids of the facts whose values it prints.
    pub fn quoted(&self) -> BTreeSet<&str> {
        let mut ids = BTreeSet::new();
        self.each_inline(|inline| {
            if let Inline::Fact { id, .. } = inline {
                // A cell may be based on two facts, each with a member code.
                ids.extend(id.split(' ').filter_map(|part| part.split('[').next()));
            }
        });
        ids
    }
}

/// Everything outside the sections: masthead, running lines, metadata of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Meta {
    /// The language, such as `kk`.
    pub lang: String,
    /// The country whose conventions the edition follows, such as `KZ`.
    pub region: String,
    /// The text direction: `ltr` or `rtl`.
    pub dir: String,
    /// The title without the period: «Миграция в Казахстане».
    pub title: String,
    /// The period as in a title: «январь–июнь 2025 г.».
    pub period: String,
    /// The kind of publication: «Аналитический обзор».
    pub genre: String,
    /// The lines of the publishing body, largest unit first; the last is bold.
    pub body: Vec<String>,
    /// The issue: «№ 2 / 2025».
    pub issue: String,
    /// Status and date of the data: «предварительные данные на 11 августа 2025 г.».
    pub status: String,
    /// The newest cited page, if it is later than the issue: «самая поздняя из использованных публикаций
    /// — 24 декабря 2025 г.»; otherwise empty.
    pub newest_source: String,
    /// The citation of the issue: body, title, period, number and version; empty without a phrase.
    pub cite: String,
    /// Where its numbers are available as data; empty without a phrase.
    pub data: String,
    /// The editions in other languages.
    pub editions: Vec<OtherEdition>,
    /// The day of the newest release used, `[year, month, day]`; the date of the file.
    pub date: [i32; 3],
    /// The description in the file's metadata: the abstract, else the status of the data.
    pub description: String,
    /// The id of the section with the abstract; empty if there is none.
    pub summary: String,
    /// The keywords in the file's metadata.
    pub keywords: Vec<String>,
    /// The basis: that it is official statistics, or whose data it is made from.
    pub basis: String,
    /// The logo of the body at the top of the first page.
    pub logo: Option<Logo>,
    /// The contact data of the body.
    pub contact: Vec<ContactLine>,
    /// Colours and fonts.
    pub brand: Brand,
    /// The page, if it is not A4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// Phrases of the layout, from `[layout]` of the strings file: `source`, `page-of` …
    pub words: std::collections::BTreeMap<String, String>,
    /// Phrases of the workbook, from `[workbook]`; empty in a form that has none.
    #[serde(skip)]
    pub workbook: std::collections::BTreeMap<String, String>,
    /// The mastheads of all languages if they are side by side; otherwise empty.
    pub mastheads: Vec<Masthead>,
    /// The form of the brief: `standard`, `express` or `annex`.
    pub format: String,
    /// The style of the bibliography, by the name that Typst has for it.
    pub bibliography_style: String,
    /// A mark on every page of a brief that is not a real publication.
    pub mark: Option<String>,
    /// Files attached to the PDF.
    pub attachments: Vec<Attachment>,
    /// The edition in the release calendar; left out if there is nothing to print.
    #[serde(skip_serializing_if = "Stamp::is_blank")]
    pub stamp: Stamp,
    /// Whether the pages are for the screen, on which numbers link to their origins. It is left out of
    /// the tree for print.
    #[serde(rename = "preview", skip_serializing_if = "std::ops::Not::not")]
    pub is_preview: bool,
    /// The numbers of each drawing, by its virtual path; for the screen only.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub spots: std::collections::BTreeMap<String, Vec<Spot>>,
    /// The part of the list of sources for each cited source: `data`, `acts`, `literature`.
    #[serde(skip)]
    pub source_groups: std::collections::BTreeMap<String, String>,
}

/// The parts of a list of sources in order; sources without a part come last.
pub const SOURCE_GROUPS: [&str; 3] = ["data", "acts", "literature"];

/// The area of a number in a drawing, or of its mark.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spot {
    /// The id of the number: `I4[KZ-71]`.
    pub fact: String,
    /// The left edge, in points from that of the drawing.
    pub x: f64,
    /// The top edge, in points.
    pub y: f64,
    /// The width, in points.
    pub width: f64,
    /// The height, in points.
    pub height: f64,
}

/// An edition in the release calendar: a draft, published, or corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Stamp {
    /// The mark of a draft on every page.
    pub draft: Option<String>,
    /// Lines about the day of publication or the embargo, and about the next release.
    pub lines: Vec<String>,
    /// The correction note of a later version.
    pub correction: Option<Correction>,
}

impl Stamp {
    /// Whether there is nothing to print.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }
}

/// The correction note of a later version, on its first page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Correction {
    /// The version: «Исправленная редакция 2».
    pub title: String,
    /// The version that it replaces.
    pub replaces: String,
    /// The corrections, as paragraphs.
    pub paragraphs: Vec<String>,
}

/// The logo at the top of the first page; it keeps its proportions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Logo {
    /// Its virtual path, such as `/logo.svg`.
    pub path: String,
    /// Its height on the page, in millimetres.
    pub height_mm: f64,
}

/// A line of contact data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactLine {
    /// Its kind: `responsible`, `address`, `phone`, `email`, `site`.
    pub kind: String,
    /// The text as printed.
    pub text: String,
}

/// The masthead of one of several languages side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Masthead {
    /// The language.
    pub lang: String,
    /// The country.
    pub region: String,
    /// The title without the period.
    pub title: String,
    /// The period.
    pub period: String,
    /// The kind of publication.
    pub genre: String,
    /// The lines of the publishing body.
    pub body: Vec<String>,
    /// The number of the issue, such as "No. 2 / 2025"; may be empty.
    pub issue: String,
    /// The status and date of the data.
    pub status: String,
    /// The newest cited page, if it is later than the issue.
    pub newest_source: String,
    /// The citation of the issue.
    pub cite: String,
    /// Where its numbers are available as data.
    pub data: String,
    /// The contact data of the body.
    pub contact: Vec<ContactLine>,
    /// Phrases of the layout in this language.
    pub words: std::collections::BTreeMap<String, String>,
    /// The edition in the release calendar.
    #[serde(skip_serializing_if = "Stamp::is_blank")]
    pub stamp: Stamp,
}

/// A file attached to the PDF.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attachment {
    /// Its virtual path, such as `/facts.json`.
    pub path: String,
    /// Its MIME type.
    pub mime: String,
    /// Its description in the edition's language.
    pub description: String,
}

/// The edition in another language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherEdition {
    /// Its language.
    pub lang: String,
    /// Its country.
    pub region: String,
    /// Its full title in its own language.
    pub title: String,
    /// Its name in its own language: "English edition".
    pub label: String,
    /// The address of its file, relative to this one.
    pub file: String,
}

/// The measures of the page, in millimetres.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// The name of its size, as Typst has it.
    pub paper: String,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The margin on the left and on the right.
    pub side: f64,
    /// The margin at the top.
    pub top: f64,
    /// The margin at the bottom.
    pub bottom: f64,
}

/// Colours (`#RRGGBB`) and fonts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Brand {
    /// The colour of headings, rules and large numbers.
    pub accent: String,
    /// The colour of increases, for data only.
    pub gain: String,
    /// The colour of decreases, for data only; hatched in figures.
    pub loss: String,
    /// The colour of secondary text.
    pub quiet: String,
    /// The colour of text.
    pub ink: String,
    /// The font family of text.
    pub font: String,
    /// Whether cards use the colours of gains and losses; written only if they do not.
    #[serde(skip_serializing_if = "is_true")]
    pub signed_colours: bool,
}

fn is_true(value: &bool) -> bool {
    *value
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            accent: "#12436D".into(),
            gain: "#005B8F".into(),
            loss: "#D55E00".into(),
            quiet: "#5F6B76".into(),
            ink: "#1A1A1A".into(),
            font: "Noto Sans".into(),
            signed_colours: true,
        }
    }
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its id from the file name, such as `general`.
    pub id: String,
    /// Its blocks in order; the first is its heading, unless it has none.
    pub blocks: Vec<Block>,
}

/// A block of the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A heading; level 1 is a section's.
    Heading {
        /// The level, 1 to 3.
        level: u8,
        /// The text.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// The text.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// The items, each a list of blocks.
        items: Vec<Vec<Block>>,
    },
    /// The cards of the first page.
    Cards {
        /// Four or five cards.
        cards: Vec<Card>,
    },
    /// A figure.
    Figure(Figure),
    /// A table.
    Table(Table),
    /// A tinted box.
    Box {
        /// Its title; may be empty.
        title: Vec<Inline>,
        /// Its content.
        blocks: Vec<Block>,
    },
    /// Two columns side by side (the first page).
    Columns {
        /// Left column.
        left: Vec<Block>,
        /// Right column.
        right: Vec<Block>,
    },
    /// Languages side by side, of equal size and weight (the express edition).
    Parallel {
        /// The column of each language.
        columns: Vec<Spoken>,
    },
    /// The numbered methodological notes that the brief refers to.
    Notes {
        /// The notes in order; the text refers to their `number`.
        notes: Vec<Note>,
    },
    /// The list of sources, typeset by Typst.
    Bibliography,
}

/// Blocks in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spoken {
    /// The language.
    pub lang: String,
    /// The country; may be empty.
    pub region: String,
    /// The text direction: `ltr` or `rtl`.
    pub dir: String,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A card with a number on the first page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    /// The value.
    pub value: Vec<Inline>,
    /// The unit, in small type.
    pub unit: String,
    /// Its label.
    pub label: String,
    /// The change from the base, or another remark.
    pub note: Vec<Inline>,
    /// Whether it shows a gain or a loss.
    pub tone: Tone,
}

/// Whether a card shows a gain or a loss; colour is never the only sign of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// More than before, or a positive balance.
    Gain,
    /// Less than before, or a negative balance.
    Loss,
    /// Neither.
    Neutral,
}

/// A caption in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Caption {
    /// Its language.
    pub lang: String,
    /// Its country.
    pub region: String,
    /// The label: «Рисунок 1.»
    pub label: String,
    /// The text after the label.
    pub content: Vec<Inline>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Its id, such as `F1`.
    pub id: String,
    /// Its number by order of appearance; the same in every language.
    pub number: usize,
    /// The title above it, which states the finding.
    pub title: Vec<Inline>,
    /// The measure, its unit and time, below the title; may be empty.
    pub subtitle: Vec<Inline>,
    /// The virtual path of its drawing, such as `/figures/F1.svg`.
    pub path: String,
    /// The width of the drawing in points; it is printed at this width or smaller.
    pub width_pt: f64,
    /// The captions, own language first.
    pub captions: Vec<Caption>,
    /// The alternative text for people who cannot see the drawing.
    pub alt: String,
    /// The note below it, above the caption; may be empty.
    pub note: Vec<Inline>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Its id, such as `T1`.
    pub id: String,
    /// Its number, by order of appearance.
    pub number: usize,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The captions, own language first.
    pub captions: Vec<Caption>,
    /// The legend of symbols and other notes, one per line.
    pub notes: Vec<Vec<Inline>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its head.
    pub head: Vec<Inline>,
    /// Whether it contains numbers, which are aligned on the decimal mark.
    pub numeric: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Whether it is a total: bold, with a hairline above.
    pub total: bool,
    /// One cell for each column.
    pub cells: Vec<TableCell>,
}

/// A cell: text, or a number split at its decimal mark.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct TableCell {
    /// The part before the decimal mark, or the whole text.
    pub content: Vec<Inline>,
    /// The decimal mark and the digits after it; may be empty.
    pub fraction: String,
    /// The symbols of flags, in small type after the number.
    pub marks: String,
    /// The number that the text stands for, for workbooks.
    #[serde(skip)]
    pub number: Option<Number>,
    /// Why the cell has a sign in the place of a number.
    #[serde(skip)]
    pub absent: Option<Absent>,
}

/// Why a cell has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// The data used have no figure.
    Missing,
    /// There can be no figure.
    NotApplicable,
}

/// A number as printed, without digits beyond its precision.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The number, rounded as printed.
    pub value: f64,
    /// The number of digits after the decimal mark.
    pub decimals: u8,
    /// Whether it shows a plus sign if it is positive.
    pub is_signed: bool,
    /// The exponent of ten of its scale word, such as 3 in "16.1 thousand"; 0 without one.
    pub power: u8,
    /// The scale word: the text before the digits, and after them.
    pub words: (String, String),
}

/// A numbered note.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// Its id, such as `note3`.
    pub id: String,
    /// Its number, by order of first reference.
    pub number: usize,
    /// The text.
    pub content: Vec<Inline>,
}

/// Part of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// A worded value of a fact.
    Fact {
        /// The id of the fact, with the member's code for a series: `I4[KZ-71]`.
        id: String,
        /// The filter that worded it: `int`, `signed`, `pct1` …
        form: String,
        /// The text.
        text: String,
    },
    /// A sentence with an id.
    Sentence {
        /// Its id, such as `s1-1`.
        id: String,
        /// The text.
        content: Vec<Inline>,
    },
    /// A citation of a source.
    Cite {
        /// The key in the bibliography.
        key: String,
    },
    /// A reference to a figure or table: «рис. 1».
    Ref {
        /// The id of the target.
        target: String,
        /// The text.
        text: String,
    },
    /// A reference to a note, as a raised number.
    NoteRef {
        /// The id of the note.
        target: String,
        /// The number.
        text: String,
    },
    /// Emphasis.
    Emph {
        /// The text.
        content: Vec<Inline>,
    },
    /// Strong emphasis.
    Strong {
        /// The text.
        content: Vec<Inline>,
    },
    /// A link.
    Link {
        /// The address.
        url: String,
        /// The text.
        content: Vec<Inline>,
    },
    /// Text in another language.
    Foreign {
        /// Its language.
        lang: String,
        /// Its country; may be empty.
        region: String,
        /// The text.
        content: Vec<Inline>,
    },
    /// A line break.
    Break,
}

impl Inline {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}

/// The text of a line, without its structure.
pub fn plain(line: &[Inline]) -> String {
    let is_note = |at: usize| matches!(line.get(at), Some(Inline::NoteRef { .. }));
    line.iter()
        .enumerate()
        .map(|(at, inline)| match inline {
            // Two adjacent numbers of notes would read as one.
            Inline::NoteRef { text, .. } if is_note(at + 1) => format!("{text},"),
            Inline::Text { text }
            | Inline::Fact { text, .. }
            | Inline::Ref { text, .. }
            | Inline::NoteRef { text, .. } => text.clone(),
            Inline::Break => " ".to_owned(),
            other => plain(other.content()),
        })
        .collect()
}
