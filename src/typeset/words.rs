//! Soft hyphens in words that are too long for any column.
//!
//! A region, a title or a head may be a single word of fifty letters, for which no column is wide enough.
//! Such a word gets soft hyphens: where the language hyphenates it or, if the language has no rule for
//! its letters, at even distances. They are visible only at the end of a line.

use hypher::Lang;

/// Words with more letters than this get soft hyphens; ordinary words of any language are shorter.
const LONG: usize = 24;
/// The largest number of letters between two soft hyphens.
const PART: usize = 8;
/// The smallest number of letters before the first and after the last soft hyphen.
const LEAST: usize = 3;

const SOFT_HYPHEN: char = '\u{AD}';

/// The text with soft hyphens in its long words; `None` if there are none.
pub(super) fn parted(text: &str, lang: &str) -> Option<String> {
    // A word has at least as many bytes as letters.
    if text.len() <= LONG || !text.split_whitespace().any(has_long) {
        return None;
    }
    let lang = <[u8; 2]>::try_from(lang.as_bytes()).ok().and_then(Lang::from_iso);
    let mut out = String::with_capacity(text.len() + 16);
    for token in text.split_inclusive(char::is_whitespace) {
        if is_address(token) {
            out.push_str(token);
            continue;
        }
        for piece in token.split_inclusive(is_joint) {
            let word = piece.trim_end_matches(is_joint);
            match is_long(word) {
                true => part(word, lang, &mut out),
                false => out.push_str(word),
            }
            out.push_str(&piece[word.len()..]);
        }
    }
    Some(out)
}

fn is_address(token: &str) -> bool {
    token.contains("://")
}

fn has_long(token: &str) -> bool {
    !is_address(token) && token.split(is_joint).any(is_long)
}

/// Whether a line may end at a character anyway.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '\u{200B}' | SOFT_HYPHEN)
}

/// Whether a word is long and consists of letters: numbers and addresses are never broken.
fn is_long(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.chars().count() > LONG && bare.chars().all(char::is_alphabetic)
}

fn part(word: &str, lang: Option<Lang>, out: &mut String) {
    let pieces: Vec<&str> = match lang {
        Some(lang) => hypher::hyphenate(word, lang).collect(),
        None => vec![word],
    };
    let mut is_first = true;
    for piece in pieces {
        let letters: Vec<char> = piece.chars().collect();
        // Parts of even length, at most the largest allowed.
        let count = letters.len().div_ceil(PART).max(1);
        let size = letters.len().div_ceil(count).max(LEAST);
        for part in letters.chunks(size) {
            if !is_first && part.len() >= LEAST.min(letters.len()) {
                out.push(SOFT_HYPHEN);
            }
            out.extend(part);
            is_first = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parted;

    fn parts(text: &str, lang: &str) -> Vec<String> {
        parted(text, lang).unwrap().split('\u{AD}').map(str::to_owned).collect()
    }

    #[test]
    fn a_long_word_is_parted_where_its_language_parts_it() {
        let text = "Административнотерриториальнообразовательный";
        let all = parts(text, "ru");
        assert!(all.len() > 5, "{all:?}");
        assert!(all.iter().all(|part| part.chars().count() <= 8), "{all:?}");
        assert_eq!(all.concat(), text);
    }

    #[test]
    fn letters_without_a_rule_are_parted_evenly() {
        let all = parts("Қысқартылмағанәкімшіліктерінің", "kk");
        assert!(all.iter().all(|part| (3..=8).contains(&part.chars().count())), "{all:?}");
        let all = parts("Abcdefghijklmnopqrstuvwxyzabcdefghijklm", "ru");
        assert!(all.iter().all(|part| part.chars().count() <= 8), "{all:?}");
    }

    #[test]
    fn usual_words_numbers_and_addresses_stay_as_they_are() {
        assert_eq!(parted("достопримечательностями и 1234567890123456789012345678", "ru"), None);
        assert_eq!(parted("https://example.org/abcdefghijklmnopqrstuvwxyzabcdef", "en"), None);
        assert_eq!(parted("Северо-Казахстанская область", "ru"), None);
    }
}
