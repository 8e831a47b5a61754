//! Figures: from facts to a chart in the edition's words.

use std::collections::BTreeSet;

use super::{FigureSpec, Sources, caption, charts};
use crate::diag::Result;
use crate::document::Figure;
use crate::facts::{Fact, Facts};
use crate::figures::Chart;
use crate::prose::{Voice, plain};

/// The figure and its chart, or none when what it shows is missing; `voices` has the edition's
/// own language first.
pub fn figure(
    spec: &FigureSpec,
    voices: &[&Voice],
    width_pt: f64,
) -> Result<Option<(Figure, Chart)>> {
    let voice = voices[0];
    let Some(chart) = charts::chart(spec, voice)? else { return Ok(None) };
    let key = |part: &str| format!("figures.{}.{part}", spec.id);
    let Some(title) = voice.phrase(&key("title"))? else { return Ok(None) };
    let Some(alt) = voice.phrase(&key("alt"))? else { return Ok(None) };
    let sources = sources(voice.facts(), &spec.form.facts());
    let shown: Vec<&Fact> =
        spec.form.facts().into_iter().filter_map(|id| voice.facts().get(id)).collect();
    for (part, line) in [("title", &title), ("alt", &alt)] {
        voice.rightly_called(&key(part), line, &shown)?;
    }
    let sources = Sources::Of(&sources);
    let captions: Result<Vec<_>> =
        voices.iter().map(|voice| caption(voice, "figures", &spec.id, sources, &shown)).collect();
    let figure = Figure {
        id: spec.id.clone(),
        number: 0,
        title,
        path: format!("/figures/{}.svg", spec.id),
        width_pt,
        captions: captions?,
        alt: plain(&alt),
        note: voice.maybe_phrase(&key("note"))?.unwrap_or_default(),
    };
    Ok(Some((figure, chart)))
}

/// The sources of some facts, in the order of use.
pub(super) fn sources(facts: &Facts, ids: &[&str]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    ids.iter()
        .filter_map(|id| facts.get(id))
        .flat_map(|fact| &fact.sources)
        .map(|source| source.to_string())
        .filter(|source| seen.insert(source.clone()))
        .collect()
}
