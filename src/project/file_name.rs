//! The names of an edition's files, by the pattern `file-name`.
//!
//! A pattern is text with placeholders in braces, such as `{body}-{period}-{language}`. Its names are
//! checked when the project is opened, with every form and language that the project or the command line
//! names: each is valid on every system, and no two are equal.

use std::collections::HashMap;

use super::written::{Layer, last};
use super::{Format, Project};
use crate::diag::{Code, Diagnostic, Message, Place, did_you_mean};
use crate::output::is_file_name;
use crate::stats::Period;

/// The pattern of a project that has none.
pub(super) const DEFAULT: &str = "{form}-{language}";

/// The pattern of file names.
#[derive(Debug, Clone)]
pub struct FileName {
    parts: Vec<Part>,
    /// Where it is set; `None` for the default.
    place: Option<Place>,
}

/// A part of a pattern.
#[derive(Debug, Clone)]
enum Part {
    Text(String),
    Placeholder(Placeholder),
}

/// What a placeholder is replaced by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placeholder {
    /// `brief`, `express`, `annex`.
    Form,
    /// The period, such as `2025-H1`.
    Period,
    /// The profile, with the region if there is one, such as `bns`.
    Body,
    /// The language, or all languages of a page that has several, such as `ru-en`.
    Language,
}

const PLACEHOLDERS: [(&str, Placeholder); 4] = [
    ("form", Placeholder::Form),
    ("period", Placeholder::Period),
    ("body", Placeholder::Body),
    ("language", Placeholder::Language),
];

impl FileName {
    /// Parses a pattern; returns what is wrong with it.
    fn parse(text: &str) -> Result<Vec<Part>, Box<Diagnostic>> {
        let (mut parts, mut rest) = (vec![], text);
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            let inside = from.strip_prefix('{').and_then(|from| from.split_once('}'));
            let Some((name, after)) = inside else {
                let problem =
                    refused(message!("a brace in `{text}` is not closed or not opened", text));
                let hint = message!("write placeholders in braces: `{{form}}-{{language}}`");
                return Err(Box::new(problem.hint(hint)));
            };
            let known = PLACEHOLDERS.iter().find(|(known, _)| *known == name);
            let Some((_, placeholder)) = known else {
                let names = PLACEHOLDERS.map(|(name, _)| name);
                let problem = refused(message!("there is no placeholder `{{{name}}}`", name))
                    .maybe_hint(did_you_mean(name, names));
                let hint = message!(
                    "the placeholders are `{{form}}`, `{{period}}`, `{{body}}` and `{{language}}`"
                );
                return Err(Box::new(problem.hint(hint)));
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Placeholder(*placeholder));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(parts)
    }

    /// The name of a file, without its ending.
    fn of(&self, form: Format, period: &str, body: &str, language: &str) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Placeholder(Placeholder::Form) => form.stem().to_owned(),
            Part::Placeholder(Placeholder::Period) => period.to_owned(),
            Part::Placeholder(Placeholder::Body) => body.to_owned(),
            Part::Placeholder(Placeholder::Language) => language.to_owned(),
        };
        self.parts.iter().map(part).collect()
    }

    fn has(&self, placeholder: Placeholder) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Placeholder(one) if *one == placeholder))
    }
}

fn refused(message: Message) -> Diagnostic {
    Diagnostic::error(Code::K0026, message)
        .note(message!("`file-name` names the files of the brief"))
}

/// The pattern of the layers.
pub(super) fn resolve(layers: &[Layer], found: &mut Vec<Diagnostic>) -> FileName {
    let set = last(layers, |layer| {
        let (pattern, text) = (layer.file_name.as_ref()?, layer.text.as_ref()?);
        Some((pattern.get_ref().clone(), text.place(pattern.span())))
    });
    let (text, place) = set.map_or((DEFAULT.to_owned(), None), |(text, at)| (text, Some(at)));
    let parts = FileName::parse(&text).unwrap_or_else(|problem| {
        found.push(problem.at(place.clone()));
        vec![]
    });
    FileName { parts, place }
}

impl Project {
    /// The name of an edition's file in one or several languages, without its ending.
    pub fn file_name(&self, form: Format, period: Period, languages: &str) -> String {
        self.file_names.of(form, &period.short(), &self.release(), languages)
    }

    /// Refuses a pattern that makes a name which is not valid on every system, or one name twice, in any
    /// of these forms and languages. A build of some of them must not replace the files of the others.
    pub(super) fn patterned(&self, forms: &[Format], languages: &[String]) -> Vec<Diagnostic> {
        let FileName { place, .. } = &self.file_names;
        // The names of the default pattern are valid if those of languages are, which is checked apart.
        let Some(place) = place else { return vec![] };
        let (mut found, mut known) = (vec![], HashMap::new());
        for form in forms {
            let together = [languages.join("-")];
            let each = if *form == Format::Express { &together[..] } else { languages };
            for language in each {
                // Any period: all have the same characters.
                let name = self.file_names.of(*form, "2025-H1", &self.release(), language);
                if !is_file_name(&name) || !is_file_name(&format!("{name}.pdf")) {
                    let shown = name.escape_debug();
                    let problem =
                        refused(message!("`{shown}` cannot be the name of a file", shown));
                    found.push(problem.at(place.clone()).hint(message!(
                        "use letters, digits, spaces, `-` and `_`; a folder is named by \
                        `paths.output`"
                    )));
                    return found;
                }
                if let Some((other, in_other)) =
                    known.insert(name.to_lowercase(), (*form, language.clone()))
                {
                    let (form, other) = (form.name(), other.name());
                    let problem = refused(message!(
                        "`{name}` would be the name of two files: `{other}` in `{in_other}` and \
                        `{form}` in `{language}`",
                        name,
                        other,
                        in_other,
                        form,
                        language
                    ));
                    found.push(problem.at(place.clone()).hint(self.missing(other != form)));
                    return found;
                }
            }
        }
        found
    }

    /// What a pattern lacks that has a name twice.
    fn missing(&self, differ_in_form: bool) -> Message {
        match differ_in_form && !self.file_names.has(Placeholder::Form) {
            true => message!("add `{{form}}` to the pattern"),
            false => message!("add `{{language}}` to the pattern"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(pattern: &str) -> Result<String, Box<Diagnostic>> {
        let name = FileName { parts: FileName::parse(pattern)?, place: None };
        Ok(name.of(Format::Annex, "2025-H1", "akimat-KZ-71", "ru"))
    }

    #[test]
    fn placeholders_are_replaced_and_other_text_stays() {
        assert_eq!(named(DEFAULT).unwrap(), "annex-ru");
        assert_eq!(
            named("Миграция {period}, {body} ({language})").unwrap(),
            "Миграция 2025-H1, akimat-KZ-71 (ru)"
        );
        assert_eq!(named("{form}{form}").unwrap(), "annexannex");
    }

    #[test]
    fn a_pattern_that_cannot_be_read_is_refused() {
        for pattern in ["{body", "body}", "{}", "{Body}", "{{form}}", "{form}}", "{ form }"] {
            assert_eq!(named(pattern).unwrap_err().code, Code::K0026, "{pattern}");
        }
        assert!(named("{langauge}").unwrap_err().hints[0].contains("language"));
    }
}
