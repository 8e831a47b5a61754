//! Typst's view of one edition: named files, the shipped fonts, no network and no clock.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::MAIN;
use super::files::{File, Files};
use super::fonts::Fonts;
use crate::diag::{Code, Diagnostic, Result};

/// What all editions share.
pub(super) struct Kept {
    library: LazyHash<Library>,
    pub fonts: Fonts,
}

impl Kept {
    pub(super) fn new(fonts: Fonts) -> Self {
        let library = LazyHash::new(<Library as LibraryExt>::default());
        Self { library, fonts }
    }
}

/// The files of one edition, under paths that are the same for every edition.
///
/// A world holds only pointers, so each compilation gets its own; what is expensive to create is in
/// [`Kept`].
pub(super) struct EditionWorld {
    kept: Arc<Kept>,
    main: FileId,
    files: HashMap<FileId, File>,
    read: Mutex<BTreeSet<String>>,
}

impl EditionWorld {
    pub(super) fn new(kept: Arc<Kept>, files: &Files) -> Result<Self> {
        let mut found = vec![];
        let mut placed = HashMap::new();
        for (path, file) in files.iter() {
            match id(path) {
                Some(id) => {
                    placed.insert(id, file.clone());
                }
                None => found.push(
                    Diagnostic::error(
                        Code::K0708,
                        message!("`{path}` is not a path inside the edition", path),
                    )
                    .hint(message!("use forward slashes, and no `..`")),
                ),
            }
        }
        if !found.is_empty() {
            return Err(found);
        }
        let main = id(MAIN).expect("the fixed path is plain");
        if let Some(file) = placed.get(&main) {
            // On its first call a memoized function registers with `comemo`, and waits for a running
            // eviction to finish. This must not happen while Typst holds a lock for which the eviction
            // waits. So the first call is made here; if parsing fails, Typst asks again.
            drop(parsed(main, file.bytes.clone()));
        }
        Ok(Self { kept, main, files: placed, read: Mutex::default() })
    }

    /// The path of a file as the user knows it.
    pub(super) fn shown(&self, id: FileId) -> Option<&Path> {
        self.files.get(&id).map(|file| file.shown.as_path())
    }

    /// The content of a file, without recording that it was read.
    pub(super) fn text(&self, id: FileId) -> Option<&str> {
        self.files.get(&id)?.bytes.as_str().ok()
    }

    /// Whether some file has this content.
    pub(super) fn has(&self, bytes: &Bytes) -> bool {
        self.files.values().any(|file| file.bytes == *bytes)
    }

    /// The byte range of a span in a file.
    pub(super) fn range(&self, span: typst::syntax::DiagSpan) -> Option<std::ops::Range<usize>> {
        typst::WorldExt::range(self, span)
    }

    /// The virtual paths read so far.
    pub(super) fn read(&self) -> Vec<String> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn find(&self, id: FileId) -> FileResult<&File> {
        if let VirtualRoot::Package(package) = id.root() {
            let said = format!(
                "the package {package} is not available: kosh reads only the project; copy what you \
                need into a file next to this one"
            );
            return Err(FileError::Other(Some(said.into())));
        }
        let path = id.vpath().get_with_slash();
        let file = self.files.get(&id).ok_or_else(|| FileError::NotFound(path.into()))?;
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_string());
        Ok(file)
    }
}

fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// A parsed template. It is never edited in place, so the same text always has the same spans.
#[comemo::memoize]
fn parsed(id: FileId, bytes: Bytes) -> FileResult<Source> {
    let text = bytes.as_str().map_err(|_| FileError::InvalidUtf8)?;
    Ok(Source::new(id, text.into()))
}

impl World for EditionWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.kept.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.kept.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        parsed(id, self.find(id)?.bytes.clone())
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Ok(self.find(id)?.bytes.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.kept.fonts.font(index)
    }

    /// No date: the same input must give the same bytes on every day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
