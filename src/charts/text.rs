//! Lettering: how wide a label runs, how high its ink stands, and where it may be broken.
//!
//! In: a label and its [`TextStyle`]. Out: measures in points, lines, and text fit for XML. Measured on
//! the very font files the typesetter ships, so that a box is what the reader will see. Kerning is
//! left out: it only ever makes the drawn line a little shorter than the measured one.

use std::sync::LazyLock;

use ttf_parser::Face;

/// The family every figure is lettered in; its files are the ones measured here.
pub(super) const FAMILY: &str = "Noto Sans";
/// From baseline to baseline of a broken label, in parts of the size.
pub(super) const LEADING: f64 = 1.2;

/// A size and weight of lettering.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextStyle {
    /// In points, at 1:1.
    pub size: f64,
    /// Regular or bold.
    pub bold: bool,
}

impl TextStyle {
    /// Names of regions, countries, ages.
    pub(super) const LABEL: Self = Self { size: 8.0, bold: false };
    /// Values beside their marks.
    pub(super) const VALUE: Self = Self { size: 8.0, bold: true };
    /// Periods, units, class bounds: what a reader may skip.
    pub(super) const SMALL: Self = Self { size: 7.5, bold: false };

    /// The same in bold, where asked for.
    pub(super) fn bold(self, bold: bool) -> Self {
        Self { bold, ..self }
    }

    /// What to add to the middle of a row to get the baseline of capitals and figures centred on
    /// it: half of Noto Sans' height of capitals.
    pub(super) fn centring(self) -> f64 {
        0.357 * self.size
    }

    /// From one baseline to the next.
    pub(super) fn leading(self) -> f64 {
        LEADING * self.size
    }
}

/// Which part of a label stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Regular, bold, and the deputies for what neither has, as the typesetter takes them.
static FACES: LazyLock<Vec<Face<'static>>> = LazyLock::new(|| {
    let own = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    own.map(|file| Face::parse(file, 0).expect("the font is compiled in and parses")).into()
});

/// The faces that have what the family lacks, as ₸ or an arrow; read when one is asked for.
static DEPUTIES: LazyLock<Vec<Face<'static>>> = LazyLock::new(|| {
    let faces = typst_assets::fonts().filter_map(|file| Face::parse(file, 0).ok());
    let is_deputy = |face: &Face<'_>| {
        let all = face.names().into_iter();
        let full = all.filter(|name| name.name_id == ttf_parser::name_id::FULL_NAME);
        full.filter_map(|name| name.to_string()).any(|name| DEPUTY_NAMES.contains(&&*name))
    };
    faces.filter(is_deputy).collect()
});

const DEPUTY_NAMES: [&str; 3] =
    ["Libertinus Serif Regular", "Libertinus Serif", "DejaVu Sans Mono"];

/// The glyph that a letter is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Which face has it, counted over the family and its deputies.
    pub face: usize,
    /// Its number there; 0 where no face has it.
    pub id: u16,
}

impl Glyph {
    pub(super) fn font(&self) -> &'static Face<'static> {
        match self.face.checked_sub(FACES.len()) {
            None => &FACES[self.face],
            Some(deputy) => &DEPUTIES[deputy],
        }
    }

    /// How far the next letter stands, in the font's units.
    pub(super) fn advance(&self) -> f64 {
        self.font().glyph_hor_advance(ttf_parser::GlyphId(self.id)).unwrap_or(0).into()
    }

    pub(super) fn units_per_em(&self) -> f64 {
        self.font().units_per_em().into()
    }
}

/// The glyph of a letter: the family's own, or that of the first deputy that has one.
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

/// How wide a line runs, in points.
pub(super) fn width(text: &str, set: TextStyle) -> f64 {
    let advance = |c| {
        let glyph = glyph(c, set);
        glyph.advance() / glyph.units_per_em()
    };
    text.chars().map(advance).sum::<f64>() * set.size
}

/// How far its ink reaches above and below the baseline, in points.
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

/// The same text without what XML cannot hold or what would break a line by itself.
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

/// Broken into lines no wider than `limit` where that can be had: at spaces (never at those that
/// forbid it), else after hyphens, else between letters. No letter is ever dropped.
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

/// One word in pieces that fit; the whole word if it fits.
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

/// One part cut between letters, if it must be. Marks without a width stay with their letter.
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

/// The widest of some lines.
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
