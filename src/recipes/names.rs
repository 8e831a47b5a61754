//! From a name as people write it to the code of a register, never guessed.
//!
//! In: the register (`NAME.csv` with its columns `export_name` and `aliases`), its lexicons in all languages and cases, and
//! the project's own list of other names (`aliases/NAME.csv`). Out: [`Names`], which know the code of a name, or say
//! why they do not: the name is unknown, or it means two things and its parent has to be said.
//!
//! Names are compared without what does not tell them apart ([`folded`]): case, blanks, dashes and dots, letters that
//! look alike. A word for the kind of place may be shortened and may stand before the name or behind it, but a
//! city and a region of one name stay two. A misspelt name is unknown.
//!
//! `read` reads the files, `refuse` words why a name has no code.

mod read;
mod refuse;

use std::collections::HashMap;
use std::path::PathBuf;

use super::marks;
use super::words::{self, Words};
use crate::diag::Diagnostic;
use crate::stats::Time;

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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diag::{Code, Result};
    use crate::files::{Files, Track};

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
            ("name,code\nx,A-9\n", "is not a code"),
            ("name,code,valid_to\nx,A-1,soon\n", "is not a day"),
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
