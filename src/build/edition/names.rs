//! Names in lists of `brief.toml` and the profile, checked against what exists.
//!
//! In: a pipeline with everything loaded. Out: K0008 for each unknown name, at its line. To check another
//! list, add it to `Pipeline::unknown_names`. Names in lexicons and registers are checked in `mentions`.

use std::collections::BTreeSet;

use super::Pipeline;
use crate::diag::{Code, Diagnostic, Place, did_you_mean};
use crate::project::{Format, Project, block_names};
use crate::prose::SectionFile;

impl Pipeline {
    /// Unknown names in the lists of `brief.toml` and the profile.
    pub(super) fn unknown_names(&self) -> Vec<Diagnostic> {
        let project = &self.project;
        // In the order of their files, which is also that of suggestions.
        let indicators: Vec<&str> = self.indicators.all.keys().map(String::as_str).collect();
        let figures: Vec<&str> = self.exhibits.figures.keys().map(String::as_str).collect();
        let summary: Vec<String> = project.summary.iter().cloned().collect();
        let sections = [
            &project.leave_out,
            &project.order,
            &project.key_sections,
            &project.cited_sections,
            &summary,
        ];
        let asks = sections.iter().any(|named| !named.is_empty());
        let sections = if asks { self.sections() } else { BTreeSet::new() };
        let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
        let sentences = self.sentences();
        let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let options = self.dataset.registers.get("options");
        let options = options.iter().flat_map(|o| o.rows.keys());
        let options: Vec<&str> = options.map(|id| &**id).collect();
        let thresholds: Vec<String> = project.thresholds.keys().cloned().collect();
        let lexicons: BTreeSet<&str> =
            self.languages.iter().flat_map(|language| language.locale.lexicons()).collect();
        let lexicons: Vec<&str> = lexicons.into_iter().collect();
        let kinds: Vec<String> =
            project.regions.iter().flat_map(|list| list.kinds.clone()).collect();
        let register = project.regions.as_ref();
        let register = register.and_then(|list| self.dataset.registers.get(&list.register));
        // The kinds of a register that does not exist are unknown; the register is reported itself.
        let known_kinds = register.map_or_else(
            || kinds.iter().map(String::as_str).collect(),
            |register| register.values("kind"),
        );
        let marks: Vec<String> = project.mark.iter().cloned().collect();
        let phrases: Vec<&str> = self.phrases().into_iter().collect();
        let known_marks: Vec<&str> = phrases
            .iter()
            .copied()
            .filter(|key| key.starts_with("brief.mark") || project.mark.as_deref() == Some(key))
            .collect();
        let contact: Vec<String> = project.contact.keys().cloned().collect();
        // A layout may have other kinds of contact, each with a phrase of its own.
        let words = phrases.iter().filter_map(|key| key.strip_prefix("layout."));
        let contacts: Vec<&str> = ["phone", "email", "site"].into_iter().chain(words).collect();
        let lists = [
            ("requires", &project.requires, &indicators, "not an indicator"),
            ("cards", &project.cards, &indicators, "not an indicator"),
            ("narrow-figures", &project.narrow, &figures, "not a figure"),
            ("leave-out", &project.leave_out, &sections, "not a section"),
            ("order", &project.order, &sections, "not a section"),
            ("key-sections", &project.key_sections, &sections, "not a section"),
            ("abstract", &summary, &sections, "not a section"),
            ("cited-sections", &project.cited_sections, &sections, "not a section"),
            ("guarded-names", &project.guarded_names, &lexicons, "not a lexicon"),
            ("regions.kinds", &kinds, &known_kinds, "not a kind of its register"),
            ("mark", &marks, &known_marks, "not a phrase of the strings"),
            ("contact", &contact, &contacts, "not a kind of contact"),
            ("lead", &project.lead, &sentences, "not a sentence"),
            ("thresholds", &thresholds, &options, "not an option for discussion"),
        ];
        let mut found = vec![];
        for (key, named, known, what) in lists {
            for id in named.iter().filter(|id| !known.contains(&id.as_str())) {
                found.push(
                    Diagnostic::error(
                        Code::K0008,
                        message!("`{key}` names `{id}`, which is {what}", key, id, what),
                    )
                    .at(project.place_of(key, id))
                    .maybe_hint(did_you_mean(id, known.iter().copied())),
                );
            }
        }
        found.extend(self.unknown_register());
        found.extend(self.unknown_languages());
        found.extend(self.repeated_card());
        found
    }

    /// The keys of the phrases that every language has.
    fn phrases(&self) -> BTreeSet<&str> {
        let mut languages = self.languages.iter().map(|language| &language.strings);
        let Some(first) = languages.next() else { return BTreeSet::new() };
        let mut keys: BTreeSet<&str> = first.iter().map(|(key, _)| key).collect();
        for strings in languages {
            keys.retain(|key| strings.get(key).is_some());
        }
        keys
    }

    /// Languages in `[style]`, `[terms]` and titles of sources for which there is no language file.
    fn unknown_languages(&self) -> Vec<Diagnostic> {
        let project = &self.project;
        let of =
            |key: &'static str, lang: &String| (key, lang.clone(), project.place_of(key, lang));
        let mut named: Vec<(&str, String, Place)> = vec![];
        named.extend(project.style.keys().map(|lang| of("style", lang)));
        named.extend(project.terms.keys().map(|lang| of("terms", lang)));
        let titles = self.references.titled_in();
        named.extend(titles.map(|(lang, place)| ("titles.csv", lang.clone(), place.clone())));
        named.retain(|(_, lang, _)| {
            !project.languages.contains(lang)
                && project.template(&format!("languages/{lang}.toml")).is_err()
        });
        let found = named.into_iter().map(|(key, lang, place)| {
            let message = message!(
                "`{key}` names `{lang}`, which is not a language of the project",
                key,
                lang
            );
            Diagnostic::error(Code::K0008, message)
                .at(place)
                .maybe_hint(did_you_mean(&lang, project.languages.iter().map(String::as_str)))
        });
        found.collect()
    }

    /// A card listed twice.
    fn repeated_card(&self) -> Option<Diagnostic> {
        let cards = &self.project.cards;
        let (_, id) = cards.iter().enumerate().find(|(at, id)| cards[..*at].contains(id))?;
        Some(
            Diagnostic::error(Code::K0508, message!("`cards` names `{id}` twice", id))
                .at(self.project.place_of("cards", id))
                .note(message!(
                    "readers would take a card that appears twice for two different cards"
                ))
                .hint(message!("replace or delete one of the two")),
        )
    }

    /// The codes of the regions that can have a brief of their own, in the register's order; `None` if
    /// the project names no register of regions.
    pub fn regions(&self) -> Option<Vec<String>> {
        let list = self.project.regions.as_ref()?;
        self.dataset.registers.get(&list.register)?;
        Some(list.of(&self.dataset).iter().map(|region| region.code.to_string()).collect())
    }

    /// The problem of a register of regions that does not exist.
    fn unknown_register(&self) -> Option<Diagnostic> {
        let list = self.project.regions.as_ref()?;
        if self.dataset.registers.contains_key(&list.register) {
            return None;
        }
        let place = self.project.settings("regions").into_iter().next().map(|found| found.place);
        let registers = self.dataset.registers.keys().map(String::as_str);
        let message = message!(
            "`regions` names `{register}`, which is not a register",
            register = list.register
        );
        Some(
            Diagnostic::error(Code::K0008, message)
                .at(place)
                .maybe_hint(did_you_mean(&list.register, registers)),
        )
    }

    /// The ids of sentences and blocks in every form and language. A form need not have all sentences
    /// listed in `lead`.
    fn sentences(&self) -> BTreeSet<String> {
        if self.project.lead.is_empty() {
            return BTreeSet::new();
        }
        let files = self.written(&self.project);
        files.iter().flat_map(|file: &SectionFile| block_names(&file.text)).collect()
    }

    /// The ids of sections in every form and language, including those left out.
    fn sections(&self) -> BTreeSet<String> {
        let whole = Project { leave_out: vec![], ..self.project.clone() };
        self.written(&whole).into_iter().map(|section| section.id).collect()
    }

    /// The section files of every form and language.
    fn written(&self, project: &Project) -> Vec<SectionFile> {
        let written = Format::ALL.iter().flat_map(|form| {
            // A form that is not built need not have sections.
            let sections = |lang| project.sections(*form, lang).map(|(sections, _)| sections);
            self.languages().filter_map(move |lang| sections(lang).ok())
        });
        written.flatten().collect()
    }
}
