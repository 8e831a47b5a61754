//! The sources of a language.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Format, Layers, arrange, layers};
use crate::diag::{Code, Diagnostic, Place, Result, SourceText};
use crate::files::{Files, Tracked};
use crate::locale::HouseStyle;
use crate::prose::SectionFile;

/// Everything that determines a language of a project, except for the content of files: two projects with
/// the same sources and files have the same language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LanguageSources<'a> {
    /// The layers of files.
    pub layers: &'a Layers,
    /// The data folder, which contains the lexicons.
    pub data: &'a Path,
    /// The forms of the brief whose sections are loaded.
    pub formats: &'a [Format],
    /// Sections to leave out.
    pub leave_out: &'a [String],
    /// Sections in their order.
    pub order: &'a [String],
    /// The house style of the body.
    pub style: Option<&'a HouseStyle>,
    /// Words and their replacements.
    pub terms: Option<&'a BTreeMap<String, String>>,
}

impl LanguageSources<'_> {
    /// The section files of the language in order, and its macros (files without a number).
    pub fn sections(
        &self,
        files: Tracked<Files>,
        format: Format,
        tag: &str,
    ) -> Result<(Vec<SectionFile>, Vec<SectionFile>)> {
        let all = self.layers.on(files).sections(format.folder(), tag)?;
        let (sections, macros): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(stem, _)| layers::section_id(stem).is_some());
        let mut sections: Vec<SectionFile> = sections
            .into_iter()
            .map(|(_, file)| file)
            .filter(|file| !self.leave_out.contains(&file.id))
            .collect();
        if sections.is_empty() {
            let folder = Path::new("templates").join(format.folder());
            let name = format!("NN-id.{tag}.md");
            return Err(Diagnostic::error(
                Code::K0006,
                message!("there is no section in the language `{tag}`", tag),
            )
            .at(Place::Path(folder))
            .hint(message!(
                "name the file of a section `{name}`, for example `04-general.{tag}.md`",
                name,
                tag
            ))
            .into());
        }
        arrange(&mut sections, self.order, |file| &file.id);
        Ok((sections, macros.into_iter().map(|(_, file)| file).collect()))
    }

    /// The lexicons of the language: `data/lexicon/NAME.LANG.csv`.
    pub fn lexicons(&self, files: Tracked<Files>, tag: &str) -> Result<Vec<(String, SourceText)>> {
        let layered = self.layers.on(files);
        let folder = self.data.join("lexicon");
        let suffix = format!(".{tag}.csv");
        let mut lexicons = vec![];
        for file in layered.names(&folder)?.unwrap_or_default().iter() {
            if let Some(name) = file.strip_suffix(&suffix) {
                lexicons.push((name.to_owned(), layered.text(&folder.join(file))?));
            }
        }
        Ok(lexicons)
    }
}
