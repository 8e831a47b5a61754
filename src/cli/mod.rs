//! The command line: the only room that prints.
//!
//! In: arguments. Out: files in place, a report on the terminal, an exit code (0 done, 1 problems
//! in what the user wrote, 2 usage, 3 some releases of many failed, 4 our fault). Everything else is asked of the rooms.

/// Prints to standard output; a reader that has gone away is nobody's fault.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        if write!(std::io::stdout(), $($text)*).is_err() {
            std::process::exit(0);
        }
    }};
}
/// Prints a line to standard output.
macro_rules! say_line {
    ($($text:tt)*) => {{
        say!($($text)*);
        say!("\n");
    }};
}

mod args;
mod build;
mod change;
mod changes;
mod diff;
mod explain;
mod facts;
mod init;
mod matrix;
mod release;
mod report;
mod schema;
mod shell;
mod verify;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = std::panic::catch_unwind(|| match arguments.command {
        Command::Init(options) => init::init(&options),
        Command::Build { options, matrix } => match matrix::is_asked(&options, &matrix) {
            true => matrix::build(&options, &matrix),
            false => build::build(&options, matrix.force),
        },
        Command::Check(options) => build::check(&options),
        Command::Release(options) => release::release(&options),
        Command::Watch(options) => watch::watch(&options),
        Command::Facts(options) => facts::facts(&options),
        Command::Diff(options) => diff::diff(&options),
        Command::Verify(options) => verify::verify(&options),
        Command::Explain(options) => explain::explain(&options),
        Command::Schema(options) => schema::schema(&options),
        Command::Completions(options) => shell::completions(&options),
        Command::Man(options) => shell::man(&options),
    });
    outcome.unwrap_or_else(|_| {
        eprintln!("kosh: this is our fault, not yours; please report it with the lines above");
        ExitCode::from(4)
    })
}

/// Exit code for a list where one is meant.
fn one_only(option: &str) -> ExitCode {
    eprintln!("kosh: {option} names several, and this command takes one");
    ExitCode::from(2)
}

/// Exit code for problems in what the user wrote.
fn problems() -> ExitCode {
    ExitCode::from(1)
}
