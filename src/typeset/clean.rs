//! Replaces characters that no font or PDF standard can show, and reports them.
//!
//! A value may contain any character. PDF/UA-1 export fails at the first one without a glyph, and PDF/A
//! at private use. So, before Typst reads a text:
//!
//! - a character without a glyph, a private-use one and a control character become U+FFFD (`K0702`);
//! - line breaks and tabs become spaces: a value is one line, and only the tree breaks lines;
//! - explicit directions (U+202A–U+202E, U+2066–U+2069) and other invisible characters that could reverse
//!   or hide following text are removed (`K0704`); soft hyphen, zero-width space and joiners, word joiner
//!   and the three direction marks remain;
//! - a value with right-to-left letters in a left-to-right edition is isolated, so that it does not
//!   reorder text around it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use typst::text::is_default_ignorable;

use super::files::Files;
use super::fonts::Fonts;
use crate::diag::{Code, Diagnostic, Place};

const REPLACEMENT: char = '\u{FFFD}';
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Invisible characters that are legitimate in text.
const INVISIBLE_AND_WELCOME: [char; 8] =
    ['\u{AD}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{2060}', '\u{61C}'];

/// A text that can be typeset, and the characters replaced or removed in it.
pub(super) struct Cleaned<'a> {
    pub text: Cow<'a, str>,
    replaced: BTreeSet<char>,
    removed: BTreeSet<char>,
}

/// Replaces characters that cannot be typeset.
pub(super) fn text<'a>(text: &'a str, fonts: &Fonts) -> Cleaned<'a> {
    let mut cleaned =
        Cleaned { text: Cow::Borrowed(text), replaced: BTreeSet::new(), removed: BTreeSet::new() };
    // Most text is plain; looking up every letter in every font would cost more than typesetting.
    if text.chars().all(|c| is_plain(c) && !matches!(c, '\t' | '\n' | '\r')) {
        return cleaned;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push(' ')
            }
            _ if is_plain(c) || INVISIBLE_AND_WELCOME.contains(&c) => out.push(c),
            _ if is_default_ignorable(c) => {
                cleaned.removed.insert(c);
            }
            _ if c.is_control() || is_private(c) || !fonts.cover(c) => {
                cleaned.replaced.insert(c);
                out.push(REPLACEMENT);
            }
            _ => out.push(c),
        }
    }
    if out != text {
        cleaned.text = Cow::Owned(out);
    }
    cleaned
}

impl Cleaned<'_> {
    /// Reports what was replaced or removed, naming the `original` text.
    pub(super) fn warn(&self, original: &str, place: Option<Place>, found: &mut Vec<Diagnostic>) {
        let excerpt = excerpt(original);
        if !self.replaced.is_empty() {
            found.push(
                Diagnostic::warning(
                    Code::K0702,
                    message!("{replaced} cannot be printed in `{excerpt}`", replaced = names(&self.replaced), excerpt),
                )
                .at(place.clone())
                .note(message!("none of the fonts has a glyph for it, or the PDF standards forbid it; U+FFFD is printed in its place"))
                .hint(message!("write it in another way at its source, or add a font that has it")),
            );
        }
        if !self.removed.is_empty() {
            found.push(
                Diagnostic::warning(
                    Code::K0704,
                    message!(
                        "the invisible {removed} was removed from `{excerpt}`",
                        removed = names(&self.removed),
                        excerpt
                    ),
                )
                .at(place)
                .note(message!("it can reverse or hide the text that follows it"))
                .hint(message!("delete it at its source")),
            );
        }
    }
}

/// Isolates `text` if it contains right-to-left letters.
pub(super) fn isolate(text: &str) -> Option<String> {
    text.chars().any(is_right_to_left).then(|| format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"))
}

/// Cleans drawings and the bibliography, whose text is printed too.
pub(super) fn files(files: &Files, fonts: &Fonts, found: &mut Vec<Diagnostic>) -> Files {
    let mut cleaned = files.clone();
    for (path, file) in files.iter() {
        if ![".svg", ".yaml", ".yml"].iter().any(|end| path.ends_with(end)) {
            continue;
        }
        // Line by line, to keep the line ends. A file that is not UTF-8 is reported by Typst.
        let Ok(whole) = file.bytes.as_str() else { continue };
        let mut out = String::new();
        for (index, line) in whole.split_inclusive('\n').enumerate() {
            let content = line.trim_end_matches(['\n', '\r']);
            let result = text(content, fonts);
            if result.replaced.is_empty() && result.removed.is_empty() {
                out.push_str(line);
                continue;
            }
            // The lines of a drawing are generated, so its words are named rather than the line.
            let is_drawing = path.ends_with(".svg");
            let source = crate::diag::SourceText::new(&file.shown, whole);
            let place = (!is_drawing).then(|| source.line(index + 1));
            result.warn(if is_drawing { words(content) } else { content.trim() }, place, found);
            out.push_str(&result.text);
            out.push('\n');
        }
        if out != whole {
            cleaned.insert(path, &file.shown, out);
        }
    }
    cleaned
}

/// The words in a line of a drawing, between its tags.
fn words(line: &str) -> &str {
    let inner = line.find('>').map_or(line, |at| &line[at + 1..]);
    inner.rfind("</").map_or(inner, |at| &inner[..at]).trim()
}

/// Letters, digits and signs that the shipped text font is known to contain.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{17F}' | '\u{400}'..='\u{4FF}'
        | '–' | '—' | '−' | '…' | '„' | '“' | '”' | '‘' | '’' | '№')
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Whether a letter is written from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

fn names(characters: &BTreeSet<char>) -> String {
    let names: Vec<String> = characters.iter().map(|&c| format!("U+{:04X}", c as u32)).collect();
    names.join(", ")
}

/// The text as shown in a message: short, and without the problematic characters.
fn excerpt(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| if c.is_control() || is_default_ignorable(c) { REPLACEMENT } else { c })
        .take(60)
        .collect();
    if shown.chars().count() < text.chars().count() { shown + "…" } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(original: &str) -> (String, Vec<Code>) {
        let fonts = Fonts::with(&[]);
        let result = text(original, &fonts);
        let mut found = vec![];
        result.warn(original, None, &mut found);
        (result.text.into_owned(), found.iter().map(|d| d.code).collect())
    }

    #[test]
    fn plain_characters_have_glyphs() {
        let fonts = Fonts::with(&[]);
        let every = (0..=0x10FFFF).filter_map(char::from_u32);
        let missing: String = every.filter(|&c| is_plain(c) && !fonts.cover(c)).collect();
        assert_eq!(missing, "");
    }

    #[test]
    fn syntax_of_every_kind_stays() {
        let hostile = "*x* #import \"x\" $y$ <b>&amp; `raw` ] @ref <label> // /* \\ {{ x }}";
        assert_eq!(cleaned(hostile), (hostile.to_string(), vec![]));
    }

    #[test]
    fn private_use_and_control_are_replaced_and_said() {
        assert_eq!(cleaned("a\u{E000}b\u{0}"), ("a\u{FFFD}b\u{FFFD}".into(), vec![Code::K0702]));
    }

    #[test]
    fn an_override_is_taken_out_and_said() {
        assert_eq!(cleaned("a\u{202E}bc"), ("abc".into(), vec![Code::K0704]));
    }

    #[test]
    fn line_breaks_become_spaces_without_a_word() {
        assert_eq!(cleaned("a\r\nb\nc\td\u{2028}e"), ("a b c d e".into(), vec![]));
    }

    #[test]
    fn right_to_left_letters_are_isolated_and_others_are_not() {
        assert_eq!(isolate("אב"), Some("\u{2068}אב\u{2069}".into()));
        assert_eq!(isolate("ab"), None);
    }
}
