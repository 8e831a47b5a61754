//! Checks citation styles of a project before they are used.
//!
//! In: the text of a `.csl` file. Out: K0713 for a macro that calls itself or does not exist, and for
//! elements nested too deeply; and whether the style contains all words that it prints.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diag::{Code, Diagnostic, Message, SourceText, did_you_mean};

/// The largest nesting depth of elements, including those of called macros.
const DEPTH: usize = 100;

/// A call of a macro.
struct Call {
    name: String,
    /// The depth at which it occurs.
    depth: usize,
    range: Range<usize>,
}

/// The content of a macro, or of the style outside macros.
#[derive(Default)]
struct Body {
    /// The depth of its elements.
    depth: usize,
    /// The byte range of the deepest element.
    deepest: Range<usize>,
    calls: Vec<Call>,
}

/// Returns the problems of a style.
pub fn check(text: &SourceText) -> Vec<Diagnostic> {
    let Some(bodies) = read(&text.text) else { return vec![] };
    let mut found = vec![];
    let names: BTreeSet<&str> =
        bodies.keys().map(String::as_str).filter(|n| !n.is_empty()).collect();
    for call in bodies.values().flat_map(|body| &body.calls) {
        if !names.contains(call.name.as_str()) {
            found.push(
                wrong(message!("there is no macro `{name}`", name = call.name), text, &call.range)
                    .maybe_hint(did_you_mean(&call.name, names.iter().copied())),
            );
        }
    }
    let mut depths = BTreeMap::new();
    for name in bodies.keys() {
        // One problem is enough; each macro in a circle would report the same.
        if let Err((message, range)) = depth(name, &bodies, &mut depths, &mut vec![]) {
            found.push(wrong(message, text, &range));
            break;
        }
    }
    found
}

fn wrong(message: Message, text: &SourceText, range: &Range<usize>) -> Diagnostic {
    Diagnostic::error(Code::K0713, message).at(text.place(range.clone())).hint(message!(
        "correct the style; the styles of the official CSL collection have no such errors"
    ))
}

/// The depth of a body including all it calls, or the problem with its byte range.
fn depth<'a>(
    name: &'a str,
    bodies: &'a BTreeMap<String, Body>,
    known: &mut BTreeMap<&'a str, usize>,
    open: &mut Vec<&'a str>,
) -> Result<usize, (Message, Range<usize>)> {
    if let Some(depth) = known.get(name) {
        return Ok(*depth);
    }
    let Some(body) = bodies.get(name) else { return Ok(0) };
    let too_deep = |range: &Range<usize>| {
        (
            message!("elements of the style are nested more than {depth} deep", depth = DEPTH),
            range.clone(),
        )
    };
    if body.depth > DEPTH {
        return Err(too_deep(&body.deepest));
    }
    open.push(name);
    let mut most = body.depth;
    for call in &body.calls {
        if open.contains(&call.name.as_str()) {
            return Err((
                message!("the macro `{name}` calls itself", name = call.name),
                call.range.clone(),
            ));
        }
        if open.len() > DEPTH {
            return Err(too_deep(&call.range));
        }
        most = most.max(call.depth + depth(&call.name, bodies, known, open)?);
        if most > DEPTH {
            return Err(too_deep(&call.range));
        }
    }
    open.pop();
    known.insert(name, most);
    Ok(most)
}

/// The macros by name; the empty name has the elements outside macros.
fn read(text: &str) -> Option<BTreeMap<String, Body>> {
    let mut reader = Reader::from_str(text);
    let mut bodies: BTreeMap<String, Body> = BTreeMap::new();
    let (mut within, mut depth) = (String::new(), 0_usize);
    loop {
        let start = position(&reader);
        let event = reader.read_event().ok()?;
        let range = start..position(&reader);
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                if element.local_name().as_ref() == b"macro" && !is_empty {
                    within = attribute(&element, "name")?;
                }
                let body = bodies.entry(within.clone()).or_default();
                depth += 1;
                if depth > body.depth {
                    (body.depth, body.deepest) = (depth, range.clone());
                }
                if let Some(name) = attribute(&element, "macro") {
                    body.calls.push(Call { name, depth, range });
                }
                if is_empty {
                    depth -= 1;
                }
            }
            Event::End(element) => {
                depth = depth.checked_sub(1)?;
                if element.local_name().as_ref() == b"macro" {
                    within.clear();
                }
            }
            Event::Eof => return Some(bodies),
            _ => {}
        }
    }
}

/// Whether a style contains every term that it prints in a language. Otherwise it needs the locales of
/// CSL, sixty languages that take longer to decode than a page to lay out.
///
/// A use that is not known here counts as a need for the locales.
pub fn is_self_contained(text: &str, lang: &str) -> bool {
    terms(text, lang).is_some_and(|(needed, own)| needed.is_subset(&own))
}

/// The terms that a style prints, and its own in a language. `None` if it uses forms of the locales, or
/// cannot be read.
fn terms(text: &str, lang: &str) -> Option<(BTreeSet<String>, BTreeSet<String>)> {
    let mut reader = Reader::from_str(text);
    let (mut needed, mut own) = (BTreeSet::new(), BTreeSet::new());
    let mut is_own_language = false;
    loop {
        let (Event::Start(element) | Event::Empty(element)) = (match reader.read_event().ok()? {
            Event::Eof => return Some((needed, own)),
            event => event,
        }) else {
            continue;
        };
        let has = |name: &str, value: &str| attribute(&element, name).as_deref() == Some(value);
        needed.extend(attribute(&element, "term"));
        if has("quotes", "true") {
            needed.extend(["open-quote", "close-quote"].map(str::to_owned));
        }
        if has("and", "text") {
            needed.insert("and".to_owned());
        }
        match element.local_name().as_ref() {
            b"locale" => {
                let of = attribute(&element, "xml:lang");
                is_own_language = of.is_none_or(|of| of.split('-').next() == Some(lang));
            }
            b"term" if is_own_language => own.extend(attribute(&element, "name")),
            b"names" => drop(needed.insert("et-al".to_owned())),
            b"label" => needed.extend(attribute(&element, "variable")),
            b"date" if attribute(&element, "form").is_some() => return None,
            b"date-part" if has("name", "month") => match attribute(&element, "form").as_deref() {
                Some("numeric" | "numeric-leading-zeros") => {}
                _ => needed.extend((1..=12).map(|month| format!("month-{month:02}"))),
            },
            b"date-part" | b"number" if has("form", "ordinal") => return None,
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(attribute.unescape_value().ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(macros: &str) -> Vec<String> {
        let style = format!(
            "<style>{macros}<bibliography><layout><text macro=\"a\"/></layout></bibliography></style>"
        );
        check(&SourceText::new("x.csl", style)).into_iter().map(|d| d.message.to_string()).collect()
    }

    #[test]
    fn the_shipped_styles_contain_their_words() {
        let gost = include_str!("../../../templates/sources-gost.csl");
        let numbered = include_str!("../../../templates/sources-numbered.csl");
        assert!(is_self_contained(gost, "ru") && is_self_contained(gost, "kk"));
        assert!(is_self_contained(numbered, "en"));
        assert!(!is_self_contained(numbered, "ru"), "it has English words only");
        for need in [
            "<text term=\"in\"/>",
            "<text variable=\"title\" quotes=\"true\"/>",
            "<names variable=\"author\"/>",
            "<date variable=\"issued\" form=\"text\"/>",
            "<date variable=\"issued\"><date-part name=\"month\"/></date>",
            "<label variable=\"page\"/>",
        ] {
            let style =
                format!("<style><bibliography><layout>{need}</layout></bibliography></style>");
            assert!(!is_self_contained(&style, "en"), "{need}");
        }
        let own = "<style><locale><terms><term name=\"in\">in</term></terms></locale>\
                   <macro name=\"a\"><text term=\"in\"/></macro></style>";
        assert!(is_self_contained(own, "en"));
    }

    #[test]
    fn macros_may_call_others_and_not_themselves() {
        let calls = |name: &str, other: &str| {
            format!("<macro name=\"{name}\"><group><text macro=\"{other}\"/></group></macro>")
        };
        let last = "<macro name=\"c\"><text variable=\"title\"/></macro>";
        assert!(said(&(calls("a", "b") + &calls("b", "c") + last)).is_empty());
        let circle = said(&(calls("a", "b") + &calls("b", "a")));
        assert_eq!(circle, ["the macro `a` calls itself"]);
        assert_eq!(said(&calls("a", "zz")), ["there is no macro `zz`"]);
        let groups = "<group>".repeat(120) + &"</group>".repeat(120);
        assert_eq!(said(&format!("<macro name=\"a\">{groups}</macro>")).len(), 1);
        let chain: String =
            (0..200).map(|n| calls(&format!("m{n}"), &format!("m{}", n + 1))).collect();
        let chain = calls("a", "m0") + &chain + &last.replace("\"c\"", "\"m200\"");
        assert_eq!(said(&chain).len(), 1);
    }
}
