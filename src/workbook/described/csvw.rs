//! A table of CSV on the Web, where it is simple: its rows are its lines, and each column is one of the file.

use serde_json::Value;

use super::column::{Column, Day, Digits, Holds, digits_of_pattern, pattern_of_unicode};
use super::json::Node;
use super::{Chosen, Described, Head, choose};
use crate::diag::Diagnostic;
use crate::workbook::separated::Dialect;

type Result<T> = std::result::Result<T, Diagnostic>;

/// Properties that are inherited by columns, with which cells would be others.
const OF_CELLS: [&str; 3] = ["default", "separator", "valueUrl"];

/// The table that is meant, as it is described.
pub(super) fn read(whole: &Node<'_>, chosen: Chosen<'_>) -> Result<Described> {
    context(whole)?;
    let Some(tables) = whole.get("tables") else {
        let url = whole.text("url")?.unwrap_or_default();
        return table(url, whole, &[whole]);
    };
    if !tables.value.is_array() {
        return Err(tables.refuse(message!("`tables` is no list")));
    }
    let all = tables.each();
    let mut named = vec![];
    for one in &all {
        named.push((one.text("url")?.unwrap_or_default(), one));
    }
    let (url, own) = choose(&named, chosen, &tables, "table")?;
    table(url, own, &[own, whole])
}

/// Refuses a base by which names of files would be others.
fn context(whole: &Node<'_>) -> Result<()> {
    let Some(context) = whole.get("@context") else { return Ok(()) };
    for one in context.each() {
        if let Some(base) =
            one.get("@base").filter(|base| !matches!(base.value.as_str(), Some("" | "." | "./")))
        {
            return Err(base
                .refuse(message!("`@base` is not followed"))
                .hint(message!("save the table beside its description, and take `@base` out")));
        }
    }
    Ok(())
}

/// A table; `levels` are the objects from which it inherits, itself first.
fn table(url: &str, own: &Node<'_>, levels: &[&Node<'_>]) -> Result<Described> {
    let Some(at_url) = own.get("url").filter(|_| !url.is_empty()) else {
        return Err(own.refuse(message!("the table has no `url`")));
    };
    let mut described = Described {
        name: url.to_owned(),
        path: url.to_owned(),
        path_place: at_url.place(),
        encoding: None,
        dialect: Dialect { comment: Some(b'#'), ..Dialect::with(b',') },
        skipped: 0,
        head: Head::AsDescribed,
        null: None,
        columns: None,
        bytes: None,
        hash: None,
    };
    let first = |key: &str| levels.iter().find_map(|level| level.get(key));
    if let Some(node) = first("dialect") {
        dialect(&node, &mut described)?;
    }
    let schema = first("tableSchema");
    if let Some(node) = schema.as_ref().filter(|node| node.value.is_string()) {
        return Err(node
            .refuse(message!("a schema in a file of its own is not read"))
            .hint(message!("write it here, in the place of the name of the file")));
    }
    let columns = schema.as_ref().and_then(|schema| schema.get("columns"));
    let inherited: Vec<&Node<'_>> = schema.iter().chain(levels.iter().copied()).collect();
    match columns {
        Some(list) if list.value.is_array() => {
            let mut all = vec![];
            for (number, one) in (1..).zip(list.each()) {
                let chain: Vec<&Node<'_>> =
                    std::iter::once(&one).chain(inherited.iter().copied()).collect();
                all.push(column(number, &one, &chain)?);
            }
            described.columns = Some(all);
        }
        Some(odd) => return Err(odd.refuse(message!("`columns` is no list"))),
        None => {
            let keys = OF_CELLS.iter().chain(&["datatype", "null", "required"]);
            let said = keys.flat_map(|key| inherited.iter().filter_map(move |one| one.get(key)));
            if let Some(odd) = said.into_iter().next() {
                return Err(odd
                    .refuse(message!("this is said of columns that are not described"))
                    .hint(message!("describe the columns under `tableSchema`")));
            }
        }
    }
    Ok(described)
}

/// How the text is split.
fn dialect(node: &Node<'_>, described: &mut Described) -> Result<()> {
    if node.value.is_string() {
        return Err(node
            .refuse(message!("a dialect in a file of its own is not read"))
            .hint(message!("write it here, in the place of the name of the file")));
    }
    let own = &mut described.dialect;
    if let Some(sign) = node.sign("delimiter")? {
        own.separator = sign.ok_or_else(|| node.refuse(message!("the `delimiter` is empty")))?;
    }
    if let Some(sign) = node.sign("quoteChar")? {
        own.quote = sign;
    }
    if let Some(sign) = node.sign("commentPrefix")? {
        own.comment = sign;
    }
    if !node.is("doubleQuote", true)? {
        (own.doubles, own.escape) = (false, Some(b'\\'));
    }
    own.skips_blanks = node.is("skipInitialSpace", false)?;
    described.encoding = node.get("encoding").map(|one| (one.value.clone(), one.place()));
    if let Some(ends) = node.get("lineTerminators") {
        let is_known = |one: &Node<'_>| matches!(one.value.as_str(), Some("\n" | "\r\n" | "\r"));
        if !ends.each().iter().all(is_known) {
            return Err(
                ends.refuse(message!("lines that end otherwise than with a line end are not read"))
            );
        }
    }
    if node.count("skipColumns", 0)? > 0 {
        let odd = node.get("skipColumns").unwrap_or_else(|| node.clone());
        return Err(odd.refuse(message!("`skipColumns` is not followed")));
    }
    described.skipped = node.count("skipRows", 0)?;
    let head = if node.is("header", true)? { 1 } else { 0 };
    match node.count("headerRowCount", head)? {
        0 => described.head = Head::None,
        1 => {}
        _ => {
            let odd = node.get("headerRowCount").unwrap_or_else(|| node.clone());
            return Err(odd
                .refuse(message!("a head of several rows is not read"))
                .hint(message!("import the file of the table itself, with a recipe")));
        }
    }
    Ok(())
}

/// A column; `levels` are the objects from which it inherits, itself first.
fn column(number: usize, own: &Node<'_>, levels: &[&Node<'_>]) -> Result<Column> {
    if own.is("virtual", false)? {
        let odd = own.get("virtual").unwrap_or_else(|| own.clone());
        return Err(odd.refuse(message!("a column that is not in the file is not read")).hint(
            message!(
                "take the column out of the description: the recipe can say the same by `value`"
            ),
        ));
    }
    let first = |key: &str| levels.iter().find_map(|level| level.get(key));
    for key in OF_CELLS {
        // Of a table, `default` and `separator` are nothing; all are inherited.
        let Some(odd) = first(key) else { continue };
        let why = match key {
            "separator" => message!("a cell that is a list of values is not read"),
            "default" => message!("a value in the place of an empty cell is not read"),
            _ => message!("`valueUrl` makes another value of the cell"),
        };
        return Err(odd
            .refuse(why)
            .hint(message!("import the file of the table itself, with a recipe")));
    }
    let titles = match own.get("titles") {
        None => vec![],
        Some(node) => titles(&node)?,
    };
    let name = match own.text("name")? {
        Some(name) => name.to_owned(),
        None => titles.first().cloned().unwrap_or_else(|| format!("_col.{number}")),
    };
    let missing = match first("null") {
        None => vec![String::new()],
        Some(node) => {
            let all: Option<Vec<String>> =
                node.each().iter().map(|one| one.value.as_str().map(str::to_owned)).collect();
            all.ok_or_else(|| node.refuse(message!("`null` is no text")))?
        }
    };
    let required = match first("required") {
        None => false,
        Some(node) => node
            .value
            .as_bool()
            .ok_or_else(|| node.refuse(message!("`required` is neither true nor false")))?,
    };
    let holds = match first("datatype") {
        None => Holds::Text,
        Some(node) => datatype(&node)?,
    };
    // A head is one of the titles; a column without titles is known by its name.
    let heads = match (titles.is_empty(), own.get("name")) {
        (false, _) => titles,
        (true, Some(_)) => vec![name.clone()],
        (true, None) => vec![],
    };
    Ok(Column { name, heads, holds, missing, required, place: own.place() })
}

/// The titles of a column in all languages.
fn titles(node: &Node<'_>) -> Result<Vec<String>> {
    let texts = |value: &Value| -> Option<Vec<String>> {
        match value {
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(all) => all.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
            _ => None,
        }
    };
    let all = match node.value {
        Value::Object(languages) => {
            languages.values().map(texts).collect::<Option<Vec<_>>>().map(|all| all.concat())
        }
        other => texts(other),
    };
    all.ok_or_else(|| node.refuse(message!("`titles` are no texts")))
}

/// What cells of a datatype hold.
fn datatype(node: &Node<'_>) -> Result<Holds> {
    let base = match node.value {
        Value::String(base) => base.as_str(),
        _ => node.text("base")?.unwrap_or("string"),
    };
    let format = match node.value {
        Value::Object(_) => node.get("format"),
        _ => None,
    };
    let is_whole = matches!(
        base,
        "integer"
            | "long"
            | "int"
            | "short"
            | "byte"
            | "nonNegativeInteger"
            | "positiveInteger"
            | "nonPositiveInteger"
            | "negativeInteger"
            | "unsignedLong"
            | "unsignedInt"
            | "unsignedShort"
            | "unsignedByte"
    );
    match base {
        "decimal" | "number" | "double" | "float" => numbers(format, Digits::PLAIN),
        _ if is_whole => numbers(format, Digits { is_whole: true, ..Digits::PLAIN }),
        "date" => match format {
            None => Ok(Holds::Day(Day::Plain)),
            Some(format) => {
                let pattern = format.value.as_str().and_then(pattern_of_unicode);
                let pattern = pattern.ok_or_else(|| {
                    format.refuse(message!("days of this format are not read")).note(message!(
                        "formats of days, months and years in digits are, as `dd.MM.yyyy`"
                    ))
                })?;
                Ok(Holds::Day(Day::Pattern(pattern)))
            }
        },
        "datetime" | "dateTime" => match format {
            None => Ok(Holds::Day(Day::Moment)),
            Some(format) => {
                Err(format.refuse(message!("times of a format of their own are not read")))
            }
        },
        "gYear" | "gYearMonth" | "gMonth" | "gDay" | "gMonthDay" | "time" | "dateTimeStamp" => {
            match format {
                None => Ok(Holds::Text),
                Some(format) => {
                    Err(format
                        .refuse(message!("`{base}` of a format of its own is not read", base)))
                }
            }
        }
        // Everything else is a text here, and its format only says which texts are right.
        _ => Ok(Holds::Text),
    }
}

fn numbers(format: Option<Node<'_>>, plain: Digits) -> Result<Holds> {
    let Some(format) = format else { return Ok(Holds::Number(plain)) };
    let (digits, pattern) = match format.value {
        Value::String(pattern) => (plain, Some((pattern.clone(), &format))),
        _ => {
            let digits = Digits {
                decimal: format.character("decimalChar")?.unwrap_or('.'),
                group: format.character("groupChar")?,
                ..plain
            };
            (digits, format.text("pattern")?.map(|pattern| (pattern.to_owned(), &format)))
        }
    };
    if digits.group == Some(digits.decimal) {
        return Err(format.refuse(message!("decimals and thousands have one sign")));
    }
    let Some((pattern, place)) = pattern else { return Ok(Holds::Number(digits)) };
    // In the pattern the signs stand that the numbers have; a comma between thousands where none is named.
    let group = digits.group.or((digits.decimal != ',').then_some(','));
    let plain: String = pattern
        .chars()
        .map(|c| match c {
            c if c == digits.decimal => '.',
            c if Some(c) == group => ',',
            '.' | ',' => '?',
            c => c,
        })
        .collect();
    let digits = digits_of_pattern(&plain, digits).ok_or_else(|| {
        place.refuse(message!("numbers of the format `{pattern}` are not read", pattern)).note(
            message!(
                "formats of digits, one decimal mark and thousands in threes are, as `#,##0.0`"
            ),
        )
    })?;
    Ok(Holds::Number(digits))
}
