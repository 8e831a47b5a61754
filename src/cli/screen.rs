//! The standard streams, and errors of writing to them.
//!
//! If the reader has closed the stream (`kosh facts | head -1`), the rest is not printed and the command
//! ends with its own exit code. If a stream cannot be written (full disk, `/dev/full`), [`finish`]
//! reports it and returns [`UNWRITTEN`].

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// The exit code if something could not be printed.
pub(super) const UNWRITTEN: u8 = 5;

/// The state of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// It can be written.
    Open,
    /// Its reader has closed it.
    Gone,
    /// It cannot be written, for this reason.
    Failed(String),
}

static OUT: Mutex<State> = Mutex::new(State::Open);
static ERR: Mutex<State> = Mutex::new(State::Open);

/// Calls `write` unless the stream is closed or has failed; keeps the error.
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

/// Prints to standard output with `write`, which opens the stream itself.
pub(super) fn out_with(write: impl FnOnce() -> io::Result<()>) {
    put(&OUT, write);
}

/// Prints to standard error with `write`, which opens the stream itself.
pub(super) fn err_with(write: impl FnOnce() -> io::Result<()>) {
    put(&ERR, write);
}

/// Whether the reader of standard output has closed it.
pub(super) fn is_gone() -> bool {
    state(&OUT) == State::Gone
}

/// Flushes standard output and returns the exit code: [`UNWRITTEN`] instead of success if something could
/// not be printed.
pub(super) fn finish(code: ExitCode) -> ExitCode {
    out_with(|| io::stdout().flush());
    if let State::Failed(error) = state(&OUT) {
        err(format_args!(
            "kosh: standard output cannot be written, so the output is lost: {error}\n"
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
