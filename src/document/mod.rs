//! The document tree: one edition of the brief, worded, before it has a page.
//!
//! Parity, typographic lint, PDF and every later format are readers of this one tree. Values are
//! nodes ([`Inline::Fact`], [`Inline::Text`]), so nothing in them can ever be syntax. Typst reads
//! the tree as `/brief.json`: every enum is written with a `kind`.
//!
//! | file | |
//! |---|---|
//! | `visit` | every section, block, line and part, visited in the order of the page, to be read or changed |
//! | `side_by_side` | the documents of all languages as one, for the express form |
//! | `bibliography` | the sources of the data and what is read about figures, as a list of sources |

pub mod bibliography;
pub mod side_by_side;
mod visit;

use std::collections::BTreeSet;

use serde::Serialize;

pub use visit::{Visit, VisitMut, walk_block, walk_block_mut, walk_inline, walk_inline_mut};

/// One edition, worded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// What stands outside the sections.
    pub meta: Meta,
    /// The sections in order.
    pub sections: Vec<Section>,
}

impl Document {
    /// The keys it cites, as its list of sources numbers them: by group, and in a group in the order
    /// of first citation.
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
                // A cell may stand on two facts, each with the code of a member.
                ids.extend(id.split(' ').filter_map(|part| part.split('[').next()));
            }
        });
        ids
    }
}

/// What stands outside the sections: masthead, running lines, file properties.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Meta {
    /// The language, as `kk`.
    pub lang: String,
    /// The country whose conventions the edition follows, as `KZ`.
    pub region: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The title without the period: «Миграция в Казахстане».
    pub title: String,
    /// The period as in a title: «январь–июнь 2025 г.».
    pub period: String,
    /// What kind of publication: «Аналитический обзор».
    pub genre: String,
    /// The publishing body's lines, largest unit first; the last is set in bold.
    pub body: Vec<String>,
    /// The issue: «№ 2 / 2025».
    pub issue: String,
    /// Status and date of the data: «предварительные данные на 11 августа 2025 г.».
    pub status: String,
    /// The newest page that is cited, where it is later than the issue: «самая поздняя из использованных
    /// публикаций — 24 декабря 2025 г.»; else empty.
    pub newest_source: String,
    /// How the issue is cited: body, title, period, number and version; empty where nothing is worded.
    pub cite: String,
    /// Where its numbers lie as data; empty where nothing is worded.
    pub data: String,
    /// The other languages' editions.
    pub editions: Vec<OtherEdition>,
    /// Release date of the newest vintage used, `[year, month, day]`; the file's date.
    pub date: [i32; 3],
    /// What the file says of its content: the abstract, else the status of the data.
    pub description: String,
    /// The section that is the abstract, by its id; empty where there is none.
    pub summary: String,
    /// Keywords of the file.
    pub keywords: Vec<String>,
    /// On whose data it rests: that it is official statistics, or whose it is made from.
    pub basis: String,
    /// The body's picture at the head of the first page.
    pub logo: Option<Logo>,
    /// How the body may be reached.
    pub contact: Vec<ContactLine>,
    /// Colours and fonts.
    pub brand: Brand,
    /// Fixed words of the layout, from `[layout]` of the strings file: `source`, `page-of` ...
    pub words: std::collections::BTreeMap<String, String>,
    /// Words of the workbook, from `[workbook]`; empty in a form that has none.
    #[serde(skip)]
    pub workbook: std::collections::BTreeMap<String, String>,
    /// The heads of all languages, where they stand side by side; else empty.
    pub mastheads: Vec<Masthead>,
    /// Which form of the brief it is: `standard`, `express` or `annex`.
    pub format: String,
    /// The style of the bibliography, a name Typst knows.
    pub bibliography_style: String,
    /// A mark across every page, where the brief must not be taken for a real one.
    pub mark: Option<String>,
    /// Files to attach.
    pub attachments: Vec<Attachment>,
    /// Where it stands in the calendar of releases; left out where there is nothing to say.
    #[serde(skip_serializing_if = "Stamp::is_blank")]
    pub stamp: Stamp,
    /// Whether the pages are for the screen, where a number leads to its origin. Never so in print:
    /// the tree then says nothing of it.
    #[serde(rename = "preview", skip_serializing_if = "std::ops::Not::not")]
    pub is_preview: bool,
    /// The numbers of each drawing, by its virtual path: there too for the screen only.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub spots: std::collections::BTreeMap<String, Vec<Spot>>,
    /// Of each source cited the part of the list it stands in: `data`, `acts`, `literature`.
    #[serde(skip)]
    pub source_groups: std::collections::BTreeMap<String, String>,
}

/// The parts of a list of sources, in their order; what is in none stands last.
pub const SOURCE_GROUPS: [&str; 3] = ["data", "acts", "literature"];

/// A number of a drawing, or the mark that stands for it, and where it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spot {
    /// What it is called, as a number of the text is: `I4[KZ-71]`.
    pub fact: String,
    /// Left edge, in points from the drawing's.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where an edition stands in the calendar of releases: a draft, published, or corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Stamp {
    /// The mark of a draft, for every page.
    pub draft: Option<String>,
    /// When it was published or may be, and when the next one comes; a line each.
    pub lines: Vec<String>,
    /// What a later version corrects.
    pub correction: Option<Correction>,
}

impl Stamp {
    /// Whether there is nothing to say.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }
}

/// What a later version of a brief corrects, on its first page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Correction {
    /// Which version it is: «Исправленная редакция 2».
    pub title: String,
    /// Which version it replaces.
    pub replaces: String,
    /// What was corrected, a paragraph each.
    pub paragraphs: Vec<String>,
}

/// The picture at the head of the first page; its proportions are its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Logo {
    /// Its virtual path, as `/logo.svg`.
    pub path: String,
    /// Its height on the page, in millimetres.
    pub height_mm: f64,
}

/// One way to reach the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactLine {
    /// What it is: `responsible`, `address`, `phone`, `email`, `site`.
    pub kind: String,
    /// As printed.
    pub text: String,
}

/// The head of one language of several side by side.
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
    /// What kind of publication.
    pub genre: String,
    /// The publishing body's lines.
    pub body: Vec<String>,
    /// Status and date of the data.
    pub status: String,
    /// The newest page that is cited, where it is later than the issue.
    pub newest_source: String,
    /// How the issue is cited.
    pub cite: String,
    /// Where its numbers lie as data.
    pub data: String,
    /// Who answers for it, and how they may be reached.
    pub contact: Vec<ContactLine>,
    /// Fixed words of the layout in this language.
    pub words: std::collections::BTreeMap<String, String>,
    /// Where the edition stands in the calendar of releases.
    #[serde(skip_serializing_if = "Stamp::is_blank")]
    pub stamp: Stamp,
}

/// A file the PDF carries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attachment {
    /// Its virtual path, as `/facts.json`.
    pub path: String,
    /// Its MIME type.
    pub mime: String,
    /// What it is, in the edition's language.
    pub description: String,
}

/// Where another language's edition is found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherEdition {
    /// Its language.
    pub lang: String,
    /// Its country.
    pub region: String,
    /// Its full title in its own language.
    pub title: String,
    /// "English edition": in its own language.
    pub label: String,
    /// The file.
    pub file: String,
}

/// Colours (`#RRGGBB`) and fonts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Brand {
    /// Headings, rules, large numbers.
    pub accent: String,
    /// Increases, on data only.
    pub gain: String,
    /// Decreases, on data only; hatched in figures.
    pub loss: String,
    /// Whatever a reader may skip.
    pub quiet: String,
    /// Text.
    pub ink: String,
    /// The text font's family.
    pub font: String,
    /// Whether cards show gains and losses in their colours: written only where they do not.
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

/// One section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// The id in the file name, as `general`.
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
        /// 1 to 3.
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
        /// The items, each of blocks.
        items: Vec<Vec<Block>>,
    },
    /// Cards of the first page.
    Cards {
        /// Four or five.
        cards: Vec<Card>,
    },
    /// A figure.
    Figure(Figure),
    /// A table.
    Table(Table),
    /// A tinted box.
    Box {
        /// Its title, may be empty.
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
        /// A column for each language.
        columns: Vec<Spoken>,
    },
    /// The numbered methodological notes that the brief refers to.
    Notes {
        /// In order; `number` is what the text refers to.
        notes: Vec<Note>,
    },
    /// The list of sources, made by Typst's bibliography.
    Bibliography,
}

/// Blocks in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spoken {
    /// The language.
    pub lang: String,
    /// The country, may be empty.
    pub region: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A number of the first page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    /// The value.
    pub value: Vec<Inline>,
    /// The unit, small.
    pub unit: String,
    /// What it is.
    pub label: String,
    /// The change against the base, or what else to know.
    pub note: Vec<Inline>,
    /// The coloured edge.
    pub tone: Tone,
}

/// Whether a card shows a gain or a loss; never by colour alone.
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

/// One caption in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Caption {
    /// Its language.
    pub lang: String,
    /// Its country.
    pub region: String,
    /// «Рисунок 1.»
    pub label: String,
    /// The rest.
    pub content: Vec<Inline>,
}

/// A figure with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Its id, as `F1`.
    pub id: String,
    /// Its number, by order of appearance, the same in every language.
    pub number: usize,
    /// The finding, as a heading above it.
    pub title: Vec<Inline>,
    /// What is measured, in which unit and when, below the title; may be empty.
    pub subtitle: Vec<Inline>,
    /// The virtual path of its drawing, as `/figures/F1.svg`.
    pub path: String,
    /// Width of the drawing in points; it is set at 1:1 or narrower.
    pub width_pt: f64,
    /// Own language first.
    pub captions: Vec<Caption>,
    /// What the drawing shows, for those who do not see it.
    pub alt: String,
    /// What has to be said under it, above the caption; may be empty.
    pub note: Vec<Inline>,
}

/// A table with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Its id, as `T1`.
    pub id: String,
    /// Its number, by order of appearance.
    pub number: usize,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Own language first.
    pub captions: Vec<Caption>,
    /// Legend of the symbols used and other notes, one a line.
    pub notes: Vec<Vec<Inline>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its head.
    pub head: Vec<Inline>,
    /// Whether it holds numbers, to be aligned on the decimal sign.
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

/// A cell: text, or a number cut at its decimal sign.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableCell {
    /// What stands before the decimal sign, or the whole text.
    pub content: Vec<Inline>,
    /// The decimal sign and what follows it; may be empty.
    pub fraction: String,
    /// Symbols of flags, set small behind the number.
    pub marks: String,
    /// The number these words stand for, where a cell has to hold one; a page has the words.
    #[serde(skip)]
    pub number: Option<Number>,
}

/// A number as it is printed: with no digit that is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The number, rounded as it is printed.
    pub value: f64,
    /// Digits printed after the decimal sign.
    pub decimals: u8,
    /// Whether it shows its sign when it is positive.
    pub is_signed: bool,
    /// The power of ten that a word stands for, as 3 in "16.1 thousand"; 0 without one.
    pub power: u8,
    /// That word: what stands before the digits, and what behind them.
    pub words: (String, String),
}

/// A numbered note.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// Its id, as `note3`.
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
    /// Text as it is.
    Text {
        /// The text.
        text: String,
    },
    /// A value of a fact, worded.
    Fact {
        /// The fact's id, with the member's code for one of a series: `I4[KZ-71]`.
        id: String,
        /// The filter that worded it: `int`, `signed`, `pct1` ...
        form: String,
        /// The words.
        text: String,
    },
    /// One sentence that has an id.
    Sentence {
        /// The id, as `s1-1`.
        id: String,
        /// The text.
        content: Vec<Inline>,
    },
    /// A reference to a source.
    Cite {
        /// The key in the bibliography.
        key: String,
    },
    /// A reference to a figure or table: «рис. 1».
    Ref {
        /// The id of what is meant.
        target: String,
        /// The words.
        text: String,
    },
    /// A reference to a note, raised.
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
        /// Where to.
        url: String,
        /// The text.
        content: Vec<Inline>,
    },
    /// Text in another language.
    Foreign {
        /// Its language.
        lang: String,
        /// Its country, may be empty.
        region: String,
        /// The text.
        content: Vec<Inline>,
    },
    /// A line break.
    Break,
}

impl Inline {
    /// Text as it is.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}

/// The words of a line, without its structure.
pub fn plain(line: &[Inline]) -> String {
    let is_note = |at: usize| matches!(line.get(at), Some(Inline::NoteRef { .. }));
    line.iter()
        .enumerate()
        .map(|(at, inline)| match inline {
            // Two calls side by side would read as one number.
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
