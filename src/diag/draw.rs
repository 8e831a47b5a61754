//! Draws a diagnostic as text: the message, the line, carets, notes and hints.

use std::collections::HashMap;
use std::io::Write as _;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Drawn, Label, Severity as Level};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::termcolor::{Buffer, BufferWriter, ColorChoice};
use codespan_reporting::term::{self, Config};

use super::cut::{ELLIPSIS, shortened, window};
use super::{Diagnostic, Message, Place, Severity, SourceText, slashed};

/// Draws `diagnostic` without colour, for a file, a test or a pipe.
pub fn draw(diagnostic: &Diagnostic) -> String {
    let mut buffer = Buffer::no_color();
    match drawn(diagnostic, &mut buffer) {
        Ok(text) => String::from_utf8_lossy(&text).into_owned(),
        Err(error) => format!("{}: {error}\n", diagnostic.message),
    }
}

/// Draws `diagnostic` to standard error, in colour if the terminal supports it.
pub fn draw_to_terminal(diagnostic: &Diagnostic, choice: ColorChoice) -> std::io::Result<()> {
    let stream = BufferWriter::stderr(choice);
    let mut buffer = stream.buffer();
    let text = drawn(diagnostic, &mut buffer)?;
    buffer.clear();
    buffer.write_all(&text)?;
    stream.print(&buffer)
}

/// The drawing with the colours of a buffer.
fn drawn(diagnostic: &Diagnostic, buffer: &mut Buffer) -> std::io::Result<Vec<u8>> {
    let (files, drawn) = prepare(diagnostic);
    term::emit_to_write_style(buffer, &config(), &files, &drawn).map_err(|error| match error {
        Error::Io(error) => error,
        error => std::io::Error::other(error),
    })?;
    let text = buffer.as_slice();
    // The library has the word for the severity in English only. It is the first word of a drawing.
    let (english, own) = match diagnostic.severity {
        Severity::Error => ("error", message!("error")),
        Severity::Warning => ("warning", message!("warning")),
    };
    let at = text.windows(english.len()).position(|word| word == english.as_bytes());
    Ok(match at {
        Some(at) => [&text[..at], own.shown().as_bytes(), &text[at + english.len()..]].concat(),
        None => text.to_vec(),
    })
}

fn config() -> Config {
    Config { tab_width: 2, ..Config::default() }
}

fn prepare(diagnostic: &Diagnostic) -> (Shown, Drawn<usize>) {
    let level = match diagnostic.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    let own = diagnostic.place.iter().map(|place| (place, &diagnostic.label, true));
    let related = diagnostic.related.iter().map(|(place, text)| (place, text, false));
    let mut texts = Texts::default();
    let (mut marks, mut notes) = (vec![], vec![]);
    for (place, text, is_primary) in own.chain(related) {
        match place {
            Place::Text { source, range } => {
                marks.push((texts.mark(source, range.clone()), range.clone(), text, is_primary));
            }
            other => notes.push(match text.is_empty() {
                true => message!("in: {place}", place = other).shown(),
                false => message!("in: {place} ({text})", place = other, text).shown(),
            }),
        }
    }
    let files = texts.shown();
    let labels = marks.into_iter().map(|(id, range, text, is_primary)| {
        let range = files.0[id].of(range);
        let label = match is_primary {
            true => Label::primary(id, range),
            false => Label::secondary(id, range),
        };
        label.with_message(shortened(&text.shown()))
    });
    let (why, hint) = (message!("why").shown(), message!("hint").shown());
    let told = |kind: &str, message: &Message| format!("{kind}: {}", shortened(&message.shown()));
    notes.extend(diagnostic.notes.iter().map(|note| told(&why, note)));
    notes.extend(diagnostic.hints.iter().map(|remedy| told(&hint, remedy)));
    let drawn = Drawn::new(level)
        .with_code(diagnostic.code)
        .with_message(shortened(&diagnostic.message.shown()))
        .with_labels(labels.collect())
        .with_notes(notes);
    (files, drawn)
}

/// The quoted texts, each with its marked ranges.
#[derive(Default)]
struct Texts {
    ids: HashMap<SourceText, usize>,
    all: Vec<(SourceText, Vec<Range<usize>>)>,
}

impl Texts {
    /// Adds a marked range, and returns the number of its text.
    fn mark(&mut self, source: &SourceText, range: Range<usize>) -> usize {
        let id = *self.ids.entry(source.clone()).or_insert_with(|| {
            self.all.push((source.clone(), vec![]));
            self.all.len() - 1
        });
        self.all[id].1.push(range);
        id
    }

    fn shown(self) -> Shown {
        Shown(self.all.into_iter().map(|(source, marked)| Quoted::new(&source, &marked)).collect())
    }
}

/// The files of a drawing.
struct Shown(Vec<Quoted>);

/// A text whose long marked lines are shortened.
struct Quoted {
    name: String,
    text: String,
    /// The byte offsets of its lines.
    starts: Vec<usize>,
    /// The parts of the original text that were left out, in order.
    left_out: Vec<LeftOut>,
}

/// A part replaced by an ellipsis.
struct LeftOut {
    written: Range<usize>,
    /// The offset of the ellipsis.
    at: usize,
    /// The number of characters left out.
    characters: usize,
}

impl Quoted {
    fn new(source: &SourceText, marked: &[Range<usize>]) -> Self {
        let whole = &*source.text;
        let mut cuts: Vec<Range<usize>> = vec![];
        let mut seen: Vec<usize> = vec![];
        for range in marked {
            let start = whole[..range.start.min(whole.len())].rfind('\n').map_or(0, |at| at + 1);
            let mut line = start;
            // A range over several lines marks all of them.
            while line <= range.end.min(whole.len()) {
                let end = whole[line..].find('\n').map_or(whole.len(), |at| line + at);
                if !seen.contains(&line) {
                    seen.push(line);
                    let kept = window(whole, line..end, range);
                    cuts.extend(
                        [line..kept.start, kept.end..end].into_iter().filter(|c| !c.is_empty()),
                    );
                }
                line = end + 1;
                if line > whole.len() || seen.len() > 1_000 {
                    break;
                }
            }
        }
        cuts.sort_by_key(|cut| cut.start);
        let (mut text, mut done, mut left_out) = (String::new(), 0, vec![]);
        for cut in cuts {
            text.push_str(&whole[done..cut.start]);
            let characters = whole[cut.clone()].chars().count();
            left_out.push(LeftOut { written: cut.clone(), at: text.len(), characters });
            text.push_str(ELLIPSIS);
            done = cut.end;
        }
        text.push_str(&whole[done..]);
        let starts = codespan_reporting::files::line_starts(&text).collect();
        Self { name: slashed(&source.path), text, starts, left_out }
    }

    /// Maps a range of the original text to the shortened text.
    fn of(&self, range: Range<usize>) -> Range<usize> {
        let shown = |at: usize| {
            let mut shift = 0;
            for cut in self.left_out.iter().take_while(|cut| cut.written.start < at) {
                if at < cut.written.end {
                    return cut.at;
                }
                shift = cut.written.end - (cut.at + ELLIPSIS.len());
            }
            at - shift
        };
        shown(range.start)..shown(range.end)
    }
}

impl<'a> Files<'a> for Shown {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(|quoted| quoted.name.as_str()).ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(|quoted| quoted.text.as_str()).ok_or(Error::FileMissing)
    }

    fn line_index(&'a self, id: usize, at: usize) -> Result<usize, Error> {
        let quoted = self.0.get(id).ok_or(Error::FileMissing)?;
        Ok(quoted.starts.partition_point(|start| *start <= at).saturating_sub(1))
    }

    fn column_number(&'a self, id: usize, line: usize, at: usize) -> Result<usize, Error> {
        let quoted = self.0.get(id).ok_or(Error::FileMissing)?;
        let start = *quoted.starts.get(line).ok_or(Error::FileMissing)?;
        let shown = quoted.text.get(start..at).unwrap_or_default().chars().count();
        // An ellipsis is one of the characters shown.
        let before = quoted.left_out.iter().filter(|cut| (start..at).contains(&cut.at));
        Ok(shown + before.map(|cut| cut.characters - 1).sum::<usize>() + 1)
    }

    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, Error> {
        let quoted = self.0.get(id).ok_or(Error::FileMissing)?;
        let start = *quoted.starts.get(line).ok_or(Error::FileMissing)?;
        Ok(start..quoted.starts.get(line + 1).copied().unwrap_or(quoted.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;

    #[test]
    fn a_long_line_is_cut_and_its_column_is_that_of_the_file() {
        let text = format!("head\n{},oops,{}\nlast\n", "x".repeat(5_000), "y".repeat(5_000));
        let at = text.find("oops").unwrap();
        let source = SourceText::new("a.csv", text);
        let drawn = draw(
            &Diagnostic::error(Code::K0001, Message::verbatim("wrong"))
                .at(source.place(at..at + 4)),
        );
        assert!(drawn.contains("a.csv:2:5002"), "{drawn}");
        assert!(drawn.contains(",oops,yyy") && drawn.contains("y…"), "{drawn}");
        assert!(drawn.len() < 1_500, "{drawn}");
        let mark = drawn.lines().find(|line| line.contains('^')).unwrap();
        assert_eq!(mark.matches('^').count(), 4, "{drawn}");
    }

    #[test]
    fn a_long_cell_is_marked_from_its_beginning() {
        let text = format!("a,b\n1,{}\n", "z".repeat(100_000));
        let source = SourceText::new("a.csv", text);
        let drawn = draw(
            &Diagnostic::error(Code::K0001, Message::verbatim("wrong"))
                .at(source.place(6..100_006)),
        );
        assert!(drawn.contains("a.csv:2:3") && drawn.len() < 2_000, "{drawn}");
    }
}
