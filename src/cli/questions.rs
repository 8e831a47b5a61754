//! What `kosh init` asks on a terminal.
//!
//! Each question belongs to an option; what was given as an option is not asked. The words are in
//! `starter/questions.LANG.toml`, in the language of the system.

use dialoguer::{Confirm, Input};
use serde::Deserialize;

use super::init::InitOptions;
use crate::files::shipped;
use crate::project::init::{self, Look};

/// The words of the questions in one language.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Words {
    /// Whether these are for a person of whose language there are none.
    #[serde(default)]
    default: bool,
    intro: String,
    profile: String,
    languages: String,
    /// `{lang}` is the language.
    name: String,
    accent: String,
    logo: String,
    regions: String,
    period: String,
    /// What is wrong with an answer.
    empty: String,
    unreadable: String,
}

impl Words {
    /// The words in the language of the system.
    pub(super) fn read() -> Self {
        let all: Vec<(String, Self)> = shipped::starter_files("questions.")
            .iter()
            .filter_map(|name| {
                let lang = name.strip_suffix(".toml")?;
                let text = shipped::starter(&format!("questions.{name}"))?;
                Some((lang.to_owned(), toml::from_str(&text).expect("a test reads all of them")))
            })
            .collect();
        let own = super::language::of_user();
        let at = all.iter().position(|(lang, _)| *lang == own);
        let at = at.or_else(|| all.iter().position(|(_, words)| words.default));
        all.into_iter().nth(at.unwrap_or_default()).expect("there is a default").1
    }
}

/// The person who is asked.
pub(super) trait Person {
    /// A text; `check` says what is wrong with it. Enter accepts the default.
    fn text(
        &mut self,
        question: &str,
        default: &str,
        check: &dyn Fn(&str) -> Option<String>,
    ) -> Result<String, String>;
    /// Yes or no.
    fn agrees(&mut self, question: &str, default: bool) -> Result<bool, String>;
}

/// The person at the terminal.
pub(super) struct AtTerminal;

impl Person for AtTerminal {
    fn text(
        &mut self,
        question: &str,
        default: &str,
        check: &dyn Fn(&str) -> Option<String>,
    ) -> Result<String, String> {
        let mut input = Input::<String>::new().with_prompt(question).allow_empty(true);
        if !default.is_empty() {
            input = input.default(default.to_owned());
        }
        input
            .validate_with(|answer: &String| check(answer.trim()).map_or(Ok(()), Err))
            .interact_text()
            .map(|answer| answer.trim().to_owned())
            .map_err(|error| error.to_string())
    }

    fn agrees(&mut self, question: &str, default: bool) -> Result<bool, String> {
        Confirm::new()
            .with_prompt(question)
            .default(default)
            .interact()
            .map_err(|error| error.to_string())
    }
}

/// Asks for what the options leave open; an error if the person ends it.
pub(super) fn ask(
    options: &mut InitOptions,
    words: &Words,
    person: &mut dyn Person,
) -> Result<(), String> {
    let anything = |_: &str| None;
    if options.profile.is_none() && !options.blank {
        let id = person.text(&words.profile, &init::shipped_value("profile"), &|id| {
            id.is_empty().then(|| words.empty.clone())
        })?;
        options.profile = Some(id);
    }
    if options.language.is_empty() {
        let known = init::default_languages().join(", ");
        let answer = person.text(&words.languages, &known, &anything)?;
        let tags = answer.split([',', ' ']).filter(|tag| !tag.is_empty());
        options.language = tags.map(str::to_owned).collect();
    }
    // A shipped body has its name and its look.
    let profile = options.profile.clone().unwrap_or_default();
    if options.blank || !init::shipped_profiles().contains(&profile) {
        for lang in &options.language {
            if options.name.iter().any(|(known, _)| known == lang) {
                continue;
            }
            let question = words.name.replace("{lang}", lang);
            let name =
                person.text(&question, "", &|name| name.is_empty().then(|| words.empty.clone()))?;
            options.name.push((lang.clone(), name));
        }
        look(options, words, person)?;
    }
    if !options.no_regions && options.region.is_none() && !options.blank {
        options.no_regions = !person.agrees(&words.regions, true)?;
    }
    if options.period.is_none() {
        let default = match options.blank {
            true => "latest".to_owned(),
            false => init::shipped_value("period"),
        };
        let period =
            person.text(&words.period, &default, &|period| super::init::period(period).err())?;
        options.period = Some(period);
    }
    Ok(())
}

/// Asks for colour and logo, unless another project gives them.
fn look(options: &mut InitOptions, words: &Words, person: &mut dyn Person) -> Result<(), String> {
    if options.from.is_some() {
        return Ok(());
    }
    if options.accent.is_none() {
        let accent = person.text(&words.accent, DEFAULT_ACCENT, &|colour| {
            let problems = Look::default().set_accent(colour).err()?;
            problems.into_iter().next().map(|problem| problem.message.to_string())
        })?;
        options.accent = Some(accent);
    }
    if options.logo.is_none() {
        let logo = person.text(&words.logo, "", &|path| {
            (!path.is_empty() && !std::path::Path::new(path).is_file())
                .then(|| words.unreadable.clone())
        })?;
        options.logo = (!logo.is_empty()).then(|| logo.into());
    }
    Ok(())
}

/// The colour that a project has without one of its own.
const DEFAULT_ACCENT: &str = "#12436D";

/// Begins the questions.
pub(super) fn intro(words: &Words) {
    err_line!("{}", words.intro);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers in order, and keeps what it was asked; an empty answer accepts the default.
    struct Scripted {
        answers: Vec<&'static str>,
        asked: Vec<String>,
    }

    impl Person for Scripted {
        fn text(
            &mut self,
            question: &str,
            default: &str,
            check: &dyn Fn(&str) -> Option<String>,
        ) -> Result<String, String> {
            self.asked.push(question.to_owned());
            loop {
                if self.answers.is_empty() {
                    return Err("ended".to_owned());
                }
                let answer = self.answers.remove(0);
                let answer = if answer.is_empty() { default } else { answer };
                match check(answer) {
                    Some(problem) => self.asked.push(problem),
                    None => return Ok(answer.to_owned()),
                }
            }
        }

        fn agrees(&mut self, question: &str, default: bool) -> Result<bool, String> {
            let answer = self.text(question, "", &|_| None)?;
            Ok(if answer.is_empty() { default } else { answer == "y" })
        }
    }

    fn asked(mut options: InitOptions, answers: &[&'static str]) -> (InitOptions, Vec<String>) {
        let mut person = Scripted { answers: answers.to_vec(), asked: vec![] };
        ask(&mut options, &Words::read(), &mut person).unwrap();
        assert!(person.answers.is_empty(), "not asked for: {:?}", person.answers);
        (options, person.asked)
    }

    #[test]
    fn a_new_body_is_asked_for_its_name_until_it_has_one() {
        let (options, questions) = asked(
            InitOptions::default(),
            &["agency", "en", "", "Our Agency", "#EEEEEE", "#0B6157", "", "n", "2025-H1"],
        );
        assert_eq!(options.profile.as_deref(), Some("agency"));
        assert_eq!(options.name, [("en".to_owned(), "Our Agency".to_owned())]);
        assert_eq!(options.accent.as_deref(), Some("#0B6157"));
        assert!(options.no_regions && options.logo.is_none());
        assert!(questions.iter().any(|asked| asked.contains("too pale")), "{questions:?}");
    }

    #[test]
    fn a_shipped_body_and_given_options_are_not_asked_for() {
        let (options, questions) = asked(InitOptions::default(), &["", "", "", ""]);
        assert_eq!(options.profile, Some(init::shipped_value("profile")));
        assert_eq!(questions.len(), 4, "{questions:?}");
        let given = InitOptions {
            blank: true,
            language: vec!["en".into()],
            name: vec![("en".into(), "Our Agency".into())],
            accent: Some("#0B6157".into()),
            ..InitOptions::default()
        };
        let (options, questions) = asked(given, &["", ""]);
        assert_eq!(options.period.as_deref(), Some("latest"));
        assert_eq!(questions.len(), 2, "{questions:?}");
    }
}
