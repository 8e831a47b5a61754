//! The command line: the only room that prints.
//!
//! In: arguments. Out: files in place, a report on the terminal, an exit code (listed in `kosh --help`
//! and docs/project.md). The work is done by other rooms.

/// Prints to standard output.
macro_rules! say {
    ($($text:tt)*) => { $crate::cli::screen::out(format_args!($($text)*)) };
}
/// Prints a line to standard output.
macro_rules! say_line {
    ($($text:tt)*) => {{
        say!($($text)*);
        say!("\n");
    }};
}
/// Prints a line to standard error.
macro_rules! err_line {
    ($($text:tt)*) => {{
        $crate::cli::screen::err(format_args!($($text)*));
        $crate::cli::screen::err(format_args!("\n"));
    }};
}

/// Prints a line of the program's own words to standard output, in the chosen language; written like
/// [`message!`].
macro_rules! say_text {
    ($($text:tt)*) => { say_line!("{}", message!($($text)*).shown()) };
}
/// The same to standard error.
macro_rules! err_text {
    ($($text:tt)*) => { err_line!("{}", message!($($text)*).shown()) };
}

mod args;
mod build;
#[cfg(test)]
mod catalogue;
mod change;
mod changes;
mod check_data;
mod diff;
mod explain;
mod facts;
mod fmt;
mod handbook;
mod import;
mod init;
mod language;
mod matrix;
mod missing;
mod open;
mod quarter;
mod questions;
mod recipe;
mod release;
mod report;
mod schema;
mod screen;
mod shell;
mod table;
mod verify;
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Arguments, Checked, Command};

/// Runs the command of the arguments.
pub fn main() -> ExitCode {
    keep_running_at_the_size_limit();
    language::choose();
    let command = language::translated(Arguments::command());
    let arguments = command.try_get_matches().and_then(|mut matches| {
        Arguments::from_arg_matches_mut(&mut matches)
            .map_err(|error| error.format(&mut language::translated(Arguments::command())))
    });
    let arguments = match arguments {
        Ok(arguments) => arguments,
        Err(reported) => return screen::finish(not_run(&reported)),
    };
    let outcome = std::panic::catch_unwind(|| match arguments.command {
        Command::Init(options) => init::init(&options),
        Command::Build { options, matrix, zip } => match matrix::is_asked(&options, &matrix) {
            true => matrix::build(&options, &matrix, zip),
            false => build::build(&options, matrix.force, zip),
        },
        Command::Check { what: Some(Checked::Data(options)), .. } => check_data::check(&options),
        Command::Check { options, what: None } => build::check(&options),
        Command::Quarter(options) => quarter::quarter(&options),
        Command::Missing(options) => missing::missing(&options),
        Command::Release(options) => release::release(&options),
        Command::Open(options) => open::open(&options),
        Command::Watch(options) => watch::watch(&options),
        Command::Facts(options) => facts::facts(&options),
        Command::Import(options) => import::import(&options),
        Command::Table(options) => table::table(&options),
        Command::Recipe(options) => recipe::recipe(&options),
        Command::Diff(options) => diff::diff(&options),
        Command::Verify(options) => verify::verify(&options),
        Command::Explain(options) => explain::explain(&options),
        Command::Handbook(options) => handbook::handbook(&options),
        Command::Fmt(options) => fmt::fmt(&options),
        Command::Schema(options) => schema::schema(&options),
        Command::Completions(options) => shell::completions(&options),
        Command::Man(options) => shell::man(&options),
    });
    screen::finish(outcome.unwrap_or_else(|_| {
        err_line!("kosh: this is a bug in kosh; please report it with the lines above");
        ExitCode::from(4)
    }))
}

/// Makes writing beyond the file size limit (`ulimit -f`) an error with the name of the file, instead of
/// a signal that ends the process.
#[cfg_attr(unix, expect(unsafe_code, reason = "signals are set by a call of the system"))]
fn keep_running_at_the_size_limit() {
    #[cfg(unix)]
    // SAFETY: no other thread is running yet, and the signal handler calls no code of ours.
    unsafe {
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
    }
}

/// Prints the help, or the errors in the arguments.
fn not_run(reported: &clap::Error) -> ExitCode {
    match (crate::diag::chosen(), reported.use_stderr()) {
        (Some(catalogue), true) => {
            screen::err(format_args!("{}", language::reworded(reported, catalogue)));
        }
        (Some(catalogue), false) => {
            screen::out(format_args!("{}", language::reworded(reported, catalogue)));
        }
        (None, true) => screen::err_with(|| reported.print()),
        (None, false) => screen::out_with(|| reported.print()),
    }
    // clap's exit codes are 0 and 2.
    u8::try_from(reported.exit_code()).map_or(ExitCode::from(2), ExitCode::from)
}

/// The exit code for a list where a single value is expected.
fn one_only(option: &str) -> ExitCode {
    err_line!("kosh: {option} has several values, but this command takes one");
    ExitCode::from(2)
}

/// The exit code for errors in the user's files.
fn problems() -> ExitCode {
    ExitCode::from(1)
}
