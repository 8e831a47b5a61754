//! `brief.toml` and `profile.toml` as written: layers whose keys lie over one another.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::{Format, Previous, Project};
use crate::diag::{Diagnostic, Place, Result, SourceText, read_toml};
use crate::document::Brand;
use crate::indicators::BaseRule;

/// One layer: every key may be left out.
#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Layer {
    profile: Option<Spanned<String>>,
    languages: Option<Spanned<Vec<String>>>,
    period: Option<Spanned<String>>,
    requires: Option<Vec<String>>,
    base: Option<BaseRule>,
    cards: Option<Vec<String>>,
    narrow_figures: Option<Vec<String>>,
    formats: Option<Vec<Format>>,
    leave_out: Option<Vec<String>>,
    cited_sections: Option<Vec<String>>,
    guarded_names: Option<Vec<String>>,
    body: Option<String>,
    official: Option<bool>,
    offer_options: Option<bool>,
    mark: Option<String>,
    compare_with: Option<Spanned<String>>,
    key_sections: Option<Vec<String>>,
    #[serde(default)]
    paths: Paths,
    #[serde(default)]
    brand: WrittenBrand,
    #[serde(skip)]
    text: Option<SourceText>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Paths {
    data: Option<PathBuf>,
    templates: Option<PathBuf>,
    output: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WrittenBrand {
    accent: Option<Spanned<String>>,
    gain: Option<Spanned<String>>,
    loss: Option<Spanned<String>>,
    quiet: Option<Spanned<String>>,
    ink: Option<Spanned<String>>,
    font: Option<String>,
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

    pub(super) fn place_of(&self, key: &str, text: &SourceText) -> Place {
        match (key, &self.profile) {
            ("profile", Some(profile)) => text.place(profile.span()),
            _ => Place::Path(text.path.clone()),
        }
    }
}

/// What the layers mean together; a later one wins key by key.
pub(super) fn meant(root: &Path, layers: &[Layer], text: SourceText) -> Result<Project> {
    let mut found = vec![];
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
    let brand = brand(layers, &mut found);
    if !found.is_empty() {
        return Err(found);
    }
    let path = |pick: fn(&Layer) -> Option<PathBuf>, default: &str| {
        root.join(last(layers, pick).unwrap_or_else(|| default.into()))
    };
    Ok(Project {
        root: root.to_path_buf(),
        data: path(|l| l.paths.data.clone(), "data"),
        templates: path(|l| l.paths.templates.clone(), "templates"),
        output: path(|l| l.paths.output.clone(), "output"),
        profile: String::new(),
        languages,
        period,
        requires: last(layers, |l| l.requires.clone()).unwrap_or_default(),
        base: last(layers, |l| l.base).unwrap_or_default(),
        cards: last(layers, |l| l.cards.clone()).unwrap_or_default(),
        narrow: last(layers, |l| l.narrow_figures.clone()).unwrap_or_default(),
        formats: last(layers, |l| l.formats.clone()).unwrap_or_else(|| vec![Format::Standard]),
        leave_out: last(layers, |l| l.leave_out.clone()).unwrap_or_default(),
        cited_sections: last(layers, |l| l.cited_sections.clone()).unwrap_or_default(),
        guarded_names: last(layers, |l| l.guarded_names.clone()).unwrap_or_default(),
        body: last(layers, |l| l.body.clone()).unwrap_or_default(),
        offers_options: last(layers, |l| l.offer_options).unwrap_or(false),
        is_official: last(layers, |l| l.official).unwrap_or(false),
        brand,
        mark: last(layers, |l| l.mark.clone()),
        compare_with: last(layers, |l| {
            let (written, text) = (l.compare_with.as_ref()?, l.text.as_ref()?);
            let place = Some(text.place(written.span()));
            Some(Previous { text: written.get_ref().clone(), from: root.to_path_buf(), place })
        }),
        key_sections: last(layers, |l| l.key_sections.clone()).unwrap_or_default(),
        text,
    })
}

fn last<T>(layers: &[Layer], pick: impl Fn(&Layer) -> Option<T>) -> Option<T> {
    layers.iter().rev().find_map(pick)
}

fn brand(layers: &[Layer], found: &mut Vec<Diagnostic>) -> Brand {
    let default = Brand::default();
    let mut colour = |pick: fn(&Layer) -> Option<&Spanned<String>>, default: String| {
        for layer in layers.iter().rev() {
            let (Some(written), Some(text)) = (pick(layer), &layer.text) else { continue };
            let is_colour = written
                .get_ref()
                .strip_prefix('#')
                .is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()));
            if is_colour {
                return written.get_ref().to_ascii_uppercase();
            }
            found.push(
                Diagnostic::error("K0007", format!("`{}` is no colour", written.get_ref()))
                    .at(text.place(written.span()))
                    .hint(
                        "write it as `#12436D`: red, green and blue, two hexadecimal digits each",
                    ),
            );
        }
        default
    };
    Brand {
        accent: colour(|l| l.brand.accent.as_ref(), default.accent),
        gain: colour(|l| l.brand.gain.as_ref(), default.gain),
        loss: colour(|l| l.brand.loss.as_ref(), default.loss),
        quiet: colour(|l| l.brand.quiet.as_ref(), default.quiet),
        ink: colour(|l| l.brand.ink.as_ref(), default.ink),
        font: last(layers, |l| l.brand.font.clone()).unwrap_or(default.font),
    }
}
