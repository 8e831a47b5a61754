//! Figures: makes a chart of facts, worded in the edition's language.

use std::collections::BTreeSet;

use super::{FigureSpec, Sources, caption, fitness};
use crate::charts::Chart;
use crate::diag::Result;
use crate::document::{Figure, Inline};
use crate::prose::{Writer, plain};
use crate::stats::{Fact, Facts};

/// The figure with its chart; `None` if what it shows is missing. The first of `writers` is that of the
/// edition's own language.
pub fn figure(
    spec: &FigureSpec,
    writers: &[&Writer],
    width_pt: f64,
) -> Result<Option<(Figure, Chart)>> {
    let writer = writers[0];
    fitness::figure(spec, writer)?;
    let Some(chart) = spec.form.chart(spec, writer)? else { return Ok(None) };
    let key = |part: &str| format!("figures.{}.{part}", spec.id);
    let Some(title) = writer.phrase(&key("title"))? else { return Ok(None) };
    let subtitle = writer.maybe_phrase(&key("subtitle"))?.unwrap_or_default();
    let Some(alt) = writer.phrase(&key("alt"))? else { return Ok(None) };
    let sources = sources(writer.facts(), &spec.form.facts());
    let shown: Vec<&Fact> =
        spec.form.facts().into_iter().filter_map(|id| writer.facts().get(id)).collect();
    for (part, line) in [("title", &title), ("subtitle", &subtitle), ("alt", &alt)] {
        writer.rightly_called(&key(part), line, &shown)?;
    }
    let sources = Sources::Of(&sources);
    let captions: Result<Vec<_>> = writers
        .iter()
        .map(|writer| caption(writer, "figures", &spec.id, sources, &shown))
        .collect();
    let figure = Figure {
        id: spec.id.clone(),
        number: 0,
        title,
        subtitle,
        path: format!("/figures/{}.svg", spec.id),
        width_pt,
        captions: captions?,
        alt: plain(&alt),
        note: note(writer, &key("note"), spec.form.shown(writer.facts()))?,
    };
    Ok(Some((figure, chart)))
}

/// The number of members with a value in at least one of some series.
pub(super) fn known_members<'f>(
    facts: &'f Facts,
    of: impl IntoIterator<Item = &'f String>,
) -> usize {
    let series = of.into_iter().filter_map(|id| facts.get(id)?.series());
    let members = series.flat_map(|series| &series.members);
    members.filter(|m| m.quantity.is_some()).map(|m| &m.code).collect::<BTreeSet<_>>().len()
}

/// The note under an exhibit. It begins with how much of the data is shown, in the phrase `cut` or
/// `whole` beside the note, if the language has one.
pub(super) fn note(
    writer: &Writer,
    key: &str,
    shown: Option<(usize, usize)>,
) -> Result<Vec<Inline>> {
    let mut note = vec![];
    if let Some((shown, all)) = shown {
        let part = if shown < all { "cut" } else { "whole" };
        let words = key.strip_suffix("note").unwrap_or(key).to_owned() + part;
        if writer.strings.get(&words).is_some() {
            let number = |n: usize| writer.locale().ungrouped(n as i64);
            let text = writer.plain(&words)?.replace("{n}", &number(shown));
            note.push(Inline::text(text.replace("{all}", &number(all))));
        }
    }
    let own = writer.maybe_phrase(key)?.unwrap_or_default();
    if !note.is_empty() && !own.is_empty() {
        note.push(Inline::text(" "));
    }
    note.extend(own);
    Ok(note)
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
