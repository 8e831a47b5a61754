//! A table of a Frictionless data package, of version 1 or 2.

use serde_json::Value;

use super::column::{Column, Day, Digits, Holds};
use super::json::Node;
use super::{Chosen, Described, Head, choose};
use crate::diag::{Diagnostic, did_you_mean};
use crate::workbook::separated::Dialect;

type Result<T> = std::result::Result<T, Diagnostic>;

/// Properties of a resource with which its rows would be others.
const OF_RESOURCE: [&str; 13] = [
    "data",
    "compression",
    "innerpath",
    "extrapaths",
    "control",
    "layout",
    "steps",
    "query",
    "transform",
    "pipeline",
    "parser",
    "multipart",
    "group",
];
/// Properties of a dialect with which its rows would be others.
const OF_DIALECT: [&str; 12] = [
    "commentRows",
    "property",
    "itemType",
    "itemKeys",
    "sheetNumber",
    "sheetName",
    "table",
    "decimal",
    "excel",
    "ods",
    "json",
    "sql",
];

/// The resource that is meant, as it is described.
pub(super) fn read(package: &Node<'_>, chosen: Chosen<'_>) -> Result<Described> {
    let Some(resources) = package.get("resources") else {
        return Err(package.refuse(message!("the package has no `resources`")));
    };
    if !resources.value.is_array() {
        return Err(resources.refuse(message!("`resources` is no list")));
    }
    for key in ["dialect", "encoding", "compression"] {
        if let Some(node) = package.get(key) {
            return Err(node
                .refuse(message!("`{key}` of a package is not followed", key))
                .hint(message!("write `{key}` into each resource, as the standard says", key)));
        }
    }
    let all = resources.each();
    let mut named = vec![];
    for resource in &all {
        let name = resource.text("name")?.or(resource.text("path").unwrap_or_default());
        named.push((name.unwrap_or_default(), resource));
    }
    let (name, resource) = choose(&named, chosen, &resources, "resource")?;
    of_resource(name, resource)
}

fn of_resource(name: &str, resource: &Node<'_>) -> Result<Described> {
    refuse_any(resource, &OF_RESOURCE)?;
    let (path, path_place) = match resource.get("path") {
        Some(node) => match &node.each()[..] {
            [one] => match one.value {
                Value::String(path) => (path.clone(), node.place()),
                _ => return Err(node.refuse(message!("`path` is no text"))),
            },
            _ => {
                return Err(node
                    .refuse(message!("a table in several files is not read"))
                    .hint(message!("put the files together, or import each by itself")));
            }
        },
        None => return Err(resource.refuse(message!("the resource `{name}` has no `path`", name))),
    };
    let format = resource.text("format")?.unwrap_or("csv");
    if !["csv", "tsv", "txt"].iter().any(|known| format.eq_ignore_ascii_case(known)) {
        let node = resource.get("format").unwrap_or_else(|| resource.clone());
        return Err(node
            .refuse(message!(
                "a table of the format `{format}` is not read through its package",
                format
            ))
            .hint(message!("import the file itself, with a recipe")));
    }
    let is_tabbed = format.eq_ignore_ascii_case("tsv")
        || resource.get("format").is_none() && path.to_lowercase().ends_with(".tsv");
    let mut described = Described {
        name: name.to_owned(),
        path,
        path_place,
        encoding: resource.get("encoding").map(|node| (node.value.clone(), node.place())),
        dialect: Dialect::with(if is_tabbed { b'\t' } else { b',' }),
        skipped: 0,
        head: Head::AsDescribed,
        null: None,
        columns: None,
        bytes: resource.get("bytes").and_then(|node| Some((node.value.as_u64()?, node.place()))),
        hash: resource
            .get("hash")
            .and_then(|node| Some((node.value.as_str()?.to_owned(), node.place()))),
    };
    if let Some(node) = resource.get("dialect") {
        dialect(&node, &mut described)?;
    }
    if let Some(node) = resource.get("schema") {
        schema(&node, &mut described)?;
    }
    Ok(described)
}

/// Refuses the first of these keys that is there and says something.
fn refuse_any(node: &Node<'_>, keys: &[&str]) -> Result<()> {
    let says = |one: &Node<'_>| !matches!(one.value, Value::Bool(false));
    match keys.iter().find_map(|key| Some((key, node.get(key).filter(says)?))) {
        None => Ok(()),
        Some((key, one)) => Err(one
            .refuse(message!("`{key}` is not followed", key))
            .note(message!("with it the table would have other rows"))
            .hint(message!("save the table as a plain csv file and import that, with a recipe"))),
    }
}

/// How the text is split.
fn dialect(node: &Node<'_>, described: &mut Described) -> Result<()> {
    if node.value.is_string() {
        return Err(node
            .refuse(message!("a dialect in a file of its own is not read"))
            .hint(message!("write it here, in the place of the name of the file")));
    }
    refuse_any(node, &OF_DIALECT)?;
    // Some programs put what is of csv into an object of its own.
    let inner = node.get("csv");
    let at = |key: &str| match &inner {
        Some(inner) if inner.stated(key).is_some() => inner.clone(),
        _ => node.clone(),
    };
    let own = &mut described.dialect;
    if let Some(sign) = at("delimiter").sign("delimiter")? {
        own.separator =
            sign.ok_or_else(|| at("delimiter").refuse(message!("the `delimiter` is empty")))?;
    }
    if let Some(sign) = at("quoteChar").sign("quoteChar")? {
        own.quote = sign;
    }
    own.doubles = at("doubleQuote").is("doubleQuote", true)?;
    own.skips_blanks = at("skipInitialSpace").is("skipInitialSpace", false)?;
    if let Some(sign) = at("escapeChar").sign("escapeChar")? {
        own.escape = sign;
        // Either is there, and the sign before a mark takes the place of the second mark.
        own.doubles &= sign.is_none() || at("doubleQuote").get("doubleQuote").is_some();
    }
    if let Some(sign) = at("commentChar").sign("commentChar")? {
        own.comment = sign;
    }
    if let Some(end) = at("lineTerminator").text("lineTerminator")?
        && !matches!(end, "\n" | "\r\n" | "\r")
    {
        let inner = at("lineTerminator");
        let place = inner.get("lineTerminator").unwrap_or(inner);
        return Err(
            place.refuse(message!("lines that end otherwise than with a line end are not read"))
        );
    }
    let null = at("nullSequence").text("nullSequence")?;
    described.null = null.map(str::to_owned);
    if !at("header").is("header", true)? {
        described.head = Head::None;
    }
    if let Some(rows) = at("headerRows").get("headerRows") {
        let numbers: Option<Vec<u64>> = rows.each().iter().map(|row| row.value.as_u64()).collect();
        match numbers.as_deref() {
            Some([]) => described.head = Head::None,
            Some([row]) if *row > 0 => {
                described.skipped = u32::try_from(*row - 1).unwrap_or(u32::MAX);
            }
            _ => {
                return Err(rows
                    .refuse(message!("a head of several rows is not read"))
                    .hint(message!("import the file of the table itself, with a recipe")));
            }
        }
    }
    Ok(())
}

/// What the columns are.
fn schema(node: &Node<'_>, described: &mut Described) -> Result<()> {
    if node.value.is_string() {
        return Err(node
            .refuse(message!("a schema in a file of its own is not read"))
            .hint(message!("write it here, in the place of the name of the file")));
    }
    let missing = match node.get("missingValues") {
        Some(own) => signs(&own)?,
        None => vec![String::new()],
    };
    let Some(fields) = node.get("fields").filter(|fields| fields.value.is_array()) else {
        return Err(node.refuse(message!("the schema has no list of `fields`")));
    };
    let mut columns = vec![];
    for own in fields.each() {
        columns.push(field(&own, &missing)?);
    }
    if let Some(matching) = node.get("fieldsMatch") {
        // Version 2 writes a list of one.
        let said = matching.each();
        match said.first().and_then(|one| one.value.as_str()) {
            Some("exact") => {}
            Some("equal" | "subset" | "superset" | "partial")
                if described.head == Head::AsDescribed =>
            {
                described.head = Head::ByName;
            }
            _ => {
                let known = ["exact", "equal", "subset", "superset", "partial"];
                let text = said.first().and_then(|one| one.value.as_str()).unwrap_or_default();
                return Err(matching
                    .refuse(message!("`{text}` is no way to match fields here", text))
                    .maybe_hint(did_you_mean(text, known)));
            }
        }
    }
    described.columns = Some(columns);
    Ok(())
}

/// What stands for nothing.
fn signs(node: &Node<'_>) -> Result<Vec<String>> {
    let mut all = vec![];
    for one in node.each() {
        match one.value {
            Value::String(text) => all.push(text.clone()),
            Value::Object(_) => match one.text("value")? {
                Some(text) => all.push(text.to_owned()),
                None => return Err(one.refuse(message!("a missing value without `value`"))),
            },
            _ => return Err(one.refuse(message!("a missing value is no text"))),
        }
    }
    Ok(all)
}

fn field(node: &Node<'_>, missing: &[String]) -> Result<Column> {
    // Version 2 knows a field by its name alone.
    let name = match node.value {
        Value::String(name) => name.as_str(),
        _ => node.text("name")?.ok_or_else(|| node.refuse(message!("a field without a `name`")))?,
    };
    let holds = node.text("type")?.unwrap_or("string");
    let format = node.text("format")?.unwrap_or("default");
    let at_format = || node.get("format").unwrap_or_else(|| node.clone());
    let required = match node.get("constraints") {
        Some(constraints) => constraints.is("required", false)?,
        None => false,
    };
    let holds = match (holds, format) {
        ("number" | "integer", "default") => {
            let decimal = node.character("decimalChar")?.unwrap_or('.');
            let group = node.character("groupChar")?;
            if group == Some(decimal) {
                return Err(node.refuse(message!(
                    "`{name}` has one sign for the decimals and the thousands",
                    name
                )));
            }
            Holds::Number(Digits {
                decimal,
                group,
                is_dressed: !node.is("bareNumber", true)?,
                may_be_percent: false,
                is_whole: holds == "integer",
            })
        }
        ("number" | "integer", odd) => {
            return Err(
                at_format().refuse(message!("numbers of the format `{odd}` are not read", odd))
            );
        }
        ("date", "default") => Holds::Day(Day::Plain),
        ("datetime", "default") => Holds::Day(Day::Moment),
        ("date" | "datetime", "any") => {
            return Err(at_format()
                .refuse(message!("days of any format are not read"))
                .note(message!("01.02.2026 is the first of February or the second of January"))
                .hint(message!("write the format that they have, as `%d.%m.%Y`")));
        }
        ("date" | "datetime", pattern) => Holds::Day(Day::Pattern(pattern.to_owned())),
        // Everything else is a text here: nothing of it is changed.
        _ => Holds::Text,
    };
    let missing = match node.get("missingValues") {
        Some(own) => signs(&own)?,
        None => missing.to_vec(),
    };
    Ok(Column {
        name: name.to_owned(),
        heads: vec![name.to_owned()],
        holds,
        missing,
        required,
        place: node.place(),
    })
}
