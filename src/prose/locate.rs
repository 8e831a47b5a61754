//! Finds words in a text, whatever kinds of spaces either has.

use std::ops::Range;

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
