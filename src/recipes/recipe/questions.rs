//! Questions that a draft left open: a `?` where a code, a reason or a key has to stand.

use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Diagnostic, Message, SourceText};

/// What stands where nobody has answered yet.
pub(super) const OPEN: &str = "?";

/// A problem for each question that is left in a recipe, in the order of the file.
pub(super) fn questions(text: &SourceText) -> Vec<Diagnostic> {
    let Ok(table) = DeTable::parse(&text.text) else { return vec![] };
    let mut found = vec![];
    in_table(table.get_ref(), &mut vec![], text, &mut found);
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, problem)| problem).collect()
}

type Found = Vec<(usize, Diagnostic)>;

fn in_table<'t>(
    table: &'t DeTable<'_>,
    path: &mut Vec<&'t str>,
    text: &SourceText,
    found: &mut Found,
) {
    for (key, value) in table {
        path.push(key.get_ref());
        let span = value.span();
        in_value(value.get_ref(), span, path, text, found);
        path.pop();
    }
}

fn in_value<'t>(
    value: &'t DeValue<'_>,
    span: std::ops::Range<usize>,
    path: &mut Vec<&'t str>,
    text: &SourceText,
    found: &mut Found,
) {
    match value {
        DeValue::Table(table) => in_table(table, path, text, found),
        DeValue::Array(items) => {
            for item in items {
                in_value(item.get_ref(), item.span(), path, text, found);
            }
        }
        DeValue::String(said) if said.trim() == OPEN => {
            let Some(remedy) = remedy(path) else { return };
            let name = path.last().copied().unwrap_or_default();
            let problem = Diagnostic::error(
                Code::K1501,
                message!("the question at `{name}` is not answered", name),
            )
            .at(text.place(span.clone()))
            .note(message!("a draft has `?` where only a person can say what is meant"))
            .hint(remedy);
            found.push((span.start, problem));
        }
        _ => {}
    }
}

/// What to write instead; `None` for what may say `?`, as the text of a cell.
fn remedy(path: &[&str]) -> Option<Message> {
    Some(match path {
        ["columns", "ignore", _] | ["ignore" | "sentences", "because"] => {
            message!(
                "write why this is not needed; or make it a dimension if it says something of the figures"
            )
        }
        ["dimensions", "codes", said] => message!("write the code that `{said}` stands for", said),
        ["dimensions", "value" | "otherwise"] | ["sentences", "figures", ..] => {
            message!("write the code of the figures")
        }
        ["release" | "source", name] => {
            message!("write it, or delete the line and say it with `{name}`", name = option(name))
        }
        _ => return None,
    })
}

/// The option of `kosh import` that says a column of the release or the source.
fn option(name: &str) -> String {
    match name {
        "vintage" | "status" | "publisher" | "title" | "url" => format!("--{name}"),
        "id" => "--source".to_owned(),
        column => format!("--source-field {column}=…"),
    }
}
