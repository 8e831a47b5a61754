//! Texts: many in one string, each with what its runs say of how it is set.

/// The number of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextId(u32);

/// Many texts in one string.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    all: String,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    length: u32,
    /// Bytes of the marks, which follow the text.
    marks: u16,
    runs: Runs,
}

/// What the runs of a text say of how it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Runs {
    /// A run is set as its cell.
    pub(super) any_as_cell: bool,
    /// All runs that are not are bold.
    pub(super) bold: bool,
    /// All runs that are not are italic.
    pub(super) italic: bool,
    /// One of them is struck through.
    pub(super) strike: bool,
}

impl Runs {
    /// A text that is set as its cell.
    pub(super) const AS_CELL: Self =
        Self { any_as_cell: true, bold: true, italic: true, strike: false };
}

impl Texts {
    /// Bytes of text that are kept of a sheet, or of the texts of a workbook.
    const MOST_BYTES: usize = 512 << 20;
    /// Texts that are kept of them.
    const MOST: usize = 10_000_000;

    /// Adds a text and the marks behind it; `None` when there is more than can be kept.
    pub(super) fn add(&mut self, text: &str, marks: &str, runs: Runs) -> Option<TextId> {
        let bytes = self.all.len() + text.len() + marks.len();
        if bytes > Self::MOST_BYTES || self.entries.len() >= Self::MOST {
            return None;
        }
        let entry = Entry {
            start: u32::try_from(self.all.len()).ok()?,
            length: u32::try_from(text.len()).ok()?,
            marks: u16::try_from(marks.len()).ok()?,
            runs,
        };
        let id = TextId(u32::try_from(self.entries.len()).ok()?);
        self.all.push_str(text);
        self.all.push_str(marks);
        self.entries.push(entry);
        Some(id)
    }

    /// The text with this number, if there is one.
    pub(super) fn id(&self, number: usize) -> Option<TextId> {
        (number < self.entries.len()).then_some(TextId(number as u32))
    }

    /// A text without its marks.
    pub(super) fn text(&self, id: TextId) -> &str {
        let Some(entry) = self.entries.get(id.0 as usize) else { return "" };
        let start = entry.start as usize;
        self.all.get(start..start + entry.length as usize).unwrap_or_default()
    }

    /// The marks behind a text.
    pub(super) fn marks(&self, id: TextId) -> Option<&str> {
        let entry = self.entries.get(id.0 as usize)?;
        let start = (entry.start + entry.length) as usize;
        let marks = self.all.get(start..start + usize::from(entry.marks))?;
        (!marks.is_empty()).then_some(marks)
    }

    /// How its runs are set.
    pub(super) fn runs(&self, id: TextId) -> Runs {
        self.entries.get(id.0 as usize).map_or(Runs::AS_CELL, |entry| entry.runs)
    }
}

/// A text in raised characters, where Unicode has them.
pub(super) fn raised(text: &str) -> String {
    let one = |c: char| match c {
        '0' => '\u{2070}',
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        '4'..='9' => char::from_u32(0x2070 + u32::from(c) - u32::from('0')).unwrap_or(c),
        '(' => '\u{207d}',
        ')' => '\u{207e}',
        c => c,
    };
    text.chars().map(one).collect()
}
