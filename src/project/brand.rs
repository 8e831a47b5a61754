//! The brand: legible colours, a valid logo, valid fonts.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::written::Layer;
use super::{Layered, picture};
use crate::charts::Colour;
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, Spanned};
use crate::document::Brand;
use crate::files::Blob;

/// The logo at the top of the first page.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// Its virtual path, whose extension is its type: `/logo.svg`.
    pub path: String,
    /// Its content.
    pub bytes: Blob,
    /// Its path.
    pub file: PathBuf,
    /// Its height on the page, in millimetres.
    pub height_mm: f64,
}

/// Colours, font and logo.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenBrand {
    /// The colour of headings, large numbers and links; contrast with white at least 4.5 to 1.
    #[schemars(extend("default" = Brand::default().accent, "pattern" = COLOUR))]
    accent: Option<Spanned<String>>,
    /// The colour of gains in figures; contrast with white at least 3 to 1.
    #[schemars(extend("default" = Brand::default().gain, "pattern" = COLOUR))]
    gain: Option<Spanned<String>>,
    /// The colour of losses in figures; contrast with white at least 3 to 1.
    #[schemars(extend("default" = Brand::default().loss, "pattern" = COLOUR))]
    loss: Option<Spanned<String>>,
    /// The colour of captions and notes; contrast with white at least 4.5 to 1.
    #[schemars(extend("default" = Brand::default().quiet, "pattern" = COLOUR))]
    quiet: Option<Spanned<String>>,
    /// The colour of running text; contrast with white at least 7 to 1.
    #[schemars(extend("default" = Brand::default().ink, "pattern" = COLOUR))]
    ink: Option<Spanned<String>>,
    /// Whether the cards of the first page show gains and losses in their colours; a statistical office may
    /// prefer not to.
    #[schemars(extend("default" = Brand::default().signed_colours))]
    signed_colours: Option<bool>,
    /// A font family: a compiled-in one (Noto Sans, Libertinus Serif, DejaVu Sans Mono) or one of a folder `fonts`.
    #[schemars(extend("default" = Brand::default().font))]
    font: Option<String>,
    /// An SVG, PNG or JPEG file in the folder of the profile or the project; an empty text removes the logo
    /// of a layer below.
    logo: Option<Spanned<String>>,
    /// The height of the logo in millimetres.
    #[schemars(extend("default" = LOGO_HEIGHT_MM, "minimum" = LOGO_MM.start(), "maximum" = LOGO_MM.end()))]
    logo_height: Option<Spanned<f64>>,
}

/// The form of a colour.
const COLOUR: &str = "^#[0-9A-Fa-f]{6}$";

/// The least contrast of text with white.
pub(super) const TEXT_CONTRAST: f64 = 4.5;

/// The valid heights of a logo in millimetres.
const LOGO_MM: std::ops::RangeInclusive<f64> = 5.0..=40.0;

/// The default height of a logo in millimetres.
const LOGO_HEIGHT_MM: f64 = 14.0;

/// The brand that results from all layers.
pub(super) fn resolve(
    layers: &[Layer],
    sources: Layered<'_>,
    found: &mut Vec<Diagnostic>,
) -> (Brand, Option<Logo>) {
    let default = Brand::default();
    // Text needs a contrast of 4.5 : 1 with paper, marks and rules 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
    let mut colour = |pick: fn(&WrittenBrand) -> Option<&Spanned<String>>, least: f64, default| {
        written(layers, pick).map_or(default, |(value, text)| {
            match legible(value.get_ref(), text.place(value.span()), least) {
                Ok(colour) => colour,
                Err(problem) => {
                    found.extend(problem);
                    String::new()
                }
            }
        })
    };
    let brand = Brand {
        accent: colour(|b| b.accent.as_ref(), TEXT_CONTRAST, default.accent),
        gain: colour(|b| b.gain.as_ref(), 3.0, default.gain),
        loss: colour(|b| b.loss.as_ref(), 3.0, default.loss),
        quiet: colour(|b| b.quiet.as_ref(), TEXT_CONTRAST, default.quiet),
        ink: colour(|b| b.ink.as_ref(), 7.0, default.ink),
        font: super::written::last(layers, |l| l.brand.font.clone()).unwrap_or(default.font),
        signed_colours: super::written::last(layers, |l| l.brand.signed_colours)
            .unwrap_or(default.signed_colours),
    };
    let height_mm = match written(layers, |b| b.logo_height.as_ref()) {
        Some((height, text)) if !LOGO_MM.contains(height.get_ref()) => {
            found.push(
                Diagnostic::error(
                    Code::K0011,
                    message!("a logo {height} mm high", height = height.get_ref()),
                )
                .at(text.place(height.span()))
                .hint(message!(
                    "between {start} and {end} mm",
                    start = LOGO_MM.start(),
                    end = LOGO_MM.end()
                )),
            );
            *LOGO_MM.start()
        }
        Some((height, _)) => *height.get_ref(),
        None => LOGO_HEIGHT_MM,
    };
    let logo = written(layers, |b| b.logo.as_ref())
        // A layer above may remove the logo.
        .filter(|(name, _)| !name.get_ref().is_empty())
        .and_then(|(name, text)| {
            logo(name, text, sources, height_mm).map_err(|problems| found.extend(problems)).ok()
        });
    (brand, logo)
}

/// The value of the uppermost layer that has one, with its text.
fn written<'a, T: 'a>(
    layers: &'a [Layer],
    pick: impl Fn(&'a WrittenBrand) -> Option<&'a Spanned<T>>,
) -> Option<(&'a Spanned<T>, &'a SourceText)> {
    layers.iter().rev().find_map(|layer| pick(&layer.brand).zip(layer.text.as_ref()))
}

/// A colour in capitals, if it has the least contrast with white.
pub(super) fn legible(name: &str, at: Place, least: f64) -> Result<String> {
    let hex = name.strip_prefix('#').filter(|hex| hex.len() == 6).and_then(|_| Colour::parse(name));
    let Some(colour) = hex else {
        return Err(Diagnostic::error(Code::K0007, message!("`{name}` is not a colour", name))
            .at(at)
            .hint(message!(
                "write it as `#12436D`: red, green and blue with two hexadecimal digits each"
            ))
            .into());
    };
    let contrast = colour.contrast(Colour::WHITE);
    if contrast < least {
        let darker = (1..=20)
            .map(|step| colour.mix(Colour::BLACK, f64::from(step) * 0.05))
            .find(|darker| darker.contrast(Colour::WHITE) >= least);
        return Err(Diagnostic::error(
            Code::K0009,
            message!("`{name}` is too pale to be read on paper", name),
        )
        .at(at)
        .note(message!(
            "its contrast with white is {contrast} to 1, and must be at least {least} to 1 \
                (WCAG 2.2)",
            contrast = format!("{contrast:.1}"),
            least
        ))
        .maybe_hint(darker.map(|c| message!("`{c}` is the same colour, dark enough", c = c.hex())))
        .into());
    }
    Ok(name.to_ascii_uppercase())
}

fn logo(
    written: &Spanned<String>,
    text: &SourceText,
    sources: Layered<'_>,
    height_mm: f64,
) -> Result<Logo> {
    let name = written.get_ref();
    let at = text.place(written.span());
    let inside = std::path::Path::new(name)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)));
    let Some(kind) = picture_kind(name).filter(|_| inside) else {
        return Err(Diagnostic::error(Code::K0011, message!("`{name}` cannot be a logo", name))
            .at(at)
            .hint(message!(
                "name an SVG, PNG or JPEG file in the folder of the profile or the project"
            ))
            .into());
    };
    let Some(file) = sources.nearest(name) else {
        return Err(Diagnostic::error(Code::K0011, message!("there is no logo `{name}`", name))
            .at(at)
            .note(message!("kosh looks for it in the profile's folder, then in the project's"))
            .hint(message!(
                "put the file there, or delete `logo`: then the name is printed without one"
            ))
            .into());
    };
    let unreadable = |why: Message| {
        Diagnostic::error(Code::K0011, message!("the logo `{name}` is not a picture", name))
            .at(at.clone())
            .related_path(sources.shown(&file))
            .note(why)
            .hint(message!("save it again as SVG, PNG or JPEG"))
    };
    let bytes = sources
        .read(&file)
        .map_err(|error| vec![unreadable(Message::verbatim(error.to_string()))])?;
    check_content(kind, bytes.bytes()).map_err(|why| vec![unreadable(why)])?;
    if let Some(why) = picture::wrong_size(kind, bytes.bytes()) {
        return Err(Diagnostic::error(
            Code::K0011,
            message!("the logo `{name}` cannot be of this size", name),
        )
        .at(at.clone())
        .related_path(sources.shown(&file))
        .note(why)
        .hint(message!("make it smaller: 2,000 pixels a side are enough to print it"))
        .into());
    }
    Ok(Logo { path: format!("/logo.{kind}"), bytes, file, height_mm })
}

/// The kind of a picture by the extension of its name.
pub(super) fn picture_kind(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    ["svg", "png", "jpg", "jpeg"].into_iter().find(|kind| name.ends_with(&format!(".{kind}")))
}

/// Refuses a picture whose content is not of its kind.
fn check_content(kind: &str, bytes: &[u8]) -> std::result::Result<(), Message> {
    let looks = match kind {
        "svg" => std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg")),
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        _ => bytes.starts_with(b"\xff\xd8\xff"),
    };
    if looks {
        Ok(())
    } else {
        Err(message!("its content does not match its extension .{kind}", kind))
    }
}

/// Refuses a picture that cannot be printed as a logo.
pub(super) fn check_picture(kind: &str, bytes: &[u8]) -> std::result::Result<(), Message> {
    check_content(kind, bytes)?;
    picture::wrong_size(kind, bytes).map_or(Ok(()), Err)
}

/// The font files in the folders `fonts` of the project and its profiles.
pub(super) fn fonts(sources: Layered<'_>, found: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let mut fonts = vec![];
    for folder in sources.layers().folders("fonts") {
        match sources.names(&folder) {
            Ok(names) => {
                let is_font = |name: &String| {
                    let name = name.to_lowercase();
                    [".ttf", ".otf", ".ttc", ".otc"].iter().any(|end| name.ends_with(end))
                };
                let names = names.unwrap_or_default();
                fonts.extend(names.iter().filter(|name| is_font(name)).map(|n| folder.join(n)));
            }
            Err(problems) => found.extend(problems),
        }
    }
    fonts
}

impl Diagnostic {
    /// Adds a whole file as a related place.
    fn related_path(self, path: PathBuf) -> Self {
        self.related(Place::Path(path), message!("the file"))
    }
}
