//! Where a project may write: never into its sources.

use std::path::{Component, Path, PathBuf};

use super::Project;
use crate::diag::{Code, Diagnostic, Message, Place, Result};

/// Folders that people write, in addition to those in `[paths]`.
const WRITTEN: [&str; 5] = ["corrections", "schemas", "starter", "docs", ".git"];

impl Project {
    /// Refuses a folder for builds (`output`) or published versions (`releases`) that is a source folder,
    /// is inside one, or contains the project.
    pub(super) fn places(&self) -> Vec<Diagnostic> {
        let mut found = vec![];
        for (key, folder) in [("output", &self.output), ("releases", &self.releases)] {
            let real = real(folder);
            if real == real_root(self) {
                found.push(self.among(key, folder, message!("it is the folder of the project")));
            } else if let Some(source) = self.source_of(&real) {
                found.push(self.among(key, folder, self.in_source(&real, &source)));
            }
        }
        let (output, releases) = (real(&self.output), real(&self.releases));
        if output.starts_with(&releases) {
            let what = message!("it is the folder of published versions, or inside it");
            found.push(self.among("output", &self.output, what));
        }
        found
    }

    /// Refuses to write a release into `folder` if it contains sources or is among them, for instance
    /// through a link.
    pub fn may_be_filled(&self, folder: &Path) -> Result<()> {
        let real = real(folder);
        let sources = self.sources();
        if let Some(source) = sources.iter().find(|source| real.starts_with(source)) {
            return Err(self.among("output", folder, self.in_source(&real, source)).into());
        }
        let mut around = std::iter::once(real_root(self)).chain(sources);
        match around.find(|source| source.starts_with(&real)) {
            None => Ok(()),
            Some(_) => Err(self
                .among("output", folder, message!("it contains sources of the project"))
                .into()),
        }
    }

    /// Describes how a folder relates to a source folder.
    fn in_source(&self, folder: &Path, source: &Path) -> Message {
        let root = real_root(self);
        let shown = source.strip_prefix(&root).unwrap_or(source).display();
        match folder == source {
            true => message!("it is `{shown}`, which contains sources", shown),
            false => message!("it is inside `{shown}`, which contains sources", shown),
        }
    }

    fn among(&self, key: &str, folder: &Path, what: Message) -> Diagnostic {
        let shown = self.shown(folder);
        let shown = if shown.as_os_str().is_empty() { Path::new(".") } else { &shown };
        let message =
            message!("`{shown}` cannot be used for output: {what}", shown = shown.display(), what);
        let hint = match key {
            "output" => {
                message!(
                    "choose another folder with `--output DIR` or `output` in `[paths]`, for example \
                `output`"
                )
            }
            _ => message!(
                "choose another folder with `releases` in `[paths]`, for example `releases`"
            ),
        };
        Diagnostic::error(Code::K0027, message)
            .at(Place::Path(shown.to_path_buf()))
            .note(message!("the inputs could be overwritten, or the output read as input"))
            .hint(hint)
    }

    /// The source folder that is this folder or contains it.
    fn source_of(&self, folder: &Path) -> Option<PathBuf> {
        self.sources().into_iter().find(|source| folder.starts_with(source))
    }

    /// The source folders.
    fn sources(&self) -> Vec<PathBuf> {
        let written = WRITTEN.iter().map(|name| self.root.join(name));
        let fonts = self.layers.folders("fonts");
        let named = [self.data.clone(), self.layers.templates().to_path_buf()];
        let all = named.into_iter().chain(written).chain(fonts).map(|path| real(&path));
        // If the data folder is the project itself, its subfolders are not sources.
        let root = real_root(self);
        all.filter(|path| *path != root).collect()
    }
}

fn real_root(project: &Project) -> PathBuf {
    match project.root.as_os_str().is_empty() {
        true => real(Path::new(".")),
        false => real(&project.root),
    }
}

/// A path with links and `..` resolved, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let path = match path.as_os_str().is_empty() {
        true => Path::new("."),
        false => path,
    };
    let mut there = path.to_path_buf();
    let mut rest = vec![];
    loop {
        if let Ok(known) = there.canonicalize() {
            let mut whole = known;
            for part in rest.into_iter().rev() {
                match part {
                    Part::Up => drop(whole.pop()),
                    Part::Name(name) => whole.push(name),
                }
            }
            return whole;
        }
        match there.components().next_back() {
            Some(Component::Normal(name)) => rest.push(Part::Name(name.to_os_string())),
            Some(Component::ParentDir) => rest.push(Part::Up),
            _ => return path.to_path_buf(),
        }
        if !there.pop() || there.as_os_str().is_empty() {
            there = PathBuf::from(".");
        }
    }
}

/// A part of a path that does not exist yet.
enum Part {
    Up,
    Name(std::ffi::OsString),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_not_there_yet_is_made_plain() {
        let here = Path::new(".").canonicalize().unwrap();
        assert_eq!(real(Path::new("")), here);
        assert_eq!(real(Path::new("src/../not-there/../data")), here.join("data"));
        assert_eq!(real(Path::new("not-there/a/../b")), here.join("not-there/b"));
        assert_eq!(real(Path::new("..")), here.parent().unwrap());
    }
}
