//! From a name as people write it to the code of a register, never guessed.
//!
//! In: the register (`NAME.csv` with its columns `export_name` and `aliases`), its lexicons in all languages and cases, and
//! the project's own list of other names (`aliases/NAME.csv`). Out: [`Names`], which know the code of a name, or say
//! why they do not: the name is unknown, or it means two things and its parent has to be said.
//!
//! Names are compared without what does not tell them apart ([`folded`]): case, blanks, dashes and dots, letters that
//! look alike. A word for the kind of place may be shortened and may stand before the name or behind it, but a
//! city and a region of one name stay two. A misspelt name is unknown.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::marks;
use super::words::{self, Words};
use crate::diag::{Code, Diagnostic, Place, Result, SourceText, Warned};
use crate::files::{self, Files, Tracked};
use crate::stats::Time;

/// Columns of a lexicon that are no names of the place itself.
const NO_NAMES: [&str; 2] = ["key", "capital"];
/// How many of the nearest names are shown.
const NEAREST: usize = 3;

/// The names of one register.
#[derive(Debug, Clone, Default)]
pub struct Names {
    register: String,
    /// Where a project writes down other names.
    aliases: PathBuf,
    codes: Vec<String>,
    /// For each name as it is compared what it may mean.
    meant: HashMap<String, Vec<Meaning>>,
    /// Names as they are written, each with its code, to find the nearest of.
    written: Vec<(String, usize)>,
    words: Words,
}

/// What a name may mean.
#[derive(Debug, Clone, PartialEq)]
struct Meaning {
    /// The code, by its place in `codes`.
    code: usize,
    /// The code of what it lies in, if the name alone is not enough.
    parent: Option<String>,
    /// The first time for which it is used.
    from: Option<Time>,
    /// The last one.
    until: Option<Time>,
}

/// The code of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameReading {
    /// The code.
    pub code: String,
    /// Footnote marks that stand behind the name.
    pub marks: Vec<String>,
}

/// A text as texts are compared: without case, blanks, dashes, dots and quotation marks, in one Unicode form, with
/// letters that look alike in several alphabets as one. Footnote marks are no part of it if they are raised. Between two
/// digits a gap stays one, whatever fills it: 1–4 is not 14.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::new();
    for part in text.split(|c| is_gap(c) || marks::is_raised(c)).filter(|part| !part.is_empty()) {
        join(&mut out, &words::letters(part));
    }
    out
}

/// What stands between words and does not tell names apart: blanks, dashes, dots, commas, brackets, quotation marks.
fn is_gap(c: char) -> bool {
    marks::is_blank(c)
        || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
        || matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '"' | '\'' | '\u{ab}' | '\u{bb}')
        || matches!(c, '\u{2018}'..='\u{201f}')
}

/// Puts a part behind the others, with a gap between digits.
fn join(out: &mut String, part: &str) {
    let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    if is_digit(out.chars().next_back()) && is_digit(part.chars().next()) {
        out.push('-');
    }
    out.push_str(part);
}

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

    /// Whether a text is one of the names, with marks or without, whatever it means.
    pub fn knows(&self, written: &str) -> bool {
        !self.meanings(written).0.is_empty()
    }

    /// The code of a name; `parent` is the code of what the place lies in, if the sheet says it, and `time` when the
    /// figures hold, since a name may have meant another place before. The problem has no place yet: that is the cell's.
    ///
    /// # Errors
    ///
    /// K1231 if the name is not known, K1232 if it means two things.
    pub fn code(
        &self,
        written: &str,
        parent: Option<&str>,
        time: Option<Time>,
    ) -> std::result::Result<NameReading, Diagnostic> {
        let (all, marks) = self.meanings(written);
        if all.is_empty() {
            return Err(self.unknown(written));
        }
        let fits = |meaning: &&Meaning| match (parent, &meaning.parent) {
            (Some(parent), Some(own)) => parent == own,
            _ => true,
        };
        let holds = |meaning: &&Meaning| time.is_none_or(|time| meaning.holds(time));
        let mut codes: Vec<usize> =
            all.iter().filter(fits).filter(holds).map(|meaning| meaning.code).collect();
        codes.sort_unstable();
        codes.dedup();
        match codes[..] {
            [code] => Ok(NameReading { code: self.codes[code].clone(), marks }),
            [] => Err(self.elsewhere(written, &all, time)),
            _ => Err(self.two(written, &all, &codes)),
        }
    }

    /// What a text may mean; if it is no name as it stands, without the marks behind it, or line by line.
    fn meanings(&self, written: &str) -> (Vec<Meaning>, Vec<String>) {
        let as_it_is = self.meant.get(&self.key(written));
        if let Some(all) = as_it_is {
            let mut raised = vec![];
            marks::without_raised(written, &mut raised);
            return (all.clone(), raised);
        }
        let mut taken = vec![];
        let bare = marks::without_marks(written, &mut taken);
        if let Some(all) = self.meant.get(&self.key(bare)) {
            return (all.clone(), taken);
        }
        // One name in several languages, a line each or one behind the other: all have to mean the same.
        let lines: Vec<&str> =
            bare.split(['\n', '/']).map(marks::trimmed).filter(|line| !line.is_empty()).collect();
        let found = match lines[..] {
            [line] => gaps(line)
                .map(|at| self.common(&[&line[..at], &line[at..]]))
                .find(|all| !all.is_empty()),
            _ => Some(self.common(&lines)),
        };
        (found.unwrap_or_default(), taken)
    }

    /// What several names all mean.
    fn common(&self, names: &[&str]) -> Vec<Meaning> {
        let mut each =
            names.iter().map(|name| self.meant.get(&self.key(name)).cloned().unwrap_or_default());
        let mut common = each.next().unwrap_or_default();
        for other in each {
            common.retain(|meaning| other.iter().any(|same| same.code == meaning.code));
        }
        common
    }

    /// A name as it is compared: its words for kinds of places first, in full and in order, then the others.
    fn key(&self, name: &str) -> String {
        let parts =
            name.split(|c| is_gap(c) || marks::is_raised(c)).filter(|part| !part.is_empty());
        let (mut kinds, mut others) = (vec![], String::new());
        for part in parts {
            let letters = words::letters(part);
            let full = self.words.in_full(&letters);
            match self.words.is_kind(full) {
                true => kinds.push(full.to_owned()),
                false => join(&mut others, full),
            }
        }
        if others.is_empty() {
            return kinds.concat();
        }
        kinds.sort();
        match kinds.is_empty() {
            true => others,
            false => format!("{}|{others}", kinds.join(" ")),
        }
    }

    fn add(&mut self, name: &str, meaning: Meaning) {
        let name = marks::trimmed(name);
        let key = self.key(name);
        if key.is_empty() {
            return;
        }
        self.written.push((name.to_owned(), meaning.code));
        let meant = self.meant.entry(key).or_default();
        if !meant.contains(&meaning) {
            meant.push(meaning);
        }
    }

    fn code_number(&mut self, code: &str) -> usize {
        self.codes.iter().position(|known| known == code).unwrap_or_else(|| {
            self.codes.push(code.to_owned());
            self.codes.len() - 1
        })
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
        let problem = |line: usize, message: String| {
            Diagnostic::error(Code::K1233, message).at(text.line(line))
        };
        const HEAD: [&str; 6] = ["name", "code", "parent", "valid_from", "valid_to", "note"];
        let unknown = table.head.iter().find(|head| !HEAD.contains(&head.as_str()));
        let (Some(names), Some(codes), None) =
            (table.column("name"), table.column("code"), unknown)
        else {
            found.push(
                problem(1, "the header of a list of other names".into())
                    .note(format!(
                        "it has the columns {}; `name` and `code` have to be there",
                        HEAD.join(", ")
                    ))
                    .hint(format!("write `{}` as the first line", HEAD.join(","))),
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
                    problem(row.line, format!("`{code}` is no code of `{}`", self.register))
                        .maybe_hint(known),
                );
                continue;
            };
            let mut time = |column: &str| {
                let written = optional(row, column)?;
                let time = Time::of_register(&written);
                if time.is_none() {
                    let message = format!("`{written}` in `{column}` is no day, month or year");
                    found.push(
                        problem(row.line, message).hint("write it as 2018-06-19, 2018-06 or 2018"),
                    );
                }
                time
            };
            let (from, until) = (time("valid_from"), time("valid_to"));
            let name = row.cell(names);
            if self.key(name).is_empty() {
                found.push(problem(row.line, "a row without a name".into()));
                continue;
            }
            self.add(name, Meaning { code, parent: optional(row, "parent"), from, until });
        }
    }

    /// A name that is not known, with the nearest ones and the line that would make it known.
    fn unknown(&self, written: &str) -> Diagnostic {
        let mut taken = vec![];
        let shown = one_line(marks::without_marks(written, &mut taken));
        let nearest = self.nearest(&shown);
        let problem = Diagnostic::error(
            Code::K1231,
            format!("`{shown}` is no known name of `{}`", self.register),
        );
        let problem = match &nearest[..] {
            [] => problem,
            all => {
                let all: Vec<String> = all
                    .iter()
                    .map(|(name, code)| format!("`{name}` ({})", self.codes[*code]))
                    .collect();
                problem.note(format!("the nearest are {}; none is taken unsaid", all.join(", ")))
            }
        };
        let code = nearest.first().map_or("CODE", |(_, code)| &self.codes[*code]);
        let path = crate::diag::slashed(&self.aliases);
        problem
            .hint(format!(
                "if it is one of them, add a line to `{path}`: {},{code},,,,",
                quoted(&shown)
            ))
            .hint("if it is none of these places, leave its row out: claim it under `ignore`")
    }

    /// The names nearest to a text, of different codes.
    fn nearest(&self, written: &str) -> Vec<(&str, usize)> {
        let own = self.key(written);
        let own = own.rsplit('|').next().unwrap_or_default();
        if own.is_empty() || own.len() > 256 {
            return vec![];
        }
        let mut near: Vec<(f64, &str, usize)> = self
            .written
            .iter()
            .map(|(name, code)| {
                let key = self.key(name);
                let name_alone = key.rsplit('|').next().unwrap_or_default();
                (strsim::jaro_winkler(own, name_alone), name.as_str(), *code)
            })
            .filter(|(likeness, ..)| *likeness > 0.75)
            .collect();
        near.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut first: Vec<(&str, usize)> = vec![];
        for (_, name, code) in near {
            if first.len() < NEAREST && !first.iter().any(|(_, met)| *met == code) {
                first.push((name, code));
            }
        }
        first
    }

    /// A name that means several places.
    fn two(&self, written: &str, all: &[Meaning], codes: &[usize]) -> Diagnostic {
        let shown = one_line(written);
        let named: Vec<String> = codes
            .iter()
            .map(|code| {
                let parent = all
                    .iter()
                    .find(|meaning| meaning.code == *code)
                    .and_then(|m| m.parent.as_deref());
                match parent {
                    Some(parent) => format!("{} in {parent}", self.codes[*code]),
                    None => self.codes[*code].clone(),
                }
            })
            .collect();
        let problem = Diagnostic::error(
            Code::K1232,
            format!("`{shown}` means several things: {}", named.join(", ")),
        );
        match all.iter().all(|meaning| meaning.parent.is_some()) {
            true => problem
                .hint("say in the recipe which cell names the place it lies in, with `parent`"),
            false => problem.hint(format!(
                "tell them apart in `{}`, with the column `parent` or with the times of each",
                crate::diag::slashed(&self.aliases)
            )),
        }
    }

    /// A name that is known, but not in this place or at this time.
    fn elsewhere(&self, written: &str, all: &[Meaning], time: Option<Time>) -> Diagnostic {
        let shown = one_line(written);
        let time = time.map_or(String::new(), |time| format!(" for {time}"));
        let known: Vec<String> = all
            .iter()
            .map(|meaning| {
                let parent =
                    meaning.parent.as_ref().map_or(String::new(), |parent| format!(" in {parent}"));
                let from = meaning.from.map_or(String::new(), |from| format!(" from {from}"));
                let until = meaning.until.map_or(String::new(), |until| format!(" up to {until}"));
                format!("{}{parent}{from}{until}", self.codes[meaning.code])
            })
            .collect();
        Diagnostic::error(Code::K1231, format!("`{shown}` is no name that is known here{time}"))
            .note(format!("it is known as {}", known.join(", ")))
            .hint("look whether the row stands under another region or belongs to another time")
    }
}

impl Meaning {
    /// Whether the name is used at a time.
    fn holds(&self, time: Time) -> bool {
        self.from.is_none_or(|from| time.last_day() >= from.first_day())
            && self.until.is_none_or(|until| time.first_day() <= until.last_day())
    }
}

/// Where a name in one language may end and the same in another begin: at the first gaps between words.
fn gaps(line: &str) -> impl Iterator<Item = usize> {
    const MOST: usize = 12;
    line.char_indices().filter(|(_, c)| marks::is_blank(*c)).map(|(at, _)| at).take(MOST)
}

/// A text on one line, as it is quoted.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell of a csv file.
fn quoted(text: &str) -> String {
    match text.contains([',', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
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
            let message = format!("the names cannot be read: {error}");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Track;

    fn shipped(register: &str) -> Names {
        let data = Path::new("kosh:data");
        Names::load(Files::new().track(), data, Path::new("data"), register, Words::shipped())
            .unwrap()
            .value
    }

    fn code(names: &Names, written: &str, parent: Option<&str>, time: Option<&str>) -> String {
        let time = time.map(|time| time.parse().unwrap());
        match names.code(written, parent, time) {
            Ok(read) => read.code,
            Err(problem) => problem.code.to_string(),
        }
    }

    #[test]
    fn names_are_known_however_offices_write_them() {
        let names = shipped("regions");
        for (written, expected) in [
            ("Г.АСТАНА", "KZ-71"),
            ("г. Астана", "KZ-71"),
            ("город Астана", "KZ-71"),
            ("Астана г.", "KZ-71"),
            ("Нур-Султан", "KZ-71"),
            ("НУР СУЛТАН", "KZ-71"),
            ("г.Нур-Султан", "KZ-71"),
            ("Астана қ.", "KZ-71"),
            ("Астана1)", "KZ-71"),
            ("г. Алматы*", "KZ-75"),
            ("г.\u{a0}Алматы", "KZ-75"),
            ("Алматы", "KZ-75"),
            ("Алматинская", "KZ-19"),
            ("Алматинская обл.", "KZ-19"),
            ("АЛМАТИНСКАЯ ОБЛАСТЬ", "KZ-19"),
            ("Алматы облысы", "KZ-19"),
            ("область Жетісу", "KZ-33"),
            ("обл. Жетiсу", "KZ-33"),
            ("Жетысуская область", "KZ-33"),
            ("Абай облысы\nобласть Абай", "KZ-10"),
            ("Алматы қаласы / г. Алматы", "KZ-75"),
            ("Қазақстан Республикасы Республика Казахстан", "KZ"),
            ("З-Казахстанская", "KZ-27"),
            ("Северо\u{2013}Казахстанская область", "KZ-59"),
            ("Республика Казахстан", "KZ"),
            ("РЕСПУБЛИКА КАЗАХСТАН", "KZ"),
            ("в Карагандинской области", "KZ-35"),
            ("Almaty region", "KZ-19"),
            ("KZ-75", "KZ-75"),
        ] {
            assert_eq!(code(&names, written, None, None), expected, "{written}");
            assert!(names.knows(written), "{written}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        let names = shipped("regions");
        for written in [
            "РАЙОН АЛМАТЫ",
            "Алматинский район",
            "г. Семей",
            "Астаны район",
            "Акмолинская обл",
            "Карагандинска",
            "г. Туркестан",
            "",
            "1)",
            "город",
        ] {
            let known = written == "Акмолинская обл";
            assert_eq!(code(&names, written, None, None) != "K1231", known, "{written}");
        }
        let problem = names.code("Кызылардинская область2)", None, None).unwrap_err();
        assert!(problem.notes[0].contains("`Кызылординская область` (KZ-43)"), "{problem:?}");
        assert!(
            problem.hints[0]
                .contains("`data/aliases/regions.csv`: Кызылардинская область,KZ-43,,,,"),
            "{problem:?}"
        );
        assert_eq!(code(&names, "Абай облысы\nАлматы облысы", None, None), "K1231");
        assert_eq!(code(&names, "Абай облысы г. Алматы", None, None), "K1231");
    }

    #[test]
    fn a_name_holds_for_its_time() {
        let names = shipped("regions");
        assert_eq!(code(&names, "Ю-Казахстанская", None, Some("2017-01..2017-12")), "KZ-61");
        assert_eq!(
            code(&names, "Южно-Казахстанская область", None, Some("2017-01..2017-12")),
            "KZ-61"
        );
        assert_eq!(
            code(&names, "Южно-Казахстанская область", None, Some("2025-01..2025-12")),
            "K1231"
        );
    }

    #[test]
    fn countries_are_known_in_every_case() {
        let names = shipped("partners");
        for (written, expected) in [
            ("Россия", "RUS"),
            ("из России", "RUS"),
            ("ГЕРМАНИЯ", "DEU"),
            ("Uzbekistan", "UZB"),
            ("страны СНГ", "CIS"),
        ] {
            assert_eq!(code(&names, written, None, None), expected, "{written}");
        }
    }

    fn own(aliases: &str) -> Result<Names> {
        let folder = std::env::temp_dir().join(format!(
            "kosh-names-{}-{}",
            std::process::id(),
            aliases.len()
        ));
        std::fs::create_dir_all(folder.join("aliases")).unwrap();
        std::fs::write(folder.join("places.csv"), "code\nA-1\nA-2\nB-1\n").unwrap();
        std::fs::write(folder.join("aliases/places.csv"), aliases).unwrap();
        let names = Names::load(
            Files::new().track(),
            &folder,
            Path::new("data"),
            "places",
            Words::shipped(),
        );
        std::fs::remove_dir_all(&folder).unwrap();
        names.map(|names| names.value)
    }

    #[test]
    fn a_name_that_means_two_things_needs_its_parent() {
        let names = own("name,code,parent,note\nАбайский район,A-1,KZ-10,\nАбайский район,B-1,KZ-35,\nЦентр,A-2,,\n").unwrap();
        assert_eq!(code(&names, "Абайский р-н", None, None), "K1231");
        assert_eq!(code(&names, "район Абайский", None, None), "K1232");
        assert_eq!(code(&names, "Абайский район", Some("KZ-35"), None), "B-1");
        assert_eq!(code(&names, "Абайский район", Some("KZ-99"), None), "K1231");
        assert_eq!(code(&names, "центр", Some("KZ-10"), None), "A-2");
    }

    #[test]
    fn numbers_and_signs_in_names_stay_apart() {
        let names = own("name,code,parent,note\n1–4,A-1,,\n75+,A-2,,\n").unwrap();
        assert_eq!(code(&names, "1 - 4", None, None), "A-1");
        assert_eq!(code(&names, "1-4*", None, None), "A-1");
        assert_eq!(code(&names, "75+", None, None), "A-2");
        for written in ["14", "75", "1", "-75"] {
            assert_eq!(code(&names, written, None, None), "K1231", "{written}");
        }
        assert_ne!(folded("1-4"), folded("14"));
        assert_eq!(folded("«Все  население»"), folded("ВСЕ НАСЕЛЕНИЕ"));
    }

    #[test]
    fn a_list_of_other_names_is_checked() {
        for (aliases, message) in [
            ("nom,code\nx,A-1\n", "header"),
            ("name,code\nx,A-9\n", "no code"),
            ("name,code,valid_to\nx,A-1,soon\n", "no day"),
            ("name,code\n ,A-1\n", "without a name"),
            ("name,code\nx,A-1,7\n", "cannot be read"),
        ] {
            let found = own(aliases).unwrap_err();
            assert!(
                found[0].code == Code::K1233 && found[0].message.contains(message),
                "{aliases}: {found:?}"
            );
        }
    }
}
