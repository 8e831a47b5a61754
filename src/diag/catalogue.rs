//! The translations of the program's own texts, one Fluent file for each language.
//!
//! English is written in the source where it is needed; a catalogue has what it is in another language,
//! under an identifier that is a hash of the English pattern. So a translation ends when the English
//! changes, and cannot go on saying what the program no longer means. To add a language, copy
//! `ui/ru.ftl`, translate it, and put it into the folder `ui` of a project (or here, beside it).

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::message::Value;

// `SHIPPED`, the languages with their files in `ui/`, and `ENGLISH`, the language of the sources: the
// source of the program names no language.
include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

static CHOSEN: OnceLock<Catalogue> = OnceLock::new();

/// The translations into one language.
pub struct Catalogue {
    language: String,
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// The catalogue of a language, of the program's own file and of others that take precedence; `None`
    /// if there is no file of that language.
    ///
    /// # Errors
    ///
    /// What is wrong with one of the files.
    pub fn of_language(language: &str, others: &[&str]) -> Result<Option<Self>, String> {
        let shipped = SHIPPED.iter().filter(|(shipped, _)| *shipped == language);
        let files: Vec<&str> =
            shipped.map(|(_, file)| *file).chain(others.iter().copied()).collect();
        if files.is_empty() {
            return Ok(None);
        }
        Self::read(language, &files).map(Some)
    }

    /// A catalogue of files, of which the later take precedence.
    ///
    /// # Errors
    ///
    /// What is wrong with one of the files, or with the name of the language.
    pub fn read(language: &str, files: &[&str]) -> Result<Self, String> {
        let id = language.parse().map_err(|error| format!("{error}"))?;
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Marks around values are for texts of both directions, and would be copied with a path.
        bundle.set_use_isolating(false);
        for file in files {
            let resource = FluentResource::try_new((*file).to_owned()).map_err(|(_, errors)| {
                let first = errors.first();
                first.map_or_else(String::new, |error| {
                    let before = file.get(..error.pos.start).unwrap_or_default();
                    format!("line {}: {error}", before.matches('\n').count() + 1)
                })
            })?;
            bundle.add_resource_overriding(resource);
        }
        Ok(Self { language: language.to_owned(), bundle })
    }

    /// The language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A pattern in this language, with values; `None` if it is not translated.
    pub(super) fn translated(
        &self,
        pattern: &str,
        values: &[(&'static str, Value)],
    ) -> Option<String> {
        let translation = self.bundle.get_message(&id(pattern))?.value()?;
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            arguments.set(
                *name,
                match value {
                    Value::Number(number) => FluentValue::from(*number),
                    Value::Message(text) => FluentValue::String(Cow::Owned(text.in_language(self))),
                    Value::Verbatim(words) => FluentValue::from(words.as_str()),
                },
            );
        }
        let mut errors = vec![];
        let text = self.bundle.format_pattern(translation, Some(&arguments), &mut errors);
        // A translation that asks for a value there is not would print its name.
        errors.is_empty().then(|| text.into_owned())
    }

    /// A text without values in this language.
    pub fn words(&self, english: &str) -> Option<String> {
        self.translated(english, &[])
    }
}

/// The identifier of a pattern in a catalogue: FNV-1a of its bytes, which other programs compute as
/// easily.
pub fn id(pattern: &str) -> String {
    let hash = pattern
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("m-{hash:08x}")
}

/// Chooses the language of this process: what is drawn and printed from now on. Only the first choice
/// counts.
pub fn choose(catalogue: Catalogue) {
    let _ = CHOSEN.set(catalogue);
}

/// The catalogue of the chosen language; `None` for English.
pub fn chosen() -> Option<&'static Catalogue> {
    CHOSEN.get()
}

/// The languages of which the program has a catalogue, and English.
pub fn languages() -> impl Iterator<Item = &'static str> {
    [ENGLISH].into_iter().chain(SHIPPED.iter().map(|(language, _)| *language))
}
