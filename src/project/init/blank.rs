//! A blank project: one table, two indicators, one section and one figure, of no country and no subject.
//!
//! Its files are those of `starter/blank`; `PROFILE` in a path is the profile's folder, and a file for a
//! language is written if the project has that language.

use super::{
    Asked, Made, brief, language_of, languages_of, named, strange_id, strange_names, text,
};
use crate::diag::{Code, Diagnostic, Result, did_you_mean};
use crate::files::shipped;

/// The folder of the files.
const FOLDER: &str = "blank/";

/// The profile's id if none is asked for.
const PROFILE: &str = "office";

/// Makes a blank project.
pub(super) fn make(asked: &Asked) -> Result<Made> {
    let profile = asked.profile.clone().unwrap_or_else(|| PROFILE.to_owned());
    let known = known_languages();
    let languages =
        if asked.languages.is_empty() { known.clone() } else { asked.languages.clone() };
    let mut found: Vec<Diagnostic> = strange_id(&profile).into_iter().collect();
    for lang in languages.iter().filter(|lang| !known.contains(lang)) {
        found.push(
            Diagnostic::error(Code::K0005, message!("kosh has no blank project in `{lang}`", lang))
                .maybe_hint(did_you_mean(lang, known.iter().map(String::as_str)))
                .hint(message!(
                    "begin in one of these languages; `kosh handbook languages` says how to add one"
                )),
        );
    }
    found.extend(strange_names(asked, &languages));
    if !found.is_empty() {
        return Err(found);
    }
    let folder = format!("templates/profiles/{profile}");
    let mut files = asked.look.files_in(&folder);
    for path in shipped::starter_files(FOLDER) {
        let lang = language_of(&path);
        if lang.as_ref().is_some_and(|lang| !languages.contains(lang)) {
            continue;
        }
        let written = shipped::starter(&format!("{FOLDER}{path}")).unwrap_or_default();
        let words = match path.as_str() {
            "brief.toml" => brief(&written, &profile, &languages, asked),
            _ => written
                .replace("{brand}", asked.look.written().trim_end())
                .replace("{name}", &named(asked, lang.as_deref().unwrap_or_default(), &profile))
                .replace("{profile}", &profile),
        };
        // A file that begins with a dot would be hidden in the repository.
        let path = if path == "gitignore" { ".gitignore".to_owned() } else { path };
        files.push(text(path.replace("PROFILE", &profile), words));
    }
    Ok(Made { files, profile })
}

/// The languages in which there is a blank project: the first one in `brief.toml` first.
pub(super) fn known_languages() -> Vec<String> {
    let brief = shipped::starter(&format!("{FOLDER}brief.toml")).unwrap_or_default();
    languages_of(&brief)
}

#[cfg(test)]
mod tests {
    use super::super::{Extent, make};
    use super::*;

    fn blank() -> Asked {
        Asked { extent: Extent::Blank, ..Asked::default() }
    }

    #[test]
    fn every_file_is_short_and_says_nothing_of_a_country_or_of_moves() {
        let made = make(&blank()).unwrap();
        assert!(made.files.len() > 15, "{}", made.files.len());
        for file in made.files {
            let text = String::from_utf8(file.bytes).unwrap();
            assert!(text.lines().count() < 30, "{}: {} lines", file.name, text.lines().count());
            let words = text.to_lowercase();
            for word in ["kazakh", "казах", "қаз", "kz-", "migra", "мигра"] {
                assert!(!words.contains(word), "{}: {word}", file.name);
            }
        }
    }

    #[test]
    fn every_language_of_the_starter_is_known() {
        let tags: std::collections::BTreeSet<String> =
            shipped::starter_files(FOLDER).iter().filter_map(|path| language_of(path)).collect();
        assert_eq!(tags, known_languages().into_iter().collect());
        let one = Asked { languages: known_languages()[..1].to_vec(), ..blank() };
        let other = format!(".{}.", known_languages()[1]);
        assert!(make(&one).unwrap().files.iter().all(|file| !file.name.contains(&other)));
        let unknown = Asked { languages: vec!["xx".into()], ..blank() };
        assert_eq!(make(&unknown).unwrap_err()[0].code, Code::K0005);
    }
}
