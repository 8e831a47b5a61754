//! Hollow sentences: incomplete ones left over when a list is empty or a condition is false.
//!
//! A sentence without words says nothing; one that begins with a semicolon or contains empty brackets has
//! lost a part. Both are left out whole. In: a line. Out: the line without them.

use crate::document::Inline;

/// Removes hollow sentences from a line. `leave_out` gets the id of each and the suspicious remainder
/// (empty if there are no words), and returns whether to remove the sentence.
pub(super) fn leave_out(line: &mut Vec<Inline>, leave_out: &mut dyn FnMut(&str, &str) -> bool) {
    line.retain_mut(|inline| match inline {
        // A false condition left it empty, so there is nothing to report.
        Inline::Sentence { content, .. } if content.is_empty() => false,
        Inline::Sentence { id, content } if !has_words(content) => !leave_out(id, ""),
        Inline::Sentence { id, content } => hole(content).is_none_or(|hole| !leave_out(id, &hole)),
        Inline::Emph { content } | Inline::Strong { content } | Inline::Link { content, .. } => {
            self::leave_out(content, leave_out);
            !content.is_empty()
        }
        _ => true,
    });
}

/// Whether a line contains a word, number or name.
fn has_words(line: &[Inline]) -> bool {
    line.iter().any(|inline| match inline {
        Inline::Text { text } | Inline::Fact { text, .. } => {
            text.chars().any(char::is_alphanumeric)
        }
        other => has_words(other.content()),
    })
}

/// A placeholder for values, which nobody typed.
const SAID: char = '\u{FFFC}';

/// The punctuation that shows a missing part: marks with nothing between them, or a mark at the
/// beginning. `None` if there is none.
pub(super) fn hole(line: &[Inline]) -> Option<String> {
    let mut text = String::new();
    flatten(line, &mut text);
    let is_space = |c: &char| c.is_whitespace();
    // Punctuation marks in order, with the characters between neighbours.
    let chars: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !is_space(c)).collect();
    let is_stop = |c: char| matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | ')' | ']');
    if let Some((_, first)) = chars.first().filter(|(_, c)| is_stop(*c) && *c != '.') {
        return Some(first.to_string());
    }
    if let [(_, '.'), (_, next), ..] = chars.as_slice()
        && *next != '.'
    {
        return Some(".".to_owned());
    }
    for pair in chars.windows(2) {
        let [(start, a), (end, b)] = [pair[0], pair[1]];
        let is_hole = match a {
            '(' | '[' => is_stop(b),
            '«' => b == '»',
            '\u{201C}' => b == '\u{201D}',
            ',' | ';' | ':' => matches!(b, ',' | ';' | ':' | '.' | '!' | '?' | ')' | ']'),
            _ => false,
        };
        if is_hole {
            return Some(text[start..end + b.len_utf8()].to_owned());
        }
    }
    None
}

fn flatten(line: &[Inline], text: &mut String) {
    for inline in line {
        match inline {
            Inline::Text { text: typed } => text.push_str(typed),
            Inline::Fact { text: said, .. } if said.is_empty() => {}
            Inline::Fact { .. } | Inline::Cite { .. } | Inline::Ref { .. } => text.push(SAID),
            Inline::NoteRef { .. } => {}
            Inline::Break => text.push('\n'),
            other => flatten(other.content(), text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<Inline> {
        text.split_inclusive('#')
            .flat_map(|part| match part.strip_suffix('#') {
                Some(text) => {
                    let fact = ["X1", "int", "12"].map(str::to_owned);
                    let [id, form, number] = fact;
                    vec![Inline::text(text), Inline::Fact { id, form, text: number }]
                }
                None => vec![Inline::text(part)],
            })
            .collect()
    }

    #[test]
    fn a_hole_is_seen_and_a_sentence_is_not() {
        for (text, hole_in_it) in [
            ("; the largest loss was #.", Some(";")),
            (", and # left.", Some(",")),
            ("Regions () gained.", Some("()")),
            ("Regions ( ) gained.", Some("( )")),
            ("Regions (, #) gained.", Some("(,")),
            ("The gainers: .", Some(": .")),
            ("# arrived, ; # left.", Some(", ;")),
            ("Of # people, # left (12; #).", None),
            ("The gainers: #, #; and so on… (#).", None),
            ("...and so on.", None),
            ("At 12:30 # left.", None),
        ] {
            assert_eq!(hole(&said(text)).as_deref(), hole_in_it, "{text}");
        }
    }

    #[test]
    fn what_has_no_words_says_nothing() {
        let reference = || Inline::Ref { target: "T2".into(), text: String::new() };
        let sentence = |content| Inline::Sentence { id: "s1".into(), content };
        let mut reported = vec![];
        let mut line = vec![
            sentence(vec![Inline::text("("), reference(), Inline::text(").")]),
            sentence(vec![Inline::text("See "), reference(), Inline::text(".")]),
            sentence(vec![]),
        ];
        leave_out(&mut line, &mut |id, hole| {
            reported.push(format!("{id}{hole}"));
            true
        });
        assert_eq!((line.len(), reported), (1, vec!["s1".to_owned()]));
    }
}
