//! Shared by several tests: the shipped project, copies of projects with changes, and their diagnostics.
//!
//! A copy is in a folder of its own below the system's temporary folder and is removed when dropped, so
//! tests can run in parallel.

pub mod browser;
pub mod conforms;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use kosh::build::edition::{Edition, Pipeline};
use kosh::diag::{Diagnostic, Result, draw};
use kosh::document::{Block, Document, Inline};
use kosh::output::File;
use kosh::project::{Overrides, Project};
use kosh::prose::plain;

/// The number of tests that may build in parallel without evicting what another is using.
pub const SIDE_BY_SIDE: usize = 4;

/// The repository, which is a project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of a project that can be changed.
pub struct Copy {
    /// Its folder.
    pub root: PathBuf,
}

impl Copy {
    /// An empty folder.
    pub fn empty() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("kosh-test-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    /// The project in `folder`: its `brief.toml`, `data/` and `templates/`.
    pub fn of(folder: &Path) -> Self {
        let copy = Self::empty();
        copy.lay(folder, &["brief.toml", "data", "templates"]);
        copy
    }

    /// The shipped project.
    pub fn of_shipped() -> Self {
        Self::of(root())
    }

    /// The small project of another country, with the Typst files in it.
    pub fn of_another_country() -> Self {
        let copy = Self::of_layout();
        copy.lay(&root().join("tests/suite/another-country"), &["brief.toml", "data", "templates"]);
        copy
    }

    /// Of the repository only the Typst files and the English language file.
    pub fn of_layout() -> Self {
        let copy = Self::empty();
        copy.lay(root(), &["templates/languages/en.toml"]);
        for entry in fs::read_dir(root().join("templates")).unwrap() {
            let file = entry.unwrap().file_name().into_string().unwrap();
            if file.ends_with(".typ") {
                copy.lay(root(), &[&format!("templates/{file}")]);
            }
        }
        copy
    }

    /// Runs the program in the folder; returns its exit code, standard output and standard error.
    pub fn kosh(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }

    /// The program in the folder, before it is started.
    pub fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kosh"));
        command.env("KOSH_LANG", "en");
        command.args(arguments).current_dir(&self.root);
        command
    }

    /// Copies some entries of `folder` over the copy.
    pub fn lay(&self, folder: &Path, entries: &[&str]) {
        for name in entries {
            lay(&folder.join(name), &self.root.join(name));
        }
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Writes a file.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Replaces the only occurrence of `find` in a file by `with`.
    pub fn edit(&self, path: &str, find: &str, with: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(find).count(), 1, "`{find}` in {path}");
        self.write(path, text.replacen(find, with, 1));
    }

    /// Opens the project.
    pub fn open(&self) -> Result<(Pipeline, Vec<Diagnostic>)> {
        open(&self.root)
    }

    /// Does everything except the PDFs; returns the edition and the warnings.
    pub fn check(&self) -> Result<(Pipeline, Edition, Vec<Diagnostic>)> {
        check(&self.root)
    }

    /// All problems or warnings before the PDFs.
    pub fn said(&self) -> Vec<Diagnostic> {
        match self.check() {
            Ok((_, _, warnings)) => warnings,
            Err(problems) => problems,
        }
    }

    /// Builds everything; returns the files of the release and the warnings.
    pub fn build(&self) -> Result<(Vec<File>, Vec<Diagnostic>)> {
        let (pipeline, edition, mut warnings) = self.check()?;
        let files = pipeline.typeset(&edition);
        kosh::build::memory::end_round(SIDE_BY_SIDE);
        Ok((files?.unwarned(&mut warnings), warnings))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // Published files are read-only.
        let releases = self.root.join("releases");
        if releases.exists() {
            writable(&releases);
        }
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Makes a folder and its subfolders writable, so that they can be removed.
fn writable(folder: &Path) {
    if let Ok(metadata) = fs::metadata(folder) {
        let mut permissions = metadata.permissions();
        #[allow(clippy::permissions_set_readonly_false, reason = "it is about to be removed")]
        permissions.set_readonly(false);
        let _ = fs::set_permissions(folder, permissions);
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() || cfg!(windows) {
            writable(&entry.path());
        }
    }
}

fn lay(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            lay(&entry.path(), &to.join(entry.file_name()));
        }
    } else if from.exists() {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}

/// Runs a test in a separate process, since other tests would fill and evict the program's memory. `name`
/// is the name of the test with its module.
pub fn alone(name: &str, test: impl FnOnce()) {
    const ALONE: &str = "KOSH_TEST_ALONE";
    if std::env::var_os(ALONE).is_some() {
        return test();
    }
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    let output = command.args(["--exact", name, "--nocapture"]).env(ALONE, "").output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (printed, said) = (text(&output.stdout), text(&output.stderr));
    print!("{printed}");
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}{said}");
}

/// Opens the project in a folder.
pub fn open(root: &Path) -> Result<(Pipeline, Vec<Diagnostic>)> {
    let mut warnings = vec![];
    let project = Project::open(root, &Overrides::default())?;
    Ok((Pipeline::open(project)?.unwarned(&mut warnings), warnings))
}

/// Does everything except the PDFs.
pub fn check(root: &Path) -> Result<(Pipeline, Edition, Vec<Diagnostic>)> {
    let (pipeline, mut warnings) = open(root)?;
    let period = pipeline.period(None, None)?;
    let edition =
        pipeline.edition(kosh::project::Format::Standard, period, None)?.unwarned(&mut warnings);
    Ok((pipeline, edition, warnings))
}

/// The value, or a panic that draws the problems.
pub fn well<T>(result: Result<T>) -> T {
    result.unwrap_or_else(|problems| panic!("{}", drawn(&problems)))
}

/// Problems as text.
pub fn drawn(found: &[Diagnostic]) -> String {
    draw_each(found).join("\n")
}

/// Each problem as text.
pub fn draw_each(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(draw).collect()
}

/// The codes of problems, in order.
pub fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|d| d.code.as_str()).collect()
}

/// The words of the sentence with this id.
pub fn sentence(document: &Document, id: &str) -> Option<String> {
    let mut said = None;
    lines(document, &mut |line| seek(line, id, &mut said));
    said
}

fn seek(line: &[Inline], id: &str, said: &mut Option<String>) {
    for inline in line {
        match inline {
            Inline::Sentence { id: found, content } if found == id => *said = Some(plain(content)),
            Inline::Sentence { content, .. }
            | Inline::Emph { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => seek(content, id, said),
            _ => {}
        }
    }
}

/// Visits every line of a document.
pub fn lines(document: &Document, visit: &mut dyn FnMut(&[Inline])) {
    document.each_line(visit);
}

/// All tables, in order.
pub fn tables(document: &Document) -> Vec<kosh::document::Table> {
    let mut found = vec![];
    document.each_block(|block| {
        if let Block::Table(table) = block {
            found.push(table.clone());
        }
    });
    found
}

/// The table with this id.
pub fn table(document: &Document, id: &str) -> kosh::document::Table {
    let found = tables(document).into_iter().find(|table| table.id == id);
    found.unwrap_or_else(|| panic!("no table `{id}`"))
}

/// The text of a PDF, page after page.
pub fn text(pdf: &[u8]) -> String {
    pdf_extract::extract_text_from_mem(pdf).unwrap()
}

/// A text without whitespace, which line breaks and columns change.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
