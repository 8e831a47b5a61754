//! The files that names are read of: a register, its lexicons, and a project's own list of other names.

use std::path::Path;

use super::super::words::Words;
use super::{Meaning, Names};
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, Warned};
use crate::files::{self, Files, Tracked};
use crate::stats::Time;

/// Columns of a lexicon that are no names of the place itself.
const NO_NAMES: [&str; 2] = ["key", "capital"];

impl Names {
    /// Reads the names of a register of the data folder `data`, which the user knows as `shown`.
    ///
    /// # Errors
    ///
    /// K1233 if the list of other names is not as it should be; the codes of the files read otherwise.
    pub fn load(
        files: Tracked<Files>,
        data: &Path,
        shown: &Path,
        register: &str,
        words: &Words,
    ) -> Result<Warned<Self>> {
        let aliases = shown.join("aliases").join(format!("{register}.csv"));
        let mut names = Self {
            register: register.to_owned(),
            aliases,
            words: words.clone(),
            ..Self::default()
        };
        let mut found = vec![];
        let own = format!("{register}.csv");
        let folder = data.join("lexicon");
        if let Ok(Some(all)) = files.list(&folder) {
            for name in all.iter().filter(|name| is_lexicon_of(name, register)) {
                let shown = shown.join("lexicon").join(name);
                if let Some(text) = text(files, &folder.join(name), &shown, &mut found) {
                    names.add_lexicon(&text, &mut found);
                }
            }
        }
        if let Some(text) = text(files, &data.join(&own), &shown.join(&own), &mut found) {
            names.add_register(&text, &mut found);
        }
        let path = data.join("aliases").join(&own);
        if files.exists(&path)
            && let Some(text) = text(files, &path, &names.aliases.clone(), &mut found)
        {
            names.add_aliases(&text, &mut found);
        }
        match found.is_empty() {
            true => Ok(Warned::clean(names)),
            false => Err(found),
        }
    }

    fn add_register(&mut self, text: &SourceText, found: &mut Vec<Diagnostic>) {
        let Some(table) = Table::read(text, found) else { return };
        let Some(codes) = table.column("code") else { return };
        for row in &table.rows {
            let code = self.code_number(row.cell(codes));
            let meaning = || Meaning { code, parent: None, from: None, until: None };
            let own = self.codes[code].clone();
            self.add(&own, meaning());
            for column in ["export_name", "aliases"] {
                let names = table.column(column).map(|column| row.cell(column)).unwrap_or_default();
                names.split(';').for_each(|name| self.add(name, meaning()));
            }
        }
    }

    fn add_lexicon(&mut self, text: &SourceText, found: &mut Vec<Diagnostic>) {
        let Some(table) = Table::read(text, found) else { return };
        let Some(codes) = table.column("code") else { return };
        for row in &table.rows {
            let code = self.code_number(row.cell(codes));
            for (column, head) in table.head.iter().enumerate() {
                if column != codes && !NO_NAMES.contains(&head.as_str()) {
                    let meaning = Meaning { code, parent: None, from: None, until: None };
                    self.add(row.cell(column), meaning);
                }
            }
        }
    }

    /// Reads `aliases/NAME.csv`: name, code, parent, valid_from, valid_to, note.
    fn add_aliases(&mut self, text: &SourceText, found: &mut Vec<Diagnostic>) {
        let Some(table) = Table::read(text, found) else { return };
        let problem = |line: usize, message: Message| {
            Diagnostic::error(Code::K1233, message).at(text.line(line))
        };
        const HEAD: [&str; 6] = ["name", "code", "parent", "valid_from", "valid_to", "note"];
        let unknown = table.head.iter().find(|head| !HEAD.contains(&head.as_str()));
        let (Some(names), Some(codes), None) =
            (table.column("name"), table.column("code"), unknown)
        else {
            found.push(
                problem(1, message!("the header of the list of aliases is wrong"))
                    .note(message!(
                        "it has the columns {value}, but `name` and `code` are required",
                        value = HEAD.join(", ")
                    ))
                    .hint(message!("write `{value}` as the first line", value = HEAD.join(","))),
            );
            return;
        };
        let optional = |row: &Row, column: &str| {
            let cell = table.column(column).map(|column| row.cell(column)).unwrap_or_default();
            (!cell.is_empty()).then(|| cell.to_owned())
        };
        for row in &table.rows {
            let code = row.cell(codes);
            let Some(code) = self.codes.iter().position(|known| known == code) else {
                let known = crate::diag::did_you_mean(code, self.codes.iter().map(String::as_str));
                found.push(
                    problem(
                        row.line,
                        message!(
                            "`{code}` is not a code of `{register}`",
                            code,
                            register = self.register
                        ),
                    )
                    .maybe_hint(known),
                );
                continue;
            };
            let mut time = |column: &str| {
                let written = optional(row, column)?;
                let time = Time::of_register(&written);
                if time.is_none() {
                    let message = message!(
                        "`{written}` in `{column}` is not a day, month or year",
                        written,
                        column
                    );
                    found.push(
                        problem(row.line, message)
                            .hint(message!("write it as 2018-06-19, 2018-06 or 2018")),
                    );
                }
                time
            };
            let (from, until) = (time("valid_from"), time("valid_to"));
            let name = row.cell(names);
            if self.key(name).is_empty() {
                found.push(problem(row.line, message!("a row without a name")));
                continue;
            }
            self.add(name, Meaning { code, parent: optional(row, "parent"), from, until });
        }
    }
}

fn is_lexicon_of(name: &str, register: &str) -> bool {
    let language = name.strip_prefix(register).and_then(|rest| rest.strip_prefix('.'));
    language
        .and_then(|rest| rest.strip_suffix(".csv"))
        .is_some_and(|language| !language.contains('.'))
}

fn text(
    files: Tracked<Files>,
    path: &Path,
    shown: &Path,
    found: &mut Vec<Diagnostic>,
) -> Option<SourceText> {
    files::text(files, path, shown).map_err(|problems| found.extend(problems)).ok()
}

/// A csv file with a header.
struct Table {
    head: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    line: usize,
    cells: csv::StringRecord,
}

impl Row {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default().trim()
    }
}

impl Table {
    fn read(text: &SourceText, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let plain = text.text.strip_prefix('\u{feff}').unwrap_or(&text.text);
        let mut reader = csv::ReaderBuilder::new().from_reader(plain.as_bytes());
        let broken = |error: csv::Error| {
            let message = message!("the names cannot be read: {error}", error);
            Diagnostic::error(Code::K1233, message).at(Place::Path(text.path.clone()))
        };
        let head = match reader.headers() {
            Ok(head) => head.iter().map(|name| name.trim().to_owned()).collect(),
            Err(error) => {
                found.push(broken(error));
                return None;
            }
        };
        let mut rows = vec![];
        for record in reader.records() {
            match record {
                Ok(cells) => {
                    let line = cells.position().map_or(1, |at| at.line());
                    rows.push(Row { line: usize::try_from(line).unwrap_or(1), cells });
                }
                Err(error) => {
                    found.push(broken(error));
                    return None;
                }
            }
        }
        Some(Self { head, rows })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|head| head == name)
    }
}
