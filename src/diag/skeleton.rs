//! Skeletons: two names or codes that look the same have one.
//!
//! In it case, spaces, Unicode forms and look-alike letters of several alphabets make no difference.

use std::sync::OnceLock;

use icu::normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};

/// Small Cyrillic and Greek letters that look like Latin ones.
const LOOK_ALIKE: [(char, char); 38] = [
    ('\u{430}', 'a'),
    ('\u{432}', 'b'),
    ('\u{441}', 'c'),
    ('\u{501}', 'd'),
    ('\u{435}', 'e'),
    ('\u{4bb}', 'h'),
    ('\u{43d}', 'h'),
    ('\u{456}', 'i'),
    ('\u{4cf}', 'i'),
    ('\u{458}', 'j'),
    ('\u{43a}', 'k'),
    ('\u{43c}', 'm'),
    ('\u{43e}', 'o'),
    ('\u{440}', 'p'),
    ('\u{51b}', 'q'),
    ('\u{433}', 'r'),
    ('\u{455}', 's'),
    ('\u{442}', 't'),
    ('\u{443}', 'y'),
    ('\u{4af}', 'y'),
    ('\u{51d}', 'w'),
    ('\u{445}', 'x'),
    ('\u{475}', 'v'),
    ('\u{3b1}', 'a'),
    ('\u{3b2}', 'b'),
    ('\u{3b5}', 'e'),
    ('\u{3b7}', 'h'),
    ('\u{3b9}', 'i'),
    ('\u{3ba}', 'k'),
    ('\u{3bc}', 'm'),
    ('\u{3bd}', 'n'),
    ('\u{3bf}', 'o'),
    ('\u{3c1}', 'p'),
    ('\u{3c4}', 't'),
    ('\u{3c5}', 'y'),
    ('\u{3c7}', 'x'),
    ('\u{3b6}', 'z'),
    ('\u{131}', 'i'),
];

/// The Latin letter that a small letter of another alphabet looks like.
pub fn latin(letter: char) -> Option<char> {
    LOOK_ALIKE.iter().find(|(of, _)| *of == letter).map(|(_, latin)| *latin)
}

/// Zero-width characters and marks of text direction.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
    ) || c.is_control()
}

fn normalizer() -> &'static ComposingNormalizerBorrowed<'static> {
    static NFKC: OnceLock<ComposingNormalizerBorrowed<'static>> = OnceLock::new();
    NFKC.get_or_init(ComposingNormalizer::new_nfkc)
}

/// The skeleton of a code or name: without spaces and zero-width characters, in lower case, with Latin
/// letters for look-alikes and a hyphen for every dash. Codes with one skeleton cannot be told apart by
/// eye.
pub fn skeleton(code: &str) -> String {
    let plain = |c: char| match c {
        c if c.is_whitespace() || is_invisible(c) => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        c => Some(latin(c).unwrap_or(c)),
    };
    if code.is_ascii() {
        return code.to_ascii_lowercase().chars().filter_map(plain).collect();
    }
    normalizer().normalize(code).to_lowercase().chars().filter_map(plain).collect()
}
