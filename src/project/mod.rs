//! The project: a folder that says what to publish, as it is meant.
//!
//! In: `brief.toml`, a profile's `profile.toml`, and the folders beside them. Out: a [`Project`]:
//! paths resolved, nothing optional that has a default. Which file of a layer wins is decided
//! here; what is in the files is read by the rooms that own them.

mod written;

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Place, Result, SourceText, did_you_mean};
use crate::document::Brand;
use crate::indicators::BaseRule;
use crate::prose::SectionFile;

/// What a project says, after its layers are laid over one another.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder.
    pub root: PathBuf,
    /// Where the tables are.
    pub data: PathBuf,
    /// Where templates are.
    pub templates: PathBuf,
    /// Where the editions go.
    pub output: PathBuf,
    /// The profile in force.
    pub profile: String,
    /// The languages, in order.
    pub languages: Vec<String>,
    /// The period to build when the command line names none; `None` is the latest.
    pub period: Option<crate::period::Period>,
    /// The indicators without which a period is not published.
    pub requires: Vec<String>,
    /// Which release of the base a change is measured against.
    pub base: BaseRule,
    /// The cards of the first page.
    pub cards: Vec<String>,
    /// Figures that stand in one of two columns.
    pub narrow: Vec<String>,
    /// The forms of the brief to make.
    pub formats: Vec<Format>,
    /// Sections to leave out.
    pub leave_out: Vec<String>,
    /// Sections in which every sentence names its source.
    pub cited_sections: Vec<String>,
    /// Lexicons whose names are never typed.
    pub guarded_names: Vec<String>,
    /// The publishing body's code in the lexicon of bodies.
    pub body: String,
    /// Whether the body publishes official statistics itself.
    pub is_official: bool,
    /// Whether options for discussion from the approved library are offered.
    pub offers_options: bool,
    /// Colours and fonts.
    pub brand: Brand,
    /// A mark for every page, by its key in the strings.
    pub mark: Option<String>,
    /// `brief.toml`, for places.
    pub text: SourceText,
}

/// A form of the brief: which folder of sections it is written from.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Deserialize,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Six to eight pages a language.
    #[default]
    Standard,
    /// Two pages, all languages side by side.
    Express,
    /// Full tables.
    Annex,
}

impl Format {
    /// The folder its sections stand in, below `templates`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Standard => "sections",
            Self::Express => "express",
            Self::Annex => "annex",
        }
    }

    /// What its files are called: `brief-LANG.pdf`.
    pub fn stem(self) -> &'static str {
        match self {
            Self::Standard => "brief",
            Self::Express => "express",
            Self::Annex => "annex",
        }
    }
}

/// What the command line lays over the project.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The profile.
    pub profile: Option<String>,
    /// The data folder.
    pub data: Option<PathBuf>,
    /// The output folder.
    pub output: Option<PathBuf>,
    /// The languages.
    pub languages: Vec<String>,
    /// The forms of the brief.
    pub formats: Vec<Format>,
}

impl Project {
    /// Opens the project in `root`.
    pub fn open(root: &Path, overrides: &Overrides) -> Result<Self> {
        let text = read(&root.join("brief.toml"), Path::new("brief.toml")).map_err(|problem| {
            problem
                .into_iter()
                .map(|d| d.hint("run kosh in a project's folder, or name it with `--project DIR`"))
                .collect::<Vec<_>>()
        })?;
        let mut layers = vec![written::Layer::parse(&text)?];
        let templates = root.join(layers[0].templates());
        let profile = overrides.profile.clone().unwrap_or_else(|| layers[0].profile());
        layers.push(profile_layer(&templates, &profile, &layers[0], &text)?);
        let mut project = written::meant(root, &layers, text)?;
        project.profile = profile;
        if let Some(data) = &overrides.data {
            project.data = data.clone();
        }
        if let Some(output) = &overrides.output {
            project.output = output.clone();
        }
        if !overrides.formats.is_empty() {
            project.formats = overrides.formats.clone();
        }
        if !overrides.languages.is_empty() {
            for lang in &overrides.languages {
                if !project.languages.contains(lang) {
                    let known = project.languages.iter().map(String::as_str);
                    return Err(Diagnostic::error(
                        "K0005",
                        format!("this project has no language `{lang}`"),
                    )
                    .maybe_hint(did_you_mean(lang, known))
                    .hint("docs/languages.md says how to add one")
                    .into());
                }
            }
            project.languages = overrides.languages.clone();
        }
        Ok(project)
    }

    /// A file below the templates: the profile's own if it has one.
    pub fn template(&self, name: &str) -> Result<SourceText> {
        let own = self.templates.join("profiles").join(&self.profile).join(name);
        let path = if own.is_file() { own } else { self.templates.join(name) };
        read(&path, &self.shown(&path))
    }

    /// The Typst files, by virtual path; a profile's own win.
    pub fn typst_files(&self) -> Result<Vec<(String, SourceText)>> {
        let mut files = std::collections::BTreeMap::new();
        for folder in [self.templates.clone(), self.templates.join("profiles").join(&self.profile)]
        {
            for path in listed(&folder, &self.shown(&folder))? {
                if path.extension().is_some_and(|e| e == "typ" || e == "csl")
                    && let Some(name) = path.file_name().and_then(|n| n.to_str())
                {
                    files.insert(format!("/{name}"), read(&path, &self.shown(&path))?);
                }
            }
        }
        Ok(files.into_iter().collect())
    }

    /// The section files of a language in order, and its macros (files without a number).
    pub fn sections(
        &self,
        format: Format,
        lang: &str,
    ) -> Result<(Vec<SectionFile>, Vec<SectionFile>)> {
        let folder = self.templates.join(format.folder());
        let suffix = format!(".{lang}.md");
        let (mut sections, mut macros) = (vec![], vec![]);
        for path in listed(&folder, &self.shown(&folder))? {
            let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
            let Some(stem) = name.strip_suffix(&suffix) else { continue };
            let text = read(&path, &self.shown(&path))?;
            match stem.split_once('-').filter(|(number, _)| number.parse::<u8>().is_ok()) {
                Some((_, id)) if self.leave_out.iter().any(|left_out| left_out == id) => {}
                Some((_, id)) => sections.push(SectionFile { id: id.to_owned(), text }),
                None => macros.push(SectionFile { id: stem.to_owned(), text }),
            }
        }
        if sections.is_empty() {
            return Err(Diagnostic::error("K0006", format!("no section is written in `{lang}`"))
                .at(Place::Path(self.shown(&folder)))
                .hint(format!(
                    "a section's file is called `NN-id{suffix}`, as `04-general{suffix}`"
                ))
                .into());
        }
        Ok((sections, macros))
    }

    /// The lexicons of a language: `data/lexicon/NAME.LANG.csv`.
    pub fn lexicons(&self, lang: &str) -> Result<Vec<(String, SourceText)>> {
        let folder = self.data.join("lexicon");
        let suffix = format!(".{lang}.csv");
        let mut lexicons = vec![];
        for path in listed(&folder, &self.shown(&folder))? {
            if let Some(name) =
                path.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_suffix(&suffix))
            {
                lexicons.push((name.to_owned(), read(&path, &self.shown(&path))?));
            }
        }
        Ok(lexicons)
    }

    /// A path as the user knows it: relative to the project where it lies below it.
    pub fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_path_buf()
    }
}

fn profile_layer(
    templates: &Path,
    profile: &str,
    base: &written::Layer,
    text: &SourceText,
) -> Result<written::Layer> {
    let folder = templates.join("profiles");
    let path = folder.join(profile).join("profile.toml");
    let is_name = !profile.is_empty()
        && profile.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !is_name || !path.is_file() {
        let known: Vec<String> = listed(&folder, &folder)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|p| Some(p.file_name()?.to_str()?.to_owned()))
            .collect();
        return Err(Diagnostic::error("K0004", format!("there is no profile `{profile}`"))
            .at(base.place_of("profile", text))
            .maybe_hint(did_you_mean(profile, known.iter().map(String::as_str)))
            .into());
    }
    let shown = Path::new("templates/profiles").join(profile).join("profile.toml");
    written::Layer::parse(&read(&path, &shown)?)
}

/// Reads a text file.
pub fn read(path: &Path, shown: &Path) -> Result<SourceText> {
    let bytes = std::fs::read(path).map_err(|error| {
        vec![
            Diagnostic::error("K0001", format!("`{}` cannot be read: {error}", shown.display()))
                .at(Place::Path(shown.to_path_buf())),
        ]
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceText::new(shown, text)),
        Err(error) => {
            Err(Diagnostic::error("K0002", format!("`{}` is not UTF-8 text", shown.display()))
                .at(Place::Path(shown.to_path_buf()))
                .note(format!(
                    "byte {} is not part of a character",
                    error.utf8_error().valid_up_to()
                ))
                .hint("save the file as UTF-8")
                .into())
        }
    }
}

/// The paths in a folder, sorted by name.
fn listed(folder: &Path, shown: &Path) -> Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => {
            return Err(Diagnostic::error(
                "K0001",
                format!("`{}` cannot be listed: {error}", shown.display()),
            )
            .at(Place::Path(shown.to_path_buf()))
            .into());
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}
