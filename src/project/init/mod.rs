//! Creates a new project from the shipped files.
//!
//! In: the request ([`Asked`]). Out: the files of a project that builds at once, without a network. A
//! whole project has all templates, to be changed as needed; a bare one has only the files that must
//! differ, and uses the shipped ones otherwise. A profile that is not shipped starts as a layer over a
//! shipped one, with commented keys as examples. A blank one (`blank`) has nothing of the shipped figures
//! and texts: the smallest project of any subject. The texts are in `starter/`.

mod blank;
mod look;

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use super::{Version, is_profile_id, schemas};
use crate::diag::{Code, Diagnostic, Place, Result, did_you_mean};
use crate::files::shipped;
use crate::output::File;

pub use look::Look;

/// The request for a new project.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The publishing body's profile, shipped or new; `None` for that of the shipped project.
    pub profile: Option<String>,
    /// The shipped profile that the project's own one extends.
    pub extends: Option<String>,
    /// The languages; empty for those of the shipped project.
    pub languages: Vec<String>,
    /// The region of the brief.
    pub region: Option<String>,
    /// Whether no region has a brief of its own.
    pub has_no_regions: bool,
    /// The period as in `brief.toml`; `None` for that of the shipped project.
    pub period: Option<String>,
    /// The body's name at the head of the first page, by language.
    pub names: BTreeMap<String, String>,
    /// Colours, logo and page, if they are not those of the profile below.
    pub look: Look,
    /// Which shipped files are written into the project.
    pub extent: Extent,
}

/// Which shipped files are written into the project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// The templates too.
    #[default]
    Whole,
    /// Only files that must differ.
    Bare,
    /// None: the smallest project of another country or subject.
    Blank,
}

/// A new project.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its files.
    pub files: Vec<File>,
    /// Its profile.
    pub profile: String,
}

/// Makes a project.
pub fn make(asked: &Asked) -> Result<Made> {
    if asked.extent == Extent::Blank {
        return blank::make(asked);
    }
    let mut found = vec![];
    let (profile, base) = profile(asked, &mut found);
    let languages = languages(asked, &mut found);
    found.extend(strange_names(asked, &languages));
    if !found.is_empty() {
        return Err(found);
    }
    let brief = brief(shipped::BRIEF, &profile, &languages, asked);
    let mut files = vec![text("brief.toml", brief)];
    let fill = |path: &str| -> Option<String> {
        let words = shipped::starter(path)?
            .replace("{profile}", &profile)
            .replace("{version}", &Version::of_program().series());
        Some(match &base {
            // A layer over the shipped profile of the same name is still the brief of that body.
            Some(base) => words
                .replace("{base}", base)
                .replace("{own}", if *base == profile { "# " } else { "" })
                .replace("{brand}", asked.look.written().trim_end()),
            None => words,
        })
    };
    let mut add = |path: String, from: &str, lang: &str| {
        let words = fill(from).map(|words| {
            // A layer over a shipped profile keeps its name unless another is asked for.
            let keeps = base.as_ref() == Some(&profile) && !asked.names.contains_key(lang);
            words
                .replace("{named}", if keeps { "# " } else { "" })
                .replace("{name}", &named(asked, lang, &profile))
        });
        files.extend(words.map(|words| text(path, words)));
    };
    add(".gitignore".into(), "gitignore", "");
    for lang in &languages {
        add(format!("README.{lang}.md"), &format!("README.{lang}.md"), lang);
    }
    if base.is_some() {
        let folder = format!("templates/profiles/{profile}");
        add(format!("{folder}/profile.toml"), "profile/profile.toml", "");
        for lang in &languages {
            for name in
                ["strings.LANG.toml", "sections/04-general.LANG.md", "sections/08-ours.LANG.md"]
            {
                let name = name.replace("LANG", lang);
                add(format!("{folder}/{name}"), &format!("profile/{name}"), lang);
            }
        }
        files.extend(asked.look.files_in(&folder));
    }
    for file in schemas::File::ALL {
        files.push(text(file.path(), file.text()));
    }
    let own = format!("templates/profiles/{profile}/");
    let is_kept = |path: &str| {
        let is_bare = asked.extent == Extent::Bare;
        match () {
            () if path.starts_with("data/") => true,
            () if path.starts_with("templates/profiles/") => {
                base.is_none() && path.starts_with(&own)
            }
            () => !is_bare,
        }
    };
    for path in shipped::files() {
        let speaks = |lang: &String| asked.languages.is_empty() || languages.contains(lang);
        let is_spoken = language_of(&path).is_none_or(|lang| speaks(&lang));
        if let Some(bytes) = shipped::file(&path).filter(|_| is_spoken && is_kept(&path)) {
            files.push(File { name: path, bytes: bytes.into_owned() });
        }
    }
    Ok(Made { files, profile })
}

/// The profile, and the shipped one that the project's own one extends, if it has its own.
fn profile(asked: &Asked, found: &mut Vec<Diagnostic>) -> (String, Option<String>) {
    let shipped = shipped_profiles();
    let of_project = value("profile").unwrap_or_default();
    let profile = asked.profile.clone().unwrap_or_else(|| of_project.clone());
    found.extend(strange_id(&profile));
    let is_shipped = shipped.contains(&profile);
    if let Some(base) = asked.extends.as_ref().filter(|base| !shipped.contains(base)) {
        let known = shipped.iter().map(String::as_str);
        found.push(
            Diagnostic::error(Code::K0004, message!("kosh has no profile `{base}`", base))
                .maybe_hint(did_you_mean(base, known)),
        );
    }
    let has_own = !is_shipped
        || asked.extent == Extent::Bare
        || asked.extends.is_some()
        || !asked.names.is_empty()
        || !asked.look.is_empty();
    let below = if is_shipped { profile.clone() } else { of_project };
    let base = has_own.then(|| asked.extends.clone().unwrap_or(below));
    (profile, base)
}

/// The problem of a profile's id, if it cannot be the name of a folder.
fn strange_id(profile: &str) -> Option<Diagnostic> {
    (!is_profile_id(profile)).then(|| {
        Diagnostic::error(
            Code::K0004,
            message!("`{profile}` cannot be the id of a profile", profile),
        )
        .hint(message!(
            "an id has letters a–z, digits, `-` and `_`; the name of the body is set in the profile"
        ))
    })
}

/// Names in languages that the project does not have.
fn strange_names(asked: &Asked, languages: &[String]) -> Vec<Diagnostic> {
    let others = asked.names.iter().filter(|(lang, _)| !languages.contains(lang));
    let problems = others.map(|(lang, name)| {
        Diagnostic::error(Code::K0005, message!("this project has no language `{lang}`", lang))
            .at(Place::option("name", format!("{lang}={name}")))
            .maybe_hint(did_you_mean(lang, languages.iter().map(String::as_str)))
    });
    problems.collect()
}

/// The body's name as a value of TOML. Without one it is the profile's id, so that no first page is without
/// a name; the build reports that it is not yet one (K0417).
fn named(asked: &Asked, lang: &str, profile: &str) -> String {
    let name = asked.names.get(lang).map_or(profile, String::as_str);
    toml::Value::String(name.to_owned()).to_string()
}

/// The requested languages, which must be among the shipped ones.
fn languages(asked: &Asked, found: &mut Vec<Diagnostic>) -> Vec<String> {
    let shipped = shipped_languages();
    for lang in asked.languages.iter().filter(|lang| !shipped.contains(lang)) {
        let known = shipped.iter().map(String::as_str);
        found.push(
            Diagnostic::error(
                Code::K0005,
                message!("kosh has no brief in the language `{lang}`", lang),
            )
            .maybe_hint(did_you_mean(lang, known))
            .hint(message!("`kosh handbook languages` says how to add a language")),
        );
    }
    match &asked.languages[..] {
        [] => default_languages(),
        asked => asked.to_vec(),
    }
}

/// The languages of the shipped texts.
fn shipped_languages() -> Vec<String> {
    let files = shipped::files();
    let tags = files
        .iter()
        .filter_map(|path| path.strip_prefix("templates/strings.")?.strip_suffix(".toml"));
    tags.map(str::to_owned).collect()
}

/// The languages of the shipped project, in its order.
pub fn default_languages() -> Vec<String> {
    languages_of(shipped::BRIEF)
}

/// The languages that a `brief.toml` names.
fn languages_of(brief: &str) -> Vec<String> {
    let table: toml::Table = toml::from_str(brief).unwrap_or_default();
    let written = table.get("languages").and_then(toml::Value::as_array);
    let names = written.into_iter().flatten().filter_map(toml::Value::as_str);
    names.map(str::to_owned).collect()
}

/// The ids of the shipped profiles.
pub fn shipped_profiles() -> Vec<String> {
    let files = shipped::files();
    let ids = files
        .iter()
        .filter_map(|path| path.strip_prefix("templates/profiles/")?.strip_suffix("/profile.toml"));
    ids.map(str::to_owned).collect()
}

/// The value of a key in the shipped `brief.toml`, such as `profile`.
pub fn shipped_value(key: &str) -> String {
    value(key).unwrap_or_default()
}

/// The language of a file for a single language: `strings.ru.toml`, `languages/ru.toml`, `reading/ru.toml`.
fn language_of(path: &str) -> Option<String> {
    let tags: BTreeSet<String> = shipped::files()
        .iter()
        .filter_map(|path| path.strip_prefix("templates/languages/")?.strip_suffix(".toml"))
        .map(str::to_owned)
        .collect();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut parts = name.split('.').rev().skip(1);
    let is_of_languages = folder.ends_with("/languages") || folder.ends_with("/reading");
    let tag = parts.next().filter(|_| parts.next().is_some() || is_of_languages)?;
    tags.contains(tag).then(|| tag.to_owned())
}

/// A `brief.toml` with the requested settings.
fn brief(written: &str, profile: &str, languages: &[String], asked: &Asked) -> String {
    let quoted: Vec<String> = languages.iter().map(|lang| format!("\"{lang}\"")).collect();
    let mut text = set(written, "kosh", &format!("\"{}\"", Version::of_program().series()));
    text = set(&text, "profile", &format!("\"{profile}\""));
    text = set(&text, "languages", &format!("[{}]", quoted.join(", ")));
    if let Some(period) = &asked.period {
        text = set(&text, "period", &toml::Value::String(period.clone()).to_string());
    }
    if asked.has_no_regions {
        text = unset(&text, "regions");
    }
    if let Some(region) = &asked.region {
        // Quoted as TOML; whether the region exists is checked when the project is built.
        text = set(&text, "region", &toml::Value::String(region.clone()).to_string());
    }
    text
}

/// Sets the value of a key in a TOML text, keeping its comments.
fn set(text: &str, key: &str, value: &str) -> String {
    let table = DeTable::parse(text).ok().map(|table| table.into_inner());
    let found = table.as_ref().and_then(|table| table.iter().find(|(k, _)| k.get_ref() == key));
    match found {
        Some((_, old)) => {
            let span = old.span();
            format!("{}{value}{}", &text[..span.start], &text[span.end..])
        }
        None => {
            // Before the first key, since after the head of a table it would belong to that table.
            let first =
                table.iter().flat_map(|table| table.iter().map(|(key, _)| key.span().start));
            let at = first.min().unwrap_or(text.len());
            format!("{}{key} = {value}\n{}", &text[..at], &text[at..])
        }
    }
}

/// Removes the line of a key from a TOML text.
fn unset(text: &str, key: &str) -> String {
    let table = DeTable::parse(text).ok().map(|table| table.into_inner());
    let found = table.as_ref().and_then(|table| table.iter().find(|(k, _)| k.get_ref() == key));
    let Some((key, value)) = found else { return text.to_owned() };
    let end =
        text[value.span().end..].find('\n').map_or(text.len(), |at| value.span().end + at + 1);
    format!("{}{}", &text[..key.span().start], &text[end..])
}

/// The text of a key in the shipped `brief.toml`.
fn value(key: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(shipped::BRIEF).ok()?;
    table.get(key)?.as_str().map(str::to_owned)
}

fn text(name: impl Into<String>, words: String) -> File {
    File { name: name.into(), bytes: words.into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(asked: &Asked) -> Made {
        make(asked).unwrap_or_else(|found| panic!("{found:?}"))
    }

    fn read(made: &Made, name: &str) -> String {
        let file = made.files.iter().find(|file| file.name == name);
        String::from_utf8(file.unwrap_or_else(|| panic!("no {name}")).bytes.clone()).unwrap()
    }

    fn bare(profile: &str) -> Asked {
        Asked { profile: Some(profile.into()), extent: Extent::Bare, ..Asked::default() }
    }

    #[test]
    fn a_value_is_put_where_the_key_stands_or_before_the_first() {
        let text = "# a\nx = 1 # one\n[t]\ny = 2\n";
        assert_eq!(set(text, "x", "\"2\""), "# a\nx = \"2\" # one\n[t]\ny = 2\n");
        assert_eq!(set(text, "z", "3"), "# a\nz = 3\nx = 1 # one\n[t]\ny = 2\n");
    }

    #[test]
    fn a_whole_project_has_every_shipped_template_and_all_data() {
        let made = made(&Asked::default());
        for path in shipped::files() {
            let is_other = path.starts_with("templates/profiles/")
                && !path.starts_with(&format!("templates/profiles/{}/", made.profile));
            assert_eq!(made.files.iter().any(|file| file.name == path), !is_other, "{path}");
        }
        let brief = read(&made, "brief.toml");
        assert_eq!(brief, shipped::BRIEF, "the shipped project is what is written");
    }

    #[test]
    fn a_bare_project_has_data_and_a_profile_of_its_own() {
        let made = made(&bare("agency"));
        for file in &made.files {
            let is_template = file.name.starts_with("templates/");
            assert_eq!(
                is_template,
                file.name.starts_with("templates/profiles/agency/"),
                "{}",
                file.name
            );
        }
        let profile: toml::Table =
            toml::from_str(&read(&made, "templates/profiles/agency/profile.toml")).unwrap();
        assert_eq!(profile["extends"].as_str(), value("profile").as_deref());
        assert_eq!(profile["official"].as_bool(), Some(false));
    }

    #[test]
    fn a_layer_over_the_shipped_profile_of_the_same_name_stays_that_bodys() {
        let id = value("profile").unwrap();
        let profile: toml::Table = toml::from_str(&read(
            &made(&bare(&id)),
            &format!("templates/profiles/{id}/profile.toml"),
        ))
        .unwrap();
        assert_eq!(profile.keys().collect::<Vec<_>>(), ["extends"]);
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        let blank = Asked { extent: Extent::Blank, ..Asked::default() };
        for asked in [Asked::default(), bare("agency"), blank] {
            for file in made(&asked).files {
                // Shipped files may contain `{n}` and the like; files made from the starter must not.
                if shipped::file(&file.name).is_none() && !file.name.ends_with(".json") {
                    let words = String::from_utf8(file.bytes).unwrap();
                    for hole in ["{profile}", "{base}", "{own}", "{version}", "{name", "{brand}"] {
                        assert!(!words.contains(hole), "{} has {hole}", file.name);
                    }
                }
            }
        }
    }

    #[test]
    fn only_the_languages_asked_for_are_written() {
        let tags = languages(&Asked::default(), &mut vec![]);
        let (one, other) = (&tags[0], &tags[1]);
        let asked = Asked { languages: vec![one.clone()], ..Asked::default() };
        let made = made(&asked);
        assert!(
            made.files.iter().any(|file| file.name == format!("data/lexicon/regions.{one}.csv"))
        );
        assert!(
            made.files.iter().any(|file| file.name == format!("templates/languages/{one}.toml"))
        );
        for file in &made.files {
            assert!(!file.name.contains(&format!(".{other}.")), "{}", file.name);
            assert!(!file.name.ends_with(&format!("/{other}.toml")), "{}", file.name);
        }
        assert!(read(&made, "brief.toml").contains(&format!("languages = [\"{one}\"]")));
    }

    #[test]
    fn what_does_not_exist_is_refused_with_the_nearest_name() {
        let id = value("profile").unwrap();
        let refused = |asked: Asked| {
            let found = make(&asked).unwrap_err();
            (found[0].code, found[0].hints.first().map(ToString::to_string).unwrap_or_default())
        };
        let (code, hint) = refused(Asked { extends: Some(format!("{id}x")), ..bare("agency") });
        assert_eq!((code, hint), (Code::K0004, format!("did you mean `{id}`?")));
        assert_eq!(refused(bare("our agency")).0, Code::K0004);
        assert_eq!(refused(bare("../x")).0, Code::K0004);
        assert_eq!(
            refused(Asked { languages: vec!["xx".into()], ..bare("agency") }).0,
            Code::K0005
        );
    }

    #[test]
    fn what_was_asked_for_is_written_and_no_first_page_is_without_a_name() {
        let strings = "templates/profiles/agency/strings";
        let named = |asked: &Asked, lang: &str| {
            let text = read(&made(asked), &format!("{strings}.{lang}.toml"));
            let table: toml::Table = toml::from_str(&text).unwrap();
            table["body"]["short"].as_str().unwrap().to_owned()
        };
        let tags = languages(&Asked::default(), &mut vec![]);
        let mut asked = bare("agency");
        assert_eq!(named(&asked, &tags[0]), "agency");
        asked.names = [(tags[0].clone(), "An \"Agency\"".to_owned())].into();
        asked.period = Some("2030".into());
        asked.has_no_regions = true;
        asked.look.set_accent("#0b6157").unwrap();
        assert_eq!(named(&asked, &tags[0]), "An \"Agency\"");
        assert_eq!(named(&asked, &tags[1]), "agency");
        let made = made(&asked);
        let brief: toml::Table = toml::from_str(&read(&made, "brief.toml")).unwrap();
        assert_eq!(brief["period"].as_str(), Some("2030"));
        assert!(!brief.contains_key("regions"));
        let profile: toml::Table =
            toml::from_str(&read(&made, "templates/profiles/agency/profile.toml")).unwrap();
        assert_eq!(profile["brand"]["accent"].as_str(), Some("#0B6157"));
    }

    #[test]
    fn a_name_or_colour_gives_a_shipped_profile_a_layer() {
        let mut asked = Asked::default();
        asked.look.set_accent("#0B6157").unwrap();
        let id = value("profile").unwrap();
        let made = made(&asked);
        let profile: toml::Table =
            toml::from_str(&read(&made, &format!("templates/profiles/{id}/profile.toml"))).unwrap();
        assert_eq!(profile["extends"].as_str(), Some(id.as_str()));
        let strings = read(&made, &format!("templates/profiles/{id}/strings.{}.toml", "en"));
        assert!(toml::from_str::<toml::Table>(&strings).unwrap().is_empty(), "{strings}");
    }

    #[test]
    fn a_line_is_removed_with_its_comment() {
        assert_eq!(unset("a = 1\nb = { c = 2 } # x\nd = 3\n", "b"), "a = 1\nd = 3\n");
        assert_eq!(unset("a = 1\n", "b"), "a = 1\n");
    }

    #[test]
    fn a_region_is_written_as_text_whatever_it_is() {
        let asked = Asked { region: Some("KZ-\"71".into()), ..Asked::default() };
        let brief: toml::Table = toml::from_str(&read(&made(&asked), "brief.toml")).unwrap();
        assert_eq!(brief["region"].as_str(), Some("KZ-\"71"));
    }
}
