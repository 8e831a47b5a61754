//! Lexicons: names of regions, partners and bodies in the forms that a sentence needs.
//!
//! In: `data/lexicon/NAME.LANG.csv` with the columns `code,<form>,<form>…`. Out: [`Lexicon`]. A name is
//! plain text and may contain any character. An empty or missing form is never replaced by another: a
//! grammatical case is looked up, not guessed.

use indexmap::IndexMap;

use crate::data::skeleton;
use crate::diag::{Diagnostic, Result, SourceText, did_you_mean};

use super::{BAD_LEXICON, DUPLICATED_CODE, ONE_NAME_TWICE, UNKNOWN_NAME};

/// The column that is no form of the name but an abbreviation for small spaces.
const KEY: &str = "key";

/// The names of one register in one language.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// Its name, such as `regions`.
    pub name: String,
    forms: Vec<String>,
    names: IndexMap<String, Entry>,
    source: SourceText,
}

#[derive(Debug, Clone)]
struct Entry {
    line: usize,
    /// One name for each form; empty if the file has none.
    names: Vec<String>,
}

impl Lexicon {
    /// Parses a lexicon; every bad row is reported.
    pub(super) fn read(
        name: &str,
        source: &SourceText,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let before = found.len();
        let records = Self::records(source, found)?;
        let shapes: Vec<String> =
            records.iter().skip(1).filter_map(|(.., record)| record.get(0).map(shape)).collect();
        let mut records = records.into_iter();
        let forms = Self::head(records.next(), source, found)?;
        let mut names: IndexMap<String, Entry> = IndexMap::new();
        for (_, line, record) in records {
            let mut swallowed = record
                .iter()
                .flat_map(|cell| cell.lines().skip(1))
                .filter_map(|line| line.split_once(',').map(|(code, _)| shape(code)));
            if swallowed.any(|code| shapes.contains(&code)) {
                found.push(
                    Diagnostic::error(
                        BAD_LEXICON,
                        message!("this name contains the rows below it"),
                    )
                    .at(source.line(line))
                    .note(message!(
                        "because of an unclosed quotation mark, the rows below become part of \
                            this name"
                    ))
                    .hint(message!("close the quotation mark, and write each row on one line")),
                );
                continue;
            }
            let mut cells = record.iter().map(str::to_owned);
            let code = cells.next().unwrap_or_default();
            let cells: Vec<String> = cells.collect();
            if cells.len() != forms.len() {
                found.push(
                    Diagnostic::error(
                        BAD_LEXICON,
                        message!(
                            "{number_of_record} cells in a row, but there should be {forms}",
                            number_of_record = record.len(),
                            forms = forms.len() + 1
                        ),
                    )
                    .at(source.line(line))
                    .hint(message!("put a name that contains a comma into quotation marks")),
                );
                continue;
            }
            if code.is_empty() {
                found.push(
                    Diagnostic::error(BAD_LEXICON, message!("a row without a code"))
                        .at(source.line(line)),
                );
                continue;
            }
            if let Some(first) = names.get(&code) {
                found.push(
                    Diagnostic::error(DUPLICATED_CODE, message!("`{code}` has two rows", code))
                        .at(source.line(line))
                        .label(message!("the second row"))
                        .related(source.line(first.line), message!("the first row"))
                        .hint(message!("delete one of them")),
                );
                continue;
            }
            names.insert(code, Entry { line, names: cells });
        }
        Self::one_name_each(&forms, &names, source, found);
        (found.len() == before).then(|| Self {
            name: name.to_owned(),
            forms,
            names,
            source: source.clone(),
        })
    }

    /// The records of the file, each with its byte offset and line.
    fn records(
        source: &SourceText,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Vec<(usize, usize, csv::StringRecord)>> {
        // The CSV parser skips a byte order mark but does not count it.
        let marked = source.text.strip_prefix('\u{feff}');
        let text = marked.unwrap_or(&source.text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = vec![];
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let at = record.position().map_or((0, 1), |at| (at.byte(), at.line()));
                    let as_usize = |number| usize::try_from(number).unwrap_or(usize::MAX);
                    records.push((as_usize(at.0), as_usize(at.1), record));
                }
                Err(error) => {
                    found.push(
                        Diagnostic::error(
                            BAD_LEXICON,
                            message!("the lexicon cannot be read: {error}", error),
                        )
                        .at(crate::diag::Place::Path(source.path.clone())),
                    );
                    return None;
                }
            }
        }
        let ends = records.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]);
        for (end, (start, line, _)) in ends.zip(&records) {
            let raw = text.get(*start..end).unwrap_or_default();
            // A quoted cell has two quotation marks, and a mark inside it is doubled.
            if raw.matches('"').count() % 2 == 1 {
                found.push(
                    Diagnostic::error(
                        BAD_LEXICON,
                        message!("a quotation mark without its partner"),
                    )
                    .at(source.line(*line))
                    .note(message!("everything up to the next mark would become part of this name"))
                    .hint(message!(
                        "put the cell into quotation marks and double the mark inside it: \
                            `\"a \"\"b\"\" c\"`"
                    )),
                );
                return None;
            }
        }
        Some(records)
    }

    /// Refuses two codes whose nominative names look the same.
    fn one_name_each(
        forms: &[String],
        names: &IndexMap<String, Entry>,
        source: &SourceText,
        found: &mut Vec<Diagnostic>,
    ) {
        let Some(nominative) = forms.iter().position(|form| form == "nom") else { return };
        let mut met: std::collections::HashMap<String, (&str, usize)> = Default::default();
        for (code, entry) in names {
            let name = &entry.names[nominative];
            let same = skeleton(name);
            if same.is_empty() {
                continue;
            }
            match met.get(&same) {
                Some((first, line)) => found.push(
                    Diagnostic::error(
                        ONE_NAME_TWICE,
                        message!(
                            "`{code}` and `{first}` have the same name: `{name}`",
                            code,
                            first,
                            name = name.trim()
                        ),
                    )
                    .at(source.line(entry.line))
                    .related(source.line(*line), message!("the same name"))
                    .note(message!(
                        "the pages would print the figures of two places under the same name"
                    ))
                    .note(message!(
                        "names that differ only in case, spaces, invisible characters or letters \
                        that look alike count as the same"
                    ))
                    .hint(message!("add something that distinguishes them, for example “(city)”")),
                ),
                None => _ = met.insert(same, (code, entry.line)),
            }
        }
    }

    fn head(
        head: Option<(usize, usize, csv::StringRecord)>,
        source: &SourceText,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Vec<String>> {
        let head = head.map(|(.., head)| head).unwrap_or_default();
        let forms: Vec<String> = head.iter().skip(1).map(str::to_owned).collect();
        let problem = if head.get(0) != Some("code") {
            Some(message!("the first column of a lexicon is `code`"))
        } else if forms.is_empty() {
            Some(message!("the lexicon has only the column `code`, and no form"))
        } else if forms.iter().any(|form| form.is_empty() || form.trim() != form) {
            Some(message!("a form without a name, or with a space around it"))
        } else {
            let again = forms.iter().enumerate().find(|(at, form)| forms[..*at].contains(form));
            again.map(|(_, form)| message!("the form `{form}` has two columns", form))
        };
        let Some(problem) = problem else { return Some(forms) };
        found.push(
            Diagnostic::error(BAD_LEXICON, problem)
                .at(source.line(1))
                .hint(message!("write the first line as `code,nom,gen`, one column for each form")),
        );
        None
    }

    /// Puts a no-break space after `words` in every name. Lexicons are typed with ordinary spaces; apart
    /// from this, names are printed unchanged.
    pub(super) fn keep_together(&mut self, words: &[String]) {
        for name in self.names.values_mut().flat_map(|entry| &mut entry.names) {
            for word in words.iter().filter(|word| !word.is_empty()) {
                let torn = format!("{word} ");
                let mut from = 0;
                while let Some(at) = name[from..].find(&torn).map(|at| at + from) {
                    let space = at + word.len();
                    if !name[..at].ends_with(char::is_alphabetic) {
                        name.replace_range(space..=space, "\u{A0}");
                    }
                    from = space;
                }
            }
        }
    }

    /// Changes every name in every form.
    pub(super) fn each_name(&mut self, mut change: impl FnMut(&mut String)) {
        self.names.values_mut().flat_map(|entry| &mut entry.names).for_each(&mut change);
    }

    /// Puts a no-break space before `words` in every name.
    pub(super) fn keep_behind(&mut self, words: &[String]) {
        for name in self.names.values_mut().flat_map(|entry| &mut entry.names) {
            for word in words.iter().filter(|word| !word.is_empty()) {
                let torn = format!(" {word}");
                let mut from = 0;
                while let Some(space) = name[from..].find(&torn).map(|at| at + from) {
                    from = space + torn.len();
                    if !name[from..].starts_with(char::is_alphabetic) {
                        name.replace_range(space..=space, "\u{A0}");
                        // A no-break space is one byte longer than a space.
                        from += 1;
                    }
                }
            }
        }
    }

    /// The name of `code` in `form`.
    pub fn get(&self, code: &str, form: &str) -> Result<&str> {
        let entry = self.names.get(code);
        let column = self.forms.iter().position(|known| known == form);
        let mut found = vec![];
        if entry.is_none() {
            found.push(
                Diagnostic::error(
                    UNKNOWN_NAME,
                    message!("no `{code}` in the lexicon `{name}`", code, name = self.name),
                )
                .at(crate::diag::Place::Path(self.source.path.clone()))
                .maybe_hint(did_you_mean(code, self.names.keys().map(String::as_str))),
            );
        }
        if column.is_none() {
            found.push(
                Diagnostic::error(
                    UNKNOWN_NAME,
                    message!("no form `{form}` in the lexicon `{name}`", form, name = self.name),
                )
                .at(self.source.line(1))
                .label(message!("the forms are"))
                .maybe_hint(did_you_mean(form, self.forms.iter().map(String::as_str))),
            );
        }
        let (Some(entry), Some(column)) = (entry, column) else { return Err(found) };
        match entry.names.get(column) {
            Some(name) if !name.is_empty() => Ok(name),
            _ => Err(Diagnostic::error(
                UNKNOWN_NAME,
                message!(
                    "`{code}` has no form `{form}` in the lexicon `{name}`",
                    code,
                    form,
                    name = self.name
                ),
            )
            .at(self.source.line(entry.line))
            .label(message!("empty in this row"))
            .hint(message!("write the form; kosh does not use another one instead"))
            .into()),
        }
    }

    /// The abbreviation of `code`, if the lexicon has one.
    pub fn key(&self, code: &str) -> Option<&str> {
        let column = self.forms.iter().position(|form| form == KEY)?;
        let key = self.names.get(code)?.names.get(column)?;
        Some(key.as_str()).filter(|key| !key.is_empty())
    }

    /// Every name in every form, with its code and the form; abbreviations are left out.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.names.iter().flat_map(|(code, entry)| {
            let forms = self.forms.iter().zip(&entry.names).filter(|(form, _)| *form != KEY);
            forms.map(move |(form, name)| (code.as_str(), form.as_str(), name.as_str()))
        })
    }

    /// The place of the file.
    pub fn place(&self) -> crate::diag::Place {
        crate::diag::Place::Path(self.source.path.clone())
    }

    /// The place of the row of a code.
    pub fn place_of(&self, code: &str) -> crate::diag::Place {
        self.names.get(code).map_or_else(|| self.place(), |entry| self.source.line(entry.line))
    }

    /// The codes, in the order of the file.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The forms, in the order of the columns.
    pub fn forms(&self) -> &[String] {
        &self.forms
    }
}

/// The shape of a code: `KZ-75` and `KZ-10` have the same one.
fn shape(code: &str) -> String {
    let class = |c: char| match c {
        c if c.is_numeric() => '9',
        c if c.is_uppercase() => 'A',
        c if c.is_alphabetic() => 'a',
        c => c,
    };
    code.chars().map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Locale;
    use super::*;
    use crate::diag::Code;

    /// A form of the city of Shymkent in the shipped files of a language.
    fn city(lang: &str, form: &str) -> String {
        let read = |path: &str| {
            let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
            SourceText::new(&path, std::fs::read_to_string(&path).unwrap())
        };
        let language = read(&format!("templates/languages/{lang}.toml"));
        let names = vec![("regions".to_owned(), read(&format!("data/lexicon/regions.{lang}.csv")))];
        let locale = Locale::load(lang, &language, &names).unwrap().value;
        locale.name("regions", "KZ-79", form).unwrap().to_owned()
    }

    #[test]
    fn a_city_is_not_parted_from_the_word_that_says_it_is_one() {
        assert_eq!(city("en", "from"), "from Shymkent");
        assert_eq!(city("ru", "nom"), "г.\u{A0}Шымкент");
        assert_eq!(city("ru", "in"), "в Шымкенте");
        assert_eq!(city("en", "nom"), "Shymkent\u{A0}city");
        assert_eq!(city("kk", "in"), "Шымкент\u{A0}қаласында");
    }

    #[test]
    fn names_that_look_alike_and_names_with_rows_in_them_are_refused() {
        let said = |text: &str| {
            let mut found = vec![];
            Lexicon::read("x", &SourceText::new("x.csv", text), &mut found);
            found.iter().map(|problem| problem.code).collect::<Vec<_>>()
        };
        // A Cyrillic А, a zero-width space, a no-break space.
        assert_eq!(said("code,nom\nK-1,Aktau\nK-2,\u{410}ktau\n"), [Code::K0143]);
        assert_eq!(said("code,nom\nK-1,Aktau\nK-2,Ak\u{200b}tau\n"), [Code::K0143]);
        assert_eq!(said("code,nom\nK-1,New town\nK-2,New\u{a0}town\n"), [Code::K0143]);
        assert!(said("code,nom\nK-1,Aktau\nK-2,Aktobe\n").is_empty());
        assert_eq!(said("code,nom\nK-1,\"Aktau\nK-2,Aktobe\"\nK-3,Oral\n"), [Code::K0307]);
        assert!(said("code,nom\nK-1,\"Aktau\nby the sea, west\"\nK-3,Oral\n").is_empty());
    }

    #[test]
    fn only_whole_words_are_kept_together() {
        let text =
            SourceText::new("x.csv", "code,nom\na,old city cityscape city\nb,г. А и Ог. Б\n");
        let mut lexicon = Lexicon::read("x", &text, &mut vec![]).unwrap();
        lexicon.keep_behind(&["city".to_owned()]);
        lexicon.keep_together(&["г.".to_owned()]);
        assert_eq!(lexicon.get("a", "nom").unwrap(), "old\u{A0}city cityscape\u{A0}city");
        assert_eq!(lexicon.get("b", "nom").unwrap(), "г.\u{A0}А и Ог. Б");
    }
}
