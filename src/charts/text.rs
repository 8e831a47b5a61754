//! Text measures: the width of a label, the height of its ink, and its line breaks.
//!
//! In: a label and its [`TextStyle`]. Out: measures in points, lines, and text that is valid in XML.
//! Measures come from the font files that the typesetter ships, so the boxes match the printed page.
//! Kerning is ignored: it only makes the drawn line slightly shorter than measured.

use std::sync::LazyLock;

use ttf_parser::Face;

use crate::files::fonts::TYPST;

/// The font family of all figures; its files are the ones measured here.
pub(super) const FAMILY: &str = "Noto Sans";
/// The line height of a broken label, relative to the size.
pub(super) const LEADING: f64 = 1.2;

/// The size and weight of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextStyle {
    /// The size in points.
    pub size: f64,
    /// Regular or bold.
    pub bold: bool,
}

impl TextStyle {
    /// Names of regions, countries, ages.
    pub(super) const LABEL: Self = Self { size: 8.0, bold: false };
    /// Values beside their marks.
    pub(super) const VALUE: Self = Self { size: 8.0, bold: true };
    /// Periods, units, class bounds and other secondary text.
    pub(super) const SMALL: Self = Self { size: 7.5, bold: false };

    /// The style in bold, if `bold`.
    pub(super) fn bold(self, bold: bool) -> Self {
        Self { bold, ..self }
    }

    /// The distance from the middle of a row to the baseline of centred capitals and digits: half the cap
    /// height of Noto Sans.
    pub(super) fn centring(self) -> f64 {
        0.357 * self.size
    }

    /// The distance between baselines.
    pub(super) fn leading(self) -> f64 {
        LEADING * self.size
    }
}

/// The part of a label at its x position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The regular and bold faces of the family.
static FACES: LazyLock<Vec<Face<'static>>> = LazyLock::new(|| {
    let own = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    own.map(|file| Face::parse(file, 0).expect("the font is compiled in and parses")).into()
});

/// Fallback faces with characters that the family lacks, such as ₸ or an arrow; loaded on first use.
static DEPUTIES: LazyLock<Vec<Face<'static>>> = LazyLock::new(|| {
    let faces = TYPST.iter().filter_map(|file| Face::parse(file, 0).ok());
    let is_deputy = |face: &Face<'_>| {
        let all = face.names().into_iter();
        let full = all.filter(|name| name.name_id == ttf_parser::name_id::FULL_NAME);
        full.filter_map(|name| name.to_string()).any(|name| DEPUTY_NAMES.contains(&&*name))
    };
    faces.filter(is_deputy).collect()
});

const DEPUTY_NAMES: [&str; 3] =
    ["Libertinus Serif Regular", "Libertinus Serif", "DejaVu Sans Mono"];

/// A glyph of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The index of its face, counted over the family and the fallback faces.
    pub face: usize,
    /// Its glyph id in that face; 0 if no face has the letter.
    pub id: u16,
}

impl Glyph {
    pub(super) fn font(&self) -> &'static Face<'static> {
        match self.face.checked_sub(FACES.len()) {
            None => &FACES[self.face],
            Some(deputy) => &DEPUTIES[deputy],
        }
    }

    /// Its advance width in units of the font.
    pub(super) fn advance(&self) -> f64 {
        self.font().glyph_hor_advance(ttf_parser::GlyphId(self.id)).unwrap_or(0).into()
    }

    pub(super) fn units_per_em(&self) -> f64 {
        self.font().units_per_em().into()
    }
}

/// The glyph of a letter in the family, or else in the first fallback face that has it.
pub(super) fn glyph(c: char, set: TextStyle) -> Glyph {
    let own = usize::from(set.bold);
    if let Some(id) = FACES[own].glyph_index(c) {
        return Glyph { face: own, id: id.0 };
    }
    let deputy = DEPUTIES.iter().enumerate().find_map(|(index, face)| {
        Some(Glyph { face: FACES.len() + index, id: face.glyph_index(c)?.0 })
    });
    deputy.unwrap_or(Glyph { face: own, id: 0 })
}

/// The width of a line in points.
pub(super) fn width(text: &str, set: TextStyle) -> f64 {
    let advance = |c| {
        let glyph = glyph(c, set);
        glyph.advance() / glyph.units_per_em()
    };
    text.chars().map(advance).sum::<f64>() * set.size
}

/// The height of its ink above and below the baseline in points.
pub(super) fn ink(text: &str, set: TextStyle) -> (f64, f64) {
    let (mut above, mut below) = (0.0_f64, 0.0_f64);
    for c in text.chars() {
        let glyph = glyph(c, set);
        if let Some(area) = glyph.font().glyph_bounding_box(ttf_parser::GlyphId(glyph.id)) {
            let scale = set.size / glyph.units_per_em();
            above = above.max(f64::from(area.y_max) * scale);
            below = below.max(-f64::from(area.y_min) * scale);
        }
    }
    (above, below)
}

/// The text without characters that XML does not allow or that break lines.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            c if c.is_control() => ' ',
            '\u{2028}' | '\u{2029}' => ' ',
            '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// Breaks text into lines no wider than `limit` if possible: at spaces (not at no-break spaces), else
/// after hyphens, else between letters. No letter is dropped.
pub(super) fn wrap(text: &str, limit: f64, set: TextStyle) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in clean(text).split(' ') {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined, set) <= limit {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = pieces(word, limit, set);
        line = pieces.pop().unwrap_or_default();
        lines.append(&mut pieces);
    }
    lines.push(line);
    lines.retain(|line| !line.is_empty());
    lines
}

/// The parts of a word that fit; the whole word if it fits.
fn pieces(word: &str, limit: f64, set: TextStyle) -> Vec<String> {
    let mut out = vec![String::new()];
    for part in word.split_inclusive(['-', '/', '–']) {
        let last = out.last_mut().expect("never empty");
        if last.is_empty() || width(&format!("{last}{part}"), set) <= limit {
            last.push_str(part);
        } else {
            out.push(part.to_owned());
        }
    }
    out.into_iter().flat_map(|part| letters(part, limit, set)).collect()
}

/// A part cut between letters if necessary. Combining marks stay with their letter.
fn letters(part: String, limit: f64, set: TextStyle) -> Vec<String> {
    if width(&part, set) <= limit {
        return vec![part];
    }
    let mut out = vec![String::new()];
    let mut used = 0.0;
    for c in part.chars() {
        let wide = width(c.encode_utf8(&mut [0; 4]), set);
        if used > 0.0 && wide > 0.0 && used + wide > limit {
            out.push(String::new());
            used = 0.0;
        }
        used += wide;
        out.last_mut().expect("never empty").push(c);
    }
    out
}

/// The width of the widest line.
pub(super) fn widest<'a>(lines: impl IntoIterator<Item = &'a str>, set: TextStyle) -> f64 {
    lines.into_iter().map(|line| width(line, set)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_region_breaks_at_its_space_and_keeps_every_letter() {
        let name = "Восточно-Казахстанская область";
        let lines = wrap(name, 110.0, TextStyle::LABEL);
        assert_eq!(lines, ["Восточно-Казахстанская", "область"]);
        let narrow = wrap(name, 60.0, TextStyle::LABEL);
        assert_eq!(narrow, ["Восточно-", "Казахстанская", "область"]);
        assert_eq!(wrap(name, 15.0, TextStyle::LABEL).concat(), name.replace(' ', ""));
    }

    #[test]
    fn a_space_that_forbids_a_break_is_not_broken_at() {
        assert_eq!(wrap("г.\u{a0}Алматы", 300.0, TextStyle::LABEL), ["г.\u{a0}Алматы"]);
        assert!(width("г.\u{a0}Алматы", TextStyle::LABEL) > 30.0);
    }

    #[test]
    fn bold_runs_wider_than_regular() {
        assert!(width("Алматы", TextStyle::VALUE) > width("Алматы", TextStyle::VALUE.bold(false)));
    }
}
