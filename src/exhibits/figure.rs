//! Figures: from facts to a chart in the edition's words.

use std::collections::BTreeSet;

use super::{FigureSpec, Form, caption};
use crate::diag::Result;
use crate::document::Figure;
use crate::facts::{Fact, Facts, Member, Quantity, Series};
use crate::figures::{Bar, Chart, Pair};
use crate::locale::Sign;
use crate::prose::{Voice, plain};

/// The figure and its chart, or none when what it shows is missing; `voices` has the edition's
/// own language first.
pub fn figure(
    spec: &FigureSpec,
    voices: &[&Voice],
    width_pt: f64,
) -> Result<Option<(Figure, Chart)>> {
    let voice = voices[0];
    let Some(chart) = chart(spec, voice)? else { return Ok(None) };
    let key = |part: &str| format!("figures.{}.{part}", spec.id);
    let Some(title) = voice.phrase(&key("title"))? else { return Ok(None) };
    let Some(alt) = voice.phrase(&key("alt"))? else { return Ok(None) };
    let sources = sources(voice.facts(), &spec.form.facts());
    let shown: Vec<&Fact> =
        spec.form.facts().into_iter().filter_map(|id| voice.facts().get(id)).collect();
    for (part, line) in [("title", &title), ("alt", &alt)] {
        voice.rightly_called(&key(part), line, &shown)?;
    }
    let captions: Result<Vec<_>> =
        voices.iter().map(|voice| caption(voice, "figures", &spec.id, &sources, &shown)).collect();
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

fn chart(spec: &FigureSpec, voice: &Voice) -> Result<Option<Chart>> {
    let facts = voice.facts();
    let series = |id: &str| facts.get(id).and_then(|fact| fact.series());
    Ok(match &spec.form {
        Form::DivergingBars { of } => match series(of) {
            Some(series) => {
                let base = voice.maybe_phrase(&format!("figures.{}.base", spec.id))?;
                Some(Chart::DivergingBars {
                    bars: bars(series, voice)?,
                    base: plain(&base.unwrap_or_default()),
                })
            }
            None => None,
        },
        Form::Columns { of, breaks } => match series(of) {
            Some(series) => {
                let columns = series.members.iter().map(|member| column(member, voice)).collect();
                let mut marks = vec![];
                for year in breaks {
                    if let Some(at) = series.members.iter().position(|m| *m.code == **year)
                        && at > 0
                    {
                        marks.push((at, voice.plain(&format!("figures.{}.break", spec.id))?));
                    }
                }
                let unit = voice.plain(&format!("figures.{}.unit", spec.id))?;
                Some(Chart::Columns { columns, breaks: marks, unit })
            }
            None => None,
        },
        Form::PairedDots { first, second, top } => {
            let rows = pairs(series(first), series(second), *top, voice)?;
            let has_net = rows.iter().any(|row| row.first.is_some() && row.second.is_some());
            let head = |part: &str| voice.plain(&format!("figures.{}.{part}", spec.id));
            let rows: Vec<Pair> = match has_net {
                true => rows,
                // A column in which nothing can stand is left out.
                false => rows.into_iter().map(|row| Pair { net: String::new(), ..row }).collect(),
            };
            match rows.is_empty() {
                true => None,
                false => Some(Chart::PairedDots {
                    rows,
                    first: head("first")?,
                    second: head("second")?,
                    net: if has_net { head("net")? } else { String::new() },
                }),
            }
        }
    })
}

fn bars(series: &Series, voice: &Voice) -> Result<Vec<Bar>> {
    series
        .ranked()
        .into_iter()
        .map(|(member, quantity)| {
            Ok(Bar {
                label: voice.locale().name(&series.register, &member.code, "nom")?.to_owned(),
                value: Some(quantity.value),
                text: voice.locale().integer(quantity, Sign::Always),
                base: member.base.map(|base| base.value),
                is_emphasised: false,
            })
        })
        .collect()
}

fn column(member: &Member, voice: &Voice) -> Bar {
    Bar {
        label: member.code.to_string(),
        value: member.quantity.map(|q| q.value),
        text: member.quantity.map_or_else(
            || voice.locale().missing().to_owned(),
            |q| voice.locale().integer(q, Sign::Always),
        ),
        base: None,
        is_emphasised: false,
    }
}

/// The rows of two series, the largest of either value first.
fn pairs(
    first: Option<&Series>,
    second: Option<&Series>,
    top: usize,
    voice: &Voice,
) -> Result<Vec<Pair>> {
    let Some(order) = first.or(second) else { return Ok(vec![]) };
    let of = |series: Option<&Series>, code: &str| {
        series.and_then(|s| s.members.iter().find(|m| &*m.code == code)).and_then(|m| m.quantity)
    };
    let mut rows: Vec<(&Member, Option<Quantity>, Option<Quantity>)> = order
        .members
        .iter()
        .map(|member| (member, of(first, &member.code), of(second, &member.code)))
        .filter(|(_, a, b)| a.is_some() || b.is_some())
        .collect();
    let size = |a: &Option<Quantity>, b: &Option<Quantity>| {
        a.map_or(0.0, |q| q.value).max(b.map_or(0.0, |q| q.value))
    };
    rows.sort_by(|x, y| size(&y.1, &y.2).total_cmp(&size(&x.1, &x.2)));
    rows.truncate(top);
    rows.into_iter()
        .map(|(member, a, b)| {
            let dot = |q: Quantity| (q.value, voice.locale().integer(q, Sign::Auto));
            let net = match (a, b) {
                (Some(a), Some(b)) => voice
                    .locale()
                    .integer(crate::indicators::quantity::difference(a, b), Sign::Always),
                _ => voice.locale().missing().to_owned(),
            };
            Ok(Pair {
                label: voice.locale().name(&order.register, &member.code, "nom")?.to_owned(),
                first: a.map(dot),
                second: b.map(dot),
                net,
            })
        })
        .collect()
}
