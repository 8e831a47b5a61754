//! The project: a folder that defines what to publish, as interpreted.
//!
//! In: `brief.toml`, the `profile.toml` of the active profiles, and the folders beside them. Out: a
//! [`Project`]: paths resolved, defaults filled in. Which layer provides a file, and how layers are
//! merged, is decided here; the contents of files are read by the rooms that own them.
//!
//! | file | |
//! |---|---|
//! | `written` | the layers as written, and their interpretation |
//! | `layers` | which layer provides which file |
//! | `language` | the sources of a language |
//! | `merge` | merges TOML files, key by key |
//! | `inherit` | blocks of a section changed by a layer above |
//! | `outline` | the blocks of a section, and which layer changes them |
//! | `brand` | colours, contrast, the logo |
//! | `picture` | the size of the logo, without decoding it |
//! | `file_name` | the names of an edition's files |
//! | `calendar` | when the brief may be published, and as of which day it is made |
//! | `places` | where a project may write |
//! | `allow` | warnings that are allowed |
//! | `provenance` | which layer and line set a key |
//! | `schema` | the keys of `brief.toml` and of `profile.toml` |
//! | `schemas` | JSON Schemas of all files that people write |
//! | `init` | creates a new project from the shipped files |
//! | `unread` | files that nothing reads, since their name is misspelt |
//! | `version` | the program version that a project was written for |

mod allow;
mod brand;
mod calendar;
mod file_name;
mod inherit;
pub mod init;
mod language;
mod layers;
mod merge;
mod neutral;
mod outline;
mod page;
mod picture;
mod places;
mod provenance;
mod schema;
pub mod schemas;
mod unread;
mod version;
pub mod vscode;
mod written;

pub use allow::{Allow, Allowed, Until, block as allow_block};
pub use brand::Logo;
pub use calendar::{Calendar, shown as moment};
pub use file_name::FileName;
pub use inherit::block_names;
pub use language::LanguageSources;
pub use layers::{Layered, Layers, is_profile_id};
pub use merge::Keys;
pub use outline::{Change, Entry, Outline};
pub use page::PageSize;
pub use provenance::{Setting, all as settings};
pub use schema::{brief_schema, profile_schema};
pub use unread::unread;
pub use version::Version;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, did_you_mean};
use crate::document::Brand;
use crate::files::{self, Disk, EditorLink, Files, Track, Tracked};
use crate::indicators::BaseRule;
use crate::locale::HouseStyle;
use crate::output::is_file_name;
use crate::prose::SectionFile;

/// A project, with its layers merged.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder.
    pub root: PathBuf,
    /// The data folder.
    pub data: PathBuf,
    /// Reads files, and records what was read.
    pub files: Files,
    /// The layers of files.
    pub layers: Layers,
    /// The output folder of builds.
    pub output: PathBuf,
    /// The folder of published versions.
    pub releases: PathBuf,
    /// The active profile.
    pub profile: String,
    /// The languages, in order.
    pub languages: Vec<String>,
    /// The period to build unless the command line names one; `None` for the latest.
    pub period: Option<crate::stats::Period>,
    /// The indicators that must be published for a period.
    pub requires: Vec<String>,
    /// The release of the base that a change is measured against.
    pub base: BaseRule,
    /// The indicators of the cards on the first page.
    pub cards: Vec<String>,
    /// Figures in one of two columns.
    pub narrow: Vec<String>,
    /// The forms of the brief to make.
    pub formats: Vec<Format>,
    /// The names of an edition's files.
    pub file_names: FileName,
    /// Sections to leave out.
    pub leave_out: Vec<String>,
    /// Sections in their order, among the positions that they hold together.
    pub order: Vec<String>,
    /// Sentences that come first in the lists of key messages, in this order.
    pub lead: Vec<String>,
    /// Sections in which every sentence must cite a source.
    pub cited_sections: Vec<String>,
    /// Lexicons whose names must not be typed.
    pub guarded_names: Vec<String>,
    /// The publishing body's code in the lexicon of bodies.
    pub body: String,
    /// Whether the body publishes official statistics itself.
    pub is_official: bool,
    /// Whether options for discussion from the approved library are offered.
    pub offers_options: bool,
    /// Colours and fonts.
    pub brand: Brand,
    /// The logo of the body.
    pub logo: Option<Logo>,
    /// Font files of the project and its profiles.
    pub fonts: Vec<PathBuf>,
    /// Contact data of the body, by kind: `phone`, `email`, `site`.
    pub contact: BTreeMap<String, String>,
    /// The licence of the brief.
    pub licence: Option<String>,
    /// The house style of the body, by language.
    pub style: BTreeMap<String, HouseStyle>,
    /// Words and their replacements, by language.
    pub terms: BTreeMap<String, BTreeMap<String, String>>,
    /// Thresholds for options for discussion, by the option's id.
    pub thresholds: BTreeMap<String, f64>,
    /// The region of the brief, if it is a brief of one region.
    pub region: Option<String>,
    /// Whether the profile makes only briefs of regions.
    pub needs_region: bool,
    /// Whether `--all` leaves the profile out.
    pub is_apart: bool,
    /// The register of regions.
    pub regions: Option<RegionList>,
    /// A mark for every page, by its key in the strings.
    pub mark: Option<String>,
    /// The previous issue, with which revisions are determined.
    pub compare_with: Option<Previous>,
    /// Sections that `kosh diff` compares word by word.
    pub key_sections: Vec<String>,
    /// The section with the abstract, which each edition has in every language.
    pub summary: Option<String>,
    /// The largest number of items in a list of `key_sections`.
    pub key_items: Option<usize>,
    /// The release calendar.
    pub calendar: Calendar,
    /// The size of the pages.
    pub page_size: PageSize,
    /// How the preview opens files in an editor.
    pub editor_link: EditorLink,
    /// `brief.toml` and the `profile.toml` of each active profile, from the lowest.
    pub texts: Vec<SourceText>,
    /// The allowed warnings.
    pub allows: Vec<Allow>,
    /// Warnings about the project, whatever is built.
    pub notices: Vec<Diagnostic>,
}

/// The previous issue, as named by the user.
#[derive(Debug, Clone)]
pub struct Previous {
    /// A day or a folder.
    pub text: String,
    /// The folder to which a path is relative.
    pub from: PathBuf,
    /// The place of the setting, if it is in a file.
    pub place: Option<Place>,
}

/// Where the codes stand of which each can have a brief of its own.
#[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RegionList {
    /// The register, for example `regions`.
    pub register: String,
    /// The values of its column `kind`; any value if empty.
    #[serde(default)]
    pub kinds: Vec<String>,
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
    schemars::JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Six to eight pages for each language.
    #[default]
    Standard,
    /// Two pages, all languages side by side.
    Express,
    /// Full tables.
    Annex,
}

impl Format {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Express, Self::Annex];

    /// The folder of its sections, below `templates`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Standard => "sections",
            Self::Express => "express",
            Self::Annex => "annex",
        }
    }

    /// Its name in `formats`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Express => "express",
            Self::Annex => "annex",
        }
    }

    /// Its name in file names: `brief-LANG.pdf`.
    pub fn stem(self) -> &'static str {
        match self {
            Self::Standard => "brief",
            Self::Express => "express",
            Self::Annex => "annex",
        }
    }
}

/// Settings from the command line.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The profile.
    pub profile: Option<String>,
    /// The region of the brief.
    pub region: Option<String>,
    /// The data folder.
    pub data: Option<PathBuf>,
    /// The output folder.
    pub output: Option<PathBuf>,
    /// The languages.
    pub languages: Vec<String>,
    /// The forms of the brief.
    pub formats: Vec<Format>,
    /// The base rule.
    pub base: Option<BaseRule>,
    /// The previous issue.
    pub since: Option<String>,
    /// Whether the latest period is requested, whatever the project has.
    pub is_latest: bool,
    /// Whether the region is chosen later, so that none need be named.
    pub any_region: bool,
}

impl Project {
    /// Opens the project in `root` in its current state.
    pub fn open(root: &Path, overrides: &Overrides) -> Result<Self> {
        Self::open_on(Files::new(), root, overrides)
    }

    /// Opens it in the state of a round.
    pub fn open_in(disk: &Disk, root: &Path, overrides: &Overrides) -> Result<Self> {
        Self::open_on(Files::on(disk), root, overrides)
    }

    /// The same, with files that record for the caller what was requested, also if the project cannot be
    /// opened.
    pub fn open_on(files: Files, root: &Path, overrides: &Overrides) -> Result<Self> {
        // Settings that shape the pages are parameters of the release: a new field must be added to
        // `manifest::Parameters` too, or different builds would be considered equal.
        let Overrides {
            profile: _,
            region: _,
            data: _,
            languages: _,
            formats: _,
            output: _,
            base: _,
            since: _,
            is_latest: _,
            any_region: _,
        } = overrides;
        let tracked = files.track();
        let text = files::text(tracked, &root.join("brief.toml"), Path::new("brief.toml"))
            .map_err(|problem| {
                let hint = message!(
                    "run kosh in the folder of a project, or name the folder with `--project \
                    DIR`; `kosh init DIR` makes a new project"
                );
                let missing = no_folder(tracked, root);
                let reported = |problem: Diagnostic| match &missing {
                    Some(missing) => problem.note(missing.clone()).hint(hint.clone()),
                    None => problem.hint(hint.clone()),
                };
                problem.into_iter().map(reported).collect::<Vec<_>>()
            })?;
        let notices = version::check(&text)?;
        let base = written::Layer::parse(&text)?;
        base.stands(written::File::Brief, &text)?;
        let mut layers = Layers::new(root, root.join(base.templates()));
        let profile = overrides.profile.clone().unwrap_or_else(|| base.profile());
        let mut asked = match &overrides.profile {
            Some(id) => Place::option("profile", id),
            None => base.place_of_profile(&text),
        };
        let mut above = vec![];
        let mut next = Some(profile.clone());
        while let Some(id) = next {
            let text = layers.profile(tracked, &id, asked, !above.is_empty())?;
            let layer = written::Layer::parse(&text)?;
            layer.stands(written::File::Profile, &text)?;
            next = layer.extends();
            asked = layer.place_of_extends(&text);
            above.push((layer, text));
        }
        let (mut written, mut texts) = (vec![base], vec![text]);
        for (layer, text) in above.into_iter().rev() {
            written.push(layer);
            texts.push(text);
        }
        let mut project =
            written::resolve(root, (files.clone(), layers), &written, texts, overrides)?;
        project.profile = profile;
        project.notices = notices;
        if let Some(data) = &overrides.data {
            project.data = data.clone();
        }
        if let Some(output) = &overrides.output {
            project.output = output.clone();
        }
        project.period = project.period.filter(|_| !overrides.is_latest);
        project.base = overrides.base.unwrap_or(project.base);
        if let Some(text) = &overrides.since {
            let place = Some(Place::option("since", text));
            let (text, from) = (text.clone(), PathBuf::new());
            project.compare_with = Some(Previous { text, from, place });
        }
        let (mut forms, all_languages) = (project.formats.clone(), project.languages.clone());
        if !overrides.formats.is_empty() {
            forms.extend(overrides.formats.iter().filter(|form| !project.formats.contains(form)));
            project.formats = overrides.formats.clone();
        }
        for lang in &overrides.languages {
            if !project.languages.contains(lang) {
                let known = project.languages.iter().map(String::as_str);
                return Err(Diagnostic::error(
                    Code::K0005,
                    message!("this project has no language `{lang}`", lang),
                )
                .at(Place::option("language", lang))
                .maybe_hint(did_you_mean(lang, known))
                .hint(message!("`kosh handbook languages` says how to add one"))
                .into());
            }
        }
        if !overrides.languages.is_empty() {
            project.languages = overrides.languages.clone();
        }
        let mut found = project.names(overrides);
        if found.is_empty() {
            found.extend(project.patterned(&forms, &all_languages));
        }
        found.extend(project.places());
        if found.is_empty() { Ok(project) } else { Err(found) }
    }

    /// Refuses languages, forms and regions that are not valid in file names.
    fn names(&self, overrides: &Overrides) -> Vec<Diagnostic> {
        let mut found = vec![];
        // The place of a list: on the command line, or in the layer that counts.
        let listed = |key: &str, option: Option<&str>, name: &str| match option {
            Some(option) => Place::option(option, name),
            None => self.place_of(key, name),
        };
        let languages = (!overrides.languages.is_empty()).then_some("language");
        let forms = (!overrides.formats.is_empty()).then_some("format");
        let wrong = |what: &str, name: &str, key: &str| {
            Diagnostic::error(
                Code::K0026,
                message!(
                    "`{name}` cannot be the name of a {what}",
                    name = name.escape_debug(),
                    what
                ),
            )
            .at(self.place_of(key, name))
            .note(message!("files of the brief are named after it"))
        };
        for (at, lang) in self.languages.iter().enumerate() {
            if !is_file_name(lang) {
                found.push(
                    wrong("language", lang, "languages").hint(message!(
                        "write a language tag, for example `en`, `kk` or `zh-Hans`"
                    )),
                );
            }
            if self.languages[..at].iter().any(|other| other.eq_ignore_ascii_case(lang)) {
                found.push(
                    Diagnostic::error(
                        Code::K0026,
                        message!("the language `{lang}` is named twice", lang),
                    )
                    .at(listed("languages", languages, lang))
                    .note(message!("two editions would have the same file"))
                    .hint(message!("name each language once")),
                );
            }
        }
        if let Some(region) = self.region.as_deref().filter(|region| !is_file_name(region)) {
            found.push(wrong("region", region, "region").hint(message!(
                "write the code of the region, for \
                example `KZ-71`"
            )));
        }
        for (at, form) in self.formats.iter().enumerate() {
            if self.formats[..at].contains(form) {
                let form = form.name();
                found.push(
                    Diagnostic::error(
                        Code::K0026,
                        message!("the form `{form}` is named twice", form),
                    )
                    .at(listed("formats", forms, form))
                    .note(message!("two editions would have the same file"))
                    .hint(message!("name each form once")),
                );
            }
        }
        if self.formats.is_empty() {
            found.push(
                Diagnostic::error(Code::K0003, message!("the brief has no form"))
                    .at(self.place_of("formats", ""))
                    .hint(message!("write `formats = [\"standard\"]`, or omit `formats`")),
            );
        }
        found
    }

    /// The publishing body by its name in registers: its code, or the id of the profile if it has none,
    /// as for an akimat named after its region.
    pub fn owner(&self) -> &str {
        if self.body.is_empty() { &self.profile } else { &self.body }
    }

    /// The output folder of a period: `output/PERIOD/PROFILE`, with the region if there is one.
    pub fn release_folder(&self, period: crate::stats::Period) -> PathBuf {
        self.output.join(self.release_name(period))
    }

    /// The name of its releases within a period: the profile, and the region if there is one.
    pub fn release(&self) -> String {
        match &self.region {
            Some(region) => format!("{}-{region}", self.profile),
            None => self.profile.clone(),
        }
    }

    /// The folder of published versions of a period: `releases/PERIOD/PROFILE`.
    pub fn versions_folder(&self, period: crate::stats::Period) -> PathBuf {
        self.releases.join(self.release_name(period))
    }

    /// The file with a correction note in a language: `corrections/PERIOD/PROFILE/NUMBER.LANG.md`.
    pub fn correction_file(
        &self,
        period: crate::stats::Period,
        number: u32,
        lang: &str,
    ) -> PathBuf {
        let folder = self.root.join("corrections").join(self.release_name(period));
        folder.join(format!("{number}.{lang}.md"))
    }

    fn release_name(&self, period: crate::stats::Period) -> PathBuf {
        Path::new(&period.short()).join(self.release())
    }

    /// A template merged from all layers, such as `figures.toml`.
    pub fn template(&self, name: &str) -> Result<SourceText> {
        self.layered().template(Code::K0003, name)
    }

    /// A file of the data folder merged from all layers, such as `indicators.toml`.
    pub fn data_file(&self, name: &str) -> Result<SourceText> {
        self.layered().data_file(Code::K0003, &self.data, name)
    }

    /// The Typst files by virtual path; each is that of the uppermost layer.
    pub fn typst_files(&self) -> Result<Vec<(String, SourceText)>> {
        self.layered().typst_files()
    }

    /// The layers with the project's files.
    pub fn layered(&self) -> Layered<'_> {
        self.layers.on(self.files.track())
    }

    /// The sources of a language.
    pub fn language(&self, tag: &str) -> LanguageSources<'_> {
        LanguageSources {
            layers: &self.layers,
            data: &self.data,
            formats: &self.formats,
            leave_out: &self.leave_out,
            order: &self.order,
            style: self.style.get(tag),
            terms: self.terms.get(tag),
        }
    }

    /// The section files of a language in order, and its macros (files without a number).
    pub fn sections(
        &self,
        format: Format,
        tag: &str,
    ) -> Result<(Vec<SectionFile>, Vec<SectionFile>)> {
        self.language(tag).sections(self.files.track(), format, tag)
    }

    /// A path as the user knows it: relative to the project if it is inside.
    pub fn shown(&self, path: &Path) -> PathBuf {
        self.layers.shown(path)
    }

    /// A template such as `figures.toml` in each layer, from the lowest.
    pub fn template_parts(&self, name: &str) -> Result<Vec<SourceText>> {
        self.layered().template_parts(name)
    }

    /// `indicators.toml` in each layer, from the lowest.
    pub fn data_parts(&self, name: &str) -> Result<Vec<SourceText>> {
        self.layered().data_parts(&self.data, name)
    }

    /// The outlines of all sections of the project, in every form and language.
    pub fn outlines(&self) -> Result<Vec<Outline>> {
        outline::of(self.layered(), &self.languages)
    }

    /// The values of a dotted key such as `brand.accent`, the one in force first.
    pub fn settings(&self, key: &str) -> Vec<Setting> {
        provenance::of(&self.texts, key)
    }

    /// The place of a name in the list `key`, in the layer that counts.
    pub fn place_of(&self, key: &str, name: &str) -> Place {
        provenance::place_of(&self.texts, key, name)
    }
}

/// The problem of a path that is not the folder of a project, if it is none.
fn no_folder(files: Tracked<Files>, root: &Path) -> Option<Message> {
    let here = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    if !files.exists(here) {
        return Some(message!("there is no folder `{root}`", root = root.display()));
    }
    let why = files.read(&root.join("brief.toml")).err()?;
    let is_file = why.kind == std::io::ErrorKind::NotADirectory;
    is_file
        .then(|| message!("`{root}` is a file, not the folder of a project", root = root.display()))
}

/// The error for a brief of one region without a region; `texts` are those of the layers.
pub fn no_region(texts: &[SourceText]) -> Diagnostic {
    Diagnostic::error(
        Code::K0014,
        message!("this profile makes briefs of regions, but no region is named"),
    )
    .at(texts.last().map(|text| Place::Path(text.path.clone())))
    .hint(message!("name a region with `--region KZ-71`, or all regions with `--region all`"))
}

/// Puts the items named in `order` into that order, among the positions they hold together; the others
/// stay.
pub fn arrange<T>(items: &mut Vec<T>, order: &[String], id: impl Fn(&T) -> &str) {
    let rank = |item: &T| order.iter().position(|named| named == id(item));
    let slots: Vec<usize> = (0..items.len()).filter(|at| rank(&items[*at]).is_some()).collect();
    let mut whole: Vec<Option<T>> = items.drain(..).map(Some).collect();
    let mut named: Vec<T> = slots.iter().filter_map(|at| whole[*at].take()).collect();
    named.sort_by_key(|item| rank(item));
    for (slot, item) in slots.into_iter().zip(named) {
        whole[slot] = Some(item);
    }
    items.extend(whole.into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_changes_places_and_the_rest_stays() {
        let mut items = vec!["cover", "general", "internal", "external", "policy", "notes"];
        let order = ["policy", "external", "general"].map(String::from);
        arrange(&mut items, &order, |item| item);
        assert_eq!(items, ["cover", "policy", "internal", "external", "general", "notes"]);
        arrange(&mut items, &[], |item| item);
        assert_eq!(items.len(), 6);
    }
}
