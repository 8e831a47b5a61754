//! Layers: which layer provides which file.
//!
//! The layers, from the lowest: the shipped files, the project's own templates, and the active profiles,
//! with the selected one on top. A template of the project replaces the shipped one with its name; that
//! of a profile is merged into it (`merge`, `inherit`). A folder of sections in the project replaces the
//! whole shipped folder, so that a removed section stays removed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::merge::Keys;
use super::{inherit, merge, neutral};
use crate::diag::{Code, Diagnostic, Place, Result, SourceText, did_you_mean};
use crate::files::{self, Blob, Files, Names, Tracked, Unreadable, relative, shipped};
use crate::output::is_file_name;
use crate::prose::SectionFile;

/// The folders of the layers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Layers {
    /// The project's folder, relative to which paths are shown.
    root: PathBuf,
    /// The project's templates.
    templates: PathBuf,
    /// The folders of the active profiles: the selected one last, the ones it extends before it.
    profiles: Vec<PathBuf>,
}

/// The layers with the files they are read from.
#[derive(Debug, Clone, Copy)]
pub struct Layered<'a> {
    layers: &'a Layers,
    files: Tracked<'a, Files>,
}

/// The id of a section from its file name without the language: `04-general` → `general`. A file without
/// a number contains macros.
pub(super) fn section_id(stem: &str) -> Option<&str> {
    stem.split_once('-').filter(|(number, _)| number.parse::<u8>().is_ok()).map(|(_, id)| id)
}

/// The file with a profile's settings.
pub(super) const PROFILE: &str = "profile.toml";

/// Whether a text can be the id of a profile, which is the name of a folder.
pub fn is_profile_id(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    is_file_name(text) && text.chars().all(is_letter)
}

/// Refuses a section in two files, since one of them would replace both.
fn one_file_each(files: &[(String, SourceText)]) -> Vec<Diagnostic> {
    let sections = |(stem, text)| section_id(stem).map(|id| (id, text));
    let all: Vec<(&str, &SourceText)> =
        files.iter().map(|(stem, text)| (stem.as_str(), text)).filter_map(sections).collect();
    let mut found = vec![];
    for (at, (id, text)) in all.iter().enumerate() {
        if let Some((_, first)) = all[..at].iter().find(|(other, _)| other == id) {
            found.push(
                Diagnostic::error(
                    Code::K0028,
                    message!("there are two files for the section `{id}`", id),
                )
                .at(Place::Path(text.path.clone()))
                .note(message!("the other is {path}", path = first.path.display()))
                .hint(message!(
                    "change the id of one of them (the part of its name after the number), or \
                        delete it"
                )),
            );
        }
    }
    found
}

impl Layers {
    /// The layers of a project without a profile.
    pub(super) fn new(root: &Path, templates: PathBuf) -> Self {
        Self { root: root.to_path_buf(), templates, profiles: vec![] }
    }

    /// The layers with the files to read from.
    pub fn on<'a>(&'a self, files: Tracked<'a, Files>) -> Layered<'a> {
        Layered { layers: self, files }
    }

    /// A path as the user knows it: relative to the project, so that it is the same on every machine.
    pub fn shown(&self, path: &Path) -> PathBuf {
        PathBuf::from(relative(&self.root, path))
    }

    /// The project's templates.
    pub(super) fn templates(&self) -> &Path {
        &self.templates
    }

    fn shipped(folder: &str) -> PathBuf {
        PathBuf::from(format!("{}{folder}", shipped::ROOT))
    }

    /// Puts the profile `id` on top; returns its `profile.toml`. `asked` is the place where it is named.
    ///
    /// `is_base` if another profile extends it: a profile that extends its own name means the shipped one
    /// with that name.
    pub(super) fn profile(
        &mut self,
        files: Tracked<Files>,
        id: &str,
        asked: Place,
        is_base: bool,
    ) -> Result<SourceText> {
        let is_name = is_profile_id(id);
        let own = self.templates.join("profiles").join(id);
        let shipped = Self::shipped(&format!("templates/profiles/{id}"));
        let folder = [own, shipped].into_iter().find(|folder| {
            is_name && !self.profiles.contains(folder) && files.exists(&folder.join(PROFILE))
        });
        let Some(folder) = folder else {
            let known = self.on(files).profile_ids();
            let is_circle = is_base && known.iter().any(|known| known == id);
            let message = match is_circle {
                true => message!("the profile `{id}` extends itself", id),
                false => message!("there is no profile `{id}`", id),
            };
            return Err(Diagnostic::error(Code::K0004, message)
                .at(asked)
                .maybe_hint(
                    did_you_mean(id, known.iter().map(String::as_str)).filter(|_| !is_circle),
                )
                .into());
        };
        let text = self.on(files).text(&folder.join(PROFILE))?;
        // The profiles that it extends are found later and lie below it.
        self.profiles.insert(0, folder);
        Ok(text)
    }

    /// The folders of templates, the uppermost first and the shipped one last.
    pub fn template_folders(&self) -> Vec<PathBuf> {
        let own = self.profiles.iter().rev().cloned();
        own.chain([self.templates.clone(), Self::shipped("templates")]).collect()
    }

    /// The folders `name` of the project and of its profiles.
    pub fn folders(&self, name: &str) -> Vec<PathBuf> {
        let all = std::iter::once(&self.root).chain(&self.profiles);
        all.map(|folder| folder.join(name)).collect()
    }
}

impl<'a> Layered<'a> {
    /// The folders of the layers.
    pub(super) fn layers(&self) -> &'a Layers {
        self.layers
    }

    /// The content of a file.
    pub fn read(&self, path: &Path) -> std::result::Result<Blob, Unreadable> {
        self.files.read(path)
    }

    /// Whether there is a file.
    pub fn exists(&self, path: &Path) -> bool {
        self.files.exists(path)
    }

    /// A path as the user knows it.
    pub fn shown(&self, path: &Path) -> PathBuf {
        self.layers.shown(path)
    }

    /// Reads a text file.
    pub fn text(&self, path: &Path) -> Result<SourceText> {
        files::text(self.files, path, &self.shown(path))
    }

    /// The ids of the project's own profiles, or of the shipped ones if it has none.
    pub fn own_profile_ids(&self) -> Vec<String> {
        let own = self.ids_in(&[self.layers.templates.join("profiles")]);
        if own.is_empty() { self.profile_ids() } else { own }
    }

    /// The ids of all profiles, including shipped ones.
    pub fn profile_ids(&self) -> Vec<String> {
        self.ids_in(&[
            self.layers.templates.join("profiles"),
            Layers::shipped("templates/profiles"),
        ])
    }

    fn ids_in(&self, folders: &[PathBuf]) -> Vec<String> {
        let mut ids = std::collections::BTreeSet::new();
        for folder in folders {
            for id in self.files.list(folder).ok().flatten().unwrap_or_default().iter() {
                if self.files.exists(&folder.join(id).join(PROFILE)) {
                    ids.insert(id.clone());
                }
            }
        }
        ids.into_iter().collect()
    }

    /// The path of a file in the active profile, in one that it extends, or in the project.
    pub fn nearest(&self, name: &str) -> Option<PathBuf> {
        let folders = self.layers.profiles.iter().rev().chain([&self.layers.root]);
        folders.map(|folder| folder.join(name)).find(|path| self.files.exists(path))
    }

    /// A template: that of the project or the shipped one, with those of the profiles merged into it key
    /// by key.
    pub fn template(&self, code: Code, name: &str) -> Result<SourceText> {
        self.laid(code, &self.layers.templates.join(name), &format!("templates/{name}"), name)
    }

    /// A file of the data folder with those of the profiles merged into it; the shipped one if the folder
    /// has none.
    pub fn data_file(&self, code: Code, data: &Path, name: &str) -> Result<SourceText> {
        self.laid(code, &data.join(name), &format!("data/{name}"), name)
    }

    fn laid(&self, code: Code, own: &Path, shipped: &str, name: &str) -> Result<SourceText> {
        merge::merge(code, &self.parts(own, shipped, name)?)
    }

    /// A template as in each layer, from the lowest; the first one is the base.
    pub(super) fn template_parts(&self, name: &str) -> Result<Vec<SourceText>> {
        self.parts(&self.layers.templates.join(name), &format!("templates/{name}"), name)
    }

    /// A file of the data folder as in each layer, from the lowest.
    pub(super) fn data_parts(&self, data: &Path, name: &str) -> Result<Vec<SourceText>> {
        self.parts(&data.join(name), &format!("data/{name}"), name)
    }

    /// The base of a template: the project's file, or the shipped one.
    pub fn base(&self, name: &str) -> Result<SourceText> {
        let mut parts = self.template_parts(name)?;
        Ok(parts.swap_remove(0))
    }

    /// The dotted keys of a template: those of the base, and those added by profiles.
    pub fn keys(&self, name: &str) -> Result<Keys> {
        Ok(merge::keys(&self.template_parts(name)?))
    }

    /// The texts of a file, the base first.
    fn parts(&self, own: &Path, shipped: &str, name: &str) -> Result<Vec<SourceText>> {
        let shipped = Layers::shipped(shipped);
        let base =
            if !self.files.exists(own) && self.files.exists(&shipped) { &shipped } else { own };
        let mut texts = vec![];
        let above = self.layers.profiles.iter().map(|folder| folder.join(name));
        let above: Vec<PathBuf> = above.filter(|path| self.files.exists(path)).collect();
        if above.is_empty() || self.files.exists(base) {
            let text = self.text(base)?;
            match neutral::asking(&text).filter(|_| base == own && self.files.exists(&shipped)) {
                Some(rest) => texts.push(neutral::over_words(&self.text(&shipped)?, &rest)?),
                None => texts.push(text),
            }
        }
        for path in above {
            texts.push(self.text(&path)?);
        }
        Ok(texts)
    }

    /// The Typst files by virtual path; each is that of the uppermost layer.
    pub fn typst_files(&self) -> Result<Vec<(String, SourceText)>> {
        let mut files = BTreeMap::new();
        let below = [Layers::shipped("templates"), self.layers.templates.clone()];
        for folder in below.iter().chain(&self.layers.profiles) {
            for name in self.names(folder)?.unwrap_or_default().iter() {
                if name.ends_with(".typ") || name.ends_with(".csl") {
                    files.insert(format!("/{name}"), folder.join(name));
                }
            }
        }
        files.into_iter().map(|(name, path)| Ok((name, self.text(&path)?))).collect()
    }

    /// The sections of a folder in one language, by file name without the language: the base, with the
    /// changes and additions of the profiles.
    pub fn sections(&self, folder: &str, lang: &str) -> Result<Vec<(String, SectionFile)>> {
        let mut files = vec![];
        let mut found = vec![];
        for (stem, parts) in self.section_parts(folder, lang)? {
            let mut parts = parts.iter();
            let Some(base) = parts.next() else { continue };
            let made = parts.try_fold(base.clone(), |below, own| inherit::inherit(&below, own));
            match made {
                Ok(text) => files.push((stem, text)),
                Err(problems) => found.extend(problems),
            }
        }
        found.extend(one_file_each(&files));
        if !found.is_empty() {
            return Err(found);
        }
        let named = |(stem, text): (String, SourceText)| {
            (stem.clone(), SectionFile { id: section_id(&stem).unwrap_or(&stem).to_owned(), text })
        };
        Ok(files.into_iter().map(named).collect())
    }

    /// Errors for files in a folder of sections whose language is unknown.
    pub fn of_no_language(&self, folder: &str, languages: &[String]) -> Result<Vec<Diagnostic>> {
        let own = self.layers.templates.join(folder);
        let folders =
            std::iter::once(own).chain(self.layers.profiles.iter().map(|p| p.join(folder)));
        let mut found = vec![];
        for folder in folders {
            for name in self.names(&folder)?.unwrap_or_default().iter() {
                let Some(stem) = name.strip_suffix(".md") else { continue };
                let lang = stem.rsplit_once('.').map(|(_, lang)| lang);
                let is_language = |lang: &str| {
                    languages.iter().any(|known| known == lang)
                        || self.base(&format!("languages/{lang}.toml")).is_ok()
                };
                let message = match lang {
                    Some(lang) if is_language(lang) => continue,
                    Some(lang) => {
                        message!("`{name}` is in `{lang}`, which is not a language", name, lang)
                    }
                    None => message!("the name of `{name}` contains no language", name),
                };
                let known = languages.iter().map(String::as_str);
                let near = lang.and_then(|lang| did_you_mean(lang, known));
                found.push(
                    Diagnostic::error(Code::K0029, message)
                        .at(Place::Path(self.shown(&folder.join(name))))
                        .note(message!("it belongs to no edition"))
                        .maybe_hint(near)
                        .hint(message!(
                            "name the file like `04-general.en.md`: number, id, language"
                        )),
                );
            }
        }
        Ok(found)
    }

    /// The files of each section in the layers, from the lowest: the base, then those that extend it. A
    /// file that extends nothing replaces all below it.
    pub(super) fn section_parts(
        &self,
        folder: &str,
        lang: &str,
    ) -> Result<BTreeMap<String, Vec<SourceText>>> {
        let suffix = format!(".{lang}.md");
        let own = self.layers.templates.join(folder);
        let base = match self.names(&own)? {
            Some(_) => own,
            None => Layers::shipped(&format!("templates/{folder}")),
        };
        let mut files: BTreeMap<String, Vec<SourceText>> = BTreeMap::new();
        let mut found = vec![];
        let above = self.layers.profiles.iter().map(|profile| profile.join(folder));
        for folder in std::iter::once(base).chain(above) {
            for name in self.names(&folder)?.unwrap_or_default().iter() {
                let Some(stem) = name.strip_suffix(&suffix) else { continue };
                let text = self.text(&folder.join(name))?;
                match (inherit::extends(&text), files.get_mut(stem)) {
                    (false, _) => drop(files.insert(stem.to_owned(), vec![text])),
                    (true, Some(parts)) => parts.push(text),
                    (true, None) => {
                        let known = files.keys().map(String::as_str);
                        found.push(
                            Diagnostic::error(
                                Code::K0010,
                                message!("there is no section below to extend"),
                            )
                            .at(Place::Path(text.path.clone()))
                            .note(message!(
                                "no layer below has `{name}`; it may have been renamed",
                                name
                            ))
                            .maybe_hint(did_you_mean(stem, known))
                            .hint(message!("delete `extends` if this is a new section")),
                        );
                    }
                }
            }
        }
        if found.is_empty() { Ok(files) } else { Err(found) }
    }

    /// Errors for section files that a profile has in some languages only.
    pub fn untranslated(&self, folder: &str, languages: &[String]) -> Result<Vec<Diagnostic>> {
        let mut found = vec![];
        for profile in &self.layers.profiles {
            let folder = profile.join(folder);
            let names = self.names(&folder)?.unwrap_or_default();
            for name in names.iter() {
                let Some((stem, lang)) =
                    name.strip_suffix(".md").and_then(|name| name.rsplit_once('.'))
                else {
                    continue;
                };
                for other in languages.iter().filter(|_| languages.iter().any(|l| l == lang)) {
                    if !names.contains(&format!("{stem}.{other}.md")) {
                        let path = self.shown(&folder.join(name));
                        found.push(
                            Diagnostic::error(
                                Code::K0013,
                                message!(
                                    "`{stem}` is changed in `{lang}` but not in `{other}`",
                                    stem,
                                    lang,
                                    other
                                ),
                            )
                            .at(Place::Path(path))
                            .note(message!("the editions in all languages must say the same"))
                            .hint(message!(
                                "add the same change in `{stem}.{other}.md`",
                                stem,
                                other
                            )),
                        );
                    }
                }
            }
        }
        Ok(found)
    }

    /// The names in a folder; `None` if it does not exist.
    pub(super) fn names(&self, folder: &Path) -> Result<Option<Names>> {
        self.files.list(folder).map_err(|error| {
            let shown = self.shown(folder);
            let message =
                message!("`{shown}` cannot be listed: {error}", shown = shown.display(), error);
            Diagnostic::error(Code::K0001, message).at(Place::Path(shown)).into()
        })
    }
}
