//! Shortens quotations, since a cell or line may be as long as a file.

use std::ops::Range;

/// The number of characters shown of one word in a message.
const WORD: usize = 120;
/// The number of characters shown of a message.
const MESSAGE: usize = 2_000;
/// The number of bytes shown before and after the marked part of a line.
const AROUND: usize = 80;
/// The number of bytes shown of the marked part.
const MARKED: usize = 160;

/// Replaces what was left out.
pub(super) const ELLIPSIS: &str = "…";

/// A message with shortened quotations, and without the program's own placeholders.
pub(super) fn shortened(text: &str) -> String {
    // Noncharacters occur in no typed text; placeholders of templates consist of them.
    if text.contains(|c: char| ('\u{FDD0}'..='\u{FDEF}').contains(&c)) {
        let parts = text.split(|c: char| ('\u{FDD0}'..='\u{FDEF}').contains(&c));
        // The text between two of them is a number of the program.
        let own: Vec<&str> = parts.step_by(2).collect();
        return shortened(&own.join(ELLIPSIS));
    }
    // A text no longer than this has no word that is too long.
    if text.len() <= WORD {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        if short.len() > MESSAGE {
            short.push_str(ELLIPSIS);
            break;
        }
        let end = word.char_indices().nth(WORD);
        match end.filter(|(at, _)| word.len() > at + ELLIPSIS.len()) {
            Some((end, _)) => {
                short.push_str(&word[..end]);
                short.push_str(ELLIPSIS);
                // The closing backtick of a word and the space after it are kept.
                let rest = &word[end..];
                let from = rest.rfind('`').filter(|at| rest.len() - at <= 8);
                let from = from.unwrap_or_else(|| rest.trim_end_matches(char::is_whitespace).len());
                short.push_str(&rest[from..]);
            }
            None => short.push_str(word),
        }
    }
    short
}

/// The part of a line shown around a marked range; the whole line if it is short.
pub(super) fn window(text: &str, line: Range<usize>, marked: &Range<usize>) -> Range<usize> {
    if line.len() <= 2 * AROUND + MARKED {
        return line;
    }
    let clamped = |at: usize| at.clamp(line.start, line.end);
    let mut start = clamped(marked.start).saturating_sub(AROUND).max(line.start);
    let mut end = clamped(marked.end.min(marked.start.saturating_add(MARKED)) + AROUND);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_is_cut_within_its_backticks() {
        assert_eq!(shortened("`x` is no number"), "`x` is no number");
        let long = format!("`{}` is no number, nor is {}", "x".repeat(500), "й".repeat(500));
        let short = shortened(&long);
        assert!(short.starts_with("`xxx") && short.contains("…` is no number"), "{short}");
        assert!(short.ends_with("й…") && short.chars().count() < 300, "{short}");
        assert!(shortened(&"ten letters ".repeat(10_000)).len() < 2_100);
    }

    #[test]
    fn a_mark_never_shows() {
        let reported = shortened("no table `\u{FDD0}161\u{FDD1}` is known");
        assert_eq!(reported, "no table `…` is known");
    }

    #[test]
    fn of_a_long_line_what_is_marked_is_shown() {
        let text = format!("{}MARK{}", "й".repeat(400), "й".repeat(400));
        let at = text.find("MARK").unwrap();
        let window = window(&text, 0..text.len(), &(at..at + 4));
        assert!(text[window.clone()].contains("MARK") && window.len() < 200);
        assert_eq!(super::window("a,b", 0..3, &(0..1)), 0..3);
        assert!(super::window(&text, 0..text.len(), &(0..text.len())).len() < 300);
    }
}
