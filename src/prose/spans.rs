//! Which part of a section's file wrote which part of its output.

use std::ops::Range;

use minijinja::{OutputSpan, OutputSpanKind};

use super::locate::find_spaced;
use super::operators::Prepared;
use crate::diag::{Place, SourceText};

/// The output of a section, with the spans that the template engine recorded.
pub(super) struct Spans<'a> {
    output: &'a str,
    /// What [`unindented`] removed from the output.
    removed: &'a [(usize, usize)],
    spans: &'a [OutputSpan],
    prepared: &'a Prepared,
    file: &'a SourceText,
}

impl<'a> Spans<'a> {
    /// `spans` are those of `output`, which the compiled text `prepared` of `file` gave.
    pub(super) fn new(
        (output, removed): (&'a str, &'a [(usize, usize)]),
        spans: &'a [OutputSpan],
        prepared: &'a Prepared,
        file: &'a SourceText,
    ) -> Self {
        Self { output, removed, spans, prepared, file }
    }

    /// A range of the output without what was removed, in the whole output.
    fn whole(&self, range: Range<usize>) -> Range<usize> {
        let moved = |at: usize| {
            at + self
                .removed
                .iter()
                .take_while(|(place, _)| *place <= at)
                .map(|(_, n)| n)
                .sum::<usize>()
        };
        moved(range.start)..moved(range.end)
    }

    /// Where a range of the output is written: its first typed words up to the end of their line, else the
    /// first call or value in it, else the file.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        self.place_in_whole(self.whole(range))
    }

    fn place_in_whole(&self, range: Range<usize>) -> Place {
        let typed = self.typed(&range).find_map(|part| {
            let text = &self.output[part.clone()];
            let words = text.trim_start_matches([' ', '\n', '#', '-', '*']);
            let line = words.lines().next()?.trim_end();
            let start = part.end - words.len();
            (!line.is_empty()).then(|| self.source(start..start + line.len()))
        });
        let value = || {
            let span = self.within(&range).find(|span| !is_typed(span))?;
            let text = self.output.get(range.clone()).unwrap_or_default();
            Some(self.body(span, text).unwrap_or_else(|| self.written(span)))
        };
        match typed.or_else(value) {
            Some(written) => self.file.place(written),
            None => Place::Path(self.file.path.clone()),
        }
    }

    /// Where words in a range of the output are written; else the place of the range.
    pub(super) fn place_of_words(&self, words: &str, range: Range<usize>) -> Place {
        let range = self.whole(range);
        let found = find_spaced(self.output.get(range.clone()).unwrap_or_default(), words);
        let found = found.map(|found| range.start + found.start..range.start + found.end);
        let written = found.as_ref().and_then(|found| {
            let span = self.within(found).next()?;
            if is_typed(span) { Some(self.source(found.clone())) } else { self.body(span, words) }
        });
        match written {
            Some(written) => self.file.place(written),
            None => self.place_in_whole(found.unwrap_or(range)),
        }
    }

    /// Where words are typed in the body of a call, `{% call … %}words{% endcall %}`.
    fn body(&self, span: &OutputSpan, words: &str) -> Option<Range<usize>> {
        let start = self.written(span).end;
        let rest = &self.file.text[start..];
        let body = &rest[..rest.find("endcall")?];
        let found = find_spaced(body, words.trim()).filter(|found| !found.is_empty())?;
        Some(start + found.start..start + found.end)
    }

    /// The parts of a range of the output that are typed in the file.
    fn typed(&self, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let (start, end) = (range.start, range.end);
        self.within(range).filter(|span| is_typed(span)).map(move |span| {
            let output = span.output_range();
            output.start.max(start)..output.end.min(end)
        })
    }

    fn within(&self, range: &Range<usize>) -> impl Iterator<Item = &'a OutputSpan> + use<'a> {
        let (start, end) = (range.start, range.end);
        self.spans.iter().filter(move |span| {
            let output = span.output_range();
            output.start < end && output.end > start
        })
    }

    /// The place in the file of typed output, which begins in one span.
    fn source(&self, typed: Range<usize>) -> Range<usize> {
        let holds = |span: &&OutputSpan| span.output_range().contains(&typed.start);
        let Some(span) = self.spans.iter().find(holds) else { return 0..0 };
        let (output, source) = (span.output_range(), span.source_range());
        let moved = |at: usize| (source.start + at - output.start).min(source.end);
        self.prepared.written(moved(typed.start)..moved(typed.end.min(output.end)))
    }

    /// The expression of a span in the file.
    fn written(&self, span: &OutputSpan) -> Range<usize> {
        self.prepared.written(span.source_range())
    }
}

/// The output without the blanks between sentences that were left out at the beginning of a line, which
/// Markdown would read as an indented block, and for each removal its offset in the result and its length.
///
/// A line keeps the indentation that is typed after its line break; blanks after a call are none.
pub(super) fn unindented(output: &str, spans: &[OutputSpan]) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut removed) = (String::with_capacity(output.len()), vec![]);
    let mut at = 0;
    for line in output.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let end = at + line.len() - content.len();
        if at < end {
            // The end of the span that the line begins in.
            let typed = spans.iter().map(OutputSpan::output_range).find(|span| span.contains(&at));
            let indented = typed.map_or(end, |span| span.end.clamp(at, end));
            text.push_str(&output[at..indented]);
            if indented < end {
                removed.push((text.len(), end - indented));
            }
        }
        text.push_str(content);
        at += line.len();
    }
    (text, removed)
}

/// Whether the output of a span is text of the file, and not the result of an expression.
fn is_typed(span: &OutputSpan) -> bool {
    span.kind() == OutputSpanKind::Raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_between_calls_are_no_indentation() {
        let text = "{{ a }} {{ a }} {{ a }} {{ a }} {{ a }} {{ b }}.\n    - typed\n{{ a }}  x\n";
        let env = minijinja::Environment::new();
        let template = env.template_from_named_str("a", text).unwrap();
        let (output, all) =
            template.render_with_spans(minijinja::context!(a => "", b => 7)).unwrap();
        let (trimmed, removed) = unindented(&output, &all);
        assert_eq!(trimmed, " 7.\n    - typed\n  x");
        let (file, prepared) = (SourceText::new("a.md", text), Prepared::as_written(text));
        let spans = Spans::new((&output, &removed), &all, &prepared, &file);
        let start = trimmed.find("- typed").unwrap();
        assert_eq!(spans.place(start..start + 7).to_string(), "a.md:2:7");
        assert_eq!(spans.place(1..2).to_string(), "a.md:1:44");
    }

    #[test]
    fn output_is_found_where_it_is_written_though_the_words_occur_before() {
        let text =
            "{# by land #}Up.\n\n{% if a %}Of {{ a }} all\nwas by land.{% endif %}\n\n{{ a }}\n";
        let (file, prepared) = (SourceText::new("a.md", text), Prepared::as_written(text));
        let env = minijinja::Environment::new();
        let template = env.template_from_named_str("a", &prepared.text).unwrap();
        let (output, all) = template.render_with_spans(minijinja::context!(a => 7)).unwrap();
        let spans = Spans::new((&output, &[]), &all, &prepared, &file);
        let line = |words: &str| {
            let start = output.find(words).unwrap();
            start..start + words.len()
        };
        let place = |range| spans.place(range).to_string();
        assert_eq!(place(line("Up.")), "a.md:1:14");
        assert_eq!(place(line("Of 7 all\nwas by land.")), "a.md:3:11");
        assert_eq!(place(line("7 all\nwas by land.")), "a.md:3:22");
        assert_eq!(place(output.len() - 2..output.len()), "a.md:6:4");
        let words = spans.place_of_words("by land", 0..output.len());
        assert_eq!(words.to_string(), "a.md:4:5");
    }
}
