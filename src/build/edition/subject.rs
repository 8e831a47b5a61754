//! Words written for the data of another country or subject.
//!
//! A project that starts from the shipped files and has its own data would print the shipped title,
//! keywords and captions with them. `[subject]` of a strings file lists the data packages for which its
//! phrases were written (`package`, names separated by semicolons). In: a pipeline with everything
//! loaded. Out: K0416 if a phrase of that file, or a shipped section, would be printed with the data of
//! another package.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Language, Pipeline};
use crate::data::Register;
use crate::diag::{Code, Diagnostic, Place, slashed};
use crate::document::Document;
use crate::exhibits::Rows;
use crate::files::shipped;
use crate::prose::Strings;

/// The key of the list of data packages for which a strings file was written.
const PACKAGE: &str = "subject.package";

/// The register of regions in the shipped data.
const REGIONS: &str = "regions";

/// The largest number of phrases named in a message.
const NAMED: usize = 5;

impl Pipeline {
    /// Problems of words for another country or subject than that of the data.
    pub(super) fn foreign_words(&self) -> Vec<Diagnostic> {
        self.languages.iter().filter_map(|language| self.foreign(language)).collect()
    }

    fn foreign(&self, language: &Language) -> Option<Diagnostic> {
        let name = format!("strings.{}.toml", language.tag);
        let base = self.project.layered().base(&name).ok()?;
        let own = Strings::parse(&base).ok()?;
        let written = own.get(PACKAGE)?;
        let package = self.package();
        let is_meant = written.split(';').any(|name| name.trim() == package);
        if is_meant && !self.has_other_regions() {
            return None;
        }
        let is_of_base = |key: &str| language.strings.place(key).path() == base.path;
        let mut phrases: Vec<String> = self
            .printed_phrases(language)
            .into_iter()
            .filter(|key| language.strings.get(key).is_some_and(|text| !text.is_empty()))
            .filter(|key| is_of_base(key))
            .collect();
        phrases.sort_by_key(|key| language.strings.place(key).line_column());
        let files = language.forms.values().flat_map(|(sections, _)| sections);
        let sections: BTreeSet<&str> = files
            .filter(|file| is_shipped(&file.text.path) && file.text.text.contains("sentence("))
            .map(|file| file.id.as_str())
            .collect();
        if phrases.is_empty() && sections.is_empty() {
            return None;
        }
        let place = match phrases.first() {
            Some(key) => language.strings.place(key),
            None => Place::Path(base.path.clone()),
        };
        let message = match is_meant {
            true => {
                message!(
                    "these texts are about `{written}`, but the regions belong to another \
                    country",
                    written
                )
            }
            false => message!(
                "these texts are about `{written}`, but the data are `{package}`",
                written,
                package
            ),
        };
        let mut problem = Diagnostic::error(Code::K0416, message).at(place);
        if !phrases.is_empty() {
            problem = problem.note(message!("phrases: {phrases}", phrases = listed(&phrases)));
        }
        if !sections.is_empty() {
            let ids: Vec<String> = sections.iter().map(|id| (*id).to_owned()).collect();
            problem = problem.note(message!("shipped sections: {ids}", ids = listed(&ids)));
        }
        Some(
            problem
                .hint(message!("write them in `{name}` of your profile, and your own sections in \
                    `templates/sections`; set a phrase that is not to be printed to an empty text", name))
                .hint(message!("if the data are about the same country and subject, keep `\"name\": \"{written}\"` in \
                    `datapackage.json`", written = written.split(';').next().unwrap_or(written).trim())),
        )
    }

    /// The name of the data package.
    fn package(&self) -> String {
        let described = self.dataset.files.first();
        let read = described.and_then(|text| serde_json::from_str(&text.text).ok());
        let read: serde_json::Value = read.unwrap_or_default();
        read["name"].as_str().unwrap_or_default().to_owned()
    }

    /// Whether none of the regions is in the shipped register.
    fn has_other_regions(&self) -> bool {
        let Some(carried) = shipped::file(&format!("data/{REGIONS}.csv")) else { return false };
        let carried = String::from_utf8_lossy(&carried);
        let codes: BTreeSet<&str> =
            carried.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        let has_none =
            |register: &Register| register.rows.keys().all(|code| !codes.contains(&**code));
        let named = self.project.regions.as_ref();
        match named.and_then(|list| self.dataset.registers.get(&list.register)) {
            Some(own) => !own.rows.is_empty() && has_none(own),
            // If the project names no register of regions, all registers are compared.
            None => self.dataset.registers.values().all(|register| has_none(register)),
        }
    }

    /// The phrases about a country or subject that are printed, as far as the project itself defines
    /// them.
    fn printed_phrases(&self, language: &Language) -> Vec<String> {
        let basis = if self.project.is_official { "official" } else { "derived" };
        let mut tables: Vec<String> = ["brief.title", "brief.keywords"].map(str::to_owned).to_vec();
        tables.push(format!("brief.basis-{basis}"));
        tables.extend(self.project.cards.iter().map(|id| format!("cards.{id}.")));
        let files: Vec<_> = language.forms.values().flat_map(|(sections, _)| sections).collect();
        let is_called =
            |name: &str, id: &str| files.iter().any(|file| file.find_call(name, id).is_some());
        for id in self.exhibits.figures.keys().filter(|id| is_called("figure", id)) {
            tables.push(format!("figures.{id}."));
        }
        for (id, table) in self.exhibits.tables.iter().filter(|(id, _)| is_called("table", id)) {
            tables.push(format!("tables.{id}."));
            if let Rows::Indicators { all, .. } = &table.rows {
                tables.extend(all.iter().map(|id| format!("indicators.{id}.")));
            }
        }
        let is_printed = |key: &str| {
            tables.iter().any(|table| match table.ends_with('.') {
                true => key.starts_with(table.as_str()),
                false => key == table,
            })
        };
        language
            .strings
            .iter()
            .map(|(key, _)| key.to_owned())
            .filter(|key| is_printed(key))
            .collect()
    }

    /// The problem of an edition whose first page names no body.
    pub(super) fn nameless(&self, document: &Document) -> Option<Diagnostic> {
        // `kosh init` writes the profile's id where it was told no name.
        let is_id = document.meta.body == [self.project.profile.as_str()];
        if !(document.meta.body.is_empty() || is_id) || document.meta.mark.is_some() {
            return None;
        }
        let lang = &document.meta.lang;
        let language = self.languages.iter().find(|l| l.locale.lang() == lang)?;
        let name = format!("strings.{}.toml", language.tag);
        let profile = &self.project.profile;
        Some(
            Diagnostic::warning(
                Code::K0417,
                match is_id {
                    true => message!(
                        "the first page names the publishing body `{profile}` in `{tag}`, which is \
                         the id of the profile",
                        profile,
                        tag = language.tag
                    ),
                    false => message!(
                        "the first page names no publishing body in `{tag}`",
                        tag = language.tag
                    ),
                },
            )
            .at(language.strings.place("body.short"))
            .subject(format!("body {}", language.tag))
            .note(message!("readers must know who publishes the brief"))
            .hint(message!("write its name as `short = \"…\"` under `[body]` of \
                    `templates/profiles/{profile}/{name}`, or set `body` in `profile.toml` to a code of `data/lexicon/bodies.{tag}.csv`", profile, name, tag = language.tag)),
        )
    }
}

fn is_shipped(path: &Path) -> bool {
    slashed(path).starts_with(shipped::ROOT)
}

/// The first few names, and the number of others.
fn listed(all: &[String]) -> String {
    let named: Vec<&str> = all.iter().take(NAMED).map(String::as_str).collect();
    let more = match all.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("`{}`{more}", named.join("`, `"))
}
