//! Which part of a section's file wrote which part of its output.

use std::ops::Range;

use minijinja::{OutputSpan, OutputSpanKind};

use super::locate::find_spaced;
use super::operators::Prepared;
use crate::diag::{Place, SourceText};

/// The output of a section, with the spans that the template engine recorded.
pub(super) struct Spans<'a> {
    output: &'a str,
    spans: &'a [OutputSpan],
    prepared: &'a Prepared,
    file: &'a SourceText,
}

impl<'a> Spans<'a> {
    /// `spans` are those of `output`, which the compiled text `prepared` of `file` gave.
    pub(super) fn new(
        output: &'a str,
        spans: &'a [OutputSpan],
        prepared: &'a Prepared,
        file: &'a SourceText,
    ) -> Self {
        Self { output, spans, prepared, file }
    }

    /// Where a range of the output is written: its first typed words up to the end of their line, else the
    /// first call or value in it, else the file.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        let typed = self.typed(&range).find_map(|part| {
            let start = part.start + self.output[part.clone()].find(char::is_alphanumeric)?;
            let line = self.output[start..part.end].lines().next()?.trim_end();
            Some(self.source(start..start + line.len()))
        });
        let value = || {
            let mut values = self.within(&range).filter(|span| !is_typed(span));
            values.next().map(|span| self.prepared.written(span.source_range()))
        };
        match typed.or_else(value) {
            Some(written) => self.file.place(written),
            None => Place::Path(self.file.path.clone()),
        }
    }

    /// Where words are typed within a range of the output; else the place of the range.
    pub(super) fn place_of_words(&self, words: &str, range: Range<usize>) -> Place {
        let found = self.typed(&range).find_map(|part| {
            let words = find_spaced(&self.output[part.clone()], words)?;
            Some(self.source(part.start + words.start..part.start + words.end))
        });
        found.map_or_else(|| self.place(range), |written| self.file.place(written))
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

    /// The place in the file of typed output.
    fn source(&self, typed: Range<usize>) -> Range<usize> {
        let holds = |span: &&OutputSpan| {
            let output = span.output_range();
            output.start <= typed.start && typed.end <= output.end
        };
        let span = self.spans.iter().find(holds).expect("typed output is a part of one span");
        let shift = span.source_range().start as isize - span.output_range().start as isize;
        let moved = |at: usize| at.saturating_add_signed(shift);
        self.prepared.written(moved(typed.start)..moved(typed.end))
    }
}

/// Whether the output of a span is text of the file, and not the result of an expression.
fn is_typed(span: &OutputSpan) -> bool {
    span.kind() == OutputSpanKind::Raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_found_where_it_is_written_though_the_words_occur_before() {
        let text = "{# by land #}Up.\n\n{% if a %}Of {{ a }} all\nwas by land.{% endif %}\n\n{{ a }}\n";
        let (file, prepared) = (SourceText::new("a.md", text), Prepared::as_written(text));
        let env = minijinja::Environment::new();
        let template = env.template_from_named_str("a", &prepared.text).unwrap();
        let (output, all) = template.render_with_spans(minijinja::context!(a => 7)).unwrap();
        let spans = Spans::new(&output, &all, &prepared, &file);
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
