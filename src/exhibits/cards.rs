//! Cards: the four or five numbers on the first page.

use crate::diag::Result;
use crate::document::{Card, Inline, Tone};
use crate::prose::{Writer, plain};
use crate::stats::{Facts, Operation, Value};

/// The card `id`; `None` if its number is missing.
pub fn card(writer: &Writer, id: &str) -> Result<Option<Card>> {
    let key = |part: &str| format!("cards.{id}.{part}");
    // A loop without published members records no missing fact and prints nothing.
    let said = writer.phrase(&key("value"))?.filter(|value| !plain(value).trim().is_empty());
    let Some(value) = said else { return Ok(None) };
    let note = writer.maybe_phrase(&key("note"))?;
    let unit = writer.plain(&key("unit"))?;
    writer.unit_fits(&key("unit"), &value, &unit)?;
    let change = format!("{id}.change");
    let tells_change =
        [Some(&value), note.as_ref()].into_iter().flatten().any(|words| quotes(words, &change));
    // The label and the number are checked as one statement.
    let mut whole = writer.phrase(&key("label"))?.unwrap_or_default();
    let label = plain(&whole);
    whole.push(Inline::text(" "));
    whole.extend(value.iter().cloned());
    writer.rightly_called(&key("label"), &whole, &[])?;
    Ok(Some(Card {
        value,
        unit,
        label,
        note: note.unwrap_or_default(),
        tone: tone(writer.facts(), id, tells_change),
    }))
}

/// Whether a line quotes a fact.
fn quotes(words: &[Inline], fact: &str) -> bool {
    words.iter().any(|inline| match inline {
        Inline::Fact { id, .. } => id == fact,
        other => quotes(other.content(), fact),
    })
}

/// The tone of a card. A balance is a gain or loss by its sign; a count by its change, if the card prints
/// the change, so that colour never says more than the words.
fn tone(facts: &Facts, id: &str, tells_change: bool) -> Tone {
    let sign = |value: f64| match value {
        v if v > 0.0 => Tone::Gain,
        v if v < 0.0 => Tone::Loss,
        _ => Tone::Neutral,
    };
    let Some(fact) = facts.get(id) else { return Tone::Neutral };
    let change = || facts.get(&format!("{id}.change")).and_then(|change| change.number());
    match &fact.value {
        Value::Number(quantity) if fact.is_signed => sign(quantity.value),
        Value::Series(series) | Value::Members(series) if fact.is_signed => {
            series.ranked().first().map_or(Tone::Neutral, |(_, q)| sign(q.value))
        }
        _ if !tells_change => Tone::Neutral,
        _ => {
            let growth = if is_subtracted(facts, id) { -1.0 } else { 1.0 };
            change().map_or(Tone::Neutral, |q| sign(growth * q.value))
        }
    }
}

/// Whether a balance subtracts this count, as departures; then a decrease is a gain.
fn is_subtracted(facts: &Facts, id: &str) -> bool {
    facts.all.values().any(|fact| {
        fact.is_signed
            && fact.operation == Operation::Difference
            && fact.operands.get(1).is_some_and(|less| less == id)
    })
}
