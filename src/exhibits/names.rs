//! Names that figures and tables mention: members, years, registers, kinds, rows.
//!
//! In: what both files say, and what there is. Out: K0501 for each name that means nothing: a line that
//! is not drawn and a mark that is not set are not seen by anybody. Indicators are looked up where
//! the files are read.

use super::{Exhibits, FigureSpec, Form, Rows, TableSpec};
use crate::data::Dataset;
use crate::diag::{Diagnostic, Place, SourceText, did_you_mean, name_in};
use crate::indicators::Indicators;

/// A problem for each name that means nothing.
pub fn unknown_names(
    exhibits: &Exhibits,
    [figures, tables]: [&SourceText; 2],
    indicators: &Indicators,
    data: &Dataset,
) -> Vec<Diagnostic> {
    let figures = exhibits.figures.values().flat_map(|spec| of_figure(spec, figures, indicators));
    let tables = exhibits.tables.values().flat_map(|spec| of_table(spec, tables, data));
    figures.chain(tables).collect()
}

/// Where a name stands in the list under a key of an exhibit; the exhibit if it is not found.
fn place(text: &SourceText, (id, key): (&str, &str), name: &str, whole: &Place) -> Place {
    let found = name_in(text, &format!("{id}.{key}"), name);
    found.map_or_else(|| whole.clone(), |range| text.place(range))
}

fn of_figure(spec: &FigureSpec, text: &SourceText, indicators: &Indicators) -> Vec<Diagnostic> {
    let id = &spec.id;
    let mut found = vec![];
    match &spec.form {
        Form::Lines { of, members } => {
            let known = indicators.members(of);
            for code in members.iter().filter(|code| !known.contains(code.as_str())) {
                let message = format!("`{id}` draws `{code}`, which is no member of `{of}`");
                found.push(
                    Diagnostic::error("K0501", message)
                        .at(place(text, (id, "members"), code, &spec.place))
                        .maybe_hint(did_you_mean(code, known.iter().copied())),
                );
            }
        }
        Form::Columns { breaks, .. } => {
            let is_year = |year: &str| {
                year.len() == 4 && year.parse().is_ok_and(|year| (1800..=2200).contains(&year))
            };
            for year in breaks.iter().filter(|year| !is_year(year)) {
                let message = format!("`{id}` has a break before `{year}`, which is no year");
                found.push(
                    Diagnostic::error("K0501", message)
                        .at(place(text, (id, "breaks"), year, &spec.place))
                        .hint("write the first year of the new series, as `2022`"),
                );
            }
        }
        _ => {}
    }
    found
}

fn of_table(spec: &TableSpec, text: &SourceText, data: &Dataset) -> Vec<Diagnostic> {
    let id = &spec.id;
    let unknown = |key: &str, name: &str, message: String, known: &[&str]| {
        Diagnostic::error("K0501", message)
            .at(place(text, (id, key), name, &spec.place))
            .maybe_hint(did_you_mean(name, known.iter().copied()))
    };
    match &spec.rows {
        Rows::Indicators { all, totals } => {
            let known: Vec<&str> = all.iter().map(String::as_str).collect();
            let strange = totals.iter().filter(|total| !all.contains(total));
            let found = strange.map(|total| {
                let message = format!("`{id}` has no row `{total}` to be set off as a total");
                unknown("totals", total, message, &known)
            });
            found.collect()
        }
        Rows::Register { name, kinds, .. } => {
            let Some(register) = data.registers.get(name) else {
                let known: Vec<&str> = data.registers.keys().map(String::as_str).collect();
                let message = format!("`{id}` lists the register `{name}`, which is none");
                return vec![unknown("register", name, message, &known)];
            };
            let known = register.values("kind");
            let strange = kinds.iter().filter(|kind| !known.contains(&kind.as_str()));
            let found = strange.map(|kind| {
                let message =
                    format!("`{id}` lists the kind `{kind}`, which no entry of `{name}` is");
                unknown("kinds", kind, message, &known)
            });
            found.collect()
        }
        Rows::Members { .. } | Rows::Matrix { .. } | Rows::Revisions { .. } => vec![],
    }
}
