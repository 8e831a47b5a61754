//! Turns errors of the TOML parser into diagnostics.

use super::{Code, Diagnostic, Message, SourceText, Unknown, did_you_mean};

/// The diagnostic of a TOML error in `source`; for an unknown key it suggests the nearest known one.
pub fn toml_error(code: Code, source: &SourceText, error: &toml::de::Error) -> Diagnostic {
    toml_error_among(code, source, error, [])
}

/// The same, with further keys that are valid there.
pub fn toml_error_among(
    code: Code,
    source: &SourceText,
    error: &toml::de::Error,
    others: impl IntoIterator<Item = &'static str>,
) -> Diagnostic {
    let message = error.message();
    let first = message.lines().next().unwrap_or("not valid TOML");
    let unknown = Unknown::of(message);
    // The valid names are in the hint, nearest first.
    let said = match &unknown {
        Some(Unknown { is_key: true, written, .. }) => message!("unknown key `{written}`", written),
        Some(Unknown { written, .. }) => message!("unknown value `{written}`", written),
        None => Message::verbatim(first),
    };
    let mut diagnostic = Diagnostic::error(code, said);
    if let Some(range) = error.span() {
        diagnostic = diagnostic.at(source.place(range));
    } else {
        diagnostic = diagnostic.at(super::Place::Path(source.path.clone()));
    }
    match unknown {
        Some(unknown) => {
            let mut known: Vec<&str> = others.into_iter().collect();
            known.extend(unknown.known);
            diagnostic.maybe_hint(did_you_mean(unknown.written, known))
        }
        None => diagnostic,
    }
}

/// Parses a whole TOML file.
pub fn read_toml<T: serde::de::DeserializeOwned>(
    code: Code,
    source: &SourceText,
) -> super::Result<T> {
    toml::from_str(&source.text).map_err(|error| vec![toml_error(code, source, &error)])
}
