//! `brief.toml` and `profile.toml` as written: layers whose keys lie over one another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::brand::{self, WrittenBrand};
use super::{Format, Layers, Overrides, Previous, Project, RegionList};
use crate::diag::{Diagnostic, Place, Result, SourceText, read_toml};
use crate::indicators::BaseRule;
use crate::locale::HouseStyle;

/// One layer: every key may be left out.
#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Layer {
    profile: Option<Spanned<String>>,
    extends: Option<Spanned<String>>,
    needs_region: Option<bool>,
    apart: Option<bool>,
    regions: Option<RegionList>,
    region: Option<String>,
    languages: Option<Spanned<Vec<String>>>,
    period: Option<Spanned<String>>,
    requires: Option<Vec<String>>,
    base: Option<BaseRule>,
    cards: Option<Vec<String>>,
    narrow_figures: Option<Vec<String>>,
    formats: Option<Vec<Format>>,
    leave_out: Option<Vec<String>>,
    order: Option<Vec<String>>,
    lead: Option<Vec<String>>,
    cited_sections: Option<Vec<String>>,
    guarded_names: Option<Vec<String>>,
    body: Option<String>,
    official: Option<bool>,
    offer_options: Option<bool>,
    mark: Option<String>,
    compare_with: Option<Spanned<String>>,
    key_sections: Option<Vec<String>>,
    #[serde(default)]
    contact: BTreeMap<String, String>,
    #[serde(default)]
    style: BTreeMap<String, HouseStyle>,
    #[serde(default)]
    terms: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    thresholds: BTreeMap<String, f64>,
    #[serde(default)]
    paths: Paths,
    #[serde(default)]
    pub(super) brand: WrittenBrand,
    #[serde(skip)]
    pub(super) text: Option<SourceText>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Paths {
    data: Option<PathBuf>,
    templates: Option<PathBuf>,
    output: Option<PathBuf>,
}

impl Layer {
    pub(super) fn parse(text: &SourceText) -> Result<Self> {
        let mut layer: Self = read_toml("K0003", text)?;
        layer.text = Some(text.clone());
        Ok(layer)
    }

    pub(super) fn templates(&self) -> PathBuf {
        self.paths.templates.clone().unwrap_or_else(|| "templates".into())
    }

    pub(super) fn profile(&self) -> String {
        self.profile.as_ref().map_or_else(|| "default".to_owned(), |p| p.get_ref().clone())
    }

    pub(super) fn place_of_profile(&self, text: &SourceText) -> Place {
        place_of(&self.profile, text)
    }

    /// The profile this one is laid over.
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

/// What the layers mean together; a later one wins key by key.
pub(super) fn meant(
    root: &Path,
    files: Layers,
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
            Diagnostic::error("K0003", "the brief is published in no language")
                .at(Place::Path(text.path.clone()))
                .hint("add `languages = [\"…\"]`: a language for each `strings.LANG.toml`"),
        );
    }
    let period =
        last(layers, |l| l.period.clone().zip(l.text.clone())).and_then(|(period, text)| {
            if period.get_ref() == "latest" {
                return None;
            }
            period
                .get_ref()
                .parse()
                .map_err(|message: String| {
                    found.push(Diagnostic::error("K0003", message).at(text.place(period.span())))
                })
                .ok()
        });
    let (brand, logo) = brand::meant(layers, &files, &mut found);
    let fonts = brand::fonts(&files, &mut found);
    let region = overrides.region.clone().or_else(|| last(layers, |l| l.region.clone()));
    let needs_region = last(layers, |l| l.needs_region).unwrap_or(false);
    if region.is_none() && needs_region && !overrides.any_region {
        found.push(
            Diagnostic::error("K0014", "this profile's brief is one region's, and none is named")
                .at(texts.last().map(|text| Place::Path(text.path.clone())))
                .hint("name it with `--region KZ-71`, or all of them with `--region all`"),
        );
    }
    if !found.is_empty() {
        return Err(found);
    }
    let path = |pick: fn(&Layer) -> Option<PathBuf>, default: &str| {
        root.join(last(layers, pick).unwrap_or_else(|| default.into()))
    };
    Ok(Project {
        root: root.to_path_buf(),
        data: path(|l| l.paths.data.clone(), "data"),
        layers: files,
        output: path(|l| l.paths.output.clone(), "output"),
        profile: String::new(),
        languages,
        period,
        requires: last(layers, |l| l.requires.clone()).unwrap_or_default(),
        base: last(layers, |l| l.base).unwrap_or_default(),
        cards: last(layers, |l| l.cards.clone()).unwrap_or_default(),
        narrow: last(layers, |l| l.narrow_figures.clone()).unwrap_or_default(),
        formats: last(layers, |l| l.formats.clone()).unwrap_or_else(|| vec![Format::Standard]),
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
        style: styles(layers),
        terms: terms(layers),
        thresholds: merged(layers, |l| &l.thresholds),
        region,
        needs_region,
        // Said of a profile by itself: one laid over it is not meant.
        is_apart: layers.last().and_then(|l| l.apart).unwrap_or(false),
        regions: last(layers, |l| l.regions.clone()),
        mark: last(layers, |l| l.mark.clone()),
        compare_with: last(layers, |l| {
            let (written, text) = (l.compare_with.as_ref()?, l.text.as_ref()?);
            let place = Some(text.place(written.span()));
            Some(Previous { text: written.get_ref().clone(), from: root.to_path_buf(), place })
        }),
        key_sections: last(layers, |l| l.key_sections.clone()).unwrap_or_default(),
        texts,
    })
}

pub(super) fn last<T>(layers: &[Layer], pick: impl Fn(&Layer) -> Option<T>) -> Option<T> {
    layers.iter().rev().find_map(pick)
}

/// A table of all layers, a later one's keys over an earlier one's.
fn merged<T: Clone>(
    layers: &[Layer],
    pick: impl Fn(&Layer) -> &BTreeMap<String, T>,
) -> BTreeMap<String, T> {
    layers.iter().flat_map(|layer| pick(layer).clone()).collect()
}

fn styles(layers: &[Layer]) -> BTreeMap<String, HouseStyle> {
    let mut all: BTreeMap<String, HouseStyle> = BTreeMap::new();
    for (lang, style) in layers.iter().flat_map(|layer| &layer.style) {
        all.entry(lang.clone()).or_default().overlay(style);
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
