//! Polish: corrects the typography of a line after its values have been inserted.
//!
//! Authors type ordinary spaces; the language file defines which must not break. Spaces and dashes are
//! corrected here; other findings of the lint are reported (K0308). Values are never changed, only the
//! text around them.

use crate::document::Inline;
use crate::locale::{Finding, Locale, Rule, lint};

/// Stands for citations and names from data in the linted text.
const OPAQUE: &str = "\u{FFFC}";

/// Corrects the typography of a line; returns what cannot be corrected, each finding with the id of its
/// sentence.
pub(super) fn polish(line: &mut [Inline], locale: &Locale) -> Vec<(Option<String>, Finding)> {
    join_full_stops(line);
    capitalise(line);
    visit(line, &mut |inline| {
        if let Inline::Text { text } = inline
            && let std::borrow::Cow::Owned(put) = locale.in_terms(text)
        {
            *text = put;
        }
    });
    let mut text = String::new();
    let sentences = sentences(line);
    // For each editable text its offset in `text` and its length.
    let mut editable: Vec<(usize, usize)> = vec![];
    visit(line, &mut |inline| match inline {
        Inline::Text { text: part } => {
            editable.push((text.len(), part.len()));
            text.push_str(part);
        }
        Inline::Fact { form, .. } if form == "name" => text.push_str(OPAQUE),
        Inline::Fact { text: part, .. } => text.push_str(part),
        Inline::Ref { text: part, .. } if !part.is_empty() => text.push_str(part),
        Inline::Cite { .. } | Inline::Ref { .. } => text.push_str(OPAQUE),
        Inline::Break => text.push('\n'),
        _ => {}
    });
    let mut left = vec![];
    let mut edits: Vec<(usize, Finding)> = vec![];
    for finding in lint(&text, locale) {
        let holder = editable.iter().position(|(start, length)| {
            *start <= finding.range.start && finding.range.end <= start + length
        });
        match holder {
            Some(index) if is_settable(finding.rule) => edits.push((index, finding)),
            // A finding inside a value is about the locale's own output or a name from data.
            Some(index) => left.push((sentences.get(index).cloned().flatten(), finding)),
            None => {}
        }
    }
    // From the end, so that earlier ranges stay valid.
    edits.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.range.start));
    let mut index = 0;
    visit(line, &mut |inline| {
        let Inline::Text { text: part } = inline else { return };
        let (start, _) = editable[index];
        for (_, finding) in edits.iter().filter(|(at, _)| *at == index) {
            let range = finding.range.start - start..finding.range.end - start;
            if part.is_char_boundary(range.start)
                && part.is_char_boundary(range.end)
                && range.end <= part.len()
            {
                part.replace_range(range, &finding.wanted);
            }
        }
        index += 1;
    });
    left
}

/// Whether a finding is about spaces or dashes, which are corrected without asking.
fn is_settable(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::GroupSpace
            | Rule::NoBreakSpace
            | Rule::PercentSpace
            | Rule::SentenceDash
            | Rule::RangeDash
            | Rule::DoubleSpace
    )
}

/// Merges the full stop of an abbreviation with that of its sentence: «2025 г.».
fn join_full_stops(line: &mut [Inline]) {
    let mut ends_with_stop = false;
    visit(line, &mut |inline| {
        let Some(text) = words(inline) else { return };
        if ends_with_stop && text.starts_with('.') && !text.starts_with("..") {
            text.remove(0);
        }
        join_within(text);
        if !text.is_empty() {
            ends_with_stop = text.ends_with('.') && !text.ends_with("..");
        }
    });
}

/// The same inside one text: «чел.» and the full stop after a condition that printed nothing.
fn join_within(text: &mut String) {
    let doubled = |at: &usize| {
        let (before, after) = (&text[..*at], &text[at + 2..]);
        before.ends_with(char::is_alphabetic) && (after.is_empty() || after.starts_with(' '))
    };
    let found = text.match_indices("..").map(|(at, _)| at).find(doubled);
    if let Some(at) = found {
        text.remove(at);
    }
}

/// Capitalises a period or day at the beginning of a sentence: «За 2025 г. …».
fn capitalise(line: &mut [Inline]) {
    for inline in line {
        match inline {
            Inline::Sentence { content, .. } => {
                if let Some(Inline::Fact { form, text, .. }) = first(content)
                    && form == "time"
                {
                    let mut letters = text.chars();
                    if let Some(letter) = letters.next() {
                        *text = letter.to_uppercase().chain(letters).collect();
                    }
                }
            }
            Inline::Emph { content } | Inline::Strong { content } => capitalise(content),
            _ => {}
        }
    }
}

/// The first leaf of a line.
fn first(line: &mut [Inline]) -> Option<&mut Inline> {
    match line.first_mut()? {
        Inline::Sentence { content, .. }
        | Inline::Emph { content }
        | Inline::Strong { content }
        | Inline::Link { content, .. }
        | Inline::Foreign { content, .. } => first(content),
        leaf => Some(leaf),
    }
}

fn words(inline: &mut Inline) -> Option<&mut String> {
    match inline {
        Inline::Text { text } | Inline::Fact { text, .. } | Inline::Ref { text, .. } => Some(text),
        _ => None,
    }
}

/// The sentence id of each text in a line, in order.
fn sentences(line: &[Inline]) -> Vec<Option<String>> {
    fn each(line: &[Inline], sentence: Option<&str>, all: &mut Vec<Option<String>>) {
        for inline in line {
            match inline {
                Inline::Text { .. } => all.push(sentence.map(str::to_owned)),
                Inline::Sentence { id, content } => each(content, Some(id), all),
                other => each(other.content(), sentence, all),
            }
        }
    }
    let mut all = vec![];
    each(line, None, &mut all);
    all
}

/// Visits every leaf, in order.
fn visit(line: &mut [Inline], each: &mut dyn FnMut(&mut Inline)) {
    for inline in line {
        match inline {
            Inline::Sentence { content, .. }
            | Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => visit(content, each),
            leaf => each(leaf),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_at_the_end_of_a_sentence_has_one_full_stop() {
        let said = |texts: &[&str]| {
            let text = |text: &&str| Inline::Text { text: (*text).to_owned() };
            let mut line: Vec<Inline> = texts.iter().map(text).collect();
            join_full_stops(&mut line);
            crate::document::plain(&line)
        };
        assert_eq!(said(&["в 2025 г.", "."]), "в 2025 г.");
        assert_eq!(said(&["+3 801 чел.. Далее"]), "+3 801 чел. Далее");
        assert_eq!(said(&["+3 801 чел.."]), "+3 801 чел.");
        assert_eq!(said(&["и так далее..."]), "и так далее...");
        assert_eq!(said(&["см. ../facts"]), "см. ../facts");
    }
}
