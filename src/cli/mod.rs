//! The command line: the only room that prints.
//!
//! In: arguments. Out: files in place, a report on the terminal, an exit code (0 done, 1 problems
//! in what the user wrote, 2 usage, 4 our fault). Everything else is asked of the rooms.

mod args;
mod build;
mod explain;
mod facts;
mod report;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = std::panic::catch_unwind(|| match arguments.command {
        Command::Build(options) => build::build(&options),
        Command::Check(options) => build::check(&options),
        Command::Facts(options) => facts::facts(&options),
        Command::Explain(options) => explain::explain(&options),
    });
    outcome.unwrap_or_else(|_| {
        eprintln!("kosh: this is our fault, not yours; please report it with the lines above");
        ExitCode::from(4)
    })
}

/// Exit code for problems in what the user wrote.
fn problems() -> ExitCode {
    ExitCode::from(1)
}
