//! `kosh open`: shows the newest brief in the system's viewer.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, ValueHint};

use super::report;
use crate::build::manifest::{Manifest, NAME};
use crate::diag::{Code, Diagnostic, Place, Result, did_you_mean};
use crate::project::{Format, Overrides, Project};
use crate::publish::verify::releases;
use crate::stats::Period;

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh open                       The brief that was built or published last
  kosh open --language en
  kosh open --period 2025-H1 --profile mlspp
  kosh open --folder              The folder with all of its files";

#[derive(Args)]
pub(super) struct OpenOptions {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub project: PathBuf,
    /// Another folder with builds
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub output: Option<PathBuf>,
    /// Only briefs of this profile
    #[arg(long, value_name = "ID", help_heading = "What to publish")]
    pub profile: Option<String>,
    /// Only briefs of this region
    #[arg(long, value_name = "CODE", help_heading = "What to publish")]
    pub region: Option<String>,
    /// Only briefs of this period
    #[arg(long, value_name = "PERIOD", help_heading = "What to publish")]
    pub period: Option<Period>,
    /// The language; by default the first one
    #[arg(long, value_name = "LANG", conflicts_with = "folder", help_heading = "What to publish")]
    pub language: Option<String>,
    /// The form; by default the first one
    #[arg(long, value_enum, conflicts_with = "folder", help_heading = "What to publish")]
    pub format: Option<Format>,
    /// Open the folder of the brief
    #[arg(long, help_heading = "What to publish")]
    pub folder: bool,
}

/// Shows the newest brief.
pub(super) fn open(options: &OpenOptions) -> ExitCode {
    let path = match find(options) {
        Ok(path) => path,
        Err(found) => return report::refused(&found, false),
    };
    // Also where no window can be shown.
    say_line!("{}", path.display());
    if has_display()
        && let Err(error) = opener::open(&path)
    {
        report::problems(&[no_viewer(&path, &error)]);
    }
    ExitCode::SUCCESS
}

/// The file or folder to open.
fn find(options: &OpenOptions) -> Result<PathBuf> {
    let output = options.output.clone();
    let any = Overrides { output: output.clone(), any_region: true, ..Overrides::default() };
    let project = Project::open(&options.project, &any)?;
    let folders = [project.output, project.releases];
    let all: Vec<PathBuf> = folders.iter().flat_map(|folder| releases(folder)).collect();
    let readable = all.iter().filter_map(|folder| Some((folder, Manifest::read_from(folder)?)));
    let asked = readable.filter(|(_, manifest)| options.is_about(manifest));
    let newest = asked.max_by_key(|(folder, manifest)| {
        // Of a build and its publication in one second, the publication.
        (written(folder), manifest.published.as_ref().map(|published| published.number))
    });
    let Some((folder, manifest)) = newest else { return Err(nothing(&folders, &all).into()) };
    if options.folder {
        return Ok(folder.clone());
    }
    let (profile, region) =
        (manifest.parameters.profile.clone(), manifest.parameters.region.clone());
    let its = Overrides { profile: Some(profile), region, output, any_region: true, ..any };
    let name = pdf(&Project::open(&options.project, &its)?, &manifest, options, folder)?;
    let path = folder.join(name);
    if !path.exists() {
        return Err(Diagnostic::error(
            Code::K0908,
            message!("the brief is missing from its folder"),
        )
        .at(Place::Path(path))
        .note(message!("kosh made it, and somebody moved or deleted it"))
        .hint(message!("run `kosh build` again"))
        .into());
    }
    Ok(path)
}

impl OpenOptions {
    fn is_about(&self, manifest: &Manifest) -> bool {
        let its = &manifest.parameters;
        self.profile.as_ref().is_none_or(|profile| *profile == its.profile)
            && self.region.as_ref().is_none_or(|region| its.region.as_ref() == Some(region))
            && self.period.is_none_or(|period| period.short() == its.period)
    }
}

/// The time at which a release was written; it never enters one.
fn written(folder: &Path) -> Option<SystemTime> {
    folder.join(NAME).metadata().and_then(|data| data.modified()).ok()
}

/// The name of the PDF to open.
fn pdf(
    project: &Project,
    manifest: &Manifest,
    options: &OpenOptions,
    folder: &Path,
) -> Result<String> {
    let its = &manifest.parameters;
    let languages: Vec<&str> = match &options.language {
        Some(lang) if !its.languages.contains(lang) => {
            let known = its.languages.iter().map(String::as_str);
            let message = message!("this brief has no language `{lang}`", lang);
            let problem = Diagnostic::error(Code::K0005, message);
            let problem = problem.at(Place::option("language", lang));
            return Err(problem.maybe_hint(did_you_mean(lang, known)).into());
        }
        Some(lang) => vec![lang],
        None => its.languages.iter().map(String::as_str).collect(),
    };
    let together = its.languages.join("-");
    let period: Option<Period> = its.period.parse().ok();
    let built = Format::ALL.into_iter().filter(|form| its.formats.iter().any(|f| f == form.stem()));
    let forms = built.filter(|form| options.format.is_none_or(|asked| asked == *form));
    let names = forms.flat_map(|form| {
        let in_languages = languages.iter().copied().chain([together.as_str()]);
        in_languages
            .map(move |lang| Some(format!("{}.pdf", project.file_name(form, period?, lang))))
    });
    let mut names = names.flatten();
    names.find(|name| manifest.written.contains_key(name)).ok_or_else(|| {
        Diagnostic::error(Code::K0904, message!("the newest brief has no such file"))
            .at(Place::Path(folder.to_path_buf()))
            .note(message!("it was built in other forms, or before `file-name` was changed"))
            .hint(message!("run `kosh build` again, or `kosh open --folder` to see its files"))
            .into()
    })
}

fn nothing(folders: &[PathBuf], all: &[PathBuf]) -> Diagnostic {
    let names: Vec<String> = folders.iter().map(|f| format!("`{}`", f.display())).collect();
    let problem = match all {
        [] => message!("there is no brief in {names}", names = names.join(" or ")),
        _ => message!(
            "none of the {all} is the one asked for",
            all = report::counted(all.len(), "brief")
        ),
    };
    Diagnostic::error(Code::K0904, problem)
        .note(message!(
            "a brief is a folder with the `{name}` that `kosh build` writes",
            name = NAME
        ))
        .hint(message!("run `kosh build` first"))
}

/// Whether a window can be shown. Only systems with X11 or Wayland run without.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(is_set)
}

fn no_viewer(path: &Path, error: &opener::OpenError) -> Diagnostic {
    Diagnostic::warning(Code::K0908, message!("the brief cannot be shown: {error}", error))
        .at(Place::Path(path.to_path_buf()))
        .hint(message!("open the file at this path yourself"))
}
