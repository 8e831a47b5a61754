//! The language in which the program speaks: chosen by `--ui-language`, else by `KOSH_LANG`, else by the
//! locale of the system. It concerns messages, help and pages, and never what a brief says.
//!
//! The choice is made before the arguments are parsed, so that their errors and `--help` are in it too.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, Command};

use crate::diag::{self, Catalogue, ENGLISH, Message};

/// The option, as it is written.
const OPTION: &str = "--ui-language";
/// The folder of a project with catalogues of its own, `ui/kk.ftl`.
const FOLDER: &str = "ui";

/// Chooses the language of this process. One that was asked for and does not exist is reported, and
/// the texts are English.
pub(super) fn choose() {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let asked = value_of(&arguments, OPTION).or_else(|| variable("KOSH_LANG"));
    let is_asked = asked.is_some();
    let Some(language) = asked.or_else(of_system).map(|name| code(&name)) else { return };
    if language == ENGLISH {
        return;
    }
    let project = value_of(&arguments, "--project").map_or_else(|| ".".into(), PathBuf::from);
    let path = project.join(FOLDER).join(format!("{language}.ftl"));
    // A name such as `../x` would lead out of the folder.
    let is_name = language.chars().all(|c| c.is_ascii_alphanumeric());
    let own = is_name.then(|| std::fs::read_to_string(&path).ok()).flatten();
    let others: Vec<&str> = own.as_deref().into_iter().collect();
    match Catalogue::of_language(&language, &others) {
        Ok(Some(catalogue)) => diag::choose(catalogue),
        Ok(None) if is_asked => {
            let known = diag::languages().collect::<Vec<_>>().join(", ");
            err_line!(
                "kosh: there are no messages in `{language}`, so they are not translated; kosh has {known}, \
                and reads those of a project from {FOLDER}/{language}.ftl"
            );
        }
        Ok(None) => {}
        Err(problem) => {
            err_line!("kosh: {}: {problem}; messages are not translated", path.display())
        }
    }
}

/// The language that the user reads: of `--ui-language`, `KOSH_LANG` or the system; empty if none is named.
pub(super) fn of_user() -> String {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let asked = value_of(&arguments, OPTION).or_else(|| variable("KOSH_LANG")).or_else(of_system);
    asked.map_or_else(String::new, |name| code(&name))
}

/// The value of an option among the arguments, `--name value` or `--name=value`.
fn value_of(arguments: &[OsString], option: &str) -> Option<String> {
    let texts: Vec<&str> = arguments.iter().map(|one| one.to_str().unwrap_or_default()).collect();
    let before = texts.split(|text| *text == "--").next().unwrap_or_default();
    before.iter().enumerate().find_map(|(at, text)| {
        let rest = text.strip_prefix(option)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(value.to_owned()),
            None => before.get(at + 1).filter(|_| rest.is_empty()).map(|value| (*value).to_owned()),
        }
    })
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The language of the system's messages.
fn of_system() -> Option<String> {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    #[cfg(any(windows, target_vendor = "apple"))]
    let named = named.or_else(sys_locale::get_locale);
    named
}

/// The language of a locale: `ru` of `ru_RU.UTF-8`; English for `C` and `POSIX`.
fn code(locale: &str) -> String {
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default().to_lowercase();
    match language.as_str() {
        "c" | "posix" | "" => ENGLISH.to_owned(),
        _ => language,
    }
}

/// A command with its help in the chosen language.
pub(super) fn translated(command: Command) -> Command {
    match diag::chosen() {
        Some(catalogue) => of_command(command, catalogue),
        None => command,
    }
}

/// Every text of a command and of those below it.
fn of_command(mut command: Command, catalogue: &Catalogue) -> Command {
    let words = |text: Option<String>| text.and_then(|text| catalogue.words(&text));
    let plain = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
    if let Some(text) = words(plain(command.get_about())) {
        command = command.about(text);
    }
    if let Some(text) = words(plain(command.get_long_about())) {
        command = command.long_about(text);
    }
    if let Some(text) = words(plain(command.get_after_help())) {
        command = command.after_help(text);
    }
    if let Some(text) = words(plain(command.get_after_long_help())) {
        command = command.after_long_help(text);
    }
    command
        .mut_args(|argument| of_argument(argument, catalogue))
        .mut_subcommands(|below| of_command(below, catalogue))
}

fn of_argument(mut argument: Arg, catalogue: &Catalogue) -> Arg {
    let words = |text: Option<String>| text.and_then(|text| catalogue.words(&text));
    if let Some(text) = words(argument.get_help().map(ToString::to_string)) {
        argument = argument.help(text);
    }
    if let Some(text) = words(argument.get_long_help().map(ToString::to_string)) {
        argument = argument.long_help(text);
    }
    if let Some(text) = words(argument.get_help_heading().map(ToOwned::to_owned)) {
        // clap keeps headings as static texts, and the process makes its command once.
        argument = argument.help_heading(&*text.leak());
    }
    argument
}

/// What clap prints, with clap's own words in another language: it has no catalogue, and its words are
/// found in what it has made.
pub(super) fn reworded(reported: &clap::Error, catalogue: &Catalogue) -> String {
    let mut text = reported.render().to_string();
    for own in own_words() {
        text = text.replace(own.english(), &own.in_language(catalogue));
    }
    text
}

/// The words that clap itself writes, longer ones before those they contain.
fn own_words() -> [Message; 20] {
    [
        message!("For more information, try '--help'."),
        message!("Print this message or the help of the given subcommand(s)"),
        message!("Print help (see more with '--help')"),
        message!("Print help (see a summary with '-h')"),
        message!("Print help"),
        message!("Print version"),
        message!("the following required arguments were not provided:"),
        message!("error: unexpected argument"),
        message!("error: unrecognized subcommand"),
        message!("error: invalid value"),
        message!("a value is required for"),
        message!("a similar argument exists:"),
        message!("a similar subcommand exists:"),
        message!("[possible values:"),
        message!("Possible values:"),
        message!("[default:"),
        message!("Usage:"),
        message!("Commands:"),
        message!("Arguments:"),
        message!("Options:"),
    ]
}

/// Every text of the help that a catalogue can translate.
#[cfg(test)]
pub(super) fn help_texts() -> Vec<String> {
    use super::args::Arguments;
    use clap::CommandFactory;

    fn gather(command: &Command, found: &mut Vec<String>) {
        let texts = [
            command.get_about(),
            command.get_long_about(),
            command.get_after_help(),
            command.get_after_long_help(),
        ];
        found.extend(texts.into_iter().flatten().map(ToString::to_string));
        for argument in command.get_arguments() {
            let texts = [argument.get_help(), argument.get_long_help()];
            found.extend(texts.into_iter().flatten().map(ToString::to_string));
            found.extend(argument.get_help_heading().map(ToOwned::to_owned));
        }
        command.get_subcommands().for_each(|below| gather(below, found));
    }
    let mut found = vec![];
    gather(&Arguments::command(), &mut found);
    crate::diag::distinct(&mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language() {
        for (locale, expected) in [
            ("ru_RU.UTF-8", "ru"),
            ("kk", "kk"),
            ("C.UTF-8", "en"),
            ("POSIX", "en"),
            ("en-GB", "en"),
        ] {
            assert_eq!(code(locale), expected);
        }
    }

    #[test]
    fn an_option_is_found_in_both_ways_of_writing_it() {
        let all = |texts: &[&str]| texts.iter().map(OsString::from).collect::<Vec<_>>();
        let found = |texts: &[&str]| value_of(&all(texts), OPTION);
        assert_eq!(found(&["build", "--ui-language", "ru"]).as_deref(), Some("ru"));
        assert_eq!(found(&["--ui-language=kk", "build"]).as_deref(), Some("kk"));
        assert_eq!(found(&["build", "--ui-languages", "ru"]), None);
        assert_eq!(found(&["build", "--", "--ui-language", "ru"]), None);
    }
}
