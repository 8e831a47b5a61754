//! Names: places are named through lexicons, persons only by the body, and abbreviations are explained.

use std::collections::{BTreeSet, HashMap};

use super::Reading;
use super::statement::{Kind, Part, Statement};
use crate::diag::{Code, Diagnostic, Message};
use crate::locale::guards::{self, Expansion, Spoken};
use crate::prose::plainly_spaced;

/// A typed name that is in a lexicon.
pub(super) fn typed(reading: &Reading<'_>, all: &[Statement<'_>], found: &mut Vec<Diagnostic>) {
    // Names by their first word, so that each word of the brief is looked up once.
    let mut known: HashMap<&str, Vec<(&str, &str, &str, String)>> = HashMap::new();
    for lexicon in reading.names.iter().filter_map(|name| reading.locale.lexicon(name).ok()) {
        for (code, form, name) in lexicon.all() {
            // «all countries» is no proper name.
            if let Some(first) =
                guards::words(name).first().filter(|_| name.chars().any(char::is_uppercase))
            {
                let entry = (lexicon.name.as_str(), code, form, plainly_spaced(name).0);
                known.entry(&name[first.clone()]).or_default().push(entry);
            }
        }
    }
    for statement in all.iter().filter(|statement| statement.is_text()) {
        let (typed, _) = plainly_spaced(statement.typed().text());
        let mut until = 0;
        for at in guards::words(&typed) {
            let candidates = known.get(&typed[at.clone()]).into_iter().flatten();
            let fits = candidates.filter(|(.., name)| {
                typed[at.start..]
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            });
            let Some((lexicon, code, form, name)) = fits.max_by_key(|(.., name)| name.len()) else {
                continue;
            };
            if at.start < until {
                continue;
            }
            until = at.start + name.len();
            found.push(
                Diagnostic::error(Code::K0809, message!("the name `{name}` is typed", name))
                    .at(reading.place(statement, name))
                    .note(message!(
                        "names of places are printed from the lexicon, so that each has one \
                        spelling in each language"
                    ))
                    .hint(message!(
                        "write `{{{{ {lexicon}[\"{code}\"] | {form} }}}}`",
                        lexicon,
                        code,
                        form
                    )),
            );
        }
    }
}

/// A person's name: initials and a surname.
pub(super) fn persons(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let typed = statement.typed();
    let Some(name) = person(typed.text()) else { return };
    let initials: String =
        name.chars().take_while(|c| c.is_uppercase() || *c == '.').filter(|c| *c != '.').collect();
    if reading.locale.guards().abbreviations.contains_key(&initials) {
        return;
    }
    found.push(
        Diagnostic::error(Code::K0810, message!("`{name}` looks like the name of a person", name))
            .at(reading.place(statement, &name))
            .note(message!(
                "office holders change between issues, so a brief names offices; it names authors \
                only from a register"
            ))
            .hint(message!("name the office, or print the author from a register of literature")),
    );
}

/// The first «I. Surname», «I. O. Surname» or «Surname I. O.» in a text.
fn person(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let starts = |at: usize| at == 0 || !chars[at - 1].is_alphanumeric() && chars[at - 1] != '.';
    let initial = |at: usize| {
        let is_one =
            chars.get(at).is_some_and(|c| c.is_uppercase()) && chars.get(at + 1) == Some(&'.');
        is_one.then_some(at + 2)
    };
    let spaces = |at: usize| at + chars[at..].iter().take_while(|c| c.is_whitespace()).count();
    let surname = |at: usize| {
        let length =
            chars.get(at..)?.iter().take_while(|c| c.is_alphabetic() || **c == '-').count();
        let is_name = length > 2 && chars[at].is_uppercase() && chars[at + 1].is_lowercase();
        is_name.then_some(at + length)
    };
    (0..chars.len()).filter(|at| starts(*at)).find_map(|start| {
        let forward = || {
            let mut at = initial(start)?;
            while let Some(next) = initial(spaces(at)) {
                at = next;
            }
            surname(spaces(at))
        };
        let backward = || initial(spaces(initial(spaces(surname(start)?))?));
        let end = forward().or_else(backward)?;
        Some(chars[start..end].iter().collect())
    })
}

/// An abbreviation used before it is spelt out.
pub(super) fn abbreviations(
    reading: &Reading<'_>,
    all: &[Statement<'_>],
    found: &mut Vec<Diagnostic>,
) {
    let known = &reading.locale.guards().abbreviations;
    if known.is_empty() {
        return;
    }
    let mut read = Spoken::default();
    let mut reported = BTreeSet::new();
    for unit in all.chunk_by(|a, b| a.unit == b.unit) {
        // An abbreviation spelt out in the notes of a table is explained for the whole table.
        let unit: Vec<(&Statement<'_>, Spoken)> =
            unit.iter().map(|statement| (statement, worded(statement))).collect();
        unit.iter().for_each(|(_, worded)| read.add(worded));
        // A column head of one word is a code, which the rows explain.
        let is_code = |s: &Statement<'_>| s.kind == Kind::Head && s.typed().words().len() == 1;
        for (statement, worded) in unit.iter().filter(|(statement, _)| !is_code(statement)) {
            for (word, what) in unexplained(worded, &read, known) {
                if !reported.insert(word.clone()) {
                    continue;
                }
                let is_listed = known.contains_key(&word);
                let diagnostic =
                    Diagnostic::error(Code::K0808, message!("`{word}` {what}", word, what))
                        .at(reading.place(statement, &word))
                        .note(message!(
                            "a reader who does not know the abbreviation cannot look it up"
                        ));
                found.push(match is_listed {
                    true => diagnostic.hint(message!(
                        "write the full name here, with the abbreviation in \
                        brackets"
                    )),
                    false => diagnostic.hint(message!(
                        "write the full name, or add the abbreviation with its meaning to \
                        `[guards.abbreviations]` of the language file"
                    )),
                });
            }
        }
    }
}

/// The parts of a statement that may contain abbreviations; periods are left out, since quarters are
/// Roman numerals, and so is a short form before the name of the same member: “AKM: Akmola”.
fn worded(statement: &Statement<'_>) -> Spoken {
    let is_explained = |id: &str, later: &[Part<'_>]| {
        let mut later = later.iter();
        let next = later.find(
            |part| !matches!(part, Part::Typed(text) if !text.contains(char::is_alphanumeric)),
        );
        matches!(next, Some(Part::Fact { id: name, form: "name", .. }) if *name == id)
    };
    let words = statement.parts.iter().enumerate().map(|(index, part)| match part {
        Part::Typed(text) => *text,
        Part::Fact { id, form: "name", text }
            if !is_explained(id, &statement.parts[index + 1..]) =>
        {
            *text
        }
        Part::Fact { .. } | Part::Cite(_) => "\u{FFFC}",
    });
    Spoken::of(words.collect::<String>())
}

fn unexplained(
    text: &Spoken,
    read: &Spoken,
    known: &std::collections::BTreeMap<String, Expansion>,
) -> Vec<(String, Message)> {
    let is_roman = |word: &str| word.chars().all(|c| "IVXLCDM".contains(c));
    let words = text.words().flat_map(|word| word.split(['-', '’', '\'']));
    words
        .filter(|word| {
            word.chars().count() > 1 && word.chars().all(char::is_uppercase) && !is_roman(word)
        })
        .filter_map(|word| match known.get(word) {
            None => Some((word.to_owned(), message!("is an abbreviation that is never explained"))),
            Some(Expansion(None)) => None,
            Some(Expansion(Some(words))) => words
                .find(read)
                .is_none()
                .then(|| (word.to_owned(), message!("is used before it is explained"))),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_initials_and_a_surname_either_way_round() {
        for (text, name) in [
            ("по словам С. Жакуповой, рост", Some("С. Жакуповой")),
            ("the minister (A.B. Smith) said", Some("A.B. Smith")),
            ("Жакупова С. Б. сообщила", Some("Жакупова С. Б.")),
            ("в 2025 г. Астана", None),
            ("п. Алматы; 5 тыс. Россия", None),
            ("as Annex A. shows; see Annex B.", None),
        ] {
            assert_eq!(person(text).as_deref(), name, "{text}");
        }
    }
}
