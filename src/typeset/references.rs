//! Citations and the list of sources, worded by a citation style (CSL) with hayagriva.
//!
//! In: the bibliography, a style, the cited keys in the order of the list, and the groups of keys that the
//! text cites together. Out: [`Piece`]s of text, which the templates set.
//!
//! Typst's own `bibliography` is not used. It decodes the locales of sixty languages, which takes a tenth
//! of a build, also for a style that contains its words; and it knows the text of a citation only after a
//! first layout, so that everything after the first citation is laid out again.

use std::sync::LazyLock;

use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::{
    FontStyle, FontVariant, FontWeight, IndependentStyle, Locale, LocaleCode, Style, StyleClass,
    TextDecoration, VerticalAlign,
};
use hayagriva::io::from_yaml_str;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild,
    ElemChildren, ElemMeta, Entry, Formatting,
};
use serde::Serialize;

use super::REFERENCES;
use super::files::Files;
use crate::diag::{Code, Diagnostic, Message, Place, Result};
use crate::document::bibliography::style::is_self_contained;

/// A part of a citation or of an entry of the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Piece {
    /// Its text.
    pub text: String,
    /// The key of the source to whose entry it leads; in citations only.
    pub key: Option<String>,
    /// The address it leads to; in entries only.
    pub url: Option<String>,
    /// How its style sets it: `italic`, `bold`, `small-caps`, `underline`, `super`, `sub`.
    pub styles: Vec<&'static str>,
}

/// A source in the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Listed {
    /// Its key.
    pub key: String,
    /// What stands before its text in a column of its own, such as `3.`; empty in styles without numbers.
    pub number: Vec<Piece>,
    /// Its text.
    pub content: Vec<Piece>,
}

/// The list of sources and the citations of an edition.
#[derive(Debug, Default)]
pub(super) struct References {
    /// The sources in the order of the style.
    pub list: Vec<Listed>,
    /// The citations, one for each group.
    pub citations: Vec<Vec<Piece>>,
    /// Whether the second and later lines of an entry are indented.
    pub hanging: bool,
}

/// Words the list of the `cited` sources and the citations of `groups`. Keys that are not in the
/// bibliography are skipped; [`super::sources::check`] reports them.
pub(super) fn word(
    files: &Files,
    cited: &[String],
    groups: &[Vec<String>],
    style: &str,
    lang: &str,
) -> Result<References> {
    if cited.is_empty() {
        return Ok(References::default());
    }
    let (text, place) = read(files, REFERENCES)?;
    let library =
        from_yaml_str(text).map_err(|error| vec![unreadable(place, &error.to_string())])?;
    let (style, needs_locales) = style_of(files, style, lang)?;
    static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(archive::locales);
    let locales: &[Locale] = if needs_locales { &LOCALES } else { &[] };
    let locale = Some(LocaleCode(lang.to_owned()));
    let entries = |keys: &[String]| -> Vec<&Entry> {
        keys.iter().filter_map(|key| library.get(key)).collect()
    };
    let mut driver = BibliographyDriver::new();
    // Numbers follow the order in which the sources are first cited.
    let hidden =
        entries(cited).into_iter().map(|entry| CitationItem::new(entry, None, None, true, None));
    driver.citation(CitationRequest::new(hidden.collect(), &style, locale.clone(), locales, None));
    for group in groups {
        let items = entries(group).into_iter().map(CitationItem::with_entry).collect();
        driver.citation(CitationRequest::new(items, &style, locale.clone(), locales, None));
    }
    let rendered =
        driver.finish(BibliographyRequest { style: &style, locale, locale_files: locales });
    let cites = rendered.citations.iter().skip(1).zip(groups);
    let citations = cites.map(|(citation, keys)| {
        let keys: Vec<&String> = keys.iter().filter(|key| library.get(key).is_some()).collect();
        let mut pieces = vec![];
        gather(&citation.citation, &keys, None, &mut pieces);
        pieces
    });
    let citations = citations.collect();
    let Some(list) = rendered.bibliography else {
        return Err(Diagnostic::error(
            Code::K0713,
            message!(
                "the citation style `{value}` has no list of sources",
                value = style.info.title.value
            ),
        )
        .hint(message!("add a `bibliography` to the style"))
        .hint(named())
        .into());
    };
    let listed = list.items.iter().map(|item| {
        let (mut number, mut content) = (vec![], vec![]);
        if let Some(first) = &item.first_field {
            gather_child(first, &[], None, &mut number);
        }
        gather(&item.content, &[], None, &mut content);
        Listed { key: item.key.clone(), number, content }
    });
    Ok(References { list: listed.collect(), citations, hanging: list.hanging_indent })
}

/// The style, and whether it needs the locales of CSL.
fn style_of(files: &Files, name: &str, lang: &str) -> Result<(IndependentStyle, bool)> {
    let (style, needs_locales) = if name.ends_with(".csl") {
        let (text, place) = read(files, name)?;
        let style = IndependentStyle::from_xml(text)
            .map_err(|error| vec![unreadable(place, &error.to_string())])?;
        (style, !is_self_contained(text, lang))
    } else {
        let style = ArchivedStyle::by_name(name).map(ArchivedStyle::get);
        let Some(Style::Independent(style)) = style else {
            let known = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
            return Err(Diagnostic::error(
                Code::K0713,
                message!("there is no citation style `{name}`", name),
            )
            .maybe_hint(
                crate::diag::nearest(name, known)
                    .map(|near| message!("did you mean `{near}`?", near)),
            )
            .hint(message!("a style of your own is a `.csl` file in `templates/`: `/own.csl`"))
            .hint(named())
            .into());
        };
        (style, true)
    };
    if style.settings.class == StyleClass::Note {
        return Err(Diagnostic::error(
            Code::K0713,
            message!("the citation style `{name}` cites in footnotes", name),
        )
        .note(message!("a brief cites in its text and lists its sources at the end"))
        .hint(message!("use a style with numbers, or with authors and years"))
        .hint(named())
        .into());
    }
    Ok((style, needs_locales))
}

/// The text of a file, and its place.
fn read<'a>(files: &'a Files, path: &str) -> Result<(&'a str, Place)> {
    let file = files.iter().find(|(known, _)| *known == path).map(|(_, file)| file);
    let place = file.map_or_else(|| path.trim_start_matches('/').into(), |file| file.shown.clone());
    match file.and_then(|file| file.bytes.as_str().ok()) {
        Some(text) => Ok((text, Place::Path(place))),
        None => Err(unreadable(Place::Path(place), "there is no such file in UTF-8").into()),
    }
}

fn unreadable(place: Place, why: &str) -> Diagnostic {
    Diagnostic::error(Code::K0713, message!("the file cannot be read: {why}", why)).at(place).hint(
        message!("correct the file; the styles of the official CSL collection have no such errors"),
    )
}

/// The remedy for a style that cannot be used: where a style is named.
fn named() -> Message {
    message!("name another style in `bibliography-style` of `strings.LANGUAGE.toml`")
}

/// Adds the pieces of a rendered text. `keys` are those of a citation, `key` the one it is within.
fn gather(children: &ElemChildren, keys: &[&String], key: Option<&str>, pieces: &mut Vec<Piece>) {
    for child in &children.0 {
        gather_child(child, keys, key, pieces);
    }
}

fn gather_child(child: &ElemChild, keys: &[&String], key: Option<&str>, pieces: &mut Vec<Piece>) {
    let mut push = |text: &str, formatting: &Formatting, url: Option<&String>| {
        let piece = Piece {
            text: text.to_owned(),
            key: key.map(str::to_owned),
            url: url.cloned(),
            styles: styles(formatting),
        };
        match pieces.last_mut() {
            Some(last)
                if (&last.key, &last.url, &last.styles)
                    == (&piece.key, &piece.url, &piece.styles) =>
            {
                last.text.push_str(&piece.text);
            }
            _ if piece.text.is_empty() => {}
            _ => pieces.push(piece),
        }
    };
    match child {
        ElemChild::Text(said) => push(&said.text, &said.formatting, None),
        ElemChild::Link { text, url } => push(&text.text, &text.formatting, Some(url)),
        // Formulas in titles are printed as they are written.
        ElemChild::Markup(text) => push(text, &Formatting::default(), None),
        ElemChild::Elem(elem) => {
            let own = match elem.meta {
                Some(ElemMeta::Entry(index)) => keys.get(index).map(|key| key.as_str()),
                _ => None,
            };
            gather(&elem.children, keys, own.or(key), pieces);
        }
        // Stands for the page number of a citation, which a brief never gives.
        ElemChild::Transparent { .. } => {}
    }
}

fn styles(formatting: &Formatting) -> Vec<&'static str> {
    let pairs = [
        (formatting.font_style == FontStyle::Italic, "italic"),
        (formatting.font_weight == FontWeight::Bold, "bold"),
        (formatting.font_variant == FontVariant::SmallCaps, "small-caps"),
        (formatting.text_decoration == TextDecoration::Underline, "underline"),
        (formatting.vertical_align == VerticalAlign::Sup, "super"),
        (formatting.vertical_align == VerticalAlign::Sub, "sub"),
    ];
    pairs.into_iter().filter_map(|(holds, name)| holds.then_some(name)).collect()
}
