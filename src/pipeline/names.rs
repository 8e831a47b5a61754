//! Names that `brief.toml` and the profile give in lists, held against what there is.
//!
//! In: a pipeline with everything read. Out: K0008 for each name that means nothing, at the line
//! that wrote it. To have another list checked, add it to `Pipeline::unknown_names`.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::Pipeline;
use crate::diag::{Diagnostic, Place, SourceText, did_you_mean};
use crate::project::{Format, Project};

impl Pipeline {
    /// Names in the lists of `brief.toml` and the profile that mean nothing.
    pub(super) fn unknown_names(&self) -> Vec<Diagnostic> {
        let project = &self.project;
        let indicators: Vec<&str> = self.indicators.all.keys().map(String::as_str).collect();
        let figures: Vec<&str> = self.exhibits.figures.keys().map(String::as_str).collect();
        let sections = if project.leave_out.is_empty() { BTreeSet::new() } else { self.sections() };
        let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
        let lists = [
            ("requires", &project.requires, &indicators, "no indicator"),
            ("cards", &project.cards, &indicators, "no indicator"),
            ("narrow-figures", &project.narrow, &figures, "no figure"),
            ("leave-out", &project.leave_out, &sections, "no section"),
        ];
        let mut found = vec![];
        for (key, named, known, what) in lists {
            for id in named.iter().filter(|id| !known.contains(&id.as_str())) {
                found.push(
                    Diagnostic::error("K0008", format!("`{key}` names `{id}`, which is {what}"))
                        .at(self.place_in_list(key, id))
                        .maybe_hint(did_you_mean(id, known.iter().copied())),
                );
            }
        }
        found
    }

    /// The ids of the sections of every form in every language, those left out too.
    fn sections(&self) -> BTreeSet<String> {
        let whole = Project { leave_out: vec![], ..self.project.clone() };
        let forms = [Format::Standard, Format::Express, Format::Annex];
        let written = forms.iter().flat_map(|form| {
            // A form that is not made need not be written.
            let sections = |lang| whole.sections(*form, lang).map(|(sections, _)| sections);
            self.languages().filter_map(move |lang| sections(lang).ok())
        });
        written.flatten().map(|section| section.id).collect()
    }

    /// Where a list has a name: in the profile if that wrote the list, else in `brief.toml`.
    fn place_in_list(&self, key: &str, name: &str) -> Place {
        let brief = &self.project.text;
        let profile = self.project.template("profile.toml").ok();
        let place = profile.iter().chain([brief]).find_map(|layer| in_list(layer, key, name));
        place.unwrap_or_else(|| Place::Path(brief.path.clone()))
    }
}

/// Where a layer has a name in a list, or the list; nothing if it has no such list.
fn in_list(layer: &SourceText, key: &str, name: &str) -> Option<Place> {
    let table = DeTable::parse(&layer.text).ok()?;
    let list = table.get_ref().get(key)?;
    let items = list.get_ref().as_array()?;
    let is_name = |item: &&toml::Spanned<DeValue<'_>>| item.get_ref().as_str() == Some(name);
    let span = items.iter().find(is_name).map_or(list.span(), toml::Spanned::span);
    Some(layer.place(span))
}
