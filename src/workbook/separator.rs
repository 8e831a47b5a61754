//! Which sign separates the cells of a text.

use std::fmt;
use std::str::FromStr;

/// What separates the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// A tab.
    Tab,
    /// A semicolon.
    Semicolon,
    /// A vertical bar.
    Bar,
    /// A comma.
    Comma,
    /// Two blanks or more, as in a table that was pasted from a page.
    Blanks,
    /// Nothing: each line is one cell, as in running text.
    None,
}

impl Separator {
    /// All of them. Of equally good ones the first is taken: commas stand in numbers and texts too.
    pub const ALL: [Self; 6] =
        [Self::Tab, Self::Semicolon, Self::Bar, Self::Comma, Self::Blanks, Self::None];

    /// The sign, if it is one.
    pub(super) fn byte(self) -> Option<u8> {
        match self {
            Self::Tab => Some(b'\t'),
            Self::Semicolon => Some(b';'),
            Self::Bar => Some(b'|'),
            Self::Comma => Some(b','),
            Self::Blanks | Self::None => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Tab => "tab",
            Self::Semicolon => "semicolon",
            Self::Bar => "bar",
            Self::Comma => "comma",
            Self::Blanks => "blanks",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Separator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Separator {
    type Err = String;

    /// Reads a name (`tab`, `semicolon` …) or the sign itself.
    fn from_str(text: &str) -> Result<Self, String> {
        let sign = |separator: &Self| {
            separator.byte().is_some_and(|byte| text.as_bytes() == [byte])
                || (text == "\\t" && *separator == Self::Tab)
        };
        Self::ALL
            .into_iter()
            .find(|separator| separator.name() == text || sign(separator))
            .ok_or_else(|| {
                format!(
                    "`{text}` is not a separator: write tab, semicolon, comma, bar, blanks or none"
                )
            })
    }
}

/// Lines that are looked at.
const LOOKED_AT: usize = 1000;

/// The sign that separates the cells of a text: the one that most lines have equally often.
pub(super) fn find(text: &str) -> Separator {
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
    let mut best = (0, Separator::None);
    for separator in [Separator::Tab, Separator::Semicolon, Separator::Bar, Separator::Comma] {
        let Some(byte) = separator.byte() else { continue };
        if separator == Separator::Comma && is_of_sentences(&lines) {
            continue;
        }
        let agreeing = agreeing(lines.iter().map(|line| count(line, byte)));
        if agreeing > best.0 {
            best = (agreeing, separator);
        }
    }
    // Commas of numbers stand in a pasted table too.
    if matches!(best.1, Separator::Comma | Separator::None) {
        let agreeing = agreeing(lines.iter().map(|line| runs(line)));
        if agreeing >= best.0.max(1) && agreeing * 2 > lines.len() {
            return Separator::Blanks;
        }
    }
    best.1
}

/// How many lines have a sign equally often, of those that have it.
fn agreeing(counts: impl Iterator<Item = usize>) -> usize {
    let mut met: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for count in counts.filter(|count| *count > 0) {
        *met.entry(count).or_default() += 1;
    }
    met.into_values().max().unwrap_or(0)
}

/// How often a sign stands in a line, outside quotation marks.
fn count(line: &str, byte: u8) -> usize {
    let mut is_quoted = false;
    let mut count = 0;
    for other in line.bytes() {
        match other {
            b'"' => is_quoted = !is_quoted,
            other if other == byte && !is_quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// How many runs of blanks stand between the words of a line.
fn runs(line: &str) -> usize {
    split_blanks(line).count().saturating_sub(1)
}

/// Whether the commas are those of sentences: more than half of them have a blank behind them.
fn is_of_sentences(lines: &[&str]) -> bool {
    let (mut all, mut spaced) = (0_usize, 0_usize);
    for line in lines {
        let bytes = line.as_bytes();
        for at in (0..bytes.len()).filter(|at| bytes[*at] == b',') {
            all += 1;
            spaced += usize::from(matches!(bytes.get(at + 1), None | Some(b' ')));
        }
    }
    all > 0 && spaced * 2 > all
}

/// Whether a character is a blank between cells that were pasted.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\t' | '\u{3000}')
}

/// The parts of a line between runs of two blanks or more, each with the byte it begins at.
pub(super) fn split_blanks(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let tail = line.get(rest..)?;
        let start = rest + tail.find(|c| !is_blank(c))?;
        let mut blanks = 0;
        let mut end = line.len();
        let mut last = start;
        for (at, c) in line[start..].char_indices() {
            match is_blank(c) {
                true => blanks += 1,
                false => {
                    blanks = 0;
                    last = start + at + c.len_utf8();
                }
            }
            if blanks == 2 {
                end = last;
                break;
            }
        }
        let cell = line[start..end.min(last.max(start))].trim_end_matches(is_blank);
        rest = start + cell.len();
        Some((start, cell))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_that_lines_have_equally_often_separates() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n4,5,6\n", Separator::Comma),
            ("Title, of a table\na;b;c\n1,5;2,5;3\n1,5;2;3\n", Separator::Semicolon),
            ("a\tb\n1,5\t2,5\n3,5\t4,5\n", Separator::Tab),
            ("a|b\n1|2\n", Separator::Bar),
            ("\"a;b\",c\n\"d;e\",f\n", Separator::Comma),
            ("Almaty    1,5   2,5\nAstana    3,5   4,5\n", Separator::Blanks),
            ("Алматы  12 345\nАстана  7\n", Separator::Blanks),
            ("In January, people came, and others left.\n", Separator::None),
            ("one\ntwo\n", Separator::None),
            ("", Separator::None),
        ] {
            assert_eq!(find(text), expected, "{text}");
        }
    }

    #[test]
    fn blanks_split_where_there_are_two() {
        let cells: Vec<_> = split_blanks("  Западная обл.   12 345\u{a0}\u{a0}7 ").collect();
        let texts: Vec<_> = cells.iter().map(|(_, text)| *text).collect();
        assert_eq!(texts, ["Западная обл.", "12 345", "7"]);
        assert!(cells.iter().all(|(at, text)| "  Западная обл.   12 345\u{a0}\u{a0}7 "[*at..].starts_with(text)));
        assert_eq!(split_blanks("   ").count(), 0);
    }

    #[test]
    fn a_separator_is_named_or_shown() {
        assert_eq!(";".parse(), Ok(Separator::Semicolon));
        assert_eq!("tab".parse(), Ok(Separator::Tab));
        assert!("x".parse::<Separator>().is_err());
        for separator in Separator::ALL {
            assert_eq!(separator.to_string().parse(), Ok(separator));
        }
    }
}
