//! Formats the text of a section file, without a change to what it prints.
//!
//! In: the text. Out: the same text with blanks and line breaks in one style, or the reason why it is left
//! alone. Blanks in tags mean nothing; outside tags only those are changed that Markdown ignores. At the
//! end the tags of the result are compared with those of the text, and its words too: if they differ,
//! nothing is changed.
//!
//! Sentences on one line are not put on lines of their own: if one of them were left out, its empty line
//! would begin a new paragraph.

use std::ops::Range;

use minijinja::machinery::{Span, Token, tokenize};
use minijinja::syntax::SyntaxConfig;

/// What a template is: a section, or macros, whose text may be put into the middle of a line, so that only
/// their tags and line ends are formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// A section.
    Section,
    /// Macros.
    Macros,
}

/// The formatted text; `None` if it is no valid template.
pub fn formatted(text: &str, of: TemplateKind) -> Option<String> {
    let unified = text.replace("\r\n", "\n");
    if unified.trim().is_empty() {
        return Some(String::new());
    }
    // What is between `raw` and `endraw` is no template.
    let has_raw = unified.contains("endraw");
    let pieces = pieces(&unified, has_raw)?;
    let is_touched = of == TemplateKind::Section && !has_raw;
    let mut out = Out::default();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Tag { shown, call, .. } if !is_touched => out.put(shown, call),
            Piece::Tag { shown, call, prints } => {
                out.begin_line();
                out.has_words |= prints;
                out.put(shown, call);
            }
            Piece::Comment(shown) if !is_touched => out.text.push_str(shown),
            Piece::Comment(shown) => {
                out.begin_line();
                out.text.push_str(shown);
            }
            Piece::Data(data) if is_touched && out.is_in_sentence() => {
                let opens = matches!(
                    at.checked_sub(1).map(|before| &pieces[before]),
                    Some(Piece::Tag { call: Call::Opens { .. }, .. })
                );
                let closes =
                    matches!(pieces.get(at + 1), Some(Piece::Tag { call: Call::Closes, .. }));
                out.has_words = true;
                out.text.push_str(&joined(data, opens, closes));
            }
            Piece::Data(data) if is_touched => out.data(data),
            Piece::Data(data) => out.text.push_str(data),
        }
    }
    let mut made = out.text;
    if is_touched {
        made = format!("{}\n", made.trim_start_matches('\n').trim_end_matches([' ', '\t', '\n']));
    } else if !made.ends_with('\n') {
        made.push('\n');
    }
    (meaning(&unified)? == meaning(&made)?).then_some(made)
}

/// A part of a template.
enum Piece {
    /// A tag as it is printed.
    Tag { shown: String, call: Call, prints: bool },
    /// A comment as it is printed.
    Comment(String),
    /// Text between tags.
    Data(String),
}

/// Whether a tag opens or closes a call.
enum Call {
    Opens { is_sentence: bool },
    Closes,
    Neither,
}

/// Splits a template into tags, comments and the text between them.
fn pieces(text: &str, has_raw: bool) -> Option<Vec<Piece>> {
    let between = |text: &str, pieces: &mut Vec<Piece>| match has_raw {
        true => pieces.push(Piece::Data(text.to_owned())),
        false => between(text, pieces),
    };
    let mut pieces = vec![];
    let mut tag: Vec<(Token<'_>, Span)> = vec![];
    let mut done = 0;
    for token in tokenize(text, false, SyntaxConfig::default()) {
        let (token, span) = token.ok()?;
        match token {
            Token::TemplateData(_) => {}
            Token::VariableEnd | Token::BlockEnd => {
                tag.push((token, span));
                let all = range(&tag.first()?.1).start..range(&span).end;
                between(text.get(done..all.start)?, &mut pieces);
                pieces.push(shown(text, &tag)?);
                (done, tag) = (all.end, vec![]);
            }
            _ => tag.push((token, span)),
        }
    }
    between(text.get(done..)?, &mut pieces);
    // A tag that is not closed.
    tag.is_empty().then_some(pieces)
}

fn range(span: &Span) -> Range<usize> {
    span.start_offset as usize..span.end_offset as usize
}

/// Splits what is between two tags into text and comments.
fn between(mut text: &str, pieces: &mut Vec<Piece>) {
    while let Some((before, comment)) = text.split_once("{#") {
        let Some((comment, after)) = comment.split_once("#}") else { break };
        pieces.push(Piece::Data(before.to_owned()));
        let (open, inner) = match comment.strip_prefix(['-', '+']) {
            Some(inner) => (&comment[..1], inner),
            None => ("", comment),
        };
        let (close, inner) = match inner.strip_suffix(['-', '+']) {
            Some(rest) => (&inner[rest.len()..], rest),
            None => ("", inner),
        };
        let shown = match inner.trim() {
            "" => comment.to_owned(),
            // Lines of a comment stay where they are.
            _ if inner.contains('\n') => comment.to_owned(),
            words => format!("{open} {words} {close}"),
        };
        pieces.push(Piece::Comment(format!("{{#{shown}#}}")));
        text = after;
    }
    pieces.push(Piece::Data(text.to_owned()));
}

/// A tag as it is printed: one blank between its parts, none inside brackets.
fn shown(text: &str, tag: &[(Token<'_>, Span)]) -> Option<Piece> {
    let [(_, first), inner @ .., (last, end)] = tag else { return None };
    let (mark, closing) = match last {
        Token::VariableEnd => ("{{", "}}"),
        _ => ("{%", "%}"),
    };
    let start = range(first).start;
    let opening = text.get(start..)?.strip_prefix(mark)?;
    let open = opening.get(..1).filter(|sign| matches!(*sign, "-" | "+")).unwrap_or_default();
    let body = start + mark.len() + open.len();
    let until = range(end).end - closing.len();
    let before = text.get(body..until)?;
    let close = before.get(before.len().checked_sub(1)?..).unwrap_or_default();
    let close = if matches!(close, "-" | "+") { close } else { "" };
    let until = until - close.len();
    let mut made = format!("{mark}{open}");
    let (mut at, mut previous) = (body, None);
    for (token, span) in inner {
        let span = range(span);
        // The sign of an opening mark may be a token of its own.
        if span.end <= body {
            continue;
        }
        if span.start >= until {
            break;
        }
        let gap = text.get(at..span.start)?;
        let after = text.get(span.end..until)?;
        made.push_str(&blank(gap, previous, token, (&made, after)));
        made.push_str(text.get(span.clone())?);
        (at, previous) = (span.end, Some(token));
    }
    made.push_str(&blank_at_edge(text.get(at..until)?));
    made.push_str(&format!("{close}{closing}"));
    let word = |at: usize| match inner.get(at) {
        Some((Token::Ident(word), _)) => *word,
        _ => "",
    };
    let call = match (last, word(0)) {
        (Token::BlockEnd, "call") => Call::Opens { is_sentence: word(1) == "sentence" },
        (Token::BlockEnd, "endcall") => Call::Closes,
        _ => Call::Neither,
    };
    Some(Piece::Tag { shown: made, call, prints: matches!(last, Token::VariableEnd) })
}

/// The blanks after the opening mark and before the closing one: one, or the line breaks that are there.
fn blank_at_edge(gap: &str) -> String {
    if gap.contains('\n') { gap.to_owned() } else { " ".to_owned() }
}

/// The blanks between two parts of a tag; `gap` is what is there, `made` the tag before it, `rest` what
/// follows the second part.
fn blank(
    gap: &str,
    before: Option<&Token<'_>>,
    token: &Token<'_>,
    (made, rest): (&str, &str),
) -> String {
    let Some(before) = before else { return blank_at_edge(gap) };
    if gap.contains('\n') {
        return gap.to_owned();
    }
    let as_typed = if gap.is_empty() { "" } else { " " };
    use Token::{
        Assign, BracketClose, BracketOpen, Comma, Dot, Eq, Gt, Gte, Lt, Lte, Ne, ParenClose,
        ParenOpen, Pipe, Tilde,
    };
    let put = match (before, token) {
        (Pipe | Tilde | Eq | Ne | Gt | Gte | Lt | Lte, _) => " ",
        (_, Pipe | Tilde | Eq | Ne | Gt | Gte | Lt | Lte) => " ",
        // `1 .x` and `1. x` are other tokens than `1.x`.
        (Token::Int(_) | Token::Float(_), Dot) => as_typed,
        (Dot, Token::Int(_) | Token::Float(_)) => as_typed,
        (ParenOpen | BracketOpen | Dot, _) => "",
        (_, ParenClose | BracketClose | Dot | Comma) => "",
        (Comma, _) => " ",
        // Blanks on both sides of the sign, or on neither.
        (_, Assign) if !gap.is_empty() || rest.starts_with(' ') => " ",
        (Assign, _) if made.ends_with(" =") => " ",
        (Assign, _) => "",
        _ => as_typed,
    };
    put.to_owned()
}

/// What a template consists of apart from blanks: its tags, and the letters between them.
fn meaning(text: &str) -> Option<(Vec<String>, String)> {
    let (mut tags, mut words) = (vec![], String::new());
    for token in tokenize(text, false, SyntaxConfig::default()) {
        match token.ok()?.0 {
            Token::TemplateData(data) => {
                words.extend(data.chars().filter(|c| !c.is_ascii_whitespace()));
            }
            // The marks at which blanks are cut are in the tags as typed, not in the tokens.
            token => tags.push(format!("{token:?}")),
        }
    }
    Some((tags, words))
}

/// The text made so far.
#[derive(Default)]
struct Out {
    text: String,
    /// The open calls; whether each is a sentence.
    calls: Vec<bool>,
    /// Whether a list has begun, in which indentation means something.
    is_in_list: bool,
    /// Whether the line has more than tags and blanks so far.
    has_words: bool,
}

impl Out {
    fn put(&mut self, shown: &str, call: &Call) {
        match call {
            Call::Opens { is_sentence } => self.calls.push(*is_sentence),
            Call::Closes => drop(self.calls.pop()),
            Call::Neither => {}
        }
        self.text.push_str(shown);
    }

    /// Takes away the blanks before the first tag of a line, unless it is in a list.
    fn begin_line(&mut self) {
        let kept = self.text.trim_end_matches([' ', '\t']).len();
        let is_at_margin = kept == 0 || self.text[..kept].ends_with('\n');
        if is_at_margin && !self.is_in_list && !self.is_in_sentence() {
            self.text.truncate(kept);
        }
    }

    fn is_in_sentence(&self) -> bool {
        self.calls.contains(&true)
    }

    fn data(&mut self, data: &str) {
        let lines: Vec<&str> = data.split('\n').collect();
        let last = lines.len() - 1;
        for (at, line) in lines.iter().enumerate() {
            let is_at_margin = at > 0 || self.text.is_empty();
            let words = line.trim_matches([' ', '\t']);
            if !self.has_words && is_item(words) {
                self.is_in_list = true;
            }
            if is_at_margin && line.starts_with('#') {
                self.is_in_list = false;
            }
            let indented = line.trim_end_matches([' ', '\t']);
            let shown = match at == last {
                true => line,
                false if is_break(line, is_at_margin, &lines[at + 1..]) => {
                    &line[..indented.len() + 2]
                }
                false => indented,
            };
            // The blanks before a tag are the concern of that tag.
            let is_moved = is_at_margin && !self.is_in_list && !words.is_empty();
            self.text.push_str(if is_moved {
                shown.trim_start_matches([' ', '\t'])
            } else {
                shown
            });
            self.has_words |= !words.is_empty();
            if at < last {
                self.text.push('\n');
                self.has_words = false;
                // Several empty lines are one.
                while self.text.ends_with("\n\n\n") {
                    self.text.pop();
                }
            }
        }
    }
}

/// Whether the blanks at the end of a line break it: two of them, and another line of the paragraph.
fn is_break(line: &str, is_at_margin: bool, below: &[&str]) -> bool {
    let is_empty = |line: &str| line.trim_matches([' ', '\t']).is_empty();
    let is_blank = is_empty(line);
    // The last of the lines may go on with a tag.
    let ends = below.len() > 1 && is_empty(below[0]);
    line.ends_with("  ") && !(is_blank && is_at_margin) && !ends
}

/// Whether a line begins an item of a list.
fn is_item(words: &str) -> bool {
    let after = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    if let Some(rest) = words.strip_prefix(['-', '+', '*']) {
        return after(rest);
    }
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < words.len() && rest.strip_prefix(['.', ')']).is_some_and(after)
}

/// The text of a sentence on one line. Lines stay apart where a break is typed, where a paragraph ends, and
/// where Markdown would read the second as something else than text.
/// `opens` and `closes` if the call of the sentence is right before it and its end right after it: they may
/// have lines of their own.
fn joined(data: &str, opens: bool, closes: bool) -> String {
    let lines: Vec<&str> = data.split('\n').collect();
    let last = lines.len() - 1;
    let mut made = lines[0].to_owned();
    for (at, line) in lines.iter().enumerate().skip(1) {
        let words = line.trim_start_matches([' ', '\t']);
        let is_break = made.ends_with("  ") || made.ends_with('\\') || made.ends_with('\n');
        let ends = words.is_empty() && at < last;
        let is_other = is_item(words)
            || words.starts_with(['#', '>', '<', '=', '|', '`', '~'])
            || (words.starts_with('-') && words.trim_end().bytes().all(|byte| byte == b'-'));
        let is_of_call = (opens && at == 1 && lines[0].trim_matches([' ', '\t']).is_empty())
            || (closes && at == last && words.is_empty());
        if is_of_call && at == 1 {
            made.truncate(made.trim_end_matches([' ', '\t']).len());
        }
        if is_break || ends || is_other || is_of_call {
            made.push('\n');
            made.push_str(if is_of_call { words } else { line });
        } else {
            made.truncate(made.trim_end_matches([' ', '\t']).len());
            made.push(' ');
            made.push_str(words);
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> String {
        let once = formatted(text, TemplateKind::Section).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            formatted(&once, TemplateKind::Section).as_ref(),
            Some(&once),
            "formatted twice"
        );
        once
    }

    #[test]
    fn tags_have_one_blank_between_their_parts() {
        let typed = "{{X1|int}} {{  X1 |  signed}}{%if  X1>3 and X2.base  is known%}{{-a( b ,c )[ 0 ]-}}\
                     {%- set x=1 -%}{%- set y= 'a  b'%}{{ X1 . base|list( \"nom\" ) }}{%endif%}{{ a == -1 }}";
        let shown = "{{ X1 | int }} {{ X1 | signed }}{% if X1 > 3 and X2.base is known %}{{- a(b, c)[0] -}}\
                     {%- set x=1 -%}{%- set y = 'a  b' %}{{ X1.base | list(\"nom\") }}{% endif %}{{ a == -1 }}\n";
        assert_eq!(section(typed), shown);
        // Line breaks in a long tag are somebody's choice.
        let long = "{% set rows = [\n  \"a\",\n  \"b\",\n] %}\n";
        assert_eq!(section(long), long);
    }

    #[test]
    fn lines_begin_at_the_margin_and_sentences_have_one_line() {
        let typed = "\r\n# Head \r\n\r\n\r\n\r\n  {% if X1 is known %}\n    {% call sentence(\"a\") %}One\n   two\tof \
                     {{ X1|int }}\n- 3\nthree.{% endcall %} \n   {% endif %}\n\nText  \nbroken  \n\n   ";
        let shown = "# Head\n\n{% if X1 is known %}\n{% call sentence(\"a\") %}One two\tof \
                     {{ X1 | int }}\n- 3 three.{% endcall %}\n{% endif %}\n\nText  \nbroken\n";
        assert_eq!(section(typed), shown);
    }

    #[test]
    fn the_indentation_of_lists_and_what_cannot_be_parsed_stay() {
        let list = "- a\n\n  more of a\n  {% if x %}\n  - b\n  {% endif %}\n\n# Head\n\n{% for x in y %}- c\n  d\n{% endfor %}\n";
        assert_eq!(section(list), list);
        let raw = "  a  \n{% raw %}{{x}}  \n\n\n {#b#}{% endraw %}\n";
        assert_eq!(section(raw), raw);
        for wrong in ["{% if %", "{{ \"a }}", "{% if x"] {
            assert_eq!(formatted(wrong, TemplateKind::Section), None, "{wrong}");
        }
    }

    #[test]
    fn only_tags_and_line_ends_of_macros_change() {
        let typed =
            "{#-By how much.-#}\r\n{%macro by(x,bold=false)%}\n   a  \n\n\n {{x}}{%endmacro%}";
        let shown = "{#- By how much. -#}\n{% macro by(x, bold=false) %}\n   a  \n\n\n {{ x }}{% endmacro %}\n";
        assert_eq!(formatted(typed, TemplateKind::Macros).as_deref(), Some(shown));
    }
}
