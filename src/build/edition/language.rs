//! A language of the project: its strings, lexicons and sections.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diag::{Code, Diagnostic, Place, Result, SourceText, Warned, keep};
use crate::files::{Files, Tracked};
use crate::locale::Locale;
use crate::locale::guards::Guards;
use crate::project::{Format, LanguageSources};
use crate::prose::{SectionFile, Strings, unread};

/// A language of the project, loaded.
pub(super) struct Language {
    pub tag: String,
    pub locale: Arc<Locale>,
    pub strings: Strings,
    /// The sections of each form of the brief, and the macros they may import.
    pub forms: BTreeMap<Format, (Vec<SectionFile>, Vec<SectionFile>)>,
}

/// The number of languages that this process has read so far; a memoized language does not count.
pub fn languages_read() -> usize {
    READ.load(Ordering::Relaxed)
}

static READ: AtomicUsize = AtomicUsize::new(0);

/// Reads a language. The result is memoized (`comemo`) by the files it was read from and the project's
/// settings for them.
#[comemo::memoize]
pub(super) fn language(
    files: Tracked<Files>,
    sources: LanguageSources<'_>,
    tag: &str,
) -> Result<Warned<Arc<Language>>> {
    READ.fetch_add(1, Ordering::Relaxed);
    let template = |name: &str| sources.layers.on(files).template(Code::K0003, name);
    let mut found = vec![];
    let mut warnings = vec![];
    let strings = keep(template(&format!("strings.{tag}.toml")), &mut found)
        .and_then(|text| keep(Strings::parse(&text), &mut found));
    let locale = keep(template(&format!("languages/{tag}.toml")), &mut found)
        .zip(keep(sources.lexicons(files, tag), &mut found))
        .and_then(|(text, lexicons)| keep(Locale::load(tag, &text, &lexicons), &mut found))
        .map(|locale| locale.unwarned(&mut warnings))
        .map(|locale| match sources.style {
            Some(style) => locale.in_style(style),
            None => locale,
        })
        .inspect(|locale| {
            if *locale.guards() == Guards::default() {
                warnings.push(unguarded(&template, tag));
            }
        })
        .map(|locale| match sources.terms {
            Some(terms) => locale.with_terms(terms),
            None => locale,
        });
    let forms: Result<BTreeMap<_, _>> = sources
        .formats
        .iter()
        .map(|format| Ok((*format, sources.sections(files, *format, tag)?)))
        .collect();
    let forms = keep(forms, &mut found);
    // Syntax errors in templates are reported together with errors in the data.
    let written = forms.iter().flat_map(BTreeMap::values);
    found.extend(
        written.flat_map(|(sections, macros)| sections.iter().chain(macros)).filter_map(unread),
    );
    match (strings, locale, forms) {
        (Some(strings), Some(locale), Some(forms)) if found.is_empty() => {
            let tag = tag.to_owned();
            let value = Language { tag, locale: Arc::new(locale), strings, forms };
            Ok(Warned { value: Arc::new(value), warnings })
        }
        _ => Err(found
            .into_iter()
            .map(|problem| match problem.code {
                Code::K0001 => problem.hint(message!(
                    "the language `{tag}` needs `strings.{tag}.toml`, `languages/{tag}.toml` and \
                     sections: `kosh handbook languages`",
                    tag
                )),
                _ => problem,
            })
            .collect()),
    }
}

/// The warning for a language without `[guards]`.
fn unguarded(template: &dyn Fn(&str) -> Result<SourceText>, tag: &str) -> Diagnostic {
    let name = format!("languages/{tag}.toml");
    let place = template(&name).map_or_else(|_| PathBuf::from(name), |text| text.path.clone());
    Diagnostic::warning(
        Code::K0422,
        message!(
            "the language `{tag}` has no words for the checks of \
        its sentences",
            tag
        ),
    )
    .at(Place::Path(place))
    .subject(format!("guards {tag}"))
    .note(message!(
        "`[guards]` lists the words by which typed directions, superlatives, causes, scales \
            and units are found; this language has none"
    ))
    .hint(message!(
        "add `[guards]` to the language file (see `kosh handbook languages`); the shipped language \
            files show what to list"
    ))
}
