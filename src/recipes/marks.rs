//! Footnote marks: what stands behind a figure or a name and points to a note below the table.

/// Raised digits, brackets and letters that marks are made of, beside the asterisk.
pub(super) fn is_raised(c: char) -> bool {
    matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{207f}')
}

/// Blanks of every width, and signs without any.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The text without blanks around it, of whatever width.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Takes raised signs off the end of a text. They are marks wherever they stand.
pub(super) fn without_raised<'a>(text: &'a str, marks: &mut Vec<String>) -> &'a str {
    let text = trimmed(text);
    let body = text.trim_end_matches(|c| is_raised(c) || is_blank(c) || c == ',');
    // A comma alone is no mark.
    if !text[body.len()..].contains(is_raised) {
        return text;
    }
    add(&text[body.len()..], marks);
    trimmed(body)
}

/// Adds marks that stand side by side, each by itself: `7)8)` are two.
pub(super) fn add(side_by_side: &str, marks: &mut Vec<String>) {
    let is_bracket = |c: char| c == ')' || c == '\u{207e}';
    let parts = side_by_side.split_inclusive(|c| is_bracket(c) || is_blank(c) || c == ',');
    let parts = parts.map(|part| part.trim_matches(|c| is_blank(c) || c == ','));
    marks.extend(parts.filter(|part| !part.is_empty()).map(str::to_owned));
}

/// Takes marks off the end of a name or of the label of a period: raised signs, asterisks, and a digit or two
/// with a bracket (`7)8)`). Behind other digits these are taken only if a year stands before them, since
/// nobody can tell where a longer number ends and its mark begins.
pub(super) fn without_marks<'a>(text: &'a str, marks: &mut Vec<String>) -> &'a str {
    let mut text = without_raised(text, marks);
    let mut found: Vec<&str> = vec![];
    loop {
        let shorter = match text.strip_suffix('*') {
            Some(body) => Some(body),
            None => without_numbered(text),
        };
        let Some(body) = shorter.filter(|body| !trimmed(body).is_empty()) else { break };
        found.push(&text[body.len()..]);
        text = body.trim_end_matches(|c| is_blank(c) || c == ',');
    }
    marks.extend(found.into_iter().rev().map(str::to_owned));
    trimmed(text)
}

/// The text before a mark like `7)` or `12)`.
fn without_numbered(text: &str) -> Option<&str> {
    let inside = text.strip_suffix(')')?;
    let digits = |of: &str| of.bytes().rev().take_while(u8::is_ascii_digit).count();
    match digits(inside) {
        // A bracket that was opened closes a remark and is no mark.
        length @ 1..=2 => {
            Some(&inside[..inside.len() - length]).filter(|body| !body.ends_with('('))
        }
        // Of more digits the first four have to be a year.
        length @ 5..=6 => {
            let (body, mark) = inside.split_at(inside.len() - length + 4);
            let year = &body[body.len() - 4..];
            let is_year = ("1900"..="2199").contains(&year) && !mark.starts_with('0');
            is_year.then_some(body)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (String, Vec<String>) {
        let mut marks = vec![];
        (without_marks(text, &mut marks).to_owned(), marks)
    }

    #[test]
    fn marks_are_taken_off_labels_one_by_one() {
        for (text, body, marks) in [
            (" 2025 год7)8)", "2025 год", &["7)", "8)"][..]),
            ("2025 год 1), 2)", "2025 год", &["1)", "2)"]),
            ("20251)", "2025", &["1)"]),
            ("202512)", "2025", &["12)"]),
            ("г. Алматы*", "г. Алматы", &["*"]),
            ("Астана¹⁾", "Астана", &["¹⁾"]),
            ("Астана¹⁾²⁾", "Астана", &["¹⁾", "²⁾"]),
            ("2025*1)", "2025", &["*", "1)"]),
            ("км²", "км", &["²"]),
            ("область (1)", "область (1)", &[]),
            ("12 3451)", "12 3451)", &[]),
            ("1234561)", "1234561)", &[]),
            ("1)", "1)", &[]),
            ("*", "*", &[]),
            ("2025,", "2025,", &[]),
            ("", "", &[]),
        ] {
            let marks: Vec<String> = marks.iter().map(|mark| (*mark).to_owned()).collect();
            assert_eq!(split(text), (body.to_owned(), marks), "{text}");
        }
    }
}
