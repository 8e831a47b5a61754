//! Finds the words of a line in the file of a section, whatever kinds of spaces either has.

use std::ops::Range;

use crate::diag::{Place, SourceText};
use crate::document::Inline;

/// The text with an ordinary space for every space, and for each of its bytes the offset in the original.
pub(crate) fn plainly_spaced(text: &str) -> (String, Vec<usize>) {
    let (mut plain, mut from) = (String::with_capacity(text.len()), vec![]);
    for (at, c) in text.char_indices() {
        let c = if c.is_whitespace() { ' ' } else { c };
        plain.push(c);
        from.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    from.push(text.len());
    (plain, from)
}

/// The byte range of words in a text, whatever kinds of spaces either has.
pub(crate) fn find_spaced(text: &str, words: &str) -> Option<Range<usize>> {
    let (plain, from) = plainly_spaced(text);
    let (words, _) = plainly_spaced(words);
    let at = plain.find(&words)?;
    Some(from[at]..from[at + words.len()])
}

/// The typed texts of a line between its values, longest first.
pub(super) fn typed(line: &[Inline]) -> Vec<String> {
    fn each(line: &[Inline], runs: &mut Vec<String>) {
        for inline in line {
            match inline {
                Inline::Text { text } => runs.push(text.trim().to_owned()),
                other => each(other.content(), runs),
            }
        }
    }
    let mut runs = vec![];
    each(line, &mut runs);
    runs.retain(|run| run.chars().any(char::is_alphabetic));
    // Of equally long ones the first: a problem begins where its text begins.
    runs.sort_by_key(|run| std::cmp::Reverse(run.chars().count()));
    runs
}

/// The place of the first of these texts that occurs in a file; else the file.
pub(super) fn written(text: &SourceText, runs: &[String]) -> Place {
    let found = runs.iter().find_map(|run| find_spaced(&text.text, run));
    found.map_or_else(|| Place::Path(text.path.clone()), |range| text.place(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_by_what_is_typed_in_it_and_not_by_a_long_word() {
        let text = SourceText::new(
            "a.md",
            "Immigration fell.\n\nOf {{ X1 | int }} all immigration\nwas by land.\n",
        );
        let line = [
            Inline::text("Of "),
            Inline::Fact { id: "X1".into(), form: "int".into(), text: "1 000".into() },
            Inline::Strong { content: vec![Inline::text(" all immigration was by land.")] },
        ];
        let runs = typed(&line);
        assert_eq!(runs, ["all immigration was by land.", "Of"]);
        assert_eq!(written(&text, &runs).to_string(), "a.md:3:19");
        assert_eq!(written(&text, &["nowhere".to_owned()]).to_string(), "a.md");
    }
}
