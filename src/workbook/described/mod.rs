//! Tables of others with their description: a Frictionless data package, or CSV on the Web.
//!
//! In: the description as JSON, and a way to read the file that it names. Out: a [`Workbook`] with the table as its only
//! sheet, in which cells are what the description says: numbers are numbers with as many decimals as were typed, days
//! are days, what stands for nothing is nothing. Which column is which dimension is left to a recipe.
//!
//! Nothing that changes a value is passed over: it is followed, or refused at its place in the description (K1206). A
//! cell that is not as it is described is refused at its place in the table (K1207).
//!
//! | file | |
//! |---|---|
//! | `json` | a value of JSON with its place in the text |
//! | `frictionless`, `csvw` | a description to [`Described`] |
//! | `column` | what cells of a column mean |
//! | `table` | the text of the table to a sheet |

#![allow(
    clippy::result_large_err,
    reason = "a problem is moved once, and it is the end of the reading"
)]

mod column;
mod csvw;
mod frictionless;
mod json;
mod table;

use std::path::{Component, Path};
use std::sync::Arc;

use regex::Regex;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha512};

use super::encoding::{self, Encoding};
use super::separated::Dialect;
use super::{Beside, BesideFile, Format, Options, Workbook, too_large};
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, did_you_mean};
use crate::files::digest::hexadecimal;
use column::Column;
use json::Node;

/// A table as its description says.
struct Described {
    name: String,
    /// The file, seen from the folder of the description.
    path: String,
    path_place: Place,
    encoding: Option<(Value, Place)>,
    dialect: Dialect,
    /// Lines before the head that are passed over.
    skipped: u32,
    head: Head,
    /// A text that stands for nothing in every column.
    null: Option<String>,
    /// Its columns; if nothing is said of them, those of the head.
    columns: Option<Vec<Column>>,
    /// How long the file is.
    bytes: Option<(u64, Place)>,
    /// The sum of its bytes.
    hash: Option<(String, Place)>,
}

/// What the first row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// The heads of the columns in the order in which they are described.
    AsDescribed,
    /// The heads of the columns in any order.
    ByName,
    /// There is none.
    None,
}

/// The table that somebody names.
type Chosen<'a> = Option<&'a Regex>;

/// Which standard a description is of; `None` if it is none.
pub(super) fn standard(whole: &Value) -> Option<Format> {
    let is_web = |value: &Value| match value {
        Value::String(text) => text.contains("www.w3.org/ns/csvw"),
        Value::Array(all) => {
            all.iter().any(|one| one.as_str().is_some_and(|t| t.contains("www.w3.org/ns/csvw")))
        }
        _ => false,
    };
    if whole.get("@context").is_some_and(is_web)
        || whole.get("tableSchema").is_some()
        || whole.get("tables").is_some()
    {
        return Some(Format::Csvw);
    }
    whole.get("resources").map(|_| Format::Package)
}

/// The table that a name means, of several. `what` is what the standard calls them.
fn choose<'n, 'a, 'v>(
    all: &'n [(&'a str, &'n Node<'v>)],
    chosen: Chosen<'_>,
    place: &Node<'v>,
    what: &str,
) -> std::result::Result<(&'a str, &'n Node<'v>), Diagnostic> {
    let fits = |name: &str| chosen.is_none_or(|chosen| chosen.is_match(name));
    let mut found = all.iter().filter(|(name, _)| fits(name));
    let first = found.next();
    if let (Some((name, node)), None) = (first, found.next()) {
        return Ok((name, node));
    }
    let names: Vec<String> = all.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = match (all.is_empty(), first) {
        (true, _) => message!("there is no {what} in it", what),
        (_, None) => message!("no {what} is called so", what),
        _ => message!("it has several {what}s, and one is meant", what),
    };
    let near = chosen.and_then(|chosen| {
        let wanted = chosen.as_str().trim_matches(['^', '$']);
        did_you_mean(wanted, all.iter().map(|(name, _)| *name))
    });
    Err(Diagnostic::error(Code::K1208, message)
        .at(place.place())
        .maybe_hint(near)
        .note(message!("it has {names}", names = names.join(", ")))
        .hint(message!("name one with `--resource`, or by `name` under `[sheets]` of the recipe")))
}

/// Reads the table that a description describes.
pub(super) fn read(
    text: &str,
    whole: &Value,
    format: Format,
    path: &Path,
    options: &Options,
    beside: &Beside<'_>,
) -> Result<Workbook> {
    let source = SourceText::new(path, text);
    let node = Node::whole(&source, whole);
    let described = match format {
        Format::Csvw => csvw::read(&node, options.resource.as_ref()),
        _ => frictionless::read(&node, options.resource.as_ref()),
    };
    let described = described.map_err(|problem| vec![problem])?;
    inside(&described.path).map_err(|why| {
        vec![Diagnostic::error(Code::K1206, why).at(described.path_place.clone()).hint(message!(
            "download the table into the folder of its description, and write its name"
        ))]
    })?;
    let bytes = beside(&described.path).map_err(|why| {
        vec![
            Diagnostic::error(
                Code::K1206,
                message!("`{path}` cannot be read: {why}", path = described.path, why),
            )
            .at(described.path_place.clone())
            .hint(message!("put the table beside its description")),
        ]
    })?;
    is_described(&described, bytes.bytes())?;
    let shown = path.parent().unwrap_or(Path::new("")).join(&described.path);
    if u32::try_from(bytes.bytes().len()).is_err() {
        return Err(too_large(&shown, message!("it has more than 4 GiB")).into());
    }
    let own = match &described.encoding {
        None => Encoding::UTF_8,
        Some((value, place)) => {
            value.as_str().and_then(|name| name.parse().ok()).ok_or_else(|| {
                vec![
                    Diagnostic::error(
                        Code::K1206,
                        message!("{value} is no encoding that is known", value),
                    )
                    .at(place.clone()),
                ]
            })?
        }
    };
    let decoded = encoding::decode(bytes.bytes(), Some(options.encoding.unwrap_or(own)), &shown)?;
    let table = SourceText::new(shown, decoded.text);
    let sheet = table::read(&described, &table)?;
    let file = BesideFile {
        path: described.path,
        bytes,
        encoding: decoded.encoding,
        separator: described.dialect.separator,
    };
    Ok(Workbook {
        path: path.to_path_buf(),
        format,
        sheets: vec![sheet],
        reading: None,
        beside: Some(Arc::new(file)),
        knows_styles: false,
        knows_hidden: true,
        knows_merged: true,
        source: Some(table),
    })
}

/// Why a path leads out of the folder of a description, if it does.
fn inside(path: &str) -> std::result::Result<(), Message> {
    if path.contains("://") {
        return Err(message!("`{path}` is an address of the web, and nothing is downloaded", path));
    }
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let has_odd_signs = path.contains(['\\', ':', '\0']) || path.is_empty();
    if has_odd_signs || !Path::new(path).components().all(is_plain) {
        return Err(message!("`{path}` leads out of the folder of the description", path));
    }
    Ok(())
}

/// Refuses a file that is not the one that was described, as far as its length and its sum tell.
fn is_described(described: &Described, bytes: &[u8]) -> Result<()> {
    let other = |message: Message, place: &Place| {
        Err(Diagnostic::error(Code::K1206, message)
            .at(place.clone())
            .note(message!("the file was changed after it was described, or it is another file"))
            .hint(message!(
                "download both again; or take the property out, if the file is the right one"
            ))
            .into())
    };
    let path = &described.path;
    if let Some((said, place)) = &described.bytes
        && *said != bytes.len() as u64
    {
        let message = message!(
            "`{path}` has {number_of_bytes} bytes, and the package says {said}",
            path,
            number_of_bytes = bytes.len(),
            said
        );
        return other(message, place);
    }
    let Some((said, place)) = &described.hash else { return Ok(()) };
    let own = match said.split_once(':') {
        Some(("sha256", digits)) => Some((digits, hexadecimal(&Sha256::digest(bytes)))),
        Some(("sha512", digits)) => Some((digits, hexadecimal(&Sha512::digest(bytes)))),
        // Others are not computed here.
        _ => None,
    };
    match own {
        Some((digits, own)) if !own.eq_ignore_ascii_case(digits) => {
            other(message!("`{path}` has another sum than the package says", path), place)
        }
        _ => Ok(()),
    }
}
