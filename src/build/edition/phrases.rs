//! Phrases of a profile that have no effect, or that differ between languages.
//!
//! In: a pipeline with everything loaded. Out: K0012 for each phrase of a profile that nothing prints,
//! because its key is not in the base (any more). A profile may add phrases for its own figures, tables,
//! indicators and layout; any other key that the base lacks was renamed there or is misspelt. K0013 for
//! each phrase added in only some languages. K0604 for each phrase whose placeholders differ between
//! languages.

use std::collections::BTreeSet;

use super::Pipeline;
use crate::diag::{Code, Diagnostic, Place, did_you_mean, nearest};

/// Phrases about the body that the base need not have.
const OWN: [&str; 10] = [
    "contact.responsible",
    "contact.address",
    "body.parent",
    "body.short",
    "release.draft",
    "release.embargo",
    "release.published",
    "release.next",
    "release.corrected",
    "release.replaces",
];

/// The tables of the strings.
const TABLES: [&str; 16] = [
    "body",
    "brief",
    "cards",
    "changes",
    "contact",
    "figures",
    "flags",
    "indicators",
    "layout",
    "legend",
    "release",
    "scales",
    "status",
    "subject",
    "tables",
    "workbook",
];

/// The citation of an issue, which each language may word with other placeholders.
const CITED: &str = "brief.cite";

/// The names in single braces in a phrase, such as `n` in `{n} of the {all}`.
fn placeholders(phrase: &str) -> BTreeSet<&str> {
    let opened = phrase.match_indices('{').filter_map(|(at, _)| {
        let is_single = !phrase[..at].ends_with('{') && !phrase[at + 1..].starts_with(['{', '%']);
        let name = &phrase[at + 1..at + 1 + phrase[at + 1..].find('}')?];
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        (is_single && is_name).then_some(name)
    });
    opened.collect()
}

impl Pipeline {
    /// Unknown tables of the strings, and phrases for exhibits that do not exist.
    pub(super) fn strange_phrases(&self) -> Vec<Diagnostic> {
        let mut found = vec![];
        for language in &self.languages {
            let name = format!("strings.{}.toml", language.tag);
            let added = self.project.layered().keys(&name).unwrap_or_default().added;
            for (key, _) in language.strings.iter() {
                // Phrases added by a profile are checked separately.
                if added.iter().any(|(known, _)| known == key) {
                    continue;
                }
                let mut parts = key.split('.');
                let table = parts.next().unwrap_or_default();
                let id = parts.next().unwrap_or_default();
                let hint = if !TABLES.contains(&table) {
                    did_you_mean(table, TABLES)
                } else if let Some(known) = self.worded(table)
                    && !known.contains(&id)
                {
                    did_you_mean(id, known)
                } else {
                    continue;
                };
                found.push(
                    Diagnostic::error(
                        Code::K0012,
                        message!("the phrase `{key}` is never printed", key),
                    )
                    .at(language.strings.place(key))
                    .maybe_hint(hint)
                    .hint(message!("correct the key, or delete the phrase")),
                );
            }
        }
        found
    }

    /// Phrases whose placeholders differ from those in the first language.
    pub(super) fn unequal_phrases(&self) -> Vec<Diagnostic> {
        let Some((first, others)) = self.languages.split_first() else { return vec![] };
        let mut found = vec![];
        for other in others {
            for (key, phrase) in first.strings.iter().filter(|(key, _)| !key.starts_with(CITED)) {
                let Some(translated) = other.strings.get(key) else { continue };
                let (own, its) = (placeholders(phrase), placeholders(translated));
                let Some(lost) = own.symmetric_difference(&its).next() else { continue };
                let (has, lacks) = if own.contains(lost) { (first, other) } else { (other, first) };
                found.push(
                    Diagnostic::error(
                        Code::K0604,
                        message!(
                            "`{key}` has the placeholder `{{{lost}}}` in {tag} but not in {tag_2}",
                            key,
                            lost,
                            tag = has.tag,
                            tag_2 = lacks.tag
                        ),
                    )
                    .at(lacks.strings.place(key))
                    .related(has.strings.place(key), message!("the other language"))
                    .note(message!("the editions in all languages must print the same numbers"))
                    .hint(message!("use the same placeholders in both languages")),
                );
            }
        }
        found
    }

    /// The ids for which a table of the strings has phrases; `None` for other tables.
    fn worded(&self, table: &str) -> Option<Vec<&str>> {
        match table {
            "figures" => Some(self.exhibits.figures.keys().map(String::as_str).collect()),
            "tables" => Some(self.exhibits.tables.keys().map(String::as_str).collect()),
            "indicators" | "cards" => {
                Some(self.indicators.all.keys().map(String::as_str).collect())
            }
            _ => None,
        }
    }

    /// Phrases of profiles that nothing prints.
    pub(super) fn lost_phrases(&self) -> Vec<Diagnostic> {
        let mut found = vec![];
        for lang in self.languages() {
            let name = format!("strings.{lang}.toml");
            // An unreadable file was reported already.
            let Ok(keys) = self.project.layered().keys(&name) else { continue };
            for (key, place) in keys.added {
                match self.lost(&key, place.clone(), &keys.base) {
                    Some(problem) => found.push(problem),
                    None => found.extend(self.untranslated(&key, &place, lang)),
                }
            }
        }
        found
    }

    /// The problems of a profile's phrase that other languages lack.
    fn untranslated<'a>(
        &'a self,
        key: &'a str,
        place: &'a Place,
        lang: &'a str,
    ) -> impl Iterator<Item = Diagnostic> + 'a {
        let lacking = self.languages.iter().filter(|other| other.strings.get(key).is_none());
        lacking.map(move |other| {
            let tag = &other.tag;
            let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
            Diagnostic::error(
                Code::K0013,
                message!(
                    "the phrase `{key}` exists in `{lang}` but not in `{tag}`",
                    key,
                    lang,
                    tag
                ),
            )
            .at(place.clone())
            .note(message!("the editions in all languages must say the same"))
            .hint(message!(
                "add `{name} = \"…\"` under `[{table}]` of `strings.{tag}.toml`",
                name,
                table,
                tag
            ))
        })
    }

    fn lost(&self, key: &str, place: Place, base: &[String]) -> Option<Diagnostic> {
        let parts: Vec<&str> = key.split('.').collect();
        let exhibit = |known: &dyn Fn(&str) -> bool| match &parts[..] {
            // A phrase with a name similar to that of an exhibit's phrase in the base is misspelt.
            [table, id, _] => {
                let beside = format!("{table}.{id}.");
                known(id)
                    && nearest(
                        key,
                        base.iter().filter(|k| k.starts_with(&beside)).map(String::as_str),
                    )
                    .is_none()
            }
            _ => false,
        };
        let is_printed = match parts[0] {
            "figures" => exhibit(&|id| self.exhibits.figures.contains_key(id)),
            "tables" => exhibit(&|id| self.exhibits.tables.contains_key(id)),
            "indicators" | "cards" => exhibit(&|id| self.indicators.all.contains_key(id)),
            "layout" => nearest(key, base.iter().map(String::as_str)).is_none(),
            _ => OWN.contains(&key),
        };
        if is_printed {
            return None;
        }
        let known = base.iter().map(String::as_str).chain(OWN);
        Some(
            Diagnostic::error(Code::K0012, message!("the phrase `{key}` is never printed", key))
                .at(place)
                .note(message!(
                    "the layers below have no such key; it may have been renamed or removed"
                ))
                .maybe_hint(did_you_mean(key, known).filter(|hint| hint.contains('?')))
                .hint(message!("correct the key, or delete the phrase")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn placeholders_stand_in_single_braces() {
        let names: Vec<&str> =
            placeholders("{n} of {all}{% if a %}{{ X1 | int }}{% endif %} { } {N}")
                .into_iter()
                .collect();
        assert_eq!(names, ["all", "n"]);
    }
}
