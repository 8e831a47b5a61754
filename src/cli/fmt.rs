//! `kosh fmt`: formats section files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueHint};

use super::{problems, report};
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::files::{self, Files, Track};
use crate::output::{self, Revision};
use crate::project::Format;
use crate::prose::{SectionFile, TemplateKind, formatted, unread};

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh fmt                        All sections below templates/
  kosh fmt --check                Only say which files would change (exit code 1)
  kosh fmt templates/profiles/our-agency/sections/08-ours.en.md

It changes blanks and line breaks, and never what a section prints.";

#[derive(Args)]
pub(super) struct FmtOptions {
    /// Section files, or folders with them
    #[arg(value_name = "PATH", default_value = "templates", value_hint = ValueHint::AnyPath, help_heading = "Project")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; exit with 1 if a file would change
    #[arg(long, help_heading = "Report")]
    pub check: bool,
    /// Print only problems
    #[arg(long, short, help_heading = "Report")]
    pub quiet: bool,
}

/// Formats section files.
pub(super) fn fmt(options: &FmtOptions) -> ExitCode {
    let (changes, found) = changes(&options.paths);
    let mut is_well = found.is_empty();
    report::problems(&found);
    for (file, revision) in &changes.revisions {
        if options.check {
            is_well = false;
        } else if let Err(found) = written(file, revision) {
            report::problems(&found);
            is_well = false;
            continue;
        }
        if !options.quiet {
            let done = if options.check { "would be formatted" } else { "formatted" };
            say_line!("{}: {done}", file.display());
        }
    }
    if !options.quiet {
        let all = report::counted(changes.all, "file");
        say_line!("{} of {all}", changes.revisions.len());
    }
    if is_well { ExitCode::SUCCESS } else { problems() }
}

/// The files that would change.
#[derive(Default)]
struct Changes {
    all: usize,
    revisions: Vec<(PathBuf, Revision)>,
}

fn changes(paths: &[PathBuf]) -> (Changes, Vec<Diagnostic>) {
    let files = Files::new();
    let (mut changes, mut found) = (Changes::default(), vec![]);
    for path in sections(&files, paths, &mut found) {
        changes.all += 1;
        match change(&files, &path) {
            Ok(None) => {}
            Ok(Some(revision)) => changes.revisions.push((path, revision)),
            Err(problems) => found.extend(problems),
        }
    }
    (changes, found)
}

/// The section files among the paths, and in the folders among them.
fn sections(files: &Files, paths: &[PathBuf], found: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let mut all = vec![];
    for path in paths {
        match files.list(path).ok().flatten() {
            Some(_) => below(files, path, &mut all),
            None if files.exists(path) => all.push(path.clone()),
            None => found.push(
                Diagnostic::error(
                    Code::K0001,
                    message!("there is no `{path}`", path = path.display()),
                )
                .at(Place::Path(path.clone()))
                .hint(message!("name the section files, or the folder with the templates")),
            ),
        }
    }
    all.sort();
    all.dedup();
    all
}

/// The section files below a folder.
fn below(files: &Files, folder: &Path, all: &mut Vec<PathBuf>) {
    let is_of_form = Format::ALL.iter().any(|format| folder.ends_with(format.folder()));
    for name in files.list(folder).ok().flatten().unwrap_or_default().iter() {
        let path = folder.join(name);
        if path.is_dir() && !path.is_symlink() {
            below(files, &path, all);
        } else if is_of_form && name.ends_with(".md") {
            all.push(path);
        }
    }
}

/// How a file would change; `None` if it is formatted.
fn change(files: &Files, path: &Path) -> Result<Option<Revision>> {
    let text = files::text(files.track(), path, path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let of = match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => TemplateKind::Section,
        false => TemplateKind::Macros,
    };
    let section = SectionFile { id: name.clone(), text: text.clone() };
    let Some(after) = formatted(&text.text, of) else {
        let problem = unread(&section).unwrap_or_else(|| {
            Diagnostic::error(Code::K0402, message!("this template cannot be formatted"))
                .at(Place::Path(path.to_path_buf()))
                .hint(message!("`kosh check` says what is wrong with it"))
        });
        return Err(problem.note(message!("the file is left as it is")).into());
    };
    if *after == *text.text {
        return Ok(None);
    }
    let before = Some(text.text.into());
    Ok(Some(Revision { name, before, after: Some(after.into_bytes().into()) }))
}

fn written(file: &Path, revision: &Revision) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    output::revise(folder.unwrap_or(Path::new(".")), std::slice::from_ref(revision))
}
