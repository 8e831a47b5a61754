//! Why a workbook cannot be read, before it is told.

use std::path::Path;

use super::too_large;
use crate::diag::{Code, Diagnostic, Message, Place};

/// Why a workbook cannot be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is damaged: the part, and what is wrong with it.
    Broken(Message),
    /// It is larger than what is read, and in what.
    TooLarge(Message),
}

pub(super) type Outcome<T> = Result<T, Fault>;

impl Fault {
    /// The fault as it is told of a file.
    pub(super) fn of(self, path: &Path) -> Vec<Diagnostic> {
        match self {
            Self::TooLarge(what) => too_large(path, what).into(),
            Self::Broken(why) => Diagnostic::error(
                Code::K1202,
                message!("`{path}` is damaged", path = path.display()),
            )
            .at(Place::Path(path.to_path_buf()))
            .note(why)
            .hint(message!(
                "download it again, or open it in a spreadsheet program and save it as xlsx"
            ))
            .into(),
        }
    }
}
