//! `kosh completions` and `kosh man`: completions for shells, and manual pages.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command, CommandFactory, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Arguments;
use super::{problems, report};
use crate::output::{self, File};

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  kosh completions bash > ~/.local/share/bash-completion/completions/kosh
  kosh completions zsh > ~/.zfunc/_kosh
  kosh completions fish > ~/.config/fish/completions/kosh.fish";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  kosh man | man -l -
  kosh man ~/.local/share/man/man1";

#[derive(Args)]
pub(super) struct CompletionsOptions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL", help_heading = "Report")]
    pub shell: Shell,
}

#[derive(Args)]
pub(super) struct ManOptions {
    /// The folder for the pages of all commands; without it the page of `kosh` is printed
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Report")]
    pub folder: Option<PathBuf>,
}

/// Prints the completions of a shell.
pub(super) fn completions(options: &CompletionsOptions) -> ExitCode {
    let mut script = vec![];
    clap_complete::generate(options.shell, &mut Arguments::command(), "kosh", &mut script);
    say!("{}", String::from_utf8_lossy(&script));
    ExitCode::SUCCESS
}

/// Prints a manual page, or writes all of them.
pub(super) fn man(options: &ManOptions) -> ExitCode {
    let pages = pages();
    let Some(folder) = &options.folder else {
        say!("{}", String::from_utf8_lossy(&pages[0].bytes));
        return ExitCode::SUCCESS;
    };
    // Pages of earlier versions may be replaced.
    let is_page = |old: &[u8]| {
        let text = String::from_utf8_lossy(old);
        text.lines().any(|line| line.starts_with(".TH kosh"))
    };
    match output::add(folder, &pages, is_page) {
        Ok(()) => {
            for page in &pages {
                say_line!("{}", folder.join(&page.name).display());
            }
            ExitCode::SUCCESS
        }
        Err(found) => {
            report::problems(&found);
            problems()
        }
    }
}

/// The page of the program, then one for each command: `kosh.1`, `kosh-build.1`.
fn pages() -> Vec<File> {
    let mut whole = Arguments::command().disable_help_subcommand(true);
    // Building sets the full names of commands.
    whole.build();
    let name = |command: &Command| format!("kosh-{}", command.get_name());
    let commands = whole.get_subcommands().map(|command| page(name(command), command.clone()));
    std::iter::once(page("kosh".to_owned(), whole.clone())).chain(commands).collect()
}

fn page(name: String, command: Command) -> File {
    let mut bytes = vec![];
    Man::new(command)
        .source(format!("kosh {}", env!("CARGO_PKG_VERSION")))
        .render(&mut bytes)
        .expect("memory takes every byte");
    File { name: format!("{name}.1"), bytes }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    /// The commands that `kosh --help` lists.
    fn commands() -> Vec<Command> {
        let mut whole = Arguments::command();
        whole.build();
        whole.get_subcommands().filter(|c| c.get_name() != "help").cloned().collect()
    }

    #[test]
    fn the_arguments_hold_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_takes_one_period_refuses_all_of_them() {
        let parse = |period| Arguments::try_parse_from(["kosh", "release", "--period", period]);
        assert!(parse("all").is_err());
        assert!(parse("latest").is_ok() && parse("2025-H1").is_ok());
    }

    #[test]
    fn every_command_and_option_is_explained_and_in_its_group() {
        let groups = [
            "Project",
            "What to publish",
            "What to import",
            "Look",
            "Recipe",
            "Rows",
            "Many at once",
            "Preview",
            "Report",
        ];
        for command in commands() {
            let name = command.get_name().to_owned();
            assert!(command.get_about().is_some(), "{name} says nothing of itself");
            let examples = command.get_after_long_help().map(ToString::to_string);
            let examples = examples.unwrap_or_default();
            assert!(examples.contains(&format!("  kosh {name}")), "{name} has no example");
            for argument in command.get_arguments() {
                if ["help", "version"].contains(&argument.get_id().as_str()) {
                    continue;
                }
                let said = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(said.len() > 5, "{name}: {} says nothing", argument.get_id());
                let group = argument.get_help_heading().unwrap_or_default();
                assert!(groups.contains(&group), "{name}: {} is in no group", argument.get_id());
            }
        }
    }

    #[test]
    fn there_is_a_page_for_every_command_and_it_names_the_options() {
        let pages = pages();
        assert_eq!(pages.len(), commands().len() + 1);
        for (page, command) in pages[1..].iter().zip(commands()) {
            assert_eq!(page.name, format!("kosh-{}.1", command.get_name()));
            let text = String::from_utf8(page.bytes.clone()).unwrap().replace('\\', "");
            // Hidden options belong to earlier versions and only print a message.
            let shown = command.get_arguments().filter(|a| !a.is_hide_set());
            for option in shown.filter_map(|a| a.get_long()) {
                assert!(text.contains(&format!("--{option}")), "{}: {option}", page.name);
            }
        }
    }

    #[test]
    fn every_shell_gets_a_script_that_names_the_commands() {
        for shell in clap::ValueEnum::value_variants() {
            let (shell, mut script): (&Shell, _) = (shell, vec![]);
            clap_complete::generate(*shell, &mut Arguments::command(), "kosh", &mut script);
            let script = String::from_utf8(script).unwrap();
            for command in commands() {
                assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
        }
    }
}
