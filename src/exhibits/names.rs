//! Names that figures and tables mention: members, years, registers, kinds, rows.
//!
//! In: the contents of both files, the indicators and the data. Out: K0501 for each unknown name, since
//! nobody would notice a line that is not drawn or a mark that is not set. Indicators are looked up where
//! the files are parsed.

use super::{Exhibits, Rows, TableSpec};
use crate::data::Dataset;
use crate::diag::{Code, Diagnostic, Message, Place, SourceText, did_you_mean, name_in};
use crate::indicators::Indicators;

/// Returns a problem for each unknown name.
pub fn unknown_names(
    exhibits: &Exhibits,
    [figures, tables]: [&SourceText; 2],
    indicators: &Indicators,
    data: &Dataset,
) -> Vec<Diagnostic> {
    let figures =
        exhibits.figures.values().flat_map(|spec| spec.form.unknown(spec, figures, indicators));
    let tables = exhibits.tables.values().flat_map(|spec| of_table(spec, tables, data));
    figures.chain(tables).collect()
}

/// The place of a name in the list under a key of an exhibit; `whole` if it is not found.
pub(super) fn place(
    text: &SourceText,
    (id, key): (&str, &str),
    name: &str,
    whole: &Place,
) -> Place {
    let found = name_in(text, &format!("{id}.{key}"), name);
    found.map_or_else(|| whole.clone(), |range| text.place(range))
}

fn of_table(spec: &TableSpec, text: &SourceText, data: &Dataset) -> Vec<Diagnostic> {
    let id = &spec.id;
    let unknown = |key: &str, name: &str, message: Message, known: &[&str]| {
        Diagnostic::error(Code::K0501, message)
            .at(place(text, (id, key), name, &spec.place))
            .maybe_hint(did_you_mean(name, known.iter().copied()))
    };
    match &spec.rows {
        Rows::Indicators { all, totals } => {
            let known: Vec<&str> = all.iter().map(String::as_str).collect();
            let strange = totals.iter().filter(|total| !all.contains(total));
            let found = strange.map(|total| {
                let message = message!(
                    "`{id}` has no row `{total}`, which should be set off as the \
                    total",
                    id,
                    total
                );
                unknown("totals", total, message, &known)
            });
            found.collect()
        }
        Rows::Register { name, kinds, .. } => {
            let Some(register) = data.registers.get(name) else {
                let known: Vec<&str> = data.registers.keys().map(String::as_str).collect();
                let message = message!("`{id}` lists `{name}`, which is not a register", id, name);
                return vec![unknown("register", name, message, &known)];
            };
            let known = register.values("kind");
            let strange = kinds.iter().filter(|kind| !known.contains(&kind.as_str()));
            let found = strange.map(|kind| {
                let message = message!(
                    "`{id}` lists the kind `{kind}`, which no entry of `{name}` has",
                    id,
                    kind,
                    name
                );
                unknown("kinds", kind, message, &known)
            });
            found.collect()
        }
        Rows::Members { .. } | Rows::Matrix { .. } | Rows::Revisions { .. } => vec![],
    }
}
