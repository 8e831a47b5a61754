//! Codes: refuses codes that cannot be told apart by eye.
//!
//! In: a code of a register, a list or a column. Out: its skeleton, in which case, spaces, Unicode forms
//! and look-alike letters of several alphabets make no difference; and what is wrong with a code on its
//! own. A code that only looks like another one would split a series in two.

use std::collections::HashMap;

pub use crate::diag::skeleton;
use crate::diag::{Message, is_invisible, latin};

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&letter)
}

/// What is wrong with a code on its own, and the remedy.
pub(super) fn wrong(code: &str) -> Option<(Message, Message)> {
    if code.trim() != code {
        let message = message!("the code `{code}` has a space at its beginning or end", code);
        return Some((message, message!("write it as `{code}`", code = code.trim())));
    }
    if let Some(c) = code.chars().find(|c| is_invisible(*c)) {
        let message = message!("the code `{code}` contains an invisible character", code);
        return Some((
            message,
            message!("type it again, without U+{c}", c = format!("{:04X}", u32::from(c))),
        ));
    }
    if code.is_ascii() {
        return None;
    }
    // A code may contain a word of another alphabet, but not one that reads as Latin letters.
    let has_latin = code.chars().any(is_latin);
    let words = code.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let mut odd = words.filter(|word| {
        let foreign = |c: char| !is_latin(c);
        let reads_as_latin =
            word.chars().all(|c| is_latin(c) || c.to_lowercase().next().and_then(latin).is_some());
        reads_as_latin && word.chars().any(foreign)
    });
    let letter = odd.next().and_then(|word| word.chars().find(|c| !is_latin(*c)));
    let letter = letter.filter(|_| has_latin)?;
    Some((
        message!("the code `{code}` mixes letters of two alphabets that look alike", code),
        message!(
            "type the Latin letter `{letter}` (U+{letter_2}) instead",
            letter,
            letter_2 = format!("{:04X}", u32::from(letter))
        ),
    ))
}

/// A hint that names the known code that looks the same as `code`, and how they differ.
pub(super) fn same_to_the_eye<'a>(
    code: &str,
    mut known: impl Iterator<Item = &'a str>,
) -> Option<Message> {
    let own = skeleton(code);
    let meant = known.find(|known| skeleton(known) == own)?;
    let odd = code.chars().zip(meant.chars()).find(|(c, m)| c != m && !c.is_ascii());
    Some(match odd {
        Some((c, _)) => message!(
            "did you mean `{meant}`? `{c}` is U+{c_2} here",
            meant,
            c,
            c_2 = format!("{:04X}", u32::from(c))
        ),
        None => message!(
            "did you mean `{meant}`? They differ in case, spaces or invisible \
            characters",
            meant
        ),
    })
}

/// The codes read so far, by skeleton.
#[derive(Default)]
pub(super) struct Codes {
    met: HashMap<String, String>,
}

impl Codes {
    /// Adds a code. Returns an earlier code that looks the same but is not equal, if there is one.
    pub(super) fn add(&mut self, code: &str) -> Option<&str> {
        let first = self.met.entry(skeleton(code)).or_insert_with(|| code.to_owned());
        (first != code).then_some(first.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_look_the_same_are_the_same() {
        for (one, other) in [
            ("KZ-A", "KZ-А"),
            ("kz-75", "KZ-75"),
            ("KZ 75", "KZ75"),
            ("Cafe\u{301}", "Café"),
            ("R-01", "R\u{2011}01"),
            ("R-01", "R-01\u{200b}"),
            ("ﬁn", "fin"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
        for (one, other) in [("KZ-75", "KZ-79"), ("A1", "AI"), ("R-1", "R-01"), ("a_b", "a-b")] {
            assert_ne!(skeleton(one), skeleton(other), "{one} {other}");
        }
    }

    #[test]
    fn a_code_by_itself_has_no_spaces_around_it_and_one_alphabet() {
        for code in ["KZ-75 ", "\u{a0}KZ", "KZ-\u{200b}75", "KZ-А", "Кz", "RUЅ"] {
            assert!(wrong(code).is_some(), "{code}");
        }
        for code in ["KZ-75", "Алматы", "2025-январь-final", "Côte", "ОБЛ-А", "A B", "α"]
        {
            assert_eq!(wrong(code), None, "{code}");
        }
    }
}
