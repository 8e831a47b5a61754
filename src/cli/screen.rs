//! The two streams that the command line writes to, and what became of them.
//!
//! A reader that has gone away (`kosh facts | head -1`) is no problem: the rest is not printed, and
//! the command does its work and ends with its own code. A stream that cannot be written (a full
//! disk, `/dev/full`) is one: [`finish`] says so and ends with [`UNWRITTEN`].

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// The exit code if something could not be printed.
pub(super) const UNWRITTEN: u8 = 5;

/// What became of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// It takes what is written.
    Open,
    /// Whoever read it has gone away.
    Gone,
    /// It cannot be written, and why.
    Failed(String),
}

static OUT: Mutex<State> = Mutex::new(State::Open);
static ERR: Mutex<State> = Mutex::new(State::Open);

/// Writes with `write`, unless the stream takes nothing any more; keeps what went wrong.
fn put(state: &Mutex<State>, write: impl FnOnce() -> io::Result<()>) {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    if *state == State::Open
        && let Err(error) = write()
    {
        *state = match error.kind() {
            ErrorKind::BrokenPipe => State::Gone,
            _ => State::Failed(error.to_string()),
        };
    }
}

fn state(of: &Mutex<State>) -> State {
    of.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Prints to standard output.
pub(super) fn out(text: Arguments<'_>) {
    put(&OUT, || io::stdout().write_fmt(text));
}

/// Prints to standard error.
pub(super) fn err(text: Arguments<'_>) {
    put(&ERR, || io::stderr().write_fmt(text));
}

/// Prints to standard output with `write`, which knows the stream itself.
pub(super) fn out_with(write: impl FnOnce() -> io::Result<()>) {
    put(&OUT, write);
}

/// Prints to standard error with `write`, which knows the stream itself.
pub(super) fn err_with(write: impl FnOnce() -> io::Result<()>) {
    put(&ERR, write);
}

/// Whether nobody reads standard output any more.
pub(super) fn is_gone() -> bool {
    state(&OUT) == State::Gone
}

/// Brings out what is still held back, and gives the code to end with: [`UNWRITTEN`] instead of
/// success if something could not be printed.
pub(super) fn finish(code: ExitCode) -> ExitCode {
    out_with(|| io::stdout().flush());
    if let State::Failed(error) = state(&OUT) {
        err(format_args!(
            "kosh: standard output cannot be written, and what was to be printed is lost: {error}\n"
        ));
    }
    let is_lost = [&OUT, &ERR].into_iter().any(|of| matches!(state(of), State::Failed(_)));
    if is_lost && code == ExitCode::SUCCESS { ExitCode::from(UNWRITTEN) } else { code }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_is_gone_is_no_failure_and_a_full_disk_is_one() {
        for (kind, expected) in [
            (ErrorKind::BrokenPipe, State::Gone),
            (
                ErrorKind::StorageFull,
                State::Failed(io::Error::from(ErrorKind::StorageFull).to_string()),
            ),
        ] {
            let stream = Mutex::new(State::Open);
            put(&stream, || Err(kind.into()));
            assert_eq!(state(&stream), expected);
            put(&stream, || panic!("nothing more is written"));
        }
    }
}
