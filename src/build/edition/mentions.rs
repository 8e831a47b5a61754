//! Names in the lexicons and registers of a project, checked against what exists.
//!
//! In: a pipeline with everything loaded. Out: K0309 for each code of a lexicon that its register lacks,
//! K0310 for each unknown indicator or source in a register, K0201 for each indicator whose id is reserved
//! in templates.

use super::Pipeline;
use crate::data::Register;
use crate::diag::{Code, Diagnostic, did_you_mean, nearest};
use crate::prose::is_word;

/// The columns of a register that by convention name an indicator and a source.
const INDICATOR: &str = "indicator";
const REFERENCE: &str = "reference";
/// The column with the body an entry is for, by the code of its name.
const OWNER: &str = "owner";

impl Pipeline {
    /// Names in lexicons, registers and indicators that are unknown or reserved.
    pub(super) fn mentioned(&self) -> Vec<Diagnostic> {
        let mut found = self.words_as_ids();
        found.extend(self.strange_codes());
        for register in self.dataset.registers.values() {
            found.extend(self.strange_columns(register));
        }
        found
    }

    /// Indicators whose ids are reserved in templates.
    fn words_as_ids(&self) -> Vec<Diagnostic> {
        let lexicons: Vec<&str> =
            self.languages.iter().flat_map(|language| language.locale.lexicons()).collect();
        let all = self.indicators.all.values();
        let taken = all.filter(|indicator| {
            is_word(&indicator.id) || lexicons.contains(&indicator.id.as_str())
        });
        let found = taken.map(|indicator| {
            let id = &indicator.id;
            Diagnostic::error(Code::K0201, message!("`{id}` cannot be the id of an indicator", id))
                .at(indicator.place.clone())
                .note(match lexicons.contains(&id.as_str()) {
                    true => message!("templates use this name for the lexicon `{id}`", id),
                    false => message!("`{id}` is a keyword of the template language", id),
                })
                .hint(message!("give the indicator another id, for example `X1`"))
        });
        found.collect()
    }

    /// Codes of a lexicon that are not in its register, and lexicons whose name is similar to that of a
    /// register.
    fn strange_codes(&self) -> Vec<Diagnostic> {
        let mut found = vec![];
        for language in &self.languages {
            for name in language.locale.lexicons() {
                let Ok(lexicon) = language.locale.lexicon(name) else { continue };
                let known = self.codes(name);
                if known.is_empty() {
                    let registers = self.dataset.registers.keys().map(String::as_str);
                    if let Some(near) = nearest(name, registers) {
                        let message = message!(
                            "there is no register and no dimension `{name}` for this lexicon",
                            name
                        );
                        found.push(
                            Diagnostic::error(Code::K0309, message)
                                .at(lexicon.place())
                                .hint(message!("did you mean `{near}`?", near))
                                .hint(message!(
                                    "name the file after the register whose names it has"
                                )),
                        );
                    }
                    continue;
                }
                for code in lexicon.codes().filter(|code| !known.contains(code)) {
                    let message = message!(
                        "this lexicon has a name for `{code}`, which is not in `{name}`",
                        code,
                        name
                    );
                    found.push(
                        Diagnostic::error(Code::K0309, message)
                            .at(lexicon.place_of(code))
                            .note(message!(
                                "the name of a code that is not in the data is never printed"
                            ))
                            .maybe_hint(did_you_mean(code, known.iter().copied()))
                            .hint(message!("correct the code, or add it to `{name}`", name)),
                    );
                }
            }
        }
        found
    }

    /// The codes that a lexicon may name: those of the register or dimension with its name.
    fn codes(&self, name: &str) -> Vec<&str> {
        if let Some(register) = self.dataset.registers.get(name) {
            return register.rows.keys().map(|code| &**code).collect();
        }
        self.dataset.tables.values().flat_map(|table| table.codes(name)).collect()
    }

    /// Unknown indicators and sources in the rows of a register.
    fn strange_columns(&self, register: &Register) -> Vec<Diagnostic> {
        let indicators: Vec<&str> = self.indicators.all.keys().map(String::as_str).collect();
        let references: Vec<&str> = self.references.keys().iter().map(String::as_str).collect();
        let mut found = vec![];
        for (code, row) in &register.rows {
            let cell = |column: &str| row.get(column).map(|text| text.trim()).unwrap_or_default();
            // An entry of another body may name an indicator of that body's own.
            let is_ours = ["", self.project.owner()].contains(&cell(OWNER));
            // `X1.change` is a part of `X1`.
            let indicator = cell(INDICATOR).split('.').next().filter(|_| is_ours);
            let indicator = indicator.unwrap_or_default();
            for (column, name, known, what) in [
                (INDICATOR, indicator, &indicators, "indicator"),
                (REFERENCE, cell(REFERENCE), &references, "source"),
            ] {
                if name.is_empty() || known.contains(&name) {
                    continue;
                }
                let message = message!(
                    "`{code}` of `{name_2}` names `{name}`, but there is no such {what}",
                    code,
                    name_2 = register.name,
                    name,
                    what
                );
                found.push(
                    Diagnostic::error(Code::K0310, message)
                        .at(register.place(code, column))
                        .maybe_hint(did_you_mean(name, known.iter().copied())),
                );
            }
        }
        found
    }
}
