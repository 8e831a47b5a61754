//! `brief.toml` and `profile.toml` as written: the layers of settings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use super::allow::{self, WrittenAllow};
use super::brand::{self, WrittenBrand};
use super::calendar;
use super::file_name;
use super::{Format, Layers, Overrides, PageSize, Previous, Project, RegionList};
use crate::diag::{
    Code, Diagnostic, Message, Place, Result, SourceText, Spanned, key_in, read_toml,
};
use crate::files::{EditorLink, Files, Track, USUAL_EDITOR};
use crate::indicators::BaseRule;
use crate::locale::HouseStyle;

/// What to publish, for whom, and how it looks; every key may be left out of a layer.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Layer {
    /// The version of kosh for which the project was written, for example `0.1`.
    kosh: Option<Spanned<String>>,
    /// The publishing body: a folder of `templates/profiles/`.
    profile: Option<Spanned<String>>,
    /// The profile that this one extends; its own id means the shipped profile.
    extends: Option<Spanned<String>>,
    /// Whether a brief of this profile is always about one region.
    #[schemars(extend("default" = false))]
    needs_region: Option<bool>,
    /// Whether `--all` leaves this profile out; not passed on by `extends`.
    #[schemars(extend("default" = false))]
    apart: Option<Spanned<bool>>,
    /// The regions for which briefs can be made; without it `--region` is not checked.
    regions: Option<RegionList>,
    /// The region of the brief, by its code; by default the whole country.
    region: Option<String>,
    /// The languages: one edition each, with the same facts.
    languages: Option<Spanned<Vec<String>>>,
    /// `2025-H1`, `2025-9M`, `2025-Q2`, `2025`, `2025-01..2025-06` or `latest`.
    #[schemars(extend("default" = LATEST))]
    period: Option<Spanned<String>>,
    /// Indicators without which a period is not published; `latest` is the last period that has them.
    #[schemars(extend("default" = []))]
    requires: Option<Vec<String>>,
    /// Which release of the base is used for changes.
    #[schemars(extend("default" = BaseRule::default()))]
    base: Option<BaseRule>,
    /// The numbers of the first page, by indicator.
    #[schemars(extend("default" = []))]
    cards: Option<Vec<String>>,
    /// Figures that are placed in one of two columns.
    #[schemars(extend("default" = []))]
    narrow_figures: Option<Vec<String>>,
    /// The forms of the brief that are made.
    #[schemars(extend("default" = ["standard"]))]
    formats: Option<Vec<Format>>,
    /// The names of the PDFs and workbooks, without their ending: text with `{form}`, `{period}`, `{body}`
    /// and `{language}`.
    #[schemars(extend("default" = file_name::DEFAULT))]
    pub(super) file_name: Option<Spanned<String>>,
    /// Sections to leave out, by id, in every language.
    #[schemars(extend("default" = []))]
    leave_out: Option<Vec<String>>,
    /// Sections, by id, in a new order; other sections keep their places.
    #[schemars(extend("default" = []))]
    order: Option<Vec<String>>,
    /// Sentences, by id, whose items come first in their lists, in this order.
    #[schemars(extend("default" = []))]
    lead: Option<Vec<String>>,
    /// Sections, by id, in which every sentence must cite its source.
    #[schemars(extend("default" = []))]
    cited_sections: Option<Vec<String>>,
    /// Lexicons whose names must not be typed in a section or phrase.
    #[schemars(extend("default" = []))]
    guarded_names: Option<Vec<String>>,
    /// The body's code in `data/lexicon/bodies.LANG.csv`, whose names are printed at the head of the first
    /// page; none if empty.
    #[schemars(extend("default" = ""))]
    body: Option<String>,
    /// Whether the body publishes official statistics itself.
    #[schemars(extend("default" = false))]
    official: Option<bool>,
    /// Whether options for discussion may be offered where a threshold is crossed.
    #[schemars(extend("default" = false))]
    offer_options: Option<bool>,
    /// A mark for every page, by its key in the strings.
    mark: Option<String>,
    /// The previous issue, by the day of its data or the folder of its build: the brief lists what was
    /// revised since.
    compare_with: Option<Spanned<String>>,
    /// Sections, by id, whose sentences `kosh diff` compares word for word.
    #[schemars(extend("default" = []))]
    key_sections: Option<Vec<String>>,
    /// The section with the summary: each edition prints it in every language, with the keywords.
    r#abstract: Option<String>,
    /// The largest number of items in a list of these sections; the items named by `lead` come first.
    key_items: Option<Spanned<usize>>,
    /// The brief is not published before this time, for example `2026-03-13T10:00`; builds are drafts.
    pub(super) embargo: Option<Spanned<String>>,
    /// The time zone of the embargo, for example `Asia/Almaty`.
    pub(super) embargo_zone: Option<Spanned<String>>,
    /// The day of the next release; printed on the first page.
    pub(super) next_release: Option<Spanned<String>>,
    /// The brief uses only figures that were published by the end of this day.
    pub(super) as_of: Option<Spanned<String>>,
    /// Whether builds are marked as drafts on every page.
    pub(super) draft: Option<Spanned<bool>>,
    /// The size of the pages.
    #[schemars(extend("default" = PageSize::default()))]
    page_size: Option<PageSize>,
    /// How the preview opens a file: the name of an editor (`vscode`, `vscodium`, `cursor`, `zed`, `idea`),
    /// `none`, or an address with `{path}`, `{line}` and `{column}`.
    #[schemars(extend("default" = USUAL_EDITOR))]
    editor_link: Option<Spanned<String>>,
    /// How the body may be reached: `phone`, `email`, `site`.
    #[serde(default)]
    contact: BTreeMap<String, String>,
    /// The terms of use of the brief, for example `CC BY 4.0`; printed at the end.
    licence: Option<String>,
    /// The typographic style of the body where it differs from the language file, by language.
    #[serde(default)]
    style: BTreeMap<String, HouseStyle>,
    /// By language, words and their replacements, in names and in typed text.
    #[serde(default)]
    terms: BTreeMap<String, BTreeMap<String, String>>,
    /// An option of `data/options.csv`, by id, with the threshold of the body.
    #[serde(default)]
    thresholds: BTreeMap<String, f64>,
    /// Folders, relative to the project.
    #[serde(default)]
    paths: Paths,
    /// Warnings that are allowed, each with a reason.
    #[serde(default)]
    pub(super) allow: Vec<WrittenAllow>,
    /// Colours, font and logo.
    #[serde(default)]
    pub(super) brand: WrittenBrand,
    #[serde(skip)]
    pub(super) text: Option<SourceText>,
}

/// The word for the latest period with figures.
const LATEST: &str = "latest";

/// Folders, relative to the project.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Paths {
    /// The tables.
    #[schemars(extend("default" = DATA))]
    data: Option<PathBuf>,
    /// The templates.
    #[schemars(extend("default" = TEMPLATES))]
    templates: Option<Spanned<PathBuf>>,
    /// The folder for the files of the brief.
    #[schemars(extend("default" = OUTPUT))]
    output: Option<PathBuf>,
    /// The folder for published versions.
    #[schemars(extend("default" = RELEASES))]
    releases: Option<PathBuf>,
}

const DATA: &str = "data";
const TEMPLATES: &str = "templates";
const OUTPUT: &str = "output";
const RELEASES: &str = "releases";

/// A file of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    Brief,
    Profile,
}

impl File {
    /// The dotted keys that only this file may have.
    pub(super) fn own_keys(self) -> &'static [&'static str] {
        match self {
            Self::Brief => &["kosh", "profile", "paths.templates"],
            Self::Profile => &["extends", "apart"],
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Brief => Self::Profile,
            Self::Profile => Self::Brief,
        }
    }

    fn may_have(self, key: &str) -> bool {
        !self.other().own_keys().contains(&key)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Brief => "brief.toml",
            Self::Profile => "profile.toml",
        }
    }
}

impl Layer {
    pub(super) fn parse(text: &SourceText) -> Result<Self> {
        let mut layer: Self = read_toml(Code::K0003, text)?;
        layer.text = Some(text.clone());
        Ok(layer)
    }

    /// Refuses keys that belong to the other file.
    pub(super) fn stands(&self, file: File, text: &SourceText) -> Result<()> {
        let templates = self.paths.templates.as_ref().map(|path| path.span());
        let span = |key: &Option<Spanned<String>>| key.as_ref().map(|key| key.span());
        let written = [
            ("kosh", span(&self.kosh)),
            ("profile", span(&self.profile)),
            ("extends", span(&self.extends)),
            ("apart", self.apart.as_ref().map(|key| key.span())),
            ("paths.templates", templates),
        ];
        let misplaced = written.into_iter().filter_map(|(key, span)| Some((key, span?)));
        let found: Vec<Diagnostic> = misplaced
            .filter(|(key, _)| !file.may_have(key))
            .map(|(key, span)| {
                let message =
                    message!("`{key}` has no effect in `{file}`", key, file = file.name());
                Diagnostic::error(Code::K0003, message).at(text.place(span)).hint(message!(
                    "it is a key of `{file}`; delete it here",
                    file = file.other().name()
                ))
            })
            .collect();
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// Refuses numbers that make no sense.
    fn amounts(&self, text: &SourceText) -> Vec<Diagnostic> {
        let none = self.key_items.as_ref().filter(|most| *most.get_ref() == 0).map(|most| {
            Diagnostic::error(Code::K0003, message!("`key-items` leaves no item in a list"))
                .at(text.place(most.span()))
                .hint(message!(
                    "write the largest number of items, for example `key-items = 6`; omit the key \
                    for no limit"
                ))
        });
        let endless = self.thresholds.iter().filter(|(_, at)| !at.is_finite());
        let endless = endless.map(|(id, _)| {
            let range = key_in(text, &format!("thresholds.{id}"));
            Diagnostic::error(Code::K0003, message!("the threshold of `{id}` is not a number", id))
                .at(range.map(|range| text.place(range)))
                .hint(message!("write a number, for example `50`"))
        });
        none.into_iter().chain(endless).collect()
    }

    pub(super) fn templates(&self) -> PathBuf {
        self.paths
            .templates
            .as_ref()
            .map_or_else(|| TEMPLATES.into(), |path| path.get_ref().clone())
    }

    pub(super) fn profile(&self) -> String {
        self.profile.as_ref().map_or_else(|| "default".to_owned(), |p| p.get_ref().clone())
    }

    pub(super) fn place_of_profile(&self, text: &SourceText) -> Place {
        place_of(&self.profile, text)
    }

    /// The profile that this one extends.
    pub(super) fn extends(&self) -> Option<String> {
        self.extends.as_ref().map(|id| id.get_ref().clone())
    }

    pub(super) fn place_of_extends(&self, text: &SourceText) -> Place {
        place_of(&self.extends, text)
    }
}

fn place_of(key: &Option<Spanned<String>>, text: &SourceText) -> Place {
    match key {
        Some(key) => text.place(key.span()),
        None => Place::Path(text.path.clone()),
    }
}

/// Interprets the layers; a later one takes precedence key by key.
pub(super) fn resolve(
    root: &Path,
    (files, on): (Files, Layers),
    layers: &[Layer],
    texts: Vec<SourceText>,
    overrides: &Overrides,
) -> Result<Project> {
    let mut found = vec![];
    let text = &texts[0];
    let languages =
        last(layers, |l| l.languages.as_ref().map(|v| v.get_ref().clone())).unwrap_or_default();
    if languages.is_empty() {
        found.push(
            Diagnostic::error(Code::K0003, message!("the brief has no language"))
                .at(Place::Path(text.path.clone()))
                .hint(message!(
                    "add `languages = [\"…\"]` with each language that has a `strings.LANG.toml`"
                )),
        );
    }
    let period = period(layers, &mut found);
    for layer in layers {
        found.extend(layer.text.iter().flat_map(|text| layer.amounts(text)));
    }
    let layered = on.on(files.track());
    let (brand, logo) = brand::resolve(layers, layered, &mut found);
    let fonts = brand::fonts(layered, &mut found);
    let calendar = calendar::resolve(layers, &mut found);
    let editor_link = editor_link(layers, &mut found);
    let allows = allow::resolve(layers, &mut found);
    let file_names = file_name::resolve(layers, &mut found);
    let region = overrides.region.clone().or_else(|| last(layers, |l| l.region.clone()));
    let needs_region = last(layers, |l| l.needs_region).unwrap_or(false);
    if region.is_none() && needs_region && !overrides.any_region {
        found.push(super::no_region(&texts));
    }
    if !found.is_empty() {
        return Err(found);
    }
    let path = |pick: fn(&Layer) -> Option<PathBuf>, default: &str| {
        root.join(last(layers, pick).unwrap_or_else(|| default.into()))
    };
    Ok(Project {
        root: root.to_path_buf(),
        data: path(|l| l.paths.data.clone(), DATA),
        files,
        layers: on,
        output: path(|l| l.paths.output.clone(), OUTPUT),
        releases: path(|l| l.paths.releases.clone(), RELEASES),
        profile: String::new(),
        languages,
        period,
        requires: last(layers, |l| l.requires.clone()).unwrap_or_default(),
        base: last(layers, |l| l.base).unwrap_or_default(),
        cards: last(layers, |l| l.cards.clone()).unwrap_or_default(),
        narrow: last(layers, |l| l.narrow_figures.clone()).unwrap_or_default(),
        formats: last(layers, |l| l.formats.clone()).unwrap_or_else(|| vec![Format::Standard]),
        file_names,
        order: last(layers, |l| l.order.clone()).unwrap_or_default(),
        lead: last(layers, |l| l.lead.clone()).unwrap_or_default(),
        leave_out: last(layers, |l| l.leave_out.clone()).unwrap_or_default(),
        cited_sections: last(layers, |l| l.cited_sections.clone()).unwrap_or_default(),
        guarded_names: last(layers, |l| l.guarded_names.clone()).unwrap_or_default(),
        body: last(layers, |l| l.body.clone()).unwrap_or_default(),
        offers_options: last(layers, |l| l.offer_options).unwrap_or(false),
        is_official: last(layers, |l| l.official).unwrap_or(false),
        brand,
        logo,
        fonts,
        contact: merged(layers, |l| &l.contact),
        licence: last(layers, |l| l.licence.clone()).filter(|licence| !licence.trim().is_empty()),
        style: styles(layers),
        terms: terms(layers),
        thresholds: merged(layers, |l| &l.thresholds),
        region,
        needs_region,
        // It applies to this profile only, not to those that extend it.
        is_apart: layers.last().and_then(|l| Some(*l.apart.as_ref()?.get_ref())).unwrap_or(false),
        regions: last(layers, |l| l.regions.clone()),
        mark: last(layers, |l| l.mark.clone()),
        compare_with: last(layers, |l| {
            let (written, text) = (l.compare_with.as_ref()?, l.text.as_ref()?);
            let place = Some(text.place(written.span()));
            Some(Previous { text: written.get_ref().clone(), from: root.to_path_buf(), place })
        }),
        key_sections: last(layers, |l| l.key_sections.clone()).unwrap_or_default(),
        summary: last(layers, |l| l.r#abstract.clone()),
        key_items: last(layers, |l| l.key_items.as_ref().map(|most| *most.get_ref())),
        calendar,
        editor_link,
        page_size: last(layers, |l| l.page_size).unwrap_or_default(),
        texts,
        allows,
        notices: vec![],
    })
}

pub(super) fn last<T>(layers: &[Layer], pick: impl Fn(&Layer) -> Option<T>) -> Option<T> {
    layers.iter().rev().find_map(pick)
}

/// A table merged from all layers; a later layer takes precedence key by key.
fn merged<T: Clone>(
    layers: &[Layer],
    pick: impl Fn(&Layer) -> &BTreeMap<String, T>,
) -> BTreeMap<String, T> {
    layers.iter().flat_map(|layer| pick(layer).clone()).collect()
}

/// The period of the brief; `None` for the latest.
fn period(layers: &[Layer], found: &mut Vec<Diagnostic>) -> Option<crate::stats::Period> {
    let (period, text) = last(layers, |l| l.period.clone().zip(l.text.clone()))?;
    if period.get_ref() == LATEST {
        return None;
    }
    let read = period.get_ref().parse().map_err(|message: String| {
        found.push(
            Diagnostic::error(Code::K0003, Message::verbatim(message))
                .at(text.place(period.span())),
        );
    });
    read.ok()
}

/// How the preview opens files.
fn editor_link(layers: &[Layer], found: &mut Vec<Diagnostic>) -> EditorLink {
    let written = last(layers, |l| l.editor_link.clone().zip(l.text.clone()));
    let Some((written, text)) = written else { return EditorLink::usual() };
    EditorLink::parse(written.get_ref()).unwrap_or_else(|message| {
        found.push(Diagnostic::error(Code::K0003, message).at(text.place(written.span())));
        EditorLink::usual()
    })
}

fn styles(layers: &[Layer]) -> BTreeMap<String, HouseStyle> {
    let mut all: BTreeMap<String, HouseStyle> = BTreeMap::new();
    for (lang, style) in layers.iter().flat_map(|layer| &layer.style) {
        all.entry(lang.clone()).or_default().merge(style);
    }
    all
}

fn terms(layers: &[Layer]) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (lang, terms) in layers.iter().flat_map(|layer| &layer.terms) {
        all.entry(lang.clone()).or_default().extend(terms.clone());
    }
    all
}
