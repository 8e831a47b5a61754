//! Colours: derives the tones of a figure from a body's brand.
//!
//! In: [`Brand`]. Out: a [`Palette`] whose text tones have a contrast of at least 4.5:1 on white and
//! whose class tints run from light to dark, so that their order survives a grey print.

use plotters::style::Color;
use plotters_backend::BackendColor;

use crate::document::Brand;

/// An sRGB colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(
    /// Red.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

impl Colour {
    /// Paper.
    pub const WHITE: Self = Self(255, 255, 255);
    /// Full ink.
    pub const BLACK: Self = Self(0, 0, 0);

    /// Parses `#RRGGBB`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
        // `from_str_radix` would accept a sign.
        let digits = Some(digits).filter(|d| d.chars().all(|c| c.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        Some(Self((number >> 16) as u8, (number >> 8) as u8, number as u8))
    }

    /// `#RRGGBB`.
    pub fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    /// Mixes in `part` (0 to 1) of another colour.
    pub fn mix(self, other: Self, part: f64) -> Self {
        let one =
            |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
        Self(one(self.0, other.0), one(self.1, other.1), one(self.2, other.2))
    }

    /// Relative luminance, as WCAG defines it: 0 is black, 1 is white.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio, as WCAG defines it: 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        (a / b).max(b / a)
    }

    /// The same hue, darkened until small text in it is legible on white.
    // #D55E00 has 3.9:1 on white, which suffices for a bar but not for a number beside it (WCAG 1.4.3).
    pub fn legible(self) -> Self {
        (0..=20)
            .map(|step| self.mix(Self(0, 0, 0), f64::from(step) * 0.05))
            .find(|colour| colour.contrast(Self::WHITE) >= 4.5)
            .unwrap_or(Self(0, 0, 0))
    }

    /// The text colour on this background: `ink` or white, whichever has more contrast.
    pub fn lettering(self, ink: Self) -> Self {
        if self.contrast(ink) >= self.contrast(Self::WHITE) { ink } else { Self::WHITE }
    }
}

impl Color for Colour {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (self.0, self.1, self.2) }
    }
}

/// The colours of one body's figures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// Increases.
    pub gain: Colour,
    /// Decreases; hatched.
    pub loss: Colour,
    /// Totals, zero lines, secondary text.
    pub quiet: Colour,
    /// Text.
    pub ink: Colour,
    /// Grid lines and connecting lines.
    pub faint: Colour,
}

impl Palette {
    /// Derives the palette. An invalid colour is replaced by the default, since errors in the brand are
    /// reported where it is read.
    pub(super) fn of(brand: &Brand) -> Self {
        let own = Brand::default();
        let pick = |text: &str, other: &str| {
            Colour::parse(text).or_else(|| Colour::parse(other)).unwrap_or(Colour(0, 0, 0))
        };
        let quiet = pick(&brand.quiet, &own.quiet);
        Self {
            gain: pick(&brand.gain, &own.gain),
            loss: pick(&brand.loss, &own.loss),
            quiet,
            ink: pick(&brand.ink, &own.ink),
            faint: quiet.mix(Colour::WHITE, 0.7),
        }
    }

    /// The colour of a mark with a signed value.
    pub(super) fn signed(&self, value: f64) -> Colour {
        match value {
            v if v > 0.0 => self.gain,
            v if v < 0.0 => self.loss,
            _ => self.quiet,
        }
    }

    /// The colour of a signed number.
    pub(super) fn signed_text(&self, value: f64) -> Colour {
        self.signed(value).legible()
    }

    /// Marks next to an emphasised one: as light as a mark on white may be (3:1).
    pub(super) fn muted(&self) -> Colour {
        (0..=14)
            .rev()
            .map(|step| self.quiet.mix(Colour::WHITE, f64::from(step) * 0.05))
            .find(|colour| colour.contrast(Colour::WHITE) >= 3.0)
            .unwrap_or(self.quiet)
    }

    /// `count` tints of a colour from light to dark; the last one is the colour itself.
    pub(super) fn tints(colour: Colour, count: usize) -> Vec<Colour> {
        (0..count)
            .map(|i| {
                let depth = if count == 1 { 1.0 } else { i as f64 / (count - 1) as f64 };
                colour.mix(Colour::WHITE, 0.82 * (1.0 - depth))
            })
            .collect()
    }

    /// The colours of the parts of a whole or of the bars of a group, from dark to light: tints of one
    /// colour, whose order survives a grey print and every colour blindness.
    pub(super) fn parts(&self, count: usize) -> Vec<Colour> {
        // On the tints between the first two, neither white nor ink is legible enough.
        let lighter = |i: usize| match count {
            2 => 0.55,
            _ => 0.36 + 0.5 * (i - 1) as f64 / (count - 2) as f64,
        };
        let tint = |i| self.gain.mix(Colour::WHITE, if i == 0 { 0.0 } else { lighter(i) });
        (0..count).map(tint).collect()
    }

    /// The colours of up to five lines, which also differ in the shape of their ends.
    pub(super) fn category(&self, index: usize) -> Colour {
        const FIVE: [Colour; 5] = [
            Colour(0x00, 0x72, 0xB2),
            Colour(0xD5, 0x5E, 0x00),
            Colour(0x00, 0x9E, 0x73),
            Colour(0xCC, 0x79, 0xA7),
            Colour(0x5F, 0x6B, 0x76),
        ];
        FIVE[index % FIVE.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gain_and_loss_differ_in_a_grey_print() {
        let palette = Palette::of(&Brand::default());
        // Perceived lightness (CIE L*), 0 to 100.
        let lightness = |c: Colour| 116.0 * c.luminance().cbrt() - 16.0;
        assert!((lightness(palette.gain) - lightness(palette.loss)).abs() > 12.0);
    }

    #[test]
    fn marks_reach_three_to_one_and_numbers_four_and_a_half() {
        let palette = Palette::of(&Brand::default());
        for value in [1.0, -1.0, 0.0] {
            assert!(palette.signed(value).contrast(Colour::WHITE) >= 3.0);
            assert!(palette.signed_text(value).contrast(Colour::WHITE) >= 4.5);
        }
        assert!(palette.muted().contrast(Colour::WHITE) >= 3.0);
    }

    #[test]
    fn tints_darken_from_class_to_class() {
        let tints = Palette::tints(Colour(0, 0x5B, 0x8F), 6);
        assert!(tints.windows(2).all(|t| t[0].luminance() > t[1].luminance() + 0.03));
    }

    #[test]
    fn parts_differ_in_a_grey_print_and_carry_their_share_legibly() {
        let palette = Palette::of(&Brand::default());
        let lightness = |c: &Colour| 116.0 * c.luminance().cbrt() - 16.0;
        for count in 1..=5 {
            let parts = palette.parts(count);
            assert_eq!(parts.len(), count);
            assert!(parts.windows(2).all(|p| lightness(&p[1]) - lightness(&p[0]) > 9.0), "{count}");
            let most = |c: &Colour| c.contrast(c.lettering(palette.ink));
            assert!(parts.iter().all(|c| most(c) >= 4.5), "{count}: {parts:?}");
        }
    }

    #[test]
    fn a_colour_that_is_none_falls_back() {
        let brand = Brand { gain: "blue".into(), loss: "#12é45".into(), ..Brand::default() };
        assert_eq!(Palette::of(&brand).gain, Colour(0, 0x5B, 0x8F));
        assert_eq!(Palette::of(&brand).loss, Colour(0xD5, 0x5E, 0));
    }
}
