//! Checks of the bibliography: every key that the text cites is there, and the style prints its names.

use hayagriva::Library;
use hayagriva::io::from_yaml_str;

use super::REFERENCES;
use super::files::Files;
use super::printed::{self, Expected};
use crate::diag::{Code, Diagnostic, Place, SourceText, did_you_mean};

/// Styles tested to number in order of citation, to print the authors of an article, a book and a page,
/// and to read well in several languages. `vancouver` prints no authors.
const TRIED: [&str; 6] = [
    "gost-r-705-2008-numeric",
    "iso-690-numeric",
    "ieee",
    "american-medical-association",
    "american-chemical-society",
    "elsevier-with-titles",
];

/// Checks the `cited` sources with the `style` that will typeset them, and records what must be printed
/// of them.
pub(super) fn check(
    files: &Files,
    cited: &[String],
    style: &str,
    expected: &mut Expected,
    found: &mut Vec<Diagnostic>,
) {
    if cited.is_empty() {
        return;
    }
    if !TRIED.contains(&style) && !style.ends_with(".csl") {
        found.push(
            Diagnostic::warning(
                Code::K0711,
                message!("the bibliography style `{style}` has not been tested", style),
            )
            .subject(style)
            .note(message!(
                "some styles omit authors, or number the sources in another order than the text"
            ))
            .note(message!("the tested styles are {value}", value = TRIED.join(", ")))
            .maybe_hint(did_you_mean(style, TRIED))
            .hint(message!("compare the printed list of sources with the bibliography")),
        );
    }
    // A missing or malformed file is reported by Typst, at the right line.
    let Some(file) = files.iter().find(|(path, _)| *path == REFERENCES).map(|(_, file)| file)
    else {
        return;
    };
    let Ok(text) = file.bytes.as_str() else { return };
    let Ok(library) = from_yaml_str(text) else { return };
    expected.is_numbered =
        TRIED.contains(&style) || style.trim_start_matches('/').starts_with("sources-");
    // On the page nothing parts the groups of a number: “16 278” is 16278 there.
    let joined = groups_joined(text);
    let numbers = [text, &joined].map(|text| text.split(|c: char| !c.is_numeric()));
    let digits = numbers.into_iter().flatten().map(|n| n.trim_start_matches('0').to_owned());
    expected.source_numbers = digits.collect();
    let source = SourceText::new(&file.shown, text);
    for key in cited {
        match library.get(key) {
            None => found.push(unknown(key, &library, &file.shown)),
            Some(entry) => {
                let title = entry.title().filter(|_| expected.is_numbered);
                let title = title.map(|title| printed::letters(&title.value.to_string()));
                expected.sources.extend(title.map(|title| (key.to_string(), title)));
                let one_named = |person: &&hayagriva::types::Person| person.given_name.is_none();
                let author = entry.authors().and_then(|all| all.iter().find(one_named));
                if let Some(author) = author
                    && style.starts_with("gost")
                {
                    found.push(
                        Diagnostic::warning(
                            Code::K0712,
                            message!("`{style}` does not print the author `{name}`", style, name = author.name),
                        )
                        .subject(key.as_str())
                        .at(line_of(&source, key))
                        .note(message!("this style prints only persons with a given name"))
                        .hint(message!("name the body as the source's `parent`: `parent: {{ type: web, title: {name} }}`", name = author.name)),
                    );
                }
            }
        }
    }
}

fn unknown(key: &str, library: &Library, shown: &std::path::Path) -> Diagnostic {
    Diagnostic::error(
        Code::K0710,
        message!("the text cites `{key}`, which is not in the bibliography", key),
    )
    .at(Place::Path(shown.to_path_buf()))
    .maybe_hint(did_you_mean(key, library.keys()))
    .hint(message!("add an entry `{key}`, or correct the key in the text", key))
}

/// The line that opens an entry.
fn line_of(source: &SourceText, key: &str) -> Option<Place> {
    let opens = |line: &str| {
        line.trim_start_matches(['"', '\''])
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
    };
    source.text.lines().position(opens).map(|index| source.line(index + 1))
}

/// A text without the spaces between two digits.
fn groups_joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_between = letter.is_whitespace()
            && joined.ends_with(|c: char| c.is_ascii_digit())
            && letters.peek().is_some_and(char::is_ascii_digit);
        if !is_between {
            joined.push(letter);
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::groups_joined;

    #[test]
    fn groups_of_a_number_are_one() {
        assert_eq!(groups_joined("16 278 шетел, 1\u{a0}000 и 2"), "16278 шетел, 1000 и 2");
    }
}
